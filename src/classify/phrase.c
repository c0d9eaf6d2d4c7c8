#include "classify/phrase.h"
#include "base/utf8_cut.h"
#include "base/str.h"
#include "mail/read/reply_words.h"
#include "text/charset/small_letters.h"

const char *words_fold(struct arena *arena, const char *text, size_t max)
{
	size_t len = text ? strlen(text) : 0, n = 0;
	char *flat;

	if (len > max)
		len = utf8_whole(text, max);
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
	return small_letters(arena, flat, n);
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

const char *words_any(const char *folded, const char *const *phrases)
{
	struct str_pairs pairs;

	str_pairs_note(&pairs, folded);
	return str_any_of(&pairs, folded, phrases);
}

const char *words_begin(const char *folded, const char *const *phrases)
{
	for (; *phrases; phrases++)
		if (**phrases == *folded && str_starts(folded, *phrases))
			return *phrases;
	return NULL;
}
