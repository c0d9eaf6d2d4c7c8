"""The second set: other layouts, people and programs, written when the first was mended."""
import random

from e2e.letters import second_odd, second_people as said
from e2e.letters.first import TO, signed
from e2e.letters.made import (Letter, asked, escaped, html_lines, mail, odt_file, options, pdf_file,
                              word_file, wrapped)

EACH = 4


class Views:
    def __init__(self, chance, name):
        pool = said.STREETS if name == "streets" else said.KINSHIP
        self.name, self.closed, self.texts = name, {}, {}
        for number in sorted(chance.sample(sorted(pool), chance.randint(2, len(pool)))):
            one = chance.choice(pool[number])
            if name == "streets" and number in (1, 5):
                self.closed[number], self.texts[number] = [one[0]], one[1]
            elif name == "streets" and number in (3, 4):
                self.closed[number], self.texts[number] = [one] if number == 3 else one, ""
            else:
                self.texts[number] = one

    def whole(self, number, mark=". "):
        closed = " and ".join(self.closed.get(number, []))
        text = self.texts[number]
        return closed + (mark if text else "") + text if closed else text

    def truth(self):
        return {"closed": dict(self.closed),
                "answers": {n: text for n, text in self.texts.items() if text}}


def inside_original(_, person, views):
    """Typed into the original, below its header lines, under each question."""
    lines = ["Answers in the text below.", *signed(person), "", "-----Original Message-----",
             "From: Policy team <news@policy.example>", "Sent: Monday, 2 November 2026 10:00",
             "To: Undisclosed recipients", "Subject: Have your say", "", "Please have your say."]
    for number, text in asked(views.name).items():
        lines += ["", f"{number}. {text}"]
        if number in views.texts:
            lines += ["", views.whole(number)]
    return {"text": "\n".join(lines) + "\n"}


def headings(_, person, views):
    body = "".join(f"<h3>Question {n}</h3><p>{escaped(views.whole(n))}</p>" for n in views.texts)
    return {"rich": f"<html><body><p>Hello</p>{body}{html_lines(signed(person))}</body></html>"}


def ordered_list(_, person, views):
    body = "".join(f"<li><i>{escaped(text)}</i><br>{escaped(views.whole(n)) if n in views.texts else ''}"
                   "</li>" for n, text in asked(views.name).items())
    return {"rich": f"<html><body><ol>{body}</ol>{html_lines(signed(person))}</body></html>"}


def abbreviated(chance, person, views):
    style = chance.choice(["A{}: ", "Ans {} - ", "Qu. {}: ", "Re Q{}: ", "• Q{} – ", "#{}: ",
                           "Cwestiwn {}: ", "Ceist {} - "])
    lines = [f"{style.format(n)}{views.whole(n, chance.choice([' - ', '; ', ': ', ', ']))}"
             for n in views.texts]
    return {"text": "\n".join([*lines, *signed(person)]) + "\n"}


def dictated(chance, person, views):
    names = ["", "one", "two", "three", "four", "five", "six"]
    parts = [f"Question {names[n]} {views.whole(n, ' ').rstrip('.')}." for n in views.texts]
    return {"text": " ".join(parts) + "\n" + "\n".join(signed(person)) + "\n"}


def under_rules(_, person, views):
    lines = []
    for number in views.texts:
        lines += ["=" * 40, f"QUESTION {number}", "=" * 40, *wrapped(views.whole(number), 64), ""]
    return {"text": "\n".join(lines + signed(person)) + "\n"}


def form_in_mail(chance, person, views):
    kind = "Organisation" if person.organisation else "Individual"
    lines = ["RESPONDENT DETAILS", f"Name: __{person.name}__",
             *([f"Organisation: __{person.organisation}__"] if person.organisation else []),
             f"Individual or organisation (please state): {kind}", "", "YOUR ANSWERS"]
    for number in views.texts:
        lines += ["", f"Q{number}. {asked(views.name)[number]}", f"A: {views.whole(number)}"]
    return {"text": "\n".join(lines) + "\n", "truth": {
        "type": kind.lower(), "name": person.name, "organisation": person.organisation}}


def letter_file(writer):
    def made(chance, person, views):
        lines = ["Dear consultation team,", ""]
        for number in views.texts:
            lines += [f"Question {number}: {asked(views.name)[number]}", views.whole(number), ""]
        return {"text": "Please see the attached.\n\n" + "\n".join(signed(person)) + "\n",
                "files": [writer([*lines, *signed(person)], f"letter{writer.__name__[:3]}."
                                 + writer.__name__.partition("_")[0].replace("word", "docx"))]}
    made.__name__ = f"letter_{writer.__name__}"
    return made


def two_column_form(chance, person, views):
    kind = "Organisation" if person.organisation else "Individual"
    rows = [("About you", ""), ("Full name", person.name),
            *([("Name of organisation", person.organisation)] if person.organisation else []),
            ("I am responding as", kind), ("Your answers", "")]
    for number, text in asked(views.name).items():
        choice = views.closed.get(number, [])
        rows += [(f"Q{number} {text}", "\n".join(
            [f"{'✓' if option in choice else ' '} {option}" for option in options(views.name, number)]
            + [views.texts.get(number, "")]).strip("\n"))]
    return {"text": "Our form.\n" + "\n".join(signed(person)) + "\n", "files": [word_file(rows)],
            "truth": {"type": kind.lower(), "name": person.name,
                      "organisation": person.organisation}}


def plain_file(_, person, views):
    text = "\n\n".join(f"{n}) {views.whole(n)}" for n in views.texts)
    return {"text": "\n".join(["see file"] + signed(person)) + "\n",
            "files": [("answers.txt", "text/plain", text.encode("utf-16"))]}


def over_acknowledgement(chance, person, views):
    lines = [f"Q{n}: {views.whole(n)}" for n in views.texts]
    return {"text": "\n".join([*lines, *signed(person), "", "Get Outlook for Android", "",
                               "Am Mo., 2. Nov. 2026 um 10:00 Uhr schrieb Policy <n@policy.example>:",
                               *[f"> {n}. {text}" for n, text in asked(views.name).items()]]) + "\n"}


def free(chance, person, views):
    text = chance.choice(said.GENERAL[views.name])
    return {"text": "\n".join([text] + signed(person)) + "\n",
            "truth": {"closed": {}, "answers": {}, "general": text}}


LAYOUTS = [inside_original, headings, ordered_list, abbreviated, abbreviated, dictated, under_rules,
           form_in_mail, letter_file(word_file), letter_file(pdf_file), letter_file(odt_file),
           two_column_form, plain_file, over_acknowledgement, free]


def letters():
    chance = random.Random(3011)
    made = []
    for at, layout in enumerate(LAYOUTS):
        for turn in range(EACH):
            name = chance.choice(["streets", "kinship"])
            person = chance.choice([one for one in said.PEOPLE if one.signed or
                                    layout in (form_in_mail, two_column_form)])
            views = Views(chance, name)
            what = layout(chance, person, views)
            truth = {"kind": "response", "consultation": name, "name": person.name,
                     "organisation": person.organisation, **views.truth(),
                     **({"type": person.type} if person.type else {}),
                     **({"email": person.email} if person.email else {}), **what.pop("truth", {})}
            made.append(Letter(f"{layout.__name__}-{at}-{turn}", mail(
                person.sender, TO[name], "My response", headers=person.headers, **what), truth))
    return made + second_odd.letters()
