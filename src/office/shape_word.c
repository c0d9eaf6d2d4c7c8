/* Word: runs that look alike, cells, content controls, legacy fields, tracked changes. */
#include "base/str.h"
#include "office/shape.h"
#include "office/named_styles.h"

static bool is_on(const struct office_walk *w)
{
	char value[16];

	office_walk_attribute(w, "val", value, sizeof(value));
	return !str_eq(value, "0") && !str_eq(value, "false") && !str_eq(value, "off") &&
	       !str_eq(value, "none") && !str_eq(value, "nil");
}

/* What rPr says of its run. */
static void look(struct office_shape *s, const struct office_walk *w, const char *name)
{
	static const struct {
		const char *name;
		unsigned mark;
	} looks[] = {{"strike", DOCUMENT_STRUCK}, {"dstrike", DOCUMENT_STRUCK},
		     {"u", DOCUMENT_UNDERLINED},  {"b", DOCUMENT_BOLD},
		     {"i", DOCUMENT_ITALIC},      {"highlight", DOCUMENT_HIGHLIGHTED},
		     {"bdr", DOCUMENT_FRAMED}};
	char style[NAMED_STYLE_NAME];

	for (size_t i = 0; i < ARRAY_LEN(looks); i++)
		if (str_eq(name, looks[i].name) && is_on(w))
			s->marks |= looks[i].mark;
	if (word_look_hides(w, name))
		s->marks |= DOCUMENT_DOUBTED;
	if (str_eq(name, "rStyle")) {
		office_walk_attribute(w, "val", style, sizeof(style));
		if (named_style_doubts(s->named_styles, style))
			s->marks |= DOCUMENT_DOUBTED;
	}
}

/* sdtPr: what a content control is. */
static void about_control(struct office_shape *s, const struct office_walk *w,
			  const char *name)
{
	struct shape_control *c = &s->control;
	char value[SHAPE_NAME];

	office_walk_attribute(w, str_eq(name, "listItem") ? "displayText" : "val", value,
			      sizeof(value));
	if (str_eq(name, "checkbox")) {
		c->kind = SHAPE_BOX;
	} else if (str_eq(name, "checked")) {
		c->ticked = is_on(w);
	} else if (str_eq(name, "text") || str_eq(name, "date") ||
		   str_eq(name, "dropDownList") || str_eq(name, "comboBox")) {
		c->kind = SHAPE_FIELD;
	} else if (str_eq(name, "showingPlcHdr")) {
		c->prompts = is_on(w);
	} else if (str_eq(name, "alias")) {
		str_copy(c->label, sizeof(c->label), value);
	} else if (str_eq(name, "tag")) {
		str_copy(c->name, sizeof(c->name), value);
	} else if (str_eq(name, "listItem")) {
		if (!*value)
			office_walk_attribute(w, "value", value, sizeof(value));
		shape_option(s, c, value);
	}
}

/* ffData: what a legacy field is. A list without a result was never touched. */
static void about_legacy(struct office_shape *s, const struct office_walk *w,
			 const char *name)
{
	struct shape_control *c = &s->legacy;
	char value[SHAPE_NAME];

	office_walk_attribute(w, "val", value, sizeof(value));
	if (str_eq(name, "name"))
		str_copy(c->name, sizeof(c->name), value);
	else if (str_eq(name, "checkBox"))
		c->kind = SHAPE_BOX;
	else if (str_eq(name, "textInput"))
		c->kind = SHAPE_FIELD;
	else if (str_eq(name, "ddList"))
		c->kind = SHAPE_LIST;
	else if (str_eq(name, "checked") ||
		 (str_eq(name, "default") && c->kind == SHAPE_BOX))
		c->ticked = is_on(w);
	else if (str_eq(name, "result"))
		c->chosen = strtol(value, NULL, 10);
	else if (str_eq(name, "listEntry"))
		shape_option(s, c, value);
}

static void field_mark(struct office_shape *s, const struct office_walk *w)
{
	char type[16];

	office_walk_attribute(w, "fldCharType", type, sizeof(type));
	if (str_eq(type, "begin")) {
		s->legacy = (struct shape_control){.chosen = -1};
	} else if (str_eq(type, "separate") && s->legacy.kind == SHAPE_FIELD &&
		   !s->gathers) {
		shape_gather(s);
		s->legacy_gathers = true;
	} else if (str_eq(type, "end")) {
		/* Word keeps what was chosen of a list by its number alone. */
		if (s->legacy.kind == SHAPE_LIST && s->legacy.chosen >= 0 &&
		    (size_t)s->legacy.chosen < s->legacy.option_count && !s->deleted)
			office_lines_str(w->to, s->legacy.options[s->legacy.chosen]);
		if (s->legacy.kind == SHAPE_FIELD || s->legacy.kind == SHAPE_LIST)
			shape_put(s, &s->legacy);
		s->legacy = (struct shape_control){.chosen = -1};
	}
}

static void cell(struct office_shape *s)
{
	if (s->cell_due)
		document_cell(s->doc, s->span);
	s->cell_due = false;
}

