#!/usr/bin/python3
"""How long the report of a consultation of 100,000 responses takes, beside sqlite3's own counts.

usage: report.py [--replies N] [--where FOLDER]

The store is that of staff.py and staff_rich.py; no facts are packed, so all is counted anew.
Printed are the processor's seconds of drafting the report, showing it, freezing it as an edition
and telling what has moved since, and of sqlite3 counting the same responses by state, by type and
by code and type, each asked of the tables once. It fails when one of ours takes over 5 s.
"""
import argparse
import os
import resource
import subprocess
import tempfile

import staff
import staff_rich

MOST_S = 5
PLAIN = """
SELECT state, count(*) FROM response GROUP BY state;
SELECT x.type, count(*) FROM response r JOIN respondent x ON x.id = r.respondent_id
 WHERE r.state = 'included' GROUP BY x.type;
SELECT k.name, x.type, count(DISTINCT r.id) FROM coding g JOIN code k ON k.id = g.code_id
  JOIN response r ON r.id = g.response_id JOIN respondent x ON x.id = r.respondent_id
 WHERE g.ended_at IS NULL AND r.state = 'included' GROUP BY k.name, x.type;
"""


def spent(run):
    """Seconds of the processor that a child takes."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    run()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main():
    said = argparse.ArgumentParser()
    said.add_argument("--replies", type=int, default=100_000)
    said.add_argument("--where")
    asked = said.parse_args()
    with tempfile.TemporaryDirectory(prefix="mercat-report-", dir=asked.where) as folder:
        staff.make(folder)
        staff.fill(folder, asked.replies)
        staff_rich.fill(folder, asked.replies)
        took = {what: spent(lambda args=args: staff.run(folder, "report", *args))
                for what, args in (("draft", ("draft", "words")), ("show", ("show", "words")),
                                   ("edition", ("edition", "words")),
                                   ("what has moved", ("list", "words")))}
        took["sqlite3, the same counts"] = spent(lambda: subprocess.run(
            ["sqlite3", os.path.join(folder, "state/mercat.db"), PLAIN], check=True,
            stdout=subprocess.DEVNULL))
        for what, seconds in took.items():
            print(f"{what:<28} {seconds:8.2f} s")
        slow = [what for what, seconds in took.items()
                if seconds > MOST_S and not what.startswith("sqlite3")]
        if slow:
            raise SystemExit(f"over {MOST_S} s: {', '.join(slow)}")


if __name__ == "__main__":
    main()
