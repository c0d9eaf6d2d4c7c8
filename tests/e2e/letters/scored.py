"""Letters through the whole program, and how much of each kind was read right."""
import os
import re
from collections import defaultdict

from e2e.house import wait_for
from e2e.letters.made import CONSULTATIONS, KINSHIP, STREETS, Letter, mail
from e2e.mailroom import plain, reference_of, words

TITLES = {"mr", "mrs", "ms", "miss", "dr", "rev", "prof", "professor", "cllr", "sr"}


def bare(name):
    return [word for word in plain(name) or [] if word not in TITLES]


def others(path):
    """The letters of a text file: "= kind", then one mail to a block that ends with %."""
    with open(path, encoding="utf-8") as file:
        blocks = re.split(r"^%\n", file.read().partition("\n= ")[2], flags=re.M)
    kind, made = None, []
    for at, block in enumerate(blocks):
        block = ("= " + block) if not at else block
        if block.startswith("= "):
            kind, _, block = block[2:].partition("\n")
        head, gap, body = block.partition("\n\n")
        named = dict(re.findall(r"^([A-Z][\w-]+): (.*)$", head, flags=re.M))
        if not (gap and named and len(named) == head.count("\n") + 1):
            named, body = {}, block
        if not body.strip():
            continue
        sender = named.pop("From", f"w{at}@post.example")
        subject = named.pop("Subject", "Consultation")
        made.append(Letter(f"{kind}-{at}", mail(
            sender, KINSHIP if at % 2 else STREETS, subject, body.strip() + "\n", headers=named),
            {"kind": kind}))
    return made


def by_hand(path):
    """Responses of a text file, each with its truth above it."""
    with open(path, encoding="utf-8") as file:
        blocks = re.split(r"^%\n", file.read(), flags=re.M)
    made = []
    for block in blocks[:-1]:
        name, _, rest = ("\n" + block).partition("\n= ")[2].partition("\n")
        head, _, body = rest.partition("--\n")
        said = dict(line.split(": ", 1) for line in head.splitlines())
        to = said.pop("to")
        headers = {"Reply-To": said.pop("reply-to")} if "reply-to" in said else {}
        truth = {"kind": "response", "consultation": to, "closed": {}, "answers": {}}
        text = {"rich": body} if body.startswith("<") else {"text": body}
        sender, subject = said.pop("from"), said.pop("subject")
        for key, value in said.items():
            what, _, number = key.partition(" ")
            if what == "closed":
                truth["closed"][int(number)] = value.split(", ")
            elif what == "answer":
                truth["answers"][int(number)] = value
            else:
                truth[key] = None if value == "-" else value
        made.append(Letter(name, mail(sender, STREETS if to == "streets" else KINSHIP, subject,
                                      headers=headers, **text), truth))
    return made


def put_consultations(folder, day):
    paths = []
    for name, text in CONSULTATIONS.items():
        path = os.path.join(folder, f"{name}.md")
        with open(path, "w", encoding="utf-8") as file:
            file.write(text.format(opens=day(-10), closes=day(20)))
        paths.append(path)
    return paths


def read_all(room, letters):
    """{name: (row of the mail, the response shown or None)}."""
    named = {}
    for letter in letters:
        room.put(letter.mail)
        named[f"{room.count:09}.mail"] = letter.name
    wait_for("the mails to be read", room.all_read, 300)
    wait_for("their files to be read", lambda: not room.query(
        "SELECT 1 FROM attachment WHERE text_state = 'waiting'"), 300)
    items = dict(room.query("SELECT id, item FROM inbound"))
    rows = {items[row["id"]].partition(":")[0]: row for row in room.rows()}
    return {name: (rows[item], room.reply_of(rows[item])) for item, name in named.items()}


def read_of(shown):
    """What the program says of a response, in the words of the truth."""
    answers, closed, general = defaultdict(list), defaultdict(list), []
    for part in shown["answers"]:
        (answers[part["question"]] if part["question"] else general).append(part["text"])
    for choice in shown.get("choices", []):
        if choice["state"] == "chosen":
            closed[choice["question"]].append(choice["option"])
    return {number: " ".join(texts) for number, texts in answers.items() if words(" ".join(texts))}, \
        closed, " ".join(general)


def said_choice(text, want):
    """What was chosen may stand at the head of an answer's text, or be left out of it."""
    have, want = words(text), words(want)
    return have == want or (len(have) - len(want) in range(1, 6) and have[-len(want):] == want
                            and bool(want))


