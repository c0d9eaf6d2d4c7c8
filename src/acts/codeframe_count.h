/*
 * acts codeframe_count - how often each code of a frame is used.
 *
 * Counted from the packed facts of all replies, which takes longer than the tree itself.
 *
 * Errors     ERR_CONFLICT for who codes a sample of the consultation blindly
 */
#ifndef MERCAT_ACTS_CODEFRAME_COUNT_H
#define MERCAT_ACTS_CODEFRAME_COUNT_H

#include "acts/codeframe.h"

/* Fills own, whole, quotes and suggested. */
bool acts_codeframe_count(struct acts *acts, int64_t consultation_id,
			  struct acts_code *codes, size_t count,
			  struct err *err) MUST_USE;

#endif
