"""Fills a Dovecot with MAILS mails of mean 28 kB and lets imap_fetch read them.

    python3 tests/bench/imap_fetch.py BUILD_FOLDER [MAILS] [maildir|sdbox]
"""
import os
import random
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "servers"))
from dovecot import Dovecot


def mails(count):
    """Log-normal sizes with a mean of about 28 kB, most of them small, as real mail is."""
    rng = random.Random(28)
    for i in range(count):
        size = min(int(rng.lognormvariate(9.2, 1.45)), 2000000)
        line = b"The quick answer to question %d is given below, in full.\r\n" % i
        yield b"From: a@example.org\r\nSubject: reply %d\r\n\r\n" % i + line * (size // len(line))


def main():
    program = os.path.join(sys.argv[1], "tests/bench/imap_fetch")
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 10000
    storage = sys.argv[3] if len(sys.argv) > 3 else "sdbox"
    with tempfile.TemporaryDirectory(prefix="mercat-bench-") as folder:
        with Dovecot(folder, storage) as server:
            server.add_mails("bench", mails(count))
            run = lambda *a: subprocess.run((program,) + a, check=True)
            print("plain, " + storage, flush=True)
            run(str(server.imap_port), "bench")
            print("bare libetpan, " + storage, flush=True)
            run(str(server.imap_port), "bench", "bare")
            print("TLS, " + storage, flush=True)
            run(str(server.imaps_port), "bench", "tls", server.ca_file)


if __name__ == "__main__":
    main()
