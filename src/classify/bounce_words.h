/*
 * classify bounce words - how mail systems speak of mail that did not get through.
 *
 * Tables for words_any() and words_begin(): folded to lower case, NULL at the end. None
 * of them is proof by itself; classify/bounce.c says which must come together.
 */
#ifndef MERCAT_CLASSIFY_BOUNCE_WORDS_H
#define MERCAT_CLASSIFY_BOUNCE_WORDS_H

/* How their addresses and names begin. */
extern const char *const bounce_daemons[], *const bounce_daemon_names[],
						   *const bounce_daemon_titles[];
/* What stands in their subjects; whole sentences that only they write. */
extern const char *const bounce_subjects[], *const bounce_sentences[];
/* It is only late; unless it also says that it gave up. */
extern const char *const bounce_delays[], *const bounce_gave_up[];
/* How a notice begins, and nothing else. */
extern const char *const bounce_openings[];
/* It has arrived. */
extern const char *const bounce_arrived[];

#endif
