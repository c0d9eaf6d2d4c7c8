"""A mercat that only reads: mails put into a folder, and what became of them.

Quicker to start than a house with servers, so that each input can have a store of its
own. The program is the real one: mercatd collects from a Maildir, the command shows.
"""
import atexit
import contextlib
import functools
import json
import os
import re
import shutil
import sqlite3
import subprocess
from dataclasses import dataclass, field

from e2e.house import House, wait_for
from servers.ground import die_with_parent, end, open_folder

CONF = """
organisation = "Team";
zone = "Europe/London";
state_dir = "{folder}/state";
base_url = "https://updates.example.test";
mailboxes = ( {{ name = "main"; kind = "maildir"; path = "{folder}/in"; poll = "1 s"; }} );
bulletin: {{ grace = "0 s"; }};
relays = ( {{ name = "main"; kind = "maildir"; path = "{folder}/out"; }} );
"""


# What is proposed, as the cases call it.
PROPOSED = {"advertisement": "spam", "question": "question", "subscribe": "command-join",
            "unsubscribe": "command-leave", "automatic": "autoreply", "thanks": "thanks",
            "complaint": "complaint", "information": "information"}


def plain(name):
    """A name as it is compared: "EIDE Tuva" is "Tuva Eide"."""
    return sorted(re.findall(r"\w+", name.lower())) if name else None


def words(text):
    return re.findall(r"[\w']+", (text or "").lower())


def close_to(want, have):
    """The same words in the same order."""
    return words(want) == words(have)


def reference_of(row):
    return row.get("reference") or f"{row['consultation']}-{row['number']:04}"


@dataclass
class Shown:
    """What became of one mail."""
    kind: str
    reference: str = ""
    address: str = ""
    respondent: dict = field(default_factory=dict)
    answers: dict = field(default_factory=dict)
    general: str = ""
    link: tuple = ()


def shown_of(row, reply):
    if not reply:
        return Shown(row["kind"] or row["taken_as"], address=row["from_address"] or "")
    answers, general = {}, []
    for part in reply["answers"]:
        if not part["question"]:
            general.append(part["text"])
        else:
            one = answers.setdefault(part["question"], {"text": [], "closed": None})
            one["text"].append(part["text"])
    for choice in reply.get("choices", []):
        one = answers.setdefault(choice["question"], {"text": [], "closed": None})
        if choice["state"] == "chosen":
            said = choice["option"].lower().replace("'", "").replace(" ", "_")
            one["closed"] = f"{one['closed']},{said}" if one["closed"] else said
    for one in answers.values():
        one["text"] = "\n".join(one["text"])
    link = next(((link["as_what"], reference_of(link))
                 for link in reply["links"] if link["which"] == "of"), ())
    head = reply["response"]
    proposed = [one["kind"] for one in reply["proposals"] if one["whole"] and one["waits"]]
    return Shown(PROPOSED[proposed[0]] if proposed else "response", head["reference"],
                 reply["respondent"].get("address") or reply["mail"]["from_address"],
                 reply["respondent"], answers, "\n".join(general), link)


@functools.cache
def furnished(consultations):
    """A folder to be copied: the same commands make each room."""
    folder = open_folder()
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    Mailroom(folder, consultations).furnish()
    return folder


