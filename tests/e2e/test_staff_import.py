"""A list moves in: a file of another program in three steps, lines put right, taken back."""
import signal
import subprocess

import pytest

from e2e.browser import is_valid, look_over
from e2e.house import wait_for
from e2e.staff import StaffSite, see

EDDA = "Edda Editor"
IMPORT = "/staff/lists/cpip/import"
MAILCHIMP = (
    '"Email Address","First Name","Last Name",Address,MEMBER_RATING,OPTIN_TIME,OPTIN_IP,'
    "CONFIRM_TIME,CONFIRM_IP,LAST_CHANGED,LEID,EUID,NOTES,TAGS\n" + "".join(
        f'reader{n}@example.test,Reader,"Number {n}","1 High Street",2,,,"2024-02-03 10:00:00",'
        f'192.0.2.7,"2025-01-01 09:00:00",{n},a{n},,"""Neglect"",""VIP"""\n' for n in range(60)))

MANY = "email\n" + "".join(f"many{n}@example.test\n" for n in range(20000))


@pytest.fixture(name="desk", scope="module")
def a_desk():
    with StaffSite.opened() as desk:
        desk.furnish()
        desk.hire_all()
        yield desk


@pytest.fixture(name="browser")
def a_browser(desk):
    with desk.window(EDDA, "/staff/lists/cpip/subscribers") as browser:
        yield browser


def press(browser, words):
    return browser.click(f'main :is(button, a):text-is("{words}"):visible')


def unfold(browser):
    browser.ask("run", script="document.querySelectorAll('details').forEach(d => d.open = true)")


def active(desk, listed="cpip"):
    return desk.query("SELECT count(*) FROM subscription s JOIN list l ON l.id = s.list_id"
                      f" WHERE l.name = '{listed}' AND s.state = 'active'")[0][0]


def upload(desk, browser, name, text):
    browser.open(IMPORT)
    browser.ask("upload", at="#file", file=desk.write(name, text))
    press(browser, "Continue to the columns")


def paste(browser, text):
    browser.open(IMPORT)
    browser.fill("#pasted", text)
    press(browser, "Continue to the columns")


def test_an_export_of_mailchimp_comes_in_and_goes_out_again(desk, browser):
    before = active(desk)
    press(browser, "Import subscribers")
    browser.ask("upload", at="#file", file=desk.write("subscribed.csv", MAILCHIMP))
    press(browser, "Continue to the columns")
    see(browser, "subscribed.csv was understood as an export of Mailchimp: a table of 14 columns")
    assert browser.ask("attribute", at="select[name=column-1] option[selected]",
                       name="value") == "address"
    see(browser, "Number 4")
    see(browser, "6 columns left out")
    press(browser, "Show what would happen")
    see(browser, "60 subscribers would be added.")
    see(browser, "reader49@example.test")
    press(browser, "Further lines")
    see(browser, "reader59@example.test")
    press(browser, "Add 60")
    see(browser, "60 subscribers were added.")
    see(browser, "60 subscribers imported")
    assert active(desk) == before + 60
    row = desk.csv("subscriber", "export", "cpip")[-1]
    assert row["name"] == "Reader Number 59" and row["topics"] == "neglect"
    assert row["given_at"].startswith("2024-02-03") and "192.0.2.7" in row["basis"]
    assert row["basis"].startswith("imported from subscribed.csv on ")
    assert not look_over(browser, "the import that was done")
    browser.open(IMPORT)
    press(browser, "60 subscribers from subscribed.csv")
    press(browser, "Undo this import")
    see(browser, "The import was taken back: 60 subscribers are off the list again.")
    see(browser, "Taken back")
    assert active(desk) == before
    assert not desk.query("SELECT 1 FROM person WHERE address GLOB 'reader[0-9]*'")
    assert "import taken back" in desk.query("SELECT group_concat(event) FROM audit")[0][0]


def test_bad_lines_are_put_right_where_they_stand(desk, browser):
    upload(desk, browser, "mixed.csv",
           "Email;Name;Day\none at example.test;One;\ntwo@example.test;Two;more;less\n"
           "three@example.test;Three;\n")
    press(browser, "Show what would happen")
    see(browser, "1 subscriber would be added. 2 lines are bad")
    see(browser, "there is a space in it")
    see(browser, "Without a column: less")
    assert not look_over(browser, "bad lines")
    browser.fill("#cell-1-1", "one@example.test")
    press(browser, "Look at these lines again")
    see(browser, "2 subscribers would be added. 1 line is bad")
    # What was put right and not looked at again is shown before anything is done.
    browser.fill("#cell-2-2", "Two and more")
    press(browser, "Add 2")
    see(browser, "You have put lines right that were not looked at again.")
    assert "three@example.test" not in desk.subscribers("cpip")
    see(browser, "3 subscribers would be added.")
    press(browser, "Add 3")
    see(browser, "3 subscribers imported")
    names = {row["address"]: row["name"] for row in desk.csv("subscriber", "export", "cpip")}
    assert names["one@example.test"] == "One" and names["two@example.test"] == "Two and more"


