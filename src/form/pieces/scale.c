#include "form/pieces/scale.h"

static const struct {
	const char *values[3];
	int top;
	bool ordered;
} scales[FORM_FIELDS] = {
	[FORM_TYPE] = {{"individual", "organisation"}, FORM_ORGANISATION, false},
	[FORM_PERMISSION] = {{"none", "without name", "name"}, FORM_PUBLISH_NAME, true},
	[FORM_CONTACT] = {{"no", "yes"}, FORM_CONTACT_YES, true},
};

int form_top(enum form_field field)
{
	return scales[field].top;
}

const char *form_value_name(enum form_field field, int value)
{
	return value >= 0 && value <= scales[field].top ? scales[field].values[value]
							: NULL;
}

/* What an interval says by itself: its grant, or the strictest where it leaves no more. */
static int worth(const struct form_reading *r)
{
	if (r->doubtful || r->bound.low > r->bound.high)
		return FORM_NOTHING;
	if (!scales[r->field].ordered)
		return r->bound.low == r->bound.high ? r->bound.low : FORM_NOTHING;
	if (r->bound.low >= 0)
		return r->bound.low;
	return r->bound.high == 0 ? 0 : FORM_NOTHING;
}

const char *form_reading_value(const struct form_reading *reading)
{
	return form_value_name(reading->field, worth(reading));
}

/* Do these two leave no value that both allow? */
static bool exclude(const struct form_reading *a, const struct form_reading *b)
{
	if (!scales[a->field].ordered)
		return worth(a) >= 0 && worth(b) >= 0 && worth(a) != worth(b);
	return a->bound.low > b->bound.high || b->bound.low > a->bound.high;
}

static void look_for_contradiction(enum form_field field, const struct form_reading *all,
				   size_t count, struct form_conclusion *out)
{
	for (size_t i = 0; i < count && out->state != FORM_CONTRADICTED; i++)
		for (size_t j = i + 1; j < count; j++) {
			if (all[i].field != field || all[j].field != field ||
			    all[i].doubtful || all[j].doubtful ||
			    !exclude(&all[i], &all[j]))
				continue;
			out->state = FORM_CONTRADICTED;
			out->first = &all[i];
			out->against = &all[j];
			break;
		}
}

/* "Publish my name: yes" grants nothing by itself, and leaves all open. */
static bool is_of_name(const struct form_reading *r)
{
	return r->field == FORM_PERMISSION && !r->doubtful &&
	       r->bound.low == FORM_NOTHING && r->bound.high == FORM_PUBLISH_NAME;
}

void form_meet(enum form_field field, const struct form_reading *readings, size_t count,
	       struct form_conclusion *out)
{
	int grant = FORM_NOTHING, most = scales[field].top;
	bool names = false;

	*out = (struct form_conclusion){
		.in_force = scales[field].ordered ? scales[field].values[0] : NULL};
	for (size_t i = 0; i < count; i++) {
		const struct form_reading *r = &readings[i];

		if (r->field != field)
			continue;
		out->state = FORM_UNSURE;
		if (!out->first || (r->doubtful && !out->first->doubtful)) {
			out->against = out->first;
			out->first = r;
		}
		if (r->bound.high < most && scales[field].ordered)
			most = r->bound.high;
		if (worth(r) > grant)
			grant = worth(r);
		names = names || is_of_name(r);
	}
	if (!out->first)
		return;
	look_for_contradiction(field, readings, count, out);
	if (out->state == FORM_CONTRADICTED || out->first->doubtful)
		return;
	if (grant == FORM_NOTHING && scales[field].ordered && most == 0)
		grant = 0;
	if (names && grant == FORM_PUBLISH_NAMELESS && most == FORM_PUBLISH_NAME)
		grant = FORM_PUBLISH_NAME;
	if (grant == FORM_NOTHING || grant > most)
		return;
	out->state = FORM_KNOWN;
	out->value = form_value_name(field, grant);
	if (scales[field].ordered)
		out->in_force = out->value;
}

void form_add_reading(struct form *form, const struct form_reading *reading)
{
	if (form->count == FORM_READINGS_MOST) {
		form->too_many = true;
		return;
	}
	form->readings[form->count++] = *reading;
}

void form_conclude(const struct form *form, enum form_field field,
		   struct form_conclusion *out)
{
	form_meet(field, form->readings, form->count, out);
	if (form->too_many && out->value) {
		out->state = FORM_UNSURE;
		out->value = NULL;
		out->in_force = field == FORM_TYPE ? NULL : form_value_name(field, 0);
	}
}
