"""The analysis report as officials write it: drafted, checked, previewed, made an edition,
approved by a second person, saved as files in which the same numbers stand."""
import csv
import html
import io
import re

import pytest

from e2e.browser import is_valid, look_over
from e2e.staff import StaffSite, form_of, see

PLACES = "/staff/consultations/places"
REPORT = f"{PLACES}/report"
EDDA, ABE = "Edda Editor", "Abe Approver"


@pytest.fixture(name="desk", scope="module")
def a_desk():
    with StaffSite.opened() as desk:
        desk.consult("places", "Safe places for young people")
        desk.hire_all()
        desk.ok("code", "add", "places", "opening hours", "--definition", "When it is open.")
        for i in range(16):
            organisation = i >= 9
            ref = desk.json("response", "add", "places", "--channel", "paper", "--received",
                            "yesterday", "--silent", "--text",
                            f"Open the hall on Sundays, please, for the {i + 1} of us.",
                            "--permission", "without name", "--type",
                            "organisation" if organisation else "individual",
                            *(["--organisation", f"Club {i}"] if organisation else []))
            ref = re.search(r"places-\d+", str(ref))[0]
            desk.ok("response", "include", ref)
            if i % 3:
                desk.ok("response", "code", ref, "opening hours", "--from", "0", "--to", "32")
        yield desk


def press(browser, words):
    browser.click(f'main :is(button, a):text-is("{words}")')


def write(browser, text):
    browser.fill("#text", text)
    press(browser, "Save")


def test_a_report_from_its_draft_to_an_approved_edition(desk):
    with desk.window(EDDA, REPORT) as browser:
        see(browser, "There is no report yet.")
        assert look_over(browser, "no report") == []
        press(browser, "Begin with a draft")
        see(browser, "The report has a draft.")
        see(browser, "neither a vote nor a survey", ".report")
        see(browser, "Nothing stands in the way.")
        assert look_over(browser, "report") == []
        browser.look(width=1440, dark=False)
        before = browser.ask("run", script="text.value")
        browser.fill("#text", before + "\nSeven individuals responded.\n\n| A | n |\n|---|---|\n"
                                       "| Yes | 41 |\n| No | 7 |\n| Other | 12 |\n| Total | 61 |\n")
        press(browser, "Show the preview without saving")
        see(browser, "Not saved yet.")
        see(browser, "2 to put right.")
        see(browser, '"Seven" is wrong')
        see(browser, "sum to 60, but N is 61")
        assert look_over(browser, "report with findings") == []
        browser.look(width=1440, dark=False)
        press(browser, "Save")
        see(browser, "The report is saved.")
        see(browser, "An edition can be made once what is wrong is put right.")
        assert desk.query("SELECT count(*) FROM report_edition") == [(0,)]
        write(browser, before + "\nNine individuals responded.\n")
        press(browser, "Make edition 1")
        see(browser, "Edition 1 is made. Ask a colleague to approve it.")
        assert look_over(browser, "edition") == []
        browser.look(width=1440, dark=False)
        browser.ask("choose", at="#of", value=ABE)
        press(browser, "Ask for approval")
        see(browser, f"{ABE} is asked to approve edition 1.")
    assert desk.do(EDDA, f"{REPORT}/editions/1/approve").status in (403, 404, 409)
    with desk.window(ABE) as browser:
        see(browser, "An edition of the report is for you to approve")
        browser.click(f'main a[href="{REPORT}/editions/1"]')
        press(browser, "Approve edition 1")
        see(browser, "Edition 1 is approved.")
        assert look_over(browser, "approved edition") == []


def test_the_same_numbers_stand_in_every_file(desk):
    page = desk.see(ABE, f"{REPORT}/editions/1/html").text
    marked = desk.see(ABE, f"{REPORT}/editions/1/md").text
    sheet = list(csv.reader(io.StringIO(desk.see(
        ABE, f"{REPORT}/editions/1/csv").text.removeprefix("\ufeff"), newline="")))
    in_page = [[html.unescape(re.sub("<[^>]*>", "", cell)) for cell in re.findall(
        r"<t[hd][^>]*>(.*?)</t[hd]>", row)] for row in re.findall(r"<tr[^>]*>(.*?)</tr>", page)]
    in_mark = [[re.sub(r"\\(.)", r"\1", cell).strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
               for line in marked.split("\n") if line.startswith("| ")]
    in_sheet = [row for row in sheet if len(row) > 1]
    assert in_page and in_page == in_mark == in_sheet
    assert "not been approved" not in page and "Edition 1, approved on" in page
    with desk.window(ABE) as browser:
        assert is_valid(browser, "the file", page) == []


def test_two_who_write_at_once_lose_nothing(desk):
    one, other = (form_of(desk.see(name, REPORT), "/report") for name in (EDDA, "Ines Second"))
    assert desk.do("Ines Second", REPORT, {**other, "text": "By Ines.", "do": "save"}).status == 303
    answer = desk.do(EDDA, REPORT, {**one, "text": "By Edda.", "do": "save"})
    assert answer.status == 409 and "By Edda." in answer.text and "Ines Second" in answer.text
    assert desk.query("SELECT text FROM report") == [("By Ines.",)]


def test_what_moved_since_is_told(desk):
    desk.ok("response", "exclude", "places-0001", "--reason", "blank")
    page = desk.see(ABE, f"{REPORT}/editions/1").text
    assert "1 response changed since edition 1: 1 was screened differently." in page
    assert f'{PLACES}/responses/1"' in page


def test_rights(desk):
    for name, may_see in (("Nona Nothing", False), ("Ann Admin", False), ("Rae Reader", True)):
        assert (desk.see(name, REPORT).status == 200) is may_see, name
        assert desk.do(name, f"{REPORT}/editions/1/approve").status in (403, 404, 409), name
    assert desk.do("Rae Reader", REPORT, {"text": "x", "do": "save"}).status == 403
    assert desk.see(ABE, f"{REPORT}/editions/9").status == 404
    assert desk.see(ABE, f"{REPORT}/editions/1/exe").status == 404
