/* "Question 2:", "As to the second question, ...": headings that name a number. */
#include "base/numeral.h"
#include "base/str.h"
#include "text/answer/answers_private.h"
#include "text/words/question_word.h"

enum {
	TOKENS_MOST = 12,
	TOKEN_ROOM = 24,
	BEFORE_MOST = 7,
	TAIL_WORDS = 4,
	SIGNS_MOST = 60,
	SHORT_LINE = 50 /* bytes; no program wraps so early */
};

struct token {
	char low[TOKEN_ROOM];
	size_t from, to;
};

struct tokens {
	struct token items[TOKENS_MOST];
	size_t count;
};

static bool among(const char *word, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (*word == *list[i] &&
		    str_eq(word, list[i])) /* of most not one letter */
			return true;
	return false;
}

#define AMONG(word, list) among(word, list, ARRAY_LEN(list))

const char *answers_past_marks(const char *at)
{
	for (;;) {
		if (strchr(" \t>*#_|+", *at) && *at)
			at++;
		else if (str_starts(at, "•") || str_starts(at, "–") ||
			 str_starts(at, "▪") || str_starts(at, "●"))
			at += 3;
		else if (str_starts(at, "·"))
			at += 2;
		else if (*at == '-' && (at[1] == ' ' || at[1] == '\t'))
			at++;
		else
			return at;
	}
}

/*
 * Words of one line and sentence; letters and digits of one word part: "q2" is "q" and "2".
 * Behind a row of signs nothing is looked for: it is asked at every place of a text.
 */
static void tokens_read(const char *text, size_t from, struct tokens *out)
{
	static const char *const short_forms[] = {
		"q", "qu", "no", "nr", "ques", "qn", "num", "quest", "re", "resp", "ans"};
	size_t i = from, signs = from;

	out->count = 0;
	while (text[i] && out->count < TOKENS_MOST) {
		struct token *t = &out->items[out->count];
		bool digit;
		size_t n = 0;

		while (text[i] && !str_is_alpha(text[i]) && !str_is_digit(text[i]) &&
		       !(text[i] & 0x80)) {
			if (text[i] == '\n' || i - signs >= SIGNS_MOST)
				return;
			if ((strchr("?!", text[i]) || (text[i] == '.' && out->count &&
						       !AMONG(t[-1].low, short_forms))) &&
			    str_is_space(text[i + 1]))
				return;
			i++;
		}
		if (!text[i])
			return;
		t->from = i;
		digit = str_is_digit(text[i]);
		while (digit ? str_is_digit(text[i])
			     : str_is_alpha(text[i]) || text[i] == '\'' ||
				       ((text[i] & 0x80) && text[i] != '\xE2')) {
			if (n + 1 < TOKEN_ROOM)
				t->low[n++] = str_lower_char(text[i]);
			i++;
		}
		if (i == t->from) { /* a dash or another sign */
			i++;
			while ((text[i] & 0xC0) == 0x80)
				i++;
			if (i - signs >= SIGNS_MOST)
				return;
			continue;
		}
		signs = i;
		t->low[n] = '\0';
		t->to = i;
		out->count++;
	}
}

static size_t roman(const char *low)
{
	static const char *const numbers[] = {"i",  "ii",  "iii",  "iv",  "v",
					      "vi", "vii", "viii", "ix",  "x",
					      "xi", "xii", "xiii", "xiv", "xv"};

	for (size_t i = 0; i < ARRAY_LEN(numbers); i++)
		if (str_eq(low, numbers[i]))
			return i + 1;
	return 0;
}

static size_t cardinal(const char *low)
{
	static const char *const numbers[] = {"one",  "two", "three",  "four",
					      "five", "six", "seven",  "eight",
					      "nine", "ten", "eleven", "twelve"};

	for (size_t i = 0; i < ARRAY_LEN(numbers); i++)
		if (str_eq(low, numbers[i]))
			return i + 1;
	return 0;
}

static size_t ordinal(const struct token *t, const struct token *next)
{
	static const char *const numbers[] = {"first", "second", "third",    "fourth",
					      "fifth", "sixth",  "seventh",  "eighth",
					      "ninth", "tenth",  "eleventh", "twelfth"};
	static const char *const ends[] = {"st", "nd", "rd", "th"};
	int64_t n = 0;

	for (size_t i = 0; i < ARRAY_LEN(numbers); i++)
		if (str_eq(t->low, numbers[i]))
			return i + 1;
	if (str_is_digit(*t->low) && next && next->from == t->to &&
	    AMONG(next->low, ends))
		for (const char *c = t->low; *c && n < 1000; c++)
			n = numeral_with(n, *c - '0');
	return n < 1000 ? (size_t)n : 0;
}

