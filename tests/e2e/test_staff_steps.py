"""What looks at every row goes from page to page, so that nobody waits for one answer."""
import os
import re
import shutil
import sqlite3
import sys

import pytest

from e2e.browser import Browser
from e2e.staff import StaffSite, demo, words_of
from e2e.house import DOMAIN, SOURCE, wait_for
from servers.ground import open_folder

sys.path.append(os.path.join(SOURCE, "tests", "bench"))
import staff_rich  # noqa: E402  pylint: disable=wrong-import-position

ROWS = 120_000


@pytest.fixture(name="desk", scope="module")
def a_desk():
    folder = open_folder()
    desk = StaffSite(folder)
    try:
        desk.start()
        desk.consult("places", "Safe places for young people")
        desk.put(*(demo.mail(f"Person {n} <person{n}@post.example>", f"Response {n}",
                             f"The hall is number {n}.\n", to=f"places@{DOMAIN}")
                   for n in range(1, 6)))
        desk.hire_all()
        store = sqlite3.connect(f"{folder}/state/mercat.db", timeout=20)
        staff_rich.audit(store, ROWS)
        store.commit()
        store.close()
        yield desk
    finally:
        desk.stop()
        shutil.rmtree(folder, ignore_errors=True)


def test_a_long_audit_is_verified_by_following_the_pages(desk):
    """By the refresh in each page, as a browser does it."""
    page, seen = desk.see("Dot Protection", "/staff/audit/verify"), []
    while "The chain is whole" not in page.text:
        assert "were read so far" in page.text and len(seen) < 9
        address = re.search(r'http-equiv="refresh" content="0;url=([^"]+)"', page.text)[1]
        assert f'href="{address}"' in page.text
        seen.append(address)
        page = desk.see("Dot Protection", address.replace("&amp;", "&"))
    assert len(seen) == 2
    last, = desk.query("SELECT id, hash FROM audit ORDER BY id DESC LIMIT 1")
    assert last[0] >= ROWS and last[1] in page.text and f"{last[0]:,}" in page.text


def test_who_goes_on_from_something_else_is_told_so(desk):
    for question in ("proved=50000&head=" + 64 * "a", "proved=999999999&head=x", "proved=7",
                     "proved=-1"):
        page = desk.see("Dot Protection", f"/staff/audit/verify?{question}")
        assert page.status == 200 and "The chain is broken" in page.text, question


def test_chromium_follows_by_itself(desk):
    browser = Browser(desk.origin).visitor(width=1200)

    def arrived():
        try:
            return "The chain is whole" in words_of(browser)
        except AssertionError:  # asked just when the page went on
            return False

    try:
        desk.sign_in(browser, "Dot Protection", "/staff/audit")
        browser.click("main a[href='/staff/audit/verify']")
        wait_for("the last page", arrived)
        assert not browser.axe() and not browser.trouble()
    finally:
        browser.close()


def test_a_count_goes_on_from_where_it_was(desk):
    """Two replies were looked at and counted before; the page adds the others."""
    desk.ok("code", "add", "places", "hall")
    code, = desk.query("SELECT id FROM code WHERE name = 'hall'")[0]
    path = f"/staff/consultations/places/recode?q=hall&how=passages&code={code}"
    whole = desk.see("Edda Editor", path).text
    second, = desk.query("SELECT id FROM response WHERE number = 2")[0]
    later = desk.see("Edda Editor",
                     f"{path}&after={second}&looked_at=2&responses=2&codings=2").text
    for page in (whole, later):
        assert "5 passages coded “hall” in 5 responses" in page
