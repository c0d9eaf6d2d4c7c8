/* Where one begins: what needs whoever asks, over all that they may see, and the next days. */
#include "domain/queue/needs.h"
#include "base/calendar.h"
#include "base/numeral.h"
#include "base/str.h"
#include "staff/pages.h"
#include "staff/bulletin_show.h"
#include "staff/words.h"

enum { DAYS_AHEAD = 7 };

static const char *const buttons[NEED_KINDS] = {
	[NEED_FLAG_OVERDUE] = "Read",
	[NEED_FLAG_UNSEEN] = "Read",
	[NEED_FLAG_OPEN] = "Go on",
	[NEED_FLAG_LATE] = "Look at it",
	[NEED_FLAG_UNTOLD] = "Look at it",
	[NEED_RISK] = "Read",
	[NEED_UNSORTED_RISK] = "Read",
	[NEED_ROLE] = "Look at it",
	[NEED_RELAY] = "Look at it",
	[NEED_MAILBOX] = "Look at it",
	[NEED_HELD] = "Decide",
	[NEED_PAUSED] = "Look at it",
	[NEED_DOUBT] = "Decide",
	[NEED_ASKED] = "Read",
	[NEED_AGREE] = "Read",
	[NEED_RETURNED] = "Read",
	[NEED_APPROVE] = "Read",
	[NEED_REQUEST] = "Decide",
	[NEED_UNSORTED] = "Sort",
	[NEED_MINE] = "Read",
	[NEED_INFORM] = "Read",
	[NEED_SECOND] = "Code",
	[NEED_RE_ANCHOR] = "Re-anchor",
	[NEED_BOUNCE] = "Look at it",
	[NEED_DRAFT] = "Go on",
};

/* "2 hours ago" */
static const char *ago(struct web_request *r, int64_t at)
{
	char time[NUMERAL_TEXT];
	int64_t since = r->op->now - at;

	if (since < MINUTE_S)
		return "just now";
	numeral_duration(since, time);
	return arena_printf(r->arena, "%s ago", time);
}

/* "Changed last by Ada Officer", "Found 2 hours after its time ...", "3 in doubt" */
static const char *more_of(struct web_request *r, const struct need *n)
{
	if (n->kind == NEED_DOUBT)
		return arena_printf(r->arena, "%s in doubt",
				    staff_number_text(r, n->count));
	if (n->kind == NEED_ASKED || n->kind == NEED_AGREE)
		return arena_printf(r->arena, "%s asked %s", n->who, ago(r, n->since_at));
	if (n->kind == NEED_RETURNED)
		return arena_printf(r->arena, "%s wrote what should change", n->who);
	if (!n->who || str_eq(n->who, staff_of(r)->session.name))
		return NULL;
	if (n->kind == NEED_APPROVE || n->kind == NEED_DRAFT)
		return arena_printf(r->arena, "Changed last by %s", n->who);
	return page_sentence(r->arena, n->who);
}

static void add_needs(struct web_request *r, struct template_value *v,
		      const struct needs *needs)
{
	struct template_value *list = template_set_list(v, "needs");

	for (size_t i = 0; i < needs->count; i++) {
		const struct need *n = &needs->items[i];
		struct template_value *one = template_add_map(list);

		template_set(one, "what", need_says(r->arena, n));
		template_set(one, "place", n->title);
		template_set(one, "more", more_of(r, n));
		template_set(one, "since",
			     n->kind == NEED_BOUNCE ? staff_day(r, n->since_at)
						    : staff_when(r, n->since_at));
		template_set(one, "path", need_path(r->op, r->arena, n));
		template_set(one, "button", buttons[n->kind]);
		template_set_bool(one, "urgent", need_is_urgent(n->kind));
	}
	template_set_bool(v, "any_needs", needs->count > 0);
	staff_number(v, "count", (int64_t)needs->count);
	template_set_bool(v, "one", needs->count == 1);
}

void staff_home(struct web_request *r)
{
	struct template_value *v = staff_values(r, "Home", "home");
	struct needs needs;
	struct err err = {0};

	if (!needs_load(r->op, r->arena, &needs, &err) ||
	    !staff_planned(r, v, r->op->now, r->op->now + DAYS_AHEAD * DAY_S, &err)) {
		staff_failed(r, &err);
		return;
	}
	add_needs(r, v, &needs);
	template_set_bool(v, "has_role", staff_of(r)->rights.count > 0);
	template_set_bool(v, "plans",
			  staff_may_anywhere(r, RIGHT_SEE_BULLETINS) ||
				  staff_may_anywhere(r, RIGHT_READ_RESPONSES));
	staff_page(r, "web/staff/home.html", v);
}
