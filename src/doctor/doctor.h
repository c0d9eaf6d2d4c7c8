/*
 * doctor - whether all that mercat needs is as it has to be, each thing that is not with its cure.
 *
 * Looks at the settings and the files that they name, the store, the templates, the clock, the
 * daemon and its copies; logs in to each mailbox, asks each relay whether it takes our senders
 * and asks the DNS what it says of their domains. It changes nothing, and nobody gets a mail.
 * What cannot be looked at because something before it is broken is left out.
 *
 *	struct doctor d = {.arena = arena, .config = path, .now = now ...};
 *	doctor_run(&d);
 *
 * Ownership  lines live in the arena; doctor_end() gives back what was opened.
 * Errors     none: what fails is a line.
 * Source     RFC 7208 (SPF), RFC 6376 (DKIM), RFC 7489 (DMARC)
 */
#ifndef MERCAT_DOCTOR_DOCTOR_H
#define MERCAT_DOCTOR_DOCTOR_H

#include "base/calendar.h"
#include "domain/core/domain.h"

/* A copy of the store that is older is too old. */
enum { DOCTOR_COPY_OLD_S = 2 * DAY_S };

enum doctor_state {
	DOCTOR_GOOD = 0,
	DOCTOR_LOOK, /* it works, or cannot be told: worth a look */
	DOCTOR_WRONG /* needs a hand */
};

struct doctor_line {
	enum doctor_state state;
	const char *what; /* "settings", "store", "mailbox main" */
	const char *says; /* a sentence */
	const char *cure; /* what to do, or NULL */
};

struct doctor {
	struct arena *arena;
	const char *config, *templates, *locales;
	int64_t now;
	bool offline; /* nobody outside this machine is asked */

	struct settings *settings; /* NULL: they could not be read */
	struct operation op;       /* with a store, or without */
	struct doctor_line *lines;
	size_t count;
};

void doctor_run(struct doctor *d);
void doctor_end(struct doctor *d);
size_t doctor_count(const struct doctor *d, enum doctor_state state) MUST_USE;
const char *
doctor_state_name(enum doctor_state state) MUST_USE; /* "good", "look", "wrong" */

/* One part at a time, for whoever has just been told an answer. */
void doctor_settings(struct doctor *d);
void doctor_store(struct doctor *d);
void doctor_machine(struct doctor *d);
void doctor_daemon(struct doctor *d);
void doctor_mailboxes(struct doctor *d);
/* sender NULL: each address of a list or consultation. */
void doctor_relays(struct doctor *d, const char *sender);
void doctor_domain(struct doctor *d, const char *domain);

/* Another line; cure may be NULL. */
void doctor_say(struct doctor *d, struct doctor_line line);
/* The same of what went wrong: its words, and their hint as cure where there is no other. */
void doctor_wrong(struct doctor *d, const char *what, const struct err *err,
		  const char *cure);
#define DOCTOR_SAY(d_, state_, what_, cure_, ...)                                     \
	doctor_say((d_), (struct doctor_line){(state_), (what_),                      \
					      arena_printf((d_)->arena, __VA_ARGS__), \
					      (cure_)})

/* The addresses that mail goes out from, of lists and consultations. */
size_t doctor_senders(struct doctor *d, const char ***out) MUST_USE;

#endif
