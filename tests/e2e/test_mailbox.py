"""What others do to the mailbox meanwhile: each mail is taken once, whatever happens."""
import glob
import os
import shutil

from e2e import texts
from e2e.house import DOMAIN, MAILBOX, compose, wait_for


def reply(number, to, body=None):
    return compose(f"person{number}@far.example", to, f"answer {number}",
                   body or f"This is view number {number}.\n")


def numbers(house, name):
    """How often each answer was taken, by its subject."""
    found = {}
    for row in house.responses(name):
        found[row["subject"]] = found.get(row["subject"], 0) + 1
    return found


def stop_and_start(house, between):
    house.stop_daemon()
    between()
    house.start_daemon()


def test_seen_moved_and_expunged_mails_are_each_taken_once(house):
    address = texts.open_consultation(house, "seenwords")
    house.stop_daemon()
    uids = house.dovecot.add_mails(MAILBOX, [reply(n, address) for n in range(6)])
    client = house.dovecot.client(MAILBOX, "INBOX")
    client.uid("STORE", str(uids[0]), "+FLAGS", r"(\Seen)")
    client.create("Elsewhere")
    client.uid("MOVE", str(uids[1]), "Elsewhere")
    client.uid("STORE", str(uids[2]), "+FLAGS", r"(\Deleted)")
    client.expunge()
    client.logout()
    house.start_daemon()
    wait_for("those that are left", lambda: len(numbers(house, "seenwords")) == 4)
    # Back into the folder: it has a new UID and was never here before.
    client = house.dovecot.client(MAILBOX, "Elsewhere")
    client.uid("MOVE", "1:*", "INBOX")
    client.logout()
    wait_for("the one that came back", lambda: len(numbers(house, "seenwords")) == 5)
    house.settle()
    assert set(numbers(house, "seenwords").values()) == {1}
    assert "answer 2" not in numbers(house, "seenwords")


def test_rebuilt_mailbox_is_read_again_and_nothing_is_taken_twice(house):
    address = texts.open_consultation(house, "rebuiltwords")
    twins = reply(50, address, "The same words, sent as two mails.\n")
    house.dovecot.add_mails(MAILBOX, [reply(n, address) for n in range(30, 40)])
    wait_for("ten responses", lambda: len(house.responses("rebuiltwords")) == 10)
    before = len(house.inbound("--limit", 100000))

    def rebuild():
        folder = glob.glob(f"{house.folder}/dovecot/mail/{MAILBOX}*")[0]
        for name in ("dovecot-uidlist", "dovecot-uidvalidity*", "dovecot.index*"):
            for path in glob.glob(os.path.join(folder, name)):
                os.remove(path)
        # Two new mails with the very same bytes come with the new life of the mailbox.
        house.dovecot.add_mails(MAILBOX, [twins, twins])

    stop_and_start(house, rebuild)
    wait_for("the new ones", lambda: len(house.inbound("--limit", 100000)) == before + 2)
    house.settle()
    assert "rebuilt" in house.log()
    assert len(house.inbound("--limit", 100000)) == before + 2
    assert set(numbers(house, "rebuiltwords").values()) == {1}
    # The twins are two mails; as replies, the second is known for a copy of the first.
    taken = sorted(row["taken_as"] for row in house.inbound("--limit", 100000)
                   if row["subject"] == "answer 50")
    assert taken == ["copy", "response"]


def test_reused_message_id_hides_nobody(house):
    address = texts.open_consultation(house, "samewords")
    same = {"Message-ID": "<one-for-all@broken.example>"}
    for n in range(3):
        house.dovecot.add_mail(MAILBOX, compose(
            f"many{n}@far.example", address, "from a broken client",
            f"Each of us wrote another text: {n}.\n", same))
    wait_for("all three", lambda: len(house.responses("samewords")) == 3)


def test_mails_are_moved_away_when_that_is_asked_for(house):
    address = texts.open_consultation(house, "movedwords")

    def ask():
        with open(house.config, encoding="utf-8") as file:
            text = file.read()
        house.write("mercat.conf", text.replace(
            'folder = "INBOX";', 'folder = "INBOX"; after = "move"; move_to = "Taken";'))
        client = house.dovecot.client(MAILBOX)
        client.create("Taken")
        client.logout()

    kept = house.config + ".kept"
    shutil.copy(house.config, kept)
    stop_and_start(house, ask)
    house.dovecot.add_mail(MAILBOX, reply(70, address))
    wait_for("the response", lambda: len(house.responses("movedwords")) == 1)
    wait_for("the move", lambda: any(
        b"answer 70" in mail for mail in house.dovecot.mails(MAILBOX, "Taken")))
    assert not any(b"answer 70" in mail for mail in house.dovecot.mails(MAILBOX))
    stop_and_start(house, lambda: shutil.copy(kept, house.config))
    house.settle()
    assert len(house.responses("movedwords")) == 1


def test_mail_of_300_addresses_in_every_field_is_one_reply(house):
    address = texts.open_consultation(house, "widewords")
    many = ", ".join(f"p{n}@far.example" for n in range(300))
    house.mail("ada@example.test", address, "to many",
               "To all of you.\n", {"Cc": f"{many}, cpip@{DOMAIN}"})
    wait_for("the response", lambda: len(house.responses("widewords")) == 1)
