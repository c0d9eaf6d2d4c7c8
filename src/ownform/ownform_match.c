/* Words of a form found again in what came back. */
#include "base/str.h"
#include "ownform/ownform_private.h"

/* Characters of more than one shape, as the plain one. */
static const struct {
	const char *shape;
	char plain;
} shapes[] = {
	{"\xE2\x80\x98", '\''}, {"\xE2\x80\x99", '\''}, {"\xE2\x80\x9A", '\''},
	{"\xE2\x80\x9B", '\''}, {"\xC2\xB4", '\''},     {"\xE2\x80\x9C", '"'},
	{"\xE2\x80\x9D", '"'},  {"\xE2\x80\x9E", '"'},  {"\xE2\x80\x90", '-'},
	{"\xE2\x80\x91", '-'},  {"\xE2\x80\x92", '-'},  {"\xE2\x80\x93", '-'},
	{"\xE2\x80\x94", '-'},  {"\xE2\x88\x92", '-'},
};

/* One character as it is compared; to has room for 5 bytes. Returns its bytes. */
static size_t shape_of(const char *at, size_t len, char *to)
{
	size_t n = str_utf8_char(at, len);

	n = n ? n : 1;
	memcpy(to, at, n);
	to[n] = '\0';
	if (n == 1)
		*to = str_lower_char(*to);
	for (size_t i = 0; n > 1 && i < ARRAY_LEN(shapes); i++)
		if (str_eq(to, shapes[i].shape)) {
			to[0] = shapes[i].plain;
			to[1] = '\0';
		}
	return n;
}

static const char *skip(const char *at, const char *end)
{
	size_t n;

	while (at < end && (n = str_unseen(at, (size_t)(end - at))) > 0)
		at += n;
	return at;
}

const char *own_match(const char *at, const char *end, const char *words)
{
	const char *stop = words + strlen(words);
	char one[8], other[8];

	words = skip(words, stop);
	while (words < stop) {
		at = skip(at, end);
		if (at >= end)
			return NULL;
		at += shape_of(at, (size_t)(end - at), one);
		words += shape_of(words, (size_t)(stop - words), other);
		if (!str_eq(one, other))
			return NULL;
		words = skip(words, stop);
	}
	return at;
}
