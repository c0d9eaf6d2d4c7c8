"""From the page to the mailbox and back: Chromium, Postfix, Dovecot, and Gmail's one click."""
import re

import pytest

from e2e.browser import Browser
from e2e.house import DOMAIN, House, text_of, wait_for
from e2e.pages import UPDATE, Visits
from servers.ground import free_ports

BASE = f"https://{DOMAIN}"
BOUNDARY = "----WebKitFormBoundary7MA4YWxkTrZu0gW"


class PagedHouse(Visits, House):
    """Real mail servers, and pages."""


@pytest.fixture(name="house", scope="module")
def a_house():
    port, = free_ports(1)
    settings = f'web: {{ listen = "127.0.0.1:{port}"; }};\n'
    with PagedHouse.opened(settings=settings) as house:
        house.port = port
        for name in ("Ada Officer", "Bea Second"):
            house.ok("staff", "add", name, staff=None)
        house.add_list("cpip", topics="neglect,hearings")
        house.subscribe("cpip", "u001@example.test")
        yield house


@pytest.fixture(name="browser", scope="module")
def a_browser(house):
    with Browser(f"http://127.0.0.1:{house.port}") as browser:
        yield browser.visitor(scripts=False)


def link_in(mail, part):
    """The path of the link in the text of a mail; the HTML has the same."""
    found = re.search(rf"{BASE}(/{part}/\w+)", text_of(mail))
    assert found and found[1] in text_of(mail, "html")
    return found[1]


def publish(house, title):
    number = house.draft(UPDATE.format(name="cpip", title=title, summary="In short"))
    house.send("cpip", number)
    house.wait_until_sent("cpip", number)


def test_join_confirm_read_leave_with_one_click(house, browser):
    ada = "ada@example.test"
    browser.open("/")
    browser.click("text=Child Protection Update")
    browser.click("text=Get it by email")
    browser.fill("#address", ada)
    browser.check("#which-some")
    browser.check("#topic-1")
    assert browser.click("main form button") == 200
    assert "Look in your mailbox" in browser.text("h1")
    asking, = house.wait_for_mail(ada)
    assert house.state_of("cpip", ada) == "pending"

    # The link: a page with a button, which was only looked at.
    browser.open(link_in(asking, "confirm"))
    assert ada in browser.text() and "Hearings" in browser.text()
    assert house.state_of("cpip", ada) == "pending"
    browser.click("main form button")
    assert "You are on the list" in browser.text("h1")
    assert house.state_of("cpip", ada) == "active"
    house.wait_for_mail(ada, count=2)

    publish(house, "The first one")
    update = house.wait_for_mail(ada, lambda mail: "first one" in mail["Subject"])[0]
    assert "Larkspur" in text_of(update) and "Marigold" not in text_of(update)

    # Gmail's button: what the header says, nothing more.
    assert update["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = re.search(rf"<{BASE}(/leave/\w+)>", str(update["List-Unsubscribe"]))[1]
    answer = house.request("POST", link, (
        f"--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\n"
        f"One-Click\r\n--{BOUNDARY}--\r\n"),
        {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"})
    assert answer.status == 200 and "set-cookie" not in answer.headers
    assert answer.headers["content-type"].startswith("text/plain")
    assert house.state_of("cpip", ada) == "unsubscribed"

    publish(house, "The second one")
    house.wait_for_mail("u001@example.test", lambda mail: "second one" in mail["Subject"])
    house.never("a mail to somebody who left", lambda: [
        mail for mail in house.inbox(ada) if "second one" in mail["Subject"]])
    assert not browser.trouble()


def test_own_page_changes_what_comes_and_where_to(house, browser):
    bob, new = "bob@example.test", "dan@example.test"
    house.subscribe("cpip", bob)
    browser.open("/manage")
    browser.fill("#address", bob)
    browser.click("main form button")
    mail = house.wait_for_mail(bob, lambda mail: "/manage/" in text_of(mail))[0]
    own = link_in(mail, "manage")
    browser.open(own)
    browser.ask("run", script="document.querySelectorAll('details').forEach(d => d.open = true)")
    browser.check("input[id^=weekly]")
    browser.click("text=Save how often")
    assert "saved" in browser.text(".done")
    assert house.subscribers("cpip")[bob]["frequency"] == "weekly"

    browser.ask("run", script="document.querySelectorAll('details').forEach(d => d.open = true)")
    browser.fill("#address", new)
    browser.click("text=Change the address")
    for who in (bob, new):
        letter = house.wait_for_mail(who, lambda mail: "/address/" in text_of(mail))[0]
        assert house.state_of("cpip", bob) == "active"
        browser.open(link_in(letter, "address"))
        browser.click("main form button")
    assert "It is done" in browser.text()
    assert bob not in house.subscribers("cpip")
    assert house.subscribers("cpip")[new]["frequency"] == "weekly"

    assert browser.open(own) == 404, "a link to the old address still works"
    house.post("/manage", {"address": new})
    own = link_in(house.wait_for_mail(new, lambda mail: "/manage/" in text_of(mail))[0],
                  "manage")
    held = house.get(own + "/held.json")
    assert held.headers["content-type"].startswith("application/json")
    assert new in held.text

    browser.open(own + "/erase")
    browser.check("#sure")
    assert browser.click("main form button") == 200
    receipt = re.search(r"E-\d+-\w+", browser.text())[0]
    house.wait_for_mail(new, lambda mail: receipt in text_of(mail))
    assert browser.open(own) == 404
    wait_for("the address to be forgotten", lambda: not house.query(
        "SELECT 1 FROM notification WHERE recipient = ?1 AND kind <> 'erased' UNION"
        " SELECT 1 FROM person WHERE address = ?1", new))


def test_letters_and_pages_speak_the_language_that_was_chosen(house, browser):
    cat = "cat@example.test"
    browser.open("/lists/cpip/join")
    browser.fill("#address", cat)
    browser.ask("choose", at="#language", value="gd")
    browser.click("main form button")
    mail, = house.wait_for_mail(cat)
    assert 'lang="gd"' in text_of(mail, "html")
    browser.open(link_in(mail, "confirm"))
    assert browser.ask("attribute", at="html", name="lang") == "gd"
    browser.click("main form button")
    assert house.state_of("cpip", cat) == "active"
