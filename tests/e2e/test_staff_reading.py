"""Reading one reply in a real Chromium: what a search found is marked, in every text of it."""
import re

import pytest

from e2e.browser import Browser, is_valid, look_over
from e2e.staff import StaffSite, demo, press, see, words_of, write
from e2e.house import DOMAIN, wait_for
from e2e.test_staff_coding import codings, drag

PLACES = "/staff/consultations/places"
QUOTED = """The lantern is mine; lanterns are everywhere.

On Monday, 2 March 2026, the Team wrote:
> Tell us about the lantern at the door.
> And about the steps.
"""


@pytest.fixture(name="desk", scope="module")
def a_desk():
    with StaffSite.opened() as desk:
        desk.consult("places", "Safe places for young people")
        desk.put(
            demo.mail("One <one@post.example>", "Of a lantern", QUOTED,
                      to=f"places@{DOMAIN}",
                      files=[("notes.txt", "text/plain",
                              b"A lantern again, said the lantern-maker.\n")]),
            demo.mail("Two <two@post.example>", "Nothing", "No light here.\n",
                      to=f"places@{DOMAIN}"),
            demo.mail("Lantern Three <three@post.example>", "Three",
                      "The third lantern\nand its end.\n", to=f"places@{DOMAIN}"),
            demo.mail("Lantern Four <lantern@post.example>", "Four",
                      "Nothing of the kind.\n", to=f"places@{DOMAIN}"))
        desk.hire_all()
        assert desk.do("Edda Editor", f"{PLACES}/code-frame", {"name": "light"}).status == 303
        yield desk


@pytest.fixture(name="browser", scope="module")
def a_browser(desk):
    with desk.window("Edda Editor", PLACES) as browser:
        yield browser


def hits(browser):
    """What is marked, in order; a hit that a code cuts is one."""
    return browser.ask("run", script="""
        Array.from(document.querySelectorAll('#response mark.hit')).reduce((all, m) => {
            if (m.id) all.push(m.textContent); else all[all.length - 1] += m.textContent;
            return all;
        }, [])""")


def now(browser):
    """(id of the hit that has the focus, is it on the screen?)"""
    return browser.ask("run", script="""(() => {
        const e = document.activeElement, r = e.getBoundingClientRect();
        return [e.id, r.top >= 0 && r.bottom <= window.innerHeight];
    })()""")


def test_hits_are_marked_in_every_text_of_the_open_reply(desk, browser):
    browser.open(f"{PLACES}/responses/1?q=lantern")
    assert hits(browser) == ["lantern", "lantern", "lanterns", "lantern", "lantern", "lantern"]
    assert "6 hits of your search" in words_of(browser, ".hits")
    assert browser.ask("count", at="h1 mark") == 1
    assert browser.ask("count", at=".quoted[open] mark") == 1
    assert browser.ask("count", at=".file mark") == 2
    browser.open(f"{PLACES}/responses/1")
    assert hits(browser) == [] and browser.ask("count", at=".hits") == 0
    assert browser.ask("count", at=".quoted[open]") == 0
    assert not browser.trouble()


def test_keys_go_from_hit_to_hit(desk, browser):
    browser.open(f"{PLACES}/responses/1?q=lantern")
    press(browser, ".", ".", ".", ".")
    assert now(browser) == ["hit-4", True]
    assert browser.text("#told") == "Hit 4 of 6"
    browser.ask("run", script="document.querySelector('.quoted').open = false")
    press(browser, ",", ".")
    assert now(browser) == ["hit-4", True]
    press(browser, ".", ".", ".")
    assert now(browser) == ["hit-1", True]
    press(browser, ",")
    assert now(browser) == ["hit-6", True]
    # The next reply that the search found is marked as well, without a page of its own.
    press(browser, "j")
    see(browser, "places-0003 ·", "#response")
    assert hits(browser) == ["lantern"]
    press(browser, ".")
    assert now(browser) == ["hit-1", True]
    assert not browser.trouble()


def test_words_that_only_who_wrote_has_are_said_to_be_elsewhere(desk, browser):
    browser.open(f"{PLACES}/responses/4?q=lantern")
    assert hits(browser) == []
    assert "do not stand in what is shown here" in words_of(browser, ".hits")


