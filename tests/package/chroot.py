#!/usr/bin/python3
"""The package in a fresh Debian 12: installed, upgraded, used, removed, purged.

usage: chroot.py SOURCES PACKAGE.deb [BEFORE.deb]     as tools/package --test calls it

The Debian is a folder, made from the mirror that this machine's apt uses and kept as
build/package/base.tar. No systemd runs in it: the daemon is started as its unit's ExecStart
says, as the unit's user, and says by the unit's protocol that it is ready. Everything lies in
a mount namespace of this process, so nothing stays mounted. Prints what held, line by line.
"""
import ctypes
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tarfile
import time

SOURCES, PACKAGE = (os.path.abspath(path) for path in sys.argv[1:3])
OUT = os.path.join(SOURCES, "build", "package")
BASE = os.path.join(OUT, "base.tar")
ROOT = os.path.join(OUT, "root")
SOON = 300
CLONE_NEWNS, MS_REC, MS_PRIVATE = 0x00020000, 16384, 1 << 18

CONF = """
organisation = "Child Protection Policy Team";
base_url = "https://updates.example.org";
bulletin: {{ grace = "0 s"; }};
mailboxes = ( {{ name = "main"; kind = "maildir"; path = "/var/lib/mercat/post"; }} );
relays = ( {{ name = "main"; kind = "smtp"; host = "127.0.0.1"; port = {port};
	tls = "none"; }} );
web: {{ listen = "unix:/run/mercat/web.sock"; }};
"""
UPDATE = """---
list: children
title: Installed by its package
---
Good morning.
"""
RESPONSE = """Delivered-To: {address}
From: Olive Quarry <olive@example.test>
To: {address}
Subject: Safe places
Message-ID: <first@example.test>
Date: {date}

I agree with what is asked in question 1. Small halls need the same checks.
"""


class Failed(Exception):
    pass


