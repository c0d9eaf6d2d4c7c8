/* The respondent information form: whatever is not clearly said stays unknown. */
#include "tests/unit/unit.h"

#include "base/str.h"
#include "form/reading/form.h"

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
	/* another list below who responds */
	{"Are you responding as an individual or an organisation?\n☒ Individual\n"
	 "☐ Organisation\nName: Ned Ould\nQuestion 1\nShould the path be lit?\n☐ Yes\n☒ No\n"
	 "☐ Don't know\n",
	 "individual", NULL, NULL},
	{"☐ Individual\n☒ Organisation\nName: Reed Society\nHow did you hear of this?\n"
	 "☐ Newspaper\n☒ Friends\n",
	 "organisation", NULL, NULL},
	{"☒ Individual\n☐ Organisation\n☒ both of these\n", NULL, NULL, NULL},
	{"Name: __Ned Ould__\nOrganisation: __Reed Society__\n"
	 "Individual or organisation (please state): Organisation\n",
	 "organisation", NULL, NULL},
	{"Individual: _X_\nOrganisation: ___\n", "individual", NULL, NULL},
	{"☐ Individual\n☒ Organisation\nName\tNed Ould\nOrganisation\tReed Society\n",
	 "organisation", NULL, NULL},
	{"☒ Individual\n☐ Organisation\nName\tNed Ould\nOrganisation\tyes\n", NULL, NULL,
	 NULL},
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
	/* a label that was wrapped among marks */
	{"Veröffentlichung\nAntwort mit Namen veröffentlichen ✘    Antwort ohne Namen\n"
	 "veröffentlichen ✔    Antwort nicht veröffentlichen ✘\n",
	 NULL, NULL, NULL}, /* not known, and never freer */
	{"Publication\nPublish response with name ✘    Publish response without\n"
	 "name ✔    Do not publish response ✘\n",
	 NULL, "without name", NULL},
	{"Publication\n✘ Publish response with name    ✔ Publish response without\n"
	 "name    ✘ Do not publish response\n",
	 NULL, "without name", NULL},
};

static void same(int i, const struct form *got, enum form_field field, const char *want)
{
	struct form_conclusion c;

	form_conclude(got, field, &c);
	ck_assert_msg(str_eq(c.value, want), "%s: %s: got %s, want %s", forms[i].text,
		      form_field_names[field], str_or(c.value, "unknown"),
		      str_or(want, "unknown"));
	ck_assert(!want || c.first->line > 0);
}

START_TEST(form_says_what_was_chosen_and_no_more)
{
	AUTO(arena) a = arena_new(4096);
	struct form got;

	form_read_plain(a, forms[_i].text, &got);
	same(_i, &got, FORM_TYPE, forms[_i].type);
	same(_i, &got, FORM_PERMISSION, forms[_i].permission);
	same(_i, &got, FORM_CONTACT, forms[_i].contact);
}
END_TEST

