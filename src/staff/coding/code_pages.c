#include "staff/coding/code_pages.h"
#include "base/numeral.h"
#include "base/str.h"
#include "text/figures/palette.h"
#include "text/words/sentence.h"

#include <inttypes.h>

enum { FORM_QUESTIONS = 8000 };

const char *staff_code_path(struct web_request *r, int64_t code_id)
{
	return arena_printf(r->arena, "%s/codes/%" PRId64, staff_queue_path(r), code_id);
}

bool staff_code_own(struct web_request *r, int64_t code_id, struct code *out,
		    struct err *err)
{
	if (!code_get(r->op, r->arena, code_id, out, err))
		return false;
	return out->consultation_id == staff_of(r)->consultation.id ||
	       err_set(err, ERR_ABSENT, "There is no such code in this consultation.");
}

void staff_colours_show(struct template_value *v, struct web_request *r,
			const char *chosen)
{
	struct template_value *list = template_set_list(v, "colours");

	for (int i = 0; i < PALETTE_COLOURS; i++) {
		struct template_value *one = template_add_map(list);
		const char *name = palette_colours[i].name;

		template_set(one, "name", name);
		template_set(one, "class", staff_colour(r, name));
		template_set_bool(one, "chosen", str_eq(name, chosen));
	}
}

static bool is_in(const char *list, int64_t position)
{
	const char *at = str_or(list, "");

	while (*at) {
		int64_t n = 0;

		for (; str_is_digit(*at); at++)
			n = numeral_with(n, *at - '0');
		if (n == position)
			return true;
		at += *at != '\0';
	}
	return false;
}

bool staff_questions_show(struct web_request *r, struct template_value *v,
			  const char *chosen, struct err *err)
{
	struct template_value *list = template_set_list(v, "asked");
	struct store_table rows;

	if (!consultation_questions(r->op, r->arena, staff_of(r)->consultation.id, &rows,
				    err))
		return false;
	for (size_t i = 0; i < rows.count; i++) {
		struct store_row row = table_row(&rows, i);
		struct template_value *one = template_add_map(list);
		int64_t position = row_int(&row, "position");

		template_set_int(one, "position", position);
		template_set(one, "asked", row_text(&row, "text"));
		template_set_bool(one, "chosen", is_in(chosen, position));
	}
	template_set_bool(v, "asked_any", rows.count > 0);
	return true;
}

/* "1,3" of those that are ticked; NULL: the form does not ask. */
static const char *questions_sent(struct web_request *r)
{
	AUTO(buf) list = buf_new(FORM_QUESTIONS);
	bool asks = false;

	for (size_t i = 0; i < r->form.count; i++) {
		const char *value = r->form.fields[i].value;

		if (!str_eq(r->form.fields[i].name, "questions"))
			continue;
		asks = true;
		if (!str_empty(value))
			buf_printf(list, "%s%s", list->len ? "," : "", value);
	}
	return asks ? arena_strdup(r->arena, buf_text(list)) : NULL;
}

struct code_text staff_code_text(struct web_request *r)
{
	const char *colour = web_form(r, "colour");

	return (struct code_text){
		.definition = web_form(r, "definition"),
		.examples = web_form(r, "examples"),
		.colour = str_empty(colour) ? NULL : colour,
		.questions = questions_sent(r),
	};
}

void staff_coding_values(struct web_request *r, struct template_value *v)
{
	static const struct {
		const char *last, *name;
	} places[] = {{"code-frame", "code_frame"}, {"recode", "recode"},
		      {"samples", "samples"},       {"suggestions", "suggestions"},
		      {"re-anchor", "re_anchor"},   {"analysis", "analysis"},
		      {"report", "report"}};
	const char *last = strrchr(r->path, '/');
	struct template_value *at = template_set_map(v, "at");

	template_set(v, "coding_stylesheet", web_asset(r, "staff-coding.css"));
	template_set(v, "coding_script", web_asset(r, "staff-coding.js"));
	template_set(v, "margin_script", web_asset(r, "staff-margin.js"));
	template_set(v, "decide_script", web_asset(r, "staff-decide.js"));
	template_set(v, "here", r->path);
	for (size_t i = 0; i < ARRAY_LEN(places); i++)
		template_set_bool(at, places[i].name,
				  last && str_eq(last + 1, places[i].last));
}

int64_t staff_responses_of(struct web_request *r)
{
	struct queue overview;
	struct err err = {0};

	if (!queue_load(r->op, r->arena, staff_of(r)->consultation.name, &overview, &err))
		return INT64_MAX;
	return overview.total;
}

static const char *quote_url(struct web_request *r, const struct coded_quote *q,
			     const char *sign)
{
	return arena_printf(r->arena, "%s#%s%s%" PRId64,
			    staff_response_path_of(r, staff_queue_path(r), q->number),
			    q->where.whole ? "code-" : "q-", sign, q->coding_id);
}

void staff_quotes_show(struct web_request *r, struct template_value *v, const char *sign,
		       const struct coded_quote *quotes, size_t count)
{
	struct template_value *list = template_set_list(v, "quotes");

	for (size_t i = 0; i < count; i++) {
		const struct coded_quote *q = &quotes[i];
		struct template_value *one = template_add_map(list);

		template_set_int(one, "id", q->coding_id);
		template_set(one, "reference", q->reference);
		template_set_int(one, "number", q->number);
		template_set(one, "url", quote_url(r, q, sign));
		template_set(one, "place_url",
			     arena_printf(r->arena, "%s#place-%" PRId64,
					  staff_response_path_of(r, staff_queue_path(r),
								 q->number),
					  q->coding_id));
		template_set(one, "code", q->code);
		template_set(one, "text",
			     q->text ? unwrap_passage(r->arena, q->text) : NULL);
		template_set(one, "by", str_or(q->staff, q->by_what));
		template_set_bool(one, "suggested", *sign != '\0');
		template_set_bool(one, "whole", q->where.whole);
		template_set_bool(one, "lost", str_eq(q->placed, "needs re-anchoring"));
		template_set_bool(one, "found_again", str_eq(q->placed, "re-anchored"));
		template_set(one, "file",
			     q->where.whole || str_eq(q->part, "mail") ? NULL : q->part);
		if (q->question)
			template_set_int(one, "question", q->question);
		template_set(one, "asked", q->asked);
		template_set_bool(one, "recognised", q->recognised);
		template_set_bool(one, "may_publish", q->may_publish);
		template_set(one, "named", staff_who(r) ? q->named : NULL);
		template_set(one, "type", staff_word("type", q->type));
		template_set(one, "permission", staff_word("permission", q->permission));
	}
}
