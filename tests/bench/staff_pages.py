#!/usr/bin/python3
"""How long each of the staff's pages takes with 100,000 replies and as many subscribers.

usage: staff_pages.py [--replies N] [--times N] [--only PART] [--where FOLDER] [--keep FOLDER]

The store is that of staff.py and staff_rich.py; mercatd serves it. Every GET address of
src/staff/routes/staff_routes.c is asked for over one connection that stays open, and so are the forms that
only look: a route without a page here is an error. Printed, the slowest first, are the
processor's time that one took of the server, the median and the slowest as the visitor sees
them (busy neighbours count there), and the page's size. --keep makes the store in a folder
once and copies it from there later.
Then the figures are asked for right after acts that change them, by another process, while
all roles run. It fails when a page takes the server more than 100 ms of the processor's time.
"""
import argparse
import http.client
import os
import re
import shutil
import socket
import sqlite3
import statistics
import subprocess
import tempfile
import time
import urllib.parse

import staff
import staff_rich

QUEUE = "/staff/consultations/words"
UPDATE = "/staff/lists/bench/bulletins/1"
DRAFT = "/staff/lists/bench/bulletins/2"
PASSWORD = "marigold-larkspur-comfrey"
MOST_MS = 100
# {last}: the newest unsorted mail; {half}: a reply with its mail; {code}: one with others below.
PAGES = [
    ("sign-in", "/staff/sign-in?to=/staff"),
    ("start", "/staff"),
    ("account", "/staff/account"),
    ("updates", "/staff/bulletins"),
    ("calendar", "/staff/calendar"),
    ("updates of a list", "/staff/lists/bench/bulletins"),
    ("an update", UPDATE),
    ("a draft", DRAFT),
    ("its mail", f"{UPDATE}/mail"),
    ("its progress", f"{UPDATE}/progress"),
    ("its report", f"{UPDATE}/report"),
    ("a draft in the editor", f"{DRAFT}/edit"),
    ("two versions of a draft", f"{DRAFT}/compare"),
    ("scheduling", f"{DRAFT}/schedule"),
    ("unscheduling", f"{DRAFT}/unschedule"),
    ("sending", f"{DRAFT}/send"),
    ("resuming", f"{UPDATE}/resume"),
    ("cancelling", f"{UPDATE}/cancel"),
    ("settling what is in doubt", f"{UPDATE}/settle?do=leave"),
    ("its ledger", f"{UPDATE}/ledger"),
    ("what was refused", f"{UPDATE}/ledger?state=refused"),
    ("what is queued", f"{UPDATE}/ledger?state=queued"),
    ("people", "/staff/subscribers"),
    ("people by a name", "/staff/subscribers?q=person+99"),
    ("people by a word of all", "/staff/subscribers?q=anna"),
    ("people by two letters", "/staff/subscribers?q=pe"),
    ("people, found nobody", "/staff/subscribers?q=nobody+at+all"),
    ("a person", "/staff/subscribers/970"),
    ("people of a list", "/staff/lists/bench/subscribers"),
    ("those who left", "/staff/lists/bench/subscribers?state=unsubscribed"),
    ("those who were stopped", "/staff/lists/bench/subscribers?state=bouncing"),
    ("one of them by name", "/staff/lists/bench/subscribers?q=person99&state=active"),
    ("import", "/staff/lists/bench/import"),
    ("bounces", "/staff/lists/bench/bounces"),
    ("suppression", "/staff/suppression"),
    ("a new list", "/staff/lists/new"),
    ("settings of a list", "/staff/lists/bench/settings"),
    ("a topic", "/staff/lists/bench/topics/neglect"),
    ("an import that was done", "/staff/lists/bench/imports/1"),
    ("health", "/staff/health"),
    ("staff", "/staff/accounts"),
    ("audit", "/staff/audit"),
    ("audit of one", "/staff/audit?subject=response&who=Ada"),
    ("audit of nobody", "/staff/audit?subject=rule"),
    ("audit of somebody new", "/staff/audit?who=Bea"),
    ("audit verified", "/staff/audit/verify"),
    ("audit verified, another step", "/staff/audit/verify?proved=50000&head={head}"),
    ("the consultations", "/staff/responses"),
    ("consultations", "/staff/consultations"),
    ("a new consultation", "/staff/consultations/new"),
    ("settings of a consultation", f"{QUEUE}/settings"),
    ("opening it", f"{QUEUE}/open"),
    ("closing it", f"{QUEUE}/close"),
    ("its outcome", f"{QUEUE}/outcome"),
    ("adding a response", f"{QUEUE}/responses/new"),
    ("for whom one was sent on", f"{QUEUE}/responses/{{half}}/sent-on"),
    ("the queue", QUEUE),
    ("new ones, the newest first", f"{QUEUE}?state=received&order=newest"),
    ("a page in the middle", f"{QUEUE}?after=50000"),
    ("a tag and late", f"{QUEUE}?tag=tag7&late=yes"),
    ("a code, of an organisation", f"{QUEUE}?tag=code+9&type=organisation"),
    ("not tagged", f"{QUEUE}?tagged=no"),
    ("linked", f"{QUEUE}?linked=yes"),
    ("second coding", f"{QUEUE}?second=yes"),
    ("a campaign", f"{QUEUE}?campaign=any"),
    ("unreadable files", f"{QUEUE}?unreadable=yes"),
    ("a rare word", f"{QUEUE}?q=word17+word99"),
    ("a word of every second reply", f"{QUEUE}?q=common"),
    ("the same, the newest first", f"{QUEUE}?q=common&order=newest"),
    ("one reply", f"{QUEUE}/responses/{{half}}"),
    ("its part, for the next key", f"{QUEUE}/responses/{{half}}?part=response"),
    ("one reply in a filter", f"{QUEUE}/responses/{{half}}?state=received&tag=tag7"),
    ("one reply among those with a word", f"{QUEUE}/responses/{{half}}?q=common"),
    ("who has it", f"{QUEUE}/responses/{{half}}/lock"),
    ("an answer", f"{QUEUE}/responses/{{half}}/reply"),
    ("forwarding", f"{QUEUE}/responses/{{half}}/forward"),
    ("a file", f"{QUEUE}/responses/{{half}}/files/0"),
    ("its text", f"{QUEUE}/responses/{{half}}/files/0/text"),
    ("its mail", f"{QUEUE}/responses/{{half}}/mail"),
    ("its mail in a frame", f"{QUEUE}/responses/{{half}}/mail/frame"),
    ("its mail as it came", f"{QUEUE}/responses/{{half}}/mail/original"),
    ("its sentences to code", f"{QUEUE}/responses/{{half}}/code"),
    ("search everywhere", "/staff/search?q=word17+word99"),
    ("search everywhere, common word", "/staff/search?q=common"),
    ("unsorted", "/staff/unsorted"),
    ("an unsorted mail", "/staff/unsorted/{last}"),
    ("an unsorted mail as it came", "/staff/unsorted/{last}/original"),
    ("for whom it was sent on", "/staff/unsorted/{last}/sent-on"),
    ("answering it", "/staff/unsorted/{last}/reply"),
    ("forwarding it", "/staff/unsorted/{last}/forward"),
    ("views", f"{QUEUE}/views"),
    ("texts for answers", f"{QUEUE}/reply-texts"),
    ("coding", "/staff/coding"),
    ("codes as JSON", f"{QUEUE}/codes"),
    ("code frame", f"{QUEUE}/code-frame"),
    ("code frame with counts", f"{QUEUE}/code-frame?count=yes"),
    ("a code", f"{QUEUE}/codes/{{code}}"),
    ("a code with those below", f"{QUEUE}/codes/{{code}}?below=yes"),
    ("a code in a question", f"{QUEUE}/codes/{{code}}?question=2&publishable=yes"),
    ("a code's report", f"{QUEUE}/codes/{{code}}/report"),
    ("a merge of two codes", f"{QUEUE}/codes/{{code}}/merge?into=1"),
    ("the report", f"{QUEUE}/report"),
    ("what is told back", f"{QUEUE}/report-back"),
    ("what is published", f"{QUEUE}/publication"),
    ("one on its way to that", f"{QUEUE}/publication/500"),
    ("flags", "/staff/flags"),
    ("report of a bulletin as CSV", f"{UPDATE}/report/export"),
    ("coding by search", f"{QUEUE}/recode"),
    ("a search to be coded, rare", f"{QUEUE}/recode?q=word17+word99&how=passages&code={{code}}"),
    ("a search to be coded, common", f"{QUEUE}/recode?q=common&code={{code}}"),
    ("the same by passages", f"{QUEUE}/recode?q=common&how=passages&code={{code}}"),
    ("another step of that",
     f"{QUEUE}/recode?q=common&how=passages&code={{code}}&after={{half}}"),
    ("astray", f"{QUEUE}/re-anchor"),
    ("suggestions", f"{QUEUE}/suggestions"),
    ("samples", f"{QUEUE}/samples"),
    ("a sample that is done", f"{QUEUE}/samples/1"),
    ("a sample under way", f"{QUEUE}/samples/2"),
    ("figures of which", "/staff/analysis"),
    ("figures: replies", f"{QUEUE}/analysis"),
    ("figures: respondents", f"{QUEUE}/analysis?about=respondents"),
    ("figures: codes", f"{QUEUE}/analysis?about=codes"),
    ("figures: questions", f"{QUEUE}/analysis?about=questions"),
    ("figures: campaigns", f"{QUEUE}/analysis?about=campaigns"),
    ("figures: all of them", f"{QUEUE}/analysis?about=all"),
    ("figures: all, included", f"{QUEUE}/analysis?about=all&state=included"),
    ("a sheet: tag-type.csv", f"{QUEUE}/analysis/tag-type.csv"),
]

