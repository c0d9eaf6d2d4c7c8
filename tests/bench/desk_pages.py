#!/usr/bin/python3
"""How long the pages of triage take with 100,000 replies, as a browser would ask for them.

usage: desk_pages.py [--replies N] [--times N] [--where FOLDER]

The store is that of desk.py; mercatd serves it. Each page is asked for over one
connection that stays open; printed are the median and the slowest as the visitor sees
them, the processor's time that one took of the server, and the page's size.
"""
import argparse
import http.client
import os
import re
import socket
import statistics
import subprocess
import tempfile
import time
import urllib.parse

import desk

QUEUE = "/desk/c/words"
PAGES = [
    ("the consultations", "/desk/replies"),
    ("the queue", QUEUE),
    ("new ones, the newest first", f"{QUEUE}?state=received&order=newest"),
    ("a page in the middle", f"{QUEUE}?after=50000"),
    ("a tag and late", f"{QUEUE}?tag=tag7&late=yes"),
    ("a campaign", f"{QUEUE}?campaign=any"),
    ("unreadable files", f"{QUEUE}?unreadable=yes"),
    ("a rare word", f"{QUEUE}?q=word17+word99"),
    ("a word of every second reply", f"{QUEUE}?q=common"),
    ("the same, the newest first", f"{QUEUE}?q=common&order=newest"),
    ("one reply", f"{QUEUE}/r/50000"),
    ("its part, for the next key", f"{QUEUE}/r/50001?part=reply"),
    ("one reply in a filter", f"{QUEUE}/r/50000?state=received&tag=tag7"),
    ("one reply among those with a word", f"{QUEUE}/r/50000?q=common"),
    ("who has it", f"{QUEUE}/r/50000/claim"),
    ("search everywhere", "/desk/search?q=word17+word99"),
    ("search everywhere, common word", "/desk/search?q=common"),
    ("unsorted", "/desk/unsorted"),
    ("views", f"{QUEUE}/views"),
]


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
        answer, _ = self.ask("POST", "/desk/sign-in", {"name": name, "password": password})
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


def measure(visitor, web, times):
    print(f"{'page':<36} {'median':>9} {'slowest':>9} {'server':>9} {'size':>8}")
    for title, path in PAGES:
        took, before = [], cpu_ms(web)
        for _ in range(times):
            began = time.perf_counter()
            answer, body = visitor.ask("GET", path)
            took.append((time.perf_counter() - began) * 1000)
            assert answer.status in (200, 303), (path, answer.status, body[:500])
        print(f"{title:<36} {statistics.median(took):>6.1f} ms {max(took):>6.1f} ms"
              f" {(cpu_ms(web) - before) / times:>6.1f} ms {len(body) // 1024:>5} kB", flush=True)


def main():
    said = argparse.ArgumentParser()
    said.add_argument("--replies", type=int, default=100_000)
    said.add_argument("--times", type=int, default=15)
    said.add_argument("--where")
    asked = said.parse_args()
    with tempfile.TemporaryDirectory(prefix="mercat-pages-", dir=asked.where) as folder:
        port = free_port()
        desk.make(folder)
        desk.fill(folder, asked.replies)
        with open(f"{folder}/mercat.conf", "a", encoding="utf-8") as conf:
            conf.write(f'web: {{ listen = "127.0.0.1:{port}"; }};\n')
        desk.run(folder, "staff", "grant", "Ada", "editor")
        os.environ["MERCAT_TEMPLATES"] = os.path.join(desk.SOURCE, "templates")
        program = [os.path.join(desk.BUILD, "mercat"), "--config", f"{folder}/mercat.conf"]
        subprocess.run([*program, "staff", "password", "Ada"], check=True, text=True,
                       input="marigold-larkspur-comfrey\n", stdout=subprocess.DEVNULL)
        daemon = subprocess.Popen(
            [os.path.join(desk.BUILD, "mercatd"), "--config", f"{folder}/mercat.conf"],
            stdin=subprocess.DEVNULL)
        try:
            wait_until_up(port)
            visitor = Visitor(port)
            visitor.sign_in("Ada", "marigold-larkspur-comfrey")
            measure(visitor, web_of(daemon.pid), asked.times)
        finally:
            daemon.terminate()
            daemon.wait(30)


if __name__ == "__main__":
    main()
