#include "domain/analysis/facts_private.h"
#include "base/str.h"

#include <inttypes.h>

enum {
	TEND_BLOCKS = 16,      /* of one commit: the writers wait for some 30 ms */
	READ_BLOCKS = 64,      /* read from the tables at once */
	BLOCK_BYTES = 64 << 20 /* a reply has as many codes as people put on it */
};

const char *const response_fact_states[] = {"received", "included", "excluded", NULL},
		  *const response_fact_channels[] = {"email", "paper", "telephone",
						     "meeting", NULL},
		  *const response_fact_types[] = {"individual", "organisation", "unknown",
						  NULL},
		  *const response_fact_permissions[] = {"name", "without name", "none",
							"unknown", NULL},
		  *const response_fact_contacts[] = {"yes", "no", "unknown", NULL},
		  *const response_fact_closenesses[] = {"standard", "modified",
							"personalised", NULL},
		  *const response_fact_links[] = {"duplicate", "amendment", "composite",
						  NULL};

static unsigned char word(const char *text, const char *const *words)
{
	for (unsigned char i = 0; text && words[i]; i++)
		if (str_eq(text, words[i]))
			return i;
	return RESPONSE_FACT_STRANGE;
}

/* ---- from the tables ---- */

/* Two lists beside the replies, each in their order; a row is kept until it is its turn. */
struct side {
	struct store_rows rows;
	bool there;
	int64_t of; /* the reply of the row that waits */
};

static bool side_next(struct side *s, struct err *err)
{
	enum store_step step = store_rows_next(&s->rows, err);

	s->there = step == STORE_ROW;
	s->of = s->there ? store_rows_int(&s->rows, 0) : INT64_MAX;
	return step != STORE_FAILED;
}

/* Rows of replies before this one are of other consultations. */
static bool side_reach(struct side *s, int64_t id, struct err *err)
{
	while (s->of < id)
		if (!side_next(s, err))
			return false;
	return true;
}

static bool questions_of(struct side *s, struct arena *arena, struct response_fact *f,
			 struct err *err)
{
	uint32_t *list = NULL;

	if (!side_reach(s, f->id, err))
		return false;
	while (s->of == f->id) {
		list = arena_grow(arena, list, f->question_count, sizeof(*list));
		list[f->question_count++] = (uint32_t)store_rows_int(&s->rows, 1);
		if (!side_next(s, err))
			return false;
	}
	f->questions = list;
	return true;
}

static bool choices_of(struct side *s, struct arena *arena, struct response_fact *f,
		       struct err *err)
{
	struct response_fact_choice *list = NULL;

	if (!side_reach(s, f->id, err))
		return false;
	while (s->of == f->id) {
		list = arena_grow(arena, list, f->choice_count, sizeof(*list));
		list[f->choice_count++] = (struct response_fact_choice){
			(uint32_t)store_rows_int(&s->rows, 1),
			(uint32_t)store_rows_int(&s->rows, 2)};
		if (!side_next(s, err))
			return false;
	}
	f->choices = list;
	return true;
}

/* One entry for each code and question; a coding comes once for each answer it is in. */
static struct response_fact_code *code_entry(struct arena *arena, struct response_fact *f,
					     struct response_fact_code *list,
					     uint32_t code, uint32_t question, size_t *at)
{
	for (*at = 0; *at < f->code_count; (*at)++)
		if (list[*at].code_id == code && list[*at].question_id == question)
			return list;
	list = arena_grow(arena, list, f->code_count, sizeof(*list));
	list[f->code_count++] =
		(struct response_fact_code){.code_id = code, .question_id = question};
	return list;
}

static bool codes_of(struct side *s, struct arena *arena, struct response_fact *f,
		     struct err *err)
{
	struct response_fact_code *list = NULL;
	int64_t last = 0;
	size_t at;

