#include "domain/intake/inbound_private.h"
#include "domain/intake/in_sight.h"
#include "domain/intake/sent_by_us.h"
#include "domain/core/plus_address.h"
#include "domain/delivery/bounce.h"
#include "domain/admin/notification.h"
#include "domain/intake/response_take.h"
#include "domain/intake/reread.h"
#include "domain/past/imported_mail.h"
#include "domain/responses/response.h"
#include "domain/responses/response_proposal.h"
#include "domain/subscribers/subscribe.h"
#include "domain/subscribers/subscription.h"
#include "domain/responses/mail_thread.h"
#include "base/str.h"
#include "classify/classify.h"
#include "consent/consent.h"
#include "consent/stay.h"
#include "mail/write/recipient.h"
#include "store/apart.h"

#include <inttypes.h>

/* A mail on its way through the rooms below. */
struct visit {
	struct operation *op;
	struct arena *arena;
	int64_t id, kept_at;
	const struct mail_message *m;
	struct arrival_route route;
	bool imported;                     /* from an old mailbox */
	const struct response_text *words; /* of the response that it became, or NULL */
	const char *taken, *why;
};

static bool settle(struct visit *v, const char *taken, const char *why)
{
	v->taken = taken;
	v->why = why;
	return true;
}

static const char was_old[] = "from an old mailbox; nothing was done on it";

static bool take_bounce(struct visit *v, struct err *err)
{
	const char *token = v->route.what == WANTS_BOUNCE ? v->route.token : NULL;
	struct bounced_mail mail = {.inbound_id = v->id, .token = token, .m = v->m};
	const char *why = was_old;

	if (!v->imported && !bounce_mail(v->op, v->arena, &mail, &why, err))
		return false;
	return settle(v, v->m->kind == MAIL_BOUNCE ? "bounce" : "notice", why);
}

static bool take_complaint(struct visit *v, struct err *err)
{
	const char *why = was_old;

	return (v->imported ||
		bounce_complaint(v->op, v->arena, v->id, v->m, &why, err)) &&
	       settle(v, "complaint", why);
}

static bool take_join(struct visit *v, struct err *err)
{
	static const char *const words[] = {
		[SUBSCRIBE_ASKED] = "asked to join; a confirmation was sent",
		[SUBSCRIBE_WAITS] = "asked to join a closed list; waits for the staff",
		[SUBSCRIBE_ALREADY] = "asked to join, but is a subscriber",
		[SUBSCRIBE_TOO_OFTEN] = "asked to join again too soon; nothing was sent",
		[SUBSCRIBE_BARRED] = "asked to join, but is suppressed",
	};
	enum subscribe_result result;

	if (!subscribe_request(v->op, &v->route.list, v->id, v->m, &result, err)) {
		const char *why = arena_strdup(v->arena, err->text);

		return err_forgive(err, ERR_INPUT) && settle(v, "unsorted", why);
	}
	return settle(v, "subscribe", words[result]);
}

static bool take_refusal(struct visit *v, const char *token, struct err *err)
{
	enum confirm_result result;

	if (!subscribe_refuse(v->op, token, v->id, &result, err))
		return false;
	if (result == CONFIRM_UNKNOWN)
		return settle(v, "unsorted", "refuses what we never asked");
	/* Whoever is a subscriber already may want to leave: that a person decides. */
	return result == CONFIRM_DONE
		       ? settle(v, "confirm", "refused; the request is ended")
		       : settle(v, "unsorted",
				"says no to a confirmation that is not open any more");
}

/* Whether it comes from the mailbox that was asked; so does what answers nothing of ours. */
static bool is_of_the_asked(struct visit *v, const char *token, bool *out,
			    struct err *err)
{
	struct consultation_question asked;
	enum confirm_result state;
	const char *from = mail_limit_key(v->arena, str_or(v->m->from.address, ""));

	if (!subscribe_question(v->op, v->arena, token, &state, &asked, err))
		return false;
	*out = state == CONFIRM_UNKNOWN ||
	       (from && v->m->authors.count <= 1 &&
		str_eq(from, mail_limit_key(v->arena, asked.address)));
	return true;
}

