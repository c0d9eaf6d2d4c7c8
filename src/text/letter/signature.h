/*
 * signature - who signed a letter: name, office, organisation.
 *
 * Read from the lines that text/letter/frame.h calls a signature, from "on behalf of ..." in
 * them or in the letter, and from "I, Ines Farrow, ..." or "My name is ...". Lines with
 * digits, addresses or links are none of the three.
 *
 * Ownership  in the arena; what is not there is NULL.
 * Limits     the words by which an organisation or an office is known are English,
 *            Gaelic and Welsh with some of their neighbours'.
 */
#ifndef MERCAT_TEXT_SIGNATURE_H
#define MERCAT_TEXT_SIGNATURE_H

#include "base/arena.h"
#include "base/attr.h"
#include "text/letter/frame_book.h"

struct signature {
	const char *name, *role, *organisation;
	bool closed;    /* it stands below "Kind regards" or the like */
	bool on_behalf; /* it says that the letter speaks for the organisation */
	/* The letter says "our members", or who has an office in it writes as "we". */
	bool speaks_for_many;
	bool for_oneself; /* it says that it does not speak for the organisation */
};

/* letter: the book of the letter that text is of. */
void signature_read(struct arena *arena, const char *text, struct frame_book *letter,
		    struct signature *out);

/*
 * What stands below "-- " in whole and was cut off own, which is whole without quotes and
 * signature; up to what is quoted there. NULL: nothing.
 */
const char *signature_cut_off(struct arena *arena, const char *whole,
			      const char *own) MUST_USE;

/* "Thornwick Allotment Society", "Clerk of the Reed Society": no person's name. */
bool signature_is_organisation(const char *text) MUST_USE;
/* "Info", "The Secretary", "Office": an office or a shared mailbox. */
bool signature_is_office(const char *text) MUST_USE;
/* "Bloggs, Jo" as "Jo Bloggs", without quotes, titles of programs and "via ...". */
const char *signature_plain_name(struct arena *arena, const char *text) MUST_USE;
/* May both be names of one person? "Jo Bloggs", "Bloggs, Jo", "J Bloggs", "Jo". NULL is
 * nobody's name. */
bool signature_may_be_same(const char *one, const char *other) MUST_USE;

#endif