static size_t digits(const char *low)
{
	int64_t n = 0;

	if (!str_is_digit(*low) || strlen(low) > 3)
		return 0;
	for (; str_is_digit(*low); low++)
		n = numeral_with(n, *low - '0');
	return (size_t)n;
}

static size_t any_number(const char *low)
{
	size_t n = digits(low);

	n = n ? n : cardinal(low);
	return n ? n : roman(low);
}

/* Words before the number that only refer to it. */
static bool refers(const struct tokens *t, size_t until)
{
	static const char *const words[] = {
		"see",     "said",    "same",        "mentioned", "refer",  "refers",
		"unlike",  "already", "because",     "after",     "before", "above",
		"earlier", "stated",  "under",       "cf",        "like",   "skip",
		"skipped", "from",    "contradicts", "than",      "when",   "wrote"};

	for (size_t i = 0; i < until; i++)
		if (AMONG(t->items[i].low, words))
			return true;
	return until > 1 && str_eq(t->items[0].low, "as") &&
	       !str_eq(t->items[1].low, "to") && !str_eq(t->items[1].low, "for") &&
	       !str_eq(t->items[1].low, "regards") && !str_eq(t->items[1].low, "far") &&
	       !str_eq(t->items[1].low, "an") && !str_eq(t->items[1].low, "concerns");
}

/* Words behind it that speak about an answer given elsewhere. */
static bool speaks_of(const struct tokens *t, size_t from)
{
	static const char *const words[] = {"said",   "set",   "mentioned", "explained",
					    "wrote",  "noted", "described", "gave",
					    "argued", "above", "stated",    "answered"};

	for (size_t i = from; i < t->count && i < from + TAIL_WORDS; i++)
		if (AMONG(t->items[i].low, words))
			return true;
	return false;
}

static bool introduces(const char *low)
{
	static const char *const words[] = {
		"on",        "for",        "to",       "as",          "re",
		"regarding", "concerning", "about",    "with",        "in",
		"my",        "our",        "turning",  "your",        "under",
		"answer",    "answering",  "response", "coming",      "moving",
		"now",       "and",        "finally",  "next",        "then",
		"lastly",    "the",        "reply",    "looking",     "if",
		"at",        "i",          "we",       "also",        "secondly",
		"thirdly",   "firstly",    "taking",   "considering", "respecting",
		"touching",  "dealing",    "going",    "responding",  "addressing"};

	return AMONG(low, words);
}

/* How the number is parted from what follows: by a sign, a line's end, a word. */
enum parting { PARTED_NOT, BY_SIGN, BY_COMMA, BY_WORD };

static enum parting parted_at(const char *text, size_t *at)
{
	size_t i = *at;
	enum parting how = BY_WORD;

	while (text[i] == ' ' || text[i] == '*' || text[i] == '_')
		i++;
	if (text[i] == '.' && str_is_digit(text[i + 1]))
		return PARTED_NOT;
	if (!text[i] || text[i] == '\n' || text[i] == '\r' || text[i] == '\t')
		how = BY_SIGN;
	else if (strchr(":.)-|=>/]", text[i]))
		how = BY_SIGN;
	else if (str_starts(text + i, "–") || str_starts(text + i, "—") ||
		 str_starts(text + i, "→"))
		how = BY_SIGN;
	else if (text[i] == ',' || text[i] == '(')
		how = BY_COMMA;
	while (text[i] && strchr(":.)-|=>,]*_ \t", text[i]))
		i++;
	if (str_starts(text + i, "–") || str_starts(text + i, "—") ||
	    str_starts(text + i, "→"))
		i += 3 + strspn(text + i + 3, " \t");
	*at = i;
	return how;
}

/* "1 and 2", "1-3", "1 & 4": more than one at once. */
static bool several(const char *text, size_t *at)
{
	size_t i = *at + strspn(text + *at, " ");
	size_t join = str_istarts(text + i, "and ") || str_istarts(text + i, "to ")
			      ? strcspn(text + i, " ")
		      : text[i] == '&' || text[i] == '-' || text[i] == '/' ? 1
		      : str_starts(text + i, "–")                          ? 3
									   : 0;
	size_t next;

	if (!join)
		return false;
	next = i + join + strspn(text + i + join, " ");
	if (str_istarts(text + next, "question "))
		next += 9;
	else if ((text[next] == 'Q' || text[next] == 'q') && str_is_digit(text[next + 1]))
		next++;
	if (!str_is_digit(text[next]))
		return false;
	while (str_is_digit(text[next]))
		next++;
	if (text[next] && !strchr(":.)- \n\r\t", text[next]))
		return false;
	*at = next;
	(void)several(text, at);
	return true;
}

