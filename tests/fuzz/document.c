#include "tests/fuzz/fuzz.h"

#include "document/model.h"
#include "form/reading/form.h"

enum { MOST = 1 << 22 };

/* What is taken is whole: it comes out as it went in, and whoever reads it finds text. */
void fuzz_document(const char *bytes, size_t len)
{
	AUTO(arena) a = arena_new(1 << 14);
	AUTO(buf) packed = buf_new(MOST);
	AUTO(buf) text = buf_new(MOST);
	struct document *d;
	struct form *form;

	if (!document_unpack(a, bytes, len, &d))
		return;
	document_pack(d, packed);
	ASSERT(packed->len == len && memcmp(buf_text(packed), bytes, len) == 0);
	document_text_of(d, text);
	fuzz_is_text_buf(text);
	form = arena_make(a, struct form, 1);
	form_read(a, d, form);
	ASSERT(form->count <= FORM_READINGS_MOST);
}

bool fuzz_make_document(struct arena *a, const char *html, size_t len, struct buf *out)
{
	struct document *d = document_new(a);
	const char *text = fuzz_text(a, html, len);

	document_from_html(d, text, strlen(text));
	document_pack(d, out);
	return !buf_cut(out);
}
