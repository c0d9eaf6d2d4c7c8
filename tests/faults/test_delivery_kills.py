"""kill -9 while an update goes out: nobody lost, few doubled, each of those marked.

A mail counts as accepted when the sink has written it down, which it does before it says
250. MERCAT_KILLS sets how many kills there are (20; the whole proof is 200), and
MERCAT_KILL_SEED the moments.
"""
import os
import random
import time

import pytest

from faults.sending import CONNECTIONS, wait_for

KILLS = int(os.environ.get("MERCAT_KILLS", "20"))
SEED = int(os.environ.get("MERCAT_KILL_SEED", "1"))
RECIPIENTS = 5000
A_RUN = 20      # kills in one update
WHOM = ("deliver", "master", "everything")


def strike(sender, whom):
    """Kills; returns once there is a daemon again."""
    if whom == "deliver":
        sender.kill(sender.children("deliver"))
        return
    pids = sender.children() if whom == "everything" else []
    sender.kill([sender.daemon.pid, *pids])
    sender.daemon.wait()
    sender.start()


def back_within(sender, seconds):
    before = len(sender.accepted())
    began = time.monotonic()
    wait_for("sending to go on", lambda: len(sender.accepted()) > before
             or sender.bulletin_state() == "sent", seconds)
    return time.monotonic() - began


