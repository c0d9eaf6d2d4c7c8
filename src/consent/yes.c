#include "consent/yes.h"
#include "base/attr.h"
#include "base/buf.h"
#include "base/str.h"
#include "consent/tokens.h"

#include <glib.h>

enum { YES_WORDS = 20, YES_BYTES = 600 };

/* A thumb that points up, of any colour, is a word. */
#define THUMB "thumbup"

/* Say yes by themselves: a whole phrase, by the writer, of what they do or did. */
static const char *const says_yes[] = {"yes",
				       "yep",
				       "yeah",
				       "yes please",
				       "yes i do",
				       "yes of course",
				       "of course",
				       "yes go ahead",
				       "yes that's right",
				       "yes that is right",
				       "yes that's correct",
				       "yes that is correct",
				       "yes it's me",
				       "yes it is me",
				       "yes this is my address",
				       "yes indeed",
				       "absolutely",
				       "definitely",
				       "certainly",
				       "gladly",
				       "with pleasure",
				       "aye",
				       "yup",
				       THUMB,
				       "happy to confirm",
				       "i am happy to confirm",
				       "i'm happy to confirm",
				       "i would like to receive",
				       "i'd like to receive",
				       "i want to receive",
				       "i wish to receive",
				       "i would like to get",
				       "i want to get",
				       "i would love to receive",
				       "would love to receive",
				       "would like to receive",
				       "ok",
				       "okay",
				       "sure",
				       "agreed",
				       "agree",
				       "confirm",
				       "confirmed",
				       "confirming",
				       "i confirm",
				       "we confirm",
				       "i do confirm",
				       "i hereby confirm",
				       "hereby confirmed",
				       "i can confirm",
				       "i am confirming",
				       "i'm confirming",
				       "i agree",
				       "we agree",
				       "i do agree",
				       "i consent",
				       "we consent",
				       "i would like to confirm",
				       "i'd like to confirm",
				       "i want to confirm",
				       "i wish to confirm",
				       "i would like to subscribe",
				       "i'd like to subscribe",
				       "i want to subscribe",
				       "i wish to subscribe",
				       "i would like to join",
				       "i'd like to join",
				       "i want to join",
				       "i wish to join",
				       "subscribe me",
				       "sign me up",
				       "add me",
				       "please confirm my subscription",
				       "please confirm my request",
				       "please confirm my address",
				       "please confirm me",
				       "it was me",
				       "that was me",
				       "this was me",
				       "yes it was",
				       "that's me",
				       "this is me",
				       "ja",
				       "jawohl",
				       "ich bestätige",
				       "hiermit bestätige ich",
				       "bestätigt",
				       "ich bin einverstanden",
				       "einverstanden",
				       "oui",
				       "je confirme",
				       "je suis d'accord",
				       "d'accord",
				       "j'accepte",
				       "sí",
				       "sì",
				       "confirmo",
				       "confermo",
				       "acepto",
				       "accetto",
				       "si confirmo",
				       "si confermo",
				       "si gracias",
				       "si grazie",
				       "si acepto",
				       "sim",
				       "aceito",
				       "potwierdzam",
				       "tak potwierdzam",
				       "tak dziękuję",
				       "tak proszę",
				       "áno",
				       "potvrzuji",
				       "potvrdzujem",
				       "ano potvrzuji",
				       "ano děkuji",
				       "ano prosím",
				       "potvrđujem",
				       "da potvrđujem",
				       "da hvala",
				       "da molim",
				       "da confirm",
				       "da mulțumesc",
				       "megerősítem",
				       "igen megerősítem",
				       "igen köszönöm",
				       "igen kérem",
				       "kyllä",
				       "vahvistan",
				       "jah",
				       "jā",
				       "taip",
				       "evet",
				       "onaylıyorum",
				       "да",
				       "подтверждаю",
				       "так підтверджую",
				       "так дякую",
				       "підтверджую",
				       "ναι",
				       "επιβεβαιώνω",
				       "ydw",
				       "iawn",
				       "ie",
				       "cadarnhaf",
				       "rwy'n cadarnhau",
				       "tá",
				       "deimhním",
				       "tha",
				       "نعم",
				       "أؤكد",
				       "ہاں",
				       "جی ہاں",
				       "जी हाँ",
				       "हाँ",
				       "हां",
				       "ਹਾਂ",
				       "হ্যাঁ",
				       "כן",
				       "はい",
				       "是的",
				       "确认",
				       "네",
				       "예",
				       "vâng",
				       "có",
				       "bekräftar",
				       "jag bekräftar",
				       "jeg bekrefter",
				       "jeg bekræfter",
				       "bekrefter",
				       "bekræfter",
				       "ik bevestig",
				       "akkoord",
				       "ndiyo",
				       NULL};