static bool answer_of(struct visit *v, const char *token, enum classify_answer *out,
		      struct err *err)
{
	struct mail_notification_text sent;
	struct classify_question asked;

	if (!subscribe_notification(v->op, v->arena, token, &sent, err))
		return false;
	asked = (struct classify_question){
		sent.subject, sent.text, sent.html,
		arena_printf(v->arena, "%s\n%s\n%s", str_or(v->route.list.from_name, ""),
			     str_or(v->route.list.title, ""),
			     str_or(v->route.list.address, ""))};
	*out = classify_answer_of(v->m, &asked);
	return true;
}

/*
 * Consent is a yes, or the bare answer, of whoever was asked: all else is for a person to
 * read. What comes from elsewhere was written by somebody whom the question was passed on to,
 * or by any program.
 */
static bool take_confirm(struct visit *v, struct err *err)
{
	static const char *const words[] = {
		[CONFIRM_DONE] = "confirmed; is a subscriber now",
		[CONFIRM_USED] = "confirmed before; nothing changed",
		[CONFIRM_EXPIRED] = "confirmed too late; asked again, within the limits",
		[CONFIRM_UNKNOWN] = "a confirmation that we never sent",
	};
	enum confirm_result result;
	char *token = arena_strdup(v->arena, v->route.token);
	enum classify_answer answer;
	bool is_theirs;

	str_lower(token);
	if (!answer_of(v, token, &answer, err))
		return false;
	switch (answer) {
	case CLASSIFY_SAYS_NO:
		return take_refusal(v, token, err);
	case CLASSIFY_SAYS_MORE:
		return settle(v, "unsorted",
			      "answers a confirmation with more than yes or no; nothing "
			      "was confirmed");
	case CLASSIFY_SAYS_NOTHING:
	case CLASSIFY_SAYS_YES:
		break;
	}
	if (!is_of_the_asked(v, token, &is_theirs, err))
		return false;
	if (!is_theirs)
		return settle(
			v, "unsorted",
			"answers a confirmation from another address than was asked; "
			"nothing was confirmed");
	if (!subscribe_confirm(v->op, token, "mail", v->id, &result, err))
		return false;
	return settle(v, result == CONFIRM_UNKNOWN ? "unsorted" : "confirm",
		      words[result]);
}

/* Whatever they wrote to: who says that they stay is taken off by nobody but a person. */
static bool stays(struct visit *v)
{
	return settle(
		v, "unsorted",
		"came to an address that takes its reader off the list, and says that "
		"they want to stay; nothing was done");
}

static const char by_another[] =
	"came to an address that takes its reader off the list, from another address than "
	"theirs, and says something; nothing was done";

/* Passed on, a bulletin brings its address to people who answer it in words of their own. */
static bool is_of_subscriber(struct visit *v, int64_t subscription_id, bool *out,
			     const char **out_address, struct err *err)
{
	const char *from = mail_limit_key(v->arena, str_or(v->m->from.address, ""));
	struct subscription theirs;
	struct list list;

	*out = true; /* nobody is taken off that is not there */
	if (!subscription_of(v->op, v->arena, subscription_id, &list, &theirs, err))
		return err_forgive(err, ERR_ABSENT);
	*out = from && str_eq(from, mail_limit_key(v->arena, theirs.address));
	*out_address = theirs.address;
	return true;
}

/* By token, or by the update that was answered: only our mails have either. A sender's address
 * alone is no proof: they are asked. */
