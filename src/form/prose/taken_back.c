/* Sentences that take something back, keep it secret, or tell what another said; and those
 * that cannot say what somebody allows. */
#include "base/str.h"
#include "doubts/word_index.h"
#include "form/prose/prose.h"

enum { REMARK_WORDS = 3, NOTE_WORDS = 3 };

bool prose_reports(const struct lexicon *l)
{
	static const char *const verbs[] = {"says",    "said",   "wrote",  "writes",
					    "told",    "tells",  "asked",  "claims",
					    "claimed", "thinks", "insists"};

	for (size_t i = 0; i < l->count; i++)
		for (size_t v = 0; v < ARRAY_LEN(verbs); v++)
			if (*l->words[i].text == *verbs[v] &&
			    str_eq(l->words[i].text, verbs[v]) &&
			    !(i && (str_eq(l->words[i - 1].text, "i") ||
				    str_eq(l->words[i - 1].text, "we") ||
				    str_eq(l->words[i - 1].text, "have"))))
				return true;
	return false;
}

static bool denies(const struct lexicon *l)
{
	static const char *const words[] = {"nobody", "no one", "noone", "never",
					    "neither"};

	return l->has[WORD_NOT] || l->has[WORD_OFF] ||
	       lexicon_has_one(l, words, ARRAY_LEN(words));
}

/* About the form or the letter itself, and that it was wrong. */
static bool takes_back(const struct lexicon *l)
{
	static const char *const ways[] = {"wrong box",         "wrong boxes",
					   "wrong one",         "wrong option",
					   "wrong answer",      "wrong choice",
					   "the tick",          "my tick",
					   "ticked that",       "ticked it",
					   "ticked this",       "tick this",
					   "a mistake above",   "mistake to tick",
					   "made a mistake",    "my mistake",
					   "changed my mind",   "change my mind",
					   "changed our mind",  "changed our minds",
					   "second thoughts",   "second thought",
					   "i withdraw",        "we withdraw",
					   "withdraw my",       "withdraw our",
					   "withdraw this",     "withdraw it",
					   "i revoke",          "we revoke",
					   "i retract",         "we retract",
					   "take that back",    "take it back",
					   "take this back",    "scrap that",
					   "scrap this",        "forget that",
					   "ignore the above",  "ignore the last",
					   "ignore the box",    "ignore my",
					   "ignore what i",     "disregard the",
					   "disregard my",      "disregard what i",
					   "only joking",       "just joking",
					   "not serious",       "no longer holds",
					   "no longer stands",  "no longer want",
					   "no longer agree",   "do not consent",
					   "dont consent",      "not consent",
					   "no consent",        "without my consent",
					   "not agree to this", "did not mean",
					   "didnt mean",        "meant to tick",
					   "meant do not",      "i meant"};

	static const char *const slips[] = {"by mistake", "in error", "by accident"};

	return lexicon_has_one(l, ways, ARRAY_LEN(ways)) ||
	       (lexicon_has_one(l, slips, ARRAY_LEN(slips)) &&
		(l->has[WORD_MINE] || lexicon_has(l, "this") || lexicon_has(l, "that")));
}

/* "The yes is a mistake.", "Answer should be no.", "Strike the permission above.": of what
 * stands in the form, in few words. */
static bool corrects(const struct lexicon *l)
{
	enum { CORRECTION_WORDS = 10 };
	static const char *const wrong[] = {
		"mistake", "mistaken",  "error",     "typo",
		"wrong",   "incorrect", "misclick",  "slip",
		"untrue",  "not true",  "not right", "invalid",
		"a lie",   "void",      "not valid", "unintended"};
	static const char *const orders[] = {"strike", "delete", "remove",    "ignore",
					     "cancel", "scrap",  "disregard", "erase",
					     "undo",   "reverse"};
	static const char *const of_form[] = {
		"above",      "the yes",   "yes is",     "yes was",   "the x",
		"tick",       "ticks",     "ticked",     "the cross", "crossed",
		"the box",    "that line", "this line",  "the line",  "permission",
		"the answer", "my answer", "yes should", "x is",      "answer is",
		"that yes",   "my yes"};
	static const char *const meant[] = {"should be no",      "should say no",
					    "should read no",    "should have been no",
					    "should be not",     "meant to be no",
					    "meant no",          "means no",
					    "is really no",      "should be without",
					    "should be private", "should be anonymous",
					    "yes above means",   "yes means",
					    "x means",           "tick means",
					    "should be do not",  "was meant as no"};

	if (l->is_long || l->count > CORRECTION_WORDS)
		return false;
	return lexicon_has_one(l, meant, ARRAY_LEN(meant)) ||
	       ((lexicon_has_one(l, wrong, ARRAY_LEN(wrong)) ||
		 lexicon_has_one(l, orders, ARRAY_LEN(orders))) &&
		lexicon_has_one(l, of_form, ARRAY_LEN(of_form)));
}

