/* What the coders of a sample agree on, and what a person settles; see domain/coding/sample.h. */
#include "domain/coding/blind.h"
#include "domain/coding/codeframe_private.h"
#include "domain/responses/response.h"
#include "domain/coding/sample.h"
#include "base/str.h"

#include <inttypes.h>

/*
 * Who said what: coder 0 is the first coding. values[(code * coders + coder) * units +
 * unit] is 1, 0 or AGREEMENT_MISSING.
 */
struct said {
	struct operation *op;
	struct arena *arena;
	struct sample sample;
	int64_t *coder_ids;
	const char **coder_names;
	size_t coders;
	int64_t *units; /* response ids */
	size_t unit_count;
	struct code *codes;
	size_t code_count;
	int *values;
	bool *done; /* done[coder * units + unit] */
};

static bool load_coders(struct said *s, struct err *err)
{
	struct store_table t;

	if (!store_all(s->op->store, s->arena, &t, err, SQL_SAMPLE_CODERS, "i",
		       s->sample.id))
		return false;
	s->coder_ids = arena_make(s->arena, int64_t, t.count + 1);
	s->coder_names = arena_make(s->arena, const char *, t.count + 1);
	s->coder_names[0] = "first coding";
	s->coders = 1;
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);

		if (row_null(&row, "done_at")) {
			if (row_int(&row, "staff_id") == s->op->staff_id)
				return err_set(err, ERR_CONFLICT,
					       "you still code sample %" PRId64
					       " blindly; say that you are done first",
					       s->sample.number);
			continue;
		}
		s->coder_ids[s->coders] = row_int(&row, "staff_id");
		s->coder_names[s->coders++] = row_text(&row, "name");
	}
	return s->coders > 1 ||
	       err_set(err, ERR_CONFLICT,
		       "no second coder is done with sample %" PRId64 " yet",
		       s->sample.number);
}

static bool load_units(struct said *s, struct err *err)
{
	struct store_table t;

	if (!store_all(s->op->store, s->arena, &t, err, SQL_SAMPLE_UNITS, "ii",
		       s->sample.id, (int64_t)0))
		return false;
	s->unit_count = t.count;
	s->units = arena_make(s->arena, int64_t, t.count + 1);
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);

		s->units[i] = row_int(&row, "response_id");
	}
	s->done = arena_make(s->arena, bool, s->coders *t.count + 1);
	for (size_t i = 0; i < t.count; i++)
		s->done[i] = true;
	if (!store_all(s->op->store, s->arena, &t, err, SQL_SAMPLE_DONE_UNITS, "i",
		       s->sample.id))
		return false;
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);

		for (size_t c = 1; c < s->coders; c++)
			if (s->coder_ids[c] == row_int(&row, "staff_id"))
				s->done[c * s->unit_count +
					(size_t)row_int(&row, "position") - 1] = true;
	}
	return true;
}

static bool last_code(struct said *s, int64_t code_id, int64_t *out, struct err *err)
{
	struct store_row row;

	if (!store_one(s->op->store, s->arena, &row, err, SQL_CODE_LAST, "i", code_id))
		return false;
	*out = row_int(&row, "id");
	return true;
}

/* The place of a code, by what it was merged into; a new one when add. */
static bool code_place(struct said *s, int64_t code_id, bool add, size_t *out,
		       struct err *err)
{
	int64_t last;

	if (!last_code(s, code_id, &last, err))
		return false;
	for (*out = 0; *out < s->code_count; (*out)++)
		if (s->codes[*out].id == last)
			return true;
	if (!add)
		return true;
	s->codes = arena_grow(s->arena, s->codes, s->code_count, sizeof(*s->codes));
	return code_get(s->op, s->arena, last, &s->codes[s->code_count++], err);
}

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct code *)a)->name, ((const struct code *)b)->name);
}

static size_t coder_place(const struct said *s, const struct store_row *row, bool second)
{
	size_t c = 0;

	if (second)
		for (c = 1; c < s->coders; c++)
			if (s->coder_ids[c] == row_int(row, "staff_id"))
				break;
	return c;
}

static bool fill_values(struct said *s, const struct store_table *t, bool second,
			struct err *err)
{
	for (size_t i = 0; i < t->count; i++) {
		struct store_row row = table_row(t, i);
		size_t unit = (size_t)row_int(&row, "position") - 1, code;
		size_t coder = coder_place(s, &row, second);

		if (!code_place(s, row_int(&row, "code_id"), false, &code, err))
			return false;
		if (coder < s->coders && s->done[coder * s->unit_count + unit])
			s->values[(code * s->coders + coder) * s->unit_count + unit] = 1;
	}
	return true;
}

static bool collect_codes(struct said *s, const struct store_table *t, bool second,
			  struct err *err)
{
	for (size_t i = 0; i < t->count; i++) {
		struct store_row row = table_row(t, i);
		size_t place;

		if (coder_place(s, &row, second) < s->coders &&
		    !code_place(s, row_int(&row, "code_id"), true, &place, err))
			return false;
	}
	return true;
}

