"""A letter is typed in beside its scan: the pages as pictures, never the file; kept with it."""
import os
import re
import secrets
import struct
import sys
import zlib

import pytest

from e2e.browser import Browser
from e2e.house import SOURCE, wait_for
from e2e.staff import StaffSite

sys.path.append(os.path.join(SOURCE, "tools", "demo.d"))
from documents import make_pdf, make_photo  # noqa: E402  pylint: disable=wrong-import-position

PLACES = "/staff/consultations/places"
NEW = f"{PLACES}/responses/new"


def make_png(kind, row):
    """Two pixels high, each row these bytes; kind: 2 RGB, 6 with alpha."""
    def part(name, content):
        return (struct.pack(">I", len(content)) + name + content
                + struct.pack(">I", zlib.crc32(name + content)))
    wide = len(row) // (4 if kind == 6 else 3)
    return (b"\x89PNG\r\n\x1a\n" + part(b"IHDR", struct.pack(">IIBBBBB", wide, 2, 8, kind, 0, 0, 0))
            + part(b"IDAT", zlib.compress((b"\0" + row) * 2)) + part(b"IEND", b""))


PNG = make_png(6, b"\xff\0\0\xff\0\0\xff\xff")
FIELDS = {"channel": "paper", "received": "yesterday", "name": "Elspeth Orr", "type": "individual",
          "permission": "unknown", "text": "I have kept the key for thirty years."}


@pytest.fixture(name="site", scope="module")
def a_site():
    with StaffSite.opened() as site:
        site.consult("places", "Safe places for young people")
        site.hire_all()
        yield site


def send(site, name, path, fields, files=()):
    mark = secrets.token_hex(12)
    body = b""
    for key, value in [("csrf", site.token(name)), *fields.items()]:
        body += (f'--{mark}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n'
                 f"{value}\r\n").encode()
    for file, kind, content in files or [("", "application/octet-stream", b"")]:
        body += (f'--{mark}\r\nContent-Disposition: form-data; name="files"; '
                 f'filename="{file}"\r\nContent-Type: {kind}\r\n\r\n').encode()
        body += content + b"\r\n"
    return site.request("POST", path, body + f"--{mark}--\r\n".encode(), {
        "Content-Type": f"multipart/form-data; boundary={mark}", "Cookie": site.cookie(name)})


def scanned(site, *files):
    """The page with the form; the address of its frame."""
    answer = send(site, "Edda Editor", f"{NEW}/scan", {}, files)
    assert answer.status == 303, answer.text
    at = answer.headers["location"]
    frame = re.search(r'<iframe src="([^"]+)"', site.see("Edda Editor", at).text)[1]
    return at, frame


def drawn(site):
    wait_for("the pages", lambda: not site.query("SELECT 1 FROM scan WHERE state = 'waiting'"))


