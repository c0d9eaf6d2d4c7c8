#include "mail/fields/dsn.h"
#include "base/buf.h"
#include "base/str.h"
#include "mail/fields/address.h"
#include "mail/fields/block.h"
#include "mail/fields/header.h"

enum { RECIPIENTS_MAX = 1000, RETURNED_TO_MOST = 200 };

struct mail_failed_recipient *mail_failed_add(struct arena *arena, struct mail_message *m)
{
	static struct mail_failed_recipient spill;

	if (m->failed_count >= RECIPIENTS_MAX) {
		spill = (struct mail_failed_recipient){0};
		return &spill;
	}
	m->failed = arena_grow(arena, m->failed, m->failed_count, sizeof(*m->failed));
	return &m->failed[m->failed_count++];
}

/* What follows "type;", when the thing before ';' is one word. */
static const char *after_type(const char *value)
{
	const char *semi = strchr(value, ';');

	if (!semi || strcspn(value, " \t@<") < (size_t)(semi - value))
		return value;
	return semi + 1 + strspn(semi + 1, " \t");
}

/* "mailto:a@b", "&lt;a@b&gt;", "'a@b'", "a@b.": what gateways put around an address. */
static const char *undecorated(struct arena *arena, const char *value)
{
	static const char *const before[] = {"rfc822:", "smtp:", "mailto:", "&lt;", "'"};
	char *text;
	size_t len;

	for (size_t i = 0; i < ARRAY_LEN(before); i++)
		if (str_istarts(value, before[i]))
			value += strlen(before[i]);
	text = arena_strdup(arena, value);
	len = strlen(text);
	if (str_ends(text, "&gt;"))
		text[len - 4] = '\0';
	else if (strchr(text, '@') && strchr(strchr(text, '@'), ';'))
		text[strcspn(text, ";")] = '\0';
	for (len = strlen(text); len && strchr(".'", text[len - 1]); len--)
		text[len - 1] = '\0';
	return text;
}

