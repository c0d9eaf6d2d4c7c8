/*
 * mercat-reply - cuts replies, for measuring: texts in, each ended by a NUL; the new
 * text of each out, ended by a NUL.
 */
#include "base/arena.h"
#include "base/buf.h"
#include "base/fd.h"
#include "base/str.h"
#include "mail/read/unquoted.h"

int main(void)
{
	AUTO(buf) in = buf_new((size_t)64 << 20);
	struct err err = {0};

	if (!fd_read_all(0, "standard input", in, &err)) {
		(void)fprintf(stderr, "%s\n", err.text);
		return 1;
	}
	for (size_t at = 0; at < in->len; at += strlen(in->bytes + at) + 1) {
		AUTO(arena) a = arena_new(4096);
		const char *new, *quoted;

		mail_reply_cut(a, in->bytes + at, &new, &quoted);
		(void)fputs(str_or(new, ""), stdout);
		(void)putchar('\0');
	}
	return 0;
}
