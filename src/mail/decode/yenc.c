#include "mail/decode/yenc.h"
#include "base/str.h"

/* Where a line begins with what, from at on; len when none does. */
static size_t line_with(const char *bytes, size_t at, size_t len, const char *what)
{
	size_t n = strlen(what);

	while (at < len) {
		const char *found = memmem(bytes + at, len - at, what, n);

		if (!found)
			return len;
		at = (size_t)(found - bytes);
		if (at == 0 || bytes[at - 1] == '\n')
			return at;
		at += n;
	}
	return len;
}

static size_t next_line(const char *bytes, size_t at, size_t len)
{
	const char *stop = memchr(bytes + at, '\n', len - at);

	return stop ? (size_t)(stop - bytes) + 1 : len;
}

bool mail_yenc_find(const char *bytes, size_t len, struct mail_yenc_block *out)
{
	size_t part;
	const char *name;

	*out = (struct mail_yenc_block){0};
	out->start = line_with(bytes, 0, len, "=ybegin ");
	if (out->start == len)
		return false;
	out->body = next_line(bytes, out->start, len);
	name = memmem(bytes + out->start, out->body - out->start, " name=", 6);
	if (!name)
		return false;
	out->name = name + 6;
	out->name_len = (size_t)(bytes + out->body - out->name);
	out->name_len = str_without_tail(out->name, out->name_len);
	part = line_with(bytes, out->body, len, "=ypart ");
	if (part == out->body)
		out->body = next_line(bytes, part, len);
	out->body_end = line_with(bytes, out->body, len, "=yend");
	if (out->body_end == len)
		return false;
	out->end = next_line(bytes, out->body_end, len);
	return true;
}

size_t mail_yenc_decode(char *bytes, size_t len)
{
	size_t n = 0;

	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)bytes[i];

		if (c == '\n' || c == '\r')
			continue;
		if (c == '=' && i + 1 < len)
			c = (unsigned char)(bytes[++i] - 64);
		bytes[n++] = (char)(c - 42);
	}
	return n;
}
