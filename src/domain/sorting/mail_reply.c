#include "domain/sorting/mail_reply.h"
#include "domain/admin/consultation.h"
#include "domain/admin/list.h"
#include "domain/admin/notification.h"
#include "domain/core/audit.h"
#include "domain/core/undo.h"
#include "domain/intake/inbound_look.h"
#include "base/clock.h"
#include "base/str.h"
#include "base/utf8_cut.h"

#include <inttypes.h>

enum { SUBJECT_MOST = 200, TEXT_MOST = 20000, NOTE_MOST = 4000, FORWARDED_MOST = 400000 };

/* The mail, which is no response yet, by somebody who may write for its place. */
static bool find_mail(struct operation *op, struct arena *arena, int64_t id,
		      struct store_row *out, struct err *err)
{
	if (!inbound_shown(op, arena, id, out, err) ||
	    !rights_ask(op, RIGHT_SORT, inbound_scope(out), err) ||
	    !rights_ask(op, RIGHT_WRITE, inbound_scope(out), err))
		return false;
	return !str_eq(row_text(out, "taken_as"), "response") ||
	       err_set(err, ERR_CONFLICT,
		       "this email is a response by now; write about it there");
}

static void add_from(struct mail_reply_begun *to, struct mail_reply_from from)
{
	to->from[to->from_count++] = from;
}

static bool add_consultations(struct operation *op, struct arena *arena,
			      struct mail_reply_begun *to, struct err *err)
{
	struct store_table rows;

	if (!consultations_all(op, arena, &rows, err))
		return false;
	to->from = arena_make(arena, struct mail_reply_from, rows.count + 1);
	for (size_t i = 0; i < rows.count; i++) {
		struct store_row row = table_row(&rows, i);
		struct consultation c;

		if (!consultation_named(op, arena, row_text(&row, "name"), &c, err))
			return false;
		if (!op->rights ||
		    rights_have(op->rights, RIGHT_WRITE, rights_on_consultation(c.id)))
			add_from(to, (struct mail_reply_from){c.title, c.address,
							      c.address, c.id});
	}
	return true;
}

/* Where it came to says who answers. */
static bool find_from(struct operation *op, struct arena *arena,
		      const struct store_row *mail, struct mail_reply_begun *to,
		      struct err *err)
{
	struct consultation c;
	struct store_row row;
	struct list list;

	to->from = arena_make(arena, struct mail_reply_from, 1);
	if (row_int(mail, "consultation_id")) {
		if (!consultation_row(op, arena, row_int(mail, "consultation_id"), &row,
				      err))
			return false;
		consultation_read(&row, &c);
		add_from(to,
			 (struct mail_reply_from){c.title, c.address, c.address, c.id});
		return true;
	}
	if (row_int(mail, "list_id")) {
		if (!list_by_id(op, arena, row_int(mail, "list_id"), &list, err))
			return false;
		add_from(to, (struct mail_reply_from){list.title, list.address,
						      list.owner, 0});
		return true;
	}
	return add_consultations(op, arena, to, err);
}

static const char *reply_subject(struct arena *arena, const char *subject)
{
	const char *at = str_or(subject, "your email");
	size_t len;

	if (str_istarts(at, "re:"))
		at += 3 + strspn(at + 3, " ");
	len = utf8_whole(at,
			 strlen(at) < SUBJECT_MOST - 4 ? strlen(at) : SUBJECT_MOST - 4);
	return arena_printf(arena, "Re: %.*s", (int)len, at);
}

bool mail_reply_begin(struct operation *op, struct arena *arena, int64_t inbound_id,
		      struct mail_reply_begun *out, struct err *err)
{
	struct store_row mail;

	*out = (struct mail_reply_begun){0};
	if (!find_mail(op, arena, inbound_id, &mail, err) ||
	    !find_from(op, arena, &mail, out, err))
		return false;
	out->to = str_or(row_text(&mail, "from_address"), NULL);
	out->subject = reply_subject(arena, row_text(&mail, "subject"));
	out->text = arena_printf(arena, "Dear %s,\n\n\n\nKind regards\n%s\n%s\n",
				 str_or(row_text(&mail, "from_name"), "Sir or Madam"),
				 op->who, op->settings->organisation);
	return true;
}

