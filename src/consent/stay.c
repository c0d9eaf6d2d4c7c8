#include "consent/stay.h"
#include "base/str.h"
#include "mail/read/unquoted.h"
#include "classify/classify.h"
#include "classify/phrase.h"

/*
 * A mail is looked at clause by clause. One that leaves is heard before all that stay; one
 * that only complains ("you have not removed me") has a word of leaving and is none of
 * the sentences of staying, and so leaves.
 */
enum { LOOK = 600 /* bytes of a mail */, WORDS_MOST = 120, CLAUSES_MOST = 60 };

struct clause {
	const char **word; /* NULL at the end */
	const char *text;  /* the same, each with a blank on both sides */
	const char *whole; /* of the sentence that it is a part of */
	bool asks;
};

/* They stay, as long as nothing in the sentence turns it. */
static const char *const stays[] = {" to stay on ",         " to remain a ",
				    " to stay a ",          " still want these ",
				    " still want this ",    " still want your ",
				    " still want the ",     " still want it ",
				    " still want them ",    " still need ",
				    " still interested ",   " to stay subscribed ",
				    " to remain on ",       " to remain subscribed ",
				    " keep me on ",         " keep us on ",
				    " keep me subscribed ", " still want to get ",
				    " still want to hear ", " still want to receive ",
				    " still like to get ",  " still like to receive ",
				    " eisiau aros ",        " angemeldet bleiben ",
				    " möchte bleiben ",     " auf der liste bleiben ",
				    " rester inscrit ",     " seguir recibiendo ",
				    " chcę zostać ",        NULL};
/* ... or they take the leaving back. */
static const char *const taken_back[] = {" unsubscribe by mistake ",
					 " unsubscribed by mistake ",
					 " unsubscribe by accident ",
					 " unsubscribed by accident ",
					 " unsubscribed in error ",
					 " unsubscribe in error ",
					 " accidentally unsubscribed ",
					 " accidentally clicked unsubscribe ",
					 " clicked by mistake ",
					 " pressed by mistake ",
					 NULL};
/* Asked or told. */
static const char *const put_back[] = {" put back on ",  " put me back ", " add me back ",
				       " re subscribe ", " resubscribe ", NULL};
/* ... or say that it was not them, or that they want to be put back. */
static const char *const not_them[] = {" not me ",
				       " wasn't me ",
				       " isn't me ",
				       " someone else did ",
				       " somebody else did ",
				       " did not send this ",
				       " didn't send this ",
				       " did not do this ",
				       " didn't do this ",
				       " did not request this ",
				       " didn't request this ",
				       " re subscribe ",
				       " resubscribe ",
				       " re add me ",
				       " reinstate ",
				       " put back on ",
				       " put me back ",
				       " add me back ",
				       " add me again ",
				       " subscribe me again ",
				       " stop unsubscribing ",
				       " stop removing me ",
				       " stop taking me off ",
				       NULL};
/* Turn what is said, or say that it is not their will, or not so. */
static const char *const turns[] = {
	" not ",      "n't ",        " dont ",      " wont ",   " cant ",
	" cannot ",   " never ",     " nobody ",    " none ",   " nothing ",
	" nor ",      " without ",   " refuse",     " rather ", " longer ",
	" against ",  " why ",       " how ",       " if ",     " have to ",
	" must ",     " made to ",   " force",      " unable ", " fail",
	" hardly ",   " you keep ",  " they keep ", " who ",    " wish to no ",
	" have no ",  " with no ",   " of no ",     " nicht ",  " kein",
	" pas ",      " no quiero ", " no deseo ",  " nie ",    " ddim ",
	" inte ",     " ikke ",      " niet ",      " stop ",   " even though ",
	" although ", " supposed ",  " you want ",  " had no ", " there is no ",
	" 've no ",   NULL};
/* Words of leaving, in whatever form. */
static const char *const leaves[] = {" unsubscrib",
				     " un-subscrib",
				     " remov",
				     " take me off ",
				     " taken me off ",
				     " took me off ",
				     " taken off ",
				     " want out ",
				     " stop",
				     " leav",
				     " off the list ",
				     " off your list ",
				     " off this list ",
				     " against my ",
				     " no more ",
				     " no longer ",
				     " cancel",
				     " delet",
				     " get rid ",
				     " abmelden ",
				     " désinscri",
				     " désabonn",
				     " darme de baja ",
				     " wypisz ",
				     NULL};

/* Past all of them that stand there. */
static const char **past(const char **word, const char *const *list)
{
	while (str_in(*word, list))
		word++;
	return word;
}

static const char *const openers[] = {"please", "pls",  "plz",  "kindly", "no", "sorry",
				      "but",    "and",  "so",   "oh",     "hi", "hello",
				      "just",   "dear", "team", "thanks", NULL};

