/*
 * tag - a code of the frame, put on a whole reply by its name.
 *
 * A second coder tags into their own coding while their sample is open (domain/coding/blind.h).
 * Nothing is deleted: a tag that is taken off keeps who and when.
 *
 * Errors     ERR_INPUT   a tag that is none, or a reference that is none
 *            ERR_ABSENT  no such reply, or no such tag in its consultation
 */
#ifndef MERCAT_DOMAIN_TAG_H
#define MERCAT_DOMAIN_TAG_H

#include "domain/core/domain.h"

/* What is done with a tag. */
enum tag_change { TAG_TAKE_OFF, TAG_PUT_ON };
/* out_changed: false when it was so already. */
bool response_tag(struct operation *op, const char *reference, const char *tag,
		  enum tag_change change, bool *out_changed, struct err *err) MUST_USE;
/* Whether there is a code of that name, whatever its state. */
bool tag_known(struct operation *op, struct arena *arena, const char *consultation,
	       const char *tag, bool *out, struct err *err) MUST_USE;
/* Those that can be put now, by name, as "name" in the arena: what a page offers. */
bool tag_choices(struct operation *op, struct arena *arena, int64_t consultation_id,
		 struct store_table *out, struct err *err) MUST_USE;

#endif
