/* How codings are added, ended and carried over to another code; see frame_inside.h. */
#include "acts/frame_inside.h"
#include "acts/reference.h"
#include "base/str.h"
#include "text/answers.h"

#include <inttypes.h>

const char *acts_frame_part(const struct acts_words *words, int64_t part)
{
	for (size_t i = 0; i < words->count; i++)
		if (words->parts[i].position == part)
			return words->parts[i].text;
	return NULL;
}

void acts_frame_where(const struct store_row *row, struct acts_passage *out)
{
	*out = (struct acts_passage){.whole = row_null(row, "from_char"),
				     .part = row_int(row, "part"),
				     .from = row_int(row, "from_char"),
				     .to = row_int(row, "to_char")};
}

const char *acts_frame_reply(struct arena *arena, const struct store_row *row)
{
	return acts_reference(arena, row_text(row, "consultation"),
			      row_int(row, "number"));
}

bool acts_frame_passage(struct arena *arena, const struct acts_words *words,
			const struct acts_passage *where, struct acts_passage *out,
			struct passage_mark *out_mark, struct err *err)
{
	const char *text = acts_frame_part(words, where->part);
	struct passage_place place;

	*out = *where;
	*out_mark = (struct passage_mark){0};
	if (where->whole) {
		out->part = out->from = out->to = 0;
		return true;
	}
	if (!text)
		return err_set(err, ERR_INPUT,
			       "there is no file %" PRId64 " with this reply",
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

bool acts_frame_coding_add(struct acts *acts, int64_t change,
			   const struct frame_coding *c, int64_t *out, struct err *err)
{
	if (!store_run(acts->store, err, SQL_CODING_INSERT, "iiiiiiiiittzi",
		       c->response_id, c->code_id, (int64_t)c->where.whole, c->where.part,
		       c->where.from, c->where.to, (int64_t)c->mark.bytes_hash,
		       (int64_t)c->mark.words_hash, (int64_t)c->mark.words, c->by_what,
		       c->because, c->staff_id, acts->now))
		return false;
	*out = store_last_id(acts->store);
	return store_run(acts->store, err, SQL_FRAME_CHANGE_KEEP_CODING, "iit", change,
			 *out, "made");
}

bool acts_frame_coding_stop(struct acts *acts, int64_t change, int64_t coding_id,
			    int64_t by, struct err *err)
{
	return store_run(acts->store, err, SQL_CODING_STOP, "iiiz", coding_id,
			 acts->staff_id, acts->now, by) &&
	       store_run(acts->store, err, SQL_FRAME_CHANGE_KEEP_CODING, "iit", change,
			 coding_id, "ended");
}

bool acts_frame_covered(struct acts *acts, int64_t response_id, int64_t code_id,
			const struct acts_passage *where, int64_t *out, struct err *err)
{
	AUTO(arena) arena = arena_new(512);
	struct store_row row;

	*out = 0;
	if (!store_one(acts->store, arena, &row, err, SQL_CODING_COVERS, "iiiiii",
		       response_id, code_id, (int64_t)where->whole, where->part,
		       where->from, where->to))
		return err->kind == ERR_ABSENT;
	*out = row_int(&row, "id");
	return true;
}

bool acts_frame_coding_carry(struct acts *acts, int64_t change,
			     const struct store_row *coding, int64_t code_id,
			     struct err *err)
{
	int64_t id = row_int(coding, "id"), by = 0;
	struct acts_passage where;

	acts_frame_where(coding, &where);
	if (!str_eq(row_text(coding, "placed"), "lost") &&
	    !acts_frame_covered(acts, row_int(coding, "response_id"), code_id, &where,
				&by, err))
		return false;
	if (!by) {
		if (!store_run(acts->store, err, SQL_CODING_COPY, "ii", id, code_id))
			return false;
		by = store_last_id(acts->store);
		if (!store_run(acts->store, err, SQL_FRAME_CHANGE_KEEP_CODING, "iit",
			       change, by, "made"))
			return false;
	}
	return acts_frame_coding_stop(acts, change, id, by, err);
}

/* One's own that overlap go on in the new one, which is widened to hold them. */
static bool join_own(struct acts *acts, struct arena *arena,
		     const struct acts_words *words, struct frame_coding *coding,
		     struct store_table *own, struct err *err)
{
	struct acts_passage *w = &coding->where, at = *w;

	*own = (struct store_table){0};
	if (w->whole)
		return true;
	if (!store_all(acts->store, arena, 0, own, err, SQL_CODING_OVERLAPS, "iiiiii",
		       coding->response_id, coding->code_id, w->part, w->from, w->to,
		       acts->staff_id))
		return false;
	for (size_t i = 0; i < own->count; i++) {
		struct store_row row = table_row(own, i);
		int64_t from = row_int(&row, "from_char"), to = row_int(&row, "to_char");

		at.from = from < at.from ? from : at.from;
		at.to = to > at.to ? to : at.to;
	}
	return acts_frame_passage(arena, words, &at, w, &coding->mark, err);
}

bool acts_frame_coding_put(struct acts *acts, const struct acts_words *words,
			   const struct acts_code *code, struct frame_coding *coding,
			   int64_t *change, int64_t *out, struct err *err)
{
	AUTO(arena) arena = arena_new(4096);
	struct store_table own;

	if (!acts_frame_covered(acts, coding->response_id, coding->code_id,
				&coding->where, out, err) ||
	    *out)
		return *out != 0;
	if (!join_own(acts, arena, words, coding, &own, err) ||
	    (!*change &&
	     !acts_frame_begin(acts, words->consultation_id, "code", change, err,
			       "put %s on %s", code->name, words->reference)) ||
	    !acts_frame_coding_add(acts, *change, coding, out, err))
		return false;
	for (size_t i = 0; i < own.count; i++) {
		struct store_row row = table_row(&own, i);

		if (!acts_frame_coding_stop(acts, *change, row_int(&row, "id"), *out,
					    err))
			return false;
	}
	return true;
}
