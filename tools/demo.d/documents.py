"""Small real documents, made with the standard library, and photographs of them by pdftoppm."""
import io
import subprocess
import zipfile
from xml.sax.saxutils import escape

DOCX_TYPES = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels"
 ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/word/document.xml" ContentType="{kind}.main+xml"/>
</Types>"""
DOCX_RELATIONS = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="r1" Target="word/document.xml" Type="{schemas}/officeDocument"/>
</Relationships>"""
SCHEMAS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DOCX_BODY = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
<w:body>{paragraphs}</w:body></w:document>"""
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"
JPEG = "image/jpeg"


def make_docx(paragraphs):
    """A Word document of plain paragraphs."""
    runs = "".join(f"<w:p><w:r><w:t xml:space=\"preserve\">{escape(text)}</w:t></w:r></w:p>"
                   for text in paragraphs)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", DOCX_TYPES.format(kind=DOCX))
        package.writestr("_rels/.rels", DOCX_RELATIONS.format(schemas=SCHEMAS))
        package.writestr("word/document.xml", DOCX_BODY.format(paragraphs=runs))
    return out.getvalue()


def make_photo(lines):
    """The same as a photograph of the page: a JPEG, made by pdftoppm."""
    return subprocess.run(["pdftoppm", "-r", "120", "-jpeg", "-"], input=make_pdf(lines),
                          stdout=subprocess.PIPE, check=True).stdout


def make_pdf(lines):
    """A PDF of one page; the text is what windows-1252 can hold."""
    shown = b"BT /F1 11 Tf 15 TL 60 780 Td\n"
    for line in lines:
        text = line.encode("cp1252")
        for mark in (b"\\", b"(", b")"):
            text = text.replace(mark, b"\\" + mark)
        shown += b"(" + text + b") Tj T*\n"
    shown += b"ET"
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R"
        b" /Resources << /Font << /F1 4 0 R >> >> >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica"
        b" /Encoding /WinAnsiEncoding >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(shown), shown),
    )
    out = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\n" % (len(objects) + 1)
    return out + b"startxref\n%d\n%%%%EOF\n" % table
