"""Mails whose MIME is odd, torn or mislabelled, read; prints TAP.

Each case is the mail as bytes and what a reader should find in it: subject, from (name,
address), text (blanks folded), files (names) or kinds (types of the attachments).
"""
import base64
import binascii
import quopri

import inspected

HEAD = b"From: Ann <ann@far.example>\nTo: news@near.example\nSubject: x\nMIME-Version: 1.0\n"
JAPANESE = "お世話になっております。ご意見をお送りします。よろしくお願いいたします。"
RUSSIAN = "Здравствуйте, мы согласны с предложением и благодарим за работу."
CHINESE = "我们同意这个建议，并且感谢你们的工作。请告诉我们下一步怎么做。"
TAIWANESE = "我們同意這個建議，並且感謝你們的工作。請告訴我們下一步怎麼做。"
KOREAN = "안녕하세요. 우리는 이 제안에 동의합니다. 감사합니다."
GREEK = "Συμφωνούμε με την πρόταση και ευχαριστούμε πολύ."
GERMAN = "Wir sind für größere Klassen, müssen aber überlegen."
FRENCH = "Nous sommes d’accord – c’est très bien, à bientôt."
POLISH = "Zgadzamy się z propozycją, dziękujemy za ciężką pracę."


def subject(raw):
    return b"From: ann@far.example\nSubject: " + raw + b"\n\nHello\n"


def sender(raw):
    return b"From: " + raw + b"\nSubject: x\n\nHello\n"


def plain(raw, charset=None, more=b""):
    kind = b"Content-Type: text/plain" + (b"; charset=" + charset if charset else b"")
    return HEAD + kind + b"\n" + more + b"\n" + raw + b"\n"


def eight(text, codec, charset=None):
    return plain(text.encode(codec), charset, b"Content-Transfer-Encoding: 8bit\n")


def parts(*pieces, kind=b"mixed", end=b"--b--\n", boundary=b"b"):
    body = b"".join(b"--b\n" + piece for piece in pieces)
    return (HEAD + b"Content-Type: multipart/" + kind + b"; boundary=" + boundary
            + b"\n\n" + body + end)


def file(disposition, kind=b"application/octet-stream", body=b"AAAA\n"):
    """A text, and a file whose Content-Disposition is given."""
    return parts(b"\nHello\n", b"Content-Type: " + kind
                 + (b"\nContent-Disposition: " + disposition if disposition else b"")
                 + b"\nContent-Transfer-Encoding: base64\n\n" + body)


def word(text, codec, way="b"):
    raw = text.encode(codec)
    code = base64.b64encode(raw) if way == "b" else quopri.encodestring(
        raw, header=True).replace(b"?", b"=3F")
    return b"=?" + codec.encode() + b"?" + way.encode() + b"?" + code + b"?="


def b64(text):
    return base64.encodebytes(text.encode() if isinstance(text, str) else text)


HTML = b"Content-Type: text/html; charset=utf-8\n\n"
CALENDAR = b"BEGIN:VCALENDAR\nSUMMARY:Meeting\nEND:VCALENDAR\n"
UU = b"begin 644 a b.txt\n" + binascii.b2a_uu(b"hello there\n") + b"`\nend\n"
TORN = base64.b64encode("größer".encode())

