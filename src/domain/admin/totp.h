/*
 * totp - one-time codes that change with the clock, as authenticator apps make them.
 *
 * SHA-1, 30 seconds, 6 digits: what every app knows. A code is taken one step early or
 * late, for clocks that differ, and each step at most once: the caller keeps the last
 * one used and hands it in.
 *
 * Units      now_at is unix seconds UTC; a step is now_at / 30.
 * Ownership  everything is the caller's.
 * Errors     none: a text that is no code of that time is simply false.
 * Source     RFC 4226 (HOTP), RFC 6238 (TOTP); HMAC by GLib.
 */
#ifndef MERCAT_DOMAIN_TOTP_H
#define MERCAT_DOMAIN_TOTP_H

#include "base/attr.h"

enum { TOTP_SECRET_BYTES = 20, TOTP_DIGITS = 6, TOTP_STEP_S = 30, TOTP_SKEW_STEPS = 1 };

/* The digits of one step. */
void totp_code(const void *secret, size_t len, int64_t step, char out[TOTP_DIGITS + 1]);
/* Is it the code of now, of a step after last_step? Blanks inside are passed over. */
bool totp_fits(const void *secret, size_t len, const char *code, int64_t now_at,
	       int64_t last_step, int64_t *out_step) MUST_USE;

#endif
