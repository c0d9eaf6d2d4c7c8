#include "domain/queue/queue.h"
#include "domain/admin/consultation.h"
#include "domain/responses/response.h"
#include "base/str.h"

#include <inttypes.h>

enum { TEXT_LOOKED_AT = 600 };

/* The first words on one line. */
static const char *in_one_line(struct arena *arena, const char *text)
{
	char line[QUEUE_FIRST_WORDS + 1];
	AUTO(buf) out = buf_new(TEXT_LOOKED_AT * 4 + 1);
	bool gap = false;

	for (; text && *text; text++) {
		if ((unsigned char)*text <= 0x20 || *text == 0x7F) {
			gap = out->len > 0;
			continue;
		}
		if (gap)
			buf_char(out, ' ');
		gap = false;
		buf_char(out, *text);
	}
	str_copy(line, sizeof(line), buf_text(out));
	if (strlen(line) < out->len)
		return arena_printf(arena, "%s\xE2\x80\xA6", line);
	return arena_strdup(arena, line);
}

static void read_row(struct arena *arena, const struct store_row *row, bool who,
		     struct queue_row *out)
{
	*out = (struct queue_row){
		.id = row_int(row, "id"),
		.number = row_int(row, "number"),
		.received_at = row_int(row, "received_at"),
		.reference = response_reference(arena, row_text(row, "consultation"),
						row_int(row, "number")),
		.subject = row_text(row, "subject"),
		.words = in_one_line(arena, row_text(row, "words")),
		.state = row_text(row, "state"),
		.reason = row_text(row, "reason"),
		.type = row_text(row, "type"),
		.permission = row_text(row, "permission"),
		.assigned = row_text(row, "assigned"),
		.tags = row_text(row, "tags"),
		.campaign = row_text(row, "campaign"),
		.locked_by = row_text(row, "locked_by"),
		.files = row_int(row, "files"),
		.unreadable = row_int(row, "unreadable"),
		.notes = row_int(row, "notes"),
		.late = row_int(row, "late"),
		.marked = row_int(row, "marked"),
		.linked = row_int(row, "linked"),
		.proposed = row_text(row, "proposed"),
		.risk = row_int(row, "risk"),
	};
	if (who)
		out->who = str_or(row_text(row, "who_name"),
				  str_or(row_text(row, "from_address"), ""));
}

/* All of a page in one statement, in the order of its numbers. */
static bool load_rows(struct operation *op, struct arena *arena,
		      const struct store_table *numbers, struct store_table *out,
		      struct err *err)
{
	AUTO(buf) ids = buf_new((QUEUE_PAGE_MOST + 1) * 24);

	for (size_t i = 0; i < numbers->count; i++) {
		struct store_row row = table_row(numbers, i);

		buf_printf(ids, "%c%" PRId64, i ? ',' : '[',
			   row_int(&row, "response_id"));
	}
	buf_str(ids, numbers->count ? "]" : "[]");
	return store_all(op->store, arena, out, err, SQL_QUEUE_PAGE, "tiii",
			 buf_text(ids), op->now, (int64_t)TEXT_LOOKED_AT, op->staff_id);
}

/* The words around a search's hits, for those rows where they are found. */
static bool find_words(struct operation *op, struct arena *arena, const char *match,
		       const struct store_table *numbers, struct queue_row *rows,
		       struct err *err)
{
	AUTO(buf) ids = buf_new((QUEUE_PAGE_MOST + 1) * 24);
	int64_t low = INT64_MAX, high = 0;
	struct store_table words;

	for (size_t i = 0; i < numbers->count; i++) {
		struct store_row row = table_row(numbers, i);
		int64_t id = row_int(&row, "inbound_id");

		buf_printf(ids, "%c%" PRId64, i ? ',' : '[', id);
		low = id < low ? id : low;
		high = id > high ? id : high;
	}
	buf_str(ids, numbers->count ? "]" : "[]");
	if (!store_all(op->store, arena, &words, err, SQL_QUEUE_WORDS, "tiit", match, low,
		       high, buf_text(ids)))
		return false;
	for (size_t i = 0; i < words.count; i++) {
		struct store_row found = table_row(&words, i);

		for (size_t n = 0; n < numbers->count; n++) {
			struct store_row row = table_row(numbers, n);

			if (row_int(&row, "inbound_id") == row_int(&found, "inbound_id"))
				rows[n].words =
					str_or(row_text(&found, "words"), rows[n].words);
		}
	}
	return true;
}

