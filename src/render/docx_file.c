/* A page as Word; see rendered.h. */
#include "base/arena.h"
#include "base/str.h"
#include "render/rendered_look.h"
#include "render/outside.h"
#include "render/pictures.h"
#include "render/word_styles.h"

/* Twice as many dots as it is wide, so that it is sharp on paper. */
static bool draw(const struct rendering *with, const struct buf *svg, struct buf *out,
		 struct err *err)
{
	static const char sign[] = "\x89PNG\r\n\x1a\n";
	const char *const argv[] = {
		with->rsvg_convert,    "--format",           "png",   "--width", "1280",
		"--keep-aspect-ratio", "--background-color", "white", NULL};
	const struct outside_job job = {.name = "rsvg-convert",
					.package = "librsvg2-bin",
					.argv = argv,
					.in = svg,
					.folder = with->folder,
					.memory_bytes = with->pdf_bytes,
					.cpu_s = with->cpu_s,
					.wall_ms = with->wall_ms};

	if (!outside_make(&job, out, err))
		return false;
	return (out->len > sizeof(sign) - 1 &&
		!memcmp(buf_text(out), sign, sizeof(sign) - 1)) ||
	       err_set(err, ERR_SYSTEM, "what %s made is no picture", job.name);
}

/* What the page says is to stand on each page: <meta name="footer" content="...">. */
static const char *footer_of(struct arena *arena, const struct buf *html)
{
	static const char before[] = "<meta name=\"footer\" content=\"";
	const char *at = strstr(buf_text(html), before);

	if (!at)
		return NULL;
	at += sizeof(before) - 1;
	return arena_strndup(arena, at, strcspn(at, "\""));
}

bool render_word(const struct rendering *with, const struct buf *html, struct buf *out,
		 struct err *err)
{
	static const char reference[] = "reference.docx";
	static const char *const parts[] = {"[Content_Types].xml", "word/document.xml",
					    "word/styles.xml", NULL};
	/* No --sandbox: Debian's pandoc has its own parts as files, which that keeps from it. */
	const char *const argv[] = {
		with->pandoc,      "--from",  "html",     "--to", "docx",
		"--reference-doc", reference, "--output", "-",    NULL};
	AUTO(arena) arena = arena_new(1 << 10);
	AUTO(buf) page = buf_new(RENDERED_MOST);
	AUTO(buf) styles = buf_new(1 << 20);
	const struct outside_file files[] = {{reference, styles}, {0}};
	const struct outside_job job = {.name = "pandoc",
					.package = "pandoc",
					.argv = argv,
					.in = page,
					.files = files,
					.folder = with->folder,
					.memory_bytes = with->word_bytes,
					.cpu_s = with->cpu_s,
					.wall_ms = with->wall_ms};

	word_styles(footer_of(arena, html), styles);
	return pictures_of_drawings(with, html, draw, page, err) &&
	       outside_make(&job, out, err) && look_package(job.name, out, parts, err);
}
