"""What seems to be no response: shown with its reason, and decided by one key."""

import os

import pytest

from e2e.browser import Browser, is_valid, look_over
from e2e.staff import StaffSite, demo, press, see
from e2e.house import DOMAIN, wait_for

QUEUE = "/staff/consultations/kinds"
MAILS = (
    ("thanks", "Thank you very much for the paper copy.\n"),
    ("information", "Under the Freedom of Information (Scotland) Act please send me the"
     " minutes of your working group since 2014.\n"),
    ("risk", "The little boy next door is screaming every night and has bruises on his"
     " arms. I don't know who else to tell.\n"),
    ("question", "Is there a version in large print?\n"),
    ("", "We think that feelings should be named in the law.\n"),
)


@pytest.fixture(name="desk", scope="module")
def a_desk():
    with StaffSite.opened() as desk:
        desk.consult("kinds", "Words for neglect")
        desk.put(*(demo.mail(f"Person {n} <person{n}@post.example>", "Words", text,
                             to=f"kinds@{DOMAIN}") for n, (_, text) in enumerate(MAILS)))
        desk.hire_all()
        yield desk


@pytest.fixture(name="browser", scope="module")
def a_browser(desk):
    with Browser(desk.origin) as browser:
        browser.visitor(width=1440)
        desk.sign_in(browser, "Edda Editor", QUEUE)
        yield browser


def kept(browser, name):
    """For whoever wants to look at it."""
    folder = os.environ.get("MERCAT_LOOKS")
    if folder:
        browser.ask("shot", full=True, file=os.path.join(folder, f"proposed-{name}.png"))


def number_of(kind):
    return [k for k, _ in MAILS].index(kind) + 1


def state(desk, kind):
    rows = {row["reference"]: row["state"] for row in desk.responses("kinds")}
    return rows[f"kinds-{number_of(kind):04}"]


def test_each_kind_has_its_view_and_who_may_be_at_risk_stands_on_top(desk, browser):
    browser.open(QUEUE)
    see(browser, "One email says so: read it first", ".risk")
    see(browser, "Questions to the team 1", ".tabs")
    see(browser, "Proposed: request for information", "#rows")
    kept(browser, "queue")
    wrong = look_over(browser, browser.url())
    for place in (QUEUE, *(f"{QUEUE}/responses/{number_of(kind)}" for kind, _ in MAILS)):
        browser.open(place)
        wrong += is_valid(browser, place, desk.see("Edda Editor", place).text)
    browser.open(f"{QUEUE}/responses/{number_of('risk')}")
    kept(browser, "risk")
    wrong += look_over(browser, browser.url())
    assert not wrong, "\n".join(wrong)


def test_one_key_accepts_and_one_takes_it_back(desk, browser):
    browser.open(f"{QUEUE}/responses/{number_of('thanks')}?proposed=thanks")
    see(browser, "Proposed: thanks, because it says thanks and nothing else", "#response")
    press(browser, "y")
    see(browser, "thanks, accepted", "#response")
    assert state(desk, "thanks") == "excluded"
    press(browser, "u")
    see(browser, "Taken back", "#response")
    wait_for("it to be new again", lambda: state(desk, "thanks") == "received")
    assert not browser.trouble()


def test_one_key_says_that_it_is_a_response(desk, browser):
    browser.open(f"{QUEUE}/responses/{number_of('question')}")
    see(browser, "Proposed: question to the team", "#response")
    press(browser, "m")
    see(browser, "question to the team, refused", "#response")
    assert state(desk, "question") == "received"
    assert browser.ask("count", at="#response .proposal") == 0


def test_a_request_for_information_says_when_its_answer_is_due(desk, browser):
    browser.open(f"{QUEUE}/responses/{number_of('information')}")
    see(browser, "An answer is due by", "#response")
    kept(browser, "information")


def test_who_may_be_at_risk_stays_a_response_and_in_sight(desk, browser):
    browser.open(f"{QUEUE}/responses/{number_of('risk')}")
    press(browser, "i")
    see(browser, "is included", "#response")
    browser.open(f"{QUEUE}/responses/{number_of('risk')}")
    see(browser, "Somebody may be at risk", "#response")
    browser.open(f"{QUEUE}?proposed=risk")
    see(browser, "0003", "#rows")
    browser.open(f"{QUEUE}/responses/{number_of('risk')}")
    press(browser, "y")
    see(browser, "somebody may be at risk, accepted", "#response")
    assert state(desk, "risk") == "included"
    browser.open(QUEUE)
    assert browser.ask("count", at=".risk") == 0
