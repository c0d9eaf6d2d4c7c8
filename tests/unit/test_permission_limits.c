/*
 * A few words of their own that leave less than a choice does ("NOT FOR PUBLICATION") are no
 * choice that was left open, however the form is written and wherever they stand: each limit, in
 * each place of each form, is heard. What says no less changes nothing there.
 */
#include "tests/unit/unit.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "extract/parsers/document.h"
#include "form/reading/form.h"

#define SAID "Places are safe when the door is open and there is somebody to ask."
#define ONE "1. What makes a place safe for you?\n"
#define TWO "2. Which rules help, and which are in the way?\n"

/* Whole forms that give all. */
static const char *const forms[] = {
	"Publish response with name: Yes\n",
	"Publish response with name? Yes\n",
	"Publish response with name\tYes\n",
	"Publish response with name (please tick): X\n",
	"Publish my response with my name: yes please\n",
	"Publish response with name: Yes\nPublish response only (without name): No\n"
	"Do not publish response: No\n",
	"Publish response with name: Yes\n\nPublish response only (without name):\n\n"
	"Do not publish response:\n",
	"Publishing permission: Publish response with name\n",
	"Permission to publish: with name\n",
	"[x] Publish response with name\n[ ] Do not publish response\n",
	"X Publish response with name\n  Publish response only (without name)\n"
	"  Do not publish response\n",
	"Do you want your response published? Yes, with my name\n",
	"I am happy for you to publish my response with my name.\n",
};

static const char *const limits[] = {
	"Do not publish",
	"Please do not publish",
	"Not for publication",
	"NOT FOR PUBLICATION",
	"CONFIDENTIAL - NOT FOR PUBLICATION",
	"Confidential",
	"CONFIDENTIAL",
	"CONFIDENTIAL RESPONSE",
	"*** CONFIDENTIAL ***",
	"Private and confidential",
	"STRICTLY PRIVATE & CONFIDENTIAL",
	"In confidence",
	"PRIVATE",
	"Marking: Confidential",
	"Classification: private",
	"Status: not for publication",
	"I do not consent to publication of my response",
	"I do not want my response published",
	"Please withhold my details",
	"Please keep my name out of it",
	"Consent to publish withdrawn",
	"Permission withdrawn",
	"Consent not given",
	"Publication: no",
	"Handling: do not publish",
	"Don't publish",
	"Not to be published",
	"NOT TO BE PUBLISHED OR QUOTED",
	"Confidential - do not publish my name",
	"Anonymous please",
	"Name withheld",
	"Without my name",
	"Publish response only (without name)",
	"No publication",
	"Internal use only",
	"For your eyes only",
	"Off the record",
};

static const char *const plain[] = {
	"Individual",
	"Organisation",
	"Kind regards",
	"Places",
	"Thank you",
	"My views on safe places",
	"PLACES THAT ARE OPEN",
	"The Confidential Inquiry into Farm Accidents",
	"Happy to help",
	"Publish response with name",
	"Age: 42",
	"Attached: one picture",
	"Response 1 of 1",
};

/* %1$s the form, %2$s the words. */
static const char *const places[] = {
	"%2$s\n\n%1$s\n" SAID "\n",
	"%2$s\n\n" SAID "\n\n%1$s",
	"%1$s\n" SAID "\n\n%2$s\n",
	"%1$s\n" SAID "\n\n%2$s\n\nIndividual\n",
	"%1$s\n" SAID "\n\n%2$s\n\nKind regards\nJo Marsh\n",
	SAID "\n\n%2$s\n\n%1$s",
	SAID "\n\n%1$s\n%2$s\n",
	SAID "\n\n%1$s\n\nKind regards\nJo Marsh\n%2$s\n",
	ONE "A door.\n" TWO "%2$s\n\n%1$s",
	ONE "%2$s\n" TWO "A bell.\n\n%1$s",
	ONE "A door.\n\n" TWO "A bell.\n%2$s\n\n%1$s",
	"%1$s\n" ONE "A door.\n" TWO "%2$s\n",
	"Dear team\n\n%2$s\n\n" SAID "\n\n%1$s",
	SAID "\n" SAID "\n%2$s\n" SAID "\n\n%1$s",
};

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
static const char *mail_of(struct arena *a, size_t form, const char *words, size_t place)
{
	return arena_printf(a, places[place], forms[form], words);
}
#pragma GCC diagnostic pop

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

/* How often is what was given still in force, by form and by place? */
static size_t count(const char *const *words, size_t n, bool wrong, struct buf *said)
{
	size_t found = 0;

	for (size_t f = 0; f < ARRAY_LEN(forms); f++)
		for (size_t p = 0; p < ARRAY_LEN(places); p++)
			for (size_t w = 0; w < n; w++) {
				AUTO(arena) a = arena_new(1 << 16);
				const char *text = mail_of(a, f, words[w], p);

				if (is_free(a, text) != wrong)
					continue;
				found++;
				buf_printf(said, "form %zu, place %zu: %s\n", f, p,
					   words[w]);
			}
	return found;
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

START_TEST(a_limit_is_heard_in_any_form)
{
	AUTO(buf) said = buf_new(4 << 20);
	size_t freer = count(limits, ARRAY_LEN(limits), true, said);

	ck_assert_msg(!freer, "%zu freer:\n%.3000s", freer, buf_text(said));
}
END_TEST

START_TEST(what_is_none_changes_nothing)
{
	AUTO(buf) said = buf_new(4 << 20);
	size_t kept = count(plain, ARRAY_LEN(plain), false, said);
	size_t all = ARRAY_LEN(plain) * ARRAY_LEN(forms) * ARRAY_LEN(places);

	printf("# limits: %zu of %zu that are none are left to a person\n", kept, all);
	ck_assert_msg(!kept, "%zu of %zu:\n%.3000s", kept, all, buf_text(said));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("permission_limits");
	TCase *t = tcase_create("limits");

	tcase_set_timeout(t, 120);
	tcase_add_test(t, forms_give_what_they_give);
	tcase_add_test(t, a_limit_is_heard_in_any_form);
	tcase_add_test(t, what_is_none_changes_nothing);
	suite_add_tcase(suite, t);
	return unit_main_together(suite);
}
