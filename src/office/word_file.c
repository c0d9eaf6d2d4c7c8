/* Word and PowerPoint: paragraphs, runs, tables; what was deleted or hidden is not said. */
#include "base/str.h"
#include "office/shape.h"
#include "office/named_styles.h"
#include "office/xml.h"

#define EMPTY_BOX "\xe2\x98\x90"  /* U+2610 */
#define TICKED_BOX "\xe2\x98\x92" /* U+2612 */

struct office {
	struct office_walk walk;
	struct office_shape *shape;
	bool in_text, hidden, struck, in_box, ticked;
	bool in_paragraph; /* pPr, which has tab stops and marks of the paragraph's end */
	unsigned deleted;
};

/* Letters of the Wingdings fonts that forms use; Word writes them as F0xx. */
static const struct {
	unsigned code;
	const char *text;
} symbols[] = {
	{0x6f, EMPTY_BOX},      {0x71, EMPTY_BOX},      {0x72, EMPTY_BOX},
	{0xa8, EMPTY_BOX},      {0x78, TICKED_BOX},     {0xfd, TICKED_BOX},
	{0xfe, "\xe2\x98\x91"}, {0x52, "\xe2\x98\x91"}, {0xfc, "\xe2\x9c\x93"},
	{0xfb, "\xe2\x9c\x97"}, {0xb7, "\xe2\x80\xa2"}, {0xa7, "\xe2\x96\xaa"},
	{0xe0, "\xe2\x86\x92"}, {0x4a, "\xe2\x98\xba"},
};

static bool is_on(const struct office_walk *w)
{
	char value[16];

	office_walk_attribute(w, "val", value, sizeof(value));
	return !str_eq(value, "0") && !str_eq(value, "false") && !str_eq(value, "off");
}

/* What is deleted is only seen, struck out, where there is a shape. */
static void say(struct office *o, const char *text, size_t len)
{
	if (o->hidden)
		return;
	if (!o->deleted && o->struck && o->in_text)
		office_lines_str(o->walk.to, "~~");
	if (!o->deleted)
		office_lines_add(o->walk.to, text, len);
	if (!o->deleted && o->struck && o->in_text)
		office_lines_str(o->walk.to, "~~");
	shape_words(o->shape, text, len);
}

static void symbol(struct office *o)
{
	char code[16];
	unsigned n;

	office_walk_attribute(&o->walk, "char", code, sizeof(code));
	n = (unsigned)strtoul(code, NULL, 16) & 0xff;
	for (size_t i = 0; i < ARRAY_LEN(symbols); i++)
		if (symbols[i].code == n)
			say(o, symbols[i].text, strlen(symbols[i].text));
}

/* Words drawn as a picture, as of a watermark: they stand over the others. */
static void drawn_words(struct office *o)
{
	char words[512];

	office_walk_attribute(&o->walk, "string", words, sizeof(words));
	if (!*words)
		return;
	say(o, " ", 1);
	say(o, words, strlen(words));
}

/* Fallback says again what Choice said. */
static bool unwanted(const char *name)
{
	static const char *const names[] = {"moveFrom",   "Fallback",    "instrText",
					    "sectPr",     "rPh",         "docPr",
					    "rPrChange",  "tblPrChange", "trPrChange",
					    "tcPrChange", "placeholder"};

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (str_eq(name, names[i]))
			return true;
	return false;
}

/* Pages, documents and tables that stand here and are files of their own. Formulas of old are
 * such files, too, and nothing is read in them. */
static bool is_elsewhere(const struct office_walk *w, const char *name)
{
	char made_by[80];

	if (str_eq(name, "altChunk") || str_eq(name, "subDoc"))
		return true;
	if (!str_eq(name, "OLEObject") && !str_eq(name, "oleObj"))
		return false;
	office_walk_attribute(w, str_eq(name, "oleObj") ? "progId" : "ProgID", made_by,
			      sizeof(made_by));
	return !str_starts(made_by, "Equation");
}

static void begins(struct office *o, const char *name)
{
	struct office_walk *w = &o->walk;

	if (is_elsewhere(w, name))
		o->shape->elsewhere = true;
	if (str_eq(name, "t") || str_eq(name, "delText")) {
		o->in_text = true;
	} else if (str_eq(name, "r")) {
		o->hidden = o->struck = false;
	} else if (str_eq(name, "strike") || str_eq(name, "dstrike")) {
		o->struck = is_on(w);
	} else if (str_eq(name, "del")) {
		o->deleted++;
	} else if (str_eq(name, "vanish")) {
		o->hidden = is_on(w);
	} else if (str_eq(name, "tab")) {
		say(o, "\t", 1);
	} else if (str_eq(name, "br") || str_eq(name, "cr")) {
		if (!o->deleted)
			office_lines_end_line(w->to);
		shape_break(o->shape);
	} else if (str_eq(name, "noBreakHyphen")) {
		say(o, "-", 1);
	} else if (str_eq(name, "sym")) {
		symbol(o);
	} else if (str_eq(name, "textpath")) {
		drawn_words(o);
	} else if (str_eq(name, "checkBox")) {
		o->in_box = true;
		o->ticked = false;
	} else if (o->in_box && (str_eq(name, "default") || str_eq(name, "checked"))) {
		o->ticked = is_on(w); /* "checked" comes second and counts */
	}
}

static void ends(struct office *o, const char *name)
{
	struct office_walk *w = &o->walk;

	if (str_eq(name, "t") || str_eq(name, "delText")) {
		o->in_text = false;
	} else if (str_eq(name, "r")) {
		o->hidden = o->struck = false;
	} else if (str_eq(name, "del")) {
		o->deleted -= o->deleted > 0;
	} else if (str_eq(name, "p")) {
		office_lines_end_line(w->to);
	} else if (str_eq(name, "tc")) {
		office_lines_end_cell(w->to);
	} else if (str_eq(name, "tr")) {
		office_lines_end_row(w->to);
	} else if (str_eq(name, "checkBox")) {
		o->in_box = false;
		if (!o->deleted)
			office_lines_str(w->to, o->ticked ? TICKED_BOX : EMPTY_BOX);
	}
}

static void element(struct office_walk *walk, const char *name, bool beginning)
{
	struct office *o = (struct office *)walk;

	char style[NAMED_STYLE_NAME];

	if (str_eq(name, "pPr")) {
		o->in_paragraph = beginning;
	} else if (o->in_paragraph) {
		if (!beginning || !str_eq(name, "pStyle"))
			return;
		office_walk_attribute(walk, "val", style, sizeof(style));
		shape_word_paragraph(o->shape, style);
	} else if (beginning && unwanted(name)) {
		office_walk_skip(walk);
	} else if (beginning) {
		begins(o, name);
		shape_word_begins(o->shape, walk, name);
	} else {
		ends(o, name);
		shape_word_ends(o->shape, name);
	}
}

static void text(struct office_walk *walk, const char *words, size_t len)
{
	struct office *o = (struct office *)walk;

	if (o->in_text)
		say(o, words, len);
}

const char *office_xml_word(office_xml_read *read, void *from, struct office_lines *to,
			    struct office_shape *shape)
{
	struct office o = {.walk = {.to = to, .element = element, .text = text},
			   .shape = shape};

	return office_xml_walk(read, from, &o.walk);
}