def test_every_bad_line_is_reached(desk, browser):
    upload(desk, browser, "bad.csv", "email\n" + "".join(f"bad {n}\n" for n in range(120)) +
           "good@example.test\n")
    press(browser, "Show what would happen")
    see(browser, "120 lines are bad")
    seen = set()
    for _ in range(3):
        seen.update(browser.ask("run", script=(
            "[...document.querySelectorAll('.bad-lines input[type=text]')].map(i => i.value)")))
        if browser.ask("count", at='button:text-is("Further lines")'):
            press(browser, "Further lines")
    assert seen == {f"bad {n}" for n in range(120)}
    # Enter in a field looks again; it imports nothing.
    browser.fill(".bad-lines input[type=text]", "now-good@example.test")
    browser.ask("press", key="Enter")
    see(browser, "2 subscribers would be added. 119 lines are bad")
    assert "good@example.test" not in desk.subscribers("cpip")


def test_columns_are_what_a_person_says(desk, browser):
    upload(desk, browser, "odd.csv", "Courriel;Dossier\nodd@example.test;Odd Person\n")
    browser.ask("choose", at="select[name=column-1]", value="nothing")
    press(browser, "Show what would happen")
    see(browser, "No column holds the email addresses")
    assert browser.ask("count", at="nav.staff-side a") > 3
    unfold(browser)
    browser.ask("choose", at="select[name=column-1]", value="address")
    browser.ask("choose", at="select[name=column-2]", value="name")
    browser.fill("#basis", "asked at the fair")
    browser.fill("#how", "a sheet")
    assert not look_over(browser, "the columns")
    press(browser, "Show what would happen")
    press(browser, "Back to the columns")
    assert browser.ask("run", script="document.querySelector('#basis').value") == \
        "asked at the fair"
    press(browser, "Show what would happen")
    press(browser, "Add 1")
    see(browser, "1 subscriber was added.")
    row = desk.csv("subscriber", "export", "cpip")[-1]
    assert (row["name"], row["basis"]) == ("Odd Person", "asked at the fair; a sheet")


def test_who_left_elsewhere_is_kept_off(desk, browser):
    upload(desk, browser, "unsubscribed.csv",
           "Email Address,UNSUB_TIME,UNSUB_REASON,LEID,EUID\n"
           "gone@example.test,2024-02-03 10:00:00,NORMAL,1,a\n")
    press(browser, "Show what would happen")
    see(browser, "unsubscribed from the other list: kept off this one")
    press(browser, "Keep 1 off the list")
    see(browser, "1 kept off the list")
    paste(browser, "gone@example.test")
    press(browser, "Show what would happen")
    see(browser, "Nobody would be added.")
    see(browser, "unsubscribed here: they can only come back by themselves")


def test_nothing_to_import_is_said_beside_the_field(desk, browser):
    browser.open(IMPORT)
    assert press(browser, "Continue to the columns") == 400
    see(browser, "Choose a file, or paste the addresses")
    browser.fill("#pasted", "Jo Bloggs and friends")
    assert press(browser, "Continue to the columns") == 400
    see(browser, "There is no email address in it")
    assert browser.ask("run", script="document.querySelector('#pasted').value") == \
        "Jo Bloggs and friends"
    assert browser.ask("count", at="nav.staff-side a") > 3
    assert not look_over(browser, "the first step")
    assert not is_valid(browser, "the first step", desk.see(EDDA, IMPORT).text)


def test_works_without_scripts(desk):
    with desk.window(EDDA, IMPORT, scripts=False) as browser:
        paste(browser, "Plain Jane <plain@example.test>; Bloggs, Jo <bloggs@example.test>")
        see(browser, "understood as addresses, pasted")
        press(browser, "Show what would happen")
        see(browser, "Bloggs, Jo")
        press(browser, "Add 2")
        see(browser, "2 subscribers imported")
    assert {"plain@example.test", "bloggs@example.test"} <= set(desk.subscribers("cpip"))


