#include "tests/fuzz/fuzz.h"

#include "text/figures/csv.h"

static bool is_blank(const struct csv_row *row)
{
	return row->count == 1 && !*row->cells[0];
}

/* What we write is what we read, cell by cell, and no cell of it is a formula. */
static void comes_back(struct arena *a, const struct csv_row *row)
{
	AUTO(buf) out = buf_new(1 << 20);
	struct csv_writer writer;
	struct csv_reader reader;
	struct csv_row back;
	struct err err = {0};

	csv_write_begin(&writer, out);
	csv_write(&writer, "a");
	csv_write(&writer, "b"); /* a first line with the delimiter */
	csv_write_end_row(&writer);
	for (size_t i = 0; i < row->count; i++)
		csv_write(&writer, row->cells[i]);
	csv_write_end_row(&writer);
	csv_begin(&reader, buf_text(out), out->len);
	ASSERT(csv_next(&reader, a, &back, &err) && back.count == 2);
	if (is_blank(row))
		return;
	ASSERT(csv_next(&reader, a, &back, &err));
	ASSERT(back.count == row->count);
	for (size_t i = 0; i < row->count; i++)
		if (!str_eq(back.cells[i], row->cells[i]))
			PANIC("cell %zu was [%s] and is [%s]", i, row->cells[i],
			      back.cells[i]);
	ASSERT(!csv_next(&reader, a, &back, &err) && err.kind == ERR_ABSENT);
}

void fuzz_csv(const char *bytes, size_t len)
{
	AUTO(arena) a = arena_new(1 << 14);
	struct csv_reader reader;
	struct err err = {0};
	int line = 0;

	csv_begin(&reader, bytes, len);
	for (;;) {
		const char *before = reader.at;
		struct csv_row row = {0};
		size_t column;

		if (csv_next(&reader, a, &row, &err)) {
			ASSERT(row.count && row.line > line);
			line = row.line;
			for (size_t i = 0; i < row.count; i++)
				fuzz_is_text(row.cells[i]);
			ASSERT(!csv_column(&row, "address", &column) ||
			       column < row.count);
			comes_back(a, &row);
		} else if (err.kind == ERR_INPUT) {
			fuzz_is_said(&err);
		} else {
			ASSERT(err.kind == ERR_ABSENT && reader.at == reader.end);
			break;
		}
		ASSERT(reader.at > before && reader.at <= reader.end);
	}
}
