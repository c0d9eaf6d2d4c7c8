#include "mail/fields/address.h"
#include "base/buf.h"
#include "base/str.h"
#include "mail/fields/header.h"

#include <glib.h>

enum { ADDRESSES_MAX = 1000, TEXT_MAX = 16 << 10 };

struct reader {
	struct arena *arena;
	const char *hint;
	struct mail_addresses list;
	struct buf name;    /* raw text before '<' */
	struct buf angle;   /* what stood between the brackets */
	struct buf comment; /* the first one: the name of old */
	bool has_angle;
	bool name_waits; /* the last item is a name alone, before a comma */
};

static void reset(struct reader *r)
{
	buf_reset(&r->name);
	buf_reset(&r->angle);
	buf_reset(&r->comment);
	r->has_angle = false;
}

/* No blanks in an address, unless they are quoted. */
static const char *squeeze(struct arena *arena, const struct buf *b)
{
	const char *decoded = mail_header_text(arena, buf_text(b), NULL);
	char *to = arena_strdup(arena, decoded), *out = to;
	bool in_quotes = false;

	for (const char *p = decoded; *p; p++) {
		if (*p == '"')
			in_quotes = !in_quotes;
		if (in_quotes || !str_is_space(*p))
			*out++ = *p;
	}
	*out = '\0';
	return to;
}

/* A source route "@a,@b:user@c" says only user@c. */
static const char *without_route(const char *address)
{
	const char *colon = address[0] == '@' ? strchr(address, ':') : NULL;

	return colon ? colon + 1 : address;
}

static const char *name_text(struct reader *r, const struct buf *b)
{
	const char *name = mail_header_text(r->arena, buf_text(b), r->hint);
	size_t len = strlen(name);

	/* Quotes within an encoded word, or apostrophes around the whole (Outlook). */
	if (len > 1 && (name[0] == '"' || name[0] == '\'') && name[len - 1] == name[0])
		name = str_trim(arena_strndup(r->arena, name + 1, len - 2));
	return *name ? name : NULL;
}

/* "root", "nsb": somebody on the machine where the mail was written. */
static bool login_name(const char *word)
{
	return *word &&
	       word[strspn(word, "abcdefghijklmnopqrstuvwxyz0123456789._-")] == '\0';
}

/* No brackets: "a@b", "a@b (A)", "A B a@b", or no address at all. */
static void bare(struct reader *r, const char **out_name, const char **out_address)
{
	const char *said = str_or(name_text(r, &r->name), ""), *found;
	size_t len;

	*out_name = r->comment.len ? name_text(r, &r->comment) : NULL;
	*out_address = squeeze(r->arena, &r->name);
	found = mail_address_find(said, &len);
	if (found && strpbrk(said, " \t\n") && !strchr(said, '"')) {
		*out_address = arena_strndup(r->arena, found, len);
		if (found != said && !*out_name)
			*out_name = str_trim(
				arena_strndup(r->arena, said, (size_t)(found - said)));
	} else if (!strchr(*out_address, '@') && (*out_name || login_name(said))) {
		*out_address = said; /* what stood there, as it stood */
	} else if (!strchr(*out_address, '@')) {
		*out_address = NULL; /* "Ann Lane": that is all we know of her */
		*out_name = *said ? said : NULL;
	}
}

/* "Lane, Ann <a@b>" without its quotes: what stood before the comma is of the name. */
static const char *whole_name(struct reader *r, const char *name)
{
	const char *first;

	if (!r->name_waits || r->list.count == 0)
		return name;
	first = r->list.items[--r->list.count].name;
	return name ? arena_printf(r->arena, "%s, %s", first, name) : first;
}

static void finish(struct reader *r)
{
	struct mail_address *item;
	const char *name, *address;

	if ((!r->has_angle && r->name.len == 0 && r->comment.len == 0) ||
	    r->list.count >= ADDRESSES_MAX) {
		reset(r);
		return;
	}
	if (r->has_angle) {
		address = without_route(squeeze(r->arena, &r->angle));
		name = name_text(r, &r->name);
	} else {
		bare(r, &name, &address);
	}
	if (!str_empty(address) || name) {
		if (r->has_angle && address && !*address && name && strchr(name, '@'))
			address = name; /* "a@b <>" */
		if (r->has_angle ? address && strchr(address, '@') : !address)
			name = whole_name(r, name);
		r->list.items = arena_grow(r->arena, r->list.items, r->list.count,
					   sizeof(*r->list.items));
		item = &r->list.items[r->list.count++];
		item->name = name;
		item->address = str_empty(address) ? NULL : address;
		r->name_waits = !item->address;
	}
	reset(r);
}

static const char *read_quoted(struct reader *r, const char *p)
{
	struct buf *to = &r->name;
	bool for_local = false;
	const char *end = p + 1;

	while (*end && *end != '"')
		end += *end == '\\' && end[1] ? 2 : 1;
	/* "local part"@domain keeps its quotes. */
	for_local = *end == '"' && end[1] == '@';
	if (for_local)
		buf_char(to, '"');
	for (p++; *p && *p != '"'; p++) {
		if (*p == '\\' && p[1]) {
			if (for_local)
				buf_char(to, '\\');
			p++;
		}
		buf_char(to, *p);
	}
	if (for_local)
		buf_char(to, '"');
	return *p ? p + 1 : p;
}

