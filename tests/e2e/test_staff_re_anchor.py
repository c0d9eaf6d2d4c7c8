"""Codes whose passage is no longer found are placed by a person: mouse, keys, no scripts."""
import re

import pytest

from e2e.browser import is_valid, look_over
from e2e.staff import StaffSite, demo, press, see, words_of
from e2e.house import DOMAIN, wait_for
from e2e.test_staff_coding import POINTS, code_id, codings

PLACES = "/staff/consultations/places"
TEXT = "The hall is cold. The buses stop at six.\n\nA warm room is worth it.\n"


@pytest.fixture(name="desk", scope="module")
def a_desk():
    with StaffSite.opened() as desk:
        desk.consult("places", "Safe places for young people")
        desk.put(*(demo.mail(f"Person {n} <person{n}@post.example>", f"Response {n}", TEXT,
                             to=f"places@{DOMAIN}") for n in (1, 2)))
        desk.hire_all()
        assert desk.do("Edda Editor", f"{PLACES}/code-frame", {"name": "warmth"}).status == 303
        yield desk


@pytest.fixture(name="browser", scope="module")
def a_browser(desk):
    with desk.window("Cole Coder", PLACES) as browser:
        yield browser


@pytest.fixture(name="lost")
def one_that_is_lost(desk):
    """Its id: coded on "The hall", which a new reading did not find any more."""
    for coding, in desk.query("SELECT id FROM coding WHERE ended_at IS NULL"):
        desk.ok("response", "uncode", str(coding))
    answer = desk.do("Edda Editor", f"{PLACES}/responses/1/code", {
        "code": code_id(desk, "warmth"), "place": "-1:0~8"})
    assert answer.status == 303, answer.text
    coding, = desk.query("SELECT id FROM coding WHERE ended_at IS NULL")[0]
    desk.change("UPDATE coding SET placed = 'needs re-anchoring' WHERE id = ?", coding)
    return coding


def placed(desk, coding):
    return desk.query("SELECT placed FROM coding WHERE id = ?", coding) == [("set",)]


def drag(browser, words):
    points = browser.ask("run", script=POINTS % (words, words, words))
    browser.ask("drag", **{"from": points[0], "to": points[1]})


def test_a_lost_code_is_placed_with_the_mouse_and_taken_back(desk, browser, lost):
    browser.open(f"{PLACES}/re-anchor")
    assert "not found" in words_of(browser)
    browser.ask("run", script="document.querySelector('.quotes .button').click()")
    see(browser, "Select the words where “warmth” stands", "#placing")
    assert browser.url().endswith(f"/responses/1#place-{lost}")
    drag(browser, "A warm room")
    see(browser, "Does “warmth” stand on these words?", ".picker")
    press(browser, "Enter")
    see(browser, "The code stands on those words of places-0001 now.", "#response")
    assert codings(desk, 1) == [("warmth", "A warm room")] and placed(desk, lost)
    assert browser.text(".coded") == "A warm room"
    assert browser.ask("count", at="#placing") == 0
    assert desk.query("SELECT count(*) FROM audit WHERE event = 'coding placed'"
                      " AND who = 'Cole Coder'")[0][0] >= 1
    assert "placed warmth anew on places-0001" in words_of(browser, ".response-bar")
    press(browser, "u")
    see(browser, "Taken back", "#response")
    assert not placed(desk, lost)
    assert not browser.trouble()


def test_the_same_by_keys_alone(desk, browser, lost):
    browser.open(f"{PLACES}/responses/1")
    browser.ask("run", script="document.querySelector('[data-place]').focus()")
    press(browser, "Enter")
    see(browser, "Select the words", "#placing")
    press(browser, "ArrowRight", "ArrowRight", "Shift+ArrowRight", "Enter")
    see(browser, "stand on these words?", ".picker")
    press(browser, "Escape")
    assert browser.ask("count", at=".picker") == 0
    press(browser, "Shift+ArrowLeft", "Enter")
    see(browser, "stand on these words?", ".picker")
    press(browser, "Enter")
    see(browser, "The code stands on those words", "#response")
    assert codings(desk, 1) == [("warmth", "is")] and placed(desk, lost)
    assert not browser.trouble()


def test_placing_is_left_by_escape_and_by_the_next_reply(desk, browser, lost):
    browser.open(f"{PLACES}/responses/1")
    browser.open(f"{PLACES}/responses/1#place-{lost}")
    see(browser, "Select the words", "#placing")
    press(browser, "Escape", "Escape")
    assert browser.ask("count", at="#placing") == 0
    browser.ask("run", script="document.querySelector('[data-place]').click()")
    see(browser, "Select the words", "#placing")
    browser.ask("run", script="document.querySelector('#response a[rel=next]').click()")
    see(browser, "places-0002 ·", "#response")
    drag(browser, "The hall is cold")
    wait_for("the picker of codes", lambda: browser.ask("count", at="#picker-filter") == 1)
    press(browser, "Escape")
    assert not placed(desk, lost)
    assert not browser.trouble()