static bool take_leave(struct visit *v, struct err *err)
{
	static const char *const words[] = {
		[UNSUBSCRIBE_NOTHING] = "was not on the list, or had left",
		[UNSUBSCRIBE_LEFT] = "left the list",
		[UNSUBSCRIBE_ASKED] =
			"asked to leave; the subscriber was asked whether it was them",
		[UNSUBSCRIBE_TOO_OFTEN] =
			"asked to leave again too soon; nothing was sent",
	};
	enum unsubscribe_result result = UNSUBSCRIBE_NOTHING;
	const char *asks = str_or(v->m->from.address, "");
	int64_t id = 0;
	bool left = false;

	if (classify_wants_to_stay(v->m))
		return stays(v);
	if (v->route.token) {
		if (!secret_token_read(v->op->key, "leave", v->route.token, &id))
			return settle(v, "unsorted", "a leave token that we never made");
	} else if (v->route.what == WANTS_NOTHING && v->m->in_reply_to) {
		struct store_row row;
		int64_t delivery_id;
		const char *dot =
			str_starts(v->m->in_reply_to, "u.") ? v->m->in_reply_to + 2 : "";
		char *token = arena_strndup(v->arena, dot, strcspn(dot, "@"));

		if (!secret_token_read(v->op->key, "message", token, &delivery_id))
			id = 0;
		else if (store_one(v->op->store, v->arena, &row, err, SQL_DELIVERY_BY_ID,
				   "i", delivery_id))
			id = row_int(&row, "subscription_id");
		else if (!err_forgive(err, ERR_ABSENT))
			return false;
	}
	if (id && (!v->route.token || !classify_leaves_plainly(v->m))) {
		bool theirs;

		if (!is_of_subscriber(v, id, &theirs, &asks, err))
			return false;
		if (!theirs && v->route.token)
			return settle(v, "unsorted", by_another);
		/* The bulletin may have been passed on: whoever it went to is asked. */
		if (!theirs)
			id = 0;
	}
	if (id ? !unsubscribe(
			 v->op, id,
			 &(struct unsubscribe_how){.how = "mail", .inbound_id = v->id},
			 &left, err)
	       : !unsubscribe_address(v->op, &v->route.list, asks, v->id, &result, err)) {
		const char *why = arena_strdup(v->arena, err->text);

		return (err_forgive(err, ERR_INPUT) || err_forgive(err, ERR_ABSENT)) &&
		       settle(v, "unsorted", why);
	}
	return settle(v, "unsubscribe", words[left ? UNSUBSCRIBE_LEFT : result]);
}

static bool take_help(struct visit *v, struct err *err)
{
	const char *key = mail_address_key(v->arena, str_or(v->m->from.address, ""));
	struct notification letter;
	bool may = false;

	if (!key)
		return settle(v, "unsorted",
			      "asked for help, without an address to answer to");
	if (!notification_allowed(v->op, v->m->from.address, NOTIFICATION_HELP, 1, &may,
				  err))
		return false;
	letter = (struct notification){
		.kind = NOTIFICATION_HELP,
		.once = arena_printf(v->arena, "help:%" PRId64, v->id),
		.to_address = v->m->from.address,
		.from_address = v->route.list.address,
		.from_name = v->route.list.from_name,
		.reply_to = v->route.list.owner,
		.in_reply_to = v->m->message_id,
		.list = &v->route.list,
		.inbound_id = v->id,
	};
	if (may && !notification_queue(v->op, &letter, NULL, err)) {
		const char *why = arena_strdup(v->arena, err->text);

		return notification_unmade(err) && settle(v, "unsorted", why);
	}
	return settle(v, "help",
		      may ? "asked for help; it was sent"
			  : "asked for help again in a day; nothing was sent");
}

static bool take_for_list(struct visit *v, struct err *err)
{
	/* A leave token stands in List-Unsubscribe alone: what sends there means it. */
	if (incoming_is_automatic(v->m) &&
	    !(v->route.what == WANTS_LEAVE && v->route.token))
		return settle(v, "unsorted",
			      "says that no person sent it; nothing was done on it");
	switch (v->route.what) {
	case WANTS_JOIN:
		return take_join(v, err);
	case WANTS_LEAVE:
		return take_leave(v, err);
	case WANTS_CONFIRM:
		return take_confirm(v, err);
	case WANTS_HELP:
		return take_help(v, err);
	case WANTS_OWNER:
	case WANTS_BOUNCE:
	case WANTS_THREAD:
		return settle(v, "unsorted", "somebody wrote to the list's people");
	case WANTS_NOTHING:
		break;
	}
	switch (classify_command_of(v->m)) {
	case CLASSIFY_LEAVE:
		return take_leave(v, err);
	case CLASSIFY_JOIN:
		return take_join(v, err);
	case CLASSIFY_HELP:
		return take_help(v, err);
	case CLASSIFY_CONFIRM:
	case CLASSIFY_NO_COMMAND:
		break;
	}
	return settle(v, "unsorted", "somebody wrote to the list's address");
}

