"""A real Dovecot for the tests, private to one folder.

    with Dovecot("/tmp/x") as server:           # start() and stop()
        uid = server.add_mail("policy", b"Subject: hi\\r\\n\\r\\nhello\\r\\n")
        ...  server.imap_port, server.imaps_port, server.lmtp_port

IMAP (plain and STARTTLS), IMAPS, LMTP and the login service that a Postfix asks
(auth_port) listen on free loopback ports. Everybody logs in with the password
"secret". The certificate is made at start, for the name "localhost" (or another) and
127.0.0.1; server.ca_file is what a client must trust.

Who has a mailbox:
    users=None       anybody, from the first use on; LMTP takes mail for any address:
                     the local part up to "+" is the user, or all of it goes to
                     catch_all (a user)
    users=[...]      these, by whole address, and nobody else: LMTP answers 550;
                     catch_all={domain: user} is the exception: one user gets all mail
                     of that domain. Delivered-To keeps the address with its "+detail".

    lmtp_path        the LMTP socket, for a Postfix on the same machine
    storage          "maildir" or "sdbox"
    command(line)    doveadm with this server's configuration

Runs as root (mail then belongs to nobody's user id, and others must be able to pass
through the folder) or as anybody. Python's standard library and Debian's
dovecot-imapd and dovecot-lmtpd, nothing else; no file of /etc/dovecot is read.

On its own:  python3 tests/servers/dovecot.py FOLDER   runs until standard input ends,
prints one line:  READY imap_port imaps_port lmtp_port ca_file  and then answers each
line of Python about "server" with a line: OK value, or FAILED why.
"""
import imaplib
import os
import pwd
import smtplib
import subprocess
import sys

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))

from servers.ground import die_with_parent, end, free_ports  # noqa: E402
from servers.ground import make_certificate, wait_for_greeting  # noqa: E402

PASSWORD = "secret"
DOVECOT = "/usr/sbin/dovecot"

