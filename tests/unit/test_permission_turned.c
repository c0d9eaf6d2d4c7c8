/*
 * What takes a choice back and is no sentence: a sign or a word in its own row, a label with a
 * no behind it, a limit with a mark, a line that corrects another. Each of these, made of its
 * parts, in each place of each form, leaves no permission in force that it takes back; and what
 * only looks like one changes nothing.
 */
#include "tests/unit/unit.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "extract/parsers/document.h"
#include "form/reading/form.h"

#define SAID "Places are safe when the door is open and there is somebody to ask."

/* Whole forms that give all. */
static const char *const forms[] = {
	"Publish response with name: Yes\n",
	"Publish my response with my name: yes please\n",
	"Publish response with name? Yes\n",
	"Publish response with name (please tick): X\n",
	"[x] Publish response with name\n[ ] Publish response only (without name)\n"
	"[ ] Do not publish response\n",
	"Publish response with name: Yes\nPublish response only (without name): No\n"
	"Do not publish response: No\n",
	"I am happy for you to publish my response with my name.\n",
};

/* %1$s the form, %2$s the line. */
static const char *const places[] = {
	"%1$s%2$s\n\n" SAID "\n",
	"%1$s\n%2$s\n\n" SAID "\n",
	"%2$s\n\n%1$s\n" SAID "\n",
	SAID "\n\n%1$s%2$s\n",
	SAID "\n\n%1$s\n%2$s\n\nKind regards\nJo Marsh\n",
};

static const char *const denied[] = {
	"Permission",
	"My permission",
	"Consent",
	"Permission to publish",
	"Publication",
	"Consent to print",
	"Release",
	"Share publicly",
	"Make it public",
	"On the website",
	"Online",
	"Public",
	"Show my name",
	"Use of my name",
	"Quote me",
	"Visible to the public",
	"Correction",
	"Final answer",
	"Amended",
	"Update",
	"Publish",
	"Publish it",
	"Publish my response",
};
static const char *const behind[] = {": ", " - ", " = ", ":\t"};
static const char *const noes[] = {"No",      "no",        "NO", "none",
				   "refused", "withdrawn", "No."};

static const char *const limits[] = {
	"Do not publish", "Not for publication", "Confidential",    "Private",
	"Anonymous",      "Keep confidential",   "Without my name",
};
/* %s the limit */
static const char *const marks[] = {"%s: x",           "%s: [x]",        "%s [x]",
				    "[x] %s",          "%s: yes",        "%s: Y",
				    "\xE2\x9C\x93 %s", "%s \xE2\x9C\x93"};

static const char *const corrections[] = {
	"No",
	"NO!",
	"Nope",
	"The yes is a mistake.",
	"That was a mistake above.",
	"Mistake above.",
	"The x is a typo.",
	"The tick is wrong.",
	"Answer should be no.",
	"This should read no.",
	"The answer above is an error.",
	"Strike the permission above.",
	"Please ignore the line above.",
	"Delete the above.",
	"N.B. The yes means yes to your mailings only.",
	"D0 N0T PUBL1SH",
	"\xF0\x9F\x9A\xAB publish",
	"\xF0\x9F\x91\x8E to publication",
};

/* Directly beside the choice, below it or above: what these say cannot be listed. */
static const char *const below[] = {
	"Rescinded",       "NOT VALID",    "Zzzz",
	"n.f.p.",          "*** STOP ***", "Crossed",
	"Taken off again", "Overruled",    "Mum says otherwise",
	"Frowned upon",
};
static const char *const above[] = {
	"What I ticked last year:",  "I would never say:",
	"Taken from the leaflet:",   "My cousin's copy has:",
	"Copied from your website:", "Ed wrote:",
	"The sample reads:",         "I dispute",
};
static const char *const harmless_below[] = {
	"Odile Marsh",
	"12 Mill Lane",
	"EH1 2QX",
	"Kind regards",
	"Individual",
	"Your details",
	"01632 960 123",
	"About you",
	"Question 1",
	"Thank you",
	"My plot is by the canal and has been for years.",
	"It was a wet spring and the path flooded twice so that nobody\ncould get through",
};
static const char *const harmless_above[] = {
	"RESPONDENT INFORMATION FORM",
	"Safety",
	"About you",
	"Publishing permission:",
	"Please tick one:",
	"Your preference:",
	"3 March 2026",
	"Odile Marsh",
};

