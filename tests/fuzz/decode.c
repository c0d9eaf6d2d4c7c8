#include "tests/fuzz/fuzz.h"

#include "mail/decode/decode.h"
#include "mail/write/encode.h"
#include "mail/decode/enriched.h"
#include "mail/decode/flowed.h"
#include "mail/decode/yenc.h"

static void base64_comes_back(const char *bytes, size_t len)
{
	AUTO(buf) coded = buf_new(len * 2 + 100);
	AUTO(buf) back = NULL;

	encode_base64(coded, bytes, len);
	back = buf_new(coded->len); /* it asks for room for what it is given */
	mail_decode_base64(back, buf_text(coded), coded->len);
	ASSERT(back->len == len && memcmp(buf_text(back), bytes, len) == 0);
}

/* Line ends become CRLF; nothing else may change. */
static void quoted_comes_back(const char *text)
{
	size_t len = strlen(text);
	AUTO(buf) coded = buf_new(len * 8 + 100);
	const char *from = text;
	char *at;

	encode_quoted_printable(coded, text, NULL, 0);
	buf_char(coded, '\0');
	at = coded->bytes;
	len = mail_decode_in_place(at, coded->len - 1, MAIL_ENCODING_QP);
	at[len] = '\0';
	while (*at && *from) {
		bool at_end = *at == '\r' || *at == '\n';

		ASSERT(at_end == (*from == '\r' || *from == '\n'));
		ASSERT(at_end || *at == *from);
		at += *at == '\r' && at[1] == '\n' ? 2 : 1;
		from += *from == '\r' && from[1] == '\n' ? 2 : 1;
	}
	ASSERT(!*from && !at[strspn(at, "\r\n")]);
}

static void files_in_text(char *bytes, size_t len)
{
	struct mail_uu_block uu;
	struct mail_yenc_block y;

	if (mail_uu_find(bytes, len, &uu)) {
		ASSERT(bytes <= uu.start && uu.start < uu.name && uu.name <= uu.body);
		ASSERT(uu.name + uu.name_len <= uu.body && uu.body <= uu.body_end);
		ASSERT(uu.body_end <= uu.end && uu.end <= bytes + len);
	}
	if (mail_yenc_find(bytes, len, &y)) {
		size_t inside = y.body_end - y.body;

		ASSERT(y.start < y.body && y.body <= y.body_end && y.body_end <= y.end);
		ASSERT(y.end <= len && y.name >= bytes + y.start &&
		       y.name + y.name_len <= bytes + y.body);
		ASSERT(mail_yenc_decode(bytes + y.body, inside) <= inside);
	}
}

/* The first byte chooses the encoding, and how a text flows. */
void fuzz_decode(const char *bytes, size_t len)
{
	AUTO(arena) a = arena_new(4096);
	unsigned how = fuzz_byte(&bytes, &len);
	char *copy = arena_memdup(a, bytes, len), *text = fuzz_text(a, bytes, len);
	AUTO(buf) to = buf_new(len * 4 + 1000);

	ASSERT(mail_decode_in_place(copy, len, (enum mail_encoding)(how % 4)) <= len);
	mail_decode_q(to, bytes, len);
	ASSERT(to->len <= len);
	buf_reset(to);
	mail_unflow(to, text, strlen(text),
		    how & 4 ? MAIL_FLOW_DELETES_BLANK : MAIL_FLOW_KEEPS_BLANK);
	fuzz_is_text_buf(to);
	buf_reset(to);
	mail_enriched_text(to, text, strlen(text),
			   how & 8 ? MAIL_RICHTEXT : MAIL_ENRICHED);
	fuzz_is_text_buf(to);
	base64_comes_back(bytes, len);
	quoted_comes_back(text);
	memcpy(copy, bytes, len);
	files_in_text(copy, len);
	(void)mail_encoding_of(text);
}
