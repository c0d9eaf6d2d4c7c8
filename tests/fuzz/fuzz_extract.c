/*
 * fuzz_extract - libFuzzer's door to our own parsers of attachments. The first byte
 * chooses the parser; 0 lets the content choose. Not part of make check:
 *
 *   make CC=clang fuzz && tests/fuzz/fuzz_extract -max_len=20000 CORPUS-FOLDER
 */
#include "base/err.h"
#include "base/secret.h"
#include "base/str.h"
#include "extract/document.h"
#include "office/xml.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

struct rest {
	const char *at;
	size_t len;
};

static int read_rest(void *from, char *to, int room)
{
	struct rest *r = from;
	size_t n = r->len < (size_t)room ? r->len : (size_t)room;

	memcpy(to, r->at, n);
	r->at += n;
	r->len -= n;
	return (int)n;
}

/* Past the compression, which a fuzzer does not get through. */
static void parts(unsigned which, struct rest rest, struct buf *text)
{
	AUTO(buf) more = buf_new(1 << 20);
	struct office_lines lines = {.to = text}, notes = {.to = more};
	struct office_strings strings = {0};
	const char *why;

	buf_init(&strings.bytes, 1 << 20);
	buf_init(&strings.starts, 1 << 20);
	if (which == 0)
		why = office_xml_word(read_rest, &rest, &lines);
	else if (which == 1)
		why = office_xml_odf(read_rest, &rest, rest.len % 2, &lines, &notes);
	else {
		struct rest again = rest;

		why = office_xml_strings(read_rest, &rest, &strings);
		why = office_xml_sheet(read_rest, &again, &strings, &lines);
	}
	(void)why;
	buf_clear(&strings.bytes);
	buf_clear(&strings.starts);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	static const enum extract_kind kinds[] = {
		EXTRACT_PLAIN, EXTRACT_HTML, EXTRACT_RTF, EXTRACT_ZIP, EXTRACT_MESSAGE};
	static bool ready;
	AUTO(buf) text = buf_new(1 << 20);
	struct extract_said said = {.text = text};
	const char *rest = (const char *)bytes + 1;
	unsigned first;

	if (!ready) {
		secret_setup();
		extract_document_setup();
		ready = true;
	}
	if (len < 2)
		return 0;
	first = bytes[0] % 9;
	if (first >= 6) {
		parts(first - 6, (struct rest){rest, len - 1}, text);
		return 0;
	}
	extract_document(first ? kinds[first - 1]
			       : extract_kind_of(rest, len - 1, "a", "application/x"),
			 rest, len - 1, &said);
	ASSERT(said.source);
	return 0;
}