	if (!side_reach(s, f->id, err))
		return false;
	while (s->of == f->id) {
		int64_t coding = store_rows_int(&s->rows, 1);
		uint32_t code = (uint32_t)store_rows_int(&s->rows, 2);
		uint32_t question = (uint32_t)store_rows_int(&s->rows, 4);

		list = code_entry(arena, f, list, code, 0, &at);
		if (coding != last && store_rows_int(&s->rows, 3))
			list[at].passages++;
		if (question)
			list = code_entry(arena, f, list, code, question, &at);
		last = coding;
		if (!side_next(s, err))
			return false;
	}
	f->codes = list;
	return true;
}

/* The columns of facts_replies. */
enum {
	ID,
	CONSULTATION,
	RESPONDENT,
	RECEIVED,
	LATE,
	STATE,
	REASON,
	CHANNEL,
	TYPE,
	PERMISSION,
	CONTACT,
	CAMPAIGN,
	CLOSENESS,
	LINK,
	LINK_STATE
};

/* 0 for none, else its place from 1. */
static unsigned char maybe(const char *text, const char *const *words)
{
	unsigned char place;

	if (!text)
		return 0;
	place = word(text, words);
	return place == RESPONSE_FACT_STRANGE ? place : (unsigned char)(place + 1);
}

static void own_facts(const struct store_rows *row, struct arena *arena,
		      struct response_fact *f)
{
	f->id = store_rows_int(row, ID);
	f->respondent_id = store_rows_int(row, RESPONDENT);
	f->received_at = store_rows_int(row, RECEIVED);
	f->late = store_rows_int(row, LATE) != 0;
	f->state = word(store_rows_text(row, STATE), response_fact_states);
	f->reason = arena_strdup(arena, store_rows_text(row, REASON));
	f->channel = word(store_rows_text(row, CHANNEL), response_fact_channels);
	f->type = word(store_rows_text(row, TYPE), response_fact_types);
	f->permission = word(store_rows_text(row, PERMISSION), response_fact_permissions);
	f->contact = word(store_rows_text(row, CONTACT), response_fact_contacts);
	f->campaign_id = (uint32_t)store_rows_int(row, CAMPAIGN);
	f->closeness = maybe(store_rows_text(row, CLOSENESS), response_fact_closenesses);
	f->link = maybe(store_rows_text(row, LINK), response_fact_links);
	f->proposed = str_eq(store_rows_text(row, LINK_STATE), "proposed");
}

/* Whose consultation each added reply is of; NULL when only one is asked for. */
struct owners {
	int64_t *list;
	size_t count;
};

/* What stands beside the replies: codings, answers, choices. */
enum { CODINGS, ANSWERS, CHOICES, SIDES };

static bool each_reply(struct store_rows *replies, struct side sides[SIDES],
		       struct arena *arena, struct response_facts *to,
		       struct owners *owners, struct err *err)
{
	enum store_step step;

	for (int i = 0; i < SIDES; i++)
		if (!side_next(&sides[i], err))
			return false;
	while ((step = store_rows_next(replies, err)) == STORE_ROW) {
		struct response_fact *f = facts_add(arena, to);

		own_facts(replies, arena, f);
		if (owners) {
			owners->list = arena_grow(arena, owners->list, owners->count,
						  sizeof(*owners->list));
			owners->list[owners->count++] =
				store_rows_int(replies, CONSULTATION);
		}
		if (!codes_of(&sides[CODINGS], arena, f, err) ||
		    !questions_of(&sides[ANSWERS], arena, f, err) ||
		    !choices_of(&sides[CHOICES], arena, f, err))
			return false;
		facts_know(to, f);
	}
	return step == STORE_END;
}

/* Replies of the blocks first to last; consultation 0: of all. */
static bool read_tables(struct operation *op, struct arena *arena, int64_t first,
			int64_t last, int64_t consultation_id, struct response_facts *to,
			struct owners *owners, struct err *err)
{
	int64_t from = first * RESPONSE_FACTS_BLOCK,
		end = (last + 1) * RESPONSE_FACTS_BLOCK - 1;
	static const enum sql_id beside[SIDES] = {SQL_FACTS_CODINGS, SQL_FACTS_ANSWERS,
						  SQL_FACTS_CHOICES};
	struct side sides[SIDES] = {0};
	struct store_rows replies;
	bool ok = true;
	int begun = 0;

