#include "domain/intake/response_take.h"
#include "domain/core/plus_address.h"
#include "domain/core/audit.h"
#include "domain/admin/notification.h"
#include "domain/past/imported_mail.h"
#include "domain/responses/reference.h"
#include "domain/intake/reread.h"
#include "base/clock.h"
#include "base/str.h"
#include "mail/write/recipient.h"
#include "text/letter/signature.h"

#include <inttypes.h>

/* The same mail once more (two of our addresses, a server that sent it twice). */
static bool is_copy(struct operation *op, struct arena *arena, int64_t consultation_id,
		    const struct mail_message *m, const char **out_reference,
		    struct err *err)
{
	struct store_row row;

	*out_reference = NULL;
	if (str_empty(m->message_id))
		return true;
	if (!store_one(op->store, arena, &row, err, SQL_RESPONSE_SAME_MAIL, "itttt",
		       consultation_id, m->message_id, m->from.address,
		       str_or(m->text, ""), imported_mail_hashes(arena, m)))
		return err_forgive(err, ERR_ABSENT);
	*out_reference = response_reference(arena, row_text(&row, "consultation"),
					    row_int(&row, "number"));
	return true;
}

/* An address that may have one more of ours today, and is none of our own. */
static bool may_write_to(struct operation *op, struct arena *arena, const char *address,
			 bool *out, struct err *err)
{
	bool ours = false;

	*out = false;
	if (!arrival_route_is_ours(op, arena, address, &ours, err))
		return false;
	return ours || notification_allowed(op, address, NOTIFICATION_ACKNOWLEDGEMENT,
					    ACKNOWLEDGE_MOST, out, err);
}

/* RFC 3834 section 2: whom an automatic answer must not go to. */
static const char *answer_to(struct arena *arena, const struct response_taking *what)
{
	const struct mail_message *m = what->m;

	if (what->said)
		return what->said->acknowledge == ENTRY_ACKNOWLEDGE ? what->said->address
								    : NULL;
	if (m->kind != MAIL_HUMAN || str_empty(m->from.address) ||
	    !mail_address_key(arena, m->from.address))
		return NULL;
	/* Through a group: the marks are the group's, the address its writer's own. */
	return incoming_is_automatic(m) && !m->via ? NULL : m->from.address;
}

/* Nobody may choose a time in the future. */
static int64_t arrival(const struct mail_message *m, int64_t kept_at)
{
	return m->received_at > 0 && m->received_at <= kept_at ? m->received_at : kept_at;
}

/* Of an old mailbox: its server's word, else the folder's, else the sender's own. */
static int64_t arrival_once(const struct mail_message *m, int64_t kept_at,
			    const struct imported_mail *imported)
{
	if (!imported->consultation_id ||
	    (m->received_at > 0 && m->received_at <= kept_at))
		return arrival(m, kept_at);
	if (imported->arrived_at)
		return imported->arrived_at;
	return m->date_at > 0 && m->date_at <= kept_at ? m->date_at : kept_at;
}

/* What became of it on the way to being a response. */
struct taken_now {
	const struct response_text *words;
	struct imported_mail imported;
	int64_t id, number, arrived_at;
	bool late;
	const char *reference;
};

static bool acknowledge(struct operation *op, struct arena *arena,
			const struct response_taking *what, const struct taken_now *now,
			const char *to, struct err *err)
{
	const struct consultation *c = what->consultation;
	char token[SECRET_TOKEN_LEN + 1], closes[CLOCK_TEXT], received[CLOCK_TEXT];
	struct notification letter;

	secret_token(op->key, "response", now->id, token);
	clock_long_date(c->closes_at, c->zone, closes);
	if (what->received_at) /* of a day is known, no time */
		clock_long_date(now->arrived_at, c->zone, received);
	else
		clock_long_time(now->arrived_at, c->zone, received);
	letter = (struct notification){
		.kind = NOTIFICATION_ACKNOWLEDGEMENT,
		.once = arena_printf(arena, "acknowledgement:%" PRId64, what->inbound_id),
		.to_address = to,
		.from_address = c->address,
		.from_name = op->settings->organisation,
		.reply_to = address_with(arena, c->address,
					 arena_printf(arena, "r-%s", token)),
		/* Whoever it was sent on for has not seen that mail. */
		.in_reply_to = what->said ? "" : str_or(what->m->message_id, NULL),
		.consultation_id = c->id,
		.inbound_id = what->inbound_id,
		.values = {.consultation = c->title,
			   .consultation_url =
				   arena_printf(arena, "%s/consultations/%s",
						op->settings->base_url, c->name),
			   .reference = now->reference,
			   .received = received,
			   .closes = closes,
			   .is_late = now->late,
			   .contact_address = c->address},
	};
	return notification_queue(op, &letter, NULL, err);
}

