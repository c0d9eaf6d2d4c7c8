#!/usr/bin/python3
"""What each page of the desk asks of a store with 100,000 replies, and how long it takes.

usage: staff.py [--replies N] [--where FOLDER]

The store is made by the program (mercat store init, consultation add and open) and its
rows are then written straight into the tables, as the acts would leave them: 100 words
of a vocabulary each, with a common word in every second reply, a tag on every third, a
campaign on every fourth. tests/bench/bin/bench_staff then calls the acts that pages are
made of, each several times, and prints the median and the slowest.
"""
import argparse
import os
import random
import sqlite3
import subprocess
import tempfile

BUILD = os.environ.get("MERCAT_BUILDDIR", os.path.abspath(
    os.path.join(os.path.dirname(__file__), "..", "..")))
SOURCE = os.environ.get("MERCAT_SRCDIR", BUILD)
CONF = """
organisation = "Child Protection Policy Team";
state_dir = "{0}/state";
base_url = "https://updates.bench.example";
relays = ( {{ name = "main"; kind = "discard"; }} );
"""
FORM = """---
name: words
title: Words
address: words@updates.bench.example
opens: 2017-10-12
closes: 2017-12-08
---
We ask.

1. Which words?
2. Anything else?
"""


def run(folder, *args):
    who = [] if args[0] == "staff" else ["--as", "Ada"]
    subprocess.run([os.path.join(BUILD, "mercat"), "--config", f"{folder}/mercat.conf",
                    *who, *args], check=True, stdout=subprocess.DEVNULL,
                   env={**os.environ, "MERCAT_TEMPLATES": os.path.join(SOURCE, "templates")})


def make(folder):
    with open(f"{folder}/mercat.conf", "w", encoding="utf-8") as out:
        out.write(CONF.format(folder))
    with open(f"{folder}/words.md", "w", encoding="utf-8") as out:
        out.write(FORM)
    os.makedirs(f"{folder}/state", exist_ok=True)
    run(folder, "store", "init")
    run(folder, "staff", "add", "Ada")
    run(folder, "consultation", "add", f"{folder}/words.md")
    run(folder, "consultation", "open", "words")


def fill(folder, count):
    random.seed(7)
    words = [f"word{i}" for i in range(5000)]
    states = [("received", None), ("included", None), ("included", None),
              ("excluded", "blank")]
    db = sqlite3.connect(f"{folder}/state/mercat.db")
    db.execute("PRAGMA synchronous = OFF")
    db.execute("INSERT INTO mailbox (id, name) VALUES (1, 'main')")
    db.executemany("INSERT INTO code (consultation_id, name, created_at) VALUES (1, ?, 1)",
                   [(f"tag{i}",) for i in range(20)])
    db.execute("INSERT INTO campaign VALUES (1, 1, 1, 'standard', 'confirmed', 1, NULL, NULL)")
    for i in range(1, count + 1):
        text = " ".join(random.choices(words, k=100)) + (" common" if i % 2 else "")
        late = int(i % 50 == 0)
        db.execute("INSERT INTO inbound (id, mailbox_id, uidvalidity, item, sha256, size,"
                   " received_at, state, kind, taken_as, why) VALUES"
                   " (?, 1, 1, ?, x'00', 1, ?, 'done', 'human', 'response', 'words')",
                   (i, str(i), 1507800000 + 50 * i))
        db.execute("INSERT INTO parsed (inbound_id, from_name, from_address, subject, sent_at,"
                   " message_id, text, text_new, reasons, limits_hit) VALUES"
                   " (?, ?, ?, 'My reply', 1, ?, ?, ?, '', '')",
                   (i, f"Name {i}", f"p{i}@example.net", f"m{i}@x", text, text))
        if i % 20 == 0:
            db.execute("INSERT INTO attachment (inbound_id, position, name, type, size, sha256,"
                       " text_state, text_reason) VALUES (?, 0, 'a.pdf', 'application/pdf', 1,"
                       " '', 'unreadable', 'it is encrypted')", (i,))
        db.execute("INSERT INTO respondent (id, address_key, consultation_id, type) VALUES"
                   " (?, ?, 1, ?)", (i, f"p{i}@example.net",
                                     random.choice(["individual", "organisation", "unknown"])))
        db.execute("INSERT INTO response (id, consultation_id, number, inbound_id,"
                   " respondent_id, channel, received_at, late, state, reason, assigned_to)"
                   " VALUES (?, 1, ?, ?, ?, 'email', ?, ?, ?, ?, ?)",
                   (i, i, i, i, 1507800000 + 50 * i, late, *random.choice(states),
                    1 if i % 100 == 0 else None))
        if i % 3 == 0:
            db.execute("INSERT INTO coding (response_id, code_id, by_what, at) VALUES"
                       " (?, ?, 'rule', 1)", (i, random.randint(1, 20)))
        if i % 4 == 0:
            db.execute("INSERT INTO membership VALUES (?, 1, 'standard', 90, 90, 90)", (i,))
    db.execute("UPDATE consultation SET next_number = ?", (count + 1,))
    db.commit()
    db.close()


def main():
    said = argparse.ArgumentParser()
    said.add_argument("--replies", type=int, default=100_000)
    said.add_argument("--where")
    asked = said.parse_args()
    with tempfile.TemporaryDirectory(prefix="mercat-desk-", dir=asked.where) as folder:
        make(folder)
        fill(folder, asked.replies)
        print(f"{asked.replies} replies, a store of "
              f"{os.path.getsize(f'{folder}/state/mercat.db') // 1_000_000} MB")
        subprocess.run([os.path.join(BUILD, "tests/bench/bin/bench_staff"),
                        f"{folder}/mercat.conf", str(asked.replies)], check=True,
                       env={**os.environ,
                            "MERCAT_TEMPLATES": os.path.join(SOURCE, "templates")})


if __name__ == "__main__":
    main()
