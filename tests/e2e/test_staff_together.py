"""Pages that went stale: two officials, two tabs, the back button, a second click."""
import pytest

from e2e.browser import Browser
from e2e.staff import StaffSite, press, see, words_of, write
from e2e.house import wait_for
from e2e.test_staff_coding import codings, drag

PLACES = "/staff/consultations/places"
EDDA, INES = "Edda Editor", "Ines Second"


@pytest.fixture(name="desk", scope="module")
def a_desk():
    with StaffSite.opened() as desk:
        desk.consult("places", "Safe places for young people")
        desk.put(*(desk.reply(number) for number in range(1, 71)))
        desk.hire_all()
        for name in ("alpha", "beta"):
            assert desk.do(EDDA, f"{PLACES}/code-frame", {"name": name}).status == 303
        yield desk


@pytest.fixture(name="browser", scope="module")
def a_browser(desk):
    with desk.window(EDDA, PLACES) as browser:
        yield browser


def code(browser, number, name="alpha"):
    browser.open(f"{PLACES}/responses/{number}")
    drag(browser, "Places are safe")
    write(browser, name)
    press(browser, "Enter")
    see(browser, f"Coded \"{name}\"", "#response")


def newest(desk, table):
    return desk.query(f"SELECT max(id) FROM {table}")[0][0]


def test_what_was_taken_back_elsewhere_does_not_stand_in_the_way_of_undo(desk, browser):
    browser.open(f"{PLACES}/responses/1")
    press(browser, "i")
    see(browser, "places-0001 is included", "#response")
    code(browser, 1)
    assert desk.do(EDDA, f"{PLACES}/code-frame/undo", {"change": newest(desk, "change")}
                   ).status == 303
    press(browser, "u")
    see(browser, "Taken back: screening of places-0001", "#response")


def test_what_a_colleague_went_on_from_is_said_once_and_passed_over(desk, browser):
    browser.open(f"{PLACES}/responses/2")
    press(browser, "i")
    see(browser, "places-0002 is included", "#response")
    code(browser, 2)
    assert desk.do(INES, f"{PLACES}/responses/2/uncode", {"id": newest(desk, "coding")}).status == 303
    press(browser, "u")
    see(browser, "the next undo goes on with what you did before", "#response .problem")
    assert "Undo: screening of places-0002" in words_of(browser, ".response-bar").replace(" :", ":")
    press(browser, "u")
    see(browser, "Taken back: screening of places-0002", "#response")
    # Ines did not lose what she did.
    assert codings(desk, 2) == []


def test_undo_waits_for_whoever_has_the_reply_open(desk, browser):
    code(browser, 3)
    assert desk.do(INES, f"{PLACES}/responses/3/lock").status == 303
    for _ in range(2):
        press(browser, "u")
        see(browser, "Ines Second has this response open", "#response .problem")
    assert codings(desk, 3) == [("alpha", "Places are safe")]
    assert desk.do(INES, f"{PLACES}/responses/3/unlock").status == 303
    press(browser, "u")
    see(browser, "Taken back: put alpha on places-0003", "#response")
    assert codings(desk, 3) == []


def test_a_page_that_was_wrong_is_shown_anew_with_the_refusal(desk, browser):
    code(browser, 4)
    assert desk.do(INES, f"{PLACES}/responses/4/uncode", {"id": newest(desk, "coding")}).status == 303
    browser.ask("run", script="document.querySelector('.code-chip .off').click()")
    see(browser, "places-0004 has no such code any more", "#response .problem")
    assert browser.ask("count", at=".code-chip") == 0
    # But what somebody typed is not lost.
    assert desk.do(INES, f"{PLACES}/responses/4/lock").status == 303
    press(browser, "n")
    write(browser, "keep me")
    browser.ask("run", script="document.activeElement.form.requestSubmit()")
    see(browser, "Ines Second has this response open", "#response .problem")
    assert browser.ask("run", script="document.getElementById('note').value") == "keep me"
    assert desk.do(INES, f"{PLACES}/responses/4/unlock").status == 303


def test_the_next_reply_is_not_as_old_as_the_visit_to_this_one(desk, browser):
    browser.open(f"{PLACES}/responses/5")
    browser.ask("run", script="new Promise((done) => setTimeout(done, 800))")  # fetched ahead
    assert desk.do(INES, f"{PLACES}/responses/6/lock").status == 303
    browser.ask("run", script="{ const now = Date.now; Date.now = () => now() + 60000; }")
    press(browser, "j")
    see(browser, "places-0006 ·", "#response")
    assert "Ines Second has this response open" in words_of(browser, "#response")
    assert desk.do(INES, f"{PLACES}/responses/6/unlock").status == 303


