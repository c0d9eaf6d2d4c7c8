#include "domain/campaigns/duplicate.h"
#include "domain/core/audit.h"
#include "domain/responses/response_lock.h"
#include "domain/responses/reference.h"
#include "domain/responses/respondent.h"
#include "domain/core/undo.h"
#include "base/str.h"
#include "text/letter/frame_book.h"
#include "text/letter/signature.h"
#include "text/words/word.h"

#include <inttypes.h>

enum {
	CHAIN_MOST = 1000,
	SENDER_MOST = 200,     /* earlier responses of one address that are looked at */
	COVER_WORDS_MOST = 40, /* of a mail that only sends a file */
	ALIKE_WORDS_LEAST = 8  /* fewer are the same by chance */
};

static int64_t hash_of(const struct buf *bytes)
{
	unsigned char hash[SECRET_SHA256_BYTES];
	int64_t out;

	secret_sha256(bytes->bytes, bytes->len, hash);
	memcpy(&out, hash, sizeof(out));
	return out ? out : 1;
}

/* The words that were said, without greeting and signature: those of another device or
 * another address differ in nothing else. */
void response_prints_read(const struct response_text *words, struct response_prints *out)
{
	AUTO(arena) arena = arena_new(1 << 14);
	AUTO(buf) all = buf_new(1 << 20);
	AUTO(buf) files = buf_new(1 << 20);
	const char *own = words->parts[0].own, *said;
	struct words mail;
	struct frame frame;
	uint64_t hash;

	frame_book_read(words->letter, arena, own, strlen(own), &frame);
	said = frame_said_of(arena, own, &frame);
	*out = (struct response_prints){0};
	words_read(arena, said, strlen(said), &mail);
	out->words = mail.count;
	hash = words_hash(&mail);
	buf_add(all, &hash, sizeof(hash));
	for (size_t i = 1; i < words->count; i++) {
		buf_str(all, words->parts[i].sha256);
		if (!words->parts[i].is_also)
			buf_str(files, words->parts[i].sha256);
	}
	if (files->len)
		out->files = hash_of(files);
	if (mail.count || words->count > 1)
		out->all = hash_of(all);
}

static bool add(struct operation *op, int64_t id, int64_t of, const char *as_what,
		const char *state, struct err *err)
{
	return store_run(op->store, err, SQL_LINK_ADD, "iitttzi", id, of, as_what, state,
			 op->staff_id ? "person" : "machine", op->staff_id, op->now);
}

/* A new link holds: what is before it may have become stricter. */
static bool renew(struct operation *op, struct arena *arena, int64_t id, struct err *err)
{
	struct store_table before;

	return respondent_before(op, arena, id, &before, err) &&
	       respondent_renew(op, &before, err);
}

/* How one response may go back to an earlier one. */
struct found {
	int64_t id, respondent_id;
	const char *as_what, *state; /* NULL: only the same sender */
};

/* The same words, or the same file under another short cover note. */
static const char *same_as(const struct store_row *row, const struct response_prints *p)
{
	if (p->all && row_int(row, "fingerprint") == p->all)
		return "holds";
	return p->files && p->words <= COVER_WORDS_MOST &&
			       row_int(row, "file_print") == p->files
		       ? "proposed"
		       : NULL;
}

/* Among the responses from this address: the same again, or what it may add to. Two
 * people who share an address are not one. */
static bool by_sender(struct operation *op, struct arena *arena,
		      const struct response_text *words, const char *name,
		      const struct response_prints *p, struct found *out, struct err *err)
{
	struct store_table t;

	if (!store_all(op->store, arena, &t, err, SQL_RESPONSE_BY_SENDER, "itii",
		       words->consultation_id, words->from_key, words->response_id,
		       (int64_t)SENDER_MOST))
		return false;
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);
		const char *other = row_text(&row, "name"), *state;

		if (name && other && !signature_may_be_same(name, other))
			continue;
		state = same_as(&row, p);
		if (state) /* on to the first that says so */
			*out = (struct found){row_int(&row, "id"),
					      row_int(&row, "respondent_id"), "duplicate",
					      state};
		else if (!out->id && !row_int(&row, "is_duplicate"))
			*out = (struct found){row_int(&row, "id"),
					      row_int(&row, "respondent_id"), "amendment",
					      "proposed"};
	}
	return true;
}

/* From another address: the same words, or the same file, under the same name. */
static bool by_name(struct operation *op, struct arena *arena,
		    const struct response_text *words, const char *name,
		    const struct response_prints *p, struct found *out, struct err *err)
{
	bool files = p->files && p->words <= COVER_WORDS_MOST;
	struct store_row row;

	if (!name || !strchr(name, ' ') || (!files && p->words < ALIKE_WORDS_LEAST))
		return true;
	if (!store_one(op->store, arena, &row, err, SQL_RESPONSE_BY_NAME, "itizz",
		       words->consultation_id, name, words->response_id, p->all,
		       files ? p->files : (int64_t)0))
		return err_forgive(err, ERR_ABSENT);
	*out = (struct found){row_int(&row, "id"), row_int(&row, "respondent_id"),
			      "duplicate", "proposed"};
	return true;
}

static bool find(struct operation *op, struct arena *arena,
		 const struct response_text *words, const struct response_prints *p,
		 struct found *out, struct err *err)
{
	struct store_row who;
	const char *name;

