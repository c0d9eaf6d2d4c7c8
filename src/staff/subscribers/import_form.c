#include "staff/subscribers/import_form.h"
#include "base/numeral.h"
#include "base/str.h"
#include "text/figures/csv.h"

enum { ROWS_MOST = 4 << 20 };

static const char *sent(struct web_request *r, const char *name)
{
	return str_or(web_form(r, name), "");
}

static bool open_text(struct web_request *r, const char *bytes, size_t len,
		      struct import_form *out, struct err *err)
{
	struct import_form form = {.rows = ""};
	const struct roster *roster = &form.plan.roster;

	if (!subscriber_import_open(r->arena, &staff_of(r)->list, bytes, len, &form.plan,
				    err))
		return false;
	form.text = arena_strndup(r->arena, roster->text,
				  (size_t)(roster->end - roster->text));
	form.plan.leave_out_bad = true;
	*out = form;
	return true;
}

/* What a browser says of a path is its last part; some of old say all of it. */
static const char *file_name(struct web_request *r, const char *name)
{
	const char *last = name;

	for (const char *c = name; *c; c++)
		if (*c == '/' || *c == '\\')
			last = c + 1;
	return str_empty(last) ? NULL : arena_printf(r->arena, "%.120s", last);
}

/* Of a text as a page writes it. */
static size_t written(const char *text)
{
	size_t n = 0;

	for (const char *c = text; *c; c++)
		n += *c == '&'                 ? 5
		     : *c == '<' || *c == '>'  ? 4
		     : *c == '"' || *c == '\'' ? 6
					       : 1;
	return n;
}

static bool is_carried(const struct import_form *form, struct err *err)
{
	size_t len = written(form->text) + written(form->rows);
	char size[NUMERAL_TEXT], most[NUMERAL_TEXT];

	numeral_size((int64_t)len, size);
	numeral_size(IMPORT_CARRIED_MOST, most);
	return len <= IMPORT_CARRIED_MOST ||
	       err_set(err, ERR_INPUT,
		       "it is too large: %s, where %s is the most; leave out the columns "
		       "that are not needed, or divide it, and bring in one part after the "
		       "other",
		       size, most);
}

static bool read_upload(struct web_request *r, struct import_form *out, struct err *err)
{
	const struct web_field *file = web_upload(r, "file");
	const char *pasted = sent(r, "pasted");

	if (file && file->len) {
		if (!open_text(r, file->value, file->len, out, err))
			return false;
		subscriber_import_called(&out->plan, r->arena,
					 file_name(r, str_or(file->file_name, "")));
		return true;
	}
	if (str_blank(pasted))
		return err_set(err, ERR_INPUT, "choose a file, or paste the addresses");
	return open_text(r, pasted, strlen(pasted), out, err);
}

bool import_form_upload(struct web_request *r, struct import_form *out, bool *out_large,
			struct err *err)
{
	*out_large = false;
	if (!read_upload(r, out, err))
		return false;
	*out_large = !is_carried(out, err);
	return !*out_large;
}

static void read_columns(struct web_request *r, struct roster *roster)
{
	bool any = false;

	for (size_t i = 0; i < roster->column_count; i++) {
		const char *name = arena_printf(r->arena, "column-%zu", i + 1);
		enum roster_field field;

		if (!roster_field_of(sent(r, name), &field))
			continue;
		roster_use(roster, i, field);
		any = true;
	}
	if (any) /* a person has seen them */
		roster->twice = NULL;
}

static const char *cell_of(const struct roster_row *row, size_t i)
{
	return i < row->count ? row->cells[i] : "";
}

/* A field of one line shows no line ends, and sends none. */
static bool same_but_lines(const char *a, const char *b)
{
	for (;;) {
		while (str_is_space(*a))
			a++;
		while (str_is_space(*b))
			b++;
		if (*a != *b || !*a)
			return *a == *b;
		a++;
		b++;
	}
}