def test_a_second_click_sends_nothing_a_second_time(desk, browser):
    code(browser, 7)
    browser.open(f"{PLACES}/samples")
    browser.fill("#count", "100")
    browser.check("fieldset input")
    browser.ask("run", script="""(() => {
        const all = Array.from(document.querySelectorAll('main button'));
        const b = all.find((one) => one.textContent === 'Draw');
        b.click(); b.click(); })()""")
    wait_for("the sample", lambda: "/samples/1" in browser.url())
    assert desk.query("SELECT count(*) FROM sample") == [(1,)]
    # Nor is the form dead for who comes back to it.
    browser.ask("run", script="window.history.back()")
    wait_for("the form", lambda: browser.url().endswith("/samples"))
    browser.fill("#count", "100")
    browser.check("fieldset input")
    browser.ask("run", script="new Promise((done) => setTimeout(done, 4500))")
    assert browser.click("main form:last-of-type > button") == 200
    assert desk.query("SELECT count(*) FROM sample") == [(2,)]
    assert not browser.trouble()


def test_two_tabs_of_one_person_agree(desk, browser):
    with Browser(desk.origin) as tab:
        tab.visitor(width=1280)
        desk.sign_in(tab, EDDA, f"{PLACES}/responses/8")
        code(browser, 8)
        drag(tab, "Places are safe")
        write(tab, "alpha")
        press(tab, "Enter")
        see(tab, "That passage has the code \"alpha\" already", "#response")
        assert codings(desk, 8) == [("alpha", "Places are safe")]
        press(tab, "u")
        see(tab, "Taken back: put alpha on places-0008", "#response")
        assert codings(desk, 8) == []
        assert not tab.trouble()


def test_who_was_signed_out_is_told_and_loses_nothing(desk, browser):
    browser.open(f"{PLACES}/responses/9")
    press(browser, "n")
    write(browser, "a thought")
    desk.do(EDDA, "/staff/sign-out")
    desk.cookies.pop(EDDA)
    browser.ask("run", script="fetch('/staff/sign-out', {method: 'POST', body: new "
                "URLSearchParams({csrf: document.querySelector('article').dataset.csrf})})")
    browser.ask("run", script="new Promise((done) => setTimeout(done, 500))")
    browser.ask("run", script="document.activeElement.form.requestSubmit()")
    see(browser, "You are no longer signed in, so nothing was changed", "#response .problem")
    assert browser.ask("run", script="document.getElementById('note').value") == "a thought"
    desk.sign_in(browser, EDDA, PLACES)


def test_all_of_a_search_on_several_pages_is_one_act(desk, browser):
    browser.open(f"{PLACES}?q=safe")
    assert browser.ask("count", at="#rows li") < 70
    browser.check("#select-all")
    browser.click('button[value="include"]')
    assert "Include 70 responses" in words_of(browser, "h1")
    browser.click("main form button")
    assert "70 responses are included now." in words_of(browser, ".said")
    assert desk.query("SELECT DISTINCT state FROM response") == [("included",)]
    browser.click(".said button")
    assert desk.query("SELECT DISTINCT state FROM response") == [("received",)]


def test_a_reply_is_given_to_nobody_who_cannot_see_it(desk):
    page = desk.see(EDDA, f"{PLACES}/responses/10").text
    assert '<option value="Cole Coder">' in page
    assert "Nona Nothing" not in page and "Ann Admin" not in page
    assert "Nona Nothing" not in desk.see(EDDA, PLACES).text


def test_views_answers_and_samples_are_taken_back_like_any_act(desk):
    def undo():
        answer = desk.do(EDDA, "/staff/undo")
        assert answer.status == 303, answer.text

    def views():
        return desk.query("SELECT filter FROM queue_view WHERE ended_at IS NULL")

    def answers():
        return desk.query("SELECT subject FROM reply_template WHERE ended_at IS NULL")

    def samples():
        return desk.query("SELECT number FROM sample WHERE ended_at IS NULL ORDER BY number")

    steps = [
        (views, "/views", {"name": "mine", "filter": "late yes\n"}),
        (views, "/views", {"name": "mine", "filter": "late no\n"}),
        (views, "/views/end", {"name": "mine"}),
        (answers, "/reply-texts", {"name": "Thanks", "subject": "One", "text": "Dear {{name}}"}),
        (answers, "/reply-texts", {"name": "Thanks", "subject": "Two", "text": "Dear {{name}}"}),
        (answers, "/reply-texts/end", {"name": "Thanks"}),
        (samples, "/samples", {"count": "1", "unit": "units", "coder": "Cole Coder"}),
        (samples, "/samples/1/end", {})]
    before = []
    for look, path, fields in steps:
        before.append(look())
        answer = desk.do(EDDA, PLACES + path, fields)
        assert answer.status == 303, (path, answer.text)
        assert look() != before[-1], path
    for (look, path, _), was in zip(reversed(steps), reversed(before)):
        undo()
        assert look() == was, path
    # A sample that somebody has begun with is not drawn back from under them.
    assert desk.do(EDDA, f"{PLACES}/samples", {
        "count": "1", "unit": "units", "coder": "Cole Coder"}).status == 303
    number = samples()[-1][0]
    desk.ok("coding", "done", "places", str(number), "--unit", "1", staff="Cole Coder")
    answer = desk.do(EDDA, "/staff/undo")
    assert answer.status == 409 and "changed again since" in answer.text
    assert (number,) in samples()
