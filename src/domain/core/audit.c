#include "domain/core/audit.h"
#include "base/str.h"

#include <inttypes.h>

static const char CHAIN_START[] = "mercat";
enum { FORM_FIRST = 1, FORM_NOW = 2 }; /* audit.form: which fields a hash is over */

/* In the order in which they are offered. Older rows have older names of two of them: their
 * hash is over those, so that they stay; audit.sql knows both. */
static const char *const subjects[] = {"response",      "inbound",      "notification",
				       "answer text",   "view",         "campaign",
				       "rule",          "frame change", "sample",
				       "double coding", "consultation", "bulletin",
				       "list",          "subscription", "person",
				       "suppression",   "staff",        "undo",
				       "store",         "flag",         NULL};

const char *const *audit_subjects(void)
{
	return subjects;
}

bool audit_subject_is(const char *name)
{
	for (size_t i = 0; subjects[i]; i++)
		if (str_eq(name, subjects[i]))
			return true;
	return false;
}

static void add_field(struct buf *to, const char *text)
{
	buf_printf(to, "%zu:%s;", strlen(text), text);
}

/* One row as its hash is made of it. */
struct audit_row {
	int64_t form, at;
	const char *who, *detail;
	struct audited what;
};

static void row_hash(const char *before, const struct audit_row *r,
		     char out[SECRET_SHA256_HEX])
{
	const struct audited *w = &r->what;
	AUTO(buf) b = buf_new(1 << 20);

	add_field(b, before);
	buf_printf(b, "%" PRId64 ";%" PRId64 ";", r->at, w->subject_id);
	add_field(b, r->who);
	add_field(b, w->act);
	add_field(b, w->subject);
	add_field(b, r->detail);
	if (r->form != FORM_FIRST) {
		add_field(b, str_or(w->about, ""));
		buf_printf(b, "%" PRId64 ";", w->about_id);
		add_field(b, str_or(w->content_hash, ""));
	}
	ASSERT(!buf_cut(b));
	secret_sha256_hex(b->bytes, b->len, out);
}

static bool add(struct operation *op, const struct audited *w, const char *detail,
		struct err *err)
{
	AUTO(arena) arena = arena_new(1024);
	const struct audit_row r = {.form = FORM_NOW,
				    .at = op->now,
				    .who = op->who,
				    .detail = detail,
				    .what = *w};
	char hash[SECRET_SHA256_HEX];
	/* Nobody adds a row between the last one and this, whatever this stands in. */
	AUTO(store_txn) t = store_begin(op->store, err);
	const char *before = CHAIN_START;
	struct store_row last;

	if (!t)
		return false;
	if (!audit_subject_is(w->subject))
		return err_set(err, ERR_SETUP, "the audit knows no \"%s\"", w->subject);
	if (store_one(op->store, arena, &last, err, SQL_AUDIT_LAST, ""))
		before = row_text(&last, "hash");
	else if (!err_forgive(err, ERR_ABSENT))
		return false;
	row_hash(before, &r, hash);
	return store_run(op->store, err, SQL_AUDIT_ADD, "itttitttzt", r.at, r.who, w->act,
			 w->subject, w->subject_id, detail, hash, w->about, w->about_id,
			 w->content_hash) &&
	       store_commit(&t, err);
}

bool audit_of(struct operation *op, const struct audited *what, struct err *err,
	      const char *detail, ...)
{
	AUTO(buf) text = buf_new(10000);
	va_list args;

	va_start(args, detail);
	buf_vprintf(text, detail, args);
	va_end(args);
	return add(op, what, buf_text(text), err);
}

bool audit_record(struct operation *op, struct err *err, const char *act,
		  const char *subject, int64_t subject_id, const char *detail, ...)
{
	const struct audited what = {
		.act = act, .subject = subject, .subject_id = subject_id};
	AUTO(buf) text = buf_new(10000);
	va_list args;

	va_start(args, detail);
	buf_vprintf(text, detail, args);
	va_end(args);
	return add(op, &what, buf_text(text), err);
}

static bool link_fits(void *with, const struct store_row *row, struct err *err)
{
	struct audit_proved *p = with;
	const struct audit_row r = {
		.form = row_int(row, "form"),
		.at = row_int(row, "at"),
		.who = row_text(row, "who"),
		.detail = row_text(row, "detail"),
		.what = {.act = row_text(row, "event"),
			 .subject = row_text(row, "subject"),
			 .subject_id = row_int(row, "subject_id"),
			 .about = row_text(row, "about"),
			 .about_id = row_int(row, "about_id"),
			 .content_hash = row_text(row, "content_hash")}};
	char want[SECRET_SHA256_HEX];
	int64_t id = row_int(row, "id");

	row_hash(p->rows ? p->head : CHAIN_START, &r, want);
	if (!str_eq(want, row_text(row, "hash")) || id != p->rows + 1 || r.form < p->form)
		return err_set(
			err, ERR_CONFLICT,
			"the audit is broken at row %" PRId64
			": it was changed, or a row before it is missing; compare with a copy",
			id);
	str_copy(p->head, sizeof(p->head), want);
	p->rows++;
	p->form = r.form;
	return true;
}

