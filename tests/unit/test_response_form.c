/* The respondent information form: whatever is not clearly said stays unknown. */
#include "tests/unit/unit.h"

#include "base/str.h"
#include "text/form.h"

static const struct {
	const char *text, *type, *permission, *contact;
} forms[] = {
	/* boxes before */
	{"[x] Individual\n[ ] Organisation\n", "individual", NULL, NULL},
	{"[ ] Individual\n[X] Organisation\n", "organisation", NULL, NULL},
	{"(x) Individual  ( ) Organisation", "individual", NULL, NULL},
	{"☐ Individual ☒ Organisation", "organisation", NULL, NULL},
	{"☑ Publish response with name\n☐ Publish response only (without name)\n"
	 "☐ Do not publish response\n",
	 NULL, "name", NULL},
	{"☐ Publish response with name\n☒ Publish response only (without name)\n"
	 "☐ Do not publish response\n",
	 NULL, "without name", NULL},
	{"[ ] Publish response with name\n[ ] Publish response only (without name)\n"
	 "[✓] Do not publish response\n",
	 NULL, "none", NULL},
	{"x Individual\n  Organisation\n", "individual", NULL, NULL},
	{"\xEF\x83\xBE Individual\n\xEF\x82\xA8 Organisation\n", "individual", NULL,
	 NULL},
	{"þ Publish response with name\n¨ Do not publish response\n", NULL, "name", NULL},
	/* boxes behind */
	{"Individual [x]\nOrganisation [ ]\n", "individual", NULL, NULL},
	{"Individual ☐ Organisation ☒", "organisation", NULL, NULL},
	{"Individual x\n", "individual", NULL, NULL},
	{"Individual\t☐\nOrganisation\t☒\n", "organisation", NULL, NULL},
	{"| Publish response with name | |\n| Do not publish response | X |\n", NULL,
	 "none", NULL},
	/* a table that became lines */
	{"Individual\n☐\nOrganisation\n☒\n", "organisation", NULL, NULL},
	{"☐\nIndividual\n☒\nOrganisation\n", "organisation", NULL, NULL},
	/* label: value */
	{"Are you responding as an individual or an organisation? Individual\n",
	 "individual", NULL, NULL},
	{"Responding as: an organisation\n", "organisation", NULL, NULL},
	{"Publishing preference: publish response with name\n", NULL, "name", NULL},
	{"Publication: without name\n", NULL, "without name", NULL},
	{"Publish response with name: Yes\n", NULL, "name", NULL},
	{"Publish response with name: No\n", NULL, NULL, NULL},
	{"May we publish your response? No\n", NULL, "none", NULL},
	{"May we publish your response? Yes\n", NULL, "without name", NULL},
	/* contact again */
	{"Are you content to be contacted again in relation to this consultation?\n"
	 "☒ Yes\n☐ No\n",
	 NULL, NULL, "yes"},
	{"Are you content to be contacted again? Yes [ ] No [x]\n", NULL, NULL, "no"},
	{"Are you content for us to contact you again in future? Yes/No\n", NULL, NULL,
	 NULL},
	{"Happy to be contacted again: yes\n", NULL, NULL, "yes"},
	{"You may contact me again.\n", NULL, NULL, "yes"},
	{"Please do not contact me again.\n", NULL, NULL, "no"},
	/* sentences that say this and nothing else */
	{"I am answering as an individual. You may publish this with my name.\n",
	 "individual", "name", NULL},
	{"I do not want my response to be published.\n", NULL, "none", NULL},
	{"Ned Ould. Please publish without my name.\n", NULL, "without name", NULL},
	{"Please publish my response anonymously.\n", NULL, "without name", NULL},
	{"Publish my response but do not publish my name.\n", NULL, "without name", NULL},
	/* unknown */
	{"", NULL, NULL, NULL},
	{"[ ] Individual\n[ ] Organisation\n", NULL, NULL, NULL},
	{"[x] Individual\n[x] Organisation\n", NULL, NULL, NULL},
	{"☒ Publish response with name\n☒ Do not publish response\n", NULL, NULL, NULL},
	{"☒ Publish response with name\n\nPlease publish without my name.\n", NULL, NULL,
	 NULL},
	{"Publish response with name\nPublish response only (without name)\n"
	 "Do not publish response\n",
	 NULL, NULL, NULL},
	{"Individual / Organisation\n", NULL, NULL, NULL},
	{"☐ Individual\nOrganisation\n", NULL, NULL, NULL},
	/* opinions are no permissions */
	{"Councils should publish the name of every inspector with their reports.\n",
	 NULL, NULL, NULL},
	{"You may publish this with my name if the minister agrees.\n", NULL, NULL, NULL},
	{"My organisation disagrees.\n", NULL, NULL, NULL},
	{"Each individual case is different.\n", NULL, NULL, NULL},
	{"Do not publish league tables of schools.\n", NULL, NULL, NULL},
	{"Note: the option 'Publish response only (without name)' is available for individual "
	 "respondents only. If this option is selected, the organisation name will still be "
	 "published.\n",
	 NULL, NULL, NULL},
	{"Should a court contact the family again?\n", NULL, NULL, NULL},
	{"The family should be contacted again by the school.\n", NULL, NULL, NULL},
	{"(a) Individual needs\n[1] Organisation of care\n", NULL, NULL, NULL},
};

