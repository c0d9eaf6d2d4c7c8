#!/usr/bin/python3
"""What a recipient costs by the length of the list: 1,000 to 5,500,000.

usage: length.py [--where FOLDER] [SUBSCRIBERS ...]

The relay is one that discards, so what is measured is the ledger: the clock role fills
it, the deliver role claims, renders and settles each row. Subscribers are written
into the store by SQL, past the program, to have the big list in minutes.
"""
import argparse
import os
import shutil
import sqlite3
import tempfile

from ledger import BUILD, Ground, run, timed

PEOPLE = """
WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)
INSERT INTO person (id, address, address_key, name, created_at)
SELECT i, 'person' || i || '@example' || (i % 500) || '.org',
       'person' || i || '@example' || (i % 500) || '.org', 'Anna Person ' || i, 1 FROM n"""
SUBSCRIPTIONS = """
INSERT INTO subscription (id, list_id, person_id, state, topics, all_topics, active_since,
  changed_at)
SELECT id, 1, id, 'active', id % 16, id % 3 = 0 OR id % 16 = 0, 1, 1 FROM person WHERE id > 1"""


class Long(Ground):
    def prepare(self, count):
        os.makedirs(f"{self.folder}/state", mode=0o700)
        self.configure('{ name = "none"; kind = "discard"; }')
        run(f"{BUILD}/mercat", "--config", self.config, "store", "init")
        for name in ("Ada", "Bea"):
            run(f"{BUILD}/mercat", "--config", self.config, "staff", "add", name)
        self.mercat("list", "add", "bench", "--title", "Child Protection Update",
                    "--address", "bench@updates.bench.example", "--topics",
                    "neglect, safety, hearings, data")
        self.mercat("subscriber", "import", "bench", self.write_people())
        with sqlite3.connect(f"{self.folder}/state/mercat.db") as store:
            store.execute(PEOPLE, (count,))
            store.execute(SUBSCRIPTIONS)
        self.mercat("bulletin", "draft", self.write_update())
        self.mercat("bulletin", "approve", "bench", 1, staff="Bea")
        self.mercat("bulletin", "send", "bench", 1)
        return self.size()

    def size(self):
        store = sqlite3.connect(f"{self.folder}/state/mercat.db")
        store.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        pages = store.execute("PRAGMA page_count").fetchone()[0]
        free = store.execute("PRAGMA freelist_count").fetchone()[0]
        store.close()
        return (pages - free) * 8192


def measure(count, where):
    folder = tempfile.mkdtemp(prefix="mercat-length-", dir=where)
    try:
        ground = Long(folder, 1)
        before = ground.prepare(count)
        fill_s, fill_cpu, fill_mb = timed(ground.role("clock"))
        seconds, cpu, peak = timed(ground.role("deliver"))
        unsent = ground.unsent()
        size = ground.size() - before
    finally:
        shutil.rmtree(folder)
    print(f"{count:9} {fill_s / count * 1e6:11.1f} {fill_cpu / count * 1e6:9.1f}"
          f" {fill_mb:8.1f} {seconds / count * 1e6:11.1f} {cpu / count * 1e6:9.1f}"
          f" {peak:8.1f} {size / count:12.0f} {unsent:7}", flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--where", help="a folder on the disk to measure")
    parser.add_argument("subscribers", type=int, nargs="*",
                        default=[1000, 20000, 200000, 1000000])
    options = parser.parse_args()
    print(f"{'':9} {'fill us':>11} {'CPU us':>9} {'MB':>8} {'deliver us':>11}"
          f" {'CPU us':>9} {'MB':>8} {'bytes/row':>12} {'unsent':>7}")
    for count in options.subscribers:
        measure(count, options.where)


if __name__ == "__main__":
    main()
