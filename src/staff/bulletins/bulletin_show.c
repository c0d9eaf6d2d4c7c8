#include "staff/bulletins/bulletin_show.h"
#include "domain/approval/approval.h"
#include "domain/bulletins/bulletin_list.h"
#include "base/clock.h"
#include "base/numeral.h"
#include "base/str.h"
#include "staff/frame/words.h"
#include "mail/write/compose.h"

bool staff_bulletin_load(struct web_request *r, struct bulletin *out)
{
	struct err err = {0};
	int64_t number;

	if (str_to_int(web_arg(r, 1), 1, INT32_MAX, &number, &err) &&
	    bulletin_load(r->op, r->arena, web_arg(r, 0), number, out, &err))
		return true;
	if (err.kind == ERR_ABSENT || err.kind == ERR_INPUT)
		page_problem(r, 404, "There is no such bulletin.");
	else
		staff_failed(r, &err);
	return false;
}

void staff_bulletin_values(struct web_request *r, struct template_value *v,
			   const struct bulletin *b)
{
	static const char *const states[] = {"draft",   "approved",  "scheduled",
					     "sending", "paused",    "on hold",
					     "sent",    "cancelled", NULL};
	struct template_value *is = template_set_map(v, "is");

	template_set_int(v, "number", b->number);
	template_set(v, "bulletin_path", staff_bulletin_path(r, b->list.name, b->number));
	template_set(v, "bulletin_title", b->title);
	template_set(v, "state", b->state);
	template_set(v, "hold_reason", b->hold_reason);
	template_set(v, "hash", b->hash);
	template_set(v, "due", staff_time(r, b->due_at));
	template_set(v, "started", staff_time(r, b->started_at));
	template_set_bool(v, "in_grace", bulletin_in_grace(r->op, b));
	if (bulletin_in_grace(r->op, b)) {
		char at[CLOCK_TEXT];

		clock_exact_time(b->due_at, r->site->settings->zone, at);
		template_set(v, "goes_at", at);
		template_set_int(v, "goes_in", b->due_at - r->op->now);
	}
	for (const char *const *s = states; *s; s++)
		template_set_bool(is, *s, str_eq(*s, b->state));
	template_set_bool(v, "is_open",
			  b->started_at == 0 && !str_eq(b->state, "cancelled"));
	template_set_bool(v, "has_begun", b->started_at != 0);
}

void staff_bulletin_audience(struct template_value *v, const struct audience_tell *a)
{
	staff_number(v, "count", a->count);
	template_set_bool(v, "count_one", a->count == 1);
	template_set_bool(v, "as_approved", a->approved_count >= 0);
	if (a->joined)
		staff_number(v, "joined", a->joined);
	template_set_bool(v, "joined_one", a->joined == 1);
	staff_number(v, "now_count", a->now_count);
	template_set_bool(v, "now_one", a->now_count == 1);
	template_set_int(v, "count_plain", a->now_count);
	if (a->goes_to != a->count)
		staff_number(v, "goes_to", a->goes_to);
}

struct step {
	const char *title, *note;
	bool done, here;
};

static void add_steps(struct template_value *v, const struct step *steps, size_t count)
{
	struct template_value *list = template_set_list(v, "steps");

	for (size_t i = 0; i < count; i++) {
		struct template_value *one = template_add_map(list);

		template_set(one, "title", steps[i].title);
		template_set(one, "note", steps[i].note);
		template_set_bool(one, "done", steps[i].done);
		template_set_bool(one, "here", steps[i].here);
	}
}

/* "Bea Second, 22 Nov 2026, 09:40 GMT"; NULL: nobody did. */
static const char *who_and_when(struct web_request *r, const struct bulletin_step *step)
{
	return step->who ? arena_printf(r->arena, "%s, %s", step->who,
					staff_when(r, step->at))
			 : NULL;
}

static bool approval_of(struct web_request *r, const struct bulletin *b, const char **out,
			struct err *err)
{
	struct store_table approvals;
	struct store_row row;

	*out = NULL;
	if (!bulletin_approval(r->op, r->arena, b->id, &approvals, err))
		return false;
	if (!approvals.count)
		return true;
	row = table_row(&approvals, 0);
	if (row_null(&row, "withdrawn_at") || b->started_at)
		*out = arena_printf(
			r->arena, "%s%s%s, %s, for %s subscriber%s",
			row_text(&row, "staff"), row_null(&row, "agreed") ? "" : " and ",
			row_null(&row, "agreed") ? "" : row_text(&row, "agreed"),
			staff_when(r, row_int(&row, "at")),
			staff_number_text(r, row_int(&row, "audience")),
			plural(row_int(&row, "audience"), "", "s"));
	return true;
}

/* "asked: Bea Second, 22 Nov 2026, 09:40 GMT"; NULL: nobody is. */
static bool asked_of(struct web_request *r, const struct bulletin *b, const char **out,
		     struct err *err)
{
	struct approval_request q;

