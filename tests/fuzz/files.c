/* The parsers of attachments that are whole files, each by itself and as a kind is found. */
#include "tests/fuzz/fuzz.h"

#include "extract/parsers/document.h"

#include <unistd.h>

enum { MOST = 1 << 20 };

struct reading {
	struct arena *arena;
	struct buf *text;
	struct extract_said said;
};

static void begin(struct reading *r)
{
	r->arena = arena_new(1 << 14);
	r->text = buf_new(MOST);
	r->said = (struct extract_said){.text = r->text, .shown = document_new(r->arena)};
}

/* Whatever the file was, what is said of it can be stored and read again. */
static void end(struct reading *r)
{
	AUTO(buf) packed = buf_new(MOST);
	struct document *back;

	fuzz_is_text(r->said.source);
	fuzz_is_text(r->said.reason);
	document_pack(r->said.shown, packed);
	ASSERT(buf_cut(packed) ||
	       document_unpack(r->arena, buf_text(packed), packed->len, &back));
	arena_free(&r->arena);
	buf_free(&r->text);
}

static void with(void (*parser)(const void *, size_t, struct extract_said *),
		 const char *bytes, size_t len)
{
	struct reading r;

	begin(&r);
	parser(bytes, len, &r.said);
	end(&r);
}

static void rtf(const void *bytes, size_t len, struct extract_said *out)
{
	extract_rtf(bytes, len, out);
}

void fuzz_rtf(const char *bytes, size_t len)
{
	with(rtf, bytes, len);
}

void fuzz_zip(const char *bytes, size_t len)
{
	with(extract_zip, bytes, len);
}

void fuzz_archive(const char *bytes, size_t len)
{
	with(extract_members, bytes, len);
}

void fuzz_tnef(const char *bytes, size_t len)
{
	with(extract_tnef, bytes, len);
}

void fuzz_pdf(const char *bytes, size_t len)
{
	with(extract_pdf_fields, bytes, len);
}

/* The first line is the file's type, the second its name. */
void fuzz_file(const char *bytes, size_t len)
{
	struct reading r;
	const char *type, *name;
	enum extract_kind kind;

	begin(&r);
	type = fuzz_line(r.arena, &bytes, &len);
	name = fuzz_line(r.arena, &bytes, &len);
	kind = extract_kind_of(bytes, len, name, type);
	ASSERT(kind <= EXTRACT_OLE_OTHER);
	extract_document(kind, bytes, len, &r.said);
	ASSERT(r.said.source);
	end(&r);
}
