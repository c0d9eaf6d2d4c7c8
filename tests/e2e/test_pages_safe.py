"""What must hold whatever comes: looking changes nothing, asking writes one mail, nothing
that people wrote runs, and no token is written where others read."""
import json
import os
import re
import time
import urllib.parse

import pytest

from e2e import texts
from e2e.browser import Browser
from e2e.staff import StaffSite, demo
from e2e.house import DOMAIN, parse, text_of, wait_for
from e2e.pages import BASE, UPDATE, settle

LINK = re.compile(rf"{BASE}(/[^\s>\"<)]*)")
LOOKS = (("GET", {}), ("HEAD", {}), ("OPTIONS", {}), ("GET", {"Sec-Purpose": "prefetch"}),
         ("GET", {"Purpose": "prefetch", "User-Agent": "Outlook-SafeLinks"}))


@pytest.fixture(name="site", scope="module")
def a_site():
    with StaffSite.opened(settings='manage: { link_expires = "1 day"; };\n') as site:
        yield site.furnish()


@pytest.fixture(name="browser", scope="module")
def a_browser(site):
    with Browser(site.origin) as browser:
        yield browser.visitor()


def every_mail(site):
    """Every mail of every kind that has left the house."""
    for path, _, names in os.walk(f"{site.folder}/out"):
        for name in names:
            with open(f"{path}/{name}", "rb") as file:
                yield parse(file.read())


def send_every_kind(site):
    """All that mercat writes to people, but answers to mails of theirs."""
    site.confirmed("cpip", "ada@example.test")                    # confirm, welcome
    site.post("/lists/group/join", {"address": "bob@example.test"})  # closed-request
    site.post("/manage", {"address": "ada@example.test"})         # manage
    own = site.wait_for_link("ada@example.test", "manage")
    site.post(own + "/address", {"address": "fay@example.test"})  # move-old, move-new
    site.wait_for_link("fay@example.test", "address")
    site.confirmed("cpip", "cat@example.test")
    site.post(site.wait_for_link("cat@example.test", "leave"))    # left
    site.post("/lists/cpip/join", {"address": "dan@example.test"})   # confirm, waiting
    site.wait_for_link("dan@example.test", "confirm")
    site.publish("cpip", "One for those who are here now")        # an update
    settle(site)


def answer_every_kind(site):
    """All that mercat writes because people wrote to it, and what the staff has it write."""
    def write(name, word, to="cpip"):
        return demo.mail(f"{name}@example.test", word, word, to=f"{to}@{DOMAIN}")
    site.confirmed("cpip", "eve@example.test")
    site.put(write("eve", "help"), write("eve", "subscribe"), write("zoe", "unsubscribe"),
             write("pia", "subscribe", "group"), write("quy", "subscribe", "group"),
             site.reply(1))                                       # acknowledgement
    site.ok("subscriber", "refuse", "group", "pia@example.test")
    site.ok("queue", "text", "Thanks", site.write(
        "thanks.txt", f"Dear {{{{name}}}},\n\nsee {BASE}/consultations/places"),
            "--subject", "Your reply {{reference}}")
    site.ok("queue", "reply", "places-0001", "Thanks")
    site.ok("bulletin", "test", "cpip", site.draft(UPDATE.format(
        name="cpip", title="Tried first", summary="A test")), "rod@example.test")


def let_time_pass(site):
    """A digest is due, somebody is asked whether mail reaches them, one moved, one is erased."""
    site.confirmed("cpip", "sue@example.test", frequency="weekly")
    site.confirmed("cpip", "tom@example.test")
    site.publish("cpip", "For the digest")
    site.change("UPDATE delivery SET due_at = 1 WHERE state = 'digest'")
    site.change("INSERT INTO probe (subscription_id, state, created_at, look_at) SELECT s.id,"
                " 'due', 1, 1 FROM subscription s JOIN person p ON p.id = s.person_id"
                " WHERE p.address = 'tom@example.test'")
    for name in ("nan", "hob"):
        site.confirmed("cpip", f"{name}@example.test")
        site.post("/manage", {"address": f"{name}@example.test"})
    own = site.wait_for_link("hob@example.test", "manage")
    site.post(own + "/address", {"address": "rob@example.test"})
    for name in ("hob", "rob"):
        assert site.post(site.wait_for_link(f"{name}@example.test", "address")).status == 200
    own = site.wait_for_link("nan@example.test", "manage")
    assert site.post(own + "/erase", {"sure": "yes"}).status == 200
    wait_for("the digest and the probe", lambda: {"digest", "probe"} <= kinds_of(site))
    wait_for("the receipt", lambda: any(
        "receipt" in str(mail["Subject"]) for mail in site.mails("nan@example.test")))
    settle(site)


