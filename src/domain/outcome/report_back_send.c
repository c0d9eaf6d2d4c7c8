#include "domain/outcome/report_back_send.h"
#include "base/attr.h"
#include "base/str.h"
#include "domain/admin/notification.h"
#include "domain/admin/rights.h"
#include "domain/core/audit.h"
#include "domain/core/plus_address.h"
#include "domain/responses/reference.h"

#include <inttypes.h>

/* On their way at a time: those of others are never long behind them. */
enum { AT_ONCE = 200 };

/* ---- one email ---- */

struct recipient {
	int64_t response_id, respondent_id, inbound_id;
	const char *address, *reference;
};

/* What it says to anybody; the way out of it is nobody's yet. */
static struct notification letter_of(struct operation *op, struct arena *arena,
				     const struct consultation *c,
				     const struct report_back_words *w,
				     const struct recipient *to)
{
	const char *url = op->settings->base_url;

	return (struct notification){
		.kind = NOTIFICATION_REPORT_BACK,
		.to_address = to->address,
		.from_address = c->address,
		.from_name = op->settings->organisation,
		.sender = c->address,
		.consultation_id = c->id,
		.inbound_id = to->inbound_id,
		.by_person = true,
		.values = {.consultation = c->title,
			   .consultation_url = arena_printf(arena, "%s/consultations/%s",
							    url, c->name),
			   .contact_address = c->address,
			   .reference = to->reference,
			   .subject_line = w->subject,
			   .markdown = w->text,
			   .leave_url = arena_printf(arena, "%s/contact/…", url)},
	};
}

/* The links that are one respondent's own. */
static void put_links(struct operation *op, struct arena *arena,
		      const struct recipient *to, struct notification *letter)
{
	char contact[SECRET_TOKEN_LEN + 1], thread[SECRET_TOKEN_LEN + 1];

	secret_token(op->key, "contact", to->respondent_id, contact);
	secret_token(op->key, "response", to->response_id, thread);
	letter->contact_token = arena_strdup(arena, contact);
	letter->values.leave_url =
		arena_printf(arena, "%s/contact/%s", op->settings->base_url, contact);
	letter->reply_to = address_with(arena, letter->from_address,
					arena_printf(arena, "r-%s", thread));
}

bool report_back_preview(struct operation *op, struct arena *arena,
			 const struct report_back_words *words,
			 struct report_back_email *out, struct err *err)
{
	struct recipient to = {.address = "respondent@example.org"};
	struct mail_notification_text says;
	struct notification letter;
	struct consultation c;

	if (!consultation_named(op, arena, words->consultation, &c, err))
		return false;
	to.reference = response_reference(arena, c.name, 1);
	letter = letter_of(op, arena, &c, words, &to);
	if (!notification_says(op, arena, &letter, &says, err))
		return false;
	*out = (struct report_back_email){says.subject, says.text, says.html};
	return true;
}

/* ---- all of them ---- */

struct sending {
	struct operation *op;
	struct consultation c;
	struct report_back_words words;
	int64_t id;
};

static bool leave_out(struct sending *s, int64_t response_id, enum report_back_fate why,
		      struct err *err)
{
	return store_run(s->op->store, err, SQL_REPORT_BACK_LEAVE_OUT, "iit", s->id,
			 response_id, report_back_fate_name(why));
}

static bool make_one(struct sending *s, struct arena *arena, const struct recipient *to,
		     struct err *err)
{
	struct notification letter = letter_of(s->op, arena, &s->c, &s->words, to);
	bool is_new;

	put_links(s->op, arena, to, &letter);
	letter.once = arena_printf(arena, "report-back:%" PRId64 ":%" PRId64, s->id,
				   to->response_id);
	if (!notification_queue(s->op, &letter, &is_new, err))
		return notification_unmade(err) &&
		       leave_out(s, to->response_id, REPORT_BACK_UNMADE, err);
	/* Once is once: one that was made before, by whatever chance, is not made again. */
	return is_new ? store_run(s->op->store, err, SQL_REPORT_BACK_QUEUED, "iii", s->id,
				  to->response_id, store_last_id(s->op->store))
		      : leave_out(s, to->response_id, REPORT_BACK_UNMADE, err);
}

/* As it is now: what was taken back since the approval holds. */
static bool look_at_one(struct sending *s, const struct store_row *row, struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 14);
	enum report_back_fate fate;
	struct recipient to = {
		.response_id = row_int(row, "response_id"),
		.respondent_id = row_int(row, "respondent_id"),
		.inbound_id = row_int(row, "inbound_id"),
		.address = row_text(row, "address"),
		.reference = response_reference(arena, row_text(row, "consultation"),
						row_int(row, "number")),
	};

	if (!report_back_fate_of(s->op, to.response_id, &fate, err))
		return false;
	return fate == REPORT_BACK_GETS ? make_one(s, arena, &to, err)
					: leave_out(s, to.response_id, fate, err);
}

