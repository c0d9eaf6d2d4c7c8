#include "tests/unit/unit.h"
#include "tests/unit/consent_words.h"
#include "tests/unit/consent_around.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "consent/consent.h"
#include "consent/stay.h"

#include <stdio.h>

/* Of so many sentences so many were taken for what they are. */
struct figures {
	size_t right, all;
};

typedef bool sentence_test(const char *text);

static struct mail_message writes(const char *text)
{
	return (struct mail_message){.from = {"Jan", NULL},
				     .subject = "Re:",
				     .text = text,
				     .text_new = text,
				     .seen = {.what = MAIL_SEEN_WORDS}};
}

static bool consents_by(const char *text)
{
	struct mail_message m = writes(text);

	return classify_answer_of(&m, NULL) == CLASSIFY_SAYS_YES;
}

static bool confirms_nothing(const char *text)
{
	struct mail_message m = writes(text);
	enum classify_answer said = classify_answer_of(&m, NULL);

	return said != CLASSIFY_SAYS_YES && said != CLASSIFY_SAYS_NOTHING;
}

static bool wants_to_stay(const char *text)
{
	struct mail_message m = writes(text);

	return classify_wants_to_stay(&m);
}

static bool leaves(const char *text)
{
	return !wants_to_stay(text);
}

static bool is_for_a_person(const char *text)
{
	struct mail_message m = writes(text);

	return classify_answer_of(&m, NULL) == CLASSIFY_SAYS_MORE;
}

static bool refuses(const char *text)
{
	struct mail_message m = writes(text);

	return classify_answer_of(&m, NULL) == CLASSIFY_SAYS_NO;
}

static bool leaves_plainly(const char *text)
{
	struct mail_message m = writes(text);

	return classify_leaves_plainly(&m);
}

static bool says_more_than_leaving(const char *text)
{
	return !leaves_plainly(text);
}

static size_t choices(const char *const *column)
{
	size_t n = 0;

	while (n < CHOICES && column[n])
		n++;
	return n;
}

/* Every sentence of the table; those that are taken for something else are said. */
static struct figures every(const struct sentences *s, sentence_test *is_right)
{
	AUTO(arena) arena = arena_new(1 << 16);
	struct figures f = {0};
	size_t all = 1;

	for (size_t i = 0; i < PARTS; i++)
		all *= choices(s->parts[i]);
	ck_assert_uint_gt(all, 0);
	for (size_t n = 0; n < all; n++) {
		const char *text = "";
		size_t left = n;

		for (size_t i = 0; i < PARTS; i++) {
			size_t many = choices(s->parts[i]);

			text = arena_printf(arena, "%s%s", text,
					    s->parts[i][left % many]);
			left /= many;
		}
		f.all++;
		if (is_right(text))
			f.right++;
		else
			printf("# %s: \"%s\"\n", s->name, text);
	}
	return f;
}

static struct figures each(const char *const *texts, size_t count,
			   sentence_test *is_right)
{
	struct figures f = {.all = count};

	for (size_t i = 0; i < count; i++)
		if (is_right(texts[i]))
			f.right++;
		else if (getenv("MERCAT_TELL_HELD"))
			printf("# held: \"%s\"\n", texts[i]);
	return f;
}

#define SENTENCES(NAME, TABLE, TEST)                                            \
	START_TEST(NAME)                                                        \
	{                                                                       \
		struct figures f = every(&(TABLE)[_i], TEST);                   \
                                                                                \
		printf("# %s: %zu of %zu\n", (TABLE)[_i].name, f.right, f.all); \
		ck_assert_uint_eq(f.right, f.all);                              \
	}                                                                       \
	END_TEST