def kinds_of(site):
    return {kind for kind, in site.query("SELECT DISTINCT kind FROM notification"
                                         " WHERE state = 'sent'")}


# A colleague gets a reply forwarded; that mail is of no use to the public and has no link.
KINDS = {"confirm", "welcome", "unsubscribed", "not-subscribed", "closed-request", "closed-refused",
         "already-subscribed", "acknowledgement", "help", "probe", "test", "preferences",
         "move-old", "move-new", "moved", "digest", "erased", "reply"}


def links_of(mail):
    said = text_of(mail) + text_of(mail, "html") + str(mail["List-Unsubscribe"])
    return set(LINK.findall(said.replace("&amp;", "&")))


def links_of_nobody(site):
    """Of people who were erased or moved, and of the test of an update that is not out."""
    return {link for name in ("nan", "hob", "rod")
            for mail in site.mails(f"{name}@example.test") for link in links_of(mail)
            if re.search(r"/(manage|leave|confirm|address)/|/lists/cpip/\d", link)}


def test_links_of_mails_change_nothing_when_they_are_followed(site, browser):
    send_every_kind(site)
    answer_every_kind(site)
    let_time_pass(site)
    links, kinds = set(), kinds_of(site)
    assert KINDS <= kinds, KINDS - kinds
    for mail in every_mail(site):
        links |= links_of(mail)
    gone = links_of_nobody(site)
    assert gone < links and len(gone) < len(links) / 2
    secret = {link for link in links if len(link.split("/")) == 3 and len(link) > 25}
    assert {link.split("/")[1] for link in secret} == {"confirm", "leave", "manage", "address"}
    before = site.fingerprint()
    for link in sorted(links):
        may = (200, 204, 404) if link in gone else (200, 204)
        for _ in range(3):
            for method, headers in LOOKS:
                answer = site.request(method, link, headers=headers)
                assert answer.status in may, (method, link, answer.status)
    assert site.fingerprint() == before
    for link in sorted(links):
        for _ in range(3):
            assert browser.open(link) in ((200, 404) if link in gone else (200,)), link
            # A scanner that runs scripts may also press what looks like a link.
            browser.ask("run", script="document.querySelectorAll('summary').forEach("
                        "s => s.click())")
    assert site.fingerprint() == before
    for link in sorted(links):
        for wrong in ("PUT", "DELETE", "PATCH", "TRACE"):
            assert site.request(wrong, link).status in (400, 405), (wrong, link)
    assert site.fingerprint() == before


def test_one_click_is_plain_and_can_be_done_again(site):
    site.confirmed("cpip", "gil@example.test")
    link = site.wait_for_link("gil@example.test", "leave")
    body = {"List-Unsubscribe": "One-Click"}
    for _ in range(3):
        answer = site.post(link, body)
        assert answer.status == 200
        assert answer.headers["content-type"].startswith("text/plain")
        assert "set-cookie" not in answer.headers and "location" not in answer.headers
    assert site.state_of("cpip", "gil@example.test") == "unsubscribed"
    evidence = site.query("SELECT how FROM evidence WHERE event = 'unsubscribed' AND subscription_id = ("
                          "SELECT s.id FROM subscription s JOIN person p ON p.id = s.person_id"
                          " WHERE p.address = 'gil@example.test')")
    assert evidence == [("one-click",)]
    # Also with what a header ends with, and as no form: that it came is all that counts.
    for odd in (f"{link}%3E", f"{link}/", f"{link}."):
        assert site.post(odd, body).status == 200, odd
    for kind in ("text/plain", "application/json", "message/rfc822"):
        assert site.request("POST", link, "List-Unsubscribe=One-Click",
                            {"Content-Type": kind}).status == 200, kind
    # Also without a type, and from somebody who was forgotten meanwhile.
    assert site.request("POST", link, "List-Unsubscribe=One-Click").status == 200
    own = site.wait_for_link("gil@example.test", "manage")
    settle(site)
    assert site.post(own + "/erase", {"sure": "yes"}).status == 200
    assert site.post(link, body).status == 200
    token = link.rsplit("/", 1)[1]
    other = token[:20] + ("b" if token[20] == "a" else "a") + token[21:]
    for token in ("x", other, "a" * 34, "%20"):
        assert site.post(f"/leave/{token}", body).status == 404


