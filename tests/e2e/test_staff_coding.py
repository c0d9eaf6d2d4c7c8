"""Coding in a real Chromium: by mouse, by keys, by sentences; undone, seconded, counted."""
import re

import pytest

from e2e import texts
from e2e.browser import Browser, is_valid, look_over
from e2e.staff import StaffSite, form_of, demo, press, see, words_of, write
from e2e.house import DOMAIN, wait_for

PLACES = "/staff/consultations/places"
# Where the words of a passage stand on the screen: first and last point.
POINTS = """(() => {
    const all = Array.from(document.querySelectorAll('.coded-words'));
    const element = all.find((e) => e.textContent.includes(%r));
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    const at = element.textContent.indexOf(%r), end = at + %r.length;
    const range = document.createRange();
    let seen = 0;
    for (let n = walker.nextNode(); n; n = walker.nextNode()) {
        if (at >= seen && at < seen + n.data.length) range.setStart(n, at - seen);
        if (end > seen && end <= seen + n.data.length) range.setEnd(n, end - seen);
        seen += n.data.length;
    }
    window.scrollBy(0, range.getBoundingClientRect().top - window.innerHeight / 2);
    const r = Array.from(range.getClientRects()), a = r[0], b = r[r.length - 1];
    return [[a.left + 1, a.top + a.height / 2], [b.right - 1, b.top + b.height / 2]];
})()"""
LETTERS = (
    "The hall must stay open in the evening. Buses stop at six.\n\nA warm room is worth it.\n",
    "Buses are late — always. The hall is cold, and the café is closed.\n",
    "Nobody asked us about the hall.\n\nBuses again: too few.\n",
    "I like the library. The hall is fine.\n")


@pytest.fixture(name="desk", scope="module")
def a_desk():
    with StaffSite.opened() as desk:
        desk.consult("places", "Safe places for young people")
        desk.consult("other", "Another consultation")
        desk.put(*(demo.mail(f"Person {n} <person{n}@post.example>", f"Response {n}", text,
                             to=f"places@{DOMAIN}") for n, text in enumerate(LETTERS, 1)))
        desk.hire_all()
        yield desk


@pytest.fixture(name="browser", scope="module")
def a_browser(desk):
    with desk.window("Edda Editor", f"{PLACES}/responses/1") as browser:
        yield browser


def codings(desk, number):
    """[(code, passage as characters)] that hold on a reply."""
    return sorted(desk.query(
        "SELECT k.name, substr(p.text_new, g.from_char + 1, g.to_char - g.from_char)"
        " FROM coding g JOIN code k ON k.id = g.code_id JOIN response r"
        " ON r.id = g.response_id JOIN parsed p ON p.inbound_id = r.inbound_id"
        " WHERE r.number = ? AND g.ended_at IS NULL AND g.from_char IS NOT NULL", number))


def code_id(desk, name):
    return desk.query("SELECT id FROM code WHERE name = ? AND state = 'live'", name)[0][0]


def drag(browser, words):
    points = browser.ask("run", script=POINTS % (words, words, words))
    browser.ask("drag", **{"from": points[0], "to": points[1]})
    wait_for("the picker", lambda: browser.ask("count", at=".picker") == 1)


def add_code(desk, name, **fields):
    answer = desk.do("Edda Editor", f"{PLACES}/code-frame", {"name": name, **fields})
    assert answer.status == 303, answer.text
    return code_id(desk, name)


def test_an_official_codes_a_passage_with_the_mouse(desk, browser):
    add_code(desk, "opening hours", definition="When a place is open.", colour="teal")
    add_code(desk, "transport", colour="orange")
    browser.open(f"{PLACES}/responses/1")
    drag(browser, "The hall must stay open in the evening")
    write(browser, "open")
    press(browser, "Enter")
    see(browser, "Coded \"opening hours\"", "#response")
    assert codings(desk, 1) == [("opening hours", "The hall must stay open in the evening")]
    assert browser.text(".coded").strip() == "The hall must stay open in the evening"
    assert "Edda Editor" in words_of(browser, ".code-chip")
    assert not browser.trouble()


