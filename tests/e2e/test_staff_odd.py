"""Replies that nobody expects, in a real Chromium: what is selected is what is coded."""
import base64
import re

import pytest

from e2e.staff import StaffSite, demo, press, see
from e2e.house import DOMAIN, wait_for
from e2e.test_staff_coding import codings, drag

PLACES = "/staff/consultations/places"
# (what it is, the text, words to select with the mouse)
ODD = [
    ("pictures beyond the first plane", "A \U0001f600 smile, \U0001f1eb\U0001f1f7 a flag, the end.",
     "the end"),
    ("a picture itself", "Before \U0001f600 after.", "\U0001f600 after"),
    ("a family of pictures", "See \U0001f468\u200d\U0001f469\u200d\U0001f467 here, the hall.", "here, the"),
    ("combining marks", "Cafe\u0301 and nai\u0308ve, then the hall.", "nai\u0308ve, then"),
    ("Hebrew", "\u05e9\u05dc\u05d5\u05dd \u05e2\u05d5\u05dc\u05dd, hall.", "\u05e2\u05d5\u05dc\u05dd"),
    ("Arabic among English", "The word \u0633\u0644\u0627\u0645 means peace.", "means peace"),
    ("marks of direction", "One \u202eback\u202c two, then the hall.", "then the hall"),
    ("a very long word", "Begin " + "x" * 5000 + " and the hall.", "and the hall"),
    ("odd blanks", "A\u00a0B\u2003C\u200bD, the\u00a0hall.", "the\u00a0hall"),
    ("tabs and two blanks", "A\tB  C, the  hall is   cold.", "the  hall is"),
    ("old Italic letters", "\U00010300\U00010301\U00010302 hall \U00010303.", "hall \U00010303"),
    ("signs of HTML", "1 < 2 && 3 > 2 &amp; <b>the hall</b>.", "<b>the hall"),
]


@pytest.fixture(name="desk", scope="module")
def a_desk():
    with StaffSite.opened() as desk:
        desk.consult("places", "Safe places for young people")
        desk.put(*(demo.mail(f"Odd {n} <odd{n}@post.example>", f"Odd {n}", text + "\n",
                             to=f"places@{DOMAIN}") for n, (_, text, _) in enumerate(ODD, 1)))
        desk.hire_all()
        assert desk.do("Edda Editor", f"{PLACES}/code-frame", {"name": "odd"}).status == 303
        yield desk


@pytest.fixture(name="browser", scope="module")
def a_browser(desk):
    with desk.window("Edda Editor", PLACES) as browser:
        yield browser


def put(browser):
    press(browser, "Enter")
    see(browser, "Coded", "#response")


@pytest.mark.parametrize("number", range(1, len(ODD) + 1), ids=[one[0] for one in ODD])
def test_what_is_selected_is_what_is_coded(desk, browser, number):
    """By mouse, and the last word by keys; both come back as they were chosen."""
    what, text, words = ODD[number - 1]
    browser.open(f"{PLACES}/responses/{number}")
    drag(browser, words)
    put(browser)
    assert [passage for _, passage in codings(desk, number)] == [words], what
    assert browser.text(".coded").split() == words.split(), what
    desk.do("Edda Editor", "/staff/undo")
    browser.open(f"{PLACES}/responses/{number}")
    press(browser, "v", "End", "Enter")
    wait_for("the picker", lambda: browser.ask("count", at=".picker") == 1)
    put(browser)
    assert [passage for _, passage in codings(desk, number)] == [text.split()[-1]], what
    assert browser.ask("overflow") <= 0, what
    assert not browser.trouble()


def test_an_enormous_reply_is_there_at_once_and_its_hits_too(desk, browser):
    paragraphs = "\n\n".join(f"Paragraph {n}: the lantern is lit, and nobody minds." for n in
                             range(12000))
    desk.put(demo.mail("E <enormous@post.example>", "Enormous", paragraphs,
                       to=f"places@{DOMAIN}"))
    number = len(ODD) + 1
    for query in ("", "?q=lantern"):
        began = desk.server_ms()
        page = desk.see("Edda Editor", f"{PLACES}/responses/{number}{query}")
        assert page.status == 200 and desk.server_ms() - began < 200, query
    assert page.text.count('<mark class="hit"') == 1000 and "The first 1,000" in page.text
    browser.open(f"{PLACES}/responses/{number}?q=lantern")
    drag(browser, "Paragraph 900: the lantern")
    put(browser)
    assert [passage for _, passage in codings(desk, number)] == ["Paragraph 900: the lantern"]


