/* Postal addresses. */
#include "domain/publication/redaction_find_private.h"
#include "base/numeral.h"
#include "base/str.h"

#include <glib.h>

enum {
	NUMBER_MOST = 5,
	STREET_WORDS = 5, /* between the number and what makes it a street */
	TAIL_MOST = 90,   /* characters of town, county, country, code behind it */
	TAIL_WORDS = 4,   /* words between two commas or lines of it */
	WORD_MOST = 60,
	YEAR_FIRST = 1800,
	YEAR_LAST = 2100
};

/* What a street is called by, whole or as the end of a word. */
static const char *const streets[] = {
	"street",   "st",     "road",     "rd",     "avenue",  "ave",       "lane",
	"ln",       "row",    "drive",    "dr",     "close",   "court",     "ct",
	"crescent", "cres",   "terrace",  "place",  "pl",      "square",    "sq",
	"gardens",  "gdns",   "way",      "grove",  "quay",    "wynd",      "brae",
	"loan",     "vennel", "pend",     "mews",   "parade",  "boulevard", "blvd",
	"highway",  "hwy",    "circle",   "trail",  "parkway", "pike",      "walk",
	"hill",     "view",   "rise",     "green",  "bank",    "rue",       "rua",
	"via",      "calle",  "avenida",  "ulica",  "ul",      "utca",      "ut",
	"platz",    "weg",    "tie",      "katu",   "gata",    "gatan",     "vej",
	"vagen",    "cesta",  "plein",    "straat", "laan",    "park",      "alley",
	"chaussee", "route",  "travessa", "str",    "strasse", "crt",       "esplanade",
	"drift",    "toun",   NULL};
static const char *const ends[] = {"strasse",
				   "stra\xc3\x9f"
				   "e",
				   "gatan",
				   "gata",
				   "v\xc3\xa4gen",
				   "vagen",
				   "katu",
				   "tie",
				   "vej",
				   "gade",
				   "weg",
				   "straat",
				   "laan",
				   "gasse",
				   "platz",
				   "allee",
				   "veien",
				   "vegen",
				   "stræde",
				   "utca",
				   "sgate",
				   "gate",
				   "plein",
				   "gränd",
				   NULL};
static const char *const rooms[] = {"flat",  "apt", "apartment", "suite", "unit",
				    "floor", "ste", "box",       "room",  NULL};

/* The word that begins there, in small letters; how many characters. */
static int64_t word_at(const struct glyphs *t, int64_t at, char out[WORD_MOST])
{
	AUTO(buf) b = buf_new(WORD_MOST - 8);
	int64_t i = at;

	for (; glyph_is_letter(t->at[i]) || t->at[i] == '\'' || t->at[i] == 0x2019; i++)
		str_utf8_add(b, t->at[i]);
	str_copy(out, WORD_MOST, buf_text(b));
	str_lower(out);
	return i - at;
}

static bool is_street(const char *word)
{
	if (str_in(word, streets))
		return true;
	for (size_t i = 0; ends[i]; i++)
		if (strlen(word) > strlen(ends[i]) + 2 && str_ends(word, ends[i]))
			return true;
	return false;
}

/* Blanks, commas, points and at most so many ends of lines. */
static int64_t over_gap(const struct glyphs *t, int64_t at, int lines_most)
{
	int lines = 0;

	for (; at < t->count; at++) {
		if (t->at[at] == '\n') {
			if (++lines > lines_most)
				break;
		} else if (!glyph_is_blank(t->at[at]) && t->at[at] != ',' &&
			   t->at[at] != '.' && t->at[at] != '/' &&
			   !glyph_is_dash(t->at[at]) && !glyph_is_hidden(t->at[at])) {
			break;
		}
	}
	return at;
}

/* Does what lies before at end a sentence? "14 High Street. The buses" goes on as prose. */
static bool sentence_ends(const struct glyphs *t, int64_t from, int64_t to)
{
	for (int64_t i = from; i < to; i++)
		if (t->at[i] == '.' && glyph_is_blank(t->at[i + 1]) && i > 2 &&
		    glyph_is_letter(t->at[i - 1]) && glyph_is_letter(t->at[i - 2]) &&
		    glyph_is_letter(t->at[i - 3]))
			return true;
	return false;
}

