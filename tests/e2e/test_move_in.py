"""An old mailbox is moved into a consultation by the command, beside a mailbox in use."""
import mailbox
import os
import shutil

from e2e import texts
from e2e.house import DOMAIN, MAILBOX, compose, parse, wait_for

DATE = "Thu, 02 Jul 2026 10:00:00 +0000"


def old_mails(count, first=0):
    """To an address that is none of ours; one has no Message-ID, one a line that begins "From "."""
    mails = []
    for number in range(first, first + count):
        mail = parse(compose(
            f"past{number}@far.example", "old.box@gov.example", f"past answer {number}",
            f"View number {number} of the past.\n\nFrom here on it is all said.\n",
            {"Date": DATE}))
        if number == first:
            del mail["Message-ID"]
        mails.append(mail)
    return mails


def an_mbox(path, mails):
    box = mailbox.mbox(path, create=True)
    for mail in mails:
        kept = mailbox.mboxMessage(mail)
        kept.set_from("past@far.example Thu Jul  2 10:00:00 2026")
        kept.set_flags("RO")
        box.add(kept)
    box.close()
    return path


def a_maildir(path, mails):
    box = mailbox.Maildir(path, create=True)
    for mail in mails:
        box.add(mail)
    box.close()
    return path


def subjects(house, name):
    return sorted(row["subject"] for row in house.responses(name))


def read(house):
    house.ok("inbound", "wait")


def test_old_mailbox_becomes_responses_once_and_nobody_hears_of_it(house):
    address = texts.open_consultation(house, "oldwords")
    mails = old_mails(5)
    path = an_mbox(f"{house.folder}/old.mbox", mails + [mails[3]])
    looked = house.ok("response", "import", "oldwords", path, "--dry-run").out
    assert "an mbox of 6 emails" in looked and "2 July 2026" in looked, looked
    assert not house.responses("oldwords")
    before = house.query("SELECT count(*) FROM notification")
    said = house.ok("response", "import", "oldwords", path).out
    assert said.startswith("5 emails go into oldwords, 1 were imported before"), said
    read(house)
    assert subjects(house, "oldwords") == [f"past answer {n}" for n in range(5)]
    for row in house.responses("oldwords"):
        assert row["received_at"].startswith("2026-07-02T10:00"), row
    assert house.query("SELECT count(*) FROM notification") == before
    # Once more, from a Maildir, and then by the mailbox itself.
    again = house.ok("response", "import", "oldwords", path).out
    assert again.startswith("0 emails go into oldwords, 6 were imported before"), again
    folder = a_maildir(f"{house.folder}/old.dir", mails + old_mails(1, first=7))
    house.ok("response", "import", "oldwords", folder)
    read(house)
    assert len(subjects(house, "oldwords")) == 6
    for mail in mails:
        del mail["To"]
        mail["To"] = address
    house.dovecot.add_mails(MAILBOX, [mail.as_bytes() for mail in mails])
    wait_for("them to come by the mailbox", lambda: house.query(
        "SELECT count(*) FROM inbound WHERE taken_as = 'copy'") == [(5,)])
    assert len(subjects(house, "oldwords")) == 6
    assert house.query("SELECT count(*) FROM notification") == before
    assert "mail imported" in house.ok("audit", "list").out


def test_mail_that_came_first_is_not_imported_twice(house):
    address = texts.open_consultation(house, "bothwords")
    mails = [compose(f"both{n}@far.example", address, f"both {n}", f"Said {n}.\n") for n in range(3)]
    house.dovecot.add_mails(MAILBOX, mails)
    wait_for("three responses", lambda: len(house.responses("bothwords")) == 3)
    house.wait_for_letters()
    path = an_mbox(f"{house.folder}/both.mbox", [parse(mail) for mail in mails])
    house.ok("response", "import", "bothwords", path, "--acknowledge")
    read(house)
    assert subjects(house, "bothwords") == ["both 0", "both 1", "both 2"]
    assert house.query("SELECT count(*) FROM notification n JOIN consultation c"
                       " ON c.id = n.consultation_id WHERE c.name = 'bothwords'") == [(3,)]


def test_acknowledgements_go_out_when_they_are_asked_for(house):
    texts.open_consultation(house, "askedwords")
    mail = parse(compose("ada@example.test", "old.box@gov.example", "Asked", "My view.\n",
                         {"Date": DATE}))
    house.ok("response", "import", "askedwords", an_mbox(f"{house.folder}/a.mbox", [mail]),
             "--acknowledge")
    read(house)
    found = house.wait_for_mail("ada@example.test", lambda m: "askedwords-0001" in str(m))
    assert found[0]["From"].endswith(f"@{DOMAIN}>")


def test_what_is_no_mailbox_changes_nothing(house):
    texts.open_consultation(house, "nowords")
    before = house.fingerprint()
    for name, content in (("a.csv", "a,b\n1,2\n"), ("one.eml", "Subject: hi\n\nwords\n")):
        done = house.mercat("response", "import", "nowords", house.write(name, content))
        assert done.code == 2 and "no mbox" in done.err, done
    os.makedirs(f"{house.folder}/no.dir", exist_ok=True)
    assert house.mercat("response", "import", "nowords", f"{house.folder}/no.dir").code
    assert house.mercat("response", "import", "nosuch", house.config).code
    shutil.rmtree(f"{house.folder}/no.dir")
    assert house.fingerprint() == before
