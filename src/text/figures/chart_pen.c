#include "text/figures/chart_pen.h"
#include "base/str.h"

#include <inttypes.h>

/* Each darker or lighter than its neighbours by far: they part in black and white. */
static const char *const fills[CHART_SERIES] = {"#1a4f86", "#a9cbea", "#5e8c31",
						"#f2d39b", "#6b3f7d", "#dcdfe1"};
/* The second and on have lines over them, each its own way. */
static const char *const strokes[CHART_SERIES] = {
	NULL, "M0 8L8 0", "M4 0V8", "M0 4H8", "M0 0L8 8", "M0 8L8 0M0 0L8 8"};

int64_t chart_value(const struct chart *chart, size_t series, size_t label)
{
	return chart->values[series * chart->label_count + label];
}

int64_t chart_greatest(const struct chart *chart)
{
	int64_t most = 0;

	for (size_t i = 0; i < chart->series_count * chart->label_count; i++)
		most = chart->values[i] > most ? chart->values[i] : most;
	return most;
}

static void keep(struct chart_pen *pen, int rc)
{
	pen->failed = pen->failed || rc < 0;
}

/* What XML 1.0 can hold: no control characters, no U+FFFE and U+FFFF. */
static void clean(struct buf *out, const char *text)
{
	AUTO(buf) utf8 = buf_new(CHART_BYTES);
	const char *at;

	str_utf8_clean(utf8, text, strlen(text));
	for (at = buf_text(utf8); *at; at++) {
		bool none = (unsigned char)*at < 0x20 && !str_is_space(*at);

		if (none || *at == '\f' || *at == '\v') {
			buf_str(out, "\xef\xbf\xbd");
		} else if (strncmp(at, "\xef\xbf\xbe", 3) == 0 ||
			   strncmp(at, "\xef\xbf\xbf", 3) == 0) {
			buf_str(out, "\xef\xbf\xbd");
			at += 2;
		} else {
			buf_char(out, *at);
		}
	}
}

void chart_open(struct chart_pen *pen, const char *element, const char *class)
{
	keep(pen, xmlTextWriterStartElement(pen->writer, BAD_CAST element));
	if (class)
		chart_attr(pen, "class", class);
}

void chart_close(struct chart_pen *pen)
{
	keep(pen, xmlTextWriterEndElement(pen->writer));
}

void chart_attr(struct chart_pen *pen, const char *name, const char *value)
{
	AUTO(buf) text = buf_new(CHART_BYTES);

	clean(text, value);
	keep(pen, xmlTextWriterWriteAttribute(pen->writer, BAD_CAST name,
					      BAD_CAST buf_text(text)));
}

void chart_attr_int(struct chart_pen *pen, const char *name, int64_t value)
{
	char text[24];

	(void)snprintf(text, sizeof(text), "%" PRId64, value);
	chart_attr(pen, name, text);
}

void chart_write(struct chart_pen *pen, const char *text)
{
	AUTO(buf) cleaned = buf_new(CHART_BYTES);

	clean(cleaned, text);
	keep(pen, xmlTextWriterWriteString(pen->writer, BAD_CAST buf_text(cleaned)));
}

void chart_text(struct chart_pen *pen, const struct chart_label *label)
{
	bool cut = label->text[str_utf8_bytes(label->text, label->most)] != '\0';

	chart_open(pen, "text", label->class);
	chart_attr_int(pen, "x", label->x);
	chart_attr_int(pen, "y", label->y);
	chart_attr(pen, "text-anchor", label->anchor);
	chart_attr(pen, "fill", "#0b0c0c");
	if (cut) {
		AUTO(buf) head = buf_new(4096);

		buf_add(head, label->text,
			str_utf8_bytes(label->text,
				       label->most > 1 ? label->most - 1 : 1));
		buf_str(head, "\xe2\x80\xa6");
		chart_open(pen, "title", NULL);
		chart_write(pen, label->text);
		chart_close(pen);
		chart_write(pen, buf_text(head));
	} else {
		chart_write(pen, label->text);
	}
	chart_close(pen);
}

static void rectangle(struct chart_pen *pen, const char *class, const char *fill,
		      const struct chart_box *box)
{
	chart_open(pen, "rect", class);
	chart_attr_int(pen, "x", box->x);
	chart_attr_int(pen, "y", box->y);
	chart_attr_int(pen, "width", box->width);
	chart_attr_int(pen, "height", box->height);
	chart_attr(pen, "fill", fill);
	chart_attr(pen, "stroke", "#0b0c0c");
	chart_attr_int(pen, "stroke-width", 1);
	chart_close(pen);
}

void chart_bar(struct chart_pen *pen, size_t series, const struct chart_box *box)
{
	char class[64], fill[128];

	(void)snprintf(class, sizeof(class), "chart-bar chart-series-%zu", series + 1);
	if (strokes[series])
		(void)snprintf(fill, sizeof(fill), "url(#%.80s-fill-%zu)", pen->chart->id,
			       series + 1);
	else
		str_copy(fill, sizeof(fill), fills[series]);
	rectangle(pen, class, fill, box);
}

void chart_patterns(struct chart_pen *pen)
{
	if (pen->chart->series_count < 2 || pen->chart->kind == CHART_LINES)
		return;
	chart_open(pen, "defs", NULL);
	for (size_t i = 1; i < pen->chart->series_count; i++) {
		char id[128];

		(void)snprintf(id, sizeof(id), "%.80s-fill-%zu", pen->chart->id, i + 1);
		chart_open(pen, "pattern", NULL);
		chart_attr(pen, "id", id);
		chart_attr_int(pen, "width", 8);
		chart_attr_int(pen, "height", 8);
		chart_attr(pen, "patternUnits", "userSpaceOnUse");
		chart_open(pen, "rect", NULL);
		chart_attr_int(pen, "width", 8);
		chart_attr_int(pen, "height", 8);
		chart_attr(pen, "fill", fills[i]);
		chart_close(pen);
		chart_open(pen, "path", NULL);
		chart_attr(pen, "d", strokes[i]);
		chart_attr(pen, "stroke", "#0b0c0c");
		chart_attr(pen, "fill", "none");
		chart_close(pen);
		chart_close(pen);
	}
	chart_close(pen);
}

int chart_legend(struct chart_pen *pen, int y)
{
	const struct chart *c = pen->chart;
	struct chart_box box = {0, y + 2, 16, 16};

	if (c->series_count < 2 || c->kind == CHART_LINES)
		return 0;
	for (size_t i = 0; i < c->series_count; i++) {
		int wide = 32 + (int)strlen(c->series_names[i]) * CHART_LETTER;

		if (box.x && box.x + wide > CHART_WIDE) {
			box.x = 0;
			box.y += 24;
		}
		chart_bar(pen, i, &box);
		chart_text(pen, &(struct chart_label){.class = "chart-legend",
						      .x = box.x + 22,
						      .y = box.y + 13,
						      .anchor = "start",
						      .text = c->series_names[i],
						      .most = 80});
		box.x += wide + 12;
	}
	return box.y - y + 34;
}
