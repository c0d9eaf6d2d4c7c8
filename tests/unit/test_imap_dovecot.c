/* src/imap against a real Dovecot: every mail once, whatever others do meanwhile. */
#include "tests/unit/imap_peer.h"
#include "tests/unit/unit.h"

#include "base/clock.h"
#include "imap/imap.h"

#include <sys/stat.h>

#ifdef MERCAT_SANITIZED
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
	return "leak:libetpan";
}
#endif

enum { MANY = 300, BIG = 20 * 1024 * 1024 };

static struct peer dovecot;
static char folder[UNIT_FOLDER], ca_file[600];
static int imap_port, imaps_port;

static void start_dovecot(void)
{
	int lmtp_port;

	unit_folder(folder, "dovecot");
	ck_assert_int_eq(chmod(folder, 0755), 0);
	dovecot = peer_start("tests/servers/dovecot.py", folder, "maildir");
	ck_assert_int_eq(sscanf(dovecot.ready, "%d %d %d %599s", &imap_port, &imaps_port,
				&lmtp_port, ca_file),
			 4);
}

static void stop_dovecot(void)
{
	pid_t pid;

	peer_stop(&dovecot);
	pid = fork();
	if (pid == 0) {
		(void)execlp("rm", "rm", "-rf", folder, (char *)NULL);
		_exit(127);
	}
	(void)waitpid(pid, NULL, 0);
}

static struct imap_account account_of(const char *user)
{
	return (struct imap_account){.name = user,
				     .host = "localhost",
				     .port = imap_port,
				     .user = user,
				     .password = "secret",
				     .timeout_s = 10};
}

static struct imap_session *open_account(const struct imap_account *account)
{
	struct imap_session *s = NULL;
	struct err err = {0};

	ck_assert_msg(imap_open(account, &s, &err), "%s", err.text);
	return s;
}

struct seen {
	unsigned times[MANY + 10], got, gone;
	size_t bytes, largest;
	uint32_t last_uid;
	const char *meanwhile; /* asked of the peer at the first mail */
};

static bool take(void *who, const struct imap_mail *mail, struct err *err UNUSED)
{
	struct seen *seen = who;

	ck_assert_uint_lt(mail->uid, MANY + 10);
	ck_assert_uint_gt(mail->uid, seen->last_uid);
	seen->last_uid = mail->uid;
	seen->times[mail->uid]++;
	seen->got += mail->outcome == IMAP_GOT;
	seen->gone += mail->outcome == IMAP_GONE;
	seen->bytes += mail->len;
	if (mail->len > seen->largest)
		seen->largest = mail->len;
	if (seen->meanwhile != NULL)
		peer_ask(&dovecot, seen->meanwhile);
	seen->meanwhile = NULL;
	return true;
}

static void collect(struct imap_session *s, struct seen *seen)
{
	uint32_t uids[70];
	size_t n;
	struct err err = {0};

	do {
		ck_assert_msg(imap_list_after(s, seen->last_uid, uids, ARRAY_LEN(uids),
					      &n, &err),
			      "%s", err.text);
		ck_assert_msg(imap_fetch_batch(s, uids, n, take, seen, &err), "%s",
			      err.text);
	} while (n > 0);
}

START_TEST(every_mail_comes_once_while_others_mark_move_and_expunge)
{
	AUTO(imap_session) s = NULL;
	struct seen seen = {
		.meanwhile =
			"[(c.create('away'), c.uid('STORE', '100:150', '+FLAGS', '\\\\Seen'),"
			" c.uid('MOVE', '200', 'away'),"
			" c.uid('STORE', '20,210', '+FLAGS', '\\\\Deleted'), c.expunge(),"
			" c.logout()) for c in [server.client('many', 'INBOX')]]"};
	struct imap_account account = account_of("many");

	peer_ask(&dovecot, "len(server.add_mails('many', [b'Subject: %d\\r\\n\\r\\n' % i "
			   "+ b'x' * (i * 331 % 90000) for i in range(300)]))");
	s = open_account(&account);
	ck_assert(imap_folder(s).exists == MANY && imap_folder(s).idle);
	collect(s, &seen);
	/* Mail 20 may have been on its way already when it was expunged. */
	ck_assert_uint_ge(seen.got, MANY - 3);
	for (unsigned uid = 1; uid <= MANY; uid++) {
		bool away = uid == 20 || uid == 200 || uid == 210;

		ck_assert_msg(seen.times[uid] == 1 || (away && seen.times[uid] == 0),
			      "mail %u came %u times", uid, seen.times[uid]);
	}
	ck_assert_uint_eq(seen.last_uid, MANY);
}
END_TEST

