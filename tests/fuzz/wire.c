#include "tests/fuzz/fuzz.h"

#include "classify/classify.h"
#include "document/model.h"
#include "mail/read/read.h"
#include "reader/wire.h"

enum { MOST = 1 << 22 };

/* The child may be anybody's: what is believed is text, and says the same once more. */
void fuzz_wire(const char *bytes, size_t len)
{
	AUTO(arena) a = arena_new(1 << 14);
	AUTO(buf) packed = buf_new(MOST);
	AUTO(buf) again = buf_new(MOST);
	struct mail_message m = {0}, back = {0};
	struct document *d;

	if (!reader_unpack(bytes, len, a, &m))
		return;
	ASSERT(m.kind <= MAIL_COMMAND && mail_kind_name(m.kind));
	fuzz_is_text(m.text);
	fuzz_is_text(m.subject);
	ASSERT(m.note_len <= strlen(str_or(m.text_new, "")));
	for (size_t i = 0; i < m.attachment_count; i++)
		(void)reader_follows(&m.attachments[i]);
	if (m.shown)
		(void)!document_unpack(a, m.shown, m.shown_len, &d);
	reader_pack(packed, &m, READER_WHOLE);
	ASSERT(reader_unpack(buf_text(packed), packed->len, a, &back));
	reader_pack(again, &back, READER_WHOLE);
	ASSERT(packed->len == again->len &&
	       memcmp(buf_text(packed), buf_text(again), packed->len) == 0);
}

bool fuzz_make_wire(struct arena *a, const char *mail, size_t len, struct buf *out)
{
	struct mail_message m = {0};
	struct err err = {0};

	if (!mail_read(mail, len, a, &m, &err))
		return false;
	classify_message(a, &m);
	reader_pack(out, &m, READER_WHOLE);
	return !buf_cut(out);
}
