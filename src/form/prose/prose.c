#include "form/prose/prose.h"
#include "base/str.h"
#include "doubts/lexicon.h"

struct sentence {
	struct lexicon all;     /* the first words, when it is long */
	const char *rest, *end; /* clauses that were not taken yet */
	enum form_field under;
	bool asks;      /* ends with a question mark */
	bool condition; /* grants nothing for certain */
	bool theirs;    /* speaks of "your response": the form's own voice */
	bool minds_not; /* "I have no objection to ..." */
};

/* What the clauses of a sentence say of publishing, one after the other. */
struct publishing {
	bool granted, refused, nameless, named;
	bool unsafe; /* something beside a grant may turn it */
	bool about;
};

struct contacting {
	bool yes, no;
};

/* Conditions that everybody fulfils, and ways of saying yes with a no in them. */
static void drop_idioms(struct lexicon *l)
{
	static const char *const idioms[] = {"if it is of use",
					     "if it is of any use",
					     "if it is useful",
					     "if useful",
					     "if it helps",
					     "if helpful",
					     "if you like",
					     "if you wish",
					     "if you want to",
					     "if you want",
					     "if needed",
					     "if need be",
					     "if necessary",
					     "if you need to",
					     "if required",
					     "if you need more",
					     "if you have any questions",
					     "if you have questions",
					     "if you need anything",
					     "whenever you like",
					     "should you need to",
					     "should you wish",
					     "if you wish to",
					     "no objection to",
					     "no objections to",
					     "no objection",
					     "no problem with",
					     "do not mind",
					     "dont mind",
					     "please find",
					     "no more and no less",
					     "keep me posted",
					     "keep us posted",
					     "me posted",
					     "keep me informed",
					     "keep us informed"};

	for (size_t i = 0; i < ARRAY_LEN(idioms); i++)
		while (lexicon_drop(l, idioms[i]))
			;
}

static bool has_condition(const struct lexicon *l)
{
	static const char *const phrases[] = {
		"as soon as",   "as long as",    "so long as",  "on condition",
		"in the event", "in case",       "only in",     "only for",
		"only on",      "only to",       "for now",     "at first",
		"and then",     "my lawyer",     "without the", "used to",
		"i wish",       "could say",     "could have",  "would have",
		"had it",       "were it",       "repeat not",  "i will sue",
		"or i will",    "hardly",        "as though",   "pretend",
		"imagine",      "would be happy"};

	return l->has[WORD_IF] || lexicon_has_one(l, phrases, ARRAY_LEN(phrases));
}

static bool begins_with_one(const char *at, const char *end, const char *const *words)
{
	for (; *words; words++)
		if ((size_t)(end - at) >= strlen(*words) && str_istarts(at, *words))
			return true;
	return false;
}

/* "my name and response", "my response and my name": one thing, and no new clause. */
static bool joins_name(const char *from, const char *at, const char *end)
{
	static const char *const names[] = {"my name",  "our name",     "the name",
					    "its name", "my full name", NULL};
	static const char *const own[] = {
		"response", "my response", "our response", "answers", "my answers",
		"views",    "my views",    "comments",     "reply",   NULL};

	if (at - from >= 4 && str_istarts(at - 4, "name"))
		return begins_with_one(at + strlen(" and "), end, own);
	return begins_with_one(at + strlen(" and "), end, names);
}

/* Where the next clause begins, behind from: at a comma, a dash, "and", "but". */
static const char *clause_end(const char *from, const char *end, size_t *out_skip)
{
	static const char *const signs[] = {",",     ";",    "(",   ")",
					    " - ",   " – ",  " — ", " and ",
					    " but ", " so ", ":",   " yet "};

	for (const char *at = from; at < end; at++)
		for (size_t i = 0; !str_is_alpha(*at) && i < ARRAY_LEN(signs); i++) {
			size_t n;

			if (*at != *signs[i] || (signs[i][1] && at[1] != signs[i][1]))
				continue;
			n = strlen(signs[i]);
			if (at > from && (size_t)(end - at) > n &&
			    strncmp(at, signs[i], n) == 0) {
				if (str_eq(signs[i], " and ") &&
				    joins_name(from, at, end))
					continue;
				/* "all but my name" is no new clause */
				if (str_eq(signs[i], " but ") && at - from >= 3 &&
				    (strncmp(at - 3, "all", 3) == 0 ||
				     strncmp(at - 3, "ing", 3) == 0))
					continue;
				*out_skip = n;
				return at;
			}
		}
	*out_skip = 0;
	return end;
}

