#include "domain/outcome/report_back.h"
#include "base/attr.h"
#include "base/numeral.h"
#include "base/str.h"
#include "domain/admin/rights.h"
#include "domain/core/audit.h"
#include "domain/core/undo.h"
#include "domain/outcome/report_back_audience.h"
#include "text/markup/markdown.h"

#include <inttypes.h>

static const char *const states[REPORT_BACK_STATES] = {
	[REPORT_BACK_DRAFT] = "draft",         [REPORT_BACK_ASKED] = "asked",
	[REPORT_BACK_APPROVED] = "approved",   [REPORT_BACK_SENT] = "sent",
	[REPORT_BACK_CANCELLED] = "cancelled",
};

const char *report_back_state_name(enum report_back_state state)
{
	return (size_t)state < REPORT_BACK_STATES ? states[state] : "";
}

static void read_one(const struct store_row *row, struct report_back *out)
{
	*out = (struct report_back){
		.id = row_int(row, "id"),
		.consultation_id = row_int(row, "consultation_id"),
		.number = row_int(row, "number"),
		.subject = row_text(row, "subject"),
		.text = row_text(row, "text"),
		.hash = row_text(row, "hash"),
		.written_at = row_int(row, "written_at"),
		.asked_at = row_int(row, "asked_at"),
		.approved_at = row_int(row, "approved_at"),
		.ended_at = row_int(row, "ended_at"),
		.written_by = row_text(row, "written_by"),
		.asked_by = row_text(row, "asked_by"),
		.approved_by = row_text(row, "approved_by"),
		.ended_by = row_text(row, "ended_by"),
		.recipients = row_int(row, "recipients"),
	};
	while (out->state + 1 < REPORT_BACK_STATES &&
	       !str_eq(states[out->state], row_text(row, "state")))
		out->state++;
}

bool report_backs(struct operation *op, struct arena *arena, int64_t consultation_id,
		  struct report_back **out, size_t *out_count, struct err *err)
{
	struct store_table t;

	if (!rights_ask(op, RIGHT_READ_RESPONSES, rights_on_consultation(consultation_id),
			err) ||
	    !store_all(op->store, arena, &t, err, SQL_REPORT_BACKS_OF, "i",
		       consultation_id))
		return false;
	*out = arena_make(arena, struct report_back, t.count + 1);
	*out_count = t.count;
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);

		read_one(&row, &(*out)[i]);
	}
	return true;
}

bool report_back_get(struct operation *op, struct arena *arena,
		     const struct report_back_of *which, struct report_back *out,
		     struct err *err)
{
	struct report_back *list;
	struct consultation c;
	size_t count;

	if (!consultation_named(op, arena, which->consultation, &c, err) ||
	    !report_backs(op, arena, c.id, &list, &count, err))
		return false;
	for (size_t i = 0; i < count; i++)
		if (!which->number || list[i].number == which->number) {
			*out = list[i];
			return true;
		}
	return err_set(err, ERR_ABSENT,
		       count ? "there is no report back %" PRId64
			     : "there is no report back yet; write one first",
		       which->number);
}

bool report_back_begin(struct operation *op, struct arena *arena,
		       const struct consultation *of, const char **out_subject,
		       const char **out_text, struct err *err)
{
	struct store_row row, numbers;
	const char *outcome;

	if (!consultation_row(op, arena, of->id, &row, err) ||
	    !store_one(op->store, arena, &numbers, err, SQL_REPORT_BACK_COUNTED, "i",
		       of->id))
		return false;
	outcome = str_or(row_text(&row, "outcome"), "");
	*out_subject =
		arena_printf(arena, "%s: what you said, and what we did", of->title);
	*out_text = arena_printf(
		arena,
		"Thank you for taking part in our consultation \"%s\".\n\n"
		"## We asked\n\n\n\n"
		"## You said\n\n"
		"We counted %" PRId64 " %s.\n\n"
		"## We did\n\n%s\n",
		of->title, row_int(&numbers, "n"),
		plural(row_int(&numbers, "n"), "response", "responses"), outcome);
	return true;
}

/* ---- written ---- */

static bool subject_fits(const char *subject, struct err *err)
{
	size_t len = strlen(subject);

	for (size_t i = 0; i < len; i++)
		if ((unsigned char)subject[i] < 0x20 || subject[i] == 0x7F)
			return err_set(err, ERR_INPUT, "the subject is one line of text");
	if (str_blank(subject))
		return err_set(err, ERR_INPUT,
			       "write a subject: it is what people see "
			       "first");
	if (len > REPORT_BACK_SUBJECT)
		return err_set(err, ERR_INPUT, "the subject is longer than %d characters",
			       REPORT_BACK_SUBJECT);
	return str_utf8_valid(subject, len) ||
	       err_set(err, ERR_INPUT, "the subject is not UTF-8");
}

