/*
 * extract winmail - what a package of Outlook (winmail.dat, TNEF) holds, file by file.
 *
 * The child (extract/tnef.c) takes it apart and sends the pieces; here they are checked,
 * and each file gets a child of its own, as if it had come with the mail.
 *
 * Ownership  results hang in the caller's arena.
 * Errors     ERR_SYSTEM: no child can be started. What is in no order is unreadable, for
 *            a person.
 * Source     MS-OXTNEF.
 * Limits     EXTRACT_WINMAIL_FILES files; packages in packages EXTRACT_WINMAIL_DEPTH deep.
 */
#ifndef MERCAT_EXTRACT_WINMAIL_H
#define MERCAT_EXTRACT_WINMAIL_H

#include "base/buf.h"
#include "extract/extract.h"

enum { EXTRACT_WINMAIL_FILES = 64, EXTRACT_WINMAIL_DEPTH = 3 };

/* packed is what the child said; out has its reason already, if it gave one. */
bool extract_winmail(struct extract *x, struct arena *arena, const struct buf *packed,
		     bool with_body, struct extract_result *out,
		     struct err *err) MUST_USE;

#endif
