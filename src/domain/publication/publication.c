#include "domain/publication/publication_private.h"
#include "domain/admin/consultation.h"
#include "domain/admin/rights.h"
#include "domain/core/audit.h"
#include "domain/core/undo.h"
#include "domain/responses/reference.h"
#include "base/numeral.h"
#include "base/str.h"

#include <inttypes.h>

enum { TOKEN_BYTES = 10, TOKEN_CHARS = 17 };

const char *const publication_decisions[] = {"publish", "without name", "withhold", NULL};
const char *const publication_reasons[] = {"refused",        "defamatory", "identifies",
					   "health",         "abusive",    "legal",
					   "not a response", "other",      NULL};
const char *const publication_states[] = {"not included",
					  "permission not known",
					  "no permission",
					  "to decide",
					  "decide again",
					  "on hold",
					  "to release",
					  "published",
					  "withdrawn",
					  "withheld",
					  NULL};

static void read_row(struct arena *arena, const struct store_row *row,
		     struct publication *out)
{
	*out = (struct publication){
		.response_id = row_int(row, "response_id"),
		.consultation_id = row_int(row, "consultation_id"),
		.number = row_int(row, "number"),
		.consultation = row_text(row, "consultation"),
		.state = row_text(row, "state"),
		.permission = row_text(row, "permission_in_force"),
		.hindered = row_text(row, "hindered"),
		.type = row_text(row, "type"),
		.name = row_text(row, "name"),
		.organisation = row_text(row, "organisation"),
		.decision = row_text(row, "decision"),
		.reason = row_text(row, "reason"),
		.fell = row_text(row, "fell"),
		.decided_by = row_int(row, "decided_by"),
		.decided_at = row_int(row, "decided_at"),
		.released_by = row_int(row, "released_by"),
		.released_at = row_int(row, "released_at"),
		.withdrawn_at = row_int(row, "withdrawn_at"),
		.decided_by_name = row_text(row, "decided_by_name"),
		.released_by_name = row_text(row, "released_by_name"),
		.withdrawn_by_name = row_text(row, "withdrawn_by_name"),
		.content_hash = row_text(row, "content_hash"),
	};
	out->reference = response_reference(arena, out->consultation, out->number);
}

static bool of_id(struct operation *op, struct arena *arena, int64_t id,
		  struct publication *out, struct err *err)
{
	struct store_row row;

	if (!store_one(op->store, arena, &row, err, SQL_PUBLICATION_OF, "i", id))
		return false;
	read_row(arena, &row, out);
	return true;
}

bool publication_find(struct operation *op, struct arena *arena, const char *reference,
		      struct publication *out, struct err *err)
{
	struct response r;

	return response_find(op, arena, reference, &r, err) &&
	       of_id(op, arena, r.id, out, err);
}

const char *publication_hindered_says(const char *hindered)
{
	static const struct {
		const char *word, *says;
	} all[] = {
		{"not included", "it is not included in the analysis"},
		{"proposal",
		 "it is proposed that it is no response, or that somebody is at "
		 "risk; decide that first"},
		{"flag", "a flag says that somebody may be at risk"},
		{"duplicate", "it is a duplicate of another response"},
		{"unsorted mail",
		 "the same sender wrote an email later that nobody has sorted "
		 "yet; it may take something back"},
	};

	for (size_t i = 0; hindered && i < ARRAY_LEN(all); i++)
		if (str_eq(all[i].word, hindered))
			return all[i].says;
	return NULL;
}

bool publication_allows(const struct publication *p, const char *decision,
			struct err *err)
{
	if (str_eq(decision, "withhold"))
		return true;
	if (str_eq(p->permission, "none"))
		return err_set(err, ERR_CONFLICT,
			       "%s may not be published: its respondent said no",
			       p->reference);
	if (!str_eq(p->permission, "name") && !str_eq(p->permission, "without name"))
		return err_set(err, ERR_CONFLICT,
			       "nobody knows yet whether %s may be published. Settle its "
			       "permission first",
			       p->reference);
	if (str_eq(decision, "publish") && !str_eq(p->permission, "name"))
		return err_set(err, ERR_CONFLICT,
			       "%s may be published without the name only", p->reference);
	if (p->hindered)
		return err_set(err, ERR_CONFLICT, "%s may not be published: %s",
			       p->reference, publication_hindered_says(p->hindered));
	return true;
}

bool publication_preview(struct operation *op, struct arena *arena,
			 const struct publication *p, const char *decision,
			 struct publication_preview *out, struct err *err)
{
	struct published_words words;

