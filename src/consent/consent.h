/*
 * consent - what an answer to a question of ours says: yes, no, or something
 * that a person must read.
 *
 * Consent must be unambiguous (GDPR art. 4(11)): an answer that adds nothing to the
 * question, or one whose only new words are a yes (consent/yes.h), in its subject as in its
 * text. What is new is all that is not of the letter that was answered
 * (consent/question.h), whatever mark stands before it. A machine's answer is none. What
 * says yes here and no there is for a person: in the subject and the text, below the
 * signature mark, or in the HTML of a mail whose plain text says less.
 *
 * Errors     none: what is not understood is CLASSIFY_SAYS_MORE.
 */
#ifndef MERCAT_CONSENT_CONSENT_H
#define MERCAT_CONSENT_CONSENT_H

#include "consent/question.h"
#include "mail/message.h"

enum classify_answer {
	CLASSIFY_SAYS_MORE = 0, /* a person must read it */
	CLASSIFY_SAYS_YES,
	CLASSIFY_SAYS_NOTHING, /* the bare answer: a yes of whoever was asked, of nobody else */
	CLASSIFY_SAYS_NO
};

/* asked: the letter that it answers; NULL: it is not known, and nothing is of it. */
enum classify_answer classify_answer_of(const struct mail_message *m,
					const struct classify_question *asked);

#endif
