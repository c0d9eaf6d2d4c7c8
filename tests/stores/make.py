#!/usr/bin/python3
"""Makes a store with something of every kind in it, by the programs of one version, and
packs it with what that version says of it. test_upgrade.py opens it with a later one.

usage: make.py BUILD NAME        (BUILD: where mercat and mercatd were built)

The result is tests/stores/NAME.tar.xz: mercat.db, mercat.key and said.json, which is a list of
[words of a command, what it printed]. Everything in it is invented. A store that was
checked in is never made again: it is what people may still have.
"""
import datetime
import email
import email.policy
import io
import json
import os
import socket
import socketserver
import sqlite3
import subprocess
import sys
import tarfile
import tempfile
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.path.normpath(os.path.join(HERE, "..", ".."))
sys.path.insert(0, os.path.join(SOURCE, "tools", "demo.d"))
sys.dont_write_bytecode = True
from replies import replies  # noqa: E402  pylint: disable=wrong-import-position

ADA, BEA = "Ada Officer", "Bea Second"
CONF = """organisation = "Child Protection Policy Team";
zone = "Europe/London";
languages = "en, gd";
state_dir = "{folder}/state";
base_url = "https://updates.example.test";
mailboxes = ( {{ name = "main"; kind = "maildir"; path = "{folder}/mailbox"; }} );
relays = ( {{ name = "main"; kind = "smtp"; host = "127.0.0.1"; port = {port};
	tls = "none"; connections = 1; }} );
bulletin: {{ grace = "0 s"; }};
sending: {{ in_doubt = "hold"; retry_for = "60 s"; }};
bounce: {{ points = 1; probe_wait = "1 hour"; }};
"""
UPDATE = """---
list: {list}
title: {title}
topics: neglect, hearings
---

{hello}

## Neglect {{neglect}}

The pilot ends in spring.

## Hearings {{hearings}}

The waiting rooms are painted.
"""
# The name says what the relay answers.
RECIPIENTS = {
    "refused": "550 5.1.1 no such person here",
    "bare": "550 Mailbox unavailable",
    "policy": "554 5.7.1 This content is not wanted here",
    "lines": "550-5.1.1 The address\r\n550 5.1.1 is not ours",
    "later": "452 4.2.2 The mailbox is full",
    "tired": "451 4.7.1 Try again",
    "tired-bare": "450 Greylisted",
}
PEOPLE = ("sent", "sent2", *RECIPIENTS, "doubt", "doubt-left", "leaves", "topics", "pauses",
          "paused", "suppressed", "erased", "weekly", "monthly", "weekly-topics",
          "weekly-leaves", "to-digest", "complains", "lost")


def address(name):
    return f"{name}@post.example"


class Relay(socketserver.ThreadingTCPServer):
    """Answers by the recipient's name; keeps what it took."""
    daemon_threads = allow_reuse_address = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Dialogue)
        self.mails = []
        threading.Thread(target=self.serve_forever, daemon=True).start()


class Dialogue(socketserver.StreamRequestHandler):
    def say(self, text):
        self.wfile.write(text.encode() + b"\r\n")

    def handle(self):
        to = ""
        self.say("220 relay.example ready")
        for line in self.rfile:
            words = line.decode().strip()
            verb = words.upper()[:4]
            if verb == "EHLO":
                self.say("250-relay.example\r\n250-8BITMIME\r\n250 ENHANCEDSTATUSCODES")
            elif verb == "RCPT":
                to = words[words.index("<") + 1:words.index(">")]
                self.say(RECIPIENTS.get(to.partition("@")[0], "250 2.1.5 fine"))
            elif verb == "DATA":
                self.say("354 go on")
                if not self.take(to):
                    return
            elif verb == "QUIT":
                self.say("221 2.0.0 bye")
                return
            else:
                self.say("250 2.0.0 fine")

    def take(self, to):
        lines = []
        for line in self.rfile:
            if line == b".\r\n":
                break
            lines.append(line.removeprefix(b"."))
        if to.startswith("doubt"):
            self.request.shutdown(socket.SHUT_RDWR)
            return False
        self.server.mails.append((to, b"".join(lines)))
        self.say("250 2.0.0 queued as 4F9A1")
        return True


