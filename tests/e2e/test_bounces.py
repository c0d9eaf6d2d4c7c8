"""Addresses that do not exist, complaints and the suppression list, on real servers:
one address that Postfix refuses at once, one that comes back from it as a bounce."""

import pytest

from e2e import texts
from e2e.house import DOMAIN, STRANGERS, House, wait_for

ADA, BOB, CAT, DAN = STRANGERS[:4]
REFUSED = "refused-zoe@example.test"  # Postfix says so at RCPT
UNKNOWN = "gone@example.test"  # Dovecot says so to Postfix, which sends a bounce

# One day with a bounce is enough here: a test has no five days.
BOUNCE = 'bounce: { points = 1; probe_wait = "1 hour"; };\n'
REPORT = """From: fbl@example.test
To: cpip@{domain}
Subject: complaint about message
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary=b

--b
Content-Type: text/plain

This is a complaint.
--b
Content-Type: message/feedback-report

Feedback-Type: {kind}
User-Agent: Provider/1
Version: 1
--b
Content-Type: text/rfc822-headers

Message-ID: {message_id}
Subject: an update
From: cpip@{domain}

--b--
"""


class StrictHouse(House):
    def write(self, name, content):
        return super().write(name, content + BOUNCE if name == "mercat.conf" else content)


@pytest.fixture(scope="module")
def house():
    with StrictHouse.opened() as house:
        for name in ("Ada Officer", "Bea Second"):
            house.ok("staff", "add", name, staff=None)
        house.add_list("cpip", topics="neglect,hearings")
        for person in (ADA, BOB, REFUSED, UNKNOWN):
            house.subscribe("cpip", person)
        yield house


def send_update(house, title):
    number = house.draft(texts.UPDATE.format(name="cpip", title=title))
    house.send("cpip", number)
    house.wait_until_sent("cpip", number)
    return number


def is_update(mail):
    return bool(mail["List-Id"])


@pytest.fixture(scope="module")
def update(house):
    """The first update; {person: the mail}."""
    send_update(house, "March")
    return {person: house.wait_for_mail(person, is_update)[0] for person in (ADA, BOB)}


def report(kind, message_id):
    """A feedback report (RFC 5965) that returns the header of a mail of ours."""
    return REPORT.format(domain=DOMAIN, kind=kind, message_id=message_id).replace(
        "\n", "\r\n").encode()


def test_both_ways_end_in_a_probe_and_then_stop(house, update):
    for person in (REFUSED, UNKNOWN):
        wait_for(f"{person} to be stopped",
                 lambda person=person: house.state_of("cpip", person) == "bouncing", 60)
    for person in (ADA, BOB):
        assert house.state_of("cpip", person) == "active"
    probes = house.query("SELECT recipient, state FROM notification WHERE kind = 'probe'"
                         " ORDER BY recipient")
    assert probes == [(UNKNOWN, "sent"), (REFUSED, "refused")]
    rows = house.json("bounce", "list", "--list", "cpip")
    assert {(row["subscriber"], row["source"], row["effect"]) for row in rows} == {
        (REFUSED, "smtp", "score"), (REFUSED, "smtp", "dead"),
        (UNKNOWN, "mail", "score"), (UNKNOWN, "mail", "dead")}
    assert {row["reason"] for row in rows} == {"no_such_address"}


def test_history_tells_why(house, update):
    for person, way in ((REFUSED, "No. 1 was refused by the relay: no such address"),
                        (UNKNOWN, "No. 1 came back (mail ")):
        said = [row["what"] for row in house.json("bounce", "history", person)]
        assert said[0].startswith("added (by staff"), said
        assert any(line.startswith(way) and line.endswith("point 1 of 1")
                   for line in said), said
        assert said[-1].startswith("bouncing (by bounce)"), said
        assert "bouncing (by bounce)" in house.ok("bounce", "history", person).out
    assert house.mercat("bounce", "history", "nobody@example.test").code == 1


def test_one_who_was_stopped_gets_no_more(house, update):
    number = send_update(house, "April")
    assert set(house.ledger("cpip", number)) == {ADA, BOB}
    assert house.mercat("subscriber", "add", "cpip", REFUSED, "--basis", "x").code == 1


def test_forged_bounces_change_nothing(house, update):
    before = house.query("SELECT * FROM subscription"), house.query(
        "SELECT * FROM bounce_score"), house.audit_length()
    token = house.query("SELECT count(*) FROM bounce")[0][0]
    for number, tag in enumerate(("a" * 34, "b" * 34, "x")):
        house.mail("", f"cpip+b-{tag}@{DOMAIN}", "Undelivered Mail Returned to Sender",
                   "<ada@example.test>: host mx said: 550 5.1.1 no such user\n",
                   {"From": "MAILER-DAEMON@example.test",
                    "Auto-Submitted": "auto-replied"})
        wait_for("the bounce to be taken in", lambda number=number: house.query(
            "SELECT count(*) FROM bounce")[0][0] > token + number)
    assert {row["effect"] for row in house.json("bounce", "list", "--limit", 3)} == {
        "foreign"}
    assert before == (house.query("SELECT * FROM subscription"), house.query(
        "SELECT * FROM bounce_score"), house.audit_length())


def test_complaint_with_our_token_leaves_at_once(house, update):
    letters = len(house.inbox(BOB))
    house.post("fbl@example.test", f"cpip@{DOMAIN}",
               report("abuse", "<u.forged@updates.example.test>"))
    house.post("fbl@example.test", f"cpip@{DOMAIN}",
               report("not-spam", update[BOB]["Message-ID"]))
    house.settle()
    assert house.state_of("cpip", BOB) == "active"
    house.post("fbl@example.test", f"cpip@{DOMAIN}",
               report("abuse", update[BOB]["Message-ID"]))
    wait_for("them to have left", lambda: house.state_of("cpip", BOB) == "unsubscribed")
    said = house.json("bounce", "history", BOB)[-1]["what"]
    assert said.startswith("unsubscribed (by complaint)"), said
    wait_for("them to be told", lambda: len(house.inbox(BOB)) == letters + 1)
    house.wait_for_letters()
    house.never("a second one", lambda: len(house.inbox(BOB)) > letters + 1)


def test_suppressed_address_comes_back_by_no_way(house, update):
    house.ok("suppression", "add", CAT, "--reason", "asked by letter")
    assert house.ok("suppression", "check", CAT.upper()).code == 0
    assert house.mercat("suppression", "check", DAN).code == 1
    done = house.mercat("subscriber", "add", "cpip", CAT, "--basis", "asked")
    assert done.code == 1 and "suppression list" in done.err
    done = house.ok("subscriber", "import", "cpip", house.write(
        "more.csv", f"address,basis\n{CAT},consent\n{DAN},consent\n"))
    assert "suppression list" in done.err
    assert house.state_of("cpip", DAN) == "active"
    house.mail(CAT, f"cpip+join@{DOMAIN}", "join", "")
    house.settle()
    assert house.state_of("cpip", CAT) is None
    assert house.inbox(CAT) == []
    rows = house.json("suppression", "list")
    assert len(rows) == 1 and CAT not in str(rows)
    house.ok("suppression", "remove", CAT, "--reason", "a mistake")
    house.mail(CAT, f"cpip+join@{DOMAIN}", "join", "")
    house.wait_for_mail(CAT)
