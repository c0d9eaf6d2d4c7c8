"""Mails in the words of many systems, clients and languages, read; prints TAP.

The mails stand in tests/unit/mails; what must come of each is in its first line.
"""
import email.header
import os
import re

import inspected

HERE = os.path.dirname(os.path.abspath(__file__))
REPLY = """From: Bob <bob@far.example>
To: news@near.example
Subject: Re: Update 4
In-Reply-To: <u.1@near.example>

"""
REPORT = """Return-Path: <>
From: Mail Delivery System <MAILER-DAEMON@mx.example>
To: news@near.example
Subject: Undelivered mail
Date: Mon, 3 Nov 2025 10:00:09 +0000
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b

This is about your mail.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

"""
HTML = "Content-Type: text/html; charset=utf-8\n\n"
MIME = "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n"


def cases(*names):
    """[(name, [what must come of it], text)] of these files."""
    pieces = []
    for name in names:
        with open(os.path.join(HERE, "mails", name), encoding="utf-8") as file:
            pieces += file.read().split("\n=== ")[1:]
    for piece in pieces:
        first, _, text = piece.partition("\n")
        title, *wants = first.split(" |")
        yield title, [want.strip() for want in wants], text.rstrip("\n") + "\n"


def encoded(line):
    name, _, value = line.partition(": ")
    if line.isascii():
        return line
    return name + ": " + email.header.Header(value, "utf-8").encode()


def mail_of(text):
    """As it comes over the wire: header fields in ASCII, the text declared as UTF-8."""
    head, _, body = text.partition("\n\n")
    mime = "" if "Content-Type:" in head else MIME
    lines = [encoded(line) for line in head.split("\n")]
    return ("\n".join(lines) + "\nDate: Mon, 3 Nov 2025 10:00:09 +0000\n" + mime
            + "\n" + body).encode()


def got_of(read):
    """The same words as behind a title, sorted by address."""
    failed = sorted((read.get("bounce") or {}).get("recipients", []),
                    key=lambda r: r["address"] or "")
    return [read["kind"], *(" ".join(str(r[key]) for r in failed)
                            for key in ("address", "reason", "verdict"))]


def complaint_of(read):
    said = read["complaint"]
    return [read["kind"], said["type"] or "", said["original_recipient"] or ""]


def reasons():
    """[(reason, status or "-", what the server said)]"""
    with open(os.path.join(HERE, "mails", "reasons.txt"), encoding="utf-8") as file:
        rows = file.read().partition("\n\n")[2].splitlines()
    for row in rows:
        if row:
            yield row.split(" | ", 2)


def report_of(status, said):
    """A delivery status that says it, in UTF-8 where it must."""
    code = "" if status == "-" else f"Status: {status}\n"
    return (REPORT + f"Final-Recipient: rfc822; ada@far.example\nAction: failed\n{code}"
            f"Diagnostic-Code: smtp; {said}\n\n--b--\n").encode()


RECIPIENTS = [
    ("rfc822;ADA@far.example (Ada)", "ADA@far.example"),
    ("rfc822:ada@far.example", "ada@far.example"),
    ("RFC822; &lt;ada@far.example&gt;", "ada@far.example"),
    ("rfc822; 'ada@far.example'", "ada@far.example"),
    ("smtp;ada@far.example", "ada@far.example"),
    ("unknown; ada@far.example", "ada@far.example"),
    ("ada@far.example", "ada@far.example"),
    ("<ada@far.example>", "ada@far.example"),
    ("rfc822;<@relay.example:ada@far.example>", "ada@far.example"),
    ("rfc822; \"ada@far.example\"", "ada@far.example"),
    ("rfc822; ada@far.example.", "ada@far.example"),
    ("rfc822;mailto:ada@far.example", "ada@far.example"),
    ("rfc822; SMTP:ada@far.example", "ada@far.example"),
    ("rfc822;ada@far.example;bob@far.example", "ada@far.example"),
    ("rfc822; o'neil@far.example", "o'neil@far.example"),
    ("rfc822; ada.@far.example", "ada.@far.example"),
    ("rfc822;ada/x=y@far.example", "ada/x=y@far.example"),
    ("rfc822; ada@[192.0.2.1]", "ada@[192.0.2.1]"),
    ("x400; /S=ada/C=gb/\nOriginal-Recipient: rfc822;ada@far.example", "ada@far.example"),
    ("rfc822; /var/ada\nOriginal-Recipient: rfc822;ada@far.example", "ada@far.example"),
]


def questions():
    """(title, mail, what is wrong with what was read, as a function)."""
    for title, wants, text in cases("bounces.txt", "bounces_systems.txt", "bounces_odd.txt",
                                    "bounces_plain.txt", "bounces_shapes.txt"):
        most = 4 if wants[0] == "bounce" else 1
        yield title, mail_of(text), lambda read, w=wants[:most]: (
            None if got_of(read)[:len(w)] == w else f"{got_of(read)}, not {w}")
    for value, address in RECIPIENTS:
        mail = report_of("5.1.1", "550 unknown").replace(
            b"rfc822; ada@far.example", value.encode())
        yield f"recipient {value}", mail, lambda read, w=address: (
            None if got_of(read)[1] == w else f"{got_of(read)}")
    for want, status, said in reasons():
        yield f"{want}: {said}", report_of(status, said), lambda read, w=want: (
            None if got_of(read)[2] == w else f"{got_of(read)[2]}")
    for title, wants, text in cases("kinds.txt", "machines.txt", "humans.txt"):
        yield title, mail_of(text), lambda read, w=wants or ["human"]: (
            None if [read["kind"]] == w else f"{read['kind']} {read['reasons']}, not {w}")
    for title, wants, text in cases("complaints.txt"):
        yield title, mail_of(text), lambda read, w=wants: (
            None if complaint_of(read) == w else f"{complaint_of(read)}, not {w}")
    for title, _, text in cases("replies.txt"):
        new = text.partition("~~~")[0].strip()
        yield title, mail_of(REPLY + text.replace("~~~", "", 1)), lambda read, n=new: (
            None if (read["text_new"] or "").strip() == n else f"new: {read['text_new']!r}")
    for title, _, text in cases("replies_clients.txt"):
        pieces = re.split("~~~\n", text)
        yield title, mail_of(REPLY + "".join(pieces)), lambda read, n=pieces[::2]: (
            None if one_blank(read["text_new"]) == one_blank("".join(n))
            else f"new: {read['text_new']!r}")
    for title, _, text in cases("new.txt"):
        mail, new = text.split("~~~\n")
        yield title, mail_of(mail), lambda read, n=new.strip(): (
            None if " ".join((read["text_new"] or "").split()) == n
            else f"new: {read['text_new']!r}")
    for title, _, text in cases("replies_html.txt"):
        new, html = re.split("^~~~\n", text, flags=re.M)
        mail = REPLY.strip() + "\nMIME-Version: 1.0\n" + HTML + html
        yield title, mail_of(mail), lambda read, n=new: (
            None if no_blank(read["text_new"]) == no_blank(n)
            else f"new: {read['text_new']!r}")


def no_blank(text):
    """The lines that say something."""
    return [line.strip() for line in (text or "").splitlines() if line.strip(" >")]


def one_blank(text):
    """The same with one blank line where there were several."""
    return re.sub(r"\n\s*\n", "\n\n", text or "").strip()


inspected.report(questions())
