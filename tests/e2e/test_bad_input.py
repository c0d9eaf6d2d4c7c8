"""Whatever is typed or sent wrongly gets one clear sentence and changes nothing."""
import json
import os

import pytest

from e2e import texts
from e2e.house import DOMAIN, MAILBOX, STRANGERS, wait_for

ADA = STRANGERS[0]


@pytest.fixture(scope="module", autouse=True)
def furniture(house):
    house.add_list("cpip", topics="neglect,hearings")
    house.subscribe("cpip", ADA)
    texts.open_consultation(house, "cruelty")
    house.mail(ADA, f"cruelty@{DOMAIN}", "One", "One reply.\n")
    wait_for("the response", lambda: house.responses("cruelty"))
    house.wait_for_letters()


def sentence_of(done):
    """The one line it said; no line of C, no SQL, no stack."""
    lines = done.err.strip().splitlines()
    assert len(lines) == 1, f"wanted one sentence, got: {done.err!r}"
    for word in ("SELECT ", "sqlite", ".c:", "assert", "(null)"):
        assert word not in lines[0], lines[0]
    return lines[0]


COMMANDS = (
    ((), 2),
    (("frobnicate",), 2),
    (("list",), 2),
    (("list", "paint"), 2),
    (("list", "add"), 2),
    (("list", "add", "x", "--colour", "red"), 2),
    (("list", "add", "two words", "--title", "T", "--address", f"two@{DOMAIN}"), 1),
    (("list", "add", "other", "--title", "T", "--address", "not an address"), 1),
    (("list", "add", "cpip", "--title", "T", "--address", f"again@{DOMAIN}"), 1),
    (("list", "show", "unknown"), 1),
    (("subscriber", "add", "cpip", "x@@y", "--basis", "b"), 1),
    (("subscriber", "add", "cpip", "a@b.test\r\nBcc: c@d.test", "--basis", "b"), 1),
    (("subscriber", "add", "cpip", "new@example.test"), 2),
    (("subscriber", "add", "cpip", "new@example.test", "--basis", "b",
      "--topics", "music"), 1),
    (("subscriber", "add", "nowhere", "new@example.test", "--basis", "b"), 1),
    (("subscriber", "remove", "cpip", "unknown@example.test", "--reason", "r"), 1),
    (("subscriber", "import", "cpip", "/nonexistent.csv"), 1),
    (("bulletin", "draft", "/nonexistent.md"), 1),
    (("bulletin", "status", "cpip", "99"), 1),
    (("bulletin", "status", "cpip", "seven"), 1),
    (("bulletin", "send", "cpip", "99999999999999999999"), 1),
    (("consultation", "open", "unknown"), 1),
    (("consultation", "extend", "cruelty", "soon"), 1),
    (("consultation", "extend", "cruelty", "2001-01-01"), 1),
    (("response", "show", "cruelty-99"), 1),
    (("response", "show", "no reference"), 1),
    (("response", "list", "--state", "eaten"), 1),
    (("response", "list", "--limit", "-1"), 1),
    (("response", "exclude", "cruelty-1"), 2),
    (("analysis", "cruelty", "--by", "weather"), 1),
    (("inbound", "show", "0"), 1),
)


@pytest.mark.parametrize("words, code", COMMANDS, ids=lambda value: (
    " ".join(value)[:40] or "nothing" if isinstance(value, tuple) else str(value)))
def test_wrong_command_says_so_and_changes_nothing(house, words, code):
    before = house.fingerprint()
    done = house.mercat(*words)
    if code == 2:
        assert done.code == 2, done
        assert (done.err + done.out).strip(), "usage errors say how it is used"
    else:
        assert done.code in (1, 2), done
        sentence_of(done)
    assert house.fingerprint() == before


