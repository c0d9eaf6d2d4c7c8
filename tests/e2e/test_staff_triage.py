"""A day of triage in a real Chromium: by keys, by mouse, without scripts, by two at once."""

import pytest

from e2e.browser import Browser
from e2e.staff import PASSWORD, StaffSite, demo, press, see, words_of, write
from e2e.house import DOMAIN, wait_for

QUEUE = "/staff/consultations/places"


@pytest.fixture(name="desk", scope="module")
def a_desk():
    with StaffSite.opened() as desk:
        desk.consult("places", "Safe places for young people")
        desk.put(*(desk.reply(number) for number in range(1, 31)))
        desk.hire_all()
        yield desk


@pytest.fixture(name="browser", scope="module")
def a_browser(desk):
    with Browser(desk.origin) as browser:
        yield browser


@pytest.fixture(name="other", scope="module")
def another_browser(desk):
    with Browser(desk.origin) as browser:
        yield browser


def states(desk, *numbers):
    rows = {row["reference"]: row["state"] for row in desk.responses("places")}
    return [rows[f"places-{number:04}"] for number in numbers]


def tags(desk, number):
    return desk.query(
        "SELECT k.name FROM coding g JOIN code k ON k.id = g.code_id JOIN response r"
        " ON r.id = g.response_id WHERE r.number = ? AND g.ended_at IS NULL", number)


def test_ten_new_replies_from_queue_to_tagged_by_keys_alone(desk, browser):
    browser.visitor(width=1440)
    desk.sign_in(browser, "Edda Editor", f"{QUEUE}?state=received")
    press(browser, "j", "Enter")
    see(browser, "places-0001")
    for number in range(1, 11):
        see(browser, f"places-{number:04} ·", "#response")
        press(browser, "t")
        write(browser, "open door")
        press(browser, "Enter")
        if number == 1:
            see(browser, "Add “open door” as a new code", "#response")
            browser.ask("run", script="document.querySelector("
                                      "'form:has([name=new][value=yes]) button').click()")
        see(browser, f"places-{number:04} is tagged", "#response")
        # Keys are the response's again, without a way out of the field; and a decision
        # leads to the next one.
        assert browser.ask("focus") == "subject"
        press(browser, "i")
        see(browser, f"places-{number:04} is included", "#response")
    see(browser, "places-0011 ·", "#response")
    assert states(desk, *range(1, 12)) == ["included"] * 10 + ["received"]
    assert all(tags(desk, number) == [("open door",)] for number in range(1, 11))
    # The list kept its place, and says what was done.
    assert browser.ask("count", at="#rows li") >= 20
    wait_for("its row", lambda: "Included" in browser.text('#rows li[data-number="10"]'))
    assert browser.text('#rows [aria-current="true"]').split()[0] == "0011"
    assert browser.url().endswith("/responses/11?state=received")
    browser.ask("run", script="window.history.back()")
    see(browser, "places-0010 ·", "#response")
    browser.ask("run", script="window.history.forward()")
    see(browser, "places-0011 ·", "#response")
    assert not browser.trouble()


def test_undo_takes_the_last_acts_back_one_by_one(desk, browser):
    browser.open(f"{QUEUE}/responses/12")
    press(browser, "i")
    see(browser, "places-0012 is included", "#response")
    press(browser, "n")
    write(browser, "look again")
    browser.ask("run", script="document.activeElement.form.requestSubmit()")
    see(browser, "Your note stands", "#response")
    press(browser, "Escape", "u")
    see(browser, "Taken back", "#response")
    assert browser.ask("count", at="#response .note") == 0
    press(browser, "u")
    wait_for("the screening to be taken back", lambda: states(desk, 12) == ["received"])
    assert not browser.trouble()


def test_exclusion_asks_why(desk, browser):
    browser.open(f"{QUEUE}/responses/13")
    press(browser, "x")
    write(browser, "out of scope")
    press(browser, "Enter")
    see(browser, "places-0013 is excluded: out of scope", "#response")
    assert states(desk, 13) == ["excluded"]
    browser.open(f"{QUEUE}/responses/13")
    assert "Excluded: out of scope" in words_of(browser, ".response-marks")


