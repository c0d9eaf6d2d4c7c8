#include "mail/write/compose_private.h"

#include "base/clock.h"
#include "base/str.h"
#include "mail/write/encode.h"
#include "mail/write/recipient.h"

enum {
	LINE = 76,
	HARD_LINE = 998,
	URI_MAX = 900,
};

bool compose_check_text(const char *field, const char *value, struct err *err)
{
	if (!str_utf8_valid(value, strlen(value)))
		return err_set(err, ERR_INPUT, "%s: is not UTF-8 text", field);
	for (const char *c = value; *c; c++)
		if (((unsigned char)*c < 0x20 && *c != '\t') || *c == 0x7F)
			return err_set(
				err, ERR_INPUT,
				"%s: holds a line end or control character (code %d); "
				"take it out",
				field, (unsigned char)*c);
	return true;
}

bool compose_check_word(const char *field, const char *value, size_t max, struct err *err)
{
	if (!*value || strlen(value) > max)
		return err_set(err, ERR_INPUT,
			       "%s: is empty or longer than %zu characters", field, max);
	for (const char *c = value; *c; c++)
		if (*c <= 0x20 || *c >= 0x7F || *c == '<' || *c == '>')
			return err_set(
				err, ERR_INPUT,
				"%s: may hold neither spaces, '<', '>' nor letters outside "
				"ASCII",
				field);
	return true;
}

bool compose_check_message_id(const char *field, const char *id, struct err *err)
{
	const char *at = strchr(id, '@');

	if (!compose_check_word(field, id, COMPOSE_WORD_MAX, err))
		return false;
	if (!at || at == id || !at[1] || strchr(at + 1, '@'))
		return err_set(err, ERR_INPUT,
			       "%s: \"%.100s\" is no Message-ID: left@right", field, id);
	return true;
}

static bool check_uri(const char *field, const char *uri, struct err *err)
{
	if (!compose_check_word(field, uri, URI_MAX, err))
		return false;
	if (!str_starts(uri, "https://") && !str_starts(uri, "http://") &&
	    !str_starts(uri, "mailto:"))
		return err_set(
			err, ERR_INPUT,
			"%s: \"%.100s\" is neither an https: nor a mailto: address",
			field, uri);
	return true;
}

static bool put_unstructured(struct compose_writer *w, const char *name,
			     const char *value)
{
	if (!compose_check_text(name, value, w->err))
		return false;
	buf_printf(w->out, "%s: ", name);
	encode_unstructured(w->out, value, strlen(name) + 2);
	buf_str(w->out, "\r\n");
	return true;
}

static void put_slot(struct compose_writer *w, const char *name, const char *before,
		     enum compose_slot slot, const char *after)
{
	buf_printf(w->out, "%s: %s", name, before);
	w->slot_at[slot] = w->out->len;
	w->slot_used[slot] = true;
	buf_printf(w->out, "%s\r\n", after);
}

static bool write_address(struct buf *to, size_t used, const char *name,
			  const char *address, struct err *err)
{
	size_t from = to->len, line = used;

	if (!mail_address_check(address, err))
		return false;
	if (str_empty(name)) {
		buf_str(to, address);
		return true;
	}
	if (!compose_check_text("name", name, err))
		return false;
	encode_phrase(to, name, used);
	for (size_t i = from; i < to->len; i++)
		line = to->bytes[i] == '\n' ? 0 : line + 1;
	buf_printf(to, "%s <%s>", line + strlen(address) + 3 > LINE ? "\r\n" : "",
		   address);
	return true;
}

bool compose_address_header(struct arena *arena, const char *name, const char *address,
			    const char **out, struct err *err)
{
	AUTO(buf) value = buf_new(COMPOSE_MAX_BYTES);

	/* It stands behind the longest name it is used with. */
	if (!write_address(value, strlen("Reply-To: "), name, address, err))
		return false;
	*out = arena_strndup(arena, buf_text(value), value->len);
	return true;
}

bool compose_check_folded(const char *field, const char *value, struct err *err)
{
	size_t line = strlen(field) + 2;
	bool ink = false, good = *value != '\0';

	for (const char *c = value; *c && good; c++, line++) {
		if (c[0] == '\r' && c[1] == '\n' && (c[2] == ' ' || c[2] == '\t') &&
		    ink) {
			c += 2;
			line = 0;
			ink = false;
			continue;
		}
		good = *c >= 0x20 && *c < 0x7F && line < HARD_LINE;
		ink = ink || *c != ' ';
	}
	if (!good || !ink)
		return err_set(
			err, ERR_INPUT,
			"%s: is no field value: make it with compose_address_header",
			field);
	return true;
}

static bool put_sender(struct compose_writer *w)
{
	const struct compose_mail *m = w->mail;

	buf_str(w->out, "From: ");
	if (!write_address(w->out, strlen("From: "), m->from_name, m->from_address,
			   w->err))
		return err_prefix(w->err, "From");
	buf_str(w->out, "\r\n");
	if (!m->reply_to)
		return true;
	if (!mail_address_check(m->reply_to, w->err))
		return err_prefix(w->err, "Reply-To");
	buf_printf(w->out, "Reply-To: %s\r\n", m->reply_to);
	return true;
}

