/*
 * consent stay - does a mail to an address that takes its reader off a list say that they
 * want to stay?
 *
 * Leaving needs no words, and any un-negated word of leaving leaves. Only plain words about
 * the list keep somebody on it, and then a person decides.
 *
 * Errors     none: what is not understood leaves.
 * Limits     the first 600 bytes, in English and a few words of other languages.
 */
#ifndef MERCAT_CONSENT_STAY_H
#define MERCAT_CONSENT_STAY_H

#include "mail/fields/message.h"

/* By its text (by its subject where there is none), or by what it shows beside it. */
bool classify_wants_to_stay(const struct mail_message *m);

#endif
