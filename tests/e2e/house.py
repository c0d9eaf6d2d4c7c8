"""A whole mercat for a test: real servers, settings, a store, the daemon, the command.

The one place that knows how the program is called and what its JSON looks like; the
tests speak in subscribers, updates, replies.
"""
import contextlib
import csv
import email
import email.message
import email.policy
import email.utils
import io
import json
import os
import shutil
import signal
import smtplib
import sqlite3
import subprocess
import time
from dataclasses import dataclass

from servers.dovecot import PASSWORD, Dovecot
from servers.ground import die_with_parent, end, open_folder
from servers.postfix import Postfix

BUILD = os.environ.get("MERCAT_BUILDDIR", os.path.abspath(
    os.path.join(os.path.dirname(__file__), "..", "..")))
SOURCE = os.environ.get("MERCAT_SRCDIR", os.path.abspath(
    os.path.join(os.path.dirname(__file__), "..", "..")))
# The program is run from where it was built, its templates from the sources, its
# translations from where they were made.
os.environ["MERCAT_TEMPLATES"] = os.path.join(SOURCE, "templates")
os.environ["MERCAT_LOCALES"] = os.path.join(BUILD, "po", "locale")
DOMAIN = "updates.example.test"
MAILBOX = "mercat"
PEOPLE = [f"u{number:03}@example.test" for number in range(1, 201)]
STRANGERS = [f"{name}@example.test" for name in (
    "ada", "bob", "cat", "dan", "eve", "fay", "gil", "hal", "ida", "jon", "kay", "lea",
    "max", "nan", "ola", "pia", "quy", "rod", "sue", "tom")]
# Who waits for something gives up after so long: far more than it takes anywhere, so that
# a machine that is slow or shared fails no test.
SOON = 300
ROLES = ("collect", "classify", "extract", "clock", "deliver", "web")

CONF = """
organisation = "Child Protection Policy Team";
zone = "Europe/London";
languages = "en, gd";
state_dir = "{folder}/state";
base_url = "https://{domain}";
bulletin: {{ grace = "0 s"; test_recipients = "{testers}"; }};
mailboxes = ( {{ name = "main"; kind = "imap"; host = "127.0.0.1"; port = {imap_port};
	tls = "none"; user = "{mailbox}"; password_file = "{folder}/password";
	folder = "INBOX"; poll = "1 h"; }} );
relays = ( {{ name = "main"; kind = "smtp"; host = "127.0.0.1"; port = {smtp_port};
	tls = "none"; connections = 5; }} );
"""


@dataclass
class Result:
    code: int
    out: str
    err: str

    @property
    def json(self):
        return json.loads(self.out)


def wait_for(what, look, seconds=SOON):
    """Calls look() until it gives something true; returns that. Who asks for less time
    than SOON gets it all the same. A look that takes long, such as a command, is not taken
    all the time: what it waits for needs the processor, too."""
    seconds = max(seconds, SOON)
    deadline = time.monotonic() + seconds
    while True:
        began = time.monotonic()
        got = look()
        if got:
            return got
        if time.monotonic() > deadline:
            raise AssertionError(f"waited {seconds} s for {what}; last seen: {got!r}")
        time.sleep(max(0.05, 2 * (time.monotonic() - began)))


def has_ended(pid):
    """What waits only for its parent to look has ended."""
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8") as file:
            return file.read().rsplit(")", 1)[1].split()[0] in "ZX"
    except (FileNotFoundError, ProcessLookupError):
        return True


def parse(content):
    return email.message_from_bytes(content, policy=email.policy.default)


def lines_of(mail, kind="plain"):
    """The decoded text/plain (or text/html) part of a parsed mail, as it stands."""
    part = mail.get_body((kind,))
    return part.get_content() if part else ""


def folded(text):
    """As it is read: where its lines end depends on the day's name and on chance, so
    whoever looks for words looks for them here."""
    return " ".join(text.split())


def text_of(mail, kind="plain"):
    """What it says, on one line."""
    return folded(lines_of(mail, kind))


