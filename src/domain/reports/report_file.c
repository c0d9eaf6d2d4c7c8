#include "domain/reports/report_file.h"
#include "domain/reports/report_write.h"
#include "base/clock.h"
#include "base/str.h"

#include <inttypes.h>

const char *const report_file_forms[] = {"html", "md", "csv", NULL};

static const char style[] =
	":root{color-scheme:light dark}\n"
	"body{margin:0;font:1.0625rem/1.6 system-ui,sans-serif;color:CanvasText;"
	"background:Canvas}\n"
	"main{max-width:70ch;margin:0 auto;padding:1.5rem}\n"
	"h1{font-size:1.75rem;line-height:1.25}h2{margin-top:2.5rem}\n"
	"table{border-collapse:collapse;width:100%;font-size:.9375rem;"
	"font-variant-numeric:tabular-nums}\n"
	"caption{text-align:left;font-weight:600;padding:.5rem 0}\n"
	"th,td{border-bottom:1px solid GrayText;padding:.375rem .5rem;text-align:left;"
	"vertical-align:top}\n"
	"th.number,td.number{text-align:right}tbody th{font-weight:400}\n"
	".report-base th,.report-base td{font-weight:600}\n"
	".report-depth-1{padding-left:1.5rem}.report-depth-2{padding-left:2.5rem}"
	".report-depth-3{padding-left:3.5rem}\n"
	".report-table{overflow-x:auto;margin:1rem 0}\n"
	".report-note{font-size:.9375rem}\n"
	".report-chart{margin:1rem 0;background:#fff;color:#1c1c1c;padding:.5rem}"
	".report-chart svg{max-width:100%;height:auto}\n"
	".report-quote{margin:1rem 0;padding-left:1rem;border-left:4px solid GrayText}"
	".report-quote blockquote{margin:0}\n"
	".report-quote figcaption::before{content:\"\\2014\\a0\"}\n"
	".report-unapproved{border:2px solid;padding:.75rem;font-weight:600}\n"
	"blockquote{margin:1rem 0;padding-left:1rem;border-left:4px solid GrayText}\n"
	"@media print{main{max-width:none;padding:0}table,figure{break-inside:avoid}"
	"h2,h3,h4,caption{break-after:avoid}.report-table{overflow:visible}}\n";

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

static void put_html(struct arena *arena, const struct consultation *of,
		     const struct report_edition *e, const struct report_frozen *frozen,
		     struct buf *out)
{
	const char *stands = standing(arena, e, of->zone);

	buf_str(out, "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n"
		     "<meta charset=\"utf-8\">\n"
		     "<meta name=\"viewport\" content=\"width=device-width, "
		     "initial-scale=1\">\n<title>");
	report_escape(out, of->title);
	buf_str(out, ": analysis of responses</title>\n<style>\n");
	buf_str(out, style);
	buf_str(out, "</style>\n</head>\n<body>\n<main>\n");
	if (!e->approved_at)
		buf_printf(out, "<p class=\"report-unapproved\">%s</p>\n", stands);
	buf_str(out, frozen->html);
	if (e->approved_at)
		buf_printf(out, "<p>%s.</p>\n", stands);
	buf_str(out, "</main>\n</body>\n</html>\n");
}

bool report_file(struct operation *op, struct arena *arena,
		 const struct report_edition *edition, const char *form, struct buf *out,
		 struct err *err)
{
	struct report_frozen frozen;
	struct consultation of;
	struct store_row row;

	if (!domain_word_check("form of a report", form, report_file_forms, err) ||
	    !store_one(op->store, arena, &row, err, SQL_CONSULTATION_BY_ID, "i",
		       edition->consultation_id) ||
	    !report_edition_quotes_stand(op, arena, edition, err) ||
	    !report_edition_clean(op, arena, edition, err) ||
	    !report_edition_read(op, arena, edition, &frozen, err))
		return false;
	consultation_read(&row, &of);
	if (str_eq(form, "csv")) {
		buf_str(out, frozen.csv);
	} else if (str_eq(form, "md")) {
		if (!edition->approved_at)
			buf_printf(out, "**%s**\n\n", standing(arena, edition, of.zone));
		buf_str(out, frozen.markdown);
	} else {
		put_html(arena, &of, edition, &frozen, out);
	}
	return !out->cut || err_set(err, ERR_INPUT, "the report is too long for a file");
}