/* "As a nurse I would ...": who somebody is turns no permission. */
static void skip_capacity(struct lexicon *l)
{
	size_t i = lexicon_find(l, WORD_MINE, 0);

	if (i < 3 || i > 5 || i == l->count || !str_eq(l->words[0].text, "as"))
		return;
	for (size_t j = 2; j < i; j++)
		if (l->words[j].is == WORD_UNKNOWN) {
			l->words[j].is = WORD_AGREE;
			l->has[WORD_UNKNOWN]--;
			l->has[WORD_AGREE]++;
		}
}

/* False: it says nothing, as most do. */
static bool take_apart(const char *text, size_t len, struct sentence *s)
{
	static const char *const minds_not[] = {"i have no objection to",
						"we have no objection to",
						"i have no objections to",
						"we have no objections to",
						"i do not mind",
						"we do not mind",
						"i dont mind",
						"we dont mind",
						"i have no problem with",
						"we have no problem with",
						"no objection to you",
						"no objection to my",
						"no objection to our"};

	while (len && (str_is_space(text[len - 1]) || strchr("\"')", text[len - 1])))
		len--;
	s->asks = len && text[len - 1] == '?';
	s->minds_not = lexicon_has_one(&s->all, minds_not, ARRAY_LEN(minds_not));
	drop_idioms(&s->all);
	/* Words that were not looked at together may hold one. */
	s->condition = has_condition(&s->all) || s->all.is_long;
	s->theirs = lexicon_has(&s->all, "your response") ||
		    lexicon_has(&s->all, "your name") ||
		    lexicon_has(&s->all, "your answers") ||
		    lexicon_has(&s->all, "contact you");
	s->rest = text;
	s->end = text + len;
	return s->all.count && !s->theirs;
}

/*
 * The next clause with a word in it; false at the end of the sentence. Of a clause with more
 * words than a lexicon holds come parts, each from the middle of the one before, so that no
 * denial stands apart from what it denies.
 */
static bool take_clause(struct sentence *s, struct lexicon *out)
{
	while (s->rest < s->end) {
		const char *from = s->rest;
		size_t skip;

		s->rest = clause_end(from, s->end, &skip);
		lexicon_read(from, (size_t)(s->rest - from), out);
		if (out->is_long)
			s->rest = from + out->middle;
		else
			s->rest += skip;
		drop_idioms(out);
		skip_capacity(out);
		if (out->count)
			return true;
	}
	return false;
}

/* Is it about what the writer sent? */
static bool own_object(const struct lexicon *l)
{
	static const char *const objects[] = {
		"my",         "our",       "this",   "these",   "it",  "me",    "us",
		"everything", "any of it", "what i", "what we", "all", "i say", "mine"};
	size_t own = lexicon_find(l, WORD_OWN, 0);

	return own < l->count || lexicon_has_one(l, objects, ARRAY_LEN(objects));
}

static bool denies(const struct lexicon *l)
{
	return l->has[WORD_NOT] || l->has[WORD_OFF] || l->has[WORD_SECRET];
}

/* The name, or being named. */
static bool about_name(const struct lexicon *l)
{
	static const char *const ways[] = {"identify me", "identified", "identify us",
					   "attributed to", "credit me"};

	return l->has[WORD_NAME] || lexicon_has_one(l, ways, ARRAY_LEN(ways));
}

static bool name_denied(const struct lexicon *l)
{
	static const char *const but[] = {"all but",    "anything but", "everything but",
					  "apart from", "other than",   "except",
					  "all except", "no names",     "minus"};

	if (l->has[WORD_ANONYMOUS])
		return !l->has[WORD_NOT];
	if (!about_name(l))
		return false;
	return denies(l) || l->has[WORD_WITHOUT] ||
	       lexicon_has_one(l, but, ARRAY_LEN(but));
}

