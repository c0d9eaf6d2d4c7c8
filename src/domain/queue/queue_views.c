#include "domain/admin/rights.h"
#include "domain/core/audit.h"
#include "domain/queue/queue.h"
#include "domain/admin/consultation.h"
#include "domain/core/undo.h"
#include "base/str.h"

#include <inttypes.h>

enum { NAME_MOST = 60 };

static void add_view(struct arena *arena, struct queue *d, const char *name,
		     const char *title, const struct response_filter *f, int64_t count)
{
	d->views = arena_grow(arena, d->views, d->view_count, sizeof(*d->views));
	d->views[d->view_count++] = (struct queue_view){
		.name = name,
		.title = title,
		.filter = f ? response_filter_text(arena, f) : NULL,
		.count = count,
	};
}

/* What mails seem to be that are no response: those at risk first, none without a mail. */
static const struct {
	const char *kind, *title;
} proposed_views[] = {
	{"risk", "May be at risk"},
	{"information", "Information requests"},
	{"complaint", "Complaints"},
	{"question", "Questions to the team"},
	{"unsubscribe", "Unsubscribe"},
	{"subscribe", "Subscribe"},
	{"thanks", "Thanks"},
	{"automatic", "Automatic replies"},
	{"advertisement", "Advertisements"},
};

static bool proposals(struct operation *op, struct arena *arena, int64_t consultation_id,
		      struct queue *d, struct err *err)
{
	struct store_table t;

	if (!store_all(op->store, arena, &t, err, SQL_PROPOSAL_COUNTS, "i",
		       consultation_id))
		return false;
	for (size_t v = 0; v < ARRAY_LEN(proposed_views); v++)
		for (size_t i = 0; i < t.count; i++) {
			struct store_row row = table_row(&t, i);
			const char *kind = proposed_views[v].kind;

			if (!str_eq(row_text(&row, "kind"), kind))
				continue;
			if (str_eq(kind, "risk"))
				d->risk = row_int(&row, "n");
			add_view(arena, d, kind, proposed_views[v].title,
				 &(struct response_filter){.proposed = kind},
				 row_int(&row, "n"));
		}
	return true;
}

/* What staff_counts says of what waits. */
struct waiting {
	int64_t n, mine, late, campaign, unreadable, marked, second;
};

static void standing_views(struct operation *op, struct arena *arena, struct queue *d,
			   const struct waiting *w)
{
	const char *new = "received";
	const struct {
		const char *name, *title;
		struct response_filter filter;
		int64_t count;
	} views[] = {
		{"new", "New", {.state = new}, w->n},
		{"mine", "Mine", {.state = new, .assigned = op->who}, w->mine},
		{"late", "Late", {.state = new, .late = RESPONSE_YES}, w->late},
		{"campaign", "Campaigns", {.state = new, .campaign = -1}, w->campaign},
		{"unreadable",
		 "Unreadable attachment",
		 {.state = new, .unreadable = RESPONSE_YES},
		 w->unreadable},
		{"marked", "Marked", {.state = new, .marked = RESPONSE_YES}, w->marked},
		{"included", "Included", {.state = "included"}, d->included},
		{"excluded", "Excluded", {.state = "excluded"}, d->excluded},
		{"all", "All", {.state = NULL}, d->total},
	};

	for (size_t i = 0; i < ARRAY_LEN(views); i++)
		add_view(arena, d, views[i].name, views[i].title, &views[i].filter,
			 views[i].count);
	if (w->second)
		add_view(arena, d, "second", "Double coding",
			 &(struct response_filter){.second = RESPONSE_YES}, w->second);
	add_view(arena, d, "unsorted", "Unsorted", NULL, d->unsorted);
}

static bool counts(struct operation *op, struct arena *arena, int64_t consultation_id,
		   struct queue *d, struct waiting *w, struct err *err)
{
	struct store_table t;
	struct rights_places sorts = rights_places(op, arena, RIGHT_SORT);
	struct store_row unsorted, second;

	if (!store_all(op->store, arena, &t, err, SQL_QUEUE_COUNTS, "ii", consultation_id,
		       op->staff_id) ||
	    !store_one(op->store, arena, &unsorted, err, SQL_QUEUE_UNSORTED_COUNT,
		       "iiitt", (int64_t)0, (int64_t)0, (int64_t)sorts.everywhere,
		       sorts.lists, sorts.consultations) ||
	    !store_one(op->store, arena, &second, err, SQL_QUEUE_SECOND_COUNT, "ii",
		       consultation_id, op->staff_id))
		return false;
	d->unsorted = row_int(&unsorted, "n");
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);
		const char *state = row_text(&row, "state");
		int64_t n = row_int(&row, "n");

		d->total += n;
		if (str_eq(state, "included"))
			d->included = n;
		else if (str_eq(state, "excluded"))
			d->excluded = n;
		else
			*w = (struct waiting){
				.n = n,
				.mine = row_int(&row, "mine"),
				.late = row_int(&row, "late"),
				.campaign = row_int(&row, "campaign"),
				.unreadable = row_int(&row, "unreadable"),
				.marked = row_int(&row, "marked"),
			};
	}
	w->second = row_int(&second, "n");
	d->received = w->n;
	return true;
}

