#include "document/exif.h"

#include <stdbool.h>
#include <string.h>

enum { MARK = 6, TIFF_HEAD = 8, ENTRY = 12, ORIENTATION = 0x0112, WAYS_UP = 8 };

static size_t number(const unsigned char *b, size_t bytes, bool little)
{
	size_t n = 0;

	for (size_t i = 0; i < bytes; i++)
		n = n << 8 | b[little ? bytes - 1 - i : i];
	return n;
}

unsigned exif_way_up(const unsigned char *segment, size_t len)
{
	const unsigned char *tiff = segment + MARK;
	size_t at, count;
	bool little;

	if (len < MARK + TIFF_HEAD || memcmp(segment, "Exif\0\0", MARK) != 0)
		return 1;
	len -= MARK;
	little = tiff[0] == 'I';
	at = number(tiff + 4, 4, little);
	if (at > len || len - at < 2)
		return 1;
	count = number(tiff + at, 2, little);
	at += 2;
	for (; count && len - at >= ENTRY; count--, at += ENTRY) {
		size_t way = number(tiff + at + 8, 2, little);

		if (number(tiff + at, 2, little) == ORIENTATION)
			return way >= 1 && way <= WAYS_UP ? (unsigned)way : 1;
	}
	return 1;
}
