"""The seeds and words of every fuzz target, written below a folder.

    seeds.py FOLDER     FOLDER/TARGET/NAME for each seed, FOLDER/TARGET.dict for its words

Own words, small. What a fuzzer found is a seed too: FOUND, with what was wrong.
"""
import pathlib
import struct
import sys
import zlib

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "unit"))
import papers  # noqa: E402


def crlf(text):
    return text.replace("\n", "\r\n").encode()


MAILS = (
    crlf("""\
From: Anna Reed <anna@reed.example>
To: places@cpip.example
Subject: =?utf-8?q?My_response_=C2=A3?=
Date: Mon, 2 Mar 2026 09:30:00 +0000
Message-ID: <1@reed.example>
Content-Type: text/plain; charset=utf-8; format=flowed

Dear team,

1. Yes. It saves\x20
quarrels.

> What would help?
Longer hours.

--\x20
Anna
"""),
    crlf("""\
Return-Path: <>
From: Mail Delivery System <mailer-daemon@relay.example>
To: places+b-aaaa@cpip.example
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="AB"

--AB
Content-Type: text/plain

<bo@gone.example>: host mx.gone.example said: 550 5.1.1 No such user
--AB
Content-Type: message/delivery-status

Reporting-MTA: dns; relay.example

Final-Recipient: rfc822; bo@gone.example
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 No such user
--AB
Content-Type: message/rfc822

From: places@cpip.example
To: bo@gone.example
Message-ID: <7@cpip.example>

Hello
--AB--
"""),
    crlf("""\
From: "Reed, Bo" <bo@reed.example>
Subject: Fw: form
Content-Type: multipart/mixed; boundary=X

--X
Content-Type: multipart/alternative; boundary=Y

--Y
Content-Type: text/plain; charset=iso-8859-1
Content-Transfer-Encoding: quoted-printable

Caf=E9 =
wall
--Y
Content-Type: text/html; charset=utf-8

<p>Caf&eacute; <b>wall</b><table><tr><td>[x]<td>Yes</table>
--Y--
--X
Content-Type: application/octet-stream; name*0*=utf-8''f%C3%A9; name*1=.txt
Content-Disposition: attachment
Content-Transfer-Encoding: base64

aGVsbG8gd29ybGQ=
--X--
"""),
    crlf("""\
From: abuse@provider.example
Subject: complaint
Content-Type: multipart/report; report-type=feedback-report; boundary=Z

--Z

A complaint.
--Z
Content-Type: message/feedback-report

Feedback-Type: abuse
User-Agent: x/1
Original-Rcpt-To: <cy@provider.example>
--Z
Content-Type: text/rfc822-headers

To: cy@provider.example
--Z--
"""),
    crlf("""\
From: dee@away.example
Subject: Automatic reply: My response
X-Autoreply: yes

I am out of the office until Monday.

begin 644 a.txt
%:&5L;&\\
`
end
"""),
)
HTML = (
    "<p>Hello <b>world</b><br>Two<blockquote>old</blockquote><a href='https://x.example/'>go</a>",
    "<table border=1><tr><td style='color:red;background:url(x)'>[x]<td>Yes</tr></table><hr>",
    "<form><input type=checkbox name=a checked> Publish<select><option selected>No<option>Yes"
    "</select><textarea>typed</textarea></form>",
    "<script>alert(1)</script><img src='data:image/png;base64,AAAA' onerror=x><svg><a href=y>",
    "<ul><li>One<ol start=3><li>Two</ol></ul><del>gone</del><ins>new</ins><u>so</u>&nbsp;&#x263a;",
)
FORMS = (
    "Name: Anna Reed\nOrganisation:\nAre you responding as: [x] an individual [ ] an organisation\n"
    "[ ] Publish response with name\n[x] Publish response only (without name)\n"
    "[ ] Do not publish response\nMay we contact you again? Yes [x] No [ ]\n",
    "I am happy for you to publish my response but please leave out my name.\n",
    "Permission to publish:\n  ( ) with name\n  (*) without name\n\nContact: no\n",
    "<table><tr><td>&#9746;</td><td>Do not publish response</td></tr></table>",
    "Please do not publish my response, unless my school agrees.\n>[x] Publish with name\n",
)
LETTER = ("Anna Reed\nDear Sir or Madam,\n\nQuestion 1: Yes. It saves quarrels.\n\n2. What would make"
          " the garden safer?\nLonger hours.\n\nWhich days suit you?\nNo\n\nKind regards,\n\n"
          "Anna Reed\nClerk, Reed Society\nreed.example\n\nThis email is confidential.\n")
QUOTED = ("Bo\nThank you.\n\nOn Mon, 2 Mar 2026, Anna Reed <anna@reed.example> wrote:\n"
          "> Will you come?\n>> Yes\n\n-----Original Message-----\nFrom: Cy <cy@x.example>\n"
          "Sent: 2 March\nTo: Bo\nSubject: Hours\n\nWe close at five.\n")
