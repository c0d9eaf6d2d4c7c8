#!/usr/bin/python3
"""The deliver role with its whole ledger, beside those who do nothing but send.

usage: ledger.py [--rounds N] [--mails N] [--connections N] [--scene loopback,2ms,20ms]
                 [--where FOLDER]

A store with so many subscribers, who chose their topics, and an update of 20 kB is made
once through the programs; each round starts from a copy of it. The contestants take
turns, so that a busy machine is busy for all:

  smtp-source -d     Postfix's own, one canned mail, no store: the wire
  libcurl            its own SMTP, a thread a connection, no store
  mercatd deliver    claims, renders, sends and settles each row, every commit synced

What is printed are medians: mails a second from the start of the process to its end,
CPU time a mail of the sender, its peak memory, and the ratios of the speeds.
"""
import argparse
import os
import resource
import shutil
import signal
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time

BUILD = os.environ.get("MERCAT_BUILDDIR", os.path.abspath(
    os.path.join(os.path.dirname(__file__), "..", "..")))
SOURCE = os.environ.get("MERCAT_SRCDIR", os.path.abspath(
    os.path.join(os.path.dirname(__file__), "..", "..")))
BENCH = os.path.join(BUILD, "tests/bench/bin")
SCENES = {"loopback": 0, "2ms": 2, "20ms": 20}
TOPICS = "neglect, safety, hearings, data"
CONF = """
organisation = "Child Protection Policy Team";
state_dir = "{folder}/state";
base_url = "https://updates.bench.example";
log_level = "warning";
bulletin: {{ grace = "0 s"; }};
relays = ( {relay} );
"""
SMTP = """{{ name = "main"; kind = "smtp"; host = "127.0.0.1"; port = {port};
	tls = "none"; connections = {connections}; }}"""