	if (!published_words_make(op, arena, p, decision, &words, err))
		return false;
	*out = (struct publication_preview){words.label,
					    words.organisation,
					    words.answers,
					    words.count,
					    words.open,
					    words.lost,
					    arena_strdup(arena, words.hash)};
	return true;
}

bool publication_list(struct operation *op, struct arena *arena,
		      const struct publication_look *look, struct publication **out,
		      size_t *out_count, struct err *err)
{
	struct consultation c;
	struct store_table t;

	if (look->state &&
	    !domain_word_check("state", look->state, publication_states, err))
		return false;
	if (!consultation_named(op, arena, look->consultation, &c, err) ||
	    !store_all(op->store, arena, &t, err, SQL_PUBLICATION_LIST, "itii", c.id,
		       look->state, look->after, look->most))
		return false;
	*out = arena_make(arena, struct publication, t.count + 1);
	*out_count = t.count;
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);

		read_row(arena, &row, &(*out)[i]);
	}
	return true;
}

bool publication_counts(struct operation *op, struct arena *arena,
			const char *consultation, int64_t **out, struct err *err)
{
	struct consultation c;
	struct store_table t;

	*out = arena_make(arena, int64_t, ARRAY_LEN(publication_states));
	if (!consultation_named(op, arena, consultation, &c, err) ||
	    !store_all(op->store, arena, &t, err, SQL_PUBLICATION_COUNTS, "i", c.id))
		return false;
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);

		for (size_t k = 0; publication_states[k]; k++)
			if (str_eq(publication_states[k], row_text(&row, "state")))
				(*out)[k] = row_int(&row, "n");
	}
	return true;
}

/* ---- decided ---- */

static bool may(const struct operation *op, const struct publication *p, enum right right,
		struct err *err)
{
	return rights_ask(op, right, rights_on_consultation(p->consultation_id), err);
}

static bool is_settled(const struct publication *p, const struct published_words *words,
		       struct err *err)
{
	if (words->open)
		return err_set(err, ERR_CONFLICT,
			       "%zu proposed redaction%s of %s %s to be accepted or "
			       "dismissed first",
			       words->open, plural((int64_t)words->open, "", "s"),
			       p->reference, plural((int64_t)words->open, "has", "have"));
	if (words->lost)
		return err_set(err, ERR_CONFLICT,
			       "the words of %zu redaction%s of %s are no longer found; "
			       "place or remove them first",
			       words->lost, plural((int64_t)words->lost, "", "s"),
			       p->reference);
	return words->count > 0 ||
	       err_set(err, ERR_CONFLICT, "%s says nothing that could be published",
		       p->reference);
}

/* What stood before, and when what stands now was done: for who takes it back. */
static bool keep_inverse(struct operation *op, const struct publication *before,
			 const char *kind, const char *what, struct err *err)
{
	AUTO(buf) inverse = undo_new();

	pack_int(inverse, before->response_id);
	pack_str(inverse, before->decision);
	pack_str(inverse, before->reason);
	pack_int(inverse, before->decided_by);
	pack_int(inverse, before->decided_at);
	pack_str(inverse, before->content_hash);
	pack_int(inverse, op->now);
	pack_int(inverse, op->staff_id);
	return undo_record(op, kind, inverse, err, "%s of %s", what, before->reference);
}

static bool check_decision(const char *decision, const char *reason, struct err *err)
{
	if (!domain_word_check("decision", str_or(decision, "(none)"),
			       publication_decisions, err))
		return false;
	if (str_eq(decision, "withhold"))
		return domain_word_check("reason", str_or(reason, "(none)"),
					 publication_reasons, err);
	return !reason || err_set(err, ERR_INPUT, "only what is withheld has a reason");
}

bool publication_decide(struct operation *op, const char *reference, const char *decision,
			const char *reason, struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 16);
	AUTO(store_txn) t = store_begin(op->store, err);
	struct published_words words = {0};
	struct publication p;

	if (!t || !needs_staff(op, err) ||
	    !publication_find(op, arena, reference, &p, err) ||
	    !may(op, &p, RIGHT_MODERATE, err) || !check_decision(decision, reason, err) ||
	    !publication_allows(&p, decision, err))
		return false;
	if (!str_eq(decision, "withhold") &&
	    (!published_words_make(op, arena, &p, decision, &words, err) ||
	     !is_settled(&p, &words, err)))
		return false;
	return store_run(op->store, err, SQL_PUBLICATION_DECIDE, "ittiit", p.response_id,
			 decision, reason, op->staff_id, op->now,
			 words.hash[0] ? words.hash : NULL) &&
	       audit_record(op, err, "publication decided", "response", p.response_id,
			    "%s%s%s", decision, reason ? ": " : "", str_or(reason, "")) &&
	       keep_inverse(op, &p, "publication decision", "what was decided", err) &&
	       store_commit(&t, err);
}

