/* Email addresses, telephone and other long numbers, postcodes, dates of birth. */
#include "base/numeral.h"
#include "domain/publication/redaction_find_private.h"

#include <glib.h>

enum {
	FULLWIDTH_AT = 0xFF20,
	DIGITS_LEAST = 7,
	PHONE_MOST = 15,
	GAP_MOST = 3, /* signs between two digits of one number */
	BIRTH_NEAR = 40,
	DATE_LONG = 30,
	CASE_DIGITS = 3,
	MIXED_DIGITS = 6,
	YEAR_DIGITS = 4,
	YEAR_FIRST = 1800,
	YEAR_LAST = 2100
};

static bool in_local(uint32_t c)
{
	return glyph_is_letter(c) || glyph_is_digit(c) || glyph_is_hidden(c) ||
	       c == '.' || c == '_' || c == '%' || c == '+' || c == '-' || c == '\'';
}

static bool in_domain(uint32_t c)
{
	return glyph_is_letter(c) || glyph_is_digit(c) || glyph_is_hidden(c) ||
	       c == '.' || c == '-';
}

/* "(at)", "[at]", " at ": how many characters it takes; they stand for an @. */
static int64_t written_at(const struct glyphs *t, int64_t i)
{
	static const char *const ways[] = {"(at)", "[at]", "{at}", " at ", NULL};
	int64_t from = i;

	for (size_t w = 0; ways[w]; w++) {
		const char *c = ways[w];

		for (i = from; *c; c++, i++)
			if (*c == ' ' ? !glyph_is_blank(t->at[i])
				      : (t->at[i] | 0x20) != (uint32_t)(*c | 0x20))
				break;
		if (!*c)
			return i - from;
	}
	return 0;
}

/* Behind it "example dot org" or "example.org": how far, or 0. */
static int64_t written_domain(const struct glyphs *t, int64_t i)
{
	bool any = false;

	while (i < t->count) {
		int64_t dot;

		while (glyph_is_blank(t->at[i]) && i < t->count)
			i++;
		dot = i;
		while (in_domain(t->at[i]) && t->at[i] != '.')
			i++;
		if (i == dot)
			break;
		if (t->at[i] == '.' && in_domain(t->at[i + 1])) {
			any = true;
			i++;
			continue;
		}
		for (dot = i; glyph_is_blank(t->at[dot]); dot++)
			;
		if (glyphs_have(t, dot, "dot") && glyph_is_blank(t->at[dot + 3])) {
			any = true;
			i = dot + 3;
			continue;
		}
		if ((t->at[dot] == '(' || t->at[dot] == '[') &&
		    glyphs_have(t, dot + 1, "dot")) {
			any = true;
			i = dot + 5;
			continue;
		}
		return any ? i : 0;
	}
	return any ? i : 0;
}

static void one_email(struct finding_list *l, int64_t at, int64_t signs)
{
	const struct glyphs *t = &l->text;
	int64_t from = at, to = at + signs, blank;

	while (from > 0 && in_local(t->at[from - 1]))
		from--;
	while (in_domain(t->at[to]) && to < t->count)
		to++;
	while (to > at + signs && (t->at[to - 1] == '.' || t->at[to - 1] == '-'))
		to--;
	/* Broken over lines, or with blanks round the sign. */
	for (blank = to; glyph_is_blank(t->at[blank]); blank++)
		;
	if (to == at + signs && from < at)
		for (to = blank; in_domain(t->at[to]) && to < t->count; to++)
			;
	/* "@name" on its own is where somebody writes. */
	if (to > at + signs)
		finding_add(l, REDACT_EMAIL, from, to);
}

