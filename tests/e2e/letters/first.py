"""The first set: how people lay out what they answer, and the letters made of it.

Each layout takes the person and what they say, and gives the mail and what has to be
read of it. Which person thinks what is drawn with a seed, so the set is always the same.
"""
import random

from e2e.letters import first_odd, first_people as said
from e2e.letters.made import (KINSHIP, STREETS, Letter, asked, escaped, html_lines, mail, odt_file,
                              options, pdf_file, sheet_file, word_file, wrapped)

TO = {"streets": STREETS, "kinship": KINSHIP}
ANNOUNCED = ("The consultation is open. These are the questions:", "Send your answers to this "
             "address. Every response is read.")


class Views:
    """What one person answers, and the truth of it."""

    def __init__(self, chance, name, numbers=None):
        self.name = name
        self.closed, self.texts = {}, {}
        pool = said.STREETS if name == "streets" else said.KINSHIP
        for number in numbers or sorted(chance.sample(sorted(pool), chance.randint(2, len(pool)))):
            one = chance.choice(pool[number])
            if name == "streets" and number in (1, 5):
                self.closed[number], self.texts[number] = [one[0]], one[1]
            elif name == "streets" and number in (3, 4):
                self.closed[number], self.texts[number] = [one] if number == 3 else one, ""
            else:
                self.texts[number] = one

    def whole(self, number, mark=". "):
        """Choice and text as one writes them behind each other."""
        closed = ", ".join(self.closed.get(number, []))
        text = self.texts[number]
        return closed + (mark if text else "") + text if closed else text

    def truth(self):
        return {"closed": dict(self.closed), "answers": {
            number: text for number, text in self.texts.items() if text}}


def signed(person):
    return ["", *person.signed.split("\n")] if person.signed else []


def numbered(chance, person, views):
    style = chance.choice(["{}. ", "{}) ", "Q{}. ", "Question {}: ", "Q{} - ", "Question {}\n"])
    lines = ["Good morning", ""]
    for number in views.texts:
        lines += (style.format(number) + views.whole(number)).split("\n") + [""]
    return {"text": "\n".join(lines[:-1] + signed(person)) + "\n"}


def on_question(chance, person, views):
    heads = ["On question {}: ", "As to question {} - ", "In answer to question {}, ",
             "Regarding Q{}: ", "My answer to question {} is: "]
    lines = ["Hello,"]
    for number in views.texts:
        lines += ["", chance.choice(heads).format(number) + views.whole(number)]
    return {"text": "\n".join(lines + signed(person)) + "\n"}


def pasted(chance, person, views):
    width = chance.choice([60, 72, 200])
    numbers = chance.random() < 0.5
    lines = []
    for number in views.texts:
        head = (f"{number}. " if numbers else "") + asked(views.name)[number]
        lines += [*wrapped(head, width), "", *wrapped(views.whole(number), width), ""]
    return {"text": "\n".join(lines[:-1] + signed(person)) + "\n"}


def under_quotes(chance, person, views):
    """An Outlook or Gmail reply to the announcement, answered between its lines."""
    mark = chance.choice(["> ", ">"])
    lines = ["Please see my answers below.", "",
             "On Mon, 2 Nov 2026 at 10:00, Streets team <news@policy.example> wrote:", "",
             mark + ANNOUNCED[0], mark]
    for number, text in asked(views.name).items():
        lines += [mark + line for line in wrapped(f"{number}. {text}", 70)]
        if number in views.texts:
            lines += ["", views.whole(number), ""]
    lines += [mark, mark + ANNOUNCED[1]]
    return {"text": "\n".join(lines + signed(person)) + "\n"}


def outlook_above(chance, person, views):
    """Answers on top; the announcement below with a block of header lines."""
    top = [f"Q{n}) {views.whole(n)}" for n in views.texts]
    below = ["From: Policy team <news@policy.example>", "Sent: 02 November 2026 10:00",
             f"To: {person.name} <{said_address(person)}>",
             "Subject: Tell us what you think", "", ANNOUNCED[0], *(
                 f"{n}. {text}" for n, text in asked(views.name).items()), ANNOUNCED[1]]
    rich = ('<div class="WordSection1">' + "".join(
        f'<p class="MsoNormal">{escaped(line) or "&nbsp;"}</p>' for line in top + signed(person))
        + '<div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0 0 0">'
        '<p class="MsoNormal">' + "<br>".join(
            f"<b>{line.partition(':')[0]}:</b>{escaped(line.partition(':')[2])}"
            for line in below[:4]) + "</p></div>" + "".join(
        f'<p class="MsoNormal">{escaped(line)}</p>' for line in below[4:]) + "</div>")
    if chance.random() < 0.5:
        return {"text": "\n".join([*top, *signed(person), "", *below]) + "\n", "rich": rich}
    return {"rich": f"<html><body>{rich}</body></html>"}


def said_address(person):
    return person.sender.rpartition("<")[2].rstrip(">")


def html_table(_, person, views):
    rows = "".join(f"<tr><td><b>{n}</b></td><td>{escaped(asked(views.name)[n])}</td>"
                   f"<td>{escaped(views.whole(n))}</td></tr>" for n in views.texts)
    return {"rich": "<html><body><p>Dear team,</p><table border=1><tr><th>No</th>"
            f"<th>Question</th><th>Our answer</th></tr>{rows}</table>"
            + html_lines(signed(person)) + "</body></html>"}