def count_of_mails(site, address):
    return len(site.mails(address))


def test_10000_posts_write_one_confirmation(site):
    victim = "kay@example.test"
    statuses = {}
    for number in range(10000):
        status = site.post("/lists/cpip/join", {"address": victim},
                           X_Forwarded_For=f"192.0.2.1, 10.{number // 256}.{number % 256}.7"
                           ).status
        statuses[status] = statuses.get(status, 0) + 1
    assert statuses == {200: 10000}, "the answer is always the same"
    settle(site)
    assert count_of_mails(site, victim) == 1


def test_one_place_cannot_post_without_end(site):
    before = site.query("SELECT count(*) FROM notification WHERE kind = 'confirm'")[0][0]
    refused = 0
    for number in range(10000):
        answer = site.post("/lists/cpip/join", {"address": f"s{number}@example.test"},
                           X_Forwarded_For="203.0.113.9")
        refused += answer.status == 429
    assert refused > 9800
    assert site.query("SELECT count(*) FROM notification WHERE kind = 'confirm'")[0][0] - before < 200
    elsewhere = site.post("/lists/cpip/join", {"address": "lea@example.test"},
                          X_Forwarded_For="203.0.113.10")
    assert elsewhere.status == 200
    settle(site, 60)


def test_known_and_unknown_addresses_get_the_same(site):
    site.confirmed("cpip", "hal@example.test")
    for path in ("/lists/cpip/join", "/manage"):
        answers, times = [], {}
        for turn in range(12):
            for address in ("hal@example.test", f"nobody{turn}{path[1]}@example.test"):
                began = time.monotonic()
                answer = site.post(path, {"address": address},
                                   X_Forwarded_For=f"198.51.100.{turn}")
                times.setdefault(address[:3], []).append(time.monotonic() - began)
                answers.append((answer.status, answer.text.replace(address, "ADDRESS"),
                                answer.headers.get("location")))
        assert len(set(answers)) == 1
        known, unknown = sorted(times["hal"])[6], sorted(times["nob"])[6]
        assert known < 5 * unknown + 0.05 and unknown < 5 * known + 0.05, (known, unknown)


def test_field_that_people_do_not_see_tells_programs(site, browser):
    browser.open("/lists/cpip/join")
    assert browser.ask("run", script="(() => { const b = document.querySelector('#website')"
                       ".getBoundingClientRect(); return b.right < 0 || b.left < -999; })()")
    before = site.fingerprint()
    for path, status in (("/lists/cpip/join", 200), ("/manage", 303)):
        answer = site.post(path, {"address": "max@example.test", "website": "http://spam.test"},
                           X_Forwarded_For="198.51.100.200")
        assert answer.status == status
    assert site.fingerprint() == before


def test_joining_again_changes_nothing_that_was_confirmed(site):
    site.confirmed("cpip", "ida@example.test", which="some", **{"topic-1": "yes"})
    look = ("SELECT s.state, s.topics, s.all_topics, s.frequency, s.active_since"
            " FROM subscription s JOIN person p ON p.id = s.person_id"
            " WHERE p.address = 'ida@example.test'")
    before = site.query(look)
    assert before[0][:4] == ("active", 2, 0, "each")
    site.post("/lists/cpip/join", {"address": "IDA@example.test", "frequency": "monthly"},
              X_Forwarded_For="198.51.100.7")
    settle(site)
    assert site.query(look) == before


def naughty(shared):
    """Strings that broke other people's pages, and a few of our own making."""
    with open(f"{shared}/corpora/strings/blns.json", encoding="utf-8") as file:
        words = json.load(file)
    return [word for word in words if word] + [
        "{{organisation}}", "{{{body}}}", "{{>layout}}", "</title><script>alert(1)</script>",
        "' onfocus=alert(1) autofocus x='", "\" onfocus=alert(1) autofocus x=\"",
        "javascript:alert(1)", "<img src=https://elsewhere.example/x onerror=alert(1)>",
        "<svg/onload=alert(1)>", "a" * 5000, "\u202etxt.exe", "\u0000", "%00", "\r\nX: y"]


