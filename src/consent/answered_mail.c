#include "consent/answered_mail.h"
#include "base/str.h"

#include <glib.h>

enum { ADDRESS_LEAST = 4, CHUNK_MOST = 4096 };

static const char inner[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
			    "0123456789.-_+=";

static void add_address(struct arena *arena, struct mail_strings *list, const char *from,
			size_t len)
{
	while (len && strchr(".-_+=", from[len - 1]))
		len--;
	if (len < ADDRESS_LEAST)
		return;
	list->items = arena_grow(arena, list->items, list->count, sizeof(*list->items));
	list->items[list->count++] = arena_strndup(arena, from, len);
}

static void add_addresses(struct arena *arena, struct answered_mail *letter,
			  const char *text)
{
	for (const char *at = text; (at = strstr(at, "://")); at += 3)
		add_address(arena, &letter->pages, at + 3,
			    strcspn(at + 3, " \t\r\n\"'<>()[]&"));
	for (const char *at = text; (at = strchr(at, '@')); at++) {
		const char *from = at;

		while (from > text && strchr(inner, from[-1]))
			from--;
		if (from < at)
			add_address(arena, &letter->mails, from,
				    (size_t)(at - from) + 1 + strspn(at + 1, inner));
	}
}

struct answered_mail answered_known(struct arena *arena,
				    const struct classify_question *asked)
{
	struct answered_mail letter = {0};

	if (!asked)
		return letter;
	add_addresses(arena, &letter, str_or(asked->text, ""));
	add_addresses(arena, &letter, str_or(asked->html, ""));
	add_addresses(arena, &letter, str_or(asked->names, ""));
	letter.words =
		tokens_of(arena, arena_printf(arena, "%s\n%s", str_or(asked->subject, ""),
					      str_or(asked->names, "")));
	return letter;
}

static bool is_in(const struct mail_strings *list, const char *from, size_t len)
{
	while (len && strchr(".,;:", from[len - 1]))
		len--;
	for (size_t i = 0; i < list->count; i++)
		if (strlen(list->items[i]) == len &&
		    strncasecmp(list->items[i], from, len) == 0)
			return true;
	return false;
}

/* Programs rewrite links to lead by a host of theirs, with ours somewhere in them. */
static bool names_host(const struct answered_mail *of, const char *from, size_t len)
{
	for (size_t i = 0; i < of->pages.count; i++) {
		size_t host = strcspn(of->pages.items[i], "/?#:");

		for (size_t at = 1; at + host <= len; at++) {
			char before = from[at - 1], after = from[at + host];

			if (strncasecmp(from + at, of->pages.items[i], host) == 0 &&
			    !str_is_alpha(before) && before != '.' &&
			    (at + host == len || !str_is_alpha(after)))
				return true;
		}
	}
	return false;
}

/* "%3A" -> ":"; the bytes of it in out, which has room for len. */
static size_t decoded(const char *from, size_t len, char *out)
{
	size_t n = 0;

	for (size_t i = 0; i < len; i++) {
		char pair[3] = {0}, *end;

		if (from[i] == '%' && i + 2 < len) {
			memcpy(pair, from + i + 1, 2);
			out[n] = (char)strtoul(pair, &end, 16);
			if (!*end) {
				n++;
				i += 2;
				continue;
			}
		}
		out[n++] = from[i];
	}
	return n;
}

/* Microsoft's gateway leads to a page of the letter by one of its own, which names it whole. */
static bool is_safe_link(const struct answered_mail *of, const char *from, size_t len)
{
	static const char gateway[] = ".safelinks.protection.outlook.com/?url=";
	static const char scheme[] = "https://";
	size_t region = strcspn(from, "./?#:"), at = region + strlen(gateway), n;
	char page[CHUNK_MOST];

	if (!region || len <= at || len >= sizeof(page) ||
	    strncasecmp(from + region, gateway, strlen(gateway)) != 0)
		return false;
	n = decoded(from + at, MIN(strcspn(from + at, "&"), len - at), page);
	return n > strlen(scheme) && strncasecmp(page, scheme, strlen(scheme)) == 0 &&
	       is_in(&of->pages, page + strlen(scheme), n - strlen(scheme));
}

static bool is_page(const struct answered_mail *of, const char *from, size_t len)
{
	size_t host = strcspn(from, "/?#:");

	if (is_in(&of->pages, from, len) || is_safe_link(of, from, len) ||
	    (len && from[len - 1] == '/' && is_in(&of->pages, from, len - 1)))
		return true;
	for (size_t i = 0; i < of->pages.count; i++)
		if (strcspn(of->pages.items[i], "/?#:") == host &&
		    strncasecmp(of->pages.items[i], from, host) == 0)
			return false; /* ours, and changed */
	return names_host(of, from, len);
}

/* A piece of a chunk without brackets: an address of the letter as a program writes it. */
static bool is_address(const struct answered_mail *of, const char *from, size_t len)
{
	static const char *const schemes[] = {"https://", "http://"};

	for (size_t i = 0; i < ARRAY_LEN(schemes); i++)
		if (str_istarts(from, schemes[i])) {
			size_t n = strlen(schemes[i]);

			return len > n && is_page(of, from + n, len - n);
		}
	if (str_istarts(from, "mailto:")) {
		from += 7;
		len -= 7;
	}
	return is_in(&of->mails, from, len);
}

/* "a@b.example<mailto:a@b.example>." */
static bool all_addresses(const struct answered_mail *of, const char *text)
{
	static const char between[] = "<>()[]\"'|*";
	char chunk[CHUNK_MOST];
	bool any = false;

	if (strlen(text) >= sizeof(chunk))
		return false;
	for (const char *at = text; *at; at++)
		if ((unsigned char)*at >= 0x80)
			return false;
	while (*(text += strspn(text, between))) {
		size_t len = strcspn(text, between);

		memcpy(chunk, text, len);
		chunk[len] = '\0';
		text += len;
		if (chunk[strspn(chunk, ".,;:")] == '\0')
			continue;
		if (!is_address(of, chunk, len))
			return false;
		any = true;
	}
	return any;
}

bool answered_has(const void *letter, const struct token *said)
{
	const struct answered_mail *of = letter;

	if (said->address)
		return all_addresses(of, said->text);
	for (size_t i = 0; i < of->words.count; i++)
		if (str_eq(of->words.at[i].text, said->text))
			return true;
	return false;
}
