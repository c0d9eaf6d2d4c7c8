"""The form of a consultation: from its page, filled in, mailed back, to what the staff see."""
import html
import io
import re
import urllib.parse
import zipfile

import pytest

from e2e.house import DOMAIN, House, STRANGERS, compose, folded, wait_for
from e2e.staff import StaffSite
from servers.ground import free_ports, open_folder

ADA, BOB, CAT, DAN, EVE = STRANGERS[:5]
WEB = 'web: {{ listen = "127.0.0.1:{port}"; }};\n'
CONSULTATION = """---
name: {name}
title: Old words & new ones
address: {name}@{domain}
opens: 2026-01-05
closes: 2099-06-30
zone: Europe/London
---

The law uses old words.

1. Which words are no longer understood?
2. Should neglect of feelings be named in the law?
   ( ) Yes
   ( ) No
3. How should families be told?
   [ ] By post
   [ ] By telephone
   [ ] In a meeting
"""
KINDS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text"}
ANSWER = "Cad & <bounder>, tŷ.\n\nAnd tinker."


class FormHouse(StaffSite):
    """Real servers behind the pages."""

    def __init__(self, folder):  # pylint: disable=super-init-not-called
        self.port, = free_ports(1)
        self.origin = f"http://127.0.0.1:{self.port}"
        self.cookies = {}
        self.posted = 0
        House.__init__(self, folder, settings=WEB.format(port=self.port))

    def start(self):
        House.start(self)
        wait_for("the pages", self.is_up)
        self.hire("Ada Officer")
        self.hire("Edda Editor", "editor")
        return self

    def start_daemon(self):
        House.start_daemon(self)

    def stop(self):
        House.stop(self)

    def mail(self, sender, to, subject="", body="", headers=None, **more):
        House.post(self, sender, to, compose(sender, to, subject, body, headers, **more))

    def consult(self, name, title="", opens="", closes=""):
        self.ok("consultation", "add", self.write(
            f"{name}.md", CONSULTATION.format(name=name, domain=DOMAIN)))


@pytest.fixture(scope="module")
def house():
    site = FormHouse(open_folder())
    try:
        site.start()
        site.consult("words")
        site.ok("consultation", "open", "words")
        yield site
    finally:
        site.stop()


@pytest.fixture(scope="module")
def links(house):
    """{its words: where it leads} of the page."""
    page = house.get("/consultations/words")
    assert page.status == 200
    return {folded(words): html.unescape(at) for at, words in re.findall(
        r'<a href="([^"]+)"[^>]*>([^<]+)</a>', page.text)}


def repacked(content, name, change):
    """The same package with one of its parts changed."""
    old, new = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO()
    assert old.testzip() is None
    with zipfile.ZipFile(new, "w") as package:
        for part in old.namelist():
            text = old.read(part)
            package.writestr(part, change(text.decode()).encode() if part == name else text)
    return new.getvalue()


def once(text, old, new, after=""):
    """Replaces what comes first behind after, and must be there."""
    at = text.index(old, text.index(after))
    return text[:at] + new + text[at + len(old):]


def tick_in_word(xml, tag):
    tag = f'<w:tag w:val="mercat.{tag}"/>'
    xml = once(xml, '<w14:checked w14:val="0"/>', '<w14:checked w14:val="1"/>', tag)
    return once(xml, "☐", "☒", tag)


def type_in_word(xml, tag, runs):
    tag = f'<w:tag w:val="mercat.{tag}"/>'
    xml = once(xml, "<w:showingPlcHdr/>", "", tag)
    at = xml.index("<w:r>", xml.index(tag))
    end = xml.index("</w:r>", at) + len("</w:r>")
    return xml[:at] + runs + xml[end:]


def run(text):
    return f'<w:r><w:t xml:space="preserve">{html.escape(text)}</w:t></w:r>'


def in_word(xml):
    for tag in ("type.2", "permission.1", "contact.2", "q2.1", "q3.1", "q3.3"):
        xml = tick_in_word(xml, tag)
    xml = type_in_word(xml, "name", run("Siân O'Neil"))
    xml = type_in_word(xml, "organisation", run("Rowan ") + run("Trust"))
    first, last = ANSWER.split("\n\n")
    return type_in_word(
        xml, "q1.answer",
        run(first) + '</w:p><w:p><w:pPr><w:pStyle w:val="Answer"/></w:pPr>' + run(last))


def in_office(xml):
    for tag in ("type.2", "permission.1", "contact.2", "q2.1", "q3.1", "q3.3"):
        at = xml.rindex("<loext:content-control", 0, xml.index(f'loext:tag="mercat.{tag}"'))
        xml = xml[:at] + once(once(xml[at:], 'loext:checked="false"', 'loext:checked="true"'),
                              ">☐<", ">☒<")
    for tag, value in (("name", "Siân O'Neil"), ("organisation", "Rowan Trust"),
                       ("q1.answer", ANSWER)):
        at = xml.index("<text:placeholder", xml.index(f'text:name="mercat.{tag}"'))
        end = xml.index("</text:placeholder>", at) + len("</text:placeholder>")
        xml = xml[:at] + html.escape(value).replace(
            "\n\n", '</text:p><text:p text:style-name="Answer">') + xml[end:]
    return xml


