/*
 * disclosure - does somebody tell that somebody may be at risk?
 *
 * What consultations on children are about is harm, and most who write of it write of
 * people as such, of their work, or of what is long over. Somebody is told of where
 * harm, a certain person (the writer, their own people, a child that they know) and
 * the present stand together in neighbouring sentences, or an appeal for help stands
 * in for the last; where the writer may harm themselves; and where whoever did harm is
 * near others now. It is better to tell of one too many: this moves no response, it
 * only asks somebody to read it.
 *
 * Ownership  in the arena.
 * Errors     none.
 * Limits     English; the patterns of disclosure_words.c.
 */
#ifndef MERCAT_PROPOSAL_DISCLOSURE_H
#define MERCAT_PROPOSAL_DISCLOSURE_H

#include "proposal/speech.h"
#include "proposal/pattern.h"

enum risk_sign {
	RISK_SELF = 1 << 0,
	RISK_ME = 1 << 1,   /* the writer is harmed */
	RISK_HARM = 1 << 2, /* somebody is */
	RISK_NEAR = 1 << 3,
	RISK_NOW = 1 << 4,
	RISK_APPEAL = 1 << 5,
	RISK_STILL = 1 << 6,
	RISK_PAST = 1 << 7,
	RISK_GENERAL = 1 << 8
};

extern struct patterns risk_self, risk_me, risk_harm, risk_near, risk_now, risk_appeal,
	risk_still, risk_past, risk_general;

#endif
