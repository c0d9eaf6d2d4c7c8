#include "tests/unit/domain_house.h"

#include "domain/subscribers/subscriber_import.h"
#include "base/str.h"

struct watched {
	struct buf *said;
	int calls;
};

static void on_line(void *with, int line, bool bad, const char *reason)
{
	struct watched *w = with;

	buf_printf(w->said, "%d %s: %s\n", line, bad ? "bad" : "passed over", reason);
}

static void on_progress(void *with, size_t done, size_t all, int64_t added)
{
	struct watched *w = with;

	ck_assert_uint_le(done, all);
	ck_assert_int_ge(added, 0);
	w->calls++;
}

static struct watched watched;

static bool import(const char *list_name, const char *csv, size_t len, bool leave_out,
		   struct subscriber_import_result *out, struct err *err)
{
	struct subscriber_import_watch watch = {
		.with = &watched, .line = on_line, .progress = on_progress};
	struct list list = house_list(list_name);

	buf_free(&watched.said);
	watched = (struct watched){.said = buf_new(1 << 20)};
	return subscriber_import_run(&house.op, &list, csv, len, leave_out, &watch, out,
				     err);
}

static const struct {
	const char *name, *csv;
	bool leave_out;
	int added, passed, bad;
	const char *said; /* must stand among the reasons, or in the error */
} files[] = {
	{"plain", "address,basis\na@x.example,consent\nb@x.example,task\n", false, 2, 0,
	 0, ""},
	{"BOM, CRLF, semicolon",
	 "\xEF\xBB\xBF"
	 "Address;Basis;Name\r\na@x.example;consent;\"M\xC3\xBCller; A\"\r\n",
	 false, 1, 0, 0, ""},
	{"tabs", "address\tbasis\na@x.example\tconsent\n", false, 1, 0, 0, ""},
	{"no last line end", "address,basis\na@x.example,consent", false, 1, 0, 0, ""},
	{"empty lines", "address,basis\n\n\na@x.example,consent\n\n", false, 1, 0, 0, ""},
	{"empty file", "", false, -1, 0, 0, "the file is empty"},
	{"no basis column", "address\na@x.example\n", false, -1, 0, 0,
	 "\"basis\" is missing"},
	{"strange column", "address,basis,age\n", false, -1, 0, 0,
	 "\"age\" is not a column"},
	{"column twice", "address,basis,basis\n", false, -1, 0, 0,
	 "\"basis\" stands twice"},
	{"one bad line: nothing",
	 "address,basis\na@x.example,consent\nnobody,consent\nb@x.example,consent\n",
	 false, -1, 0, 1, "3 bad: "},
	{"one bad line left out",
	 "address,basis\na@x.example,consent\nnobody,consent\nb@x.example,consent\n",
	 true, 2, 0, 1, "3 bad: "},
	{"address missing", "address,basis\n,consent\n", false, -1, 0, 1,
	 "the address is missing"},
	{"basis missing", "address,basis\na@x.example,\n", false, -1, 0, 1,
	 "the basis is missing"},
	{"basis of blanks", "address,basis\na@x.example,\"  \"\n", false, -1, 0, 1,
	 "the basis is"},
	{"unknown topic", "address,basis,topics\na@x.example,c,cats\n", false, -1, 0, 1,
	 "\"cats\" is not a topic"},
	{"bad day", "address,basis,given_at\na@x.example,c,1.2.2020\n", false, -1, 0, 1,
	 "2 bad: "},
	{"day to come", "address,basis,given_at\na@x.example,c,2030-01-01\n", false, -1,
	 0, 1, "lies in the future"},
	{"wording without version", "address,basis,wording\na@x.example,c,Words\n", false,
	 -1, 0, 1, "a wording needs its version"},
	{"version that nobody knows", "address,basis,version\na@x.example,c,9\n", false,
	 -1, 0, 1, "is not known"},
	{"version with other words",
	 "address,basis,version,wording\na@x.example,c,1,Other words\n", false, -1, 0, 1,
	 "has other words on this list"},
	{"quote left open", "address,basis\n\"a@x.example,c\nb@x.example,c\n", false, -1,
	 0, 1, "2 bad: "},
	{"not UTF-8", "address,basis\na@x.example,\xFF\n", false, -1, 0, 1, "not UTF-8"},
	{"line end in a name", "address,basis,name\na@x.example,c,\"A\nB\"\n", false, -1,
	 0, 1, "the name"},
	{"twice in the file", "address,basis\na@x.example,c\nA@X.example,c\n", false, 1,
	 1, 0, "3 passed over: "},
	{"on the list", "address,basis\non@x.example,c\n", false, 0, 1, 0, "already"},
	{"left", "address,basis\nleft@x.example,c\nLEFT@x.example,c\n", false, 0, 2, 0,
	 "\"unsubscribed\""},
	{"not active there", "address,basis,state\na@x.example,c,left\n", false, 0, 1, 0,
	 "not active"},
	{"formula", "address,basis,name\na@x.example,c,'=1+1\n", false, 1, 0, 0, ""},
};

