#include "domain/analysis/codeframe_count.h"
#include "domain/coding/blind.h"
#include "domain/analysis/facts.h"

struct count {
	struct code *codes;
	size_t *above;    /* of each code: where the one above it stands */
	uint32_t *last;   /* reply that was counted for it */
	uint32_t *places; /* by id: one more than where the code stands; 0: not there */
	size_t place_count;
};

static size_t place_of(const struct count *c, int64_t id)
{
	return id > 0 && (uint64_t)id < c->place_count && c->places[id]
		       ? c->places[id] - 1
		       : SIZE_MAX;
}

static void count_begin(struct count *c, struct arena *arena, struct code *codes,
			size_t count)
{
	*c = (struct count){.codes = codes,
			    .above = arena_make(arena, size_t, count),
			    .last = arena_make(arena, uint32_t, count)};
	for (size_t i = 0; i < count; i++)
		if ((uint64_t)codes[i].id >= c->place_count)
			c->place_count = (size_t)codes[i].id + 1;
	c->places = arena_make(arena, uint32_t, c->place_count);
	for (size_t i = 0; i < count; i++)
		c->places[codes[i].id] = (uint32_t)i + 1;
	for (size_t i = 0; i < count; i++) {
		c->above[i] = place_of(c, codes[i].parent_id);
		codes[i].own = codes[i].whole = codes[i].quotes = 0;
	}
}

/* reply: from 1. Each reply once, for the code and for those above it. */
static void count_reply(struct count *c, const struct response_fact *f, uint32_t reply)
{
	for (size_t i = 0; i < f->code_count; i++) {
		size_t at = place_of(c, f->codes[i].code_id);

		if (at == SIZE_MAX || f->codes[i].question_id)
			continue;
		c->codes[at].own++;
		c->codes[at].quotes += f->codes[i].passages;
		for (; at != SIZE_MAX && c->last[at] != reply; at = c->above[at]) {
			c->last[at] = reply;
			c->codes[at].whole++;
		}
	}
}

bool codeframe_count(struct operation *op, int64_t consultation_id, struct code *codes,
		     size_t count, struct err *err)
{
	AUTO(arena) own = arena_new(1 << 20);
	AUTO(store_txn) t = store_snapshot(op->store, err);
	struct store_table suggested;
	struct response_facts facts;
	struct count c;

	if (!t || !blind_not_in(op, consultation_id, "how often codes were put", err) ||
	    !response_facts_load(op, own, consultation_id, &facts, err) ||
	    !store_all(op->store, own, &suggested, err, SQL_FIGURES_SUGGESTED, "i",
		       consultation_id))
		return false;
	count_begin(&c, own, codes, count);
	for (size_t i = 0; i < facts.count; i++)
		count_reply(&c, &facts.list[i], (uint32_t)i + 1);
	for (size_t i = 0; i < suggested.count; i++) {
		struct store_row row = table_row(&suggested, i);
		size_t at = place_of(&c, row_int(&row, "id"));

		if (at != SIZE_MAX)
			codes[at].suggested = row_int(&row, "n");
	}
	return true;
}
