#include "form/pieces/label.h"
#include "base/str.h"

enum { NAME_WORDS = 6 /* of a question about the name alone */ };

static const struct form_bound open_bound = {FORM_NOTHING, FORM_PUBLISH_NAME};

static struct form_bound exactly(int value)
{
	return (struct form_bound){value, value};
}

static struct form_bound at_most(int value)
{
	return (struct form_bound){FORM_NOTHING, value};
}

/* Ways of saying yes that hold a word of no. */
static void drop_idioms(struct lexicon *l)
{
	static const char *const idioms[] = {"no objection to",  "no objections to",
					     "no objection",     "no objections",
					     "do not object to", "dont object to",
					     "do not mind",      "dont mind",
					     "no problem with",  "not at all opposed to"};

	for (size_t i = 0; i < ARRAY_LEN(idioms); i++)
		(void)lexicon_drop(l, idioms[i]);
}

static bool understood(const struct lexicon *l)
{
	return !l->has[WORD_UNKNOWN] && !l->has[WORD_IF] && !l->is_long;
}

static unsigned denials(const struct lexicon *l)
{
	return l->has[WORD_NOT] + l->has[WORD_OFF] + l->has[WORD_SECRET];
}

static size_t first_denial(const struct lexicon *l)
{
	size_t at = 0;

	while (at < l->count && l->words[at].is != WORD_NOT &&
	       l->words[at].is != WORD_OFF && l->words[at].is != WORD_SECRET)
		at++;
	return at;
}

/* Is the name what a word of this class stands before, with at most three between? */
static bool before_name(const struct lexicon *l, enum word_class is)
{
	for (size_t at = lexicon_find(l, is, 0); at < l->count;
	     at = lexicon_find(l, is, at + 1)) {
		size_t name = lexicon_find(l, WORD_NAME, at);

		if (name < l->count && name - at <= 4)
			return true;
	}
	return false;
}

static bool nameless(const struct lexicon *l)
{
	return l->has[WORD_ANONYMOUS] || before_name(l, WORD_WITHOUT) ||
	       (l->has[WORD_ONLY] && l->has[WORD_OWN] && !l->has[WORD_NAME]) ||
	       lexicon_is(l, "response only") || lexicon_is(l, "no name");
}

static bool with_name(const struct lexicon *l)
{
	return before_name(l, WORD_WITH) || before_name(l, WORD_AND);
}

/* One denial: of publishing, or of the name alone? */
static bool denied(const struct lexicon *l, struct form_bound *out)
{
	size_t no = first_denial(l), publish = lexicon_find(l, WORD_PUBLISH, 0);
	size_t name = lexicon_find(l, WORD_NAME, no), own = lexicon_find(l, WORD_OWN, no);

	if (l->has[WORD_ANONYMOUS] || l->has[WORD_WITHOUT]) {
		/* "do not publish, not even anonymously"; "not anonymous" */
		*out = exactly(FORM_PUBLISH_NONE);
		return no < publish && publish < l->count;
	}
	if (publish < no && name < l->count && denials(l) == 1) {
		/* "publish my response but not my name" */
		*out = exactly(FORM_PUBLISH_NAMELESS);
		return true;
	}
	if (name < l->count && (denials(l) == 1 || own == l->count)) {
		*out = at_most(FORM_PUBLISH_NAMELESS); /* "do not publish my name" */
		return true;
	}
	*out = exactly(FORM_PUBLISH_NONE);
	return l->has[WORD_EVEN] || no < publish || publish == l->count;
}

static bool about_permission(const struct lexicon *l, bool under)
{
	if (l->has[WORD_PUBLISH] || l->has[WORD_ANONYMOUS])
		return true;
	if (l->has[WORD_NAME])
		return l->has[WORD_WITH] || l->has[WORD_WITHOUT] ||
		       (under && (denials(l) || l->has[WORD_ONLY]));
	if (l->has[WORD_SECRET])
		return under || l->has[WORD_OWN] || l->count == 1 ||
		       (l->count <= 3 && understood(l) && !l->has[WORD_INDIVIDUAL] &&
			!l->has[WORD_ORGANISATION]);
	return under && (lexicon_is(l, "not at all") || lexicon_is(l, "none") ||
			 lexicon_is(l, "nothing") || nameless(l));
}

