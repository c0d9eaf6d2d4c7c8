"""What a subscriber chose is what they get, and what they read of it is true."""
import re

import pytest

from e2e.browser import SOURCE, Browser, is_valid, look_over
from e2e.house import text_of, wait_for
from e2e.pages import BASE, Site, settle


@pytest.fixture(name="site", scope="module")
def a_site():
    with Site.opened() as site:
        yield site.furnish()


@pytest.fixture(name="browser", scope="module")
def a_browser(site):
    with Browser(site.origin) as browser:
        yield browser.visitor()


def own_page(site, address):
    site.post("/manage", {"address": address})
    return site.wait_for_link(address, "manage")


def is_checked(browser, at):
    return browser.ask("run", script=f"document.querySelector('{at}').checked")


def set_of(site, address):
    return site.query("SELECT s.topics, s.all_topics, s.frequency, s.state FROM subscription s"
                      f" JOIN person p ON p.id = s.person_id WHERE p.address = '{address}'")[0]


def open_all(browser):
    browser.ask("run", script="document.querySelectorAll('details').forEach(d => d.open = true)")


def test_ticked_topics_are_never_thrown_away(site, browser):
    browser.open("/lists/cpip/join")
    browser.fill("#address", "amy@example.test")
    assert not browser.ask("count", at=".both:visible")
    browser.check("#topic-1")
    assert browser.ask("count", at=".both:visible") == 1, "it is said before anything is sent"
    assert browser.click("main form button") == 400
    assert browser.title().startswith("Error: ")
    assert browser.ask("attribute", at="#errors a", name="href") == "#topics"
    assert "choose one of the two" in browser.text("#topics .error")
    assert is_checked(browser, "#topic-1") and not is_checked(browser, "#topic-0")
    assert not look_over(browser, "both")
    assert browser.click("main form button") == 200
    link = site.wait_for_link("amy@example.test", "confirm")
    assert site.post(link).status == 200
    assert set_of(site, "amy@example.test") == (2, 0, "each", "active")


def test_nor_are_they_on_the_own_page(site, browser):
    site.confirmed("cpip", "ben@example.test")
    own = own_page(site, "ben@example.test")
    browser.open(own)
    open_all(browser)
    browser.check("[id^=topic-0]")
    browser.check("[id^=topic-2]")
    assert browser.click("text=Save these topics") == 400
    assert "choose one of the two" in browser.text("fieldset .error")
    assert [is_checked(browser, f"[id^=topic-{n}]") for n in range(3)] == [True, False, True]
    assert set_of(site, "ben@example.test")[:2] == (0, 1)
    assert not look_over(browser, "both on the own page")
    assert browser.click("text=Save these topics") == 200
    assert set_of(site, "ben@example.test")[:2] == (5, 0)


def test_boxes_alone_mean_some(site):
    """A form that somebody else wrote need not have our radio buttons."""
    site.confirmed("cpip", "eve@example.test", **{"topic-0": "yes"})
    assert set_of(site, "eve@example.test")[:2] == (1, 0)


def test_address_is_repeated_and_can_be_corrected(site, browser):
    browser.open("/lists/cpip/join")
    browser.fill("#address", "cat@exmaple.test")
    browser.check("#which-some")
    browser.check("#topic-2")
    browser.check("#weekly")
    assert browser.click("main form button") == 200
    assert browser.text(".address") == "cat@exmaple.test"
    assert "cat@" not in browser.ask("run", script="location.href")
    assert not look_over(browser, "asked")
    assert not is_valid(browser, "asked", browser.ask("html"))
    assert browser.click("text=Correct the address") == 200
    assert browser.ask("run", script="document.querySelector('#address').value") == "cat@exmaple.test"
    assert is_checked(browser, "#topic-2") and is_checked(browser, "#weekly")
    browser.fill("#address", "cat@example.test")
    assert browser.click("main form button") == 200
    assert site.post(site.wait_for_link("cat@example.test", "confirm")).status == 200
    assert set_of(site, "cat@example.test") == (4, 0, "weekly", "active")
    settle(site)
    assert len(site.mails("cat@exmaple.test")) == 1, "correcting asks nobody"


def test_second_request_of_a_day_does_not_say_that_an_email_was_sent(site):
    for _ in range(2):
        said = site.post("/lists/cpip/join", {"address": "dee@example.test"}).text
        assert "unless we did so today" in said and "have sent" not in said
    settle(site)
    assert len(site.mails("dee@example.test")) == 1