@pytest.mark.shared
def test_what_people_write_into_forms_never_runs(site, browser, shared):
    words = naughty(shared)
    site.confirmed("cpip", "jon@example.test")
    site.post("/manage", {"address": "jon@example.test"}, X_Forwarded_For="198.51.100.8")
    own = site.wait_for_link("jon@example.test", "manage")
    leave = site.wait_for_link("jon@example.test", "leave")
    paths = ["/lists/cpip/join", "/manage", own + "/name", own + "/pause", own + "/address",
             own + "/topics", own + "/language", own + "/frequency", own + "/erase",
             "/confirm/x", "/leave/x", "/address/x"]
    for number, word in enumerate(words):
        fields = {"address": word, "name": word, "which": "some", "topic-0": word,
                  "frequency": word, "language": word, "wording": word, "reason": word,
                  "subscription": word, "until": word, "sure": word}
        for path in paths[number % 3::3]:
            answer = site.post(path, fields, X_Forwarded_For=f"10.9.{number // 256}.{number}")
            assert answer.status < 500, (path, word)
    # What is shown again, and what was kept, in a browser that would run it.
    browser.visitor()
    for word in words[::30] + words[-14:]:
        site.post(own + "/name", {"name": word})
        assert browser.open(own) == 200
        assert not browser.trouble(), word
        browser.open("/manage")
        browser.ask("run", script="document.querySelector('#address').type = 'text'")
        browser.fill("#address", word.replace("\0", ""))
        browser.click("main form button")
        assert not browser.trouble(), word
    assert site.post(leave, {"reason": words[-8]}).status == 200
    assert "<script>alert" not in site.get(own + "/held").text


@pytest.mark.shared
def test_what_is_asked_of_addresses_never_runs(site, browser, shared):
    browser.visitor()
    for number, word in enumerate(naughty(shared)):
        quoted = urllib.parse.quote(word[:300], safe="")
        paths = (f"/lists/{quoted}", f"/lists/cpip?before={quoted}&lang={quoted}",
                 f"/{quoted}", f"/manage/{quoted}", f"/consultations/{quoted}")
        for path in paths[number % 2::2]:
            assert site.get(path).status in (200, 400, 404), path
        if number % 25 == 0:
            browser.open(f"/lists/{quoted}?lang={quoted}")
            browser.open(f"/manage/{quoted}?done={quoted}")
    assert not browser.trouble()


@pytest.mark.shared
def test_what_officials_write_never_runs(site, browser, shared):
    """Their own updates and lists, too: whoever can write one is not to own the readers."""
    words = [word for word in naughty(shared)
             if "\0" not in word and "\n" not in word and "\r" not in word][::7]
    bad = [word for word in words if len(word.encode()) < 100]
    for number, word in enumerate(bad[:40]):
        site.change("INSERT INTO list (name, title, address, from_name, owner, entry, created_at,"
                    " wording_id, description) SELECT ?1, ?2, ?3, from_name, owner, entry,"
                    " created_at, wording_id, ?2 FROM list WHERE name = 'cpip'",
                    f"odd{number}", word, f"odd{number}@example.test")
    body = "\n\n".join(words)
    site.subscribe("odd1", "reader@example.test")
    number = site.draft(f"---\nlist: odd1\ntitle: Strange words\n---\n\n{body}\n\n"
                        f"<script>alert(1)</script> [a](javascript:alert(1))"
                        f" ![x](https://elsewhere.example/pixel.png)\n")
    site.change("UPDATE bulletin SET state = 'sent', started_at = 1700000000, filled = 1"
                " WHERE title = 'Strange words'")
    browser.visitor()
    for path in ("/", f"/lists/odd1/{number}", "/lists/odd1/feed.xml", "/privacy",
                 *(f"/lists/odd{n}" for n in range(0, len(bad[:40]), 5)),
                 *(f"/lists/odd{n}/join" for n in range(0, len(bad[:40]), 5))):
        assert browser.open(path) == 200, path
        assert not browser.trouble(), path
        assert browser.ask("count", at="script") == 0, path


def payloads(shared):
    """Each on one line and printable: drafts with other letters are refused."""
    return ["".join(letter for letter in " ".join(one.split()) if letter.isprintable())
            for one in texts.payloads(shared)]


def clipped(payload):
    """As much as a title may have, also in bytes."""
    return payload.encode()[:110].decode(errors="ignore").strip() or "empty"


