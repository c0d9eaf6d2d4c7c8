/* Where one begins: what needs whoever asks, over all that they may see, and the next days. */
#include "domain/queue/needs.h"
#include "base/calendar.h"
#include "base/numeral.h"
#include "base/str.h"
#include "staff/pages.h"
#include "staff/bulletin_show.h"
#include "staff/triage.h"
#include "staff/words.h"

#include <inttypes.h>

enum { DAYS_AHEAD = 7 };

/* What waits; some: behind how many there are. Of a bulletin: behind its number. */
static const struct {
	const char *one, *some, *button;
	bool urgent;
} words[NEED_KINDS] = {
	[NEED_RISK] = {"One response says that somebody may be at risk",
		       "responses say that somebody may be at risk", "Read", true},
	[NEED_UNSORTED_RISK] = {"One unsorted email says that somebody may be at risk",
				"unsorted emails say that somebody may be at risk",
				"Read", true},
	[NEED_HELD] = {"is on hold", NULL, "Decide", true},
	[NEED_PAUSED] = {"is paused", NULL, "Look at it", false},
	[NEED_DOUBT] = {"has emails that may or may not have arrived", NULL, "Decide",
			true},
	[NEED_ASKED] = {"is for you to approve", NULL, "Read", false},
	[NEED_AGREE] = {"was changed: do you agree?", NULL, "Read", false},
	[NEED_RETURNED] = {"was returned to you", NULL, "Read", false},
	[NEED_APPROVE] = {"waits for approval", NULL, "Read", false},
	[NEED_REQUEST] = {"One request to subscribe", "requests to subscribe", "Decide",
			  false},
	[NEED_UNSORTED] = {"One email could not be sorted", "emails could not be sorted",
			   "Sort", false},
	[NEED_MINE] = {"One response is assigned to you", "responses are assigned to you",
		       "Read", false},
	[NEED_SECOND] = {"One unit of double coding waits for you",
			 "units of double coding wait for you", "Code", false},
	[NEED_RE_ANCHOR] = {"One coded passage needs re-anchoring",
			    "coded passages need re-anchoring", "Re-anchor", false},
	[NEED_BOUNCE] = {"Email to one subscriber comes back",
			 "subscribers whose email comes back", "Look at it", false},
	[NEED_DRAFT] = {"is your draft", NULL, "Go on", false},
};

static bool is_bulletin(enum need_kind kind)
{
	return kind == NEED_HELD || kind == NEED_PAUSED || kind == NEED_DOUBT ||
	       kind == NEED_ASKED || kind == NEED_AGREE || kind == NEED_RETURNED ||
	       kind == NEED_APPROVE || kind == NEED_DRAFT;
}

static const char *what_of(struct web_request *r, const struct need *n)
{
	if (is_bulletin(n->kind))
		return arena_printf(r->arena, "Bulletin %" PRId64 ", “%s”, %s", n->number,
				    n->what, words[n->kind].one);
	return n->count == 1
		       ? words[n->kind].one
		       : arena_printf(r->arena, "%s %s", staff_number_text(r, n->count),
				      words[n->kind].some);
}

static const char *path_of(struct web_request *r, const struct need *n)
{
	const char *queue = n->place ? staff_queue_path_of(r, n->place) : NULL;
	const char *list = n->place ? staff_list_path(r, n->place) : NULL;

	switch (n->kind) {
	case NEED_RISK:
		return arena_printf(r->arena, "%s?proposed=risk", queue);
	case NEED_UNSORTED_RISK:
		return "/staff/unsorted?risk=1";
	case NEED_UNSORTED:
		return "/staff/unsorted";
	case NEED_REQUEST:
		return arena_printf(r->arena, "%s/subscribers?state=requested", list);
	case NEED_BOUNCE:
		return arena_printf(r->arena, "%s/bounces", list);
	case NEED_MINE:
		return arena_printf(r->arena, "%s?state=received&assigned=%s", queue,
				    web_escape_url(r->arena, r->op->who));
	case NEED_SECOND:
		return arena_printf(r->arena, "%s/samples/%" PRId64, queue, n->number);
	case NEED_RE_ANCHOR:
		return arena_printf(r->arena, "%s/re-anchor", queue);
	case NEED_DRAFT:
		return arena_printf(r->arena, "%s/edit",
				    staff_bulletin_path(r, n->place, n->number));
	default:
		return staff_bulletin_path(r, n->place, n->number);
	}
}

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

		template_set(one, "what", what_of(r, n));
		template_set(one, "place", n->title);
		template_set(one, "more", more_of(r, n));
		template_set(one, "since",
			     n->kind == NEED_BOUNCE ? staff_day(r, n->since_at)
						    : staff_when(r, n->since_at));
		template_set(one, "path", path_of(r, n));
		template_set(one, "button", words[n->kind].button);
		template_set_bool(one, "urgent", words[n->kind].urgent);
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
