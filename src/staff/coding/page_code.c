/* One code: what was coded with it as quotes, and what is done to it. */
#include "domain/coding/codeframe.h"
#include "domain/coding/codeframe_log.h"
#include "domain/coding/suggestion.h"
#include "base/numeral.h"
#include "base/str.h"
#include "staff/coding/code_pages.h"
#include "staff/frame/form_seen.h"
#include "staff/frame/pages.h"

#include <inttypes.h>

enum { QUOTES = 50, REPORT_QUOTES = 1000, SPLIT_MOST = 1000 };

static const char *filter_query(struct web_request *r, const struct coded_quote_filter *f)
{
	return arena_printf(r->arena, "below=%s&question=%" PRId64 "&publishable=%s",
			    f->below ? "yes" : "no", f->question,
			    f->publishable ? "yes" : "no");
}

static struct coded_quote_filter filter_read(struct web_request *r, int64_t code)
{
	return (struct coded_quote_filter){
		.code_id = code,
		.below = str_eq(web_query(r, "below"), "yes"),
		.question = web_query_int(r, "question", 0),
		.publishable = str_eq(web_query(r, "publishable"), "yes"),
		.after_response = web_query_int(r, "after", 0),
		.after_coding = web_query_int(r, "after_coding", 0),
		.most = QUOTES,
	};
}

static bool code_in_path(struct web_request *r, struct code *out, struct err *err)
{
	int64_t id;

	if (!str_to_int(web_arg(r, 1), 1, INT64_MAX, &id, err))
		return err_set(err, ERR_ABSENT, "There is no such code.");
	return staff_code_own(r, id, out, err);
}

/* Of acts on codes the code frame has its own log. */
static bool last_change(struct web_request *r, const char **out, struct err *err)
{
	struct codeframe_change *last;
	size_t count;

	if (!codeframe_changes(
		    r->op, r->arena,
		    &(struct codeframe_page){
			    .consultation = staff_of(r)->consultation.name, .most = 1},
		    &last, &count, err))
		return false;
	*out = !count ? NULL
		      : arena_printf(
				r->arena,
				"something of it has changed (the last change of the "
				"code frame: %s%s%.150s)",
				last->staff, *last->staff ? " " : "", last->said);
	return true;
}

bool staff_seen_code(struct web_request *r, struct seen *out, struct err *err)
{
	struct code code;

	if (!code_in_path(r, &code, err) || !last_change(r, &out->told, err))
		return false;
	out->acts = (struct audit_acts){"code", code.id, "*"};
	seen_add(out, "name", code.name);
	seen_add(out, "definition", code.definition);
	seen_add(out, "examples", code.examples);
	seen_add(out, NULL, code.colour);
	seen_add(out, NULL, code.questions);
	seen_add(out, NULL, code.state);
	seen_add(out, NULL, arena_printf(r->arena, "%" PRId64, code.parent_id));
	return true;
}

static void show_code(struct web_request *r, struct template_value *v,
		      const struct code *code)
{
	struct code above;
	struct err err = {0};

	template_set(v, "name", code->name);
	template_set(v, "colour", staff_colour(r, code->colour));
	template_set(v, "definition", code->definition);
	template_set(v, "examples", code->examples);
	template_set(v, "questions", code->questions);
	template_set(v, "all_questions", code->all_questions);
	template_set_int(v, "code_id", code->id);
	template_set_bool(v, "retired", str_eq(code->state, "retired"));
	template_set_bool(v, "live",
			  str_eq(code->state, "live") || str_eq(code->state, "retired"));
	template_set_bool(v, "merged", str_eq(code->state, "merged"));
	if (code->merged_into)
		template_set(v, "merged_url", staff_code_path(r, code->merged_into));
	if (code->parent_id && code_get(r->op, r->arena, code->parent_id, &above, &err)) {
		template_set(v, "parent_url", staff_code_path(r, above.id));
		template_set(v, "parent_name", above.name);
	}
	template_set(v, "code_url", staff_code_path(r, code->id));
	staff_colours_show(v, r, code->colour);
}

/* The questions once more as choices of the filter. */
static bool show_filter(struct web_request *r, struct template_value *v,
			const struct coded_quote_filter *f, struct err *err)
{
	struct template_value *filter = template_set_map(v, "filter");

	template_set_bool(v, "below", f->below);
	template_set_bool(v, "publishable", f->publishable);
	template_set(v, "report",
		     arena_printf(r->arena, "%s/report?%s",
				  staff_code_path(r, f->code_id), filter_query(r, f)));
	template_set_bool(v, "filtered", f->below || f->publishable || f->question);
	return staff_questions_show(r, filter,
				    arena_printf(r->arena, "%" PRId64, f->question), err);
}

/* The code in the path with what was coded with it, as both pages begin. */
struct quotes {
	struct code code;
	struct coded_quote_filter filter;
	struct coded_quotes found;
	struct template_value *values;
};

