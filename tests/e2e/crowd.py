"""The demo after some years: many of everything, with the longest names that people give.

Nothing of it is put into the store by hand: commands and mails make it, as they would.
"""
import email.message
import email.policy
import email.utils
import os
import time

from e2e.house import wait_for

# One word as nobody breaks it, and a title as a committee writes it.
WORD = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"
TITLE = ("Draft statutory guidance on the recording, sharing and keeping of information about"
         " children in need of care, for the boards of community venues and their volunteers")
OPEN = "safe-places@updates.example.test"
PEOPLE, LISTS, TOPICS, SUBSCRIBERS = 24, 12, 14, 600
CONSULTATIONS, CODES, RESPONSES, NOTES = 14, 60, 220, 25

CONSULTATION = """---
name: {name}
address: {name}@updates.example.test
title: {title}
opens: 2026-01-01
closes: 2098-12-24
zone: Europe/London
---

# {title}

What do you think?

## Questions

1. What should the guidance say first?
"""


def code_name(i):
    return f"{WORD.lower() if i % 13 == 0 else 'what volunteers are asked to do'} {i:02}"


def response(i):
    """The mail of a hall; some have everything too long."""
    mail = email.message.EmailMessage(policy=email.policy.SMTP)
    sender = f"{'v' * 60 if i % 17 == 0 else 'venue'}{i:03}@hall.example"
    name = f"{WORD} {TITLE}" if i % 19 == 0 else f"Venue {i}"
    mail["Return-Path"] = f"<{sender}>"
    mail["Delivered-To"] = mail["To"] = OPEN
    mail["From"] = email.utils.formataddr((name, sender))
    mail["Subject"] = (f"{WORD * 3} {i}" if i % 23 == 0 else f"{TITLE} {i}" if i % 5 == 0
                       else f"Hall {i}")
    mail["Date"] = email.utils.formatdate(time.time() - 3600 * i)
    mail["Message-ID"] = f"<crowd-{i}@hall.example>"
    mail.set_content(
        f"1. {'A place is safe when somebody is there. ' * (1 + i % 40)}\n\n"
        f"2. Checks, {WORD if i % 6 == 0 else 'and keys'}. Hall number {i}.\n\nVenue {i}\n")
    for file in range(12 if i == 3 else 0):
        mail.add_attachment(b"The plan of the hall.\n", maintype="text", subtype="plain",
                            filename=f"{TITLE} {file}.txt")
    return mail.as_bytes()


class Crowd:
    """Fills the demo of looks.py further."""

    def __init__(self, demo):
        self.demo = demo

    def fill(self):
        self.staff()
        self.lists()
        self.subscribers()
        self.consultations()
        for i in range(CODES):
            self.demo.mercat("code", "add", "safe-places", code_name(i), "--definition", TITLE,
                             *(["--below", code_name(i // 4)] if i % 4 else []))
        self.responses()
        self.work()

    def staff(self):
        for i in range(PEOPLE):
            first = "Alexandrina-Wilhelmina " if i % 5 == 0 else ""
            name = f"{first}Officer {i:02} Featherstonehaugh"
            self.demo.mercat("staff", "add", name)
            self.demo.mercat("staff", "grant", name, "coder" if i % 2 else "reader")

    def lists(self):
        for i in range(LISTS):
            title = f"{TITLE[:100]}: part {i + 1}" if i % 4 == 0 else f"Working group {i + 1}"
            self.demo.mercat("list", "add", f"group-{i:02}", "--title", title,
                             "--address", f"group-{i:02}@updates.example.test",
                             "--from-name", "Child Protection Policy Team")
        for i in range(TOPICS):
            self.demo.mercat("topic", "add", "cpip",
                             f"Evidence and data on {i}" if i % 3 else f"{WORD} {i}")

    def subscribers(self):
        rows = ["email,name\n"]
        for i in range(SUBSCRIBERS):
            who = "x" * 40 if i % 9 == 0 else "person"
            board = "board-of-" * 5 if i % 7 == 0 else ""
            name = WORD if i % 11 == 0 else "Morag"
            rows.append(f"{who}.{i:04}@{board}venue.example,{name} {i}\n")
        self.demo.mercat("subscriber", "import", "cpip", self.demo.write("crowd.csv", "".join(rows)),
                         "--basis", "They asked for it on the form of the venue.")

    def consultations(self):
        for i in range(CONSULTATIONS):
            name = f"guidance-{i:02}"
            title = f"{TITLE}, part {i + 1}" if i % 3 == 0 else f"Guidance, part {i + 1}"
            self.demo.mercat("consultation", "add", self.demo.write(
                f"{name}.md", CONSULTATION.format(name=name, title=title)))
            if i % 2:
                self.demo.mercat("consultation", "open", name)

    def responses(self):
        for i in range(RESPONSES):
            name = f"{int(time.time())}.{os.getpid()}_crowd{i:04}.demo"
            made = os.path.join(self.demo.folder, "mailbox", "tmp", name)
            with open(made, "wb") as out:
                out.write(response(i))
            os.rename(made, os.path.join(self.demo.folder, "mailbox", "new", name))
        wait_for("the crowd's mails to be read", lambda: len(self.listed()) >= RESPONSES)

    def listed(self):
        return self.demo.json("response", "list", "--consultation", "safe-places",
                              "--limit", "1000")

    def work(self):
        """Everybody has worked on one response."""
        reference = next(row["reference"] for row in self.listed() if "hall.example" in str(row))
        self.demo.facts["crowded"] = str(int(reference.rsplit("-", 1)[1]))
        for i in range(NOTES):
            self.demo.mercat("response", "note", reference,
                             f"{WORD if i % 5 == 0 else 'Read again'}, time {i}.")
        for i in range(0, CODES, 3):
            self.demo.mercat("response", "code", reference, code_name(i),
                             "--from", str(3 + i % 5), "--to", str(30 + i))
