#include "domain/intake/inbound_look.h"
#include "domain/responses/response_proposal.h"
#include "staff/triage/triage.h"
#include "domain/responses/response.h"
#include "domain/admin/account.h"
#include "domain/coding/tag.h"
#include "domain/campaigns/campaign.h"
#include "base/clock.h"
#include "base/numeral.h"
#include "base/str.h"

#include <inttypes.h>

enum { REASONS_MOST = 64 << 10 };

bool staff_reference(struct web_request *r, const char **out)
{
	struct err err = {0};
	int64_t number;

	if (!str_to_int(web_arg(r, 1), 1, INT32_MAX, &number, &err)) {
		page_problem(r, 404, "A response has a number. This address has none.");
		return false;
	}
	*out = response_reference(r->arena, staff_of(r)->consultation.name, number);
	return true;
}

bool staff_who(const struct web_request *r)
{
	return staff_may(r, RIGHT_SEE_RESPONDENTS);
}

struct response_look staff_look(const struct web_request *r,
				const struct staff_asked *asked)
{
	return (struct response_look){.consultation = staff_of(r)->consultation.name,
				      .filter = &asked->filter,
				      .who = staff_who(r),
				      .newest_first = asked->newest_first};
}

const char *staff_short_time(struct web_request *r, int64_t at)
{
	const char *zone = r->site->settings->zone;
	struct calendar_day then = clock_calendar(at, zone),
			    now = clock_calendar(r->op->now, zone);
	char day[CLOCK_TEXT], hour[CLOCK_TEXT];

	clock_local(at, zone, hour);
	hour[strlen("2017-12-08 14:30")] = '\0';
	if (then.year != now.year)
		calendar_short(then, day);
	else if (then.month != now.month || then.day != now.day)
		calendar_in_year(then, day);
	else
		str_copy(day, sizeof(day), "today");
	return arena_printf(r->arena, "%s%s %s", day, str_eq(day, "today") ? "" : ",",
			    hour + strlen("2017-12-08 "));
}

/* In a row of a list there is room for one of the two. */
static const char *row_time(struct web_request *r, int64_t at)
{
	const char *text = staff_short_time(r, at), *hour = strchr(text, ',');

	return hour ? arena_strndup(r->arena, text, (size_t)(hour - text)) : text;
}

static const char *count_days(struct web_request *r, int64_t n)
{
	return arena_printf(r->arena, "%s day%s", staff_number_text(r, n),
			    plural(n, "", "s"));
}

static const char *report_due(struct web_request *r, int64_t days)
{
	const char *when =
		days == 0   ? "is due today"
		: days == 1 ? "is due tomorrow"
		: days > 0
			? arena_printf(r->arena, "is due in %s", count_days(r, days))
			: arena_printf(r->arena, "was due %s ago", count_days(r, -days));

	return arena_printf(r->arena, "The report %s, twelve weeks after the close.",
			    when);
}

static const char *day_of(struct web_request *r, const struct consultation *c, int64_t at)
{
	char text[CLOCK_TEXT];

	clock_long_date(at, c->zone, text);
	return arena_strdup(r->arena, text);
}

const char *staff_clock(struct web_request *r, const struct consultation *c)
{
	const char *last = day_of(r, c, c->closes_at);
	struct consultation_clock k;

	consultation_clock(c, r->op->now, &k);
	if (k.is_draft)
		return arena_printf(r->arena, "Draft, not public: %s to the end of %s",
				    day_of(r, c, c->opens_at), last);
	if (!k.is_over)
		return k.days_left < 2
			       ? arena_printf(r->arena,
					      "Open: closes %s, at the end of %s",
					      k.days_left ? "tomorrow" : "today", last)
			       : arena_printf(r->arena,
					      "Open: %s left, closes at the end of %s",
					      count_days(r, k.days_left), last);
	return arena_printf(r->arena, "Closed on %s%s%s. %s", day_of(r, c, k.ended_at),
			    k.was_cut ? ", before its last day, " : "",
			    k.was_cut ? last : "", report_due(r, k.report_days));
}

