"""What needs the staff reaches them by email: once a day, at once or never, as each chose; what
waits for them is in it, what does not or is not theirs to see is not, and none comes twice."""
import os
import re
import subprocess
import sys

import pytest

from e2e.browser import Browser
from e2e.house import BUILD, DOMAIN, SOURCE, text_of, wait_for
from e2e.pages import BASE, CONF
from e2e.staff import StaffSite, demo, see
from servers.ground import die_with_parent, end, free_ports

EDDA, ABE, ANN, LOU = "Edda Editor", "Abe Approver", "Ann Admin", "Lou List"
CON, NONA = "Con Consultation", "Nona Nothing"
# Any time of this day is past it, on any day of the week.
SETTINGS = 'staff: { tell_time = "00:00"; trouble_after = "0 s"; };\n'
DRAFT = """---
list: {list}
title: {title}
---

One more room is open.
"""
DRAFTED = "Bulletin 1, “Rooms”, is your draft"
APPROVE = "Bulletin 1, “Rooms”, waits for approval"
SECRET = "Bulletin 1, “Secret papers”, waits for approval"


@pytest.fixture(name="desk")
def a_desk():
    with StaffSite.opened(settings=SETTINGS) as desk:
        desk.add_list("news", "Improvement update")
        desk.add_list("group", "Papers of the Advisory Group", closed=True, visibility="public")
        desk.consult("places", "Safe places for young people")
        desk.hire_all()
        desk.hire(LOU, "approver", "--list", "news")
        desk.hire(CON, "editor", "--consultation", "places")
        for name in (EDDA, ABE, ANN, LOU, CON, NONA):
            desk.ok("staff", "tell", name, "daily", "--weekends", staff=None)
        yield desk


def address(name):
    return name.lower().replace(" ", ".") + "@example.test"


def told(desk, name):
    """What was sent to somebody about what waits: not what a colleague asked."""
    return [mail for mail in desk.mails(address(name)) if "need" in str(mail["Subject"])]


def one_to(desk, name):
    found = wait_for(f"an email to {name}", lambda: told(desk, name))
    assert len(found) == 1, [str(mail["Subject"]) for mail in found]
    return found[0]


def begin_day(desk, kills=0):
    """Their accounts are of yesterday, so that today is decided; the clock is killed so often
    while it does."""
    desk.change("UPDATE staff SET created_at = 1")
    for _ in range(kills):
        wait_for("the clock to run", lambda: desk.kill_role("clock"))
    wait_for("the day to be decided", lambda: not desk.query(
        "SELECT 1 FROM staff WHERE ended_at IS NULL AND told_day IS NULL"))
    all_gone(desk)


def all_gone(desk):
    wait_for("what was written to go", lambda: not desk.query(
        "SELECT 1 FROM notification WHERE state IN ('queued', 'sending', 'deferred')"))


