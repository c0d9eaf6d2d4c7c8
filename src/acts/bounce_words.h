/*
 * acts bounce_words - what the reasons and effects of bounces mean, for people.
 *
 * Ownership  strings that live for ever, or what was given.
 */
#ifndef MERCAT_ACTS_BOUNCE_WORDS_H
#define MERCAT_ACTS_BOUNCE_WORDS_H

/* "no such address" for "no_such_address"; NULL gives "no reason given". */
const char *acts_bounce_reason(const char *reason);
/* What an effect of the schema means, for people. */
const char *acts_bounce_effect(const char *effect);

#endif
