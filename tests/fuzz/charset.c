#include "tests/fuzz/fuzz.h"

#include "text/charset/charset.h"
#include "text/charset/charset_guess.h"

/* The first line names the character set of the rest. */
void fuzz_charset(const char *bytes, size_t len)
{
	AUTO(arena) a = arena_new(4096);
	const char *name = fuzz_line(a, &bytes, &len), *guess;
	AUTO(buf) text = buf_new(len * 12 + 100);
	AUTO(buf) again = buf_new(len * 12 + 100);

	charset_to_utf8(text, name, bytes, len);
	fuzz_is_text_buf(text);
	/* What is UTF-8 already stays as it is. */
	charset_to_utf8(again, "utf-8", buf_text(text), text->len);
	ASSERT(text->cut || str_eq(buf_text(again), buf_text(text)));
	guess = charset_guess(bytes, len);
	buf_reset(text);
	charset_to_utf8(text, guess, bytes, len);
	fuzz_is_text_buf(text);
}
