/* Mail that could not be identified: a person says what it is. */
#include "domain/intake/inbound_look.h"
#include "domain/sorting/mail_reply.h"
#include "domain/sorting/unsorted.h"
#include "domain/personal/erasure_mail.h"
#include "base/str.h"
#include "staff/intake/entry_form.h"
#include "staff/triage/flag_show.h"
#include "staff/frame/pages.h"
#include "staff/triage/response_values.h"
#include "staff/triage/triage.h"
#include "staff/frame/words.h"

#include <inttypes.h>

enum { ROWS = 50 };

static void add_mail(struct web_request *r, struct template_value *list,
		     const struct store_row *row)
{
	struct template_value *one = template_add_map(list);

	template_set_int(one, "id", row_int(row, "id"));
	template_set(one, "received", staff_short_time(r, row_int(row, "received_at")));
	template_set(one, "received_long", staff_time(r, row_int(row, "received_at")));
	template_set(one, "kind", staff_word("kind", row_text(row, "kind")));
	template_set(one, "why", row_text(row, "why"));
	template_set(one, "taken",
		     str_eq(row_text(row, "taken_as"), "unsorted")
			     ? NULL
			     : staff_word("taken", row_text(row, "taken_as")));
	template_set_bool(one, "at_risk", row_int(row, "at_risk") == 1);
	template_set(one, "name", row_text(row, "from_name"));
	template_set(one, "address", row_text(row, "from_address"));
	template_set(one, "subject", str_or(row_text(row, "subject"), "(no subject)"));
	template_set(one, "words", row_text(row, "words"));
	template_set_bool(one, "has_files", row_int(row, "files") > 0);
	template_set_int(one, "files", row_int(row, "files"));
}

/* Each view by its word in the address. */
static const char *const view_words[] = {[UNSORTED_ALL] = "",
					 [UNSORTED_AT_RISK] = "risk",
					 [UNSORTED_DEALT] = "dealt",
					 [UNSORTED_ERASING] = "erase"};

static enum unsorted_view view_of(struct web_request *r)
{
	for (size_t i = 1; i < ARRAY_LEN(view_words); i++)
		if (web_query(r, view_words[i]))
			return (enum unsorted_view)i;
	return UNSORTED_ALL;
}

/* What mail is taken as; "response" is on the page of its consultation. */
static const char *taken_of(struct web_request *r)
{
	const char *asked = web_query(r, "as");

	for (size_t i = 0; asked && inbound_taken[i]; i++)
		if (str_eq(inbound_taken[i], asked))
			return inbound_taken[i];
	return NULL;
}

static void add_view(struct template_value *v, const struct unsorted_page *page,
		     int64_t erasing)
{
	struct template_value *list = template_set_list(v, "takens");

	template_set(v, "view", view_words[page->view]);
	template_set_bool(v, "only_risk", page->view == UNSORTED_AT_RISK);
	template_set_bool(v, "only_dealt", page->view == UNSORTED_DEALT);
	template_set_bool(v, "only_erasing", page->view == UNSORTED_ERASING);
	template_set_bool(v, "is_all", page->view == UNSORTED_ALL);
	template_set_int(v, "erasing", erasing);
	template_set_bool(v, "has_erasing", erasing > 0);
	template_set(v, "taken", page->taken);
	for (size_t i = 0; inbound_taken[i]; i++) {
		struct template_value *one;

		if (str_eq(inbound_taken[i], "response") ||
		    str_eq(inbound_taken[i], "unsorted"))
			continue;
		one = template_add_map(list);
		template_set(one, "word", inbound_taken[i]);
		template_set(one, "says", staff_word("taken", inbound_taken[i]));
	}
}

