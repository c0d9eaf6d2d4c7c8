#include "domain/admin/totp.h"
#include "base/err.h"
#include "base/codec/secret.h"
#include "base/str.h"

#include <glib.h>

enum { SHA1_BYTES = 20, COUNTER_BYTES = 8 };

void totp_code(const void *secret, size_t len, int64_t step, char out[TOTP_DIGITS + 1])
{
	unsigned char counter[COUNTER_BYTES], mac[SHA1_BYTES];
	gsize mac_len = sizeof(mac);
	GHmac *hmac = g_hmac_new(G_CHECKSUM_SHA1, secret, len);
	uint32_t n, at;

	for (int i = 0; i < COUNTER_BYTES; i++)
		counter[i] = (unsigned char)((uint64_t)step >> (8 * (7 - i)));
	g_hmac_update(hmac, counter, sizeof(counter));
	g_hmac_get_digest(hmac, mac, &mac_len);
	g_hmac_unref(hmac);
	ASSERT(mac_len == SHA1_BYTES);
	at = mac[SHA1_BYTES - 1] & 0xf; /* RFC 4226 5.3: dynamic truncation */
	n = (uint32_t)(mac[at] & 0x7f) << 24 | (uint32_t)mac[at + 1] << 16 |
	    (uint32_t)mac[at + 2] << 8 | mac[at + 3];
	(void)snprintf(out, TOTP_DIGITS + 1, "%06u", n % 1000000);
}

bool totp_fits(const void *secret, size_t len, const char *code, int64_t now_at,
	       int64_t last_step, int64_t *out_step)
{
	char given[TOTP_DIGITS + 1] = "", want[TOTP_DIGITS + 1];
	int64_t now = now_at / TOTP_STEP_S;
	size_t n = 0;
	bool fits = false;

	for (; code && *code; code++) {
		if (str_is_space(*code))
			continue;
		if (n == TOTP_DIGITS || !str_is_digit(*code))
			return false;
		given[n++] = *code;
	}
	if (n != TOTP_DIGITS)
		return false;
	for (int64_t step = now - TOTP_SKEW_STEPS; step <= now + TOTP_SKEW_STEPS;
	     step++) {
		totp_code(secret, len, step, want);
		if (secret_same(given, want, TOTP_DIGITS) && step > last_step && !fits) {
			*out_step = step;
			fits = true;
		}
	}
	return fits;
}
