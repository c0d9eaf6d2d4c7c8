/* Tables: where cells and rows part, which line names the columns, what is in them. */
#include "base/str.h"
#include "roster/roster_private.h"

#include <strings.h>

enum { DAYS_LOOKED_AT = 5000, TITLE_MOST = 12, BLANK_MOST = 1000 };

/* What a delimiter makes of the beginning of a text. */
struct guess {
	char delimiter;
	const char *const *first;
	size_t count, at_cells, same;
	bool names_address, names_any;
};

static struct csv_reader reader_of(const struct roster *r, const char *at, int line,
				   char delimiter)
{
	return (struct csv_reader){at, r->end, line, delimiter};
}

static bool is_blank_row(const struct csv_row *row)
{
	for (size_t i = 0; i < row->count; i++)
		for (const char *c = row->cells[i]; *c;) {
			size_t n = str_unseen(c, strlen(c));

			if (!n)
				return false;
			c += n;
		}
	return true;
}

static bool read_row(struct csv_reader *reader, struct arena *arena, struct csv_row *out)
{
	AUTO(arena) scratch = arena_new(8192);
	struct err bad = {0};

	/* Rows of nothing cost no memory, and beyond some there is no table. */
	for (int n = 0; n < BLANK_MOST; n++) {
		struct csv_reader here = *reader;

		if (!csv_next(reader, scratch, out, &bad))
			return false;
		if (!is_blank_row(out)) {
			*reader = here;
			return csv_next(reader, arena, out, &bad);
		}
		arena_reset(scratch);
	}
	return false;
}

static size_t filled(const struct csv_row *row)
{
	size_t n = row->count;

	while (n && str_blank(row->cells[n - 1]))
		n--;
	return n;
}

static struct guess guess_of(const struct roster *r, struct arena *arena, const char *at,
			     char delimiter)
{
	struct csv_reader reader = reader_of(r, at, 1, delimiter);
	struct guess g = {.delimiter = delimiter};
	struct csv_row row;

	if (!read_row(&reader, arena, &row))
		return g;
	g.first = row.cells;
	g.count = filled(&row);
	for (size_t i = 0; i < g.count; i++) {
		int rank;
		enum roster_field f = roster_field_by_head(row.cells[i], &rank);

		g.names_address = g.names_address || f == ROSTER_ADDRESS;
		g.names_any = g.names_any || f != ROSTER_NOTHING;
		g.at_cells += strchr(row.cells[i], '@') != NULL;
	}
	for (int n = 0; n < 10 && read_row(&reader, arena, &row); n++)
		g.same += filled(&row) <= g.count && filled(&row) > 1;
	return g;
}

static bool better(const struct guess *a, const struct guess *b)
{
	if (a->names_address != b->names_address)
		return a->names_address;
	if (a->names_any != b->names_any)
		return a->names_any;
	if (a->same != b->same)
		return a->same > b->same;
	return a->count > b->count;
}

/* "sep=;" of Excel: the line is none of the table. */
static const char *past_sep(struct roster *r)
{
	const char *at = r->text;

	if (r->end - at < 6 || strncasecmp(at, "sep=", 4) != 0 ||
	    !strchr(",;\t|:^~#/", at[4]) || !str_is_space(at[5]))
		return NULL;
	r->delimiter = at[4];
	return roster_line_end(at, r->end);
}

/* The column in most of whose cells there is an @; column_count: none. */
static size_t column_of_addresses(const struct roster *r, struct arena *arena)
{
	size_t *with = arena_make(arena, size_t, r->column_count + 1), best = 0;
	struct csv_reader reader = reader_of(r, r->body, r->body_line, r->delimiter);
	struct csv_row row;

	for (int n = 0; n < ROSTER_SAMPLE && read_row(&reader, arena, &row); n++)
		for (size_t i = 0; i < row.count && i < r->column_count; i++)
			with[i] += strchr(row.cells[i], '@') != NULL;
	for (size_t i = 1; i < r->column_count; i++)
		if (with[i] > with[best])
			best = i;
	return r->column_count && with[best] ? best : r->column_count;
}

/* By what stands in them: a column that is called "contact" may hold people's names. */
static void find_address(struct roster *r, struct arena *arena)
{
	size_t named = r->column_count, holds = column_of_addresses(r, arena);

	for (size_t i = 0; i < r->column_count; i++)
		if (r->columns[i].field == ROSTER_ADDRESS)
			named = i;
	if (holds == r->column_count || named == holds)
		return;
	if (named < r->column_count) {
		int rank;

		(void)roster_field_by_head(r->columns[named].head, &rank);
		if (rank < 6)
			return;
		r->columns[named].field = ROSTER_NOTHING;
	}
	r->columns[holds].field = ROSTER_ADDRESS;
}

