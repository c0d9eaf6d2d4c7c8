/* A session from its connection to its folder. */
#include "imap/mailbox_session.h"

#include "base/clock.h"
#include "base/str.h"

#include <unistd.h>

enum { TIMEOUT_S = 20, POLL_S = 30, MESSAGE_BYTES = 64 * 1024 * 1024 };

static bool is_plain(const char *text, bool ascii)
{
	for (; *text != '\0'; text++) {
		unsigned char c = (unsigned char)*text;

		if (c < 0x20 || c == 0x7F || (ascii && c >= 0x80))
			return false;
	}
	return true;
}

static bool check_account(const struct imap_account *a, struct err *err)
{
	const char *name = str_or(a->name, "?");

	if (str_empty(a->host) || str_empty(a->user) || a->password == NULL)
		return err_set(err, ERR_SETUP,
			       "mailbox %s: it needs a host, a user and a password.",
			       name);
	if (a->port < 0 || a->port > 65535)
		return err_set(err, ERR_SETUP,
			       "mailbox %s: port %d is none (1 to 65535).", name,
			       a->port);
	/* They would end the command and begin another one. */
	if (!is_plain(a->user, false) || !is_plain(a->password, false))
		return err_set(err, ERR_SETUP,
			       "mailbox %s: user or password holds a control character.",
			       name);
	if (!is_plain(str_or(a->folder, "INBOX"), true))
		return err_set(err, ERR_SETUP,
			       "mailbox %s: write the folder's name in IMAP's own form "
			       "(modified UTF-7, RFC 3501 5.1.3), in ASCII.",
			       name);
	if (a->watchdog_s > 0 &&
	    a->watchdog_s <= (a->timeout_s > 0 ? a->timeout_s : TIMEOUT_S))
		return err_set(
			err, ERR_SETUP,
			"mailbox %s: the watchdog must be slower than the time-out.",
			name);
	return true;
}

static char *copy(const char *text)
{
	char *c = text == NULL ? NULL : strdup(text);

	ASSERT(text == NULL || c != NULL);
	return c;
}

static struct imap_session *session_new(const struct imap_account *a)
{
	struct imap_session *s = calloc(1, sizeof(*s));

	ASSERT(s != NULL);
	imap_wire_init(&s->wire);
	s->account = *a;
	s->account.password = NULL; /* used once, from the caller's own copy */
	s->account.name = copy(str_or(a->name, "?"));
	s->account.host = copy(a->host);
	s->account.user = copy(a->user);
	s->account.ca_file = copy(a->ca_file);
	s->account.folder = copy(str_or(a->folder, "INBOX"));
	if (a->timeout_s <= 0)
		s->account.timeout_s = TIMEOUT_S;
	if (a->poll_s <= 0)
		s->account.poll_s = POLL_S;
	if (a->max_message_bytes == 0)
		s->account.max_message_bytes = MESSAGE_BYTES;
	if (a->port == 0)
		s->account.port = a->tls == IMAP_TLS_TLS ? 993 : 143;
	s->batch_bytes = (size_t)4 * IMAP_PIECE_MIN;
	s->imap = mailimap_new(0, NULL);
	ASSERT(s->imap != NULL);
	return s;
}

static bool start_tls(struct imap_session *s, struct err *err)
{
	int ms = s->account.timeout_s * 1000;
	bool ok;

	if (!imap_ask_capabilities(s, err))
		return false;
	if ((s->wire.filter.capabilities & IMAP_CAN_STARTTLS) == 0) {
		(void)imap_wire_fail(
			&s->wire, ERR_SETUP,
			"it does not offer STARTTLS, and the password is not sent "
			"in the clear");
		return imap_failed(s, "starting TLS", err);
	}
	imap_begin(s, IMAP_WANT_NOTHING, 0, 0, IMAP_LINE_MAX);
	if (!imap_end(s, mailimap_starttls(s->imap), ERR_SETUP, "starting TLS", err))
		return false;
	/* What lies behind the answer came from whoever sits in between (CVE-2011-0411). */
	if (imap_wire_has_more(&s->wire) || s->imap->imap_stream->read_buffer_len > 0)
		ok = imap_wire_fail(
			&s->wire, ERR_AGAIN,
			"something was said in the clear after TLS was agreed on");
	else
		ok = imap_wire_tls(&s->wire, s->account.host, s->account.ca_file, ms);
	return ok || imap_failed(s, "starting TLS", err);
}

static bool greet(struct imap_session *s, struct err *err)
{
	mailstream *stream = imap_wire_stream(&s->wire);
	int result;

	ASSERT(stream != NULL);
	imap_begin(s, IMAP_WANT_GREETING, 0, 0, IMAP_LINE_MAX);
	result = mailimap_connect(s->imap, stream); /* success is 2 */
	if (!imap_end(s, result, ERR_AGAIN, "greeting", err))
		return false;
	if (result == MAILIMAP_NO_ERROR_NON_AUTHENTICATED)
		return true;
	(void)imap_wire_fail(&s->wire, ERR_SETUP,
			     "it greets us as somebody who is logged in already");
	return imap_failed(s, "greeting", err);
}

static bool connect_account(struct imap_session *s, struct err *err)
{
	const struct imap_account *a = &s->account;
	int ms = a->timeout_s * 1000;
	char port[8];
	bool ok;

	(void)snprintf(port, sizeof(port), "%d", a->port);
	if (a->watchdog_s > 0)
		(void)alarm((unsigned)a->watchdog_s +
			    60); /* the resolver has its own pace */
	ok = imap_wire_connect(&s->wire, a->host, port, ms);
	if (ok && a->tls == IMAP_TLS_NONE && !s->wire.loopback)
		ok = imap_wire_fail(
			&s->wire, ERR_SETUP,
			"without TLS the password would cross the network in the "
			"clear: set tls to \"starttls\" or \"tls\"");
	if (ok && a->tls == IMAP_TLS_TLS)
		ok = imap_wire_tls(&s->wire, a->host, a->ca_file, ms);
	if (a->watchdog_s > 0)
		(void)alarm(0);
	if (!ok)
		return imap_failed(s, "connecting", err);
	return greet(s, err) && (a->tls != IMAP_TLS_STARTTLS || start_tls(s, err));
}

static bool choose_folder(struct imap_session *s, struct err *err)
{
	const char *name = s->account.folder;
	int result;

	imap_begin(s, IMAP_WANT_SELECT, 0, 0, 4 * IMAP_LINE_MAX);
	result = s->account.may_change ? mailimap_select(s->imap, name)
				       : mailimap_examine(s->imap, name);
	if (!imap_end(s, result, ERR_SETUP, "opening its folder", err))
		return err_prefix(err, "folder %s", name);
	s->folder = (struct imap_folder){
		.uidvalidity = s->imap->imap_selection_info->sel_uidvalidity,
		.uidnext = s->imap->imap_selection_info->sel_uidnext,
		.idle = s->wire.filter.capabilities & IMAP_CAN_IDLE,
	};
	if (s->folder.uidvalidity != 0)
		return true;
	(void)imap_wire_fail(
		&s->wire, ERR_SETUP,
		"it gives no UIDVALIDITY, so mails cannot be told apart for sure");
	return imap_failed(s, "opening its folder", err);
}

bool imap_open(const struct imap_account *account, struct imap_session **out,
	       struct err *err)
{
	struct imap_session *s;

	if (!check_account(account, err))
		return false;
	s = session_new(account);
	if (connect_account(s, err) && imap_log_in(s, account->password, err) &&
	    choose_folder(s, err)) {
		*out = s;
		return true;
	}
	imap_close(&s);
	return false;
}