def test_pages_are_shown_one_after_the_other_and_the_file_never(site):
    at, frame = scanned(site, ("a.pdf", "application/pdf", make_pdf(["Page one"])),
                        ("b.jpg", "image/jpeg", make_photo(["Page two"])),
                        ("c.png", "image/png", PNG))
    drawn(site)
    page = site.see("Edda Editor", frame).text
    assert "Page 1 of 3" in page and ">Previous page</span>" in page
    seen = []
    for number in (1, 2, 3):
        picture = site.see("Edda Editor", f"{frame}/pages/{number}")
        assert picture.status == 200 and picture.headers["content-type"] == "image/png"
        assert picture.body.startswith(b"\x89PNG") and b"%PDF" not in picture.body
        seen.append(picture.body)
    assert len(set(seen)) == 3
    assert site.see("Edda Editor", f"{frame}/pages/4").status == 404
    page = site.see("Edda Editor", f"{frame}?page=2&zoom=2").text
    assert "zoom-2" in page and "page=3" in page and "page=1" in page and "zoom=3" in page
    # Nothing of the file, and no script, is in the frame.
    policy = site.see("Edda Editor", frame).headers["content-security-policy"]
    assert "frame-ancestors 'self'" in policy and "script-src" not in policy
    assert site.see("Cole Coder", frame).status == 200
    assert site.see("Rae Reader", frame).status == 404  # of no response yet
    once = re.search(r'name="once" value="(\w+)"', site.see("Edda Editor", at).text)[1]
    scan = re.search(r'name="scan" value="(\w+)"', site.see("Edda Editor", at).text)[1]
    wrong = send(site, "Edda Editor", NEW, {**FIELDS, "once": once, "scan": scan, "received": "xyz"})
    assert wrong.status == 400 and frame in wrong.text and "thirty years" in wrong.text
    added = send(site, "Edda Editor", NEW, {**FIELDS, "once": once, "scan": scan})
    assert added.status == 303, added.text
    response = added.headers["location"]
    page = site.see("Edda Editor", response).text
    assert "a.pdf" in page and "b.jpg" in page and "See the scan beside the text" in page
    page = site.see("Edda Editor", f"{response}/scan").text
    assert "thirty years" in page and frame in page
    # A letter, and the name of its file, show who wrote it.
    for who in ("Rae Reader", "Cole Coder"):
        assert site.see(who, f"{response}/scan").status == 403
        assert "beside the text" not in site.see(who, response).text
        for at in (frame, f"{frame}/pages/1"):
            assert site.see(who, at).status == 404
    assert site.query("SELECT count(*) FROM scan WHERE length(bytes) > 0") == [(0,)]
    again = send(site, "Edda Editor", NEW, {**FIELDS, "once": once, "scan": scan})
    assert again.status == 409 or again.headers.get("location", "").startswith(PLACES)
    assert site.query("SELECT count(*) FROM response") == [(1,)]


def test_files_of_the_form_are_shown_later_too(site):
    once = re.search(r'name="once" value="(\w+)"', site.see("Edda Editor", NEW).text)[1]
    added = send(site, "Edda Editor", NEW, {**FIELDS, "once": once},
                 [("a.jpg", "image/jpeg", make_photo(["Only page"]))])
    assert added.status == 303, added.text
    drawn(site)
    page = site.see("Edda Editor", added.headers["location"] + "/scan").text
    frame = re.search(r'<iframe src="([^"]+)"', page)[1]
    assert "Page 1 of 1" in site.see("Edda Editor", frame).text


def test_what_cannot_be_drawn_says_so_and_is_kept(site):
    at, frame = scanned(site, ("a.pdf", "application/pdf", b"%PDF-1.4\nbroken"),
                        ("b.tif", "image/tiff", b"II*\0" + b"\0" * 400))
    drawn(site)
    page = site.see("Edda Editor", frame).text
    assert page.count("cannot be shown here") == 2 and "<img" not in page
    assert send(site, "Edda Editor", f"{NEW}/scan", {}).status == 400
    assert site.see("Edda Editor", at).status == 200


def test_another_consultation_has_none_of_it(site):
    site.consult("other", "Another")
    _, frame = scanned(site, ("a.jpg", "image/jpeg", make_photo(["One"])))
    drawn(site)
    assert site.see("Edda Editor", frame.replace("/places/", "/other/")).status == 404
    assert site.see("Edda Editor", frame.replace("/places/", "/other/") + "/pages/1").status == 404


def test_typed_words_stay_when_pages_are_turned(site):
    """Without a script, on a desk and on a phone."""
    with Browser(site.origin) as browser:
        for width in (1280, 360):
            browser.visitor(width=width, scripts=False)
            site.sign_in(browser, "Edda Editor", NEW)
            at, _ = scanned(site, ("a.pdf", "application/pdf", make_pdf(["Page one"])),
                            ("b.pdf", "application/pdf", make_pdf(["Page two"])))
            drawn(site)
            browser.open(at)
            browser.fill("#text", "half a sentence")
            assert browser.ask("overflow") <= 0
            browser.ask("frame_click", at=".beside-scan iframe", link="Next page")
            assert "Page 2 of 2" in browser.ask("frame_text", at=".beside-scan iframe",
                                                waits="Page 2 of 2")
            assert browser.ask("value", at="#text") == "half a sentence"
