/* Words that somebody meant to replace, shouting, and days that are not. */
#include "bulletin/check_private.h"

#include "base/calendar.h"
#include "base/numeral.h"
#include "base/str.h"

#include <inttypes.h>

enum { SHOWN = 60, CAPITAL_WORDS = 4, CAPITAL_LETTERS = 12 };

static bool in_word(char c)
{
	return str_is_alpha(c) || str_is_digit(c) || c == '_' || (unsigned char)c >= 0x80;
}

static size_t word_len(const char *at)
{
	size_t len = 0;

	while (in_word(at[len]))
		len++;
	return len;
}

/* "XX", "xxx", "XXXX": but not "xx" small, nor roman numerals behind a name (Louis XX). */
static bool is_crosses(const char *word, size_t len)
{
	size_t n = 0;

	while (n < len && (word[n] == 'X' || (len > 2 && word[n] == 'x')))
		n++;
	return len >= 2 && n == len && !(len == 3 && *word == 'X' && word[1] == 'x');
}

static bool word_is_one_of(const char *word, size_t len, const char *const *list)
{
	for (; *list; list++)
		if (strlen(*list) == len && strncmp(*list, word, len) == 0)
			return true;
	return false;
}

static bool starts_word(const char *from, const char *what)
{
	size_t len = strlen(what);

	return strncasecmp(from, what, len) == 0 && !in_word(from[len]);
}

/* "[date]" is left over, "[sic]" and "[2018]" are not; true when it was told of. */
static void check_bracket(struct check *c, const char *from, int line)
{
	static const char *const sure[] = {
		"date",  "name",  "title", "text",    "link",    "number",
		"time",  "place", "venue", "address", "insert",  "add",
		"xx",    "to be", "your",  "week",    "day",     "month",
		"email", "who",   "tbc",   "tbd",     "summary", "heading"};
	size_t len = strcspn(from + 1, "[]\n");
	const char *inside = from + 1;
	bool letters = false;

	if (from[1 + len] != ']' || !len || len > SHOWN)
		return;
	for (size_t i = 0; i < len; i++)
		letters = letters || str_is_alpha(inside[i]);
	if (!letters || starts_word(inside, "sic") || starts_word(inside, "emphasis"))
		return;
	for (size_t i = 0; i < ARRAY_LEN(sure); i++)
		if (starts_word(inside, sure[i])) {
			STOP(c, "placeholders", line,
			     "\"[%.*s]\" was left to be filled in.", (int)len, inside);
			return;
		}
	LOOK(c, "placeholders", line, "\"[%.*s]\": was that left to be filled in?",
	     (int)len, inside);
}

static void check_word(struct check *c, const char *word, size_t len, int line)
{
	/* In two halves, since a lint looks for such words in our own source. */
	static const char *const sure[] = {"TO"
					   "DO",
					   "FIX"
					   "ME",
					   "TKTK",
					   "LOREM",
					   "Lorem",
					   "lorem",
					   NULL};
	static const char *const maybe[] = {"TBC", "TBD", "TBA", "tbc",
					    "tbd", "tba", NULL};

	if (word_is_one_of(word, len, sure) || is_crosses(word, len))
		STOP(c, "placeholders", line, "\"%.*s\" was left to be filled in.",
		     (int)len, word);
	else if (word_is_one_of(word, len, maybe))
		LOOK(c, "placeholders", line,
		     "\"%.*s\": is that still to be said, and do readers know what it means?",
		     (int)len, word);
}

static void check_placeholders(struct check *c, const char *text, int line)
{
	static const char *const phrases[] = {"insert text",
					      "insert date",
					      "insert link",
					      "add link here",
					      "placeholder",
					      "your text here",
					      "link to follow",
					      "???",
					      "{{",
					      "}}",
					      "<insert"};

	for (size_t i = 0; i < ARRAY_LEN(phrases); i++)
		if (str_ifind(text, phrases[i]))
			STOP(c, "placeholders", line, "\"%s\" was left to be filled in.",
			     phrases[i]);
	for (const char *at = text; *at;) {
		size_t len = word_len(at);

		if (*at == '[')
			check_bracket(c, at, line);
		if (len)
			check_word(c, at, len, line);
		at += len ? len : 1;
	}
}

/* A run of words in capitals; short ones (NHS, MSP) are names of something. */
static void check_capitals(struct check *c, const char *text, int line)
{
	size_t words = 0, letters = 0, run = 0;
	const char *from = text;

	for (const char *at = text;; at++) {
		size_t len = word_len(at), upper = 0;

		for (size_t i = 0; i < len; i++)
			upper += at[i] >= 'A' && at[i] <= 'Z';
		if (len && upper == len && len > 1) {
			from = run ? from : at;
			run = (size_t)(at + len - from);
			words++;
			letters += len;
			at += len - 1;
			continue;
		}
		if (!len && *at && !strchr(".!?;:()", *at))
			continue;
		if (words >= CAPITAL_WORDS && letters >= CAPITAL_LETTERS) {
			LOOK(c, "capitals", line,
			     "\"%.*s\" is all in capitals: hard to read, and some programs spell "
			     "it out. Write it small, in bold if it matters.",
			     (int)(run < SHOWN ? run : SHOWN), from);
			return;
		}
		if (!*at)
			return;
		words = letters = run = 0;
		at += len ? len - 1 : 0;
	}
}

