#include "mail/read.h"
#include "base/str.h"
#include "mail/address.h"
#include "mail/arf.h"
#include "mail/decode.h"
#include "mail/dsn.h"
#include "mail/flowed.h"
#include "mail/header.h"
#include "mail/prepare.h"
#include "mail/reply.h"
#include "text/charset.h"
#include "text/html.h"

#include <gmime/gmime.h>
#ifdef MERCAT_SANITIZED
#include <sanitizer/lsan_interface.h>
#endif

enum {
	DEPTH_MAX = 100,	 /* of parts in parts */
	NESTED_MAX = 20,	 /* of mails in mails */
	TEXT_MAX = 4 << 20,	 /* of each text */
	NESTED_BYTES = 64 << 20, /* of all mails in mails, so copies stay bounded */
	RETURNED_MAX = 64 << 10
};

/* The work on one mail, the outermost or one that is attached. */
struct reading {
	struct arena *arena;
	struct mail_message *out; /* attachments and reports go here: the outermost */
	char *bytes;		  /* prepared; parts are decoded in place */
	const char *charset;	  /* hint for bare 8-bit headers */
	struct buf text, html;
	int depth, nested;
	size_t leaves; /* seen so far */
	size_t *budget; /* bytes left for mails in mails */
	bool html_is_text; /* the HTML at hand has no plain twin */
};

struct part {
	const char *type, *charset, *name, *disposition, *content_id;
	const char *raw_type; /* the whole Content-Type, for its parameters */
	char *bytes;
	size_t len;
};

void mail_read_setup(void)
{
	static bool done;

	if (done)
		return;
	done = true;
#ifdef MERCAT_SANITIZED
	__lsan_disable(); /* GMime's table of types is never given back */
#endif
	g_mime_init();
	/* Mails in mails stay leaves: we go into them ourselves, with a limit. */
	g_mime_object_register_type("message", "rfc822", GMIME_TYPE_PART);
	g_mime_object_register_type("message", "global", GMIME_TYPE_PART);
	g_mime_object_register_type("message", "news", GMIME_TYPE_PART);
	g_mime_object_register_type("message", "partial", GMIME_TYPE_PART);
#ifdef MERCAT_SANITIZED
	__lsan_enable();
#endif
	charset_warm();
	(void)html_to_text(&(struct buf){.max = 0}, "<p>", 3);
}

static void limit_hit(struct reading *r, const char *which)
{
	struct mail_strings *l = &r->out->limits_hit;

	for (size_t i = 0; i < l->count; i++)
		if (str_eq(l->items[i], which))
			return;
	l->items = arena_grow(r->arena, l->items, l->count, sizeof(*l->items));
	l->items[l->count++] = which;
}

static const char *raw_field(GMimeObject *o, const char *name)
{
	GMimeHeader *h = g_mime_header_list_get_header(g_mime_object_get_header_list(o), name);

	return h ? g_mime_header_get_raw_value(h) : NULL;
}

/* Blank text is no text. */
static bool blank(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (!str_is_space(text[i]))
			return false;
	return true;
}

