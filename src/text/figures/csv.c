#include "text/figures/csv.h"

#include "base/str.h"

#include <glib.h>

enum { CELL_MAX_BYTES = 64000, CELLS_MAX = 200 };

static const char too_long[] = "a cell is longer than 64,000 bytes; shorten it";

/* What a spreadsheet takes for the beginning of a formula, in every width and shape. */
static const char *const formula_starts[] = {
	"=",
	"+",
	"-",
	"@",
	"\t",
	"\r",
	"\n",
	"\xEF\xBC\x9D", /* = full width */
	"\xEF\xBC\x8B",
	"\xEF\xBC\x8D",
	"\xEF\xBC\xA0",
	"\xEF\xB9\xA6", /* = small */
	"\xEF\xB9\xA2",
	"\xEF\xB9\xA3",
	"\xEF\xB9\xAB",
	"\xE2\x81\xBA", /* + raised, + lowered, and so on */
	"\xE2\x81\xBB",
	"\xE2\x81\xBC",
	"\xE2\x82\x8A",
	"\xE2\x82\x8B",
	"\xE2\x82\x8C",
	"\xE2\x88\x92"}; /* minus */

void csv_begin(struct csv_reader *reader, const char *bytes, size_t len)
{
	const char *end = bytes + len, *newline;
	size_t first;

	if (len >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0)
		bytes += 3;
	*reader = (struct csv_reader){bytes, end, 1, ','};
	newline = memchr(bytes, '\n', (size_t)(end - bytes));
	first = (size_t)((newline ? newline : end) - bytes);
	if (memchr(bytes, ',', first))
		return;
	if (memchr(bytes, ';', first))
		reader->delimiter = ';';
	else if (memchr(bytes, '\t', first))
		reader->delimiter = '\t';
}

/* Just behind the line end at or after "at". */
static const char *behind_line(const struct csv_reader *r, const char *at)
{
	const char *newline = memchr(at, '\n', (size_t)(r->end - at));

	return newline ? newline + 1 : r->end;
}

static bool line_ends(const struct csv_reader *r, const char *at)
{
	return at == r->end || *at == '\n' ||
	       (*at == '\r' && (at + 1 == r->end || at[1] == '\n'));
}

/* Goes on behind the line that the record began on: a quote left open costs one line. */
static bool bad(struct csv_reader *r, const char *record, int line, struct err *err,
		const char *what)
{
	r->at = behind_line(r, record);
	r->line = line + 1;
	return err_set(err, ERR_INPUT, "line %d: %s", line, what);
}

static const char *check_cell(const char *bytes, size_t len)
{
	if (len > CELL_MAX_BYTES)
		return too_long;
	if (!str_utf8_valid(bytes, len))
		return "is not UTF-8 text; save the file as \"CSV UTF-8\"";
	for (size_t i = 0; i < len; i++)
		if (((unsigned char)bytes[i] < 0x20 && !strchr("\t\r\n", bytes[i])) ||
		    !bytes[i] || bytes[i] == 0x7F)
			return "a control character; delete it";
	return NULL;
}

/* Reads the cell at r->at into "cell"; the sentence of what is wrong, or NULL. */
static const char *read_cell(struct csv_reader *r, struct buf *cell)
{
	const char *from = r->at;

	buf_reset(cell);
	if (r->at == r->end || *r->at != '"') {
		while (!line_ends(r, r->at) && *r->at != r->delimiter)
			r->at++;
		buf_add(cell, from, (size_t)(r->at - from));
		return buf_cut(cell) ? too_long : NULL;
	}
	for (from = ++r->at; r->at < r->end; r->at++) {
		r->line += *r->at == '\n';
		if (r->at - from > CELL_MAX_BYTES)
			return too_long; /* or each line would be read to the file's end */
		if (*r->at != '"')
			continue;
		buf_add(cell, from, (size_t)(r->at - from));
		if (r->at + 1 == r->end || r->at[1] != '"') {
			r->at++;
			return line_ends(r, r->at) || *r->at == r->delimiter
				       ? NULL
				       : "text behind the closing quote of a cell; put it inside";
		}
		from = ++r->at; /* two quotes are one */
	}
	return "a quote is opened and never closed";
}

static const char *behind_one_of(const char *text, const char *const *list, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (str_starts(text, list[i]))
			return text + strlen(list[i]);
	return NULL;
}

