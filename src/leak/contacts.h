/*
 * leak contacts - where somebody can be reached, in what they wrote: email addresses, telephone
 * numbers, postcodes, and postal addresses by their labels or by the kind of their street.
 *
 * More is found than is one: a number of nine digits and more is taken for a telephone. Who
 * looks for these in another text loses nothing by that.
 *
 * Ownership  text that is told lasts for the call.
 * Errors     none.
 * Source     RFC 5321 4.1.2 (roughly); BS 7666 for the form of postcodes.
 * Limits     CONTACTS_MOST of one text; labels and streets in English.
 */
#ifndef MERCAT_LEAK_CONTACTS_H
#define MERCAT_LEAK_CONTACTS_H

#include "leak/names.h"

enum { CONTACTS_MOST = 500 };

struct leak_contact {
	enum leak_kind kind;
	size_t from, to; /* bytes of the text */
	const char *text;
};
typedef void leak_contact_fn(void *with, const struct leak_contact *contact);
void leak_contacts(const char *text, leak_contact_fn *found, void *with);

#endif