bool response_number_take(struct operation *op, struct arena *arena,
			  int64_t consultation_id, int64_t *out, struct err *err)
{
	struct store_row row;

	if (!store_run(op->store, err, SQL_CONSULTATION_TAKE_NUMBER, "i",
		       consultation_id) ||
	    !store_one(op->store, arena, &row, err, SQL_CONSULTATION_NUMBER_TAKEN, "i",
		       consultation_id))
		return false;
	*out = row_int(&row, "number");
	return true;
}

/* Each response has its own: what one mail says of its sender is not said in another. */
static bool add_respondent(struct operation *op, struct arena *arena,
			   int64_t consultation_id, const char *key, const char *name,
			   int64_t *out, struct err *err)
{
	name = signature_plain_name(arena, name);
	/* A shared mailbox or an organisation is no person's name. */
	if (name && (signature_is_office(name) || signature_is_organisation(name)))
		name = NULL;
	if (!store_run(op->store, err, SQL_RESPONDENT_ADD, "tit", key, consultation_id,
		       name))
		return false;
	*out = store_last_id(op->store);
	return true;
}

static bool add_response(struct operation *op, struct arena *arena,
			 const struct response_taking *what, struct taken_now *out,
			 struct err *err)
{
	const struct consultation *c = what->consultation;
	const struct mail_message *m = what->m;
	bool forwarded = m->forwarded.name || m->forwarded.address;
	const struct mail_address *who = forwarded ? &m->forwarded : &m->from;
	const char *key = who->address ? mail_address_key(arena, who->address) : NULL;
	int64_t in_time, respondent_id;

	out->arrived_at = what->received_at
				  ? what->received_at
				  : arrival_once(m, what->kept_at, &out->imported);
	in_time = what->received_at ? what->in_time_at : out->arrived_at;
	out->late = in_time > c->closes_at || (c->closed_at && in_time > c->closed_at);
	if (!key) /* no sender that can be told apart: a respondent of its own */
		key = arena_printf(arena, "unknown sender of mail %" PRId64,
				   what->inbound_id);
	if (!response_number_take(op, arena, c->id, &out->number, err) ||
	    !add_respondent(op, arena, c->id, key, who->name, &respondent_id, err) ||
	    (what->said && !entry_respondent(op, respondent_id, what->said, err)) ||
	    !store_run(op->store, err, SQL_RESPONSE_ADD, "iiiitii", c->id, out->number,
		       what->inbound_id, respondent_id,
		       what->said ? what->said->channel : "email", out->arrived_at,
		       (int64_t)out->late))
		return false;
	out->id = store_last_id(op->store);
	out->reference = response_reference(arena, c->name, out->number);
	return response_text_read_new(op, arena, out->id, &out->words, err);
}

/* A letter that cannot be made must never keep a reply out. */
static bool answer(struct operation *op, struct arena *arena,
		   const struct response_taking *what, const struct taken_now *now,
		   struct response_taken *out, struct err *err)
{
	bool unasked = now->imported.consultation_id && !now->imported.acknowledged;
	const char *to = what->said || !unasked ? answer_to(arena, what) : NULL;
	bool may = false;

	if (!to)
		return true;
	if (!may_write_to(op, arena, to, &may, err))
		return false;
	if (!may)
		return true;
	out->is_acknowledged = acknowledge(op, arena, what, now, to, err);
	if (out->is_acknowledged)
		return true;
	out->why = arena_printf(arena, "%s; no acknowledgement: %s", out->why, err->text);
	return notification_unmade(err);
}

bool response_take(struct operation *op, struct arena *arena,
		   const struct response_taking *what, struct response_taken *out,
		   struct err *err)
{
	const struct consultation *c = what->consultation;
	struct taken_now now = {0};
	const char *copy_of;

	*out = (struct response_taken){.taken = "unsorted"};
	if (str_eq(c->state, "draft")) {
		out->why =
			arena_printf(arena, "sent to %s, which is not open yet", c->name);
		return true;
	}
	if (!is_copy(op, arena, c->id, what->m, &copy_of, err))
		return false;
	if (copy_of) {
		out->taken = "copy";
		out->why = arena_printf(arena, "the same mail as %s", copy_of);
		return true;
	}
	if (!imported_mail_find(op, what->inbound_id, &now.imported, err) ||
	    !add_response(op, arena, what, &now, err))
		return false;
	*out = (struct response_taken){
		.taken = "response",
		.why = now.late ? arena_printf(arena, "%s, late", now.reference)
				: now.reference,
		.response_id = now.id,
		.words = now.words,
		.is_late = now.late};
	return answer(op, arena, what, &now, out, err) &&
	       audit_record(op, err, "response received", "response", now.id,
			    "mail %" PRId64 "%s", what->inbound_id,
			    now.late ? ", late" : "");
}
