#include "domain/responses/response_proposal.h"
#include "domain/admin/consultation.h"
#include "domain/core/audit.h"
#include "domain/core/undo.h"
#include "domain/responses/response.h"
#include "domain/responses/response_lock.h"
#include "domain/safeguarding/flag.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/str.h"
#include "proposal/learned.h"
#include "store/apart.h"

#include <pthread.h>

enum {
	PICTURE_BYTES = 60000, /* a larger one may be a response that was photographed */
	ALL_BYTES = 64 << 20,  /* of a mail and its files: more than is kept of them */
	WORKING_DAYS = 5,      /* of a week, from Monday */
	TIMES = 2,             /* that what the team said counts for each example */
	KEY_START = 5381,
	KEY_STEP = 33
};

const char *const response_proposal_kinds[] = {
	"advertisement", "question",    "subscribe", "unsubscribe", "thanks",
	"complaint",     "information", "automatic", "risk",        NULL};

static const char *all_of(struct arena *arena, const struct response_text *words)
{
	AUTO(buf) out = buf_new(ALL_BYTES);

	/* Somebody may be at risk whose words a program had to recognise. */
	for (size_t i = 0; i < words->count; i++) {
		buf_str(out, words->parts[i].own);
		buf_str(out, "\n\n");
		buf_str(out, words->parts[i].recognised);
		buf_str(out, "\n\n");
	}
	return arena_strdup(arena, buf_text(out));
}

/* All that the mail itself says: what its layout adds is no thanks and nothing else. */
static const char *mail_of(struct arena *arena, const struct response_text *words)
{
	AUTO(buf) out = buf_new(ALL_BYTES);

	buf_str(out, words->count ? str_or(words->parts[0].own, "") : "");
	for (size_t i = 0; i < words->count; i++)
		if (words->parts[i].is_also) {
			buf_str(out, "\n\n");
			buf_str(out, words->parts[i].own);
		}
	return arena_strdup(arena, buf_text(out));
}

/* Our notifications are "l.", our bulletins "u.": whoever forges that gains a proposal. */
static bool answers_us(const char *in_reply_to)
{
	return str_starts(in_reply_to, "l.") || str_starts(in_reply_to, "u.");
}

bool response_proposal_facts(struct operation *op, struct arena *arena,
			     const struct response_text *words, struct proposal_mail *out,
			     bool *out_decided, struct err *err)
{
	struct store_row row;

	if (!store_one(op->store, arena, &row, err, SQL_PROPOSAL_FACTS, "ii",
		       words->response_id, (int64_t)PICTURE_BYTES))
		return false;
	*out = (struct proposal_mail){
		.subject = words->subject,
		.text = mail_of(arena, words),
		.sender = words->from_name,
		.letter = words->letter,
		.all = all_of(arena, words),
		.questions = arena_printf(arena, "%s\n%s", row_text(&row, "title"),
					  str_or(row_text(&row, "questions"), "")),
		.answers = row_int(&row, "answers"),
		.choices = row_int(&row, "choices"),
		.form = row_int(&row, "form"),
		.files = row_int(&row, "files"),
		.answers_us = answers_us(row_text(&row, "in_reply_to")),
		.in_bulk = row_int(&row, "in_bulk"),
	};
	*out_decided = row_int(&row, "decided");
	return true;
}

/* Why it is excluded, where its being so is accepted: that stands in the figures. */
static const struct {
	const char *kind, *reason;
} reasons[] = {
	{"advertisement", "not a response: advertisement"},
	{"question", "not a response: question to the team"},
	{"subscribe", "not a response: wish to subscribe"},
	{"unsubscribe", "not a response: wish to unsubscribe"},
	{"thanks", "not a response: thanks"},
	{"complaint", "not a response: complaint about the consultation"},
	{"information", "not a response: request for information"},
	{"automatic", "not a response: automatic reply"},
};

const char *response_proposal_reason(const char *kind)
{
	for (size_t i = 0; i < ARRAY_LEN(reasons); i++)
		if (str_eq(reasons[i].kind, kind))
			return reasons[i].reason;
	return "not a response";
}

static struct {
	pthread_mutex_t lock;
	struct arena *arena; /* of the model, when the team taught it */
	const struct learned *model;
	uint64_t key; /* of the lessons that it was made of */
} known = {.lock = PTHREAD_MUTEX_INITIALIZER};

/* What a person said that it is. False: nothing that teaches. */
static bool said_to_be(const struct store_row *row, enum proposal_kind *out)
{
	const char *state = row_text(row, "state"), *reason = row_text(row, "reason");

	*out = PROPOSAL_NONE;
	if (!str_eq(state, "excluded"))
		return str_eq(state, "included") || row_int(row, "refused");
	for (int k = 1; k < PROPOSAL_KINDS; k++)
		if (k != PROPOSAL_RISK &&
		    str_eq(reason, response_proposal_reason(
					   proposal_kind_name((enum proposal_kind)k))))
			*out = (enum proposal_kind)k;
	return *out != PROPOSAL_NONE;
}

