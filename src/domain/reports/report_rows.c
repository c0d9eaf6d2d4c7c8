/* Tables that were typed by hand; see report_check.h. */
#include "domain/reports/report_check_private.h"
#include "base/str.h"

#include <inttypes.h>

enum { CELLS_MOST = 24, NEAR_LINES = 3 };

struct typed_row {
	int line; /* from 1 */
	char *cells[CELLS_MOST];
	size_t count;
};

struct typed_table {
	struct typed_row head, *rows;
	size_t count;
	size_t from, to; /* lines from 0 */
};

static bool is_rule(const char *line)
{
	return strchr(line, '-') && line[strspn(line, " |:-\t\r")] == '\0' &&
	       strchr(line, '|');
}

bool report_is_table(const struct report_lines *lines, size_t at)
{
	return at + 1 < lines->count && strchr(lines->list[at], '|') &&
	       is_rule(lines->list[at + 1]);
}

static void split_cells(struct arena *arena, const char *line, int number,
			struct typed_row *out)
{
	char *at = str_trim(arena_strdup(arena, line));
	size_t len = strlen(at);

	*out = (struct typed_row){.line = number};
	if (len && at[len - 1] == '|')
		at[len - 1] = '\0';
	if (*at == '|')
		at++;
	while (out->count < CELLS_MOST) {
		char *bar = strchr(at, '|');

		if (bar)
			*bar = '\0';
		at = str_trim(at);
		while (*at == '*' || *at == '_')
			at++;
		for (char *end = at + strlen(at);
		     end > at && (end[-1] == '*' || end[-1] == '_');)
			*--end = '\0';
		out->cells[out->count++] = at;
		if (!bar)
			return;
		at = bar + 1;
	}
}

static void read_table(struct arena *arena, const struct report_lines *lines, size_t at,
		       struct typed_table *out)
{
	*out = (struct typed_table){.from = at};
	split_cells(arena, lines->list[at], (int)at + 1, &out->head);
	for (at += 2; at < lines->count && strchr(lines->list[at], '|'); at++) {
		out->rows = arena_grow(arena, out->rows, out->count, sizeof(*out->rows));
		split_cells(arena, lines->list[at], (int)at + 1,
			    &out->rows[out->count++]);
	}
	out->to = at;
}

/* A cell that is one number and nothing else. */
static bool one_number(struct arena *arena, const char *cell, struct report_number *out)
{
	struct report_number *list;

	if (!cell || !*cell || report_numbers(arena, cell, &list) != 1 || list->from ||
	    cell[list->to + strspn(cell + list->to, " ")])
		return false;
	*out = *list;
	return true;
}

static bool is_total(const char *label)
{
	static const char *const totals[] = {"total",
					     "totals",
					     "all",
					     "base",
					     "n",
					     "sum",
					     "all responses",
					     "all respondents",
					     "total (n)",
					     "all answers",
					     NULL};

	for (size_t i = 0; totals[i]; i++)
		if (str_ieq(label, totals[i]))
			return true;
	return str_istarts(label, "total ");
}

/* N of a column: of its head, of the table's first head, or of what stands around it. */
static bool stated_n(const struct report_lines *lines, const struct typed_table *t,
		     size_t column, int64_t *out)
{
	if (report_says_n(t->head.cells[column], out) ||
	    report_says_n(t->head.cells[0], out))
		return true;
	for (size_t i = 1, seen = 0; i <= t->from && seen < NEAR_LINES; i++) {
		const char *line = lines->list[t->from - i];

		seen += !str_blank(line);
		if (report_says_n(line, out))
			return true;
		if (*line == '#')
			break;
	}
	for (size_t i = t->to, seen = 0; i < lines->count && seen < 1; i++) {
		seen += !str_blank(lines->list[i]);
		if (report_says_n(lines->list[i], out))
			return true;
	}
	return false;
}

struct column {
	int64_t sum, total;
	size_t counts;
	int total_line;
};

static void add_up(struct arena *arena, const struct typed_table *t, size_t at,
		   struct column *out)
{
	*out = (struct column){0};
	for (size_t i = 0; i < t->count; i++) {
		struct report_number n;

		if (at >= t->rows[i].count ||
		    !one_number(arena, t->rows[i].cells[at], &n) ||
		    n.kind != REPORT_COUNT_TYPED || n.of)
			continue;
		if (is_total(t->rows[i].cells[0])) {
			out->total = n.n;
			out->total_line = t->rows[i].line;
			continue;
		}
		out->sum += n.n;
		out->counts++;
	}
}