static const char *take_text(struct reading *r, struct buf *b)
{
	const char *text = NULL;

	if (buf_cut(b))
		limit_hit(r, "text");
	if (!blank(buf_text(b), b->len))
		text = arena_strndup(r->arena, b->bytes, b->len);
	buf_clear(b);
	return text;
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

/* A text part as UTF-8 with LF, appended. */
static void part_text(struct reading *r, const struct part *p, struct buf *to)
{
	struct buf raw, lines;
	bool delsp;

	buf_init(&raw, TEXT_MAX);
	buf_init(&lines, TEXT_MAX);
	if (p->charset || str_utf8_valid(p->bytes, p->len))
		charset_to_utf8(&raw, p->charset, p->bytes, p->len);
	else
		charset_to_utf8(&raw, r->charset, p->bytes, p->len);
	add_lines(&lines, buf_text(&raw), raw.len);
	if (str_eq(p->type, "text/plain") && declared_flowed(r, p, &delsp))
		mail_unflow(to, buf_text(&lines), lines.len, delsp);
	else
		buf_add(to, buf_text(&lines), lines.len);
	to->cut |= raw.cut | lines.cut;
	buf_clear(&raw);
	buf_clear(&lines);
}

static struct mail_attachment *attach(struct reading *r, const struct part *p)
{
	struct mail_message *m = r->out;
	struct mail_attachment *a;

	m->attachments = arena_grow(r->arena, m->attachments, m->attachment_count, sizeof(*a));
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

static void html_part(struct reading *r, struct part *p, struct buf *html, struct buf *text)
{
	struct buf own;

	buf_init(&own, TEXT_MAX);
	if (!p->charset)
		p->charset = meta_charset(r, p);
	part_text(r, p, &own);
	if (text) {
		if (text->len && text->bytes[text->len - 1] != '\n')
			buf_char(text, '\n');
		if (html_to_text(text, buf_text(&own), own.len))
			limit_hit(r, "html");
		if (text->len)
			buf_char(text, '\n');
	}
	if (html)
		buf_add(html, buf_text(&own), own.len);
	if (own.cut)
		limit_hit(r, "text");
	buf_clear(&own);
}

/* uuencoded files in a plain text become attachments, and the text goes on without. */
static void plain_part(struct reading *r, const struct part *p)
{
	struct mail_uu_block uu;
	struct buf own;
	const char *at;
	size_t left;

	buf_init(&own, TEXT_MAX);
	part_text(r, p, &own);
	at = buf_text(&own);
	left = own.len;
	if (r->text.len && r->text.bytes[r->text.len - 1] != '\n')
		buf_char(&r->text, '\n');
	while (left && memmem(at, left, "begin ", 6) && mail_uu_find(at, left, &uu)) {
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
	buf_add(&r->text, at, left);
	r->text.cut |= own.cut;
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
		mail_dsn_read(r->arena, utf8_of(r, p, TEXT_MAX / 4), m);
	} else if (str_eq(p->type, "message/feedback-report")) {
		m->has_feedback_report = true;
		mail_arf_read(r->arena, utf8_of(r, p, TEXT_MAX / 4), m);
	} else if (str_ends(p->type, "disposition-notification")) {
		mail_mdn_read(r->arena, utf8_of(r, p, TEXT_MAX / 4), m);
	} else if (!m->returned &&
		   (mail_type(p->type) || str_starts(p->type, "text/rfc822") ||
		    str_eq(p->type, "message/rfc822-headers") ||
		    str_eq(p->type, "message/global-headers"))) {
		struct part head = *p;

		head.len = p->len < RETURNED_MAX ? p->len : RETURNED_MAX;
		text = utf8_of(r, &head, RETURNED_MAX * 3);
		m->returned = text;
		mail_returned_read(r->arena, text, m);
	}
}

static void read_nested(struct reading *r, const struct part *p, size_t attachment);

static void attachment_part(struct reading *r, struct part *p)
{
	size_t index = r->out->attachment_count;
	struct mail_attachment *a;
	struct buf text;

	report_part(r, p);
	a = attach(r, p);
	if (mail_type(p->type)) {
		read_nested(r, p, index);
	} else if (str_eq(p->type, "text/html") || str_eq(p->type, "application/xhtml+xml")) {
		buf_init(&text, TEXT_MAX);
		html_part(r, p, NULL, &text);
		a->text = take_text(r, &text);
	} else if ((str_starts(p->type, "text/") && !str_ends(p->type, "rtf")) ||
		   str_ends(p->type, "delivery-status") ||
		   str_eq(p->type, "message/feedback-report") ||
		   str_ends(p->type, "disposition-notification")) {
		buf_init(&text, TEXT_MAX);
		part_text(r, p, &text);
		a->text = take_text(r, &text);
	}
}

static const char *part_type(struct reading *r, GMimeObject *o, const char *raw)
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
	struct mail_strings ids = mail_header_ids(r->arena, raw_field(o, "Content-ID"));

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
		p->name = mail_header_param(r->arena, raw_disposition, where[1], r->charset);
}

/* Describes a leaf and decodes its bytes where they lie. */
static void describe(struct reading *r, GMimeObject *o, struct part *p)
{
	const char *disposition = raw_field(o, "Content-Disposition");
	const char *encoding = raw_field(o, "Content-Transfer-Encoding");
	GMimeDataWrapper *content;
	GMimeStream *stream;

	*p = (struct part){.raw_type = raw_field(o, "Content-Type")};
	p->type = part_type(r, o, p->raw_type);
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
	p->len = mail_decode_in_place(p->bytes, p->len,
				      mail_encoding_of(mail_header_token(r->arena, encoding)));
}

static bool visible_type(const char *type)
{
	return str_eq(type, "text/plain") || str_eq(type, "text/html") || str_eq(type, "text") ||
	       str_eq(type, "text/x-amp-html");
}

/* Part of what the mail says, and not a file that came with it. */
static bool is_visible(const struct reading *r, const struct part *p)
{
	if (!visible_type(p->type) || str_eq(p->disposition, "attachment"))
		return false;
	/* Some programs name the very text of the mail. */
	return str_empty(p->name) ||
	       (r->leaves == 1 && r->text.len == 0 && r->html.len == 0);
}

static void leaf(struct reading *r, GMimeObject *o)
{
	struct part p;

	describe(r, o, &p);
	r->leaves++;
	if (!is_visible(r, &p)) {
		attachment_part(r, &p);
		return;
	}
	if (!str_empty(p.name))
		(void)attach(r, &p);
	if (str_eq(p.type, "text/html"))
		html_part(r, &p, &r->html, r->html_is_text ? &r->text : NULL);
	else if (!str_eq(p.type, "text/x-amp-html"))
		plain_part(r, &p);
}

/* Is there plain text to be read in this part of the tree? */
static bool has_plain(struct reading *r, GMimeObject *o, int depth)
{
	struct part p;

	if (depth > DEPTH_MAX)
		return false;
	if (GMIME_IS_MULTIPART(o)) {
		int n = g_mime_multipart_get_count((GMimeMultipart *)o);

		for (int i = 0; i < n; i++)
			if (has_plain(r, g_mime_multipart_get_part((GMimeMultipart *)o, i),
				      depth + 1))
				return true;
		return false;
	}
	p.raw_type = raw_field(o, "Content-Type");
	p.type = part_type(r, o, p.raw_type);
	if (!str_eq(p.type, "text/plain") || !GMIME_IS_PART(o))
		return false;
	{
		GMimeDataWrapper *content = g_mime_part_get_content((GMimePart *)o);
		GMimeStream *s = content ? g_mime_data_wrapper_get_stream(content) : NULL;

		return s && s->bound_end > s->bound_start &&
		       !blank(r->bytes + s->bound_start, (size_t)(s->bound_end - s->bound_start));
	}
}

static void walk(struct reading *r, GMimeObject *o);
static void walk_mail(struct reading *r, char *bytes, size_t len, GMimeMessage **out_mail);

/*
 * A multipart whose boundary is never found: where its lines show the true one, it
 * is read again with that; else all of it is text.
 */
static void lost_boundary(struct reading *r, const char *prologue)
{
	const char *line = prologue, *after;
	size_t len;

	for (; *line; line = line[len] ? line + len + 1 : line + len) {
		len = strcspn(line, "\n");
		after = line + len + (line[len] == '\n');
		if (len > 2 && len < 200 && str_starts(line, "--") && !memchr(line, '"', len) &&
		    str_istarts(after, "content-") && r->depth < DEPTH_MAX) {
			char *again = arena_printf(
				r->arena, "Content-Type: multipart/mixed; boundary=\"%.*s\"\n\n%s",
				(int)len - 2, line + 2, line);
			struct reading inner = *r;

			inner.bytes = again;
			inner.depth++;
			walk_mail(&inner, again, strlen(again), NULL);
			r->text = inner.text;
			r->html = inner.html;
			return;
		}
	}
	charset_to_utf8(&r->text, r->charset, prologue, strlen(prologue));
}

static void multipart(struct reading *r, GMimeMultipart *m, const char *type)
{
	int n = g_mime_multipart_get_count(m);
	bool before = r->html_is_text;
	const char *prologue = g_mime_multipart_get_prologue(m);

	if (n == 0 && prologue && *prologue)
		lost_boundary(r, prologue);
	if (r->html_is_text && (str_eq(type, "multipart/alternative")))
		r->html_is_text = !has_plain(r, (GMimeObject *)m, 0);
	for (int i = 0; i < n; i++)
		walk(r, g_mime_multipart_get_part(m, i));
	r->html_is_text = before;
}

static void walk(struct reading *r, GMimeObject *o)
{
	if (r->depth >= DEPTH_MAX) {
		limit_hit(r, "nesting");
		return;
	}
	r->depth++;
	if (GMIME_IS_MULTIPART(o))
		multipart(r, (GMimeMultipart *)o,
			  part_type(r, o, raw_field(o, "Content-Type")));
	else if (o)
		leaf(r, o);
	r->depth--;
}

/* The parser reads our bytes where they are; nothing is copied. */
static GMimeMessage *parse(char *bytes, size_t len)
{
	GByteArray borrowed = {.data = (guint8 *)bytes, .len = (guint)len};
	GMimeStream *stream = g_mime_stream_mem_new_with_byte_array(&borrowed);
	GMimeParser *parser;
	GMimeMessage *mail;

	g_mime_stream_mem_set_owner((GMimeStreamMem *)stream, FALSE);
	parser = g_mime_parser_new_with_stream(stream);
	mail = g_mime_parser_construct_message(parser, NULL);
	g_object_unref(parser);
	g_object_unref(stream);
	return mail;
}

static void walk_mail(struct reading *r, char *bytes, size_t len, GMimeMessage **out_mail)
{
	GMimeMessage *mail = parse(bytes, len);

	r->bytes = bytes;
	if (mail && g_mime_message_get_mime_part(mail))
		walk(r, g_mime_message_get_mime_part(mail));
	if (out_mail)
		*out_mail = mail;
	else if (mail)
		g_object_unref(mail);
}

static void note_prepared(struct reading *r, const struct mail_prepared *p)
{
	if (p->field_cut)
		limit_hit(r, "header field");
	if (p->header_cut)
		limit_hit(r, "header");
	if (p->parts_cut)
		limit_hit(r, "parts");
}

/* A mail in a mail: its text goes to the attachment, its files to the list. */
static void read_nested(struct reading *r, const struct part *p, size_t attachment)
{
	struct mail_prepared prepared;
	struct reading inner = {.arena = r->arena, .out = r->out, .depth = r->depth,
				.nested = r->nested + 1, .budget = r->budget,
				.html_is_text = true};

	if (r->nested >= NESTED_MAX || p->len > *r->budget) {
		limit_hit(r, r->nested >= NESTED_MAX ? "nesting" : "size");
		return;
	}
	*r->budget -= p->len;
	buf_init(&inner.text, TEXT_MAX);
	buf_init(&inner.html, TEXT_MAX);
	mail_prepare(r->arena, p->bytes, p->len, &prepared);
	note_prepared(r, &prepared);
	walk_mail(&inner, prepared.bytes, prepared.len, NULL);
	r->out->attachments[attachment].text = take_text(&inner, &inner.text);
	buf_clear(&inner.html);
}

static int64_t read_date(const char *raw)
{
	GDateTime *when = raw ? g_mime_utils_header_decode_date(raw) : NULL;
	int64_t at = 0;

	if (when) {
		at = g_date_time_to_unix(when);
		g_date_time_unref(when);
	}
	/* Years that a mail can have been written in, as RFC 3339 can print them. */
	return at > 0 && at < 253402300800 ? at : 0;
}

static void read_fields(struct reading *r, GMimeHeaderList *list)
{
	struct mail_message *m = r->out;
	int n = g_mime_header_list_get_count(list);

	m->fields = n > 0 ? arena_make(r->arena, struct mail_field, (size_t)n) : NULL;
	for (int i = 0; i < n; i++) {
		GMimeHeader *h = g_mime_header_list_get_header_at(list, i);
		struct mail_field *f = &m->fields[m->field_count];

		f->name = arena_strdup(r->arena, g_mime_header_get_name(h));
		f->value = mail_header_text(r->arena, g_mime_header_get_raw_value(h), r->charset);
		if (f->value && str_utf8_valid(f->name, strlen(f->name)))
			m->field_count++;
	}
}

static void add_string(struct arena *arena, struct mail_strings *list, const char *text)
{
	if (str_empty(text))
		return;
	for (size_t i = 0; i < list->count; i++)
		if (str_ieq(list->items[i], text))
			return;
	list->items = arena_grow(arena, list->items, list->count, sizeof(*list->items));
	list->items[list->count++] = text;
}

/* Where this copy was sent: what the sender's To says need not be it. */
static void read_delivered_to(struct reading *r)
{
	static const char *const names[] = {"Delivered-To", "X-Original-To", "Envelope-To",
					    "X-Envelope-To", "X-Delivered-To", "X-Forwarded-To",
					    "X-Original-Recipient", "X-RCPT-To"};
	struct mail_message *m = r->out;

	for (size_t i = 0; i < m->field_count; i++)
		for (size_t j = 0; j < ARRAY_LEN(names); j++) {
			size_t len;
			const char *found;

			if (!str_ieq(m->fields[i].name, names[j]))
				continue;
			found = mail_address_find(m->fields[i].value, &len);
			if (found)
				add_string(r->arena, &m->delivered_to,
					   arena_strndup(r->arena, found, len));
		}
}

static const char *return_path(struct reading *r)
{
	const char *raw = mail_field_value(r->out, "Return-Path"), *found;
	size_t len;

	if (!raw)
		return NULL;
	found = mail_address_find(raw, &len);
	if (found)
		return arena_strndup(r->arena, found, len);
	return strpbrk(raw, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") ?
		       arena_strndup(r->arena, raw + strspn(raw, "< "), strcspn(raw + strspn(raw, "< "), "> ")) :
		       "";
}

/* From, else who else says that he sent it. */
static struct mail_address read_from(struct reading *r, GMimeObject *o)
{
	static const char *const names[] = {"From", "Sender", "Resent-From", "X-Sender", "Reply-To"};
	struct mail_addresses list;

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		list = mail_addresses_read(r->arena, raw_field(o, names[i]), r->charset);
		if (list.count && (list.items[0].address || list.items[0].name))
			return list.items[0];
	}
	return (struct mail_address){0};
}

static void read_header(struct reading *r, GMimeObject *o)
{
	struct mail_message *m = r->out;
	struct mail_strings ids;

	read_fields(r, g_mime_object_get_header_list(o));
	m->from = read_from(r, o);
	m->reply_to = mail_addresses_read(r->arena, raw_field(o, "Reply-To"), r->charset);
	m->to = mail_addresses_read(r->arena, raw_field(o, "To"), r->charset);
	m->cc = mail_addresses_read(r->arena, raw_field(o, "Cc"), r->charset);
	m->subject = mail_field_value(m, "Subject");
	m->date_at = read_date(raw_field(o, "Date"));
	ids = mail_header_ids(r->arena, raw_field(o, "Message-ID"));
	m->message_id = ids.count ? ids.items[0] : NULL;
	ids = mail_header_ids(r->arena, raw_field(o, "In-Reply-To"));
	m->in_reply_to = ids.count ? ids.items[0] : NULL;
	m->references = mail_header_ids(r->arena, raw_field(o, "References"));
	read_delivered_to(r);
	m->return_path = return_path(r);
	m->auto_submitted = mail_field_value(m, "Auto-Submitted");
	m->precedence = mail_field_value(m, "Precedence");
	m->list_id = mail_field_value(m, "List-Id");
}

/* The charset of the first text that names one: what bare 8-bit headers are in, too. */
static const char *first_charset(struct reading *r, GMimeObject *o, int depth)
{
	const char *charset = mail_header_param(r->arena, raw_field(o, "Content-Type"), "charset", NULL);

	if (charset || depth > 5 || !GMIME_IS_MULTIPART(o))
		return charset;
	for (int i = 0; i < g_mime_multipart_get_count((GMimeMultipart *)o) && i < 5 && !charset; i++)
		charset = first_charset(r, g_mime_multipart_get_part((GMimeMultipart *)o, i),
					depth + 1);
	return charset;
}

/* Else what the encoded words of the header are in. */
static const char *header_charset(struct reading *r, GMimeObject *o)
{
	static const char *const names[] = {"Subject", "From", "To"};

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		const char *raw = raw_field(o, names[i]);
		const char *word = raw ? strstr(raw, "=?") : NULL;
		size_t n = word ? strcspn(word + 2, "?* \t\n") : 0;

		if (n && n < 40 && word[2 + n] == '?')
			return arena_strndup(r->arena, word + 2, n);
	}
	return NULL;
}