# Forms that look and change nothing.
LINES = "address,name,basis\n" + "".join(
    f"new{i}@example{i % 50}.org,Person {i},asked by telephone\n" for i in range(1000))
LOOKS = [
    ("a draft's preview", f"{DRAFT}/preview", {"text": staff_rich.UPDATE.format(2)}),
    ("a draft's checks", f"{DRAFT}/check", {"text": staff_rich.UPDATE.format(2)}),
    ("an import of 1,000 lines, shown", "/staff/lists/bench/import/preview", {"text": LINES}),
    ("why somebody did not get it", f"{UPDATE}/ledger", {"address": "person970@example20.org"}),
    ("is it suppressed?", "/staff/suppression", {"do": "check", "address": "x@example.org"}),
]
ALL_FIGURES = f"{QUEUE}/analysis?about=all"
ACTS = [
    ("one reply is excluded", ["response", "exclude", "words-500", "--reason", "blank"]),
    ("a code is moved", ["code", "move", "words", "code 20", "--below", "code 2"]),
    ("a tag on 50 replies", ["response", "tag", "few", "--search", "word17", "--limit", "50"]),
    ("two codes are merged", ["code", "merge", "words", "code 40", "code 41"]),
    ("a tag on 2,000 replies", ["response", "tag", "many", "--search", "word9", "--limit",
                                "2000"]),
    ("50,000 replies are recoded", ["code", "recode", "words", "code 5", "--search", "common"]),
]