def test_confirmation_lists_what_was_chosen_and_has_its_button_first(site):
    site.post("/lists/cpip/join", {"address": "fay@example.test", "which": "some",
                                   "topic-0": "yes", "topic-2": "yes", "frequency": "monthly"})
    site.wait_for_link("fay@example.test", "confirm")
    mail, = site.mails("fay@example.test")
    for kind in ("plain", "html"):
        said = " ".join(re.sub(r"<[^>]+>", " ", text_of(mail, kind)).split())
        assert "Topics: Neglect, Data" in said, said
        assert "How often: once a month" in said
        text = text_of(mail, kind)
        assert text.index("/confirm/") < text.index("answer this email")
    site.post("/lists/cpip/join", {"address": "gus@example.test"})
    site.wait_for_link("gus@example.test", "confirm")
    said = text_of(site.mails("gus@example.test")[0])
    assert "Topics: all, new ones too" in said and "How often: each bulletin" in said


def test_welcome_leads_to_the_own_page(site, browser):
    site.confirmed("cpip", "hew@example.test")
    own = site.wait_for_link("hew@example.test", "manage")
    assert browser.open(own) == 200
    assert "hew@example.test" in browser.text("h1")
    welcome = [mail for mail in site.mails("hew@example.test") if "/manage/" in text_of(mail)]
    assert len(welcome) == 1 and "You are on the list" in welcome[0]["Subject"]
    assert "The link works until" in text_of(welcome[0])


def test_who_asks_again_gets_an_email_with_a_way_out(site):
    site.confirmed("cpip", "ida@example.test")
    site.post("/lists/cpip/join", {"address": "ida@example.test"})
    mail = wait_for("the mail", lambda: [
        mail for mail in site.mails("ida@example.test") if "already" in mail["Subject"]])[0]
    assert "/leave/" in str(mail["List-Unsubscribe"]) and "/leave/" in text_of(mail)
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def leaves(site, browser, address, reason=None, words=None):
    link = site.wait_for_link(address, "leave")
    browser.open(link)
    if reason:
        browser.check(f"#{reason}")
    if words:
        browser.fill("#words", words)
    assert browser.click("main form button") == 200
    assert site.state_of("cpip", address) == "unsubscribed"
    return link


def test_leaving_is_taken_back_with_one_click_and_topics_are_kept(site, browser):
    site.confirmed("cpip", "kim@example.test", which="some", frequency="weekly",
                   **{"topic-2": "yes"})
    link = leaves(site, browser, "kim@example.test", "too-many", "Every week is a lot")
    assert not look_over(browser, "left") and not is_valid(browser, "left", browser.ask("html"))
    assert site.query("SELECT v.reason, e.basis FROM leaving v JOIN evidence e"
                      " ON e.id = v.evidence_id") == [("too many", "Every week is a lot")]
    assert browser.click("text=Subscribe again") == 200
    assert "You are on the list again" in browser.text("h1")
    assert not look_over(browser, "back") and not is_valid(browser, "back", browser.ask("html"))
    assert set_of(site, "kim@example.test") == (4, 0, "weekly", "active")
    assert site.query("SELECT count(*) FROM leaving") == [(0,)], "it counts no more"
    # A day later the same page leads to the form.
    leaves(site, browser, "kim@example.test")
    site.change("DROP TRIGGER evidence_stays")
    site.change("UPDATE evidence SET at = at - 86401 WHERE event = 'unsubscribed'")
    browser.open(link)
    assert "Subscribe again" not in browser.text() and "Join again" in browser.text()
    assert site.post(link + "/undo").status == 200
    assert site.state_of("cpip", "kim@example.test") == "unsubscribed"


def test_who_left_comes_back_on_their_own_page(site, browser):
    site.confirmed("cpip", "lee@example.test", which="some", **{"topic-0": "yes"})
    leaves(site, browser, "lee@example.test")
    own = site.wait_for_link("lee@example.test", "manage")
    browser.open(own)
    open_all(browser)
    assert "We keep your address" in browser.text(".given"), "what they agree to is beside it"
    assert browser.click("text=Subscribe again") == 200
    assert "come again" in browser.text(".done")
    assert set_of(site, "lee@example.test") == (1, 0, "each", "active")
    assert not look_over(browser, "returned")


def test_report_says_why_people_left(site, browser):
    leavers = (("may", "never-asked"), ("ned", "never-asked"), ("oli", "role-changed"),
               ("pam", None))
    for name, _ in leavers:
        site.confirmed("cpip", f"{name}@example.test")
    number = site.publish("cpip", "Why people go")
    for name, reason in leavers:
        leaves(site, browser, f"{name}@example.test", reason)
    said = site.ok("bulletin", "report", "cpip", str(number)).out
    assert "left after it: 4" in said
    assert "2 left, and said: they did not ask for it" in said
    assert "1 left, and said: their work has changed" in said
    told = site.json("bulletin", "report", "cpip", str(number))
    assert told["left_because"] == [{"reason": "never asked", "count": 2},
                                    {"reason": "role changed", "count": 1}]


