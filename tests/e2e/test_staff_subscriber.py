"""All that subscribers may do themselves, done for them by the staff at their request."""
import re

import pytest

from e2e.browser import is_valid, look_over
from e2e.staff import StaffSite, words_of

EDDA, DOT, PIA = "Edda Editor", "Dot Protection", "Pia Papers"
HOW = "by telephone on 3 March"


@pytest.fixture(name="desk", scope="module")
def a_desk():
    with StaffSite.opened() as desk:
        desk.add_list("news", "Improvement update", topics="neglect, hearings")
        desk.add_list("papers", "Papers of a group", topics="papers", closed=True)
        for number in range(1, 6):
            desk.subscribe("news", f"reader{number}@example.test")
        desk.subscribe("papers", "reader5@example.test")
        desk.hire_all()
        desk.hire(PIA, "editor", "--list", "papers")
        yield desk


def path_of(desk, number):
    person, = desk.query(f"SELECT id FROM person WHERE address = 'reader{number}@example.test'")
    return f"/staff/subscribers/{person[0]}"


def test_every_link_of_the_subscribers_page_leads_somewhere(desk):
    page = desk.see(EDDA, "/staff/subscribers").text
    links = re.findall(r'<a[^>]* href="(/[^"]*)"', page.split("<main")[1])
    assert "/staff/lists/news/import" in links
    for link in links:
        assert desk.see(EDDA, link.replace("&amp;", "&")).status == 200, link


def test_name_frequency_and_pause_are_changed_with_how_they_asked(desk):
    with desk.window(EDDA, path_of(desk, 1)) as browser:
        assert not look_over(browser, "a subscriber")
        assert not is_valid(browser, "a subscriber", desk.see(EDDA, path_of(desk, 1)).text)
        for fill, button, said in (
                (("#name", "Rita Reader"), "Change the name", "The name is changed."),
                (None, "Change how often", "How often it comes is changed."),
                (("#until", "2099-04-01"), "Pause", "Paused: nothing of the list goes"),
                (None, "End the pause", "They get the list again.")):
            browser.fill("#asked", HOW)
            if fill:
                browser.fill(*fill)
            if button == "Change how often":
                browser.ask("choose", at="#frequency", value="weekly")
            browser.click(f"button:text-is('{button}')")
            assert said in words_of(browser), words_of(browser)
        told = words_of(browser)
        assert "Rita Reader" in told and "How often: one email a week." in told
        assert told.count(f"they asked: {HOW}") == 4, told
    assert desk.query("SELECT state, frequency FROM subscription s JOIN person p ON p.id = "
                      "s.person_id WHERE p.address = 'reader1@example.test'") == [
                          ("active", "weekly")]
    assert desk.query("SELECT DISTINCT st.name FROM evidence e JOIN staff st ON st.id = e.staff_id "
                      f"WHERE e.basis LIKE '%{HOW}%'") == [(EDDA,)]


def test_without_how_they_asked_nothing_changes_and_what_was_typed_stays(desk):
    with desk.window(EDDA, path_of(desk, 2), scripts=False) as browser:
        browser.fill("#name", "Typed Before")
        browser.fill("#new_address", "new@example.test")
        browser.click("button:text-is('Change the name')")
        assert "Say how they asked for it" in words_of(browser)
        assert browser.ask("attribute", at="#name", name="value") == "Typed Before"
        assert browser.ask("attribute", at="#new_address", name="value") == "new@example.test"
        browser.fill("#asked", HOW)
        browser.fill("#new_address", "no address")
        browser.click("button:text-is('Ask both addresses')")
        assert "no address" in words_of(browser)
        assert browser.title().startswith("Error: ")


def test_a_new_address_is_confirmed_by_both_and_found_by_the_old_one(desk):
    answer = desk.do(EDDA, f"{path_of(desk, 3)}/address",
                     {"asked": HOW, "new_address": "moved3@example.test"})
    assert answer.status == 303, answer.text
    for address in ("reader3@example.test", "moved3@example.test"):
        link = desk.wait_for_link(address, "address")
        assert desk.post(link, {}).status in (200, 303)
    page = desk.see(EDDA, "/staff/subscribers?q=reader3@example.test")
    assert "Somebody has moved from reader3@example.test to moved3@example.test" in page.text
    row = re.search(r'href="(/staff/subscribers/\d+)">moved3@example.test', page.text)
    assert desk.see(EDDA, row[1]).status == 200


def test_erasing_is_for_data_protection_and_asked_once_more(desk):
    path = path_of(desk, 4)
    assert "Erase this person" not in desk.see(EDDA, path).text
    assert desk.do(EDDA, f"{path}/erase", {"asked": HOW, "sure": "yes"}).status == 403
    with desk.window(DOT, path) as browser:
        browser.fill("#asked", HOW)
        browser.click("button:text-is('Erase this person …')")
        assert "Erase this person?" in words_of(browser) and HOW in words_of(browser)
        assert desk.query("SELECT count(*) FROM person WHERE address LIKE 'reader4@%'") == [(1,)]
        browser.click("button:text-is('Erase for good')")
        assert "Erased. Receipt E-" in words_of(browser)
    assert desk.query("SELECT count(*) FROM person WHERE address LIKE 'reader4@%'") == [(0,)]
    assert HOW in desk.query("SELECT detail FROM audit WHERE event = 'erasure requested'")[0][0]