void staff_unsorted(struct web_request *r)
{
	struct template_value *v = staff_values(r, "Unsorted mail", "responses"), *list;
	struct unsorted_page page = {.before = web_query_int(r, "before", 0),
				     .most = ROWS + 1,
				     .view = view_of(r),
				     .taken = taken_of(r)};
	struct store_table rows;
	int64_t at_risk, erasing;
	struct err err = {0};

	if (!unsorted_list(r->op, r->arena, &page, &rows, &err) ||
	    !unsorted_at_risk(r->op, r->arena, &at_risk, &err) ||
	    !unsorted_erasing(r->op, r->arena, &erasing, &err)) {
		staff_failed(r, &err);
		return;
	}
	staff_risk(v, at_risk);
	add_view(v, &page, erasing);
	list = template_set_list(v, "mails");
	for (size_t i = 0; i < rows.count && i < ROWS; i++) {
		struct store_row row = table_row(&rows, i);

		add_mail(r, list, &row);
	}
	if (rows.count > ROWS) {
		struct store_row last = table_row(&rows, ROWS - 1);

		template_set_int(v, "older", row_int(&last, "id"));
	}
	template_set_bool(v, "newest", page.before == 0);
	staff_page(r, "web/staff/unsorted.html", v);
}

static bool add_places(struct web_request *r, struct template_value *v, struct err *err)
{
	struct template_value *list = template_set_list(v, "consultations");
	struct store_table rows;

	if (!rights_consultations(r->op, r->arena, &staff_of(r)->rights, RIGHT_SORT,
				  &rows, err))
		return false;
	for (size_t i = 0; i < rows.count; i++) {
		struct store_row row = table_row(&rows, i);
		struct template_value *one = template_add_map(list);

		template_set(one, "name", row_text(&row, "name"));
		template_set(one, "title", row_text(&row, "title"));
		template_set(one, "state", row_text(&row, "state"));
		template_set_bool(one, "chosen",
				  str_eq(row_text(&row, "name"),
					 r->method == WEB_POST
						 ? web_form(r, "consultation")
						 : NULL));
	}
	return true;
}

static bool add_files(struct web_request *r, struct template_value *v, int64_t id,
		      struct err *err)
{
	struct template_value *list = template_set_list(v, "files");
	struct store_table rows;

	if (!inbound_files(r->op, r->arena, id, &rows, err))
		return false;
	for (size_t i = 0; i < rows.count; i++) {
		struct store_row row = table_row(&rows, i);
		struct template_value *one = template_add_map(list);
		bool is_cut;

		template_set(one, "name",
			     str_or(row_text(&row, "name"), "(a file without a name)"));
		template_set(one, "type", row_text(&row, "type"));
		template_set_bool(one, "also", row_int(&row, "also"));
		template_set(one, "text",
			     staff_text_unwrapped(r, str_or(row_text(&row, "text"), ""),
						  STAFF_TEXT_MOST, &is_cut));
		template_set_bool(one, "cut", is_cut);
		template_set(one, "reason", row_text(&row, "text_reason"));
	}
	return true;
}

static bool add_erasures(struct web_request *r, struct template_value *v, int64_t id,
			 const struct store_row *mail, struct err *err)
{
	struct template_value *list = template_set_list(v, "erasures");
	struct store_table rows;

	if (!erasure_mail_waits(r->op, r->arena, id, &rows, err))
		return false;
	for (size_t i = 0; i < rows.count; i++) {
		struct store_row row = table_row(&rows, i);
		struct template_value *one = template_add_map(list);
		const char *reason = row_text(&row, "reason");

		template_set(one, "number", row_text(&row, "number"));
		template_set_bool(one, "by_risk", str_eq(reason, "at risk"));
		template_set_bool(one, "is_joint", str_eq(reason, "joint"));
		template_set_bool(one, "is_named", str_eq(reason, "named"));
	}
	template_set_bool(v, "has_erasures", rows.count > 0);
	template_set_bool(
		v, "may_erase",
		rights_have(&staff_of(r)->rights, RIGHT_ERASE, inbound_scope(mail)));
	return true;
}

/* What was written to whoever sent it, or passed on. */
static bool add_letters(struct web_request *r, struct template_value *v, int64_t id,
			struct err *err)
{
	static const char *const plain[] = {"kind", "subject", "state",
					    "text", "staff",   "recipient"};
	struct template_value *list = template_set_list(v, "emails");
	struct store_table rows;

	if (!mail_letters(r->op, r->arena, id, &rows, err))
		return false;
	for (size_t i = 0; i < rows.count; i++) {
		struct store_row row = table_row(&rows, i);
		struct template_value *one = template_add_map(list);

		for (size_t c = 0; c < ARRAY_LEN(plain); c++)
			template_set(one, plain[c], row_text(&row, plain[c]));
		template_set(one, "at", staff_time(r, row_int(&row, "created_at")));
	}
	return true;
}

