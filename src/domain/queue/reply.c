#include "domain/queue/reply.h"
#include "domain/core/plus_address.h"
#include "domain/core/audit.h"
#include "domain/responses/response_lock.h"
#include "domain/admin/consultation.h"
#include "domain/admin/notification.h"
#include "domain/responses/response.h"
#include "domain/admin/rights.h"
#include "domain/core/undo.h"
#include "domain/responses/response_text.h"
#include "base/clock.h"
#include "base/utf8_cut.h"
#include "base/str.h"

#include <inttypes.h>

enum {
	NAME_MOST = 60,
	SUBJECT_MOST = 200,
	TEXT_MOST = 20000,
	NOTE_MOST = 4000,
	FORWARDED_MOST = 400000
};

/* What may stand in a template, for one reply. */
struct about {
	struct response r;
	struct consultation c;
	struct store_row mail, respondent;
	const char *reference, *received, *closes;
	const char *to;   /* whom an answer goes to; NULL: nobody can be written to */
	const char *name; /* of who wrote, as far as it is known; or NULL */
};

/* A person said that it was sent on: it is answered to whom it is from, or to nobody. */
static bool load_reader(struct operation *op, struct arena *arena, struct about *about,
			struct err *err)
{
	const char *name = row_text(&about->respondent, "name");
	bool forwarded = row_text(&about->mail, "forwarded_name") ||
			 row_text(&about->mail, "forwarded_address");
	struct store_row entry;
	bool said = store_one(op->store, arena, &entry, err, SQL_ENTRY_OF, "i",
			      about->r.inbound_id);

	if (!said && !err_forgive(err, ERR_ABSENT))
		return false;
	about->to =
		row_text(said ? &entry : &about->mail, said ? "address" : "from_address");
	if (str_empty(name) && !forwarded)
		name = row_text(&about->mail, "from_name");
	about->name =
		str_or(str_or(name, row_text(&about->respondent, "organisation")), NULL);
	about->to = str_or(about->to, NULL);
	return true;
}

static bool load_about(struct operation *op, struct arena *arena, const char *reference,
		       struct about *out, struct err *err)
{
	char *received = arena_alloc(arena, CLOCK_TEXT);
	char *closes = arena_alloc(arena, CLOCK_TEXT);
	struct store_row row;

	if (!response_find(op, arena, reference, &out->r, err) ||
	    !store_one(op->store, arena, &row, err, SQL_CONSULTATION_BY_ID, "i",
		       out->r.consultation_id) ||
	    !store_one(op->store, arena, &out->mail, err, SQL_PARSED_OF, "i",
		       out->r.inbound_id) ||
	    !store_one(op->store, arena, &out->respondent, err, SQL_RESPONDENT_OF, "i",
		       out->r.respondent_id))
		return false;
	consultation_read(&row, &out->c);
	clock_long_date(out->r.received_at, out->c.zone, received);
	clock_long_date(out->c.closes_at, out->c.zone, closes);
	out->reference = response_reference(arena, out->r.consultation, out->r.number);
	out->received = received;
	out->closes = closes;
	return load_reader(op, arena, out, err);
}

static struct template_value *values_of(struct operation *op, struct arena *arena,
					const struct about *about)
{
	struct template_value *v = template_map(arena);

	template_set(v, "reference", about->reference);
	template_set(v, "consultation", about->c.title);
	template_set(v, "received", about->received);
	template_set(v, "closes", about->closes);
	template_set(v, "organisation", op->settings->organisation);
	template_set(v, "staff", op->who);
	template_set(v, "name", str_or(about->name, "Sir or Madam"));
	return v;
}

