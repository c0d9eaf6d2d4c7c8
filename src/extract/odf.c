/* OpenDocument: text stands in text:p and text:h only; notes and comments come last. */
#include "base/str.h"
#include "extract/xml.h"

enum { BLANKS_MOST = 100 };

struct odf {
	struct extract_walk walk;
	struct extract_lines *main, *notes;
	int paragraphs; /* how many are open: frames stand inside them */
	int note;       /* depth of the open note, 0 = none */
	bool styles;
	int head; /* depth of the open head or foot of the page, 0 = none */
	bool blank;
};

static bool unwanted(const char *name)
{
	static const char *const names[] = {
		"tracked-changes",  "note-citation", "ruby-text",       "binary-data",
		"automatic-styles", "hidden-text",   "hidden-paragraph"};

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (str_eq(name, names[i]))
			return true;
	return false;
}

static bool is_paragraph(const char *name)
{
	return str_eq(name, "p") || str_eq(name, "h");
}

static bool speaks(const struct odf *o)
{
	return o->paragraphs > 0 && (!o->styles || o->head);
}

static void blanks(struct odf *o)
{
	char count[16];
	long n;

	extract_walk_attribute(&o->walk, "c", count, sizeof(count));
	n = *count ? strtol(count, NULL, 10) : 1;
	for (long i = 0; i < n && i < BLANKS_MOST; i++)
		extract_lines_str(o->walk.to, " ");
}

static void begins(struct odf *o, const char *name)
{
	struct extract_walk *w = &o->walk;

	if (unwanted(name)) {
		extract_walk_skip(w);
	} else if (is_paragraph(name)) {
		o->paragraphs++;
		o->blank = true;
	} else if (!o->note && (str_eq(name, "note") || str_eq(name, "annotation"))) {
		o->note = w->depth;
		w->to = o->notes;
	} else if (!o->head &&
		   (str_starts(name, "header") || str_starts(name, "footer"))) {
		o->head = w->depth;
	} else if (!speaks(o)) {
		return;
	} else if (str_eq(name, "tab")) {
		extract_lines_str(w->to, "\t");
	} else if (str_eq(name, "line-break")) {
		extract_lines_end_line(w->to);
	} else if (str_eq(name, "s")) {
		blanks(o);
	}
}

static void ends(struct odf *o, const char *name)
{
	struct extract_walk *w = &o->walk;

	if (is_paragraph(name)) {
		o->paragraphs -= o->paragraphs > 0;
		if (!o->styles || o->head)
			extract_lines_end_line(w->to);
	} else if (str_eq(name, "table-cell")) {
		extract_lines_end_cell(w->to);
	} else if (str_eq(name, "table-row")) {
		extract_lines_end_row(w->to);
	}
	if (o->note == w->depth) {
		o->note = 0;
		w->to = o->main;
	}
	if (o->head == w->depth)
		o->head = 0;
}

static void element(struct extract_walk *walk, const char *name, bool beginning)
{
	struct odf *o = (struct odf *)walk;

	if (beginning)
		begins(o, name);
	else
		ends(o, name);
}

/* White space counts once, as in HTML; more of it is written as text:s. */
static void text(struct extract_walk *walk, const char *words, size_t len)
{
	struct odf *o = (struct odf *)walk;
	size_t from = 0;

	if (!speaks(o))
		return;
	for (size_t i = 0; i < len; i++) {
		if (!str_is_space(words[i])) {
			o->blank = false;
			continue;
		}
		extract_lines_add(walk->to, words + from, i - from);
		if (!o->blank)
			extract_lines_str(walk->to, " ");
		o->blank = true;
		from = i + 1;
	}
	extract_lines_add(walk->to, words + from, len - from);
}

const char *extract_xml_odf(extract_xml_read *read, void *from, bool styles,
			    struct extract_lines *to, struct extract_lines *notes)
{
	struct odf o = {.walk = {.to = to, .element = element, .text = text},
			.main = to,
			.notes = notes,
			.styles = styles};

	return extract_xml_walk(read, from, &o.walk);
}
