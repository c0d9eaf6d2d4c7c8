#include "domain/approval/approval_private.h"
#include "domain/admin/rights.h"
#include "domain/bulletins/bulletin_check.h"
#include "domain/core/audit.h"
#include "base/str.h"

#include <inttypes.h>

bool approval_request(struct operation *op, struct arena *arena, const struct bulletin *b,
		      struct approval_request *out, struct err *err)
{
	struct store_row row;

	*out = (struct approval_request){0};
	if (!store_one(op->store, arena, &row, err, SQL_REQUEST_LAST, "i", b->id))
		return err_forgive(err, ERR_ABSENT);
	*out = (struct approval_request){
		.id = row_int(&row, "id"),
		.to_agree = str_eq(row_text(&row, "kind"), "agree"),
		.is_open = row_null(&row, "ended_at"),
		.is_of_this = str_eq(row_text(&row, "content_hash"), b->hash),
		.by = row_text(&row, "by_name"),
		.of = row_text(&row, "of_name"),
		.by_id = row_int(&row, "asked_by"),
		.of_id = row_int(&row, "asked_of"),
		.at = row_int(&row, "at"),
		.ended_at = row_int(&row, "ended_at"),
		.outcome = row_null(&row, "outcome") ? NULL : row_text(&row, "outcome"),
		.audience = row_int(&row, "audience"),
	};
	return true;
}

/* Those of a statement's people who have that right on its list. */
static bool with_right(struct operation *op, struct arena *arena,
		       const struct bulletin *b, enum right right,
		       struct store_table *people, struct err *err)
{
	size_t kept = 0;

	for (size_t i = 0; i < people->count; i++) {
		struct store_row row = table_row(people, i);
		struct rights rights;

		if (!rights_load(op, arena, row_int(&row, "id"), &rights, err))
			return false;
		if (rights_have(&rights, right, rights_on_list(b->list.id)))
			people->rows[kept++] = people->rows[i];
	}
	people->count = kept;
	return true;
}

bool approval_colleagues(struct operation *op, struct arena *arena,
			 const struct bulletin *b, struct store_table *out,
			 struct err *err)
{
	return store_all(op->store, arena, out, err, SQL_REQUEST_COLLEAGUES, "ii", b->id,
			 op->staff_id) &&
	       with_right(op, arena, b, RIGHT_APPROVE, out, err);
}

bool approval_writers(struct operation *op, struct arena *arena, const struct bulletin *b,
		      struct store_table *out, struct err *err)
{
	return store_all(op->store, arena, out, err, SQL_REQUEST_WRITERS, "ii", b->id,
			 op->staff_id) &&
	       with_right(op, arena, b, RIGHT_EDIT_BULLETIN, out, err);
}

bool approval_needs_agreement(struct operation *op, const struct bulletin *b, bool *out,
			      struct err *err)
{
	bool own;

	if (!bulletin_own_work(op, b, &own, err))
		return false;
	*out = own && b->created_by != op->staff_id;
	return true;
}

static bool find(const struct store_table *people, const char *name, int64_t *out)
{
	for (size_t i = 0; i < people->count; i++) {
		struct store_row row = table_row(people, i);

		if (!str_eq(row_text(&row, "name"), name))
			continue;
		*out = row_int(&row, "id");
		return true;
	}
	return false;
}

/* Whether it is approved is not asked of what is to be. What has begun is as it is. */
bool approval_fits(struct operation *op, const struct bulletin *b, struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 16);
	struct bulletin_findings found;

	if (b->started_at)
		return true;
	if (!bulletin_check_stored(op, arena, b, &found, err))
		return false;
	for (size_t i = 0; i < found.count; i++)
		if (found.items[i].level == BULLETIN_STOPS &&
		    !str_eq(found.items[i].rule, "approval"))
			return err_set(err, ERR_CONFLICT, "It cannot be approved yet. %s",
				       found.items[i].text);
	return true;
}

