#include "reader/wire.h"
#include "base/str.h"

enum { ITEMS_MAX = 100000 };
static const int64_t DATE_MAX = 253402300799; /* the year 9999 */

static bool plain_ascii(const char *text, size_t len)
{
	unsigned char all = 0;

	for (size_t i = 0; i < len; i++)
		all |= (unsigned char)text[i];
	return all < 0x80;
}

/* The parent refuses what is no UTF-8, so not a byte of it may slip through here. */
static void put(struct buf *to, const char *text)
{
	size_t len = text ? strlen(text) : 0;
	struct buf clean;

	if (!text || plain_ascii(text, len) || str_utf8_valid(text, len)) {
		pack_bytes(to, text, len);
		return;
	}
	buf_init(&clean, len * 3 + 1);
	str_utf8_clean(&clean, text, len);
	pack_bytes(to, clean.bytes, clean.len);
	buf_clear(&clean);
}

static void pack_strings(struct buf *to, const struct mail_strings *list)
{
	pack_int(to, (int64_t)list->count);
	for (size_t i = 0; i < list->count; i++)
		put(to, list->items[i]);
}

static void pack_address(struct buf *to, const struct mail_address *a)
{
	put(to, a->name);
	put(to, a->address);
}

static void pack_addresses(struct buf *to, const struct mail_addresses *list)
{
	pack_int(to, (int64_t)list->count);
	for (size_t i = 0; i < list->count; i++)
		pack_address(to, &list->items[i]);
}

size_t reader_follows(const struct mail_attachment *file)
{
	return file->head_only && file->size > MAIL_ATTACHMENT_HEAD ? MAIL_ATTACHMENT_HEAD
								    : file->size;
}

static void pack_attachments(struct buf *to, const struct mail_message *m, bool brief)
{
	pack_int(to, (int64_t)m->attachment_count);
	for (size_t i = 0; i < m->attachment_count; i++) {
		const struct mail_attachment *a = &m->attachments[i];

		put(to, a->name);
		put(to, a->type);
		pack_int(to, (int64_t)a->size);
		put(to, a->sha256);
		put(to, a->text);
		put(to, a->content_id);
		pack_int(to, a->is_inline);
		pack_int(to, brief);
	}
}

static void pack_failed(struct buf *to, const struct mail_message *m)
{
	pack_int(to, (int64_t)m->failed_count);
	for (size_t i = 0; i < m->failed_count; i++) {
		const struct mail_failed_recipient *r = &m->failed[i];

		put(to, r->address);
		put(to, r->original);
		put(to, r->action);
		put(to, r->status);
		put(to, r->smtp_code);
		put(to, r->diagnostic);
		pack_int(to, r->verdict);
		pack_int(to, r->reason);
	}
}

void reader_pack(struct buf *to, const struct mail_message *m, enum reader_part part)
{
	bool brief = part == READER_BRIEF;

	pack_int(to, m->kind);
	pack_strings(to, &m->reasons);
	pack_address(to, &m->from);
	pack_addresses(to, &m->reply_to);
	pack_addresses(to, &m->to);
	pack_addresses(to, &m->cc);
	put(to, m->subject);
	pack_int(to, m->date_at);
	pack_int(to, m->received_at);
	put(to, m->message_id);
	put(to, m->in_reply_to);
	pack_strings(to, &m->references);
	put(to, m->text);
	put(to, brief ? NULL : m->html);
	put(to, m->text_new);
	put(to, m->text_quoted);
	put(to, m->also);
	pack_bytes(to, m->shown, m->shown_len);
	pack_int(to, m->seen.what);
	pack_int(to, m->seen.pictures);
	put(to, m->seen.words);
	pack_address(to, &m->forwarded);
	pack_int(to, (int64_t)m->note_len);
	pack_attachments(to, m, brief);
	pack_failed(to, m);
	put(to, m->complaint.type);
	put(to, m->complaint.original_recipient);
	put(to, m->complaint.original_mail_from);
	put(to, m->complaint.source_ip);
	pack_strings(to, &m->limits_hit);
	pack_strings(to, &m->delivered_to);
	put(to, m->return_path);
	put(to, m->auto_submitted);
	put(to, m->precedence);
	put(to, m->list_id);
	put(to, m->original_message_id);
	put(to, m->original_to);
	put(to, m->via);
	put(to, m->machine);
	pack_strings(to, &m->returned_to);
	pack_addresses(to, &m->authors);
	pack_addresses(to, &m->beside);
}

static bool take_count(struct unpack *u, size_t *out)
{
	int64_t n;

	if (!unpack_int(u, 0, ITEMS_MAX, &n))
		return false;
	*out = (size_t)n;
	/* Each item has at least 8 bytes: no room is made for what cannot be there. */
	return n <= (u->end - u->at) / 8;
}

static bool take_strings(struct unpack *u, struct arena *arena, struct mail_strings *out)
{
	if (!take_count(u, &out->count))
		return false;
	out->items = out->count ? arena_make(arena, const char *, out->count) : NULL;
	for (size_t i = 0; i < out->count; i++)
		if (!unpack_str(u, arena, &out->items[i]) || !out->items[i])
			return false;
	return true;
}

static bool take_address(struct unpack *u, struct arena *arena, struct mail_address *out)
{
	return unpack_str(u, arena, &out->name) && unpack_str(u, arena, &out->address);
}

static bool take_addresses(struct unpack *u, struct arena *arena,
			   struct mail_addresses *out)
{
	if (!take_count(u, &out->count))
		return false;
	out->items =
		out->count ? arena_make(arena, struct mail_address, out->count) : NULL;
	for (size_t i = 0; i < out->count; i++)
		if (!take_address(u, arena, &out->items[i]))
			return false;
	return true;
}

