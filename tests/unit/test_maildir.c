#include "tests/unit/unit.h"

#include "base/fd.h"
#include "base/str.h"
#include "maildir/maildir.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char folder[UNIT_FOLDER];
static struct maildir *maildir;

static void setup(void)
{
	struct err err = {0};

	unit_folder(folder, "maildir");
	ck_assert_msg(maildir_open(folder, MAILDIR_IS_MADE, &maildir, &err), "%s",
		      err.text);
}

static void teardown(void)
{
	pid_t pid;

	maildir_close(&maildir);
	pid = fork();
	if (pid == 0) {
		(void)execl("/bin/rm", "rm", "-rf", folder, (char *)NULL);
		_exit(127);
	}
	(void)waitpid(pid, NULL, 0);
}

static const char *in_folder(const char *name)
{
	static char path[400];

	(void)snprintf(path, sizeof(path), "%s/%s", folder, name);
	return path;
}

static void put(const char *name, const char *text)
{
	struct err err = {0};

	ck_assert_msg(fd_write_file(in_folder(name), text, strlen(text), 0600, &err),
		      "%s", err.text);
}

static void list(struct arena *a, struct maildir_list *out)
{
	struct err err = {0};

	ck_assert_msg(maildir_list(maildir, a, out, &err), "%s", err.text);
}

static const struct {
	const char *mail, *want;
} mails[] = {
	{"a\r\nb\r\n", "a\nb\n"}, {"a\nb\n", "a\nb\n"},       {"a\rb\r\n", "a\rb\n"},
	{"a\r\r\n", "a\r\n"},     {".\r\n..\r\n", ".\n..\n"}, {"", ""},
	{"end\r", "end\r"},
};

START_TEST(a_delivered_mail_is_read_back_with_lf)
{
	AUTO(arena) a = arena_new(1024);
	AUTO(buf) got = buf_new(1000);
	struct maildir_list items;
	struct err err = {0};
	char key[MAILDIR_KEY_MAX];

	ck_assert(maildir_deliver(maildir, mails[_i].mail, strlen(mails[_i].mail),
				  1700000000, key, &err));
	list(a, &items);
	ck_assert_uint_eq(items.count, 1);
	ck_assert_str_eq(items.items[0].key, key);
	ck_assert(items.items[0].is_new);
	ck_assert_uint_eq(items.items[0].size, strlen(mails[_i].want));
	ck_assert_msg(maildir_read(maildir, &items.items[0], got, &err), "%s", err.text);
	ck_assert_str_eq(buf_text(got), mails[_i].want);
	ck_assert_int_eq(rmdir(in_folder("tmp")), 0); /* nothing is left in it */
}
END_TEST

static const struct {
	const char *sender, *recipient, *want; /* NULL: refused */
} last_stops[] = {
	{"a+b-1@x.example", "c@y.example",
	 "Return-Path: <a+b-1@x.example>\nDelivered-To: c@y.example\nSubject: x\n\ny\n"},
	{"", "c@y.example",
	 "Return-Path: <>\nDelivered-To: c@y.example\nSubject: x\n\ny\n"},
	{"a@x.example\r\nX: y", "c@y.example", NULL},
	{"a@x.example", "c@y.example\nX: y", NULL},
};

START_TEST(a_last_stop_says_from_whom_and_for_whom)
{
	static const char mail[] = "Subject: x\r\n\r\ny\r\n";
	AUTO(arena) a = arena_new(1024);
	AUTO(buf) got = buf_new(1000);
	struct maildir_list items;
	struct err err = {0};
	char key[MAILDIR_KEY_MAX];
	struct maildir_item item = {.key = key};

	ck_assert_int_eq(
		maildir_deliver_final(
			maildir,
			&(struct maildir_mail){.sender = last_stops[_i].sender,
					       .recipient = last_stops[_i].recipient,
					       .mail = mail,
					       .len = strlen(mail)},
			1, key, &err),
		last_stops[_i].want != NULL);
	if (!last_stops[_i].want) {
		ck_assert_int_eq(err.kind, ERR_INPUT);
		list(a, &items);
		ck_assert_uint_eq(items.count, 0);
		return;
	}
	ck_assert_msg(maildir_read(maildir, &item, got, &err), "%s", err.text);
	ck_assert_str_eq(buf_text(got), last_stops[_i].want);
}
END_TEST

