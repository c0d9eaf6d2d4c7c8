/*
 * Every way to be bad that tests/faults/imap_server.py knows: the session ends with
 * the right kind of error in bounded time and memory, and what follows gets each mail
 * exactly once.
 */
#include "tests/unit/imap_peer.h"
#include "tests/unit/unit.h"

#include "base/clock.h"
#include "base/str.h"
#include "imap/cursor.h"
#include "imap/imap.h"

#include <sys/resource.h>

#ifdef MERCAT_SANITIZED
/* What libetpan leaves behind when it gives up in the middle of an answer. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
	return "leak:libetpan";
}
#endif

enum { MAILS = 24, RSS_MAX_KB = 64 * 1024 };

struct taken {
	unsigned times[MAILS];
	unsigned unreadable, gone;
	uint32_t last_uid;
};

static int place_of(uint32_t uid)
{
	return uid >= 4000000 ? (int)(uid - 4000000) + MAILS / 2 : (int)(uid - 7) / 3;
}

/* The same as mail_of() in imap_server.py. */
static bool is_mail(uint32_t uid, const char *bytes, size_t len)
{
	char head[64];
	size_t h, n = uid % 4 == 0 ? (size_t)((uint64_t)uid * 7919 % 150000) : uid % 997;

	if (uid == 10)
		return len == 0;
	(void)snprintf(head, sizeof(head), "Subject: mail %u\r\n\r\n", (unsigned)uid);
	h = strlen(head);
	if (len != h + n || memcmp(bytes, head, h) != 0)
		return false;
	for (size_t i = h; i < len; i++)
		if (bytes[i] != 'x')
			return false;
	return true;
}

static bool take(void *who, const struct imap_mail *mail, struct err *err UNUSED)
{
	struct taken *t = who;

	t->last_uid = mail->uid;
	if (mail->outcome == IMAP_UNREADABLE) {
		t->unreadable++;
		return true;
	}
	if (mail->outcome == IMAP_GONE) {
		t->gone++;
		return true;
	}
	ck_assert_msg(is_mail(mail->uid, mail->bytes, mail->len),
		      "mail %u came wrong (%zu bytes)", (unsigned)mail->uid, mail->len);
	t->times[place_of(mail->uid)]++;
	return true;
}

/* What the role does, once: everything new, then a wait. */
static bool collect(const struct imap_account *account, struct imap_cursor *cursor,
		    bool wait, struct taken *t, struct err *err)
{
	AUTO(imap_session) s = NULL;
	uint32_t uids[5];
	size_t n = 0;
	bool changed;

	if (!imap_open(account, &s, err))
		return false;
	if (imap_cursor_decide(*cursor, imap_folder(s).uidvalidity,
			       imap_folder(s).uidnext, cursor) == IMAP_CURSOR_RESCAN)
		memset(t, 0, sizeof(*t));
	do {
		bool ok;

		if (!imap_list_after(s, cursor->last_uid, uids, ARRAY_LEN(uids), &n, err))
			return false;
		t->last_uid = cursor->last_uid;
		ok = imap_fetch_batch(s, uids, n, take, t, err);
		cursor->last_uid = t->last_uid;
		if (!ok)
			return false;
	} while (n > 0);
	return !wait || imap_wait(s, -1, 1, &changed, err);
}