START_TEST(file_is_imported_whole_or_not_at_all)
{
	struct subscriber_import_result result = {0};
	struct err err = {0};
	bool ok;

	(void)house_adds("children", "on@x.example", NULL);
	(void)house_adds("children", "left@x.example", NULL);
	house_do("UPDATE subscription SET state = 'unsubscribed' WHERE id = 2");
	ok = import("children", files[_i].csv, strlen(files[_i].csv), files[_i].leave_out,
		    &result, &err);
	ck_assert_msg(ok == (files[_i].added >= 0), "%s: %s", files[_i].name, err.text);
	ck_assert_msg(ok || err.kind == ERR_INPUT, "%s: %s", files[_i].name,
		      err_name(err.kind));
	ck_assert_msg(strstr(buf_text(watched.said), files[_i].said) ||
			      (!ok && strstr(err.text, files[_i].said)),
		      "%s: said \"%s\", \"%s\"", files[_i].name, buf_text(watched.said),
		      err.text);
	ck_assert_int_eq(result.bad, files[_i].bad);
	if (ok) {
		ck_assert_int_eq(result.added, files[_i].added);
		ck_assert_int_eq(result.passed_over, files[_i].passed);
	}
	ck_assert_int_eq(
		house_int("SELECT count(*) FROM subscription WHERE state = 'active'"),
		1 + (ok ? files[_i].added : 0));
	ck_assert_str_eq(house_state("children", "left@x.example"), "unsubscribed");
	if (!ok) /* nothing half done: no person, no wording, no trace in the audit */
		ck_assert_int_eq(
			house_int(
				"SELECT (SELECT count(*) FROM person) * 100 + "
				"(SELECT count(*) FROM wording WHERE list_id = 1) * 10 "
				"+ (SELECT count(*) FROM audit WHERE event = 'imported')"),
			210);
}
END_TEST

START_TEST(line_that_is_left_out_leaves_nothing)
{
	static const char csv[] = "address,basis,version,wording\n"
				  "on@x.example,c,2,New words\n"
				  "a@x.example,,3,Newer words\n"
				  "b@x.example,c,4,Newest words\n";
	struct subscriber_import_result result;
	struct err err = {0};

	(void)house_adds("children", "on@x.example", NULL);
	ck_assert_msg(import("children", csv, strlen(csv), true, &result, &err), "%s",
		      err.text);
	ck_assert_str_eq(
		house_text("SELECT group_concat(version) FROM wording WHERE list_id = 1"),
		"1,4");
}
END_TEST

START_TEST(evidence_is_kept_with_wording_and_day)
{
	static const char csv[] =
		"address,basis,version,wording,given_at,topics,name\n"
		"a@x.example,paper form,2018,\"Old, kind words\",2018-05-25,\"data;neglect\",Ann\n"
		"b@x.example,paper form,2018,,2018-05-25T10:00:00Z,all,\n";
	struct subscriber_import_result result;
	struct err err = {0};

	ck_assert_msg(import("children", csv, strlen(csv), false, &result, &err), "%s",
		      err.text);
	ck_assert_str_eq(
		house_text(
			"SELECT group_concat(e.event || '|' || e.how || '|' || e.basis || '|' || "
			"w.version || '|' || w.text || '|' || e.given_at || '|' || "
			"st.name || '|' || s.topics || '|' || s.all_topics, char(10)) FROM "
			"evidence e JOIN wording w ON w.id = e.wording_id JOIN staff st ON "
			"st.id = e.staff_id JOIN subscription s ON s.id = e.subscription_id"),
		"imported|import|paper form|2018|Old, kind words|1527202800|jean|5|0\n"
		"imported|import|paper form|2018|Old, kind words|1527242400|jean|0|1");
	ck_assert_int_eq(house_notifications("welcome", NULL), 0);
}
END_TEST

