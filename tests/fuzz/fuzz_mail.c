/*
 * fuzz_mail - libFuzzer's door to everything that reads a mail: parse, HTML to text,
 * classify, print, pack and unpack. Not part of make check:
 *
 *   make CC=clang fuzz && tests/fuzz/fuzz_mail -max_len=20000 CORPUS-FOLDER
 */
#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"
#include "classify/classify.h"
#include "mail/read.h"
#include "reader/inspect.h"
#include "reader/wire.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	static bool ready;
	AUTO(arena) a = arena_new(1 << 16);
	AUTO(buf) line = buf_new((size_t)64 << 20);
	AUTO(buf) packed = buf_new((size_t)64 << 20);
	struct mail_message m, back;
	struct err err = {0};

	if (!ready) {
		secret_setup();
		mail_read_setup();
		ready = true;
	}
	if (!mail_read(bytes, len, a, &m, &err))
		return 0;
	classify_message(a, &m);
	reader_inspect_json(&m, "fuzz", line);
	ASSERT(str_utf8_valid(buf_text(line), line->len));
	reader_pack(packed, &m, false);
	ASSERT(reader_unpack(packed->bytes, packed->len, a, &back));
	return 0;
}
