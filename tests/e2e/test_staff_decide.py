"""One response after another: its text flows, a decision leads on, who it is from is put right."""
import pytest

from e2e.house import DOMAIN, wait_for
from e2e.staff import StaffSite, demo, form_of, press, see, words_of, write
from e2e.test_staff_coding import codings

PLACES = "/staff/consultations/places"
WRAPPED = """Hello,

I have run the hall by the river for twelve years, and in all of these years nobody
has ever asked me what it is that the young people who come to us would like to be
told. It would be a good beginning.

- A longer list of everything that could be done for a hall that has no money, and
  which nobody has written down yet
- less paper
"""
EDDA = "Edda Editor"


@pytest.fixture(name="desk", scope="module")
def a_desk():
    with StaffSite.opened() as desk:
        desk.consult("places", "Safe places for young people")
        again = "The doors should be open on Fridays, and somebody should be there to listen.\n"
        desk.put(
            demo.mail("One <one@post.example>", "Wrapped", WRAPPED, to=f"places@{DOMAIN}"),
            demo.mail("Two <two@post.example>", "Fridays", again, to=f"places@{DOMAIN}"),
            demo.mail("Two <two@post.example>", "Fridays", again, to=f"places@{DOMAIN}"),
            demo.mail("Three <three@post.example>", "Last", "No more.\n", to=f"places@{DOMAIN}"))
        desk.hire_all()
        assert desk.do(EDDA, f"{PLACES}/code-frame", {"name": "halls"}).status == 303
        yield desk


@pytest.fixture(name="browser", scope="module")
def a_browser(desk):
    with desk.window(EDDA, PLACES) as browser:
        yield browser


def state(desk, number):
    return desk.query("SELECT state, reason FROM response WHERE number = ?", number)[0]


def test_lines_of_a_mail_program_flow_and_places_stay(desk, browser):
    browser.open(f"{PLACES}/responses/1")
    text = browser.ask("run", script="""Array.from(document.querySelectorAll('.coded-words'))
        .map((e) => e.textContent).join('')""")
    assert "nobody has ever asked" in text and "to be told. It would" in text
    assert "no money, and   which nobody" in text and "yet\n- less paper" in text
    # What is coded over such a line end is what is quoted, and stands where it stood.
    at = WRAPPED.index("nobody\nhas")
    assert desk.do(EDDA, f"{PLACES}/responses/1/code", {
        "code": desk.query("SELECT id FROM code")[0][0],
        "place": f"-1:{at}~{at + len('nobody has')}"}).status == 303
    assert codings(desk, 1) == [("halls", "nobody\nhas")]
    browser.open(f"{PLACES}/responses/1")
    assert browser.text(".coded") == "nobody has"
    number = desk.query("SELECT id FROM code")[0][0]
    browser.open(f"{PLACES}/codes/{number}")
    assert browser.text("blockquote") == "nobody has"


def test_a_coded_passage_moves_no_word(desk, browser):
    def lines():
        return browser.ask("run", script="""(() => { const r = document.createRange();
            r.selectNodeContents(document.querySelectorAll('.coded-words')[1]);
            return [...new Set(Array.from(r.getClientRects()).map((l) => Math.round(l.top)))].length
                + ' ' + document.querySelectorAll('.coded-words')[1].offsetWidth; })()""")

    for width in (1280, 1600):
        browser.look(width=width)
        browser.open(f"{PLACES}/responses/1")
        coded = lines()
        browser.ask("run", script="document.querySelectorAll('.codes.margin li')"
                                  ".forEach((e) => e.remove())")
        assert lines() == coded


def test_by_sentences_questions_and_codes_are_shown(browser):
    browser.open(f"{PLACES}/responses/1/code")
    assert "halls" in browser.text(".sentences .mark")


def test_who_it_is_from_is_corrected(desk, browser):
    browser.open(f"{PLACES}/responses/1")
    press(browser, "l") # the list beside it is put away, and comes back
    wait_for("the list to be gone", lambda: not browser.ask(
        "run", script="document.getElementById('rows').checkVisibility()"))
    press(browser, "l")
    browser.ask("run", script="document.getElementById('who-name').closest('details').open = true")
    browser.fill("#who-name", "Ona Reed")
    browser.fill("#who-organisation", "Hall by the River")
    browser.ask("choose", at="#who-contact", value="yes")
    browser.ask("run", script="document.getElementById('who-name').form.requestSubmit()")
    see(browser, "Corrected, and it stays so", "#response")
    assert "Ona Reed" in browser.text(".response-side") and "Hall by the River" in browser.text(
        ".response-side")
    assert desk.query("SELECT name, organisation, contact, type FROM respondent ORDER BY id")[0] == (
        "Ona Reed", "Hall by the River", "yes", "unknown")
    # Nobody who may not see names corrects one.
    form = form_of(desk.see("Cole Coder", f"{PLACES}/responses/1"), "/respondent")
    assert "name" not in form
    assert desk.do("Cole Coder", f"{PLACES}/responses/1/respondent", {
        **form, "name": "Somebody Else", "contact": "no"}).status == 303
    assert desk.query("SELECT name, contact FROM respondent ORDER BY id")[0] == ("Ona Reed", "no")


def test_a_duplicate_goes_with_one_key_and_the_next_one_is_there(desk, browser):
    browser.open(f"{PLACES}/responses/3")
    assert "Exclude as duplicate of places-0002" in words_of(browser)
    press(browser, "e")
    see(browser, "places-0003 is excluded: duplicate of places-0002", "#response")
    see(browser, "places-0004", "#subject")
    assert state(desk, 3) == ("excluded", "duplicate of places-0002")
    press(browser, "u")
    see(browser, "Taken back", "#response")
    assert state(desk, 3) == ("received", None)


def test_after_the_last_one_stays(desk, browser):
    browser.open(f"{PLACES}/responses/4")
    press(browser, "t")
    write(browser, "halls")
    press(browser, "Enter")
    see(browser, "is tagged", "#response")
    press(browser, "i")
    see(browser, "places-0004 is included", "#response")
    assert browser.url().endswith("/responses/4")
    assert state(desk, 4) == ("included", None)
    assert not browser.trouble()
