/* One reply on one screen, between those before and after it in the list. */
#include "acts/blind.h"
#include "acts/sample.h"
#include "base/json.h"
#include "base/str.h"
#include "desk/code_pages.h"
#include "desk/pages.h"
#include "desk/reply_show.h"

#include <inttypes.h>

enum { BEFORE = 6, AFTER = 40 };

static void show_head(struct web_request *r, struct template_value *v,
		      const struct acts_reply_view *view)
{
	const struct acts_response *p = &view->response;

	template_set(v, "reference", view->reference);
	template_set_int(v, "number", p->number);
	template_set(v, "shown", arena_printf(r->arena, "%04" PRId64, p->number));
	template_set(v, "received", desk_time(r, p->received_at));
	template_set(v, "sent", desk_time(r, view->sent_at));
	template_set(v, "state", p->state);
	template_set(v, "state_word", desk_word("state", p->state));
	template_set(v, "reason", p->reason);
	template_set_bool(v, "is_new", str_eq(p->state, "received"));
	template_set_bool(v, "is_included", str_eq(p->state, "included"));
	template_set_bool(v, "is_excluded", str_eq(p->state, "excluded"));
	template_set_bool(v, "late", p->late);
	template_set(v, "assigned", p->assigned);
	template_set_bool(v, "mine", str_eq(p->assigned, desk_of(r)->session.name));
}

static void show_claim(struct web_request *r, struct template_value *v,
		       const struct acts_claim *claim)
{
	bool own = claim->staff_id == desk_of(r)->session.staff_id;

	template_set_bool(v, "claimed", claim->staff_id != 0);
	template_set_bool(v, "claimed_own", claim->staff_id && own);
	template_set(v, "claimed_other", claim->staff_id && !own ? claim->name : NULL);
	if (claim->staff_id)
		template_set(v, "claimed_until", desk_short_time(r, claim->until_at));
}

static const char *url_of(struct web_request *r, const char *reference, const char *query)
{
	const char *number = reference ? strrchr(reference, '-') : NULL;
	int64_t n;
	struct err err = {0};

	if (!number || !str_to_int(number + 1, 0, INT32_MAX, &n, &err))
		return NULL;
	return desk_filter_url(
		r, arena_printf(r->arena, "%s/r/%" PRId64, desk_queue_path(r), n), query);
}

static bool show_around(struct web_request *r, struct template_value *v,
			const struct desk_asked *asked, int64_t number, struct err *err)
{
	const char *before, *after, *query = desk_filter_query(r, asked);

	if (!acts_desk_around(&r->acts, r->arena, desk_of(r)->consultation.name,
			      &asked->filter, asked->newest_first, desk_who(r), number,
			      &before, &after, err))
		return false;
	template_set(v, "previous", url_of(r, before, query));
	template_set(v, "next", url_of(r, after, query));
	return true;
}

/* The piece of the list in which this reply stands. */
static bool show_list(struct web_request *r, struct template_value *v,
		      const struct desk_asked *asked, int64_t number, struct err *err)
{
	const char *name = desk_of(r)->consultation.name;
	const char *query = desk_filter_query(r, asked);
	struct template_value *list = template_set_list(v, "rows");
	struct acts_desk_rows before, after;
	struct acts_desk_page page = {.newest_first = asked->newest_first,
				      .who = desk_who(r)};

	page.before = number;
	page.most = BEFORE;
	if (!acts_desk_list(&r->acts, r->arena, name, &asked->filter, &page, &before,
			    err))
		return false;
	page.before = 0;
	page.after = asked->newest_first ? number + 1 : number - 1;
	page.most = AFTER;
	if (!acts_desk_list(&r->acts, r->arena, name, &asked->filter, &page, &after, err))
		return false;
	for (size_t i = 0; i < before.count; i++)
		desk_row_show(r, list, &before.items[i], desk_queue_path(r), query,
			      number);
	for (size_t i = 0; i < after.count; i++)
		desk_row_show(r, list, &after.items[i], desk_queue_path(r), query,
			      number);
	template_set_bool(v, "list_goes_on", after.more_after);
	return true;
}

/* The row of this reply for the list that is on the screen already. */
static bool show_own_row(struct web_request *r, struct template_value *v,
			 const struct desk_asked *asked, int64_t number, struct err *err)
{
	static const struct acts_desk_filter everything;
	struct acts_desk_page page = {.after = number - 1, .most = 1, .who = desk_who(r)};
	struct acts_desk_rows rows;

	if (!acts_desk_list(&r->acts, r->arena, desk_of(r)->consultation.name,
			    &everything, &page, &rows, err))
		return false;
	if (rows.count && rows.items[0].number == number)
		desk_row_show(r, template_set_list(v, "rows"), &rows.items[0],
			      desk_queue_path(r), desk_filter_query(r, asked), number);
	return true;
}

/* Which unit of which sample this is, for who codes it blindly. */
static bool show_blind(struct web_request *r, struct template_value *v,
		       int64_t response_id, struct err *err)
{
	struct acts_sample_unit *units;
	struct acts_sample sample;
	int64_t blind, left = 0;
	size_t count;

	if (!acts_sample_blind(&r->acts, response_id, &blind, err))
		return false;
	template_set_bool(v, "blind", blind != 0);
	if (!blind)
		return true;
	if (!acts_sample_by_id(&r->acts, r->arena, blind, &sample, err) ||
	    !acts_sample_units(&r->acts, r->arena, blind, desk_of(r)->session.staff_id,
			       &units, &count, err))
		return false;
	template_set_int(v, "sample", sample.number);
	template_set_int(v, "units", (int64_t)count);
	for (size_t i = 0; i < count; i++) {
		left += !units[i].done;
		if (units[i].response_id == response_id) {
			template_set_int(v, "position", units[i].position);
			template_set_bool(v, "unit_done", units[i].done);
		}
	}
	if (left)
		desk_number(v, "units_left", left);
	return true;
}

