"""kill -9 of every role in the middle of the work: nobody is lost, hardly anyone doubled.

A mail that was on its way when the sender died may come twice; there are as many of
those as there are connections, at each kill, and never more.
"""
import os
import signal

import pytest

from e2e import texts
from e2e.house import MAILBOX, PEOPLE, STRANGERS, compose, has_ended, wait_for
from e2e.sending import copies, count_sent, start_sending

CONNECTIONS = 5


@pytest.fixture(scope="module")
def house(slow_house):
    return slow_house


def kill_while_sending(house, name, pids):
    """Kills once some of the update is out, and makes sure that it was not all."""
    wait_for("the first mails", lambda: count_sent(house, name) >= 5)
    for pid in pids():
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            pass            # it ended with its master, as it should
    assert count_sent(house, name) < len(PEOPLE), "the bulletin was out before the kill"


def check_everyone_has_it(house, name, number):
    house.wait_until_sent(name, number, 120)
    wait_for("every copy to arrive", lambda: all(copies(house, name).values()), 60)
    got = copies(house, name)
    doubled = {person for person, mails in got.items() if len(mails) > 1}
    assert sum(map(len, got.values())) - len(PEOPLE) <= CONNECTIONS, doubled
    for person in doubled:
        ids = {str(mail["Message-ID"]) for mail in got[person]}
        assert len(ids) == 1, "a second copy has the same Message-ID"
    rows = house.ledger(name, number)
    assert set(rows) == set(PEOPLE)
    assert {row["state"] for row in rows.values()} == {"sent"}
    marked = {person for person, row in rows.items() if row["doubt"]}
    assert doubled <= marked, "who may have two copies is marked so"
    check_store(house)


def check_store(house):
    house.ok("store", "check")
    house.ok("audit", "verify")


@pytest.mark.parametrize("role", ("deliver", "clock", "classify", "collect"))
def test_update_survives_the_death_of_a_role(house, role):
    name = f"sent-{role}"
    number = start_sending(house, name)
    pids = house.roles().get(role)
    assert pids, f"no process has the role {role}"
    kill_while_sending(house, name, lambda: pids)
    wait_for(f"{role} to be started anew", lambda: house.roles().get(role), 60)
    check_everyone_has_it(house, name, number)


def test_update_survives_the_death_of_everything(house):
    number = start_sending(house, "sent-all")
    pids = [house.daemon.pid, *(pid for role in house.roles().values() for pid in role)]
    kill_while_sending(house, "sent-all", lambda: pids)
    house.daemon.wait()
    wait_for("what was killed to have ended", lambda: all(map(has_ended, pids)))
    house.start_daemon()
    check_everyone_has_it(house, "sent-all", number)


@pytest.mark.parametrize("role", ("collect", "classify", "deliver", "clock"))
def test_replies_survive_the_death_of_a_role(house, role):
    """150 replies are there when it dies, 150 come while it is dead."""
    name = f"came-{role}"
    address = texts.open_consultation(house, name)
    before = house.query("SELECT count(*) FROM inbound")[0][0]
    mails = []
    for number in range(300):
        person = STRANGERS[number % len(STRANGERS)]
        mails.append(b"Delivered-To: " + address.encode() + b"\r\n" + compose(
            person, address, f"{name} {number}", f"1. Answer {number}.\n"))
    house.dovecot.add_mails(MAILBOX, mails[:150])
    wait_for("the first responses", lambda: house.query(
        "SELECT count(*) FROM inbound")[0][0] >= before + 5)
    assert house.kill_role(role) >= 1, f"no process has the role {role}"
    house.dovecot.add_mails(MAILBOX, mails[150:])
    wait_for(f"{role} to be started anew", lambda: house.roles().get(role), 60)
    wait_for("all responses", lambda: house.query(
        "SELECT count(*) FROM response r JOIN consultation c ON c.id = r.consultation_id"
        " WHERE c.name = ?", name)[0][0] >= 300, 120)
    house.settle(120)
    rows = house.responses(name, "--limit", 1000)
    subjects = [row["subject"] for row in rows]
    assert sorted(subjects) == sorted(f"{name} {number}" for number in range(300))
    assert sorted(row["reference"] for row in rows) == [
        f"{name}-{number:04}" for number in range(1, 301)]
    check_store(house)


def test_no_reply_was_acknowledged_twice(house):
    """Of all the replies above; In-Reply-To says which reply an answer is about."""
    house.wait_for_letters(120)
    doubled = 0
    for person in STRANGERS:
        answered = [str(mail["In-Reply-To"]) for mail in house.inbox(person)
                    if "+r-" in f"{mail['Reply-To']} {mail['From']}"]
        doubled += len(answered) - len(set(answered))
    assert doubled <= CONNECTIONS, "only what was on its way when deliver died"