static bool put_envelope(struct compose_writer *w)
{
	const struct compose_mail *m = w->mail;
	char date[CLOCK_TEXT];

	if (!put_sender(w))
		return false;
	if (m->to && !compose_check_folded("To", m->to, w->err))
		return false;
	if (m->to)
		buf_printf(w->out, "To: %s\r\n", m->to);
	else
		put_slot(w, "To", "", COMPOSE_TO, "");
	if (!put_unstructured(w, "Subject", m->subject ? m->subject : ""))
		return false;
	clock_rfc5322(m->date_at, date);
	if (m->date_at)
		buf_printf(w->out, "Date: %s\r\n", date);
	else
		put_slot(w, "Date", "", COMPOSE_DATE, "");
	if (m->message_id &&
	    !compose_check_message_id("Message-ID", m->message_id, w->err))
		return false;
	if (m->message_id)
		buf_printf(w->out, "Message-ID: <%s>\r\n", m->message_id);
	else
		put_slot(w, "Message-ID", "<", COMPOSE_MESSAGE_ID, ">");
	if (m->in_reply_to &&
	    !compose_check_message_id("In-Reply-To", m->in_reply_to, w->err))
		return false;
	if (m->in_reply_to)
		buf_printf(w->out, "In-Reply-To: <%s>\r\nReferences: <%s>\r\n",
			   m->in_reply_to, m->in_reply_to);
	return true;
}

static bool put_list_id(struct compose_writer *w)
{
	const struct compose_mail *m = w->mail;

	if (!m->list_id)
		return true;
	if (!compose_check_word("List-Id", m->list_id, 255, w->err))
		return false;
	buf_str(w->out, "List-Id: ");
	if (!str_empty(m->list_name)) {
		if (!compose_check_text("List-Id", m->list_name, w->err))
			return false;
		encode_phrase(w->out, m->list_name, strlen("List-Id: "));
		buf_str(w->out, "\r\n ");
	}
	buf_printf(w->out, "<%s>\r\n", m->list_id);
	return true;
}

static bool put_unsubscribe(struct compose_writer *w)
{
	const char *https = w->mail->list_unsubscribe_https;
	const char *mailto = w->mail->list_unsubscribe_mailto;

	if (!https && !mailto)
		return true;
	if (https && !check_uri("List-Unsubscribe", https, w->err))
		return false;
	/* RFC 8058: without TLS it is no one-click link. */
	if (https && !str_starts(https, "https://"))
		return err_set(
			w->err, ERR_INPUT,
			"List-Unsubscribe: the one-click link must begin with https://");
	if (mailto && !check_uri("List-Unsubscribe", mailto, w->err))
		return false;
	buf_str(w->out, "List-Unsubscribe: ");
	if (https)
		buf_printf(w->out, "<%s>%s", https, mailto ? ",\r\n " : "");
	if (mailto)
		buf_printf(w->out, "<%s>", mailto);
	buf_str(w->out, "\r\n");
	if (https)
		buf_str(w->out, "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n");
	return true;
}

static bool put_list_fields(struct compose_writer *w)
{
	const struct compose_mail *m = w->mail;
	const struct compose_field links[] = {{"List-Help", m->list_help},
					      {"List-Subscribe", m->list_subscribe},
					      {"List-Owner", m->list_owner},
					      {"List-Archive", m->list_archive}};

	if (!put_list_id(w) || !put_unsubscribe(w))
		return false;
	for (size_t i = 0; i < ARRAY_LEN(links); i++) {
		if (!links[i].value)
			continue;
		if (!check_uri(links[i].name, links[i].value, w->err))
			return false;
		buf_printf(w->out, "%s: <%s>\r\n", links[i].name, links[i].value);
	}
	if (m->list_post_no)
		buf_str(w->out, "List-Post: NO\r\n");
	return true;
}

/* Fields that compose writes itself or that only a relay may write. */
static bool field_is_taken(const char *name)
{
	static const char *const taken[] = {
		"From",         "To",          "Cc",         "Bcc",
		"Sender",       "Reply-To",    "Subject",    "Date",
		"Message-ID",   "In-Reply-To", "References", "Auto-Submitted",
		"MIME-Version", "Return-Path", "Received",   "DKIM-Signature"};

	for (size_t i = 0; i < ARRAY_LEN(taken); i++)
		if (str_ieq(name, taken[i]))
			return true;
	return str_istarts(name, "List-") || str_istarts(name, "Content-") ||
	       str_istarts(name, "Resent-");
}

static bool put_extra(struct compose_writer *w)
{
	for (size_t i = 0; i < w->mail->extra_count; i++) {
		const struct compose_field *f = &w->mail->extra[i];
		size_t len = strlen(f->name);

		for (const char *c = f->name; *c; c++)
			if (!str_is_alpha(*c) && !str_is_digit(*c) && *c != '-')
				len = 0;
		if (!len || len > 60 || field_is_taken(f->name))
			return err_set(w->err, ERR_INPUT,
				       "\"%.60s\" cannot be an extra header field",
				       f->name);
		if (!put_unstructured(w, f->name, f->value))
			return false;
	}
	return true;
}

bool compose_put_header(struct compose_writer *w)
{
	return put_envelope(w) && put_list_fields(w) && put_extra(w);
}
