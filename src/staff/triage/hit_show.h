/*
 * staff hit show - what a search found, marked in the texts of the response that is open.
 *
 * Hits are numbered over the whole page in the order in which they are shown, and each
 * begins with the id "hit-3", so that links and keys go from one to the next. A hit that
 * a code begins or ends in is cut where the code is: both are seen.
 *
 * Ownership  in the arena of the request.
 * Limits     STAFF_HITS_MOST of them on a page; what comes after is not marked.
 */
#ifndef MERCAT_STAFF_HIT_SHOW_H
#define MERCAT_STAFF_HIT_SHOW_H

#include "domain/queue/hits.h"
#include "staff/frame/visitor.h"

enum { STAFF_HITS_MOST = 1000 };

struct staff_hits {
	struct search_hits words;
	int64_t shown; /* how many were marked so far */
};

/* One that was found in a stretch of text. */
struct staff_hit {
	const char *from, *to;
	int64_t number;
};

void staff_hits_find(struct web_request *r, struct staff_hits *hits, const char *text,
		     const char *end, struct staff_hit **out, size_t *out_count);
struct staff_stretch {
	const struct staff_hit
		*found; /* the hits from the first one on that may reach into it */
	size_t count;
	const char *at, *end;
	const char *open, *close; /* what stands around it already */
};
/* One stretch of a text as marks {open, text, close}. */
void staff_hits_mark(struct web_request *r, struct template_value *marks,
		     const struct staff_stretch *stretch);
/* A text of its own: a list of marks under name. */
void staff_hits_text(struct web_request *r, struct template_value *map, const char *name,
		     struct staff_hits *hits, const char *text);

#endif
