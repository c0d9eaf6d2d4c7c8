/* flag private - how rows become flags; for this room alone. */
#ifndef MERCAT_DOMAIN_FLAG_PRIVATE_H
#define MERCAT_DOMAIN_FLAG_PRIVATE_H

#include "domain/safeguarding/flag.h"

/* Of a row of "flag_row". */
void flag_read(const struct operation *op, const struct store_row *row, struct flag *out);

/* A step, without what it changes; its audit row has no word of text. */
struct flag_step {
	const struct flag *flag;
	const char *what;
	int64_t round;
	const char *text, *outcome; /* NULL: none */
};
bool flag_step_keep(struct operation *op, const struct flag_step *step,
		    struct err *err) MUST_USE;

#endif
