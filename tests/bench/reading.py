#!/usr/bin/python3
"""Mails from a Dovecot into a store with text search, beside others who do that.

usage: reading.py [--rounds N] [--mails N] [--scene unsorted,replies] [--where FOLDER]

A Dovecot of our own gets so many mails of mean 28 kB (mails.py) once. Each round each
contestant takes them all, into a new and empty place, in turns, so that a busy machine
is busy for all:

  bare loop          bare_reader.c: the same libraries, one process, nothing judged
  mercat             the roles collect and classify side by side, until nothing is new
  mbsync, notmuch    mbsync into a Maildir, then notmuch new; left out when not installed

In the scene "unsorted" the mails come to no address of ours; in "replies" each is a
reply to a consultation that is open, with its reference and its acknowledgement.

What is printed are medians: mails a second from start to end, the ratio to the bare
loop, CPU time a mail, and the peak memory of the largest process.
"""
import argparse
import datetime
import os
import shutil
import signal
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
BUILD = os.environ.get("MERCAT_BUILDDIR", os.path.abspath(os.path.join(HERE, "../..")))
SOURCE = os.environ.get("MERCAT_SRCDIR", os.path.abspath(os.path.join(HERE, "../..")))
sys.path.insert(0, os.path.join(HERE, "..", "servers"))
from dovecot import Dovecot, PASSWORD  # noqa: E402
from mails import mails  # noqa: E402

USER = "bench"
ADDRESS = "answers@near.example"
MERCAT = """
organisation = "Child Protection Policy Team";
zone = "Europe/London";
state_dir = "{folder}/state";
base_url = "https://near.example";
log_level = "warning";
mailboxes = ( {{ name = "main"; kind = "imap"; host = "localhost"; port = {port};
	tls = "none"; user = "{user}"; password_file = "{folder}/password";
	folder = "INBOX"; poll = "30 s"; }} );
relays = ( {{ name = "main"; kind = "maildir"; path = "{folder}/out"; }} );
"""
CONSULTATION = """---
name: answers
title: Words about cruelty
address: {address}
opens: {opens}
closes: {closes}
zone: Europe/London
---

1. Which words are no longer understood?
2. Should neglect of feelings be named in the law?
3. Anything else?
"""
MBSYNC = """
IMAPStore far
Host localhost
Port {port}
User {user}
Pass {password}
SSLType None
AuthMechs LOGIN

MaildirStore near
Path {folder}/maildir/
Inbox {folder}/maildir/INBOX

Channel all
Far :far:
Near :near:
Patterns INBOX
Create Near
Sync Pull
SyncState *
"""
NOTMUCH = """
[database]
path={folder}/maildir
[user]
name=Bench
primary_email=bench@near.example
[new]
tags=new
[search]
exclude_tags=
[maildir]
synchronize_flags=false
"""


def write(path, text, mode=0o644):
    with open(path, "w", encoding="utf-8") as out:
        out.write(text)
    os.chmod(path, mode)


def ok(*args, **more):
    done = subprocess.run(list(map(str, args)), stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, check=False, **more)
    if done.returncode:
        sys.exit(f"{args}: {done.returncode}\n{done.stdout}")
    return done.stdout


def wait(process):
    """(CPU seconds, peak MB) of a process that ended well, with all its children."""
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{process.args}: {process.returncode}")
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def timed(*commands, **more):
    """The same and the seconds, of commands one after another."""
    began, cpu, peak = time.monotonic(), 0, 0
    for command in commands:
        used = wait(subprocess.Popen(list(map(str, command)),
                                     stdout=subprocess.DEVNULL, **more))
        cpu, peak = cpu + used[0], max(peak, used[1])
    return time.monotonic() - began, cpu, peak