/* For each way to mark, what looks nearly like it and says nothing for certain. */
static const char *const look_alikes[] = {
	"Publishing preference\n[ ] Publish response with name\n[ ] Do not publish response\n",
	"Publishing preference\n[-] Publish response with name\n[ ] Do not publish response\n",
	"Publishing preference\n[?] Publish response with name\n[ ] Do not publish response\n",
	"Publishing preference\n[x] Publish response with name\n[x] Publish response only\n",
	"Publishing preference\n(x) Publish response with name (x) Do not publish response (x)\n",
	"Publishing preference\n___ Publish response with name\n___ Do not publish response\n",
	"Publishing preference\n==> Publish response with name\n==> Do not publish response\n",
	"Publishing preference\nPublish response with name\n==>\nDo not publish response\n",
	"Publishing preference\nPublish response with name\nX\nDo not publish response\n",
	"Publish response with name: yes\nDo not publish response: yes\n",
	"Publish response with name:\nDo not publish response:\n",
	"Publish response with name: no\n",
	"With name / without name / not at all (leave one):\n",
	"To be published: with name / without name / not at all (leave one):\n",
	"Publishing preference: with name, or perhaps not\n",
	"Publishing preference\nPublish response with name\nLeave out my particulars\n"
	"Withhold everything\n",
	"Publishing preference\nWithhold everything\nPublish response with name\n",
	"Publishing preference: with name / leave out my particulars\n",
	"Your choice: ~~publish with name~~ / publish without name / do not publish\n",
	"Your choice: *publish with name* / *publish without name* / do not publish\n",
	"1. Publish response with name\n2. Do not publish response\n",
	"* Publish response with name\n* Do not publish response\n",
	"☒ Publish response with name ☒ Do not publish response\n",
	"✓ Publish response with name\n✓ Do not publish response\n",
	"Publish response with name | |\nDo not publish response | |\n",
	"Publish response with name | -\nDo not publish response | -\n",
	"With name | Without name | Not at all\nX | X |\n",
	"I am happy for my reply to be published with my name:\n",
	"I am happy for my reply to be published with my name: ?\n",
	"I agree / do not agree to my name being published\n",
	"May we publish your response with your name?\n\nQuestion 1\n\nYes. It saves money.\n",
	"> Publishing preference\n> [x] Publish response with name\n> [ ] Do not publish\n",
	"You may publish this with my name if my employer agrees.\n",
	"You may publish this with my name\nonce I have moved house.\n",
	"I would be unhappy if you were to\npublish my response with my name.\n",
	"I want to see the inspectors' reports published with names.\n",
	/* wrapped in the middle of a list in one line */
	"[ ] I am content to be published with my name    [ ] I\nam content to be "
	"published without my name    [x] I do\nnot wish to be published\n",
	"You may contact me in the future:\n",
	"You may contact me in the future\nunless I say otherwise.\n",
	"Happy to be contacted again (yes or no):\n\nQuestion 1\n\nYes. It saves quarrels.\n",
	"Are you content to be contacted again? Yes / No\n",
	"Are you content to be contacted again? [ ] Yes [ ] No\n",
	"Are you content to be contacted again? [x] Yes [x] No\n",
	"Yes [x] No\n",
	"The minister should not be contacted again about this.\n",
};

START_TEST(what_is_not_clear_is_not_known)
{
	AUTO(arena) a = arena_new(4096);
	struct form got;
	struct form_conclusion c;

	form_read_plain(a, look_alikes[_i], &got);
	form_conclude(&got, FORM_PERMISSION, &c);
	ck_assert_msg(!c.value && str_eq(c.in_force, "none"), "%s: permission is %s",
		      look_alikes[_i], str_or(c.value, "?"));
	form_conclude(&got, FORM_CONTACT, &c);
	ck_assert_msg(!c.value, "%s: contact is %s", look_alikes[_i], c.value);
}
END_TEST

/* Sentences of somebody's own. */
static const struct {
	const char *text, *permission, *contact, *type;
} sentences[] = {
	{"Feel free to quote me by name.", "name", NULL, NULL},
	{"Happy for this to go on your site, minus my name.", "without name", NULL, NULL},
	{"For your eyes only, please.", "none", NULL, NULL},
	{"None of this is for publication.", "none", NULL, NULL},
	{"I would not like to see this on your website.", "none", NULL, NULL},
	{"Strictly between us.", "none", NULL, NULL},
	{"You may print all but my name.", "without name", NULL, NULL},
	{"Do not publish this, not even without my name.", "none", NULL, NULL},
	{"Do print it if it is of use, but leave my name off it.", "without name", NULL,
	 NULL},
	{"Kindly keep what I say off your website and out of any report.", "none", NULL,
	 NULL},
	{"My words must stay unpublished.", "none", NULL, NULL},
	{"What I say here may stand in your report in full, but not beside my name.",
	 "without name", NULL, NULL},
	{"Could you take my answer off the pile of those that go on the website?", "none",
	 NULL, NULL},
	{"As a nurse I would rather have it published without my name.", "without name",
	 NULL, NULL},
	{"I speak here as an individual, and you may publish my reply without my name.",
	 "without name", NULL, "individual"},
	{"Happy to be quoted as a GP in Leith.", NULL, NULL, NULL},
	{"You may publish this with my name as soon as the trial is over.", NULL, NULL,
	 NULL},
	{"Please spare yourself another letter to me.", NULL, "no", NULL},
	{"Please do not write to me again.", NULL, "no", NULL},
	{"I am happy to hear from you again.", NULL, "yes", NULL},
	{"You may contact me again if you have any questions.", NULL, "yes", NULL},
	{"I write as a private person.", NULL, NULL, "individual"},
	{"I speak only for myself.", NULL, NULL, "individual"},
	{"I write on behalf of the committee.", NULL, NULL, "organisation"},
	{"The views are those of our board.", NULL, NULL, "organisation"},
	{"Ministers should publish their reports.", NULL, NULL, NULL},
	{"We will publish your response with your name.", NULL, NULL, NULL},
};

