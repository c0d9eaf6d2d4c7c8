#include "doubts/personal.h"
#include "base/str.h"

#define SELF (SAYS_I | SAYS_ME | SAYS_MY)

/* The word behind the first I or we, helpers apart: what they do. */
static size_t verb_of_self(const struct spoken *s)
{
	static const char *const helpers[] = {
		"do",        "not",      "will",  "can",     "cannot", "could",
		"d",         "ll",       "have",  "ve",      "also",   "really",
		"fully",     "strongly", "very",  "only",    "still",  "just",
		"dont",      "should",   "both",  "all",     "too",    "firmly",
		"cant",      "am",       "m",     "are",     "re",     "always",
		"often",     "simply",   "do",    "broadly", "would",  "wouldnt",
		"certainly", "rather",   "never", "largely", NULL};
	uint64_t self = s->all & SAYS_I ? s->where[__builtin_ctzll(SAYS_I)] : 0;
	size_t i = self ? (size_t)__builtin_ctzll(self) + 1 : s->count;

	while (i < s->count && str_in(s->words[i], helpers))
		i++;
	return i;
}

/* "I want to be left in peace": of themselves, unless they want to say or to get something. */
static bool wants_for_self(const struct spoken *s, size_t verb)
{
	static const char *const wants[] = {"want", "wish", "like", "prefer",
					    "hope", "need", "have", NULL};
	static const char *const gets[] = {
		"see",     "receive",   "thank",   "add",     "say",       "hear",
		"stress",  "know",      "point",   "suggest", "support",   "congratulate",
		"make",    "mention",   "propose", "comment", "respond",   "answer",
		"express", "emphasise", "ask",     "raise",   "encourage", "begin",
		"start",   NULL};

	return verb + 2 < s->count && str_in(s->words[verb], wants) &&
	       str_eq(s->words[verb + 1], "to") && !str_in(s->words[verb + 2], gets);
}

/* What somebody thinks of a subject. */
static bool is_opinion(const struct spoken *s)
{
	static const char *const verbs[] = {
		"think",      "believe",    "agree",     "disagree",  "support",
		"oppose",     "welcome",    "suggest",   "propose",   "recommend",
		"prefer",     "see",        "know",      "hope",      "consider",
		"find",       "expect",     "favour",    "doubt",     "comment",
		"object",     "endorse",    "reject",    "accept",    "value",
		"appreciate", "argue",      "fear",      "worry",     "want",
		"like",       "understand", "concerned", "sure",      "convinced",
		"afraid",     "worried",    "pleased",   "surprised", "disappointed",
		"against",    "opposed",    "urge",      "feel",      "sceptical",
		"note",       "love",       "no",        "nothing",   NULL};
	static const char *const nouns[] = {"view",       "opinion",  "impression",
					    "experience", "supports", "agrees",
					    "shares",     NULL};
	static const char *const selfish[] = {"be",   "have",  "get", "lose",
					      "need", "never", NULL};
	size_t verb = verb_of_self(s);

	static const char *const effects[] = {"help",  "cost",    "save",    "mean",
					      "make",  "benefit", "improve", "affect",
					      "allow", "give",    "let",     NULL};

	if (s->all & SAYS_MY && spoken_has_one(s, nouns))
		return true;
	/* "This will cost us a lot" */
	if (s->parts[s->first] & THIS && s->all & MIGHT && spoken_has_one(s, effects))
		return true;
	if (verb >= s->count || s->all & SAYS_ME || wants_for_self(s, verb) ||
	    (s->all & SAYS_YOU && s->all & (PUBLISH | NAME | REMOVE | KNOW | THIS)))
		return false;
	if (str_in(s->words[verb], verbs))
		return true;
	/* "I would abolish the fee" */
	return verb && s->parts[verb - 1] & (MIGHT | NOT) && spoken_has(s, "would") &&
	       !str_in(s->words[verb], selfish) && !(s->all & (IF | THIS | SAYS_MY));
}

/* What turns a plain statement: "my son has autism" has none of these. */
#define TURNS                                                                          \
	(NOT | MIGHT | IF | WHEN | STILL | THIS | SAYS_YOU | KNOW | DEPENDS | FIRST |  \
	 RATHER | WANT | HARM | WHERE | HIDE | FEAR | SECRET | ONLY | AGREE | REMOVE | \
	 KEEP | PUBLISH | NAME | SPEAK | FORBID)

/* "I am a nurse", "my son has autism": a plain statement of who somebody is. */
static bool is_plain(const struct spoken *s)
{
	static const char *const does[] = {
		"a",          "an",      "chair",     "member", "clerk",     "live",
		"work",       "teach",   "run",       "serve",  "speak",     "write",
		"writing",    "answer",  "answering", "reply",  "replying",  "respond",
		"responding", "retired", "represent", "study",  "volunteer", "read",
		"doing",      "lived",   "seen",      NULL};
	size_t verb = verb_of_self(s);

	if (s->all & (NOT | IF | SAYS_YOU | SECRET | HIDE | HARM | MIGHT))
		return false;
	if (verb < s->count && str_in(s->words[verb], does))
		return true;
	if (s->count <= SPOKEN_SHORTER && s->all & SAYS_MY && spoken_has(s, "name") &&
	    spoken_has(s, "is"))
		return true;
	/* "I am disabled", "I am 67" */
	if (verb && verb < s->count && s->parts[verb - 1] & IS &&
	    !(s->all & (FEAR | STILL | WHEN | WHERE | FORBID | DEPENDS)) &&
	    !(s->parts[verb] & (TURNS | FEW_YEARS)))
		return true;
	return !(s->all & (TURNS & ~(AGREE | SPEAK)) &
		 (s->all & (SAYS_I | SAYS_ME) ? ~UINT64_C(0) : ~THIS));
}

