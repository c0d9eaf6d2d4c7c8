"""Asking a colleague for approval: who asks, who is asked, and what becomes of it, as the two of
them see it on their pages and in their mailboxes."""
import glob
import re

import pytest

from e2e.browser import Browser
from e2e.editor import editor_fields
from e2e.house import parse, text_of, wait_for
from e2e.staff import StaffSite, see, words_of

TEXT = """---
list: news
title: {title}
---

Good morning. We have news.
"""
EDDA, BEA, ABE = "Edda Editor", "Bea Both", "Abe Approver"


@pytest.fixture(name="desk", scope="module")
def a_desk():
    with StaffSite.opened() as desk:
        desk.add_list("news", "Improvement update", topics="neglect, hearings")
        desk.subscribe("news", "reader@example.test")
        desk.hire_all()
        desk.hire(BEA, "editor")
        desk.hire(BEA, "approver")
        yield desk


@pytest.fixture(name="browser", scope="module")
def a_browser(desk):
    with Browser(desk.origin) as browser:
        yield browser


def path_of(number):
    return f"/staff/lists/news/bulletins/{number}"


def begin(desk, title):
    return desk.json("bulletin", "draft", desk.write("draft.md", TEXT.format(title=title)),
                     staff=EDDA)["number"]


def needs(desk, name):
    return re.findall(r'<p class="what">([^<]*)</p>', desk.see(name, "/staff").text)


def hash_of(desk, name, number):
    return re.search(r'name="hash" value="(\w+)"', desk.see(name, path_of(number)).text)[1]


def act(desk, name, number, what, **fields):
    return desk.do(name, f"{path_of(number)}/{what}",
                   {"hash": hash_of(desk, name, number)} | fields)


def correct(desk, name, number, text):
    answer = desk.do(name, f"{path_of(number)}/edit", editor_fields(desk, name, number, text=text))
    assert answer.status == 303, answer.text


def mails_to(desk, name):
    address = name.lower().replace(" ", ".")
    found = []
    for path in glob.glob(f"{desk.folder}/out/**/new/*", recursive=True):
        with open(path, "rb") as file:
            mail = parse(file.read())
        if address in str(mail["To"]):
            found.append(mail)
    return found


def mail_about(desk, name, subject):
    return wait_for(f"{subject} to {name}", lambda: next(
        (mail for mail in mails_to(desk, name) if subject in str(mail["Subject"])), None), 60)


def events(desk, event):
    return desk.query("SELECT count(*) FROM audit WHERE event = ?", event)[0][0]


def test_asked_told_and_approved(desk, browser):
    number = begin(desk, "Asked")
    browser.visitor(width=1440)
    desk.sign_in(browser, EDDA, f"{path_of(number)}/edit")
    browser.fill("#text", "Good morning. We have good news.")
    browser.ask("choose", at="#of", value=BEA)
    browser.click("text=Save and ask for approval")
    see(browser, f"{BEA} has it on Home now, and is told by email.")
    see(browser, f"{EDDA} asked {BEA} for approval")
    assert f"Bulletin {number}, “Asked”, is your draft" not in needs(desk, EDDA)
    mail = mail_about(desk, BEA, f"Please approve: No. {number}: Asked")
    assert f"{EDDA} asks you to approve" in text_of(mail) and path_of(number) in text_of(mail)

    browser.visitor(width=1440)
    desk.sign_in(browser, BEA)
    see(browser, f"{EDDA} asked")
    browser.click(f"[aria-label^='Read: Bulletin {number}']")
    browser.click("text=Approve for 1 subscriber")
    see(browser, "Approved as it is now, for 1 subscriber.")
    see(browser, f"{BEA}, ")
    mail_about(desk, EDDA, f"Approved: No. {number}: Asked")
    assert needs(desk, BEA) == []
    assert browser.trouble() == []


