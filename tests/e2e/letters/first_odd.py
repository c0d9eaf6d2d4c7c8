"""Single letters of the first set, each of another kind than the layouts make."""
from e2e.letters.made import KINSHIP, STREETS, Letter, mail, word_file


def one(name, to, sender, subject, text, truth, **how):
    return Letter(name, mail(sender, to, subject, text, **how), {
        "kind": "response", "consultation": "streets" if to == STREETS else "kinship", **truth})


def parts():
    yield one("lettered-parts", STREETS, "Ines Aldous <ines@post.example>", "my views", """\
Hi

1a Yes
1b The pavement is narrow and my twins cannot both be on it.

2(a) Residents
2(b) the minibus from the day centre

Ines Aldous
""", {"name": "Ines Aldous", "closed": {1: ["Yes"]}, "answers": {
        1: "The pavement is narrow and my twins cannot both be on it.",
        2: "Residents the minibus from the day centre"}})
    yield one("words-for-numbers", KINSHIP, "Morag Sim <morag.sim@post.example>", "Kinship care", """\
Question one
A cot. We slept on the settee for a week.

Question two
Fairly.

Question three
That she has had four schools.

Question four
Nothing else thank you.

Morag Sim
""", {"name": "Morag Sim", "answers": {1: "A cot. We slept on the settee for a week.", 2: "Fairly.",
                                       3: "That she has had four schools.",
                                       4: "Nothing else thank you."}})
    yield one("one-line", STREETS, "Al Reid <al.reid@post.example>", "school streets",
              "1. No 2. Everybody 3. Afternoons only 5. No\n\nAl Reid\n",
              {"name": "Al Reid", "closed": {1: ["No"], 3: ["Afternoons only"], 5: ["No"]},
               "answers": {2: "Everybody"}})
    yield one("two-in-one-paragraph", STREETS, "Una Gale <una.gale@post.example>", "Streets", """\
Dear team

My answer to questions 2 and 5 is the same: whoever has a reason should be let through, and nobody
should be filmed for it.

Una Gale
""", {"name": "Una Gale", "answers": {
        2: "whoever has a reason should be let through, and nobody should be filmed for it.",
        5: "whoever has a reason should be let through, and nobody should be filmed for it."}})
    yield one("by-topic", STREETS, "Rhona Tait <rhona.tait@post.example>", "closing streets", """\
Who should be let through while a street is closed - carers, above all.

When should a street be closed: all day

Anything else you would like to tell us: the signs in Mill Road are wrong.

Rhona Tait
""", {"name": "Rhona Tait", "closed": {3: ["All day"]}, "answers": {
        2: "carers, above all.", 6: "the signs in Mill Road are wrong."}})
    yield one("altered-question", STREETS, "Ted Moyle <tedm@post.example>", "streets", """\
Should the streets outside schools be closed to cars at start and end of day?
No, it would ruin the shop.

Who should be let through when the street is closed?
My customers.

Ted Moyle
""", {"name": "Ted Moyle", "closed": {1: ["No"]},
        "answers": {1: "it would ruin the shop.", 2: "My customers."}})
    yield one("agree", STREETS, "Pia Lorn <pia.lorn@post.example>", "RE: streets", """\
1. Absolutely, yes. My girl was nearly knocked down in May.
5. I do not agree. Nobody should be filmed on the way to school.

Pia Lorn
""", {"name": "Pia Lorn", "closed": {1: ["Yes"], 5: ["No"]}, "answers": {
        1: "My girl was nearly knocked down in May.",
        5: "Nobody should be filmed on the way to school."}})
    yield one("undecided", STREETS, "Nils Abara <nils@post.example>", "streets", """\
Q1 Yes and no. Good for the children, bad for the shop.
Q3 In the morning perhaps, or maybe both. I cannot choose.

Nils Abara
""", {"name": "Nils Abara", "closed": {}, "answers": {
        1: "Yes and no. Good for the children, bad for the shop.",
        3: "In the morning perhaps, or maybe both. I cannot choose."}})
    yield one("several-in-words", STREETS, "Gita Roy <gita.roy@post.example>", "streets", """\
Question 4: Safer crossings and a walking bus.
Question 6: No.

Gita Roy
""", {"name": "Gita Roy", "closed": {4: ["Safer crossings", "A walking bus"]},
        "answers": {6: "No."}})
    yield one("letters-of-options", STREETS, "Ruth Vane <ruth.vane@post.example>", "streets", """\
3. We would choose mornings and afternoons because of the nursery.
4. Bicycle stands please

Ruth Vane
""", {"name": "Ruth Vane", "closed": {3: ["Mornings and afternoons"], 4: ["Bicycle stands"]}})
    yield one("quotes-in-answer", KINSHIP, "Iain Scoular <iain@post.example>", "kinship", """\
1. What helps most? A person. My sister put it like this:

> I had nobody to ask. I rang the council and they rang me back in March.

That is all that I would add.

Iain Scoular
""", {"name": "Iain Scoular", "answers": {1: "What helps most? A person. My sister put it like this: "
        "I had nobody to ask. I rang the council and they rang me back in March. "
        "That is all that I would add."}})
    yield one("list-inside-answer", KINSHIP, "Jean Orrock <jean.orrock@post.example>", "kinship", """\
Question 1
Three things:
1. a bed
2. a solicitor
3. sleep

Question 3
Patience.

Jean Orrock
""", {"name": "Jean Orrock", "answers": {1: "Three things: 1. a bed 2. a solicitor 3. sleep",
                                         3: "Patience."}})


