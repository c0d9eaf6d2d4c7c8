/* What the clock does with updates, and tests of them: the other half of bulletin.h. */
#include "domain/core/address.h"
#include "domain/core/audit.h"
#include "domain/bulletins/bulletin.h"
#include "domain/bulletins/bulletin_render.h"
#include "domain/admin/notification.h"
#include "domain/core/schedule.h"
#include "base/str.h"
#include "mail/compose.h"

#include <inttypes.h>

enum { FILL_STRETCH = 20000 }; /* subscriptions a transaction: others wait that long */

static bool queue_test(struct operation *op, struct arena *arena,
		       const struct bulletin *b, const struct bulletin_mail *rendered,
		       const char *address, size_t n, struct err *err)
{
	const char *plain, *values[COMPOSE_SLOTS] = {0};
	char token[SECRET_TOKEN_LEN + 1] = "", id[SECRET_RANDOM_LEN + 1];
	AUTO(buf) mail = buf_new(16 << 20);
	struct compose_prepared *prepared;
	struct compose_mail m = {
		.from_name = str_or(b->source->from_name, b->list.from_name),
		.from_address = b->list.address,
		.reply_to = b->list.owner,
		.subject = rendered->subject,
		.date_at = op->now,
		.auto_submitted = "auto-generated",
		.text = rendered->text,
		.html = rendered->html,
	};

	if (!bulletin_pictures(op, arena, b, &m.pictures, err))
		return false;
	m.picture_count = b->images.count;
	/* A token of nobody: the links of a test do nothing. */
	memset(token, 'a', SECRET_TOKEN_LEN);
	values[COMPOSE_TOKEN] = values[COMPOSE_TOKEN_2] = token;
	secret_random_token(id);
	m.message_id = arena_printf(arena, "t.%s@%s", id, op->settings->own_domain);
	if (!address_read(arena, address, NULL, &plain, err) ||
	    !compose_address_header(arena, NULL, plain, &m.to, err) ||
	    !compose_prepare(arena, &m, &prepared, err) ||
	    !compose_fill(prepared, values, mail, err))
		return false;
	return store_run(op->store, err, SQL_LETTER_ADD, "tttttbtzzzi", "test",
			 arena_printf(arena, "test:%s:%zu", id, n), "", plain,
			 rendered->subject, mail->bytes, mail->len, m.message_id,
			 b->list.id, (int64_t)0, (int64_t)0, op->now);
}

bool bulletin_test(struct operation *op, const char *list, int64_t number,
		   const char *const *addresses, size_t count, struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 16);
	AUTO(store_txn) t = NULL;
	struct bulletin_mail rendered;
	struct bulletin b;

	if (!needs_staff(op, err))
		return false;
	t = store_begin(op->store, err);
	if (!t || !bulletin_load(op, arena, list, number, &b, err) ||
	    !bulletin_render_mail(op, arena, &b, bulletin_variant(b.source, 0, true),
				  op->now, true, &rendered, err))
		return false;
	for (size_t i = 0; i < count; i++)
		if (!queue_test(op, arena, &b, &rendered, addresses[i], i, err))
			return false;
	return audit_of(op, AUDITED_TEXT("bulletin tested", b.id, b.hash), err,
			"content %s, to %zu addresses", b.hash, count) &&
	       store_commit(&t, err);
}

bool bulletin_hold(struct operation *op, int64_t id, const char *why, struct err *err)
{
	return store_run(op->store, err, SQL_BULLETIN_STATE_SET, "itt", id, "held",
			 why) &&
	       audit_record(op, err, "bulletin held", "bulletin", id, "%s", why);
}

/* out_held: why a scheduled update must not begin by itself; NULL: it may. */
static bool may_begin(struct operation *op, struct arena *arena, int64_t id,
		      const char **out_held, struct err *err)
{
	struct bulletin b;
	struct err why = {0};
	char late[80];

	if (!bulletin_by_id(op, arena, id, &b, &why)) {
		*out_held = "its content cannot be read any more";
		return why.kind == ERR_INPUT || (*err = why, false);
	}
	if (op->now - b.due_at > op->settings->schedule_late_s) {
		str_duration(late, sizeof(late), op->now - b.due_at);
		*out_held =
			arena_printf(arena,
				     "found %s after its time; a person must resume or "
				     "cancel it",
				     late);
		return true;
	}
	*out_held = NULL;
	if (bulletin_approved(op, &b, &why))
		return true;
	*out_held = arena_strdup(arena, why.text);
	return why.kind == ERR_CONFLICT || why.kind == ERR_INPUT || (*err = why, false);
}

