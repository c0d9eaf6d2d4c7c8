"""An update that is under way can be paused, resumed and cancelled."""
import time

import pytest

from e2e.house import PEOPLE, wait_for
from e2e.sending import copies, count_sent, start_sending


@pytest.fixture(scope="module")
def house(slow_house):
    return slow_house


def stop_in_the_middle(house, name, number, command):
    """Gives the command once some are out; returns how many are out for good."""
    wait_for("the first mails", lambda: count_sent(house, name) >= 5)
    house.ok("bulletin", command, name, number)
    time.sleep(3)               # what was on its way ends
    count = count_sent(house, name)
    assert 5 <= count < len(PEOPLE), "it was stopped in the middle"
    time.sleep(2)
    assert count_sent(house, name) == count, "nothing more goes out"
    return count


def test_paused_update_goes_on_where_it_was(house):
    number = start_sending(house, "paused")
    stop_in_the_middle(house, "paused", number, "pause")
    assert house.status("paused", number)["state"] == "paused"
    house.ok("bulletin", "resume", "paused", number)
    house.wait_until_sent("paused", number)
    wait_for("every copy", lambda: all(copies(house, "paused").values()))
    assert {len(mails) for mails in copies(house, "paused").values()} == {1}


def test_cancelled_update_reaches_nobody_else(house):
    number = start_sending(house, "cancelled")
    count = stop_in_the_middle(house, "cancelled", number, "cancel")
    assert house.status("cancelled", number)["state"] == "cancelled"
    assert house.mercat("bulletin", "resume", "cancelled", number).code == 1
    wait_for("what went out", lambda: sum(
        map(len, copies(house, "cancelled").values())) == count)
    states = [row["state"] for row in house.ledger("cancelled", number).values()]
    assert states.count("sent") == count and "queued" not in states
