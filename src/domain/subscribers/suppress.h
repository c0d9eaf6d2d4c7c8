/*
 * suppress - addresses that no list may write to, whoever asks.
 *
 * Kept as a keyed hash of the address, never as the address: so it can be asked and
 * honoured, but not read, and it stays when the person is erased. Every way onto a
 * list asks it: joining, confirming, adding, importing, accepting. Who is on lists when
 * they are suppressed is taken off all of them; when it is lifted they can join again
 * by themselves. Consultation replies are acknowledged all the same: they were asked for.
 *
 * Errors     ERR_INPUT no address, no reason, or a reason that names an address;
 *            ERR_CONFLICT it is suppressed already; ERR_ABSENT it is not.
 */
#ifndef MERCAT_DOMAIN_SUPPRESS_H
#define MERCAT_DOMAIN_SUPPRESS_H

#include "domain/core/domain.h"

bool suppression_add(struct operation *op, const char *address, const char *reason,
		     int64_t *out_lists, struct err *err) MUST_USE;
bool suppress_lift(struct operation *op, const char *address, const char *reason,
		   struct err *err) MUST_USE;
/* out: "suppression_of" when it is suppressed; ERR_ABSENT with a sentence when not. */
bool suppression_of(struct operation *op, struct arena *arena, const char *address,
		    struct store_row *out, struct err *err) MUST_USE;
/* All of them, in the arena: the rows of "suppression_list", by hash. */
bool suppression_list(struct operation *op, struct arena *arena, struct store_table *out,
		      struct err *err) MUST_USE;
/* Whether anybody is: who asks of many addresses need not when nobody is. */
bool suppression_any(struct operation *op, bool *out, struct err *err) MUST_USE;
/* For every way onto a list; a bad address is not suppressed. */
bool address_is_suppressed(struct operation *op, const char *address, bool *out,
			   struct err *err) MUST_USE;
/* The same but for those who were erased at their own wish: they may join again. */
bool address_is_barred(struct operation *op, const char *address, bool *out,
		       struct err *err) MUST_USE;
/* The row of an address as a table of one or none: part of the personal data of somebody. */
bool suppression_about(struct operation *op, struct arena *arena, const char *address_key,
		       struct store_table *out, struct err *err) MUST_USE;
/* What one's own erasure left, lifted on joining again; inside the caller's transaction. */
bool suppression_lift_own(struct operation *op, const char *address,
			  struct err *err) MUST_USE;
/* And made, on erasing. */
bool suppression_add_own(struct operation *op, const char *address_key,
			 struct err *err) MUST_USE;
/* ERR_CONFLICT with the sentence for the staff when it is. */
bool address_not_suppressed(struct operation *op, const char *address,
			    struct err *err) MUST_USE;

#endif
