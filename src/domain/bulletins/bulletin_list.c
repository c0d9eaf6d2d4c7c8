#include "domain/bulletins/bulletin_list.h"
#include "base/str.h"

bool bulletin_list(struct operation *op, struct arena *arena, const char *list,
		   struct store_table *out, struct err *err)
{
	return store_all(op->store, arena, out, err, SQL_BULLETIN_LIST, "t", list);
}

bool bulletin_approval(struct operation *op, struct arena *arena, int64_t bulletin_id,
		       struct store_table *out, struct err *err)
{
	return store_all(op->store, arena, out, err, SQL_APPROVAL_SHOW, "i", bulletin_id);
}

/* found: whether there was a row; if not, err says why. */
static bool step_of(bool found, const struct store_row *row, struct bulletin_step *out,
		    struct err *err)
{
	if (!found && !err_forgive(err, ERR_ABSENT))
		return false;
	*out = (struct bulletin_step){0};
	if (found) {
		out->who = row_text(row, "who");
		out->at = row_int(row, "at");
	}
	return true;
}

bool bulletin_written(struct operation *op, struct arena *arena,
		      const struct bulletin *bulletin, struct bulletin_step *out,
		      struct err *err)
{
	struct store_row row;
	bool found = store_one(op->store, arena, &row, err, SQL_BULLETIN_WRITTEN, "i",
			       bulletin->id);

	return step_of(found, &row, out, err);
}

bool bulletin_tested(struct operation *op, struct arena *arena,
		     const struct bulletin *bulletin, struct bulletin_step *out,
		     struct err *err)
{
	struct store_row row;
	bool found = store_one(op->store, arena, &row, err, SQL_BULLETIN_TESTED, "it",
			       bulletin->id, bulletin->hash);

	return step_of(found, &row, out, err);
}

bool bulletin_marks(struct operation *op, int64_t list_id, int64_t *out_last,
		    int64_t *out_next, struct err *err)
{
	AUTO(arena) arena = arena_new(512);
	struct store_row row;

	if (!store_one(op->store, arena, &row, err, SQL_BULLETIN_MARKS, "i", list_id))
		return false;
	*out_last = row_int(&row, "last");
	*out_next = row_int(&row, "next");
	return true;
}

enum { SEARCH_WORDS = 3, SEARCH_MOST = 200 };

bool bulletin_search(struct operation *op, struct arena *arena, const char *words,
		     struct store_table *out, struct err *err)
{
	static const char marks[] = " \t\"*()";
	const char *wanted[SEARCH_WORDS] = {NULL};
	char *rest = NULL, *text = arena_strdup(arena, words);
	size_t count = 0;

	for (char *c = text; *c; c++)
		*c = str_lower_char(*c);
	for (char *word = strtok_r(text, marks, &rest); word && count < SEARCH_WORDS;
	     word = strtok_r(NULL, marks, &rest))
		if (*word != '-')
			wanted[count++] = word;
	if (!count) {
		*out = (struct store_table){0};
		return true;
	}
	return store_all(op->store, arena, out, err, SQL_BULLETIN_SEARCH, "ttti",
			 wanted[0], wanted[1], wanted[2], (int64_t)SEARCH_MOST);
}
