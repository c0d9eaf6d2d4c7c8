/* Values over time, as lines; see chart.h. */
#include "text/figures/chart_pen.h"
#include "base/numeral.h"

#include <inttypes.h>

enum { LEFT = 56, RIGHT = 140, TOP = 16, HIGH = 220, FOOT = 34, TICKS = 7, STEPS = 4 };

static const char *const dashes[CHART_SERIES] = {NULL,       "8 4", "2 4",
						 "12 4 2 4", "4 2", "1 6"};
/* Dark enough on white for a line. */
static const char *const colours[CHART_SERIES] = {"#1a4f86", "#a14b00", "#1d6b1d",
						  "#a3185d", "#56308f", "#4a5256"};

int chart_lines_height(const struct chart *chart)
{
	return TOP + HIGH + FOOT + (chart->series_count > 1 ? 20 : 0);
}

/* 1, 2 or 5 with noughts, so that STEPS of it reach over the greatest. */
static int64_t step_of(int64_t most)
{
	static const int first[] = {1, 2, 5};

	for (int64_t tens = 1;; tens *= 10)
		for (size_t i = 0; i < ARRAY_LEN(first); i++)
			if (tens * first[i] * STEPS >= most)
				return tens * first[i];
}

static int x_of(const struct chart *c, size_t label)
{
	int room = CHART_WIDE - LEFT - RIGHT;

	return c->label_count < 2 ? LEFT + room / 2
				  : LEFT + (int)((int64_t)label * room /
						 ((int64_t)c->label_count - 1));
}

static int y_of(int64_t value, int64_t top, int y)
{
	return y + TOP + HIGH - (int)((value * HIGH * 2 + top) / (top * 2));
}

static void grid(struct chart_pen *pen, int64_t top, int y)
{
	for (int i = 0; i <= STEPS; i++) {
		int at = y_of(top / STEPS * i, top, y);
		char number[NUMERAL_TEXT];

		numeral_grouped(top / STEPS * i, number);
		chart_open(pen, "line", "chart-grid");
		chart_attr_int(pen, "x1", LEFT);
		chart_attr_int(pen, "x2", CHART_WIDE - RIGHT);
		chart_attr_int(pen, "y1", at);
		chart_attr_int(pen, "y2", at);
		chart_attr(pen, "stroke", i ? "#b1b4b6" : "#0b0c0c");
		chart_close(pen);
		chart_text(pen, &(struct chart_label){.class = "chart-label",
						      .x = LEFT - 6,
						      .y = at + 5,
						      .anchor = "end",
						      .text = number,
						      .most = 32});
	}
}

static void ticks(struct chart_pen *pen, int y)
{
	const struct chart *c = pen->chart;
	size_t every = (c->label_count + TICKS - 1) / TICKS;

	for (size_t i = 0; i < c->label_count; i += every ? every : 1)
		chart_text(pen, &(struct chart_label){.class = "chart-label",
						      .x = x_of(c, i),
						      .y = y + TOP + HIGH + 20,
						      .anchor = "middle",
						      .text = c->labels[i],
						      .most = 16});
}

static void line(struct chart_pen *pen, size_t series, int64_t top, int y)
{
	const struct chart *c = pen->chart;
	AUTO(buf) points = buf_new(CHART_BYTES);
	char class[64];

	for (size_t i = 0; i < c->label_count; i++)
		buf_printf(points, "%s%d,%d", i ? " " : "", x_of(c, i),
			   y_of(chart_value(c, series, i), top, y));
	(void)snprintf(class, sizeof(class), "chart-line chart-series-%zu", series + 1);
	chart_open(pen, "polyline", class);
	chart_attr(pen, "points", buf_text(points));
	chart_attr(pen, "fill", "none");
	chart_attr(pen, "stroke", colours[series]);
	chart_attr_int(pen, "stroke-width", 2);
	if (dashes[series])
		chart_attr(pen, "stroke-dasharray", dashes[series]);
	chart_close(pen);
}

static void mark(struct chart_pen *pen, size_t series, size_t label, int64_t top, int y,
		 const char *name)
{
	const struct chart *c = pen->chart;
	int64_t value = chart_value(c, series, label);
	int x = x_of(c, label), at = y_of(value, top, y);
	char number[NUMERAL_TEXT], text[160];

	numeral_grouped(value, number);
	(void)snprintf(text, sizeof(text), "%s%s%.80s", number, name ? " " : "",
		       name ? name : "");
	chart_open(pen, "circle", "chart-point");
	chart_attr_int(pen, "cx", x);
	chart_attr_int(pen, "cy", at);
	chart_attr_int(pen, "r", 3);
	chart_attr(pen, "fill", colours[series]);
	chart_close(pen);
	chart_text(pen, &(struct chart_label){.class = "chart-value",
					      .x = name ? x + 6 : x,
					      .y = name ? at + 5 : at - 6,
					      .anchor = name ? "start" : "middle",
					      .text = text,
					      .most = 16});
}

void chart_lines(struct chart_pen *pen, int y)
{
	const struct chart *c = pen->chart;
	int64_t most = chart_greatest(c), top = step_of(most > 0 ? most : 1) * STEPS;

	grid(pen, top, y);
	ticks(pen, y);
	for (size_t s = 0; s < c->series_count; s++) {
		size_t peak = 0;

		line(pen, s, top, y);
		for (size_t i = 1; i < c->label_count; i++)
			if (chart_value(c, s, i) > chart_value(c, s, peak))
				peak = i;
		if (peak + 1 < c->label_count)
			mark(pen, s, peak, top, y, NULL);
		mark(pen, s, c->label_count - 1, top, y,
		     c->series_count > 1 ? c->series_names[s] : "");
	}
}