/* Town, county, country, code: names and numbers that follow behind commas and lines. */
static int64_t tail_of(const struct glyphs *t, int64_t from)
{
	int64_t at = from, end = from;

	while (at < t->count && at - from < TAIL_MOST) {
		char word[WORD_MOST];
		int64_t next = over_gap(t, at, 1), len;

		if (sentence_ends(t, at, next))
			break;
		if (glyph_is_digit(t->at[next])) {
			while (glyph_is_digit(t->at[next]) ||
			       glyph_is_dash(t->at[next]) || glyph_is_letter(t->at[next]))
				next++;
			at = end = next;
			continue;
		}
		len = word_at(t, next, word);
		if (!len || (!glyph_is_upper(t->at[next]) && !str_in(word, rooms) &&
			     !str_eq(word, "de") && !str_eq(word, "of")))
			break;
		at = next + len;
		if (glyph_is_upper(t->at[next]) || str_in(word, rooms))
			end = at;
	}
	return end;
}

static bool is_year(const struct glyphs *t, int64_t from, int64_t to)
{
	int64_t n = 0;

	for (int64_t i = from; i < to; i++) {
		if (!glyph_is_digit(t->at[i]))
			return false;
		n = numeral_with(n, g_unichar_digit_value(t->at[i]));
	}
	return to - from == 4 && n > YEAR_FIRST && n < YEAR_LAST;
}

/* "14 High Street", "14a Elm Row", "4 rue de la Paix": behind the street's name, or 0. */
static int64_t street_at(const struct glyphs *t, int64_t at)
{
	int64_t i = at, end = 0;
	bool named = false;

	for (int words = 0; words < STREET_WORDS; words++) {
		char word[WORD_MOST];
		int64_t next = i, len;

		while (glyph_is_blank(t->at[next]) && t->at[next] != '\n' &&
		       next < t->count)
			next++;
		len = word_at(t, next, word);
		if (!len)
			break;
		if (is_street(word) &&
		    (named || glyph_is_upper(t->at[next]) || words == 0)) {
			end = next + len;
			i = end;
			named = true;
			continue;
		}
		if (!glyph_is_upper(t->at[next]) && len > 3)
			break;
		named |= glyph_is_upper(t->at[next]);
		i = next + len;
	}
	return end;
}

/* A number, then words with capitals, and so on over a comma or a line to another number. */
static int64_t loose_at(const struct glyphs *t, int64_t at)
{
	int64_t end = tail_of(t, at);
	int numbers = 0, parts = 0, lines = 0, words = 0;

	for (int64_t i = at; i < end; i++) {
		parts += t->at[i] == ',';
		lines += t->at[i] == '\n';
		words += glyph_is_upper(t->at[i]);
		numbers += glyph_is_digit(t->at[i]) && !glyph_is_digit(t->at[i - 1]);
	}
	return numbers && words && parts + lines >= 1 ? end : 0;
}

/* "Königstraße 5, 70173 Stuttgart": the number stands behind. */
static int64_t behind_at(const struct glyphs *t, int64_t at)
{
	char word[WORD_MOST];
	int64_t len = word_at(t, at, word), i = at + len;

	if (!len || !glyph_is_upper(t->at[at]))
		return 0;
	if (!is_street(word)) {
		int64_t next = i;
		char second[WORD_MOST];

		while (t->at[next] == ' ')
			next++;
		if (!word_at(t, next, second) || !glyph_is_upper(t->at[next]) ||
		    !is_street(second))
			return 0;
		i = next + word_at(t, next, second);
	}
	while (t->at[i] == ' ' || t->at[i] == ',' || t->at[i] == '.')
		i++;
	if (!glyph_is_digit(t->at[i]))
		return 0;
	while (glyph_is_digit(t->at[i]) || glyph_is_letter(t->at[i]) || t->at[i] == '/')
		i++;
	return i;
}