# About one letter, one edition or one flag, of which this store has none: what they cost does not
# grow with the responses.
OF_ONE = ("/scans/:scan", "/scans/:scan/pages/:page", "/responses/:number/scan",
          "/report/editions/:edition", "/report/editions/:edition/:form", "/staff/flags/:flag",
          "/report-back/:number", "/report-back/:number/mail", "/report-back/new")


def unasked():
    """GET addresses of the staff's pages that nothing above asks for."""
    with open(os.path.join(staff.SOURCE, "src/staff/routes/staff_routes.c"), encoding="utf-8") as file:
        source = file.read()
    short = dict(re.findall(r'#define (\w+) "([^"]+)"', source))
    routes = ["".join(short.get(word, word.strip('"')) for word in route.split())
              for route in re.findall(r'{WEB_GET,\s*((?:\w+ )?"[^"]*"|\w+),', source)]
    asked = [path.split("?")[0] for _, path in PAGES]
    return [route for route in routes if not route.endswith(OF_ONE) and not any(
        re.fullmatch(re.sub(r":\w+", "[^/]+", route), path) for path in asked)]


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Visitor:
    def __init__(self, port):
        self.line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.cookie = ""

    def ask(self, method, path, fields=None):
        body = urllib.parse.urlencode(fields) if fields else None
        headers = {"Cookie": self.cookie, **(
            {"Content-Type": "application/x-www-form-urlencoded"} if fields else {})}
        self.line.request(method, path, body, headers)
        answer = self.line.getresponse()
        return answer, answer.read()

    def sign_in(self, name, password):
        answer, _ = self.ask("POST", "/staff/sign-in", {"name": name, "password": password})
        self.cookie = re.match("[^;]+", answer.headers["Set-Cookie"])[0]


