/* All checks in turn. */
#include "base/str.h"
#include "doctor/doctor.h"

static void domains(struct doctor *d)
{
	const char **senders, **seen = NULL;
	size_t count = doctor_senders(d, &senders), known = 0;

	if (!count && *d->settings->own_domain) {
		doctor_domain(d, d->settings->own_domain);
		return;
	}
	for (size_t i = 0; i < count; i++) {
		const char *at = strrchr(senders[i], '@');
		bool is_new = at != NULL;

		for (size_t j = 0; at && j < known; j++)
			is_new = is_new && !str_ieq(seen[j], at + 1);
		if (!is_new)
			continue;
		seen = arena_grow(d->arena, seen, known, sizeof(*seen));
		seen[known++] = at + 1;
		doctor_domain(d, at + 1);
	}
}

void doctor_run(struct doctor *d)
{
	doctor_settings(d);
	if (!d->settings)
		return;
	doctor_machine(d);
	doctor_store(d);
	doctor_daemon(d);
	if (d->offline)
		return;
	doctor_mailboxes(d);
	doctor_relays(d, NULL);
	domains(d);
}

void doctor_end(struct doctor *d)
{
	store_close(&d->op.store);
	settings_free(&d->settings);
}
