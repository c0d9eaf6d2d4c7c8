"""Opens each store of tests/stores, which an earlier version made, with this version.

usage: store_upgrades.py BUILD SOURCE; prints TAP. What those versions said of their stores
is packed with them, and this one must say the same, save for what EXPECTED names.
"""
import json
import os
import sqlite3
import struct
import subprocess
import sys
import tarfile
import tempfile

BUILD, SOURCE = sys.argv[1:]
NEWEST = len([name for name in os.listdir(f"{SOURCE}/src/store/sql") if name[:4].isdigit()])
CONF = """organisation = "Child Protection Policy Team";
zone = "Europe/London";
languages = "en, gd";
state_dir = "{folder}";
base_url = "https://updates.example.test";
bounce: {{ points = 1; }};
mailboxes = ( {{ name = "main"; kind = "maildir"; path = "{folder}/in"; }} );
relays = ( {{ name = "main"; kind = "discard"; }} );
"""
# What became of whom in the ledger of v6: (number, who) -> facts, as tests/stores/make.py had
# them come about: state, skip_reason, reply_code, reply_status, reply_text, given_up, frequency.
SENT = ("sent", None, 250, "2.0.0", "queued as 4F9A1", 0, None)
POLICY = ("refused", None, 554, "5.7.1", "This content is not wanted here", 0, None)
V6 = {
    (1, "sent"): SENT,
    (1, "refused"): ("refused", None, 550, "5.1.1", "no such person here", 0, None),
    (1, "bare"): ("refused", None, 550, None, "Mailbox unavailable", 0, None),
    (1, "lines"): ("refused", None, 550, "5.1.1", "The address 5.1.1 is not ours", 0, None),
    (1, "policy"): POLICY,
    (1, "later"): ("refused", None, 452, "4.2.2", "The mailbox is full", 1, None),
    (1, "tired"): ("refused", None, 451, "4.7.1", "Try again", 1, None),
    (1, "tired-bare"): ("refused", None, 450, None, "Greylisted", 1, None),
    (1, "doubt"): ("in doubt", None, None, None, None, 0, None),
    (1, "leaves"): ("skipped", "unsubscribed", None, None, None, 0, None),
    (1, "weekly-leaves"): ("skipped", "unsubscribed", None, None, None, 0, "?"),
    (1, "pauses"): ("skipped", "paused", None, None, None, 0, None),
    (1, "paused"): ("skipped", "paused", None, None, None, 0, None),
    (1, "suppressed"): ("skipped", "suppressed", None, None, None, 0, None),
    (1, "weekly"): ("digest", None, None, None, None, 0, "weekly"),
    (1, "monthly"): ("digest", None, None, None, None, 0, "monthly"),
    (1, "to-digest"): ("digest", None, None, None, None, 0, "weekly"),
    (2, "later"): ("deferred", None, 452, "4.2.2", "The mailbox is full", 0, None),
    (2, "doubt"): ("skipped", "settled", None, None, None, 0, None),
    (2, "topics"): ("skipped", "topics", None, None, None, 0, None),
    (2, "weekly-topics"): ("skipped", "topics", None, None, None, 0, "?"),
    (2, "refused"): ("skipped", "bouncing", None, None, None, 0, None),
    (3, "complains"): ("skipped", "complained", None, None, None, 0, None),
    (3, "sent2"): ("queued", None, None, None, None, 0, None),
    (5, "sent2"): ("skipped", "cancelled", None, None, None, 0, None),
}
# Once in a rare race each: of the last update.
V6_ODD = {("skipped", "cancelled", 452, "4.2.2", "The mailbox is full", 0, None),
          ("skipped", "not active", None, None, None, 0, None)}
FACTS = ("d.state, d.skip_reason, d.reply_code, d.reply_status, d.reply_text, d.given_up,"
         " d.frequency")
LEDGER = (f"SELECT u.number, substr(p.address, 1, instr(p.address, '@') - 1), {FACTS}"
          " FROM delivery d JOIN bulletin u ON u.id = d.bulletin_id JOIN subscription s"
          " ON s.id = d.subscription_id JOIN person p ON p.id = s.person_id")