/* What is said yes to: only behind a yes. */
static const char *const about[] = {"my subscription",
				    "the subscription",
				    "this subscription",
				    "subscription",
				    "my request",
				    "this request",
				    "the request",
				    "my registration",
				    "my sign up",
				    "my signup",
				    "my address",
				    "my email",
				    "my email address",
				    "this",
				    "that",
				    "it",
				    "to this",
				    "to that",
				    "to it",
				    "to the list",
				    "to this list",
				    "to your list",
				    "the list",
				    "this list",
				    "your list",
				    "updates",
				    "the updates",
				    "these updates",
				    "your updates",
				    "the bulletin",
				    "the bulletins",
				    "these bulletins",
				    "your bulletins",
				    "these emails",
				    "the emails",
				    "your emails",
				    "to receive the updates",
				    "to receive updates",
				    "to receive these updates",
				    "mein abonnement",
				    "meine anmeldung",
				    "mon abonnement",
				    "mon inscription",
				    "mi suscripción",
				    "la mia iscrizione",
				    "minha inscrição",
				    NULL};
/* Manners. */
static const char *const manners[] = {"please",
				      "thanks",
				      "thank you",
				      "thank you very much",
				      "thanks very much",
				      "many thanks",
				      "thanks a lot",
				      "thanks again",
				      "with thanks",
				      "cheers",
				      "hi",
				      "hello",
				      "hi there",
				      "good morning",
				      "good afternoon",
				      "good evening",
				      "good day",
				      "bore da",
				      "guten morgen",
				      "guten tag",
				      "bonjour",
				      "hola",
				      "hi team",
				      "hello team",
				      "hi all",
				      "dear team",
				      "dear sir",
				      "dear madam",
				      "dear sir or madam",
				      "dear all",
				      "regards",
				      "kind regards",
				      "best regards",
				      "warm regards",
				      "best wishes",
				      "best",
				      "all the best",
				      "yours sincerely",
				      "yours faithfully",
				      "bitte",
				      "danke",
				      "vielen dank",
				      "danke schön",
				      "mit freundlichen grüßen",
				      "merci",
				      "merci beaucoup",
				      "s'il vous plaît",
				      "cordialement",
				      "por favor",
				      "gracias",
				      "muchas gracias",
				      "per favore",
				      "grazie",
				      "obrigado",
				      "obrigada",
				      "proszę",
				      "dziękuję",
				      "takk",
				      "tack",
				      "mange tak",
				      "kiitos",
				      "diolch",
				      "diolch yn fawr",
				      "go raibh maith agat",
				      "tapadh leibh",
				      "tapadh leat",
				      "dank je wel",
				      "dank u wel",
				      "děkuji",
				      "спасибо",
				      "дякую",
				      "teşekkürler",
				      "hvala",
				      "köszönöm",
				      "ευχαριστώ",
				      NULL};
/* Has the words of a yes, and asks it of us. */
static const char *const asks[] = {"please confirm", "please agree", "please okay", NULL};

bool yes_is_asked(const char *text)
{
	/* ASCII, full width, Arabic, Greek, interrobang, inverted, double, and the like. */
	static const char *const marks[] = {
		"?",      "\uFF1F", "\u061F", "\u037E", "\u203D",     "\u00BF",
		"\u2047", "\u2048", "\u2049", "\u2E2E", "\u055E",     "\u1367",
		"\uA60F", "\uFE56", "\uFE16", "\u2753", "\u2754",     "\u2E18",
		"\u1945", "\u2CFA", "\u2CFB", "\uA6F7", "\U00011143", NULL};

	for (const char *const *mark = marks; *mark; mark++)
		if (strstr(text, *mark))
			return true;
	return false;
}

