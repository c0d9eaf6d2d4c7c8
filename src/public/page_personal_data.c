#include "domain/personal/personal_data_erase.h"
#include "domain/personal/personal_data.h"
#include "base/str.h"
#include "public/public_pages.h"
#include "public/self.h"

enum { JSON_MAX = 8 << 20 };

/* What serves programs alone, or is said by another column: the file has it. */
static const char *const left_out[] = {"list",   "all_topics", "kind",
				       "effect", "taken_as",   "status"};
/* Columns of a few words of ours each, which held-word.html says in the reader's language. */
static const char *const worded[] = {"state", "event", "how", "frequency"};

static bool is_one_of(const char *column, const char *const *columns, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (str_eq(columns[i], column))
			return true;
	return false;
}

static const char *cell_text(struct web_request *r, const char *column,
			     const struct store_cell *cell)
{
	switch (cell->type) {
	case STORE_INT:
		if (str_ends(column, "_at"))
			return cell->n ? public_time(r, cell->n) : "";
		return arena_printf(r->arena, "%lld", (long long)cell->n);
	case STORE_TEXT:
		return cell->text;
	default:
		return "";
	}
}

/* is_evidence_how_one_click: a template asks about what it knows. */
static void set_word(struct web_request *r, struct template_value *one, const char *of,
		     const char *value)
{
	char *key = arena_printf(r->arena, "is_%s_%s", of, value);

	for (char *c = key; *c; c++)
		if (*c == ' ' || *c == '-')
			*c = '_';
	template_set_bool(one, key, true);
	template_set_bool(one, "worded", true);
}

/* A row of a part, as it is shown to whose it is. */
struct shown {
	struct web_request *r;
	const struct public_self *self;
	const struct personal_data_part *part;
	size_t at;
};

static const struct store_cell *cell_of(const struct store_table *t, size_t i,
					const char *column)
{
	for (size_t c = 0; c < t->columns; c++)
		if (str_eq(t->names[c], column))
			return &t->rows[i][c];
	return NULL;
}

/* Theirs, so there is nothing in it that they may not see. */
static const struct list *own_list(const struct public_self *self, const char *name)
{
	for (size_t i = 0; i < self->person.count; i++)
		if (str_eq(self->person.subscriptions[i].list.name, name))
			return &self->person.subscriptions[i].list;
	return NULL;
}

/*
 * What somebody chose stands in their evidence as the machine has it: "consent; weekly; topics
 * neglect;data", and of a change "neglect;data" or "weekly" alone. False and no error: it is
 * something else.
 */
static bool set_chosen(const struct shown *row, struct template_value *one,
		       const char *basis)
{
	struct web_request *r = row->r;
	const struct store_table *t = &row->part->rows;
	const struct store_cell *event = cell_of(t, row->at, "event"),
				*name = cell_of(t, row->at, "list");
	const struct list *list = own_list(row->self, name->text);
	const char *topics =
		str_eq(event->text, "topics") ? basis : strstr(basis, "; topics ");
	struct err ignored = {0};
	int64_t mask;
	bool all;

	template_set_bool(one, "is_consent", str_starts(basis, "consent"));
	for (size_t f = 0; frequencies[f]; f++)
		if (str_eq(basis, frequencies[f]) ||
		    str_starts(basis,
			       arena_printf(r->arena, "consent; %s; ", frequencies[f])))
			public_set_frequency(one, frequencies[f]);
	if (topics && topics != basis)
		topics += strlen("; topics ");
	if (topics && list && topics_read(list, topics, &mask, &all, &ignored)) {
		template_set_bool(one, "all_topics", all);
		template_set(one, "topics_text",
			     all ? NULL : topics_titles(list, r->arena, mask));
	} else if (topics) {
		template_set(one, "topics_text", topics);
	}
	return str_eq(basis, "consent") || str_starts(basis, "consent; ") ||
	       str_eq(event->text, "topics") || str_eq(event->text, "frequency");
}

