#include "tests/fuzz/fuzz.h"

#include "mail/fields/arf.h"
#include "mail/fields/block.h"
#include "mail/fields/dsn.h"

static void blocks(struct arena *a, const char *text)
{
	while (*text) {
		struct mail_block block = {0};
		const char *next = mail_block_read(a, text, &block);

		ASSERT(block.count <= 500);
		for (size_t i = 0; i < block.count; i++) {
			fuzz_is_text(block.fields[i].name);
			fuzz_is_text(block.fields[i].value);
			ASSERT(mail_block_value(&block, block.fields[i].name));
		}
		ASSERT(next > text && next <= text + strlen(text));
		text = next;
	}
}

void fuzz_report(const char *bytes, size_t len)
{
	AUTO(arena) a = arena_new(1 << 14);
	const char *text = fuzz_text(a, bytes, len);
	struct mail_message m = {0};

	blocks(a, text);
	mail_dsn_read(a, text, &m);
	for (size_t i = 0; i < m.failed_count; i++) {
		const struct mail_failed_recipient *r = &m.failed[i];
		const char *const texts[] = {r->address, r->original,  r->action,
					     r->status,  r->smtp_code, r->diagnostic};

		for (size_t j = 0; j < ARRAY_LEN(texts); j++)
			fuzz_is_text(texts[j]);
	}
	mail_returned_read(a, text, &m);
	mail_arf_read(a, text, &m);
	mail_mdn_read(a, text, &m);
	fuzz_is_text(m.original_message_id);
	fuzz_is_text(m.original_to);
	fuzz_is_text(m.complaint.type);
	fuzz_is_text(m.complaint.original_recipient);
	fuzz_is_text(m.complaint.original_mail_from);
	fuzz_is_text(m.complaint.source_ip);
	fuzz_is_text(m.disposition);
	fuzz_is_text(mail_dsn_address(a, text));
}