static bool is_status(struct arena *arena, const char *cell)
{
	static const char *const waiting[] = {"paused",   "pending",  "requested",
					      "inactive", "disabled", "suspended",
					      "archived", NULL};
	char *word = arena_strdup(arena, cell);

	str_lower(word);
	word = str_trim(word);
	/* "OK" and "IN" are parts of a country as well. */
	return str_in(word, waiting) ||
	       (strlen(word) != 2 && roster_status_word(arena, word) != ROSTER_OTHER) ||
	       str_eq(word, "no");
}

/* "State" is a status where its words are; elsewhere it is a part of a country. */
static void check_state(struct roster *r, struct arena *arena)
{
	for (size_t i = 0; i < r->column_count; i++) {
		struct csv_reader reader =
			reader_of(r, r->body, r->body_line, r->delimiter);
		bool status = false, other = false;
		struct csv_row row;

		if (r->columns[i].field != ROSTER_STATUS ||
		    !str_ieq(r->columns[i].head, "state"))
			continue;
		for (int n = 0; n < DAYS_LOOKED_AT && !status; n++) {
			if (!read_row(&reader, arena, &row))
				break;
			if (i >= row.count || str_blank(row.cells[i]))
				continue;
			if (is_status(arena, row.cells[i]))
				status = true;
			else
				other = true;
		}
		if (status || !other)
			continue;
		r->columns[i].field = ROSTER_NOTHING;
		r->columns[i].speaks = false;
	}
}

static void note_day(struct roster *r, const char *cell)
{
	char *end = NULL;
	long a = strtol(cell, &end, 10), b;

	if (end == cell || end - cell > 2 || !strchr("/.-", *end) || !*end)
		return;
	b = strtol(end + 1, NULL, 10);
	if (a > 12 && a <= 31)
		r->days |= ROSTER_DAY_FIRST;
	else if (b > 12 && b <= 31)
		r->days |= ROSTER_MONTH_FIRST;
}

static void note_days(struct roster *r)
{
	AUTO(arena) arena = arena_new(8192);
	struct csv_reader reader = reader_of(r, r->body, r->body_line, r->delimiter);
	struct csv_row row;

	if (!roster_has(r, ROSTER_GIVEN_AT))
		return;
	for (int n = 0; n < DAYS_LOOKED_AT && read_row(&reader, arena, &row); n++) {
		for (size_t i = 0; i < row.count && i < r->column_count; i++)
			if (r->columns[i].field == ROSTER_GIVEN_AT)
				note_day(r, row.cells[i] + strspn(row.cells[i], " "));
		arena_reset(arena);
	}
}

static void take_head(struct roster *r, struct arena *arena, const char *at, int line)
{
	struct csv_reader reader = reader_of(r, at, line, r->delimiter);
	struct csv_row row;
	size_t count;

	if (!read_row(&reader, arena, &row))
		return;
	count = filled(&row);
	r->body = r->has_head ? reader.at : at;
	r->body_line = r->has_head ? reader.line : line;
	/* Without a first line there may be more cells further down. */
	for (int n = 0; !r->has_head && n < ROSTER_SAMPLE; n++) {
		struct csv_row more;

		if (!read_row(&reader, arena, &more))
			break;
		count = filled(&more) > count ? filled(&more) : count;
	}
	r->columns = arena_make(arena, struct roster_column, count + 1);
	r->column_count = count;
	for (size_t i = 0; i < count; i++) {
		const char *head = r->has_head ? roster_trimmed(arena, row.cells[i]) : "";

		r->columns[i].head =
			*head ? head : arena_printf(arena, "Column %zu", i + 1);
	}
}

static bool is_name_like(const char *cell)
{
	size_t letters = 0;

	for (const char *c = cell; *c; c++) {
		letters += str_is_alpha(*c) || (unsigned char)*c >= 0x80;
		if (str_is_digit(*c) || strchr("@/:", *c))
			return false;
	}
	return letters > 1;
}

/* No line names the columns: the address by its @, and a name beside it. */
static void name_by_content(struct roster *r, struct arena *arena)
{
	size_t address = column_of_addresses(r, arena);
	struct csv_reader reader = reader_of(r, r->body, r->body_line, r->delimiter);
	struct csv_row row;

	if (address == r->column_count)
		return;
	r->columns[address].field = ROSTER_ADDRESS;
	if (!read_row(&reader, arena, &row))
		return;
	for (size_t i = 0; i < row.count && i < r->column_count; i++) {
		if (i == address || !is_name_like(row.cells[i]))
			continue;
		r->columns[i].field = ROSTER_NAME;
		return;
	}
}

/* A line of addresses and names is no row of a table, whatever parts them. */
static bool is_of_addresses(const struct roster *r, struct arena *arena, const char *at)
{
	const char *end = roster_line_end(at, r->end);

	return roster_plain_line(arena, at, (size_t)(end - at));
}

static const char *first_line(const struct roster *r)
{
	const char *at = r->text;

	while (at < r->end && str_is_space(*at))
		at++;
	return at;
}

