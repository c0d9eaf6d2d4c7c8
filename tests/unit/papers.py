"""Documents of every kind, made by hand: zip, OLE and PDF from the standard library."""
import io
import struct
import zipfile
import zlib

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
BODY = (f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{W}" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        "<w:body>{}</w:body></w:document>")
ODF = ('<?xml version="1.0" encoding="UTF-8"?><office:document-content'
       ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
       ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
       ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
       ' xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0">{}'
       "</office:document-content>")


def zipped(files, how=zipfile.ZIP_DEFLATED):
    """files: (name, content) pairs in the order of the archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how) as package:
        for name, content in files:
            package.writestr(name, content)
    return out.getvalue()


def locked(package):
    """As an archive with a password says of its files; not that they were encrypted."""
    return package.replace(b"PK\3\4\x14\0\0", b"PK\3\4\x14\0\1").replace(
        b"PK\1\2\x14\3\x14\0\0", b"PK\1\2\x14\3\x14\0\1")


def run(text):
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def par(*parts):
    return "<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr>" + "".join(parts) + "</w:p>"


def docx(body, *more):
    return zipped([*more, ("word/document.xml", BODY.format(body))])


def odt(body, *more):
    return zipped([("mimetype", "application/vnd.oasis.opendocument.text"), *more,
                   ("content.xml", ODF.format(body))])


def endless(size):
    """A deflated document of that size, never in one piece: bytes and checksum."""
    squeeze = zlib.compressobj(6, zlib.DEFLATED, -15)
    head = BODY.encode().partition(b"{}")[0]
    block = (b"<w:p>" + b" " * 4000 + b"</w:p>") * 4000
    count, rest = divmod(size - len(head), len(block))
    checksum = zlib.crc32(head)
    for _ in range(count):
        checksum = zlib.crc32(block, checksum)
    checksum = zlib.crc32(block[:rest], checksum)
    # After a full flush a block stands for itself, so it is packed once.
    first = squeeze.compress(head) + squeeze.flush(zlib.Z_FULL_FLUSH)
    again = squeeze.compress(block) + squeeze.flush(zlib.Z_FULL_FLUSH)
    last = squeeze.compress(block[:rest]) + squeeze.flush()
    return first + again * count + last, checksum


def bomb(name, size):
    """An archive with one member that unpacks to size bytes of paragraphs."""
    packed, checksum = endless(size)
    local = struct.pack("<IHHHHHIIIHH", 0x04034b50, 45, 0, 8, 0, 0, checksum, len(packed),
                        size & 0xffffffff, len(name), 0) + name
    central = struct.pack("<IHHHHHHIIIHHHHHII", 0x02014b50, 45, 45, 0, 8, 0, 0, checksum,
                          len(packed), size & 0xffffffff, len(name), 0, 0, 0, 0, 0, 0) + name
    end = struct.pack("<IHHHHIIH", 0x06054b50, 0, 0, 1, 1, len(central),
                      len(local) + len(packed), 0)
    return local + packed + central + end


def ole(streams):
    """A compound file with its streams in the ordinary allocation table."""
    size, none = 512, 0xffffffff
    sectors, table, entries = [], [], [("Root Entry", 5, 0xfffffffe, 0)]

    def put(content):
        first, content = len(sectors), content + b"\0" * (-len(content) % size)
        for at in range(0, len(content), size):
            sectors.append(content[at:at + size])
            table.append(len(sectors))
        table[-1] = 0xfffffffe
        return first

    for name, content in streams:
        content = content.ljust(4096, b"\0")
        entries.append((name, 2, put(content), len(content)))
    directory = b""
    for number, (name, kind, first, length) in enumerate(entries):
        wide = (name + "\0").encode("utf-16le")
        last = number == 0 or number + 1 == len(entries)
        directory += wide.ljust(64, b"\0") + struct.pack(
            "<HBBIII", len(wide), kind, 1, none, none if last else number + 1,
            1 if number == 0 else none) + b"\0" * 36 + struct.pack("<III", first, length, 0)
    directory_at = put(directory)
    table_at = len(sectors)
    table.append(0xfffffffd)
    assert len(table) <= 128
    sectors.append(struct.pack(f"<{len(table)}I", *table).ljust(size, b"\xff"))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack(
        "<HHHHH", 0x3e, 3, 0xfffe, 9, 6) + b"\0" * 6 + struct.pack(
        "<10I", 0, 1, directory_at, 0, 4096, 0xfffffffe, 0, 0xfffffffe, 0, table_at)
    return head.ljust(size, b"\xff") + b"".join(sectors)


def doc(text, flags=0x1000, charset="utf-16le"):
    """Word 97 and later; flag 0x100 says that it is encrypted."""
    body = text.encode(charset)
    head = struct.pack("<HHHHHHHIH", 0xa5ec, 0xc1, 0, 0x409, 0, flags, 0xbf, 0, 0)
    head = head.ljust(24, b"\0") + struct.pack("<II", 1536, 1536 + len(body))
    return ole([("WordDocument", head.ljust(1536, b"\0") + body)])


def tnef(body, files):
    """Outlook's package; files: (name, content) pairs."""
    out = [struct.pack("<IH", 0x223e9f78, 1)]

    def attribute(level, number, content):
        out.append(struct.pack("<BII", level, number, len(content)) + content
                   + struct.pack("<H", sum(content) & 0xffff))

    attribute(1, 0x00089006, struct.pack("<I", 0x10000))
    if body:
        attribute(1, 0x0002800c, body.encode("cp1252") + b"\0")
    for name, content in files:
        attribute(2, 0x00069002, b"\1" + b"\0" * 13)
        attribute(2, 0x00018010, name.encode("cp1252") + b"\0")
        attribute(2, 0x0006800f, content)
    return b"".join(out)


def pdf(pages, trailer=b"", stream=b""):
    """pages: the drawing commands of each; stream: filter entries of all of them."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"",
               b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica"
               b" /Encoding /WinAnsiEncoding >>"]
    kids = []
    for drawing in pages:
        objects.append(b"<< /Length %d %s >>\nstream\n%s\nendstream"
                       % (len(drawing), stream, drawing))
        objects.append(b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842]"
                       b" /Contents %d 0 R /Resources << /Font << /F1 3 0 R >> >> >>"
                       % len(objects))
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = (b"<< /Type /Pages /Kids [" + b" ".join(kids)
                  + b"] /Count %d >>" % len(kids))
    return bound(objects, trailer)


def bound(objects, trailer=b""):
    """A PDF of these objects, by number from 1."""
    out, places = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"), []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R %s >>\n" % (len(objects) + 1, trailer)
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % table)


def scan(pages):
    """A PDF of pages that are each a picture (the bytes of a JPEG) or drawing commands (text)."""
    objects, kids = [b"<< /Type /Catalog /Pages 2 0 R >>", b"",
                     b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"], []
    for page in pages:
        uses, drawing = b"/Font << /F1 3 0 R >>", page
        if page.startswith(b"\xff\xd8"):
            width, height, parts = jpeg_size(page)
            objects.append(b"<< /Type /XObject /Subtype /Image /Width %d /Height %d"
                           b" /ColorSpace /%s /BitsPerComponent 8 /Filter /DCTDecode"
                           b" /Length %d >>\nstream\n%s\nendstream"
                           % (width, height, b"DeviceRGB" if parts == 3 else b"DeviceGray",
                              len(page), page))
            uses = b"/XObject << /I %d 0 R >>" % len(objects)
            drawing = b"q 595 0 0 842 0 0 cm /I Do Q"
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawing), drawing))
        objects.append(b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R"
                       b" /Resources << %s >> >>" % (len(objects), uses))
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [" + b" ".join(kids) + b"] /Count %d >>" % len(kids)
    return bound(objects)


def jpeg_size(jpeg):
    """(width, height, colours) of its first frame (ITU T.81, B.2.2)."""
    at = 2
    while jpeg[at + 1] not in (0xC0, 0xC1, 0xC2):
        at += 2 + int.from_bytes(jpeg[at + 2:at + 4], "big")
    return (int.from_bytes(jpeg[at + 7:at + 9], "big"),
            int.from_bytes(jpeg[at + 5:at + 7], "big"), jpeg[at + 9])


def shown(text):
    return b"BT /F1 11 Tf 60 780 Td (" + text + b") Tj ET"


IMAGE = (b"q 500 0 0 700 40 40 cm BI /W 8 /H 8 /BPC 8 /CS /G ID "
         + b"x" * 64 + b" EI Q")
ENCRYPT = (b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <" + b"ab" * 32
           + b"> /U <" + b"cd" * 32 + b"> >> /ID [<" + b"01" * 16 + b"> <" + b"01" * 16
           + b">]")
LAUGHS = ('<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">'
          + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">'
                    for a, b in zip("abcdefgh", "bcdefghi"))
          + f']><w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>&i;</w:t></w:r></w:p>'
          "</w:body></w:document>")
