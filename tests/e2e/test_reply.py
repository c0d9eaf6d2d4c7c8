"""A reply comes in: seconds later it is in the store, numbered and acknowledged."""
import hashlib
import os

import pytest

from documents import DOCX, PDF, make_docx, make_pdf
from e2e import texts
from e2e.house import (DOMAIN, MAILBOX, STRANGERS, answer_to, compose, text_of,
                       wait_for)

ADA, BOB, CAT, DAN, EVE, FAY, GIL, HAL, IDA, JON = STRANGERS[:10]


@pytest.fixture(scope="module", autouse=True)
def cruelty(house):
    return texts.open_consultation(house, "cruelty")


def from_person(house, person, consultation="cruelty"):
    return [row for row in house.responses(consultation)
            if row["from_address"] == person]


def wait_for_response(house, person, consultation="cruelty"):
    return wait_for(f"the response of {person}",
                    lambda: from_person(house, person, consultation))[0]


def acknowledgements(house, person):
    return [mail for mail in house.inbox(person) if "+r-" in str(mail["Reply-To"])
            or "+r-" in str(mail["From"])]


def test_reply_is_stored_numbered_and_acknowledged_without_a_poll(house, cruelty):
    house.mail(ADA, cruelty, "My view", "1. The word tinker.\n")
    row = wait_for_response(house, ADA)
    assert row["state"] == "received" and not row["late"]
    reference = row["reference"]
    house.wait_for_mail(ADA)
    answer = acknowledgements(house, ADA)[0]
    assert reference in text_of(answer) or reference in str(answer["Subject"])
    assert answer["Auto-Submitted"] == "auto-replied"
    assert answer["Return-Path"] == "<>"
    assert "tinker" in house.text_of_response(reference)


def test_raw_bytes_stay_what_the_server_holds(house, cruelty):
    house.mail(BOB, cruelty, "bytes", "Caf\u00e9, na\u00efve, \u65e5\u672c\n")
    row = wait_for_response(house, BOB)
    raw = house.mercat("response", "raw", row["reference"], stdin=b"").out
    held = [mail for mail in house.dovecot.mails(MAILBOX) if b"Subject: bytes" in mail]
    assert raw.encode().replace(b"\r\n", b"\n") == held[0].replace(b"\r\n", b"\n")


def test_attachments_are_kept_and_listed(house, cruelty):
    word = make_docx(("Our response", "Marmalade stands in the Word file."))
    paper = make_pdf(("Quince stands in the PDF.",))
    house.mail(CAT, cruelty, "attached", "See the files.\n", attachments=(
        ("answer.docx", DOCX, word), ("answer.pdf", PDF, paper)))
    row = wait_for_response(house, CAT)
    files = house.json("response", "show", row["reference"])["attachments"]
    assert [(file["name"], file["type"], file["size"]) for file in files] == [
        ("answer.docx", DOCX, len(word)), ("answer.pdf", PDF, len(paper))]
    assert [file["sha256"] for file in files] == [
        hashlib.sha256(word).hexdigest(), hashlib.sha256(paper).hexdigest()]


def test_html_only_reply_can_be_read(house, cruelty):
    content = compose(DAN, cruelty, "in colour", "x").partition(b"Content-Type:")[0]
    content = content.replace(b"Content-Transfer-Encoding: 7bit\r\n", b"")
    house.post(DAN, cruelty, content + (
        b"Content-Type: text/html; charset=utf-8\r\n\r\n"
        b"<html><style>p{color:red}</style><p>Please keep <b>bramble</b></p></html>\r\n"))
    row = wait_for_response(house, DAN)
    text = house.text_of_response(row["reference"])
    assert "Please keep bramble" in text and "color" not in text


def test_second_mail_of_a_person_is_kept_and_acknowledged_once_each(house, cruelty):
    house.mail(EVE, cruelty, "first", "First thought.\n")
    house.mail(EVE, cruelty, "second", "Second thought.\n")
    wait_for("both", lambda: len(from_person(house, EVE)) == 2)
    house.settle()
    house.never("a third acknowledgement", lambda: len(acknowledgements(house, EVE)) > 2)


def test_answer_to_an_acknowledgement_is_no_endless_talk(house, cruelty):
    house.mail(FAY, cruelty, "hello", "One.\n")
    answer = house.wait_for_mail(FAY)[0]
    to = str(answer["Reply-To"] or answer["From"])
    house.post(FAY, to, answer_to(answer, FAY, "I am away.",))
    house.post(FAY, to, compose(FAY, to, "Out of office", "I am away.\n", {
        "Auto-Submitted": "auto-replied", "In-Reply-To": answer["Message-ID"]}))
    house.settle()
    house.never("a third answer", lambda: len(house.inbox(FAY)) > 2)


@pytest.mark.parametrize("headers, kind, screened", (
    ({"Auto-Submitted": "auto-replied"}, "autoreply", 0),
    # Perhaps a person wrote it through a group: whoever screens decides.
    ({"List-Id": "<news.example.test>", "Precedence": "list"}, "list", 1)))
