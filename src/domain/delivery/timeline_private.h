/* timeline private - what timeline*.c share and nobody else sees. */
#ifndef MERCAT_DOMAIN_TIMELINE_PRIVATE_H
#define MERCAT_DOMAIN_TIMELINE_PRIVATE_H

#include "domain/delivery/timeline.h"

/* "Friday 9 December 2022, 14:30" in the settings' zone, in the arena. */
const char *timeline_when(struct operation *op, struct arena *arena, int64_t at);
/* What a row of the ledger says of one mail: columns state, attempts, doubt, relay, reply,
   at; subject is "No. 14". */
const char *timeline_mail(struct operation *op, struct arena *arena,
			  const struct store_row *row, const char *subject);
/* "left by mail", "was taken off the list by the staff": an act of the evidence. */
const char *timeline_act(struct arena *arena, const char *act, const char *how);
/* What sort of event an act of the evidence is: "subscribed", "unsubscribed", "changed". */
const char *timeline_kind(const char *act);

#endif