/* "remove me", "take us off", "cancel my subscription": what we are not to do. */
static bool is_removal(const char **word, const char *turn)
{
	static const char *const whom[] = {"me", "us", "this", "that", NULL};
	static const char *const whose[] = {"my", "our", NULL};
	static const char *const what[] = {"address", "email",        "e",       "mail",
					   "name",    "subscription", "details", NULL};
	static const char *const bare[] = {"unsubscribe", "cancel", NULL};
	static const char *const verbs[] = {"remove", "delete", "drop", NULL};
	static const char *const goes_on[] = {
		"sending",   "mailing", "emailing", "writing", "getting",
		"receiving", "my",      "the",      "these",   NULL};

	if (str_in(*word, bare))
		return true;
	if (str_in(*word, verbs))
		return str_in(word[1], whom) ||
		       (str_in(word[1], whose) && str_in(word[2], what));
	if (str_eq(*word, "take"))
		return str_in(word[1], whom) && (!word[2] || str_eq(word[2], "off") ||
						 (word[3] && str_eq(word[3], "off")));
	/* "Never stop" is also what is said of mails that do not. */
	return str_eq(*word, "stop") && !str_eq(turn, "never") &&
	       str_in(word[1], goes_on);
}

/* "Please do not remove me": nobody else did not, and it is not done yet. */
static bool forbids(const char **word)
{
	static const char *const turned[] = {"don't", "dont", "never", NULL};
	const char *turn;

	word = past(word, openers);
	if (str_in(*word, turned))
		turn = *word++;
	else if (*word && str_eq(*word, "do") && word[1] && str_eq(word[1], "not"))
		turn = "not", word += 2;
	else
		return false;
	word = past(word, openers);
	return *word && is_removal(word, turn);
}

/* "leave", "be removed", "take me off": what somebody does not want. */
static bool is_leaving(const char **word)
{
	static const char *const bare[] = {"leave", "unsubscribe", "go", "quit", NULL};
	static const char *const done[] = {"removed", "unsubscribed", "taken",
					   "deleted", "cancelled",    "dropped",
					   NULL};

	if (str_in(*word, bare))
		return true;
	if (*word && str_eq(*word, "be"))
		return str_in(word[1], done);
	return *word && is_removal(word, "not");
}

/* "I do not want (you) to ...", "I never asked to be ...": by the reader themselves. */
static bool denies(const char **word)
{
	static const char *const who[] = {"i", "we", "i'm", "i'd", NULL};
	static const char *const helps[] = {"have",   "did",   "do",         "would",
					    "really", "still", "just",       "had",
					    "am",     "was",   "definitely", NULL};
	static const char *const turned[] = {"not",    "never",    "don't",   "dont",
					     "didn't", "didnt",    "haven't", "havent",
					     "hadn't", "wouldn't", "wasn't",  NULL};
	static const char *const after[] = {"really", "ever", "actually", NULL};
	static const char *const wills[] = {
		"want",   "wanted",   "wish",    "wished",    "mean",   "meant",
		"intend", "intended", "ask",     "asked",     "asking", "like",
		"choose", "chosen",   "request", "requested", "trying", "wanting",
		"plan",   "planning", NULL};

	word = past(word, openers);
	if (!str_in(*word, who))
		return false;
	word = past(word + 1, helps);
	if (!str_in(*word, turned))
		return false;
	word = past(word + 1, after);
	if (!str_in(*word, wills))
		return false;
	word++;
	if (*word && str_eq(*word, "you"))
		word++;
	return *word && str_eq(*word, "to") && is_leaving(word + 1);
}

/* "Please ignore my unsubscribe request", "could you cancel the removal". */
static bool retracts(const char **word)
{
	static const char *const asks[] = {"can",  "could", "would", "you", "i",
					   "want", "like",  "wish",  "to",  NULL};
	static const char *const verbs[] = {"ignore",   "disregard", "cancel",
					    "undo",     "reverse",   "revoke",
					    "withdraw", "forget",    NULL};
	static const char *const which[] = {"my",       "the",      "that",  "this",
					    "previous", "last",     "first", "earlier",
					    "recent",   "mistaken", NULL};
	static const char *const what[] = {
		"unsubscribe",   "unsubscription", "removal", "cancellation",
		"unsubscribing", "request",        "email",   "mail",
		"message",       "leaving",        NULL};

	word = past(past(past(word, openers), asks), openers);
	return str_in(*word, verbs) && str_in(*past(word + 1, which), what) &&
	       past(word + 1, which) > word + 1;
}

/* "Stay", "I'm staying", "leave me on", "keep sending it", "continue to send me these". */
static bool asks_for_more(const char **word)
{
	static const char *const who[] = {"i",    "i'm",   "i'd",  "we", "am",
					  "will", "would", "just", "am", NULL};
	static const char *const stays_on[] = {"stay", "staying", "remain", "remaining",
					       NULL};
	static const char *const hold[] = {"leave", "keep", NULL};
	static const char *const whom[] = {"me", "us", "my", NULL};
	static const char *const where[] = {
		"on",           "in",   "subscribed", "there", "as",
		"subscription", "name", "address",    "email", NULL};
	static const char *const goes_on[] = {"keep", "continue", "carry", "go", NULL};
	static const char *const joins[] = {"on", "to", NULL};
	static const char *const sends[] = {
		"sending",   "send",    "mailing", "emailing",   "getting", "get",
		"receiving", "receive", "writing", "delivering", NULL};
	static const char *const likes[] = {"i",    "we",    "i'd",  "would",
					    "want", "like",  "wish", "love",
					    "to",   "still", "do",   NULL};
	const char **at;

	word = past(word, openers);
	at = past(word, who);
	if (str_in(*at, stays_on) && (!at[1] || (!at[2] && str_in(at[1], openers))))
		return true;
	if (str_in(*word, hold) && str_in(word[1], whom) && str_in(word[2], where))
		return true;
	at = past(word, likes);
	return str_in(*at, goes_on) && str_in(*past(at + 1, joins), sends);
}