/* ---- released, withdrawn ---- */

static void token_of(struct operation *op, const struct publication *p,
		     char out[TOKEN_CHARS])
{
	unsigned char hash[SECRET_SHA256_BYTES];
	char id[32];

	(void)snprintf(id, sizeof(id), "%" PRId64, p->response_id);
	secret_hash(op->key, "published", id, hash);
	str_base32(out, hash, TOKEN_BYTES);
}

static bool keep_words(struct operation *op, const struct publication *p,
		       const struct published_words *words, struct err *err)
{
	char token[TOKEN_CHARS];

	token_of(op, p, token);
	if (!store_run(op->store, err, SQL_PUBLISHED_ADD, "iittttt", p->response_id,
		       p->consultation_id, token, words->type, words->label,
		       words->organisation, words->search))
		return false;
	for (size_t i = 0; i < words->count; i++)
		if (!store_run(op->store, err, SQL_PUBLISHED_ANSWER_ADD, "iit",
			       p->response_id, words->answers[i].question,
			       words->answers[i].text))
			return false;
	return true;
}

static bool may_release(struct operation *op, struct arena *arena,
			const struct publication *p, struct published_words *out,
			struct err *err)
{
	if (!p->decision || str_eq(p->decision, "withhold"))
		return err_set(err, ERR_CONFLICT,
			       "it is not decided that %s is published", p->reference);
	if (p->decided_by == op->staff_id)
		return err_set(err, ERR_CONFLICT,
			       "You decided about %s, so a colleague releases it",
			       p->reference);
	if (!publication_allows(p, p->decision, err) ||
	    !published_words_make(op, arena, p, p->decision, out, err) ||
	    !is_settled(p, out, err))
		return false;
	return str_eq(out->hash, p->content_hash) ||
	       err_set(err, ERR_CONFLICT,
		       "what would be published of %s has changed since %s decided; it "
		       "has to be decided again",
		       p->reference, p->decided_by_name);
}

bool publication_release(struct operation *op, const char *reference, struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 16);
	AUTO(store_txn) t = store_begin(op->store, err);
	struct published_words words;
	struct publication p;

	if (!t || !needs_staff(op, err) ||
	    !publication_find(op, arena, reference, &p, err) ||
	    !may(op, &p, RIGHT_PUBLISH, err))
		return false;
	if (p.released_at && p.released_by == op->staff_id) /* a second click */
		return true;
	if (p.released_at)
		return err_set(err, ERR_CONFLICT, "%s has released %s already",
			       p.released_by_name, p.reference);
	return may_release(op, arena, &p, &words, err) &&
	       store_run(op->store, err, SQL_PUBLICATION_RELEASE, "iii", p.response_id,
			 op->staff_id, op->now) &&
	       keep_words(op, &p, &words, err) &&
	       audit_record(op, err, "publication released", "response", p.response_id,
			    "%s, content %s", p.decision, words.hash) &&
	       keep_inverse(op, &p, "publication release", "the release", err) &&
	       store_commit(&t, err);
}

bool publication_withdraw(struct operation *op, const char *reference, struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 16);
	AUTO(store_txn) t = store_begin(op->store, err);
	struct publication p;

	if (!t || !needs_staff(op, err) ||
	    !publication_find(op, arena, reference, &p, err) ||
	    !may(op, &p, RIGHT_MODERATE, err))
		return false;
	if (!p.released_at)
		return err_set(err, ERR_CONFLICT, "%s is not published", p.reference);
	return store_run(op->store, err, SQL_PUBLICATION_WITHDRAW, "iii", p.response_id,
			 op->staff_id, op->now) &&
	       audit_record(op, err, "publication withdrawn", "response", p.response_id,
			    "%s", "") &&
	       keep_inverse(op, &p, "publication withdrawal", "the withdrawal", err) &&
	       store_commit(&t, err);
}

/* ---- as a whole ---- */

bool publication_whole(struct operation *op, struct arena *arena, int64_t consultation_id,
		       struct publication_whole *out, struct err *err)
{
	struct store_row row;