static uint64_t key_of(const struct store_table *t)
{
	uint64_t key = KEY_START;

	for (size_t i = 0; i < t->count; i++) {
		struct store_row row = table_row(t, i);
		enum proposal_kind kind;

		if (said_to_be(&row, &kind))
			key = (key * KEY_STEP + (uint64_t)row_int(&row, "id")) *
				      KEY_STEP +
			      kind;
	}
	return key;
}

/* One mail as numbers, outside the arena that it is read in; ERR_ABSENT: there is
 * nothing to learn from, or too much. */
static bool lesson_of(struct operation *op, struct arena *arena, int64_t response_id,
		      struct learned_lesson *io, struct err *err)
{
	AUTO(arena) one = arena_new(1 << 16);
	struct response_text words;
	struct proposal_mail mail;
	struct look l;
	uint32_t *packed;
	size_t count, n;
	bool decided;

	if (!response_text_load(op, one, response_id, &words, err) ||
	    !response_proposal_facts(op, one, &words, &mail, &decided, err))
		return false;
	look_read(one, &mail, &l);
	if (l.s.words > LOOK_WORDS_MOST || l.s.count > SENTENCES_MOST)
		return err_set(err, ERR_ABSENT, "it is too long to learn from");
	features_read(one, &l, &io->mail);
	learned_pack(one, io, &packed, &count);
	*io = *learned_unpack(arena, packed, count, &n);
	return true;
}

/* The examples, and what the team said. */
static bool lessons_of(struct operation *op, struct arena *arena,
		       const struct store_table *t, struct learned_lesson **out,
		       size_t *out_count, struct err *err)
{
	size_t count = 0;
	struct learned_lesson *all =
		learned_unpack(arena, learned_examples, learned_examples_count, &count);

	for (size_t i = 0; i < t->count; i++) {
		struct store_row row = table_row(t, i);
		struct learned_lesson one = {0};

		if (!said_to_be(&row, &one.kind))
			continue;
		if (!lesson_of(op, arena, row_int(&row, "id"), &one, err)) {
			if (!err_forgive(err, ERR_ABSENT))
				return false;
			continue;
		}
		for (int k = 0; k < TIMES && count < LESSONS_MOST; k++) {
			all = arena_grow(arena, all, count, sizeof(*all));
			all[count++] = one;
		}
	}
	*out = all;
	*out_count = count;
	return true;
}

/* Under the lock. */
static bool learn(struct operation *op, const struct store_table *t, struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 20);
	struct learned_lesson *lessons;
	size_t count;
	uint64_t key = key_of(t);

	if (known.model && known.key == key)
		return true;
	if (key == KEY_START) {
		arena_free(&known.arena);
		known.model = &learned_shipped;
	} else {
		struct arena *kept;

		if (!lessons_of(op, arena, t, &lessons, &count, err))
			return false;
		kept = arena_new(1 << 20);
		known.model = learned_train(kept, lessons, count);
		if (!known.model)
			known.model = &learned_shipped;
		arena_free(&known.arena);
		known.arena = kept;
	}
	known.key = key;
	return true;
}

/* Under the lock. */
static void mail_key(struct apart_key *key, const struct proposal_mail *mail)
{
	apart_key_begin(key, "proposals");
	apart_key_int(key, (int64_t)known.key); /* of what was learned */
	apart_key_text(key, mail->subject);
	apart_key_text(key, mail->text);
	apart_key_text(key, mail->sender);
	apart_key_text(key, mail->all);
	apart_key_text(key, mail->questions);
	apart_key_int(key, mail->answers);
	apart_key_int(key, mail->choices);
	apart_key_int(key, mail->form);
	apart_key_int(key, mail->files);
	apart_key_int(key, mail->answers_us + 2 * mail->in_bulk);
}

struct judging {
	struct arena *arena;
	struct proposal_mail *mail;
};

static const void *judge(void *with)
{
	const struct judging *j = with;
	struct proposals *found = arena_make(j->arena, struct proposals, 1);

	proposal_read(j->arena, j->mail, found);
	return found;
}

bool response_propose(struct operation *op, struct arena *arena,
		      struct proposal_mail *mail, struct proposals *out, struct err *err)
{
	struct judging judging = {arena, mail};
	struct apart_work work = {
		.bytes = strlen(str_or(mail->all, "")), .run = judge, .with = &judging};
	const void *found = NULL;
	struct store_table t;
	bool ok;

	if (!store_all(op->store, arena, &t, err, SQL_PROPOSAL_LESSONS, "ii",
		       op->now - op->now % LESSONS_EVERY_SECONDS,
		       (int64_t)LESSONS_DECIDED))
		return false;
	(void)pthread_mutex_lock(&known.lock);
	ok = learn(op, &t, err);
	if (ok) {
		mail->learned = known.model;
		mail_key(&work.key, mail);
		ok = apart_found(op->store, &work, &found, err);
		mail->learned = NULL;
	}
	(void)pthread_mutex_unlock(&known.lock);
	if (ok)
		*out = *(const struct proposals *)found;
	return ok;
}

