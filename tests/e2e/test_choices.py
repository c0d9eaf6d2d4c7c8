"""What people chose - digests, a pause, a language, to be erased - through real roles."""
import sqlite3

import pytest

from e2e import texts
from e2e.house import STRANGERS, text_of, wait_for

ADA, BOB, CAT, DAN, EVE, FAY = STRANGERS[:6]


@pytest.fixture(scope="module")
def update(house):
    """A list with one reader of digests and one of each update, and an update sent."""
    house.add_list("digests", topics="neglect,hearings")
    house.subscribe("digests", ADA, topics="neglect")
    house.subscribe("digests", BOB)
    house.subscribe("digests", CAT)
    house.ok("subscriber", "frequency", "digests", ADA, "weekly")
    house.ok("subscriber", "language", ADA, "gd")
    house.ok("subscriber", "pause", "digests", CAT, "2099-01-01")
    number = house.draft(texts.UPDATE.format(name="digests", title="March"))
    said = house.ok("bulletin", "approve", "digests", number, staff="Bea Second").out
    assert "2 subscribers" in said and "1 of them in their next digest" in said, said
    assert "1 more have paused" in said, said
    house.ok("bulletin", "send", "digests", number)
    house.wait_until_sent("digests", number)
    return number


def is_update(mail):
    return bool(mail["List-Id"])


def bring_digests_forward(house):
    """The next digest is on Monday; nobody waits for that."""
    store = sqlite3.connect(f"{house.folder}/state/mercat.db", timeout=20)
    try:
        store.execute("PRAGMA wal_autocheckpoint = 0")
        with store:
            store.execute("UPDATE delivery SET due_at = 1 WHERE state = 'digest'"
                          " AND notification_id IS NULL")
    finally:
        store.close()


def test_digest_reader_gets_one_digest_and_the_ledger_says_so(house, update):
    house.wait_for_mail(BOB, is_update)
    row = house.ledger("digests", update)[ADA]
    assert row["state"] == "digest" and row["reply"] == "goes into the weekly digest"
    said = house.ok("bulletin", "ledger", "digests", update, "--address", ADA).out
    assert "it goes into their digest of Monday" in said, said
    assert not [mail for mail in house.inbox(ADA) if is_update(mail)]
    bring_digests_forward(house)
    digest, = house.wait_for_mail(ADA, lambda mail: "seachdain" in str(mail["Subject"]))
    text = text_of(digest)
    assert "Àir. 1: March" in text and "Neglect" in text, text
    assert "Hearings" not in text, "a section of a topic that was not chosen"
    assert f"/lists/digests/{update}" in text
    assert digest["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert 'lang="gd"' in text_of(digest, "html")
    wait_for("the ledger to say so", lambda: "Yes, in their digest" in house.ok(
        "bulletin", "ledger", "digests", update, "--address", ADA).out)
    bring_digests_forward(house)
    second = house.draft(texts.UPDATE.format(name="digests", title="April"))
    house.send("digests", second)
    house.wait_until_sent("digests", second)
    bring_digests_forward(house)
    digests = house.wait_for_mail(
        ADA, lambda mail: "seachdain" in str(mail["Subject"]), count=2)
    assert "April" in text_of(digests[1]) and "March" not in text_of(digests[1])


def test_paused_reader_gets_nothing_until_resumed(house, update):
    assert house.ledger("digests", update)[CAT]["state"] == "skipped"
    assert "paused" in house.ledger("digests", update)[CAT]["reply"]
    assert not house.inbox(CAT)
    house.ok("subscriber", "resume", "digests", CAT)
    number = house.draft(texts.UPDATE.format(name="digests", title="May"))
    house.send("digests", number)
    mail, = house.wait_for_mail(CAT, is_update)
    assert "May" in str(mail["Subject"])


def test_both_addresses_are_asked_before_a_move(house, update):
    house.subscribe("digests", DAN)
    house.ok("subscriber", "move", DAN, EVE)
    old, = house.wait_for_mail(DAN, lambda mail: "change your address" in str(mail["Subject"]))
    new, = house.wait_for_mail(EVE, lambda mail: "confirm your new" in str(mail["Subject"]))
    assert EVE in text_of(old) and DAN not in text_of(new)
    links = {word for mail in (old, new) for word in text_of(mail).split()
             if "/address/" in word}
    assert len(links) == 2, "each has its own"
    assert house.state_of("digests", DAN) == "active"


def test_erased_person_gets_a_receipt_and_is_forgotten(house, update):
    house.subscribe("digests", FAY)
    number = house.draft(texts.UPDATE.format(name="digests", title="June"))
    house.send("digests", number)
    house.wait_for_mail(FAY, is_update)
    house.wait_until_sent("digests", number)
    held = house.json("subscriber", "data", FAY)
    assert held["person"][0]["address"] == FAY
    assert [row["title"] for row in held["deliveries"]] == ["June"]
    said = house.ok("subscriber", "erase", FAY, "--sure").out
    receipt = said.partition("receipt ")[2].partition(";")[0]
    mail, = house.wait_for_mail(FAY, lambda mail: receipt in str(mail["Subject"]))
    assert receipt in text_of(mail)
    assert house.mercat("subscriber", "erase", FAY, "--sure").code == 1
    assert house.mercat("subscriber", "add", "digests", FAY, "--basis", "a list").code == 1
    assert not house.query("SELECT 1 FROM person WHERE address LIKE ?", f"%{FAY}%")
    wait_for("the receipt to lose its address", lambda: not house.query(
        "SELECT 1 FROM notification WHERE recipient = ?", FAY), seconds=90)
    assert not house.query("SELECT 1 FROM delivery WHERE reply LIKE ?", f"%{FAY}%")
    house.ok("audit", "verify")
