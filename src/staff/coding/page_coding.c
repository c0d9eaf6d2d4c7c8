/* Coding: where to go, what a search may code, and what needs re-anchoring. */
#include "domain/coding/recode.h"
#include "domain/coding/sample.h"
#include "domain/coding/suggestion.h"
#include "base/numeral.h"
#include "base/str.h"
#include "staff/coding/code_pages.h"
#include "staff/frame/pages.h"

#include <inttypes.h>

enum { SUGGESTIONS = 50, COUNT_RESPONSES = 3000 };

static void show_samples(struct web_request *r, struct template_value *v,
			 const struct sample *samples, size_t count)
{
	struct template_value *list = template_set_list(v, "samples");

	for (size_t i = 0; i < count; i++) {
		struct template_value *one = template_add_map(list);

		template_set_int(one, "number", samples[i].number);
		template_set(one, "consultation", samples[i].consultation);
		template_set_int(one, "units", samples[i].units);
		template_set(one, "url",
			     arena_printf(r->arena, "%s/samples/%" PRId64,
					  staff_queue_path_of(r, samples[i].consultation),
					  samples[i].number));
	}
}

void staff_coding(struct web_request *r)
{
	struct template_value *v = staff_values(r, "Coding", "coding"), *list;
	struct sample *samples;
	struct store_table rows;
	struct err err = {0};
	size_t count;

	if (!rights_consultations(r->op, r->arena, &staff_of(r)->rights,
				  RIGHT_READ_RESPONSES, &rows, &err) ||
	    !samples_mine(r->op, r->arena, &samples, &count, &err)) {
		staff_failed(r, &err);
		return;
	}
	list = template_set_list(v, "consultations");
	for (size_t i = 0; i < rows.count; i++) {
		struct store_row row = table_row(&rows, i);
		struct template_value *one = template_add_map(list);

		template_set(one, "title", row_text(&row, "title"));
		template_set(one, "state", row_text(&row, "state"));
		template_set(one, "queue",
			     staff_queue_path_of(r, row_text(&row, "name")));
	}
	show_samples(r, v, samples, count);
	staff_page(r, "web/staff/coding.html", v);
}

/* What a recoding was asked for; the same fields count first and then do. */
struct asked {
	struct recode recode;
	const char *how;
	struct code code, instead;
};

static bool asked_read(struct web_request *r, struct asked *out, struct err *err)
{
	int64_t code = web_form_int(r, "code", web_query_int(r, "code", 0));
	int64_t instead = web_form_int(r, "instead", web_query_int(r, "instead", 0));
	const char *words = r->method == WEB_POST ? web_form(r, "q") : web_query(r, "q");
	const char *how =
		r->method == WEB_POST ? web_form(r, "how") : web_query(r, "how");

	*out = (struct asked){.how = str_eq(how, "passages") ? "passages" : "responses"};
	out->recode.consultation = staff_of(r)->consultation.name;
	out->recode.who = staff_who(r);
	out->recode.filter =
		(struct response_filter){.search = str_empty(words) ? NULL : words};
	out->recode.passages = str_eq(how, "passages");
	out->recode.code_id = code;
	out->recode.instead_of = instead;
	if (!out->recode.filter.search)
		return err_set(err, ERR_INPUT,
			       "Write the words that the search is to "
			       "find.");
	if (!code)
		return err_set(err, ERR_INPUT, "Choose the code that is to be put.");
	return staff_code_own(r, code, &out->code, err) &&
	       (!instead || staff_code_own(r, instead, &out->instead, err));
}

static void set_choice(struct web_request *r, struct template_value *v, const char *key,
		       int64_t id)
{
	template_set(v, key, id ? arena_printf(r->arena, "%" PRId64, id) : NULL);
}

static void show_count(struct web_request *r, struct template_value *v,
		       const struct asked *asked, const struct recode_count *count)
{
	template_set_bool(v, "counted", true);
	staff_number(v, "responses", count->responses);
	staff_number(v, "codings", count->codings);
	staff_number(v, "already", count->already);
	template_set_bool(v, "any", count->codings > 0);
	template_set_bool(v, "any_already", count->already > 0);
	template_set_int(v, "expect", count->codings);
	template_set(v, "code_name", asked->code.name);
	template_set(v, "instead_name", asked->instead.name);
	template_set(v, "how", asked->how);
	set_choice(r, v, "code", asked->recode.code_id);
	set_choice(r, v, "instead", asked->recode.instead_of);
}

/* So far; the page asks for the next responses by itself. */
static void show_counting(struct web_request *r, struct template_value *v,
			  const struct asked *asked, const struct recode_so_far *so_far)
{
	template_set_bool(v, "counting", true);
	staff_number(v, "looked_at", so_far->looked_at);
	staff_number(v, "codings", so_far->count.codings);
	template_set(
		v, "next",
		arena_printf(r->arena,
			     "%s/recode?q=%s&how=%s&code=%" PRId64 "&instead=%" PRId64
			     "&after=%" PRId64 "&looked_at=%" PRId64 "&responses=%" PRId64
			     "&codings=%" PRId64 "&already=%" PRId64,
			     staff_queue_path(r),
			     web_escape_url(r->arena, asked->recode.filter.search),
			     asked->how, asked->recode.code_id, asked->recode.instead_of,
			     so_far->after, so_far->looked_at, so_far->count.responses,
			     so_far->count.codings, so_far->count.already));
}