static bool hex_of_hash(const char *text)
{
	return text && strlen(text) == SECRET_SHA256_HEX - 1 &&
	       strspn(text, "0123456789abcdef") == SECRET_SHA256_HEX - 1;
}

static bool take_attachments(struct unpack *u, struct arena *arena,
			     struct mail_message *m)
{
	if (!take_count(u, &m->attachment_count))
		return false;
	m->attachments = m->attachment_count ? arena_make(arena, struct mail_attachment,
							  m->attachment_count)
					     : NULL;
	for (size_t i = 0; i < m->attachment_count; i++) {
		struct mail_attachment *a = &m->attachments[i];
		const char *hash;
		int64_t size, is_inline, head_only;

		if (!unpack_str(u, arena, &a->name) || !unpack_str(u, arena, &a->type) ||
		    !unpack_int(u, 0, INT32_MAX, &size) || !unpack_str(u, arena, &hash) ||
		    !hex_of_hash(hash) || !unpack_str(u, arena, &a->text) ||
		    !unpack_str(u, arena, &a->content_id) ||
		    !unpack_int(u, 0, 1, &is_inline) || !unpack_int(u, 0, 1, &head_only))
			return false;
		a->size = (size_t)size;
		a->is_inline = is_inline;
		a->head_only = head_only;
		str_copy(a->sha256, sizeof(a->sha256), hash);
	}
	return true;
}

static bool take_failed(struct unpack *u, struct arena *arena, struct mail_message *m)
{
	if (!take_count(u, &m->failed_count))
		return false;
	m->failed = m->failed_count ? arena_make(arena, struct mail_failed_recipient,
						 m->failed_count)
				    : NULL;
	for (size_t i = 0; i < m->failed_count; i++) {
		struct mail_failed_recipient *r = &m->failed[i];
		int64_t verdict, reason;

		if (!unpack_str(u, arena, &r->address) ||
		    !unpack_str(u, arena, &r->original) ||
		    !unpack_str(u, arena, &r->action) ||
		    !unpack_str(u, arena, &r->status) ||
		    !unpack_str(u, arena, &r->smtp_code) ||
		    !unpack_str(u, arena, &r->diagnostic) ||
		    !unpack_int(u, MAIL_UNKNOWN, MAIL_TRANSIENT, &verdict) ||
		    !unpack_int(u, MAIL_REASON_UNKNOWN, MAIL_REASONS - 1, &reason))
			return false;
		r->verdict = (enum mail_verdict)verdict;
		r->reason = (enum mail_reason)reason;
	}
	return true;
}

static bool take_seen(struct unpack *u, struct arena *arena, struct mail_seen *out)
{
	int64_t what, pictures;

	if (!unpack_int(u, MAIL_SEEN_UNKNOWN, MAIL_SEEN_MORE, &what) ||
	    !unpack_int(u, 0, 1, &pictures) || !unpack_str(u, arena, &out->words))
		return false;
	out->what = (enum mail_seen_what)what;
	out->pictures = pictures;
	return true;
}

static bool take_texts(struct unpack *u, struct arena *arena, const char **const fields[],
		       size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (!unpack_str(u, arena, fields[i]))
			return false;
	return true;
}

bool reader_unpack(const void *bytes, size_t len, struct arena *arena,
		   struct mail_message *m)
{
	const char **const ids[] = {&m->message_id, &m->in_reply_to};
	const char **const texts[] = {&m->text, &m->html, &m->text_new, &m->text_quoted,
				      &m->also};
	const char **const complaint[] = {
		&m->complaint.type, &m->complaint.original_recipient,
		&m->complaint.original_mail_from, &m->complaint.source_ip};
	const char **const rest[] = {
		&m->return_path,         &m->auto_submitted, &m->precedence, &m->list_id,
		&m->original_message_id, &m->original_to,    &m->via,        &m->machine};
	struct unpack u;
	int64_t kind, note;

	*m = (struct mail_message){0};
	unpack_begin(&u, bytes, len);
	if (!unpack_int(&u, MAIL_HUMAN, MAIL_COMMAND, &kind) ||
	    !take_strings(&u, arena, &m->reasons) || !take_address(&u, arena, &m->from) ||
	    !take_addresses(&u, arena, &m->reply_to) ||
	    !take_addresses(&u, arena, &m->to) || !take_addresses(&u, arena, &m->cc) ||
	    !unpack_str(&u, arena, &m->subject) ||
	    !unpack_int(&u, 0, DATE_MAX, &m->date_at) ||
	    !unpack_int(&u, 0, DATE_MAX, &m->received_at) ||
	    !take_texts(&u, arena, ids, ARRAY_LEN(ids)) ||
	    !take_strings(&u, arena, &m->references) ||
	    !take_texts(&u, arena, texts, ARRAY_LEN(texts)) ||
	    !unpack_bytes(&u, arena, &m->shown, &m->shown_len) ||
	    !take_seen(&u, arena, &m->seen) || !take_address(&u, arena, &m->forwarded) ||
	    !unpack_int(&u, 0, (int64_t)strlen(str_or(m->text_new, "")), &note) ||
	    !take_attachments(&u, arena, m) || !take_failed(&u, arena, m) ||
	    !take_texts(&u, arena, complaint, ARRAY_LEN(complaint)) ||
	    !take_strings(&u, arena, &m->limits_hit) ||
	    !take_strings(&u, arena, &m->delivered_to) ||
	    !take_texts(&u, arena, rest, ARRAY_LEN(rest)) ||
	    !take_strings(&u, arena, &m->returned_to) ||
	    !take_addresses(&u, arena, &m->authors) ||
	    !take_addresses(&u, arena, &m->beside))
		return false;
	m->kind = (enum mail_kind)kind;
	m->note_len = (size_t)note;
	return unpack_end(&u);
}
