/* How far the publication of a consultation's responses is, and which are in each state. */
#include "domain/publication/publication.h"
#include "base/numeral.h"
#include "base/str.h"
#include "staff/frame/pages.h"
#include "staff/frame/paths.h"
#include "staff/frame/words.h"
#include "staff/triage/triage.h"

#include <inttypes.h>

enum { ON_A_PAGE = 100, OK_STATUS = 200 };

static const char *path_of(struct web_request *r)
{
	return arena_printf(r->arena, "%s/publication", staff_queue_path(r));
}

static const char *chosen_state(const struct web_request *r)
{
	const char *state = web_query(r, "state");

	return state && str_in(state, publication_states) ? state : NULL;
}

static int64_t in_state(const int64_t *counts, const char *state)
{
	for (size_t i = 0; publication_states[i]; i++)
		if (str_eq(publication_states[i], state))
			return counts[i];
	return 0;
}

static void show_states(struct web_request *r, struct template_value *v,
			const int64_t *counts)
{
	struct template_value *list = template_set_list(v, "states");
	const char *chosen = chosen_state(r);
	int64_t all = 0, open, settled;

	for (size_t i = 0; publication_states[i]; i++) {
		struct template_value *one;

		all += counts[i];
		if (!counts[i] && !str_eq(chosen, publication_states[i]))
			continue;
		one = template_add_map(list);
		template_set(one, "state_word",
			     staff_word("publication", publication_states[i]));
		template_set(
			one, "state_url",
			arena_printf(r->arena, "%s?state=%s", path_of(r),
				     web_escape_url(r->arena, publication_states[i])));
		staff_number(one, "state_count", counts[i]);
		template_set_bool(one, "here", str_eq(chosen, publication_states[i]));
	}
	template_set_bool(v, "all_here", !chosen);
	staff_number(v, "all_count", all);
	settled = in_state(counts, "published") + in_state(counts, "withheld") +
		  in_state(counts, "no permission") + in_state(counts, "withdrawn");
	open = all - in_state(counts, "not included");
	staff_number(v, "settled", settled);
	staff_number(v, "open_count", open);
	template_set_int(v, "progress", settled);
	template_set_int(v, "progress_of", open ? open : 1);
	staff_number(v, "published_count", in_state(counts, "published"));
	staff_number(v, "to_release", in_state(counts, "to release"));
	template_set_bool(v, "any_to_release", in_state(counts, "to release") > 0);
	template_set(v, "to_release_url",
		     arena_printf(r->arena, "%s?state=to%%20release", path_of(r)));
}

static void show_row(struct web_request *r, struct template_value *list,
		     const struct publication *p)
{
	struct template_value *one = template_add_map(list);
	bool organisation = str_eq(p->type, "organisation");
	const char *state = chosen_state(r);

	template_set(one, "reference", p->reference);
	template_set(one, "url",
		     arena_printf(r->arena, "%s/%" PRId64 "%s%s", path_of(r), p->number,
				  state ? "?state=" : "",
				  state ? web_escape_url(r->arena, state) : ""));
	template_set(one, "who",
		     !staff_who(r)  ? NULL
		     : organisation ? str_or(p->organisation, p->name)
				    : p->name);
	template_set(one, "type_word", staff_word("type", p->type));
	template_set(one, "permission_word", staff_word("permission", p->permission));
	template_set(one, "state_word", staff_word("publication", p->state));
	template_set(one, "hindered",
		     str_eq(p->state, "not included")
			     ? NULL
			     : publication_hindered_says(p->hindered));
	template_set(one, "decided_by", p->decided_by_name);
	template_set(one, "decided", staff_when(r, p->decided_at));
	template_set(one, "released_by", p->released_by_name);
	template_set(one, "released", staff_when(r, p->released_at));
}

void staff_publication(struct web_request *r)
{
	const struct consultation *of = &staff_of(r)->consultation;
	struct publication_look look = {.consultation = of->name,
					.state = chosen_state(r),
					.after = web_query_int(r, "after", 0),
					.most = ON_A_PAGE + 1};
	struct template_value *v, *rows;
	struct publication_whole whole;
	struct publication *list;
	struct err err = {0};
	int64_t *counts;
	size_t count;

	if (look.after < 0)
		look.after = 0;
	v = staff_values(r, arena_printf(r->arena, "Publication: %s", of->title),
			 "responses");
	if (!publication_counts(r->op, r->arena, of->name, &counts, &err) ||
	    !publication_list(r->op, r->arena, &look, &list, &count, &err) ||
	    !publication_whole(r->op, r->arena, of->id, &whole, &err)) {
		staff_failed(r, &err);
		return;
	}
	show_states(r, v, counts);
	rows = template_set_list(v, "rows");
	for (size_t i = 0; i < count && i < ON_A_PAGE; i++)
		show_row(r, rows, &list[i]);
	template_set_bool(v, "any_rows", count > 0);
	if (count > ON_A_PAGE)
		template_set(
			v, "more",
			arena_printf(
				r->arena, "%s?after=%" PRId64 "%s%s", path_of(r),
				list[ON_A_PAGE - 1].number, look.state ? "&state=" : "",
				look.state ? web_escape_url(r->arena, look.state) : ""));
	template_set(v, "queue", staff_queue_path(r));
	template_set(v, "here", path_of(r));
	template_set(v, "consultation_title", of->title);
	template_set(v, "public_path",
		     arena_printf(r->arena, "/consultations/%s/responses", of->name));
	template_set(v, "opened_by", whole.released_by_name);
	template_set(v, "opened", staff_time(r, whole.released_at));
	template_set_bool(v, "is_open", whole.released_at != 0);
	staff_page(r, "web/staff/publication.html", v);
}

/* open=yes: search engines may find what is published; open=no: not any more. */
void staff_publication_open(struct web_request *r)
{
	bool hide = str_eq(web_form(r, "open"), "no");
	struct err err = {0};

	if (!publication_whole_set(r->op, staff_of(r)->consultation.name,
				   hide ? PUBLICATION_HIDE_ALL : PUBLICATION_RELEASE_ALL,
				   &err)) {
		staff_failed(r, &err);
		return;
	}
	staff_say(r, hide ? "Search engines are told not to list the responses."
			  : "Search engines may list the published responses now.");
	staff_back(r, "%s", path_of(r));
}