/* Behind a line end, so that no first line is taken for the subject of a letter. */
static bool fill(struct arena *arena, const char *name, const char *text,
		 const struct template_value *values, const char **out, struct err *err)
{
	AUTO(template_library) library = template_library_new();
	AUTO(buf) filled = buf_new(TEXT_MOST * 4);
	const char *file = arena_printf(arena, "%s.txt", name);

	if (!template_library_add(library, file, arena_printf(arena, "\n%s", text),
				  err) ||
	    !template_library_check(library, err) ||
	    !template_render(library, file, values, TEMPLATE_STRICT, filled, err))
		return false;
	*out = arena_strdup(arena, buf_text(filled) + (filled->len > 0));
	return true;
}

static bool sound(const char *what, const char *text, size_t most, bool one_line,
		  struct err *err)
{
	size_t len = strlen(text);
	bool ok = len >= 1 && len <= most && str_utf8_valid(text, len);

	for (size_t i = 0; ok && i < len; i++)
		ok = (unsigned char)text[i] >= 0x20 || text[i] == '\t' ||
		     (!one_line && (text[i] == '\n' || text[i] == '\r'));
	return ok || err_set(err, ERR_INPUT,
			     "a %s has 1 to %zu bytes of UTF-8 text, without control "
			     "characters%s",
			     what, most, one_line ? ", on one line" : "");
}

/* Filled in for a reply that might be. */
static bool try_out(struct arena *arena, const struct reply_template *text,
		    struct err *err)
{
	struct template_value *v = template_map(arena);
	static const char *const names[] = {"reference", "consultation", "received",
					    "closes",    "organisation", "staff",
					    "name"};
	const char *ignored;

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		template_set(v, names[i], "x");
	return fill(arena, "subject", text->subject, v, &ignored, err) &&
	       fill(arena, "text", text->text, v, &ignored, err);
}

/* 0: none of that name. */
static bool own_text(struct operation *op, int64_t consultation_id, const char *name,
		     int64_t *out, struct err *err)
{
	AUTO(arena) arena = arena_new(512);
	struct store_row row;

	*out = 0;
	if (store_one(op->store, arena, &row, err, SQL_ANSWER_TEXT_OWN, "it",
		      consultation_id, name))
		*out = row_int(&row, "id");
	return *out || err_forgive(err, ERR_ABSENT);
}

bool reply_template_save(struct operation *op, const char *consultation,
			 const struct reply_template *text, struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 14);
	AUTO(store_txn) t = NULL;
	int64_t id, old, made;

	if (!sound("name", text->name, NAME_MOST, true, err) ||
	    !sound("subject", text->subject, SUBJECT_MOST, true, err) ||
	    !sound("text", text->text, TEXT_MOST, false, err) ||
	    !try_out(arena, text, err) || !needs_staff(op, err))
		return false;
	t = store_begin(op->store, err);
	if (!t || !consultation_or_all(op, consultation, &id, err) ||
	    !own_text(op, id, text->name, &old, err) ||
	    !store_run(op->store, err, SQL_ANSWER_TEXT_END, "iti", id, text->name,
		       op->now) ||
	    !store_run(op->store, err, SQL_ANSWER_TEXT_ADD, "ztttii", id, text->name,
		       text->subject, text->text, op->staff_id, op->now))
		return false;
	made = store_last_id(op->store);
	return audit_record(op, err, "reply text saved", "answer text", made, "%s", "") &&
	       undo_rows(op, "text", made, old,
			 arena_printf(arena, "keeping the reply text \"%s\"", text->name),
			 err) &&
	       store_commit(&t, err);
}

bool reply_template_end(struct operation *op, const char *consultation, const char *name,
			struct err *err)
{
	AUTO(arena) arena = arena_new(512);
	AUTO(store_txn) t = NULL;
	int64_t id, old;

