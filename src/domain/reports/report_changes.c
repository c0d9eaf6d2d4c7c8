/* How each response counted when an edition was made, and what has moved since. */
#include "domain/reports/report_changes.h"
#include "base/numeral.h"
#include "base/codec/pack.h"
#include "base/str.h"
#include "domain/analysis/facts.h"
#include "domain/responses/reference.h"

#include <inttypes.h>

/* What of a response stands where in its word. */
enum {
	STATE_SHIFT = 0,
	TYPE_SHIFT = 4,
	PERMISSION_SHIFT = 8,
	CHANNEL_SHIFT = 16,
	LINK_SHIFT = 20,
	HALF = 32,
	NIBBLE = 15
};

struct counted {
	int64_t id;
	uint32_t word, codes, answers, campaign;
};

/* FNV-1a over numbers, the same whatever their order: a set of codes has none. */
static uint32_t mix(uint32_t a, uint32_t b)
{
	const uint32_t numbers[] = {a, b};
	const unsigned char *bytes = (const unsigned char *)numbers;
	uint32_t hash = 2166136261u;

	for (size_t i = 0; i < sizeof(numbers); i++)
		hash = (hash ^ bytes[i]) * 16777619u;
	return hash;
}

static struct counted count_of(const struct response_fact *f)
{
	struct counted c = {.id = f->id};

	c.word = (uint32_t)(f->state & NIBBLE) << STATE_SHIFT |
		 (uint32_t)(f->type & NIBBLE) << TYPE_SHIFT |
		 (uint32_t)(f->permission & NIBBLE) << PERMISSION_SHIFT |
		 (uint32_t)(f->channel & NIBBLE) << CHANNEL_SHIFT |
		 (uint32_t)(f->link & NIBBLE) << LINK_SHIFT;
	for (uint32_t i = 0; i < f->code_count; i++)
		c.codes += mix(f->codes[i].code_id, f->codes[i].question_id);
	for (uint32_t i = 0; i < f->question_count; i++)
		c.answers += mix(f->questions[i], 0);
	for (uint32_t i = 0; i < f->choice_count; i++)
		c.answers += mix(f->choices[i].question_id, f->choices[i].option_id + 1);
	c.campaign = f->campaign_id * 4 + f->closeness;
	return c;
}

bool report_facts_pack(struct operation *op, struct arena *arena, int64_t consultation_id,
		       struct buf *out, struct err *err)
{
	struct response_facts facts;

	if (!response_facts_load(op, arena, consultation_id, &facts, err))
		return false;
	for (size_t i = 0; i < facts.count; i++) {
		struct counted c = count_of(&facts.list[i]);

		pack_int(out, c.id);
		pack_int(out, (int64_t)((uint64_t)c.codes << HALF | c.word));
		pack_int(out, (int64_t)((uint64_t)c.answers << HALF | c.campaign));
	}
	return true;
}

/* ---- compared ---- */

struct walk {
	struct unpack from;
	struct counted at;
	bool there;
};

static bool step(struct walk *w)
{
	int64_t codes, answers;

	w->there = w->from.at < w->from.end;
	if (!w->there)
		return true;
	if (!unpack_int(&w->from, 1, INT64_MAX, &w->at.id) ||
	    !unpack_int(&w->from, INT64_MIN, INT64_MAX, &codes) ||
	    !unpack_int(&w->from, INT64_MIN, INT64_MAX, &answers))
		return false;
	w->at.word = (uint32_t)(uint64_t)codes;
	w->at.codes = (uint32_t)((uint64_t)codes >> HALF);
	w->at.campaign = (uint32_t)(uint64_t)answers;
	w->at.answers = (uint32_t)((uint64_t)answers >> HALF);
	return true;
}

static bool differs(uint32_t a, uint32_t b, int shift)
{
	return ((a >> shift) & NIBBLE) != ((b >> shift) & NIBBLE);
}

