"""What the staff's pages say when something cannot be done, and about whom: on the page where
it was asked, with what was written; and the second step, as a person meets it."""
import base64
import hashlib
import hmac
import re
import struct
import time

import pytest

from e2e.staff import PASSWORD, StaffSite, form_of
from e2e.house import wait_for

TEXT = """---
list: news
title: {title}
---

Good morning. This is what we did since the last update.
"""


@pytest.fixture(name="desk", scope="module")
def a_desk():
    with StaffSite.opened() as desk:
        desk.add_list("news", "Improvement update", topics="neglect, hearings")
        for number in range(1, 4):
            desk.subscribe("news", f"reader{number}@example.test")
        desk.hire_all()
        desk.consult("places", "Safe places")
        desk.put(desk.reply(1))
        desk.do("Edda Editor", "/staff/consultations/places/responses/1/tag", {"tag": "halls", "new": "yes"})
        yield desk


@pytest.fixture(name="approved", scope="module")
def an_approved_update(desk):
    number = desk.draft(TEXT.format(title="One"))
    desk.ok("bulletin", "approve", "news", number, staff="Abe Approver")
    return f"/staff/lists/news/bulletins/{number}"


# Who, where, what; the words that say why, and what was written and stands there still.
REFUSED = [
    ("Edda Editor", "{update}/schedule", {"day": "2099-03-29", "time": "01:30"},
     "does not exist in Europe/London", 'value="2099-03-29"'),
    ("Edda Editor", "{update}/schedule", {"day": "2020-01-01", "time": "09:00"},
     "has passed", 'value="2020-01-01"'),
    ("Edda Editor", "{update}/test", {"to": "nobody"}, "&quot;nobody&quot; is no email address",
     'value="nobody"'),
    ("Edda Editor", "{update}/test", {"to": ""}, "Write the addresses", "Send the test"),
    ("Edda Editor", "{update}/resume", {}, "#1 is approved", "Send now"),
    ("Edda Editor", "/staff/lists/news/subscribers/add",
     {"address": "no address", "name": "Xenia", "basis": "asked", "topic-2": "yes"},
     "is no email address", 'value="Xenia"'),
    ("Edda Editor", "/staff/lists/news/subscribers/add",
     {"address": "xenia@example.test", "basis": " ", "topic-2": "yes"},
     "Say why we may write to them", 'name="topic-2" value="yes" checked'),
    ("Edda Editor", "/staff/suppression", {"do": "add", "address": "x@example.test"},
     "Write the reason", 'value="x@example.test"'),
    ("Ann Admin", "/staff/accounts", {"name": "Abe Approver", "email": "abe@example.test"},
     "is in the staff already", 'value="abe@example.test"'),
    ("Ann Admin", "/staff/accounts/password", {"name": "Abe Approver", "password": "short"},
     "12 characters", "What each role may do"),
]


@pytest.mark.parametrize("name, path, fields, why, kept", REFUSED)
def test_what_cannot_be_done_is_said_where_it_was_asked(desk, approved, name, path, fields,
                                                        why, kept):
    desk.cookie(name)
    before = desk.audit_length()
    answer = desk.do(name, path.format(update=approved), fields)
    assert answer.status in (400, 409), answer.text
    box = re.search(r'id="not-done".*?</div>', answer.text, re.S)
    assert box and why in box[0], answer.text
    assert "--" not in box[0], "an option of the command line on a page"
    assert kept in answer.text
    assert "<title>Error: " in answer.text
    assert desk.audit_length() == before


def test_an_undo_stands_only_beside_what_it_takes_back(desk, approved):
    done = desk.do("Edda Editor", f"{approved}/test", {"to": "edda.editor@example.test"})
    said = done.headers["set-cookie"].split(";")[0]
    cookies = f"{desk.cookie('Edda Editor')}; {said}"
    page = desk.get(approved, Cookie=cookies).text
    assert "A test is on its way" in page and "Undo" not in page
    assert "Undo" in desk.see("Edda Editor", "/staff/consultations/places/responses/1").text


