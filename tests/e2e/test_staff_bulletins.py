"""The communications team's day in Chromium: an update from an empty page to the mailboxes,
with a second person approving; the people of a list; and what hostile words do: nothing."""
import datetime
import glob
import os
import re
import time

import pytest

from e2e import texts
from e2e.browser import Browser
from e2e.editor import PNG, post_parts
from e2e.staff import StaffSite, see, words_of
from e2e.house import DOMAIN, parse, text_of, wait_for

TEXT = """---
list: news
title: Rooms for children
topics: neglect, hearings
---

Good morning. This is what we did since the last update.

## Neglect {neglect}

Marigold: the pilot ends in spring, as [the plan](https://www.gov.scot/plan) says.

## Hearings {hearings}

Three more waiting rooms are painted.

![A room with low chairs](room.png)
"""


@pytest.fixture(name="desk", scope="module")
def a_desk():
    with StaffSite.opened() as desk:
        desk.add_list("news", "Improvement update", topics="neglect, hearings")
        desk.add_list("other", "Papers of a group", topics="papers", closed=True)
        for number in range(1, 6):
            desk.subscribe("news", f"reader{number}@example.test",
                           "neglect" if number == 5 else None)
        desk.hire_all()
        yield desk


@pytest.fixture(name="browser", scope="module")
def a_browser(desk):
    with Browser(desk.origin) as browser:
        yield browser


def mails_to(desk, address):
    found = []
    for path in glob.glob(f"{desk.folder}/out/**/new/*", recursive=True):
        with open(path, "rb") as file:
            mail = parse(file.read())
        if address in str(mail["To"]):
            found.append(mail)
    return found


def test_update_goes_from_an_empty_page_to_the_mailboxes(desk, browser):
    browser.visitor()
    desk.sign_in(browser, "Edda Editor", "/staff/bulletins")
    browser.click("text=Write the next bulletin >> nth=0")
    assert browser.url().endswith("/staff/lists/news/bulletins/1/edit")
    browser.fill("#text", TEXT)
    see(browser, "room.png", "#findings")  # the picture is not there yet, and it says so
    browser.click("text=Save >> nth=0")
    see(browser, "Saved.")
    path = "/staff/lists/news/bulletins/1/edit"
    assert post_parts(desk, "Edda Editor", path, {"text": TEXT, "then": "attach"},
                      PNG).status == 303
    browser.open("/staff/lists/news/bulletins/1")
    see(browser, "5 subscribers")
    browser.fill("#to", "edda.editor@example.test")
    browser.click("text=Send the test")
    wait_for("the test", lambda: mails_to(desk, "edda.editor@example.test"))
    # Who wrote it cannot approve it by a form of their own either.
    shown = desk.see("Edda Editor", "/staff/lists/news/bulletins/1").text
    assert 'action="/staff/lists/news/bulletins/1/approve"' not in shown
    assert desk.do("Edda Editor", "/staff/lists/news/bulletins/1/approve").status == 403
    assert desk.status("news", 1)["state"] == "draft"

    browser.visitor()
    desk.sign_in(browser, "Abe Approver", "/staff/lists/news/bulletins/1")
    browser.click("text=Approve for 5 subscribers")
    see(browser, "Approved as it is now, for 5 subscribers")

    browser.visitor()
    desk.sign_in(browser, "Edda Editor", "/staff/lists/news/bulletins/1")
    day = datetime.date.today() + datetime.timedelta(days=3)
    browser.fill("#day", str(day))
    browser.fill("#time", "09:30")
    browser.click("button:text-is('Schedule')")
    see(browser, "5 subscribers of Improvement update, as approved.")
    see(browser, "Abe Approver")
    assert desk.status("news", 1)["state"] == "approved"
    browser.click("text=Schedule it")
    see(browser, "It goes out on")
    see(browser, "Goes to 5 subscribers on")
    assert desk.status("news", 1)["state"] == "scheduled"
    browser.open("/staff/calendar")
    see(browser, "#1 Rooms for children")
    browser.open("/staff/lists/news/bulletins/1")
    browser.click("text=Send now")
    see(browser, "Now. Its time was")
    assert desk.status("news", 1)["state"] == "scheduled"
    browser.click("text=Send it now")
    desk.wait_until_sent("news", 1)
    browser.open("/staff/lists/news/bulletins/1")
    see(browser, "5 sent of 5")
    for number in range(1, 6):
        mail, = mails_to(desk, f"reader{number}@example.test")
        assert ("Hearings" in text_of(mail)) == (number != 5)
    images = [part for part in mails_to(desk, "reader1@example.test")[0].walk()
              if part.get_content_type() == "image/png"]
    assert [part.get_payload(decode=True) for part in images] == [PNG]
    browser.open("/staff/lists/news/bulletins/1/report")
    see(browser, "Approved by Abe Approver")
    assert browser.trouble() == []


