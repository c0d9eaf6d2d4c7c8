"""mercat doctor: all is well, and each thing that may be wrong has its line and its cure."""
import contextlib
import os
import shutil
import socket
import sqlite3
import ssl
import struct
import subprocess
import threading

import pytest

from e2e.house import DOMAIN, SOURCE, House
from servers.ground import open_folder
from servers.postfix import Postfix

SHIM = r"""
#include <stdlib.h>
#include <sys/statvfs.h>
#include <time.h>
#include <dlfcn.h>
int statvfs(const char *path, struct statvfs *out)
{
	static int (*real)(const char *, struct statvfs *);
	if (!real)
		real = (int (*)(const char *, struct statvfs *))dlsym(RTLD_NEXT, "statvfs");
	int got = real(path, out);
	if (getenv("NO_ROOM"))
		out->f_bavail = 10;
	return got;
}
static time_t moved(time_t at) { return getenv("OLD_CLOCK") ? 1000000000 : at; }
time_t time(time_t *to)
{
	struct timespec t;
	static int (*real)(clockid_t, struct timespec *);
	if (!real)
		real = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
	real(CLOCK_REALTIME, &t);
	if (to)
		*to = moved(t.tv_sec);
	return moved(t.tv_sec);
}
int clock_gettime(clockid_t clock, struct timespec *out)
{
	static int (*real)(clockid_t, struct timespec *);
	if (!real)
		real = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
	int got = real(clock, out);
	if (clock == CLOCK_REALTIME)
		out->tv_sec = moved(out->tv_sec);
	return got;
}
"""


class Names:
    """A name server that knows TXT records; what it does not know is absent."""

    def __init__(self):
        self.records = {}
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            packet, peer = self.socket.recvfrom(4096)
            labels, at = [], 12
            while packet[at]:
                labels.append(packet[at + 1:at + 1 + packet[at]].decode())
                at += 1 + packet[at]
            texts = self.records.get(".".join(labels).lower(), [])
            answers = b""
            for text in texts:
                parts = [text[i:i + 200].encode() for i in range(0, len(text), 200)]
                data = b"".join(bytes([len(part)]) + part for part in parts)
                answers += b"\xc0\x0c" + struct.pack(">HHIH", 16, 1, 300, len(data)) + data
            self.socket.sendto(packet[:2] + struct.pack(
                ">HHHHH", 0x8180 if texts else 0x8183, 1, len(texts), 0, 0)
                + packet[12:at + 5] + answers, peer)


NAMES = Names()
GOOD = {DOMAIN: ["google-site=1", "v=spf1 include:relay.example.test -all"],
        "_dmarc.example.test": ["v=DMARC1; p=quarantine"]}


@pytest.fixture(name="ward", scope="module")
def a_house():
    with House.opened(settings=f'sending: {{ resolver = "127.0.0.1:{NAMES.port}"; }};\n') as house:
        house.ok("staff", "add", "Ada Officer", "--email", "ada.officer@example.test", staff=None)
        house.ok("list", "add", "cpip", "--title", "Update", "--address", f"cpip@{DOMAIN}")
        house.ok("store", "backup", f"{house.folder}/copy.db")
        house.shim = f"{house.folder}/shim.so"
        with open(f"{house.folder}/shim.c", "w", encoding="utf-8") as file:
            file.write("#define _GNU_SOURCE\n" + SHIM)
        subprocess.run(["cc", "-shared", "-fPIC", "-o", house.shim, f"{house.folder}/shim.c",
                        "-ldl"], check=True)
        yield house


@pytest.fixture(autouse=True)
def what_the_names_say():
    NAMES.records = dict(GOOD)


def examined(house, *args, config=None):
    """{what: [line, ...]}, and the exit code."""
    done = house.mercat("doctor", *args, form="json", staff=None, config=config)
    found = {}
    for line in done.json["lines"]:
        assert (line["cure"] is not None) or line["state"] != "wrong", line
        found.setdefault(line["what"], []).append(line)
    assert done.code == (1 if done.json["wrong"] else 0), done
    return found


