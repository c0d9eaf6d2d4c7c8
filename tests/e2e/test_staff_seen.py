"""Old tabs change nothing: a form acts on what its page showed, or says what stands now."""
import re
import threading

import pytest

from e2e.browser import look_over
from e2e.house import DOMAIN, folded
from e2e.staff import StaffSite, form_of, see, words_of

SETTINGS = "/staff/lists/cpip/settings"
PLACES = "/staff/consultations/places"
ANN, AL = "Ann Admin", "Al Admin"
EDDA, INES = "Edda Editor", "Ines Second"
ABE, ABI = "Abe Approver", "Abi Approver"
QUESTIONS = "1. Which homes feel safe?"


@pytest.fixture(name="desk", scope="module")
def a_desk():
    with StaffSite.opened() as desk:
        desk.furnish()
        desk.hire_all()
        desk.hire(AL, "administrator")
        desk.hire(ABI, "approver")
        desk.subscribe("cpip", "one@example.test", topics="neglect")
        yield desk


def the_list(desk):
    return desk.query("SELECT title, description, visibility FROM list WHERE name = 'cpip'")[0]


def told(answer):
    """What the page says, without its marks."""
    return folded(re.sub(r"<[^>]+>", " ", answer.text.split("<main")[-1])).replace("&quot;", '"')


def refused(answer, *words):
    assert answer.status == 409, (answer.status, told(answer))
    for one in ("While you looked at it", "Nothing was changed", *words):
        assert one in told(answer), (one, told(answer))
    return answer


def press(browser, words):
    browser.click(f'main :is(button, a):text-is("{words}")')


# Settings of a list.

def test_an_old_tab_makes_nothing_public_again(desk):
    """Two windows at once: one typed a description, the other made the list private."""
    before = the_list(desk)
    with desk.window(ANN, SETTINGS) as ann, desk.window(AL, SETTINGS) as al:
        al.check("#private")
        al.fill("#title", "Made private by Al")
        press(al, "Keep these settings")
        see(al, "The settings of Made private by Al are kept.")
        ann.fill("#description", "A word that Ann wrote.")
        press(ann, "Keep these settings")
        see(ann, "While you looked at it, Al Admin")
        assert the_list(desk) == ("Made private by Al", before[1], "private")
        # What she typed is there, and so is what stands now; what differs says so beside it.
        assert ann.ask("run", script="[title.value, description.value, document.querySelector"
                       "('#private').checked].join('|')") == (
                           "Made private by Al|A word that Ann wrote.|true")
        see(ann, "here is what stands now", "#title-error")
        see(ann, "here is what stands now", "#visibility")
        assert ann.ask("count", at="#description-error") == 0
        assert look_over(ann, "changed meanwhile") == []
        ann.look(width=1440, dark=False)
        press(ann, "Keep these settings all the same")
        see(ann, "The settings of Made private by Al are kept.")
        assert the_list(desk) == ("Made private by Al", "A word that Ann wrote.", "private")
        assert not ann.trouble() and not al.trouble()


def test_both_typed_in_one_field(desk):
    seen = form_of(desk.see(ANN, SETTINGS), "/settings")
    assert desk.do(AL, SETTINGS, {**seen, "title": "Al's title"}).status == 303
    answer = refused(desk.do(ANN, SETTINGS, {**seen, "title": "Ann's title"}),
                     "Al Admin changed its settings", "Now it is: “Al's title”".replace("'", "&#39;"))
    assert the_list(desk)[0] == "Al's title"
    again = form_of(answer, "/settings")
    assert again["title"] == "Ann's title" and again["seen"] != seen["seen"]
    assert desk.do(ANN, SETTINGS, again).status == 303
    assert the_list(desk)[0] == "Ann's title"


