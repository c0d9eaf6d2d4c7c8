#include "base/str.h"
#include "mail/fields/arf.h"
#include "mail/decode/decode.h"
#include "mail/fields/dsn.h"
#include "mail/decode/enriched.h"
#include "mail/decode/flowed.h"
#include "mail/fields/header.h"
#include "mail/read/reading.h"
#include "mail/decode/yenc.h"
#include "text/charset/charset.h"
#include "text/markup/html.h"
#include "document/markup.h"

static const char *utf8_words(struct reading *r, const char *bytes, size_t len)
{
	AUTO(buf) words = buf_new(READING_TEXT);

	charset_to_utf8(words, str_utf8_valid(bytes, len) ? NULL : r->charset, bytes,
			len);
	return arena_strdup(r->arena, buf_text(words));
}

void mail_reading_loose(struct reading *r, const char *text, size_t len)
{
	if (mail_reading_blank(text, len))
		return;
	mail_reading_unsure(r);
	buf_str(&r->loose, utf8_words(r, text, len));
	buf_char(&r->loose, '\n');
}

const char *mail_reading_field(GMimeObject *o, const char *name)
{
	GMimeHeader *h =
		g_mime_header_list_get_header(g_mime_object_get_header_list(o), name);

	return h ? g_mime_header_get_raw_value(h) : NULL;
}

/* Line ends that the charset or the decoding brought back are LF again. */
static void add_lines(struct buf *to, const char *text, size_t len)
{
	const char *end = text + len, *cr;

	while ((cr = memchr(text, '\r', (size_t)(end - text)))) {
		buf_add(to, text, (size_t)(cr - text));
		text = cr + 1;
		if (text == end || *text != '\n')
			buf_char(to, '\n');
	}
	buf_add(to, text, (size_t)(end - text));
}

static bool declared_flowed(struct reading *r, const struct part *p, bool *delsp)
{
	const char *format = mail_header_param(r->arena, p->raw_type, "format", NULL);

	*delsp = str_ieq(mail_header_param(r->arena, p->raw_type, "delsp", NULL), "yes");
	return str_ieq(format, "flowed");
}

/* The mark before UTF-16 says more than a label that cannot be true. NULL: there is none. */
static const char *wide_charset(const struct part *p)
{
	if (p->len < 2 || (p->charset && str_ifind(p->charset, "utf-16")))
		return NULL;
	return memcmp(p->bytes, "\xff\xfe", 2) == 0   ? "utf-16le"
	       : memcmp(p->bytes, "\xfe\xff", 2) == 0 ? "utf-16be"
						      : NULL;
}

/* A text part as UTF-8 with LF, appended. */
static void part_text(struct reading *r, const struct part *p, struct buf *to)
{
	const char *wide = wide_charset(p);
	struct buf raw, lines;
	bool delsp;

	buf_init(&raw, READING_TEXT);
	buf_init(&lines, READING_TEXT);
	if (wide)
		charset_to_utf8(&raw, wide, (const char *)p->bytes + 2, p->len - 2);
	else if (p->charset || str_utf8_valid(p->bytes, p->len))
		charset_to_utf8(&raw, p->charset, p->bytes, p->len);
	else
		charset_to_utf8(&raw, r->charset, p->bytes, p->len);
	add_lines(&lines, buf_text(&raw), raw.len);
	if (str_eq(p->type, "text/plain") && declared_flowed(r, p, &delsp))
		mail_unflow(to, buf_text(&lines), lines.len,
			    delsp ? MAIL_FLOW_DELETES_BLANK : MAIL_FLOW_KEEPS_BLANK);
	else
		buf_add(to, buf_text(&lines), lines.len);
	to->cut |= raw.cut | lines.cut;
	buf_clear(&raw);
	buf_clear(&lines);
}