def in_text(text):
    for option in ("Organisation", "Publish response with name", "By post", "In a meeting"):
        text = once(text, f"[ ] {option}", f"[x] {option}")
    text = once(text, "[ ] No", "[X] No", "May we contact you")
    text = once(text, "[ ] Yes", "[x] Yes", "Question 2 of 3")
    text = once(text, "Your name: ", "Your name: Siân O'Neil")
    text = once(text, "answer for one: ", "answer for one: Rowan Trust")
    return once(text, "Your answer to question 1:\n", f"Your answer to question 1:\n{ANSWER}\n")


def reference_of(house, person):
    reference = wait_for(f"the response of {person}", lambda: [
        row["reference"] for row in house.responses("words", "--limit", 100)
        if row["from_address"] == person])[0]
    wait_for("its files to be read", lambda: all(
        file["text_state"] != "waiting"
        for file in house.json("response", "show", reference)["attachments"]))
    return reference


def is_read_as_filled_in(house, person):
    reference = reference_of(house, person)
    shown = house.json("response", "show", reference)
    assert {field: shown["respondent"][field] for field in (
        "name", "organisation", "type", "permission", "contact")} == {
            "name": "Siân O'Neil", "organisation": "Rowan Trust", "type": "organisation",
            "permission": "name", "contact": "no"}
    assert [(row["question"], row["option"]) for row in shown["choices"]] == [
        (2, "Yes"), (3, "By post"), (3, "In a meeting")]
    answers = {row["question"]: row["text"].split() for row in shown["answers"]}
    assert answers[1] == ANSWER.split() and 2 not in answers and 3 not in answers
    page = house.see("Edda Editor", f"/staff/consultations/words/responses/{int(reference.rpartition('-')[2])}")
    assert page.status == 200, page.status
    for value in ("Siân O&#39;Neil", "Rowan Trust", "By post", "Cad &amp; &lt;bounder&gt;"):
        assert value in page.text, value
    pieces = page.text.split('<div class="piece')
    answer, = [piece for piece in pieces if "<b>Question 1</b>" in piece]
    assert "bounder" in answer and "Form reference" not in answer, answer
    assert len([piece for piece in pieces[1:] if "Form reference" in piece]) == 1


@pytest.mark.parametrize("kind, person, part, fill", (
    ("docx", ADA, "word/document.xml", in_word), ("odt", BOB, "content.xml", in_office)))
def test_file_is_downloaded_filled_in_and_read_exactly(house, links, kind, person, part, fill):
    words = {"docx": "Response form (Word)", "odt": "Response form (OpenDocument)"}[kind]
    answer = house.get(links[words])
    assert answer.status == 200 and answer.headers["content-type"] == KINDS[kind]
    assert f"words-response-form.{kind}" in answer.headers["content-disposition"]
    house.mail(person, f"words@{DOMAIN}", "Our response", "Please find it attached.\n",
               attachments=((f"form.{kind}", KINDS[kind], repacked(answer.body, part, fill)),))
    is_read_as_filled_in(house, person)


def test_text_is_copied_into_a_mail_and_read_exactly(house, links):
    answer = house.get(links["Response form (plain text, to copy into an email)"])
    assert answer.status == 200 and "Old words & new ones" in answer.text
    house.mail(CAT, f"words@{DOMAIN}", "Our response",
               "Good morning,\n\nthis is what we say.\n\n" + in_text(answer.text))
    is_read_as_filled_in(house, CAT)


def test_link_opens_a_mail_with_the_form(house, links):
    link = urllib.parse.urlsplit(links["Respond by email"])
    assert link.scheme == "mailto" and link.path == f"words@{DOMAIN}"
    fields = urllib.parse.parse_qs(link.query.replace("+", "%2B"), strict_parsing=True)
    body = fields["body"][0].replace("\r\n", "\n")
    house.mail(DAN, link.path, fields["subject"][0], in_text(body))
    is_read_as_filled_in(house, DAN)


def test_form_that_was_left_blank_says_nothing(house, links):
    answer = house.get(links["Response form (Word)"])
    house.mail(EVE, f"words@{DOMAIN}", "Our response", "Please find it attached.\n",
               attachments=(("form.docx", KINDS["docx"], answer.body),))
    shown = house.json("response", "show", reference_of(house, EVE))
    assert {shown["respondent"][field] for field in ("type", "permission", "contact")} == {
        "unknown"}
    assert shown["respondent"]["organisation"] is None and not shown["choices"]
    assert all(row["question"] in (0, None) for row in shown["answers"]), shown["answers"]


def test_form_is_as_visible_as_its_page(house):
    house.consult("hidden")
    endings = ("docx", "odt", "txt")
    assert [house.get(f"/consultations/hidden/form.{end}").status for end in endings] == [404] * 3
    for number, kind in enumerate(("docx", "odt", "text")):
        path = f"{house.folder}/hidden.{endings[number]}"
        house.ok("consultation", "form", "hidden", "--as", kind, "--to", path)
        with open(path, "rb") as file:
            written = file.read()
        house.ok("consultation", "open", "hidden")
        assert house.get(f"/consultations/hidden/form.{endings[number]}").body == written
    queue = house.see("Edda Editor", "/staff/consultations/hidden").text
    assert "/consultations/hidden/form.docx" in queue
    house.ok("consultation", "close", "hidden")
    assert [house.get(f"/consultations/hidden/form.{end}").status for end in endings] == [404] * 3
    assert "form.docx" not in house.get("/consultations/hidden").text
    assert house.get("/consultations/nowhere/form.docx").status == 404
    assert house.mercat("consultation", "form", "hidden", "--as", "pdf", "--to", "x").code == 2