/* How the same response differs; false: it does not. */
static bool note_moves(const struct counted *then, const struct counted *now,
		       int64_t moved[REPORT_MOVED_KINDS])
{
	const bool did[REPORT_MOVED_KINDS] = {
		[REPORT_MOVED_STATE] = differs(then->word, now->word, STATE_SHIFT) ||
				       differs(then->word, now->word, LINK_SHIFT) ||
				       differs(then->word, now->word, CHANNEL_SHIFT),
		[REPORT_MOVED_RESPONDENT] = differs(then->word, now->word, TYPE_SHIFT),
		[REPORT_MOVED_PERMISSION] =
			differs(then->word, now->word, PERMISSION_SHIFT),
		[REPORT_MOVED_CODES] = then->codes != now->codes,
		[REPORT_MOVED_ANSWERS] = then->answers != now->answers,
		[REPORT_MOVED_CAMPAIGN] = then->campaign != now->campaign,
	};
	bool any = false;

	for (int i = 0; i < REPORT_MOVED_KINDS; i++) {
		moved[i] += did[i];
		any = any || did[i];
	}
	return any;
}

static void note_one(struct report_changes *out, int64_t *ids, int64_t id)
{
	out->responses++;
	if (out->reference_count < REPORT_CHANGED_MOST)
		ids[out->reference_count++] = id;
}

static bool compare(const struct buf *then, const struct buf *now,
		    struct report_changes *out, int64_t *ids, struct err *err)
{
	struct walk a, b;

	unpack_begin(&a.from, buf_text(then), then->len);
	unpack_begin(&b.from, buf_text(now), now->len);
	if (!step(&a) || !step(&b))
		return err_set(err, ERR_SYSTEM, "the data of the edition are damaged");
	while (a.there || b.there) {
		bool gone = a.there && (!b.there || a.at.id < b.at.id);
		bool is_new = b.there && (!a.there || b.at.id < a.at.id);

		if (gone || is_new) {
			out->moved[gone ? REPORT_MOVED_GONE : REPORT_MOVED_NEW]++;
			note_one(out, ids, gone ? a.at.id : b.at.id);
		} else if (note_moves(&a.at, &b.at, out->moved)) {
			note_one(out, ids, a.at.id);
		}
		if ((!is_new && !step(&a)) || (!gone && !step(&b)))
			return err_set(err, ERR_SYSTEM,
				       "the data of the edition are damaged");
	}
	return true;
}

/* ---- told ---- */

static bool name_them(struct operation *op, struct arena *arena,
		      const struct report_edition *edition, const int64_t *ids,
		      struct report_changes *out, struct err *err)
{
	struct consultation of;
	struct store_row row;

	if (!store_one(op->store, arena, &row, err, SQL_CONSULTATION_BY_ID, "i",
		       edition->consultation_id))
		return false;
	consultation_read(&row, &of);
	out->references = arena_make(arena, const char *, out->reference_count + 1);
	for (size_t i = 0; i < out->reference_count; i++) {
		if (store_one(op->store, arena, &row, err, SQL_REPORT_REFERENCE, "i",
			      ids[i]))
			out->references[i] = response_reference(arena, of.name,
								row_int(&row, "number"));
		else if (err_forgive(err, ERR_ABSENT))
			out->references[i] = "a response that is gone";
		else
			return false;
	}
	return true;
}

static bool look_at_quotes(struct operation *op, struct arena *arena,
			   const struct report_edition *edition,
			   struct report_changes *out, struct err *err)
{
	struct report_figures f = {.op = op, .arena = arena};
	struct store_table t;

	if (!store_all(op->store, arena, &t, err, SQL_REPORT_QUOTES_OF, "i", edition->id))
		return false;
	out->quote_lines = arena_make(arena, int, t.count + 1);
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);
		bool fits;

		if (!report_quote_fits(&f, row_int(&row, "coding_id"),
				       row_text(&row, "hash"), &fits, err))
			return false;
		if (!fits)
			out->quote_lines[out->quote_count++] = (int)row_int(&row, "line");
	}
	return true;
}

