/*
 * Who we are: LOGIN, AUTHENTICATE PLAIN where LOGIN is switched off, or a bearer token.
 * A token that the server does not take comes back as a "+" with its reasons, which must
 * be answered with an empty line before it says no (the wire does that).
 * Source: RFC 3501, 4616 (PLAIN), 4959 (initial response), 7628 (OAUTHBEARER), and
 * Google's and Microsoft's description of XOAUTH2.
 */
#include "base/buf.h"
#include "imap/mailbox_session.h"

#include <string.h>

static bool cannot(struct imap_session *s, const char *why, struct err *err)
{
	(void)imap_wire_fail(&s->wire, ERR_SETUP, "%s", why);
	return imap_failed(s, "logging in", err);
}

/* mailimap_custom_command() puts a blank behind it, which strict servers refuse here. */
static int command_of(mailimap *imap, const struct buf *command)
{
	struct mailimap_response *said = NULL;
	int result = mailimap_send_current_tag(imap);
	bool yes;

	if (result != MAILIMAP_NO_ERROR)
		return result;
	if (mailstream_write(imap->imap_stream, command->bytes, command->len) < 0 ||
	    mailstream_write(imap->imap_stream, "\r\n", 2) < 0 ||
	    mailstream_flush(imap->imap_stream) < 0 || !mailimap_read_line(imap))
		return MAILIMAP_ERROR_STREAM;
	result = mailimap_parse_response(imap, &said);
	if (result != MAILIMAP_NO_ERROR)
		return result;
	yes = said->rsp_resp_done->rsp_type == MAILIMAP_RESP_DONE_TYPE_TAGGED &&
	      said->rsp_resp_done->rsp_data.rsp_tagged->rsp_cond_state->rsp_type ==
		      MAILIMAP_RESP_COND_STATE_OK;
	mailimap_response_free(said);
	return yes ? MAILIMAP_NO_ERROR : MAILIMAP_ERROR_LOGIN;
}

static bool authenticate(struct imap_session *s, const char *mechanism,
			 const struct buf *said, struct err *err)
{
	gnutls_datum_t raw = {(unsigned char *)said->bytes, (unsigned)said->len}, coded;
	AUTO(buf) command = buf_new(IMAP_LOGIN_MAX + 64);
	bool at_once = s->wire.filter.capabilities & IMAP_CAN_SASL_IR, ok;
	const char *text;
	int result;

	if (gnutls_base64_encode2(&raw, &coded) != 0)
		PANIC("no memory for a login");
	text = (const char *)coded.data;
	if (coded.size >= IMAP_LOGIN_MAX) {
		gnutls_free(coded.data);
		return cannot(s, "the token is too long to be one", err);
	}
	buf_printf(command, "AUTHENTICATE %s%s%s", mechanism, at_once ? " " : "",
		   at_once ? text : "");
	imap_begin(s, IMAP_WANT_LOGIN, 0, 0, IMAP_LINE_MAX);
	s->wire.answers[0] = at_once ? "" : text;
	s->wire.answers[1] = at_once ? NULL : "";
	result = command_of(s->imap, command);
	s->wire.answers[0] = s->wire.answers[1] = NULL;
	ok = imap_end(s, result, ERR_SETUP, "logging in", err);
	if (ok) /* libetpan would not have known */
		s->imap->imap_state = MAILIMAP_STATE_AUTHENTICATED;
	explicit_bzero(coded.data, coded.size);
	explicit_bzero(command->bytes, command->len);
	gnutls_free(coded.data);
	return ok;
}

static bool by_token(struct imap_session *s, const char *token, struct err *err)
{
	AUTO(buf) said = buf_new(IMAP_LOGIN_MAX);
	bool bearer = s->account.auth == IMAP_AUTH_OAUTHBEARER;

	if (!(s->wire.filter.capabilities &
	      (bearer ? IMAP_CAN_OAUTHBEARER : IMAP_CAN_XOAUTH2)))
		return cannot(s,
			      bearer ? "it does not offer OAUTHBEARER: set another auth"
				     : "it does not offer XOAUTH2: set another auth",
			      err);
	if (bearer)
		buf_printf(said, "n,a=%s,\1host=%s\1port=%d\1auth=Bearer %s\1\1",
			   s->account.user, s->account.host, s->account.port, token);
	else
		buf_printf(said, "user=%s\1auth=Bearer %s\1\1", s->account.user, token);
	return authenticate(s, bearer ? "OAUTHBEARER" : "XOAUTH2", said, err);
}

static bool by_plain(struct imap_session *s, const char *password, struct err *err)
{
	AUTO(buf) said = buf_new(IMAP_LOGIN_MAX);

	buf_char(said, '\0');
	buf_str(said, s->account.user);
	buf_char(said, '\0');
	buf_str(said, password);
	return authenticate(s, "PLAIN", said, err);
}

bool imap_log_in(struct imap_session *s, const char *password, struct err *err)
{
	unsigned can;
	bool ok;

	if (!imap_ask_capabilities(s, err))
		return false;
	can = s->wire.filter.capabilities;
	if (s->account.auth != IMAP_AUTH_PASSWORD) {
		ok = by_token(s, password, err);
	} else if (!(can & IMAP_CANNOT_LOGIN)) {
		imap_begin(s, IMAP_WANT_NOTHING, 0, 0, IMAP_LINE_MAX);
		ok = imap_end(s, mailimap_login(s->imap, s->account.user, password),
			      ERR_SETUP, "logging in", err);
	} else if (can & IMAP_CAN_AUTH_PLAIN) {
		ok = by_plain(s, password, err);
	} else {
		ok = cannot(s,
			    "it does not let anybody log in by password here "
			    "(LOGINDISABLED)",
			    err);
	}
	return ok && imap_ask_capabilities(s, err); /* some offer more after it */
}