static bool text_fits(const char *text, struct err *err)
{
	AUTO(markdown) md = NULL;

	if (str_blank(text))
		return err_set(err, ERR_INPUT,
			       "write what you asked, what people said, "
			       "and what you did");
	if (strlen(text) > REPORT_BACK_TEXT)
		return err_set(err, ERR_INPUT,
			       "the text is longer than %d kB; put the "
			       "long part on a page and link to it",
			       REPORT_BACK_TEXT / 1000);
	return markdown_parse("the text", 1, text, strlen(text), &md, err);
}

bool report_back_words_check(const struct report_back_words *words,
			     enum report_back_field *out_where, struct err *err)
{
	*out_where = REPORT_BACK_IN_SUBJECT;
	if (!subject_fits(words->subject, err))
		return false;
	*out_where = REPORT_BACK_IN_TEXT;
	return text_fits(words->text, err);
}

static void hash_of(const struct report_back_words *w, char out[SECRET_SHA256_HEX])
{
	AUTO(buf) both = buf_new(REPORT_BACK_TEXT + REPORT_BACK_SUBJECT + 2);

	buf_printf(both, "%s\n%s", w->subject, w->text);
	secret_sha256_hex(buf_text(both), both->len, out);
}

/* The one that is changed; a new one gets the next number. */
static bool find_old(struct operation *op, struct arena *arena,
		     const struct report_back_words *w, const struct consultation *c,
		     struct report_back *old, int64_t *out_number, struct err *err)
{
	struct report_back *list;
	size_t count;

	*old = (struct report_back){0};
	if (w->number) {
		struct report_back_of which = {w->consultation, w->number};

		*out_number = w->number;
		return report_back_get(op, arena, &which, old, err);
	}
	if (!report_backs(op, arena, c->id, &list, &count, err))
		return false;
	*out_number = count ? list[0].number + 1 : 1;
	return true;
}

static bool may_change(const struct report_back *old, const char *seen, struct err *err)
{
	if (!old->id)
		return true;
	if (old->state >= REPORT_BACK_APPROVED)
		return err_set(err, ERR_CONFLICT,
			       "%s has approved report back %" PRId64
			       ": its words cannot be changed any more",
			       old->approved_by, old->number);
	return !seen || str_eq(seen, old->hash) ||
	       err_set(err, ERR_CONFLICT, "%s has changed it since you opened it",
		       old->written_by);
}

static bool keep(struct operation *op, const struct report_back *old,
		 const struct report_back_words *w, int64_t consultation_id,
		 int64_t number, struct err *err)
{
	char hash[SECRET_SHA256_HEX];
	int64_t id = old->id;

	hash_of(w, hash);
	if (id && str_eq(hash, old->hash))
		return true;
	if (!(id ? store_run(op->store, err, SQL_REPORT_BACK_CHANGE, "itttii", id,
			     w->subject, w->text, hash, op->staff_id, op->now)
		 : store_run(op->store, err, SQL_REPORT_BACK_ADD, "iitttii",
			     consultation_id, number, w->subject, w->text, hash,
			     op->staff_id, op->now)))
		return false;
	if (!id)
		id = store_last_id(op->store);
	return store_run(op->store, err, SQL_REPORT_BACK_WRITER_ADD, "ii", id,
			 op->staff_id) &&
	       audit_record(op, err,
			    old->id ? "report back changed" : "report back begun",
			    "consultation", consultation_id,
			    "report back %" PRId64 ", content %s", number, hash);
}

bool report_back_save(struct operation *op, const struct report_back_words *words,
		      int64_t *out_number, struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 16);
	AUTO(store_txn) t = store_begin(op->store, err);
	enum report_back_field ignored;
	struct report_back old;
	struct consultation c;

	return t && needs_staff(op, err) &&
	       consultation_named(op, arena, words->consultation, &c, err) &&
	       rights_ask(op, RIGHT_WRITE, rights_on_consultation(c.id), err) &&
	       report_back_words_check(words, &ignored, err) &&
	       find_old(op, arena, words, &c, &old, out_number, err) &&
	       may_change(&old, words->seen, err) &&
	       keep(op, &old, words, c.id, *out_number, err) && store_commit(&t, err);
}

/* ---- asked for, approved, cancelled ---- */

/* The state it is in, where an act needs another. */
static bool refuse_state(const struct report_back *b, struct err *err)
{
	switch (b->state) {
	case REPORT_BACK_DRAFT:
		return err_set(err, ERR_CONFLICT,
			       "nobody has asked for the approval of report back %" PRId64
			       " yet",
			       b->number);
	case REPORT_BACK_ASKED:
		return err_set(err, ERR_CONFLICT,
			       "report back %" PRId64 " waits for its approval already",
			       b->number);
	case REPORT_BACK_CANCELLED:
		return err_set(err, ERR_CONFLICT, "%s has cancelled report back %" PRId64,
			       b->ended_by, b->number);
	default:
		return err_set(err, ERR_CONFLICT,
			       "%s has approved report back %" PRId64 " already",
			       b->approved_by, b->number);
	}
}

