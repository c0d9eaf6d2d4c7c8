/*
 * subscriber import private - what the files of an import share.
 */
#ifndef MERCAT_DOMAIN_SUBSCRIBER_IMPORT_PRIVATE_H
#define MERCAT_DOMAIN_SUBSCRIBER_IMPORT_PRIVATE_H

#include "domain/imports/subscriber_import.h"

/* One import while it runs. */
struct import_run {
	struct operation *op;
	const struct list *list;
	const struct subscriber_import *plan;
	const struct subscriber_import_watch *watch;
	struct arena *arena; /* of one line */
	const char *default_basis;
	struct subscriber_import_result result;
};

/*
 * Does one row: true and its fate in *out, with its reason, also where it is bad or passed
 * over. False when the store fails.
 */
bool import_line_run(struct import_run *im, const struct roster_row *row,
		     struct subscriber_import_line *out, struct err *err) MUST_USE;

#endif