START_TEST(sentences_say_what_they_say)
{
	AUTO(arena) a = arena_new(4096);
	const char *const want[] = {[FORM_TYPE] = sentences[_i].type,
				    [FORM_PERMISSION] = sentences[_i].permission,
				    [FORM_CONTACT] = sentences[_i].contact};
	struct form got;

	form_read_plain(a, sentences[_i].text, &got);
	for (int f = 0; f < FORM_FIELDS; f++) {
		struct form_conclusion c;

		form_conclude(&got, (enum form_field)f, &c);
		ck_assert_msg(str_eq(c.value, want[f]), "%s: %s: got %s, want %s",
			      sentences[_i].text, form_field_names[f],
			      str_or(c.value, "unknown"), str_or(want[f], "unknown"));
	}
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

	form_read_plain(a, names[_i].text, &got);
	ck_assert_msg(str_eq(got.name, names[_i].name), "%s: got %s", names[_i].text,
		      str_or(got.name, "none"));
	ck_assert_msg(str_eq(got.organisation, names[_i].organisation), "%s: got %s",
		      names[_i].text, str_or(got.organisation, "none"));
	ck_assert_uint_eq(got.name_line, names[_i].line);
}
END_TEST

START_TEST(form_keeps_both_readings_side_by_side)
{
	AUTO(arena) a = arena_new(4096);
	struct form got;
	struct form_conclusion c;

	form_read_plain(
		a, "Form\n[x] Publish response with name\n[x] Do not publish response\n",
		&got);
	form_conclude(&got, FORM_PERMISSION, &c);
	ck_assert_int_eq(c.state, FORM_CONTRADICTED);
	ck_assert_ptr_null(c.value);
	ck_assert_str_eq(c.in_force, "none");
	ck_assert_uint_eq(c.first->line, 2);
	ck_assert_str_eq(form_reading_value(c.first), "name");
	ck_assert_str_eq(form_reading_value(c.against), "none");
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
		form_read_plain(a, buf_text(text), &got);
		for (int f = FORM_TYPE; f < FORM_FIELDS; f++) {
			struct form_conclusion c;

			form_conclude(&got, (enum form_field)f, &c);
			ck_assert(!c.value || c.first->line);
		}
	}
}
END_TEST

/* Tags in any order: words outside of cells, rows outside of tables, tables in tables. */
START_TEST(form_reads_tables_of_any_shape)
{
	static const char *const bits[] = {
		"<table>",        "</table>",
		"<tr>",           "</tr>",
		"<td>",           "</td>",
		"<th>",           "<p>",
		"<br>",           "<caption>",
		"<tbody>",        "<hr>",
		"words",          "Name: ",
		"<td colspan=9>", "<li>",
		"</p>",           "[x] ",
		"Publish",        "<input type=checkbox checked>",
		"<thead>",        "<td rowspan=3>"};
	unsigned char bytes[50];

	for (int round = 0; round < 5000; round++) {
		AUTO(arena) a = arena_new(4096);
		AUTO(buf) html = buf_new(4000);
		AUTO(buf) packed = buf_new(100000);
		struct document *doc = document_new(a), *again;
		struct form got;

		secret_random((char *)bytes, sizeof(bytes));
		for (size_t i = 0; i < sizeof(bytes); i++)
			buf_str(html, bits[bytes[i] % ARRAY_LEN(bits)]);
		document_from_html(doc, buf_text(html), html->len);
		form_read(a, doc, &got);
		document_pack(doc, packed);
		ck_assert_msg(document_unpack(a, packed->bytes, packed->len, &again),
			      "%s", buf_text(html));
		form_read(a, again, &got);
	}
}
END_TEST