bool bulletins_start_due(struct operation *op, bool *out_did, struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 16);
	AUTO(store_txn) t = NULL;
	struct store_row due;
	const char *held;
	int64_t id;

	*out_did = false;
	if (!store_one(op->store, arena, &due, err, SQL_BULLETIN_DUE, "i", op->now))
		return err_forgive(err, ERR_ABSENT);
	t = store_begin(op->store, err);
	if (!t)
		return false;
	/* Again, now that nobody else can write: a person may have been quicker. */
	if (!store_one(op->store, arena, &due, err, SQL_BULLETIN_DUE, "i", op->now))
		return err_forgive(err, ERR_ABSENT);
	id = row_int(&due, "id");
	if (!may_begin(op, arena, id, &held, err))
		return false;
	*out_did = true;
	if (held)
		return bulletin_hold(op, id, held, err) && store_commit(&t, err);
	return store_run(op->store, err, SQL_BULLETIN_START, "ii", id, op->now) &&
	       audit_record(op, err, "bulletin sending", "bulletin", id,
			    "as scheduled") &&
	       store_commit(&t, err);
}

/* The ledger is not written at a stroke: others must get at the store in between. */
bool bulletins_fill(struct operation *op, bool *out_did, struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 16);
	AUTO(store_txn) t = store_begin(op->store, err);
	struct store_row row, approval;
	struct audience a;
	struct bulletin b;
	int64_t to, last, rows;

	*out_did = false;
	if (!t)
		return false;
	if (!store_one(op->store, arena, &row, err, SQL_BULLETIN_TO_FILL, ""))
		return err_forgive(err, ERR_ABSENT);
	if (!bulletin_by_id(op, arena, row_int(&row, "id"), &b, err) ||
	    !store_one(op->store, arena, &approval, err, SQL_APPROVAL_IN_FORCE, "i",
		       b.id))
		return false;
	a = bulletin_wanted_by(&b);
	last = row_int(&approval, "last_subscription");
	to = b.filled_to + FILL_STRETCH;
	*out_did = true;
	if (!store_run(op->store, err, SQL_AUDIENCE_FILL, "iiiiiiiiiiiiii", b.id,
		       b.list.id, a.topics, (int64_t)a.everyone, row_int(&approval, "at"),
		       last, b.filled_to, to, b.started_at, op->settings->spread_s,
		       row_int(&row, "filled_rows"), row_int(&approval, "audience"),
		       digest_next(op->settings, "weekly", op->now),
		       digest_next(op->settings, "monthly", op->now)))
		return false;
	rows = store_changes(op->store);
	return store_run(op->store, err, SQL_TALLY_DIGESTS, "iii", b.id, b.filled_to,
			 to) &&
	       store_run(op->store, err, SQL_BULLETIN_FILLED_TO, "iiii", b.id, to,
			 (int64_t)(to >= last), rows) &&
	       store_commit(&t, err);
}

bool bulletins_finish(struct operation *op, bool *out_did, struct err *err)
{
	AUTO(arena) arena = arena_new(4096);
	AUTO(store_txn) t = NULL;
	struct store_table ready, done;

	*out_did = false;
	if (!store_all(op->store, arena, 0, &ready, err, SQL_BULLETIN_FINISHABLE, ""))
		return false;
	if (!ready.count)
		return true;
	t = store_begin(op->store, err);
	if (!t || !store_all(op->store, arena, 0, &done, err, SQL_BULLETIN_FINISH, "i",
			     op->now))
		return false;
	for (size_t i = 0; i < done.count; i++) {
		struct store_row row = table_row(&done, i);

		if (!audit_record(op, err, "bulletin sent", "bulletin",
				  row_int(&row, "id"),
				  "every row of its ledger is settled"))
			return false;
	}
	*out_did = true;
	return store_commit(&t, err);
}
