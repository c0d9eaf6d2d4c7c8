#include "text/figures/chart.h"
#include "base/numeral.h"
#include "base/str.h"
#include "text/figures/chart_pen.h"

#include <inttypes.h>

enum {
	BAR = 18,          /* how thick */
	GAP = 10,          /* between labels */
	LABELS_MOST = 260, /* of the width */
	VALUES = 70,       /* room for a value behind its bar */
	COLUMNS_MOST = 12, /* more are drawn as bars */
	COLUMN_HIGH = 220,
	SHARE_TEXT = 20
};

static int indent(const struct chart *c, size_t label)
{
	return c->depths ? c->depths[label] * 2 * CHART_LETTER : 0;
}

static int label_room(const struct chart *c)
{
	int most = 40;

	for (size_t i = 0; i < c->label_count; i++) {
		int wide = (int)str_utf8_count(c->labels[i], SIZE_MAX) * CHART_LETTER +
			   indent(c, i) + 8;

		most = wide > most ? wide : most;
	}
	return most < LABELS_MOST ? most : LABELS_MOST;
}

static void bar_label(struct chart_pen *pen, size_t label, int room, int y)
{
	const struct chart *c = pen->chart;
	int from = indent(c, label);

	from = from > room / 2 ? room / 2 : from;
	chart_text(pen,
		   &(struct chart_label){.class = "chart-label",
					 .x = from,
					 .y = y,
					 .anchor = "start",
					 .text = c->labels[label],
					 .most = (size_t)((room - from) / CHART_LETTER)});
}

/* Longer than nothing when there is something. */
static int length_of(int64_t value, int64_t most, int room)
{
	int length = most ? (int)((value * room * 2 + most) / (most * 2)) : 0;

	return value > 0 && length == 0 ? 1 : length;
}

static void draw_bars(struct chart_pen *pen, int y)
{
	const struct chart *c = pen->chart;
	int left = label_room(c), room = CHART_WIDE - left - VALUES;
	int64_t most = chart_greatest(c);

	for (size_t i = 0; i < c->label_count; i++) {
		bar_label(pen, i, left, y + (int)c->series_count * BAR / 2 + 5);
		for (size_t s = 0; s < c->series_count; s++, y += BAR) {
			int64_t value = chart_value(c, s, i);
			struct chart_box box = {left, y, length_of(value, most, room),
						BAR};
			char number[NUMERAL_TEXT];

			numeral_grouped(value, number);
			chart_bar(pen, s, &box);
			chart_text(pen, &(struct chart_label){.class = "chart-value",
							      .x = left + box.width + 6,
							      .y = y + 14,
							      .anchor = "start",
							      .text = number,
							      .most = 32});
		}
		y += GAP;
	}
}

/* "individual 12 (60 %), organisation 8 (40 %)" */
static void say_shares(struct buf *out, const struct chart *c, size_t label,
		       int64_t whole)
{
	for (size_t s = 0; s < c->series_count; s++) {
		int64_t value = chart_value(c, s, label);
		char number[NUMERAL_TEXT];

		numeral_grouped(value, number);
		buf_printf(out, "%s%s %s", s ? ", " : "", c->series_names[s], number);
		if (whole)
			buf_printf(out, " (%d %%)",
				   (int)((value * 200 + whole) / (whole * 2)));
	}
}

static int64_t whole_of(const struct chart *c, size_t label)
{
	int64_t whole = 0;

	for (size_t s = 0; s < c->series_count; s++)
		whole += chart_value(c, s, label);
	return whole;
}

static void draw_shares(struct chart_pen *pen, int y)
{
	const struct chart *c = pen->chart;
	int left = label_room(c), room = CHART_WIDE - left - 2;

	for (size_t i = 0; i < c->label_count; i++) {
		AUTO(buf) said = buf_new(4096);
		int64_t whole = whole_of(c, i), before = 0;

		bar_label(pen, i, left, y + 14);
		for (size_t s = 0; s < c->series_count && whole; s++) {
			int64_t value = chart_value(c, s, i);
			int from = (int)(before * room / whole);
			struct chart_box box = {left + from, y, 0, BAR};

			before += value;
			box.width = (int)(before * room / whole) - from;
			if (box.width > 0)
				chart_bar(pen, s, &box);
		}
		say_shares(said, c, i, whole);
		chart_text(pen, &(struct chart_label){.class = "chart-value",
						      .x = left,
						      .y = y + BAR + 15,
						      .anchor = "start",
						      .text = buf_text(said),
						      .most = 200});
		y += BAR + SHARE_TEXT + GAP;
	}
}

