"""Single letters of the second set, each of a kind of its own."""
from e2e.letters.first_odd import one
from e2e.letters.made import KINSHIP, STREETS, Letter, mail, odt_file


def answers():
    yield one("own-headings", STREETS, "Fay Orde <fay.orde@post.example>", "Streets", """\
Cameras
No, it is snooping.

Time of day: All day

Anything else: mend the lamp at number 3

Fay Orde
""", {"name": "Fay Orde", "closed": {3: ["All day"], 5: ["No"]}, "answers": {
        5: "it is snooping.", 6: "mend the lamp at number 3"}})
    yield one("choice-inside-sentence", STREETS, "Lew Tan <lew@post.example>", "Streets", """\
Q1 I am in favour. The road is short.
Q3 I'd pick mornings only.
Q5 I'm against it; who would pay?

Lew Tan
""", {"name": "Lew Tan", "closed": {1: ["Yes"], 3: ["Mornings only"], 5: ["No"]}, "answers": {
        1: "The road is short.", 5: "who would pay?"}})
    yield one("not-a-choice", STREETS, "Bo Ek <bo.ek@post.example>", "Streets", """\
Question 1 - No longer can one park here in peace, so please do it.
Question 5 - Yes Minister was funnier than this.

Bo Ek
""", {"name": "Bo Ek", "closed": {}})
    yield one("paragraphs", KINSHIP, "Thea Moss <thea.moss@post.example>", "Kinship", """\
Question 1

The first year has three parts.

First there is the shock. Nobody sleeps.

Then come the forms:

- housing
- school
- the doctor

And at last there is a birthday, and somebody laughs.

Question 2

Fairly, please.

Yours,
Thea Moss
""", {"name": "Thea Moss", "answers": {
        1: "The first year has three parts. First there is the shock. Nobody sleeps. Then come the "
           "forms: - housing - school - the doctor And at last there is a birthday, and somebody "
           "laughs.", 2: "Fairly, please."}})
    yield one("short-between-pasted", KINSHIP, "Gil Rowe <gil@post.example>", "Kinship", """\
What help do kinship carers need most in the first year? Money.
How should money be shared between families? Evenly.
What should schools know about children in kinship care? Enough.

Gil Rowe
""", {"name": "Gil Rowe", "answers": {1: "Money.", 2: "Evenly.", 3: "Enough."}})
    yield one("skipped-questions", STREETS, "Ona Price <ona@post.example>", "Streets", """\
1. n/a
2. Residents.
3. -
4. No comment
5. Don't know
6.

Ona Price
""", {"name": "Ona Price", "closed": {5: ["Don't know"]}})
    yield one("signed-above", KINSHIP, "Tess Vaux <tessv@post.example>", "Kinship", """\
From Tess Vaux, a great-aunt from Elmbank

1: Time.
4: Keep going.
""", {"name": "Tess Vaux", "answers": {1: "Time.", 4: "Keep going."}})


def who():
    yield one("personal-view", KINSHIP, "Mr P Laird <plaird@firststeps.example>", "Kinship", """\
I should say that I work for First Steps Scotland, but these are my personal views.

Give carers a key worker.

Peter Laird
""", {"name": "Peter Laird", "organisation": None, "type": "individual"})
    yield one("is-a-charity", KINSHIP, "Iona Fyfe-Hill <iona@anchorage.example>", "Kinship", """\
The Anchorage is a charity that supports 200 grandparents. We welcome this paper.

Our grandparents tell us that the first year is the hardest.

Iona Fyfe-Hill
Chief Executive
The Anchorage
""", {"name": "Iona Fyfe-Hill", "organisation": "The Anchorage", "type": "organisation"})
    yield one("no-person", STREETS, "Elmbank Community Council <ecc@elmbank.example>", "Streets", """\
Elmbank Community Council discussed this on 4 November and supports it by nine votes to one.

Elmbank Community Council
""", {"name": None, "organisation": "Elmbank Community Council", "type": "organisation"})
    yield one("responding-as", STREETS, "Del Fry <del@post.example>", "Streets", """\
Responding as: Individual
Name: Derek Fry

Good idea. Do it soon.
""", {"name": "Derek Fry", "organisation": None, "type": "individual"})
    yield one("member-of", STREETS, "Abi Quist <abi@post.example>", "Streets", """\
I am a member of the Pedal Forum but write for myself as a private citizen.

Paint the road red.

Abi Quist
""", {"name": "Abi Quist", "organisation": None, "type": "individual"})
    yield one("behalf-of-mother", KINSHIP, "Carl Wynn <carl@post.example>", "for my mum", """\
I am sending this on behalf of my mother, Edna Wynn, who does not use email.

1. Company. The days are long with a baby.

Edna Wynn
""", {"name": "Edna Wynn", "organisation": None, "answers": {
        1: "Company. The days are long with a baby."}})