#define TICKED                                                                       \
	"[x] Publish response with name\n[ ] Publish response only (without name)\n" \
	"[ ] Do not publish response\n\n"

/* What stands beside a permission, before it or behind it, and what is then known. */
static const struct {
	const char *text, *want;
} beside[] = {
	{TICKED "Sorry, that is the wrong box.\n", NULL},
	{TICKED "I ticked that in error.\n", NULL},
	{TICKED "I withdraw my consent.\n", NULL},
	{TICKED "On second thoughts I would rather it stayed with you.\n", NULL},
	{TICKED "We made a mistake above.\n", NULL},
	{TICKED "Please ignore the tick.\n", NULL},
	{TICKED "Strictly confidential.\n", NULL},
	{TICKED "Please keep all of this confidential.\n", NULL},
	{TICKED "Nobody must find out that I wrote.\n", NULL},
	{TICKED "I do not want anyone to know that I took part.\n", NULL},
	{TICKED "We would be in danger if this came out.\n", NULL},
	{TICKED "Anonymous please.\n", NULL},
	{TICKED "Please do not publish anything I wrote.\n", NULL},
	{"PLEASE DO NOT PUBLISH\n\n" TICKED, NULL},
	{"Private and confidential\n\n" TICKED, NULL},
	{"You may publish this with my name. Please don't.\n", NULL},
	{"You may publish this with my name.\n\nPS Please don't.\n", NULL},
	{"You may publish this with my name. NOT!\n", NULL},
	{"You may publish this with my name. I take that back.\n", NULL},
	{"You may publish this with my name. Only joking.\n", NULL},
	{"You may publish this with my name. Is what they told me to write.\n", NULL},
	{"You may publish this with my name. He must never learn that I wrote.\n", NULL},
	{"You may publish this with my name. That was last year. Not now.\n", NULL},
	{"All of the above is confidential and must not be published. You may publish "
	 "this with my name.\n",
	 NULL},
	{"My brother wrote to you:\n\"You may publish this with my name.\"\n", NULL},
	{"\"You may publish this with my name.\"\n", NULL},
	{"My brother says: you may publish this with my name.\n", NULL},
	{"Ina (8) says please publish my response with my name.\n", NULL},
	/* what people write of other things leaves it as it is */
	{TICKED "1. No.\n2. I do not agree.\n3. Not really.\n", "name"},
	{TICKED "Reports to a helpline must stay confidential, and nobody should be told "
		"who rang.\n",
	 "name"},
	{TICKED "Nobody knows how many children are waiting.\n", "name"},
	{TICKED "Councils should not publish the names of children.\n", "name"},
	{TICKED "The council told us that it was a mistake to close the centre.\n",
	 "name"},
	{TICKED "If it does not change, families will find out too late.\n", "name"},
	{"You may publish this with my name. Thank you for asking.\n", "name"},
	{"You may publish this with my name. There is no need to reply.\n", "name"},
	{"As I said on the phone, you may publish this with my name.\n", "name"},
	{"You may publish this with my name.\n\nKind regards\nAnna Reed\n", "name"},
};

START_TEST(what_stands_beside_a_permission_counts)
{
	AUTO(arena) a = arena_new(4096);
	struct form got;
	struct form_conclusion c;

	form_read_plain(a, beside[_i].text, &got);
	form_conclude(&got, FORM_PERMISSION, &c);
	ck_assert_msg(str_eq(c.value, beside[_i].want), "%s: got %s", beside[_i].text,
		      str_or(c.value, "not known"));
}
END_TEST

