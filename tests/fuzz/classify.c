#include "tests/fuzz/fuzz.h"

#include "classify/classify.h"
#include "consent/consent.h"
#include "classify/reason.h"
#include "mail/fields/address.h"
#include "mail/fields/block.h"
#include "mail/fields/header.h"
#include "mail/read/unquoted.h"

static void is_told(enum mail_reason reason)
{
	ASSERT(reason > MAIL_REASON_UNKNOWN && reason < MAIL_REASONS);
}

static void first_address(struct arena *a, const struct mail_block *head,
			  const char *name, struct mail_addresses *out)
{
	*out = mail_addresses_read(a, mail_block_value(head, name), NULL);
}

/* A header and a text as mail_read() would have found them, without MIME. */
static void message_of(struct arena *a, const char *text, struct mail_message *m)
{
	struct mail_block head = {0};
	struct mail_addresses from;
	const char *body = mail_block_read(a, text, &head);

	m->fields = head.fields;
	m->field_count = head.count;
	m->subject = mail_block_value(&head, "Subject");
	m->content_type = mail_header_token(a, mail_block_value(&head, "Content-Type"));
	m->report_type = mail_header_param(a, mail_block_value(&head, "Content-Type"),
					   "report-type", NULL);
	m->return_path = mail_block_value(&head, "Return-Path");
	m->auto_submitted = mail_block_value(&head, "Auto-Submitted");
	m->precedence = mail_block_value(&head, "Precedence");
	m->list_id = mail_block_value(&head, "List-Id");
	first_address(a, &head, "From", &from);
	if (from.count)
		m->from = from.items[0];
	first_address(a, &head, "To", &m->to);
	m->text = body;
	mail_reply_cut(a, body, &m->text_new, &m->text_quoted);
}

void fuzz_classify(const char *bytes, size_t len)
{
	AUTO(arena) a = arena_new(1 << 15);
	const char *text = fuzz_text(a, bytes, len);
	struct mail_message m = {0};

	message_of(a, text, &m);
	classify_message(a, &m);
	ASSERT(m.kind <= MAIL_COMMAND && (m.kind == MAIL_HUMAN || m.reasons.count > 0));
	for (size_t i = 0; i < m.reasons.count; i++)
		fuzz_is_text(m.reasons.items[i]);
	for (size_t i = 0; i < m.failed_count; i++) {
		is_told(m.failed[i].reason);
		fuzz_is_text(m.failed[i].address);
		fuzz_is_text(m.failed[i].diagnostic);
	}
	ASSERT(m.kind != MAIL_COMMAND || classify_command_of(&m) != CLASSIFY_NO_COMMAND);
}

/* With our letter quoted, or without it: what is left of the words consents or does not. */
void fuzz_consent(const char *bytes, size_t len)
{
	AUTO(arena) a = arena_new(1 << 15);
	const char *text = fuzz_text(a, bytes, len);
	struct classify_question asked;
	struct mail_message m = {.kind = MAIL_HUMAN};

	message_of(a, text, &m);
	m.seen = (struct mail_seen){.what = MAIL_SEEN_WORDS, .words = m.text_quoted};
	(void)classify_answer_of(&m, NULL);
	m.seen.words = NULL;
	(void)classify_answer_of(&m, NULL);
	asked = (struct classify_question){
		.subject = m.subject, .text = m.text_quoted, .html = m.text_new};
	(void)classify_answer_of(&m, &asked);
	fuzz_is_text(classify_spoken(a, m.text_new));
}

void fuzz_refusal(const char *bytes, size_t len)
{
	AUTO(arena) a = arena_new(1 << 14);
	struct mail_failed_recipient refused = {.diagnostic = fuzz_text(a, bytes, len)};

	reason_decide(a, NULL, &refused);
	is_told(refused.reason);
	ASSERT(refused.verdict <= MAIL_TRANSIENT);
	fuzz_is_text(refused.status);
	fuzz_is_text(refused.smtp_code);
}
