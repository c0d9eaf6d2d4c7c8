/* Forms made from parts: written as a mail in one of six carriers. */
#include "base/str.h"
#include "tests/unit/form_made.h"

#include <stdio.h>

enum { WRAP = 72, LINE_ROOM = 1000 };

static void plain_piece(struct made *m, struct buf *to, const struct made_piece *p)
{
	unsigned way = m->style % 2;

	switch (p->look) {
	case MADE_STRUCK:
		buf_printf(to, way ? "~~%s~~" : "--%s--", p->text);
		break;
	case MADE_STRESSED:
		buf_printf(to, way ? "*%s*" : "_%s_", p->text);
		break;
	default:
		buf_str(to, p->text);
	}
}

static void plain_row(struct made *m, const struct made_row *row, struct buf *line)
{
	bool cells = m->layout >= 6 && m->layout <= 8;
	const char *between = !cells                           ? "    "
			      : m->layout == 8 || m->style % 2 ? " | "
							       : "\t";

	for (size_t c = 0; c < row->cells; c++) {
		if (c)
			buf_str(line, between);
		for (size_t i = 0; i < row->counts[c]; i++)
			plain_piece(m, line, &row->pieces[c][i]);
	}
}

/* Long lines as mail programs break them: hard, or so that they can be joined again. */
static void wrapped(struct buf *to, const char *line, bool flowed)
{
	while (strlen(line) > WRAP && !strchr(line, '\t') && !strchr(line, '|')) {
		size_t at = WRAP;

		while (at && line[at] != ' ')
			at--;
		if (at == 0)
			break;
		buf_printf(to, "%.*s%s\n", (int)at, line, flowed ? " " : "");
		line += at + 1;
	}
	buf_printf(to, "%s\n", line);
}

static void as_text(struct made *m, struct buf *to, bool flowed)
{
	bool airy = m->layout != 4 && made_roll(m, 5) == 0, wrap = made_roll(m, 2);

	for (size_t i = 0; i < m->count; i++) {
		AUTO(buf) line = buf_new(LINE_ROOM);

		plain_row(m, &m->rows[i], line);
		while (line->len && line->bytes[line->len - 1] == ' ')
			line->bytes[--line->len] = '\0';
		if (m->rows[i].quoted)
			buf_printf(to, "> %s\n", buf_text(line));
		else if (wrap || flowed)
			wrapped(to, buf_text(line), flowed);
		else
			buf_printf(to, "%s\n", buf_text(line));
		if (airy && m->layout < 4)
			buf_char(to, '\n');
	}
}

static void escaped(struct buf *to, const char *text)
{
	for (; *text; text++)
		if (*text == '<' || *text == '>' || *text == '&')
			buf_printf(to, "&#%d;", *text);
		else
			buf_char(to, *text);
}

static void html_cell(struct made *m, const struct made_row *row, size_t cell,
		      struct buf *to)
{
	static const char *const struck[][2] = {
		{"<del>", "</del>"},
		{"<s>", "</s>"},
		{"<span style=\"text-decoration:line-through\">", "</span>"}};
	static const char *const stressed[][2] = {
		{"<u>", "</u>"},
		{"<mark>", "</mark>"},
		{"<b>", "</b>"},
		{"<span style='background-color: yellow'>", "</span>"},
		{"<span style='border:1px solid'>", "</span>"}};
	unsigned way = (unsigned)(m->random >> 40);

	for (size_t i = 0; i < row->counts[cell]; i++) {
		const struct made_piece *p = &row->pieces[cell][i];
		const char *const *look = p->look == MADE_STRUCK     ? struck[way % 3]
					  : p->look == MADE_STRESSED ? stressed[way % 5]
								     : NULL;

		if (p->look == MADE_BOX_EMPTY || p->look == MADE_BOX_TICKED)
			buf_printf(to, "<input type=checkbox%s>",
				   p->look == MADE_BOX_TICKED ? " checked" : "");
		if (look)
			buf_str(to, look[0]);
		if (str_eq(p->text, "   "))
			buf_str(to, "&nbsp; &nbsp;");
		escaped(to, p->text);
		if (look)
			buf_str(to, look[1]);
	}
	if (row->counts[cell] == 0)
		buf_str(to, way % 2 ? "&nbsp;" : "");
}

