#include "domain/reports/report_number.h"
#include "base/numeral.h"
#include "base/str.h"

#include <stdlib.h>

enum {
	YEAR_FIRST = 1900,
	YEAR_LAST = 2100,
	WORD_MOST = 24,
	PER_CENT = 100,
	RATE_MOST = 1000,
	MONTHS = 12
};

struct finder {
	struct arena *arena;
	const char *text;
	struct report_number *list;
	size_t count;
};

static bool is_word_char(char c)
{
	return str_is_alpha(c) || str_is_digit(c) || (unsigned char)c >= 0x80;
}

/* The word that begins here, in small letters; its length. */
static size_t word_at(const char *at, char out[WORD_MOST])
{
	size_t len = 0;

	while (str_is_alpha(at[len]) && len < WORD_MOST - 1) {
		out[len] = str_lower_char(at[len]);
		len++;
	}
	out[len] = '\0';
	return str_is_alpha(at[len]) ? 0 : len;
}

static size_t blanks(const char *at)
{
	return strspn(at, " \t\n");
}

/* The word before a place, in small letters; "" when none stands there. */
static void word_before(const char *text, size_t at, char out[WORD_MOST])
{
	size_t to = at, from;

	while (to > 0 && str_is_space(text[to - 1]))
		to--;
	if (to > 0 && text[to - 1] == '.')
		to--;
	for (from = to; from > 0 && str_is_alpha(text[from - 1]);)
		from--;
	out[0] = '\0';
	if (to > from && to - from < WORD_MOST) {
		memcpy(out, text + from, to - from);
		out[to - from] = '\0';
		str_lower(out);
	}
}

static const char *const months[] = {
	"january", "february",  "march",   "april",    "may",      "june", "july",
	"august",  "september", "october", "november", "december", NULL};
static const char *const before_numbers[] = {
	"question", "questions", "q",     "section", "sections",  "annex",
	"table",    "figure",    "page",  "pages",   "paragraph", "article",
	"chapter",  "part",      "no",    "number",  "version",   "edition",
	"appendix", "phase",     "stage", "option",  "level",     NULL};
static const char *const after_numbers[] = {
	"week",     "weeks",     "day",   "days",    "month",   "months",   "year",
	"years",    "hour",      "hours", "minute",  "minutes", "page",     "pages",
	"question", "questions", "event", "events",  "meeting", "meetings", "pm",
	"am",       "mile",      "miles", "million", "billion", "options",  "themes",
	"sections", "ways",      NULL};
static const char *const people[] = {
	"response",    "responses",    "respondent",    "respondents", "individual",
	"individuals", "organisation", "organisations", "person",      "people",
	NULL};

/* Is it a date, the number of a thing, a duration: nothing that was counted? */
static bool counts_nothing(const char *text, const struct report_number *n)
{
	char before[WORD_MOST], after[WORD_MOST];
	const char *behind = text + n->to;

	word_before(text, n->from, before);
	(void)word_at(behind + blanks(behind), after);
	if (str_in(before, before_numbers) || str_in(after, after_numbers))
		return true;
	if (str_in(before, months) ||
	    (str_in(after, months) && n->kind == REPORT_COUNT_TYPED && n->n <= 31))
		return true;
	if (n->kind == REPORT_COUNT_TYPED && n->n >= YEAR_FIRST && n->n <= YEAR_LAST &&
	    n->to - n->from == 4 && str_is_digit(text[n->from]) && !str_in(after, people))
		return true;
	return false;
}

static void add(struct finder *f, const struct report_number *n)
{
	if (counts_nothing(f->text, n))
		return;
	f->list = arena_grow(f->arena, f->list, f->count, sizeof(*f->list));
	f->list[f->count++] = *n;
}

/* "%", "per cent", "percent" behind a number: how long; 0: none. */
static size_t per_cent(const char *at)
{
	size_t blank = blanks(at);

	if (at[blank] == '%')
		return blank + 1;
	if (str_istarts(at + blank, "per cent"))
		return blank + 8;
	return str_istarts(at + blank, "percent") && !is_word_char(at[blank + 7])
		       ? blank + 7
		       : 0;
}

/* Digits, parted by commas before groups of three. */
static size_t digits_at(const char *at, int64_t *out)
{
	size_t len = 0;
	int64_t n = 0;

	while (str_is_digit(at[len]) ||
	       (len && at[len] == ',' && str_is_digit(at[len + 1]) &&
		str_is_digit(at[len + 2]) && str_is_digit(at[len + 3]) &&
		!str_is_digit(at[len + 4]))) {
		if (at[len] != ',')
			n = numeral_with(n, at[len] - '0');
		len++;
	}
	*out = n;
	return len;
}

/* ---- numbers in words ---- */

static const char *const ones[] = {
	"zero",     "one",     "two",     "three",     "four",     "five",    "six",
	"seven",    "eight",   "nine",    "ten",       "eleven",   "twelve",  "thirteen",
	"fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"};