static const char *export(const char *list_name, const char *state)
{
	struct list list = house_list(list_name);
	AUTO(buf) out = buf_new(1 << 22);
	struct err err = {0};

	ck_assert_msg(subscriber_export_run(&house.op, &list, state, out, &err), "%s",
		      err.text);
	return arena_strdup(house.arena, buf_text(out));
}

START_TEST(export_comes_back_the_same)
{
	static const char csv[] =
		"address,basis,version,wording,given_at,topics,name\n"
		"a@x.example,\"form, \"\"A\"\"\",v-2,\"Two\nlines\",2018-05-25,neglect,=cmd()\n"
		"b@x.example,'-2,1,,2018-05-25,all,@SUM(A1)\n"
		"c@x.example,consent,,,,neglect,\xC3\x89ric\n";
	struct subscriber_import_result result;
	struct err err = {0};
	const char *first, *second;

	ck_assert_msg(import("children", csv, strlen(csv), false, &result, &err), "%s",
		      err.text);
	first = export("children", NULL);
	ck_assert_msg(strstr(first, "'=cmd()") && strstr(first, "'@SUM(A1)"),
		      "a formula is let out: %s", first);
	house_do("UPDATE wording SET version = 'old' WHERE list_id = 2");
	/* The topics of the other list are others: only neglect is on both. */
	ck_assert_msg(import("forum", first, strlen(first), false, &result, &err),
		      "%s: %s", err.text, buf_text(watched.said));
	ck_assert_int_eq(result.added, 3);
	second = export("forum", "active");
	ck_assert_str_eq(house_text("SELECT group_concat(name, '|') FROM person"),
			 "=cmd()|@SUM(A1)|\xC3\x89ric");
	ck_assert_int_eq(
		house_int(
			"SELECT count(*) FROM (SELECT basis, coalesce(given_at, at), wording_id IS "
			"NULL, count(*) AS n FROM evidence GROUP BY 1, 2, 3) WHERE n "
			"= 2"),
		3);
	ck_assert_ptr_nonnull(strstr(second, "\"Two\nlines\""));
	ck_assert_str_eq(
		export("forum", "unsubscribed"),
		"\xEF\xBB\xBF"
		"address,name,topics,state,active_since,how,basis,wording,version,"
		"given_at\r\n");
}
END_TEST

START_TEST(ten_thousand_lines_are_added_and_told_of)
{
	struct subscriber_import_result result;
	AUTO(buf) csv = buf_new(1 << 22);
	struct err err = {0};

	buf_str(csv, "address,name,basis,topics\n");
	for (int i = 0; i < 10000; i++)
		buf_printf(csv,
			   "p%d@x%d.example,Person %d,consent by form,neglect;data\n", i,
			   i % 97, i);
	ck_assert_msg(import("children", csv->bytes, csv->len, false, &result, &err),
		      "%s", err.text);
	ck_assert_int_eq(result.added, 10000);
	ck_assert_int_ge(watched.calls, 20);
	(void)export("children", NULL);
}
END_TEST

START_TEST(bad_lines_beyond_number_end_the_reading)
{
	struct subscriber_import_result result = {0};
	AUTO(buf) csv = buf_new(1 << 22);
	struct err err = {0};

	buf_str(csv, "address,basis\n");
	for (int i = 0; i < 5000; i++)
		buf_str(csv, "nobody,c\n");
	ck_assert(!import("children", csv->bytes, csv->len, false, &result, &err));
	ck_assert_msg(strstr(err.text, "1000 or more bad lines"), "%s", err.text);
	/* Left out means all of them, or people further down are silently missing. */
	buf_str(csv, "a@x.example,c\n");
	ck_assert(import("children", csv->bytes, csv->len, true, &result, &err));
	ck_assert_int_eq(result.bad, 5000);
	ck_assert_int_eq(result.added, 1);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("op import");
	TCase *t = tcase_create("import");

	tcase_set_timeout(t, 60);
	tcase_add_checked_fixture(t, house_open, house_close);
	UNIT_TABLE(t, file_is_imported_whole_or_not_at_all, files);
	tcase_add_test(t, line_that_is_left_out_leaves_nothing);
	tcase_add_test(t, evidence_is_kept_with_wording_and_day);
	tcase_add_test(t, export_comes_back_the_same);
	tcase_add_test(t, ten_thousand_lines_are_added_and_told_of);
	tcase_add_test(t, bad_lines_beyond_number_end_the_reading);
	suite_add_tcase(suite, t);
	return unit_main_together(suite);
}