static void html_row(struct made *m, const struct made_row *row, struct buf *to,
		     bool *table, bool *list)
{
	bool cells = row->cells > 1 && m->layout >= 6;
	bool item = m->carrier == MADE_HTML_LIST && !cells && row->counts[0] > 1;

	if (*table && !cells)
		buf_str(to, "</table>\n");
	if (*list && !item)
		buf_str(to, "</ul>\n");
	if (!*table && cells)
		buf_str(to, "<table border=1>");
	if (!*list && item)
		buf_str(to, "<ul>");
	*table = cells;
	*list = item;
	buf_str(to, cells         ? "<tr>"
		    : item        ? "<li>"
		    : row->quoted ? "<blockquote>"
				  : "<p>");
	for (size_t c = 0; c < row->cells; c++) {
		if (cells)
			buf_str(to, "<td>");
		else if (c)
			buf_str(to, " &nbsp; &nbsp; ");
		html_cell(m, row, c, to);
		if (cells)
			buf_str(to, "</td>");
	}
	buf_str(to, cells         ? "</tr>\n"
		    : item        ? "</li>\n"
		    : row->quoted ? "</blockquote>\n"
				  : "</p>\n");
}

static void as_html(struct made *m, struct buf *to)
{
	bool table = false, list = false;

	buf_str(to, "<html><head><style>p{margin:0}</style></head><body>\n");
	for (size_t i = 0; i < m->count; i++)
		html_row(m, &m->rows[i], to, &table, &list);
	buf_str(to, table ? "</table></body>\n" : list ? "</ul></body>\n" : "</body>\n");
}

/* RFC 2045, 6.7. */
void made_quoted_printable(struct buf *to, const char *text)
{
	size_t column = 0;

	for (; *text; text++) {
		bool plain =
			(*text >= ' ' && *text <= '~' && *text != '=') || *text == '\n';

		if (column > 70 && *text != '\n') {
			buf_str(to, "=\n");
			column = 0;
		}
		if (plain)
			buf_char(to, *text);
		else
			buf_printf(to, "=%02X", (unsigned char)*text);
		column = *text == '\n' ? 0 : column + (plain ? 1 : 3);
	}
}

/* As Word keeps it: a content control, or a field of its older forms. */
static void word_box(unsigned way, bool ticked, struct buf *to)
{
	if (way % 2)
		buf_printf(
			to,
			"<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val=\"%d\"/>"
			"<w14:checkedState w14:val=\"2612\"/></w14:checkbox></w:sdtPr>"
			"<w:sdtContent><w:r><w:t>%s</w:t></w:r></w:sdtContent></w:sdt>",
			ticked, ticked ? "\u2612" : "\u2610");
	else
		buf_printf(to,
			   "<w:r><w:fldChar w:fldCharType=\"begin\"><w:ffData><w:name "
			   "w:val=\"Check1\"/><w:checkBox><w:sizeAuto/><w:default "
			   "w:val=\"0\"/>%s</w:checkBox></w:ffData></w:fldChar></w:r>"
			   "<w:r><w:instrText> FORMCHECKBOX </w:instrText></w:r><w:r>"
			   "<w:fldChar w:fldCharType=\"end\"/></w:r>",
			   ticked ? "<w:checked/>" : "");
}

