"""The desk and its accounts by the command line, with real programs and real mail."""
import pytest

from e2e import texts
from e2e.house import STRANGERS, compose, text_of, wait_for

PEOPLE = STRANGERS[:8]
COLLEAGUE = STRANGERS[19]


@pytest.fixture(scope="module", name="desk")
def a_desk(house):
    """Eight replies to "words"; {address: reference}."""
    address = texts.open_consultation(house, "words")
    for number, person in enumerate(PEOPLE):
        said = "1. The kettle word.\n" if number % 2 else "1. Another word.\n"
        house.post(person, address, compose(person, address, "My answer", said))
    rows = wait_for("eight responses", lambda: (
        lambda rows: rows if len(rows) == len(PEOPLE) else None)(house.responses("words")))
    house.settle()
    house.wait_for_letters()
    return {row["from_address"]: row["reference"] for row in rows}


def shown(house, *filters):
    return [row["reference"] for row in house.json("queue", "list", "words", *filters)]


def counts(house):
    return {row["view"]: row["responses"] for row in house.json("queue", "counts", "words")}


def test_pages_run_through_the_queue(house, desk):
    first = shown(house, "--limit", 3)
    second = shown(house, "--limit", 3, "--after", int(first[-1][-4:]))
    third = shown(house, "--limit", 3, "--after", int(second[-1][-4:]))
    assert first + second + third == sorted(desk.values())
    assert shown(house, "--limit", 3, "--before", int(third[0][-4:])) == second
    assert shown(house, "--newest") == sorted(desk.values(), reverse=True)
    assert counts(house)["New"] == len(desk)


def test_many_at_once_and_taken_back_as_one(house, desk):
    kettles = {desk[person] for person in PEOPLE[1::2]}
    told = house.ok("queue", "tag", "words", "kettles", "--search", "kettle", "--count").out
    assert "4 responses" in told
    refused = house.mercat("queue", "tag", "words", "kettles", "--search", "kettle",
                           "--expect", 5)
    assert refused.code != 0 and "4 responses now, not 5" in refused.err
    house.ok("queue", "tag", "words", "kettles", "--search", "kettle", "--expect", 4)
    assert set(shown(house, "--tag", "kettles")) == kettles
    assert "4 responses" in house.ok("queue", "undo").out
    gone = house.mercat("queue", "list", "words", "--tag", "kettles")  # nobody else uses it
    assert gone.code == 1 and 'there is no tag "kettles"' in gone.err
    house.ok("audit", "verify")


def test_two_people_and_one_reply(house, desk):
    one = desk[PEOPLE[0]]
    house.ok("staff", "add", "Bo Officer")
    house.ok("queue", "lock", one)
    refused = house.mercat("response", "include", one, staff="Bo Officer")
    assert refused.code != 0 and "Ada Officer has this response open" in refused.err
    house.ok("queue", "unlock", one)
    house.ok("response", "include", one, staff="Bo Officer")
    assert counts(house)["Included"] == 1
    assert house.mercat("queue", "undo", staff="Bo Officer").code == 0
    assert counts(house)["Included"] == 0


def test_answer_reaches_who_replied_once(house, desk):
    text = house.write("thanks.txt", "Dear friend,\n\nabout {{reference}}: thank you.\n")
    house.ok("queue", "text", "thanks", text, "--subject", "About {{reference}}")
    person, reference = PEOPLE[2], desk[PEOPLE[2]]
    house.ok("queue", "reply", reference, "thanks")
    (mail,) = house.wait_for_mail(
        person, lambda mail: mail["Subject"] == f"About {reference}")
    assert f"about {reference}: thank you." in text_of(mail)
    assert mail["Auto-Submitted"] is None and mail["In-Reply-To"]
    again = house.mercat("queue", "reply", reference, "thanks")
    assert again.code != 0 and "repeat it on purpose" in again.err
    undone = house.mercat("queue", "undo")
    assert undone.code != 0 and "cannot be taken back" in undone.err


def test_reply_goes_to_colleagues_only(house, desk):
    reference = desk[PEOPLE[3]]
    house.ok("staff", "add", "Cy Reader", "--email", COLLEAGUE)
    refused = house.mercat("queue", "forward", reference, "Cy Reader")
    assert refused.code != 0 and "no role" in refused.err
    house.ok("staff", "grant", "Cy Reader", "reader", "--consultation", "words")
    house.ok("queue", "forward", reference, "Cy Reader", "--note", "Yours?")
    (mail,) = house.wait_for_mail(COLLEAGUE, lambda mail: reference in str(mail["Subject"]))
    said = text_of(mail)
    assert "The kettle word." in said and "Yours?" in said and PEOPLE[3] not in said


def test_unsorted_mail_is_set_aside_with_a_reason(house, desk):
    stray = compose(PEOPLE[0], "nobody@updates.example.test", "Buy now", "Cheap!")
    house.post(PEOPLE[0], "mercat@updates.example.test", stray)
    rows = wait_for("the stray mail", lambda: house.inbound("--taken-as", "unsorted"))
    house.ok("queue", "discard", rows[0]["id"], "advertisement")
    assert house.inbound("--taken-as", "unsorted") == []
    house.ok("queue", "undo")
    assert len(house.inbound("--taken-as", "unsorted")) == 1


PASSWORDS = (("correct horse battery\n", 0), ("short\n", 2), ("", 2), ("x" * 2000 + "\n", 2))


@pytest.mark.parametrize("typed, code", PASSWORDS)
def test_password_comes_from_standard_input(house, typed, code):
    if not any(row["name"] == "Di Editor" for row in house.json("staff", "list")):
        house.ok("staff", "add", "Di Editor", "--role", "editor")
    done = house.mercat("staff", "password", "Di Editor", stdin=typed)
    assert done.code == code, done.err
    if code == 0:
        (row,) = [r for r in house.json("staff", "list") if r["name"] == "Di Editor"]
        assert row["password"] == 1 and row["roles"] == "editor"
        assert typed.strip() not in str(house.json("audit", "list", "--limit", 50))


def test_second_step_and_end(house):
    house.ok("staff", "add", "Ed Gone")
    assert house.ok("staff", "totp", "Ed Gone").out.startswith("otpauth://totp/")
    house.ok("staff", "end", "Ed Gone")
    assert house.mercat("staff", "password", "Ed Gone", stdin="three blue boats\n").code == 1
    assert house.mercat("queue", "undo", staff="Ed Gone").code == 1
