/*
 * What stands beside a permission is understood as saying nothing of it, or it is in doubt:
 * whatever language it is in, whoever's form is quoted, and where a box that is empty was meant.
 * Who gives a permission in plain words is read.
 */
#include "tests/unit/unit.h"

#include "base/arena.h"
#include "base/str.h"
#include "extract/parsers/document.h"
#include "form/reading/form.h"

#define SAID "Places are safe when the door is open and there is somebody to ask."

/* Whole forms that give all. */
static const char *const forms[] = {
	"Publish response with name: Yes\n\n",
	("[x] Publish response with name\n[ ] Publish response only (without name)\n"
	 "[ ] Do not publish response\n\n"),
	"I am happy for you to publish my response with my name.\n\n",
};

static const char *value_of(const char *text, enum form_field field)
{
	AUTO(arena) a = arena_new(1 << 14);
	struct form *form = arena_make(a, struct form, 1);
	struct form_conclusion c;

	form_read_plain(a, text, form);
	form_conclude(form, field, &c);
	return str_or(c.value, "unknown");
}

/* "Do not publish", "only for you", "keep my name out of it". */
static const char *const foreign[] = {
	"\xC3\x84l\xC3\xA4 julkaise",
	"Nemojte objavljivati",
	"Tafadhali msichapishe",
	"Fadlan ha daabicin",
	"Nie publikowa\xC4\x87, prosz\xC4\x99.",
	"Bitte nicht ver\xC3\xB6"
	"ffentlichen.",
	"Ne pas publier, merci.",
	"No quiero que salga mi nombre.",
	"L\xC5\xABgums nepublic\xC4\x93t",
	"Pra\xC5\xA1"
	"au nevie\xC5\xA1inti",
	"Ei saa avaldada",
	"K\xC3\xA9rem, ne tegy\xC3\xA9k k\xC3\xB6zz\xC3\xA9.",
	"Ik wil niet dat dit naar buiten komt.",
	"Ovo nije za javnost.",
	"Detta \xC3\xA4r bara till er.",
	"Mos e botoni, ju lutem.",
	"Xin \xC4\x91\xE1\xBB\xABng c\xC3\xB4ng b\xE1\xBB\x91",
	"\xD0\x9D\xD0\xB5 \xD0\xBF\xD1\x83\xD0\xB1\xD0\xBB\xD0\xB8\xD0\xBA\xD1\x83\xD0"
	"\xB9\xD1\x82\xD0\xB5",
};

START_TEST(what_nobody_can_read_is_for_a_person)
{
	AUTO(arena) a = arena_new(1 << 14);

	for (size_t f = 0; f < ARRAY_LEN(forms); f++) {
		const char *below =
			arena_printf(a, "%s%s\n\n" SAID "\n", forms[f], foreign[_i]);
		const char *above =
			arena_printf(a, "%s\n\n%s" SAID "\n", foreign[_i], forms[f]);

		ck_assert_msg(!str_eq(value_of(below, FORM_PERMISSION), "name"), "%s",
			      below);
		ck_assert_msg(!str_eq(value_of(above, FORM_PERMISSION), "name"), "%s",
			      above);
	}
}
END_TEST

