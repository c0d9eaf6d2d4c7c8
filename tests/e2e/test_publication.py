"""Responses from moderation to the public pages and off again: redacted, decided by one person,
released by another, read by everybody, withdrawn at once."""
import csv
import io
import re

import pytest

from e2e.browser import is_valid, look_over
from e2e.house import DOMAIN
from e2e.staff import StaffSite, demo, form_of, see

PLACES = "/staff/consultations/places"
QUEUE = f"{PLACES}/publication"
PUBLIC = "/consultations/places/responses"
EDDA, ABE = "Edda Editor", "Abe Approver"
SECRETS = ("Morag", "Quill", "0131 496 0123", "EH6 6QQ", "Elm Row", "Tait", "olive@", "Refused")


@pytest.fixture(name="desk", scope="module")
def a_desk():
    with StaffSite.opened() as desk:
        desk.furnish()
        desk.hire_all()
        for number, (name, words) in enumerate((
                ("Morag Quill", "The hall is cold and Mr Tait knows it. Ring me on 0131 496 0123, or "
                                "write to 12 Elm Row, Edinburgh, EH6 6QQ.\n\nKind regards\nMorag Quill"),
                ("Robin Vale", "Open the hall on Sundays. <script>alert(1)</script> =1+1"),
                ("Ann Refused", "Refused words of somebody who said no."),
                ("Nell Later", "The library is warm and it is quiet.")), 1):
            desk.put(demo.mail(f"{name} <{name.split()[0].lower()}@post.example>", "My answer",
                               f"Dear colleagues,\n\n{words}\n", to=f"places@{DOMAIN}"))
            desk.ok("response", "include", f"places-{number:04}")
        for number, permission in ((1, "without name"), (2, "name"), (3, "none"), (4, "unknown")):
            desk.ok("response", "respondent", f"places-{number:04}", "--set-type", "individual",
                    "--set-permission", permission)
        yield desk


def press(browser, words):
    browser.click(f'main :is(button, a):text-is("{words}")')


def public(desk, path=""):
    return desk.get(PUBLIC + path)


def text_of_all(desk):
    """Everything that anybody can get at, as one text."""
    page = public(desk)
    found = [page.text, public(desk, ".csv").text, desk.get("/consultations/places").text]
    for token in re.findall(rf'{PUBLIC}/([a-z2-7]+)"', page.text):
        found.append(public(desk, f"/{token}").text)
    return "\n".join(found)


def test_from_moderation_to_the_public(desk):
    assert "There are no responses to read here." in public(desk).text
    with desk.window(EDDA, QUEUE) as browser:
        see(browser, "of 4 included responses are settled")
        assert look_over(browser, "queue of publication") == []
        browser.look(width=1440, dark=False)
        browser.click('main a:text-is("places-0001")')
        see(browser, "0131 496 0123", ".redact-words")
        assert look_over(browser, "moderation") == []
        browser.look(width=1440, dark=False)
        # Nothing is decided while something waits.
        press(browser, "Publish without name")
        see(browser, "have to be accepted or dismissed first")
        browser.open(f"{QUEUE}/1")
        browser.click('main button:has-text("Redact all")')
        see(browser, "are redacted.")
        browser.fill("#redact-words", "cold")
        browser.ask("choose", at="#redact-reason", value="health")
        press(browser, "Redact them")
        see(browser, "[redacted: health]")
        press(browser, "Publish without name")
        see(browser, "You decided about it, so a colleague releases it.")
        assert look_over(browser, "decided") == []
        browser.look(width=1440, dark=True)
    assert "There are no responses to read here." in public(desk).text
    assert desk.do(EDDA, f"{QUEUE}/1/release").status in (403, 404, 409)
    with desk.window(ABE, f"{QUEUE}?state=to%20release") as browser:
        see(browser, "places-0001")
        browser.click('main a:text-is("places-0001")')
        press(browser, "Release it")
        see(browser, "places-0001 is published.")
    shown = text_of_all(desk)
    assert "[redacted: health]" in shown and "An individual" in shown
    for secret in SECRETS:
        assert secret.lower() not in shown.lower(), secret