bool report_back_ask(struct operation *op, const struct report_back_of *which,
		     struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 16);
	AUTO(store_txn) t = store_begin(op->store, err);
	struct report_back b;

	if (!t || !needs_staff(op, err) || !report_back_get(op, arena, which, &b, err) ||
	    !rights_ask(op, RIGHT_WRITE, rights_on_consultation(b.consultation_id), err))
		return false;
	if (b.state != REPORT_BACK_DRAFT)
		return refuse_state(&b, err);
	return store_run(op->store, err, SQL_REPORT_BACK_ASK, "iii", b.id, op->staff_id,
			 op->now) &&
	       audit_record(op, err, "report back approval asked for", "consultation",
			    b.consultation_id, "report back %" PRId64 ", content %s",
			    b.number, b.hash) &&
	       store_commit(&t, err);
}

bool report_back_may_approve(struct operation *op, struct arena *arena,
			     const struct report_back *b, struct err *err)
{
	struct store_row row;

	if (!rights_ask(op, RIGHT_PUBLISH, rights_on_consultation(b->consultation_id),
			err) ||
	    !store_one(op->store, arena, &row, err, SQL_REPORT_BACK_WROTE, "ii", b->id,
		       op->staff_id))
		return false;
	if (row_int(&row, "n"))
		return err_set(err, ERR_CONFLICT,
			       "You wrote this report back, so a colleague approves it");
	return b->state == REPORT_BACK_ASKED || refuse_state(b, err);
}

static bool fix_recipients(struct operation *op, struct arena *arena,
			   const struct report_back *b, size_t *out_count,
			   struct err *err)
{
	struct report_back_audience who;

	if (!report_back_audience(op, arena, b->consultation_id, &who, err))
		return false;
	if (!who.count)
		return err_set(err, ERR_CONFLICT,
			       "nobody who took part has agreed to be contacted again: "
			       "there is nobody to send it to");
	*out_count = who.count;
	for (size_t i = 0; i < who.count; i++)
		if (!store_run(op->store, err, SQL_REPORT_BACK_RECIPIENT_ADD, "ii", b->id,
			       who.responses[i]))
			return false;
	return true;
}

bool report_back_approve(struct operation *op, const struct report_back_of *which,
			 const char *seen, struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 20);
	AUTO(store_txn) t = store_begin(op->store, err);
	struct report_back b;
	size_t count = 0;

	if (!t || !needs_staff(op, err) || !report_back_get(op, arena, which, &b, err) ||
	    !report_back_may_approve(op, arena, &b, err))
		return false;
	if (seen && !str_eq(seen, b.hash))
		return err_set(err, ERR_CONFLICT, "%s has changed it since you opened it",
			       b.written_by);
	return store_run(op->store, err, SQL_REPORT_BACK_APPROVE, "iii", b.id,
			 op->staff_id, op->now) &&
	       fix_recipients(op, arena, &b, &count, err) &&
	       audit_record(op, err, "report back approved", "consultation",
			    b.consultation_id,
			    "report back %" PRId64 ", content %s, recipients %zu",
			    b.number, b.hash, count) &&
	       undo_final(op, err, "approving report back %" PRId64, b.number) &&
	       store_commit(&t, err);
}

bool report_back_cancel(struct operation *op, const struct report_back_of *which,
			int64_t *out_withdrawn, struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 16);
	AUTO(store_txn) t = store_begin(op->store, err);
	struct report_back b;

	if (!t || !needs_staff(op, err) || !report_back_get(op, arena, which, &b, err) ||
	    !rights_ask(op, RIGHT_WRITE, rights_on_consultation(b.consultation_id), err))
		return false;
	if (b.state != REPORT_BACK_APPROVED)
		return err_set(err, ERR_CONFLICT,
			       "report back %" PRId64 " is not being sent", b.number);
	if (!store_run(op->store, err, SQL_REPORT_BACK_CANCEL, "iii", b.id, op->staff_id,
		       op->now) ||
	    !store_run(op->store, err, SQL_REPORT_BACK_WITHDRAW, "iit", b.id, op->now,
		       "the report back was cancelled"))
		return false;
	*out_withdrawn = store_changes(op->store);
	return audit_record(op, err, "report back cancelled", "consultation",
			    b.consultation_id,
			    "report back %" PRId64 ", withdrawn %" PRId64, b.number,
			    *out_withdrawn) &&
	       undo_final(op, err, "cancelling report back %" PRId64, b.number) &&
	       store_commit(&t, err);
}
