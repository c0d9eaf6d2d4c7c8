/*
 * imap_fetch - how many mails a second src/imap gets from a server.
 *
 *   imap_fetch PORT USER [tls CA_FILE]     everything in INBOX of localhost, thrice
 *   imap_fetch PORT USER bare              the same by libetpan alone, in batches of
 *                                          50 UIDs from 1 on, with nothing checked
 */
#include "base/clock.h"
#include "imap/imap.h"

#include <inttypes.h>
#include <libetpan/libetpan.h>
#include <sys/resource.h>

struct sum {
	size_t mails, bytes;
};

static bool add(void *who, const struct imap_mail *mail, struct err *err UNUSED)
{
	struct sum *sum = who;

	sum->mails += mail->outcome == IMAP_GOT;
	sum->bytes += mail->len;
	return true;
}

static bool run(const struct imap_account *account, struct sum *sum, struct err *err)
{
	AUTO(imap_session) s = NULL;
	uint32_t uids[1000], last = 0;
	size_t n = 1;

	if (!imap_open(account, &s, err))
		return false;
	while (n > 0) {
		if (!imap_list_after(s, last, uids, ARRAY_LEN(uids), &n, err) ||
		    !imap_fetch_batch(s, uids, n, add, sum, err))
			return false;
		if (n > 0)
			last = uids[n - 1];
	}
	return true;
}

static bool run_bare(const struct imap_account *account, struct sum *sum, struct err *err)
{
	mailimap *imap = mailimap_new(0, NULL);
	int r = mailimap_socket_connect(imap, account->host, (uint16_t)account->port);

	if (r != MAILIMAP_NO_ERROR_NON_AUTHENTICATED ||
	    mailimap_login(imap, account->user, account->password) != MAILIMAP_NO_ERROR ||
	    mailimap_select(imap, "INBOX") != MAILIMAP_NO_ERROR)
		return err_set(err, ERR_AGAIN, "libetpan cannot open the folder");
	for (uint32_t at = 1, last = imap->imap_selection_info->sel_exists; at <= last;
	     at += 50) {
		struct mailimap_set *set = mailimap_set_new_interval(at, at + 49);
		struct mailimap_fetch_type *what = mailimap_fetch_type_new_fetch_att(
			mailimap_fetch_att_new_body_peek_section(
				mailimap_section_new(NULL)));
		clist *answers;

		if (mailimap_uid_fetch(imap, set, what, &answers) != MAILIMAP_NO_ERROR)
			return err_set(err, ERR_AGAIN, "libetpan cannot fetch");
		sum->mails += (size_t)clist_count(answers);
		mailimap_fetch_list_free(answers);
		mailimap_fetch_type_free(what);
		mailimap_set_free(set);
	}
	mailimap_free(imap);
	return true;
}

int main(int argc, char **argv)
{
	struct imap_account account = {
		.name = "bench", .host = "localhost", .password = "secret"};
	struct rusage usage;
	struct err err;
	bool bare = argc == 4 && strcmp(argv[3], "bare") == 0;

	if (argc != 3 && argc != 5 && !bare) {
		(void)fprintf(stderr, "usage: %s PORT USER [tls CA_FILE | bare]\n",
			      argv[0]);
		return 2;
	}
	account.port = (int)strtol(argv[1], NULL, 10);
	account.user = argv[2];
	account.tls = argc == 5 ? IMAP_TLS_TLS : IMAP_TLS_NONE;
	account.ca_file = argc == 5 ? argv[4] : NULL;
	for (int i = 0; i < 3; i++) {
		struct sum sum = {0};
		int64_t began_ms = clock_mono_ms(), took_ms;

		if (!(bare ? run_bare : run)(&account, &sum, &err)) {
			(void)fprintf(stderr, "%s\n", err.text);
			return 1;
		}
		took_ms = clock_mono_ms() - began_ms;
		(void)getrusage(RUSAGE_SELF, &usage);
		(void)printf("%zu mails, %zu bytes, %" PRId64 " ms, %" PRId64
			     " mails/s, %ld kB\n",
			     sum.mails, sum.bytes, took_ms,
			     (int64_t)sum.mails * 1000 / (took_ms > 0 ? took_ms : 1),
			     usage.ru_maxrss);
	}
	return 0;
}
