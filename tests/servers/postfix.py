"""A real Postfix of the test's own: takes mail on a high loopback port and hands
everything to one LMTP server, plus-addresses kept.

Runs as root (Postfix starts its parts as the user postfix), without systemd and
without /etc/postfix: configuration, queue and log lie in the folder that is handed
over, which others must be able to pass through (mode 711). No DNS is asked.

What it refuses itself, for tests of the ledger, by the recipient's local part:
refused*@ is answered 550 5.1.1 at once, later*@ 450 4.2.1; who matches slow (a regular
expression over the address) is taken after a second's thought. Whatever the LMTP server
refuses comes back as a bounce with a null sender.
"""
import functools
import grp
import os
import pwd
import subprocess

from servers.ground import die_with_parent, end, free_ports, make_certificate
from servers.ground import wait_for_greeting

HOST = "mx.example.test"

MAIN = """
compatibility_level = 3.6
config_directory = {folder}/conf
queue_directory = {folder}/queue
data_directory = {folder}/state
maillog_file = {folder}/mail.log
maillog_file_prefixes = {folder}
mail_owner = postfix
setgid_group = postdrop
myhostname = {host}
mydomain = example.test
myorigin = example.test
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
mydestination =
local_recipient_maps =
local_transport = error:no local mail here
alias_maps =
alias_database =
default_transport = lmtp:inet:[127.0.0.1]:{lmtp_port}
relayhost =
smtp_dns_support_level = disabled
smtp_host_lookup = native
lmtp_host_lookup = native
recipient_delimiter = +
propagate_unmatched_extensions =
biff = no
append_dot_mydomain = no
smtpd_relay_restrictions = {relay_rule}
smtpd_recipient_restrictions = check_recipient_access regexp:{folder}/conf/refusals
smtpd_client_connection_count_limit = 0
smtpd_peername_lookup = no
smtpd_error_sleep_time = 0
smtpd_hard_error_limit = 1000
smtpd_soft_error_limit = 1000
default_process_limit = 100
lmtp_destination_concurrency_limit = 20
lmtp_destination_recipient_limit = 1
initial_destination_concurrency = 20
in_flow_delay = 0
queue_run_delay = 2s
minimal_backoff_time = 2s
maximal_backoff_time = 5s
message_size_limit = 52428800
{tls}
"""

TLS = """
smtpd_tls_security_level = may
smtpd_tls_cert_file = {cert}
smtpd_tls_key_file = {key}
"""
SASL = """
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = inet:127.0.0.1:{auth_port}
smtpd_sasl_security_options = noanonymous
smtpd_tls_auth_only = {auth_only}
"""

MASTER = """
127.0.0.1:{smtp_port} inet n - n - - smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
proxywrite unix - - n - 1 proxymap
smtp unix - - n - - smtp
lmtp unix - - n - - lmtp
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""

REFUSALS = r"""
/^refused[^@]*@/ 550 5.1.1 no such person here
/^later[^@]*@/ 450 4.2.1 the mailbox rests, try again
"""

# The folders of a queue, as postfix-files has them. "postfix check" would make them too, by a
# shell script of a hundred processes.
QUEUE = (("pid", 0o755, "root"), ("public", 0o710, "postdrop"), ("maildrop", 0o730, "postdrop"),
         *((name, 0o700, "root") for name in (
             "active", "bounce", "corrupt", "defer", "deferred", "flush", "hold", "incoming",
             "private", "saved", "trace")))


@functools.cache
def daemon_directory():
    return subprocess.run(["postconf", "-d", "-h", "daemon_directory"], text=True,
                          check=True, stdout=subprocess.PIPE).stdout.strip()


class Postfix:
    def __init__(self, folder, lmtp_port, tls=False, auth_port=None, slow=None):
        """tls: offers STARTTLS; auth_port: asks for a login, checked by Dovecot there."""
        self.folder = os.path.abspath(folder)
        self.lmtp_port = lmtp_port
        self.tls = tls
        self.auth_port = auth_port
        self.slow = slow
        self.smtp_port, = free_ports(1)
        self.log = os.path.join(self.folder, "mail.log")
        self.certificate = None
        self.process = None

    def start(self):
        self._write()
        # The master is started by us and not by "start-fg", whose shell would stand between
        # it and our signals.
        self.process = subprocess.Popen(
            [daemon_directory() + "/master", "-c", f"{self.folder}/conf", "-s"],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.STDOUT, preexec_fn=die_with_parent)
        wait_for_greeting(self.smtp_port, self.process, self.log)
        return self

    def stop(self):
        end(self.process)
        self.process = None

    def is_idle(self):
        """Nothing is on its way through; what waits for another try does not count."""
        return not any(names for part in ("maildrop", "incoming", "active")
                       for _, _, names in os.walk(f"{self.folder}/queue/{part}"))

    def log_text(self):
        with open(self.log, encoding="utf-8", errors="replace") as file:
            return file.read()

    def _write(self):
        conf = os.path.join(self.folder, "conf")
        for name in ("", "conf", "queue"):
            os.makedirs(os.path.join(self.folder, name), mode=0o755, exist_ok=True)
        state = os.path.join(self.folder, "state")
        os.makedirs(state, mode=0o700, exist_ok=True)
        owner = pwd.getpwnam("postfix").pw_uid
        os.chown(state, owner, 0)
        for name, mode, group in QUEUE:
            place = os.path.join(self.folder, "queue", name)
            os.makedirs(place, exist_ok=True)
            os.chmod(place, mode)
            os.chown(place, 0 if name == "pid" else owner,
                     grp.getgrnam(group).gr_gid)
        tls = ""
        if self.tls:
            self.certificate, key = make_certificate(conf, HOST)
            tls = TLS.format(cert=self.certificate, key=key)
        relay_rule = "permit_mynetworks, reject"
        if self.auth_port:
            tls += SASL.format(auth_port=self.auth_port,
                               auth_only="yes" if self.tls else "no")
            relay_rule = "permit_sasl_authenticated, reject"
        self._put("main.cf", MAIN.format(folder=self.folder, host=HOST, tls=tls,
                                         lmtp_port=self.lmtp_port, relay_rule=relay_rule))
        self._put("master.cf", MASTER.format(smtp_port=self.smtp_port))
        slow = f"/{self.slow}/ sleep 1\n" if self.slow else ""
        self._put("refusals", REFUSALS + slow)

    def _put(self, name, text):
        with open(os.path.join(self.folder, "conf", name), "w", encoding="utf-8") as out:
            out.write(text)