def compose(sender, to, subject, body, headers=None, html=None, attachments=()):
    """A mail as people's programs make them. attachments: (name, type, bytes)."""
    mail = email.message.EmailMessage(policy=email.policy.SMTP)
    mail["From"], mail["To"], mail["Subject"] = sender, to, subject
    mail["Date"] = email.utils.localtime()
    mail["Message-ID"] = email.utils.make_msgid(domain="example.test")
    for name, value in (headers or {}).items():
        del mail[name]
        mail[name] = value
    mail.set_content(body)
    if html is not None:
        mail.add_alternative(html, subtype="html")
    for name, kind, content in attachments:
        major, minor = kind.split("/")
        mail.add_attachment(content, maintype=major, subtype=minor, filename=name)
    return mail.as_bytes()


def answer_to(mail, sender, body, **more):
    """What a person's program makes of 'reply' to a mail they were sent."""
    to = mail["Reply-To"] or mail["From"]
    headers = {"In-Reply-To": mail["Message-ID"], "References": mail["Message-ID"]}
    quoted = "\n".join("> " + line for line in lines_of(mail).splitlines())
    subject = mail["Subject"]
    if not subject.lower().startswith("re:"):
        subject = "Re: " + subject
    body = f"{body}\n\nOn {mail['Date']}, {mail['From']} wrote:\n{quoted}\n"
    return compose(sender, str(to), subject, body, headers, **more)


def address_in(header):
    """The bare address of the first <...> or of the whole header."""
    return email.utils.parseaddr(str(header))[1]