/* Is there room for one more file? Where there is none, the mail says so. */
static bool has_room(struct reading *r)
{
	if (r->out->attachment_count < READING_FILES)
		return true;
	mail_reading_limit(r, "parts");
	mail_reading_unsure(r);
	return false;
}

static struct mail_attachment *attach(struct reading *r, const struct part *p)
{
	struct mail_message *m = r->out;
	struct mail_attachment *a;

	m->attachments =
		arena_grow(r->arena, m->attachments, m->attachment_count, sizeof(*a));
	a = &m->attachments[m->attachment_count++];
	a->name = str_empty(p->name) ? NULL : p->name;
	a->type = p->type;
	a->bytes = p->bytes;
	a->size = p->len;
	a->content_id = p->content_id;
	a->is_inline = str_eq(p->disposition, "inline");
	secret_sha256_hex(p->bytes, p->len, a->sha256);
	return a;
}

/* The HTML's own <meta charset> counts where the mail names none. */
static const char *meta_charset(struct reading *r, const struct part *p)
{
	size_t look = p->len < 2048 ? p->len : 2048, n;
	char *head = arena_strndup(r->arena, p->bytes, look);
	const char *at;

	at = str_ifind(head, "charset=");
	if (!at)
		return NULL;
	at += 8 + strspn(at + 8, "\"' ");
	n = strcspn(at, "\"'> ;/");
	return n && n < 40 ? arena_strndup(r->arena, at, n) : NULL;
}

static void html_part(struct reading *r, struct part *p, struct buf *html,
		      struct buf *text)
{
	struct buf own;

	buf_init(&own, READING_TEXT);
	if (!p->charset)
		p->charset = meta_charset(r, p);
	part_text(r, p, &own);
	if (text) {
		if (text->len && text->bytes[text->len - 1] != '\n')
			buf_char(text, '\n');
		if (html_to_text(text, buf_text(&own), own.len))
			mail_reading_limit(r, "html");
		if (text->len)
			buf_char(text, '\n');
	}
	if (html)
		buf_add(html, buf_text(&own), own.len);
	if (own.cut)
		mail_reading_limit(r, "text");
	buf_clear(&own);
}

/* What only the holder of a key can read is a file, and no word of anybody's (RFC 9580, 6.2). */
static void take_locked(struct reading *r, const char *at, size_t left)
{
	static const char begin[] = "-----BEGIN PGP MESSAGE-----";
	static const char end[] = "-----END PGP MESSAGE-----";
	const char *from, *to;

	while ((from = memmem(at, left, begin, sizeof(begin) - 1)) &&
	       (to = memmem(from, left - (size_t)(from - at), end, sizeof(end) - 1)) &&
	       has_room(r)) {
		struct part file = {.type = "application/octet-stream",
				    .name = arena_strdup(r->arena, "encrypted.asc")};

		to += sizeof(end) - 1;
		file.len = (size_t)(to - from);
		file.bytes = arena_strndup(r->arena, from, file.len);
		(void)attach(r, &file);
		buf_add(&r->text, at, (size_t)(from - at));
		left -= (size_t)(to - at);
		at = to;
	}
	buf_add(&r->text, at, left);
}

/* uuencoded files in a plain text become attachments, and the text goes on without; those that
 * there is no room for stay in it. */
static void plain_part(struct reading *r, const struct part *p)
{
	struct mail_uu_block uu;
	struct buf own;
	const char *at;
	size_t left;

	buf_init(&own, READING_TEXT);
	part_text(r, p, &own);
	at = buf_text(&own);
	left = own.len;
	if (r->text.len && r->text.bytes[r->text.len - 1] != '\n')
		buf_char(&r->text, '\n');
	while (left && memmem(at, left, "begin ", 6) && mail_uu_find(at, left, &uu) &&
	       has_room(r)) {
		struct part file = {.type = "application/octet-stream"};
		size_t len = (size_t)(uu.body_end - uu.body);

		file.name = str_trim(arena_strndup(r->arena, uu.name, uu.name_len));
		file.bytes = arena_strndup(r->arena, uu.body, len);
		file.len = mail_decode_in_place(file.bytes, len, MAIL_ENCODING_UU);
		(void)attach(r, &file);
		buf_add(&r->text, at, (size_t)(uu.start - at));
		left -= (size_t)(uu.end - at);
		at = uu.end;
	}
	take_locked(r, at, left);
	r->text.cut |= own.cut;
	buf_clear(&own);
}

