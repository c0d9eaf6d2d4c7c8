#include "proposal/sentence_role.h"
#include "base/str.h"

enum {
	STRONG = 2, /* a word of the matter; one that stands in any mail counts 1 */
	SHORT_COURTESY = 6,
	LONG_COURTESY = 16,
	SHORT_PERSONAL = 12,
	SHORT_ASIDE = 7,
	MORE = 4,         /* of the matter than advertisements speak */
	SHORT_ANSWER = 4, /* "yes please", "no thanks" */
	OWN_BEFORE = 2,   /* words between "my" and "daughter" */
	NAMED_TO = 3      /* words that say who somebody is: "as a foster carer" */
};

/* "my late mother", "her own daughter". */
static bool is_own(const struct tokens *t, size_t at)
{
	for (size_t n = 1; n <= OWN_BEFORE && n <= at; n++)
		if (t->items[at - n].is & TOKEN(OWN))
			return true;
	return false;
}

/* A consultation has its matter in its title: "the neglect paper", "your survey on care". */
static const char *const titled[] = {
	"consultation", "paper",         "survey", "form",    "version",
	"event",        "team",          "bill",   "policy",  "submission",
	"document",     "questionnaire", "update", "bulletin"};
static const char *const titled_by[] = {"on", "about", "into", "for", "regarding"};

static bool is_one(const struct token *t, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (!strcmp(t->word, words[i]))
			return true;
	return false;
}

static bool in_title(const struct tokens *t, size_t at)
{
	size_t next = at + 1;

	while (next < t->count && t->items[next].is & TOKEN(MATTER))
		next++;
	if (next < t->count && is_one(&t->items[next], titled, ARRAY_LEN(titled)))
		return true;
	for (size_t n = 1; n <= 2 && at > n; n++)
		if (is_one(&t->items[at - n], titled_by, ARRAY_LEN(titled_by)) &&
		    is_one(&t->items[at - n - 1], titled, ARRAY_LEN(titled)))
			return true;
	return false;
}

/* Begins a word as one of the consultation's own? */
static bool is_topic(const struct token *t, const struct speech_topic *topic)
{
	for (size_t i = 0; topic && i < topic->count; i++)
		if (str_starts(t->word, topic->stems[i]))
			return !(t->is &
				 (TOKEN(DO) | TOKEN(PROCESS) | TOKEN(LIST) | TOKEN(BAD)));
	return false;
}

/* "As a foster carer", "I am a teacher", "we run a nursery". */
static bool names_writer(const struct tokens *t, size_t at)
{
	static const char *const before[] = {"as", "am", "run", "are"};

	return at &&
	       (!strcmp(t->items[at].word, "a") || !strcmp(t->items[at].word, "an")) &&
	       is_one(&t->items[at - 1], before, ARRAY_LEN(before));
}

/* How much it speaks of the matter, and not of the writer or the title. */
static size_t matter_of(const struct tokens *t, const struct speech_topic *topic)
{
	size_t n = 0, named = 0;

	for (size_t i = 0; i < t->count; i++) {
		const struct token *one = &t->items[i];
		bool own = is_topic(one, topic);

		if (names_writer(t, i))
			named = NAMED_TO + 1;
		named -= named > 0;
		if (named || !(own || one->is & (TOKEN(MATTER) | TOKEN(WEAK))) ||
		    (one->is & TOKEN(KIN) && is_own(t, i)) || in_title(t, i) ||
		    (i && !strcmp(t->items[i - 1].word, "would"))) /* love */
			continue;
		n += own || one->is & TOKEN(MATTER) ? STRONG : 1;
	}
	return n;
}

static unsigned signs_of(const struct tokens *t)
{
	static const struct {
		struct patterns *patterns;
		unsigned sign;
	} signs[] = {
		{&role_views, ROLE_VIEW},
		{&role_asks_plain, ROLE_ASKS_PLAIN},
		{&role_asks, ROLE_ASKS},
		{&role_wants_mail, ROLE_WANTS_MAIL},
		{&role_wants_none, ROLE_WANTS_NONE},
		{&role_thanks, ROLE_THANKS},
		{&role_complains, ROLE_COMPLAINS},
		{&role_faults, ROLE_FINDS_FAULT},
		{&role_wants_records, ROLE_WANTS_RECORDS},
		{&role_acts, ROLE_NAMES_ACT},
		{&role_own_data, ROLE_OWN_DATA},
		{&role_offers, ROLE_OFFERS},
		{&role_context, ROLE_CONTEXT},
	};
	unsigned has = 0;

	for (size_t i = 0; i < ARRAY_LEN(signs); i++)
		if (pattern_match(t, signs[i].patterns))
			has |= signs[i].sign;
	if (has & ROLE_VIEW && pattern_match(t, &role_no_views))
		has &= ~(unsigned)ROLE_VIEW;
	if (has & ROLE_WANTS_RECORDS && pattern_match(t, &role_no_records))
		has &= ~(unsigned)ROLE_WANTS_RECORDS;
	if (has & ROLE_WANTS_NONE && pattern_match(t, &role_slips))
		has &= ~(unsigned)ROLE_WANTS_NONE;
	return has;
}

static const unsigned wants = ROLE_WANTS_MAIL | ROLE_WANTS_NONE | ROLE_WANTS_RECORDS |
			      ROLE_NAMES_ACT | ROLE_OWN_DATA;

static bool is_process(const struct tokens *t)
{
	return t->has & (TOKEN(PROCESS) | TOKEN(LIST));
}