class House:
    def __init__(self, folder, slow=None, settings=""):
        """slow: which recipients the relay takes a second for (regular expression);
        settings: more lines of the file."""
        self.folder = folder
        self.slow = slow
        self.settings = settings
        self.config = os.path.join(folder, "mercat.conf")
        self.daemon = self.postfix = None
        self.dovecot = Dovecot(f"{folder}/dovecot", users=PEOPLE + STRANGERS,
                               catch_all={DOMAIN: MAILBOX})

    # -- setting up and ending

    @classmethod
    @contextlib.contextmanager
    def opened(cls, **how):
        """Started in a folder of its own; both are gone at the end of the block."""
        folder = open_folder()
        house = cls(folder, **how)
        try:
            yield house.start()
        finally:
            house.stop()
            shutil.rmtree(folder, ignore_errors=True)

    def start(self):
        os.makedirs(f"{self.folder}/state", exist_ok=True)
        self.dovecot.start()
        self.postfix = Postfix(f"{self.folder}/postfix", self.dovecot.lmtp_port,
                               slow=self.slow)
        self.postfix.start()
        self.write("mercat.conf", CONF.format(
            folder=self.folder, domain=DOMAIN, mailbox=MAILBOX, testers=", ".join(STRANGERS),
            imap_port=self.dovecot.imap_port, smtp_port=self.postfix.smtp_port)
            + self.settings)
        os.chmod(self.write("password", PASSWORD + "\n"), 0o600)
        self.ok("store", "init")
        self.start_daemon()
        return self

    def stop(self):
        self.stop_daemon()
        if self.postfix:
            self.postfix.stop()
        self.dovecot.stop()

    def start_daemon(self):
        log = open(f"{self.folder}/mercatd.log", "ab")
        with log:
            self.daemon = subprocess.Popen(
                [self.program("mercatd"), "--config", self.config],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                preexec_fn=die_with_parent)
        wait_for("mercatd to run its roles", lambda: self.roles() or self.has_ended())
        assert not self.has_ended(), self.log()

    def stop_daemon(self):
        end(self.daemon, SOON)
        self.daemon = None

    def has_ended(self):
        return self.daemon is None or self.daemon.poll() is not None

    def log(self):
        with open(f"{self.folder}/mercatd.log", encoding="utf-8", errors="replace") as f:
            return f.read()

    @staticmethod
    def program(name):
        path = os.path.join(BUILD, name)
        assert os.access(path, os.X_OK), f"{path} is not built; set MERCAT_BUILDDIR"
        return path

    def write(self, name, content):
        """A file in the house's folder; returns its path."""
        path = os.path.join(self.folder, name)
        mode = "wb" if isinstance(content, bytes) else "w"
        with open(path, mode, **({} if mode == "wb" else {"encoding": "utf-8"})) as out:
            out.write(content)
        return path

    # -- processes

    def roles(self):
        """{role: [pid, ...]} of the daemon that runs."""
        found = {}
        for name in os.listdir("/proc"):
            if not name.isdigit():
                continue
            try:
                with open(f"/proc/{name}/stat", encoding="utf-8") as file:
                    parent = int(file.read().rsplit(")", 1)[1].split()[1])
                with open(f"/proc/{name}/cmdline", "rb") as file:
                    words = file.read().decode().split("\0")
            except (OSError, IndexError):
                continue
            if self.daemon is None or parent != self.daemon.pid:
                continue
            for number, word in enumerate(words):
                if word.startswith("--role"):
                    role = word.partition("=")[2] or words[number + 1]
                    found.setdefault(role.partition(":")[0], []).append(int(name))
        return found

    def kill_role(self, role):
        """kill -9 of every process of one role; returns how many there were."""
        pids = self.roles().get(role, [])
        for pid in pids:
            os.kill(pid, signal.SIGKILL)
        return len(pids)

    # -- the command

    def mercat(self, *args, staff="Ada Officer", stdin=None, form=None, config=None):
        """Runs the command; form is json, csv or None; with other settings, if they are given."""
        command = [self.program("mercat"), "--config", config or self.config]
        if form:
            command.append(f"--{form}")
        if staff:
            command += ["--as", staff]
        done = subprocess.run([*command, *map(str, args)], input=stdin, timeout=SOON,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              text=not isinstance(stdin, bytes))
        out, err = done.stdout, done.stderr
        if isinstance(out, bytes):
            out, err = out.decode(), err.decode()
        return Result(done.returncode, out, err)

    def ok(self, *args, **how):
        done = self.mercat(*args, **how)
        assert done.code == 0, f"mercat {args}: {done.code}: {done.err}{done.out}"
        return done

    def json(self, *args, **how):
        done = self.ok(*args, form="json", **how)
        try:
            return json.loads(done.out)
        except ValueError:
            raise AssertionError(f"mercat {args} gave no JSON: {done.out[:500]}") from None

    def csv(self, *args, **how):
        """Rows of a CSV answer, past the mark that spreadsheets want in front."""
        text = self.ok(*args, form="csv", **how).out.removeprefix("\ufeff")
        return list(csv.DictReader(io.StringIO(text, newline="")))

    # -- what is in the store, by the command

    def subscribers(self, name):
        """{address: row}"""
        rows = self.json("subscriber", "list", name, "--limit", 100000)
        return {row["address"]: row for row in rows}

    def state_of(self, name, address):
        row = self.subscribers(name).get(address)
        return row["state"] if row else None

    def ledger(self, name, number):
        """{address: row}; a row has state, attempts, doubt, reply"""
        rows = self.json("bulletin", "ledger", name, number)
        assert len({row["address"] for row in rows}) == len(rows), "a ledger row twice"
        return {row["address"]: row for row in rows}

    def status(self, name, number):
        return self.json("bulletin", "status", name, number)

    def responses(self, consultation, *filters):
        return self.json("response", "list", "--consultation", consultation, *filters)

    def references(self, consultation, *filters):
        return [row["reference"] for row in self.responses(consultation, *filters)]

    def text_of_response(self, reference):
        return self.json("response", "show", reference)["mail"]["text"]

    def inbound(self, *filters):
        return self.json("inbound", "list", *filters)

    def audit_length(self):
        return len(self.json("audit", "list", "--limit", 1000000))

    def query(self, sql, *values):
        """Rows of the store, read past the program: quick, and for what no command
        shows. The tests depend on the schema only through this."""
        store = sqlite3.connect(f"file:{self.folder}/state/mercat.db?mode=ro", uri=True)
        try:
            return store.execute(sql, values).fetchall()
        finally:
            store.close()

    def fingerprint(self):
        """Of everything people put into the store, to show that nothing changed."""
        tables = [name for name, in self.query(
            "SELECT name FROM sqlite_schema WHERE type = 'table'"
            " AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '%_fts%'"
            " AND name <> 'mailbox' ORDER BY name")]
        return hash(tuple((name, tuple(self.query(f"SELECT * FROM {name}")))
                          for name in tables))

    # -- common acts

    def add_list(self, name, title="Child Protection Update", **options):
        args = ["list", "add", name, "--title", title, "--address", f"{name}@{DOMAIN}"]
        for option, value in options.items():
            option = "--" + option.replace("_", "-")
            args += [option] if value is True else [option, value]
        self.ok(*args)
        return f"{name}@{DOMAIN}"

    def subscribe(self, name, address, topics=None):
        """On the list, with no welcome in their mailbox."""
        self.ok("subscriber", "add", name, address, "--basis", "asked by telephone",
                "--quiet", *(["--topics", topics] if topics else []))

    def draft(self, text):
        """Drafts an update; returns its number in its list's series."""
        return self.json("bulletin", "draft", self.write("draft.md", text))["number"]

    def send(self, name, number):
        """Approved by another person than the one who drafted it, then sent."""
        self.ok("bulletin", "approve", name, number, staff="Bea Second")
        self.ok("bulletin", "send", name, number)

    def wait_until_sent(self, name, number, seconds=60):
        wait_for(f"{name} No {number} to be sent", lambda: self.query(
            "SELECT 1 FROM bulletin b JOIN list l ON l.id = b.list_id"
            " WHERE l.name = ? AND b.number = ? AND b.state = 'sent'", name, number), seconds)
        assert self.status(name, number)["state"] == "sent"

    # -- mail

    def mail(self, sender, to, subject="", body="", headers=None, **more):
        """A person sends a mail; the envelope is theirs."""
        self.post(sender, to, compose(sender, to, subject, body, headers, **more))

    def post(self, sender, to, content):
        with smtplib.SMTP("127.0.0.1", self.postfix.smtp_port) as relay:
            relay.sendmail(address_in(sender) if sender else "", [address_in(to)],
                           content, mail_options=["BODY=8BITMIME"])

    def inbox(self, user):
        """Every mail of a user, parsed, oldest first."""
        return [parse(content) for content in self.dovecot.mails(user)]

    def wait_for_mail(self, user, match=lambda mail: True, count=1, seconds=SOON):
        """Waits until the user has count mails that match; returns them."""
        def look():
            found = [mail for mail in self.inbox(user) if match(mail)]
            return found if len(found) >= count else None
        return wait_for(f"{count} mail(s) for {user}", look, seconds)

    def wait_for_letters(self, seconds=60):
        """Waits until every confirmation, welcome and acknowledgement is out."""
        wait_for("the letters to be sent", lambda: not self.query(
            "SELECT 1 FROM notification WHERE state IN ('queued', 'sending', 'deferred')"),
            seconds)

    def settle(self, seconds=60):
        """Waits until everything in the mailbox has been taken in and understood."""
        wait_for("Postfix to hand everything over", self.postfix.is_idle, seconds)
        count = len(self.dovecot.mails(MAILBOX))

        wait_for(f"{count} mails to be taken in", lambda: self.query(
            "SELECT 1 WHERE (SELECT count(*) FROM inbound WHERE state = 'done')"
            " >= max(?, (SELECT count(*) FROM inbound))", count), seconds)
        rows = self.inbound("--limit", 100000)
        assert len(rows) >= count and all(row["state"] == "done" for row in rows)

    def never(self, what, look):
        """The opposite of wait_for. What has not come when nothing is under way any more,
        neither in nor out, does not come."""
        self.settle()
        wait_for("all that goes out to be out", lambda: not self.query(
            "SELECT 1 FROM notification WHERE state IN ('queued', 'sending', 'deferred') UNION"
            " SELECT 1 FROM delivery WHERE state IN ('queued', 'sending', 'deferred')"))
        self.settle()
        got = look()
        assert not got, f"{what}: {got!r}"
