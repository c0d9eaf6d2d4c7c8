"""Unsorted mail is answered and forwarded from its page."""
import re

import pytest

from e2e.house import DOMAIN, folded, wait_for
from e2e.staff import StaffSite, demo, form_of, see, words_of


@pytest.fixture(name="desk", scope="module")
def a_desk():
    with StaffSite.opened() as desk:
        desk.furnish()
        desk.hire_all()
        desk.put(demo.mail("Nan Yarrow <nan@yarrow.example>", "Minutes", "Where are the minutes?\n",
                           to=f"cpip+owner@{DOMAIN}"),
                 demo.mail("wim@reed.example", "Re: Halls", "Which hall is it?\n",
                           to=f"elsewhere@{DOMAIN}"))
        desk.strays = [row for row, in desk.query("SELECT id FROM inbound ORDER BY id")]
        yield desk


def write(desk, who, at, fields):
    """By somebody who has opened the form just now."""
    return desk.do(who, at, {"seen": form_of(desk.see(who, at), "/reply")["seen"], **fields})


def test_it_is_answered_beside_its_words_and_says_so_later(desk):
    at = f"/staff/unsorted/{desk.strays[0]}"
    with desk.window("Edda Editor", at) as browser:
        browser.ask("run", script="[...document.querySelectorAll('main a')].find("
                                  "a => a.textContent == 'Write to whoever sent it').click()")
        see(browser, "Your email")
        assert "Where are the minutes?" in words_of(browser)
        assert "To nan@yarrow.example" in words_of(browser)
        begun = browser.ask("run", script="document.querySelector('#text').value")
        assert begun.startswith("Dear Nan Yarrow,")
        assert browser.ask("run", script="document.querySelector('#subject').value") == "Re: Minutes"
        browser.fill("#text", "Dear Nan Yarrow,\n\nthey are on the page.\n")
        assert browser.click("main form button") == 200
        page = words_of(browser)
        assert "Your email is on its way to nan@yarrow.example." in page
        assert "What we sent: reply" in page and "What Edda Editor wrote to nan@" in page
        assert not browser.trouble()
    mail, = wait_for("the email", lambda: desk.mails("nan@yarrow.example"))
    text = mail.get_body(("plain",)).get_content()
    assert mail["Subject"] == "Re: Minutes" and "they are on the page." in text
    assert "Reference number" not in text and f"cpip@{DOMAIN}" in mail["From"]
    assert mail["In-Reply-To"]


def test_what_came_to_no_address_is_answered_from_a_chosen_one(desk):
    at = f"/staff/unsorted/{desk.strays[1]}/reply"
    page = desk.see("Edda Editor", at).text
    assert "Dear Sir or Madam," in page and 'value="Re: Halls"' in page
    assert f"places@{DOMAIN}" in page and f"cruelty@{DOMAIN}" in page
    wrong = write(desk, "Edda Editor", at, {"from": "evil@example.test", "subject": "Halls",
                                            "text": "An hour of words.\n"})
    assert wrong.status == 400 and "An hour of words." in wrong.text
    fields = {"from": f"places@{DOMAIN}", "subject": "Halls", "text": "The one in Fenside.\n"}
    first, second = (write(desk, "Edda Editor", at, fields) for _ in range(2))
    assert first.status == 303 and second.status == 409, (first.text, second.text)
    assert "The one in Fenside." in second.text
    assert desk.query("SELECT count(*) FROM notification WHERE recipient = 'wim@reed.example'") == [
        (1,)]


def test_who_answers_after_a_colleague_is_told_and_sends_knowingly(desk):
    at = f"/staff/unsorted/{desk.strays[1]}/reply"
    opened = form_of(desk.see("Edda Editor", at), "/reply")
    fields = {"from": f"places@{DOMAIN}", "subject": "Halls"}
    theirs = {**fields, "text": "On the contrary.\n"}
    assert write(desk, "Ines Second", at, theirs).status == 303
    late = desk.do("Edda Editor", at, {**opened, **fields, "text": "An hour of my words.\n"})
    words = folded(re.sub(r"<[^>]+>", " ", late.text.split("<main")[-1]))
    assert late.status == 409 and "Nothing was sent" in words
    assert "While you looked at it, Ines Second wrote to them" in words
    assert "On the contrary." in words and "An hour of my words." in words
    sent = "SELECT count(*) FROM reply WHERE text = 'An hour of my words.\n'"
    assert desk.query(sent) == [(0,)]
    again = {**form_of(late, "/reply"), **fields, "text": "An hour of my words.\n"}
    assert desk.do("Edda Editor", at, again).status == 303
    assert desk.query(sent) == [(1,)]


def test_it_is_forwarded_to_a_colleague_who_may_sort(desk):
    at = f"/staff/unsorted/{desk.strays[0]}/forward"
    assert "Ines Second" in desk.see("Edda Editor", at).text
    refused = desk.do("Edda Editor", at, {"to": "Rae Reader", "note": "Yours?"})
    assert refused.status == 409 and "Yours?" in refused.text
    assert desk.do("Edda Editor", at, {"to": "Ines Second", "note": "Yours?"}).status == 303
    mail, = wait_for("the email", lambda: desk.mails("ines.second@example.test"))
    text = mail.get_body(("plain",)).get_content()
    assert "For you: Minutes" in mail["Subject"]
    assert "Yours?" in text and "Where are the minutes?" in text and "nan@yarrow.example" in text
    assert "response" not in text.lower().split("this email is for you")[0]


def test_who_may_not_write_is_not_offered_it(desk):
    page = desk.see("Dot Protection", f"/staff/unsorted/{desk.strays[0]}").text
    assert "Where are the minutes?" in page and "/reply" not in page