def test_a_second_click_and_the_same_cure_are_no_quarrel(desk):
    seen = form_of(desk.see(ANN, SETTINGS), "/settings")
    change = {**seen, "title": "Child Protection Update", "visibility": "public"}
    assert [desk.do(name, SETTINGS, change).status for name in (ANN, ANN, AL)] == [303] * 3
    # And a second click after somebody went on from it is one too many.
    now = form_of(desk.see(AL, SETTINGS), "/settings")
    assert desk.do(AL, SETTINGS, {**now, "title": "Al's title"}).status == 303
    refused(desk.do(ANN, SETTINGS, change), "Al Admin changed its settings")
    now = form_of(desk.see(AL, SETTINGS), "/settings")
    assert desk.do(AL, SETTINGS, {**now, "title": "Child Protection Update"}).status == 303


def test_of_two_at_the_same_moment_one_is_told(desk):
    for turn in range(5):
        seen = form_of(desk.see(ANN, SETTINGS), "/settings")
        answers = {}

        def send(name, turn=turn, seen=seen, answers=answers):
            answers[name] = desk.do(name, SETTINGS, {**seen, "title": f"{name} {turn}"})

        threads = [threading.Thread(target=send, args=(name,)) for name in (ANN, AL)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
        assert sorted(a.status for a in answers.values()) == [303, 409]
        winner = next(name for name in answers if answers[name].status == 303)
        assert the_list(desk)[0] == f"{winner} {turn}"
        refused(next(a for a in answers.values() if a.status == 409), winner)


def test_of_two_drafts_at_the_same_moment_none_is_lost(desk):
    """What the one who is told sees and sends again holds what the other one wrote."""
    new = {"title": "Pair", "name": "pair", "address": f"pair@{DOMAIN}", "introduction": "One.",
           "opens": "2098-01-10", "closes": "2099-03-31", "questions": QUESTIONS, "do": "make"}
    assert desk.do(EDDA, "/staff/consultations/new", new).status == 303
    path = "/staff/consultations/pair/settings"
    for turn in range(5):
        seen = {**form_of(desk.see(EDDA, path), "/settings"), "do": "keep"}
        wrote = {EDDA: {"introduction": f"By Edda, {turn}."}, INES: {"title": f"By Ines, {turn}"}}
        answers = {}

        def send(name, seen=seen, wrote=wrote, answers=answers):
            answers[name] = desk.do(name, path, {**seen, **wrote[name]})

        threads = [threading.Thread(target=send, args=(name,)) for name in wrote]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
        assert sorted(a.status for a in answers.values()) == [303, 409]
        late = next(name for name in answers if answers[name].status == 409)
        again = form_of(answers[late], "/settings")
        assert desk.do(late, path, {**again, "do": "keep"}).status == 303
        assert desk.query("SELECT title, introduction FROM consultation WHERE name = 'pair'") == [
            (f"By Ines, {turn}", f"By Edda, {turn}.")]


# Topics.

def test_old_tabs_of_a_topic(desk):
    path = "/staff/lists/cpip/topics/neglect"
    old = desk.see(ANN, path)
    renamed = {**form_of(old, "/rename"), "title": "Neglect at home"}
    assert desk.do(AL, f"{path}/rename", renamed).status == 303
    refused(desk.do(ANN, f"{path}/rename", {**form_of(old, "/rename"), "title": "Neglected"}),
            "Al Admin renamed a topic", "Now it is: “Neglect at home”")
    # Merging: another subscriber chose it while the question stood there.
    asked = desk.do(ANN, f"{path}/merge", {"into": "hearings"})
    desk.subscribe("cpip", "two@example.test", topics="neglect")
    refused(desk.do(ANN, f"{path}/merge", form_of(asked, "/merge")))
    # Stopped, and offered again by a colleague: the old tab does not stop it once more.
    old, asked = desk.see(ANN, path), desk.do(ANN, f"{path}/retire", form_of(desk.see(ANN, path), "/retire"))
    assert "They would get nothing any more" in asked.text
    done = form_of(asked, "/retire")
    assert desk.do(ANN, f"{path}/retire", done).status == 303
    refused(desk.do(ANN, f"{path}/retire", done), "you stopped offering a topic")
    offer = form_of(desk.see(AL, path), "/offer")
    assert desk.do(AL, f"{path}/offer", offer).status == 303
    refused(desk.do(ANN, f"{path}/retire", done), "Al Admin offered a topic again")
    refused(desk.do(ANN, f"{path}/retire", form_of(old, "/retire")))
    assert desk.query("SELECT ended_at FROM topic WHERE name = 'neglect'") == [(None,)]


def test_what_a_subscriber_chose_meanwhile_is_not_undone(desk):
    person = desk.query("SELECT id FROM person WHERE address = 'one@example.test'")[0][0]
    old = form_of(desk.see(EDDA, f"/staff/subscribers/{person}"), "/topics")
    desk.ok("subscriber", "topics", "cpip", "one@example.test", "data")
    refused(desk.do(EDDA, "/staff/lists/cpip/subscribers/topics", {**old, "topic-2": "yes"}),
            "set the topics")
    assert desk.subscribers("cpip")["one@example.test"]["topics"] == "data"
    now = form_of(desk.see(EDDA, f"/staff/subscribers/{person}"), "/topics")
    assert now["topic-3"] == "yes"
    assert desk.do(EDDA, "/staff/lists/cpip/subscribers/topics", {**now, "topic-2": "yes"}).status == 303


# Consultations.

def test_a_draft_is_not_overwritten_unseen(desk):
    new = {"title": "Twin", "name": "twin", "address": f"twin@{DOMAIN}", "introduction": "One.",
           "opens": "2098-01-10", "closes": "2099-03-31", "questions": QUESTIONS, "do": "make"}
    assert desk.do(EDDA, "/staff/consultations/new", new).status == 303
    path = "/staff/consultations/twin/settings"
    with desk.window(EDDA, path) as edda, desk.window(INES, path) as ines:
        ines.fill("#introduction", "Two, by Ines.")
        press(ines, "Show what the public will see")
        edda.fill("#questions", QUESTIONS + "\n2. How many?")
        press(edda, "Show what the public will see")
        press(ines, "Keep this draft")
        see(ines, "The draft is changed.")
        press(edda, "Keep this draft")
        see(edda, "While you looked at it, Ines Second changed the draft")
        see(edda, "here is what stands now", "#introduction-error")
        assert edda.ask("run", script="[introduction.value, questions.value].join('|')") == (
            f"Two, by Ines.|{QUESTIONS}\n2. How many?")
        assert "How many?" not in desk.ok("consultation", "show", "twin").out
        press(edda, "Show what the public will see")
        press(edda, "Keep this draft")
        see(edda, "The draft is changed.")
        assert "Two, by Ines." in edda.ask("run", script="introduction.value")
        assert not edda.trouble() and not ines.trouble()
    # Opened meanwhile: what the public reads stays.
    seen = form_of(desk.see(EDDA, path), "/settings")
    asked = form_of(desk.see(INES, "/staff/consultations/twin/open"), "/open")
    assert desk.do(INES, "/staff/consultations/twin/open", asked).status == 303
    refused(desk.do(EDDA, path, {**seen, "title": "Other", "do": "keep"}), "What you wrote", "Other",
            "Ines Second changed its state", "It is open now.")


def state(desk):
    return desk.query("SELECT state, closes_at FROM consultation WHERE name = 'places'")[0]


def test_a_closed_consultation_stays_closed_to_an_old_tab(desk):
    with desk.window(EDDA, f"{PLACES}/settings") as edda, desk.window(INES, f"{PLACES}/settings") as ines:
        edda.fill("#day", "2099-12-01")
        press(edda, "Give it more time …")
        see(edda, "instead of")
        press(ines, "Close it now …")
        press(ines, "Close it now")
        see(ines, "is closed.")
        press(edda, "Give it more time")
        see(edda, "While you looked at it, Ines Second changed its state")
        see(edda, "It is closed now.")
        see(edda, "Open it again …")
        assert state(desk)[0] == "closed"
        assert not edda.trouble() and not ines.trouble()


def test_what_was_done_and_undone_again_is_not_what_was_asked_about(desk):
    def step(name, act, **fields):
        if fields:
            return form_of(desk.do(name, f"{PLACES}/{act}", fields), f"/{act}")
        return form_of(desk.see(name, f"{PLACES}/{act}"), f"/{act}")

    reopen = step(EDDA, "open")
    assert desk.do(EDDA, f"{PLACES}/open", reopen).status == 303
    close = step(EDDA, "close")
    assert desk.do(INES, f"{PLACES}/close", step(INES, "close")).status == 303
    # Nobody closes twice, nor opens with the form of the last time.
    refused(desk.do(EDDA, f"{PLACES}/close", close), "Ines Second changed its state", "It is closed now.")
    refused(desk.do(EDDA, f"{PLACES}/open", reopen), "Ines Second changed its state", "It is closed now.")
    assert desk.do(INES, f"{PLACES}/open", step(INES, "open")).status == 303
    refused(desk.do(EDDA, f"{PLACES}/close", close), "Ines Second changed its state", "It is open now.")
    # Another day than the one that the question named.
    more = step(EDDA, "extend", day="2100-01-31")
    assert desk.do(INES, f"{PLACES}/extend", step(INES, "extend", day="2100-01-10")).status == 303
    refused(desk.do(EDDA, f"{PLACES}/extend", more), "Ines Second gave it more time")
    assert desk.do(INES, f"{PLACES}/close", step(INES, "close")).status == 303
    # What was decided is not replaced unseen.
    one, other = (form_of(desk.see(name, f"{PLACES}/outcome"), "/outcome") for name in (EDDA, INES))
    assert desk.do(INES, f"{PLACES}/outcome",
                   {**other, "outcome": "Places open on Sundays.", "do": "publish"}).status == 303
    answer = refused(desk.do(EDDA, f"{PLACES}/outcome", {**one, "outcome": "They close.", "do": "publish"}),
                     "Ines Second said what was decided", "Now it is: “Places open on Sundays.”")
    again = form_of(answer, "/outcome")
    assert again["outcome"] == "They close."
    assert desk.do(EDDA, f"{PLACES}/outcome", {**again, "do": "publish"}).status == 303


# Responses.

def test_an_old_tab_allows_no_publication(desk):
    """A colleague has read that it must not be published; the old page offered what it did."""
    desk.put(desk.reply(1))
    path = f"{PLACES}/responses/1"

    def permission():
        return desk.query("SELECT permission FROM respondent")[0][0]

    old = form_of(desk.see(EDDA, path), "/respondent")
    assert desk.do(INES, f"{path}/respondent", {**old, "permission": "none"}).status == 303
    refused(desk.do(EDDA, f"{path}/respondent", {**old, "permission": "name"}),
            "Ines Second corrected who it is from")
    assert permission() == "none"
    # The same cure by both is none too many.
    assert desk.do(EDDA, f"{path}/respondent", {**old, "permission": "none"}).status == 303
    with desk.window(EDDA, path) as edda:
        edda.ask("run", script="document.querySelector('form[action$=respondent]')"
                 ".closest('details').open = true")
        now = form_of(desk.see(INES, path), "/respondent")
        assert desk.do(INES, f"{path}/respondent", {**now, "type": "organisation"}).status == 303
        edda.ask("run", script="{ const f = document.querySelector('form[action$=respondent]');"
                 " f.elements.permission.value = 'name'; f.requestSubmit(); }")
        see(edda, "While you looked at it, Ines Second corrected who it is from", "#response .problem")
        assert permission() == "none"
        # The page is the one of now: once more, and it is meant.
        edda.ask("run", script="{ const f = document.querySelector('form[action$=respondent]');"
                 " f.elements.permission.value = 'without name'; f.requestSubmit(); }")
        see(edda, "Corrected, and it stays so", "#response")
        assert permission() == "without name"


def test_an_old_tab_gives_nobody_their_old_name_back(desk):
    """Two correct who it is from: the name that the first gave stands."""
    desk.put(desk.reply(7))
    number, = desk.query("SELECT max(number) FROM response")[0]
    path = f"{PLACES}/responses/{number}"
    old = form_of(desk.see(EDDA, path), "/respondent")
    for field, first, then in (("name", "Ada Reed", "Ada Read"), ("organisation", "Halls", "Hall"),
                               ("contact", "no", "yes")):
        now = form_of(desk.see(INES, path), "/respondent")
        assert desk.do(INES, f"{path}/respondent", {**now, field: first}).status == 303
        refused(desk.do(EDDA, f"{path}/respondent", {**old, field: then}),
                "Ines Second corrected who it is from")
        assert desk.query(f"SELECT {field} FROM respondent ORDER BY id DESC LIMIT 1") == [(first,)]
        old = form_of(desk.see(EDDA, path), "/respondent")


def test_old_tabs_include_and_assign_nothing(desk):
    path = f"{PLACES}/responses/1"
    old = desk.see(EDDA, path)
    assert desk.act(INES, path, "screen", state="excluded", reason="a duplicate").status == 303
    refused(desk.do(EDDA, f"{path}/screen", {**form_of(old, "/screen"), "state": "included"}),
            "Ines Second included or excluded it")
    # Nor is the reason of a colleague replaced by another one.
    refused(desk.do(EDDA, f"{path}/screen", {**form_of(old, "/screen"), "state": "excluded",
                                             "reason": "spam"}))
    assert desk.query("SELECT state, reason FROM response WHERE number = 1") == [
        ("excluded", "a duplicate")]
    assert desk.act(INES, path, "assign", to="Cole Coder").status == 303
    refused(desk.do(EDDA, f"{path}/assign", {**form_of(old, "/assign"), "to": EDDA}),
            "Ines Second assigned it")
    # The page of now, by a key.
    with desk.window(EDDA, path) as edda:
        assert desk.act(INES, path, "screen", state="received").status == 303
        edda.ask("press", key="i")
        see(edda, "While you looked at it, Ines Second included or excluded it", "#response .problem")
        edda.ask("press", key="i")
        see(edda, "places-0001 is included", "#response")


# The code frame.

def test_what_is_coded_is_not_called_and_described_by_an_old_tab(desk):
    assert desk.do(EDDA, f"{PLACES}/code-frame", {"name": "homes", "definition": "One."}).status == 303
    number = desk.query("SELECT id FROM code WHERE name = 'homes'")[0][0]
    path = f"{PLACES}/codes/{number}"
    with desk.window(EDDA, path) as edda, desk.window(INES, path) as ines:
        for browser in (edda, ines):
            browser.ask("run", script="document.querySelector('details').open = true")
        ines.fill("#definition", "Two, by Ines.")
        press(ines, "Keep this description")
        see(ines, "is described so.")
        edda.fill("#definition", "Mine.")
        press(edda, "Keep this description")
        see(edda, "While you looked at it")
        see(edda, "Ines Second")
        see(edda, "Now it is: “Two, by Ines.”", "#definition-error")
        assert edda.ask("run", script="definition.value.trim()") == "Mine."
        assert desk.query("SELECT definition FROM code WHERE id = ?", number) == [("Two, by Ines.",)]
        assert look_over(edda, "code changed meanwhile") == []
        edda.look(width=1440, dark=False)
        press(edda, "Keep this description all the same")
        see(edda, "is described so.")
        assert desk.query("SELECT definition FROM code WHERE id = ?", number) == [("Mine.",)]
        assert not edda.trouble() and not ines.trouble()
    old = desk.see(EDDA, path)
    assert desk.do(INES, f"{path}/rename", {**form_of(old, "/rename"), "name": "houses"}).status == 303
    for act, more in (("rename", {"name": "flats"}), ("retire", {}), ("move", {"parent": "0"})):
        refused(desk.do(EDDA, f"{path}/{act}", {**form_of(old, f"/{act}"), **more}),
                "renamed homes to houses")
    assert desk.query("SELECT name, state FROM code WHERE id = ?", number) == [("houses", "live")]


# Bulletins.

def test_old_tabs_schedule_and_unschedule_nothing(desk):
    number = desk.draft("---\nlist: cpip\ntitle: Rooms\n---\n\nText.\n")
    desk.ok("bulletin", "approve", "cpip", number, staff=ABE)
    path = f"/staff/lists/cpip/bulletins/{number}"

    def stands():
        return desk.query("SELECT state, due_at FROM bulletin b JOIN list l ON l.id = b.list_id"
                          " WHERE l.name = 'cpip' AND number = ?", number)[0]

    def asks(name, act, **fields):
        return form_of(desk.do(name, f"{path}/{act}", fields), f"/{act}")

    first = asks(ABE, "schedule", day="2098-10-28", time="10:30")
    assert desk.do(ABE, f"{path}/schedule", first).status == 303
    unschedule = asks(ABI, "unschedule")
    assert desk.do(ABI, f"{path}/unschedule", unschedule).status == 303
    # Sent once more, by a reload or the back button: it stays off the schedule.
    refused(desk.do(ABE, f"{path}/schedule", first), "Abi Approver unscheduled it", "Schedule")
    assert stands()[0] == "approved"
    second = asks(ABE, "schedule", day="2098-11-04", time="10:30")
    assert desk.do(ABE, f"{path}/schedule", second).status == 303
    due = stands()
    refused(desk.do(ABI, f"{path}/unschedule", unschedule), "Abe Approver scheduled it")
    assert stands() == due
    for act in ("send", "cancel"):
        form = asks(ABI, act)
        third = asks(ABE, "schedule", day="2098-11-05", time="10:30")
        assert desk.do(ABE, f"{path}/schedule", third).status == 303
        refused(desk.do(ABI, f"{path}/{act}", form), "Abe Approver scheduled it")
        assert stands()[0] == "scheduled"
    # A test that a colleague sent changes nothing that was asked about.
    form = asks(ABI, "unschedule")
    desk.ok("bulletin", "test", "cpip", number, "abe.approver@example.test", staff=ABE)
    assert desk.do(ABI, f"{path}/unschedule", form).status == 303


def test_in_windows_the_page_says_what_happened_and_offers_it_again(desk):
    number = desk.draft("---\nlist: cpip\ntitle: Windows\n---\n\nText.\n")
    desk.ok("bulletin", "approve", "cpip", number, staff=ABE)
    path = f"/staff/lists/cpip/bulletins/{number}"
    with desk.window(ABE, f"{path}/schedule?day=2098-10-28&time=10:30") as abe, \
            desk.window(ABI, f"{path}/cancel") as abi:
        press(abi, "Cancel it for good")
        see(abi, "Cancelled.")
        press(abe, "Schedule it")
        see(abe, "While you looked at it, Abi Approver changed its state")
        see(abe, "It is cancelled now.")
        assert "Schedule it" not in words_of(abe)
        assert not abe.trouble() and not abi.trouble()


def test_a_form_without_its_mark_changes_nothing(desk):
    """Of every page whose form is marked."""
    number = desk.draft("---\nlist: cpip\ntitle: Marks\n---\n\nText.\n")
    desk.ok("bulletin", "approve", "cpip", number, staff=ABE)
    before = desk.audit_length()
    fields = {**form_of(desk.see(ANN, SETTINGS), "/settings"), "title": "Unseen", "seen": ""}
    bulletin = f"/staff/lists/cpip/bulletins/{number}"
    for name, path, more in (
            (ANN, SETTINGS, fields), (ANN, SETTINGS, {**fields, "seen": "1.2.3"}),
            (ANN, SETTINGS, {**fields, "seen": "x" * 5000}),
            (ANN, "/staff/lists/cpip/topics/neglect/rename", {"title": "Unseen"}),
            (ANN, "/staff/lists/cpip/topics/neglect/merge", {"into": "hearings"}),
            (ANN, "/staff/lists/cpip/topics/neglect/retire", {}),
            (EDDA, "/staff/lists/cpip/subscribers/topics", {"address": "one@example.test"}),
            (EDDA, f"{PLACES}/open", {}), (EDDA, f"{PLACES}/extend", {"day": "2101-01-01"}),
            (EDDA, f"{PLACES}/outcome", {"outcome": "Unseen.", "do": "publish"}),
            (ABE, f"{bulletin}/schedule", {"day": "2098-10-28", "time": "10:30"}),
            (ABE, f"{bulletin}/send", {}), (ABE, f"{bulletin}/cancel", {})):
        answer = desk.do(name, path, {"sure": "yes", **more})
        assert answer.status == 409, (path, answer.status, told(answer))
        assert "does not say what its page showed" in told(answer), (path, told(answer))
    assert desk.audit_length() == before