def test_single_keys_can_be_switched_off(desk, browser):
    browser.open(f"{QUEUE}/responses/14")
    press(browser, "?")
    assert browser.ask("count", at="dialog[open]") == 1
    browser.check("#keys-on", False)
    browser.ask("loads")
    press(browser, "Escape", "i")
    # A key that counts is on its way to the server before the next one is pressed.
    press(browser, "Tab")
    assert not [load for load in browser.ask("loads") if load["method"] == "POST"]
    browser.open(f"{QUEUE}/responses/14")
    press(browser, "i", "?", "Tab")
    assert not [load for load in browser.ask("loads") if load["method"] == "POST"]
    assert states(desk, 14) == ["received"]
    assert browser.ask("count", at="dialog[open]") == 0
    browser.ask("run", script="document.querySelector('[data-keys]').click()")
    browser.check("#keys-on", True)
    press(browser, "Escape", "i")
    see(browser, "places-0014 is included", "#response")


def test_two_officials_do_not_collide_and_see_each_other(desk, browser, other):
    browser.open(f"{QUEUE}/responses/15")
    press(browser, "c")
    see(browser, "You have this response", "#response")
    other.visitor(width=1440)
    desk.sign_in(other, "Ines Second", f"{QUEUE}/responses/15")
    see(other, "Edda Editor has this response open", "#response")
    press(other, "i")
    see(other, "Edda Editor", "#response .problem")
    assert states(desk, 15) == ["received"]
    other.open(QUEUE)
    assert "Edda Editor has it open" in words_of(other)
    other.open(f"{QUEUE}/responses/15")
    other.ask("run", script="document.querySelector('.lock form').requestSubmit()")
    see(other, "You have this response", "#response")
    # The first one is told without doing anything.
    see(browser, "Ines Second has this response open", "#response", 30)
    press(other, "i")
    see(other, "places-0015 is included", "#response")
    press(browser, "x")
    write(browser, "blank")
    press(browser, "Enter")
    see(browser, "Ines Second", "#response .problem")
    assert states(desk, 15) == ["included"]
    # Who goes on gives it back.
    press(other, "Escape", "j")
    wait_for("the claim to end", lambda: not desk.query("SELECT 1 FROM response_lock"))
    assert not browser.trouble() and not other.trouble()


def test_a_selection_is_excluded_and_taken_back_as_one(desk, browser):
    browser.open(f"{QUEUE}?state=received")
    for number in (16, 17, 18):
        browser.check(f'input[name="r"][value="{number}"]')
    assert "3 of" in browser.text(".found")
    browser.click('button[value="exclude"]')
    assert "Exclude 3 responses" in words_of(browser, "h1")
    browser.fill("#value", "out of scope")
    browser.click("main form button")
    assert "3 responses are excluded now." in words_of(browser, ".said")
    assert states(desk, 16, 17, 18) == ["excluded"] * 3
    browser.click(".said button")
    assert "Taken back" in words_of(browser, ".said")
    assert states(desk, 16, 17, 18) == ["received"] * 3


def test_all_that_was_found_is_tagged_as_one(desk, browser):
    browser.open(f"{QUEUE}?q=Word2*")
    found = browser.ask("count", at="#rows li")
    assert found == 11  # 2, and 20 to 29
    browser.ask("run", script="""document.querySelectorAll('#rows input').forEach(
        (box) => box.click())""")
    browser.click('button[value="tag"]')
    browser.fill("#value", "twenties")
    browser.click("main form button")
    assert "There is no tag “twenties”." in words_of(browser)
    assert browser.ask("run", script="document.getElementById('value').value") == "twenties"
    browser.check("#new")
    browser.click("main form button")
    assert "11 responses are tagged now." in words_of(browser, ".said")
    browser.open(f"{QUEUE}?tag=twenties")
    assert browser.ask("count", at="#rows li") == 11
    assert "Tag: twenties" in words_of(browser, ".chip")


