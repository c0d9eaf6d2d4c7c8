/* Whose mail it is, and whom else it names: what erasing and access find it by. */
#include "domain/intake/inbound_private.h"
#include "domain/intake/in_sight.h"
#include "domain/intake/sent_by_us.h"
#include "domain/admin/arrival.h"
#include "domain/core/plus_address.h"
#include "base/str.h"

/* A list of addresses names as many people as it likes. */
enum { WRITERS_MOST = 20, ABOUT_MOST = 200 };

/* As it stands there, and what it means: an address has many ways of writing. */
static bool keep_address(struct operation *op, int64_t id, const char *place,
			 const char *address, struct err *err)
{
	AUTO(arena) arena = arena_new(1024);
	const char *means = str_empty(address) ? NULL : address_meant(arena, address);

	return (str_empty(address) || store_run(op->store, err, SQL_MAIL_WRITER_ADD,
						"itt", id, place, address)) &&
	       (!means ||
		store_run(op->store, err, SQL_MAIL_WRITER_ADD, "itt", id, place, means));
}

/* Of a list of addresses: those that are none of ours. */
static bool keep_others(struct operation *op, int64_t id, const char *place,
			const struct mail_addresses *all, struct err *err)
{
	AUTO(arena) arena = arena_new(1024);

	for (size_t i = 0; i < all->count && i < WRITERS_MOST; i++) {
		const char *address = all->items[i].address;
		bool ours = false;

		if (str_empty(address))
			continue;
		if (!arrival_route_is_ours(op, arena, address, &ours, err) ||
		    (!ours && !keep_address(op, id, place, address, err)))
			return false;
	}
	return true;
}

static bool same_mailbox(struct arena *arena, const char *a, const char *b)
{
	return str_ieq(str_or(address_meant(arena, a), a),
		       str_or(address_meant(arena, b), b));
}

/* Whether they are one person with one address, as far as can be told. */
static bool is_one(struct arena *arena, const struct mail_addresses *all)
{
	for (size_t i = 0; i < all->count; i++)
		if (str_empty(all->items[i].address) ||
		    !same_mailbox(arena, all->items[i].address, all->items[0].address))
			return false;
	return true;
}

static bool all_ours(struct operation *op, struct arena *arena,
		     const struct mail_addresses *all, bool *out, struct err *err)
{
	bool ours = all->count > 0;

	for (size_t i = 0; ours && i < all->count; i++)
		if (!arrival_route_is_ours(op, arena, all->items[i].address, &ours, err))
			return false;
	*out = ours;
	return true;
}

/*
 * Who stands in From. Where answers are wanted says who wrote it only where From is an address
 * of our own, as of a form on a web site: else whoever wrote may have given somebody else's.
 */
static bool keep_authors(struct operation *op, struct arena *arena, int64_t id,
			 const struct mail_message *m, struct err *err)
{
	struct mail_address writer = m->from;
	struct mail_addresses all = {&writer, 1};
	bool ours;

	if (!m->via && m->authors.count)
		all = m->authors;
	if (!all_ours(op, arena, &all, &ours, err))
		return false;
	if (ours)
		all = m->reply_to;
	for (size_t i = 0; i < all.count && i < WRITERS_MOST; i++)
		if (!keep_address(op, id, is_one(arena, &all) ? "from" : "joint",
				  all.items[i].address, err))
			return false;
	/* A name in From, and an address from elsewhere: perhaps theirs. */
	return ours || !str_empty(all.items[0].address) || all.count > 1 ||
	       keep_address(op, id, "joint", m->from.address, err);
}

static bool keep_about(struct operation *op, int64_t id, const struct mail_message *m,
		       struct err *err)
{
	bool kept = keep_address(op, id, "about", m->original_to, err) &&
		    keep_address(op, id, "about", m->complaint.original_recipient, err);