/* The 9999:* trap: asking for what is above the last mail must give nothing. */
START_TEST(nothing_above_the_last_mail)
{
	AUTO(imap_session) s = NULL;
	struct imap_account account = account_of("last");
	struct err err = {0};
	uint32_t uids[10];
	size_t n = 99;

	peer_ask(&dovecot,
		 "server.add_mails('last', [b'Subject: a\\r\\n\\r\\nb\\r\\n'] * 3)");
	s = open_account(&account);
	ck_assert(imap_list_after(s, 3, uids, 10, &n, &err) && n == 0);
	ck_assert(imap_list_after(s, 9999, uids, 10, &n, &err) && n == 0);
	ck_assert(imap_list_after(s, UINT32_MAX, uids, 10, &n, &err) && n == 0);
	ck_assert(imap_list_after(s, 1, uids, 10, &n, &err) && n == 2);
	ck_assert_uint_eq(uids[0], 2);
}
END_TEST

static const struct {
	const char *name, *raw; /* raw: a Python expression */
	size_t len, max;
	bool cut;
} odd[] = {
	{"no body", "b'Subject: a\\r\\n\\r\\n'", 14, 0, false},
	{"one line", "b'x\\r\\n'", 3, 0, false},
	{"NUL bytes", "b'Subject: a\\r\\n\\r\\na\\0b\\0\\0\\r\\n'", 21, 0, false},
	{"8-bit header", "b'Subject: \\xff\\xfe\\r\\n\\r\\nb\\r\\n'", 18, 0, false},
	{"exactly one piece", "b'Subject: a\\r\\n\\r\\n' + b'x' * 65522", 65536, 0,
	 false},
	{"one byte over", "b'Subject: a\\r\\n\\r\\n' + b'x' * 65523", 65537, 0, false},
	{"20 MB", "b'Subject: a\\r\\n\\r\\n' + (b'y' * 78 + b'\\r\\n') * 262144",
	 (size_t)BIG + 14, 0, false},
	{"at the limit", "b'Subject: a\\r\\n\\r\\n' + b'x' * 986", 1000, 1000, false},
	{"over the limit", "b'Subject: a\\r\\n\\r\\n' + b'x' * 987", 1000, 1000, true},
	{"far over the limit", "b'Subject: a\\r\\n\\r\\n' + b'x' * 300000", 100000,
	 100000, true},
};

START_TEST(odd_mail_comes_whole)
{
	AUTO(imap_session) s = NULL;
	AUTO(buf) got = buf_new((size_t)BIG * 2);
	char ask[300], user[20];
	struct imap_account account;
	struct err err = {0};
	bool cut = false;

	(void)snprintf(user, sizeof(user), "odd%d", _i);
	account = account_of(user);
	account.max_message_bytes = odd[_i].max;
	(void)snprintf(ask, sizeof(ask), "server.add_mail('%s', %s)", user, odd[_i].raw);
	peer_ask(&dovecot, ask);
	s = open_account(&account);
	ck_assert_msg(imap_fetch(s, 1, got, &cut, &err), "%s: %s", odd[_i].name,
		      err.text);
	ck_assert_msg(got->len == odd[_i].len, "%s: %zu bytes, want %zu", odd[_i].name,
		      got->len, odd[_i].len);
	ck_assert_msg(cut == odd[_i].cut, "%s: cut is %d", odd[_i].name, cut);
	ck_assert(!imap_fetch(s, 2, got, &cut, &err));
	ck_assert_int_eq(err.kind, ERR_ABSENT);
}
END_TEST

