#include "mail/read/read.h"
#include "base/str.h"
#include "mail/fields/address.h"
#include "mail/decode/decode.h"
#include "mail/fields/header.h"
#include "mail/decode/prepare.h"
#include "mail/read/reading.h"
#include "mail/read/unquoted.h"
#include "mail/read/reply_words.h"
#include "text/charset/charset.h"
#include "document/entity.h"
#include "document/shown.h"
#include "document/unsaid.h"
#include "text/markup/html.h"

#ifdef MERCAT_SANITIZED
#include <sanitizer/lsan_interface.h>
#endif

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
	entity_warm();
	(void)html_to_text(&(struct buf){.max = 0}, "<p>", 3);
}

/* Is there plain text to be read in this part of the tree? */
static bool has_plain(struct reading *r, GMimeObject *o, int depth)
{
	struct part p;

	if (depth > READING_DEPTH)
		return false;
	if (GMIME_IS_MULTIPART(o)) {
		int n = g_mime_multipart_get_count((GMimeMultipart *)o);

		for (int i = 0; i < n; i++)
			if (has_plain(r,
				      g_mime_multipart_get_part((GMimeMultipart *)o, i),
				      depth + 1))
				return true;
		return false;
	}
	p.raw_type = mail_reading_field(o, "Content-Type");
	p.type = mail_reading_type(r, o, p.raw_type);
	if (!str_eq(p.type, "text/plain") || !GMIME_IS_PART(o))
		return false;
	{
		GMimeDataWrapper *content = g_mime_part_get_content((GMimePart *)o);
		GMimeStream *s = content ? g_mime_data_wrapper_get_stream(content) : NULL;

		return s && s->bound_end > s->bound_start &&
		       !mail_reading_blank(r->bytes + s->bound_start,
					   (size_t)(s->bound_end - s->bound_start));
	}
}

static void walk(struct reading *r, GMimeObject *o);
static void walk_mail(struct reading *r, char *bytes, size_t len,
		      GMimeMessage **out_mail);

/* Text that is a mail's own, header and all, read in place of what is at hand. */
static void read_again(struct reading *r, const char *text)
{
	char *again = arena_strdup(r->arena, text);
	struct reading inner = *r;

	inner.bytes = again;
	inner.depth++;
	mail_reading_unsure(r);
	walk_mail(&inner, again, strlen(again), NULL);
	r->text = inner.text;
	r->html = inner.html;
	r->loose = inner.loose;
	r->leaves = inner.leaves;
}

/*
 * A multipart whose boundary is never found: where its lines show the true one, or
 * begin with a part's header, it is read again with that. False: it is text.
 */
static bool lost_boundary(struct reading *r, const char *prologue)
{
	const char *line = prologue, *after;
	size_t len;

	if (r->depth >= READING_DEPTH)
		return false;
	line += strspn(line, "\r\n");
	if (str_istarts(line, "content-type:") ||
	    (str_istarts(line, "content-") && str_ifind(line, "\ncontent-type:"))) {
		read_again(r, line);
		return true;
	}
	for (; *line; line = line[len] ? line + len + 1 : line + len) {
		len = strcspn(line, "\n");
		after = line + len + (line[len] == '\n');
		if (len > 2 && len < 200 && str_starts(line, "--") &&
		    !memchr(line, '"', len) && str_istarts(after, "content-")) {
			read_again(r, arena_printf(r->arena,
						   "Content-Type: multipart/mixed; "
						   "boundary=\"%.*s\"\n\n%s",
						   (int)len - 2, line + 2, line));
			return true;
		}
	}
	return false;
}

/* "This is a multi-part message in MIME format.": for programs of before MIME. */
static bool stock_sentence(const char *prologue)
{
	static const char *const words[] = {"mime", "multi-part", "multipart",
					    "mehrteilig"};
	enum { STOCK_BYTES = 400 };

	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (strlen(prologue) < STOCK_BYTES && str_ifind(prologue, words[i]))
			return true;
	return false;
}

