/* OpenDocument: styles of words, cells, controls of forms, lists, boxes. */
#include "base/str.h"
#include "office/shape.h"
#include "office/named_styles.h"

enum { STYLES_MOST = 4000, FORMS_MOST = 2000 };

struct shape_style {
	char name[NAMED_STYLE_NAME], parent[NAMED_STYLE_NAME];
	unsigned marks;
};

struct shape_entry {
	char id[80];
	struct shape_control control;
	char value[SHAPE_TEXT];
	bool radio;
};

static bool is_true(const struct office_walk *w, const char *name)
{
	char value[16];

	office_walk_attribute(w, name, value, sizeof(value));
	return str_eq(value, "true") || str_eq(value, "checked");
}

static void attribute_mark(struct shape_style *style, const struct office_walk *w,
			   const char *name, const char *none, unsigned mark)
{
	char value[40];

	office_walk_attribute(w, name, value, sizeof(value));
	if (*value && !str_eq(value, none))
		style->marks |= mark;
}

/* style:style, then style:text-properties within it. */
static void style(struct office_shape *s, const struct office_walk *w, const char *name)
{
	struct shape_style *last = s->style_count ? &s->styles[s->style_count - 1] : NULL;
	char weight[40];

	if (str_eq(name, "style") && s->style_count < STYLES_MOST) {
		s->styles = arena_grow(s->doc->arena, s->styles, s->style_count,
				       sizeof(*s->styles));
		last = &s->styles[s->style_count++];
		office_walk_attribute(w, "name", last->name, sizeof(last->name));
		office_walk_attribute(w, "parent-style-name", last->parent,
				      sizeof(last->parent));
	} else if (last && str_eq(name, "text-properties")) {
		last->marks |= odf_look_hides(w) ? DOCUMENT_DOUBTED : 0;
		attribute_mark(last, w, "text-line-through-style", "none",
			       DOCUMENT_STRUCK);
		attribute_mark(last, w, "text-line-through-type", "none",
			       DOCUMENT_STRUCK);
		attribute_mark(last, w, "text-underline-style", "none",
			       DOCUMENT_UNDERLINED);
		attribute_mark(last, w, "background-color", "transparent",
			       DOCUMENT_HIGHLIGHTED);
		attribute_mark(last, w, "border", "none", DOCUMENT_FRAMED);
		office_walk_attribute(w, "font-weight", weight, sizeof(weight));
		if (str_eq(weight, "bold") || strtol(weight, NULL, 10) > 500)
			last->marks |= DOCUMENT_BOLD;
	}
}

static unsigned marks_of(const struct office_shape *s, const struct office_walk *w)
{
	char name[80];

	office_walk_attribute(w, "style-name", name, sizeof(name));
	for (size_t i = 0; i < s->style_count; i++)
		if (str_eq(s->styles[i].name, name))
			return s->styles[i].marks |
			       (named_style_doubts(s->named_styles, s->styles[i].parent)
					? DOCUMENT_DOUBTED
					: 0);
	return named_style_doubts(s->named_styles, name) ? DOCUMENT_DOUBTED : 0;
}

/* Words within words look like both. */
static void begin_look(struct office_shape *s, const struct office_walk *w)
{
	if (s->looks < SHAPE_LOOKS)
		s->outer[s->looks] = s->marks;
	s->looks++;
	s->marks |= marks_of(s, w);
}

static void end_look(struct office_shape *s)
{
	s->looks -= s->looks > 0;
	if (s->looks < SHAPE_LOOKS)
		s->marks = s->outer[s->looks];
}

/* What is around words and may be hidden with all of them. */
static void begin_place(struct office_shape *s, const struct office_walk *w,
			const char *name)
{
	bool hidden = str_starts(name, "hidden") || str_eq(name, "placeholder") ||
		      odf_look_hides(w);

	begin_look(s, w);
	s->marks |= hidden ? DOCUMENT_DOUBTED : 0;
	if (str_eq(name, "table-row"))
		document_row(s->doc);
}

