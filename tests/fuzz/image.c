#include "tests/fuzz/fuzz.h"

#include "bulletin/image.h"

void fuzz_image(const char *bytes, size_t len)
{
	AUTO(arena) a = arena_new(4096);
	const char *type = NULL, *name = fuzz_text(a, bytes, len);
	int width = 0, height = 0;
	struct err err = {0};

	if (bulletin_image_sniff(bytes, len, &type, &width, &height, &err)) {
		ASSERT(str_starts(type, "image/") && *bulletin_image_ending(type) == '.');
		ASSERT(width > 0 && width <= BULLETIN_IMAGE_PIXELS);
		ASSERT(height > 0 && height <= BULLETIN_IMAGE_PIXELS);
	} else {
		ASSERT(err.kind == ERR_INPUT);
		fuzz_is_said(&err);
	}
	if (bulletin_image_name_check(name, &err)) {
		ASSERT(strlen(name) <= BULLETIN_IMAGE_NAME);
		for (const char *c = name; *c; c++)
			ASSERT(str_is_alpha(*c) || str_is_digit(*c) || strchr(".-_", *c));
	} else {
		fuzz_is_said(&err);
	}
}