	*out = NULL;
	if (!approval_request(r->op, r->arena, b, &q, err))
		return false;
	if (q.is_open && str_eq(b->state, "draft"))
		*out = arena_printf(r->arena, "%s is asked, %s", q.of,
				    staff_when(r, q.at));
	return true;
}

static const char *last_step(const char *state)
{
	if (str_eq(state, "sending"))
		return "Going out";
	if (str_eq(state, "paused"))
		return "Paused";
	if (str_eq(state, "on hold"))
		return "Held";
	return str_eq(state, "cancelled") ? "Cancelled" : "Sent";
}

static const char *to_mend(struct web_request *r,
			   const struct bulletin_findings *findings)
{
	if (!findings || !findings->stops)
		return NULL;
	return findings->stops == 1 ? "one thing must be mended"
				    : arena_printf(r->arena, "%zu things must be mended",
						   findings->stops);
}

bool staff_bulletin_steps(struct web_request *r, struct template_value *v,
			  const struct bulletin *b,
			  const struct bulletin_findings *findings, struct err *err)
{
	struct bulletin_step written, tested_by;
	const char *tested, *approved, *asked;
	bool checked = !findings || !findings->stops;
	int64_t last_at = b->finished_at ? b->finished_at : b->started_at;

	if (!bulletin_written(r->op, r->arena, b, &written, err) ||
	    !bulletin_tested(r->op, r->arena, b, &tested_by, err) ||
	    !approval_of(r, b, &approved, err) || !asked_of(r, b, &asked, err))
		return false;
	tested = who_and_when(r, &tested_by);
	const struct step steps[] = {
		{"Draft", who_and_when(r, &written), true, str_eq(b->state, "draft")},
		{"Checked", to_mend(r, findings), checked, false},
		{"Tested",
		 tested          ? tested
		 : b->started_at ? "was not"
				 : "not yet",
		 tested != NULL, false},
		{"Approved", str_or(approved, asked), approved != NULL,
		 str_eq(b->state, "approved")},
		{"Scheduled",
		 b->due_at       ? staff_when(r, b->due_at)
		 : b->started_at ? "sent at once"
				 : NULL,
		 b->due_at != 0 && !str_eq(b->state, "approved"),
		 str_eq(b->state, "scheduled")},
		{last_step(b->state), last_at ? staff_when(r, last_at) : NULL,
		 str_eq(b->state, "sent"),
		 b->started_at != 0 || str_eq(b->state, "on hold") ||
			 str_eq(b->state, "cancelled")},
	};

	template_set_bool(v, "approved", approved != NULL);
	add_steps(v, steps, ARRAY_LEN(steps));
	return true;
}

void staff_findings(struct template_value *v, const struct bulletin_findings *findings,
		    int first_line)
{
	struct template_value *list = template_set_list(v, "findings");
	int64_t fine = 0;

	for (size_t i = 0; i < findings->count; i++) {
		const struct bulletin_finding *f = &findings->items[i];
		struct template_value *one = template_add_map(list);

		template_set(one, "level", bulletin_level_name(f->level));
		template_set_bool(one, "stops", f->level == BULLETIN_STOPS);
		template_set_bool(one, "look", f->level == BULLETIN_LOOK);
		template_set_bool(one, "fine", f->level == BULLETIN_FINE);
		template_set(one, "text", f->text);
		if (f->line >= first_line)
			template_set_int(one, "line", f->line - first_line + 1);
		fine += f->level == BULLETIN_FINE;
	}
	template_set_int(v, "fine_count", fine);
	template_set_bool(v, "any_fine", fine > 0);
	template_set_int(v, "stops", (int64_t)findings->stops);
	template_set_int(v, "looks", (int64_t)findings->looks);
	template_set_bool(v, "any_stops", findings->stops > 0);
	template_set_bool(v, "one_stops", findings->stops == 1);
	template_set_bool(v, "any_looks", findings->looks > 0);
	template_set_bool(v, "one_looks", findings->looks == 1);
}

bool staff_bulletin_pictures(struct web_request *r, struct template_value *v,
			     const struct bulletin *b, struct err *err)
{
	struct template_value *list = template_set_list(v, "pictures");

	(void)r, (void)err;
	for (size_t i = 0; i < b->images.count; i++) {
		const struct bulletin_image *image = &b->images.items[i];
		struct template_value *one = template_add_map(list);

		template_set(one, "name", image->name);
		template_set_int(one, "width", image->width);
		template_set_int(one, "height", image->height);
		template_set_int(one, "kilobytes", (int64_t)(image->size + 1023) / 1024);
	}
	return true;
}

const char *staff_without_marks(struct web_request *r, const char *text)
{
	char *copy = arena_strdup(r->arena, text), *at = copy;

	while ((at = strstr(at, COMPOSE_TOKEN_MARK)))
		memset(at, 'a', strlen(COMPOSE_TOKEN_MARK));
	return copy;
}