/* "Here is what we say": something is here, and that is all. */
static bool shows_something(const struct spoken *s)
{
	static const char *const shows[] = {
		"here is",        "here are",       "this is what we",
		"this is what i", "this is my",     "this is our",
		"these are my",   "these are our",  "below is",
		"find the form",  "below are",      "that is what we",
		"see our",        "that is what i", NULL};

	for (size_t i = 0; shows[i]; i++)
		if (s->count <= SPOKEN_SHORT && spoken_says(s, s->first, shows[i]) &&
		    !(s->all & (NOT | IF | WHEN | ONLY | FIRST | PUBLISH | SAYS_HE)))
			return true;
	return false;
}

bool personal_is_courtesy(const struct spoken *s)
{
	static const char *const words[] = {
		"thank",     "thanks",    "grateful",  "attached",  "attach",
		"enclosed",  "regards",   "wishes",    "forward",   "apologise",
		"apologies", "apology",   "receipt",   "arrived",   "pleased",
		"glad",      "welcome",   "telephone", "contacted", "contact",
		"copy",      "confirm",   "receive",   "reach",     "informed",
		"updates",   "questions", "touch",     "ring",      "below",
		"comments",  "posted",    "open",      "away",      "iphone",
		"ipad",      "android",   "samsung",   "outlook",   "mobile",
		"happy",     "report",    "answers",   "mailing",   NULL};
	static const char *const pairs[] = {"look forward",
					    "looking forward",
					    "find my",
					    "find our",
					    "find attached",
					    "find below",
					    "find enclosed",
					    "see my",
					    "see below",
					    "see attached",
					    "in reply",
					    "in response",
					    "your paper",
					    "your consultation",
					    "you are",
					    "of use",
					    "filled in",
					    "with interest",
					    "be away",
					    "you need",
					    "you have",
					    "you cannot",
					    "this helps",
					    "has arrived",
					    "have arrived",
					    "reached you",
					    "reached on",
					    "our reply",
					    "my reply",
					    "as my",
					    "as our",
					    "next steps",
					    "send us",
					    "you well",
					    NULL};

	if (s->all & (HARM | HIDE | FEAR | SECRET | NAME))
		return false;
	if (str_starts(s->words[0], "thank"))
		return true;
	if (shows_something(s))
		return true;
	if ((spoken_has(s, "let me") || spoken_has(s, "let us")) &&
	    spoken_has(s, "know") && !(s->all & (WHEN | FIRST)))
		return true;
	if (spoken_has_one(s, pairs))
		return true;
	return spoken_has_one(s, words) && !(s->all & (WHEN | NOT | FIRST | KNOW));
}

static bool is_past(const struct spoken *s)
{
	static const char *const past[] = {
		"sold",   "saw",    "found",  "gave",    "wrote",  "lost",  "got",
		"left",   "came",   "made",   "took",    "met",    "ran",   "began",
		"felt",   "kept",   "told",   "thought", "said",   "heard", "paid",
		"sent",   "spent",  "stood",  "taught",  "fell",   "grew",  "held",
		"knew",   "spoke",  "won",    "drew",    "drove",  "broke", "sat",
		"built",  "bought", "asked",  "moved",   "wanted", "ever",  "used",
		"served", "since",  "became", "put",     NULL};

	if (s->all & IF)
		return false;
	if (s->all & WAS || spoken_has_one(s, past))
		return true;
	for (size_t i = 0; i < s->count; i++) {
		size_t n = strlen(s->words[i]);

		if (!s->parts[i] && n > 4 && str_ends(s->words[i], "ed") &&
		    !(i && (s->parts[i - 1] & IS || str_eq(s->words[i - 1], "not"))))
			return true;
	}
	return false;
}

/* Words that are no fillers. */
static size_t count_own(const struct spoken *s)
{
	size_t count = 0;

	for (size_t i = 0; i < s->count; i++)
		count += !(s->parts[i] & (FILLER | PLEASE));
	return count;
}

bool personal_is_unclear(const struct spoken *s)
{
	static const char *const one_person[] = {"he", "she", "him", NULL};
	static const char *const waits[] = {"wait", "hold",  "show",    "ask",  "check",
					    "run",  "clear", "consult", "come", NULL};
	static const char *const helps[] = {
		"help",  "support", "save",   "fix",  "give", "build",
		"bring", "listen",  "invest", "fund", "tell", "see",
		"send",  "find",    "accept", "read", NULL};
	bool self = s->all & SELF, past;

	if (s->begins_number || !(s->all & (SELF | SAYS_HE | PLEASE)) ||
	    personal_is_courtesy(s))
		return false;
	past = is_past(s);
	if (spoken_has_one(s, one_person) && !past)
		return true;
	if (self && s->asks)
		return true;
	if (s->all & PLEASE && count_own(s) < SPOKEN_TINY)
		return true;
	if (self && str_in(s->words[s->first], waits))
		return true;
	if (self && s->all & PLEASE && !spoken_has_one(s, helps))
		return true;
	if (!self)
		return false;
	return !past && !is_plain(s) && !is_opinion(s);
}
