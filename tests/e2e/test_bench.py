"""The bench of the staff's pages can be run: it makes a store by its own statements and asks for
every page, so whatever changes either shows here and not when somebody needs a figure."""
import os
import subprocess
import sys

SOURCE = os.environ["MERCAT_SRCDIR"]


def test_the_bench_of_the_staff_pages_asks_for_every_page(tmp_path):
    done = subprocess.run(
        [sys.executable, "-B", f"{SOURCE}/tests/bench/staff_pages.py", "--replies", "1000",
         "--times", "1", "--where", str(tmp_path)],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    assert "all figures, after" in done.stdout, done.stdout[-3000:]
    assert "Traceback" not in done.stdout, done.stdout[-3000:]
