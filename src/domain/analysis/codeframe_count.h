/*
 * codeframe count - how often each code of a frame is used.
 *
 * Counted from the packed facts of all replies, which takes longer than the tree itself.
 *
 * Errors     ERR_CONFLICT for who codes a sample of the consultation blindly
 */
#ifndef MERCAT_DOMAIN_CODEFRAME_COUNT_H
#define MERCAT_DOMAIN_CODEFRAME_COUNT_H

#include "domain/coding/codeframe.h"

/* Fills own, whole, quotes and suggested. */
bool codeframe_count(struct operation *op, int64_t consultation_id, struct code *codes,
		     size_t count, struct err *err) MUST_USE;

#endif
