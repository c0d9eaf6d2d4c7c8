/* Joining and leaving by a page: the third part of subscribe.h. */
#include "domain/core/plus_address.h"
#include "domain/core/language.h"
#include "domain/subscribers/link.h"
#include "domain/subscribers/subscription.h"
#include "domain/subscribers/subscribe_private.h"
#include "base/calendar.h"
#include "base/str.h"

enum { REASON_MOST = 200, ASKS_COUNTED = 1000000 };

static bool wording_is_of(struct operation *op, const struct list *list, int64_t id,
			  struct err *err)
{
	AUTO(arena) arena = arena_new(2048);
	struct store_row row;

	if (!id || id == list->wording_id)
		return true;
	if (!store_one(op->store, arena, &row, err, SQL_WORDING_OF, "ii", id, list->id))
		return err->kind == ERR_ABSENT &&
		       err_set(err, ERR_INPUT,
			       "that wording is not of the list %s; load the page again",
			       list->name);
	return true;
}

static bool choice_fits(struct operation *op, const struct list *list,
			const struct topic_choice *given, struct topic_choice *out,
			struct err *err)
{
	int64_t known = list->topic_count < 63 ? ((int64_t)1 << list->topic_count) - 1
					       : INT64_MAX;

	*out = *given;
	out->frequency = str_or(given->frequency, "each");
	out->all_topics = given->all_topics || !given->topics;
	out->topics = out->all_topics ? 0 : given->topics;
	out->language = given->language ? language_for(op, given->language) : NULL;
	if (out->topics & ~known)
		return err_set(err, ERR_INPUT, "the list %s has no such topic",
			       list->name);
	return domain_word_check("frequency", out->frequency, frequencies, err) &&
	       wording_is_of(op, list, given->wording_id, err);
}

bool subscribe_by_page(struct operation *op, const struct list *list, const char *address,
		       const struct topic_choice *given, enum subscribe_result *out,
		       struct err *err)
{
	AUTO(arena) arena = arena_new(2048);
	AUTO(store_txn) t = NULL;
	struct topic_choice choice;
	struct subscribe_ask ask = {.how = "page", .choice = &choice};
	const char *key, *plain;
	bool counted;

	if (!address_read(arena, address, &key, &plain, err) ||
	    !choice_fits(op, list, given, &choice, err))
		return false;
	t = store_begin(op->store, err);
	if (!t || !page_ask_note(op, "join", key, ASKS_COUNTED, &counted, err) ||
	    !subscribe_ask(op, list, plain, NULL, &ask, out, err))
		return false;
	return store_commit(&t, err);
}

bool subscribe_question(struct operation *op, struct arena *arena, const char *token,
			enum confirm_result *out_state, struct consultation_question *out,
			struct err *err)
{
	unsigned char hash[SECRET_SHA256_BYTES];
	const struct topic_choice *choice;
	struct store_row row, wording;
	struct subscription m;

	secret_sha256(token, strlen(token), hash);
	if (!store_one(op->store, arena, &row, err, SQL_CONFIRMATION_BY_HASH, "b", hash,
		       sizeof(hash))) {
		*out_state = CONFIRM_UNKNOWN;
		return err_forgive(err, ERR_ABSENT);
	}
	*out = (struct consultation_question){.expires_at = row_int(&row, "expires_at"),
					      .frequency = "each"};
	if (!subscription_of(op, arena, row_int(&row, "subscription_id"), &out->list, &m,
			     err) ||
	    !store_one(op->store, arena, &wording, err, SQL_WORDING_BY_ID, "i",
		       row_int(&row, "wording_id")))
		return false;
	choice = subscribe_choice(arena, &row);
	out->address = m.address;
	out->language = language_for(op, choice && choice->language ? choice->language
								    : m.language);
	out->wording = row_text(&wording, "text");
	if (choice) {
		out->frequency = choice->frequency;
		out->topics = choice->all_topics
				      ? NULL
				      : topics_titles(&out->list, arena, choice->topics);
	}
	*out_state = !row_null(&row, "used_at") || !str_eq(m.state, "pending")
			     ? CONFIRM_USED
		     : out->expires_at < op->now ? CONFIRM_EXPIRED
						 : CONFIRM_DONE;
	return true;
}

