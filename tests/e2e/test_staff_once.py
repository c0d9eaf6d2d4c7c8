"""A form that comes twice is done once: two requests with the same form at the same moment."""
import concurrent.futures
import os
import re

import pytest

from e2e.house import DOMAIN, SOURCE
from e2e.staff import StaffSite, demo, folded, form_of

PLACES = "/staff/consultations/places"
CPIP = "/staff/lists/cpip"
EDDA, OMNI = "Edda Editor", "Omni Present"
NOTIFICATIONS = "SELECT count(*) FROM notification"


@pytest.fixture(name="desk", scope="module")
def a_desk():
    with StaffSite.opened() as desk:
        desk.furnish()
        desk.put(desk.reply(1), desk.reply(2))
        desk.put(demo.mail("S <s@post.example>", "S", "A letter.\n", to=f"cpip@{DOMAIN}"))
        desk.hire_all()
        desk.hire(OMNI, "administrator")
        desk.hire(OMNI, "editor")
        tagged = desk.do(EDDA, f"{PLACES}/responses/1/tag", {"tag": "homes", "new": "yes"})
        assert tagged.status == 303
        yield desk


def count(table):
    return f"SELECT count(*) FROM {table}"


# Every address that adds something: who posts, the fields, and what counts what was added.
ADDS = {
    f"{CPIP}/bulletins": (OMNI, {"title": "Twice"}, count("bulletin")),
    "BULLETIN/comments": (OMNI, {"comment": "Well said"}, count("bulletin_comment")),
    f"{CPIP}/subscribers/add": (OMNI, {"address": "tw@post.example", "basis": "b"},
                                NOTIFICATIONS),
    "/staff/lists/new": (OMNI, {"name": "nn", "title": "t", "address": f"nn@{DOMAIN}",
                                "visibility": "public", "entry": "open"}, count("list")),
    f"{CPIP}/topics": (OMNI, {"topic": "New one"}, count("topic")),
    "/staff/accounts": (OMNI, {"name": "Zed", "email": "z@example.test"}, count("staff")),
    "/staff/consultations/new": (
        OMNI, {"name": "cn", "title": "t", "address": f"cn@{DOMAIN}", "opens": "2026-01-01",
               "closes": "2099-01-01", "introduction": "x y", "questions": "a?", "do": "make"},
        count("consultation")),
    f"{PLACES}/responses/1/note": (EDDA, {"text": "a note"}, count("note")),
    f"{PLACES}/responses/1/reply": (EDDA, {"name": "", "subject": "Re", "text": "hi"},
                                    NOTIFICATIONS),
    f"{PLACES}/responses/1/forward": (EDDA, {"to": "Ines Second", "note": "n"}, NOTIFICATIONS),
    f"{PLACES}/code-frame": (EDDA, {"name": "cc", "definition": "x"}, count("code")),
    f"{PLACES}/samples": (EDDA, {"unit": "percent", "count": "100", "coder": "Ines Second"},
                           count("sample")),
    "UNSORTED/reply": (EDDA, {"from": f"cpip@{DOMAIN}", "subject": "Re", "text": "hi"},
                       NOTIFICATIONS),
    "UNSORTED/forward": (EDDA, {"to": "Ines Second", "note": "n"}, NOTIFICATIONS),
    # Of oneself alone, of a text that is kept beside what it replaces, of a test.
    f"{PLACES}/views": (EDDA, {"name": "v", "filter": "state received"}, count("queue_view")),
    f"{PLACES}/reply-texts": (EDDA, {"name": "rt", "subject": "s", "text": "t"},
                              count("reply_template")),
    "BULLETIN/test": (EDDA, {"to": "edda.editor@example.test", "sure": "yes"}, NOTIFICATIONS),
    f"{PLACES}/report-back/new": (EDDA, {"subject": "What we did", "text": "It is done.", "do": "save"},
                                  count("report_back")),
}
# An empty draft is found before another would be made.
SAID_OTHERWISE = {f"{CPIP}/bulletins": "Nobody has written in bulletin #"}
# They add, and have a mark or a check of their own: test_staff_by_hand.py, test_staff_coding.py,
# test_staff_flags.py, test_publication.py.
ELSEWHERE = {"/staff/flags/:flag/note", f"{PLACES}/responses/new", f"{PLACES}/responses/1/code",
             f"{PLACES}/publication/1/redact"}


