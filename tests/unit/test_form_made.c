/*
 * Forms made from parts, as whole mails: what is read is never freer than what was chosen.
 *
 * MADE_FORMS mails a run, from a seed that is printed; MERCAT_SEED=N repeats one. A field in
 * which nothing was chosen, or two, must come out as not known.
 */
#include "tests/unit/form_made.h"
#include "tests/unit/unit.h"

#include "base/str.h"
#include "extract/parsers/document.h"
#include "form/reading/form.h"
#include "mail/read/read.h"

#include <inttypes.h>

#ifdef MERCAT_SANITIZED /* what is read is the same as without; a tenth shows how */
enum { MADE_FORMS = 2000 };
#else
enum { MADE_FORMS = 20000 };
#endif
enum { SHARE_EXACT = 97, FREE_SHOWN = 20 };

/* What was read, for the reports. */
static struct buf *seen;

struct tally {
	size_t freer, gained, fields, exact, by_layout[MADE_LAYOUTS][2],
		by_style[MADE_STYLES][2], by_carrier[MADE_CARRIERS][2],
		by_language[MADE_LANGUAGES][2], shown;
};

static size_t shown_most(void)
{
	const char *given = getenv("MERCAT_SHOW");

	return given ? strtoul(given, NULL, 10) : FREE_SHOWN;
}

static void show(struct tally *t, const struct made *m, enum form_field field,
		 const char *got)
{
	if (t->shown++ < shown_most())
		printf("# layout %u style %u carrier %d language %u: %s: got %s, chosen "
		       "%d\n%s\n",
		       m->layout, m->style, (int)m->carrier, m->language,
		       form_field_names[field], str_or(got, "unknown"), m->chosen[field],
		       buf_text(seen));
}

static void judge(struct tally *t, const struct made *m, const struct form *form)
{
	for (int f = 0; f < FORM_FIELDS; f++) {
		struct form_conclusion c;
		const char *want = form_value_name((enum form_field)f, m->chosen[f]);
		bool exact, freer = false;
		int got = FORM_NOTHING;

		form_conclude(form, (enum form_field)f, &c);
		exact = str_eq(c.value, want);
		for (int v = 0; v <= form_top((enum form_field)f); v++)
			if (str_eq(c.value, form_value_name((enum form_field)f, v)))
				got = v;
		if (f != FORM_TYPE)
			freer = got > (m->chosen[f] > 0 ? m->chosen[f] : 0);
		t->freer += f == FORM_PERMISSION && freer;
		t->gained += f == FORM_CONTACT && freer;
		t->fields++;
		t->exact += exact;
		t->by_layout[m->layout][exact]++;
		t->by_style[m->style][exact]++;
		t->by_carrier[m->carrier][exact]++;
		t->by_language[m->language][exact]++;
		if (freer || (!exact && getenv("MERCAT_SHOW")))
			show(t, m, (enum form_field)f, c.value);
	}
}

static void choose(struct made *m)
{
	for (int f = 0; f < FORM_FIELDS; f++) {
		unsigned roll = made_roll(m, 10);

		m->chosen[f] =
			roll == 0 ? MADE_NOTHING
			: roll == 1
				? MADE_TWO
				: (int)made_roll(
					  m, (unsigned)form_top((enum form_field)f) + 1);
	}
}

static void print_shares(const char *what, const size_t (*by)[2], size_t count)
{
	printf("# exact by %s:", what);
	for (size_t i = 0; i < count; i++)
		printf(" %.1f",
		       by[i][0] + by[i][1]
			       ? 100.0 * (double)by[i][1] / (double)(by[i][0] + by[i][1])
			       : 100.0);
	printf("\n");
}

START_TEST(no_form_is_read_as_freer_than_it_is)
{
	struct tally *t = calloc(1, sizeof(*t));
	uint64_t from = unit_seed();
	const char *fewer = getenv("MERCAT_FORMS");
	unsigned count =
		fewer ? (unsigned)strtoul(fewer, NULL, 10) : (unsigned)MADE_FORMS;

	seen = buf_new(1 << 20);

	mail_read_setup();
	extract_document_setup();
	for (unsigned i = 0; i < count; i++) {
		AUTO(arena) a = arena_new(1 << 18);
		AUTO(buf) raw = buf_new(1 << 20);
		struct made *m = arena_make(a, struct made, 1);
		struct form *form = arena_make(a, struct form, 1);

		m->random = from + i * 0x9E3779B97F4A7C15ULL;
		m->arena = a;
		(void)made_roll(m, 2);
		m->layout = i % MADE_LAYOUTS;
		m->carrier = (enum made_carrier)(i / MADE_LAYOUTS % MADE_CARRIERS);
		m->style = made_roll(m, MADE_STYLES);
		m->language = made_roll(m, 2) ? 0 : made_roll(m, MADE_LANGUAGES);
		choose(m);
		made_form(m);
		made_mail(m, raw);
		buf_reset(seen);
		made_read(a, raw, form, seen);
		judge(t, m, form);
	}
	printf("# seed %" PRIu64 ": %u forms, %zu fields, %.2f %% exact, %zu freer, %zu "
	       "contact gained\n",
	       from, count, t->fields, 100.0 * (double)t->exact / (double)t->fields,
	       t->freer, t->gained);
	print_shares("layout", t->by_layout, MADE_LAYOUTS);
	print_shares("style", t->by_style, MADE_STYLES);
	print_shares("carrier", t->by_carrier, MADE_CARRIERS);
	print_shares("language", t->by_language, MADE_LANGUAGES);
	(void)fflush(stdout); /* what fails below ends this process */
	ck_assert_uint_eq(t->freer, 0);
	ck_assert_uint_eq(t->gained, 0);
	ck_assert_uint_ge(t->exact * 100, t->fields * SHARE_EXACT);
	free(t);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("form_made");
	TCase *c = tcase_create("made");

	tcase_set_timeout(c, 600);
	tcase_add_test(c, no_form_is_read_as_freer_than_it_is);
	suite_add_tcase(s, c);
	return unit_main_together(s);
}
