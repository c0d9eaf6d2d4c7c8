/* One response on one screen, between those before and after it in the list. */
#include "domain/coding/blind.h"
#include "domain/coding/sample.h"
#include "domain/coding/tag.h"
#include "base/codec/json.h"
#include "base/str.h"
#include "staff/coding/code_pages.h"
#include "staff/frame/form_seen.h"
#include "staff/frame/pages.h"
#include "staff/responses/response_moved.h"
#include "staff/triage/response_values.h"

#include <inttypes.h>

enum { BEFORE = 6, AFTER = 40, TAG_BYTES = 400, NEAR_MOST = 5 };

static void show_head(struct web_request *r, struct template_value *v,
		      const struct response_view *view)
{
	const struct response *p = &view->response;

	template_set(v, "reference", view->reference);
	template_set_int(v, "number", p->number);
	template_set(v, "shown", arena_printf(r->arena, "%04" PRId64, p->number));
	template_set(v, "received", staff_time(r, p->received_at));
	template_set(v, "sent", staff_time(r, view->sent_at));
	template_set(v, "state", p->state);
	template_set(v, "state_word", staff_word("state", p->state));
	template_set(v, "reason", p->reason);
	template_set_bool(v, "is_new", str_eq(p->state, "received"));
	template_set_bool(v, "is_included", str_eq(p->state, "included"));
	template_set_bool(v, "is_excluded", str_eq(p->state, "excluded"));
	template_set_bool(v, "late", p->late);
	template_set(v, "assigned", p->assigned);
	template_set_bool(v, "mine", str_eq(p->assigned, staff_of(r)->session.name));
}

static void show_lock(struct web_request *r, struct template_value *v,
		      const struct response_lock *lock)
{
	bool own = lock->staff_id == staff_of(r)->session.staff_id;

	template_set_bool(v, "locked", lock->staff_id != 0);
	template_set_bool(v, "locked_own", lock->staff_id && own);
	template_set(v, "locked_other", lock->staff_id && !own ? lock->name : NULL);
	if (lock->staff_id)
		template_set(v, "locked_until", staff_short_time(r, lock->until_at));
}

static const char *url_of(struct web_request *r, const char *reference, const char *query)
{
	const char *path = staff_reference_path(r, reference);

	return path ? staff_filter_url(r, path, query) : NULL;
}

static bool show_around(struct web_request *r, struct template_value *v,
			const struct staff_asked *asked, int64_t number, struct err *err)
{
	const struct response_look look = staff_look(r, asked);
	const char *query = staff_filter_query(r, asked);
	struct queue_neighbours next;

	if (!queue_around(r->op, r->arena, &look, number, &next, err))
		return false;
	template_set(v, "previous", url_of(r, next.before, query));
	template_set(v, "next", url_of(r, next.after, query));
	/* Where a decision leads: the next one, as this list stands before it. */
	template_set(v, "onward",
		     next.after ? url_of(r, next.after, query)
				: staff_filter_url(r, r->path, query));
	return true;
}

/* The piece of the list in which this response stands. */
static bool show_list(struct web_request *r, struct template_value *v,
		      const struct staff_asked *asked, int64_t number, struct err *err)
{
	const struct response_look look = staff_look(r, asked);
	const char *query = staff_filter_query(r, asked);
	struct template_value *list = template_set_list(v, "rows");
	struct queue_rows before, after;
	struct queue_page page = {.before = number, .most = BEFORE};

	if (!queue_list(r->op, r->arena, &look, &page, &before, err))
		return false;
	page.before = 0;
	page.after = asked->newest_first ? number + 1 : number - 1;
	page.most = AFTER;
	if (!queue_list(r->op, r->arena, &look, &page, &after, err))
		return false;
	for (size_t i = 0; i < before.count; i++)
		staff_row_show(r, list, &before.items[i], staff_queue_path(r), query,
			       number);
	for (size_t i = 0; i < after.count; i++)
		staff_row_show(r, list, &after.items[i], staff_queue_path(r), query,
			       number);
	template_set_bool(v, "list_goes_on", after.more_after);
	return true;
}

/* The row of this response for the list that is on the screen already. */
static bool show_own_row(struct web_request *r, struct template_value *v,
			 const struct staff_asked *asked, int64_t number, struct err *err)
{
	static const struct staff_asked everything;
	const struct response_look look = staff_look(r, &everything);
	struct queue_page page = {.after = number - 1, .most = 1};
	struct queue_rows rows;

	if (!queue_list(r->op, r->arena, &look, &page, &rows, err))
		return false;
	if (rows.count && rows.items[0].number == number)
		staff_row_show(r, template_set_list(v, "rows"), &rows.items[0],
			       staff_queue_path(r), staff_filter_query(r, asked), number);
	return true;
}

