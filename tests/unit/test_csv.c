#include "tests/unit/unit.h"

#include "base/str.h"
#include "text/figures/csv.h"

/* Every record as "line:cell|cell" or "!sentence", one after the other. */
static const struct {
	const char *name, *csv, *want;
} files[] = {
	{"plain, LF and CRLF", "a,b\r\nc,d\n", "1:a|b 2:c|d "},
	{"mark, no last line end",
	 "\xEF\xBB\xBF"
	 "a,b",
	 "1:a|b "},
	{"quotes and line ends inside", "\"a\"\"b\",\"c\nd\"\ne,\n", "1:a\"b|c\nd 3:e| "},
	{"semicolons", "a;b\nc;\"d;e\"\n", "1:a|b 2:c|d;e "},
	{"tabs", "a\tb\nc\td,e\n", "1:a|b 2:c|d,e "},
	{"empty lines pass", "\n\r\na\n\nb\n", "3:a 5:b "},
	{"a quote inside a cell is a letter", "a,b\nx\"y\",c\nd,e\n",
	 "1:a|b 2:x\"y\"|c 3:d|e "},
	{"quote left open costs a line", "\"a,b\nc,d\n",
	 "!line 1: a quote is opened and never closed 2:c|d "},
	{"text behind a quote", "\"a\"b,c\nd\n",
	 "!line 1: text behind the closing quote of a cell; put it inside 2:d "},
	{"not UTF-8", "a,\xE9\nb\n",
	 "!line 1: is not UTF-8 text; save the file as \"CSV UTF-8\" 2:b "},
	{"control", "a,\x01\nb\n", "!line 1: a control character; delete it 2:b "},
	{"our own guard comes off", "'=1+1,'+44,'x\n", "1:=1+1|+44|'x "},
	{"empty file", "", ""},
};

START_TEST(records_come_one_by_one)
{
	AUTO(arena) a = arena_new(4096);
	AUTO(buf) got = buf_new(10000);
	struct csv_reader reader;
	struct csv_row row;
	struct err err = {0};

	csv_begin(&reader, files[_i].csv, strlen(files[_i].csv));
	for (;;) {
		err.kind = ERR_NONE;
		if (csv_next(&reader, a, &row, &err)) {
			buf_printf(got, "%d:", row.line);
			for (size_t c = 0; c < row.count; c++)
				buf_printf(got, "%s%s", c ? "|" : "", row.cells[c]);
			buf_char(got, ' ');
		} else if (err.kind == ERR_INPUT) {
			buf_printf(got, "!%s ", err.text);
		} else {
			break;
		}
	}
	ck_assert_int_eq(err.kind, ERR_ABSENT);
	ck_assert_msg(str_eq(buf_text(got), files[_i].want), "%s: got %s, want %s",
		      files[_i].name, buf_text(got), files[_i].want);
}
END_TEST

