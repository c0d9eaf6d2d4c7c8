"""Files that are to be published are looked through for who has not allowed it: in the parts of
office files, in archives, in PDF, in names of files."""
import io
import re
import zipfile

import pytest

from e2e.browser import look_over
from e2e.staff import StaffSite, see

NAME = "Olive Quarry"
REPORT = "/staff/consultations/hall/report"
EDDA, ABE = "Edda Editor", "Abe Approver"


def respondent(desk, name, permission, text):
    said = desk.json("response", "add", "hall", "--channel", "paper", "--received", "yesterday",
                     "--silent", "--text", text, "--permission", permission, "--type",
                     "individual", "--name", name)
    desk.ok("response", "include", re.search(r"hall-\d+", str(said))[0])


@pytest.fixture(name="desk", scope="module")
def a_desk():
    with StaffSite.opened() as desk:
        desk.consult("hall", "Opening hours of the hall")
        desk.hire_all()
        respondent(desk, NAME, "none", "I was hurt there in the dark and nobody came to see.")
        respondent(desk, "Ada Byron", "name", "It should be open on Sundays for all of us.")
        yield desk


def test_an_organisation_that_was_typed_in_may_be_named(desk):
    for permission, code in (("without name", 0), ("none", 1)):
        desk.json("response", "add", "hall", "--channel", "paper", "--received", "yesterday",
                  "--silent", "--text", "Yes.", "--permission", permission, "--type",
                  "organisation", "--organisation", f"Club {permission}")
        path = desk.write("club.txt", f"So says Club {permission}.")
        assert desk.mercat("report", "scan", "hall", path).code == code, permission


def zipped(**parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        for name, content in parts.items():
            z.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return out.getvalue()


WORD = zipped(word__document_dot_xml="<w:p><w:t>All is well.</w:t></w:p>",
              docProps__core_dot_xml=f"<dc:creator>{NAME}</dc:creator>")
SPREADSHEET = zipped(xl__workbook_dot_xml="<workbook/>",
                     xl__sharedStrings_dot_xml="<si><t>Oli</t><t>ve</t></si><si><t>n</t></si>"
                                               "<si><r><t>Olive </t></r><r><t>Quarry</t></r></si>")
PDF_HEAD = b"""%%PDF-1.4
1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 5 0 R
/Resources<</Font<</F 6 0 R>>>>>> endobj
4 0 obj <</Author(%s)>> endobj
5 0 obj <</Length %d>> stream
%s
endstream endobj
6 0 obj <</Type/Font/Subtype/Type1/BaseFont/Helvetica>> endobj
trailer <</Root 1 0 R/Info 4 0 R>>
%%%%EOF
"""


def pdf(author, line):
    words = b"BT /F 12 Tf 20 200 Td (%s) Tj ET" % line
    return PDF_HEAD % (author, len(words), words)


FILES = {
    "plain.txt": (f"So {NAME} said.", NAME),
    "page.html": ('<p title="olive quarry">Well.</p>', "olive quarry"),
    "letter.docx": (WORD, NAME),
    "tables.xlsx": (SPREADSHEET, "Olive </t></r><r><t>Quarry"),
    "about.pdf": (pdf(NAME.encode(), b"All is well."), NAME),
    "pages.pdf": (pdf(b"Us", b"OLIVE QUARRY said so"), "OLIVE QUARRY"),
    "bundle.zip": (zipped(a__letter_dot_docx=WORD), NAME),
    "named.zip": (zipped(a__olive_quarry_dot_html="<p>Well.</p>"), "olive_quarry"),
    "olive-quarry.csv": ("a,b\n1,2\n", "olive-quarry"),
    "words.md": ("> I was **hurt** there in the\n> dark and nobody came.",
                 "I was **hurt** there in the > dark and nobody came"),
}


@pytest.mark.parametrize("name", FILES)
def test_a_leak_in_a_file_is_found(desk, name):
    content, words = FILES[name]
    path = desk.write(name, content)
    assert desk.mercat("report", "scan", "hall", path).code == 1
    found = rows(desk, path)
    assert [row["words"] for row in found if row["finding"] == "open"][:1] == [words], found
    assert all(row["response"] == "hall-0001" for row in found)


def rows(desk, path):
    return desk.mercat("report", "scan", "hall", path, form="json").json


CLEAN = {
    "clean.txt": b"Ada Byron said that it should be open on Sundays for all of us.",
    "clean.docx": zipped(word__document_dot_xml="<w:p><w:t>Ada Byron</w:t></w:p>"),
    "clean.pdf": pdf(b"Us", b"A quarry of stones"),
}


@pytest.mark.parametrize("name", CLEAN)
def test_what_is_clean_is_clean(desk, name):
    done = desk.mercat("report", "scan", "hall", desk.write(name, CLEAN[name]))
    assert (done.code, "Nobody is named in it" in done.out) == (0, True), done.err


def test_what_cannot_be_read_is_not_clean(desk):
    done = desk.mercat("report", "scan", "hall", desk.write("broken.docx", WORD[:60]))
    assert done.code == 1 and "could not be read" in done.err, done.out


def test_what_is_no_leak_is_settled_with_a_reason(desk):
    path = desk.write("q.txt", "The Quarry is a place in the north of the town.")
    assert desk.mercat("report", "scan", "hall", path).code == 1
    refused = desk.mercat("report", "settle", "hall", "Quarry", path)
    assert refused.code != 0 and "Say why" in refused.err
    desk.ok("report", "settle", "hall", "Quarry", path, "--reason", "A place, not a person.")
    desk.ok("report", "scan", "hall", path)
    row, = rows(desk, path)
    assert (row["finding"], row["may_stand"]) == ("settled", "A place, not a person.")
    desk.write("q.txt", "I met Quarry there.")
    assert desk.mercat("report", "scan", "hall", path).code == 1
    assert any("leak settled" in str(row) for row in desk.json("audit", "list"))


def test_the_page_of_a_report_tells_and_settles(desk):
    desk.ok("report", "save", "hall", desk.write("r.md", "# {{title}}\n\nThe old Quarry.\n"))
    assert desk.mercat("report", "edition", "hall").code == 2
    page = desk.see(EDDA, REPORT).text
    assert "Line 3" in page and "the surname of a respondent who may not be named" in page
    assert "It may stand</button>" not in page
    with desk.window(ABE, REPORT) as browser:
        see(browser, "Respondents who may not be named")
        assert look_over(browser, "report with a name") == []
        browser.fill('[name="reason"]', "A place.")
        browser.click('main button:text-is("It may stand")')
        see(browser, '"Quarry" may stand.')
        see(browser, "It may stand, Abe Approver says: A place.")
        assert look_over(browser, "report with a name settled") == []
    desk.ok("report", "edition", "hall")
    page = desk.see(ABE, f"{REPORT}/editions/1").text
    assert "It may stand, Abe Approver says: A place." in page
    refused = desk.do(EDDA, f"{REPORT}/settle", {"words": "Quarry", "reason": "x"})
    assert refused.status == 403
