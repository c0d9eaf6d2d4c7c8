/* timeline own - what timeline*.c share and nobody else sees. */
#ifndef MERCAT_ACTS_TIMELINE_OWN_H
#define MERCAT_ACTS_TIMELINE_OWN_H

#include "acts/timeline.h"

/* "Friday 9 December 2022, 14:30" in the settings' zone, in the arena. */
const char *timeline_when(struct acts *acts, struct arena *arena, int64_t at);
/* What a row of the ledger says of one mail: columns state, attempts, doubt, relay, reply,
   at; subject is "No. 14". */
const char *timeline_mail(struct acts *acts, struct arena *arena,
			  const struct store_row *row, const char *subject);
/* "left by mail", "was taken off the list by the staff": an act of the evidence. */
const char *timeline_act(struct arena *arena, const char *act, const char *how);
/* What sort of event an act of the evidence is: "joined", "left", "changed". */
const char *timeline_kind(const char *act);

#endif
