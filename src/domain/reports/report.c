#include "domain/reports/report.h"
#include "domain/admin/rights.h"
#include "domain/core/audit.h"
#include "domain/leaks/leak.h"
#include "domain/reports/report_check.h"
#include "domain/reports/report_draft.h"
#include "base/str.h"

bool report_get(struct operation *op, struct arena *arena, int64_t consultation_id,
		struct report *out, struct err *err)
{
	struct store_row row;

	if (!store_one(op->store, arena, &row, err, SQL_REPORT_OF, "i", consultation_id))
		return err->kind == ERR_ABSENT
			       ? err_set(err, ERR_ABSENT,
					 "this consultation has no report yet" HINT
					 "begin one: mercat report draft CONSULTATION")
			       : false;
	*out = (struct report){
		.id = row_int(&row, "id"),
		.consultation_id = consultation_id,
		.changed_by = row_int(&row, "changed_by"),
		.changed_at = row_int(&row, "changed_at"),
		.text = row_text(&row, "text"),
		.hash = row_text(&row, "hash"),
		.changed_by_name = row_text(&row, "changed_by_name"),
	};
	return true;
}

static bool text_fits(const char *text, struct err *err)
{
	size_t len = strlen(text);

	if (len > REPORT_BYTES)
		return err_set(err, ERR_INPUT, "a report is at most %d kB long",
			       REPORT_BYTES / 1000);
	return str_utf8_valid(text, len) ||
	       err_set(err, ERR_INPUT, "the text is not UTF-8");
}

static bool still_seen(const struct report *now, const char *seen, struct err *err)
{
	if (!seen || str_eq(now->hash ? now->hash : "", seen))
		return true;
	if (!*seen)
		return err_set(err, ERR_CONFLICT,
			       "this consultation has a report already");
	return err_set(err, ERR_CONFLICT,
		       now->hash ? "%s has changed the report since you opened it"
				 : "the report is gone%s",
		       str_or(now->changed_by_name, ""));
}

/* consultation, hash of what stands now, text before: read by report_undo() */
static bool note_change(struct operation *op, const struct report *before,
			int64_t consultation_id, const char *hash, struct err *err)
{
	AUTO(buf) inverse = undo_new();

	pack_int(inverse, consultation_id);
	pack_str(inverse, hash);
	pack_str(inverse, before->text);
	return undo_record(op, "report", inverse, err, "a change of the report");
}

bool report_undo(struct operation *op, struct arena *arena, struct unpack *inverse,
		 struct err *err)
{
	const char *hash, *text;
	char old[SECRET_SHA256_HEX];
	struct report now;
	int64_t id;

	if (!unpack_int(inverse, 1, INT64_MAX, &id) ||
	    !unpack_str(inverse, arena, &hash) || !unpack_str(inverse, arena, &text) ||
	    !text)
		return undo_damaged(err);
	if (!report_get(op, arena, id, &now, err))
		return false;
	if (!str_eq(now.hash, hash))
		return undo_moved_on(err);
	secret_sha256_hex(text, strlen(text), old);
	return store_run(op->store, err, SQL_REPORT_CHANGE, "ittii", now.id, text, old,
			 op->staff_id, op->now) &&
	       store_run(op->store, err, SQL_REPORT_WRITER_ADD, "ii", now.id,
			 op->staff_id) &&
	       audit_record(op, err, "taken back", "consultation", id,
			    "report %lld, content %s", (long long)now.id, old);
}

