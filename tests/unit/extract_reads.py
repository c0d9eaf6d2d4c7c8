"""Every kind of attachment, whole, broken, locked and hostile; prints TAP.

Beside what is read, each case holds the child to its 2 s of CPU and 128 MB.
"""
import json
import os
import random
import subprocess
import sys
import tempfile
import zipfile
import zlib

import papers
from papers import BODY, docx, odt, par, pdf, run, shown, tnef, zipped

SANITIZED = "--sanitized" in sys.argv
CPU_S, RSS_KB = 2.4, 140 << 10     # the parent's own pages are counted with a child's

TABLE = ("<w:tbl><w:tr><w:tc>" + par(run("name")) + "</w:tc><w:tc>" + par(run("Zoë"))
         + "</w:tc></w:tr><w:tr><w:tc>" + par(run("age")) + "</w:tc><w:tc>" + par(run("9"))
         + "</w:tc></w:tr></w:tbl>")
DELETED = par(run("kept "), "<w:del><w:r><w:delText>gone</w:delText></w:r></w:del>",
              "<w:ins>" + run("added") + "</w:ins>",
              "<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>")
BOXES = par(*(f'<w:r><w:fldChar><w:ffData><w:checkBox><w:default w:val="0"/>{mark}'
              f"</w:checkBox></w:ffData></w:fldChar></w:r>{run(word)}"
              for mark, word in (("<w:checked/>", " yes "), ("", " no "))),
            '<w:r><w:sym w:font="Wingdings" w:char="F0A8"/></w:r>')
CHOICE = par("<mc:AlternateContent><mc:Choice>" + run("once")
             + "</mc:Choice><mc:Fallback>" + run("once") + "</mc:Fallback>"
             "</mc:AlternateContent>")
NOTES = ("word/footnotes.xml", f'<w:footnotes xmlns:w="{papers.W}"><w:footnote>'
         + par(run("a note below")) + "</w:footnote></w:footnotes>")
HEAD = ("word/header1.xml", f'<w:hdr xmlns:w="{papers.W}">' + par(run("letterhead"))
        + "</w:hdr>")
ODT_BODY = (
    "<office:body><office:text><text:tracked-changes><text:p>gone</text:p>"
    "</text:tracked-changes><text:h>Title</text:h><text:p>one<text:s text:c=\"2\"/>two"
    "<text:tab/>three<text:line-break/>four<text:note><text:note-citation>1"
    "</text:note-citation><text:note-body><text:p>a note</text:p></text:note-body>"
    "</text:note></text:p><table:table><table:table-row><table:table-cell><text:p>a"
    "</text:p></table:table-cell><table:table-cell><text:p>b</text:p></table:table-cell>"
    "</table:table-row></table:table></office:text></office:body>")
STYLES = ("styles.xml", papers.ODF.format(
    "<style:master-page><style:header><text:p>letterhead</text:p></style:header>"
    "</style:master-page><text:p>no</text:p>"))
XLSX = zipped([
    ("xl/workbook.xml", "<workbook/>"),
    ("xl/worksheets/sheet1.xml", '<worksheet><sheetData><row><c t="s"><v>1</v></c><c><v>7'
     '</v></c></row><row><c t="inlineStr"><is><t>here</t></is></c><c><f>A1</f><v>3</v></c>'
     "</row></sheetData></worksheet>"),
    ("xl/sharedStrings.xml", "<sst><si><t>zero</t></si><si><r><t>on</t></r><r><t>e</t></r>"
     "</si></sst>")])
