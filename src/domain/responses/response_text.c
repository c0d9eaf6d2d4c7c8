#include "domain/responses/response_text.h"
#include "domain/admin/asked.h"
#include "domain/responses/reference.h"
#include "base/str.h"
#include "ownform/ownform.h"
#include "text/letter/frame_book.h"
#include "text/letter/signature.h"

/* Documents that a child handed up: what is none is left out, and the text is read. */
static bool load_shown(struct operation *op, struct arena *arena,
		       struct response_text *words, struct err *err)
{
	struct store_table t;

	if (!store_all(op->store, arena, &t, err, SQL_DOCUMENTS_OF, "i",
		       words->inbound_id))
		return false;
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);
		struct document *d;
		size_t len;
		const void *bytes = row_bytes(&row, "bytes", &len);

		for (size_t p = 0; p < words->count; p++)
			if (words->parts[p].position == row_int(&row, "position") &&
			    document_unpack(arena, bytes, len, &d)) {
				struct apart_key hash;

				apart_key_begin(&hash, "document");
				apart_key_bytes(&hash, bytes, len);
				words->parts[p].shown = d;
				words->parts[p].shown_hash = hash.low;
			}
	}
	return true;
}

/* The note as blanks, a letter for a letter, so that all places stay. */
static const char *without_note(struct arena *arena, const char *text, size_t note)
{
	char *own = arena_alloc(arena, strlen(text) + 1), *to = own;

	for (const char *at = text; *at; at++) {
		bool begins = ((unsigned char)*at & 0xC0) != 0x80;

		if ((size_t)(at - text) >= note || *at == '\n')
			*to++ = *at;
		else if (begins)
			*to++ = ' ';
	}
	*to = '\0';
	return own;
}

/* A response that somebody passed on is that of whoever wrote it. */
static void load_forwarded(struct arena *arena, const struct store_row *parsed,
			   struct response_text *out)
{
	size_t note = (size_t)row_int(parsed, "note_bytes");
	const char *text = out->parts[0].text;

	if (!row_text(parsed, "forwarded_name") && !row_text(parsed, "forwarded_address"))
		return;
	note = note < strlen(text) ? note : strlen(text);
	out->forwarded = true;
	out->from_name = signature_plain_name(arena, row_text(parsed, "forwarded_name"));
	out->note = note ? arena_strndup(arena, text, note) : NULL;
	out->parts[0].own = without_note(arena, text, note);
	out->whole = out->parts[0].own;
}

/* Nothing that somebody allows or chooses is read out of a guess. */
static void mark_recognised(struct arena *arena, const struct store_row *file,
			    struct text_part *part)
{
	size_t at = (size_t)row_int(file, "recognised_at");

	part->own = part->text;
	if (row_null(file, "recognised_at") || at > strlen(part->text))
		return;
	part->recognised = part->text + at;
	part->own = arena_strndup(arena, part->text, at);
}

struct filling {
	struct arena *arena;
	struct ownform form;
	const struct response_text *words;
};

/* What was filled in, in each of its parts. */
static const void *fill_all(void *with)
{
	const struct filling *f = with;
	struct ownform_filled *filled =
		arena_make(f->arena, struct ownform_filled, f->words->count);

	for (size_t i = 0; i < f->words->count; i++) {
		const struct text_part *part = &f->words->parts[i];

		ownform_read(f->arena, &f->form, part->own, part->shown, &filled[i]);
	}
	return filled;
}

static void form_key(struct apart_key *key, const struct filling *f)
{
	apart_key_begin(key, "form");
	apart_key_text(key, f->form.name);
	apart_key_text(key, f->form.title);
	asked_key(key, f->form.questions, f->form.count);
	for (size_t i = 0; i < f->words->count; i++) {
		apart_key_text(key, f->words->parts[i].own);
		apart_key_int(key, (int64_t)f->words->parts[i].shown_hash);
	}
}

/* A form that this consultation, or another one, offers: what was filled in is read exactly. */
static bool read_forms(struct operation *op, struct arena *arena,
		       struct response_text *words, struct err *err)
{
	struct filling f = {.arena = arena, .words = words};
	struct apart_work work = {
		.bytes = response_text_bytes(words), .run = fill_all, .with = &f};
	const struct ownform_filled *filled;
	const void *found;
	struct consultation c;
	struct store_row row;
	bool may_be = false;

