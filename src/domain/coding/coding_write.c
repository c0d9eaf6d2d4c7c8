/* How codings are added, ended and carried over to another code; see codeframe_private.h. */
#include "domain/coding/codeframe_private.h"
#include "domain/responses/reference.h"
#include "base/str.h"
#include "text/answer/answers.h"

#include <inttypes.h>

const char *codeframe_part(const struct response_text *words, int64_t part)
{
	for (size_t i = 0; i < words->count; i++)
		if (words->parts[i].position == part)
			return words->parts[i].text;
	return NULL;
}

void codeframe_where(const struct store_row *row, struct coded_passage *out)
{
	*out = (struct coded_passage){.whole = row_null(row, "from_char"),
				      .part = row_int(row, "part"),
				      .from = row_int(row, "from_char"),
				      .to = row_int(row, "to_char")};
}

const char *codeframe_reply(struct arena *arena, const struct store_row *row)
{
	return response_reference(arena, row_text(row, "consultation"),
				  row_int(row, "number"));
}

bool codeframe_passage(struct arena *arena, const struct response_text *words,
		       const struct coded_passage *where, struct coded_passage *out,
		       struct passage_mark *out_mark, struct err *err)
{
	const char *text = codeframe_part(words, where->part);
	struct passage_place place;

	*out = *where;
	*out_mark = (struct passage_mark){0};
	if (where->whole) {
		out->part = out->from = out->to = 0;
		return true;
	}
	if (!text)
		return err_set(err, ERR_INPUT,
			       "there is no file %" PRId64 " with this response",
			       where->part);
	if (!passage_trim(text, where->from, where->to, &place))
		return err_set(
			err, ERR_INPUT,
			"%" PRId64 " to %" PRId64 " is no passage of the text, which "
			"goes from 0 to %zu; it must not be blank",
			where->from, where->to, str_utf8_count(text, strlen(text)));
	out->from = place.from;
	out->to = place.to;
	*out_mark = passage_mark(arena, text, place.from, place.to);
	return true;
}

bool codeframe_coding_add(struct operation *op, int64_t change,
			  const struct frame_coding *c, int64_t *out, struct err *err)
{
	if (!store_run(op->store, err, SQL_CODING_INSERT, "iiiiiiiiittzi", c->response_id,
		       c->code_id, (int64_t)c->where.whole, c->where.part, c->where.from,
		       c->where.to, (int64_t)c->mark.bytes_hash,
		       (int64_t)c->mark.words_hash, (int64_t)c->mark.words, c->by_what,
		       c->because, c->staff_id, op->now))
		return false;
	*out = store_last_id(op->store);
	return store_run(op->store, err, SQL_FRAME_CHANGE_KEEP_CODING, "iit", change,
			 *out, "made");
}

bool codeframe_coding_stop(struct operation *op, int64_t change, int64_t coding_id,
			   int64_t by, struct err *err)
{
	return store_run(op->store, err, SQL_CODING_STOP, "iiiz", coding_id, op->staff_id,
			 op->now, by) &&
	       store_run(op->store, err, SQL_FRAME_CHANGE_KEEP_CODING, "iit", change,
			 coding_id, "ended");
}

bool codeframe_covered(struct operation *op, int64_t response_id, int64_t code_id,
		       const struct coded_passage *where, int64_t *out, struct err *err)
{
	AUTO(arena) arena = arena_new(512);
	struct store_row row;

	*out = 0;
	if (!store_one(op->store, arena, &row, err, SQL_CODING_COVERS, "iiiiii",
		       response_id, code_id, (int64_t)where->whole, where->part,
		       where->from, where->to))
		return err_forgive(err, ERR_ABSENT);
	*out = row_int(&row, "id");
	return true;
}

bool codeframe_coding_carry(struct operation *op, int64_t change,
			    const struct store_row *coding, int64_t code_id,
			    struct err *err)
{
	int64_t id = row_int(coding, "id"), by = 0;
	struct coded_passage where;

	codeframe_where(coding, &where);
	if (!str_eq(row_text(coding, "placed"), "needs re-anchoring") &&
	    !codeframe_covered(op, row_int(coding, "response_id"), code_id, &where, &by,
			       err))
		return false;
	if (!by) {
		if (!store_run(op->store, err, SQL_CODING_COPY, "ii", id, code_id))
			return false;
		by = store_last_id(op->store);
		if (!store_run(op->store, err, SQL_FRAME_CHANGE_KEEP_CODING, "iit",
			       change, by, "made"))
			return false;
	}
	return codeframe_coding_stop(op, change, id, by, err);
}

/* One's own that overlap go on in the new one, which is widened to hold them. */
static bool join_own(struct operation *op, struct arena *arena,
		     const struct response_text *words, struct frame_coding *coding,
		     struct store_table *own, struct err *err)
{
	struct coded_passage *w = &coding->where, at = *w;

	*own = (struct store_table){0};
	if (w->whole)
		return true;
	if (!store_all(op->store, arena, own, err, SQL_CODING_OVERLAPS, "iiiiii",
		       coding->response_id, coding->code_id, w->part, w->from, w->to,
		       op->staff_id))
		return false;
	for (size_t i = 0; i < own->count; i++) {
		struct store_row row = table_row(own, i);
		int64_t from = row_int(&row, "from_char"), to = row_int(&row, "to_char");

		at.from = from < at.from ? from : at.from;
		at.to = to > at.to ? to : at.to;
	}
	return codeframe_passage(arena, words, &at, w, &coding->mark, err);
}

bool codeframe_coding_put(struct operation *op, const struct response_text *words,
			  const struct code *code, struct frame_coding *coding,
			  int64_t *change, int64_t *out, struct err *err)
{
	AUTO(arena) arena = arena_new(4096);
	struct store_table own;

	if (!codeframe_covered(op, coding->response_id, coding->code_id, &coding->where,
			       out, err) ||
	    *out)
		return *out != 0;
	if (!join_own(op, arena, words, coding, &own, err) ||
	    (!*change &&
	     !codeframe_begin(op, words->consultation_id, "code", change, err,
			      "put %s on %s", code->name, words->reference)) ||
	    !codeframe_coding_add(op, *change, coding, out, err))
		return false;
	for (size_t i = 0; i < own.count; i++) {
		struct store_row row = table_row(&own, i);

		if (!codeframe_coding_stop(op, *change, row_int(&row, "id"), *out, err))
			return false;
	}
	return true;
}
