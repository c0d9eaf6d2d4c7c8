#include "doubts/spoken.h"
#include "base/str.h"
#include "doubts/word_index.h"

static uint64_t parts_of(const char *word)
{
	static struct word_index index = {.table = spoken_words,
					  .stride = sizeof(*spoken_words),
					  .count = &spoken_word_count};
	const struct spoken_word *entry = word_index_find(&index, word);

	return entry ? entry->parts : 0;
}

/* Letters of U+00C0 to U+017F without their accents. */
static const char latin[] =
	"aaaaaaaceeeeiiiidnooooo*ouuuuypsaaaaaaaceeeeiiiidnooooo*ouuuuypy"
	"aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllll"
	"lllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

/* What a sentence is read into, and the word that is being gathered. */
struct reading {
	struct spoken *to;
	char word[SPOKEN_LETTERS];
	size_t len;
	bool accent, capital, odd;
};

/* A number of 0 to 255 by the first three letters, for which a blank is an end. */
static unsigned beginning(const char *word)
{
	unsigned first = (unsigned char)word[0];
	unsigned second = first && word[1] != ' ' ? (unsigned char)word[1] : 0;
	unsigned third = second && word[2] != ' ' ? (unsigned char)word[2] : 0;

	return (first * 31 + second * 7 + third) & 0xFF;
}

static void note_beginning(struct spoken *s, const char *word)
{
	unsigned n = beginning(word);

	s->begins[n >> 6] |= UINT64_C(1) << (n & 63);
}

/* Most phrases begin with no word of a sentence. */
static bool may_begin(const struct spoken *s, const char *words)
{
	unsigned n = beginning(words);

	return s->begins[n >> 6] >> (n & 63) & 1;
}

static void end_word(struct reading *r)
{
	struct spoken *s = r->to;

	if (r->len && s->count < SPOKEN_WORDS) {
		size_t at = s->count++;
		uint64_t parts;

		memcpy(s->words[at], r->word, r->len);
		s->words[at][r->len] = '\0';
		parts = s->parts[at] = parts_of(s->words[at]);
		s->all |= parts;
		note_beginning(s, s->words[at]);
		for (; parts; parts &= parts - 1)
			s->where[__builtin_ctzll(parts)] |= UINT64_C(1) << at;
		s->odd_script += r->odd;
		s->accents += r->accent && !r->capital;
		s->small += !r->capital && !r->odd && str_is_alpha(r->word[0]);
	}
	r->len = 0;
	r->accent = r->capital = r->odd = false;
}

static void put_letter(struct reading *r, char c)
{
	if (r->len + 1 < sizeof(r->word))
		r->word[r->len++] = c;
}

/* A letter or digit into the word; false: it parts words. */
static bool take_letter(struct reading *r, const char *at, size_t n)
{
	unsigned code;

	if (n <= 1) {
		if (!str_is_alpha(*at) && !str_is_digit(*at))
			return false;
		r->capital = r->capital || (!r->len && *at >= 'A' && *at <= 'Z');
		put_letter(r, str_lower_char(*at));
		return true;
	}
	code = (unsigned char)at[0];
	if (n == 2 && code >= 0xC3 && code <= 0xC5) {
		char c;

		code = ((code & 0x1F) << 6 | ((unsigned char)at[1] & 0x3F)) - 0xC0;
		c = code < sizeof(latin) - 1 ? latin[code] : '*';
		if (c == '*')
			return false;
		r->capital = r->capital || (!r->len && code < 0x20);
		r->accent = true;
		put_letter(r, c);
		return true;
	}
	/* Signs and blanks of U+0080 to U+00BF and U+2000 to U+2BFF, and pictures. */
	if (n == 4 || (n == 2 && code == 0xC2) ||
	    (n == 3 && code == 0xE2 && (unsigned char)at[1] < 0xB0) ||
	    (n == 3 && code == 0xEF) ||
	    (n == 3 && code == 0xE3 && (unsigned char)at[1] == 0x80))
		return false;
	r->odd = true;
	put_letter(r, '*');
	return true;
}

static bool is_apostrophe(const char *at, size_t n)
{
	return *at == '\'' || *at == '`' ||
	       (n == 3 && (memcmp(at, "\xE2\x80\x99", 3) == 0 ||
			   memcmp(at, "\xE2\x80\x98", 3) == 0));
}

/* "n't" belongs to its word; "'d", "'m", "'ve" are words. */
static bool joins(const struct reading *r, const char *behind, const char *end)
{
	return r->len && r->word[r->len - 1] == 'n' && behind < end &&
	       str_lower_char(*behind) == 't';
}

static void find_first(struct spoken *s)
{
	while (s->first + 1 < s->count && s->parts[s->first] & FILLER)
		s->first++;
}

static void read_end(const char *text, size_t len, struct spoken *out)
{
	while (len && !str_is_alpha(text[len - 1]) && !str_is_digit(text[len - 1]) &&
	       (unsigned char)text[len - 1] < 0x80) {
		out->asks = out->asks || text[len - 1] == '?';
		out->stressed = out->stressed || text[len - 1] == '!';
		len--;
	}
}

/* "1. No", "b) none", "Answer 7: no": it answers a question. */
static bool begins_number(const char *at, const char *end)
{
	static const char *const begins[] = {"question ", "answer ", "q", "a"};

	for (size_t i = 0; i < ARRAY_LEN(begins); i++)
		if (str_istarts(at, begins[i]) && str_is_digit(at[strlen(begins[i])]))
			at += strlen(begins[i]);
	if (at + 1 < end && str_is_alpha(*at) && at[1] == ')')
		return true;
	return at < end && str_is_digit(*at) &&
	       strchr(".):", at[strspn(at, "0123456789")]);
}

