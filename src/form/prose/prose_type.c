/* As whom somebody writes: for themselves, or for an organisation. */
#include "base/str.h"
#include "form/prose/prose.h"

static bool speaks_for_many(const struct lexicon *l)
{
	static const char *const bodies[] = {
		"organisation", "organization", "committee", "board",      "members",
		"society",      "council",      "group",     "club",       "trust",
		"association",  "union",        "network",   "federation", "charity",
		"company",      "parish",       "forum",     "branch",     "party"};
	static const char *const ours[] = {
		"our members",      "our organisation",   "our organization",
		"our committee",    "our board",          "our society",
		"we are a charity", "as an organisation", "as an organization",
		"as a charity",     "those of our",       "behalf of our"};
	size_t behalf;

	if (lexicon_has_one(l, ours, ARRAY_LEN(ours)))
		return true;
	for (behalf = 0; behalf + 1 < l->count; behalf++)
		if (str_eq(l->words[behalf].text, "behalf") &&
		    str_eq(l->words[behalf + 1].text, "of"))
			break;
	for (size_t at = behalf + 2; at < l->count && at < behalf + 8; at++)
		for (size_t i = 0; i < ARRAY_LEN(bodies); i++)
			if (str_eq(l->words[at].text, bodies[i]))
				return true;
	return false;
}

bool prose_type(const struct lexicon *l, enum form_type *out)
{
	static const char *const alone[] = {"as an individual",
					    "as a private individual",
					    "as a private person",
					    "as a private citizen",
					    "as a citizen",
					    "personal capacity",
					    "private capacity",
					    "my own behalf",
					    "for myself",
					    "only for me",
					    "for me alone",
					    "private persons view",
					    "private persons views",
					    "views are my own",
					    "my own views",
					    "view is my own",
					    "as a member of the public",
					    "my personal view",
					    "my personal views",
					    "not on behalf of any",
					    "not on behalf of an",
					    "no group stands",
					    "no organisation stands",
					    "not for any organisation",
					    "nobody but myself",
					    "no one but myself",
					    "no organisation behind"};
	bool one = lexicon_has_one(l, alone, ARRAY_LEN(alone));
	bool many = !one && speaks_for_many(l) && !l->has[WORD_NOT];

	if (l->is_long || l->has[WORD_IF] || (!one && !many))
		return false;
	if (one && !l->has[WORD_MINE] && !lexicon_has(l, "follows") && l->count > 6 &&
	    !lexicon_has(l, "this"))
		return false;
	*out = one ? FORM_INDIVIDUAL : FORM_ORGANISATION;
	return true;
}
