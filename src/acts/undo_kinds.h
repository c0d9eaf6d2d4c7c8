/*
 * acts undo kinds - what takes back each kind of act at the desk.
 *
 * The table is acts_undo_kinds (acts/undo.h): a kind's name, as acts_undo_record() is
 * given it, and its function. Each function of the desk's own acts stands in
 * undo_kinds.c beside a word on what the act packed; a subject with kinds of its own
 * declares its functions in its own header and adds its lines to the table.
 *
 * Ownership  inverse is read once, from its start.
 * Errors     as in acts/undo.h
 */
#ifndef MERCAT_ACTS_UNDO_KINDS_H
#define MERCAT_ACTS_UNDO_KINDS_H

#include "acts/undo.h"

/* All of a bulk act, the last first. */
acts_undo_fn acts_undo_bulk;
/* undo_rows.c: an act that began one row, ended another, or did one of both (the other 0). */
bool acts_undo_rows(struct acts *acts, const char *kind, int64_t begun, int64_t ended,
		    const char *what, struct err *err) MUST_USE;
acts_undo_fn acts_undo_view, acts_undo_text, acts_undo_sample;

/* ids packed as their count and each; for acts that end some rows and begin others. */
void acts_undo_pack_ids(struct buf *to, const int64_t *ids, size_t count);
bool acts_undo_unpack_ids(struct unpack *from, struct arena *arena, int64_t **out,
			  size_t *out_count) MUST_USE;
/* The column "id" of all rows of a statement with one parameter. */
bool acts_undo_ids_of(struct acts *acts, struct arena *arena, enum sql_id statement,
		      int64_t of, int64_t **out, size_t *out_count,
		      struct err *err) MUST_USE;

#endif