/* Files that stand in the bytes themselves, before they are read as letters. */
static void take_yenc(struct reading *r, struct part *p)
{
	struct mail_yenc_block y;

	while (p->len > 8 && memmem(p->bytes, p->len, "=ybegin ", 8) &&
	       mail_yenc_find(p->bytes, p->len, &y) && has_room(r)) {
		struct part file = {.type = "application/octet-stream"};

		file.name = mail_header_text(r->arena,
					     arena_strndup(r->arena, y.name, y.name_len),
					     r->charset);
		file.bytes = arena_memdup(r->arena, p->bytes + y.body,
					  y.body_end - y.body + 1);
		file.len = mail_yenc_decode(file.bytes, y.body_end - y.body);
		(void)attach(r, &file);
		memmove(p->bytes + y.start, p->bytes + y.end, p->len - y.end);
		p->len -= y.end - y.start;
	}
}

static void enriched_part(struct reading *r, const struct part *p)
{
	struct buf own;

	buf_init(&own, READING_TEXT);
	part_text(r, p, &own);
	mail_enriched_text(&r->text, buf_text(&own), own.len,
			   str_eq(p->type, "text/richtext") ? MAIL_RICHTEXT
							    : MAIL_ENRICHED);
	buf_clear(&own);
}

/* What a few programs show in place of the HTML. */
static void amp_part(struct reading *r, const struct part *p)
{
	struct buf own;

	buf_init(&own, READING_TEXT);
	part_text(r, p, &own);
	markup_words(&r->loose, buf_text(&own), own.len);
	r->loose.cut |= own.cut;
	buf_clear(&own);
}

static const char *utf8_of(struct reading *r, const struct part *p, size_t max)
{
	struct buf b;
	const char *text;

	buf_init(&b, max);
	part_text(r, p, &b);
	text = arena_strndup(r->arena, buf_text(&b), b.len);
	buf_clear(&b);
	/* A cut may fall within a letter. */
	if (!str_utf8_valid(text, strlen(text))) {
		buf_init(&b, max * 3);
		str_utf8_clean(&b, text, strlen(text));
		text = arena_strndup(r->arena, buf_text(&b), b.len);
		buf_clear(&b);
	}
	return text;
}

static bool mail_type(const char *type)
{
	return str_eq(type, "message/rfc822") || str_eq(type, "message/global") ||
	       str_eq(type, "message/news");
}

/* What reports say about other mail; the parts are listed as attachments all the same. */
static void report_part(struct reading *r, const struct part *p)
{
	struct mail_message *m = r->out;
	const char *text;

	if (r->nested)
		return; /* a forwarded report is no report to us */
	if (str_ends(p->type, "delivery-status")) {
		m->has_delivery_status = true;
		mail_dsn_read(r->arena, utf8_of(r, p, READING_TEXT / 4), m);
	} else if (str_eq(p->type, "message/feedback-report")) {
		m->has_feedback_report = true;
		mail_arf_read(r->arena, utf8_of(r, p, READING_TEXT / 4), m);
	} else if (str_ends(p->type, "disposition-notification")) {
		mail_mdn_read(r->arena, utf8_of(r, p, READING_TEXT / 4), m);
	} else if (!m->returned &&
		   (mail_type(p->type) || str_starts(p->type, "text/rfc822") ||
		    str_eq(p->type, "message/rfc822-headers") ||
		    str_eq(p->type, "message/global-headers"))) {
		struct part head = *p;

		head.len = p->len < READING_RETURNED ? p->len : READING_RETURNED;
		text = utf8_of(r, &head, READING_RETURNED * 3);
		m->returned = text;
		mail_returned_read(r->arena, text, m);
	}
}