def test_a_click_elsewhere_chooses_no_words(desk, browser, lost):
    browser.open(f"{PLACES}/responses/1")
    press(browser, "v", "Shift+ArrowRight")
    browser.ask("run", script="window.scrollTo(0, 0)")
    box = browser.ask("run", script="(() => { const r = document.querySelector('.response-bar')"
                                    ".getBoundingClientRect();"
                                    " return [r.right - 3, r.top + 3]; })()")
    browser.ask("drag", **{"from": box, "to": box})
    browser.ask("run", script="new Promise((done) => setTimeout(done, 200))")
    assert browser.ask("count", at=".picker") == 0
    assert not placed(desk, lost)


def test_without_scripts_the_first_and_last_sentence_are_ticked(desk, lost):
    page = desk.see("Cole Coder", f"{PLACES}/responses/1").text
    assert f'href="{PLACES}/responses/1/code?coding={lost}"' in page
    page = desk.see("Cole Coder", f"{PLACES}/responses/1/code?coding={lost}").text
    assert "Where does “warmth” stand in places-0001?" in page
    places = re.findall(r'name="place" value="(-1:[^"]+)"', page)
    answer = desk.do("Cole Coder", f"{PLACES}/responses/1/place", [
        ("coding", lost), ("place", places[1]), ("place", places[2])])
    assert answer.status == 303, answer.text
    assert codings(desk, 1) == [
        ("warmth", "The buses stop at six.\n\nA warm room is worth it.")]


def test_what_is_no_place_is_refused_in_words(desk, lost):
    for fields in ([("place", "-1:0~4")], [("coding", lost)], [("coding", lost), ("place", "whole")],
                   [("coding", lost), ("place", "-1:0~99999")],
                   [("coding", lost), ("place", "-1:0~4"), ("place", "0:0~4")],
                   [("coding", lost + 1000), ("place", "-1:0~4")]):
        answer = desk.do("Cole Coder", f"{PLACES}/responses/1/place", fields)
        assert answer.status in (400, 404, 409, 422), (fields, answer.status)
    assert desk.do("Cole Coder", f"{PLACES}/responses/2/place", {
        "coding": lost, "place": "-1:0~4"}).status == 404
    assert desk.see("Cole Coder", f"{PLACES}/responses/2/code?coding={lost}").status == 404
    assert not placed(desk, lost)


def test_who_has_it_open_is_not_disturbed(desk, lost):
    """Codes are acts on a reply like any other: they wait for whoever claimed it."""
    assert desk.do("Ines Second", f"{PLACES}/responses/1/lock").status == 303
    for path, fields in (("place", {"coding": lost, "place": "-1:0~4"}),
                         ("uncode", {"id": lost}),
                         ("code", {"code": code_id(desk, "warmth"), "place": "-1:4~8"})):
        answer = desk.do("Cole Coder", f"{PLACES}/responses/1/{path}", fields)
        assert answer.status == 409 and "Ines Second has this response open" in answer.text, path
    assert desk.do("Ines Second", f"{PLACES}/responses/1/unlock").status == 303


def test_several_sentences_are_one_act(desk, lost):
    places = re.findall(r'name="place" value="(-1:[^"]+)"',
                        desk.see("Cole Coder", f"{PLACES}/responses/2/code").text)
    assert desk.do("Edda Editor", f"{PLACES}/responses/2/code", [
        ("new", "evening"), *(("place", place) for place in places)]).status == 303
    assert len(codings(desk, 2)) == 3
    assert desk.do("Edda Editor", "/staff/undo").status == 303
    assert codings(desk, 2) == []
    assert desk.query("SELECT state FROM code WHERE name = 'evening' AND state = 'live'") == []
    answer = desk.do("Edda Editor", f"{PLACES}/responses/2/code", [
        ("new", "dusk"), ("place", places[0]), ("place", "-1:0~9999")])
    assert answer.status != 303
    assert codings(desk, 2) == [] and not desk.query("SELECT 1 FROM code WHERE name = 'dusk'")


def test_pages_meet_wcag_2_2_aa_and_fit_a_phone(desk, browser, lost):
    wrong = []
    for place in (f"{PLACES}/re-anchor", f"{PLACES}/responses/1", f"{PLACES}/responses/1/code?coding={lost}"):
        browser.look(width=1280, dark=False)
        assert browser.open(place) == 200, place
        wrong += look_over(browser, place)
        wrong += is_valid(browser, place, desk.see("Cole Coder", place).text)
    browser.look(width=1440, dark=False)
    browser.open(f"{PLACES}/responses/1")
    browser.ask("run", script="document.querySelector('[data-place]').click()")
    drag(browser, "A warm room")
    see(browser, "stand on these words?", ".picker")
    wrong += look_over(browser, "placing")
    assert not wrong, "\n".join(wrong)