	if (!needs_staff(op, err))
		return false;
	t = store_begin(op->store, err);
	if (!t || !consultation_or_all(op, consultation, &id, err) ||
	    !own_text(op, id, name, &old, err) ||
	    !store_run(op->store, err, SQL_ANSWER_TEXT_END, "iti", id, name, op->now))
		return false;
	if (store_changes(op->store) == 0)
		return err_set(err, ERR_ABSENT, "there is no reply text \"%.60s\"", name);
	return audit_record(op, err, "reply text ended", "consultation", id, "%s", "") &&
	       undo_rows(op, "text", 0, old,
			 arena_printf(arena, "removing the reply text \"%s\"", name),
			 err) &&
	       store_commit(&t, err);
}

bool reply_template_list(struct operation *op, struct arena *arena,
			 const char *consultation, struct store_table *out,
			 struct err *err)
{
	int64_t id;

	return consultation_or_all(op, consultation, &id, err) &&
	       store_all(op->store, arena, out, err, SQL_ANSWER_TEXT_LIST, "i", id);
}

static bool prepare(struct operation *op, struct arena *arena, const struct about *about,
		    const char *name, struct reply_template *out, struct err *err)
{
	struct template_value *v = values_of(op, arena, about);
	struct store_row row;

	if (!store_one(op->store, arena, &row, err, SQL_ANSWER_TEXT_NAMED, "it",
		       about->c.id, name))
		return err->kind == ERR_ABSENT
			       ? err_set(err, ERR_ABSENT,
					 "there is no reply text \"%.60s\" to send", name)
			       : false;
	out->name = row_text(&row, "name");
	return fill(arena, "subject", row_text(&row, "subject"), v, &out->subject, err) &&
	       fill(arena, "text", row_text(&row, "text"), v, &out->text, err);
}

bool reply_preview(struct operation *op, struct arena *arena, const char *reference,
		   const char *name, struct reply_template *out, struct err *err)
{
	struct about about;

	return load_about(op, arena, reference, &about, err) &&
	       prepare(op, arena, &about, name, out, err);
}

bool reply_begin(struct operation *op, struct arena *arena, const char *reference,
		 struct reply_template *out, struct err *err)
{
	struct about about;

	if (!load_about(op, arena, reference, &about, err))
		return false;
	*out = (struct reply_template){
		.name = "",
		.subject = arena_printf(arena, "Your response %s", about.reference),
		.text = arena_printf(arena, "Dear %s,\n\n\n\nKind regards\n%s\n%s\n",
				     str_or(about.name, "Sir or Madam"), op->who,
				     op->settings->organisation)};
	return true;
}

bool reply_to(struct operation *op, struct arena *arena, const char *reference,
	      const char **out, struct err *err)
{
	struct about about;

	if (!load_about(op, arena, reference, &about, err))
		return false;
	*out = about.to;
	return true;
}

/* "answer:12:HASH-OF-NAME:0", of a free one of its words; a further number where it is
 * repeated on purpose. */
static bool once_of(struct operation *op, struct arena *arena, int64_t response_id,
		    const struct reply_send *respond, const char **out, struct err *err)
{
	char hash[SECRET_SHA256_HEX];
	bool is_free = str_empty(respond->name);
	const char *of =
		is_free ? arena_printf(arena, "\n%s\n%s", respond->subject, respond->text)
			: respond->name;
	const char *stem;
	struct store_row row;
	int64_t n;

	secret_sha256_hex(of, strlen(of), hash);
	stem = arena_printf(arena, "answer:%" PRId64 ":%.16s", response_id, hash);
	if (!store_one(op->store, arena, &row, err, SQL_ANSWER_COUNT, "tt",
		       arena_printf(arena, "%s:", stem),
		       arena_printf(arena, "%s;", stem)))
		return false;
	n = row_int(&row, "n");
	if (n && !respond->again)
		return err_set(
			err, ERR_CONFLICT,
			"the reply \"%.60s\" went to this respondent before; repeat it "
			"on purpose if it must go once more",
			is_free ? respond->subject : respond->name);
	*out = arena_printf(arena, "%s:%" PRId64, stem, n);
	return true;
}

