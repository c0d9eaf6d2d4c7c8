"""A report back: written and approved on the staff site, in the mailboxes of those who agreed to be
contacted again, and ended there with one click."""
import re

import pytest

from e2e.browser import Browser, is_valid, look_over
from e2e.house import lines_of, text_of, wait_for
from e2e.staff import StaffSite, form_of, see, words_of

PLACES = "/staff/consultations/places"
BACK = f"{PLACES}/report-back"
EDDA, ABE, INES = "Edda Editor", "Abe Approver", "Ines Second"


@pytest.fixture(name="desk", scope="module")
def a_desk():
    with StaffSite.opened() as desk:
        desk.consult("places", "Safe places for young people")
        desk.hire_all()
        desk.put(*(desk.reply(number) for number in range(1, 7)))
        for reference, contact in (("places-0001", "yes"), ("places-0002", "yes"),
                                   ("places-0003", "no"), ("places-0005", "yes")):
            desk.ok("response", "respondent", reference, "--set-contact", contact)
        desk.ok("consultation", "close", "places")
        yield desk


def press(browser, words):
    browser.click(f'main :is(button, a):text-is("{words}")')


def sent(desk):
    """What reached somebody's mailbox, by whom it is to."""
    mails = [mail for n in range(1, 7) for mail in desk.mails(f"person{n}@post.example")]
    return [mail for mail in mails if "what we did" in str(mail["Subject"])]


def test_from_the_first_word_to_the_mailboxes(desk):
    with desk.window(EDDA, f"{PLACES}/settings") as browser:
        press(browser, "Report back")
        see(browser, "None has been written yet.")
        assert look_over(browser, "no report back") == []
        press(browser, "Write a report back")
        subject = browser.ask("run", script="subject.value")
        assert subject == "Safe places for young people: what you said, and what we did"
        browser.fill("#text", "## We asked\n\nWhere is it safe?\n\n## You said\n\nWhere the door is open.\n\n"
                              "## We did\n\nWe [open the doors](https://doors.example/plan).\n")
        press(browser, "Show the email without saving")
        see(browser, "Not saved yet.")
        see(browser, "open the doors (https://doors.example/plan)")
        assert look_over(browser, "a new report back") == []
        assert desk.query("SELECT count(*) FROM report_back") == [(0,)]
        press(browser, "Save")
        see(browser, "Report back 1 is saved.")
        said = words_of(browser)
        assert "3 respondents who agreed to be contacted again" in said, said
        assert "1 who do not want to be contacted again" in said and "2 who have not said clearly" in said, said
        assert look_over(browser, "a draft") == []
        assert not is_valid(browser, "a draft", desk.see(EDDA, f"{BACK}/1").text)
        browser.look(width=1440, dark=False)
        press(browser, "Ask for approval")
        see(browser, "waits for the approval of a colleague")
    assert desk.do(EDDA, f"{BACK}/1/approve", {"sure": "yes"}).status in (403, 404, 409)
    with desk.window(ABE) as browser:
        see(browser, "A report back to respondents is for you to approve")
        browser.click(f'main a[href="{BACK}/1"]')
        press(browser, "Approve and send …")
        see(browser, "goes to 3 respondents, each by an email of their own")
        assert sent(desk) == [] and desk.query("SELECT state FROM report_back") == [("asked",)]
        press(browser, "Approve it and send it")
        see(browser, "It is approved, and being sent.")
        wait_for("the report back to be sent",
                 lambda: desk.query("SELECT state FROM report_back") == [("sent",)])
        browser.open(f"{BACK}/1")
        see(browser, "3 sent")
        assert "Cancel it" not in words_of(browser)
        assert look_over(browser, "sent") == []
        browser.look(width=1440, dark=False)
    mails = sent(desk)
    assert sorted(str(mail["To"]) for mail in mails) == [f"person{n}@post.example" for n in (1, 2, 5)]
    for mail in mails:
        assert mail["Cc"] is None and mail["Bcc"] is None
        assert "We asked" in lines_of(mail) and "places-000" in text_of(mail)
        assert "contact/" in str(mail["List-Unsubscribe"])
        assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def link_of(mail):
    return re.search(r"/contact/[a-z0-9]+", text_of(mail))[0]


