#include "tests/unit/unit.h"

#include "base/buf.h"
#include "text/words/sentence.h"

/* The sentences of a text, with "|" between them and line ends as "/". */
static const struct {
	const char *text, *parted;
} texts[] = {
	{"", ""},
	{"One", "One"},
	{"One. Two! Three? Four", "One. |Two! |Three? |Four"},
	{"Version 2.0 is out. Yes.", "Version 2.0 is out. |Yes."},
	{"1. A place is safe. 2. No.", "1. A place is safe. |2. No."},
	{"He said \"no.\" She left.", "He said \"no.\" |She left."},
	{"(As before.) Now this.", "(As before.) |Now this."},
	/* short lines are lines of their own */
	{"Hello,\nI agree\nIsla Penrose", "Hello,/|I agree/|Isla Penrose"},
	/* what a program wrapped goes on */
	{"A place feels safe when somebody learns your name and nobody asks\nwhy you came. "
	 "The library does.",
	 "A place feels safe when somebody learns your name and nobody asks/why you came. "
	 "|The library does."},
	{"Yes. A place feels safe when somebody learns your name; nobody asks why you\ncame.",
	 "Yes. |A place feels safe when somebody learns your name; nobody asks why you/came."},
	/* but not over an empty line or into a list */
	{"A place feels safe when somebody learns your name and nobody asks\n\nwhy you came",
	 "A place feels safe when somebody learns your name and nobody asks/|/|why you came"},
	{"These are the things that I should like to see in the guidance\n- more time\n2) less",
	 "These are the things that I should like to see in the guidance/|- more time/|2) "
	 "less"},
	{"The end of a long line that stands alone, and then there is a quote\n> as here",
	 "The end of a long line that stands alone, and then there is a quote/|> as here"},
	{"Ends at a mark and the line.\nNext one",
	 "Ends at a mark and the line./|Next one"},
};

START_TEST(text_is_parted_into_sentences)
{
	const char *text = texts[_i].text;
	AUTO(buf) out = buf_new(4096);

	for (const char *from = text; *from;) {
		const char *to = sentence_end(text, from);

		ck_assert(to > from);
		if (from != text)
			buf_char(out, '|');
		for (; from < to; from++)
			buf_char(out, *from == '\n' ? '/' : *from);
	}
	ck_assert_str_eq(buf_text(out), texts[_i].parted);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("sentence");
	TCase *tc = tcase_create("sentence");

	UNIT_TABLE(tc, text_is_parted_into_sentences, texts);
	suite_add_tcase(suite, tc);
	return unit_main_together(suite);
}
