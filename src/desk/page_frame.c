/* The code frame of a consultation: the tree, what is done to it, and taking that back. */
#include "acts/codeframe.h"
#include "acts/codeframe_count.h"
#include "acts/frame_change.h"
#include "base/str.h"
#include "desk/code_pages.h"
#include "desk/pages.h"
#include "text/palette.h"

#include <inttypes.h>

enum { CHANGES = 30, COUNT_AT_ONCE = 500000, FORM_QUESTIONS = 8000 };

const char *desk_code_path(struct web_request *r, int64_t code_id)
{
	return arena_printf(r->arena, "%s/code/%" PRId64, desk_queue_path(r), code_id);
}

bool desk_code_own(struct web_request *r, int64_t code_id, struct acts_code *out,
		   struct err *err)
{
	if (!acts_code_get(&r->acts, r->arena, code_id, out, err))
		return false;
	return out->consultation_id == desk_of(r)->consultation.id ||
	       err_set(err, ERR_ABSENT, "There is no such code in this consultation.");
}

void desk_colours_show(struct template_value *v, struct web_request *r,
		       const char *chosen)
{
	struct template_value *list = template_set_list(v, "colours");

	for (int i = 0; i < PALETTE_COLOURS; i++) {
		struct template_value *one = template_add_map(list);
		const char *name = palette_colours[i].name;

		template_set(one, "name", name);
		template_set(one, "class", desk_colour(r, name));
		template_set_bool(one, "chosen", str_eq(name, chosen));
	}
}

static bool is_in(const char *list, int64_t position)
{
	const char *at = str_or(list, "");

	while (*at) {
		int64_t n = 0;

		for (; str_is_digit(*at); at++)
			n = n * 10 + (*at - '0');
		if (n == position)
			return true;
		at += *at != '\0';
	}
	return false;
}

