/*
 * acts frame_inside - what the files about codes and codings share; no door for others.
 *
 * A change is begun, the acts on it are noted as they are made, and it is finished with
 * its audit row; all inside the caller's transaction.
 *
 * Units      as in acts/coding.h; whole: part, from, to and mark say nothing.
 */
#ifndef MERCAT_ACTS_FRAME_INSIDE_H
#define MERCAT_ACTS_FRAME_INSIDE_H

#include "acts/coding.h"
#include "text/passage.h"

/* said is cut to one line of some 200 bytes. */
bool acts_frame_begin(struct acts *acts, int64_t consultation_id, const char *what,
		      int64_t *out_change, struct err *err, const char *said, ...)
	PRINTF_LIKE(6, 7) MUST_USE;
/* Around every UPDATE of a code; a new one has no before. */
bool acts_frame_before(struct acts *acts, int64_t change, int64_t code_id,
		       struct err *err) MUST_USE;
bool acts_frame_after(struct acts *acts, int64_t change, int64_t code_id,
		      struct err *err) MUST_USE;
bool acts_frame_audit(struct acts *acts, int64_t change, const char *what,
		      struct err *err) MUST_USE;

/* All fields of a code as they are to be, with before and after. */
bool acts_frame_code_set(struct acts *acts, int64_t change, const struct acts_code *code,
			 struct err *err) MUST_USE;
/* A new code: sets its id, and its colour when it has none. */
bool acts_code_insert(struct acts *acts, struct arena *arena, struct acts_code *code,
		      int64_t change, struct err *err) MUST_USE;
bool acts_code_name_is_plain(const char *name, struct err *err) MUST_USE;

/* One coding that is to be. */
struct frame_coding {
	int64_t response_id, code_id, staff_id; /* staff 0: nobody */
	struct acts_passage where;
	struct passage_mark mark;
	const char *by_what, *because;
};

bool acts_frame_coding_add(struct acts *acts, int64_t change,
			   const struct frame_coding *coding, int64_t *out,
			   struct err *err) MUST_USE;
/* by: what goes on in its place, or 0. */
bool acts_frame_coding_stop(struct acts *acts, int64_t change, int64_t coding_id,
			    int64_t by, struct err *err) MUST_USE;
/* Goes on under another code, or ends in what covers it there. */
bool acts_frame_coding_carry(struct acts *acts, int64_t change,
			     const struct store_row *coding, int64_t code_id,
			     struct err *err) MUST_USE;
/* Adds it as a person's: covered: *out_change stays 0; overlapping own ones are joined.
 * change 0: begun when there is something to do. */
bool acts_frame_coding_put(struct acts *acts, const struct acts_words *words,
			   const struct acts_code *code, struct frame_coding *coding,
			   int64_t *change, int64_t *out, struct err *err) MUST_USE;
/* The coding of this code that has all of the passage; 0: none. */
bool acts_frame_covered(struct acts *acts, int64_t response_id, int64_t code_id,
			const struct acts_passage *where, int64_t *out,
			struct err *err) MUST_USE;

/* Trims a passage, looks whether it is inside its part, and marks it. */
bool acts_frame_passage(struct arena *arena, const struct acts_words *words,
			const struct acts_passage *where, struct acts_passage *out,
			struct passage_mark *out_mark, struct err *err) MUST_USE;
const char *acts_frame_part(const struct acts_words *words, int64_t part) MUST_USE;
void acts_frame_where(const struct store_row *row, struct acts_passage *out);
/* "cruelty-0147" of a row that has consultation and number. */
const char *acts_frame_reply(struct arena *arena, const struct store_row *row) MUST_USE;

/* Rows with the columns of "quotes_page" as quotes. */
bool acts_frame_quotes(struct acts *acts, struct arena *arena,
		       const struct store_table *rows, struct acts_quote *out,
		       struct err *err) MUST_USE;

#endif
