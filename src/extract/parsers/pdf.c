/* What was filled in of a PDF, by qpdf. */
#include "base/str.h"
#include "extract/parsers/document.h"

#include <qpdf/qpdf-c.h>

enum {
	WIDGETS_MOST = 5000,
	PARENTS_MOST = 32,
	VALUE_MOST = 1 << 20,
	LABEL_MOST = 400,
	LINE_POINTS = 6 /* boxes of one line stand no further apart than this */
};

/* ISO 32000-1, tables 165 and 226. */
enum { HIDDEN = 1 << 1, NO_VIEW = 1 << 5, PUSH = 1 << 16 };

static const char BROKEN[] = "its form is broken: a person must open it";
const char extract_holds_files[] =
	"there are files in it, which are not read here: a person must open it";
static const char XFA[] = "it is a form of a kind (XFA) that is not read here";

struct widget {
	qpdf_oh at;
	int page;
	long line, across;
};

struct fields {
	qpdf_data q;
	struct document *doc;
	struct widget *widgets;
	size_t count;
	const char *heading; /* of the buttons at hand */
	size_t unnamed;
	bool pinned; /* a file, to a page */
};

/* What the library hands out, names and keys too, may be any bytes. */
static char *cleaned(struct fields *f, const char *text)
{
	AUTO(buf) clean = buf_new(VALUE_MOST);

	str_utf8_clean(clean, text, strlen(text));
	for (size_t i = 0; i < clean->len; i++)
		if (clean->bytes[i] == '\r')
			clean->bytes[i] = '\n';
	return str_trim(arena_strdup(f->doc->arena, buf_text(clean)));
}

/* "" for what is none. */
static const char *text_of(struct fields *f, qpdf_oh at)
{
	if (qpdf_oh_is_string(f->q, at))
		return cleaned(f, qpdf_oh_get_utf8_value(f->q, at));
	if (qpdf_oh_is_name(f->q, at))
		return cleaned(f, qpdf_oh_get_name(f->q, at) + 1);
	return "";
}

static qpdf_oh key(struct fields *f, qpdf_oh dict, const char *name)
{
	return qpdf_oh_is_dictionary(f->q, dict) ? qpdf_oh_get_key(f->q, dict, name)
						 : qpdf_oh_new_null(f->q);
}

/* The value of a field is its own or that of what it belongs to. */
static qpdf_oh inherited(struct fields *f, qpdf_oh at, const char *name)
{
	for (int i = 0; i < PARENTS_MOST && qpdf_oh_is_dictionary(f->q, at); i++) {
		qpdf_oh value = key(f, at, name);

		if (!qpdf_oh_is_null(f->q, value))
			return value;
		at = key(f, at, "/Parent");
	}
	return qpdf_oh_new_null(f->q);
}

static long whole(struct fields *f, qpdf_oh at)
{
	double n = qpdf_oh_is_number(f->q, at) ? qpdf_oh_get_numeric_value(f->q, at) : 0;

	return n > -1e8 && n < 1e8 ? (long)n : 0;
}

static long flags(struct fields *f, qpdf_oh at)
{
	return qpdf_oh_is_integer(f->q, at) ? (long)qpdf_oh_get_int_value(f->q, at) : 0;
}

/* How many widgets the field of this one has; they share its value. */
static int siblings(struct fields *f, qpdf_oh widget)
{
	qpdf_oh kids = key(f, key(f, widget, "/Parent"), "/Kids");

	if (!qpdf_oh_is_null(f->q, key(f, widget, "/T")) || !qpdf_oh_is_array(f->q, kids))
		return 1;
	return qpdf_oh_get_array_n_items(f->q, kids);
}

static int place_among(struct fields *f, qpdf_oh widget)
{
	qpdf_oh kids = key(f, key(f, widget, "/Parent"), "/Kids");
	int n = qpdf_oh_get_array_n_items(f->q, kids);

	for (int i = 0; i < n; i++)
		if (qpdf_oh_get_object_id(f->q, qpdf_oh_get_array_item(f->q, kids, i)) ==
		    qpdf_oh_get_object_id(f->q, widget))
			return i;
	return -1;
}