static void attachment_part(struct reading *r, struct part *p)
{
	size_t index = r->out->attachment_count;
	struct mail_attachment *a;
	struct buf text, html;
	const char *words;

	report_part(r, p);
	a = attach(r, p);
	if (mail_type(p->type)) {
		r->enter(r, p, index);
	} else if (str_eq(p->type, "text/html") ||
		   str_eq(p->type, "application/xhtml+xml")) {
		buf_init(&text, READING_TEXT);
		buf_init(&html, READING_TEXT);
		html_part(r, p, &html, &text);
		words = mail_reading_take_text(r, &text);
		a->text = mail_reading_all(r, words, mail_reading_take_text(r, &html),
					   p->loose);
	} else if ((str_starts(p->type, "text/") && !str_ends(p->type, "rtf")) ||
		   str_ends(p->type, "delivery-status") ||
		   str_eq(p->type, "message/feedback-report") ||
		   str_ends(p->type, "disposition-notification")) {
		buf_init(&text, READING_TEXT);
		part_text(r, p, &text);
		words = mail_reading_take_text(r, &text);
		a->text = mail_reading_all(r, words, NULL, p->loose);
	}
}

const char *mail_reading_type(struct reading *r, GMimeObject *o, const char *raw)
{
	const char *type = mail_header_token(r->arena, raw);

	if (!type || !strchr(type, '/')) {
		/* In a digest a part without a type is a mail; GMime knows. */
		GMimeContentType *ct = g_mime_object_get_content_type(o);
		char *made = ct && !raw ? g_mime_content_type_get_mime_type(ct) : NULL;

		type = arena_strdup(r->arena, made ? made : "text/plain");
		g_free(made);
	}
	return type;
}

static const char *content_id(struct reading *r, GMimeObject *o)
{
	struct mail_strings ids =
		mail_header_ids(r->arena, mail_reading_field(o, "Content-ID"));

	return ids.count ? ids.items[0] : NULL;
}

static void part_name(struct reading *r, struct part *p, const char *raw_disposition)
{
	static const char *const where[] = {"filename", "name"};

	p->name = mail_header_param(r->arena, raw_disposition, where[0], r->charset);
	if (str_empty(p->name))
		p->name = mail_header_param(r->arena, p->raw_type, where[1], r->charset);
	if (str_empty(p->name))
		p->name = mail_header_param(r->arena, p->raw_type, where[0], r->charset);
	if (str_empty(p->name))
		p->name = mail_header_param(r->arena, raw_disposition, where[1],
					    r->charset);
}

/* Words beside what is encoded are no part of the code. end: of the code, if it is base64. */
static void set_loose(struct reading *r, struct part *p, enum mail_encoding encoding,
		      size_t end)
{
	struct mail_uu_block uu;

	if (encoding == MAIL_ENCODING_BASE64) {
		if (end == p->len)
			return;
		p->loose = utf8_words(r, p->bytes + end, p->len - end);
		p->len = end;
	} else if (encoding == MAIL_ENCODING_UU && mail_uu_find(p->bytes, p->len, &uu)) {
		const char *before =
			utf8_words(r, p->bytes, (size_t)(uu.start - p->bytes));

		p->loose = arena_printf(
			r->arena, "%s\n%s", before,
			utf8_words(r, uu.end, (size_t)(p->bytes + p->len - uu.end)));
	}
}