def one_round(desk, goes=True):
    """All that is due now is done, by a clock of its own; goes: and sent."""
    desk.stop()
    done = subprocess.run(
        [os.path.join(BUILD, "mercatd"), "--config", desk.config, "--role=clock", "--once"],
        stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    desk.start_daemon()
    wait_for("the pages", desk.is_up)
    if goes:
        all_gone(desk)


def something_waits(desk):
    desk.ok("bulletin", "draft", desk.write("rooms.md", DRAFT.format(
        list="news", title="Rooms")), staff=EDDA)
    desk.ok("bulletin", "draft", desk.write("secret.md", DRAFT.format(
        list="group", title="Secret papers")), staff=EDDA)
    desk.put(desk.reply(1), demo.mail(
        "Parent <parent@post.example>", "A private word", "Something else entirely.\n",
        to=f"elsewhere@{DOMAIN}"))


def test_once_a_day_each_is_told_what_waits_for_them(desk):
    something_waits(desk)
    desk.ok("response", "assign", "places-0001", CON, staff=EDDA)
    begin_day(desk, kills=5)

    mail = one_to(desk, EDDA)
    both = text_of(mail) + text_of(mail, "html")
    waits = re.findall(r"\* (.*?) (?=Improvement|Papers|Safe|Since)", text_of(mail))
    assert str(mail["Subject"]) == f"{len(waits)} things need you"
    assert DRAFTED in waits and "One email could not be sorted" in waits
    assert f"{BASE}/staff/lists/news/bulletins/1/edit" in text_of(mail)
    assert f'href="{BASE}/staff/lists/news/bulletins/1/edit"' in mail.get_body(
        ("html",)).get_content()
    # Home has the same, and the email nothing of what people wrote, nor who they are.
    page = desk.see(EDDA, "/staff").text
    assert waits == re.findall(r'<p class="what">([^<]*)</p>', page)
    for words in ("Parent", "parent@", "private word", "entirely", "person1", "Person 1"):
        assert words not in both, words
    assert mail["Auto-Submitted"] == "auto-generated" and mail["Return-Path"] in (None, "<>")

    assert APPROVE in text_of(one_to(desk, ABE)) and SECRET in text_of(one_to(desk, ABE))
    here = one_to(desk, LOU)
    assert str(here["Subject"]) == "1 thing needs you" and APPROVE in text_of(here)
    assert "Secret" not in text_of(here) and "Advisory" not in text_of(here)
    there = text_of(one_to(desk, CON))
    assert "One response is assigned to you" in there and "Rooms" not in there
    assert told(desk, NONA) == []

    # Killed, started again, later that day: nothing more; nor for what came meanwhile.
    for _ in range(3):
        desk.kill_role("clock")
    desk.put(desk.reply(2))
    desk.ok("response", "assign", "places-0002", CON, staff=EDDA)
    one_round(desk)
    one_round(desk)
    for name in (EDDA, ABE, LOU, CON):
        one_to(desk, name)
    assert told(desk, NONA) == []


def test_rights_that_were_taken_away_between(desk):
    something_waits(desk)
    desk.stop()
    # What is written and has not gone ends with the role; what is not written is not theirs.
    desk.ok("staff", "revoke", LOU, "approver", "--list", "news", staff=None)
    desk.ok("staff", "grant", LOU, "approver", "--list", "group", staff=None)
    desk.ok("staff", "end", ABE, staff=None)
    desk.start_daemon()
    wait_for("the pages", desk.is_up)
    begin_day(desk)
    mail = text_of(one_to(desk, LOU))
    assert SECRET in mail and "Rooms" not in mail and "Improvement" not in mail
    assert told(desk, ABE) == []


def test_each_chooses_on_their_own_page(desk):
    begin_day(desk)
    with Browser(desk.origin) as browser:
        browser.visitor(width=1440)
        desk.sign_in(browser, EDDA, "/staff/account")
        see(browser, f"It goes to {address(EDDA)}.")
        browser.check("#tell-at-once")
        browser.click("form[action$='/account/email'] button")
        see(browser, "Your choice is saved.")
        assert browser.ask("attribute", at="#tell-at-once", name="checked") is not None
        assert browser.trouble() == []
    assert [row["tell"] for row in desk.json("staff", "list", staff=None)
            if row["name"] == EDDA] == ["at once, weekends too"]
    # Asked at once, and only of those who chose so.
    answer = desk.post("/lists/group/join", {"address": "wants.in@post.example"})
    assert answer.status in (200, 303), answer.text
    mail = one_to(desk, EDDA)
    assert str(mail["Subject"]) == "1 thing needs you now"
    assert "One request to subscribe" in text_of(mail)
    assert f"{BASE}/staff/lists/group/subscribers?state=requested" in text_of(mail)
    assert "wants.in" not in text_of(mail)
    # More within the hour waits for the next, and nobody else heard of it.
    desk.post("/lists/group/join", {"address": "also.in@post.example"})
    wait_for("the request", lambda: desk.query(
        "SELECT count(*) FROM subscription WHERE state = 'requested'") == [(2,)])
    one_round(desk)
    one_to(desk, EDDA)
    assert [name for name in (ABE, ANN, LOU, CON) if told(desk, name)] == []
    # What a colleague gives one to do is told, what one takes is not.
    desk.put(desk.reply(1), desk.reply(2))
    desk.ok("response", "assign", "places-0001", EDDA, staff=EDDA)
    one_round(desk)
    assert len(told(desk, EDDA)) == 1
    desk.ok("response", "assign", "places-0002", EDDA, staff=CON)
    wait_for("the assignment", lambda: len(told(desk, EDDA)) == 2)
    assert "2 responses are assigned to you" in text_of(told(desk, EDDA)[1])


def test_a_choice_that_is_none_is_refused_in_words(desk):
    answer = desk.do(EDDA, "/staff/account/email", {"tell": "hourly"})
    assert answer.status == 400 and "hourly" in answer.text
    done = desk.mercat("staff", "tell", EDDA, "sometimes", staff=None)
    assert done.code == 2 and "daily, at once, never" in done.err
    # Without JavaScript and without a choice: nothing changes.
    assert desk.do(EDDA, "/staff/account/email", {}).status == 400
    assert desk.query("SELECT tell FROM staff WHERE name = ?", EDDA) == [("daily",)]


def test_never_is_never(desk):
    desk.ok("staff", "tell", ABE, "never", staff=None)
    something_waits(desk)
    begin_day(desk)
    one_to(desk, EDDA)
    assert told(desk, ABE) == []
    desk.subscribe("news", "reader@example.test")
    page = desk.see(EDDA, "/staff/lists/news/bulletins/1").text
    seen = re.search(r'name="hash" value="(\w+)"', page)[1]
    answer = desk.do(EDDA, "/staff/lists/news/bulletins/1/ask", {"hash": seen, "of": ABE})
    assert answer.status == 303, answer.text
    all_gone(desk)
    assert desk.mails(address(ABE)) == []


class Relay:
    """The scripted server, on a port that is known before it runs."""

    def __init__(self, folder):
        self.folder, self.process = folder, None
        self.port, = free_ports(1)

    def start(self):
        self.process = subprocess.Popen(
            [sys.executable, os.path.join(SOURCE, "tests/faults/smtp_server.py"), "--port",
             str(self.port), "--log", f"{self.folder}/relay.log"],
            stdout=subprocess.PIPE, preexec_fn=die_with_parent)
        assert self.process.stdout.readline()

    def taken(self, to):
        try:
            with open(f"{self.folder}/relay.log", encoding="utf-8") as log:
                return len(re.findall(rf"^TAKEN .*<{re.escape(to)}>", log.read(), re.M))
        except FileNotFoundError:
            return 0


def configure(desk, **places):
    """The same settings with a mailbox or relay of another kind."""
    text = CONF.format(folder=desk.folder, domain=DOMAIN, port=desk.port, base=BASE)
    lines = [line for line in text.splitlines() if line.partition(" ")[0] not in places]
    desk.stop()
    desk.write("mercat.conf", "\n".join(lines) + "\n" + SETTINGS + "".join(
        f"{name} = ( {{ {what} }} );\n" for name, what in places.items()))
    desk.ok("staff", "tell", ANN, "at once", "--weekends", staff=None)
    desk.ok("staff", "tell", EDDA, "at once", "--weekends", staff=None)
    desk.start_daemon()
    wait_for("the pages", desk.is_up)


def test_a_relay_that_is_lost_is_told_to_administrators(desk):
    relay = Relay(desk.folder)
    configure(desk, relays=f'name = "city"; kind = "smtp"; host = "127.0.0.1";'
              f' port = {relay.port}; tls = "none";')
    try:
        # Something has to go before it is seen that nothing can.
        desk.post("/lists/group/join", {"address": "wants.in@post.example"})
        lost = "No email can be handed to the relay “city”"
        wait_for("the relay to be missed", lambda: lost in desk.see(ANN, "/staff").text)
        assert lost not in desk.see(EDDA, "/staff").text
        assert "Takes no email" in desk.see(ANN, "/staff/health").text
        assert desk.see(EDDA, "/staff/health").status == 403
        wait_for("it to be written to her", lambda: desk.query(
            "SELECT 1 FROM notification WHERE kind = 'needs' AND recipient = ?", address(ANN)))
        # Another start of the sender is no other trouble. (It is not killed by itself: a clock
        # that looks before it is back would rightly tell of that, too.)
        one_round(desk, goes=False)
        wait_for("the relay to be missed again", lambda: lost in desk.see(ANN, "/staff").text)
        relay.start()
        wait_for("it to come", lambda: relay.taken(address(ANN)), 120)
        wait_for("the relay to be found", lambda: lost not in desk.see(ANN, "/staff").text)
        assert "Takes no email" not in desk.see(ANN, "/staff/health").text
        all_gone(desk)
        assert relay.taken(address(ANN)) == 1
        assert relay.taken(address(EDDA)) == 1, "the request, and no trouble"
    finally:
        end(relay.process)


def test_a_mailbox_that_is_lost_is_told_to_administrators(desk):
    # It hangs up on those who connect, five times, and then does its work.
    server = subprocess.Popen(
        [sys.executable, os.path.join(SOURCE, "tests/faults/imap_server.py"), "greeting-close",
         "5"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, preexec_fn=die_with_parent)
    try:
        port = server.stdout.readline().split()[1].decode()
        os.chmod(desk.write("password", "secret\n"), 0o600)
        configure(desk, mailboxes=f'name = "post"; kind = "imap"; host = "127.0.0.1";'
                  f' port = {port}; tls = "none"; user = "u"; poll = "1 s";'
                  f' password_file = "{desk.folder}/password";')
        mail = text_of(one_to(desk, ANN))
        assert "Urgent: No email can be read from the mailbox “post”" in mail
        assert f"{BASE}/staff/health" in mail
        wait_for("the mailbox to be found", lambda: desk.query(
            "SELECT 1 FROM mailbox WHERE name = 'post' AND lost_at IS NULL"), 120)
        wait_for("Home to say so",
                 lambda: "from the mailbox" not in desk.see(ANN, "/staff").text)
        one_round(desk)
        one_to(desk, ANN)
        assert told(desk, EDDA) == []
    finally:
        end(server)


def test_a_part_of_mercat_that_keeps_ending_is_told_to_administrators(desk):
    desk.ok("staff", "tell", ANN, "at once", staff=None)
    assert "All of them run" in desk.see(ANN, "/staff/health").text
    assert desk.kill_role("collect") == 1
    lost = "The program cannot run its part “collect main”"
    assert f"Urgent: {lost}" in text_of(one_to(desk, ANN))
    # Started again at once, it is not trusted before it has lived for a minute.
    wait_for("it to run again", lambda: desk.roles().get("collect"))
    assert lost in desk.see(ANN, "/staff").text
    assert "collect main" in desk.see(ANN, "/staff/health").text
    assert lost not in desk.see(EDDA, "/staff").text
    wait_for("it to be trusted", lambda: lost not in desk.see(ANN, "/staff").text, 120)
    one_to(desk, ANN)
    # Who stops all of it on purpose has lost nothing.
    one_round(desk)
    assert desk.query("SELECT 1 FROM role WHERE lost_at IS NOT NULL") == []