def test_codes_that_overlap_are_all_seen(desk, browser):
    drag(browser, "open in the evening. Buses stop")
    write(browser, "trans")
    press(browser, "Enter")
    see(browser, "Coded \"transport\"", "#response")
    assert ("transport", "open in the evening. Buses stop") in codings(desk, 1)
    assert browser.text(".coded .coded") == "open in the evening"
    assert browser.ask("count", at=".margin .code-chip") == 2
    assert not browser.trouble()


def test_a_code_beside_the_text_leads_to_its_words(browser):
    browser.ask("run", script="document.querySelector('#response article').mark = 1")
    browser.ask("run", script="document.querySelectorAll('.code-chip .code-name')[1].click()")
    wait_for("the words", lambda: browser.ask("count", at=".coded:target") == 1)
    browser.ask("run", script="new Promise((done) => setTimeout(done, 300))")
    assert browser.ask("count", at=".coded:target") == 1
    assert browser.ask("run", script="document.querySelector('#response article').mark") == 1


def test_characters_are_counted_as_the_store_counts_them(desk, browser):
    browser.open(f"{PLACES}/responses/2")
    drag(browser, "the café is closed")
    write(browser, "open")
    press(browser, "Enter")
    see(browser, "Coded", "#response")
    assert codings(desk, 2) == [("opening hours", "the café is closed")]


def test_the_same_by_keys_alone_with_a_new_code(desk, browser):
    browser.open(f"{PLACES}/responses/2")
    press(browser, "v", "Shift+ArrowRight", "Shift+ArrowRight", "Enter")
    wait_for("the picker", lambda: browser.ask("count", at=".picker") == 1)
    write(browser, "lateness")
    press(browser, "Enter")  # by itself it makes none
    assert browser.ask("count", at=".picker") == 1
    assert browser.ask("count", at=".picker [aria-selected=true]") == 0
    press(browser, "ArrowDown", "Enter")
    see(browser, "Coded \"lateness\"", "#response")
    assert ("lateness", "Buses are late") in codings(desk, 2)
    press(browser, "u")
    see(browser, "Taken back", "#response")
    assert ("lateness", "Buses are late") not in codings(desk, 2)
    assert not browser.trouble()


def test_half_a_word_is_the_whole_word(desk, browser):
    browser.open(f"{PLACES}/responses/4")
    drag(browser, "ibrary. The ha")
    write(browser, "open")
    press(browser, "Enter")
    see(browser, "Coded", "#response")
    assert codings(desk, 4) == [("opening hours", "library. The hall")]
    press(browser, "u")
    see(browser, "Taken back", "#response")
    assert not codings(desk, 4)


def test_a_slip_of_the_finger_is_no_code(desk, browser):
    """In the tags: what there is is offered, and a new one is asked for."""
    browser.open(f"{PLACES}/responses/4")
    before = desk.query("SELECT count(*) FROM code")
    press(browser, "t")
    write(browser, "open")
    press(browser, "Enter")
    see(browser, "There is no tag “open”, so nothing was tagged.", "#response")
    assert desk.query("SELECT count(*) FROM code") == before
    page = words_of(browser, "#response")
    assert "Tag “opening hours”" in page and "Add “open” as a new code" in page
    browser.ask("run", script="document.querySelector('form:has([name=new][value=yes]) button').click()")
    see(browser, "is tagged \"open\"", "#response")
    assert desk.query("SELECT state FROM code WHERE name = 'open'") == [("live",)]
    browser.ask("run", script="document.activeElement.blur()")
    press(browser, "u")
    see(browser, "Taken back", "#response")
    # Nobody uses it, so it is not left in the code frame.
    assert desk.query("SELECT state FROM code WHERE name = 'open'") == [("undone",)]
    assert "open</" not in desk.see("Edda Editor", f"{PLACES}/code-frame").text
    assert not browser.trouble()