def test_a_person_sees_who_tested_and_what_was_approved(desk, approved):
    page = desk.see("Edda Editor", approved).text
    steps = re.search(r'<ol class="steps".*?</ol>', page, re.S)[0]
    order = [steps.index(f">{word}<") for word in
             ("Draft", "Checked", "Tested", "Approved", "Scheduled", "Sent")]
    assert order == sorted(order)
    assert re.search(r"Tested.*Edda Editor, \d+ \w+ \d{4}, \d\d:\d\d", steps)
    assert re.search(r"Approved.*Abe Approver, .*for 3 subscribers", steps)


def test_report_of_a_cancelled_update_knows_who_approved_it(desk):
    number = desk.draft(TEXT.format(title="Stopped"))
    desk.ok("bulletin", "approve", "news", number, staff="Abe Approver")
    desk.stop()     # so that nothing goes out before it is cancelled
    desk.ok("bulletin", "send", "news", number)
    desk.ok("bulletin", "cancel", "news", number)
    desk.start_daemon()
    wait_for("the pages", desk.is_up)
    report = desk.see("Edda Editor", f"/staff/lists/news/bulletins/{number}/report").text
    assert re.search(r"Abe Approver, for \d subscribers", report)


def test_audit_says_what_it_is_about_as_people_know_it(desk, approved):
    page = desk.see("Dot Protection", "/staff/audit").text
    for words in ("news #1", "places-0001", "Edda Editor"):
        assert f'<td class="name">{words}</td>' in page, words
    only = desk.see("Dot Protection", "/staff/audit?subject=bulletin").text
    assert "news #1" in only and "places-0001" not in only
    assert '<option value="bulletin" selected>' in only


