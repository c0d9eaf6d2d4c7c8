#include "consent/no.h"
#include "base/str.h"
#include "consent/tokens.h"
#include "consent/yes.h"

enum { WORDS_MOST = 60 };

/* Say no by themselves. */
static const char *const says_no[] = {
	"no",   "nope", "never",  "nein", "non",  "não",    "nao", "nie", "nej",
	"nei",  "nee",  "ei",     "нет",  "ні",   "hayır",  "na",  "όχι", "لا",
	"نہیں", "नहीं",  "いいえ", "不",   "不要", "아니요", "לא",  NULL};
/* Turn what follows. */
static const char *const turns[] = {
	"not",    "never",   "don't",   "dont",  "didn't",   "didnt", "haven't", "havent",
	"wasn't", "wasnt",   "isn't",   "won't", "wouldn't", "can't", "cannot",  "hadn't",
	"aren't", "weren't", "doesn't", "nicht", "keine",    "kein",  "keinen",  "pas",
	"rien",   "niet",    "geen",    "ikke",  "inte",     "ddim",  "не",      "en",
	"nie",    "no",      "non",     "não",   "nao",      "ne",    "n'ai",    NULL};
/* Would say yes to something, but for a word that turns them in the same clause. */
static const char *const wills[] = {
	"want",         "wanted",        "wish",       "wished",    "like",
	"confirm",      "confirmed",     "agree",      "agreed",    "consent",
	"consented",    "subscribe",     "subscribed", "join",      "joined",
	"sign",         "ask",           "asked",      "request",   "requested",
	"register",     "registered",    "interested", "add",       "receive",
	"ordered",      "order",         "need",       "möchte",    "will",
	"abonniert",    "angemeldet",    "bestellt",   "interesse", "souhaite",
	"veux",         "demandé",       "inscrit",    "quiero",    "solicitado",
	"voglio",       "richiesto",     "quero",      "aangemeld", "chcę",
	"vil",          "vill",          "halua",      "eisiau",    "хочу",
	"подписывался", "подписывалась", NULL};
/* Ask us to end it; what turns them round is no refusal. */
static const char *const ends[] = {
	"unsubscribe", "remove",      "delete",          "take",
	"stop",        "cancel",      "leave",           "quit",
	"abmelden",    "désinscrire", "désinscrivez",    "désabonner",
	"désabonnez",  "cancellami",  "afmelden",        "wypisz",
	"отписать",    "отпишите",    "dad-danysgrifio", NULL};
/* Say who it was, or was not. */
static const char *const others[] = {"wrong", "somebody", "someone", NULL};
/* All else that a refusal may have: nothing here says yes, and nothing is about staying. */
static const char *const rest[] = {
	"i",         "i'm",         "i'd",        "we",           "me",
	"us",        "my",          "our",        "you",          "your",
	"do",        "did",         "does",       "have",         "has",
	"had",       "am",          "is",         "are",          "was",
	"were",      "would",       "be",         "been",         "this",
	"that",      "it",          "these",      "those",        "any",
	"of",        "the",         "a",          "an",           "for",
	"to",        "from",        "in",         "on",           "off",
	"out",       "list",        "lists",      "mailing",      "email",
	"emails",    "e",           "mail",       "mails",        "address",
	"messages",  "message",     "newsletter", "newsletters",  "bulletin",
	"bulletins", "update",      "updates",    "subscription", "up",
	"please",    "pls",         "sorry",      "thanks",       "thank",
	"very",      "much",        "many",       "hi",           "hello",
	"dear",      "team",        "all",        "sir",          "madam",
	"regards",   "kind",        "best",       "wishes",       "sending",
	"emailing",  "mailing",     "writing",    "contacting",   "contact",
	"write",     "send",        "alone",      "now",          "at",
	"once",      "immediately", "again",      "ever",         "more",
	"anything",  "anymore",     "way",        "else",         "used",
	"use",       "signed",      "person",     "him",          "her",
	"she",       "he",          "moved",      "get",          "getting",
	"enough",    "away",        "opt",        "end",          "danke",
	"ich",       "mich",        "habe",       "das",          "bitte",
	"je",        "recevoir",    "cela",       "ce",           "ces",
	"ça",        "merci",       "suis",       "moi",          "me",
	"gracias",   "recibir",     "esto",       "he",           "de",
	"darme",     "baja",        "grazie",     "ho",           "obrigado",
	"obrigada",  "bedankt",     "dziękuję",   "takk",         "tack",
	"ha",        "kiitos",      "diolch",     "dydw",         "i",
	"hyn",       "я",           "спасибо",    "это",          "ich",
	"mehr",      "mails",       "dit",        "dette",        "tätä",
	NULL};