/* By the same person a moment ago, as it is and for as many: a second click. */
static bool is_given(struct operation *op, struct arena *arena, const struct bulletin *b,
		     int64_t *out_audience, bool *out, struct err *err)
{
	struct store_row row;
	struct audience now;
	struct err why = {0};

	*out = false;
	if (str_eq(b->state, "draft") || b->started_at)
		return true;
	if (!bulletin_approved(op, b, &why))
		return why.kind == ERR_CONFLICT || (*err = why, false);
	if (!store_one(op->store, arena, &row, err, SQL_APPROVAL_IN_FORCE, "i", b->id) ||
	    !bulletin_audience(op, b, &now, err))
		return false;
	*out_audience = row_int(&row, "audience");
	*out = row_int(&row, "staff_id") == op->staff_id &&
	       row_int(&row, "last_subscription") == now.last_subscription &&
	       now.count == *out_audience;
	return true;
}

static bool is_draft(const struct bulletin *b, struct err *err)
{
	return str_eq(b->state, "draft") ||
	       err_set(err, ERR_CONFLICT, "%s #%" PRId64 " is %s already", b->list.name,
		       b->number, b->state);
}

static bool is_same(const struct approval_request *last, const struct operation *op,
		    int64_t of_id, bool to_agree)
{
	return last->is_open && last->is_of_this && last->to_agree == to_agree &&
	       last->by_id == op->staff_id && last->of_id == of_id;
}

/* The words are kept, so that what is changed after can be shown. */
static bool keep_words(struct operation *op, const struct bulletin *b, struct err *err)
{
	return store_run(op->store, err, SQL_VERSION_ADD, "iiittt", b->id, op->staff_id,
			 op->now, "asked", b->source_text, b->hash);
}

static bool end_open(struct operation *op, const struct bulletin *b, const char *outcome,
		     struct err *err)
{
	return store_run(op->store, err, SQL_REQUEST_END, "iit", b->id, op->now, outcome);
}

bool approval_ask(struct operation *op, const struct approval_of *what, const char *of,
		  bool *out_told, struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 16);
	struct bulletin b;
	AUTO(store_txn) t = approval_begin(op, arena, what, &b, err);
	struct approval_request last;
	struct store_table colleagues;
	int64_t of_id, id;

	*out_told = true;
	if (!t || !is_draft(&b, err) ||
	    !approval_colleagues(op, arena, &b, &colleagues, err))
		return false;
	if (!find(&colleagues, of, &of_id))
		return err_set(
			err, ERR_INPUT,
			*of ? "%s cannot approve this bulletin. Choose somebody else"
			    : "Choose who should approve it%s",
			of);
	if (!approval_request(op, arena, &b, &last, err) || !approval_fits(op, &b, err))
		return false;
	if (is_same(&last, op, of_id, false))
		return true;
	if (!end_open(op, &b, "replaced", err) ||
	    !store_run(op->store, err, SQL_REQUEST_ADD, "itiiitzzz", b.id, "approve",
		       op->staff_id, of_id, op->now, b.hash, (char *)NULL, (int64_t)0,
		       (int64_t)0))
		return false;
	id = store_last_id(op->store);
	return keep_words(op, &b, err) &&
	       audit_of(op, AUDITED_TEXT("approval asked for", b.id, b.hash), err,
			"of %s, content %s", of, b.hash) &&
	       approval_tell(op, &b,
			     &(struct approval_mail){.what = APPROVAL_MAIL_ASKED,
						     .request_id = id,
						     .to = of_id},
			     out_told, err) &&
	       store_commit(&t, err);
}