static bool sound(const char *what, const char *text, size_t most, struct err *err)
{
	size_t len = strlen(str_or(text, ""));
	bool ok =
		len >= 1 && len <= most && !str_blank(text) && str_utf8_valid(text, len);

	for (size_t i = 0; ok && i < len; i++)
		ok = (unsigned char)text[i] >= 0x20 || strchr("\t\n\r", text[i]);
	if (ok && most == SUBJECT_MOST)
		ok = !strpbrk(text, "\n\r");
	return ok ||
	       err_set(err, ERR_INPUT, "a %s has 1 to %zu bytes of text", what, most);
}

static const struct mail_reply_from *from_of(const struct mail_reply_begun *begun,
					     const char *address)
{
	for (size_t i = 0; i < begun->from_count; i++)
		if (str_eq(begun->from[i].address, address))
			return &begun->from[i];
	return NULL;
}

static bool put(struct operation *op, struct arena *arena, const struct mail_reply *reply,
		const struct mail_reply_begun *begun, const struct mail_reply_from *from,
		struct err *err)
{
	char hash[SECRET_SHA256_HEX];
	const char *words = arena_printf(arena, "%s\n%s", reply->subject, reply->text);
	struct notification letter = {
		.kind = NOTIFICATION_REPLY,
		.to_address = begun->to,
		.from_address = from->address,
		.from_name = op->settings->organisation,
		.reply_to = from->reply_to,
		.sender = from->address,
		.consultation_id = from->consultation_id,
		.inbound_id = reply->inbound_id,
		.by_person = true,
		.values = {.contact_address = from->reply_to,
			   .subject_line = reply->subject,
			   .message = reply->text},
	};
	bool is_new;

	secret_sha256_hex(words, strlen(words), hash);
	letter.once =
		arena_printf(arena, "wrote:%" PRId64 ":%.16s", reply->inbound_id, hash);
	return notification_queue(op, &letter, &is_new, err) &&
	       (is_new ||
		err_set(err, ERR_CONFLICT, "these very words went to them before")) &&
	       store_run(op->store, err, SQL_REPLY_KEEP, "tiiit", letter.once,
			 reply->inbound_id, op->staff_id, op->now, reply->text);
}

bool mail_reply_send(struct operation *op, const struct mail_reply *reply,
		     struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 14);
	AUTO(store_txn) t = NULL;
	struct mail_reply_begun begun;
	const struct mail_reply_from *from;

	if (!sound("subject", reply->subject, SUBJECT_MOST, err) ||
	    !sound("text", reply->text, TEXT_MOST, err) || !needs_staff(op, err))
		return false;
	t = store_begin(op->store, err);
	if (!t || !mail_reply_begin(op, arena, reply->inbound_id, &begun, err))
		return false;
	if (!begun.to)
		return err_set(err, ERR_CONFLICT,
			       "this email came without an address that could be written "
			       "to");
	from = from_of(&begun, reply->from);
	if (!from)
		return err_set(err, ERR_INPUT,
			       "choose which of our addresses it is from");
	return put(op, arena, reply, &begun, from, err) &&
	       audit_record(op, err, "answered", "inbound", reply->inbound_id, "%s",
			    "unsorted") &&
	       undo_final(op, err, "writing about mail %" PRId64, reply->inbound_id) &&
	       store_commit(&t, err);
}

/* ---- forwarded ---- */

static bool find_colleague(struct operation *op, struct arena *arena, const char *name,
			   struct rights_scope scope, struct store_row *out,
			   struct err *err)
{
	struct rights rights;

	if (!store_one(op->store, arena, out, err, SQL_LOGIN_OF, "t", name))
		return err->kind == ERR_ABSENT
			       ? err_set(err, ERR_ABSENT,
					 "\"%.60s\" is not in the staff; emails are "
					 "forwarded to the staff only",
					 name)
			       : false;
	if (str_empty(row_text(out, "email")))
		return err_set(err, ERR_CONFLICT,
			       "%s has no address; an administrator can add one", name);
	if (!rights_load(op, arena, row_int(out, "id"), &rights, err))
		return false;
	return rights_have(&rights, RIGHT_SORT, scope) ||
	       err_set(err, ERR_CONFLICT,
		       "%s has no role that lets them see what came to that address",
		       name);
}

