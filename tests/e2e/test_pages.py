"""Each page of the public as a visitor meets it: in Chromium, wide and narrow, light and
dark; what axe-core says of it (WCAG 2.2 AA), and whether its HTML is valid."""
import hashlib
import xml.etree.ElementTree
import zlib

import feedparser
import pytest

from e2e.browser import Browser, is_valid, look_over
from e2e.house import wait_for
from e2e.pages import BASE, Site

# Anybody may open these.
PLACES = ["/", "/lists/cpip", "/lists/cpip?before=2", "/lists/cpip/1", "/lists/cpip/2",
          "/lists/group", "/lists/cpip/join", "/lists/group/join", "/consultations",
          "/consultations/places", "/consultations/cruelty", "/manage", "/manage/asked", "/leave", "/privacy",
          "/accessibility", "/confirm/nosuchtoken", "/leave/nosuchtoken",
          "/manage/nosuchtoken", "/address/nosuchtoken", "/nosuchpage"]


@pytest.fixture(name="site", scope="module")
def a_site():
    with Site.opened() as site:
        yield site.furnish()


@pytest.fixture(name="browser", scope="module")
def a_browser(site):
    with Browser(site.origin) as browser:
        yield browser.visitor()


@pytest.fixture(name="links", scope="module")
def some_links(site):
    """What mails to people hold, in each state that a page can show."""
    found = {"used": site.confirmed("cpip", "ada@example.test")}
    site.post("/lists/cpip/join", {"address": "bob@example.test", "which": "some",
                                   "topic-1": "yes", "frequency": "weekly"})
    found["confirm"] = site.wait_for_link("bob@example.test", "confirm")
    found["leave"] = site.wait_for_link("ada@example.test", "leave")
    site.post("/manage", {"address": "ada@example.test"})
    found["manage"] = site.wait_for_link("ada@example.test", "manage")
    site.confirmed("cpip", "cat@example.test")
    found["left"] = site.wait_for_link("cat@example.test", "leave")
    site.post(found["left"], {"List-Unsubscribe": "One-Click"})
    site.post(found["manage"] + "/address", {"address": "ada.new@example.test"})
    found["move-old"] = site.wait_for_link("ada@example.test", "address")
    found["move-new"] = site.wait_for_link("ada.new@example.test", "address")
    return found


def test_pages_meet_wcag_2_2_aa_and_fit_a_phone(site, browser):
    wrong = []
    for place in PLACES:
        browser.open(place)
        wrong += look_over(browser, place)
        wrong += is_valid(browser, place, site.get(place).text)
    assert not wrong, "\n".join(wrong)


def test_pages_behind_links_do_so_too(site, browser, links):
    wrong = []
    places = [*links.values(), links["manage"] + "/held", links["manage"] + "/erase",
              links["manage"] + "?done=topics"]
    for place in places:
        assert browser.open(place) == 200, place
        wrong += look_over(browser, place)
        wrong += is_valid(browser, place, site.get(place).text)
    browser.open(links["manage"])
    browser.ask("run", script="document.querySelectorAll('details').forEach(d => d.open = true)")
    wrong += look_over(browser, "manage with all of it open")
    assert not wrong, "\n".join(wrong)