	for (size_t i = 0; kept && i < m->returned_to.count && i < ABOUT_MOST; i++)
		kept = keep_address(op, id, "about", m->returned_to.items[i], err);
	for (size_t i = 0; kept && i < m->failed_count && i < ABOUT_MOST; i++)
		kept = keep_address(op, id, "about", m->failed[i].address, err) &&
		       keep_address(op, id, "about", m->failed[i].original, err);
	return kept;
}

/* The row that a keyed token names, if it is one of that kind; of one it is its address. */
struct sent_way {
	const char *token, *kind;
	enum sql_id statement;
};

static bool keep_recipient(struct operation *op, struct arena *arena, int64_t id,
			   const struct sent_way *way, struct err *err)
{
	struct store_row row;
	int64_t named;
	char *token;

	if (!way->token)
		return true;
	token = arena_strdup(arena, way->token);
	str_lower(token);
	if (!secret_token_read(op->key, way->kind, token, &named))
		return true;
	if (!store_one(op->store, arena, &row, err, way->statement, "i", named))
		return err_forgive(err, ERR_ABSENT);
	return keep_address(op, id, "about", row_text(&row, "address"), err);
}

/*
 * A program answers for whoever our mail was sent to, from whatever address they have there: it
 * is about them, as a returned mail is.
 */
static bool keep_answered_for(struct operation *op, struct arena *arena, int64_t id,
			      const struct mail_message *m, struct err *err)
{
	const char *answered = str_or(m->in_reply_to, "");
	struct arrival_route route;
	struct store_row row;

	if (m->kind != MAIL_AUTOREPLY && !incoming_is_automatic(m))
		return true;
	if (!arrival_route_find(op, arena, m, &route, err))
		return false;
	const struct sent_way ways[] = {
		{str_starts(answered, "u.")
			 ? arena_strndup(arena, answered + 2, strcspn(answered + 2, "@"))
			 : NULL,
		 "message", SQL_BOUNCED_DELIVERY},
		{route.token, "bounce", SQL_BOUNCED_DELIVERY},
		{route.token, "leave", SQL_SUBSCRIPTION_BY_ID}};

	for (size_t i = 0; i < ARRAY_LEN(ways); i++)
		if (!keep_recipient(op, arena, id, &ways[i], err))
			return false;
	if (!str_starts(answered, "l."))
		return true;
	if (!store_one(op->store, arena, &row, err, SQL_NOTIFICATION_BY_MESSAGE_ID, "t",
		       answered))
		return err_forgive(err, ERR_ABSENT);
	return keep_address(op, id, "about", row_text(&row, "recipient"), err);
}

bool inbound_keep_writers(struct operation *op, struct arena *arena, int64_t id,
			  const struct mail_message *m, struct err *err)
{
	return keep_authors(op, arena, id, m, err) &&
	       keep_address(op, id, "forwarded", m->forwarded.address, err) &&
	       keep_others(op, id, "reply-to", &m->reply_to, err) &&
	       keep_others(op, id, "copied", &m->beside, err) &&
	       keep_others(op, id, "copied", &m->to, err) &&
	       keep_others(op, id, "copied", &m->cc, err) &&
	       keep_answered_for(op, arena, id, m, err) &&
	       (!in_sight_is_notice(m) || keep_about(op, id, m, err));
}

bool inbound_from_writer(struct operation *op, struct arena *arena,
			 const struct mail_message *m, struct mail_message *out,
			 struct err *err)
{
	struct mail_address from = m->from;
	const struct mail_addresses sender = {&from, 1};
	bool ours, theirs_ours = true, sent;

	if (!all_ours(op, arena, &sender, &ours, err) ||
	    !sent_by_us(op, arena, m, &sent, err) ||
	    (m->reply_to.count == 1 &&
	     !all_ours(op, arena, &m->reply_to, &theirs_ours, err)))
		return false;
	*out = *m;
	if (!ours || sent || theirs_ours || m->via || m->authors.count > 1)
		return true;
	out->via = m->from.address;
	out->from = m->reply_to.items[0];
	return true;
}
