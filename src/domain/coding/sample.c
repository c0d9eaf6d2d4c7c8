#include "domain/coding/sample.h"
#include "domain/responses/response.h"
#include "domain/core/audit.h"
#include "domain/admin/consultation.h"
#include "domain/core/undo.h"
#include "base/str.h"

#include <inttypes.h>

/* One unit that may be drawn. */
struct lot {
	int64_t response_id, number;
	const char *type;
	uint64_t rank; /* the lowest are drawn */
	bool drawn;
};

struct draw {
	struct operation *op;
	struct arena *arena;
	const struct sample_draw *of;
	struct consultation c;
	int64_t question_id, seed, coder_ids[SAMPLE_CODERS];
	struct lot *lots;
	size_t lot_count, want;
};

static const char *const strata[] = {"individual", "organisation", "unknown"};

/* SHA-256 of "SEED:NUMBER", its first eight bytes: anybody can draw it again. */
static uint64_t rank_of(int64_t seed, int64_t number)
{
	unsigned char hash[SECRET_SHA256_BYTES];
	char text[64];
	uint64_t rank = 0;
	int len = snprintf(text, sizeof(text), "%" PRId64 ":%" PRId64, seed, number);

	secret_sha256(text, (size_t)len, hash);
	for (int i = 0; i < 8; i++)
		rank = rank << 8 | hash[i];
	return rank;
}

static bool find_coders(struct draw *d, const char **out_ids, struct err *err)
{
	AUTO(buf) ids = buf_new(400);

	if (d->of->coder_count < 1 || d->of->coder_count > SAMPLE_CODERS)
		return err_set(err, ERR_INPUT,
			       "name 1 to %d people who are to code it a second time",
			       SAMPLE_CODERS);
	buf_char(ids, ',');
	for (size_t i = 0; i < d->of->coder_count; i++) {
		const char *name = d->of->coders[i];
		struct store_row row;

		if (!store_one(d->op->store, d->arena, &row, err, SQL_STAFF_BY_NAME, "t",
			       name))
			return err->kind == ERR_ABSENT
				       ? err_set(err, ERR_ABSENT,
						 "\"%.60s\" is not in the staff", name)
				       : false;
		d->coder_ids[i] = row_int(&row, "id");
		for (size_t k = 0; k < i; k++)
			if (d->coder_ids[k] == d->coder_ids[i])
				return err_set(err, ERR_INPUT, "\"%.60s\" is named twice",
					       name);
		buf_printf(ids, "%" PRId64 ",", d->coder_ids[i]);
	}
	*out_ids = arena_strdup(d->arena, buf_text(ids));
	return true;
}

static bool find_question(struct draw *d, struct err *err)
{
	struct store_table t;

	if (!d->of->question)
		return true;
	if (!store_all(d->op->store, d->arena, &t, err, SQL_QUESTION_IDS, "i", d->c.id))
		return false;
	if (d->of->question < 1 || d->of->question > (int64_t)t.count)
		return err_set(err, ERR_INPUT,
			       "there is no question %" PRId64 "; they are 1 to %zu",
			       d->of->question, t.count);
	struct store_row row = table_row(&t, (size_t)d->of->question - 1);
	d->question_id = row_int(&row, "id");
	return true;
}

static bool load_lots(struct draw *d, const char *coder_ids, struct err *err)
{
	int64_t count = d->of->count, percent = d->of->percent;
	struct store_table t;

	if ((count > 0) == (percent > 0) || percent > 100 || count < 0 || percent < 0)
		return err_set(err, ERR_INPUT,
			       "say how many are to be drawn: a number, or 1 to 100 per "
			       "cent");
	if (!store_all(d->op->store, d->arena, &t, err, SQL_SAMPLE_POPULATION, "izt",
		       d->c.id, d->question_id, coder_ids))
		return false;
	if (!t.count)
		return err_set(
			err, ERR_INPUT,
			"there is nothing to draw from in %s: no response is coded by "
			"a person other than the second coders",
			d->c.name);
	d->want = count ? (size_t)count : (t.count * (size_t)percent + 99) / 100;
	if (d->want > t.count || d->want > SAMPLE_MOST)
		return err_set(
			err, ERR_INPUT,
			"%zu are more than can be drawn: there are %zu, and at most "
			"%d in a sample",
			d->want, t.count, SAMPLE_MOST);
	d->lot_count = t.count;
	d->lots = arena_make(d->arena, struct lot, t.count);
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);

		d->lots[i] = (struct lot){.response_id = row_int(&row, "id"),
					  .number = row_int(&row, "number"),
					  .type = row_text(&row, "type")};
		d->lots[i].rank = rank_of(d->seed, d->lots[i].number);
	}
	return true;
}

