/* Small numbers are hidden, with what would give them away; see report_table.h. */
#include "domain/disclosure/report_table.h"

/* A count with what anybody can know of it. */
struct cell {
	struct report_count *of;
	bool fixed;  /* of the base: what is hidden there is hidden already */
	bool beyond; /* nothing here keeps it from being worked out */
	int64_t low, high;
};

/* The parts of a line sum to its whole, which stands last. */
struct line {
	struct cell **cells;
	size_t count;
};

/* Cells that lines hang together; a row that sums to nothing else is alone. */
struct net {
	struct arena *arena;
	int64_t least, most;
	struct cell *cells;
	size_t cell_count;
	struct line *lines;
	size_t line_count;
};

static void know(const struct net *net, struct cell *cell)
{
	switch (cell->of->seen) {
	case REPORT_SHOWN:
		cell->low = cell->high = cell->of->n;
		break;
	case REPORT_FEW:
		cell->low = 1;
		cell->high = net->least - 1;
		break;
	case REPORT_KEPT:
		cell->low = 0;
		cell->high = net->most;
		break;
	}
}

/* What the rest of a line says of each of its cells. True: something is known better. */
static bool narrow(const struct line *line)
{
	struct cell *whole = line->cells[line->count - 1];
	int64_t low = 0, high = 0;
	bool better = false;

	for (size_t i = 0; i + 1 < line->count; i++) {
		low += line->cells[i]->low;
		high += line->cells[i]->high;
	}
	if (low > whole->low) {
		whole->low = low;
		better = true;
	}
	if (high < whole->high) {
		whole->high = high;
		better = true;
	}
	for (size_t i = 0; i + 1 < line->count; i++) {
		struct cell *c = line->cells[i];
		int64_t least = whole->low - (high - c->high);
		int64_t most = whole->high - (low - c->low);

		if (least > c->low) {
			low += least - c->low;
			c->low = least;
			better = true;
		}
		if (most < c->high) {
			high -= c->high - most;
			c->high = most;
			better = true;
		}
	}
	return better;
}

static void work_out(struct net *net)
{
	bool better = true;

	for (size_t i = 0; i < net->cell_count; i++)
		know(net, &net->cells[i]);
	while (better) {
		better = false;
		for (size_t i = 0; i < net->line_count; i++)
			better = narrow(&net->lines[i]) || better;
	}
}

static bool stands_in(const struct line *line, const struct cell *cell)
{
	for (size_t i = 0; i < line->count; i++)
		if (line->cells[i] == cell)
			return true;
	return false;
}

/* The smallest of its lines that is as wanted, no nought if that can be; NULL: none. */
static struct cell *beside(const struct net *net, const struct cell *given,
			   enum report_seen wanted)
{
	struct cell *best = NULL;

	for (size_t i = 0; i < net->line_count; i++) {
		const struct line *line = &net->lines[i];

		for (size_t k = 0; stands_in(line, given) && k < line->count; k++) {
			struct cell *c = line->cells[k];

			if (c->fixed || c == given || c->of->seen != wanted)
				continue;
			if (!best || (!best->of->n && c->of->n) ||
			    (c->of->n && c->of->n < best->of->n))
				best = c;
		}
	}
	return best;
}

static struct cell *any_shown(const struct net *net)
{
	struct cell *best = NULL;

	for (size_t i = 0; i < net->cell_count; i++) {
		struct cell *c = &net->cells[i];

		if (!c->fixed && !c->of->seen && (!best || c->of->n < best->of->n))
			best = c;
	}
	return best;
}

/*
 * What says less so that given can be worked out no more: of the base, which stands as it is, a
 * few that is not called so; else a neighbour that is not shown, a few likewise, anything.
 */
static struct cell *less(const struct net *net, const struct cell *given)
{
	struct cell *found = given->fixed ? beside(net, given, REPORT_FEW) : NULL;

