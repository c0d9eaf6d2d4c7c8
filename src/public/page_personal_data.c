#include "domain/personal/personal_data_erase.h"
#include "domain/personal/personal_data.h"
#include "base/str.h"
#include "public/public_pages.h"
#include "public/self.h"

enum { JSON_MAX = 8 << 20, HEADING_ROOM = 80 };

/* "wording_version" -> "Wording version"; "settled_at" -> "Settled". */
static void set_heading(struct template_value *to, const char *column)
{
	char text[HEADING_ROOM];
	size_t len;

	str_copy(text, sizeof(text), column);
	len = strlen(text);
	if (str_ends(text, "_at"))
		text[len - 3] = '\0';
	for (char *c = text; *c; c++)
		if (*c == '_')
			*c = ' ';
	if (*text >= 'a' && *text <= 'z')
		*text = (char)(*text - 'a' + 'A');
	template_set(to, "heading", text);
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

/* A row as its names and values; what is empty is left out. */
static void add_row(struct web_request *r, struct template_value *rows,
		    const struct store_table *t, size_t i)
{
	struct template_value *cells = template_set_list(template_add_map(rows), "cells");

	for (size_t c = 0; c < t->columns; c++) {
		const char *text = cell_text(r, t->names[c], &t->rows[i][c]);
		struct template_value *one;

		if (str_empty(text))
			continue;
		one = template_add_map(cells);
		set_heading(one, t->names[c]);
		template_set(one, "cell", text);
	}
}

static void add_part(struct web_request *r, struct template_value *parts,
		     const struct personal_data_part *part)
{
	struct template_value *one = template_add_map(parts), *rows;

	template_set(one, "part", part->name);
	template_set(one, "part_title", language_word(r->op, r->language, part->title));
	template_set_bool(one, "has_rows", part->rows.count > 0);
	rows = template_set_list(one, "rows");
	for (size_t i = 0; i < part->rows.count; i++)
		add_row(r, rows, &part->rows, i);
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
		add_part(r, parts, &held.parts[i]);
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
