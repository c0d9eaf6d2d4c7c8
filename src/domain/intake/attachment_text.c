#include "domain/intake/attachment_text.h"
#include "domain/intake/in_sight.h"
#include "domain/intake/reread.h"
#include "base/str.h"
#include "store/apart.h"

bool attachment_text_next(struct operation *op, struct arena *arena,
			  struct waiting_text *out, struct err *err)
{
	struct store_row row;
	struct store_table t;

	if (!store_one(op->store, arena, &row, err, SQL_EXTRACT_NEXT, ""))
		return false;
	out->inbound_id = row_int(&row, "inbound_id");
	out->raw = row_bytes(&row, "bytes", &out->len);
	if (!store_all(op->store, arena, &t, err, SQL_EXTRACT_WAITING_OF, "i",
		       out->inbound_id))
		return false;
	out->count = t.count;
	out->files = arena_make(arena, struct waiting_file, t.count + 1);
	for (size_t i = 0; i < t.count; i++) {
		struct store_row file = table_row(&t, i);

		out->files[i].position = row_int(&file, "position");
		out->files[i].sha256 = row_text(&file, "sha256");
	}
	return true;
}

static bool add_words(void *with, const struct store_row *row, struct err *err)
{
	struct buf *words = with;

	(void)err;
	buf_printf(words, "%s\n", str_or(row_text(row, "name"), ""));
	buf_str(words, row_text(row, "text"));
	buf_char(words, '\n');
	return true;
}

/* Once nothing of a mail waits any more, its files' words are found by a search. */
static bool make_searchable(struct operation *op, struct arena *arena, int64_t inbound_id,
			    struct err *err)
{
	AUTO(buf) words = buf_new(ATTACHMENT_TEXT_WORDS);
	AUTO(buf) clean = buf_new((size_t)ATTACHMENT_TEXT_WORDS * 2);
	struct store_table waiting;
	bool risk;

	if (!store_all(op->store, arena, &waiting, err, SQL_EXTRACT_WAITING_OF, "i",
		       inbound_id))
		return false;
	if (waiting.count)
		return true;
	if (!store_each(op->store, add_words, words, err, SQL_ATTACHMENTS_OF, "i",
			inbound_id))
		return false;
	/* A cut may fall within a letter. */
	str_utf8_clean(clean, buf_text(words), words->len);
	/* The form and the answers may stand in a file. */
	return store_run(op->store, err, SQL_EXTRACT_WORDS, "it", inbound_id,
			 buf_text(clean)) &&
	       in_sight_words_at_risk(op, arena, buf_text(clean), &risk, err) &&
	       (!risk || store_run(op->store, err, SQL_INBOUND_UNSORTED_AT_RISK_SET, "i",
				   inbound_id)) &&
	       response_text_of_mail(op, arena, inbound_id, err);
}

/* What came of one file, or why none of a mail's is read; for apart_run(). */
struct keeping {
	struct operation *op;
	int64_t inbound_id, position;
	const struct extract_result *result; /* NULL: none is read */
	const char *reason;
};

static bool keep_result(const struct keeping *what, struct err *err)
{
	const struct extract_result *result = what->result;
	struct operation *op = what->op;

	return store_run(op->store, err, SQL_EXTRACT_KEEP, "iitttt", what->inbound_id,
			 what->position, result->text, result->source,
			 extract_state_name(result->state), result->reason) &&
	       (!result->recognised ||
		store_run(op->store, err, SQL_EXTRACT_RECOGNISED, "iiii",
			  what->inbound_id, what->position,
			  (int64_t)(result->recognised - result->text),
			  (int64_t)result->sure)) &&
	       (!result->shown ||
		store_run(op->store, err, SQL_DOCUMENT_PUT, "iib", what->inbound_id,
			  what->position, result->shown, result->shown_len));
}

static bool keep_once(void *with, struct arena *arena, struct err *err)
{
	const struct keeping *what = with;
	struct operation *op = what->op;
	AUTO(store_txn) t = store_begin(op->store, err);

	return t &&
	       (what->result ? keep_result(what, err)
			     : store_run(op->store, err, SQL_EXTRACT_GIVE_UP, "it",
					 what->inbound_id, what->reason)) &&
	       make_searchable(op, arena, what->inbound_id, err) && store_commit(&t, err);
}

bool attachment_text_keep(struct operation *op, int64_t inbound_id, int64_t position,
			  const struct extract_result *result, struct err *err)
{
	struct keeping what = {op, inbound_id, position, result, NULL};

	return apart_run(op->store, keep_once, &what, err);
}

bool attachment_text_give_up(struct operation *op, int64_t inbound_id, const char *reason,
			     struct err *err)
{
	struct keeping what = {op, inbound_id, 0, NULL, reason};

	return apart_run(op->store, keep_once, &what, err);
}

bool attachment_text_abandon(struct operation *op, int64_t inbound_id, const char *reason,
			     struct err *err)
{
	AUTO(store_txn) t = store_begin(op->store, err);

	return t &&
	       store_run(op->store, err, SQL_EXTRACT_GIVE_UP, "it", inbound_id, reason) &&
	       store_run(op->store, err, SQL_INBOUND_UNSORTED_AT_RISK_SET, "i",
			 inbound_id) &&
	       store_commit(&t, err);
}