UPDATES = (
    ("no front matter", "Hello.\n"),
    ("front matter that never ends", "---\nlist: cpip\ntitle: T\n\nHello.\n"),
    ("no list", "---\ntitle: T\n---\n\nHello.\n"),
    ("unknown list", "---\nlist: nowhere\ntitle: T\n---\n\nHello.\n"),
    ("no title", "---\nlist: cpip\n---\n\nHello.\n"),
    ("unknown key", "---\nlist: cpip\ntitle: T\ncolour: red\n---\n\nHello.\n"),
    ("key twice", "---\nlist: cpip\ntitle: T\ntitle: U\n---\n\nHello.\n"),
    ("line without a colon", "---\nlist: cpip\ntitle: T\nhello\n---\n\nHello.\n"),
    ("unknown topic", "---\nlist: cpip\ntitle: T\n---\n\n## A {music}\n\nHello.\n"),
    ("nothing to say", "---\nlist: cpip\ntitle: T\n---\n"),
    ("a line break in the title", "---\nlist: cpip\ntitle: T\rBcc: x@y.test\n---\n\nH.\n"),
    ("not UTF-8", b"---\nlist: cpip\ntitle: T\n---\n\nCaf\xe9.\n"),
    ("empty", ""),
)


@pytest.mark.parametrize("text", [row[1] for row in UPDATES],
                         ids=[row[0] for row in UPDATES])
def test_bad_update_is_refused_with_its_place(house, text):
    before = house.fingerprint()
    done = house.mercat("bulletin", "draft", house.write("bad-update.md", text))
    assert done.code in (1, 2)
    assert "bad-update.md" in sentence_of(done)
    assert house.fingerprint() == before


CONSULTATIONS = (
    ("closes before it opens", "opens: 2026-05-01", "opens: 2099-01-01"),
    ("no such day", "opens: 2026-05-01", "opens: 2026-02-30"),
    ("unknown zone", "Europe/London", "Mars/Olympus"),
    ("address of another", "new@", "cruelty@"),
    ("name of another", "name: new", "name: cruelty"),
)
CONSULTATION = f"""---
name: new
title: New
address: new@{DOMAIN}
opens: 2026-05-01
closes: 2098-12-31
zone: Europe/London
---

Text.

1. Why?
"""


@pytest.mark.parametrize("old, new", [row[1:] for row in CONSULTATIONS],
                         ids=[row[0] for row in CONSULTATIONS])
def test_bad_consultation_is_refused(house, old, new):
    assert old in CONSULTATION
    before = house.fingerprint()
    done = house.mercat("consultation", "add", house.write(
        "bad-consultation.md", CONSULTATION.replace(old, new)))
    assert done.code in (1, 2)
    sentence_of(done)
    assert house.fingerprint() == before


SETTINGS = (
    ("no such file", None, None, "mercat.conf"),
    ("a broken line", 'zone = "Europe/London";', 'zone = "Europe/London', "bad.conf"),
    ("an unknown key", "organisation =", "organization =", "organization"),
    ("a wrong type", 'zone = "Europe/London"', "zone = 7", "zone"),
    ("an unknown zone", "Europe/London", "Mars/Olympus", "zone"),
    ("a duration without a unit", '"1 h"', '"1"', "poll"),
    ("a port out of range", "connections = 5", "connections = 3000000000", "connections"),
    ("an unknown kind", '"smtp"', '"pigeon"', "kind"),
    ("an unknown way of encryption", 'tls = "none"', 'tls = "maybe"', "tls"),
)


@pytest.mark.parametrize("old, new, names", [row[1:] for row in SETTINGS],
                         ids=[row[0] for row in SETTINGS])
def test_bad_setting_is_refused_with_its_place(house, old, new, names):
    kept = house.config
    with open(kept, encoding="utf-8") as file:
        conf = file.read()
    try:
        if old is None:
            house.config = f"{house.folder}/nowhere/mercat.conf"
        else:
            assert old in conf
            house.config = house.write("bad.conf", conf.replace(old, new))
        done = house.mercat("settings", "check")
    finally:
        house.config = kept
    assert done.code in (1, 2)
    said = sentence_of(done)
    assert names in said
    assert old is None or "bad.conf" in said, "it says in which file"


# -- mercat message inspect takes anything

SHAPE = {"file", "kind", "reasons", "from", "reply_to", "to", "cc", "subject", "date",
         "message_id", "in_reply_to", "references", "text", "html", "text_new",
         "text_quoted", "also", "attachments", "bounce", "complaint", "limits_hit"}
KINDS = {"human", "bounce", "delay", "delivered", "complaint", "autoreply", "list",
         "command"}
