#include "base/codec/secret.h"
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

/* Stands in for the hash of an account that is not there: of a random text, which
 * nobody has, and with the limits of secret_password_make(). */
static const char nobodys_hash[] =
	"$argon2id$v=19$m=65536,t=2,p=1$aG7jZbsFiZmNh0T1cc23zQ$A3sWJA"
	"mXmRAJuYlldIdFYBSVOhDw42jhKAjMc5R9vRU";

bool secret_password_make(const char *password, char out[SECRET_PASSWORD_ROOM])
{
	char hash[crypto_pwhash_STRBYTES];

	if (crypto_pwhash_str(hash, password, strlen(password),
			      crypto_pwhash_OPSLIMIT_INTERACTIVE,
			      crypto_pwhash_MEMLIMIT_INTERACTIVE))
		return false;
	str_copy(out, SECRET_PASSWORD_ROOM, hash);
	return true;
}

bool secret_password_fits(const char *hash, const char *password)
{
	bool fits = crypto_pwhash_str_verify(hash ? hash : nobodys_hash, password,
					     strlen(password)) == 0;

	return fits && hash;
}

bool secret_password_is_weak(const char *hash)
{
	return crypto_pwhash_str_needs_rehash(hash, crypto_pwhash_OPSLIMIT_INTERACTIVE,
					      crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0;
}

void secret_seal(const unsigned char key[SECRET_KEY_BYTES], const char *purpose,
		 const void *bytes, size_t len, unsigned char *out)
{
	unsigned char own[SECRET_SHA256_BYTES];

	secret_hash(key, "seal", purpose, own);
	secret_random(out, crypto_secretbox_NONCEBYTES);
	if (crypto_secretbox_easy(out + crypto_secretbox_NONCEBYTES, bytes, len, out,
				  own))
		PANIC("secretbox failed");
	sodium_memzero(own, sizeof(own));
}

bool secret_unseal(const unsigned char key[SECRET_KEY_BYTES], const char *purpose,
		   const void *sealed, size_t len, unsigned char *out)
{
	const unsigned char *from = sealed;
	unsigned char own[SECRET_SHA256_BYTES];
	bool ok;

	if (!sealed || len < SECRET_SEAL_BYTES)
		return false;
	secret_hash(key, "seal", purpose, own);
	ok = crypto_secretbox_open_easy(out, from + crypto_secretbox_NONCEBYTES,
					len - crypto_secretbox_NONCEBYTES, from,
					own) == 0;
	sodium_memzero(own, sizeof(own));
	return ok;
}

bool secret_same(const void *a, const void *b, size_t len)
{
	return sodium_memcmp(a, b, len) == 0;
}

_Static_assert(SECRET_SEAL_BYTES ==
		       crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES,
	       "a sealed text has its nonce and its tag");
_Static_assert((int)SECRET_PASSWORD_ROOM >= (int)crypto_pwhash_STRBYTES &&
		       SECRET_SHA256_BYTES == crypto_secretbox_KEYBYTES,
	       "libsodium's sizes");
