/*
 * codeframe private - what the files about codes and codings share; no door for others.
 *
 * A change is begun, the op on it are noted as they are made, and it is finished with
 * its audit row; all inside the caller's transaction.
 *
 * Units      as in domain/coding/coding.h; whole: part, from, to and mark say nothing.
 */
#ifndef MERCAT_DOMAIN_CODEFRAME_PRIVATE_H
#define MERCAT_DOMAIN_CODEFRAME_PRIVATE_H

#include "domain/coding/coding.h"
#include "text/answer/passage.h"

/* said is cut to one line of some 200 bytes. */
bool codeframe_begin(struct operation *op, int64_t consultation_id, const char *what,
		     int64_t *out_change, struct err *err, const char *said, ...)
	PRINTF_LIKE(6, 7) MUST_USE;
/* Around every UPDATE of a code; a new one has no before. */
bool codeframe_before(struct operation *op, int64_t change, int64_t code_id,
		      struct err *err) MUST_USE;
bool codeframe_after(struct operation *op, int64_t change, int64_t code_id,
		     struct err *err) MUST_USE;
bool codeframe_audit(struct operation *op, int64_t change, const char *what,
		     struct err *err) MUST_USE;

/* All fields of a code as they are to be, with before and after. */
bool codeframe_code_set(struct operation *op, int64_t change, const struct code *code,
			struct err *err) MUST_USE;
/* A new code: sets its id, and its colour when it has none. */
bool code_insert(struct operation *op, struct arena *arena, struct code *code,
		 int64_t change, struct err *err) MUST_USE;
bool code_name_is_plain(const char *name, struct err *err) MUST_USE;

/* One coding that is to be. */
struct frame_coding {
	int64_t response_id, code_id, staff_id; /* staff 0: nobody */
	struct coded_passage where;
	struct passage_mark mark;
	const char *by_what, *because;
};

bool codeframe_coding_add(struct operation *op, int64_t change,
			  const struct frame_coding *coding, int64_t *out,
			  struct err *err) MUST_USE;
/* by: what goes on in its place, or 0. */
bool codeframe_coding_stop(struct operation *op, int64_t change, int64_t coding_id,
			   int64_t by, struct err *err) MUST_USE;
/* Goes on under another code, or ends in what covers it there. */
bool codeframe_coding_carry(struct operation *op, int64_t change,
			    const struct store_row *coding, int64_t code_id,
			    struct err *err) MUST_USE;
/* Adds it as a person's: covered: *out_change stays 0; overlapping own ones are joined.
 * change 0: begun when there is something to do. */
bool codeframe_coding_put(struct operation *op, const struct response_text *words,
			  const struct code *code, struct frame_coding *coding,
			  int64_t *change, int64_t *out, struct err *err) MUST_USE;
/* The coding of this code that has all of the passage; 0: none. */
bool codeframe_covered(struct operation *op, int64_t response_id, int64_t code_id,
		       const struct coded_passage *where, int64_t *out,
		       struct err *err) MUST_USE;

/* Trims a passage, looks whether it is inside its part, and marks it. */
bool codeframe_passage(struct arena *arena, const struct response_text *words,
		       const struct coded_passage *where, struct coded_passage *out,
		       struct passage_mark *out_mark, struct err *err) MUST_USE;
const char *codeframe_part(const struct response_text *words, int64_t part) MUST_USE;
void codeframe_where(const struct store_row *row, struct coded_passage *out);
/* "cruelty-0147" of a row that has consultation and number. */
const char *codeframe_reply(struct arena *arena, const struct store_row *row) MUST_USE;

/* Rows with the columns of "quotes_page" as quotes. */
bool codeframe_quotes(struct operation *op, struct arena *arena,
		      const struct store_table *rows, struct coded_quote *out,
		      struct err *err) MUST_USE;

#endif