bool desk_questions_show(struct web_request *r, struct template_value *v,
			 const char *chosen, struct err *err)
{
	struct template_value *list = template_set_list(v, "asked");
	struct store_table rows;

	if (!acts_consultation_questions(&r->acts, r->arena, desk_of(r)->consultation.id,
					 &rows, err))
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

static void add_code(struct web_request *r, struct template_value *list,
		     const struct acts_code *c, bool counted)
{
	struct template_value *one = template_add_map(list);

	template_set(one, "name", c->name);
	template_set(one, "url", desk_code_path(r, c->id));
	template_set_int(one, "depth", c->depth);
	template_set(one, "colour", desk_colour(r, c->colour));
	template_set(one, "definition", c->definition);
	template_set(one, "examples", c->examples);
	template_set(one, "questions", c->questions);
	template_set_bool(one, "retired", str_eq(c->state, "retired"));
	if (!counted)
		return;
	desk_number(one, "own", c->own);
	desk_number(one, "whole", c->whole);
	desk_number(one, "quotes", c->quotes);
	desk_number(one, "suggested", c->suggested);
}

static bool show_changes(struct web_request *r, struct template_value *v, struct err *err)
{
	struct template_value *list = template_set_list(v, "changes");
	int64_t before = web_query_int(r, "before", 0);
	struct acts_frame_change *changes;
	size_t count;

	if (!acts_frame_changes(&r->acts, r->arena, desk_of(r)->consultation.name, before,
				CHANGES, &changes, &count, err))
		return false;
	for (size_t i = 0; i < count; i++) {
		struct template_value *one = template_add_map(list);

		template_set_int(one, "id", changes[i].id);
		template_set(one, "at", desk_short_time(r, changes[i].at));
		template_set(one, "at_long", desk_time(r, changes[i].at));
		template_set(one, "what", changes[i].said);
		template_set(one, "staff", changes[i].staff);
		template_set_bool(one, "undone", changes[i].undone_at != 0);
		if (changes[i].codings > 1)
			desk_number(one, "codings", changes[i].codings);
	}
	if (count == CHANGES)
		template_set(v, "older",
			     arena_printf(r->arena, "%s/frame?before=%" PRId64 "#changes",
					  desk_queue_path(r), changes[count - 1].id));
	return true;
}

/* Counting walks over the facts of all replies: with very many, only when asked. */
static bool show_codes(struct web_request *r, struct template_value *v, struct err *err)
{
	struct template_value *list = template_set_list(v, "codes");
	int64_t consultation = desk_of(r)->consultation.id;
	bool counted = str_eq(web_query(r, "count"), "yes") ||
		       desk_replies_of(r) <= COUNT_AT_ONCE;
	struct acts_code *codes;
	size_t count;

	if (!acts_codeframe(&r->acts, r->arena, consultation, &codes, &count, err))
		return false;
	if (counted && !acts_codeframe_count(&r->acts, consultation, codes, count, err)) {
		if (err->kind != ERR_CONFLICT)
			return false;
		template_set(v, "uncounted", web_sentence(r->arena, err->text));
		*err = (struct err){0};
		counted = false;
	}
	for (size_t i = 0; i < count; i++)
		add_code(r, list, &codes[i], counted);
	template_set_bool(v, "counted", counted);
	template_set_bool(v, "codes_any", count > 0);
	return true;
}

void desk_frame(struct web_request *r)
{
	struct template_value *v = desk_values(
		r,
		arena_printf(r->arena, "Code frame: %s", desk_of(r)->consultation.title),
		"coding");
	struct err err = {0};

	if (!show_codes(r, v, &err) || !show_changes(r, v, &err) ||
	    !desk_codes_choices(r, v, "choices", 0, &err) ||
	    !desk_questions_show(r, v, NULL, &err)) {
		desk_failed(r, &err);
		return;
	}
	desk_colours_show(v, r, NULL);
	desk_coding_values(r, v);
	desk_page(r, "web/desk/frame.html", v);
}

/* After an act: 0 means that it was so already. */
static void done(struct web_request *r, bool ok, const struct err *err, int64_t change,
		 const char *path, const char *sentence)
{
	if (!ok) {
		desk_failed(r, err);
		return;
	}
	desk_say(r, "%s", change ? sentence : "It was so already; nothing changed.");
	desk_back(r, "%s", path);
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

static struct acts_code_text text_sent(struct web_request *r)
{
	const char *colour = web_form(r, "colour");

	return (struct acts_code_text){
		.definition = web_form(r, "definition"),
		.examples = web_form(r, "examples"),
		.colour = str_empty(colour) ? NULL : colour,
		.questions = questions_sent(r),
	};
}

void desk_frame_add(struct web_request *r)
{
	const char *name = str_or(web_form(r, "name"), "");
	int64_t parent = web_form_int(r, "parent", 0), id, change = 0;
	struct acts_code_text text = text_sent(r);
	struct acts_code above;
	struct err err = {0};
	bool ok;

	ok = (!parent || desk_code_own(r, parent, &above, &err)) &&
	     acts_code_add(&r->acts, desk_of(r)->consultation.name, name, parent, &text,
			   &id, &change, &err);
	done(r, ok, &err, change, arena_printf(r->arena, "%s/frame", desk_queue_path(r)),
	     arena_printf(r->arena, "The code \"%s\" is in the frame.", name));
}

void desk_frame_undo(struct web_request *r)
{
	const char *name = desk_of(r)->consultation.name;
	int64_t id = web_form_int(r, "change", 0);
	struct acts_frame_change *found;
	struct err err = {0};
	size_t count = 0;
	bool ok;

	ok = acts_frame_changes(&r->acts, r->arena, name, id + 1, 1, &found, &count,
				&err);
	if (ok && (!count || found[0].id != id))
		ok = err_set(&err, ERR_ABSENT,
			     "There is no such change in this consultation.");
	ok = ok && acts_frame_undo(&r->acts, id, &err);
	done(r, ok, &err, id,
	     arena_printf(r->arena, "%s/frame#changes", desk_queue_path(r)),
	     ok ? arena_printf(r->arena, "Taken back: %s.", found[0].said) : "");
}

/* What is done to one code; answers with the page of the code. */
static bool code_of(struct web_request *r, struct acts_code *out, struct err *err)
{
	int64_t id;

	return str_to_int(web_arg(r, 1), 1, INT64_MAX, &id, err) &&
	       desk_code_own(r, id, out, err);
}

void desk_code_rename(struct web_request *r)
{
	const char *name = str_or(web_form(r, "name"), "");
	struct acts_code code = {0};
	struct err err = {0};
	int64_t change = 0;
	bool ok;

	ok = code_of(r, &code, &err) &&
	     acts_code_rename(&r->acts, code.id, name, &change, &err);
	done(r, ok, &err, change, desk_code_path(r, code.id),
	     arena_printf(r->arena, "\"%s\" is called \"%s\" now.", code.name, name));
}

void desk_code_describe(struct web_request *r)
{
	struct acts_code_text text = text_sent(r);
	struct acts_code code = {0};
	struct err err = {0};
	int64_t change = 0;
	bool ok;

	ok = code_of(r, &code, &err) &&
	     acts_code_describe(&r->acts, code.id, &text, &change, &err);
	done(r, ok, &err, change, desk_code_path(r, code.id),
	     arena_printf(r->arena, "\"%s\" is described so.", code.name));
}

void desk_code_move(struct web_request *r)
{
	int64_t parent = web_form_int(r, "parent", 0), change = 0;
	struct acts_code code = {0}, above;
	struct err err = {0};
	bool ok;

	ok = code_of(r, &code, &err) &&
	     (!parent || desk_code_own(r, parent, &above, &err)) &&
	     acts_code_move(&r->acts, code.id, parent, &change, &err);
	done(r, ok, &err, change, desk_code_path(r, code.id),
	     arena_printf(r->arena, "\"%s\" is moved, with what is below it.",
			  code.name));
}

void desk_code_merge(struct web_request *r)
{
	struct acts_code code = {0}, into = {0};
	struct err err = {0};
	int64_t change = 0;
	bool ok;

	ok = code_of(r, &code, &err) &&
	     desk_code_own(r, web_form_int(r, "into", 0), &into, &err) &&
	     acts_code_merge(&r->acts, code.id, into.id, &change, &err);
	done(r, ok, &err, change, desk_code_path(r, into.id),
	     arena_printf(r->arena, "\"%s\" is merged into \"%s\".", code.name,
			  into.name));
}

void desk_code_retire(struct web_request *r)
{
	bool retired = !str_eq(web_form(r, "retired"), "no"), ok;
	struct acts_code code = {0};
	struct err err = {0};
	int64_t change = 0;

	ok = code_of(r, &code, &err) &&
	     acts_code_retire(&r->acts, code.id, retired, &change, &err);
	done(r, ok, &err, change, desk_code_path(r, code.id),
	     arena_printf(r->arena, "\"%s\" is offered %s", code.name,
			  retired ? "no more; its codings stay and count." : "again."));
}
