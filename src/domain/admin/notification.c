#include "domain/admin/notification.h"
#include "domain/core/plus_address.h"
#include "domain/core/audit.h"
#include "domain/core/language.h"
#include "base/clock.h"
#include "base/str.h"
#include "mail/write/compose.h"
#include "mail/write/recipient.h"

#include <inttypes.h>

enum { ID_MOST = 900 };

/*
 * May be read by somebody whom a private list is nothing to: whoever wrote to its address.
 * It is called by that address there.
 */
static bool is_veiled(const struct notification *l)
{
	static const bool to_strangers[NOTIFICATION_COUNT] = {
		[NOTIFICATION_CONFIRM] = true,
		[NOTIFICATION_NOT_SUBSCRIBED] = true,
		[NOTIFICATION_CLOSED_REQUEST] = true,
		[NOTIFICATION_CLOSED_REFUSED] = true,
		[NOTIFICATION_HELP] = true,
		/* Also to who only asked to join. */
		[NOTIFICATION_LEAVE_ASKED] = true,
		[NOTIFICATION_LEFT] = true,
	};

	return l->list && l->list->visibility == LIST_PRIVATE && to_strangers[l->kind];
}

/* What every letter says: who we are, about which list, and on which day. */
static void common_values(struct operation *op, struct arena *arena,
			  const struct notification *l,
			  struct mail_notification_values *v)
{
	const char *url = op->settings->base_url;

	v->organisation = op->settings->organisation;
	v->contact = str_or(op->settings->contact, NULL);
	v->address = l->to_address;
	v->date = long_date(op, arena, l->language, op->now, op->settings->zone);
	v->why = language_word(op, l->language, v->why);
	v->frequency = language_word(op, l->language, v->frequency);
	if (!v->choose_url)
		v->choose_url = arena_printf(arena, "%s/manage", url);
	if (!l->list)
		return;
	v->contact_address = l->list->owner;
	v->has_topics = l->list->topic_count > 0;
	v->list_title = is_veiled(l) ? list_called(l->list) : l->list->title;
	v->join_url = list_url(op, arena, l->list, "/join");
	v->archive_url = list_url(op, arena, l->list, "");
	if (l->leave_token)
		v->leave_url = arena_printf(arena, "%s/leave/%s", url, l->leave_token);
	v->join_address = address_with(arena, l->list->address, "join");
	if (!v->leave_address)
		v->leave_address = address_with(arena, l->list->address, "leave");
}

/* The same letter has the same Message-ID however often it is tried. */
static const char *message_id(struct operation *op, struct arena *arena, const char *once)
{
	unsigned char hash[SECRET_SHA256_BYTES];
	char text[SECRET_SHA256_HEX];
	AUTO(buf) b = buf_new(1000);

	buf_add(b, op->key, sizeof(op->key));
	buf_str(b, once);
	secret_sha256(b->bytes, b->len, hash);
	str_base32(text, hash, 16);
	return arena_printf(arena, "l.%s@%s", text, op->settings->own_domain);
}

static void list_fields(struct operation *op, struct arena *arena,
			const struct notification *l, struct compose_mail *mail)
{
	const char *leave;

	if (l->contact_token)
		mail->list_unsubscribe_https =
			one_click_url(op, arena, "contact", l->contact_token);
	if (!l->list || !l->leave_token)
		return;
	leave = arena_printf(arena, "leave-%s", l->leave_token);
	mail->list_unsubscribe_mailto = arena_printf(
		arena, "mailto:%s", address_with(arena, l->list->address, leave));
	mail->list_unsubscribe_https = one_click_url(op, arena, "leave", l->leave_token);
	mail->list_post_no = true;
	if (l->kind != NOTIFICATION_DIGEST)
		return;
	mail->list_id = arena_printf(arena, "%s.%s", l->list->name,
				     strrchr(l->list->address, '@') + 1);
	mail->list_name = l->list->title;
	mail->list_archive = list_url(op, arena, l->list, "");
}

static bool compose(struct operation *op, struct arena *arena,
		    const struct notification *l,
		    const struct mail_notification_text *said, const char *id,
		    struct buf *out, struct err *err)
{
	static const char *const no_values[COMPOSE_SLOTS] = {0};
	struct compose_prepared *prepared;
	struct compose_mail mail = {
		.from_name = l->from_name,
		.from_address = l->from_address,
		.reply_to = l->reply_to,
		.subject = said->subject,
		.date_at = op->now,
		.message_id = id,
		.in_reply_to = l->in_reply_to,
		.auto_submitted = l->by_person    ? NULL
				  : l->inbound_id ? "auto-replied"
						  : "auto-generated",
		.text = said->text,
		.html = said->html,
	};