	*out = (struct publication_whole){0};
	if (!store_one(op->store, arena, &row, err, SQL_PUBLICATION_SET_OF, "i",
		       consultation_id))
		return err_forgive(err, ERR_ABSENT);
	out->released_at = row_int(&row, "released_at");
	out->released_by_name = row_text(&row, "released_by_name");
	return true;
}

bool publication_whole_set(struct operation *op, const char *consultation,
			   enum publication_whole_act act, struct err *err)
{
	AUTO(arena) arena = arena_new(4096);
	AUTO(store_txn) t = store_begin(op->store, err);
	struct publication_whole now;
	struct consultation c;
	bool release = act == PUBLICATION_RELEASE_ALL;

	if (!t || !needs_staff(op, err) ||
	    !consultation_named(op, arena, consultation, &c, err) ||
	    !rights_ask(op, RIGHT_PUBLISH, rights_on_consultation(c.id), err) ||
	    !publication_whole(op, arena, c.id, &now, err))
		return false;
	if (release == (now.released_at != 0))
		return true;
	return (release ? store_run(op->store, err, SQL_PUBLICATION_SET_ADD, "iii", c.id,
				    op->staff_id, op->now)
			: store_run(op->store, err, SQL_PUBLICATION_SET_END, "i",
				    c.id)) &&
	       audit_record(op, err,
			    release ? "responses released" : "responses not released",
			    "consultation", c.id, "%s", "") &&
	       store_commit(&t, err);
}

/* ---- taken back ---- */

struct inverse {
	struct publication before, now;
	int64_t at, staff;
};

static bool read_inverse(struct operation *op, struct arena *arena, struct unpack *from,
			 struct inverse *out, struct err *err)
{
	struct publication *b = &out->before;

	*out = (struct inverse){0};
	if (!unpack_int(from, 1, INT64_MAX, &b->response_id) ||
	    !unpack_str(from, arena, &b->decision) ||
	    !unpack_str(from, arena, &b->reason) ||
	    !unpack_int(from, 0, INT64_MAX, &b->decided_by) ||
	    !unpack_int(from, 0, INT64_MAX, &b->decided_at) ||
	    !unpack_str(from, arena, &b->content_hash) ||
	    !unpack_int(from, 0, INT64_MAX, &out->at) ||
	    !unpack_int(from, 0, INT64_MAX, &out->staff))
		return undo_damaged(err);
	return of_id(op, arena, b->response_id, &out->now, err);
}

static bool told(struct operation *op, const struct publication *p, const char *what,
		 struct err *err)
{
	return audit_record(op, err, "taken back", "response", p->response_id, "%s",
			    what);
}

bool publication_undo_decision(struct operation *op, struct arena *arena,
			       struct unpack *from, struct err *err)
{
	struct inverse i;
	struct publication *b = &i.before;

	if (!read_inverse(op, arena, from, &i, err))
		return false;
	if (i.now.decided_at != i.at || i.now.decided_by != i.staff || i.now.withdrawn_at)
		return undo_moved_on(err);
	/* What stands since a second person released it is withdrawn, not taken back. */
	if (i.now.released_at)
		return undo_moved_on(err);
	if (!b->decision)
		return store_run(op->store, err, SQL_PUBLICATION_FORGET, "i",
				 b->response_id) &&
		       told(op, b, "publication decision", err);
	return store_run(op->store, err, SQL_PUBLICATION_DECIDE, "ittiit", b->response_id,
			 b->decision, b->reason, b->decided_by, b->decided_at,
			 b->content_hash) &&
	       told(op, b, "publication decision", err);
}

bool publication_undo_release(struct operation *op, struct arena *arena,
			      struct unpack *from, struct err *err)
{
	struct inverse i;

	if (!read_inverse(op, arena, from, &i, err))
		return false;
	if (i.now.released_at != i.at || i.now.released_by != i.staff)
		return undo_moved_on(err);
	return store_run(op->store, err, SQL_PUBLICATION_UNRELEASE, "it",
			 i.before.response_id, NULL) &&
	       told(op, &i.before, "publication release", err);
}

/* It is released anew, by all that holds of a release: not by who decided it. */
bool publication_undo_withdrawal(struct operation *op, struct arena *arena,
				 struct unpack *from, struct err *err)
{
	struct inverse i;

	if (!read_inverse(op, arena, from, &i, err))
		return false;
	if (i.now.withdrawn_at != i.at)
		return undo_moved_on(err);
	return publication_release(op, i.now.reference, err);
}
