"""Mails as people write them, made from a seed; every word of them is made up.

    for raw in mails(10000): ...        bytes with CRLF, mean 28 kB, mostly small

Plain text in several charsets and encodings, HTML with and without a text beside it,
quoted answers with signatures, pictures and documents in base64, forwarded mails. The
same count and seed give the same bytes, whoever runs it.
"""
import base64
import itertools
import quopri
import random

MEAN = 28000
BEGIN = ("b br c ch d dr f fl g gr h j k l m n p pl qu r s sh st t th tr v w".split())
MIDDLE = "a e i o u ai ea ee ie oa oo ou".split()
END = "b ck d ft g l ll m n nd ng nt p r rd rt s ss st t th w x".split()
SMALL = "the of and to in a is that for it as was with be by on not he his but at".split()
ACCENTS = {"e": "é", "a": "ä", "o": "ö", "u": "ü", "i": "ï"}


class Writer:
    """Sentences of a language that nobody speaks, with the word counts of a real one."""

    def __init__(self, seed):
        self.rng = random.Random(seed)
        words = set()
        while len(words) < 20000:
            words.add("".join(self.rng.choice(BEGIN) + self.rng.choice(MIDDLE)
                              for _ in range(self.rng.choice((1, 1, 2, 2, 3))))
                      + self.rng.choice(END))
        self.words = sorted(words)
        # Few words are frequent and most are rare, as in every language.
        self.weights = list(itertools.accumulate(
            1 / (n + 10) for n in range(len(self.words))))

    def many(self, count):
        """So many words; a third of them are the small ones."""
        drawn = self.rng.choices(self.words, cum_weights=self.weights, k=count)
        return [self.rng.choice(SMALL) if self.rng.random() < 0.35 else w for w in drawn]

    def sentence(self, accents=0.0):
        words = self.many(self.rng.randint(5, 24))
        if accents:
            words = [self.accent(w) if self.rng.random() < accents else w for w in words]
        return " ".join(words).capitalize() + self.rng.choice(".....?!")

    def accent(self, word):
        for plain, marked in ACCENTS.items():
            if plain in word:
                return word.replace(plain, marked, 1)
        return word

    def paragraphs(self, size, accents=0.0):
        """A list of paragraphs of about size characters together."""
        out, left = [], size
        while left > 0:
            text = " ".join(self.sentence(accents)
                            for _ in range(self.rng.randint(2, 6)))
            out.append(text[:max(left, 40)])
            left -= len(text) + 2
        return out


def wrap(text, width=72, before=""):
    lines, line = [], before
    for word in text.split():
        if len(line) + len(word) > width and line != before:
            lines.append(line.rstrip())
            line = before
        line += word + " "
    return lines + [line.rstrip()]


def plain(writer, size, accents):
    lines = []
    for text in writer.paragraphs(size, accents):
        lines += wrap(text) + [""]
    return "\r\n".join(lines)


