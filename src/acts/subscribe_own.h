/* acts subscribe own - what subscribe.c and subscribe_page.c share. */
#ifndef MERCAT_ACTS_SUBSCRIBE_OWN_H
#define MERCAT_ACTS_SUBSCRIBE_OWN_H

#include "acts/subscribe.h"

struct subscribe_ask {
	const char *how; /* "mail" or "page" */
	int64_t inbound_id;
	const char *in_reply_to;
	const struct acts_choice *choice; /* NULL: none was made */
};

/* Inside the caller's transaction. */
bool subscribe_ask(struct acts *acts, const struct acts_list *list, const char *address,
		   const char *name, const struct subscribe_ask *ask,
		   enum acts_join_result *out, struct err *err) MUST_USE;
/* Of a row of confirmation; NULL when nothing was chosen. */
const struct acts_choice *subscribe_choice(struct arena *arena,
					   const struct store_row *row);

#endif
