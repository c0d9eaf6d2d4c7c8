/* Line ends that a mail program put into a text are gone, those of its writer are not, and
 * every place in it is the same as before. */
#include "tests/unit/unit.h"

#include "base/buf.h"
#include "text/words/sentence.h"

static struct arena *arena;

static void begin(void)
{
	arena = arena_new(1 << 16);
}

static void end(void)
{
	arena_free(&arena);
}

/* "|" is a line end that stays, "~" one that is a blank afterwards. */
static const char *const letters[] = {
	"",
	"One line",
	"|",
	"Hello,|I agree|Isla Penrose|",
	/* wrapped */
	"3. Yes. Our smallest group is run by four volunteers in one room. The long~form took "
	"them three evenings.",
	"A place feels safe when somebody learns your name and nobody asks why you~came. The "
	"library in our town does that well, and so does the hall by the~river.||Nothing else.|",
	/* a line that had room for the next word was ended by somebody */
	"Yes, I agree with all of this, since it helps the small halls.|My name is Ann, and I "
	"have run the playgroup in the hall by the church since~1998.",
	/* lists, quotations, labels */
	"These are the things that I should like to see in all of the new guidance|- more time "
	"for the small halls that nobody but a few volunteers looks~  after|- less paper|2) no "
	"more forms|\xE2\x80\xA2 a dot",
	"As you wrote to us in the letter of the fourth of March of the last year:|> Everybody "
	"who has a key to a hall is to be checked before anybody else|> may have one.",
	"Organisation: The Northfield and District Association of Youth Clubs|Respondent type: "
	"organisation",
	/* an address, however long its name */
	"12 High Street|Northfield|NF1 2AB",
	/* a program that does not wrap */
	"This is a paragraph that its program left in one line as long as it is, which is far more "
	"than one hundred and twenty signs.|This is the next one.",
	/* characters are counted, not bytes */
	"\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9 \xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9 "
	"\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9 \xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9|abc",
};

static const char *const passages[] = {
	"why you~came. The library",
	"one||two",
	"these:|- one|- two~goes on",
	"|begins|",
};

static char *with(const char *marked, char joined)
{
	char *out = arena_strdup(arena, marked);

	for (char *at = out; *at; at++)
		*at = *at == '|' ? '\n' : *at == '~' ? joined : *at;
	return out;
}

START_TEST(letter_is_unwrapped)
{
	ck_assert_str_eq(unwrap_letter(arena, with(letters[_i], '\n')),
			 with(letters[_i], ' '));
}
END_TEST

START_TEST(passage_is_unwrapped)
{
	ck_assert_str_eq(unwrap_passage(arena, with(passages[_i], '\n')),
			 with(passages[_i], ' '));
}
END_TEST

/* However long a text is, and however many paragraphs it has. */
START_TEST(places_stay)
{
	AUTO(buf) text = buf_new(1 << 20);
	const char *out;

	for (int i = 0; i < 4000; i++)
		buf_printf(text, "%s%s", letters[i % (int)ARRAY_LEN(letters)],
			   i % 3 ? "\n" : "\n\n");
	out = unwrap_letter(arena, buf_text(text));
	ck_assert_uint_eq(strlen(out), text->len);
	for (size_t i = 0; i < text->len; i++)
		ck_assert(out[i] == text->bytes[i] ||
			  (out[i] == ' ' && text->bytes[i] == '\n'));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("unwrap");
	TCase *tc = tcase_create("unwrap");

	tcase_add_checked_fixture(tc, begin, end);
	UNIT_TABLE(tc, letter_is_unwrapped, letters);
	UNIT_TABLE(tc, passage_is_unwrapped, passages);
	tcase_add_test(tc, places_stay);
	suite_add_tcase(suite, tc);
	return unit_main_together(suite);
}