LETTERS = [LETTER, QUOTED, "Cy\n[x] Yes [ ] No\n\nQ2 - none\n\n--\nCy\nSent from my phone",
               "Dee\n\nBegin forwarded message:\n\n> From: Ed <ed@x.example>\n> Subject: S\n>\n> text\n"]
MARKDOWN = ("# One\n\nSome *text* and a [link](https://x.example/a \"t\").\n\n* a\n* b\n\n1. c\n\n"
            "| a | b |\n|---|:-:|\n| 1 | 2 |\n\n> quoted\n\n```\ncode <b>\n```\n---\n"
            "![Map](map.png) <script> www.x.example ~~no~~ `x`\n\n[r]: mailto:a@b.example\n[r]\n")
BULLETIN = ("---\nlist: children\ntitle: Programme\ntopics: neglect, hearings\nsubject: {number}:"
            " {title}\nsummary: What is new\nlanguage: en-GB\n# a note\n---\nThe introduction.\n\n"
            "## A better start {neglect}\nText until 3 March.\n\n## For all\n* x\n")
TEMPLATE = ("Subject: No. {{number}}\n{{! note }}{{name}} {{{html}}} {{&name}}\n{{#rows}}{{name}},"
            "{{/rows}}{{^nothing}}none{{/nothing}}{{#map}}{{name}}{{map.name}}{{/map}}\n"
            "{{>foot}}{{=<% %>=}}<%name%><%={{ }}=%>{{#_}}Thank you{{/_}}{{#texts}}{{.}}{{/texts}}\n")
SETTINGS = ('organisation = "Directorate";\ncontact = "team@x.example";\nstate_dir = "state";\n'
            'base_url = "https://x.example/";\n'
            'mailboxes = ( { name = "a"; host = "imap.x.example"; user = "u"; } );\n'
            'relays = ( { name = "r"; host = "smtp.x.example"; port = 25; per_minute = 60; } );\n'
            'sending: { retry_first = "5 min"; quiet = "22:00-07:00"; };\n')
WORD = papers.BODY.format(
    papers.par(papers.run("Hello")) +
    "<w:tbl><w:tr><w:tc><w:p><w:sdt><w:sdtPr><w:alias w:val='Name'/><w14:checkbox>"
    "<w14:checked w14:val='1'/></w14:checkbox></w:sdtPr><w:sdtContent><w:r><w:t>&#9746;</w:t></w:r>"
    "</w:sdtContent></w:sdt></w:p></w:tc></w:tr></w:tbl><w:del><w:r><w:delText>no</w:delText></w:r>"
    "</w:del><w:ins><w:r><w:t>yes</w:t></w:r></w:ins><w:fldChar w:fldCharType='begin'/>"
    "<w:ffData><w:checkBox><w:checked/></w:checkBox></w:ffData><w:br/>").encode()
ODT = papers.ODF.format(
    "<office:body><office:text><text:h>Head</text:h><text:p>One<text:s text:c='3'/>two<text:tab/>"
    "<text:note><text:note-body><text:p>foot</text:p></text:note-body></text:note></text:p>"
    "<table:table><table:table-row><table:table-cell table:number-columns-repeated='2'><text:p>c"
    "</text:p></table:table-cell></table:table-row></table:table><text:drop-down><text:label/>x"
    "</text:drop-down></office:text></office:body>").encode()
SHEET = (b"<sst><si><t>one</t></si><si><r><t>two</t></r></si><sheetData><row r='1'><c r='A1' t='s'>"
         b"<v>0</v></c><c r='C1'><v>4.5</v></c><c t='inlineStr'><is><t>in</t></is></c></row>"
         b"</sheetData></sst>")
RTF = (rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset2 Wingdings;}}{\stylesheet x}One\par "
       rb"caf\'e9 \u8364?\tab{\b bold}{\strike no}\trowd\cellx1\intbl a\cell b\cell\row"
       rb"{\field{\*\fldinst FORMCHECKBOX{\*\formfield{\fftype1\ffres1{\*\ffname agree}}}}"
       rb"{\fldrslt x}}{\*\bkmk y}\bin3 abc}")
PDF_FORM = papers.pdf([papers.shown(b"Name")]).replace(
    b"/Type /Catalog", b"/Type /Catalog /AcroForm << /Fields [ << /FT /Tx /T (name) /V (Anna) >>"
    b" << /FT /Btn /T (agree) /TU (I agree) /V /Yes /AS /Yes /AP << /N << /Yes 3 0 R >> >> >>"
    b" << /FT /Ch /T (day) /Opt [(Mon) [(t) (Tue)]] /V (t) >> ] >>")


def chunk(kind, content):
    return struct.pack(">I", len(content)) + kind + content + struct.pack(
        ">I", zlib.crc32(kind + content))


