#include "acts/audit.h"
#include "acts/desk.h"
#include "acts/desk_own.h"
#include "acts/undo.h"
#include "base/str.h"

#include <inttypes.h>

enum { NAME_MOST = 60 };

static void add_view(struct arena *arena, struct acts_desk *d, const char *name,
		     const char *title, const struct acts_desk_filter *f, int64_t count)
{
	d->views = arena_grow(arena, d->views, d->view_count, sizeof(*d->views));
	d->views[d->view_count++] = (struct acts_desk_view){
		.name = name,
		.title = title,
		.filter = f ? acts_desk_filter_text(arena, f) : NULL,
		.count = count,
	};
}

/* What desk_counts says of what waits. */
struct waiting {
	int64_t n, mine, late, campaign, unreadable, marked, second;
};

static void standing_views(struct acts *acts, struct arena *arena, struct acts_desk *d,
			   const struct waiting *w)
{
	const char *new = "received";
	const struct {
		const char *name, *title;
		struct acts_desk_filter filter;
		int64_t count;
	} views[] = {
		{"new", "New", {.state = new}, w->n},
		{"mine", "Mine", {.state = new, .assigned = acts->who}, w->mine},
		{"late", "Late", {.state = new, .late = DESK_YES}, w->late},
		{"campaign", "Campaigns", {.state = new, .campaign = -1}, w->campaign},
		{"unreadable",
		 "Unreadable attachment",
		 {.state = new, .unreadable = DESK_YES},
		 w->unreadable},
		{"marked", "Marked", {.state = new, .marked = DESK_YES}, w->marked},
		{"included", "Included", {.state = "included"}, d->included},
		{"excluded", "Excluded", {.state = "excluded"}, d->excluded},
		{"all", "All", {.state = NULL}, d->total},
	};

	for (size_t i = 0; i < ARRAY_LEN(views); i++)
		add_view(arena, d, views[i].name, views[i].title, &views[i].filter,
			 views[i].count);
	if (w->second)
		add_view(arena, d, "second", "Second coding",
			 &(struct acts_desk_filter){.second = DESK_YES}, w->second);
	add_view(arena, d, "unsorted", "Unsorted", NULL, d->unsorted);
}

static bool counts(struct acts *acts, struct arena *arena, int64_t consultation_id,
		   struct acts_desk *d, struct waiting *w, struct err *err)
{
	struct store_table t;
	struct store_row unsorted, second;

	if (!store_all(acts->store, arena, 0, &t, err, SQL_DESK_COUNTS, "ii",
		       consultation_id, acts->staff_id) ||
	    !store_one(acts->store, arena, &unsorted, err, SQL_DESK_UNSORTED_COUNT, "") ||
	    !store_one(acts->store, arena, &second, err, SQL_DESK_SECOND_COUNT, "ii",
		       consultation_id, acts->staff_id))
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

bool acts_desk_load(struct acts *acts, struct arena *arena, const char *consultation,
		    struct acts_desk *out, struct err *err)
{
	struct acts_consultation c;
	struct waiting waiting = {0};
	struct acts_desk d = {0};
	struct store_table saved;

	if (!acts_consultation_named(acts, arena, consultation, &c, err) ||
	    !counts(acts, arena, c.id, &d, &waiting, err) ||
	    !store_all(acts->store, arena, 0, &saved, err, SQL_DESK_VIEWS, "ii", c.id,
		       acts->staff_id))
		return false;
	standing_views(acts, arena, &d, &waiting);
	for (size_t i = 0; i < saved.count; i++) {
		struct store_row row = table_row(&saved, i);
		struct acts_desk_view *v;

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
static bool own_view(struct acts *acts, int64_t consultation_id, const char *name,
		     int64_t *out, struct err *err)
{
	AUTO(arena) arena = arena_new(512);
	struct store_row row;

	*out = 0;
	if (store_one(acts->store, arena, &row, err, SQL_DESK_VIEW_OWN, "iit",
		      consultation_id, acts->staff_id, name))
		*out = row_int(&row, "id");
	return *out || err->kind == ERR_ABSENT;
}

bool acts_desk_view_save(struct acts *acts, const char *consultation, const char *name,
			 const struct acts_desk_filter *filter, bool shared,
			 struct err *err)
{
	AUTO(arena) arena = arena_new(4096);
	AUTO(store_txn) t = NULL;
	struct desk_query q;
	int64_t old, made;

	if (!acts_needs_staff(acts, err) || !name_is_plain(name, err))
		return false;
	t = store_begin(acts->store, err);
	if (!t || !acts_desk_query(acts, arena, consultation, filter, true, &q, err) ||
	    !own_view(acts, q.consultation, name, &old, err) ||
	    !store_run(acts->store, err, SQL_DESK_VIEW_END, "iiti", q.consultation,
		       acts->staff_id, name, acts->now) ||
	    !store_run(acts->store, err, SQL_DESK_VIEW_ADD, "iittii", q.consultation,
		       acts->staff_id, name, acts_desk_filter_text(arena, filter),
		       (int64_t)shared, acts->now))
		return false;
	made = store_last_id(acts->store);
	return acts_audit(acts, err, "view saved", "consultation", q.consultation,
			  "view %" PRId64 "%s", made, shared ? ", shared" : "") &&
	       acts_undo_rows(acts, "view", made, old,
			      arena_printf(arena, "saving the view \"%s\"", name), err) &&
	       store_commit(&t, err);
}

bool acts_desk_view_end(struct acts *acts, const char *consultation, const char *name,
			struct err *err)
{
	AUTO(arena) arena = arena_new(2048);
	AUTO(store_txn) t = NULL;
	struct acts_consultation c;
	int64_t old;

	if (!acts_needs_staff(acts, err))
		return false;
	t = store_begin(acts->store, err);
	if (!t || !acts_consultation_named(acts, arena, consultation, &c, err) ||
	    !own_view(acts, c.id, name, &old, err) ||
	    !store_run(acts->store, err, SQL_DESK_VIEW_END, "iiti", c.id, acts->staff_id,
		       name, acts->now))
		return false;
	if (store_changes(acts->store) == 0)
		return err_set(err, ERR_ABSENT,
			       "you have no view \"%.60s\" in %s; a shared one is ended "
			       "by whoever made it",
			       name, consultation);
	return acts_audit(acts, err, "view ended", "consultation", c.id, "%s", "") &&
	       acts_undo_rows(acts, "view", 0, old,
			      arena_printf(arena, "removing the view \"%s\"", name),
			      err) &&
	       store_commit(&t, err);
}
