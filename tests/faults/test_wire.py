"""What goes over the wire is right: judged by Python's parser and by dkimpy."""
import email
import email.header
import email.policy
import email.utils
import os
import re
import subprocess

import dkim
import pytest

from faults.sending import wait_for

OWN = "updates.example.test"
STRICT = email.policy.SMTP.clone(raise_on_defect=True)
# Each name is given as it stands; what comes back from the parser must be the second.
NAMES = [
    ("Anna Smith", "Anna Smith"),
    ("Ünïcödé Ñame", "Ünïcödé Ñame"),
    ('Smith, "Anna" (Dr.)', 'Smith, "Anna" (Dr.)'),
    ("=?utf-8?Q?a=0D=0ABcc:_evil@example.test?=", "=?utf-8?Q?a=0D=0ABcc:_evil@example.test?="),
    ("名前" * 33, "名前" * 33),
    ("anna@example.org>, <evil@example.test", "anna@example.org>, <evil@example.test"),
    ("\U0001f468\u200d\U0001f469\u200d\U0001f467", "\U0001f468\u200d\U0001f469\u200d\U0001f467"),
]
UPDATE = """---
list: news
title: Näws, “quoted” and %s
subject: "{{title}} No. {{number}}: 日本語の件名 with a long tail of words that has to be folded"
---

.a line that begins with a dot
From somebody, at the start of a line

%s

<b>&amp; café</b> 日本語
""" % ("=?utf-8?Q?b=0D=0ABcc:_evil@example.test?=", "x" * 3000)


def make_key(sender, kind):
    key = f"{sender.folder}/dkim.pem"
    options = ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"] if kind == "rsa" \
        else ["-algorithm", "ed25519"]
    subprocess.run(["openssl", "genpkey", *options, "-out", key], check=True,
                   stderr=subprocess.DEVNULL)
    return f'dkim = ( {{ domain = "{OWN}"; selector = "s1"; key_file = "{key}"; }} );'


def record(sender):
    """The DNS as the command prints it."""
    printed = sender.mercat("settings", "dkim", staff=None).stdout
    assert printed.startswith(f"s1._domainkey.{OWN}. IN TXT (")
    return "".join(re.findall(r'"([^"]*)"', printed)).encode()


def decoded(raw, field):
    """(name, address): Python's newer parser keeps the blank between two encoded words of
    a name, which RFC 2047 6.2 takes away; its older one does not."""
    value = email.message_from_bytes(raw)[field]
    name, address = email.utils.parseaddr(value)
    return str(email.header.make_header(email.header.decode_header(name))), address


def check_bytes(raw):
    assert raw.endswith(b"\r\n")
    assert b"\0" not in raw
    assert not re.search(rb"\r(?!\n)|(?<!\r)\n", raw), "a bare CR or LF"
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    assert all(byte < 128 for byte in raw)


def check_mail(raw, answer):
    check_bytes(raw)
    mail = email.message_from_bytes(raw, policy=STRICT)
    for part in mail.walk():
        assert not part.defects
        for name, value in part.items():
            assert not value.defects, (name, value, value.defects)
            assert "\r" not in str(value) and "\n" not in str(value)
    for name in ("From", "To", "Subject", "Date", "Message-ID", "MIME-Version",
                 "Content-Type", "DKIM-Signature"):
        assert len(mail.get_all(name, [])) == 1, name
    assert not mail.get_all("Bcc") and not mail.get_all("Cc")
    assert dkim.verify(raw, dnsfunc=lambda name, timeout=5: answer)
    return mail