void check_words(struct check *c, const char *text, int line)
{
	check_placeholders(c, text, line);
	check_capitals(c, text, line);
}

/* ---- days ---- */

static int named(const char *at, const char *const *names, int count, size_t *out_len)
{
	size_t len = word_len(at);

	for (int i = 0; i < count; i++)
		if ((strlen(names[i]) == len || (len == 3 && count > CALENDAR_WEEK)) &&
		    strncasecmp(at, names[i], len) == 0) {
			*out_len = len;
			return i;
		}
	return -1;
}

static int number(const char **at, int digits_most)
{
	int64_t n = 0;
	int digits = 0;

	while (str_is_digit(**at) && digits < digits_most) {
		n = numeral_with(n, *(*at)++ - '0');
		digits++;
	}
	return digits && !str_is_digit(**at) ? (int)n : -1;
}

static int weekday_of(int year, int month, int day)
{
	return calendar_weekday((struct calendar_day){year, month + 1, day});
}

struct day {
	int weekday, day, month, year; /* year 0: not said */
	size_t len;
};

/* "Friday 9 December", "Friday, 9th of December 2022", "Friday the 9th December" */
static bool read_day(const char *from, struct day *d)
{
	const char *at = from;
	size_t len;

	d->weekday = named(at, calendar_weekdays, CALENDAR_WEEK, &len);
	if (d->weekday < 0)
		return false;
	at += len;
	at += strspn(at, ", ");
	if (starts_word(at, "the"))
		at += 4;
	d->day = number(&at, 2);
	if (d->day < 0)
		return false;
	if (strncasecmp(at, "st", 2) == 0 || strncasecmp(at, "nd", 2) == 0 ||
	    strncasecmp(at, "rd", 2) == 0 || strncasecmp(at, "th", 2) == 0)
		at += 2;
	at += strspn(at, " ");
	if (starts_word(at, "of"))
		at += 3;
	d->month = named(at, calendar_months, CALENDAR_YEAR, &len);
	if (d->month < 0)
		return false;
	at += len;
	d->len = (size_t)(at - from);
	at += strspn(at, ", ");
	d->year = number(&at, 4);
	if (d->year < 1900)
		d->year = 0;
	else
		d->len = (size_t)(at - from);
	return true;
}

static void check_day(struct check *c, const char *from, const struct day *d, int line)
{
	const char *today = c->in->today ? c->in->today : "";
	int now = number(&today, 4), year = d->year ? d->year : now;
	bool fits = false;

	if (d->day < 1 ||
	    d->day > calendar_days_in(d->year ? d->year : 2024, d->month + 1)) {
		STOP(c, "dates", line, "\"%.*s\": %s has no day %d.", (int)d->len, from,
		     calendar_months[d->month], d->day);
		return;
	}
	if (year < 1900)
		return;
	for (int y = d->year ? year : year - 1; y <= (d->year ? year : year + 1); y++)
		fits = fits || weekday_of(y, d->month, d->day) == d->weekday;
	if (fits && !d->year && weekday_of(year, d->month, d->day) != d->weekday)
		LOOK(c, "dates", line,
		     "\"%.*s\" is right for last year or next year; in %d it is a %s. Say the "
		     "year if that is meant.",
		     (int)d->len, from, year,
		     calendar_weekdays[weekday_of(year, d->month, d->day)]);
	else if (!fits)
		STOP(c, "dates", line, "\"%.*s\": in %d, %d %s is a %s.", (int)d->len,
		     from, year, d->day, calendar_months[d->month],
		     calendar_weekdays[weekday_of(year, d->month, d->day)]);
}

void check_dates(struct check *c)
{
	size_t found = 0;

	for (size_t i = 0; i < c->count; i++) {
		const struct markdown_fact *f = &c->facts[i];

		if (f->kind != MARKDOWN_FACT_WORDS && f->kind != MARKDOWN_FACT_HEADING)
			continue;
		for (const char *at = f->text; *at;) {
			struct day d = {0};
			size_t len = word_len(at);

			if (len && read_day(at, &d)) {
				found++;
				check_day(c, at, &d, f->line);
			}
			at += len ? len : 1;
		}
	}
	if (found && check_clean(c, "dates"))
		FINE(c, "dates", "%zu date%s with a weekday: each fits.", found,
		     plural(found, "", "s"));
}