	if (!found)
		found = beside(net, given, REPORT_SHOWN);
	if (!found)
		found = beside(net, given, REPORT_FEW);
	return found ? found : any_shown(net);
}

static struct cell *worked_out(const struct net *net)
{
	for (size_t i = 0; i < net->cell_count; i++) {
		struct cell *c = &net->cells[i];

		if (c->of->seen == REPORT_FEW && c->low >= c->high && !c->beyond)
			return c;
	}
	return NULL;
}

static void guard(struct net *net)
{
	struct cell *given;

	for (work_out(net); (given = worked_out(net)); work_out(net)) {
		struct cell *more = less(net, given);

		if (more)
			more->of->seen = REPORT_KEPT;
		else
			given->beyond = true;
	}
}

static struct cell *cell_of(struct net *net, struct report_count *count, bool fixed)
{
	for (size_t i = 0; i < net->cell_count; i++)
		if (net->cells[i].of == count)
			return &net->cells[i];
	net->cells[net->cell_count] = (struct cell){.of = count, .fixed = fixed};
	return &net->cells[net->cell_count++];
}

static struct line *add_line(struct net *net, size_t most)
{
	struct line *line = &net->lines[net->line_count++];

	line->cells = arena_make(net->arena, struct cell *, most);
	return line;
}

/* A row's types sum to its total. */
static void add_row(struct net *net, struct report_row *row, bool fixed)
{
	struct line *line = add_line(net, REPORT_COUNTS);

	for (int c = 0; c < REPORT_COUNTS; c++)
		line->cells[line->count++] = cell_of(net, &row->counts[c], fixed);
}

/* The rows that sum, and the base below them. */
static void guard_sums(struct arena *arena, struct report_table *t, int first)
{
	struct net net = {.arena = arena,
			  .least = t->least,
			  .most = t->base.counts[REPORT_TOTAL].n};
	size_t sums = 0;

	for (size_t r = 0; r < t->count; r++)
		sums += t->rows[r].sums;
	if (!sums)
		return;
	net.cells = arena_make(arena, struct cell, (sums + 1) * REPORT_COUNTS);
	net.lines = arena_make(arena, struct line, sums + 1 + REPORT_COUNTS);
	for (size_t r = 0; first == 0 && r < t->count; r++)
		if (t->rows[r].sums)
			add_row(&net, &t->rows[r], false);
	if (first == 0)
		add_row(&net, &t->base, true);
	for (int c = first; c < REPORT_COUNTS; c++) {
		struct line *line = add_line(&net, sums + 1);

		for (size_t r = 0; r < t->count; r++)
			if (t->rows[r].sums)
				line->cells[line->count++] =
					cell_of(&net, &t->rows[r].counts[c], false);
		line->cells[line->count++] = cell_of(&net, &t->base.counts[c], true);
	}
	guard(&net);
}

static void guard_alone(struct arena *arena, struct report_table *t,
			struct report_row *row)
{
	struct net net = {.arena = arena,
			  .least = t->least,
			  .most = t->base.counts[REPORT_TOTAL].n};

	net.cells = arena_make(arena, struct cell, REPORT_COUNTS);
	net.lines = arena_make(arena, struct line, 1);
	add_row(&net, row, false);
	guard(&net);
}

void report_guard(struct arena *arena, struct report_table *t)
{
	int first = t->by_type ? 0 : REPORT_TOTAL;

	if (t->least <= 1)
		return;
	for (size_t r = 0; r < t->count; r++)
		for (int c = first; c < REPORT_COUNTS; c++) {
			struct report_count *n = &t->rows[r].counts[c];

			if (!n->seen && n->n > 0 && n->n < t->least)
				n->seen = REPORT_FEW;
		}
	guard_sums(arena, t, first);
	for (size_t r = 0; t->by_type && r < t->count; r++)
		if (!t->rows[r].sums)
			guard_alone(arena, t, &t->rows[r]);
}
