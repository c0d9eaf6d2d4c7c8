#include "domain/safeguarding/flag_tell.h"
#include "domain/admin/notification.h"
#include "domain/core/language.h"
#include "domain/safeguarding/flag_private.h"
#include "base/str.h"

#include <inttypes.h>

enum tier { TIER_LEAD = 0, TIER_OTHERS, TIER_ADMINISTRATORS, TIERS };
enum telling { AT_ONCE = 0, OVERDUE };

struct reader {
	int64_t id;
	const char *name, *address;
	bool is_reached, has_password; /* by email at an address of their own */
	struct rights rights;
};

struct readers {
	struct reader *items;
	size_t count;
};

static bool load(struct operation *op, struct arena *arena, struct readers *out,
		 struct err *err)
{
	struct store_table t;

	if (!store_all(op->store, arena, &t, err, SQL_FLAG_STAFF, ""))
		return false;
	*out = (struct readers){arena_make(arena, struct reader, t.count + 1), t.count};
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);
		struct reader *one = &out->items[i];

		one->id = row_int(&row, "id");
		one->name = row_text(&row, "name");
		one->address = row_text(&row, "email");
		one->is_reached = !str_empty(one->address) && !row_int(&row, "is_shared");
		one->has_password = row_int(&row, "password") == 1;
		if (!rights_load(op, arena, one->id, &one->rights, err))
			return false;
	}
	return true;
}

static bool deals(const struct reader *one, const struct flag *f)
{
	return rights_have(&one->rights, RIGHT_SAFEGUARD, f->scope);
}

static bool is_in(const struct operation *op, const struct reader *one,
		  const struct flag *f, enum tier tier)
{
	bool is_lead = str_eq(one->name, op->settings->safeguarding_lead);

	switch (tier) {
	case TIER_LEAD:
		return is_lead && deals(one, f);
	case TIER_OTHERS:
		return !is_lead && deals(one, f);
	default:
		return !deals(one, f) &&
		       rights_have(&one->rights, RIGHT_ADMIN, rights_everywhere());
	}
}

/* One email at most for each reader, round and cause; out_told: it has gone, or may yet. */
struct told {
	const struct flag *flag;
	enum telling telling;
	bool did, reached;
};

static bool write_to(struct operation *op, struct arena *arena, const struct reader *one,
		     const char *once, struct told *io, struct err *err)
{
	const struct flag *f = io->flag;
	bool may_open = deals(one, f);
	struct notification letter = {
		.kind = NOTIFICATION_FLAG,
		.once = once,
		.to_address = one->address,
		.values = {
			.flag = arena_printf(arena, "Flag %" PRId64, f->id),
			.is_overdue = io->telling == OVERDUE,
			.may_open = may_open,
			.date_time = long_time(op, arena, NULL, f->raised_at,
					       op->settings->zone),
			.expires =
				long_time(op, arena, NULL, f->due_at, op->settings->zone),
			.page_url =
				may_open ? arena_printf(arena, "%s/staff/flags/%" PRId64,
							op->settings->base_url, f->id)
					 : arena_printf(arena, "%s/staff/accounts",
							op->settings->base_url)}};

	if (!notification_from_us(op, arena, &letter, err))
		return false;
	if (!notification_queue(op, &letter, NULL, err))
		return notification_unmade(err);
	io->did = io->reached = true;
	return true;
}

/* What became of the email to one of them; out_once: what the next is to be called, which comes in
 * place of those that were withdrawn. out_state: NULL for none yet. */
static bool look(struct operation *op, struct arena *arena, const struct reader *one,
		 const struct told *told, const char **out_once, const char **out_state,
		 struct err *err)
{
	struct store_row row;

	*out_state = NULL;
	for (int n = 1;; n++) {
		*out_once = arena_printf(
			arena, "flag:%" PRId64 ":%" PRId64 ":%s:%" PRId64 ":%d",
			told->flag->id, told->flag->round,
			told->telling == OVERDUE ? "overdue" : "raised", one->id, n);
		if (!store_one(op->store, arena, &row, err, SQL_FLAG_TOLD, "t",
			       *out_once))
			return err_forgive(err, ERR_ABSENT);
		if (!str_eq(row_text(&row, "state"), "skipped")) {
			*out_state = row_text(&row, "state");
			return true;
		}
	}
}

static bool tell(struct operation *op, struct arena *arena, const struct reader *one,
		 struct told *io, struct err *err)
{
	const char *once, *state;

