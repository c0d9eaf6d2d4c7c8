/* A reply is parted by the questions that it answers. */
#include "tests/unit/unit.h"

#include "base/str.h"
#include "text/answer/answers.h"
#include "text/words/word.h"

static const char *const yes_no[] = {"Yes", "No", "Don't know"};
static const char *const kinds[] = {"By post", "By telephone", "In a meeting"};

static const struct answer_question questions[] = {
	{"Which words are no longer understood?", {0}},
	{"Should neglect of feelings be named in the law? Please give your reasons.",
	 {yes_no, ARRAY_LEN(yes_no), false}},
	{"How should families be told of a decision?", {kinds, ARRAY_LEN(kinds), true}},
	{"Is there anything else that you want to tell us?", {0}}};

/* want: parts as "question:words", then choices as "question=options". */
static const struct {
	const char *name, *text, *want;
} replies[] = {
	{"nothing", "", ""},
	{"no question named", "I like it all.", "0:I like it all."},
	{"dots", "1. Tinker.\n2. It hurts.\n4. No.", "1:Tinker.|2:It hurts.|4:No."},
	{"brackets", "1) Tinker.\n\n4) Yes.", "1:Tinker.|4:Yes."},
	{"a notification", "Hello,\n\nQ1 Tinker.\nQ4: Yes.\nRegards", "1:Tinker.|4:Yes."},
	{"in full", "Question 1: Tinker.\nand cad.\nQuestion 4\nMore.",
	 "1:Tinker.\nand cad.|4:More."},
	{"answer to", "Answer to question 1: yes", "1:yes"},
	{"another order", "Q4: late\nQ1: cad", "4:late|1:cad"},
	{"a list in an answer", "Q1: these:\n1. tinker\n2. cad\n3. bounder\nQ4: yes",
	 "1:these:\n1. tinker\n2. cad\n3. bounder|4:yes"},
	{"bare numbers go upwards", "2. These:\n1. it hurts\n2. it lasts\n4. More.",
	 "2:These:\n1. it hurts\n2. it lasts|4:More."},
	{"a number too large", "1. Tinker\n7. what", "1:Tinker\n7. what"},
	{"not a heading", "10 years ago\n2.5 per cent\n1st",
	 "0:10 years ago\n2.5 per cent\n1st"},
	{"an empty answer", "1.\n4. Yes.", "4:Yes."},
	{"the question again", "1. Which words are no longer understood?\nTinker.",
	 "1:Tinker."},
	{"quoted", "> Is there anything else that you want to tell us?\nYes.", "4:Yes."},
	{"nearly quoted", "Which words are no more understood?\nCad.", "1:Cad."},
	{"wrapped",
	 "> Is there anything else that you\n> want to tell us?\n\nMany pages.",
	 "4:Many pages."},
	{"numbered otherwise", "1. Is there anything else that you want to tell us?\nNo.",
	 "4:No."},
	{"only alike", "Which words do you want? I see.",
	 "0:Which words do you want? I see."},
	{"characters", "é\n1. é\n4. 日本", "0:é|1:é|4:日本"},
	{"emphasis", "**Q1.** Tinker", "1:Tinker"},
	{"not a word", "A1c is blood\nq", "0:A1c is blood\nq"},
	/* other words before the number */
	{"concerning", "Concerning question 1: Cad.", "1:Cad."},
	{"in response", "In response to question 4\n\nNothing more.", "4:Nothing more."},
	{"on, with a dash", "On question 1 - cad and bounder.", "1:cad and bounder."},
	{"as to, with a comma", "As to question 4, we have said it all.",
	 "4:we have said it all."},
	{"an ordinal", "Your first question: tinker.\nOn the fourth question, nothing.",
	 "1:tinker.|4:nothing."},
	{"a number as a word", "Question one: tinker\nQuestion Four - no more",
	 "1:tinker|4:no more"},
	{"is", "My answer to question 4 is nothing at all.", "4:nothing at all."},
	{"two in one paragraph",
	 "On question 1, cad is old. On question 4, I have no more.",
	 "1:cad is old.|4:I have no more."},
	{"a reference is no heading",
	 "Q1: cad.\nAs I said in question 1 it is old.\nQ4: see question 1.",
	 "1:cad.\nAs I said in question 1 it is old.|4:see question 1."},
	{"what was set out", "Q4: In my answer to question 1 I set out why.",
	 "4:In my answer to question 1 I set out why."},
	{"several at once", "Questions 1 and 4: all of it.\nQ2: It hurts.",
	 "0:all of it.|2:It hurts."},
	{"roman", "I. Cad.\nII. It hurts.\nIV. More.", "1:Cad.|2:It hurts.|4:More."},
	{"letters", "a) Cad.\nb) It hurts.\nd) More.", "1:Cad.|2:It hurts.|4:More."},
	{"one notification is no heading", "A. Smith wrote it.\nSo did I.",
	 "0:A. Smith wrote it.\nSo did I."},
	{"parts of one", "Q1a: cad\nQ1b: bounder\nQ4: no", "1:cad|1:bounder|4:no"},
	{"a number and a bar",
	 "1 | Which words are no longer understood? | Cad.\n"
	 "4 | Is there anything else that you want to tell us? | No.",
	 "1:Cad.|4:No."},
	{"a table with tabs", "Which words are no longer understood?\tCad.", "1:Cad."},
	{"the first sentence alone",
	 "Should neglect of feelings be named in the law?\nIt hurts.", "2:It hurts."},
	{"its name", "Neglect of feelings: it hurts.\nFamilies: kindly.",
	 "2:it hurts.|3:kindly."},
	{"no name of one", "Reasons: it hurts.", "0:Reasons: it hurts."},
	{"Welsh", "Cwestiwn 1: cad.\nCwestiwn 4: na.", "1:cad.|4:na."},
	{"parts of a bare number", "2a) It hurts.\n2b) It lasts.\n4) More.",
	 "2:It hurts.|2:It lasts.|4:More."},
	{"a remark behind the number", "Question 2 (in the law)\nYes\n\nIt hurts.",
	 "2:It hurts.|2=1"},
	{"a ruler is not said",
	 "It hurts.\n\n________\nThis email is intended solely for you.", "0:It hurts."},
	{"clear, then a bare one", "Q1: cad.\n2. It hurts.\nQ4: no.",
	 "1:cad.|2:It hurts.|4:no."},
	/* short answers above a repeated question */
	{"one word above",
	 "Which words are no longer understood?\n\nCad.\n\n"
	 "Should neglect of feelings be named in the law? Please give your reasons.\n\n"
	 "It hurts.",
	 "1:Cad.|2:It hurts."},
	{"a last word above",
	 "1. Which words are no longer understood?\n\nAll that nobody\n"
	 "says.\n\n4. Is there anything else that you want to tell us?\nNo.",
	 "1:All that nobody\nsays.|4:No."},
	{"on the same line",
	 "Which words are no longer understood?\nCad. 4. Is there anything "
	 "else that you want to tell us?\nNo.",
	 "1:Cad.|4:No."},
	/* choices */
	{"yes", "Q2: Yes. It hurts.", "2:It hurts.|2=1"},
	{"no, a comma", "Q2: No, it does not.", "2:it does not.|2=2"},
	{"no more is no choice", "Q2: No longer word is needed.",
	 "2:No longer word is needed."},
	{"boxes", "Q2. [ ] Yes\n[x] No\n[ ] Don't know\n\nIt is one more word.",
	 "2:It is one more word.|2=2"},
	{"boxes behind", "Q2\nYes [ ]  No [ ]  Don\xE2\x80\x99t know [x]\nHard.",
	 "2:Hard.|2=3"},
	{"boxes none ticked", "Q2. [ ] Yes [ ] No [ ] Don't know\nIt hurts.",
	 "2:It hurts."},
	{"two ticked", "Q2. [x] Yes [x] No", "2=?"},
	{"listed, then said", "Q2: Yes / No / Don't know\n\nNo. It is dear.",
	 "2:It is dear.|2=2"},
	{"agree", "Q2: We do not agree, because it is dear.",
	 "2:because it is dear.|2=2"},
	{"unsure", "Q2. Unsure.", "2=3"},
	{"a name below a choice", "Q2: Unsure.\n\nTorill Hagen\n", "2=3"},
	{"yes twice", "Q2: Yes. Of course.", "2:Of course.|2=1"},
	{"both", "Q2: Yes and no. It depends on whom.",
	 "2:Yes and no. It depends on whom.|2=?"},
	{"a sentence", "Q2: Our answer is yes - it hurts.", "2:it hurts.|2=1"},
	{"yes in Gaelic", "Ceist 2: Tha. Tha e goirt.", "2:Tha e goirt.|2=1"},
	{"a letter of one", "Q2: Y.", "2=1"},
	{"several of a list", "Q3: By post and in a meeting. Never by text.",
	 "3:Never by text.|3=1,3"},
	{"boxes of several", "Q3:\n[x] By post\n[ ] By telephone\n[x] In a meeting\n",
	 "3=1,3"},
	{"an open question has none", "Q1: Yes. It hurts.", "1:Yes. It hurts."},
	/* what is no answer */
	{"below the last answer",
	 "Q4: By date.\n\nKind regards\nUnni Bakke\nSecretary\n\n"
	 "The society is a charity.",
	 "4:By date."},
	{"a name alone", "Q4: By date.\n\nOddny Lund", "4:By date."},
	{"from a telephone", "Q4: By date.\n\nSent from my iPhone", "4:By date."},
	{"a disclaimer",
	 "Q4: By date.\n\nThis email is confidential and intended solely "
	 "for the addressee.",
	 "4:By date."},
	{"a form in the middle",
	 "Q1: Cad.\n\nName: Unni Bakke\n[x] Publish response with name\n"
	 "[ ] Do not publish response\n\nQ4: By date.",
	 "1:Cad.|4:By date."},
	{"a letter without numbers",
	 "Dear Sir or Madam,\n\nIt hurts.\n\nYours faithfully\n"
	 "Vigdis Aas\n\nNot the view of my employer.",
	 "0:It hurts."},
	{"privacy is a subject", "Q4: Files must stay confidential.\n\nThat is all.",
	 "4:Files must stay confidential.\n\nThat is all."},
	{"a banner",
	 "CAUTION: This email originated from outside the organisation.\n\n"
	 "Q4: By date.",
	 "4:By date."},
	/* numbers that nothing parts from what is said */
	{"numbers alone", "Hi\n\n1 Tinker and cad\n2 Yes, it hurts\n4 nothing\n",
	 "1:Tinker and cad|2:it hurts|4:nothing|2=1"},
	{"numbers alone, without the first", "2 No\n\n4 the form is long.",
	 "4:the form is long.|2=2"},
	{"parts without a sign", "1a Tinker\n1b it is old\n\n2(a) It hurts.",
	 "1:Tinker|1:it is old|2:It hurts."},
	{"a letter with figures",
	 "We asked around in the village, and of those who came to us in spring\n"
	 "3 said that it hurts, while the others had nothing to say, and of them\n"
	 "4 left.",
	 "0:We asked around in the village, and of those who came to us in spring\n"
	 "3 said that it hurts, while the others had nothing to say, and of them\n4 left."},
	{"a list below a sentence", "It hurts those who wait.\n\n1 bed\n2 chairs\n",
	 "0:It hurts those who wait.\n\n1 bed\n2 chairs"},
	{"all in one line", "1. Cad 2. No 3. By post 4. Be quick",
	 "1:Cad|4:Be quick|2=2|3=1"},
	{"all in one line, named", "Q1 cad Q2 yes Q4 be quick", "1:cad|4:be quick|2=1"},
	{"a measure in a line", "1. Cad 2. is what I say.", "1:Cad 2. is what I say."},
	{"roman, some of them", "(ii) It hurts.\n\n(iv) More.", "2:It hurts.|4:More."},
	{"points of one's own",
	 "I have three reasons to object:\n\n1. It is late.\n2. It is loud.\n",
	 "0:I have three reasons to object:\n\n1. It is late.\n2. It is loud."},
	{"in columns", "1   Cad\n2   Don't know\n4   be quick", "1:Cad|4:be quick|2=3"},
	{"a letterhead",
	 "Flat 3\n19 Osier Row\nThornwick\n\n12 November 2026\n\nDear Sir,\n\nIt hurts.",
	 "0:It hurts."},
	{"a sentence before a greeting", "It hurts those who wait.\n\nDear me, it does.",
	 "0:It hurts those who wait.\n\nDear me, it does."},
	{"a pleasantry",
	 "Q4: late\n\nI hope that this helps.\n\nKind regards\nUnni Bakke", "4:late"},
	{"whom to ask",
	 "Q4: late\n\nFor more about this response please contact:\nUnni Bakke, Clerk\n"
	 "unni@reed.example",
	 "4:late"},
	/* dictated */
	{"one behind the other",
	 "Question one Cad. Question two No It lasts. Question four Be quick.",
	 "1:Cad.|2:It lasts.|4:Be quick.|2=2"},
	{"a question spoken of", "Question one Cad. Question two is too long.",
	 "1:Cad. Question two is too long."},
	/* the form's own words */
	{"a label in front",
	 "Q1. Which words are no longer understood?\nA: Cad.\nQ2\nA: No. It lasts.",
	 "1:Cad.|2:It lasts.|2=2"},
	{"options without boxes", "Q2\nYes\nNo\nDon't know\n\nIt lasts.\nQ4: late",
	 "2:It lasts.|4:late"},
	{"one of them marked", "Q2\n  Yes\n\xE2\x9C\x93 No\n  Don't know\nIt lasts.",
	 "2:It lasts.|2=2"},
	{"several chosen below each other", "Q3\nBy post\nIn a meeting\nQ4: late",
	 "4:late|3=1,3"},
	{"several behind each other", "Q3: By post; in a meeting.\nQ4: late",
	 "4:late|3=1,3"},
	{"all behind each other, as printed",
	 "Q3: By post / By telephone / In a meeting\nQ4: late", "4:late"},
	{"one struck out", "Q2: ~~Yes~~ / No / ~~Don't know~~\nQ4: late",
	 "2:~~Don't know~~|4:late|2=2"},
	{"struck out below each other", "Q2:\n~~Yes~~\nNo\n~~Don't know~~\nQ4: late",
	 "2:~~Don't know~~|4:late|2=2"},
	{"none struck out", "Q2: Yes / No / Don't know\nQ4: late", "4:late"},
	{"no answer", "Q2: n/a\nQ4: late", "2:n/a|4:late"},
	/* what closes a letter */
	{"in a word", "Q4: late\n\nPeace,\nUnni Bakke", "4:late"},
	{"a name in cells",
	 "Q4: late\n\nUnni Bakke | Clerk | Reed Society | 01632 960001", "4:late"},
	{"a postscript below the name", "It hurts.\n\nUnni Bakke\n\nPS It lasts, too.",
	 "0:It hurts.|0:PS It lasts, too."},
	/* asked in quotes: what else is quoted answers nothing */
	{"quoted to its end",
	 "> Please answer these:\n> 1. Which words are no longer understood?\nCad.\n"
	 "> 4. Is there anything else that you want to tell us?\nBe quick.\n"
	 "> Send it to this address.\n> The team",
	 "1:Cad.|4:Be quick."},
	{"quoted, and not answered",
	 "> 1. Which words are no longer understood?\nCad.\n"
	 "> 4. Is there anything else that you want to tell us?\n> The team\n",
	 "1:Cad."},
	{"what the writer quotes", "Q1: My aunt says:\n\n> Cad is old.\n\nSo it is.",
	 "1:My aunt says:\n\n> Cad is old.\n\nSo it is."},
	{"without what makes a question of it",
	 "Anything else that you want to tell us: be quick.", "4:be quick."},
	{"what is to be published", "Q4: Please publish the report in Gaelic too.",
	 "4:Please publish the report in Gaelic too."},
	{"a postscript is said", "It hurts.\n\nRegards\nOddny Lund\n\nPS: It lasts, too.",
	 "0:It hurts.|0:PS: It lasts, too."},
};

