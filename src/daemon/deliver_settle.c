/* A mail of a place has its fate; what the relays and the role both need. */
#include "daemon/deliver.h"
#include "base/str.h"

void deliver_settle(struct deliver *d, struct deliver_place *place,
		    enum delivery_outcome fate, const char *by, int64_t wait_s)
{
	ASSERT(d->settled_count < d->place_count);
	place->fate = fate;
	place->by = by;
	place->wait_s = wait_s;
	place->relay = NULL;
	place->answer = (struct smtp_answer){0};
	d->settled[d->settled_count++] = place;
}

void deliver_answer(struct deliver_place *place, const struct smtp_answer *answer)
{
	str_copy(place->status, sizeof(place->status), answer->status);
	str_copy(place->text, sizeof(place->text), answer->text);
	place->answer = (struct smtp_answer){answer->code, place->status, place->text};
}