/* "2a", "2 (b)": a part of question 2. */
static size_t past_letter(const char *text, size_t at)
{
	size_t i = at + strspn(text + at, " ");

	if (text[i] == '(' && str_is_alpha(text[i + 1]) && text[i + 2] == ')')
		return i + 3;
	if (str_is_alpha(text[at]) && strchr(":.) -\n", text[at + 1]) && text[at + 1])
		return at + 1;
	return at;
}

/* "Question 1 (agreement)" and nothing more on the line. */
static size_t past_remark(const char *text, size_t at)
{
	size_t i = at + strspn(text + at, " "), end;

	if (text[i] != '(')
		return at;
	end = i + strcspn(text + i, ")\n");
	if (text[end] != ')')
		return at;
	end++;
	end += strspn(text + end, " \t:.-");
	return !text[end] || text[end] == '\n' ? end : at;
}

/* The token of the word "question" with its number beside it: out_number, and behind
 * which byte. false: these words have none. */
static bool find_number(const struct tokens *t, size_t *out_word, size_t *out_number,
			size_t *out_end)
{
	static const char *const between[] = {"number", "no", "nr", "num"};

	for (size_t i = 0; i < t->count && i <= BEFORE_MOST; i++) {
		size_t next = i + 1, n;

		if (!question_word_is(t->items[i].low))
			continue;
		*out_word = i;
		if (i > 0 && str_is_alpha(*t->items[i - 1].low)) {
			n = ordinal(&t->items[i - 1], NULL);
			if (!n && i > 1)
				n = ordinal(&t->items[i - 2], &t->items[i - 1]);
			if (n) {
				*out_number = n;
				*out_end = t->items[i].to;
				return true;
			}
		}
		if (next < t->count && AMONG(t->items[next].low, between))
			next++;
		if (next >= t->count)
			return false;
		n = any_number(t->items[next].low);
		if (!n || (str_eq(t->items[next].low, "i") && i > 0))
			return false;
		*out_number = n;
		*out_end = t->items[next].to;
		return true;
	}
	return false;
}

/* "Answer 2:", "A2.", "My answer 2 -": the word for the answer, at a line's start. */
static bool find_answer(const char *text, const struct tokens *t, size_t *out_number,
			size_t *out_end)
{
	static const char *const words[] = {"answer",    "a",   "response", "ans",
					    "reply",     "no",  "number",   "nr",
					    "freagairt", "ateb"};
	size_t end;

	if (t->count < 2 || !AMONG(t->items[0].low, words) || !digits(t->items[1].low))
		return false;
	end = t->items[1].to;
	if (parted_at(text, &end) != BY_SIGN)
		return false;
	*out_number = digits(t->items[1].low);
	*out_end = t->items[1].to;
	return true;
}

/* Dictated: "... they said. Question two Not by postcode", one behind the other. */
static bool goes_on(const char *text, size_t number, size_t last, size_t end)
{
	return last && number > last && text[end] >= 'A' && text[end] <= 'Z';
}

static bool clear(const char *text, size_t from, bool line, size_t last,
		  struct answers_heading *out)
{
	struct tokens t;
	size_t word = 0, number, end;
	enum parting how;
	bool many;

	tokens_read(text, from, &t);
	if (!find_number(&t, &word, &number, &end)) {
		if (!line || !find_answer(text, &t, &number, &end))
			return false;
		word = 0;
	}
	if (refers(&t, word))
		return false;
	many = several(text, &end);
	end = many ? end : past_letter(text, end);
	end = past_remark(text, end);
	how = parted_at(text, &end);
	if (how == PARTED_NOT)
		return false;
	if (how != BY_SIGN) {
		size_t tail = word;

		while (tail < t.count && t.items[tail].from < end)
			tail++;
		if (word > 0 ? !introduces(t.items[0].low)
			     : (how == BY_WORD && !line &&
				!goes_on(text, number, last, end)))
			return false;
		if ((how == BY_WORD && speaks_of(&t, tail)) || (!line && number <= last))
			return false;
		if (how == BY_WORD && tail < t.count && word > 0 &&
		    (str_eq(t.items[tail].low, "is") || str_eq(t.items[tail].low, "are")))
			end = t.items[tail].to + strspn(text + t.items[tail].to, " :,-");
	}
	out->question = many ? 0 : number;
	out->body_from = end;
	out->sign = ANSWERS_CLEAR;
	return true;
}