/* A control within form:form, remembered until draw:control says where it stands. */
static void form_control(struct office_shape *s, const struct office_walk *w,
			 const char *name)
{
	bool box = str_eq(name, "checkbox"), radio = str_eq(name, "radio");
	bool list = str_eq(name, "listbox");
	struct shape_entry *e;

	if (!box && !radio && !list && !str_eq(name, "text") &&
	    !str_eq(name, "textarea") && !str_eq(name, "combobox") &&
	    !str_eq(name, "formatted-text") && !str_eq(name, "date"))
		return;
	if (s->form_count == FORMS_MOST) {
		s->doc->cut = true;
		return;
	}
	s->forms = arena_grow(s->doc->arena, s->forms, s->form_count, sizeof(*s->forms));
	e = &s->forms[s->form_count++];
	e->control.kind = box || radio ? SHAPE_BOX : list ? SHAPE_LIST : SHAPE_FIELD;
	e->control.chosen = -1;
	e->radio = radio;
	office_walk_attribute(w, "id", e->id, sizeof(e->id));
	office_walk_attribute(w, "name", e->control.name, sizeof(e->control.name));
	office_walk_attribute(w, "label", e->control.label, sizeof(e->control.label));
	if (!*e->control.label && !radio)
		office_walk_attribute(w, "title", e->control.label,
				      sizeof(e->control.label));
	office_walk_attribute(w, "current-value", e->value, sizeof(e->value));
	e->control.ticked = is_true(w, box ? "current-state" : "current-selected");
}

static void form_option(struct office_shape *s, const struct office_walk *w)
{
	struct shape_entry *e = s->form_count ? &s->forms[s->form_count - 1] : NULL;
	char label[SHAPE_NAME];

	if (!e || e->control.kind != SHAPE_LIST)
		return;
	office_walk_attribute(w, "label", label, sizeof(label));
	if (is_true(w, "current-selected")) {
		/* Two of one list: which of them counts is not known. */
		if (*e->value)
			e->control.prompts = true;
		str_copy(e->value, sizeof(e->value), label);
	}
	shape_option(s, &e->control, label);
}

/* What stands in no paragraph is in the text as well. */
static void say(const struct office_walk *w, const struct shape_control *c,
		const char *value)
{
	if (c->kind != SHAPE_BOX) {
		office_lines_str(w->to, value);
		return;
	}
	office_lines_str(w->to, c->ticked ? "[x] " : "[ ] ");
	office_lines_str(w->to, c->label);
}

static void put_control(struct office_shape *s, const struct office_walk *w)
{
	char id[80];

	office_walk_attribute(w, "control", id, sizeof(id));
	for (size_t i = 0; i < s->form_count; i++) {
		const struct shape_entry *e = &s->forms[i];

		if (!*id || !str_eq(e->id, id))
			continue;
		say(w, &e->control, e->value);
		shape_gather(s);
		if (e->control.kind != SHAPE_BOX) {
			str_copy(s->value, sizeof(s->value), e->value);
			s->value_len = strlen(s->value);
		}
		shape_put(s, &e->control);
		/* The label of a box is part of what is shown. */
		if (e->control.kind == SHAPE_BOX && *e->control.label) {
			shape_words(s, " ", 1);
			shape_words(s, e->control.label, strlen(e->control.label));
		}
		return;
	}
}

/* Boxes and lists as LibreOffice takes them over from Word. */
static void field_mark(struct office_shape *s, const struct office_walk *w)
{
	char type[120];

	office_walk_attribute(w, "type", type, sizeof(type));
	s->legacy = (struct shape_control){.chosen = -1};
	s->legacy.kind = str_ends(type, "FORMCHECKBOX")   ? SHAPE_BOX
			 : str_ends(type, "FORMDROPDOWN") ? SHAPE_LIST
			 : str_ends(type, "FORMTEXT")     ? SHAPE_FIELD
							  : SHAPE_NO_CONTROL;
}

static void field_parameter(struct office_shape *s, const struct office_walk *w)
{
	char name[80], value[SHAPE_NAME];

	office_walk_attribute(w, "name", name, sizeof(name));
	office_walk_attribute(w, "value", value, sizeof(value));
	if (str_ends(name, "Checkbox_Checked"))
		s->legacy.ticked = str_eq(value, "true");
	else if (str_ends(name, "Dropdown_Selected"))
		s->legacy.chosen = strtol(value, NULL, 10);
	else if (str_ends(name, "Dropdown_ListEntry"))
		shape_option(s, &s->legacy, value);
}