static bool name_granted(const struct lexicon *l)
{
	size_t name = lexicon_find(l, WORD_NAME, 0);

	for (size_t at = 0; at < name && name < l->count; at++)
		if ((l->words[at].is == WORD_WITH || l->words[at].is == WORD_AND) &&
		    name - at <= 3)
			return true;
	/* "for my name and response to be published" */
	if (name + 2 < l->count && l->words[name + 1].is == WORD_AND &&
	    (l->words[name + 2].is == WORD_OWN ||
	     (l->words[name + 2].is == WORD_MINE && name + 3 < l->count &&
	      l->words[name + 3].is == WORD_OWN)))
		return true;
	return lexicon_has(l, "name me") || lexicon_has(l, "credit me");
}

static bool understood(const struct lexicon *l)
{
	return !l->has[WORD_UNKNOWN] && !l->is_long;
}

static bool permits(const struct lexicon *l)
{
	static const char *const ways[] = {
		"please",      "you may",      "you can",      "feel free",
		"are free to", "are welcome",  "you have my",  "i agree",
		"we agree",    "happy",        "content",      "willing",
		"glad",        "pleased",      "fine",         "i consent",
		"we consent",  "i give",       "we give",      "permission",
		"i allow",     "we allow",     "may be",       "can be",
		"may stand",   "may appear",   "may go",       "may use",
		"may print",   "may publish",  "may put",      "may quote",
		"go ahead",    "by all means", "would like",   "i want",
		"we want",     "would prefer", "i prefer",     "rather",
		"ok to",       "okay to",      "do print",     "do publish",
		"do quote",    "do use",       "i would like", "my consent",
		"do put",      "i accept",     "be proud",     "wish"};

	return lexicon_has_one(l, ways, ARRAY_LEN(ways)) ||
	       (l->count && l->words[0].is == WORD_PUBLISH &&
		(l->has[WORD_MINE] || lexicon_has(l, "it") || lexicon_has(l, "this")));
}

static bool publishes(const struct lexicon *l)
{
	return l->has[WORD_PUBLISH] ||
	       ((l->has[WORD_NAME] || l->has[WORD_ANONYMOUS]) &&
		(lexicon_has(l, "use") || lexicon_has(l, "used")));
}

static bool refuses_idiom(const struct lexicon *l)
{
	static const char *const idioms[] = {
		"between us",           "between you and me",  "between ourselves",
		"your eyes only",       "for your eyes",       "in confidence",
		"in strict confidence", "off the record",      "to yourself",
		"to yourselves",        "stay with you",       "stays with you",
		"stayed with you",      "remain with you",     "go no further",
		"not for print",        "not for publication", "for internal use only",
		"for your use only",    "for the team only",   "not to be published",
		"not for anyone else",  "with you alone",      "among yourselves"};

	return lexicon_has_one(l, idioms, ARRAY_LEN(idioms));
}

/* "It is right that hearings are private": the word stands for nothing. */
static bool begins_bare(const struct lexicon *l)
{
	return l->count > 3 && str_eq(l->words[0].text, "it") &&
	       str_eq(l->words[1].text, "is") && lexicon_has(l, "that");
}