def contact(desk, number):
    return desk.query("SELECT x.contact FROM response r JOIN respondent x ON x.id = r.respondent_id "
                      "WHERE r.number = ?", number)[0][0]


def test_one_click_ends_it_and_a_link_alone_does_not(desk):
    one, two = (next(mail for mail in sent(desk) if str(mail["To"]).startswith(f"person{n}@"))
                for n in (1, 2))
    for _ in range(2):
        assert desk.get(link_of(one)).status == 200
    assert contact(desk, 1) == "yes"
    for _ in range(2):
        answer = desk.request("POST", link_of(one), "List-Unsubscribe=One-Click",
                              {"Content-Type": "application/x-www-form-urlencoded"})
        assert answer.status == 200 and "no more emails about this consultation" in answer.text
    assert contact(desk, 1) == "no"
    with Browser(desk.origin) as browser:
        browser.visitor(width=1000)
        browser.open(link_of(two))
        assert look_over(browser, "ending it") == []
        see(browser, "Your response is still counted.")
        browser.click("main button")
        see(browser, "We will not write to person2@post.example about this consultation again.")
        assert not is_valid(browser, "ended", desk.get(link_of(two)).text)
    assert contact(desk, 2) == "no" and contact(desk, 5) == "yes"
    assert desk.get("/contact/nosuchtoken").status == 404
    assert desk.post("/contact/nosuchtoken", {"List-Unsubscribe": "One-Click"}).status == 404


def test_the_next_one_goes_to_who_is_left(desk):
    path = desk.write("next.md", "We did more.\n")
    desk.ok("report-back", "save", "places", path, "--subject", "More of what we did", staff=EDDA)
    rows = {row["state"]: row["respondents"] for row in desk.json("report-back", "audience", "places")}
    assert rows["gets it"] == 1 and rows["no"] == 3
    desk.ok("report-back", "ask", "places", "2", staff=EDDA)
    refused = desk.mercat("report-back", "approve", "places", "2", staff=EDDA)
    assert refused.code != 0 and "You wrote this report back" in refused.err
    desk.ok("report-back", "approve", "places", "2", staff=ABE)
    wait_for("it to be sent", lambda: desk.query(
        "SELECT state FROM report_back WHERE number = 2") == [("sent",)])
    assert [row["address"] for row in desk.json("report-back", "recipients", "places", "2")] == [
        "person5@post.example"]


def test_two_who_write_at_once_lose_nothing(desk):
    desk.ok("report-back", "save", "places", desk.write("third.md", "Third.\n"), "--subject", "Third",
            staff=EDDA)
    one, other = (form_of(desk.see(name, f"{BACK}/3"), "/report-back/3") for name in (EDDA, INES))
    assert desk.do(INES, f"{BACK}/3", {**other, "text": "By Ines.", "do": "save"}).status == 303
    answer = desk.do(EDDA, f"{BACK}/3", {**one, "text": "By Edda.", "do": "save"})
    assert answer.status == 409 and "By Edda." in answer.text and INES in answer.text
    assert desk.query("SELECT text FROM report_back WHERE number = 3") == [("By Ines.",)]


def test_what_cannot_go_out_is_said_beside_its_field(desk):
    answer = desk.do(EDDA, f"{BACK}/new", {"subject": "", "text": "Something.", "do": "save"})
    assert answer.status == 422 or answer.status == 400, answer.status
    assert 'id="subject-error"' in answer.text and "Something." in answer.text
    answer = desk.do(EDDA, f"{BACK}/new", {"subject": "Three", "text": " ", "do": "save"})
    assert 'id="text-error"' in answer.text and 'value="Three"' in answer.text
    assert desk.see(EDDA, f"{BACK}/99").status == 404 and desk.see(EDDA, f"{BACK}/x").status == 404


def test_rights(desk):
    assert desk.see("Nona Nothing", BACK).status in (403, 404)
    assert desk.see("Rae Reader", f"{BACK}/1").status == 200
    assert "person1@post.example" not in desk.see("Rae Reader", f"{BACK}/1").text
    for name, act in (("Rae Reader", "/new"), ("Cole Coder", "/3/ask"), ("Rae Reader", "/3/cancel"),
                      (EDDA, "/3/approve")):
        answer = desk.do(name, BACK + act, {"sure": "yes", "subject": "x", "text": "x"})
        assert answer.status in (403, 404), name
