/*
 * bounce words - what the reasons and effects of bounces mean, for people.
 *
 * Ownership  strings that live for ever, or what was given.
 */
#ifndef MERCAT_DOMAIN_BOUNCE_WORDS_H
#define MERCAT_DOMAIN_BOUNCE_WORDS_H

/* "no such address" for "no_such_address"; NULL gives "no reason given". */
const char *bounce_reason(const char *reason);
/* What an effect of the schema means, for people. */
const char *bounce_effect(const char *effect);

#endif
