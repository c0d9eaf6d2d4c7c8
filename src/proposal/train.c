/* Learning: lessons as rows of numbers, weights out of liblinear. */
#include "base/str.h"
#include "proposal/learned.h"

#include <linear.h>
#include <math.h>

enum {
	SEEN_LEAST = 2,  /* lessons that a feature stands in to be one */
	PARTNER_STEP = 7 /* which mail each response is joined with */
};

static const double strength = 8, /* liblinear's C: how much each lesson counts */
	precision = 0.01,
		    parts_share = 2; /* a response among the many parts of what is none */

struct training {
	struct arena *arena;
	const struct learned_lesson *lessons;
	size_t count;
	struct learned_feature *features;
	size_t feature_count;
	/* Of the row that is being made. */
	size_t *row, *marks, mark;
	size_t row_count;
	struct feature_node **rows;
	double *labels;
	size_t rows_count;
};

static int by_number(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

static size_t add_hashes(const struct sentence_features *s, uint32_t *to, size_t at)
{
	for (size_t i = 0; i < s->count; i++)
		to[at++] = s->items[i].hash;
	return at;
}

static size_t hashes_in(const struct mail_features *m)
{
	size_t n = m->subject.count;

	for (size_t i = 0; i < m->count; i++)
		n += m->sentences[i].count;
	return n;
}

static size_t without_doubles(uint32_t *hashes, size_t count)
{
	size_t n = 0;

	qsort(hashes, count, sizeof(*hashes), by_number);
	for (size_t i = 0; i < count; i++)
		if (!n || hashes[n - 1] != hashes[i])
			hashes[n++] = hashes[i];
	return n;
}

/* Each feature of more than one lesson, by its number, with how rare it is. */
static void know_features(struct training *t)
{
	size_t total = 0, n = 0;
	uint32_t *all;

	for (size_t i = 0; i < t->count; i++)
		total += hashes_in(&t->lessons[i].mail);
	all = arena_make(t->arena, uint32_t, total + 1);
	for (size_t i = 0; i < t->count; i++) {
		const struct mail_features *m = &t->lessons[i].mail;
		size_t to = add_hashes(&m->subject, all, n);

		for (size_t k = 0; k < m->count; k++)
			to = add_hashes(&m->sentences[k], all, to);
		n += without_doubles(all + n, to - n);
	}
	qsort(all, n, sizeof(*all), by_number);
	t->features = arena_make(t->arena, struct learned_feature, n / SEEN_LEAST + 1);
	for (size_t i = 0, next; i < n; i = next) {
		for (next = i; next < n && all[next] == all[i];)
			next++;
		if (next - i >= SEEN_LEAST)
			t->features[t->feature_count++] = (struct learned_feature){
				.hash = all[i],
				.rare = (float)log((double)(t->count + 1) /
						   (double)(next - i)),
			};
	}
	t->row = arena_make(t->arena, size_t, t->feature_count + 1);
	t->marks = arena_make(t->arena, size_t, t->feature_count + 1);
}

static void row_begin(struct training *t)
{
	t->mark++;
	t->row_count = 0;
}

static void row_add(struct training *t, const struct sentence_features *s)
{
	for (size_t i = 0; i < s->count; i++) {
		const struct learned_feature *f =
			learned_find(t->features, t->feature_count, s->items[i].hash);
		size_t at = f ? (size_t)(f - t->features) : 0;

		if (f && t->marks[at] != t->mark) {
			t->marks[at] = t->mark;
			t->row[t->row_count++] = at;
		}
	}
}

static void row_add_all(struct training *t, const struct mail_features *m, size_t from,
			size_t to)
{
	for (size_t i = from; i < to; i++)
		row_add(t, &m->sentences[i]);
}

static int by_place(const void *a, const void *b)
{
	size_t x = *(const size_t *)a, y = *(const size_t *)b;

	return (x > y) - (x < y);
}

static void row_end(struct training *t, double label)
{
	struct feature_node *nodes =
		arena_make(t->arena, struct feature_node, t->row_count + 2);
	double square = 0, length;

	qsort(t->row, t->row_count, sizeof(*t->row), by_place);
	for (size_t i = 0; i < t->row_count; i++) {
		double rare = t->features[t->row[i]].rare;

		square += rare * rare;
	}
	length = square > 0 ? sqrt(square) : 1;
	for (size_t i = 0; i < t->row_count; i++) {
		nodes[i].index = (int)t->row[i] + 1;
		nodes[i].value = t->features[t->row[i]].rare / length;
	}
	nodes[t->row_count].index = (int)t->feature_count + 1; /* the same in all */
	nodes[t->row_count].value = 1;
	nodes[t->row_count + 1].index = -1;
	t->rows = arena_grow(t->arena, t->rows, t->rows_count, sizeof(*t->rows));
	t->labels = arena_grow(t->arena, t->labels, t->rows_count, sizeof(*t->labels));
	t->rows[t->rows_count] = nodes;
	t->labels[t->rows_count++] = label;
}

/* All of a mail is a row. */
static void row_of(struct training *t, const struct learned_lesson *lesson, double label)
{
	row_begin(t);
	row_add(t, &lesson->mail.subject);
	row_add_all(t, &lesson->mail, 0, lesson->mail.count);
	row_end(t, label);
}

static void say_nothing(const char *text)
{
	(void)text;
}

/* to: of the label 1 where there are two; else each label's is its own output. */
static void train_rows(struct training *t, size_t to, double weight, float *bias)
{
	int heavy = 1;
	struct problem problem = {.l = (int)t->rows_count,
				  .n = (int)t->feature_count + 1,
				  .y = t->labels,
				  .x = t->rows,
				  .bias = 1};
	struct parameter how = {.solver_type = L2R_LR,
				.C = strength,
				.eps = precision,
				.nr_weight = 1,
				.weight_label = &heavy,
				.weight = &weight};
	struct model *m;
	size_t columns;

	set_print_string_function(say_nothing);
	m = train(&problem, &how);
	columns = m->nr_class == 2 ? 1 : (size_t)m->nr_class;
	for (size_t k = 0; k < (size_t)m->nr_class; k++) {
		size_t output = to < LEARNED_KINDS ? to : to + (size_t)m->label[k];
		double sign = columns == 1 && k ? -1 : 1;

		if (to < LEARNED_KINDS && m->label[k] != 1)
			continue;
		for (size_t i = 0; i < t->feature_count; i++)
			t->features[i].weights[output] =
				(float)(sign * m->w[i * columns + (columns > 1 ? k : 0)]);
		bias[output] =
			(float)(sign *
				m->w[t->feature_count * columns + (columns > 1 ? k : 0)]);
	}
	free_and_destroy_model(&m);
	t->rows_count = 0;
	t->rows = NULL;
	t->labels = NULL;
}

/* The nth of what is no response, counted round. */
static const struct learned_lesson *partner(const struct training *t, size_t nth,
					    size_t others)
{
	nth %= others;
	for (size_t i = 0;; i++)
		if (t->lessons[i].kind && !nth--)
			return &t->lessons[i];
}

/* Each mail, and each response once more with another mail below it. */
static void learn_whole(struct training *t, size_t others, float *bias)
{
	size_t responses = 0;

	for (size_t i = 0; i < t->count; i++) {
		const struct learned_lesson *one = &t->lessons[i], *other;

		row_of(t, one, one->kind ? 0 : 1);
		if (one->kind)
			continue;
		other = partner(t, responses++ * PARTNER_STEP, others);
		row_begin(t);
		row_add(t, &one->mail.subject);
		row_add_all(t, &one->mail, 0, one->mail.count);
		row_add_all(t, &other->mail, 0, other->mail.count);
		row_end(t, 1);
	}
	train_rows(t, LEARNED_WHOLE, 1, bias);
}

/* No beginning and no end of what is no response is one. */
static void learn_parts(struct training *t, float *bias)
{
	for (size_t i = 0; i < t->count; i++) {
		const struct learned_lesson *one = &t->lessons[i];
		size_t n = one->mail.count;

		row_of(t, one, one->kind ? 0 : 1);
		for (size_t k = 1; one->kind && k < n; k++) {
			row_begin(t);
			row_add_all(t, &one->mail, 0, k);
			row_end(t, 0);
			row_begin(t);
			row_add_all(t, &one->mail, k, n);
			row_end(t, 0);
		}
	}
	train_rows(t, LEARNED_PARTS, parts_share, bias);
}

static void learn_kinds(struct training *t, float *bias)
{
	for (size_t i = 0; i < t->count; i++)
		if (t->lessons[i].kind)
			row_of(t, &t->lessons[i], t->lessons[i].kind);
	train_rows(t, LEARNED_KINDS, 1, bias);
}

const struct learned *learned_train(struct arena *arena,
				    const struct learned_lesson *lessons, size_t count)
{
	struct learned *out = arena_make(arena, struct learned, 1);
	AUTO(arena) rows = arena_new(1 << 20);
	struct training t = {.arena = rows, .lessons = lessons, .count = count};
	bool kinds[PROPOSAL_KINDS] = {false};
	size_t others = 0, different = 0;

	for (size_t i = 0; i < count; i++) {
		others += lessons[i].kind != PROPOSAL_NONE;
		different += lessons[i].kind && !kinds[lessons[i].kind];
		kinds[lessons[i].kind] = true;
	}
	if (!others || others == count || different < 2 || count > LESSONS_MOST)
		return NULL;
	know_features(&t);
	for (size_t k = 1; k < PROPOSAL_KINDS; k++)
		out->bias[LEARNED_KINDS + k] = -HUGE_VALF; /* of what nobody has seen */
	learn_whole(&t, others, out->bias);
	learn_parts(&t, out->bias);
	learn_kinds(&t, out->bias);
	out->count = t.feature_count;
	out->features =
		arena_memdup(arena, t.features, t.feature_count * sizeof(*t.features));
	return out;
}
