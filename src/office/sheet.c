/* Excel: a line a row, a tab between cells; words stand apart from the sheets. */
#include "base/str.h"
#include "office/xml.h"

struct sheet {
	struct office_walk walk;
	struct office_strings *collect;
	const struct office_strings *strings;
	bool in_text, shared;
	char number[24];
};

static void string_element(struct office_walk *walk, const char *name, bool beginning)
{
	struct sheet *s = (struct sheet *)walk;

	if (str_eq(name, "rPh") && beginning) {
		office_walk_skip(walk); /* how it is pronounced */
	} else if (str_eq(name, "t")) {
		s->in_text = beginning;
	} else if (str_eq(name, "si") && beginning) {
		size_t start = s->collect->bytes.len;

		buf_add(&s->collect->starts, &start, sizeof(start));
		s->collect->count++;
	}
}

static void string_text(struct office_walk *walk, const char *text, size_t len)
{
	struct sheet *s = (struct sheet *)walk;

	if (s->in_text)
		buf_add(&s->collect->bytes, text, len);
}

const char *office_xml_strings(office_xml_read *read, void *from,
			       struct office_strings *out)
{
	struct office_lines lines = {.to = &out->bytes};
	struct sheet s = {
		.walk = {.to = &lines, .element = string_element, .text = string_text},
		.collect = out};

	return office_xml_walk(read, from, &s.walk);
}

static void shared_string(struct sheet *s)
{
	const struct office_strings *strings = s->strings;
	size_t i = (size_t)strtoul(s->number, NULL, 10), start, end;

	if (i >= strings->count || (i + 1) * sizeof(start) > strings->starts.len)
		return;
	memcpy(&start, strings->starts.bytes + i * sizeof(start), sizeof(start));
	end = strings->bytes.len;
	if ((i + 2) * sizeof(end) <= strings->starts.len)
		memcpy(&end, strings->starts.bytes + (i + 1) * sizeof(end), sizeof(end));
	office_lines_add(s->walk.to, buf_text(&strings->bytes) + start, end - start);
}

static void cell_element(struct office_walk *walk, const char *name, bool beginning)
{
	struct sheet *s = (struct sheet *)walk;

	if (str_eq(name, "c") && beginning) {
		char type[16];

		office_walk_attribute(walk, "t", type, sizeof(type));
		s->shared = str_eq(type, "s");
	} else if (str_eq(name, "v") || str_eq(name, "t")) {
		s->in_text = beginning;
		if (!beginning && s->shared && *s->number)
			shared_string(s);
		s->number[0] = '\0';
	} else if (str_eq(name, "f") && beginning) {
		office_walk_skip(walk);
	} else if (str_eq(name, "c")) {
		office_lines_end_cell(walk->to);
	} else if (str_eq(name, "row") && !beginning) {
		office_lines_end_row(walk->to);
	} else if (str_eq(name, "headerFooter") && beginning) {
		office_walk_skip(walk); /* codes such as &P */
	}
}

static void cell_text(struct office_walk *walk, const char *text, size_t len)
{
	struct sheet *s = (struct sheet *)walk;

	if (s->in_text && s->shared)
		str_copy(s->number, sizeof(s->number), text);
	else if (s->in_text)
		office_lines_add(walk->to, text, len);
}

const char *office_xml_sheet(office_xml_read *read, void *from,
			     const struct office_strings *strings,
			     struct office_lines *to)
{
	struct sheet s = {.walk = {.to = to, .element = cell_element, .text = cell_text},
			  .strings = strings};

	return office_xml_walk(read, from, &s.walk);
}
