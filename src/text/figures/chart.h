/*
 * chart - figures as one SVG, for a page and for paper.
 *
 * Every bar begins at zero. Every value stands beside its bar as text (of a line: its
 * peak and its last), so that nothing hangs on colour: series differ in lightness and in
 * pattern, too. More than a dozen columns are drawn as bars; a long label is cut and
 * whole in its title. It has a title and a
 * description for those who do not see it (role="img"); where the caller gives no
 * description, it says the values, the first CHART_SPOKEN of them. No script, no style
 * attribute: classes ("chart-bar", "chart-series-1" ...) and presentation attributes
 * that also hold without a style sheet. The size comes from viewBox: as wide as its
 * place. The same figures give the same bytes.
 *
 * Units      values are whole numbers from 0; lengths in the SVG are its own units.
 * Ownership  everything is borrowed for the call.
 * Errors     ERR_INPUT more than CHART_SERIES or CHART_LABELS, a value below 0, no id.
 *            Text that is no XML (control characters) is shown as U+FFFD.
 * Source     SVG 1.1 and SVG 2 accessibility notes; libxml2's xmlTextWriter.
 */
#ifndef MERCAT_TEXT_CHART_H
#define MERCAT_TEXT_CHART_H

#include "base/buf.h"
#include "base/err.h"

enum {
	CHART_SERIES = 6,
	CHART_LABELS = 1000,
	CHART_SPOKEN = 20,
	CHART_BYTES = 1 << 20 /* room for any of them */
};

enum chart_kind {
	CHART_BARS,    /* horizontal, one for each label; several series: side by side */
	CHART_COLUMNS, /* vertical: for few labels */
	CHART_LINES,   /* over time: a label is a day */
	CHART_SHARES   /* horizontal, each label's series are 100 % together */
};

struct chart {
	enum chart_kind kind;
	const char *id;    /* unique in its page; letters, digits and "-" */
	const char *title; /* what it shows; stands in the SVG as <title> */
	const char *about; /* <desc>; NULL: made from the values */
	const char *unit;  /* of the values, in the plural: "replies" */
	const char *const *labels;
	const unsigned char *depths; /* how far a label is indented; or NULL */
	size_t label_count;
	const char *const *series_names;
	size_t series_count;
	const int64_t *values; /* values[series * label_count + label] */
};

bool chart_svg(const struct chart *chart, struct buf *out, struct err *err) MUST_USE;

#endif
