/* The text of a form that came back: its places, and what each is of. */
#include "ownform/ownform_private.h"

void own_set(struct own_form_text *t, struct own_span at, enum own_class is)
{
	if (at.from < at.to)
		memset(t->classes + at.from, (int)is, at.to - at.from);
}

const struct own_item *own_item_of(const struct own_form_text *t, enum own_kind kind,
				   size_t number)
{
	for (size_t i = 0; i < t->layout.count; i++)
		if (t->layout.items[i].kind == kind &&
		    t->layout.items[i].number == number)
			return &t->layout.items[i];
	return NULL;
}

struct own_span own_from_here(const struct own_form_text *t, size_t at)
{
	return (struct own_span){at, t->len};
}