static const char *const tens[] = {"twenty", "thirty",  "forty",  "fifty",
				   "sixty",  "seventy", "eighty", "ninety"};

static int64_t small_word(const char *word)
{
	for (size_t i = 0; i < ARRAY_LEN(ones); i++)
		if (str_eq(word, ones[i]))
			return (int64_t)i;
	for (size_t i = 0; i < ARRAY_LEN(tens); i++)
		if (str_eq(word, tens[i]))
			return (int64_t)(i + 2) * 10;
	return -1;
}

/* A number in words from here: its length in bytes; 0: none. */
static size_t words_at(const char *at, int64_t *out)
{
	int64_t whole = 0, part = 0;
	size_t len = 0, end = 0;
	char word[WORD_MOST];
	bool any = false;

	for (;;) {
		size_t gap = end ? strspn(at + end, " -\n") : 0;
		int64_t n;

		if (end && !gap)
			break;
		len = word_at(at + end + gap, word);
		n = len ? small_word(word) : -1;
		if (n >= 0 && (!any || part % 100 == 0 ||
			       (part % 10 == 0 && n < 10 && part % 100 >= 20))) {
			part += n;
		} else if (any && str_eq(word, "hundred") && part < 10) {
			part *= 100;
		} else if (any && str_eq(word, "thousand")) {
			whole += part * 1000;
			part = 0;
		} else if (any && str_eq(word, "and") && part % 100 == 0 &&
			   (part || whole)) {
			char then[WORD_MOST];
			const char *next = at + end + gap + len;

			next += blanks(next);
			if (!word_at(next, then) || small_word(then) < 0)
				break;
			end += gap + len;
			continue;
		} else {
			break;
		}
		any = true;
		end += gap + len;
	}
	*out = whole + part;
	return any ? end : 0;
}

/* ---- fractions ---- */

static const struct {
	const char *words;
	double share;
} fractions[] = {
	{"two thirds", 200.0 / 3},
	{"two-thirds", 200.0 / 3},
	{"three quarters", 75},
	{"three-quarters", 75},
	{"a third", 100.0 / 3},
	{"one third", 100.0 / 3},
	{"one-third", 100.0 / 3},
	{"a quarter", 25},
	{"one quarter", 25},
	{"one-quarter", 25},
	{"half", 50},
	{"a fifth", 20},
	{"one fifth", 20},
	{"two fifths", 40},
	{"three fifths", 60},
	{"four fifths", 80},
	{"a tenth", 10},
};

enum { FRACTION_SLACK = 3 };

static size_t fraction_at(const char *text, size_t at, struct report_number *out)
{
	for (size_t i = 0; i < ARRAY_LEN(fractions); i++) {
		size_t len = strlen(fractions[i].words);
		char before[WORD_MOST];

		if (!str_istarts(text + at, fractions[i].words) ||
		    is_word_char(text[at + len]))
			continue;
		word_before(text, at, before);
		*out = (struct report_number){.from = at,
					      .to = at + len,
					      .kind = REPORT_SHARE_TYPED,
					      .share = fractions[i].share,
					      .slack = FRACTION_SLACK};
		if (str_eq(before, "than") || str_eq(before, "over") ||
		    str_eq(before, "under")) {
			const char *const less[] = {"less than ", "fewer than ",
						    "under "};

			out->than = REPORT_MORE_THAN;
			for (size_t k = 0; k < ARRAY_LEN(less); k++)
				if (at >= strlen(less[k]) &&
				    str_istarts(text + at - strlen(less[k]), less[k]))
					out->than = REPORT_LESS_THAN;
		}
		return len;
	}
	return 0;
}

/* Counts that are said without a number. */
static const struct {
	const char *words;
	int64_t n;
} phrases[] = {{"a couple", 2},
	       {"a pair", 2},
	       {"half a dozen", 6},
	       {"a dozen", 12},
	       {"a single", 1}};

static size_t phrase_at(const char *text, size_t at, struct report_number *out)
{
	for (size_t i = 0; i < ARRAY_LEN(phrases); i++) {
		size_t to = at + strlen(phrases[i].words);
		char after[WORD_MOST];

		if (!str_istarts(text + at, phrases[i].words) || is_word_char(text[to]))
			continue;
		(void)word_at(text + to + blanks(text + to), after);
		/* "a single point of contact" counts nobody */
		if (phrases[i].n == 1 && !str_in(after, people))
			return 0;
		*out = (struct report_number){.from = at, .to = to, .n = phrases[i].n};
		return to - at;
	}
	return 0;
}

/* ---- one after the other ---- */

/* "nine in ten": a share, and as near as that says it. */
static bool is_rate(const char *text, struct report_number *n)
{
	const char *at = text + n->to + blanks(text + n->to);
	int64_t of;
	size_t len;

	if (!str_istarts(at, "in "))
		return false;
	at += 3;
	len = str_is_digit(*at) ? digits_at(at, &of) : words_at(at, &of);
	if (!len || is_word_char(at[len]) || n->n >= of || of > RATE_MOST)
		return false;
	n->kind = REPORT_SHARE_TYPED;
	n->share = (double)n->n * PER_CENT / (double)of;
	n->slack = (double)PER_CENT / 2 / (double)of;
	n->to = (size_t)(at - text) + len;
	return true;
}