/* --- buttons ------------------------------------------------------------- */

/* What the field is worth when this button is on. */
static const char *on_state(struct fields *f, qpdf_oh widget)
{
	qpdf_oh looks = key(f, key(f, widget, "/AP"), "/N");
	const char *found = NULL;

	if (!qpdf_oh_is_dictionary(f->q, looks))
		return NULL;
	qpdf_oh_begin_dict_key_iter(f->q, looks);
	while (qpdf_oh_dict_more_keys(f->q)) {
		const char *name = qpdf_oh_dict_next_key(f->q);

		if (!found && !str_eq(name, "/Off"))
			found = cleaned(f, name + 1);
	}
	return found;
}

/* A person sees how it looks; where its value says another thing, nobody knows. */
static enum document_box_state state_of(struct fields *f, qpdf_oh widget, const char *on)
{
	const char *look = text_of(f, key(f, widget, "/AS"));
	const char *value = text_of(f, inherited(f, widget, "/V"));
	bool looks_on = *look && !str_eq(look, "Off");
	bool is_on = *value && !str_eq(value, "Off") && (!on || str_eq(value, on));

	if (*look && *value && looks_on != is_on)
		return DOCUMENT_UNCLEAR;
	return (*look ? looks_on : is_on) ? DOCUMENT_TICKED : DOCUMENT_EMPTY;
}

/* "1", "Yes", "Choice2" tell nobody what was ticked. */
static bool tells(const char *name)
{
	static const char *const bare[] = {"on", "off", "true", "checked", "x"};

	for (size_t i = 0; i < ARRAY_LEN(bare); i++)
		if (str_ieq(name, bare[i]))
			return false;
	return name[strspn(name, "0123456789")] && !str_istarts(name, "choice") &&
	       !str_istarts(name, "option");
}

/* The words of one of several buttons: its own, else those of its value. */
static const char *one_of_several(struct fields *f, qpdf_oh widget, const char *on)
{
	qpdf_oh options = inherited(f, widget, "/Opt");
	const char *label = text_of(f, key(f, widget, "/TU"));
	int at = place_among(f, widget);

	if (*label && !str_eq(label, f->heading))
		return label;
	if (qpdf_oh_is_array(f->q, options) && at >= 0 &&
	    at < qpdf_oh_get_array_n_items(f->q, options))
		label = text_of(f, qpdf_oh_get_array_item(f->q, options, at));
	else
		label = str_or(on, "");
	return *label && tells(label) ? label : NULL;
}

static const char *label_of(struct fields *f, qpdf_oh widget)
{
	const char *label = text_of(f, inherited(f, widget, "/TU"));
	const char *name = text_of(f, inherited(f, widget, "/T"));

	/* A field that a program named has no words in its name. */
	return *label ? label : strchr(name, ' ') ? name : NULL;
}

static void put_words(struct fields *f, const char *text)
{
	char most[LABEL_MOST + 1];

	str_copy(most, sizeof(most), text); /* ends with a whole letter */
	document_words(f->doc, most, strlen(most), 0);
}

static void put_heading(struct fields *f, const char *heading)
{
	if (str_eq(str_or(heading, ""), str_or(f->heading, "")))
		return;
	f->heading = heading;
	document_block(f->doc, DOCUMENT_PARAGRAPH, 0);
	if (!str_empty(heading))
		put_words(f, heading);
	document_end_block(f->doc);
}

static void button(struct fields *f, qpdf_oh widget)
{
	const char *on = on_state(f, widget), *label;
	bool several = siblings(f, widget) > 1;
	struct document_entry box = {
		.name = text_of(f, inherited(f, widget, "/T")),
		.value = on,
		.state = state_of(f, widget, on),
	};

	if (several) {
		put_heading(f, label_of(f, key(f, widget, "/Parent")));
		label = one_of_several(f, widget, on);
	} else {
		put_heading(f, NULL);
		label = label_of(f, widget);
		if (!label && on && tells(on) && !str_ieq(on, "yes") &&
		    !str_ieq(on, "no"))
			label = on;
	}
	/* Without words of its own it must not get those of a neighbour. */
	if (!label)
		label = arena_printf(f->doc->arena, "(%zu)", ++f->unnamed);
	document_block(f->doc, DOCUMENT_PARAGRAPH, 0);
	document_box(f->doc, &box);
	document_words(f->doc, " ", 1, 0);
	put_words(f, label);
	document_end_block(f->doc);
}

