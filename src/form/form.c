#include "form/form.h"
#include "base/str.h"
#include "form/choice.h"
#include "form/prose.h"
#include "form/row.h"
#include "form/value.h"
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

/* A sentence that is not whole may be turned by what is missing. */
static void read_sentences(struct arena *arena, const struct form_row *row,
			   const struct form_row *before, struct form *out)
{
	const char *at = row->text;

	while (*at) {
		const char *end = sentence_end(row->text, at);
		bool part =
			(at == row->text && before && before->cut) || (row->cut && !*end);
		struct prose_reading r[PROSE_READINGS];
		size_t n = prose_read(at, (size_t)(end - at), FORM_FIELDS, r);

		for (size_t i = 0; i < n; i++)
			form_add_reading(
				out, &(struct form_reading){
					     .field = r[i].field,
					     .how = FORM_WRITTEN,
					     .bound = r[i].bound,
					     .doubtful = r[i].doubtful || part,
					     .line = row->line,
					     .words = arena_strndup(arena, at,
								    (size_t)(end - at))});
		if (end == at)
			break;
		at = end;
	}
}

void form_read(struct arena *arena, const struct document *doc, struct form *out)
{
	struct form_rows rows;

	*out = (struct form){0};
	form_rows_read(arena, doc, &rows);
	form_choices_read(arena, &rows, out);
	for (size_t i = 0; i < rows.count; i++)
		if (is_sentence(&rows.items[i]))
			read_sentences(arena, &rows.items[i],
				       i ? &rows.items[i - 1] : NULL, out);
	form_values_read(arena, &rows, out);
	out->too_many = out->too_many || rows.cut || doc->cut;
}

void form_read_plain(struct arena *arena, const char *text, struct form *out)
{
	struct document *doc = document_new(arena);

	document_from_plain(doc, text);
	form_read(arena, doc, out);
}
