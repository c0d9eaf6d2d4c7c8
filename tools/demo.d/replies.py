"""The mail that the public sends in the demo: all of it made up, of many kinds.

replies(update) gives (what it is, bytes) pairs. update is one mail of the bulletin as
the relay got it, parsed, or None; the bounce, the answer and the complaint refer to it.
"""
import base64
import email.message
import email.policy
import email.utils
import textwrap

from documents import DOCX, JPEG, PDF, make_docx, make_pdf, make_photo

DOMAIN = "updates.example.test"
OPEN = f"safe-places@{DOMAIN}"
CLOSED = f"travel-costs@{DOMAIN}"
LIST = f"cpip@{DOMAIN}"

CAMPAIGN = """Dear policy team,

Young people need places of their own. I ask you to protect the small village hall
and the church room, because they are often the only warm place within ten miles.
Please do not close them with paperwork. One trained adult, one open door and one
number to call are worth more than forty pages of rules.

I want the guidance to be short, to be free, and to be written with young people.

Yours faithfully,
"""


def mail(sender, subject, body, to=OPEN, headers=None, files=(), html=None):
    made = email.message.EmailMessage(policy=email.policy.SMTP)
    made["Return-Path"] = f"<{email.utils.parseaddr(sender)[1]}>"
    made["Delivered-To"] = to
    made["From"], made["To"], made["Subject"] = sender, to, subject
    made["Date"] = email.utils.localtime()
    made["Message-ID"] = email.utils.make_msgid(domain="post.example")
    for name, value in (headers or {}).items():
        del made[name]
        made[name] = value
    if body is not None:
        made.set_content(textwrap.dedent(body))
        if html:
            made.add_alternative(textwrap.dedent(html), subtype="html")
    else:
        made.set_content(textwrap.dedent(html), subtype="html")
    for name, kind, content in files:
        major, minor = kind.split("/")
        made.add_attachment(content, maintype=major, subtype=minor, filename=name)
    return made.as_bytes()


def in_charset(sender, subject, body, charset, how="8bit", to=OPEN):
    """A mail whose text and subject are in another charset than UTF-8."""
    word = base64.b64encode(subject.encode(charset)).decode()
    content = body.encode(charset)
    if how == "base64":
        content = base64.encodebytes(content)
    head = (f"Return-Path: <{sender}>\nDelivered-To: {to}\nFrom: {sender}\nTo: {to}\n"
            f"Subject: =?{charset}?B?{word}?=\n"
            f"Date: {email.utils.format_datetime(email.utils.localtime())}\n"
            f"Message-ID: {email.utils.make_msgid(domain='post.example')}\n"
            f"MIME-Version: 1.0\nContent-Type: text/plain; charset={charset}\n"
            f"Content-Transfer-Encoding: {how}\n\n").encode()
    return (head + content).replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def people():
    yield "plain", mail("Isla Penrose <isla.penrose@post.example>", "Safe places", """\
        Hello,

        1. A place feels safe when somebody learns your name and nobody asks why you
        came. The library in our town does that well.

        2. Checks on the people who hold the keys, and two adults in the room.

        4. A card by the door with a number that takes texts.

        I am answering as an individual. You may publish this with my name.

        Isla Penrose
        """)
    yield "plain, from an organisation", mail(
        "Rook Street Youth Club <office@rookstreet.example>",
        "Response: safe places for young people", """\
        Organisation: Rook Street Youth Club
        Respondent type: voluntary organisation
        Publication: publish response with name
        We are content to be contacted again: yes

        1. Young people told us: warmth, food, and rules they helped to write.

        2. Background checks for staff. First aid. A fire plan that has been tried.

        3. Yes. Our smallest group is run by four volunteers in one room. The long
        form took them three evenings.

        4. Through a young person who is trusted, as well as through an adult.

        5. Transport home is part of safety.
        """)
    yield "HTML only", mail("Odhran Teague <odhran@postbox.example>", "my view", None,
                            html="""\
        <html><head><style>p { color: #222 }</style></head><body>
        <p>To whom it may concern,</p>
        <p><b>Question 3:</b> Simpler rules, <i>yes</i>, but not fewer checks on
        people.</p>
        <ul><li>One page for halls with under 20 places</li>
        <li>A visit once a year instead of a folder</li></ul>
        <p>I do not want my response to be published.</p>
        <p>O&#39;Teague</p></body></html>
        """)
    yield "Word attachment", mail(
        "Petra Lindqvist <p.lindqvist@northfield-school.example>",
        "Response from Northfield School", """\
        Please find our response attached.

        Petra Lindqvist
        Deputy head, Northfield School
        """, files=(("Northfield response.docx", DOCX, make_docx((
            "Northfield School: response to 'Safe places for young people'",
            "Question 1. Pupils name the music room first, since it is never locked.",
            "Question 2. We would add a check that the door can be opened from inside.",
            "Question 3. No. A small venue carries the same risk to the one child in it.",
            "Question 4. By a box, by text & by a named adult.",
            "Publish without name."))),))
    yield "PDF attachment", mail(
        "Harbour Family Centre <hello@harbour-family-centre.example>",
        "Our consultation response (PDF)", "Attached. Kind regards, the centre\n",
        files=(("response.pdf", PDF, make_pdf((
            "Harbour Family Centre", "Response to the consultation on safe places", "",
            "1. Families say that a place is safe when the same face is there each week.",
            "2. Checks cost us \u00a3340 a year; a shared scheme would halve that.",
            "3. Simpler rules help, provided that someone reads what is sent in.",
            "5. Evening buses end at six. Think of the way home.", "",
            "We agree to publication with the name of the centre."))),
               ("visitors book.jpg", JPEG, make_photo((
                   "From the visitors' book of the centre", "",
                   "The sewing room should stay open on Fridays, when the school is shut.",
                   "My girl waits there until I come from the late shift."))),))


