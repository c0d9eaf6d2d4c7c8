"""Replying to a respondent: freely or from a text, with their words beside it."""
import re

import pytest

from e2e.house import folded
from e2e.staff import StaffSite, form_of, see, words_of

PLACES = "/staff/consultations/places"
ONE = f"{PLACES}/responses/1"


@pytest.fixture(name="desk", scope="module")
def a_desk():
    with StaffSite.opened() as desk:
        desk.consult("places", "Safe places for young people")
        desk.put(desk.reply(1), desk.reply(2), desk.reply(3))
        desk.hire_all()
        done = desk.do("Edda Editor", f"{PLACES}/reply-texts", {
            "name": "Thanks", "subject": "Your response {{reference}}",
            "text": "Dear {{name}},\n\nthank you for {{reference}}.\n"})
        assert done.status == 303, done.text
        yield desk


def write(desk, who, number, **fields):
    """By somebody who has opened the form just now."""
    at = f"{PLACES}/responses/{number}/reply"
    seen = form_of(desk.see(who, at), "/reply")["seen"]
    return desk.do(who, at, {"seen": seen, **fields})


def test_a_free_reply_is_written_beside_the_response_and_read_there_later(desk):
    with desk.window("Edda Editor", ONE) as browser:
        browser.ask("press", key="r")
        see(browser, "Write to them")
        page = words_of(browser)
        assert "Word1 of their own." in page and "To person1@post.example" in page
        assert "{{" not in browser.ask("html")
        begun = browser.ask("run", script="document.querySelector('#text').value")
        assert begun.startswith("Dear Person 1,") and "Edda Editor" in begun
        browser.fill("#subject", "The door")
        browser.fill("#text", "Dear Person 1,\n\nthe door is open again.\n")
        assert browser.click("main form button") == 200
        assert "The reply to places-0001 is on its way." in words_of(browser)
        browser.ask("run", script="document.querySelectorAll('details').forEach("
                                  "one => one.open = true)")
        page = words_of(browser)
        assert "What we sent: reply" in page and "What Edda Editor wrote to person1@" in page
        assert "the door is open again." in page
        assert not browser.trouble()


def test_a_text_is_filled_in_before_it_is_chosen(desk):
    page = desk.see("Edda Editor", f"{PLACES}/responses/2/reply").text
    assert "Your response places-0002" in page and "{{" not in page
    chosen = desk.see("Edda Editor", f"{PLACES}/responses/2/reply?name=Thanks").text
    assert "Dear Person 2,\n\nthank you for places-0002." in chosen


def test_a_double_click_sends_one_and_what_was_wrong_keeps_the_words(desk):
    fields = {"name": "", "subject": "Twice", "text": "Only once.\n"}
    first = write(desk, "Edda Editor", 2, **fields)
    again = write(desk, "Edda Editor", 2, **fields)
    assert first.status == 303 and again.status == 409 and "Only once." in again.text
    assert desk.query("SELECT count(*) FROM reply WHERE text = 'Only once.\n'") == [(1,)]
    nothing = write(desk, "Edda Editor", 2, name="", subject="",
                    text="Words that took an hour.\n")
    assert nothing.status == 400 and "Words that took an hour." in nothing.text


@pytest.mark.parametrize("name", ["", "Thanks"])
def test_who_replies_after_a_colleague_is_told_and_sends_knowingly(desk, name):
    """The form was open before the colleague wrote: their words are shown, one's own are kept."""
    at = f"{PLACES}/responses/3/reply"
    opened = form_of(desk.see("Edda Editor", at + (f"?name={name}" if name else "")), "/reply")
    theirs = f"On the contrary, {name or 'no text'}."
    assert write(desk, "Ines Second", 3, name="", subject="Your email", text=theirs).status == 303
    mine = {**opened, "name": name, "subject": f"Mine {name}", "text": "An hour of my words.\n"}
    late = desk.do("Edda Editor", at, mine)
    words = folded(re.sub(r"<[^>]+>", " ", late.text.split("<main")[-1]))
    assert late.status == 409 and "Nothing was sent" in words
    assert "While you looked at it, Ines Second wrote to them" in words
    assert theirs in words and "An hour of my words." in words
    sent = "SELECT count(*) FROM reply WHERE text = 'An hour of my words.\n'"
    before = desk.query(sent)
    # Said again, knowing it.
    again = {**form_of(late, "/reply"), "text": "An hour of my words.\n"}
    assert desk.do("Edda Editor", at, again).status == 303
    assert desk.query(sent) == [(before[0][0] + 1,)]


def test_who_may_not_see_names_reads_neither_address_nor_reply(desk):
    page = desk.see("Cole Coder", ONE).text
    assert "What we sent: reply" in page
    assert "the door is open again." not in page and "person1@" not in page