class Figures:
    def __init__(self):
        self.right, self.all, self.wrong = defaultdict(int), defaultdict(int), []

    def count(self, what, right, letter, want, have):
        self.all[what] += 1
        self.right[what] += bool(right)
        if not right:
            self.wrong.append(f"{what}: {letter}: {have!r}, not {want!r}")

    def share(self, what):
        return 100 * self.right[what] / self.all[what] if self.all[what] else 100

    def told(self):
        return "\n".join(f"{what:24} {self.right[what]:4} of {self.all[what]:4}  "
                         f"{self.share(what):5.1f} %" for what in sorted(self.all))


def score(letters, got, figures=None):
    figures = figures or Figures()
    for letter in letters:
        row, shown = got[letter.name]
        if letter.truth["kind"] == "response":
            score_response(letter, row, shown, got, figures)
        else:
            score_other(letter, row, shown, figures)
    return figures


def score_response(letter, row, shown, got, figures):
    truth, name = letter.truth, letter.name
    figures.count("not lost", shown, name, "response", row["taken_as"])
    if not shown:
        return
    head, who = shown["response"], shown["respondent"]
    figures.count("consultation", head["reference"].startswith(truth["consultation"]), name,
                  truth["consultation"], head["reference"])
    whole = [one["kind"] for one in shown["proposals"] if one["whole"] and one["waits"]]
    figures.count("not proposed away", not whole, name, [], whole)
    figures.count("no risk", not any(one["kind"] == "risk" for one in shown["proposals"]), name,
                  [], "risk")
    for field in ("name", "organisation"):
        if field in truth:
            figures.count(field, bare(who.get(field)) == bare(truth[field]), name, truth[field],
                          who.get(field))
    if "type" in truth:
        figures.count("type", who.get("type") == truth["type"], name, truth["type"], who.get("type"))
    if "email" in truth:
        have = who.get("address") or shown["mail"]["from_address"]
        figures.count("email", have == truth["email"], name, truth["email"], have)
    answers, closed, general = read_of(shown)
    if "closed" in truth:
        for number in sorted({*closed, *truth["closed"]}):
            want, have = truth["closed"].get(number, []), closed.get(number, [])
            figures.count("closed", sorted(want) == sorted(have), f"{name} Q{number}", want, have)
    if "answers" in truth:
        for number in sorted({*answers, *truth["answers"]}):
            want, have = truth["answers"].get(number, ""), answers.get(number, "")
            if not want and number in truth.get("closed", {}):
                right = len(words(have)) < 12
            else:
                right = said_choice(have, want)
            figures.count("answer text", right, f"{name} Q{number}", want, have)
    if "general" in truth:
        figures.count("general", words(general) == words(truth["general"]), name,
                      truth["general"], general)
    if "duplicate_of" in truth:
        of = truth["duplicate_of"]
        have = next((reference_of(link) for link in shown["links"] if link["which"] == "of"
                     and link["as_what"] == "duplicate"), None)
        want = got[of][1]["response"]["reference"] if of and got[of][1] else None
        figures.count("duplicates", have == want, name, want, have)


# What a person looks at among the unsorted mail is no response either.
MACHINES = {"automatic": ("autoreply", "notice", "bounce", "list", "unsorted"),
            "bounce": ("bounce",),
            "advertisement": ("list",)}


def score_other(letter, row, shown, figures):
    kind, name = letter.truth["kind"], letter.name
    if not shown:
        right = row["taken_as"] in MACHINES.get(kind, ()) or \
            row["taken_as"] == "leave" and kind == "unsubscribe"
        have = row["taken_as"]
        figures.count("others apart", right, name, kind, have)
        figures.count("others by kind", right, name, kind, have)
        return
    have = [one["kind"] for one in shown["proposals"] if one["waits"]]
    if kind == "risk":
        figures.count("risk", "risk" in have, name, kind, have)
        return
    whole = [one["kind"] for one in shown["proposals"] if one["whole"] and one["waits"]]
    figures.count("others apart", whole, name, kind, have)
    figures.count("others by kind", whole and kind in have, name, kind, have)


def score_campaign(room, letters, got, figures, consultation):
    """Every letter that says what was added is in one campaign, with those words."""
    members = [letter for letter in letters
               if "added" in letter.truth and letter.truth["consultation"] == consultation]
    room.run("campaign", "find", consultation)
    inside = {}
    for found in room.json("campaign", "list", consultation):
        one = room.json("campaign", "show", consultation, found["number"])
        for member in one["responses"]:
            inside[reference_of(member)] = found["number"]
    for letter in members:
        reference = got[letter.name][1]["response"]["reference"]
        figures.count("in a campaign", reference in inside, letter.name, True, False)
        if reference in inside:
            have = room.json("campaign", "diff", reference)["added"]
            figures.count("added words", words(have) == words(letter.truth["added"]), letter.name,
                          letter.truth["added"], have)
