/*
 * audit - the append-only record of who did what, each row chained to the last.
 *
 * hash = SHA-256 over the hash before and this row's fields, each with its length in
 * front. Detail names ids, states and hashes, never people, so that a person can be
 * erased while the chain still proves itself. Detail is for people: what other code asks
 * of a row is in its columns.
 *
 * Errors     audit_verify(): ERR_CONFLICT names the first row that does not fit. An act on
 *            what is none of audit_subjects() is refused: nobody could ask for it again.
 * Limits     rows of form 1 were written before about, about_id and content_hash were:
 *            what stands there was read out of detail, which their hash is over, when the
 *            store was brought up. No row of form 1 comes after one of form 2.
 */
#ifndef MERCAT_DOMAIN_AUDIT_H
#define MERCAT_DOMAIN_AUDIT_H

#include "domain/core/domain.h"

/* When the last row was written, and when the store was last copied; 0: never. */
bool audit_last_at(struct operation *op, int64_t *out, struct err *err) MUST_USE;
bool audit_backup_at(struct operation *op, int64_t *out, struct err *err) MUST_USE;

/* The names of what is acted on, NULL after the last one: what a filter may ask for. */
const char *const *audit_subjects(void);
bool audit_subject_is(const char *name) MUST_USE;

/* What was done to what. */
struct audited {
	const char *act, *subject; /* subject: one of audit_subjects() */
	int64_t subject_id;
	const char *about;        /* the part of it, by a name of undo_kinds.c, or NULL */
	int64_t about_id;         /* of that part, or 0 */
	const char *content_hash; /* of a bulletin's text as it was, or NULL */
};
bool audit_of(struct operation *op, const struct audited *what, struct err *err,
	      const char *detail, ...) PRINTF_LIKE(4, 5) MUST_USE;
/* Of a bulletin whose text has this hash now. */
#define AUDITED_TEXT(act_, id_, hash_)                  \
	(&(const struct audited){.act = (act_),         \
				 .subject = "bulletin", \
				 .subject_id = (id_),   \
				 .content_hash = (hash_)})
/* Inside the transaction of the act itself; where there is none, a transaction of its own. */
bool audit_record(struct operation *op, struct err *err, const char *act,
		  const char *subject, int64_t subject_id, const char *detail, ...)
	PRINTF_LIKE(6, 7) MUST_USE;
/* out_head (may be NULL) gets the last hash: write it down elsewhere to pin the chain. */
bool audit_verify(struct operation *op, int64_t *out_rows,
		  char out_head[SECRET_SHA256_HEX], struct err *err) MUST_USE;

/*
 * The same in steps, for a chain that is too long to be read while somebody waits: begin
 * with zeros, and go on with what came out until whole. rows and head say how far it was
 * proved; a row there that has another hash meanwhile is ERR_CONFLICT.
 */
struct audit_proved {
	int64_t rows; /* the first ones: their ids are 1, 2, 3 ... */
	int64_t form; /* of the last of them */
	char head[SECRET_SHA256_HEX];
	bool whole;
};
bool audit_verify_on(struct operation *op, int64_t most, struct audit_proved *proved,
		     struct err *err) MUST_USE;

/* Which rows are asked for; whoever asks is the operation's, for what they code blindly. */
struct audit_filter {
	const char *subject; /* one of audit_subjects(); NULL: any */
	int64_t subject_id;  /* of audit_list(); 0: any */
	const char *who;     /* of audit_page(); NULL: anybody */
	int64_t before;      /* of audit_page(): below this id */
	int64_t most;
	int64_t from_at, to_at; /* unix seconds, the last one included; 0: of any time */
};
/* The rows of "audit_list" and of "audit_page" (with what it was about as people know it),
 * the newest first, in the arena. */
bool audit_list(struct operation *op, struct arena *arena,
		const struct audit_filter *filter, struct store_table *out,
		struct err *err) MUST_USE;
bool audit_page(struct operation *op, struct arena *arena,
		const struct audit_filter *filter, struct store_table *out,
		struct err *err) MUST_USE;

/*
 * What changed a thing itself: the acts on it whose names fit, as GLOB reads them ("topic *").
 * A test of a bulletin and a version kept beside it are none.
 */
struct audit_acts {
	const char *subject;
	int64_t subject_id;
	const char *named;
};
/* The id of the last one; 0: none. */
bool audit_acts_last(struct operation *op, const struct audit_acts *acts, int64_t *out,
		     struct err *err) MUST_USE;
/* Those after that id: rows of "audit_acts_since", the newest first. */
bool audit_acts_since(struct operation *op, struct arena *arena,
		      const struct audit_acts *acts, int64_t after,
		      struct store_table *out, struct err *err) MUST_USE;

#endif