static bool show_codes(struct web_request *r, struct template_value *v,
		       const struct acts_reply_view *view, const char *search,
		       struct err *err)
{
	struct desk_codes codes;

	if (!desk_codes_load(r, view->response.id, &codes, err) ||
	    !acts_hits_load(&r->acts, r->arena, search, view->response.inbound_id,
			    &codes.hits.words, err) ||
	    !show_blind(r, v, view->response.id, err))
		return false;
	template_set_bool(v, "searched", !str_empty(search));
	desk_reply_show_texts(r, v, view, &codes);
	desk_codes_show_whole(r, v, &codes);
	return true;
}

/* part=reply: only the reply itself, for a page that has the list already. */
void desk_reply(struct web_request *r)
{
	bool part = str_eq(web_query(r, "part"), "reply");
	struct acts_reply_view view;
	struct desk_asked asked;
	struct template_value *v;
	struct acts_desk_filter chosen = {0};
	const char *reference, *here;
	struct err err = {0};
	int64_t number;

	if (!desk_reference(r, &reference))
		return;
	if (!desk_filter_read(r, &asked, &err) ||
	    !acts_reply_view_load(&r->acts, r->arena, reference, desk_who(r), &view,
				  &err)) {
		desk_failed(r, &err);
		return;
	}
	number = view.response.number;
	chosen.assigned = view.response.assigned;
	v = desk_values(r,
			arena_printf(r->arena, "%s: %s", view.reference,
				     str_or(view.subject, "(no subject)")),
			"replies");
	desk_coding_values(r, v);
	if (!show_around(r, v, &asked, number, &err) ||
	    !show_codes(r, v, &view, asked.filter.search, &err) ||
	    !(part ? show_own_row(r, v, &asked, number, &err)
		   : show_list(r, v, &asked, number, &err)) ||
	    !desk_choices_show(r, v, &chosen, &err)) {
		desk_failed(r, &err);
		return;
	}
	template_set_bool(v, "part", part);
	template_set(v, "queue", desk_queue_path(r));
	template_set(v, "reply", desk_reply_path(r));
	here = desk_filter_url(r, r->path, desk_filter_query(r, &asked));
	template_set(v, "here", here);
	template_set(v, "here_url", web_escape_url(r->arena, here));
	template_set(
		v, "list",
		desk_filter_url(r, desk_queue_path(r), desk_filter_query(r, &asked)));
	desk_filter_show(r, v, desk_queue_path(r), &asked);
	template_set(v, "triage_script", web_asset(r, "desk-triage.js"));
	show_head(r, v, &view);
	show_claim(r, v, &view.claim);
	desk_reply_show_sides(r, v, &view);
	desk_page(r, part ? "web/desk/reply-body.html" : "web/desk/reply.html", v);
}

/* {"by": "Bea", "mine": false, "until": "14:35"}; by is "" when nobody has it. */
static void answer_claim(struct web_request *r, const struct acts_claim *claim)
{
	AUTO(buf) to = buf_new(4096);
	bool own = claim->staff_id && claim->staff_id == desk_of(r)->session.staff_id;

	buf_str(to, "{\"by\":");
	json_text(to, claim->staff_id ? claim->name : "");
	buf_printf(to, ",\"mine\":%s,\"until\":", own ? "true" : "false");
	json_text(to, claim->staff_id ? desk_short_time(r, claim->until_at) : "");
	buf_str(to, "}\n");
	web_bytes(r, 200, "application/json", buf_text(to), to->len);
}

/* Who has it now: asked again and again while the page is open. */
void desk_claim_state(struct web_request *r)
{
	struct acts_response response;
	struct acts_claim claim;
	const char *reference;
	struct err err = {0};

	if (!desk_reference(r, &reference))
		return;
	if (!acts_response_find(&r->acts, r->arena, reference, &response, &err) ||
	    !acts_claim_of(&r->acts, r->arena, response.id, &claim, &err)) {
		desk_failed(r, &err);
		return;
	}
	answer_claim(r, &claim);
}

void desk_claim_take(struct web_request *r)
{
	bool over = str_eq(web_form(r, "over"), "yes");
	struct acts_claim claim = {0};
	const char *reference;
	struct err err = {0};
	bool ok;

	if (!desk_reference(r, &reference))
		return;
	ok = acts_claim_take(&r->acts, r->arena, reference, ACTS_CLAIM_MINUTES, over,
			     &claim, &err);
	if (str_eq(web_form(r, "part"), "claim") && (ok || err.kind == ERR_CONFLICT)) {
		answer_claim(r, &claim);
		return;
	}
	if (!ok) {
		desk_failed(r, &err);
		return;
	}
	desk_say(r, "You have %s now. Others see that, and cannot change it until %s.",
		 reference, desk_short_time(r, claim.until_at));
	desk_back_or(r, desk_reply_path(r));
}

void desk_claim_release(struct web_request *r)
{
	const char *reference;
	struct err err = {0};

	if (!desk_reference(r, &reference))
		return;
	if (!acts_claim_release(&r->acts, reference, &err)) {
		desk_failed(r, &err);
		return;
	}
	if (str_eq(web_form(r, "part"), "claim")) {
		answer_claim(r, &(struct acts_claim){.staff_id = 0});
		return;
	}
	desk_say(r, "%s is free for others again.", reference);
	desk_back_or(r, desk_reply_path(r));
}