static struct guess best_guess(const struct roster *r, struct arena *arena,
			       const char *at)
{
	static const char delimiters[] = ",;\t|";
	struct guess best = {0};

	for (const char *d = delimiters; *d; d++) {
		struct guess g = guess_of(r, arena, at, *d);

		if (!best.delimiter || better(&g, &best))
			best = g;
	}
	return best;
}

/*
 * Reports have a title above their columns: the first line that names an address, before any
 * that holds one, is the head. Where there is none it is the first line of all.
 */
static const char *find_head(struct roster *r, struct arena *arena, struct guess *out)
{
	const char *head = first_line(r), *at = head;
	bool found = false;

	*out = best_guess(r, arena, at);
	for (int n = 0; n < TITLE_MOST && at < r->end; n++) {
		struct guess g = best_guess(r, arena, at);
		const char *next = roster_line_end(at, r->end);

		/* "Contacts" alone may be the title of what follows. */
		if (g.names_address && !g.at_cells && (!found || g.count > 1)) {
			*out = g;
			head = at;
			found = true;
		}
		if ((found && out->count > 1) || roster_has_at(at, (size_t)(next - at)))
			break;
		at = next;
	}
	return head;
}

bool roster_table_open(struct roster *r, struct arena *arena)
{
	const char *at = past_sep(r);
	struct guess best = {0};
	int line = 1;

	if (!at) {
		at = find_head(r, arena, &best);
		r->delimiter = best.delimiter;
	} else {
		best = guess_of(r, arena, at, r->delimiter);
	}
	for (const char *c = r->text; c < at; c++)
		line += *c == '\n';
	r->has_head = !best.at_cells;
	if (!best.names_address && best.at_cells &&
	    (best.count < 2 || is_of_addresses(r, arena, at)))
		return false;
	take_head(r, arena, at, line);
	if (!r->column_count)
		return false;
	r->kind = ROSTER_TABLE;
	if (r->has_head) {
		roster_columns_name(r, arena);
		find_address(r, arena);
		check_state(r, arena);
	} else {
		name_by_content(r, arena);
	}
	note_days(r);
	return roster_has(r, ROSTER_ADDRESS) &&
	       (best.names_address || column_of_addresses(r, arena) < r->column_count);
}

/* A row that cannot be read as it should: its line, cut wherever a cell may end. */
static void cut_anyhow(const struct roster *r, struct arena *arena, const char *from,
		       const char *to, struct roster_row *out)
{
	const char **cells = NULL;

	while (to > from && (to[-1] == '\n' || to[-1] == '\r'))
		to--;
	for (const char *at = from; out->count < ROSTER_COLUMNS_MOST;) {
		const char *end = memchr(at, r->delimiter, (size_t)(to - at));
		const char *stop = end ? end : to;
		char *cell = arena_strndup(arena, at, (size_t)(stop - at));

		for (char *c = cell; *c; c++)
			if (*c == '"')
				*c = ' ';
		cells = arena_grow(arena, cells, out->count, sizeof(*cells));
		cells[out->count++] = roster_trimmed(arena, cell);
		if (!end)
			break;
		at = end + 1;
	}
	out->cells = cells;
}

static const char *behind_number(const char *text)
{
	const char *colon = strchr(text, ':');

	return colon ? colon + 2 : text;
}

void roster_table_next(struct roster_reader *reader, struct arena *arena,
		       struct roster_row *out, bool *out_end)
{
	const struct roster *r = reader->of;
	struct csv_reader csv = reader_of(r, reader->at, reader->line, r->delimiter);
	AUTO(arena) scratch = arena_new(8192); /* of the rows that are blank, too */
	struct csv_row row = {0};
	struct err bad = {0};
	bool ok = false;

	*out_end = false;
	do {
		/* Where a row that is bad begins: behind the empty lines. */
		while (csv.at < r->end && (*csv.at == '\n' || *csv.at == '\r')) {
			csv.line += *csv.at == '\n';
			csv.at++;
		}
		reader->at = csv.at;
		reader->line = csv.line;
		arena_reset(scratch);
		ok = csv_next(&csv, scratch, &row, &bad);
	} while (ok && is_blank_row(&row));
	if (!ok && bad.kind == ERR_ABSENT) {
		reader->at = r->end;
		*out_end = true;
		return;
	}
	if (ok) {
		const char **cells = arena_make(arena, const char *, row.count + 1);

		out->line = row.line;
		out->count = filled(&row);
		for (size_t i = 0; i < out->count; i++)
			cells[i] = roster_trimmed(arena, row.cells[i]);
		while (out->count && !*cells[out->count - 1])
			out->count--;
		out->cells = cells;
	} else {
		out->line = reader->line;
		out->wrong = ROSTER_UNREADABLE;
		out->why = arena_strdup(arena, behind_number(bad.text));
		cut_anyhow(r, arena, reader->at, csv.at, out);
	}
	reader->at = csv.at;
	reader->line = csv.line;
}