def boxes_in_mail(chance, person, views):
    on, off = chance.choice([("[x]", "[ ]"), ("☒", "☐"), ("(x)", "( )")])
    lines = []
    for number in views.texts:
        lines += [f"{number}. {asked(views.name)[number]}"]
        for option in options(views.name, number):
            lines += [f"{on if option in views.closed[number] else off} {option}"]
        lines += ["", *([views.texts[number], ""] if views.texts[number] else [])]
    return {"text": "\n".join(lines[:-1] + signed(person)) + "\n"}


def telephone(chance, person, views):
    lines = []
    for number in views.texts:
        lines += [f"{number} {views.whole(number, chance.choice([' - ', '. ', ', ']))}"]
    return {"text": "\n".join(lines + ["", *person.signed.split("\n")][:9] + ["", "Sent from my Galaxy"])
            + "\n"}


def paragraph(chance, person, views):
    joins = ["On question {} I would say: ", "As for question {}: ", "On Q{}: "]
    parts = []
    for number in views.texts:
        parts += [chance.choice(joins).format(number) + views.whole(number).rstrip(".") + "."]
    return {"text": "\n".join(["Dear all,", "", " ".join(parts)] + signed(person)) + "\n"}


def form_rows(chance, person, views, layout):
    """A form as lines and rows: who one is, and then the questions."""
    on, off = chance.choice([("☒", "☐"), ("[X]", "[ ]")])
    kind = "organisation" if person.organisation else "individual"
    who = [(f"{on if kind == 'individual' else off} Individual"),
           (f"{on if kind == 'organisation' else off} Organisation")]
    lines = ["Response form", "Are you responding as an individual or an organisation?", *who]
    fields = [("Name", person.name), *([("Organisation", person.organisation)]
                                       if person.organisation else []),
              ("Email", person.email or said_address(person))]
    lines += fields if layout == "rows" else [f"{key}: {value}" for key, value in fields]
    for number, text in asked(views.name).items():
        boxes = [f"{on if option in views.closed.get(number, []) else off} {option}"
                 for option in options(views.name, number)]
        mine = views.texts.get(number, "")
        if layout == "rows":
            lines += [(f"{number}. {text}", "\n".join([*boxes, mine]).strip())]
        else:
            lines += [f"Question {number}", text, *boxes, mine]
    return lines, kind


def with_file(writer, layout, cover):
    def made(chance, person, views):
        lines, kind = form_rows(chance, person, views, layout)
        return {"text": "\n".join([cover] + signed(person)) + "\n", "files": [writer(lines)],
                "truth": {"type": kind, "name": person.name, "organisation": person.organisation}}
    made.__name__ = f"{writer.__name__}_{layout}"
    return made


def sheet(_, person, views):
    rows = [("Question", "Answer"), *((f"Q{n}. {asked(views.name)[n]}", views.whole(n))
                                      for n in views.texts)]
    return {"text": "\n".join(["My answers are in the spreadsheet."] + signed(person)) + "\n",
            "files": [sheet_file(rows)]}


def free(chance, person, views):
    text = chance.choice(said.GENERAL[views.name])
    width = chance.choice([72, 999])
    return {"text": "\n".join(["Dear Sir or Madam,", "", *wrapped(text, width)] + signed(person))
            + "\n", "truth": {"closed": {}, "answers": {}, "general": text}}


def free_in_word(chance, person, views):
    text = chance.choice(said.GENERAL[views.name])
    return {"text": "\n".join(["Please find my response attached."] + signed(person)) + "\n",
            "files": [word_file([text, *signed(person)], "Letter.docx")],
            "truth": {"closed": {}, "answers": {}, "holds": text}}


def roman(_, person, views):
    names = ["", "i", "ii", "iii", "iv", "v", "vi"]
    lines = ["To whom it may concern", ""]
    for number in views.texts:
        lines += [f"({names[number]}) {views.whole(number)}", ""]
    return {"text": "\n".join(lines[:-1] + signed(person)) + "\n"}


LAYOUTS = [numbered, on_question, pasted, under_quotes, outlook_above, html_table, boxes_in_mail,
           telephone, paragraph, sheet, free, free_in_word, roman,
           with_file(word_file, "rows", "Form attached."),
           with_file(word_file, "lines", "Please find attached the completed form."),
           with_file(odt_file, "lines", "See attached."),
           with_file(odt_file, "rows", "Our response is attached, thank you."),
           with_file(pdf_file, "lines", "Attached is our response as a PDF.")]
EACH = 7


def letters():
    chance = random.Random(1126)
    made = []
    for layout in LAYOUTS:
        for turn in range(EACH):
            person = chance.choice(said.PEOPLE)
            name = chance.choice(["streets", "streets", "kinship"])
            views = Views(chance, name)
            what = layout(chance, person, views)
            truth = {"kind": "response", "consultation": name, "name": person.name,
                     "organisation": person.organisation, **views.truth(),
                     **({"type": person.type} if person.type else {}),
                     **({"email": person.email} if person.email else {}),
                     **what.pop("truth", {})}
            made.append(Letter(f"{layout.__name__}-{turn + 1}", mail(
                person.sender, TO[name], "Consultation response", headers=person.headers,
                **what), truth))
    return made + first_odd.letters()