PNG = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 3, 2, 8, 2, 0, 0, 0))
GET = ("GET /lists/cpip/14?page=2&lang=gd&q=a%20b+c HTTP/1.1\nHost: x.example\n"
       "Cookie: mercat=abc; a=\"b c\"\nAccept-Language: gd, en;q=0.5\n"
       "X-Forwarded-For: 192.0.2.7, 2001:db8::1\n\n")
POST = ("POST /lists/cpip/join HTTP/1.1\nHost: x\nContent-Length: 31\n"
        "Content-Type: application/x-www-form-urlencoded\n\n")
UPLOAD = ('--AB\nContent-Disposition: form-data; name="note"\n\none\ntwo\n--AB\n'
          'Content-Disposition: form-data; name="file"; filename="a.csv"\nContent-Type: text/csv\n\n'
          "address\na@b.example\n--AB--\n")
IMAP = ("* OK [CAPABILITY IMAP4rev1 IDLE MOVE UIDPLUS] ready\n* CAPABILITY IMAP4rev1 IDLE MOVE\n1 OK"
        " done\n2 OK in\n* CAPABILITY IMAP4rev1 IDLE MOVE\n3 OK done\n* 5 EXISTS\n* FLAGS (\\Seen)\n"
        "* OK [UIDVALIDITY 77] so\n* OK [UIDNEXT 9] so\n4 OK [READ-WRITE] open\n"
        "* 1 FETCH (UID 7)\n* 2 FETCH (UID 8)\n5 OK listed\n"
        "* 1 FETCH (UID 7 RFC822.SIZE 5 BODY[]<0> {5}\nhello)\n"
        "* 2 FETCH (UID 8 RFC822.SIZE 2 BODY[]<0> \"hi\")\n6 OK fetched\n"
        "7 OK marked\n8 OK moved\n9 OK\n")


def mx(answers, flags=b"\x81\x80", records=b""):
    return flags + struct.pack(">HHHH", 1, answers, 0, 0) + records


def record(priority, host, kind=15):
    name = b"".join(bytes([len(p)]) + p for p in host.split(b".") if p) + b"\0"
    body = struct.pack(">H", priority) + name
    return b"\xc0\x0c" + struct.pack(">HHIH", kind, 1, 60, len(body)) + body


