"""Sets the demo's folder up and runs mercatd in it: stage.py start FOLDER PREFIX,
stage.py stop FOLDER. tools/demo calls it. PREFIX is where mercat was installed, or the
folder in which it was built.

FOLDER/.mercat-demo says how far it got: "filling" until everything is in, then "ready".
A folder that was left half filled is begun anew; any other that has no such mark is
not ours, and is left alone.
"""
import datetime
import email
import email.policy
import email.utils
import json
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time

import on_paper
from documents import make_photo
from replies import beside, replies

HERE = os.path.dirname(os.path.abspath(__file__))
LIST = "cpip"
LOST = "gone.away@post.example"
WORDS = ("amber barley beacon bramble cairn clover ember fathom ferry gorse harbour heather"
         " juniper lantern linnet marram meadow otter pebble plover quarry rowan saddle sorrel"
         " thistle tidal vetch willow wren yarrow").split()
FRAME = (
    ("premises", None, "What the place itself is like."),
    ("halls", "premises", "Village halls and church rooms."),
    ("libraries", "premises", "Libraries, and what they are for to young people."),
    ("checks", None, "What is asked of those who run a place."),
    ("paperwork", "checks", "Forms, and the time that they take."),
    ("listening", None, "How a young person can raise a worry, and who listens."),
)
ANSWER = """Dear {{name}},

thank you for your reply to {{consultation}}. We read each of them. When we have
decided, we say on our pages what we heard and what we do.

{{staff}}
"""
PAPERS = "papers"
SEEDS = (("jonas.keel@post.example", "Jonas Keel"),
         ("m.strand@eastport-council.example", "Marit Strand"))
TOPICS = "neglect,internet-safety,trafficking,hearings,data"
# The mails came in over these days; what answers the update came after it.
SPREAD_DAYS = 19
TOLD_BACK = """Thank you for taking part in our consultation on travel costs.

## We asked

What a hearing costs a family, and when it should be paid back.

## You said

Pay the whole fare, and pay it before the journey: money that comes weeks later helps nobody.

## We did

From April the fare is paid at the hearing, in cash. A telephone line takes claims from those who
have no printer at home.
"""
LETTER = (
    "12 Harbour Row", "", "Dear Sir or Madam,", "",
    "I have kept the key of our village hall for thirty years.",
    "The young people come on Fridays because it is warm and",
    "because nobody asks them for anything. Please do not ask",
    "for a form from each of them at the door.", "",
    "What would help is a telephone that works, and somebody to",
    "ring who answers after six.", "",
    "Yours faithfully,", "Elspeth Orr")
AT_ONCE = ("bounce", "join", "out of office", "unsubscribe")
PEOPLE = ("Ada Officer", "Bea Second")
ROLES = ("editor", "approver", "data protection", "safeguarding", "administrator")
CONF = """# The settings of the demo. No server is needed: both doors are folders.
organisation = "Child Protection Policy Team";
contact = "1 Example Street, Edinburgh";
zone = "Europe/London";
languages = "en, gd";
state_dir = "{folder}/state";
base_url = "http://127.0.0.1:{port}";
own_domain = "updates.example.test";
web: {{ listen = "127.0.0.1:{port}"; }};
mailboxes = ( {{ name = "main"; kind = "maildir"; path = "{folder}/mailbox"; }} );
safeguarding: {{ lead = "Bea Second"; }};
relays = ( {{ name = "main"; kind = "maildir"; path = "{folder}/relay"; }} );
"""
TOUR = """
It runs. Open these in a browser on this machine:

  {url}/staff     the staff's pages
                           sign in as Ada Officer or Bea Second, password {password}
  {url}/         the public's pages

Everything lies in {folder}
  mercat.conf   the settings            mailbox/   a mail put in new/ here comes in
  state/        the store               relay/     a Maildir for each who was written to
  preview/      the bulletin as files   mercatd.log

Or from here (the first line spares you the long path):

  m() {{ {program} --config {folder}/mercat.conf --as "Ada Officer" "$@"; }}

  m bulletin status {list} {number}                     # how the bulletin went out
  m bulletin ledger {list} {number}                     # who got it, and who did not
  m subscriber show {lost}         # one person, with the evidence
  m inbound list                              # every mail, and what it was taken for
  m response list --consultation safe-places
  m response search volunteers
  m response list --consultation travel-costs # a late one
  m response show REF                         # a reference from the list above
  m response tag REF transport
  m analysis safe-places --by type
  m --json audit verify

tools/demo --stop{shown} ends it.
"""