/* Clauses that say nothing of it, beside one that does. */
static const char *const asides[] = {
	"please",   "pls",      "sorry",   "thanks",   "thank",   "you",
	"very",     "much",     "many",    "hi",       "hello",   "dear",
	"team",     "all",      "sir",     "madam",    "regards", "kind",
	"best",     "wishes",   "danke",   "merci",    "gracias", "grazie",
	"obrigado", "obrigada", "bedankt", "dziękuję", "takk",    "tack",
	"kiitos",   "diolch",   "спасибо", "bitte",    "now",     "immediately",
	"at",       "once",     "i",       "get",      "enough",  "mail",
	"mails",    "email",    "emails",  "she",      "he",      "moved",
	"away",     "again",    "ever",    NULL};

struct reading {
	bool refuses, ends_it;
};

struct clause {
	const struct token *at;
	size_t count;
};

static bool is_name(const struct tokens *names, const char *word)
{
	for (size_t i = 0; i < names->count; i++)
		if (str_eq(names->at[i].text, word))
			return true;
	return false;
}

static bool has(const struct clause *c, const char *word)
{
	for (size_t i = 0; i < c->count; i++)
		if (str_eq(c->at[i].text, word))
			return true;
	return false;
}

static bool has_any(const struct clause *c, const char *const *table)
{
	for (size_t i = 0; i < c->count; i++)
		if (str_in(c->at[i].text, table))
			return true;
	return false;
}

/* "No" turns nothing at the beginning, but for what it turns in Spanish. */
static bool is_turn(const struct clause *c, size_t i)
{
	static const char *const spanish[] = {"quiero", "he", "me", NULL};

	if (str_eq(c->at[i].text, "no") && i == 0)
		return c->count > 1 && str_in(c->at[1].text, spanish);
	return str_in(c->at[i].text, turns);
}

/* "Take me off" and not "take care"; "leave me alone" and not "leave me on the list". */
static bool is_end(const struct clause *c, size_t i)
{
	static const char *const whom[] = {"me", "us", "my", "this", "it", NULL};
	const char *word = c->at[i].text;

	if (!str_in(word, ends))
		return false;
	if (str_eq(word, "take"))
		return has(c, "off");
	return !str_eq(word, "leave") || i + 1 == c->count ||
	       !str_in(c->at[i + 1].text, whom) || has(c, "alone") || has(c, "off");
}

/* "I want to unsubscribe." */
static bool has_end(const struct clause *c)
{
	for (size_t i = 0; i < c->count; i++)
		if (is_end(c, i))
			return true;
	return false;
}

static bool is_aside(const struct clause *c, const struct tokens *names)
{
	for (size_t i = 0; i < c->count; i++)
		if (!str_in(c->at[i].text, asides) && !is_name(names, c->at[i].text))
			return false;
	return true;
}

/* False: it is not closed, or says something else than no. */
static bool read_clause(const struct clause *c, const struct tokens *names,
			struct reading *out)
{
	bool turned = false, ended = false, refuses = false, willed = false;

	for (size_t i = 0; i < c->count; i++) {
		const char *word = c->at[i].text;
		bool turn = is_turn(c, i), will = str_in(word, wills),
		     says = str_in(word, says_no), other = str_in(word, others);

		turned = turned || turn;
		if (c->at[i].address || (will && !turned && !has_end(c)))
			return false;
		ended = ended || is_end(c, i);
		willed = willed || will;
		refuses = refuses || (says && i == 0) || ended || other;
		if (!turn && !will && !says && !other && !str_in(word, ends) &&
		    !str_in(word, rest) && !is_name(names, word))
			return false;
	}
	/* "Ne" by itself says no in one language and yes in another. */
	if ((turned && has_any(c, ends)) ||
	    (c->count == 1 && str_eq(c->at[0].text, "ne")))
		return false;
	/* "I did not get it" refuses nothing. */
	refuses = refuses || (turned && (willed || has(c, "me")));
	out->refuses = out->refuses || refuses;
	out->ends_it = out->ends_it || ended;
	return refuses || is_aside(c, names);
}

static bool read(struct arena *arena, const char *text, const char *names,
		 struct reading *out)
{
	struct tokens t = tokens_of(arena, text),
		      known = tokens_of(arena, str_or(names, ""));

	*out = (struct reading){0};
	if (t.more || t.odd || t.count == 0 || t.count > WORDS_MOST || yes_is_asked(text))
		return false;
	for (size_t i = 0, n; i < t.count; i += n) {
		for (n = 1; i + n < t.count && t.at[i + n].clause == t.at[i].clause;)
			n++;
		if (!read_clause(&(struct clause){&t.at[i], n}, &known, out))
			return false;
	}
	return true;
}

bool no_is_all(struct arena *arena, const char *text, const char *names)
{
	struct reading r;

	return read(arena, text, names, &r) && r.refuses;
}

bool no_is_leaving(struct arena *arena, const char *text, const char *names)
{
	struct reading r;

	return read(arena, text, names, &r) && r.ends_it;
}