/* What stands before the first part, where no part says anything. */
static void text_of_prologue(struct reading *r, GMimeObject *o, const char *prologue)
{
	const char *encoding = mail_reading_field(o, "Content-Transfer-Encoding");
	char *text = arena_strdup(r->arena, prologue);
	size_t len = mail_decode_in_place(
		text, strlen(text),
		mail_encoding_of(mail_header_token(r->arena, encoding)));

	charset_to_utf8(&r->text, r->charset, text, len);
}

/* Cut off before its last boundary, or goes on behind it. */
static bool has_loose_ends(struct reading *r, GMimeMultipart *m)
{
	const char *epilogue = str_or(g_mime_multipart_get_epilogue(m), "");
	const char *boundary = g_mime_multipart_get_boundary(m), *end;

	if (!mail_reading_blank(epilogue, strlen(epilogue)) || str_empty(boundary))
		return true;
	end = arena_printf(r->arena, "--%s--", boundary);
	return !memmem(r->bytes, r->len, end, strlen(end));
}

static void loose_epilogue(struct reading *r, GMimeMultipart *m)
{
	const char *epilogue = str_or(g_mime_multipart_get_epilogue(m), "");

	mail_reading_loose(r, epilogue, strlen(epilogue));
}

static void multipart(struct reading *r, GMimeMultipart *m, const char *type)
{
	int n = g_mime_multipart_get_count(m);
	bool before = r->html_is_text;
	const char *prologue = str_or(g_mime_multipart_get_prologue(m), "");

	loose_epilogue(r, m);
	if (n == 0 || has_loose_ends(r, m) ||
	    (!mail_reading_blank(prologue, strlen(prologue)) &&
	     !stock_sentence(prologue)))
		mail_reading_unsure(r);

	/* The boundary above the first part, or above all of them, is lost. */
	if (*prologue && lost_boundary(r, prologue))
		prologue = "";
	if (r->html_is_text && (str_eq(type, "multipart/alternative")))
		r->html_is_text = !has_plain(r, (GMimeObject *)m, 0);
	for (int i = 0; i < n; i++)
		walk(r, g_mime_multipart_get_part(m, i));
	if (*prologue && (n == 0 || !stock_sentence(prologue)) &&
	    mail_reading_blank(buf_text(&r->text), r->text.len) &&
	    mail_reading_blank(buf_text(&r->html), r->html.len))
		text_of_prologue(r, (GMimeObject *)m, prologue);
	else if (!stock_sentence(prologue))
		mail_reading_loose(r, prologue, strlen(prologue));
	r->html_is_text = before;
}

static void walk(struct reading *r, GMimeObject *o)
{
	if (r->depth >= READING_DEPTH) {
		mail_reading_limit(r, "nesting");
		return;
	}
	r->depth++;
	if (GMIME_IS_MULTIPART(o))
		multipart(r, (GMimeMultipart *)o,
			  mail_reading_type(r, o, mail_reading_field(o, "Content-Type")));
	else if (o)
		mail_reading_leaf(r, o);
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
	r->len = len;
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
		mail_reading_limit(r, "header field");
	if (p->header_cut)
		mail_reading_limit(r, "header");
	if (p->parts_cut)
		mail_reading_limit(r, "parts");
}

static void note_attached(struct reading *r, GMimeMessage *mail)
{
	struct mail_addresses from = mail_addresses_read(
		r->arena, mail_reading_field((GMimeObject *)mail, "From"), r->charset);

	r->attached++;
	r->attached_from = from.count == 1 ? from.items[0] : (struct mail_address){0};
	g_object_unref(mail);
}