bool approval_give(struct operation *op, const struct approval_of *what,
		   int64_t *out_audience, struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 16);
	struct bulletin b;
	AUTO(store_txn) t = approval_begin(op, arena, what, &b, err);
	struct approval_request last;
	bool told, given;

	if (!t || !is_given(op, arena, &b, out_audience, &given, err))
		return false;
	if (given)
		return true;
	if (!approval_request(op, arena, &b, &last, err) ||
	    !bulletin_approve(op, what->list, what->number, out_audience, err))
		return false;
	if (last.is_open && last.by_id != op->staff_id &&
	    !approval_tell(op, &b,
			   &(struct approval_mail){.what = APPROVAL_MAIL_APPROVED,
						   .request_id = last.id,
						   .to = last.by_id},
			   &told, err))
		return false;
	return store_commit(&t, err);
}

bool approval_ask_to_agree(struct operation *op, const struct approval_of *what,
			   const char *of, bool *out_told, struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 16);
	struct bulletin b;
	AUTO(store_txn) t = approval_begin(op, arena, what, &b, err);
	char look[SECRET_SHA256_HEX];
	struct approval_request last;
	struct store_table writers;
	struct audience a;
	int64_t of_id, id;
	bool needed;

	*out_told = true;
	if (!t || !is_draft(&b, err) || !approval_writers(op, arena, &b, &writers, err) ||
	    !approval_needs_agreement(op, &b, &needed, err))
		return false;
	if (!needed)
		return err_set(
			err, ERR_CONFLICT,
			b.created_by == op->staff_id
				? "You began this bulletin, so a colleague approves it"
				: "You have changed nothing in it: approve it as it "
				  "is");
	if (!find(&writers, of, &of_id))
		return err_set(err, ERR_INPUT, "Choose who should agree to your changes");
	if (!approval_request(op, arena, &b, &last, err) || !approval_fits(op, &b, err))
		return false;
	if (is_same(&last, op, of_id, true))
		return true;
	if (!bulletin_audience(op, &b, &a, err) || !bulletin_look(op, &b, look, err) ||
	    !end_open(op, &b, "replaced", err) ||
	    !store_run(op->store, err, SQL_REQUEST_ADD, "itiiittii", b.id, "agree",
		       op->staff_id, of_id, op->now, b.hash, look, a.count,
		       a.last_subscription))
		return false;
	id = store_last_id(op->store);
	return audit_of(op, AUDITED_TEXT("agreement asked for", b.id, b.hash), err,
			"of %s, content %s, look %s, audience %" PRId64, of, b.hash, look,
			a.count) &&
	       approval_tell(op, &b,
			     &(struct approval_mail){.what = APPROVAL_MAIL_TO_AGREE,
						     .request_id = id,
						     .to = of_id},
			     out_told, err) &&
	       store_commit(&t, err);
}

/* The approval is theirs, of this moment: they may still approve. */
static bool may_still_approve(struct operation *op, struct arena *arena,
			      const struct bulletin *b,
			      const struct approval_request *last, struct err *err)
{
	const struct rights_since held = {.staff_id = last->by_id,
					  .right = RIGHT_APPROVE,
					  .scope = rights_on_list(b->list.id),
					  .at = last->at};
	const char *lost;

	if (!rights_lost(op, arena, &held, &lost, err))
		return false;
	return !lost ||
	       err_set(err, ERR_CONFLICT,
		       "%s may no longer approve bulletins of this list, so there is "
		       "nothing to agree to. Ask a colleague who may to approve it",
		       lost);
}

