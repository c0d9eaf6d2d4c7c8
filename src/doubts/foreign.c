#include "doubts/foreign.h"
#include "base/str.h"
#include "doubts/word_index.h"

enum { UNKNOWN_SMALL = 5 };

static enum foreign_kind kind_of(const char *word)
{
	static struct word_index index = {.table = foreign_words,
					  .stride = sizeof(*foreign_words),
					  .count = &foreign_word_count};
	const struct foreign_word *entry = word_index_find(&index, word);

	return entry ? entry->kind : FOREIGN_NOTHING;
}

struct tally {
	unsigned foreign, english, no, known, unknown;
	unsigned sure; /* of English alone */
};

/* Small words that English alone has, whatever they say. */
static bool is_english(const char *word)
{
	static const char *const words[] = {"the",   "of",   "and",  "was",    "were",
					    "with",  "this", "that", "which",  "their",
					    "there", "have", "has",  "should", "would",
					    "by",    "from", "they"};

	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (*word == *words[i] && str_eq(word, words[i]))
			return true;
	return false;
}

static struct tally count_words(const struct spoken *s)
{
	struct tally t = {0};

	for (size_t i = s->first; i < s->count; i++) {
		enum foreign_kind kind = kind_of(s->words[i]);
		bool sure = is_english(s->words[i]), english = s->parts[i] || sure;

		t.foreign += kind != FOREIGN_NOTHING;
		t.sure += sure;
		t.no += kind == FOREIGN_NO;
		t.known += kind == FOREIGN_KNOWN;
		t.english += kind == FOREIGN_NOTHING && english;
		t.unknown += kind == FOREIGN_NOTHING && !english;
	}
	return t;
}

/* The frame of a letter: greetings and thanks, in whatever language. */
static bool is_courtesy(const struct spoken *s)
{
	static const char *const words[] = {
		"grussen",    "grusse",   "gruss",        "grusen",
		"merci",      "diolch",   "slainte",      "taing",
		"durachd",    "tapadh",   "gracias",      "grazie",
		"obrigado",   "obrigada", "dziekuje",     "dank",
		"danke",      "hilsen",   "halsning",     "saludos",
		"pozdrawiam", "bonjour",  "salut",        "ciao",
		"hola",       "cofion",   "cordialement", "hochachtungsvoll",
		"madainn",    "bore",     "annwyl",       "multumesc",
		"dekuji",     "dekuju",   "tesekkurler",  "kiitos",
		"koszonom",   "meas",     "deagh",        "dhurachd",
		"cari"};

	if (s->count > 5 || s->odd_script)
		return false;
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (spoken_has(s, words[i]))
			return true;
	return false;
}

bool foreign_is(const struct spoken *s)
{
	struct tally t;
	size_t strange = 0;

	if (s->odd_script * 2 >= s->count && s->odd_script)
		return true;
	for (size_t i = s->first; i < s->count; i++)
		strange += !s->parts[i];
	if (!s->accents && strange * 2 < s->count - s->first)
		return false; /* mostly words that are English */
	t = count_words(s);
	if (is_courtesy(s) && !t.no && !t.known)
		return false;
	if (t.foreign &&
	    (t.foreign > t.english || (t.foreign > 1 && t.foreign == t.english) ||
	     t.foreign + t.unknown > 2 * t.english))
		return true;
	if (s->accents && (t.foreign ? t.foreign + s->accents >= t.english
				     : t.unknown > 1 && t.unknown >= 2 * t.english))
		return true;
	if (t.english)
		return false;
	return s->small >= UNKNOWN_SMALL || (s->accents && s->small > 1);
}

bool foreign_limits(const struct spoken *s)
{
	struct tally t = count_words(s);

	return t.no && t.known && !t.sure;
}