static void word_piece(unsigned way, const struct made_piece *p, struct buf *to)
{
	static const char *const struck[] = {"<w:strike/>",
					     "<w:dstrike w:val=\"true\"/>"};
	static const char *const stressed[] = {"<w:u w:val=\"single\"/>", "<w:b/>",
					       "<w:highlight w:val=\"yellow\"/>",
					       "<w:bdr w:val=\"single\"/>"};
	bool deleted = p->look == MADE_STRUCK && way % 3 == 2;

	if (p->look == MADE_BOX_EMPTY || p->look == MADE_BOX_TICKED)
		word_box(way, p->look == MADE_BOX_TICKED, to);
	buf_printf(to, "%s<w:r><w:rPr>%s</w:rPr><w:%s xml:space=\"preserve\">",
		   deleted ? "<w:del>" : "",
		   p->look == MADE_STRUCK && !deleted ? struck[way % 2]
		   : p->look == MADE_STRESSED         ? stressed[way % 4]
						      : "<w:b w:val=\"0\"/>",
		   deleted ? "delText" : "t");
	escaped(to, p->text);
	buf_printf(to, "</w:%s></w:r>%s", deleted ? "delText" : "t",
		   deleted ? "</w:del>" : "");
}

static void odt_box(unsigned way, bool ticked, struct buf *to)
{
	if (way % 3 == 0)
		buf_printf(to, "<draw:control draw:control=\"%s\"/>",
			   ticked ? "c1" : "c0");
	else if (way % 3 == 1)
		buf_printf(to,
			   "<field:fieldmark field:type=\"vnd.oasis.opendocument.field."
			   "FORMCHECKBOX\"><field:param field:name=\"Checkbox_Checked\" "
			   "field:value=\"%s\"/></field:fieldmark>",
			   ticked ? "true" : "false");
	else
		buf_printf(to,
			   "<loext:content-control loext:checkbox=\"true\" "
			   "loext:checked=\"%s\">%s</loext:content-control>",
			   ticked ? "true" : "false", ticked ? "\u2612" : "\u2610");
}

static void odt_piece(unsigned way, const struct made_piece *p, struct buf *to)
{
	static const char *const stressed[] = {"U", "B", "H", "F"};

	if (p->look == MADE_BOX_EMPTY || p->look == MADE_BOX_TICKED)
		odt_box(way, p->look == MADE_BOX_TICKED, to);
	buf_printf(to, "<text:span text:style-name=\"%s\">",
		   p->look == MADE_STRUCK     ? "S"
		   : p->look == MADE_STRESSED ? stressed[way % 4]
					      : "N");
	escaped(to, p->text);
	buf_str(to, "</text:span>");
}

/* The styles and controls that the body names. */
static void odt_head(struct buf *to)
{
	static const char *const styles[][2] = {
		{"N", "fo:color=\"#000000\""},
		{"S", "style:text-line-through-style=\"solid\""},
		{"U", "style:text-underline-style=\"solid\""},
		{"B", "fo:font-weight=\"bold\""},
		{"H", "fo:background-color=\"#ffff00\""},
		{"F", "fo:border=\"0.06pt solid #000000\""}};

	buf_str(to, "<office:automatic-styles>");
	for (size_t i = 0; i < ARRAY_LEN(styles); i++)
		buf_printf(to,
			   "<style:style style:name=\"%s\" style:family=\"text\">"
			   "<style:text-properties %s/></style:style>",
			   styles[i][0], styles[i][1]);
	buf_str(to, "</office:automatic-styles><office:body><office:text><office:forms>"
		    "<form:form><form:checkbox form:id=\"c0\"/><form:checkbox "
		    "form:id=\"c1\" form:current-state=\"checked\"/></form:form>"
		    "</office:forms>");
}

static void office_cell(struct made *m, const struct made_row *row, size_t cell,
			struct buf *to)
{
	bool odt = m->carrier == MADE_ODT;
	unsigned way = (unsigned)(m->random >> 40);

	buf_str(to, odt ? "<text:p>" : "<w:p>");
	for (size_t i = 0; i < row->counts[cell]; i++)
		if (odt)
			odt_piece(way, &row->pieces[cell][i], to);
		else
			word_piece(way, &row->pieces[cell][i], to);
	buf_str(to, odt ? "</text:p>" : "</w:p>");
}

