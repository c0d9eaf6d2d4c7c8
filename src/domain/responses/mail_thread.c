#include "domain/responses/mail_thread.h"
#include "domain/responses/reference.h"
#include "base/str.h"
#include "mail/write/recipient.h"

/* More References than this come from no thread that people write. */
enum { LOOKED_AT_MOST = 20 };

static bool by_response(struct operation *op, struct arena *arena, int64_t response_id,
			struct mail_thread *out, struct err *err)
{
	struct store_row row;

	if (!store_one(op->store, arena, &row, err, SQL_RESPONSE_BY_ID, "i", response_id))
		return err_forgive(err, ERR_ABSENT);
	out->response_id = response_id;
	out->consultation_id = row_int(&row, "consultation_id");
	return true;
}

static bool by_message_id(struct operation *op, struct arena *arena, const char *id,
			  struct mail_thread *out, struct err *err)
{
	struct store_row row;

	if (!str_starts(id, "l."))
		return true;
	if (!store_one(op->store, arena, &row, err, SQL_NOTIFICATION_ANSWERED, "t", id))
		return err_forgive(err, ERR_ABSENT);
	out->response_id = row_int(&row, "response_id");
	out->consultation_id = row_int(&row, "consultation_id");
	return true;
}

bool mail_thread_find(struct operation *op, struct arena *arena,
		      const struct mail_message *m, const char *token,
		      struct mail_thread *out, struct err *err)
{
	char *lower = arena_strdup(arena, str_or(token, ""));
	int64_t id;

	*out = (struct mail_thread){0};
	str_lower(lower);
	if (*lower && secret_token_read(op->key, "response", lower, &id) &&
	    !by_response(op, arena, id, out, err))
		return false;
	if (!out->response_id && m->in_reply_to &&
	    !by_message_id(op, arena, m->in_reply_to, out, err))
		return false;
	/* The last one is the nearest. */
	for (size_t i = m->references.count, looked = 0;
	     i > 0 && looked < LOOKED_AT_MOST && !out->response_id; i--, looked++)
		if (!by_message_id(op, arena, m->references.items[i - 1], out, err))
			return false;
	return true;
}

static bool has_mark(struct arena *arena, const char *subject, const char *text)
{
	return str_ifind(subject, arena_printf(arena, "[%s]", text)) != NULL;
}

/* "cruelty-0147", not inside a longer word. */
static bool has_reference(const char *subject, const char *name)
{
	size_t len = strlen(name);

	for (const char *at = subject; (at = str_ifind(at, name)); at++) {
		char before = at == subject ? ' ' : at[-1];

		if (at[len] == '-' && str_is_digit(at[len + 1]) && before != '-' &&
		    !str_is_alpha(before) && !str_is_digit(before))
			return true;
	}
	return false;
}

bool mail_thread_guess(struct operation *op, struct arena *arena, const char *subject,
		       const char **out_name, struct err *err)
{
	struct store_table all;
	const char *found = NULL;
	size_t count = 0;

	*out_name = NULL;
	if (str_empty(subject))
		return true;
	if (!store_all(op->store, arena, &all, err, SQL_CONSULTATION_NAMES, ""))
		return false;
	for (size_t i = 0; i < all.count; i++) {
		struct store_row row = table_row(&all, i);
		const char *name = row_text(&row, "name");

		if (!has_mark(arena, subject, name) &&
		    !has_mark(arena, subject, row_text(&row, "title")) &&
		    !has_reference(subject, name))
			continue;
		found = name;
		count++;
	}
	if (count == 1)
		*out_name = found;
	return true;
}

enum { TITLE_WORDS_LEAST = 3 }; /* fewer are words of any subject */

static size_t words_in(const char *text)
{
	size_t n = 0;

	for (const char *at = text; *at; at++)
		n += !str_is_space(*at) && (at == text || str_is_space(at[-1]));
	return n;
}

/* Nothing but words that head a response, so that the title beside them is what it is to. */
static bool only_heads(struct arena *arena, const char *text, size_t len)
{
	static const char *const heads[] = {
		"re",         "fw",           "fwd",      "response", "responses",
		"responding", "reply",        "replying", "answer",   "answers",
		"submission", "consultation", "to",       "on",       "for",
		"from",       "the",          "our",      "my",       "your"};
	const char *at = arena_strndup(arena, text, len);

	while (*(at += strspn(at, " \t:;,.-\"'()"))) {
		size_t word = strcspn(at, " \t:;,.-\"'()");
		bool is = false;

		for (size_t i = 0; i < ARRAY_LEN(heads) && !is; i++)
			is = word == strlen(heads[i]) &&
			     str_ieq(arena_strndup(arena, at, word), heads[i]);
		if (!is)
			return false;
		at += word;
	}
	return true;
}

static bool is_title_alone(struct arena *arena, const char *subject, const char *title)
{
	const char *at =
		words_in(title) >= TITLE_WORDS_LEAST ? str_ifind(subject, title) : NULL;
	const char *behind = at ? at + strlen(title) : NULL;

	return at && (at == subject || !str_is_alpha(at[-1])) && !str_is_alpha(*behind) &&
	       only_heads(arena, subject, (size_t)(at - subject)) &&
	       only_heads(arena, behind, strlen(behind));
}

static bool is_named(struct arena *arena, const char *subject,
		     const struct store_row *consultation)
{
	const char *name = row_text(consultation, "name");
	const char *title = row_text(consultation, "title");

	return has_mark(arena, subject, name) || has_mark(arena, subject, title) ||
	       is_title_alone(arena, subject, title);
}

