#include "base/clock.h"
#include "base/codec/json.h"
#include "reader/inspect.h"

static void address(struct json *to, const char *key, const struct mail_address *a)
{
	json_put_object(to, key);
	json_put_text(to, "name", a->name);
	json_put_text(to, "address", a->address);
	json_end(to);
}

static void addresses(struct json *to, const char *key, const struct mail_addresses *list)
{
	json_put_array(to, key);
	for (size_t i = 0; i < list->count; i++)
		address(to, NULL, &list->items[i]);
	json_end(to);
}

static void strings(struct json *to, const char *key, const struct mail_strings *list)
{
	json_put_texts(to, key, list->items, list->count);
}

static void attachments(struct json *to, const struct mail_message *m)
{
	json_put_array(to, "attachments");
	for (size_t i = 0; i < m->attachment_count; i++) {
		const struct mail_attachment *a = &m->attachments[i];

		json_put_object(to, NULL);
		json_put_text(to, "name", a->name);
		json_put_text(to, "type", a->type);
		json_put_int(to, "size", (int64_t)a->size);
		json_put_text(to, "sha256", a->sha256);
		json_put_text(to, "text", a->text);
		json_end(to);
	}
	json_end(to);
}

static void bounce(struct json *to, const struct mail_message *m)
{
	json_put_object(to, "bounce");
	json_put_array(to, "recipients");
	for (size_t i = 0; i < m->failed_count; i++) {
		const struct mail_failed_recipient *r = &m->failed[i];

		json_put_object(to, NULL);
		json_put_text(to, "address", r->address);
		json_put_text(to, "original", r->original);
		json_put_text(to, "action", r->action);
		json_put_text(to, "status", r->status);
		json_put_text(to, "smtp_code", r->smtp_code);
		json_put_text(to, "diagnostic", r->diagnostic);
		json_put_text(to, "verdict", mail_verdict_name(r->verdict));
		json_put_text(to, "reason",
			      r->reason ? mail_reason_name(r->reason) : NULL);
		json_end(to);
	}
	json_end(to);
	json_end(to);
}

static void complaint(struct json *to, const struct mail_complaint *c)
{
	json_put_object(to, "complaint");
	json_put_text(to, "type", c->type);
	json_put_text(to, "original_recipient", c->original_recipient);
	json_put_text(to, "original_mail_from", c->original_mail_from);
	json_put_text(to, "source_ip", c->source_ip);
	json_end(to);
}

static void texts(struct json *to, const struct mail_message *m)
{
	json_put_text(to, "text", m->text);
	json_put_text(to, "html", m->html);
	json_put_text(to, "text_new", m->text_new);
	json_put_text(to, "text_quoted", m->text_quoted);
	json_put_text(to, "also", m->also);
}

void reader_inspect_json(const struct mail_message *m, const char *file, struct buf *out)
{
	char date[CLOCK_TEXT] = "";
	struct json j;

	if (m->date_at)
		clock_rfc3339(m->date_at, date);
	json_begin(&j, out);
	json_put_object(&j, NULL);
	json_put_text(&j, "file", file);
	json_put_text(&j, "kind", mail_kind_name(m->kind));
	strings(&j, "reasons", &m->reasons);
	address(&j, "from", &m->from);
	addresses(&j, "reply_to", &m->reply_to);
	addresses(&j, "to", &m->to);
	addresses(&j, "cc", &m->cc);
	json_put_text(&j, "subject", m->subject);
	json_put_text(&j, "date", m->date_at ? date : NULL);
	json_put_text(&j, "message_id", m->message_id);
	json_put_text(&j, "in_reply_to", m->in_reply_to);
	strings(&j, "references", &m->references);
	texts(&j, m);
	attachments(&j, m);
	bounce(&j, m);
	complaint(&j, &m->complaint);
	strings(&j, "limits_hit", &m->limits_hit);
	json_end(&j);
	json_done(&j);
}