/* A clause that denies publishing the writer's own words, not their name alone. */
static bool publishing_denied(const struct sentence *s, const struct lexicon *l)
{
	bool own = own_object(l) || own_object(&s->all);
	size_t name = lexicon_find(l, WORD_NAME, 0);

	/* In a long sentence it may be said of anything. */
	if (refuses_idiom(l) && (!s->all.is_long || own_object(l)))
		return true;
	if (s->under == FORM_PERMISSION && !about_name(l) && denies(l) &&
	    (l->count <= 3 || l->has[WORD_PUBLISH]))
		return true;
	if (!denies(l) || !own)
		return false;
	if (l->has[WORD_SECRET] && !about_name(l) && !begins_bare(l) &&
	    (!l->has[WORD_UNKNOWN] || l->has[WORD_OFF] || l->has[WORD_MINE] ||
	     lexicon_has(l, "please")) &&
	    (l->has[WORD_OWN] || lexicon_has(l, "this") || lexicon_has(l, "it")) &&
	    (l->has[WORD_MINE] || lexicon_has(l, "this") || lexicon_has(l, "it")))
		return true;
	if (!l->has[WORD_PUBLISH])
		return false;
	/* "not print my name": the name is what is denied; "not even without my name" */
	if (about_name(l) && !l->has[WORD_EVEN] &&
	    (lexicon_find(l, WORD_OWN, 0) == l->count || name < l->count) &&
	    !(l->has[WORD_OWN] && l->has[WORD_NOT] &&
	      lexicon_find(l, WORD_NOT, 0) < lexicon_find(l, WORD_PUBLISH, 0) &&
	      l->has[WORD_WITHOUT]))
		return false;
	return own_object(l);
}

static bool publishing_granted(const struct sentence *s, const struct lexicon *l)
{
	if (!understood(l) || l->has[WORD_SECRET])
		return false;
	if (s->under == FORM_PERMISSION &&
	    (lexicon_has(l, "fine") || lexicon_has(l, "ok") || lexicon_has(l, "yes")))
		return !denies(l) && !about_name(l);
	if (!publishes(l) || !own_object(l) || !(permits(l) || s->minds_not))
		return false;
	return !denies(l) || (name_denied(l) && !l->has[WORD_NOT]);
}

/* What comes behind a grant may give its reason; anything else may turn it. */
static bool harmless_behind(const struct lexicon *l)
{
	static const char *const begins[] = {
		"and",    "because", "as",          "since", "thanks",    "thank",
		"please", "i",       "we",          "my",    "our",       "you",
		"just",   "with",    "without",     "minus", "not",       "no",
		"leave",  "only",    "under",       "by",    "including", "keep",
		"do",     "but",     "anonymously", "the"};

	for (size_t i = 0; i < ARRAY_LEN(begins); i++)
		if (str_eq(l->words[0].text, begins[i]))
			return !has_condition(l);
	return understood(l);
}

static void add(struct prose_reading *out, size_t *count, enum form_field field,
		struct form_bound bound, bool doubtful)
{
	if (*count < PROSE_READINGS)
		out[(*count)++] = (struct prose_reading){field, bound, doubtful};
}

static bool is_view(const struct lexicon *l)
{
	static const char *const views[] = {"my view is",     "my opinion is",
					    "i think that",   "we think that",
					    "i believe that", "we believe that"};

	return lexicon_has_one(l, views, ARRAY_LEN(views));
}

/* "Anonymously, please", and not "anonymous complaints should be heard". */
static bool anonymous_self(const struct lexicon *l)
{
	static const char *const own[] = {"me", "us", "this", "it", "please"};

	return l->has[WORD_ANONYMOUS] && (understood(l) || l->has[WORD_MINE] ||
					  lexicon_has_one(l, own, ARRAY_LEN(own)));
}

static void hear_publishing(const struct sentence *s, const struct lexicon *l,
			    struct publishing *p)
{
	/* "(not)", behind what is given */
	if ((p->granted &&
	     (!harmless_behind(l) || (l->count <= 2 && denies(l) && !about_name(l)))) ||
	    prose_reports(l))
		p->unsafe = true;
	p->refused = p->refused || publishing_denied(s, l);
	if (name_denied(l) && !is_view(l) &&
	    (anonymous_self(l) || l->has[WORD_MINE] || lexicon_has(l, "the name") ||
	     (l->count <= 3 && !l->has[WORD_UNKNOWN])))
		p->nameless = true;
	if (name_granted(l) && !name_denied(l) && understood(l))
		p->named = true;
	p->granted = p->granted || publishing_granted(s, l);
	p->about = p->about || (publishes(l) && own_object(l) && permits(l) &&
				!lexicon_has(l, "send me") && !lexicon_has(l, "send us"));
}

static void add_permission(const struct sentence *s, const struct publishing *p,
			   struct prose_reading *out, size_t *count)
{
	struct form_bound b = {FORM_NOTHING, FORM_PUBLISH_NAME};