def code_of(key, at):
    """What an authenticator app shows (RFC 6238)."""
    mac = hmac.new(base64.b32decode(key), struct.pack(">Q", int(at) // 30), hashlib.sha1).digest()
    start = mac[-1] & 15
    return f"{(struct.unpack('>I', mac[start:start + 4])[0] & 0x7fffffff) % 10**6:06}"


def sign_in(desk, name, **more):
    return desk.post("/staff/sign-in", {"name": name, "password": PASSWORD, **more})


def test_the_second_step_can_be_typed_in_and_taken_away(desk):
    page = desk.do("Cole Coder", "/staff/account/totp", {"old": PASSWORD}).text
    key = re.search(r'class="key">([A-Z2-7 ]+)<', page)[1]
    assert all(len(group) == 4 for group in key.split())
    assert re.search(r'<a href="otpauth://totp/[^"]+secret=' + key.replace(" ", ""), page)
    desk.cookies.pop("Cole Coder")
    assert sign_in(desk, "Cole Coder").status == 403
    code = code_of(key.replace(" ", ""), time.time())
    assert sign_in(desk, "Cole Coder", code=code).status == 303
    staff = desk.see("Ann Admin", "/staff/accounts").text
    assert staff.count('action="/staff/accounts/totp"') == 1
    assert desk.do("Ann Admin", "/staff/accounts/totp", {"name": "Cole Coder"}).status == 303
    assert sign_in(desk, "Cole Coder").status == 303


def test_sessions_end_with_the_password(desk):
    cookie = desk.cookie("Rae Reader")
    assert desk.get("/staff/account", Cookie=cookie).status == 200
    answer = desk.do("Rae Reader", "/staff/account/password", {
        "old": PASSWORD, "new": "another-long-password", "again": "another-long-password"})
    assert answer.status == 303
    assert desk.get("/staff/account", Cookie=cookie).status == 303
    desk.cookies.pop("Rae Reader")
    desk.ok("staff", "password", "Rae Reader", stdin=PASSWORD + "\n", staff=None)


def test_topics_are_ticked_not_typed(desk):
    answer = desk.do("Edda Editor", "/staff/lists/news/subscribers/add", {
        "address": "ticks@example.test", "basis": "asked", "topic-2": "yes"})
    assert answer.status == 303, answer.text
    person, = desk.query("SELECT id FROM person WHERE address = 'ticks@example.test'")[0]
    page = desk.see("Edda Editor", f"/staff/subscribers/{person}").text
    assert "<p>Topics: Hearings. How often: each bulletin.</p>" in page
    desk.do("Edda Editor", "/staff/lists/news/subscribers/topics", {
        **form_of(desk.see("Edda Editor", f"/staff/subscribers/{person}"), "/topics"),
        "topic-1": "yes"})
    assert "<p>Topics: Neglect, Hearings. How often: each bulletin.</p>" in desk.see(
        "Edda Editor", f"/staff/subscribers/{person}").text
    wait_for("the welcome", lambda: desk.mails("ticks@example.test"))
    wait_for("it to be settled", lambda: "The welcome was sent" in desk.see(
        "Edda Editor", f"/staff/subscribers/{person}").text)


def test_a_day_is_chosen_in_the_calendar(desk):
    number = desk.draft(TEXT.format(title="Chosen day"))
    desk.ok("bulletin", "approve", "news", number, staff="Abe Approver")
    page = desk.see("Edda Editor", f"/staff/calendar?month=2096-02&for=news/{number}").text
    assert "February 2096" in page and f"Choose a day for bulletin #{number}" in page
    cells = re.findall(r"<td[^>]*>(.*?)</td>", page)
    assert [bool(cell) for cell in cells[:4]] == [False, False, True, True], "a Wednesday"
    assert len([cell for cell in cells if cell]) == 29
    link = re.search(r'href="([^"]+)" aria-label="29: choose 29 Feb 2096"', page)[1]
    assert link == f"/staff/lists/news/bulletins/{number}?day=2096-02-29#when"
    assert 'value="2096-02-29"' in desk.see("Edda Editor", link.partition("#")[0]).text
    desk.ok("bulletin", "schedule", "news", number, "2096-02-29 09:00")
    page = desk.see("Edda Editor", "/staff/calendar?month=2096-02").text
    assert f'aria-label="#{number} Chosen day, bulletin due, 09:00 GMT"' in page
    # Nobody chooses for others, and nonsense is this month.
    assert "Choose a day" not in desk.see(
        "Rae Reader", f"/staff/calendar?for=news/{number}").text
    for month in ("x", "2026-13", "0000-01", "2026", "9999-99"):
        assert desk.see("Edda Editor", f"/staff/calendar?month={month}").status == 200


def test_a_long_ledger_is_walked_page_by_page(desk):
    desk.add_list("many", "A long list")
    rows = "address,basis\n" + "".join(f"m{n:03}@example.test,asked\n" for n in range(230))
    desk.ok("subscriber", "import", "many", desk.write("many.csv", rows))
    number = desk.draft(TEXT.format(title="To many").replace("list: news", "list: many"))
    desk.ok("bulletin", "approve", "many", number, staff="Abe Approver")
    desk.ok("bulletin", "send", "many", number)
    desk.wait_until_sent("many", number)
    path, seen = f"/staff/lists/many/bulletins/{number}/ledger?state=sent", []
    while path:
        page = desk.see("Edda Editor", path).text
        seen += re.findall(r'<th scope="row">([^<]+)', page)
        more = re.search(r'href="([^"]+)" rel="next"', page)
        path = more and more[1].replace("&amp;", "&")
    assert len(seen) == 230 == len(set(seen))


def test_who_tries_too_often_is_told_when_to_try_again(desk):
    """By the sentence, and by the header that a program reads."""
    for _ in range(5):
        answer = desk.post("/staff/sign-in", {"name": "Nobody Here", "password": "a guess"})
        assert answer.status == 403, answer.text
    answer = desk.post("/staff/sign-in", {"name": "Nobody Here", "password": "a guess"})
    assert answer.status == 429 and "too many attempts" in answer.text
    assert 0 < int(answer.headers["retry-after"]) <= 30
