#include "tests/fuzz/fuzz.h"

#include "roster/roster.h"

enum { ROWS_MOST = 4000 };

static void look_at(const struct roster *r, struct arena *a, const struct roster_row *row)
{
	struct roster_person p;
	struct roster_fault fault = {0};

	for (size_t i = 0; i < row->count; i++)
		fuzz_is_text(row->cells[i]);
	ASSERT((row->wrong == ROSTER_FINE) == !row->why);
	if (roster_person_of(r, a, row, "Europe/London", &p, &fault)) {
		ASSERT(row->count <= r->column_count && strchr(p.address, '@'));
		if (p.name)
			fuzz_is_text(p.name);
	} else {
		ASSERT(fault.wrong != ROSTER_FINE && fault.why);
		fuzz_is_text(fault.why);
	}
}

/* Whatever it is, each row is counted once, and a text that it gave out is taken again. */
static int64_t rows_of(const struct roster *r)
{
	AUTO(arena) a = arena_new(1 << 14);
	struct roster_reader reader;
	struct roster_row row;
	int64_t n = 0;
	int line = 0;

	for (roster_begin(r, &reader); n < ROWS_MOST && roster_next(&reader, a, &row);
	     n++) {
		ASSERT(row.number == n + 1 && row.line >= line && row.count);
		line = row.line;
		look_at(r, a, &row);
		ASSERT(reader.at <= r->end);
		arena_reset(a);
	}
	return n;
}

void fuzz_roster(const char *bytes, size_t len)
{
	AUTO(arena) a = arena_new(1 << 14);
	struct roster r, again;
	struct err err = {0};
	int64_t n;

	if (!roster_open(a, bytes, len, &r, &err)) {
		fuzz_is_said(&err);
		return;
	}
	ASSERT(r.column_count && r.text <= r.end);
	fuzz_is_text(roster_words(&r, a));
	for (size_t i = 0; i < r.column_count; i++)
		fuzz_is_text(r.columns[i].head);
	n = rows_of(&r);
	/* A form carries the text on: it means the same there. */
	ASSERT(roster_open(a, r.text, (size_t)(r.end - r.text), &again, &err));
	ASSERT(again.kind == r.kind && again.column_count == r.column_count);
	ASSERT(rows_of(&again) == n);
}
