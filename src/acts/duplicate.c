#include "acts/duplicate.h"
#include "acts/audit.h"
#include "acts/claim.h"
#include "acts/reference.h"
#include "acts/undo.h"
#include "base/str.h"
#include "text/word.h"

#include <inttypes.h>

enum { CHAIN_MOST = 1000 };

/* The words of the mail and the bytes of its files; 0 where there is neither. */
static int64_t fingerprint(struct arena *arena, const struct acts_words *words)
{
	AUTO(buf) all = buf_new(1 << 20);
	unsigned char hash[SECRET_SHA256_BYTES];
	struct words mail;
	uint64_t said;
	int64_t out;

	words_read(arena, words->parts[0].text, strlen(words->parts[0].text), &mail);
	if (!mail.count && words->count == 1)
		return 0;
	said = words_hash(&mail);
	buf_add(all, &said, sizeof(said));
	for (size_t i = 1; i < words->count; i++)
		buf_str(all, words->parts[i].sha256);
	secret_sha256(all->bytes, all->len, hash);
	memcpy(&out, hash, sizeof(out));
	return out ? out : 1;
}

static bool add(struct acts *acts, int64_t id, int64_t of, const char *as_what,
		const char *state, struct err *err)
{
	return store_run(acts->store, err, SQL_LINK_ADD, "iitttzi", id, of, as_what,
			 state, acts->staff_id ? "person" : "machine", acts->staff_id,
			 acts->now);
}

bool acts_duplicate_find(struct acts *acts, struct arena *arena,
			 const struct acts_words *words, struct err *err)
{
	int64_t print = fingerprint(arena, words), staff = acts->staff_id;
	struct store_row row;
	bool same, ok;

	if (!store_run(acts->store, err, SQL_RESPONSE_FINGERPRINT, "ii",
		       words->response_id, print) ||
	    !store_one(acts->store, arena, &row, err, SQL_LINK_EVER, "i",
		       words->response_id))
		return false;
	if (row_int(&row, "n") > 0) /* linked before, or a person ended it */
		return true;
	same = print && store_one(acts->store, arena, &row, err, SQL_RESPONSE_SAME_WORDS,
				  "iii", words->respondent_id, print, words->response_id);
	if (!same) {
		if (print && err->kind != ERR_ABSENT)
			return false;
		if (!store_one(acts->store, arena, &row, err, SQL_RESPONSE_BEFORE, "ii",
			       words->respondent_id, words->response_id))
			return err->kind == ERR_ABSENT;
	}
	acts->staff_id = 0; /* the machine says so, whoever had it read */
	ok = add(acts, words->response_id, row_int(&row, "id"),
		 same ? "duplicate" : "amendment", same ? "holds" : "proposed", err);
	acts->staff_id = staff;
	return ok;
}

/* Would of, or what it is linked to in turn, come back to id? */
static bool no_ring(struct acts *acts, struct arena *arena, int64_t id, int64_t of,
		    struct err *err)
{
	struct store_row row;

	for (int i = 0; i < CHAIN_MOST; i++) {
		if (of == id)
			return err_set(
				err, ERR_INPUT,
				"these replies are linked the other way round already; "
				"unlink that first");
		if (!store_one(acts->store, arena, &row, err, SQL_LINK_OF, "i", of))
			return err->kind == ERR_ABSENT;
		of = row_int(&row, "of_id");
	}
	return err_set(err, ERR_INPUT, "more than %d replies are linked in a row",
		       CHAIN_MOST);
}

/* Ends the link that holds, and notes down what would bring it back. */
static bool end_link(struct acts *acts, struct arena *arena, int64_t id,
		     int64_t *out_ended, struct err *err)
{
	int64_t *holds;
	size_t count;

	if (!acts_undo_ids_of(acts, arena, SQL_LINK_HOLDING, id, &holds, &count, err))
		return false;
	*out_ended = count ? holds[0] : 0;
	return store_run(acts->store, err, SQL_LINK_END, "iii", id, acts->staff_id,
			 acts->now);
}

static bool record(struct acts *acts, struct arena *arena, const struct acts_response *r,
		   int64_t made, int64_t ended, struct err *err)
{
	AUTO(buf) inverse = acts_undo_new();

	pack_int(inverse, r->id);
	pack_int(inverse, made);
	pack_int(inverse, ended);
	return acts_undo_record(acts, "link", inverse, err, "%s %s",
				made ? "link of" : "unlinking of",
				acts_reference(arena, r->consultation, r->number));
}

bool acts_duplicate_link(struct acts *acts, const char *reference, const char *of,
			 const char *as_what, struct err *err)
{
	AUTO(arena) arena = arena_new(4096);
	AUTO(store_txn) t = NULL;
	struct acts_response later, first;
	int64_t ended;

	if (!str_eq(as_what, "duplicate") && !str_eq(as_what, "amendment") &&
	    !str_eq(as_what, "composite"))
		return err_set(err, ERR_INPUT,
			       "\"%.40s\": replies are linked as duplicate, amendment or "
			       "composite",
			       str_or(as_what, ""));
	if (!acts_needs_staff(acts, err))
		return false;
	t = store_begin(acts->store, err);
	if (!t || !acts_response_find(acts, arena, reference, &later, err) ||
	    !acts_response_find(acts, arena, of, &first, err))
		return false;
	if (later.id == first.id)
		return err_set(err, ERR_INPUT, "a reply cannot be linked to itself");
	if (later.consultation_id != first.consultation_id)
		return err_set(err, ERR_INPUT, "%s and %s are of different consultations",
			       reference, of);
	return acts_claim_check(acts, later.id, err) &&
	       no_ring(acts, arena, later.id, first.id, err) &&
	       end_link(acts, arena, later.id, &ended, err) &&
	       add(acts, later.id, first.id, as_what, "holds", err) &&
	       record(acts, arena, &later, store_last_id(acts->store), ended, err) &&
	       acts_audit(acts, err, "linked", "response", later.id,
			  "to response %" PRId64 " as %s", first.id, as_what) &&
	       store_commit(&t, err);
}

bool acts_duplicate_unlink(struct acts *acts, const char *reference, struct err *err)
{
	AUTO(arena) arena = arena_new(2048);
	AUTO(store_txn) t = NULL;
	struct acts_response r;
	int64_t ended;

	if (!acts_needs_staff(acts, err))
		return false;
	t = store_begin(acts->store, err);
	if (!t || !acts_response_find(acts, arena, reference, &r, err) ||
	    !acts_claim_check(acts, r.id, err) ||
	    !end_link(acts, arena, r.id, &ended, err))
		return false;
	if (!ended)
		return err_set(err, ERR_ABSENT, "%s is linked to no other reply",
			       reference);
	return acts_audit(acts, err, "unlinked", "response", r.id, "%s", "") &&
	       record(acts, arena, &r, 0, ended, err) && store_commit(&t, err);
}
