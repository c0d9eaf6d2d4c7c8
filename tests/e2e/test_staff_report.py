"""How a bulletin went, beside those before it: as a page, as CSV, and what to say of it elsewhere."""
import csv
import io

import pytest

from e2e.browser import is_valid, look_over
from e2e.house import DOMAIN
from e2e.staff import StaffSite, see, words_of

EDDA, ABE = "Edda Editor", "Abe Approver"
PATH = "/staff/lists/news/bulletins"
TEXT = """---
list: {name}
title: Rooms {number}
summary: What we heard
---

Good morning.
"""


def sends(desk, name, number):
    path = desk.write("report.md", TEXT.format(name=name, number=number))
    desk.ok("bulletin", "draft", path, staff=EDDA)
    desk.ok("bulletin", "approve", name, str(number), staff=ABE)
    desk.ok("bulletin", "send", name, str(number), staff=ABE)
    desk.wait_until_sent(name, number)


@pytest.fixture(name="desk", scope="module")
def a_desk():
    with StaffSite.opened() as desk:
        desk.add_list("news", "Improvement update", topics="neglect, hearings")
        desk.add_list("quiet", "Papers of a group", topics="papers", closed=True)
        desk.subscribe("quiet", "reader1@example.test")
        desk.hire_all()
        for number in range(1, 6):
            desk.subscribe("news", f"reader{number}@example.test")
            sends(desk, "news", number)
        sends(desk, "quiet", 1)
        yield desk


def test_the_last_three_stand_beside_it_with_their_rates(desk):
    table = list(csv.reader(io.StringIO(desk.see(EDDA, f"{PATH}/5/report/export").text.lstrip("\ufeff"))))
    assert table[0][0] == "Improvement update"
    assert [cell.split(",")[0] for cell in table[0][1::2]] == ["No. 5", "No. 4", "No. 3", "No. 2"]
    rows = {row[0]: row[1:] for row in table[1:]}
    assert rows["Sent"] == ["5", "100.0", "4", "100.0", "3", "100.0", "2", "100.0"]
    assert rows["Subscribers it was approved for"][::2] == ["5", "4", "3", "2"]
    with desk.window(EDDA, f"{PATH}/5/report") as browser:
        said = words_of(browser)
        assert "5 of 5 sent" in said and "No. 5 (this one)" in said and "No. 2" in said
        assert "No. 1" not in said
        assert "Sent 5 (100.0 %) 4 (100.0 %) 3 (100.0 %) 2 (100.0 %)" in said, said
        assert not look_over(browser, "a report")
        assert not is_valid(browser, "a report", desk.see(EDDA, f"{PATH}/5/report").text)


def test_a_first_bulletin_has_nothing_beside_it(desk):
    page = desk.see(EDDA, f"{PATH}/1/report").text
    assert "beside those before it" not in page and "No. 1 (this one)" in page


def test_what_to_share_is_ready_to_copy_and_private_lists_have_nothing(desk):
    with desk.window(EDDA, f"{PATH}/4/report") as browser:
        text = browser.ask("run", script="document.getElementById('share-text').value")
        assert text == f"Rooms 4: What we heard https://{DOMAIN}/lists/news/4" or \
            text.endswith("/lists/news/4"), text
        browser.ask("run", script="document.querySelector('[data-copy]').click()")
        see(browser, "Copied.")
        assert browser.trouble() == []
        browser.visitor(width=1280, scripts=False)
        desk.sign_in(browser, EDDA, f"{PATH}/4/report")
        assert "Copy the text" not in words_of(browser)
    assert "share-text" not in desk.see(EDDA, "/staff/lists/quiet/bulletins/1/report").text


def test_the_search_finds_bulletins_and_subscribers(desk):
    desk.hire("Pia Papers", "editor", "--list", "quiet")
    with desk.window(EDDA) as browser:
        browser.fill("header input[type=search]", "good rooms")
        browser.ask("run", script="document.querySelector('header .search').requestSubmit()")
        see(browser, "Improvement update, bulletin 5: Rooms 5")
        assert "What helps, where nothing is found" not in words_of(browser)
        assert not look_over(browser, "the search")
        assert not is_valid(browser, "the search", desk.see(EDDA, "/staff/search?q=rooms").text)
        browser.click("main a:text-is('Improvement update, bulletin 3: Rooms 3')")
        assert browser.url().endswith(f"{PATH}/3")
        browser.open("/staff/search?q=reader2@")
        browser.click("main a:text-is('reader2@example.test')")
        assert "/staff/subscribers/" in browser.url()
    # Of lists that are not hers she finds nothing.
    page = desk.see("Pia Papers", "/staff/search?q=rooms").text
    assert "Papers of a group, bulletin 1" in page and "Improvement update" not in page
    page = desk.see("Pia Papers", "/staff/search?q=reader2").text
    assert "reader2@example.test" not in page
    for words in ("-", '"', "*", "%25", "'", "a b c d e f", "-church"):
        assert desk.see(EDDA, f"/staff/search?q={words.replace(' ', '+')}").status == 200, words


def test_who_may_not_see_the_list_gets_no_figures(desk):
    for place in ("report", "report/export"):
        assert desk.see("Nona Nothing", f"{PATH}/5/{place}").status in (403, 404)
    assert desk.see(EDDA, f"{PATH}/99/report/export").status == 404
