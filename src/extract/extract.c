#include "extract/recognise.h"
#include "base/fd.h"
#include "base/str.h"
#include "extract/parsers/document.h"
#include "extract/filled_in.h"
#include "extract/package.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <unistd.h>

static const char SLOW[] =
	"reading it takes too long: more than 2 s of work; a person must open it";
static const char BIG[] =
	"reading it takes too much memory: more than 128 MB; a person must open it";
static const char CRASHED[] = "reading it failed: a person must open it";
static const char TOO_LARGE[] =
	"it is too large: only the first 4 MB of its text were taken";

static const char *const pdftotext[] = {MERCAT_PDFTOTEXT, "-enc", "UTF-8", "-eol",
					"unix",           "-",    "-",     NULL};
static const char *const catdoc[] = {MERCAT_CATDOC, "-d", "utf-8", "-s",
				     "cp1252",      "-w", "-",     NULL};

bool extract_recognises(const struct extract *x)
{
	return *x->languages != '\0';
}

const char *extract_missing_program(void)
{
	if (access(MERCAT_PDFTOTEXT, X_OK) != 0)
		return MERCAT_PDFTOTEXT " (Debian: poppler-utils)";
	if (access(MERCAT_CATDOC, X_OK) != 0)
		return MERCAT_CATDOC " (Debian: catdoc)";
	return NULL;
}

bool extract_open(struct extract **out, struct err *err)
{
	struct extract *x = calloc(1, sizeof(*x));

	if (!x)
		PANIC("no memory for the reader of attachments");
	extract_document_setup();
	x->memory_bytes = EXTRACT_MEMORY;
#ifdef MERCAT_SANITIZED /* each access is checked: the same work takes several times as long */
	x->cpu_s = 4 * EXTRACT_CPU_S;
#else
	x->cpu_s = EXTRACT_CPU_S;
#endif
	x->wall_ms = EXTRACT_WALL_MS;
	x->statm = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
	recognise_languages(x->languages);
	x->timer = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);
	if (x->timer < 0) {
		(void)err_set(err, ERR_SYSTEM, "a timer for reading attachments: %s",
			      strerror(errno));
		extract_close(&x);
		return false;
	}
	*out = x;
	return true;
}

void extract_close(struct extract **extract)
{
	if (!extract || !*extract)
		return;
	fd_close(&(*extract)->statm);
	fd_close(&(*extract)->timer);
	free(*extract);
	*extract = NULL;
}

void extract_limits(struct extract *x, size_t memory_bytes, unsigned cpu_s,
		    unsigned wall_ms)
{
	x->memory_bytes = memory_bytes ? memory_bytes : x->memory_bytes;
	x->cpu_s = cpu_s ? cpu_s : x->cpu_s;
	x->wall_ms = wall_ms ? wall_ms : x->wall_ms;
}

void extract_beside(struct extract *x, const char *mail_text)
{
	x->mail_has_text = mail_text && mail_text[strspn(mail_text, " \t\r\n")];
}

/* Has a child of its own read it; whatever comes, the answer is the caller's to clear. */
static bool ask(struct extract *x, const struct mail_attachment *file,
		enum extract_kind kind, struct extract_answer *a, struct err *err)
{
	struct extract_job job = {
		.kind = kind,
		.bytes = file->bytes,
		.len = file->size,
		.text_most = kind == EXTRACT_TNEF || kind == EXTRACT_MEMBERS
				     ? EXTRACT_UNPACKED
				     : EXTRACT_TEXT,
		.program_memory_bytes = x->memory_bytes,
		.cpu_s = x->cpu_s,
		.program = kind == EXTRACT_PDF   ? pdftotext
			   : kind == EXTRACT_DOC ? catdoc
						 : NULL,
	};

	return extract_ask(x, &job, a, err);
}

/* --- what the answer means ----------------------------------------------- */

/* The limit that ended the child, or NULL when it ended by itself. */
static const char *which_limit(const struct extract_answer *a)
{
	const char *words = buf_text(&a->words);

	if (buf_cut(&a->text))
		return TOO_LARGE;
	if (a->slow)
		return SLOW;
	if (WIFSIGNALED(a->status)) {
		int signal = WTERMSIG(a->status);

		if (signal == SIGXCPU || signal == SIGKILL)
			return SLOW;
		return signal == SIGABRT || signal == SIGTRAP ? BIG : CRASHED;
	}
	if (WEXITSTATUS(a->status) &&
	    (str_ifind(words, "out of memory") || str_ifind(words, "bad_alloc") ||
	     str_ifind(words, "cannot allocate")))
		return BIG;
	return NULL;
}

static const char *why_pdf(struct arena *arena, const struct extract_answer *a,
			   struct recognise_pages *pages)
{
	const char *words = buf_text(&a->words);
	int code = WEXITSTATUS(a->status);

