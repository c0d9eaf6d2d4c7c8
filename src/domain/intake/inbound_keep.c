/* A mail's bytes, and what was read out of them, in the store. */
#include "domain/intake/inbound_private.h"
#include "domain/intake/entry.h"
#include "domain/intake/in_sight.h"
#include "domain/intake/reread.h"
#include "domain/responses/response_text.h"
#include "base/codec/json.h"
#include "base/str.h"
#include "extract/extract.h"
#include "store/apart.h"
#include "text/letter/frame.h"
#include "text/words/word.h"

enum {
	COVER_WORDS_MOST = 8, /* of a mail that only sends a picture */
	PICTURE_LEAST = 200   /* bytes: less is a dot that tells its sender of us */
};

bool inbound_keep(struct operation *op, const struct arrival *mail, bool *out_new,
		  struct err *err)
{
	unsigned char hash[SECRET_SHA256_BYTES];
	AUTO(arena) arena = arena_new(1024);
	AUTO(store_txn) t = store_begin(op->store, err);
	struct store_row row;

	*out_new = false;
	if (!t)
		return false;
	secret_sha256(mail->bytes, mail->len, hash);
	if (store_one(op->store, arena, &row, err, SQL_INBOUND_HAS, "it",
		      mail->mailbox_id, mail->item))
		return true;
	if (!err_forgive(err, ERR_ABSENT))
		return false;
	if (mail->rebuilt) {
		/* One row of the mailbox's earlier life for each copy seen now. */
		if (!store_run(op->store, err, SQL_INBOUND_MOVE, "ibit", mail->mailbox_id,
			       hash, sizeof(hash), mail->uidvalidity, mail->item))
			return false;
		if (store_changes(op->store) > 0)
			return store_commit(&t, err);
	}
	if (!store_run(op->store, err, SQL_INBOUND_ADD, "iitbiii", mail->mailbox_id,
		       mail->uidvalidity, mail->item, hash, sizeof(hash),
		       (int64_t)mail->len, op->now, (int64_t)mail->cut) ||
	    !store_run(op->store, err, SQL_INBOUND_RAW_ADD, "ib",
		       store_last_id(op->store), mail->len ? mail->bytes : "", mail->len))
		return false;
	*out_new = true;
	return store_commit(&t, err);
}

static const char *listed(struct arena *arena, const struct mail_strings *list)
{
	AUTO(buf) out = buf_new(1 << 20);

	json_list(out, list->items, list->count);
	return arena_strdup(arena, buf_text(out));
}

static const char *file_words(struct arena *arena, const struct mail_message *m)
{
	AUTO(buf) out = buf_new(8 << 20);

	for (size_t i = 0; i < m->attachment_count; i++) {
		buf_str(out, str_or(m->attachments[i].name, ""));
		buf_char(out, '\n');
		buf_str(out, str_or(m->attachments[i].text, ""));
		buf_char(out, '\n');
	}
	buf_str(out, str_or(m->also, ""));
	return out->len ? arena_strdup(arena, buf_text(out)) : NULL;
}

/* Behind the files, so that their places stay. */
static bool keep_also(struct operation *op, int64_t id, const struct mail_message *m,
		      struct err *err)
{
	char hash[SECRET_SHA256_HEX];

	if (!m->also)
		return true;
	secret_sha256_hex(m->also, strlen(m->also), hash);
	return store_run(op->store, err, SQL_ALSO_ADD, "iititt", id,
			 (int64_t)m->attachment_count, "also in the email",
			 (int64_t)strlen(m->also), hash, m->also);
}

/* "Sent from my phone", "please find my form below": no more than that. */
static bool says_little(struct arena *arena, const struct mail_message *m)
{
	const char *said = frame_said(arena, str_or(m->text_new, ""), m->from.name);
	struct words words;

	words_read(arena, said, strlen(said), &words);
	return words.count <= COVER_WORDS_MOST;
}

/*
 * Small pictures and those of a layout are logos, which nobody reads. But where there is
 * nothing else to read, a picture is what was sent: the form, photographed.
 */
static void look_at_pictures(const struct mail_message *m, struct extract_result *all)
{
	static const char reason[] =
		"it is a picture, and there is little else: a person must look at it";

	for (size_t i = 0; i < m->attachment_count; i++)
		if (all[i].state != EXTRACT_NONE && !str_eq(all[i].source, "picture"))
			return;
	for (size_t i = 0; i < m->attachment_count; i++)
		if (all[i].state == EXTRACT_NONE && str_eq(all[i].source, "picture") &&
		    m->attachments[i].size >= PICTURE_LEAST) {
			all[i].state = EXTRACT_UNREADABLE;
			all[i].reason = reason;
		}
}