def test_hits_and_codes_overlap(desk, browser):
    browser.open(f"{PLACES}/responses/3?q=%22lantern+and%22")
    assert hits(browser) == ["lantern\nand"]
    drag(browser, "The third lant")  # half a word is the whole one
    write(browser, "light")
    press(browser, "Enter")
    see(browser, "Coded \"light\"", "#response")
    assert codings(desk, 3) == [("light", "The third lantern")]
    assert hits(browser) == ["lantern\nand"]
    assert browser.text(".coded mark") == "lantern"
    drag(browser, "and its")
    write(browser, "light")
    press(browser, "Enter")
    wait_for("the code", lambda: ("light", "and its") in codings(desk, 3))
    assert not browser.trouble()


def test_codes_stand_beside_their_words(desk, browser):
    """Also far down a long letter, and two on one line one below the other."""
    text = "\n\n".join(f"Paragraph {n} of a long letter." for n in range(60))
    desk.put(demo.mail("Five <five@post.example>", "Long", text, to=f"places@{DOMAIN}"))
    for words in ("Paragraph 3 of", "Paragraph 50 of", "50 of a", "Paragraph 51"):
        at = text.index(words)
        assert desk.do("Edda Editor", f"{PLACES}/responses/5/code", {
            "new": words, "place": f"-1:{at}~{at + len(words)}"}).status == 303
    browser.open(f"{PLACES}/responses/5")
    browser.ask("run", script="new Promise((done) => setTimeout(done, 300))")
    chips = browser.ask("run", script="""Array.from(document.querySelectorAll('.code-chip')).map(
        (chip) => { const mark = document.querySelector(`.coded[data-c="${chip.dataset.c}"]`);
            const a = chip.getBoundingClientRect(), b = mark.getBoundingClientRect();
            return [a.top, a.bottom, b.top]; })""")
    assert len(chips) == 4
    for top, _, words in chips:
        assert -30 < top - words < 130, chips
    for (_, bottom, _), (top, _, _) in zip(chips, chips[1:]):
        assert top >= bottom, chips
    browser.look(width=600)
    browser.ask("run", script="new Promise((done) => setTimeout(done, 300))")
    assert browser.ask("run", script="""Array.from(document.querySelectorAll('.code-chip'))
        .every((chip) => !chip.style.marginTop)""")
    browser.look(width=1440)
    assert not browser.trouble()


def test_what_frames_a_letter_stands_under_no_question(desk):
    desk.put(demo.mail("Odhran Teague <odhran@post.example>", "Framed", """\
To whom it may concern,

Question 1: Simpler rules, yes.

I do not want my response to be published.

O'Teague
""", to=f"places@{DOMAIN}"))
    number, = desk.query("SELECT max(number) FROM response")[0]
    page = desk.see("Edda Editor", f"{PLACES}/responses/{number}").text
    pieces = [re.sub(r"<[^>]+>|\s+", " ", piece).strip() for piece in re.findall(
        r'<div class="piece.*?</ul></div></div>', page, re.S)]
    assert len(pieces) == 3, pieces
    assert not re.search(r'coded-words"[^>]*>\s*\n\s*\n', page), "no blank line above words"
    assert pieces[0] == "To whom it may concern,"
    assert pieces[1].startswith("Question 1") and pieces[1].endswith("Simpler rules, yes.")
    assert pieces[2].startswith("I do not want") and "Question" not in pieces[2]


def test_without_scripts_a_link_leads_to_the_first_hit(desk, browser):
    with Browser(desk.origin) as plain:
        plain.visitor(width=1280, scripts=False)
        desk.sign_in(plain, "Cole Coder", f"{PLACES}/responses/1?q=lantern")
        assert hits(plain)[0] == "lantern"
        plain.ask("run", script="document.querySelector('.hits a:not([hidden])').click()")
        wait_for("the first hit", lambda: plain.url().endswith("#hit-1"))
        assert plain.ask("count", at=".hits a:not([hidden])") == 1


def test_pages_with_hits_meet_wcag_2_2_aa_and_fit_a_phone(desk, browser):
    wrong = []
    for place in (f"{PLACES}/responses/{number}?q=lantern" for number in (1, 3, 4)):
        browser.look(width=1280, dark=False)
        assert browser.open(place) == 200, place
        press(browser, ".", ".")
        wrong += look_over(browser, place)
        wrong += is_valid(browser, place, desk.see("Edda Editor", place).text)
    browser.look(width=1440, dark=False)
    assert not wrong, "\n".join(wrong)