/* What was proved before must still be what stands there. */
static bool still_stands(struct operation *op, const struct audit_proved *p,
			 struct err *err)
{
	AUTO(arena) arena = arena_new(1024);
	struct store_row row;

	if (!p->rows)
		return true;
	if (store_one(op->store, arena, &row, err, SQL_AUDIT_HASH, "i", p->rows)) {
		if (str_eq(row_text(&row, "hash"), p->head))
			return true;
	} else if (!err_forgive(err, ERR_ABSENT)) {
		return false;
	}
	return err_set(err, ERR_CONFLICT,
		       "row %" PRId64
		       " of the audit is not what it was a moment ago; verify it again "
		       "from the first row, and compare with a copy",
		       p->rows);
}

bool audit_verify_on(struct operation *op, int64_t most, struct audit_proved *proved,
		     struct err *err)
{
	struct audit_proved p = *proved;

	if (!still_stands(op, &p, err) ||
	    !store_each(op->store, link_fits, &p, err, SQL_AUDIT_CHAIN, "ii", p.rows,
			most))
		return false;
	p.whole = p.rows - proved->rows < most;
	*proved = p;
	return true;
}

bool audit_verify(struct operation *op, int64_t *out_rows,
		  char out_head[SECRET_SHA256_HEX], struct err *err)
{
	struct audit_proved p = {0};

	if (!audit_verify_on(op, INT64_MAX, &p, err))
		return false;
	*out_rows = p.rows;
	if (out_head)
		str_copy(out_head, SECRET_SHA256_HEX, p.head);
	return true;
}

/*
 * The first row of that moment or after it. Rows are written one after the other, and so are
 * found by halves; where a clock went back, some rows of that hour stand on the other side.
 */
static bool row_from(struct operation *op, struct arena *arena, int64_t at, int64_t *out,
		     struct err *err)
{
	int64_t low = 1, high;
	struct store_row row;

	if (!store_one(op->store, arena, &row, err, SQL_AUDIT_MOST, ""))
		return false;
	high = row_int(&row, "id") + 1;
	while (low < high) {
		int64_t middle = low + (high - low) / 2;

		if (!store_one(op->store, arena, &row, err, SQL_AUDIT_AT, "i", middle))
			return false;
		if (row_int(&row, "at") < at)
			low = middle + 1;
		else
			high = middle;
	}
	*out = low;
	return true;
}

/* The ids between which the rows of those days stand. */
static bool rows_between(struct operation *op, struct arena *arena,
			 const struct audit_filter *filter, int64_t *from, int64_t *below,
			 struct err *err)
{
	*from = 0;
	*below = INT64_MAX;
	return (!filter->from_at || row_from(op, arena, filter->from_at, from, err)) &&
	       (!filter->to_at || row_from(op, arena, filter->to_at + 1, below, err));
}

bool audit_list(struct operation *op, struct arena *arena,
		const struct audit_filter *filter, struct store_table *out,
		struct err *err)
{
	int64_t from, below;

	return rows_between(op, arena, filter, &from, &below, err) &&
	       store_all(op->store, arena, out, err, SQL_AUDIT_LIST, "tziiii",
			 filter->subject, filter->subject_id, filter->most, from,
			 op->staff_id, below);
}

bool audit_page(struct operation *op, struct arena *arena,
		const struct audit_filter *filter, struct store_table *out,
		struct err *err)
{
	int64_t from, below;

	if (!rows_between(op, arena, filter, &from, &below, err))
		return false;
	return store_all(op->store, arena, out, err, SQL_AUDIT_PAGE, "ittiii",
			 filter->before < below ? filter->before : below, filter->subject,
			 filter->who, filter->most, op->staff_id, from);
}

enum { ACTS_MOST = 100 };

bool audit_acts_last(struct operation *op, const struct audit_acts *acts, int64_t *out,
		     struct err *err)
{
	AUTO(arena) arena = arena_new(256);
	struct store_row row;

	if (!store_one(op->store, arena, &row, err, SQL_AUDIT_ACTS_LAST, "tit",
		       acts->subject, acts->subject_id, acts->named))
		return false;
	*out = row_int(&row, "id");
	return true;
}

bool audit_acts_since(struct operation *op, struct arena *arena,
		      const struct audit_acts *acts, int64_t after,
		      struct store_table *out, struct err *err)
{
	return store_all(op->store, arena, out, err, SQL_AUDIT_ACTS_SINCE, "titii",
			 acts->subject, acts->subject_id, acts->named, after,
			 (int64_t)ACTS_MOST);
}

static bool at_of(struct operation *op, enum sql_id statement, int64_t *out,
		  struct err *err)
{
	AUTO(arena) arena = arena_new(512);
	struct store_row row;

	*out = 0;
	if (!store_one(op->store, arena, &row, err, statement, ""))
		return err_forgive(err, ERR_ABSENT);
	*out = row_int(&row, "at");
	return true;
}

bool audit_last_at(struct operation *op, int64_t *out, struct err *err)
{
	return at_of(op, SQL_AUDIT_LAST_AT, out, err);
}

bool audit_backup_at(struct operation *op, int64_t *out, struct err *err)
{
	return at_of(op, SQL_AUDIT_BACKUP_AT, out, err);
}
