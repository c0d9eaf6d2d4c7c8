"""The pages of triage as officials meet them: in Chromium, wide and narrow, light and dark,
by axe-core (WCAG 2.2 AA), with valid HTML; and what hostile mail does to them: nothing."""
import email.header

import pytest

from e2e import texts
from e2e.browser import is_valid, look_over
from e2e.staff import StaffSite, demo, words_of
from e2e.house import DOMAIN, wait_for

QUEUE = "/staff/consultations/safe-places"
HOSTILE = "/staff/consultations/places"
PLACES = ["/staff/responses", QUEUE, f"{QUEUE}?state=received&tag=halls&order=newest",
          f"{QUEUE}?late=yes", f"{QUEUE}?q=hall", f"{QUEUE}/views", f"{QUEUE}/reply-texts",
          f"{QUEUE}/reply-texts?name=Thanks", *(f"{QUEUE}/responses/{of}" for of in (
              "1", "2", "4", "5", "9?campaign=any", "1/reply", "1/reply?name=Thanks", "1/forward",
              "3/mail")),
          "/staff/unsorted", "/staff/search?q=hall", "/staff/search?q=nowhere",
          "/staff/consultations/travel-costs", "/staff/consultations/travel-costs/responses/1"]


def hostile_mail(number, payload):
    """The payload as subject, sender's name, file name, text and HTML."""
    line = " ".join(payload.split())[:400] or "empty"
    word = email.header.Header(line, "utf-8", maxlinelen=900).encode()
    mail = demo.mail(
        f"x <hostile{number}@post.example>", "x", payload.replace("\r", "") or "x",
        to=f"places@{DOMAIN}", html=payload.replace("\r", "") + "<p>end</p>",
        files=[(f"name{number}.html", "text/html", payload.encode())])
    mail = mail.replace(b"Subject: x", b"Subject: " + word.encode(), 1)
    mail = mail.replace(b"From: x <", b"From: " + word.encode() + b" <", 1)
    name = email.header.Header(line[:150].replace('"', "'"), "utf-8", maxlinelen=900).encode()
    return mail.replace(f'filename="name{number}.html"'.encode(),
                        b'filename="' + name.encode() + b'"', 1)


@pytest.fixture(name="desk", scope="module")
def a_desk():
    with StaffSite.opened() as desk:
        desk.fill_with_demo()
        desk.ok("campaign", "find", "safe-places")
        desk.hire_all()
        for number in (1, 6, 7):
            desk.do("Edda Editor", f"{QUEUE}/responses/{number}/tag", {"tag": "halls", "new": "yes"})
        desk.do("Edda Editor", f"{QUEUE}/responses/2/note", {"text": "Ask them about <b>keys</b>."})
        desk.act("Edda Editor", f"{QUEUE}/responses/5", "assign", to="Cole Coder")
        desk.act("Edda Editor", f"{QUEUE}/responses/8", "screen",
                 state="excluded", reason="exact duplicate")
        desk.do("Edda Editor", f"{QUEUE}/reply-texts", {
            "name": "Thanks", "subject": "Your response {{reference}}",
            "text": "Dear {{name}},\n\nthank you."})
        desk.do("Ines Second", f"{QUEUE}/responses/5/lock")
        yield desk


@pytest.fixture(name="browser", scope="module")
def a_browser(desk):
    with desk.window("Edda Editor") as browser:
        yield browser


def test_pages_meet_wcag_2_2_aa_and_fit_a_phone(desk, browser):
    wrong = []
    for place in PLACES:
        assert browser.open(place) == 200, place
        wrong += look_over(browser, place)
        wrong += is_valid(browser, place, desk.see("Edda Editor", place).text)
    assert not wrong, "\n".join(wrong)


def test_pages_with_all_of_them_open_do_so_too(desk, browser):
    wrong = []
    for place in (QUEUE + "?state=received", f"{QUEUE}/responses/9", f"{QUEUE}/responses/4"):
        browser.open(place)
        browser.ask("run", script="""document.querySelectorAll('details').forEach(
            (d) => d.open = true)""")
        wrong += look_over(browser, f"{place} opened")
    browser.open(f"{QUEUE}/responses/9")
    browser.ask("press", key="?")
    wrong += look_over(browser, "the keys")
    assert not wrong, "\n".join(wrong)


def test_numbers_lead_to_what_they_count(browser):
    browser.open("/staff/responses")
    assert browser.click(f'main a[href^="{QUEUE}?"][href*="campaign=any"]') == 200
    shown = browser.ask("count", at="#rows li")
    assert shown and f"Campaigns {shown}" in words_of(browser, '.tabs [aria-current="page"]')


