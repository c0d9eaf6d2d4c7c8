#include "doubts/doubts.h"
#include "base/str.h"
#include "doubts/foreign.h"
#include "doubts/personal.h"
#include "doubts/rules.h"
#include "doubts/spoken.h"
#include "doubts/weighed.h"

enum { OTHERS_SHARE = 6 }; /* one letter of so many bytes */

static bool one_holds(const struct spoken *s, const struct doubt_rules *table,
		      unsigned places)
{
	bool answers = places & DOUBTS_ANSWER || s->begins_number;

	for (size_t i = 0; i < table->count; i++)
		if (!(answers && table->rules[i].needs & NEED_REMARK) &&
		    spoken_matches(s, &table->rules[i]))
			return true;
	return (!answers || s->all & (SAYS_I | SAYS_ME | SAYS_MY)) &&
	       spoken_has_one(s, table->phrases);
}

/* "Not applicable", "no comment": says that nothing is said. */
static bool says_nothing(const struct spoken *s)
{
	static const char *const offers[] = {"if you need", "if you have any",
					     "if you want more", "if you would like",
					     NULL};
	static const char *const nothing[] = {
		"not applicable", "no comment",    "no comments",  "nothing to add",
		"no more to",     "no further",    "nothing more", "nothing else",
		"no need",        "no answer",     "no view",      "no opinion",
		"no objection",   "no problem",    "no rush",      "no hurry",
		"no other",       "not at all",    "none",         "leave it to",
		"leave that to",  "leave this to", "why not",      NULL};

	/* "Ring me before noon if you need more." */
	if (!(s->all & (PUBLISH | NAME)) && (spoken_has_one(s, offers)))
		return true;
	for (size_t i = 0; nothing[i]; i++)
		if (spoken_says(s, s->first, nothing[i]) && s->count <= SPOKEN_SHORT)
			return true;
	return false;
}

/* "Your name will not be published": the form itself speaks. */
static bool is_form(const struct spoken *s)
{
	static const char *const forms[] = {"your response",     "your name",
					    "your answer",       "your answers",
					    "your permission",   "your consent",
					    "your preference",   "your publishing",
					    "your organisation", "your email",
					    "your personal",     "your details",
					    "your data",         "your contact",
					    "your choice",       "your views",
					    "contact you",       "your postcode",
					    "your address",      NULL};

	return s->all & SAYS_YOU && !spoken_has(s, "i") && !spoken_has(s, "my") &&
	       !spoken_has(s, "me") && spoken_has_one(s, forms);
}

/* "When the children are grown up.", "Not in the local paper.": half a sentence. */
static bool is_half(const struct spoken *s)
{
	static const char *const begins[] = {"when",       "not",        "from",
					     "as long as", "so long as", "subject to",
					     "in case",    NULL};
	static const char *const whole[] = {"not everyone", "not everybody", "not every",
					    "not all",      "not many",      "not enough",
					    "not in my",    "not only",      "not sure",
					    "not that i",   "not much",      NULL};
	bool half = false;

	for (size_t i = 0; begins[i]; i++)
		half = half || spoken_says(s, s->first, begins[i]);
	for (size_t i = 0; whole[i]; i++)
		half = half && !spoken_says(s, s->first, whole[i]);
	return half && !s->comma && !s->asks && s->count <= SPOKEN_SHORT &&
	       !(s->all & WAS) &&
	       !(s->all & (MIGHT | LIVES | THERE) && spoken_says(s, s->first, "from"));
}

/* By the tables, and what is not understood, which is a guess. */
static enum doubts_of find(const struct spoken *s, unsigned places, bool *out_guessed)
{
	static const struct {
		const struct doubt_rules *table;
		enum doubts_of what;
	} tables[] = {{&doubt_rules_known, DOUBTS_ALL},
		      {&doubt_rules_fear, DOUBTS_ALL},
		      {&doubt_rules_taken, DOUBTS_ALL},
		      {&doubt_rules_limits, DOUBTS_PUBLISHING},
		      {&doubt_rules_voice, DOUBTS_PUBLISHING}};

	*out_guessed = false;
	if (spoken_says(s, 0, "yes"))
		places |= DOUBTS_ANSWER;
	for (size_t i = 0; i < ARRAY_LEN(tables); i++)
		if (one_holds(s, tables[i].table, places))
			return tables[i].what;
	*out_guessed = !(places & (DOUBTS_ANSWER | DOUBTS_TITLE)) &&
		       ((!s->begins_number && is_half(s)) || personal_is_unclear(s));
	return *out_guessed ? DOUBTS_PUBLISHING : DOUBTS_NOTHING;
}

/*
 * From so likely on a sentence is in doubt by the examples alone; what a rule hears is in doubt
 * unless the examples are so sure that it is none. A long text about the subject has many
 * sentences, so more is asked of each.
 */
struct bounds {
	double alone, with_rule, contact;
};