def who():
    yield one("as-a-parent", STREETS, "Elin Voss <elin@post.example>", "streets", """\
I am replying as an individual, a parent of two at Hillfoot.

Close the street. We would walk.

Elin Voss
""", {"name": "Elin Voss", "organisation": None, "type": "individual", "closed": {}, "answers": {}})
    yield one("own-capacity", STREETS, "Neil Buchan <neil.buchan@netherdale.example>", "streets", """\
I work for Netherdale Council but this is sent in a personal capacity.

Closing the street at Hillfoot would push cars into our own.

Neil Buchan
""", {"name": "Neil Buchan", "organisation": None, "type": "individual"})
    yield one("on-behalf", KINSHIP, "Ros Tully <ros@hearthhome.example>", "Kinship consultation", """\
I am responding on behalf of Hearth and Home, a charity for grandparents.

1. Quick money.
2. According to need.

Ros Tully
Chair
""", {"name": "Ros Tully", "organisation": "Hearth and Home", "type": "organisation",
        "answers": {1: "Quick money.", 2: "According to need."}})
    yield one("joint", KINSHIP, "Elspeth Orr <eorr@dunmorecouncil.example>", "Response", """\
This is the response of Dunmore Council.

Carers need one telephone number. We have set one up, and it rings all day.

Elspeth Orr
Kinship Care Lead | Dunmore Council
e: eorr@dunmorecouncil.example
""", {"name": "Elspeth Orr", "organisation": "Dunmore Council", "type": "organisation",
        "general": "This is the response of Dunmore Council. Carers need one telephone number. "
                   "We have set one up, and it rings all day."})
    yield one("form-organisation-name", KINSHIP, "info@bairnsfirst.example", "Response form", """\
Are you responding as an individual or an organisation? Organisation
Full name or organisation's name: Bairns First
Contact name: Mr Alec Thain
Phone: 01632 960188

Q1: A rest, now and then.

Q3: Names matter. Ask what the child calls the carer.
""", {"name": "Alec Thain", "organisation": "Bairns First", "type": "organisation", "answers": {
        1: "A rest, now and then.", 3: "Names matter. Ask what the child calls the carer."}})
    yield one("form-individual-name", KINSHIP, "walt77@post.example", "Response form", """\
Individual or organisation: individual
Full name or organisation's name: Walter Imrie

Q1: Cash.
""", {"name": "Walter Imrie", "organisation": None, "type": "individual", "answers": {1: "Cash."}})
    yield one("html-signature", STREETS, "Lowri Tegg <l.tegg@cwmparc.example>", "streets", None, {
        "name": "Lowri Tegg", "organisation": "Cwm Parc Community Council",
        "type": "organisation", "closed": {1: ["Yes"]}, "answers": {
            1: "Our council has asked for this since 2021."}},
        rich="<div>1. Yes. Our council has asked for this since 2021.</div><div><br></div>"
        "<div>Regards</div><table><tr><td><img src='cid:logo'></td><td><b>Lowri Tegg</b><br>"
        "Clerk / Clerc<br>Cwm Parc Community Council<br>01632 960122</td></tr></table>")
    yield one("no-signature-handle", STREETS, "bluebell1962@post.example", "streets",
              "Leave the streets alone. I mean it.\n", {
                  "name": None, "organisation": None, "closed": {}, "answers": {},
                  "general": "Leave the streets alone. I mean it."})
    yield one("group-of-residents", STREETS, "Hamish Lowe <hamish.lowe@post.example>", "Tannery Lane", """\
We, the residents of Tannery Lane, met on Sunday. All twelve households would welcome a closed
street.

For the Tannery Lane Residents' Association
Hamish Lowe, secretary
""", {"name": "Hamish Lowe", "organisation": "Tannery Lane Residents' Association",
        "type": "organisation"})
    yield one("teacher", KINSHIP, "Miss D Rennie <drennie@ashgrove.example>", "consultation", """\
I have taught for 21 years. Schools should be told who collects a child.

Dawn Rennie
Depute Head, Ashgrove High School
(views are my own)
""", {"name": "Dawn Rennie"})


