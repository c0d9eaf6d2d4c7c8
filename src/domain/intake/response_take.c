#include "domain/intake/response_take.h"
#include "domain/core/plus_address.h"
#include "domain/core/audit.h"
#include "domain/admin/notification.h"
#include "domain/responses/reference.h"
#include "domain/intake/reread.h"
#include "base/clock.h"
#include "base/str.h"
#include "mail/recipient.h"
#include "text/signature.h"

#include <inttypes.h>

static const char *hashes(struct arena *arena, const struct mail_message *m)
{
	AUTO(buf) all = buf_new(1 << 20);

	for (size_t i = 0; i < m->attachment_count; i++)
		buf_printf(all, "%s%s", i ? "," : "", m->attachments[i].sha256);
	return arena_strdup(arena, buf_text(all));
}

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
		       str_or(m->text, ""), hashes(arena, m)))
		return err_forgive(err, ERR_ABSENT);
	*out_reference = response_reference(arena, row_text(&row, "consultation"),
					    row_int(&row, "number"));
	return true;
}

/* RFC 3834 section 2: whom an automatic answer must not go to. */
static bool may_answer(struct operation *op, struct arena *arena,
		       const struct mail_message *m, bool *out, struct err *err)
{
	bool ours = false;

	*out = false;
	if (m->kind != MAIL_HUMAN || str_empty(m->from.address) ||
	    !mail_address_key(arena, m->from.address))
		return true;
	/* Through a group: the marks are the group's, the address its writer's own. */
	if (incoming_is_automatic(m) && !m->via)
		return true;
	if (!arrival_route_is_ours(op, arena, m->from.address, &ours, err))
		return false;
	if (ours)
		return true;
	return notification_allowed(op, m->from.address, NOTIFICATION_ACKNOWLEDGEMENT,
				    ACKNOWLEDGE_MOST, out, err);
}

/* Nobody may choose a time in the future. */
static int64_t arrival(const struct mail_message *m, int64_t kept_at)
{
	return m->received_at > 0 && m->received_at <= kept_at ? m->received_at : kept_at;
}

static bool acknowledge(struct operation *op, struct arena *arena, int64_t inbound_id,
			int64_t response_id, const char *reference, bool late,
			int64_t arrived_at, const struct consultation *c,
			const struct mail_message *m, struct err *err)
{
	char token[SECRET_TOKEN_LEN + 1], closes[CLOCK_TEXT], received[CLOCK_TEXT];
	struct notification letter;

	secret_token(op->key, "response", response_id, token);
	clock_long_date(c->closes_at, c->zone, closes);
	clock_long_time(arrived_at, c->zone, received);
	letter = (struct notification){
		.kind = NOTIFICATION_ACKNOWLEDGEMENT,
		.once = arena_printf(arena, "acknowledgement:%" PRId64, inbound_id),
		.to_address = m->from.address,
		.from_address = c->address,
		.from_name = op->settings->organisation,
		.reply_to = address_with(arena, c->address,
					 arena_printf(arena, "r-%s", token)),
		.in_reply_to = str_or(m->message_id, NULL),
		.consultation_id = c->id,
		.inbound_id = inbound_id,
		.values = {.consultation = c->title,
			   .consultation_url =
				   arena_printf(arena, "%s/consultations/%s",
						op->settings->base_url, c->name),
			   .reference = reference,
			   .received = received,
			   .closes = closes,
			   .is_late = late,
			   .contact_address = c->address},
	};
	return notification_queue(op, &letter, NULL, err);
}

static bool take_number(struct operation *op, struct arena *arena,
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

static bool add_response(struct operation *op, struct arena *arena, int64_t inbound_id,
			 int64_t kept_at, const struct consultation *c,
			 const struct mail_message *m, int64_t *out_id,
			 int64_t *out_number, bool *out_late, struct err *err)
{
	bool forwarded = m->forwarded.name || m->forwarded.address;
	const struct mail_address *who = forwarded ? &m->forwarded : &m->from;
	const char *key = who->address ? mail_address_key(arena, who->address) : NULL;
	int64_t arrived_at = arrival(m, kept_at);
	int64_t respondent_id;

	*out_late =
		arrived_at > c->closes_at || (c->closed_at && arrived_at > c->closed_at);
	if (!key) /* no sender that can be told apart: a respondent of its own */
		key = arena_printf(arena, "unknown sender of mail %" PRId64, inbound_id);
	if (!take_number(op, arena, c->id, out_number, err) ||
	    !add_respondent(op, arena, c->id, key, who->name, &respondent_id, err) ||
	    !store_run(op->store, err, SQL_RESPONSE_ADD, "iiiitii", c->id, *out_number,
		       inbound_id, respondent_id, "e-mail", arrived_at,
		       (int64_t)*out_late))
		return false;
	*out_id = store_last_id(op->store);
	return response_text_read_again(op, arena, *out_id, err);
}

bool response_take(struct operation *op, struct arena *arena, int64_t inbound_id,
		   int64_t kept_at, const struct consultation *c,
		   const struct mail_message *m, const char **out_taken,
		   const char **out_why, struct err *err)
{
	const char *copy_of, *reference;
	int64_t id, number;
	bool late, answer;

	if (str_eq(c->state, "draft")) {
		*out_taken = "unsorted";
		*out_why =
			arena_printf(arena, "sent to %s, which is not open yet", c->name);
		return true;
	}
	if (!is_copy(op, arena, c->id, m, &copy_of, err))
		return false;
	if (copy_of) {
		*out_taken = "copy";
		*out_why = arena_printf(arena, "the same mail as %s", copy_of);
		return true;
	}
	if (!add_response(op, arena, inbound_id, kept_at, c, m, &id, &number, &late, err))
		return false;
	reference = response_reference(arena, c->name, number);
	*out_taken = "reply";
	*out_why = late ? arena_printf(arena, "%s, late", reference) : reference;
	if (!may_answer(op, arena, m, &answer, err))
		return false;
	/* A letter that cannot be made must never keep a reply out. */
	if (answer && !acknowledge(op, arena, inbound_id, id, reference, late,
				   arrival(m, kept_at), c, m, err)) {
		*out_why = arena_printf(arena, "%s; no acknowledgement: %s", *out_why,
					err->text);
		if (!notification_unmade(err))
			return false;
	}
	return audit_record(op, err, "response received", "response", id,
			    "mail %" PRId64 "%s", inbound_id, late ? ", late" : "");
}
