"""Texts that are as long as a mail may be, of signs that grow sixfold in HTML: no page breaks."""
import email.message
import email.policy
import html
import re
import time

import pytest

from e2e.house import DOMAIN
from e2e.pages import settle
from e2e.staff import StaffSite, demo
from e2e.test_staff_rights import NAMES, ROUTES, path_of

PLACES = f"places@{DOMAIN}"
AMPERSANDS = ("&" * 70 + "\n") * 42000  # 3 MB, 15 MB in HTML
QUOTES = ('"' * 70 + "\n") * 9000  # 640 kB
WHO = "Ann Admin"


def with_files(count, text):
    mail = email.message.EmailMessage(policy=email.policy.SMTP)
    mail["From"], mail["To"], mail["Subject"] = "F <files@post.example>", PLACES, "Files"
    mail["Message-ID"] = "<files.1@post.example>"
    mail.set_content("See the files.\n")
    for number in range(count):
        mail.add_attachment(text, filename=f"file {number}.txt")
    return mail.as_bytes()


@pytest.fixture(name="site", scope="module")
def a_site():
    with StaffSite.opened() as site:
        site.add_list("cpip")
        site.consult("places", "Safe places for young people")
        site.hire(WHO, "administrator")
        site.hire(WHO, "editor")
        site.put(
            demo.mail("A <amps@post.example>", "Ampersands", AMPERSANDS, to=PLACES),
            demo.mail('"' + "&" * 900 + '" <name@post.example>', "&" * 5000, "Short.\n", to=PLACES),
            with_files(60, QUOTES[:200000]),
            demo.mail("U <lost@post.example>", "Lost", AMPERSANDS, to=f"cpip+owner@{DOMAIN}"),
            demo.mail("M <many@post.example>", "Many", "Call Ann Lane on 0131 496 0000, or write to "
                      "ann.lane@post.example.\n" * 12000, to=PLACES),
            *(demo.mail(f"C{n} <c{n}@post.example>", "The same", QUOTES, to=PLACES)
              for n in range(4)))
        assert site.do(WHO, "/staff/consultations/places/code-frame", {"name": "long"}).status == 303
        yield site


def links_of(page):
    """Every address that a page leads to, without what changes something."""
    found = re.findall(r'<(?:a|iframe|link|form(?![^>]*method="post"))[^>]*?'
                       r'(?:href|src|action)="(/staff[^"#]*)', page)
    return [html.unescape(link) for link in found if "sign-out" not in link]


def test_no_page_of_the_staff_breaks(site):
    settle(site)
    waiting, seen, wrong = ["/staff"], set(), []
    for number in range(1, 8):
        waiting += [f"/staff/consultations/places/responses/{number}", f"/staff/consultations/places/responses/{number}/code",
                    f"/staff/consultations/places/responses/{number}/mail", f"/staff/consultations/places/responses/{number}/forward",
                    f"/staff/consultations/places/responses/{number}/reply"]
    while waiting and len(seen) < 400:
        path = waiting.pop(0)
        if path in seen:
            continue
        seen.add(path)
        answer = site.see(WHO, path)
        for _ in range(100):
            if answer.status != 503 or "retry-after" not in answer.headers:
                break
            time.sleep(int(answer.headers["retry-after"]))  # the machine is busy
            answer = site.see(WHO, path)
        if answer.status >= 500:
            wrong.append((path, answer.status, answer.text[:20]))
        if "text/html" in answer.headers.get("content-type", ""):
            waiting += links_of(answer.text)
    assert not wrong, "\n".join(map(str, wrong))
    assert len(seen) > 60


def test_no_door_of_the_table_breaks_on_any_of_them(site):
    """Not only where links lead: each address of the program's own table, for each response."""
    settle(site)
    wrong, seen = [], set()
    for method, pattern, _ in ROUTES:
        for number in range(1, 9) if method == "GET" else ():
            names = {**dict.fromkeys(re.findall(r":(\w+)", pattern), str(number)), **NAMES}
            path = path_of(pattern, names)
            if path in seen:
                continue
            seen.add(path)
            try:
                answer = site.see(WHO, path)
            except OSError as error:    # the pages ended
                wrong.append((path, repr(error)))
                continue
            while answer.status == 503 and "retry-after" in answer.headers:
                time.sleep(int(answer.headers["retry-after"]))  # the machine is busy
                answer = site.see(WHO, path)
            if answer.status >= 500:
                wrong.append((path, answer.status, answer.text[:60]))
    assert not wrong, "\n".join(map(str, wrong))
    assert len(seen) > 150


def test_published_it_breaks_no_page_of_the_public(site):
    site.hire("Abe Approver", "approver")
    site.ok("response", "include", "places-0001")
    site.ok("response", "respondent", "places-0001", "--set-permission", "without name")
    site.ok("publication", "decide", "places-0001", "without name")
    site.ok("publication", "release", "places-0001", staff="Abe Approver")
    site.ok("publication", "open", "places", staff="Abe Approver")
    page = site.get("/consultations/places/responses")
    link = re.search(r'href="(/consultations/places/responses/[^"./?]+)"', page.text)[1]
    for path in (link, link + "?lang=gd", "/consultations/places/responses.csv"):
        answer = site.get(path)
        assert answer.status == 200, (path, answer.text[:100])
    assert "only its beginning is shown" in site.get(link).text
