"""A real Dovecot for the tests, private to one folder.

    with Dovecot("/tmp/x") as server:           # start() and stop()
        uid = server.add_mail("policy", b"Subject: hi\r\n\r\nhello\r\n")
        ...  server.imap_port, server.imaps_port, server.lmtp_port

IMAP (plain and STARTTLS), IMAPS and LMTP listen on free loopback ports. Everybody
can log in with the password "secret" and has a mailbox of their own from the first
use on; LMTP takes mail for any address: the local part up to "+" is the user, or all
of it goes to catch_all. The certificate is made at start (name "localhost" and
127.0.0.1); server.ca_file is what a client must trust.

    lmtp_path        the LMTP socket, for a Postfix on the same machine
    storage          "maildir" or "sdbox"
    extra            more lines for dovecot.conf
    command(line)    doveadm with this server's configuration

Runs as root (mail is then kept by the user nobody, outside of the folder where that
one is private; "with" removes it) or as anybody. stop() and start() again keep the mail. Python's standard
library and Debian's dovecot-imapd and dovecot-lmtpd, nothing else.

On its own:  python3 tests/servers/dovecot.py FOLDER   prints one line
    READY imap_port imaps_port lmtp_port ca_file
and then, until standard input ends, takes each line of it as a Python expression about
"server" and answers with "OK value" or "FAILED why": for tests in another language.
"""
import imaplib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

PASSWORD = "secret"
DOVECOT = "/usr/sbin/dovecot"


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def make_certificate(folder, name="localhost"):
    """A CA and a certificate of it for name; returns (ca_file, cert_file, key_file)."""
    path = lambda f: os.path.join(folder, f)
    run = lambda *a: subprocess.run(("openssl",) + a, check=True, capture_output=True)
    with open(path("names.cnf"), "w") as f:
        f.write("subjectAltName=DNS:%s,IP:127.0.0.1\nbasicConstraints=CA:FALSE\n" % name)
    run("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
        "/CN=mercat test CA", "-addext", "basicConstraints=critical,CA:TRUE",
        "-keyout", path("ca.key"), "-out", path("ca.pem"))
    run("req", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=" + name,
        "-keyout", path("server.key"), "-out", path("server.csr"))
    run("x509", "-req", "-in", path("server.csr"), "-CA", path("ca.pem"), "-CAkey",
        path("ca.key"), "-CAcreateserial", "-days", "2", "-extfile", path("names.cnf"),
        "-out", path("server.pem"))
    return path("ca.pem"), path("server.pem"), path("server.key")