/* "Never stop": by itself it is asked of us; "they never stop" is told. */
static bool praises(const char **word)
{
	word = past(word, openers);
	return *word && str_eq(*word, "never") && word[1] && str_eq(word[1], "stop") &&
	       !word[2];
}

static bool is_turned(const struct clause *c)
{
	return words_any(c->whole, turns) != NULL;
}

static bool ends_in_staying(const char *text)
{
	return str_ends(text, " want to stay ") || str_ends(text, " wish to stay ") ||
	       str_ends(text, " like to stay ");
}

static bool is_staying(const struct clause *c)
{
	if (c->asks)
		return words_any(c->text, put_back) != NULL;
	if (forbids(c->word) || denies(c->word) || retracts(c->word) ||
	    asks_for_more(c->word) || praises(c->word) || words_any(c->text, not_them))
		return true;
	return !is_turned(c) &&
	       (words_any(c->text, stays) || words_any(c->text, taken_back) ||
		ends_in_staying(c->text));
}

/* Cuts at the marks; a sentence's clauses share its words. */
static size_t clauses_of(struct arena *arena, const char *folded, struct clause *out)
{
	size_t count = 0, first = 0;

	while (*folded && count < CLAUSES_MOST) {
		size_t len = strcspn(folded, ".,!?;:"), words = 0;
		char *rest = arena_strndup(arena, folded, len), *save = NULL;
		struct clause *c = &out[count++];

		*c = (struct clause){
			.word = arena_make(arena, const char *, WORDS_MOST + 1),
			.text = " "};
		for (char *w = strtok_r(rest, " \"()*_<>-", &save);
		     w && words < WORDS_MOST; w = strtok_r(NULL, " \"()*_<>-", &save)) {
			c->word[words++] = w;
			c->text = arena_printf(arena, "%s%s ", c->text, w);
		}
		folded += len;
		if (*folded != ',') {
			const char *whole = "";

			for (size_t i = first; i < count; i++)
				whole = arena_printf(arena, "%s%s", whole, out[i].text);
			for (size_t i = first; i < count; i++) {
				out[i].whole = whole;
				out[i].asks = *folded == '?';
			}
			first = count;
		}
		folded += *folded != '\0';
	}
	for (size_t i = first; i < count; i++)
		out[i].whole = out[i].text;
	return count;
}

/* One kind of apostrophe, and no marks that words_fold() leaves between words. */
static char *plain(struct arena *arena, const char *text)
{
	char *folded = arena_strdup(arena, words_fold(arena, text, LOOK)), *to = folded;

	for (const char *at = folded; *at; at++)
		if (str_starts(at, "\xE2\x80\x99")) {
			*to++ = '\'';
			at += 2;
		} else {
			*to++ = *at;
		}
	*to = '\0';
	return folded;
}

/* Only plain words keep somebody on a list that they wrote to leave: in doubt they leave. */
static bool says_stay(struct arena *arena, const char *text)
{
	struct clause *c = arena_make(arena, struct clause, CLAUSES_MOST);
	const char *folded = plain(arena, text);
	size_t count = clauses_of(arena, folded, c);
	bool stays_on = false;

	if (str_eq(folded, "no") || str_eq(folded, "no.") || str_eq(folded, "no!"))
		return true;
	for (size_t i = 0; i < count; i++) {
		bool staying = is_staying(&c[i]);

		if (!staying && words_any(c[i].text, leaves))
			return false;
		stays_on = stays_on || staying;
	}
	return stays_on;
}

/* What the layout says anew, as of a text. */
static bool layout_says_stay(struct arena *arena, const char *words)
{
	const char *fresh, *quoted;

	if (!words)
		return false;
	mail_reply_cut(arena, words, &fresh, &quoted);
	return says_stay(arena, classify_spoken(arena, str_or(fresh, "")));
}

bool classify_wants_to_stay(const struct mail_message *m)
{
	AUTO(arena) arena = arena_new(16 << 10);
	const char *spoken = classify_spoken(arena, str_or(m->text_new, ""));
	bool answers;

	/* Some read the one, some the other: where one asks to stay, a person decides. */
	return says_stay(arena,
			 *spoken ? spoken
				 : words_subject(str_or(m->subject, ""), &answers)) ||
	       layout_says_stay(arena, m->also) || layout_says_stay(arena, m->seen.words);
}