class Ground:
    def __init__(self, folder, server, count):
        self.folder, self.server, self.count = folder, server, count
        os.environ["MERCAT_TEMPLATES"] = os.path.join(SOURCE, "templates")

    def fresh(self):
        place = f"{self.folder}/round"
        shutil.rmtree(place, ignore_errors=True)
        os.makedirs(f"{place}/maildir")
        os.makedirs(f"{place}/state", mode=0o700)
        os.sync()
        return place

    def bare(self):
        place = self.fresh()
        used = timed([f"{BUILD}/tests/bench/bin/bare_reader", self.server.imap_port,
                      USER, f"{place}/bare.db"])
        with sqlite3.connect(f"{place}/bare.db") as store:
            self.all_there(store, "SELECT count(*) FROM found_docsize")
        return used

    def all_there(self, store, question):
        found = store.execute(question).fetchone()[0]
        if found != self.count:
            sys.exit(f"{found} of {self.count} mails: {question}")

    def set_up(self, place, replies):
        config = f"{place}/mercat.conf"
        write(f"{place}/password", PASSWORD + "\n", 0o600)
        write(config, MERCAT.format(folder=place, port=self.server.imap_port, user=USER))
        mercat = [f"{BUILD}/mercat", "--config", config]
        ok(*mercat, "store", "init")
        if replies:
            today = datetime.date.today()
            write(f"{place}/answers.md", CONSULTATION.format(
                address=ADDRESS, opens=today - datetime.timedelta(3),
                closes=today + datetime.timedelta(30)))
            ok(*mercat, "staff", "add", "Ada")
            ok(*mercat, "--as", "Ada", "consultation", "add", f"{place}/answers.md")
            ok(*mercat, "--as", "Ada", "consultation", "open", "answers")
        return [f"{BUILD}/mercatd", "--config", config]

    def mercat(self, replies):
        place = self.fresh()
        daemon = self.set_up(place, replies)
        began = time.monotonic()
        classify = subprocess.Popen(daemon + ["--role=classify"])
        collect = subprocess.Popen(daemon + ["--role=collect", "--mailbox=main",
                                             "--once"])
        first = wait(collect)
        store = sqlite3.connect(f"file:{place}/state/mercat.db?mode=ro", uri=True)
        while store.execute("SELECT EXISTS (SELECT 1 FROM inbound WHERE state = 'new')"
                            ).fetchone()[0]:
            time.sleep(0.01)
        seconds = time.monotonic() - began
        classify.send_signal(signal.SIGTERM)
        second = wait(classify)
        self.all_there(store, "SELECT count(*) FROM parsed_fts_docsize")
        if replies:
            self.all_there(store, "SELECT count(*) FROM inbound"
                                  " WHERE taken_as IN ('response', 'copy')")
        store.close()
        return seconds, first[0] + second[0], max(first[1], second[1])

    def notmuch(self):
        place = self.fresh()
        write(f"{place}/mbsyncrc", MBSYNC.format(
            folder=place, port=self.server.imap_port, user=USER, password=PASSWORD))
        write(f"{place}/notmuchrc", NOTMUCH.format(folder=place))
        env = {**os.environ, "NOTMUCH_CONFIG": f"{place}/notmuchrc", "HOME": place}
        used = timed(["mbsync", "-q", "-c", f"{place}/mbsyncrc", "all"],
                     ["notmuch", "new", "--quiet"], env=env)
        found = int(ok("notmuch", "count", "--exclude=false", "--output=files", "*",
                       env=env))
        if found != self.count:
            sys.exit(f"notmuch: {found} of {self.count} mails")
        return used


def report(scene, rounds, count, results):
    print(f"\n{scene}: {count} mails, medians of {rounds}")
    print(f"  {'':18} {'mails/s':>9} {'ratio':>7} {'CPU us':>8} {'peak MB':>8}"
          f" {'spread of mails/s':>20}")
    base = None
    for who, runs in results.items():
        rates = [count / seconds for seconds, _, _ in runs]
        rate = statistics.median(rates)
        base = base or rate
        cpu = statistics.median(cpu for _, cpu, _ in runs) * 1e6 / count
        peak = max(mb for _, _, mb in runs)
        print(f"  {who:18} {rate:9.0f} {rate / base:7.2f} {cpu:8.0f} {peak:8.1f}"
              f" {min(rates):11.0f} to {max(rates):.0f}", flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--mails", type=int, default=10000)
    parser.add_argument("--scene", default="unsorted,replies")
    parser.add_argument("--where", help="a folder on the disk to measure")
    options = parser.parse_args()
    folder = tempfile.mkdtemp(prefix="mercat-bench-", dir=options.where)
    os.chmod(folder, 0o755)
    try:
        with Dovecot(f"{folder}/dovecot", "sdbox") as server:
            server.add_mails(USER, mails(options.mails, ADDRESS))
            ground = Ground(folder, server, options.mails)
            both = shutil.which("mbsync") and shutil.which("notmuch")
            for scene in options.scene.split(","):
                results = {"bare loop": [], "mercat": []}
                if both and scene == "unsorted":
                    results["mbsync, notmuch"] = []
                for _ in range(options.rounds):
                    results["bare loop"].append(ground.bare())
                    results["mercat"].append(ground.mercat(scene == "replies"))
                    if "mbsync, notmuch" in results:
                        results["mbsync, notmuch"].append(ground.notmuch())
                report(scene, options.rounds, options.mails, results)
            if not both:
                print("\nmbsync and notmuch are not installed"
                      " (packages isync and notmuch)")
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
