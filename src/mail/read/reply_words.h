/*
 * mail reply words - how mail programs introduce what they quote, in many languages.
 *
 * Tables are folded to lower case, NULL at the end. None is proof by itself:
 * mail/read/reply_marks.c says what must come together.
 */
#ifndef MERCAT_MAIL_REPLY_WORDS_H
#define MERCAT_MAIL_REPLY_WORDS_H

#include <stdbool.h>

/* "wrote" as it stands near the end of the line above a quote; what stands above a
   pasted copy; how telephones sign, at the beginning of the line and at its end; what
   the thing is that signs. */
extern const char *const reply_wrote[],
	*const reply_forwards[], *const reply_devices[], *const reply_device_tails[],
								 *const reply_things[];

/* The roles of the fields of a pasted header. */
enum {
	REPLY_SENDER = 1,
	REPLY_DATE = 2,
	REPLY_RECIPIENT = 4,
	REPLY_SUBJECT = 8,
	REPLY_MORE_FIELD = 16
};

struct reply_field {
	const char *name;
	int role;
};

/* The roles that a field of that name can have; 0: it is none. */
int reply_field_role(const char *folded);

/* Begins with "Re:", "AW:", ... or with "Fw:", "WG:", ... as programs put it. */
bool reply_subject_answers(const char *subject);
bool reply_subject_forwards(const char *subject);

#endif
