/*
 * cheap_passwords - libsodium's password hash at its lowest cost, for tests that sign in a
 * hundred times and are about something else.
 *
 * The linker (--wrap) puts it in the place of libsodium's in the programs that name it, and
 * in no other: tests/unit/test_base.c holds the program to the full cost. A hash that was
 * not made here is the one that stands in for an account that is not there, which no
 * password fits.
 */
#include <sodium.h>
#include <string.h>

#define LOWEST crypto_pwhash_OPSLIMIT_MIN, crypto_pwhash_MEMLIMIT_MIN

int __real_crypto_pwhash_str(char *out, const char *password, unsigned long long len,
			     unsigned long long ops, size_t memory);
int __wrap_crypto_pwhash_str(char *out, const char *password, unsigned long long len,
			     unsigned long long ops, size_t memory);
int __real_crypto_pwhash_str_verify(const char *hash, const char *password,
				    unsigned long long len);
int __wrap_crypto_pwhash_str_verify(const char *hash, const char *password,
				    unsigned long long len);
int __real_crypto_pwhash_str_needs_rehash(const char *hash, unsigned long long ops,
					  size_t memory);
int __wrap_crypto_pwhash_str_needs_rehash(const char *hash, unsigned long long ops,
					  size_t memory);

int __wrap_crypto_pwhash_str(char *out, const char *password, unsigned long long len,
			     unsigned long long ops, size_t memory)
{
	(void)ops;
	(void)memory;
	return __real_crypto_pwhash_str(out, password, len, LOWEST);
}

int __wrap_crypto_pwhash_str_verify(const char *hash, const char *password,
				    unsigned long long len)
{
	if (__real_crypto_pwhash_str_needs_rehash(hash, LOWEST))
		return -1;
	return __real_crypto_pwhash_str_verify(hash, password, len);
}

int __wrap_crypto_pwhash_str_needs_rehash(const char *hash, unsigned long long ops,
					  size_t memory)
{
	(void)ops;
	(void)memory;
	return __real_crypto_pwhash_str_needs_rehash(hash, LOWEST);
}
