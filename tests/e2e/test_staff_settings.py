"""A list's settings and topics, changed on the pages as an administrator does it."""
import pytest

from e2e.browser import look_over
from e2e.staff import StaffSite, see, words_of

SETTINGS = "/staff/lists/cpip/settings"
ANN = "Ann Admin"


@pytest.fixture(name="desk", scope="module")
def a_desk():
    with StaffSite.opened() as desk:
        desk.furnish()
        desk.subscribe("cpip", "one@example.test", topics="neglect")
        desk.subscribe("cpip", "two@example.test", topics="neglect,data")
        desk.hire_all()
        yield desk


@pytest.fixture(name="browser", scope="module")
def a_browser(desk):
    with desk.window(ANN, "/staff/lists/cpip/bulletins") as browser:
        yield browser


def listed(desk):
    return desk.query("SELECT title, from_name, owner, description, visibility FROM list"
                      " WHERE name = 'cpip'")[0]


def topics(desk):
    return [(row["title"], row["state"], row["chosen_by"])
            for row in desk.json("topic", "list", "cpip", staff=None)]


def press(browser, words):
    """The button or link that says so."""
    browser.click(f'main :is(button, a):text-is("{words}")')


def test_what_a_list_is_called_and_who_finds_it(desk, browser):
    press(browser, "Settings")
    see(browser, "These words are version 1")
    browser.fill("#title", "Children's Bulletin")
    browser.fill("#from_name", "The Children's Team")
    browser.fill("#owner", "team@lists.example.test")
    browser.fill("#description", "What we do.\nSix times a year.")
    browser.check("#unlisted")
    press(browser, "Keep these settings")
    see(browser, "The settings of Children's Bulletin are kept.")
    assert listed(desk) == ("Children's Bulletin", "The Children's Team",
                            "team@lists.example.test", "What we do. Six times a year.", "unlisted")
    see(browser, "These words are version 1")
    browser.fill("#wording", "We write to you six times a year, and you can leave at any time.")
    press(browser, "Keep these settings")
    see(browser, "Whoever joins from now on agrees to the new words.")
    see(browser, "These words are version 2")
    press(browser, "Keep these settings")
    see(browser, "are kept.")
    see(browser, "These words are version 2")


def test_what_is_wrong_is_said_beside_it_and_nothing_typed_is_lost(desk, browser):
    before = listed(desk), desk.audit_length()
    browser.open(SETTINGS)
    browser.fill("#title", "")
    browser.fill("#owner", "not an address")
    browser.fill("#description", "Typed with care")
    browser.check("#private")
    press(browser, "Keep these settings")
    see(browser, "The list was not changed")
    assert browser.title().startswith("Error: ")
    assert browser.ask("count", at="#errors a[href='#title'], #errors a[href='#owner']") == 2
    assert "title" in words_of(browser, "#title-error")
    assert "address" in words_of(browser, "#owner-error")
    kept = browser.ask("run", script="[title.value, owner.value, description.value,"
                       " document.getElementById('private').checked].join('|')")
    assert kept == "|not an address|Typed with care|true", kept
    assert (listed(desk), desk.audit_length()) == before
    assert look_over(browser, "wrong settings") == []
    browser.look(width=1440, dark=False)


def test_topics_are_added_renamed_merged_and_retired(desk, browser):
    browser.open(SETTINGS)
    browser.fill("#topic", "Care experience")
    press(browser, "Add the topic")
    see(browser, '"Care experience" can be chosen from now on.')
    browser.fill("#topic", "Neglect")
    press(browser, "Add the topic")
    see(browser, "already", "#topic-error")
    assert browser.ask("run", script="topic.value") == "Neglect"
    browser.click("a[href$='/topics/data']")
    browser.fill("#title", "Data and numbers")
    press(browser, "Rename it")
    see(browser, 'is called "Data and numbers" from now on.')
    # Merging says before whom it touches.
    browser.click("a[href$='/topics/data']")
    see(browser, "1 subscriber has chosen it.")
    press(browser, "Merge …")
    see(browser, "choose the topic that it becomes part of".capitalize(), "#into-error")
    browser.ask("run", script="into.value = 'care-experience'")
    press(browser, "Merge …")
    see(browser, '1 subscriber chose "Data and numbers". From now on they have "Care experience"')
    assert look_over(browser, "merging") == []
    browser.look(width=1440, dark=False)
    press(browser, "Back without merging")
    assert ("Data and numbers", "offered", 1) in topics(desk)
    browser.ask("run", script="into.value = 'care-experience'")
    press(browser, "Merge …")
    see(browser, "cannot be parted again")
    press(browser, "Merge them")
    see(browser, '"Data and numbers" is part of "Care experience" now, for 1 subscriber.')
    assert look_over(browser, "settings") == []
    browser.look(width=1440, dark=False)
    # Retiring asks once more when somebody would get nothing.
    browser.open("/staff/lists/cpip/topics/neglect")
    press(browser, "Stop offering it")
    see(browser, "1 subscriber chose \"Neglect\" and no other topic")
    press(browser, "Back without changing anything")
    press(browser, "Stop offering it")
    see(browser, "They would get nothing any more.")
    press(browser, "Stop offering it")
    see(browser, '"Neglect" is no longer offered. It was chosen by 2 subscribers.')
    assert ("Neglect", "retired", 2) in topics(desk)
    browser.open("/staff/lists/cpip/topics/neglect")
    press(browser, "Offer it again")
    see(browser, '"Neglect" is offered again.')
    assert topics(desk) == [("Neglect", "offered", 2), ("Hearings", "offered", 0),
                            ("Data and numbers", "merged", 0), ("Care experience", "offered", 1)]


def test_it_works_without_a_script_and_is_for_administrators(desk):
    for path in (SETTINGS, "/staff/lists/cpip/topics/neglect"):
        assert desk.see("Edda Editor", path).status == 403
    assert "settings" not in desk.see("Edda Editor", "/staff/lists/cpip/bulletins").text
    with desk.window(ANN, SETTINGS, scripts=False) as browser:
        browser.fill("#topic", "Foster care")
        browser.click("form[action$='/topics'] button")
        see(browser, '"Foster care" can be chosen from now on.')
    assert desk.see(ANN, "/staff/lists/cpip/topics/nothing").status == 404
