/* Word and PowerPoint: paragraphs, runs, tables; what was deleted or hidden is not said. */
#include "base/str.h"
#include "extract/xml.h"

#define EMPTY_BOX "\xe2\x98\x90"  /* U+2610 */
#define TICKED_BOX "\xe2\x98\x92" /* U+2612 */

struct office {
	struct extract_walk walk;
	bool in_text, hidden, in_box, ticked;
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

static bool is_on(const struct extract_walk *w)
{
	char value[16];

	extract_walk_attribute(w, "val", value, sizeof(value));
	return !str_eq(value, "0") && !str_eq(value, "false") && !str_eq(value, "off");
}

static void symbol(struct extract_walk *w)
{
	char code[16];
	unsigned n;

	extract_walk_attribute(w, "char", code, sizeof(code));
	n = (unsigned)strtoul(code, NULL, 16) & 0xff;
	for (size_t i = 0; i < ARRAY_LEN(symbols); i++)
		if (symbols[i].code == n)
			extract_lines_str(w->to, symbols[i].text);
}

/* pPr has tab stops and marks; Fallback says again what Choice said. */
static bool unwanted(const char *name)
{
	static const char *const names[] = {"pPr",      "del",       "moveFrom",
					    "Fallback", "instrText", "tblPr",
					    "sectPr",   "rPh",       "docPr"};

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (str_eq(name, names[i]))
			return true;
	return false;
}

static void begins(struct office *o, const char *name)
{
	struct extract_walk *w = &o->walk;

	if (unwanted(name)) {
		extract_walk_skip(w);
	} else if (str_eq(name, "t")) {
		o->in_text = true;
	} else if (str_eq(name, "r")) {
		o->hidden = false;
	} else if (str_eq(name, "vanish")) {
		o->hidden = is_on(w);
	} else if (str_eq(name, "tab") && !o->hidden) {
		extract_lines_str(w->to, "\t");
	} else if (str_eq(name, "br") || str_eq(name, "cr")) {
		extract_lines_end_line(w->to);
	} else if (str_eq(name, "noBreakHyphen")) {
		extract_lines_str(w->to, "-");
	} else if (str_eq(name, "sym") && !o->hidden) {
		symbol(w);
	} else if (str_eq(name, "checkBox")) {
		o->in_box = true;
		o->ticked = false;
	} else if (o->in_box && (str_eq(name, "default") || str_eq(name, "checked"))) {
		o->ticked = is_on(w); /* "checked" comes second and counts */
	}
}

static void ends(struct office *o, const char *name)
{
	struct extract_walk *w = &o->walk;

	if (str_eq(name, "t")) {
		o->in_text = false;
	} else if (str_eq(name, "r")) {
		o->hidden = false;
	} else if (str_eq(name, "p")) {
		extract_lines_end_line(w->to);
	} else if (str_eq(name, "tc")) {
		extract_lines_end_cell(w->to);
	} else if (str_eq(name, "tr")) {
		extract_lines_end_row(w->to);
	} else if (str_eq(name, "checkBox")) {
		o->in_box = false;
		extract_lines_str(w->to, o->ticked ? TICKED_BOX : EMPTY_BOX);
	}
}

static void element(struct extract_walk *walk, const char *name, bool beginning)
{
	struct office *o = (struct office *)walk;

	if (beginning)
		begins(o, name);
	else
		ends(o, name);
}

static void text(struct extract_walk *walk, const char *words, size_t len)
{
	const struct office *o = (const struct office *)walk;

	if (o->in_text && !o->hidden)
		extract_lines_add(walk->to, words, len);
}

const char *extract_xml_office(extract_xml_read *read, void *from,
			       struct extract_lines *to)
{
	struct office o = {.walk = {.to = to, .element = element, .text = text}};

	return extract_xml_walk(read, from, &o.walk);
}
