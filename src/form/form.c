#include "form/form.h"
#include "base/str.h"
#include "form/choice.h"
#include "form/prose.h"
#include "form/row.h"
#include "form/typed_value.h"
#include "text/sentence.h"

const char *const form_field_names[FORM_FIELDS] = {"type", "permission", "contact"};

/* Rows that hold labels were read as a form; a list is no sentence, whatever it says. */
static bool is_sentence(const struct form_row *row)
{
	if (row->blank || row->rule || row->quote || row->table || row->aside)
		return false;
	if (row->goes_on)
		return true;
	for (size_t i = 0; i < row->count; i++) {
		const struct form_item *item = &row->items[i];

		if (item->kind == ITEM_MARK || item->kind == ITEM_BLANK)
			return false;
		if (item->kind == ITEM_LEAD && item->to > item->from && item->from < 60)
			return false; /* a label with its value */
		if (item->kind == ITEM_TEXT && item->label.kind != LABEL_NONE &&
		    !(item->label.kind == LABEL_HEADING && row->count == 1 &&
		      item->label.own_voice))
			return false;
	}
	return true;
}

enum { BEHIND = 3 };

/* Sentences as they are read, and what they put in doubt, for the end. */
struct hearing {
	struct arena *arena;
	struct form *out;
	struct form_reading
		doubts[FORM_FIELDS]; /* the first of each; without words: none */
	unsigned behind; /* so many sentences more are near one that allows something */
	bool told;       /* the row before ends with "my sister wrote:" */
};

static void doubt(struct hearing *h, enum form_field field, const struct form_row *row,
		  const char *words)
{
	if (h->doubts[field].words)
		return; /* it is in doubt already */
	h->doubts[field] = (struct form_reading){.field = field,
						 .how = FORM_WRITTEN,
						 .bound = {FORM_NOTHING, form_top(field)},
						 .doubtful = true,
						 .line = row->line,
						 .words = words};
}

/* In quotes, or below "my sister wrote:": perhaps nobody's own words. */
static bool is_told(const struct hearing *h, const char *at)
{
	return h->told || strchr("\"'", *at) || str_starts(at, "“") ||
	       str_starts(at, "‘") || str_starts(at, "«");
}

static void hear(struct hearing *h, const struct form_row *row, const char *at,
		 size_t len, bool part)
{
	struct prose_reading r[PROSE_READINGS];
	size_t n = prose_read(at, len, FORM_FIELDS, r);
	const char *words = arena_strndup(h->arena, at, len);
	bool told = is_told(h, at);
	bool said = false;
	enum prose_doubt against;

	if (h->behind)
		h->behind--;
	for (size_t i = 0; i < n; i++) {
		form_add_reading(
			h->out,
			&(struct form_reading){.field = r[i].field,
					       .how = FORM_WRITTEN,
					       .bound = r[i].bound,
					       .doubtful = r[i].doubtful || part || told,
					       .line = row->line,
					       .words = words});
		said = said || r[i].field == FORM_PERMISSION;
		if (r[i].bound.low > 0)
			h->behind = BEHIND;
	}
	if (said)
		return;
	against = prose_doubts(at, len, h->behind && !n ? PROSE_BEHIND : PROSE_ANYWHERE);
	if (against != PROSE_NO_DOUBT)
		doubt(h, FORM_PERMISSION, row, words);
	if (against == PROSE_TAKEN_BACK)
		doubt(h, FORM_CONTACT, row, words);
}

/* A sentence that is not whole may be turned by what is missing. */
static void read_sentences(struct hearing *h, const struct form_row *row,
			   const struct form_row *before)
{
	const char *first = row->text + strspn(row->text, " \t"), *at = first;

	while (*at) {
		const char *end = sentence_end(row->text, at);
		bool part = (at == first && before && before->cut) || (row->cut && !*end);

		hear(h, row, at, (size_t)(end - at), part);
		if (end == at)
			break;
		at = end;
	}
}