def test_a_bulk_act_on_all_found_says_how_many_and_holds_to_it(desk, browser):
    """More has come in since: nothing is done, and the sentence says so."""
    token = desk.token("Edda Editor")
    ask = {"all": "yes", "filter": "search Word3*", "do": "include"}
    page = desk.do("Edda Editor", f"{QUEUE}/bulk/screen", ask, csrf=token).text
    assert "Include 2 responses" in page and 'name="expected" value="2"' in page
    answer = desk.do("Edda Editor", f"{QUEUE}/bulk/screen",
                     {**ask, "sure": "yes", "expected": "1"}, csrf=token)
    assert answer.status == 409, answer.text
    assert states(desk, 30) == ["received"]


def test_the_same_work_without_scripts(desk, browser):
    browser.visitor(width=1280, scripts=False)
    desk.sign_in(browser, "Cole Coder", f"{QUEUE}?state=received")
    browser.click("#rows li:last-child .row-link")
    assert "places-0030" in words_of(browser)
    browser.click('[data-key="i"]')
    assert "places-0030 is included." in words_of(browser, ".said")
    browser.fill("#tag", "by mouse")
    browser.click('form:has(#tag) button')
    assert "There is no tag “by mouse”, so nothing was tagged." in words_of(browser)
    assert not tags(desk, 30)
    browser.click('form:has([name="new"]) button')
    assert tags(desk, 30) == [("by mouse",)]
    browser.click('[data-key="k"]')
    assert "/responses/29?state=received" in browser.url()
    browser.click('[data-key="c"]')
    assert "You have places-0029 now." in words_of(browser, ".said")
    browser.click('[data-key="c"]')
    assert not desk.query("SELECT 1 FROM response_lock")
    assert not browser.trouble()


def test_a_view_is_saved_shared_and_removed(desk, browser):
    browser.visitor(width=1280)
    desk.sign_in(browser, "Edda Editor", f"{QUEUE}?tag=twenties&order=newest")
    browser.ask("run", script="document.querySelectorAll('details').forEach(d => d.open = true)")
    browser.fill("#view-name", "The twenties")
    browser.check("#view-shared")
    browser.click("form:has(#view-name) button")
    assert "is saved" in words_of(browser, ".said")
    assert "The twenties" in desk.see("Rae Reader", QUEUE).text
    assert "The twenties" in words_of(browser, '.tabs [aria-current="page"]')
    browser.open(f"{QUEUE}/views")
    browser.click("main .line button")
    assert "The twenties" not in desk.see("Rae Reader", QUEUE).text


def test_an_answer_from_a_template_goes_once(desk, browser):
    browser.open(f"{QUEUE}/reply-texts")
    browser.fill("#name", "Thanks")
    browser.fill("#subject", "Your response {{reference}}")
    browser.fill("#text", "Dear {{name}},\n\nthank you.\n\n{{staff}}")
    browser.click("main form:last-of-type button")
    browser.open(f"{QUEUE}/responses/20?order=newest")
    browser.click('[data-key="r"]')
    browser.click('main a[href*="name=Thanks"]')
    assert browser.ask("run", script="document.getElementById('text').value").startswith(
        "Dear Person 20,")
    browser.click("main form:last-of-type button")
    assert "is on its way" in words_of(browser, ".said")
    assert browser.url().endswith("/responses/20?order=newest")
    wait_for("the answer", lambda: [
        mail for mail in desk.mails("person20@post.example")
        if "Your response places-0020" in mail["Subject"]])
    browser.open(f"{QUEUE}/responses/20/reply?name=Thanks")
    assert browser.click("main form:last-of-type button") == 409
    assert browser.ask("count", at="#again") == 1
    assert browser.title().startswith("Error: ")