/* Counts first: GET with the fields shows what would change; many responses in steps. */
void staff_recode(struct web_request *r)
{
	struct template_value *v = staff_values(r, "Code by search", "coding");
	struct recode_so_far so_far = {
		.after = web_query_int(r, "after", 0),
		.looked_at = web_query_int(r, "looked_at", 0),
		.count = {.responses = web_query_int(r, "responses", 0),
			  .codings = web_query_int(r, "codings", 0),
			  .already = web_query_int(r, "already", 0)}};
	struct asked asked = {0};
	struct err err = {0};

	staff_coding_values(r, v);
	if (!staff_codes_choices(r, v, "choices", 0, &err)) {
		staff_failed(r, &err);
		return;
	}
	template_set(v, "q", web_query(r, "q"));
	template_set_bool(v, "passages", str_eq(web_query(r, "how"), "passages"));
	if (web_query(r, "q")) {
		if (!asked_read(r, &asked, &err) ||
		    !recode_count_on(r->op, &asked.recode, COUNT_RESPONSES, &so_far,
				     &err)) {
			if (err.kind != ERR_INPUT && err.kind != ERR_CONFLICT) {
				staff_failed(r, &err);
				return;
			}
			template_set(v, "problem", page_sentence(r->arena, err.text));
			template_set_bool(v, "has_errors", true);
		} else if (so_far.whole) {
			show_count(r, v, &asked, &so_far.count);
		} else {
			show_counting(r, v, &asked, &so_far);
		}
	}
	staff_page(r, "web/staff/recode.html", v);
}

void staff_recode_do(struct web_request *r)
{
	struct recode_count count;
	struct asked asked;
	struct err err = {0};
	int64_t change;

	if (!asked_read(r, &asked, &err) ||
	    !recode_apply(r->op, &asked.recode, web_form_int(r, "expect", -1), &count,
			  &change, &err)) {
		staff_failed(r, &err);
		return;
	}
	staff_say(r, "%s coding%s of \"%s\" on %s. It can be undone as one.",
		  staff_number_text(r, count.codings), plural(count.codings, "", "s"),
		  asked.code.name, staff_responses_count(r, count.responses));
	staff_back(r, "%s/code-frame#changes", staff_queue_path(r));
}

/* Coded passages whose words moved when a response was read anew. */
void staff_re_anchor(struct web_request *r)
{
	struct template_value *v =
		staff_values(r, "Codes that need re-anchoring", "coding");
	struct coded_quote *quotes;
	struct err err = {0};
	size_t count;

	if (!codings_unanchored(r->op, r->arena, staff_of(r)->consultation.name, &quotes,
				&count, &err)) {
		staff_failed(r, &err);
		return;
	}
	staff_coding_values(r, v);
	staff_quotes_show(r, v, "", quotes, count);
	staff_page(r, "web/staff/re-anchor.html", v);
}

/* It stands in this consultation? The list of those that need re-anchoring says so. */
static bool is_astray(struct web_request *r, int64_t coding, struct coded_quote *out,
		      struct err *err)
{
	struct coded_quote *quotes;
	size_t count;

	if (!codings_unanchored(r->op, r->arena, staff_of(r)->consultation.name, &quotes,
				&count, err))
		return false;
	for (size_t i = 0; i < count; i++)
		if (quotes[i].coding_id == coding) {
			*out = quotes[i];
			return true;
		}
	return err_set(
		err, ERR_ABSENT,
		"That passage does not need re-anchoring any more. Load the page again.");
}

/* act: "end", or "keep" where it was found again. */
void staff_re_anchor_do(struct web_request *r)
{
	bool end = str_eq(web_form(r, "do"), "end"), ok;
	int64_t id = web_form_int(r, "coding", 0);
	struct coded_quote q;
	struct err err = {0};

	ok = is_astray(r, id, &q, &err) &&
	     (end ? coding_end(r->op, id, NULL, &err)
		  : coding_place(r->op, id, &q.where, NULL, &err));
	if (!ok) {
		staff_failed(r, &err);
		return;
	}
	staff_say(r, end ? "\"%s\" is off %s." : "\"%s\" stays where it is on %s.",
		  q.code, q.reference);
	staff_back(r, "%s/re-anchor", staff_queue_path(r));
}

void staff_suggestions(struct web_request *r)
{
	struct template_value *v = staff_values(r, "Suggested codes", "coding");
	int64_t after = web_query_int(r, "after", 0);
	struct coded_quote *quotes;
	struct err err = {0};
	size_t count;

	if (!suggestion_list(r->op, r->arena,
			     &(struct suggestion_page){
				     .consultation = staff_of(r)->consultation.name,
				     .after = after,
				     .most = SUGGESTIONS},
			     &quotes, &count, &err)) {
		staff_failed(r, &err);
		return;
	}
	staff_coding_values(r, v);
	staff_quotes_show(r, v, "s", quotes, count);
	if (count == SUGGESTIONS)
		template_set(v, "next",
			     arena_printf(r->arena, "%s?after=%" PRId64, r->path,
					  quotes[count - 1].coding_id));
	staff_page(r, "web/staff/suggestions.html", v);
}