/* Below what they allow, in a word that is no answer. */
static const struct {
	const char *who, *text, *want;
} signed_by[] = {
	{"Odhran Teague", "Q4: By date.\n\nDo not publish my response.\n\nO'Teague",
	 "4:By date."},
	{"Odhran Teague", "Q4: By date.\n\nDo not publish my response.\n\nO’TEAGUE\n",
	 "4:By date."},
	{"Odhran Teague", "Q4: By date.\n\nO'Teague", "4:By date."},
	{"kb1978", "Q4: By date.\n\nDo not publish my response.\n\nKit", "4:By date."},
	{NULL, "Q4: By date.\n\nDo not publish my response.\n\nÉlodie", "4:By date."},
	/* an answer all the same */
	{"kb1978", "Q4: By date.\n\nKit", "4:By date.\n\nKit"},
	{"kb1978", "Do not publish my response.\n\nQ4: By date.\n\nNever.",
	 "4:By date.\n\nNever."},
	{"kb1978", "Q4: By date.\n\nDo not publish my response.\n\nNever!",
	 "4:By date.|4:Never!"},
	{"Dan O'Day", "Q4: By date.\n\nToday", "4:By date.\n\nToday"},
};

static const char *shown(struct arena *a, const char *text, const struct answer_parts *p)
{
	AUTO(buf) out = buf_new(1 << 16);

	for (size_t i = 0; i < p->count; i++) {
		size_t from = str_utf8_bytes(text, p->items[i].from);
		size_t to = str_utf8_bytes(text, p->items[i].to);

		buf_printf(out, "%s%zu:%.*s", out->len ? "|" : "", p->items[i].question,
			   (int)(to - from), text + from);
	}
	for (size_t i = 0; i < p->choice_count; i++) {
		const struct answer_choice *c = &p->choices[i];
		const char *comma = "";

		buf_printf(out, "%s%zu=%s", out->len ? "|" : "", c->question,
			   c->chosen ? "" : "?");
		for (unsigned o = 0; o < 32; o++)
			if (c->chosen >> o & 1) {
				buf_printf(out, "%s%u", comma, o + 1);
				comma = ",";
			}
	}
	return arena_strdup(a, buf_text(out));
}