def test_pages_in_the_other_language_are_as_good(site, browser, links):
    wrong = []
    for place in ("/", "/lists/cpip/join", "/lists/cpip/1", links["manage"], links["confirm"]):
        browser.open(place + "?lang=gd")
        assert browser.ask("attribute", at="html", name="lang") == "gd"
        wrong += look_over(browser, place + "?lang=gd")
        wrong += is_valid(browser, place, site.get(place + "?lang=gd").text)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("form, fill, button, field", [
    ("/lists/cpip/join", {}, "main form button", "address"),
    ("/lists/cpip/join", {"#address": "ada at example"}, "main form button", "address"),
    ("/manage", {"#address": "ada@"}, "main form button", "address"),
], ids=["empty", "no address", "manage"])
def test_mistakes_are_said_in_a_summary_that_takes_the_focus(browser, form, fill, button,
                                                            field):
    browser.open(form)
    for at, value in fill.items():
        browser.fill(at, value)
    assert browser.click(button) == 400
    assert browser.title().startswith("Error: ")
    # It is given after the page has loaded, at the next frame.
    wait_for("the summary to take the focus", lambda: browser.ask("focus") == "errors", 10)
    assert browser.ask("attribute", at="#errors a", name="href") == f"#{field}"
    said = browser.text("#errors a")
    assert said in browser.text(f"#{field}-error")
    assert browser.ask("attribute", at=f"#{field}", name="aria-invalid") == "true"
    for value in fill.values():
        assert browser.ask("run", script="document.querySelector('#address').value") == value
    assert not look_over(browser, form)


def test_mistakes_on_the_own_page_open_the_field_that_they_are_about(browser, links):
    for summary, button, field in (("Topics", "Save these topics", "topics-"),
                                   ("Pause", "Pause these emails", "until-"),
                                   ("Address", "Change the address", "address")):
        browser.open(links["manage"])
        browser.ask("run", script="document.querySelectorAll('details').forEach(d => d.open = true)")
        if summary == "Topics":
            browser.ask("run", script="document.querySelector('[id^=which-some]').checked = true")
        if summary == "Pause":
            browser.ask("run", script="document.querySelector('input[id^=until-]').value = '2001-01-01'")
        assert browser.click(f"text={button}") == 400, summary
        assert browser.title().startswith("Error: ")
        target = browser.ask("attribute", at="#errors a", name="href")
        assert target.startswith(f"#{field}")
        assert browser.ask("count", at=f"{target}:visible") == 1, summary
        assert not look_over(browser, summary)


def test_erasing_asks_first(browser, links):
    browser.open(links["manage"] + "/erase")
    assert browser.click("main form button") == 400
    # It is given after the page has loaded, at the next frame.
    wait_for("the summary to take the focus", lambda: browser.ask("focus") == "errors", 10)
    assert not look_over(browser, "erase")


def test_pages_work_without_scripts_and_never_have_one(site, browser, links):
    for place in [*PLACES, *links.values()]:
        html = site.get(place).text
        assert "<script" not in html and " on" + "click=" not in html, place
        assert "style=" not in html, place


def test_headers_keep_what_is_private(site, links):
    for place in [*PLACES, *links.values()]:
        answer = site.get(place)
        policy = answer.headers["content-security-policy"]
        assert "unsafe" not in policy and "default-src 'none'" in policy, place
        assert "frame-ancestors 'none'" in policy and "set-cookie" not in answer.headers
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["x-content-type-options"] == "nosniff"
    for place in links.values():
        assert site.get(place).headers["cache-control"] == "no-store"


def test_feed_is_valid_atom(site):
    answer = site.get("/lists/cpip/feed.xml")
    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    xml.etree.ElementTree.fromstring(answer.body)
    feed = feedparser.parse(answer.body)
    assert not feed.bozo and feed.version == "atom10"
    assert feed.feed.id == feed.feed.link == f"{BASE}/lists/cpip"
    assert feed.feed.title == "Child Protection Update"
    assert feed.feed.author == "Child Protection Policy Team"
    assert [entry.id for entry in feed.entries] == [
        f"{BASE}/lists/cpip/2", f"{BASE}/lists/cpip/1"]
    for entry in feed.entries:
        assert entry.updated_parsed and entry.title and entry.link and entry.summary
    assert feed.feed.updated == feed.entries[0].updated
    empty = feedparser.parse(site.get("/lists/group/feed.xml").body)
    assert not empty.bozo and not empty.entries and empty.feed.updated_parsed


