#include "extract/document.h"
#include "base/arena.h"
#include "base/str.h"
#include "mail/read/read.h"
#include "office/named_styles.h"
#include "office/shape.h"
#include "office/xml.h"
#include "text/charset/charset.h"
#include "text/markup/html.h"

#include <libxml/parser.h>

void extract_document_setup(void)
{
	mail_read_setup(); /* opens the converters too */
	xmlInitParser();
}

/* The charset that the bytes tell of themselves: a byte order mark, which is cut off. */
static const char *own_charset(const char **bytes, size_t *len)
{
	static const struct {
		const char *mark;
		size_t len;
		const char *charset;
	} marks[] = {{"\xef\xbb\xbf", 3, "utf-8"},
		     {"\xff\xfe", 2, "utf-16le"},
		     {"\xfe\xff", 2, "utf-16be"}};

	for (size_t i = 0; i < ARRAY_LEN(marks); i++)
		if (*len >= marks[i].len &&
		    memcmp(*bytes, marks[i].mark, marks[i].len) == 0) {
			*bytes += marks[i].len;
			*len -= marks[i].len;
			return marks[i].charset;
		}
	return NULL;
}

/* Lines end with LF. */
static void add_lines(struct buf *to, const struct buf *text)
{
	const char *at = buf_text(text), *end = at + text->len, *cr;

	while ((cr = memchr(at, '\r', (size_t)(end - at)))) {
		buf_add(to, at, (size_t)(cr - at));
		at = cr + 1;
		if (at == end || *at != '\n')
			buf_char(to, '\n');
	}
	buf_add(to, at, (size_t)(end - at));
}

static void read_plain(const char *bytes, size_t len, struct extract_said *out)
{
	const char *charset = own_charset(&bytes, &len);
	struct buf text;

	buf_init(&text, out->text->max);
	charset_to_utf8(&text, charset, bytes, len);
	add_lines(out->text, &text);
	out->text->cut |= text.cut;
	buf_clear(&text);
	out->source = "plain";
}

static const char *meta_charset(const char *bytes, size_t len, char *to, size_t room)
{
	char head[2048];
	const char *at;
	size_t n;

	len = len < sizeof(head) - 1 ? len : sizeof(head) - 1;
	memcpy(head, bytes, len);
	head[len] = '\0';
	at = str_ifind(head, "charset=");
	if (!at)
		return NULL;
	at += 8 + strspn(at + 8, "\"' ");
	n = strcspn(at, "\"'> ;/?");
	if (n == 0 || n >= room)
		return NULL;
	memcpy(to, at, n);
	to[n] = '\0';
	return to;
}

void extract_html(const char *bytes, size_t len, struct extract_said *out)
{
	const char *charset = own_charset(&bytes, &len);
	char name[40];
	struct buf page;

	if (!charset)
		charset = meta_charset(bytes, len, name, sizeof(name));
	buf_init(&page, (size_t)16 << 20);
	charset_to_utf8(&page, charset, bytes, len);
	if (html_to_text(out->text, buf_text(&page), page.len) || buf_cut(&page))
		out->reason =
			"it is very large or very deep: not all of it could be read";
	if (out->shown)
		document_from_html(out->shown, buf_text(&page), page.len);
	buf_clear(&page);
	out->source = "html";
}

static void add_name(struct buf *to, const char *label, const char *name)
{
	if (!str_empty(name))
		buf_printf(to, "%s%s\n", label, name);
}

static void read_message(const char *bytes, size_t len, struct extract_said *out)
{
	AUTO(arena) arena = arena_new(1 << 16);
	struct mail_message m;
	struct err err;

	out->source = "message";
	if (!mail_read(bytes, len, arena, &m, &err)) {
		out->reason = "it is called a mail, but is none";
		return;
	}
	add_name(out->text, "From: ", m.from.name);
	add_name(out->text, "From: ", m.from.address);
	add_name(out->text, "Subject: ", m.subject);
	buf_char(out->text, '\n');
	buf_str(out->text, m.text);
	for (size_t i = 0; i < m.attachment_count; i++) {
		add_name(out->text, i ? "" : "\nAttached:\n",
			 str_or(m.attachments[i].name, m.attachments[i].type));
		add_name(out->text, "", m.attachments[i].text);
	}
	if (m.limits_hit.count)
		out->reason = "this mail is too large or too deep: not all was read";
	else if (m.attachment_count)
		out->reason = "this mail has files in it: a person must open it";
}

/* OpenDocument in one file of XML (.fodt). */
static bool is_flat(const char *bytes, size_t len)
{
	enum { LOOK = 4096 };

	return memmem(bytes, len < LOOK ? len : LOOK, "<office:document", 16) &&
	       memmem(bytes, len < LOOK ? len : LOOK, "<?xml", 5);
}

struct rest {
	const char *at, *end;
};

static int read_rest(void *from, char *to, int room)
{
	struct rest *r = from;
	size_t n = (size_t)(r->end - r->at);

	n = n < (size_t)room ? n : (size_t)room;
	memcpy(to, r->at, n);
	r->at += n;
	return (int)n;
}

static void read_flat(const char *bytes, size_t len, struct extract_said *out)
{
	struct rest rest = {bytes, bytes + len}, again = rest;
	struct named_styles styles = {0};
	struct office_shape shape = {.doc = out->shown, .named_styles = &styles};
	struct buf beside;
	struct office_lines lines = {.to = out->text}, notes = {.to = &beside};

	buf_init(&beside, out->text->max);
	out->source = "odt";
	/* Its styles may stand anywhere in it. */
	if (out->shown &&
	    named_styles_of_odf(read_rest, &again, out->shown->arena, &styles))
		styles.many = true;
	out->reason = office_xml_odf(read_rest, &rest, &lines, &notes, &shape);
	if (beside.len) {
		office_lines_end_row(&lines);
		office_lines_add(&lines, buf_text(&beside), beside.len);
	}
	buf_clear(&beside);
}

void extract_document(enum extract_kind kind, const void *bytes, size_t len,
		      struct extract_said *out)
{
	switch (kind) {
	case EXTRACT_HTML:
		extract_html(bytes, len, out);
		break;
	case EXTRACT_RTF:
		extract_rtf(bytes, len, out);
		break;
	case EXTRACT_ZIP:
		extract_zip(bytes, len, out);
		break;
	case EXTRACT_MESSAGE:
		read_message(bytes, len, out);
		break;
	case EXTRACT_TNEF:
		extract_tnef(bytes, len, out);
		break;
	case EXTRACT_MEMBERS:
		extract_members(bytes, len, out);
		break;
	case EXTRACT_PDF_FIELDS:
		extract_pdf_fields(bytes, len, out);
		break;
	case EXTRACT_CSV:
		read_plain(bytes, len, out);
		out->source = "csv";
		break;
	default:
		if (is_flat(bytes, len))
			read_flat(bytes, len, out);
		else
			read_plain(bytes, len, out);
	}
	if (buf_cut(out->text) && !out->reason)
		out->reason =
			"it is too large: only the first 4 MB of its text were taken";
}