START_TEST(replies_are_parted_by_question)
{
	AUTO(arena) a = arena_new(4096);
	struct answer_parts parts;
	const char *got;

	answers_part(a, replies[_i].text, frame_book_new(a, NULL), questions,
		     ARRAY_LEN(questions), &parts);
	got = shown(a, replies[_i].text, &parts);
	ck_assert_msg(str_eq(got, replies[_i].want), "%s: got \"%s\", want \"%s\"",
		      replies[_i].name, got, replies[_i].want);
}
END_TEST

START_TEST(what_is_signed_is_no_answer)
{
	AUTO(arena) a = arena_new(4096);
	const char *text = signed_by[_i].text;
	struct answer_parts parts;

	answers_part(a, text, frame_book_new(a, signed_by[_i].who), questions,
		     ARRAY_LEN(questions), &parts);
	ck_assert_str_eq(shown(a, text, &parts), signed_by[_i].want);
}
END_TEST

/* Lines quoted in between part an answer, as often as anybody reads. */
START_TEST(parts_are_no_more_than_anybody_reads)
{
	static const char *const bits[] = {"> quoted\nsaid\n", "Q2.\n> quoted\nsaid\n"};
	AUTO(arena) a = arena_new(4096);
	AUTO(buf) text = buf_new(4 << 20);

	for (size_t b = 0; b < ARRAY_LEN(bits); b++) {
		struct answer_parts p;

		text->len = 0;
		for (int i = 0; i < 20000; i++)
			buf_str(text, bits[b]);
		buf_str(text, "The end.");
		answers_part(a, buf_text(text), frame_book_new(a, NULL), questions,
			     ARRAY_LEN(questions), &p);
		ck_assert_uint_le(p.count, 2 * ANSWERS_MOST + 1);
		/* Nothing is lost of what was said. */
		ck_assert_uint_eq(p.items[p.count - 1].to,
				  str_utf8_count(buf_text(text), text->len));
	}
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
		answers_part(a, buf_text(text), frame_book_new(a, NULL), questions,
			     ARRAY_LEN(questions), &p);
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
	UNIT_TABLE(c, what_is_signed_is_no_answer, signed_by);
	UNIT_TABLE(c, words_are_the_same_whatever_they_wear, texts);
	tcase_add_test(c, parts_are_no_more_than_anybody_reads);
	tcase_add_test(c, parts_of_any_text_lie_one_behind_the_other);
	suite_add_tcase(suite, c);
	return unit_main_together(suite);
}
