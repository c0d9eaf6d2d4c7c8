/*
 * doubts personal - a sentence about whoever writes, and not understood as harmless.
 *
 * A permission counts as certain only when what stands beside it is plainly of another
 * subject ("fees should be lower") or understood: who writes ("I am a nurse"), what they
 * think ("I support this"), what has been ("my son waited a year"), the frame of a letter
 * ("thank you for reading this"). What else somebody says of themselves, of one person who
 * was not named before, or to whoever reads it, may be about being known.
 */
#ifndef MERCAT_DOUBTS_PERSONAL_H
#define MERCAT_DOUBTS_PERSONAL_H

#include "doubts/spoken.h"

bool personal_is_unclear(const struct spoken *s) MUST_USE;

/* "Thank you for reading this", "please ring if you need more". */
bool personal_is_courtesy(const struct spoken *s) MUST_USE;

#endif