class Stage:
    def __init__(self, folder):
        self.folder = folder
        self.config = os.path.join(folder, "mercat.conf")
        self.mark = os.path.join(folder, ".mercat-demo")
        self.pid_file = os.path.join(folder, "mercatd.pid")
        self.program = self.daemon_program = ""

    def state(self):
        """absent, filling, ready or foreign"""
        if os.path.isfile(self.mark):
            with open(self.mark, encoding="utf-8") as file:
                return file.read().strip()
        if os.path.isdir(self.folder) and os.listdir(self.folder):
            return "foreign"
        return "absent"

    def set_state(self, word):
        with open(self.mark, "w", encoding="utf-8") as out:
            out.write(word + "\n")

    # -- the daemon

    def daemon_pid(self):
        """The pid of our mercatd, or 0; a number that was reused is not ours."""
        try:
            with open(self.pid_file, encoding="utf-8") as file:
                pid = int(file.read())
            with open(f"/proc/{pid}/cmdline", "rb") as file:
                words = file.read().decode().split("\0")
        except (OSError, ValueError):
            return 0
        return pid if self.config in words else 0

    def start_daemon(self):
        if self.daemon_pid():
            return
        with open(f"{self.folder}/mercatd.log", "ab") as log:
            daemon = subprocess.Popen(
                [self.daemon_program, "--config", self.config],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=self.folder,
                start_new_session=True)
        with open(self.pid_file, "w", encoding="utf-8") as out:
            out.write(f"{daemon.pid}\n")
        time.sleep(1)
        if daemon.poll() is not None:
            fail(f"mercatd ended at once; {self.folder}/mercatd.log says why")

    def stop_daemon(self):
        pid = self.daemon_pid()
        if not pid:
            return False
        os.kill(pid, signal.SIGTERM)
        for _ in range(200):
            if not self.daemon_pid():
                break
            time.sleep(0.1)
        else:
            fail(f"mercatd (process {pid}) did not end within 20 seconds")
        os.unlink(self.pid_file)
        return True

    # -- the command

    def mercat(self, *args, staff="Ada Officer", stdin=""):
        command = [self.program, "--config", self.config]
        if staff:
            command += ["--as", staff]
        done = subprocess.run([*command, *args], text=True, input=stdin,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        if done.returncode:
            said = (done.stderr or done.stdout).strip().rstrip(".")
            fail(f"'mercat {' '.join(args)}' failed: {said}")
        return done.stdout

    def send_at_once(self, number):
        """Without the minute in which it can still be stopped: nobody waits for a demo."""
        with open(self.config, encoding="utf-8") as file:
            text = file.read()
        usual, self.config = self.config, self.write(
            "at-once.conf", text + 'bulletin: { grace = "0 s"; };\n')
        try:
            self.mercat("bulletin", "send", LIST, number)
        finally:
            os.unlink(self.config)
            self.config = usual

    def json(self, *args):
        return json.loads(self.mercat("--json", *args))

    # -- filling

    def fill(self):
        for part in ("mailbox/cur", "mailbox/new", "mailbox/tmp", "relay", "state"):
            os.makedirs(os.path.join(self.folder, part), exist_ok=True)
        self.write("mercat.conf", CONF.format(folder=self.folder, port=free_port()))
        self.mercat("store", "init", staff=None)
        self.hire()
        say("a list with topics, and its subscribers from a CSV file")
        self.mercat("list", "add", LIST, "--title", "Child Protection Update",
                    "--address", "cpip@updates.example.test", "--from-name",
                    "Child Protection Policy Team", "--topics", TOPICS)
        self.mercat("subscriber", "import", LIST, os.path.join(HERE, "subscribers.csv"))
        self.furnish_papers()
        say("a bulletin: drafted, previewed, approved by a second person, sent")
        self.mercat("bulletin", "draft", os.path.join(HERE, "update.md"))
        number = self.first = self.number()
        self.mercat("bulletin", "preview", LIST, number, "--to", f"{self.folder}/preview")
        self.mercat("bulletin", "approve", LIST, number, staff="Bea Second")
        self.send_at_once(number)
        say("an open consultation, and one that closed last week")
        self.consultation("consultation.md", "safe-places", -20, 30)
        self.consultation("closed-consultation.md", "travel-costs", -60, -7)
        self.mercat("consultation", "close", "travel-costs")
        self.start_daemon()
        wait_for("the bulletin to be sent", lambda: self.json(
            "bulletin", "status", LIST, number)["state"] == "sent")
        count = self.drop_replies()
        say(f"{count} mails from the public are in the mailbox")
        wait_for("the mails to be read", lambda: self.all_read(count))
        say("officials have begun their work, and the next bulletins are on the way")
        self.work_on_replies()
        self.report_on("travel-costs")
        self.prepare_updates()

    def furnish_papers(self):
        """A group that gets papers: nobody joins it but by the staff."""
        self.mercat("list", "add", PAPERS, "--title", "Papers of the Advisory Group",
                    "--address", "papers@updates.example.test", "--from-name",
                    "Child Protection Policy Team", "--closed")
        self.mercat("list", "describe", LIST, "What we do so that children are safe, in"
                    " sections that you can choose. Six to eight times a year.")
        self.mercat("list", "describe", PAPERS, "What the group is to read before it meets.")
        for address, name in SEEDS:
            self.mercat("subscriber", "add", PAPERS, address, "--name", name, "--quiet",
                        "--basis", "A member of the group, asked by its chair.")
        self.mercat("suppression", "add", "never.again@post.example", "--reason",
                    "asked by telephone never to be written to again")

    def hire(self):
        """Two people who may do everything, with one password that is only this demo's."""
        password = "-".join(secrets.choice(WORDS) for _ in range(4))
        with open(os.path.join(self.folder, "password"), "w", encoding="utf-8",
                  opener=lambda path, flags: os.open(path, flags, 0o600)) as out:
            out.write(password + "\n")
        for name in PEOPLE:
            address = name.lower().replace(" ", ".") + "@example.test"
            self.mercat("staff", "add", name, "--email", address, staff=None)
            self.mercat("staff", "password", name, stdin=password + "\n")
            for role in ROLES:
                self.mercat("staff", "grant", name, role)
        # One hears once a day what needs her, the other at once as well.
        self.mercat("staff", "tell", PEOPLE[1], "at once")

    def work_on_replies(self):
        """What a first morning leaves behind: a frame, codes, notes, a campaign."""
        about = "safe-places"
        for name, below, says in FRAME:
            under = ["--below", below] if below else []
            self.mercat("code", "add", about, name, "--definition", says, *under)
        self.mercat("campaign", "find", about)
        self.mercat("rule", "add", "evening buses", "--consultation", about, "--when", "text",
                    "--has", "bus", "--do", "suggest", "--with", "premises")
        self.mercat("rule", "run", "evening buses")
        rows = self.json("response", "list", "--consultation", about)
        for i, row in enumerate(rows[:9]):
            self.mercat("response", "tag", row["reference"], FRAME[i % len(FRAME)][0],
                        staff=PEOPLE[i % 2])
        for row in rows[:4]:
            self.mercat("response", "include", row["reference"])
        first = rows[0]["reference"]
        text = self.json("response", "show", first)["mail"]["text"]
        for code, begins, ends, staff in (
                ("listening", "A place feels", "came.", 0),
                ("premises", "somebody learns", "does that well.", 1),
                ("checks", "Checks on the people", "the room.", 0)):
            start = text.index(begins)
            self.mercat("response", "code", first, code, "--from", str(start), "--to",
                        str(text.index(ends, start) + len(ends)), staff=PEOPLE[staff])
        self.mercat("response", "assign", rows[4]["reference"], "Bea Second")
        self.mercat("response", "note", rows[0]["reference"],
                    "Names a hall. Check with the writer before it is quoted.")
        self.add_letter()
        worrying = rows[5]["reference"]
        self.mercat("flag", "raise", worrying, "--text", "Read its end: who is at home there?")
        flag, = (row["flag"] for row in self.json("flag", "list")
                 if row["reference"] == worrying)
        self.mercat("flag", "see", str(flag), staff=PEOPLE[1])
        self.mercat("flag", "note", str(flag), "Rang the duty team; they ring back by four.",
                    staff=PEOPLE[1])
        self.mercat("queue", "text", "Thank you", "-", "--subject", "Your reply {{reference}}",
                    stdin=ANSWER)
        advert, = (row["reference"] for row in rows if "WINNER" in row["subject"])
        self.mercat("response", "exclude", advert, "--reason", "advertisement")
        self.mercat("coding", "sample", about, "--count", "4", "--coders", PEOPLE[1],
                    "--seed", "7")

    def report_on(self, about):
        """The one that is closed: letters typed in, coded, and a report that waits for approval."""
        for name, says, _ in on_paper.THEMES:
            self.mercat("code", "add", about, name, "--definition", says)
        day = datetime.date.today() - datetime.timedelta(days=21)
        for name, organisation, kind, permission, text in on_paper.LETTERS:
            self.mercat("response", "add", about, "--channel", "paper", "--received", str(day),
                        "--silent", "--name", name, "--type", kind, "--permission", permission,
                        "--text", text, "--address", name.lower().replace(" ", ".") + "@post.example",
                        *(["--organisation", organisation] if organisation else []))
        rows = self.json("response", "list", "--consultation", about)
        for row in rows:
            if row["late"]:
                self.mercat("response", "exclude", row["reference"], "--reason",
                            "too late to be read")
                continue
            self.mercat("response", "include", row["reference"])
            text = self.json("response", "show", row["reference"])["mail"]["text"]
            for code, _, passages in on_paper.THEMES:
                for words in passages:
                    if (start := text.find(words)) >= 0:
                        self.mercat("response", "code", row["reference"], code, "--from",
                                    str(start), "--to", str(start + len(words)))
        self.mercat("report", "draft", about)
        self.mercat("report", "edition", about)
        self.mercat("report", "ask", about, "1", PEOPLE[1])
        self.tell_back(about, [row["reference"] for row in rows if not row["late"]])

    def tell_back(self, about, references):
        """A report back that waits for approval; one respondent wants none, two have not said."""
        for reference in references[3:]:
            self.mercat("response", "respondent", reference, "--set-contact", "yes")
        self.mercat("response", "respondent", references[0], "--set-contact", "no")
        path = os.path.join(self.folder, "report-back.md")
        with open(path, "w", encoding="utf-8") as out:
            out.write(TOLD_BACK)
        self.mercat("report-back", "save", about, path, "--subject",
                    "Travel costs: what you said, and what we did")
        self.mercat("report-back", "ask", about, "1")

    def add_letter(self):
        """A letter on paper, typed in from photographs of its two pages."""
        pages = []
        for name, lines in (("letter-1.jpg", LETTER[:9]), ("letter-2.jpg", LETTER[9:])):
            pages.append(os.path.join(self.folder, name))
            with open(pages[-1], "wb") as out:
                out.write(make_photo(lines))
        self.mercat("response", "add", "safe-places", "--channel", "paper", "--received",
                    "yesterday", "--name", "Elspeth Orr", "--type", "individual",
                    "--permission", "without name", "--text", "\n".join(LETTER), *pages)

    def prepare_updates(self):
        """One that waits for its hour, and one that is being written."""
        with open(os.path.join(HERE, "update.md"), encoding="utf-8") as file:
            text = file.read()
        self.mercat("bulletin", "draft", self.write("next.md", text.replace(
            "winter update", "spring update").replace(
            "Safe places, and what the pilots told us", "Spring: a learning day on neglect")))
        number = self.number()
        self.mercat("bulletin", "approve", LIST, number, staff="Bea Second")
        day = datetime.date.today() + datetime.timedelta(days=9)
        self.mercat("bulletin", "schedule", LIST, number, f"{day} 09:00")
        self.mercat("bulletin", "draft", self.write("draft.md", self.mercat(
            "bulletin", "reuse", LIST)))

    def address(self):
        with open(self.config, encoding="utf-8") as file:
            return re.search(r'base_url = "([^"]+)"', file.read())[1]

    def password(self):
        with open(os.path.join(self.folder, "password"), encoding="utf-8") as file:
            return file.read().strip()

    def number(self):
        return str(self.json("bulletin", "list")[-1]["number"])

    def consultation(self, source, name, opens_days, closes_days):
        with open(os.path.join(HERE, source), encoding="utf-8") as file:
            text = file.read()
        today = datetime.date.today()
        for word, days in (("@OPENS@", opens_days), ("@CLOSES@", closes_days)):
            text = text.replace(word, str(today + datetime.timedelta(days)))
        self.mercat("consultation", "add", self.write(source, text))
        self.mercat("consultation", "open", name)

    def drop_replies(self):
        mails, count = [*replies(*self.updates_sent()), *beside()], 0
        for count, (kind, content) in enumerate(mails, 1):
            name = f"{int(time.time())}.{os.getpid()}_{count:04}.demo"
            made = os.path.join(self.folder, "mailbox", "tmp", name)
            if not kind.startswith(AT_ONCE):
                # Few write at first, more later.
                ago = SPREAD_DAYS * 86400 * (1 - count / (len(mails) + 1)) ** 1.5
                at = email.utils.formatdate(time.time() - ago, localtime=True)
                content = f"Received: by mx.updates.example.test; {at}\r\n".encode() + content
            with open(made, "wb") as out:
                out.write(content)
            os.rename(made, os.path.join(self.folder, "mailbox", "new", name))
        return count

    def updates_sent(self):
        """One mail of the update that arrived, and the one to LOST, as parsed mails."""
        arrived = lost = None
        for here, _, names in sorted(os.walk(os.path.join(self.folder, "relay"))):
            for name in names:
                with open(os.path.join(here, name), "rb") as file:
                    mail = email.message_from_binary_file(
                        file, policy=email.policy.default)
                if LOST in str(mail["To"]):
                    lost = mail
                elif arrived is None and mail["List-Id"]:
                    arrived = mail
        return arrived, lost

    def all_read(self, count):
        rows = self.json("inbound", "list", "--limit", "1000")
        return len(rows) >= count and all(row["state"] == "done" for row in rows)

    def write(self, name, text):
        path = os.path.join(self.folder, name)
        with open(path, "w", encoding="utf-8") as out:
            out.write(text)
        return path


def say(text):
    print(text, flush=True)


def fail(text):
    print(f"tools/demo: {text}.", file=sys.stderr)
    sys.exit(1)


def wait_for(what, look, seconds=120):
    deadline = time.monotonic() + seconds
    while not look():
        if time.monotonic() > deadline:
            fail(f"waited {seconds} seconds for {what}; mercatd.log may say why")
        time.sleep(0.2)


def free_port():
    """The usual one where nobody has it; from MERCAT_DEMO_PORT on, where that is set."""
    first = int(os.environ.get("MERCAT_DEMO_PORT", "8080"))
    for port in range(first, first + 100):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
                return port
            except OSError:
                continue
    fail(f"every port from {first} to {first + 99} is taken; set MERCAT_DEMO_PORT to another")


def find_program(prefix, name):
    for place in ("bin", "sbin", "."):
        path = os.path.normpath(os.path.join(prefix, place, name))
        if os.access(path, os.X_OK):
            return path
    fail(f"there is no {name} under {prefix}")


def start(folder, prefix):
    stage = Stage(folder)
    stage.program = find_program(prefix, "mercat")
    stage.daemon_program = find_program(prefix, "mercatd")
    state = stage.state()
    if state == "foreign":
        fail(f"{folder} holds something else already; name another folder")
    if state == "filling":
        say(f"{folder} was left half filled; it is begun anew")
        stage.stop_daemon()
        shutil.rmtree(folder)
    if state == "ready":
        stage.start_daemon()
    else:
        os.makedirs(folder, mode=0o755, exist_ok=True)
        stage.set_state("filling")
        stage.fill()
        stage.set_state("ready")
    default = os.path.join(os.getcwd(), "demo-run")
    say(TOUR.format(folder=folder, program=stage.program, list=LIST, lost=LOST, number=1,
                    url=stage.address(), password=stage.password(),
                    shown="" if folder == default else f" {folder}"))


def stop(folder):
    stage = Stage(folder)
    if stage.stop_daemon():
        say(f"the demo in {folder} has ended; start it again with tools/demo")
    else:
        say(f"no demo runs in {folder}")


if __name__ == "__main__":
    {"start": start, "stop": stop}[sys.argv[1]](*sys.argv[2:])