/* An answer to an acknowledgement says so: its address names the reply before. */
static bool follows(struct visit *v, struct err *err)
{
	struct store_row row;
	int64_t id;

	if (!str_eq(v->taken, "response") || v->route.what != WANTS_THREAD ||
	    !secret_token_read(v->op->key, "response", v->route.token, &id))
		return true;
	if (!store_one(v->op->store, v->arena, &row, err, SQL_RESPONSE_BY_ID, "i", id))
		return err_forgive(err, ERR_ABSENT);
	v->why = arena_printf(v->arena, "%s, follows %s", v->why,
			      response_reference(v->arena, row_text(&row, "consultation"),
						 row_int(&row, "number")));
	return true;
}

static bool take_for_consultation(struct visit *v, struct err *err)
{
	const struct response_taking what = {.inbound_id = v->id,
					     .kept_at = v->kept_at,
					     .consultation = &v->route.consultation,
					     .m = v->m};
	struct response_taken taken;
	const char *note;

	if (v->m->kind == MAIL_COMMAND)
		return settle(v, "unsorted", "a command word, sent to a consultation");
	if (!mail_thread_follow(v->op, v->arena, v->m, &v->route, &note, err) ||
	    !response_take(v->op, v->arena, &what, &taken, err))
		return false;
	v->taken = taken.taken;
	v->words = taken.words;
	v->why = note ? arena_printf(v->arena, "%s; %s", taken.why, note) : taken.why;
	return follows(v, err);
}

/* Not by its address: by the acknowledgement that it answers; else a person decides. */
static bool take_stray(struct visit *v, struct err *err)
{
	struct mail_thread thread;
	const char *guess;
	struct store_row row;

	if (!mail_was_read(v->m))
		return settle(
			v, "unsorted",
			"no program could read it to its end: open the original, and "
			"please report it");
	if (!mail_thread_find(v->op, v->arena, v->m, NULL, &thread, err))
		return false;
	if (thread.response_id && v->m->kind == MAIL_HUMAN) {
		if (!store_one(v->op->store, v->arena, &row, err, SQL_CONSULTATION_BY_ID,
			       "i", thread.consultation_id))
			return false;
		consultation_read(&row, &v->route.consultation);
		return take_for_consultation(v, err);
	}
	if (!mail_thread_guess(v->op, v->arena, v->m->subject, &guess, err))
		return false;
	return settle(v, "unsorted",
		      guess ? arena_printf(v->arena,
					   "to none of our addresses, but its subject "
					   "names %s: file it there if it belongs there",
					   guess)
			    : "to none of our lists and consultations");
}

/* A list's marks say how a mail travelled, not that nobody wrote it: it stays in sight,
   with its marks. What came to a consultation is a response. */
static bool take_through_list(struct visit *v, struct err *err)
{
	const char *mark = v->m->reasons.count
				   ? v->m->reasons.items[v->m->reasons.count - 1]
				   : "it has the marks of a list";

	if (v->route.to != TO_CONSULTATION)
		return settle(
			v, "unsorted",
			arena_printf(v->arena, "came through somebody's list: %s", mark));
	return take_for_consultation(v, err) &&
	       settle(v, v->taken,
		      arena_printf(v->arena, "%s; came through somebody's list: %s",
				   v->why, mark));
}

/* By its words alone a person may have written it. */
static bool take_autoreply(struct visit *v)
{
	return incoming_is_automatic(v->m) || !str_empty(v->m->machine)
		       ? settle(v, "autoreply", "an automatic reply")
		       : settle(v, "unsorted",
				"reads as an automatic reply, but nothing in its head "
				"says that a program sent it");
}