def test_returned_with_comments_and_asked_again(desk, browser):
    number = begin(desk, "Returned")
    assert act(desk, EDDA, number, "ask", of=BEA).status == 303
    browser.visitor(width=1440)
    desk.sign_in(browser, BEA, path_of(number))
    browser.click("text=Return with comments")
    see(browser, "Write what should be changed")
    assert browser.ask("attribute", at="#return", name="aria-invalid") == "true"
    browser.fill("#return", "The second sentence is too long.\nPlease shorten it.")
    browser.click("text=Return with comments")
    see(browser, "Returned with your comment.")
    see(browser, "The second sentence is too long.")
    mail = mail_about(desk, EDDA, "Returned with comments")
    assert "Please shorten it." in text_of(mail)
    assert f"Bulletin {number}, “Returned”, was returned to you" in needs(desk, EDDA)
    assert not any("Returned" in need for need in needs(desk, BEA))

    correct(desk, EDDA, number, "Good morning.")
    assert act(desk, EDDA, number, "ask", of=BEA).status == 303
    browser.open("/staff")
    see(browser, f"Bulletin {number}, “Returned”, is for you to approve")
    browser.open(path_of(number))
    browser.fill("#comment", "Better.")
    browser.click("button:text-is('Comment')")
    see(browser, "Better.")
    browser.click("text=Approve for 1 subscriber")
    see(browser, "Approved as it is now")
    assert browser.trouble() == []


def test_team_of_two_where_the_approver_corrects_a_comma(desk, browser):
    number = begin(desk, "Comma")
    assert act(desk, EDDA, number, "ask", of=BEA).status == 303
    correct(desk, BEA, number, "Good morning, we have news.")
    # She cannot approve alone, by no form of her own either ...
    page = desk.see(BEA, path_of(number)).text
    assert f'action="{path_of(number)}/approve"' not in page
    assert act(desk, BEA, number, "approve", count="1").status == 409
    # ... but with her colleague.
    browser.visitor(width=1440)
    desk.sign_in(browser, BEA, path_of(number))
    see(browser, "You have changed something in it, so you cannot approve it alone")
    browser.click("text=Approve with my changes")
    see(browser, f"It is approved as soon as {EDDA} agrees to your changes.")
    assert desk.status("news", number)["state"] == "draft"
    mail_about(desk, EDDA, "Do you agree to the changes?")

    browser.visitor(width=1440)
    desk.sign_in(browser, EDDA)
    browser.click(f"[aria-label^='Read: Bulletin {number}']")
    see(browser, f"{BEA} approves it with changes, once {EDDA} agrees")
    compared = words_of(browser, ".diff")
    assert "[removed: . We ] [added: , we ]" in compared
    browser.click("text=Agree, so that it is approved")
    see(browser, "You agree, so it is approved for 1 subscriber.")
    see(browser, f"{BEA} and {EDDA}")
    assert desk.status("news", number)["state"] == "approved"
    desk.ok("bulletin", "send", "news", number, staff=EDDA)
    desk.wait_until_sent("news", number)
    assert browser.trouble() == []


def test_not_agreed_goes_back(desk):
    number = begin(desk, "Disagreed")
    assert act(desk, EDDA, number, "ask", of=BEA).status == 303
    correct(desk, BEA, number, "Good evening.")
    assert act(desk, BEA, number, "ask-to-agree", of=EDDA).status == 303
    # Somebody who is not asked cannot agree.
    assert act(desk, "Ines Second", number, "agree").status == 409
    assert act(desk, EDDA, number, "return", **{"return": "It goes out in the morning."}
               ).status == 303
    assert f"Bulletin {number}, “Disagreed”, was returned to you" in needs(desk, BEA)
    # Asking about exactly her words is agreeing to them.
    assert act(desk, EDDA, number, "ask", of=BEA).status == 303
    assert act(desk, BEA, number, "approve", count="1").status == 303
    assert desk.status("news", number)["state"] == "approved"


def test_changed_after_the_question_is_no_dead_end(desk):
    """Whoever changes it once more, both of them can go on."""
    number = begin(desk, "Stale")
    assert act(desk, EDDA, number, "ask", of=BEA).status == 303
    for who in (BEA, EDDA):
        correct(desk, BEA, number, f"Good evening, {who}.")
        assert act(desk, BEA, number, "ask-to-agree", of=EDDA).status == 303
        correct(desk, who, number, f"Good night, {who}.")
        assert act(desk, EDDA, number, "agree").status == 409
        assert f'action="{path_of(number)}/ask-to-agree"' in desk.see(BEA, path_of(number)).text
        page = desk.see(EDDA, path_of(number)).text
        assert f'action="{path_of(number)}/ask"' in page and "/agree\"" not in page
        assert f"Bulletin {number}, “Stale”, was changed: do you agree?" not in needs(desk, EDDA)
    assert act(desk, EDDA, number, "ask", of=BEA).status == 303
    assert act(desk, BEA, number, "approve", count="1").status == 303
    assert desk.status("news", number)["state"] == "approved"


