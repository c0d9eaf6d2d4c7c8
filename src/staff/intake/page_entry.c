/* A response put in by hand; whose it is where somebody sent it on. */
#include "domain/sorting/entered.h"
#include "domain/sorting/typed_scan.h"
#include "domain/sorting/sent_on.h"
#include "base/str.h"
#include "staff/intake/entry_form.h"
#include "staff/triage/original.h"
#include "staff/frame/pages.h"
#include "staff/triage/response_values.h"
#include "staff/triage/scan_show.h"
#include "staff/triage/triage.h"

static const struct consultation *of(const struct web_request *r)
{
	return &staff_of(r)->consultation;
}

static const char *path(struct web_request *r)
{
	return arena_printf(r->arena, "%s/responses/new", staff_queue_path(r));
}

static struct template_value *values(struct web_request *r)
{
	return staff_values(
		r, arena_printf(r->arena, "Add a response by hand: %s", of(r)->title),
		"responses");
}

/* Of one form, however often it is sent. */
static const char *new_once(struct web_request *r)
{
	char token[SECRET_RANDOM_LEN + 1];

	secret_random_token(token);
	return arena_strdup(r->arena, token);
}

static void show(struct web_request *r, struct template_value *v, unsigned status,
		 const struct entered *sent)
{
	staff_entry_show(v, &sent->said);
	template_set_bool(v, "acknowledges", true);
	template_set(v, "to", path(r));
	template_set(v, "once", sent->once);
	template_set(v, "form_received", sent->received);
	template_set(v, "form_text", sent->text);
	template_set(v, "opens", staff_date(r, of(r)->opens_at));
	template_set(v, "closes", staff_date(r, of(r)->closes_at));
	if (!str_empty(sent->scan)) {
		template_set(v, "scan", sent->scan);
		template_set(v, "scan_path", staff_scan_path(r, sent->scan));
		staff_scan_policy(r);
	}
	page_show(r, status, "web/staff/response-new.html", v);
}

/* ?channel= and ?received= of the one before, where many are put in one after another. */
void staff_entry_new(struct web_request *r)
{
	const struct entered empty = {.said = {.channel = web_query(r, "channel"),
					       .acknowledge = ENTRY_ACKNOWLEDGE},
				      .received = web_query(r, "received"),
				      .scan = web_query(r, "scan"),
				      .once = new_once(r)};

	if (str_eq(of(r)->state, "draft")) {
		page_problem(r, 409,
			     "This consultation is not open yet. Responses can be added "
			     "once it is.");
		return;
	}
	show(r, values(r), 200, &empty);
}

static void read_files(struct web_request *r, struct entered *to)
{
	struct typed_file *files =
		arena_make(r->arena, struct typed_file, r->form.count + 1);

	to->files = files;
	for (size_t i = 0; i < r->form.count; i++) {
		const struct web_field *f = &r->form.fields[i];

		if (str_eq(f->name, "files") && f->file_name && f->len)
			files[to->file_count++] = (struct typed_file){
				str_or(f->file_name, "file"), f->type, f->value, f->len};
	}
}

static struct entered read_form(struct web_request *r)
{
	struct entered sent = {.consultation = of(r)->name,
			       .said = staff_entry_sent(r, ENTRY_BY_HAND),
			       .received = staff_form_text(r, "received"),
			       .text = str_or(web_form(r, "text"), ""),
			       .once = staff_form_text(r, "once"),
			       .scan = staff_form_text(r, "scan")};

	read_files(r, &sent);
	return sent;
}

static void check(struct web_request *r, struct staff_form *form,
		  const struct entered *sent)
{
	struct calendar_day day;
	struct err err = {0};

	staff_entry_check(form, &sent->said);
	if (!entered_day(r->op, of(r), sent->received, &day, &err))
		staff_form_wrong(form, "received", err.text);
	err = (struct err){0};
	if (str_empty(sent->scan) && !entered_words_check(sent, &err))
		staff_form_wrong(form, "text", err.text);
}

/* A browser shows a form again without its files. */
static void ask_for_files(struct staff_form *form, const struct entered *sent)
{
	if (sent->file_count)
		staff_form_wrong(form, "files",
				 sent->file_count == 1 ? "choose the file again"
						       : "choose the files again");
}

static void say(struct web_request *r, const struct entered *sent,
		const struct entered_added *added)
{
	if (added->was_there) {
		staff_say(r, "This was added already, as %s.", added->reference);
		return;
	}
	staff_say(r, "Added as %s.%s%s%s", added->reference,
		  added->is_late ? " It reached us after the close and counts as late."
				 : "",
		  added->is_early ? " It reached us before the consultation opened: "
				    "check the date."
				  : "",
		  added->is_acknowledged
			  ? arena_printf(r->arena, " An acknowledgement goes to %s.",
					 sent->said.address)
			  : "");
}