def quoted(writer, size, accents):
    """An answer above what it answers, with a signature between."""
    lines = plain(writer, size // 2, accents).split("\r\n")
    name = writer.many(2)
    lines += ["-- ", " ".join(name).title(), writer.sentence(), "",
              f"On 3 November 2025, {name[0].title()} <{name[0]}@far.example> wrote:"]
    for text in writer.paragraphs(size // 2, accents):
        lines += wrap(text, before="> ") + [">"]
    return "\r\n".join(lines)


def html(writer, size, accents):
    """As writing programs do it: half of it is not text at all."""
    style = "font-family:Arial,sans-serif;font-size:11pt;color:#1f1f1f;margin:0cm"
    lines = ['<html><head><meta http-equiv="Content-Type" content="text/html">',
             "<style>p.MsoNormal { margin: 0cm; } a:link { color: blue; }</style>",
             "</head><body>"]
    for text in writer.paragraphs(size // 2, accents):
        first, _, rest = text.partition(" ")
        lines += [f'<p class="MsoNormal" style="{style}"><span style="{style}"><b>{first}'
                  f"</b>&nbsp;"] + wrap(rest) + ["</span></p>"]
    return "\r\n".join(lines + ["</body></html>"])


def encoded(text, charset, encoding):
    """(its head, its bytes) of one part of text."""
    raw = text.encode(charset, "replace")
    if encoding == "quoted-printable":
        raw = quopri.encodestring(raw.replace(b"\r\n", b"\n")).replace(b"\n", b"\r\n")
    elif encoding == "base64":
        raw = base64.encodebytes(raw).replace(b"\n", b"\r\n")
    return encoding, raw


def part(kind, raw, encoding, more=""):
    return (f"Content-Type: {kind}\r\nContent-Transfer-Encoding: {encoding}\r\n{more}"
            "\r\n").encode() + raw


def multipart(rng, kind, parts):
    mark = f"=_{rng.getrandbits(80):020x}"
    body = b"".join(b"--" + mark.encode() + b"\r\n" + p + b"\r\n" for p in parts)
    return (f'Content-Type: multipart/{kind}; boundary="{mark}"\r\n\r\n'.encode()
            + body + b"--" + mark.encode() + b"--\r\n")


def text_part(writer, rng, size, write, subtype):
    accents = rng.choice((0, 0, 0.05, 0.2))
    charset = rng.choice(("utf-8", "utf-8", "iso-8859-1", "windows-1252"))
    encoding = rng.choice(("8bit", "quoted-printable", "quoted-printable", "base64"))
    if not accents and rng.random() < 0.4:
        charset, encoding = "us-ascii", "7bit"
    encoding, raw = encoded(write(writer, size, accents), charset, encoding)
    return part(f'text/{subtype}; charset="{charset}"', raw, encoding)


def document(rng, size):
    kind, name = rng.choice((("application/pdf", "answer.pdf"), ("image/jpeg", "p.jpg"),
                             ("application/octet-stream", "file.bin")))
    raw = base64.encodebytes(rng.randbytes(max(size * 3 // 4, 64)))
    return part(f'{kind}; name="{name}"', raw.replace(b"\n", b"\r\n"), "base64",
                f'Content-Disposition: attachment; filename="{name}"\r\n')


def body(writer, rng, size):
    """Most are small and text; what is large is large by what is attached."""
    text = min(size, int(rng.lognormvariate(7.9, 0.9)) + 200)
    shape = rng.choices(("plain", "quoted", "html", "both", "forward"),
                        (30, 25, 10, 30, 5))[0]
    if size > 3 * text or shape == "forward":
        inner = text_part(writer, rng, text, plain, "plain")
        if shape in ("both", "html"):
            inner = multipart(rng, "alternative", [inner, text_part(
                writer, rng, text * 2, html, "html")])
        if shape == "forward":
            extra = part("message/rfc822", head(writer, rng, 0, "far.example") +
                         text_part(writer, rng, max(size - text, 200), plain, "plain"),
                         "7bit" if rng.random() < 0.5 else "8bit")
        else:
            extra = document(rng, size - text)
        return multipart(rng, "mixed", [inner, extra])
    if shape == "both":
        return multipart(rng, "alternative", [
            text_part(writer, rng, size // 3, plain, "plain"),
            text_part(writer, rng, size * 2 // 3, html, "html")])
    if shape == "html":
        return text_part(writer, rng, size, html, "html")
    return text_part(writer, rng, size, quoted if shape == "quoted" else plain, "plain")


def head(writer, rng, number, to):
    name = [w.title() for w in writer.many(2)]
    subject = writer.sentence(0.1)[:70]
    if not subject.isascii():
        subject = "=?utf-8?B?" + base64.b64encode(subject.encode()).decode() + "?="
    hops = "".join(
        f"Received: from relay{hop}.far.example (relay{hop}.far.example [192.0.2.{hop}])\r\n"
        f"\tby mx.{hop}.example with ESMTPS id {rng.getrandbits(48):012x};\r\n"
        f"\tMon, 3 Nov 2025 10:0{hop}:00 +0000\r\n" for hop in range(1, rng.randint(2, 6)))
    return (f"Return-Path: <{name[0].lower()}{number}@far.example>\r\n"
            f"Delivered-To: {to}\r\n{hops}"
            f"From: {' '.join(name)} <{name[0].lower()}{number}@far.example>\r\n"
            f"To: {to}\r\nSubject: {subject}\r\nDate: Mon, 3 Nov 2025 10:00:00 +0000\r\n"
            f"Message-ID: <{rng.getrandbits(64):016x}@far.example>\r\n"
            "MIME-Version: 1.0\r\n").encode()


def mails(count, to="answers@near.example", seed=28):
    writer = Writer(seed)
    rng = random.Random(seed)
    for number in range(count):
        size = min(int(rng.lognormvariate(9.1, 1.45)) + 300, 2000000)
        yield head(writer, rng, number, to) + body(writer, rng, size)
