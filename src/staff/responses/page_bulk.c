/*
 * One thing done to many responses. What was chosen is said back with its number first, so
 * that nobody excludes a thousand responses by one wrong click; after it, one undo.
 */
#include "domain/coding/tag.h"
#include "domain/queue/bulk.h"
#include "domain/responses/response.h"
#include "base/numeral.h"
#include "base/str.h"
#include "staff/frame/pages.h"
#include "staff/triage/triage.h"

#include <inttypes.h>

static const struct bulk_kind {
	const char *word; /* "do" of the form */
	enum bulk_act act;
	const char *does; /* "Exclude" 12 responses */
	const char *done; /* 12 responses "are excluded" */
	const char *state;
	const char
		*asks; /* what the form asks for: "reason", "tag", "colleague" or NULL */
} kinds[] = {
	{"include", BULK_SCREEN, "Include", "included", "included", NULL},
	{"exclude", BULK_SCREEN, "Exclude", "excluded", "excluded", "reason"},
	{"anew", BULK_SCREEN, "Make new again:", "new again", "received", NULL},
	{"tag", BULK_TAG, "Tag", "tagged", NULL, "tag"},
	{"untag", BULK_UNTAG, "Take a tag off", "without that tag", NULL, "tag"},
	{"assign", BULK_ASSIGN, "Assign", "assigned", NULL, "colleague"},
};

static const struct bulk_kind *kind_of(struct web_request *r, bool screens)
{
	const char *word = web_form(r, "do");

	for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
		if (str_eq(kinds[i].word, word) &&
		    (kinds[i].act == BULK_TAG || kinds[i].act == BULK_UNTAG) != screens)
			return &kinds[i];
	return NULL;
}

/* The numbers that were ticked, as references. */
static bool read_selection(struct web_request *r, struct bulk *bulk, struct err *err)
{
	const char **refs = arena_make(r->arena, const char *, r->form.count + 1);
	size_t count = 0;

	for (size_t i = 0; i < r->form.count; i++) {
		int64_t number;

		if (!str_eq(r->form.fields[i].name, "r"))
			continue;
		if (!str_to_int(r->form.fields[i].value, 1, INT32_MAX, &number, err))
			return false;
		refs[count++] = response_reference(r->arena, bulk->consultation, number);
	}
	bulk->references = refs;
	bulk->reference_count = count;
	return count > 0 ||
	       err_set(err, ERR_INPUT,
		       "No response is selected. Tick the boxes of some, then choose what "
		       "to do with them.");
}

static bool read_bulk(struct web_request *r, struct bulk *bulk, struct err *err)
{
	struct response_filter *filter = arena_make(r->arena, struct response_filter, 1);

	bulk->consultation = staff_of(r)->consultation.name;
	bulk->who = staff_who(r);
	bulk->expected = web_form_int(r, "expected", -1);
	if (!str_eq(web_form(r, "all"), "yes"))
		return read_selection(r, bulk, err);
	bulk->filter = filter;
	return response_filter_read(r->arena, str_or(web_form(r, "filter"), ""), filter,
				    err);
}

/* unknown: the tag that was typed and that there is not; or NULL. */
static void ask(struct web_request *r, const struct bulk_kind *kind,
		const struct bulk *bulk, const char *unknown)
{
	struct template_value *v, *list;
	const struct response_filter nothing = {0};
	struct err err = {0};
	int64_t count;

	v = staff_values(r, arena_printf(r->arena, "%s responses", kind->does),
			 "responses");
	if (!bulk_count(r->op, bulk, &count, &err) ||
	    !staff_choices_show(r, v, &nothing, &err)) {
		staff_failed(r, &err);
		return;
	}
	template_set(v, "unknown", unknown);
	template_set(v, "do", kind->word);
	template_set(v, "does", kind->does);
	template_set(v, "count", staff_responses_count(r, count));
	template_set_int(v, "expected", count);
	template_set_bool(v, "none", count == 0);
	template_set_bool(v, "asks_reason", str_eq(kind->asks, "reason"));
	template_set_bool(v, "asks_tag", str_eq(kind->asks, "tag"));
	template_set_bool(v, "asks_colleague", str_eq(kind->asks, "colleague"));
	template_set(v, "back", web_form(r, "back"));
	template_set_bool(v, "all", bulk->filter != NULL);
	template_set(v, "filter", web_form(r, "filter"));
	list = template_set_list(v, "numbers");
	for (size_t i = 0; i < r->form.count; i++)
		if (!bulk->filter && str_eq(r->form.fields[i].name, "r"))
			template_add(list, r->form.fields[i].value);
	staff_page(r, "web/staff/bulk.html", v);
}

/* "12 responses are excluded now. 3 of 15 were so already." */
static void say_done(struct web_request *r, const struct bulk_kind *kind, int64_t found,
		     int64_t changed)
{
	const char *verb = plural(changed, "is", "are");

	if (changed == found)
		staff_say(r, "%s %s %s now.", staff_responses_count(r, changed), verb,
			  kind->done);
	else
		staff_say(r, "%s %s %s now; %s %s so already.",
			  staff_responses_count(r, changed), verb, kind->done,
			  staff_number_text(r, found - changed),
			  plural(found - changed, "was", "were"));
}

static void bulk(struct web_request *r, bool screens)
{
	const struct bulk_kind *kind = kind_of(r, screens);
	struct bulk bulk = {.expected = -1};
	struct err err = {0};
	int64_t found, changed;

	if (!kind) {
		page_problem(r, 400, "Choose what to do with these responses.");
		return;
	}
	bulk.act = kind->act;
	if (!read_bulk(r, &bulk, &err)) {
		staff_failed(r, &err);
		return;
	}
	if (!str_eq(web_form(r, "sure"), "yes")) {
		ask(r, kind, &bulk, NULL);
		return;
	}
	bulk.value = kind->state ? kind->state : web_form(r, "value");
	bulk.reason = str_eq(kind->asks, "reason") ? web_form(r, "value") : NULL;
	if (kind->act == BULK_ASSIGN && str_empty(bulk.value))
		bulk.value = NULL;
	if (kind->act == BULK_TAG && !str_empty(bulk.value) &&
	    !str_eq(web_form(r, "new"), "yes")) {
		bool known;

		if (!tag_known(r->op, r->arena, bulk.consultation, bulk.value, &known,
			       &err)) {
			staff_failed(r, &err);
			return;
		}
		if (!known) {
			ask(r, kind, &bulk, bulk.value);
			return;
		}
	}
	if (!bulk_apply(r->op, &bulk, &found, &changed, &err)) {
		staff_failed(r, &err);
		return;
	}
	say_done(r, kind, found, changed);
	staff_back_or(r, staff_queue_path(r));
}

void staff_bulk_screen(struct web_request *r)
{
	bulk(r, true);
}

void staff_bulk_tag(struct web_request *r)
{
	bulk(r, false);
}