START_TEST(names_are_unique_and_by_the_convention)
{
	AUTO(arena) a = arena_new(1024);
	struct maildir_list items;
	struct err err = {0};

	for (int i = 0; i < 100; i++)
		ck_assert(maildir_deliver(maildir, "x\r\n", 3, 1700000000, NULL, &err));
	list(a, &items);
	ck_assert_uint_eq(items.count, 100);
	for (size_t i = 0; i < items.count; i++) {
		ck_assert(str_starts(items.items[i].key, "1700000000.R"));
		ck_assert_ptr_null(strpbrk(items.items[i].key, ":/ "));
	}
}
END_TEST

START_TEST(a_large_mail_comes_back_whole)
{
	AUTO(buf) mail = buf_new(1 << 20);
	AUTO(buf) got = buf_new(1 << 20);
	struct err err = {0};
	char key[MAILDIR_KEY_MAX];
	struct maildir_item item = {.key = key};

	for (int i = 0; i < 10000; i++)
		buf_printf(mail, "line %d\n", i);
	ck_assert(maildir_deliver(maildir, mail->bytes, mail->len, 1, key, &err));
	ck_assert(maildir_read(maildir, &item, got, &err));
	ck_assert_str_eq(buf_text(got), buf_text(mail));
}
END_TEST

START_TEST(what_is_no_mail_is_skipped_and_never_opened)
{
	AUTO(arena) a = arena_new(1024);
	AUTO(buf) got = buf_new(1000);
	struct maildir_item pipe = {.key = "pipe", .name = "pipe", .is_new = true};
	struct maildir_item link = {.key = "link", .name = "link", .is_new = true};
	struct maildir_list items;
	struct err err = {0};
	char longest[256] = "new/";

	put("secret", "not for you");
	put("new/1.a", "one");
	put("cur/2.b:2,S", "two");
	put("cur/.hidden", "x");
	ck_assert_int_eq(mkdir(in_folder("new/folder"), 0700), 0);
	ck_assert_int_eq(mkfifo(in_folder("new/pipe"), 0600), 0);
	ck_assert_int_eq(symlink("../secret", in_folder("new/link")), 0);
	ck_assert_int_eq(symlink("nowhere", in_folder("cur/dangling")), 0);
	memset(longest + 4, 'n', 230);
	put(longest, "x");
	list(a, &items);
	ck_assert_uint_eq(items.count, 2);
	ck_assert_uint_eq(items.skipped, 5);
	ck_assert_str_eq(items.items[0].key, "1.a");
	ck_assert_str_eq(items.items[1].key, "2.b");
	ck_assert(!maildir_read(maildir, &pipe, got, &err));
	ck_assert_int_eq(err.kind, ERR_SYSTEM);
	ck_assert(!maildir_read(maildir, &link, got, &err));
	ck_assert_int_eq(err.kind, ERR_SYSTEM);
	ck_assert_uint_eq(got->len, 0);
}
END_TEST

START_TEST(a_key_stays_while_the_mail_moves)
{
	AUTO(arena) a = arena_new(1024);
	AUTO(buf) got = buf_new(1000);
	struct maildir_list items, later;
	struct err err = {0};
	char from[400];

	put("new/1.a", "one");
	list(a, &items);
	ck_assert_msg(maildir_seen(maildir, &items.items[0], &err), "%s", err.text);
	ck_assert_int_eq(access(in_folder("cur/1.a:2,"), F_OK), 0);
	ck_assert(maildir_seen(maildir, &items.items[0], &err));
	ck_assert(maildir_read(maildir, &items.items[0], got, &err));
	str_copy(from, sizeof(from), in_folder("cur/1.a:2,"));
	ck_assert_int_eq(rename(from, in_folder("cur/1.a:2,RS")), 0);
	ck_assert(maildir_read(maildir, &items.items[0], got, &err));
	ck_assert_str_eq(buf_text(got), "oneone");
	list(a, &later);
	ck_assert_str_eq(later.items[0].key, "1.a");
	ck_assert(!later.items[0].is_new);
	ck_assert_int_eq(unlink(in_folder("cur/1.a:2,RS")), 0);
	ck_assert(!maildir_read(maildir, &items.items[0], got, &err));
	ck_assert_int_eq(err.kind, ERR_ABSENT);
	ck_assert(!maildir_seen(maildir, &later.items[0], &err));
	ck_assert_int_eq(err.kind, ERR_ABSENT);
}
END_TEST

