"""Mails that we sign hold for dkimpy, and stop to hold when anybody touches them.

Usage: dkim_verifies.py path/to/test_dkim. Prints TAP.
"""

import os
import subprocess
import sys
import tempfile

import dkim

PROGRAM = sys.argv[1]
HEADER = (b"From: =?utf-8?Q?Kinderschutz_=C3=84?= <news@lists.example.org>\r\n"
          b"To: Anna  Smith\r\n\t<anna@example.net>\r\n"
          b"Subject:   Update  #7\r\n of   many\t words \r\n"
          b"Date: Mon, 2 Mar 2026 09:00:00 +0000\r\n"
          b"Message-ID: <u.abc@updates.example.org>\r\n"
          b"Reply-To: news@lists.example.org\r\n"
          b"List-Id: News <news.lists.example.org>\r\n"
          b"List-Unsubscribe: <mailto:leave@lists.example.org>,\r\n <https://u.example/leave/abc>\r\n"
          b"List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"
          b"MIME-Version: 1.0\r\n"
          b"Content-Type: text/plain; charset=utf-8\r\n"
          b"Content-Transfer-Encoding: quoted-printable\r\n")
BODIES = {
    "a short body": b"Hello.\r\n",
    "no body": b"",
    "empty lines at the end": b"Hello.\r\n\r\n\r\n\r\n",
    "only empty lines": b"\r\n\r\n\r\n",
    "blanks at line ends": b"a \r\n \t\r\nb\t\r\n",
    "20 kB": b"".join(b"Line %d of  a long   body.\r\n" % n for n in range(800)),
}
COVERED = ("from to subject date message-id list-unsubscribe list-unsubscribe-post"
           " content-type mime-version reply-to").split()
TAMPERED = {
    "the subject": lambda mail: mail.replace(b"Update  #7", b"Update  #8"),
    "the link to leave": lambda mail: mail.replace(b"/leave/abc", b"/leave/abd"),
    "one-click": lambda mail: mail.replace(b"List-Unsubscribe=One-Click", b"no"),
    "the body": lambda mail: mail.replace(b"Hello.", b"Hallo."),
    "more body": lambda mail: mail + b"more\r\n",
    "a second From": lambda mail: b"From: boss@example.org\r\n" + mail,
    "a second Subject": lambda mail: b"Subject: urgent\r\n" + mail,
    "a second Content-Type": lambda mail: b"Content-Type: text/html\r\n" + mail,
}
HARMLESS = {
    "a Received field above": lambda mail: b"Received: from a by b\r\n" + mail,
    "a field folded anew": lambda mail: mail.replace(b"List-Id: News <", b"List-Id: News\r\n  <"),
    "names in capitals": lambda mail: mail.replace(b"\r\nSubject:", b"\r\nSUBJECT:"),
}


def run(*args, data=b""):
    return subprocess.run([PROGRAM, *args], input=data, stdout=subprocess.PIPE, check=True).stdout


def main():
    results = []

    def tell(good, what):
        results.append(good)
        print(f"{'ok' if good else 'not ok'} {len(results)} - {what}")

    with tempfile.TemporaryDirectory() as folder:
        for kind, options in (("rsa", ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"]),
                              ("ed25519", ["-algorithm", "ed25519"])):
            key = os.path.join(folder, kind)
            subprocess.run(["openssl", "genpkey", *options, "-out", key], check=True,
                           stderr=subprocess.DEVNULL)
            record = run("--record", key)

            def holds(mail, record=record):
                def answer(name, timeout=5):
                    return record if name == b"s1._domainkey.example.org." else None
                return dkim.verify(mail, dnsfunc=answer)

            for name, body in BODIES.items():
                mail = run("--sign", "example.org", "s1", key, data=HEADER + b"\r\n" + body)
                tell(mail.endswith(HEADER + b"\r\n" + body) and holds(mail), f"{kind}: {name}")
                tell(max(map(len, mail.split(b"\r\n\r\n")[0].split(b"\r\n"))) <= 78,
                     f"{kind}: {name}: lines are short")
            mail = run("--sign", "example.org", "s1", key,
                       data=HEADER + b"\r\n" + BODIES["a short body"])
            named = "".join(mail.decode().split("\th=")[1].split(";")[0].split())
            named = named.lower().split(":")
            tell(all(named.count(field) == 2 for field in COVERED), f"{kind}: what is covered")
            for name, touch in TAMPERED.items():
                tell(touch(mail) != mail and not holds(touch(mail)), f"{kind}: {name} is noticed")
            for name, touch in HARMLESS.items():
                tell(touch(mail) != mail and holds(touch(mail)), f"{kind}: {name} is no harm")
        key = os.path.join(folder, "short")
        subprocess.run(["openssl", "genpkey", "-algorithm", "RSA", "-pkeyopt",
                        "rsa_keygen_bits:1024", "-out", key], check=True,
                       stderr=subprocess.DEVNULL)
        done = subprocess.run([PROGRAM, "--record", key], stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, check=False)
        tell(done.returncode == 1 and b"too short" in done.stderr, "a short key is refused")
    print(f"1..{len(results)}")


if __name__ == "__main__":
    main()
