"""The houses that the end-to-end tests live in: one a file, with its own servers."""
import pytest
from e2e.house import House


def furnished(**how):
    with House.opened(**how) as house:
        house.ok("staff", "add", "Ada Officer", "--email", "ada.officer@example.test",
                 staff=None)
        house.ok("staff", "add", "Bea Second", "--email", "bea.second@example.test",
                 staff=None)
        yield house


@pytest.fixture(scope="module")
def house():
    """Dovecot, Postfix, a store with two members of staff, mercatd."""
    yield from furnished()


@pytest.fixture(scope="module")
def slow_house():
    """A relay that thinks for a second about one recipient in ten."""
    yield from furnished(slow=r"^u[0-9]*0@example\.test$")


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    """What mercatd said stands beside a failure."""
    outcome = yield
    report = outcome.get_result()
    house = getattr(item, "funcargs", {}).get("house")
    if report.when == "call" and report.failed and house:
        report.sections.append(("the end of mercatd's log", house.log()[-4000:]))
