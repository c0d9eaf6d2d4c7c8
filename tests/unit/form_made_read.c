/* A mail with a form as the program reads it: its text, its files, what stands below "-- ". */
#include "base/str.h"
#include "extract/parsers/document.h"
#include "mail/fields/message.h"
#include "mail/read/read.h"
#include "tests/unit/form_made.h"
#include "tests/unit/unit.h"
#include "text/letter/signature.h"

static void join(struct form *all, const struct form *one)
{
	for (size_t i = 0; i < one->count; i++)
		form_add_reading(all, &one->readings[i]);
	form_doubt_with(all, one);
}

static void read_part(struct arena *a, const char *text, const char *shown, size_t len,
		      struct form *all)
{
	struct form *one = arena_make(a, struct form, 1);
	struct document *d;

	if (shown && document_unpack(a, shown, len, &d))
		form_read(a, d, one);
	else
		form_read_plain(a, str_or(text, ""), one);
	join(all, one);
}

void made_read(struct arena *a, const struct buf *raw, struct form *all, struct buf *seen)
{
	struct form *below = arena_make(a, struct form, 1);
	const char *signed_by;
	struct mail_message mail;
	struct err err = {0};

	ck_assert(mail_read(raw->bytes, raw->len, a, &mail, &err));
	buf_printf(seen, "%s\n", str_or(mail.text, ""));
	read_part(a, mail.text_new, mail.shown, mail.shown_len, all);
	for (size_t i = 0; i < mail.attachment_count; i++) {
		AUTO(buf) text = buf_new(1 << 20);
		AUTO(buf) shown = buf_new(1 << 20);
		struct extract_said said = {.text = text, .shown = document_new(a)};
		const struct mail_attachment *f = &mail.attachments[i];

		extract_document(EXTRACT_ZIP, f->bytes, f->size, &said);
		document_pack(said.shown, shown);
		buf_printf(seen, "%s\n", buf_text(text));
		read_part(a, buf_text(text), said.shown->telling ? shown->bytes : NULL,
			  shown->len, all);
	}
	signed_by =
		signature_cut_off(a, str_or(mail.text, ""), str_or(mail.text_new, ""));
	if (signed_by) {
		form_read_refusals(a, signed_by, FORM_HEAR_ALL, below);
		join(all, below);
	}
	form_settle(all);
}
