#include "extract/recognise.h"
#include "base/numeral.h"
#include "base/str.h"

#include <ctype.h>
#include <dirent.h>
#include <inttypes.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
	MEMORY = 512 << 20,
	WALL_MS = 60000,
	PICTURE = 12 << 20, /* a page of PAGE_PIXELS, one byte a pixel */
	WORDS_MOST = 1 << 20,
	SURE_LEAST = 50, /* below it, it is guessed out of a pattern */
	LETTERS_LEAST = 8,
	STAMP_MOST = 80 /* bytes that a program puts on a page that it scanned */
};
#ifdef MERCAT_SANITIZED /* the machine is busier then, and the programs are not ours */
enum { CPU_S = 60 };
#else
enum { CPU_S = 20 };
#endif
#define PAGE_PIXELS "3300" /* 280 dots an inch on A4 */
/* Columns of the TSV. */
enum { BLOCK = 2, PARAGRAPH, LINE, CONFIDENCE = 10, WORD, COLUMNS };

void recognise_languages(char out[EXTRACT_LANGUAGES])
{
	AUTO(buf) all = buf_new(EXTRACT_LANGUAGES);
	DIR *dir = opendir(MERCAT_TESSDATA);
	int others = 0;

	out[0] = '\0';
	if (!dir)
		return;
	if (access(MERCAT_TESSERACT, X_OK) == 0 && access(MERCAT_PDFTOPPM, X_OK) == 0 &&
	    access(MERCAT_TESSDATA "/eng.traineddata", R_OK) == 0)
		buf_str(all, "eng");
	for (struct dirent *e; all->len && (e = readdir(dir));) {
		size_t len = strcspn(e->d_name, ".");

		if (len == 3 && str_eq(e->d_name + len, ".traineddata") &&
		    !str_starts(e->d_name, "eng") && !str_starts(e->d_name, "osd") &&
		    !str_starts(e->d_name, "equ") && others++ < RECOGNISE_OTHERS)
			buf_printf(all, "+%.3s", e->d_name);
	}
	(void)closedir(dir);
	str_copy(out, EXTRACT_LANGUAGES, buf_text(all));
}

static bool blank(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (!str_is_space(text[i]))
			return false;
	return true;
}

/* What a program that scans puts on each page. */
static bool is_stamp(const char *text, size_t len)
{
	static const char *const stamps[] = {
		"scanned by", "scanned with", "scanned using", "camscanner",
		"adobe scan", "genius scan",  "tiny scanner",  "scanner app"};
	char head[STAMP_MOST + 1];

	if (len > STAMP_MOST)
		return false;
	memcpy(head, text, len);
	head[len] = '\0';
	for (size_t i = 0; i < ARRAY_LEN(stamps); i++)
		if (str_ifind(head, stamps[i]))
			return true;
	return false;
}

/* The same few words on each page, but for numbers, are a stamp too. */
static bool same_words(const char *a, size_t a_len, const char *b, size_t b_len)
{
	size_t i = 0, j = 0;

	for (;;) {
		while (i < a_len && (str_is_space(a[i]) || isdigit((unsigned char)a[i])))
			i++;
		while (j < b_len && (str_is_space(b[j]) || isdigit((unsigned char)b[j])))
			j++;
		if (i == a_len || j == b_len)
			return i == a_len && j == b_len;
		if (a[i++] != b[j++])
			return false;
	}
}

static bool all_stamped(const char *text, size_t len)
{
	const char *at = text, *end = text + len, *ff;
	size_t first = 0, count = 0;

	while (at < end && (ff = memchr(at, '\f', (size_t)(end - at)))) {
		size_t here = (size_t)(ff - at);

		if (!count++)
			first = here;
		if (here > STAMP_MOST || !same_words(text, first, at, here))
			return false;
		at = ff + 1;
	}
	return count > 1;
}

void recognise_find_pages(const char *text, size_t len, struct recognise_pages *out)
{
	const char *at = text, *end = text + len, *ff;
	bool stamped = all_stamped(text, len);

	*out = (struct recognise_pages){0};
	while (at < end && (ff = memchr(at, '\f', (size_t)(end - at)))) {
		size_t here = (size_t)(ff - at);

		out->count++;
		if (stamped || blank(at, here) || is_stamp(at, here)) {
			out->blank_all++;
			if (out->blank_count < RECOGNISE_PAGES)
				out->blank[out->blank_count++] = out->count;
		}
		at = ff + 1;
	}
}

/* What was recognised so far. */
struct guess {
	struct buf text;
	double sure;           /* summed over the letters */
	size_t letters, pages; /* pages that have any */
};

static size_t split(char *line, char *cells[COLUMNS])
{
	size_t n = 0;

	while (n < COLUMNS && line) {
		char *tab = n + 1 < COLUMNS ? strchr(line, '\t') : NULL;

		cells[n++] = line;
		if (tab)
			*tab++ = '\0';
		line = tab;
	}
	return n;
}

/* A row for each word, with the block, paragraph and line that it stands in. */
static void add_words(struct arena *arena, const struct buf *tsv, struct guess *g)
{
	char *rest = NULL, *all = arena_strndup(arena, buf_text(tsv), tsv->len);
	char *was[COLUMNS] = {NULL}, *cells[COLUMNS];

	for (char *line = strtok_r(all, "\n", &rest); line;
	     line = strtok_r(NULL, "\n", &rest)) {
		double sure;
		size_t len;

		if (split(line, cells) < COLUMNS || !str_eq(cells[0], "5"))
			continue;
		sure = strtod(cells[CONFIDENCE], NULL);
		len = strlen(cells[WORD]);
		if (str_blank(cells[WORD]) || !(sure > 0 && sure <= 100))
			continue;
		if (was[0] && (!str_eq(was[BLOCK], cells[BLOCK]) ||
			       !str_eq(was[PARAGRAPH], cells[PARAGRAPH])))
			buf_str(&g->text, "\n\n");
		else if (was[0])
			buf_char(&g->text, str_eq(was[LINE], cells[LINE]) ? ' ' : '\n');
		str_utf8_clean(&g->text, cells[WORD], len);
		g->sure += sure * (double)len;
		g->letters += len;
		memcpy(was, cells, sizeof(was));
	}
}

