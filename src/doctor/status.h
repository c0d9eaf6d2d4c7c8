/*
 * status - how mercat is, in figures: for a person at a glance, for a monitor as JSON or in
 * Prometheus's text format.
 *
 * Whether the daemon runs; when each mailbox was read last; what waits and since when; what is
 * in doubt, on hold or out of reach; flags that nobody has seen in time; the room on the disk;
 * the age of the last copy. It changes nothing and asks nobody outside this machine. Whether
 * that is as it has to be, and what to do, is told by the doctor.
 *
 * Units      seconds, bytes, or a number of things, as unit says.
 * Ownership  in the arena; op has an open store.
 * Errors     of the store.
 * Source     Prometheus, "Exposition formats", text format 0.0.4
 */
#ifndef MERCAT_DOCTOR_STATUS_H
#define MERCAT_DOCTOR_STATUS_H

#include "base/buf.h"
#include "domain/core/domain.h"

enum status_unit { STATUS_COUNT = 0, STATUS_SECONDS, STATUS_BYTES, STATUS_YES_NO };

struct status_figure {
	const char *name; /* "mailbox_read_age", as in a metric */
	const char
		*what; /* "mailbox read", for people; the first of a name explains it */
	const char *label; /* "mailbox", "relay", "role", or NULL: there is one */
	const char *of;    /* which one: "main" */
	enum status_unit unit;
	int64_t value;
	bool is_trouble; /* worth a look by itself, whatever the value is elsewhere */
};
struct status {
	struct status_figure *figures;
	size_t count, troubles;
};

bool status_read(struct operation *op, struct arena *arena, struct status *out,
		 struct err *err) MUST_USE;
/* "mercat_mailbox_read_age_seconds{mailbox="main"} 12", each with HELP and TYPE. */
void status_metrics(const struct status *status, struct buf *out);
/* "2 minutes", "1.5 MB", "12", "yes" */
const char *status_value(struct arena *arena,
			 const struct status_figure *figure) MUST_USE;

#endif