def sent_on():
    inner = """\
From: Bert Coyle <bert.coyle@post.example>
Date: Sun, 1 Nov 2026 at 19:20
Subject: my views on kinship
To: <clerk@larkhill.example>

1. A phone that is answered.

3. That he is shy.

Bert Coyle
"""
    truth = {"name": "Bert Coyle", "email": "bert.coyle@post.example", "answers": {
        1: "A phone that is answered.", 3: "That he is shy."}}
    yield one("forward-gmail", KINSHIP, "Larkhill Clerk <clerk@larkhill.example>",
              "Fwd: my views on kinship", "This reached us but is for you.\n\nNan\n\n"
              "---------- Forwarded message ---------\n" + inner, truth)
    yield one("forward-apple", KINSHIP, "Nan Hood <nan@larkhill.example>", "Fwd: my views",
              "See below from one of our carers.\n\nBegin forwarded message:\n\n" +
              "".join(f"> {line}".rstrip() + "\n" for line in inner.splitlines()), truth)
    yield one("forward-outlook", KINSHIP, "Nan Hood <nan@larkhill.example>", "FW: my views",
              "Colleagues, for your consultation.\n\nNan Hood\nLarkhill\n\n"
              "________________________________\nFrom: Bert Coyle <bert.coyle@post.example>\n"
              "Sent: 01 November 2026 19:20\nTo: Nan Hood\nSubject: my views\n\n"
              "1. A phone that is answered.\n\n3. That he is shy.\n\nBert Coyle\n", truth)
    yield one("double-1", STREETS, "Ada Quill <ada.quill@post.example>", "Streets",
              "Close them all, and plant a tree in each. Ten years from now you will be thanked "
              "for the shade.\n\nAda Quill\n", {"name": "Ada Quill"})
    yield one("double-2", STREETS, "Ada Quill <aquill@work.example>", "Fw: Streets",
              "Close them all, and plant a tree in each. Ten years from now you will be thanked "
              "for the shade.\n\nAda Quill\nSent from my Galaxy\n",
              {"name": "Ada Quill", "duplicate_of": "double-1"})
    form = ["1. Yes. It is quiet then.", "2. The school bus and the nurse who lives at number 9.",
            "6. Sweep the leaves."]
    yield one("double-file-1", STREETS, "Ben Harg <ben.harg@post.example>", "Response",
              "Response attached.\n\nBen Harg\n", {"name": "Ben Harg", "closed": {1: ["Yes"]}},
              files=[word_file(form)])
    yield one("double-file-2", STREETS, "B Harg <office@harg.example>", "Response again",
              "I sent this from home as well, in case it was lost.\n\nBen Harg\n",
              {"name": "Ben Harg", "duplicate_of": "double-file-1"}, files=[word_file(form)])
    shared = "Fosters <thefosters2@post.example>"
    yield one("one-mailbox-1", KINSHIP, shared, "kinship", "1. More visits.\n\nIda Foster\n",
              {"name": "Ida Foster", "answers": {1: "More visits."}})
    yield one("one-mailbox-2", KINSHIP, shared, "kinship", "1. Fewer visits.\n\nRon Foster\n",
              {"name": "Ron Foster", "answers": {1: "Fewer visits."}, "duplicate_of": None})


STANDARD = """\
Dear Minister,

I am writing to ask you to keep Sunday buses in the plan for school streets.

A closed street without a bus leaves the poorest families with no way to get to school at all.

Please read the petition at {link} and act on it before the spring term.

"""


def campaign():
    links = ["https://buses.example/petition?utm_source=mail",
             "https://eur02.safelinks.example/?url=https%3A%2F%2Fbuses.example%2Fpetition&data=05",
             "https://urldefense.example/v3/__https://buses.example/petition__;!!Ab3$",
             "https://buses.example/petition"]
    added = ["", "My own mother never learned to drive.", "", "We had 3 buses once; now there is none.",
             "", ""]
    for at, extra in enumerate(added):
        name = ["Olive Hay", "Sid Rooke", "Meg Lyle", "Tam Bruce", "Joan Ivory", "Rab Keith"][at]
        text = ("[EXTERNAL EMAIL: do not open links that you do not know]\n\n" if at == 2 else "") \
            + STANDARD.format(link=links[at % 4]) + (extra + "\n\n" if extra else "") \
            + f"Yours sincerely\n{name}\n{at + 3} Mill Road\n" \
            + ("\nThis message has been scanned for viruses.\n" if at == 4 else "")
        yield one(f"bus-{at + 1}", STREETS, f"{name} <{name.split()[0].lower()}@post.example>",
                  "Keep the Sunday buses", text,
                  {"name": name, "added": extra, "closed": {}, "answers": {}})


def letters():
    return [letter for kind in (parts, who, sent_on, campaign) for letter in kind()]
