/*
 * mail look - a mail as the rules and what was learned look at it: its sentences, their words,
 * and what each of them is (proposal/sentence_role.h).
 *
 * What stands above the signature is looked at; of what stands below only whether it
 * answers. Names at the end, and why somebody asks, are no substance.
 *
 * Ownership  in the arena; the mail is borrowed.
 * Errors     none.
 * Limits     those of speech.h and token.h; the roles of a mail of more than
 *            LOOK_WORDS_MOST words are not read.
 */
#ifndef MERCAT_PROPOSAL_MAIL_LOOK_H
#define MERCAT_PROPOSAL_MAIL_LOOK_H

#include "proposal/proposal.h"
#include "proposal/sentence_role.h"

enum { LOOK_WORDS_MOST = 400 }; /* of a mail that is none: who writes more says more */

struct look {
	const struct proposal_mail *mail;
	const char *said; /* without greeting, form, signature */
	struct speech s;
	struct tokens *tokens; /* of each sentence */
	unsigned *roles;       /* role_of() of each */
	size_t said_to;        /* sentences before the signature */
	unsigned has;          /* all that they are */
	unsigned subject;      /* what its subject is; 0 where that is ours */
	struct tokens subject_tokens;
	uint64_t subject_says; /* known after look_hear(), as what sentences have */
	const char *topic;     /* the consultation's questions, folded */
	bool below;            /* something answers below its signature */
	const struct speech_sentence *tells;
};

void look_read(struct arena *arena, const struct proposal_mail *mail, struct look *out);
/* Whether a machine or somebody's absence speaks: of few mails is it asked. */
void look_hear(struct arena *arena, struct look *l);
/* Is "the list" the consultation's own word? */
bool look_list_is_topic(const struct look *l) MUST_USE;
/* Does any sentence answer the consultation? */
bool look_answers(const struct look *l) MUST_USE;

#endif
