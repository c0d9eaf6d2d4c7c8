/* OpenDocument: text stands in text:p and text:h only; notes and comments come last. */
#include "base/str.h"
#include "office/shape.h"
#include "office/xml.h"

enum { BLANKS_MOST = 100 };

static const char STYLES[] = "automatic-styles";

struct odf {
	struct office_walk walk;
	struct office_lines *main, *notes;
	int paragraphs; /* how many are open: frames stand inside them */
	int note;       /* depth of the open note, 0 = none */
	bool styles;
	int head; /* depth of the open head or foot of the page, 0 = none */
	bool blank;
	struct office_shape *shape;
};

static bool unwanted(const char *name)
{
	static const char *const names[] = {"tracked-changes", "note-citation",
					    "ruby-text", "binary-data", "hidden-text"};

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

static void say(struct odf *o, const char *text, size_t len)
{
	office_lines_add(o->walk.to, text, len);
	if (o->shape)
		shape_words(o->shape, text, len);
}

static void blanks(struct odf *o)
{
	char count[16];
	long n;

	office_walk_attribute(&o->walk, "c", count, sizeof(count));
	n = *count ? strtol(count, NULL, 10) : 1;
	for (long i = 0; i < n && i < BLANKS_MOST; i++)
		say(o, " ", 1);
}

static void begins(struct odf *o, const char *name)
{
	struct office_walk *w = &o->walk;

	if (is_paragraph(name)) {
		o->paragraphs++;
		o->blank = true;
	} else if (!o->note && (str_eq(name, "note") || str_eq(name, "annotation"))) {
		o->note = w->depth;
		w->to = o->notes;
	} else if (!o->head &&
		   (str_starts(name, "header") || str_starts(name, "footer"))) {
		o->head = w->depth;
	} else if (o->shape && str_eq(name, "section-source")) {
		o->shape->elsewhere = true;
	} else if (!speaks(o)) {
		return;
	} else if (str_eq(name, "tab")) {
		say(o, "\t", 1);
	} else if (str_eq(name, "line-break")) {
		office_lines_end_line(w->to);
		if (o->shape)
			shape_break(o->shape);
	} else if (str_eq(name, "s")) {
		blanks(o);
	}
}

static void ends(struct odf *o, const char *name)
{
	struct office_walk *w = &o->walk;

	if (is_paragraph(name)) {
		o->paragraphs -= o->paragraphs > 0;
		if (!o->styles || o->head)
			office_lines_end_line(w->to);
	} else if (str_eq(name, "table-cell")) {
		office_lines_end_cell(w->to);
	} else if (str_eq(name, "table-row")) {
		office_lines_end_row(w->to);
	}
	if (o->note == w->depth) {
		o->note = 0;
		w->to = o->main;
	}
	if (o->head == w->depth)
		o->head = 0;
}

static void element(struct office_walk *walk, const char *name, bool beginning)
{
	struct odf *o = (struct odf *)walk;

	if (beginning && (unwanted(name) || (o->styles && str_eq(name, STYLES)))) {
		office_walk_skip(walk);
	} else if (beginning) {
		begins(o, name);
		shape_odf_begins(o->shape, walk, name);
	} else {
		ends(o, name);
		shape_odf_ends(o->shape, name);
	}
}

static bool all_blank(const char *words, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (!str_is_space(words[i]))
			return false;
	return true;
}

/* White space counts once, as in HTML; more of it is written as text:s. */
static void text(struct office_walk *walk, const char *words, size_t len)
{
	struct odf *o = (struct odf *)walk;
	size_t from = 0;
	bool struck;

	if (!speaks(o))
		return;
	struck = o->shape && o->shape->marks & DOCUMENT_STRUCK && !all_blank(words, len);
	if (struck)
		office_lines_str(walk->to, "~~");
	for (size_t i = 0; i < len; i++) {
		if (!str_is_space(words[i])) {
			o->blank = false;
			continue;
		}
		say(o, words + from, i - from);
		if (!o->blank)
			say(o, " ", 1);
		o->blank = true;
		from = i + 1;
	}
	say(o, words + from, len - from);
	if (struck)
		office_lines_str(walk->to, "~~");
}

const char *office_xml_odf(office_xml_read *read, void *from, struct office_lines *to,
			   struct office_lines *notes, struct office_shape *shape)
{
	struct odf o = {.walk = {.to = to, .element = element, .text = text},
			.main = to,
			.notes = notes,
			.styles = !shape,
			.shape = shape};

	return office_xml_walk(read, from, &o.walk);
}
