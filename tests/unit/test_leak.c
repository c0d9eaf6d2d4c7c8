/* Names, addresses and passages found in a text, however they are written there. */
#include "leak/contacts.h"
#include "leak/name_words.h"
#include "leak/passages.h"
#include "tests/unit/unit.h"

#include "base/buf.h"

static struct leak_names *names;
static struct buf said;
static const char *of_text;

static void begin(void)
{
	static const char *const people[] = {"Zoë Olive O'Neil", "QUARRY, Olive (Mrs)",
					     "Kim", "José Smith-Jones", "Robert Young"};

	names = leak_names_new();
	for (size_t i = 0; i < ARRAY_LEN(people); i++)
		leak_names_person(names, people[i], (int64_t)i + 1);
	leak_names_add(names, LEAK_EMAIL, "olive.quarry@example.org", 2);
	leak_names_add(names, LEAK_TELEPHONE, "0131 496 0123", 2);
	leak_names_add(names, LEAK_POSTCODE, "EH6 6QQ", 2);
	leak_names_add(names, LEAK_ADDRESS, "12 Elm Row", 2);
	leak_names_add(names, LEAK_ORGANISATION, "The Fenside Trust", 9);
	leak_names_seal(names);
	buf_init(&said, 1 << 16);
}

static void end(void)
{
	leak_names_free(&names);
	buf_clear(&said);
}

static const struct leak_letters *reading;

/* "name Olive Quarry|" */
static void say(void *with, const struct leak_hit *hit)
{
	static const char *const kinds[LEAK_KINDS] = {
		"name",      "part",     "organisation", "email",
		"telephone", "postcode", "address",      "passage"};

	(void)with;
	buf_printf(&said, "%s ", kinds[hit->kind]);
	buf_add(&said, of_text + reading->at[hit->from],
		reading->ends[hit->to - 1] - reading->at[hit->from]);
	buf_char(&said, '|');
}

static const char *found(const char *text)
{
	buf_reset(&said);
	of_text = text;
	for (enum leak_side side = 0; side < LEAK_SIDES; side++) {
		struct leak_letters l = {0};

		leak_letters_read(&l, text, strlen(text), side);
		reading = &l;
		leak_names_find(names, &l, say, NULL);
		leak_letters_clear(&l);
	}
	return buf_text(&said);
}

static const struct {
	const char *text, *want;
} texts[] = {
	{"Nothing of anybody.", ""},
	{"Olive Quarry said so.", "name Olive Quarry|"},
	{"as olive quarry said", "name olive quarry|"},
	{"OLIVE\nQUARRY", "name OLIVE\nQUARRY|"},
	{"Quarry, Olive", "name Quarry, Olive|"},
	{"Mrs Quarry said so", "name Mrs Quarry|"},
	{"O. Quarry said so", "name O. Quarry|"},
	{"Olive M. B. Quarry said so", "name Olive M. B. Quarry|"},
	{"Quarry said so", "part Quarry|"},
	{"a quarry of stones", ""},
	{"Quarryman Oliver", ""},
	{"Ol&shy;ive Qu\302\255arry", "name Ol&shy;ive Qu\302\255arry|"},
	{"Oli-\n  ve Quar-\nry", "name Oli-\n  ve Quar-\nry|"},
	{"O l i v e  Q u a r r y", "name O l i v e  Q u a r r y|"},
	{"Ol<b>ive</b> <i>Qua</i>rry", "name Ol<b>ive</b> <i>Qua</i>rry|"},
	{"<td>Olive</td><td>Quarry</td>", "name Olive</td><td>Quarry|"},
	{"<w:t>Oli</w:t></w:r><w:r><w:t>ve Quarry</w:t>",
	 "name Oli</w:t></w:r><w:r><w:t>ve Quarry|"},
	{"<img alt=\"Olive Quarry\">", "name Olive Quarry|"},
	{"<!-- Olive Quarry -->", "name Olive Quarry|"},
	{"&#79;live Quarr&#x79;", "name &#79;live Quarr&#x79;|"},
	{"letter-of-olive-quarry.png", "name olive-quarry|"},
	{"OliveQuarry2.pdf", "name OliveQuarry|"},
	{"Olive%20Quarry", "name Olive%20Quarry|"},
	{"\"Olive Quarr\\u0079\"", "name Olive Quarr\\u0079|"},
	{"Zoe ONeil", "name Zoe ONeil|"},
	{"ZO\xC3\x8B O\342\200\231NEIL", "name ZO\xC3\x8B O\342\200\231NEIL|"},
	{"Zoe\xCC\x88 O'Neil", "name Zoe\xCC\x88 O'Neil|"},
	{"Zo\xEB O'Neil", "name Zo\xEB O'Neil|"},
	{"zo&euml; o&#39;neil", "name zo&euml; o&#39;neil|"},
	{"Jose Smith Jones", "name Jose Smith Jones|"},
	{"kim", "name kim|"},
	{"Kimberley", ""},
	{"<olive.quarry@example.org>", "email olive.quarry@example.org|"},
	{"olive.quarry [at] example [dot] org",
	 "email olive.quarry [at] example [dot] org|"},
	{"mailto:olive.quarry%40example.org", "email olive.quarry%40example.org|"},
	{"Olive.Quarry&#64;example&period;org",
	 "email Olive.Quarry&#64;example&period;org|"},
	{"+44 (0)131 4960123", "telephone 44 (0)131 4960123|"},
	{"0131-496-0123", "telephone 0131-496-0123|"},
	{"tel 1314960123.", "telephone 1314960123|"},
	{"90131 4960123", ""},
	{"at eh66qq", "postcode eh66qq|"},
	{"12, ELM ROW,", "address 12, ELM ROW|"},
	{"112 Elm Row", ""},
	{"of The Fenside Trust's", "organisation The Fenside Trust|"},
	{"\xE6\x9D\x8E", ""},
};