static void turn_round(struct store_table *t)
{
	for (size_t i = 0; i < t->count / 2; i++) {
		struct store_cell *row = t->rows[i];

		t->rows[i] = t->rows[t->count - 1 - i];
		t->rows[t->count - 1 - i] = row;
	}
}

bool queue_list(struct operation *op, struct arena *arena,
		const struct response_look *look, const struct queue_page *page,
		struct queue_rows *out, struct err *err)
{
	bool backwards = page->before > 0, down = look->newest_first != backwards, more;
	int64_t from = backwards ? page->before : page->after;
	struct response_query q;
	struct store_table t, rows;

	if (page->most < 1 || page->most > QUEUE_PAGE_MOST)
		return err_set(err, ERR_INPUT, "a page has 1 to %d rows",
			       QUEUE_PAGE_MOST);
	if (down && !from)
		from = INT64_MAX;
	if (!response_query_make(op, arena, look, &q, err))
		return false;
	q.from = from;
	q.most = page->most + 1;
	if (!response_query_run(op, arena, down ? SQL_QUEUE_DOWN : SQL_QUEUE_UP, &q, &t,
				err))
		return false;
	more = t.count > (size_t)page->most;
	t.count -= more;
	if (backwards)
		turn_round(&t);
	*out = (struct queue_rows){
		.items = arena_make(arena, struct queue_row, t.count + 1),
		.count = t.count,
		.more_after = backwards || more,
		.more_before = backwards ? more : page->after > 0,
	};
	if (!load_rows(op, arena, &t, &rows, err))
		return false;
	for (size_t i = 0; i < rows.count; i++) {
		struct store_row row = table_row(&rows, i);

		read_row(arena, &row, look->who, &out->items[i]);
	}
	return !q.match || !t.count ||
	       find_words(op, arena, q.match, &t, out->items, err);
}

bool queue_count(struct operation *op, const struct response_look *look, int64_t *out,
		 struct err *err)
{
	AUTO(arena) arena = arena_new(4096);
	struct response_query q;
	struct store_table t;

	if (!response_query_make(op, arena, look, &q, err) ||
	    !response_query_run(op, arena, SQL_QUEUE_COUNT, &q, &t, err))
		return false;
	*out = t.rows[0][0].n;
	return true;
}

bool queue_numbers(struct operation *op, struct arena *arena,
		   const struct response_look *look, int64_t most,
		   struct queue_numbers *out, struct err *err)
{
	struct response_query q;
	struct store_table t;

	if (!response_query_make(op, arena, look, &q, err))
		return false;
	q.most = most;
	if (!response_query_run(op, arena, SQL_QUEUE_UP, &q, &t, err))
		return false;
	out->items = arena_make(arena, int64_t, t.count + 1);
	out->count = t.count;
	for (size_t i = 0; i < t.count; i++)
		out->items[i] = t.rows[i][0].n;
	return true;
}

static bool neighbour(struct operation *op, struct arena *arena, const char *consultation,
		      const struct response_query *q, enum sql_id statement,
		      const char **out, struct err *err)
{
	struct store_table t;

	if (!response_query_run(op, arena, statement, q, &t, err))
		return false;
	*out = t.count ? response_reference(arena, consultation, t.rows[0][0].n) : NULL;
	return true;
}

bool queue_around(struct operation *op, struct arena *arena,
		  const struct response_look *look, int64_t number,
		  struct queue_neighbours *out, struct err *err)
{
	const char *up, *down;
	struct response_query q;

	if (!response_query_make(op, arena, look, &q, err))
		return false;
	q.from = number;
	q.most = 1;
	if (!neighbour(op, arena, look->consultation, &q, SQL_QUEUE_UP, &up, err) ||
	    !neighbour(op, arena, look->consultation, &q, SQL_QUEUE_DOWN, &down, err))
		return false;
	*out = look->newest_first
		       ? (struct queue_neighbours){.before = up, .after = down}
		       : (struct queue_neighbours){.before = down, .after = up};
	return true;
}
