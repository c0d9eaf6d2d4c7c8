/*
 * personal places - every place of the store that can hold personal data: the one list.
 *
 * Walked by subject access (personal_data.h: what has a part), by erasing
 * (personal_data_erase.h: what has a statement), and by a test that holds it against the
 * schema: each column of text or bytes, of every table, is named here once, so that a new one
 * cannot be forgotten. That test plants a name and an address in each column that is to be
 * erased, erases the person, and looks for them in the file. What carries the words of a mail on
 * to others (erase_of_mails) goes with it, and what of that still waits is withdrawn.
 *
 * Source     UK GDPR art. 15, 17 and 30.
 */
#ifndef MERCAT_DOMAIN_PERSONAL_PLACES_H
#define MERCAT_DOMAIN_PERSONAL_PLACES_H

#include "store/store.h"

enum personal_fate {
	PERSONAL_NONE,   /* nothing of people: states, numbers, hashes, our own words */
	PERSONAL_ERASED, /* of subscribers and whoever else writes: goes with them */
	PERSONAL_RECORD, /* of a consultation: kept on another lawful basis */
	PERSONAL_STAFF   /* of those who work here: they answer for what they did */
};

struct personal_place {
	const char *table;
	enum personal_fate fate;
	const char *holds; /* its columns that can hold personal data, spaces between */
	const char *plain; /* and its other columns of text or bytes */
	/* Of PERSONAL_ERASED: takes it out; erase_by: "", "p" person, "pn" and now. */
	enum sql_id erase;
	const char *erase_by;
	/* What of it goes with each mail that is erased, whomever it is to: ?1 now. */
	bool goes_with_mails;
	enum sql_id erase_of_mails;
	/* What its person is shown of it (NULL: nothing, or within another part): a name for
	 * JSON, a title; held_by: p person, f the forms of their addresses, b both,
	 * s suppression. */
	const char *part, *title;
	enum sql_id held;
	char held_by;
};

extern const struct personal_place personal_places[];
extern const size_t personal_place_count;

#endif
