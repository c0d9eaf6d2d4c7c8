"""Home: what needs whoever has signed in, over all that they may see, and nothing else."""
import re

import pytest

from e2e.browser import Browser
from e2e.house import DOMAIN
from e2e.staff import StaffSite, demo, see, words_of

DRAFT = """---
list: {list}
title: {title}
---

## What is new

One more room is open.
"""
# What waits, in the words of Home.
UNSORTED = "One email could not be sorted"
REQUEST = "One request to subscribe"
MINE = "One response is assigned to you"
DRAFTED = "Bulletin 3, “Rooms”, is your draft"
APPROVE = "Bulletin 3, “Rooms”, waits for approval"
SECRET = "Bulletin 1, “Secret papers”, waits for approval"


@pytest.fixture(name="desk", scope="module")
def a_desk():
    with StaffSite.opened() as desk:
        desk.furnish()
        desk.hire_all()
        desk.hire("Lou List", "approver", "--list", "cpip")
        desk.hire("Con Consultation", "editor", "--consultation", "places")
        desk.put(desk.reply(1), desk.reply(2), demo.mail(
            "Parent <parent@post.example>", "A word", "Something else entirely.\n",
            to=f"elsewhere@{DOMAIN}"))
        desk.ok("response", "assign", "places-0001", "Edda Editor", staff="Edda Editor")
        answer = desk.post("/lists/group/join", {"address": "wants.in@post.example"})
        assert answer.status in (200, 303), answer.text
        desk.ok("bulletin", "draft", desk.write("rooms.md", DRAFT.format(
            list="cpip", title="Rooms")), staff="Edda Editor")
        desk.ok("bulletin", "draft", desk.write("secret.md", DRAFT.format(
            list="group", title="Secret papers")), staff="Edda Editor")
        yield desk


def waits(desk, name):
    page = desk.see(name, "/staff")
    assert page.status == 200
    return re.findall(r'<p class="what">([^<]*)</p>', page.text), page.text


def test_one_begins_at_home(desk):
    with Browser(desk.origin) as browser:
        browser.visitor()
        desk.sign_in(browser, "Edda Editor")
        assert browser.url().endswith("/staff") and browser.title().startswith("Home")
        assert words_of(browser, ".staff-side").split()[0] == "Home"
        see(browser, DRAFTED)
        browser.click(f"[aria-label^='Go on: {DRAFTED}']")
        assert browser.url().endswith("/staff/lists/cpip/bulletins/3/edit")
        browser.open("/staff")
        browser.click(f"[aria-label^='Read: {MINE}']")
        see(browser, "1 response")
        browser.open("/staff")
        browser.click(f"[aria-label^='Sort: {UNSORTED}']")
        see(browser, "A word")
        assert browser.trouble() == []


def test_each_sees_what_they_may_do_and_nothing_else(desk):
    mine, page = waits(desk, "Edda Editor")
    assert {MINE, UNSORTED, REQUEST, DRAFTED} <= set(mine) and APPROVE not in mine
    assert len(re.findall(r'<a class="button', page.split("<main")[1])) == len(mine)
    theirs, _ = waits(desk, "Abe Approver")
    assert {APPROVE, SECRET} <= set(theirs) and DRAFTED not in theirs and MINE not in theirs
    here, page = waits(desk, "Lou List")
    assert here == [APPROVE] and "Secret" not in page and "Advisory" not in page
    there, page = waits(desk, "Con Consultation")
    assert not set(there) & {UNSORTED, APPROVE, DRAFTED, SECRET} and "Improvement" not in page
    assert "Secret" not in page and "Rooms" not in page
    none, page = waits(desk, "Nona Nothing")
    assert none == [] and "Nothing waits for you" in page and "You have no role yet" in page
    _, page = waits(desk, "Rae Reader")
    assert "Nothing waits for you" in page and "as soon as there is something" in page


def test_what_is_done_is_gone_and_what_is_planned_stands_beside(desk):
    desk.ok("bulletin", "approve", "cpip", 3, staff="Abe Approver")
    assert APPROVE not in waits(desk, "Abe Approver")[0]
    assert DRAFTED not in waits(desk, "Edda Editor")[0]
    with_plan = waits(desk, "Edda Editor")[1]
    assert "The next seven days" in with_plan and "bulletin due" not in with_plan
    day, = desk.query("SELECT date('now', '+3 days')")[0]
    desk.ok("bulletin", "schedule", "cpip", 3, f"{day} 09:00")
    page = waits(desk, "Edda Editor")[1]
    assert re.search(r"bulletin due</span> <a [^>]*>#3 Rooms<", page)
    assert "Rooms" not in waits(desk, "Con Consultation")[1]
    desk.ok("bulletin", "cancel", "cpip", 3)
