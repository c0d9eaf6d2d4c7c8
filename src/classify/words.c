#include "classify/words.h"
#include "base/str.h"
#include "mail/reply_words.h"

#include <glib.h>

enum { PAIRS = 1024 }; /* words of 64 bits: one bit for each two bytes */

const char *words_fold(struct arena *arena, const char *text, size_t max)
{
	size_t len = text ? strlen(text) : 0, n = 0;
	char *flat, *low;
	const char *out;

	if (len > max)
		len = max;
	while (len && text[len] && ((unsigned char)text[len] & 0xC0) == 0x80)
		len--;
	flat = arena_alloc(arena, len + 1);
	for (size_t i = 0; i < len; i++) {
		if (!str_is_space(text[i]))
			flat[n++] = str_lower_char(text[i]);
		else if (n && flat[n - 1] != ' ')
			flat[n++] = ' ';
	}
	while (n && flat[n - 1] == ' ')
		n--;
	flat[n] = '\0';
	for (size_t i = 0; i < n; i++)
		if ((unsigned char)flat[i] >= 0x80) {
			low = g_utf8_strdown(flat, (gssize)n);
			out = arena_strdup(arena, low);
			g_free(low);
			return out;
		}
	return flat;
}

const char *words_subject(const char *subject, bool *out_answers)
{
	const char *colon;

	*out_answers = false;
	while (reply_subject_answers(subject) && (colon = strchr(subject, ':'))) {
		*out_answers = true;
		subject = colon + 1;
	}
	return subject + strspn(subject, " \t");
}

/* Which pairs of bytes there are: that spares the search for most phrases. */
static void note_pairs(const char *folded, uint64_t pairs[PAIRS])
{
	memset(pairs, 0, PAIRS * sizeof(*pairs));
	for (const unsigned char *p = (const unsigned char *)folded; p[0] && p[1]; p++)
		pairs[(p[0] << 2 | p[1] >> 6) % PAIRS] |= (uint64_t)1 << (p[1] & 63);
}

static bool has_pair(const uint64_t pairs[PAIRS], const char *phrase)
{
	const unsigned char *p = (const unsigned char *)phrase;

	return pairs[(p[0] << 2 | p[1] >> 6) % PAIRS] >> (p[1] & 63) & 1;
}

const char *words_any(const char *folded, const char *const *phrases)
{
	uint64_t pairs[PAIRS];

	note_pairs(folded, pairs);
	for (; *phrases; phrases++)
		if (has_pair(pairs, *phrases) && strstr(folded, *phrases))
			return *phrases;
	return NULL;
}

const char *words_begin(const char *folded, const char *const *phrases)
{
	for (; *phrases; phrases++)
		if (str_starts(folded, *phrases))
			return *phrases;
	return NULL;
}