static void tell_sum(struct report_checking *c, int line, const char *column, int64_t sum,
		     int64_t total)
{
	report_find(
		c->arena, c->to, line, REPORT_WRONG,
		arena_printf(c->arena,
			     "This table does not add up: the rows of \"%s\" sum to "
			     "%s, but N is %s. Put it right, or let {{table ...}} make "
			     "it.",
			     column, report_number_words(c->arena, sum),
			     report_number_words(c->arena, total)));
}

/* The sum may be what was analysed or received, or who answered the question. */
static bool is_known_sum(const struct report_checking *c, int64_t sum)
{
	if (sum == c->known.analysed || sum == c->known.received)
		return true;
	for (size_t i = 0; i < c->known.count; i++)
		if (c->known.list[i].question &&
		    c->known.list[i].table->answering.n == sum)
			return true;
	for (int type = 0; type < REPORT_TYPES; type++)
		if (sum && c->f->types[type].n == sum)
			return true;
	return false;
}

static void check_sums(struct report_checking *c, const struct report_lines *lines,
		       const struct typed_table *t)
{
	for (size_t at = 1; at < t->head.count; at++) {
		struct column column;
		int64_t n;

		add_up(c->arena, t, at, &column);
		if (column.counts < 2)
			continue;
		if (column.total_line && column.sum != column.total)
			tell_sum(c, column.total_line, t->head.cells[at], column.sum,
				 column.total);
		else if (stated_n(lines, t, at, &n) && n != column.sum)
			tell_sum(c, t->head.line, t->head.cells[at], column.sum, n);
		else if (!column.total_line && !stated_n(lines, t, at, &n) &&
			 !is_known_sum(c, column.sum))
			report_find(
				c->arena, c->to, t->head.line, REPORT_LOOK,
				arena_printf(c->arena,
					     "This table does not say its N: the rows "
					     "of \"%s\" sum to %s, which is no total "
					     "of the data. Write \"N = ...\" above it, "
					     "or add a row for the total.",
					     t->head.cells[at],
					     report_number_words(c->arena, column.sum)));
	}
}

/* What a row is about, by its label; a type of respondent by its column's head. */
static const struct report_known *known_as(const struct report_checking *c,
					   const char *label)
{
	for (size_t i = 0; i < c->known.count; i++) {
		const struct report_known *k = &c->known.list[i];

		if ((!k->question || k->question == c->question) &&
		    (str_ieq(k->words, label) || str_ieq(k->row->label, label)))
			return k;
	}
	return NULL;
}

static int type_named(const char *head)
{
	for (int type = 0; type < REPORT_TYPES; type++)
		if (str_istarts(head, respondent_types[type]))
			return type;
	return REPORT_NO_TYPE;
}

static void check_cell(struct report_checking *c, const struct typed_row *row,
		       const char *head, const struct report_known *k,
		       const struct report_number *n)
{
	int type = k->table->by_type ? type_named(head) : REPORT_NO_TYPE;
	enum report_verdict v = report_compare(k, type, n);
	const char *what = arena_printf(
		c->arena, "\"%s\" of \"%s\"",
		n->kind == REPORT_SHARE_TYPED ? "share" : "number", row->cells[0]);

	if (v == REPORT_IS_RIGHT)
		report_find(c->arena, c->to, row->line, REPORT_RIGHT,
			    arena_printf(c->arena, "The %s is right now.", what));
	else if (v == REPORT_IS_HIDDEN)
		report_find(c->arena, c->to, row->line, REPORT_WRONG,
			    arena_printf(c->arena,
					 "The %s is small enough to identify somebody. "
					 "Let {{table ...}} make the table.",
					 what));
	else
		report_find(c->arena, c->to, row->line, REPORT_WRONG,
			    arena_printf(c->arena, "The %s is wrong: there are %s.", what,
					 report_right_words(c->arena, k, type)));
}

static void check_cells(struct report_checking *c, const struct typed_table *t)
{
	for (size_t i = 0; i < t->count; i++) {
		const struct typed_row *row = &t->rows[i];
		const struct report_known *k = known_as(c, row->cells[0]);

		for (size_t at = 1; k && at < row->count && at < t->head.count; at++) {
			struct report_number n;

			if (one_number(c->arena, row->cells[at], &n))
				check_cell(c, row, t->head.cells[at], k, &n);
		}
	}
}

size_t report_check_table(struct report_checking *c, const struct report_lines *lines,
			  size_t at)
{
	struct typed_table t;

	read_table(c->arena, lines, at, &t);
	check_sums(c, lines, &t);
	check_cells(c, &t);
	return t.to;
}