/* What somebody takes back far behind what they gave; how a text grows between. */
static const struct {
	const char *given, *taken;
	enum form_field field;
	const char *most; /* what may be known at the end */
} far_apart[] = {
	{"You may publish my response with my name", ", but do not publish my name",
	 FORM_PERMISSION, "without name"},
	{"You may publish my response with my name", ", but only if my lawyer agrees",
	 FORM_PERMISSION, NULL},
	{"You may publish my response with my name",
	 ". Please do not publish my response", FORM_PERMISSION, "none"},
	{"You may publish my response", "; on no account may you publish my response",
	 FORM_PERMISSION, "none"},
	{"You may contact me again", ", but do not contact me again", FORM_CONTACT, "no"},
	{"You may contact me again", ". Please do not contact me again", FORM_CONTACT,
	 "no"}};

static void is_no_freer_than(const char *text, bool html, size_t i)
{
	AUTO(arena) a = arena_new(4096);
	struct document *doc = document_new(a);
	struct form got;
	struct form_conclusion c;

	if (html)
		document_from_html(doc, text, strlen(text));
	else
		document_from_plain(doc, text);
	form_read(a, doc, &got);
	for (size_t r = 0; r < got.count; r++)
		ck_assert(str_utf8_valid(got.readings[r].words,
					 strlen(got.readings[r].words)));
	form_conclude(&got, far_apart[i].field, &c);
	ck_assert_msg(!c.value ||
			      (far_apart[i].most && str_eq(c.value, far_apart[i].most)),
		      "%s is known of: %s", c.value, text);
}

START_TEST(nothing_is_freer_for_being_long)
{
	/* The last two end a sentence: a condition behind them is none of what was given. */
	static const char *const fills[] = {
		" and the children", ", as I said,", " so",
		" – näher –",        "; it is so",   "\tor so",
		" | or so",          ". It rained",  "\n\nIt rained"};
	static const char *const frames[][2] = {
		{"", ".\n"},
		{"<p>", ".</p>"},
		{"<table><tr><td>", ".</td><td>x</td></tr></table>"},
		{"<ul><li>", ".</li></ul>"}};

	for (size_t i = 0; i < ARRAY_LEN(far_apart); i++)
		for (size_t f = 0; f < ARRAY_LEN(fills) - (far_apart[i].most ? 0 : 2);
		     f++)
			for (size_t frame = 0; frame < ARRAY_LEN(frames); frame++)
				for (size_t n = 0; n < 400; n += n < 40 ? 1 : 30) {
					AUTO(buf) text = buf_new(100000);

					buf_str(text, frames[frame][0]);
					buf_str(text, far_apart[i].given);
					for (size_t times = 0; times < n; times++)
						buf_str(text, fills[f]);
					buf_str(text, far_apart[i].taken);
					buf_str(text, frames[frame][1]);
					is_no_freer_than(buf_text(text), frame > 0, i);
				}
}
END_TEST

/* A mark that stands behind many others, or behind many words, is not lost. */
START_TEST(no_mark_is_lost_behind_others)
{
	static const char *const fills[] = {"   ",      " | ",    "\t",      "[ ] ",
					    "[ ] Red ", "or so ", "A / B / "};
	static const char *const ends[] = {"☒ Do not publish response\n",
					   "\n☒ Do not publish response\n",
					   "Do not publish response ☒\n"};

	for (size_t f = 0; f < ARRAY_LEN(fills); f++)
		for (size_t e = 0; e < ARRAY_LEN(ends); e++)
			for (size_t n = 0; n < 900; n += n < 60 ? 1 : 50) {
				AUTO(arena) a = arena_new(4096);
				AUTO(buf) text = buf_new(100000);
				struct form got;
				struct form_conclusion c;

				buf_str(text, "☒ Publish response with name ");
				for (size_t times = 0; times < n; times++)
					buf_str(text, fills[f]);
				buf_str(text, ends[e]);
				form_read_plain(a, buf_text(text), &got);
				form_conclude(&got, FORM_PERMISSION, &c);
				ck_assert_msg(!c.value || str_eq(c.value, "none"),
					      "%s is known of: %s", c.value,
					      buf_text(text));
			}
}
END_TEST

