#include "mail/fields/arf.h"
#include "base/str.h"
#include "mail/fields/block.h"
#include "mail/fields/dsn.h"
#include "mail/fields/header.h"

static const char *trimmed_value(struct arena *arena, const struct mail_block *b,
				 const char *name)
{
	const char *value = mail_block_value(b, name);

	return str_empty(value) ? NULL : arena_strdup(arena, value);
}

void mail_arf_read(struct arena *arena, const char *text, struct mail_message *m)
{
	struct mail_block b;
	char *type;

	while (*text) {
		text = mail_block_read(arena, text, &b);
		type = arena_strdup(arena, mail_block_value(&b, "Feedback-Type"));
		if (type && !m->complaint.type) {
			str_lower(type);
			m->complaint.type =
				arena_strndup(arena, type, strcspn(type, " \t;("));
		}
		if (!m->complaint.original_recipient)
			m->complaint.original_recipient = mail_dsn_address(
				arena, mail_block_value(&b, "Original-Rcpt-To"));
		if (!m->complaint.original_recipient)
			m->complaint.original_recipient = mail_dsn_address(
				arena, mail_block_value(&b, "Removal-Recipient"));
		if (!m->complaint.original_mail_from)
			m->complaint.original_mail_from = mail_dsn_address(
				arena, mail_block_value(&b, "Original-Mail-From"));
		if (!m->complaint.source_ip)
			m->complaint.source_ip = trimmed_value(arena, &b, "Source-IP");
	}
}

void mail_mdn_read(struct arena *arena, const char *text, struct mail_message *m)
{
	struct mail_block b;
	struct mail_strings ids;

	(void)mail_block_read(arena, text, &b);
	m->disposition = trimmed_value(arena, &b, "Disposition");
	ids = mail_header_ids(arena, mail_block_value(&b, "Original-Message-ID"));
	if (ids.count)
		m->original_message_id = ids.items[0];
}
