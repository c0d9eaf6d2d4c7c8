/* A document as bytes. Whoever unpacks trusts none of them. */
#include "base/codec/pack.h"
#include "document/model.h"

enum { FORM = 1, NUMBER_MOST = 1 << 30, DEPTH_MOST = 1000 };

static void pack_entry(const struct document_entry *e, struct buf *to)
{
	pack_str(to, e->name);
	pack_str(to, e->label);
	pack_str(to, e->value);
	pack_int(to, e->state);
	pack_int(to, (int64_t)e->option_count);
	for (size_t i = 0; i < e->option_count; i++)
		pack_str(to, e->options[i]);
}

void document_pack(const struct document *d, struct buf *to)
{
	pack_int(to, FORM);
	pack_int(to, d->cut);
	pack_int(to, d->telling);
	pack_int(to, (int64_t)d->count);
	for (size_t i = 0; i < d->count; i++) {
		const struct document_block *b = &d->blocks[i];
		const int64_t numbers[] = {b->kind,          b->level,         b->quote,
					   b->table,         b->row,           b->column,
					   (int64_t)b->line, (int64_t)b->count};

		for (size_t j = 0; j < ARRAY_LEN(numbers); j++)
			pack_int(to, numbers[j]);
		for (size_t j = 0; j < b->count; j++) {
			pack_int(to, b->runs[j].kind);
			pack_int(to, b->runs[j].marks);
			if (b->runs[j].kind == DOCUMENT_WORDS)
				pack_str(to, b->runs[j].words);
			else if (b->runs[j].entry)
				pack_entry(b->runs[j].entry, to);
		}
	}
}

static bool unpack_entry(struct unpack *from, struct arena *arena,
			 struct document_entry *e)
{
	int64_t state, count;

	if (!unpack_str(from, arena, &e->name) || !unpack_str(from, arena, &e->label) ||
	    !unpack_str(from, arena, &e->value) ||
	    !unpack_int(from, DOCUMENT_EMPTY, DOCUMENT_UNCLEAR, &state) ||
	    !unpack_int(from, 0, DOCUMENT_OPTIONS, &count))
		return false;
	e->state = (enum document_box_state)state;
	e->option_count = (size_t)count;
	if (count)
		e->options = arena_make(arena, const char *, (size_t)count);
	for (int64_t i = 0; i < count; i++)
		if (!unpack_str(from, arena, &e->options[i]) || !e->options[i])
			return false;
	return true;
}

static bool unpack_run(struct unpack *from, struct arena *arena, struct document_run *run)
{
	int64_t kind, marks;
	struct document_entry *entry;

	if (!unpack_int(from, DOCUMENT_WORDS, DOCUMENT_FIELD, &kind) ||
	    !unpack_int(from, 0, DOCUMENT_MARKS_ALL, &marks))
		return false;
	run->kind = (enum document_run_kind)kind;
	run->marks = (unsigned)marks;
	if (run->kind == DOCUMENT_BREAK)
		return true;
	if (run->kind == DOCUMENT_WORDS)
		return unpack_str(from, arena, &run->words) && run->words;
	entry = arena_make(arena, struct document_entry, 1);
	run->entry = entry;
	return unpack_entry(from, arena, entry);
}

static bool unpack_block(struct unpack *from, struct arena *arena,
			 struct document_block *b, int64_t *runs_left)
{
	int64_t numbers[8];

	for (size_t i = 0; i < ARRAY_LEN(numbers); i++)
		if (!unpack_int(from, 0, NUMBER_MOST, &numbers[i]))
			return false;
	if (numbers[0] > DOCUMENT_ASIDE || numbers[1] > DEPTH_MOST ||
	    numbers[2] > DEPTH_MOST || numbers[7] > *runs_left)
		return false;
	*runs_left -= numbers[7];
	*b = (struct document_block){.kind = (enum document_block_kind)numbers[0],
				     .level = (unsigned)numbers[1],
				     .quote = (unsigned)numbers[2],
				     .table = (unsigned)numbers[3],
				     .row = (unsigned)numbers[4],
				     .column = (unsigned)numbers[5],
				     .line = (size_t)numbers[6]};
	for (int64_t i = 0; i < numbers[7]; i++) {
		b->runs = arena_grow(arena, b->runs, b->count, sizeof(*b->runs));
		if (!unpack_run(from, arena, &b->runs[b->count++]))
			return false;
	}
	return true;
}

bool document_unpack(struct arena *arena, const void *bytes, size_t len,
		     struct document **out)
{
	struct document *d = document_new(arena);
	int64_t form, cut, telling, blocks, runs_left = DOCUMENT_RUNS;
	struct unpack from;

	unpack_begin(&from, bytes, len);
	if (!unpack_int(&from, FORM, FORM, &form) || !unpack_int(&from, 0, 1, &cut) ||
	    !unpack_int(&from, 0, 1, &telling) ||
	    !unpack_int(&from, 0, DOCUMENT_BLOCKS, &blocks))
		return false;
	d->cut = cut;
	d->telling = telling;
	for (int64_t i = 0; i < blocks; i++) {
		d->blocks = arena_grow(arena, d->blocks, d->count, sizeof(*d->blocks));
		if (!unpack_block(&from, arena, &d->blocks[d->count++], &runs_left))
			return false;
	}
	if (!unpack_end(&from))
		return false;
	*out = d;
	return true;
}