static void drop_part(struct spoken *s, size_t i, uint64_t part)
{
	uint64_t *where = &s->where[__builtin_ctzll(part)];

	s->parts[i] = (s->parts[i] & ~part) | ENGLISH;
	*where &= ~(UINT64_C(1) << i);
	if (!*where)
		s->all &= ~part;
}

/* "This bus", "that schools close": it points at nothing that was said here. */
static void forget_pointers(struct spoken *s)
{
	for (size_t i = 0; i + 1 < s->count; i++)
		if (s->parts[i] & THIS && !s->parts[i + 1] && !str_eq(s->words[i], "it"))
			drop_part(s, i, THIS);
}

/* "Charity no. SC0123", "No 7": a number, and no denial. */
static void forget_numbers(struct spoken *s)
{
	for (size_t i = 0; i + 1 < s->count; i++)
		if (str_eq(s->words[i], "no") && strpbrk(s->words[i + 1], "0123456789"))
			drop_part(s, i, NOT);
}

void spoken_read(const char *sentence, size_t len, struct spoken *out)
{
	const char *end = sentence + len, *at = sentence, *middle = NULL;
	struct reading r = {.to = out};
	size_t comma = 0;

	memset(out->where, 0, sizeof(out->where));
	out->all = 0;
	memset(out->begins, 0, sizeof(out->begins));
	out->count = out->first = 0;
	out->asks = out->stressed = out->comma = false;
	out->odd_script = out->accents = out->small = 0;
	out->next = NULL;
	at += strspn(at, " \t*-");
	out->begins_number = begins_number(at, end);
	while (at < end && out->count < SPOKEN_WORDS) {
		size_t n = str_utf8_char(at, (size_t)(end - at));

		n = n ? n : 1;
		if (is_apostrophe(at, n)) {
			if (!joins(&r, at + n, end))
				end_word(&r);
		} else if (!take_letter(&r, at, n)) {
			end_word(&r);
			if ((*at == ',' || *at == ';' || *at == ':') && out->count >= 2 &&
			    !comma)
				comma = out->count;
		}
		at += n;
		if (out->count == SPOKEN_WORDS / 2 && !middle)
			middle = at;
	}
	end_word(&r);
	out->comma = comma && out->count >= comma + 2;
	if (at < end)
		out->next = middle;
	read_end(sentence, len, out);
	forget_numbers(out);
	forget_pointers(out);
	find_first(out);
}

bool spoken_says(const struct spoken *s, size_t from, const char *words)
{
	while (*words) {
		const char *word;

		if (from == s->count)
			return false;
		for (word = s->words[from++]; *word && *word == *words; word++)
			words++;
		if (*word || (*words && *words != ' '))
			return false;
		words += *words == ' ';
	}
	return true;
}

bool spoken_has(const struct spoken *s, const char *words)
{
	if (!may_begin(s, words))
		return false;
	for (size_t i = 0; i < s->count; i++)
		if (s->words[i][0] == *words && spoken_says(s, i, words))
			return true;
	return false;
}

bool spoken_has_one(const struct spoken *s, const char *const *phrases)
{
	for (; *phrases; phrases++)
		if (may_begin(s, *phrases) && spoken_has(s, *phrases))
			return true;
	return false;
}

static uint64_t where_any(const struct spoken *s, uint64_t any)
{
	uint64_t where = 0;

	for (any &= s->all; any; any &= any - 1)
		where |= s->where[__builtin_ctzll(any)];
	return where;
}

/* The places behind these, with so many words between at most. */
static uint64_t behind(uint64_t places, unsigned skip)
{
	uint64_t out = places << 1;

	if (skip >= SPOKEN_WORDS)
		return places ? ~((places & -places) | ((places & -places) - 1)) : 0;
	for (; skip; skip--)
		out |= out << 1;
	return out;
}

static bool meets(const struct spoken *s, unsigned needs)
{
	static const struct {
		unsigned need;
		size_t most;
	} lengths[] = {{NEED_TINY, SPOKEN_TINY},
		       {NEED_SHORTER, SPOKEN_SHORTER},
		       {NEED_SHORT, SPOKEN_SHORT}};

	for (size_t i = 0; i < ARRAY_LEN(lengths); i++)
		if (needs & lengths[i].need && s->count - s->first > lengths[i].most)
			return false;
	if (needs & NEED_SELF && !(s->all & (SAYS_I | SAYS_ME | SAYS_MY)))
		return false;
	if (needs & NEED_NOW && s->all & WAS)
		return false;
	if (needs & NEED_NO_COMMA && s->comma)
		return false;
	return !(needs & NEED_ASKS) || s->asks;
}

bool spoken_matches(const struct spoken *s, const struct spoken_rule *rule)
{
	uint64_t places = ~UINT64_C(0);
	size_t last = s->count;

	for (size_t i = 0; i < RULE_STEPS && rule->steps[i].any; i++)
		if (!(s->all & rule->steps[i].any))
			return false;
	if (!s->count || s->all & rule->unless || !meets(s, rule->needs))
		return false;
	for (size_t i = 0; i < RULE_STEPS && rule->steps[i].any; i++) {
		uint64_t here = where_any(s, rule->steps[i].any);

		if (i == 0)
			places = rule->needs & NEED_FIRST ? here & UINT64_C(1) << s->first
							  : here;
		else
			places = here & behind(places, rule->steps[i].skip);
		if (!places)
			return false;
	}
	while (last > 1 && s->parts[last - 1] & (FILLER | PLEASE | THANKS))
		last--;
	return !(rule->needs & NEED_LAST) || places & UINT64_C(1) << (last - 1);
}