/* %s a label whose yes gives all. */
static const char *const values[] = {
	"%s: Yes No",
	"%s: Yes, No",
	"%s: Yes -- no",
	"%s: Yes\xE2\x80\xA6No",
	"%s: Yes  No",
	"%s: Yes \\ No",
	"%s: ~Yes~ No",
	"%s: ~~Yes~~",
	("%s: Y\xCC\xB6"
	 "e\xCC\xB6s\xCC\xB6"),
	"%s: Yes \xE2\x9D\x8C",
	"%s: Yes ???",
	"%s: Yes - no wait",
	"%s: Yes - for thirty days",
	"%s: Yes (see the letter from my solicitor)",
	"%s: Yes, later",
	"%s: Yes, I suppose",
	"%s: yes to ministers",
	"%s: yes but",
	"%s: yes??",
	"%s:\n  Yes   No\n         x",
	"                                  Yes   No\n%s      x",
	"~~%s: Yes~~",
	"/* %s: Yes */",
	"<!-- %s: Yes -->",
	"--- %s: Yes ---",
	"EXAMPLE: %s: Yes",
	"DELETE: %s: Yes",
	"Not true: %s: Yes",
	"Struck out: %s: Yes",
	"What my brother ticked: %s: Yes",
};
static const char *const labels[] = {
	"Publish response with name", "Publish my response with my name",
	"Publish with name", "Permission to publish with name"};

/* Lines that say nothing of it. */
static const char *const plain[] = {
	"Religion: none",
	"Attachments: none",
	"Fax: no",
	"Member of a union: No",
	"Dogs: no",
	"Age: 42",
	"Number of pages: 3",
	"Number of rooms: none",
	"Contact me again: No",
	"Have you been to a hearing? No",
	"Have you been to a hearing?\nNo",
	"Question 2: No",
	"There is a mistake in section 4 of the paper.",
	"The wrong doors are open.",
	"My view is that the rules should be clear.",
	"I ticked every page of the paper as I read it.",
	"The old door at E1 6AN.",
};

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
static const char *mail_of(struct arena *a, size_t form, const char *line, size_t place)
{
	return arena_printf(a, places[place], forms[form], line);
}
static const char *with(struct arena *a, const char *shape, const char *words)
{
	return arena_printf(a, shape, words);
}
#pragma GCC diagnostic pop

/* "name" in force. */
static bool is_free(struct arena *a, const char *text)
{
	struct form *form = arena_make(a, struct form, 1);
	struct document *d = document_new(a);
	struct form_conclusion c;

	document_from_plain(d, text);
	form_read(a, d, form);
	form_conclude(form, FORM_PERMISSION, &c);
	return c.state == FORM_KNOWN && str_eq(c.value, "name");
}

struct tally {
	size_t all, found;
	struct buf *said;
};

/* The line in each place of each form: how often is the permission as wrong says? */
static void try_line(struct tally *t, const char *line, bool wrong)
{
	for (size_t f = 0; f < ARRAY_LEN(forms); f++)
		for (size_t p = 0; p < ARRAY_LEN(places); p++) {
			AUTO(arena) a = arena_new(1 << 16);

			t->all++;
			if (is_free(a, mail_of(a, f, line, p)) != wrong)
				continue;
			t->found++;
			buf_printf(t->said, "form %zu, place %zu: %s\n", f, p, line);
		}
}

static void none_of(const struct tally *t, const char *what)
{
	printf("# %s: %zu of %zu\n", what, t->found, t->all);
	ck_assert_msg(!t->found, "%zu of %zu:\n%.4000s", t->found, t->all,
		      buf_text(t->said));
}

