#include "proposal/speech.h"
#include "base/utf8_cut.h"
#include "base/str.h"

#include <pthread.h>
#include "text/charset/small_letters.h"
#include "text/words/sentence.h"

enum {
	PHRASE_MOST = 64,
	TOPIC_LETTERS = 3, /* of a word that can be one of the topic's */
	STEM_LETTERS = 5,
	PASTED_BYTES = 20, /* of a question that was pasted in */
	PAIRS = 1024       /* words of 64 bits: one bit for each two bytes */
};

/* How many bytes at p are part of a word; 0: none. Apostrophes vanish. */
static size_t letter(const char *p, bool *out_vanishes)
{
	unsigned char c = (unsigned char)*p;

	*out_vanishes = false;
	if (str_is_alpha(*p) || str_is_digit(*p))
		return 1;
	if (*p == '\'' || str_starts(p, "\xE2\x80\x99") ||
	    str_starts(p, "\xE2\x80\x98")) {
		*out_vanishes = true;
		return *p == '\'' ? 1 : 3;
	}
	if (c < 0xC3 || (c == 0xE2 && ((unsigned char)p[1] & 0xC0) == 0x80))
		return 0;
	return c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : 2;
}

/* Signs of money and shares are words: they say what a text is. */
static size_t sign(const char *p)
{
	if (*p == '$' || *p == '%')
		return 1;
	return str_starts(p, "£") ? 2 : str_starts(p, "€") ? 3 : 0;
}

static const char *lower(struct arena *arena, const char *text, size_t len)
{
	return small_letters(arena, text, utf8_whole(text, len));
}

/* What most sentences are: nothing but ASCII. */
static bool is_ascii(const char *text, size_t len)
{
	unsigned char all = 0;

	for (size_t i = 0; i < len; i++)
		all |= (unsigned char)text[i];
	return all < 0x80;
}

static const char *fold_ascii(struct arena *arena, const char *text, size_t len)
{
	char *out = arena_alloc(arena, len * 2 + 3);
	size_t n = 0;

	out[n++] = ' ';
	for (size_t i = 0; i < len; i++) {
		char c = text[i];

		if (str_is_alpha(c) || str_is_digit(c)) {
			out[n++] = str_lower_char(c);
		} else if (c != '\'') {
			if (out[n - 1] != ' ')
				out[n++] = ' ';
			if (sign(text + i)) {
				out[n++] = c;
				out[n++] = ' ';
			}
		}
	}
	if (out[n - 1] != ' ')
		out[n++] = ' ';
	out[n] = '\0';
	return out;
}

/* Of any script. */
static const char *fold_any(struct arena *arena, const char *text, size_t len)
{
	const char *low = lower(arena, text, len);
	const char *end = low + strlen(low);
	char *out = arena_alloc(arena, (size_t)(end - low) * 2 + 3);
	size_t n = 0;

	out[n++] = ' ';
	while (low < end) {
		bool vanishes;
		size_t bytes = letter(low, &vanishes), money = sign(low);

		if (bytes > (size_t)(end - low))
			bytes = (size_t)(end - low);
		if (money) {
			if (out[n - 1] != ' ')
				out[n++] = ' ';
			memcpy(out + n, low, money);
			n += money;
			out[n++] = ' ';
			bytes = money;
		} else if (bytes && !vanishes) {
			memcpy(out + n, low, bytes);
			n += bytes;
		} else if (!bytes && out[n - 1] != ' ') {
			out[n++] = ' ';
		}
		low += bytes ? bytes : 1;
	}
	if (out[n - 1] != ' ')
		out[n++] = ' ';
	out[n] = '\0';
	return out;
}

const char *speech_fold(struct arena *arena, const char *text, size_t len)
{
	return is_ascii(text, len) ? fold_ascii(arena, text, len)
				   : fold_any(arena, text, len);
}

static size_t pair_of(const char *p)
{
	return (size_t)(unsigned char)p[0] << 8 | (unsigned char)p[1];
}

/* One phrase of len bytes as it stands in folded text; its "*" stands for any end of its last
 * word. False: it is too long. */
static bool wanted_of(const char *phrase, size_t len, char to[PHRASE_MOST])
{
	bool open = phrase[len - 1] == '*';

	if (len + 3 > PHRASE_MOST)
		return false;
	to[0] = ' ';
	memcpy(to + 1, phrase, len);
	to[open ? len : len + 1] = open ? '\0' : ' ';
	to[len + 1 + !open] = '\0';
	return true;
}

static bool stands(const char *folded, const char *phrase, size_t len)
{
	char wanted[PHRASE_MOST];

	return wanted_of(phrase, len, wanted) && strstr(folded, wanted);
}

/* The phrases of all classes, read once; pairs of letters that each begins with. */
struct phrase {
	const char *wanted;
	size_t class, first, second;
};

static struct {
	struct arena *arena; /* kept until the process ends */
	struct phrase *items;
	size_t count;
} phrases;

static void add_phrase(struct arena *arena, size_t class, const char *text, size_t len)
{
	char wanted[PHRASE_MOST], first[2] = {' ', *text};
	struct phrase *one;

	if (!len || !wanted_of(text, len, wanted))
		return;
	phrases.items =
		arena_grow(arena, phrases.items, phrases.count, sizeof(*phrases.items));
	one = &phrases.items[phrases.count++];
	one->wanted = arena_strdup(arena, wanted);
	one->class = class;
	one->first = one->second = pair_of(first);
	if (len > 1 && text[1] != '*')
		one->second = pair_of(text);
}

