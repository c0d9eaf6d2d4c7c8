/*
 * consent - what an answer to a question of ours says: yes, no, or something
 * that a person must read.
 *
 * Consent must be unambiguous (GDPR art. 4(11)). Silence is one of whoever was asked, and
 * only where nothing at all is new: no word, no address, no signature, no picture, nothing
 * that could not be read (struct mail_seen). A yes is one whose only new words are a yes
 * (consent/yes.h), in its subject, its text and its HTML, and around which nothing doubts
 * (consent/doubt.h): no signature, no line of a program, no banner. A refusal is read as
 * closely (consent/no.h). A machine's answer is none.
 *
 * Errors     none: what is not understood is CLASSIFY_SAYS_MORE.
 */
#ifndef MERCAT_CONSENT_CONSENT_H
#define MERCAT_CONSENT_CONSENT_H

#include "consent/question.h"
#include "mail/fields/message.h"

enum classify_answer {
	CLASSIFY_SAYS_MORE = 0, /* a person must read it */
	CLASSIFY_SAYS_YES,
	CLASSIFY_SAYS_NOTHING, /* the bare answer: a yes of whoever was asked, of nobody else */
	CLASSIFY_SAYS_NO
};

/* asked: the letter that it answers; NULL: it is not known, and nothing is of it. */
enum classify_answer classify_answer_of(const struct mail_message *m,
					const struct classify_question *asked);

/*
 * A mail that asks to leave says no more than that: nothing at all, or plain words of
 * leaving, in its text as in its HTML, and no files. Else a person must see it.
 */
bool classify_leaves_plainly(const struct mail_message *m) MUST_USE;

#endif