static bool send_answer(struct operation *op, struct arena *arena,
			const struct about *about, const struct reply_template *say,
			const char *once, struct err *err)
{
	char token[SECRET_TOKEN_LEN + 1];
	struct notification letter;
	bool is_new;

	if (!about->to)
		return err_set(err, ERR_CONFLICT,
			       "no address is known to which a reply to %s could go",
			       about->reference);
	secret_token(op->key, "response", about->r.id, token);
	letter = (struct notification){
		.kind = NOTIFICATION_REPLY,
		.once = once,
		.to_address = about->to,
		.from_address = about->c.address,
		.from_name = op->settings->organisation,
		.reply_to = address_with(arena, about->c.address,
					 arena_printf(arena, "r-%s", token)),
		.in_reply_to = str_or(row_text(&about->mail, "message_id"), NULL),
		.sender = about->c.address,
		.consultation_id = about->c.id,
		.inbound_id = about->r.inbound_id,
		.by_person = true,
		.values = {.consultation = about->c.title,
			   .reference = about->reference,
			   .contact_address = about->c.address,
			   .subject_line = say->subject,
			   .message = say->text},
	};
	return notification_queue(op, &letter, &is_new, err) &&
	       (is_new ||
		err_set(err, ERR_CONFLICT, "this reply is on its way already")) &&
	       store_run(op->store, err, SQL_REPLY_KEEP, "tiiit", once,
			 about->r.inbound_id, op->staff_id, op->now, say->text);
}

static bool check_words(const struct reply_send *respond, struct err *err)
{
	bool is_free = str_empty(respond->name);

	return ((!is_free && !respond->subject) ||
		sound("subject", str_or(respond->subject, ""), SUBJECT_MOST, true,
		      err)) &&
	       ((!is_free && !respond->text) ||
		sound("text", str_or(respond->text, ""), TEXT_MOST, false, err));
}

bool reply_send(struct operation *op, const struct reply_send *respond, struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 14);
	AUTO(store_txn) t = NULL;
	struct reply_template say = {.name = ""};
	struct about about;
	const char *once = NULL;

	if (!check_words(respond, err) || !needs_staff(op, err))
		return false;
	t = store_begin(op->store, err);
	if (!t || !load_about(op, arena, respond->reference, &about, err) ||
	    !response_lock_check(op, about.r.id, err) ||
	    (!str_empty(respond->name) &&
	     !prepare(op, arena, &about, respond->name, &say, err)) ||
	    !once_of(op, arena, about.r.id, respond, &once, err))
		return false;
	if (respond->subject)
		say.subject = respond->subject;
	if (respond->text)
		say.text = respond->text;
	return send_answer(op, arena, &about, &say, once, err) &&
	       audit_record(op, err, "answered", "response", about.r.id, "%s", once) &&
	       undo_final(op, err, "reply to %s", about.reference) &&
	       store_commit(&t, err);
}

/* Whom it goes to: of the staff, with an address, and allowed to read it. */
struct colleague {
	int64_t id;
	const char *name, *email;
	bool sees_who;
};

static bool load_colleague(struct operation *op, struct arena *arena, const char *name,
			   int64_t of_consultation, struct colleague *out,
			   struct err *err)
{
	struct rights_scope scope = rights_on_consultation(of_consultation);
	struct rights rights;
	struct store_row row;

	if (!store_one(op->store, arena, &row, err, SQL_LOGIN_OF, "t", name))
		return err->kind == ERR_ABSENT
			       ? err_set(err, ERR_ABSENT,
					 "\"%.60s\" is not in the staff; responses are "
					 "forwarded to the staff only",
					 name)
			       : false;
	*out = (struct colleague){.id = row_int(&row, "id"),
				  .name = row_text(&row, "name"),
				  .email = row_text(&row, "email")};
	if (str_empty(out->email))
		return err_set(err, ERR_CONFLICT,
			       "%s has no address; an administrator can add one" HINT
			       "mercat staff email",
			       out->name);
	if (!rights_load(op, arena, out->id, &rights, err))
		return false;
	if (!rights_have(&rights, RIGHT_READ_RESPONSES, scope))
		return err_set(err, ERR_CONFLICT,
			       "%s has no role that lets them read responses to this "
			       "consultation",
			       out->name);
	out->sees_who = rights_have(&rights, RIGHT_SEE_RESPONDENTS, scope);
	return true;
}

