/* What was coded with a code, as a list of quotes; see domain/coding/coding.h. */
#include "domain/admin/consultation.h"
#include "domain/coding/codeframe_private.h"
#include "domain/responses/reference.h"
#include "base/str.h"

#include <inttypes.h>

enum { QUOTES_MOST = 1000 };

static bool question_of(struct operation *op, struct arena *arena, struct coded_quote *q,
			struct err *err)
{
	struct store_row row;

	if (q->where.whole || str_eq(q->placed, "needs re-anchoring"))
		return true;
	if (!store_one(op->store, arena, &row, err, SQL_QUOTE_QUESTION, "iiii",
		       q->response_id, q->where.part, q->where.from, q->where.to))
		return err_forgive(err, ERR_ABSENT);
	q->question = row_int(&row, "position");
	q->asked = row_text(&row, "asked");
	return true;
}

/* The words of a reply are read into an arena of their own: files may be long. */
static bool text_of(struct operation *op, struct arena *arena, struct coded_quote *q,
		    struct err *err)
{
	AUTO(arena) one = arena_new(1 << 15);
	struct response_text words;

	q->text = "";
	q->part = "";
	if (q->where.whole)
		return true;
	if (!response_text_load(op, one, q->response_id, &words, err))
		return false;
	for (size_t i = 0; i < words.count; i++) {
		const struct text_part *p = &words.parts[i];

		if (p->position != q->where.part)
			continue;
		q->part = arena_strdup(arena, p->name);
		q->recognised =
			p->recognised &&
			q->where.to > (int64_t)str_utf8_count(
					      p->text, (size_t)(p->recognised - p->text));
	}
	if (!str_eq(q->placed, "needs re-anchoring") &&
	    codeframe_part(&words, q->where.part))
		q->text = passage_text(arena, codeframe_part(&words, q->where.part),
				       q->where.from, q->where.to);
	return true;
}

bool codeframe_quotes(struct operation *op, struct arena *arena,
		      const struct store_table *rows, struct coded_quote *out,
		      struct err *err)
{
	for (size_t i = 0; i < rows->count; i++) {
		struct store_row row = table_row(rows, i);
		struct coded_quote *q = &out[i];

		*q = (struct coded_quote){
			.coding_id = row_int(&row, "id"),
			.response_id = row_int(&row, "response_id"),
			.number = row_int(&row, "number"),
			.at = row_int(&row, "at"),
			.code = row_text(&row, "code"),
			.staff = row_text(&row, "staff"),
			.by_what = row_text(&row, "by_what"),
			.placed = row_text(&row, "placed"),
			.type = row_text(&row, "type"),
			.permission = row_text(&row, "permission"),
			.named = row_text(&row, "named"),
		};
		q->reference = response_reference(arena, row_text(&row, "consultation"),
						  q->number);
		q->may_publish = str_eq(q->permission, "name") ||
				 str_eq(q->permission, "without name");
		codeframe_where(&row, &q->where);
		if (!question_of(op, arena, q, err) || !text_of(op, arena, q, err))
			return false;
	}
	return true;
}

static int by_reply(const void *a, const void *b)
{
	const struct store_row *one = a, *other = b;
	int64_t x = row_int(one, "response_id"), y = row_int(other, "response_id");

	if (x == y) {
		x = row_int(one, "id");
		y = row_int(other, "id");
	}
	return x < y ? -1 : x > y;
}

/* The next rows of every code, in one order: each code is a walk along its index. */
static bool next_rows(struct operation *op, struct arena *arena,
		      const struct coded_quote_filter *f, size_t most,
		      struct store_table *out, struct err *err)
{
	struct store_table codes = {.count = 1}, t;
	struct store_row *rows = NULL;
	size_t count = 0;

	if (f->below &&
	    !store_all(op->store, arena, &codes, err, SQL_CODE_BELOW, "i", f->code_id))
		return false;
	*out = (struct store_table){0};
	for (size_t i = 0; i < codes.count; i++) {
		int64_t code = f->code_id;

		if (f->below) {
			struct store_row row = table_row(&codes, i);

			code = row_int(&row, "id");
		}
		if (!store_all(op->store, arena, &t, err, SQL_QUOTES_PAGE, "iiiiiii",
			       code, f->after_response, f->after_coding, f->question,
			       (int64_t)f->publishable, op->staff_id, (int64_t)most + 1))
			return false;
		for (size_t k = 0; k < t.count; k++) {
			rows = arena_grow(arena, rows, count, sizeof(*rows));
			rows[count++] = table_row(&t, k);
		}
		out->names = t.names;
		out->columns = t.columns;
	}
	if (count)
		qsort(rows, count, sizeof(*rows), by_reply);
	out->rows = arena_make(arena, struct store_cell *, count + 1);
	out->count = count;
	for (size_t i = 0; i < count; i++)
		out->rows[i] = arena_memdup(arena, rows[i].cells,
					    out->columns * sizeof(*rows[i].cells));
	return true;
}

bool coded_quotes_load(struct operation *op, struct arena *arena,
		       const struct coded_quote_filter *filter, struct coded_quotes *out,
		       struct err *err)
{
	size_t most =
		filter->most && filter->most < QUOTES_MOST ? filter->most : QUOTES_MOST;
	struct store_table rows;

	if (!next_rows(op, arena, filter, most, &rows, err))
		return false;
	out->more = rows.count > most;
	if (out->more)
		rows.count = most;
	out->list = arena_make(arena, struct coded_quote, rows.count + 1);
	out->count = rows.count;
	return codeframe_quotes(op, arena, &rows, out->list, err);
}

bool codings_unanchored(struct operation *op, struct arena *arena,
			const char *consultation, struct coded_quote **out,
			size_t *out_count, struct err *err)
{
	struct consultation c;
	struct store_table rows;

	if (!consultation_named(op, arena, consultation, &c, err) ||
	    !store_all(op->store, arena, &rows, err, SQL_QUOTES_ASTRAY, "iii", c.id,
		       op->staff_id, (int64_t)QUOTES_MOST))
		return false;
	*out = arena_make(arena, struct coded_quote, rows.count + 1);
	*out_count = rows.count;
	return codeframe_quotes(op, arena, &rows, *out, err);
}
