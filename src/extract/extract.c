#include "extract/extract.h"
#include "base/fd.h"
#include "base/str.h"
#include "extract/child.h"
#include "extract/document.h"
#include "extract/fields.h"
#include "extract/package.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <unistd.h>

enum { WORDS = 4096, UNKNOWN_MAPPED = 1 << 30, PIPES = 3 };

struct extract {
	int statm; /* ours; the sandbox may forbid to open it later */
	int timer;
	size_t memory_bytes;
	unsigned cpu_s, wall_ms;
	bool mail_has_text;
	int depth; /* of packages in packages */
};

/* What came back from one child. */
struct answer {
	struct buf text, words, shown;
	int status;
	bool slow;
};

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

/* The programs, what they are linked with, and their tables. */
static const char *const program_paths[] = {MERCAT_PDFTOTEXT,
					    MERCAT_CATDOC,
					    "/lib",
					    "/lib64",
					    "/usr/lib",
					    "/usr/local/lib",
					    "/etc/ld.so.cache",
					    "/usr/share/poppler",
					    "/usr/share/catdoc",
					    "/etc/catdocrc",
					    NULL};

const char *const *extract_program_paths(void)
{
	return program_paths;
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

/* What this process has mapped: the child starts with the same. */
static size_t mapped_now(const struct extract *x)
{
	char text[64] = "";
	ssize_t n = x->statm >= 0 ? pread(x->statm, text, sizeof(text) - 1, 0) : -1;

	if (n <= 0)
		return UNKNOWN_MAPPED;
	return (size_t)strtoull(text, NULL, 10) * (size_t)sysconf(_SC_PAGESIZE);
}

/* --- one child ----------------------------------------------------------- */

/* Takes what there is; false at the end of that pipe. */
static bool take(int fd, struct buf *to)
{
	char some[65536];
	ssize_t n = read(fd, some, sizeof(some));

	if (n < 0)
		return errno == EINTR || errno == EAGAIN;
	buf_add(to, some, (size_t)n);
	return n > 0;
}

static void listen_to(struct extract *x, int pipes[PIPES][2], struct answer *a)
{
	struct buf *const to[PIPES] = {&a->text, &a->words, &a->shown};
	struct pollfd p[PIPES + 1] = {[PIPES] = {.fd = x->timer, .events = POLLIN}};
	int open = PIPES;

	for (int i = 0; i < PIPES; i++)
		p[i] = (struct pollfd){.fd = pipes[i][0], .events = POLLIN};
	while (open > 0) {
		if (poll(p, PIPES + 1, -1) < 0) {
			if (errno == EINTR)
				continue;
			return;
		}
		for (int i = 0; i < PIPES; i++)
			if (p[i].revents && !take(p[i].fd, to[i])) {
				p[i].fd = -1;
				open--;
			}
		if (buf_cut(&a->text))
			return;
		if (p[PIPES].revents) {
			a->slow = true;
			return;
		}
	}
}

static void arm(struct extract *x, unsigned ms)
{
	struct itimerspec t = {.it_value = {ms / 1000, (long)(ms % 1000) * 1000000}};

	(void)timerfd_settime(x->timer, 0, &t, NULL);
}

static void close_ends(int pipes[PIPES][2], int end)
{
	for (int i = 0; i < PIPES; i++)
		fd_close(&pipes[i][end]);
}

static bool open_pipes(int pipes[PIPES][2], struct err *err)
{
	for (int i = 0; i < PIPES; i++)
		pipes[i][0] = pipes[i][1] = -1;
	for (int i = 0; i < PIPES; i++)
		if (pipe2(pipes[i], O_CLOEXEC) != 0) {
			(void)err_set(err, ERR_SYSTEM,
				      "no pipe to read an attachment: %s",
				      strerror(errno));
			close_ends(pipes, 0);
			close_ends(pipes, 1);
			return false;
		}
	return true;
}

static bool ask_child(struct extract *x, struct extract_job *job, struct answer *a,
		      struct err *err)
{
	int pipes[PIPES][2];
	pid_t child;

	if (!open_pipes(pipes, err))
		return false;
	job->text_fd = pipes[0][1];
	job->words_fd = pipes[1][1];
	job->shown_fd = pipes[2][1];
	job->parent = getpid();
	arm(x, x->wall_ms);
	child = fork();
	if (child == 0)
		extract_child(job);
	close_ends(pipes, 1);
	if (child > 0) {
		listen_to(x, pipes, a);
		/* Done or too slow or too long: it has nothing more to say. */
		if (a->slow || buf_cut(&a->text))
			(void)kill(child, SIGKILL);
		while (waitpid(child, &a->status, 0) < 0 && errno == EINTR)
			;
	}
	close_ends(pipes, 0);
	return child > 0 || err_set(err, ERR_SYSTEM, "no child to read an attachment: %s",
				    strerror(errno));
}

/* Has a child of its own read it; whatever comes, the answer is the caller's to clear. */
static bool ask(struct extract *x, const struct mail_attachment *file,
		enum extract_kind kind, struct answer *a, struct err *err)
{
	struct extract_job job = {
		.kind = kind,
		.bytes = file->bytes,
		.len = file->size,
		.text_most = kind == EXTRACT_TNEF || kind == EXTRACT_MEMBERS
				     ? EXTRACT_UNPACKED
				     : EXTRACT_TEXT,
		.memory_bytes = mapped_now(x) + x->memory_bytes,
		.program_memory_bytes = x->memory_bytes,
		.cpu_s = x->cpu_s,
		.program = kind == EXTRACT_PDF   ? pdftotext
			   : kind == EXTRACT_DOC ? catdoc
						 : NULL,
		.program_paths = program_paths,
	};

	buf_init(&a->text, job.text_most);
	buf_init(&a->words, WORDS);
	buf_init(&a->shown, EXTRACT_SHOWN);
	return ask_child(x, &job, a, err);
}

static void answer_clear(struct answer *a)
{
	buf_clear(&a->text);
	buf_clear(&a->words);
	buf_clear(&a->shown);
}

/* --- what the answer means ----------------------------------------------- */

static bool blank(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (!str_is_space(text[i]))
			return false;
	return true;
}

/* The limit that ended the child, or NULL when it ended by itself. */
static const char *which_limit(const struct answer *a)
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

/* Pages end with a form feed. */
static void count_pages(const struct buf *text, int *out_pages, int *out_blank)
{
	const char *at = buf_text(text), *end = at + text->len, *ff;

	*out_pages = *out_blank = 0;
	while (at < end && (ff = memchr(at, '\f', (size_t)(end - at)))) {
		++*out_pages;
		*out_blank += blank(at, (size_t)(ff - at));
		at = ff + 1;
	}
}

static const char *why_pdf(struct arena *arena, const struct answer *a)
{
	const char *words = buf_text(&a->words);
	int code = WEXITSTATUS(a->status), pages, empty;

	if (code == EXTRACT_EXIT_ABSENT)
		return "pdftotext is not installed here: an operator must install it";
	if (code && (str_ifind(words, "password") || str_ifind(words, "encrypt")))
		return "it is encrypted: ask for it without a password";
	if (code == 3)
		return "it forbids to copy its text: a person must open it";
	if (code)
		return "it is broken: it cannot be read as a PDF";
	count_pages(&a->text, &pages, &empty);
	if (empty == pages)
		return "scanned pages, most likely: there is no text in it";
	if (empty * 2 > pages)
		return arena_printf(
			arena, "%d of its %d pages have no text: scanned, most likely",
			empty, pages);
	return NULL;
}

static const char *why_doc(const struct answer *a)
{
	int code = WEXITSTATUS(a->status);

	if (code == EXTRACT_EXIT_ABSENT)
		return "catdoc is not installed here: an operator must install it";
	if (str_ifind(buf_text(&a->words), "encrypted"))
		return "it is encrypted: ask for it without a password";
	return code ? "it is broken: it cannot be read as a Word file" : NULL;
}

/* Its first line says what it was, the second why it is not all of it. */
static const char *why_own(struct arena *arena, const struct answer *a,
			   const char **source)
{
	static const char *const sources[] = {"plain",   "csv",     "html",   "rtf",
					      "docx",    "odt",     "xlsx",   "pptx",
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

static const char *take_text(struct arena *arena, struct answer *a)
{
	AUTO(buf) clean = buf_new((size_t)EXTRACT_TEXT * 3 + 3);
	size_t len = a->text.len;

	for (size_t i = 0; i < len; i++)
		if (a->text.bytes[i] == '\f')
			a->text.bytes[i] = '\n';
	while (len && str_is_space(a->text.bytes[len - 1]))
		len--;
	if (len == 0)
		return NULL;
	str_utf8_clean(clean, a->text.bytes, len);
	return arena_strndup(arena, buf_text(clean), clean->len);
}

/*
 * What is no document, or not all of one, stands for a document of which nothing is known:
 * its text alone could say more than the file does.
 */
static void take_shown(struct arena *arena, const struct answer *a,
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

static void understand(struct arena *arena, enum extract_kind kind, struct answer *a,
		       struct extract_result *out)
{
	out->reason = which_limit(a);
	if (kind == EXTRACT_PDF) {
		out->source = "pdf";
		out->reason = out->reason ? out->reason : why_pdf(arena, a);
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
static bool understand_package(struct extract *x, struct arena *arena, struct answer *a,
			       enum extract_kind kind, struct extract_result *out,
			       struct err *err)
{
	struct extract_package package = {
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
	struct answer a = {0};
	bool ok = ask(x, file, kind, &a, err) &&
		  understand_package(x, arena, &a, kind, out, err);

	answer_clear(&a);
	return ok;
}

/* pdftotext sees the page without what is filled in. */
static bool read_fields(struct extract *x, struct arena *arena,
			const struct mail_attachment *file, struct extract_result *out,
			struct err *err)
{
	struct extract_result fields = {0};
	struct answer a = {0};
	bool ok;

	if (!memmem(file->bytes, file->size, "/AcroForm", 9) &&
	    !memmem(file->bytes, file->size, "/ObjStm", 7))
		return true;
	ok = ask(x, file, EXTRACT_PDF_FIELDS, &a, err);
	if (ok) {
		understand(arena, EXTRACT_PDF_FIELDS, &a, &fields);
		extract_add_fields(arena, &fields, out);
	}
	answer_clear(&a);
	return ok;
}

bool extract_text(struct extract *x, struct arena *arena,
		  const struct mail_attachment *file, struct extract_result *out,
		  struct err *err)
{
	struct extract_result result;
	enum extract_kind kind;
	struct answer a = {0};
	bool ok;

	extract_first_look(file, &result);
	if (result.state != EXTRACT_WAITING) {
		*out = result;
		return true;
	}
	kind = extract_kind_of(file->bytes, file->size, file->name, file->type);
	if (kind == EXTRACT_TNEF) {
		ok = read_package(x, arena, file, kind, &result, err);
	} else {
		ok = ask(x, file, kind, &a, err);
		if (ok)
			understand(arena, kind, &a, &result);
		answer_clear(&a);
	}
	if (ok && kind == EXTRACT_ZIP && str_eq(result.source, "archive"))
		ok = read_package(x, arena, file, EXTRACT_MEMBERS, &result, err);
	else if (ok && kind == EXTRACT_PDF)
		ok = read_fields(x, arena, file, &result, err);
	if (ok)
		*out = result;
	return ok;
}
