#include "tests/fuzz/fuzz.h"

#include "base/codec/secret.h"
#include "extract/parsers/document.h"
#include "mail/read/read.h"
#include "text/charset/charset.h"

const struct fuzz_target fuzz_targets[] = {
#define FUZZ_TARGET(name, least, most, what) {#name, least, most, what, fuzz_##name},
#include "tests/fuzz/targets.h"
#undef FUZZ_TARGET
	{0},
};

const struct fuzz_target *fuzz_target_named(const char *name)
{
	for (const struct fuzz_target *t = fuzz_targets; t->name; t++)
		if (str_eq(t->name, name))
			return t;
	return NULL;
}

void fuzz_setup(void)
{
	secret_setup();
	charset_warm();
	mail_read_setup();
	extract_document_setup();
}

char *fuzz_text(struct arena *arena, const char *bytes, size_t len)
{
	AUTO(buf) clean = buf_new(len * 3 + 1);

	str_utf8_clean(clean, bytes, len);
	return arena_strndup(arena, buf_text(clean), clean->len);
}

char *fuzz_line(struct arena *arena, const char **bytes, size_t *len)
{
	const char *begin = *bytes, *end = *len ? memchr(begin, '\n', *len) : NULL;
	size_t line = end ? (size_t)(end - begin) : *len;

	*bytes += end ? line + 1 : line;
	*len -= end ? line + 1 : line;
	return fuzz_text(arena, begin, line);
}

unsigned fuzz_byte(const char **bytes, size_t *len)
{
	if (!*len)
		return 0;
	--*len;
	return (unsigned char)*(*bytes)++;
}

void fuzz_is_text(const char *text)
{
	if (text && !str_utf8_valid(text, strlen(text)))
		PANIC("no UTF-8: %s", text);
}

void fuzz_is_text_buf(const struct buf *text)
{
	ASSERT(buf_text(text)[text->len] == '\0');
	if (!str_utf8_valid(buf_text(text), text->len) ||
	    strlen(buf_text(text)) != text->len)
		PANIC("no UTF-8, or a NUL in it: %s", buf_text(text));
}

void fuzz_is_said(const struct err *err)
{
	ASSERT(err->kind != ERR_NONE);
	ASSERT(*err->text);
	fuzz_is_text(err->text);
	fuzz_is_text(err->hint);
}
