/*
 * undo kinds - what takes back each kind of act at the desk.
 *
 * The table is handed in with the context (op->undo_kinds), so that the op that record
 * need not know those that revert: a kind's name, as undo_record() is given it, and
 * its function. Each function of the desk's own op stands in
 * undo_kinds.c beside a word on what the act packed; a subject with kinds of its own
 * declares its functions in its own header and adds its lines to the table.
 *
 * Ownership  inverse is read once, from its start.
 * Errors     as in domain/core/undo.h
 */
#ifndef MERCAT_DOMAIN_UNDO_KINDS_H
#define MERCAT_DOMAIN_UNDO_KINDS_H

#include "domain/core/undo.h"

extern const struct undo_kind undo_kinds[]; /* NULL name at the end */
/* The right that each kind takes, and where, is in the same table. */
undo_ask_fn undo_ask;

#endif
