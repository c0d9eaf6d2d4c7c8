#include "doubts/lexicon.h"
#include "base/str.h"
#include "doubts/word_index.h"

/* A word of one letter ends with a NUL here, and in a phrase with a blank, too. */
static void note_beginning(struct lexicon *l, const char *word)
{
	uint64_t second = UINT64_C(1) << (word[1] & 63);

	l->begins[word[0] & 63] |= word[1] ? second : second | UINT64_C(1) << ' ';
}

static enum word_class class_of(const char *word)
{
	static struct word_index index = {.table = lexicon_words,
					  .stride = sizeof(*lexicon_words),
					  .count = &lexicon_word_count};
	const struct lexicon_entry *entry = word_index_find(&index, word);

	return entry ? entry->is : WORD_UNKNOWN;
}

/* Letters of U+00C0 to U+017F without their accents; a capital has the small one's. */
static const char latin[] =
	"aaaaaaaceeeeiiiidnooooo*ouuuuypsaaaaaaaceeeeiiiidnooooo*ouuuuypy"
	"aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllll"
	"lllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

/* One letter or digit, folded, into to; 0 for what parts words. */
static size_t letter(const char *at, size_t len, char *to, bool *out_silent)
{
	unsigned code;
	size_t n;

	*out_silent = false;
	if (!(*at & 0x80)) {
		*to = str_lower_char(*at);
		*out_silent = *at == '\'' || *at == '`';
		return str_is_alpha(*at) || str_is_digit(*at) || *out_silent ? 1 : 0;
	}
	n = str_utf8_char(at, len);
	if (n == 2 && (unsigned char)*at >= 0xC3 && (unsigned char)*at <= 0xC5) {
		code = ((unsigned)(at[0] & 0x1F) << 6 | (unsigned)(at[1] & 0x3F)) - 0xC0;
		*to = code < sizeof(latin) - 1 ? latin[code] : '*';
		return *to == '*' ? 0 : 2;
	}
	if (n == 3 &&
	    (memcmp(at, "\xE2\x80\x99", 3) == 0 || memcmp(at, "\xE2\x80\x98", 3) == 0)) {
		*out_silent = true;
		return 3;
	}
	if (n == 2 && memcmp(at, "\xC2\xAD", 2) == 0) {
		*out_silent = true;
		return 2;
	}
	*to = '*';
	return n == 2 ? 2 : 0; /* other alphabets: a word that nobody knows */
}

/* "N0T", "PUBL1SH": a digit between letters as the letter that it looks like. */
static enum word_class class_as_seen(const char *word)
{
	char seen[LEXICON_LETTERS];
	bool digits = false;
	size_t n = 0;

	for (; word[n]; n++) {
		seen[n] = word[n] == '0'   ? 'o'
			  : word[n] == '1' ? 'i'
			  : word[n] == '3' ? 'e'
					   : word[n];
		digits = digits || seen[n] != word[n];
	}
	seen[n] = '\0';
	return digits && str_is_alpha(*word) ? class_of(seen) : WORD_UNKNOWN;
}

static void add_word(struct lexicon *l, const char *word, size_t len, size_t most)
{
	struct lexicon_word *w;

	if (len == 0)
		return;
	if (l->count == most) {
		l->is_long = true;
		return;
	}
	w = &l->words[l->count++];
	memcpy(w->text, word, len);
	w->text[len] = '\0';
	w->is = class_of(w->text);
	if (w->is == WORD_UNKNOWN && strpbrk(w->text, "013"))
		w->is = class_as_seen(w->text);
	l->has[w->is]++;
	note_beginning(l, w->text);
}

static void read_words(const char *text, size_t len, size_t most, struct lexicon *out)
{
	char word[LEXICON_LETTERS];
	size_t n = 0;

	out->count = 0;
	out->is_long = false;
	out->middle = 0;
	memset(out->begins, 0, sizeof(out->begins));
	memset(out->has, 0, sizeof(out->has));
	for (size_t i = 0; i < len && !out->is_long;) {
		bool silent;
		char c;
		size_t bytes = letter(text + i, len - i, &c, &silent);

		if (bytes == 0) {
			add_word(out, word, n, most);
			n = 0;
			i++;
			if (out->count == LEXICON_WORDS / 2 && !out->middle)
				out->middle = i;
			continue;
		}
		if (!silent && n + 1 < sizeof(word))
			word[n++] = c;
		i += bytes;
	}
	add_word(out, word, n, most);
}

void lexicon_read(const char *text, size_t len, struct lexicon *out)
{
	read_words(text, len, LEXICON_WORDS, out);
}

bool lexicon_read_few(const char *text, size_t len, size_t most, struct lexicon *out)
{
	read_words(text, len, most, out);
	return !out->is_long;
}

size_t lexicon_find(const struct lexicon *l, enum word_class is, size_t from)
{
	while (from < l->count && l->words[from].is != is)
		from++;
	return from;
}

/* Does the row go on with these words from there? How many they are, or 0. */
static size_t matches(const struct lexicon *l, size_t from, const char *words)
{
	size_t at = from;

	while (*words) {
		const char *word;

		if (at == l->count)
			return 0;
		for (word = l->words[at++].text; *word && *word == *words; word++)
			words++;
		if (*word || (*words && *words != ' '))
			return 0;
		words += *words == ' ';
	}
	return at - from;
}

bool lexicon_is(const struct lexicon *l, const char *words)
{
	return l->count && *words == *l->words[0].text &&
	       matches(l, 0, words) == l->count;
}

bool lexicon_begins(const struct lexicon *l, const char *words)
{
	return matches(l, 0, words) > 0;
}

bool lexicon_has_only(const struct lexicon *l, const char *const *words, size_t count)
{
	for (size_t w = 0; w < l->count; w++) {
		bool known = false;

		for (size_t i = 0; i < count && !known; i++)
			known = str_eq(l->words[w].text, words[i]);
		if (!known)
			return false;
	}
	return true;
}

bool lexicon_has(const struct lexicon *l, const char *words)
{
	if (!lexicon_may_have(l, words))
		return false;
	for (size_t i = 0; i < l->count; i++)
		if (*l->words[i].text == *words && matches(l, i, words))
			return true;
	return false;
}

bool lexicon_has_one(const struct lexicon *l, const char *const *phrases, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (lexicon_may_have(l, phrases[i]) && lexicon_has(l, phrases[i]))
			return true;
	return false;
}

bool lexicon_drop(struct lexicon *l, const char *words)
{
	if (!lexicon_may_have(l, words))
		return false;
	for (size_t i = 0; i < l->count; i++) {
		size_t count = *l->words[i].text == *words ? matches(l, i, words) : 0;

		if (!count)
			continue;
		for (size_t j = i; j < i + count; j++)
			l->has[l->words[j].is]--;
		memmove(&l->words[i], &l->words[i + count],
			(l->count - i - count) * sizeof(l->words[0]));
		l->count -= count;
		return true;
	}
	return false;
}