START_TEST(idle_tells_of_a_delivery_and_of_a_wake)
{
	AUTO(imap_session) s = NULL;
	struct imap_account account = account_of("idler");
	struct err err = {0};
	int64_t began_ms;
	bool changed = true;
	uint32_t uids[4];
	size_t n;
	int wake[2];

	ck_assert_int_eq(pipe(wake), 0);
	s = open_account(&account);
	ck_assert(imap_list_after(s, 0, uids, 4, &n, &err) && n == 0);
	ck_assert_msg(imap_wait(s, wake[0], 1, &changed, &err), "%s", err.text);
	ck_assert(!changed);
	began_ms = clock_mono_ms();
	ck_assert_int_eq(write(wake[1], "x", 1), 1);
	ck_assert_msg(imap_wait(s, wake[0], 20, &changed, &err), "%s", err.text);
	ck_assert(!changed && clock_mono_ms() - began_ms < 19000);
	/* The delivery happens a second into the wait. */
	(void)fprintf(dovecot.to,
		      "(__import__('time').sleep(1), server.add_mail('idler', b'Subject: "
		      "a\\r\\n\\r\\nb\\r\\n'))\n");
	(void)fflush(dovecot.to);
	began_ms = clock_mono_ms();
	ck_assert_msg(imap_wait(s, -1, 20, &changed, &err), "%s", err.text);
	ck_assert_msg(changed && clock_mono_ms() - began_ms < 19000, "told after %d ms",
		      (int)(clock_mono_ms() - began_ms));
	ck_assert_ptr_nonnull(fgets(dovecot.ready, sizeof(dovecot.ready), dovecot.from));
	ck_assert(imap_list_after(s, 0, uids, 4, &n, &err) && n == 1);
}
END_TEST

static const struct {
	const char *name;
	enum imap_tls tls;
	bool ca, reach_by_name;
	const char *password, *in_folder;
	enum err_kind want;
	enum imap_auth auth;
} doors[] = {
	{"STARTTLS", IMAP_TLS_STARTTLS, true, true, "secret", NULL, ERR_NONE, 0},
	{"TLS", IMAP_TLS_TLS, true, true, "secret", NULL, ERR_NONE, 0},
	{"TLS by address", IMAP_TLS_TLS, true, false, "secret", NULL, ERR_NONE, 0},
	{"TLS, CA unknown", IMAP_TLS_TLS, false, true, "secret", NULL, ERR_SETUP, 0},
	{"STARTTLS, CA unknown", IMAP_TLS_STARTTLS, false, true, "secret", NULL,
	 ERR_SETUP, 0},
	{"wrong password", IMAP_TLS_NONE, true, true, "guess", NULL, ERR_SETUP, 0},
	{"XOAUTH2", IMAP_TLS_TLS, true, true, "secret", NULL, ERR_NONE,
	 IMAP_AUTH_XOAUTH2},
	{"OAUTHBEARER", IMAP_TLS_TLS, true, true, "secret", NULL, ERR_NONE,
	 IMAP_AUTH_OAUTHBEARER},
	{"an old token", IMAP_TLS_TLS, true, true, "guess", NULL, ERR_SETUP,
	 IMAP_AUTH_XOAUTH2},
	{"no such folder", IMAP_TLS_NONE, true, true, "secret", "nowhere", ERR_SETUP, 0},
};

