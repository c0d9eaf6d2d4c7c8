/*
 * report changes - how each response counts, for an edition to be compared with later.
 *
 * Units      24 bytes a response, by its id.
 * Ownership  out is the caller's.
 * Errors     those of the store
 */
#ifndef MERCAT_DOMAIN_REPORT_CHANGES_H
#define MERCAT_DOMAIN_REPORT_CHANGES_H

#include "domain/reports/report_edition.h"

enum { REPORT_FACTS_BYTES = 64 << 20 };

bool report_facts_pack(struct operation *op, struct arena *arena, int64_t consultation_id,
		       struct buf *out, struct err *err) MUST_USE;

#endif