SEEDS = {
    "answers": LETTERS, "frame": LETTERS, "letter": LETTERS, "quote": LETTERS, "signature": LETTERS,
    "address": ["anna@reed.example", " Bo.Reed+news@Bücher.Example ", '"a b"@x.example',
                "list+leave-abc@cpip.example", "a@[192.0.2.1]", "<a@b.example>", "x@xn--bcher-kva.example"],
    "bulletin": ["---\nlist: a\ntitle: \x06\ntitle: \x06\n---\nText.\n",
                 BULLETIN, BULLETIN.replace("{neglect}", "{nothing}"), "---\nlist: a\n---\nNo title",
                 "---\nlist: a\ntitle: b\n---\n" + MARKDOWN],
    "charset": [b"utf-8\nCaf\xc3\xa9", b"koi8-r\n\xf0\xd2\xc9\xd7\xc5\xd4", b"utf-7\nA+2AE-b+AGE-",
                b"iso-2022-jp\n\x1b$B$3$s\x1b(B", b"utf-16le\na\0b\0\x3d\xd8", b"nonsense\n\x80\xff",
                b"gb18030\n\x81\x30\x81\x30\xc4\xe3", b"\n\x93\xfa\x96\x7b"],
    "classify": [m.decode().replace("\r\n", "\n").replace("=?utf-8?q?", "") for m in MAILS] + [
        "From: Anna <a@b.example>\nSubject: unsubscribe\n\nunsubscribe\n",
        "From: postmaster@x.example\nSubject: failure notice\n\nHi. This is the qmail-send program.\n"
        "<bo@gone.example>:\nSorry, no mailbox here by that name. (#5.1.1)\n"],
    "consent": ["From: Anna <a@b.example>\nSubject: Re: Please confirm\n\n" + said + "\n\nOn 1 May, "
                "Updates wrote:\n> Did you ask for our updates?\n> Answer this mail to say yes.\n"
                for said in ("Yes please, I confirm.", "No! I never asked for this.", "Ydw, diolch",
                             "yes but not before May", "", "Who are you?", "Please take me off")] + [
        f"From: a@b.example\nSubject: {subject}\n\nyes\n" for subject in ("R", "re", "回复", "Re [")],
    "csv": ["address,name\na@b.example,\"Reed, Bo\"\n", "a;b\r\n1;\"two\r\nlines\"\r\n",
            "\ufeffa\tb\n'=1+1\t-5\n", "a,b\n\"x\"\"y\",'+1\n\n,,\n", "one\n\"open\nnext\n"],
    "decode": [b"\1aGVsbG8=\n", b"\2caf=C3=A9 =\n_x=3D", b"\3begin 644 a.txt\n%:&5L;&\\\n`\nend\n",
               b"\0=ybegin line=128 size=3 name=a.bin\n\x92\x8f=\x6e\n=yend size=3\n",
               b"\4One \ntwo\n> q \n> r\n-- \nme", b"\x08<bold>b</bold><param>x</param><<a\n\nb<nl>"],
    "dns": [mx(2, records=record(10, b"mx1.mail.receiver.example") + record(5, b"MX2.b.co.uk")),
            mx(1, records=record(0, b"")), mx(0, b"\x81\x83"), mx(0, b"\x81\x82"),
            mx(1, records=record(1, b"x", 5)), mx(1,
            records=b"\xc0\x0c\0\x0f\0\1\0\0\0\1\0\4\0\1\xc0\xff")],
    "file": ["text/plain\na.txt\nHello\n", "text/html\na.html\n" + HTML[1], "\n\n{\\rtf1 x}",
             b"application/zip\na.docx\n" + papers.docx(papers.par(papers.run("x"))),
             b"message/rfc822\na.eml\n" + MAILS[0], b"\n\n\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
             "text/csv\na.csv\na;b\n1;2\n"],
    "form": [*FORMS, *("<p>" + f.replace("\n", "<br>\n") for f in FORMS[:3]), HTML[2]],
    "header": ["\1=?utf-8?B?Q2Fmw6k=?= =?utf-8?q?_x?=", "\0text/plain; charset=\"utf-8\"; name=a",
               "\2attachment; filename*0*=utf-8''%C3; filename*1*=%A9.txt", "\0<1@a> <2@b>,(c) 3@d",
               "\0\"Reed, Bo\" <bo@x.example>, team: a@b, c@d;, <@r:e@f>", b"\2\xf0\xd2 <a@b>",
               "\0=?iso-2022-jp?b?GyRCJDM=?= =?bad"],
    "html": HTML, "html_document": HTML,
    "image": [PNG, b"GIF89a\x03\0\x02\0", b"\xff\xd8\xff\xe0\0\4ab\xff\xc0\0\x0b\x08\0\2\0\3\1\1\x11\0",
              b"RIFF\x1a\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\2\0\0\1\0\0", b"map.png"],
    "imap_line": [b"\1" + crlf("* OK ready\n"), b"\3" + crlf("* 5 EXISTS\n* OK [UIDVALIDITY 7] x\n4 OK\n"),
                  b"\4" + crlf("* 1 FETCH (UID 7 FLAGS (\\Seen))\n* 2 EXPUNGE\n5 OK\n"),
                  b"\5" + crlf("* 1 FETCH (UID 7 BODY[]<0> {5}\nhello FLAGS ())\n6 OK\n"),
                  b"\2" + crlf("+ go\n2 NO [UNAVAILABLE] later\n"), b"\0" + crlf("* BYE bye\n"),
                  b"\0" + crlf("* LIST () {3}\nabc\n* CAPABILITY IDLE AUTH=PLAIN LOGINDISABLED\n")],
    "imap_session": [crlf(IMAP), crlf(IMAP[:300]), crlf(IMAP.replace("BODY[]<0> {5}\nhello",
                     "BODY[]<0> NIL")),
                     crlf(IMAP.replace("{5}", "{4000}")), crlf("* BYE no\n")],
    "mail": MAILS,
    "markdown": [MARKDOWN, "a\n===\n\n***b** c*\n\n- - x\n\n\ty\n", "[a](javascript:x) <a@b.example> \\*"],
    "office": [b"\0\0" + WORD, b"\1\7" + ODT, b"\2\0" + ODT, b"\3\1" + WORD, b"\4\0" + SHEET,
               b"\0\0" + papers.LAUGHS.encode()],
    "ownform": [b"\x0cYour name: Bo \xc5\xb7", b"\x11[x] Individual", b"\x12[X] Organisation but\n[ ] x",
                b"\x1bEnd of the response form\nQuestion 3 of 3", b"\x26Cad & tinker.\n\n-\n[x] Yes",
                b"\x20Question 1 of 3\nWhich words are old?", b"\x09Form reference: words-0123456789abcdef",
                b"\xffForm reference: buses-0123456789abcdef\nYour name: x\n", b"\xff"],
    "pdf": [papers.pdf([papers.shown(b"text")]), PDF_FORM, papers.pdf([papers.IMAGE], papers.ENCRYPT)],
    "report": ["Reporting-MTA: dns; a\n\nFinal-Recipient: rfc822; <b@c.example>\nAction: failed\n"
               "Status: 5.1.1\nDiagnostic-Code: smtp; 550 no\n folded\n",
               "Feedback-Type: abuse\nOriginal-Rcpt-To: a@b\nSource-IP: 192.0.2.1\n",
               "Message-ID: <1@x>\nTo: a@b\n\nbody", "Disposition: manual-action; displayed\n"],
    "request": [crlf(GET), crlf(POST) + b"address=a%40b.example&a=1%0D%0A",
                crlf(POST).replace(b"31", b"%d" % len(crlf(UPLOAD))).replace(
                    b"application/x-www-form-urlencoded", b"multipart/form-data; boundary=AB").replace(
                        b"/lists/cpip/join", b"/import") + crlf(UPLOAD),
                crlf("POST /small HTTP/1.1\nHost: x\nTransfer-Encoding: chunked\nContent-Type: application/"
                     "x-www-form-urlencoded\n\n5\na=b&c\n0\n\n") + crlf(GET),
                crlf("HEAD /%2e%2e/x HTTP/1.1\nHost: x\nHost: y\n\n")],
    "roster": ["Jo Bloggs <jo@x.example>\nal@x.example\n", "Reed, Bo <bo@x.example>; cy@x.example",
               "Email Address,First Name,TAGS,EUID\njo@x.example,Jo,\"\"\"Care\"\"\",1\n",
               "sep=;\r\nemail;given_at\r\njo@x.example;28/11/2025\r\n",
               "\ufeffe-mail\tstatus\nno-reply@x.example\tcleaned\n,,\n",
               "email jo@x.example\ngecos Jo\nreception digest\n\nemail al@x.example\n",
               "BEGIN:VCARD\nN:Bloggs;Jo\nitem1.EMAIL;PREF=1:jo@x.\n example\nEND:VCARD\n",
               "BEGIN:VCARD\nFN;ENCODING=QUOTED-PRINTABLE:J=C3=\n=A9\nEMAIL:a@b.example\nEND:VCARD",
               "a|b@x.example|12\n", "email,name\njo@x.example,\"Jo\nal@x.example,A,B\n",
               "email;name\na@b.example;x\n".encode("utf-16")],
    "rtf": [RTF, b"{\\rtf1\\pc\\'82{\\*\\x{{}}}\\uc2\\u-10179??\\u-8704??}"],
    "settings": [SETTINGS, 'base_url = 5;\n', 'sending: { spread = "4 h"; };\n'],
    "smtp_reply": [b"\3" + crlf("220 relay ESMTP\n250-relay\n250-SIZE 1000\n250-PIPELINING\n250 8BITMIME\n"),
                   b"\0" + crlf("550 5.1.1 <a@b> no such user\n421 4.3.0 bye\n"),
                   b"\1250 caf\xc3\xa9\xff\n",
                   b"\2" + crlf("354-go\n354 on\n250-a\n550 b\n")],
    "smtp_wire": [crlf("Subject: x\n\n..dot\nend\n.\n"), b"a\nb\r\n.\r\n", "mail.Bücher.example"],
    "template": [TEMPLATE, "{{<web/frame}}{{$block}}x{{name}}{{/block}}{{/web/frame}}", "{{>*name}}{{#a}}"],
    "tnef": [papers.tnef("Hello", [("a.txt", b"words")]), papers.tnef("", [("w.dat", papers.tnef("x",
             ()))])],
    "value": ["20 MB", "4 h", "-17", "2026-11-25 09:00 Europe/London", "2017-12-08",
              "2018-01-25T09:00:00+01:00", "abcdefghijklmnopqrstuvwxyz234567", "a%20b%C3%A9/c"],
    "refusal": ["host mx.gone.example[192.0.2.1] said: 550 5.1.1 <bo@gone.example>: Recipient address"
                " rejected: User unknown (in reply to RCPT TO command)", "452 4.2.2 mailbox full",
                "554 5.7.1 Message blocked, see https://x.example/policy?user=unknown"],
    "archive": [papers.zipped([("a.txt", "one"), ("b/c.txt", "two")]),
                papers.locked(papers.zipped([("a.txt", "s")])),
                papers.zipped([("in.zip", papers.zipped([("a.txt", "s")], 0))])],
    "zip": [papers.docx(papers.par(papers.run("Hello"))), papers.odt(ODT.decode()[-300:]),
            papers.zipped([("a.txt", "one"), ("b/c.txt", "two")]), papers.zipped([("a.txt", "s")], 0),
            papers.zipped([("xl/sharedStrings.xml", SHEET), ("xl/worksheets/sheet1.xml", SHEET)]),
            papers.zipped([("ppt/slides/slide1.xml", WORD)])],
}
# Made of others by fuzz_replay itself.
MADE = {"document", "wire"}
HTML_WORDS = ["<table>", "<tr>", "<td>", "<p>", "<br>", "<div>", "<blockquote>", "<a href=", "<img src=",
             "data:image/png;base64,", "<input type=", "checkbox", "radio", "checked", "<select>",
             "<option",
             "<textarea>", "style='", "display:none", "hidden", "<script>", "</script>", "<!--", "-->",
             "<![CDATA[", "&amp;", "&#x", "<svg>", "<template>", "<title>", "url(", "expression("]