void find_emails(struct finding_list *l)
{
	const struct glyphs *t = &l->text;

	for (int64_t i = 0; i < t->count; i++) {
		int64_t signs, to;

		if (t->at[i] == '@' || t->at[i] == FULLWIDTH_AT) {
			one_email(l, i, 1);
			continue;
		}
		signs = written_at(t, i);
		to = signs ? written_domain(t, i + signs) : 0;
		if (to) {
			int64_t from = i;

			while (from > 0 && glyph_is_blank(t->at[from - 1]))
				from--;
			while (from > 0 && in_local(t->at[from - 1]))
				from--;
			finding_add(l, REDACT_EMAIL, from, to);
		}
	}
}

static bool between_digits(uint32_t c)
{
	return glyph_is_blank(c) || glyph_is_dash(c) || glyph_is_hidden(c) || c == '.' ||
	       c == '(' || c == ')' || c == '/' || c == 'x' || c == 'X' || c == '*';
}

struct run {
	int64_t from, to;
	int digits, slashes, groups;
	bool years; /* each group of four is one */
};

/* The long number that begins at a digit; a line's end parts two numbers. */
static struct run run_at(const struct glyphs *t, int64_t from)
{
	struct run r = {.from = from, .to = from, .groups = 1, .years = true};
	int gap = 0, lines = 0, in_group = 0;
	int64_t number = 0;

	for (int64_t i = from; i < t->count; i++) {
		uint32_t c = t->at[i];

		if (glyph_is_digit(c)) {
			if (gap)
				number = in_group = 0;
			r.groups += gap > 0;
			r.digits++;
			number = numeral_with(number, g_unichar_digit_value(c));
			if (++in_group == YEAR_DIGITS)
				r.years &= number >= YEAR_FIRST && number < YEAR_LAST;
			r.to = i + 1;
			gap = 0;
			continue;
		}
		lines += c == '\n';
		if (!between_digits(c) || ++gap > GAP_MOST || lines > 1)
			break;
		r.slashes += c == '/';
	}
	return r;
}

/* "12/10/2017" is a day, "1,234,567" a quantity, "1998-2004" some years. */
static bool is_other(const struct glyphs *t, const struct run *r)
{
	uint32_t before = r->from ? t->at[r->from - 1] : 0;

	if (before == 0xA3 || before == '$' || before == 0x20AC ||
	    (before == ',' && r->from > 1 && glyph_is_digit(t->at[r->from - 2])))
		return true;
	if (t->at[r->to] == '%')
		return true;
	return r->digits == 2 * YEAR_DIGITS &&
	       (r->slashes == 2 || (r->groups <= 2 && r->years));
}

static const char *const case_words[] = {"ref",         "reference",
					 "case",        "case no",
					 "case number", "file no",
					 "chi",         "nhs",
					 "account",     "account no",
					 "crn",         "urn",
					 "passport",    "account number",
					 "policy no",   "iban",
					 "warrant no",  "nino",
					 "ni number",   "reference no",
					 "ref no",      "crime number",
					 "crime no",    "reference number",
					 "incident",    "incident number",
					 NULL};

/* A long number, with what it is written together with; behind it, or 0. */
static int64_t long_number(struct finding_list *l, int64_t i)
{
	const struct glyphs *t = &l->text;
	struct run r = run_at(t, i);
	int64_t from = r.from;

	if (r.digits < DIGITS_LEAST || is_other(t, &r))
		return 0;
	while (from > 0 && (t->at[from - 1] == '+' || t->at[from - 1] == '('))
		from--;
	while (from > 0 &&
	       (glyph_is_letter(t->at[from - 1]) || glyph_is_digit(t->at[from - 1])))
		from--;
	while (glyph_is_letter(t->at[r.to]) || glyph_is_digit(t->at[r.to]))
		r.to++;
	finding_add(l, r.digits > PHONE_MOST ? REDACT_NUMBER : REDACT_PHONE, from, r.to);
	return r.to;
}