	if (code == EXTRACT_EXIT_ABSENT)
		return "pdftotext is not installed here: an operator must install it";
	if (code && (str_ifind(words, "password") || str_ifind(words, "encrypt")))
		return "it is encrypted: ask for it without a password";
	if (code == 3)
		return "it forbids to copy its text: a person must open it";
	if (code)
		return "it is broken: it cannot be read as a PDF";
	recognise_find_pages(buf_text(&a->text), a->text.len, pages);
	if (pages->blank_all == pages->count)
		return "scanned pages, most likely: there is no text in it";
	if (pages->blank_all * 2 > pages->count)
		return arena_printf(
			arena, "%zu of its %zu pages have no text: scanned, most likely",
			pages->blank_all, pages->count);
	return NULL;
}

static const char *why_doc(const struct extract_answer *a)
{
	int code = WEXITSTATUS(a->status);

	if (code == EXTRACT_EXIT_ABSENT)
		return "catdoc is not installed here: an operator must install it";
	if (str_ifind(buf_text(&a->words), "encrypted"))
		return "it is encrypted: ask for it without a password";
	return code ? "it is broken: it cannot be read as a Word file" : NULL;
}

/* Its first line says what it was, the second why it is not all of it. */
static const char *why_own(struct arena *arena, const struct extract_answer *a,
			   const char **source)
{
	static const char *const sources[] = {"plain",   "csv",     "html",    "rtf",
					      "docx",    "odt",     "xlsx",    "pptx",
					      "archive", "message", "winmail", "pdf"};
	const char *words = buf_text(&a->words);
	size_t line = strcspn(words, "\n"), rest = strlen(words);
	AUTO(buf) clean = buf_new(1024);

	if (WEXITSTATUS(a->status))
		return CRASHED;
	for (size_t i = 0; i < ARRAY_LEN(sources); i++)
		if (strlen(sources[i]) == line && memcmp(words, sources[i], line) == 0)
			*source = sources[i];
	if (rest <= line + 1)
		return NULL;
	str_utf8_clean(clean, words + line + 1, rest - line - 1);
	return arena_strdup(arena, buf_text(clean));
}

static const char *take_text(struct arena *arena, struct extract_answer *a)
{
	AUTO(buf) clean = buf_new((size_t)EXTRACT_TEXT * 3 + 3);
	size_t len = a->text.len;

	for (size_t i = 0; i < len; i++)
		if (a->text.bytes[i] == '\f')
			a->text.bytes[i] = '\n';
	len = str_without_tail(a->text.bytes, len);
	if (len == 0)
		return NULL;
	str_utf8_clean(clean, a->text.bytes, len);
	return arena_strndup(arena, buf_text(clean), clean->len);
}

/*
 * What is no document, or not all of one, stands for a document of which nothing is known:
 * its text alone could say more than the file does.
 */
static void take_shown(struct arena *arena, const struct extract_answer *a,
		       struct extract_result *out)
{
	struct document *d;

	if (!a->shown.len && out->reason != TOO_LARGE)
		return;
	if (buf_cut(&a->shown) ||
	    !document_unpack(arena, a->shown.bytes, a->shown.len, &d)) {
		d = document_new(arena);
		d->cut = true;
	}
	extract_keep_shown(arena, d, out);
}

static void understand(struct arena *arena, enum extract_kind kind,
		       struct extract_answer *a, struct recognise_pages *pages,
		       struct extract_result *out)
{
	out->reason = which_limit(a);
	if (kind == EXTRACT_PDF) {
		out->source = "pdf";
		out->reason = out->reason ? out->reason : why_pdf(arena, a, pages);
	} else if (kind == EXTRACT_DOC) {
		out->source = "doc";
		out->reason = out->reason ? out->reason : why_doc(a);
	} else if (!out->reason) {
		out->reason = why_own(arena, a, &out->source);
	}
	if (kind == EXTRACT_PDF || !WIFEXITED(a->status) || !WEXITSTATUS(a->status) ||
	    out->reason == TOO_LARGE)
		out->text = take_text(arena, a);
	take_shown(arena, a, out);
	out->state = out->reason ? EXTRACT_UNREADABLE
		     : out->text ? EXTRACT_DONE
				 : EXTRACT_NONE;
	if (kind == EXTRACT_PDF_FIELDS)
		return; /* most have none */
	if (out->state == EXTRACT_NONE && kind != EXTRACT_PLAIN && kind != EXTRACT_CSV &&
	    kind != EXTRACT_HTML) {
		out->state = EXTRACT_UNREADABLE;
		out->reason = "there is no text in it: pictures, most likely";
	}
}