/* "14/16", and no date: there are twelve months. */
static bool is_part(const char *text, struct report_number *n)
{
	int64_t of;
	size_t len = text[n->to] == '/' ? digits_at(text + n->to + 1, &of) : 0;

	if (!len || of <= MONTHS || n->n > of || is_word_char(text[n->to + 1 + len]) ||
	    text[n->to + 1 + len] == '/')
		return false;
	n->of = of;
	n->to += 1 + len;
	return true;
}

/* "of 89" behind a count. */
static void take_whole(const char *text, struct report_number *n)
{
	const char *at = text + n->to + blanks(text + n->to);
	int64_t of;
	size_t len;

	if (str_istarts(at, "out of "))
		at += 7;
	else if (str_istarts(at, "of the "))
		at += 7;
	else if (str_istarts(at, "of "))
		at += 3;
	else
		return;
	len = str_is_digit(*at) ? digits_at(at, &of) : words_at(at, &of);
	if (!len || per_cent(at + len))
		return;
	n->of = of;
	n->to = (size_t)(at - text) + len;
}

/* A number in figures; how long. */
static size_t figures_at(struct finder *f, size_t at)
{
	struct report_number n = {.from = at};
	const char *text = f->text;
	size_t len = digits_at(text + at, &n.n), cent;
	double unit = 1;

	n.share = (double)n.n;
	if (text[at + len] == '.' && str_is_digit(text[at + len + 1])) {
		for (len++; str_is_digit(text[at + len]); len++) {
			unit /= 10;
			n.share += unit * (text[at + len] - '0');
		}
	}
	n.to = at + len;
	cent = per_cent(text + n.to);
	if (cent) {
		n.kind = REPORT_SHARE_TYPED;
		n.slack = unit / 2 + 1e-9;
		n.to += cent;
		add(f, &n);
	} else if (unit == 1 && (is_part(text, &n) || is_rate(text, &n))) {
		add(f, &n);
	} else if (unit < 1 || is_word_char(text[n.to]) || text[n.to] == '/' ||
		   (text[n.to] == '.' && at == 0)) {
		return len; /* 3.2, 1st, 12/3, "1." of a list */
	} else {
		take_whole(text, &n);
		add(f, &n);
	}
	return n.to - at;
}

static size_t number_in_words(struct finder *f, size_t at)
{
	struct report_number n = {.from = at};
	size_t len = words_at(f->text + at, &n.n), cent;
	char after[WORD_MOST];

	if (!len || is_word_char(f->text[at + len]))
		return 0;
	n.to = at + len;
	cent = per_cent(f->text + n.to);
	if (cent) {
		n.kind = REPORT_SHARE_TYPED;
		n.share = (double)n.n;
		n.slack = 0.5;
		n.to += cent;
		add(f, &n);
		return n.to - at;
	}
	if (is_rate(f->text, &n)) {
		add(f, &n);
		return n.to - at;
	}
	(void)word_at(f->text + n.to + blanks(f->text + n.to), after);
	take_whole(f->text, &n);
	/* "one" is a number where it counts people; else somebody, or one thing of several. */
	if (n.n > 1 || n.of || str_in(after, people))
		add(f, &n);
	return n.to - at;
}

size_t report_numbers(struct arena *arena, const char *text, struct report_number **out)
{
	struct finder f = {.arena = arena, .text = text};

	for (size_t at = 0; text[at];) {
		bool begins = at == 0 || (!is_word_char(text[at - 1]) &&
					  text[at - 1] != '.' && text[at - 1] != '/');
		struct report_number n;
		size_t len = 0;

		/* money: the sign of the pound is of two bytes */
		if (str_is_digit(text[at]) && at &&
		    (text[at - 1] == '$' || (unsigned char)text[at - 1] >= 0x80))
			begins = false;
		if (begins && str_is_digit(text[at])) {
			len = figures_at(&f, at);
		} else if (begins && str_is_alpha(text[at])) {
			len = phrase_at(text, at, &n);
			len = len ? len : fraction_at(text, at, &n);
			if (len)
				add(&f, &n);
			else
				len = number_in_words(&f, at);
		} else if (str_is_digit(text[at])) {
			len = strspn(text + at, "0123456789.,");
		}
		at += len ? len : 1;
	}
	*out = f.list;
	return f.count;
}

bool report_says_n(const char *text, int64_t *out)
{
	for (const char *at = text; *at; at++) {
		const char *n = at + 1;

		if ((*at != 'N' && *at != 'n') || (at > text && is_word_char(at[-1])))
			continue;
		n += blanks(n);
		if (*n != '=')
			continue;
		n++;
		n += blanks(n);
		if (digits_at(n, out))
			return true;
	}
	return false;
}