class House:
    def __init__(self):
        self.passed = 0
        self.daemon = self.sink = None

    # -- what is said

    def holds(self, words, is_so, more=""):
        if not is_so:
            print(f"not ok - {words}\n{more}", flush=True)
            raise Failed(words)
        self.passed += 1
        print(f"ok {self.passed} - {words}", flush=True)

    # -- commands

    @staticmethod
    def run(*command, code=0, stdin=None):
        done = subprocess.run(command, input=stdin, text=True, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, check=False)
        if code is not None and done.returncode != code:
            raise Failed(f"{' '.join(command)}: {done.returncode}\n{done.stdout[-4000:]}")
        return done.stdout

    def inside(self, *command, **more):
        return self.run("chroot", ROOT, "/usr/bin/env", "-i", "PATH=/usr/sbin:/usr/bin:/sbin:/bin",
                        "HOME=/", "LC_ALL=C.UTF-8", "DEBIAN_FRONTEND=noninteractive",
                        *command, **more)

    def mercat(self, *words, **more):
        return self.inside("runuser", "-u", "mercat", "--", "mercat", *words, **more)

    def apt(self, *words):
        return self.inside("apt-get", "-y", "--no-install-recommends", "-o",
                           "Dpkg::Use-Pty=0", *words)

    @staticmethod
    def path(inside):
        return ROOT + inside

    def wait_for(self, what, look):
        until = time.monotonic() + SOON
        while time.monotonic() < until:
            got = look()
            if got:
                return got
            if self.daemon and self.daemon.poll() is not None:
                raise Failed(f"mercatd ended with {self.daemon.returncode}: {self.log()}")
            time.sleep(0.1)
        raise Failed(f"waited for: {what}\n{self.log()}")

    @staticmethod
    def log():
        try:
            with open(os.path.join(OUT, "mercatd.log"), encoding="utf-8") as said:
                return said.read()[-3000:]
        except FileNotFoundError:
            return ""

    # -- the ground

    def base(self):
        if not os.path.exists(BASE):
            print("a fresh Debian is fetched", flush=True)
            self.run("mmdebstrap", "--quiet", "--variant=minbase", "bookworm", BASE + ".tar",
                     *self.sources())
            os.rename(BASE + ".tar", BASE)
        shutil.rmtree(ROOT, ignore_errors=True)
        os.mkdir(ROOT)
        self.run("tar", "-xf", BASE, "-C", ROOT)
        self.run("mount", "-t", "proc", "proc", self.path("/proc"))
        # As apt is set up on this machine, but for its folders and hooks.
        wanted = [line for line in self.run("apt-config", "dump").splitlines()
                  if re.match(r"Acquire::(http|https|Check|Retries)", line, re.I)]
        with open(self.path("/etc/apt/apt.conf.d/99machine"), "w", encoding="utf-8") as file:
            file.write("\n".join(wanted) + "\n")
        shutil.copy("/etc/resolv.conf", self.path("/etc/resolv.conf"))
        # Debian starts what it installs: there is nothing here to start it with.
        with open(self.path("/usr/sbin/policy-rc.d"), "w", encoding="utf-8") as file:
            file.write("#!/bin/sh\nexit 101\n")
        os.chmod(self.path("/usr/sbin/policy-rc.d"), 0o755)
        self.apt("update")

    @staticmethod
    def sources():
        """What this machine's apt has of Debian itself."""
        folder = "/etc/apt/sources.list.d"
        found = [os.path.join(folder, name) for name in sorted(os.listdir(folder))
                 if name.endswith((".sources", ".list"))] if os.path.isdir(folder) else []
        found = [path for path in ["/etc/apt/sources.list", *found] if os.path.isfile(path)]
        return [path for path in found if "debian" in open(path, encoding="utf-8").read()]

    def package_before(self):
        """This one under a lower number: what it installs first, and is upgraded from."""
        if len(sys.argv) > 3:
            return sys.argv[3]
        parts, path = os.path.join(OUT, "before"), os.path.join(OUT, "before.deb")
        shutil.rmtree(parts, ignore_errors=True)
        self.run("dpkg-deb", "-R", PACKAGE, parts)
        with open(os.path.join(parts, "DEBIAN", "control"), encoding="utf-8") as file:
            control = re.sub(r"^Version: .*", "Version: 0.0.1", file.read(), flags=re.M)
        with open(os.path.join(parts, "DEBIAN", "control"), "w", encoding="utf-8") as file:
            file.write(control)
        self.run("dpkg-deb", "--root-owner-group", "-b", parts, path)
        return path

    def install(self, package):
        shutil.copy(package, self.path("/srv/mercat.deb"))
        return self.apt("install", "/srv/mercat.deb")

    def version(self):
        return self.inside("dpkg-query", "-W", "-f", "${Version}", "mercat")

    # -- the parts

    def installed(self):
        self.install(self.package_before())
        self.before = self.version()
        self.holds(f"{self.before} is installed, without what it recommends", self.before)
        self.holds("there is a user, a folder of settings and a folder of data, each its own",
                   self.inside("stat", "-c", "%n %U %G %a", "/etc/mercat", "/var/lib/mercat")
                   == "/etc/mercat root mercat 750\n/var/lib/mercat mercat mercat 700\n")
        self.holds("the daemon is enabled, and without settings its unit does not start it",
                   os.path.islink(self.path(
                       "/etc/systemd/system/multi-user.target.wants/mercat.service"))
                   and self.unit("ConditionPathExists") == "/etc/mercat/mercat.conf"
                   and not os.path.exists(self.path("/etc/mercat/mercat.conf")))
        for what in ("/usr/share/man/man1/mercat.1.gz", "/usr/share/man/man8/mercatd.8.gz",
                     "/usr/share/man/man5/mercat.conf.5.gz", "/etc/apparmor.d/usr.sbin.mercatd",
                     "/usr/share/bash-completion/completions/mercat",
                     "/usr/share/zsh/vendor-completions/_mercat",
                     "/usr/share/locale/gd/LC_MESSAGES/mercat.mo",
                     "/usr/share/doc/mercat/examples/nginx.conf"):
            self.holds(f"{what} is there", os.path.exists(self.path(what)))
        self.holds("systemd finds nothing wrong with the units", not [line for line in self.inside(
            "systemd-analyze", "verify", "--man=no", *(
                f"/lib/systemd/system/mercat{name}"
                for name in (".service", "-backup.service", "-backup.timer")),
            code=None).splitlines() if "mercat" in line])
        self.holds("the copies have their timer", os.path.islink(self.path(
            "/etc/systemd/system/timers.target.wants/mercat-backup.timer")))
        # By this machine's parser, and the abstractions that it came with.
        self.run("apparmor_parser", "-QTK", self.path("/etc/apparmor.d/usr.sbin.mercatd"))
        self.holds("the profile can be read", True)

    def unit(self, name, of="mercat.service"):
        with open(self.path(f"/lib/systemd/system/{of}"), encoding="utf-8") as file:
            return re.search(rf"^{name}=(.*)$", file.read(), re.M).group(1)

    def upgraded(self):
        with open(self.path("/etc/mercat/mercat.conf"), "w", encoding="utf-8") as file:
            file.write(CONF.format(port=self.port))
        self.inside("chown", "root:mercat", "/etc/mercat/mercat.conf")
        self.inside("chmod", "640", "/etc/mercat/mercat.conf")
        oldest = min((name for name in os.listdir(os.path.join(SOURCES, "tests", "stores"))
                      if name.endswith(".tar.xz")), key=lambda name: int(name[1:].split(".")[0]))
        with tarfile.open(os.path.join(SOURCES, "tests", "stores", oldest)) as tar:
            for name in ("mercat.db", "mercat.key"):
                with open(self.path(f"/var/lib/mercat/{name}"), "wb") as file:
                    file.write(tar.extractfile(name).read())
                self.inside("chown", "mercat:mercat", f"/var/lib/mercat/{name}")
                self.inside("chmod", "600", f"/var/lib/mercat/{name}")
        for name in ("new", "cur", "tmp"):
            os.makedirs(self.path(f"/var/lib/mercat/post/{name}"))
        self.inside("chown", "-R", "mercat:mercat", "/var/lib/mercat/post")
        settings = os.stat(self.path("/etc/mercat/mercat.conf"))
        self.install(PACKAGE)
        self.holds(f"it is upgraded from {self.before} to {self.version()}",
                   self.version() != self.before)
        after = os.stat(self.path("/etc/mercat/mercat.conf"))
        self.holds("the settings are as they were", (settings.st_mtime, settings.st_mode)
                   == (after.st_mtime, after.st_mode))
        self.start()
        self.holds("the daemon brings a store of the oldest schema up to date, as the unit "
                   "starts it", "The store is whole" in self.mercat("store", "check"))
        self.holds("a copy of before lies beside it", [
            name for name in os.listdir(self.path("/var/lib/mercat"))
            if re.fullmatch(r"mercat\.db\.before-\d+", name)])
        self.holds("what was in it is there", "cpip" in self.mercat("list", "list"))

    def start(self):
        """By the unit's ExecStart, as its user, until it says that it is ready."""
        self.inside("install", "-d", "-o", "mercat", "-g", "mercat", "-m",
                    self.unit("RuntimeDirectoryMode"), "/run/mercat")
        told = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        notify = self.path("/run/notify")
        if os.path.exists(notify):
            os.unlink(notify)
        here = os.getcwd()
        os.chdir(self.path("/run"))  # the name of a socket is short
        told.bind("notify")
        os.chdir(here)
        os.chmod(notify, 0o777)
        told.settimeout(0.2)
        with open(os.path.join(OUT, "mercatd.log"), "w", encoding="utf-8") as log:
            self.daemon = subprocess.Popen(
                ["chroot", ROOT, "/usr/bin/env", "-i", "PATH=/usr/sbin:/usr/bin:/sbin:/bin",
                 "NOTIFY_SOCKET=/run/notify", "setpriv", "--reuid", self.unit("User"), "--regid",
                 self.unit("Group"), "--init-groups", "--no-new-privs",
                 *self.unit("ExecStart").split()], stdout=log, stderr=log)

        def ready():
            try:
                return b"READY=1" in told.recv(4096)
            except socket.timeout:
                return False
        self.wait_for("mercatd to be ready", ready)
        told.close()

    def stop(self):
        self.daemon.send_signal(signal.SIGTERM)
        self.daemon.wait(SOON)
        self.holds("it stops when it is told to", self.daemon.returncode == 0, self.log())
        self.daemon = None

    def sent(self):
        with open(os.path.join(OUT, "sink.log"), encoding="utf-8") as file:
            return file.read()

    def bulletin(self):
        self.mercat("staff", "add", "Una Officer", "--email", "una@example.test")
        self.mercat("staff", "add", "Val Second", "--email", "val@example.test")
        self.mercat("--as", "Una Officer", "list", "add", "children", "--title", "An update",
                    "--address", "children@updates.example.org")
        self.mercat("--as", "Una Officer", "subscriber", "add", "children",
                    "reader@example.test", "--basis", "asked by telephone", "--quiet")
        with open(self.path("/tmp/update.md"), "w", encoding="utf-8") as file:
            file.write(UPDATE)
        self.mercat("--as", "Una Officer", "bulletin", "draft", "/tmp/update.md")
        self.mercat("--as", "Val Second", "bulletin", "approve", "children", "1")
        self.mercat("--as", "Una Officer", "bulletin", "send", "children", "1")
        self.wait_for("the bulletin", lambda: "reader@example.test" in self.sent())
        self.holds("a bulletin goes out", True)
        self.wait_for("its ledger", lambda: json.loads(self.mercat(
            "--json", "bulletin", "status", "children", "1"))["state"] == "sent")
        self.holds("its ledger says so", True)

    def response(self):
        with open(os.path.join(SOURCES, "tools", "demo.d", "consultation.md"),
                  encoding="utf-8") as file:  # the one that the old store has
            address = re.search(r"^address: (.*)$", file.read(), re.M).group(1)
        name = self.path("/var/lib/mercat/post/tmp/1.first")
        with open(name, "w", encoding="utf-8") as file:
            file.write(RESPONSE.format(address=address, date=time.strftime(
                "%a, %d %b %Y %H:%M:%S +0000", time.gmtime())))
        self.inside("chown", "mercat:mercat", "/var/lib/mercat/post/tmp/1.first")
        os.rename(name, self.path("/var/lib/mercat/post/new/1.first"))
        self.wait_for("the acknowledgement", lambda: "olive@example.test" in self.sent())
        self.holds("a response is acknowledged", True)
        self.holds("a response is read", self.has_response())
        page = self.run("curl", "-s", "--unix-socket", self.path("/run/mercat/web.sock"),
                        "http://updates.example.org/health")
        self.holds("the pages answer", page.strip().startswith("ok"), page)

    def has_response(self):
        return "olive@example.test" in self.mercat("response", "search", "halls checks")

    def copied(self):
        """As the timer's service does it; then the store is lost, and put back."""
        said = self.inside("runuser", "-u", self.unit("User", "mercat-backup.service"), "--",
                           *self.unit("ExecStart", "mercat-backup.service").split())
        self.holds("a copy is made and proven while the daemon runs", "found whole" in said)
        said = self.mercat("store", "restore", "/var/backups/mercat", code=None)
        self.holds("it is not put back while the daemon runs", "running already" in said, said)
        self.stop()
        os.unlink(self.path("/var/lib/mercat/mercat.db"))
        os.unlink(self.path("/var/lib/mercat/mercat.key"))
        said = self.mercat("store", "restore", "/var/backups/mercat")
        self.holds("the newest copy is put back in the place of a lost store",
                   self.has_response(), said)
        self.start()
        self.holds("the daemon starts with it", "The store is whole" in self.mercat(
            "store", "check"))

    def removed(self):
        self.apt("remove", "mercat")
        self.holds("removed, it leaves the settings and the data",
                   os.path.exists(self.path("/etc/mercat/mercat.conf"))
                   and os.path.exists(self.path("/var/lib/mercat/mercat.db"))
                   and not os.path.exists(self.path("/usr/sbin/mercatd")))
        said = self.apt("purge", "mercat")
        self.holds("purged, it says that the data are kept, and where",
                   "the store and its key are kept in /var/lib/mercat" in said, said)
        self.holds("and they are", all(os.path.exists(self.path(f"/var/lib/mercat/{name}"))
                                       for name in ("mercat.db", "mercat.key")))
        elsewhere = [word for place in ("/var/lib/mercat", "/var/backups/mercat", "/proc", "/srv")
                     for word in ("-not", "-path", f"{place}/*")]
        left = self.inside("find", "/", "-xdev", "-iname", "*mercat*", *elsewhere).split()
        self.holds("of the settings no trace is left", sorted(left) == [
            "/var/backups/mercat", "/var/lib/mercat"],
                   "\n".join(left))
        self.install(PACKAGE)
        with open(self.path("/etc/mercat/mercat.conf"), "w", encoding="utf-8") as file:
            file.write(CONF.format(port=self.port))
        self.holds("installed again, it has the same store", "An update" in self.mercat(
            "list", "list") and self.has_response())

    def begin_sink(self):
        log = os.path.join(OUT, "sink.log")
        open(log, "w", encoding="utf-8").close()
        self.sink = subprocess.Popen(
            ["/usr/bin/python3", os.path.join(SOURCES, "tests", "faults", "sink.py"), log],
            stdout=subprocess.PIPE, text=True)
        self.port = int(self.sink.stdout.readline())

    def end(self):
        for one in (self.daemon, self.sink):
            if one and one.poll() is None:
                one.terminate()
                one.wait(SOON)


def own_namespace():
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(CLONE_NEWNS) or libc.mount(b"none", b"/", None, MS_REC | MS_PRIVATE, None):
        sys.exit(f"chroot.py: no namespace of mounts: {os.strerror(ctypes.get_errno())}")


def main():
    own_namespace()
    house, failed = House(), 0
    try:
        house.base()
        house.begin_sink()
        for part in (house.installed, house.upgraded, house.bulletin, house.response,
                     house.copied, house.stop, house.removed):
            part()
    except Failed as why:
        print(f"FAILED: {why}")
        failed = 1
    finally:
        house.end()
    print(f"{house.passed} passed, {failed} failed")
    sys.exit(failed)


if __name__ == "__main__":
    main()
