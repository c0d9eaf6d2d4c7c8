/*
 * acts respondent - who answered and what they allow, read from their own form.
 *
 * What each reply's form says is kept with the place where it stands. The respondent
 * gets what all of their forms agree on; where two disagree it is unknown again, which
 * means do not publish. What a person of the staff has set is never touched.
 *
 * Source     text/form.h
 */
#ifndef MERCAT_ACTS_RESPONDENT_H
#define MERCAT_ACTS_RESPONDENT_H

#include "acts/words.h"

bool acts_respondent_read(struct acts *acts, struct arena *arena,
			  const struct acts_words *words, struct err *err) MUST_USE;

#endif
