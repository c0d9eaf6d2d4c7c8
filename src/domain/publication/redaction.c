#include "domain/publication/publication_private.h"
#include "domain/admin/rights.h"
#include "domain/core/audit.h"
#include "domain/core/undo.h"
#include "domain/responses/reference.h"
#include "base/str.h"
#include "text/answer/passage.h"

#include <inttypes.h>

enum { PLACES_MOST = 200, SAID_WORDS_MOST = 2000 };

struct redacting {
	struct operation *op;
	struct arena *arena;
	struct response response;
	struct redactions all;
};

static bool begin(struct redacting *r, const char *reference, struct err *err)
{
	return needs_staff(r->op, err) &&
	       response_find(r->op, r->arena, reference, &r->response, err) &&
	       rights_ask(r->op, RIGHT_MODERATE,
			  rights_on_consultation(r->response.consultation_id), err) &&
	       redactions_load(r->op, r->arena, r->response.id, &r->all, err);
}

static const char *name_of(const struct redacting *r)
{
	return response_reference(r->arena, r->response.consultation, r->response.number);
}

bool publication_touched(struct operation *op, struct arena *arena, int64_t response_id,
			 struct err *err)
{
	struct published_words words;
	struct publication p;
	struct store_row row;
	const char *reference;

	if (!store_one(op->store, arena, &row, err, SQL_PUBLICATION_OF, "i", response_id))
		return false;
	if (row_null(&row, "decision") || str_eq(row_text(&row, "decision"), "withhold"))
		return true;
	reference = response_reference(arena, row_text(&row, "consultation"),
				       row_int(&row, "number"));
	return publication_find(op, arena, reference, &p, err) &&
	       published_words_make(op, arena, &p, p.decision, &words, err) &&
	       store_run(op->store, err, SQL_PUBLICATION_TOUCHED, "iiit", response_id,
			 op->staff_id, op->now, words.hash);
}

static bool add_one(struct redacting *r, const struct redaction *item, struct err *err)
{
	const char *text = redactions_part(&r->all, item->at.part);
	struct passage_mark mark;
	struct passage_place place;

	if (!text)
		return err_set(err, ERR_INPUT,
			       "there is no file %" PRId64 " with this response",
			       item->at.part);
	if (!passage_trim(text, item->at.from, item->at.to, &place))
		return err_set(err, ERR_INPUT,
			       "%" PRId64 " to %" PRId64
			       " is blank, or not inside the text",
			       item->at.from, item->at.to);
	mark = passage_mark(r->arena, text, place.from, place.to);
	return store_run(r->op->store, err, SQL_REDACTION_ADD, "iiiiiiitttii",
			 r->response.id, item->at.part, place.from, place.to,
			 (int64_t)mark.bytes_hash, (int64_t)mark.words_hash,
			 (int64_t)mark.words,
			 item->state == REDACTION_DISMISSED ? "dismissed" : "accepted",
			 item->reason, item->kind, r->op->staff_id, r->op->now) &&
	       undo_rows(r->op, "redaction", store_last_id(r->op->store), 0,
			 arena_printf(r->arena, "redaction of %s", name_of(r)), err) &&
	       audit_record(r->op, err,
			    item->state == REDACTION_DISMISSED ? "redaction dismissed"
							       : "redacted",
			    "response", r->response.id,
			    "part %" PRId64 ", %" PRId64 " to %" PRId64 ": %s",
			    item->at.part, place.from, place.to, item->reason);
}

static bool is_redacted(const struct redacting *r, const struct redaction_place *at)
{
	for (size_t i = 0; i < r->all.count; i++) {
		const struct redaction *x = &r->all.items[i];

		if (x->state == REDACTION_ACCEPTED && !x->lost &&
		    x->at.part == at->part && x->at.from <= at->from &&
		    x->at.to >= at->to)
			return true;
	}
	return false;
}

bool redaction_add(struct operation *op, const char *reference,
		   const struct redaction_place *where, const char *reason,
		   struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 16);
	AUTO(store_txn) t = store_begin(op->store, err);
	struct redacting r = {.op = op, .arena = arena};

	if (!t ||
	    !domain_word_check("reason", str_or(reason, "(none)"), redaction_reasons,
			       err) ||
	    !begin(&r, reference, err))
		return false;
	if (is_redacted(&r, where))
		return err_set(err, ERR_CONFLICT, "that passage is redacted already");
	return add_one(&r,
		       &(struct redaction){.at = *where,
					   .state = REDACTION_ACCEPTED,
					   .reason = reason},
		       err) &&
	       publication_touched(op, arena, r.response.id, err) &&
	       store_commit(&t, err);
}