/* want: of the first attempt; ERR_NONE means that it must succeed all the same. */
static const struct {
	const char *how;
	enum err_kind want;
	enum imap_tls tls;
	const char *says;
	unsigned unreadable, gone;
} faults[] = {
	{"honest", ERR_NONE, IMAP_TLS_NONE, NULL, 0, 0},
	{"greeting-stall", ERR_AGAIN, IMAP_TLS_NONE, "in time", 0, 0},
	{"greeting-bye", ERR_AGAIN, IMAP_TLS_NONE, "too busy", 0, 0},
	{"greeting-garbage", ERR_AGAIN, IMAP_TLS_NONE, "no IMAP", 0, 0},
	{"greeting-endless-line", ERR_AGAIN, IMAP_TLS_NONE, "without end", 0, 0},
	{"greeting-preauth", ERR_SETUP, IMAP_TLS_NONE, "logged in already", 0, 0},
	{"greeting-close", ERR_AGAIN, IMAP_TLS_NONE, "closed", 0, 0},
	{"capability-none", ERR_NONE, IMAP_TLS_NONE, NULL, 0, 0},
	{"capability-stall", ERR_AGAIN, IMAP_TLS_NONE, "in time", 0, 0},
	{"starttls-missing", ERR_SETUP, IMAP_TLS_STARTTLS, "in the clear", 0, 0},
	{"starttls-refused", ERR_SETUP, IMAP_TLS_STARTTLS, "not today", 0, 0},
	{"starttls-injected", ERR_AGAIN, IMAP_TLS_STARTTLS, "after TLS was agreed", 0, 0},
	{"tls-garbage", ERR_AGAIN, IMAP_TLS_STARTTLS, NULL, 0, 0},
	{"tls-wrong-name", ERR_SETUP, IMAP_TLS_STARTTLS, "certificate", 0, 0},
	{"tls-unknown-ca", ERR_SETUP, IMAP_TLS_STARTTLS, "certificate", 0, 0},
	{"login-refused", ERR_SETUP, IMAP_TLS_NONE, "wrong password", 0, 0},
	{"login-unavailable", ERR_AGAIN, IMAP_TLS_NONE, "directory", 0, 0},
	{"login-stall", ERR_AGAIN, IMAP_TLS_NONE, "in time", 0, 0},
	{"login-bye", ERR_AGAIN, IMAP_TLS_NONE, "shutting down", 0, 0},
	{"login-disabled", ERR_SETUP, IMAP_TLS_NONE, "LOGINDISABLED", 0, 0},
	{"auth-plain", ERR_NONE, IMAP_TLS_NONE, NULL, 0, 0},
	{"auth-plain-late", ERR_NONE, IMAP_TLS_NONE, NULL, 0, 0},
	{"auth-xoauth2", ERR_NONE, IMAP_TLS_NONE, NULL, 0, 0},
	{"auth-xoauth2-refused", ERR_SETUP, IMAP_TLS_NONE, "token is old", 0, 0},
	{"auth-bearer", ERR_NONE, IMAP_TLS_NONE, NULL, 0, 0},
	{"auth-asks-on", ERR_AGAIN, IMAP_TLS_NONE, "more than a login", 0, 0},
	{"auth-missing", ERR_SETUP, IMAP_TLS_NONE, "another auth", 0, 0},
	{"select-absent", ERR_SETUP, IMAP_TLS_NONE, "no such folder", 0, 0},
	{"select-no-uidvalidity", ERR_SETUP, IMAP_TLS_NONE, "UIDVALIDITY", 0, 0},
	{"select-flood", ERR_NONE, IMAP_TLS_NONE, NULL, 0, 0},
	{"select-stall", ERR_AGAIN, IMAP_TLS_NONE, "in time", 0, 0},
	{"select-uidvalidity-changes", ERR_NONE, IMAP_TLS_NONE, NULL, 0, 0},
	{"list-wrong-uids", ERR_AGAIN, IMAP_TLS_NONE, "does not find", 0, 0},
	{"list-doubled", ERR_NONE, IMAP_TLS_NONE, NULL, 0, 0},
	{"list-huge-numbers", ERR_AGAIN, IMAP_TLS_NONE, "number", 0, 0},
	{"list-negative", ERR_AGAIN, IMAP_TLS_NONE, NULL, 0, 0},
	{"list-stall", ERR_AGAIN, IMAP_TLS_NONE, "in time", 0, 0},
	{"fetch-cut-in-literal", ERR_AGAIN, IMAP_TLS_NONE, "closed", 0, 0},
	{"fetch-stall-in-literal", ERR_AGAIN, IMAP_TLS_NONE, "in time", 0, 0},
	{"fetch-drip", ERR_AGAIN, IMAP_TLS_NONE, "in time", 0, 0},
	{"fetch-literal-too-long", ERR_AGAIN, IMAP_TLS_NONE, NULL, 0, 0},
	{"fetch-literal-too-short", ERR_AGAIN, IMAP_TLS_NONE, NULL, 0, 0},
	{"fetch-endless-literal", ERR_AGAIN, IMAP_TLS_NONE, "larger than", 0, 0},
	{"fetch-endless-line", ERR_AGAIN, IMAP_TLS_NONE, "without end", 0, 0},
	{"fetch-wrong-uid", ERR_AGAIN, IMAP_TLS_NONE, "other mails", 0, 0},
	{"fetch-no-body", ERR_NONE, IMAP_TLS_NONE, NULL, 1, 0},
	{"fetch-nil-body", ERR_NONE, IMAP_TLS_NONE, NULL, 1, 0},
	{"fetch-doubled", ERR_AGAIN, IMAP_TLS_NONE, "other mails", 0, 0},
	{"fetch-flood-of-flags", ERR_NONE, IMAP_TLS_NONE, NULL, 0, 0},
	{"fetch-endless-flood", ERR_AGAIN, IMAP_TLS_NONE, NULL, 0, 0},
	{"fetch-bye", ERR_AGAIN, IMAP_TLS_NONE, "out of memory", 0, 0},
	{"fetch-brackets", ERR_AGAIN, IMAP_TLS_NONE, "nested", 0, 0},
	{"fetch-bodystructure", ERR_AGAIN, IMAP_TLS_NONE, NULL, 0, 0},
	{"fetch-envelope", ERR_AGAIN, IMAP_TLS_NONE, "never asked", 0, 0},
	{"fetch-negative-literal", ERR_AGAIN, IMAP_TLS_NONE, "literal", 0, 0},
	{"fetch-nul-in-line", ERR_AGAIN, IMAP_TLS_NONE, "NUL", 0, 0},
	{"fetch-quoted-endless", ERR_AGAIN, IMAP_TLS_NONE, "without end", 0, 0},
	{"fetch-wrong-offset", ERR_AGAIN, IMAP_TLS_NONE, "other mails", 0, 0},
	{"fetch-too-many-bytes", ERR_AGAIN, IMAP_TLS_NONE, "larger than", 0, 0},
	{"fetch-wrong-tag", ERR_AGAIN, IMAP_TLS_NONE, "no sense", 0, 0},
	{"fetch-size-too-small", ERR_NONE, IMAP_TLS_NONE, NULL, 0, 0},
	{"fetch-size-too-large", ERR_NONE, IMAP_TLS_NONE, NULL, 0, 0},
	{"fetch-short-pieces", ERR_NONE, IMAP_TLS_NONE, NULL, 0, 0},
	{"fetch-refused", ERR_NONE, IMAP_TLS_NONE, NULL, 0, 0},
	{"fetch-expunged", ERR_NONE, IMAP_TLS_NONE, NULL, 0, 1},
	{"fetch-literal-in-text", ERR_AGAIN, IMAP_TLS_NONE, "literal", 0, 0},
	{"fetch-body-twice", ERR_AGAIN, IMAP_TLS_NONE, "other mails", 0, 0},
	{"fetch-unavailable", ERR_NONE, IMAP_TLS_NONE, NULL, 1, 0},
	{"fetch-throttled", ERR_AGAIN, IMAP_TLS_NONE, "Backoff Time", 0, 0},
	{"list-throttled", ERR_AGAIN, IMAP_TLS_NONE, "Rate limit", 0, 0},
	{"select-throttled", ERR_AGAIN, IMAP_TLS_NONE, "throttled", 0, 0},
	{"idle-no-plus", ERR_AGAIN, IMAP_TLS_NONE, "in time", 0, 0},
	{"idle-exists-first", ERR_NONE, IMAP_TLS_NONE, NULL, 0, 0},
	{"idle-flood", ERR_AGAIN, IMAP_TLS_NONE, NULL, 0, 0},
	{"idle-bye", ERR_AGAIN, IMAP_TLS_NONE, "too long", 0, 0},
	{"idle-refused", ERR_AGAIN, IMAP_TLS_NONE, "not now", 0, 0},
	{"idle-missing", ERR_NONE, IMAP_TLS_NONE, NULL, 0, 0},
	{"idle-dies", ERR_AGAIN, IMAP_TLS_NONE, "closed", 0, 0},
};

