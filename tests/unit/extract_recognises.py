"""Scanned pages and photographs: what is recognised, and what is no more than a picture; TAP.

The pictures are made here, out of pages of our own, by pdftoppm.
"""
import json
import os
import random
import struct
import subprocess
import sys
import tempfile
import zlib

import papers

PROGRAM = sys.argv[1]
LINES = ["Respondent Information Form", "Name: Morag Sinclair",
         "Please publish my response without my name.",
         "The proposed offence should cover emotional harm to children,",
         "and the police need training to recognise it."]
OTHER = ["A second page, typed on a machine and scanned.",
         "Neighbours should know whom to telephone."]


def drawing(lines):
    return (b"BT /F1 14 Tf 72 760 Td 22 TL "
            + b" ".join(b"(%s) Tj T*" % line.encode() for line in lines) + b" ET")


def picture(lines, *how):
    """A page as a JPEG."""
    done = subprocess.run(["pdftoppm", "-r", "150", "-jpeg", *how, "-"],
                          input=papers.pdf([drawing(lines)]), check=True,
                          stdout=subprocess.PIPE)
    return done.stdout


def png(width, height, rows):
    def chunk(kind, data):
        return (struct.pack(">I", len(data)) + kind + data
                + struct.pack(">I", zlib.crc32(kind + data)))
    return (b"\x89PNG\r\n\x1a\n"
            + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(rows, 1)) + chunk(b"IEND", b""))


def noise(width, height):
    pixels = random.Random(4)
    return png(width, height, b"".join(b"\0" + pixels.randbytes(width) for _ in range(height)))


def turned(jpeg_page):
    """The page as it lies when somebody photographs it from the side."""
    pdf = papers.scan([jpeg_page]).replace(b"/MediaBox", b"/Rotate 90 /MediaBox")
    done = subprocess.run(["pdftoppm", "-r", "150", "-jpeg", "-"], input=pdf, check=True,
                          stdout=subprocess.PIPE)
    return done.stdout


SCAN, SECOND = picture(LINES), picture(OTHER)
TYPED = "The typed page"
GUESS = "Morag Sinclair"
# name, bytes, words of its own, words that are recognised, words of the reason
CASES = (
    ("scan.pdf", papers.scan([SCAN]), None, GUESS, "it is a scanned page: a program"),
    ("two.pdf", papers.scan([SCAN, SECOND]), None, "whom to telephone", "its pages are scanned"),
    ("mixed.pdf", papers.scan([drawing([TYPED]), SCAN, SECOND]), TYPED, GUESS,
     "2 of its 3 pages are scanned"),
    ("appendix.pdf", papers.scan([drawing([TYPED]), drawing(["More of it"]), SCAN]), TYPED, GUESS,
     "1 of its 3 pages is scanned"),
    ("back.pdf", papers.scan([drawing([TYPED]), b"", drawing(["More of it"])]), TYPED, None, None),
    ("photo.jpg", SCAN, None, GUESS, "it is a picture: a program recognised words"),
    ("side.jpg", turned(SCAN), None, GUESS, "it is a picture: a program recognised words"),
    ("noise.png", noise(600, 400), None, None, "it is a picture: a person must look at it"),
    ("white.png", png(900, 900, (b"\0" + b"\xff" * 900) * 900) + b"\0" * 12000, None, None,
     "it is a picture: a person must look at it"),
    ("broken.jpg", SCAN[:len(SCAN) // 3], None, None, "picture"),
    ("bomb.png", png(60000, 60000, b"\0" * 400000) + b"\0" * 12000, None, None,
     "it is a picture: a person must look at it"),
    ("heic.heic", b"\0\0\0\x18ftypheic" + bytes(20000), None, None, ""),
)


def faults(got, own, guess, reason):
    text, at = got["text"] or "", got["recognised_at"]
    bytes_of = text.encode()
    if own and own not in bytes_of[:at if at >= 0 else None].decode():
        yield f"own words are not there: {text[:200]!r}"
    if guess is None and at >= 0 and reason != "picture":
        yield f"recognised, {got['sure']} % sure: {text[at:at + 200]!r}"
    if guess is not None:
        if at < 0 or guess not in bytes_of[at:].decode():
            yield f"not recognised: {text[:300]!r}"
        if got["state"] != "unreadable" or got["source"] != "recognised":
            yield f"it is not left to a person: {got['state']}, {got['source']}"
        if not 60 <= got["sure"] <= 100 or f"{got['sure']} % sure" not in got["reason"]:
            yield f"{got['sure']} % sure"
    if reason is None and got["reason"] or reason and reason not in (got["reason"] or ""):
        yield f"reason {got['reason']}"


def main():
    print(f"1..{len(CASES)}")
    with tempfile.TemporaryDirectory(prefix="mercat-recognise-") as folder:
        for number, (name, content, *want) in enumerate(CASES, 1):
            path = os.path.join(folder, name)
            with open(path, "wb") as out:
                out.write(content)
            done = subprocess.run([PROGRAM, path], stdout=subprocess.PIPE, check=True)
            got = json.loads(done.stdout)
            wrong = list(faults(got, *want))
            print(f"{'not ok' if wrong else 'ok'} {number} - {name}", flush=True)
            for line in wrong:
                print("# " + line.replace("\n", "\n# "))


main()