class Mailroom:
    def __init__(self, folder, consultations):
        self.folder = folder
        self.consultations = consultations
        self.config = os.path.join(folder, "mercat.conf")
        self.daemon = None
        self.count = 0

    @classmethod
    @contextlib.contextmanager
    def opened(cls, consultations):
        """consultations: paths of their files."""
        folder = open_folder()
        room = cls(folder, consultations)
        try:
            yield room.start()
        finally:
            end(room.daemon, 20)
            shutil.rmtree(folder, ignore_errors=True)

    def furnish(self):
        """Everything but the settings, which name the folder, and the daemon."""
        for name in ("state", "in/new", "in/cur", "in/tmp", "out"):
            os.makedirs(os.path.join(self.folder, name))
        self.set_up()
        self.run("store", "init")
        self.run("staff", "add", "Ada Officer", "--email", "ada@example.test", staff=None)
        for path in self.consultations:
            name = os.path.basename(path)[:-3]
            self.run("consultation", "add", path)
            self.run("consultation", "open", name)

    def set_up(self):
        with open(self.config, "w", encoding="utf-8") as file:
            file.write(CONF.format(folder=self.folder))

    def start(self):
        shutil.copytree(furnished(tuple(self.consultations)), self.folder, dirs_exist_ok=True)
        self.set_up()
        log = open(os.path.join(self.folder, "mercatd.log"), "ab")
        with log:
            self.daemon = subprocess.Popen(
                [House.program("mercatd"), "--config", self.config],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                preexec_fn=die_with_parent)
        return self

    def run(self, *args, form=None, staff="Ada Officer"):
        command = [House.program("mercat"), "--config", self.config]
        if staff:
            command += ["--as", staff]
        if form:
            command.append(f"--{form}")
        done = subprocess.run([*command, *map(str, args)], stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, text=True, timeout=120)
        assert done.returncode == 0, f"{args}: {done.stderr}"
        return done.stdout

    def json(self, *args):
        return json.loads(self.run(*args, form="json"))

    def put(self, content):
        """One mail more; it is there when its row is done and its files are read."""
        self.count += 1
        name = f"{self.count:09}.mail"
        path = os.path.join(self.folder, "in", "tmp", name)
        with open(path, "wb") as file:
            file.write(content)
        os.rename(path, os.path.join(self.folder, "in", "new", name))

    def query(self, sql):
        """Who waits asks often: past the program, which takes longer to start."""
        store = sqlite3.connect(f"file:{self.folder}/state/mercat.db?mode=ro", uri=True)
        try:
            return store.execute(sql).fetchall()
        finally:
            store.close()

    def all_read(self):
        return self.query("SELECT count(*) FROM inbound WHERE state = 'done'") == [
            (self.count,)]

    def rows(self):
        rows = self.json("inbound", "list", "--limit", 10000)
        assert len(rows) == self.count and all(row["state"] == "done" for row in rows)
        return sorted(rows, key=lambda row: row["id"])

    def take(self, mails):
        """{name: bytes} in their order; {name: what was read}."""
        before = self.count
        for content in mails.values():
            self.put(content)
            wait_for("the mail to be read", self.all_read, 60)
        wait_for("its files to be read", lambda: not self.query(
            "SELECT 1 FROM attachment WHERE text_state = 'waiting'"), 60)
        return {name: shown_of(row, self.reply_of(row))
                for name, row in zip(mails, self.rows()[before:])}

    def take_all(self, mails):
        """The same at once, in whatever order they are read."""
        for content in mails.values():
            self.put(content)
        wait_for("the mails to be read", self.all_read, 120)
        rows = self.rows()[-len(mails):]
        return {name: shown_of(row, self.reply_of(row)) for name, row in zip(mails, rows)}

    def reply_of(self, row):
        if row["taken_as"] != "response":
            return None
        return self.json("response", "show", row["why"].split(",")[0].split(";")[0])

    def wrong_in_campaign(self, expected, shown):
        self.run("campaign", "find", "shared-plots")
        wrong, members = [], {}
        found = self.json("campaign", "list", "shared-plots")
        if len(found) != 1:
            return [f"{len(found)} campaigns"]
        one = self.json("campaign", "show", "shared-plots", found[0]["number"])
        for member in one["responses"]:
            members[reference_of(member)] = member["closeness"]
        if len(members) != expected["one_group_of"]:
            wrong.append(f"{len(members)} members")
        for name, closeness in expected["class"].items():
            have = members.get(shown[name].reference)
            if have != closeness:
                wrong.append(f"{name} is {have}, not {closeness}")
        for name, added in expected["added"].items():
            have = self.json("campaign", "diff", shown[name].reference)["added"]
            if words(have) != words(added):
                wrong.append(f"{name} added {have!r}, not {added!r}")
        for held in expected["standard_text_must_not_hold"]:
            if held in one["campaign"]["standard"]:
                wrong.append(f"the standard text has {held!r}")
        return wrong