static bool finish(struct sending *s, int64_t number, struct err *err)
{
	return store_run(s->op->store, err, SQL_REPORT_BACK_FINISH, "ii", s->id,
			 s->op->now) &&
	       audit_record(s->op, err, "report back sent", "consultation", s->c.id,
			    "report back %" PRId64, number);
}

static bool tend_one(struct operation *op, struct arena *arena,
		     const struct store_row *which, bool *out_did, struct err *err)
{
	struct sending s = {.op = op, .id = row_int(which, "id")};
	struct store_row row, open;
	struct store_table waiting;
	int64_t on_the_way;

	if (!consultation_row(op, arena, row_int(which, "consultation_id"), &row, err) ||
	    !store_one(op->store, arena, &open, err, SQL_REPORT_BACK_OPEN, "i", s.id))
		return false;
	consultation_read(&row, &s.c);
	s.words = (struct report_back_words){.consultation = s.c.name,
					     .subject = row_text(which, "subject"),
					     .text = row_text(which, "text")};
	on_the_way = row_int(&open, "n");
	if (on_the_way >= AT_ONCE)
		return true;
	if (!store_all(op->store, arena, &waiting, err, SQL_REPORT_BACK_WAITING, "ii",
		       s.id, (int64_t)AT_ONCE - on_the_way))
		return false;
	for (size_t i = 0; i < waiting.count; i++) {
		struct store_row one = table_row(&waiting, i);

		if (!look_at_one(&s, &one, err))
			return false;
	}
	*out_did = *out_did || waiting.count > 0;
	if (waiting.count || on_the_way)
		return true;
	*out_did = true;
	return finish(&s, row_int(which, "number"), err);
}

bool report_backs_tend(struct operation *op, bool *out_did, struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 16);
	AUTO(store_txn) t = NULL;
	struct store_table going;

	*out_did = false;
	if (!store_all(op->store, arena, &going, err, SQL_REPORT_BACKS_GOING, ""))
		return false;
	if (!going.count)
		return true;
	t = store_begin(op->store, err);
	/* Again, now that nobody else can write. */
	if (!t || !store_all(op->store, arena, &going, err, SQL_REPORT_BACKS_GOING, ""))
		return false;
	for (size_t i = 0; i < going.count; i++) {
		struct store_row row = table_row(&going, i);

		if (!tend_one(op, arena, &row, out_did, err))
			return false;
	}
	return store_commit(&t, err);
}

/* ---- what became of it ---- */

bool report_back_tally(struct operation *op, struct arena *arena,
		       const struct report_back *b, struct store_table *out,
		       struct err *err)
{
	return store_all(op->store, arena, out, err, SQL_REPORT_BACK_TALLY, "i", b->id);
}

bool report_back_recipients(struct operation *op, struct arena *arena,
			    const struct report_back *b, struct report_back_page page,
			    struct store_table *out, struct err *err)
{
	return rights_ask(op, RIGHT_SEE_RESPONDENTS,
			  rights_on_consultation(b->consultation_id), err) &&
	       store_all(op->store, arena, out, err, SQL_REPORT_BACK_RECIPIENTS, "iii",
			 b->id, page.after, page.most);
}

/* ---- the way out ---- */

bool contact_find(struct operation *op, struct arena *arena, const char *token,
		  struct contact_page *out, struct err *err)
{
	struct store_row row;
	int64_t id;

	if (!secret_token_read(op->key, "contact", token, &id))
		return err_set(err, ERR_ABSENT, "there is no such link here");
	if (!store_one(op->store, arena, &row, err, SQL_CONTACT_OF, "i", id))
		return err->kind == ERR_ABSENT
			       ? err_set(err, ERR_ABSENT, "there is no such link here")
			       : false;
	*out = (struct contact_page){
		.consultation_id = row_int(&row, "consultation_id"),
		.name = row_text(&row, "name"),
		.title = row_text(&row, "title"),
		.write_to = row_text(&row, "write_to"),
		.mailbox = row_text(&row, "mailbox"),
		.is_written_to = row_int(&row, "is_written_to") == 1,
	};
	return true;
}

bool contact_end(struct operation *op, const char *token, const char *how,
		 struct err *err)
{
	AUTO(arena) arena = arena_new(2048);
	AUTO(store_txn) t = store_begin(op->store, err);
	struct contact_page page;
	int64_t changed;

	if (!t || !contact_find(op, arena, token, &page, err) ||
	    !store_run(op->store, err, SQL_CONTACT_END, "it", page.consultation_id,
		       page.mailbox))
		return false;
	changed = store_changes(op->store);
	if (!changed)
		return true;
	return audit_record(op, err, "contact ended", "consultation",
			    page.consultation_id, "%s, responses %" PRId64, how,
			    changed) &&
	       store_commit(&t, err);
}