bool report_edition_quotes_stand(struct operation *op, struct arena *arena,
				 const struct report_edition *edition, struct err *err)
{
	struct report_changes changes = {0};

	return look_at_quotes(op, arena, edition, &changes, err) &&
	       (!changes.quote_count ||
		err_set(err, ERR_CONFLICT,
			"The quotation on line %d of edition %" PRId64
			" may not be published any more. Make another edition",
			changes.quote_lines[0], edition->number));
}

bool report_edition_changes(struct operation *op, struct arena *arena,
			    const struct report_edition *edition,
			    struct report_changes *out, struct err *err)
{
	AUTO(buf) then = buf_new(REPORT_FACTS_BYTES);
	AUTO(buf) now = buf_new(REPORT_FACTS_BYTES);
	int64_t ids[REPORT_CHANGED_MOST];
	struct store_row row;
	const void *bytes;
	size_t len;

	*out = (struct report_changes){0};
	if (!store_one(op->store, arena, &row, err, SQL_REPORT_EDITION_WHOLE, "i",
		       edition->id) ||
	    !report_facts_pack(op, arena, edition->consultation_id, now, err))
		return false;
	bytes = row_bytes(&row, "facts", &len);
	buf_add(then, bytes, len);
	return compare(then, now, out, ids, err) &&
	       name_them(op, arena, edition, ids, out, err) &&
	       look_at_quotes(op, arena, edition, out, err);
}

const char *report_changes_words(struct arena *arena,
				 const struct report_edition *edition,
				 const struct report_changes *changes)
{
	static const char *const words[REPORT_MOVED_KINDS][2] = {
		[REPORT_MOVED_NEW] = {"is new", "are new"},
		[REPORT_MOVED_GONE] = {"is gone", "are gone"},
		[REPORT_MOVED_STATE] = {"was screened differently",
					"were screened differently"},
		[REPORT_MOVED_RESPONDENT] = {"has another type of respondent",
					     "have another type of respondent"},
		[REPORT_MOVED_PERMISSION] = {"has another permission to publish",
					     "have another permission to publish"},
		[REPORT_MOVED_CODES] = {"has other codes", "have other codes"},
		[REPORT_MOVED_ANSWERS] = {"has other answers", "have other answers"},
		[REPORT_MOVED_CAMPAIGN] = {"stands to a campaign differently",
					   "stand to a campaign differently"},
	};
	AUTO(buf) out = buf_new(2000);
	bool any = false;

	if (!changes->responses)
		return NULL;
	buf_printf(out, "%" PRId64 " %s changed since edition %" PRId64 ": ",
		   changes->responses,
		   plural(changes->responses, "response", "responses"), edition->number);
	for (int i = 0; i < REPORT_MOVED_KINDS; i++) {
		if (!changes->moved[i])
			continue;
		buf_printf(out, "%s%" PRId64 " %s", any ? ", " : "", changes->moved[i],
			   words[i][changes->moved[i] != 1]);
		any = true;
	}
	buf_char(out, '.');
	return arena_strdup(arena, buf_text(out));
}

bool report_quoted(struct operation *op, struct arena *arena, int64_t response_id,
		   struct report_quoted_at **out, size_t *out_count, struct err *err)
{
	struct report_figures f = {.op = op, .arena = arena};
	struct store_table t;

	if (!store_all(op->store, arena, &t, err, SQL_REPORT_QUOTED, "i", response_id))
		return false;
	*out = arena_make(arena, struct report_quoted_at, t.count + 1);
	*out_count = t.count;
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);
		struct report_quoted_at *q = &(*out)[i];

		*q = (struct report_quoted_at){.edition = row_int(&row, "edition"),
					       .line = row_int(&row, "line"),
					       .made_at = row_int(&row, "made_at"),
					       .approved_at =
						       row_int(&row, "approved_at")};
		if (!report_quote_fits(&f, row_int(&row, "coding_id"),
				       row_text(&row, "hash"), &q->stands, err))
			return false;
	}
	return true;
}