/* The cells of one row as the form has them; true when any is another one now. */
static bool write_row(struct web_request *r, const struct roster *roster,
		      const struct roster_row *row, struct csv_writer *csv)
{
	const char **cells = arena_make(r->arena, const char *, roster->column_count + 1);
	bool other = false;

	for (size_t i = 0; i < roster->column_count; i++) {
		const char *name = arena_printf(r->arena, "cell-%lld-%zu",
						(long long)row->number, i + 1);
		const char *text = web_form(r, name);

		cells[i] = text && !same_but_lines(text, cell_of(row, i))
				   ? str_trim(arena_strdup(r->arena, text))
				   : cell_of(row, i);
		other = other || cells[i] != cell_of(row, i);
	}
	if (!other)
		return false;
	csv_write_int(csv, row->number);
	for (size_t i = 0; i < roster->column_count; i++)
		csv_write(csv, cells[i]);
	csv_write_end_row(csv);
	return true;
}

/* Those that this form puts right, behind those from before. */
static const char *more_rows(struct web_request *r, struct import_form *form)
{
	const struct roster *roster = &form->plan.roster;
	AUTO(arena) arena = arena_new(8192);
	AUTO(buf) to = buf_new(ROWS_MOST);
	struct roster_reader reader;
	struct csv_writer csv;
	struct roster_row row;

	csv_write_begin(&csv, to);
	buf_reset(to);
	buf_str(to, form->rows);
	for (roster_begin(roster, &reader); roster_next(&reader, arena, &row);) {
		if (web_form(r, arena_printf(arena, "row-%lld", (long long)row.number)) &&
		    write_row(r, roster, &row, &csv))
			form->rows_came = true;
		arena_reset(arena);
	}
	return form->rows_came ? arena_strndup(r->arena, buf_text(to), to->len)
			       : form->rows;
}

bool import_form_read(struct web_request *r, struct import_form *out, struct err *err)
{
	const char *text = sent(r, "text");
	struct import_form form;

	if (!open_text(r, text, strlen(text), &form, err))
		return false;
	subscriber_import_called(&form.plan, r->arena, file_name(r, sent(r, "file")));
	if (str_eq(sent(r, "people"), "subscribers"))
		form.plan.roster.people = ROSTER_PEOPLE_SUBSCRIBERS;
	form.plan.basis = str_trim(arena_strdup(r->arena, sent(r, "basis")));
	form.plan.how = str_trim(arena_strdup(r->arena, sent(r, "how")));
	form.plan.wording = str_trim(arena_strdup(r->arena, sent(r, "wording")));
	form.rows = sent(r, "rows");
	read_columns(r, &form.plan.roster);
	if (!roster_edits_read(&form.plan.roster, r->arena, form.rows, err))
		return false;
	form.rows = more_rows(r, &form);
	if (!roster_edits_read(&form.plan.roster, r->arena, form.rows, err) ||
	    !is_carried(&form, err))
		return false;
	*out = form;
	return true;
}

void import_form_show(struct web_request *r, struct template_value *v,
		      const struct import_form *form)
{
	const struct roster *roster = &form->plan.roster;
	struct template_value *columns = template_set_list(v, "kept_columns");

	template_set(v, "text", form->text);
	template_set(v, "file", str_or(form->plan.file, ""));
	template_set(v, "refusing", roster->refusing);
	template_set_bool(v, "are_subscribers",
			  roster->people == ROSTER_PEOPLE_SUBSCRIBERS);
	template_set(v, "rows_put_right", form->rows);
	template_set(v, "basis", str_or(form->plan.basis, ""));
	template_set(v, "how", str_or(form->plan.how, ""));
	template_set(v, "wording", str_or(form->plan.wording, ""));
	template_set(v, "default_basis",
		     subscriber_import_basis(r->op, r->arena, &form->plan));
	for (size_t i = 0; i < roster->column_count; i++) {
		struct template_value *one = template_add_map(columns);

		template_set_int(one, "number", (int64_t)i + 1);
		template_set(one, "field", roster_field_name(roster->columns[i].field));
	}
}

void import_form_steps(struct template_value *v, int at)
{
	static const char *const titles[] = {"File", "Columns", "Result"};
	struct template_value *list = template_set_list(v, "steps");

	for (int i = 0; i < (int)ARRAY_LEN(titles); i++) {
		struct template_value *one = template_add_map(list);

		template_set(one, "title", titles[i]);
		template_set_bool(one, "done", i + 1 < at);
		template_set_bool(one, "here", i + 1 == at);
		template_set(one, "note", NULL);
	}
}