LEFT = "in doubt, and a person decided not to send it again"
COUNT = 0


def tell(ok, what, more=""):
    global COUNT
    COUNT += 1
    print(f"{'ok' if ok else 'not ok'} {COUNT} - {what}")
    if not ok:
        for line in str(more).splitlines()[:40]:
            print(f"# {line[:600]}")
    return ok


class Store:
    """One of those stores, unpacked in a folder of its own."""

    def __init__(self, name, folder):
        self.folder, self.path = folder, f"{folder}/mercat.db"
        with tarfile.open(f"{SOURCE}/tests/stores/{name}.tar.xz") as tar:
            for member in tar.getmembers():
                with open(f"{folder}/{member.name}", "wb", opener=lambda path, flags: os.open(
                        path, flags, 0o600)) as out:
                    out.write(tar.extractfile(member).read())
        with open(f"{folder}/said.json", encoding="utf-8") as file:
            self.said = json.load(file)
        with open(f"{folder}/mercat.conf", "w", encoding="utf-8") as out:
            out.write(CONF.format(folder=folder))

    def mercat(self, *words, who="Ada Officer"):
        return subprocess.run([f"{BUILD}/mercat", "--config", f"{self.folder}/mercat.conf",
                               "--as", who, *words], text=True, check=False,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def rows(self, sql, values=(), path=None):
        db = sqlite3.connect(path or self.path)
        try:
            return db.execute(sql, values).fetchall()
        finally:
            db.close()

    def do(self, sql):
        db = sqlite3.connect(self.path)
        db.execute("PRAGMA wal_autocheckpoint = 0")
        db.executescript(sql)
        db.close()

    def dump(self, path=None):
        db = sqlite3.connect(path or self.path)
        try:
            return [*db.iterdump(), db.execute("PRAGMA user_version").fetchone()[0]]
        finally:
            db.close()


def differences(old, new, path=""):
    """(where, before, after) of each value that is not the same."""
    if isinstance(old, dict) and isinstance(new, dict):
        return [one for key in {**old, **new}
                for one in differences(old.get(key), new.get(key), f"{path}/{key}")]
    if isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        return [one for i, pair in enumerate(zip(old, new))
                for one in differences(*pair, f"{path}/{i}")]
    return [] if old == new else [(path, old, new)]


def expected(words, where, before, after):
    """What may be otherwise than the version that made the store had said."""
    name = where.rsplit("/", 1)[-1]
    if name == "rate":  # of the last minute
        return True
    if (name, before, after) == ("left_because", None, []):  # nobody had been asked till then
        return True
    if (name, before, after) == ("channel", None, "email"):  # nobody had said by which till then
        return True
    if (name, before, after) == ("visibility", None, "public"):  # as every list was till then
        return True
    if (name, before, after) == ("tell", None, "daily"):  # nobody had chosen till then
        return True
    if (name, before) in (("response", None), ("words", ""), ("reason", "no reason on record")):
        return after == LEFT
    if name == "response" and before == "452 4.2.2 The mailbox is full":
        return after == "the bulletin was cancelled"
    if (words[:2], name) == (["list", "show"], "topics"):  # by their titles now, in their order
        return sorted(before.lower().split(", ")) == sorted(after.lower().split(", "))
    if words == ["audit", "verify"]:  # and now with what it was compared
        return after.startswith(before) and "nothing outside the store" in after
    # What was given up now counts as that, not as said by ourselves.
    return words[:2] == ["bulletin", "report"] and (name, before, after) == (
        "reason", "said by our own program", "given up after many tries")


# The glossary's words in place of those that the version of the store still used.
WORDS = (("replies", "responses"), ("reply", "response"), ("Replies", "Responses"),
         ("Reply", "Response"), ("letter", "notification"), ("an update", "a bulletin"),
         ("update", "bulletin"), ('"why_held":', '"hold_reason":'))
# What the command printed as "act", by its noun.
ACTS = {"rule": "action"}
# Tables and columns that have another name now.
TABLES = {"letter": "notification", "claim": "response_lock", "desk": "queue",
          "desk_view": "queue_view", "answer_text": "reply_template", "pace": "rate_limit",
          "second_coding": "double_coding", "settlement": "reconciliation"}
COLUMNS = {"letter_id": "notification_id", "why_held": "hold_reason", "act": "event"}


# What is kept as a word, by the table and column of then.
LEAVING = {"left": "unsubscribed", "stopped": "bouncing"}
PLACES = {"found again": "re-anchored", "lost": "needs re-anchoring"}
VALUES = {
    ("subscription", "state"): LEAVING, ("evidence", "act"): LEAVING,
    ("delivery", "skip_reason"): LEAVING, ("delivery", "state"): {"doubt": "in doubt"},
    ("bulletin", "state"): {"held": "on hold"}, ("attempt", "outcome"): {"unsure": "in doubt"},
    ("letter", "state"): {"doubt": "in doubt"},
    ("letter", "kind"): {"left": "unsubscribed", "leave-asked": "unsubscribe-asked",
                         "manage": "preferences", "answer": "reply"},
    ("link_token", "purpose"): {"manage": "preferences"},
    ("inbound", "taken_as"): {"reply": "response", "join": "subscribe", "leave": "unsubscribe"},
    ("membership", "closeness"): {"look": "personalised"},
    ("coding", "placed"): PLACES, ("second_coding", "placed"): PLACES,
    ("bounce", "effect"): {"point": "score", "left": "unsubscribed"}}
SAID = {}
for words_of_one in VALUES.values():
    SAID.update(words_of_one)
SAID["e-mail"] = "email"
SAID["answer"] = "response"  # as WORDS make it of "reply"
# Where such a word was the name of a count, or stood in a sentence.
KEYS = (('"left":', '"unsubscribed":'), ('"stopped":', '"bouncing":'),
        ('"left (by', '"unsubscribed (by'), ('"stopped (by', '"bouncing (by'),
        (' look"', ' personalised"'))
SORTED = {"taken_as": ("taken_as", "kind"), "campaign": ("campaign",),
          "campaign-once": ("campaign-once",)}


def in_order(told):
    """Rows that came in the order of words that have changed."""
    if isinstance(told, dict):
        return {key: in_order(value) for key, value in told.items()}
    if not isinstance(told, list):
        return SAID.get(told, told) if isinstance(told, str) else told
    rows = [in_order(one) for one in told]
    for key, order in SORTED.items():
        if rows and all(isinstance(row, dict) and key in row for row in rows):
            rows.sort(key=lambda row, order=order: [str(row.get(name)) for name in order])
    return rows


def by_words(text, noun):
    """Failures that are as many as each other come in an order that says nothing."""
    text = text.replace('"act":', f'"{ACTS.get(noun, "event")}":')
    for old, new in (*WORDS, *KEYS):
        text = text.replace(old, new)
    told = in_order(json.loads(text))
    if isinstance(told, dict) and "failures" in told:
        told["failures"].sort(key=lambda one: (one["state"], one["words"] or LEFT))
    return told


# Groups of commands that have another name now.
RENAMED = {"letter": "notification"}
# What a command says unasked now is about less; asked so, it says what it said.
ASKED = {"analysis": ["--state", "any"]}


def tables_of(before, after):
    """Of an analysis, the tables that there were: later versions have more."""
    if isinstance(before, list) and before and "title" in before[0]:
        known = [table["title"] for table in before]
        return [table for table in after if table["title"] in known]
    return after


def says_the_same(store):
    wrong = []
    for words, before in store.said:
        words = [RENAMED.get(words[0], words[0]), *words[1:], *ASKED.get(words[0], [])]
        done = store.mercat("--json", *words)
        if done.returncode:
            wrong.append(f"{words}: {done.stderr}")
            continue
        wrong += [f"{words}{where}: {old!r} -> {new!r}" for where, old, new in differences(
            by_words(before, words[0]), tables_of(
                by_words(before, words[0]), by_words(done.stdout, words[0])))
            if not expected(words, where, old, new)]
    tell(not wrong, f"{len(store.said)} commands say what they said", "\n".join(wrong))


def facts_of_v6(store):
    got = {row[:2]: row[2:] for row in store.rows(LEDGER)}
    wrong = [f"{who}: got {got.get(who)}, want {want}" for who, want in V6.items()
             if not who in got or [a for a, b in zip(got[who], want) if b != "?" and a != b]]
    tell(not wrong, "what became of each mail is known", "\n".join(wrong))
    odd = V6_ODD - {row[2:] for row in store.rows(LEDGER) if row[0] == 5}
    tell(not odd, "and of those that raced", odd)
    unknown = store.rows(LEDGER + " WHERE d.skip_reason = 'unknown'")
    tell(not unknown, "nothing was left unknown that could be known", unknown)
    mixed = store.rows("SELECT 'letter', reply_text FROM notification UNION ALL SELECT 'attempt',"
                       " reply_text FROM attempt UNION ALL SELECT 'delivery', reply_text"
                       " FROM delivery")
    mixed = [row for row in mixed if row[1] and (row[1][:3].isdigit() or "given up" in row[1])]
    tell(not mixed, "no code is left in a text", mixed)
    tell(store.rows("SELECT count(*) FROM audit WHERE event = 'taken back' AND subject ="
                    " 'response' AND about IS NULL") == [(0,)]
         and store.rows("SELECT DISTINCT about FROM audit WHERE event = 'taken back' AND about"
                        " IN ('tag', 'untag') ORDER BY 1") == [("tag",), ("untag",)],
         "the audit knows what was taken back")
    lost = store.rows("SELECT id, event, detail FROM audit WHERE event IN ('bulletin tested',"
                      " 'bulletin approved', 'bulletin drafted', 'bulletin edited')"
                      " AND instr(detail, coalesce(content_hash, '?')) = 0")
    tell(not lost, "the audit knows each text by its hash", lost)


def knows_its_writers(store):
    """Whoever the audit says changed a bulletin since its last approval, and nobody else."""
    changed = ("'bulletin drafted', 'bulletin edited', 'picture attached', 'picture taken off',"
               " 'picture removed'")
    want, writers = set(), {}
    for bulletin, who, act in store.rows(
            f"SELECT subject_id, who, event IN ({changed}) FROM audit WHERE subject = 'bulletin'"
            f" AND (event = 'bulletin approved' OR event IN ({changed})) ORDER BY id"):
        writers[bulletin] = writers.get(bulletin, set()) | {who} if act else set()
    want = {(bulletin, who) for bulletin, names in writers.items() for who in names}
    got = set(store.rows("SELECT c.bulletin_id, s.name FROM bulletin_change c JOIN staff s"
                         " ON s.id = c.staff_id"))
    tell(writers and got == want, "who changed which bulletin is known", f"{got} {want}")


def goes_on(store):
    """Rows of now behind rows of then are one chain."""
    before, = store.rows("SELECT count(*) FROM audit")[0]
    done = store.mercat("subscriber", "name", "sent@post.example", "Anna")
    after, = store.rows("SELECT count(*) FROM audit WHERE form = 2")[0]
    whole = store.mercat("audit", "verify")
    tell(done.returncode == 0 and after and f"{before + after} rows" in whole.stdout,
         "the audit goes on and is whole", f"{done.stderr} {before} {after} {whole.stderr}")
    store.do("DROP TRIGGER audit_stays; UPDATE audit SET detail = 'x' WHERE id = 3")
    tell(store.mercat("audit", "verify").returncode == 1, "and an old row changed is found")


def rows_named(store, path, table, columns):
    """Each row by the names that its columns, and the words in them, have now."""
    return sorted(repr(tuple(VALUES.get((table, name), {}).get(value, value)
                             for name, value in zip(columns, row)))
                  for row in store.rows(f"SELECT {', '.join(columns)} FROM {table}", path=path))


def keeps_its_rows(store):
    """What is called otherwise has every row of before, with what stood in it."""
    wrong, old = [], f"{store.path}.before-{NEWEST}"
    held = {name for name, in store.rows(
        "SELECT name FROM sqlite_master WHERE type = 'table'", path=old)}
    named = {name for name, in store.rows("SELECT name FROM sqlite_master")}
    for before, after in {**TABLES, "delivery": "delivery", "attempt": "attempt",
                          "probe": "probe", "audit": "audit",
                          **{table: table for table, _ in VALUES if table not in TABLES}}.items():
        if before not in held:
            wrong.append(f"the version of the store had no {before}")
            continue
        was = [name for _, name, *_ in store.rows(f"PRAGMA table_info({before})", path=old)]
        now = {name for _, name, *_ in store.rows(f"PRAGMA table_info({after})")}
        both = [name for name in was if COLUMNS.get(name, name) in now]
        if rows_named(store, old, before, both) != rows_named(
                store, store.path, after, [COLUMNS.get(name, name) for name in both]):
            wrong.append(f"{before} and {after} differ in {both}")
        if len(both) < len(was) - 1 or (before != after and before in named):
            wrong.append(f"{before}: {was}, and now {now}")
    tell(not wrong, "what has another name has all its rows", "\n".join(wrong))


def brings_up(name):
    with tempfile.TemporaryDirectory() as folder:
        store = Store(name, folder)
        before = store.dump()
        tell(store.mercat("list", "list").returncode == 2, f"{name} is not used as it is")
        done = store.mercat("store", "init")
        if not tell(done.returncode == 0, f"{name} is brought up", done.stderr):
            return
        tell(store.rows("PRAGMA user_version") == [(NEWEST,)], "it is of this version")
        tell(store.dump(f"{store.path}.before-{NEWEST}") == before, "the copy of before is whole")
        done = store.mercat("store", "check")
        tell(done.returncode == 0, "the store is whole", done.stderr)
        keeps_its_rows(store)
        says_the_same(store)
        knows_its_writers(store)
        if name == "v6":
            facts_of_v6(store)
        goes_on(store)


def knows_the_reasons(name):
    """Of what came back without a reason: what the status says for sure, or that none is known."""
    statuses = {"5.1.1": "no_such_address", "4.1.4": "no_such_address",
                "5.1.2": "no_such_domain", "5.1.10": "no_such_domain", "5.1.6": "moved",
                "5.2.1": "disabled", "4.2.2": "mailbox_full", "5.2.3": "too_large",
                "5.3.4": "too_large", "4.4.5": "rate", "4.4.7": "expired", "5.0.0": "unknown",
                "5.7.1": "unknown", "5.1.11": "unknown", "5.15.1": "unknown", "": "unknown",
                None: "unknown"}
    with tempfile.TemporaryDirectory() as folder:
        store = Store(name, folder)
        said = store.rows("SELECT id, reason FROM bounce WHERE source <> 'report'")
        mail, = store.rows("SELECT max(id) FROM inbound")[0]
        for count, status in enumerate(statuses):
            told = "NULL" if status is None else f"'{status}'"
            store.do("INSERT INTO bounce (id, at, source, inbound_id, status, verdict, effect)"
                     f" VALUES ({900 + count}, 1, 'mail', {mail}, {told}, 'permanent',"
                     " 'foreign')")
        done = store.mercat("store", "init")
        got = dict(store.rows("SELECT id, reason FROM bounce WHERE source <> 'report'"))
        want = dict(said) | {900 + i: reason for i, reason in enumerate(statuses.values())}
        tell(done.returncode == 0 and len(said) > 1 and got == want,
             "what came back keeps its reason, or has one now", f"{done.stderr}{got} {want}")
        tell(not store.rows("SELECT 1 FROM bounce WHERE (source = 'report') <>"
                            " (reason IS NULL)"), "and a report has none")


def packed(*values):
    """As the undo of before kept what takes an act back."""
    return b"".join(struct.pack("<q", value) if isinstance(value, int) else
                    struct.pack("<q", len(value)) + value for value in values)


def keeps_what_may_be_taken_back(name):
    """Acts of before, alone and together, in the one log of now."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store(name, folder)
        had, = store.rows("SELECT count(*) FROM undo WHERE kind NOT IN ('frame', 'bulk')")[0]
        had += sum(struct.unpack("<q", bulk[:8])[0] for bulk, in store.rows(
            "SELECT inverse FROM undo WHERE kind = 'bulk'"))
        frames = store.rows("SELECT id, what, said, at, undone_at FROM frame_change ORDER BY id")
        base, = store.rows("SELECT coalesce(max(id), 0) FROM undo")[0]
        (ada,), (place,), (now,) = (store.rows(sql)[0] for sql in (
            "SELECT id FROM staff WHERE name = 'Ada Officer'", "SELECT min(id) FROM consultation",
            "SELECT CAST(strftime('%s') AS INTEGER)"))
        top = max([0, *(row[0] for row in frames)])
        db = sqlite3.connect(store.path)
        for i in range(1, 301):
            db.execute("INSERT INTO frame_change (id, consultation_id, what, said, staff_id, at)"
                       " VALUES (?, ?, 'add', ?, ?, ?)", (top + i, place, f"frame {i}", ada, now))
        acts = [  # seconds back, kind, what, inverse, taken back
            (50, "frame", "alone", packed(top + 1), None),
            (40, "frame", "passed over", packed(top + 2), now),
            (30, "note", "a note", packed(1, 77), None),
            (25, "screen", "nothing could", packed(1), now),
            (24, "screen", "it was", packed(1), now),
            (20, "bulk", "three", packed(3, b"tag", packed(1, 2), b"frame", packed(top + 300),
                                         b"tag", packed(1, 5) + bytes(range(256))), None),
            (15, "bulk", "one", packed(1, b"untag", b""), None),
            (10, "final", "a letter", b"", None)]
        for number, (back, kind, what, inverse, undone) in enumerate(acts, base + 1):
            db.execute("INSERT INTO undo (id, staff_id, at, kind, what, inverse, undone_at)"
                       " VALUES (?, ?, ?, ?, ?, ?, ?)",
                       (number, ada, now - back, kind, what, inverse, undone))
        db.execute("INSERT INTO audit (at, who, act, subject, subject_id, detail, hash)"
                   " VALUES (?, 'Ada Officer', 'passed over', 'undo', ?, '', 'x')",
                   (now, base + 4))
        db.commit()
        db.close()
        done = store.mercat("store", "init")
        tell(done.returncode == 0, "acts to be taken back are brought up", done.stderr)
        got = store.rows("SELECT c.said, c.kind, c.inverse, w.said, c.passed_at, c.undone_at,"
                         " c.undone_by, c.id <= ? FROM change c LEFT JOIN change w"
                         " ON w.id = c.part_of WHERE c.at >= ? AND c.kind <> 'frame'"
                         " ORDER BY c.id", (top + 300, now - 60))
        want = [("a note", "note", packed(1, 77), None, None, None, None, 0),
                ("nothing could", "screen", packed(1), None, now, None, None, 0),
                ("it was", "screen", packed(1), None, None, now, ada, 0),
                ("three", "bulk", None, None, None, None, None, 0),
                ("three", "tag", packed(1, 2), "three", None, None, None, 0),
                ("three", "tag", packed(1, 5) + bytes(range(256)), "three", None, None, None, 0),
                ("one", "bulk", None, None, None, None, None, 0),
                ("one", "untag", b"", "one", None, None, None, 0),
                ("a letter", "final", b"", None, None, None, None, 0)]
        tell(got == want, "each act is there once, with its parts", f"{got}\n{want}")
        got = store.rows("SELECT c.id - ?, c.passed_at, w.said FROM change c LEFT JOIN change w"
                         " ON w.id = c.part_of WHERE c.kind = 'frame' AND c.id > ? AND"
                         " (c.passed_at IS NOT NULL OR w.id IS NOT NULL) ORDER BY 1", (top, top))
        tell(got == [(2, now, None), (300, None, "three")],
             "and so are those on codes", got)
        got = store.rows("SELECT id, what, said, at, undone_at FROM change WHERE kind = 'frame'"
                         " AND id <= ? ORDER BY id", (top,))
        tell(frames and got == frames, "acts on codes keep their numbers", f"{got} {frames}")
        got = store.rows("SELECT count(*) FROM change WHERE kind NOT IN ('frame', 'bulk')")
        tell(had and got == [(had + 7,)], "nothing else came or went", f"{had} {got}")
        done = store.mercat("store", "check")
        tell(done.returncode == 0, "the store with them is whole", done.stderr)


def goes_on_taking_back(name):
    """What was done before is taken back after, the last first, as the old version would."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store(name, folder)
        last, = store.rows("SELECT max(at) FROM undo")[0]
        for table in ("undo", "frame_change"):
            store.do(f"UPDATE {table} SET at = at + strftime('%s') - {last}")
        acts = store.rows("SELECT u.kind, u.what FROM undo u JOIN staff s ON s.id = u.staff_id"
                          " WHERE s.name = 'Bea Second' AND u.undone_at IS NULL"
                          " ORDER BY u.id DESC")
        store.mercat("store", "init")
        wrong = []
        for kind, what in acts:
            done = store.mercat("queue", "undo", who="Bea Second")
            # What was coded with a code that was merged since stays.
            if (done.returncode == 0) == (kind == "frame") or what not in (
                    done.stdout + done.stderr):
                wrong.append(f"{kind} {what}: {done.returncode} {done.stdout}{done.stderr}")
        tell(len(acts) > 4 and not wrong, "what was done before is taken back", "\n".join(wrong))
        done = store.mercat("queue", "undo", who="Bea Second")
        tell(done.returncode == 1 and "nothing of yours" in done.stderr, "and then no more",
             done.stdout + done.stderr)
        got = store.rows("SELECT count(*) FROM coding WHERE ended_at IS NULL AND code_id ="
                         " (SELECT id FROM code WHERE name = 'urgent')")
        tell(got == [(0,)], "no tag of theirs is left", got)


def is_left_alone(name, why, hurt):
    """A store that cannot be brought up stays what it was."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store(name, folder)
        hurt(store)
        before = store.dump()
        done = store.mercat("store", "init")
        tell(done.returncode != 0 and done.stderr.count("\n") == 1, f"{why}: one sentence",
             f"{done.returncode} {done.stderr}")
        tell(store.dump() == before, f"{why}: left as it was")


def unreadable_bounce(store):
    store.do("PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON;"
             " UPDATE bounce SET effect = 'nonsense' WHERE id = 1")


def main():
    names = sorted(name.removesuffix(".tar.xz") for name in os.listdir(
        f"{SOURCE}/tests/stores") if name.endswith(".tar.xz"))
    os.environ["MERCAT_TEMPLATES"] = f"{SOURCE}/templates"
    os.environ["MERCAT_LOCALES"] = f"{BUILD}/po/locale"
    tell(bool(names), "there are stores of earlier versions")
    for name in names:
        brings_up(name)
        knows_the_reasons(name)
        keeps_what_may_be_taken_back(name)
        goes_on_taking_back(name)
    is_left_alone(names[0], "a table of ours in the way",
                  lambda store: store.do("CREATE TABLE bounce_now (id INTEGER)"))
    is_left_alone(names[0], "a row that no version wrote", unreadable_bounce)
    is_left_alone(names[0], "no room for the copy",
                  lambda store: os.mkdir(f"{store.path}.before-{NEWEST}"))
    print(f"1..{COUNT}")


main()
