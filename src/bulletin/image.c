#include "bulletin/image.h"

#include "base/str.h"

/* Numbers out of the first bytes of a file: big-endian as in PNG and JPEG, and little. */
static int big(const unsigned char *at, int bytes)
{
	int64_t n = 0;

	for (int i = 0; i < bytes; i++)
		n = n << 8 | at[i];
	return n > INT32_MAX ? INT32_MAX : (int)n;
}

static int little(const unsigned char *at, int bytes)
{
	int n = 0;

	for (int i = bytes; i-- > 0;)
		n = n << 8 | at[i];
	return n;
}

static bool is_png(const unsigned char *b, size_t len, int *width, int *height)
{
	if (len < 33 || memcmp(b, "\x89PNG\r\n\x1a\n", 8) != 0 ||
	    memcmp(b + 12, "IHDR", 4) != 0)
		return false;
	*width = big(b + 16, 4);
	*height = big(b + 20, 4);
	return true;
}

static bool is_gif(const unsigned char *b, size_t len, int *width, int *height)
{
	if (len < 13 || (memcmp(b, "GIF87a", 6) != 0 && memcmp(b, "GIF89a", 6) != 0))
		return false;
	*width = little(b + 6, 2);
	*height = little(b + 8, 2);
	return true;
}

/* The three forms of a WebP file: lossy, lossless, extended. */
static bool is_webp(const unsigned char *b, size_t len, int *width, int *height)
{
	if (len < 30 || memcmp(b, "RIFF", 4) != 0 || memcmp(b + 8, "WEBP", 4) != 0)
		return false;
	if (memcmp(b + 12, "VP8 ", 4) == 0) {
		*width = little(b + 26, 2) & 0x3FFF;
		*height = little(b + 28, 2) & 0x3FFF;
		return true;
	}
	if (memcmp(b + 12, "VP8L", 4) == 0 && b[20] == 0x2F) {
		*width = 1 + (little(b + 21, 2) & 0x3FFF);
		*height = 1 + ((little(b + 22, 3) >> 6) & 0x3FFF);
		return true;
	}
	if (memcmp(b + 12, "VP8X", 4) != 0)
		return false;
	*width = 1 + little(b + 24, 3);
	*height = 1 + little(b + 27, 3);
	return true;
}

/* The size stands in the first start-of-frame segment. */
static bool is_jpeg(const unsigned char *b, size_t len, int *width, int *height)
{
	size_t at = 2;

	if (len < 11 || b[0] != 0xFF || b[1] != 0xD8 || b[2] != 0xFF)
		return false;
	while (at + 9 < len && b[at] == 0xFF) {
		unsigned char kind = b[at + 1];

		if (kind == 0xFF || kind == 0x01 || (kind >= 0xD0 && kind <= 0xD8)) {
			at += kind == 0xFF ? 1 : 2; /* no length behind these */
			continue;
		}
		if (kind >= 0xC0 && kind <= 0xCF && kind != 0xC4 && kind != 0xC8 &&
		    kind != 0xCC) {
			*height = big(b + at + 5, 2);
			*width = big(b + at + 7, 2);
			return true;
		}
		at += 2 + (size_t)big(b + at + 2, 2);
	}
	return false;
}

bool bulletin_image_sniff(const void *bytes, size_t len, const char **out_type,
			  int *out_width, int *out_height, struct err *err)
{
	static const struct {
		const char *type;
		bool (*is)(const unsigned char *b, size_t len, int *width, int *height);
	} kinds[] = {{"image/png", is_png},
		     {"image/jpeg", is_jpeg},
		     {"image/gif", is_gif},
		     {"image/webp", is_webp}};
	int width = 0, height = 0;

	if (len > BULLETIN_IMAGE_BYTES)
		return err_set(err, ERR_INPUT,
			       "the picture is larger than %d MB; make it smaller",
			       BULLETIN_IMAGE_BYTES / 1000000);
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		if (!kinds[i].is(bytes, len, &width, &height))
			continue;
		if (width < 1 || height < 1)
			return err_set(err, ERR_INPUT,
				       "the picture is damaged: it has no size");
		if (width > BULLETIN_IMAGE_PIXELS || height > BULLETIN_IMAGE_PIXELS)
			return err_set(err, ERR_INPUT,
				       "the picture is %d by %d pixels; make it %d at "
				       "most a side",
				       width, height, BULLETIN_IMAGE_PIXELS);
		*out_type = kinds[i].type;
		*out_width = width;
		*out_height = height;
		return true;
	}
	return err_set(
		err, ERR_INPUT,
		"this is no PNG, JPEG, GIF or WebP picture, or a damaged one; save it "
		"as one of those (SVG is not sent)");
}

bool bulletin_image_name_check(const char *name, struct err *err)
{
	size_t len = strlen(name);
	bool good = len && len <= BULLETIN_IMAGE_NAME && name[0] != '.' &&
		    name[0] != '-' && strchr(name, '.');

	for (const char *c = name; *c && good; c++)
		good = str_is_alpha(*c) || str_is_digit(*c) || strchr(".-_", *c);
	return good ||
	       err_set(err, ERR_INPUT,
		       "\"%.60s\" cannot be a picture's name: use letters, digits, '.', '-' and "
		       "'_', at most %d, as in map-2.png",
		       name, BULLETIN_IMAGE_NAME);
}

const struct bulletin_image *bulletin_image_find(const struct bulletin_images *images,
						 const char *name)
{
	for (size_t i = 0; images && i < images->count; i++)
		if (str_ieq(images->items[i].name, name))
			return &images->items[i];
	return NULL;
}

const char *bulletin_image_ending(const char *type)
{
	if (str_eq(type, "image/jpeg"))
		return ".jpg";
	if (str_eq(type, "image/gif"))
		return ".gif";
	return str_eq(type, "image/webp") ? ".webp" : ".png";
}
