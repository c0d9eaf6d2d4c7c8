"""What letters are made of: mail programs, files, and the truth beside each letter."""
import email.message
import email.policy
import html
import os
import sys
from dataclasses import dataclass, field

sys.path.append(os.path.join(os.path.dirname(__file__), "..", "..", "unit"))
from papers import docx, odt, par, pdf, run, zipped  # noqa: E402

STREETS = "streets@consult.example"
KINSHIP = "kinship@consult.example"
CONSULTATIONS = {"streets": """---
name: streets
title: Closing streets outside schools
address: streets@consult.example
opens: {opens}
closes: {closes}
zone: Europe/London
---

We ask what people think of closing the streets outside schools for part of the day.

1. Should streets outside schools be closed to cars at the start and end of the day? Please give your reasons.
2. Who should be let through while a street is closed?
3. When should a street be closed?
   ( ) Mornings only
   ( ) Afternoons only
   ( ) Mornings and afternoons
   ( ) All day
4. Which of these would help families most?
   [ ] Safer crossings
   [ ] Bicycle stands
   [ ] A walking bus
   [ ] Car sharing
5. Do you agree that councils should be able to use cameras? Please give your reasons.
6. Is there anything else you would like to tell us?
""", "kinship": """---
name: kinship
title: Support for kinship carers
address: kinship@consult.example
opens: {opens}
closes: {closes}
zone: Europe/London
---

Grandparents, aunts and friends bring up children whose parents cannot.

1. What help do kinship carers need most in the first year?
2. How should money be shared between families?
3. What should schools know about children in kinship care?
4. Is there anything further that you wish to add?
"""}


def asked(name):
    """{number: text of the question}, without its options."""
    found = {}
    for line in CONSULTATIONS[name].splitlines():
        head, _, text = line.partition(". ")
        if head.isdigit():
            found[int(head)] = text
    return found


def options(name, number):
    found, at = [], 0
    for line in CONSULTATIONS[name].splitlines():
        head, _, _ = line.partition(". ")
        at = int(head) if head.isdigit() else at
        if at == number and line[:6].strip() in ("( )", "[ ]"):
            found.append(line[6:].strip())
    if not found and asked(name)[number].endswith("your reasons."):
        found = ["Yes", "No", "Don't know"]
    return found


@dataclass
class Letter:
    """A mail, and what is right about it; what truth does not name is not looked at."""
    name: str
    mail: bytes
    truth: dict = field(default_factory=dict)


def mail(sender, to, subject, text=None, rich=None, files=(), headers=None):
    made = email.message.EmailMessage(policy=email.policy.SMTP)
    made["From"], made["To"], made["Subject"] = sender, to, subject
    mail.count += 1
    minutes = mail.count
    made["Date"] = f"Mon, 30 Nov 2026 {9 + minutes // 60 % 12:02}:{minutes % 60:02}:07 +0000"
    made["Message-ID"] = f"<letter.{mail.count}@post.example>"
    for name, value in (headers or {}).items():
        del made[name]
        made[name] = value
    if text is not None:
        made.set_content(text)
    if rich is not None and text is None:
        made.set_content(rich, subtype="html")
    elif rich is not None:
        made.add_alternative(rich, subtype="html")
    for name, kind, content in files:
        major, minor = kind.split("/")
        made.add_attachment(content, maintype=major, subtype=minor, filename=name)
    return made.as_bytes()


mail.count = 0
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT = "application/vnd.oasis.opendocument.text"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def escaped(text):
    return html.escape(text, quote=False)


def word_file(lines, name="Response.docx"):
    """lines: a text, or a tuple of the cells of a row."""
    body, rows = [], []

    def close():
        if rows:
            body.append("<w:tbl>" + "".join(
                "<w:tr>" + "".join(f"<w:tc>{cell_of(cell)}</w:tc>" for cell in row) + "</w:tr>"
                for row in rows) + "</w:tbl>")
            rows.clear()

    def cell_of(cell):
        return "".join(par(run(escaped(line))) for line in cell.split("\n"))

    for line in lines:
        if isinstance(line, tuple):
            rows.append(line)
        else:
            close()
            body.append(par(run(escaped(line))) if line else par())
    close()
    return name, WORD, docx("".join(body))


def odt_file(lines, name="Response.odt"):
    body = []
    for line in lines:
        if isinstance(line, tuple):
            body.append("<table:table><table:table-row>" + "".join(
                "<table:table-cell>" + "".join(
                    f"<text:p>{escaped(part)}</text:p>" for part in cell.split("\n"))
                + "</table:table-cell>" for cell in line)
                + "</table:table-row></table:table>")
        else:
            body.append(f"<text:p>{escaped(line)}</text:p>")
    return name, ODT, odt("<office:body><office:text>" + "".join(body)
                          + "</office:text></office:body>")


def wrapped(text, width):
    lines, line = [], ""
    for word in text.split():
        if line and len(line) + 1 + len(word) > width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    return lines + [line]


def pdf_file(lines, name="Response.pdf", width=80):
    pages, drawing, y = [], b"", 800
    for text in lines:
        text = "   ".join(text) if isinstance(text, tuple) else text
        for line in wrapped(text, width):
            shown = line.replace("☒", "[X]").replace("☐", "[ ]").encode("cp1252", "replace")
            for sign in (b"\\", b"(", b")"):
                shown = shown.replace(sign, b"\\" + sign)
            drawing += b"BT /F1 11 Tf 60 %d Td (%s) Tj ET\n" % (y, shown)
            y -= 15
            if y < 60:
                pages.append(drawing)
                drawing, y = b"", 800
    return name, "application/pdf", pdf(pages + [drawing])


def sheet_file(rows, name="Response.xlsx"):
    def cell(column, number, text):
        return (f'<c r="{chr(65 + column)}{number}" t="inlineStr"><is><t>'
                f"{escaped(text)}</t></is></c>")
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    data = "".join(
        f'<row r="{number}">' + "".join(cell(at, number, text) for at, text in enumerate(row))
        + "</row>" for number, row in enumerate(rows, 1))
    return name, XLSX, zipped([
        ("[Content_Types].xml", f'<Types xmlns="{package}/content-types"/>'),
        ("xl/workbook.xml", f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
         '<sheet name="Answers" sheetId="1" r:id="rId1"/></sheets></workbook>'),
        ("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{package}/relationships">'
         f'<Relationship Id="rId1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/>'
         "</Relationships>"),
        ("xl/worksheets/sheet1.xml",
         f'<worksheet xmlns="{main}"><sheetData>{data}</sheetData></worksheet>')])


def html_lines(lines):
    return "".join(f"<div>{escaped(line) or '<br>'}</div>" for line in lines)
