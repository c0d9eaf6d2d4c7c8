#include "base/str.h"
#include "mail/fields/address.h"
#include "mail/decode/decode.h"
#include "mail/fields/header.h"
#include "mail/read/reading.h"

enum { AUTHORS_MOST = 100 };

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
		f->value = mail_header_text(r->arena, g_mime_header_get_raw_value(h),
					    r->charset);
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
	static const char *const names[] = {
		"Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To",
		"X-Delivered-To", "X-Forwarded-To", "X-Original-Recipient", "X-RCPT-To",
		"Apparently-To",
		/* in brackets: one name, not two without a comma */
		("X-MS-Exchange-Organization-"
		 "OriginalEnvelopeRecipients")};
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
	return strpbrk(raw, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
		       ? arena_strndup(r->arena, raw + strspn(raw, "< "),
				       strcspn(raw + strspn(raw, "< "), "> "))
		       : "";
}

/* Of every field of that name: From may name several people, and stand there twice. */
static void add_named(struct reading *r, GMimeObject *o, const char *name,
		      struct mail_addresses *all)
{
	GMimeHeaderList *list = g_mime_object_get_header_list(o);

	for (int i = 0; i < g_mime_header_list_get_count(list); i++) {
		GMimeHeader *h = g_mime_header_list_get_header_at(list, i);
		struct mail_addresses a;

		if (!str_ieq(g_mime_header_get_name(h), name))
			continue;
		a = mail_addresses_read(r->arena, g_mime_header_get_raw_value(h),
					r->charset);
		for (size_t k = 0; k < a.count && all->count < AUTHORS_MOST; k++) {
			all->items = arena_grow(r->arena, all->items, all->count,
						sizeof(*all->items));
			all->items[all->count++] = a.items[k];
		}
	}
}

/* The first of them with an address, else with a name. */
static void first_sender(struct reading *r, GMimeObject *o, const char *name,
			 struct mail_address *out)
{
	struct mail_addresses all = {0};

	add_named(r, o, name, &all);
	for (size_t k = 0; k < all.count; k++) {
		const char *address = all.items[k].address;

		if (address && strchr(address, '@')) {
			if (all.items[k].name || !out->name)
				out->name = all.items[k].name;
			out->address = address;
			return;
		}
		if (!out->address && !out->name)
			*out = all.items[k];
	}
}

/* From, else who else says that he sent it: a name alone only where nobody does. */
static struct mail_address read_from(struct reading *r, GMimeObject *o)
{
	static const char *const names[] = {"From", "Sender", "Resent-From", "X-Sender",
					    "Reply-To"};
	struct mail_address found = {0};

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		struct mail_address one = {.name = found.name};

		first_sender(r, o, names[i], &one);
		if (one.address && strchr(one.address, '@'))
			return one;
		if (!found.address && !found.name)
			found = one;
	}
	return found;
}

static void read_authors(struct reading *r, GMimeObject *o)
{
	static const char *const names[] = {"Sender", "X-Sender", "Resent-From",
					    "Resent-Sender", "X-Original-From"};

	add_named(r, o, "From", &r->out->authors);
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		add_named(r, o, names[i], &r->out->beside);
}

/* "'Ann Lane' via Halls": the name of who wrote it. */
static const char *name_before_via(struct arena *arena, const char *name)
{
	const char *via = str_ifind(name, " via ");
	char *bare;
	size_t len;

	if (!via || via == name)
		return NULL;
	bare = str_trim(arena_strndup(arena, name, (size_t)(via - name)));
	len = strlen(bare);
	if (len > 2 && (*bare == '\'' || *bare == '"') && bare[len - 1] == *bare)
		bare = arena_strndup(arena, bare + 1, len - 2);
	return bare;
}

static bool whole(const char *address)
{
	const char *at = address ? strchr(address, '@') : NULL;

	return at && at > address && strchr(at, '.');
}

static bool has_marks_of_list(const struct mail_message *m)
{
	return mail_field_value(m, "List-Id") || mail_field_value(m, "List-Post") ||
	       mail_field_value(m, "Mailing-List") ||
	       mail_field_value(m, "X-Google-Group-Id");
}

/*
 * Groups put their own address into From, for the sake of DMARC, and the writer's into a
 * field of theirs or into Reply-To. From is then who wrote it.
 */
static void find_writer(struct reading *r, GMimeObject *o)
{
	struct mail_message *m = r->out;
	const char *name = name_before_via(r->arena, m->from.name);
	struct mail_address writer = {0};

	/* Anybody can write that field: it counts where a group has put itself into From. */
	if (name || has_marks_of_list(m))
		first_sender(r, o, "X-Original-From", &writer);
	if (!whole(writer.address) && name && m->reply_to.count == 1)
		writer = m->reply_to.items[0];
	if (!whole(writer.address) || str_ieq(writer.address, m->from.address))
		return;
	m->via = str_or(m->from.address, "");
	m->from.address = writer.address;
	m->from.name = writer.name ? writer.name : name;
}

/* The topmost trace field is our own server's: its time stands behind the last ';'. */
static int64_t read_received(const char *raw)
{
	const char *date = raw ? strrchr(raw, ';') : NULL;

	return date ? read_date(date + 1) : 0;
}

