#include "domain/core/audit.h"
#include "base/str.h"

#include <inttypes.h>

static const char CHAIN_START[] = "mercat";

static void add_field(struct buf *to, const char *text)
{
	buf_printf(to, "%zu:%s;", strlen(text), text);
}

static void row_hash(const char *before, int64_t at, const char *who, const char *act,
		     const char *subject, int64_t subject_id, const char *detail,
		     char out[SECRET_SHA256_HEX])
{
	AUTO(buf) b = buf_new(1 << 20);

	add_field(b, before);
	buf_printf(b, "%" PRId64 ";%" PRId64 ";", at, subject_id);
	add_field(b, who);
	add_field(b, act);
	add_field(b, subject);
	add_field(b, detail);
	ASSERT(!buf_cut(b));
	secret_sha256_hex(b->bytes, b->len, out);
}

bool audit_record(struct operation *op, struct err *err, const char *act,
		  const char *subject, int64_t subject_id, const char *detail, ...)
{
	AUTO(arena) arena = arena_new(1024);
	AUTO(buf) text = buf_new(10000);
	char hash[SECRET_SHA256_HEX];
	const char *before = CHAIN_START;
	struct store_row last;
	va_list args;

	va_start(args, detail);
	buf_vprintf(text, detail, args);
	va_end(args);
	if (store_one(op->store, arena, &last, err, SQL_AUDIT_LAST, ""))
		before = row_text(&last, "hash");
	else if (err->kind != ERR_ABSENT)
		return false;
	row_hash(before, op->now, op->who, act, subject, subject_id, buf_text(text),
		 hash);
	return store_run(op->store, err, SQL_AUDIT_ADD, "itttitt", op->now, op->who, act,
			 subject, subject_id, buf_text(text), hash);
}

static bool link_fits(void *with, const struct store_row *row, struct err *err)
{
	struct audit_proved *p = with;
	char want[SECRET_SHA256_HEX];
	int64_t id = row_int(row, "id");

	row_hash(p->rows ? p->head : CHAIN_START, row_int(row, "at"),
		 row_text(row, "who"), row_text(row, "act"), row_text(row, "subject"),
		 row_int(row, "subject_id"), row_text(row, "detail"), want);
	if (!str_eq(want, row_text(row, "hash")) || id != p->rows + 1)
		return err_set(
			err, ERR_CONFLICT,
			"the audit is broken at row %" PRId64
			": it was changed, or a row before it is missing; compare with a copy",
			id);
	str_copy(p->head, sizeof(p->head), want);
	p->rows++;
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
	} else if (err->kind != ERR_ABSENT) {
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
