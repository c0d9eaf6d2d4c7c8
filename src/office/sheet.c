/* Excel: a line a row, a tab between cells; words stand apart from the sheets. */
#include "base/str.h"
#include "office/xml.h"

struct sheet {
	struct office_walk walk;
	struct office_strings *collect;
	const struct office_strings *strings;
	const struct office_formats *formats;
	bool in_text, shared, truth;
	enum office_format format;
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

/* Days since the last of 1899, as a sheet counts them from March 1900 on. */
static void date(struct sheet *s, double n)
{
	enum { OF_FOUR_YEARS = 1461, OF_A_CENTURY = 36524, OF_FOUR_CENTURIES = 146097 };
	long days = (long)n + 693899; /* since 1 March of the year 0 */
	long minutes = (long)((n - (double)(long)n) * 1440 + 0.5);
	long era, of_era, year, of_year, month;
	char said[60];

	if (n < 61 || n >= 2958466 || minutes >= 1440) {
		office_lines_str(s->walk.to, s->number);
		return;
	}
	era = days / OF_FOUR_CENTURIES;
	of_era = days % OF_FOUR_CENTURIES;
	year = (of_era - of_era / (OF_FOUR_YEARS - 1) + of_era / OF_A_CENTURY -
		of_era / (OF_FOUR_CENTURIES - 1)) /
	       365;
	of_year = of_era - (365 * year + year / 4 - year / 100);
	month = (5 * of_year + 2) / 153;
	(void)snprintf(said, sizeof(said), "%04ld-%02ld-%02ld",
		       year + era * 400 + (month > 9), month < 10 ? month + 3 : month - 9,
		       of_year - (153 * month + 2) / 5 + 1);
	office_lines_str(s->walk.to, said);
	if (s->format != OFFICE_TIME && !minutes)
		return;
	(void)snprintf(said, sizeof(said), " %02ld:%02ld", minutes / 60, minutes % 60);
	office_lines_str(s->walk.to, said);
}

/* A number as a person sees it in its cell. */
static void value(struct sheet *s)
{
	char said[40], *end;
	double n = strtod(s->number, &end);

	if (s->shared) {
		shared_string(s);
	} else if (s->truth) {
		office_lines_str(s->walk.to, str_eq(s->number, "1") ? "TRUE" : "FALSE");
	} else if (*end) {
		office_lines_str(s->walk.to, s->number);
	} else if (s->format == OFFICE_PERCENT) {
		(void)snprintf(said, sizeof(said), "%.10g%%", n * 100);
		office_lines_str(s->walk.to, said);
	} else {
		date(s, n);
	}
}

static enum office_format format_of(struct sheet *s)
{
	char number[12];
	size_t i;

	office_walk_attribute(&s->walk, "s", number, sizeof(number));
	i = (size_t)strtoul(number, NULL, 10);
	return s->formats && i < s->formats->count ? s->formats->items[i] : OFFICE_PLAIN;
}

static void cell_element(struct office_walk *walk, const char *name, bool beginning)
{
	struct sheet *s = (struct sheet *)walk;

	if (str_eq(name, "c") && beginning) {
		char type[16];

		office_walk_attribute(walk, "t", type, sizeof(type));
		s->shared = str_eq(type, "s");
		s->truth = str_eq(type, "b");
		s->format = *type && !str_eq(type, "n") ? OFFICE_PLAIN : format_of(s);
	} else if (str_eq(name, "v") || str_eq(name, "t")) {
		s->in_text = beginning;
		if (!beginning && *s->number)
			value(s);
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

	if (s->in_text && (s->shared || s->truth || s->format != OFFICE_PLAIN))
		str_copy(s->number, sizeof(s->number), text);
	else if (s->in_text)
		office_lines_add(walk->to, text, len);
}

const char *office_xml_sheet(office_xml_read *read, void *from,
			     const struct office_strings *strings,
			     const struct office_formats *formats,
			     struct office_lines *to)
{
	struct sheet s = {.walk = {.to = to, .element = cell_element, .text = cell_text},
			  .strings = strings,
			  .formats = formats};

	return office_xml_walk(read, from, &s.walk);
}

struct formats {
	struct office_walk walk;
	struct office_formats *out;
	bool of_cells;
	size_t own_count;
	struct {
		unsigned long id;
		enum office_format format;
	} own[OFFICE_FORMATS_OWN];
};

/* "dd/mm/yyyy", "0.0%": what a code shows, words in quotes and colours apart. */
static enum office_format format_read(const char *code)
{
	bool day = false, hour = false;

	for (const char *at = code; *at && *at != ';'; at++) {
		if (*at == '"' || *at == '[') {
			const char *end = strchr(at + 1, *at == '"' ? '"' : ']');

			if (!end)
				break;
			at = end;
		} else if (*at == '\\' && at[1]) {
			at++;
		} else if (*at == '%') {
			return OFFICE_PERCENT;
		} else if (strchr("dDyY", *at)) {
			day = true;
		} else if (strchr("hH", *at)) {
			hour = true;
		}
	}
	return day ? (hour ? OFFICE_TIME : OFFICE_DATE) : OFFICE_PLAIN;
}

/* ECMA-376 part 1, 18.8.30: what stands for itself. */
static enum office_format format_known(const struct formats *f, unsigned long id)
{
	for (size_t i = 0; i < f->own_count; i++)
		if (f->own[i].id == id)
			return f->own[i].format;
	if (id == 9 || id == 10)
		return OFFICE_PERCENT;
	return id >= 14 && id <= 17 ? OFFICE_DATE : id == 22 ? OFFICE_TIME : OFFICE_PLAIN;
}

static void format_element(struct office_walk *walk, const char *name, bool beginning)
{
	struct formats *f = (struct formats *)walk;
	char id[12], code[120];

	if (str_eq(name, "cellXfs")) {
		f->of_cells = beginning;
		return;
	}
	if (!beginning || (!str_eq(name, "numFmt") && !str_eq(name, "xf")))
		return;
	office_walk_attribute(walk, "numFmtId", id, sizeof(id));
	if (str_eq(name, "numFmt") && f->own_count < OFFICE_FORMATS_OWN) {
		office_walk_attribute(walk, "formatCode", code, sizeof(code));
		f->own[f->own_count].id = strtoul(id, NULL, 10);
		f->own[f->own_count++].format = format_read(code);
	} else if (f->of_cells && f->out->count < OFFICE_FORMATS) {
		f->out->items[f->out->count++] = format_known(f, strtoul(id, NULL, 10));
	}
}

static void no_text(struct office_walk *walk, const char *text, size_t len)
{
	(void)walk;
	(void)text;
	(void)len;
}

const char *office_xml_formats(office_xml_read *read, void *from,
			       struct office_formats *out)
{
	struct buf none;
	struct office_lines lines = {.to = &none};
	struct formats f = {
		.walk = {.to = &lines, .element = format_element, .text = no_text},
		.out = out};

	buf_init(&none, 1);
	return office_xml_walk(read, from, &f.walk);
}
