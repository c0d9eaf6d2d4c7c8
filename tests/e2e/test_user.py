"""mercatd started as root, with a user of its own in the settings."""
import os
import pwd
import signal
import stat
import subprocess

import pytest
from e2e.house import House, wait_for
from servers.ground import die_with_parent, open_folder

USER = "daemon"

CONF = """
organisation = "Child Protection Policy Team";
base_url = "https://updates.example.test";
state_dir = "{folder}/state";
user = "{user}";
mailboxes = ( {{ name = "main"; kind = "maildir"; path = "{folder}/in"; }},
	{{ name = "far"; kind = "imap"; host = "127.0.0.1"; port = 9; tls = "none";
	user = "u"; password_file = "{folder}/password"; }} );
relays = ( {{ name = "main"; kind = "maildir"; path = "{folder}/out"; }} );
"""


@pytest.fixture(name="place")
def a_place():
    folder = open_folder()
    owner = pwd.getpwnam(USER)
    for name in ("in", "out"):
        os.mkdir(f"{folder}/{name}")
        os.chown(f"{folder}/{name}", owner.pw_uid, owner.pw_gid)
    with open(f"{folder}/mercat.conf", "w", encoding="utf-8") as out:
        out.write(CONF.format(folder=folder, user=USER))
    with open(f"{folder}/password", "w", encoding="utf-8") as out:
        out.write("only root may read this\n")
    os.chmod(f"{folder}/password", 0o600)
    yield folder


def who(pid):
    return os.stat(f"/proc/{pid}").st_uid


def children(pid):
    with open(f"/proc/{pid}/task/{pid}/children", encoding="utf-8") as file:
        return [int(word) for word in file.read().split()]


def test_every_process_is_the_user_and_secrets_stay_with_root(place):
    config = f"{place}/mercat.conf"
    subprocess.run([House.program("mercat"), "--config", config, "store", "init"],
                   check=True, stdout=subprocess.DEVNULL)
    uid = pwd.getpwnam(USER).pw_uid
    for name in os.listdir(f"{place}/state"):
        assert os.stat(f"{place}/state/{name}").st_uid == uid, name
        assert not os.stat(f"{place}/state/{name}").st_mode & (stat.S_IRWXG | stat.S_IRWXO)
    with open(f"{place}/log", "wb") as log:
        daemon = subprocess.Popen([House.program("mercatd"), "--config", config],
                                  stdout=log, stderr=log, preexec_fn=die_with_parent)
    try:
        roles = wait_for("its roles", lambda: len(children(daemon.pid)) >= 5
                         and children(daemon.pid))
        assert {who(pid) for pid in [daemon.pid, *roles]} == {uid}
        for pid in roles:
            with open(f"/proc/{pid}/cmdline", "rb") as file:
                assert b"only root" not in file.read()
            with open(f"/proc/{pid}/environ", "rb") as file:
                assert b"only root" not in file.read()
        second = subprocess.run([House.program("mercatd"), "--config", config],
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                                check=False)
        assert second.returncode == 1
        assert f"as process {daemon.pid}" in second.stderr
    finally:
        daemon.send_signal(signal.SIGTERM)
        assert daemon.wait(20) == 0