def wrong(found):
    """What needs a hand; that the tests themselves run as root is none of it."""
    lines = {what: [line["says"] for line in lines if line["state"] == "wrong"]
             for what, lines in found.items()}
    lines = {what: says for what, says in lines.items() if says}
    if os.geteuid() == 0:
        lines.pop("walls", None)
    return lines


def changed(house, *pairs, name="other.conf"):
    """The settings with other values, in a file of their own."""
    with open(house.config, encoding="utf-8") as file:
        text = file.read()
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new)
    return house.write(name, text)


def test_where_all_is_well_nothing_needs_a_hand(ward):
    found = examined(ward)
    assert not wrong(found), wrong(found)
    assert {"settings", "templates", "disk", "clock", "store", "backup", "mercatd", "walls",
            "mailbox main", "relay main", f"domain {DOMAIN}"} <= found.keys()
    assert "takes cpip@" in found["relay main"][0]["says"]
    text = ward.mercat("doctor", staff=None).out
    assert "good   store: " in text and "SPF: v=spf1" in text
    assert not any(what.startswith(("mailbox", "relay", "domain"))
                   for what in examined(ward, "--offline"))
    assert ward.mercat("doctor", form="csv", staff=None).code == 2


def test_it_changes_nothing_and_nobody_gets_a_mail(ward):
    before = ward.fingerprint()
    examined(ward)
    assert ward.fingerprint() == before
    assert "status=sent" not in ward.postfix.log_text()


@pytest.mark.parametrize("pairs, says", [
    ([('zone = "Europe/London"', 'zone = "Europe/Londinium"')], "Londinium"),
    ([("relays = (", "relay = (")], "relay"),
    ([("relays = (", "relays = ((")], "other.conf"),
])
def test_broken_settings_are_one_line_with_their_place(ward, pairs, says):
    found = examined(ward, config=changed(ward, *pairs))
    assert list(wrong(found)) == ["settings"] and says in wrong(found)["settings"][0], found


def test_password_that_is_missing_or_open_to_all(ward):
    path = f"{ward.folder}/password"
    os.chmod(path, 0o644)
    try:
        assert "permissions" in wrong(examined(ward, "--offline"))
    finally:
        os.chmod(path, 0o600)
    config = changed(ward, (path, path + ".no"))
    found = wrong(examined(ward, config=config))
    assert "settings" in found and "mailbox main" in found, found


def test_template_that_is_missing(ward, monkeypatch):
    templates = f"{ward.folder}/templates"
    shutil.copytree(os.path.join(SOURCE, "templates"), templates)
    os.unlink(f"{templates}/web/home.html")
    monkeypatch.setenv("MERCAT_TEMPLATES", templates)
    assert "home.html" in wrong(examined(ward, "--offline"))["templates"][0]


def test_store_of_another_version_damaged_or_absent(ward):
    state = f"{ward.folder}/elsewhere"
    config = changed(ward, (f"{ward.folder}/state", state))
    os.makedirs(state, exist_ok=True)
    found = wrong(examined(ward, "--offline", config=config))
    assert "store" in found and "mercatd" in found, found
    shutil.copy(f"{ward.folder}/copy.db", f"{state}/mercat.db")
    shutil.copy(f"{ward.folder}/state/mercat.key", state)
    store = sqlite3.connect(f"{state}/mercat.db")
    version = store.execute("PRAGMA user_version").fetchone()[0]
    for other in (version + 1, version - 1):
        store.execute(f"PRAGMA user_version = {other}")
        store.commit()
        assert "store" in wrong(examined(ward, "--offline", config=config)), other
    store.execute(f"PRAGMA user_version = {version}")
    store.commit()
    store.close()
    assert "store" not in wrong(examined(ward, "--offline", config=config))
    with open(f"{state}/mercat.db", "r+b") as file:
        file.seek(8192)
        file.write(b"\xff" * 65536)
    assert "store" in wrong(examined(ward, "--offline", config=config))