#define HELD(NAME, TABLE, TEST)                                         \
	START_TEST(NAME)                                                \
	{                                                               \
		struct figures f = each(TABLE, ARRAY_LEN(TABLE), TEST); \
                                                                        \
		printf("# " #TABLE ": %zu of %zu\n", f.right, f.all);   \
		ck_assert_uint_eq(f.right, f.all);                      \
	}                                                               \
	END_TEST

/* Whoever forgets to look at the whole mail gets no consent out of it, and no refusal. */
START_TEST(nothing_is_judged_that_nobody_has_looked_at)
{
	static const char *const texts[] = {"", "Yes", "No"};
	static const char *limits[] = {"size"};

	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		struct mail_message m = writes(texts[i]);

		ck_assert_int_ne(classify_answer_of(&m, NULL), CLASSIFY_SAYS_MORE);
		m.seen.what = MAIL_SEEN_UNKNOWN;
		ck_assert_int_eq(classify_answer_of(&m, NULL), CLASSIFY_SAYS_MORE);
		m.seen.what = MAIL_SEEN_MORE;
		ck_assert_int_eq(classify_answer_of(&m, NULL), CLASSIFY_SAYS_MORE);
		m.seen.what = MAIL_SEEN_WORDS;
		m.limits_hit = (struct mail_strings){limits, 1};
		ck_assert_int_eq(classify_answer_of(&m, NULL), CLASSIFY_SAYS_MORE);
	}
}
END_TEST

/* Whoever has more to say than anybody reads for a yes is read by a person, and by nobody else:
 * the store waits meanwhile. */
START_TEST(answer_of_endless_length_is_left_to_a_person)
{
	static const char *const heads[] = {"Yes\n\n-- \n", "No\n\n-- \n", "", "> "};
	AUTO(buf) text = buf_new(8 << 20);

	for (size_t i = 0; i < ARRAY_LEN(heads); i++) {
		struct mail_message m, shown = writes("Yes");

		text->len = 0;
		buf_str(text, heads[i]);
		while (text->len < 3 << 20)
			buf_str(text, "Ada Brown\n");
		m = writes(buf_text(text));
		ck_assert_int_eq(classify_answer_of(&m, NULL), CLASSIFY_SAYS_MORE);
		ck_assert(!classify_leaves_plainly(&m));
		shown.seen.words = buf_text(text);
		ck_assert_int_eq(classify_answer_of(&shown, NULL), CLASSIFY_SAYS_MORE);
		ck_assert(!classify_leaves_plainly(&shown));
	}
}
END_TEST

/* Their name may stand below, behind thanks, or whole; not as if it was somebody else's. */
START_TEST(name_of_the_writer_signs_and_is_not_spoken_to)
{
	static const struct {
		const char *text;
		enum classify_answer answer;
	} signs[] = {
		{"Yes\nJan", CLASSIFY_SAYS_YES},
		{"Sure\n\nJan", CLASSIFY_SAYS_YES},
		{"Yes, thanks, Jan", CLASSIFY_SAYS_YES},
		{"Yes Jan Person", CLASSIFY_SAYS_YES},
		{"YES, JAN PERSON", CLASSIFY_SAYS_YES},
		{"Yes\n\nKind regards\nJan", CLASSIFY_SAYS_YES},
		{"Sure, Jan", CLASSIFY_SAYS_MORE},
		{"Sure Jan.", CLASSIFY_SAYS_MORE},
		{"Yes, Jan!", CLASSIFY_SAYS_MORE},
		{"Jan, yes", CLASSIFY_SAYS_MORE},
	};

	for (size_t i = 0; i < ARRAY_LEN(signs); i++) {
		struct mail_message m = writes(signs[i].text);

		m.from = (struct mail_address){"Jan Person", "jan@home.example"};
		ck_assert_msg(classify_answer_of(&m, NULL) == signs[i].answer, "%s",
			      signs[i].text);
	}
}
END_TEST