/* The mail's new text, then each file by its name. */
static bool reply_text(struct operation *op, struct arena *arena, int64_t response_id,
		       const char **out, struct err *err)
{
	AUTO(buf) text = buf_new(FORWARDED_MOST);
	struct response_text words;

	if (!response_text_load(op, arena, response_id, &words, err))
		return false;
	buf_str(text, words.parts[0].text);
	for (size_t i = 1; i < words.count; i++)
		buf_printf(text, "\n\n%s:\n\n%s", words.parts[i].name,
			   str_or(words.parts[i].text, "(no text could be read)"));
	if (buf_cut(text)) {
		size_t len = utf8_whole(text->bytes, text->len - 200);

		*out = arena_printf(arena,
				    "%.*s\n\n(There is more; read it on the staff's "
				    "pages.)",
				    (int)len, text->bytes);
		return true;
	}
	*out = arena_strdup(arena, str_or(buf_text(text), "(nothing)"));
	return true;
}

static const char *who_wrote(struct arena *arena, const struct about *about)
{
	const char *name =
		str_or(about->name, str_or(row_text(&about->mail, "from_name"), NULL));
	const char *address = about->to;

	if (str_empty(name))
		return str_or(address, NULL);
	return address ? arena_printf(arena, "%s, %s", name, address) : name;
}

static bool send_forward(struct operation *op, struct arena *arena,
			 const struct about *about, const struct colleague *to,
			 const char *note, struct err *err)
{
	unsigned char salt[8];
	char some[17];
	struct notification letter = {
		.kind = NOTIFICATION_FORWARD,
		.to_address = to->email,
		.from_address = about->c.address,
		.from_name = op->settings->organisation,
		.reply_to = about->c.address,
		.sender = about->c.address,
		.consultation_id = about->c.id,
		.inbound_id = about->r.inbound_id,
		.by_person = true,
		.values = {.consultation = about->c.title,
			   .reference = about->reference,
			   .received = about->received,
			   .contact_address = about->c.address,
			   .colleague = op->who,
			   .respondent = to->sees_who ? who_wrote(arena, about) : NULL,
			   .note = str_or(note, NULL)},
	};

	secret_random(salt, sizeof(salt));
	str_hex(some, salt, sizeof(salt));
	letter.once = arena_printf(arena, "forward:%" PRId64 ":%s", about->r.id, some);
	return reply_text(op, arena, about->r.id, &letter.values.message, err) &&
	       notification_queue(op, &letter, NULL, err);
}

bool reply_forward(struct operation *op, const char *reference, const char *to,
		   const char *note, struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 16);
	AUTO(store_txn) t = NULL;
	struct colleague colleague = {0};
	struct about about;

	if ((!str_empty(note) && !sound("note", note, NOTE_MOST, false, err)) ||
	    !needs_staff(op, err))
		return false;
	t = store_begin(op->store, err);
	return t && load_about(op, arena, reference, &about, err) &&
	       load_colleague(op, arena, to, about.c.id, &colleague, err) &&
	       send_forward(op, arena, &about, &colleague, note, err) &&
	       audit_record(op, err, "forwarded", "response", about.r.id,
			    "to staff %" PRId64 "%s", colleague.id,
			    colleague.sees_who ? ", with who wrote" : "") &&
	       undo_final(op, err, "forwarding %s to %s", about.reference,
			  colleague.name) &&
	       store_commit(&t, err);
}
