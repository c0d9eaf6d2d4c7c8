#include "mail/compose_own.h"

#include "base/clock.h"
#include "base/str.h"
#include "mail/recipient.h"
#include "mail/encode.h"

enum {
	LINE = 76,
	HARD_LINE = 998,
	URI_MAX = 900,
};

/* "=_" never occurs in quoted-printable text, so the boundary needs no randomness. */
#define BOUNDARY "=_mercat_part_=_"

struct part {
	const char *bytes; /* then the slot, COMPOSE_SLOTS for none */
	size_t len;
	enum compose_slot slot;
};

struct compose_prepared {
	struct part *parts;
	size_t count;
	size_t size;
};

/* Where a slot that stands for a whole field value was passed while writing. */
struct writer {
	const struct compose_mail *mail;
	struct buf *out;
	struct err *err;
	size_t slot_at[COMPOSE_SLOTS];
	bool slot_used[COMPOSE_SLOTS];
	size_t pictures_at; /* where in out the pictures come in; 0: it has none */
};

static const char *const token_marks[] = {COMPOSE_TOKEN_MARK, COMPOSE_TOKEN_2_MARK};

static bool check_text(const char *field, const char *value, struct err *err)
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

/* Printable ASCII without spaces and angle brackets: URIs, Message-IDs, list ids. */
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

static bool check_message_id(const char *field, const char *id, struct err *err)
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

static bool put_unstructured(struct writer *w, const char *name, const char *value)
{
	if (!check_text(name, value, w->err))
		return false;
	buf_printf(w->out, "%s: ", name);
	encode_unstructured(w->out, value, strlen(name) + 2);
	buf_str(w->out, "\r\n");
	return true;
}