def wait_until_up(port):
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise SystemExit("mercatd does not answer")


def web_of(daemon):
    """The process of the web role."""
    children = f"/proc/{daemon}/task/{daemon}/children"
    with open(children, encoding="ascii") as file:
        for pid in file.read().split():
            with open(f"/proc/{pid}/cmdline", "rb") as line:
                words = line.read().split(b"\0")
            if b"web" in words or b"--role=web" in words:
                return pid
    raise SystemExit("mercatd has no web role")


def cpu_ms(pid):
    """What its threads have used; in the words of the kernel's scheduler."""
    used = 0
    for thread in os.listdir(f"/proc/{pid}/task"):
        with open(f"/proc/{pid}/task/{thread}/schedstat", encoding="ascii") as file:
            used += int(file.read().split()[0])
    return used / 1e6


def ask_for(visitor, web, times, title, path, fields=None):
    took, before, body = [], cpu_ms(web), b""
    for _ in range(times):
        began = time.perf_counter()
        answer, body = visitor.ask("POST" if fields else "GET", path, fields)
        took.append((time.perf_counter() - began) * 1000)
        assert answer.status in (200, 303, 409), (path, answer.status, body[:500])
    return ((cpu_ms(web) - before) / times, statistics.median(took), max(took), len(body), title,
            path)


def show(rows):
    print(f"{'page':<34} {'server':>9} {'median':>9} {'slowest':>9} {'size':>7}  address")
    for server, median, slowest, size, title, path in sorted(rows, reverse=True):
        print(f"{title:<34} {server:>6.1f} ms {median:>6.1f} ms {slowest:>6.1f} ms"
              f" {size // 1024:>4} kB  {path}", flush=True)


def measure(visitor, web, times, wanted, **names):
    rows = [ask_for(visitor, web, times, title, path.format(**names)) for title, path in PAGES
            if wanted in path]
    _, page = visitor.ask("GET", "/staff/account")
    token = re.search(rb'name="csrf" value="([^"]+)"', page)[1].decode()
    rows += [ask_for(visitor, web, times, title, path, {"csrf": token, **fields})
             for title, path, fields in LOOKS if wanted in path]
    show(rows)
    return [row for row in rows if row[0] > MOST_MS]


def after_acts(visitor, folder):
    """The first visit after an act, and the one when the clock has had a moment."""
    print(f"\n{'all figures, after':<34} {'the act':>9} {'first':>9} {'later':>9}")
    for title, args in ACTS:
        began = time.perf_counter()
        staff.run(folder, *args)
        took = [time.perf_counter() - began]
        for wait in (0, 1):
            time.sleep(wait)
            began = time.perf_counter()
            answer, _ = visitor.ask("GET", ALL_FIGURES)
            took.append(time.perf_counter() - began)
            assert answer.status == 200, answer.status
        print(f"{title:<34} " + " ".join(f"{1000 * each:>6.1f} ms" for each in took), flush=True)


