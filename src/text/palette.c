#include "text/palette.h"
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

/* One channel of "#rrggbb" as light. */
static double channel(const char *colour, size_t at)
{
	static const char digits[] = "0123456789abcdef";
	double value = 0;

	for (size_t i = at; i < at + 2; i++) {
		const char *digit = strchr(digits, str_lower_char(colour[i]));

		value = value * 16 + (double)(digit ? digit - digits : 0);
	}
	value /= 255;
	return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4);
}

static double luminance(const char *colour)
{
	return 0.2126 * channel(colour, 1) + 0.7152 * channel(colour, 3) +
	       0.0722 * channel(colour, 5);
}

double palette_contrast(const char *one, const char *other)
{
	double a = luminance(one), b = luminance(other);

	return ((a > b ? a : b) + 0.05) / ((a > b ? b : a) + 0.05);
}
