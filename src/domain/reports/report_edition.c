#include "domain/reports/report_changes.h"
#include "domain/admin/rights.h"
#include "domain/core/audit.h"
#include "domain/leaks/leak.h"
#include "domain/reports/report_write.h"
#include "base/str.h"

#include <inttypes.h>

static void read_edition(const struct store_row *row, int64_t consultation_id,
			 struct report_edition *out)
{
	*out = (struct report_edition){
		.id = row_int(row, "id"),
		.report_id = row_int(row, "report_id"),
		.consultation_id = consultation_id,
		.number = row_int(row, "number"),
		.made_by = row_int(row, "made_by"),
		.made_at = row_int(row, "made_at"),
		.asked_of = row_int(row, "asked_of"),
		.asked_at = row_int(row, "asked_at"),
		.approved_by = row_int(row, "approved_by"),
		.approved_at = row_int(row, "approved_at"),
		.hash = row_text(row, "hash"),
		.data_hash = row_text(row, "data_hash"),
		.made_by_name = row_text(row, "made_by_name"),
		.asked_of_name = row_text(row, "asked_of_name"),
		.approved_by_name = row_text(row, "approved_by_name"),
	};
}

bool report_editions(struct operation *op, struct arena *arena, int64_t consultation_id,
		     struct report_edition **out, size_t *out_count, struct err *err)
{
	struct store_table t;

	if (!store_all(op->store, arena, &t, err, SQL_REPORT_EDITIONS, "i",
		       consultation_id))
		return false;
	*out = arena_make(arena, struct report_edition, t.count + 1);
	*out_count = t.count;
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);

		read_edition(&row, consultation_id, &(*out)[i]);
	}
	return true;
}

bool report_edition_get(struct operation *op, struct arena *arena,
			const struct report_edition_of *which, struct report_edition *out,
			struct err *err)
{
	struct report_edition *list;
	struct consultation c;
	size_t count;

	if (!consultation_named(op, arena, which->consultation, &c, err) ||
	    !report_editions(op, arena, c.id, &list, &count, err))
		return false;
	for (size_t i = 0; i < count; i++)
		if (!which->number || list[i].number == which->number) {
			*out = list[i];
			return true;
		}
	return err_set(err, ERR_ABSENT,
		       count ? "the report has no edition %" PRId64
			     : "the report has no edition yet; make one first",
		       which->number);
}

bool report_edition_read(struct operation *op, struct arena *arena,
			 const struct report_edition *edition, struct report_frozen *out,
			 struct err *err)
{
	struct store_row row;

	if (!rights_ask(op, RIGHT_READ_RESPONSES,
			rights_on_consultation(edition->consultation_id), err) ||
	    !store_one(op->store, arena, &row, err, SQL_REPORT_EDITION_WHOLE, "i",
		       edition->id))
		return false;
	*out = (struct report_frozen){row_text(&row, "text"), row_text(&row, "markdown"),
				      row_text(&row, "html"), row_text(&row, "csv")};
	return true;
}

/* ---- made ---- */

struct making {
	struct report now;
	struct report_made made;
	struct buf markdown, html, csv, facts;
};

static void making_begin(struct making *m)
{
	*m = (struct making){0};
	buf_init(&m->markdown, REPORT_HTML_BYTES);
	buf_init(&m->html, REPORT_HTML_BYTES);
	buf_init(&m->csv, REPORT_HTML_BYTES);
	buf_init(&m->facts, REPORT_FACTS_BYTES);
}

static void making_end(struct making *m)
{
	buf_clear(&m->markdown);
	buf_clear(&m->html);
	buf_clear(&m->csv);
	buf_clear(&m->facts);
}

/* All of it of one moment, before anybody is kept from writing. */
static bool make_all(struct operation *op, struct arena *arena,
		     const struct consultation *c, struct making *m, struct err *err)
{
	AUTO(store_txn) t = store_snapshot(op->store, err);
	struct report_text what = {.consultation = c->name};
	struct report_findings findings;

	if (!t || !report_get(op, arena, c->id, &m->now, err))
		return false;
	what.text = m->now.text;
	if (!report_look(op, arena, &what, &m->made, &findings, err) ||
	    !report_is_whole(&findings, err) ||
	    !report_facts_pack(op, arena, c->id, &m->facts, err))
		return false;
	report_markdown(arena, &m->made, &m->markdown);
	report_csv(arena, &m->made, &m->csv);
	if (!report_html(arena, &m->made, 1, &m->html, err))
		return false;
	return (!m->html.cut && !m->markdown.cut && !m->csv.cut && !m->facts.cut) ||
	       err_set(err, ERR_INPUT, "the report is too long to be kept");
}