def make(folder, replies):
    staff.make(folder)
    staff.fill(folder, replies)
    staff.run(folder, "staff", "add", "Bea")
    for role in ("editor", "approver", "data protection", "administrator", "safeguarding"):
        staff.run(folder, "staff", "grant", "Ada", role)
    staff.run(folder, "list", "add", "bench", "--title", "Bench", "--address",
             "bench@updates.bench.example", "--topics", "neglect, safety, hearings")
    with open(f"{folder}/other.md", "w", encoding="utf-8") as out:
        out.write(staff.FORM.replace("words", "other"))
    staff.run(folder, "consultation", "add", f"{folder}/other.md")
    for number in (1, 2):
        with open(f"{folder}/update.md", "w", encoding="utf-8") as out:
            out.write(staff_rich.UPDATE.format(number))
        staff.run(folder, "bulletin", "draft", f"{folder}/update.md")
    staff_rich.fill(folder, replies)
    with open(f"{folder}/people.csv", "w", encoding="utf-8") as out:
        out.write("address,name,basis\nlate@joined.bench.example,Lee Late,asked by telephone\n")
    staff.run(folder, "subscriber", "import", "bench", f"{folder}/people.csv")
    subprocess.run([os.path.join(staff.BUILD, "mercat"), "--config", f"{folder}/mercat.conf",
                    "staff", "password", "Ada"], check=True, text=True, input=f"{PASSWORD}\n",
                   stdout=subprocess.DEVNULL)


def made(folder, kept, replies):
    """The store, copied from where it was kept, if it was."""
    if kept and os.path.exists(f"{kept}/state/mercat.db"):
        shutil.copytree(f"{kept}/state", f"{folder}/state")
        with open(f"{folder}/mercat.conf", "w", encoding="utf-8") as out:
            out.write(staff.CONF.format(folder))
        staff.run(folder, "store", "init")
        return
    make(folder, replies)
    if kept:
        shutil.copytree(folder, kept, dirs_exist_ok=True)


def one_number(folder, sql):
    db = sqlite3.connect(f"file:{folder}/state/mercat.db?mode=ro", uri=True)
    try:
        return db.execute(sql).fetchone()[0]
    finally:
        db.close()


def serve(folder, asked):
    port = free_port()
    with open(f"{folder}/mercat.conf", "a", encoding="utf-8") as conf:
        conf.write(f'web: {{ listen = "127.0.0.1:{port}"; }};\n')
    daemon = subprocess.Popen(
        [os.path.join(staff.BUILD, "mercatd"), "--config", f"{folder}/mercat.conf"],
        stdin=subprocess.DEVNULL)
    try:
        wait_until_up(port)
        visitor = Visitor(port)
        visitor.sign_in("Ada", PASSWORD)
        slow = measure(
            visitor, web_of(daemon.pid), asked.times, asked.only, half=asked.replies // 2,
            last=one_number(folder, "SELECT max(id) FROM inbound"),
            head=one_number(folder, "SELECT hash FROM audit WHERE id = min(50000, (SELECT max(id)"
                                    " FROM audit))"),
            code=one_number(folder, "SELECT id FROM code WHERE name = 'code 3'"))
        if not asked.only:
            after_acts(visitor, folder)
        return slow
    finally:
        daemon.terminate()
        daemon.wait(30)


def main():
    said = argparse.ArgumentParser()
    said.add_argument("--replies", type=int, default=100_000)
    said.add_argument("--times", type=int, default=15)
    said.add_argument("--where")
    said.add_argument("--keep")
    said.add_argument("--only", default="", help="addresses with this in them, and no acts")
    asked = said.parse_args()
    if unasked():
        raise SystemExit(f"nothing here asks for: {', '.join(unasked())}")
    os.environ["MERCAT_TEMPLATES"] = os.path.join(staff.SOURCE, "templates")
    with tempfile.TemporaryDirectory(prefix="mercat-pages-", dir=asked.where) as folder:
        made(folder, asked.keep, asked.replies)
        slow = serve(folder, asked)
    if slow:
        raise SystemExit(f"{len(slow)} pages take more than {MOST_MS} ms")


if __name__ == "__main__":
    main()
