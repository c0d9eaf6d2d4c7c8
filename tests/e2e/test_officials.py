"""Officials work on replies from the command line, and what they count adds up."""
import os
import shutil
import sqlite3

import pytest

from e2e import texts
from e2e.house import STRANGERS, compose, wait_for

PEOPLE = STRANGERS[:12]
LETTERS = tuple(
    f"1. Word number {number}.\n\n" + ("Travel costs matter.\n" if number % 3 == 0 else
                                       "Nothing about the bus.\n")
    for number in range(len(PEOPLE)))


@pytest.fixture(scope="module")
def replies(house):
    """Twelve replies; {address: reference}."""
    address = texts.open_consultation(house, "words")
    for person, letter in zip(PEOPLE, LETTERS):
        house.post(person, address, compose(person, address, "My answer", letter))
    rows = wait_for("twelve responses", lambda: (
        lambda rows: rows if len(rows) == len(PEOPLE) else None)(
            house.responses("words", "--limit", 100)))
    house.settle()
    house.wait_for_letters()
    return {row["from_address"]: row["reference"] for row in rows}


def listed(house, *filters):
    return set(house.references("words", "--limit", 100, *filters))


def audit_grows(house, act):
    before = house.audit_length()
    act()
    assert house.audit_length() > before
    house.ok("audit", "verify")


def test_references_are_unique_and_run_on(replies):
    assert sorted(replies.values()) == [f"words-{n:04}" for n in range(1, 13)]


def test_reference_may_be_typed_carelessly(house, replies):
    shown = [house.json("response", "show", name)["response"]["reference"]
             for name in ("words-0003", "words-3", "WORDS-03")]
    assert set(shown) == {"words-0003"}


def test_tag_and_untag(house, replies):
    one, two = replies[PEOPLE[0]], replies[PEOPLE[1]]
    audit_grows(house, lambda: house.ok("response", "tag", one, two, "plain-words"))
    assert listed(house, "--tag", "plain-words") == {one, two}
    audit_grows(house, lambda: house.ok("response", "untag", two, "plain-words"))
    assert listed(house, "--tag", "plain-words") == {one}


def test_bulk_tag_by_search(house, replies):
    wanted = {replies[person] for number, person in enumerate(PEOPLE) if number % 3 == 0}
    house.ok("response", "tag", "travel", "--search", "travel costs")
    assert listed(house, "--tag", "travel") == wanted


@pytest.mark.parametrize("query, count", (
    ("travel", 4), ("TRAVEL costs", 4), ("bus", 8), ("bus travel", 0),
    ('"', 0), ("a AND OR NOT (", 0), ("words:*", 0)))
def test_search_takes_whatever_is_typed(house, replies, query, count):
    done = house.mercat("response", "search", query, form="json")
    assert done.code in (0, 1, 2) and "SQL" not in done.err and "fts" not in done.err
    if count:
        assert len(done.json) == count


def test_assign(house, replies):
    one = replies[PEOPLE[2]]
    audit_grows(house, lambda: house.ok("response", "assign", one, "Bea Second"))
    assert listed(house, "--assigned", "Bea Second") == {one}


def test_screening_keeps_its_reason_and_deletes_nothing(house, replies):
    one, two = replies[PEOPLE[3]], replies[PEOPLE[4]]
    audit_grows(house, lambda: house.ok("response", "include", one))
    audit_grows(house, lambda: house.ok(
        "response", "exclude", two, "--reason", "out of scope"))
    assert listed(house, "--state", "included") == {one}
    assert listed(house, "--state", "excluded") == {two}
    assert "out of scope" in house.ok("response", "show", two).out
    assert len(listed(house)) == len(PEOPLE)


def test_exclusion_without_a_reason_is_refused(house, replies):
    before = house.fingerprint()
    done = house.mercat("response", "exclude", replies[PEOPLE[5]])
    assert done.code in (1, 2) and done.err
    assert house.fingerprint() == before


def test_note_is_shown_with_its_writer(house, replies):
    one = replies[PEOPLE[6]]
    audit_grows(house, lambda: house.ok("response", "note", one, "call back on Monday"))
    shown = house.ok("response", "show", one).out
    assert "call back on Monday" in shown and "Ada Officer" in shown


@pytest.mark.parametrize("way", ("state", "type", "day"))
def test_counts_sum_to_the_number_of_replies(house, replies, way):
    sheet = house.json("analysis", "words", "--by", way, "--state", "any")
    assert sheet["n"] == len(PEOPLE)
    assert sum(row["responses"] for row in sheet["rows"]) == len(PEOPLE)


def test_tags_by_type_sum_in_both_directions(house, replies):
    house.ok("response", "tag", replies[PEOPLE[7]], "cross")
    sheet = house.json("analysis", "words", "--by", "tag-type", "--state", "any")
    assert sheet["n"] == len(PEOPLE)
    parts = [row for row in sheet["rows"] if row["parts_the_replies"]]
    assert sum(row["responses"] for row in parts) == len(PEOPLE)
    types = ("individual", "organisation", "unknown")
    for row in sheet["rows"]:
        assert sum(row[name] for name in types) == row["responses"], row


def test_tables_also_come_as_csv(house, replies):
    rows = house.csv("response", "list", "--consultation", "words", "--limit", "100")
    assert len(rows) == len(PEOPLE)
    assert {"reference", "state", "from_address", "subject"} <= set(rows[0])
    assert house.csv("analysis", "words", "--by", "state")


def test_unknown_member_of_staff_may_do_nothing(house, replies):
    before = house.fingerprint()
    one = replies[PEOPLE[8]]
    for staff in ("Nobody Known", None):
        done = house.mercat("response", "tag", one, "forged", staff=staff)
        assert done.code in (1, 2) and done.err.strip()
    assert house.fingerprint() == before


def test_audit_chain_breaks_when_a_row_is_changed(house, replies):
    copy = f"{house.folder}/copy.db"
    house.ok("store", "backup", copy)
    store = sqlite3.connect(copy)
    store.execute("DROP TRIGGER audit_stays")
    store.execute("UPDATE audit SET detail = 'nothing happened' WHERE id = 5")
    store.commit()
    store.close()
    state = f"{house.folder}/forged"
    os.makedirs(state, exist_ok=True)
    shutil.copy(copy, f"{state}/mercat.db")
    shutil.copy(f"{house.folder}/state/mercat.key", state)
    with open(house.config, encoding="utf-8") as file:
        conf = file.read().replace(f"{house.folder}/state", state)
    kept, house.config = house.config, house.write("forged.conf", conf)
    try:
        done = house.mercat("audit", "verify")
    finally:
        house.config = kept
    assert done.code == 1 and "5" in done.err
    house.ok("audit", "verify")
