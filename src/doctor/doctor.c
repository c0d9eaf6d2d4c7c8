#include "doctor/doctor.h"
#include "domain/admin/consultation.h"
#include "domain/admin/list.h"
#include "base/str.h"

const char *doctor_state_name(enum doctor_state state)
{
	static const char *const names[] = {"good", "look", "wrong"};

	return names[state];
}

void doctor_say(struct doctor *d, struct doctor_line line)
{
	d->lines = arena_grow(d->arena, d->lines, d->count, sizeof(*d->lines));
	d->lines[d->count++] = line;
}

void doctor_wrong(struct doctor *d, const char *what, const struct err *err,
		  const char *cure)
{
	const char *hint = *err->hint ? arena_strdup(d->arena, err->hint) : NULL;

	doctor_say(d, (struct doctor_line){DOCTOR_WRONG, what,
					   arena_strdup(d->arena, err->text),
					   cure ? cure : hint});
}

size_t doctor_count(const struct doctor *d, enum doctor_state state)
{
	size_t n = 0;

	for (size_t i = 0; i < d->count; i++)
		n += d->lines[i].state == state;
	return n;
}

static void add_addresses(struct doctor *d, const struct store_table *t,
			  const char ***out, size_t *count)
{
	for (size_t i = 0; i < t->count; i++) {
		struct store_row row = table_row(t, i);
		const char *address = row_text(&row, "address");

		if (str_empty(address))
			continue;
		*out = arena_grow(d->arena, *out, *count, sizeof(**out));
		(*out)[(*count)++] = address;
	}
}

size_t doctor_senders(struct doctor *d, const char ***out)
{
	struct store_table t;
	struct err err = {0};
	size_t count = 0;

	*out = NULL;
	if (!d->op.store)
		return 0;
	if (lists_all(&d->op, d->arena, &t, &err))
		add_addresses(d, &t, out, &count);
	if (consultations_all(&d->op, d->arena, &t, &err))
		add_addresses(d, &t, out, &count);
	return count;
}