/* "Publish my name", beside a question of its own about the response. */
static bool name_alone(const struct lexicon *l, struct form_bound *out)
{
	*out = (struct form_bound){FORM_NOTHING, FORM_PUBLISH_NAME};
	return l->has[WORD_PUBLISH] == 1 && l->has[WORD_NAME] == 1 && !l->has[WORD_OWN] &&
	       !l->has[WORD_ONLY] && !l->has[WORD_BUT] && l->count <= NAME_WORDS;
}

/* What a choice or the body of a question about publishing stands for. */
static bool permission_of(const struct lexicon *l, struct form_bound *out)
{
	if (!understood(l))
		return false;
	if (with_name(l) && (nameless(l) || (denials(l) && l->has[WORD_PUBLISH] > 1)))
		return false; /* several choices in one */
	if (l->has[WORD_PUBLISH] > 2)
		return false;
	if (denials(l))
		return denied(l, out);
	if (nameless(l))
		*out = exactly(FORM_PUBLISH_NAMELESS);
	else if (with_name(l))
		*out = exactly(FORM_PUBLISH_NAME);
	else if (l->has[WORD_NAME])
		return name_alone(l, out);
	else if (l->has[WORD_PUBLISH])
		*out = (struct form_bound){FORM_PUBLISH_NAMELESS, FORM_PUBLISH_NAME};
	else
		return false;
	return true;
}

/* Yes to a question grants what the question says; no takes that away. */
static void permission_answers(struct label *out)
{
	out->yes = out->bound;
	out->yes_known = !out->doubtful;
	out->no_known = false;
	if (out->doubtful)
		return;
	if (out->bound.low == FORM_PUBLISH_NAME ||
	    (out->bound.low == FORM_NOTHING && out->bound.high == FORM_PUBLISH_NAME)) {
		out->no = at_most(FORM_PUBLISH_NAMELESS);
		out->no_known = true;
	} else if (out->bound.low == FORM_PUBLISH_NAMELESS &&
		   out->bound.high == FORM_PUBLISH_NAME) {
		out->no = exactly(FORM_PUBLISH_NONE);
		out->no_known = true;
	}
}

static bool is_question(const struct lexicon *l, const struct label *out)
{
	static const char *const begins[] = {"may we",    "can we",   "could we",
					     "are you",   "do you",   "would you",
					     "should we", "will you", "have you"};

	if (out->asks)
		return true;
	for (size_t i = 0; i < ARRAY_LEN(begins); i++)
		if (lexicon_has(l, begins[i]))
			return true;
	return false;
}

static bool read_permission(const struct lexicon *l, bool under, struct label *out)
{
	if (!about_permission(l, under))
		return false;
	out->field = FORM_PERMISSION;
	out->doubtful = !permission_of(l, &out->bound);
	if (out->doubtful)
		out->bound = open_bound;
	permission_answers(out);
	out->kind = LABEL_CHOICE;
	if (is_question(l, out) || l->has[WORD_ASK] || lexicon_is(l, "to be published") ||
	    lexicon_is(l, "published") || lexicon_is(l, "publication") ||
	    lexicon_is(l, "publishing") || lexicon_is(l, "printing") ||
	    lexicon_is(l, "publish"))
		out->kind = LABEL_HEADING;
	if (out->kind == LABEL_HEADING && l->has[WORD_ASK]) {
		out->yes_known = false; /* asks for one of several: yes says nothing */
		out->no_known = true;
		out->no = exactly(FORM_PUBLISH_NONE);
	}
	/* A sentence with words that nobody knows is somebody's opinion, not a label. */
	if (l->has[WORD_UNKNOWN] * 4 > l->count)
		out->kind = LABEL_NONE;
	return true;
}