static void add_cell(const struct shown *row, struct template_value *cells, size_t c)
{
	struct web_request *r = row->r;
	const struct personal_data_part *part = row->part;
	const char *column = part->rows.names[c];
	const char *text = cell_text(r, column, &part->rows.rows[row->at][c]);
	struct template_value *one;

	if (str_empty(text) || is_one_of(column, left_out, ARRAY_LEN(left_out)))
		return;
	one = template_add_map(cells);
	template_set_bool(one, arena_printf(r->arena, "is_%s", column), true);
	template_set(one, "cell", text);
	if (is_one_of(column, worded, ARRAY_LEN(worded)))
		set_word(r, one, arena_printf(r->arena, "%s_%s", part->name, column),
			 text);
	else if (str_eq(column, "reason") && str_eq(part->name, "evidence"))
		set_word(r, one, "leaving", text);
	else if (str_eq(column, "reason") && str_eq(part->name, "bounces"))
		set_word(r, one, "bounce", text);
	else if (str_eq(column, "topics") && str_eq(text, "all"))
		set_word(r, one, "topics", text);
	else if (str_eq(column, "language"))
		template_set(one, "cell", language_name(text));
	else if (str_eq(column, "basis"))
		template_set_bool(one, "chosen", set_chosen(row, one, text));
}

static void add_part(struct web_request *r, const struct public_self *self,
		     struct template_value *parts, const struct personal_data_part *part)
{
	struct template_value *one = template_add_map(parts), *rows;

	template_set(one, "part", part->name);
	template_set_bool(one, arena_printf(r->arena, "is_%s", part->name), true);
	template_set_bool(one, "has_rows", part->rows.count > 0);
	rows = template_set_list(one, "rows");
	for (size_t i = 0; i < part->rows.count; i++) {
		const struct shown row = {r, self, part, i};
		struct template_value *cells =
			template_set_list(template_add_map(rows), "cells");

		for (size_t c = 0; c < part->rows.columns; c++)
			add_cell(&row, cells, c);
	}
}

/* False when it has answered. */
static bool find_held(struct web_request *r, struct public_self *self,
		      struct personal_data *held)
{
	struct err err = {0};

	if (!public_self_open(r, self))
		return false;
	if (personal_data_load(r->op, r->arena, &self->self, held, &err))
		return true;
	page_failed(r, &err);
	return false;
}

void public_personal_data(struct web_request *r)
{
	struct template_value *v, *parts;
	struct public_self self;
	struct personal_data held;

	if (!find_held(r, &self, &held))
		return;
	v = public_self_values(r, &self);
	parts = template_set_list(v, "parts");
	for (size_t i = 0; i < held.count; i++)
		add_part(r, &self, parts, &held.parts[i]);
	page_show(r, 200, "web/held.html", v);
}

void public_personal_data_json(struct web_request *r)
{
	AUTO(buf) json = buf_new(JSON_MAX);
	struct json to;
	struct public_self self;
	struct personal_data held;

	if (!find_held(r, &self, &held))
		return;
	json_begin(&to, json);
	personal_data_json(r->op, &held, &to);
	if (buf_cut(json))
		page_problem(r, 500,
			     "There is too much to put into one file. Write to us, "
			     "and we send it to you.");
	else
		web_download(r, "application/json; charset=utf-8", "held-about-me.json",
			     buf_text(json), json->len);
}

void public_erase(struct web_request *r)
{
	struct public_self self;

	if (public_self_open(r, &self))
		page_show(r, 200, "web/erase.html", public_self_values(r, &self));
}

void public_erase_post(struct web_request *r)
{
	struct erasure_receipt receipt;
	struct template_value *v;
	struct public_self self;
	struct public_form form;
	struct err err = {0};

	if (!public_self_open(r, &self))
		return;
	v = public_self_values(r, &self);
	if (!str_eq(web_form(r, "sure"), "yes")) {
		public_form_begin(&form, r, v);
		public_form_wrong(&form, "sure", "not_sure");
		page_show(r, 400, "web/erase.html", v);
		return;
	}
	if (!personal_data_erase(r->op, &self.self, &receipt, &err)) {
		page_failed(r, &err);
		return;
	}
	v = page_values(r, "");
	template_set(v, "receipt", receipt.number);
	template_set_bool(v, "has_waiting", receipt.left.at_risk > 0);
	page_show(r, 200, "web/erased.html", v);
}