/* A child took it apart; its files are read one by one, in children of their own. */
static bool understand_package(struct extract *x, struct arena *arena,
			       struct extract_answer *a, enum extract_kind kind,
			       struct extract_result *out, struct err *err)
{
	struct extract_package package = {
		.read = extract_text,
		.packed = &a->text,
		.is_archive = kind == EXTRACT_MEMBERS,
		.with_body = !x->mail_has_text || x->depth > 0,
	};
	bool ok;

	*out = (struct extract_result){.source = package.is_archive ? "archive"
								    : "winmail"};
	out->reason = which_limit(a);
	if (!out->reason)
		out->reason = why_own(arena, a, &out->source);
	if (x->depth == EXTRACT_PACKAGE_DEPTH)
		out->reason = "packages in packages: a person must open it";
	if (!WIFEXITED(a->status) || x->depth == EXTRACT_PACKAGE_DEPTH) {
		out->state = EXTRACT_UNREADABLE;
		return true;
	}
	x->depth++;
	ok = extract_package(x, arena, &package, out, err);
	x->depth--;
	return ok;
}

static bool read_package(struct extract *x, struct arena *arena,
			 const struct mail_attachment *file, enum extract_kind kind,
			 struct extract_result *out, struct err *err)
{
	struct extract_answer a = {0};
	bool ok = ask(x, file, kind, &a, err) &&
		  understand_package(x, arena, &a, kind, out, err);

	extract_answer_clear(&a);
	return ok;
}

/* Fields, notes, or a part that is packed and may have either. */
static bool may_have_fields(const struct mail_attachment *file)
{
	static const char *const signs[] = {
		"/AcroForm",     "/ObjStm",     "/Popup",         "/FreeText",
		"/EmbeddedFile", "/FileAttach", "/Highlight",     "/Underline",
		"/StrikeOut",    "/Squiggly",   "/Subtype /Text", "/Subtype/Text"};

	for (size_t i = 0; i < ARRAY_LEN(signs); i++)
		if (memmem(file->bytes, file->size, signs[i], strlen(signs[i])))
			return true;
	return false;
}

/* pdftotext sees the page without what is filled in, and without notes. */
static bool read_fields(struct extract *x, struct arena *arena,
			const struct mail_attachment *file, struct extract_result *out,
			struct err *err)
{
	struct extract_result fields = {0};
	struct extract_answer a = {0};
	bool ok;

	if (!may_have_fields(file))
		return true;
	ok = ask(x, file, EXTRACT_PDF_FIELDS, &a, err);
	if (ok) {
		understand(arena, EXTRACT_PDF_FIELDS, &a, NULL, &fields);
		extract_add_fields(arena, &fields, out);
	}
	extract_answer_clear(&a);
	return ok;
}

static bool read_picture(struct extract *x, struct arena *arena,
			 const struct mail_attachment *file, struct extract_result *out,
			 struct err *err)
{
	*out = (struct extract_result){
		.state = EXTRACT_UNREADABLE,
		.source = "picture",
		.reason = "it is a picture: a person must look at it"};
	return x->depth > 0 || recognise_picture(x, arena, file, out, err);
}

static bool read_file(struct extract *x, struct arena *arena,
		      const struct mail_attachment *file, enum extract_kind kind,
		      struct recognise_pages *out_pages, struct extract_result *out,
		      struct err *err)
{
	struct extract_answer a = {0};
	bool ok = ask(x, file, kind, &a, err);

	if (ok)
		understand(arena, kind, &a, out_pages, out);
	extract_answer_clear(&a);
	return ok;
}

bool extract_text(struct extract *x, struct arena *arena,
		  const struct mail_attachment *file, struct extract_result *out,
		  struct err *err)
{
	struct extract_result result;
	struct recognise_pages pages = {0};
	enum extract_kind kind;

	extract_first_look(file, &result);
	if (result.state != EXTRACT_WAITING) {
		*out = result;
		return true;
	}
	kind = extract_kind_of(file->bytes, file->size, file->name, file->type);
	if (kind == EXTRACT_PICTURE) {
		if (!read_picture(x, arena, file, &result, err))
			return false;
	} else if (kind == EXTRACT_TNEF) {
		if (!read_package(x, arena, file, kind, &result, err))
			return false;
	} else if (!read_file(x, arena, file, kind, &pages, &result, err)) {
		return false;
	}
	if (kind == EXTRACT_ZIP && str_eq(result.source, "archive") &&
	    !read_package(x, arena, file, EXTRACT_MEMBERS, &result, err))
		return false;
	if (kind == EXTRACT_PDF &&
	    (!read_fields(x, arena, file, &result, err) ||
	     (x->depth == 0 && !recognise_pdf(x, arena, file, &pages, &result, err))))
		return false;
	*out = result;
	return true;
}