@pytest.mark.shared
def test_hostile_html_on_public_pages_runs_nothing_and_loads_nothing(site, browser, shared):
    """Every payload as title and description of a list, as title, summary, section and text
    of an update, as title, introduction and outcome of a consultation, as a person's name."""
    site.confirmed("cpip", "wes@example.test")
    site.post("/manage", {"address": "wes@example.test"}, X_Forwarded_For="198.51.100.77")
    own = site.wait_for_link("wes@example.test", "manage")
    site.subscribe("cpip", "reader2@example.test")
    number = site.draft(UPDATE.format(name="cpip", title="A model", summary="One"))
    places = ["/", "/consultations"]
    for n, payload in enumerate(payloads(shared)):
        title = clipped(payload)
        site.change("INSERT INTO list (name, title, address, from_name, owner, entry, created_at,"
                    " wording_id, description) SELECT ?1, ?2, ?3, ?2, owner, entry, created_at,"
                    " wording_id, ?4 FROM list WHERE name = 'cpip'",
                    f"bad{n}", title, f"bad{n}@example.test", payload)
        site.change("INSERT INTO topic (list_id, position, name) SELECT id, 0, ?2 FROM list"
                    " WHERE name = ?1", f"bad{n}", title[:40])
        hostile = site.query("SELECT source FROM bulletin WHERE title = 'A model'")[0][0]
        hostile = hostile.replace("Good morning.", payload).replace("Rooms that", payload)
        hostile = hostile.replace("Have your say", title).replace("Perth | 12", title)
        hostile = hostile.replace("summary: One", f"summary: {title}")
        columns = [name for _, name, *_ in site.query("PRAGMA table_info(bulletin)")
                   if name != "id"]
        made = {"list_id": f"(SELECT id FROM list WHERE name = 'bad{n}')", "title": "?1",
                "source": "?2", "number": "1", "state": "'sent'",
                "started_at": "1700000000", "filled": "1"}
        site.change(f"INSERT INTO bulletin ({', '.join(columns)}) SELECT "
                    + ", ".join(made.get(name, name) for name in columns)
                    + " FROM bulletin WHERE title = 'A model'", title, hostile)
        site.change("INSERT INTO consultation (name, title, address, state, zone, opens_at,"
                    " closes_at, introduction, outcome, outcome_at, created_at) SELECT ?1, ?2, ?3,"
                    " 'reported', zone, opens_at, opens_at + 1, ?4, ?4, opens_at + 2, created_at"
                    " FROM consultation WHERE name = 'places'",
                    f"bad{n}", title, f"asks{n}@example.test", payload)
        places += [f"/lists/bad{n}", f"/lists/bad{n}/1", f"/consultations/bad{n}"]
        if n % 3 == 0:
            places.append(f"/lists/bad{n}/join")
    assert number and len(places) > 300
    browser.visitor()
    for place in places:
        assert browser.open(place) == 200, (place, browser.text())
        assert browser.ask("count", at="script") == 0, place
        assert not browser.trouble(), place
    for n, payload in enumerate(payloads(shared)):
        site.post(own + "/name", {"name": clipped(payload)})
        if n % 4 == 0:
            for place in (own, own + "/held"):
                assert browser.open(place) == 200, payload
                assert browser.ask("count", at="script") == 0, payload
        assert "<script" not in site.get(own).text
    assert not browser.trouble()


def test_tokens_are_never_in_the_log_nor_in_a_referer(site, browser):
    tokens = {link.rsplit("/", 1)[1] for mail in every_mail(site)
              for link in LINK.findall(text_of(mail)) if len(link) > 25}
    assert tokens
    log = site.log()
    assert not [token for token in tokens if token in log]
    browser.visitor()
    site.post("/manage", {"address": "ada@example.test"}, X_Forwarded_For="198.51.100.9")
    browser.open(site.wait_for_link("ada@example.test", "manage"))
    browser.click("text=See all of it")
    browser.click("text=Consultations")
    assert len(browser.ask("loads")) >= 3
    assert not [load for load in browser.ask("loads") if load["referer"]]
    held = site.query("SELECT hex(token_hash) FROM confirmation UNION"
                      " SELECT hex(token_hash) FROM link_token")
    assert held and not [token for token in tokens for row in held
                         if token.encode().hex().upper() in row[0]]