const char *staff_clock_of(struct web_request *r, const struct store_row *row)
{
	struct consultation c;

	consultation_read(row, &c);
	return staff_clock(r, &c);
}

const char *staff_responses_count(struct web_request *r, int64_t count)
{
	return arena_printf(r->arena, "%s %s", staff_number_text(r, count),
			    plural(count, "response", "responses"));
}

/* Text with hits between QUEUE_HIT and QUEUE_HIT_END as {text, hit}. */
static void show_hits(struct web_request *r, struct template_value *map, const char *name,
		      const char *text)
{
	struct template_value *list = template_set_list(map, name);
	bool hit = false;

	for (const char *at = str_or(text, ""); *at;) {
		size_t len = strcspn(at, QUEUE_HIT QUEUE_HIT_END);

		if (len) {
			struct template_value *piece = template_add_map(list);

			template_set(piece, "text", arena_strndup(r->arena, at, len));
			template_set_bool(piece, "hit", hit);
		}
		at += len;
		if (*at)
			hit = *at++ == QUEUE_HIT[0];
	}
}

void staff_row_show(struct web_request *r, struct template_value *list,
		    const struct queue_row *row, const char *queue, const char *query,
		    int64_t open)
{
	struct template_value *one = template_add_map(list);

	template_set_int(one, "number", row->number);
	template_set(one, "shown", arena_printf(r->arena, "%04" PRId64, row->number));
	template_set(one, "reference", row->reference);
	template_set(one, "url",
		     staff_filter_url(r, staff_response_path_of(r, queue, row->number),
				      query));
	template_set_bool(one, "open", row->number == open);
	template_set(one, "who", row->who);
	template_set(one, "subject", str_or(row->subject, "(no subject)"));
	show_hits(r, one, "words", row->words);
	template_set(one, "received", row_time(r, row->received_at));
	template_set(one, "received_long", staff_time(r, row->received_at));
	template_set(one, "state", row->state);
	template_set(one, "state_word", staff_word("state", row->state));
	template_set(one, "reason", row->reason);
	template_set(one, "type",
		     str_eq(row->type, "organisation") ? "Organisation" : NULL);
	template_set(one, "assigned", row->assigned);
	template_set(one, "tags", row->tags);
	template_set(one, "campaign", row->campaign);
	template_set(one, "locked_by", row->locked_by);
	template_set_bool(one, "has_files", row->files > 0);
	template_set_int(one, "files", row->files);
	template_set_bool(one, "one_file", row->files == 1);
	template_set_bool(one, "unreadable", row->unreadable > 0);
	template_set_bool(one, "has_notes", row->notes > 0);
	template_set_int(one, "notes", row->notes);
	template_set_bool(one, "one_note", row->notes == 1);
	template_set_bool(one, "late", row->late);
	template_set_bool(one, "marked", row->marked);
	template_set_bool(one, "linked", row->linked);
	template_set_bool(one, "risk", row->risk);
	template_set(one, "proposed", staff_word("proposed", row->proposed));
}

/* One string of JSON, from behind its first quote; returns what follows the last one. */
static const char *read_string(const char *at, struct buf *to)
{
	for (; *at && *at != '"'; at++) {
		unsigned code = 0;

		if (*at != '\\') {
			buf_char(to, *at);
			continue;
		}
		at++;
		if (*at == 'u' && sscanf(at + 1, "%4x", &code) == 1 && strlen(at) > 4) {
			str_utf8_add(to, code);
			at += 4;
		} else if (*at == 'n' || *at == 't' || *at == 'r') {
			buf_char(to, ' ');
		} else if (*at) {
			buf_char(to, *at);
		} else {
			break;
		}
	}
	return *at ? at + 1 : at;
}

const char *staff_reasons(struct web_request *r, const char *list)
{
	AUTO(buf) to = buf_new(REASONS_MOST);
	const char *at;

	if (str_empty(list) || *list != '[')
		return list;
	for (at = strchr(list, '"'); at; at = strchr(at, '"')) {
		buf_str(to, to->len ? "; " : "");
		at = read_string(at + 1, to);
	}
	return arena_strdup(r->arena, buf_text(to));
}

