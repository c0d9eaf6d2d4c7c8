/* What came back, who must not be written to, and who got a bulletin and who did not. */
#include "domain/core/plus_address.h"
#include "domain/delivery/bounce.h"
#include "domain/delivery/ledger.h"
#include "domain/core/bounce_words.h"
#include "domain/subscribers/subscriber_find.h"
#include "domain/subscribers/suppress.h"
#include "domain/delivery/timeline.h"
#include "base/str.h"
#include "staff/frame/pages.h"
#include "staff/bulletins/bulletin_show.h"
#include "staff/frame/words.h"

enum { ROWS = 100, LEDGER_ROWS = 200 };

static void add_next(struct template_value *v, int64_t after, int64_t next)
{
	template_set_bool(v, "first", after == 0);
	if (next)
		template_set_int(v, "next", next);
}

void staff_bounces(struct web_request *r)
{
	const struct list *of = &staff_of(r)->list;
	struct template_value *v = staff_values(r, "What came back", "subscribers"),
			      *list;
	struct find_page page = {.after = web_query_int(r, "after", 0), .most = ROWS};
	struct store_table rows;
	struct err err = {0};
	int64_t next = 0;

	if (!bounce_page(r->op, r->arena,
			 &(struct bounce_find){.list = of->name, .page = page}, &rows,
			 &next, &err)) {
		staff_failed(r, &err);
		return;
	}
	list = template_set_list(v, "rows");
	for (size_t i = 0; i < rows.count; i++) {
		struct store_row row = table_row(&rows, i);
		struct template_value *one = template_add_map(list);

		template_set(one, "at", staff_when(r, row_int(&row, "at")));
		template_set(one, "address", row_text(&row, "address"));
		if (row_int(&row, "number"))
			template_set_int(one, "number", row_int(&row, "number"));
		template_set(one, "verdict",
			     staff_word("verdict", row_text(&row, "verdict")));
		template_set(
			one, "reason",
			bounce_reason_words(mail_reason_named(row_text(&row, "reason"))));
		template_set(one, "diagnostic", row_text(&row, "diagnostic"));
		template_set(one, "words", row_text(&row, "words"));
	}
	add_next(v, page.after, next);
	staff_page(r, "web/staff/bounces.html", v);
}

/* Only those who may see subscribers everywhere: a suppressed address is of every list. */
static bool everywhere(struct web_request *r)
{
	if (rights_have(&staff_of(r)->rights, RIGHT_SUBSCRIBERS, rights_everywhere()))
		return true;
	page_problem(r, 403,
		     "Suppression is for every list, so it takes a role that "
		     "holds everywhere.");
	return false;
}

static void show_suppression(struct web_request *r, const struct err *refused)
{
	struct template_value *v, *list;
	struct find_page page = {.after = web_query_int(r, "after", 0), .most = ROWS};
	struct store_table rows;
	struct err err = {0};
	int64_t next = 0;

	if (!everywhere(r))
		return;
	v = staff_values(r, "Suppression", "subscribers");
	if (!suppression_page(r->op, r->arena, page, &rows, &next, &err)) {
		staff_failed(r, &err);
		return;
	}
	list = template_set_list(v, "rows");
	for (size_t i = 0; i < rows.count; i++) {
		struct store_row row = table_row(&rows, i);
		struct template_value *one = template_add_map(list);

		template_set_int(one, "id", row_int(&row, "id"));
		template_set(one, "at", staff_when(r, row_int(&row, "created_at")));
		template_set(one, "reason", row_text(&row, "reason"));
		template_set(one, "by", row_text(&row, "staff"));
	}
	add_next(v, page.after, next);
	if (refused) {
		staff_refused(r, v, refused);
		template_set(v, "written_address", web_form(r, "address"));
		template_set(v, "written_reason", web_form(r, "reason"));
	}
	page_show(r, refused ? staff_refusal(refused) : 200, "web/staff/suppression.html",
		  v);
}

void staff_suppression(struct web_request *r)
{
	show_suppression(r, NULL);
}

static void suppression_failed(struct web_request *r, const struct err *err)
{
	if (staff_refusal(err))
		show_suppression(r, err);
	else
		staff_failed(r, err);
}

static void to_suppression(struct web_request *r, bool ok, const struct err *err,
			   const char *sentence)
{
	if (!ok) {
		suppression_failed(r, err);
		return;
	}
	staff_say(r, "%s", sentence);
	staff_back(r, "/staff/suppression");
}

