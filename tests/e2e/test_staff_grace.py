"""A bulletin that is sent now waits a minute in which anybody with the right can stop it."""
import re
import sqlite3

import pytest

from e2e.browser import Browser, is_valid, look_over
from e2e.house import wait_for
from e2e.staff import StaffSite, form_of, press, see, words_of

EDDA, INES, ABE, RAE = "Edda Editor", "Ines Second", "Abe Approver", "Rae Reader"
PATH = "/staff/lists/news/bulletins"
TEXT = """---
list: news
title: {title}
---

Good morning.
"""


@pytest.fixture(name="desk", scope="module")
def a_desk():
    with StaffSite.opened() as desk:
        desk.add_list("news", "Improvement update", topics="neglect, hearings")
        for number in range(1, 4):
            desk.subscribe("news", f"reader{number}@example.test")
        desk.hire_all()
        desk.hire("Abel Second", "approver")
        with open(desk.config, encoding="utf-8") as file:
            text = file.read()
        assert 'grace = "0 s"' in text
        desk.stop_daemon()
        desk.write("mercat.conf", text.replace('grace = "0 s"', 'grace = "1 h"'))
        desk.start_daemon()
        wait_for("the pages", desk.is_up)
        yield desk


def approved(desk, title):
    """The number of one that is ready to go out."""
    path = desk.write("grace.md", TEXT.format(title=title))
    desk.ok("bulletin", "draft", path, staff=EDDA)
    number = desk.json("bulletin", "list")[-1]["number"]
    desk.ok("bulletin", "approve", "news", str(number), staff=ABE)
    return number


def state(desk, number):
    return desk.json("bulletin", "status", "news", str(number))["state"]


def hour_passes(desk, number):
    with sqlite3.connect(f"{desk.folder}/state/mercat.db", timeout=60) as store:
        store.execute("UPDATE bulletin SET due_at = due_at - 3605 WHERE number = ?", (number,))


def send(browser, number):
    browser.open(f"{PATH}/{number}")
    browser.click("text=Send now")
    assert "1 hour from when you press the button" in words_of(browser)
    browser.click("button:text-is('Send it now')")


@pytest.mark.parametrize("scripts", (True, False))
def test_send_now_can_be_stopped_by_another(desk, scripts):
    number = approved(desk, f"Scripts {scripts}")
    with desk.window(ABE, scripts=scripts) as browser:
        send(browser, number)
        said = words_of(browser)
        assert re.search(r"Goes to 3 subscribers at \d\d:\d\d:\d\d (GMT|BST)\.", said), said
        assert "Until then it can be stopped here" in said
        if scripts:
            see(browser, "seconds left")
            assert not look_over(browser, "the grace")
        html = desk.see(ABE, f"{PATH}/{number}").text
        assert not is_valid(browser, "the grace", html)
        with desk.window("Abel Second", f"{PATH}/{number}", scripts=scripts) as other:
            other.click("button:text-is('Stop it')")
            assert "Stopped in time: nobody has got it" in words_of(other)
        assert state(desk, number) == "approved"
        # An old page that says "stop" is told so, and nothing happens.
        browser.click("button:text-is('Stop it')")
        assert "there is nothing to stop" in words_of(browser)
    assert desk.query(f"SELECT count(*) FROM delivery d JOIN bulletin b ON b.id = d.bulletin_id "
                      f"WHERE b.number = {number}") == [(0,)]


def test_by_keyboard_alone_and_what_has_begun_is_paused(desk):
    number = approved(desk, "By keyboard")
    with desk.window(ABE, f"{PATH}/{number}/send") as browser:
        browser.ask("run", script="document.querySelector('main form button').focus()")
        press(browser, "Enter")
        see(browser, "Goes to 3 subscribers at")
        old = form_of(desk.see(ABE, f"{PATH}/{number}"), "/stop")
        hour_passes(desk, number)
        wait_for("it to be sent", lambda: state(desk, number) == "sent")
        # The page notices by itself that the minute is over.
        browser.open(f"{PATH}/{number}")
        assert "3 sent of 3" in words_of(browser)
    answer = desk.do(ABE, f"{PATH}/{number}/stop", old)
    assert answer.status == 409 and "there is nothing to stop" in answer.text


def test_who_may_not_send_sees_the_time_and_no_button(desk):
    number = approved(desk, "Seen by all")
    desk.ok("bulletin", "send", "news", str(number), staff=ABE)
    with Browser(desk.origin) as browser:
        browser.visitor()
        desk.sign_in(browser, RAE, f"{PATH}/{number}")
        assert "Goes to 3 subscribers at" in words_of(browser)
        assert "Stop it" not in words_of(browser)
    assert desk.do(RAE, f"{PATH}/{number}/stop", {}).status == 403
    said = desk.ok("bulletin", "stop", "news", str(number), staff="Abel Second")
    assert "stopped in time" in str(said) and state(desk, number) == "approved"


def test_a_change_in_the_grace_takes_it_back(desk):
    number = approved(desk, "Changed late")
    desk.ok("bulletin", "send", "news", str(number), staff=ABE)
    desk.ok("bulletin", "edit", "news", str(number),
            desk.write("grace.md", TEXT.format(title="Changed in time")), staff=INES)
    hour_passes(desk, number)
    assert state(desk, number) == "draft"
