#include "domain/publication/redaction_find_private.h"

#include <glib.h>

const char *const redaction_kind_names[REDACT_KINDS + 1] = {
	[REDACT_EMAIL] = "email address",
	[REDACT_PHONE] = "telephone number",
	[REDACT_NUMBER] = "number of a case or account",
	[REDACT_POSTCODE] = "postcode",
	[REDACT_ADDRESS] = "postal address",
	[REDACT_BIRTH] = "date of birth",
	[REDACT_NAME] = "name",
	[REDACT_OTHER] = "name of somebody else"};

const char *redaction_kind_reason(enum redaction_kind kind)
{
	static const char *const reasons[REDACT_KINDS] = {
		[REDACT_EMAIL] = "contact",   [REDACT_PHONE] = "contact",
		[REDACT_NUMBER] = "other",    [REDACT_POSTCODE] = "contact",
		[REDACT_ADDRESS] = "contact", [REDACT_BIRTH] = "other",
		[REDACT_NAME] = "name",       [REDACT_OTHER] = "third party"};

	return reasons[kind];
}

static int by_place(const void *a, const void *b)
{
	const struct redaction_found *one = a, *other = b;

	if (one->from != other->from)
		return one->from < other->from ? -1 : 1;
	return one->to > other->to ? -1 : one->to < other->to;
}

/* Of those that overlap one remains, as long as all of them; it is called by the longest. */
static size_t join(struct redaction_found *f, size_t count)
{
	size_t kept = 0;
	int64_t longest = 0;

	for (size_t i = 0; i < count; i++) {
		struct redaction_found *last = kept ? &f[kept - 1] : NULL;

		if (!last || f[i].from >= last->to) {
			f[kept++] = f[i];
			longest = f[i].to - f[i].from;
			continue;
		}
		if (f[i].to - f[i].from > longest) {
			longest = f[i].to - f[i].from;
			last->kind = f[i].kind;
		}
		if (f[i].to > last->to)
			last->to = f[i].to;
	}
	return kept;
}

void redaction_find(struct arena *arena, const char *text,
		    const struct redaction_names *names, struct redaction_found **out,
		    size_t *out_count)
{
	AUTO(arena) work = arena_new(1 << 14);
	struct finding_list l = {.text = {.arena = work}};

	l.text.at = arena_make(work, uint32_t, strlen(text) + 4);
	for (const char *at = text; *at; at = g_utf8_next_char(at))
		l.text.at[l.text.count++] = g_utf8_get_char(at);
	find_emails(&l);
	find_numbers(&l);
	find_postcodes(&l);
	find_births(&l);
	find_addresses(&l);
	find_names(&l, names);
	if (l.count)
		qsort(l.items, l.count, sizeof(*l.items), by_place);
	*out_count = join(l.items, l.count);
	*out = arena_memdup(arena, l.items, *out_count * sizeof(**out));
}
