#include "domain/core/person_forms.h"
#include "base/codec/json.h"
#include "base/str.h"
#include "mail/write/recipient.h"

enum { FORMS_MOST = 4 << 20 };

/* Column "key" or "form" of a table, and where wide each as its domain reads, too. */
static const char *as_json(struct arena *arena, const struct store_table *t,
			   const char *column, bool wide)
{
	AUTO(buf) json = buf_new(FORMS_MOST);
	const char **texts = arena_make(arena, const char *, t->count * 2 + 1);
	size_t n = 0;

	for (size_t i = 0; i < t->count; i++) {
		struct store_row row = table_row(t, i);

		texts[n++] = row_text(&row, column);
		if (wide)
			texts[n++] = mail_address_shown(arena, row_text(&row, column));
	}
	json_list(json, texts, n);
	return arena_strdup(arena, buf_text(json));
}

bool person_forms(struct operation *op, struct arena *arena,
		  const struct person_known *who, enum person_forms_width width,
		  const char **out_json, struct err *err)
{
	/* What no receiver takes may have written all the same: it is found as it stands. */
	const char *key =
		who->address ? str_or(mail_address_key(arena, who->address), who->address)
			     : NULL;
	struct store_table keys, forms;

	if (!store_all(op->store, arena, &keys, err, SQL_PERSON_KEYS, "it",
		       who->person_id, key) ||
	    !store_all(op->store, arena, &forms, err, SQL_PERSON_FORMS, "iti",
		       who->person_id, as_json(arena, &keys, "key", true),
		       (int64_t)(width == PERSON_FORMS_TAGS)))
		return false;
	*out_json = as_json(arena, &forms, "form", false);
	return true;
}
