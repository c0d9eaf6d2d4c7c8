/* The code frame of a consultation: the tree, what is done to it, and taking that back. */
#include "domain/coding/codeframe.h"
#include "domain/analysis/codeframe_count.h"
#include "domain/coding/codeframe_log.h"
#include "base/str.h"
#include "staff/coding/code_pages.h"
#include "staff/frame/pages.h"
#include "text/figures/palette.h"

#include <inttypes.h>

enum { CHANGES = 30, COUNT_AT_ONCE = 500000 };

static void add_code(struct web_request *r, struct template_value *list,
		     const struct code *c, bool counted)
{
	struct template_value *one = template_add_map(list);

	template_set(one, "name", c->name);
	template_set(one, "url", staff_code_path(r, c->id));
	template_set_int(one, "depth", c->depth);
	template_set(one, "colour", staff_colour(r, c->colour));
	template_set(one, "definition", c->definition);
	template_set(one, "examples", c->examples);
	template_set(one, "questions", c->questions);
	template_set_bool(one, "retired", str_eq(c->state, "retired"));
	if (!counted)
		return;
	staff_number(one, "own", c->own);
	staff_number(one, "whole", c->whole);
	staff_number(one, "quotes", c->quotes);
	staff_number(one, "suggested", c->suggested);
}

static bool show_changes(struct web_request *r, struct template_value *v, struct err *err)
{
	struct template_value *list = template_set_list(v, "changes");
	int64_t before = web_query_int(r, "before", 0);
	struct codeframe_change *changes;
	size_t count;

	if (!codeframe_changes(r->op, r->arena,
			       &(struct codeframe_page){
				       .consultation = staff_of(r)->consultation.name,
				       .before = before,
				       .most = CHANGES},
			       &changes, &count, err))
		return false;
	for (size_t i = 0; i < count; i++) {
		struct template_value *one = template_add_map(list);

		template_set_int(one, "id", changes[i].id);
		template_set(one, "at", staff_short_time(r, changes[i].at));
		template_set(one, "at_long", staff_time(r, changes[i].at));
		template_set(one, "what", changes[i].said);
		template_set(one, "staff", changes[i].staff);
		template_set_bool(one, "undone", changes[i].undone_at != 0);
		if (changes[i].codings > 1)
			staff_number(one, "codings", changes[i].codings);
	}
	if (count == CHANGES)
		template_set(v, "older",
			     arena_printf(r->arena,
					  "%s/code-frame?before=%" PRId64 "#changes",
					  staff_queue_path(r), changes[count - 1].id));
	return true;
}

/* Counting walks over the facts of all responses: with very many, only when asked. */
static bool show_codes(struct web_request *r, struct template_value *v, struct err *err)
{
	struct template_value *list = template_set_list(v, "codes");
	int64_t consultation = staff_of(r)->consultation.id;
	bool counted = str_eq(web_query(r, "count"), "yes") ||
		       staff_responses_of(r) <= COUNT_AT_ONCE;
	struct code *codes;
	size_t count;

	if (!codeframe_load(r->op, r->arena, consultation, &codes, &count, err))
		return false;
	if (counted && !codeframe_count(r->op, consultation, codes, count, err)) {
		if (err->kind != ERR_CONFLICT)
			return false;
		template_set(v, "uncounted", page_sentence(r->arena, err->text));
		*err = (struct err){0};
		counted = false;
	}
	for (size_t i = 0; i < count; i++)
		add_code(r, list, &codes[i], counted);
	template_set_bool(v, "counted", counted);
	template_set_bool(v, "codes_any", count > 0);
	return true;
}

void staff_code_frame(struct web_request *r)
{
	struct template_value *v = staff_values(
		r,
		arena_printf(r->arena, "Code frame: %s", staff_of(r)->consultation.title),
		"coding");
	struct err err = {0};

	if (!show_codes(r, v, &err) || !show_changes(r, v, &err) ||
	    !staff_codes_choices(r, v, "choices", 0, &err) ||
	    !staff_questions_show(r, v, NULL, &err)) {
		staff_failed(r, &err);
		return;
	}
	staff_colours_show(v, r, NULL);
	staff_coding_values(r, v);
	staff_page(r, "web/staff/code-frame.html", v);
}

/* After a change: 0 means that it was so already. */
static void done(struct web_request *r, bool ok, const struct err *err, int64_t change,
		 const char *path, const char *sentence)
{
	if (!ok) {
		staff_failed(r, err);
		return;
	}
	staff_say(r, "%s", change ? sentence : "It was so already; nothing changed.");
	staff_back(r, "%s", path);
}

void staff_code_frame_add(struct web_request *r)
{
	const char *name = str_or(web_form(r, "name"), "");
	int64_t parent = web_form_int(r, "parent", 0), id, change = 0;
	struct code_text text = staff_code_text(r);
	struct code above;
	struct err err = {0};
	bool ok;

	ok = (!parent || staff_code_own(r, parent, &above, &err)) &&
	     code_add(r->op,
		      &(struct code_new){.consultation = staff_of(r)->consultation.name,
					 .name = name,
					 .parent_id = parent,
					 .text = &text},
		      &id, &change, &err);
	done(r, ok, &err, change,
	     arena_printf(r->arena, "%s/code-frame", staff_queue_path(r)),
	     arena_printf(r->arena, "The code \"%s\" is in the code frame.", name));
}

void staff_code_frame_undo(struct web_request *r)
{
	const char *name = staff_of(r)->consultation.name;
	int64_t id = web_form_int(r, "change", 0);
	struct codeframe_change *found;
	struct err err = {0};
	size_t count = 0;
	bool ok;

	ok = codeframe_changes(r->op, r->arena,
			       &(struct codeframe_page){
				       .consultation = name, .before = id + 1, .most = 1},
			       &found, &count, &err);
	if (ok && (!count || found[0].id != id))
		ok = err_set(&err, ERR_ABSENT,
			     "There is no such change in this consultation.");
	ok = ok && codeframe_undo(r->op, id, &err);
	done(r, ok, &err, id,
	     arena_printf(r->arena, "%s/code-frame#changes", staff_queue_path(r)),
	     ok ? arena_printf(r->arena, "Taken back: %s.", found[0].said) : "");
}
