"""Single sign-on: a proxy in front says who somebody is, and is believed where that is set."""
import re

import pytest

from e2e.staff import StaffSite

HEADER = "X-Remote-User"


@pytest.fixture(name="desk", scope="module")
def a_desk():
    with StaffSite.opened(settings=f'staff: {{ proxy_header = "{HEADER}"; }};\n') as desk:
        desk.hire("Edda Editor", "editor")
        desk.hire("Rae Reader", "reader")
        yield desk


def cookie_of(answer):
    return re.match(r"mercat=[^;]+", answer.headers["set-cookie"])[0]


def test_named_person_is_in_without_a_password(desk):
    first = desk.request("GET", "/staff/account", headers={HEADER: "Edda Editor"})
    assert first.status == 200 and "Edda Editor" in first.text
    again = desk.request("GET", "/staff/account", headers={
        HEADER: "Edda Editor", "Cookie": cookie_of(first)})
    assert again.status == 200 and "set-cookie" not in again.headers


def test_another_name_is_another_session(desk):
    first = desk.request("GET", "/staff/account", headers={HEADER: "Edda Editor"})
    other = desk.request("GET", "/staff/account", headers={
        HEADER: "Rae Reader", "Cookie": cookie_of(first)})
    assert "Rae Reader" in other.text and cookie_of(other) != cookie_of(first)


def test_form_still_needs_its_token(desk):
    first = desk.request("GET", "/staff/account", headers={HEADER: "Edda Editor"})
    answer = desk.request("POST", "/staff/sign-out", "csrf=x", {
        HEADER: "Edda Editor", "Cookie": cookie_of(first),
        "Content-Type": "application/x-www-form-urlencoded"})
    assert answer.status == 403


def test_stranger_is_told_and_nobody_is_sent_to_the_door(desk):
    answer = desk.request("GET", "/staff/account", headers={HEADER: "Nora Nobody"})
    assert answer.status == 403 and "not in the staff here" in answer.text
    assert desk.get("/staff/account").status == 303
