/*
 * acts held - everything that is on record about one person, for themselves.
 *
 * As tables: each has a title for people, a name for JSON, and rows. Times are unix
 * seconds in columns that end in _at; text is as stored. Consultation replies by the
 * same address are named by reference and date; their words are in the public record.
 *
 * Source     UK GDPR art. 15 (access) and 20 (portability).
 */
#ifndef MERCAT_ACTS_HELD_H
#define MERCAT_ACTS_HELD_H

#include "acts/manage.h"

struct acts_held_part {
	const char *name;  /* "evidence" */
	const char *title; /* "How each subscription came to be, and every change" */
	struct store_table rows;
};

struct acts_held {
	struct acts_held_part *parts; /* person, subscriptions, evidence, deliveries,
					 letters, bounces, replies, moves, suppression */
	size_t count;
};

bool acts_held(struct acts *acts, struct arena *arena, const struct acts_self *self,
	       struct acts_held *out, struct err *err) MUST_USE;
/* {"made_at": "2026-...Z", "person": [{...}], ...}: UTF-8, times as RFC 3339. */
void acts_held_json(const struct acts *acts, const struct acts_held *held,
		    struct buf *out);

#endif
