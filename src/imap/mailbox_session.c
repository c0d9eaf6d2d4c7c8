#include "imap/mailbox_session.h"

#include "base/clock.h"
#include "base/numeral.h"
#include "base/str.h"

#include <unistd.h>

void imap_begin(struct imap_session *s, enum imap_want want, size_t literals,
		size_t literal_max, size_t lines_max)
{
	/* The default action of SIGALRM ends the process: the master starts it again. */
	if (s->account.watchdog_s > 0)
		(void)alarm((unsigned)s->account.watchdog_s);
	imap_filter_begin(&s->wire.filter, want, literals, literal_max, lines_max);
	imap_wire_begin(&s->wire, s->account.timeout_s * 1000,
			literals * literal_max + lines_max + IMAP_DROPPED_MAX);
	s->began_ms = clock_mono_ms();
}

bool imap_failed(struct imap_session *s, const char *doing, struct err *err)
{
	return err_set(err, s->wire.kind, "mailbox %s (%s): %s: %s.", s->account.name,
		       s->account.host, doing, s->wire.why);
}

bool imap_said_no(const struct imap_session *s)
{
	const char *answer = s->wire.filter.answer;

	return s->wire.kind == ERR_NONE &&
	       (str_istarts(answer, "NO ") || str_istarts(answer, "BAD "));
}

static bool holds_one_of(const char *answer, const char *const *words)
{
	for (; *words != NULL; words++)
		if (str_ifind(answer, *words) != NULL)
			return true;
	return false;
}

/*
 * How long the answer asks that we stay away, 0 when it does not. Exchange: "Request is
 * throttled. Suggested Backoff Time: 92415 milliseconds"; others name a rate or a bandwidth.
 */
static int64_t pause_in(const char *answer)
{
	static const char *const words[] = {"throttled", "backoff time", "rate limit",
					    "bandwidth limit", NULL};
	const char *said = str_ifind(answer, "backoff time");
	int64_t ms = 0;

	if (!holds_one_of(answer, words))
		return 0;
	if (said != NULL)
		said += strcspn(said, "0123456789");
	for (; said != NULL && str_is_digit(*said) && ms < IMAP_PAUSE_MOST_MS; said++)
		ms = numeral_with(ms, *said - '0');
	if (said != NULL && ms > 0 && str_istarts(said, " second"))
		ms *= 1000;
	if (ms == 0)
		return IMAP_PAUSE_UNSAID_MS;
	return ms < IMAP_PAUSE_MOST_MS ? ms : IMAP_PAUSE_MOST_MS;
}

bool imap_wants_pause(const struct imap_session *s)
{
	return imap_said_no(s) && pause_in(s->wire.filter.answer) > 0;
}

/* RFC 5530: the codes that mean "not now" and not "never". */
static bool is_temporary(const char *answer)
{
	static const char *const codes[] = {"[UNAVAILABLE]", "[INUSE]",        "[LIMIT]",
					    "[SERVERBUG]",   "[CONTACTADMIN]", NULL};

	return holds_one_of(answer, codes) || pause_in(answer) > 0;
}

bool imap_end(struct imap_session *s, int result, enum err_kind refused,
	      const char *doing, struct err *err)
{
	if (s->account.watchdog_s > 0)
		(void)alarm(0);
	if (s->wire.kind != ERR_NONE)
		return imap_failed(s, doing, err);
	if (result == MAILIMAP_NO_ERROR || result == MAILIMAP_NO_ERROR_AUTHENTICATED ||
	    result == MAILIMAP_NO_ERROR_NON_AUTHENTICATED)
		return true;
	if (imap_wants_pause(s) && s->account.asked_pause_ms != NULL)
		*s->account.asked_pause_ms = pause_in(s->wire.filter.answer);
	if (imap_said_no(s))
		return err_set(
			err, is_temporary(s->wire.filter.answer) ? ERR_AGAIN : refused,
			"mailbox %s (%s): %s: the server says: %s", s->account.name,
			s->account.host, doing, s->wire.filter.answer);
	(void)imap_wire_fail(&s->wire, ERR_AGAIN,
			     "the server's answer makes no sense (libetpan error %d)",
			     result);
	return imap_failed(s, doing, err);
}

bool imap_usable(struct imap_session *s, struct err *err)
{
	return s->wire.kind == ERR_NONE || imap_failed(s, "open it again", err);
}

bool imap_noop(struct imap_session *s, struct err *err)
{
	imap_begin(s, IMAP_WANT_NOTHING, 0, 0, IMAP_LINE_MAX);
	return imap_end(s, mailimap_noop(s->imap), ERR_AGAIN, "asking for news", err);
}

void imap_close(struct imap_session **session)
{
	struct imap_session *s = *session;

	if (s == NULL)
		return;
	imap_wire_close(&s->wire);
	mailimap_free(s->imap); /* its LOGOUT finds the wire closed */
	free((char *)s->account.name);
	free((char *)s->account.host);
	free((char *)s->account.user);
	free((char *)s->account.ca_file);
	free((char *)s->account.folder);
	free(s);
	*session = NULL;
}

bool imap_ask_capabilities(struct imap_session *s, struct err *err)
{
	/* Not mailimap_capability(): it follows a NULL when the server lists none. */
	s->wire.filter.capabilities = 0;
	imap_begin(s, IMAP_WANT_NOTHING, 0, 0, IMAP_LINE_MAX);
	return imap_end(s, mailimap_custom_command(s->imap, "CAPABILITY"), ERR_AGAIN,
			"asking what the server can do", err);
}

int64_t imap_certificate_end(const struct imap_session *s)
{
	return imap_wire_certificate_end(&s->wire);
}

struct imap_folder imap_folder(const struct imap_session *s)
{
	struct imap_folder folder = s->folder;

	folder.exists = s->wire.filter.exists;
	return folder;
}