static bool load(struct said *s, int64_t sample_id, struct err *err)
{
	struct store_table first, second;

	if (!sample_by_id(s->op, s->arena, sample_id, &s->sample, err))
		return false;
	if (s->sample.ended)
		return err_set(err, ERR_CONFLICT, "sample %" PRId64 " was given up",
			       s->sample.number);
	if (!load_coders(s, err) || !load_units(s, err) ||
	    !store_all(s->op->store, s->arena, &first, err, SQL_SAMPLE_SAID_FIRST, "i",
		       sample_id) ||
	    !store_all(s->op->store, s->arena, &second, err, SQL_SAMPLE_SAID_SECOND, "iz",
		       sample_id, s->sample.question_id) ||
	    !collect_codes(s, &first, false, err) ||
	    !collect_codes(s, &second, true, err))
		return false;
	if (s->code_count)
		qsort(s->codes, s->code_count, sizeof(*s->codes), by_name);
	s->values =
		arena_make(s->arena, int, s->code_count * s->coders * s->unit_count + 1);
	for (size_t i = 0; i < s->code_count * s->coders * s->unit_count; i++)
		if (!s->done[i % (s->coders * s->unit_count)])
			s->values[i] = AGREEMENT_MISSING;
	return fill_values(s, &first, false, err) && fill_values(s, &second, true, err);
}

static const int *values_of(const struct said *s, size_t code, size_t coder)
{
	return &s->values[(code * s->coders + coder) * s->unit_count];
}

static void count_pairs(const struct said *s, size_t code, size_t coder,
			struct agreement_pairs *out)
{
	const int *first = values_of(s, code, 0), *other = values_of(s, code, coder);

	for (size_t u = 0; u < s->unit_count; u++) {
		if (other[u] == AGREEMENT_MISSING)
			continue;
		out->both += first[u] && other[u];
		out->first_only += first[u] && !other[u];
		out->second_only += !first[u] && other[u];
		out->neither += !first[u] && !other[u];
	}
}

bool sample_agreement(struct operation *op, struct arena *arena, int64_t sample_id,
		      struct sample_agreement_of **out, size_t *out_count,
		      struct err *err)
{
	struct said s = {.op = op, .arena = arena};

	if (!blind_not_of(op, sample_id, err) || !load(&s, sample_id, err))
		return false;
	*out = arena_make(arena, struct sample_agreement_of, s.code_count * s.coders + 1);
	*out_count = 0;
	for (size_t code = 0; code < s.code_count; code++)
		for (size_t coder = 1; coder < s.coders; coder++) {
			struct sample_agreement_of *a = &(*out)[(*out_count)++];

			a->code_id = s.codes[code].id;
			a->code = s.codes[code].name;
			a->coder = s.coder_names[coder];
			count_pairs(&s, code, coder, &a->pairs);
			agreement_kappa(&a->pairs, &a->kappa);
			agreement_alpha(values_of(&s, code, 0), s.coders, s.unit_count, 2,
					&a->alpha);
		}
	return true;
}

static const char *who_said(const struct said *s, size_t code, size_t unit, int value)
{
	AUTO(buf) names = buf_new(1000);

	for (size_t c = 0; c < s->coders; c++)
		if (values_of(s, code, c)[unit] == value)
			buf_printf(names, "%s%s", names->len ? ", " : "",
				   s->coder_names[c]);
	return arena_strdup(s->arena, buf_text(names));
}

static bool settled(struct said *s, const struct store_table *t,
		    struct sample_disagreement *d, struct err *err)
{
	for (size_t i = 0; i < t->count; i++) {
		struct store_row row = table_row(t, i);
		int64_t code;

		if (row_int(&row, "position") != d->position)
			continue;
		if (!last_code(s, row_int(&row, "code_id"), &code, err))
			return false;
		if (code != d->code_id || row_int(&row, "at") < d->settled_at)
			continue;
		d->settled_at = row_int(&row, "at");
		d->holds = row_int(&row, "holds") == 1;
		d->settled_by = row_text(&row, "staff");
		d->note = row_text(&row, "note");
	}
	return true;
}

bool sample_disagreements(struct operation *op, struct arena *arena,
			  struct sample_chosen chosen, struct sample_disagreement **out,
			  size_t *out_count, struct err *err)
{
	struct said s = {.op = op, .arena = arena};
	struct store_table t;
	struct sample_unit *units;
	size_t unit_count;

	if (!blind_not_of(op, chosen.sample_id, err) ||
	    !load(&s, chosen.sample_id, err) ||
	    !store_all(op->store, arena, &t, err, SQL_RECONCILIATIONS_OF, "i",
		       chosen.sample_id) ||
	    !sample_units(op, arena, (struct sample_share){.sample_id = chosen.sample_id},
			  &units, &unit_count, err))
		return false;
	*out = NULL;
	*out_count = 0;
	for (size_t u = 0; u < unit_count; u++)
		for (size_t code = 0; code < s.code_count; code++) {
			struct sample_disagreement d = {.position = units[u].position,
							.response_id =
								units[u].response_id,
							.question = s.sample.question,
							.code_id = s.codes[code].id,
							.reference = units[u].reference,
							.code = s.codes[code].name};

			d.with = who_said(&s, code, u, 1);
			d.without = who_said(&s, code, u, 0);
			if (!d.with[0] || !d.without[0])
				continue;
			if (!settled(&s, &t, &d, err))
				return false;
			if (chosen.which == SAMPLE_OPEN_ONES && d.settled_at)
				continue;
			*out = arena_grow(arena, *out, *out_count, sizeof(**out));
			(*out)[(*out_count)++] = d;
		}
	return true;
}

