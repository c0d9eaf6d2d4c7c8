"""Joining: by mail with one confirmation, by staff, by import; open and closed lists."""
import re

import pytest

from e2e.house import (DOMAIN, STRANGERS, address_in, answer_to, compose, text_of,
                       wait_for)

ADA, BOB, CAT, DAN, EVE, FAY, GIL, HAL = STRANGERS[:8]


@pytest.fixture(scope="module", autouse=True)
def lists(house):
    house.add_list("cpip", topics="neglect,hearings")
    house.add_list("advisory", title="Advisory Group papers", closed=True)


def ask(house, person, name="cpip", headers=None):
    house.mail(person, f"{name}+join@{DOMAIN}", "join", "Please add me.\n", headers)


def is_from_list(mail):
    return address_in(mail["From"]).startswith(("cpip", "advisory"))


def confirmation(house, person):
    return house.wait_for_mail(
        person, lambda mail: "+confirm-" in str(mail["Reply-To"]))[-1]


def test_stranger_confirms_and_is_welcomed(house):
    ask(house, ADA)
    question = confirmation(house, ADA)
    assert house.state_of("cpip", ADA) == "pending"
    assert question["Auto-Submitted"] == "auto-replied"
    assert question["Return-Path"] == "<>"
    said = text_of(question)
    assert "Child Protection Update" in said, "it says what it is"
    assert re.search(rf"https://{DOMAIN}/\S+", said), "there is a link for later"
    assert re.search(r"20\d\d", said), "it says until when it holds"
    house.post(ADA, str(question["Reply-To"]), answer_to(question, ADA, "yes"))
    wait_for("Ada to be active", lambda: house.state_of("cpip", ADA) == "active")
    welcome = house.wait_for_mail(ADA, lambda mail: mail["List-Unsubscribe"])[0]
    assert "cpip+leave" in text_of(welcome), "the welcome says how to leave"

    shown = house.json("subscriber", "show", ADA)
    evidence = shown[0]["evidence"]
    acts = [row["event"] for row in evidence]
    assert acts == ["asked", "confirmed"]
    last = evidence[-1]
    assert last["how"] == "mail" and last["wording"] and last["at"]
    assert last["inbound_id"], "the mail that it rests on"

    house.post(ADA, str(question["Reply-To"]), answer_to(question, ADA, "yes again"))
    house.settle()
    house.never("a second welcome", lambda: len(
        [mail for mail in house.inbox(ADA) if mail["List-Unsubscribe"]]) > 1)


def test_asking_twice_brings_one_confirmation(house):
    ask(house, BOB)
    confirmation(house, BOB)
    ask(house, BOB)
    house.settle()
    house.never("a second confirmation", lambda: len(house.inbox(BOB)) > 1)


def test_forged_token_confirms_nobody(house):
    ask(house, CAT)
    question = confirmation(house, CAT)
    real = address_in(question["Reply-To"])
    token = re.search(r"\+confirm-([^@]+)@", real)[1]
    forged = real.replace(token, ("b" if token[0] == "a" else "a") + token[1:])
    house.mail(CAT, forged, "Re: confirm", "yes\n")
    house.settle()
    assert house.state_of("cpip", CAT) == "pending"


@pytest.mark.parametrize("headers", (
    {"Auto-Submitted": "auto-replied"}, {"Precedence": "bulk"},
    {"List-Id": "<other.example.test>"}), ids=lambda headers: next(iter(headers)))
def test_automatic_mail_joins_nobody(house, headers):
    ask(house, DAN, headers=headers)
    house.settle()
    assert house.state_of("cpip", DAN) is None
    assert not house.inbox(DAN)


def test_mail_with_a_null_sender_joins_nobody(house):
    to = f"cpip+join@{DOMAIN}"
    house.post("", to, compose(EVE, to, "join", "join\n"))
    house.settle()
    assert house.state_of("cpip", EVE) is None
    assert not house.inbox(EVE)


def test_closed_list_waits_for_staff(house):
    ask(house, FAY, "advisory")
    ask(house, GIL, "advisory")
    for person in (FAY, GIL):
        wait_for("the request", lambda who=person: house.state_of(
            "advisory", who) == "requested")
    house.ok("subscriber", "accept", "advisory", FAY)
    house.ok("subscriber", "refuse", "advisory", GIL)
    assert house.state_of("advisory", FAY) == "active"
    assert house.state_of("advisory", GIL) == "refused"
    house.wait_for_mail(FAY, lambda mail: mail["List-Unsubscribe"])


def test_one_who_is_on_the_list_stays_as_they_are(house):
    house.subscribe("cpip", HAL, topics="neglect")
    before = house.subscribers("cpip")[HAL]
    ask(house, HAL)
    house.settle()
    assert house.subscribers("cpip")[HAL] == before


GOOD_CSV = """address,name,topics,basis,wording,version,given_at,how
im1@example.test,Ivy Moss,neglect;hearings,consent,Send me the update.,w1,2026-01-05,web
im2@example.test,"Mossman, Jay",,consent,Send me the update.,w1,2026-02-05,web
im3@example.test,Kit,hearings,public task,,,2026-03-05,staff
"""


def test_import_and_export_keep_the_evidence(house):
    house.add_list("imported", topics="neglect,hearings")
    house.ok("subscriber", "import", "imported", house.write("good.csv", GOOD_CSV))
    assert set(house.subscribers("imported")) == {
        "im1@example.test", "im2@example.test", "im3@example.test"}
    rows = {row["address"]: row for row in house.csv("subscriber", "export", "imported")}
    first = rows["im1@example.test"]
    assert first["name"] == "Ivy Moss" and first["basis"] == "consent"
    assert set(first["topics"].split(";")) == {"neglect", "hearings"}
    assert first["wording"] == "Send me the update."
    assert first["given_at"].startswith("2026-01-05")
    house.add_list("again", topics="neglect,hearings")
    exported = house.ok("subscriber", "export", "imported").out
    house.ok("subscriber", "import", "again", house.write("export.csv", exported))
    assert set(house.subscribers("again")) == set(house.subscribers("imported"))


def test_import_with_bad_lines_says_which_and_does_nothing(house):
    house.add_list("strict", topics="neglect,hearings")
    lines = GOOD_CSV.splitlines()
    bad = [*lines, "not an address,Lee,,consent,,,,",
           "ok@example.test,Moe,music,consent,,,,", "ok2@example.test,Ned,,,,,,",
           'ok3@example.test,"Ola,,consent,,,,']
    before = house.fingerprint()
    done = house.mercat("subscriber", "import", "strict",
                        house.write("bad.csv", "\n".join(bad) + "\n"))
    assert done.code in (1, 2)
    for number in (5, 6, 7, 8):
        assert re.search(rf"\bline {number}\b", done.err), f"line {number}: {done.err}"
    assert "music" in done.err
    assert not house.subscribers("strict")
    assert house.fingerprint() == before
