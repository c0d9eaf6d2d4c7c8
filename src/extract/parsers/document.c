#include "extract/parsers/document.h"
#include "base/arena.h"
#include "base/str.h"
#include "mail/read/read.h"
#include "office/named_styles.h"
#include "office/shape.h"
#include "office/xml.h"

#include <libxml/parser.h>

void extract_document_setup(void)
{
	mail_read_setup(); /* opens the converters too */
	xmlInitParser();
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
	if (shape.elsewhere && !out->reason)
		out->reason =
			"it shows another file, which is not read here: a person must open it";
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
	case EXTRACT_PARTS:
		extract_all_members(bytes, len, out);
		break;
	case EXTRACT_MEMBERS:
		extract_members(bytes, len, out);
		break;
	case EXTRACT_PDF_FIELDS:
		extract_pdf_fields(bytes, len, out);
		break;
	case EXTRACT_CSV:
		extract_plain(bytes, len, out);
		out->source = "csv";
		break;
	default:
		if (is_flat(bytes, len))
			read_flat(bytes, len, out);
		else
			extract_plain(bytes, len, out);
	}
	if (buf_cut(out->text) && !out->reason)
		out->reason =
			"it is too large: only the first 4 MB of its text were taken";
}
