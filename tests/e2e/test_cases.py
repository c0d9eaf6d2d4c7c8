"""Inputs that once went wrong, each in a store of its own, through the whole program.

The cases lie where MERCAT_SHARED says; without it nothing is run. A case is a folder
with mails in the order of their arrival, what is right about them (expected.json), and
why. What a case says about a kind of mail or a permission is checked like everything
else: the program has to be right as a whole.
"""
import glob
import json
import os

import pytest

from e2e.mailroom import Mailroom, close_to, plain

SHARED = os.environ.get("MERCAT_SHARED", "")
CASES = os.path.join(SHARED, "cases", "responses")
FOLDERS = sorted(glob.glob(os.path.join(CASES, "[0-9]*"))) if SHARED else []
FOLDERS = [folder for folder in FOLDERS if glob.glob(os.path.join(folder, "*.eml"))]

pytestmark = pytest.mark.skipif(not FOLDERS, reason="no cases: MERCAT_SHARED is not set")


@pytest.fixture(scope="module", params=FOLDERS, ids=os.path.basename)
def case(request):
    folder = request.param
    with open(os.path.join(folder, "expected.json"), encoding="utf-8") as file:
        expected = json.load(file)
    mails = {}
    for path in sorted(glob.glob(os.path.join(folder, "mail*.eml"))):
        with open(path, "rb") as file:
            mails[os.path.basename(path)[:-4]] = file.read()
    consultations = sorted(glob.glob(os.path.join(CASES, "00-consultations", "*.md")))
    with Mailroom.opened(consultations) as room:
        yield os.path.basename(folder), expected, room.take(mails), room


def of_each(expected, shown):
    """(what is right, what was read) of each mail."""
    named = {name: part for name, part in expected.items() if name in shown}
    if not named:
        return [(expected, shown["mail"])] if "mail" in shown else []
    return [(part, shown[name]) for name, part in named.items()]


def wrong_in(expected, got, all_shown):
    """What is not as it has to be, in words."""
    wrong = []

    def same(what, want, have):
        if want != have:
            wrong.append(f"{what}: {have!r} instead of {want!r}")

    respondent = got.respondent
    for field, key in (("permission", "permission"), ("contact_again", "contact"),
                       ("respondent_type", "type")):
        if field in expected:
            same(field, expected[field], respondent.get(key))
    for field in ("name", "organisation"):
        if field in expected:
            same(field, plain(expected[field]), plain(respondent.get(field)))
    same("kind", expected.get("kind", "response"), got.kind)
    if "consultation" in expected:
        same("consultation", expected["consultation"], got.reference.rpartition("-")[0])
    if "email" in expected:
        same("email", expected["email"], got.address)
    for number, answer in expected.get("answers", {}).items():
        mine = got.answers.get(int(number), {"text": "", "closed": None})
        same(f"choice of {number}", answer["closed"], mine["closed"])
        if "text" in answer and not close_to(answer["text"], mine["text"]):
            wrong.append(f"answer {number}: {mine['text']!r} instead of {answer['text']!r}")
    if "general" in expected and not close_to(expected["general"], got.general):
        wrong.append(f"general: {got.general!r}")
    said = " ".join([got.general, *(a["text"] for a in got.answers.values())])
    for words in expected.get("must_not_stand_in_an_answer", []) + \
            expected.get("must_not_stand_in_it", []):
        if words in said:
            wrong.append(f"an answer has {words!r}")
    for relation, kind in (("duplicate_of", "duplicate"), ("amends", "amendment")):
        if relation in expected:
            same(relation, (kind, all_shown[expected[relation]].reference), got.link)
    for field, bad in expected.get("must_not", {}).items():
        have = {"permission": respondent.get("permission"), "kind": got.kind,
                "contact_again": respondent.get("contact"), "name": respondent.get("name"),
                "organisation": respondent.get("organisation")}.get(field)
        if have in (bad if isinstance(bad, list) else [bad]):
            wrong.append(f"GRAVE: {field} is {have!r}")
    return wrong


def test_what_went_wrong_once_is_right(case):
    _, expected, shown, room = case
    wrong = [line for want, got in of_each(expected, shown)
             for line in wrong_in(want, got, shown)]
    if "one_group_of" in expected:
        wrong += room.wrong_in_campaign(expected, shown)
    assert not wrong, "\n".join(wrong)
