#include "tests/fuzz/fuzz.h"

#include "form/reading/form.h"

/* No text can allow more than each of its readings leaves open. */
static void is_no_freer(const struct form *form, enum form_field field)
{
	struct form_conclusion c;

	form_conclude(form, field, &c);
	ASSERT((c.state == FORM_KNOWN) == (c.value != NULL));
	if (field != FORM_TYPE)
		ASSERT(c.in_force != NULL);
	if (form->too_many)
		ASSERT(c.state != FORM_KNOWN);
	for (size_t i = 0; i < form->count && c.state == FORM_KNOWN; i++) {
		const struct form_reading *r = &form->readings[i];

		if (r->field != field)
			continue;
		ASSERT(!r->doubtful);
		if (field != FORM_TYPE)
			for (int v = r->bound.high + 1; v <= form_top(field); v++)
				ASSERT(!str_eq(c.value, form_value_name(field, v)));
	}
}

static void read_one(struct arena *a, const struct document *d)
{
	struct form *form = arena_make(a, struct form, 1);

	form_read(a, d, form);
	ASSERT(form->count <= FORM_READINGS_MOST);
	fuzz_is_text(form->name);
	fuzz_is_text(form->organisation);
	for (size_t i = 0; i < form->count; i++) {
		const struct form_reading *r = &form->readings[i];

		ASSERT(r->field < FORM_FIELDS && r->bound.low <= r->bound.high &&
		       r->bound.high <= form_top(r->field));
		fuzz_is_text(r->words);
		fuzz_is_text(form_reading_value(r));
	}
	for (unsigned f = 0; f < FORM_FIELDS; f++)
		is_no_freer(form, (enum form_field)f);
}

/* A mail has its form in HTML or in plain text; this one is HTML when it begins so. */
void fuzz_form(const char *bytes, size_t len)
{
	AUTO(arena) a = arena_new(1 << 14);
	const char *text = fuzz_text(a, bytes, len);
	struct document *d = document_new(a);

	if (*text == '<')
		document_from_html(d, text, strlen(text));
	else
		document_from_plain(d, text);
	read_one(a, d);
}
