"""The demo: everything in one folder, no server, and harmless when run again."""
import json
import os
import shutil
import subprocess
import sys

import pytest

from e2e.house import BUILD, SOURCE
from servers.ground import free_ports, open_folder

STAGE = os.path.join(SOURCE, "tools", "demo.d", "stage.py")


def stage(act, folder):
    more = (BUILD,) if act == "start" else ()
    return subprocess.run([sys.executable, "-B", STAGE, act, folder, *more], text=True,
                          timeout=300, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE)


@pytest.fixture(scope="module")
def demo():
    above = open_folder()
    folder = os.path.join(above, "demo")
    os.environ["MERCAT_DEMO_PORT"] = str(free_ports(1)[0])
    try:
        done = stage("start", folder)
        assert done.returncode == 0, done.stderr + done.stdout
        yield folder
    finally:
        stage("stop", folder)
        shutil.rmtree(above, ignore_errors=True)


def ask(demo, *words):
    done = subprocess.run(
        [os.path.join(BUILD, "mercat"), "--config", f"{demo}/mercat.conf", "--json",
         "--as", "Ada Officer", *words], text=True, stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout)


def pid_of(demo):
    with open(f"{demo}/mercatd.pid", encoding="utf-8") as file:
        return int(file.read())


def is_running(pid):
    """A process that ended but was not waited for has an empty command line."""
    try:
        with open(f"/proc/{pid}/cmdline", "rb") as file:
            return bool(file.read())
    except FileNotFoundError:
        return False


def test_update_is_out_to_everybody_who_chose_a_section(demo):
    rows = ask(demo, "bulletin", "ledger", "cpip", "1")
    assert len(rows) == 37 and {row["state"] for row in rows} == {"sent"}


def test_every_mail_was_taken_for_what_it_is(demo):
    kinds = [row["kind"] for row in ask(demo, "inbound", "list", "--limit", "1000")]
    assert len(kinds) == 44  # 34 emails, and ten letters that were typed in
    for kind in ("bounce", "autoreply", "list", "command", "human"):
        assert kind in kinds, kind


def test_replies_can_be_read_whatever_their_charset(demo):
    rows = ask(demo, "response", "list", "--consultation", "safe-places")
    # The news of another list is among them: what came to the consultation is screened.
    assert len(rows) == 28
    for words in ("num\u00e9ro", "caf\u00e9", "\u56f3\u66f8\u9928"):
        texts = [ask(demo, "response", "show", row["reference"])["mail"]["text"]
                 for row in rows]
        assert any(words in text for text in texts if text), words


def test_what_is_no_response_is_proposed_and_a_risk_is_seen(demo):
    proposed = ask(demo, "response", "proposed", "safe-places")
    kinds = {row["kind"] for row in proposed}
    assert kinds >= {"question", "information", "complaint", "risk"}
    stray = ask(demo, "inbound", "list", "--taken-as", "unsorted")
    assert sum(ask(demo, "inbound", "show", str(row["id"]))["mail"]["at_risk"]
               for row in stray) == 1


def test_late_reply_is_marked(demo):
    rows = ask(demo, "response", "list", "--consultation", "travel-costs")
    assert sum(bool(row["late"]) for row in rows) == 1 and len(rows) == 10


def test_what_was_closed_has_a_report_that_waits_for_approval(demo):
    edition, = ask(demo, "report", "list", "travel-costs")
    assert (edition["asked_of"], edition["approved_by"], edition["changed"]) == ("Bea Second", None, 0)
    shown = ask(demo, "report", "show", "travel-costs")["markdown"]
    assert "Ferry Users' Group" in shown and "Elspeth" not in shown and "Strath" not in shown


def test_second_run_changes_nothing(demo):
    pid, length = pid_of(demo), len(ask(demo, "audit", "list", "--limit", "100000"))
    done = stage("start", demo)
    assert done.returncode == 0 and "tools/demo --stop" in done.stdout
    assert pid_of(demo) == pid
    assert len(ask(demo, "audit", "list", "--limit", "100000")) == length


def test_stop_ends_the_daemon_and_start_goes_on(demo):
    pid = pid_of(demo)
    assert stage("stop", demo).returncode == 0
    assert not is_running(pid)
    assert stage("stop", demo).returncode == 0
    assert stage("start", demo).returncode == 0
    assert pid_of(demo) != pid
    assert len(ask(demo, "bulletin", "ledger", "cpip", "1")) == 37


def test_folder_of_somebody_else_is_left_alone(demo):
    other = os.path.join(os.path.dirname(demo), "other")
    os.makedirs(other, exist_ok=True)
    with open(os.path.join(other, "thesis.txt"), "w", encoding="utf-8") as out:
        out.write("do not lose\n")
    done = stage("start", other)
    assert done.returncode == 1 and "another folder" in done.stderr
    assert os.listdir(other) == ["thesis.txt"]
