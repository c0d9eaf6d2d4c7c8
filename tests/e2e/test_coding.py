"""Coding passages by the command: the frame, quotes, a blind second coder, figures."""
import pytest

from e2e import texts
from e2e.house import STRANGERS, compose, wait_for

TEXT = """Good day.

1. The buses are late.

2. The word tinker should go.
"""


def place(words):
    at = TEXT.index(words)
    return "--from", at, "--to", at + len(words)


@pytest.fixture(scope="module")
def replies(house):
    address = texts.open_consultation(house, "coded")
    for person in STRANGERS[8:12]:
        house.post(person, address, compose(person, address, "My answer", TEXT))
    refs = wait_for("four responses", lambda: (
        lambda r: r if len(r) == 4 else None)(house.references("coded", "--limit", 10)))
    house.mercat("staff", "add", "Bea Coder")
    for code, *more in (("travel",), ("buses", "--below", "travel"),
                        ("words", "--questions", "2", "--definition", "terms that hurt")):
        house.ok("code", "add", "coded", code, *more)
    return sorted(refs)


def codes(house, reference, **how):
    return [(row["code"], row["from"], row["to"])
            for row in house.json("response", "codes", reference, **how)]


def last_change(house):
    return house.json("code", "changes", "coded", "--limit", 1)[0]["id"]


def test_a_passage_is_coded_quoted_and_counted(house, replies):
    one = replies[0]
    house.ok("response", "code", one, "buses", *place("The buses"))
    house.ok("response", "code", one, "words", *place("The word tinker"))
    house.ok("response", "respondent", one, "--set-permission", "without name")
    quote, = house.json("code", "quotes", "coded", "travel", "--branch")
    assert (quote["text"], quote["question"], quote["publish"]) == ("The buses", 1, "yes")
    assert house.json("code", "quotes", "coded", "travel") == []
    frame = {row["code"]: row for row in house.json("code", "list", "coded")}
    assert (frame["travel"]["own"], frame["travel"]["branch"]) == (0, 1)
    assert frame["words"]["questions"] == "2"
    sheet = house.json("analysis", "coded", "--by", "code", "--state", "any")
    rows = {row["code"]: row["responses"] for row in sheet["rows"]}
    assert (rows["travel"], rows["buses"], rows["(any code)"], rows["(no code)"]) == (
        1, 1, 1, 3)


def test_a_merge_is_taken_back_whole(house, replies):
    before = codes(house, replies[0])
    house.ok("code", "merge", "coded", "buses", "words")
    assert {code for code, _, _ in codes(house, replies[0])} == {"words"}
    house.ok("code", "undo", "coded")
    assert codes(house, replies[0]) == before
    for bad in (("code", "move", "coded", "travel", "--below", "buses"),
                ("code", "merge", "coded", "travel", "buses"),
                ("code", "add", "coded", "buses"),
                ("response", "code", replies[0], "buses", "--from", 5),
                ("response", "code", replies[0], "buses", "--from", 9, "--to", 9999),
                ("response", "code", replies[0], "nothing")):
        assert house.mercat(*bad).code in (1, 2), bad
    assert codes(house, replies[0]) == before


def test_recoding_is_counted_then_one_act(house, replies):
    how = ("code", "recode", "coded", "travel", "--search", "buses are", "--passages")
    before = house.fingerprint()
    assert "4 coded passages in 4 responses would be recoded" in house.ok(*how, "--dry-run").out
    assert house.fingerprint() == before
    house.ok(*how)
    assert all(("travel", TEXT.index("1."), TEXT.index("late.") + 5) in codes(house, ref)
               for ref in replies)
    house.ok("code", "undo", "coded", last_change(house))
    assert codes(house, replies[1]) == []


def test_a_second_coder_is_blind_and_differences_are_settled(house, replies):
    bea = {"staff": "Bea Coder"}
    for ref in replies[1:]:
        house.ok("response", "code", ref, "buses", *place("The buses"))
    house.ok("coding", "sample", "coded", "--count", 4, "--coders", "Bea Coder", "--seed", 1)
    units = house.json("coding", "units", "coded", 1, **bea)
    assert sorted(unit["reference"] for unit in units) == replies
    for unit in units:
        assert codes(house, unit["reference"], **bea) == []
        if unit["reference"] != replies[3]:
            house.ok("response", "code", unit["reference"], "buses",
                     *place("buses are late"), **bea)
        house.ok("coding", "done", "coded", 1, "--unit", unit["unit"], **bea)
    assert house.mercat("coding", "agreement", "coded", 1).code == 1
    house.ok("coding", "done", "coded", 1, **bea)
    figures = {row["code"]: row for row in house.json("coding", "agreement", "coded", 1)}
    assert (figures["buses"]["both"], figures["buses"]["first_only"]) == (3, 1)
    assert figures["buses"]["kappa"] == "0.000"
    rows = house.json("coding", "disagreements", "coded", 1)
    assert {(row["reference"], row["code"]) for row in rows} == {
        (replies[3], "buses"), (replies[0], "words")}
    unit = next(row["unit"] for row in rows if row["code"] == "buses")
    house.ok("coding", "reconcile", "coded", 1, unit, "buses", "no", "--note", "a slip")
    assert codes(house, replies[3]) == []
    assert [row["code"] for row in house.json("coding", "disagreements", "coded", 1)] == [
        "words"]
    assert {row["code"]: row["both"] for row in house.json(
        "coding", "agreement", "coded", 1)}["buses"] == 3