/* The first place of each part is enough: the same words elsewhere go with it. */
static bool add_words(struct redacting *r, const char *words, const char *reason,
		      int64_t *out_count, struct err *err)
{
	int64_t chars = (int64_t)str_utf8_count(words, strlen(words));
	struct passage_mark mark = passage_mark(r->arena, words, 0, chars);

	*out_count = 0;
	if (!mark.words)
		return err_set(err, ERR_INPUT, "Say which words are to be redacted");
	for (size_t p = 0; p < r->all.words.count; p++) {
		const struct text_part *part = &r->all.words.parts[p];
		struct passage_place *found =
			arena_make(r->arena, struct passage_place, PLACES_MOST);
		size_t n = passage_find(r->arena, part->text, &mark, found, PLACES_MOST);

		for (size_t i = 0; i < n; i++) {
			struct redaction item = {
				.at = {part->position, found[i].from, found[i].to},
				.state = REDACTION_ACCEPTED,
				.reason = reason};

			if (is_redacted(r, &item.at))
				continue;
			if (!*out_count && !add_one(r, &item, err))
				return false;
			++*out_count;
		}
	}
	return *out_count > 0 ||
	       err_set(err, ERR_INPUT,
		       "these words do not stand in the response, or are redacted "
		       "already");
}

bool redaction_add_words(struct operation *op, const char *reference, const char *words,
			 const char *reason, int64_t *out_count, struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 16);
	AUTO(store_txn) t = store_begin(op->store, err);
	struct redacting r = {.op = op, .arena = arena};

	if (!t || !domain_word_check("reason", str_or(reason, "(none)"),
				     redaction_reasons, err))
		return false;
	if (!str_utf8_valid(words, strlen(words)) || strlen(words) > SAID_WORDS_MOST)
		return err_set(err, ERR_INPUT, "write at most %d characters",
			       SAID_WORDS_MOST);
	return begin(&r, reference, err) &&
	       add_words(&r, words, reason, out_count, err) &&
	       publication_touched(op, arena, r.response.id, err) &&
	       store_commit(&t, err);
}

static bool settle(struct redacting *r, const struct redaction_place *where,
		   enum redaction_settle how, int64_t *out_count, struct err *err)
{
	*out_count = 0;
	for (size_t i = 0; i < r->all.count; i++) {
		struct redaction item = r->all.items[i];

		if (item.state != REDACTION_PROPOSED ||
		    (where && memcmp(where, &item.at, sizeof(*where)) != 0))
			continue;
		item.state = how == REDACTION_ACCEPT ? REDACTION_ACCEPTED
						     : REDACTION_DISMISSED;
		if (!add_one(r, &item, err))
			return false;
		++*out_count;
	}
	return *out_count > 0 || err_set(err, ERR_ABSENT,
					 where ? "nothing is proposed there any more"
					       : "nothing is proposed any more");
}

bool redaction_settle(struct operation *op, const char *reference,
		      const struct redaction_place *where, enum redaction_settle how,
		      int64_t *out_count, struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 16);
	AUTO(store_txn) t = store_begin(op->store, err);
	struct redacting r = {.op = op, .arena = arena};
	bool done;

	if (!t || !begin(&r, reference, err))
		return false;
	undo_gather(op);
	done = settle(&r, where, how, out_count, err) &&
	       publication_touched(op, arena, r.response.id, err) &&
	       undo_gathered(op, err, "%s of %s",
			     how == REDACTION_ACCEPT ? "redactions accepted"
						     : "redactions dismissed",
			     name_of(&r)) &&
	       store_commit(&t, err);
	if (!done)
		undo_drop(op);
	return done;
}

bool redaction_end(struct operation *op, const char *reference, int64_t id,
		   struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 16);
	AUTO(store_txn) t = store_begin(op->store, err);
	struct redacting r = {.op = op, .arena = arena};
	bool is_here = false;

	if (!t || !begin(&r, reference, err))
		return false;
	for (size_t i = 0; i < r.all.count; i++)
		is_here |= id && r.all.items[i].id == id;
	if (!is_here)
		return err_set(err, ERR_ABSENT, "%s has no such redaction any more",
			       name_of(&r));
	return store_run(op->store, err, SQL_REDACTION_END, "iii", id, op->staff_id,
			 op->now) &&
	       undo_rows(op, "redaction", 0, id,
			 arena_printf(arena, "redaction of %s", name_of(&r)), err) &&
	       audit_record(op, err, "redaction ended", "response", r.response.id,
			    "redaction %" PRId64, id) &&
	       publication_touched(op, arena, r.response.id, err) &&
	       store_commit(&t, err);
}