def test_disk_that_is_full_and_clock_that_is_wrong(ward, monkeypatch):
    monkeypatch.setenv("LD_PRELOAD", ward.shim)
    assert not wrong(examined(ward, "--offline"))
    monkeypatch.setenv("NO_ROOM", "1")
    assert "too few" in wrong(examined(ward, "--offline"))["disk"][0]
    monkeypatch.delenv("NO_ROOM")
    monkeypatch.setenv("OLD_CLOCK", "1")
    assert len(wrong(examined(ward, "--offline"))["clock"]) == 2


def test_copy_that_is_old_or_was_never_made(ward, monkeypatch):
    house = ward
    state = f"{house.folder}/bare"
    config = changed(house, (f"{house.folder}/state", state), name="bare.conf")
    house.ok("store", "init", staff=None, config=config)
    assert "ever made" in wrong(examined(house, "--offline", config=config))["backup"][0]
    monkeypatch.setattr(house, "config", house.config)


def test_daemon_that_does_not_run(ward):
    ward.stop_daemon()
    try:
        assert "mercatd" in wrong(examined(ward, "--offline"))
    finally:
        ward.start_daemon()


def test_servers_that_are_dead_or_refuse(ward):
    smtp, imap = ward.postfix.smtp_port, ward.dovecot.imap_port
    with contextlib.closing(socket.socket()) as nobody:
        nobody.bind(("127.0.0.1", 0))  # and never listens
        port = nobody.getsockname()[1]
        found = wrong(examined(ward, config=changed(
            ward, (f"port = {smtp}", f"port = {port}"), (f"port = {imap}", f"port = {port}"))))
    assert "relay main" in found and "mailbox main" in found, found
    path = ward.write("wrong", "not the password\n")
    os.chmod(path, 0o600)
    found = wrong(examined(ward, config=changed(
        ward, (f'password_file = "{ward.folder}/password"', f'password_file = "{path}"'))))
    assert "mailbox main" in found and "relay main" not in found, found


@contextlib.contextmanager
def a_relay(answers):
    """Scripted: {first word of a command: answer}."""
    server = socket.create_server(("127.0.0.1", 0))

    def serve():
        while True:
            try:
                client, _ = server.accept()
            except OSError:
                return
            with contextlib.suppress(OSError), client, client.makefile("rwb") as lines:
                lines.write(b"220 relay.example.test ESMTP\r\n")
                lines.flush()
                for line in lines:
                    word = line.split()[0].decode().upper() if line.split() else ""
                    lines.write(answers.get(word, "250 2.0.0 well").encode() + b"\r\n")
                    lines.flush()
                    if word == "QUIT":
                        break
    threading.Thread(target=serve, daemon=True).start()
    try:
        yield server.getsockname()[1]
    finally:
        server.close()


@pytest.mark.parametrize("answers, says", [
    ({"MAIL": "553 5.7.1 sender address rejected: not owned by user"}, "refuses cpip@"),
    ({"RCPT": "550 5.1.1 user unknown"}, "not its address with a plus"),
    ({"EHLO": "554 go away", "HELO": "554 go away"}, "554"),
])
def test_relay_that_does_not_take_us(ward, answers, says):
    with a_relay(answers) as port:
        found = wrong(examined(ward, config=changed(
            ward, (f"port = {ward.postfix.smtp_port}", f"port = {port}"))))
    assert says in found["relay main"][0], found