/* A mark with no letter below it, or that chooses a shape, is not seen at a cell's beginning. */
static size_t unseen(const char *text, size_t len)
{
	size_t n = str_unseen(text, len);

	if (n)
		return n;
	n = str_utf8_char(text, len);
	return n && g_unichar_ismark(g_utf8_get_char(text)) ? n : 0;
}

/* Behind whatever is not seen, and apostrophes: with one more or less it comes back as it was. */
static bool like_formula(const char *text)
{
	const char *end = text + strlen(text);

	for (size_t n = 1; n && text < end; text += n) {
		if (behind_one_of(text, formula_starts, ARRAY_LEN(formula_starts)))
			return true;
		n = *text == '\'' ? 1 : unseen(text, (size_t)(end - text));
	}
	return false;
}

static const char *read_record(struct csv_reader *r, struct arena *arena,
			       struct csv_row *row)
{
	AUTO(buf) cell = buf_new(CELL_MAX_BYTES + 1);

	for (;;) {
		const char *what = read_cell(r, cell), *text;

		if (!what)
			what = check_cell(buf_text(cell), cell->len);
		if (!what && row->count == CELLS_MAX)
			what = "more than 200 cells";
		if (what)
			return what;
		text = buf_text(cell);
		if (*text == '\'' && like_formula(text))
			text++;
		row->cells =
			arena_grow(arena, row->cells, row->count, sizeof(*row->cells));
		row->cells[row->count++] = arena_strdup(arena, text);
		if (line_ends(r, r->at))
			break;
		r->at++;
	}
	r->at = behind_line(r, r->at);
	r->line++;
	return NULL;
}

bool csv_next(struct csv_reader *reader, struct arena *arena, struct csv_row *out,
	      struct err *err)
{
	const char *record, *what;
	struct csv_row row = {0};

	while (reader->at < reader->end && line_ends(reader, reader->at)) {
		reader->at = behind_line(reader, reader->at);
		reader->line++;
	}
	if (reader->at == reader->end)
		return err_set(err, ERR_ABSENT, "no more lines");
	record = reader->at;
	row.line = reader->line;
	what = read_record(reader, arena, &row);
	if (what)
		return bad(reader, record, row.line, err, what);
	*out = row;
	return true;
}

bool csv_column(const struct csv_row *head, const char *name, size_t *out)
{
	for (size_t i = 0; i < head->count; i++) {
		const char *cell = head->cells[i];
		size_t len = strlen(name);

		while (*cell == ' ')
			cell++;
		if (!str_istarts(cell, name) || cell[len + strspn(cell + len, " ")])
			continue;
		*out = i;
		return true;
	}
	return false;
}

const char *csv_cell(const struct csv_row *row, size_t column)
{
	return column < row->count ? row->cells[column] : "";
}

static bool plain_number(const char *text)
{
	size_t digits, more = 0;

	text += *text == '-';
	digits = strspn(text, "0123456789");
	text += digits;
	if (*text == '.') {
		more = strspn(text + 1, "0123456789");
		text += more ? more + 1 : 0;
	}
	return digits && !*text;
}

static void next_cell(struct csv_writer *writer)
{
	if (writer->in_row)
		buf_char(writer->out, ',');
	writer->in_row = true;
}

void csv_write_begin(struct csv_writer *writer, struct buf *out)
{
	*writer = (struct csv_writer){.out = out};
	buf_str(out, "\xEF\xBB\xBF");
}

void csv_write(struct csv_writer *writer, const char *text)
{
	bool guard, quote;

	next_cell(writer);
	if (str_empty(text))
		return;
	guard = like_formula(text) && !plain_number(text);
	quote = strpbrk(text, "\",;\t\r\n") || *text == ' ' ||
		text[strlen(text) - 1] == ' ';
	buf_str(writer->out, quote ? "\"" : "");
	buf_str(writer->out, guard ? "'" : "");
	for (const char *c = text; *c; c++) {
		if (*c == '"')
			buf_char(writer->out, '"');
		buf_char(writer->out, *c);
	}
	buf_str(writer->out, quote ? "\"" : "");
}

void csv_write_int(struct csv_writer *writer, int64_t number)
{
	next_cell(writer);
	buf_printf(writer->out, "%lld", (long long)number);
}

void csv_write_end_row(struct csv_writer *writer)
{
	buf_str(writer->out, "\r\n");
	writer->in_row = false;
}