static bool decide(struct visit *v, struct err *err)
{
	struct imported_way way = {.inbound_id = v->id, .m = v->m};
	bool own;

	if (!imported_mail_way(v->op, v->arena, &way, err) ||
	    !sent_by_us(v->op, v->arena, v->m, &own, err))
		return false;
	v->route = way.route;
	v->imported = way.imported.consultation_id != 0;
	if (own)
		return settle(v, "own", "sent by ourselves");
	if (way.copy)
		return settle(v, "copy", way.copy);
	if (classify_is_placeholder(v->m))
		return settle(
			v, "unsorted",
			"the mail server could not hand over a mail and put this in "
			"its place: ask whoever runs the server, or its sender, for it");
	switch (v->m->kind) {
	case MAIL_BOUNCE:
	case MAIL_DELAY:
	case MAIL_DELIVERED:
		return take_bounce(v, err);
	case MAIL_COMPLAINT:
		return take_complaint(v, err);
	case MAIL_AUTOREPLY:
		return take_autoreply(v);
	case MAIL_LIST:
		return take_through_list(v, err);
	case MAIL_HUMAN:
	case MAIL_COMMAND:
		break;
	}
	if (v->route.to == TO_LIST && v->m->return_path && !*v->m->return_path)
		return settle(v, "unsorted", "has a null sender: a program sent it");
	if (v->route.to == TO_LIST)
		return take_for_list(v, err);
	if (v->route.to == TO_CONSULTATION)
		return take_for_consultation(v, err);
	return take_stray(v, err);
}

/* What was done stays done. */
static bool keep_in_sight(struct visit *v, struct err *err)
{
	/* What comes back to the address that it was sent from has our own words in it. */
	bool ours = v->route.what == WANTS_BOUNCE && str_eq(v->taken, "bounce");
	const char *why = NULL;

	if (!ours && !in_sight_why(v->op, v->arena, v->m, v->taken, &why, err))
		return false;
	return !why ||
	       settle(v, "unsorted", arena_printf(v->arena, "%s; %s", v->why, why));
}

/* A response has its proposals. */
static bool is_at_risk(const struct visit *v, bool *out, struct err *err)
{
	/* What nobody has read may say so. */
	*out = !mail_was_read(v->m);
	return *out || !str_eq(v->taken, "unsorted") ||
	       in_sight_at_risk(v->op, v->arena, v->m, out, err);
}

static bool take(struct visit *v, struct err *err)
{
	bool risk;

	return decide(v, err) && keep_in_sight(v, err) && is_at_risk(v, &risk, err) &&
	       store_run(v->op->store, err, SQL_INBOUND_DONE, "itttzzi", v->id,
			 mail_kind_name(v->m->kind), v->taken, v->why, v->route.list.id,
			 v->route.consultation.id, (int64_t)risk) &&
	       (v->words ? response_proposal_read(v->op, v->arena, v->words, err)
			 : reread_proposal(v->op, v->arena, v->id, err));
}

/* What is taken, for apart_run(). */
struct taking {
	struct operation *op;
	int64_t inbound_id, kept_at;
	const struct mail_message *m;
};

static bool take_once(void *with, struct arena *arena, struct err *err)
{
	const struct taking *what = with;
	struct operation *op = what->op;
	AUTO(store_txn) t = store_begin(op->store, err);
	struct mail_message written;
	struct visit v = {.op = op,
			  .arena = arena,
			  .id = what->inbound_id,
			  .kept_at = what->kept_at,
			  .m = &written};

	return t && inbound_from_writer(op, arena, what->m, &written, err) &&
	       inbound_keep_parsed(op, arena, what->inbound_id, &written, err) &&
	       take(&v, err) && store_commit(&t, err);
}

bool inbound_take(struct operation *op, int64_t inbound_id, int64_t kept_at,
		  const struct mail_message *m, struct err *err)
{
	AUTO(arena) arena = arena_new(256);
	struct taking what = {op, inbound_id, kept_at, m};
	const char *who = op->who;
	int64_t staff_id = op->staff_id;
	bool ok;

	op->who = arena_printf(arena, "mail %" PRId64, inbound_id);
	op->staff_id = 0;
	ok = apart_run(op->store, take_once, &what, err);
	op->who = who;
	op->staff_id = staff_id;
	return ok;
}