bool approval_agree(struct operation *op, const struct approval_of *what,
		    int64_t *out_audience, struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 16);
	struct bulletin b;
	AUTO(store_txn) t = approval_begin(op, arena, what, &b, err);
	struct approval_request last;
	bool told;

	if (!t || !approval_request(op, arena, &b, &last, err))
		return false;
	*out_audience = last.audience;
	/* A second click. */
	if (last.to_agree && last.is_of_this && last.of_id == op->staff_id &&
	    str_eq(last.outcome, "approved"))
		return true;
	if (!last.is_open || !last.to_agree || last.of_id != op->staff_id)
		return err_set(err, ERR_CONFLICT,
			       "Nobody asks you to agree to changes in this bulletin");
	if (!last.is_of_this)
		return err_set(err, ERR_CONFLICT,
			       "The bulletin was changed since %s asked you to agree; "
			       "they are asked to approve it as it is now",
			       last.by);
	return is_draft(&b, err) && bulletin_readable(&b, err) &&
	       may_still_approve(op, arena, &b, &last, err) &&
	       store_run(op->store, err, SQL_APPROVAL_ADD_AGREED, "ii", last.id,
			 op->staff_id) &&
	       store_run(op->store, err, SQL_VERSION_ADD, "iiittt", b.id, last.by_id,
			 op->now, "approved", b.source_text, b.hash) &&
	       end_open(op, &b, "approved", err) &&
	       store_run(op->store, err, SQL_BULLETIN_STATE_SET, "itt", b.id, "approved",
			 (char *)NULL) &&
	       audit_of(op, AUDITED_TEXT("bulletin approved", b.id, b.hash), err,
			"by %s with changes that %s agrees to, content %s, audience "
			"%" PRId64,
			last.by, op->who, b.hash, last.audience) &&
	       approval_tell(op, &b,
			     &(struct approval_mail){.what = APPROVAL_MAIL_APPROVED,
						     .request_id = last.id,
						     .to = last.by_id},
			     &told, err) &&
	       store_commit(&t, err);
}

/* Where nobody asked, who wrote last is as good as asked: they get it back. */
static bool as_asked(struct operation *op, const struct bulletin *b,
		     struct approval_request *last, struct err *err)
{
	if (last->is_open)
		return true;
	if (b->changed_by == op->staff_id)
		return err_set(
			err, ERR_CONFLICT,
			"You wrote this bulletin last, so there is nobody to return "
			"it to. Write a comment instead");
	if (!store_run(op->store, err, SQL_REQUEST_ADD, "itiiitzzz", b->id, "approve",
		       b->changed_by, op->staff_id, op->now, b->hash, (char *)NULL,
		       (int64_t)0, (int64_t)0))
		return false;
	last->id = store_last_id(op->store);
	last->by_id = b->changed_by;
	return true;
}

/* A second click. */
static bool is_returned_so(struct operation *op, const struct bulletin *b,
			   const struct approval_request *last, const char *comment,
			   bool *out, struct err *err)
{
	AUTO(arena) arena = arena_new(512);
	struct store_row row;

	*out = false;
	if (!str_eq(last->outcome, "returned"))
		return true;
	*out = store_one(op->store, arena, &row, err, SQL_COMMENT_OF_REQUEST, "iitt",
			 last->id, op->staff_id, comment, b->hash);
	return *out || err_forgive(err, ERR_ABSENT);
}

bool approval_return(struct operation *op, const struct approval_of *what,
		     const char *comment, struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 16);
	struct bulletin b;
	struct approval_request last;
	AUTO(store_txn) t = NULL;
	bool told, done;

	if (!approval_comment_check(comment, err))
		return false;
	t = approval_begin(op, arena, what, &b, err);
	if (!t || !is_draft(&b, err) || !approval_request(op, arena, &b, &last, err))
		return false;
	if (!is_returned_so(op, &b, &last, comment, &done, err))
		return false;
	if (done)
		return true;
	if (!as_asked(op, &b, &last, err))
		return false;
	if (last.by_id == op->staff_id)
		return err_set(err, ERR_CONFLICT,
			       "You asked yourself, so there is nobody to return it to. "
			       "Change the text, or write a comment");
	return end_open(op, &b, "returned", err) &&
	       approval_add_comment(op, &b, comment, last.id, err) &&
	       audit_of(op, AUDITED_TEXT("bulletin returned", b.id, b.hash), err,
			"content %s", b.hash) &&
	       approval_tell(op, &b,
			     &(struct approval_mail){.what = APPROVAL_MAIL_RETURNED,
						     .request_id = last.id,
						     .to = last.by_id,
						     .comment = comment},
			     &told, err) &&
	       store_commit(&t, err);
}