/* --- what is typed or chosen --------------------------------------------- */

/* An option is its text, or a pair of what is exported and what is shown. */
static const char *shown_option(struct fields *f, qpdf_oh options, const char *value)
{
	int n = qpdf_oh_is_array(f->q, options) ? qpdf_oh_get_array_n_items(f->q, options)
						: 0;

	for (int i = 0; i < n && i < DOCUMENT_OPTIONS; i++) {
		qpdf_oh one = qpdf_oh_get_array_item(f->q, options, i);

		if (qpdf_oh_is_array(f->q, one) &&
		    qpdf_oh_get_array_n_items(f->q, one) == 2 &&
		    str_eq(text_of(f, qpdf_oh_get_array_item(f->q, one, 0)), value))
			return text_of(f, qpdf_oh_get_array_item(f->q, one, 1));
	}
	return value;
}

static const char *value_of(struct fields *f, qpdf_oh widget)
{
	qpdf_oh value = inherited(f, widget, "/V");
	qpdf_oh options = inherited(f, widget, "/Opt");
	AUTO(buf) all = buf_new(VALUE_MOST);

	if (!qpdf_oh_is_array(f->q, value))
		return shown_option(f, options, text_of(f, value));
	for (int i = 0; i < qpdf_oh_get_array_n_items(f->q, value); i++) {
		const char *one = text_of(f, qpdf_oh_get_array_item(f->q, value, i));

		buf_printf(all, "%s%s", all->len ? "; " : "",
			   shown_option(f, options, one));
	}
	return arena_strdup(f->doc->arena, buf_text(all));
}

static void typed(struct fields *f, qpdf_oh widget)
{
	const char *name = text_of(f, inherited(f, widget, "/T"));
	const char *label = str_or(text_of(f, inherited(f, widget, "/TU")), name);
	const char *value = value_of(f, widget);
	const struct document_entry field = {.name = name,
					     .value = *value ? value : NULL};
	size_t len = strlen(label);

	put_heading(f, NULL);
	document_block(f->doc, DOCUMENT_PARAGRAPH, 0);
	put_words(f, label);
	if (len && label[len - 1] == ':')
		document_words(f->doc, " ", 1, 0);
	else
		document_words(f->doc, ": ", 2, 0);
	document_field(f->doc, &field);
	document_end_block(f->doc);
}

/* --- notes ------------------------------------------------------------------ */

/* What a reader writes on a page: a note, a box of text, words beside a highlight. */
static bool is_note(const char *subtype)
{
	static const char *const names[] = {
		"Text",  "FreeText", "Highlight", "Underline", "StrikeOut", "Squiggly",
		"Caret", "Square",   "Circle",    "Line",      "Ink",       "Stamp"};

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (str_eq(subtype, names[i]))
			return true;
	return false;
}

static void note(struct fields *f, qpdf_oh at)
{
	const char *words = text_of(f, key(f, at, "/Contents"));
	const struct document_entry entry = {.name = "Note", .value = words};

	if (str_blank(words))
		return;
	put_heading(f, NULL);
	document_block(f->doc, DOCUMENT_PARAGRAPH, 0);
	document_words(f->doc, "Note: ", 6, 0);
	document_field(f->doc, &entry);
	document_end_block(f->doc);
}

/* --- all of them ----------------------------------------------------------- */