/* "[cruelty-0147]", "Re: cruelty-0147 and more": the first reference of that consultation. */
static const char *reference_in(struct arena *arena, const char *subject,
				const char *consultation)
{
	for (const char *at = subject; (at = str_ifind(at, consultation)); at++) {
		size_t len = strlen(consultation) + 1;

		if (!has_reference(at, consultation) || at[len - 1] != '-' ||
		    !str_is_digit(at[len]))
			continue;
		len += strspn(at + len, "0123456789");
		return arena_strndup(arena, at, len);
	}
	return NULL;
}

/* A subject proves nothing: it leads to one that was moved from the same address, else it is a
   note for a person. */
static bool names_own(struct operation *op, struct arena *arena,
		      const struct mail_message *m, const char *named,
		      struct mail_thread *out, const char **out_note, struct err *err)
{
	const char *from = mail_address_key(arena, str_or(m->from.address, ""));
	struct response moved;
	struct store_row row;

	if (!response_moved_to(op, arena, named, &moved, err))
		return err_forgive(err, ERR_ABSENT);
	if (!store_one(op->store, arena, &row, err, SQL_RESPONSE_BY_ID, "i", moved.id))
		return false;
	if (from && str_eq(from, row_text(&row, "address_key"))) {
		out->response_id = moved.id;
		out->consultation_id = moved.consultation_id;
	} else {
		*out_note =
			arena_printf(arena, "its subject names %s, which was moved to %s",
				     named, moved.consultation);
	}
	return true;
}

/* On with a response that was moved away from the consultation that the mail came to. */
static bool follow_moved(struct operation *op, struct arena *arena,
			 const struct mail_message *m, struct arrival_route *io,
			 const char **out_note, struct err *err)
{
	struct consultation *c = &io->consultation;
	const char *named = m->subject ? reference_in(arena, m->subject, c->name) : NULL;
	struct mail_thread thread;
	struct store_row row;

	if (!mail_thread_find(op, arena, m, io->what == WANTS_THREAD ? io->token : NULL,
			      &thread, err))
		return false;
	if (!thread.response_id && named &&
	    !names_own(op, arena, m, named, &thread, out_note, err))
		return false;
	if (!thread.response_id || thread.consultation_id == c->id)
		return true;
	if (!store_one(op->store, arena, &row, err, SQL_MOVING_WAS_IN, "ii",
		       thread.response_id, c->id))
		return false;
	if (!row_int(&row, "n"))
		return true;
	if (!store_one(op->store, arena, &row, err, SQL_CONSULTATION_BY_ID, "i",
		       thread.consultation_id))
		return false;
	*out_note = arena_printf(arena, "sent to %s, and what it answers was moved to %s",
				 c->name, row_text(&row, "name"));
	consultation_read(&row, c);
	return true;
}

bool mail_thread_follow(struct operation *op, struct arena *arena,
			const struct mail_message *m, struct arrival_route *io,
			const char **out_note, struct err *err)
{
	*out_note = NULL;
	return follow_moved(op, arena, m, io, out_note, err) &&
	       (*out_note || io->what != WANTS_NOTHING ||
		mail_thread_meant(op, arena, m, &io->consultation, out_note, err));
}

/* Another consultation whose address the mail went to, too: its name; NULL: none. */
static bool also_to(struct operation *op, struct arena *arena,
		    const struct mail_message *m, int64_t id, const char **out,
		    struct err *err)
{
	const struct mail_addresses *fields[] = {&m->to, &m->cc};

	*out = NULL;
	for (size_t f = 0; f < ARRAY_LEN(fields); f++)
		for (size_t i = 0; !*out && i < fields[f]->count; i++) {
			struct mail_message one = {.to = {&fields[f]->items[i], 1}};
			struct arrival_route route;

			if (!arrival_route_find(op, arena, &one, &route, err))
				return false;
			if (route.to == TO_CONSULTATION && route.consultation.id != id)
				*out = route.consultation.name;
		}
	return true;
}

bool mail_thread_meant(struct operation *op, struct arena *arena,
		       const struct mail_message *m, struct consultation *io,
		       const char **out_note, struct err *err)
{
	const char *sent_to = io->name, *other, *found = NULL;
	struct mail_thread thread;
	struct store_table all;
	struct store_row row;
	size_t named = 0;

	*out_note = NULL;
	if (!mail_thread_find(op, arena, m, NULL, &thread, err) ||
	    !store_all(op->store, arena, &all, err, SQL_CONSULTATION_NAMES, ""))
		return false;
	for (size_t i = 0; !thread.response_id && m->subject && i < all.count; i++) {
		row = table_row(&all, i);
		if (is_named(arena, m->subject, &row)) {
			found = row_text(&row, "name");
			named++;
		}
	}
	if (named == 1 && !str_eq(found, sent_to)) {
		if (!store_one(op->store, arena, &row, err, SQL_CONSULTATION_BY_NAME, "t",
			       found))
			return false;
		if (!str_eq(row_text(&row, "state"), "draft")) {
			consultation_read(&row, io);
			*out_note = arena_printf(arena,
						 "sent to the address of %s, and its "
						 "subject names %s",
						 sent_to, io->name);
			return true;
		}
	}
	if (!also_to(op, arena, m, io->id, &other, err))
		return false;
	if (other)
		*out_note =
			arena_printf(arena, "sent to the address of %s as well", other);
	return true;
}