static bool keep_files(struct operation *op, struct arena *arena, int64_t id,
		       const struct mail_message *m, struct err *err)
{
	struct extract_result *all =
		arena_make(arena, struct extract_result, m->attachment_count + 1);

	for (size_t i = 0; i < m->attachment_count; i++) {
		all[i] = (struct extract_result){.state = EXTRACT_NONE,
						 .text = m->attachments[i].text};
		if (!in_sight_is_notice(m))
			extract_first_look(&m->attachments[i], &all[i]);
	}
	if (m->attachment_count && says_little(arena, m))
		look_at_pictures(m, all);
	for (size_t i = 0; i < m->attachment_count; i++) {
		const struct mail_attachment *a = &m->attachments[i];

		if (!store_run(op->store, err, SQL_ATTACHMENT_ADD, "iittittttt", id,
			       (int64_t)i, a->name,
			       str_or(a->type, "application/octet-stream"),
			       (int64_t)a->size, a->sha256, all[i].text, all[i].source,
			       extract_state_name(all[i].state), all[i].reason))
			return false;
	}
	return true;
}

bool inbound_keep_parsed(struct operation *op, struct arena *arena, int64_t id,
			 const struct mail_message *as_read, struct err *err)
{
	struct mail_message entered;
	const struct mail_message *m = &entered;

	if (!entry_apply(op, arena, id, as_read, &entered, err) ||
	    !store_run(op->store, err, SQL_PARSED_ADD,
		       "itttzttttttt"
		       "t",
		       id, m->from.name, m->from.address, m->subject, m->date_at,
		       m->message_id, m->in_reply_to, m->text, m->text_new,
		       m->text_quoted, file_words(arena, m), listed(arena, &m->reasons),
		       listed(arena, &m->limits_hit)) ||
	    !inbound_keep_writers(op, arena, id, m, err))
		return false;
	if ((m->forwarded.name || m->forwarded.address) &&
	    !store_run(op->store, err, SQL_PARSED_FORWARDED, "itti", id,
		       m->forwarded.name, m->forwarded.address, (int64_t)m->note_len))
		return false;
	if (m->shown && !store_run(op->store, err, SQL_DOCUMENT_PUT, "iib", id,
				   (int64_t)TEXT_PART_MAIL, m->shown, m->shown_len))
		return false;
	return keep_files(op, arena, id, m, err) && keep_also(op, id, m, err);
}

bool inbound_is_long(const struct mail_message *m)
{
	size_t bytes = strlen(str_or(m->text, "")) + strlen(str_or(m->also, ""));

	for (size_t i = 0; i < m->attachment_count; i++)
		bytes += strlen(str_or(m->attachments[i].text, ""));
	return bytes >= APART_BYTES;
}

/* What is read anew, for apart_run(). */
struct rebuilding {
	struct operation *op;
	int64_t inbound_id;
	const struct mail_message *m;
};

static bool rebuild_once(void *with, struct arena *arena, struct err *err)
{
	const struct rebuilding *what = with;
	struct operation *op = what->op;
	int64_t id = what->inbound_id;
	AUTO(store_txn) t = store_begin(op->store, err);
	struct mail_message written;
	bool risk;

	return t && inbound_from_writer(op, arena, what->m, &written, err) &&
	       store_run(op->store, err, SQL_PARSED_DROP, "i", id) &&
	       store_run(op->store, err, SQL_MAIL_WRITER_DROP, "i", id) &&
	       store_run(op->store, err, SQL_ATTACHMENT_DROP, "i", id) &&
	       store_run(op->store, err, SQL_DOCUMENT_DROP, "i", id) &&
	       inbound_keep_parsed(op, arena, id, &written, err) &&
	       in_sight_at_risk(op, arena, what->m, &risk, err) &&
	       store_run(op->store, err, SQL_INBOUND_AT_RISK_SET, "ii", id,
			 (int64_t)risk) &&
	       response_text_of_mail(op, arena, id, err) && store_commit(&t, err);
}

bool inbound_rebuild(struct operation *op, int64_t inbound_id,
		     const struct mail_message *m, struct err *err)
{
	struct rebuilding what = {op, inbound_id, m};

	return apart_run(op->store, rebuild_once, &what, err);
}
