/* What the clock does with updates, and tests of them: the other half of bulletin.h. */
#include "acts/address.h"
#include "acts/audit.h"
#include "acts/bulletin.h"
#include "acts/bulletin_render.h"
#include "acts/letter.h"
#include "acts/schedule.h"
#include "base/str.h"
#include "mail/compose.h"

#include <inttypes.h>

enum { FILL_STRETCH = 20000 }; /* subscriptions a transaction: others wait that long */

static bool queue_test(struct acts *acts, struct arena *arena,
		       const struct acts_bulletin *b,
		       const struct bulletin_mail *rendered, const char *address,
		       size_t n, struct err *err)
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
		.date_at = acts->now,
		.auto_submitted = "auto-generated",
		.text = rendered->text,
		.html = rendered->html,
	};

	if (!acts_bulletin_pictures(acts, arena, b, &m.pictures, err))
		return false;
	m.picture_count = b->images.count;
	/* A token of nobody: the links of a test do nothing. */
	memset(token, 'a', SECRET_TOKEN_LEN);
	values[COMPOSE_TOKEN] = values[COMPOSE_TOKEN_2] = token;
	secret_random_token(id);
	m.message_id = arena_printf(arena, "t.%s@%s", id, acts->settings->own_domain);
	if (!acts_address_read(arena, address, NULL, &plain, err) ||
	    !compose_address_header(arena, NULL, plain, &m.to, err) ||
	    !compose_prepare(arena, &m, &prepared, err) ||
	    !compose_fill(prepared, values, mail, err))
		return false;
	return store_run(acts->store, err, SQL_LETTER_ADD, "tttttbtzzzi", "test",
			 arena_printf(arena, "test:%s:%zu", id, n), "", plain,
			 rendered->subject, mail->bytes, mail->len, m.message_id,
			 b->list.id, (int64_t)0, (int64_t)0, acts->now);
}

bool acts_bulletin_test(struct acts *acts, const char *list, int64_t number,
			const char *const *addresses, size_t count, struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 16);
	AUTO(store_txn) t = NULL;
	struct bulletin_mail rendered;
	struct acts_bulletin b;

	if (!acts_needs_staff(acts, err))
		return false;
	t = store_begin(acts->store, err);
	if (!t || !acts_bulletin_load(acts, arena, list, number, &b, err) ||
	    !acts_bulletin_render(acts, arena, &b, bulletin_variant(b.source, 0, true),
				  acts->now, true, &rendered, err))
		return false;
	for (size_t i = 0; i < count; i++)
		if (!queue_test(acts, arena, &b, &rendered, addresses[i], i, err))
			return false;
	return acts_audit(acts, err, "bulletin tested", "bulletin", b.id,
			  "content %s, to %zu addresses", b.hash, count) &&
	       store_commit(&t, err);
}

bool acts_bulletin_hold(struct acts *acts, int64_t id, const char *why, struct err *err)
{
	return store_run(acts->store, err, SQL_BULLETIN_STATE_SET, "itt", id, "held",
			 why) &&
	       acts_audit(acts, err, "bulletin held", "bulletin", id, "%s", why);
}

/* out_held: why a scheduled update must not begin by itself; NULL: it may. */
static bool may_begin(struct acts *acts, struct arena *arena, int64_t id,
		      const char **out_held, struct err *err)
{
	struct acts_bulletin b;
	struct err why = {0};
	char late[80];

	if (!acts_bulletin_by_id(acts, arena, id, &b, &why)) {
		*out_held = "its content cannot be read any more";
		return why.kind == ERR_INPUT || (*err = why, false);
	}
	if (acts->now - b.due_at > acts->settings->schedule_late_s) {
		str_duration(late, sizeof(late), acts->now - b.due_at);
		*out_held =
			arena_printf(arena,
				     "found %s after its time; a person must resume or "
				     "cancel it",
				     late);
		return true;
	}
	*out_held = NULL;
	if (acts_bulletin_approved(acts, &b, &why))
		return true;
	*out_held = arena_strdup(arena, why.text);
	return why.kind == ERR_CONFLICT || why.kind == ERR_INPUT || (*err = why, false);
}