def an_expired_certificate(folder):
    """(certificate and key in one file)"""
    def openssl(*args):
        subprocess.run(["openssl", *args], check=True, capture_output=True, cwd=folder)
    with open(f"{folder}/ca.cnf", "w", encoding="utf-8") as file:
        file.write("[ca]\ndefault_ca=d\n[d]\ndatabase=index.txt\nserial=serial\nnew_certs_dir=.\n"
                   "default_md=sha256\npolicy=p\nunique_subject=no\n[p]\ncommonName=supplied\n")
    for name, text in (("index.txt", ""), ("serial", "01\n")):
        with open(f"{folder}/{name}", "w", encoding="utf-8") as file:
            file.write(text)
    openssl("req", "-newkey", "rsa:2048", "-nodes", "-keyout", "old.key", "-out", "old.csr",
            "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost")
    openssl("ca", "-batch", "-config", "ca.cnf", "-selfsign", "-keyfile", "old.key",
            "-in", "old.csr", "-out", "old.pem", "-notext", "-startdate", "20200101000000Z",
            "-enddate", "20200201000000Z")
    return f"{folder}/old.pem", f"{folder}/old.key"


def test_certificate_that_has_ended_or_ends_soon(ward):
    folder = open_folder()
    relay = Postfix(f"{folder}/tls", ward.dovecot.lmtp_port, tls=True)
    certificate, key = an_expired_certificate(folder)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server = socket.create_server(("127.0.0.1", 0))

    def serve():
        while True:
            try:
                client, _ = server.accept()
                with contextlib.suppress(OSError), context.wrap_socket(client, server_side=True):
                    pass
            except OSError:
                return
    threading.Thread(target=serve, daemon=True).start()
    port = server.getsockname()[1]
    try:
        relay.start()
        found = examined(ward, config=changed(
            ward,
            (f'host = "127.0.0.1"; port = {ward.dovecot.imap_port};\n\ttls = "none";',
             f'host = "localhost"; port = {port}; tls = "tls"; ca_file = "{certificate}";'),
            (f'port = {ward.postfix.smtp_port};\n\ttls = "none";',
             f'port = {relay.smtp_port}; tls = "starttls"; ca_file = "{relay.certificate}";')))
        assert "certificate" in wrong(found)["mailbox main"][0], found
        assert "certificate of the server ends on 20" in wrong(found)["relay main"][0], found
    finally:
        server.close()
        relay.stop()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.mark.parametrize("records, count, says", [
    ({DOMAIN: []}, 1, "no SPF record"),
    ({DOMAIN: ["v=spf1 -all", "v=spf1 ~all"]}, 1, "2 SPF records"),
    ({DOMAIN: ["v=spf1 +all"]}, 1, "lets everybody send"),
    ({"_dmarc.example.test": []}, 1, "no DMARC record"),
    ({DOMAIN: [], "_dmarc.example.test": []}, 2, "no SPF record"),
])
def test_what_the_dns_lacks_is_given_to_add(ward, records, count, says):
    NAMES.records.update(records)
    lines = [line for line in examined(ward)[f"domain {DOMAIN}"] if line["state"] == "wrong"]
    assert len(lines) == count and says in lines[0]["says"], lines
    assert "IN TXT" in lines[0]["cure"] or "of them" in lines[0]["cure"] or \
        "-all" in lines[0]["cure"]


def test_key_that_signs_must_be_the_one_in_the_dns(ward):
    subprocess.run(["openssl", "genrsa", "-out", f"{ward.folder}/dkim.pem", "2048"], check=True,
                   capture_output=True)
    config = changed(ward, ("relays = (", f'dkim = ( {{ domain = "{DOMAIN}"; selector = "s1";'
                            f' key_file = "{ward.folder}/dkim.pem"; }} );\nrelays = ('))
    lines = wrong(examined(ward, config=config))[f"domain {DOMAIN}"]
    assert "no key at s1._domainkey" in lines[0]
    printed = ward.ok("settings", "dkim", staff=None, config=config).out
    record = "".join(printed.split('"')[1::2])
    NAMES.records[f"s1._domainkey.{DOMAIN}"] = [record]
    assert not wrong(examined(ward, config=config))
    NAMES.records[f"s1._domainkey.{DOMAIN}"] = [record.replace("p=MIIB", "p=MIIC")]
    lines = wrong(examined(ward, config=config))[f"domain {DOMAIN}"]
    assert "not the one that signs" in lines[0]
