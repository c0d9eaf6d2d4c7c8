/*
 * answered mail - what is known of the letter that is answered, besides its words in their
 * order: which words and addresses it has.
 *
 * Ownership  in the arena.
 * Errors     none.
 */
#ifndef MERCAT_CONSENT_ANSWERED_MAIL_H
#define MERCAT_CONSENT_ANSWERED_MAIL_H

#include "consent/question.h"
#include "consent/tokens.h"
#include "mail/fields/message.h"

struct answered_mail {
	struct mail_strings mails, pages; /* pages: without their scheme */
	struct tokens words;
};

struct answered_mail answered_known(struct arena *arena,
				    const struct classify_question *asked) MUST_USE;
/*
 * The word; or an address as it is in the letter, or led by another host with its own in it,
 * as gateways rewrite links. letter: a struct answered_mail.
 */
bool answered_has(const void *letter, const struct token *said) MUST_USE;

#endif
