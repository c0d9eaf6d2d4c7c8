#include "staff/triage/filter.h"
#include "base/clock.h"
#include "base/str.h"

#include <inttypes.h>

enum { QUERY_MOST = 1900 };

enum kind { TEXT, YES_NO, FROM_DAY, TO_DAY, CAMPAIGN };

static const struct part {
	const char *key, *label;
	enum kind kind;
	size_t at;
} parts[] = {
	{"state", "State", TEXT, offsetof(struct response_filter, state)},
	{"type", "Type", TEXT, offsetof(struct response_filter, type)},
	{"permission", "Permission", TEXT, offsetof(struct response_filter, permission)},
	{"assigned", "Assigned to", TEXT, offsetof(struct response_filter, assigned)},
	{"tag", "Tag", TEXT, offsetof(struct response_filter, tag)},
	{"campaign", "Campaign", CAMPAIGN, offsetof(struct response_filter, campaign)},
	{"proposed", "Proposed", TEXT, offsetof(struct response_filter, proposed)},
	{"late", "Late", YES_NO, offsetof(struct response_filter, late)},
	{"unreadable", "Unreadable file", YES_NO,
	 offsetof(struct response_filter, unreadable)},
	{"marked", "Marked by a rule", YES_NO, offsetof(struct response_filter, marked)},
	{"tagged", "Tagged", YES_NO, offsetof(struct response_filter, tagged)},
	{"linked", "Linked", YES_NO, offsetof(struct response_filter, linked)},
	{"second", "For you to code a second time", YES_NO,
	 offsetof(struct response_filter, second)},
	{"from", "From", FROM_DAY, offsetof(struct response_filter, from_at)},
	{"to", "To", TO_DAY, offsetof(struct response_filter, to_at)},
	{"q", "Words", TEXT, offsetof(struct response_filter, search)},
};

static const char **text_at(struct response_filter *f, const struct part *p)
{
	return (const char **)((char *)f + p->at);
}

static int64_t *number_at(struct response_filter *f, const struct part *p)
{
	return (int64_t *)((char *)f + p->at);
}

static enum response_any *any_at(struct response_filter *f, const struct part *p)
{
	return (enum response_any *)((char *)f + p->at);
}

static const char *zone_of(const struct web_request *r)
{
	return str_or(staff_of(r)->consultation.zone, r->site->settings->zone);
}

static bool read_part(struct web_request *r, const struct part *p, const char *value,
		      struct response_filter *to, struct err *err)
{
	switch (p->kind) {
	case TEXT:
		*text_at(to, p) = value;
		return true;
	case YES_NO:
		*any_at(to, p) = str_eq(value, "yes")  ? RESPONSE_YES
				 : str_eq(value, "no") ? RESPONSE_NO
						       : RESPONSE_ANY;
		return true;
	case FROM_DAY:
		return clock_day_start(value, zone_of(r), number_at(to, p), err);
	case TO_DAY:
		return clock_day_end(value, zone_of(r), number_at(to, p), err);
	case CAMPAIGN:
		if (str_eq(value, "any")) {
			*number_at(to, p) = -1;
			return true;
		}
		return str_to_int(value, 1, INT32_MAX, number_at(to, p), err);
	}
	return true;
}

bool staff_filter_read(struct web_request *r, struct staff_asked *out, struct err *err)
{
	*out = (struct staff_asked){.newest_first =
					    str_eq(web_query(r, "order"), "newest")};
	for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
		const char *value = web_query(r, parts[i].key);

		if (!str_empty(value) &&
		    !read_part(r, &parts[i], value, &out->filter, err))
			return false;
	}
	return true;
}