	list_fields(op, arena, l, &mail);
	return compose_address_header(arena, NULL, l->to_address, &mail.to, err) &&
	       compose_prepare(arena, &mail, &prepared, err) &&
	       compose_fill(prepared, no_values, out, err);
}

/* The Message-ID of the mail that is answered, or NULL. */
static bool answered(struct operation *op, struct arena *arena, int64_t inbound_id,
		     const char **out, struct err *err)
{
	struct store_row row;

	*out = NULL;
	if (!inbound_id)
		return true;
	if (!store_one(op->store, arena, &row, err, SQL_PARSED_OF, "i", inbound_id))
		return err_forgive(err, ERR_ABSENT);
	*out = row_text(&row, "message_id");
	return true;
}

/* What a stranger gave as Message-ID, when it can stand in a header of ours. */
static const char *sound_id(const char *id)
{
	const char *at = id ? strchr(id, '@') : NULL;
	size_t len = id ? strlen(id) : 0;

	if (!at || at == id || !at[1] || strchr(at + 1, '@') || len > ID_MOST)
		return NULL;
	for (size_t i = 0; i < len; i++)
		if (id[i] <= 0x20 || id[i] >= 0x7F || id[i] == '<' || id[i] == '>')
			return NULL;
	return id;
}

/* The same letter, without what a stranger put in to break it. */
static bool tame(struct arena *arena, struct notification *letter, struct err *err)
{
	letter->in_reply_to = sound_id(letter->in_reply_to);
	return address_read(arena, letter->to_address, NULL, &letter->to_address, err);
}

static bool make(struct operation *op, struct arena *arena, struct notification *letter,
		 const char *id, struct mail_notification_text *said, struct buf *mail,
		 struct err *err)
{
	const char *kind = mail_notification_name(letter->kind);
	struct mail_notification_values values = letter->values;

	if (!letter->in_reply_to &&
	    !answered(op, arena, letter->inbound_id, &letter->in_reply_to, err))
		return false;
	if (!tame(arena, letter, err))
		return err_prefix(err, "notification \"%s\"", kind);
	common_values(op, arena, letter, &values);
	if (is_veiled(letter))
		letter->from_name = op->settings->organisation;
	return (mail_notification_render(language_templates(op, letter->language), arena,
					 letter->kind, &values, said, err) &&
		compose(op, arena, letter, said, id, mail, err)) ||
	       err_prefix(err, "notification \"%s\"", kind);
}

/* False for what is no address. */
static bool limit_hash(const struct operation *op, struct arena *arena,
		       const char *address, unsigned char out[SECRET_SHA256_BYTES])
{
	const char *key = mail_limit_key(arena, address);

	if (key)
		secret_hash(op->key, "limit", key, out);
	return key != NULL;
}

/* Rendered, composed and put into the ledger; out_new: not when it had been before. */
static bool add(struct operation *op, const struct notification *asked, bool *out_new,
		struct err *err)
{
	struct notification letter = *asked;
	AUTO(arena) arena = arena_new(1 << 16);
	AUTO(buf) mail = buf_new(8 << 20);
	const char *id = message_id(op, arena, asked->once);
	unsigned char hash[SECRET_SHA256_BYTES];
	struct mail_notification_text said;
	bool counted;

	if (!make(op, arena, &letter, id, &said, mail, err))
		return false;
	counted = limit_hash(op, arena, letter.to_address, hash);
	if (!store_run(op->store, err, SQL_NOTIFICATION_ADD, "tttttbtzzzib",
		       mail_notification_name(asked->kind), letter.once,
		       str_or(letter.sender, ""), letter.to_address, said.subject,
		       mail->bytes, mail->len, id,
		       letter.list ? letter.list->id : (int64_t)0, letter.consultation_id,
		       letter.inbound_id, op->now, counted ? hash : NULL,
		       counted ? sizeof(hash) : (size_t)0))
		return false;
	*out_new = store_changes(op->store) > 0;
	return true;
}

bool notification_queue(struct operation *op, const struct notification *asked,
			bool *out_new, struct err *err)
{
	bool is_new;

	if (!add(op, asked, &is_new, err))
		return false;
	if (out_new)
		*out_new = is_new;
	return true;
}

bool notification_spend(struct operation *op, const struct notification *asked,
			struct err *err)
{
	AUTO(store_txn) undone = store_begin(op->store, err);
	bool is_new;

	return undone && add(op, asked, &is_new, err);
}

bool notification_says(struct operation *op, struct arena *arena,
		       const struct notification *asked,
		       struct mail_notification_text *out, struct err *err)
{
	struct mail_notification_values values = asked->values;

	common_values(op, arena, asked, &values);
	return mail_notification_render(language_templates(op, asked->language), arena,
					asked->kind, &values, out, err);
}