	if (!store_rows_begin(op->store, &replies, err, SQL_FACTS_REPLIES, "iii", from,
			      end, consultation_id))
		return false;
	while (ok && begun < SIDES) {
		ok = store_rows_begin(op->store, &sides[begun].rows, err, beside[begun],
				      "ii", from, end);
		begun += ok;
	}
	ok = ok && each_reply(&replies, sides, arena, to, owners, err);
	while (begun > 0)
		store_rows_end(&sides[--begun].rows);
	store_rows_end(&replies);
	return ok;
}

/* ---- all of a consultation ---- */

static bool newest_reply(struct operation *op, struct arena *arena, int64_t *out,
			 struct err *err)
{
	struct store_row row;

	if (!store_one(op->store, arena, &row, err, SQL_FACTS_LAST, ""))
		return false;
	*out = row_int(&row, "id");
	return true;
}

/* One byte a block. */
static bool fresh_blocks(struct operation *op, struct arena *arena, int64_t blocks,
			 unsigned char **out, struct err *err)
{
	struct store_rows rows;
	enum store_step step;

	*out = arena_make(arena, unsigned char, (size_t)blocks);
	if (!store_rows_begin(op->store, &rows, err, SQL_FACTS_FRESH, ""))
		return false;
	while ((step = store_rows_next(&rows, err)) == STORE_ROW) {
		int64_t block = store_rows_int(&rows, 0);

		if (block >= 0 && block < blocks)
			(*out)[block] = 1;
	}
	return step == STORE_END;
}

/* Those that are not fresh, from one up to one; many in a row at once. */
static bool add_stale(struct operation *op, struct arena *arena, int64_t from, int64_t to,
		      const unsigned char *fresh, int64_t consultation_id,
		      struct response_facts *out, struct err *err)
{
	for (int64_t b = from; b < to; b++) {
		int64_t last = b;

		if (fresh[b])
			continue;
		while (last + 1 < to && !fresh[last + 1] && last - b + 1 < READ_BLOCKS)
			last++;
		if (!read_tables(op, arena, b, last, consultation_id, out, NULL, err))
			return false;
		b = last;
	}
	return true;
}

bool response_facts_load(struct operation *op, struct arena *arena,
			 int64_t consultation_id, struct response_facts *out,
			 struct err *err)
{
	int64_t newest, blocks, next = 0;
	struct response_facts facts = {0};
	struct store_rows rows;
	unsigned char *fresh;
	enum store_step step = STORE_END;
	bool ok = true;

	if (!newest_reply(op, arena, &newest, err))
		return false;
	blocks = newest / RESPONSE_FACTS_BLOCK + 1;
	if (!fresh_blocks(op, arena, blocks, &fresh, err) ||
	    !store_rows_begin(op->store, &rows, err, SQL_FACTS_BLOCKS, "i",
			      consultation_id))
		return false;
	while (ok && (step = store_rows_next(&rows, err)) == STORE_ROW) {
		int64_t block = store_rows_int(&rows, 0);
		const void *bytes;
		size_t len;

		if (block < next || block >= blocks)
			continue;
		bytes = store_rows_bytes(&rows, 1, &len);
		ok = add_stale(op, arena, next, block, fresh, consultation_id, &facts,
			       err) &&
		     (facts_unpack(arena, bytes, len, &facts) ||
		      read_tables(op, arena, block, block, consultation_id, &facts, NULL,
				  err));
		next = block + 1;
	}
	ok = ok && step == STORE_END &&
	     add_stale(op, arena, next, blocks, fresh, consultation_id, &facts, err);
	store_rows_end(&rows);
	if (ok)
		*out = facts;
	return ok;
}

/* ---- kept ---- */

bool response_facts_stale(struct operation *op, int64_t *out, struct err *err)
{
	AUTO(arena) arena = arena_new(4096);
	struct store_row row;
	int64_t newest;

	if (!newest_reply(op, arena, &newest, err) ||
	    !store_one(op->store, arena, &row, err, SQL_FACTS_FRESH_COUNT, ""))
		return false;
	*out = newest / RESPONSE_FACTS_BLOCK - row_int(&row, "n");
	return true;
}