/* That the writer's part in it must not be known. */
static bool keeps_secret(const struct lexicon *l)
{
	static const char *const told[] = {
		"know",     "knows", "learn", "learns", "find", "finds",     "knew",
		"discover", "guess", "see",   "told",   "hear", "recognise", "identify"};
	static const char *const part[] = {
		"i wrote",     "we wrote",    "i have written", "i write", "i responded",
		"i replied",   "i answered",  "i sent",         "i said",  "i took part",
		"it was me",   "it is me",    "who i am",       "my name", "our names",
		"about me",    "this is me",  "who we are",     "where i", "where we",
		"identify me", "recognise me"};
	static const char *const out[] = {
		"this came out", "it came out",   "this comes out", "it comes out",
		"this got out",  "it got out",    "this gets out",  "it gets out",
		"my eyes only",  "your eyes only"};
	static const char *const found[] = {"become known",  "became known",
					    "becomes known", "finds out",
					    "found out",     "find out"};
	static const char *const close[] = {"please",     "everything", "above",
					    "strictly",   "this is",    "this response",
					    "treat this", "keep this",  "all of this",
					    "all of it",  "keep it"};
	static const char *const secret[] = {"confidential", "confidentially",
					     "private",      "privately",
					     "secret",       "confidence"};
	static const char *const hidden[] = {"anonymous", "anonymously", "anonymise",
					     "anonymity", "unnamed",     "nameless"};
	bool anonymous = lexicon_has_one(l, hidden, ARRAY_LEN(hidden));

	if (lexicon_has_one(l, out, ARRAY_LEN(out)) ||
	    (lexicon_has_one(l, found, ARRAY_LEN(found)) && l->has[WORD_MINE] &&
	     (denies(l) || l->has[WORD_IF])))
		return true;
	if (denies(l) && lexicon_has_one(l, told, ARRAY_LEN(told)) &&
	    lexicon_has_one(l, part, ARRAY_LEN(part)))
		return true;
	if (lexicon_has_one(l, secret, ARRAY_LEN(secret)) &&
	    (l->count <= NOTE_WORDS || lexicon_has_one(l, close, ARRAY_LEN(close)) ||
	     (l->has[WORD_OWN] && l->has[WORD_MINE])))
		return true;
	return anonymous &&
	       ((l->count <= NOTE_WORDS && !l->has[WORD_UNKNOWN]) || l->has[WORD_MINE] ||
		lexicon_has(l, "me") || lexicon_has(l, "please"));
}

/* "Please do not publish", "must not be published": whatever it is about, if it is near. */
static bool denies_publishing(const struct lexicon *l)
{
	static const char *const own[] = {"my",     "our",   "this",       "it",
					  "me",     "us",    "everything", "anything i",
					  "what i", "above", "i wrote"};

	return l->has[WORD_PUBLISH] && denies(l) && !lexicon_has(l, "me posted") &&
	       !lexicon_has(l, "us posted") &&
	       (l->count <= NOTE_WORDS + 1 || lexicon_has_one(l, own, ARRAY_LEN(own)));
}

/* A short remark behind a permission is about it, unless it only ends the letter. */
static bool turns(const struct lexicon *l)
{
	static const char *const ends[] = {
		"no need",    "nothing more", "nothing else", "nothing to add",
		"no further", "no other",     "no more",      "no comment",
		"no rush",    "no hurry",     "no opinion",   "no view"};
	static const char *const remarks[] = {"wait", "joking", "although", "however",
					      "unless"};
	static const char *const others[] = {
		"is what they", "is what he",       "is what she",    "is what my",
		"is what our",  "is what somebody", "is what someone"};

	if (lexicon_has_one(l, others, ARRAY_LEN(others)))
		return true;
	return l->count <= REMARK_WORDS && !lexicon_has_one(l, ends, ARRAY_LEN(ends)) &&
	       (denies(l) || lexicon_has_one(l, remarks, ARRAY_LEN(remarks)));
}

