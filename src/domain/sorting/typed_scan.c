#include "domain/sorting/typed_scan.h"
#include "base/str.h"

static bool is_drawable(const struct typed_file *f)
{
	static const char *const signs[] = {"%PDF", "\xFF\xD8\xFF", "\x89PNG"};

	for (size_t i = 0; i < ARRAY_LEN(signs); i++)
		if (f->len > strlen(signs[i]) &&
		    memcmp(f->bytes, signs[i], strlen(signs[i])) == 0)
			return true;
	return false;
}

static bool add(struct operation *op, const struct scan_chosen *chosen,
		const struct typed_file *f, struct err *err)
{
	return store_run(op->store, err, SQL_SCAN_ADD, "tiiittb", chosen->token,
			 chosen->consultation_id, op->staff_id, op->now, f->name, f->type,
			 f->bytes, f->len);
}

bool scan_keep(struct operation *op, const struct scan_chosen *chosen, struct err *err)
{
	AUTO(store_txn) t = NULL;
	size_t all = 0;

	if (!needs_staff(op, err))
		return false;
	if (!chosen->count)
		return err_set(err, ERR_INPUT, "choose a scan or a photograph");
	if (chosen->count > SCAN_FILES_MOST)
		return err_set(err, ERR_INPUT, "at most %d files belong to one response",
			       SCAN_FILES_MOST);
	for (size_t i = 0; i < chosen->count; i++)
		all += chosen->files[i].len;
	if (all > (size_t)op->settings->message_max_bytes)
		return err_set(err, ERR_INPUT, "these files are too large to be kept");
	t = store_begin(op->store, err);
	if (!t)
		return false;
	for (size_t i = 0; i < chosen->count; i++)
		if (!add(op, chosen, &chosen->files[i], err))
			return false;
	return store_commit(&t, err);
}

bool scan_keep_drawable(struct operation *op, const struct scan_chosen *chosen,
			int64_t inbound_id, struct err *err)
{
	for (size_t i = 0; i < chosen->count; i++)
		if (is_drawable(&chosen->files[i]) &&
		    !add(op, chosen, &chosen->files[i], err))
			return false;
	return scan_added(op, chosen->consultation_id, chosen->token, inbound_id, err);
}

bool scan_look(struct operation *op, struct arena *arena, int64_t consultation_id,
	       const char *token, struct scan *out, struct err *err)
{
	*out = (struct scan){.token = token};
	if (!store_all(op->store, arena, &out->files, err, SQL_SCANS_OF, "ti", token,
		       consultation_id))
		return false;
	for (size_t i = 0; i < out->files.count; i++) {
		struct store_row row = table_row(&out->files, i);

		out->pages += row_int(&row, "pages");
		out->is_waiting =
			out->is_waiting || str_eq(row_text(&row, "state"), "waiting");
		out->inbound_id = row_int(&row, "inbound_id");
	}
	return out->files.count > 0 || err_set(err, ERR_ABSENT, "there is no such scan");
}

bool scan_of_mail(struct operation *op, struct arena *arena, int64_t inbound_id,
		  const char **out_token, struct err *err)
{
	struct store_row row;

	if (!store_one(op->store, arena, &row, err, SQL_SCAN_OF_MAIL, "i", inbound_id))
		return false;
	*out_token = row_text(&row, "token");
	return true;
}

bool scan_page(struct operation *op, struct arena *arena, const struct scan *scan,
	       int64_t page, struct scan_picture *out, struct err *err)
{
	struct store_row row;

	if (page < 1 || page > scan->pages)
		return err_set(err, ERR_ABSENT, "this scan has no such page");
	if (!store_one(op->store, arena, &row, err, SQL_SCAN_PAGE_OF, "ti", scan->token,
		       page - 1))
		return false;
	out->bytes = row_bytes(&row, "png", &out->len);
	return true;
}

bool scan_files(struct operation *op, struct arena *arena, struct scan_chosen *out,
		struct err *err)
{
	struct typed_file *files;
	struct store_table t;

	if (!store_all(op->store, arena, &t, err, SQL_SCAN_BYTES, "ti", out->token,
		       out->consultation_id))
		return false;
	files = arena_make(arena, struct typed_file, t.count + 1);
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);

		files[i].name = row_text(&row, "name");
		files[i].type = row_text(&row, "type");
		files[i].bytes = row_bytes(&row, "bytes", &files[i].len);
	}
	out->files = files;
	out->count = t.count;
	return true;
}

bool scan_added(struct operation *op, int64_t consultation_id, const char *token,
		int64_t inbound_id, struct err *err)
{
	return str_empty(token) || store_run(op->store, err, SQL_SCAN_ADDED, "tii", token,
					     consultation_id, inbound_id);
}

bool scan_next(struct operation *op, struct arena *arena, struct scan_waiting *out,
	       struct err *err)
{
	struct store_row row;

	if (!store_one(op->store, arena, &row, err, SQL_SCAN_NEXT, ""))
		return false;
	out->id = row_int(&row, "id");
	out->name = row_text(&row, "name");
	out->type = row_text(&row, "type");
	out->bytes = row_bytes(&row, "bytes", &out->len);
	return true;
}

bool scan_page_keep(struct operation *op, int64_t id, int64_t page,
		    const struct scan_picture *picture, struct err *err)
{
	return store_run(op->store, err, SQL_SCAN_PAGE_ADD, "iib", id, page,
			 picture->bytes, picture->len);
}

bool scan_end(struct operation *op, int64_t id, const char *reason, struct err *err)
{
	return store_run(op->store, err, SQL_SCAN_END, "itt", id,
			 reason ? "unreadable" : "done", reason);
}

bool scans_forget(struct operation *op, struct err *err)
{
	AUTO(store_txn) t = store_begin(op->store, err);
	int64_t before = op->now - SCAN_KEPT_S;

	return t && store_run(op->store, err, SQL_SCAN_PAGES_FORGET, "i", before) &&
	       store_run(op->store, err, SQL_SCANS_FORGET, "i", before) &&
	       store_commit(&t, err);
}