def test_withdrawn_at_once_and_never_kept(desk):
    token = re.search(rf'{PUBLIC}/([a-z2-7]+)"', public(desk).text)[1]
    page = public(desk, f"/{token}")
    assert page.status == 200 and "no-store" in page.headers["cache-control"]
    assert "noindex" in page.headers["x-robots-tag"] and 'content="noindex"' in page.text
    nowhere = public(desk, "/aaaaaaaaaaaaaaaa")
    desk.ok("publication", "withdraw", "places-0001")
    gone = public(desk, f"/{token}")
    assert gone.status == nowhere.status == 404
    assert gone.text.replace(token, "aaaaaaaaaaaaaaaa") == nowhere.text
    assert "There are no responses to read here." in public(desk).text
    desk.ok("publication", "release", "places-0001", staff=ABE)
    assert public(desk, f"/{token}").status == 200


def test_who_refused_is_published_by_nobody(desk):
    for number in (3, 4):
        page = desk.see(EDDA, f"{QUEUE}/{number}")
        assert "Publish with name" not in page.text.split("<h2>Decision</h2>")[1]
        form = form_of(page, "/decide")
        for decision in ("publish", "without name"):
            answer = desk.do(EDDA, f"{QUEUE}/{number}/decide", {**form, "decision": decision})
            assert answer.status == 409, decision
    assert desk.query("SELECT count(*) FROM publication WHERE response_id IN"
                      " (SELECT id FROM response WHERE number IN (3, 4))") == [(0,)]


def test_found_by_type_question_and_words_and_as_a_table(desk):
    desk.ok("publication", "decide", "places-0002", "publish", staff=EDDA)
    desk.ok("publication", "release", "places-0002", staff=ABE)
    assert "Robin Vale" in public(desk).text
    assert "Robin Vale" in public(desk, "?q=SUNDAYS").text
    assert "No response was found." in public(desk, "?q=sundays+library").text
    assert "Robin Vale" not in public(desk, "?type=organisation").text
    assert "&lt;script&gt;alert" in public(desk).text and "<script>" not in public(desk).text
    rows = list(csv.reader(io.StringIO(public(desk, ".csv").text.removeprefix("\ufeff"), newline="")))
    assert rows[0][0] == "response" and len(rows) == 3
    for odd in ("?after=%00", "?question=99", "?question=x", "?type=<b>", "?q=" + "a" * 4000,
                "/..%2f..", "/%27", "?organisation=%F0%9F"):
        assert public(desk, odd).status in (200, 400, 404), odd
    assert desk.get("/consultations/nowhere/responses").status == 404


def test_pages_are_whole_and_may_be_listed_in_the_end(desk):
    assert PUBLIC not in desk.get("/consultations/places").text
    page = desk.see(ABE, QUEUE)
    assert desk.do(ABE, f"{QUEUE}/open", {**form_of(page, "/open"), "open": "yes"}).status == 303
    assert "x-robots-tag" not in public(desk).headers
    assert PUBLIC in desk.get("/consultations/places").text
    token = re.search(rf'{PUBLIC}/([a-z2-7]+)"', public(desk).text)[1]
    with desk.window(ABE) as browser:
        for path in ("", f"/{token}", "?q=nothing-of-it"):
            browser.open(PUBLIC + path)
            assert look_over(browser, PUBLIC + path) == []
            assert is_valid(browser, path, public(desk, path).text) == []
            browser.look(width=1440, dark=False)


def test_words_are_chosen_by_mouse_and_keys(desk):
    with desk.window(EDDA, f"{QUEUE}/4") as browser:
        see(browser, "The library is warm")
        browser.ask("press", key="v")
        for key in ("ArrowRight", "ArrowRight", "ArrowRight", "Shift+ArrowRight", "Enter"):
            browser.ask("press", key=key)
        assert browser.ask("run", script="document.getElementById('redact-words').value")
        press(browser, "Redact them")
        see(browser, "Redacted, here and wherever")
    assert desk.query("SELECT count(*) FROM redaction WHERE ended_at IS NULL AND response_id ="
                      " (SELECT id FROM response WHERE number = 4)") == [(1,)]


def test_only_who_decides_sees_it(desk):
    for name, may in (("Rae Reader", False), ("Cole Coder", False), ("Ann Admin", False),
                      (EDDA, True), (ABE, True)):
        for path in (QUEUE, f"{QUEUE}/1"):
            assert (desk.see(name, path).status == 200) is may, (name, path)
