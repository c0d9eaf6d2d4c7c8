#include "form/reading/beside.h"
#include "base/str.h"
#include "doubts/doubts.h"
#include "form/reading/steps.h"
#include "text/letter/frame.h"

enum {
	NEAR = 8,        /* lines of the paragraph, each way */
	SHORT_WORDS = 6, /* and with a full stop, as many as make no sentence */
	TINY_WORDS = 2,
	WRAPPED = 25,   /* bytes */
	LEAD_WORDS = 16 /* of what ends with a colon above */
};

static bool has_class(const struct lexicon *l, enum word_class is)
{
	return l->has[is] > 0;
}

/* All words are known, and none of them limits. */
static bool is_harmless(const struct lexicon *l)
{
	return !has_class(l, WORD_UNKNOWN) && !has_class(l, WORD_NOT) &&
	       !has_class(l, WORD_OFF) && !has_class(l, WORD_SECRET) &&
	       !has_class(l, WORD_ONLY) && !has_class(l, WORD_IF) &&
	       !has_class(l, WORD_BUT) && !l->is_long;
}

/* Of somebody else's words, or of another time. */
static bool turns_away(const struct lexicon *l)
{
	static const char *const turns[] = {
		"last",    "before", "previous", "earlier", "old",    "wrong",
		"example", "sample", "draft",    "object",  "wrote",  "said",
		"copied",  "quote",  "never",    "chose",   "untrue", "template"};

	return lexicon_has_one(l, turns, ARRAY_LEN(turns));
}

/* What a form or a letter has above its parts. */
static bool is_heading(const struct lexicon *l)
{
	static const char *const headings[] = {
		"respondent",   "response",     "responses",   "about you",
		"your details", "details",      "form",        "comments",
		"comment",      "answers",      "answer",      "views",
		"submission",   "introduction", "background",  "section",
		"part",         "question",     "questions",   "consultation",
		"preference",   "preferences",  "permission",  "publication",
		"publishing",   "please tick",  "please",      "tick",
		"choose",       "select",       "information", "contact",
		"data",         "privacy",      "declaration", "additional",
		"further",      "general",      "summary",     "thanks",
		"thank",        "regards",      "sincerely",   "faithfully"};

	return lexicon_has_one(l, headings, ARRAY_LEN(headings)) && !turns_away(l) &&
	       !has_class(l, WORD_NOT) && !has_class(l, WORD_OFF) &&
	       !has_class(l, WORD_SECRET);
}

static bool has_digit(const char *text)
{
	while (*text && !str_is_digit(*text))
		text++;
	return *text;
}

/* A street, a telephone number, a date: it has figures, and no word of a permission. */
static bool is_figures(const struct form_row *row, const struct lexicon *l)
{
	return has_digit(row->text) && !has_class(l, WORD_PUBLISH) &&
	       !has_class(l, WORD_NAME) && !has_class(l, WORD_NOT);
}

static size_t trimmed(const struct form_row *row)
{
	size_t len = row->len;

	len = str_without_tail(row->text, len);
	return len;
}

static bool is_datum(const struct form_row *row, const struct lexicon *l)
{
	const char *text = row->text + strspn(row->text, " \t");
	size_t len = trimmed(row) - (size_t)(text - row->text);

	return (l->count >= 2 && str_is_alpha(*text) && !has_class(l, WORD_NOT) &&
		frame_is_name(text, len)) ||
	       frame_is_contact(text, len) || frame_is_closing(text, len) ||
	       frame_is_greeting(text, len) ||
	       (memchr(text, '@', len) && !memchr(text, ' ', len));
}

/* "Postcode: ...": a label with its value, which is heard by itself. */
static bool is_labelled(const struct form_row *row)
{
	size_t len = trimmed(row);
	const char *colon = memchr(row->text, ':', len);

	return colon && colon + 1 < row->text + len && str_is_space(colon[1]);
}

