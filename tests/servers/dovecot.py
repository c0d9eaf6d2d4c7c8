"""A real Dovecot of the test's own: IMAP and LMTP on high loopback ports.

Runs as root, since Dovecot wants its own users for its parts; the mail belongs to
nobody. Everything lies in the folder that is handed over, which others must be able
to pass through (mode 711), and nothing of /etc/dovecot is read.

Who has a mailbox: the users named (or all of them, where users is None), and every
address of a catch-all domain, whose mail lands in one user's mailbox with the address
it was sent to kept in Delivered-To. Any other recipient is refused with 550.
"""
import imaplib
import os
import pwd
import smtplib
import subprocess

from servers.ground import die_with_parent, end, free_ports, make_certificate
from servers.ground import wait_for_greeting

PASSWORD = "sesame"

CONFIG = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/dovecot.log
protocols = imap lmtp
listen = 127.0.0.1
default_internal_user = dovecot
default_login_user = dovenull
mail_uid = {uid}
mail_gid = {gid}
first_valid_uid = 1
first_valid_gid = 1
mail_home = {folder}/mail/%u
mail_location = maildir:~/Maildir
recipient_delimiter = +
auth_username_format = %Lu
auth_mechanisms = plain login
disable_plaintext_auth = no
ssl = {ssl}
{certificate}
mail_max_userip_connections = 500
mail_fsync = never
default_vsz_limit = 512M
default_process_limit = 500
default_client_limit = 2000
imap_idle_notify_interval = 2 mins
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
  chroot =
  service_count = 0
  inet_listener imap {{
    address = 127.0.0.1
    port = {imap_port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service lmtp {{
  inet_listener lmtp {{
    address = 127.0.0.1
    port = {lmtp_port}
  }}
}}
service auth {{
  inet_listener {{
    address = 127.0.0.1
    port = {auth_port}
  }}
}}
service stats {{
  unix_listener stats-writer {{
    mode = 0666
  }}
}}
service anvil {{
  chroot =
}}
protocol lmtp {{
  auth_username_format = %Lu
  info_log_path = /dev/null
}}
"""

# The second userdb is asked for what the first does not know, by the domain alone.
USERDB = """
userdb {{
  driver = passwd-file
  args = username_format=%Lu {folder}/users
}}
userdb {{
  driver = passwd-file
  args = username_format=%Ld {folder}/domains
}}
"""
USERDB_ANY = """
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/mail/%u
}}
"""


class Dovecot:
    def __init__(self, folder, users=None, catch_all=None, tls=False):
        """users: names, or None for anyone; catch_all: {domain: user}."""
        self.folder = os.path.abspath(folder)
        self.users = users
        self.catch_all = catch_all or {}
        self.tls = tls
        self.imap_port, self.lmtp_port, self.auth_port = free_ports(3)
        self.certificate = None
        self.process = None
        self.owner = pwd.getpwnam("nobody")

    def start(self):
        for name in ("", "run", "state", "mail"):
            os.makedirs(os.path.join(self.folder, name), mode=0o755, exist_ok=True)
        os.chown(os.path.join(self.folder, "mail"), self.owner.pw_uid, self.owner.pw_gid)
        certificate = ""
        if self.tls:
            self.certificate, key = make_certificate(self.folder)
            certificate = f"ssl_cert = <{self.certificate}\nssl_key = <{key}"
        fill = {"folder": self.folder, "uid": self.owner.pw_uid,
                "gid": self.owner.pw_gid}
        userdb = (USERDB_ANY if self.users is None else USERDB).format(**fill)
        config = os.path.join(self.folder, "dovecot.conf")
        with open(config, "w", encoding="utf-8") as out:
            out.write(CONFIG.format(
                **fill, userdb=userdb, password=PASSWORD, certificate=certificate,
                ssl="yes" if self.tls else "no", imap_port=self.imap_port,
                lmtp_port=self.lmtp_port, auth_port=self.auth_port))
        self._write_users()
        self.process = subprocess.Popen(
            ["dovecot", "-F", "-c", config], stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT,
            preexec_fn=die_with_parent)
        log = os.path.join(self.folder, "dovecot.log")
        wait_for_greeting(self.imap_port, self.process, log)
        wait_for_greeting(self.lmtp_port, self.process, log)
        return self

    def stop(self):
        end(self.process)
        self.process = None

    def add_mail(self, user, content, folder="INBOX"):
        """Puts one mail into a user's mailbox by IMAP, byte for byte."""
        box = imaplib.IMAP4("127.0.0.1", self.imap_port)
        try:
            box.login(user, PASSWORD)
            if folder != "INBOX":
                box.create(folder)
            answer, text = box.append(folder, None, None, content)
            if answer != "OK":
                raise RuntimeError(f"Dovecot took no mail for {user}: {text}")
        finally:
            box.logout()

    def deliver(self, recipient, content, sender=""):
        """Hands one mail to LMTP, as a relay would; returns the reply to its text."""
        with smtplib.LMTP("127.0.0.1", self.lmtp_port) as relay:
            return relay.sendmail(sender, [recipient], content)

    def _write_users(self):
        line = (f"{{}}::{self.owner.pw_uid}:{self.owner.pw_gid}::"
                f"{self.folder}/mail/{{}}::{{}}\n")
        with open(os.path.join(self.folder, "users"), "w", encoding="utf-8") as out:
            for user in sorted({*(self.users or ()), *self.catch_all.values()}):
                out.write(line.format(user, user, ""))
        with open(os.path.join(self.folder, "domains"), "w", encoding="utf-8") as out:
            for domain, user in sorted(self.catch_all.items()):
                out.write(line.format(domain, user, f"user={user}"))
