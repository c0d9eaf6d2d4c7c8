/*
 * acts undo kinds - what takes back each kind of act at the desk.
 *
 * The table is handed in with the context (acts->undo_kinds), so that the acts that record
 * need not know those that revert: a kind's name, as acts_undo_record() is given it, and
 * its function. Each function of the desk's own acts stands in
 * undo_kinds.c beside a word on what the act packed; a subject with kinds of its own
 * declares its functions in its own header and adds its lines to the table.
 *
 * Ownership  inverse is read once, from its start.
 * Errors     as in acts/undo.h
 */
#ifndef MERCAT_ACTS_UNDO_KINDS_H
#define MERCAT_ACTS_UNDO_KINDS_H

#include "acts/undo.h"

extern const struct acts_undo_kind acts_undo_kinds[]; /* NULL name at the end */

#endif