	if (p->refused) {
		b.low = b.high = FORM_PUBLISH_NONE;
		add(out, count, FORM_PERMISSION, b,
		    s->condition || (p->granted && p->named));
		return;
	}
	if (s->asks && !p->nameless)
		return;
	if (p->nameless)
		b.high = FORM_PUBLISH_NAMELESS;
	if (p->granted && !p->unsafe && !s->condition && !s->asks)
		b.low = p->named && !p->nameless ? FORM_PUBLISH_NAME
						 : FORM_PUBLISH_NAMELESS;
	if (b.low >= 0 && p->named && !p->nameless)
		b.high = FORM_PUBLISH_NAME;
	if (b.low >= 0 || p->nameless)
		add(out, count, FORM_PERMISSION, b, false);
	else if (p->about)
		add(out, count, FORM_PERMISSION, b, true);
}

static bool about_contact(const struct lexicon *l)
{
	static const char *const ways[] = {
		"contact me",      "contact us",      "contacting me",
		"contacting us",   "be contacted",    "contacted again",
		"contact again",   "hear from you",   "in touch",
		"write to me",     "write to us",     "letter to me",
		"letters to me",   "letter from you", "letters from you",
		"call me",         "ring me",         "phone me",
		"email me",        "e mail me",       "mail me",
		"come back to me", "further contact", "follow up with me",
		"approach me",     "contact with me", "reply to me",
		"talk to me",      "speak to me",     "reach me",
		"bother me",       "get back to me",  "write again",
		"contacted in",    "contacted about"};

	return lexicon_has_one(l, ways, ARRAY_LEN(ways));
}

static void hear_contact(const struct sentence *s, const struct lexicon *l,
			 struct contacting *c)
{
	bool under = s->under == FORM_CONTACT;

	if (!about_contact(l) && !(under && denies(l)))
		return;
	if (!under && !l->has[WORD_MINE] && !s->all.has[WORD_MINE])
		return; /* of somebody else */
	if (denies(l) || lexicon_has(l, "no need"))
		c->no = true;
	else if (!s->asks && !s->condition && understood(l) && permits(l) &&
		 !lexicon_has(l, "only"))
		c->yes = true;
}

static void add_contact(const struct sentence *s, const struct contacting *c,
			struct prose_reading *out, size_t *count)
{
	if (c->no)
		add(out, count, FORM_CONTACT,
		    (struct form_bound){FORM_CONTACT_NO, FORM_CONTACT_NO}, s->condition);
	else if (c->yes)
		add(out, count, FORM_CONTACT,
		    (struct form_bound){FORM_CONTACT_YES, FORM_CONTACT_YES}, false);
}

size_t prose_read(const char *sentence, size_t len, enum form_field under,
		  struct prose_reading out[PROSE_READINGS])
{
	struct lexicon words;

	lexicon_read(sentence, len, &words);
	return prose_read_words(sentence, len, &words, under, out);
}

size_t prose_read_words(const char *sentence, size_t len, const struct lexicon *words,
			enum form_field under, struct prose_reading out[PROSE_READINGS])
{
	struct publishing p = {0};
	struct contacting c = {0};
	struct lexicon clause;
	enum form_type type;
	struct sentence s;
	size_t count = 0;

	if (under == FORM_FIELDS && !prose_may_tell(words))
		return 0;
	s.under = under;
	s.all = *words;
	if (!take_apart(sentence, len, &s))
		return 0;
	while (take_clause(&s, &clause)) {
		hear_publishing(&s, &clause, &p);
		hear_contact(&s, &clause, &c);
	}
	if (under == FORM_FIELDS || under == FORM_PERMISSION)
		add_permission(&s, &p, out, &count);
	if (under == FORM_FIELDS || under == FORM_CONTACT)
		add_contact(&s, &c, out, &count);
	if ((under == FORM_FIELDS || under == FORM_TYPE) && !s.asks &&
	    prose_type(&s.all, &type))
		add(out, &count, FORM_TYPE, (struct form_bound){(int)type, (int)type},
		    false);
	return count;
}