def test_team_can_say_who_got_it_and_why_not(desk, browser):
    desk.subscribe("news", "late.comer@example.test")
    browser.visitor()
    desk.sign_in(browser, "Edda Editor", "/staff/lists/news/bulletins/1/ledger")
    for address, words in (("reader1@example.test", "was sent"),
                           ("late.comer@example.test", "after"),
                           ("nobody@example.test", "never")):
        browser.fill("#address", address)
        browser.click("text=Ask")
        assert words in words_of(browser, "[role=status]"), (address, words_of(browser))
    assert "nobody" not in browser.url()
    browser.open("/staff/subscribers")
    browser.fill(".search input", "reader5")
    browser.click(".search button")
    browser.click("text=reader5@example.test")
    see(browser, "Rooms for children")


def test_two_editors_lose_no_words(desk):
    number = desk.draft(TEXT.replace("Rooms for children", "Second"))
    path = f"/staff/lists/news/bulletins/{number}/edit"
    page = desk.see("Edda Editor", path).text
    seen = page.split('name="hash" value="')[1].split('"')[0]
    first = TEXT.replace("Rooms for children", "Mine").replace("\n", "\r\n")
    assert desk.do("Edda Editor", path, {"hash": seen, "text": first}).status == 303
    second = desk.do("Ines Second", path, {
        "hash": seen, "text": TEXT.replace("Rooms for children", "Theirs")})
    assert second.status == 409 and "Theirs" in second.text
    assert desk.query("SELECT title FROM bulletin WHERE number = ?", number) == [("Mine",)]


def test_approval_is_of_what_was_seen(desk):
    number = desk.draft(TEXT.replace("Rooms for children", "Third").replace(
        "![A room with low chairs](room.png)", ""))
    path = f"/staff/lists/news/bulletins/{number}"
    page = desk.see("Abe Approver", path).text
    seen = {name: page.split(f'name="{name}" value="')[1].split('"')[0]
            for name in ("hash", "count")}
    desk.subscribe("news", "one.more@example.test")
    answer = desk.do("Abe Approver", f"{path}/approve", seen)
    assert answer.status == 409 and "not the number that you saw" in answer.text
    assert desk.status("news", number)["state"] == "draft"


def test_every_figure_after_an_approval_is_the_approved_audience(desk, browser):
    """Who joins after it is said apart, gets the next one, or is approved for as well."""
    number = desk.draft(TEXT.replace("Rooms for children", "Fourth").replace(
        "![A room with low chairs](room.png)", ""))
    desk.ok("bulletin", "approve", "news", number, staff="Abe Approver")
    approved = desk.json("bulletin", "audience", "news", number)["count"]
    for who in ("after.one", "after.two", "after.three"):
        desk.subscribe("news", f"{who}@example.test")
    path = f"/staff/lists/news/bulletins/{number}"
    browser.visitor()
    desk.sign_in(browser, "Abe Approver", path)
    see(browser, f"{approved} subscribers, as approved.")
    see(browser, f"3 have joined since: they get the next one, or approve again for {approved + 3}.")
    see(browser, f"{approved} subscribers get it, as approved")
    said = desk.ok("bulletin", "audience", "news", number).out
    assert f"{approved} subscribers get it, as approved" in said and "3 have joined since" in said
    browser.click(f"text=Approve again for {approved + 3} subscribers")
    see(browser, f"Approved as it is now, for {approved + 3} subscribers")
    see(browser, f"{approved + 3} subscribers, as approved.")
    assert "joined since" not in words_of(browser)
    desk.ok("bulletin", "cancel", "news", number)


def fields_of(page):
    """What the one form of a question sends."""
    form = re.search(r'<form action="[^"]*/(?:schedule|unschedule|send|cancel|resume)" method="post">'
                     r".*?</form>", page, re.S)[0]
    return dict(re.findall(r'name="(?!csrf)(\w+)" value="([^"]*)"', form))


def test_nothing_is_sent_scheduled_or_cancelled_at_one_click(desk):
    """Also without script: a page says how many, who and when, and one button does it."""
    number = desk.draft(TEXT.replace("Rooms for children", "Fifth").replace(
        "![A room with low chairs](room.png)", ""))
    desk.ok("bulletin", "approve", "news", number, staff="Abe Approver")
    path = f"/staff/lists/news/bulletins/{number}"
    page = desk.see("Edda Editor", path).text
    assert "data-ask" not in page
    filled = re.findall(r'<(?:button|a class="button")>([^<]*)<', page.split("<main")[1])
    assert filled == ["Schedule"]

    def state():
        return desk.status("news", number)["state"]

    for act in ("send", "cancel", "schedule"):
        asked = desk.do("Edda Editor", f"{path}/{act}", {"day": "2098-12-25", "time": "03:00"})
        assert asked.status == 200 and "Abe Approver" in asked.text, asked.text
        assert state() == "approved"
    # Three in the morning of Christmas, in which zone.
    for words in ("It is 03:00 then", "bank holiday in Scotland: Christmas Day",
                  "Thursday 25 December 2098, 03:00 GMT (Europe/London)"):
        assert words in asked.text, words
    weekend = desk.see("Edda Editor", f"{path}/schedule?day=2098-12-20&time=09:00").text
    assert "That day is a Saturday" in weekend and "then:" not in weekend
    plain = desk.see("Edda Editor", f"{path}/schedule?day=2098-12-22&time=09:00").text
    assert "Is that the time you mean?" not in plain
    done = desk.do("Edda Editor", f"{path}/schedule", fields_of(asked.text))
    assert done.status == 303 and state() == "scheduled"
    # What was asked about an approved one is not done to a scheduled one.
    stale = desk.do("Edda Editor", f"{path}/schedule", fields_of(asked.text))
    assert stale.status == 409 and "While you looked at it, you scheduled it" in stale.text
    page = desk.see("Edda Editor", path).text
    assert 'value="2098-12-25"' in page and 'value="03:00"' in page
    asked = desk.see("Edda Editor", f"{path}/unschedule").text
    assert "It stays approved" in asked
    assert desk.do("Edda Editor", f"{path}/unschedule", fields_of(asked)).status == 303
    assert state() == "approved"
    assert desk.see("Edda Editor", f"{path}/unschedule").status == 409
    asked = desk.see("Edda Editor", f"{path}/cancel").text
    assert desk.do("Edda Editor", f"{path}/cancel", fields_of(asked)).status == 303
    assert state() == "cancelled"


