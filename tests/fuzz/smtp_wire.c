#include "tests/fuzz/fuzz.h"

#include "smtp/wire_form.h"

/*
 * What passes holds exactly one end: read as a server does, that takes CR LF alone for a
 * line end, and as one that takes a bare LF, it is the same one mail.
 */
static size_t ends_in(const char *bytes, size_t len)
{
	size_t ends = 0;

	for (size_t i = 0; i < len; i++) {
		bool begins = i == 0 || bytes[i - 1] == '\n' || bytes[i - 1] == '\r';

		if (begins && bytes[i] == '.' && i + 1 < len &&
		    (bytes[i + 1] == '\r' || bytes[i + 1] == '\n'))
			ends++;
	}
	return ends;
}

void fuzz_smtp_wire(const char *bytes, size_t len)
{
	AUTO(arena) a = arena_new(4096);
	const char *text = fuzz_text(a, bytes, len);
	bool eight_bit = false, high = false;
	char host[256];

	for (size_t i = 0; i < len; i++)
		high |= (unsigned char)bytes[i] >= 0x80;
	if (smtp_wire_ok(bytes, len, &eight_bit)) {
		ASSERT(len >= 5 && memcmp(bytes + len - 5, "\r\n.\r\n", 5) == 0);
		ASSERT(ends_in(bytes, len) == 1 && !memchr(bytes, '\0', len));
		ASSERT(eight_bit == high);
	}
	if (smtp_wire_host(text, host)) {
		ASSERT(*host && strlen(host) < sizeof(host));
		for (const char *c = host; *c; c++)
			ASSERT(*c > ' ' && *c < 127);
	}
}