def test_a_code_comes_off_again(desk, browser):
    browser.open(f"{PLACES}/responses/2")
    browser.ask("run", script="document.querySelector('.code-chip .off').click()")
    see(browser, "The code is off", "#response")
    assert not codings(desk, 2)
    press(browser, "u")
    see(browser, "Taken back", "#response")
    assert codings(desk, 2) == [("opening hours", "the café is closed")]


def test_without_scripts_sentences_are_ticked(desk):
    page = desk.see("Cole Coder", f"{PLACES}/responses/3/code").text
    places = re.findall(r'name="place" value="(-1:[^"]+)"', page)
    assert len(places) == 2
    answer = desk.do("Cole Coder", f"{PLACES}/responses/3/code", [
        ("code", code_id(desk, "transport")), ("place", places[1])])
    assert answer.status == 303, answer.text
    assert codings(desk, 3) == [("transport", "Buses again: too few.")]


def test_a_passage_that_is_none_is_refused_in_words(desk):
    for place in ("", "whole:1", "-1:0~99999", "-1:5~5", "7:0~3", "-1:x~y"):
        answer = desk.do("Cole Coder", f"{PLACES}/responses/3/code", {
            "code": code_id(desk, "transport"), "place": place})
        assert answer.status in (400, 404, 409, 422), (place, answer.status)
        assert "Traceback" not in answer.text and "SQL" not in answer.text


def test_a_coder_makes_no_codes(desk):
    answer = desk.do("Cole Coder", f"{PLACES}/responses/3/code", {"new": "mine", "place": "whole"})
    assert answer.status == 404 and "no right to make codes" in answer.text


def test_ids_of_another_consultation_are_not_there(desk):
    answer = desk.do("Edda Editor", "/staff/consultations/other/code-frame", {"name": "foreign"})
    assert answer.status == 303
    foreign, own = code_id(desk, "foreign"), code_id(desk, "transport")
    coding = desk.query("SELECT id FROM coding WHERE ended_at IS NULL")[0][0]
    change = desk.query("SELECT max(id) FROM change WHERE kind = 'frame'")[0][0]
    for path, fields in (
            (f"/codes/{foreign}/rename", {"name": "x"}), (f"/codes/{foreign}/retire", {}),
            (f"/codes/{own}/merge", {"into": foreign}), (f"/codes/{own}/move", {"parent": foreign}),
            ("/code-frame/undo", {"change": change}), ("/code-frame", {"name": "y", "parent": foreign}),
            ("/responses/4/uncode", {"id": coding}), ("/responses/4/suggestion", {"id": 1, "accept": "yes"}),
            ("/re-anchor", {"coding": coding, "do": "end"})):
        assert desk.do("Edda Editor", PLACES + path, fields).status in (404, 409), path
    assert desk.see("Edda Editor", f"{PLACES}/codes/{foreign}").status == 404


def test_the_frame_changes_and_is_taken_back(desk):
    hours, transport = code_id(desk, "opening hours"), code_id(desk, "transport")
    for path, fields, words in (
            (f"/codes/{hours}/rename", {"name": "hours"}, "is called"),
            (f"/codes/{hours}/describe", {"definition": "New.", "colour": "pink"}, "New."),
            (f"/codes/{hours}/move", {"parent": transport}, "moved"),
            (f"/codes/{hours}/retire", {"retired": "yes"}, "retired"),
            (f"/codes/{hours}/merge", {"into": transport}, "merged")):
        before = desk.query("SELECT id, name, parent_id, definition, state FROM code ORDER BY id")
        page = desk.see("Edda Editor", PLACES + (
            f"{path}?into={transport}" if path.endswith("merge") else path.rsplit("/", 1)[0]))
        answer = desk.do("Edda Editor", PLACES + path, {**form_of(page, path), **fields})
        assert answer.status == 303, (path, answer.text)
        assert desk.query("SELECT id, name, parent_id, definition, state FROM code"
                          " ORDER BY id") != before, path
        change = desk.query("SELECT max(id) FROM change WHERE kind = 'frame'")[0][0]
        assert f'value="{change}"' in desk.see("Edda Editor", f"{PLACES}/code-frame").text
        answer = desk.do("Edda Editor", f"{PLACES}/code-frame/undo", {"change": change})
        assert answer.status == 303, (words, answer.text)
        assert desk.query("SELECT id, name, parent_id, definition, state FROM code"
                          " ORDER BY id") == before, path