static int hex_digit(char c)
{
	if (str_is_digit(c))
		return c - '0';
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* "\x{E4}" of RFC 6533, for addresses outside ASCII in a report that is ASCII. */
static const char *escapes_undone(struct arena *arena, const char *address)
{
	struct buf b;
	const char *out;

	if (!strstr(address, "\\x{"))
		return address;
	buf_init(&b, strlen(address) + 1);
	while (*address) {
		char *end = NULL;
		unsigned long code =
			str_starts(address, "\\x{") ? strtoul(address + 3, &end, 16) : 0;

		if (code && end && *end == '}' && end - address <= 9 && code < 0x110000 &&
		    (code < 0xD800 || code > 0xDFFF)) {
			str_utf8_add(&b, (uint32_t)code);
			address = end + 1;
		} else {
			buf_char(&b, *address++);
		}
	}
	out = arena_strdup(arena, buf_text(&b));
	buf_clear(&b);
	return out;
}

/* "+2B" is the '+' of an address that was never taken out of its xtext (RFC 3461 4); so is "+40"
 * its '@' where it has no other. */
static const char *xtext_undone(struct arena *arena, const char *address)
{
	char *out, *to;

	if (!address || (!strstr(address, "+2B") && !strstr(address, "+3D") &&
			 (strchr(address, '@') || !strstr(address, "+40"))))
		return address;
	out = to = arena_strdup(arena, address);
	for (; *address; address++)
		if (*address == '+' && hex_digit(address[1]) >= 2 &&
		    hex_digit(address[2]) >= 0) {
			*to++ = (char)(hex_digit(address[1]) * 16 +
				       hex_digit(address[2]));
			address += 2;
		} else {
			*to++ = *address;
		}
	*to = '\0';
	return str_utf8_valid(out, strlen(out)) ? out : NULL;
}

const char *mail_dsn_address(struct arena *arena, const char *value)
{
	const char *at, *found;
	size_t len;
	char *text;

	if (str_empty(value))
		return NULL;
	at = escapes_undone(arena, after_type(value));
	at = undecorated(arena, at);
	/* One word with an @ is it, whatever characters it is made of. */
	if (strchr(at, '@') && !strpbrk(at, " \t<>\"()"))
		return arena_strdup(arena, at);
	found = mail_address_find(at, &len);
	if (found)
		return arena_strndup(arena, found, len);
	text = arena_strdup(arena, at);
	text = str_trim(text);
	if (*text == '<') {
		text++;
		text[strcspn(text, ">")] = '\0';
	}
	return *text ? text : NULL;
}

/* "5.1.1 (bad destination mailbox address)" -> "5.1.1". */
static const char *status_code(struct arena *arena, const char *value)
{
	for (; value && *value; value++)
		if (strchr("245", *value) && value[1] == '.' && str_is_digit(value[2])) {
			size_t n = 2 + strspn(value + 2, "0123456789.");

			while (value[n - 1] == '.')
				n--;
			return arena_strndup(arena, value, n);
		}
	return NULL;
}

static const char *first_word(struct arena *arena, const char *value)
{
	char *word;

	if (str_empty(value))
		return NULL;
	word = arena_strndup(arena, value, strcspn(value, " \t;(,"));
	str_lower(word);
	return *word ? word : NULL;
}

/* "4.0.0 (host name lookup failure)": the comment is all the diagnosis some give. */
static void take_status(struct arena *arena, const char *value,
			struct mail_failed_recipient *r)
{
	const char *comment = strchr(value, '(');

	r->status = status_code(arena, value);
	if (comment && !r->diagnostic)
		r->diagnostic =
			arena_strndup(arena, comment + 1, strcspn(comment + 1, ")"));
}

static void take_field(struct arena *arena, const struct mail_field *f,
		       struct mail_failed_recipient *r)
{
	if (str_ieq(f->name, "Final-Recipient"))
		r->address = mail_dsn_address(arena, f->value);
	else if (str_ieq(f->name, "Original-Recipient"))
		r->original = xtext_undone(arena, mail_dsn_address(arena, f->value));
	else if (str_ieq(f->name, "X-Actual-Recipient") && !r->address)
		r->address = mail_dsn_address(arena, f->value);
	else if (str_ieq(f->name, "Action"))
		r->action = first_word(arena, f->value);
	else if (str_ieq(f->name, "Status"))
		take_status(arena, f->value, r);
	else if (str_ieq(f->name, "Diagnostic-Code"))
		r->diagnostic = arena_strdup(arena, after_type(f->value));
}

void mail_dsn_read(struct arena *arena, const char *text, struct mail_message *m)
{
	while (*text) {
		struct mail_failed_recipient *r = NULL;
		struct mail_block block;
		bool has_final = false;

		text = mail_block_read(arena, text, &block);
		if (mail_block_value(&block, "Final-Recipient") ||
		    mail_block_value(&block, "Original-Recipient") ||
		    mail_block_value(&block, "X-Actual-Recipient"))
			r = mail_failed_add(arena, m);
		for (size_t i = 0; r && i < block.count; i++) {
			bool final = str_ieq(block.fields[i].name, "Final-Recipient");

			/* A second Final-Recipient is the next group, its blank line lost. */
			if (final && has_final)
				r = mail_failed_add(arena, m);
			has_final |= final;
			take_field(arena, &block.fields[i], r);
		}
	}
}

static void add_returned_to(struct arena *arena, const struct mail_field *f,
			    struct mail_message *m)
{
	static const char *const names[] = {"To",
					    "Cc",
					    "Bcc",
					    "Resent-To",
					    "Resent-Cc",
					    "Delivered-To",
					    "X-Original-To",
					    "Envelope-To",
					    "X-Envelope-To",
					    "X-Delivered-To",
					    "X-Forwarded-To",
					    "Apparently-To"};
	struct mail_addresses to = {0};

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (str_ieq(f->name, names[i]))
			to = mail_addresses_read(arena, f->value, NULL);
	for (size_t i = 0; i < to.count && m->returned_to.count < RETURNED_TO_MOST; i++) {
		struct mail_strings *all = &m->returned_to;

		if (str_empty(to.items[i].address))
			continue;
		all->items =
			arena_grow(arena, all->items, all->count, sizeof(*all->items));
		all->items[all->count++] = to.items[i].address;
	}
}

void mail_returned_read(struct arena *arena, const char *text, struct mail_message *m)
{
	struct mail_block block;
	struct mail_strings ids;
	struct mail_addresses to;
	const char *value;

	(void)mail_block_read(arena, text, &block);
	value = mail_block_value(&block, "Message-ID");
	ids = mail_header_ids(arena, value);
	if (ids.count && !m->original_message_id)
		m->original_message_id = ids.items[0];
	to = mail_addresses_read(arena, mail_block_value(&block, "To"), NULL);
	if (to.count && !m->original_to)
		m->original_to = to.items[0].address;
	for (size_t i = 0; i < block.count; i++)
		add_returned_to(arena, &block.fields[i], m);
}