# How the store calls it: the part of the page, the table and the column.
WORDED = (("subscriptions_state", "subscription", "state"),
          ("subscriptions_frequency", "subscription", "frequency"),
          ("evidence_event", "evidence", "event"), ("evidence_how", "evidence", "how"),
          ("deliveries_state", "delivery", "state"), ("letters_state", "notification", "state"),
          ("replies_state", "response", "state"), ("moves_state", "move", "state"),
          ("moves_how", "move", "how"), ("leaving", "leaving", "reason"),
          ("bounce", "bounce", "reason"))


def words_of(site, table, column):
    (schema,), = site.query(f"SELECT sql FROM sqlite_master WHERE name = '{table}'")
    check = re.search(rf"\b{column} TEXT[^,]*?CHECK \((?:{column} IN \(([^)]*)\)|([^)]*)\))", schema)
    words = re.findall(r"'([^']+)'", check[1] or check[2])
    assert len(words) > 1
    return words


def test_page_of_ones_own_has_a_sentence_for_each_state(site):
    with open(f"{SOURCE}/templates/web/manage.html", encoding="utf-8") as file:
        said = file.read()
    assert not [word for word in words_of(site, "subscription", "state")
                if f"{{{{#is_{word}}}}}" not in said]


@pytest.mark.parametrize("of, table, column", WORDED)
def test_every_word_of_the_store_is_said_in_words_for_people(site, of, table, column):
    words = words_of(site, table, column)
    with open(f"{SOURCE}/templates/web/held-word.html", encoding="utf-8") as file:
        said = file.read()
    missing = [word for word in words
               if f"{{{{#is_{of}_{re.sub('[ -]', '_', word)}}}}}" not in said]
    assert not missing


def test_what_we_hold_is_said_in_words(site, browser):
    site.confirmed("cpip", "ron@example.test", which="some", frequency="weekly",
                   **{"topic-0": "yes", "topic-2": "yes"})
    own = site.wait_for_link("ron@example.test", "manage")
    browser.open(own)
    subscription = browser.ask("attribute", at="[name=subscription]", name="value")
    site.post(own + "/topics", {"subscription": subscription, "which": "some", "topic-1": "yes"})
    site.post(own + "/frequency", {"subscription": subscription, "frequency": "each"})
    assert browser.open(own + "/held") == 200
    said = browser.text()
    assert not re.search(r"\b\w+_\w+\b|\bcpip\b|consent;|\bactive\b|\beach\n", said), said
    cells = browser.ask("run", script="[...document.querySelectorAll('dd')].map(d => d.innerText)")
    assert "" not in cells and "Active" in cells and "Each bulletin" in cells
    assert "Child Protection Update" in cells and "English" in cells
    headings = browser.ask("run", script="[...document.querySelectorAll('dt, h2')].map(d => d.innerText)")
    assert "" not in headings
    agreed, = [cell for cell in cells if "You agreed to it" in cell]
    assert "one email a week" in agreed and "topics: Neglect, Data" in agreed
    assert "topics: Hearings" in cells
    assert re.search(r"\w+day \d+ \w+ \d{4}, \d\d:\d\d [A-Z]{3}", said)
    assert not look_over(browser, "held") and not is_valid(browser, "held", browser.ask("html"))
    assert browser.open(own + "/held?lang=gd") == 200
    said = browser.text()
    assert "Gnìomhach" in said and "Active" not in said
    held = site.get(own + "/held.json").text
    assert '"topics":' in held and '"list":' in held, "the file is as it was"


def test_change_of_address_that_waits_is_shown_and_can_be_cancelled(site, browser):
    site.confirmed("cpip", "sue@example.test")
    own = site.wait_for_link("sue@example.test", "manage")
    site.post(own + "/address", {"address": "sue.new@example.test"})
    to_new = site.wait_for_link("sue.new@example.test", "address")
    for place in (own, own + "/held"):
        browser.open(place)
        assert "You asked us to write to sue.new@example.test" in browser.text(".panel")
        assert not look_over(browser, place)
    browser.open(to_new)
    assert "Old" not in browser.text("dl"), "the owner of the new one need not know the old"
    assert browser.click("main form button") == 200
    browser.open(own)
    assert "the email to your present address" in browser.text(".panel")
    assert browser.click("text=Keep sue@example.test") == 200
    assert "stays as it is" in browser.text(".done")
    assert "sue.new" not in browser.text()
    assert browser.open(site.wait_for_link("sue@example.test", "address")) == 404