/* "a...@example.org" */
static const char *masked(struct arena *arena, const char *address)
{
	const char *at = strrchr(address, '@');
	size_t first = str_utf8_char(address, strlen(address));

	return at ? arena_printf(arena, "%.*s...%s", (int)(first ? first : 1), address,
				 at)
		  : "";
}

const char *const leaving_reasons[] = {"too many", "not relevant", "role changed",
				       "never asked", NULL};

/* *left: how they left, set where there is anything to take back; may be NULL. */
static bool may_return(struct operation *op, struct arena *arena,
		       const struct subscription *m, bool *out, struct store_row *left,
		       struct err *err)
{
	static const char *const consents[] = {"confirmed", "added", "imported",
					       "accepted", NULL};
	struct store_row row;
	const char *before;

	*out = false;
	if (!str_eq(m->state, "unsubscribed"))
		return true;
	if (!store_one(op->store, arena, &row, err, SQL_LEAVING_LAST, "i",
		       m->subscription_id))
		return err_forgive(err, ERR_ABSENT);
	before = row_text(&row, "before");
	/* Whoever was only asked, and never answered, has nothing to come back to. */
	for (size_t i = 0; before && consents[i]; i++)
		*out |= str_eq(before, consents[i]);
	*out = *out && str_eq(row_text(&row, "event"), "unsubscribed") &&
	       row_int(&row, "at") > op->now - DAY_S;
	if (left)
		*left = row;
	return true;
}

bool unsubscribe_token_find(struct operation *op, struct arena *arena, const char *token,
			    struct unsubscribe_page *out, struct err *err)
{
	struct subscription m;

	*out = (struct unsubscribe_page){0};
	if (!secret_token_read(op->key, "leave", token, &out->subscription_id))
		return err_set(err, ERR_ABSENT, "this link is not whole; copy all of it");
	if (!subscription_of(op, arena, out->subscription_id, &out->list, &m, err))
		return false;
	out->address = masked(arena, m.address);
	out->language = language_for(op, m.language);
	out->listed = subscription_listed(m.state);
	return out->listed || may_return(op, arena, &m, &out->may_return, NULL, err);
}

bool unsubscribe_by_token(struct operation *op, const char *token, const char *how,
			  const struct leaving *why, bool *out_left, struct err *err)
{
	AUTO(store_txn) t = NULL;
	char kept[REASON_MOST + 1] = "";
	const char *reason = NULL;
	int64_t id;

	if (!secret_token_read(op->key, "leave", token, &id))
		return err_set(err, ERR_ABSENT, "this link is not whole; copy all of it");
	if (why && why->words) {
		AUTO(buf) clean = buf_new(64 * 1024);

		template_clean_text(clean, why->words,
				    strnlen(why->words, 4 * REASON_MOST),
				    TEMPLATE_ONE_LINE);
		str_copy(kept, sizeof(kept), buf_text(clean));
	}
	for (size_t i = 0; why && leaving_reasons[i]; i++)
		if (str_eq(why->reason, leaving_reasons[i]))
			reason = why->reason;
	t = store_begin(op->store, err);
	return t &&
	       unsubscribe(op, id,
			   &(struct unsubscribe_how){.how = how,
						     .reason = *kept ? kept : NULL},
			   out_left, err) &&
	       (!*out_left || !reason ||
		store_run(op->store, err, SQL_LEAVING_ADD, "it", id, reason)) &&
	       store_commit(&t, err);
}

bool unsubscribe_undo(struct operation *op, const char *token, bool *out_back,
		      struct err *err)
{
	AUTO(arena) arena = arena_new(2048);
	AUTO(store_txn) t = NULL;
	struct store_row left;
	struct subscription m;
	struct list list;
	int64_t id;

	if (!secret_token_read(op->key, "leave", token, &id))
		return err_set(err, ERR_ABSENT, "this link is not whole; copy all of it");
	t = store_begin(op->store, err);
	if (!t || !subscription_of(op, arena, id, &list, &m, err) ||
	    !may_return(op, arena, &m, out_back, &left, err))
		return false;
	if (!*out_back)
		return true;
	return store_run(op->store, err, SQL_LEAVING_DROP, "i", row_int(&left, "id")) &&
	       subscribe_again(op, &list, &m, row_int(&left, "wording_id"),
			       "took back that they had left", err) &&
	       store_commit(&t, err);
}