bool notification_unmade(struct err *err)
{
	return err_forgive(err, ERR_INPUT) || err_forgive(err, ERR_ABSENT);
}

bool notification_allowed(struct operation *op, const char *address,
			  enum mail_notification kind, int64_t most_a_day, bool *out,
			  struct err *err)
{
	AUTO(arena) arena = arena_new(2048);
	unsigned char hash[SECRET_SHA256_BYTES];
	struct store_row row, all;

	if (!limit_hash(op, arena, address, hash)) {
		*out = true; /* who makes the letter says what is wrong with it */
		return true;
	}
	if (!store_one(op->store, arena, &row, err, SQL_NOTIFICATION_RECENT, "bti", hash,
		       sizeof(hash), mail_notification_name(kind), op->now - DAY_S) ||
	    !store_one(op->store, arena, &all, err, SQL_NOTIFICATION_MANY, "tii",
		       mail_notification_name(kind), op->now - HOUR_S,
		       op->settings->answers_an_hour - 1))
		return false;
	*out = row_int(&row, "n") < most_a_day && !row_int(&all, "are");
	return true;
}

bool notification_settle_doubt(struct operation *op, int64_t id, enum in_doubt decision,
			       struct err *err)
{
	bool again = decision == IN_DOUBT_SEND_AGAIN;
	AUTO(arena) arena = arena_new(512);
	AUTO(store_txn) t = NULL;
	struct store_row row;

	if (!needs_staff(op, err))
		return false;
	t = store_begin(op->store, err);
	if (!t)
		return false;
	if (!store_one(op->store, arena, &row, err, SQL_NOTIFICATION_BY_ID, "i", id))
		return err->kind == ERR_ABSENT
			       ? err_set(err, ERR_ABSENT,
					 "there is no notification %" PRId64 HINT
					 "see: mercat notification list --state \"in doubt\"",
					 id)
			       : false;
	if (!str_eq(row_text(&row, "state"), "in doubt"))
		return err_set(err, ERR_CONFLICT,
			       "notification %" PRId64
			       " is %s; only one in doubt is settled by "
			       "a person",
			       id, row_text(&row, "state"));
	return store_run(op->store, err, SQL_NOTIFICATION_RELEASE_DOUBT, "iti", id,
			 again ? "deferred" : "skipped", op->now) &&
	       audit_record(op, err, "doubt settled", "notification", id, "%s",
			    again ? "sent again" : "left") &&
	       store_commit(&t, err);
}

static bool is_kind(const char *name)
{
	for (int kind = 0; kind < NOTIFICATION_COUNT; kind++)
		if (str_eq(name, mail_notification_name((enum mail_notification)kind)))
			return true;
	return false;
}

bool notification_settle_every_doubt(struct operation *op, const char *kind,
				     enum in_doubt decision, int64_t *out,
				     struct err *err)
{
	bool again = decision == IN_DOUBT_SEND_AGAIN;
	AUTO(store_txn) t = NULL;

	if (!needs_staff(op, err))
		return false;
	if (kind && !is_kind(kind))
		return err_set(err, ERR_INPUT,
			       "\"%.40s\": there is no such kind of notification" HINT
			       "the kinds stand in: mercat notification list",
			       kind);
	t = store_begin(op->store, err);
	if (!t || !store_run(op->store, err, SQL_NOTIFICATION_RELEASE_EVERY_DOUBT, "itt",
			     op->now, again ? "deferred" : "skipped", kind))
		return false;
	*out = store_changes(op->store);
	return (!*out || audit_record(op, err, "doubt settled", "notification", 0,
				      "%" PRId64 "%s%s: %s", *out, kind ? " " : "",
				      str_or(kind, ""), again ? "sent again" : "left")) &&
	       store_commit(&t, err);
}

bool notification_list(struct operation *op, struct arena *arena, const char *state,
		       int64_t most, struct store_table *out, struct err *err)
{
	if (!domain_word_check("state of a notification", state, notification_states,
			       err))
		return false;
	return state ? store_all(op->store, arena, out, err, SQL_NOTIFICATION_LIST_IN,
				 "it", most, state)
		     : store_all(op->store, arena, out, err, SQL_NOTIFICATION_LIST, "i",
				 most);
}

bool notification_from_us(struct operation *op, struct arena *arena,
			  struct notification *letter, struct err *err)
{
	struct store_row row;

	letter->from_name = op->settings->organisation;
	if (store_one(op->store, arena, &row, err, SQL_LIST_FIRST, "")) {
		letter->from_address = row_text(&row, "address");
		letter->reply_to = letter->values.contact_address =
			row_text(&row, "owner");
		return true;
	}
	letter->from_address =
		arena_printf(arena, "no-reply@%s", op->settings->own_domain);
	return err_forgive(err, ERR_ABSENT);
}
