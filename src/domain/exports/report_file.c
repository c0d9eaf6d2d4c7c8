#include "domain/exports/report_file.h"
#include "domain/exports/report_paper.h"
#include "base/clock.h"
#include "base/str.h"
#include "render/rendered.h"

#include <inttypes.h>

#define OFFICE "application/vnd.openxmlformats-officedocument."

const struct report_form report_forms[] = {
	{"html", "text/html; charset=utf-8", NULL},
	{"md", "text/markdown; charset=utf-8", NULL},
	{"csv", "text/csv; charset=utf-8", NULL},
	{"pdf", "application/pdf", render_pdf},
	{"docx", OFFICE "wordprocessingml.document", render_word},
	{"xlsx", OFFICE "spreadsheetml.sheet", render_workbook},
	{0}};

const struct report_form *report_form_named(const char *name)
{
	for (const struct report_form *f = report_forms; f->name; f++)
		if (str_eq(f->name, name))
			return f;
	return NULL;
}

/* "Edition 2, approved on 3 March 2026" */
static const char *standing(struct arena *arena, const struct report_edition *e,
			    const char *zone)
{
	char day[CLOCK_TEXT];

	clock_long_date(e->approved_at ? e->approved_at : e->made_at, zone, day);
	return arena_printf(arena,
			    e->approved_at ? "Edition %" PRId64 ", approved on %s"
					   : "Edition %" PRId64
					     " of %s has not been approved. It is not "
					     "for publication.",
			    e->number, day);
}

static void put_page(struct operation *op, const struct consultation *of,
		     const struct report_edition *e, const struct report_frozen *frozen,
		     const char *stands, const struct report_form *form, struct buf *out)
{
	const struct report_sheet sheet = {.title = of->title,
					   .organisation = op->settings->organisation,
					   .stands = stands,
					   .html = frozen->html,
					   .approved_at = e->approved_at};

	if (form->render == render_pdf)
		report_paper_print(&sheet, out);
	else if (form->render == render_word)
		report_paper_word(&sheet, out);
	else
		report_paper_screen(&sheet, out);
}

bool report_file_page(struct operation *op, struct arena *arena,
		      const struct report_edition *edition,
		      const struct report_form *form, struct buf *out, struct err *err)
{
	struct report_frozen frozen;
	struct consultation of;
	struct store_row row;
	const char *stands;

	if (!store_one(op->store, arena, &row, err, SQL_CONSULTATION_BY_ID, "i",
		       edition->consultation_id) ||
	    !report_edition_read(op, arena, edition, &frozen, err))
		return false;
	consultation_read(&row, &of);
	stands = standing(arena, edition, of.zone);
	if (str_eq(form->name, "csv")) {
		buf_str(out, frozen.csv);
	} else if (str_eq(form->name, "md")) {
		if (!edition->approved_at)
			buf_printf(out, "**%s**\n\n", stands);
		buf_str(out, frozen.markdown);
	} else {
		put_page(op, &of, edition, &frozen, stands, form, out);
	}
	return !out->cut || err_set(err, ERR_INPUT, "the report is too long for a file");
}

bool report_file(struct operation *op, struct arena *arena,
		 const struct report_edition *edition, const struct report_form *form,
		 struct buf *out, struct err *err)
{
	return report_edition_quotes_stand(op, arena, edition, err) &&
	       report_edition_clean(op, arena, edition, err) &&
	       report_file_page(op, arena, edition, form, out, err);
}

bool report_file_render(struct operation *op, struct arena *arena,
			const struct report_edition *edition,
			const struct report_file_how *how, struct buf *out,
			struct err *err)
{
	AUTO(buf) page = buf_new(REPORT_FILE_BYTES);

	if (!how->form->render)
		return report_file(op, arena, edition, how->form, out, err);
	return report_file(op, arena, edition, how->form, page, err) &&
	       how->form->render(how->with, page, out, err);
}
