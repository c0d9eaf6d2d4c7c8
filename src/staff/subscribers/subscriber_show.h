/* staff subscriber show - the topics of a list as subscribers have chosen them; in
 * page_subscribers.c, for the pages of all and of one. */
#ifndef MERCAT_STAFF_SUBSCRIBER_SHOW_H
#define MERCAT_STAFF_SUBSCRIBER_SHOW_H

#include "staff/frame/visitor.h"

/* "Neglect, Hearings"; "all" for 0. In the arena of the request. */
const char *staff_topics_words(struct web_request *r, const struct list *list,
			       int64_t mask) MUST_USE;
/* "topic_names", with those of the mask ticked, and "any_topics". */
void staff_add_topics(struct template_value *to, const struct list *list, int64_t mask);

#endif
