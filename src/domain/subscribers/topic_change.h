/*
 * topic_change - the topics of a list after it was made: added, retitled, merged, retired.
 *
 * A topic keeps its name (in files and commands) and its bit in what subscribers chose for good;
 * its title is what people read. What subscribers chose stays theirs: of two that are merged,
 * whoever chose the one has the other, and their history says so; of a retired one the choice
 * stays on record, and it counts again when the topic is offered again.
 *
 * A bulletin that was approved or is going out was approved for those who had chosen its
 * topics, so nothing is merged or retired while one of the list waits or goes out.
 *
 * Errors     ERR_ABSENT    no such list or topic
 *            ERR_CONFLICT  the title is another topic's; a bulletin waits; retiring would leave
 *                          subscribers with nothing, and nobody said that it may
 *            ERR_INPUT     the title is no title
 */
#ifndef MERCAT_DOMAIN_TOPIC_CHANGE_H
#define MERCAT_DOMAIN_TOPIC_CHANGE_H

#include "domain/admin/list.h"

bool topic_add(struct operation *op, const char *list, const char *title,
	       struct err *err) MUST_USE;
bool topic_retitle(struct operation *op, const char *list, const char *topic,
		   const char *title, struct err *err) MUST_USE;
/* out: how many subscriptions had chosen the first one. */
bool topic_merge(struct operation *op, const char *list, const char *topic,
		 const char *into, int64_t *out, struct err *err) MUST_USE;

/* How many subscriptions chose it, and of those how many nothing else that is offered. */
struct topic_chosen {
	int64_t by, only_it;
};
bool topic_chosen(struct operation *op, const struct list *list, size_t position,
		  struct topic_chosen *out, struct err *err) MUST_USE;
enum topic_left_with_nothing { TOPIC_LEAVES_NOBODY, TOPIC_MAY_LEAVE_SOME };
bool topic_retire(struct operation *op, const char *list, const char *topic,
		  enum topic_left_with_nothing how, struct topic_chosen *out,
		  struct err *err) MUST_USE;
/* A retired one is offered again; a merged one stays what it became. */
bool topic_revive(struct operation *op, const char *list, const char *topic,
		  struct err *err) MUST_USE;
/* The rows of "topic_list": name, title, state, into, chosen. */
bool topic_list(struct operation *op, struct arena *arena, const char *list,
		struct store_table *out, struct err *err) MUST_USE;

#endif