/* As it stands in an address; NULL when nothing is asked. */
static const char *value_of(struct web_request *r, const struct response_filter *filter,
			    const struct part *p)
{
	struct response_filter f = *filter;
	char day[CLOCK_TEXT];

	switch (p->kind) {
	case TEXT:
		return *text_at(&f, p);
	case YES_NO:
		return *any_at(&f, p) == RESPONSE_YES  ? "yes"
		       : *any_at(&f, p) == RESPONSE_NO ? "no"
						       : NULL;
	case FROM_DAY:
	case TO_DAY:
		if (!*number_at(&f, p))
			return NULL;
		clock_day(*number_at(&f, p), zone_of(r), day);
		return arena_strdup(r->arena, day);
	case CAMPAIGN:
		if (!*number_at(&f, p))
			return NULL;
		return *number_at(&f, p) < 0
			       ? "any"
			       : arena_printf(r->arena, "%" PRId64, *number_at(&f, p));
	}
	return NULL;
}

const char *staff_filter_query(struct web_request *r, const struct staff_asked *asked)
{
	AUTO(buf) to = buf_new(QUERY_MOST);

	for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
		const char *value = value_of(r, &asked->filter, &parts[i]);

		if (!str_empty(value))
			buf_printf(to, "%s%s=%s", to->len ? "&" : "", parts[i].key,
				   web_escape_url(r->arena, value));
	}
	if (asked->newest_first)
		buf_printf(to, "%sorder=newest", to->len ? "&" : "");
	return buf_cut(to) ? "" : arena_strdup(r->arena, buf_text(to));
}

const char *staff_filter_query_of(struct web_request *r, const char *text)
{
	struct staff_asked asked = {.newest_first = false};
	struct err err = {0};

	if (!response_filter_read(r->arena, str_or(text, ""), &asked.filter, &err))
		return "";
	return staff_filter_query(r, &asked);
}

const char *staff_filter_url(struct web_request *r, const char *path, const char *query)
{
	return *query ? arena_printf(r->arena, "%s?%s", path, query) : path;
}

bool staff_filter_same(const struct response_filter *a, const struct response_filter *b)
{
	struct response_filter one = *a, other = *b;

	for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
		const struct part *p = &parts[i];

		if (p->kind == TEXT     ? !str_eq(*text_at(&one, p), *text_at(&other, p))
		    : p->kind == YES_NO ? *any_at(&one, p) != *any_at(&other, p)
					: *number_at(&one, p) != *number_at(&other, p))
			return false;
	}
	return true;
}

bool staff_filter_is_empty(const struct response_filter *filter)
{
	static const struct response_filter nothing;

	return staff_filter_same(filter, &nothing);
}

/* What a chip says: the word that officials use, not the one of the address. */
static const char *shown(const struct part *p, const char *value)
{
	if (p->kind == CAMPAIGN && str_eq(value, "any"))
		return "any";
	return p->kind == YES_NO ? value : staff_word(p->key, value);
}

/* "permission_without_name": the choice of the form that this is. */
static const char *choice_name(struct web_request *r, const char *key, const char *value)
{
	char *name = arena_printf(r->arena, "%s_%s", key, value);

	for (char *at = name; *at; at++)
		if (*at == ' ')
			*at = '_';
	return name;
}

void staff_filter_show(struct web_request *r, struct template_value *v, const char *path,
		       const struct staff_asked *asked)
{
	struct template_value *chips = template_set_list(v, "chips");
	struct template_value *fields = template_set_map(v, "asked");
	struct template_value *is = template_set_map(v, "asked_is");

	for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
		const char *value = value_of(r, &asked->filter, &parts[i]);
		struct staff_asked without = *asked;
		struct template_value *chip;
		static const struct response_filter nothing;
		size_t size = parts[i].kind == TEXT     ? sizeof(const char *)
			      : parts[i].kind == YES_NO ? sizeof(enum response_any)
							: sizeof(int64_t);

		if (str_empty(value))
			continue;
		template_set(fields, parts[i].key, value);
		template_set_bool(is, choice_name(r, parts[i].key, value), true);
		memcpy((char *)&without.filter + parts[i].at,
		       (const char *)&nothing + parts[i].at, size);
		chip = template_add_map(chips);
		template_set(chip, "label", parts[i].label);
		template_set(chip, "value", shown(&parts[i], value));
		template_set(chip, "without",
			     staff_filter_url(r, path, staff_filter_query(r, &without)));
	}
	template_set_bool(fields, "newest", asked->newest_first);
}