static void go_on(struct web_request *r, const struct entered *sent,
		  const struct entered_added *added)
{
	if (str_eq(web_form(r, "then"), "another"))
		staff_back(r, "%s?channel=%s&received=%s", path(r),
			   web_escape_url(r->arena, sent->said.channel),
			   web_escape_url(r->arena, sent->received));
	else
		staff_back(r, "%s", staff_reference_path(r, added->reference));
}

/* With the files of the scan that it was typed from. */
static bool with_scan(struct web_request *r, struct entered *io, struct err *err)
{
	struct scan_chosen scan = {.consultation_id = of(r)->id, .token = io->scan};
	struct typed_file *all;

	if (str_empty(io->scan))
		return true;
	if (!scan_files(r->op, r->arena, &scan, err))
		return false;
	all = arena_make(r->arena, struct typed_file, scan.count + io->file_count + 1);
	memcpy(all, scan.files, scan.count * sizeof(*all));
	if (io->file_count)
		memcpy(all + scan.count, io->files, io->file_count * sizeof(*all));
	io->files = all;
	io->file_count += scan.count;
	return true;
}

static bool add(struct web_request *r, const struct entered *form,
		struct entered_added *out, struct err *err)
{
	struct entered sent = *form;
	struct entered_made made;
	struct mail_message m;

	return with_scan(r, &sent, err) &&
	       entered_make(r->op, r->arena, &sent, &made, err) &&
	       staff_original_read(r, made.bytes, made.len, &m, err) &&
	       entered_add(r->op, r->arena, &made, &m, out, err);
}

void staff_entry_add(struct web_request *r)
{
	struct entered sent = read_form(r);
	struct template_value *v = values(r);
	struct staff_form form = staff_form_of(r, v, "Nothing was added");
	struct entered_added added;
	struct err err = {0};
	unsigned status = WEB_BAD_REQUEST;

	check(r, &form, &sent);
	if (!form.wrong) {
		if (add(r, &sent, &added, &err)) {
			say(r, &sent, &added);
			go_on(r, &sent, &added);
			return;
		}
		status = err.kind == ERR_AGAIN ? 503 : staff_refusal(&err);
		if (!status) {
			staff_failed(r, &err);
			return;
		}
		if (err.kind == ERR_CONFLICT) /* as another one, if it is sent again */
			sent.once = new_once(r);
		staff_form_wrong(&form, "text", err.text);
	}
	ask_for_files(&form, &sent);
	show(r, v, status, &sent);
}

/* ---- sent on ---- */

static void show_sent_on(struct web_request *r, struct template_value *v, unsigned status,
			 const char *reference, const struct entry_said *said)
{
	staff_entry_show(v, said);
	template_set(v, "to",
		     arena_printf(r->arena, "%s/sent-on", staff_response_path(r)));
	template_set(v, "from", staff_response_path(r));
	template_set(v, "from_words", reference);
	page_show(r, status, "web/staff/sent-on.html", v);
}

static struct template_value *sent_on_values(struct web_request *r, const char *reference)
{
	return staff_values(
		r, arena_printf(r->arena, "%s was sent on for somebody else", reference),
		"responses");
}

void staff_sent_on(struct web_request *r)
{
	const char *reference;
	struct response_view view;
	struct entry_said said = {.how = ENTRY_SENT_ON, .channel = "paper"};
	struct err err = {0};

	if (!staff_reference(r, &reference))
		return;
	if (!response_view_load(r->op, r->arena, reference,
				staff_who(r) ? VIEW_WITH_NAMES : VIEW_WITHOUT_NAMES,
				&view, &err)) {
		staff_failed(r, &err);
		return;
	}
	if (view.who.forwarded_by) { /* as it stands, to be changed */
		said.channel = view.response.channel;
		said.name = view.who.name;
		said.organisation = view.who.organisation;
		said.address = view.who.address;
		said.type = view.who.type;
		said.permission = view.who.permission;
	}
	show_sent_on(r, sent_on_values(r, reference), 200, reference, &said);
}

void staff_sent_on_say(struct web_request *r)
{
	struct entry_said said = staff_entry_sent(r, ENTRY_SENT_ON);
	struct template_value *v;
	struct staff_form form;
	const char *reference;
	struct err err = {0};
	unsigned status = WEB_BAD_REQUEST;

	if (!staff_reference(r, &reference))
		return;
	v = sent_on_values(r, reference);
	form = staff_form_of(r, v, "Nothing was changed");
	staff_entry_check(&form, &said);
	if (!form.wrong) {
		if (sent_on_say(r->op, reference, &said, &err)) {
			staff_say(r, "%s is now the response of %s.", reference,
				  str_or(str_or(entry_name(&said), said.address), ""));
			staff_back(r, "%s", staff_response_path(r));
			return;
		}
		status = staff_refusal(&err);
		if (!status) {
			staff_failed(r, &err);
			return;
		}
		staff_form_wrong(&form, "channel", err.text);
	}
	show_sent_on(r, v, status, reference, &said);
}
