#include "text/figures/palette.h"
#include "base/str.h"

#include <math.h>

const char palette_ink[] = "#0b0c0c";

const struct palette_colour palette_colours[PALETTE_COLOURS] = {
	{"blue", "#c9dff5", "#1a5a96"},   {"orange", "#ffe0b8", "#a14b00"},
	{"teal", "#bfeae4", "#00635a"},   {"pink", "#fbd5e5", "#a3185d"},
	{"olive", "#e3e8b4", "#5a6100"},  {"purple", "#dfd3f2", "#56308f"},
	{"red", "#ffcfc9", "#ad2210"},    {"green", "#cdeec6", "#1d6b1d"},
	{"brown", "#ead8c6", "#6b4222"},  {"sky", "#d6f1fb", "#00647d"},
	{"yellow", "#fff3a8", "#7a5f00"}, {"grey", "#dcdfe1", "#4a5256"},
};

int palette_find(const char *name)
{
	for (int i = 0; i < PALETTE_COLOURS; i++)
		if (str_eq(palette_colours[i].name, name))
			return i;
	return -1;
}

static int hex(char c)
{
	c = str_lower_char(c);
	if (str_is_digit(c))
		return c - '0';
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* "#0b5394" or "#fff"; false when it is neither. */
static bool read_colour(const char *text, int rgb[3])
{
	size_t len = 0;

	if (!text || *text++ != '#')
		return false;
	while (hex(text[len]) >= 0)
		len++;
	if (len != 3 && len != 6)
		return false;
	for (size_t i = 0; i < 3; i++)
		rgb[i] = len == 3 ? hex(text[i]) * 17
				  : hex(text[2 * i]) * 16 + hex(text[2 * i + 1]);
	return true;
}

static double luminance(const int rgb[3])
{
	static const double weight[] = {0.2126, 0.7152, 0.0722};
	double sum = 0;

	for (size_t i = 0; i < 3; i++) {
		double v = rgb[i] / 255.0;

		v = v <= 0.04045 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4);
		sum += weight[i] * v;
	}
	return sum;
}

double palette_contrast(const char *one, const char *other)
{
	int a[3], b[3];
	double la, lb;

	if (!read_colour(one, a) || !read_colour(other, b))
		return 0;
	la = luminance(a);
	lb = luminance(b);
	return la > lb ? (la + 0.05) / (lb + 0.05) : (lb + 0.05) / (la + 0.05);
}