	if (!store_one(op->store, arena, &who, err, SQL_RESPONDENT_OF, "i",
		       words->respondent_id))
		return false;
	name = row_text(&who, "name");
	if (!by_sender(op, arena, words, name, p, out, err))
		return false;
	if (out->id && !store_run(op->store, err, SQL_RESPONDENT_SAME_AS, "ii",
				  words->respondent_id, out->respondent_id))
		return false;
	return str_eq(out->as_what, "duplicate") ||
	       by_name(op, arena, words, name, p, out, err);
}

bool response_duplicate_find(struct operation *op, struct arena *arena,
			     const struct response_text *words,
			     const struct response_prints *prints, struct err *err)
{
	int64_t staff = op->staff_id;
	struct found found = {0};
	struct store_row row;
	bool ok;

	if (!store_run(op->store, err, SQL_RESPONSE_FINGERPRINT, "izz",
		       words->response_id, prints->all, prints->files) ||
	    !store_one(op->store, arena, &row, err, SQL_LINK_EVER, "i",
		       words->response_id))
		return false;
	if (row_int(&row, "n") > 0) /* linked before, or a person ended it */
		return true;
	if (!find(op, arena, words, prints, &found, err))
		return false;
	if (!found.id)
		return true;
	op->staff_id = 0; /* the machine says so, whoever had it read */
	ok = add(op, words->response_id, found.id, found.as_what, found.state, err);
	op->staff_id = staff;
	return ok && renew(op, arena, words->response_id, err);
}

/* Would of, or what it is linked to in turn, come back to id? */
static bool no_ring(struct operation *op, struct arena *arena, int64_t id, int64_t of,
		    struct err *err)
{
	struct store_row row;

	for (int i = 0; i < CHAIN_MOST; i++) {
		if (of == id)
			return err_set(
				err, ERR_INPUT,
				"these responses are linked the other way round already; "
				"unlink that first");
		if (!store_one(op->store, arena, &row, err, SQL_LINK_OF, "i", of))
			return err_forgive(err, ERR_ABSENT);
		of = row_int(&row, "of_id");
	}
	return err_set(err, ERR_INPUT, "more than %d responses are linked in a row",
		       CHAIN_MOST);
}

/* Ends the link that holds, and notes down what would bring it back. */
static bool end_link(struct operation *op, struct arena *arena, int64_t id,
		     int64_t *out_ended, struct err *err)
{
	struct store_table before;
	int64_t *holds;
	size_t count;

	if (!respondent_before(op, arena, id, &before, err) ||
	    !undo_ids_of(op, arena,
			 (struct undo_rows_of){.statement = SQL_LINK_HOLDING, .id = id},
			 &holds, &count, err))
		return false;
	*out_ended = count ? holds[0] : 0;
	return store_run(op->store, err, SQL_LINK_END, "iii", id, op->staff_id,
			 op->now) &&
	       respondent_renew(op, &before, err);
}

static bool record(struct operation *op, struct arena *arena, const struct response *r,
		   int64_t made, int64_t ended, struct err *err)
{
	AUTO(buf) inverse = undo_new();

	pack_int(inverse, r->id);
	pack_int(inverse, made);
	pack_int(inverse, ended);
	return undo_record(op, "link", inverse, err, "%s %s",
			   made ? "link of" : "unlinking of",
			   response_reference(arena, r->consultation, r->number));
}

bool response_duplicate_link(struct operation *op, const char *reference, const char *of,
			     const char *as_what, struct err *err)
{
	AUTO(arena) arena = arena_new(4096);
	AUTO(store_txn) t = NULL;
	struct response later, first;
	int64_t ended;

	if (!str_eq(as_what, "duplicate") && !str_eq(as_what, "amendment") &&
	    !str_eq(as_what, "composite"))
		return err_set(
			err, ERR_INPUT,
			"\"%.40s\": responses are linked as duplicate, amendment or "
			"composite",
			str_or(as_what, ""));
	if (!needs_staff(op, err))
		return false;
	t = store_begin(op->store, err);
	if (!t || !response_find(op, arena, reference, &later, err) ||
	    !response_find(op, arena, of, &first, err))
		return false;
	if (later.id == first.id)
		return err_set(err, ERR_INPUT, "a response cannot be linked to itself");
	if (later.consultation_id != first.consultation_id)
		return err_set(err, ERR_INPUT, "%s and %s are of different consultations",
			       reference, of);
	return response_lock_check(op, later.id, err) &&
	       no_ring(op, arena, later.id, first.id, err) &&
	       end_link(op, arena, later.id, &ended, err) &&
	       add(op, later.id, first.id, as_what, "holds", err) &&
	       record(op, arena, &later, store_last_id(op->store), ended, err) &&
	       renew(op, arena, later.id, err) &&
	       audit_record(op, err, "linked", "response", later.id,
			    "to response %" PRId64 " as %s", first.id, as_what) &&
	       store_commit(&t, err);
}

bool response_duplicate_unlink(struct operation *op, const char *reference,
			       struct err *err)
{
	AUTO(arena) arena = arena_new(2048);
	AUTO(store_txn) t = NULL;
	struct response r;
	int64_t ended;

	if (!needs_staff(op, err))
		return false;
	t = store_begin(op->store, err);
	if (!t || !response_find(op, arena, reference, &r, err) ||
	    !response_lock_check(op, r.id, err) ||
	    !end_link(op, arena, r.id, &ended, err))
		return false;
	if (!ended)
		return err_set(err, ERR_ABSENT, "%s is linked to no other response",
			       reference);
	return audit_record(op, err, "unlinked", "response", r.id, "%s", "") &&
	       record(op, arena, &r, 0, ended, err) && store_commit(&t, err);
}