def test_a_code_is_bound_to_questions_by_ticking_them(desk, browser):
    def bound():
        return desk.query("SELECT questions FROM code WHERE name = 'rules'")[0][0]

    browser.open(f"{PLACES}/code-frame")
    browser.ask("run", script="document.querySelector('details').open = true")
    assert "2. Which rules help, and which are in the way?" in words_of(browser, ".code-form")
    browser.fill("#name", "rules")
    browser.check("#for-2")
    browser.check("#for-3")
    assert browser.click(".code-form button") == 200
    assert bound() == "2,3"
    browser.open(f"{PLACES}/codes/{code_id(desk, 'rules')}")
    browser.ask("run", script="document.querySelector('details').open = true")
    assert browser.ask("count", at="[name=questions]:checked") == 2
    browser.check("#for-2", False)
    assert browser.click("form[action$=describe] button") == 200
    assert bound() == "3"
    browser.ask("run", script="document.querySelector('details').open = true")
    browser.check("#for-3", False)
    assert browser.click("form[action$=describe] button") == 200
    assert bound() == ""
    rules = f"{PLACES}/codes/{code_id(desk, 'rules')}"
    assert desk.do("Edda Editor", f"{rules}/describe", {
        **form_of(desk.see("Edda Editor", rules), "/describe"), "questions": "9"}).status == 400
    assert not browser.trouble()


def test_quotes_lead_to_their_place_and_split_a_code(desk, browser):
    transport = code_id(desk, "transport")
    browser.open(f"{PLACES}/codes/{transport}")
    see(browser, "Buses again")
    browser.ask("run", script="document.querySelector('.quote-source a').click()")
    wait_for("the response", lambda: "/responses/1#q-" in browser.url())
    see(browser, "places-0001", "#response")
    assert browser.ask("count", at=".coded:target") == 1
    browser.open(f"{PLACES}/codes/{transport}")
    browser.check(".quotes li:last-child input[type=checkbox]")
    browser.fill("#split-name", "too few buses")
    assert browser.click(".split button") == 200
    see(browser, "The new code \"too few buses\" has 1 quote")
    assert not browser.trouble()


def test_only_what_may_be_published_stands_in_a_report(desk):
    transport = code_id(desk, "transport")
    page = desk.see("Edda Editor", f"{PLACES}/codes/{transport}").text
    assert 'class="quote private"' in page
    report = desk.see("Edda Editor", f"{PLACES}/codes/{transport}/report").text
    assert "open in the evening" not in report
    shown = form_of(desk.see("Edda Editor", f"{PLACES}/responses/1"), "/respondent")
    assert desk.do("Edda Editor", f"{PLACES}/responses/1/respondent", {
        **shown, "permission": "without name"}).status == 303
    report = desk.see("Edda Editor", f"{PLACES}/codes/{transport}/report").text
    assert "open in the evening" in report and "Person 1" not in report
    # An organisation is named where it allows that, to whom names are shown; an individual never.
    path = f"{PLACES}/codes/{transport}/report"
    for fields, named in (({"type": "individual", "permission": "name", "name": "Person 1"}, None),
                          ({"type": "organisation", "permission": "name", "name": "Person 1",
                            "organisation": "Bus Users"}, "Bus Users, "),
                          ({"type": "individual", "permission": "without name"}, None)):
        shown = form_of(desk.see("Edda Editor", f"{PLACES}/responses/1"), "/respondent")
        assert desk.do("Edda Editor", f"{PLACES}/responses/1/respondent",
                       {**shown, **fields}).status == 303
        report = desk.see("Edda Editor", path).text
        assert "open in the evening" in report and "Person 1" not in report
        assert ("Bus Users, " in report) == bool(named)
        assert "Bus Users" not in desk.see("Cole Coder", path).text