/* Is the line above over: blank, short, or at the end of a sentence? Then this one goes not on. */
static bool begins_line(const char *text, size_t from)
{
	size_t end = from, begin;

	while (end && text[end - 1] != '\n')
		end--;
	if (!end)
		return true;
	end--;
	while (end && (text[end - 1] == ' ' || text[end - 1] == '\r'))
		end--;
	for (begin = end; begin && text[begin - 1] != '\n';)
		begin--;
	return end - begin < SHORT_LINE || strchr(".!?:", text[end - 1]);
}

/* "1 Yes", "2 residents", "1a Yes": a number, and what is said. */
static bool is_plain(const char *text, size_t from, size_t behind)
{
	const char *at = text + behind + strspn(text + behind, " ");

	return at > text + behind && (str_is_alpha(*at) || (*at & 0x80)) &&
	       begins_line(text, from);
}

/* "2.", "(2)", "2)", "II.", "(b)" at the start of a line. */
static bool bare(const char *text, size_t from, struct answers_heading *out)
{
	size_t i = from, n = 0, len;
	char low[TOKEN_ROOM];
	bool bracket = text[i] == '(' || text[i] == '[', parted;

	i += bracket;
	len = strspn(text + i, "0123456789");
	if (!len)
		len = strspn(text + i,
			     "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
	if (!len || len > 5)
		return false;
	memcpy(low, text + i, len);
	low[len] = '\0';
	str_lower(low);
	if ((n = digits(low)))
		out->sign = ANSWERS_DIGIT;
	else if ((n = roman(low)))
		out->sign = ANSWERS_ROMAN;
	else if (len == 1 && (n = (size_t)(*low - 'a' + 1)))
		out->sign = ANSWERS_LETTER;
	if (!n)
		return false;
	i += len;
	if (out->sign == ANSWERS_DIGIT) {
		size_t past = past_letter(text, i);

		out->lettered = past > i;
		i = past;
	}
	while (text[i] == '*' || text[i] == '_')
		i++;
	parted =
		bracket ? text[i] == ')' || text[i] == ']'
			: (text[i] && strchr(".):|\t", text[i])) ||
				  (out->sign == ANSWERS_DIGIT && text[i] == ' ' &&
				   (text[i + 1] == ' ' || text[i + 1] == '-' ||
				    text[i + 1] == '|' || str_starts(text + i + 1, "–")));
	if (!parted && out->sign == ANSWERS_DIGIT && !bracket &&
	    is_plain(text, from, i)) {
		out->sign = ANSWERS_PLAIN;
		out->question = n;
		out->body_from = i + strspn(text + i, " ");
		return true;
	}
	if (!parted || (text[i] != '\t' && text[i] != ' ' && text[i + 1] &&
			!str_is_space(text[i + 1]) && text[i + 1] != '*'))
		return false;
	out->several_letters = out->sign == ANSWERS_ROMAN && len > 1;
	(void)parted_at(text, &i);
	out->question = n;
	out->body_from = i;
	return true;
}

const char *answers_number_within(const char *at, size_t *out_number, const char **out_at)
{
	for (; *at && *at != '\n'; at++) {
		const char *number = at + 1, *end;
		bool named = *at == ' ' && (*number == 'Q' || *number == 'q');

		number += named;
		if (*at != ' ' || !str_is_digit(*number) ||
		    (str_is_digit(number[1]) && str_is_digit(number[2])))
			continue;
		end = number + strspn(number, "0123456789");
		if (named ? !strchr(" .:)-", *end) : !strchr(".:)", *end))
			continue;
		if (!*end || (*end != ' ' && end[1] != ' '))
			continue;
		*out_at = at + 1;
		*out_number = (size_t)(number[0] - '0');
		if (end - number > 1)
			*out_number = (size_t)((number[0] - '0') * 10 + number[1] - '0');
		return end + strspn(end, " .:)-");
	}
	return NULL;
}

bool answers_numbered(const char *text, size_t from, bool line, size_t most, size_t last,
		      struct answers_heading *out)
{
	out->how = "number";
	out->line_from = from;
	if (!clear(text, from, line, last, out) && (!line || !bare(text, from, out)))
		return false;
	return out->question <= most;
}