START_TEST(door_opens_only_as_set)
{
	AUTO(imap_session) s = NULL;
	struct imap_account account = account_of("door");
	struct err err = {0};
	bool ok;

	account.auth = doors[_i].auth;
	account.tls = doors[_i].tls;
	account.port = doors[_i].tls == IMAP_TLS_TLS ? imaps_port : imap_port;
	account.host = doors[_i].reach_by_name ? "localhost" : "127.0.0.1";
	account.ca_file = doors[_i].ca ? ca_file : NULL;
	account.password = doors[_i].password;
	account.folder = doors[_i].in_folder;
	ok = imap_open(&account, &s, &err);
	ck_assert_msg((ok ? ERR_NONE : err.kind) == doors[_i].want, "%s: got %s (%s)",
		      doors[_i].name, ok ? "none" : err_name(err.kind), err.text);
}
END_TEST

START_TEST(mail_is_marked_and_moved_only_when_allowed)
{
	AUTO(imap_session) reader = NULL;
	AUTO(imap_session) s = NULL;
	struct imap_account account = account_of("mover");
	struct err err = {0};
	uint32_t uids[4];
	size_t n;

	peer_ask(&dovecot,
		 "server.add_mails('mover', [b'Subject: a\\r\\n\\r\\nb\\r\\n'] * 2), "
		 "server.add_mail('mover', b'x: y\\r\\n\\r\\n', 'done')");
	reader = open_account(&account);
	ck_assert(!imap_mark_seen(reader, 1, &err) && err.kind == ERR_SETUP);
	ck_assert(!imap_move(reader, 1, "done", &err) && err.kind == ERR_SETUP);
	account.may_change = true;
	s = open_account(&account);
	ck_assert_msg(imap_mark_seen(s, 1, &err), "%s", err.text);
	ck_assert_msg(imap_move(s, 2, "done", &err), "%s", err.text);
	ck_assert_msg(imap_move(s, 2, "done", &err), "%s", err.text); /* gone: no error */
	ck_assert(!imap_move(s, 1, "nowhere", &err));
	ck_assert_int_eq(err.kind, ERR_REFUSED);
	ck_assert(imap_list_after(s, 0, uids, 4, &n, &err) && n == 1 && uids[0] == 1);
	peer_ask(&dovecot,
		 "(len(server.mails('mover', 'done')), server.client('mover', 'INBOX')"
		 ".uid('SEARCH', 'SEEN')[1])");
	ck_assert_str_eq(dovecot.ready, "(2, [b'1'])\n");
}
END_TEST

START_TEST(first_mail_after_a_gap_is_found)
{
	AUTO(imap_session) s = NULL;
	struct imap_account account = account_of("gap");
	struct err err = {0};
	uint32_t uids[4];
	size_t n;

	/* UIDs 1 to 40 are used up and gone; 41 to 45 are there. */
	peer_ask(&dovecot,
		 "[(server.add_mails('gap', [b'a: b\\r\\n\\r\\n'] * 45), "
		 "c.select('INBOX'), c.uid('STORE', '1:40', '+FLAGS', '\\\\Deleted'), "
		 "c.expunge(), c.logout()) for c in [server.client('gap')]]");
	s = open_account(&account);
	ck_assert_msg(imap_list_after(s, 0, uids, 4, &n, &err), "%s", err.text);
	ck_assert_uint_eq(n, 4);
	ck_assert_uint_eq(uids[0], 41);
	ck_assert(imap_list_after(s, 44, uids, 4, &n, &err) && n == 1 && uids[0] == 45);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("imap_dovecot");
	TCase *tc = tcase_create("dovecot");

	tcase_set_timeout(tc, 60);
	tcase_add_unchecked_fixture(tc, start_dovecot, stop_dovecot);
	tcase_add_test(tc, every_mail_comes_once_while_others_mark_move_and_expunge);
	tcase_add_test(tc, nothing_above_the_last_mail);
	UNIT_TABLE(tc, odd_mail_comes_whole, odd);
	tcase_add_test(tc, idle_tells_of_a_delivery_and_of_a_wake);
	UNIT_TABLE(tc, door_opens_only_as_set, doors);
	tcase_add_test(tc, mail_is_marked_and_moved_only_when_allowed);
	tcase_add_test(tc, first_mail_after_a_gap_is_found);
	suite_add_tcase(suite, tc);
	return unit_main(suite);
}