/* What it is that they say yes to is called by its own title, or it is something else. */
START_TEST(title_of_the_list_is_named_whole)
{
	static const struct classify_question asked = {
		"Please confirm: Child Protection Update", NULL, NULL,
		"The Team\nChild Protection Update\nchildren@lists.example.org"};
	static const struct {
		const char *text;
		enum classify_answer answer;
	} named[] = {
		{"I would like to subscribe to Child Protection Update",
		 CLASSIFY_SAYS_YES},
		{"Yes, I want to join the Child Protection Update. Thanks!",
		 CLASSIFY_SAYS_YES},
		{"I confirm my subscription to the list.", CLASSIFY_SAYS_YES},
		{"I would like to receive child protection update please",
		 CLASSIFY_SAYS_YES},
		{"I would like to subscribe to Child Protection", CLASSIFY_SAYS_MORE},
		{"I would like to subscribe to Adult Protection Update",
		 CLASSIFY_SAYS_MORE},
		{"I would like to subscribe to Child Protection Update?",
		 CLASSIFY_SAYS_MORE},
		{"I would like to subscribe to Child Protection Update later",
		 CLASSIFY_SAYS_MORE},
		{"Yes\n\nChild Protection Update", CLASSIFY_SAYS_MORE},
		{"Yes Child Protection Update", CLASSIFY_SAYS_MORE},
		{"Child Protection Update", CLASSIFY_SAYS_MORE},
		{"To Child Protection Update: yes", CLASSIFY_SAYS_MORE},
	};

	for (size_t i = 0; i < ARRAY_LEN(named); i++) {
		struct mail_message m = writes(named[i].text);

		ck_assert_msg(classify_answer_of(&m, &asked) == named[i].answer, "%s",
			      named[i].text);
	}
}
END_TEST

/* Where another address says that it sent it, nobody knows who did; a refusal stands. */
START_TEST(who_sends_for_another_is_for_a_person)
{
	static const char *const texts[] = {"", "Yes"};
	struct mail_address other = {NULL, "bob@other.example"},
			    same = {"Pat", "PAT@home.example"};

	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		struct mail_message m = writes(texts[i]);

		m.from = (struct mail_address){"Pat Person", "pat@home.example"};
		m.beside = (struct mail_addresses){&same, 1};
		ck_assert_int_ne(classify_answer_of(&m, NULL), CLASSIFY_SAYS_MORE);
		m.beside = (struct mail_addresses){&other, 1};
		ck_assert_int_eq(classify_answer_of(&m, NULL), CLASSIFY_SAYS_MORE);
		m.text = m.text_new = "No";
		ck_assert_int_eq(classify_answer_of(&m, NULL), CLASSIFY_SAYS_NO);
	}
}
END_TEST

/* Silence is a person's: what a program sent back without a word is none. */
START_TEST(silence_of_a_program_is_none)
{
	struct mail_message m = writes("");

	ck_assert_int_eq(classify_answer_of(&m, NULL), CLASSIFY_SAYS_NOTHING);
	m.machine = "X-Loop";
	ck_assert_int_eq(classify_answer_of(&m, NULL), CLASSIFY_SAYS_MORE);
	m.text = m.text_new = "Yes";
	ck_assert_int_eq(classify_answer_of(&m, NULL), CLASSIFY_SAYS_YES);
}
END_TEST

static const char letter[] =
	"Please confirm\n\nOn Monday 2 March 2026 we were asked to send Child protection "
	"updates to pat@home.example.\n\nIf that was you, answer this mail. You need not "
	"write anything, only send it.\n\nIf it was not you, do nothing. We will not write "
	"again.\n";

static const char *quoted_letter(struct arena *arena)
{
	AUTO(buf) out = buf_new(4096);

	for (const char *at = letter; *at; at += strcspn(at, "\n") + 1)
		buf_printf(out, "> %.*s\n", (int)strcspn(at, "\n"), at);
	return arena_strdup(arena, buf_text(out));
}

static const char *set_in(struct arena *arena, const char *place, const char *said)
{
	AUTO(buf) out = buf_new(8192);

	for (; *place; place++)
		if (str_starts(place, "{}")) {
			buf_str(out, said);
			place++;
		} else if (*place == '\x01') {
			buf_str(out, quoted_letter(arena));
		} else {
			buf_char(out, *place);
		}
	return arena_strdup(arena, buf_text(out));
}

