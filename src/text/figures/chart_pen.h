/*
 * chart_pen - what draws the elements of a chart; inside only.
 *
 * Over libxml2's writer: whatever is written is escaped, and what XML cannot hold is
 * U+FFFD. A failure is kept until the end.
 *
 * Units      the SVG's own; whole numbers, so that the same figures give the same bytes.
 */
#ifndef MERCAT_TEXT_CHART_PEN_H
#define MERCAT_TEXT_CHART_PEN_H

#include "text/figures/chart.h"

#include <libxml/xmlwriter.h>

enum { CHART_WIDE = 720, CHART_FONT = 14, CHART_LETTER = 8 };

struct chart_pen {
	const struct chart *chart;
	xmlTextWriterPtr writer;
	bool failed;
};

struct chart_box {
	int x, y, width, height;
};

void chart_open(struct chart_pen *pen, const char *element, const char *class);
void chart_close(struct chart_pen *pen);
void chart_attr(struct chart_pen *pen, const char *name, const char *value);
void chart_attr_int(struct chart_pen *pen, const char *name, int64_t value);
void chart_write(struct chart_pen *pen, const char *text);
struct chart_label {
	const char *class;
	int x, y;
	const char *anchor; /* "start", "middle", "end" */
	const char *text;
	size_t most; /* letters; a longer one is cut, and stands whole as its title */
};
void chart_text(struct chart_pen *pen, const struct chart_label *label);
/* A bar of a series: class, fill, pattern. */
void chart_bar(struct chart_pen *pen, size_t series, const struct chart_box *box);
void chart_patterns(struct chart_pen *pen);
/* What is what, over the picture; returns its height. 0 for one series. */
int chart_legend(struct chart_pen *pen, int y);

int64_t chart_value(const struct chart *chart, size_t series, size_t label) MUST_USE;
int64_t chart_greatest(const struct chart *chart) MUST_USE;

void chart_lines(struct chart_pen *pen, int y); /* chart_line.c */
int chart_lines_height(const struct chart *chart) MUST_USE;

#endif