/* Which unit of which sample this is, for who codes it blindly. */
static bool show_blind(struct web_request *r, struct template_value *v,
		       int64_t response_id, struct err *err)
{
	struct sample_unit *units;
	struct sample sample;
	int64_t blind, left = 0;
	const char *next = NULL, *first = NULL;
	bool behind = false;
	size_t count;

	if (!sample_blind(r->op, response_id, &blind, err))
		return false;
	template_set_bool(v, "blind", blind != 0);
	if (!blind)
		return true;
	if (!sample_by_id(r->op, r->arena, blind, &sample, err) ||
	    !sample_units(
		    r->op, r->arena,
		    (struct sample_share){.sample_id = blind,
					  .staff_id = staff_of(r)->session.staff_id},
		    &units, &count, err))
		return false;
	template_set_int(v, "sample", sample.number);
	template_set_int(v, "units", (int64_t)count);
	for (size_t i = 0; i < count; i++) {
		left += !units[i].done;
		if (units[i].response_id == response_id) {
			template_set_int(v, "position", units[i].position);
			template_set_bool(v, "unit_done", units[i].done);
			behind = true;
		} else if (!units[i].done) {
			const char **one = behind ? &next : &first;

			*one = *one ? *one : units[i].reference;
		}
	}
	/* The next that is not done, after the last the first. */
	next = str_or(next, first);
	template_set(v, "unit_next", next ? staff_reference_path(r, next) : NULL);
	if (left)
		staff_number(v, "units_left", left);
	return true;
}

static bool show_codes(struct web_request *r, struct template_value *v,
		       const struct response_view *view, const char *search,
		       struct err *err)
{
	struct staff_codes codes;

	if (!staff_codes_load(r, view->response.id, &codes, err) ||
	    !search_hits_load(r->op, r->arena, search, view->response.inbound_id,
			      &codes.hits.words, err) ||
	    !show_blind(r, v, view->response.id, err))
		return false;
	template_set_bool(v, "searched", !str_empty(search));
	staff_response_show_texts(r, v, view, &codes);
	staff_codes_show_whole(r, v, &codes);
	return true;
}

static bool holds(struct web_request *r, const char *text, const char *part)
{
	char *in = arena_strdup(r->arena, text), *sought = arena_strdup(r->arena, part);

	str_lower(in);
	str_lower(sought);
	return strstr(in, sought) != NULL;
}

/* A tag was typed that there is not: it is one of these, or a new one is meant. */
static bool show_asked_tag(struct web_request *r, struct template_value *v,
			   struct err *err)
{
	const char *tag = web_query(r, "new-tag");
	struct template_value *near = template_set_list(v, "near_tags");
	struct store_table known;
	bool is_known;

	if (str_blank(tag) || strlen(tag) > TAG_BYTES)
		return true;
	if (!tag_known(r->op, r->arena, staff_of(r)->consultation.name, tag, &is_known,
		       err) ||
	    !tag_choices(r->op, r->arena, staff_of(r)->consultation.id, &known, err))
		return false;
	if (is_known)
		return true;
	template_set(v, "asked_tag", tag);
	for (size_t i = 0, shown = 0; i < known.count && shown < NEAR_MOST; i++) {
		struct store_row row = table_row(&known, i);

		if (!holds(r, row_text(&row, "name"), tag))
			continue;
		template_set(template_add_map(near), "tag", row_text(&row, "name"));
		shown++;
	}
	return true;
}

/* What its forms are marked by. */
static const struct {
	const char *value;
	staff_seen_reader *reads;
} marks[] = {
	{"seen_state", staff_seen_screened},
	{"seen_assigned", staff_seen_assigned},
	{"seen_respondent", staff_seen_respondent},
	{"seen_options", staff_seen_options},
};

/* Before what they are of: what changes in between is then one that was not seen. */
static bool read_marks(struct web_request *r, const char **out, struct err *err)
{
	for (size_t i = 0; i < ARRAY_LEN(marks); i++) {
		out[i] = staff_seen_mark(r, marks[i].reads, err);
		if (!out[i])
			return false;
	}
	return true;
}