/* Behind "case number": what has some digits. */
static void case_number(struct finding_list *l, int64_t at)
{
	const struct glyphs *t = &l->text;
	int digits = 0;
	int64_t from;

	while (glyph_is_blank(t->at[at]) || t->at[at] == ':' || t->at[at] == '#' ||
	       t->at[at] == '.')
		at++;
	from = at;
	while (glyph_is_letter(t->at[at]) || glyph_is_digit(t->at[at]) ||
	       ((t->at[at] == '/' || glyph_is_dash(t->at[at])) &&
		(glyph_is_digit(t->at[at + 1]) || glyph_is_upper(t->at[at + 1]))))
		digits += glyph_is_digit(t->at[at++]);
	if (digits >= CASE_DIGITS)
		finding_add(l, REDACT_NUMBER, from, at);
}

/* Letters and digits in one word, as of a national insurance number or an IBAN. */
static void mixed_number(struct finding_list *l, int64_t i)
{
	const struct glyphs *t = &l->text;
	int digits = 0, letters = 0;
	int64_t to = i;

	for (; glyph_is_letter(t->at[to]) || glyph_is_digit(t->at[to]); to++) {
		digits += glyph_is_digit(t->at[to]);
		letters += glyph_is_upper(t->at[to]);
	}
	if (digits >= MIXED_DIGITS && letters >= 1)
		finding_add(l, REDACT_NUMBER, i, to);
}

/* "QQ 12 34 56 C", with blanks or none: national insurance, as HMRC's manual NIM39110 has it. */
static void insurance_number(struct finding_list *l, int64_t i)
{
	static const char shape[] = "AA000000A";
	const struct glyphs *t = &l->text;
	int64_t at = i;

	for (const char *c = shape; *c; c++, at++) {
		if (c > shape && t->at[at] == ' ')
			at++;
		if (*c == 'A' ? !glyph_is_upper(t->at[at]) : !glyph_is_digit(t->at[at]))
			return;
	}
	if (!glyph_is_letter(t->at[at]) && !glyph_is_digit(t->at[at]))
		finding_add(l, REDACT_NUMBER, i, at);
}

void find_numbers(struct finding_list *l)
{
	const struct glyphs *t = &l->text;

	for (int64_t i = 0; i < t->count; i++) {
		bool begins = !i || (!glyph_is_letter(t->at[i - 1]) &&
				     !glyph_is_digit(t->at[i - 1]));
		int64_t len = begins ? glyphs_have_any(t, i, case_words) : 0;

		if (begins) {
			mixed_number(l, i);
			insurance_number(l, i);
		}
		if (glyph_is_digit(t->at[i]) && (!i || !glyph_is_digit(t->at[i - 1]))) {
			int64_t to = long_number(l, i);

			if (to)
				i = to - 1;
		} else if (len) {
			case_number(l, i + len);
		}
	}
}