# Dates, a percentage and truths by their styles; a date without one is a number.
KINDS = zipped([
    ("xl/workbook.xml", "<workbook/>"),
    ("xl/styles.xml", '<styleSheet><numFmts><numFmt numFmtId="170" formatCode="dd/mm/yyyy;@"/>'
     '</numFmts><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>'
     '<xf numFmtId="14"/><xf numFmtId="22"/><xf numFmtId="9"/><xf numFmtId="170"/></cellXfs>'
     "</styleSheet>"),
    ("xl/worksheets/sheet1.xml", '<worksheet><sheetData><row><c s="1"><v>46355</v></c>'
     '<c s="2"><v>46355.5</v></c><c s="3"><v>0.5</v></c><c t="b" s="0"><v>1</v></c>'
     '<c><v>46355</v></c></row><row><c s="4"><v>45351</v></c><c t="b"><v>0</v></c></row>'
     "</sheetData></worksheet>"),
    ("xl/comments1.xml", "<comments><commentList><comment><text><r><t>beside a cell</t></r>"
     "</text></comment></commentList></comments>")])
NOTES_PDF = papers.bound([
    b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [4 0 R] /Count 1 >>",
    b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R /Annots [6 0 R 7 0 R]"
    b" /Resources << /Font << /F1 3 0 R >> >> >>",
    b"<< /Length %d >>\nstream\n%s\nendstream" % (len(shown(b"on the page")),
                                                shown(b"on the page")),
    b"<< /Type /Annot /Subtype /Text /Rect [0 0 9 9] /Contents (in the margin) >>",
    b"<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /Contents (a link) >>"])
PPTX = zipped([
    ("ppt/presentation.xml", "<p/>"),
    ("ppt/slides/slide1.xml", '<s xmlns:a="x"><a:p><a:r><a:t>first slide</a:t></a:r></a:p>'
     "</s>")])
RTF = (rb"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset204 "
       rb"Times;}}{\info{\title no}}Caf\'e9 \u8364? 5\par {\f1\'cf\'f0\'e8} \uc2\u26085\'93\'fa\uc1"
       rb"\u-10179?\u-8704?\tab {\*\junk no}{\deleted no}{\v no}\emdash\par"
       rb"\trowd a\cell b\cell\row {\field{\*\fldinst{\*\formfield\fftype1\ffres1}}"
       rb"{\fldrslt }}tick{\pict 00ff}\{x\}\line end\par}")
MAIL = (b"From: Zoe <zoe@example.org>\r\nSubject: inner\r\nContent-Type: multipart/mixed;"
        b" boundary=b\r\n\r\n--b\r\n\r\ninner words\r\n--b\r\nContent-Type: image/png;"
        b" name=a.png\r\n\r\nx\r\n--b--\r\n")
WHOLE = docx(par(run("some words")) * 3000)
STORED = zipped([("word/document.xml", BODY.format(
    "".join(par(run(f"words {n}")) for n in range(2000))))], zipfile.ZIP_STORED)
NOISE = random.Random(7).randbytes(50000)
LOCKED_ODT = odt("<office:body/>", ("META-INF/manifest.xml",
                                    "<manifest><encryption-data/></manifest>"))
FLATE = b"/Filter /FlateDecode"
HUGE_PAGE = zlib.compress(shown(b"x") + b" 0 0 m 9 9 l S\n" * 20_000_000, 6)
MUCH_TEXT = shown(b"many words to fill the page with") * 50_000

NESTED = b"x"
for _ in range(9):
    NESTED = tnef("", (("winmail.dat", NESTED),))
CHOSEN = ('<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList>{}<w:listEntry'
          ' w:val="first"/><w:listEntry w:val="second"/></w:ddList></w:ffData></w:fldChar>'
          '<w:fldChar w:fldCharType="end"/></w:r>')


OBJECT = '<w:r><w:object><o:OLEObject xmlns:o="o" ProgID="{}"/></w:object></w:r>'
HOLDING = papers.bound([
    b"<< /Type /Catalog /Pages 2 0 R /Names << /EmbeddedFiles << /Names [(a) 6 0 R] >> >> >>",
    b"<< /Type /Pages /Kids [4 0 R] /Count 1 >>",
    b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R"
    b" /Resources << /Font << /F1 3 0 R >> >> >>",
    b"<< /Length %d >>\nstream\n%s\nendstream" % (len(shown(b"see the files")),
                                                shown(b"see the files")),
    b"<< /Type /Filespec /F (a.txt) /EF << /F 7 0 R >> >>",
    b"<< /Type /EmbeddedFile /Length 1 >>\nstream\nx\nendstream"])