def campaign():
    yield "campaign letter", mail("Wren Abbot <wren@post.example>",
                                  "Save our halls", CAMPAIGN + "Wren Abbot\n")
    yield "campaign letter, another name", mail(
        "Col Bede <col@post.example>", "Save our halls", CAMPAIGN + "Col Bede\n")
    yield "campaign letter, exactly the same text", mail(
        "Dot Crane <dot@post.example>", "Save our halls", CAMPAIGN + "Dot Crane\n")
    yield "campaign letter with a story added", mail(
        "Edie Farr <edie@post.example>", "Save our halls - please read", CAMPAIGN.replace(
            "I want the", "My grandson learned to play chess in ours. The winter it was"
            " shut he\nsimply stayed in his room.\n\nI want the") + "Edie Farr\n")
    yield "campaign letter, shortened", mail(
        "Finn Gale <finn@post.example>", "halls",
        CAMPAIGN.split("\n\n")[1] + "\n\nFinn\n")
    yield "campaign letter, partly in own words", mail(
        "Gwen Hart <gwen@post.example>", "Village halls", """\
        Hello, a friend sent me a letter to copy but I would rather say it my way.

        The village hall and the church room are often the only warm place within ten
        miles. Our hall has no heating fund and no paid staff. Please do not close them
        with paperwork. But I do want the checks on people to stay as they are.

        Gwen Hart
        """)


def charsets():
    yield "in ISO-8859-15", in_charset(
        "helene@postbox.example", "R\u00e9ponse: lieux s\u00fbrs", textwrap.dedent("""\
        Hello, I write for the French-speaking parents' group.
        2. The check costs 25 \u20ac at home; here it is free, and that is right.
        4. Un adulte de confiance, et un num\u00e9ro. A s\u0153ur or brother may ask too.
        H\u00e9l\u00e8ne
        """), "iso-8859-15")
    yield "in windows-1252", in_charset(
        "tom@postbox.example", "Safe places \u2013 my answer", textwrap.dedent("""\
        \u201cSafe\u201d is a big word. For my daughter it is the caf\u00e9 by the bridge
        \u2026 where the owner walks her to the bus. Please don\u2019t forbid that.
        """), "windows-1252")
    yield "in Japanese", in_charset(
        "yuki@postbox.example", "\u5b89\u5168\u306a\u5834\u6240", (
            "\u5730\u57df\u306e\u56f3\u66f8\u9928\u306f\u5b89\u5fc3\u3067\u304d\u308b"
            "\u5834\u6240\u3067\u3059\u3002\n\u5c0f\u3055\u306a\u4f1a\u5834\u306b\u306f"
            "\u7c21\u5358\u306a\u898f\u5247\u304c\u5fc5\u8981\u3067\u3059\u3002\n"
            "(The library is a place of calm. Small venues need simple rules.)\n"),
        "iso-2022-jp", "7bit")


