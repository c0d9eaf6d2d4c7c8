"""The cases of `mail` that act: answers to questions of ours, ways to leave, a bad server, times
and second coders, each through the whole program. tests/e2e/test_cases_mail.py has the rest, and
sees to it that none is left out. What was keyed for another store is keyed for this one.
"""
import ast
import glob
import json
import os
import re
import shutil
import socket
import subprocess
import sys

import pytest

from e2e.house import DOMAIN, House, lines_of, wait_for
from e2e.staff import StaffSite, demo
from servers.ground import die_with_parent, end, free_ports, open_folder

SHARED = os.environ.get("MERCAT_SHARED", "")
CASES = os.path.join(SHARED, "cases", "mail")
pytestmark = pytest.mark.skipif(not SHARED or not os.path.isdir(CASES),
                                reason="no cases: MERCAT_SHARED is not set")
TOKEN = "[a-z2-7A-Z]{26,40}"


def cases(folder):
    return sorted(glob.glob(f"{CASES}/{folder}/*.eml")) if SHARED else []


def names(folder):
    return [os.path.basename(path)[:-4] for path in cases(folder)]


def read(folder, name):
    with open(glob.glob(f"{CASES}/{folder}/{name}")[0], "rb") as file:
        return file.read()


def beside(folder):
    return read(folder, "expected.txt").decode()


@pytest.fixture(name="site", scope="module")
def a_site():
    with StaffSite.opened() as site:
        site.add_list("cpip", "Child Protection Update", topics="neglect,hearings,data")
        site.consult("safe", "Places where children are safe")
        yield site


def keyed(content, **tokens):
    """A case with tokens of this store: each stands behind its own sign in the case."""
    for sign, token in tokens.items():
        def ours(found, token=token):
            return found[1] + (token.upper().encode() if found[2].isupper() else token.encode())
        content = re.sub(rb"(?i)(%s)(%s)" % (re.escape(sign).encode(), TOKEN.encode()), ours,
                         content)
    return content


def quoting(question, content):
    """What the case quotes of the question, as this store asks it."""
    lines = "".join(f"> {line}\r\n" for line in lines_of(question).splitlines()).encode()
    return re.sub(rb"(?m)(^>.*\r?\n?)+", lambda _: lines, content, count=1)


def token_of(value):
    return re.findall(TOKEN, str(value))[0]


# -- audit: requests that ended the pages once

def test_requests_that_ended_the_pages_once_end_nothing(site):
    before, sent = site.roles()["web"], 0
    for path in sorted(glob.glob(f"{SHARED}/cases/audit/http_*")):
        with open(path, "rb") as file:
            content = file.read()
        head, _, body = content.partition(b"\n\n" if b"\r\n\r\n" not in content else b"\r\n\r\n")
        for whole in (content, head.replace(b"Content-Length: ", b"X-Was: ") +
                      b"\r\nContent-Length: %d\r\n\r\n" % len(body) + body):
            with socket.create_connection(("127.0.0.1", site.port), timeout=20) as line:
                line.sendall(whole)
                line.shutdown(socket.SHUT_WR)
                answer = line.recv(100)
            assert answer.startswith(b"HTTP/1.1 4") or answer.startswith(b"HTTP/1.1 2"), answer
            sent += 1
    assert sent >= 4 and site.roles()["web"] == before and site.get("/health").status == 200


# -- 28: what confirms

def is_confirmed(name):
    return re.search(rf"\b{name.split('-')[0]} [^.]*: confirmed", beside("28-*")) or \
        name.startswith(("w6", "w8"))


@pytest.mark.parametrize("name", names("28-*"))
def test_answer_confirms_only_where_it_is_a_yes(site, name):
    who = f"{name.split('-')[0]}@join.example"
    site.put(demo.mail(who, "join", "", to=f"cpip+join@{DOMAIN}"))
    question = wait_for("the question", lambda: site.mails(who))[-1]
    before = site.state_of("cpip", who)
    site.put(quoting(question, keyed(read("28-*", name + ".eml"), **{
        "cpip+confirm-": token_of(question["Reply-To"]),
        "l.": token_of(question["Message-ID"])})))
    assert before != "active"
    assert (site.state_of("cpip", who) == "active") == bool(is_confirmed(name)), name
    if name.startswith("x"):    # a refusal is heard: it ends the request, or a person reads it
        taken, = site.query("SELECT taken_as FROM inbound ORDER BY id DESC LIMIT 1")
        assert site.state_of("cpip", who) != "pending" or taken[0] == "unsorted", taken