bool mail_read(const void *bytes, size_t len, struct arena *arena, struct mail_message *out,
	       struct err *err)
{
	struct mail_prepared prepared;
	size_t budget = NESTED_BYTES;
	struct reading r = {.arena = arena, .out = out, .budget = &budget, .html_is_text = true};
	GMimeMessage *mail;
	GMimeObject *top;

	*out = (struct mail_message){0};
	mail_prepare(arena, bytes, len, &prepared);
	mail = parse(prepared.bytes, prepared.len);
	top = mail ? g_mime_message_get_mime_part(mail) : NULL;
	if (!top) {
		if (mail)
			g_object_unref(mail);
		return err_set(err, ERR_INPUT,
			       "this is no mail that can be read; look at the raw bytes");
	}
	r.bytes = prepared.bytes;
	buf_init(&r.text, TEXT_MAX);
	buf_init(&r.html, TEXT_MAX);
	r.charset = first_charset(&r, top, 0);
	if (!r.charset)
		r.charset = header_charset(&r, (GMimeObject *)mail);
	note_prepared(&r, &prepared);
	read_header(&r, (GMimeObject *)mail);
	out->content_type = part_type(&r, top, raw_field(top, "Content-Type"));
	out->report_type = mail_header_param(arena, raw_field(top, "Content-Type"), "report-type", NULL);
	walk(&r, top);
	g_object_unref(mail);
	out->text = take_text(&r, &r.text);
	out->html = take_text(&r, &r.html);
	mail_reply_cut(arena, out->text, &out->text_new, &out->text_quoted);
	return true;
}
