/* A mail of a place has its fate; what the relays and the role both need. */
#include "daemon/deliver.h"

void deliver_settle(struct deliver *d, struct deliver_place *place,
		    enum delivery_outcome fate, const char *by, int64_t wait_s)
{
	ASSERT(d->settled_count < d->place_count);
	place->fate = fate;
	place->by = by;
	place->wait_s = wait_s;
	place->relay = NULL;
	place->words[0] = '\0';
	d->settled[d->settled_count++] = place;
}
