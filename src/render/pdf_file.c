/* A page as PDF; see rendered.h. */
#include "base/str.h"
#include "render/rendered_look.h"
#include "render/outside.h"
#include "render/pdf_tags.h"
#include "render/pictures.h"

bool render_pdf(const struct rendering *with, const struct buf *html, struct buf *out,
		struct err *err)
{
	const char *const argv[] = {with->weasyprint,
				    "--quiet",
				    "--encoding",
				    "utf-8",
				    "--pdf-variant",
				    "pdf/ua-1",
				    "--optimize-size",
				    "fonts",
				    "-",
				    "-",
				    NULL};
	AUTO(buf) page = buf_new(RENDERED_MOST);
	AUTO(buf) made = buf_new(RENDERED_MOST);
	const struct outside_job job = {.name = "WeasyPrint",
					.package = "weasyprint",
					.argv = argv,
					.in = page,
					.folder = with->folder,
					.memory_bytes = with->pdf_bytes,
					.cpu_s = with->cpu_s,
					.wall_ms = with->wall_ms};

	const struct outside_job tags = {.name = "qpdf",
					 .work = pdf_tags,
					 .in = made,
					 .about = page,
					 .folder = with->folder,
					 .memory_bytes = with->pdf_bytes,
					 .cpu_s = with->cpu_s,
					 .wall_ms = with->wall_ms};

	return pictures_of_drawings(with, html, NULL, page, err) &&
	       outside_make(&job, made, err) && look_pdf(job.name, made, err) &&
	       outside_make(&tags, out, err) && look_pdf(tags.name, out, err);
}
