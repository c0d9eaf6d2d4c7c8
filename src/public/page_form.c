/* The form of an open consultation, as a file; whoever may see its page may have it. */
#include "domain/admin/asked.h"
#include "domain/bulletins/archive.h"
#include "ownform/ownform.h"
#include "pages/page.h"
#include "public/public_pages.h"

enum { KEEP_S = 60 };

typedef void form_writer(struct arena *arena, const struct ownform *form, struct buf *to);

static void send_form(struct web_request *r, form_writer *writer, const char *type,
		      const char *ending)
{
	AUTO(buf) file = buf_new(OWNFORM_BYTES);
	struct archive_consultation a;
	struct ownform form;
	struct err err = {0};

	if (!archive_consultation(r->op, r->arena, web_arg(r, 0), &a, &err) ||
	    !asked_form(r->op, r->arena, &a.consultation, &form, &err)) {
		page_failed(r, &err);
		return;
	}
	if (!a.is_open) {
		page_problem(r, WEB_NOT_FOUND, "This consultation is closed.");
		return;
	}
	writer(r->arena, &form, file);
	if (buf_cut(file)) {
		(void)err_set(&err, ERR_SYSTEM, "the form of %s is larger than %d bytes",
			      form.name, OWNFORM_BYTES);
		page_failed(r, &err);
		return;
	}
	web_keep(r, KEEP_S);
	web_download(r, type,
		     arena_printf(r->arena, "%s-response-form.%s", form.name, ending),
		     buf_text(file), file->len);
}

void public_form_docx(struct web_request *r)
{
	send_form(r, ownform_write_docx, OWNFORM_DOCX_TYPE, "docx");
}

void public_form_odt(struct web_request *r)
{
	send_form(r, ownform_write_odt, OWNFORM_ODT_TYPE, "odt");
}

void public_form_text(struct web_request *r)
{
	send_form(r, ownform_write_text, "text/plain; charset=utf-8", "txt");
}