/* False when it has answered. */
static bool open_quotes(struct web_request *r, const char *title, bool report,
			struct quotes *out)
{
	struct err err = {0};

	if (!code_in_path(r, &out->code, &err)) {
		staff_failed(r, &err);
		return false;
	}
	out->filter = filter_read(r, out->code.id);
	if (report) {
		out->filter.publishable = true;
		out->filter.most = REPORT_QUOTES;
	}
	if (!coded_quotes_load(r->op, r->arena, &out->filter,
			       &out->found, &err)) {
		staff_failed(r, &err);
		return false;
	}
	out->values = staff_values(
		r, arena_printf(r->arena, "%s: %s", title, out->code.name), "coding");
	staff_coding_values(r, out->values);
	show_code(r, out->values, &out->code);
	staff_quotes_show(r, out->values, "", out->found.list, out->found.count);
	return true;
}

/* refused: what its form was refused for, because something else stands now; or NULL. */
static void show(struct web_request *r, const struct err *refused)
{
	const struct coded_quote *last;
	struct err err = {0};
	AUTO(store_txn) moment = staff_seen_moment(r, &err);
	struct staff_form form;
	struct quotes q;

	if (!moment) {
		staff_failed(r, &err);
		return;
	}
	if (!open_quotes(r, "Code", false, &q))
		return;
	template_set(q.values, "form_name", q.code.name);
	template_set(q.values, "form_definition", q.code.definition);
	template_set(q.values, "form_examples", q.code.examples);
	if (refused) {
		form = staff_form_of(r, q.values, page_sentence(r->arena, refused->text));
		staff_seen_tell(&form);
		template_set(q.values, "form_definition",
			     staff_seen_or(r, "definition", q.code.definition));
		template_set(q.values, "form_examples",
			     staff_seen_or(r, "examples", q.code.examples));
	}
	if (!staff_seen_put(r, q.values, staff_seen_code, &err) ||
	    !staff_codes_choices(r, q.values, "choices", q.code.id, &err) ||
	    !staff_questions_show(r, q.values, q.code.questions, &err) ||
	    !show_filter(r, q.values, &q.filter, &err)) {
		staff_failed(r, &err);
		return;
	}
	template_set_bool(q.values, "quotes_any", q.found.count > 0);
	if (q.found.more) {
		last = &q.found.list[q.found.count - 1];
		template_set(q.values, "next",
			     arena_printf(r->arena,
					  "%s?%s&after=%" PRId64 "&after_coding=%" PRId64,
					  staff_code_path(r, q.code.id),
					  filter_query(r, &q.filter), last->response_id,
					  last->coding_id));
	}
	page_show(r, refused ? WEB_CONFLICT : 200, "web/staff/code.html", q.values);
}

void staff_code(struct web_request *r)
{
	show(r, NULL);
}

/* After a change: 0 means that it was so already. */
static void done(struct web_request *r, bool ok, const struct err *err, int64_t change,
		 const char *path, const char *sentence)
{
	if (!ok && staff_seen_refused(r)) {
		show(r, err);
		return;
	}
	if (!ok) {
		staff_failed(r, err);
		return;
	}
	staff_say(r, "%s", change ? sentence : "It was so already; nothing changed.");
	staff_back(r, "%s", path);
}

void staff_code_rename(struct web_request *r)
{
	const char *name = str_or(web_form(r, "name"), "");
	struct code code = {0};
	struct err err = {0};
	int64_t change = 0;
	bool ok;

	ok = code_in_path(r, &code, &err) &&
	     code_rename(r->op, code.id, name, &change, &err);
	done(r, ok, &err, change, staff_code_path(r, code.id),
	     arena_printf(r->arena, "\"%s\" is called \"%s\" now.", code.name, name));
}

void staff_code_describe(struct web_request *r)
{
	struct code_text text = staff_code_text(r);
	struct code code = {0};
	struct err err = {0};
	int64_t change = 0;
	bool ok;

	ok = code_in_path(r, &code, &err) &&
	     code_describe(r->op, code.id, &text, &change, &err);
	done(r, ok, &err, change, staff_code_path(r, code.id),
	     arena_printf(r->arena, "\"%s\" is described so.", code.name));
}

void staff_code_move(struct web_request *r)
{
	int64_t parent = web_form_int(r, "parent", 0), change = 0;
	struct code code = {0}, above;
	struct err err = {0};
	bool ok;

	ok = code_in_path(r, &code, &err) &&
	     (!parent || staff_code_own(r, parent, &above, &err)) &&
	     code_move(r->op, code.id, parent, &change, &err);
	done(r, ok, &err, change, staff_code_path(r, code.id),
	     arena_printf(r->arena, "\"%s\" is moved, with what is below it.",
			  code.name));
}

static void say(struct template_value *list, const char *sentence)
{
	template_set(template_add_map(list), "sentence", sentence);
}

