"""Somebody may be at risk: from the email to the lead, on the pages, until it is closed."""
import re

import pytest

from e2e.house import DOMAIN, text_of, wait_for
from e2e.staff import StaffSite, demo

DANGER = ("The little boy next door is screaming every night and has bruises on his arms. I "
          "don't know who else to tell.\n")
SETTINGS = 'safeguarding: { lead = "Sal Safeguard"; seen_within = "2 hours"; };\n'
RESPONSE = "/staff/consultations/places/responses/1"


@pytest.fixture(name="site")
def a_site():
    with StaffSite.opened(settings=SETTINGS) as site:
        site.furnish()
        site.hire_all()
        yield site


def danger(site, to="places"):
    site.put(demo.mail("Jo Neighbour <jo@post.example>", "Next door", DANGER, to=f"{to}@{DOMAIN}"))


def flag(site, number=1):
    return wait_for("the flag", lambda: site.query(
        f"SELECT state FROM flag WHERE id = {number}"))[0][0]


def told(site, name):
    address = name.lower().replace(" ", ".") + "@example.test"
    return [mail for mail in site.mails(address) if "Flag" in str(mail["subject"])]


def letters(site):
    return wait_for("the email about the flag", lambda: told(site, "Sal Safeguard"))


def test_from_the_email_to_the_end(site):
    danger(site)
    assert flag(site) == "proposed"
    letter, = letters(site)
    assert letter["subject"] == "Flag 1 needs you now"
    assert str(letter["to"]) == "sal.safeguard@example.test"
    for word in ("boy", "Jo", "Next door", "places-0001", "post.example"):
        assert word not in str(letter["subject"]) + text_of(letter), word
    assert not told(site, "Ann Admin")
    # The coder who reads the response says that it is so.
    page = site.see("Cole Coder", RESPONSE).text
    assert "The safeguarding lead is told of it as flag 1" in page and "/staff/flags" not in page
    assert site.do("Cole Coder", f"{RESPONSE}/proposal",
                   {"kind": "risk", "decision": "accept"}).status == 303
    assert "Flag 1: somebody may be at risk." in site.see("Cole Coder", RESPONSE).text
    # The lead comes in by Home, sees it, notes what was done, closes it.
    home = site.see("Sal Safeguard", "/staff").text
    assert "One flag that somebody may be at risk has not been seen" in home
    assert 'href="/staff/flags/1"' in home
    page = site.see("Sal Safeguard", "/staff/flags/1").text
    assert "has bruises" in page and "jo@post.example" in page and "I have seen it" in page
    assert site.do("Sal Safeguard", "/staff/flags/1/seen").status == 303
    page = site.see("Sal Safeguard", "/staff/flags/1").text
    assert "Seen first by Sal Safeguard" in page and "I have seen it" not in page
    assert site.do("Sal Safeguard", "/staff/flags/1/note",
                   {"text": "Rang the duty team at ten."}).status == 303
    wrong = site.act("Sal Safeguard", "/staff/flags/1", "close", text="Case 12.")
    assert wrong.status == 400 and "Case 12." in wrong.text and "say what became of it" in (
        wrong.text.lower())
    assert site.act("Sal Safeguard", "/staff/flags/1", "close", text="Case 12.",
                    outcome="passed on").status == 303
    page = site.see("Sal Safeguard", "/staff/flags").text
    assert "No flag is open." in page and "Passed on to the police" in page
    assert "flag" not in site.see("Sal Safeguard", "/staff").text.split("<main")[1].lower()
    # What was written stays with those who deal with flags.
    for name in ("Cole Coder", "Edda Editor", "Dot Protection", "Ann Admin"):
        for path in (RESPONSE, "/staff/flags/1", "/staff/flags", "/staff/audit", "/staff"):
            assert "duty team" not in site.see(name, path).text, (name, path)
    assert site.do("Sal Safeguard", "/staff/flags/1/reopen", {"text": "Again."}).status == 303
    assert flag(site) == "open"


def test_anybody_who_reads_raises_one_and_twice_is_once(site):
    site.put(site.reply(1))
    before = site.query("SELECT count(*) FROM flag")
    assert before == [(0,)]
    fields = {"text": "Look at the second page."}
    token = site.token("Rae Reader")
    for _ in range(2):
        assert site.do("Rae Reader", f"{RESPONSE}/flag", fields, csrf=token).status == 303
    assert site.query("SELECT count(*) FROM flag_step WHERE what = 'raised'") == [(1,)]
    assert site.do("Rae Reader", f"{RESPONSE}/flag", {"decision": "dismiss"}).status == 403
    assert len(letters(site)) == 1
    page = site.see("Edda Editor", RESPONSE).text
    assert "Raised by Rae Reader" in page and "second page" not in page


