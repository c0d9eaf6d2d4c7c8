#include "smtp/wire.h"

#include "base/str.h"

#include <idn2.h>

enum { ADDRESS_MAX = 254, BLOCK = 255 };

/*
 * Sums over blocks of at most 255 bytes, so that the counters are bytes and the
 * compiler makes vectors of it: about 1 us for 20 kB, where a search from line to
 * line takes several. Each sum[] counts one thing at each position.
 */
struct sums {
	size_t cr, lf, crlf, nul, lone_dots, high;
};

__attribute__((optimize("O3"))) static void sum_block(const unsigned char *at, size_t len,
						       struct sums *sums)
{
	unsigned char cr = 0, lf = 0, crlf = 0, nul = 0, dots = 0, high = 0;

	for (size_t i = 0; i < len; i++) {
		unsigned char is_lf = at[i] == '\n', is_cr = at[i] == '\r';

		cr = (unsigned char)(cr + is_cr);
		lf = (unsigned char)(lf + is_lf);
		crlf = (unsigned char)(crlf + (is_cr & (at[i + 1] == '\n')));
		dots = (unsigned char)(dots + (is_lf & (at[i + 1] == '.') & (at[i + 2] != '.')));
		nul = (unsigned char)(nul + (at[i] == 0));
		high |= at[i];
	}
	sums->cr += cr;
	sums->lf += lf;
	sums->crlf += crlf;
	sums->nul += nul;
	sums->lone_dots += dots;
	sums->high |= high;
}

bool smtp_wire_ok(const char *bytes, size_t len, bool *out_eight_bit)
{
	const unsigned char *at = (const unsigned char *)bytes;
	struct sums sums = {0};
	size_t body;

	if (len < 5 || memcmp(bytes + len - 5, "\r\n.\r\n", 5))
		return false;
	if (at[0] == '.' && at[1] != '.')
		return false;
	/* The last two bytes are known, so looking two ahead stays inside. */
	body = len - 2;
	for (size_t i = 0; i < body; i += BLOCK)
		sum_block(at + i, body - i < BLOCK ? body - i : BLOCK, &sums);
	*out_eight_bit = (sums.high & 0x80) != 0;
	return sums.cr == sums.crlf && sums.lf == sums.crlf && !sums.nul && sums.lone_dots == 1;
}

void smtp_stuff(struct buf *to, const char *mail, size_t len)
{
	const char *at = mail, *end = mail + len;

	while (at < end) {
		const char *lf = memchr(at, '\n', (size_t)(end - at));
		const char *stop = lf ? lf : end;
		const char *cr = memchr(at, '\r', (size_t)(stop - at));

		if (cr)
			stop = cr; /* a bare CR ends a line too, as readers may show it so */
		if (*at == '.')
			buf_char(to, '.');
		buf_add(to, at, (size_t)(stop - at));
		buf_add(to, "\r\n", 2);
		at = stop + 1;
		if (cr && at < end && *at == '\n')
			at++;
	}
}

void smtp_finish(struct buf *to)
{
	if (!to->len)
		buf_add(to, "\r\n", 2); /* a mail of nothing still needs a line */
	buf_add(to, ".\r\n", 3);
}

bool smtp_address_ok(const char *address, bool *needs_utf8)
{
	size_t len = address ? strlen(address) : 0;
	const char *at = address ? strrchr(address, '@') : NULL;
	bool high_local = false;

	if (!at || at == address || !at[1] || len > ADDRESS_MAX ||
	    !str_utf8_valid(address, len))
		return false;
	for (const char *p = address; *p; p++) {
		unsigned char c = (unsigned char)*p;

		if (c <= ' ' || c == 0x7F || c == '<' || c == '>')
			return false;
		/* C1 controls and the no-break space, as UTF-8 */
		if (c == 0xC2 && (unsigned char)p[1] <= 0xA0)
			return false;
		high_local |= c >= 0x80 && p < at;
	}
	if (needs_utf8)
		*needs_utf8 = high_local;
	return true;
}

static bool to_a_labels(const char *host, char out[256])
{
	char *ascii = NULL;
	bool ok;

	if (idn2_to_ascii_8z(host, &ascii, IDN2_NONTRANSITIONAL) != IDN2_OK)
		return false;
	ok = strlen(ascii) < 256;
	if (ok)
		str_copy(out, 256, ascii);
	idn2_free(ascii);
	return ok;
}

static bool is_ascii(const char *text)
{
	for (; *text; text++)
		if ((unsigned char)*text >= 0x80)
			return false;
	return true;
}

bool smtp_wire_host(const char *host, char out[256])
{
	size_t len = strlen(host);

	if (!len || len >= 256)
		return false;
	if (is_ascii(host))
		str_copy(out, 256, host);
	else if (!to_a_labels(host, out))
		return false;
	return strspn(out, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_:") ==
	       strlen(out);
}

bool smtp_wire_address(struct buf *to, const char *address)
{
	const char *domain = strrchr(address, '@') + 1;
	char ascii[256];

	if (is_ascii(domain)) {
		buf_str(to, address);
		return true;
	}
	if (!to_a_labels(domain, ascii))
		return false;
	buf_add(to, address, (size_t)(domain - address));
	buf_str(to, ascii);
	return true;
}