/* Where a line is parted within a sentence, what comes behind may turn it: marks or words. */
START_TEST(a_sentence_that_is_parted_gives_nothing)
{
	static const char *const begins[] = {"", "   "};
	static const char *const behind[] = {"☒ ", "x ", ""};

	for (size_t b = 0; b < ARRAY_LEN(begins); b++)
		for (size_t e = 0; e < ARRAY_LEN(behind); e++)
			for (size_t n = 1900; n < 2100; n++) {
				AUTO(arena) a = arena_new(4096);
				AUTO(buf) text = buf_new(10000);
				struct form got;
				struct form_conclusion c;

				buf_printf(
					text,
					"%sYou may publish my response with my name, my "
					"%0*d %sonly when the case is closed.\n",
					begins[b], (int)n, 0, behind[e]);
				form_read_plain(a, buf_text(text), &got);
				form_conclude(&got, FORM_PERMISSION, &c);
				ck_assert_msg(!c.value, "%zu: %s is known", n, c.value);
			}
}
END_TEST

/* What takes back all is heard behind many doubts of one kind. */
START_TEST(one_doubt_takes_no_other_place)
{
	AUTO(arena) a = arena_new(4096);
	AUTO(buf) text = buf_new(10000);
	struct form got;
	struct form_conclusion c;

	buf_str(text, TICKED "You may contact me again.\n\n");
	for (int i = 0; i < 20; i++)
		buf_str(text, "Strictly confidential.\n\n");
	form_read_plain(a, buf_text(text), &got);
	form_conclude(&got, FORM_CONTACT, &c);
	ck_assert_str_eq(c.value, "yes");
	buf_str(text, "I withdraw my consent.\n");
	form_read_plain(a, buf_text(text), &got);
	for (int f = FORM_PERMISSION; f < FORM_FIELDS; f++) {
		form_conclude(&got, (enum form_field)f, &c);
		ck_assert_msg(!c.value, "%s: %s", form_field_names[f], c.value);
	}
}
END_TEST

/* A long paragraph hides nothing that its writer says plainly. */
START_TEST(what_stands_late_in_a_paragraph_is_read)
{
	for (size_t n = 0; n < 300; n += 7) {
		AUTO(arena) a = arena_new(4096);
		AUTO(buf) text = buf_new(100000);
		struct form got;
		struct form_conclusion c;

		for (size_t times = 0; times < n; times++)
			buf_str(text, "Größe is not all that the children need. ");
		buf_str(text, "You may publish my response with my name.\n");
		form_read_plain(a, buf_text(text), &got);
		form_conclude(&got, FORM_PERMISSION, &c);
		ck_assert_msg(c.value && str_eq(c.value, "name"), "%zu: %s", n,
			      str_or(c.value, "not known"));
	}
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("response_form");
	TCase *c = tcase_create("form");

	UNIT_TABLE(c, form_says_what_was_chosen_and_no_more, forms);
	UNIT_TABLE(c, what_is_not_clear_is_not_known, look_alikes);
	UNIT_TABLE(c, sentences_say_what_they_say, sentences);
	UNIT_TABLE(c, form_finds_names_behind_their_labels, names);
	tcase_add_test(c, form_keeps_both_readings_side_by_side);
	UNIT_TABLE(c, what_stands_beside_a_permission_counts, beside);
	tcase_add_test(c, nothing_is_freer_for_being_long);
	tcase_add_test(c, no_mark_is_lost_behind_others);
	tcase_add_test(c, a_sentence_that_is_parted_gives_nothing);
	tcase_add_test(c, one_doubt_takes_no_other_place);
	tcase_add_test(c, what_stands_late_in_a_paragraph_is_read);
	tcase_add_test(c, form_reads_any_bytes);
	tcase_add_test(c, form_reads_tables_of_any_shape);
	suite_add_tcase(suite, c);
	return unit_main_together(suite);
}
