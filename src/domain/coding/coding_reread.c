/* Passages looked for again when a reply was read anew; see domain/coding/coding.h. */
#include "domain/core/audit.h"
#include "domain/coding/codeframe_private.h"
#include "base/str.h"

#include <inttypes.h>

enum place_found { STANDS, FOUND, LOST };

/* Exactly one place with the same words in this part. */
static bool only_place(struct arena *arena, const struct text_part *part,
		       const struct passage_mark *mark, struct coded_passage *out,
		       size_t *count)
{
	struct passage_place places[2];
	size_t n = passage_find(arena, part->text, mark, places, ARRAY_LEN(places));

	*count += n;
	if (n != 1)
		return false;
	*out = (struct coded_passage){
		.part = part->position, .from = places[0].from, .to = places[0].to};
	return true;
}

/* In its own part first; the other parts only when it is not there at all. */
static enum place_found look_for(struct arena *arena, const struct response_text *words,
				 const struct coded_passage *was,
				 const struct passage_mark *mark,
				 struct coded_passage *out)
{
	const char *text = codeframe_part(words, was->part);
	size_t here = 0, elsewhere = 0;
	bool found = false;

	if (text && passage_stands(text, was->from, was->to, mark))
		return STANDS;
	for (size_t i = 0; i < words->count; i++)
		if (words->parts[i].position == was->part)
			found = only_place(arena, &words->parts[i], mark, out, &here);
	if (here)
		return found ? FOUND : LOST;
	for (size_t i = 0; i < words->count; i++)
		if (words->parts[i].position != was->part)
			(void)only_place(arena, &words->parts[i], mark, out, &elsewhere);
	return elsewhere == 1 ? FOUND : LOST;
}

static bool coding_found(struct operation *op, const struct store_row *row,
			 const struct response_text *words,
			 const struct coded_passage *at, const struct passage_mark *mark,
			 struct err *err)
{
	int64_t id = row_int(row, "id");

	return store_run(op->store, err, SQL_CODING_PLACE_KEEP, "iiz", id, op->now,
			 (int64_t)0) &&
	       store_run(op->store, err, SQL_CODING_PLACE_SET, "iiiiiiit", id, at->part,
			 at->from, at->to, (int64_t)mark->bytes_hash,
			 (int64_t)mark->words_hash, (int64_t)mark->words,
			 "re-anchored") &&
	       audit_record(op, err, "coding found again", "response", words->response_id,
			    "coding %" PRId64, id);
}

static bool coding_lost(struct operation *op, const struct store_row *row,
			const struct response_text *words, struct err *err)
{
	int64_t id = row_int(row, "id");

	if (str_eq(row_text(row, "placed"), "needs re-anchoring"))
		return true;
	return store_run(op->store, err, SQL_CODING_PLACE_KEEP, "iiz", id, op->now,
			 (int64_t)0) &&
	       store_run(op->store, err, SQL_CODING_PLACED, "it", id,
			 "needs re-anchoring") &&
	       audit_record(op, err, "coding lost", "response", words->response_id,
			    "coding %" PRId64, id);
}

/* A lost one whose text is back where it was. */
static bool coding_stands(struct operation *op, const struct store_row *row,
			  struct err *err)
{
	int64_t id = row_int(row, "id");

	if (!str_eq(row_text(row, "placed"), "needs re-anchoring"))
		return true;
	return store_run(op->store, err, SQL_CODING_PLACE_KEEP, "iiz", id, op->now,
			 (int64_t)0) &&
	       store_run(op->store, err, SQL_CODING_PLACED, "it", id, "re-anchored");
}

static bool other_placed(struct operation *op, const struct store_row *row,
			 enum place_found found, const struct coded_passage *at,
			 const struct passage_mark *mark, struct err *err)
{
	bool second = str_eq(row_text(row, "what"), "second");
	int64_t id = row_int(row, "id");

	if (found == STANDS)
		return true;
	if (second && found == LOST)
		return store_run(op->store, err, SQL_SECOND_CODING_PLACE, "iiiiit", id,
				 row_int(row, "part"), row_int(row, "from_char"),
				 row_int(row, "to_char"), row_int(row, "bytes_hash"),
				 "needs re-anchoring");
	if (second)
		return store_run(op->store, err, SQL_SECOND_CODING_PLACE, "iiiiit", id,
				 at->part, at->from, at->to, (int64_t)mark->bytes_hash,
				 "re-anchored");
	if (found == LOST)
		return store_run(op->store, err, SQL_SUGGESTION_GONE, "i", id);
	return store_run(op->store, err, SQL_SUGGESTION_PLACE, "iiiii", id, at->part,
			 at->from, at->to, (int64_t)mark->bytes_hash);
}

bool codings_reread(struct operation *op, struct arena *arena,
		    const struct response_text *words, struct err *err)
{
	struct store_table t;

	if (!store_all(op->store, arena, &t, err, SQL_CODINGS_ON_PASSAGES, "i",
		       words->response_id))
		return false;
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);
		struct passage_mark mark = {
			.bytes_hash = (uint64_t)row_int(&row, "bytes_hash"),
			.words_hash = (uint64_t)row_int(&row, "words_hash"),
			.words = (size_t)row_int(&row, "words"),
		};
		struct coded_passage was, at = {0};
		enum place_found found;
		bool ok;

		codeframe_where(&row, &was);
		found = look_for(arena, words, &was, &mark, &at);
		if (found == FOUND)
			mark = passage_mark(arena, codeframe_part(words, at.part),
					    at.from, at.to);
		if (!str_eq(row_text(&row, "what"), "coding"))
			ok = other_placed(op, &row, found, &at, &mark, err);
		else if (found == FOUND)
			ok = coding_found(op, &row, words, &at, &mark, err);
		else
			ok = found == LOST ? coding_lost(op, &row, words, err)
					   : coding_stands(op, &row, err);
		if (!ok)
			return false;
	}
	return true;
}