static int by_rank(const void *a, const void *b)
{
	const struct lot *one = a, *other = b;

	if (one->rank != other->rank)
		return one->rank < other->rank ? -1 : 1;
	return one->number < other->number ? -1 : one->number > other->number;
}

/* Takes the first want of one type; NULL: of all. */
static void take(struct draw *d, const char *type, size_t want)
{
	for (size_t i = 0; i < d->lot_count && want; i++) {
		if (d->lots[i].drawn || (type && !str_eq(d->lots[i].type, type)))
			continue;
		d->lots[i].drawn = true;
		want--;
	}
}

/* In proportion; what is left goes to the greatest remainders, the first type first. */
static void take_by_type(struct draw *d)
{
	size_t have[ARRAY_LEN(strata)] = {0}, share[ARRAY_LEN(strata)], given = 0;

	for (size_t i = 0; i < d->lot_count; i++)
		for (size_t s = 0; s < ARRAY_LEN(strata); s++)
			have[s] += str_eq(d->lots[i].type, strata[s]);
	for (size_t s = 0; s < ARRAY_LEN(strata); s++) {
		share[s] = d->want * have[s] / d->lot_count;
		given += share[s];
	}
	for (; given < d->want; given++) {
		size_t best = 0, most = 0;

		for (size_t s = 0; s < ARRAY_LEN(strata); s++) {
			size_t owed = d->want * have[s], got = share[s] * d->lot_count;

			if (owed > got && owed - got > most) {
				most = owed - got;
				best = s;
			}
		}
		share[best]++;
	}
	for (size_t s = 0; s < ARRAY_LEN(strata); s++)
		take(d, strata[s], share[s]);
}

static bool write_units(struct draw *d, int64_t sample, struct err *err)
{
	struct store *s = d->op->store;
	int64_t position = 0;

	for (size_t i = 0; i < d->of->coder_count; i++)
		if (!store_run(s, err, SQL_SAMPLE_CODER_ADD, "ii", sample,
			       d->coder_ids[i]) ||
		    !response_assigned(d->op, d->coder_ids[i], d->c.id, err))
			return false;
	for (size_t i = 0; i < d->lot_count; i++) {
		const struct lot *lot = &d->lots[i];

		if (!lot->drawn)
			continue;
		position++;
		if (!store_run(s, err, SQL_SAMPLE_UNIT_ADD, "iii", sample, position,
			       lot->response_id) ||
		    !store_run(s, err, SQL_SAMPLE_FIRST_KEEP, "iiiz", sample, position,
			       lot->response_id, d->question_id))
			return false;
	}
	return true;
}

bool sample_draw(struct operation *op, const struct sample_draw *draw,
		 int64_t *out_number, struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 15);
	AUTO(store_txn) t = NULL;
	struct draw d = {.op = op, .arena = arena, .of = draw, .seed = draw->seed};
	struct store_row next;
	const char *ids = "";
	int64_t sample;

	if (!needs_staff(op, err))
		return false;
	if (d.seed < 0)
		d.seed = secret_random_below(1u << 31);
	t = store_begin(op->store, err);
	if (!t || !consultation_named(op, arena, draw->consultation, &d.c, err) ||
	    !find_coders(&d, &ids, err) || !find_question(&d, err) ||
	    !load_lots(&d, ids, err))
		return false;
	qsort(d.lots, d.lot_count, sizeof(*d.lots), by_rank);
	if (draw->by_type)
		take_by_type(&d);
	else
		take(&d, NULL, d.want);
	if (!store_one(op->store, arena, &next, err, SQL_SAMPLE_NEXT_NUMBER, "i",
		       d.c.id) ||
	    !store_run(op->store, err, SQL_SAMPLE_ADD, "iiztiiiii", d.c.id,
		       row_int(&next, "number"), d.question_id,
		       arena_printf(arena, "%" PRId64 "%s",
				    draw->count ? draw->count : draw->percent,
				    draw->count ? "" : " %"),
		       d.seed, (int64_t)draw->by_type, (int64_t)d.lot_count, op->staff_id,
		       op->now))
		return false;
	sample = store_last_id(op->store);
	if (!write_units(&d, sample, err) ||
	    !audit_record(op, err, "sample drawn", "sample", sample,
			  "%zu of %zu, seed %" PRId64, d.want, d.lot_count, d.seed) ||
	    !undo_rows(op, "sample", sample, 0,
		       arena_printf(arena, "drawing sample %" PRId64 " of %s",
				    row_int(&next, "number"), d.c.name),
		       err) ||
	    !store_commit(&t, err))
		return false;
	*out_number = row_int(&next, "number");
	return true;
}