# -- 11: how people leave

def may_stay(name):
    """Whether a person may decide, as the list beside them says; None: it must stay."""
    said = re.search(rf"(?m)^{re.escape(name)}: (.*)$", beside("11-*"))[1]
    return None if said.startswith("not leave") else "at least" in said


@pytest.mark.parametrize("name", names("11-*"))
def test_who_asks_to_leave_is_off_or_heard(site, name):
    content = read("11-*", name + ".eml")
    who = re.search(rb"From:.*?([\w.]+@sub\.example)", content)[1].decode()
    site.subscribe("cpip", who)
    site.publish("cpip", "Winter update")
    sent = wait_for("the bulletin", lambda: site.mails(who))[-1]
    leave = re.search(rf"leave-({TOKEN})@", str(sent["List-Unsubscribe"]))
    site.put(keyed(content, **{"u.": token_of(sent["Message-ID"]),
                               "cpip+leave-": leave[1] if leave else
                               token_of(sent["List-Unsubscribe"])}))
    taken, = site.query("SELECT taken_as FROM inbound ORDER BY id DESC LIMIT 1")
    left = site.state_of("cpip", who) != "active"
    if may_stay(name) is None:
        assert not left
    else:
        assert left or may_stay(name) and taken[0] == "unsorted", taken


# -- 22: what answers an acknowledgement

@pytest.mark.parametrize("name", names("22-*"))
def test_what_answers_an_acknowledgement_is_no_other_response(site, name):
    who = "cc@post.example"
    earlier = len(site.mails(who))
    site.put(demo.mail(f"Jo <{who}>", f"Our response, {name}", f"Halls need light, says {name}.",
                       to=f"safe@{DOMAIN}"))
    sent = wait_for("the acknowledgement", lambda: site.mails(who)[earlier:])[-1]
    count = len(site.references("safe"))
    site.put(keyed(read("22-*", name + ".eml"), **{"safe+r-": token_of(sent["Reply-To"]),
                                                   "l.": token_of(sent["Message-ID"])}))
    assert len(site.references("safe")) == count
    wait_for("all that waits to be sent", lambda: not site.query(
        "SELECT 1 FROM notification WHERE state IN ('queued', 'sending', 'deferred')"))
    assert len(site.mails(who)) == earlier + 1


# -- 27: one click

def clicks():
    """(words, what has to become of it, curl's arguments, how the address is made)"""
    path = glob.glob(f"{CASES}/27-*/b15.py") if SHARED else []
    if not path:
        return
    with open(path[0], encoding="utf-8") as file:
        tree = ast.parse(file.read())
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "go":
            said, right, *how = map(ast.literal_eval, node.args)
            url = [word.value for word in node.keywords if word.arg == "url"]
            yield said, right, how, ast.unparse(url[0]) if url else "lambda t: B + t"


@pytest.mark.skipif(not shutil.which("curl"), reason="curl is not here")
def test_one_click_as_every_program_sends_it(site):
    wrong = []
    for number, (said, right, how, url) in enumerate(clicks()):
        who = f"click{number}@sub.example"
        site.subscribe("cpip", who)
    site.publish("cpip", "One click")
    for number, (said, right, how, url) in enumerate(clicks()):
        who = f"click{number}@sub.example"
        sent = wait_for("the bulletin", lambda: site.mails(who))[-1]  # pylint: disable=cell-var-from-loop
        link = re.search(rf"/leave/({TOKEN})", str(sent["List-Unsubscribe"]))
        address = eval(url, {"B": f"{site.origin}/leave/"})(link[1])  # pylint: disable=eval-used
        code = subprocess.run(["curl", "-s", "-o", os.devnull, "-w", "%{http_code}", *how,
                               address], check=True, stdout=subprocess.PIPE, text=True).stdout
        left = site.state_of("cpip", who) != "active"
        fine = left == right.startswith("left")
        if fine and left and not code.startswith("2") or not fine and "4xx" not in right:
            wrong.append((said, right, code, left))
    assert number > 10 and not wrong, wrong


# -- 26: days on which the clock changes