/* What a merge would move, said before it is done. */
void staff_code_merging(struct web_request *r)
{
	struct template_value *v, *kept, *says;
	struct code_merge_counts n = {0};
	struct code code, into;
	struct err err = {0};
	bool counted;

	if (!code_in_path(r, &code, &err) ||
	    !staff_code_own(r, web_query_int(r, "into", 0), &into, &err)) {
		staff_failed(r, &err);
		return;
	}
	counted = code_merge_count(r->op, &code, into.id, &n, &err);
	if (!counted && err.kind != ERR_CONFLICT) {
		staff_failed(r, &err);
		return;
	}
	v = staff_values(
		r, arena_printf(r->arena, "Merge %s into %s?", code.name, into.name),
		"coding");
	says = template_set_list(v, "says");
	say(says,
	    counted ? arena_printf(r->arena,
				   "%" PRId64 " coded passage%s on %s move to %s, which "
				   "is on %s now. %" PRId64
				   " of them %s both, so %s will be on %s.",
				   n.passages, plural(n.passages, "", "s"),
				   staff_responses_count(r, n.own), into.name,
				   staff_responses_count(r, n.other), n.both,
				   plural(n.both, "has", "have"), into.name,
				   staff_responses_count(r, n.own + n.other - n.both))
		    : page_sentence(r->arena, err.text));
	say(says, arena_printf(r->arena,
			       "%s is no code any more then; what is below it goes "
			       "below %s. It can be taken back on the page of the "
			       "code frame.",
			       code.name, into.name));
	err = (struct err){0};
	if (!staff_seen_put(r, v, staff_seen_code, &err)) {
		staff_failed(r, &err);
		return;
	}
	kept = template_add_map(template_set_list(v, "kept"));
	template_set(kept, "name", "into");
	template_set_int(kept, "value", into.id);
	template_set(v, "to",
		     arena_printf(r->arena, "%s/merge", staff_code_path(r, code.id)));
	template_set(v, "does", arena_printf(r->arena, "Merge into %s", into.name));
	template_set(v, "back", staff_code_path(r, code.id));
	template_set(v, "back_words", "Back without merging");
	staff_page(r, "web/staff/code-merge.html", v);
}

void staff_code_merge(struct web_request *r)
{
	struct code code = {0}, into = {0};
	struct err err = {0};
	int64_t change = 0;
	bool ok;

	ok = code_in_path(r, &code, &err) &&
	     staff_code_own(r, web_form_int(r, "into", 0), &into, &err) &&
	     code_merge(r->op, code.id, into.id, &change, &err);
	done(r, ok, &err, change, staff_code_path(r, into.id),
	     arena_printf(r->arena, "\"%s\" is merged into \"%s\".", code.name,
			  into.name));
}

void staff_code_retire(struct web_request *r)
{
	bool retired = !str_eq(web_form(r, "retired"), "no"), ok;
	struct code code = {0};
	struct err err = {0};
	int64_t change = 0;

	ok = code_in_path(r, &code, &err) &&
	     code_retire(r->op, code.id, retired ? CODE_RETIRED : CODE_IN_USE, &change,
			 &err);
	done(r, ok, &err, change, staff_code_path(r, code.id),
	     arena_printf(r->arena, "\"%s\" is offered %s", code.name,
			  retired ? "no more; passages already coded still count."
				  : "again."));
}

/* To be copied into a report: only what may be published, and by whom for who allows that. */
void staff_code_report(struct web_request *r)
{
	struct quotes q;

	if (!open_quotes(r, "Quotes", true, &q))
		return;
	template_set_bool(q.values, "cut", q.found.more);
	staff_page(r, "web/staff/code-report.html", q.values);
}

void staff_code_split(struct web_request *r)
{
	int64_t *ids = arena_make(r->arena, int64_t, SPLIT_MOST), id = 0, change = 0;
	const char *name = str_or(web_form(r, "name"), "");
	struct code code;
	struct err err = {0};
	size_t count = 0;

	for (size_t i = 0; i < r->form.count && count < SPLIT_MOST; i++)
		if (str_eq(r->form.fields[i].name, "coding") &&
		    str_to_int(r->form.fields[i].value, 1, INT64_MAX, &ids[count], &err))
			count++;
	err = (struct err){0};
	if (!code_in_path(r, &code, &err) ||
	    (!count && !err_set(&err, ERR_INPUT,
				"No quote was ticked. Tick those that the new code is to "
				"get.")) ||
	    !code_split(r->op, code.id,
			&(struct code_part){.name = name,
					    .place = str_eq(web_form(r, "below"), "yes")
							     ? CODE_BELOW
							     : CODE_BESIDE,
					    .coding_ids = ids,
					    .count = count},
			&id, &change, &err)) {
		done(r, false, &err, 0, NULL, NULL);
		return;
	}
	staff_say(r, "The new code \"%s\" has %zu quote%s of \"%s\".", name, count,
		  plural(count, "", "s"), code.name);
	staff_back(r, "%s", staff_code_path(r, id));
}
