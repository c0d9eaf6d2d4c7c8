#include "text/answer/passage.h"
#include "base/str.h"
#include "text/answer/answers.h"
#include "text/words/word.h"

#include <string.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

/* Odd, so that no word's place is lost in 64 bits. */
static const uint64_t STEP = 0x9e3779b97f4a7c15u;

struct bytes {
	size_t from, to;
};

/* False when it is not inside the text. */
static bool bytes_of(const char *text, int64_t from, int64_t to, struct bytes *out)
{
	if (from < 0 || to < from)
		return false;
	out->from = str_utf8_bytes(text, (size_t)from);
	out->to = out->from + str_utf8_bytes(text + out->from, (size_t)(to - from));
	return str_utf8_count(text + out->from, out->to - out->from) ==
		       (size_t)(to - from) &&
	       str_utf8_count(text, out->from) == (size_t)from;
}

bool passage_trim(const char *text, int64_t from, int64_t to, struct passage_place *out)
{
	struct bytes b;

	if (!bytes_of(text, from, to, &b))
		return false;
	for (; b.from < b.to && str_is_space(text[b.from]); b.from++)
		from++;
	for (; b.to > b.from && str_is_space(text[b.to - 1]); b.to--)
		to--;
	*out = (struct passage_place){from, to};
	return to > from;
}

static uint64_t roll(const struct word *words, size_t count)
{
	uint64_t hash = 0;

	for (size_t i = 0; i < count; i++)
		hash = hash * STEP + words[i].hash;
	return hash;
}

struct passage_mark passage_mark(struct arena *arena, const char *text, int64_t from,
				 int64_t to)
{
	struct passage_mark mark = {0};
	struct words words;
	struct bytes b;

	if (!bytes_of(text, from, to, &b))
		return mark;
	words_read(arena, text + b.from, b.to - b.from, &words);
	mark.bytes_hash = XXH3_64bits(text + b.from, b.to - b.from);
	mark.words_hash = roll(words.items, words.count);
	mark.words = words.count;
	return mark;
}

const char *passage_text(struct arena *arena, const char *text, int64_t from, int64_t to)
{
	struct bytes b;

	if (!bytes_of(text, from, to, &b))
		return "";
	return arena_strndup(arena, text + b.from, b.to - b.from);
}

bool passage_stands(const char *text, int64_t from, int64_t to,
		    const struct passage_mark *mark)
{
	struct bytes b;

	return bytes_of(text, from, to, &b) &&
	       XXH3_64bits(text + b.from, b.to - b.from) == mark->bytes_hash;
}

size_t passage_find(struct arena *arena, const char *text,
		    const struct passage_mark *mark, struct passage_place *out,
		    size_t most)
{
	size_t n = mark->words, found = 0, next = 0, byte = 0, chars = 0;
	uint64_t hash, top = 1;
	struct words words;

	words_read(arena, text, strlen(text), &words);
	if (!n || words.count < n)
		return 0;
	for (size_t i = 1; i < n; i++)
		top *= STEP;
	hash = roll(words.items, n);
	for (size_t i = 0; found < most; i++) {
		const struct word *first = &words.items[i],
				  *last = &words.items[i + n - 1];

		if (hash == mark->words_hash && i >= next) {
			chars += str_utf8_count(text + byte, first->from - byte);
			byte = first->from;
			out[found].from = (int64_t)chars;
			out[found++].to =
				(int64_t)(chars +
					  str_utf8_count(text + byte, last->to - byte));
			next = i + n;
		}
		if (i + n >= words.count)
			break;
		hash = (hash - first->hash * top) * STEP + words.items[i + n].hash;
	}
	return found;
}

/* Where the paragraph that begins at byte ends; blank lines part them. */
static size_t paragraph_end(const char *text, size_t byte)
{
	while (text[byte]) {
		size_t line = strcspn(text + byte, "\n"),
		       blank = strspn(text + byte, " \t\r");

		if (blank >= line)
			return byte;
		byte += line + (text[byte + line] == '\n');
	}
	return byte;
}

static bool has_words(const struct words *words, size_t from, size_t to,
		      const struct words *phrase)
{
	for (size_t i = 0; i + phrase->count <= words->count; i++) {
		size_t n = 0;

		if (words->items[i].from < from ||
		    words->items[i + phrase->count - 1].to > to)
			continue;
		while (n < phrase->count &&
		       words->items[i + n].hash == phrase->items[n].hash)
			n++;
		if (n == phrase->count)
			return true;
	}
	return false;
}

size_t passage_with_words(struct arena *arena, const char *text, const char *words,
			  struct passage_place **out)
{
	struct words phrase;
	size_t count = 0, byte = 0;
	int64_t chars = 0;

	*out = NULL;
	words_read(arena, words, strlen(words), &phrase);
	while (phrase.count && text[byte]) {
		size_t end = paragraph_end(text, byte), len;
		struct passage_place place = {chars, 0};
		struct words here;

		if (end == byte) { /* a blank line */
			len = strcspn(text + byte, "\n");
			len += text[byte + len] == '\n';
			byte += len;
			chars += (int64_t)len;
			continue;
		}
		words_read(arena, text + byte, end - byte, &here);
		place.to = chars + (int64_t)str_utf8_count(text + byte, end - byte);
		chars = place.to;
		if (has_words(&here, 0, end - byte, &phrase) &&
		    passage_trim(text, place.from, place.to, &place)) {
			*out = arena_grow(arena, *out, count, sizeof(**out));
			(*out)[count++] = place;
		}
		byte = end;
	}
	return count;
}