SENTENCE = ("The group met again in January and agreed what the new form should ask, who"
            " sees it, and when the areas that tried it will report back. ")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def run(*args):
    done = subprocess.run(list(map(str, args)), stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        sys.exit(f"{args}: {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


class Ground:
    """A store with an update that is ready to go."""

    def __init__(self, folder, subscribers):
        self.folder = folder
        self.config = f"{folder}/mercat.conf"
        self.made = f"{folder}/made"
        self.subscribers = subscribers
        os.environ["MERCAT_TEMPLATES"] = os.path.join(SOURCE, "templates")

    def mercat(self, *args, staff="Ada"):
        return run(f"{BUILD}/mercat", "--config", self.config, "--as", staff, *args)

    def role(self, name):
        return [f"{BUILD}/mercatd", "--config", self.config, f"--role={name}", "--once"]

    def configure(self, relay):
        with open(self.config, "w", encoding="utf-8") as out:
            out.write(CONF.format(folder=self.folder, relay=relay))

    def write_people(self):
        path = f"{self.folder}/people.csv"
        chosen = ["", "neglect", "safety;data", "hearings", ""]
        with open(path, "w", encoding="utf-8") as out:
            out.write("address,name,basis,topics\n")
            for number in range(self.subscribers):
                out.write(f"person{number}@example{number % 50}.org,"
                          f"Anna Maria Person {number},asked by telephone,"
                          f"{chosen[number % 5]}\n")
        return path

    def write_update(self):
        """20 kB as it goes over the wire; the sections on topics are a small part."""
        path = f"{self.folder}/update.md"
        with open(path, "w", encoding="utf-8") as out:
            out.write("---\nlist: bench\ntitle: Child Protection Update\n"
                      f"topics: {TOPICS}\n---\n\nHello.\n\n")
            for section in range(6):
                out.write(f"## What happened in area {section}\n\n{SENTENCE * 5}\n\n")
            for topic in TOPICS.split(", "):
                out.write(f"## About {topic} {{{topic}}}\n\n{SENTENCE * 3}\n\n")
        return path

    def make(self):
        os.makedirs(f"{self.folder}/state", mode=0o700)
        self.configure(SMTP.format(port=free_port(), connections=1))
        run(f"{BUILD}/mercat", "--config", self.config, "store", "init")
        for name in ("Ada", "Bea"):
            run(f"{BUILD}/mercat", "--config", self.config, "staff", "add", name)
        self.mercat("list", "add", "bench", "--title", "Child Protection Update",
                    "--address", "bench@updates.bench.example", "--topics", TOPICS)
        self.mercat("subscriber", "import", "bench", self.write_people())
        self.mercat("bulletin", "draft", self.write_update())
        self.mercat("bulletin", "approve", "bench", 1, staff="Bea")
        self.mercat("bulletin", "send", "bench", 1)
        run(*self.role("clock"))
        store = sqlite3.connect(f"{self.folder}/state/mercat.db")
        store.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        store.close()
        os.rename(f"{self.folder}/state", self.made)

    def reset(self):
        shutil.rmtree(f"{self.folder}/state", ignore_errors=True)
        shutil.copytree(self.made, f"{self.folder}/state")
        os.sync()

    def mail_bytes(self):
        """The mean size of the mails, seen by sending them all into Maildirs."""
        box = f"{self.folder}/maildirs"
        self.reset()
        with sqlite3.connect(f"{self.folder}/state/mercat.db") as store:
            store.execute("DELETE FROM delivery WHERE id > 200")
        self.configure(f'{{ name = "main"; kind = "maildir"; path = "{box}"; }}')
        run(*self.role("deliver"))
        sizes = [os.path.getsize(os.path.join(at, name))
                 for at, _, names in os.walk(box) for name in names]
        shutil.rmtree(box)
        return round(statistics.mean(sizes))

    def unsent(self):
        with sqlite3.connect(f"{self.folder}/state/mercat.db") as store:
            return store.execute("SELECT count(*) FROM delivery WHERE state <> 'sent'"
                                 " OR doubt > 0 OR attempts <> 1").fetchone()[0]


class Sink:
    def __init__(self, delay_ms):
        self.port = free_port()
        if delay_ms:
            command = [f"{BENCH}/delay_sink", self.port, delay_ms]
        else:
            user = ["-u", "nobody"] if os.geteuid() == 0 else []
            command = ["/usr/sbin/smtp-sink", *user, f"127.0.0.1:{self.port}", 1000]
        self.process = subprocess.Popen(list(map(str, command)),
                                        stderr=subprocess.DEVNULL)
        for _ in range(500):
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                time.sleep(0.01)
        sys.exit("the sink does not answer")

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()


def timed(command):
    """(seconds, CPU seconds, peak MB) of a process of its own."""
    began = time.monotonic()
    process = subprocess.Popen(list(map(str, command)))
    _, status, used = os.wait4(process.pid, 0)
    seconds = time.monotonic() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{command}: {process.returncode}")
    return seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def source_command(port, options, size):
    return ["/usr/sbin/smtp-source", "-d", "-s", options.connections, "-m",
            options.mails, "-l", size, "-f", "bounce@bench.example", "-t",
            "subscriber@bench.example", f"inet:127.0.0.1:{port}"]


def curl_command(port, options, size):
    return [f"{BENCH}/bench_smtp", "curl", port, options.mails, options.connections, size]


def run_scene(ground, name, options, size):
    contestants = ["libcurl", "mercatd deliver"]
    if not SCENES[name]:
        contestants.insert(0, "smtp-source -d")
    results = {who: [] for who in contestants}
    for _ in range(options.rounds):
        for who in contestants:
            sink = Sink(SCENES[name])
            if who == "mercatd deliver":
                ground.configure(SMTP.format(port=sink.port,
                                             connections=options.connections))
                ground.reset()
                results[who].append(timed(ground.role("deliver")))
                if ground.unsent():
                    sys.exit("not every row was sent, once, without doubt")
            else:
                make = source_command if "source" in who else curl_command
                results[who].append(timed(make(sink.port, options, size)))
            sink.stop()
    report(name, options, size, results)


def report(name, options, size, results):
    print(f"\n{name}: {options.mails} mails of {size} bytes, {options.connections}"
          f" connections, medians of {options.rounds}")
    print(f"  {'':18} {'mails/s':>9} {'ratio':>7} {'CPU us':>8} {'peak MB':>8}"
          f" {'spread of mails/s':>20}")
    base = None
    for who, runs in results.items():
        rates = [options.mails / seconds for seconds, _, _ in runs]
        rate = statistics.median(rates)
        base = base or rate
        cpu = statistics.median(cpu for _, cpu, _ in runs) * 1e6 / options.mails
        peak = max(mb for _, _, mb in runs)
        print(f"  {who:18} {rate:9.0f} {rate / base:7.2f} {cpu:8.1f} {peak:8.1f}"
              f" {min(rates):11.0f} to {max(rates):.0f}", flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--mails", type=int, default=20000)
    parser.add_argument("--connections", type=int, default=0,
                        help="default: 20 on loopback, 50 where replies are late")
    parser.add_argument("--scene", default=",".join(SCENES))
    parser.add_argument("--where", help="a folder on the disk to measure")
    options = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_NOFILE, (4096, 4096))
    folder = tempfile.mkdtemp(prefix="mercat-bench-", dir=options.where)
    try:
        ground = Ground(folder, options.mails)
        ground.make()
        size = ground.mail_bytes()
        asked = options.connections
        for name in options.scene.split(","):
            options.connections = asked or (50 if SCENES[name] else 20)
            run_scene(ground, name, options, size)
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
