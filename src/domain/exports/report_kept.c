#include "domain/exports/report_kept.h"
#include "domain/admin/rights.h"
#include "base/codec/secret.h"
#include "base/str.h"
#include "render/rendered.h"

static bool hash_of(struct operation *op, struct arena *arena,
		    const struct report_edition *edition, const struct report_form *form,
		    char hash[SECRET_SHA256_HEX], struct err *err)
{
	AUTO(buf) page = buf_new(REPORT_FILE_BYTES);

	if (!report_file_page(op, arena, edition, form, page, err))
		return false;
	secret_sha256_hex(buf_text(page), page->len, hash);
	return true;
}

/* What was made of another page, such as before it was approved, is none. */
static bool read_one(struct operation *op, struct arena *arena,
		     const struct report_edition *edition, const struct store_row *row,
		     struct report_kept *out, struct err *err)
{
	const char *state = row_text(row, "state");
	char hash[SECRET_SHA256_HEX];

	out->size = row_int(row, "size");
	out->reason = row_text(row, "reason");
	if (str_eq(state, "waiting"))
		out->state = REPORT_FILE_WAITING;
	else if (str_eq(state, "failed"))
		out->state = REPORT_FILE_FAILED;
	else if (!hash_of(op, arena, edition, out->form, hash, err))
		return false;
	else if (str_eq(hash, row_text(row, "page_hash")))
		out->state = REPORT_FILE_MADE;
	return true;
}

bool report_kept_list(struct operation *op, struct arena *arena,
		      const struct report_edition *edition, struct report_kept **out,
		      size_t *out_count, struct err *err)
{
	struct store_table t;

	if (!rights_ask(op, RIGHT_READ_RESPONSES,
			rights_on_consultation(edition->consultation_id), err) ||
	    !store_all(op->store, arena, &t, err, SQL_REPORT_FILES_OF, "i", edition->id))
		return false;
	*out = NULL;
	*out_count = 0;
	for (const struct report_form *f = report_forms; f->name; f++) {
		struct report_kept *kept;

		if (!f->render)
			continue;
		*out = arena_grow(arena, *out, *out_count, sizeof(**out));
		kept = &(*out)[(*out_count)++];
		*kept = (struct report_kept){.form = f};
		for (size_t i = 0; i < t.count; i++) {
			struct store_row row = table_row(&t, i);

			if (str_eq(f->name, row_text(&row, "form")) &&
			    !read_one(op, arena, edition, &row, kept, err))
				return false;
		}
	}
	return true;
}

static bool is_on_its_way(struct operation *op, struct arena *arena,
			  const struct report_edition *edition,
			  const struct report_form *form, bool *out, struct err *err)
{
	struct report_kept *list;
	size_t count;

	if (!report_kept_list(op, arena, edition, &list, &count, err))
		return false;
	*out = false;
	for (size_t i = 0; i < count; i++)
		if (list[i].form == form)
			*out = list[i].state == REPORT_FILE_WAITING ||
			       list[i].state == REPORT_FILE_MADE;
	return true;
}

bool report_kept_ask(struct operation *op, struct arena *arena,
		     const struct report_edition *edition, const struct report_form *form,
		     struct err *err)
{
	AUTO(store_txn) t = store_begin(op->store, err);
	bool there;

	if (!t || !needs_staff(op, err) ||
	    !is_on_its_way(op, arena, edition, form, &there, err))
		return false;
	if (there)
		return true;
	/* What may not be handed out is not made either. */
	return report_edition_quotes_stand(op, arena, edition, err) &&
	       report_edition_clean(op, arena, edition, err) &&
	       store_run(op->store, err, SQL_REPORT_FILE_ASK, "itii", edition->id,
			 form->name, op->staff_id, op->now) &&
	       store_commit(&t, err);
}

static bool page_of(struct operation *op, struct arena *arena,
		    const struct report_edition *edition, const struct report_form *form,
		    struct buf *page, char hash[SECRET_SHA256_HEX], struct err *err)
{
	if (!report_file(op, arena, edition, form, page, err))
		return false;
	secret_sha256_hex(buf_text(page), page->len, hash);
	return true;
}

bool report_kept_read(struct operation *op, struct arena *arena,
		      const struct report_edition *edition,
		      const struct report_form *form, struct report_bytes *out,
		      struct err *err)
{
	AUTO(buf) page = buf_new(REPORT_FILE_BYTES);
	char hash[SECRET_SHA256_HEX];
	struct store_row row;

	if (!page_of(op, arena, edition, form, page, hash, err) ||
	    !store_one(op->store, arena, &row, err, SQL_REPORT_FILE_BYTES, "itt",
		       edition->id, form->name, hash))
		return false;
	out->bytes = row_bytes(&row, "bytes", &out->len);
	return true;
}

/* ---- who makes them ---- */

bool report_kept_next(struct operation *op, struct arena *arena,
		      struct report_waiting *out, struct err *err)
{
	struct store_row row;

	if (!store_one(op->store, arena, &row, err, SQL_REPORT_FILE_NEXT, ""))
		return false;
	*out = (struct report_waiting){
		.id = row_int(&row, "id"),
		.form = report_form_named(row_text(&row, "form")),
		.edition = {row_text(&row, "consultation"), row_int(&row, "number")}};
	ASSERT(out->form);
	return true;
}

bool report_kept_give_up(struct operation *op, const struct report_waiting *waiting,
			 const char *reason, struct err *err)
{
	return store_run(op->store, err, SQL_REPORT_FILE_FAILED, "iti", waiting->id,
			 reason, op->now);
}

/* Nothing is locked while a program runs. */
static bool make(struct operation *op, struct arena *arena,
		 const struct report_waiting *waiting, const struct rendering *with,
		 struct buf *out, char hash[SECRET_SHA256_HEX], struct err *err)
{
	AUTO(buf) page = buf_new(REPORT_FILE_BYTES);
	struct report_edition e;

	return report_edition_get(op, arena, &waiting->edition, &e, err) &&
	       page_of(op, arena, &e, waiting->form, page, hash, err) &&
	       waiting->form->render(with, page, out, err);
}

bool report_kept_make(struct operation *op, struct arena *arena,
		      const struct report_waiting *waiting, const struct rendering *with,
		      struct err *err)
{
	AUTO(buf) out = buf_new(RENDERED_MOST);
	char hash[SECRET_SHA256_HEX];
	struct err why = {0};

	if (make(op, arena, waiting, with, out, hash, &why))
		return store_run(op->store, err, SQL_REPORT_FILE_MADE, "itbi",
				 waiting->id, hash, buf_text(out), out->len, op->now);
	if (why.kind != ERR_AGAIN)
		return report_kept_give_up(op, waiting, why.text, err);
	*err = why;
	return false;
}