/* A mail in a mail: its text goes to the attachment, its files to the list. */
static void enter(struct reading *r, const struct part *p, size_t attachment)
{
	struct mail_prepared prepared;
	struct reading inner = {.arena = r->arena,
				.out = r->out,
				.depth = r->depth,
				.nested = r->nested + 1,
				.enter = r->enter,
				.budget = r->budget,
				.html_is_text = true};
	GMimeMessage *mail = NULL;
	const char *text, *html;

	if (r->nested >= READING_NESTED || p->len > *r->budget) {
		mail_reading_limit(r, r->nested >= READING_NESTED ? "nesting" : "size");
		return;
	}
	*r->budget -= p->len;
	buf_init(&inner.text, READING_TEXT);
	buf_init(&inner.html, READING_TEXT);
	buf_init(&inner.loose, READING_TEXT);
	mail_prepare(r->arena, p->bytes, p->len, &prepared);
	note_prepared(r, &prepared);
	walk_mail(&inner, prepared.bytes, prepared.len, &mail);
	if (mail)
		note_attached(r, mail);
	text = mail_reading_take_text(&inner, &inner.text);
	html = mail_reading_take_text(&inner, &inner.html);
	r->out->attachments[attachment].text = mail_reading_all(
		r, text, html, mail_reading_take_text(&inner, &inner.loose));
}

/* Ours is who gets the mail, and everybody in the same domain. */
static bool is_ours(const struct mail_message *m, const char *address)
{
	const char *domain = strrchr(address, '@');

	for (size_t i = 0; i < m->to.count; i++)
		if (str_ieq(strrchr(str_or(m->to.items[i].address, ""), '@'), domain))
			return true;
	for (size_t i = 0; i < m->delivered_to.count; i++)
		if (str_ieq(strrchr(m->delivered_to.items[i], '@'), domain))
			return true;
	return false;
}

/* Passed on is what another wrote, and not what we wrote, which is being answered. */
static bool is_another(const struct mail_message *m, const struct mail_address *who)
{
	if (!who->address)
		return who->name != NULL;
	return !is_ours(m, who->address) && !str_ieq(who->address, m->from.address);
}

/* What its writer says beside a mail that is attached is a note. */
static void find_attached(const struct reading *r, struct mail_message *m)
{
	if (r->attached != 1 || !r->attached_from.address ||
	    !reply_subject_forwards(m->subject) || !is_another(m, &r->attached_from))
		return;
	m->forwarded = r->attached_from;
	m->note_len = strlen(str_or(m->text_new, ""));
}

/* New is also what was passed on, unless it is our own mail, which is being answered. */
static void find_new(const struct reading *r, struct mail_message *m)
{
	struct mail_reply_forward f;

	if (reply_subject_forwards(m->subject) &&
	    mail_reply_forwarded(r->arena, m->text, &f) &&
	    !(f.address && is_ours(m, f.address)) && (f.address || !m->in_reply_to)) {
		m->text_new = f.note ? arena_printf(r->arena, "%s\n\n%s", f.note, f.body)
				     : f.body;
		m->text_quoted = f.quoted;
		m->forwarded = (struct mail_address){f.name, f.address};
		if (!is_another(m, &m->forwarded))
			m->forwarded = (struct mail_address){0};
		else
			m->note_len = f.note ? strlen(f.note) : 0;
		return;
	}
	if (m->in_reply_to || m->references.count || reply_subject_answers(m->subject))
		mail_reply_cut(r->arena, m->text, &m->text_new, &m->text_quoted);
	else
		mail_reply_own(r->arena, m->text, &m->text_new, &m->text_quoted);
	find_attached(r, m);
}

/* As the text was parted into what is new and what is quoted. */
static void part(struct reading *r, const struct mail_message *m, const char *words,
		 const char **out_new, const char **out_quoted)
{
	if (m->forwarded.name || m->forwarded.address) {
		*out_new = words;
		*out_quoted = NULL;
	} else if (m->in_reply_to || m->references.count ||
		   reply_subject_answers(m->subject)) {
		mail_reply_cut(r->arena, words, out_new, out_quoted);
	} else {
		mail_reply_own(r->arena, words, out_new, out_quoted);
	}
}

static void add_quoted(struct reading *r, const struct unsaid *said, const char *quoted,
		       struct mail_message *io)
{
	AUTO(buf) more = buf_new((size_t)READING_TEXT * 2);

	unsaid_lines(said, quoted, more);
	if (!more->len)
		return;
	io->text_quoted = io->text_quoted ? arena_printf(r->arena, "%s\n\n%s",
							 io->text_quoted, buf_text(more))
					  : arena_strdup(r->arena, buf_text(more));
}

enum { NOTE_WORDS_MOST = 60 };

