#include "smtp/wire_form.h"

#include "base/str.h"

#include <idn2.h>

enum { ADDRESS_MAX = 254, BLOCK = 64 };

/*
 * One pass that only gathers bits, in blocks of a fixed size, so that the compiler
 * makes vectors of it: a search from line to line costs several times as much.
 * Looks two bytes ahead of each.
 */
static inline void gather(const unsigned char *at, size_t len, unsigned char *bad,
			  unsigned char *high)
{
	unsigned char b = 0, h = 0;

	for (size_t i = 0; i < len; i++) {
		unsigned char is_lf = at[i] == '\n';

		b |= (unsigned char)((at[i] == '\r') ^ (at[i + 1] == '\n'));
		b |= (unsigned char)(is_lf & (at[i + 1] == '.') & (at[i + 2] != '.'));
		b |= (unsigned char)(at[i] == 0);
		h |= at[i];
	}
	*bad |= b;
	*high |= h;
}

bool smtp_wire_ok(const char *bytes, size_t len, bool *out_eight_bit)
{
	const unsigned char *at = (const unsigned char *)bytes;
	unsigned char bad = 0, high = 0;
	size_t body, i = 0;

	if (len < 5 || memcmp(bytes + len - 5, "\r\n.\r\n", 5))
		return false;
	if (at[0] == '\n' || (at[0] == '.' && at[1] != '.'))
		return false;
	/* Up to the CR before the final dot; the LF behind it is the one that may. */
	body = len - 4;
	for (; i + BLOCK <= body; i += BLOCK)
		gather(at + i, BLOCK, &bad, &high);
	gather(at + i, body - i, &bad, &high);
	*out_eight_bit = (high & 0x80) != 0;
	return !bad;
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
	/* A soft hyphen and its like become nothing, and a label that is nothing is none. */
	ok = *ascii && *ascii != '.' && !strstr(ascii, "..") && strlen(ascii) < 256;
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
	return strspn(out,
		      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_:") ==
	       strlen(out);
}

bool smtp_wire_address(struct buf *to, const char *address)
{
	const char *domain = strrchr(address, '@');
	char ascii[256];

	if (!domain)
		return false;
	domain++;
	if (is_ascii(domain)) {
		buf_str(to, address);
		return true;
	}
	/* Of other blanks and signs IDNA makes those that end a command's argument. */
	if (!to_a_labels(domain, ascii) || strpbrk(ascii, " <>@\t\r\n\"\\"))
		return false;
	buf_add(to, address, (size_t)(domain - address));
	buf_str(to, ascii);
	return true;
}
