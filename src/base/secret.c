#include "base/secret.h"
#include "base/err.h"
#include "base/str.h"

#include <gnutls/crypto.h>
#include <sodium.h>

enum { ID_BYTES = 5, ID_CHARS = 8, MAC_BYTES = 16 };

void secret_setup(void)
{
	if (sodium_init() < 0)
		PANIC("libsodium cannot start");
}

void secret_random(void *bytes, size_t len)
{
	randombytes_buf(bytes, len);
}

uint32_t secret_random_below(uint32_t limit)
{
	return randombytes_uniform(limit);
}

void secret_random_token(char out[SECRET_RANDOM_LEN + 1])
{
	unsigned char bytes[16];

	secret_random(bytes, sizeof(bytes));
	str_base32(out, bytes, sizeof(bytes));
}

void secret_sha256(const void *bytes, size_t len, unsigned char out[SECRET_SHA256_BYTES])
{
	/* Each mail is hashed whole, and GnuTLS knows the processor's own instructions. */
	if (gnutls_hash_fast(GNUTLS_DIG_SHA256, bytes, len, out) < 0)
		(void)crypto_hash_sha256(out, bytes, len);
}

void secret_sha256_hex(const void *bytes, size_t len, char out[SECRET_SHA256_HEX])
{
	unsigned char hash[SECRET_SHA256_BYTES];

	secret_sha256(bytes, len, hash);
	str_hex(out, hash, sizeof(hash));
}

static void token_mac(const unsigned char *key, const char *purpose,
		      const unsigned char id[ID_BYTES], unsigned char mac[MAC_BYTES])
{
	crypto_generichash_state state;

	if (crypto_generichash_init(&state, key, SECRET_KEY_BYTES, MAC_BYTES) ||
	    crypto_generichash_update(&state, (const unsigned char *)purpose,
				      strlen(purpose) + 1) ||
	    crypto_generichash_update(&state, id, ID_BYTES) ||
	    crypto_generichash_final(&state, mac, MAC_BYTES))
		PANIC("BLAKE2b failed");
}

void secret_hash(const unsigned char key[SECRET_KEY_BYTES], const char *purpose,
		 const char *text, unsigned char out[SECRET_SHA256_BYTES])
{
	crypto_generichash_state state;

	if (crypto_generichash_init(&state, key, SECRET_KEY_BYTES, SECRET_SHA256_BYTES) ||
	    crypto_generichash_update(&state, (const unsigned char *)purpose,
				      strlen(purpose) + 1) ||
	    crypto_generichash_update(&state, (const unsigned char *)text,
				      strlen(text)) ||
	    crypto_generichash_final(&state, out, SECRET_SHA256_BYTES))
		PANIC("BLAKE2b failed");
}

void secret_token(const unsigned char key[SECRET_KEY_BYTES], const char *purpose,
		  int64_t id, char out[SECRET_TOKEN_LEN + 1])
{
	unsigned char bytes[ID_BYTES], mac[MAC_BYTES];

	ASSERT(id > 0 && id < (int64_t)1 << 40);
	for (int i = 0; i < ID_BYTES; i++)
		bytes[i] = (unsigned char)(id >> (8 * (ID_BYTES - 1 - i)));
	token_mac(key, purpose, bytes, mac);
	str_base32(out, bytes, sizeof(bytes));
	str_base32(out + ID_CHARS, mac, sizeof(mac));
}

bool secret_token_read(const unsigned char key[SECRET_KEY_BYTES], const char *purpose,
		       const char *token, int64_t *out_id)
{
	unsigned char bytes[ID_BYTES], mac[MAC_BYTES], want[MAC_BYTES];
	char head[ID_CHARS + 1];
	int64_t id = 0;

	if (!token || strlen(token) != SECRET_TOKEN_LEN)
		return false;
	str_copy(head, sizeof(head), token);
	if (!str_unbase32(bytes, sizeof(bytes), head) ||
	    !str_unbase32(mac, sizeof(mac), token + ID_CHARS))
		return false;
	token_mac(key, purpose, bytes, want);
	if (sodium_memcmp(mac, want, sizeof(mac)))
		return false;
	for (int i = 0; i < ID_BYTES; i++)
		id = id << 8 | bytes[i];
	*out_id = id;
	return true;
}