static void of_number(struct finding_list *l, int64_t i)
{
	const struct glyphs *t = &l->text;
	int64_t at = i, end, from = i;

	while (glyph_is_digit(t->at[at]))
		at++;
	if (at - i > NUMBER_MOST)
		return;
	/* "1. A place" begins an answer; nobody lives there. */
	if ((i == 0 || t->at[i - 1] == '\n') && (t->at[at] == '.' || t->at[at] == ')') &&
	    glyph_is_blank(t->at[at + 1]))
		return;
	while (t->at[at] == '/' || glyph_is_digit(t->at[at]) ||
	       (glyph_is_dash(t->at[at]) && glyph_is_digit(t->at[at + 1])))
		at++;
	if (glyph_is_letter(t->at[at]) && !glyph_is_letter(t->at[at + 1]))
		at++;
	/* "230 107 Igias Street" */
	if (t->at[at] == ' ' && glyph_is_digit(t->at[at + 1]))
		for (at++; glyph_is_digit(t->at[at]);)
			at++;
	if (t->at[at] == ',' || t->at[at] == '.')
		at++;
	end = street_at(t, at);
	if (!end && !is_year(t, i, at))
		end = loose_at(t, at);
	if (!end)
		return;
	/* "Flat 3/2, " before it. */
	for (int64_t k = i > 12 ? i - 12 : 0; k < i; k++)
		if (glyphs_have_any(t, k, rooms)) {
			from = k;
			break;
		}
	finding_add(l, REDACT_ADDRESS, from, tail_of(t, end));
}

/* "Suite 503", "Flat 2/1": with the words and numbers before it in its line, and the line
 * above that begins with a number. */
static void of_room(struct finding_list *l, int64_t room, int64_t end)
{
	const struct glyphs *t = &l->text;
	int64_t from = room, i = room;

	while (i > 0 && room - i < TAIL_MOST && t->at[i - 1] != '\n') {
		int64_t word = i;

		while (word > 0 && (glyph_is_letter(t->at[word - 1]) ||
				    glyph_is_digit(t->at[word - 1])))
			word--;
		if (word == i) {
			if (!glyph_is_blank(t->at[i - 1]) && t->at[i - 1] != ',' &&
			    t->at[i - 1] != '.' && t->at[i - 1] != '/')
				break;
			i--;
			continue;
		}
		if (!glyph_is_upper(t->at[word]) && !glyph_is_digit(t->at[word]) &&
		    i - word > 3)
			break;
		if (glyph_is_upper(t->at[word]) || glyph_is_digit(t->at[word]))
			from = word;
		i = word;
	}
	if (i > 0 && t->at[i - 1] == '\n') {
		int64_t line = i - 1;

		while (line > 0 && t->at[line - 1] != '\n' && i - line < WORD_MOST)
			line--;
		if (glyph_is_digit(t->at[line]))
			from = line;
	}
	finding_add(l, REDACT_ADDRESS, from, tail_of(t, end));
}

void find_addresses(struct finding_list *l)
{
	static const char *const boxes[] = {"po box", "p.o. box", "p o box",
					    "unit",   "psc",      NULL};
	const struct glyphs *t = &l->text;

	for (int64_t i = 0; i < t->count; i++) {
		bool begins = !i || (!glyph_is_letter(t->at[i - 1]) &&
				     !glyph_is_digit(t->at[i - 1]));
		int64_t end = begins ? glyphs_have_any(t, i, boxes) : 0;

		if (!begins)
			continue;
		if (end) {
			end += i;
			while (glyph_is_blank(t->at[end]))
				end++;
			if (glyph_is_digit(t->at[end])) {
				finding_add(l, REDACT_ADDRESS, i, tail_of(t, end));
				continue;
			}
		}
		if ((end = glyphs_have_any(t, i, rooms))) {
			end += i;
			while (t->at[end] == ' ' || t->at[end] == '.')
				end++;
			if (glyph_is_digit(t->at[end])) {
				of_room(l, i, end);
				continue;
			}
		}
		if (glyph_is_digit(t->at[i]))
			of_number(l, i);
		else if (glyph_is_upper(t->at[i]) && (end = behind_at(t, i)))
			finding_add(l, REDACT_ADDRESS, i, tail_of(t, end));
	}
}