static bool keep_quotes(struct operation *op, const struct making *m, int64_t edition,
			struct err *err)
{
	for (size_t i = 0; i < m->made.count; i++) {
		const struct report_piece *p = &m->made.pieces[i];

		for (size_t k = 0; p->quotes && k < p->count; k++)
			if (!store_run(op->store, err, SQL_REPORT_QUOTE_ADD, "iiiit",
				       edition, p->quotes[k].coding_id,
				       p->quotes[k].response_id, (int64_t)p->line,
				       p->quotes[k].hash))
				return false;
	}
	return true;
}

static bool keep_edition(struct operation *op, const struct consultation *c,
			 const struct making *m, int64_t number, struct err *err)
{
	char data[SECRET_SHA256_HEX];
	int64_t id;

	secret_sha256_hex(buf_text(&m->facts), m->facts.len, data);
	if (!store_run(op->store, err, SQL_REPORT_EDITION_ADD, "iitttttbtii", m->now.id,
		       number, m->now.text, m->now.hash, buf_text(&m->markdown),
		       buf_text(&m->html), buf_text(&m->csv), buf_text(&m->facts),
		       m->facts.len, data, op->staff_id, op->now))
		return false;
	id = store_last_id(op->store);
	return store_run(op->store, err, SQL_REPORT_EDITION_WRITERS, "iii", id, m->now.id,
			 op->staff_id) &&
	       keep_quotes(op, m, id, err) &&
	       audit_record(op, err, "report edition made", "consultation", c->id,
			    "edition %" PRId64 ", content %s, data %s", number,
			    m->now.hash, data);
}

/* The last one is of exactly this text and data. */
static bool is_made(const struct report_edition *last, const struct making *m)
{
	char data[SECRET_SHA256_HEX];

	secret_sha256_hex(buf_text(&m->facts), m->facts.len, data);
	return str_eq(last->hash, m->now.hash) && str_eq(last->data_hash, data);
}

static bool make_edition(struct operation *op, struct arena *arena,
			 const struct consultation *c, const struct making *m,
			 int64_t *out_number, struct err *err)
{
	AUTO(store_txn) t = store_begin(op->store, err);
	struct report_edition *list;
	struct report now;
	size_t count;

	if (!t || !report_get(op, arena, c->id, &now, err) ||
	    !report_editions(op, arena, c->id, &list, &count, err))
		return false;
	if (!str_eq(now.hash, m->now.hash))
		return err_set(err, ERR_CONFLICT,
			       "%s has changed the report since you opened it",
			       now.changed_by_name);
	if (count && is_made(&list[0], m)) {
		/* It quotes what may not be quoted any more: then it is not the same. */
		if (report_edition_quotes_stand(op, arena, &list[0], err))
			return err_set(
				err, ERR_CONFLICT,
				"edition %" PRId64
				" is of exactly this text and these responses already",
				list[0].number);
		if (!err_forgive(err, ERR_CONFLICT))
			return false;
	}
	*out_number = count ? list[0].number + 1 : 1;
	return keep_edition(op, c, m, *out_number, err) && store_commit(&t, err);
}

bool report_edition_make(struct operation *op, const char *consultation, const char *seen,
			 int64_t *out_number, struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 20);
	struct consultation c;
	struct making m;
	bool made;

	if (!needs_staff(op, err) ||
	    !consultation_named(op, arena, consultation, &c, err) ||
	    !rights_ask(op, RIGHT_CONSULT, rights_on_consultation(c.id), err))
		return false;
	making_begin(&m);
	made = make_all(op, arena, &c, &m, err);
	if (made && seen && !str_eq(seen, m.now.hash))
		made = err_set(err, ERR_CONFLICT,
			       "%s has changed the report since you opened it",
			       m.now.changed_by_name);
	made = made && make_edition(op, arena, &c, &m, out_number, err);
	making_end(&m);
	return made;
}

/* ---- asked for, approved ---- */

bool report_edition_colleagues(struct operation *op, struct arena *arena,
			       const struct report_edition *edition,
			       struct store_table *out, struct err *err)
{
	size_t kept = 0;

	if (!store_all(op->store, arena, out, err, SQL_REPORT_COLLEAGUES, "i",
		       edition->id))
		return false;
	for (size_t i = 0; i < out->count; i++) {
		struct store_row row = table_row(out, i);
		struct rights rights;

		if (!rights_load(op, arena, row_int(&row, "id"), &rights, err))
			return false;
		if (rights_have(&rights, RIGHT_PUBLISH,
				rights_on_consultation(edition->consultation_id)))
			out->rows[kept++] = out->rows[i];
	}
	out->count = kept;
	return true;
}

