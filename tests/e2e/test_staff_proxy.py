"""Single sign-on: a proxy in front says who somebody is, and is believed where that is set."""
import re

import pytest

from e2e.staff import StaffSite

HEADER = "X-Remote-User"


SECRET = "marigold larkspur comfrey 20"
PROXY = {"X-Mercat-Proxy-Secret": SECRET}


@pytest.fixture(name="desk", scope="module")
def a_desk(tmp_path_factory):
    file = tmp_path_factory.mktemp("proxy") / "secret"
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


def test_header_is_not_trusted_without_knowing_the_proxy(desk):
    """Settings that would let everybody in as anybody are refused."""
    with open(desk.config, encoding="utf-8") as file:
        text = file.read()
    start = text.index(" proxy_secret_file")
    end = text.index(";", start) + 1
    path = desk.write("open.conf", text[:start] + text[end:])
    done = desk.mercat("staff", "list", config=path)
    assert done.code == 2 and "staff.proxy_secret_file" in done.err, done.err
