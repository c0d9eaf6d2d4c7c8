#include "tests/fuzz/fuzz.h"

#include "imap/answer_filter.h"

enum { LITERALS = 3, LITERAL_MOST = 100, LINES_MOST = 4000 };

/* The first byte says what is wanted; the rest is what a server says, lines and literals. */
void fuzz_imap_line(const char *bytes, size_t len)
{
	enum imap_want want =
		(enum imap_want)(fuzz_byte(&bytes, &len) % (IMAP_WANT_BODIES + 1));
	struct imap_filter f = {0};
	size_t passed = 0, lines = 0;

	imap_filter_begin(&f, want, LITERALS, LITERAL_MOST, LINES_MOST);
	while (len) {
		const char *end = memchr(bytes, '\n', len);
		size_t line = end ? (size_t)(end + 1 - bytes) : len;
		enum imap_line judged;
		char *copy;

		if (f.literal_left) {
			size_t part = len < f.literal_left ? len : f.literal_left;

			ASSERT(!f.keep || f.literal_left <= LITERAL_MOST);
			passed += f.keep ? part : 0;
			f.literal_left -= part;
			bytes += part;
			len -= part;
			continue;
		}
		if (!end)
			break;
		copy = malloc(
			line); /* of just its size, so that a look behind it shows */
		ASSERT(copy);
		memcpy(copy, bytes, line);
		judged = imap_filter_line(&f, copy, line);
		free(copy);
		fuzz_is_text(f.answer);
		if (judged == IMAP_LINE_BAD) {
			ASSERT(f.bye || *f.why);
			fuzz_is_text(f.why);
			return;
		}
		lines += judged == IMAP_LINE_KEEP ? line : 0;
		bytes += line;
		len -= line;
	}
	/* No more than was asked for comes near the library. */
	ASSERT(passed <= LITERALS * LITERAL_MOST && lines <= LINES_MOST);
	ASSERT(want == IMAP_WANT_BODIES || passed == 0);
}