def awkward(update):
    yield "with the earlier mail quoted below", mail(
        "Jess Ives <jess@post.example>", "Re: Have your say", """\
        Yes to simpler rules (question 3), no to fewer visits. Someone should come and
        look.

        Jess

        On Monday the Child Protection Policy Team wrote:
        > We are asking what makes a community venue a safe place for young people.
        > Reply by e-mail; a few lines are as welcome as a long paper.
        """)
    yield "empty", mail("kit@post.example", "", "")
    yield "a thank-you", mail("Lou Marsh <lou@post.example>", "Thanks",
                              "Thank you for asking us. Nothing to add.\n")
    yield "advertising", mail(
        "Prize Desk <win@deals.example>", "YOU are our WINNER!!!", """\
        Congratulations!!! Your venue was chosen for a FREE set of 400 folding chairs.
        Send your bank details within 24 hours or you will LOSE this offer.
        You people are fools if you wait.
        """)
    first = "Ned Ould <ned@post.example>", "Safe places", """\
        Question 4. A worry needs an answer within a day, even if the answer is "we are
        looking into it". That is all I ask.

        Ned Ould. Please publish without my name.
        """
    yield "the same mail twice: once", mail(*first)
    yield "the same mail twice: again", mail(*first)
    yield "late, to a consultation that is closed", mail(
        "Orla Pratt <orla@post.example>", "Travel costs", """\
        I know the date has passed; I was in hospital. Please pay for the childcare of
        the brothers and sisters, not only for the train.
        """, to=CLOSED)
    yield "a file that no program here can open", mail(
        "Ilse Brandt <ilse@post.example>", "My answer, as a drawing", """\
        My son drew what a safe place looks like for him. Please look at it.

        Ilse Brandt
        """, files=(("a safe place.heic", "image/heic", b"\0\0\0\x18ftypheic" + bytes(600)),))
    yield "a question to the list, not to a consultation", mail(
        "Marit Strand <m.strand@eastport-council.example>", "Minutes of the last meeting", """\
        Hello, could you send me the minutes of the last meeting? I was in Dundee that day.

        Marit Strand
        """, to=LIST)
    yield "out of office", mail(
        "Quin Rudd <quin.rudd@eastport-council.example>",
        "Automatic reply: Child Protection Update",
        "I am on leave until Monday. In urgent matters please call the duty desk.\n",
        headers={"Auto-Submitted": "auto-replied", "Return-Path": "<>",
                 "X-Auto-Response-Suppress": "All"}, to=LIST)
    yield "join", mail("Sia Tarn <sia.tarn@post.example>", "join",
                       "Please add me.\n", to=f"cpip+join@{DOMAIN}")
    yield "mail of another list", mail(
        "Hall News <news@halls.example>", "Hall News 14", "Four halls, four roofs.\n",
        headers={"List-Id": "<news.halls.example>", "Precedence": "list"})
    if update is None:
        return
    yield "unsubscribe, as an answer to the update", mail(
        str(update["To"]), "Re: " + str(update["Subject"]), "unsubscribe\n", to=LIST,
        headers={"In-Reply-To": update["Message-ID"]})


def reports(update):
    """A bounce and a complaint about one mail of the update, as relays make them."""
    if update is None:
        return
    back = email.utils.parseaddr(str(update["Return-Path"] or update["From"]))[1]
    lost = email.utils.parseaddr(str(update["To"]))[1]
    head = "".join(f"{name}: {value}\n" for name, value in update.items()
                   if name in ("From", "To", "Subject", "Message-ID", "Date", "List-Id"))
    date = email.utils.format_datetime(email.utils.localtime())
    yield "bounce", textwrap.dedent("""\
        Return-Path: <>
        Delivered-To: {back}
        From: Mail Delivery System <mailer-daemon@mx.post.example>
        To: {back}
        Subject: Undelivered Mail Returned to Sender
        Date: {date}
        Message-ID: <{mark}.1@mx.post.example>
        Auto-Submitted: auto-replied
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status; boundary="=-b1"

        --=-b1
        Content-Type: text/plain; charset=utf-8

        Your message could not be delivered to one recipient; the report follows.

        <{lost}>: host mx.post.example said: 550 5.1.1 no mailbox of that name

        --=-b1
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mx.post.example
        Arrival-Date: {date}

        Final-Recipient: rfc822; {lost}
        Action: failed
        Status: 5.1.1
        Diagnostic-Code: smtp; 550 5.1.1 no mailbox of that name

        --=-b1
        Content-Type: text/rfc822-headers

        {head}
        --=-b1--
        """).format(back=back, lost=lost, date=date, head=head,
                    mark=abs(hash(back))).replace("\n", "\r\n").encode()


def beside():
    """What else comes to such a mailbox: no responses, and two that must be read first."""
    yield "a question about the consultation", mail(
        "Wyn Aldous <wyn.aldous@post.example>", "Large print", """\
        Hello,

        Could you please tell me whether the paper is to be had in large print, and by
        which date it would come? My mother would like to answer but cannot read the screen.

        Wyn Aldous
        """)
    yield "a request for information", mail(
        "Tam Orrin <tam.orrin@post.example>", "Freedom of information request", """\
        Dear Sir or Madam,

        Under the Freedom of Information (Scotland) Act 2002, please send me the minutes of
        the meetings about small venues since January, and what the pilots cost.

        Tam Orrin
        """)
    yield "somebody who would like the update", mail(
        "Bryn Tolley <bryn.tolley@post.example>", "Your newsletter", """\
        Please could you add me to your mailing list? I run a Scout group.

        Bryn Tolley
        """)
    yield "a complaint about how it is done", mail(
        "Edie Farrow <edie.farrow@post.example>", "Complaint", """\
        I wish to complain about the way this consultation is run. Nobody told the halls in
        our valley, and three weeks in the holidays are not enough. I expect an answer.

        Edie Farrow
        """)
    yield "a response that says more", mail(
        "Nan Colley <nan.colley@post.example>", "Safe places", """\
        Question 4. A number that is answered at night.

        I also have to tell somebody. My neighbour hits her little boy, I hear it through the
        wall, and last night again. I do not know whom to call.

        Nan Colley
        """)
    yield "a disclosure to the list's address", mail(
        "sam.r@post.example", "please help", """\
        My stepfather hits my brother when mum is at work. I am scared of tonight.
        """, to=LIST)


def replies(update=None, lost=None):
    """(what it is, bytes); lost is the copy of the update that did not arrive."""
    yield from people()
    yield from campaign()
    yield from charsets()
    yield from awkward(update)
    yield from reports(lost)