def test_pause_says_until_when_and_that_nothing_comes_before(site, browser):
    site.confirmed("cpip", "tom@example.test", frequency="weekly")
    own = site.wait_for_link("tom@example.test", "manage")
    browser.open(own)
    assert re.search(r"one email a week \(the next one on \w+day", browser.text())
    open_all(browser)
    browser.ask("run", script="document.querySelector('input[id^=until-]').value = '2099-04-01'")
    assert browser.click("text=Pause these emails") == 200
    said = browser.text()
    assert "nothing comes before Wednesday 1 April 2099" in said
    assert "the next one on" not in said


def test_bulletins_are_numbered_in_one_way(site, browser):
    for place in ("/", "/lists/cpip", "/lists/cpip/1", "/lists/cpip/feed.xml"):
        assert re.search(r"No\. \d", site.get(place).text), place
        assert not re.search(r"No \d|Update #\d|[^&\w]#\d", site.get(place).text), place
    site.confirmed("cpip", "una@example.test")
    number = site.publish("cpip", "How we number")
    mail = wait_for("the bulletin", lambda: [
        mail for mail in site.mails("una@example.test") if "How we number" in mail["Subject"]])[0]
    assert f"No. {number}" in mail["Subject"]
    for kind in ("plain", "html"):
        assert f"No. {number}" in text_of(mail, kind)
        assert not re.search(r"No \d|Update #\d", text_of(mail, kind))
    browser.open("/lists/cpip/2")
    assert "Previous: No. 1" in browser.text(".pages") and "Next: No. 3" in browser.text(".pages")


def test_numbers_of_the_contents_stand_on_the_line_of_their_words(browser):
    """A marker is drawn on the line of the item: the item is as high as its one line."""
    browser.open("/lists/cpip/1")
    assert browser.ask("run", script="""[...document.querySelectorAll('.contents li')].every(li => {
        const a = li.querySelector('a'), of = getComputedStyle(li);
        return getComputedStyle(a).display === 'inline' && li.getBoundingClientRect().height
            - parseFloat(of.paddingTop) - parseFloat(of.paddingBottom)
            <= 1.1 * parseFloat(of.lineHeight); })""")


def test_consultation_begins_with_how_to_respond(site, browser):
    browser.open("/consultations/places")
    said = browser.text()
    assert said.index("Respond by email") < said.index("What makes a place")
    assert browser.ask("attribute", at="main a.button", name="href").startswith("mailto:places")
    assert "Respond by email" not in site.get("/consultations/cruelty").text
    assert not look_over(browser, "consultation")


@pytest.mark.parametrize("path", ["/lists/nope", "/lists/nope/join", "/lists/nope/1", "/lists/cpip/99",
                                  "/lists/cpip/x", "/consultations/nope", "/nope"])
def test_what_is_not_there_is_said_in_the_readers_words(site, path):
    for language, word in (("en", "There is no"), ("gd", "Chan eil")):
        answer = site.get(path, Accept_Language=language)
        assert answer.status == 404
        sentence = re.search(r"<h1>.+?</h1>\s*<p>(.+?)</p>", answer.text, re.S)[1]
        assert word in sentence and "nope" not in sentence and "mercat" not in sentence
        assert "<header" in answer.text and "<footer" in answer.text


def test_spaces_in_emails_are_of_tables_and_a_bulletin_can_be_read_online(site):
    """Outlook's Word engine takes no padding from a div or a paragraph."""
    site.confirmed("cpip", "val@example.test")
    number = site.publish("cpip", "Read me online", summary="The gist of it")
    mail = wait_for("the bulletin", lambda: [
        mail for mail in site.mails("val@example.test") if "online" in mail["Subject"]])[0]
    for one in site.mails("val@example.test"):
        html = text_of(one, "html")
        assert not re.search(r"<(?:div|p)\b[^>]*style=\"[^\"]*padding", html), one["Subject"]
    assert f"View online: {BASE}/lists/cpip/{number} " in text_of(mail)
    html = text_of(mail, "html")
    body = html[html.index("<body"):]
    assert body.index("mso-hide:all\">The gist of it") < body.index("<table role"), "the preheader"
    assert re.search(rf'<a href="[^"]*/lists/cpip/{number}"[^>]*>View online</a>', html)
