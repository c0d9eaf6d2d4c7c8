"""A store with an update to many, a sink that logs, and the daemon between them."""
import collections
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time

from e2e.house import BUILD
from servers.ground import die_with_parent, end

HERE = os.path.dirname(os.path.abspath(__file__))
CONNECTIONS = 5
CONF = """
bulletin: {{ grace = "{grace}"; test_recipients = "ada@example.test"; }};
organisation = "Child Protection Policy Team";
state_dir = "{state}";
base_url = "https://updates.example.test";
log_level = "warning";
{more}
relays = ( {relays} );
"""
RELAY = """{{ name = "{name}"; kind = "smtp"; host = "127.0.0.1"; port = {port};
	tls = "none"; connections = {connections}; {more} }}"""
PEOPLE = """
WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)
INSERT INTO person (id, address, address_key, created_at)
SELECT i, 'u' || i || '@' || ?2, 'u' || i || '@' || ?2, 1 FROM n"""
SUBSCRIPTIONS = """
INSERT INTO subscription (id, list_id, person_id, state, all_topics, active_since, changed_at)
SELECT id, 1, id, 'active', 1, 1, 1 FROM person WHERE id > 1"""


def wait_for(what, look, seconds=60):
    seconds = max(seconds, 600)      # far more than it takes anywhere
    deadline = time.monotonic() + seconds
    while not (got := look()):
        assert time.monotonic() < deadline, f"waited {seconds} s for {what}"
        time.sleep(0.02)
    return got


