#include "staff/bulletins/version_show.h"

/* A line end that was added or taken away is seen by its sign alone. */
static const char *shown(struct web_request *r, const struct version_piece *piece)
{
	bool blank = true;

	for (const char *c = piece->text; *c; c++)
		blank = blank && (*c == '\n' || *c == ' ' || *c == '\t');
	return piece->kind != DIFF_SAME && blank
		       ? arena_printf(r->arena, "¶%s", piece->text)
		       : piece->text;
}

void version_show(struct web_request *r, struct template_value *v, const char *old_text,
		  const char *new_text)
{
	struct template_value *list = template_set_list(v, "pieces");
	struct version_diff d;

	version_diff(r->arena, old_text, new_text, &d);
	for (size_t i = 0; i < d.count; i++) {
		struct template_value *one = template_add_map(list);

		template_set(one, "words", shown(r, &d.pieces[i]));
		template_set_bool(one, "added", d.pieces[i].kind == DIFF_ADDED);
		template_set_bool(one, "removed", d.pieces[i].kind == DIFF_REMOVED);
	}
	staff_number(v, "added_count", (int64_t)d.added);
	staff_number(v, "removed_count", (int64_t)d.removed);
	template_set_bool(v, "is_same", !d.added && !d.removed);
}