START_TEST(a_mail_seen_in_both_folders_is_one)
{
	AUTO(arena) a = arena_new(1024);
	struct maildir_list items;

	put("new/1.a", "one");
	put("cur/1.a:2,S", "one");
	put("cur/1.a.b:2,S", "another");
	list(a, &items);
	ck_assert_uint_eq(items.count, 2);
	ck_assert(!items.items[0].is_new); /* where it went to */
	ck_assert_str_eq(items.items[1].key, "1.a.b");
}
END_TEST

START_TEST(a_mail_over_the_maximum_is_refused)
{
	AUTO(buf) got = buf_new(10);
	struct maildir_item item = {.key = "1.a"};
	struct err err = {0};

	put("new/1.a", "12345678901");
	ck_assert(!maildir_read(maildir, &item, got, &err));
	ck_assert_int_eq(err.kind, ERR_INPUT);
}
END_TEST

static const char *const keys[] = {"", "../secret", ".", "..", "a/b", "1.a:2,S", NULL};

START_TEST(a_key_cannot_lead_out_of_the_folder)
{
	AUTO(buf) got = buf_new(1000);
	struct maildir_item item = {.key = keys[_i]};
	struct err err = {0};

	put("secret", "not for you");
	ck_assert(!maildir_read(maildir, &item, got, &err));
	ck_assert_int_eq(err.kind, ERR_INPUT);
}
END_TEST

START_TEST(what_is_no_maildir_is_said_so)
{
	struct maildir *none = NULL;
	struct err err = {0};

	ck_assert(
		!maildir_open(in_folder("nowhere"), MAILDIR_MUST_BE_THERE, &none, &err));
	ck_assert_int_eq(err.kind, ERR_ABSENT);
	ck_assert_int_eq(mkdir(in_folder("plain"), 0700), 0);
	ck_assert(!maildir_open(in_folder("plain"), MAILDIR_MUST_BE_THERE, &none, &err));
	ck_assert_int_eq(err.kind, ERR_SETUP);
	ck_assert_int_eq(symlink("/", in_folder("plain/tmp")), 0);
	ck_assert(!maildir_open(in_folder("plain"), MAILDIR_IS_MADE, &none, &err));
	ck_assert_int_eq(err.kind, ERR_SETUP);
	ck_assert_ptr_null(none);
}
END_TEST

START_TEST(a_full_disk_leaves_nothing_behind)
{
	AUTO(arena) a = arena_new(1024);
	AUTO(buf) mail = buf_new(1 << 20);
	struct maildir_list items;
	struct err err = {0};
	struct rlimit most = {100000, 100000};

	(void)signal(SIGXFSZ, SIG_IGN);
	for (int i = 0; i < 20000; i++)
		buf_str(mail, "a line of a mail\r\n");
	ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &most), 0);
	ck_assert(!maildir_deliver(maildir, mail->bytes, mail->len, 1, NULL, &err));
	ck_assert_int_eq(err.kind, ERR_SYSTEM);
	ck_assert(strstr(err.text, folder) != NULL);
	list(a, &items);
	ck_assert_uint_eq(items.count, 0);
	ck_assert_int_eq(rmdir(in_folder("tmp")), 0);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("maildir");
	TCase *t = tcase_create("maildir");

	tcase_add_checked_fixture(t, setup, teardown);
	UNIT_TABLE(t, a_delivered_mail_is_read_back_with_lf, mails);
	tcase_add_loop_test(t, a_last_stop_says_from_whom_and_for_whom, 0,
			    (int)ARRAY_LEN(last_stops));
	tcase_add_test(t, names_are_unique_and_by_the_convention);
	tcase_add_test(t, a_large_mail_comes_back_whole);
	tcase_add_test(t, what_is_no_mail_is_skipped_and_never_opened);
	tcase_add_test(t, a_key_stays_while_the_mail_moves);
	tcase_add_test(t, a_mail_seen_in_both_folders_is_one);
	tcase_add_test(t, a_mail_over_the_maximum_is_refused);
	UNIT_TABLE(t, a_key_cannot_lead_out_of_the_folder, keys);
	tcase_add_test(t, what_is_no_maildir_is_said_so);
	tcase_add_test(t, a_full_disk_leaves_nothing_behind);
	suite_add_tcase(suite, t);
	return unit_main(suite);
}