static const struct {
	const char *text, *want;
} cells[] = {
	{"plain", "plain"},
	{"a,b", "\"a,b\""},
	{"say \"hi\"", "\"say \"\"hi\"\"\""},
	{"two\nlines", "\"two\nlines\""},
	{"=HYPERLINK(\"x\")", "\"'=HYPERLINK(\"\"x\"\")\""},
	{"+44 131", "'+44 131"},
	{"-5", "-5"},
	{"-5.25", "-5.25"},
	{"-5+cmd", "'-5+cmd"},
	{"@SUM(A1)", "'@SUM(A1)"},
	{"\tx", "\"'\tx\""},
	{"'=x", "''=x"},
	{"\xE2\x80\xAE=1", "'\xE2\x80\xAE=1"}, /* behind what is not seen */
	{"\xD8\x9C=1", "'\xD8\x9C=1"},
	{"\xE1\xA0\x8E=1", "'\xE1\xA0\x8E=1"},
	{"\xE2\x80\x83\xE3\x80\x80@A", "'\xE2\x80\x83\xE3\x80\x80@A"},
	{"\xF3\xA0\x80\xA0=1", "'\xF3\xA0\x80\xA0=1"},
	{"\xEF\xB8\x8F=1", "'\xEF\xB8\x8F=1"}, /* behind a mark without a letter */
	{"\xCD\x8F=1", "'\xCD\x8F=1"},
	{"\xCC\x81+1", "'\xCC\x81+1"},
	{"\xF3\xA0\x84\x80@A", "'\xF3\xA0\x84\x80@A"},
	{"\xE2\x81\xBA"
	 "1",
	 "'\xE2\x81\xBA"
	 "1"}, /* raised and lowered */
	{"\xE2\x81\xBB"
	 "1",
	 "'\xE2\x81\xBB"
	 "1"},
	{"\xE2\x81\xBC"
	 "1",
	 "'\xE2\x81\xBC"
	 "1"},
	{"\xE2\x82\x8A"
	 "1",
	 "'\xE2\x82\x8A"
	 "1"},
	{"\xE2\x82\x8B"
	 "1",
	 "'\xE2\x82\x8B"
	 "1"},
	{"\xE2\x82\x8C"
	 "1",
	 "'\xE2\x82\x8C"
	 "1"},
	{"\xEF\xB8\x8F"
	 "ab",
	 "\xEF\xB8\x8F"
	 "ab"},
	{"\xEF\xBC\x9DSUM(A1)", "'\xEF\xBC\x9DSUM(A1)"}, /* = + - @ in full width */
	{"\xEF\xBC\x8B"
	 "1",
	 "'\xEF\xBC\x8B"
	 "1"},
	{"\xEF\xBC\x8D"
	 "1",
	 "'\xEF\xBC\x8D"
	 "1"},
	{"\xEF\xBC\xA0"
	 "A1",
	 "'\xEF\xBC\xA0"
	 "A1"},
	{"\xE2\x80\x8B=1", "'\xE2\x80\x8B=1"}, /* behind a zero-width space */
	{"\xEF\xBB\xBF=1", "'\xEF\xBB\xBF=1"},
	{"\xC2\xA0 \xE3\x80\x80+1", "'\xC2\xA0 \xE3\x80\x80+1"},
	{"'\xE2\x81\xA0'@x", "''\xE2\x81\xA0'@x"},
	{"\xE2\x80\x8B"
	 "ab",
	 "\xE2\x80\x8B"
	 "ab"},
	{"caf\xC3\xA9 = b", "caf\xC3\xA9 = b"},
	{"\r=1", "\"'\r=1\""},
	{" x", "\" x\""},
	{"", ""},
};

START_TEST(cell_is_quoted_and_guarded_and_comes_back)
{
	AUTO(arena) a = arena_new(4096);
	AUTO(buf) out = buf_new(1000);
	struct csv_writer writer;
	struct csv_reader reader;
	struct csv_row row;
	struct err err = {0};

	csv_write_begin(&writer, out);
	csv_write(&writer, "first");
	csv_write(&writer, cells[_i].text);
	csv_write_int(&writer, -7);
	csv_write_end_row(&writer);
	ck_assert_str_eq(buf_text(out), arena_printf(a,
						     "\xEF\xBB\xBF"
						     "first,%s,-7\r\n",
						     cells[_i].want));
	csv_begin(&reader, buf_text(out), out->len);
	ck_assert_msg(csv_next(&reader, a, &row, &err), "%s", err.text);
	ck_assert_uint_eq(row.count, 3);
	/* One apostrophe comes off, ours. */
	ck_assert_str_eq(row.cells[1], cells[_i].text);
}
END_TEST

START_TEST(limits_are_sentences)
{
	AUTO(arena) a = arena_new(4096);
	AUTO(buf) big = buf_new(200000);
	struct csv_reader reader;
	struct csv_row row;
	struct err err = {0};

	for (int i = 0; i < 64001; i++)
		buf_char(big, 'x');
	csv_begin(&reader, buf_text(big), big->len);
	ck_assert(!csv_next(&reader, a, &row, &err));
	ck_assert_str_eq(err.text,
			 "line 1: a cell is longer than 64,000 bytes; shorten it");
	buf_reset(big);
	for (int i = 0; i < 201; i++)
		buf_str(big, "x,");
	csv_begin(&reader, buf_text(big), big->len);
	ck_assert(!csv_next(&reader, a, &row, &err));
	ck_assert_str_eq(err.text, "line 1: more than 200 cells");
}
END_TEST

START_TEST(column_is_found_by_name)
{
	const char *names[] = {"Email ", " Name", "Named"};
	struct csv_row head = {names, 3, 1};
	size_t at = 9;

	ck_assert(csv_column(&head, "email", &at) && at == 0);
	ck_assert(csv_column(&head, "name", &at) && at == 1);
	ck_assert(!csv_column(&head, "phone", &at));
	ck_assert_str_eq(csv_cell(&head, 7), "");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("csv");
	TCase *tc = tcase_create("csv");

	suite_add_tcase(suite, tc);
	UNIT_TABLE(tc, records_come_one_by_one, files);
	UNIT_TABLE(tc, cell_is_quoted_and_guarded_and_comes_back, cells);
	tcase_add_test(tc, limits_are_sentences);
	tcase_add_test(tc, column_is_found_by_name);
	return unit_main_together(suite);
}
