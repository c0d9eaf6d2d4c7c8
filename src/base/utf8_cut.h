/*
 * utf8 cut - where a text of UTF-8 that is cut off after some bytes must end.
 *
 * Source     RFC 3629: the first byte of a letter says how many it has.
 */
#ifndef MERCAT_BASE_UTF8_CUT_H
#define MERCAT_BASE_UTF8_CUT_H

#include <stddef.h>

/* How many of the first len bytes make whole letters: fewer when the last one is cut. */
static inline size_t utf8_whole(const char *text, size_t len)
{
	size_t begin = len, need;
	unsigned char first;

	if (!len)
		return 0;
	do
		begin--;
	while (begin && len - begin < 4 && ((unsigned char)text[begin] & 0xC0) == 0x80);
	first = (unsigned char)text[begin];
	need = first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
	return len - begin < need ? begin : len;
}

#endif