/* The code is put where second coders had it; on the whole reply when their passages are
 * lost. */
static bool put_settled(struct said *s, const struct response_text *words,
			int64_t code_id, int64_t change, struct err *err)
{
	struct store_table t;

	if (!store_all(s->op->store, s->arena, &t, err, SQL_SETTLE_SECOND, "iiz",
		       s->sample.id, words->response_id, s->sample.question_id))
		return false;
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);
		struct frame_coding coding = {.response_id = words->response_id,
					      .code_id = code_id,
					      .staff_id = s->op->staff_id,
					      .by_what = "person",
					      .because = "settled"};
		struct coded_passage where;
		int64_t code, covered;

		if (!last_code(s, row_int(&row, "code_id"), &code, err))
			return false;
		if (code != code_id)
			continue;
		codeframe_where(&row, &where);
		if (str_eq(row_text(&row, "placed"), "needs re-anchoring"))
			where = (struct coded_passage){.whole = true};
		if (!codeframe_passage(s->arena, words, &where, &coding.where,
				       &coding.mark, err) ||
		    !codeframe_covered(s->op, words->response_id, code_id, &coding.where,
				       &covered, err) ||
		    (!covered &&
		     !codeframe_coding_add(s->op, change, &coding, &covered, err)))
			return false;
	}
	return true;
}

static bool apply_settled(struct said *s, int64_t response_id, int64_t code_id,
			  bool holds, int64_t change, struct err *err)
{
	struct response_text words;
	struct store_table t;

	if (!store_all(s->op->store, s->arena, &t, err, SQL_SETTLE_CODINGS, "iiz",
		       response_id, code_id, s->sample.question_id))
		return false;
	if (holds)
		return t.count ||
		       (response_text_load(s->op, s->arena, response_id, &words, err) &&
			put_settled(s, &words, code_id, change, err));
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);

		if (!codeframe_coding_stop(s->op, change, row_int(&row, "id"), 0, err))
			return false;
	}
	return true;
}

bool sample_reconcile(struct operation *op, const struct sample_settling *settling,
		      int64_t *out_change, struct err *err)
{
	bool holds = settling->settled == SAMPLE_CODE_HOLDS;
	AUTO(arena) arena = arena_new(1 << 15);
	struct said s = {.op = op, .arena = arena};
	AUTO(store_txn) t = NULL;
	struct sample_disagreement *open;
	struct code code;
	size_t count, i;
	int64_t change;

	if (!needs_staff(op, err))
		return false;
	if (settling->note && (strlen(settling->note) > 2000 ||
			       !str_utf8_valid(settling->note, strlen(settling->note))))
		return err_set(err, ERR_INPUT, "a note has at most 2,000 bytes of UTF-8");
	t = store_begin(op->store, err);
	if (!t || !sample_by_id(op, arena, settling->sample_id, &s.sample, err) ||
	    !sample_disagreements(op, arena,
				  (struct sample_chosen){.sample_id = settling->sample_id,
							 .which = SAMPLE_EVERY_ONE},
				  &open, &count, err) ||
	    !code_get(op, arena, settling->code_id, &code, err))
		return false;
	for (i = 0; i < count; i++)
		if (open[i].position == settling->position &&
		    open[i].code_id == settling->code_id)
			break;
	if (i == count)
		return err_set(err, ERR_ABSENT,
			       "the coders do not disagree on \"%.80s\" in unit %" PRId64,
			       code.name, settling->position);
	if (!codeframe_usable(&code, s.sample.consultation_id, err) ||
	    !codeframe_begin(op, s.sample.consultation_id, "reconcile", &change, err,
			     "reconciled: %s %s on %s", code.name,
			     holds ? "is" : "is not", open[i].reference) ||
	    !store_run(op->store, err, SQL_RECONCILIATION_ADD, "iiiitiii",
		       settling->sample_id, settling->position, settling->code_id,
		       (int64_t)holds, settling->note, op->staff_id, op->now, change) ||
	    !apply_settled(&s, open[i].response_id, settling->code_id, holds, change,
			   err) ||
	    !codeframe_audit(op, change, "disagreement reconciled", err) ||
	    !store_commit(&t, err))
		return false;
	if (out_change)
		*out_change = change;
	return true;
}

bool sample_passages(struct operation *op, struct arena *arena, int64_t sample_id,
		     const struct sample_disagreement *of, struct store_table *out,
		     struct err *err)
{
	return store_all(op->store, arena, out, err, SQL_SAMPLE_PASSAGES, "iii",
			 sample_id, of->response_id, of->code_id);
}