/* RFC 5322, 3.6, allows one; of two nobody knows which one its writer meant. */
static bool has_twice(const struct mail_message *m, const char *name)
{
	size_t n = 0;

	for (size_t i = 0; i < m->field_count; i++)
		n += str_ieq(m->fields[i].name, name);
	return n > 1;
}

void mail_reading_header(struct reading *r, GMimeObject *o)
{
	struct mail_message *m = r->out;
	struct mail_strings ids;

	read_fields(r, g_mime_object_get_header_list(o));
	m->from = read_from(r, o);
	read_authors(r, o);
	m->reply_to = mail_addresses_read(r->arena, mail_reading_field(o, "Reply-To"),
					  r->charset);
	find_writer(r, o);
	m->to = mail_addresses_read(r->arena, mail_reading_field(o, "To"), r->charset);
	m->cc = mail_addresses_read(r->arena, mail_reading_field(o, "Cc"), r->charset);
	m->subject = mail_field_value(m, "Subject");
	if (has_twice(m, "Subject"))
		m->seen.what = MAIL_SEEN_MORE;
	m->date_at = read_date(mail_reading_field(o, "Date"));
	m->received_at = read_received(mail_reading_field(o, "Received"));
	ids = mail_header_ids(r->arena, mail_reading_field(o, "Message-ID"));
	m->message_id = ids.count ? ids.items[0] : NULL;
	ids = mail_header_ids(r->arena, mail_reading_field(o, "In-Reply-To"));
	m->in_reply_to = ids.count ? ids.items[0] : NULL;
	m->references = mail_header_ids(r->arena, mail_reading_field(o, "References"));
	read_delivered_to(r);
	m->return_path = return_path(r);
	m->auto_submitted = mail_field_value(m, "Auto-Submitted");
	m->precedence = mail_field_value(m, "Precedence");
	m->list_id = mail_field_value(m, "List-Id");
}

/* Wide and shifting sets are no hint: a header in them could not be read at all. */
static bool may_hint(const char *charset)
{
	static const char *const never[] = {"utf-16", "utf16", "utf-32", "utf32",  "ucs",
					    "utf-7",  "utf7",  "hz",     "unicode"};

	for (size_t i = 0; charset && i < ARRAY_LEN(never); i++)
		if (str_istarts(charset, never[i]))
			return false;
	return charset != NULL;
}

/* What programs write whatever the text is: where it has no letter that needs it, it
   says nothing of the header. */
static bool says_little(const char *charset)
{
	return str_istarts(charset, "us-ascii") || str_ieq(charset, "iso-8859-1") ||
	       str_ieq(charset, "windows-1252") || str_ieq(charset, "iso-8859-15");
}

/* Does the part have letters beyond ASCII, as it is or in its encoding? */
static bool needs_charset(struct reading *r, GMimeObject *o)
{
	GMimeDataWrapper *content =
		GMIME_IS_PART(o) ? g_mime_part_get_content((GMimePart *)o) : NULL;
	GMimeStream *s = content ? g_mime_data_wrapper_get_stream(content) : NULL;
	const char *at, *end;
	char *copy;
	size_t len;

	if (!s || s->bound_end <= s->bound_start)
		return false;
	at = r->bytes + s->bound_start;
	end = r->bytes + s->bound_end;
	len = end - at > READING_RETURNED ? READING_RETURNED : (size_t)(end - at);
	copy = arena_strndup(r->arena, at, len);
	len = mail_decode_in_place(
		copy, len,
		mail_encoding_of(mail_header_token(
			r->arena, mail_reading_field(o, "Content-Transfer-"
							"Encoding"))));
	for (size_t i = 0; i < len; i++)
		if ((unsigned char)copy[i] >= 0x80)
			return true;
	return false;
}

/* The charset of the first text that names one: what bare 8-bit headers are in, too. */
static const char *first_charset(struct reading *r, GMimeObject *o, int depth)
{
	const char *charset = mail_header_param(
		r->arena, mail_reading_field(o, "Content-Type"), "charset", NULL);

	if (charset &&
	    (!may_hint(charset) || (says_little(charset) && !needs_charset(r, o))))
		charset = NULL;
	if (charset || depth > 5 || !GMIME_IS_MULTIPART(o))
		return charset;
	for (int i = 0;
	     i < g_mime_multipart_get_count((GMimeMultipart *)o) && i < 5 && !charset;
	     i++)
		charset = first_charset(
			r, g_mime_multipart_get_part((GMimeMultipart *)o, i), depth + 1);
	return charset;
}

/* Else what the encoded words of the header are in. */
static const char *header_charset(struct reading *r, GMimeObject *o)
{
	static const char *const names[] = {"Subject", "From", "To"};

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		const char *raw = mail_reading_field(o, names[i]);
		const char *word = raw ? strstr(raw, "=?") : NULL;
		size_t n = word ? strcspn(word + 2, "?* \t\n") : 0;

		if (n && n < 40 && word[2 + n] == '?')
			return arena_strndup(r->arena, word + 2, n);
	}
	return NULL;
}

const char *mail_reading_charset(struct reading *r, GMimeObject *mail, GMimeObject *top)
{
	const char *charset = first_charset(r, top, 0);

	if (!charset)
		charset = header_charset(r, mail);
	return may_hint(charset) ? charset : NULL;
}