class Sender:
    """One store, one update, one daemon."""

    def __init__(self, folder, state=None):
        self.folder, self.state = folder, state or f"{folder}/state"
        self.config = f"{folder}/mercat.conf"
        self.log = f"{folder}/accepted"
        self.daemon, self.sinks, self.env = None, [], dict(os.environ)
        self.read, self.taken = 0, []       # of the log: how far, and what stood there
        os.makedirs(self.state, mode=0o700, exist_ok=True)

    def sink(self, *options):
        """Starts a sink; returns its port."""
        process = subprocess.Popen(
            [sys.executable, f"{HERE}/sink.py", self.log, *map(str, options)],
            stdout=subprocess.PIPE, preexec_fn=die_with_parent)
        self.sinks.append(process)
        return int(process.stdout.readline())

    def configure(self, *relays, more="", grace="0 s"):
        """A relay is (name, port) or (name, port, further settings)."""
        text = ", ".join(RELAY.format(name=r[0], port=r[1], connections=CONNECTIONS,
                                      more=r[2] if len(r) > 2 else "") for r in relays)
        with open(self.config, "w", encoding="utf-8") as out:
            out.write(CONF.format(state=self.state, relays=text, more=more, grace=grace))

    def mercat(self, *args, staff="Ada", check=True):
        command = [f"{BUILD}/mercat", "--config", self.config]
        command += ["--as", staff] if staff else []
        done = subprocess.run([*command, *map(str, args)], stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, text=True, check=False, timeout=600)
        assert not check or done.returncode == 0, f"{args}: {done.stdout}{done.stderr}"
        return done

    def make(self, count, domain="example.test", **list_options):
        self.mercat("store", "init", staff=None)
        for name in ("Ada", "Bea"):
            self.mercat("staff", "add", name, staff=None)
        options = [word for name, value in list_options.items()
                   for word in (f"--{name}", value)]
        self.mercat("list", "add", "news", "--title", "News", "--address",
                    "news@updates.example.test", *options)
        self.mercat("subscriber", "add", "news", f"u1@{domain}", "--basis", "asked",
                    "--quiet")
        with sqlite3.connect(f"{self.state}/mercat.db") as store:
            store.execute(PEOPLE, (count, domain))
            store.execute(SUBSCRIPTIONS)
        text = f"{self.folder}/update.md"
        with open(text, "w", encoding="utf-8") as out:
            out.write("---\nlist: news\ntitle: News\n---\n\nHello to all.\n")
        self.mercat("bulletin", "draft", text)
        self.mercat("bulletin", "approve", "news", 1, staff="Bea")
        self.count = count

    def start(self, *args):
        with open(f"{self.folder}/log", "ab") as log:
            self.daemon = subprocess.Popen(
                [f"{BUILD}/mercatd", "--config", self.config, *args], env=self.env,
                stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                preexec_fn=die_with_parent)

    def stop(self):
        end(self.daemon, 30)
        for sink in self.sinks:
            sink.kill()
            sink.wait()
            sink.stdout.close()

    def children(self, role=None):
        """Process ids of the daemon's children, of one role or all."""
        found = []
        for name in filter(str.isdigit, os.listdir("/proc")):
            try:
                with open(f"/proc/{name}/stat", encoding="utf-8") as file:
                    parent = int(file.read().rsplit(")", 1)[1].split()[1])
                with open(f"/proc/{name}/cmdline", "rb") as file:
                    words = file.read().decode()
            except (OSError, IndexError):
                continue
            if parent == self.daemon.pid and (not role or f"--role={role}" in
                                              words.replace("--role\0", "--role=")):
                found.append(int(name))
        return found

    @staticmethod
    def kill(pids):
        for pid in pids:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass        # it ended with its master

    def query(self, sql, *values):
        store = sqlite3.connect(f"file:{self.state}/mercat.db?mode=ro", uri=True,
                                timeout=600)
        try:
            return store.execute(sql, values).fetchall()
        finally:
            store.close()

    def write(self, sql):
        with sqlite3.connect(f"{self.state}/mercat.db", timeout=600) as store:
            store.execute(sql)

    def bulletin_state(self):
        return self.query("SELECT state FROM bulletin")[0][0]

    def accepted(self):
        """[(recipient, message id), ...] in the order of acceptance"""
        if os.path.exists(self.log):
            with open(self.log, "rb") as file:
                file.seek(self.read)
                lines, end_of_line, _ = file.read().rpartition(b"\n")
            self.read += len(lines + end_of_line)
            self.taken += [tuple(line.split()[1:]) for line in lines.decode().splitlines()]
        return list(self.taken)

    def accepted_by(self, name):
        """How many mails the sink of that --name took."""
        with open(self.log, encoding="ascii") as file:
            return sum(line.startswith(name) for line in file)

    def held_back(self):
        """What "bulletin status" says holds the update back."""
        return json.loads(self.mercat("--json", "bulletin", "status", "news", 1).stdout)[
            "held_back"]

    def fill(self):
        """Begins the update and writes its ledger, with no daemon."""
        self.mercat("bulletin", "send", "news", 1)
        self.start("--role=clock", "--once")
        assert self.daemon.wait() == 0

    def wait_until_sent(self, seconds=120):
        wait_for("the update to be sent",
                 lambda: self.bulletin_state() == "sent", seconds)

    def check(self, kills, connections=CONNECTIONS):
        """Nobody lost; doubled few, with the same Message-ID, and marked; the number."""
        accepted = self.accepted()
        copies = collections.Counter(recipient for recipient, _ in accepted)
        states = dict(self.query("SELECT state, count(*) FROM delivery GROUP BY state"))
        assert states == {"sent": self.count}, states
        assert len(copies) == self.count, f"{self.count - len(copies)} were lost"
        doubled = {who for who, count in copies.items() if count > 1}
        assert len(accepted) - self.count <= kills * connections
        ids = collections.defaultdict(set)
        for who, message_id in accepted:
            ids[who].add(message_id)
        assert all(len(ids[who]) == 1 for who in doubled), "another Message-ID"
        marked = {row[0] for row in self.query(
            "SELECT p.address FROM delivery d JOIN subscription s"
            " ON s.id = d.subscription_id JOIN person p ON p.id = s.person_id"
            " WHERE d.doubt > 0")}
        assert doubled <= marked, doubled - marked
        self.mercat("store", "check")
        self.mercat("audit", "verify")
        return len(doubled)