PINNED = HOLDING.replace(b" /Names << /EmbeddedFiles << /Names [(a) 6 0 R] >> >>", b"").replace(
    b" /Contents 5 0 R", b" /Contents 5 0 R /Annots [<< /Type /Annot /Subtype /FileAttachment"
    b" /Rect [0 0 9 9] /FS 6 0 R >>]").replace(b"see the files", b"see the pin  ")


def within(depth):
    inner = b"x"
    for _ in range(depth):
        inner = zipped([("a.zip", inner)])
    return inner


# name, bytes, state, source, words that stand in the text, word of the reason
CASES = (
    ("plain.docx", docx(par(run("Hello"), run(" world")) + par(run("Zoë &amp; all"))),
     "done", "docx", "Hello world\nZoë & all", None),
    ("table.docx", docx(TABLE), "done", "docx", "name\tZoë\nage\t9", None),
    ("deleted.docx", docx(DELETED), "done", "docx", "kept added", None),
    ("boxes.docx", docx(BOXES), "done", "docx", "\u2612 yes \u2610 no \u2610", None),
    ("choice.docx", docx(CHOICE), "done", "docx", "once", None),
    ("notes.docx", docx(par(run("body")), NOTES, HEAD), "done", "docx",
     "body\nletterhead\na note below", None),
    ("odd.docx", zipped([("word/document2.xml", BODY.format(par(run("odd"))))]), "done",
     "docx", "odd", None),
    ("called.txt", docx(par(run("a Word file all the same"))), "done", "docx",
     "a Word file all the same", None),
    ("empty.docx", docx(par()), "unreadable", "docx", None, "no text"),
    ("half.docx", STORED[:len(STORED) // 2], "unreadable", "docx", "words 0\nwords 1\n",
     "broken"),
    ("torn.docx", zipped([("word/document.xml", BODY.format(par(run("before")) * 99)[:-40])]),
     "unreadable", "docx", "before\nbefore", "broken"),
    ("noise.docx", b"PK\3\4" + NOISE, "unreadable", "archive", None, "broken"),
    ("plain.odt", odt(ODT_BODY, STYLES), "done", "odt",
     "Title\none  two\tthree\nfour\na\tb\nletterhead\na note", None),
    ("flat.fodt", (papers.ODF.replace("document-content", "document").format(
        "<office:meta><x>no</x></office:meta><office:body><office:text><text:p>in one file</text:p>"
        "<text:p>and more</text:p></office:text></office:body>")).encode(),
     "done", "odt", "in one file\nand more", None),
    ("locked.odt", LOCKED_ODT, "unreadable", "odt", None, "encrypted"),
    ("plain.xlsx", XLSX, "done", "xlsx", "one\t7\nhere\t3", None),
    ("kinds.xlsx", KINDS, "done", "xlsx",
     "2026-11-29\t2026-11-29 12:00\t50%\tTRUE\t46355\n2024-02-29\tFALSE\n\nbeside a cell", None),
    ("struck.docx", docx(par("<w:r><w:rPr><w:strike/></w:rPr><w:t>shall</w:t></w:r>",
                             run(" may"))), "done", "docx", "~~shall~~ may", None),
    ("notes.pdf", NOTES_PDF, "done", "pdf", "on the page\n\nNote: in the margin", None),
    ("plain.pptx", PPTX, "done", "pptx", "first slide", None),
    ("plain.rtf", RTF, "done", "rtf",
     "Café € 5\nПри 日\U0001f600\t—\na\tb\n\u2612tick{x}\nend", None),
    ("called.doc", RTF, "done", "rtf", None, None),
    ("cut.rtf", RTF[:-1], "unreadable", "rtf", "Café € 5", "cut off"),
    ("deep.rtf", b"{\\rtf1 " + b"{" * 500000 + b"x", "unreadable", "rtf", None, "cut off"),
    ("plain.doc", papers.doc("Dear team,\rMüsli for 5 €.\r"), "done", "doc",
     "Dear team,\nMüsli for 5 €.", None),
    ("narrow.doc", papers.doc("caf\xe9 words here\r", 0, "cp1252"), "done", "doc",
     "café words here", None),
    ("locked.doc", papers.doc("secret", 0x1100), "unreadable", "doc", None, "encrypted"),
    ("torn.doc", papers.doc("some words here\r" * 900)[:1500], "unreadable", None, None, ""),
    ("locked.docx", papers.ole([("EncryptedPackage", NOISE[:5000])]), "unreadable",
     "office", None, "encrypted"),
    ("old.xls", papers.ole([("Workbook", NOISE[:5000])]), "unreadable", "office", None,
     "old Office"),
    ("plain.pdf", pdf([shown(b"Quince in the PDF"), shown(b"caf\xe9")]), "done", "pdf",
     "Quince in the PDF\n\n\ncafé", None),
    ("late.pdf", b"\n" * 300 + pdf([shown(b"starts late")]), "done", "pdf", "starts late",
     None),
    ("scanned.pdf", pdf([papers.IMAGE] * 3), "unreadable", "pdf", None, "scanned"),
    ("mixed.pdf", pdf([shown(b"cover")] + [papers.IMAGE] * 3), "unreadable", "pdf", "cover",
     "3 of its 4"),
    ("locked.pdf", pdf([shown(b"x")], papers.ENCRYPT), "unreadable", "pdf", None,
     "encrypted"),
    ("noise.pdf", b"%PDF-1.4\n" + NOISE, "unreadable", "pdf", None, "broken"),
    ("cut.pdf", pdf([shown(b"the first page")] * 9)[:700], "unreadable", "pdf", None, ""),
    ("not.pdf", NOISE, "unreadable", "pdf", None, "broken"),
    ("plain.html", b"<p>one<script>no</script><p>caf\xc3\xa9", "done", "html", "one\n\ncafé",
     None),
    ("latin.html", b"<meta charset=iso-8859-1><p>caf\xe9", "done", "html", "café", None),
    ("russian.html", '<meta charset="koi8-r"><p>привет'.encode("koi8-r"), "done", "html",
     "привет", None),
    ("page.doc", b"<html><body>saved as a page</body></html>", "done", "html",
     "saved as a page", None),
    ("utf8.txt", "naïve\r\nlines\rend".encode(), "done", "plain", "naïve\nlines\nend", None),
    ("latin.txt", b"caf\xe9 \x93quoted\x94", "done", "plain", "café “quoted”", None),
    ("mark.txt", "\ufeffnaïve".encode(), "done", "plain", "naïve", None),
    ("wide.txt", "naïve 日本".encode("utf-16"), "done", "plain", "naïve 日本", None),
    ("wide.csv", b"\xfe\xff" + "a;é".encode("utf-16be"), "done", "csv", "a;é", None),
    ("plain.csv", b"a,b\r\n1,2\r\n", "done", "csv", "a,b\n1,2", None),
    ("unnamed", b"words without a name", "done", "plain", "words without a name", None),
    ("blank.txt", b" \r\n ", "none", "plain", None, None),
    ("nothing.pdf", b"", "none", None, None, None),
    ("inner.eml", MAIL, "unreadable", "message",
     "From: Zoe\nFrom: zoe@example.org\nSubject: inner\n\ninner words\nAttached:\na.png",
     "files in it"),
    ("simple.eml", b"Subject: s\r\n\r\njust words\r\n", "done", "message",
     "Subject: s\n\njust words", None),
    ("photo.jpg", b"\xff\xd8\xff\xe0" + NOISE, "unreadable", "picture", None, "picture"),
    ("logo.png", b"\x89PNG\r\n" + NOISE[:900], "none", "picture", None, None),
    ("voice.mp3", b"ID3" + NOISE, "unreadable", "sound", None, "play"),
    ("pack.zip", zipped([("in/a.txt", "x"), ("b.docx", docx(par(run("in Word"))))]), "done",
     "archive", "a.txt\nx\n\nb.docx\nin Word", None),
    ("twice.zip", zipped([("c.zip", zipped([("a.txt", "deep")]))]), "done", "archive",
     "c.zip\na.txt\ndeep", None),
    ("photo.zip", zipped([("a.txt", "seen"), ("p.jpg", b"\xff\xd8\xff\xe0" + NOISE)]),
     "unreadable", "archive", "a.txt\nseen\n\np.jpg", "p.jpg: it is a picture"),
    ("hollow.zip", zipped([("a/", "")]), "unreadable", "archive", None, "no file"),
    ("locked.zip", papers.locked(zipped([("a.txt", "hidden")], zipfile.ZIP_STORED)),
     "unreadable", "archive", None, "locked"),
    ("within.zip", within(9), "unreadable", "archive", None, "packages in packages"),
    ("list.docx", docx(par(CHOSEN.format("<w:result w:val=\"1\"/>"))), "done", "docx",
     "second", None),
    ("untouched.docx", docx(par(run("list:"), CHOSEN.format(""))), "done", "docx", "list:",
     None),
    ("pack.7z", b"7z\xbc\xaf\x27\x1c" + NOISE, "unreadable", "archive", None, "archive"),
    ("body.dat", tnef("Grüße from the body", ()), "done", "winmail", "Grüße from the body",
     None),
    ("files.dat", tnef("", (("antwort.docx", docx(par(run("in the file")))),
                            ("page.pdf", pdf([shown(b"on the page")])),
                            ("logo.png", b"\x89PNG\r\n" + NOISE[:900]))), "done", "winmail",
     "antwort.docx\nin the file\n\npage.pdf\non the page", None),
    ("scan.dat", tnef("see the scan", (("scan.pdf", pdf([papers.IMAGE])),
                                       ("note.txt", b"and a note"))), "unreadable",
     "winmail", "see the scan\n\nscan.pdf\n\n\nnote.txt\nand a note", "scan.pdf: scanned"),
    ("within.dat", tnef("", (("winmail.dat", tnef("", (("a.txt", b"deep words"),))),)),
     "done", "winmail", "winmail.dat\na.txt\ndeep words", None),
    ("endless.dat", NESTED, "unreadable", "winmail", None, "packages in packages"),
    ("many.dat", tnef("", [(f"{n}.txt", b"words") for n in range(200)]), "unreadable", "winmail",
     None, "64 files"),
    ("cut.dat", tnef("cut off", (("a.txt", b"lost words"),))[:-8], "unreadable", "winmail",
     None, ""),
    ("long.dat", tnef("x", ())[:-4] + b"\1\x0c\x80\2\0\xff\xff\xff\x7f", "unreadable",
     "winmail", None, "broken"),
    ("winmail.dat", b"\x78\x9f\x3e\x22" + NOISE, "unreadable", "winmail", None, "Outlook"),
    ("what.bin", NOISE, "unreadable", None, None, "not known"),
    # what stands in another file, or is no text of its own
    ("chunk.docx", docx(par(run("above")) + '<w:altChunk r:id="r1"/>'), "unreadable", "docx",
     "above", "another file"),
    ("part.docx", docx(par(run("above")) + '<w:p><w:subDoc r:id="r1"/></w:p>'), "unreadable",
     "docx", "above", "another file"),
    ("icon.docx", docx(par(run("see:"), OBJECT.format("Word.Document.12"))), "unreadable", "docx",
     "see:", "another file"),
    ("formula.docx", docx(par(run("see:"), OBJECT.format("Equation.3"))), "done", "docx", "see:",
     None),
    ("linked.odt", odt('<office:body><office:text><text:section><text:section-source '
                       'xlink:href="../more.odt"/><text:p>here</text:p></text:section>'
                       '</office:text></office:body>'), "unreadable", "odt", "here",
     "another file"),
    ("struck.odt", odt('<office:automatic-styles><style:style style:name="T1"><style:text-properties'
                       ' style:text-line-through-type="single"/></style:style>'
                       '</office:automatic-styles><office:body><office:text><text:p>We <text:span '
                       'text:style-name="T1">do not</text:span> agree</text:p></office:text>'
                       '</office:body>'), "done", "odt", "We ~~do not~~ agree", None),
    ("folder.pdf", HOLDING, "unreadable", "pdf", "see the files", "files in it"),
    ("pinned.pdf", PINNED, "unreadable", "pdf", "see the pin", "files in it"),
    ("stamped.pdf", pdf([shown(b"Scanned with SomeApp")]), "unreadable", "pdf", None, "scanned"),
    ("footer.pdf", pdf([shown(b"Council copy %d" % n) for n in range(3)]), "unreadable", "pdf", None,
     "scanned"),
    ("short.pdf", pdf([shown(b"Yes"), shown(b"No")]), "done", "pdf", None, None),
    ("bare.txt", "Ours: yes to each.".encode("utf-16le"), "done", "plain", "Ours: yes to each.",
     None),
    ("bare.csv", "a,b\n1,2".encode("utf-16be"), "done", "csv", "a,b\n1,2", None),
    ("bare.html", "<html><p>in two bytes".encode("utf-16le"), "done", "html", "in two bytes", None),
    ("odd.txt", b"a\0\0b\0\0c\1\2\3", "unreadable", None, None, "not known"),
    ("locked.asc", b"-----BEGIN PGP MESSAGE-----\n\nhQEM\n-----END PGP MESSAGE-----\n",
     "unreadable", None, None, "encrypted"),
    # hostile
    ("bomb.docx", papers.bomb(b"word/document.xml", (1 << 32) - 1), "unreadable", "docx",
     None, "64 MB"),
    ("manifest.odt", zipped([("content.xml", papers.ODF.format("")), (
        "META-INF/manifest.xml", b"\0" * 300_000_000)]), "unreadable", "odt", None, ""),
    ("nested.zip", zipped([("inner.zip", papers.bomb(b"a", 1 << 28))]), "unreadable",
     "archive", None, "inner.zip"),
    ("nested.docx", docx(par(run("outer")), ("word/embeddings/a.zip",
                                             papers.bomb(b"a", 1 << 28))),
     "done", "docx", "outer", None),
    ("laughs.docx", zipped([("word/document.xml", papers.LAUGHS)]), "unreadable", "docx",
     None, "entities"),
    ("attribute.docx", zipped([("word/document.xml", papers.LAUGHS.replace(
        "<w:p>", '<w:p a="&i;">'))]), "unreadable", "docx", None, "entities"),
    ("deep.docx", zipped([("word/document.xml", "<a>" * 1_000_000)]), "unreadable", "docx",
     None, "broken"),
    ("wide.docx", zipped([("word/document.xml", "<a " + " ".join(
        f'b{n}="x"' for n in range(300_000)) + "/>")]), "unreadable", None, None, ""),
    ("name.docx", zipped([("word/document.xml", "<" + "a" * 20_000_000 + "/>")]),
     "unreadable", "docx", None, ""),
    ("entries.docx", zipped([*((f"e{n}", "") for n in range(100_000)),
                             ("word/document.xml", BODY.format(par(run("x"))))]),
     "unreadable", None, None, "64 files"),
    ("much.docx", docx(par(run("many words to fill it with")) * 250_000), "unreadable",
     "docx", "many words to fill it with\n", "4 MB"),
    ("much.txt", b"words and words\n" * 500_000, "unreadable", "plain",
     "words and words\nwords", "4 MB"),
    ("much.pdf", pdf([MUCH_TEXT]), "done", "pdf", None, None),
    ("strings.xlsx", zipped([
        ("xl/workbook.xml", "<w/>"),
        ("xl/sharedStrings.xml", "<sst><si><t>" + "x" * 1_000_000 + "</t></si></sst>"),
        ("xl/worksheets/sheet1.xml", "<s>" + '<c t="s"><v>0</v></c>' * 500_000 + "</s>")]),
     "unreadable", "xlsx", "xxx", "4 MB"),
    ("page.pdf", pdf([HUGE_PAGE], b"", FLATE), "unreadable", "pdf", None, ""),
    ("squeezed.pdf", pdf([zlib.compress(zlib.compress(b" " * 4_000_000_00, 9), 9)], b"",
                         b"/Filter [/FlateDecode /FlateDecode]"), "unreadable", "pdf", None,
     ""),
    ("pages.pdf", pdf([b""] * 60_000), "unreadable", "pdf", None, ""),
    ("brackets.pdf", pdf([b"[" * 5_000_000]), "unreadable", "pdf", None, ""),
    ("deep.html", b"<div>" * 1_000_000 + b"words", "unreadable", "html", None, "deep"),
)


def ask(program, folder, name, content, *options):
    path = os.path.join(folder, name)
    with open(path, "wb") as out:
        out.write(content)
    done = subprocess.run([program, *options, path], stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE)
    os.unlink(path)
    if done.returncode:
        return f"ended with {done.returncode}: {done.stderr.decode()[-2000:]}"
    return json.loads(done.stdout)


def faults(got, state, source, text, reason):
    if isinstance(got, str):
        yield got
        return
    if got["state"] != state:
        yield f"state {got['state']}"
    if source and got["source"] != source:
        yield f"source {got['source']}"
    if text is not None and not (got["text"] or "").startswith(text):
        yield f"text {(got['text'] or '')[:300]!r}"
    if state == "done" and text is not None and got["text"] != text:
        yield f"more text {got['text'][:300]!r}"
    if reason is None and got["reason"]:
        yield f"reason {got['reason']}"
    if reason is not None and reason not in (got["reason"] or "-"):
        yield f"reason {got['reason']}"
    if len((got["text"] or "").encode()) > 3 * (4 << 20):
        yield "too much text"
    # Pages without a word are tried by two more programs, each under limits of its own.
    if not SANITIZED and got["cpu_s"] > CPU_S and "scanned" not in (got["reason"] or ""):
        yield f"{got['cpu_s']:.2f} s of CPU"
    if not SANITIZED and got["rss_kb"] > RSS_KB:
        yield f"{got['rss_kb'] >> 10} MB"


def main():
    program, failed = sys.argv[1], 0
    worst_cpu, worst_rss = (0, ""), (0, "")
    print(f"1..{len(CASES)}")
    with tempfile.TemporaryDirectory(prefix="mercat-extract-") as folder:
        for number, (name, content, *want) in enumerate(CASES, 1):
            got = ask(program, folder, name, content)
            wrong = list(faults(got, *want))
            failed += bool(wrong)
            print(f"{'not ok' if wrong else 'ok'} {number} - {name}")
            for line in wrong:
                print("# " + line.replace("\n", "\n# "))
            if isinstance(got, dict):
                worst_cpu = max(worst_cpu, (got["cpu_s"], name))
                worst_rss = max(worst_rss, (got["rss_kb"], name))
            sys.stdout.flush()
    print(f"# most CPU: {worst_cpu[0]:.2f} s ({worst_cpu[1]}),"
          f" most memory: {worst_rss[0] >> 10} MB ({worst_rss[1]})")


main()
