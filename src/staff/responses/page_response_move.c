/* A response goes to another consultation; an old reference leads to where it is. */
#include "domain/sorting/response_move.h"
#include "base/str.h"
#include "staff/frame/pages.h"
#include "staff/responses/response_moved.h"

/* The consultations that it may go to: those where this person decides on responses. */
static bool show_choices(struct web_request *r, struct template_value *v, struct err *err)
{
	struct template_value *list = template_set_list(v, "consultations_to");
	const struct staff_visitor *staff = staff_of(r);
	struct store_table all;
	bool any = false;

	if (!staff_may(r, RIGHT_SCREEN))
		return true;
	if (!rights_consultations(r->op, r->arena, &staff->rights, RIGHT_SCREEN, &all,
				  err))
		return false;
	for (size_t i = 0; i < all.count; i++) {
		struct store_row row = table_row(&all, i);
		struct template_value *one;

		if (row_int(&row, "id") == staff->consultation.id ||
		    str_eq(row_text(&row, "state"), "draft"))
			continue;
		one = template_add_map(list);
		template_set(one, "value", row_text(&row, "name"));
		template_set(one, "text", row_text(&row, "title"));
		any = true;
	}
	template_set_bool(v, "may_move", any);
	return true;
}

/* Where it was, and what it was coded there, for who may read that. */
static void show_before(struct web_request *r, struct template_value *v,
			const struct store_table *moves)
{
	struct template_value *list = template_set_list(v, "moves");

	for (size_t i = 0; i < moves->count; i++) {
		struct store_row row = table_row(moves, i);
		struct template_value *one = template_add_map(list);
		int64_t at = row_int(&row, "at");

		template_set(one, "reference",
			     response_reference(r->arena, row_text(&row, "consultation"),
						row_int(&row, "number")));
		template_set(one, "staff", row_text(&row, "staff"));
		template_set(one, "at", staff_short_time(r, at));
		template_set(one, "at_long", staff_time(r, at));
		if (rights_have(&staff_of(r)->rights, RIGHT_READ_RESPONSES,
				rights_on_consultation(row_int(&row, "consultation_id"))))
			template_set(one, "codes", row_text(&row, "codes"));
	}
}

bool staff_move_show(struct web_request *r, struct template_value *v,
		     const struct response_view *view, struct err *err)
{
	show_before(r, v, &view->moves);
	return show_choices(r, v, err);
}

bool staff_moved_on(struct web_request *r, const char *reference)
{
	const char *said = staff_of(r)->said;
	struct response now;
	struct err err = {0};

	if (!response_moved_to(r->op, r->arena, reference, &now, &err))
		return false;
	if (said) /* is shown on the next page, which this is not yet */
		staff_say(r, "%s", said);
	if (!rights_have(&staff_of(r)->rights, RIGHT_READ_RESPONSES,
			 rights_on_consultation(now.consultation_id)))
		page_problem(r, 404,
			     arena_printf(r->arena,
					  "%s was moved to a consultation that you may "
					  "not read.",
					  reference));
	else
		web_redirect(
			r, "%s%s",
			staff_response_path_of(
				r, staff_queue_path_of(r, now.consultation), now.number),
			str_eq(web_query(r, "part"), "response") ? "?part=response" : "");
	return true;
}

void staff_response_move(struct web_request *r)
{
	const char *reference, *moved;
	struct err err = {0};

	if (!staff_reference(r, &reference))
		return;
	if (!response_move(r->op, r->arena, reference, str_or(web_form(r, "to"), ""),
			   &moved, &err)) {
		staff_failed(r, &err);
		return;
	}
	staff_say(r, "%s has been moved. It is %s now, and new there.", reference, moved);
	staff_back_or(r, staff_queue_path(r));
}
