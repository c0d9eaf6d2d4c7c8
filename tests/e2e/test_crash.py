"""A mail that crashes what takes it: it stops no other, and a person finds it."""
import shutil
import subprocess
import os

import pytest

from e2e.house import DOMAIN, SOURCE
from e2e.staff import StaffSite, demo
from servers.ground import open_folder
import documents  # of the demo; e2e.staff has its folder in the path

WORD = "porlock-7731"


@pytest.fixture(name="site")
def a_site():
    folder = open_folder()
    site = StaffSite(folder)
    shim = os.path.join(folder, "crashing.so")
    subprocess.run(["cc", "-shared", "-fPIC", "-o", shim,
                    os.path.join(SOURCE, "tests", "e2e", "crashing.c")], check=True)
    site.env = {"LD_PRELOAD": shim, "CRASH_AT": WORD}
    try:
        yield site.start()
    finally:
        site.stop()
        shutil.rmtree(folder, ignore_errors=True)


def response(name, text):
    return demo.mail(f"{name} <{name.lower()}@post.example>", f"From {name}", text,
                     to=f"places@{DOMAIN}")


def test_mail_that_crashes_classify_is_left_to_a_person_and_stops_nobody(site):
    site.consult("places", "Safe places")
    site.put(response("Ailsa", "Keep the hall.\n"),
             response("Bram", f"Keep {WORD} as well.\n"),
             response("Cato", "Keep the church room.\n"))
    rows = site.json("inbound", "list", "--limit", "1000")
    assert len(rows) == 3
    assert len(site.query("SELECT 1 FROM response")) == 2
    lost, = [row for row in rows if row["taken_as"] == "unsorted"]
    # Whoever looks for it finds whose it is, and that it is read first.
    assert "no program could read it" in lost["why"], lost
    assert site.query(f"SELECT p.subject, i.at_risk FROM parsed p JOIN inbound i"
                      f" ON i.id = p.inbound_id WHERE i.id = {lost['id']}") == [("From Bram", 1)]
    # Nothing of it is lost: the mail as it came is there for whoever opens it.
    raw, = site.query(f"SELECT bytes FROM inbound_raw WHERE inbound_id = {lost['id']}")
    assert WORD.encode() in raw[0]
    log = site.log()
    assert log.count("classify was killed by signal 11") == 2
    assert f"mail {lost['id']} is left to a person: taking it has ended the program 2" in log
    # What comes later is taken as ever.
    site.put(response("Dora", "Keep the library.\n"))
    assert len(site.query("SELECT 1 FROM response")) == 3
    assert site.log().count("killed by signal") == 2


def test_file_that_crashes_extract_is_left_to_a_person_and_stops_nobody(site):
    site.consult("places", "Safe places")
    site.put(*(demo.mail(f"{name} <{name.lower()}@post.example>", f"From {name}", "Attached.\n",
                         to=f"places@{DOMAIN}",
                         files=((f"{name}.docx", documents.DOCX, documents.make_docx(
                             ("Keep the hall.", words))),))
               for name, words in (("Ailsa", "Soon."), ("Bram", f"And {WORD}."),
                                   ("Cato", "Please."))))
    assert len(site.query("SELECT 1 FROM response")) == 3
    states = dict(site.query("SELECT name, text_state FROM attachment"))
    assert states == {"Ailsa.docx": "done", "Bram.docx": "unreadable", "Cato.docx": "done"}
    (reason,), = site.query("SELECT text_reason FROM attachment WHERE text_state = 'unreadable'")
    assert reason.startswith("reading it has ended the program twice")
    assert site.log().count("extract was killed by signal 11") == 2