static bool has_any(const char *text, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_ifind(text, words[i]))
			return true;
	return false;
}

/* "Our answers are in the text below, in red": a note, and what it points at. */
static bool points_below(const char *text)
{
	static const char *const places[] = {
		"below",     "underneath",       "beneath",     "inline",
		"in line",   "in-line",          "in the text", "in red",
		"in blue",   "in green",         "in bold",     "in capitals",
		"in italic", "between the",      "under each",  "beside each",
		"isod",      "gu h-\xC3\xACosal"};
	static const char *const things[] = {
		"answer",  "response", "comment",  "repl", "our view",
		"my view", "thoughts", "feedback", "ateb", "freagair"};
	size_t words = 0;

	for (const char *at = text; *at; at++)
		words += !str_is_space(*at) && (at == text || str_is_space(at[-1]));
	return words && words <= NOTE_WORDS_MOST &&
	       has_any(text, places, ARRAY_LEN(places)) &&
	       has_any(text, things, ARRAY_LEN(things));
}

/*
 * Answers that were typed into the mail that is answered, where a program quotes without marks:
 * whose line is whose, nobody can tell, so they are beside what is new.
 */
static void add_below(struct reading *r, const struct mail_message *m, struct buf *also)
{
	const char *at = m->text_quoted;

	if (!at || !m->text_new || r->attached || m->forwarded.name ||
	    m->forwarded.address || reply_subject_forwards(m->subject) ||
	    !points_below(m->text_new))
		return;
	if (strstr(at, "\n>") || *at == '>') /* those are told apart by their marks */
		return;
	while (*at && !(at[0] == '\n' && at[1] == '\n')) /* who wrote it when, to whom */
		at++;
	buf_str(also, at);
}

static void find_also(struct reading *r, struct mail_message *io)
{
	AUTO(buf) also = buf_new((size_t)READING_TEXT * 2);
	const char *loose = mail_reading_take_text(r, &r->loose), *fresh, *quoted;
	struct unsaid *said;

	add_below(r, io, also);
	if (!io->html && !loose && !also->len)
		return;
	said = unsaid_new(r->arena, str_or(io->text, ""));
	io->said = said;
	if (io->html) {
		io->html_layout = mail_reading_layout(r, io->html);
		part(r, io, io->html_layout, &fresh, &quoted);
		unsaid_lines(said, str_or(fresh, ""), also);
		add_quoted(r, said, str_or(quoted, ""), io);
	}
	if (loose)
		unsaid_lines(said, loose, also);
	io->also = mail_reading_take_text(r, also);
}

static void find_shown(struct arena *arena, struct mail_message *io)
{
	struct shown shown;

	shown_read(arena, io->html, io->text_new ? io->text_new + io->note_len : NULL,
		   &shown);
	io->shown = shown.packed;
	io->shown_len = shown.packed_len;
	io->html_text = shown.text;
	io->html_text_cut = shown.text_cut;
}

bool mail_read(const void *bytes, size_t len, struct arena *arena,
	       struct mail_message *out, struct err *err)
{
	struct mail_prepared prepared;
	size_t budget = READING_NESTED_BYTES;
	struct reading r = {.arena = arena,
			    .out = out,
			    .enter = enter,
			    .budget = &budget,
			    .html_is_text = true};
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
	r.len = prepared.len;
	buf_init(&r.text, READING_TEXT);
	buf_init(&r.html, READING_TEXT);
	buf_init(&r.loose, READING_TEXT);
	r.charset = mail_reading_charset(&r, (GMimeObject *)mail, top);
	note_prepared(&r, &prepared);
	mail_reading_header(&r, (GMimeObject *)mail);
	out->content_type =
		mail_reading_type(&r, top, mail_reading_field(top, "Content-Type"));
	out->report_type = mail_header_param(
		arena, mail_reading_field(top, "Content-Type"), "report-type", NULL);
	walk(&r, top);
	g_object_unref(mail);
	out->text = mail_reading_take_text(&r, &r.text);
	out->html = mail_reading_take_text(&r, &r.html);
	find_new(&r, out);
	find_also(&r, out);
	if (out->html)
		find_shown(arena, out);
	return true;
}
