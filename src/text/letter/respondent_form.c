#include "text/letter/respondent_form.h"
#include "base/buf.h"
#include "base/str.h"
#include "text/letter/form_line.h"

static const struct {
	const char *words;
	enum form_field field;
} labels[] = {
	{" name ", FORM_NAME},
	{" full name ", FORM_NAME},
	{" your name ", FORM_NAME},
	{" my name ", FORM_NAME},
	{" your full name ", FORM_NAME},
	{" name of respondent ", FORM_NAME},
	{" respondent name ", FORM_NAME},
	{" respondents name ", FORM_NAME},
	{" contact name ", FORM_NAME},
	{" full name or organisations name ", FORM_NAME},
	{" name or organisation ", FORM_NAME},
	{" name organisation ", FORM_NAME},
	{" organisation ", FORM_ORGANISATION},
	{" organisation name ", FORM_ORGANISATION},
	{" organisations name ", FORM_ORGANISATION},
	{" organization ", FORM_ORGANISATION},
	{" organization name ", FORM_ORGANISATION},
	{" name of organisation ", FORM_ORGANISATION},
	{" name of organization ", FORM_ORGANISATION},
	{" name of your organisation ", FORM_ORGANISATION},
	{" your organisation ", FORM_ORGANISATION},
	{" on behalf of ", FORM_ORGANISATION},
	{" responding on behalf of ", FORM_ORGANISATION},
};

static bool label_in(const struct form_line *l, enum form_field *out)
{
	for (size_t i = 0; l->count == 1 && i < ARRAY_LEN(labels); i++)
		if (str_eq(l->items[0].words, labels[i].words)) {
			*out = labels[i].field;
			return true;
		}
	return false;
}

static bool label_of(const char *text, size_t len, enum form_field *out)
{
	struct form_line l;

	form_line_read(text, len, &l);
	return label_in(&l, out);
}

static const char *line_at(const char *text, size_t *out_len)
{
	*out_len = strcspn(text, "\n");
	return text[*out_len] ? text + *out_len + 1 : NULL;
}

static bool blank(const char *line, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (!str_is_space(line[i]))
			return false;
	return true;
}

/* Where a label ends that its value may follow, near the line's begin; 0: nowhere there. */
static size_t label_end(const char *line, size_t len)
{
	enum { LABEL_MOST = 60 };
	static const char signs[] = ":\t|";
	size_t end = len < LABEL_MOST ? len : LABEL_MOST, near = end;

	for (const char *sign = signs; *sign; sign++) {
		const char *at = memchr(line, *sign, end);

		end = at ? (size_t)(at - line) : end;
	}
	return end < near ? end : 0;
}

/* Nothing in it but labels, boxes, yes and no; or a label with its value behind it. */
static bool belongs_to_form(const char *line, size_t len, struct form_line *room)
{
	size_t cut = label_end(line, len), known = 0;
	enum form_field field;
	const char *value;

	if (cut && label_of(line, cut, &field))
		return true;
	if (!form_line_labels(line, len, room))
		return false;
	for (size_t i = 0; i < room->count; i++) {
		const struct form_item *item = &room->items[i];

		if (item->kind != FORM_TEXT)
			continue;
		if (!form_label_read(
			    item, room->boxes > 0 ? FORM_WITH_BOXES : FORM_WITHOUT_BOXES,
			    &field, &value))
			return false;
		known++;
	}
	return known > 0 || room->boxes > 0;
}

bool form_has_line(const char *line, size_t len, struct form_line *room)
{
	return !blank(line, len) && belongs_to_form(line, len, room);
}

const char *form_without(struct arena *arena, const char *text)
{
	struct form_line *room = arena_make(arena, struct form_line, 1);
	AUTO(buf) out = buf_new(strlen(text) + 2);
	const char *line = text, *next;
	size_t len;

	for (; line; line = next) {
		next = line_at(line, &len);
		if (!blank(line, len) && belongs_to_form(line, len, room))
			continue;
		buf_add(out, line, len);
		buf_char(out, '\n');
	}
	return arena_strdup(arena, buf_text(out));
}
