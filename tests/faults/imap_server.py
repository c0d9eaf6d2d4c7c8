"""An IMAP server that misbehaves on purpose, in the way its argument names.

    imap_server.py BEHAVIOUR [BAD_CONNECTIONS]      prints "READY port folder"

The first BAD_CONNECTIONS (1) connections get the behaviour, later ones an honest
server. It holds MAILS mails with the UIDs of uids(); mail_of(uid) is the content, which
the tests make for themselves too. Behaviours are the methods and names in BEHAVIOURS.
Runs until standard input ends. Standard library only.
"""
import base64
import os
import re
import shutil
import socket
import ssl
import sys
import tempfile
import threading
import time

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from servers.ground import make_certificate_of_a_ca as make_certificate  # noqa: E402

MAILS = 24

BEHAVIOURS = """honest
greeting-stall greeting-bye greeting-garbage greeting-endless-line greeting-preauth
greeting-close capability-none capability-stall
starttls-missing starttls-refused starttls-injected tls-garbage tls-wrong-name tls-unknown-ca
login-refused login-unavailable login-stall login-bye login-disabled
auth-plain auth-plain-late auth-xoauth2 auth-xoauth2-refused auth-bearer auth-asks-on
auth-missing
select-absent select-no-uidvalidity select-flood select-stall select-uidvalidity-changes
list-wrong-uids list-doubled list-huge-numbers list-negative list-stall
fetch-cut-in-literal fetch-stall-in-literal fetch-drip fetch-literal-too-long
fetch-literal-too-short fetch-endless-literal fetch-endless-line fetch-wrong-uid
fetch-no-body fetch-nil-body fetch-doubled fetch-flood-of-flags fetch-endless-flood fetch-bye
fetch-brackets fetch-bodystructure fetch-envelope fetch-negative-literal fetch-nul-in-line
fetch-quoted-endless fetch-wrong-offset fetch-too-many-bytes fetch-wrong-tag
fetch-size-too-small fetch-size-too-large fetch-short-pieces fetch-refused fetch-expunged
fetch-literal-in-text fetch-body-twice fetch-unavailable fetch-throttled list-throttled
select-throttled
idle-no-plus idle-exists-first idle-flood idle-bye idle-refused idle-missing idle-dies
""".split()


