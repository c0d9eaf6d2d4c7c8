#include "text/words/question_word.h"
#include "base/str.h"

enum { LABEL_MOST = 64, DIGITS_MOST = 3 };

bool question_word_is(const char *low)
{
	static const char *const words[] = {
		"question", "questions", "qu",       "qn",    "q",        "ques",
		"quest",    "ceist",     "cwestiwn", "frage", "pregunta", "pytanie",
		"spørsmål", "domanda",   "vraag",    "fråga", NULL};

	return str_in(low, words);
}

static bool is_answer(const char *low)
{
	static const char *const words[] = {"a",     "ans",      "answer", "answers",
					    "reply", "response", NULL};

	return str_in(low, words);
}

/* "12", "3a" at the end: where it begins; NULL: there is none. */
static char *number_at_end(char *low)
{
	size_t len = strlen(low), digits = 0;

	if (len && str_is_alpha(low[len - 1]))
		len--;
	while (len && str_is_digit(low[len - 1]) && digits < DIGITS_MOST) {
		len--;
		digits++;
	}
	return digits && (!len || !str_is_digit(low[len - 1])) ? low + len : NULL;
}

bool question_word_labels(const char *label, size_t len)
{
	char low[LABEL_MOST], *number, *word, *rest = NULL;
	bool named = false;

	len = str_without_tail(label, len);
	if (!len || len >= sizeof(low))
		return false;
	memcpy(low, label, len);
	low[len] = '\0';
	str_lower(low);
	number = number_at_end(low);
	if (!number)
		return false;
	*number = '\0';
	for (word = strtok_r(low, " \t.#*_>-", &rest); word;
	     word = strtok_r(NULL, " \t.#*_>-", &rest))
		named = named || question_word_is(word) || is_answer(word);
	return named;
}
