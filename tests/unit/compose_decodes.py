"""Composed mails, read by Python's email package, give back exactly what went in.

Usage: compose_decodes.py path/to/test_compose. Prints TAP. The cases come from a fixed
seed, so a failure comes again.
"""

import email
import email.header
import email.policy
import email.utils
import json
import random
import subprocess
import sys

WORDS = ["Update", "#7", "caf\u00e9", "na\u00efve", "\u2013", "\U0001f600",
         "\U0001f468\u200d\U0001f469\u200d\U0001f467",
         "\u0645\u0631\u062d\u0628\u0627", "\u05e9\u05dc\u05d5\u05dd", "\u4f60\u597d",
         "\u202eabc\u202c", "=?UTF-8?Q?x?=", "=?", "?=", "\"quoted\"",
         "a,b;c", "<x@y>", "(comment)", "\\", "back\\slash", "semi;colon", "x" * 80, "\u00e9" * 200,
         "tab\there", "_under_", "=3D", "=", "100%", "a@b", "..", ".", "-", "--", "From"]
LINES = [".", "..", ".dot", "From me", "From: me", "", " ", "\t", " trailing ", "=", "=20", "x" * 1200,
         "\u00e9" * 700, "--=_mercat_part_=_", "--", "-- ", ">From", "\U0001f600" * 90,
         "a=b=c", "\x01\x7f", "soft =",
         "end\u2028sep", "word " * 60]
TOKEN = "aaaaaaaa22222222bbbbbbbb33333333cc"
MARK = "0mercat0token0mark0number0one00001"


def phrase(rng, most):
    text = "".join(rng.choice(WORDS) + rng.choice([" ", " ", "", "  "]) for _ in range(rng.randint(0, most)))
    return text.strip() if rng.random() < 0.8 else text


def body(rng, most):
    parts = []
    for _ in range(rng.randint(0, most)):
        parts.append(rng.choice(LINES) if rng.random() < 0.6 else phrase(rng, 8))
        if rng.random() < 0.1:
            parts[-1] += MARK
    return rng.choice(["\n", "\n", "\r\n"]).join(parts) + rng.choice(["", "\n"])


def cases():
    rng = random.Random(20180125)
    fixed = ["", " ", "x" * 10000, "\u00e9" * 10000, "word " * 2000, "\U0001f600" * 500,
             "a\tb", "=?utf-8?b?eA==?=",
             "a" * 59 + " " + "b" * 59, "ends with space ", " starts", "two  spaces", "\u202e\u05d0\u05d1"]
    for text in fixed:
        yield {"subject": text, "from_name": text, "to_name": text, "text": text, "html": text}
        yield {"subject": text, "from_name": None, "to_name": None, "text": text, "html": None}
    for text in ["\n.\n", ".\n.\n", "\n.\r\n.\r.\n", "\r.\r", "a\n.\nMAIL FROM:<x@y>\n", "From x\nFrom y"]:
        yield {"subject": "dots", "from_name": "d", "to_name": "d", "text": text, "html": text}
    for _ in range(600):
        yield {"subject": phrase(rng, 20), "from_name": phrase(rng, 6), "to_name": phrase(rng, 6),
               "text": body(rng, 30), "html": body(rng, 30) if rng.random() < 0.8 else None}


def lines_of(text):
    return text.replace("\r\n", "\n").replace("\r", "\n").replace(MARK, TOKEN)


def decoded(value):
    """RFC 2047 as the RFC has it: unfolded, words joined without the space between them."""
    value = value.replace("\r\n", "")
    return str(email.header.make_header(email.header.decode_header(value)))


def raw_field(head, name):
    """A field as it stands on the wire, with its folding."""
    lines = head.split(b"\r\n")
    start = next(i for i, line in enumerate(lines) if line.lower().startswith(name.lower().encode() + b":"))
    end = start + 1
    while end < len(lines) and lines[end][:1] in (b" ", b"\t"):
        end += 1
    return b"\r\n".join(lines[start:end]).decode("ascii")[len(name) + 2:]


def check_bytes(raw):
    assert raw.endswith(b"\r\n"), "no line end at the end"
    bare = raw.replace(b"\r\n", b"")
    assert b"\r" not in bare and b"\n" not in bare, "bare CR or LF"
    head, _, rest = raw.partition(b"\r\n\r\n")
    for line in head.split(b"\r\n") + rest.split(b"\r\n"):
        # A link cannot be folded inside.
        assert len(line) <= (998 if line.startswith(b"List-Unsubscribe:") else 76), \
            "a line of %d: %r" % (len(line), line[:100])
        assert not line.startswith(b".") and not line.startswith(b"From "), "a line begins with %r" % line[:5]
        assert all(32 <= c < 127 or c == 9 for c in line), "a byte that is not ASCII text"


def check_headers(case, message, head):
    names = [name.lower() for name in message.keys()]
    assert len(names) == len(set(names)), "a field stands twice: %s" % names
    assert decoded(raw_field(head, "Subject")) == case["subject"], "subject"
    for field, name, address in (("From", case["from_name"], "updates@lists.example.org"),
                                 ("To", case["to_name"], case["to_address"])):
        shown, got = email.utils.parseaddr(raw_field(head, field).replace("\r\n", ""))
        assert got == address, "%s address %r" % (field, got)
        assert decoded(shown) == (name or ""), "%s name %r" % (field, decoded(shown))
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["List-Unsubscribe"].count(TOKEN) == 2, "tokens in List-Unsubscribe"


def part_text(part):
    assert part.get_content_charset() == "utf-8"
    return part.get_payload(decode=True).decode("utf-8").replace("\r\n", "\n")


def check_parts(case, message):
    if case["html"] is None:
        want, got = lines_of(case["text"]), part_text(message)
        assert got == want or got == want + "\n", "text"
        return
    assert message.get_content_type() == "multipart/alternative"
    parts = message.get_payload()
    assert [part.get_content_type() for part in parts] == ["text/plain", "text/html"]
    assert part_text(parts[0]) == lines_of(case["text"]), "text"
    assert part_text(parts[1]) == lines_of(case["html"]), "html"
    assert not message.defects and not any(part.defects for part in parts), "defects"


def main():
    every = list(cases())
    for i, case in enumerate(every):
        case["to_address"] = "anna.%d@example.org" % i
    asked = "".join(json.dumps(case) + "\n" for case in every)
    done = subprocess.run([sys.argv[1], "--compose"], input=asked.encode(), stdout=subprocess.PIPE,
                          check=True)
    answers = done.stdout
    wrong = []
    for i, case in enumerate(every):
        try:
            first, _, answers = answers.partition(b"\n")
            assert first.startswith(b"OK "), first.decode()
            raw, answers = answers[:int(first[3:])], answers[int(first[3:]):]
            check_bytes(raw)
            message = email.message_from_bytes(raw, policy=email.policy.compat32)
            check_headers(case, message, raw.partition(b"\r\n\r\n")[0])
            check_parts(case, message)
        except AssertionError as error:
            wrong.append("case %d: %s: %.300r" % (i, error, case))
    print("1..1")
    for line in wrong[:5]:
        print("# " + line)
    print("%s 1 - %d composed mails come back exactly" % ("not ok" if wrong else "ok", len(every)))


main()
