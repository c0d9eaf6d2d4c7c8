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
 * Source     BLAKE2b (RFC 7693) keyed, SHA-256 (FIPS 180-4), argon2id (RFC 9106) with
 *            libsodium's interactive limits, XSalsa20-Poly1305; all by libsodium.
 */
#ifndef MERCAT_BASE_SECRET_H
#define MERCAT_BASE_SECRET_H

#include "base/attr.h"

enum {
	SECRET_KEY_BYTES = 32,
	SECRET_RANDOM_LEN = 26, /* characters of a random token */
	SECRET_TOKEN_LEN = 34,  /* characters of a keyed token */
	SECRET_SHA256_BYTES = 32,
	SECRET_SHA256_HEX = 65,     /* with its NUL */
	SECRET_PASSWORD_ROOM = 128, /* of a password's hash as text */
	SECRET_SEAL_BYTES = 40      /* that a sealed text is longer */
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

/* Takes some 50 ms and 64 MB; false when there is no memory for it. */
bool secret_password_make(const char *password, char out[SECRET_PASSWORD_ROOM]) MUST_USE;
/* hash NULL fits nothing, and takes as long to say so. */
bool secret_password_fits(const char *hash, const char *password) MUST_USE;
/* Made with less than the limits of today. */
bool secret_password_is_weak(const char *hash) MUST_USE;

/* Readable and changeable only with the key; out has len + SECRET_SEAL_BYTES. */
void secret_seal(const unsigned char key[SECRET_KEY_BYTES], const char *purpose,
		 const void *bytes, size_t len, unsigned char *out);
/* False when it was changed, or sealed with another key or for another purpose; out has
 * len - SECRET_SEAL_BYTES. */
bool secret_unseal(const unsigned char key[SECRET_KEY_BYTES], const char *purpose,
		   const void *sealed, size_t len, unsigned char *out) MUST_USE;

/* Compared in constant time. */
bool secret_same(const void *a, const void *b, size_t len) MUST_USE;

#endif
