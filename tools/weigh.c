/*
 * weigh - reads the examples of what puts a permission in doubt and what does not, learns the
 * weights of doubts/weighed.h and writes them, as C. The build runs it.
 *
 *   weigh FILE...           writes the tables to standard output
 *   weigh --cross FILE...   learns from four fifths and judges the last, five times, and says
 *                           what several bounds would miss, and find where nothing is
 *
 * A line is LABEL, tab, PLACE, tab, what somebody wrote, or with braces in it a pattern of
 * that (tools/weigh_parts.h). LABEL is p (it puts publishing in doubt), c (being contacted), b
 * (both) or - (neither), PLACE is a (in an answer) or o. A line that begins with = names a list
 * for patterns, one that begins with # is for readers.
 *
 * Exit code: 0 done, 1 a file that cannot be read or is not like that, which is named.
 */
#include "base/arena.h"
#include "base/buf.h"
#include "base/fd.h"
#include "base/str.h"
#include "doubts/weighed.h"
#include "tools/weigh_parts.h"

#include <inttypes.h>
#include <linear.h>

enum { FILE_MOST = 16 << 20, FOLDS = 5, SEEN_LEAST = 2, SHORT = 5 };

static const double strength = 128, precision = 0.01;

/* The program that is built has what this one writes. */
const struct weighed weighed_shipped;

struct example {
	char label;
	enum weighed_place place;
	uint32_t *has;
	size_t count;
	size_t line; /* so many were read before it: one may be an example of both places */
};

struct course {
	struct arena *arena;
	struct example *items;
	size_t count, lines;
	struct parts parts;
	/* Of what is learned from at the moment: each feature once, in order. */
	uint32_t *features;
	size_t feature_count;
};

static bool is_doubt(char label, enum weighed_of what)
{
	return label == 'b' || label == (what == WEIGHED_PUBLISHING ? 'p' : 'c');
}

static void add(struct course *c, char label, enum weighed_place place, const char *words)
{
	uint32_t has[WEIGHED_FEATURES];
	struct example *one;

	c->items = arena_grow(c->arena, c->items, c->count, sizeof(*c->items));
	one = &c->items[c->count++];
	one->label = label;
	one->place = place;
	one->line = c->lines;
	one->count = weighed_read(words, strlen(words), place, has);
	one->has = arena_make(c->arena, uint32_t, one->count + 1);
	memcpy(one->has, has, one->count * sizeof(*has));
}

static bool is_short(const char *words)
{
	size_t blanks = 0;

	for (; *words; words++)
		blanks += *words == ' ';
	return blanks < SHORT;
}

/* What is said in an answer may stand in a letter that answers no question, and a note such as
 * "Not for print" at the end of an answer. */
static void add_both(struct course *c, const char *line, const char *words)
{
	add(c, line[0], WEIGHED_BESIDE, words);
	if (line[2] == 'a' || is_short(words))
		add(c, line[0], WEIGHED_ANSWER, words);
}

/* A pattern is one line: what is made of it is not judged by more of the same. */
static bool read_line(struct course *c, const char *line)
{
	const char *made[PARTS_SENTENCES];
	size_t count;

	if (!*line || *line == '#')
		return true;
	if (str_starts(line, "= "))
		return parts_name_list(&c->parts, line + 2);
	if (!strchr("pcb-", line[0]) || line[1] != '\t' || !line[2] ||
	    !strchr("oa", line[2]) || line[3] != '\t' || str_blank(line + 4))
		return false;
	if (!strchr(line, '{')) {
		add_both(c, line, line + 4);
	} else {
		if (!parts_make(&c->parts, line + 4, made, &count))
			return false;
		for (size_t i = 0; i < count; i++)
			add_both(c, line, made[i]);
	}
	c->lines++;
	return true;
}

static bool read_file(struct course *c, const char *path)
{
	AUTO(buf) file = buf_new(FILE_MOST);
	struct err err = {0};
	size_t number = 1;
	char *at;

	if (!fd_read_file(path, file, &err)) {
		(void)fprintf(stderr, "weigh: %s\n", err.text);
		return false;
	}
	for (at = file->bytes; *at; number++) {
		char *line = at;

		at += strcspn(at, "\n");
		if (*at)
			*at++ = '\0';
		if (!read_line(c, line)) {
			(void)fprintf(stderr, "weigh: %s:%zu: is no example\n", path,
				      number);
			return false;
		}
	}
	return true;
}