static const char *read_comment(struct reader *r, const char *p)
{
	bool keep = r->comment.len == 0;
	int depth = 0;

	for (; *p; p++) {
		if (*p == '\\' && p[1])
			p++;
		else if (*p == '(' && depth++ == 0)
			continue;
		else if (*p == ')' && --depth == 0)
			return p + 1;
		if (keep)
			buf_char(&r->comment, *p);
	}
	return p;
}

static const char *read_angle(struct reader *r, const char *p)
{
	while (*p == '<')
		p++;
	r->has_angle = true;
	buf_reset(&r->angle);
	while (*p && *p != '>') {
		/* A bracket that is never closed ends where the next address begins. */
		if (*p == '<' || (*p == ',' && r->angle.len && r->angle.bytes[0] != '@' &&
				  memchr(r->angle.bytes, '@', r->angle.len)))
			return p;
		buf_char(&r->angle, *p++);
	}
	while (*p == '>')
		p++;
	return p;
}

/* An encoded word may hold commas and brackets: it is one thing. */
static const char *read_encoded(struct reader *r, const char *p)
{
	const char *end = p + 2;

	for (int marks = 0; *end && marks < 2; end++)
		if (*end == '?')
			marks++;
		else if (str_is_space(*end))
			break;
	while (*end && !(end[0] == '?' && end[1] == '=') && *end != '\n')
		end++;
	if (*end != '?') {
		buf_add(&r->name, p, 2);
		return p + 2;
	}
	buf_add(&r->name, p, (size_t)(end + 2 - p));
	return end + 2;
}

/* A ':' names a group where no address has begun. */
static bool names_group(const struct reader *r)
{
	return !r->has_angle &&
	       !(r->name.len && memchr(r->name.bytes, '@', r->name.len)) &&
	       !(r->name.len && memchr(r->name.bytes, '[', r->name.len));
}

struct mail_addresses mail_addresses_read(struct arena *arena, const char *raw,
					  const char *charset_hint)
{
	struct reader r = {.arena = arena, .hint = charset_hint};
	const char *p = raw;

	buf_init(&r.name, TEXT_MAX);
	buf_init(&r.angle, TEXT_MAX);
	buf_init(&r.comment, TEXT_MAX);
	while (p && *p) {
		if (*p == '"') {
			p = read_quoted(&r, p);
		} else if (*p == '(') {
			p = read_comment(&r, p);
		} else if (*p == '<') {
			if (r.has_angle)
				finish(&r);
			p = read_angle(&r, p);
		} else if (p[0] == '=' && p[1] == '?') {
			p = read_encoded(&r, p);
		} else if (*p == ',' || *p == ';') {
			finish(&r);
			r.name_waits = r.name_waits && *p == ',';
			p++;
		} else if (*p == ':' && names_group(&r)) {
			reset(&r);
			p++;
		} else {
			if (r.name.len || !str_is_space(*p))
				buf_char(&r.name, *p);
			p++;
		}
	}
	finish(&r);
	buf_clear(&r.name);
	buf_clear(&r.angle);
	buf_clear(&r.comment);
	return r.list;
}

/*
 * Letters of the Latin, Greek and Cyrillic kind may be part of an address (RFC 6531);
 * those of the far east stand next to addresses without a blank far more often.
 */
static bool letter_at(const char *text, const char *p)
{
	int back = 0;
	gunichar letter;

	while (p > text && ((unsigned char)*p & 0xC0) == 0x80 && back++ < 3)
		p--;
	if ((unsigned char)*p < 0xC2 || (unsigned char)*p >= 0xE0)
		return false;
	letter = (gunichar)(((unsigned char)p[0] & 0x1F) << 6 |
			    ((unsigned char)p[1] & 0x3F));
	/* The comma of Arabic, a no-break space, guillemets: beside it, not of it. */
	return g_unichar_isalnum(letter) || g_unichar_ismark(letter);
}

static bool domain_char(const char *text, const char *p)
{
	return str_is_alpha(*p) || str_is_digit(*p) || *p == '-' || *p == '.' ||
	       *p == '_' || ((unsigned char)*p >= 0x80 && letter_at(text, p));
}

static bool local_char(const char *text, const char *p)
{
	return domain_char(text, p) || (*p && strchr("!#$%&'*+/=?^`{|}~", *p));
}

const char *mail_address_find(const char *text, size_t *out_len)
{
	for (const char *at = text ? strchr(text, '@') : NULL; at;
	     at = strchr(at + 1, '@')) {
		const char *start = at, *end = at + 1;

		if (start > text && start[-1] == '"') { /* "quoted local"@domain */
			for (start--;
			     start > text && start[-1] != '"' && start[-1] != '\n';
			     start--)
				;
			if (start > text && start[-1] == '"')
				start--;
		} else {
			while (start > text && local_char(text, start - 1))
				start--;
			while (start < at && (*start == '\'' || *start == '='))
				start++;
		}
		if (*end == '[') {
			end += strcspn(end, "] \t\n");
			end += *end == ']';
		} else {
			while (*end && domain_char(text, end))
				end++;
			while (end > at + 1 &&
			       (end[-1] == '.' || end[-1] == '-' || end[-1] == '_'))
				end--;
		}
		if (start < at && end > at + 1) {
			*out_len = (size_t)(end - start);
			return start;
		}
	}
	return NULL;
}
