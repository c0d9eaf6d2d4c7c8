"""What staff.py's store lacks of a year's work: a code frame with three codings a reply, answers
by question, suggestions, a second coding, links, campaigns, a list of as many people with an
update that went to all of them and one to be written, bounces, and a long audit.

Rows go straight into the tables, as the acts would leave them. The kept figures are none of
them: those are the program's to make.
"""
import hashlib
import random
import sqlite3

CODES = 60
AUDIT_ROWS = 200_000
NOW = 1512900000
UPDATE = """---
list: bench
title: What happened in area {0}
topics: neglect, safety, hearings
---

Hello.

## What happened {{neglect}}

""" + "The group met again and agreed what the new form should ask. " * 40 + """

## About hearings {{hearings}}

""" + "Read the [report](https://www.bench.example/report) until Friday. " * 40 + "\n"
MAIL = (b"From: Name <p@example.net>\r\nTo: words@updates.bench.example\r\nSubject: My reply\r\n"
        b"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n"
        b"Content-Type: text/html; charset=utf-8\r\n\r\n<p>" + b"Some <b>words</b>. " * 200
        + b"</p>\r\n--b\r\nContent-Type: text/plain; name=a.txt\r\n"
        b"Content-Disposition: attachment; filename=a.txt\r\n\r\nwords of a file\r\n--b--\r\n")


def many(db, table, columns, rows):
    db.executemany(f"INSERT INTO {table} ({columns}) VALUES"
                   f" ({', '.join('?' * len(columns.split(',')))})", rows)


def codes(db, dice):
    """A tree of three floors, beside the tags that are there."""
    first = db.execute("SELECT max(id) FROM code").fetchone()[0] + 1
    rows = []
    for i in range(CODES):
        parent = None if i < 8 else first + dice.randrange(8) if i < 30 else \
            first + dice.randrange(8, 30)
        rows.append((first + i, 1, parent, f"code {i}", f"What code {i} means.", "blue", 1))
    many(db, "code", "id, consultation_id, parent_id, name, definition, colour, created_at", rows)
    return [row[0] for row in rows]


def coded(db, dice, frame, count):
    """Answers to two questions, and passages in them."""
    questions = [row[0] for row in db.execute("SELECT id FROM question ORDER BY position")]
    answers, codings = [], []
    for reply in range(1, count + 1):
        if dice.random() < 0.8:
            answers.append((reply, questions[0], -1, 0, 300, "machine", "number", 1))
        if dice.random() < 0.5:
            answers.append((reply, questions[1], -1, 300, 600, "machine", "number", 1))
        for code in dice.sample(frame, dice.choice((1, 2, 3, 4, 5))):
            start = dice.randrange(500)
            codings.append((reply, code, -1, start, start + 60, 1, 1, 9, "person", 1, 1))
    many(db, "answer", "response_id, question_id, part, from_char, to_char, by_what, how, at",
         answers)
    many(db, "coding", "response_id, code_id, part, from_char, to_char, bytes_hash, words_hash,"
         " words, by_what, staff_id, at", codings)
    db.execute("UPDATE coding SET placed = 'needs re-anchoring' WHERE from_char IS NOT NULL AND id % 5000 = 0")
    many(db, "suggestion", "response_id, code_id, part, from_char, to_char, bytes_hash,"
         " words_hash, words, by_what, because, at",
         [(reply, dice.choice(frame), -1, 5, 65, 1, 1, 9, "rule", "it says so", 1)
          for reply in range(1, count + 1, 5)])
    many(db, "change", "kind, consultation_id, what, said, staff_id, at",
         [("frame", 1, "code", f"put code {i % CODES} on words-{i}", 1, 1) for i in range(1, count)])