static int by_number(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

/* Each feature of more than one example. */
static void know_features(struct course *c, const struct example *items, size_t count)
{
	size_t total = 0, n = 0, kept = 0;
	uint32_t *all;

	for (size_t i = 0; i < count; i++)
		total += items[i].count;
	all = arena_make(c->arena, uint32_t, total + 1);
	for (size_t i = 0; i < count; i++) {
		memcpy(all + n, items[i].has, items[i].count * sizeof(*all));
		n += items[i].count;
	}
	qsort(all, n, sizeof(*all), by_number);
	for (size_t i = 0, to; i < n; i = to) {
		for (to = i; to < n && all[to] == all[i]; to++)
			;
		if (to - i >= SEEN_LEAST)
			all[kept++] = all[i];
	}
	c->features = all;
	c->feature_count = kept;
}

static struct feature_node *row_of(struct course *c, const struct example *e)
{
	struct feature_node *row =
		arena_make(c->arena, struct feature_node, e->count + 2);
	uint32_t *sorted = arena_make(c->arena, uint32_t, e->count + 1);
	size_t n = 0;

	memcpy(sorted, e->has, e->count * sizeof(*sorted));
	qsort(sorted, e->count, sizeof(*sorted), by_number);
	for (size_t i = 0; i < e->count; i++) {
		const uint32_t *at = bsearch(&sorted[i], c->features, c->feature_count,
					     sizeof(*c->features), by_number);

		if (at)
			row[n++].index = (int)(at - c->features) + 1;
	}
	for (size_t i = 0; i < n; i++)
		row[i].value = weighed_share(n);
	row[n++] = (struct feature_node){(int)c->feature_count + 1, 1};
	row[n].index = -1;
	return row;
}

static void say_nothing(const char *text)
{
	(void)text;
}

/* Its weights by feature, the bias last. */
static double *weights_of(struct course *c, const struct example *items, size_t count,
			  struct feature_node **rows, enum weighed_of what)
{
	double *labels = arena_make(c->arena, double, count + 1);
	double *out = arena_make(c->arena, double, c->feature_count + 1);
	struct problem lessons = {.l = (int)count,
				  .n = (int)c->feature_count + 1,
				  .y = labels,
				  .x = rows,
				  .bias = 1};
	struct parameter how = {.solver_type = L2R_LR, .eps = precision, .C = strength};
	struct model *learned;
	double sign;

	for (size_t i = 0; i < count; i++)
		labels[i] = is_doubt(items[i].label, what) ? 1 : -1;
	set_print_string_function(say_nothing);
	learned = train(&lessons, &how);
	sign = learned->label[0] == 1 ? 1 : -1;
	for (size_t i = 0; i <= c->feature_count; i++)
		out[i] = sign * learned->w[i];
	free_and_destroy_model(&learned);
	return out;
}

static void learn(struct course *c, const struct example *items, size_t count,
		  double *out[WEIGHED_OUTPUTS])
{
	struct feature_node **rows;

	know_features(c, items, count);
	rows = arena_make(c->arena, struct feature_node *, count + 1);
	for (size_t i = 0; i < count; i++)
		rows[i] = row_of(c, &items[i]);
	for (int k = 0; k < WEIGHED_OUTPUTS; k++)
		out[k] = weights_of(c, items, count, rows, (enum weighed_of)k);
}

static void write_tables(struct course *c, double *weights[WEIGHED_OUTPUTS])
{
	size_t slots = 1;
	size_t *at;

	while (slots < c->feature_count * 3 / 2)
		slots *= 2;
	at = arena_make(c->arena, size_t, slots);
	for (size_t i = 0; i < c->feature_count; i++) {
		size_t slot = c->features[i] & (slots - 1);

		while (at[slot])
			slot = (slot + 1) & (slots - 1);
		at[slot] = i + 1;
	}
	(void)printf("/* Written by weigh of the examples. */\n"
		     "#include \"doubts/weighed.h\"\n\n"
		     "static const struct weighed_feature features[] = {\n");
	for (size_t slot = 0; slot < slots; slot++) {
		if (!at[slot])
			(void)printf("{0,{0,0}},\n");
		else
			(void)printf("{%" PRIu32 "u,{%af,%af}},\n",
				     c->features[at[slot] - 1],
				     (double)(float)weights[0][at[slot] - 1],
				     (double)(float)weights[1][at[slot] - 1]);
	}
	(void)printf("};\n\nconst struct weighed weighed_shipped = {\n"
		     "\tfeatures, %zuu, {%af,%af}};\n",
		     slots, (double)(float)weights[0][c->feature_count],
		     (double)(float)weights[1][c->feature_count]);
}

static double sum_of(struct course *c, const struct example *e, const double *weights)
{
	double sum = 0;
	size_t known = 0;

	for (size_t i = 0; i < e->count; i++) {
		const uint32_t *at = bsearch(&e->has[i], c->features, c->feature_count,
					     sizeof(*c->features), by_number);

		if (at) {
			known++;
			sum += weights[at - c->features];
		}
	}
	return sum * weighed_share(known) + weights[c->feature_count];
}

struct judged {
	const struct example *of;
	double sums[WEIGHED_OUTPUTS];
};

static void say_bounds(const struct judged *all, size_t n, enum weighed_place place)
{
	static const double bounds[] = {-2, -1, -0.5, 0, 0.5, 1, 1.5, 2, 3};

	for (size_t b = 0; b < ARRAY_LEN(bounds); b++) {
		size_t doubts = 0, missed = 0, plain = 0, wrong = 0;

		for (size_t i = 0; i < n; i++) {
			bool is = is_doubt(all[i].of->label, WEIGHED_PUBLISHING);
			bool said = all[i].sums[WEIGHED_PUBLISHING] > bounds[b];

			if (all[i].of->place != place || all[i].of->label == 'c')
				continue;
			doubts += is;
			missed += is && !said;
			plain += !is;
			wrong += !is && said;
		}
		(void)printf(
			"%s above %4.1f: %.1f %% of %zu doubts missed, %.1f %% of %zu "
			"others in doubt\n",
			place == WEIGHED_ANSWER ? "answers" : "beside ", bounds[b],
			100.0 * (double)missed / (double)(doubts ? doubts : 1), doubts,
			100.0 * (double)wrong / (double)(plain ? plain : 1), plain);
	}
}

static void cross(struct course *c)
{
	struct judged *all = arena_make(c->arena, struct judged, c->count + 1);
	struct example *some = arena_make(c->arena, struct example, c->count + 1);
	size_t n = 0;

	for (size_t fold = 0; fold < FOLDS; fold++) {
		double *weights[WEIGHED_OUTPUTS];
		size_t count = 0;

		for (size_t i = 0; i < c->count; i++)
			if (c->items[i].line % FOLDS != fold)
				some[count++] = c->items[i];
		learn(c, some, count, weights);
		for (size_t i = 0; i < c->count; i++) {
			if (c->items[i].line % FOLDS != fold)
				continue;
			all[n].of = &c->items[i];
			for (int k = 0; k < WEIGHED_OUTPUTS; k++)
				all[n].sums[k] = sum_of(c, &c->items[i], weights[k]);
			n++;
		}
	}
	say_bounds(all, n, WEIGHED_BESIDE);
	say_bounds(all, n, WEIGHED_ANSWER);
}

int main(int argc, char **argv)
{
	AUTO(arena) arena = arena_new(1 << 20);
	struct course c = {.arena = arena, .parts.arena = arena};
	double *weights[WEIGHED_OUTPUTS];
	bool crosses = argc > 1 && str_eq(argv[1], "--cross"), doubts = false;

	for (int i = 1 + crosses; i < argc; i++)
		if (!read_file(&c, argv[i]))
			return 1;
	for (size_t i = 0; i < c.count; i++)
		doubts = doubts || c.items[i].label == 'b';
	if (!doubts) {
		(void)fprintf(stderr, "weigh: there is nothing to learn from\n");
		return 1;
	}
	if (crosses) {
		cross(&c);
		return 0;
	}
	learn(&c, c.items, c.count, weights);
	write_tables(&c, weights);
	return fflush(stdout) == 0 && !ferror(stdout) ? 0 : 1;
}