void staff_suppress(struct web_request *r)
{
	const char *address = str_or(web_form(r, "address"), "");
	const char *act = str_or(web_form(r, "do"), "");
	struct store_row row;
	struct err err = {0};
	int64_t lists;

	if (!everywhere(r))
		return;
	if (!str_eq(act, "check") && str_blank(web_form(r, "reason"))) {
		(void)err_set(&err, ERR_INPUT,
			      "Write the reason, too: it is kept with it.");
		suppression_failed(r, &err);
		return;
	}
	if (str_eq(act, "add"))
		to_suppression(r,
			       suppression_add(r->op, address, web_form(r, "reason"),
					       &lists, &err),
			       &err, "No list writes to that address any more.");
	else if (str_eq(act, "lift"))
		to_suppression(r,
			       suppress_lift(r->op, address, web_form(r, "reason"), &err),
			       &err, "That address can join again by itself.");
	else if (suppression_of(r->op, r->arena, address, &row, &err))
		to_suppression(r, true, &err, "That address is suppressed.");
	else if (err.kind == ERR_ABSENT)
		to_suppression(r, true, &err, "That address is not suppressed.");
	else
		suppression_failed(r, &err);
}

static void add_ledger(struct web_request *r, struct template_value *v,
		       const struct store_table *rows)
{
	struct template_value *list = template_set_list(v, "rows");

	for (size_t i = 0; i < rows->count && i < LEDGER_ROWS; i++) {
		struct store_row row = table_row(rows, i);
		struct template_value *one = template_add_map(list);

		template_set(one, "address", row_text(&row, "address"));
		template_set(one, "ledger_state",
			     staff_word("mail", row_text(&row, "state")));
		template_set_int(one, "attempts", row_int(&row, "attempts"));
		template_set(one, "at", staff_when(r, row_int(&row, "settled_at")));
		template_set(one, "relay", row_text(&row, "relay"));
		template_set(one, "reply", row_text(&row, "reply"));
	}
	if (rows->count > LEDGER_ROWS) {
		struct store_row last = table_row(rows, LEDGER_ROWS - 1);

		template_set_int(v, "next", row_int(&last, "subscription_id"));
	}
}

/* "Did this person get it, and why not?" A POST, so that no address stands in a log. */
static void answer_why(struct web_request *r, struct template_value *v,
		       const struct bulletin *b)
{
	const char *address = web_form(r, "address");
	struct delivery_asked asked = {address, b->list.name, b->number};
	struct delivery_told told;
	struct err err = {0};

	if (str_empty(address))
		return;
	template_set(v, "asked", address);
	template_set(v, "answer",
		     delivery_reason_find(r->op, r->arena, &asked, &told, &err)
			     ? told.words
			     : arena_strdup(r->arena, err.text));
}

void staff_ledger(struct web_request *r)
{
	const char *state = r->method == WEB_GET ? web_query(r, "state") : NULL;
	struct ledger_filter filter = {
		.state = str_empty(state) ? NULL : state,
		.after = r->method == WEB_GET ? web_query_int(r, "after", 0) : 0,
		.most = (int64_t)LEDGER_ROWS + 1,
	};
	struct template_value *v, *states;
	struct bulletin b;
	struct store_table rows;
	struct err err = {0};

	if (!staff_bulletin_load(r, &b))
		return;
	v = staff_values(
		r, arena_printf(r->arena, "Who got bulletin #%lld", (long long)b.number),
		"bulletins");
	staff_bulletin_values(r, v, &b);
	answer_why(r, v, &b);
	if (!ledger_page(r->op, r->arena, b.id, &filter, &rows, &err)) {
		staff_failed(r, &err);
		return;
	}
	add_ledger(r, v, &rows);
	template_set(v, "state_asked", str_or(filter.state, ""));
	template_set_bool(v, "first", filter.after == 0);
	states = template_set_list(v, "states");
	for (const char *const *s = delivery_states; *s; s++) {
		struct template_value *one = template_add_map(states);

		template_set(one, "word", *s);
		template_set(one, "text", staff_word("mail", *s));
		template_set_bool(one, "chosen", str_eq(*s, filter.state));
	}
	staff_page(r, "web/staff/ledger.html", v);
}
