"""Leaving by mail: by what only our mails have, at once, with one short confirmation; without it
after asking the subscriber."""
import pytest

from e2e import texts
from e2e.house import DOMAIN, STRANGERS, address_in, answer_to, wait_for

ADA, BOB, CAT, DAN, EVE = STRANGERS[:5]


@pytest.fixture(scope="module")
def update(house):
    """A list of which three got an update; {person: the mail}."""
    house.add_list("cpip", topics="neglect,hearings")
    for person in (ADA, BOB, CAT):
        house.subscribe("cpip", person)
    number = house.draft(texts.UPDATE.format(name="cpip", title="March"))
    house.send("cpip", number)
    return {person: house.wait_for_mail(person, is_update)[0]
            for person in (ADA, BOB, CAT)}


def is_update(mail):
    return mail["List-Id"] and "March" in str(mail["Subject"])


def leave_address(mail):
    """The mailto of List-Unsubscribe."""
    for part in str(mail["List-Unsubscribe"]).split(","):
        if "<mailto:" in part:
            return part.strip(" <>")[len("mailto:"):].partition("?")[0]
    raise AssertionError(f"no mailto in {mail['List-Unsubscribe']}")


def expect_to_leave(house, person, ask, before):
    """ask() is done twice; there is one confirmation and one change."""
    ask()
    wait_for("them to have left", lambda: house.state_of("cpip", person) == "unsubscribed")
    house.wait_for_mail(person, count=before + 1)
    length = house.audit_length()
    ask()
    house.settle()
    house.never("a second confirmation", lambda: len(house.inbox(person)) > before + 1)
    assert house.state_of("cpip", person) == "unsubscribed"
    assert house.audit_length() == length, "the second request changes nothing"
    last = house.inbox(person)[-1]
    assert last["Auto-Submitted"] == "auto-replied"
    assert last["Return-Path"] == "<>"


def test_by_the_leave_address_after_being_asked(house, update):
    before = len(house.inbox(ADA))
    house.mail(ADA, f"cpip+leave@{DOMAIN}", "leave", "Please take me off.\n")
    asked = house.wait_for_mail(ADA, count=before + 1)[-1]
    assert house.state_of("cpip", ADA) == "active"
    expect_to_leave(house, ADA, lambda: house.mail(
        ADA, leave_address(asked), "", ""), before + 1)


def test_by_list_unsubscribe_from_any_account(house, update):
    before = len(house.inbox(BOB))
    address = leave_address(update[BOB])
    assert "+leave-" in address
    expect_to_leave(house, BOB, lambda: house.mail(
        EVE, address, "unsubscribe", ""), before)
    assert house.state_of("cpip", EVE) is None


def test_by_answering_an_update(house, update):
    before = len(house.inbox(CAT))
    mail = update[CAT]
    to = address_in(mail["Reply-To"] or mail["From"])
    expect_to_leave(house, CAT, lambda: house.post(
        CAT, to, answer_to(mail, CAT, "Unsubscribe")), before)


def test_leave_token_of_one_list_cannot_be_changed(house, update):
    address = leave_address(update[ADA])
    token = address.partition("+leave-")[2].partition("@")[0]
    house.subscribe("cpip", DAN)
    house.mail(EVE, address.replace(token, token[::-1]), "unsubscribe", "")
    house.settle()
    assert house.state_of("cpip", DAN) == "active"


def test_one_who_left_gets_no_more_updates(house, update):
    for person in (ADA, BOB, CAT):
        assert house.state_of("cpip", person) == "unsubscribed"
    number = house.draft(texts.UPDATE.format(name="cpip", title="April"))
    house.send("cpip", number)
    house.wait_until_sent("cpip", number)
    assert set(house.ledger("cpip", number)) == {DAN}


def test_one_who_left_may_join_again_only_by_themselves(house, update):
    done = house.mercat("subscriber", "add", "cpip", ADA, "--basis", "asked")
    assert done.code == 1
    assert house.state_of("cpip", ADA) == "unsubscribed"
