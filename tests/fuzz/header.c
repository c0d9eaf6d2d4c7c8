#include "tests/fuzz/fuzz.h"

#include "mail/fields/address.h"
#include "mail/write/encode.h"
#include "mail/fields/header.h"

static void are_text(const struct mail_addresses *all)
{
	ASSERT(all->count <= 1000);
	for (size_t i = 0; i < all->count; i++) {
		fuzz_is_text(all->items[i].name);
		fuzz_is_text(all->items[i].address);
	}
}

/* A subject that we write is the one that is read. */
static void comes_back(struct arena *a, const char *text)
{
	AUTO(buf) coded = buf_new(strlen(text) * 16 + 1000);
	char *plain = arena_strdup(a, text);
	const char *back;

	/* Controls are not let in; a mark of the byte order before a text is none of it. */
	for (char *c = plain; *c; c++)
		if ((unsigned char)*c < ' ' || *c == 127 || str_starts(c, "\xEF\xBB\xBF"))
			memcpy(c, "...", (unsigned char)*c == 0xEF ? 3 : 1);
	plain = str_trim(plain);
	encode_unstructured(coded, plain, 9);
	for (const char *c = buf_text(coded); *c; c++)
		ASSERT((unsigned char)*c < 127);
	back = mail_header_text(a, buf_text(coded), NULL);
	if (!str_eq(back, plain))
		PANIC("[%s] came back as [%s] by [%s]", plain, back, buf_text(coded));
}

/* The first byte chooses what bare 8-bit bytes are in. */
void fuzz_header(const char *bytes, size_t len)
{
	static const char *const hints[] = {NULL, "utf-8", "koi8-r", "iso-2022-jp",
					    "none"};
	static const char *const names[] = {"charset", "name", "filename", "boundary"};
	AUTO(arena) a = arena_new(1 << 14);
	const char *hint = hints[fuzz_byte(&bytes, &len) % ARRAY_LEN(hints)], *found;
	const char *raw = arena_strndup(a, bytes, len), *text = fuzz_text(a, bytes, len);
	struct mail_addresses all = mail_addresses_read(a, raw, hint);
	struct mail_strings ids = mail_header_ids(a, raw);
	size_t found_len;

	fuzz_is_text(mail_header_text(a, raw, hint));
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		fuzz_is_text(mail_header_param(a, raw, names[i], hint));
	fuzz_is_text(mail_header_token(a, raw));
	are_text(&all);
	for (size_t i = 0; i < ids.count; i++)
		fuzz_is_text(ids.items[i]);
	found = mail_address_find(text, &found_len);
	if (found) {
		ASSERT(found >= text && found + found_len <= text + strlen(text));
		ASSERT(memchr(found, '@', found_len));
	}
	comes_back(a, text);
}