static bool read_contact(const struct lexicon *l, bool under, struct label *out)
{
	bool no = denials(l) > 0, yes = l->has[WORD_YES] || lexicon_has(l, "yes");

	(void)under;
	if (!l->has[WORD_CONTACT] || !(l->has[WORD_AGAIN] || l->has[WORD_MINE] ||
				       lexicon_has(l, "be contacted") || l->count <= 2))
		return false;
	if (l->has[WORD_NAME] || lexicon_is(l, "contact details"))
		return false;
	out->field = FORM_CONTACT;
	out->kind = LABEL_CHOICE;
	out->doubtful = l->has[WORD_IF] || l->is_long || (no && denials(l) > 1) ||
			l->has[WORD_UNKNOWN] > (yes ? 1U : 0U);
	out->bound = out->doubtful ? (struct form_bound){FORM_NOTHING, FORM_CONTACT_YES}
				   : exactly(no ? FORM_CONTACT_NO : FORM_CONTACT_YES);
	if (is_question(l, out) || l->has[WORD_ASK] || (no && yes) ||
	    lexicon_has(l, "to be contacted") ||
	    (!l->has[WORD_MINE] && !no && !yes && l->count <= 4))
		out->kind = LABEL_HEADING;
	if (out->kind == LABEL_CHOICE && !l->has[WORD_MINE] && l->count > 5)
		return false; /* of somebody else: "the minister should not be ..." */
	out->yes_known = out->no_known = !no || yes;
	out->yes = exactly(FORM_CONTACT_YES);
	out->no = exactly(FORM_CONTACT_NO);
	if (l->has[WORD_UNKNOWN] * 4 > l->count + 2 || l->has[WORD_IF])
		out->yes_known = false;
	if (no && !yes && out->kind == LABEL_CHOICE) {
		out->yes = exactly(FORM_CONTACT_NO);
		out->yes_known = !out->doubtful;
	}
	return l->has[WORD_UNKNOWN] * 2 <= l->count;
}

static bool read_type(const struct lexicon *l, bool under, struct label *out)
{
	bool public_member = lexicon_has(l, "member of the public") ||
			     lexicon_has(l, "private person") ||
			     lexicon_has(l, "personal capacity");
	bool one = l->has[WORD_INDIVIDUAL] || public_member;
	bool many = l->has[WORD_ORGANISATION];

	out->field = FORM_TYPE;
	out->yes_known = out->no_known = false;
	if (lexicon_is(l, "respondent type") || lexicon_is(l, "type of respondent") ||
	    lexicon_has(l, "in which capacity") || lexicon_has(l, "in what capacity") ||
	    lexicon_is(l, "responding as") || lexicon_is(l, "i am responding as") ||
	    lexicon_is(l, "are you responding as")) {
		out->kind = LABEL_HEADING;
		return true;
	}
	if ((!one && !many) || l->has[WORD_NAME] || l->has[WORD_CONTACT] || l->count > 16)
		return false;
	if (one && many) {
		out->kind = LABEL_HEADING;
		return !l->has[WORD_IF] && l->has[WORD_UNKNOWN] * 3 <= l->count;
	}
	if (!understood(l) || l->has[WORD_PUBLISH])
		return false;
	/* "my organisation", "each individual" are no choice. */
	if (!under && l->has[WORD_INDIVIDUAL] + many < l->count &&
	    !lexicon_has(l, "as") && !lexicon_has(l, "an") && !lexicon_has(l, "a") &&
	    !lexicon_has(l, "behalf"))
		return false;
	out->kind = LABEL_CHOICE;
	out->doubtful = l->has[WORD_NOT] || l->has[WORD_OFF];
	out->bound = out->doubtful
			     ? (struct form_bound){FORM_INDIVIDUAL, FORM_ORGANISATION}
			     : exactly(one ? FORM_INDIVIDUAL : FORM_ORGANISATION);
	out->yes = out->bound;
	out->yes_known = !out->doubtful;
	return true;
}

static enum label_kind read_answer(const struct lexicon *l)
{
	enum { ANSWER_WORDS = 3 }; /* of the longest below */
	static const char *const yes[] = {"yes",           "y",
					  "yes please",    "yep",
					  "yeah",          "ok",
					  "okay",          "agreed",
					  "true",          "tha",
					  "oes",           "ydw",
					  "tak",           "ja",
					  "oui",           "yes thanks",
					  "yes thank you", "yes no problem",
					  "yes of course", "yes thats fine",
					  "i agree",       "i consent"};
	static const char *const no[] = {
		"no",      "n",         "no thanks", "no thank you", "nope",
		"nein",    "nie",       "non",       "nei",          "chan eil",
		"nac oes", "false",     "nage",      "rather not",   "not at all",
		"never",   "please no", "no please"};
	static const char *const neither[] = {
		"n a", "na", "not applicable", "dont know", "unsure", "not sure", "tbc"};

