#include "consent/doubt.h"
#include "base/str.h"
#include "consent/tokens.h"
#include "consent/yes.h"

enum { SHORT_WORDS = 8 };

/* Of themselves. */
static const char *const speaks[] = {
	"i",      "i'm", "i've", "i'd", "i'll", "im",    "ive", "me",   "my",   "mine",
	"myself", "ich", "mich", "mir", "mein", "meine", "je",  "j'ai", "moi",  "yo",
	"mí",     "ik",  "mij",  "jeg", "meg",  "mig",   "jag", "mnie", "minä", "я",
	"меня",   "мне", "dydw", "εγώ", "أنا",  "मैं",     "私",  "我",   NULL};
/* This mail is unwanted, whoever says it. */
static const char *const unwanted[] = {
	"refuse",   "refused",     "refuses",      "refusing",   "decline", "declined",
	"reject",   "rejected",    "disagree",     "stop",       "stopp",   "remove",
	"removed",  "unsubscribe", "unsubscribed", "spam",       "spammer", "spammers",
	"scam",     "fraud",       "phishing",     "hoax",       "fake",    "junk",
	"unwanted", "unsolicited", "nope",         "nah",        "nay",     "nein",
	"niemals",  "abmelden",    "désinscrire",  "désabonner", "jamais",  "não",
	"nao",      "nee",         "nej",          "nei",        "hayır",   "нет",
	"ні",       "όχι",         "لا",           "نہیں",       "नहीं",     "いいえ",
	"不",       "不要",        "아니요",       "לא",         "nage",    "peidiwch",
	"wypisz",   "отписать",    "complain",     "complaint",  "police",  "harassment",
	NULL};
/* Refuse, doubt or ask, if a person says them. */
static const char *const doubts[] = {
	"no",           "not",      "never",    "none",       "nobody",   "nothing",
	"neither",      "nor",      "cannot",   "cant",       "dont",     "didnt",
	"doesnt",       "wont",     "wasnt",    "isnt",       "without",  "deny",
	"object",       "delete",   "cancel",   "cancelled",  "withdraw", "withdrawn",
	"wrong",        "mistake",  "mistaken", "error",      "accident", "accidental",
	"accidentally", "abuse",    "block",    "blocked",    "reported", "who",
	"whom",         "whose",    "why",      "what",       "if",       "unless",
	"but",          "although", "though",   "however",    "maybe",    "perhaps",
	"unsure",       "doubt",    "doubts",   "later",      "wait",     "away",
	"leave",        "against",  "except",   "instead",    "ask",      "asked",
	"asking",       "really",   "only",     "permission", "consent",  "bother",
	"enough",       "ever",     "off",      "anymore",    "crap",     "rubbish",
	"hate",         "angry",    "wtf",      "nicht",      "kein",     "keine",
	"keinen",       "keiner",   "nie",      "falsch",     "irrtum",   "warum",
	"wenn",         "aber",     "non",      "pas",        "aucun",    "erreur",
	"pourquoi",     "quoi",     "mais",     "nunca",      "jamás",    "nada",
	"quién",        "qué",      "pero",     "sin",        "baja",     "mai",
	"niente",       "perché",   "quem",     "sem",        "niet",     "geen",
	"nooit",        "waarom",   "maar",     "nigdy",      "kto",      "dlaczego",
	"ikke",         "inte",     "aldrig",   "aldri",      "hvem",     "vem",
	"varför",       "hvorfor",  "ei",       "älä",        "kuka",     "na",
	"ne",           "ddim",     "byth",     "pwy",        "ní",       "níl",
	"не",           "никогда",  "кто",      "почему",     "но",       "nikdy",
	"kdo",          "değil",    "δεν",      "没",         "没有",     NULL};

static bool is_negated(const char *word)
{
	return str_ends(word, "n't");
}

/* "No. 10", "Company No 123": a number. */
static bool is_number_of(const struct tokens *t, size_t i)
{
	return str_eq(t->at[i].text, "no") && i + 1 < t->count &&
	       str_is_digit(t->at[i + 1].text[0]);
}

bool doubt_in(struct arena *arena, const char *text)
{
	struct tokens t = tokens_of(arena, text);

	if (t.more || yes_is_asked(text))
		return true;
	for (size_t i = 0; i < t.count; i++) {
		const char *word = t.at[i].text;

		if (!t.at[i].address && !is_number_of(&t, i) &&
		    (str_in(word, speaks) || str_in(word, unwanted) ||
		     str_in(word, doubts) || is_negated(word)))
			return true;
	}
	return false;
}

/* A firm's sentences are long; what a person puts behind them is not. */
static bool has_short_doubt(struct arena *arena, const char *text)
{
	while (*text) {
		size_t len = strcspn(text, ".!?;:\n");
		const char *sentence = arena_strndup(arena, text, len);
		const struct tokens t = tokens_of(arena, sentence);

		if (t.count <= SHORT_WORDS && doubt_in(arena, sentence))
			return true;
		text += len + (text[len] != '\0');
	}
	return false;
}

bool doubt_in_notice(struct arena *arena, const char *text)
{
	struct tokens t = tokens_of(arena, text);

	if (t.more || yes_is_asked(text) || has_short_doubt(arena, text))
		return true;
	for (size_t i = 0; i < t.count; i++)
		if (!t.at[i].address &&
		    (str_in(t.at[i].text, speaks) || str_in(t.at[i].text, unwanted)))
			return true;
	return false;
}