HOSTILE = (
    b"", b"\n", b"\0" * 5000, bytes(range(256)) * 20, b"From nobody\n", b":\n:\n:\n",
    b"Subject: \xff\xfe\r\n\r\n\xff\xfe", b"a" * 200000,
    b"Content-Type: multipart/mixed; boundary=\"\\\"\"\r\n\r\n--\"\r\n\r\nx\r\n",
    b"From: " + b"(" * 100000 + b"\r\n\r\nx", b"To: " + b"g:" * 50000 + b"\r\n\r\nx",
    b"Subject: =?utf-8?B?" + b"A" * 100000 + b"?=\r\n\r\nx",
    b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n)
             for n in range(5000)),
    b"Content-Type: message/rfc822\r\n\r\n" * 5000,
    b"Content-Type: text/plain; charset=klingon\r\n\r\n\xc3\x28",
    b"Content-Type: text/html\r\n\r\n" + b"<div>" * 100000,
    b"Content-Transfer-Encoding: base64\r\n\r\nQUJ", b"X: y\r\n" * 50000 + b"\r\n",
)


def check_shape(line):
    shown = json.loads(line)
    assert set(shown) == SHAPE
    assert shown["kind"] in KINDS
    for name in ("reasons", "reply_to", "to", "cc", "references", "attachments",
                 "limits_hit"):
        assert isinstance(shown[name], list), name
    assert set(shown["from"] or {"name": 0, "address": 0}) == {"name", "address"}
    assert set(shown["bounce"] or {"recipients": 0}) == {"recipients"}
    return shown


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_inspect_says_something_valid_of_any_bytes(house, number):
    done = house.mercat("message", "inspect", "-", stdin=HOSTILE[number])
    assert done.code == 0, done.err
    lines = done.out.splitlines()
    assert len(lines) == 1
    check_shape(lines[0])


@pytest.mark.shared
def test_inspect_batch_prints_a_line_for_every_file(house, shared):
    paths = []
    for here, _, names in os.walk(os.path.join(shared, "corpora")):
        paths += [os.path.join(here, name) for name in sorted(names)
                  if name.endswith((".eml", ".msg", ".raw", ".txt"))]
    paths.append("/nonexistent/mail.eml")
    done = house.mercat("message", "inspect", "--batch", stdin="\n".join(paths) + "\n")
    lines = done.out.splitlines()
    assert done.code == 0
    assert [check_shape(line)["file"] for line in lines] == paths


def test_hostile_mail_ends_no_role(house):
    """The same bytes by IMAP: each is recorded, and the roles live on."""
    count = len(house.inbound("--limit", 1000))
    mails = [content.replace(b"\0", b"").replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
             for content in HOSTILE]
    mails = [content for content in mails if content.strip()]
    before = house.roles()
    house.dovecot.add_mails(MAILBOX, mails)
    wait_for("all to be recorded", lambda: len(
        house.inbound("--limit", 1000)) == count + len(mails), 60)
    house.settle()
    assert house.roles() == before, "no role was started anew"
    assert not house.has_ended()


@pytest.mark.parametrize("place", ["store", "beside the store", "link", "pipe", "folder", "no folder"])
def test_a_file_takes_the_place_of_nothing_but_a_file(house, place):
    """Each command that writes a file where somebody says; the lint knows no other way."""
    here = os.path.join(house.folder, f"places-{place.replace(' ', '-')}")
    os.makedirs(here)
    path = {"store": f"{house.folder}/state/mercat.db", "beside the store": f"{house.folder}/state/x",
            "no folder": f"{here}/none/x"}.get(place, f"{here}/x")
    if place == "link":
        os.symlink(f"{house.folder}/state/mercat.db", path)
    elif place == "pipe":
        os.mkfifo(path)
    elif place == "folder":
        os.makedirs(path)
    before = os.lstat(path) if os.path.lexists(path) else None
    for words in (("subscriber", "export", "cpip", path),
                  ("consultation", "form", "cruelty", "--as", "text", "--to", path)):
        done = house.mercat(*words)
        assert done.code in (1, 2), (words, done)
        assert path in sentence_of(done)
    after = os.lstat(path) if os.path.lexists(path) else None
    assert bool(before) == bool(after)
    assert not before or (before.st_ino, before.st_mode) == (after.st_ino, after.st_mode)


def test_a_dash_is_the_output(house):
    done = house.mercat("subscriber", "export", "cpip", "-")
    assert done.code == 0 and ADA in done.out and not os.path.exists("-")