/* Describes a leaf and decodes its bytes where they lie. */
static void describe(struct reading *r, GMimeObject *o, struct part *p)
{
	const char *disposition = mail_reading_field(o, "Content-Disposition");
	const char *encoding = mail_reading_field(o, "Content-Transfer-Encoding");
	GMimeDataWrapper *content;
	GMimeStream *stream;
	enum mail_encoding kind;
	size_t end = 0;

	*p = (struct part){.raw_type = mail_reading_field(o, "Content-Type")};
	p->type = mail_reading_type(r, o, p->raw_type);
	/* Two Content-Types, of which the parser went by the other. */
	if (str_starts(p->type, "multipart/"))
		p->type = "text/plain";
	p->charset = mail_header_param(r->arena, p->raw_type, "charset", NULL);
	p->disposition = mail_header_token(r->arena, disposition);
	p->content_id = content_id(r, o);
	part_name(r, p, disposition);
	content = GMIME_IS_PART(o) ? g_mime_part_get_content((GMimePart *)o) : NULL;
	stream = content ? g_mime_data_wrapper_get_stream(content) : NULL;
	p->bytes = r->bytes;
	if (stream && stream->bound_end > stream->bound_start) {
		p->bytes = r->bytes + stream->bound_start;
		p->len = (size_t)(stream->bound_end - stream->bound_start);
	}
	encoding = mail_header_token(r->arena, encoding);
	kind = mail_encoding_of(encoding);
	if (!(kind == MAIL_ENCODING_BASE64 ? mail_base64_look(p->bytes, p->len, &end)
					   : mail_decodes(p->bytes, p->len, encoding)))
		mail_reading_unsure(r);
	set_loose(r, p, kind, end);
	p->len = mail_decode_in_place(p->bytes, p->len, kind);
}

static bool visible_type(const char *type)
{
	return str_eq(type, "text/plain") || str_eq(type, "text/html") ||
	       str_eq(type, "text") || str_eq(type, "text/x-amp-html");
}

static bool enriched_type(const char *type)
{
	return str_eq(type, "text/enriched") || str_eq(type, "text/richtext");
}

/* Any other text is what the mail says only when it says nothing else before. */
static bool first_text(const struct reading *r, const struct part *p)
{
	static const char *const files[] = {
		"text/calendar",  "text/vcard", "text/x-vcard",
		"text/directory", "text/rtf",   "text/csv",
		"text/xml",       "text/css",   "text/javascript",
		"text/rfc822",    NULL};

	if (r->leaves != 1 || !str_starts(p->type, "text/"))
		return false;
	if (enriched_type(p->type) || str_eq(p->type, "text/markdown"))
		return true;
	if (r->depth != 1)
		return false; /* one of several parts: it can be looked at beside them */
	for (const char *const *f = files; *f; f++)
		if (str_starts(p->type, *f))
			return false;
	return true;
}

/* Part of what the mail says, and not a file that came with it. */
static bool is_visible(const struct reading *r, const struct part *p)
{
	if (str_eq(p->disposition, "attachment") ||
	    (!visible_type(p->type) && !first_text(r, p)))
		return false;
	/* Some programs name the very text of the mail. */
	return str_empty(p->name) ||
	       (r->leaves == 1 && r->text.len == 0 && r->html.len == 0);
}

void mail_reading_leaf(struct reading *r, GMimeObject *o)
{
	struct part p;

	describe(r, o, &p);
	r->leaves++;
	if (!is_visible(r, &p)) {
		if (has_room(r))
			attachment_part(r, &p);
		return;
	}
	if (!str_empty(p.name) && has_room(r))
		(void)attach(r, &p);
	if (p.loose)
		mail_reading_loose(r, p.loose, strlen(p.loose));
	if (str_eq(p.type, "text/html"))
		html_part(r, &p, &r->html, r->html_is_text ? &r->text : NULL);
	else if (enriched_type(p.type)) {
		mail_reading_unsure(r); /* it has comments of its own */
		enriched_part(r, &p);
	} else if (str_eq(p.type, "text/x-amp-html")) {
		mail_reading_unsure(r);
		amp_part(r, &p);
	} else {
		take_yenc(r, &p);
		plain_part(r, &p);
	}
}
