#include "form/reading/steps.h"
#include "base/str.h"

enum { LABEL_MOST = 80 };

enum value_kind {
	VALUE_NONE,
	VALUE_NAME,
	VALUE_EITHER, /* "full name or organisation's name" */
	VALUE_PERSON, /* whoever filled it in, beside an organisation */
	VALUE_ORGANISATION,
	VALUE_OTHER, /* address, telephone: of the form, but not kept here */
	VALUE_KINDS
};

static const struct {
	const char *words;
	enum value_kind kind;
} labels[] = {
	{"name", VALUE_NAME},
	{"full name", VALUE_NAME},
	{"your name", VALUE_NAME},
	{"my name", VALUE_NAME},
	{"your full name", VALUE_NAME},
	{"my full name", VALUE_NAME},
	{"first and last name", VALUE_NAME},
	{"name of respondent", VALUE_NAME},
	{"respondent name", VALUE_NAME},
	{"respondents name", VALUE_NAME},
	{"your own name", VALUE_PERSON},
	{"ainm", VALUE_NAME},
	{"enw", VALUE_NAME},
	{"imie i nazwisko", VALUE_NAME},
	{"nom", VALUE_NAME},
	{"navn", VALUE_NAME},
	{"contact name", VALUE_PERSON},
	{"contact person", VALUE_PERSON},
	{"name of contact", VALUE_PERSON},
	{"filled in by", VALUE_PERSON},
	{"completed by", VALUE_PERSON},
	{"form completed by", VALUE_PERSON},
	{"answering for it", VALUE_PERSON},
	{"responding for it", VALUE_PERSON},
	{"who writes this", VALUE_PERSON},
	{"on its behalf", VALUE_PERSON},
	{"submitted by", VALUE_PERSON},
	{"name of the person responding", VALUE_PERSON},
	{"full name or organisations name", VALUE_EITHER},
	{"full name or organisation name", VALUE_EITHER},
	{"full name or organizations name", VALUE_EITHER},
	{"name or organisation", VALUE_EITHER},
	{"name or organisations name", VALUE_EITHER},
	{"name organisation", VALUE_EITHER},
	{"organisation", VALUE_ORGANISATION},
	{"organisation name", VALUE_ORGANISATION},
	{"organisations name", VALUE_ORGANISATION},
	{"organization", VALUE_ORGANISATION},
	{"organization name", VALUE_ORGANISATION},
	{"name of organisation", VALUE_ORGANISATION},
	{"name of the organisation", VALUE_ORGANISATION},
	{"name of organization", VALUE_ORGANISATION},
	{"name of your organisation", VALUE_ORGANISATION},
	{"name of your group", VALUE_ORGANISATION},
	{"name of group", VALUE_ORGANISATION},
	{"name of charity", VALUE_ORGANISATION},
	{"your organisation", VALUE_ORGANISATION},
	{"on behalf of", VALUE_ORGANISATION},
	{"responding on behalf of", VALUE_ORGANISATION},
	{"address", VALUE_OTHER},
	{"postal address", VALUE_OTHER},
	{"my address", VALUE_OTHER},
	{"my street", VALUE_OTHER},
	{"street", VALUE_OTHER},
	{"postcode", VALUE_OTHER},
	{"town", VALUE_OTHER},
	{"phone", VALUE_OTHER},
	{"phone number", VALUE_OTHER},
	{"telephone", VALUE_OTHER},
	{"telephone number", VALUE_OTHER},
	{"tel", VALUE_OTHER},
	{"mobile", VALUE_OTHER},
	{"email", VALUE_OTHER},
	{"e mail", VALUE_OTHER},
	{"email address", VALUE_OTHER},
	{"respondent information form", VALUE_OTHER},
};

static enum value_kind kind_of(const char *text, size_t len)
{
	struct lexicon l;
	char bare[LABEL_MOST + 1];

	if (len > LABEL_MOST)
		return VALUE_NONE;
	label_without_hints(text, len, bare, sizeof(bare));
	lexicon_read(bare, strlen(bare), &l);
	for (size_t i = 0; i < ARRAY_LEN(labels); i++)
		if (lexicon_is(&l, labels[i].words))
			return labels[i].kind;
	return VALUE_NONE;
}

/* Where the value begins: behind a colon, an equals sign or a cell's end; 0: nowhere. */
static size_t value_at(const struct form_row *row, size_t *out_label)
{
	size_t at = strspn(row->text, " \t|");

	for (size_t i = at; i < row->len && i - at <= LABEL_MOST; i++)
		if (strchr(":=\t|", row->text[i])) {
			*out_label = at;
			return i;
		}
	return 0;
}