START_TEST(forms_give_what_they_give)
{
	for (size_t f = 0; f < ARRAY_LEN(forms); f++) {
		AUTO(arena) a = arena_new(1 << 16);

		ck_assert_msg(is_free(a, arena_printf(a, "%s\n" SAID "\n", forms[f])),
			      "%s", forms[f]);
	}
}
END_TEST

START_TEST(label_with_a_no_behind_it_denies)
{
	AUTO(buf) said = buf_new(4 << 20);
	struct tally t = {.said = said};

	for (size_t d = 0; d < ARRAY_LEN(denied); d++)
		for (size_t b = 0; b < ARRAY_LEN(behind); b++)
			for (size_t n = 0; n < ARRAY_LEN(noes); n++) {
				AUTO(arena) a = arena_new(1 << 12);

				try_line(&t,
					 arena_printf(a, "%s%s%s", denied[d], behind[b],
						      noes[n]),
					 true);
			}
	none_of(&t, "freer than a label with a no behind it");
}
END_TEST

START_TEST(limit_with_a_mark_limits)
{
	AUTO(buf) said = buf_new(4 << 20);
	struct tally t = {.said = said};

	for (size_t l = 0; l < ARRAY_LEN(limits); l++)
		for (size_t m = 0; m < ARRAY_LEN(marks); m++) {
			AUTO(arena) a = arena_new(1 << 12);

			try_line(&t, with(a, marks[m], limits[l]), true);
		}
	none_of(&t, "freer than a limit that was marked");
}
END_TEST

START_TEST(line_that_corrects_another_is_heard)
{
	AUTO(buf) said = buf_new(4 << 20);
	struct tally t = {.said = said};

	for (size_t i = 0; i < ARRAY_LEN(corrections); i++)
		try_line(&t, corrections[i], true);
	none_of(&t, "freer than a correction");
}
END_TEST

static void try_beside(struct tally *t, const char *const *lines, size_t count,
		       const char *shape, bool wrong)
{
	static const char *const given[] = {
		"Publish response with name: Yes\n",
		"[x] Publish response with name\n[ ] Publish response only (without name)\n"
		"[ ] Do not publish response\n"};

	for (size_t i = 0; i < count; i++)
		for (size_t g = 0; g < ARRAY_LEN(given); g++) {
			AUTO(arena) a = arena_new(1 << 16);
			const char *text = str_eq(shape, "below")
						   ? arena_printf(a, "%s%s\n\n" SAID "\n",
								  given[g], lines[i])
					   : str_eq(shape, "between")
						   ? arena_printf(a, "%s%s\n" SAID "\n",
								  given[g], lines[i])
						   : arena_printf(a, "%s\n%s\n" SAID "\n",
								  lines[i], given[g]);

			t->all++;
			if (is_free(a, text) != wrong)
				continue;
			t->found++;
			buf_printf(t->said, "%s %zu: %s\n", shape, g, lines[i]);
		}
}

START_TEST(line_beside_a_choice_that_nobody_understands_is_for_a_person)
{
	AUTO(buf) said = buf_new(1 << 20);
	struct tally t = {.said = said};

	try_beside(&t, below, ARRAY_LEN(below), "below", true);
	try_beside(&t, below, ARRAY_LEN(below), "between", true);
	try_beside(&t, above, ARRAY_LEN(above), "above", true);
	none_of(&t, "freer than a line beside it");
}
END_TEST

START_TEST(line_of_a_form_or_a_letter_beside_a_choice_changes_nothing)
{
	AUTO(buf) said = buf_new(1 << 20);
	struct tally t = {.said = said};

	try_beside(&t, harmless_below, ARRAY_LEN(harmless_below), "below", false);
	try_beside(&t, harmless_above, ARRAY_LEN(harmless_above), "above", false);
	none_of(&t, "left to a person for a line beside it");
}
END_TEST