	if (l->count > ANSWER_WORDS)
		return LABEL_NONE;
	for (size_t i = 0; i < ARRAY_LEN(yes); i++)
		if (lexicon_is(l, yes[i]))
			return LABEL_YES;
	for (size_t i = 0; i < ARRAY_LEN(no); i++)
		if (lexicon_is(l, no[i]))
			return LABEL_NO;
	for (size_t i = 0; i < ARRAY_LEN(neither); i++)
		if (lexicon_is(l, neither[i]))
			return LABEL_NEITHER;
	return LABEL_NONE;
}

static bool is_hint(const struct lexicon *l)
{
	static const char *const hints[] = {"tick",
					    "delete",
					    "leave one",
					    "please indicate",
					    "circle",
					    "cross",
					    "strike",
					    "underline",
					    "yes or no",
					    "yes no",
					    "y n",
					    "mandatory",
					    "required",
					    "optional",
					    "one only",
					    "as appropriate",
					    "applicable",
					    "choose one",
					    "select",
					    "please mark",
					    "mark one",
					    "keep one",
					    "does not apply",
					    "what applies"};

	for (size_t i = 0; i < ARRAY_LEN(hints); i++)
		if (lexicon_has(l, hints[i]))
			return true;
	return false;
}

void label_without_hints(const char *text, size_t len, char *to, size_t room)
{
	size_t n = 0;
	struct lexicon l;

	for (size_t i = 0; i < len && n + 1 < room; i++) {
		const char *end = text[i] == '('   ? memchr(text + i, ')', len - i)
				  : text[i] == '[' ? memchr(text + i, ']', len - i)
						   : NULL;

		if (end && end - (text + i) < 120) {
			lexicon_read(text + i + 1, (size_t)(end - text) - i - 1, &l);
			if (l.count > 1 && is_hint(&l)) {
				i = (size_t)(end - text);
				continue;
			}
		}
		to[n++] = text[i];
	}
	to[n] = '\0';
}

void label_read(const char *text, size_t len, enum form_field under, struct label *out)
{
	char bare[600];
	struct lexicon l;

	*out = (struct label){.field = FORM_FIELDS};
	if (len >= sizeof(bare))
		return;
	label_without_hints(text, len, bare, sizeof(bare));
	if (!lexicon_read_few(bare, strlen(bare), LABEL_WORDS, &l) || l.count == 0)
		return;
	len = strlen(bare);
	while (len && (str_is_space(bare[len - 1]) || strchr("*.)", bare[len - 1])))
		len--;
	out->asks = len && bare[len - 1] == '?';
	out->own_voice = l.has[WORD_MINE] || lexicon_has(&l, "please") ||
			 lexicon_has(&l, "you may") || lexicon_has(&l, "you can") ||
			 lexicon_has(&l, "feel free");
	out->kind = read_answer(&l);
	if (out->kind == LABEL_NO && under == FORM_PERMISSION &&
	    (lexicon_is(&l, "not at all") || lexicon_is(&l, "never"))) {
		*out = (struct label){.kind = LABEL_CHOICE,
				      .field = FORM_PERMISSION,
				      .bound = exactly(FORM_PUBLISH_NONE)};
		return;
	}
	if (out->kind != LABEL_NONE)
		return;
	drop_idioms(&l);
	if (read_permission(&l, under == FORM_PERMISSION, out) ||
	    read_contact(&l, under == FORM_CONTACT, out) ||
	    read_type(&l, under == FORM_TYPE, out)) {
		if (out->kind != LABEL_NONE)
			return;
	}
	*out = (struct label){.field = FORM_FIELDS,
			      .kind = l.count <= 12 && is_hint(&l) ? LABEL_HINT
								   : LABEL_NONE};
}

void label_recall(struct label_memo *memo, const char *text, size_t len,
		  enum form_field under, struct label *out)
{
	size_t at = ((uintptr_t)text + len * 5 + (size_t)under * 29) % LABEL_MEMO;

	if (memo->items[at].text != text || memo->items[at].len != len ||
	    memo->items[at].under != under) {
		label_read(text, len, under, &memo->items[at].label);
		memo->items[at].text = text;
		memo->items[at].len = len;
		memo->items[at].under = under;
	}
	*out = memo->items[at].label;
}
