#include "domain/subscribers/subscriber_find.h"
#include "domain/core/bounce_words.h"
#include "base/str.h"

#include <inttypes.h>

enum { PAGE_USUAL = 50, PAGE_MOST = 200, TEXT_MOST = 100, INDEXED_FROM = 3 };

static int64_t rows_of(const struct find_page *page)
{
	if (page->most < 1)
		return PAGE_USUAL;
	return page->most < PAGE_MOST ? page->most : PAGE_MOST;
}

/* One row more was asked for than is shown: then there is a next page. */
static void cut_page(struct store_table *t, int64_t most, const char *key,
		     int64_t *out_next)
{
	*out_next = 0;
	if ((int64_t)t->count <= most)
		return;
	t->count = (size_t)most;
	struct store_row last = table_row(t, t->count - 1);

	*out_next = row_int(&last, key);
}

/* Characters in a row that mean themselves to LIKE: the index needs three. */
static size_t longest_run(const char *text)
{
	size_t n = 0, most = 0;

	for (; *text; text++) {
		n += ((unsigned char)*text & 0xC0) != 0x80;
		if (*text == '%' || *text == '_')
			n = 0;
		most = n > most ? n : most;
	}
	return most;
}

/* "%text%"; no ESCAPE, which the index does not serve: '_' for such a sign, and the
   statement looks a second time. */
static const char *pattern_of(struct arena *arena, const char *text)
{
	char *pattern = arena_printf(arena, "%%%s%%", text);

	for (char *c = pattern + 1; c[1]; c++)
		if (*c == '%')
			*c = '_';
	return pattern;
}

static bool by_part(struct operation *op, struct arena *arena, int64_t list,
		    const char *state, char *text, struct find_page page, int64_t most,
		    struct store_table *out, struct err *err)
{
	const char *pattern = pattern_of(arena, text);
	struct store_row row;
	int64_t person = 0;

	if (page.after) {
		if (!store_one(op->store, arena, &row, err, SQL_SUBSCRIPTION_BY_ID, "i",
			       page.after))
			return err->kind == ERR_ABSENT
				       ? err_set(err, ERR_INPUT,
						 "that page is not there any more; begin "
						 "with the first")
				       : false;
		person = row_int(&row, "person_id");
	}
	str_lower(text);
	return store_all(op->store, arena, out, err, SQL_FIND_BY_PART, "titiiit", pattern,
			 list, state, person, page.after, most + 1, text);
}

static bool by_start(struct operation *op, struct arena *arena, int64_t list,
		     const char *state, char *text, struct find_page page, int64_t most,
		     struct store_table *out, struct err *err)
{
	const char *from;

	str_lower(text);
	from = text;
	if (page.after) {
		struct store_row row;

		if (!store_one(op->store, arena, &row, err, SQL_SUBSCRIPTION_BY_ID, "i",
			       page.after))
			return false;
		from = row_text(&row, "address_key");
	}
	return store_all(op->store, arena, out, err, SQL_FIND_BY_START, "ttitii", from,
			 arena_printf(arena, "%s\xF4\x8F\xBF\xBF", text), list, state,
			 page.after, most + 1);
}

bool subscriber_find(struct operation *op, struct arena *arena,
		     const struct subscriber_search *search, struct store_table *out,
		     int64_t *out_next, struct err *err)
{
	int64_t most = rows_of(&search->page), id = search->list ? search->list->id : 0;
	char *what = arena_strdup(arena, str_or(search->text, ""));
	const char *state = str_or(search->state, NULL);
	bool ok;

	what = str_trim(what);
	if (!domain_word_check("state of a subscription", state, subscription_states,
			       err))
		return false;
	if (strlen(what) > TEXT_MOST || !str_utf8_valid(what, strlen(what)))
		return err_set(err, ERR_INPUT, "search for at most %d characters",
			       TEXT_MOST);
	if (longest_run(what) >= INDEXED_FROM)
		ok = by_part(op, arena, id, state, what, search->page, most, out, err);
	else if (*what)
		ok = by_start(op, arena, id, state, what, search->page, most, out, err);
	else if (search->list && search->page.newest_first)
		ok = store_all(op->store, arena, out, err,
			       state ? SQL_FIND_ON_LIST_IN_STATE_NEWEST
				     : SQL_FIND_ON_LIST_NEWEST,
			       "itii", id, state, search->page.after, most + 1);
	else if (search->list && state)
		ok = store_all(op->store, arena, out, err, SQL_FIND_ON_LIST_IN_STATE,
			       "itii", id, state, search->page.after, most + 1);
	else if (search->list)
		ok = store_all(op->store, arena, out, err, SQL_FIND_ON_LIST, "itii", id,
			       state, search->page.after, most + 1);
	else
		ok = store_all(op->store, arena, out, err, SQL_FIND_ANYWHERE, "tii",
			       state, search->page.after, most + 1);
	if (ok)
		cut_page(out, most, "id", out_next);
	return ok;
}

