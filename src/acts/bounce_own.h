/* acts bounce own - what the files of bounce.h share. */
#ifndef MERCAT_ACTS_BOUNCE_OWN_H
#define MERCAT_ACTS_BOUNCE_OWN_H

#include "acts/bounce.h"

/* Wipes out the points for mails sent before one that got through. */
bool acts_bounce_forget(struct acts *acts, int64_t subscription_id,
			struct err *err) MUST_USE;
/* A row of the statement bounce_history as a sentence. */
const char *acts_bounce_sentence(struct acts *acts, struct arena *arena,
				 const struct store_row *row);
/* What an effect of the schema means, for people. */
const char *acts_bounce_effect(const char *effect);
/* "no such address" for "no_such_address"; NULL gives "no reason given". */
const char *acts_bounce_reason(const char *reason);

#endif
