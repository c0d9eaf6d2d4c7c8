#include "staff/frame/paths.h"
#include "base/str.h"

#include <inttypes.h>

const char *staff_list_path(struct web_request *r, const char *list)
{
	return arena_printf(r->arena, "/staff/lists/%s", web_escape_url(r->arena, list));
}

const char *staff_topic_path(struct web_request *r, const char *topic)
{
	return arena_printf(r->arena, "%s/topics/%s",
			    staff_list_path(r, staff_of(r)->list.name),
			    web_escape_url(r->arena, topic));
}

const char *staff_bulletin_path(struct web_request *r, const char *list, int64_t number)
{
	return arena_printf(r->arena, "%s/bulletins/%" PRId64, staff_list_path(r, list),
			    number);
}

const char *staff_queue_path_of(struct web_request *r, const char *consultation)
{
	return arena_printf(r->arena, "/staff/consultations/%s",
			    web_escape_url(r->arena, consultation));
}

const char *staff_queue_path(struct web_request *r)
{
	return staff_queue_path_of(r, staff_of(r)->consultation.name);
}

const char *staff_response_path(struct web_request *r)
{
	return arena_printf(r->arena, "%s/responses/%s", staff_queue_path(r),
			    web_escape_url(r->arena, web_arg(r, 1)));
}

const char *staff_response_path_of(struct web_request *r, const char *queue,
				   int64_t number)
{
	return arena_printf(r->arena, "%s/responses/%" PRId64, queue, number);
}

const char *staff_reference_path(struct web_request *r, const char *reference)
{
	const char *digits = reference ? strrchr(reference, '-') : NULL;
	int64_t number;
	struct err err = {0};

	return digits && str_to_int(digits + 1, 0, INT32_MAX, &number, &err)
		       ? staff_response_path_of(r, staff_queue_path(r), number)
		       : NULL;
}

const char *staff_scan_path(struct web_request *r, const char *token)
{
	return arena_printf(r->arena, "%s/scans/%s", staff_queue_path(r),
			    web_escape_url(r->arena, token));
}

const char *staff_flag_path(struct web_request *r, int64_t id)
{
	return arena_printf(r->arena, "/staff/flags/%" PRId64, id);
}

const char *staff_unsorted_path(struct web_request *r, int64_t id)
{
	return arena_printf(r->arena, "/staff/unsorted/%" PRId64, id);
}

const char *staff_subscriber_path(struct web_request *r)
{
	return arena_printf(r->arena, "/staff/subscribers/%s", web_arg(r, 0));
}