/* By a password unless the server's behaviour is named for another way. */
static enum imap_auth auth_of(const char *how)
{
	if (strncmp(how, "auth-", 5) != 0 || strncmp(how, "auth-plain", 10) == 0)
		return IMAP_AUTH_PASSWORD;
	return strcmp(how, "auth-bearer") == 0 ? IMAP_AUTH_OAUTHBEARER
					       : IMAP_AUTH_XOAUTH2;
}

/* How long each asks to be left alone; all others do not. */
static int64_t pause_of(const char *how)
{
	return str_eq(how, "fetch-throttled")    ? 92415
	       : str_eq(how, "list-throttled")   ? 60000
	       : str_eq(how, "select-throttled") ? 5000
						 : 0;
}

static long rss_kb(void)
{
	struct rusage usage;

	ck_assert_int_eq(getrusage(RUSAGE_SELF, &usage), 0);
	return usage.ru_maxrss;
}

START_TEST(bad_server_ends_in_time_and_loses_and_doubles_nothing)
{
	struct peer p = peer_start("tests/faults/imap_server.py", faults[_i].how, "1");
	struct imap_account account = {.name = "test",
				       .host = "localhost",
				       .user = "u",
				       .password = "p",
				       .auth = auth_of(faults[_i].how),
				       .timeout_s = 1,
				       .watchdog_s = 5,
				       .tls = faults[_i].tls};
	struct imap_cursor cursor = {0};
	struct taken t = {0};
	struct err err = {0};
	int64_t asked_ms = 0;
	char ca[600];
	int64_t began_ms;
	long before_kb = rss_kb();
	bool ok;

	ck_assert_int_eq(sscanf(p.ready, "%d %500s", &account.port, ca), 2);
	(void)snprintf(ca + strlen(ca), sizeof(ca) - strlen(ca), "/ca.pem");
	account.ca_file = faults[_i].tls == IMAP_TLS_NONE ? NULL : ca;
	account.asked_pause_ms = &asked_ms;
	began_ms = clock_mono_ms();
	ok = collect(&account, &cursor, strncmp(faults[_i].how, "idle", 4) == 0, &t,
		     &err);
	ck_assert_msg(clock_mono_ms() - began_ms < 30000, "%s: took %d ms",
		      faults[_i].how, (int)(clock_mono_ms() - began_ms));
	ck_assert_msg((ok ? ERR_NONE : err.kind) == faults[_i].want,
		      "%s: got %s (%s), want %s", faults[_i].how,
		      ok ? "none" : err_name(err.kind), err.text,
		      err_name(faults[_i].want));
	if (faults[_i].says != NULL)
		ck_assert_msg(strstr(err.text, faults[_i].says) != NULL, "%s: says %s",
			      faults[_i].how, err.text);
	ck_assert_int_eq(asked_ms, pause_of(faults[_i].how));
	ck_assert_uint_eq(t.unreadable, faults[_i].unreadable);
	ck_assert_uint_eq(t.gone, faults[_i].gone);
	if (t.unreadable > 0)
		cursor.last_uid = 12; /* the role asks again for what it could not read */
	if (t.unreadable > 0)
		for (int i = 2; i < MAILS; i++)
			t.times[i] = 0;
	ck_assert_msg(collect(&account, &cursor, false, &t, &err), "%s: then: %s",
		      faults[_i].how, err.text);
	for (int i = 0; i < MAILS; i++)
		ck_assert_msg(t.times[i] == (i == 15 && faults[_i].gone ? 0 : 1),
			      "%s: mail at %d came %u times", faults[_i].how, i,
			      t.times[i]);
#ifndef MERCAT_SANITIZED
	ck_assert_msg(rss_kb() - before_kb < RSS_MAX_KB, "%s: grew by %ld kB",
		      faults[_i].how, rss_kb() - before_kb);
#else
	(void)before_kb;
#endif
	peer_stop(&p);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("imap_faults");
	TCase *tc = tcase_create("faults");

	tcase_set_timeout(tc, 30);
	UNIT_TABLE(tc, bad_server_ends_in_time_and_loses_and_doubles_nothing, faults);
	suite_add_tcase(suite, tc);
	return unit_main(suite);
}