static bool run(struct extract *x, const char *const *program,
		const struct mail_attachment *file, size_t text_most,
		struct extract_answer *a, struct err *err)
{
	struct extract_job job = {.kind = EXTRACT_PICTURE,
				  .bytes = file->bytes,
				  .len = file->size,
				  .text_most = text_most,
				  .program_memory_bytes = MEMORY,
				  .cpu_s = CPU_S,
				  .wall_ms = WALL_MS,
				  .program = program};

	return extract_ask(x, &job, a, err);
}

static bool came_whole(const struct extract_answer *a)
{
	return WIFEXITED(a->status) && !WEXITSTATUS(a->status) && !a->slow &&
	       !buf_cut(&a->text) && a->text.len > 0;
}

static bool read_picture(struct extract *x, struct arena *arena,
			 const struct mail_attachment *picture, struct guess *g,
			 struct err *err)
{
	/* --psm 1: turned pages are turned back, columns are read one by one. */
	const char *const tesseract[] = {
		MERCAT_TESSERACT, "stdin", "stdout", "-l", x->languages,
		"--psm",          "1",     "tsv",    NULL};
	struct extract_answer a = {0};
	bool ok = run(x, tesseract, picture, WORDS_MOST, &a, err);

	if (ok && came_whole(&a))
		add_words(arena, &a.text, g);
	extract_answer_clear(&a);
	return ok;
}

static bool read_page(struct extract *x, struct arena *arena,
		      const struct mail_attachment *pdf, size_t page, struct guess *g,
		      struct err *err)
{
	const char *n = arena_printf(arena, "%zu", page);
	const char *const pdftoppm[] = {MERCAT_PDFTOPPM,
					"-gray",
					"-scale-to",
					PAGE_PIXELS,
					"-f",
					n,
					"-l",
					n,
					"-",
					NULL};
	struct extract_answer a = {0};
	size_t had = g->letters;
	bool ok = run(x, pdftoppm, pdf, PICTURE, &a, err);

	if (ok && came_whole(&a)) {
		const struct mail_attachment picture = {.bytes = buf_text(&a.text),
							.size = a.text.len};

		if (g->text.len && g->text.bytes[g->text.len - 1] != '\n')
			buf_str(&g->text, "\n\n");
		ok = read_picture(x, arena, &picture, g, err);
		g->pages += g->letters > had;
	}
	extract_answer_clear(&a);
	return ok;
}

static int sureness(const struct guess *g)
{
	return g->letters >= LETTERS_LEAST ? (int)(g->sure / (double)g->letters) : 0;
}

static void hand_over(struct arena *arena, const struct guess *g,
		      struct extract_result *out)
{
	const char *own = out->text;
	char *text = arena_printf(arena, "%s%s%s", own ? own : "", own ? "\n\n" : "",
				  buf_text(&g->text));

	out->text = text;
	out->recognised = own ? text + strlen(own) + 2 : text;
	out->sure = sureness(g);
	out->source = "recognised";
	out->state = EXTRACT_UNREADABLE;
}

static const char *which_pages(struct arena *arena, size_t scanned, size_t all)
{
	if (scanned == all)
		return plural(all, "it is a scanned page", "its pages are scanned");
	return arena_printf(arena, "%zu of its %zu pages %s scanned", scanned, all,
			    plural(scanned, "is", "are"));
}

bool recognise_pdf(struct extract *x, struct arena *arena,
		   const struct mail_attachment *file,
		   const struct recognise_pages *pages, struct extract_result *out,
		   struct err *err)
{
	struct guess g = {0};
	const char *more;
	bool ok = true;

	if (!*x->languages || !pages->blank_count)
		return true;
	buf_init(&g.text, WORDS_MOST);
	for (size_t i = 0; ok && i < pages->blank_count; i++)
		ok = read_page(x, arena, file, pages->blank[i], &g, err);
	if (ok && sureness(&g) >= SURE_LEAST) {
		hand_over(arena, &g, out);
		more = pages->blank_all > pages->blank_count
			       ? arena_printf(arena, " (the first %d were tried)",
					      RECOGNISE_PAGES)
			       : "";
		out->reason = arena_printf(
			arena,
			"%s%s: a program recognised the words, %d %% sure; compare them with "
			"the file before you rely on them",
			which_pages(arena, g.pages, pages->count), more, out->sure);
	}
	buf_clear(&g.text);
	return ok;
}

bool recognise_picture(struct extract *x, struct arena *arena,
		       const struct mail_attachment *file, struct extract_result *out,
		       struct err *err)
{
	struct guess g = {0};
	bool ok;

	if (!*x->languages)
		return true;
	buf_init(&g.text, WORDS_MOST);
	ok = read_picture(x, arena, file, &g, err);
	if (ok && sureness(&g) >= SURE_LEAST) {
		hand_over(arena, &g, out);
		out->reason = arena_printf(
			arena,
			"it is a picture: a program recognised words in it, %d %% sure; "
			"look at it before you rely on them",
			out->sure);
	}
	buf_clear(&g.text);
	return ok;
}