bool response_proposal_read(struct operation *op, struct arena *arena,
			    const struct response_text *words, struct err *err)
{
	struct proposal_mail mail;
	struct proposals found;
	bool decided;

	/* Before its mail is done, little is known of it; it is read once more then. */
	if (!response_proposal_facts(op, arena, words, &mail, &decided, err))
		return err_forgive(err, ERR_ABSENT);
	if (!store_run(op->store, err, SQL_PROPOSAL_DROP, "i", words->response_id))
		return false;
	if (!response_propose(op, arena, &mail, &found, err))
		return false;
	for (size_t i = 0; i < found.count; i++) {
		const struct proposal *p = &found.items[i];

		if (p->whole && decided)
			continue;
		if (!store_run(op->store, err, SQL_PROPOSAL_ADD, "itittt",
			       words->response_id, proposal_kind_name(p->kind),
			       (int64_t)p->whole, proposal_sign_name(p->sign), p->words,
			       p->like))
			return false;
	}
	return true;
}

bool response_proposal_list(struct operation *op, struct arena *arena,
			    int64_t response_id, struct store_table *out, struct err *err)
{
	return store_all(op->store, arena, out, err, SQL_PROPOSALS_OF, "i", response_id);
}

bool response_proposals_in(struct operation *op, struct arena *arena,
			   const char *consultation, const char *kind,
			   struct store_table *out, struct err *err)
{
	struct consultation c;

	return domain_word_check("proposal", kind, response_proposal_kinds, err) &&
	       consultation_named(op, arena, consultation, &c, err) &&
	       store_all(op->store, arena, out, err, SQL_PROPOSALS_IN, "it", c.id, kind);
}

/* The one that is meant. */
static bool find(struct operation *op, struct arena *arena, const struct response *r,
		 const char **io_kind, bool *out_whole, struct err *err)
{
	struct store_table t;
	size_t waiting = 0;
	bool decided = false;

	if (!response_proposal_list(op, arena, r->id, &t, err))
		return false;
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);

		if (*io_kind && !str_eq(row_text(&row, "kind"), *io_kind))
			continue;
		if (!row_int(&row, "waits")) {
			decided = true;
			continue;
		}
		if (!waiting++) {
			*io_kind = row_text(&row, "kind");
			*out_whole = row_int(&row, "whole");
		} else if (!str_eq(row_text(&row, "kind"), *io_kind)) {
			return err_set(err, ERR_INPUT,
				       "several things are proposed of it; say which");
		}
	}
	if (waiting)
		return true;
	return decided ? err_set(err, ERR_CONFLICT, "that has been decided already")
		       : err_set(err, ERR_ABSENT,
				 "nothing of that kind is proposed of it");
}

/* Inside the transaction, gathered for undo. */
static bool decide(struct operation *op, const struct response *r, const char *reference,
		   const char *kind, const char *state, struct err *err)
{
	AUTO(buf) inverse = undo_new();

	pack_int(inverse, r->id);
	pack_str(inverse, kind);
	pack_str(inverse, state);
	return store_run(op->store, err, SQL_PROPOSAL_DECIDE, "ittii", r->id, kind, state,
			 op->staff_id, op->now) &&
	       audit_record(op, err, "proposal decided", "response", r->id, "%s: %s",
			    kind, state) &&
	       undo_record(op, "proposal", inverse, err, "what %s was said to be",
			   reference);
}

bool response_proposal_decide(struct operation *op, const char *reference,
			      const char *kind, enum proposal_decision decision,
			      struct err *err)
{
	AUTO(arena) arena = arena_new(4096);
	AUTO(store_txn) t = NULL;
	bool accept = decision == PROPOSAL_ACCEPT, whole = false, ok;
	const char *named;
	struct response r;

	if (!domain_word_check("proposal", kind, response_proposal_kinds, err))
		return false;
	t = response_lock_begin(op, arena, reference, &r, err);
	if (!t || !find(op, arena, &r, &kind, &whole, err))
		return false;
	named = response_reference(arena, r.consultation, r.number);
	undo_gather(op);
	ok = decide(op, &r, named, kind, accept ? "accepted" : "refused", err) &&
	     (!str_eq(kind, "risk") ||
	      flag_decided(op, r.inbound_id, accept ? FLAG_RAISED : FLAG_DISMISSED,
			   err)) &&
	     (!accept || !whole ||
	      response_screen(op, named, "excluded", response_proposal_reason(kind),
			      err)) &&
	     undo_gathered(op, err, "what was decided on %s", named);
	undo_drop(op);
	return ok && store_commit(&t, err);
}

const char *response_proposal_due(struct arena *arena, int64_t received_at,
				  const char *zone)
{
	struct calendar_day day = clock_calendar(received_at, zone);
	char text[CALENDAR_TEXT];

	for (int n = 0; n < PROPOSAL_DUE_DAYS;) {
		day = calendar_next(day);
		n += calendar_weekday(day) < WORKING_DAYS;
	}
	calendar_text(day, text);
	return arena_strdup(arena, text);
}
