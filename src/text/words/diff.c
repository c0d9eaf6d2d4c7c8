#include "text/words/diff.h"

struct sides {
	struct arena *arena;
	const struct word *a, *b; /* the old and the new one, ends in common cut off */
	size_t n, m;
	struct diff *out;
};

static void run(struct sides *s, enum diff_kind kind, size_t from, size_t to)
{
	struct diff *d = s->out;
	struct diff_run *last = d->count ? &d->items[d->count - 1] : NULL;

	if (from == to)
		return;
	d->added += kind == DIFF_ADDED ? to - from : 0;
	d->removed += kind == DIFF_REMOVED ? to - from : 0;
	if (last && last->kind == kind && last->to == from) {
		last->to = to;
		return;
	}
	d->items = arena_grow(s->arena, d->items, d->count, sizeof(*d->items));
	d->items[d->count++] = (struct diff_run){kind, from, to};
}

/*
 * Forward greedy: trace[d] keeps, for every diagonal that d edits can reach, how far
 * into a they come. Returns the edits needed, or DIFF_EDITS_MOST + 1.
 */
static size_t search(struct sides *s, int **trace)
{
	int n = (int)s->n, m = (int)s->m;
	int most = n + m < DIFF_EDITS_MOST ? n + m : DIFF_EDITS_MOST;
	int *v = arena_make(s->arena, int, 2 * (size_t)most + 3);

	for (int d = 0; d <= most; d++) {
		for (int k = -d; k <= d; k += 2) {
			int *at = v + most + 1 + k;
			int x = k == -d || (k != d && at[-1] < at[1]) ? at[1]
								      : at[-1] + 1;

			while (x < n && x - k < m && x >= 0 && x - k >= 0 &&
			       s->a[x].hash == s->b[x - k].hash)
				x++;
			*at = x;
			if (x >= n && x - k >= m) {
				trace[d] = arena_memdup(s->arena, v + most + 1 - d,
							(2 * (size_t)d + 1) * sizeof(*v));
				return (size_t)d;
			}
		}
		trace[d] = arena_memdup(s->arena, v + most + 1 - d,
					(2 * (size_t)d + 1) * sizeof(*v));
	}
	return DIFF_EDITS_MOST + 1;
}

struct step {
	int x, y; /* where the edit begins */
	bool adds;
};

/* From the end back: which edit led to each of the d steps. */
static struct step *walk_back(struct sides *s, int **trace, size_t edits)
{
	struct step *steps = arena_make(s->arena, struct step, edits + 1);
	int x = (int)s->n, y = (int)s->m;

	for (int d = (int)edits; d > 0; d--) {
		const int *before = trace[d - 1] + (d - 1); /* diagonal 0 of d - 1 */
		int k = x - y;
		bool adds = k == -d ||
			    (k != d && (k - 1 < -(d - 1) ? 1
					: k + 1 > d - 1  ? 0
							: before[k - 1] < before[k + 1]));
		int from = adds ? k + 1 : k - 1;

		x = before[from];
		y = x - from;
		steps[d - 1] = (struct step){x, y, adds};
	}
	return steps;
}

static void middle(struct sides *s, size_t base_old, size_t base_new)
{
	size_t room = s->n + s->m < DIFF_EDITS_MOST ? s->n + s->m : DIFF_EDITS_MOST,
	       edits;
	int **trace = arena_make(s->arena, int *, room + 1);
	struct step *steps;
	size_t y = 0;

	edits = search(s, trace);
	if (edits > DIFF_EDITS_MOST) {
		run(s, DIFF_REMOVED, base_old, base_old + s->n);
		run(s, DIFF_ADDED, base_new, base_new + s->m);
		return;
	}
	steps = walk_back(s, trace, edits);
	for (size_t i = 0; i < edits; i++) {
		size_t at = (size_t)steps[i].y, x = (size_t)steps[i].x;

		run(s, DIFF_SAME, base_new + y, base_new + at);
		y = at;
		if (steps[i].adds) {
			run(s, DIFF_ADDED, base_new + y, base_new + y + 1);
			y++;
		} else {
			run(s, DIFF_REMOVED, base_old + x, base_old + x + 1);
		}
	}
	run(s, DIFF_SAME, base_new + y, base_new + s->m);
}

void diff_words(struct arena *arena, const struct words *old_text,
		const struct words *new_text, struct diff *out)
{
	const struct word *a = old_text->items, *b = new_text->items;
	size_t n = old_text->count, m = new_text->count, head = 0, tail = 0;
	struct sides s = {.arena = arena, .out = out};

	*out = (struct diff){0};
	while (head < n && head < m && a[head].hash == b[head].hash)
		head++;
	while (tail < n - head && tail < m - head &&
	       a[n - 1 - tail].hash == b[m - 1 - tail].hash)
		tail++;
	s.a = a + head;
	s.b = b + head;
	s.n = n - head - tail;
	s.m = m - head - tail;
	run(&s, DIFF_SAME, 0, head);
	if (s.n || s.m)
		middle(&s, head, head);
	run(&s, DIFF_SAME, m - tail, m);
}
