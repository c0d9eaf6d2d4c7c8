"""From a mail to a response: form, answers, copies, campaigns, rules, by the command."""
import pytest

from e2e import texts
from e2e.house import STRANGERS, answer_to, compose, wait_for

ADA, BOB, CAT, DAN, EVE, FAY, GIL, HAL = STRANGERS[:8]
FORM = """Name: Bob Rowan
[ ] Individual
[x] Organisation
Organisation name: Rowan Trust

[ ] Publish response with name
[x] Publish response only (without name)
[ ] Do not publish response

Q1: The word tinker.
Q3: The bus is late.
"""
STANDARD = (
    "I ask you to keep the old words of the law, because the people who work with families "
    "know them well and every court has long since said what they mean. New words would be "
    "argued about for years while children wait.\n")


@pytest.fixture(scope="module")
def address(house):
    return texts.open_consultation(house, "depth")


def reply(house, address, person, body, **more):
    """Sends it and waits for it; returns its reference."""
    known = set(house.references("depth", "--limit", 1000))
    house.post(person, address, compose(person, address, "My answer", body, **more))
    new = wait_for(f"the response of {person}",
                   lambda: set(house.references("depth", "--limit", 1000)) - known)
    return new.pop()


def show(house, reference):
    return house.json("response", "show", reference)


def counts(house, way):
    sheet = house.json("analysis", "depth", "--by", way, "--state", "any")
    rows = {row[way]: row["responses"] for row in sheet["rows"]}
    if way != "question":
        assert sum(rows.values()) == sheet["n"]
    return rows


@pytest.fixture(scope="module")
def with_form(house, address):
    return reply(house, address, BOB, FORM)


def test_form_in_the_mail_is_read_with_its_place(house, with_form):
    shown = show(house, with_form)
    assert shown["respondent"]["name"] == "Bob Rowan"
    assert shown["respondent"]["organisation"] == "Rowan Trust"
    assert shown["respondent"]["type"] == "organisation"
    assert shown["respondent"]["permission"] == "without name"
    places = {row["field"]: row["place"] for row in shown["form"]}
    assert places["permission"] == "mail, line 7"


def test_answers_stand_by_question_and_can_be_corrected(house, with_form):
    answers = {row["question"]: row for row in show(house, with_form)["answers"]}
    assert answers[1]["text"] == "The word tinker."
    assert answers[3]["text"] == "The bus is late."
    assert 2 not in answers
    third = answers[3]
    house.ok("response", "answer", with_form, 3, third["from"], third["from"] + 7)
    answers = {row["question"]: row for row in show(house, with_form)["answers"]}
    assert answers[3]["text"] == "The bus" and answers[3]["how"] == "person"
    house.ok("response", "apportion", with_form)
    answers = {row["question"]: row for row in show(house, with_form)["answers"]}
    assert answers[3]["text"] == "The bus is late."
    assert counts(house, "question")["3 answered"] >= 1


def test_answer_from_another_address_to_our_acknowledgement_is_found(house, address):
    reply(house, address, CAT, "1. One thought.\n")
    acknowledgement = house.wait_for_mail(CAT)[0]
    content = answer_to(acknowledgement, DAN, "Sent on to me, and I agree.\n")
    content = content.replace(str(acknowledgement["Reply-To"]).encode(),
                              b"somebody@updates.example.test")
    known = set(house.references("depth", "--limit", 1000))
    house.post(DAN, "somebody@updates.example.test", content)
    new = wait_for("it to be filed",
                   lambda: set(house.references("depth", "--limit", 1000)) - known).pop()
    assert show(house, new)["mail"]["from_address"] == DAN


def test_quoted_reference_files_nothing(house, address, with_form):
    known = set(house.references("depth", "--limit", 1000))
    house.mail(EVE, "somebody@updates.example.test", f"Re: {with_form}", "Mine too.\n")
    row = wait_for("it to be read", lambda: [
        row for row in house.inbound("--limit", 100) if row["from_address"] == EVE])[0]
    assert row["taken_as"] == "unsorted" and "depth" in row["why"]
    assert set(house.references("depth", "--limit", 1000)) == known


def test_copies_of_one_person_are_linked_and_unlinked(house, address):
    first = reply(house, address, EVE, "1. Plum.\n")
    second = reply(house, address, EVE, "1. Plum.\n")
    third = reply(house, address, EVE, "1. Plum, and quince.\n")
    assert show(house, second)["links"][0]["as_what"] == "duplicate"
    assert show(house, third)["links"][0]["state"] == "proposed"
    assert counts(house, "copies")["duplicate of another"] == 1
    house.ok("response", "unlink", second)
    house.ok("response", "link", third, first, "--kind", "composite")
    found = counts(house, "copies")
    assert "duplicate of another" not in found and found["part of a composite"] == 1


def test_campaign_is_found_confirmed_and_counted_both_ways(house, address):
    for person in (FAY, GIL, HAL):
        reply(house, address, person, STANDARD)
    own = reply(house, address, ADA, "My own hearing was in a cellar without a window.\n\n"
                + STANDARD)
    house.ok("campaign", "find", "depth")
    rows = house.json("campaign", "list", "depth")
    assert [(row["state"], row["standard"], row["modified"]) for row in rows] == [
        ("proposed", 3, 1)]
    assert "cellar without a window" in house.json("campaign", "diff", own)["added"]
    house.ok("campaign", "confirm", "depth", 1)
    assert counts(house, "campaign")["1 standard"] == 3
    sheet = house.json("analysis", "depth", "--by", "campaign", "--state", "any")
    assert f"{sheet['n'] - 2} instead of {sheet['n']}" in sheet["note"]


def test_rule_is_tried_then_tags_what_comes(house, address, with_form):
    rule = ("rule", "add", "buses", "--consultation", "depth", "--when", "text", "--has",
            "the bus", "--do", "tag", "--with", "travel")
    before = house.fingerprint()
    tried = house.json(*rule, "--dry-run")
    assert [row["reference"] for row in tried] == [with_form]
    assert house.fingerprint() == before
    house.ok(*rule)
    house.ok("rule", "add", "urgent", "--when", "header:X-Priority", "--has", "1", "--do",
             "mark", "--with", "urgent")
    new = reply(house, address, GIL, "The bus, again.\n", headers={"X-Priority": "1 (High)"})
    shown = show(house, new)
    assert [row["tag"] for row in shown["tags"]] == ["travel"]
    assert [row["rule"] for row in shown["rules"]] == ["buses", "urgent"]
    house.ok("audit", "verify")
