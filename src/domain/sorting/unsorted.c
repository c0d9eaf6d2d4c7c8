#include "domain/sorting/unsorted.h"
#include "domain/intake/inbound_look.h"
#include "domain/core/audit.h"
#include "domain/intake/response_take.h"
#include "domain/responses/response.h"
#include "domain/core/undo.h"
#include "base/str.h"
#include "store/apart.h"

#include <inttypes.h>

enum { UNSORTED_MOST = 200, REASON_MOST = 500 };

/* As much of the mail as a reply needs, from what the reader found when it came. */
static void understood(const struct store_row *row, struct mail_message *out)
{
	*out = (struct mail_message){
		.kind = str_eq(row_text(row, "kind"), "human") ? MAIL_HUMAN : MAIL_LIST,
		.from = {.name = row_text(row, "from_name"),
			 .address = row_text(row, "from_address")},
		.subject = row_text(row, "subject"),
		.message_id = row_text(row, "message_id"),
		.text = row_text(row, "text"),
	};
}

/* A mail that was read and is no reply; if it is one, what_then ends the sentence. */
static bool find_unfiled(struct operation *op, struct arena *arena, int64_t inbound_id,
			 const char *what_then, struct store_row *out, struct err *err)
{
	struct store_row reply;

	if (!inbound_shown(op, arena, inbound_id, out, err))
		return false;
	if (!rights_ask(op, RIGHT_SORT, inbound_scope(out), err))
		return false;
	if (store_one(op->store, arena, &reply, err, SQL_RESPONSE_OF_INBOUND, "i",
		      inbound_id))
		return err_set(err, ERR_CONFLICT, "mail %" PRId64 " is the response %s%s",
			       inbound_id,
			       response_reference(arena, row_text(&reply, "consultation"),
						  row_int(&reply, "number")),
			       what_then);
	if (!err_forgive(err, ERR_ABSENT))
		return false;
	return str_eq(row_text(out, "state"), "done") ||
	       err_set(err, ERR_CONFLICT,
		       "mail %" PRId64 " is not read yet; wait a moment", inbound_id);
}

/* What is filed, for apart_run(). */
struct filing {
	struct operation *op;
	struct arena *arena; /* of what is given out */
	const struct unsorted_filing *what;
	const char *reference;
};

/* Whose it is, before it becomes a response; out is NULL where the mail says so itself. */
static bool say_whose(struct operation *op, struct arena *arena,
		      const struct unsorted_filing *what, struct mail_message *m,
		      const struct entry_said **out, struct err *err)
{
	struct entry_said *said = arena_make(arena, struct entry_said, 1);
	struct entry_said as;

	*out = NULL;
	if (!what->said)
		return true;
	as = *what->said;
	as.how = ENTRY_SENT_ON;
	if (!entry_read(op, arena, &as, said, err) ||
	    !entry_send_on(op, arena, what->inbound_id, said, err))
		return false;
	m->forwarded = (struct mail_address){entry_name(said), said->address};
	*out = said;
	return true;
}

static bool take(struct operation *op, struct arena *arena,
		 const struct unsorted_filing *what, const struct store_row *mail,
		 const struct consultation *c, struct response_taken *out,
		 struct err *err)
{
	struct mail_message m;
	struct response_taking taking = {.inbound_id = what->inbound_id,
					 .kept_at = row_int(mail, "received_at"),
					 .consultation = c,
					 .m = &m};

	understood(mail, &m);
	if (!say_whose(op, arena, what, &m, &taking.said, err) ||
	    !response_take(op, arena, &taking, out, err))
		return false;
	return str_eq(out->taken, "response") ||
	       err_set(err, ERR_CONFLICT, "mail %" PRId64 " cannot be taken: %s",
		       what->inbound_id, out->why);
}

static bool file_once(void *with, struct arena *arena, struct err *err)
{
	struct filing *filing = with;
	const struct unsorted_filing *what = filing->what;
	struct operation *op = filing->op;
	int64_t inbound_id = what->inbound_id;
	AUTO(store_txn) t = store_begin(op->store, err);
	struct response_taken taken;
	struct store_row row, reply;
	struct consultation c;

	if (!t || !consultation_named(op, arena, what->consultation, &c, err) ||
	    !rights_ask(op, RIGHT_SORT, rights_on_consultation(c.id), err) ||
	    !find_unfiled(op, arena, inbound_id, " already", &row, err) ||
	    !take(op, arena, what, &row, &c, &taken, err))
		return false;
	if (!store_one(op->store, arena, &reply, err, SQL_RESPONSE_OF_INBOUND, "i",
		       inbound_id) ||
	    !store_run(op->store, err, SQL_PROPOSAL_REFUSE_WHOLE, "iii",
		       row_int(&reply, "id"), op->staff_id, op->now) ||
	    !store_run(op->store, err, SQL_INBOUND_RETAKE, "itt", inbound_id, taken.taken,
		       arena_printf(arena, "%s, filed by the staff", taken.why)) ||
	    !audit_record(op, err, "mail filed", "inbound", inbound_id,
			  "%s -> response in %s%s", row_text(&row, "taken_as"), c.name,
			  what->said ? ", sent on" : ""))
		return false;
	filing->reference =
		response_reference(filing->arena, row_text(&reply, "consultation"),
				   row_int(&reply, "number"));
	return undo_final(op, err, "filing mail %" PRId64 " as %s", inbound_id,
			  filing->reference) &&
	       store_commit(&t, err);
}