static bool is_read_otherwise(const struct form_row *row)
{
	return row->blank || row->rule || row->quote || row->table ||
	       memchr(row->text, '\t', row->len) || memchr(row->text, '|', row->len) ||
	       form_row_is_form(row) || form_row_value(row) || is_labelled(row);
}

/* A line that was wrapped is a long one, and one that ends a sentence is none. */
static bool goes_on(const struct form_row *row)
{
	size_t len = trimmed(row);

	return len >= WRAPPED && !strchr(".!?:", row->text[len - 1]);
}

/* Words of the lines around that are no part of a form either: one paragraph. */
static size_t words_of_run(const struct form_rows *rows, size_t number)
{
	size_t first = number, words = 0;
	struct lexicon l;

	while (first && !is_read_otherwise(&rows->items[first - 1]) &&
	       goes_on(&rows->items[first - 1]))
		first--;
	for (; first < rows->count && !is_read_otherwise(&rows->items[first]) &&
	       words <= LEAD_WORDS;
	     first++) {
		lexicon_read(rows->items[first].text, rows->items[first].len, &l);
		words += l.is_long ? LEAD_WORDS + 1 : l.count;
		if (first >= number && !goes_on(&rows->items[first]))
			break;
	}
	return words;
}

static bool is_doubtful(const struct form_rows *rows, size_t number, bool above)
{
	const struct form_row *row = &rows->items[number];
	size_t len = trimmed(row), words;
	struct lexicon l;

	if (row->blank || row->quote || !len)
		return false;
	lexicon_read(row->text, len, &l);
	if (above && row->text[len - 1] == ':' && l.count <= LEAD_WORDS && turns_away(&l))
		return true;
	if (is_read_otherwise(row))
		return false;
	if (is_harmless(&l) && l.count)
		return false;
	if (!above && doubts_is_plain(row->text, len))
		return false;
	words = words_of_run(rows, number);
	if (above && row->text[len - 1] == ':')
		return words <= LEAD_WORDS && !is_heading(&l) &&
		       !frame_is_greeting(row->text, len);
	/* Anything may be the heading above a form; "I will not write" is none. */
	if (above && !has_class(&l, WORD_MINE) && !has_class(&l, WORD_NOT))
		return false;
	if (words > SHORT_WORDS ||
	    (strchr(".!?", row->text[len - 1]) && words > TINY_WORDS))
		return false; /* a sentence, or a line of one */
	return !is_heading(&l) && (above || !is_figures(row, &l)) && !is_datum(row, &l);
}

static bool leads_on(const struct form_row *row)
{
	size_t len = trimmed(row);

	return len && row->text[len - 1] == ':';
}

/* "Cross out what you do not agree to": a cross says no then. */
static bool asks_for_crosses(const struct form_row *row)
{
	static const char *const crosses[] = {"cross out",    "strike out", "x deleted",
					      "deleted",      "not apply",  "cross no",
					      "do not agree", "do not want"};
	struct lexicon l;

	if (row->blank || row->quote)
		return false;
	lexicon_read(row->text, row->len, &l);
	return lexicon_has_one(&l, crosses, ARRAY_LEN(crosses));
}

const struct form_row *beside_in_doubt(const struct form_rows *rows, size_t number,
				       const struct form_reading *chosen)
{
	const struct form_row *row = &rows->items[number];

	/* What stands beside a form in another language is in that, too. */
	if (doubts_is_foreign(row->text, row->len))
		return NULL;
	size_t above = number;

	for (; above-- > 0 && number - above <= NEAR && !rows->items[above].blank;)
		if (is_doubtful(rows, above, true) ||
		    (chosen->crossed && asks_for_crosses(&rows->items[above])))
			return &rows->items[above];
	/* "Copied from your website:", and a line with nothing between. */
	if (above < number && above && rows->items[above].blank &&
	    leads_on(&rows->items[above - 1]) && is_doubtful(rows, above - 1, true))
		return &rows->items[above - 1];
	for (size_t i = number + 1;
	     i < rows->count && i - number <= NEAR && !rows->items[i].blank; i++)
		if (is_doubtful(rows, i, false))
			return &rows->items[i];
	return NULL;
}
