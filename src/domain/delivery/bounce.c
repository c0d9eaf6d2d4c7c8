/* The ways in which something comes back: a mail, a refusal, a complaint. */
#include "domain/delivery/bounce_private.h"
#include "domain/admin/notification.h"
#include "domain/subscribers/subscription.h"
#include "base/str.h"
#include "classify/reason.h"
#include "mail/write/recipient.h"

enum { DIAGNOSTIC_MOST = 1000 };

bool bounce_mail(struct operation *op, struct arena *arena,
		 const struct bounced_mail *mail, const char **out_why, struct err *err)
{
	static const struct mail_failed_recipient nobody = {.reason = MAIL_REASON_OTHER};
	AUTO(store_txn) t = store_begin(op->store, err);
	struct bounce_visit v = {.op = op,
				 .arena = arena,
				 .source = "mail",
				 .inbound_id = mail->inbound_id,
				 .is_notice = mail->m->kind != MAIL_BOUNCE};
	enum bounce_effect effect, first = BOUNCE_NOT_WEIGHED;
	size_t count = mail->m->failed_count ? mail->m->failed_count : 1;

	if (!t || !bounce_owner_by_tag(&v, mail->token, err))
		return false;
	for (size_t i = 0; i < count; i++) {
		const struct mail_failed_recipient *f = &nobody;

		if (mail->m->failed_count)
			f = &mail->m->failed[i];
		if (!bounce_take_one(&v, f, &effect, err) ||
		    (v.own.probe_id && !bounce_owner_by_tag(&v, mail->token, err)))
			return false;
		if (!first || effect == BOUNCE_POINT || effect == BOUNCE_DEAD)
			first = effect;
	}
	*out_why = bounce_effect_words(first);
	return store_commit(&t, err);
}

static bool refused(struct bounce_visit *v, const struct smtp_answer *answer,
		    struct err *err)
{
	char words[DIAGNOSTIC_MOST];
	struct mail_failed_recipient f = {
		.action = "failed",
		.status = str_empty(answer->status) ? NULL : answer->status,
		.smtp_code = arena_printf(v->arena, "%d", answer->code),
		.diagnostic = words,
	};
	enum bounce_effect effect;

	smtp_answer_words(answer, words, sizeof(words));
	reason_decide(v->arena, NULL, &f);
	f.verdict = MAIL_PERMANENT;
	return bounce_take_one(v, &f, &effect, err);
}

bool bounce_delivery_refused(struct operation *op, int64_t delivery_id,
			     const struct smtp_answer *answer, struct err *err)
{
	AUTO(arena) arena = arena_new(4096);
	AUTO(store_txn) t = NULL;
	struct bounce_visit v = {.op = op,
				 .arena = arena,
				 .source = "smtp",
				 .own.delivery_id = delivery_id};
	struct store_row row;

	if (answer->code / 100 != 5 ||
	    store_one(op->store, arena, &row, err, SQL_BOUNCE_REFUSED_BEFORE, "i",
		      delivery_id))
		return true;
	if (!err_forgive(err, ERR_ABSENT))
		return false;
	t = store_begin(op->store, err);
	return t && bounce_owner_read(&v, SQL_BOUNCED_DELIVERY, delivery_id, err) &&
	       refused(&v, answer, err) && store_commit(&t, err);
}

bool bounce_notification_refused(struct operation *op, int64_t notification_id,
				 const struct smtp_answer *answer, struct err *err)
{
	AUTO(arena) arena = arena_new(4096);
	struct bounce_visit v = {.op = op, .arena = arena, .source = "smtp"};
	AUTO(store_txn) t = NULL;
	struct store_row row;

	if (answer->code / 100 != 5)
		return true;
	/* A digest stands for the updates in it. */
	if (store_one(op->store, arena, &row, err, SQL_DIGEST_FIRST_ROW, "i",
		      notification_id))
		return bounce_delivery_refused(op, row_int(&row, "id"), answer, err);
	if (!err_forgive(err, ERR_ABSENT))
		return false;
	if (!store_one(op->store, arena, &row, err, SQL_PROBE_OF_NOTIFICATION, "i",
		       notification_id))
		return err_forgive(err, ERR_ABSENT);
	v.own.probe_id = row_int(&row, "id");
	t = store_begin(op->store, err);
	return t && bounce_owner_read(&v, SQL_BOUNCED_PROBE, v.own.probe_id, err) &&
	       refused(&v, answer, err) && store_commit(&t, err);
}

