/*
 * classify autoreply words - how automatic answers begin, and what they say.
 *
 * Tables for words_any() and words_begin(): folded to lower case, NULL at the end. None
 * but the first is proof by itself; classify/autoreply.c says what must come together.
 */
#ifndef MERCAT_CLASSIFY_AUTOREPLY_WORDS_H
#define MERCAT_CLASSIFY_AUTOREPLY_WORDS_H

/* Subjects of programs alone, and of people as well. */
extern const char *const autoreply_program_marks[], *const autoreply_either_marks[];
/* What such an answer says about its sender, and about itself. */
extern const char *const autoreply_absence[], *const autoreply_says_so[];

#endif
