/*
 * reader inspect - how mercat understands a mail, as one line of JSON.
 *
 * The shape is fixed: every key is always there, absent things are null or empty.
 *
 * Ownership  appended to the caller's buffer.
 * Errors     none in the mail: any bytes give a line. A file that cannot be read gives
 *            a line too, with limits_hit ["unreadable"]. reader_inspect_batch() is
 *            false (ERR_SYSTEM) only when no child can be started or out cannot be
 *            written.
 * Source     RFC 8259, RFC 3339.
 */
#ifndef MERCAT_READER_INSPECT_H
#define MERCAT_READER_INSPECT_H

#include "base/buf.h"
#include "base/err.h"
#include "mail/fields/message.h"

#include <stdio.h>

/* One line, with its line end. file is what stands under "file"; it may be any bytes. */
void reader_inspect_json(const struct mail_message *m, const char *file, struct buf *out);

/* One file, or "-" for standard input; one line to out. */
bool reader_inspect_file(const char *path, FILE *out, struct err *err) MUST_USE;

/* Paths from in, one a line; one line to out for each, in the same order. */
bool reader_inspect_batch(FILE *in, FILE *out, struct err *err) MUST_USE;

#endif
