#include "acts/respondent.h"
#include "base/str.h"
#include "text/form.h"

/* One field over all parts: the first that says it, unless another contradicts. */
static void merge(struct arena *arena, struct form_finding *into, const char **place,
		  const struct form_finding *from, const struct acts_part *part,
		  bool must_agree)
{
	const char *where =
		from->line ? arena_printf(arena, "%s, line %zu", part->name, from->line)
			   : part->name;

	if (!from->value && !from->note)
		return;
	if (into->value && from->value && must_agree &&
	    !str_eq(into->value, from->value)) {
		into->value = NULL;
		into->note = arena_printf(arena, "contradictory: %s says something else",
					  where);
		return;
	}
	if (into->value || (into->note && !from->value) ||
	    str_starts(into->note, "contradictory"))
		return;
	*into = *from;
	*place = where;
}

bool acts_respondent_read(struct acts *acts, struct arena *arena,
			  const struct acts_words *words, struct err *err)
{
	struct form_finding all[FORM_FIELDS] = {0};
	const char *places[FORM_FIELDS] = {0};
	bool changed;

	for (size_t i = 0; i < words->count; i++) {
		struct form form;

		if (!*words->parts[i].text)
			continue;
		form_read(arena, words->parts[i].text, &form);
		for (int f = 0; f < FORM_FIELDS; f++)
			merge(arena, &all[f], &places[f], &form.of[f], &words->parts[i],
			      f >= FORM_TYPE);
	}
	if (!store_run(acts->store, err, SQL_SAID_DROP, "i", words->response_id))
		return false;
	changed = store_changes(acts->store) > 0;
	for (int f = 0; f < FORM_FIELDS; f++) {
		if (!places[f])
			continue;
		changed = true;
		if (!store_run(acts->store, err, SQL_SAID_ADD, "itttt",
			       words->response_id, form_field_names[f], all[f].value,
			       places[f], all[f].note))
			return false;
	}
	/* Most mails hold no form: then all forms together say what they said before. */
	return !changed || store_run(acts->store, err, SQL_RESPONDENT_RENEW, "i",
				     words->respondent_id);
}