static void show_unsorted(struct web_request *r, unsigned status,
			  const struct err *failed)
{
	struct template_value *v;
	struct store_row row;
	struct err err = {0};
	struct flag flag;
	bool is_cut;
	int64_t id;

	if (!staff_unsorted_find(r, &id, &row))
		return;
	v = staff_values(r, str_or(row_text(&row, "subject"), "(no subject)"),
			 "responses");
	if (!add_places(r, v, &err) || !add_files(r, v, id, &err) ||
	    !add_erasures(r, v, id, &row, &err)) {
		staff_failed(r, &err);
		return;
	}
	if (!add_letters(r, v, id, &err) ||
	    !staff_flag_show(
		    r, v, id,
		    arena_printf(r->arena, "%s/flag", staff_unsorted_path(r, id)), &flag,
		    &err)) {
		staff_failed(r, &err);
		return;
	}
	template_set_bool(v, "may_decide_flag", true);
	template_set_bool(v, "flag_asks",
			  flag.id ? str_eq(flag.state, "proposed")
				  : row_int(&row, "at_risk") == 1);
	template_set_bool(
		v, "may_write",
		rights_have(&staff_of(r)->rights, RIGHT_WRITE, inbound_scope(&row)));
	template_set_int(v, "id", id);
	template_set_bool(v, "waits", str_eq(row_text(&row, "taken_as"), "unsorted"));
	template_set_bool(v, "put_aside",
			  str_eq(row_text(&row, "taken_as"), "discarded"));
	template_set(v, "taken", staff_word("taken", row_text(&row, "taken_as")));
	template_set(v, "subject", str_or(row_text(&row, "subject"), "(no subject)"));
	template_set(v, "name", row_text(&row, "from_name"));
	template_set(v, "address", row_text(&row, "from_address"));
	template_set(v, "received", staff_time(r, row_int(&row, "received_at")));
	template_set(v, "kind", staff_word("kind", row_text(&row, "kind")));
	template_set(v, "why", row_text(&row, "why"));
	template_set(v, "reasons", staff_reasons(r, row_text(&row, "reasons")));
	template_set(v, "text",
		     staff_text_unwrapped(r, str_or(row_text(&row, "text"), ""),
					  STAFF_TEXT_MOST, &is_cut));
	template_set_bool(v, "cut", is_cut);
	template_set_bool(v, "has_errors", failed != NULL);
	template_set(v, "error", failed ? page_sentence(r->arena, failed->text) : NULL);
	page_show(r, status, "web/staff/unsorted-mail.html", v);
}

void staff_unsorted_mail(struct web_request *r)
{
	show_unsorted(r, 200, NULL);
}

void staff_unsorted_original(struct web_request *r)
{
	struct store_row row;
	struct err err = {0};
	const void *bytes;
	int64_t id;
	size_t len;

	if (!staff_unsorted_find(r, &id, &row))
		return;
	if (!inbound_raw(r->op, r->arena, id, &bytes, &len, &err)) {
		staff_failed(r, &err);
		return;
	}
	web_download(r, "application/octet-stream",
		     arena_printf(r->arena, "mail-%" PRId64 ".eml", id), bytes, len);
}

/* Sorting is a right in one place or another; it has to be the place it goes to. */
static bool may_file_under(struct web_request *r, const char *name)
{
	struct consultation c;
	struct err err = {0};

	if (consultation_named(r->op, r->arena, name, &c, &err) &&
	    rights_have(&staff_of(r)->rights, RIGHT_SORT, rights_on_consultation(c.id)))
		return true;
	page_problem(r, 404, "There is no such consultation, or it is not for you.");
	return false;
}

void staff_unsorted_file(struct web_request *r)
{
	const char *to = str_or(web_form(r, "consultation"), ""), *reference;
	struct store_row row;
	struct err err = {0};
	int64_t id;

	if (!staff_unsorted_find(r, &id, &row) || !may_file_under(r, to))
		return;
	if (!inbound_file(r->op, r->arena, id, to, &reference, &err)) {
		staff_failed(r, &err);
		return;
	}
	staff_say(r, "Filed as %s.", reference);
	staff_back(r, "/staff/unsorted");
}