bool redaction_undo(struct operation *op, struct arena *arena, struct unpack *inverse,
		    struct err *err)
{
	struct store_row row;
	int64_t begun, ended;

	if (!unpack_int(inverse, 0, INT64_MAX, &begun) ||
	    !unpack_int(inverse, 0, INT64_MAX, &ended))
		return undo_damaged(err);
	if (!store_one(op->store, arena, &row, err, SQL_REDACTION_OF_ID, "i",
		       begun ? begun : ended))
		return false;
	if ((begun && (!store_run(op->store, err, SQL_REDACTION_END, "iii", begun,
				  op->staff_id, op->now) ||
		       !undo_one_row(op, err))) ||
	    (ended && (!store_run(op->store, err, SQL_REDACTION_REOPEN, "i", ended) ||
		       !undo_one_row(op, err)))) {
		undo_refused(err);
		return false;
	}
	return publication_touched(op, arena, row_int(&row, "response_id"), err) &&
	       audit_record(op, err, "taken back", "response",
			    row_int(&row, "response_id"), "redaction %" PRId64,
			    begun ? begun : ended);
}

/* ---- the response was read anew ---- */

static bool only_place(struct arena *arena, const struct response_text *words,
		       const struct passage_mark *mark, struct redaction_place *out)
{
	size_t count = 0;

	for (size_t i = 0; i < words->count; i++) {
		struct passage_place places[2];
		size_t n = passage_find(arena, words->parts[i].text, mark, places,
					ARRAY_LEN(places));

		/* The same words elsewhere go with it: the first is enough. */
		if (n && !count)
			*out = (struct redaction_place){words->parts[i].position,
							places[0].from, places[0].to};
		count += n;
	}
	return count > 0;
}

static bool place_again(struct operation *op, struct arena *arena,
			const struct response_text *words, const struct store_row *row,
			struct err *err)
{
	struct passage_mark mark = {.bytes_hash = (uint64_t)row_int(row, "bytes_hash"),
				    .words_hash = (uint64_t)row_int(row, "words_hash"),
				    .words = (size_t)row_int(row, "words")};
	struct redaction_place at = {row_int(row, "part"), row_int(row, "from_char"),
				     row_int(row, "to_char")};
	const struct redactions all = {.words = *words};
	const char *text = redactions_part(&all, at.part), *placed = "re-anchored";
	bool stands = text && passage_stands(text, at.from, at.to, &mark);

	if (stands && !str_eq(row_text(row, "placed"), "needs re-anchoring"))
		return true;
	if (!stands && only_place(arena, words, &mark, &at))
		mark = passage_mark(arena, redactions_part(&all, at.part), at.from,
				    at.to);
	else if (!stands)
		placed = "needs re-anchoring";
	if (!stands && str_eq(placed, row_text(row, "placed")) &&
	    str_eq(placed, "needs re-anchoring"))
		return true;
	return store_run(op->store, err, SQL_REDACTION_PLACE, "iiiiiiit",
			 row_int(row, "id"), at.part, at.from, at.to,
			 (int64_t)mark.bytes_hash, (int64_t)mark.words_hash,
			 (int64_t)mark.words, placed) &&
	       audit_record(op, err,
			    str_eq(placed, "re-anchored")
				    ? "redaction re-anchored"
				    : "redaction needs re-anchoring",
			    "response", words->response_id, "redaction %" PRId64,
			    row_int(row, "id"));
}

/* What is published was released of other words than these: it ends. */
static bool ends_if_changed(struct operation *op, struct arena *arena,
			    const struct response_text *words, struct err *err)
{
	struct published_words now;
	struct publication p;

	if (!publication_find(op, arena, words->reference, &p, err))
		return false;
	if (!p.released_at)
		return true;
	if (!published_words_make(op, arena, &p, p.decision, &now, err))
		return false;
	if (str_eq(now.hash, p.content_hash) && !now.open && !now.lost)
		return true;
	return store_run(op->store, err, SQL_PUBLICATION_UNRELEASE, "it",
			 words->response_id, "text") &&
	       audit_record(op, err, "publication ended", "response", words->response_id,
			    "%s", "the text was read anew");
}

bool redactions_reread(struct operation *op, struct arena *arena,
		       const struct response_text *words, struct err *err)
{
	struct store_row any;
	struct store_table t;

	if (!store_one(op->store, arena, &any, err, SQL_PUBLICATION_ANY, "i",
		       words->response_id))
		return false;
	if (!row_int(&any, "n"))
		return true;
	if (!store_all(op->store, arena, &t, err, SQL_REDACTIONS_OF, "i",
		       words->response_id))
		return false;
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);

		if (!place_again(op, arena, words, &row, err))
			return false;
	}
	return ends_if_changed(op, arena, words, err);
}