static void read_phrases(void)
{
	enum { CHUNK = 1 << 15 };
	struct arena *arena = phrases.arena = arena_new(CHUNK);

	for (size_t class = 0; class < SPEECH_CLASSES; class ++)
		for (const char *at = speech_phrases[class]; *at;) {
			size_t len = strcspn(at, ",");

			add_phrase(arena, class, at, len);
			at += len + (at[len] == ',');
		}
}

static bool has_pair(const uint64_t *pairs, size_t pair)
{
	return pairs[pair / 64] >> pair % 64 & 1;
}

uint64_t speech_classes(const char *folded)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	uint64_t pairs[PAIRS] = {0}, has = 0;

	(void)pthread_once(&once, read_phrases);
	for (const char *p = folded; p[0] && p[1]; p++)
		pairs[pair_of(p) / 64] |= (uint64_t)1 << pair_of(p) % 64;
	for (size_t i = 0; i < phrases.count; i++) {
		const struct phrase *one = &phrases.items[i];

		if (!(has >> one->class & 1) && has_pair(pairs, one->first) &&
		    has_pair(pairs, one->second) && strstr(folded, one->wanted))
			has |= (uint64_t)1 << one->class;
	}
	return has;
}

static size_t count_words(const char *folded)
{
	size_t n = 0;

	for (const char *at = folded; *at; at++)
		n += *at == ' ' && at[1];
	return n;
}

static bool is_common(const char *word, size_t len)
{
	return stands(speech_common, word, len);
}

static void add_topic(struct arena *arena, struct speech_topic *to, const char *word,
		      size_t len)
{
	if (len < TOPIC_LETTERS || to->count == SPEECH_TOPICS_MOST ||
	    is_common(word, len))
		return;
	if (len > TOPIC_LETTERS && word[len - 1] == 's')
		len--;
	if (len > STEM_LETTERS)
		len = STEM_LETTERS;
	len = utf8_whole(word, len);
	for (size_t i = 0; i < to->count; i++)
		if (strlen(to->stems[i]) == len && !memcmp(to->stems[i], word, len))
			return;
	to->stems[to->count++] = arena_strndup(arena, word, len);
}

void speech_topic_of(struct arena *arena, const char *questions, struct speech_topic *out)
{
	size_t len = strlen(str_or(questions, ""));

	*out = (struct speech_topic){
		.folded = speech_fold(arena, str_or(questions, ""),
				      len < SPEECH_BYTES_MOST ? len : SPEECH_BYTES_MOST)};
	for (const char *at = out->folded; *at;) {
		size_t word = strcspn(at, " ");

		add_topic(arena, out, at, word);
		at += word + (at[word] == ' ');
	}
}

/* Each word is compared with the stems that begin as it does. */
static uint64_t topics_in(const struct speech_topic *topic, const char *folded)
{
	uint64_t found = 0;

	if (!topic)
		return 0;
	for (const char *at = folded; *at; at++)
		for (size_t i = 0; *at == ' ' && at[1] && i < topic->count; i++)
			if (str_starts(at + 1, topic->stems[i]))
				found |= (uint64_t)1 << i;
	return found;
}

static bool is_yes_or_no(const char *text, size_t len)
{
	static const char *const words[] = {"yes", "no", "aye", "agreed", "don't know"};

	len -= len && strchr(".!,", text[len - 1]) ? 1 : 0;
	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		size_t n = strlen(words[i]);

		if (len >= n && str_istarts(text, words[i]) &&
		    (len == n || strchr(",;:.!-", text[n]) ||
		     str_istarts(text + n, " to ")))
			return true;
	}
	return false;
}

static bool add_sentence(struct arena *arena, const char *text, size_t from, size_t to,
			 const struct speech_topic *topic, struct speech *s)
{
	struct speech_sentence *one;

	while (to > from && str_is_space(text[to - 1]))
		to--;
	while (from < to && str_is_space(text[from]))
		from++;
	if (from == to)
		return true;
	if (s->count == SPEECH_SENTENCES_MOST)
		return false;
	s->items = arena_grow(arena, s->items, s->count, sizeof(*s->items));
	one = &s->items[s->count];
	*one = (struct speech_sentence){
		.from = from,
		.to = to,
		.folded = speech_fold(arena, text + from, to - from),
		.yes_or_no = is_yes_or_no(text + from, to - from),
	};
	one->question = memchr(text + from, '?', to - from);
	one->words = count_words(one->folded);
	if (!one->words)
		return true;
	one->topics = topics_in(topic, one->folded);
	one->pasted =
		topic && to - from >= PASTED_BYTES && strstr(topic->folded, one->folded);
	s->count++;
	if (one->pasted)
		return true;
	s->words += one->words;
	s->topics |= one->topics;
	return true;
}

void speech_hear(struct speech *s)
{
	s->has = 0;
	for (size_t i = 0; i < s->count; i++) {
		struct speech_sentence *one = &s->items[i];

		one->has = speech_classes(one->folded);
		s->has |= one->pasted ? 0 : one->has;
	}
}

void speech_read(struct arena *arena, const char *text, const struct speech_topic *topic,
		 struct speech *out)
{
	struct speech s = {0};
	const char *from = text;

	while (*from && (size_t)(from - text) < SPEECH_BYTES_MOST) {
		const char *to = sentence_end(text, from);

		if (!add_sentence(arena, text, (size_t)(from - text), (size_t)(to - text),
				  topic, &s))
			break;
		from = to;
	}
	*out = s;
}