def test_an_editor_of_one_list_changes_nothing_of_another(desk):
    path = path_of(desk, 5)
    assert "Change the name" not in desk.see(PIA, path).text
    for act in ("name", "address", "frequency", "pause", "resume"):
        answer = desk.do(PIA, f"{path}/{act}", {"asked": HOW, "name": "X", "list": "papers",
                                                "frequency": "weekly",
                                                "new_address": "x@example.test"})
        assert answer.status == 403, act
    assert desk.do(PIA, f"{path_of(desk, 1)}/name", {"asked": HOW}).status in (403, 404)


def test_a_list_tells_how_many_are_in_each_state_and_shows_the_newest_first(desk):
    desk.add_list("long", "Long list", topics="one")
    for number in range(1, 61):
        desk.subscribe("long", f"many{number}@example.test")
    desk.ok("subscriber", "remove", "long", "many7@example.test", "--reason", "asked")
    desk.ok("subscriber", "frequency", "long", "many60@example.test", "weekly")
    with desk.window(EDDA, "/staff/lists/long/subscribers") as browser:
        said = words_of(browser)
        assert "59 on the list" in said and "1 unsubscribed" in said and "60 in all" in said
        assert not look_over(browser, "a list's subscribers")
        browser.ask("choose", at="#order", value="newest")
        browser.click("button:text-is('Show')")
        said = words_of(browser)
        assert "many60@example.test" in said and "many10@example.test" not in said
        assert "one email a week" in said
        browser.click("text=Next page")
        said = words_of(browser)
        assert "many10@example.test" in said and "many11@example.test" not in said
        browser.click("main .pages a[href$='state=unsubscribed']")
        assert "many7@example.test" in words_of(browser)
        assert "many60@example.test" not in words_of(browser)
    page = desk.see(EDDA, "/staff/lists/long/subscribers?state=unsubscribed&order=newest").text
    assert "many7@example.test" in page and "many60@" not in page


def test_many_are_taken_off_at_once_after_a_page_that_names_them(desk):
    desk.add_list("bulk", "Bulk list", topics="one")
    for number in range(1, 5):
        desk.subscribe("bulk", f"bulk{number}@example.test")
    with desk.window(EDDA, "/staff/lists/bulk/subscribers", scripts=False) as browser:
        for number in (1, 3):
            browser.check(f"input[aria-label='Tick bulk{number}@example.test']")
        browser.ask("run", script="document.querySelector('#many').closest('details').open = true")
        browser.fill("#many-reason", "asked by telephone")
        browser.click("button:text-is('Take them off the list …')")
        said = words_of(browser)
        assert "Take 2 subscribers off Bulk list?" in said and "bulk3@example.test" in said
        assert "bulk2@example.test" not in said
        browser.click("button:text-is('Take them off')")
        assert "2 are off the list, and told so." in words_of(browser)
    states = desk.query("SELECT p.address, s.state FROM subscription s JOIN person p ON "
                        "p.id = s.person_id WHERE p.address LIKE 'bulk%' ORDER BY 1")
    assert [state for _, state in states] == ["unsubscribed", "active", "unsubscribed", "active"]


def test_nobody_of_another_list_is_shown_or_taken_off_by_their_number(desk):
    desk.add_list("apart", "Another list")
    desk.subscribe("apart", "apart1@refuge.example")
    apart, = desk.query("SELECT id FROM person WHERE address = 'apart1@refuge.example'")[0]
    desk.hire("Bulk Editor", "editor", "--list", "bulk")
    for sure in ({}, {"sure": "yes"}):
        answer = desk.do("Bulk Editor", "/staff/lists/bulk/subscribers/remove-many",
                         {"who": apart, "reason": "asked", **sure})
        assert answer.status == 404 and "refuge.example" not in answer.text


def test_somebody_ticked_twice_is_taken_off_once(desk):
    person, = desk.query("SELECT id FROM person WHERE address = 'bulk4@example.test'")[0]
    answer = desk.do(EDDA, "/staff/lists/bulk/subscribers/remove-many", [
        ("who", person), ("who", person), ("reason", "asked"), ("sure", "yes")])
    assert answer.status == 303, answer.text


def test_whoever_was_erased_gets_no_name_again(desk):
    desk.add_list("gone", "Gone")
    desk.subscribe("gone", "erased1@example.test")
    person, = desk.query("SELECT id FROM person WHERE address = 'erased1@example.test'")[0]
    desk.ok("subscriber", "erase", "erased1@example.test", "--sure")
    for act, fields in (("name", {"name": "Back"}), ("address", {"new_address": "b@post.example"})):
        answer = desk.do(EDDA, f"/staff/subscribers/{person}/{act}", {**fields, "how": "asked"})
        assert answer.status == 404, answer.text
    assert desk.query(f"SELECT name FROM person WHERE id = {person}") == [(None,)]


def test_a_bulk_act_without_reason_or_with_somebody_who_is_gone_changes_nobody(desk):
    path = "/staff/lists/bulk/subscribers"
    ids = [row[0] for row in desk.query(
        "SELECT id FROM person WHERE address IN ('bulk2@example.test', 'bulk1@example.test')")]
    for fields in ([("reason", "asked")], [("who", ids[0]), ("reason", " ")]):
        assert desk.do(EDDA, f"{path}/remove-many", fields).status == 400
    # One of the two has left already: so nobody is taken off.
    answer = desk.do(EDDA, f"{path}/remove-many", [("who", ids[0]), ("who", ids[1]),
                                                   ("reason", "asked"), ("sure", "yes")])
    assert answer.status == 409, answer.text
    assert desk.query("SELECT state FROM subscription s JOIN person p ON p.id = s.person_id "
                      "WHERE p.address = 'bulk2@example.test'") == [("active",)]