static void one_widget(struct fields *f, qpdf_oh widget)
{
	const char *type = text_of(f, inherited(f, widget, "/FT"));

	if (flags(f, key(f, widget, "/F")) & (HIDDEN | NO_VIEW))
		return;
	if (is_note(text_of(f, key(f, widget, "/Subtype"))))
		note(f, widget);
	else if (str_eq(type, "Tx") || str_eq(type, "Ch"))
		typed(f, widget);
	else if (str_eq(type, "Btn") && !(flags(f, inherited(f, widget, "/Ff")) & PUSH))
		button(f, widget);
}

static void collect(struct fields *f, int page)
{
	qpdf_oh all = key(f, qpdf_get_page_n(f->q, (size_t)page), "/Annots");
	int n = qpdf_oh_is_array(f->q, all) ? qpdf_oh_get_array_n_items(f->q, all) : 0;

	for (int i = 0; i < n; i++) {
		qpdf_oh one = qpdf_oh_get_array_item(f->q, all, i);
		qpdf_oh at = key(f, one, "/Rect");
		struct widget *w;

		const char *subtype = text_of(f, key(f, one, "/Subtype"));

		f->pinned |= str_eq(subtype, "FileAttachment");
		if (!str_eq(subtype, "Widget") && !is_note(subtype))
			continue;
		if (f->count == WIDGETS_MOST) {
			f->doc->cut = true;
			return;
		}
		f->widgets = arena_grow(f->doc->arena, f->widgets, f->count,
					sizeof(*f->widgets));
		w = &f->widgets[f->count++];
		*w = (struct widget){.at = one, .page = page};
		if (!qpdf_oh_is_array(f->q, at) ||
		    qpdf_oh_get_array_n_items(f->q, at) != 4)
			continue;
		w->across = whole(f, qpdf_oh_get_array_item(f->q, at, 0));
		w->line = -(whole(f, qpdf_oh_get_array_item(f->q, at, 3)) / LINE_POINTS);
	}
}

/* From the top of the first page to the foot of the last. */
static int in_reading_order(const void *a, const void *b)
{
	const struct widget *x = a, *y = b;

	if (x->page != y->page)
		return x->page < y->page ? -1 : 1;
	if (x->line != y->line)
		return x->line < y->line ? -1 : 1;
	return x->across < y->across ? -1 : x->across > y->across;
}

/* A portfolio, or a page that has files pinned to it (ISO 32000-1, 7.11.4 and 12.5.6.15). */
static bool holds_files(struct fields *f)
{
	qpdf_oh names = key(f, key(f, qpdf_get_root(f->q), "/Names"), "/EmbeddedFiles");

	return qpdf_oh_is_dictionary(f->q, names) || f->pinned;
}

static void read_fields(struct fields *f, struct extract_said *out)
{
	qpdf_oh form = key(f, qpdf_get_root(f->q), "/AcroForm");
	int pages = qpdf_get_num_pages(f->q);

	for (int i = 0; i < pages; i++)
		collect(f, i);
	if (f->count)
		qsort(f->widgets, f->count, sizeof(*f->widgets), in_reading_order);
	else if (qpdf_oh_is_dictionary(f->q, form) &&
		 !qpdf_oh_is_null(f->q, key(f, form, "/XFA")))
		out->reason = XFA;
	for (size_t i = 0; i < f->count; i++)
		one_widget(f, f->widgets[i].at);
	if (!out->reason && holds_files(f))
		out->reason = extract_holds_files;
}

void extract_pdf_fields(const void *bytes, size_t len, struct extract_said *out)
{
	struct fields f = {.q = qpdf_init(), .doc = out->shown};

	out->source = "pdf";
	qpdf_silence_errors(f.q);
	qpdf_set_suppress_warnings(f.q, QPDF_TRUE);
	if (!out->shown ||
	    (qpdf_read_memory(f.q, "file", bytes, len, "") & QPDF_ERRORS) != 0)
		out->reason = BROKEN;
	else
		read_fields(&f, out);
	/* What went wrong on the way is told here, and not on the terminal. */
	if (qpdf_has_error(f.q)) {
		(void)qpdf_get_error(f.q);
		out->reason = BROKEN;
	}
	qpdf_cleanup(&f.q);
}
