/*
 * mail yenc - files that stand in a text as yEnc, by eight-bit newsreaders.
 *
 * Works on the raw bytes, before any character set is applied: the file is in them.
 *
 * Ownership  positions in the bytes that were handed in.
 * Source     the yEnc draft 1.3: =ybegin, =yend, each byte plus 42, '=' escapes.
 * Why not GMime's filter for it: that one decodes, which is a dozen lines here, and neither
 *            finds where such a file begins and ends among text nor gives its name.
 * Limits     one part; of a file in several parts each is a file of its own.
 */
#ifndef MERCAT_MAIL_YENC_H
#define MERCAT_MAIL_YENC_H

#include "base/attr.h"

#include <stddef.h>

struct mail_yenc_block {
	size_t start, end; /* from "=ybegin" to behind the line of "=yend" */
	size_t body, body_end;
	const char *name;
	size_t name_len;
};

/* The first block in these bytes; false when there is none that has an end. */
bool mail_yenc_find(const char *bytes, size_t len, struct mail_yenc_block *out) MUST_USE;

/* Decodes over itself; returns the length, which is never longer. */
size_t mail_yenc_decode(char *bytes, size_t len);

#endif