static bool is_ascii_letter(uint32_t c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static bool is_ascii_digit(uint32_t c)
{
	return c >= '0' && c <= '9';
}

/* "postcode 8592", "ZIP: 394 13": whatever country's. */
static void find_named_codes(struct finding_list *l)
{
	static const char *const names[] = {"zip code",    "zip", "postcode", "post code",
					    "postal code", "plz", NULL};
	const struct glyphs *t = &l->text;

	for (int64_t i = 0; i < t->count; i++) {
		int64_t len = glyphs_have_any(t, i, names), at = i + len, from;

		if (!len)
			continue;
		while (glyph_is_blank(t->at[at]) || t->at[at] == ':' ||
		       glyphs_have(t, at, "is"))
			at += glyphs_have(t, at, "is") ? 2 : 1;
		from = at;
		while (glyph_is_digit(t->at[at]) || glyph_is_upper(t->at[at]) ||
		       (t->at[at] == ' ' && at > from &&
			(glyph_is_digit(t->at[at + 1]) || glyph_is_upper(t->at[at + 1]))))
			at++;
		if (glyph_is_digit(t->at[from]))
			finding_add(l, REDACT_POSTCODE, from, at);
	}
}

/* "EH6 6QQ", "eh6 6qq", "SW1A1AA": BS 7666. */
void find_postcodes(struct finding_list *l)
{
	const struct glyphs *t = &l->text;

	find_named_codes(l);
	for (int64_t i = 0; i < t->count; i++) {
		int64_t at = i;
		bool small = false;

		if (!is_ascii_letter(t->at[i]) || (i && (glyph_is_letter(t->at[i - 1]) ||
							 glyph_is_digit(t->at[i - 1]))))
			continue;
		at += is_ascii_letter(t->at[at + 1]) ? 2 : 1;
		if (!is_ascii_digit(t->at[at]))
			continue;
		at++;
		if (is_ascii_digit(t->at[at]) && is_ascii_digit(t->at[at + 1]) &&
		    is_ascii_letter(t->at[at + 2]))
			at++;
		else if ((is_ascii_digit(t->at[at]) || is_ascii_letter(t->at[at])) &&
			 !(is_ascii_digit(t->at[at]) && is_ascii_letter(t->at[at + 1])))
			at++;
		for (int gap = 0;
		     (glyph_is_blank(t->at[at]) || glyph_is_hidden(t->at[at]) ||
		      glyph_is_dash(t->at[at])) &&
		     gap < 2;
		     gap++)
			at++;
		if (!is_ascii_digit(t->at[at]) || !is_ascii_letter(t->at[at + 1]) ||
		    !is_ascii_letter(t->at[at + 2]) || glyph_is_letter(t->at[at + 3]) ||
		    glyph_is_digit(t->at[at + 3]))
			continue;
		small = t->at[at + 1] >= 'a' && t->at[i] <= 'Z';
		if (!small)
			finding_add(l, REDACT_POSTCODE, i, at + 3);
	}
}

/* How far a date goes that begins there: digits with signs between, or a month in words. */
static int64_t date_at(const struct glyphs *t, int64_t from)
{
	static const char *const months[] = {
		"january", "february",  "march",   "april",    "may",      "june", "july",
		"august",  "september", "october", "november", "december", "jan",  "feb",
		"mar",     "apr",       "jun",     "jul",      "aug",      "sep",  "sept",
		"oct",     "nov",       "dec",     NULL};
	static const char *const small[] = {"st", "nd", "rd", "th", "of", NULL};
	int digits = 0, words = 0;
	int64_t at = from, to = 0;

	while (at < t->count && at - from < DATE_LONG) {
		int64_t len = glyphs_have_any(t, at, months);

		if (glyph_is_digit(t->at[at])) {
			digits++;
			to = ++at;
			continue;
		}
		if (len) {
			words++;
			at += len;
			to = at;
			continue;
		}
		if (at > from && glyph_is_digit(t->at[at - 1]) &&
		    glyph_is_letter(t->at[at]) && glyph_is_letter(t->at[at + 1]) &&
		    !glyph_is_letter(t->at[at + 2])) {
			at += 2;
			continue;
		}
		len = glyphs_have_any(t, at, small);
		if (len) {
			at += len;
			continue;
		}
		if (!glyph_is_blank(t->at[at]) && !glyph_is_dash(t->at[at]) &&
		    t->at[at] != '/' && t->at[at] != '.' && t->at[at] != ',')
			break;
		at++;
	}
	return digits >= 3 || (words && digits >= 1) ? to : 0;
}

void find_births(struct finding_list *l)
{
	static const char *const born[] = {
		"born",          "dob",      "d.o.b.",     "d.o.b",
		"date of birth", "birthday", "birth date", NULL};
	const struct glyphs *t = &l->text;

	for (int64_t i = 0; i < t->count; i++) {
		int64_t len = glyphs_have_any(t, i, born);

		for (int64_t at = i + len;
		     len && at < i + len + BIRTH_NEAR && at < t->count; at++) {
			int64_t to =
				glyph_is_digit(t->at[at]) || glyph_is_upper(t->at[at])
					? date_at(t, at)
					: 0;

			if (to) {
				finding_add(l, REDACT_BIRTH, at, to);
				break;
			}
		}
	}
}