def test_every_address_that_adds_is_tried_here():
    with open(os.path.join(SOURCE, "src/staff/routes/form_marks.c"), encoding="utf-8") as file:
        text = file.read()
    macros = {"LIST": CPIP, "BULLETIN": "BULLETIN", "QUEUE": PLACES,
              "RESPONSE": f"{PLACES}/responses/1", "MODERATION": f"{PLACES}/publication/1"}
    adding = {(macros[of.strip()] if of else "") + path
              for of, path in re.findall(r'\{([A-Z]+ )?"([^"]+)", NULL, adds\}', text)}
    adding = {path.replace("/staff/unsorted/:id", "UNSORTED") for path in adding}
    assert len(adding) > 9
    assert adding - ELSEWHERE <= set(ADDS), adding - set(ADDS)


def path_of(desk, path):
    if path.startswith("UNSORTED"):
        stray = desk.query("SELECT id FROM inbound WHERE taken_as = 'unsorted'")[0][0]
        return path.replace("UNSORTED", f"/staff/unsorted/{stray}")
    if path.startswith("BULLETIN"):
        rows = desk.query("SELECT number FROM bulletin WHERE title = 'Mine'")
        if not rows:
            made = desk.do(EDDA, f"{CPIP}/bulletins", {"title": "Mine"})
            page = re.sub(r"(/edit)?(\?.*)?$", "", made.headers["location"])
            fields = form_of(desk.see(EDDA, page + "/edit"), "/edit")
            fields.pop("csrf", None)
            fields.update(title="Mine", text="Good morning.\n", summary="s", topics="neglect")
            assert desk.do(EDDA, page + "/edit", fields).status == 303
            rows = desk.query("SELECT number FROM bulletin WHERE title = 'Mine'")
        return path.replace("BULLETIN", f"{CPIP}/bulletins/{rows[0][0]}")
    return path


def with_what_was_seen(desk, who, path, fields):
    if path.endswith("/reply"):
        where = path_of(desk, path)
        return {**fields, "seen": form_of(desk.see(who, where), "/reply")["seen"]}
    if not path.endswith(("/comments", "/test")):
        return fields
    return {**fields, "hash": desk.query(
        "SELECT content_hash FROM bulletin WHERE title = 'Mine'")[0][0]}


@pytest.mark.parametrize("path", ADDS)
def test_the_same_form_twice_at_once_adds_once(desk, path):
    who, fields, counted = ADDS[path]
    where = path_of(desk, path)
    fields = with_what_was_seen(desk, who, path, fields)
    token = desk.token(who)
    before = desk.query(counted)[0][0]
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda _: desk.do(who, where, dict(fields), csrf=token), "ab"))
    said = [folded(re.sub(r"<[^>]+>", " ", a.text.split("<main")[-1]))[:400] for a in answers]
    assert (desk.query(counted)[0][0], [a.status for a in answers]) == (before + 1, [303, 303]), said
    for answer in answers:  # and whoever sent it is led to a page
        assert desk.see(who, answer.headers["location"].split("#")[0]).status == 200
    # From the same page again, later: the same.
    again = desk.do(who, where, dict(fields), csrf=token)
    assert (again.status, desk.query(counted)[0][0]) == (303, before + 1)
    page = desk.request("GET", again.headers["location"].split("#")[0], None, {
        "Cookie": f"{desk.cookie(who)}; "
                  + re.search(r"mercat-said=[^;]+", again.headers["set-cookie"])[0]})
    assert SAID_OTHERWISE.get(path, "That came twice, and was done once.") in folded(page.text)


def test_a_page_opened_anew_may_say_the_same_words(desk):
    note = f"{PLACES}/responses/2/note"
    for turn in (1, 2):
        assert desk.do(EDDA, note, {"text": "Rang again."}).status == 303
        assert desk.query("SELECT count(*) FROM note WHERE text = 'Rang again.'")[0][0] == turn


def test_what_was_refused_may_come_again(desk):
    """It is taken with its act: a form that was refused is as new."""
    token = desk.token(EDDA)
    forward = f"{PLACES}/responses/2/forward"
    desk.ok("staff", "email", "Cole Coder", staff=None)
    fields = {"to": "Cole Coder", "note": "n"}
    assert desk.do(EDDA, forward, fields, csrf=token).status == 409
    desk.ok("staff", "email", "Cole Coder", "cole.coder@example.test", staff=None)
    before = desk.query(NOTIFICATIONS)[0][0]
    assert desk.do(EDDA, forward, fields, csrf=token).status == 303
    assert desk.query(NOTIFICATIONS)[0][0] == before + 1
