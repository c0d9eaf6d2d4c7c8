#include "domain/core/bounce_words.h"
#include "base/str.h"

struct word {
	const char *is, *says;
};

static const char *look_up(const struct word *words, const char *is,
			   const char *otherwise)
{
	for (; words->is; words++)
		if (str_eq(words->is, is))
			return words->says;
	return otherwise;
}

const char *bounce_effect(const char *effect)
{
	static const struct word effects[] = {
		{"foreign", "carries no tag of ours: kept, nothing changed"},
		{"notice", "no failure (yet): nothing changed"},
		{"kept", "not for its address's sake: nothing changed"},
		{"elsewhere",
		 "about a mailbox that ours was passed on to: nothing changed"},
		{"moot", "not on the list any more: nothing changed"},
		{"old", "of a mail sent before a later one got through: nothing changed"},
		{"again", "this mail has counted before: nothing changed"},
		{"same day", "a bounce has counted on this day: nothing changed"},
		{"waiting", "a probe is under way: nothing changed"},
		{"point", "counted against its address"},
		{"dead", "the probe came back too: stopped"},
		{"unclear", "the probe came back for another reason: nothing decided"},
		{"left", "a complaint: taken off the list at once"},
		{0}};

	return look_up(effects, effect, effect);
}

const char *bounce_reason(const char *reason)
{
	static const struct word reasons[] = {
		{"no_such_address", "no such address"},
		{"no_such_domain", "no such domain"},
		{"moved", "the address has moved"},
		{"mailbox_full", "the mailbox is full"},
		{"disabled", "the mailbox is disabled"},
		{"policy", "refused by policy"},
		{"content", "refused for its content"},
		{"authentication", "our login or signature was refused"},
		{"too_large", "too large"},
		{"rate", "too many at a time"},
		{"network", "the server could not be reached"},
		{"expired", "given up after many tries"},
		{"other", "for a reason that it does not tell"},
		{0}};

	return look_up(reasons, reason, "no reason given");
}