/* The facts of each consultation that has replies in the block. */
typedef bool facts_of_block(struct operation *op, int64_t consultation_id, int64_t block,
			    const struct buf *packed, struct err *err);

static bool pack_block(struct operation *op, int64_t block, facts_of_block *each,
		       struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 18);
	struct response_facts facts = {0};
	struct owners owners = {0};
	struct response_fact *own;

	if (!read_tables(op, arena, block, block, 0, &facts, &owners, err))
		return false;
	own = arena_make(arena, struct response_fact, facts.count);
	for (size_t i = 0; i < facts.count; i++) {
		int64_t consultation = owners.list[i];
		AUTO(buf) packed = buf_new(BLOCK_BYTES);
		size_t count = 0;

		for (size_t k = i; consultation && k < facts.count; k++)
			if (owners.list[k] == consultation) {
				own[count++] = facts.list[k];
				owners.list[k] = 0;
			}
		if (!consultation)
			continue;
		facts_pack(own, count, packed);
		if (!each(op, consultation, block, packed, err))
			return false;
	}
	return true;
}

static bool keep(struct operation *op, int64_t consultation_id, int64_t block,
		 const struct buf *packed, struct err *err)
{
	return store_run(op->store, err, SQL_FACTS_KEEP, "iib", consultation_id, block,
			 packed->bytes, packed->len);
}

bool response_facts_tend(struct operation *op, bool *out_more, struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 14);
	AUTO(store_txn) t = store_begin(op->store, err);
	unsigned char *fresh;
	int64_t newest, blocks, left = TEND_BLOCKS;

	*out_more = false;
	if (!t || !newest_reply(op, arena, &newest, err))
		return false;
	blocks = newest / RESPONSE_FACTS_BLOCK; /* the last one may not be full */
	if (!fresh_blocks(op, arena, blocks, &fresh, err))
		return false;
	for (int64_t b = 0; b < blocks && !*out_more; b++) {
		if (fresh[b])
			continue;
		*out_more = left == 0;
		if (left && (!store_run(op->store, err, SQL_FACTS_DROP, "i", b) ||
			     !pack_block(op, b, keep, err) ||
			     !store_run(op->store, err, SQL_FACTS_NOW_FRESH, "i", b)))
			return false;
		left -= left > 0;
	}
	return left == TEND_BLOCKS || store_commit(&t, err);
}

/* ---- checked ---- */

static bool same(struct operation *op, int64_t consultation_id, int64_t block,
		 const struct buf *packed, struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 16);
	struct store_row row;
	const void *kept;
	size_t len;

	if (!store_one(op->store, arena, &row, err, SQL_FACTS_BLOCK, "ii",
		       consultation_id, block))
		return err->kind == ERR_ABSENT
			       ? err_set(err, ERR_CONFLICT,
					 "the analysis's block %" PRId64
					 " is not there, though it is marked so",
					 block)
			       : false;
	kept = row_bytes(&row, "facts", &len);
	return (len == packed->len && memcmp(kept, packed->bytes, len) == 0) ||
	       err_set(err, ERR_CONFLICT,
		       "what the analysis keeps of the responses %" PRId64 " to %" PRId64
		       " is not what the store says of them; this is a bug in mercat: please report it",
		       block * RESPONSE_FACTS_BLOCK,
		       (block + 1) * RESPONSE_FACTS_BLOCK - 1);
}

bool response_facts_check(struct operation *op, struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 14);
	AUTO(store_txn) t = store_snapshot(op->store, err);
	unsigned char *fresh;
	int64_t newest, blocks;

	if (!t || !newest_reply(op, arena, &newest, err))
		return false;
	blocks = newest / RESPONSE_FACTS_BLOCK + 1;
	if (!fresh_blocks(op, arena, blocks, &fresh, err))
		return false;
	for (int64_t b = 0; b < blocks; b++)
		if (fresh[b] && !pack_block(op, b, same, err))
			return false;
	return true;
}
