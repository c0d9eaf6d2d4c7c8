#include "domain/coding/recode.h"
#include "domain/coding/blind.h"
#include "domain/coding/codeframe_private.h"
#include "base/str.h"
#include "text/words/word.h"

#include <inttypes.h>

struct recoding {
	struct operation *op;
	const struct recode *of;
	struct code code, instead_of;
	struct words phrase; /* for passages */
	int64_t change;      /* 0: only counted */
	bool counts;
	struct recode_count n;
};

/* Puts the code there, or counts it; *touched when it was not there. */
static bool put(struct recoding *r, struct arena *arena,
		const struct response_text *words, const struct coded_passage *where,
		bool *touched, struct err *err)
{
	struct frame_coding coding = {.response_id = words->response_id,
				      .code_id = r->code.id,
				      .staff_id = r->op->staff_id,
				      .by_what = "person",
				      .because = "recoded"};
	int64_t covered;

	if (!codeframe_passage(arena, words, where, &coding.where, &coding.mark, err) ||
	    !codeframe_covered(r->op, words->response_id, r->code.id, &coding.where,
			       &covered, err))
		return false;
	if (covered) {
		r->n.already++;
		return true;
	}
	r->n.codings++;
	*touched = true;
	return r->counts ||
	       codeframe_coding_add(r->op, r->change, &coding, &covered, err);
}

static bool put_on_paragraphs(struct recoding *r, struct arena *arena,
			      const struct response_text *words, bool *touched,
			      struct err *err)
{
	for (size_t p = 0; p < words->count; p++) {
		struct passage_place *places;
		size_t count = passage_with_words(arena, words->parts[p].text,
						  r->of->filter.search, &places);

		for (size_t i = 0; i < count; i++) {
			struct coded_passage where = {.part = words->parts[p].position,
						      .from = places[i].from,
						      .to = places[i].to};

			if (!put(r, arena, words, &where, touched, err))
				return false;
		}
	}
	return true;
}

/* Does the passage itself have the words? A lost one and a whole reply do not. */
static bool says(const struct recoding *r, struct arena *arena,
		 const struct response_text *words, const struct store_row *coding)
{
	const char *text = codeframe_part(words, row_int(coding, "part"));
	struct passage_place *places;

	if (!text || row_null(coding, "from_char") ||
	    str_eq(row_text(coding, "placed"), "needs re-anchoring"))
		return false;
	text = passage_text(arena, text, row_int(coding, "from_char"),
			    row_int(coding, "to_char"));
	return passage_with_words(arena, text, r->of->filter.search, &places) > 0;
}

static bool replace(struct recoding *r, struct arena *arena,
		    const struct response_text *words, bool *touched, struct err *err)
{
	struct store_table t;

	if (!store_all(r->op->store, arena, &t, err, SQL_RECODE_CODINGS, "ii",
		       words->response_id, r->instead_of.id))
		return false;
	for (size_t i = 0; i < t.count; i++) {
		struct store_row id = table_row(&t, i), row;

		if (r->of->passages && !says(r, arena, words, &id))
			continue;
		r->n.codings++;
		*touched = true;
		if (!r->counts &&
		    (!store_one(r->op->store, arena, &row, err, SQL_CODING_GET, "i",
				row_int(&id, "id")) ||
		     !codeframe_coding_carry(r->op, r->change, &row, r->code.id, err)))
			return false;
	}
	return true;
}

static bool one_reply(struct recoding *r, int64_t response_id, struct err *err)
{
	static const struct coded_passage whole = {.whole = true};
	AUTO(arena) arena = arena_new(1 << 15);
	struct response_text words = {.response_id = response_id};
	bool touched = false, ok;

	/* A tag needs nothing of what the reply says. */
	if ((r->of->passages || r->instead_of.id) &&
	    !response_text_load(r->op, arena, response_id, &words, err))
		return false;
	if (r->instead_of.id)
		ok = replace(r, arena, &words, &touched, err);
	else if (r->of->passages)
		ok = put_on_paragraphs(r, arena, &words, &touched, err);
	else
		ok = put(r, arena, &words, &whole, &touched, err);
	r->n.responses += touched;
	return ok;
}