def test_a_merge_says_beforehand_what_it_moves(desk, browser):
    transport = code_id(desk, "transport")
    hours = code_id(desk, "opening hours")
    browser.open(f"{PLACES}/codes/{hours}/merge?into={transport}")
    own, other, both = desk.query(
        "SELECT (SELECT count(DISTINCT response_id) FROM coding WHERE code_id = :a AND ended_at IS NULL),"
        " (SELECT count(DISTINCT response_id) FROM coding WHERE code_id = :b AND ended_at IS NULL),"
        " (SELECT count(DISTINCT a.response_id) FROM coding a JOIN coding b ON b.response_id = a.response_id"
        "  WHERE a.code_id = :a AND b.code_id = :b AND a.ended_at IS NULL AND b.ended_at IS NULL)"
        .replace(":a", str(hours)).replace(":b", str(transport)))[0]
    said = words_of(browser)
    assert f"so transport will be on {own + other - both} response" in said, said
    assert form_of(desk.see("Edda Editor", f"{PLACES}/codes/{hours}/merge?into={transport}"),
                   "/merge")["into"] == str(transport)


def test_a_search_counts_before_it_codes(desk, browser):
    transport = code_id(desk, "transport")
    browser.open(f"{PLACES}/recode")
    browser.fill("#q", "hall")
    browser.check("#how-passages")
    browser.ask("choose", at="#code", value=str(transport))
    assert browser.click("main .code-form button") == 200
    see(browser, "in 4 responses")
    before = desk.query("SELECT count(*) FROM coding WHERE ended_at IS NULL")
    assert browser.click(".panel button") == 200
    assert desk.query("SELECT count(*) FROM coding WHERE ended_at IS NULL") > before
    assert browser.click(".change button") == 200
    assert desk.query("SELECT count(*) FROM coding WHERE ended_at IS NULL") == before


def test_a_second_person_codes_blindly_and_agreement_is_counted(desk, browser):
    answer = desk.do("Edda Editor", f"{PLACES}/samples", {
        "count": "100", "unit": "percent", "coder": "Ines Second", "seed": "7"})
    assert answer.status == 303, answer.text
    with Browser(desk.origin) as other:
        other.visitor(width=1440)
        desk.sign_in(other, "Ines Second", "/staff/coding")
        assert "Double coding waits for you: sample 1 of places" in words_of(other)
        assert other.click("main .panel a") == 200
        assert other.click("main a.button") == 200
        codes_the_first_unit(desk, other)
        says_that_all_is_done(desk, other)
    browser.open(f"{PLACES}/samples/1")
    page = words_of(browser)
    assert "opening hours" in page and "Ines Second" in page
    assert re.search(r"\d\.\d\d to \d\.\d\d", page)
    # The words that somebody saw it in stand beside the question.
    assert browser.ask("count", at=".disagreement blockquote") >= 1
    before = page.count("to reconcile")
    browser.fill(".disagreement input[name=note]", "too far")
    assert browser.click(".disagreement button[value=no]") == 200
    assert before and "reconciled: it is not there" in words_of(browser)
    assert not browser.trouble()


