#include "roster/roster.h"
#include "base/numeral.h"
#include "base/str.h"
#include "roster/roster_private.h"

enum { HEAD_MOST = 64000 };

/* A table without rows has an address in none of them, and is told of as what it is. */
static bool is_head_alone(const struct roster *r)
{
	return r->end - r->text < HEAD_MOST;
}

bool roster_open(struct arena *arena, const char *bytes, size_t len, struct roster *out,
		 struct err *err)
{
	const char *no_text = roster_no_text(bytes, len), *at;
	struct roster r = {.kind = ROSTER_PLAIN};

	if (no_text)
		return err_set(err, ERR_INPUT, "%s", no_text);
	roster_text(&r, arena, bytes, len);
	for (at = r.text; at < r.end;) {
		size_t n = str_unseen(at, (size_t)(r.end - at));

		if (!n)
			break;
		at += n;
	}
	if (at == r.end)
		return err_set(err, ERR_INPUT, "there is nothing in it");
	/* Before it is looked at as this and that; vCards may spell the sign otherwise. */
	if (!roster_has_at(r.text, (size_t)(r.end - r.text)) &&
	    !memmem(r.text, (size_t)(r.end - r.text), "=40", 3) && !is_head_alone(&r))
		return err_set(err, ERR_INPUT, "there is no email address in it");
	if (!roster_cards_open(&r, arena) && !roster_dump_open(&r, arena) &&
	    !roster_table_open(&r, arena)) {
		if (!roster_has_at(r.text, (size_t)(r.end - r.text)))
			return err_set(err, ERR_INPUT, "there is no email address in it");
		roster_plain_open(&r, arena);
	}
	roster_headings(&r, arena);
	*out = r;
	return true;
}

const char *roster_words(const struct roster *roster, struct arena *arena)
{
	static const char *const kinds[] = {[ROSTER_PLAIN] =
						    "addresses, pasted or one a line",
					    [ROSTER_TABLE] = "a table",
					    [ROSTER_CARDS] = "vCards",
					    [ROSTER_DUMP] = "the dump of a list"};
	const char *parts = roster->delimiter == ','    ? "commas"
			    : roster->delimiter == ';'  ? "semicolons"
			    : roster->delimiter == '\t' ? "tabs"
			    : roster->delimiter == '|'  ? "bars"
							: NULL;
	/* What nearly every file is in says nothing to anybody. */
	const char *letters = str_eq(roster->charset, "UTF-8")
				      ? ""
				      : arena_printf(arena, ", in %s", roster->charset);
	const char *from =
		roster->program
			? arena_printf(arena, "an export of %s: ", roster->program)
			: "";

	if (roster->kind != ROSTER_TABLE)
		return arena_printf(arena, "%s%s%s", from, kinds[roster->kind], letters);
	if (!parts)
		parts = arena_printf(arena, "\"%c\"", roster->delimiter);
	return arena_printf(arena, "%s%s of %zu column%s, separated by %s%s%s", from,
			    kinds[roster->kind], roster->column_count,
			    plural((int64_t)roster->column_count, "", "s"), parts,
			    roster->has_head ? "" : ", without a line that names them",
			    letters);
}

void roster_begin(const struct roster *roster, struct roster_reader *out)
{
	*out = (struct roster_reader){
		.of = roster, .at = roster->text, .next = roster->text, .line = 1};
	if (roster->kind == ROSTER_TABLE) {
		out->at = roster->body;
		out->line = roster->body_line;
	}
}

size_t roster_read_bytes(const struct roster_reader *reader)
{
	return (size_t)(reader->at - reader->of->text);
}

static const struct roster_edit *edit_of(const struct roster *r, int64_t number)
{
	size_t low = 0, high = r->edit_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (r->edits[middle].number == number)
			return &r->edits[middle];
		if (r->edits[middle].number < number)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

/* What stands in the cells: one too many, or a letter that was lost. */
static void look_at(const struct roster *r, struct arena *arena, struct roster_row *row)
{
	if (row->wrong == ROSTER_FINE && row->count > r->column_count) {
		row->wrong = ROSTER_LONG;
		row->why = arena_printf(
			arena,
			"has %zu cells, where there are %zu columns; a cell with \"%c\" in it "
			"must stand in quotes",
			row->count, r->column_count, r->delimiter);
	}
	for (size_t i = 0; row->wrong == ROSTER_FINE && i < row->count; i++)
		if (strstr(row->cells[i], "\xEF\xBF\xBD")) {
			row->wrong = ROSTER_UNREADABLE;
			row->why = arena_printf(
				arena, "has a letter that could not be read: \"%s\"",
				roster_short(arena, row->cells[i]));
		}
}

bool roster_next(struct roster_reader *reader, struct arena *arena,
		 struct roster_row *out)
{
	const struct roster *r = reader->of;
	const struct roster_edit *edit;
	struct roster_row row = {0};
	bool end = false;

	switch (r->kind) {
	case ROSTER_TABLE:
		roster_table_next(reader, arena, &row, &end);
		break;
	case ROSTER_CARDS:
		end = !roster_cards_next(reader, arena, &row);
		break;
	case ROSTER_DUMP:
		end = !roster_dump_next(reader, arena, &row);
		break;
	case ROSTER_PLAIN:
		end = !roster_plain_next(reader, arena, &row);
		break;
	}
	if (end)
		return false;
	row.number = ++reader->number;
	edit = r->edit_count ? edit_of(r, row.number) : NULL;
	if (edit) {
		row.cells = edit->cells;
		row.count = edit->count;
		row.wrong = ROSTER_FINE;
		row.why = NULL;
		row.edited = true;
	}
	look_at(r, arena, &row);
	*out = row;
	return true;
}

static int by_number(const void *a, const void *b)
{
	const struct roster_edit *x = a, *y = b;

	return x->number < y->number ? -1 : x->number > y->number;
}

bool roster_edits_read(struct roster *roster, struct arena *arena, const char *text,
		       struct err *err)
{
	struct csv_reader reader;
	struct roster_edit *edits = NULL;
	size_t count = 0, kept = 0;
	struct csv_row row;
	struct err end = {0};

	csv_begin(&reader, text, strlen(text));
	reader.delimiter = ',';
	while (csv_next(&reader, arena, &row, &end)) {
		int64_t number;

		if (!str_to_int(row.cells[0], 1, INT32_MAX, &number, err))
			return false;
		for (size_t i = 1; i < row.count; i++)
			row.cells[i] = roster_trimmed(arena, row.cells[i]);
		edits = arena_grow(arena, edits, count, sizeof(*edits));
		edits[count++] =
			(struct roster_edit){number, row.cells + 1, row.count - 1};
	}
	if (end.kind != ERR_ABSENT)
		return err_set(err, ERR_INPUT, "what was put right cannot be read: %s",
			       end.text);
	if (count)
		qsort(edits, count, sizeof(*edits), by_number);
	/* Of one row the last counts; an edit twice comes from a form that was sent twice. */
	for (size_t i = 0; i < count; i++)
		if (i + 1 == count || edits[i + 1].number != edits[i].number)
			edits[kept++] = edits[i];
	roster->edits = edits;
	roster->edit_count = kept;
	return true;
}