enum prose_doubt prose_doubts(const char *sentence, size_t len, enum prose_place place)
{
	struct lexicon words;

	lexicon_read(sentence, len, &words);
	return prose_doubts_words(sentence, len, &words, place);
}

static enum prose_doubt doubt_of(const struct lexicon *l, enum prose_place place)
{
	if (takes_back(l) || corrects(l))
		return PROSE_TAKEN_BACK;
	if (keeps_secret(l) || denies_publishing(l))
		return PROSE_SECRET;
	return place == PROSE_BEHIND && turns(l) ? PROSE_TAKEN_BACK : PROSE_NO_DOUBT;
}

enum prose_doubt prose_doubts_words(const char *sentence, size_t len,
				    const struct lexicon *words, enum prose_place place)
{
	const char *rest = sentence, *end = sentence + len;
	enum prose_doubt doubt = doubt_of(words, place);
	struct lexicon l;

	/* A long one in parts, each from the middle of the one before. */
	while (doubt == PROSE_NO_DOUBT && words->is_long) {
		rest += words->middle;
		lexicon_read(rest, (size_t)(end - rest), &l);
		words = &l;
		doubt = doubt_of(words, place);
	}
	return doubt;
}

bool prose_wants_peace(const char *line, size_t len)
{
	enum { PEACE_WORDS = 12 };
	static const char *const ways[] = {"opt out",        "opted out",
					   "opting out",     "no further",
					   "no more",        "had enough",
					   "leave me",       "left alone",
					   "email me never", "contact me never",
					   "call me never",  "never again",
					   "get in touch",   "correspondence",
					   "object to",      "further processing",
					   "just this once", "just once",
					   "once only",      "by letter alone",
					   "by post alone",  "only if",
					   "if you must",    "ask my",
					   "instead",        "no contact",
					   "no calls",       "no emails",
					   "no letters",     "no visits",
					   "not by phone",   "not by email"};
	static const char *const of_contact[] = {
		"contact", "correspondence", "correspond", "email",    "emails",
		"mail",    "call",           "calls",      "ring",     "phone",
		"write",   "letter",         "letters",    "touch",    "opt",
		"opted",   "opting",         "surveys",    "survey",   "once",
		"must",    "alone",          "processing", "mailings", "ask my",
		"visits",  "reply"};
	struct lexicon l;

	return lexicon_read_few(line, len, PEACE_WORDS, &l) && l.count &&
	       lexicon_has_one(&l, ways, ARRAY_LEN(ways)) &&
	       lexicon_has_one(&l, of_contact, ARRAY_LEN(of_contact));
}

/*
 * Of each phrase of prose.c that makes a reading a word that no other phrase need have; those of
 * the classes below apart. Whoever adds a phrase there adds its word here.
 */
static const char *const telling[] = {
	"alone",        "anyone",       "approach",   "attributed",  "back",
	"behalf",       "behind",       "between",    "board",       "bother",
	"call",         "capacity",     "charity",    "citizen",     "committee",
	"confidence",   "contact",      "contacted",  "contacting",  "credit",
	"email",        "eyes",         "follow",     "further",     "hear",
	"identified",   "identify",     "individual", "internal",    "letter",
	"letters",      "mail",         "members",    "myself",      "only",
	"organisation", "organization", "own",        "personal",    "phone",
	"print",        "private",      "public",     "publication", "published",
	"reach",        "record",       "remain",     "reply",       "ring",
	"society",      "speak",        "stands",     "stay",        "stayed",
	"stays",        "talk",         "team",       "those",       "touch",
	"use",          "write",        "yourself",   "yourselves"};
static const size_t telling_count = ARRAY_LEN(telling);

bool prose_may_tell(const struct lexicon *l)
{
	static struct word_index index = {
		.table = telling, .stride = sizeof(*telling), .count = &telling_count};

	/* Words that were not looked at may be any. */
	if (l->is_long || l->has[WORD_PUBLISH] || l->has[WORD_NAME] ||
	    l->has[WORD_ANONYMOUS] || l->has[WORD_SECRET])
		return true;
	for (size_t i = 0; i < l->count; i++)
		if (word_index_find(&index, l->words[i].text))
			return true;
	return false;
}
