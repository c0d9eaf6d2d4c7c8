#include "domain/imports/subscriber_import_preview.h"
#include "domain/imports/subscriber_import_private.h"
#include "base/str.h"

struct watch {
	struct arena *arena; /* NULL: only the digest is wanted */
	struct subscriber_import_preview *out;
	char digest[SECRET_SHA256_HEX];
	int64_t seen[SUBSCRIBER_IMPORT_OUTCOMES];
	int64_t reasons[SUBSCRIBER_IMPORT_OUTCOMES][IMPORT_REASONS];
};

static void digest_more(struct watch *w, const char *text)
{
	AUTO(buf) all = buf_new(1 << 16);

	buf_printf(all, "%s %s", w->digest, text);
	secret_sha256_hex(buf_text(all), all->len, w->digest);
}

static void begin_digest(struct watch *w, const struct list *list,
			 const struct subscriber_import *plan)
{
	const struct roster *r = &plan->roster;
	AUTO(arena) arena = arena_new(1024);

	secret_sha256_hex(r->text, (size_t)(r->end - r->text), w->digest);
	digest_more(w, arena_printf(arena, "%lld %d %d", (long long)list->id,
				    plan->leave_out_bad, (int)r->people));
	digest_more(w, str_or(plan->basis, ""));
	digest_more(w, str_or(plan->how, ""));
	digest_more(w, str_or(plan->wording, ""));
	digest_more(w, str_or(plan->file, ""));
	for (size_t i = 0; i < r->column_count; i++)
		digest_more(w, roster_field_name(r->columns[i].field));
	for (size_t i = 0; i < r->edit_count; i++) {
		digest_more(w,
			    arena_printf(arena, "%lld", (long long)r->edits[i].number));
		for (size_t k = 0; k < r->edits[i].count; k++)
			digest_more(w, r->edits[i].cells[k]);
	}
}

/* Each row's outcome over all before it. */
static void add_digest(struct watch *w, const struct subscriber_import_line *line)
{
	char text[SECRET_SHA256_HEX + 64];

	(void)snprintf(text, sizeof(text), "%s %lld %d %d", w->digest,
		       (long long)line->row->number, (int)line->outcome,
		       (int)line->reason);
	secret_sha256_hex(text, strlen(text), w->digest);
}

static struct roster_row *copy_of_row(struct arena *arena, const struct roster_row *row)
{
	struct roster_row *copy = arena_memdup(arena, row, sizeof(*row));
	const char **cells = arena_make(arena, const char *, row->count + 1);

	for (size_t i = 0; i < row->count; i++)
		cells[i] = arena_strdup(arena, row->cells[i]);
	copy->cells = cells;
	copy->why = arena_strdup(arena, row->why);
	return copy;
}

static void see_line(void *with, const struct subscriber_import_line *line)
{
	struct watch *w = with;
	struct subscriber_import_line *copy;
	int64_t at;

	add_digest(w, line);
	if (!w->arena)
		return;
	w->reasons[line->outcome][line->reason]++;
	at = w->seen[line->outcome]++;
	if (at < w->out->shown[line->outcome].from ||
	    at >= w->out->shown[line->outcome].from + w->out->shown[line->outcome].most)
		return;
	w->out->shown[line->outcome].lines =
		arena_grow(w->arena, w->out->shown[line->outcome].lines,
			   w->out->shown[line->outcome].count, sizeof(*copy));
	copy = &w->out->shown[line->outcome].lines[w->out->shown[line->outcome].count++];
	*copy = *line;
	copy->row = copy_of_row(w->arena, line->row);
	copy->address = arena_strdup(w->arena, line->address);
	copy->name = arena_strdup(w->arena, line->name);
	copy->topics = arena_strdup(w->arena, line->topics);
	copy->why = arena_strdup(w->arena, line->why);
}

static void add_reasons(struct watch *w, enum subscriber_import_outcome outcome)
{
	struct subscriber_import_preview *out = w->out;

	for (;;) {
		int best = IMPORT_FINE;

		for (int r = 1; r < IMPORT_REASONS; r++)
			if (w->reasons[outcome][r] >
			    (best ? w->reasons[outcome][best] : 0))
				best = r;
		if (best == IMPORT_FINE)
			return;
		out->reasons = arena_grow(w->arena, out->reasons, out->reason_count,
					  sizeof(*out->reasons));
		out->reasons[out->reason_count++] = (struct subscriber_import_count){
			outcome, (enum subscriber_import_reason)best,
			w->reasons[outcome][best]};
		w->reasons[outcome][best] = 0;
	}
}

bool subscriber_import_preview(struct operation *op, struct arena *arena,
			       const struct list *list,
			       const struct subscriber_import *plan,
			       struct subscriber_import_preview *inout, struct err *err)
{
	AUTO(arena) looks = arena_new(1 << 16);
	struct subscriber_import_preview preview = *inout;
	struct watch w = {.arena = arena, .out = &preview};
	struct subscriber_import_watch watch = {.with = &w, .each = see_line};
	struct import_run im = {.op = op, .list = list, .plan = plan, .watch = &watch};

	begin_digest(&w, list, plan);
	if (!import_look(&im, looks, err))
		return false;
	preview.counts = im.result;
	preview.would_happen = !im.result.bad || plan->leave_out_bad;
	add_reasons(&w, SUBSCRIBER_IMPORT_BAD);
	add_reasons(&w, SUBSCRIBER_IMPORT_PASSED);
	add_reasons(&w, SUBSCRIBER_IMPORT_KEPT_OFF);
	memcpy(preview.digest, w.digest, sizeof(preview.digest));
	*inout = preview;
	return true;
}

bool subscriber_import_bound(struct operation *op, const struct list *list,
			     const struct subscriber_import *plan, const char *digest,
			     struct subscriber_import_result *out, struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 16);
	struct watch w = {0};
	struct subscriber_import_watch watch = {.with = &w, .each = see_line};
	static const struct subscriber_import_watch nobody_looks;
	struct import_run im = {.op = op, .list = list, .plan = plan, .watch = &watch};

	begin_digest(&w, list, plan);
	if (!import_look(&im, arena, err))
		return false;
	if (!str_eq(w.digest, digest))
		return import_is_other(err);
	im.watch = &nobody_looks;
	if (!import_write(&im, err))
		return false;
	*out = im.result;
	return true;
}