def test_times_that_are_none_are_refused_and_none_is_moved_in_silence(site):
    tree = ast.parse(read("26-*", "b20.py").decode())
    times = next(ast.literal_eval(node.iter) for node in ast.walk(tree)
                 if isinstance(node, ast.For) and isinstance(node.iter, ast.Tuple))
    site.add_list("later", "Later")
    site.subscribe("later", "reader@sub.example")
    number = site.draft("---\nlist: later\ntitle: Spring\n---\n\nHello to everybody.\n")
    site.ok("bulletin", "approve", "later", number, staff="Bea Second")
    taken = {}
    for time in times:
        done = site.mercat("bulletin", "schedule", "later", number, time)
        assert done.code in (0, 2), (time, done.err)
        assert done.code == 0 or done.err.strip().count("\n") == 0 and done.err
        taken[time] = done.code == 0
    for time in ("2027-02-29 09:00", "01/06/2027 09:00", "2026-11-28 09:00"):
        assert time not in taken or not taken[time], time
    assert taken["2027-06-01 09:00"] and len(times) > 20
    gap = site.mercat("bulletin", "schedule", "later", number, times[0])
    assert gap.code == 2 or "02:30" in gap.out or "clock" in gap.out, gap


# -- 25: agreement

def codes_of(script, name):
    tree = ast.parse(read("25-*", script).decode())
    return next(eval(ast.unparse(node.value))  # pylint: disable=eval-used
                for node in ast.walk(tree)
                if isinstance(node, ast.Assign) and node.targets[0].id == name)


def test_kappa_is_over_what_both_have_done(site):
    site.consult("kap", "Agreement")
    for number in range(12):
        site.put(demo.mail(f"a{number}@kap.example", "Ours",
                           f"Word{number} is what number {number} says of halls.",
                           to=f"kap@{DOMAIN}"))
    of = {int(row["from_address"][1:].split("@")[0]): row["reference"]
          for row in site.responses("kap")}
    for code in "ABD":
        site.ok("code", "add", "kap", code)
    for code, marked in codes_of("b18.py", "ada").items():
        for number in marked:
            site.ok("response", "code", of[number], code)
    site.ok("response", "code", of[0], "A", "--from", 0, "--to", 10)
    site.ok("coding", "sample", "kap", "--count", 12, "--coders", "Bea Second", "--seed", 3)
    units = {row["reference"]: row["unit"] for row in site.json(
        "coding", "units", "kap", 1, staff="Bea Second")}
    for code, marked in codes_of("b19.py", "cal").items():
        for number in marked:
            site.ok("response", "code", of[number], code, staff="Bea Second")
    for number in range(11):    # the last is coded, and not said to be done
        site.ok("coding", "done", "kap", 1, "--unit", units[of[number]], staff="Bea Second")
    said = site.mercat("coding", "done", "kap", 1, staff="Bea Second")
    assert said.code == 1 and "would be lost" in said.err, said
    for row in site.json("response", "codes", of[11], staff="Bea Second"):
        if row["staff"] == "Bea Second":
            site.ok("response", "uncode", "--", row["id"], staff="Bea Second")
    site.ok("coding", "done", "kap", 1, staff="Bea Second")
    rows = {row["code"]: row for row in site.json("coding", "agreement", "kap", 1)}
    right = re.search(r"\((0\.\d+) for code A over (\d+) units\)", beside("25-*"))
    assert abs(float(rows["A"]["kappa"]) - float(right[1])) < 0.001, rows["A"]
    assert rows["B"]["kappa"] is None, rows["B"]
    assert float(rows["D"]["kappa"]) == 0, rows["D"]


# -- 24: a server as Exchange is