/*
 * Who asks about the matter may be answering: that counts as a request only when it is
 * about the papers too, or asks the team in words that ask nobody else.
 */
static bool is_request(const struct tokens *t, unsigned has, bool question)
{
	if (!(has & ROLE_MATTER) && has & wants)
		return true;
	if (has & (ROLE_NAMES_ACT | ROLE_OWN_DATA | ROLE_WANTS_RECORDS))
		return !pattern_match(t, &role_judges) ||
		       pattern_match(t, &role_supplies);
	if (has & wants)
		return t->has & (TOKEN(LIST) | TOKEN(YOU) | TOKEN(ME)) &&
		       !pattern_match(t, &role_judges);
	if (has & ROLE_ASKS_PLAIN)
		return !(has & ROLE_MATTER) || t->has & (TOKEN(ME) | TOKEN(PROCESS));
	return has & ROLE_ASKS &&
	       (!(has & ROLE_MATTER) || (question && t->has & TOKEN(PROCESS)));
}

/* A question that is asked of the team without saying so. */
static bool asks_of_us(const struct tokens *t, unsigned has, bool question)
{
	if (!question || has & ROLE_MATTER)
		return false;
	return is_process(t) || t->has & (TOKEN(ME) | TOKEN(YOU)) ||
	       !pattern_match(t, &role_wonders);
}

/* Of the writer or of some date or place: beside a request that says why it is made. */
static bool is_aside(const struct tokens *t, unsigned has, size_t matter)
{
	if (t->has & TOKEN(LIST) && !(t->has & TOKEN(CORE)))
		return false;
	if (has & ROLE_CONTEXT)
		return matter < STRONG;
	if (matter || t->count > SHORT_PERSONAL)
		return false;
	return t->has & TOKEN(ME) || has & ROLE_PROCESS ||
	       (t->count <= SHORT_ASIDE && pattern_match(t, &role_asides));
}

/* What is left: it is about the consultation, or about its writer, or it is substance. */
static unsigned said_of(const struct tokens *t, unsigned has, size_t matter)
{
	bool bad = t->has & TOKEN(BAD), own = t->has & TOKEN(ME) && !matter;
	bool to_us = t->has & (TOKEN(CORE) | TOKEN(YOU)) || (own && is_process(t));

	if (has & ROLE_MATTER)
		return has | ROLE_SUBSTANCE;
	if (has & ROLE_THANKS)
		return has & ~(unsigned)ROLE_FINDS_FAULT;
	/* About their own people and no wish: what happened to them is an answer. */
	if (t->has & TOKEN(KIN) && !(t->has & TOKEN(YOU)) &&
	    pattern_match(t, &role_of_others))
		return has | ROLE_SUBSTANCE;
	if (bad && to_us)
		return has | ROLE_FINDS_FAULT;
	if (has & (ROLE_OFFERS | ROLE_FINDS_FAULT | ROLE_COMPLAINS) ||
	    (has & ROLE_CONTEXT && !matter) ||
	    (has & ROLE_PROCESS && (own || t->has & (TOKEN(CORE) | TOKEN(YOU)))))
		return has;
	if (t->has & TOKEN(COURTESY) && t->count <= SHORT_COURTESY)
		return has;
	if (is_aside(t, has, matter))
		has |= ROLE_PERSONAL;
	return has | ROLE_SUBSTANCE;
}

unsigned role_of(const struct tokens *t, const struct speech_sentence *s,
		 const struct speech_topic *topic)
{
	unsigned has = signs_of(t);
	size_t matter = matter_of(t, topic);
	bool question = s->question || pattern_match(t, &role_unmarked);

	if (s->pasted)
		return 0;
	if (is_process(t))
		has |= ROLE_PROCESS;
	if (matter >= STRONG)
		has |= ROLE_MATTER;
	if (matter >= MORE)
		has |= ROLE_MUCH_MATTER;
	if (has & ROLE_VIEW)
		return has | ROLE_SUBSTANCE;
	if (t->count <= SHORT_ANSWER && pattern_match(t, &role_no_views))
		return has;
	if (question && pattern_match(t, &role_scope))
		return has | ROLE_ASKS_PLAIN;
	if (is_request(t, has, question))
		return has;
	has &= ~(unsigned)(ROLE_ASKS | ROLE_ASKS_PLAIN);
	if (asks_of_us(t, has, question))
		return has | ROLE_ASKS_SHORT |
		       (t->has & TOKEN(BAD) ? ROLE_FINDS_FAULT : 0);
	if (matter <= MORE && t->count <= LONG_COURTESY && !(has & ROLE_COMPLAINS) &&
	    pattern_match(t, &role_thanks_for) && !pattern_match(t, &role_judges))
		return has & ~(unsigned)(ROLE_FINDS_FAULT | ROLE_MATTER);
	if (has & ROLE_COMPLAINS && t->has & (TOKEN(CORE) | TOKEN(YOU)) &&
	    matter <= STRONG)
		return has;
	if (!(has & ROLE_THANKS) && pattern_match(t, &role_judges)) {
		if (has & ROLE_MATTER ||
		    !(t->has & (TOKEN(CORE) | TOKEN(YOU)) ||
		      (t->has & TOKEN(ME) && t->has & TOKEN(PROCESS))))
			return has | ROLE_SUBSTANCE;
		return has | ROLE_FINDS_FAULT;
	}
	return said_of(t, has, matter);
}
