"""Single sign-on: a proxy in front says who somebody is, and is believed where that is set."""
import re

import pytest

from e2e.staff import StaffSite

HEADER = "X-Remote-User"


SECRET = "marigold larkspur comfrey 20"
PROXY = {"X-Mercat-Proxy-Secret": SECRET}


@pytest.fixture(name="secret_file", scope="module")
def a_secret_file(tmp_path_factory):
    return tmp_path_factory.mktemp("proxy") / "secret"


@pytest.fixture(name="desk", scope="module")
def a_desk(secret_file):
    file = secret_file
    file.write_text(SECRET + "\n", encoding="ascii")
    file.chmod(0o600)
    with StaffSite.opened(settings=f'staff: {{ proxy_header = "{HEADER}";'
                       f' proxy_secret_file = "{file}"; }};\n') as desk:
        desk.hire("Edda Editor", "editor")
        desk.hire("Rae Reader", "reader")
        yield desk


def cookie_of(answer):
    return re.match(r"mercat=[^;]+", answer.headers["set-cookie"])[0]


def test_named_person_is_in_without_a_password(desk):
    first = desk.request("GET", "/staff/account", headers={**PROXY, HEADER: "Edda Editor"})
    assert first.status == 200 and "Edda Editor" in first.text
    again = desk.request("GET", "/staff/account", headers={
        **PROXY, HEADER: "Edda Editor", "Cookie": cookie_of(first)})
    assert again.status == 200 and "set-cookie" not in again.headers


def test_another_name_is_another_session(desk):
    first = desk.request("GET", "/staff/account", headers={**PROXY, HEADER: "Edda Editor"})
    other = desk.request("GET", "/staff/account", headers={
        **PROXY, HEADER: "Rae Reader", "Cookie": cookie_of(first)})
    assert "Rae Reader" in other.text and cookie_of(other) != cookie_of(first)


def test_form_still_needs_its_token(desk):
    first = desk.request("GET", "/staff/account", headers={**PROXY, HEADER: "Edda Editor"})
    answer = desk.request("POST", "/staff/sign-out", "csrf=x", {
        **PROXY, HEADER: "Edda Editor", "Cookie": cookie_of(first),
        "Content-Type": "application/x-www-form-urlencoded"})
    assert answer.status == 403


def test_stranger_is_told_and_nobody_is_sent_to_the_door(desk):
    answer = desk.request("GET", "/staff/account", headers={**PROXY, HEADER: "Nora Nobody"})
    assert answer.status == 403 and "not in the staff here" in answer.text
    assert desk.get("/staff/account").status == 303


@pytest.mark.parametrize("secret", (None, "", SECRET[:-1], SECRET + "x", SECRET.upper(), "\xff" * 20))
def test_name_without_the_secret_of_the_proxy_is_no_name(desk, secret):
    """Any program of this machine reaches the port, and could name an administrator."""
    headers = {HEADER: "Edda Editor"}
    if secret is not None:
        headers["X-Mercat-Proxy-Secret"] = secret
    answer = desk.request("GET", "/staff/account", headers=headers)
    assert answer.status == 303 and answer.headers["location"].startswith("/staff/sign-in")


@pytest.mark.parametrize("twice", (
    [(HEADER, "Edda Editor"), (HEADER, "Rae Reader"), ("X-Mercat-Proxy-Secret", SECRET)],
    [(HEADER, "Edda Editor"), (HEADER.lower(), "Edda Editor"), ("X-Mercat-Proxy-Secret", SECRET)],
    [(HEADER, "Edda Editor"), ("X-Mercat-Proxy-Secret", SECRET), ("X-Mercat-Proxy-Secret", "x")],
))
def test_header_that_comes_twice_names_nobody(desk, twice):
    """A proxy that adds its own beside the visitor's: which one did it mean?"""
    answer = desk.request("GET", "/staff/account", headers=twice)
    assert answer.status == 303 and answer.headers["location"].startswith("/staff/sign-in")


def test_secret_that_is_too_short_is_found_by_the_check(desk, secret_file):
    assert desk.mercat("settings", "check").code == 0
    secret_file.write_text("short\n", encoding="ascii")
    try:
        done = desk.mercat("settings", "check")
    finally:
        secret_file.write_text(SECRET + "\n", encoding="ascii")
    assert done.code == 2 and "fewer than 20 characters" in done.err, done.err


def test_header_is_not_trusted_without_knowing_the_proxy(desk):
    """Settings that would let everybody in as anybody are refused."""
    with open(desk.config, encoding="utf-8") as file:
        text = file.read()
    start = text.index(" proxy_secret_file")
    end = text.index(";", start) + 1
    path = desk.write("open.conf", text[:start] + text[end:])
    done = desk.mercat("staff", "list", config=path)
    assert done.code == 2 and "staff.proxy_secret_file" in done.err, done.err