def test_thousands_of_codes_on_one_reply_are_too_many_to_show_but_break_nothing(desk, browser):
    number = len(ODD) + 2
    desk.put(demo.mail("M <many@post.example>", "Many", "word " * 8000, to=f"places@{DOMAIN}"))
    reply, = desk.query("SELECT id FROM response WHERE number = ?", number)[0]
    code, = desk.query("SELECT id FROM code")[0]
    staff, = desk.query("SELECT id FROM staff WHERE name = 'Edda Editor'")[0]
    desk.change("WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 4999)"
                " INSERT INTO coding (response_id, code_id, part, from_char, to_char, bytes_hash,"
                " words_hash, words, by_what, staff_id, at) SELECT ?, ?, -1, i * 7, i * 7 + 40,"
                " 0, 0, 8, 'person', ?, 1 FROM n", reply, code, staff)
    began = desk.server_ms()
    page = desk.see("Edda Editor", f"{PLACES}/responses/{number}")
    assert page.status == 200 and desk.server_ms() - began < 400
    assert "There are 5,000 codes on this response; the first 1,000 are shown" in page.text
    last, = desk.query("SELECT max(id) FROM coding")[0]
    assert desk.do("Edda Editor", f"{PLACES}/responses/{number}/uncode", {"id": last}).status == 303
    browser.open(f"{PLACES}/responses/{number}")
    press(browser, "v", "ArrowRight", "Shift+ArrowRight")
    assert not browser.trouble()


@pytest.mark.parametrize("text", ["", "\n \n", "\u00a0\n", "> only quoted\n> text\n"])
def test_an_empty_reply_has_a_page_that_says_so(desk, browser, text):
    desk.put(demo.mail("N <nothing@post.example>", "", text, to=f"places@{DOMAIN}"))
    number = int(desk.references("places")[-1].rsplit("-", 1)[1])
    browser.open(f"{PLACES}/responses/{number}")
    press(browser, "v", "Enter", "Escape", ".", ",")
    assert "(no subject)" in browser.text("#subject")
    assert desk.see("Edda Editor", f"{PLACES}/responses/{number}/code").status == 200
    assert not browser.trouble()


def test_each_line_runs_in_its_own_direction(desk, browser):
    browser.open(f"{PLACES}/responses/{[one[0] for one in ODD].index('Hebrew') + 1}")
    left, right, width = browser.ask("run", script="""(() => {
        const e = document.querySelector('.coded-words'), range = document.createRange();
        range.selectNodeContents(e.firstChild || e);
        const a = range.getClientRects()[0], b = e.getBoundingClientRect();
        return [a.left - b.left, b.right - a.right, b.width]; })()""")
    assert right < 5 and left > width / 3, "Hebrew stands at the left"


SIGNS = "\u202e\u2066\u200b\u061c\u2028\ufeff\u00ad\u2060\U000e0041"


def encoded(text):
    return f"=?utf-8?B?{base64.b64encode(text.encode()).decode()}?="


def test_no_sign_that_nobody_sees_is_in_a_title_or_a_name(desk):
    """Nor in words, nor in what the command prints."""
    name = encoded(f"signs{SIGNS}file.txt")
    desk.put("\r\n".join([
        f"From: {encoded(f'Signs{SIGNS}Person')} <signs@post.example>",
        f"To: places@{DOMAIN}", f"Subject: {encoded(f'Signs{SIGNS}subject')}",
        "Message-ID: <signs@post.example>", "MIME-Version: 1.0",
        "Content-Type: multipart/mixed; boundary=part", "", "--part",
        "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: 8bit", "",
        "Here\u200b are the words\u2060 and\ufeff more\u202e.", "--part",
        "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: 8bit",
        f'Content-Disposition: attachment; filename="{name}"', "", "Signs\u202e \u200bmore.", "--part--",
        ""]).encode())
    number = desk.query("SELECT max(number) FROM response")[0][0]
    shown = [desk.see("Edda Editor", page).text
             for page in (f"{PLACES}/responses/{number}", f"{PLACES}/responses/{number}/mail", PLACES,
                          f"{PLACES}/responses/{number}/files/0/text")]
    listed, one = ("response", "list", "--consultation", "places"), (
        "response", "show", f"places-{number:04}")
    shown += [desk.mercat(*command, form=form).out
              for command, form in ((listed, "csv"), (listed, None), (one, None))]
    for text in shown:
        assert "Signs" in text or "signs" in text
        assert not set(text.removeprefix("\ufeff")) & set(SIGNS), text
    assert "Here· are the words· and· more\ufffd." in shown[0]
    titles = re.findall("<title>(.*?)</title>", shown[0] + shown[1], re.S)
    assert titles and not any(set(title) & set(SIGNS) for title in titles)
    refused = desk.mercat("list", "add", "turned", "--address", f"turned@{DOMAIN}",
                          "--title", "Child \u202enoitcetorp")
    assert refused.code == 2 and "turns words round" in refused.err