def test_unsorted_mail_is_flagged_and_dismissed_with_who(site):
    danger(site, to="elsewhere")
    assert flag(site) == "proposed"
    mail = site.query("SELECT max(id) FROM inbound")[0][0]
    page = site.see("Edda Editor", f"/staff/unsorted/{mail}").text
    assert "Flag 1: somebody may be at risk" in page
    assert "may be at risk" in site.see("Edda Editor", "/staff/unsorted").text
    assert site.do("Edda Editor", f"/staff/unsorted/{mail}/flag",
                   {"decision": "dismiss"}).status == 303
    assert flag(site) == "dismissed"
    assert 'class="panel warn risk"' not in site.see("Edda Editor", "/staff/unsorted").text
    page = site.see("Sal Safeguard", "/staff/flags/1").text
    assert re.search(r"<strong>Edda Editor</strong> decided that nobody is at risk", page)
    assert "has bruises" in page
    twice = site.do("Edda Editor", f"/staff/unsorted/{mail}/flag", {"decision": "dismiss"})
    assert twice.status == 409
    assert site.do("Sal Safeguard", "/staff/flags/1/reopen").status == 303


def test_who_closes_has_seen_what_colleagues_wrote(site):
    site.hire("Sue Second", "safeguarding")
    danger(site)
    flag(site)
    seen = re.search(r'name="seen" value="([^"]*)"',
                     site.see("Sal Safeguard", "/staff/flags/1").text)[1]
    assert site.do("Sue Second", "/staff/flags/1/note", {"text": "I am on it."}).status == 303
    late = site.do("Sal Safeguard", "/staff/flags/1/close",
                   {"seen": seen, "outcome": "no risk", "text": "Nothing."})
    assert late.status == 409 and "Sue Second" in late.text and "Nothing." in late.text
    assert flag(site) == "proposed"


def test_overdue_is_said_and_who_cannot_be_told_is_followed(site):
    danger(site)
    flag(site)
    letters(site)
    # Two hours later, as the store has it.
    site.change("UPDATE flag SET raised_at = raised_at - 9000, due_at = due_at - 9000")
    mail, = wait_for("the administrator's email", lambda: told(site, "Ann Admin"))
    assert mail["subject"] == "Overdue: Flag 1 needs you now"
    assert "/staff/flags/" not in text_of(mail)
    assert "Overdue" in site.see("Sal Safeguard", "/staff/flags").text
    assert "is overdue: nobody has seen it" in site.see("Ann Admin", "/staff").text
    page = site.see("Ann Admin", "/staff/health").text
    assert "Overdue: 1." in page and "Sal Safeguard, the safeguarding lead" in page
    site.ok("staff", "revoke", "Sal Safeguard", "safeguarding", staff=None)
    page = site.see("Ann Admin", "/staff/health").text
    assert "does not have the role safeguarding" in page


def test_a_note_that_comes_twice_stands_once(site):
    danger(site)
    flag(site)
    token = site.token("Sal Safeguard")
    for _ in range(2):
        assert site.do("Sal Safeguard", "/staff/flags/1/note", {"text": "Rang."},
                       csrf=token).status == 303
    assert site.query("SELECT count(*) FROM flag_step WHERE what = 'noted'") == [(1,)]


def test_commands(site):
    danger(site)
    flag(site)
    rows = site.json("flag", "list")
    assert [(r["flag"], r["state"], r["reference"]) for r in rows] == [(1, "proposed", "places-0001")]
    assert "raised" in site.ok("flag", "raise", "places-0001", "--text", "It is so.").out
    site.ok("flag", "see", "1")
    site.ok("flag", "note", "1", "Rang them.")
    assert "Nobody is at risk" in site.ok("flag", "close", "1", "no risk").out
    assert [r["what"] for r in site.json("flag", "show", "1")] == [
        "proposed", "raised", "seen", "noted", "closed"]
    assert site.json("flag", "list") == []
    site.ok("flag", "reopen", "1")
    assert site.mercat("flag", "close", "1", "gone").code == 2
    check = site.mercat("settings", "check", staff=None)
    assert check.code == 0 and "safeguarding.lead" not in check.out
    site.ok("staff", "revoke", "Sal Safeguard", "safeguarding", staff=None)
    assert "does not have the role safeguarding" in site.mercat(
        "settings", "check", staff=None).out