static void draw_columns(struct chart_pen *pen, int y)
{
	const struct chart *c = pen->chart;
	int each = CHART_WIDE / (int)c->label_count;
	int thick = (each - GAP * 2) / (int)c->series_count;
	int64_t most = chart_greatest(c);

	thick = thick > 60 ? 60 : thick;
	for (size_t i = 0; i < c->label_count; i++) {
		int middle = each * (int)i + each / 2;
		int x = middle - thick * (int)c->series_count / 2;

		for (size_t s = 0; s < c->series_count; s++, x += thick) {
			int64_t value = chart_value(c, s, i);
			int high = length_of(value, most, COLUMN_HIGH);
			struct chart_box box = {x, y + 18 + COLUMN_HIGH - high, thick,
						high};
			char number[NUMERAL_TEXT];

			numeral_grouped(value, number);
			chart_bar(pen, s, &box);
			chart_text(pen, &(struct chart_label){.class = "chart-value",
							      .x = x + thick / 2,
							      .y = box.y - 4,
							      .anchor = "middle",
							      .text = number,
							      .most = 32});
		}
		chart_text(pen,
			   &(struct chart_label){.class = "chart-label",
						 .x = middle,
						 .y = y + COLUMN_HIGH + 36,
						 .anchor = "middle",
						 .text = c->labels[i],
						 .most = (size_t)(each / CHART_LETTER)});
	}
}

static int height_of(const struct chart *c, enum chart_kind kind)
{
	switch (kind) {
	case CHART_BARS:
		return (int)c->label_count * ((int)c->series_count * BAR + GAP);
	case CHART_SHARES:
		return (int)c->label_count * (BAR + SHARE_TEXT + GAP);
	case CHART_COLUMNS:
		return COLUMN_HIGH + 46;
	case CHART_LINES:
		return chart_lines_height(c);
	}
	return 0;
}

/* What somebody hears who does not see it. */
static void say_values(struct buf *out, const struct chart *c)
{
	size_t spoken = c->label_count < CHART_SPOKEN ? c->label_count : CHART_SPOKEN;

	for (size_t i = 0; i < spoken; i++) {
		buf_printf(out, "%s%s: ", i ? "; " : "", c->labels[i]);
		if (c->kind == CHART_SHARES) {
			say_shares(out, c, i, whole_of(c, i));
			continue;
		}
		for (size_t s = 0; s < c->series_count; s++) {
			char number[NUMERAL_TEXT];

			numeral_grouped(chart_value(c, s, i), number);
			buf_printf(out, "%s%s%s%s", s ? ", " : "",
				   c->series_count > 1 ? c->series_names[s] : "",
				   c->series_count > 1 ? " " : "", number);
		}
	}
	if (spoken < c->label_count)
		buf_printf(out, "; and %zu more, see the table", c->label_count - spoken);
	buf_printf(out, "%s%s%s", c->label_count ? " (" : "no ",
		   str_or(c->unit, "values"), c->label_count ? ")." : ".");
}

static bool id_is_plain(const char *id)
{
	size_t len = id ? strlen(id) : 0;
	bool ok = len >= 1 && len <= 60 && str_is_alpha(id[0]);

	for (size_t i = 0; ok && i < len; i++)
		ok = str_is_alpha(id[i]) || str_is_digit(id[i]) || id[i] == '-';
	return ok;
}