START_TEST(identities_are_found_however_they_are_written)
{
	const char *got = found(texts[_i].text);

	ck_assert_msg(strcmp(got, texts[_i].want) == 0, "%s: got \"%s\", want \"%s\"",
		      texts[_i].text, got, texts[_i].want);
}
END_TEST

START_TEST(a_surname_that_others_write_small_is_a_word)
{
	struct leak_letters l = {0};

	ck_assert_str_eq(found("Young people"), "part Young|");
	leak_letters_read(&l, "the young and young ones, young too", 35, LEAK_SEEN);
	leak_names_hear(names, &l);
	leak_letters_clear(&l);
	ck_assert_str_eq(found("Young people, Quarry"), "part Quarry|");
	ck_assert_str_eq(found("R. Young, Mr Young"), "name R. Young|name Mr Young|");
}
END_TEST

static const char *passages(const char *watched, const char *closed, const char *open)
{
	AUTO(leak_passages) p = leak_passages_new();
	struct leak_letters l = {0}, other = {0};

	buf_reset(&said);
	of_text = watched;
	leak_letters_read(&l, watched, strlen(watched), LEAK_SEEN);
	leak_passages_watch(p, &l);
	leak_letters_read(&other, closed, strlen(closed), LEAK_SEEN);
	leak_passages_hear(p, &other, LEAK_HEARD_CLOSED, 1);
	leak_letters_read(&other, open, strlen(open), LEAK_SEEN);
	leak_passages_hear(p, &other, LEAK_HEARD_OPEN, 2);
	reading = &l;
	leak_passages_find(p, &l, say, NULL);
	leak_letters_clear(&l);
	leak_letters_clear(&other);
	return buf_text(&said);
}

START_TEST(eight_words_in_a_row_are_found)
{
	static const char closed[] =
		"My son was hurt there in the dark, and nobody came to help us.";

	ck_assert_str_eq(
		passages("He says: \"my <b>son</b> was hurt there, in the dark\".",
			 closed, ""),
		"passage my <b>son</b> was hurt there, in the dark|");
	ck_assert_str_eq(passages("So my son was hurt there in the", closed, ""), "");
	ck_assert_str_eq(
		passages("My son was hurt there in the dark, and nobody came. Never.",
			 closed, ""),
		"passage My son was hurt there in the dark, and nobody came|");
	ck_assert_str_eq(passages("my son was hurt there in the dark", closed,
				  "Yes: my son was hurt there in the dark."),
			 "");
}
END_TEST

static void say_contact(void *with, const struct leak_contact *c)
{
	(void)with;
	buf_printf(&said, "%d %s|", (int)c->kind, c->text);
}

START_TEST(contacts_are_found)
{
	buf_reset(&said);
	leak_contacts(
		"Name: Olive\nAddress: 12 Elm Row\nLeith\nEH6 6QQ\n\nTel: 0131 496 0123\n"
		"Write to o.quarry@example.org, or 3 Mill Brae. I am 12 years old.",
		say_contact, NULL);
	ck_assert_str_eq(
		buf_text(&said),
		"3 o.quarry@example.org|4 0131 496 0123|5 EH6 6QQ|6 12 Elm Row|"
		"6 3 Mill Brae|6 EH6 6QQ|6 12 Elm Row|6 12 Elm Row\nLeith\nEH6 6QQ|"
		"4 0131 496 0123|");
}
END_TEST

/* Whatever bytes come, nothing is read beyond them, and a hostile text costs no more. */
START_TEST(any_bytes_are_a_text)
{
	enum { MANY = 300000 };
	static const char *const rows[] = {"<",   "<!--",    "&",        "&#",  "%4",
					   "\\u", "<a b=\"", "\xE2\x80", "-\n", "a-"};
	struct leak_letters l = {0};
	int64_t begun = unit_own_us();

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		size_t len = strlen(rows[i]), all = MANY / len * len;
		char *text = malloc(all);

		for (size_t at = 0; at < all; at += len)
			memcpy(text + at, rows[i], len);
		for (enum leak_side side = 0; side < LEAK_SIDES; side++) {
			leak_letters_read(&l, text, all, side);
			leak_names_find(names, &l, say, NULL);
		}
		free(text);
	}
	leak_letters_clear(&l);
	ck_assert_msg(unit_own_us() - begun < 60000000, "it took %lld us",
		      (long long)(unit_own_us() - begun));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("leak");
	TCase *t = tcase_create("found");

	tcase_add_checked_fixture(t, begin, end);
	UNIT_TABLE(t, identities_are_found_however_they_are_written, texts);
	tcase_add_test(t, a_surname_that_others_write_small_is_a_word);
	tcase_add_test(t, eight_words_in_a_row_are_found);
	tcase_add_test(t, contacts_are_found);
	tcase_add_test(t, any_bytes_are_a_text);
	suite_add_tcase(suite, t);
	return unit_main(suite);
}
