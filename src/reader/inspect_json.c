#include "base/clock.h"
#include "base/json.h"
#include "base/str.h"
#include "reader/inspect.h"

static void member(struct buf *to, const char *key, const char *text)
{
	buf_printf(to, "\"%s\":", key);
	json_text(to, text);
}

static void strings(struct buf *to, const char *key, const struct mail_strings *list)
{
	buf_printf(to, ",\"%s\":[", key);
	for (size_t i = 0; i < list->count; i++) {
		if (i)
			buf_char(to, ',');
		json_text(to, list->items[i]);
	}
	buf_char(to, ']');
}

static void address(struct buf *to, const struct mail_address *a)
{
	buf_char(to, '{');
	member(to, "name", a->name);
	buf_char(to, ',');
	member(to, "address", a->address);
	buf_char(to, '}');
}

static void addresses(struct buf *to, const char *key, const struct mail_addresses *list)
{
	buf_printf(to, ",\"%s\":[", key);
	for (size_t i = 0; i < list->count; i++) {
		if (i)
			buf_char(to, ',');
		address(to, &list->items[i]);
	}
	buf_char(to, ']');
}

static void attachments(struct buf *to, const struct mail_message *m)
{
	buf_str(to, ",\"attachments\":[");
	for (size_t i = 0; i < m->attachment_count; i++) {
		const struct mail_attachment *a = &m->attachments[i];

		buf_str(to, i ? ",{" : "{");
		member(to, "name", a->name);
		buf_char(to, ',');
		member(to, "type", a->type);
		buf_printf(to, ",\"size\":%zu,", a->size);
		member(to, "sha256", a->sha256);
		buf_char(to, ',');
		member(to, "text", a->text);
		buf_char(to, '}');
	}
	buf_char(to, ']');
}

static void bounce(struct buf *to, const struct mail_message *m)
{
	buf_str(to, ",\"bounce\":{\"recipients\":[");
	for (size_t i = 0; i < m->failed_count; i++) {
		const struct mail_failed_recipient *r = &m->failed[i];
		const struct {
			const char *key, *value;
		} row[] = {{"address", r->address},
			   {"original", r->original},
			   {"action", r->action},
			   {"status", r->status},
			   {"smtp_code", r->smtp_code},
			   {"diagnostic", r->diagnostic},
			   {"verdict", mail_verdict_name(r->verdict)},
			   {"reason", r->reason ? mail_reason_name(r->reason) : NULL}};

		buf_str(to, i ? ",{" : "{");
		for (size_t j = 0; j < ARRAY_LEN(row); j++) {
			if (j)
				buf_char(to, ',');
			member(to, row[j].key, row[j].value);
		}
		buf_char(to, '}');
	}
	buf_str(to, "]}");
}

static void complaint(struct buf *to, const struct mail_complaint *c)
{
	buf_str(to, ",\"complaint\":{");
	member(to, "type", c->type);
	buf_char(to, ',');
	member(to, "original_recipient", c->original_recipient);
	buf_char(to, ',');
	member(to, "original_mail_from", c->original_mail_from);
	buf_char(to, ',');
	member(to, "source_ip", c->source_ip);
	buf_char(to, '}');
}

void reader_inspect_json(const struct mail_message *m, const char *file, struct buf *out)
{
	char date[CLOCK_TEXT] = "";
	const struct {
		const char *key, *value;
	} texts[] = {{"text", m->text},
		     {"html", m->html},
		     {"text_new", m->text_new},
		     {"text_quoted", m->text_quoted},
		     {"also", m->also}};

	buf_char(out, '{');
	member(out, "file", file);
	buf_char(out, ',');
	member(out, "kind", mail_kind_name(m->kind));
	strings(out, "reasons", &m->reasons);
	buf_str(out, ",\"from\":");
	address(out, &m->from);
	addresses(out, "reply_to", &m->reply_to);
	addresses(out, "to", &m->to);
	addresses(out, "cc", &m->cc);
	buf_char(out, ',');
	member(out, "subject", m->subject);
	if (m->date_at)
		clock_rfc3339(m->date_at, date);
	buf_char(out, ',');
	member(out, "date", m->date_at ? date : NULL);
	buf_char(out, ',');
	member(out, "message_id", m->message_id);
	buf_char(out, ',');
	member(out, "in_reply_to", m->in_reply_to);
	strings(out, "references", &m->references);
	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		buf_char(out, ',');
		member(out, texts[i].key, texts[i].value);
	}
	attachments(out, m);
	bounce(out, m);
	complaint(out, &m->complaint);
	strings(out, "limits_hit", &m->limits_hit);
	buf_str(out, "}\n");
}
