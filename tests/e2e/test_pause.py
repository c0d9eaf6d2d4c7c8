"""An update that is under way can be paused, resumed and cancelled."""
import pytest

from e2e.house import PEOPLE, STRANGERS, wait_for
from e2e.sending import copies, count_sent, start_sending


@pytest.fixture(scope="module")
def house(slow_house):
    return slow_house


def stop_in_the_middle(house, name, number, command):
    """Gives the command once some are out; returns how many are out for good."""
    wait_for("the first mails", lambda: count_sent(house, name) >= 5)
    house.ok("bulletin", command, name, number)
    wait_for("what was on its way to end", lambda: not house.query(
        "SELECT 1 FROM delivery WHERE state = 'sending'"))
    count = count_sent(house, name)
    assert 5 <= count < len(PEOPLE), "it was stopped in the middle"
    # The senders have looked for work once more when something later is out.
    before = len(house.inbox(STRANGERS[0]))
    house.ok("bulletin", "test", name, number, STRANGERS[0])
    house.wait_for_mail(STRANGERS[0], count=before + 1)
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