static void content_control(struct office_shape *s, const struct office_walk *w)
{
	if (s->gathers) {
		s->inner++;
		return;
	}
	s->control = (struct shape_control){.chosen = -1, .kind = SHAPE_FIELD};
	if (is_true(w, "checkbox"))
		s->control.kind = SHAPE_BOX;
	s->control.ticked = is_true(w, "checked");
	s->control.prompts = is_true(w, "showing-place-holder");
	office_walk_attribute(w, "alias", s->control.label, sizeof(s->control.label));
	shape_gather(s);
	s->gathers = true;
}

static bool in_table(struct office_shape *s, const struct office_walk *w,
		     const char *name)
{
	char span[16];

	if (str_eq(name, "table")) {
		document_table(s->doc);
	} else if (str_eq(name, "table-cell")) {
		office_walk_attribute(w, "number-columns-spanned", span, sizeof(span));
		document_cell(s->doc, (unsigned)strtoul(span, NULL, 10));
	} else {
		return false;
	}
	return true;
}

void shape_odf_begins(struct office_shape *s, const struct office_walk *w,
		      const char *name)
{
	if (!s || !s->doc)
		return;
	if (s->in_look) {
		style(s, w, name);
	} else if (s->in_about) {
		form_control(s, w, name);
		if (str_eq(name, "option"))
			form_option(s, w);
	} else if (str_eq(name, "automatic-styles")) {
		s->in_look = true;
	} else if (str_eq(name, "forms")) {
		s->in_about = true;
	} else if (str_eq(name, "section") || str_eq(name, "table-row") ||
		   str_eq(name, "hidden-text") || str_eq(name, "placeholder")) {
		begin_place(s, w, name);
	} else if (str_eq(name, "hidden-paragraph")) {
		/* A field without words: it is about the paragraph that it stands in. */
		s->marks |= DOCUMENT_DOUBTED;
	} else if (in_table(s, w, name)) {
		return;
	} else if (str_eq(name, "p") || str_eq(name, "h")) {
		shape_paragraph(s);
		begin_look(s, w);
	} else if (str_eq(name, "span")) {
		begin_look(s, w);
	} else if (str_eq(name, "control")) {
		put_control(s, w);
	} else if (str_eq(name, "content-control")) {
		content_control(s, w);
	} else if (str_eq(name, "fieldmark") || str_eq(name, "fieldmark-start")) {
		field_mark(s, w);
	} else if (str_eq(name, "param")) {
		field_parameter(s, w);
	} else if (str_eq(name, "annotation") || str_eq(name, "note")) {
		s->aside = true;
	}
}

void shape_odf_ends(struct office_shape *s, const char *name)
{
	if (!s || !s->doc)
		return;
	if (str_eq(name, "automatic-styles")) {
		s->in_look = false;
	} else if (str_eq(name, "forms")) {
		s->in_about = false;
	} else if (str_eq(name, "p") || str_eq(name, "h")) {
		shape_end_paragraph(s);
		end_look(s);
	} else if (str_eq(name, "span")) {
		end_look(s);
	} else if (str_eq(name, "section") || str_eq(name, "table-row") ||
		   str_eq(name, "hidden-text") || str_eq(name, "placeholder")) {
		end_look(s);
	} else if (str_eq(name, "table")) {
		document_end_table(s->doc);
	} else if (str_eq(name, "content-control") && s->inner) {
		s->inner--;
	} else if (str_eq(name, "content-control") && s->gathers) {
		shape_put(s, &s->control);
	} else if (str_eq(name, "fieldmark") && s->legacy.kind != SHAPE_NO_CONTROL) {
		shape_put(s, &s->legacy);
		s->legacy.kind = SHAPE_NO_CONTROL;
	} else if (str_eq(name, "fieldmark-start") && s->legacy.kind == SHAPE_FIELD) {
		shape_gather(s);
		s->legacy_gathers = true;
	} else if (str_eq(name, "fieldmark-end") && s->legacy_gathers) {
		shape_put(s, &s->legacy);
		s->legacy.kind = SHAPE_NO_CONTROL;
	} else if (str_eq(name, "annotation") || str_eq(name, "note")) {
		s->aside = false;
	}
}