bool suppression_page(struct operation *op, struct arena *arena, struct find_page page,
		      struct store_table *out, int64_t *out_next, struct err *err)
{
	int64_t most = rows_of(&page);

	if (!store_all(op->store, arena, out, err, SQL_SUPPRESSION_PAGE, "ii",
		       page.after ? page.after : INT64_MAX, most + 1))
		return false;
	cut_page(out, most, "id", out_next);
	return true;
}

/* Adds the column "words": what it did, for people. */
static void add_words(struct arena *arena, struct store_table *t)
{
	const char **names = arena_make(arena, const char *, t->columns + 1);

	for (size_t c = 0; c < t->columns; c++)
		names[c] = t->names[c];
	names[t->columns] = "words";
	for (size_t i = 0; i < t->count; i++) {
		struct store_row row = table_row(t, i);
		struct store_cell *cells =
			arena_make(arena, struct store_cell, t->columns + 1);
		const char *words = arena_printf(
			arena, "%s; %s",
			bounce_reason_words(mail_reason_named(row_text(&row, "reason"))),
			bounce_effect_words(
				bounce_effect_named(row_text(&row, "effect"))));

		memcpy(cells, t->rows[i], t->columns * sizeof(*cells));
		cells[t->columns] = cell_of_text(words);
		t->rows[i] = cells;
	}
	t->names = names;
	t->columns++;
}

bool bounce_page(struct operation *op, struct arena *arena,
		 const struct bounce_find *find, struct store_table *out,
		 int64_t *out_next, struct err *err)
{
	int64_t most = rows_of(&find->page);
	struct list which = {0};

	if ((find->list && !list_named(op, arena, find->list, &which, err)) ||
	    !store_all(op->store, arena, out, err, SQL_BOUNCE_PAGE, "iii", which.id,
		       find->page.after ? find->page.after : INT64_MAX, most + 1))
		return false;
	cut_page(out, most, "id", out_next);
	add_words(arena, out);
	return true;
}

bool subscriber_list(struct operation *op, struct arena *arena,
		     const struct subscriber_filter *filter, struct store_table *out,
		     struct err *err)
{
	return store_all(op->store, arena, out, err, SQL_SUBSCRIBER_LIST, "itii",
			 filter->list_id, filter->state, (int64_t)0, filter->most);
}

bool person_by_id(struct operation *op, struct arena *arena, int64_t id,
		  struct store_row *out, struct err *err)
{
	if (!store_one(op->store, arena, out, err, SQL_PERSON_BY_ID, "i", id))
		return false;
	return row_null(out, "erased_at") ||
	       err_set(err, ERR_ABSENT, "this person was erased");
}

bool person_on_list(struct operation *op, struct arena *arena, int64_t list_id,
		    int64_t id, struct store_row *out, struct err *err)
{
	return store_one(op->store, arena, out, err, SQL_PERSON_ON_LIST, "ii", list_id,
			 id) ||
	       (err->kind == ERR_ABSENT &&
		err_set(err, ERR_ABSENT, "nobody of that number is on this list"));
}

bool subscriptions_of_key(struct operation *op, struct arena *arena,
			  const char *address_key, struct store_table *out,
			  struct err *err)
{
	return store_all(op->store, arena, out, err, SQL_SUBSCRIBER_SHOW, "t",
			 address_key);
}

bool evidence_of(struct operation *op, struct arena *arena, int64_t subscription_id,
		 struct store_table *out, struct err *err)
{
	return store_all(op->store, arena, out, err, SQL_EVIDENCE_OF, "i",
			 subscription_id);
}

bool subscribers_by_state(struct operation *op, struct arena *arena, int64_t list_id,
			  struct store_table *out, struct err *err)
{
	return store_all(op->store, arena, out, err, SQL_SUBSCRIBERS_BY_STATE, "i",
			 list_id);
}

bool person_formerly(struct operation *op, struct arena *arena, const char *address,
		     const char **out_now, struct err *err)
{
	struct store_row row;

	*out_now = NULL;
	if (!store_one(op->store, arena, &row, err, SQL_PERSON_FORMERLY, "t", address))
		return err_forgive(err, ERR_ABSENT);
	*out_now = row_text(&row, "address");
	return true;
}