/* The same of being contacted again. */
static const char *const peace[] = {
	"I opt out.",
	"No further correspondence.",
	"No further emails, please.",
	"No need to get in touch.",
	"Email me: never",
	"I have had enough of surveys.",
	"Just this once by phone.",
	"By letter alone.",
	"Only if you must.",
	"I object to further processing.",
	"Refused",
	"Withdrawn",
};

START_TEST(wish_to_be_left_alone_is_heard)
{
	static const char *const given[] = {
		"Contact me again: Yes\n",
		"May we contact you again?\n[x] Yes\n[ ] No\n",
		"I am happy to be contacted again.\n",
	};

	for (size_t g = 0; g < ARRAY_LEN(given); g++) {
		AUTO(arena) a = arena_new(1 << 14);
		struct form *form = arena_make(a, struct form, 1);
		struct document *d = document_new(a);
		struct form_conclusion c;
		const char *text =
			arena_printf(a, "%s%s\n\n" SAID "\n", given[g], peace[_i]);

		document_from_plain(d, text);
		form_read(a, d, form);
		form_conclude(form, FORM_CONTACT, &c);
		ck_assert_msg(c.state != FORM_KNOWN || !str_eq(c.value, "yes"), "%s",
			      text);
	}
}
END_TEST

START_TEST(row_with_more_than_its_choice_is_not_understood)
{
	AUTO(buf) said = buf_new(4 << 20);
	struct tally t = {.said = said};

	for (size_t v = 0; v < ARRAY_LEN(values); v++)
		for (size_t l = 0; l < ARRAY_LEN(labels); l++)
			for (int close = 0; close < 2; close++) {
				AUTO(arena) a = arena_new(1 << 16);
				const char *row = with(a, values[v], labels[l]);

				t.all++;
				if (!is_free(a, arena_printf(a, "%s\n%s" SAID "\n", row,
							     close ? "" : "\n")))
					continue;
				t.found++;
				buf_printf(t.said, "%s\n", row);
			}
	none_of(&t, "freer than a row with more in it");
}
END_TEST

/* --- tables -------------------------------------------------------------- */

/* The head of the second and third column; which of them says yes: 0 none, 1, 2. */
static const struct {
	const char *head[2];
	size_t yes;
} heads[] = {
	{{"Yes", "No"}, 1},          {{"No", "Yes"}, 2},
	{{"YES", "NO"}, 1},          {{"Y", "N"}, 1},
	{{"Oui", "Non"}, 1},         {{"Ja", "Nein"}, 1},
	{{"Agree", "Disagree"}, 0},  {{"Allow", "Refuse"}, 0},
	{{"Given", "Not given"}, 0}, {{"Before", "Now"}, 0},
	{{"Me", "My wife"}, 0},      {{"Not sure", "No"}, 0},
};
static const char *const ticks[] = {"x",   "X",           "\xE2\x9C\x93", "\xE2\x98\x92",
				    "[x]", "\xE2\x9C\x94"};
static const char *const carriers[] = {
	"<table><tr><td>%1$s</td><td>%2$s</td><td>%3$s</td></tr><tr><td>%4$s</td><td>%5$s</td>"
	"<td>%6$s</td></tr></table><p>" SAID "</p>",
	"<table><tr><th>%1$s</th><th>%2$s</th><th>%3$s</th></tr><tr><td>Individual</td><td></td>"
	"<td></td></tr><tr><td>%4$s</td><td>%5$s</td><td>%6$s</td></tr></table><p>" SAID
	"</p>",
};

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
static const char *table_of(struct arena *a, size_t carrier, const char *const head[2],
			    const char *label, const char *tick, size_t column)
{
	return arena_printf(a, carriers[carrier], "", head[0], head[1], label,
			    column == 1 ? tick : "", column == 2 ? tick : "");
}
#pragma GCC diagnostic pop

static bool html_is_free(struct arena *a, const char *html)
{
	struct form *form = arena_make(a, struct form, 1);
	struct document *d = document_new(a);
	struct form_conclusion c;

	document_from_html(d, html, strlen(html));
	form_read(a, d, form);
	form_conclude(form, FORM_PERMISSION, &c);
	return c.state == FORM_KNOWN && str_eq(c.value, "name");
}