def test_a_reply_is_forwarded_to_a_colleague(desk, browser):
    browser.open(f"{QUEUE}/responses/21")
    browser.click('[data-key="f"]')
    browser.ask("choose", at="#to", value="Rae Reader")
    browser.fill("#note", "You know about doors.")
    browser.click("main form:last-of-type button")
    assert "is on its way to Rae Reader" in words_of(browser, ".said")
    mail, = wait_for("the response to be forwarded",
                     lambda: desk.mails("rae.reader@example.test"))
    assert "You know about doors." in mail.get_body(("plain",)).get_content()
    assert "person21@post.example" not in mail.as_string()  # a reader sees no names


def test_unsorted_mail_is_filed_or_put_aside(desk, browser):
    desk.put(*(desk.reply(number, to="policy.team") for number in (90, 91)))
    browser.open("/staff/unsorted")
    assert browser.ask("count", at="main .rows > li") == 2
    browser.click("main .rows > li:last-child .row-link")
    browser.ask("choose", at="#consultation", value="places")
    browser.click('form[action$="/file"] button')
    assert "Filed as places-0031." in words_of(browser, ".said")
    browser.click("main .rows > li .row-link")
    browser.fill("#reason", "advertisement")
    browser.click('form[action$="/discard"] button')
    assert "Put aside: advertisement." in words_of(browser, ".said")
    assert "Nothing waits." in words_of(browser)


def test_a_possible_amendment_is_confirmed_by_a_person(desk, browser):
    desk.put(demo.mail("Person 22 <person22@post.example>", "More from person 22",
                       "And one more thing: the lamp.\n", to=f"places@{DOMAIN}"))
    number = int(desk.references("places")[-1].rsplit("-", 1)[1])
    browser.open(f"{QUEUE}/responses/{number}")
    assert "Perhaps amendment of places-0022" in words_of(browser, ".response-side")
    browser.ask("run", script="""Array.from(document.querySelectorAll('.response-side button'))
        .find((b) => b.textContent === 'Yes, it is').click()""")
    see(browser, "is linked to places-0022", "#response")
    assert "Perhaps" not in words_of(browser, ".response-side")
    browser.open(f"{QUEUE}/responses/22")
    assert f"places-{number:04} is its amendment" in words_of(browser, ".response-side")


def test_search_finds_across_what_one_may_see(desk, browser):
    browser.open("/staff/search?q=word7")
    assert "1 response found." in words_of(browser)
    assert "Word7" in browser.text("mark")
    browser.fill("#words", "places-7")
    browser.click(".search-large button")
    assert browser.url().endswith("/responses/7")
    # Somebody who may see none of them finds none.
    assert desk.see("Nona Nothing", "/staff/search?q=word7").status == 403


def test_an_address_with_its_filter_survives_the_sign_in(desk, browser):
    browser.visitor(width=1280)
    browser.open(f"{QUEUE}?tag=twenties&q=%22open%20door%22")
    assert "/staff/sign-in" in browser.url()
    browser.fill("#name", "Edda Editor")
    browser.fill("#password", PASSWORD)
    browser.click("main button")
    assert browser.url().endswith(f"{QUEUE}?tag=twenties&q=%22open%20door%22")


def test_next_and_previous_keep_filter_and_order(desk, browser):
    desk.do("Edda Editor", f"{QUEUE}/responses/23/tag", {"tag": "odd", "new": "yes"})
    desk.do("Edda Editor", f"{QUEUE}/responses/25/tag", {"tag": "odd", "new": "yes"})
    desk.do("Edda Editor", f"{QUEUE}/responses/27/tag", {"tag": "odd", "new": "yes"})
    browser.open(f"{QUEUE}/responses/27?tag=odd&order=newest")
    for number in (25, 23):
        press(browser, "j")
        see(browser, f"places-{number:04} ·", "#response")
    assert browser.ask("count", at='#response [rel="next"]') == 0
    assert browser.url().endswith("/responses/23?tag=odd&order=newest")
    press(browser, "g", "q")
    wait_for("the queue", lambda: browser.url().endswith(f"{QUEUE}?tag=odd&order=newest"))