/* A sentence of somebody's own that was read as what the form offers: "You may publish it." */
static const struct form_item *own_label(const struct form_row *row)
{
	const struct form_item *own = NULL;

	for (size_t i = 0; i < row->count; i++) {
		const struct form_item *item = &row->items[i];

		if (item->kind == ITEM_MARK)
			return NULL;
		if (item->kind == ITEM_TEXT && item->label.kind == LABEL_CHOICE &&
		    item->label.own_voice)
			own = item;
	}
	return own;
}

/* What was read as a part of a form may be a sentence all the same, when nothing is marked. */
static void hear_label(struct hearing *h, const struct form_row *row, bool alone)
{
	const struct form_item *own = own_label(row);
	const char *text = row->text + strspn(row->text, " \t");
	struct lexicon l;

	if (row->blank || row->rule || row->quote || row->table || row->aside)
		return;
	lexicon_read(row->text, row->len, &l);
	if (own) {
		if (is_told(h, text) || prose_reports(&l))
			doubt(h, own->label.field, row, text);
		if (alone && own->label.field == FORM_PERMISSION &&
		    str_istarts(text, "please ") && l.has[WORD_NOT])
			doubt(h, FORM_PERMISSION, row, text);
		h->behind = BEHIND;
	} else if (row->count == 1 && row->items[0].label.kind == LABEL_CHOICE && alone &&
		   row->text[row->len - 1] == '.') { /* a label has no full stop */
		if (prose_doubts(text, strlen(text), PROSE_ANYWHERE) != PROSE_NO_DOUBT)
			doubt(h, FORM_PERMISSION, row, text);
	} else if (row->count == 1 && row->items[0].label.kind == LABEL_HINT &&
		   prose_doubts(text, strlen(text), PROSE_ANYWHERE) == PROSE_TAKEN_BACK) {
		doubt(h, FORM_PERMISSION, row, text);
	}
}

/* "My sister wrote to you:", and what she wrote below. */
static bool tells(const struct form_row *row)
{
	size_t len = row->len;
	struct lexicon l;

	while (len && str_is_space(row->text[len - 1]))
		len--;
	if (!len || row->text[len - 1] != ':')
		return false;
	lexicon_read(row->text, len, &l);
	return prose_reports(&l);
}

/* What was allowed for certain is so no longer when a sentence puts it in doubt. */
static void add_doubts(const struct hearing *h)
{
	for (unsigned f = 0; f < FORM_FIELDS; f++) {
		struct form_conclusion c;

		form_conclude(h->out, (enum form_field)f, &c);
		if (h->doubts[f].words && c.state == FORM_KNOWN &&
		    !str_eq(c.value, form_value_name((enum form_field)f, 0)))
			form_add_reading(h->out, &h->doubts[f]);
	}
}

static void read_rows(struct arena *arena, const struct form_rows *rows, struct form *out)
{
	struct hearing *h = arena_make(arena, struct hearing, 1);

	h->arena = arena;
	h->out = out;
	for (size_t i = 0; i < rows->count; i++) {
		const struct form_row *row = &rows->items[i];

		if (is_sentence(row))
			read_sentences(h, row, i ? row - 1 : NULL);
		else
			hear_label(h, row,
				   (!i || row[-1].blank) &&
					   (i + 1 == rows->count || row[1].blank));
		if (!row->blank)
			h->told = tells(row);
	}
	add_doubts(h);
}

void form_read(struct arena *arena, const struct document *doc, struct form *out)
{
	struct form_rows rows;

	*out = (struct form){0};
	form_rows_read(arena, doc, &rows);
	form_choices_read(arena, &rows, out);
	read_rows(arena, &rows, out);
	form_values_read(arena, &rows, out);
	out->too_many = out->too_many || rows.cut || doc->cut;
}

void form_read_plain(struct arena *arena, const char *text, struct form *out)
{
	struct document *doc = document_new(arena);
	const char *end = text;

	/* The lines of a long text take more room than it; nothing is known of it anyhow. */
	for (size_t i = 0; i < FORM_ROWS_MOST && *end; i++)
		end += strcspn(end, "\n") + (end[strcspn(end, "\n")] == '\n');
	document_from_plain(doc, *end ? arena_strndup(arena, text, (size_t)(end - text))
				      : text);
	form_read(arena, doc, out);
	out->too_many = out->too_many || *end;
}
