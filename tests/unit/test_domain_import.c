#include "tests/unit/domain_house.h"

#include "domain/delivery/timeline.h"
#include "domain/imports/subscriber_import.h"
#include "base/fd.h"
#include "base/str.h"

struct watched {
	struct buf *said;
	int calls;
};

static void on_line(void *with, const struct subscriber_import_line *line)
{
	struct watched *w = with;

	if (line->outcome != SUBSCRIBER_IMPORT_ADDED)
		buf_printf(w->said, "%d %s: %s\n", line->row->line,
			   subscriber_import_outcome_name(line->outcome), line->why);
}

static void on_progress(void *with, size_t done, size_t all, int64_t added)
{
	struct watched *w = with;

	ck_assert_uint_le(done, all);
	ck_assert_int_ge(added, 0);
	w->calls++;
}

static struct watched watched;

/* What is said once for all; the file is added. */
static struct subscriber_import once;

static bool import(const char *list_name, const char *csv, size_t len, bool leave_out,
		   struct subscriber_import_result *out, struct err *err)
{
	struct subscriber_import_watch watch = {
		.with = &watched, .each = on_line, .progress = on_progress};
	struct list list = house_list(list_name);
	struct subscriber_import plan;

	buf_free(&watched.said);
	watched = (struct watched){.said = buf_new(1 << 20)};
	if (!subscriber_import_open(house.arena, &list, csv, len, &plan, err))
		return false;
	plan.file = once.file;
	plan.basis = once.basis;
	plan.how = once.how;
	plan.wording = once.wording;
	plan.leave_out_bad = leave_out;
	return subscriber_import_run(&house.op, &list, &plan, &watch, out, err);
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
	{"empty file", "", false, -1, 0, 0, "there is nothing in it"},
	{"no basis: it was imported", "address\na@x.example\n", false, 1, 0, 0, ""},
	{"strange column is left out", "address,basis,age\na@x.example,c,7\n", false, 1,
	 0, 0, ""},
	{"column twice", "address,basis,basis\na@x.example,c,d\n", false, -1, 0, 0,
	 "two columns are called \"basis\""},
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
	{"bad day", "address,basis,given_at\na@x.example,c,31.2.2020\n", false, -1, 0, 1,
	 "2 bad: "},
	{"day to come", "address,basis,given_at\na@x.example,c,2030-01-01\n", false, -1,
	 0, 1, "lies in the future"},
	{"version that nobody knows", "address,basis,version\na@x.example,c,9\n", false,
	 -1, 0, 1, "is not known"},
	{"version with other words",
	 "address,basis,version,wording\na@x.example,c,1,Other words\n", false, -1, 0, 1,
	 "has other words on this list"},
	{"quote left open", "address,basis\n\"a@x.example,c\nb@x.example,c\n", false, -1,
	 0, 1, "2 bad: "},
	{"not UTF-8", "address,basis\na@x.example,Formul\xE1\n", false, 1, 0, 0, ""},
	{"line end in a name", "address,basis,name\na@x.example,c,\"A\nB\"\n", false, 1,
	 0, 0, ""},
	{"row longer than the head", "address,name,basis\na@x.example,Reed, Al,c\n",
	 false, -1, 0, 1, "2 bad: has 4 cells"},
	{"the list's own address",
	 "address\nchildren@lists.example.org\nChildren+join@lists.example.org\n", false,
	 -1, 0, 2, "the address of this list itself"},
	{"unsubscribed where they come from",
	 "Email Address,UNSUB_TIME,EUID\na@x.example,2024-01-01 10:00:00,1\n"
	 "on@x.example,2024-01-01 10:00:00,1\nleft@x.example,2024-01-01 10:00:00,2\n",
	 false, 0, 2, 0, "2 kept off: a@x.example had unsubscribed from the other list"},
	{"not confirmed there", "email,confirmed\na@x.example,no\n", false, 0, 1, 0,
	 "\"not confirmed\""},
	{"contacts without address",
	 "BEGIN:VCARD\nVERSION:3.0\nFN:A\nEND:VCARD\nBEGIN:VCARD\nFN:B\n"
	 "EMAIL:b@x.example\nEND:VCARD\n",
	 false, 1, 1, 0, "1 passed over: this contact has no email address"},
	{"tags: those that are topics",
	 "email,tags\na@x.example,\"VIP,Neglect\"\n"
	 "b@x.example,VIP\n",
	 false, 2, 0, 0, ""},
	{"twice in the file", "address,basis\na@x.example,c\nA@X.example,c\n", false, 1,
	 1, 0, "3 passed over: A@X.example stands in the file more than once"},
	{"on the list", "address,basis\non@x.example,c\n", false, 0, 1, 0, "already"},
	{"left", "address,basis\nleft@x.example,c\nLEFT@x.example,c\n", false, 0, 2, 0,
	 "\"unsubscribed\""},
	{"not active there", "address,basis,state\na@x.example,c,paused\n", false, 0, 1,
	 0, "not active"},
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

/*
 * Files that went wrong elsewhere, beside the checkout where they are: how many are added, passed
 * over, bad; -1: the whole file is refused.
 */
static const struct {
	const char *name;
	int added, passed, bad;
} cases[] = {
	{"blank-rows.csv", 2, 0, 0},
	{"cp1252.csv", 1, 0, 0},
	{"display-name.csv", 2, 0, 0},
	{"dup-header.csv", -1, 0, 0},
	{"duplicates.csv", 1, 2, 0},
	{"empty.csv", -1, 0, 0},
	{"excel-date.csv", 3, 0, 1}, /* one of its days is yet to come in this test */
	{"excel-unicode-text.csv", 1, 0, 0},
	{"future-date.csv", 0, 0, 1},
	{"header-case.csv", 1, 0, 0},
	{"header-email.csv", 1, 0, 0},
	{"idn-duplicates.csv", 1, 2, 0},
	{"nbsp-zwsp.csv", 2, 0, 0},
	{"nul-bytes.csv", 0, 0, 1},
	{"only-header.csv", 0, 0, 0},
	{"plus-dot.csv", 3, 0, 0},
	{"quoted-newline.csv", 1, 0, 0},
	{"row-short.csv", 0, 0, 1},
	{"semicolon-sep-line.csv", 1, 0, 0},
	{"semicolon.csv", 1, 0, 0},
	{"soft-hyphen-bidi.csv", 1, 0, 2},
	{"stray-quote.csv", 1, 0, 0},
	{"tabs.csv", 1, 0, 0},
	{"trailing-blank-in-header.csv", 1, 0, 0},
	{"trailing-commas.csv", 1, 0, 0},
	{"trailing-dot-domain.csv", 1, 0, 5},
	{"unclosed-quote.csv", 1, 0, 1},
	{"unquoted-comma-in-basis.csv", 0, 0, 1},
	{"unquoted-comma-in-name.csv", 0, 0, 1},
	{"utf8-bom.csv", 1, 0, 0},
};

START_TEST(file_that_went_wrong_elsewhere_comes_right)
{
	char name[100];
	const char *path;
	struct subscriber_import_result result = {0};
	AUTO(buf) file = buf_new(1 << 20);
	struct err err = {0};
	bool ok;

	(void)snprintf(name, sizeof(name), "cases/mail/16-csv-import/%s", cases[_i].name);
	path = unit_shared(name);
	if (!path)
		return;
	ck_assert(fd_read_file(path, file, &err));
	ok = import("children", buf_text(file), file->len, true, &result, &err);
	ck_assert_msg(ok == (cases[_i].added >= 0), "%s: %s", name, err.text);
	if (ok)
		ck_assert_msg(result.added == cases[_i].added &&
				      result.passed_over == cases[_i].passed &&
				      result.bad == cases[_i].bad,
			      "%s: %d added, %d passed over, %d bad: %s", name,
			      (int)result.added, (int)result.passed_over, (int)result.bad,
			      buf_text(watched.said));
}
END_TEST

/* What the file does not say is said once; what it says of a person comes first. */
START_TEST(evidence_is_said_once_for_all)
{
	static const char csv[] =
		"email,basis,IP,source\na@x.example,,192.0.2.7,web form\n"
		"b@x.example,asked by letter,,\n";
	static const char plain[] = "c@x.example\n";
	struct subscriber_import_result result;
	struct err err = {0};

	once = (struct subscriber_import){.file = "old.csv", .basis = "consent"};
	once.how = "a form at the fair";
	once.wording = "Send me bulletins.";
	ck_assert_msg(import("children", csv, strlen(csv), false, &result, &err), "%s",
		      err.text);
	once = (struct subscriber_import){.file = "old.txt"};
	ck_assert(import("children", plain, strlen(plain), false, &result, &err));
	once = (struct subscriber_import){0};
	ck_assert_str_eq(
		house_text(
			"SELECT group_concat(e.basis || '|' || coalesce(w.version || ':' || "
			"w.text, ''), char(10)) FROM evidence e LEFT JOIN wording w ON w.id "
			"= e.wording_id"),
		"consent; a form at the fair (web form, 192.0.2.7)|2:Send me bulletins.\n"
		"asked by letter; a form at the fair|2:Send me bulletins.\n"
		"imported from old.txt on 2 March 2026 by jean|");
}
END_TEST

static const struct {
	const char *columns, *wrong; /* wrong: what it says, or NULL */
} said[] = {
	{"Courriel=nothing, Autre=address", NULL},
	{" autre = Address ,Courriel=nothing,", NULL},
	{"Nom=name", "there is no column \"Nom\""},
	{"Courriel=shoe", "\"shoe\" is nothing that a column can hold"},
	{"Courriel", "does not say what that column holds"},
};

START_TEST(columns_are_what_a_person_says)
{
	static const char csv[] = "Courriel;Autre\na@x.example;b@x.example\n";
	static const struct subscriber_import_watch nobody_looks;
	struct list list = house_list("children");
	struct subscriber_import_result result;
	struct subscriber_import plan;
	struct err err = {0};
	bool ok;

	ck_assert(subscriber_import_open(house.arena, &list, csv, strlen(csv), &plan,
					 &err));
	ok = subscriber_import_columns(&plan, house.arena, said[_i].columns, &err);
	ck_assert_msg(ok == !said[_i].wrong, "%s: %s", said[_i].columns, err.text);
	if (!ok) {
		ck_assert_msg(strstr(err.text, said[_i].wrong), "%s", err.text);
		return;
	}
	ck_assert(subscriber_import_run(&house.op, &list, &plan, &nobody_looks, &result,
					&err));
	ck_assert_str_eq(house_state("children", "b@x.example"), "active");
}
END_TEST

START_TEST(frequency_and_tags_are_kept)
{
	static const char csv[] =
		"email,frequency,tags\na@x.example,Monthly,\"VIP, Neglect\"\n"
		"b@x.example,,VIP\n";
	struct subscriber_import_result result;
	struct err err = {0};

	ck_assert_msg(import("children", csv, strlen(csv), false, &result, &err), "%s",
		      err.text);
	ck_assert_str_eq(
		house_text("SELECT group_concat(frequency || topics || all_topics) "
			   "FROM subscription"),
		"monthly10,each01");
}
END_TEST

/* Nobody adds them again; they come back by themselves. */
START_TEST(who_left_elsewhere_is_kept_off)
{
	static const char gone[] =
		"Email Address,UNSUB_TIME,CLEAN_TIME,EUID\n"
		"a@x.example,2024-01-01 10:00:00,,1\nb@x.example,,2024-01-01 10:00:00,2\n";
	static const char back[] = "a@x.example\nb@x.example\nc@x.example\n";
	struct subscriber_import_result result;
	struct audit_event *events;
	size_t n;
	struct err err = {0};

	ck_assert_msg(import("children", gone, strlen(gone), false, &result, &err), "%s",
		      err.text);
	ck_assert_int_eq(result.kept_off, 2);
	ck_assert_str_eq(house_state("children", "a@x.example"), "unsubscribed");
	ck_assert_str_eq(house_state("children", "b@x.example"), "bouncing");
	ck_assert(import("children", back, strlen(back), false, &result, &err));
	ck_assert_int_eq(result.added, 1);
	ck_assert_int_eq(result.passed_over, 2);
	ck_assert_str_eq(house_state("forum", "a@x.example"), "");
	ck_assert_msg(
		timeline_load(&house.op, house.arena, "a@x.example", &events, &n, &err) &&
			n,
		"%s", err.text);
	ck_assert_msg(
		strstr(events[0].words,
		       "Had unsubscribed from another list, as was imported by jean"),
		"%s", events[0].words);
	(void)house_joins("children", "a@x.example");
	ck_assert_str_eq(house_state("children", "a@x.example"), "active");
}
END_TEST

static const struct {
	const char *name, *csv, *file, *columns;
	int active;
	const char *wrong;
} refusing[] = {
	{"as it is proposed", "email,consent\na@x.example,no\nb@x.example,yes\n", NULL,
	 "", 1, NULL},
	{"left out silently", "email,consent\na@x.example,no\nb@x.example,yes\n", NULL,
	 "consent=nothing", 0, "the column \"consent\" says who may be written to"},
	{"left out by who was told", "email,consent\na@x.example,no\nb@x.example,yes\n",
	 NULL, "consent=disregard", 2, NULL},
	{"by the name of the file", "email\na@x.example\nb@x.example\n",
	 "unsubscribed.csv", "", 0, NULL},
	{"by a heading", "Opt-outs:\na@x.example\nb@x.example\n", NULL, "", 0, NULL},
	{"a note", "email,notes\na@x.example,do not email\nb@x.example,nice\n", NULL, "",
	 1, NULL},
	{"a tag that is no topic",
	 "email,tags\na@x.example,Unsubscribed\nb@x.example,x\n", NULL, "", 1, NULL},
};

START_TEST(nobody_who_refused_is_added)
{
	struct list list = house_list("children");
	struct subscriber_import_watch watch = {0};
	struct subscriber_import_result result;
	struct subscriber_import plan;
	struct err err = {0};

	ck_assert(subscriber_import_open(house.arena, &list, refusing[_i].csv,
					 strlen(refusing[_i].csv), &plan, &err));
	subscriber_import_called(&plan, house.arena, refusing[_i].file);
	ck_assert(subscriber_import_columns(&plan, house.arena, refusing[_i].columns,
					    &err));
	plan.leave_out_bad = true;
	if (subscriber_import_run(&house.op, &list, &plan, &watch, &result, &err))
		ck_assert_ptr_null(refusing[_i].wrong);
	else
		ck_assert_msg(refusing[_i].wrong && strstr(err.text, refusing[_i].wrong),
			      "%s: %s", refusing[_i].name, err.text);
	ck_assert_msg(
		house_int("SELECT count(*) FROM subscription WHERE state = 'active'") ==
			refusing[_i].active,
		"%s", refusing[_i].name);
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
	UNIT_TABLE(t, file_that_went_wrong_elsewhere_comes_right, cases);
	tcase_add_test(t, evidence_is_said_once_for_all);
	UNIT_TABLE(t, columns_are_what_a_person_says, said);
	tcase_add_test(t, frequency_and_tags_are_kept);
	tcase_add_test(t, who_left_elsewhere_is_kept_off);
	UNIT_TABLE(t, nobody_who_refused_is_added, refusing);
	suite_add_tcase(suite, t);
	return unit_main_together(suite);
}