def test_nothing_is_done_twice_and_nothing_typed_is_lost(desk):
    number = begin(desk, "Twice")
    asked, mails = events(desk, "approval asked for"), len(mails_to(desk, ABE))
    seen = hash_of(desk, EDDA, number)
    for _ in range(2):
        assert desk.do(EDDA, f"{path_of(number)}/ask", {"hash": seen, "of": ABE}).status == 303
    assert events(desk, "approval asked for") == asked + 1
    wait_for("the mail", lambda: len(mails_to(desk, ABE)) == mails + 1)
    wrong = desk.do(EDDA, f"{path_of(number)}/ask", {"hash": seen, "of": ""})
    assert wrong.status == 400 and 'id="of-error"' in wrong.text and 'href="#of"' in wrong.text
    long = "x" * 4001
    wrong = act(desk, ABE, number, "return", **{"return": long})
    assert wrong.status == 400 and long in wrong.text and 'id="return-error"' in wrong.text
    wrong = act(desk, ABE, number, "comments", comment=long)
    assert wrong.status == 400 and long in wrong.text and 'id="comment-error"' in wrong.text
    for _ in range(2):
        assert act(desk, ABE, number, "comments", comment="Once.").status == 303
    assert desk.see(ABE, path_of(number)).text.count(">Once.<") == 1
    # A page from before a change says so, and what was typed stands there.
    correct(desk, EDDA, number, "Changed meanwhile.")
    stale = desk.do(ABE, f"{path_of(number)}/return", {"hash": seen, "return": "About the old one"})
    assert stale.status == 409 and "About the old one" in stale.text
    assert desk.do(ABE, f"{path_of(number)}/approve", {"hash": seen, "count": "1"}).status == 409
    returned = events(desk, "bulletin returned")
    seen = hash_of(desk, ABE, number)
    for _ in range(2):
        assert desk.do(ABE, f"{path_of(number)}/return",
                       {"hash": seen, "return": "Better not"}).status == 303
    assert events(desk, "bulletin returned") == returned + 1
    correct(desk, EDDA, number, "Changed once more.")
    seen = hash_of(desk, ABE, number)
    approved = events(desk, "bulletin approved")
    for _ in range(2):
        assert desk.do(ABE, f"{path_of(number)}/approve", {"hash": seen, "count": "1"}).status == 303
    assert events(desk, "bulletin approved") == approved + 1


def test_unfinished_is_not_asked_about_but_saved(desk):
    number = begin(desk, "Unfinished")
    answer = desk.do(EDDA, f"{path_of(number)}/edit", editor_fields(
        desk, EDDA, number, text="## Half {nothing}") | {"then": "ask", "of": BEA})
    assert answer.status == 400 and "It cannot be approved yet" in answer.text
    assert 'id="of-error"' in answer.text and "## Half {nothing}" in answer.text
    assert "## Half {nothing}" in desk.query(
        "SELECT source FROM bulletin WHERE number = ?", number)[0][0]
    seen = editor_fields(desk, EDDA, number)["hash"]
    assert desk.do(EDDA, f"{path_of(number)}/ask", {"hash": seen, "of": BEA}).status == 409
    # Nobody is told of what was not asked.
    assert not any(f"No. {number}:" in str(mail["Subject"]) for mail in mails_to(desk, BEA))


def test_what_changed_since_the_approval_can_be_read(desk, browser):
    number = begin(desk, "Compared")
    assert "There is nothing to compare with yet" in desk.see(
        ABE, f"{path_of(number)}/compare").text
    desk.ok("bulletin", "approve", "news", number, staff=ABE)
    correct(desk, EDDA, number, "Good morning. We have bad news.")
    browser.visitor(width=1440)
    desk.sign_in(browser, ABE, path_of(number))
    see(browser, f"Changed since {ABE} approved it")
    browser.click("text=Compare:")
    compared = words_of(browser, ".diff")
    assert "We have [added: bad ] news." in compared.replace("  ", " ")
    assert browser.axe() == []
    assert browser.trouble() == []


def test_list_without_an_approver_says_so(desk):
    with StaffSite.opened() as small:
        small.add_list("news", "Improvement update")
        small.subscribe("news", "reader@example.test")
        small.hire(EDDA, "editor")
        number = small.json("bulletin", "draft", small.write(
            "draft.md", TEXT.format(title="Alone")), staff=EDDA)["number"]
        page = small.see(EDDA, path_of(number)).text
        assert "Nobody can be asked yet" in page and "/ask\"" not in page