@pytest.mark.parametrize("kind", ("rsa", "ed25519"))
def test_update_is_right_for_a_parser_that_is_not_ours(sender, kind):
    kept = f"{sender.folder}/kept"
    os.makedirs(kept)
    sender.configure(("main", sender.sink("--keep", kept)), more=make_key(sender, kind))
    answer = record(sender)
    for staff in ("Ada", "Bea"):
        if staff == "Ada":
            sender.mercat("store", "init", staff=None)
        sender.mercat("staff", "add", staff, staff=None)
    sender.mercat("list", "add", "news", "--title", "Ñews; \"of\" <the> week", "--address",
                  f"news@{OWN}", "--from-name", 'Team "A", Ältere <x@example.test>')
    for number, (name, _) in enumerate(NAMES):
        sender.mercat("subscriber", "add", "news", f"n{number}@example.test", "--name", name,
                      "--basis", "asked")
    sender.mercat("subscriber", "add", "news", "idn@bücher.example", "--basis", "asked", "--quiet")
    text = f"{sender.folder}/update.md"
    with open(text, "w", encoding="utf-8") as out:
        out.write(UPDATE)
    sender.mercat("bulletin", "draft", text)
    sender.mercat("bulletin", "approve", "news", 1, staff="Bea")
    sender.start()      # the welcomes go first
    wait_for("the welcomes", lambda: sender.query(
        "SELECT count(*) FROM notification WHERE state = 'sent'")[0][0] == len(NAMES))
    for number, (_, name) in enumerate(NAMES):
        with open(f"{kept}/n{number}@example.test", "rb") as file:
            raw = file.read()
        mail = check_mail(raw, answer)
        # A notification may answer a stranger: no name stands in it, whoever gave it.
        assert decoded(raw, "To") == ("", f"n{number}@example.test")
        assert mail["Auto-Submitted"] == "auto-generated"
    sender.mercat("bulletin", "send", "news", 1)
    sender.wait_until_sent()
    for number, (_, name) in enumerate(NAMES):
        with open(f"{kept}/n{number}@example.test", "rb") as file:
            raw = file.read()
        mail = check_mail(raw, answer)
        (to,), (by,) = mail["To"].addresses, mail["From"].addresses
        assert (to.addr_spec, by.addr_spec) == (f"n{number}@example.test", f"news@{OWN}")
        assert decoded(raw, "To") == (name, f"n{number}@example.test")
        assert decoded(raw, "From") == ('Team "A", Ältere <x@example.test>', f"news@{OWN}")
        assert "日本語の件名" in mail["Subject"]
        assert "=?utf-8?Q?b=0D=0ABcc:_evil@example.test?=" in mail["Subject"]
        assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        plain = mail.get_body(("plain",)).get_content()
        assert ".a line that begins with a dot" in plain
        assert "x" * 3000 in "".join(plain.split())
        assert "日本語" in mail.get_body(("html",)).get_content()
        with open(f"{kept}/n{number}@example.test.envelope", "rb") as file:
            said = file.read()
        assert said.startswith(f"EHLO {OWN}\r\n".encode())
        assert re.search(rb"MAIL FROM:<news\+b-[a-z0-9]+@updates\.example\.test>", said)
    with open(f"{kept}/idn@xn--bcher-kva.example", "rb") as file:
        assert check_mail(file.read(), answer)["To"].addresses[0].domain


def refused(done, words):
    assert done.returncode == 2 and words in done.stderr, done


def test_what_cannot_stand_in_a_header_or_envelope_is_refused_at_the_door(sender):
    sender.configure(("main", sender.sink()))
    sender.make(1)
    before = sender.query("SELECT count(*) FROM person")
    for address in ("jürgen@example.test", "a@example.test\r\nRCPT TO:<b@example.test>",
                    "a\n@example.test", "<a@example.test", "a b@example.test"):
        refused(sender.mercat("subscriber", "add", "news", address, "--basis", "asked",
                              check=False), "is no email address")
    for bad in ("a\r\nBcc: evil@example.test", "a\nb", "a\rb", "a\x7fb"):
        refused(sender.mercat("subscriber", "add", "news", "x@example.test", "--basis", "asked",
                              "--name", bad, check=False), "line end or control character")
        for option in ("--title", "--from-name"):
            words = {"--title": "T", "--from-name": "F", option: bad}
            done = sender.mercat("list", "add", "other", "--address", f"other@{OWN}",
                                 *(word for pair in words.items() for word in pair), check=False)
            assert done.returncode == 2 and done.stderr, (option, bad, done)
        text = f"{sender.folder}/bad.md"
        with open(text, "w", encoding="utf-8", newline="") as out:
            out.write(f"---\nlist: news\ntitle: {bad}\n---\n\nHello.\n")
        done = sender.mercat("bulletin", "draft", text, check=False)
        assert done.returncode == 2 and done.stderr, (bad, done)
    assert sender.query("SELECT count(*) FROM person") == before
    assert sender.query("SELECT count(*) FROM list") == [(1,)]
    assert sender.query("SELECT count(*) FROM bulletin") == [(1,)]


def test_line_ends_that_are_written_out_stay_letters(sender):
    sender.configure(("main", sender.sink()))
    sender.make(1)
    text = f"{sender.folder}/escaped.md"
    with open(text, "w", encoding="utf-8") as out:
        out.write('---\nlist: news\ntitle: "a\\r\\nBcc: b@example.test"\n---\n\nHello.\n')
    sender.mercat("bulletin", "draft", text)
    assert sender.query("SELECT title FROM bulletin WHERE number = 2") == [
        ("a\\r\\nBcc: b@example.test",)]
