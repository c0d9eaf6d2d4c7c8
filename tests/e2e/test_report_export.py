"""An edition of a report as every kind of file: the same figures stand in each, the PDF is tagged,
and what makes them fails in one sentence, with no file that looks whole."""
import csv
import html
import io
import os
import re
import subprocess
import zipfile
import zlib
from xml.etree import ElementTree

import openpyxl
import pytest

from e2e.browser import look_over
from e2e.house import wait_for
from e2e.staff import StaffSite, see

ABE, EDDA = "Abe Approver", "Edda Editor"
REPORT = "/staff/consultations/halls/report"
TITLE = "Halls & homes: “safe” places"
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TEXTS = ("Open the hall on Sundays, please: we have nowhere else to go.",
         "The rent of the rooms rises each year and the café had to close.",
         "Buses stop at six, so nobody under 17 comes home from the club.")


@pytest.fixture(name="desk", scope="module")
def a_desk():
    with StaffSite.opened() as desk:
        desk.consult("halls", TITLE)
        desk.hire_all()
        desk.ok("consultation", "options", "halls", "2", "Yes", "No", "Don't know")
        desk.ok("code", "add", "halls", "opening hours", "--definition", "When it is open.")
        desk.ok("code", "add", "halls", "Sundays", "--below", "opening hours", "--definition",
                "Open at the weekend; not holidays.")
        for i in range(38):
            desk.ok("code", "add", "halls", f"matter {i:02}: rent & <repairs>",
                    "--definition", f"Costs of a house that has {i} rooms, \"all in\".")
        for i in range(60):
            organisation = i % 5 == 0
            ref = desk.json("response", "add", "halls", "--channel", ("paper", "telephone")[i % 2],
                            "--received", "yesterday", "--silent", "--text", TEXTS[i % 3],
                            "--permission", "without name", "--type",
                            "organisation" if organisation else "individual",
                            *(["--organisation", f"Club & Sons {i}"] if organisation else []))
            ref = re.search(r"halls-\d+", str(ref))[0]
            desk.ok("response", "include", ref)
            if i % 7:
                desk.ok("response", "choose", ref, "2", ("Yes", "No", "Don't know")[i * i % 3])
            desk.ok("response", "code", ref,
                    ("Sundays", "matter 03: rent & <repairs>",
                     "matter 17: rent & <repairs>")[i % 3],
                    "--from", "0", "--to", str(len(TEXTS[i % 3])))
        desk.ok("report", "draft", "halls")
        text = desk.ok("report", "show", "halls", "--source").out
        desk.ok("report", "save", "halls", desk.write(
            "report.md", text + "\n## In their words\n\n{{chart responses by code}}\n\n"
            "{{quotes code:Sundays 2}}\n"))
        desk.ok("report", "edition", "halls")
        yield desk


def export(desk, form, *more):
    """The file that the command writes."""
    path = f"{desk.folder}/out.{form}"
    if os.path.exists(path):
        os.unlink(path)
    desk.ok("report", "export", "halls", "--to", form, "--output", path, *more)
    kept = os.environ.get("MERCAT_KEEP_EXPORTS")
    with open(path, "rb") as file:
        content = file.read()
    if kept:
        with open(f"{kept}/out.{form}", "wb") as file:
            file.write(content)
    return content


def folded(text):
    return " ".join(html.unescape(text).split())


def of_html(page):
    """[(caption, rows)] of a page."""
    return [(folded(re.search(r"<caption>(.*?)</caption>", table, re.S)[1]),
             [[folded(re.sub("<[^>]*>", "", cell)) for cell in
               re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S)]
              for row in re.findall(r"<tr[^>]*>(.*?)</tr>", table, re.S)])
            for table in re.findall(r"<table>(.*?)</table>", page, re.S)]