/* A mail that a feedback report returns names itself; its tag is the proof. */
static bool complained_about(struct bounce_visit *v, const struct mail_message *m,
			     struct err *err)
{
	const char *base, *detail, *id = m->original_message_id;
	const char *from = m->complaint.original_mail_from;
	struct store_row row;
	int64_t delivery_id;

	if (from && mail_address_split(v->arena, from, &base, &detail) && detail &&
	    str_istarts(detail, "b-")) {
		if (!bounce_owner_by_tag(v, detail + 2, err))
			return false;
		if (v->own.subscription_id)
			return true;
	}
	if (id && str_starts(id, "u.") &&
	    secret_token_read(v->op->key, "message",
			      arena_strndup(v->arena, id + 2, strcspn(id + 2, "@")),
			      &delivery_id)) {
		v->own.delivery_id = delivery_id;
		return bounce_owner_read(v, SQL_BOUNCED_DELIVERY, delivery_id, err);
	}
	if (!id || !str_starts(id, "l.")) /* a letter's is a keyed hash */
		return true;
	if (!store_one(v->op->store, v->arena, &row, err, SQL_NOTIFICATION_BY_MESSAGE_ID,
		       "t", id))
		return err_forgive(err, ERR_ABSENT);
	if (!row_int(&row, "list_id"))
		return true;
	if (!store_one(v->op->store, v->arena, &row, err, SQL_SUBSCRIPTION_BY_KEY, "it",
		       row_int(&row, "list_id"),
		       mail_address_key(v->arena, row_text(&row, "recipient"))))
		return err_forgive(err, ERR_ABSENT);
	v->own.subscription_id = row_int(&row, "id");
	v->own.state = row_text(&row, "state");
	return true;
}

/* Who got our mails is told: somebody else may have had one's Message-ID. */
static bool tell_complainer(struct bounce_visit *v, struct err *err)
{
	struct subscription m;
	struct list list;

	if (!str_eq(v->own.state, "active") && !str_eq(v->own.state, "paused"))
		return true;
	return subscription_of(v->op, v->arena, v->own.subscription_id, &list, &m, err) &&
	       (subscription_tell(
			v->op, &list, &m,
			&(struct subscription_letter){
				.kind = NOTIFICATION_LEFT,
				.why = "Your mail provider told us that you reported our mail as "
				       "unwanted.",
				.once = -v->inbound_id,
				.inbound_id = v->inbound_id},
			err) ||
		notification_unmade(err));
}

bool bounce_complaint(struct operation *op, struct arena *arena, int64_t inbound_id,
		      const struct mail_message *m, const char **out_why, struct err *err)
{
	AUTO(store_txn) t = store_begin(op->store, err);
	struct bounce_visit v = {
		.op = op, .arena = arena, .source = "report", .inbound_id = inbound_id};
	struct mail_failed_recipient f = {
		.address = m->complaint.original_recipient,
		.action = m->complaint.type,
	};
	enum bounce_effect effect = BOUNCE_FOREIGN;

	if (!t || !complained_about(&v, m, err))
		return false;
	if (v.own.subscription_id && !str_ieq(f.action, "abuse"))
		effect = BOUNCE_NOTICE;
	else if (v.own.subscription_id)
		effect = str_eq(v.own.state, "unsubscribed") ||
					 str_eq(v.own.state, "refused") ||
					 str_eq(v.own.state, "suppressed")
				 ? BOUNCE_MOOT
				 : BOUNCE_LEFT;
	if (effect == BOUNCE_LEFT &&
	    (!bounce_take_off(&v, "unsubscribed", "complaint",
			      "reported our mail as abuse", SKIP_COMPLAINED, err) ||
	     !tell_complainer(&v, err)))
		return false;
	*out_why = bounce_effect_words(effect);
	return bounce_keep(&v, &f, effect, err) && store_commit(&t, err);
}