def test_automatic_mail_is_recorded_and_not_answered(house, cruelty, headers, kind, screened):
    before, had = len(house.inbox(GIL)), len(from_person(house, GIL))
    house.mail(GIL, cruelty, f"automatic {kind}", "I am away.\n", headers)
    house.settle()
    rows = [row for row in house.inbound("--limit", 1000)
            if row["subject"] == f"automatic {kind}"]
    assert [row["kind"] for row in rows] == [kind]
    assert len(from_person(house, GIL)) - had == screened
    house.never("an answer to a machine", lambda: len(house.inbox(GIL)) > before)


def test_bounce_with_a_null_sender_is_recorded_and_not_answered(house, cruelty):
    count = len(house.responses("cruelty"))
    house.post("", cruelty, compose(
        "mailer-daemon@example.test", cruelty, "Undelivered Mail Returned to Sender",
        "<x@example.test>: 550 5.1.1 no such user\n", {"Auto-Submitted": "auto-replied"}))
    house.settle()
    assert len(house.responses("cruelty")) == count


def test_late_reply_is_kept_and_marked(house):
    address = texts.open_consultation(house, "oldwords", opens=-30, closes=-2)
    house.mail(HAL, address, "late", "I was ill.\n")
    row = wait_for_response(house, HAL, "oldwords")
    assert row["late"]
    assert house.json("response", "list", "--consultation", "oldwords", "--late")


def test_extended_consultation_takes_replies_in_time_again(house):
    address = texts.open_consultation(house, "newwords", opens=-30, closes=-2)
    house.ok("consultation", "extend", "newwords", texts.day(10))
    house.mail(IDA, address, "in time", "Thank you for the days.\n")
    assert not wait_for_response(house, IDA, "newwords")["late"]


def test_mail_to_no_known_address_is_recorded(house):
    house.mail(JON, f"nothing-here@{DOMAIN}", "lost letter", "Hello?\n")
    house.settle()
    rows = [row for row in house.inbound("--limit", 1000)
            if row["subject"] == "lost letter"]
    assert len(rows) == 1 and rows[0]["taken_as"] == "unsorted"


def test_a_person_files_a_lost_mail_with_one_word(house):
    house.mail(JON, f"nowhere-at-all@{DOMAIN}", "a stray answer", "My view is yes.\n")
    house.settle()
    row = next(row for row in house.inbound("--limit", 1000)
               if row["subject"] == "a stray answer")
    house.ok("inbound", "file", row["id"], "cruelty")
    filed = [one for one in house.responses("cruelty") if one["subject"] == "a stray answer"]
    assert len(filed) == 1 and filed[0]["from_address"] == JON
    house.wait_for_mail(JON, lambda mail: filed[0]["reference"] in str(mail["Subject"]))
    again = house.mercat("inbound", "file", row["id"], "cruelty")
    assert again.code == 1 and "already" in again.err
    gone = house.mercat("inbound", "file", 999999, "cruelty")
    assert gone.code == 1 and "no mail 999999" in gone.err


# -- twenty replies in a crowd

FOLDERS = ("bounce", "complaint", "human", "mime", "reply")


def crowd(shared, count):
    """Real messages, spread over all the corpora, that an IMAP server takes."""
    found = []
    for folder in FOLDERS:
        for here, below, names in os.walk(os.path.join(shared, "corpora", folder)):
            below.sort()
            for name in sorted(names):
                path = os.path.join(here, name)
                if name.endswith((".json", ".jsonl", ".xml", ".md", ".tsv")):
                    continue
                with open(path, "rb") as file:
                    content = file.read()
                head = content.replace(b"\r\n", b"\n").partition(b"\n\n")[0]
                if b":" in head.partition(b"\n")[0] and b"\0" not in content:
                    found.append(content)
    assert len(found) >= count, f"only {len(found)} messages under {shared}"
    return [found[number * len(found) // count] for number in range(count)]


@pytest.mark.shared
def test_twenty_replies_are_found_among_three_hundred(house, shared):
    address = texts.open_consultation(house, "crowd")
    others = crowd(shared, 280)
    recorded = len(house.inbound("--limit", 100000))
    mails, marks = [], []
    for number, content in enumerate(others):
        mails.append(content.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))
        if number % 14 == 0:
            marks.append(f"hawthorn{len(marks)}")
            mails.append(b"Delivered-To: " + address.encode() + b"\r\n" + compose(
                STRANGERS[len(marks) - 1], address, "My answer", f"1. {marks[-1]}\n"))
    assert len(mails) == 300 and len(marks) == 20
    house.dovecot.add_mails(MAILBOX, mails)
    wait_for("all to be taken in", lambda: len(
        house.inbound("--limit", 100000)) == recorded + 300, 120)
    house.settle(120)
    rows = house.responses("crowd", "--limit", 1000)
    found = sorted(house.text_of_response(row["reference"]).split()[-1] for row in rows)
    assert found == sorted(marks)
    assert all(row["kind"] for row in house.inbound("--limit", 100000))
    for person in STRANGERS:
        assert len([mail for mail in house.inbox(person)
                    if "crowd+r-" in f"{mail['Reply-To']} {mail['From']}"]) == 1