def codes_the_first_unit(desk, other):
    """By keys, with what others coded nowhere to be seen; taken back and done once more."""
    number = int(re.search(r"/responses/(\d+)\?second=yes", other.url())[1])
    assert "You code this response blindly" in words_of(other, ".blind")
    assert desk.json("queue", "list", "places", "--second", staff="Ines Second")[0]["reference"]
    assert other.ask("count", at="[data-c]") == 0, "a blind coder sees what others coded"
    real = codings(desk, number)
    press(other, "v", "Shift+ArrowRight", "Enter")
    wait_for("the picker", lambda: other.ask("count", at=".picker") == 1)
    write(other, "opening")
    press(other, "Enter")
    see(other, "Coded \"opening hours\"", "#response")
    assert other.ask("count", at=".coded") == 1
    assert codings(desk, number) == real, "what a blind coder puts must count nowhere"
    press(other, "u")
    see(other, "Taken back: put opening hours on", "#response")
    assert other.ask("count", at=".coded") == 0
    press(other, "v", "Shift+ArrowRight", "Enter")
    wait_for("the picker", lambda: other.ask("count", at=".picker") == 1)
    write(other, "opening")
    press(other, "Enter")
    see(other, "Coded \"opening hours\"", "#response")


def says_that_all_is_done(desk, other):
    units = len(desk.json("queue", "list", "places", "--second", staff="Ines Second"))
    assert units > 1
    while units:
        press(other, "d")
        units -= 1
        see(other, f"{units} left" if units else "Every unit of sample 1 is done", ".blind")
        if units == 1:
            press(other, "u")
            see(other, "2 left", ".blind")
            press(other, "d")
            see(other, "1 left", ".blind")
    press(other, "d") # opens nothing again
    assert "Every unit of sample 1 is done" in other.text(".blind")
    assert desk.json("queue", "list", "places", "--second", staff="Ines Second") == []
    assert desk.do("Ines Second", f"{PLACES}/samples/1/reconcile", {
        "position": 1, "code": code_id(desk, "opening hours"), "holds": "yes"}).status == 409
    assert other.click(".blind a.button") == 200
    other.ask("run", script="window.confirm = () => true")
    assert other.click("main .panel form button") == 200
    assert "From now on you see the first coding" in words_of(other, ".said")
    assert not other.trouble()


def test_a_rule_suggests_and_a_person_decides(desk, browser):
    desk.ok("rule", "add", "buses", "--consultation", "places", "--when", "text",
            "--has", "buses", "--do", "suggest", "--with", "transport")
    desk.ok("rule", "run", "buses")
    open_ones = desk.query("SELECT count(*) FROM suggestion WHERE state = 'open'")[0][0]
    assert open_ones >= 2
    before = desk.query("SELECT count(*) FROM coding WHERE ended_at IS NULL")[0][0]
    browser.open(f"{PLACES}/responses/2")
    assert browser.ask("count", at=".coded.suggested") >= 1
    assert "suggested by rule buses" in words_of(browser, ".code-chip.suggested")
    browser.ask("run", script="document.querySelector('.suggested button[value=yes]').click()")
    see(browser, "Accepted", "#response")
    assert browser.ask("count", at=".coded.suggested") == 0
    assert "rule buses, accepted" in words_of(browser, "#response")
    assert desk.query("SELECT count(*) FROM coding WHERE ended_at IS NULL")[0][0] == before + 1
    browser.open(f"{PLACES}/suggestions")
    assert "suggested by rule buses" in words_of(browser, ".suggested-quote")
    waiting = browser.ask("count", at=".suggested-quote")
    browser.ask("run", script="document.querySelector('.suggested-quote button[value=no]').click()")
    see(browser, "Refused: it will not be suggested there again", "#told")
    assert browser.ask("count", at=".suggested-quote") == waiting - 1
    assert browser.ask("run", script="document.activeElement.value || document.activeElement.id"
                       ) == ("no" if waiting > 1 else "told")
    assert desk.query("SELECT state, count(*) FROM suggestion GROUP BY state ORDER BY state")[
        -1] == ("refused", 1)
    desk.ok("rule", "run", "buses")
    assert desk.query("SELECT count(*) FROM suggestion WHERE state = 'open'")[0][
        0] == open_ones - 2
    done = desk.mercat("rule", "add", "none", "--consultation", "places", "--when", "text",
                       "--has", "x", "--do", "suggest", "--with", "no such code")
    assert done.code != 0 and "no such code" in done.err
    done = desk.mercat("rule", "add", "none", "--when", "text", "--has", "x",
                       "--do", "suggest", "--with", "no such code")
    assert done.code != 0 and "no consultation has a code \"no such code\"" in done.err
    desk.ok("rule", "add", "everywhere", "--when", "text", "--has", "x", "--do", "suggest",
            "--with", "transport")
    desk.ok("rule", "remove", "everywhere")
    done = desk.mercat("rule", "add", "none", "--when", "sender", "--has", "x",
                       "--do", "suggest", "--with", "transport")
    assert done.code != 0 and "looks at the text" in done.err