/* What is said of a table, a row or a cell, and strikes out or hides all that stands in it. */
static bool place_doubts(struct office_shape *s, const struct office_walk *w,
			 const char *name)
{
	char style[NAMED_STYLE_NAME];

	if (str_eq(name, "tblStyle")) {
		office_walk_attribute(w, "val", style, sizeof(style));
		s->table_doubts |= named_style_doubts(s->named_styles, style);
	} else if (str_eq(name, "cellDel")) {
		s->cell_doubts = true;
	} else if (str_eq(name, "trPr")) {
		s->in_row = true;
	} else if (s->in_row && (str_eq(name, "del") || str_eq(name, "hidden"))) {
		s->row_doubts |= is_on(w);
	} else {
		return false;
	}
	return true;
}

static unsigned place_marks(const struct office_shape *s)
{
	return s->table_doubts || s->row_doubts || s->cell_doubts ? DOCUMENT_DOUBTED : 0;
}

static bool in_table(struct office_shape *s, const struct office_walk *w,
		     const char *name)
{
	char value[16];

	if (place_doubts(s, w, name))
		return true;
	if (str_eq(name, "gridSpan")) {
		office_walk_attribute(w, "val", value, sizeof(value));
		s->span = (unsigned)strtoul(value, NULL, 10);
		return true;
	}
	if (str_eq(name, "tbl") || str_eq(name, "p"))
		cell(s);
	if (str_eq(name, "tbl")) {
		document_table(s->doc);
	} else if (str_eq(name, "tr")) {
		s->row_doubts = s->cell_doubts = false;
		document_row(s->doc);
	} else if (str_eq(name, "tc")) {
		s->cell_doubts = false;
		s->cell_due = true;
		s->span = 1;
	} else {
		return false;
	}
	return true;
}

void shape_word_paragraph(struct office_shape *s, const char *style)
{
	if (s->doc && named_style_doubts(s->named_styles, style))
		s->paragraph = DOCUMENT_DOUBTED;
}

void shape_word_begins(struct office_shape *s, const struct office_walk *w,
		       const char *name)
{
	if (!s->doc)
		return;
	if (s->in_about) {
		about_control(s, w, name);
	} else if (s->in_look) {
		look(s, w, name);
	} else if (str_eq(name, "sdtPr")) {
		s->in_about = true;
	} else if (str_eq(name, "rPr")) {
		s->in_look = true;
	} else if (in_table(s, w, name)) {
		return;
	} else if (str_eq(name, "p")) {
		s->paragraph =
			place_marks(s) |
			(named_style_doubts(s->named_styles, "") ? DOCUMENT_DOUBTED : 0);
		shape_paragraph(s);
	} else if (str_eq(name, "r")) {
		s->marks = 0;
	} else if (str_eq(name, "ins")) {
		s->inserted++;
	} else if (str_eq(name, "del")) {
		s->deleted++;
	} else if (str_eq(name, "sdt")) {
		if (!s->gathers)
			s->control = (struct shape_control){.chosen = -1};
	} else if (str_eq(name, "sdtContent")) {
		s->inner += s->gathers;
		if (s->control.kind == SHAPE_NO_CONTROL || s->gathers)
			return;
		shape_gather(s);
		s->gathers = true;
	} else if (str_eq(name, "fldChar")) {
		field_mark(s, w);
	} else if (str_eq(name, "ffData")) {
		s->in_legacy = true;
	} else if (s->in_legacy) {
		about_legacy(s, w, name);
	}
}

void shape_word_ends(struct office_shape *s, const char *name)
{
	if (!s->doc)
		return;
	if (str_eq(name, "sdtPr")) {
		s->in_about = false;
	} else if (str_eq(name, "rPr")) {
		s->in_look = false;
	} else if (s->in_about || s->in_look) {
		return;
	} else if (str_eq(name, "trPr")) {
		s->in_row = false;
	} else if (s->in_row) {
		return;
	} else if (str_eq(name, "ffData")) {
		s->in_legacy = false;
	} else if (str_eq(name, "p")) {
		shape_end_paragraph(s);
	} else if (str_eq(name, "tc")) {
		cell(s);
		s->cell_doubts = false;
	} else if (str_eq(name, "tr")) {
		s->row_doubts = false;
	} else if (str_eq(name, "tbl")) {
		s->table_doubts = false;
		document_end_table(s->doc);
	} else if (str_eq(name, "ins")) {
		s->inserted -= s->inserted > 0;
	} else if (str_eq(name, "del")) {
		s->deleted -= s->deleted > 0;
	} else if (str_eq(name, "sdtContent")) {
		if (s->inner) {
			s->inner--;
			return;
		}
		if (s->gathers)
			shape_put(s, &s->control);
		s->control = (struct shape_control){.chosen = -1};
	} else if (str_eq(name, "checkBox") && s->legacy.kind == SHAPE_BOX) {
		shape_put(s, &s->legacy);
		s->legacy.kind = SHAPE_NO_CONTROL;
	}
}