static void same(int i, const struct form *got, enum form_field field, const char *want)
{
	ck_assert_msg(str_eq(got->of[field].value, want), "%s: %s: got %s, want %s",
		      forms[i].text, form_field_names[field],
		      str_or(got->of[field].value, "unknown"), str_or(want, "unknown"));
	ck_assert(!want || got->of[field].line > 0);
}

START_TEST(form_says_what_was_chosen_and_no_more)
{
	AUTO(arena) a = arena_new(4096);
	struct form got;

	form_read(a, forms[_i].text, &got);
	same(_i, &got, FORM_TYPE, forms[_i].type);
	same(_i, &got, FORM_PERMISSION, forms[_i].permission);
	same(_i, &got, FORM_CONTACT, forms[_i].contact);
}
END_TEST

static const struct {
	const char *text, *name, *organisation;
	size_t line;
} names[] = {
	{"Name: Jean Roy\n", "Jean Roy", NULL, 1},
	{"\nFull name\tJean Roy\n", "Jean Roy", NULL, 2},
	{"Full name or organisation’s name\n\nRowan Trust\n", "Rowan Trust", NULL, 3},
	{"Name:\n\nJean Roy\n", "Jean Roy", NULL, 3},
	{"Name: ______\nEmail: x@example.test\n", NULL, NULL, 0},
	{"Name:\nOrganisation:\n", NULL, NULL, 0},
	{"Your name | Jean Roy |\n", "Jean Roy", NULL, 1},
	{"Organisation name: Rowan Trust\nName: Jean Roy\n", "Jean Roy", "Rowan Trust",
	 2},
	{"Name of organisation: Rowan Trust\n", NULL, "Rowan Trust", 0},
	{"The name of the game: patience\n", NULL, NULL, 0},
	{"They call it by another name\nJean Roy\n", NULL, NULL, 0},
};

START_TEST(form_finds_names_behind_their_labels)
{
	AUTO(arena) a = arena_new(4096);
	struct form got;

	form_read(a, names[_i].text, &got);
	ck_assert_msg(str_eq(got.of[FORM_NAME].value, names[_i].name), "%s: got %s",
		      names[_i].text, str_or(got.of[FORM_NAME].value, "none"));
	ck_assert_msg(str_eq(got.of[FORM_ORGANISATION].value, names[_i].organisation),
		      "%s: got %s", names[_i].text,
		      str_or(got.of[FORM_ORGANISATION].value, "none"));
	ck_assert_uint_eq(got.of[FORM_NAME].line, names[_i].line);
}
END_TEST

START_TEST(form_tells_why_it_does_not_know)
{
	AUTO(arena) a = arena_new(4096);
	struct form got;

	form_read(a, "x\n[x] Publish response with name\n[x] Do not publish response\n",
		  &got);
	ck_assert_ptr_null(got.of[FORM_PERMISSION].value);
	ck_assert(str_starts(got.of[FORM_PERMISSION].note, "contradictory"));
	ck_assert_uint_eq(got.of[FORM_PERMISSION].line, 2);
}
END_TEST

START_TEST(form_reads_any_bytes)
{
	char bytes[512];

	for (int round = 0; round < 2000; round++) {
		AUTO(arena) a = arena_new(4096);
		static const char *const bits[] = {
			"[",  "x", "]", "☒",  "publish ", "name",
			"\n", ":", " ", "\t", "Yes",      "individual",
			"(",  ")", "?", "þ",  "\xE2"};
		AUTO(buf) text = buf_new(4000);
		struct form got;

		secret_random(bytes, 60);
		for (int i = 0; i < 60; i++)
			buf_str(text, bits[(unsigned char)bytes[i] % ARRAY_LEN(bits)]);
		form_read(a, buf_text(text), &got);
		for (int f = FORM_TYPE; f < FORM_FIELDS; f++)
			ck_assert(!got.of[f].value || got.of[f].line);
	}
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("response_form");
	TCase *c = tcase_create("form");

	UNIT_TABLE(c, form_says_what_was_chosen_and_no_more, forms);
	UNIT_TABLE(c, form_finds_names_behind_their_labels, names);
	tcase_add_test(c, form_tells_why_it_does_not_know);
	tcase_add_test(c, form_reads_any_bytes);
	suite_add_tcase(suite, c);
	return unit_main(suite);
}