static bool keep(struct operation *op, const struct report *now, int64_t consultation_id,
		 const char *text, struct err *err)
{
	char hash[SECRET_SHA256_HEX];
	int64_t id = now->id;

	secret_sha256_hex(text, strlen(text), hash);
	if (str_eq(hash, now->hash))
		return true;
	if (!(id ? store_run(op->store, err, SQL_REPORT_CHANGE, "ittii", id, text, hash,
			     op->staff_id, op->now)
		 : store_run(op->store, err, SQL_REPORT_ADD, "ittii", consultation_id,
			     text, hash, op->staff_id, op->now)))
		return false;
	if (!id)
		id = store_last_id(op->store);
	else if (!note_change(op, now, consultation_id, hash, err))
		return false;
	return store_run(op->store, err, SQL_REPORT_WRITER_ADD, "ii", id, op->staff_id) &&
	       audit_record(op, err, now->id ? "report changed" : "report begun",
			    "consultation", consultation_id, "report %lld, content %s",
			    (long long)id, hash);
}

bool report_save(struct operation *op, const struct report_text *what, struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 16);
	AUTO(store_txn) t = store_begin(op->store, err);
	struct report now = {0};
	struct consultation c;

	if (!t || !needs_staff(op, err) || !text_fits(what->text, err) ||
	    !consultation_named(op, arena, what->consultation, &c, err) ||
	    !rights_ask(op, RIGHT_CONSULT, rights_on_consultation(c.id), err))
		return false;
	if (!report_get(op, arena, c.id, &now, err) && !err_forgive(err, ERR_ABSENT))
		return false;
	return still_seen(&now, what->seen, err) &&
	       keep(op, &now, c.id, what->text, err) && store_commit(&t, err);
}

bool report_draft(struct operation *op, const char *consultation, const char *seen,
		  struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 20);
	AUTO(buf) text = buf_new(REPORT_BYTES);
	struct report_figures figures;

	if (!report_figures_begin(op, arena, consultation, &figures, err) ||
	    !rights_ask(op, RIGHT_READ_RESPONSES, rights_on_consultation(figures.of.id),
			err) ||
	    !report_draft_text(&figures, text, err))
		return false;
	if (text->cut)
		return err_set(
			err, ERR_INPUT,
			"the draft would be longer than %d kB: the consultation has "
			"too many questions and codes for one report",
			REPORT_BYTES / 1000);
	return report_save(op,
			   &(struct report_text){.consultation = consultation,
						 .text = buf_text(text),
						 .seen = seen},
			   err);
}

/* Names and words of people who have not allowed it, typed by hand; what a person settled may
 * stand. */
static bool find_leaks(struct report_figures *f, const char *text,
		       struct report_findings *findings, struct err *err)
{
	struct leak_found *found = arena_make(f->arena, struct leak_found, 1);

	if (!leak_in_text(f->op, f->arena, f->of.id, text, found, err))
		return false;
	findings->leaks = found;
	for (size_t i = 0; i < found->count; i++) {
		const struct leak_find *leak = &found->list[i];

		if (!leak->reason)
			report_find(f->arena, findings, leak->line, REPORT_WRONG,
				    leak_find_words(f->arena, leak));
	}
	return true;
}

bool report_look(struct operation *op, struct arena *arena,
		 const struct report_text *what, struct report_made *out,
		 struct report_findings *findings, struct err *err)
{
	AUTO(store_txn) t = store_snapshot(op->store, err); /* one moment for all */
	struct report_figures *figures = arena_make(arena, struct report_figures, 1);
	const char *text = what->text;
	struct report now;

	*findings = (struct report_findings){0};
	if (!t || !report_figures_begin(op, arena, what->consultation, figures, err) ||
	    !rights_ask(op, RIGHT_READ_RESPONSES, rights_on_consultation(figures->of.id),
			err))
		return false;
	if (!text) {
		if (!report_get(op, arena, figures->of.id, &now, err))
			return false;
		text = now.text;
	}
	return report_fill(figures, text, out, findings, err) &&
	       find_leaks(figures, text, findings, err) &&
	       report_check(figures, text, findings, err);
}

bool report_is_whole(const struct report_findings *findings, struct err *err)
{
	for (size_t i = 0; i < findings->count; i++)
		if (findings->list[i].level == REPORT_WRONG)
			return err_set(err, ERR_INPUT, "line %d: %s",
				       findings->list[i].line, findings->list[i].text);
	return true;
}