CASES = [
    # Subjects
    ("q word", subject(b"=?iso-8859-1?q?Gr=FC=DFe?="), {"subject": "Grüße"}),
    ("q word with underscore", subject(b"=?utf-8?Q?a_b_=C3=A4?="), {"subject": "a b ä"}),
    ("two words are joined", subject(b"=?utf-8?q?gr=C3=B6?=\n =?utf-8?q?=C3=9Fer?="),
     {"subject": "größer"}),
    ("torn in a letter", subject(b"=?utf-8?q?gr=C3?= =?utf-8?q?=B6=C3=9Fer?="),
     {"subject": "größer"}),
    ("torn in base64", subject(b"=?utf-8?b?" + TORN[:5] + b"?= =?utf-8?b?" + TORN[5:]
                               + b"?="), {"subject": "größer"}),
    ("without padding", subject(b"=?utf-8?b?" + TORN.rstrip(b"=") + b"?="),
     {"subject": "größer"}),
    ("in quotes", subject(b'"=?utf-8?q?gr=C3=B6=C3=9Fer?="'), {"subject": '"größer"'}),
    ("stuck to text", subject(b"Re:=?utf-8?q?gr=C3=B6=C3=9Fer?=ok"),
     {"subject": "Re:größerok"}),
    ("two charsets", subject(b"=?iso-8859-1?q?=FC?= =?koi8-r?b?08/H?="),
     {"subject": "üсог"}),
    ("with language", subject(b"=?iso-8859-1*de?q?Gr=FC=DFe?="), {"subject": "Grüße"}),
    ("with blanks inside", subject(b"=?utf-8?q?gr=C3=B6=C3=9Fer als?="),
     {"subject": "größer als"}),
    ("no end mark", subject(b"=?utf-8?q?gr=C3=B6"), {"subject": "=?utf-8?q?gr=C3=B6"}),
    ("iso-2022-jp words", subject(word("ご意見", "iso-2022-jp")), {"subject": "ご意見"}),
    ("iso-2022-jp bare", subject("ご意見".encode("iso-2022-jp")), {"subject": "ご意見"}),
    ("utf-8 bare", subject("größer".encode()), {"subject": "größer"}),
    ("latin-1 bare", subject("größer".encode("latin-1")), {"subject": "größer"}),
    ("shift_jis bare", subject("ご意見をお送りします".encode("shift_jis")),
     {"subject": "ご意見をお送りします"}),
    ("wrong word charset", subject(b"=?us-ascii?q?gr=C3=B6=C3=9Fer?="),
     {"subject": "größer"}),
    ("unknown word charset", subject(b"=?x-unknown?q?gr=C3=B6=C3=9Fer?="),
     {"subject": "größer"}),
    ("utf-7", subject(b"=?utf-7?q?gr+APYA3w-er?="), {"subject": "größer"}),
    ("gb2312 with gbk letters", subject(word("镕基", "gbk").replace(b"gbk", b"gb2312")),
     {"subject": "镕基"}),
    ("folded", subject(b"one\n two\n\tthree"), {"subject": "one two three"}),
    ("q in uppercase hex and lower", subject(b"=?UTF-8?Q?=c3=b6?="), {"subject": "ö"}),
    ("blank between word and text", subject(b"=?utf-8?q?=C3=B6?= and =?utf-8?q?=C3=B6?="),
     {"subject": "ö and ö"}),
    ("newline in the word", subject(b"=?utf-8?b?" + TORN[:4] + b"\n " + TORN[4:] + b"?="),
     {"subject": "größer"}),
    ("utf-8 label, latin bytes", subject(b"=?utf-8?q?gr=F6=DFer?="),
     {"subject": "größer"}),
    # Senders
    ("name and address", sender(b"Ann Lane <ann@far.example>"),
     {"from": ("Ann Lane", "ann@far.example")}),
    ("comment", sender(b"ann@far.example (Ann Lane)"),
     {"from": ("Ann Lane", "ann@far.example")}),
    ("quoted", sender(b'"Lane, Ann" <ann@far.example>'),
     {"from": ("Lane, Ann", "ann@far.example")}),
    ("word in quotes", sender(b'"=?utf-8?q?J=C3=BCrgen?=" <j@far.example>'),
     {"from": ("Jürgen", "j@far.example")}),
    ("bare comma", sender(b"=?utf-8?q?M=C3=BCller=2C_J?= <j@far.example>"),
     {"from": ("Müller, J", "j@far.example")}),
    ("twice the address", sender(b'"ann@far.example" <ann@far.example>'),
     {"from": ("ann@far.example", "ann@far.example")}),
    ("login", sender(b"root"), {"from": (None, "root")}),
    ("only a name", sender(b"Ann Lane"), {"from": ("Ann Lane", None)}),
    ("apostrophes", sender(b"'Ann Lane' <ann@far.example>"),
     {"from": ("Ann Lane", "ann@far.example")}),
    ("no brackets", sender(b"Ann Lane ann@far.example"),
     {"from": ("Ann Lane", "ann@far.example")}),
    ("square brackets", sender(b"Ann Lane [mailto:ann@far.example]"),
     {"address": "ann@far.example"}),
    ("two", sender(b"Ann <ann@far.example>, Bob <bob@far.example>"),
     {"from": ("Ann", "ann@far.example")}),
    ("group", sender(b"Team: Ann <ann@far.example>;"),
     {"from": ("Ann", "ann@far.example")}),
    ("route", sender(b"<@relay.example:ann@far.example>"),
     {"from": (None, "ann@far.example")}),
    ("blanks in the address", sender(b"Ann < ann @ far.example >"),
     {"from": ("Ann", "ann@far.example")}),
    ("utf-8 address", sender("Ännchen <änn@fär.example>".encode()),
     {"from": ("Ännchen", "änn@fär.example")}),
    ("escaped quotes", sender(b'"Ann \\"A\\" Lane" <ann@far.example>'),
     {"from": ('Ann "A" Lane', "ann@far.example")}),
    ("unclosed", sender(b"Ann <ann@far.example"), {"from": ("Ann", "ann@far.example")}),
    ("unclosed quote", sender(b'"Ann <ann@far.example>'), {"address": "ann@far.example"}),
    ("dot in the name", sender(b"Ann B. Lane <ann@far.example>"),
     {"from": ("Ann B. Lane", "ann@far.example")}),
    ("word glued to the bracket", sender(b"=?utf-8?q?J=C3=BC?=<j@far.example>"),
     {"from": ("Jü", "j@far.example")}),
    ("address in an encoded word", sender(b"=?utf-8?q?Ann_=3Cann=40far=2Eexample=3E?="),
     {"address": "ann@far.example"}),
    # Character sets of texts
    *[(f"{codec} named", eight(text, codec, name), {"text": text})
      for text, codec, name in (
          (JAPANESE, "shift_jis", b"Shift_JIS"), (JAPANESE, "euc-jp", b"EUC-JP"),
          (JAPANESE, "iso-2022-jp", b"iso-2022-jp"), (RUSSIAN, "koi8-r", b"koi8-r"),
          (RUSSIAN, "cp1251", b"windows-1251"), (RUSSIAN, "cp866", b"ibm866"),
          (CHINESE, "gbk", b"gb2312"), (CHINESE, "gb18030", b"gb18030"),
          (KOREAN, "euc-kr", b"ks_c_5601-1987"), (GREEK, "iso8859-7", b"iso-8859-7"),
          (GERMAN, "cp1252", b"iso-8859-1"), (POLISH, "iso8859-2", b"iso-8859-2"),
          (POLISH, "cp1250", b"\"windows-1250\""), (FRENCH, "cp1252", b"cp1252"),
          (GERMAN, "utf-7", b"unicode-1-1-utf-7"))],
    *[(f"{codec} without a name", eight(text, codec), {"text": text})
      for text, codec in (
          (JAPANESE, "utf-8"), (JAPANESE, "shift_jis"), (JAPANESE, "euc-jp"),
          (JAPANESE, "iso-2022-jp"), (RUSSIAN, "koi8-r"), (RUSSIAN, "cp1251"),
          (CHINESE, "gb18030"), (TAIWANESE, "big5"), (KOREAN, "euc-kr"),
          (GERMAN, "latin-1"), (FRENCH, "cp1252"))],
    *[(f"{codec} called {name.decode()}", eight(text, codec, name), {"text": text})
      for text, codec, name in (
          (GERMAN, "utf-8", b"us-ascii"), (GERMAN, "latin-1", b"us-ascii"),
          (GERMAN, "latin-1", b"utf-8"), (GERMAN, "utf-8", b"iso-8859-1"),
          (RUSSIAN, "utf-8", b"x-unknown"), (RUSSIAN, "cp1251", b"us-ascii"),
          (RUSSIAN, "koi8-r", b"unknown-8bit"), (JAPANESE, "shift_jis", b"us-ascii"),
          (JAPANESE, "utf-8", b"_iso-2022-jp$ESC"), (GERMAN, "utf-8", b"utf8"),
          (GERMAN, "utf-8", b"UTF-8 "), (GERMAN, "latin-1", b"latin1"),
          (CHINESE, "gb18030", b"us-ascii"))],
    ("html tells its charset", HEAD + b"Content-Type: text/html\n\n<meta http-equiv="
     b'"Content-Type" content="text/html; charset=windows-1251"><p>'
     + RUSSIAN.encode("cp1251"), {"text": RUSSIAN}),
    # Names of files
    ("filename", file(b'attachment; filename="a b.pdf"'), {"files": ["a b.pdf"]}),
    ("name only", file(b"attachment", b'application/pdf; name="a.pdf"'),
     {"files": ["a.pdf"]}),
    ("no disposition", file(b"", b'application/pdf; name="a.pdf"'), {"files": ["a.pdf"]}),
    ("both", file(b"attachment; filename=b.pdf", b"application/pdf; name=a.pdf"),
     {"files": ["b.pdf"]}),
    ("unquoted blanks", file(b"attachment; filename=a b.pdf"), {"files": ["a b.pdf"]}),
    ("2231", file(b"attachment; filename*=utf-8''gr%C3%B6%C3%9Fer.pdf"),
     {"files": ["größer.pdf"]}),
    ("2231 latin", file(b"attachment; filename*=iso-8859-1'de'gr%F6%DFer.pdf"),
     {"files": ["größer.pdf"]}),
    ("2231 pieces", file(b'attachment; filename*0="a very "; filename*1="long.pdf"'),
     {"files": ["a very long.pdf"]}),
    ("2231 pieces out of order",
     file(b'attachment; filename*1="long.pdf"; filename*0="a very "'),
     {"files": ["a very long.pdf"]}),
    ("2231 pieces coded",
     file(b"attachment; filename*0*=utf-8''gr%C3%B6; filename*1*=%C3%9Fer; "
          b"filename*2=.pdf"), {"files": ["größer.pdf"]}),
    ("2231 torn letter",
     file(b"attachment; filename*0*=utf-8''gr%C3; filename*1*=%B6sser.pdf"),
     {"files": ["grösser.pdf"]}),
    ("2231 beside plain",
     file(b"attachment; filename=\"gr.pdf\"; filename*=utf-8''gr%C3%B6.pdf"),
     {"files": ["grö.pdf"]}),
    ("word in a parameter", file(b'attachment; filename="=?utf-8?q?gr=C3=B6=C3=9Fer.pdf?="'),
     {"files": ["größer.pdf"]}),
    ("word unquoted in a parameter",
     file(b"attachment; filename==?utf-8?q?gr=C3=B6=C3=9Fer.pdf?="),
     {"files": ["größer.pdf"]}),
    ("two words in a parameter",
     file(b'attachment; filename="=?utf-8?b?' + base64.b64encode("größ".encode())
          + b'?=\n =?utf-8?b?' + base64.b64encode(b"er.pdf") + b'?="'),
     {"files": ["größer.pdf"]}),
    ("utf-8 bare in a parameter", file('attachment; filename="größer.pdf"'.encode()),
     {"files": ["größer.pdf"]}),
    ("backslashes", file(b'attachment; filename="C:\\\\docs\\\\a.pdf"'),
     {"files": ["C:\\docs\\a.pdf"]}),
    ("percent without star", file(b'attachment; filename="100%25.pdf"'),
     {"files": ["100%25.pdf"]}),
    ("japanese bare", file("attachment; filename=\"資料.pdf\"".encode("iso-2022-jp")),
     {"files": ["資料.pdf"]}),
    ("uppercase", file(b'ATTACHMENT; FILENAME="a.pdf"'), {"files": ["a.pdf"]}),
    ("folded name", file(b'attachment;\n filename="a\n b.pdf"'), {"files": ["a b.pdf"]}),
    # Structure
    ("no closing boundary", parts(b"\nHello\n", end=b""), {"text": "Hello"}),
    ("blanks behind the boundary", parts(b"\nHello\n").replace(b"--b\n", b"--b  \n"),
     {"text": "Hello"}),
    ("boundary with blanks in quotes", HEAD + b'Content-Type: multipart/mixed; '
     b'boundary="a b "\n\n--a b\n\nHello\n--a b--\n', {"text": "Hello"}),
    ("boundary never found", HEAD + b"Content-Type: multipart/mixed; boundary=x\n\nHello\n",
     {"text": "Hello"}),
    ("wrong boundary", HEAD + b"Content-Type: multipart/mixed; boundary=x\n\n--y\n"
     b"Content-Type: text/plain\n\nHello\n--y--\n", {"text": "Hello"}),
    ("same boundary inside", parts(b"Content-Type: multipart/alternative; boundary=b\n\n",
                                   b"\nHello\n"), {"text": "Hello"}),
    ("no boundary parameter", HEAD + b"Content-Type: multipart/mixed\n\n--b\n"
     b"Content-Type: text/plain\n\nHello\n--b--\n", {"text": "Hello"}),
    ("plain and html", parts(b"\nHello\n", HTML + b"<p>Hi</p>\n", kind=b"alternative"),
     {"text": "Hello"}),
    ("html only", HEAD + HTML + b"<p>Hello<br>you</p>", {"text": "Hello you"}),
    ("html beside empty plain", parts(b"\n\n", HTML + b"<p>Hello</p>\n",
                                      kind=b"alternative"), {"text": "Hello"}),
    ("amp is passed over",
     parts(b"\nHello\n", b"Content-Type: text/x-amp-html\n\n<p>AMP</p>\n",
           HTML + b"<p>Hi</p>\n", kind=b"alternative"), {"text": "Hello"}),
    ("text in two parts", parts(b"\nOne\n", b"Content-Type: image/png\n\nx\n",
                                b"\nTwo\n"), {"text": "One Two"}),
    ("mail in base64",
     parts(b"\nHello\n", b"Content-Type: message/rfc822\nContent-Transfer-Encoding: base64"
           b"\n\n" + b64("Subject: in\nContent-Disposition: x\n\nInner\n")),
     {"text": "Hello", "kinds": ["message/rfc822"]}),
    ("text called base64 that is none",
     plain(b"Hello, this is plain text after all.", None,
           b"Content-Transfer-Encoding: base64\n"),
     {"text": "Hello, this is plain text after all."}),
    ("base64 with a footer", plain(b64("Hello there").rstrip() + b"\n-- \nlist footer", None,
                                   b"Content-Transfer-Encoding: base64\n"),
     {"starts": "Hello there"}),
    ("base64 in one long line", plain(base64.b64encode(b"Hello " * 900), None,
                                      b"Content-Transfer-Encoding: base64\n"),
     {"starts": "Hello Hello"}),
    ("quoted-printable with bare equals", plain(b"a = b and 1=2 =C3=A4=\nx", b"utf-8",
                                                b"Content-Transfer-Encoding: "
                                                b"quoted-printable\n"),
     {"text": "a = b and 1=2 äx"}),
    ("unknown encoding", plain(b"Hello", None, b"Content-Transfer-Encoding: x-none\n"),
     {"text": "Hello"}),
    ("encoding with a comment", plain(b"gr=C3=B6", b"utf-8", b"Content-Transfer-Encoding: "
                                      b"quoted-printable (x)\n"), {"text": "grö"}),
    ("uuencoded", plain(b"Look:\n" + UU + b"Bye"), {"text": "Look: Bye",
                                                  "files": ["a b.txt"]}),
    ("flowed", plain(b"A long line \nthat flows.\n> quoted \n> text", b"utf-8; format=flowed"),
     {"text": "A long line that flows. > quoted text"}),
    ("flowed, delsp", plain(b"Hel \nlo", b"utf-8; format=flowed; delsp=yes"),
     {"text": "Hello"}),
    ("calendar", parts(b"\nHello\n", b"Content-Type: text/calendar; method=REQUEST\n\n"
                       + CALENDAR), {"text": "Hello", "kinds": ["text/calendar"]}),
    ("calendar alone", HEAD + b"Content-Type: text/calendar\n\n" + CALENDAR,
     {"kinds": ["text/calendar"]}),
    ("enriched", HEAD + b"Content-Type: text/enriched\n\n<bold>Hello</bold> you\n",
     {"text": "Hello you"}),
    ("richtext", HEAD + b"Content-Type: text/richtext\n\n<bold>Hello</bold> you<nl>there\n",
     {"text": "Hello you there"}),
    ("enriched beside plain",
     parts(b"\nHello\n", b"Content-Type: text/enriched\n\n<bold>Hello</bold>\n",
           kind=b"alternative"), {"text": "Hello"}),
    ("markdown", HEAD + b"Content-Type: text/markdown\n\n*Hello* you\n",
     {"text": "*Hello* you"}),
    ("unknown text", HEAD + b"Content-Type: text/x-whatever\n\nHello\n", {"text": "Hello"}),
    ("no type of text", HEAD + b"Content-Type: text\n\nHello\n", {"text": "Hello"}),
    ("nonsense type", HEAD + b"Content-Type: foo\n\nHello\n", {"text": "Hello"}),
    ("empty type", HEAD + b"Content-Type:\n\nHello\n", {"text": "Hello"}),
    ("winmail", file(b"attachment; filename=winmail.dat", b"application/ms-tnef"),
     {"files": ["winmail.dat"]}),
    ("file without a name", file(b"attachment"), {"text": "Hello",
                                                  "kinds": ["application/octet-stream"]}),
    ("inline picture", parts(b"Content-Type: text/html\n\n<p>Hello<img src=cid:a></p>\n",
                             b"Content-Type: image/png; name=a.png\nContent-ID: <a>\n"
                             b"Content-Disposition: inline\n"
                             b"Content-Transfer-Encoding: base64\n\nAAAA\n",
                             kind=b"related"), {"text": "Hello", "files": ["a.png"]}),
    ("text as a file", parts(b"\nHello\n", b"Content-Type: text/plain\n"
                             b"Content-Disposition: attachment; filename=a.txt\n\nFile\n"),
     {"text": "Hello", "files": ["a.txt"]}),
    ("no blank line above the text", b"From: a@far.example\nSubject: x\nHello there\nyou\n",
     {"subject": "x", "text": "Hello there you"}),
    ("blank lines first", b"\n\nFrom: a@far.example\nSubject: x\n\nHello\n",
     {"subject": "x", "text": "Hello"}),
    ("mbox line first", b"From a@b Mon Nov 3 10:00:00 2025\nFrom: a@far.example\n"
     b"Subject: x\n\nHello\n", {"subject": "x", "text": "Hello"}),
    ("colon with blank before", b"From : a@far.example\nSubject : x\n\nHello\n",
     {"subject": "x", "text": "Hello"}),
    ("only cr", b"From: a@far.example\rSubject: x\r\rHello\r", {"text": "Hello"}),
    ("yenc", plain(b"Look\n=ybegin line=128 size=5 name=a.bin\n\x92\x8f\x96\x96\x99\n"
                   b"=yend size=5\nBye"), {"starts": "Look", "files": ["a.bin"]}),
    ("binhex part", file(b"attachment; filename=a.hqx", b"application/mac-binhex40"),
     {"files": ["a.hqx"]}),
]