/* part=response: only the response itself, for a page that has the list already. */
void staff_response(struct web_request *r)
{
	bool part = str_eq(web_query(r, "part"), "response");
	struct response_view view;
	struct staff_asked asked;
	struct template_value *v;
	struct response_filter chosen = {0};
	const char *reference, *here, *seen[ARRAY_LEN(marks)];
	struct err err = {0};
	int64_t number;

	if (!staff_reference(r, &reference))
		return;
	if (!read_marks(r, seen, &err) || !staff_filter_read(r, &asked, &err) ||
	    !response_view_load(r->op, r->arena, reference,
				staff_who(r) ? VIEW_WITH_NAMES : VIEW_WITHOUT_NAMES,
				&view, &err)) {
		if (err.kind != ERR_ABSENT || !staff_moved_on(r, reference))
			staff_failed(r, &err);
		return;
	}
	number = view.response.number;
	chosen.assigned = view.response.assigned;
	v = staff_values(r,
			 arena_printf(r->arena, "%s: %s", view.reference,
				      str_or(view.subject, "(no subject)")),
			 "responses");
	staff_coding_values(r, v);
	if (!show_around(r, v, &asked, number, &err) ||
	    !show_codes(r, v, &view, asked.filter.search, &err) ||
	    !(part ? show_own_row(r, v, &asked, number, &err)
		   : show_list(r, v, &asked, number, &err)) ||
	    !staff_choices_show(r, v, &chosen, &err) || !show_asked_tag(r, v, &err) ||
	    !staff_move_show(r, v, &view, &err)) {
		staff_failed(r, &err);
		return;
	}
	template_set_bool(v, "part", part);
	for (size_t i = 0; i < ARRAY_LEN(marks); i++)
		template_set(v, marks[i].value, seen[i]);
	template_set(v, "response", staff_response_path(r));
	template_set(v, "publication",
		     arena_printf(r->arena, "%s/publication/%s", staff_queue_path(r),
				  web_arg(r, 1)));
	here = staff_filter_url(r, r->path, staff_filter_query(r, &asked));
	template_set(v, "here", here);
	template_set(v, "here_url", web_escape_url(r->arena, here));
	template_set(
		v, "list",
		staff_filter_url(r, staff_queue_path(r), staff_filter_query(r, &asked)));
	staff_filter_show(r, v, staff_queue_path(r), &asked);
	template_set(v, "triage_script", web_asset(r, "staff-triage.js"));
	show_head(r, v, &view);
	show_lock(r, v, &view.lock);
	staff_response_show_sides(r, v, &view);
	staff_page(r, part ? "web/staff/response-body.html" : "web/staff/response.html",
		   v);
}

/* {"by": "Bea", "mine": false, "until": "14:35"}; by is "" when nobody has it. */
static void answer_lock(struct web_request *r, const struct response_lock *lock)
{
	AUTO(buf) to = buf_new(4096);
	struct json json;
	bool own = lock->staff_id && lock->staff_id == staff_of(r)->session.staff_id;

	json_begin(&json, to);
	json_put_object(&json, NULL);
	json_put_text(&json, "by", lock->staff_id ? lock->name : "");
	json_put_bool(&json, "mine", own);
	json_put_text(&json, "until",
		      lock->staff_id ? staff_short_time(r, lock->until_at) : "");
	json_end(&json);
	json_done(&json);
	web_bytes(r, 200, "application/json", buf_text(to), to->len);
}

/* Who has it now: asked again and again while the page is open. */
void staff_lock_state(struct web_request *r)
{
	struct response response;
	struct response_lock lock;
	const char *reference;
	struct err err = {0};

	if (!staff_reference(r, &reference))
		return;
	if (!response_find(r->op, r->arena, reference, &response, &err) ||
	    !response_lock_of(r->op, r->arena, response.id, &lock, &err)) {
		staff_failed(r, &err);
		return;
	}
	answer_lock(r, &lock);
}

void staff_lock_take(struct web_request *r)
{
	struct response_lock_asked asked = {.minutes = RESPONSE_LOCK_MINUTES,
					    .over = str_eq(web_form(r, "over"), "yes")};
	struct response_lock lock = {0};
	const char *reference;
	struct err err = {0};
	bool ok;

	if (!staff_reference(r, &reference))
		return;
	asked.reference = reference;
	ok = response_lock_take(r->op, r->arena, &asked, &lock, &err);
	if (str_eq(web_form(r, "part"), "lock") && (ok || err.kind == ERR_CONFLICT)) {
		answer_lock(r, &lock);
		return;
	}
	if (!ok) {
		staff_failed(r, &err);
		return;
	}
	staff_say(r, "You have %s now. Others see that, and cannot change it until %s.",
		  reference, staff_short_time(r, lock.until_at));
	staff_back_or(r, staff_response_path(r));
}

void staff_lock_release(struct web_request *r)
{
	const char *reference;
	struct err err = {0};

	if (!staff_reference(r, &reference))
		return;
	if (!response_lock_release(r->op, reference, &err)) {
		staff_failed(r, &err);
		return;
	}
	if (str_eq(web_form(r, "part"), "lock")) {
		answer_lock(r, &(struct response_lock){.staff_id = 0});
		return;
	}
	staff_say(r, "%s is free for others again.", reference);
	staff_back_or(r, staff_response_path(r));
}
