/* A reply is parted by the questions that it answers. */
#include "tests/unit/unit.h"

#include "base/str.h"
#include "text/answers.h"
#include "text/word.h"

static const char *const questions[] = {
	"Which words are no longer understood?",
	"Should neglect of feelings be named in the law?",
	"Is there anything else that you want to tell us?"};

static const struct {
	const char *name, *text, *want;
} replies[] = {
	{"nothing", "", ""},
	{"no question named", "I like it all.", "0:I like it all."},
	{"dots", "1. Tinker.\n2. Yes.\n3. No.", "1:Tinker.|2:Yes.|3:No."},
	{"brackets", "1) Tinker.\n\n2) Yes.", "1:Tinker.|2:Yes."},
	{"a letter", "Hello,\n\nQ1 Tinker.\nQ2: Yes.\nRegards",
	 "0:Hello,|1:Tinker.|2:Yes.\nRegards"},
	{"in full", "Question 1: Tinker.\nand cad.\nQuestion 3\nMore.",
	 "1:Tinker.\nand cad.|3:More."},
	{"answer to", "Answer to question 2: yes", "2:yes"},
	{"another order", "Q3: x\nQ1: y", "3:x|1:y"},
	{"a list in an answer", "Q1: these:\n1. tinker\n2. cad\n3. bounder\nQ2: yes",
	 "1:these:\n1. tinker\n2. cad\n3. bounder|2:yes"},
	{"bare numbers go upwards", "2. Yes:\n1. it hurts\n2. it lasts\n3. More.",
	 "2:Yes:\n1. it hurts\n2. it lasts|3:More."},
	{"a number too large", "1. Tinker\n7. what", "1:Tinker\n7. what"},
	{"not a heading", "10 years ago\n2.5 per cent\n1st",
	 "0:10 years ago\n2.5 per cent\n1st"},
	{"an empty answer", "1.\n2. Yes.", "2:Yes."},
	{"the question again", "1. Which words are no longer understood?\nTinker.",
	 "1:Tinker."},
	{"quoted", "> Should neglect of feelings be named in the law?\nYes.", "2:Yes."},
	{"nearly quoted", "Should the neglect of feelings be named in law?\nYes.",
	 "2:Yes."},
	{"wrapped",
	 "> Is there anything else that you\n> want to tell us?\n\nMany thanks.",
	 "3:Many thanks."},
	{"numbered otherwise", "1. Is there anything else that you want to tell us?\nNo.",
	 "3:No."},
	{"only alike", "Which words do you want? I see.",
	 "0:Which words do you want? I see."},
	{"characters", "é\n1. é\n2. 日本", "0:é|1:é|2:日本"},
	{"emphasis", "**Q1.** Tinker", "1:Tinker"},
	{"not a word", "A1c is blood\nq", "0:A1c is blood\nq"},
};

static const char *shown(struct arena *a, const char *text, const struct answer_parts *p)
{
	AUTO(buf) out = buf_new(1 << 16);

	for (size_t i = 0; i < p->count; i++) {
		size_t from = str_utf8_bytes(text, p->items[i].from);
		size_t to = str_utf8_bytes(text, p->items[i].to);

		buf_printf(out, "%s%zu:%.*s", i ? "|" : "", p->items[i].question,
			   (int)(to - from), text + from);
	}
	return arena_strdup(a, buf_text(out));
}

START_TEST(replies_are_parted_by_question)
{
	AUTO(arena) a = arena_new(4096);
	struct answer_parts parts;
	const char *got;

	answers_part(a, replies[_i].text, questions, ARRAY_LEN(questions), &parts);
	got = shown(a, replies[_i].text, &parts);
	ck_assert_msg(str_eq(got, replies[_i].want), "%s: got \"%s\", want \"%s\"",
		      replies[_i].name, got, replies[_i].want);
}
END_TEST

START_TEST(parts_of_any_text_lie_one_behind_the_other)
{
	static const char *const bits[] = {
		"Q1",  "2.",      "\n",         "> ", "which ", "words ", "are ",
		"no ", "longer ", "understood", "?",  "é",      " ",      "x"};
	unsigned char bytes[80];

	for (int round = 0; round < 2000; round++) {
		AUTO(arena) a = arena_new(4096);
		AUTO(buf) text = buf_new(4000);
		struct answer_parts p;
		size_t last = 0;

		secret_random(bytes, sizeof(bytes));
		for (size_t i = 0; i < sizeof(bytes); i++)
			buf_str(text, bits[bytes[i] % ARRAY_LEN(bits)]);
		answers_part(a, buf_text(text), questions, ARRAY_LEN(questions), &p);
		for (size_t i = 0; i < p.count; i++) {
			ck_assert_uint_ge(p.items[i].from, last);
			ck_assert_uint_lt(p.items[i].from, p.items[i].to);
			last = p.items[i].to;
		}
		ck_assert_uint_le(last, str_utf8_count(buf_text(text), text->len));
	}
}
END_TEST

static const struct {
	const char *one, *other;
	bool same;
} texts[] = {
	{"Don\xE2\x80\x99t  STOP, now!", "dont stop now", true},
	{"\xC3\x89T\xC3\x89", "\xC3\xA9t\xC3\xA9", true},
	{"\xD0\x9C\xD0\xB8\xD1\x80", "\xD0\xBC\xD0\xB8\xD1\x80", true},
	{"one two", "two one", false},
	{"onetwo", "one two", false},
	{"a\xE2\x80\x94z", "a z", true},
	{"", " ...", true},
	{"", "x", false},
};

START_TEST(words_are_the_same_whatever_they_wear)
{
	AUTO(arena) a = arena_new(4096);
	struct words one, other;

	words_read(a, texts[_i].one, strlen(texts[_i].one), &one);
	words_read(a, texts[_i].other, strlen(texts[_i].other), &other);
	ck_assert_msg((words_hash(&one) == words_hash(&other)) == texts[_i].same,
		      "%s / %s", texts[_i].one, texts[_i].other);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("response_answers");
	TCase *c = tcase_create("answers");

	UNIT_TABLE(c, replies_are_parted_by_question, replies);
	UNIT_TABLE(c, words_are_the_same_whatever_they_wear, texts);
	tcase_add_test(c, parts_of_any_text_lie_one_behind_the_other);
	suite_add_tcase(suite, c);
	return unit_main(suite);
}