INNER = """1. A warm house.

2. By need.

Vera Lunn
"""
TRUTH = {"name": "Vera Lunn", "email": "vera.lunn@post.example",
         "answers": {1: "A warm house.", 2: "By need."}}


def sent_on():
    yield one("forward-thunderbird", KINSHIP, "Dev Rana <dev@elmbank.example>", "Fwd: kinship",
              "-------- Forwarded Message --------\nSubject: \tkinship\nDate: \tSun, 1 Nov 2026 "
              "19:20:00 +0000\nFrom: \tVera Lunn <vera.lunn@post.example>\nTo: \tdev@elmbank.example"
              f"\n\n\n{INNER}", TRUTH)
    yield one("forward-french", KINSHIP, "Dev Rana <dev@elmbank.example>", "TR: kinship",
              "Pour information.\n\nDe : Vera Lunn <vera.lunn@post.example>\nEnvoyé : dimanche 1 "
              "novembre 2026 19:20\nÀ : Dev Rana <dev@elmbank.example>\nObjet : kinship\n\n" + INNER,
              TRUTH)
    inside = mail("Vera Lunn <vera.lunn@post.example>", "dev@elmbank.example", "kinship", INNER)
    outer = mail("Dev Rana <dev@elmbank.example>", KINSHIP, "FW: kinship", "One for you I think.\n",
                 files=[])
    head, _, _ = outer.partition(b"\r\n\r\n")
    head = b"\r\n".join(line for line in head.split(b"\r\n")
                        if not line.lower().startswith((b"content-", b"mime-")))
    yield Letter("forward-attached", head + b"""\r
MIME-Version: 1.0\r
Content-Type: multipart/mixed; boundary=zz\r
\r
--zz\r
Content-Type: text/plain\r
\r
One for you I think.\r
--zz\r
Content-Type: message/rfc822\r
\r
""" + inside + b"\r\n--zz--\r\n", {"kind": "response", "consultation": "kinship", **TRUTH})
    text = ("Close Weir Street on Fridays only, when the market is on and the vans cannot pass in any "
            "case. That costs nobody anything.")
    yield one("again-1", STREETS, "Lil Moran <lil.moran@post.example>", "Weir Street",
              f"Hello,\n\n{text}\n\nLil Moran\n", {"name": "Lil Moran"})
    yield one("again-2", STREETS, "Lil Moran <lmoran@council.example>", "FW: Weir Street",
              "Dear all\n\n" + text.replace("Fridays only, ", "Fridays only,\n") +
              "\n\nKind regards\nLil Moran\nFinance Assistant\n",
              {"name": "Lil Moran", "duplicate_of": "again-1"})
    paper = odt_file([text, "It was like this in 1986 as well, when the bridge was shut.", "Sam Ilse"])
    yield one("again-file-1", STREETS, "Sam Ilse <sam.ilse@post.example>", "Response", "attached\n",
              {"name": "Sam Ilse"}, files=[paper])
    yield one("again-file-2", STREETS, "Samuel Ilse <s.ilse@work.example>", "Resending",
              "Resending from work in case my home account is blocked.\n\nSam\n",
              {"duplicate_of": "again-file-1"}, files=[paper])
    yield one("same-wish-other-person", STREETS, "Uma Brock <uma@post.example>", "Weir Street",
              f"{text}\n\nUma Brock\n", {"name": "Uma Brock", "duplicate_of": None})


STANDARD = """\
Every child who lives with a grandparent should have the same allowance, wherever they live.

I ask you to write a national rate into the regulations, to backdate it to the day of the placement,
and to publish what each council pays.

More at {link}
"""


def campaign():
    extras = ["", "PS My grandson asked me to send this.", "", "I am raising twins on 60 pounds a week.",
              ""]
    links = ["https://rate.example/act?fbclid=IwAR0x", "https://rate.example/act",
             "https://nam12.safelinks.example/?url=https%3A%2F%2Frate.example%2Fact&sdata=x%3D",
             "https://rate.example/act?utm_campaign=autumn", "https://rate.example/act"]
    for at, extra in enumerate(extras):
        name = ["Ivy Platt", "Roy Senior", "Dot Amos", "Nia Bell", "Hal Stone"][at]
        text = STANDARD.format(link=links[at])
        text = f"Dear team\n\n{text}\n{name}\n\n{extra}\n" if at == 1 else \
            f"To the Minister,\n\n{extra}\n\n{text}\nYours\n{name}\n" if extra else \
            f"Hello\n\n{text}\nRegards,\n{name}\nEH{at} {at}ZZ\n"
        if at == 2:
            text += "\n---\nThis email and any attachments are confidential.\n"
        yield one(f"rate-{at + 1}", KINSHIP, f"{name} <{name.split()[0].lower()}@post.example>",
                  "A national rate", text, {"name": name, "added": extra, "answers": {}})


def letters():
    return [letter for kind in (answers, who, sent_on, campaign) for letter in kind()]
