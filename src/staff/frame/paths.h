/*
 * staff paths - the addresses of lists, bulletins, consultations and responses, as
 * staff_routes.c has them. They are written here alone: a page asks for them, a template gets
 * them as values ("list_path", "bulletin_path", "queue", "response"), and what belongs to one
 * of them is put behind it ("{{bulletin_path}}/report").
 *
 * Ownership  in the arena of the request.
 * Errors     none: what the name is of need not exist.
 */
#ifndef MERCAT_STAFF_PATHS_H
#define MERCAT_STAFF_PATHS_H

#include "staff/frame/visitor.h"

/* "/staff/lists/cpip": no page itself, but the beginning of those about the list. */
const char *staff_list_path(struct web_request *r, const char *list) MUST_USE;
/* "/staff/lists/cpip/topics/neglect", of the list in the path. */
const char *staff_topic_path(struct web_request *r, const char *topic) MUST_USE;
/* "/staff/lists/cpip/bulletins/12" */
const char *staff_bulletin_path(struct web_request *r, const char *list,
				int64_t number) MUST_USE;
/* "/staff/consultations/cruelty", the queue: of any consultation, and of the one in the path. */
const char *staff_queue_path_of(struct web_request *r, const char *consultation) MUST_USE;
const char *staff_queue_path(struct web_request *r) MUST_USE;
/* "/staff/consultations/cruelty/responses/147": the response in the path, which need not be a
 * number; one of a queue's path; one of the consultation in the path by its reference
 * ("cruelty-0147"), NULL when that is none. */
const char *staff_response_path(struct web_request *r) MUST_USE;
const char *staff_response_path_of(struct web_request *r, const char *queue,
				   int64_t number) MUST_USE;
const char *staff_reference_path(struct web_request *r, const char *reference) MUST_USE;
/* "/staff/subscribers/12": the subscriber in the path. */
const char *staff_subscriber_path(struct web_request *r) MUST_USE;
/* "/staff/consultations/cruelty/scans/TOKEN", of the consultation in the path. */
const char *staff_scan_path(struct web_request *r, const char *token) MUST_USE;
/* "/staff/flags/12" */
const char *staff_flag_path(struct web_request *r, int64_t id) MUST_USE;
/* "/staff/unsorted/12" */
const char *staff_unsorted_path(struct web_request *r, int64_t id) MUST_USE;

#endif