bool inbound_file_as(struct operation *op, struct arena *arena,
		     const struct unsorted_filing *filing, const char **out_reference,
		     struct err *err)
{
	struct filing what = {op, arena, filing, NULL};

	if (!needs_staff(op, err) || !apart_run(op->store, file_once, &what, err))
		return false;
	*out_reference = what.reference;
	return true;
}

bool inbound_file(struct operation *op, struct arena *arena, int64_t inbound_id,
		  const char *consultation, const char **out_reference, struct err *err)
{
	const struct unsorted_filing filing = {inbound_id, consultation, NULL};

	return inbound_file_as(op, arena, &filing, out_reference, err);
}

bool unsorted_list(struct operation *op, struct arena *arena,
		   const struct unsorted_page *page, struct store_table *out,
		   struct err *err)
{
	static const enum sql_id views[] = {
		[UNSORTED_ALL] = SQL_INBOUND_UNSORTED,
		[UNSORTED_AT_RISK] = SQL_INBOUND_UNSORTED_AT_RISK,
		[UNSORTED_DEALT] = SQL_INBOUND_DEALT,
		[UNSORTED_ERASING] = SQL_INBOUND_ERASING,
	};
	struct rights_places where = rights_places(op, arena, RIGHT_SORT);

	if (page->most < 1 || page->most > UNSORTED_MOST)
		return err_set(err, ERR_INPUT, "a page has 1 to %d rows", UNSORTED_MOST);
	if (page->view == UNSORTED_DEALT)
		return store_all(op->store, arena, out, err, SQL_INBOUND_DEALT, "iiittt",
				 page->before ? page->before : INT64_MAX, page->most,
				 (int64_t)where.everywhere, where.lists,
				 where.consultations, page->taken);
	return store_all(op->store, arena, out, err, views[page->view], "iiitt",
			 page->before ? page->before : INT64_MAX, page->most,
			 (int64_t)where.everywhere, where.lists, where.consultations);
}

static bool count(struct operation *op, struct arena *arena, enum sql_id statement,
		  int64_t *out, struct err *err)
{
	struct rights_places where = rights_places(op, arena, RIGHT_SORT);
	struct store_row row;

	if (!store_one(op->store, arena, &row, err, statement, "iiitt", (int64_t)0,
		       (int64_t)0, (int64_t)where.everywhere, where.lists,
		       where.consultations))
		return false;
	*out = row_int(&row, "n");
	return true;
}

bool unsorted_at_risk(struct operation *op, struct arena *arena, int64_t *out,
		      struct err *err)
{
	return count(op, arena, SQL_QUEUE_UNSORTED_AT_RISK_COUNT, out, err);
}

bool unsorted_erasing(struct operation *op, struct arena *arena, int64_t *out,
		      struct err *err)
{
	return count(op, arena, SQL_INBOUND_ERASING_COUNT, out, err);
}

bool inbound_discard(struct operation *op, int64_t inbound_id, const char *reason,
		     struct err *err)
{
	AUTO(arena) arena = arena_new(4096);
	AUTO(buf) inverse = undo_new();
	AUTO(store_txn) t = NULL;
	struct store_row row;

	if (str_empty(reason) || strlen(reason) > REASON_MOST ||
	    !str_utf8_valid(reason, strlen(reason)))
		return err_set(
			err, ERR_INPUT,
			"say why nobody here needs this mail, in at most %d bytes; "
			"it is kept, and the reason with it",
			REASON_MOST);
	if (!needs_staff(op, err))
		return false;
	t = store_begin(op->store, err);
	if (!t || !find_unfiled(op, arena, inbound_id, "; exclude it there", &row, err))
		return false;
	if (str_eq(row_text(&row, "taken_as"), "discarded"))
		return true;
	pack_int(inverse, inbound_id);
	pack_str(inverse, row_text(&row, "taken_as"));
	pack_str(inverse, row_text(&row, "why"));
	pack_str(inverse, "discarded");
	return store_run(op->store, err, SQL_INBOUND_RETAKE, "itt", inbound_id,
			 "discarded", reason) &&
	       audit_record(op, err, "mail discarded", "inbound", inbound_id,
			    "%s -> discarded", row_text(&row, "taken_as")) &&
	       undo_record(op, "discard", inverse, err, "discarding mail %" PRId64,
			   inbound_id) &&
	       store_commit(&t, err);
}
