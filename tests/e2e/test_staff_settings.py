"""Lists and consultations, changed on the pages as administrators and editors do it."""
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


# Consultations, as an editor runs them.
NEW = "/staff/consultations/new"
CARE = "/staff/consultations/care-and-homes"
QUESTIONS = ("Which homes feel safe?\nShould they be smaller? Please give your reasons.\n"
             "How do you get there?\n[ ] On foot\n[ ] By bus\n")
FAR = ("2098-01-10", "2099-03-31")


def fill_in(browser, **fields):
    for name, value in {"title": "Care and homes", "address": "care@updates.example.test",
                        "introduction": "We ask about **homes**.", "opens": FAR[0],
                        "closes": FAR[1], "questions": QUESTIONS, **fields}.items():
        browser.fill(f"#{name}", value)


def consultation(desk):
    return desk.query("SELECT title, state FROM consultation WHERE name = 'care-and-homes'")


def test_a_consultation_is_made_as_it_was_shown(desk):
    with desk.window("Edda Editor", "/staff/consultations") as browser:
        press(browser, "Make a consultation")
        fill_in(browser, address="cpip@updates.example.test", closes="2097-01-01",
                questions="( ) Yes")
        press(browser, "Show what the public will see")
        see(browser, "The consultation was not made")
        see(browser, "is the address of the list cpip", "#address-error")
        see(browser, "It closes before it opens.", "#closes-error")
        see(browser, "Line 1: a question comes first", "#questions-error")
        assert browser.ask("run", script="introduction.value") == "We ask about **homes**."
        assert look_over(browser, "wrong consultation") == []
        browser.look(width=1440, dark=False)
        fill_in(browser)
        press(browser, "Show what the public will see")
        see(browser, "The short name will be care-and-homes")
        see(browser, "Closes at the end of Tuesday 31 March 2099")
        see(browser, "Should they be smaller? Please give your reasons. One of: Yes No Don't know")
        assert browser.text(".as-public strong").startswith("homes")
        assert consultation(desk) == []
        assert look_over(browser, "consultation preview") == []
        browser.look(width=1440, dark=False)
        press(browser, "Go on writing")
        assert browser.ask("run", script="questions.value.trim()") == QUESTIONS.strip()
        press(browser, "Show what the public will see")
        press(browser, "Make this draft")
        see(browser, "Care and homes is a draft now. Nobody outside sees it before you open it.")
        assert consultation(desk) == [("Care and homes", "draft")]
        assert desk.get("/consultations/care-and-homes").status == 404


def test_a_draft_is_changed_opened_extended_closed_and_says_what_was_decided(desk):
    with desk.window("Edda Editor", f"{CARE}/settings") as browser:
        browser.fill("#title", "Care and its homes")
        press(browser, "Show what the public will see")
        see(browser, "Nothing is changed yet.")
        press(browser, "Keep this draft")
        see(browser, "The draft is changed.")
        assert consultation(desk) == [("Care and its homes", "draft")]
        press(browser, "Open it …")
        see(browser, "You planned to open it on Friday 10 January 2098. Opened now, its first day is today.")
        press(browser, "Back without changing anything")
        assert consultation(desk)[0][1] == "draft"
        press(browser, "Open it …")
        press(browser, "Open it now")
        see(browser, "Care and its homes is open until the end of Tuesday 31 March 2099.")
        see(browser, "days left, closes at the end of Tuesday 31 March 2099", ".clock")
        assert "Should they be smaller?" in desk.get("/consultations/care-and-homes").text
        assert look_over(browser, "open consultation") == []
        browser.look(width=1440, dark=False)
        # More time, never less.
        browser.fill("#day", "2099-03-01")
        press(browser, "Give it more time …")
        see(browser, "not later than the day it closes now", "#day-error")
        assert browser.ask("run", script="day.value") == "2099-03-01"
        browser.fill("#day", "2099-04-30")
        press(browser, "Give it more time …")
        see(browser, "until the end of Thursday 30 April 2099 instead of Tuesday 31 March 2099")
        press(browser, "Give it more time")
        see(browser, "is open until the end of Thursday 30 April 2099.")
        # Closed by a person before its day: both days are said, and nothing counts down.
        press(browser, "Close it now …")
        see(browser, "The public was told that it is open until the end of Thursday 30 April 2099.")
        press(browser, "Close it now")
        see(browser, "Care and its homes is closed.")
        see(browser, ", before its last day, Thursday 30 April 2099. The report is due in 84 days")
        public = desk.get("/consultations/care-and-homes").text
        assert "It was to close at the end of Thursday 30 April 2099" in public
        assert "days left" not in words_of(browser)
        said = desk.ok("consultation", "close", "care-and-homes")
        assert "before its last day, Thursday 30 April 2099" in said.out + said.err
        # What was decided.
        press(browser, "Say what was decided")
        press(browser, "Show what the public will see")
        see(browser, "The outcome is empty", "#outcome-error")
        browser.fill("#outcome", "Homes become **smaller**.")
        press(browser, "Show what the public will see")
        see(browser, "Nothing is published yet.")
        assert browser.text(".as-public strong") == "smaller"
        assert "smaller</strong>" not in desk.get("/consultations/care-and-homes").text
        press(browser, "Go on writing")
        press(browser, "Show what the public will see")
        press(browser, "Publish it")
        see(browser, "says what was decided.")
        assert "smaller</strong>" in desk.get("/consultations/care-and-homes").text
        # Opened again by a still later day.
        browser.fill("#day", "2099-05-31")
        press(browser, "Open it again …")
        press(browser, "Open it again")
        see(browser, "Open: ", ".clock")
        assert consultation(desk)[0][1] == "open"


def test_who_runs_consultations(desk):
    for name, status in (("Ann Admin", 200), ("Edda Editor", 200), ("Cole Coder", 403),
                         ("Abe Approver", 403), ("Rae Reader", 403)):
        for path in (NEW, "/staff/consultations", "/staff/consultations/places/settings"):
            assert desk.see(name, path).status == status, (name, path)
    # Without a script, and stale: what is open is not opened again, a draft is not closed.
    assert desk.do("Ann Admin", "/staff/consultations/places/open").status == 409
    assert desk.see("Ann Admin", "/staff/consultations/cruelty/close").status == 409
    assert desk.see("Ann Admin", "/staff/consultations/places/outcome").status == 409