static bool chart_is_whole(const struct chart *c, struct err *err)
{
	if (!id_is_plain(c->id))
		return err_set(err, ERR_INPUT,
			       "a chart needs an id of letters, digits and \"-\"");
	if (c->series_count < 1 || c->series_count > CHART_SERIES ||
	    c->label_count > CHART_LABELS)
		return err_set(err, ERR_INPUT,
			       "a chart shows 1 to %d series and at most %d labels",
			       CHART_SERIES, CHART_LABELS);
	for (size_t i = 0; i < c->series_count * c->label_count; i++)
		if (c->values[i] < 0 || c->values[i] > (int64_t)1 << 40)
			return err_set(
				err, ERR_INPUT,
				"a chart shows numbers from 0 to a million million");
	return true;
}

static void head(struct chart_pen *pen, int height)
{
	const struct chart *c = pen->chart;
	AUTO(buf) about = buf_new(1 << 16);
	char text[200];

	if (c->about)
		buf_str(about, c->about);
	else
		say_values(about, c);
	chart_open(pen, "svg", "chart");
	chart_attr(pen, "xmlns", "http://www.w3.org/2000/svg");
	(void)snprintf(text, sizeof(text), "0 0 %d %d", CHART_WIDE, height);
	chart_attr(pen, "viewBox", text);
	chart_attr(pen, "width", "100%");
	chart_attr(pen, "role", "img");
	(void)snprintf(text, sizeof(text), "%.60s-title %.60s-desc", c->id, c->id);
	chart_attr(pen, "aria-labelledby", text);
	chart_attr_int(pen, "font-size", CHART_FONT);
	chart_attr(pen, "font-family", "sans-serif");
	(void)snprintf(text, sizeof(text), "%.60s-title", c->id);
	chart_open(pen, "title", NULL);
	chart_attr(pen, "id", text);
	chart_write(pen, str_or(c->title, ""));
	chart_close(pen);
	(void)snprintf(text, sizeof(text), "%.60s-desc", c->id);
	chart_open(pen, "desc", NULL);
	chart_attr(pen, "id", text);
	chart_write(pen, buf_text(about));
	chart_close(pen);
	chart_patterns(pen);
}

static void draw(struct chart_pen *pen, enum chart_kind kind, int y)
{
	if (pen->chart->label_count == 0)
		chart_text(pen, &(struct chart_label){.class = "chart-label",
						      .y = y + 14,
						      .anchor = "start",
						      .text = "Nothing to show yet.",
						      .most = 40});
	else if (kind == CHART_BARS)
		draw_bars(pen, y);
	else if (kind == CHART_SHARES)
		draw_shares(pen, y);
	else if (kind == CHART_COLUMNS)
		draw_columns(pen, y);
	else
		chart_lines(pen, y);
}

static int legend_height(const struct chart *c)
{
	int x = 0, rows = 1;

	if (c->series_count < 2 || c->kind == CHART_LINES)
		return 0;
	for (size_t i = 0; i < c->series_count; i++) {
		int wide = 32 + (int)strlen(c->series_names[i]) * CHART_LETTER;

		if (x && x + wide > CHART_WIDE) {
			x = 0;
			rows++;
		}
		x += wide + 12;
	}
	return rows * 24 + 12;
}

bool chart_svg(const struct chart *chart, struct buf *out, struct err *err)
{
	struct chart_pen pen = {.chart = chart};
	enum chart_kind kind = chart->kind;
	xmlBufferPtr bytes;
	int height;

	if (!chart_is_whole(chart, err))
		return false;
	if (kind == CHART_COLUMNS && chart->label_count > COLUMNS_MOST)
		kind = CHART_BARS;
	height = legend_height(chart) + height_of(chart, kind) + GAP;
	bytes = xmlBufferCreate();
	pen.writer = bytes ? xmlNewTextWriterMemory(bytes, 0) : NULL;
	if (!pen.writer)
		PANIC("no memory for a chart");
	head(&pen, height < 40 ? 40 : height);
	draw(&pen, kind, chart_legend(&pen, 0));
	chart_close(&pen);
	pen.failed = pen.failed || xmlTextWriterEndDocument(pen.writer) < 0;
	xmlFreeTextWriter(pen.writer);
	/* The end of a document brings a line end. */
	buf_str(out, (const char *)xmlBufferContent(bytes));
	xmlBufferFree(bytes);
	return !pen.failed || err_set(err, ERR_SYSTEM,
				      "the chart \"%.60s\" could not be "
				      "drawn",
				      chart->id);
}