static void read_sample(const struct store_row *row, struct sample *out)
{
	*out = (struct sample){
		.id = row_int(row, "id"),
		.number = row_int(row, "number"),
		.seed = row_int(row, "seed"),
		.at = row_int(row, "at"),
		.from_count = row_int(row, "from_count"),
		.units = row_int(row, "units"),
		.question = row_int(row, "question"),
		.question_id = row_int(row, "question_id"),
		.consultation_id = row_int(row, "consultation_id"),
		.by_type = row_int(row, "by_type") == 1,
		.ended = !row_null(row, "ended_at"),
		.consultation = row_text(row, "consultation"),
		.wanted = row_text(row, "wanted"),
		.drawn_by = row_text(row, "drawn_by"),
	};
}

bool sample_get(struct operation *op, struct arena *arena, const char *consultation,
		int64_t number, struct sample *out, struct err *err)
{
	struct store_row row;

	if (!store_one(op->store, arena, &row, err, SQL_SAMPLE_GET, "ti", consultation,
		       number))
		return err->kind == ERR_ABSENT
			       ? err_set(err, ERR_ABSENT,
					 "there is no sample %" PRId64 " in %s" HINT
					 "see: mercat coding list %s",
					 number, consultation, consultation)
			       : false;
	read_sample(&row, out);
	return true;
}

bool sample_by_id(struct operation *op, struct arena *arena, int64_t sample_id,
		  struct sample *out, struct err *err)
{
	struct store_row row;

	if (!store_one(op->store, arena, &row, err, SQL_SAMPLE_BY_ID, "i", sample_id))
		return err->kind == ERR_ABSENT
			       ? err_set(err, ERR_ABSENT, "there is no such sample")
			       : false;
	read_sample(&row, out);
	return true;
}

static void read_samples(struct arena *arena, const struct store_table *t,
			 struct sample **out, size_t *out_count)
{
	*out = arena_make(arena, struct sample, t->count + 1);
	*out_count = t->count;
	for (size_t i = 0; i < t->count; i++) {
		struct store_row row = table_row(t, i);

		read_sample(&row, &(*out)[i]);
	}
}

bool sample_list(struct operation *op, struct arena *arena, const char *consultation,
		 struct sample **out, size_t *out_count, struct err *err)
{
	struct consultation c;
	struct store_table t;

	if (!consultation_named(op, arena, consultation, &c, err) ||
	    !store_all(op->store, arena, &t, err, SQL_SAMPLES_OF, "i", c.id))
		return false;
	read_samples(arena, &t, out, out_count);
	return true;
}

bool samples_mine(struct operation *op, struct arena *arena, struct sample **out,
		  size_t *out_count, struct err *err)
{
	struct store_table t;

	if (!store_all(op->store, arena, &t, err, SQL_SAMPLES_TO_CODE, "i", op->staff_id))
		return false;
	read_samples(arena, &t, out, out_count);
	return true;
}

bool sample_end(struct operation *op, const char *consultation, int64_t number,
		struct err *err)
{
	AUTO(arena) arena = arena_new(2048);
	AUTO(store_txn) t = NULL;
	struct sample sample;

	if (!needs_staff(op, err))
		return false;
	t = store_begin(op->store, err);
	if (!t || !sample_get(op, arena, consultation, number, &sample, err))
		return false;
	return sample.ended || /* by somebody else meanwhile */
	       (store_run(op->store, err, SQL_SAMPLE_END, "iii", sample.id, op->staff_id,
			  op->now) &&
		undo_rows(op, "sample", 0, sample.id,
			  arena_printf(arena, "giving sample %" PRId64 " of %s up",
				       number, consultation),
			  err) &&
		audit_record(op, err, "sample given up", "sample", sample.id, "%s", "") &&
		store_commit(&t, err));
}
