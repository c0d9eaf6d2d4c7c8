/*
 * secret - randomness, hashes and the keyed tokens that stand in links and addresses.
 *
 * A keyed token names a row and proves that we made it: 8 characters of id and 26
 * of a 128-bit keyed hash over (purpose, id), base32 in lower case, so it survives
 * mail systems that fold case. It is bound to its purpose: a leave token is no
 * bounce token. A random token is 128 bits; only its hash is stored.
 *
 * Units      ids are positive and under 2^40.
 * Ownership  out buffers are the caller's; the key is borrowed.
 * Errors     none: a text that is no token of that purpose is simply false. Compared
 *            in constant time.
 * Source     BLAKE2b (RFC 7693) keyed, SHA-256 (FIPS 180-4), both by libsodium.
 */
#ifndef MERCAT_BASE_SECRET_H
#define MERCAT_BASE_SECRET_H

#include "base/attr.h"

enum {
	SECRET_KEY_BYTES = 32,
	SECRET_RANDOM_LEN = 26, /* characters of a random token */
	SECRET_TOKEN_LEN = 34,  /* characters of a keyed token */
	SECRET_SHA256_BYTES = 32,
	SECRET_SHA256_HEX = 65 /* with its NUL */
};

void secret_setup(void); /* once in each process, before a sandbox */
void secret_random(void *bytes, size_t len);
void secret_random_token(char out[SECRET_RANDOM_LEN + 1]);
uint32_t secret_random_below(uint32_t limit);

void secret_sha256(const void *bytes, size_t len, unsigned char out[SECRET_SHA256_BYTES]);
void secret_sha256_hex(const void *bytes, size_t len, char out[SECRET_SHA256_HEX]);

void secret_token(const unsigned char key[SECRET_KEY_BYTES], const char *purpose,
		  int64_t id, char out[SECRET_TOKEN_LEN + 1]);
/* A keyed hash of a text: equal texts show, nobody without the key can try some. */
void secret_hash(const unsigned char key[SECRET_KEY_BYTES], const char *purpose,
		 const char *text, unsigned char out[SECRET_SHA256_BYTES]);
bool secret_token_read(const unsigned char key[SECRET_KEY_BYTES], const char *purpose,
		       const char *token, int64_t *out_id) MUST_USE;

#endif