def test_the_part_of_a_reply_is_the_same_as_in_its_page(desk, browser):
    """What scripts swap in is what a page without scripts shows."""
    browser.open(f"{QUEUE}/responses/4")
    whole = words_of(browser, "#response .response-text")
    browser.open(f"{QUEUE}/responses/3")
    browser.ask("press", key="j")
    wait_for("the next response", lambda: words_of(browser, "#response .response-text") == whole)
    assert browser.title().startswith("safe-places-0004: ")


def test_the_difference_from_a_standard_letter_is_said_in_words(browser):
    browser.open(f"{QUEUE}/responses/9")
    assert browser.ask("count", at=".diff ins") >= 1
    assert "grandson" in browser.text(".diff ins")
    assert "Added: 19 words." in words_of(browser, ".response-side")


def test_originals_are_saved_and_never_shown(desk):
    file = desk.see("Edda Editor", f"{QUEUE}/responses/4/files/0")
    assert file.status == 200
    assert file.body.startswith(b"PK")
    assert file.headers["content-type"] == "application/octet-stream"
    assert file.headers["x-content-type-options"] == "nosniff"
    assert file.headers["content-disposition"].startswith("attachment;")
    text = desk.see("Edda Editor", f"{QUEUE}/responses/4/files/0/text")
    assert text.headers["content-type"] == "text/plain; charset=utf-8"
    assert "Northfield School" in text.text
    mail = desk.see("Edda Editor", f"{QUEUE}/responses/4/mail/original")
    assert b"Northfield" in mail.body and mail.headers["content-disposition"].startswith(
        "attachment;")
    frame = desk.see("Edda Editor", f"{QUEUE}/responses/3/mail/frame")
    assert frame.headers["content-security-policy"].startswith("sandbox; default-src 'none'")
    assert desk.see("Edda Editor", f"{QUEUE}/responses/4/files/7").status == 404


def test_what_was_done_is_said_by_the_page_and_not_lost_beside_it(desk):
    """A script asks who has the reply, or for the next one, while the answer is on its way."""
    done = desk.do("Edda Editor", f"{QUEUE}/responses/2/note", {"text": "Once more."})
    said = done.headers["set-cookie"].split(";")[0]
    cookies = f"{desk.cookie('Edda Editor')}; {said}"
    for path in ("/responses/2/lock", "/responses/3?part=response"):
        beside = desk.get(QUEUE + path, Cookie=cookies, Purpose="prefetch")
        assert "set-cookie" not in beside.headers and "Your note" not in beside.text
    page = desk.get(f"{QUEUE}/responses/2", Cookie=cookies)
    assert "Your note stands at safe-places-0002." in page.text
    assert page.headers["set-cookie"].startswith("mercat-said=;")


@pytest.mark.shared
def test_hostile_mail_runs_nothing_and_loads_nothing(desk, browser, shared):
    """Its subject, sender's name, file name, text, HTML and its tag: every payload."""
    all_of_them = texts.payloads(shared)
    if not desk.query("SELECT 1 FROM consultation WHERE name = 'places'"):
        desk.consult("places", "<script>alert('title')</script> & places")
    desk.put(*(hostile_mail(number, text) for number, text in enumerate(all_of_them)))
    token, refused = desk.token("Edda Editor"), 0
    for number, text in enumerate(all_of_them, 1):
        refused += desk.do("Edda Editor", f"{HOSTILE}/responses/{number}/tag",
                           {"tag": " ".join(text.replace(",", " ").split())[:75], "new": "yes"},
                           csrf=token).status >= 400
    assert refused < len(all_of_them) / 4
    browser.trouble()
    for place in (HOSTILE, f"{HOSTILE}?order=newest", f"{HOSTILE}?q=script",
                  "/staff/search?q=alert", "/staff/unsorted"):
        assert browser.open(place) == 200
    browser.open(f"{HOSTILE}/responses/1")
    for number in range(1, len(all_of_them) + 1):
        wait_for(f"response {number}", lambda n=number: browser.ask(
            "count", at=f'#response article[data-number="{n}"]'))
        browser.ask("press", key="j")
    for number in range(1, len(all_of_them) + 1):
        browser.ask("open", url=f"{desk.origin}{HOSTILE}/responses/{number}/mail")
        # As a page of its own the frame's text must be as harmless.
        browser.ask("open", url=f"{desk.origin}{HOSTILE}/responses/{number}/mail/frame")
    # A script that ran would open a dialog, or fail in words. What the policy of the
    # frame has stopped is said on the console, and javascript: reaches no network.
    trouble = [said for said in browser.trouble()
               if not said.startswith(("console: ", "loads: javascript:"))]
    assert not trouble, "\n".join(trouble)