/* A refusal, however it is put, wherever it stands, under a yes as under nothing. */
START_TEST(no_refusal_confirms_wherever_it_stands)
{
	static const struct classify_question asked = {
		"Please confirm: Child protection updates", letter, NULL,
		"Children\nchildren@lists.example.org"};
	static const char *const tops[] = {"", "Yes\n\n", "I confirm. Thanks\n\n"};
	size_t said = 0;

	for (size_t n = 0; n < ARRAY_LEN(manners) * ARRAY_LEN(places) * 2 * 3; n++) {
		AUTO(arena) arena = arena_new(1 << 14);
		const char *no =
			arena_printf(arena, "%s%s", manners[n % 4], refusals[_i]);
		const char *top = tops[n / 4 % 3];
		const char *text = arena_printf(
			arena, "%s%s", top,
			set_in(arena, places[n / 12 % ARRAY_LEN(places)], no));
		bool in_html = n / 12 / ARRAY_LEN(places);
		struct mail_message m = writes(in_html ? top : text);
		enum classify_answer answer;

		m.subject = "Re: Please confirm: Child protection updates";
		m.from = (struct mail_address){"Pat Person", "pat@home.example"};
		m.seen.words = in_html ? text : NULL;
		answer = classify_answer_of(&m, &asked);
		ck_assert_msg(answer == CLASSIFY_SAYS_MORE || answer == CLASSIFY_SAYS_NO,
			      "%d%s:\n%s", answer, in_html ? " in HTML" : "", text);
		ck_assert_msg(!*top || answer == CLASSIFY_SAYS_MORE, "refused:\n%s",
			      text);
		said++;
	}
	ck_assert_uint_eq(said, ARRAY_LEN(manners) * ARRAY_LEN(places) * 2 * 3);
}
END_TEST

SENTENCES(a_plain_yes_confirms, consents, consents_by)
SENTENCES(nothing_but_a_plain_yes_confirms, no_consents, confirms_nothing)
SENTENCES(who_complains_of_being_kept_leaves, leaving, leaves)
SENTENCES(who_says_that_they_stay_is_heard, staying, wants_to_stay)
SENTENCES(yes_and_no_together_are_for_a_person, mixed, is_for_a_person)
SENTENCES(a_plain_no_refuses, plain_noes, refuses)
SENTENCES(plain_words_of_leaving_say_no_more, plain_leaving, leaves_plainly)
SENTENCES(other_words_beside_leaving_are_seen, more_than_leaving, says_more_than_leaving)
HELD(a_plain_yes_in_other_words_confirms, consents_held, consents_by)
HELD(no_other_words_confirm, no_consents_held, confirms_nothing)
HELD(who_complains_in_other_words_leaves, leaving_held, leaves)
HELD(who_stays_in_other_words_is_heard, staying_held, wants_to_stay)

int main(void)
{
	Suite *suite = suite_create("consent");
	TCase *t = tcase_create("consent");

	tcase_add_test(t, nothing_is_judged_that_nobody_has_looked_at);
	tcase_add_test(t, answer_of_endless_length_is_left_to_a_person);
	tcase_add_test(t, name_of_the_writer_signs_and_is_not_spoken_to);
	tcase_add_test(t, title_of_the_list_is_named_whole);
	tcase_add_test(t, who_sends_for_another_is_for_a_person);
	tcase_add_test(t, silence_of_a_program_is_none);
	UNIT_TABLE(t, no_refusal_confirms_wherever_it_stands, refusals);
	UNIT_TABLE(t, yes_and_no_together_are_for_a_person, mixed);
	UNIT_TABLE(t, a_plain_no_refuses, plain_noes);
	UNIT_TABLE(t, plain_words_of_leaving_say_no_more, plain_leaving);
	UNIT_TABLE(t, other_words_beside_leaving_are_seen, more_than_leaving);
	UNIT_TABLE(t, a_plain_yes_confirms, consents);
	UNIT_TABLE(t, nothing_but_a_plain_yes_confirms, no_consents);
	UNIT_TABLE(t, who_complains_of_being_kept_leaves, leaving);
	UNIT_TABLE(t, who_says_that_they_stay_is_heard, staying);
	tcase_add_test(t, a_plain_yes_in_other_words_confirms);
	tcase_add_test(t, no_other_words_confirm);
	tcase_add_test(t, who_complains_in_other_words_leaves);
	tcase_add_test(t, who_stays_in_other_words_is_heard);
	suite_add_tcase(suite, t);
	return unit_main_together(suite);
}
