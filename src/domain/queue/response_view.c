#include "domain/queue/response_view.h"
#include "domain/coding/blind.h"
#include "base/str.h"

static void read_mail(const struct store_row *mail, const struct store_row *inbound,
		      struct response_view *v)
{
	const char *text = row_text(mail, "text");

	v->subject = row_text(mail, "subject");
	v->message_id = row_text(mail, "message_id");
	v->sent_at = row_int(mail, "sent_at");
	v->text = str_or(text, "");
	v->text_new = str_or(row_text(mail, "text_new"), v->text);
	v->text_quoted = str_or(row_text(mail, "text_quoted"), "");
	v->reasons = row_text(mail, "reasons");
	v->limits_hit = row_text(mail, "limits_hit");
	v->kind = row_text(inbound, "kind");
	v->taken_as = row_text(inbound, "taken_as");
	v->taken_why = row_text(inbound, "why");
	v->cut = row_int(inbound, "cut");
}

static void read_who(const struct store_row *respondent, const struct store_row *mail,
		     bool who, struct response_who *out)
{
	*out = (struct response_who){
		.organisation = row_text(respondent, "organisation"),
		.type = row_text(respondent, "type"),
		.type_by = row_text(respondent, "type_by"),
		.permission = row_text(respondent, "permission"),
		.permission_by = row_text(respondent, "permission_by"),
		.contact = row_text(respondent, "contact"),
	};
	if (!who)
		return;
	out->name = str_or(row_text(respondent, "name"), row_text(mail, "from_name"));
	out->address = row_text(mail, "from_address");
	if (row_text(mail, "forwarded_name") || row_text(mail, "forwarded_address")) {
		out->forwarded_by = out->address;
		out->name = str_or(row_text(respondent, "name"),
				   row_text(mail, "forwarded_name"));
		out->address = row_text(mail, "forwarded_address");
	}
}

/* What the form says of a name is a name too, and letters say whom they went to. */
static void withhold(struct store_table *t, const char *column, const char *where_column,
		     const char *where)
{
	for (size_t i = 0; i < t->count; i++) {
		struct store_row row = table_row(t, i);

		if (where && !str_eq(row_text(&row, where_column), where))
			continue;
		for (size_t c = 0; c < t->columns; c++)
			if (str_eq(t->names[c], column))
				t->rows[i][c] = (struct store_cell){.type = STORE_NULL};
	}
}

static bool tables(struct operation *op, struct arena *arena, struct response_view *v,
		   struct err *err)
{
	int64_t id = v->response.id, inbound = v->response.inbound_id;
	int64_t blind;
	const struct {
		struct store_table *to;
		enum sql_id statement;
		int64_t of;
	} all[] = {
		{&v->files, SQL_ATTACHMENTS_OF, inbound},
		{&v->said, SQL_SAID_OF, id},
		{&v->proposals, SQL_PROPOSALS_OF, id},
		{&v->links, SQL_LINKS_AROUND, id},
		{&v->moves, SQL_MOVING_OF, id},
		{&v->notes, SQL_QUEUE_NOTES_OF, id},
		{&v->screenings, SQL_SCREENINGS_OF, id},
		{&v->letters, SQL_QUEUE_NOTIFICATIONS_OF, inbound},
	};

	for (size_t i = 0; i < ARRAY_LEN(all); i++)
		if (!store_all(op->store, arena, all[i].to, err, all[i].statement, "i",
			       all[i].of))
			return false;
	if (!blind_rules(op, arena, id, &v->rules, err) ||
	    !blind_tags(op, arena, id, &v->codings, err) ||
	    !sample_blind(op, id, &blind, err))
		return false;
	if (!v->who_shown) {
		withhold(&v->said, "value", "field", "name");
		withhold(&v->letters, "recipient", NULL, NULL);
		withhold(&v->letters, "text", NULL, NULL);
	}
	return store_all(op->store, arena, &v->history, err, SQL_QUEUE_HISTORY, "iii", id,
			 (int64_t)REPLY_HISTORY, (int64_t)(blind != 0));
}

static bool read_entry(struct operation *op, struct arena *arena, int64_t inbound_id,
		       struct response_entry *out, struct err *err)
{
	struct store_row row;

	if (!store_one(op->store, arena, &row, err, SQL_ENTRY_OF, "i", inbound_id))
		return err_forgive(err, ERR_ABSENT);
	*out = (struct response_entry){row_text(&row, "how"), row_text(&row, "staff"),
				       row_int(&row, "at")};
	return true;
}

bool response_view_load(struct operation *op, struct arena *arena, const char *reference,
			enum view_names names, struct response_view *out, struct err *err)
{
	bool who = names == VIEW_WITH_NAMES;
	struct response_view v = {.who_shown = who};
	struct response *r = &v.response;
	struct store_row mail, inbound, respondent;

	if (!response_find(op, arena, reference, r, err) ||
	    !store_one(op->store, arena, &mail, err, SQL_PARSED_OF, "i", r->inbound_id) ||
	    !store_one(op->store, arena, &inbound, err, SQL_INBOUND_SHOW, "i",
		       r->inbound_id) ||
	    !store_one(op->store, arena, &respondent, err, SQL_RESPONDENT_OF, "i",
		       r->respondent_id) ||
	    !response_answer_list(op, arena, r->id, &v.answers, &v.answer_count, err) ||
	    !asked_load(op, arena, r->consultation_id, &v.asked, err) ||
	    !response_choice_list(op, arena, r->id, &v.choices, err) ||
	    !response_lock_of(op, arena, r->id, &v.lock, err) ||
	    !read_entry(op, arena, r->inbound_id, &v.entry, err) ||
	    !tables(op, arena, &v, err))
		return false;
	v.reference = response_reference(arena, r->consultation, r->number);
	read_mail(&mail, &inbound, &v);
	read_who(&respondent, &mail, who, &v.who);
	v.in_campaign = campaign_diff(op, arena, r->id, &v.campaign, err);
	if (!v.in_campaign && !err_forgive(err, ERR_ABSENT))
		return false;
	*out = v;
	return true;
}