	if (!one->is_reached)
		return true;
	if (!look(op, arena, one, io, &once, &state, err))
		return false;
	if (!state)
		return write_to(op, arena, one, once, io, err);
	io->reached =
		io->reached || (!str_eq(state, "refused") && !str_eq(state, "in doubt"));
	return true;
}

static bool tell_all(struct operation *op, struct arena *arena,
		     const struct readers *readers, struct told *io, struct err *err)
{
	for (int tier = TIER_LEAD; tier < TIERS; tier++) {
		for (size_t i = 0; i < readers->count; i++)
			if (is_in(op, &readers->items[i], io->flag, (enum tier)tier) &&
			    !tell(op, arena, &readers->items[i], io, err))
				return false;
		if (io->reached && io->telling == AT_ONCE)
			return true;
	}
	return true;
}

static bool tell_of(struct operation *op, struct arena *arena,
		    const struct readers *readers, const struct flag *f, bool *io_did,
		    struct err *err)
{
	AUTO(store_txn) t = store_begin(op->store, err);
	struct told at_once = {.flag = f}, late = {.flag = f, .telling = OVERDUE};

	if (!t || !tell_all(op, arena, readers, &at_once, err) ||
	    (f->is_overdue && !tell_all(op, arena, readers, &late, err)))
		return false;
	*io_did = *io_did || at_once.did || late.did;
	return store_run(op->store, err, SQL_FLAG_UNTOLD_SET, "ii", f->id,
			 (int64_t) !(at_once.reached || late.reached)) &&
	       store_commit(&t, err);
}

/* Who saw it has the role no more, or has left: for whoever is there now it is new. */
static bool unsee(struct operation *op, struct arena *arena, struct err *err)
{
	struct store_table any;

	return store_all(op->store, arena, &any, err, SQL_FLAGS_UNSEE_ANY, "") &&
	       (!any.count || store_run(op->store, err, SQL_FLAGS_UNSEE, ""));
}

bool flags_tell(struct operation *op, bool *out_did, struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 14);
	struct store_table waiting;
	struct readers readers;

	if (!flag_take_up(op, out_did, err) || !unsee(op, arena, err) ||
	    !store_all(op->store, arena, &waiting, err, SQL_FLAGS_UNSEEN, ""))
		return false;
	if (!waiting.count)
		return true;
	if (!load(op, arena, &readers, err))
		return false;
	for (size_t i = 0; i < waiting.count; i++) {
		struct store_row row = table_row(&waiting, i);
		struct flag f;

		flag_read(op, &row, &f);
		if (!tell_of(op, arena, &readers, &f, out_did, err))
			return false;
	}
	return true;
}

bool flag_lead_now(struct operation *op, struct arena *arena, struct flag_lead *out,
		   struct err *err)
{
	const char *name = op->settings->safeguarding_lead;
	struct readers readers;

	*out = (struct flag_lead){.wrong = "nobody is named as the safeguarding lead"};
	if (str_empty(name))
		return true;
	out->name = name;
	out->wrong = NULL;
	if (!load(op, arena, &readers, err))
		return false;
	for (size_t i = 0; i < readers.count; i++) {
		const struct reader *one = &readers.items[i];

		if (!str_eq(one->name, name))
			continue;
		out->is_there = true;
		out->can_sign_in = one->has_password || *op->settings->proxy_header;
		out->has_email = one->is_reached;
		out->has_right = rights_anywhere(&one->rights, RIGHT_SAFEGUARD);
	}
	if (!out->is_there)
		out->wrong = arena_printf(
			arena,
			"there is no account \"%.60s\", named as the safeguarding lead",
			name);
	else if (!out->has_right)
		out->wrong = arena_printf(
			arena,
			"the safeguarding lead, %.60s, does not have the role safeguarding",
			name);
	else if (!out->has_email)
		out->wrong = arena_printf(
			arena,
			"the safeguarding lead, %.60s, has no email address of their own",
			name);
	else if (!out->can_sign_in)
		out->wrong = arena_printf(
			arena, "the safeguarding lead, %.60s, has no password yet", name);
	return true;
}

bool flag_trouble_now(struct operation *op, struct arena *arena, struct flag_trouble *out,
		      struct err *err)
{
	struct store_row row;

	if (!store_one(op->store, arena, &row, err, SQL_FLAGS_TROUBLE, "ii", op->now,
		       op->now - op->settings->trouble_after_s))
		return false;
	*out = (struct flag_trouble){
		row_int(&row, "overdue"), row_int(&row, "overdue_at"),
		row_int(&row, "untold"),  row_int(&row, "untold_at"),
		row_int(&row, "unsent"),  row_int(&row, "unsent_at")};
	return true;
}