@pytest.mark.parametrize("part", range((KILLS + A_RUN - 1) // A_RUN))
def test_kills_at_random_moments_lose_nobody(sender, part):
    chance = random.Random(SEED + part)
    kills = min(A_RUN, KILLS - part * A_RUN)
    sender.configure(("main", sender.sink("--delay", 2)))
    sender.make(RECIPIENTS)
    sender.start()
    sender.mercat("bulletin", "send", "news", 1)
    done, slowest = 0, 0
    # Each kill comes some share of the rest later, so that the run does not end first.
    while done < kills:
        target = len(sender.accepted()) + chance.randrange(1, RECIPIENTS // (kills + 2))
        wait_for("some more", lambda: len(sender.accepted()) >= target, 60)
        time.sleep(chance.random() * 0.02)
        strike(sender, WHOM[chance.randrange(len(WHOM))])
        done += 1
        # Each death of a role in a short time makes its master wait longer: not here.
        if sender.bulletin_state() != "sent" and chance.random() < 0.4:
            strike(sender, "master")
            done += 1
        slowest = max(slowest, back_within(sender, 30))
    sender.wait_until_sent()
    doubled = sender.check(done)
    print(f"{done} kills, 0 lost, {doubled} doubled, slowest back after {slowest:.1f} s")


@pytest.mark.parametrize("nth", (1, 7, 40))
def test_kill_between_the_250_and_the_commit(sender, nth):
    """The sink kills the sender with the 250 on its way: each such mail is in doubt."""
    pid_file = f"{sender.folder}/pid"
    sender.configure(("main", sender.sink("--kill-after", nth, pid_file)))
    sender.make(100)
    sender.mercat("bulletin", "send", "news", 1)
    sender.start("--role=clock", "--once")
    sender.daemon.wait()
    with open(pid_file, "w", encoding="ascii") as file:
        sender.start("--role=deliver", "--once")
        file.write(str(sender.daemon.pid))
    assert sender.daemon.wait() == -9
    assert nth <= len(sender.accepted()) <= nth + CONNECTIONS
    sender.start()
    sender.wait_until_sent()
    assert sender.check(1) >= 1, "the mail that was answered and not settled came twice"


def test_kills_in_the_grace_send_nothing_before_it_and_lose_nobody_after(sender):
    """A bulletin that is sent now waits in the store: no kill shortens that or forgets it."""
    sender.configure(("main", sender.sink()), grace="1 h")
    sender.make(300)
    sender.start()
    wait_for("the roles", lambda: sender.children("deliver"))

    def ask():
        said = sender.mercat("bulletin", "send", "news", 1).stdout
        assert "goes out at" in said and "mercat bulletin stop news 1" in said, said
        for whom in WHOM:
            strike(sender, whom)
        assert sender.bulletin_state() == "scheduled" and not sender.accepted()
        assert sender.query("SELECT count(*) FROM delivery") == [(0,)]

    ask()
    said = sender.mercat("bulletin", "stop", "news", 1, staff="Bea").stdout
    assert "stopped in time" in said and sender.bulletin_state() == "approved"
    said = sender.mercat("bulletin", "stop", "news", 1, check=False)
    assert said.returncode and "nothing to stop" in said.stderr
    ask()
    sender.write("UPDATE bulletin SET due_at = due_at - 3700")    # the hour is over
    strike(sender, "everything")
    sender.wait_until_sent()
    assert sender.check(1) <= CONNECTIONS


def test_second_daemon_is_refused_and_told_by_whom(sender):
    sender.configure(("main", sender.sink()))
    sender.make(10)
    sender.start()
    wait_for("the roles", lambda: sender.children("deliver"))
    first = sender.daemon
    sender.start()
    second, sender.daemon = sender.daemon, first
    assert second.wait(600) != 0
    with open(f"{sender.folder}/log", encoding="utf-8") as log:
        assert f"running already, as process {first.pid}" in log.read()
    assert first.poll() is None


def test_pause_resume_twenty_times_then_each_has_one(sender):
    sender.configure(("main", sender.sink("--delay", 40)))
    sender.make(2000)
    sender.start()
    sender.mercat("bulletin", "send", "news", 1)
    for _ in range(20):
        before = len(sender.accepted())
        wait_for("some more", lambda: len(sender.accepted()) > before, 30)
        # On a busy machine all may be out before the command is heard.
        said = sender.mercat("bulletin", "pause", "news", 1, check=False)
        if "is sent" in said.stderr:
            break
        assert said.returncode == 0, said.stderr
        sender.mercat("bulletin", "resume", "news", 1)
    sender.wait_until_sent()
    assert sender.check(0) == 0


def test_cancel_leaves_no_row_open_and_doubles_nobody(sender):
    sender.configure(("main", sender.sink("--delay", 5)))
    sender.make(2000)
    sender.start()
    sender.mercat("bulletin", "send", "news", 1)
    wait_for("some", lambda: len(sender.accepted()) > 50, 30)
    sender.mercat("bulletin", "cancel", "news", 1)
    open_rows = "SELECT count(*) FROM delivery WHERE state NOT IN ('sent', 'skipped')"
    wait_for("no row to be open", lambda: sender.query(open_rows)[0][0] == 0, 30)
    accepted = [who for who, _ in sender.accepted()]
    assert len(accepted) == len(set(accepted)) < 2000
    sent = sender.query("SELECT count(*) FROM delivery WHERE state = 'sent'")[0][0]
    assert sent == len(accepted)


def test_twenty_updates_cancelled_in_mid_run_leave_a_true_ledger(sender):
    """Each when some are through: what the sink has is what the ledger says, once each."""
    chance = random.Random(SEED)
    open_rows = ("SELECT count(*) FROM delivery WHERE state NOT IN ('sent', 'skipped')"
                 " AND bulletin_id = ?")
    gate = f"{sender.folder}/gate"

    def let_through(mails):
        with open(gate + ".new", "w", encoding="ascii") as out:
            out.write(str(mails))
        os.rename(gate + ".new", gate)

    let_through(0)
    sender.configure(("main", sender.sink("--gate", gate)))
    sender.make(300)
    sender.start()
    for number in range(1, 21):
        if number > 1:
            sender.mercat("bulletin", "draft", f"{sender.folder}/update.md")
            sender.mercat("bulletin", "approve", "news", number, staff="Bea")
        before = len(sender.accepted())
        part = before + chance.randrange(1, sender.count - 60)
        let_through(part)
        sender.mercat("bulletin", "send", "news", number)
        wait_for("some", lambda part=part: len(sender.accepted()) == part, 300)
        if number % 2:
            sender.mercat("bulletin", "pause", "news", number)
            sender.mercat("bulletin", "resume", "news", number)
        sender.mercat("bulletin", "cancel", "news", number)
        let_through(part + sender.count)
        wait_for("no row to be open",
                 lambda number=number: sender.query(open_rows, number)[0][0] == 0, 300)
        accepted = [who for who, _ in sender.accepted()[before:]]
        sent = [row[0] for row in sender.query(
            "SELECT p.address FROM delivery d JOIN subscription s ON s.id = d.subscription_id"
            " JOIN person p ON p.id = s.person_id WHERE d.state = 'sent' AND d.bulletin_id = ?",
            number)]
        assert sorted(accepted) == sorted(sent), number
        assert part - before <= len(sent) < sender.count, "cancelled in mid run"
    assert sender.query("SELECT DISTINCT state FROM bulletin") == [("cancelled",)]
    assert sender.query("SELECT count(*) FROM delivery WHERE doubt > 0") == [(0,)]
    sender.mercat("store", "check")
    sender.mercat("audit", "verify")