static const struct {
	const char *text, *want;
} cases[] = {
	/* a box that is empty, and was meant */
	{"[x] Publish response with name\n[ ] Publish response only (without name)\n"
	 ">>> [ ] Do not publish response <<<\n",
	 "unknown"},
	{"[x] Publish response with name\n[ ] Publish response only (without name)\n"
	 "[ ] Do not publish response (my choice)\n",
	 "unknown"},
	{"[x] Publish response with name\n[ ] Publish response only (without name)\n"
	 "[ ] Do not publish response!!!\n",
	 "unknown"},
	/* quoted, in whatever style */
	{"| Publish response with name: Yes\n\nHello\n", "unknown"},
	{"> Publish response with name: Yes\n\nHello\n", "unknown"},
	{"```\nPublish response with name: Yes\n```\nis the template.\n", "unknown"},
	{"On 3 May 2026 Ed wrote:\nPublish response with name: Yes\n", "unknown"},
	{"Am 3. Mai schrieb Ed:\nPublish response with name: Yes\n", "unknown"},
	{"______________\nFrom: Ed\nPublish response with name: Yes\n", "unknown"},
	{"The following is untrue.\nPublish response with name: Yes\n", "unknown"},
	/* a label with its value that is none of the form */
	{"Publish response with name: Yes\nExpiry: 1 Jan 2020\n", "unknown"},
	{"Publish response with name: Yes\nDate of birth: 3 March 2018\n", "unknown"},
	{"Publish response with name: Yes\nName to appear as: Anon\n", "unknown"},
	{"Publish response with name: Yes\nFax: none\nPostcode: EH1 2QX\n", "name"},
	{"Publish response with name: Yes\n\nHave you been to a hearing? No\n", "name"},
	{"Publish response with name: Yes\n\nMrs J. Marsh\n", "name"},
	/* given in plain words */
	{"I have no objection to my response being published with my name.\n", "name"},
	{"We do not mind our response being published with our name.\n", "name"},
	{"I am content for my name and response to be published.\n", "name"},
	{"You can publish my response and my name.\n", "name"},
	{"Publish response with name: Yes, no problem\n", "name"},
	{"Publish response with name: Yes, that's fine\n", "name"},
	{"Publish response with name: I agree\n", "name"},
	{"Publish response: Yes\nPublish name: Yes\n", "name"},
	{"Publish my name? Yes\nPublish my response? Yes\n", "name"},
	{"May we publish your response?\n[x] Yes\n[ ] No\n\nMay we publish your name?\n"
	 "[x] Yes\n[ ] No\n",
	 "name"},
	{"Publish response: Yes\nPublish name: No\n", "without name"},
	{"Publish my name? No\nPublish my response? Yes\n", "without name"},
	/* and what only sounds like it */
	{"Publish name: Yes\n", "unknown"},
	{"Publish my name? Yes\nPublish my response? No\n", "none"},
	{"Publish my name? Yes\nPublish response only (without name): Yes\n",
	 "without name"},
	{"Publish my name? Yes\nPublish my response?\n", "unknown"},
	{"Publish my name? Yes / No\nPublish my response? Yes\n", "without name"},
	{"[ ] Publish my name\n[x] Publish my response\n", "without name"},
	{"I have no objection to my response being published without my name.\n",
	 "without name"},
	{"I never said that I have no objection to my response being published with my "
	 "name.\n",
	 "unknown"},
	{"You can publish my response and my name must be left out.\n", "unknown"},
	{"I am not content for my name and response to be published.\n", "unknown"},
	{"Do you have no objection to my response being published with my name?\n",
	 "unknown"},
};

START_TEST(line_beside_a_permission_is_understood_or_in_doubt)
{
	const char *got = value_of(cases[_i].text, FORM_PERMISSION);

	ck_assert_msg(str_eq(got, cases[_i].want), "%s: %s instead of %s", cases[_i].text,
		      got, cases[_i].want);
}
END_TEST

/* Below the question about contact, what takes something back may take that. */
static const char *const less_contact[] = {
	"After June only.",           "If and only if I win.", "I will be dead by then.",
	"Only through my solicitor.", "Wait until I say so.",  "[ ] NO!!!",
};

START_TEST(what_stands_below_contact_counts_for_it)
{
	AUTO(arena) a = arena_new(1 << 14);
	const char *text =
		arena_printf(a, "May we contact you again?\n[x] Yes\n%s\n\n1. " SAID "\n",
			     less_contact[_i]);

	ck_assert_msg(!str_eq(value_of(text, FORM_CONTACT), "yes"), "%s", text);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("understood");
	TCase *c = tcase_create("beside");

	extract_document_setup();
	tcase_add_loop_test(c, what_nobody_can_read_is_for_a_person, 0,
			    ARRAY_LEN(foreign));
	tcase_add_loop_test(c, line_beside_a_permission_is_understood_or_in_doubt, 0,
			    ARRAY_LEN(cases));
	tcase_add_loop_test(c, what_stands_below_contact_counts_for_it, 0,
			    ARRAY_LEN(less_contact));
	suite_add_tcase(s, c);
	return unit_main_together(s);
}