/* ---- sent on for somebody else ---- */

static void show_sent_on(struct web_request *r, struct template_value *v, unsigned status,
			 int64_t id, const struct entry_said *said)
{
	struct err err = {0};

	if (!add_places(r, v, &err)) {
		staff_failed(r, &err);
		return;
	}
	staff_entry_show(v, said);
	template_set_bool(v, "files_to", true);
	template_set_bool(v, "acknowledges", true);
	template_set(v, "from", staff_unsorted_path(r, id));
	template_set(v, "to",
		     arena_printf(r->arena, "%s/sent-on", staff_unsorted_path(r, id)));
	page_show(r, status, "web/staff/sent-on.html", v);
}

static struct template_value *sent_on_values(struct web_request *r,
					     const struct store_row *mail)
{
	const char *subject = str_or(row_text(mail, "subject"), "(no subject)");
	struct template_value *v = staff_values(r, subject, "responses");

	template_set(v, "from_words", subject);
	return v;
}

void staff_unsorted_sent_on(struct web_request *r)
{
	const struct entry_said said = {.how = ENTRY_SENT_ON,
					.channel = "paper",
					.acknowledge = ENTRY_ACKNOWLEDGE};
	struct store_row row;
	int64_t id;

	if (staff_unsorted_find(r, &id, &row))
		show_sent_on(r, sent_on_values(r, &row), 200, id, &said);
}

void staff_unsorted_sent_on_file(struct web_request *r)
{
	struct entry_said said = staff_entry_sent(r, ENTRY_SENT_ON);
	struct unsorted_filing filing = {
		.consultation = str_or(web_form(r, "consultation"), ""), .said = &said};
	struct template_value *v;
	struct staff_form form;
	const char *reference;
	struct store_row row;
	struct err err = {0};
	unsigned status = WEB_BAD_REQUEST;

	if (!staff_unsorted_find(r, &filing.inbound_id, &row) ||
	    !may_file_under(r, filing.consultation))
		return;
	v = sent_on_values(r, &row);
	form = staff_form_of(r, v, "Nothing was filed");
	staff_entry_check(&form, &said);
	if (!form.wrong) {
		if (inbound_file_as(r->op, r->arena, &filing, &reference, &err)) {
			staff_say(r, "Filed as %s, the response of %s.", reference,
				  str_or(str_or(entry_name(&said), said.address), ""));
			staff_back(r, "/staff/unsorted");
			return;
		}
		status = staff_refusal(&err);
		if (!status) {
			staff_failed(r, &err);
			return;
		}
		staff_form_wrong(&form, "consultation", err.text);
	}
	show_sent_on(r, v, status, filing.inbound_id, &said);
}

void staff_unsorted_discard(struct web_request *r)
{
	const char *reason = str_or(web_form(r, "reason"), "");
	struct store_row row;
	struct err err = {0};
	int64_t id;

	if (!staff_unsorted_find(r, &id, &row))
		return;
	if (inbound_discard(r->op, id, reason, &err)) {
		staff_say(r, "Put aside: %s. The mail is kept.", reason);
		staff_back(r, "/staff/unsorted");
	} else if (err.kind == ERR_INPUT) {
		show_unsorted(r, 400, &err);
	} else {
		staff_failed(r, &err);
	}
}

void staff_unsorted_erasure(struct web_request *r)
{
	const char *choice = str_or(web_form(r, "decision"), "");
	bool erase = str_eq(choice, "erase");
	struct store_row row;
	struct err err = {0};
	int64_t id;

	if (!staff_unsorted_find(r, &id, &row))
		return;
	if (!erase && !str_eq(choice, "keep")) {
		page_problem(r, 400, "Choose whether the email is erased or kept.");
		return;
	}
	if (!erasure_mail_decide(r->op, id, erase ? ERASURE_ERASE : ERASURE_KEEP, &err)) {
		staff_failed(r, &err);
		return;
	}
	staff_say(r, erase ? "The email has been erased." : "The email is kept.");
	staff_back(r, "/staff/unsorted?erase=1");
}