def test_what_is_in_doubt_is_decided_on_a_page(desk):
    """Sending again is sending: it is asked about, and is for those that were counted."""
    path = "/staff/lists/news/bulletins/1"
    assert desk.see("Edda Editor", f"{path}/settle?do=again").status == 409
    assert desk.see("Edda Editor", f"{path}/settle").status == 400
    desk.change("UPDATE bulletin SET state = 'paused', finished_at = NULL WHERE number = 1")
    desk.change("UPDATE delivery SET state = 'in doubt' WHERE id IN (SELECT id FROM delivery"
                " WHERE bulletin_id = 1 AND state = 'sent' LIMIT 2)")
    asked = desk.do("Edda Editor", f"{path}/settle", {"do": "leave"})
    assert asked.status == 200 and "2 emails may or may not have arrived" in asked.text

    def in_doubt():
        return desk.query("SELECT count(*) FROM delivery WHERE state = 'in doubt'")[0][0]

    assert in_doubt() == 2
    wrong = desk.do("Edda Editor", f"{path}/settle", {"do": "leave", "sure": "yes", "count": "1"})
    assert wrong.status == 409 and in_doubt() == 2
    done = desk.do("Edda Editor", f"{path}/settle", {"do": "leave", "sure": "yes", "count": "2"})
    assert done.status == 303 and in_doubt() == 0


def test_import_does_what_it_showed_or_nothing(desk, browser):
    browser.visitor()
    desk.sign_in(browser, "Edda Editor", "/staff/lists/other/import")
    rows = "address,basis\r\nann@example.test,asked\r\nbad address,asked\r\n"
    shown = desk.do("Edda Editor", "/staff/lists/other/import/preview",
                    {"text": rows})
    assert shown.status == 200 and "1 subscriber would be added." in shown.text
    digest = shown.text.split('name="digest" value="')[1].split('"')[0]
    desk.subscribe("other", "ann@example.test")
    answer = desk.do("Edda Editor", "/staff/lists/other/import", {
        "text": rows, "digest": digest})
    assert answer.status == 409 and "has changed since you looked" in answer.text
    assert "Nobody would be added." in answer.text
    out = desk.do("Edda Editor", "/staff/lists/other/export", {"state": ""})
    assert out.status == 200 and "ann@example.test" in out.text
    assert "attachment" in out.headers["content-disposition"]


@pytest.mark.shared
def test_hostile_words_run_and_load_nothing(desk, browser, shared):
    browser.visitor()
    desk.sign_in(browser, "Edda Editor", "/staff/bulletins")
    browser.trouble()
    tries = texts.payloads(shared)[::7]
    text = TEXT.replace("![A room with low chairs](room.png)", "") + "\n\n".join(tries)
    number = desk.draft(TEXT.replace("Rooms for children", "Hostile"))
    path = f"/staff/lists/news/bulletins/{number}"
    desk.do("Edda Editor", f"{path}/edit", {"text": text})
    for i, one in enumerate(tries[:20]):
        desk.do("Edda Editor", "/staff/lists/news/subscribers/add", {
            "address": f"hostile{i}@{DOMAIN}", "name": one, "basis": one})
    browser.open(f"{path}/edit")
    browser.fill("#text", text)
    browser.ask("run", script="document.getElementById('preview-button').click()")
    time.sleep(1)  # the frame has nothing that could say when it is there
    # What is not saved would be asked about on leaving.
    browser.ask("run", script="{ const t = document.getElementById('text');"
                              " t.value = t.defaultValue; }")
    for place in (path, f"{path}/mail", "/staff/lists/news/subscribers?q=hostile", "/staff/audit",
                  "/staff/bulletins"):
        browser.open(place)
    assert browser.trouble() == []
    if os.environ.get("MERCAT_SHOTS"):
        browser.ask("shot", file=os.environ["MERCAT_SHOTS"] + "/hostile.png")
