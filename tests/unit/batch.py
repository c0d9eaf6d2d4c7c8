"""Some 3,000 mails read twice, as they are and damaged; prints TAP.

Every mail of the shared corpora (none when they are absent), generated ones, and copies
that are cut, turned, doubled and sprinkled with bytes, by a fixed seed. Both runs must
end well, answer a line a mail, say the same, and complain of nothing: in a build with
sanitizers that is their verdict.
"""
import glob
import os
import random
import subprocess
import sys
import tempfile

SRC = os.environ.get("MERCAT_SRCDIR", os.path.dirname(os.path.abspath(__file__)) + "/../..")
SHARED = os.environ.get("MERCAT_SHARED", SRC + "/../shared")
sys.path.insert(0, os.path.join(SRC, "tests", "bench"))
from mails import mails  # noqa: E402

COUNT, MADE, MOST_BYTES = 3000, 100, 200_000
SPICE = (b"\0", b"\r", b"\n\n", b"--", b"=?utf-8?q?", b"=?", b"\xff\xfe", b"\xe2\x80", b"(((",
         b"\nContent-Type: message/rfc822\n\n", b"\nContent-Transfer-Encoding: base64\n",
         b"boundary=", b"\n>From ", b"begin 644 a\n", b"<div>", b"&#x", b"\n-- \n", b"=\n",
         b"\nFinal-Recipient: rfc822;", b"Content-Type: text/plain; charset=utf-7\n",
         b"filename*0*=utf-8''%ff", b"*" * 300, b"a" * 1200, b": ", b";", b"\"")


def damaged(rng, mail):
    mail = bytearray(mail[:MOST_BYTES])
    for _ in range(rng.randint(1, 12)):
        at = rng.randrange(len(mail) + 1)
        what = rng.randrange(6)
        if what == 0:
            del mail[at:at + rng.randint(1, 200)]
        elif what == 1:
            mail[at:at] = rng.choice(SPICE)
        elif what == 2 and mail:
            mail[at % len(mail)] = rng.randrange(256)
        elif what == 3:
            mail[at:at] = mail[rng.randrange(len(mail) + 1):][:rng.randint(1, 2000)]
        elif what == 4:
            mail[at:at] = rng.randbytes(rng.randint(1, 40))
        else:
            del mail[max(at, 20):]
    return bytes(mail)


def originals():
    paths = sorted(path for path in glob.glob(SHARED + "/corpora/**", recursive=True)
                   if path.endswith((".eml", ".msg", ".txt")))
    for path in paths:
        with open(path, "rb") as file:
            yield file.read()
    yield from mails(MADE)


def write_all(folder):
    rng = random.Random(4)
    whole = list(originals())
    everything = whole + [damaged(rng, whole[n % len(whole)])
                          for n in range(COUNT - len(whole))]
    paths = []
    for number, mail in enumerate(everything):
        paths.append(f"{folder}/{number}.eml")
        with open(paths[-1], "wb") as out:
            out.write(mail)
    return paths


def run(paths):
    return subprocess.run([sys.argv[1], "--batch"], input=("\n".join(paths) + "\n").encode(),
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)


def main():
    with tempfile.TemporaryDirectory(prefix="mercat-batch-") as folder:
        paths = write_all(folder)
        first, second = run(paths), run(paths)
    lines = first.stdout.count(b"\n")
    checks = (
        ("it ends well", first.returncode == 0, f"it ended with {first.returncode}"),
        (f"a line for each of {len(paths)} mails", lines == len(paths), f"{lines} lines"),
        ("nothing is complained of", not first.stderr,
         first.stderr.decode(errors="replace")[:4000]),
        ("twice the same", first.stdout == second.stdout and
         first.returncode == second.returncode, "the second run says something else"))
    print(f"1..{len(checks)}")
    for number, (name, right, told) in enumerate(checks, 1):
        print(f"{'ok' if right else 'not ok'} {number} - {name}")
        if not right:
            print("# " + told.replace("\n", "\n# "))


main()
