#include "domain/publication/published.h"
#include "domain/publication/publication_private.h"
#include "base/codec/json.h"
#include "base/str.h"
#include "text/figures/csv.h"

enum { WORDS_BYTES = 8 << 10, CSV_PAGE = 200 };

/* The words of a search as they are kept, as a list for a statement. */
static const char *words_of(struct arena *arena, const char *search)
{
	AUTO(buf) out = buf_new(WORDS_BYTES);
	size_t len = strlen(str_or(search, ""));
	const char *folded;
	struct json json;

	len = len > PUBLISHED_WORDS_MOST ? str_utf8_bytes(search, PUBLISHED_WORDS_MOST)
					 : len;
	folded = published_folded(arena, arena_strndup(arena, str_or(search, ""), len));
	json_begin(&json, out);
	json_put_array(&json, NULL);
	for (const char *at = folded; *at;) {
		size_t word = strcspn(at, " ");

		if (word)
			json_put_text(&json, NULL, arena_strndup(arena, at, word));
		at += word + strspn(at + word, " ");
	}
	json_end(&json);
	json_done(&json);
	return arena_strdup(arena, buf_text(out));
}

static bool load_answers(struct operation *op, struct arena *arena,
			 struct published_item *item, struct err *err)
{
	struct store_table t;

	if (!store_all(op->store, arena, &t, err, SQL_PUBLISHED_ANSWERS, "i",
		       item->response_id))
		return false;
	item->answers = arena_make(arena, struct publication_answer, t.count + 1);
	item->answer_count = t.count;
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);

		item->answers[i] = (struct publication_answer){row_int(&row, "position"),
							       row_text(&row, "asked"),
							       row_text(&row, "text")};
	}
	return true;
}

static bool read_item(struct operation *op, struct arena *arena,
		      const struct store_row *row, struct published_item *out,
		      struct err *err)
{
	*out = (struct published_item){.response_id = row_int(row, "response_id"),
				       .token = row_text(row, "token"),
				       .type = row_text(row, "type"),
				       .label = row_text(row, "label"),
				       .organisation = row_text(row, "organisation")};
	return load_answers(op, arena, out, err);
}

bool published_list(struct operation *op, struct arena *arena, int64_t consultation_id,
		    const struct published_filter *f, struct published_page *out,
		    struct err *err)
{
	AUTO(store_txn) moment = store_snapshot(op->store, err);
	const char *words = words_of(arena, f->search);
	struct store_table t;
	struct store_row all;

	*out = (struct published_page){0};
	if (!moment ||
	    !store_one(op->store, arena, &all, err, SQL_PUBLISHED_COUNT, "ittit",
		       consultation_id, f->type, f->organisation, f->question, words) ||
	    !store_all(op->store, arena, &t, err, SQL_PUBLISHED_LIST, "ittitti",
		       consultation_id, f->type, f->organisation, f->question, words,
		       str_or(f->after, ""), f->most + 1))
		return false;
	out->all = row_int(&all, "n");
	out->more = (int64_t)t.count > f->most;
	out->count = out->more ? (size_t)f->most : t.count;
	out->items = arena_make(arena, struct published_item, out->count + 1);
	for (size_t i = 0; i < out->count; i++) {
		struct store_row row = table_row(&t, i);

		if (!read_item(op, arena, &row, &out->items[i], err))
			return false;
	}
	return true;
}

bool published_find(struct operation *op, struct arena *arena, int64_t consultation_id,
		    const char *token, struct published_item *out, struct err *err)
{
	AUTO(store_txn) moment = store_snapshot(op->store, err);
	struct store_row row;

	if (!moment)
		return false;
	if (!store_one(op->store, arena, &row, err, SQL_PUBLISHED_ONE, "it",
		       consultation_id, token))
		return err_forgive(err, ERR_ABSENT)
			       ? err_set(err, ERR_ABSENT, "there is no such response")
			       : false;
	return read_item(op, arena, &row, out, err);
}

bool published_organisations(struct operation *op, struct arena *arena,
			     int64_t consultation_id, struct store_table *out,
			     struct err *err)
{
	return store_all(op->store, arena, out, err, SQL_PUBLISHED_ORGANISATIONS, "i",
			 consultation_id);
}

static void write_item(struct csv_writer *csv, const struct published_item *item)
{
	for (size_t i = 0; i < item->answer_count; i++) {
		const struct publication_answer *a = &item->answers[i];

		csv_write(csv, item->token);
		csv_write(csv, item->type);
		csv_write(csv, item->label);
		if (a->question)
			csv_write_int(csv, a->question);
		else
			csv_write(csv, NULL);
		csv_write(csv, a->asked);
		csv_write(csv, a->text);
		csv_write_end_row(csv);
	}
}

bool published_csv(struct operation *op, struct arena *arena, int64_t consultation_id,
		   const struct published_filter *filter, struct buf *out,
		   struct err *err)
{
	static const char *const heads[] = {"response",        "type",     "respondent",
					    "question number", "question", "answer"};
	AUTO(store_txn) moment = store_snapshot(op->store, err);
	struct published_filter f = *filter;
	struct published_page page = {.more = true};
	struct csv_writer csv;

	if (!moment)
		return false;
	f.most = CSV_PAGE;
	f.after = NULL;
	csv_write_begin(&csv, out);
	for (size_t i = 0; i < ARRAY_LEN(heads); i++)
		csv_write(&csv, heads[i]);
	csv_write_end_row(&csv);
	while (page.more && !buf_cut(out)) {
		AUTO(arena) some = arena_new(1 << 16);

		if (!published_list(op, some, consultation_id, &f, &page, err))
			return false;
		for (size_t i = 0; i < page.count; i++)
			write_item(&csv, &page.items[i]);
		if (page.count)
			f.after = arena_strdup(arena, page.items[page.count - 1].token);
	}
	return !buf_cut(out) ||
	       err_set(err, ERR_INPUT,
		       "the responses are too long for one file; choose a "
		       "question or a type of respondent");
}
