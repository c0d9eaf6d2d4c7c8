/* The mail behind a response: as it came, its layout in a shut frame, its files. */
#include "domain/intake/inbound_look.h"
#include "domain/responses/response_record.h"
#include "base/str.h"
#include "staff/triage/original.h"
#include "staff/frame/pages.h"
#include "staff/triage/response_values.h"
#include "staff/frame/words.h"
#include "template/template.h"

#include <inttypes.h>

struct mail_of {
	const char *reference;
	struct response_mail kept;
};

/* The raw mail of the response in the path; false when it has answered. */
static bool find_mail(struct web_request *r, struct mail_of *out)
{
	struct response response;
	struct err err = {0};

	if (!staff_reference(r, &out->reference))
		return false;
	if (!response_find(r->op, r->arena, out->reference, &response, &err) ||
	    !response_mail(r->op, r->arena, response.id, &out->kept, &err)) {
		staff_failed(r, &err);
		return false;
	}
	if (out->kept.len)
		return true;
	page_problem(r, 404, "This mail was erased, and nothing of it is kept.");
	return false;
}

void staff_mail(struct web_request *r)
{
	struct response_view view;
	struct template_value *v;
	struct mail_of mail;
	struct err err = {0};
	bool is_cut, also_cut = false;
	char *head;
	size_t len;

	if (!find_mail(r, &mail))
		return;
	if (!response_view_load(r->op, r->arena, mail.reference, VIEW_WITH_NAMES, &view,
				&err)) {
		staff_failed(r, &err);
		return;
	}
	v = staff_values(r, arena_printf(r->arena, "%s as it came", mail.reference),
			 "responses");
	template_set(v, "reference", mail.reference);
	template_set(v, "subject", str_or(view.subject, "(no subject)"));
	template_set(v, "response", staff_response_path(r));
	template_set(v, "text",
		     staff_text(r, str_or(view.text, ""), STAFF_PAGE_TEXT, &is_cut));
	template_set_bool(v, "cut", is_cut);
	for (size_t i = 0; i < view.files.count; i++) {
		struct store_row row = table_row(&view.files, i);

		if (row_int(&row, "also"))
			template_set(v, "also",
				     staff_text(r, str_or(row_text(&row, "text"), ""),
						STAFF_PAGE_TEXT, &also_cut));
	}
	template_set_bool(v, "also_cut", also_cut);
	head = arena_strndup(r->arena, mail.kept.bytes,
			     mail.kept.len < 8192 ? mail.kept.len : 8192);
	len = strlen(head);
	for (size_t i = 1; i < len; i++)
		if (head[i] == '\n' &&
		    (head[i - 1] == '\n' ||
		     (i > 1 && head[i - 1] == '\r' && head[i - 2] == '\n')))
			head[i] = '\0', len = i;
	{
		AUTO(buf) clean = buf_new(len * 3 + 1);

		str_utf8_clean(clean, head, len);
		template_set(v, "head", buf_text(clean));
	}
	web_set_policy(r, "default-src 'none'; style-src 'self'; script-src 'self'; "
			  "img-src 'self' data:; connect-src 'self'; form-action 'self'; "
			  "frame-src 'self'; base-uri 'none'; frame-ancestors 'none'");
	staff_page(r, "web/staff/mail.html", v);
}

void staff_mail_original(struct web_request *r)
{
	struct mail_of mail;

	if (find_mail(r, &mail))
		web_download(r, "application/octet-stream",
			     arena_printf(r->arena, "%s.eml", mail.reference),
			     mail.kept.bytes, mail.kept.len);
}

void staff_mail_layout(struct web_request *r)
{
	struct mail_message m;
	struct mail_of mail;
	struct err err = {0};

	if (!find_mail(r, &mail))
		return;
	if (!staff_original_read(r, mail.kept.bytes, mail.kept.len, &m, &err)) {
		staff_failed(r, &err);
		return;
	}
	staff_original_frame(r, &m);
}

/* The row of one attachment; false when it has answered. */
static bool find_file(struct web_request *r, int64_t inbound_id, struct store_row *out,
		      int64_t *out_position)
{
	struct store_table files;
	struct err err = {0};

	if (!str_to_int(web_arg(r, 2), 0, INT32_MAX, out_position, &err)) {
		page_problem(r, 404, "There is no such file in this mail.");
		return false;
	}
	if (!inbound_files(r->op, r->arena, inbound_id, &files, &err)) {
		staff_failed(r, &err);
		return false;
	}
	for (size_t i = 0; i < files.count; i++) {
		*out = table_row(&files, i);
		if (row_int(out, "position") == *out_position)
			return true;
	}
	page_problem(r, 404, "There is no such file in this mail.");
	return false;
}

void staff_file(struct web_request *r)
{
	struct mail_message m;
	struct store_row row;
	struct mail_of mail;
	struct err err = {0};
	int64_t position;

	if (!find_mail(r, &mail) || !find_file(r, mail.kept.inbound_id, &row, &position))
		return;
	if (!staff_original_read(r, mail.kept.bytes, mail.kept.len, &m, &err)) {
		staff_failed(r, &err);
		return;
	}
	staff_original_file(r, &m, position, row_text(&row, "sha256"),
			    row_text(&row, "name"));
}

/* The whole text of a file, as text and nothing else. */
void staff_file_text(struct web_request *r)
{
	struct store_row row;
	struct mail_of mail;
	AUTO(buf) shown = NULL;
	const char *text;
	int64_t position;

	if (!find_mail(r, &mail) || !find_file(r, mail.kept.inbound_id, &row, &position))
		return;
	text = str_or(row_text(&row, "text"), "There is no text in this file.\n");
	shown = buf_new(strlen(text) * 3 + 1);
	template_clean_text(shown, text, strlen(text), TEMPLATE_MANY_LINES);
	web_text(r, 200, "text/plain; charset=utf-8", shown);
}