static void office_body(struct made *m, bool odt, struct buf *to)
{
	bool table = false;

	for (size_t i = 0; i < m->count; i++) {
		const struct made_row *row = &m->rows[i];
		bool cells = row->cells > 1;

		if (row->quoted)
			break; /* a file has no mail before it */
		if (table && !cells)
			buf_str(to, odt ? "</table:table>" : "</w:tbl>");
		if (!table && cells)
			buf_str(to, odt ? "<table:table>" : "<w:tbl>");
		table = cells;
		if (cells)
			buf_str(to, odt ? "<table:table-row>" : "<w:tr>");
		for (size_t c = 0; c < row->cells; c++) {
			if (cells)
				buf_str(to, odt ? "<table:table-cell>" : "<w:tc>");
			office_cell(m, row, c, to);
			if (cells)
				buf_str(to, odt ? "</table:table-cell>" : "</w:tc>");
		}
		if (cells)
			buf_str(to, odt ? "</table:table-row>" : "</w:tr>");
	}
	if (table)
		buf_str(to, odt ? "</table:table>" : "</w:tbl>");
}

static uint32_t crc32_of(const char *bytes, size_t len)
{
	uint32_t crc = 0xFFFFFFFF;

	for (size_t i = 0; i < len; i++) {
		crc ^= (unsigned char)bytes[i];
		for (int bit = 0; bit < 8; bit++)
			crc = crc >> 1 ^ (crc & 1 ? 0xEDB88320U : 0);
	}
	return ~crc;
}

static void number(struct buf *to, uint32_t n, int bytes)
{
	for (; bytes; bytes--, n >>= 8)
		buf_char(to, (char)(n & 0xFF));
}

/* One file, stored; its entry for the directory at the end goes to dir. */
static void zip_add(struct buf *zip, struct buf *dir, const char *name,
		    const struct buf *file)
{
	uint32_t at = (uint32_t)zip->len, crc = crc32_of(buf_text(file), file->len);
	struct buf *const both[] = {zip, dir};

	for (int i = 0; i < 2; i++) {
		number(both[i], i ? 0x02014b50 : 0x04034b50, 4);
		if (i)
			number(dir, 20, 2);
		number(both[i], 20, 2);
		number(both[i], 0, 2);
		number(both[i], 0, 2);
		number(both[i], 0x5C7C0000, 4);
		number(both[i], crc, 4);
		number(both[i], (uint32_t)file->len, 4);
		number(both[i], (uint32_t)file->len, 4);
		number(both[i], (uint32_t)strlen(name), 2);
		number(both[i], 0, 2);
	}
	number(dir, 0, 4);
	number(dir, 0, 2);
	number(dir, 0, 4);
	number(dir, at, 4);
	buf_str(dir, name);
	buf_str(zip, name);
	buf_add(zip, file->bytes, file->len);
}

static void zip_end(struct buf *zip, const struct buf *dir, uint32_t files)
{
	uint32_t at = (uint32_t)zip->len;

	buf_add(zip, dir->bytes, dir->len);
	number(zip, 0x06054b50, 4);
	number(zip, 0, 4);
	number(zip, files, 2);
	number(zip, files, 2);
	number(zip, (uint32_t)dir->len, 4);
	number(zip, at, 4);
	number(zip, 0, 2);
}