static bool begin(struct recoding *r, struct arena *arena, struct err *err)
{
	const struct recode *of = r->of;
	const char *search = str_or(of->filter.search, "");

	if (!needs_staff(r->op, err))
		return false;
	if (str_empty(of->consultation))
		return err_set(err, ERR_INPUT, "say in which consultation");
	words_read(arena, search, strlen(search), &r->phrase);
	if (of->passages && !r->phrase.count)
		return err_set(err, ERR_INPUT,
			       "say which words the passages have that are to be coded");
	if (!code_get(r->op, arena, of->code_id, &r->code, err) ||
	    !codeframe_usable(&r->code, r->code.consultation_id, err) ||
	    !blind_not_in(r->op, r->code.consultation_id, "what a search would code",
			  err))
		return false;
	if (of->instead_of &&
	    !code_get(r->op, arena, of->instead_of, &r->instead_of, err))
		return false;
	if (of->instead_of == of->code_id ||
	    (of->instead_of && r->instead_of.consultation_id != r->code.consultation_id))
		return err_set(
			err, ERR_INPUT,
			"a code takes the place of another one of its consultation");
	return true;
}

/* The words of a passage stand next to each other: the search asks for that, too. */
static bool find_responses(struct recoding *r, struct arena *arena,
			   const struct response_span *span, struct response_ids *out,
			   struct err *err)
{
	struct response_filter f = r->of->filter;
	struct response_look look = {
		.consultation = r->of->consultation, .filter = &f, .who = r->of->who};

	if (r->of->passages) {
		char *phrase = arena_strdup(arena, f.search);

		for (char *at = phrase; *at; at++)
			if (*at == '"')
				*at = ' ';
		f.search = arena_printf(arena, "\"%s\"", phrase);
	}
	return response_ids(r->op, arena, &look, span, out, err);
}

static bool walk(struct recoding *r, struct arena *arena, struct err *err)
{
	struct response_span span = {.most = RECODE_MOST + 1};
	struct response_ids ids;

	if (!find_responses(r, arena, &span, &ids, err))
		return false;
	if (ids.count > RECODE_MOST)
		return err_set(err, ERR_INPUT,
			       "at most %d responses are recoded in one act; search "
			       "for fewer",
			       RECODE_MOST);
	for (size_t i = 0; i < ids.count; i++)
		if (!one_reply(r, ids.items[i], err))
			return false;
	return true;
}

bool recode_count(struct operation *op, const struct recode *recode,
		  struct recode_count *out, struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 16);
	struct recoding r = {.op = op, .of = recode, .counts = true};
	AUTO(store_txn)
	t = store_snapshot(op->store, err); /* one moment for all */

	if (!t || !begin(&r, arena, err) || !walk(&r, arena, err))
		return false;
	*out = r.n;
	return true;
}

bool recode_count_on(struct operation *op, const struct recode *recode, int64_t most,
		     struct recode_so_far *so_far, struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 16);
	struct recoding r = {.op = op, .of = recode, .counts = true, .n = so_far->count};
	AUTO(store_txn) t = store_snapshot(op->store, err);
	struct response_span span = {so_far->after, most};
	struct response_ids ids;

	if (!t || !begin(&r, arena, err) || !find_responses(&r, arena, &span, &ids, err))
		return false;
	for (size_t i = 0; i < ids.count; i++)
		if (!one_reply(&r, ids.items[i], err))
			return false;
	so_far->count = r.n;
	so_far->looked_at += (int64_t)ids.count;
	so_far->whole = (int64_t)ids.count < most;
	if (ids.count)
		so_far->after = ids.items[ids.count - 1];
	return true;
}

bool recode_apply(struct operation *op, const struct recode *recode, int64_t expect,
		  struct recode_count *out, int64_t *out_change, struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 16);
	struct recoding r = {.op = op, .of = recode};
	AUTO(store_txn) t = store_begin(op->store, err);

	if (out_change)
		*out_change = 0;
	if (!t || !begin(&r, arena, err) ||
	    !codeframe_begin(op, r.code.consultation_id, "recode", &r.change, err,
			     "recoded %s%s%s",
			     recode->instead_of ? r.instead_of.name : "",
			     recode->instead_of ? " as " : "", r.code.name) ||
	    !walk(&r, arena, err))
		return false;
	if (expect >= 0 && r.n.codings != expect)
		return err_set(err, ERR_CONFLICT,
			       "there are %" PRId64 " now, and not %" PRId64
			       "; look again before you recode them",
			       r.n.codings, expect);
	*out = r.n;
	if (!r.n.codings)
		return true;
	if (!codeframe_audit(op, r.change, "recoded", err) || !store_commit(&t, err))
		return false;
	if (out_change)
		*out_change = r.change;
	return true;
}