def test_the_list_changed_meanwhile(desk, browser):
    paste(browser, "late@example.test, later@example.test")
    press(browser, "Show what would happen")
    desk.subscribe("cpip", "late@example.test")
    assert press(browser, "Add 2") == 409
    see(browser, "has changed since you looked")
    see(browser, "1 subscriber would be added.")
    press(browser, "Add 1")
    see(browser, "1 subscriber was added.")


def test_an_import_that_was_killed_is_told_gone_on_with_and_taken_back(desk, browser):
    before, many = active(desk), MANY.count("@")
    people = desk.write("many.csv", MANY)
    with subprocess.Popen([desk.program("mercat"), "--config", desk.config, "--as", EDDA,
                           "subscriber", "import", "cpip", people]) as runs:
        (number,), = wait_for("the first pieces", lambda: desk.query(
            "SELECT id FROM import WHERE file = 'many.csv' AND added > 0"))
        runs.kill()
    assert runs.returncode == -signal.SIGKILL
    added = active(desk) - before
    assert 0 < added < many
    browser.open(f"/staff/lists/cpip/imports/{number}")
    see(browser, f"This import has not come to its end: {added:,} of 20,000 lines are done.")
    browser.open(IMPORT)
    see(browser, f"{added:,} of 20,000 lines are done: can be taken back")
    upload(desk, browser, "many.csv", MANY)
    press(browser, "Show what would happen")
    press(browser, f"Add {many - added:,}")
    see(browser, f"{many - added:,} subscribers imported")
    assert active(desk) == before + many
    press(browser, "Undo this import")
    browser.open(f"/staff/lists/cpip/imports/{number}")
    press(browser, "Undo this import")
    see(browser, "Taken back")
    assert active(desk) == before


def test_pages_are_valid_html(desk, browser):
    columns = desk.do(EDDA, f"{IMPORT}/columns", {"pasted": "a@example.test\nb@example.test"})
    result = desk.do(EDDA, f"{IMPORT}/preview", {"text": "email,name\nbad,x\na@example.test,b\n"})
    assert columns.status == 200 and result.status == 200
    assert not is_valid(browser, "the columns", columns.text)
    assert not is_valid(browser, "the result", result.text)


def test_who_has_refused_is_kept_off_unless_a_person_says_otherwise(desk, browser):
    before = active(desk)
    upload(desk, browser, "members.csv", "email,consent,notes\nno1@example.test,no,\n"
           "odd1@example.test,see file,\nnote1@example.test,yes,please do not email\n")
    assert browser.ask("attribute", at="select[name=column-2] option[selected]",
                       name="value") == "may-write"
    press(browser, "Show what would happen")
    see(browser, "Nobody would be added.")
    see(browser, "under \"consent\" stands \"see file\"")
    see(browser, "\"notes\" stands \"please do not email\"")
    assert not look_over(browser, "lines that a person decides")
    press(browser, "Back to the columns")
    browser.ask("choose", at="select[name=column-2]", value="disregard")
    press(browser, "Show what would happen")
    see(browser, "2 subscribers would be added.")
    upload(desk, browser, "unsubscribed.csv", "email\ngone1@example.test\n")
    see(browser, "“unsubscribed.csv” says that they are not to be written to.")
    assert not look_over(browser, "a list of people to keep off")
    press(browser, "Show what would happen")
    see(browser, "Nobody would be added.")
    press(browser, "Keep 1 off the list")
    see(browser, "1 kept off the list")
    assert active(desk) == before
    upload(desk, browser, "unsubscribed.csv", "email\nback1@example.test\n")
    browser.check("#people-subscribers")
    press(browser, "Show what would happen")
    press(browser, "Add 1")
    see(browser, "1 subscriber was added.")
    assert active(desk) == before + 1


def test_a_file_that_the_steps_cannot_carry_is_told_so(desk):
    wide = "email," + ",".join(f"c{n}" for n in range(60)) + "\n" + "".join(
        f"wide{n}@example.test" + ",some value" * 60 + "\n" for n in range(14000))
    for name in ("file", "pasted"):
        field = f'name="{name}"' + ('; filename="wide.csv"' if name == "file" else "")
        parts = [("name=\"csrf\"", desk.token(EDDA)), (field, wide)]
        body = "".join(f"--cut\r\nContent-Disposition: form-data; {head}\r\n\r\n{value}\r\n"
                       for head, value in parts) + "--cut--\r\n"
        answer = desk.request("POST", f"{IMPORT}/columns", body.encode(),
                              {"Content-Type": "multipart/form-data; boundary=cut",
                               "Cookie": desk.cookie(EDDA)})
        assert answer.status == 413 and "is the most" in answer.text
        assert 'id="pasted"' in answer.text
