#include "tests/fuzz/fuzz.h"

#include "classify/classify.h"
#include "mail/read/read.h"
#include "reader/inspect.h"
#include "reader/wire.h"

#include <jansson.h>

enum { MOST = 64 << 20 };

/* The line of "mercat message inspect" is JSON with every key, whatever the mail. */
static void is_json(const struct mail_message *m)
{
	AUTO(buf) line = buf_new(MOST);
	json_t *json;

	reader_inspect_json(m, "fuzz", line);
	fuzz_is_text_buf(line);
	json = json_loadb(buf_text(line), line->len, JSON_REJECT_DUPLICATES, NULL);
	ASSERT(json && json_object_get(json, "kind") &&
	       json_object_get(json, "limits_hit"));
	json_decref(json);
}

/* As the child hands it to its parent. */
static void passes_the_pipe(struct arena *a, const struct mail_message *m)
{
	AUTO(buf) packed = buf_new(MOST);
	AUTO(buf) again = buf_new(MOST);
	struct mail_message back = {0};

	reader_pack(packed, m, READER_WHOLE);
	ASSERT(reader_unpack(packed->bytes, packed->len, a, &back));
	ASSERT(back.kind == m->kind && back.attachment_count == m->attachment_count &&
	       back.failed_count == m->failed_count);
	reader_pack(again, &back, READER_WHOLE);
	ASSERT(packed->len == again->len &&
	       memcmp(packed->bytes, again->bytes, packed->len) == 0);
}

void fuzz_mail(const char *bytes, size_t len)
{
	AUTO(arena) a = arena_new(1 << 16);
	struct mail_message m;
	struct err err = {0};

	if (!mail_read(bytes, len, a, &m, &err)) {
		fuzz_is_said(&err);
		return;
	}
	classify_message(a, &m);
	ASSERT(mail_kind_name(m.kind));
	ASSERT(m.note_len <= strlen(str_or(m.text_new, "")));
	is_json(&m);
	passes_the_pipe(a, &m);
}