def second_coding(db, dice, frame, count):
    """Two samples of 300, coded again by Bea; the second one is still under way."""
    for number in (1, 2):
        db.execute("INSERT INTO sample (id, consultation_id, number, wanted, seed, by_type,"
                   " from_count, staff_id, at) VALUES (?, 1, ?, '300', 7, 0, ?, 1, 1)",
                   (number, number, count))
        db.execute("INSERT INTO sample_coder VALUES (?, 2, ?)",
                   (number, 2 if number == 1 else None))
        units = dice.sample(range(1, count + 1), min(300, count // 4))
        many(db, "sample_unit", "sample_id, position, response_id",
             [(number, at, reply) for at, reply in enumerate(units, 1)])
        many(db, "sample_first", "sample_id, position, code_id",
             [(number, at, code) for at in range(1, len(units) + 1)
              for code in dice.sample(frame, 3)])
        many(db, "double_coding", "sample_id, response_id, code_id, staff_id, at",
             [(number, reply, code, 2, 2) for reply in units for code in dice.sample(frame, 3)])
        many(db, "sample_done", "sample_id, position, staff_id, at",
             [(number, at, 2, 2) for at in range(1, len(units) + 1) if number == 1 or at % 2])


def triage(db, dice, count):
    """What screening, linking and standard letters leave behind."""
    db.executemany("INSERT INTO campaign VALUES (?, 1, ?, ?, ?, 1, NULL, NULL)",
                   [(i, i, "standard words " * 60, "confirmed" if i % 2 else "proposed")
                    for i in range(2, 12)])
    many(db, "membership", "response_id, campaign_id, closeness, share, of_standard, alike",
         [(i, dice.randrange(2, 12), dice.choice(("standard", "modified", "personalised")), 80, 80, 80)
          for i in range(1, count + 1) if i % 4 == 1])
    many(db, "link", "response_id, of_id, as_what, state, by_what, at",
         [(i, i - 1, dice.choice(("duplicate", "amendment", "composite")),
           dice.choice(("proposed", "holds")), "machine", 1) for i in range(7, count, 31)])
    many(db, "screening", "response_id, old_state, new_state, reason, staff_id, at",
         [(i, "received", "included", None, 1, 1) for i in range(1, count + 1, 2)])
    many(db, "note", "response_id, staff_id, at, text",
         [(i, 1, 1, "Ask the others.") for i in range(1, count + 1, 9)])
    many(db, "queue_view", "consultation_id, staff_id, name, filter, shared, at",
         [(1, 1, f"view {i}", f"tag tag{i}\n", 1, 1) for i in range(5)])
    db.execute("UPDATE respondent SET permission = CASE id % 5 WHEN 0 THEN 'name' WHEN 1 THEN"
               " 'without name' WHEN 2 THEN 'none' ELSE 'unknown' END, contact ="
               " CASE id % 3 WHEN 0 THEN 'yes' WHEN 1 THEN 'no' ELSE 'unknown' END")
    many(db, "inbound", "id, mailbox_id, uidvalidity, item, sha256, size, received_at, state,"
         " kind, taken_as, why", [(count + i, 1, 1, f"u{i}", b"0", 1, NOW, "done", "human",
                                   "unsorted", "to nobody that we know") for i in range(1, 3001)])
    many(db, "parsed", "inbound_id, from_name, from_address, subject, text, text_new, reasons,"
         " limits_hit", [(count + i, "N", "n@example.net", "Hello", "some words " * 80,
                          "some words " * 80, "", "") for i in range(1, 3001)])
    for seen in (count // 2, count + 3000):
        db.execute("INSERT INTO inbound_raw VALUES (?, ?)", (seen, MAIL))
    db.execute("DELETE FROM attachment WHERE inbound_id = ?", (count // 2,))
    many(db, "attachment", "inbound_id, position, name, type, size, sha256, text, text_source,"
         " text_state", [(count // 2, 0, "a.txt", "text/plain", 15,
                          hashlib.sha256(b"words of a file").hexdigest(), "words of a file",
                          "text", "done")])


def people(db, dice, count):
    """As many people, each with the evidence, of whom a tenth has left."""
    db.execute("INSERT INTO wording (id, list_id, version, text, created_at)"
               " VALUES (90, 1, 'bench', 'I agree.', 1)")
    many(db, "person", "id, address, address_key, name, created_at",
         [(i, f"person{i}@example{i % 50}.org", f"person{i}@example{i % 50}.org",
           f"Anna Maria Person {i}", 1) for i in range(1, count + 1)])
    many(db, "subscription", "id, list_id, person_id, state, topics, all_topics, active_since,"
         " changed_at", [(i, 1, i, "unsubscribed" if i % 10 == 0 else "requested" if i % 500 == 1 else
                          "active", dice.randrange(8), i % 3 == 0, 1, 1)
                         for i in range(1, count + 1)])
    many(db, "evidence", "subscription_id, at, event, how, wording_id, basis",
         [(i, 1, "added", "staff", 90, "asked by telephone") for i in range(1, count + 1)])
    many(db, "evidence", "subscription_id, at, event, how",
         [(i, NOW + 5000, "unsubscribed", "one-click") for i in range(10, count + 1, 10)])
    many(db, "suppression", "hash, reason, staff_id, created_at",
         [(hashlib.sha256(str(i).encode()).digest(), "asked by letter", 1, 1)
          for i in range(5000)])


def went_out(db, dice, count):
    """Update 1 to everybody, with what was refused and what came back."""
    db.execute("UPDATE bulletin SET state = 'sending', started_at = ? WHERE id = 1", (NOW,))
    db.execute("INSERT INTO approval (bulletin_id, staff_id, at, content_hash, look_hash,"
               " audience, last_subscription) VALUES (1, 2, 1, 'x', 'x', ?, ?)", (count, count))
    rows = []
    for i in range(1, count + 1):
        state = "refused" if i % 97 == 0 else "skipped" if i % 89 == 0 else "sent"
        reply = {"refused": (550, "5.1.1", f"<person{i}@example{i % 50}.org>: no such user"),
                 "skipped": (None, None, None)}.get(state, (250, "2.0.0", "Ok"))
        rows.append((i, 1, i, state, 1 + (i % 50 == 0), NOW, NOW, NOW + i // 100, "main",
                     *reply, "unsubscribed" if state == "skipped" else None))
    many(db, "delivery", "id, bulletin_id, subscription_id, state, attempts, due_at, started_at,"
         " settled_at, relay, reply_code, reply_status, reply_text, skip_reason", rows)
    db.execute("INSERT INTO bulletin_tally (bulletin_id, state, minute, n) SELECT 1, 'sent',"
               " settled_at / 60, count(*) FROM delivery WHERE state = 'sent'"
               " GROUP BY settled_at / 60")
    many(db, "attempt", "delivery_id, at, relay, outcome, reply_code, reply_status, reply_text",
         [(i, NOW + 10, "main", "deferred", 451, "4.7.1", "later, please")
          for i in range(50, count + 1, 50)])
    many(db, "bounce", "at, source, delivery_id, subscription_id, verdict, reason, diagnostic,"
         " effect", [(NOW + 20, "smtp", i, i, "permanent", "no_such_address",
                      "550 5.1.1 no such user", "score") for i in range(97, count + 1, 97)])
    many(db, "bounce", "at, source, inbound_id, delivery_id, subscription_id, verdict, reason,"
         " diagnostic, effect", [(NOW + 3600, "mail", 1, i, i, "permanent", dice.choice(
             ("no_such_address", "mailbox_full")), "550 no", "score")
             for i in range(5, count + 1, 60)])
    many(db, "notification", "kind, once, sender, recipient, subject, message_id, list_id, state,"
         " created_at, due_at, settled_at, relay",
         [("welcome", f"welcome:{i}", "s@x", f"person{i}@example{i % 50}.org", "Welcome",
           f"<{i}@x>", 1, "sent", 1, 1, 1, "main") for i in range(1, count + 1)])
    db.execute("UPDATE bulletin SET state = 'sent', filled = 1, filled_rows = ?, finished_at = ?"
               " WHERE id = 1", (count, NOW + 1000))


def audit(db, rows):
    """As audit_record() chains it."""
    def field(text):
        return f"{len(text.encode())}:{text};"

    last, count = db.execute("SELECT hash, id FROM audit ORDER BY id DESC LIMIT 1").fetchone()
    made = []
    for i in range(count + 1, rows + 1):
        who, act = ("Ada", "screened") if i % 3 else (f"mail {i}", "taken as a reply")
        detail = f"received -> included, row {i}"
        line = (field(last) + f"{NOW};{i % 90000};" + field(who) + field(act) + field("response")
                + field(detail) + field("") + "0;" + field(""))
        last = hashlib.sha256(line.encode()).hexdigest()
        made.append((i, NOW, who, act, "response", i % 90000, detail, last, 2))
    many(db, "audit", "id, at, who, event, subject, subject_id, detail, hash, form", made)


def fill(folder, count):
    dice = random.Random(11)
    db = sqlite3.connect(f"{folder}/state/mercat.db")
    db.execute("PRAGMA synchronous = OFF")
    frame = codes(db, dice)
    coded(db, dice, frame, count)
    second_coding(db, dice, frame, count)
    triage(db, dice, count)
    people(db, dice, count)
    went_out(db, dice, count)
    audit(db, AUDIT_ROWS if count >= 50_000 else count)
    db.commit()
    db.close()
