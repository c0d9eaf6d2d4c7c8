/*
 * acts audit - the append-only record of who did what, each row chained to the last.
 *
 * hash = SHA-256 over the hash before and this row's fields, each with its length in
 * front. Detail names ids, states and hashes, never people, so that a person can be
 * erased while the chain still proves itself.
 *
 * Errors     acts_audit_verify(): ERR_CONFLICT names the first row that does not fit.
 */
#ifndef MERCAT_ACTS_AUDIT_H
#define MERCAT_ACTS_AUDIT_H

#include "acts/acts.h"

/* Inside the transaction of the act itself. */
bool acts_audit(struct acts *acts, struct err *err, const char *act, const char *subject,
		int64_t subject_id, const char *detail, ...) PRINTF_LIKE(6, 7) MUST_USE;
/* out_head (may be NULL) gets the last hash: write it down elsewhere to pin the chain. */
bool acts_audit_verify(struct acts *acts, int64_t *out_rows,
		       char out_head[SECRET_SHA256_HEX], struct err *err) MUST_USE;

#endif
