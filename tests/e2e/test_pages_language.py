"""Pages that say what went wrong, in the language of their reader."""
import os
import re

import pytest

from e2e.house import SOURCE
from e2e.pages import Site

LITERAL = r'((?:\s*"(?:[^"\\]|\\.)*")+)'
# Where src/web, src/pages and src/public say a sentence that a page of the public can show.
SAID = (rf"out_sentence = {LITERAL}", rf"\bproblem\(in, [^;]*?,{LITERAL}\)",
        rf"(?:web|page)_problem\([^;]*?,{LITERAL}\)", rf"\{{(?:MHD_HTTP|WEB)_\w+, {LITERAL}\}}",
        rf"title = {LITERAL}")
GD = {"Accept-Language": "gd, en;q=0.5"}


@pytest.fixture(name="site", scope="module")
def a_site():
    with Site.opened() as site:
        site.add_list("cpip")
        yield site


def joined(literal):
    return "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', literal))


def sentences():
    found = set()
    for folder in ("web", "pages", "public"):
        for name in sorted(os.listdir(f"{SOURCE}/src/{folder}")):
            if not name.endswith(".c"):
                continue
            with open(f"{SOURCE}/src/{folder}/{name}", encoding="utf-8") as file:
                text = file.read()
            for look in SAID:
                found |= {joined(literal) for literal in re.findall(look, text)}
    return found


def test_each_sentence_can_be_said_in_another_language():
    found = sentences()
    assert len(found) > 20, found
    with open(f"{SOURCE}/src/domain/core/language_words.c", encoding="utf-8") as file:
        known = {joined(mark) for mark in re.findall(rf"N_\({LITERAL}\)", file.read())}
    assert found <= known, found - known


def test_pages_that_refuse_speak_the_language_of_their_reader(site):
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    asked = {
        404: ("GET", "/nothing", None, {}),
        405: ("DELETE", "/manage", None, {}),
        413: ("POST", "/manage", "a=" + 200000 * "b", form),
        415: ("POST", "/manage", "a", {"Content-Type": "text/csv"}),
    }
    for status, (method, path, body, headers) in asked.items():
        english = site.request(method, path, body, headers)
        gaelic = site.request(method, path, body, {**headers, **GD})
        assert english.status == gaelic.status == status
        said = re.search(r"<h1>(.+?)</h1>\s*<p>(.+?)</p>", english.text, re.S)
        assert said[1] in sentences() and said[2] in sentences(), said[0]
        assert '<html lang="gd"' in gaelic.text
        assert said[1] not in gaelic.text and said[2] not in gaelic.text, gaelic.text
    for _ in range(200):
        answer = site.post("/lists/cpip/join", {"address": "a@example.test"},
                           Accept_Language="gd", X_Forwarded_For="203.0.113.5")
    assert answer.status == 429
    assert "Too many requests" not in answer.text and "Nothing was done" not in answer.text
