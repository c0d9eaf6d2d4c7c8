"""Addresses of earlier versions stand in notifications and bookmarks: each leads to its page."""
import re

import pytest

from e2e.staff import StaffSite
from e2e.test_staff_rights import ROUTES, read

ROWS = re.findall(r'ROW\("([^"]+)", "([^"]+)"\)', read("staff/routes/moved.c"))
NEW = [re.compile(re.sub(r":\w+", "[^/]+", pattern) + "$")
       for method, pattern, _ in ROUTES if method == "GET"]


@pytest.fixture(name="desk", scope="module")
def a_desk():
    with StaffSite.opened() as desk:
        desk.hire_all()
        desk.consult("places", "Safe places for young people")
        desk.put(desk.reply(1))
        yield desk


def filled(path):
    """With names that the address has to keep as they are."""
    numbers = iter(("places", "1", "2"))
    return re.sub(":", lambda _: next(numbers), path)


# A row that stands for several pages of one thing is tried with each of them.
TAILS = {"/staff/l/:/:": ("import", "bounces"),
         "/staff/l/:/u/:/:": ("mail", "progress", "report", "edit", "ledger"),
         "/staff/c/:/:": ("views", "codes", "recode", "suggestions", "samples"),
         "/staff/c/:/r/:/:": ("forward", "mail", "code"),
         "/staff/c/:/r/:/mail/:": ("frame", "original")}


@pytest.mark.parametrize("old, new", ROWS)
def test_an_old_address_leads_to_the_page(desk, old, new):
    for tail in TAILS.get(old, (None,)):
        before, after = old, new
        if tail:
            before, after = before[:-1] + tail, after[:-1] + tail
        answer = desk.get(filled(before) + "?q=two+words%26more&page=2")
        assert answer.status == 308, before
        path, _, query = answer.headers["location"].partition("?")
        assert path == filled(after)
        assert query == "q=two%20words%26more&page=2"
        assert any(pattern.match(path) for pattern in NEW), path


def test_no_page_of_today_is_shadowed():
    for old, _ in ROWS:
        assert not any(pattern.match(filled(old)) for pattern in NEW), old
    assert len(ROWS) > 20


def test_it_leads_through_the_sign_in(desk):
    answer = desk.get("/staff/c/places/r/1")
    assert (answer.status, answer.headers["location"]) == (
        308, "/staff/consultations/places/responses/1")
    assert desk.get("/staff/consultations/places/responses/1").headers["location"] == (
        "/staff/sign-in?to=%2Fstaff%2Fconsultations%2Fplaces%2Fresponses%2F1")
    assert "places-0001" in desk.see("Edda Editor", "/staff/consultations/places/responses/1").text


def test_odd_names_split_no_header_and_lead_nowhere_else(desk):
    for name in ("%2e%2e", "a%20b", "%22%3E", "%E2%80%AE", "evil.example"):
        answer = desk.get(f"/staff/l/{name}/people")
        assert answer.status in (308, 400), name
        if answer.status == 308:
            assert re.fullmatch(r"/staff/lists/[\w.%-]+/subscribers", answer.headers["location"])


def test_a_form_is_not_sent_on(desk):
    assert desk.do("Edda Editor", "/staff/c/places/r/1/screen", {"state": "excluded"}).status in (
        404, 405)
    assert desk.query("SELECT state FROM response") == [("received",)]
