"""Replying to a respondent: freely or from a text, with their words beside it."""
import pytest

from e2e.staff import StaffSite, see, words_of

PLACES = "/staff/consultations/places"
ONE = f"{PLACES}/responses/1"


@pytest.fixture(name="desk", scope="module")
def a_desk():
    with StaffSite.opened() as desk:
        desk.consult("places", "Safe places for young people")
        desk.put(desk.reply(1), desk.reply(2))
        desk.hire_all()
        done = desk.do("Edda Editor", f"{PLACES}/reply-texts", {
            "name": "Thanks", "subject": "Your response {{reference}}",
            "text": "Dear {{name}},\n\nthank you for {{reference}}.\n"})
        assert done.status == 303, done.text
        yield desk


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
    first, second = (desk.do("Edda Editor", f"{PLACES}/responses/2/reply", fields)
                     for _ in range(2))
    assert first.status == 303 and second.status == 409 and "Only once." in second.text
    assert desk.query("SELECT count(*) FROM reply WHERE text = 'Only once.\n'") == [(1,)]
    nothing = desk.do("Edda Editor", f"{PLACES}/responses/2/reply",
                      {"name": "", "subject": "", "text": "Words that took an hour.\n"})
    assert nothing.status == 400 and "Words that took an hour." in nothing.text


def test_who_may_not_see_names_reads_neither_address_nor_reply(desk):
    page = desk.see("Cole Coder", ONE).text
    assert "What we sent: reply" in page
    assert "the door is open again." not in page and "person1@" not in page
