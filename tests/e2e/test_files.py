"""Attachments become text: found by a search within seconds, or flagged for a person."""
import os
import signal
import subprocess
import sys

import pytest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "unit"))
import papers  # pylint: disable=wrong-import-position
from documents import DOCX, PDF, make_docx, make_pdf
from e2e import texts
from e2e.house import MAILBOX, STRANGERS, compose, wait_for

ADA, BOB, CAT, DAN, EVE, FAY, GIL = STRANGERS[:7]
SCAN = b"\xff\xd8\xff\xe0" + b"x" * 20000


@pytest.fixture(scope="module", autouse=True)
def cruelty(house):
    return texts.open_consultation(house, "cruelty")


def found(house, words):
    return [row["reference"] for row in house.json("response", "search", words)]


def reply_of(house, person, consultation="cruelty"):
    return wait_for(f"the response of {person}", lambda: [
        row for row in house.responses(consultation)
        if row["from_address"] == person])[0]["reference"]


def files_of(house, reference):
    return house.json("response", "show", reference)["attachments"]


def read_files(house, reference):
    return wait_for("its files to be read", lambda: [
        files for files in [files_of(house, reference)]
        if files and all(file["text_state"] != "waiting" for file in files)])[0]


def test_words_of_a_word_file_are_found(house, cruelty):
    word = make_docx(("Our response", "Marmalade stands in the Word file."))
    house.mail(ADA, cruelty, "attached", "See the file.\n", attachments=(
        ("answer.docx", DOCX, word),))
    wait_for("the search to find it", lambda: found(house, "marmalade"))
    reference = reply_of(house, ADA)
    assert found(house, "marmalade") == [reference]
    assert [(file["text_state"], file["text_source"], file["text"])
            for file in files_of(house, reference)] == [
        ("done", "docx", "Our response\nMarmalade stands in the Word file.")]
    shown = house.ok("response", "show", reference).out
    assert "text: done from docx" in shown and "Marmalade" in shown
    assert "NOT READ" not in shown


def test_every_program_runs_inside_the_walls_of_the_role(house, cruelty):
    house.mail(BOB, cruelty, "attached", "See the files.\n", attachments=(
        ("answer.pdf", PDF, make_pdf(("Quince stands in the PDF.",))),
        ("answer.rtf", "application/rtf", rb"{\rtf1 Damson stands there.}"),
        ("table.csv", "text/csv", b"fruit,number\nmedlar,5\n")))
    reference = reply_of(house, BOB)
    assert [(file["text_state"], file["text_source"])
            for file in read_files(house, reference)] == [
        ("done", "pdf"), ("done", "rtf"), ("done", "csv")]
    for word in ("quince", "damson", "medlar"):
        assert found(house, word) == [reference]


def test_scanned_page_is_recognised_inside_the_walls(house, cruelty):
    """Its words are found, and said to be a guess; what it ticks is not taken."""
    page = subprocess.run(
        ["pdftoppm", "-r", "150", "-jpeg", "-"], check=True, stdout=subprocess.PIPE,
        input=make_pdf(("Greengage was typed on a machine and scanned.",
                        "You may publish my response with my name."))).stdout
    house.mail(GIL, cruelty, "scanned", "See the pages.\n", attachments=(
        ("page.jpg", "image/jpeg", page), ("pages.pdf", PDF, papers.scan([page]))))
    reference = reply_of(house, GIL)
    for file in read_files(house, reference):
        assert (file["text_state"], file["text_source"]) == ("unreadable", "recognised"), file
        assert "Greengage" in file["text"] and "% sure" in file["text_reason"]
    assert found(house, "greengage") == [reference]
    shown = house.ok("response", "show", reference).out
    assert shown.count("RECOGNISED BY A PROGRAM") == 2 and "NOT READ" not in shown
    row, = [row for row in house.responses("cruelty") if row["reference"] == reference]
    assert row["permission"] == "unknown"


def test_what_cannot_be_read_is_flagged_for_a_person(house, cruelty):
    house.mail(CAT, cruelty, "scanned", "As a picture.\n", attachments=(
        ("scan.jpg", "image/jpeg", SCAN), ("broken.pdf", PDF, b"%PDF-1.4 nothing")))
    reference = reply_of(house, CAT)
    files = read_files(house, reference)
    assert [file["text_state"] for file in files] == ["unreadable"] * 2
    assert "person" in files[0]["text_reason"] and "broken" in files[1]["text_reason"]
    shown = house.ok("response", "show", reference).out
    assert shown.count("!!! NOT READ") == 2
    assert reference in house.references("cruelty", "--unreadable")
    assert [row["unreadable"] for row in house.responses("cruelty", "--unreadable")
            if row["reference"] == reference] == [2]


def test_inspect_reads_attachments_too(house, cruelty):
    mail = compose(DAN, cruelty, "attached", "See.\n", attachments=(
        ("a.docx", DOCX, make_docx(("Sloe in the file",))),
        ("b.pdf", PDF, make_pdf(("Rowan in the file",))),
        ("c.pdf", PDF, b"%PDF-1.4 nothing")))
    path = house.write("inspected.eml", mail)
    line = house.mercat("message", "inspect", path, staff=None).json
    assert [file["text"] for file in line["attachments"]] == [
        "Sloe in the file", "Rowan in the file", None]


def test_files_survive_the_death_of_their_role(house):
    """Sixty wait; the role is killed three times while it reads them."""
    address = texts.open_consultation(house, "many")
    mails = []
    for number in range(60):
        mails.append(b"Delivered-To: " + address.encode() + b"\r\n" + compose(
            EVE, address, f"many {number}", "See the file.\n", attachments=(
                ("a.pdf", PDF, make_pdf((f"Hawthorn{number} is here",))),)))
    house.dovecot.add_mails(MAILBOX, mails)
    states = "SELECT count(*) FROM attachment a JOIN response r USING (inbound_id)" \
        " JOIN consultation c ON c.id = r.consultation_id" \
        " WHERE c.name = 'many' AND a.text_state = ?"
    for least in (3, 15, 30):
        wait_for("some to be read", lambda: house.query(states, "done")[0][0] >= least, 60)
        for pid in wait_for("extract to run", lambda: house.roles().get("extract"), 60):
            os.kill(pid, signal.SIGKILL)
    wait_for("all to be read", lambda: house.query(states, "done")[0][0] == 60, 120)
    for number in range(0, 60, 7):
        assert len(found(house, f"hawthorn{number}")) == 1
    house.ok("store", "check")