def every_page(desk):
    transport = code_id(desk, "transport")
    return ["/staff/coding", f"{PLACES}/code-frame", f"{PLACES}/codes/{transport}",
            f"{PLACES}/codes/{transport}/report", f"{PLACES}/recode",
            f"{PLACES}/recode?q=hall&how=passages&code={transport}", f"{PLACES}/re-anchor",
            f"{PLACES}/suggestions", f"{PLACES}/samples", f"{PLACES}/samples/1",
            "/staff/analysis", f"{PLACES}/analysis?about=all", f"{PLACES}/responses/1",
            f"{PLACES}/responses/2", f"{PLACES}/responses/1/code"]


def test_pages_meet_wcag_2_2_aa_and_fit_a_phone(desk, browser):
    wrong = []
    for place in every_page(desk):
        browser.look(width=1280, dark=False)
        assert browser.open(place) == 200, place
        browser.ask("run", script="document.querySelectorAll('details').forEach("
                                  "(d) => d.open = !d.classList.contains('pop'))")
        wrong += look_over(browser, place)
        wrong += is_valid(browser, place, desk.see("Edda Editor", place).text)
    browser.look(width=1440, dark=False)
    browser.open(f"{PLACES}/responses/1")
    drag(browser, "A warm room")
    wrong += look_over(browser, "the picker")
    assert not wrong, "\n".join(wrong)


@pytest.mark.shared
def test_hostile_names_and_words_run_nothing_and_load_nothing(desk, browser, shared):
    """As a code's name, definition, example; as the words that are quoted; as a search."""
    browser.look(width=1280, dark=False)
    browser.trouble()
    desk.consult("hostile", "<img src=x onerror=alert(1)>")
    lines = [" ".join(one.split()) for one in texts.payloads(shared) if one.strip()]
    desk.put(demo.mail("x <hostile@post.example>", "x", "\n\n".join(lines),
                       to=f"hostile@{DOMAIN}"))
    for number, line in enumerate(lines):
        name = re.sub(r"[\x00-\x1f\x7f-\x9f]", "", f"{number} {line}").replace(",", ";")[:70].strip()
        answer = desk.do("Edda Editor", "/staff/consultations/hostile/code-frame", {
            "name": name, "definition": line[:3000], "examples": line[:3000]})
        assert answer.status == 303, (name, answer.text)
    code = desk.query("SELECT min(k.id) FROM code k JOIN consultation c ON c.id ="
                      " k.consultation_id WHERE c.name = 'hostile'")[0][0]
    page = desk.see("Edda Editor", "/staff/consultations/hostile/responses/1/code").text
    places = re.findall(r'name="place" value="(-1:[^"]+)"', page)
    for at in range(0, len(places), 150):
        answer = desk.do("Edda Editor", "/staff/consultations/hostile/responses/1/code", [
            ("code", code), *(("place", place) for place in places[at:at + 150])])
        assert answer.status == 303, answer.text
    desk.do("Edda Editor", "/staff/consultations/hostile/responses/1/code", [
        ("code", code + 1), ("place", places[0]), ("place", places[-1])])
    for place in ("code-frame", f"codes/{code}", f"codes/{code}/report", "responses/1",
                  "responses/1/code", "recode",
                  "analysis?about=codes", "samples", "recode?code=1&q=%3Cscript%3Ealert(1)%3C"):
        assert browser.open(f"/staff/consultations/hostile/{place}") in (200, 404), place
        assert browser.trouble() == [], place
        assert browser.ask("run", script="document.querySelectorAll("
                           "'main script, main img, main iframe, main object').length") == 0, place
    browser.open("/staff/consultations/hostile/responses/1")
    browser.ask("run", script="document.querySelector('.coded-words').scrollIntoView()")
    press(browser, "v", "Enter")
    wait_for("the picker", lambda: browser.ask("count", at=".picker li") > 10)
    assert browser.trouble() == []