bool acts_bulletins_start_due(struct acts *acts, bool *out_did, struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 16);
	AUTO(store_txn) t = NULL;
	struct store_row due;
	const char *held;
	int64_t id;

	*out_did = false;
	if (!store_one(acts->store, arena, &due, err, SQL_BULLETIN_DUE, "i", acts->now))
		return err->kind == ERR_ABSENT;
	t = store_begin(acts->store, err);
	if (!t)
		return false;
	/* Again, now that nobody else can write: a person may have been quicker. */
	if (!store_one(acts->store, arena, &due, err, SQL_BULLETIN_DUE, "i", acts->now))
		return err->kind == ERR_ABSENT;
	id = row_int(&due, "id");
	if (!may_begin(acts, arena, id, &held, err))
		return false;
	*out_did = true;
	if (held)
		return acts_bulletin_hold(acts, id, held, err) && store_commit(&t, err);
	return store_run(acts->store, err, SQL_BULLETIN_START, "ii", id, acts->now) &&
	       acts_audit(acts, err, "bulletin sending", "bulletin", id,
			  "as scheduled") &&
	       store_commit(&t, err);
}

/* The ledger is not written at a stroke: others must get at the store in between. */
bool acts_bulletins_fill(struct acts *acts, bool *out_did, struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 16);
	AUTO(store_txn) t = store_begin(acts->store, err);
	struct store_row row, approval;
	struct acts_audience a;
	struct acts_bulletin b;
	int64_t to, last, rows;

	*out_did = false;
	if (!t)
		return false;
	if (!store_one(acts->store, arena, &row, err, SQL_BULLETIN_TO_FILL, ""))
		return err->kind == ERR_ABSENT;
	if (!acts_bulletin_by_id(acts, arena, row_int(&row, "id"), &b, err) ||
	    !store_one(acts->store, arena, &approval, err, SQL_APPROVAL_IN_FORCE, "i",
		       b.id))
		return false;
	a = acts_bulletin_wanted_by(&b);
	last = row_int(&approval, "last_subscription");
	to = b.filled_to + FILL_STRETCH;
	*out_did = true;
	if (!store_run(acts->store, err, SQL_AUDIENCE_FILL, "iiiiiiiiiiiiii", b.id,
		       b.list.id, a.topics, (int64_t)a.everyone, row_int(&approval, "at"),
		       last, b.filled_to, to, b.started_at, acts->settings->spread_s,
		       row_int(&row, "filled_rows"), row_int(&approval, "audience"),
		       acts_digest_next(acts->settings, "weekly", acts->now),
		       acts_digest_next(acts->settings, "monthly", acts->now)))
		return false;
	rows = store_changes(acts->store);
	return store_run(acts->store, err, SQL_TALLY_DIGESTS, "iii", b.id, b.filled_to,
			 to) &&
	       store_run(acts->store, err, SQL_BULLETIN_FILLED_TO, "iiii", b.id, to,
			 (int64_t)(to >= last), rows) &&
	       store_commit(&t, err);
}

bool acts_bulletins_finish(struct acts *acts, bool *out_did, struct err *err)
{
	AUTO(arena) arena = arena_new(4096);
	AUTO(store_txn) t = NULL;
	struct store_table ready, done;

	*out_did = false;
	if (!store_all(acts->store, arena, 0, &ready, err, SQL_BULLETIN_FINISHABLE, ""))
		return false;
	if (!ready.count)
		return true;
	t = store_begin(acts->store, err);
	if (!t || !store_all(acts->store, arena, 0, &done, err, SQL_BULLETIN_FINISH, "i",
			     acts->now))
		return false;
	for (size_t i = 0; i < done.count; i++) {
		struct store_row row = table_row(&done, i);

		if (!acts_audit(acts, err, "bulletin sent", "bulletin",
				row_int(&row, "id"),
				"every row of its ledger is settled"))
			return false;
	}
	*out_did = true;
	return store_commit(&t, err);
}