def test_archive_goes_back_page_by_page(site, browser):
    site.add_list("long", "Long series", topics="neglect,hearings")
    site.subscribe("long", "reader@example.test")
    for number in range(1, 4):
        site.publish("long", f"Number {number}")
    site.change("INSERT INTO bulletin (list_id, number, title, source, content_hash, state,"
                " created_by, created_at, changed_by, changed_at, started_at, finished_at,"
                " filled) WITH RECURSIVE n(i) AS (SELECT 4 UNION ALL SELECT i + 1 FROM n"
                " WHERE i < 45) SELECT list_id, i, 'Number ' || i, source, content_hash,"
                " 'sent', created_by, created_at, changed_by, changed_at, started_at + i,"
                " finished_at + i, 1 FROM bulletin, n WHERE title = 'Number 1'")
    seen = []
    browser.open("/lists/long")
    for _ in range(3):
        seen += browser.ask("run", script="[...document.querySelectorAll('main ol h3')]"
                            ".map(h => h.innerText)")
        if browser.ask("count", at="a[rel=next]"):
            browser.click("a[rel=next]")
    assert [int(text.split()[1].rstrip(":")) for text in seen] == list(range(45, 0, -1))


def test_update_can_be_linked_to_by_section_and_printed(site, browser):
    html = site.get("/lists/cpip/2").text
    assert '<meta property="og:title" content="What young people told us about safe places">' \
        in html
    assert '<meta name="description" content="What we did in autumn">' in html
    assert f'<link rel="canonical" href="{BASE}/lists/cpip/2">' in html
    browser.open("/lists/cpip/2")
    anchors = browser.ask("run", script="[...document.querySelectorAll('.contents a')]"
                          ".map(a => a.getAttribute('href'))")
    assert len(anchors) == 3
    for anchor in anchors:
        assert browser.ask("count", at=f"h2{anchor}") == 1
    browser.visitor(media="print")
    browser.open("/lists/cpip/2")
    assert browser.ask("count", at="nav:visible") == 0
    assert browser.ask("count", at="h2:visible") == 3
    browser.visitor()


def test_what_is_not_published_is_nowhere(site):
    number = site.draft("---\nlist: cpip\ntitle: A secret draft\n---\n\nNot yet said.\n")
    for place in ("/", "/lists/cpip", "/lists/cpip/feed.xml"):
        assert "secret draft" not in site.get(place).text
    assert site.get(f"/lists/cpip/{number}").status == 404
    site.ok("consultation", "add", site.write("draft.md", (
        "---\nname: drafty\ntitle: A secret question\naddress: drafty@updates.example.test\n"
        "opens: 2098-01-01\ncloses: 2099-01-01\n---\n\nHm.\n\n1. Well?\n")))
    assert "secret question" not in site.get("/consultations").text
    assert site.get("/consultations/drafty").status == 404


def tiny_png():
    """One red pixel."""
    def chunk(kind, content):
        return (len(content).to_bytes(4, "big") + kind + content
                + zlib.crc32(kind + content).to_bytes(4, "big"))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", bytes([0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0]))
            + chunk(b"IDAT", zlib.compress(b"\0\xff\0\0")) + chunk(b"IEND", b""))


def test_pictures_of_published_updates_are_served_and_no_others(site):
    png = tiny_png()
    name = hashlib.sha256(png).hexdigest()
    site.change("INSERT INTO bulletin_image (bulletin_id, name, type, width, height, size, hash,"
                " bytes, staff_id, at) SELECT id, 'dot.png', 'image/png', 1, 1, ?1, ?2, ?3, 1, 1"
                " FROM bulletin WHERE state = 'draft' LIMIT 1", len(png), name, png)
    assert site.get(f"/image/{name}.png").status == 404, "that of a draft"
    site.change("UPDATE bulletin_image SET bulletin_id = (SELECT id FROM bulletin WHERE"
                " title = 'Winter and what it brings')")
    answer = site.get(f"/image/{name}.png")
    assert answer.status == 200 and answer.body == png
    assert answer.headers["content-type"] == "image/png"
    assert "immutable" in answer.headers["cache-control"]
    assert site.get("/image/" + "0" * 64 + ".png").status == 404