def test_figures_are_those_of_the_command_line(desk):
    page = desk.see("Edda Editor", f"{PLACES}/analysis?about=all&state=any").text
    assert page.count("<svg") >= 6
    for by in ("day", "state", "type", "permission", "code", "code-type", "question", "copies"):
        for which in ("any", "included", None):
            state = ("--state", which) if which else ()
            sheet = desk.json("analysis", "places", "--by", by, *state, staff=None)
            table = desk.see("Edda Editor", f"{PLACES}/analysis/{by}.csv"
                             + (f"?state={which}" if which else "")).text.splitlines()
            assert table[-1].split(",")[-1] == str(sheet["n"]), (by, which)
            assert len(table) == len(sheet["rows"]) + 2, (by, which)
        assert f'id="h-{by}"' in page
    # What nobody says otherwise of is about what was included; all states by their table.
    here = ("SELECT count(*) FROM response r JOIN consultation c ON c.id = r.consultation_id"
            " WHERE c.name = 'places'")
    included, = desk.query(f"{here} AND r.state = 'included'")[0]
    every, = desk.query(here)[0]
    assert desk.json("analysis", "places", "--by", "type", staff=None)["n"] == included
    assert desk.json("analysis", "places", "--by", "state", staff=None)["n"] == every
    only = desk.see("Edda Editor", f"{PLACES}/analysis?state=excluded").text
    assert "N = 0" in only


def test_figures_count_what_is_included_and_lead_to_it(desk, browser):
    browser.open(f"{PLACES}/analysis?about=respondents")
    of = "SELECT count(*) FROM response r JOIN consultation c ON c.id = r.consultation_id WHERE c.name = 'places'"
    included = desk.query(f"{of} AND r.state = 'included'")[0][0]
    assert f"N = {included}." in browser.text()
    everything = desk.query(of)[0][0]
    browser.open(f"{PLACES}/analysis?about=respondents&state=any")
    assert f"N = {everything}." in browser.text()
    # A number leads to the responses behind it, and one bar is no picture.
    for at in browser.ask("run", script="Array.from(document.querySelectorAll('.sheet tbody th a'), (a) =>"
                          " [a.getAttribute('href'), a.closest('tr').querySelector('td').innerText])"):
        browser.open(at[0])
        assert browser.text(".found").split()[0] == at[1], at
    browser.open(f"{PLACES}/analysis?about=responses&state=any")
    alone = browser.ask("run", script="Array.from(document.querySelectorAll('.figure')).filter((f) =>"
                        " f.querySelectorAll('tbody tr').length === 1 && f.querySelector('svg')).length")
    assert alone == 0
    # Shares of the organisations that say something, or of a row.
    browser.open(f"{PLACES}/analysis?about=codes&state=any&share=row")
    assert "of the row" in browser.text()
    assert desk.see("Edda Editor", f"{PLACES}/analysis/nothing.csv").status == 404
