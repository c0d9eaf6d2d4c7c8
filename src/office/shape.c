#include "office/shape.h"
#include "base/str.h"

void shape_words(struct office_shape *s, const char *text, size_t len)
{
	unsigned marks = s->marks | s->paragraph;

	if (!s->doc || !len)
		return;
	if (s->gathers || s->legacy_gathers) {
		if (s->deleted)
			return;
		if (len > sizeof(s->value) - 1 - s->value_len) {
			s->doc->cut = true;
			return;
		}
		memcpy(s->value + s->value_len, text, len);
		s->value_len += len;
		s->value[s->value_len] = '\0';
		return;
	}
	marks |= s->deleted ? DOCUMENT_STRUCK : 0;
	marks |= s->inserted ? DOCUMENT_INSERTED : 0;
	document_words(s->doc, text, len, marks);
}

void shape_break(struct office_shape *s)
{
	if (!s->doc)
		return;
	if (s->gathers || s->legacy_gathers)
		shape_words(s, "\n", 1);
	else
		document_break(s->doc);
}

void shape_paragraph(struct office_shape *s)
{
	if (!s->doc)
		return;
	if (s->gathers && s->value_len)
		shape_words(s, "\n", 1);
	document_block(s->doc, s->aside ? DOCUMENT_ASIDE : DOCUMENT_PARAGRAPH, 0);
}

void shape_end_paragraph(struct office_shape *s)
{
	if (s->doc)
		document_end_block(s->doc);
}

void shape_gather(struct office_shape *s)
{
	s->value_len = 0;
	s->value[0] = '\0';
}

void shape_option(struct office_shape *s, struct shape_control *c, const char *text)
{
	if (s->doc && c->option_count < SHAPE_OPTIONS)
		c->options[c->option_count++] = arena_strdup(s->doc->arena, text);
}

/* Blanks of every width stand where nothing was typed. */
static size_t blank_at(const char *text)
{
	if (str_is_space(*text))
		return 1;
	if (text[0] == '\xC2' && text[1] == '\xA0')
		return 2;
	if (text[0] == '\xE2' && text[1] == '\x80' &&
	    ((unsigned char)text[2] <= 0x8B || (unsigned char)text[2] == 0xAF))
		return 3;
	return text[0] == '\xE3' && text[1] == '\x80' && text[2] == '\x80' ? 3 : 0;
}

/* NULL: nothing was typed. */
static const char *typed(struct office_shape *s)
{
	const char *from = s->value, *at, *end;
	size_t n;

	while ((n = blank_at(from)) > 0)
		from += n;
	for (at = end = from; *at;) {
		n = blank_at(at);
		at += n ? n : 1;
		end = n ? end : at;
	}
	return end > from ? arena_strndup(s->doc->arena, from, (size_t)(end - from))
			  : NULL;
}

static enum document_box_state state_of(const struct shape_control *c, const char *sign)
{
	static const char *const empty[] = {"\xE2\x98\x90", "\xE2\x96\xA1",
					    "\xE2\x97\x8B", "[ ]", "[]"};
	bool shows_tick = true;

	if (!sign)
		return c->ticked ? DOCUMENT_TICKED : DOCUMENT_EMPTY;
	for (size_t i = 0; i < ARRAY_LEN(empty); i++)
		shows_tick = shows_tick && !str_eq(sign, empty[i]);
	if (shows_tick != c->ticked)
		return DOCUMENT_UNCLEAR;
	return c->ticked ? DOCUMENT_TICKED : DOCUMENT_EMPTY;
}

void shape_put(struct office_shape *s, const struct shape_control *c)
{
	struct document_entry e = {
		.name = *c->name ? c->name : NULL,
		.label = *c->label ? c->label : NULL,
		.options = (const char **)(uintptr_t)c->options,
		.option_count = c->option_count,
	};
	const char *value = s->doc ? typed(s) : NULL;

	s->gathers = s->legacy_gathers = false;
	shape_gather(s);
	if (!s->doc || s->deleted)
		return;
	if (c->kind == SHAPE_BOX) {
		e.state = state_of(c, value);
		document_box(s->doc, &e);
		return;
	}
	if (!c->prompts)
		e.value = value;
	if (c->kind == SHAPE_LIST && !value && c->chosen >= 0 &&
	    (size_t)c->chosen < c->option_count)
		e.value = c->options[c->chosen];
	document_field(s->doc, &e);
}