static void as_file(struct made *m, struct buf *zip)
{
	bool odt = m->carrier == MADE_ODT;
	AUTO(buf) dir = buf_new(1 << 12);
	AUTO(buf) xml = buf_new(1 << 18);
	AUTO(buf) type = buf_new(1 << 12);

	buf_str(type, odt ? "application/vnd.oasis.opendocument.text"
			  : "<?xml version=\"1.0\"?><Types xmlns=\"http://schemas."
			    "openxmlformats.org/package/2006/content-types\"/>");
	zip_add(zip, dir, odt ? "mimetype" : "[Content_Types].xml", type);
	buf_str(xml,
		odt ? "<?xml version=\"1.0\"?><office:document-content xmlns:office="
		      "\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" xmlns:text="
		      "\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" xmlns:table="
		      "\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" xmlns:style=\"urn:style\" "
		      "xmlns:fo=\"urn:fo\" xmlns:draw=\"urn:draw\" xmlns:form="
		      "\"urn:form\" xmlns:field=\"urn:field\" xmlns:loext=\"urn:loext\">"
		    : "<?xml version=\"1.0\"?><w:document xmlns:w=\"http://schemas."
		      "openxmlformats.org/wordprocessingml/2006/main\" xmlns:w14=\"http://schemas."
		      "microsoft.com/office/word/2010/wordml\"><w:body>");
	if (odt)
		odt_head(xml);
	office_body(m, odt, xml);
	buf_str(xml, odt ? "</office:text></office:body></office:document-content>"
			 : "</w:body></w:document>");
	zip_add(zip, dir, odt ? "content.xml" : "word/document.xml", xml);
	zip_end(zip, dir, 2);
}

static void base64(struct buf *to, const struct buf *bytes)
{
	static const char letters[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

	for (size_t i = 0; i < bytes->len; i += 3) {
		size_t left = bytes->len - i;
		uint32_t n = (uint32_t)(unsigned char)bytes->bytes[i] << 16;

		n |= left > 1 ? (uint32_t)(unsigned char)bytes->bytes[i + 1] << 8 : 0;
		n |= left > 2 ? (uint32_t)(unsigned char)bytes->bytes[i + 2] : 0;
		buf_char(to, letters[n >> 18]);
		buf_char(to, letters[n >> 12 & 63]);
		buf_char(to, left > 1 ? letters[n >> 6 & 63] : '=');
		buf_char(to, left > 2 ? letters[n & 63] : '=');
		if (i % 54 == 51)
			buf_char(to, '\n');
	}
	buf_char(to, '\n');
}

static void with_file(struct made *m, struct buf *out)
{
	AUTO(buf) zip = buf_new(1 << 19);
	bool odt = m->carrier == MADE_ODT;

	as_file(m, zip);
	buf_printf(out,
		   "Content-Type: multipart/mixed; boundary=\"made\"\n\n--made\n"
		   "Content-Type: text/plain; charset=utf-8\n"
		   "Content-Transfer-Encoding: 8bit\n\n%s\n\n--made\n"
		   "Content-Type: %s; name=\"form.%s\"\n"
		   "Content-Disposition: attachment; filename=\"form.%s\"\n"
		   "Content-Transfer-Encoding: base64\n\n",
		   str_or(m->covering, "My form."),
		   odt ? "application/vnd.oasis.opendocument.text"
		       : "application/vnd.openxmlformats-officedocument."
			 "wordprocessingml.document",
		   odt ? "odt" : "docx", odt ? "odt" : "docx");
	base64(out, zip);
	buf_str(out, "--made--\n");
}

void made_mail(struct made *m, struct buf *out)
{
	AUTO(buf) html = buf_new(1 << 18);

	buf_str(out, "From: Odile Marsh <odile@fenmail.example>\n"
		     "To: shared-plots@consult.example\nSubject: Plots\n"
		     "Date: Mon, 05 Oct 2026 10:20:03 +0000\nMIME-Version: 1.0\n");
	switch (m->carrier) {
	case MADE_PLAIN:
	case MADE_FLOWED:
		buf_printf(out,
			   "Content-Type: text/plain; charset=utf-8%s\n"
			   "Content-Transfer-Encoding: 8bit\n\n",
			   m->carrier == MADE_FLOWED ? "; format=flowed" : "");
		as_text(m, out, m->carrier == MADE_FLOWED);
		return;
	case MADE_DOCX:
	case MADE_ODT:
		with_file(m, out);
		return;
	default:
		buf_str(out, "Content-Type: text/html; charset=utf-8\n"
			     "Content-Transfer-Encoding: quoted-printable\n\n");
		as_html(m, html);
		made_quoted_printable(out, buf_text(html));
	}
}
