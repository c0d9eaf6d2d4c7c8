#include "store/row_json.h"
#include "base/clock.h"
#include "base/str.h"

bool column_is_time(const char *name)
{
	return str_ends(name, "_at") || str_ends(name, "_since") || str_eq(name, "at");
}

static void cell(struct json *to, const char *name, const struct store_cell *c)
{
	char time[CLOCK_TEXT];

	switch (c->type) {
	case STORE_INT:
		if (!column_is_time(name)) {
			json_put_int(to, name, c->n);
			return;
		}
		clock_rfc3339(c->n, time);
		json_put_text(to, name, time);
		return;
	case STORE_REAL:
		json_put_real(to, name, c->real);
		return;
	case STORE_TEXT:
		json_put_text(to, name, c->text);
		return;
	case STORE_NULL:
	case STORE_BYTES:
		json_put_null(to, name);
		return;
	}
}

void row_json(struct json *to, const char *key, const struct store_row *row)
{
	json_put_object(to, key);
	for (size_t i = 0; i < row->count; i++)
		cell(to, row->names[i], &row->cells[i]);
	json_end(to);
}

void table_json(struct json *to, const char *key, const struct store_table *table)
{
	json_put_array(to, key);
	json_lines(to);
	for (size_t i = 0; i < table->count; i++) {
		struct store_row row = table_row(table, i);

		row_json(to, NULL, &row);
	}
	json_end(to);
}
