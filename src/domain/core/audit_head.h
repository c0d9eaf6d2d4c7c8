/*
 * audit_head - where the audit stands, in words that can be kept outside the store.
 *
 * The chain (audit.h) shows a row that was changed. It cannot show that its last rows were
 * cut off, nor that it was written anew from some row on: for that, heads are kept where who
 * can write the store does not write. A head says how many rows there were and the hash of
 * the last, as "1234:" and 64 hex digits.
 *
 * What a kept head proves, when it stands: rows 1 to 1234 are those that stood there when it
 * was kept. What came after it is proved by later heads only.
 *
 * Kept in    the log of mercatd; the mail that says that a bulletin was sent
 *            (audit.head_to); a file to which lines are only added (audit.head_file).
 * Errors     ERR_INPUT     what was given is no head; file and line are named
 *            ERR_CONFLICT  a kept head does not stand: cut off, or written anew
 *            ERR_ABSENT    the file is not there; ERR_SETUP it is a pipe or a device
 */
#ifndef MERCAT_DOMAIN_AUDIT_HEAD_H
#define MERCAT_DOMAIN_AUDIT_HEAD_H

#include "domain/core/domain.h"

enum { AUDIT_HEAD_TEXT = 96 };

struct audit_head {
	int64_t rows; /* 0: nothing was done yet; then there is no hash */
	char hash[SECRET_SHA256_HEX];
};

bool audit_head_now(struct operation *op, struct audit_head *out, struct err *err) MUST_USE;
void audit_head_print(const struct audit_head *head, char out[AUDIT_HEAD_TEXT]);
bool audit_head_read(const char *text, struct audit_head *out, struct err *err) MUST_USE;
/* where: what kept it, for the sentence of the error: "the log", "heads, line 3". */
bool audit_head_stands(struct operation *op, const struct audit_head *head,
		       const char *where, struct err *err) MUST_USE;

/* Adds a line, "2026-03-02T09:00:00Z 1234:..."; it is on the disk when this returns. */
bool audit_head_keep(const char *file, const struct audit_head *head, int64_t at,
		     struct err *err) MUST_USE;
struct audit_heads {
	int64_t count, last_at;
	struct audit_head last; /* the one of the most rows */
};
/* Each head in the file stands. */
bool audit_heads_stand(struct operation *op, const char *file, struct audit_heads *out,
		       struct err *err) MUST_USE;

#endif