LANES = b"From: Ann <ann@far.example>\nTo: news@near.example\n"
TWO = b"Content-Type: multipart/mixed; boundary=q7\n"
QUOTED = b"Content-Type: text/plain; charset=utf-8\n\n"


def two_types(first, second, body):
    return LANES + b"Subject: x\n" + first + second + b"\n" + body


def jis(text):
    """ISO-2022-JP with the circled and roman figures that only programs put in it."""
    raw = b"".join(b"\x1b$B" + bytes(b & 0x7F for b in c.encode("euc_jis_2004"))
                   + b"\x1b(B" if ord(c) > 127 else c.encode() for c in text)
    return raw


# Headers and parts that lost a mark on their way, and labels that tell nothing.
CASES += [
    ("dkim without its indents", b"DKIM-Signature: v=1; d=far.example;\nbh=abc+def=;\n"
     b"b=AAAABBBBCCCC\nDDDD\nEEEE\n" + LANES + b"Subject: x\n\nHello\n",
     {"subject": "x", "text": "Hello", "address": "ann@far.example"}),
    ("received without its indents", b"Received: from a.far.example\nby mx.near.example "
     b"with ESMTPS id 4711;\nMon, 3 Nov 2025 10:00:00 +0000\n" + LANES
     + b"Subject: x\n\nHello\n", {"subject": "x", "text": "Hello"}),
    ("ids without their indents", LANES + b"Subject: x\nReferences: <1@far.example>\n"
     b"<2@far.example>\n<3@far.example>\n<4@far.example>\nMIME-Version: 1.0\n\nHello\n",
     {"subject": "x", "text": "Hello"}),
    ("a line of a gateway above", b"*** checked by the gateway ***\n" + LANES
     + b"Subject: x\n\nHello\n", {"subject": "x", "text": "Hello"}),
    ("a mark in brackets above", b"[scanned by gate]\n" + LANES + b"Subject: x\n\nHello\n",
     {"subject": "x", "text": "Hello"}),
    ("two lines above", b"This mail was kept for you.\nRelease no. 5\n" + LANES
     + b"Subject: x\n\nHello\n", {"subject": "x", "address": "ann@far.example"}),
    ("text runs in and quotes a field", LANES + b"Subject: x\nDear council,\nwe agree.\n"
     b"Cc: to the school\n\nAnn\n", {"text": "Dear council, we agree. Cc: to the school Ann"}),
    ("text runs in over lines", LANES + b"Subject: x\nwe agree\nwith all of it\n\nAnn\n",
     {"text": "we agree with all of it Ann"}),
    ("multipart named first", two_types(TWO, b"Content-Type: text/html\n",
     b"--q7\n" + QUOTED + b"Hello\n--q7--\n"), {"text": "Hello"}),
    ("multipart named second", two_types(b"Content-Type: text/plain\n", TWO,
     b"--q7\n" + QUOTED + b"Hello\n--q7--\n"), {"text": "Hello"}),
    ("two multiparts", two_types(b"Content-Type: multipart/related;\n boundary=zz\n", TWO,
     b"--q7\n" + QUOTED + b"Hello\n--q7--\n"), {"text": "Hello"}),
    ("two types, no parts", two_types(TWO, b"Content-Type: text/plain\n", b"Hello\n"),
     {"text": "Hello"}),
    ("boundary right below the header", LANES + b"Subject: x\n" + TWO + b"--q7\n" + QUOTED
     + b"Hello\n--q7--\n", {"text": "Hello"}),
    ("boundary below it, a line between", LANES + b"Subject: x\n" + TWO + b"X-A: 1\n--q7\n"
     + b"Content-Type: text/html\n\n<p>Hello</p>\n--q7--\n", {"text": "Hello"}),
    ("no first boundary", LANES + b"Subject: x\n" + TWO + b"\nContent-Type: text/html\n"
     b"Content-Transfer-Encoding: base64\n\n" + b64("<p>Hello</p>"), {"text": "Hello"}),
    ("no first boundary of two", LANES + b"Subject: x\n" + TWO + b"\nContent-Type: text/plain"
     b"\n\nHello\n--q7\nContent-Type: image/png; name=a.png\n\nAAAA\n--q7--\n",
     {"text": "Hello", "files": ["a.png"]}),
    ("text above the only file", LANES + b"Subject: x\n" + TWO + b"\nWe agree, see there.\n"
     b"--q7\nContent-Type: image/png; name=a.png\n\nAAAA\n--q7--\n",
     {"text": "We agree, see there.", "files": ["a.png"]}),
    ("text above, in its encoding", LANES + b"Subject: x\nContent-Transfer-Encoding: "
     b"quoted-printable\n" + TWO + b"\nWir sind daf=C3=BCr.\n", {"text": "Wir sind dafür."}),
    ("stock sentence above", LANES + b"Subject: x\n" + TWO + b"\nThis message is in MIME "
     b"format.\n--q7\nContent-Type: image/png; name=a.png\n\nAAAA\n--q7--\n", {"text": ""}),
    ("first From without an address", b"From: {unreadable}\nFrom: Bo Ek <bo@far.example>\n"
     b"Subject: x\n\nHello\n", {"from": ("Bo Ek", "bo@far.example")}),
    ("name with a comma, no quotes", sender(b"Ek, Bo <bo@far.example>"),
     {"from": ("Ek, Bo", "bo@far.example")}),
    ("name with two commas", sender(b"Ek, Bo, School of Far <bo@far.example>"),
     {"from": ("Ek, Bo, School of Far", "bo@far.example")}),
    ("address in Reply-To only", b"From: Bo Ek\nReply-To: bo@far.example\nSubject: x\n\nHi\n",
     {"from": ("Bo Ek", "bo@far.example")}),
    ("chinese under latin-1", HEAD.replace(b"Subject: x", b"Subject: " + "学校的公共汽车".encode(
     "gb2312")) + b"Content-Type: text/plain; charset=iso-8859-1\n\nhello\n",
     {"subject": "学校的公共汽车"}),
    ("korean bare", subject("어린이집 의견".encode("euc_kr")), {"subject": "어린이집 의견"}),
    ("shift_jis in a 7-bit word",
     subject(b"=?iso-2022-jp?b?" + base64.b64encode("学校のこと".encode("shift_jis"))
             + b"?="), {"subject": "学校のこと"}),
    ("swedish in capitals bare", subject("ÅÄÖ ÅR".encode("latin-1")), {"subject": "ÅÄÖ ÅR"}),
    ("short german bare", subject("Größe über".encode("latin-1")), {"subject": "Größe über"}),
    ("header of a wide part", parts(b"Content-Type: text/plain; charset=utf-16le\n"
     b"Content-Transfer-Encoding: base64\n\n" + base64.b64encode("Ja".encode("utf-16le"))
     + b"\n"), {"subject": "x", "text": "Ja"}),
    ("plus sign above utf-7", HEAD.replace(b"Subject: x", b"Subject: 2+2- or 3")
     + b"Content-Type: text/plain; charset=utf-7\n\nHello\n", {"subject": "2+2- or 3"}),
    ("circled figures", HEAD + b"Content-Type: text/plain; charset=iso-2022-jp\n\n"
     + jis("③反対です。") + b"\n", {"text": "③反対です。"}),
    ("one bad letter in it", HEAD + b"Content-Type: text/plain; charset=iso-2022-jp\n\n"
     + jis("反対") + b"\x1b$B\x29\x7e\x1b(B" + jis("です") + b"\n", {"text": "反対\ufffdです"}),
    ("hebrew to its last letter", eight("אני מסכימה", "cp1255", b"windows-1255"),
     {"text": "אני מסכימה"}),
    ("vietnamese to its last letter", plain(b"\xf0\xf4ng \xfd", b"windows-1258"),
     {"text": "đông ư"}),
    ("utf-8 under koi8-r", eight(RUSSIAN, "utf-8", b"koi8-r"), {"text": RUSSIAN}),
    ("utf-8 under hebrew", eight("אנחנו מסכימים", "utf-8", b"iso-8859-8"),
     {"text": "אנחנו מסכימים"}),
    ("chinese is no utf-8", eight(CHINESE, "gb18030", b"gb18030"), {"text": CHINESE}),
    ("windows-1251 as it says", eight(RUSSIAN, "cp1251", b"windows-1251"), {"text": RUSSIAN}),
]



def fold(text):
    return " ".join((text or "").split())


def fault(want, read):
    files = [a["name"] for a in read["attachments"]]
    kinds = [a["type"] for a in read["attachments"]]
    got = {"subject": fold(read["subject"]), "text": fold(read["text"]), "files": files,
           "kinds": kinds, "address": read["from"]["address"], "starts": None,
           "from": (read["from"]["name"], read["from"]["address"])}
    for key, value in want.items():
        if key == "starts":
            if not fold(read["text"]).startswith(value):
                return f"text {fold(read['text'])[:80]!r}, not {value!r}..."
        elif got[key] != value:
            return f"{key} {got[key]!r}, not {value!r}"
    return None


inspected.report((title, mail, lambda read, want=want: fault(want, read))
                 for title, mail, want in CASES)