START_TEST(mark_says_what_the_head_of_its_column_makes_of_it)
{
	AUTO(buf) said = buf_new(4 << 20);
	struct tally freer = {.said = said};
	size_t given = 0, known = 0;

	for (size_t h = 0; h < ARRAY_LEN(heads); h++)
		for (size_t l = 0; l < ARRAY_LEN(labels); l++)
			for (size_t t = 0; t < ARRAY_LEN(ticks); t++)
				for (size_t c = 0; c < ARRAY_LEN(carriers) * 2; c++) {
					AUTO(arena) a = arena_new(1 << 14);
					size_t column = 1 + c % 2;
					const char *html =
						table_of(a, c / 2, heads[h].head,
							 labels[l], ticks[t], column);
					bool yes = heads[h].yes == column;
					bool is_free = html_is_free(a, html);

					freer.all++;
					given += yes;
					known += yes && is_free;
					if (yes || !is_free)
						continue;
					freer.found++;
					buf_printf(said, "%s\n", html);
				}
	printf("# heads: of %zu that say yes %zu are known\n", given, known);
	none_of(&freer, "freer than the head of a column");
	ck_assert_uint_ge(known * 4,
			  given * 3); /* the fourth label asks for one of several */
}
END_TEST

/* Without a head, or with one that only asks for a mark, a mark is what it is. */
static const char *const headless[] = {
	"<table><tr><td>Publish response with name</td><td>x</td></tr><tr><td>Do not publish "
	"response</td><td></td></tr></table>",
	"<table><tr><td></td><td>Please tick</td></tr><tr><td>Publish response with name</td>"
	"<td>x</td></tr><tr><td>Do not publish response</td><td></td></tr></table>",
	"<table><tr><td>Publishing</td><td>Tick one box</td></tr><tr><td>Publish response with "
	"name</td><td>\xE2\x9C\x93</td></tr><tr><td>Do not publish response</td><td></td></tr>"
	"</table>",
	"<table><tr><td></td><td>Yes</td><td>No</td></tr><tr><td>Publish response with name</td>"
	"<td>x</td><td></td></tr><tr><td>Publish response only (without name)</td><td></td>"
	"<td>x</td></tr><tr><td>Do not publish response</td><td></td><td>x</td></tr></table>",
};

START_TEST(mark_without_a_head_is_what_it_is)
{
	AUTO(arena) a = arena_new(1 << 14);

	ck_assert_msg(html_is_free(a, headless[_i]), "%s", headless[_i]);
}
END_TEST

START_TEST(what_only_looks_like_it_changes_nothing)
{
	AUTO(buf) said = buf_new(4 << 20);
	struct tally t = {.said = said};

	for (size_t i = 0; i < ARRAY_LEN(plain); i++)
		try_line(&t, plain[i], false);
	none_of(&t, "left to a person without need");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("permission_turned");
	TCase *t = tcase_create("turned");

	tcase_set_timeout(t, 120);
	tcase_add_test(t, forms_give_what_they_give);
	tcase_add_test(t, label_with_a_no_behind_it_denies);
	tcase_add_test(t, limit_with_a_mark_limits);
	tcase_add_test(t, line_that_corrects_another_is_heard);
	tcase_add_test(t, row_with_more_than_its_choice_is_not_understood);
	tcase_add_test(t, line_beside_a_choice_that_nobody_understands_is_for_a_person);
	tcase_add_test(t, line_of_a_form_or_a_letter_beside_a_choice_changes_nothing);
	tcase_add_test(t, mark_says_what_the_head_of_its_column_makes_of_it);
	UNIT_TABLE(t, mark_without_a_head_is_what_it_is, headless);
	UNIT_TABLE(t, wish_to_be_left_alone_is_heard, peace);
	tcase_add_test(t, what_only_looks_like_it_changes_nothing);
	suite_add_tcase(suite, t);
	return unit_main_together(suite);
}