CONFIG = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/dovecot.log
protocols = imap lmtp
listen = 127.0.0.1
default_login_user = {login_user}
default_internal_user = {inner_user}
{inner_group}
default_vsz_limit = 512M
mail_home = {folder}/mail/home-{box}
mail_location = {storage}:{folder}/mail/{box}
mail_uid = {uid}
mail_gid = {gid}
mail_fsync = never
first_valid_uid = 1
first_valid_gid = 1
mail_max_userip_connections = 500
auth_username_format = {box}
auth_mechanisms = plain login xoauth2 oauthbearer
auth_verbose = yes
auth_failure_delay = 0
recipient_delimiter = +
lmtp_save_to_detail_mailbox = no
disable_plaintext_auth = no
login_trusted_networks = 127.0.0.0/8
ssl = yes
ssl_cert = <{cert_file}
ssl_key = <{key_file}
ssl_client_ca_dir =
passdb {{
  driver = static
  args = password={password}
}}
{userdb}
namespace inbox {{
  inbox = yes
  separator = /
}}
service imap-login {{
  {chroot}
  service_count = 0
  inet_listener imap {{
    port = {imap_port}
  }}
  inet_listener imaps {{
    port = {imaps_port}
    ssl = yes
  }}
}}
service imap {{
  service_count = 1000
}}
service lmtp {{
  service_count = 1000
  inet_listener lmtp {{
    address = 127.0.0.1
    port = {lmtp_port}
  }}
  unix_listener lmtp {{
    mode = 0666
  }}
}}
service auth {{
  client_limit = 2000
  inet_listener {{
    address = 127.0.0.1
    port = {auth_port}
  }}
}}
service anvil {{
  {chroot}
}}
service stats {{
  {chroot}
}}
"""

ANYBODY = """
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/mail/home-{box} allow_all_users=yes
}}
protocol lmtp {{
  auth_username_format = {lmtp_user}
  mail_location = {storage}:{folder}/mail/{lmtp_user}
  postmaster_address = postmaster@localhost
}}
"""

# The second is asked for what the first does not know, by the domain alone.
THESE = """
userdb {{
  driver = passwd-file
  args = username_format=%Lu {folder}/users
}}
userdb {{
  driver = passwd-file
  args = username_format=%Ld {folder}/domains
}}
protocol lmtp {{
  postmaster_address = postmaster@localhost
}}
"""


class Dovecot:
    def __init__(self, folder, storage="maildir", catch_all=None,
                 certificate_name="localhost", users=None):
        self.folder = os.path.abspath(folder)
        self.storage = storage
        self.users = users
        self.catch_all = catch_all
        self.certificate_name = certificate_name
        self.imap_port, self.imaps_port, self.lmtp_port, self.auth_port = free_ports(4)
        self.conf = os.path.join(self.folder, "dovecot.conf")
        self.lmtp_path = os.path.join(self.folder, "run", "lmtp")
        self.ca_file = os.path.join(self.folder, "cert.pem")
        self.process = None
        self.seen = {}      # (user, folder): what lay there, and the mails
        me = pwd.getpwuid(os.geteuid())
        self.is_root = os.geteuid() == 0
        self.owner = pwd.getpwnam("nobody") if self.is_root else me

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        self.stop()

    def start(self):
        os.makedirs(os.path.join(self.folder, "mail"), exist_ok=True)
        os.chmod(self.folder, 0o755)
        os.chmod(os.path.join(self.folder, "mail"), 0o777)
        if not os.path.exists(self.ca_file):
            make_certificate(self.folder, self.certificate_name)
        with open(self.conf, "w", encoding="utf-8") as out:
            out.write(self._configuration())
        if self.users is not None:
            self._write_users()
        self.process = subprocess.Popen(
            [DOVECOT, "-F", "-c", self.conf], stdin=subprocess.DEVNULL,
            preexec_fn=die_with_parent)
        log = os.path.join(self.folder, "dovecot.log")
        wait_for_greeting(self.imap_port, self.process, log)
        wait_for_greeting(self.lmtp_port, self.process, log)
        return self

    def stop(self):
        end(self.process)
        self.process = None

    def log(self):
        path = os.path.join(self.folder, "dovecot.log")
        if not os.path.exists(path):
            return "(no log)"
        with open(path, encoding="utf-8", errors="replace") as file:
            return file.read()

    def command(self, *args):
        """doveadm ARGS with this configuration; returns what it prints."""
        return subprocess.run(("doveadm", "-c", self.conf) + args, check=True,
                              capture_output=True, text=True).stdout

    def client(self, user, folder=None):
        """A logged-in imaplib client, with folder selected when one is named."""
        client = imaplib.IMAP4("127.0.0.1", self.imap_port)
        client.login(user, PASSWORD)
        if folder is not None:
            status, text = client.select(folder)
            if status != "OK":
                raise RuntimeError(f"cannot select {folder}: {text!r}")
        return client

    def add_mail(self, user, raw, folder="INBOX"):
        """Puts one mail (bytes) into a folder, made when missing; returns its UID."""
        return self.add_mails(user, [raw], folder)[0]

    def add_mails(self, user, raws, folder="INBOX"):
        client = self.client(user)
        try:
            if folder != "INBOX":
                client.create(folder)
            uids = []
            for raw in raws:
                status, text = client.append(folder, None, None, raw)
                if status != "OK":
                    raise RuntimeError(f"cannot append: {text!r}")
                uids.append(int(text[0].split(b"]")[0].split()[-1]))
            return uids
        finally:
            client.logout()

    def mails(self, user, folder="INBOX"):
        """Every mail of a folder, as bytes, oldest first. Who waits for one asks often: the
        server is asked again when there are other files."""
        names = self._names(user, folder)
        if names is not None and self.seen.get((user, folder), (None,))[0] == names:
            return list(self.seen[user, folder][1])
        mails = self._fetch(user, folder)
        self.seen[user, folder] = names, mails
        return list(mails)

    def _names(self, user, folder):
        """The files in a maildir: what is in a file, and its name up to the flags, never
        changes. None where this does not know."""
        place = f"{self.folder}/mail/{user.lower()}"
        if self.storage != "maildir" or folder != "INBOX" or self.users is None:
            return None
        return {name.partition(":")[0] for part in ("new", "cur")
                for _, _, names in os.walk(f"{place}/{part}") for name in names}

    def _fetch(self, user, folder):
        client = self.client(user, folder)
        try:
            found = client.uid("SEARCH", "ALL")[1][0].split()
            if not found:
                return []
            parts = client.uid("FETCH", b",".join(found), "(BODY.PEEK[])")[1]
            return [part[1] for part in parts if isinstance(part, tuple)]
        finally:
            client.logout()

    def deliver(self, recipient, raw, sender=""):
        """Hands one mail to LMTP, as a relay would."""
        with smtplib.LMTP("127.0.0.1", self.lmtp_port) as relay:
            relay.sendmail(sender, [recipient], raw)

    def _configuration(self):
        me = pwd.getpwuid(os.geteuid()).pw_name
        fill = {"folder": self.folder, "storage": self.storage,
                "uid": self.owner.pw_uid, "gid": self.owner.pw_gid,
                "box": "%Ln" if self.users is None else "%Lu",
                "lmtp_user": self.catch_all or "%Ln"}
        return CONFIG.format(
            **fill, password=PASSWORD, cert_file=self.ca_file,
            key_file=os.path.join(self.folder, "key.pem"),
            login_user="dovenull" if self.is_root else me,
            inner_user="dovecot" if self.is_root else me,
            inner_group="default_internal_group = dovecot" if self.is_root else "",
            chroot="" if self.is_root else "chroot =",
            userdb=(ANYBODY if self.users is None else THESE).format(**fill),
            imap_port=self.imap_port, imaps_port=self.imaps_port,
            lmtp_port=self.lmtp_port, auth_port=self.auth_port)

    def _write_users(self):
        line = (f"{{}}::{self.owner.pw_uid}:{self.owner.pw_gid}::"
                f"{self.folder}/mail/home-{{}}::{{}}\n")
        catch_all = self.catch_all or {}
        with open(os.path.join(self.folder, "users"), "w", encoding="utf-8") as out:
            for user in sorted({*self.users, *catch_all.values()}):
                out.write(line.format(user, user, ""))
        with open(os.path.join(self.folder, "domains"), "w", encoding="utf-8") as out:
            for domain, user in sorted(catch_all.items()):
                mail = f"mail={self.storage}:{self.folder}/mail/{user}"
                out.write(line.format(domain, user, f"user={user} userdb_{mail}"))


def main():
    with Dovecot(sys.argv[1], *sys.argv[2:]) as server:
        print("READY", server.imap_port, server.imaps_port, server.lmtp_port,
              server.ca_file, flush=True)
        for line in sys.stdin:
            try:
                print("OK", eval(line, {"server": server}), flush=True)
            except Exception as fault:      # the test that asked shows it
                print("FAILED", repr(fault), flush=True)


if __name__ == "__main__":
    main()