/* Its text, then each file by its name. */
static bool words_of(struct operation *op, struct arena *arena,
		     const struct store_row *mail, const char **out, struct err *err)
{
	AUTO(buf) text = buf_new(FORWARDED_MOST);
	struct store_table files;

	if (!inbound_files(op, arena, row_int(mail, "id"), &files, err))
		return false;
	buf_str(text, str_or(row_text(mail, "text"), ""));
	for (size_t i = 0; i < files.count; i++) {
		struct store_row row = table_row(&files, i);

		buf_printf(text, "\n\n%s:\n\n%s",
			   str_or(row_text(&row, "name"), "a file"),
			   str_or(row_text(&row, "text"), "(no text could be read)"));
	}
	*out = arena_strndup(arena, buf_text(text),
			     utf8_whole(buf_text(text), text->len));
	if (buf_cut(text))
		*out = arena_printf(arena,
				    "%s\n\n(There is more; read it on the staff's "
				    "pages.)",
				    *out);
	*out = str_or(*out, "(nothing)");
	return true;
}

static bool send_forward(struct operation *op, struct arena *arena,
			 const struct store_row *mail, const struct store_row *to,
			 const char *note, struct err *err)
{
	const char *name = row_text(mail, "from_name");
	const char *address = str_or(row_text(mail, "from_address"), "");
	struct mail_reply_begun begun = {0};
	char received[CLOCK_TEXT], token[SECRET_RANDOM_LEN + 1];
	struct notification letter = {
		.kind = NOTIFICATION_FORWARD,
		.to_address = row_text(to, "email"),
		.from_name = op->settings->organisation,
		.inbound_id = row_int(mail, "id"),
		.by_person = true,
	};

	if (!find_from(op, arena, mail, &begun, err))
		return false;
	if (!begun.from_count)
		return err_set(err, ERR_CONFLICT,
			       "there is no address of ours that it could be sent from: "
			       "make a list or a consultation first");
	clock_long_time(row_int(mail, "received_at"), op->settings->zone, received);
	secret_random_token(token);
	letter.once = arena_printf(arena, "forward mail:%" PRId64 ":%s",
				   letter.inbound_id, token);
	letter.from_address = letter.sender = begun.from[0].address;
	letter.reply_to = begun.from[0].reply_to;
	letter.values = (struct mail_notification_values){
		.subject_line = str_or(row_text(mail, "subject"), "(no subject)"),
		.received = received,
		.contact_address = begun.from[0].reply_to,
		.colleague = op->who,
		.respondent = str_empty(name)
				      ? str_or(address, NULL)
				      : arena_printf(arena, "%s, %s", name, address),
		.note = str_or(note, NULL)};
	return words_of(op, arena, mail, &letter.values.message, err) &&
	       notification_queue(op, &letter, NULL, err);
}

bool mail_forward(struct operation *op, int64_t inbound_id, const char *to,
		  const char *note, struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 14);
	AUTO(store_txn) t = NULL;
	struct store_row mail, colleague;

	if ((!str_empty(note) && !sound("note", note, NOTE_MOST, err)) ||
	    !needs_staff(op, err))
		return false;
	t = store_begin(op->store, err);
	return t && find_mail(op, arena, inbound_id, &mail, err) &&
	       find_colleague(op, arena, to, inbound_scope(&mail), &colleague, err) &&
	       send_forward(op, arena, &mail, &colleague, note, err) &&
	       audit_record(op, err, "forwarded", "inbound", inbound_id,
			    "to staff %" PRId64, row_int(&colleague, "id")) &&
	       undo_final(op, err, "forwarding mail %" PRId64 " to %s", inbound_id,
			  row_text(&colleague, "name")) &&
	       store_commit(&t, err);
}

bool mail_letters(struct operation *op, struct arena *arena, int64_t inbound_id,
		  struct store_table *out, struct err *err)
{
	return store_all(op->store, arena, out, err, SQL_QUEUE_NOTIFICATIONS_OF, "i",
			 inbound_id);
}