size_t form_row_value(const struct form_row *row)
{
	size_t label = 0, at = value_at(row, &label);

	if (!at || kind_of(row->text + label, at - label) == VALUE_NONE)
		return 0;
	while (at < row->len &&
	       (str_is_space(row->text[at]) || strchr(":=|_", row->text[at])))
		at++;
	return at;
}

/* Yes, no, a mark or a place for one is nobody's name. */
static bool is_value(const char *text, size_t len)
{
	struct label label;

	if (!len || len > FORM_VALUE_MOST || mark_of_cell(text, len) != MARK_ABSENT)
		return false;
	label_read(text, len, FORM_TYPE, &label);
	return label.kind == LABEL_NONE;
}

struct values {
	const char *text[VALUE_KINDS];
	size_t line[VALUE_KINDS];
};

static void keep(struct arena *arena, struct values *v, enum value_kind kind,
		 const struct form_row *row, size_t from, size_t to)
{
	while (from < to &&
	       (str_is_space(row->text[from]) || strchr(":=|_", row->text[from])))
		from++;
	while (to > from &&
	       (str_is_space(row->text[to - 1]) || strchr("|_", row->text[to - 1])))
		to--;
	if (v->text[kind] || !is_value(row->text + from, to - from))
		return;
	v->text[kind] = arena_strndup(arena, row->text + from, to - from);
	v->line[kind] = row->line;
}

/* The value is in this row, or the only thing in the next one. */
static void read_row(struct arena *arena, struct values *v, const struct form_row *row,
		     enum value_kind *wants, bool *cell_label)
{
	size_t label = 0, at = value_at(row, &label);
	enum value_kind kind = at ? kind_of(row->text + label, at - label) : VALUE_NONE;
	size_t end = row->len;

	if (kind != VALUE_NONE) {
		const char *tab = memchr(row->text + at + 1, '\t', row->len - at - 1);
		bool empty = at + 1 + strspn(row->text + at + 1, " \t|_:") >= row->len;

		*wants = empty ? kind : VALUE_NONE;
		*cell_label = false;
		if (tab && row->table &&
		    strspn(row->text + at, ": ") + row->text + at < tab)
			end = (size_t)(tab - row->text);
		if (!empty)
			keep(arena, v, kind, row, at, end);
		return;
	}
	if (*wants != VALUE_NONE && !form_row_is_form(row) && !at)
		keep(arena, v, *wants, row, 0, row->len);
	*wants = VALUE_NONE;
	/* A table that became lines: the label has one, the value the next. */
	if (row->len <= LABEL_MOST && !row->goes_on) {
		kind = kind_of(row->text, row->len);
		/* "name." ends a sentence that was wrapped. */
		if ((kind == VALUE_NAME || kind == VALUE_EITHER ||
		     kind == VALUE_ORGANISATION || kind == VALUE_PERSON) &&
		    !strchr(row->text, '.') && !str_istarts(row->text, "my ") &&
		    (row->text[0] < 'a' || row->text[0] > 'z') && strchr(row->text, 'n'))
			*wants = kind;
	}
}

static void settle(const struct values *v, struct form *out)
{
	struct form_conclusion type;
	enum value_kind name = VALUE_NAME, organisation = VALUE_ORGANISATION;
	bool many;

	form_conclude(out, FORM_TYPE, &type);
	many = str_eq(type.value, form_value_name(FORM_TYPE, FORM_ORGANISATION));
	if (v->text[VALUE_EITHER] && (many || v->text[VALUE_PERSON]) &&
	    !v->text[organisation])
		organisation = VALUE_EITHER;
	if (!v->text[name])
		name = v->text[VALUE_PERSON]          ? VALUE_PERSON
		       : organisation == VALUE_EITHER ? VALUE_NAME
						      : VALUE_EITHER;
	else if (many && v->text[VALUE_PERSON])
		name = VALUE_PERSON;
	out->name = v->text[name];
	out->name_line = v->line[name];
	out->organisation = v->text[organisation];
	out->organisation_line = v->line[organisation];
}

void form_values_read(struct arena *arena, const struct form_rows *rows, struct form *out)
{
	struct values v = {0};
	enum value_kind wants = VALUE_NONE;
	bool cell_label = false;

	for (size_t i = 0; i < rows->count; i++) {
		const struct form_row *row = &rows->items[i];

		if (row->blank || row->goes_on)
			continue;
		if (row->quote || row->aside || row->rule)
			wants = VALUE_NONE;
		else
			read_row(arena, &v, row, &wants, &cell_label);
	}
	settle(&v, out);
}