LETTER_WORDS = ["Question 1", "Q2:", "1.", "2)", "Yes", "No", "Don't know", "[x]", "Dear ", "Kind regards",
               "\n\n", "> ", "-- \n", " wrote:\n", "-----Original Message-----\n", "From: ", "Sent: ",
               "To: ",
               "Subject: ", "Begin forwarded message:", "Sent from my ", "on behalf of ", "This email is ",
               "What would make the garden safer?", "________________________________\n", "I, ",
               "My name is "]
WORDS = {
    **dict.fromkeys(("html", "html_document"), HTML_WORDS),
    **dict.fromkeys(("answers", "frame", "letter", "quote", "signature"), LETTER_WORDS),
    "consent": ["yes", "no", "Yes, please", "unsubscribe", "I never asked", "On 1 May, ", " wrote:\n", "> ",
                "-- \n", "Sent from my ", "CAUTION: ", "Subject: Re: Please confirm\n", "Sender: ",
                "List-Id: ", "Auto-Submitted: auto-replied\n", "Tha", "Chan eil", "ja", "nein", "\u200b"],
    "ownform": ["\u2612", "\u2610", "[x]", "[ ]", "Your name:", "Individual", "Organisation", "Question 1",
                "\n\n", "publish with", "\x0c", "\x11", "\x12"],
    "address": ["@", "+", '"', "\\", "xn--", ".", "<", "[", "\u00df", "\u200b"],
    "bulletin": ["---\n", "list: ", "title: ", "topics: ", "subject: ", "summary: ", "language: ", "## ",
                 "{neglect}", "{number}", "{title}", ", "],
    "charset": ["utf-8\n", "utf-7\n", "utf-16\n", "iso-2022-jp\n", "iso-2022-kr\n", "hz-gb-2312\n",
                "big5\n",
                "gb18030\n", "euc-kr\n", "windows-1251\n", "\x1b$B", "\x1b(B", "+AGE-", "~{", "~}"],
    "classify": ["From: ", "To: ", "Subject: ", "Auto-Submitted: auto-replied\n", "Precedence: bulk\n",
                 "List-Id: <a.b>\n", "Return-Path: <>\n", "Content-Type: multipart/report; report-type=",
                 "delivery-status", "disposition-notification", "<a@b.example>:", "550 5.1.1 ", "4.2.2",
                 "user unknown", "mailbox full", "host unknown", "said: ", "unsubscribe", "Re: ",
                 "out of the office", "could not be delivered", "Diagnostic-Code: smtp; ", "\n\n"],
    "csv": ["\"", "\"\"", ",", ";", "\t", "\r\n", "'=", "'", "=", "+", "-", "@", "\ufeff", "\uff1d",
            "\u200b"],
    "decode": ["=\n", "=3D", "=ybegin line=128 size=1 name=", "=yend", "begin 644 ", "\nend\n", "`\n",
               " \n",
               "> ", "-- \n", "<param>", "</param>", "<<", "<nl>"],
    "dns": [b"\xc0\x0c", b"\0\x0f\0\1", b"\0\5\0\1", b"\x81\x80", b"\x81\x83", b"\x3f", b"\7example\0"],
    "document": [struct.pack("<q", n) for n in (0, 1, 2, 3, 4, -1, 200, 1 << 30)],
    "file": ["text/plain\n", "text/html\n", "application/rtf\n", "application/ms-tnef\n", "%PDF-1.4",
             "PK\3\4",
             "{\\rtf1", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "W\0o\0r\0d\0D\0o\0c\0", "From "],
    "form": ["[x]", "[ ]", "( )", "(*)", "\u2612", "\u2610", "<-", "->", "___", "_x_", "Name:",
             "Organisation:",
             "Publish response with name", "Do not publish response", "without name", "Yes", "No", "not",
             "individual", "organisation", "contact", "unless", "please", "may", "my name", "<td>", "<tr>",
             "<table>", "<s>", "> ", "\n\n"],
    "header": ["=?utf-8?q?", "=?iso-8859-1?b?", "?=", "; charset=", "; name*0*=", "; filename*=utf-8''",
               "\\\"", "<", ">", "(", ")", ":", ";", ",", "\r\n ", "@"],
    "image": ["\x89PNG\r\n\x1a\n", "IHDR", "GIF89a", b"\xff\xd8\xff", b"\xff\xc0", b"\xff\xc2",
              b"\xff\xd9", "RIFF",
              "WEBPVP8 ", "WEBPVP8L", "WEBPVP8X", b"\x9d\x01\x2a"],
    "imap_line": ["* ", "OK ", "NO ", "BAD ", "BYE ", "FETCH (", "UID ", "BODY[] ", "BODY[]<0> ", "{5}\r\n",
                  "EXISTS\r\n", "EXPUNGE\r\n", "CAPABILITY ", "[UIDVALIDITY 1]", "+ ", "NIL", "\"", "\\",
                  "(", ")"],
    "imap_session": ["* ", "OK ", "NO ", "1 OK\r\n", "2 OK\r\n", "FETCH (", "UID ", "BODY[]<0> ", "{5}\r\n",
                     "EXISTS\r\n", "FLAGS (", "[UIDVALIDITY 1]", "[UIDNEXT 1]", "[PERMANENTFLAGS (",
                     "NIL", "\"",
                     "RFC822.SIZE ", "INTERNALDATE ", "RFC822.HEADER ", "BODY[HEADER.FIELDS (", "[ALERT]",
                     "[REFERRAL ", "4294967295", "+ \r\n"],
    "mail": ["From: ", "To: ", "Subject: ", "Content-Type: ", "multipart/mixed", "multipart/report",
             "; boundary=AB", "\r\n--AB\r\n", "\r\n--AB--\r\n", "text/html", "message/rfc822",
             "message/delivery-status", "Content-Transfer-Encoding: ", "base64", "quoted-printable",
             "; charset=", "=?utf-8?b?", "?=", "application/ms-tnef", "Content-Disposition: attachment",
             "; filename*0*=", "format=flowed; delsp=yes", "text/enriched", "From x\r\n", "\r\n\r\n"],
    "markdown": ["# ", "\n===\n", "* ", "1. ", "> ", "```\n", "| a |\n|---|\n", "](", "![", "[r]: ", "**",
                 "__",
                 "~~", "<b>", "<!--", "https://", "www.", "mailto:", "javascript:", "&#", "\\", "  \n",
                 "\t", "[^"],
    "office": ["<w:p>", "</w:p>", "<w:t>", "<w:tbl>", "<w:tc>", "<w:sdt>", "<w:sdtContent>",
               "<w14:checkbox>",
               "w:val='", "<w:del>", "<w:ins>", "<w:fldChar", "<w:gridSpan", "<mc:Choice>", "<mc:Fallback>",
               "<text:p>", "<text:s text:c='", "<table:table-cell", "table:number-columns-repeated='",
               "<form:checkbox", "<draw:control", "<si>", "<c t='s'>", "<v>", "<!DOCTYPE", "<![CDATA[",
               "/>"],
    "pdf": ["/AcroForm", "/Fields", "/FT", "/Tx", "/Btn", "/Ch", "/V", "/T (", "/TU (", "/Opt [", "/Kids [",
            "/Parent", "/AS", "/AP", "/N", "/Annots", " 0 R", "obj\n", "endobj", "stream\n", "xref\n",
            "trailer",
            "<<", ">>", "/ObjStm", "/XRef", "/Prev", "/Encrypt"],
    "report": ["Final-Recipient: rfc822; ", "Original-Recipient: ", "Action: ", "Status: ",
               "Diagnostic-Code: ",
               "Feedback-Type: ", "Original-Rcpt-To: ", "Disposition: ", "Message-ID: <", "To: ", "\n ",
               "\n\n"],
    "request": ["GET ", "POST ", "HEAD ", " HTTP/1.1\r\n", " HTTP/1.0\r\n", "Host: x\r\n",
                "Content-Length: ",
                "Transfer-Encoding: chunked\r\n", "Content-Type: multipart/form-data; boundary=AB\r\n",
                "Content-Type: application/x-www-form-urlencoded\r\n", "Cookie: ", "\r\n--AB\r\n",
                "--AB--\r\n",
                'Content-Disposition: form-data; name="', '; filename="', "multipart/mixed; boundary=CD",
                "%00",
                "%2e", "%c3%a9", "&", "=", "/../", "//", "?", "\r\n\r\n", "Expect: 100-continue\r\n",
                "0\r\n\r\n",
                "/small", "/import", "/lists/a/1", "/lists/a/join"],
    "roster": ["email,", "Email Address", ",EUID\n", ";", "\t", "|", "\"", "\n\n", "sep=;\n", "@x.example",
               "<a@b.example>", "BEGIN:VCARD\n", "EMAIL;TYPE=", "END:VCARD\n", "gecos ",
               "email a@b.example\n",
               "28/11/2025", "46355", "given_at", "frequency", "status", "\r", "\ufffd", b"\xff\xfe", b"\0",
               b"\xe9", "=\n", "mailto:", "noreply@"],
    "rtf": ["\\par ", "\\'e9", "\\u8364?", "\\uc0", "\\ansicpg", "\\fcharset", "{\\*\\", "\\cell", "\\row",
            "\\trowd", "\\intbl", "\\bin9 ", "\\field", "\\fldinst", "FORMCHECKBOX", "FORMTEXT",
            "\\formfield",
            "\\fftype1", "\\ffres1", "\\ffname", "\\strike", "\\v", "\\deleted", "\\pict", "}", "{"],
    "settings": [" = ", ";\n", "( {", "} );", '"', "name", "host", "port", "4 h", "20 MB", "relays",
                 "mailboxes",
                 "groups", "dkim", "true", "L", "0x", "/*", "*/", "#"],
    "smtp_reply": ["250 ", "250-", "220 ", "354 ", "421 ", "550 5.1.1 ", "SIZE 99999999999999999999",
                   "SIZE ",
                   "PIPELINING", "AUTH PLAIN", "STARTTLS", "SMTPUTF8", "\r\n", "\n"],
    "smtp_wire": ["\r\n.\r\n", "\n.\n", "\r\n..", "\r.\r", ".\r\n", "\0"],
    "template": ["{{", "}}", "{{{", "}}}", "{{#rows}}", "{{/rows}}", "{{^no}}", "{{>foot}}", "{{>*name}}",
                 "{{<web/frame}}", "{{$block}}", "{{/block}}", "{{=<% %>=}}", "<%={{ }}=%>", "{{!", "{{&",
                 "{{.}}",
                 "map.name", "{{#_}}", "{{/_}}", "Subject: "],
    "tnef": [struct.pack("<I", n) for n in (0x223e9f78, 0x00069002, 0x00018010, 0x0006800f, 0x00069005,
                                           0x00069003, 0x0002800c, 0x00089006)],
    "value": [" MB", " GB", " h", " days", " minutes", "Europe/London", "T", "Z", "+01:00", "-", ":", "%",
              "%C3%A9",
              "9223372036854775807", "9999-12-31"],
    "wire": [struct.pack("<q", n) for n in (0, 1, 2, 3, 5, 7, -1, 64, 100000, 1 << 40)],
    "refusal": ["said: ", "550 ", "5.1.1 ", "4.2.2", "user unknown", "<a@b.example>", "blocked", "https://"],
    "archive": ["PK\3\4", "PK\1\2", "PK\5\6", "PK\7\x08", ".zip", ".docx", "../"],
    "zip": ["PK\3\4", "PK\1\2", "PK\5\6", "PK\7\x08", "word/document.xml", "content.xml", "mimetype",
            "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml", "ppt/slides/slide1.xml",
            "[Content_Types].xml"],
}
# (target, name, input): what was wrong stands above each.
FOUND = (
    # A domain whose letters were those of another one.
    ("address", "letters", "x@xn--bcher-kv-kva.example"),
    # Nothing at all was searched for its '@'.
    ("address", "empty", ""),
    # The sentence about it was cut within a letter.
    ("image", "cut", PNG),
    # libetpan follows a NULL in a list that does not end.
    ("imap_session", "greeting", crlf("* OK [PERMANENTFLAGS ([CAPABILITY x] ready\n1 OK\n")),
    ("imap_session", "answer", crlf(IMAP.replace("4 OK [READ", "4 OK [BADCHARSET (\"a"))),
    # A soft hyphen, of which libidn2 makes a host without a name.
    ("smtp_wire", "nothing", "\u00ad"),
    # A thin space, of which IDNA makes one that ends the address.
    ("address", "thin", "test@[IPv6:444\u200955.5::8888]"),
    # Of three marks of the order of bytes one was left, for the next reader to take off.
    ("charset", "marks", b"\0\n" + b"\xef\xbb\xbf" * 3),
    # glibc makes a letter of it that there is not.
    ("charset", "beyond", b"utf-8\n\xf4\x96\x8c\xa53"),
    # A name server may put anything into a host's name.
    ("dns", "blank", mx(1, records=record(10, b"mx 1.big\xff.example"))),
    ("dns", "line", mx(1, records=record(10, b"a\nb.example"))),
    # The key of a button that is no text, and a label that was cut within a letter.
    ("pdf", "key", PDF_FORM.replace(b"/AP << /N << /Yes", b"/AP << /N << /Y\xff\x60")),
    ("pdf", "label", PDF_FORM.replace(b"(I agree)", b"(\xfe\xff" + b"\x20\xac" * 150 + b")")),
    # An attribute that claims a gigabyte: all of it was allotted and summed up.
    ("tnef", "claims", papers.tnef("x", ())[:-4] + b"\1\x0c\x80\2\0\0\0\0\x40"),
    # A cookie's name that is no text.
    ("request", "cookie", b"GET / HTTP/1.1\r\nHost: x\r\nCookie: \xff=b; c=d\r\n\r\n"),
)


def as_bytes(content):
    return content if isinstance(content, bytes) else content.encode()


def escaped(word):
    return "".join(chr(c) if 32 <= c < 127 and chr(c) not in '"\\' else f"\\x{c:02x}"
                   for c in as_bytes(word))


def main():
    top = pathlib.Path(sys.argv[1])
    bare = set(SEEDS) - set(WORDS)
    if bare:    # a target finds its way into a parser by the words that it knows
        sys.exit(f"without a dictionary: {' '.join(sorted(bare))}")
    for target, seeds in SEEDS.items():
        folder = top / target
        folder.mkdir(parents=True, exist_ok=True)
        for number, content in enumerate(seeds):
            (folder / f"{number:02}").write_bytes(as_bytes(content))
    for target, name, content in FOUND:
        (top / target).mkdir(parents=True, exist_ok=True)
        (top / target / name).write_bytes(as_bytes(content))
    for target, words in WORDS.items():
        (top / f"{target}.dict").write_text("".join(f'"{escaped(w)}"\n' for w in words))


if __name__ == "__main__":
    main()
