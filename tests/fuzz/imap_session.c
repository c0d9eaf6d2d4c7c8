/*
 * What a whole session makes of a server that says anything: greeting, login, folder, list,
 * mails. libetpan's parser stands behind our filter, so this is where a line shows that
 * the filter should have kept from it.
 */
#include "tests/fuzz/fuzz.h"

#include "imap/mailbox_session.h"

#include <sys/socket.h>
#include <unistd.h>

enum { MAIL_MOST = 2000, UIDS_MOST = 20, SECONDS = 5 };

static char *kept(const char *text)
{
	char *copy = strdup(text);

	ASSERT(copy);
	return copy;
}

/* As imap_open() makes one, on a connection that is there already. */
static struct imap_session *session_on(int fd)
{
	struct imap_session *s = calloc(1, sizeof(*s));

	ASSERT(s);
	imap_wire_init(&s->wire);
	s->wire.fd = fd;
	s->wire.loopback = true;
	s->account = (struct imap_account){.name = kept("fuzz"),
					   .host = kept("localhost"),
					   .user = kept("anna"),
					   .folder = kept("INBOX"),
					   .timeout_s = SECONDS,
					   .max_message_bytes = MAIL_MOST,
					   .may_change = true};
	s->batch_bytes = (size_t)4 * IMAP_PIECE_MIN;
	s->imap = mailimap_new(0, NULL);
	ASSERT(s->imap);
	return s;
}

struct taken {
	uint32_t last;
	size_t count;
};

static bool take(void *who, const struct imap_mail *mail, struct err *err)
{
	struct taken *t = who;

	(void)err;
	ASSERT(mail->uid > t->last);
	t->last = mail->uid;
	t->count++;
	ASSERT((mail->bytes != NULL) == (mail->outcome == IMAP_GOT));
	if (mail->bytes) {
		size_t sum = 0;

		ASSERT(mail->len <= MAIL_MOST);
		for (size_t i = 0; i < mail->len; i++)
			sum += (unsigned char)mail->bytes[i];
		ASSERT(sum <= mail->len * 255);
	}
	return true;
}

static bool mails(struct imap_session *s, struct err *err)
{
	uint32_t uids[UIDS_MOST];
	struct taken taken = {0};
	size_t count = 0;

	if (!imap_list_after(s, 3, uids, UIDS_MOST, &count, err))
		return false;
	ASSERT(count <= UIDS_MOST);
	for (size_t i = 0; i < count; i++)
		ASSERT(uids[i] > (i ? uids[i - 1] : 3));
	if (!imap_fetch_batch(s, uids, count, take, &taken, err))
		return false;
	ASSERT(taken.count == count);
	return !count ||
	       (imap_mark_seen(s, uids[0], err) && imap_move(s, uids[0], "Done", err));
}

static bool all_of_it(struct imap_session *s, struct err *err)
{
	mailstream *stream = imap_wire_stream(&s->wire);

	ASSERT(stream);
	imap_begin(s, IMAP_WANT_GREETING, 0, 0, IMAP_LINE_MAX);
	if (!imap_end(s, mailimap_connect(s->imap, stream), ERR_AGAIN, "greeting", err) ||
	    !imap_log_in(s, "secret", err))
		return false;
	imap_begin(s, IMAP_WANT_SELECT, 0, 0, (size_t)4 * IMAP_LINE_MAX);
	if (!imap_end(s, mailimap_select(s->imap, "INBOX"), ERR_SETUP, "opening", err))
		return false;
	(void)imap_folder(s);
	return mails(s, err) && imap_noop(s, err);
}

void fuzz_imap_session(const char *bytes, size_t len)
{
	struct imap_session *s;
	struct err err = {0};
	int ends[2];

	ASSERT(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) == 0);
	ASSERT(!len || write(ends[1], bytes, len) == (ssize_t)len);
	ASSERT(shutdown(ends[1], SHUT_WR) == 0);
	s = session_on(ends[0]);
	if (!all_of_it(s, &err))
		fuzz_is_said(&err);
	imap_close(&s);
	(void)close(ends[1]);
}