static bool not_approved(const struct report_edition *e, struct err *err)
{
	return !e->approved_at ||
	       err_set(err, ERR_CONFLICT, "%s has approved edition %" PRId64 " already",
		       e->approved_by_name, e->number);
}

bool report_edition_ask(struct operation *op, const struct report_edition_of *which,
			const char *of, struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 16);
	AUTO(store_txn) t = store_begin(op->store, err);
	struct report_edition e;
	struct store_table may;
	int64_t id = 0;

	if (!t || !needs_staff(op, err) ||
	    !report_edition_get(op, arena, which, &e, err) ||
	    !rights_ask(op, RIGHT_CONSULT, rights_on_consultation(e.consultation_id),
			err) ||
	    !not_approved(&e, err) ||
	    !report_edition_colleagues(op, arena, &e, &may, err))
		return false;
	for (size_t i = 0; i < may.count; i++) {
		struct store_row row = table_row(&may, i);

		if (str_eq(row_text(&row, "name"), of))
			id = row_int(&row, "id");
	}
	if (!id)
		return err_set(err, ERR_INPUT,
			       str_empty(of) ? "Choose who should approve the edition%s"
					     : "%s cannot approve this edition. Choose "
					       "somebody else who decides what is "
					       "published and did not write it",
			       str_or(of, ""));
	if (e.asked_of == id)
		return true;
	return store_run(op->store, err, SQL_REPORT_EDITION_ASK, "iii", e.id, id,
			 op->now) &&
	       audit_record(op, err, "report approval asked for", "consultation",
			    e.consultation_id, "edition %" PRId64 ", of %s", e.number,
			    of) &&
	       store_commit(&t, err);
}

static bool did_not_write(struct operation *op, struct arena *arena,
			  const struct report_edition *e, struct err *err)
{
	struct store_row row;

	if (!store_one(op->store, arena, &row, err, SQL_REPORT_EDITION_WROTE, "ii", e->id,
		       op->staff_id))
		return false;
	return !row_int(&row, "n") ||
	       err_set(err, ERR_CONFLICT,
		       "You wrote this edition, so a colleague approves it");
}

bool report_edition_leaks(struct operation *op, struct arena *arena,
			  const struct report_edition *e, struct leak_found *out,
			  struct err *err)
{
	struct leak_pieces pieces = {0};
	struct report_frozen frozen;

	if (!report_edition_read(op, arena, e, &frozen, err))
		return false;
	leak_piece_add(arena, &pieces, "report.html", frozen.html, strlen(frozen.html));
	leak_piece_add(arena, &pieces, "report.csv", frozen.csv, strlen(frozen.csv));
	return leak_scan(op, arena, e->consultation_id, &pieces, out, err);
}

bool report_edition_clean(struct operation *op, struct arena *arena,
			  const struct report_edition *e, struct err *err)
{
	struct leak_found found;

	return report_edition_leaks(op, arena, e, &found, err) &&
	       leak_none_open(arena, &found, err);
}

/* Who approves has seen what is true: nothing of it has moved. */
static bool still_true(struct operation *op, struct arena *arena,
		       const struct report_edition *e, struct err *err)
{
	struct report_changes changes;

	if (!report_edition_quotes_stand(op, arena, e, err) ||
	    !report_edition_clean(op, arena, e, err) ||
	    !report_edition_changes(op, arena, e, &changes, err))
		return false;
	return !changes.responses || err_set(err, ERR_CONFLICT, "%s Make another edition",
					     report_changes_words(arena, e, &changes));
}

bool report_edition_approve(struct operation *op, const struct report_edition_of *which,
			    struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 20);
	AUTO(store_txn) t = store_begin(op->store, err);
	struct report_edition e;

	if (!t || !needs_staff(op, err) ||
	    !report_edition_get(op, arena, which, &e, err) ||
	    !rights_ask(op, RIGHT_PUBLISH, rights_on_consultation(e.consultation_id),
			err))
		return false;
	if (e.approved_by == op->staff_id) /* a second click */
		return true;
	return not_approved(&e, err) && did_not_write(op, arena, &e, err) &&
	       still_true(op, arena, &e, err) &&
	       store_run(op->store, err, SQL_REPORT_EDITION_APPROVE, "iii", e.id,
			 op->staff_id, op->now) &&
	       store_run(op->store, err, SQL_REPORT_WRITERS_END, "i", e.report_id) &&
	       audit_record(op, err, "report edition approved", "consultation",
			    e.consultation_id, "edition %" PRId64 ", content %s, data %s",
			    e.number, e.hash, e.data_hash) &&
	       store_commit(&t, err);
}