/* "Math o ymatebydd", in a form that is not in English: the examples know its short words. */
static bool is_half_strange(const char *at, size_t len)
{
	struct weighed_words words;

	weighed_count_words(at, len, &words);
	return words.strange * 2 >= words.known;
}

static const struct bounds *bounds_of(unsigned places)
{
	static const struct bounds beside = {0.14, 0.09, 0.4}, answer = {0.6, 0.4, 0.6},
				   body = {0.93, 0.6, 0.93}, value = {0.5, 0, 0.5};

	return places & DOUBTS_BODY     ? &body
	       : places & DOUBTS_ANSWER ? &answer
	       : places & DOUBTS_VALUE  ? &value
					: &beside;
}

/* The examples are English: what has other letters they know nothing of. */
static bool is_of_other_letters(const char *at, size_t len)
{
	size_t others = 0;

	for (size_t i = 0; i < len; i++)
		others += (unsigned char)at[i] >= 0xC0;
	return others * OTHERS_SHARE > len;
}

/* What the examples say of a sentence of which the rules say that. */
static enum doubts_of weigh(const char *at, size_t len, unsigned places,
			    enum doubts_of by_rules)
{
	enum weighed_place place =
		places & DOUBTS_ANSWER ? WEIGHED_ANSWER : WEIGHED_BESIDE;
	const struct bounds *bound = bounds_of(places);
	double likely[WEIGHED_OUTPUTS];
	unsigned what = DOUBTS_NOTHING;

	if (places & DOUBTS_OTHERS)
		return by_rules;
	if (places & DOUBTS_THEIR_LANGUAGE && is_half_strange(at, len))
		bound = bounds_of(DOUBTS_VALUE);
	weighed_judge(at, len, place, likely);
	if (likely[WEIGHED_PUBLISHING] > bound->with_rule || is_of_other_letters(at, len))
		what = by_rules;
	if (likely[WEIGHED_PUBLISHING] > bound->alone)
		what |= DOUBTS_PUBLISHING;
	if (likely[WEIGHED_CONTACT] > bound->contact)
		what |= DOUBTS_CONTACT;
	return (enum doubts_of)what;
}

/*
 * Most of it are words that no example has: in whatever language, nobody knows what it says. Of
 * two words one is enough, unless all else of them is sure.
 */
static bool is_strange(const char *at, size_t len)
{
	static const double sure = 0.02;
	double likely[WEIGHED_OUTPUTS];
	struct weighed_words words;

	weighed_count_words(at, len, &words);
	if (!words.strange || words.strange < words.known)
		return false;
	if (words.strange > words.known)
		return true;
	weighed_judge(at, len, WEIGHED_BESIDE, likely);
	return likely[WEIGHED_PUBLISHING] > sure;
}

static enum doubts_of judge(const struct spoken *s, const char *at, size_t len,
			    unsigned places)
{
	enum doubts_of what;
	bool guessed;

	if (!s->count)
		return DOUBTS_NOTHING;
	if (foreign_is(s))
		return places & DOUBTS_THEIR_LANGUAGE && !foreign_limits(s)
			       ? DOUBTS_NOTHING
			       : DOUBTS_ALL;
	if (!(places & ~DOUBTS_THEIR_LANGUAGE) && is_strange(at, len))
		return places & DOUBTS_THEIR_LANGUAGE ? DOUBTS_NOTHING : DOUBTS_ALL;
	what = find(s, places, &guessed);
	if (s->begins_number && s->count <= SPOKEN_SHORTER)
		return what; /* "3. Not really." answers something */
	what = weigh(at, len, places, what);
	return what != DOUBTS_NOTHING && (says_nothing(s) || is_form(s)) ? DOUBTS_NOTHING
									 : what;
}

enum doubts_of doubts_hear(const char *sentence, size_t len, unsigned places)
{
	const char *end = sentence + len;
	enum doubts_of worst = DOUBTS_NOTHING;
	struct spoken s;

	while (sentence && worst != DOUBTS_ALL) {
		enum doubts_of one;

		spoken_read(sentence, (size_t)(end - sentence), &s);
		one = judge(&s, sentence, (size_t)((s.next ? s.next : end) - sentence),
			    places);
		worst = (enum doubts_of)(worst | one);
		sentence = s.next;
	}
	return worst;
}

bool doubts_is_foreign(const char *sentence, size_t len)
{
	struct spoken s;

	spoken_read(sentence, len, &s);
	return s.count && (foreign_is(&s) || is_strange(sentence, len));
}

bool doubts_is_plain(const char *words, size_t len)
{
	static const double sure = 0.05;
	double likely[WEIGHED_OUTPUTS];
	struct weighed_words all;

	weighed_count_words(words, len, &all);
	if (all.strange || !all.known)
		return false;
	weighed_judge(words, len, WEIGHED_BESIDE, likely);
	return likely[WEIGHED_PUBLISHING] > 0 && likely[WEIGHED_PUBLISHING] < sure &&
	       likely[WEIGHED_CONTACT] < sure;
}