	for (size_t i = 0; i < words->count; i++)
		may_be = may_be || ownform_may_be(words->parts[i].own);
	if (!may_be)
		return true;
	if (!consultation_row(op, arena, words->consultation_id, &row, err))
		return false;
	consultation_read(&row, &c);
	if (!asked_form(op, arena, &c, &f.form, err))
		return false;
	form_key(&work.key, &f);
	if (!apart_found(op->store, &work, &found, err))
		return false;
	filled = found;
	for (size_t i = 0; i < words->count; i++)
		if (filled[i].state != OWNFORM_NONE) {
			words->parts[i].filled = &filled[i];
			words->parts[i].own = filled[i].own;
		}
	return true;
}

size_t response_text_bytes(const struct response_text *words)
{
	size_t bytes = strlen(words->whole);

	for (size_t i = 0; i < words->count; i++)
		bytes += strlen(words->parts[i].text);
	return bytes;
}

void response_text_key(struct apart_key *key, const struct response_text *words)
{
	apart_key_text(key, words->subject);
	apart_key_text(key, words->from_name);
	apart_key_text(key, words->sent_as);
	apart_key_text(key, words->whole);
	apart_key_text(key, words->note);
	apart_key_int(key, words->forwarded);
	for (size_t i = 0; i < words->count; i++) {
		const struct text_part *part = &words->parts[i];

		apart_key_int(key, part->position);
		apart_key_text(key, part->name);
		apart_key_text(key, part->text);
		apart_key_text(key, part->own);
		apart_key_text(key, part->recognised);
		apart_key_text(key, part->sha256);
		apart_key_int(key,
			      part->is_mail + 2 * part->is_also + 4 * part->is_unread);
		apart_key_int(key, (int64_t)part->shown_hash);
		apart_key_int(key, part->filled ? part->filled->state + 1 : 0);
	}
}

/* A picture or a recording that has no words is what it is. */
static bool is_unread(const struct store_row *file)
{
	static const char *const others[] = {"image/", "audio/", "video/"};
	const char *type = str_or(row_text(file, "type"), "");

	for (size_t i = 0; i < ARRAY_LEN(others); i++)
		if (str_starts(type, others[i]))
			return false;
	return str_eq(row_text(file, "text_state"), "unreadable") &&
	       row_null(file, "recognised_at");
}

bool response_text_load(struct operation *op, struct arena *arena, int64_t response_id,
			struct response_text *out, struct err *err)
{
	struct store_row response, parsed;
	struct store_table files;
	const char *text;

	if (!store_one(op->store, arena, &response, err, SQL_RESPONSE_BY_ID, "i",
		       response_id))
		return false;
	*out = (struct response_text){
		.response_id = response_id,
		.consultation_id = row_int(&response, "consultation_id"),
		.respondent_id = row_int(&response, "respondent_id"),
		.inbound_id = row_int(&response, "inbound_id"),
		.reference =
			response_reference(arena, row_text(&response, "consultation"),
					   row_int(&response, "number")),
	};
	if (!store_one(op->store, arena, &parsed, err, SQL_PARSED_OF, "i",
		       out->inbound_id) ||
	    !store_all(op->store, arena, &files, err, SQL_ATTACHMENTS_OF, "i",
		       out->inbound_id))
		return false;
	out->message_id = row_text(&parsed, "message_id");
	out->subject = row_text(&parsed, "subject");
	out->sent_as = row_text(&parsed, "from_name");
	out->from_name = signature_plain_name(arena, out->sent_as);
	out->from_key = row_text(&response, "address_key");
	out->whole = str_or(row_text(&parsed, "text"), "");
	/* A mail that is all quotes was answered between the lines. */
	text = str_or(row_text(&parsed, "text_new"), row_text(&parsed, "text"));
	out->parts = arena_make(arena, struct text_part, files.count + 1);
	out->parts[out->count++] = (struct text_part){.position = TEXT_PART_MAIL,
						      .name = "mail",
						      .text = str_or(text, ""),
						      .own = str_or(text, "")};
	for (size_t i = 0; i < files.count; i++) {
		struct store_row row = table_row(&files, i);

		out->parts[out->count++] = (struct text_part){
			.position = row_int(&row, "position"),
			.name = str_or(row_text(&row, "name"), "a file"),
			.text = str_or(row_text(&row, "text"), ""),
			.is_mail = str_starts(str_or(row_text(&row, "type"), ""),
					      "message/"),
			.is_unread = is_unread(&row),
			.is_also = row_int(&row, "also"),
			.sha256 = row_text(&row, "sha256")};
		mark_recognised(arena, &row, &out->parts[out->count - 1]);
	}
	load_forwarded(arena, &parsed, out);
	out->letter = frame_book_new(arena, out->from_name);
	return load_shown(op, arena, out, err) && read_forms(op, arena, out, err);
}
