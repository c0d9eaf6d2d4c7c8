"""A response that belongs to another consultation is moved there from its page, and taken back."""
import re

import pytest

from e2e.house import DOMAIN, wait_for
from e2e.staff import StaffSite, demo, see, words_of

EDDA = "Edda Editor"
PLACES, CRUELTY = "/staff/consultations/places", "/staff/consultations/cruelty"


@pytest.fixture(name="desk", scope="module")
def a_desk():
    with StaffSite.opened() as desk:
        desk.furnish()
        desk.hire_all()
        desk.hire("Pia Places", "editor", "--consultation", "places")
        desk.hire("Cora Cruelty", "editor", "--consultation", "cruelty")
        desk.put(*(desk.reply(n) for n in range(1, 5)))
        yield desk


def acknowledgement(desk, number):
    mail, = wait_for("the acknowledgement", lambda: desk.mails(f"person{number}@post.example"))
    return mail


@pytest.mark.parametrize("number, script", [(1, True), (2, False)])
def test_it_is_moved_and_taken_back(desk, number, script):
    assert desk.do(EDDA, f"{PLACES}/responses/{number}/tag",
                   {"tag": "doors", "new": "yes"}).status == 303
    with desk.window(EDDA, f"{PLACES}/responses/{number}", scripts=script) as browser:
        browser.ask("run", script="document.getElementById('move-to').closest('details').open = true")
        browser.ask("choose", at="#move-to", value="cruelty")
        assert browser.click(f'button:has-text("Move places-000{number}")') == 200
        said = words_of(browser)
        assert f"places-000{number} has been moved. It is cruelty-000" in said
        reference = re.search(r"It is (cruelty-000\d) now", said)[1]
        browser.open(f"{PLACES}/responses/{number}")
        assert browser.url().endswith(f"{CRUELTY}/responses/{int(reference[-4:])}")
        page = words_of(browser)
        assert f"Moved here from places-000{number} by Edda Editor" in page
        assert "It was coded there: doors." in page and "New" in page
        assert "doors" not in browser.text("section.box h2:has-text('Tags') + *")
        if script:
            browser.ask("run", script="document.querySelector('button.undo-last').click()")
            see(browser, "Taken back: moving", "body", seconds=4)
        else:
            assert browser.click("button.undo-last") == 200
        browser.open(f"{CRUELTY}/responses/{int(reference[-4:])}")
        assert browser.url().endswith(f"{PLACES}/responses/{number}")
        assert "Moved here" not in words_of(browser)
        assert "doors" in words_of(browser)
        assert not browser.trouble()


def test_the_respondent_s_next_mail_goes_where_it_went(desk):
    answered = acknowledgement(desk, 3)
    moved = desk.ok("response", "move", "places-0003", "cruelty").out
    reference = re.search(r"cruelty-\d{4}", moved)[0]
    assert desk.json("response", "show", "places-3") == desk.json("response", "show", reference)
    desk.put(demo.mail("Person 3 <person3@post.example>", f"Re: {answered['Subject']}",
                       "One more thought of mine.\n", to=f"places@{DOMAIN}",
                       headers={"In-Reply-To": answered["Message-ID"]}))
    (name, why), = desk.query(
        "SELECT c.name, i.why FROM inbound i JOIN response r ON r.inbound_id = i.id"
        " JOIN consultation c ON c.id = r.consultation_id ORDER BY i.id DESC LIMIT 1")
    assert name == "cruelty" and "what it answers was moved to cruelty" in why


def test_it_takes_the_right_in_both(desk):
    for who, at in (("Pia Places", PLACES), ("Cora Cruelty", CRUELTY)):
        page = desk.see(who, f"{PLACES}/responses/4")
        assert page.status == (200 if at == PLACES else 404)
        assert "Move it to another" not in page.text
    before = desk.fingerprint()
    assert desk.do("Pia Places", f"{PLACES}/responses/4/move", {"to": "cruelty"}).status in (403, 409)
    assert desk.do("Cora Cruelty", f"{PLACES}/responses/4/move", {"to": "cruelty"}).status == 404
    assert desk.do(EDDA, f"{PLACES}/responses/4/move", {"to": ""}).status in (400, 404)
    assert desk.fingerprint() == before


def test_who_may_not_read_it_there_learns_only_that_it_went(desk):
    desk.ok("response", "move", "places-0004", "cruelty")
    gone = desk.see("Pia Places", f"{PLACES}/responses/4")
    assert gone.status == 404
    assert "places-0004 was moved to a consultation that you may not read." in gone.text
    assert "cruelty" not in gone.text
    late = desk.do("Pia Places", f"{PLACES}/responses/4/note", {"text": "from an old tab"})
    assert late.status == 404 and "was moved to another consultation" in late.text
    found = desk.see(EDDA, "/staff/search?q=places-0004")
    assert found.status == 303 and f"{PLACES}/responses/" not in found.headers["location"]
    assert CRUELTY in found.headers["location"]