bool queue_load(struct operation *op, struct arena *arena, const char *consultation,
		struct queue *out, struct err *err)
{
	struct consultation c;
	struct waiting waiting = {0};
	struct queue d = {0};
	struct store_table saved;

	if (!consultation_named(op, arena, consultation, &c, err) ||
	    !counts(op, arena, c.id, &d, &waiting, err) ||
	    !store_all(op->store, arena, &saved, err, SQL_QUEUE_VIEWS, "ii", c.id,
		       op->staff_id))
		return false;
	standing_views(op, arena, &d, &waiting);
	if (!proposals(op, arena, c.id, &d, err))
		return false;
	for (size_t i = 0; i < saved.count; i++) {
		struct store_row row = table_row(&saved, i);
		struct queue_view *v;

		add_view(arena, &d, row_text(&row, "name"), row_text(&row, "name"), NULL,
			 -1);
		v = &d.views[d.view_count - 1];
		v->filter = row_text(&row, "filter");
		v->id = row_int(&row, "id");
		v->shared = row_int(&row, "shared");
		v->own = row_int(&row, "own");
	}
	*out = d;
	return true;
}

static bool name_is_plain(const char *name, struct err *err)
{
	size_t len = strlen(name);
	bool ok = len >= 1 && len <= NAME_MOST && str_utf8_valid(name, len);

	for (size_t i = 0; ok && i < len; i++)
		ok = (unsigned char)name[i] >= 0x20 && name[i] != 0x7f;
	return ok || err_set(err, ERR_INPUT,
			     "a view has a name of 1 to %d bytes, without control "
			     "characters",
			     NAME_MOST);
}

/* 0: none of that name. */
static bool own_view(struct operation *op, int64_t consultation_id, const char *name,
		     int64_t *out, struct err *err)
{
	AUTO(arena) arena = arena_new(512);
	struct store_row row;

	*out = 0;
	if (store_one(op->store, arena, &row, err, SQL_QUEUE_VIEW_OWN, "iit",
		      consultation_id, op->staff_id, name))
		*out = row_int(&row, "id");
	return *out || err_forgive(err, ERR_ABSENT);
}

bool queue_view_save(struct operation *op, const char *consultation, const char *name,
		     const struct response_filter *filter, enum view_owner owner,
		     struct err *err)
{
	bool shared = owner == VIEW_OF_ALL;
	AUTO(arena) arena = arena_new(4096);
	const struct response_look look = {
		.consultation = consultation, .filter = filter, .who = true};
	AUTO(store_txn) t = NULL;
	struct response_query q;
	int64_t old, made;

	if (!needs_staff(op, err) || !name_is_plain(name, err))
		return false;
	t = store_begin(op->store, err);
	if (!t || !response_query_make(op, arena, &look, &q, err) ||
	    !own_view(op, q.consultation, name, &old, err) ||
	    !store_run(op->store, err, SQL_QUEUE_VIEW_END, "iiti", q.consultation,
		       op->staff_id, name, op->now) ||
	    !store_run(op->store, err, SQL_QUEUE_VIEW_ADD, "iittii", q.consultation,
		       op->staff_id, name, response_filter_text(arena, filter),
		       (int64_t)shared, op->now))
		return false;
	made = store_last_id(op->store);
	return audit_record(op, err, "view saved", "consultation", q.consultation,
			    "view %" PRId64 "%s", made, shared ? ", shared" : "") &&
	       undo_rows(op, "view", made, old,
			 arena_printf(arena, "saving the view \"%s\"", name), err) &&
	       store_commit(&t, err);
}

bool queue_view_end(struct operation *op, const char *consultation, const char *name,
		    struct err *err)
{
	AUTO(arena) arena = arena_new(2048);
	AUTO(store_txn) t = NULL;
	struct consultation c;
	int64_t old;

	if (!needs_staff(op, err))
		return false;
	t = store_begin(op->store, err);
	if (!t || !consultation_named(op, arena, consultation, &c, err) ||
	    !own_view(op, c.id, name, &old, err) ||
	    !store_run(op->store, err, SQL_QUEUE_VIEW_END, "iiti", c.id, op->staff_id,
		       name, op->now))
		return false;
	if (store_changes(op->store) == 0)
		return err_set(err, ERR_ABSENT,
			       "you have no view \"%.60s\" in %s; a shared one is ended "
			       "by whoever made it",
			       name, consultation);
	return audit_record(op, err, "view ended", "consultation", c.id, "%s", "") &&
	       undo_rows(op, "view", 0, old,
			 arena_printf(arena, "removing the view \"%s\"", name), err) &&
	       store_commit(&t, err);
}