class Exchange:
    """The case's server on a port of its own, and mercatd that reads from it."""

    def __init__(self):
        self.folder = open_folder()
        self.port, = free_ports(1)
        source = read("24-*", "srv.py").decode().replace("18733", str(self.port))
        self.write("srv.py", source)
        self.be()
        self.server = subprocess.Popen([sys.executable, "srv.py"], cwd=self.folder,
                                       preexec_fn=die_with_parent)
        self.daemon = None

    def write(self, name, content):
        with open(os.path.join(self.folder, name), "w", encoding="utf-8") as file:
            file.write(content)

    def be(self, **mode):
        self.write("mode.tmp", json.dumps(mode))
        os.rename(f"{self.folder}/mode.tmp", f"{self.folder}/mode.json")

    def start(self):
        conf = read("24-*", "mercat.conf").decode().replace("18733", str(self.port))
        conf = re.sub(r"(?s)\nweb: .*?\};(?= *\n)", "", conf, count=1)
        conf = re.sub(r'"(state|relay|pw)"', rf'"{self.folder}/\1"', conf)
        self.write("mercat.conf", conf)
        self.write("pw", "x\n")
        os.chmod(f"{self.folder}/pw", 0o600)
        for name in ("state", "relay"):
            os.makedirs(f"{self.folder}/{name}")
        self.run("store", "init")
        self.write("safe.md", "---\nname: safe\ntitle: Safe\naddress: safe@updates.example.test\n"
                   "opens: 2026-01-01\ncloses: 2099-01-01\nzone: Europe/London\n---\n\n1. Why?\n")
        self.run("staff", "add", "Ada Officer")
        self.run("consultation", "add", f"{self.folder}/safe.md", staff="Ada Officer")
        self.run("consultation", "open", "safe", staff="Ada Officer")
        with open(f"{self.folder}/log", "ab") as log:
            self.daemon = subprocess.Popen(
                [House.program("mercatd"), "--config", f"{self.folder}/mercat.conf"],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, preexec_fn=die_with_parent)

    def run(self, *args, staff=None):
        return subprocess.run(
            [House.program("mercat"), "--config", f"{self.folder}/mercat.conf", "--json",
             *(["--as", staff] if staff else []), *args], check=True, stdout=subprocess.PIPE,
            text=True).stdout

    def rows(self):
        return json.loads(self.run("inbound", "list"))

    def log(self, name="log"):
        with open(os.path.join(self.folder, name), encoding="utf-8") as file:
            return file.read()

    def stop(self):
        if self.daemon:
            end(self.daemon, 60)
        end(self.server, 10)
        shutil.rmtree(self.folder, ignore_errors=True)


@pytest.fixture(name="exchange")
def an_exchange():
    server = Exchange()
    yield server
    server.stop()


def done(exchange, count):
    rows = exchange.rows()
    return rows if len(rows) == count and all(row["state"] == "done" for row in rows) else None


@pytest.mark.parametrize("fault", [{}, {"size_off": 7}, {"size_off": -9}, {"idle_bye": True}])
def test_odd_server_loses_and_doubles_nothing(exchange, fault):
    exchange.be(**fault)
    exchange.start()
    rows = wait_for("three mails", lambda: done(exchange, 3))
    assert len({row["message_id"] for row in rows}) == 3


@pytest.mark.parametrize("fault", ["nodata", "nil"])
def test_mail_that_is_not_given_is_asked_for_again(exchange, fault):
    exchange.be(**{fault: [2]})
    exchange.start()
    wait_for("the others", lambda: len(exchange.rows()) >= 2 or
             exchange.log("srv.log").count("UID FETCH") > 3)
    exchange.be()
    rows = wait_for("all three", lambda: done(exchange, 3))
    assert len({row["message_id"] for row in rows}) == 3


def test_throttled_it_waits_longer_each_time(exchange):
    exchange.be(fetch_no="Request is throttled. Suggested Backoff Time: 3000 milliseconds")
    exchange.start()
    wait_for("two refusals", lambda: exchange.log("srv.log").count(" C: ") and
             len(re.findall(r"UID FETCH", exchange.log("srv.log"))) >= 2)
    pauses = [float(line.split()[0]) for line in exchange.log("srv.log").splitlines()
              if re.search(r"C: \S+ (LOGIN|AUTHENTICATE)", line)]
    assert len(pauses) < 2 or min(b - a for a, b in zip(pauses, pauses[1:])) > 2.5, pauses
    exchange.be()
    wait_for("all three", lambda: done(exchange, 3))


def test_mail_in_place_of_a_mail_is_marked(exchange):
    exchange.be(placeholder=[2])
    exchange.start()
    rows = wait_for("three mails", lambda: done(exchange, 3))
    taken = sorted(row["taken_as"] for row in rows)
    assert taken == ["response", "response", "unsorted"], rows


def test_folder_without_a_lasting_number_is_refused_with_a_reason(exchange):
    exchange.be(uidvalidity=None)
    exchange.start()
    wait_for("a reason", lambda: "UIDVALIDITY" in exchange.log().upper())
    assert not exchange.rows()
