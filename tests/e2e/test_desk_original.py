"""A mail opened once more for its layout: a hostile one holds up nobody for long."""
import concurrent.futures
import os
import signal
import time

import pytest

from e2e.desk import Desk, demo
from e2e.house import DOMAIN

FRAMES = ("/desk/c/places/r/1/mail/frame", "/desk/c/places/r/2/mail/frame")


@pytest.fixture(name="desk", scope="module")
def a_desk():
    with Desk.opened() as desk:
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


def stopped(pid, begin):
    """What begin() began, with the child that opens its mail stopped while it is at it,
    as if it went on for ever. One that was quicker is asked for again."""
    nursery, = children_of(pid)
    for _ in range(20):
        answer = begin()
        while not answer.done():
            for child in children_of(nursery):
                if not is_reading(child):
                    continue
                os.kill(child, signal.SIGSTOP)
                time.sleep(0.3)
                if not answer.done():
                    return answer
            time.sleep(0.001)
    raise AssertionError("no child was stopped in time")


def test_a_mail_that_is_slow_to_open_holds_up_nobody(desk):
    cookie = desk.cookie("Edda Editor")
    web, = desk.roles()["web"]

    def look(path):
        began = time.monotonic()
        answer = desk.get(path, Cookie=cookie)
        return answer.status, " ".join(answer.text.split()), time.monotonic() - began

    with concurrent.futures.ThreadPoolExecutor(4) as visitors:
        first = stopped(web, lambda: visitors.submit(look, FRAMES[0]))
        others = [visitors.submit(look, path) for path in FRAMES + FRAMES[1:]]
    for one in others:
        status, text, seconds = one.result()
        assert status == 503 and "do it again in a moment" in text, (status, text)
        assert seconds < 1.9, "nobody waits until the slow one is given up"
    status, text, seconds = first.result()
    assert status == 409 and "takes too long to open" in text, (status, text)
    assert 1.5 < seconds < 6
    status, text, _ = look(FRAMES[1])
    assert status == 200 and "A quick one" in text
