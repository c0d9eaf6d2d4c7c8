#include "consent/answered_mail.h"
#include "base/str.h"

enum { ADDRESS_LEAST = 4 };

static void add_address(struct arena *arena, struct answered_mail *letter,
			const char *from, size_t len)
{
	struct mail_strings *list = &letter->addresses;

	if (len < ADDRESS_LEAST)
		return;
	list->items = arena_grow(arena, list->items, list->count, sizeof(*list->items));
	list->items[list->count++] = arena_strndup(arena, from, len);
}

/* Of every page its host; of mail whole addresses, for others share the host of one. */
static void add_addresses(struct arena *arena, struct answered_mail *letter,
			  const char *text)
{
	static const char inner[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "0123456789.-_+=";

	for (const char *at = text; (at = strstr(at, "://")); at += 3)
		add_address(arena, letter, at + 3, strspn(at + 3, inner));
	for (const char *at = text; (at = strchr(at, '@')); at++) {
		const char *from = at;

		while (from > text && strchr(inner, from[-1]))
			from--;
		if (from < at)
			add_address(arena, letter, from,
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

bool answered_has(const void *letter, const struct token *said)
{
	const struct answered_mail *of = letter;

	for (size_t i = 0; said->address && i < of->addresses.count; i++)
		if (str_ifind(said->text, of->addresses.items[i]))
			return true;
	for (size_t i = 0; !said->address && i < of->words.count; i++)
		if (str_eq(of->words.at[i].text, said->text))
			return true;
	return false;
}