static void put_slot(struct writer *w, const char *name, const char *before,
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
	if (!check_text("name", name, err))
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

/* A value that another put together: folded right, ASCII, nothing that starts a field. */
static bool check_folded(const char *field, const char *value, struct err *err)
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

static bool put_sender(struct writer *w)
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

static bool put_envelope(struct writer *w)
{
	const struct compose_mail *m = w->mail;
	char date[CLOCK_TEXT];

	if (!put_sender(w))
		return false;
	if (m->to && !check_folded("To", m->to, w->err))
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
	if (m->message_id && !check_message_id("Message-ID", m->message_id, w->err))
		return false;
	if (m->message_id)
		buf_printf(w->out, "Message-ID: <%s>\r\n", m->message_id);
	else
		put_slot(w, "Message-ID", "<", COMPOSE_MESSAGE_ID, ">");
	if (m->in_reply_to && !check_message_id("In-Reply-To", m->in_reply_to, w->err))
		return false;
	if (m->in_reply_to)
		buf_printf(w->out, "In-Reply-To: <%s>\r\nReferences: <%s>\r\n",
			   m->in_reply_to, m->in_reply_to);
	return true;
}

static bool put_list_id(struct writer *w)
{
	const struct compose_mail *m = w->mail;

	if (!m->list_id)
		return true;
	if (!compose_check_word("List-Id", m->list_id, 255, w->err))
		return false;
	buf_str(w->out, "List-Id: ");
	if (!str_empty(m->list_name)) {
		if (!check_text("List-Id", m->list_name, w->err))
			return false;
		encode_phrase(w->out, m->list_name, strlen("List-Id: "));
		buf_str(w->out, "\r\n ");
	}
	buf_printf(w->out, "<%s>\r\n", m->list_id);
	return true;
}

static bool put_unsubscribe(struct writer *w)
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

static bool put_list_fields(struct writer *w)
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

static bool put_extra(struct writer *w)
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

static void put_body(struct writer *w, const char *type, const char *text)
{
	buf_printf(w->out,
		   "Content-Type: text/%s; charset=utf-8\r\n"
		   "Content-Transfer-Encoding: quoted-printable\r\n\r\n",
		   type);
	encode_quoted_printable(w->out, text, token_marks, ARRAY_LEN(token_marks));
}

static bool is_shown(const struct compose_mail *m, const struct compose_picture *p)
{
	return strstr(m->html, p->cid) != NULL;
}

/* With its pictures beside it, where it has any (RFC 2387). */
static void put_html(struct writer *w)
{
	const struct compose_mail *m = w->mail;
	bool any = false;

	for (size_t i = 0; i < m->picture_count; i++)
		any = any || is_shown(m, &m->pictures[i]);
	if (!any) {
		put_body(w, "html", m->html);
		return;
	}
	buf_str(w->out,
		"Content-Type: multipart/related; type=\"text/html\";\r\n"
		" boundary=\"" COMPOSE_RELATED "\"\r\n\r\n--" COMPOSE_RELATED "\r\n");
	put_body(w, "html", m->html);
	w->pictures_at = w->out->len;
	buf_str(w->out, "\r\n--" COMPOSE_RELATED "--\r\n");
}

static bool put_bodies(struct writer *w)
{
	const struct compose_mail *m = w->mail;
	const char *const both[] = {m->text, m->html};

	ASSERT(m->text);
	for (size_t i = 0; i < ARRAY_LEN(both); i++)
		if (both[i] && !str_utf8_valid(both[i], strlen(both[i])))
			return err_set(w->err, ERR_INPUT, "the mail's text is not UTF-8");
	if (m->auto_submitted &&
	    !compose_check_word("Auto-Submitted", m->auto_submitted, 60, w->err))
		return false;
	if (m->auto_submitted)
		buf_printf(w->out, "Auto-Submitted: %s\r\n", m->auto_submitted);
	buf_str(w->out, "MIME-Version: 1.0\r\n");
	if (!m->html) {
		put_body(w, "plain", m->text);
		if (!str_ends(buf_text(w->out), "\r\n"))
			buf_str(w->out, "\r\n");
		return true;
	}
	buf_str(w->out, "Content-Type: multipart/alternative;\r\n boundary=\"" BOUNDARY
			"\"\r\n\r\n--" BOUNDARY "\r\n");
	put_body(w, "plain", m->text);
	buf_str(w->out, "\r\n--" BOUNDARY "\r\n");
	put_html(w);
	buf_str(w->out, "\r\n--" BOUNDARY "--\r\n");
	return true;
}

/* The nearest slot at or after "from": a field's, or a token's mark. */
static size_t next_slot(const struct writer *w, const char *bytes, size_t from,
			size_t len, enum compose_slot *slot, size_t *skip)
{
	size_t at = len;

	*slot = COMPOSE_SLOTS;
	*skip = 0;
	for (int s = 0; s < COMPOSE_SLOTS; s++) {
		if (!w->slot_used[s] || w->slot_at[s] < from || w->slot_at[s] >= at)
			continue;
		at = w->slot_at[s];
		*slot = (enum compose_slot)s;
	}
	for (size_t m = 0; m < ARRAY_LEN(token_marks); m++) {
		const char *mark = memmem(bytes + from, len - from, token_marks[m],
					  SECRET_TOKEN_LEN);

		if (!mark || (size_t)(mark - bytes) >= at)
			continue;
		at = (size_t)(mark - bytes);
		*slot = m ? COMPOSE_TOKEN_2 : COMPOSE_TOKEN;
		*skip = SECRET_TOKEN_LEN;
	}
	return at;
}

static void add_part(struct compose_prepared *p, struct arena *arena, struct part part)
{
	p->parts = arena_grow(arena, p->parts, p->count, sizeof(*p->parts));
	p->parts[p->count++] = part;
	p->size += part.len + (part.slot < COMPOSE_SLOTS ? 80 : 0);
}

static void cut_at_slots(struct writer *w, struct arena *arena,
			 struct compose_prepared *p, const char *bytes, size_t from,
			 size_t len)
{
	while (from < len) {
		struct part part = {.bytes = bytes + from};
		size_t skip, at = next_slot(w, bytes, from, len, &part.slot, &skip);

		part.len = at - from;
		add_part(p, arena, part);
		if (part.slot < COMPOSE_SLOTS)
			w->slot_used[part.slot] = false;
		from = at + skip;
	}
}

/* The pictures' own bytes are not copied: each mail has the same. */
static struct compose_prepared *cut(struct writer *w, struct arena *arena)
{
	struct compose_prepared *p = arena_make(arena, struct compose_prepared, 1);
	const struct compose_mail *m = w->mail;
	size_t len = w->out->len, head = w->pictures_at ? w->pictures_at : len;
	char *bytes = arena_memdup(arena, w->out->bytes, len);

	cut_at_slots(w, arena, p, bytes, 0, head);
	for (size_t i = 0; head < len && i < m->picture_count; i++)
		if (is_shown(m, &m->pictures[i]))
			add_part(p, arena,
				 (struct part){.bytes = m->pictures[i].part,
					       .len = m->pictures[i].part_len,
					       .slot = COMPOSE_SLOTS});
	cut_at_slots(w, arena, p, bytes, head, len);
	return p;
}

bool compose_prepare(struct arena *arena, const struct compose_mail *mail,
		     struct compose_prepared **out, struct err *err)
{
	AUTO(buf) bytes = buf_new(COMPOSE_MAX_BYTES);
	struct writer w = {.mail = mail, .out = bytes, .err = err};

	if (!put_envelope(&w) || !put_list_fields(&w) || !put_extra(&w) ||
	    !put_bodies(&w))
		return false;
	if (buf_cut(bytes))
		return err_set(err, ERR_INPUT,
			       "the mail is larger than %d MB; shorten it",
			       COMPOSE_MAX_BYTES / 1000000);
	*out = cut(&w, arena);
	return true;
}

static bool check_value(enum compose_slot slot, const char *value, struct err *err)
{
	switch (slot) {
	case COMPOSE_TO:
		return check_folded("To", value ? value : "", err);
	case COMPOSE_MESSAGE_ID:
		return check_message_id("Message-ID", value ? value : "", err);
	case COMPOSE_DATE:
		return check_text("Date", value ? value : "\n", err);
	default:
		if (value && strlen(value) == SECRET_TOKEN_LEN &&
		    strspn(value, "abcdefghijklmnopqrstuvwxyz0123456789") ==
			    SECRET_TOKEN_LEN)
			return true;
		return err_set(err, ERR_INPUT, "a token is %d small letters and digits",
			       SECRET_TOKEN_LEN);
	}
}

bool compose_fill(const struct compose_prepared *prepared,
		  const char *const values[COMPOSE_SLOTS], struct buf *out,
		  struct err *err)
{
	bool checked[COMPOSE_SLOTS] = {false};

	for (size_t i = 0; i < prepared->count; i++) {
		const struct part *part = &prepared->parts[i];

		buf_add(out, part->bytes, part->len);
		if (part->slot == COMPOSE_SLOTS)
			continue;
		if (!checked[part->slot] &&
		    !check_value(part->slot, values[part->slot], err))
			return false;
		checked[part->slot] = true;
		buf_str(out, values[part->slot]);
	}
	if (buf_cut(out))
		return err_set(err, ERR_INPUT, "the mail is larger than %zu bytes",
			       out->max);
	return true;
}

size_t compose_size(const struct compose_prepared *prepared)
{
	return prepared->size;
}

bool compose_has_slot(const struct compose_prepared *prepared, enum compose_slot slot)
{
	for (size_t i = 0; i < prepared->count; i++)
		if (prepared->parts[i].slot == slot)
			return true;
	return false;
}