static void add_choice(struct template_value *list, const char *value, const char *text,
		       bool chosen)
{
	struct template_value *one = template_add_map(list);

	template_set(one, "value", value);
	template_set(one, "text", text);
	template_set_bool(one, "chosen", chosen);
}

/* Nobody is given a response that they cannot see. */
static bool may_read(struct web_request *r, int64_t staff_id, bool *out, struct err *err)
{
	struct rights rights;

	if (!rights_load(r->op, r->arena, staff_id, &rights, err))
		return false;
	*out = rights_have(&rights, RIGHT_READ_RESPONSES, staff_of(r)->scope);
	return true;
}

bool staff_choices_show(struct web_request *r, struct template_value *v,
			const struct response_filter *chosen, struct err *err)
{
	int64_t consultation = staff_of(r)->consultation.id;
	struct store_table staff, tags, campaigns;
	struct template_value *list;

	if (!account_list(r->op, r->arena, &staff, err) ||
	    !tag_choices(r->op, r->arena, consultation, &tags, err) ||
	    !campaign_choices(r->op, r->arena, consultation, &campaigns, err))
		return false;
	list = template_set_list(v, "colleagues");
	for (size_t i = 0; i < staff.count; i++) {
		struct store_row row = table_row(&staff, i);
		const char *name = row_text(&row, "name");
		bool is_chosen = str_eq(name, chosen->assigned), may;

		if (!may_read(r, row_int(&row, "id"), &may, err))
			return false;
		if (may || is_chosen)
			add_choice(list, name, name, is_chosen);
	}
	list = template_set_list(v, "known_tags");
	for (size_t i = 0; i < tags.count; i++) {
		struct store_row row = table_row(&tags, i);
		const char *name = row_text(&row, "name");

		add_choice(list, name, name, str_eq(name, chosen->tag));
	}
	list = template_set_list(v, "proposal_kinds");
	for (const char *const *k = response_proposal_kinds; *k; k++)
		add_choice(list, *k, staff_word("proposed", *k),
			   str_eq(*k, chosen->proposed));
	list = template_set_list(v, "known_campaigns");
	for (size_t i = 0; i < campaigns.count; i++) {
		struct store_row row = table_row(&campaigns, i);
		int64_t number = row_int(&row, "number");
		const char *text = arena_printf(r->arena, "%" PRId64, number);

		add_choice(list, text, text, number == chosen->campaign);
	}
	return true;
}

bool staff_unsorted_find(struct web_request *r, int64_t *out_id, struct store_row *out)
{
	struct err err = {0};

	if (str_to_int(web_arg(r, 0), 1, INT64_MAX, out_id, &err) &&
	    inbound_shown(r->op, r->arena, *out_id, out, &err) &&
	    str_eq(row_text(out, "state"), "done") &&
	    !str_eq(row_text(out, "taken_as"), "response") &&
	    rights_have(&staff_of(r)->rights, RIGHT_SORT, inbound_scope(out)))
		return true;
	if (err.kind == ERR_NONE || err.kind == ERR_ABSENT || err.kind == ERR_INPUT)
		page_problem(r, 404,
			     "No such mail waits to be sorted. Somebody else may have "
			     "sorted it already.");
	else
		page_failed(r, &err);
	return false;
}

bool staff_colleagues_show(struct web_request *r, struct template_value *v,
			   struct err *err)
{
	struct template_value *list = template_set_list(v, "accounts");
	struct store_table staff;

	if (!account_list(r->op, r->arena, &staff, err))
		return false;
	for (size_t i = 0; i < staff.count; i++) {
		struct store_row row = table_row(&staff, i);
		const char *name = row_text(&row, "name");
		struct template_value *one;

		if (str_empty(row_text(&row, "email")))
			continue;
		one = template_add_map(list);
		template_set(one, "name", name);
		template_set(one, "email", row_text(&row, "email"));
		template_set_bool(one, "chosen",
				  r->method == WEB_POST &&
					  str_eq(web_form(r, "to"), name));
	}
	return true;
}