class Maker:
    def __init__(self, folder, build):
        self.folder, self.build = folder, build
        self.config = f"{folder}/mercat.conf"
        self.relay = Relay()
        for name in ("state", "mailbox/new", "mailbox/cur", "mailbox/tmp"):
            os.makedirs(f"{folder}/{name}", mode=0o700)
        self.write("mercat.conf", CONF.format(folder=folder,
                                              port=self.relay.server_address[1]))

    def write(self, name, text):
        path = os.path.join(self.folder, name)
        with open(path, "wb") as out:
            out.write(text if isinstance(text, bytes) else text.encode())
        return path

    def run(self, *command, stdin="", tries=1):
        done = subprocess.run(list(map(str, command)), input=stdin, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
        if done.returncode and tries > 1:
            return self.run(*command, stdin=stdin, tries=tries - 1)
        if done.returncode:
            sys.exit(f"{command}: {done.returncode}\n{done.stdout}{done.stderr}")
        return done.stdout

    def mercat(self, *args, staff=ADA, stdin=""):
        who = ["--as", staff] if staff else []
        return self.run(f"{self.build}/mercat", "--config", self.config, *who, *args,
                        stdin=stdin)

    def json(self, *args):
        return json.loads(self.mercat("--json", *args))

    def role(self, *names):
        for name in names:
            more = ["--mailbox=main"] if name == "collect" else []
            self.run(f"{self.build}/mercatd", "--config", self.config, f"--role={name}",
                     *more, "--once", tries=6)  # it ends when the relay breaks a line

    def sql(self, text, *values):
        """What only time would do."""
        store = sqlite3.connect(f"{self.folder}/state/mercat.db", timeout=20)
        with store:
            found = store.execute(text, values).fetchall()
        store.close()
        return found

    # -- the parts

    def begin(self):
        self.mercat("store", "init", staff=None)
        for name in (ADA, BEA):
            self.mercat("staff", "add", name, "--email",
                        name.lower().replace(" ", ".") + "@example.test", staff=None)
        self.mercat("staff", "grant", BEA, "approver", staff=None)
        for name in ("cpip", "digests", "stopped"):
            self.mercat("list", "add", name, "--title", f"The list {name}", "--address",
                        f"{name}@updates.example.test", "--topics", "neglect,hearings")
        for name in PEOPLE:
            self.mercat("subscriber", "add", "cpip", address(name), "--basis",
                        "asked by telephone", "--quiet")
        for name in ("weekly", "weekly-topics", "weekly-leaves"):
            self.mercat("subscriber", "frequency", "cpip", address(name), "weekly")
        self.mercat("subscriber", "frequency", "cpip", address("monthly"), "monthly")
        self.mercat("subscriber", "pause", "cpip", address("paused"), "2099-01-01")

    def bulletin(self, title, hello="Good morning.", of="cpip"):
        path = self.write("update.md", UPDATE.format(list=of, title=title, hello=hello))
        number = self.json("bulletin", "draft", path)["number"]
        self.mercat("bulletin", "test", of, number, "ada.officer@example.test")
        self.mercat("bulletin", "approve", of, number, staff=BEA)
        return number

    def first_update(self):
        """Its ledger stands before anybody is sent it: then people leave, pause, ..."""
        number = self.bulletin("March")
        self.mercat("bulletin", "send", "cpip", number)
        self.role("clock")
        self.mercat("subscriber", "remove", "cpip", address("leaves"), "--reason", "asked")
        self.mercat("subscriber", "remove", "cpip", address("weekly-leaves"), "--reason",
                    "asked")
        # No section is only theirs; a topic that none is on:
        self.mercat("subscriber", "pause", "cpip", address("pauses"))
        self.mercat("subscriber", "frequency", "cpip", address("to-digest"), "weekly")
        self.mercat("suppression", "add", address("suppressed"), "--reason", "asked by mail")
        self.mercat("subscriber", "erase", address("erased"), "--sure")
        self.role("deliver")
        self.sql("UPDATE attempt SET at = at - 100")
        self.sql("UPDATE delivery SET due_at = 1 WHERE state = 'deferred'")
        self.sql("UPDATE delivery SET due_at = 1 WHERE state = 'digest'"
                 " AND subscription_id NOT IN (SELECT s.id FROM subscription s JOIN person p"
                 " ON p.id = s.person_id WHERE p.address LIKE 'monthly%')")
        self.role("deliver")

    def topics(self):
        """Only who chose hearings gets a text that is all about hearings."""
        text = UPDATE.format(list="cpip", title="Hearings", hello="").split("## Neglect")
        path = self.write("update.md", text[0].replace("neglect, ", "") + "## Hearings"
                          + text[1].split("## Hearings")[1])
        number = self.json("bulletin", "draft", path)["number"]
        self.mercat("bulletin", "approve", "cpip", number, staff=BEA)
        self.mercat("bulletin", "send", "cpip", number)
        self.role("clock")
        for name in ("topics", "weekly-topics"):
            self.mercat("subscriber", "topics", "cpip", address(name), "neglect")
        # The probe of who was refused goes first, and stops them with this row open.
        self.role("deliver")
        self.sql("UPDATE delivery SET due_at = 1 WHERE state = 'digest' AND notification_id IS NULL")
        self.role("clock", "deliver")
        doubt, = self.sql("SELECT count(*) FROM delivery WHERE state = 'doubt'"
                          " AND bulletin_id = (SELECT max(id) FROM bulletin)")
        if not doubt[0]:
            sys.exit("nothing is in doubt")
        self.mercat("bulletin", "settle", "cpip", number, "--leave")

    def cancelled(self):
        number = self.bulletin("May")
        self.mercat("bulletin", "send", "cpip", number)
        self.role("clock")
        # One that a server puts off, and one that is under way, when it is cancelled.
        self.sql("UPDATE delivery SET due_at = 4000000000 WHERE bulletin_id ="
                 " (SELECT max(id) FROM bulletin) AND state = 'queued' AND subscription_id"
                 " NOT IN (SELECT s.id FROM subscription s JOIN person p ON p.id = s.person_id"
                 " WHERE p.address LIKE 'later@%' OR p.address LIKE 'sent@%')")
        self.role("deliver")
        self.mercat("bulletin", "cancel", "cpip", number)
        # As when a server puts one off at the moment of the cancelling.
        self.sql("UPDATE delivery SET reply = '452 4.2.2 The mailbox is full' WHERE id ="
                 " (SELECT max(id) FROM delivery WHERE attempts = 1 AND state = 'skipped')")
        # As when somebody leaves between the looking for rows and the claiming.
        self.sql("UPDATE delivery SET reply = 'is not an active subscriber any more' WHERE id"
                 " = (SELECT max(id) FROM delivery WHERE attempts = 0 AND state = 'skipped'"
                 " AND reply = 'the update was cancelled')")

    def running(self):
        """One that is still going on when the store is brought up, and a draft."""
        number = self.bulletin("June")
        self.mercat("bulletin", "send", "cpip", number)
        self.role("clock")
        self.mercat("bulletin", "pause", "cpip", number)
        self.bulletin("July", "Not approved by anybody yet, but tested.")
        self.mercat("bulletin", "edit", "cpip", number + 1, self.write(
            "update.md", UPDATE.format(list="cpip", title="July", hello="Changed.")))
        self.mercat("bulletin", "test", "cpip", number + 1, "bea.second@example.test")

    def consultations(self):
        today = datetime.date.today()
        for source, name, opens, closes in (
                ("consultation.md", "safe-places", -20, 3000),
                ("closed-consultation.md", "travel-costs", -60, -7)):
            with open(f"{SOURCE}/tools/demo.d/{source}", encoding="utf-8") as file:
                text = file.read()
            for word, days in (("@OPENS@", opens), ("@CLOSES@", closes)):
                text = text.replace(word, str(today + datetime.timedelta(days)))
            self.mercat("consultation", "add", self.write(source, text))
            self.mercat("consultation", "open", name)
        self.mercat("consultation", "close", "travel-costs")

    def mails(self):
        """What the public sends; the bounce is about "lost", the complaint is one's own."""
        mine = {to.partition("@")[0]: email.message_from_bytes(
            mail, policy=email.policy.default) for to, mail in self.relay.mails
            if b"\r\nList-Id:" in mail}
        for count, (_, content) in enumerate(replies(mine["sent"], mine["lost"])):
            self.put(count, content)
        self.put(900, COMPLAINT.format(id=mine["complains"]["Message-ID"]).replace(
            "\n", "\r\n").encode())
        self.role("collect", "classify", "extract", "clock", "deliver", "clock", "deliver")

    def put(self, number, content):
        self.write(f"mailbox/new/{int(time.time())}.1_{number:04}.post", content)

    def coding(self):
        about = "safe-places"
        for name in ("premises", "listening", "checks"):
            self.mercat("code", "add", about, name)
        self.mercat("code", "add", about, "halls", "--below", "premises")
        self.mercat("campaign", "find", about)
        self.mercat("rule", "add", "buses", "--consultation", about, "--when", "text",
                    "--has", "bus", "--do", "suggest", "--with", "premises")
        self.mercat("rule", "run", "buses")
        rows = [row["reference"] for row in self.json("response", "list",
                                                      "--consultation", about)]
        for i, reference in enumerate(rows[:8]):
            self.mercat("response", "tag", reference, ("checks", "urgent")[i % 2],
                        staff=(ADA, BEA)[i % 2])
        self.mercat("queue", "undo")                      # a tag
        self.mercat("response", "untag", rows[2], "checks")
        self.mercat("queue", "undo")                      # a tag that was taken off
        self.mercat("response", "untag", rows[1], "urgent", staff=BEA)
        self.mercat("response", "note", rows[0], "Names a hall.")
        self.mercat("queue", "undo")                      # a note
        self.mercat("response", "include", rows[0], rows[1])
        self.mercat("response", "exclude", rows[2], "--reason", "advertisement")
        self.mercat("queue", "undo")                      # a screening
        self.mercat("response", "exclude", rows[3], "--reason", "advertisement")
        self.mercat("response", "assign", rows[4], BEA)
        self.mercat("queue", "undo")                      # an assignment
        self.mercat("response", "respondent", rows[5], "--set-type", "organisation")
        self.mercat("queue", "undo")                      # a respondent
        self.mercat("response", "link", rows[7], rows[6])
        self.mercat("queue", "undo")                      # a link
        self.mercat("queue", "tag", about, "all-of-them")
        self.mercat("queue", "undo")                      # many at once
        self.mercat("response", "code", rows[0], "listening", "--from", 3, "--to", 40)
        self.mercat("response", "code", rows[0], "premises", "--from", 5, "--to", 30,
                    staff=BEA)
        self.mercat("queue", "undo")                      # a change of the frame
        self.mercat("code", "undo", about, staff=BEA)
        self.mercat("response", "code", rows[1], "halls", staff=BEA)
        self.mercat("code", "merge", about, "halls", "premises")
        self.mercat("coding", "sample", about, "--count", "3", "--coders", BEA, "--seed", 7)
        self.mercat("queue", "text", "Thank you", "-", "--subject", "Your reply",
                    stdin="Dear {{name}},\n\nthank you for {{reference}}.\n")
        self.mercat("queue", "answer", rows[0], "Thank you")
        self.mercat("queue", "save", about, "mine")
        self.role("deliver")

    def say(self):
        """What this version answers, for the later one to answer the same."""
        said = []
        asked = [("audit", "verify"), ("audit", "list", "--limit", "100000"),
                 ("bounce", "list", "--limit", "1000"), ("letter", "list"),
                 ("inbound", "counts"), ("suppression", "list"), ("rule", "list"),
                 ("staff", "list"), ("list", "show", "cpip"), ("bulletin", "list")]
        asked += [("bulletin", "ledger", "cpip", str(row["number"]))
                  for row in self.json("bulletin", "list")]
        asked += [("bulletin", "report", "cpip", "1"), ("bulletin", "report", "cpip", "2")]
        asked += [(*words, address(name)) for name in PEOPLE if name != "erased"
                  for words in (("subscriber", "show"), ("bounce", "history"))]
        for about in ("safe-places", "travel-costs"):
            asked += [("analysis", about), ("response", "list", "--consultation", about),
                      ("code", "list", about), ("campaign", "list", about),
                      ("coding", "list", about)]
        for words in asked:
            said.append([list(words), self.mercat("--json", *words)])
        return said

    def pack(self, path):
        self.sql("PRAGMA wal_checkpoint(TRUNCATE)")
        said = self.write("said.json", json.dumps(self.say(), indent=1))
        self.sql("PRAGMA wal_checkpoint(TRUNCATE)")
        self.sql("VACUUM")
        self.sql("PRAGMA wal_checkpoint(TRUNCATE)")
        with tarfile.open(path, "w:xz", preset=9) as tar:
            for name, where in (("mercat.db", "state/mercat.db"), ("mercat.key", "state/mercat.key"),
                                ("said.json", said)):
                with open(os.path.join(self.folder, where), "rb") as file:
                    content = file.read()
                info = tarfile.TarInfo(name)
                info.size = len(content)
                tar.addfile(info, io.BytesIO(content))


COMPLAINT = """Delivered-To: cpip@updates.example.test
From: fbl@post.example
To: cpip@updates.example.test
Subject: complaint about message
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary=b

--b
Content-Type: text/plain

This is a complaint.
--b
Content-Type: message/feedback-report

Feedback-Type: abuse
User-Agent: Provider/1
Version: 1
--b
Content-Type: text/rfc822-headers

Message-ID: {id}
Subject: March
From: cpip@updates.example.test

--b--
"""


def main():
    build, name = sys.argv[1:]
    os.environ["MERCAT_TEMPLATES"] = os.path.join(SOURCE, "templates")
    os.environ["MERCAT_LOCALES"] = os.path.join(build, "po", "locale")
    with tempfile.TemporaryDirectory() as folder:
        maker = Maker(folder, os.path.abspath(build))
        for step in (maker.begin, maker.first_update, maker.topics, maker.running,
                     maker.consultations, maker.mails, maker.coding, maker.cancelled):
            print(step.__name__, flush=True)
            step()
        maker.pack(os.path.join(HERE, f"{name}.tar.xz"))
        maker.relay.shutdown()


if __name__ == "__main__":
    main()
