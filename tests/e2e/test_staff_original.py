"""A mail opened once more for its layout: a hostile one holds up nobody for long."""
import concurrent.futures
import os
import signal

import pytest

from e2e.staff import StaffSite, demo
from e2e.house import DOMAIN, folded, wait_for

FRAMES = ("/staff/consultations/places/responses/1/mail/frame", "/staff/consultations/places/responses/2/mail/frame")


@pytest.fixture(name="desk", scope="module")
def a_desk():
    with StaffSite.opened() as desk:
        desk.consult("places", "Safe places")
        slow = demo.mail("slow@post.example", "Slow", None, to=f"places@{DOMAIN}",
                         html="<p>" + "<b><i><table><td>" * 900000)
        desk.put(slow)
        desk.put(demo.mail("quick@post.example", "Quick", None, to=f"places@{DOMAIN}",
                           html="<p>A quick one</p>"))
        desk.hire("Edda Editor", "editor")
        yield desk


def children_of(pid):
    found = []
    for thread in os.listdir(f"/proc/{pid}/task"):
        with open(f"/proc/{pid}/task/{thread}/children", encoding="ascii") as file:
            found += map(int, file.read().split())
    return found


def is_reading(pid):
    """Is it past its beginning? It takes no time before it has its mail."""
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii") as file:
            return int(file.read().rsplit(")", 1)[1].split()[11]) >= 3
    except (FileNotFoundError, ProcessLookupError):
        return False


def signal_one(fork_server, sig):
    """Signals a child that is at its mail: was there one?"""
    for child in children_of(fork_server):
        if is_reading(child):
            os.kill(child, sig)
            return True
    return False


@pytest.fixture(name="visitors")
def some_visitors():
    with concurrent.futures.ThreadPoolExecutor(4) as visitors:
        yield visitors


@pytest.fixture(name="fork_server")
def where_children_are_born(desk):
    web, = desk.roles()["web"]
    fork_server, = children_of(web)
    return fork_server


@pytest.fixture(name="look")
def what_edda_sees(desk):
    cookie = desk.cookie("Edda Editor")

    def look(path):
        answer = desk.get(path, Cookie=cookie)
        return answer.status, folded(answer.text)
    return look


def is_busy(seen):
    return seen[0] == 503 and "do it again in a moment" in seen[1]


def is_refused(seen):
    return seen[0] == 409 and "takes too long to open" in seen[1]


def is_opened(seen):
    return seen[0] == 200 and ("A quick one" in seen[1] or "<b><i>" in seen[1])


def test_a_mail_that_is_slow_to_open_holds_up_nobody(look, fork_server, visitors):
    """One stands still, as if it went on for ever. How fast the machine is decides only
    how often this is tried: whoever comes meanwhile is told to come again, and never that
    their mail is at fault."""
    def all_are_told_at_once():
        first, stopped = visitors.submit(look, FRAMES[0]), False
        while not stopped and not first.done():
            stopped = signal_one(fork_server, signal.SIGSTOP)
        seen = [one.result() for one in [
            visitors.submit(look, path) for path in FRAMES + FRAMES[1:]]]
        in_time = stopped and not first.done()
        seen.append(first.result())
        assert all(is_busy(one) or is_opened(one) or is_refused(one) for one in seen), seen
        return in_time and all(map(is_busy, seen))

    wait_for("the slow one to hold up nobody", all_are_told_at_once)
    assert is_opened(wait_for("the quick one to be opened", lambda: [
        seen for seen in [look(FRAMES[1])] if not is_busy(seen)])[0])


def test_a_mail_that_ends_its_reader_is_refused_in_words(look, fork_server, visitors):
    def is_ended():
        answer, ended = visitors.submit(look, FRAMES[0]), False
        while not ended and not answer.done():
            ended = signal_one(fork_server, signal.SIGSEGV)
        seen = answer.result()
        assert is_refused(seen) or not ended, seen
        return ended

    wait_for("a child to be ended at its mail", is_ended)
    assert is_opened(look(FRAMES[1]))