def of_docx(content):
    """The same of a Word document, by its XML."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert package.testzip() is None
        body = ElementTree.fromstring(package.read("word/document.xml"))[0]
    tables, caption = [], ""
    for part in body:
        if part.tag == f"{WORD}p":
            caption = folded("".join(part.itertext())) or caption
        elif part.tag == f"{WORD}tbl":
            assert part.find(f".//{WORD}tblHeader") is not None, "no head row is repeated"
            tables.append((caption, [[folded("".join(cell.itertext()))
                                      for cell in row.iter(f"{WORD}tc")]
                                     for row in part.iter(f"{WORD}tr")]))
    return tables


def shown(cell):
    """A cell as a spreadsheet shows it."""
    if cell.value is None:
        return ""
    if isinstance(cell.value, str):
        return folded(cell.value)
    return f"{cell.value:.1%}" if cell.number_format == "0.0%" else f"{cell.value:,}"


def of_xlsx(content):
    book = openpyxl.load_workbook(io.BytesIO(content))
    tables = []
    for sheet in book.worksheets[1:]:
        rows = [[shown(cell) for cell in row] for row in sheet.iter_rows(min_row=3)]
        wide = len([cell for cell in rows[0] if cell])
        tables.append((folded(sheet["A1"].value), [row[:wide] for row in rows]))
    return book, tables


def of_pdf(content):
    """The words of its pages, in their order, without the breaks of lines and pages."""
    text = subprocess.run(["pdftotext", "-layout", "-", "-"], input=content, check=True,
                          stdout=subprocess.PIPE).stdout.decode()
    return text


def test_the_same_figures_stand_in_every_form(desk):
    page = export(desk, "html").decode()
    tables = of_html(page)
    assert "; a number of responses that is not shown did not answer it." in page
    assert len(tables) > 6 and sum(len(rows) for _, rows in tables) > 60
    assert [caption.split(":")[0] for caption, _ in tables] == [
        f"Table {i + 1}" for i in range(len(tables))]
    assert of_docx(export(desk, "docx")) == tables
    book, sheets = of_xlsx(export(desk, "xlsx"))
    assert all("has not been approved" in sheet["A2"].value for sheet in book.worksheets)
    assert [caption for caption, _ in sheets] == [caption for caption, _ in tables]
    for (caption, rows), (_, cells) in zip(tables, sheets):
        assert cells[:len(rows)] == rows, caption
    in_csv = [row for row in csv.reader(io.StringIO(
        export(desk, "csv").decode("utf-8-sig"), newline="")) if row]
    numbers = [[re.sub(r"^(\d{1,3}(?:,\d{3})+)$", lambda m: m[1].replace(",", ""), cell)
                for cell in row] for caption, rows in tables for row in [[caption], *rows]]
    assert [[folded(cell) for cell in row] for row in in_csv] == numbers


def words_of(cells):
    return re.findall(r"[\w.,%&<>-]+", " ".join(cells))


def test_every_number_of_every_table_stands_in_the_pdf(desk):
    content = export(desk, "pdf")
    text = of_pdf(content)
    place = 0
    for caption, rows in of_html(export(desk, "html").decode()):
        place = text.index(caption[:60], place)
        for row in rows[1:]:
            figures = [cell for cell in row[1:] if re.fullmatch(r"[\d.,]+%?", cell)]
            if not figures:
                continue
            line = re.compile(r"\s+".join(re.escape(cell) for cell in row[1:] if cell))
            found = line.search(text, place)
            assert found, (caption, row)
            place = found.start()


def objects_of(content):
    """What a PDF says outside of its pages, as text, with what was packed."""
    parts = [content]
    for found in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", content, re.S):
        try:
            parts.append(zlib.decompress(found[1]))
        except zlib.error:
            continue
    return b"\n".join(parts)


def test_the_pdf_is_tagged_and_says_so(desk):
    content = export(desk, "pdf")
    assert content.startswith(b"%PDF-1.7")
    said = objects_of(content)
    assert b"pdfuaid:part" in said and b"/Lang" in said and b"/DisplayDocTitle true" in said
    path = f"{desk.folder}/out.pdf"
    info = subprocess.run(["pdfinfo", path], check=True, stdout=subprocess.PIPE).stdout.decode()
    assert re.search(r"Tagged: +yes", info) and TITLE in info
    tree = subprocess.run(["pdfinfo", "-struct", path], check=True,
                          stdout=subprocess.PIPE).stdout.decode()
    page = export(desk, "html").decode()
    for tag, least in (("H1", 1), ("H2", len(re.findall("<h2>", page))), ("BlockQuote", 1),
                       ("Figure", page.count("<svg")), ("Caption", len(of_html(page))),
                       ("THead", len(of_html(page))), ("TH", 100), ("TD", 100)):
        assert len(re.findall(rf"^ *{tag}\b", tree, re.M)) >= least, (tag, tree[:2000])
    assert len(re.findall(rb"/Alt ", content)) == page.count("<svg")
    assert content.count(b"/Scope /Column") >= len(of_html(page))


def test_charts_have_words_in_every_form(desk):
    titles = [folded(one) for one in re.findall(r"<svg.*?<title[^>]*>(.*?)</title>",
                                                export(desk, "html").decode(), re.S)]
    assert titles
    with zipfile.ZipFile(io.BytesIO(export(desk, "docx"))) as package:
        document = package.read("word/document.xml").decode()
        assert "Not approved: not for publication" in package.read("word/footer1.xml").decode()
        assert len([name for name in package.namelist() if name.endswith(".png")]) >= 1
    alts = [folded(one) for one in re.findall(r'<wp:docPr [^>]*descr="([^"]*)"', document)]
    assert len(alts) == len(titles)
    assert all(alt.startswith(title) and re.search(r"\d", alt) for alt, title in zip(alts, titles))
    with zipfile.ZipFile(io.BytesIO(export(desk, "xlsx"))) as package:
        charts = [name for name in package.namelist() if "/charts/chart" in name]
        drawings = "".join(package.read(name).decode() for name in package.namelist()
                           if re.match(r"xl/drawings/drawing\d+\.xml$", name))
        first = package.read(sorted(charts)[0]).decode()
    assert len(charts) >= len(titles)
    # The first row stands on top, and bars grow to the right.
    labels, values = first[first.index("<c:catAx>"):first.index("<c:valAx>")], first[
        first.index("<c:valAx>"):]
    assert 'orientation val="maxMin"' in labels and 'orientation val="minMax"' in values
    assert drawings.count("descr=") == len(charts)


def press(browser, words):
    browser.click(f'main :is(button, a):text-is("{words}")')


def is_made(browser, words):
    """Looks again, as a person would, until the page offers the file."""
    def looks():
        browser.open(f"{REPORT}/editions/1")
        return words in browser.text("main .report-files")
    return wait_for(words, looks, 120)


def test_a_page_has_them_made_and_offers_them(desk):
    types = {"pdf": ("PDF", "application/pdf", b"%PDF-"),
             "docx": ("Word document", "application/vnd.openxmlformats-officedocument."
                      "wordprocessingml.document", b"PK"),
             "xlsx": ("workbook", "application/vnd.openxmlformats-officedocument."
                      "spreadsheetml.sheet", b"PK")}
    place = f"{REPORT}/editions/1"
    for form in types:
        assert desk.see(EDDA, f"{place}/{form}").status == 404
    with desk.window(EDDA, place) as browser:
        for words, _, _ in types.values():
            press(browser, f"Make the {words}")
            see(browser, "The file is being made.")
        for form, (words, _, _) in types.items():
            is_made(browser, f"Save the {words}")
        assert look_over(browser, "edition with files") == []
        browser.look(width=1440, dark=False)
        if os.environ.get("MERCAT_KEEP_EXPORTS"):
            browser.ask("shot", full=False, file=os.environ["MERCAT_KEEP_EXPORTS"] + "/page.png")
    for form, (_, kind, begins) in types.items():
        answer = desk.see(EDDA, f"{place}/{form}")
        assert answer.status == 200 and answer.body.startswith(begins)
        assert answer.headers["content-type"] == kind
        assert f"halls-report-1.{form}" in answer.headers["content-disposition"]
    assert of_docx(desk.see(EDDA, f"{place}/docx").body) == of_docx(export(desk, "docx"))
    assert "not been approved" in of_pdf(desk.see(EDDA, f"{place}/pdf").body)


def test_what_was_made_before_it_was_approved_is_made_again(desk):
    place = f"{REPORT}/editions/1"
    assert desk.do(ABE, f"{place}/approve").status == 303
    assert desk.see(EDDA, f"{place}/pdf").status == 404
    assert desk.do("Rae Reader", f"{place}/files", {"form": "pdf"}).status == 303
    with desk.window("Rae Reader", place) as browser:
        is_made(browser, "Save the PDF")
    text = of_pdf(desk.see("Rae Reader", f"{place}/pdf").body)
    assert "approved on" in text and "not approved" not in text.lower()


def test_rights_and_odd_forms(desk):
    place = f"{REPORT}/editions/1"
    for name in ("Nona Nothing", "Ann Admin"):
        assert desk.see(name, f"{place}/pdf").status in (403, 404), name
        assert desk.do(name, f"{place}/files", {"form": "pdf"}).status in (403, 404), name
    for form in ("html", "exe", "", "../pdf"):
        assert desk.do(EDDA, f"{place}/files", {"form": form}).status == 404, form
    assert desk.do(EDDA, f"{REPORT}/editions/9/files", {"form": "pdf"}).status == 404
    done = desk.mercat("report", "export", "halls", "--to", "odt")
    assert done.code == 2 and "the forms are html, md, csv, pdf, docx, xlsx" in done.err