/* Parts words and says nothing. Greek asks with a semicolon: that is no such mark. */
static bool is_mark(gunichar c)
{
	return g_unichar_isspace(c) || g_unichar_type(c) == G_UNICODE_FORMAT ||
	       (c < 0x80 && strchr(".,:!()\"*_-<>/&|", (int)c)) ||
	       (c >= 0x2010 && c <= 0x2015) || (c >= 0x201C && c <= 0x201F) ||
	       c == 0x3001 || c == 0x3002 || c == 0xFF0C || c == 0xFF01 || c == 0xFF0E ||
	       c == 0x2026 || c == 0x060C || c == 0x06D4 || c == 0x0964 || c == 0xA1;
}

static bool is_thumb(gunichar c)
{
	return c == 0x1F44D;
}

/* The colour of a face, and that it is shown as a picture. */
static bool is_tint(gunichar c)
{
	return (c >= 0x1F3FB && c <= 0x1F3FF) || c == 0xFE0F;
}

/* " yes , please " -> "yes please "; false when there is anything but words and marks. */
static bool spaced(const char *text, struct buf *out)
{
	bool word = false;
	size_t words = 0;

	for (const char *at = text; *at; at = g_utf8_next_char(at)) {
		gunichar c = g_utf8_get_char(at);
		size_t len = (size_t)(g_utf8_next_char(at) - at);

		if (is_tint(c))
			continue;
		if (is_mark(c)) {
			if (word)
				buf_char(out, ' ');
			word = false;
			continue;
		}
		if (is_thumb(c)) {
			buf_printf(out, "%s%s ", word ? " " : "", THUMB);
			words++;
			word = false;
			continue;
		}
		if (c == 0x2019 || c == '\'')
			buf_char(out, '\'');
		else if (g_unichar_isalpha(c) || g_unichar_ismark(c))
			buf_add(out, at, len);
		else
			return false;
		words += !word;
		word = true;
	}
	if (word)
		buf_char(out, ' ');
	return words > 0 && words <= YES_WORDS && !buf_cut(out);
}

/* The longest phrase of the table that stands there, with the blank behind it; or 0. */
static size_t longest(const char *at, const char *const *phrases)
{
	size_t best = 0;

	for (; *phrases; phrases++) {
		size_t len = strlen(*phrases);

		if (len >= best && strncmp(at, *phrases, len) == 0 && at[len] == ' ')
			best = len + 1;
	}
	return best;
}

/* In "yes please confirm" as well. */
static bool asks_it(const char *words)
{
	for (const char *at = words; *at; at += strcspn(at, " ") + 1)
		if (longest(at, asks) > longest(at, says_yes))
			return true;
	return false;
}

/* The name of whoever writes, below what they say. */
static size_t named(struct arena *arena, const char *at, const char *names)
{
	const struct tokens known = tokens_of(arena, names);
	size_t best = 0;

	for (size_t i = 0; i < known.count; i++) {
		size_t len = strlen(known.at[i].text);

		if (len >= best && str_starts(at, known.at[i].text) && at[len] == ' ')
			best = len + 1;
	}
	return best;
}

bool yes_is_all(struct arena *arena, const char *text, const char *names)
{
	AUTO(buf) words = buf_new(2 * YES_BYTES);
	bool yes = false, behind_yes = false;
	const char *at;
	char *low;

	if (strlen(text) > YES_BYTES || yes_is_asked(text))
		return false;
	low = g_utf8_strdown(text, -1);
	at = arena_strdup(arena, low);
	g_free(low);
	if (!spaced(at, words) || asks_it(buf_text(words)))
		return false;
	for (at = buf_text(words); *at;) {
		size_t say = longest(at, says_yes), manner = longest(at, manners);
		size_t object = behind_yes ? longest(at, about) : 0;

		if (!say && !manner && !object) {
			size_t name = yes ? named(arena, at, str_or(names, "")) : 0;

			if (!name)
				return false;
			at += name;
			behind_yes = false;
			continue;
		}
		behind_yes = say >= manner && say >= object && say;
		yes = yes || behind_yes;
		at += behind_yes ? say : manner >= object ? manner : object;
	}
	return yes;
}