class Dovecot:
    def __init__(self, folder, storage="maildir", catch_all=None, certificate_name="localhost",
                 extra=""):
        self.folder = os.path.abspath(folder)
        self.storage = storage
        self.catch_all = catch_all
        self.extra = extra
        self.certificate_name = certificate_name
        self.imap_port = free_port()
        self.imaps_port = free_port()
        self.lmtp_port = free_port()
        self.conf = os.path.join(self.folder, "dovecot.conf")
        self.lmtp_path = os.path.join(self.folder, "run", "lmtp")
        self.mail_folder = None
        self.remove_mail_folder = False
        self.process = None

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.stop()
        if self.remove_mail_folder:
            shutil.rmtree(self.mail_folder, ignore_errors=True)

    def _configuration(self):
        root = os.geteuid() == 0
        me = pwd.getpwuid(os.geteuid()).pw_name
        login, inner = ("dovenull", "dovecot") if root else (me, me)
        mail_user = "nobody" if root else me
        uid = pwd.getpwnam(mail_user).pw_uid
        gid = pwd.getpwnam(mail_user).pw_gid
        user = self.catch_all or "%Ln"
        lines = f"""
base_dir = {self.folder}/run
state_dir = {self.folder}/state
log_path = {self.folder}/dovecot.log
protocols = imap lmtp
listen = 127.0.0.1
default_login_user = {login}
default_internal_user = {inner}
default_internal_group = {"dovecot" if root else ""}
mail_location = {self.storage}:{self.mail_folder}/%Ln
mail_uid = {uid}
mail_gid = {gid}
first_valid_uid = 1
first_valid_gid = 1
mail_max_userip_connections = 100
auth_username_format = %Ln
recipient_delimiter = +
lmtp_save_to_detail_mailbox = no
disable_plaintext_auth = no
ssl = yes
ssl_cert = <{self.cert_file}
ssl_key = <{self.key_file}
ssl_client_ca_dir =
auth_verbose = yes
auth_failure_delay = 0
login_trusted_networks = 127.0.0.0/8
passdb {{
  driver = static
  args = password={PASSWORD}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={self.mail_folder}/home-%Ln allow_all_users=yes
}}
protocol lmtp {{
  auth_username_format = {user}
  mail_location = {self.storage}:{self.mail_folder}/{user}
  postmaster_address = postmaster@localhost
}}
service imap-login {{
  {"" if root else "chroot ="}
  inet_listener imap {{
    port = {self.imap_port}
  }}
  inet_listener imaps {{
    port = {self.imaps_port}
    ssl = yes
  }}
}}
service lmtp {{
  inet_listener lmtp {{
    address = 127.0.0.1
    port = {self.lmtp_port}
  }}
  unix_listener lmtp {{
    mode = 0666
  }}
}}
service anvil {{
  {"" if root else "chroot ="}
}}
service stats {{
  {"" if root else "chroot ="}
}}
namespace inbox {{
  inbox = yes
}}
{self.extra}
"""
        return "\n".join(l for l in lines.splitlines() if l.strip() != "default_internal_group =")

    def _make_mail_folder(self):
        # Started by root, mail belongs to nobody, who cannot get into a private folder.
        private, above = False, self.folder
        while os.geteuid() == 0 and above != "/":
            above = os.path.dirname(above)
            private = private or not os.stat(above).st_mode & 0o001
        if self.mail_folder is None and private:
            self.mail_folder = tempfile.mkdtemp(prefix="mercat-mail-")
            self.remove_mail_folder = True
        elif self.mail_folder is None:
            self.mail_folder = os.path.join(self.folder, "mail")
        os.makedirs(self.mail_folder, exist_ok=True)
        os.chmod(self.mail_folder, 0o777)

    def start(self):
        os.makedirs(self.folder, exist_ok=True)
        os.chmod(self.folder, 0o755)
        self._make_mail_folder()
        if not os.path.exists(os.path.join(self.folder, "server.pem")):
            make_certificate(self.folder, self.certificate_name)
        self.ca_file = os.path.join(self.folder, "ca.pem")
        self.cert_file = os.path.join(self.folder, "server.pem")
        self.key_file = os.path.join(self.folder, "server.key")
        with open(self.conf, "w") as f:
            f.write(self._configuration())
        self.process = subprocess.Popen([DOVECOT, "-F", "-c", self.conf],
                                        stdin=subprocess.DEVNULL)
        self._wait_until_up()

    def _wait_until_up(self):
        end = time.monotonic() + 15
        while True:
            try:
                self.client("warm-up", timeout=3).logout()
                return
            except (OSError, imaplib.IMAP4.error):
                if self.process.poll() is not None or time.monotonic() > end:
                    self.stop()
                    raise RuntimeError("Dovecot did not start:\n" + self.log())
                time.sleep(0.05)

    def stop(self):
        if self.process is None:
            return
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process = None

    def log(self):
        try:
            with open(os.path.join(self.folder, "dovecot.log"), errors="replace") as f:
                return f.read()
        except FileNotFoundError:
            return "(no log)"

    def command(self, *args):
        """doveadm ARGS with this configuration; returns what it prints."""
        return subprocess.run(("doveadm", "-c", self.conf) + args, check=True,
                              capture_output=True, text=True).stdout

    def client(self, user, folder=None, timeout=30):
        """A logged-in imaplib client, with folder selected when one is named."""
        c = imaplib.IMAP4("127.0.0.1", self.imap_port, timeout=timeout)
        c.login(user, PASSWORD)
        if folder is not None:
            status, text = c.select(folder)
            if status != "OK":
                raise RuntimeError("cannot select %s: %r" % (folder, text))
        return c

    def add_mail(self, user, raw, folder="INBOX"):
        """Puts one mail (bytes) into a folder, made when it is missing; returns its UID."""
        return self.add_mails(user, [raw], folder)[0]

    def add_mails(self, user, raws, folder="INBOX"):
        c = self.client(user)
        try:
            if folder != "INBOX":
                c.create(folder)
            uids = []
            for raw in raws:
                status, text = c.append(folder, None, None, raw)
                if status != "OK":
                    raise RuntimeError("cannot append: %r" % text)
                uids.append(int(text[0].split(b"]")[0].split()[-1]))
            return uids
        finally:
            c.logout()

    def mails(self, user, folder="INBOX"):
        """Every mail of a folder, as bytes, oldest first."""
        c = self.client(user, folder)
        try:
            found = c.uid("SEARCH", "ALL")[1][0].split()
            return [c.uid("FETCH", u, "(BODY.PEEK[])")[1][0][1] for u in found]
        finally:
            c.logout()


def main():
    with Dovecot(sys.argv[1], *sys.argv[2:]) as server:
        print("READY", server.imap_port, server.imaps_port, server.lmtp_port, server.ca_file,
              flush=True)
        for line in sys.stdin:
            try:
                print("OK", eval(line, {"server": server}), flush=True)
            except Exception as e:  # the test that asked shows it
                print("FAILED", repr(e), flush=True)


if __name__ == "__main__":
    main()
