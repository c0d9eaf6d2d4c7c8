/*
 * undo - the log of what the staff did and may take back, and how it is taken back.
 *
 * Each act writes beside its change one row of the log, in the same transaction: who, when,
 * one sentence, and what would take it back (its inverse). undo_last() takes the newest of
 * this person that was not taken back yet, looks whether what the act left still stands, and
 * reverts it; once more takes back the one before. undo_one() takes back a certain one,
 * whoever did it. Nothing is deleted by it, and the undo is in the audit too. What somebody
 * else changed since is never overwritten: one sentence says so.
 *
 * Acts on codes and codings (kind "frame") are a history that people read as well
 * (domain/coding/codeframe_log.h): their rows are kept for good, and what they changed stands
 * in rows that name them. They have no inverse but their own number.
 *
 * What cannot be taken back any more, since others went on from it, is said once and then
 * passed over: the next undo takes back what was done before it.
 *
 * What cannot be taken back (a letter) is recorded as such, so that undo does not
 * silently reach past it.
 *
 * A subject joins in by a line in the table that comes with the context (op->undo_kinds,
 * NULL name at the end): its name, and a function that reads what it recorded and reverts
 * it, inside the transaction that undo_last() holds. It answers ERR_CONFLICT with a
 * sentence when what it left no longer stands.
 *
 *	AUTO(buf) inverse = undo_new();
 *	pack_int(inverse, id);
 *	pack_str(inverse, old);
 *	... undo_record(op, "tag", inverse, err, "tag \"%s\" on %s", tag, ref)
 *
 * Ownership  the inverse is copied.
 * Errors     ERR_ABSENT    there is nothing to take back
 *            ERR_CONFLICT  it no longer stands, or cannot be taken back
 * Limits     an inverse 64 MB; its sentence UNDO_SAID bytes; undo_last() takes back nothing
 *            that is older than UNDO_DAYS days
 */
#ifndef MERCAT_DOMAIN_UNDO_H
#define MERCAT_DOMAIN_UNDO_H

#include "domain/core/domain.h"
#include "base/codec/pack.h"

enum { UNDO_DAYS = 7, UNDO_OFFERED_DAYS = 1, UNDO_SAID = 400 };

typedef bool undo_fn(struct operation *op, struct arena *arena, struct unpack *inverse,
		     struct err *err);

/*
 * Who is bound by rights (op->rights) is asked at the moment of taking back whether they have
 * the right that the act took, for what it was done to: op->undo_ask reads it from the kind's
 * needs and from the inverse. Who lost it takes nothing back; what they did before comes next.
 */
struct undo_needs; /* domain/sorting/undo_kinds.c */
struct undo_kind {
	const char *name;
	undo_fn *apply;                 /* NULL: cannot be taken back */
	const struct undo_needs *needs; /* NULL: each of its parts is asked for */
	bool names_itself;              /* its errors say what could not be taken back */
};

struct buf *undo_new(void) MUST_USE;
/* Inside the act's transaction; what is said of it: "screening of cruelty-0147". Does
 * nothing when nobody of the staff op. */
bool undo_record(struct operation *op, const char *kind, const struct buf *inverse,
		 struct err *err, const char *what, ...) PRINTF_LIKE(5, 6) MUST_USE;
/* One on codes, by somebody of the staff; what is done is to be kept under its number. */
struct undo_frame {
	int64_t consultation_id;
	const char *what; /* of the schema's: "rename" */
};
bool undo_record_frame(struct operation *op, const struct undo_frame *frame,
		       int64_t *out_change, struct err *err, const char *said, ...)
	PRINTF_LIKE(5, 6) MUST_USE;
/* kind "final": the last act cannot be taken back. */
bool undo_final(struct operation *op, struct err *err, const char *what, ...)
	PRINTF_LIKE(3, 4) MUST_USE;
/* What an apply function answers with: it was changed since; its inverse cannot be read. */
bool undo_moved_on(struct err *err);
bool undo_damaged(struct err *err);
/* What it ran has failed: where that was a conflict, a name was given again since. */
void undo_refused(struct err *err);
/* What ran must have changed one row; else somebody was there since. */
bool undo_one_row(struct operation *op, struct err *err) MUST_USE;

/*
 * Acts between gather and gathered become parts of one that is taken back as one, the last
 * first. Inside a transaction; gathered says what it was (nothing when there were none),
 * drop is for the way out.
 */
void undo_gather(struct operation *op);
bool undo_gathered(struct operation *op, struct err *err, const char *what, ...)
	PRINTF_LIKE(3, 4) MUST_USE;
void undo_drop(struct operation *op);
int64_t undo_count(const struct operation *op) MUST_USE; /* gathered so far */

/* Takes back the one with that number, of that kind. That whoever asks may do so was asked
 * before; that there is one is for the kind to say. */
bool undo_one(struct operation *op, const char *kind, int64_t change_id,
	      struct err *err) MUST_USE;
/* Takes back; out_what lives in the arena: "screening of cruelty-0147". */
bool undo_last(struct operation *op, struct arena *arena, const char **out_what,
	       struct err *err) MUST_USE;
/* The clock's: drops what is too old to be taken back; the audit keeps what was done, and
 * the log the acts on codes. */
bool undo_forget(struct operation *op, struct err *err) MUST_USE;
/* What undo_last() would take back, for the button; NULL when there is nothing, or nothing of
 * the last UNDO_OFFERED_DAYS: who presses a button means what they have just done. */
bool undo_next(struct operation *op, struct arena *arena, const char **out_what,
	       struct err *err) MUST_USE;

/* All parts of an act, the last first: the kind "bulk". */
undo_fn undo_bulk;

/*
 * For op that end some rows and begin others (undo_rows.c). ids packed as their count
 * and each.
 */
void undo_pack_ids(struct buf *to, const int64_t *ids, size_t count);
bool undo_unpack_ids(struct unpack *from, struct arena *arena, int64_t **out,
		     size_t *out_count) MUST_USE;
struct undo_rows_of {
	enum sql_id statement;
	int64_t id;
};
/* The column "id" of all rows of a statement with one parameter. */
bool undo_ids_of(struct operation *op, struct arena *arena, struct undo_rows_of rows,
		 int64_t **out, size_t *out_count, struct err *err) MUST_USE;
/* An act that began one row, ended another, or did one of both (the other 0). */
bool undo_rows(struct operation *op, const char *kind, int64_t begun, int64_t ended,
	       const char *what, struct err *err) MUST_USE;
/* How rows of a kind end and begin again; the letters of store_run() for the latter. */
struct undo_row_kind {
	const char *subject;
	enum sql_id end, reopen;
	const char *letters;
};
/* Takes back what undo_rows() recorded. */
bool undo_rows_back(struct operation *op, struct unpack *inverse,
		    const struct undo_row_kind *kind, struct err *err) MUST_USE;

#endif
