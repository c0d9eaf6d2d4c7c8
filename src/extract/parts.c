#include "extract/parts.h"
#include "base/codec/pack.h"
#include "base/str.h"
#include "extract/parsers/document.h"
#include "extract/extract_private.h"

#include <sys/wait.h>

enum { CPU_S = 60, WALL_MS = 120000, MEMORY = 900 << 20 };

/* What is said of a PDF beside its pages. */
static const char *const about[] = {MERCAT_PDFINFO, "-enc", "UTF-8", "-", NULL};
static const char *const metadata[] = {MERCAT_PDFINFO, "-meta", "-", NULL};
static const char *const pages[] = {MERCAT_PDFTOTEXT, "-enc", "UTF-8", "-eol",
				    "unix",           "-",    "-",     NULL};

struct parting {
	struct extract *x;
	struct arena *arena;
	struct extract_parts *out;
	int depth;
};

static void add(struct parting *p, const struct extract_part *part)
{
	p->out->list =
		arena_grow(p->arena, p->out->list, p->out->count, sizeof(*p->out->list));
	p->out->list[p->out->count++] = *part;
}

static void add_unread(struct parting *p, const struct extract_part *file,
		       const char *reason)
{
	add(p, &(struct extract_part){.name = file->name, .bytes = "", .reason = reason});
}

static bool ask(struct parting *p, const struct extract_part *file,
		enum extract_kind kind, const char *const *program,
		struct extract_answer *a, struct err *err)
{
	struct extract_job job = {.kind = kind,
				  .bytes = file->bytes,
				  .len = file->len,
				  .text_most = EXTRACT_PARTS_BYTES +
					       (EXTRACT_PARTS_BYTES >> 3),
				  .program_memory_bytes = MEMORY,
				  .cpu_s = CPU_S,
				  .wall_ms = WALL_MS,
				  .program = program};

	return extract_ask(p->x, &job, a, err);
}

static bool ended_well(const struct extract_answer *a)
{
	return !a->slow && !buf_cut(&a->text) && WIFEXITED(a->status) &&
	       !WEXITSTATUS(a->status);
}

static bool part_of(struct parting *p, const struct extract_part *file, struct err *err);

static const char *inside(struct arena *arena, const char *file, const char *part)
{
	return arena_printf(arena, "%s: %s", file, part);
}

/* Its second line says why not all of it was read. */
static const char *why_not(struct arena *arena, const struct extract_answer *a)
{
	const char *words = buf_text(&a->words);

	if (!ended_well(a))
		return "it could not be taken apart: it may be an attack";
	words += strcspn(words, "\n");
	return *words && words[1] ? arena_strdup(arena, words + 1) : NULL;
}

static bool members(struct parting *p, const struct extract_part *file, struct err *err)
{
	struct extract_answer a = {0};
	const char *none, *reason;
	bool done = ask(p, file, EXTRACT_PARTS, NULL, &a, err);
	struct unpack u;
	int64_t count;

	unpack_begin(&u, buf_text(&a.text), a.text.len);
	reason = done ? why_not(p->arena, &a) : NULL;
	if (done && (!unpack_str(&u, p->arena, &none) ||
		     !unpack_int(&u, 0, EXTRACT_PARTS_MOST, &count))) {
		reason = reason ? reason : "it is broken";
		count = 0;
	}
	if (done && reason)
		add_unread(p, file, reason);
	for (int64_t i = 0; done && i < count; i++) {
		struct extract_part part = {0};

		if (!unpack_str(&u, p->arena, &part.name) ||
		    !unpack_bytes(&u, p->arena, &part.bytes, &part.len))
			break;
		part.name = inside(p->arena, file->name, str_or(part.name, ""));
		done = part_of(p, &part, err);
	}
	extract_answer_clear(&a);
	return done;
}

static bool pdf_part(struct parting *p, const struct extract_part *file, const char *what,
		     const char *const *program, struct err *err)
{
	struct extract_answer a = {0};
	bool done = ask(p, file, EXTRACT_PDF, program, &a, err);

	if (done && !ended_well(&a))
		add_unread(p, file,
			   "it could not be read as a PDF, or pdftotext and pdfinfo "
			   "(Debian: poppler-utils) are not installed");
	else if (done && a.text.len)
		add(p,
		    &(struct extract_part){
			    .name = inside(p->arena, file->name, what),
			    .bytes = arena_memdup(p->arena, a.text.bytes, a.text.len + 1),
			    .len = a.text.len});
	extract_answer_clear(&a);
	return done;
}

/* Its notes, and what is filled in. */
static bool pdf_fields(struct parting *p, const struct extract_part *file,
		       struct err *err)
{
	struct extract_answer a = {0};
	bool done = ask(p, file, EXTRACT_PDF_FIELDS, NULL, &a, err);

	if (done && ended_well(&a) && a.text.len)
		add(p,
		    &(struct extract_part){
			    .name = inside(p->arena, file->name, "fields and notes"),
			    .bytes = arena_memdup(p->arena, a.text.bytes, a.text.len + 1),
			    .len = a.text.len});
	extract_answer_clear(&a);
	return done;
}

static bool part_of(struct parting *p, const struct extract_part *file, struct err *err)
{
	bool is_zip = file->len > 4 && memcmp(file->bytes, "PK\3\4", 4) == 0;
	bool is_pdf =
		memmem(file->bytes, file->len < 1024 ? file->len : 1024, "%PDF-", 5);
	bool done;

	if (!is_zip && !is_pdf) {
		add(p, file);
		return true;
	}
	if (p->depth == EXTRACT_PARTS_DEPTH) {
		add_unread(p, file, "files in files in files: a person must open it");
		return true;
	}
	p->depth++;
	/* What is said of it by its name, too. */
	add(p, &(struct extract_part){.name = file->name, .bytes = ""});
	if (is_zip)
		done = members(p, file, err);
	else
		done = pdf_part(p, file, "pages", pages, err) &&
		       pdf_part(p, file, "about it", about, err) &&
		       pdf_part(p, file, "metadata", metadata, err) &&
		       pdf_fields(p, file, err);
	p->depth--;
	return done;
}

bool extract_parts(struct extract *x, struct arena *arena,
		   const struct extract_part *file, struct extract_parts *out,
		   struct err *err)
{
	struct parting p = {.x = x, .arena = arena, .out = out};

	extract_limits(x, MEMORY, CPU_S, WALL_MS);
	*out = (struct extract_parts){0};
	return part_of(&p, file, err);
}