def uids():
    return [7 + 3 * i for i in range(MAILS // 2)] + \
           [4000000 + i for i in range(MAILS - MAILS // 2)]


def mail_of(uid):
    n = uid * 7919 % 150000 if uid % 4 == 0 else uid % 997
    return (b"Subject: mail %d\r\n\r\n" % uid) + b"x" * n if uid != 10 else b""


class Done(Exception):
    pass


class Connection:
    def __init__(self, server, sock, how):
        self.server, self.sock, self.how = server, sock, how
        self.uids = uids()
        self.expunged = None

    def send(self, data):
        self.sock.sendall(data)

    def say(self, text):
        self.send(text.encode() + b"\r\n")

    def stall(self):
        time.sleep(20)
        raise Done

    def flood(self, line, seconds=20.0):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.send(line * 1000)
        raise Done

    def lines(self):
        held = b""
        while True:
            while b"\r\n" not in held:
                more = self.sock.recv(65536)
                if not more:
                    return
                held += more
            line, held = held.split(b"\r\n", 1)
            self.rest = held
            yield line.decode("latin-1")

    def tls(self, cert="server"):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        folder = self.server.folder
        if cert == "other-ca":
            folder = os.path.join(folder, "other-ca")
        if cert == "other-name":
            folder = os.path.join(folder, "other-name")
        context.load_cert_chain(os.path.join(folder, "server.pem"),
                                os.path.join(folder, "server.key"))
        self.sock = context.wrap_socket(self.sock, server_side=True)

    def run(self):
        how = self.how
        greetings = {
            "greeting-bye": b"* BYE too busy\r\n",
            "greeting-garbage": b"220 mail.example.org ESMTP\r\n",
            "greeting-preauth": b"* PREAUTH welcome back\r\n",
            "greeting-close": b"",
        }
        if how == "greeting-stall":
            self.stall()
        if how == "greeting-endless-line":
            self.flood(b"* OK aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")
        if how == "greeting-close":
            return
        self.send(greetings.get(how, b"* OK ready\r\n"))
        self.said = self.lines()
        for line in self.said:
            tag, _, command = line.partition(" ")
            word = command.split(" ")[0].upper()
            if word == "UID":
                word = "UID " + command.split(" ")[1].upper()
            method = getattr(self, "do_" + word.lower().replace(" ", "_"), None)
            if method is None:
                self.say(tag + " BAD no such command")
            else:
                method(tag, command)

    def do_logout(self, tag, command):
        self.say("* BYE bye")
        self.say(tag + " OK done")
        raise Done

    def do_noop(self, tag, command):
        if self.expunged:
            self.say("* %d EXPUNGE" % (self.uids.index(self.expunged) + 1))
            self.uids.remove(self.expunged)
            self.expunged = None
        self.say(tag + " OK nothing new")

    def do_capability(self, tag, command):
        how = self.how
        if how == "capability-stall":
            self.stall()
        if how != "capability-none":
            words = "IMAP4rev1"
            words += "" if how == "starttls-missing" else " STARTTLS"
            words += "" if how == "idle-missing" else " IDLE"
            words += " LOGINDISABLED" if how == "login-disabled" else ""
            words += " LOGINDISABLED" if how.startswith("auth-plain") else ""
            words += "" if how == "auth-plain-late" else " SASL-IR"
            if how not in ("login-disabled", "auth-missing"):
                words += " AUTH=PLAIN AUTH=XOAUTH2 AUTH=OAUTHBEARER"
            self.say("* CAPABILITY " + words)
        self.say(tag + " OK that is all")

    def do_starttls(self, tag, command):
        how = self.how
        if how == "starttls-refused":
            return self.say(tag + " NO not today")
        if how == "starttls-injected":
            self.send(tag.encode() + b" OK go\r\n* PREAUTH hello from the middle\r\n")
        else:
            self.say(tag + " OK go")
        if how == "tls-garbage":
            self.send(b"what is TLS?\r\n" * 10)
            self.stall()
        self.tls({"tls-wrong-name": "other-name", "tls-unknown-ca": "other-ca"}.get(how))

    def do_login(self, tag, command):
        how = self.how
        if how == "login-stall":
            self.stall()
        if how == "login-bye":
            self.say("* BYE shutting down")
            raise Done
        if how == "login-refused":
            return self.say(tag + " NO [AUTHENTICATIONFAILED] wrong password")
        if how == "login-unavailable":
            return self.say(tag + " NO [UNAVAILABLE] the directory is down")
        self.say(tag + " OK welcome")

    def do_authenticate(self, tag, command):
        """Says yes to what the tests say, and no in the way of real servers."""
        how, words = self.how, command.split(" ")
        mechanism, answer = words[1], words[2] if len(words) > 2 else None
        if answer is None:
            self.say("+ ")
            answer = next(self.said)
        if how == "auth-asks-on":
            for _ in range(3):
                self.say("+ YWdhaW4=")
                next(self.said, None)
        if how == "auth-xoauth2-refused":
            self.say("+ eyJzdGF0dXMiOiI0MDEifQ==")
            if next(self.said) != "":
                raise Done
            return self.say(tag + " NO [AUTHENTICATIONFAILED] the token is old")
        want = {"PLAIN": "\0u\0p", "XOAUTH2": "user=u\1auth=Bearer p\1\1",
                "OAUTHBEARER": "n,a=u,\1host=localhost\1port=%d\1auth=Bearer p\1\1"
                               % self.sock.getsockname()[1]}[mechanism]
        if base64.b64decode(answer).decode() != want:
            return self.say(tag + " NO [AUTHENTICATIONFAILED] somebody else, %r" % answer)
        self.say(tag + " OK welcome")

    def do_examine(self, tag, command):
        how = self.how
        if how == "select-stall":
            self.stall()
        if how == "select-absent":
            return self.say(tag + " NO [NONEXISTENT] no such folder")
        if how == "select-throttled":
            return self.say(tag + " NO Request is throttled. Suggested Backoff Time: 5 seconds")
        self.say("* FLAGS (\\Answered \\Seen \\Deleted)")
        self.say("* %d EXISTS" % len(self.uids))
        self.say("* 0 RECENT")
        if how == "select-flood":
            for _ in range(60):
                self.send(b"* 3 FETCH (FLAGS (\\Seen))\r\n" * 1000)
        if how != "select-no-uidvalidity":
            self.say("* OK [UIDVALIDITY %d] valid"
                     % (77 if how == "select-uidvalidity-changes" else 76))
        self.say("* OK [UIDNEXT %d] next" % (self.uids[-1] + 1))
        self.say(tag + " OK [READ-ONLY] selected")

    do_select = do_examine

    def chosen(self, spec, by_uid):
        found = []
        for part in spec.split(","):
            low, _, high = part.partition(":")
            low = int(low)
            high = int(high) if high else low
            for seq, uid in enumerate(self.uids, 1):
                if low <= (uid if by_uid else seq) <= high:
                    found.append((seq, uid))
        return found

    def do_uid_fetch(self, tag, command):
        self.fetch(tag, command.split(" ", 3)[2], command.split(" ", 3)[3], True)

    def do_fetch(self, tag, command):
        self.fetch(tag, command.split(" ", 2)[1], command.split(" ", 2)[2], False)

    def fetch(self, tag, spec, what, by_uid):
        found = self.chosen(spec, by_uid)
        piece = re.search(r"BODY\.PEEK\[\]<(\d+)\.(\d+)>", what)
        if piece is None and self.how == "list-throttled":
            return self.say(tag + " NO [LIMIT] UID FETCH Rate limit hit.")
        if piece is None:
            self.listing(found)
        elif self.how == "fetch-throttled":
            return self.say(tag + " NO Request is throttled. Suggested Backoff Time: 92415"
                            " milliseconds")
        elif self.how == "fetch-unavailable" and self.uids[2] in (uid for _, uid in found):
            return self.say(tag + " NO [UNAVAILABLE] that one not now")
        elif self.how == "fetch-refused" and len(found) > 1:
            return self.say(tag + " NO one of them is broken")
        else:
            for seq, uid in found:
                self.body(tag, seq, uid, int(piece.group(1)), int(piece.group(2)))
        if self.how == "fetch-wrong-tag" and piece is not None:
            tag = "9" + tag
        self.say(tag + " OK fetched")

    def listing(self, found):
        how = self.how
        if how == "list-stall":
            self.stall()
        for seq, uid in found:
            if how == "list-wrong-uids":
                uid += 1000000000
            if how == "list-huge-numbers":
                self.say("* %d FETCH (UID %d)" % (seq, uid + (1 << 32)))
                self.say("* 99999999999999999999 EXISTS")
            elif how == "list-negative":
                self.say("* -%d FETCH (UID -%d)" % (seq, uid))
            else:
                self.say("* %d FETCH (UID %d)" % (seq, uid))
            if how == "list-doubled":
                self.say("* %d FETCH (UID %d)" % (seq, uid))

    def body(self, tag, seq, uid, offset, most):
        how, mail = self.how, mail_of(uid)
        size, part = len(mail), mail[offset:offset + most]
        head = "* %d FETCH (UID %d RFC822.SIZE %d BODY[]<%d> "
        unlucky = seq == 3
        if how == "fetch-size-too-small":
            size //= 2
        elif how == "fetch-size-too-large":
            size = size * 4 // 3 + 5
        elif how == "fetch-short-pieces":
            part = part[:9000]
        elif how == "fetch-flood-of-flags":
            self.send(b"* 5 FETCH (FLAGS (\\Seen $Label1) UID 19)\r\n* 24 EXISTS\r\n" * 300)
        elif how == "fetch-expunged" and uid == 4000003:
            self.expunged = uid
            return
        elif unlucky:
            if how == "fetch-cut-in-literal":
                self.send((head % (seq, uid, size, offset)).encode() + b"{5000}\r\nabc")
                raise Done
            if how == "fetch-stall-in-literal":
                self.send((head % (seq, uid, size, offset)).encode() + b"{5000}\r\nabc")
                self.stall()
            if how == "fetch-drip":
                self.send((head % (seq, uid, size, offset)).encode() + b"{5000}\r\n")
                for _ in range(200):
                    self.send(b"a")
                    time.sleep(0.1)
                raise Done
            if how == "fetch-endless-literal":
                self.send((head % (seq, uid, size, offset)).encode() + b"{4294967290}\r\n")
                self.flood(b"a" * 1000)
            if how == "fetch-too-many-bytes":
                part = b"y" * (most + 1)
            if how == "fetch-literal-too-long":
                self.send((head % (seq, uid, size, offset)).encode() +
                          b"{%d}\r\n" % (len(part) + 3000) + part + b")\r\n")
                return
            if how == "fetch-literal-too-short":
                self.send((head % (seq, uid, size, offset)).encode() +
                          b"{%d}\r\n" % (len(part) // 2) + part + b")\r\n")
                return
            if how == "fetch-negative-literal":
                self.send((head % (seq, uid, size, offset)).encode() + b"{-5}\r\n)\r\n")
                return
            if how == "fetch-endless-line":
                self.send(b"* 3 FETCH (FLAGS (")
                self.flood(b"aaaaaaaa ")
            if how == "fetch-quoted-endless":
                self.send((head % (seq, uid, size, offset)).encode() + b'"')
                self.flood(b"aaaaaaaa ")
            if how == "fetch-endless-flood":
                self.flood(b"* 5 FETCH (FLAGS (\\Seen))\r\n")
            if how == "fetch-brackets":
                self.send(b"* 3 FETCH (FLAGS " + b"(" * 60000 + b"\r\n")
                return
            if how == "fetch-bodystructure":
                self.send(b"* 3 FETCH (UID 13 BODYSTRUCTURE " + b"(" * 200000 + b"\r\n")
                return
            if how == "fetch-envelope":
                self.send(b'* 3 FETCH (UID 13 ENVELOPE ("" "s" NIL NIL NIL NIL NIL NIL NIL NIL))\r\n')
                return
            if how == "fetch-nul-in-line":
                self.send(b"* 3 FETCH (FLAGS (\\Se\0en) UID 13)\r\n")
                return
            if how == "fetch-literal-in-text":
                self.send(b"* 3 FETCH (FLAGS (\\Seen) X-GM-LABELS {5}\r\nabcde UID 13)\r\n")
                return
            if how == "fetch-bye":
                self.say("* BYE out of memory")
                raise Done
            if how == "fetch-wrong-uid":
                uid += 1
            if how == "fetch-wrong-offset":
                offset += 7
            if how == "fetch-no-body":
                return self.say("* %d FETCH (UID %d RFC822.SIZE %d)" % (seq, uid, size))
            if how == "fetch-nil-body":
                return self.say((head + "NIL)") % (seq, uid, size, offset))
            if how == "fetch-body-twice":
                self.send((head % (seq, uid, size, offset)).encode() +
                          b"{1}\r\na BODY[]<0> {1}\r\nb)\r\n")
                return
        for _ in range(2 if how == "fetch-doubled" and unlucky else 1):
            self.send((head % (seq, uid, size, offset)).encode() +
                      b"{%d}\r\n" % len(part) + part + b")\r\n")

    def do_idle(self, tag, command):
        how = self.how
        if how == "idle-no-plus":
            self.stall()
        if how == "idle-refused":
            return self.say(tag + " NO not now")
        if how == "idle-exists-first":
            self.say("* %d EXISTS" % (len(self.uids) + 1))
        self.say("+ waiting")
        if how == "idle-flood":
            self.flood(b"* OK still here\r\n")
        if how == "idle-bye":
            self.say("* BYE idle for too long")
            raise Done
        if how == "idle-dies":
            raise Done
        for line in self.lines():
            break
        self.say(tag + " OK idle is over")


class Server:
    def __init__(self, how, bad_connections):
        self.how, self.bad_left = how, bad_connections
        self.folder = tempfile.mkdtemp(prefix="mercat-imap-")
        if how.startswith(("tls", "starttls")):
            make_certificate(self.folder)
            for name, host in (("other-ca", "localhost"), ("other-name", "elsewhere.invalid")):
                os.mkdir(os.path.join(self.folder, name))
                if name == "other-ca" and how == "tls-unknown-ca":
                    make_certificate(os.path.join(self.folder, name), host)
                if name == "other-name" and how == "tls-wrong-name":
                    ca, _, _ = make_certificate(os.path.join(self.folder, name), host)
                    shutil.copy(ca, os.path.join(self.folder, "ca.pem"))
                    # the honest connections are signed by the same CA, for localhost
                    self.sign_again(os.path.join(self.folder, name))
        self.socket = socket.create_server(("127.0.0.1", 0))

    def sign_again(self, folder):
        import subprocess
        p = lambda f: os.path.join(self.folder, f)
        subprocess.run(["openssl", "x509", "-req", "-in", p("server.csr"), "-CA",
                        os.path.join(folder, "ca.pem"), "-CAkey", os.path.join(folder, "ca.key"),
                        "-CAcreateserial", "-days", "2", "-extfile", p("names.cnf"),
                        "-out", p("server.pem")], check=True, capture_output=True)

    def serve(self):
        while True:
            sock, _ = self.socket.accept()
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            how = self.how if self.bad_left > 0 else "honest"
            self.bad_left -= 1
            threading.Thread(target=self.one, args=(sock, how), daemon=True).start()

    def one(self, sock, how):
        connection = Connection(self, sock, how)
        try:
            connection.run()
        except (Done, OSError):
            pass
        try:
            connection.sock.close()
        except OSError:
            pass


def main():
    how = sys.argv[1]
    if how not in BEHAVIOURS:
        sys.exit("no such behaviour: " + how)
    server = Server(how, int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    print("READY", server.socket.getsockname()[1], server.folder, flush=True)
    threading.Thread(target=server.serve, daemon=True).start()
    try:
        sys.stdin.read()
    finally:
        shutil.rmtree(server.folder, ignore_errors=True)


if __name__ == "__main__":
    main()
