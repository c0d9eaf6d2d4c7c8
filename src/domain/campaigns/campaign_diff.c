#include "domain/campaigns/campaign_private.h"
#include "text/letter/letter_core.h"

/* moved: it stands elsewhere in the standard text, so it is nobody's own. */
static struct campaign_piece piece_of(struct arena *arena, const struct diff_run *r,
				      bool moved, const char *text,
				      const struct words *words)
{
	size_t from = words->items[r->from].from, to = words->items[r->to - 1].to;

	return (struct campaign_piece){
		.kind = moved ? DIFF_SAME : r->kind,
		.text = arena_strndup(arena, text + from, to - from),
	};
}

bool campaign_diff(struct operation *op, struct arena *arena, int64_t response_id,
		   struct campaign_diff *out, struct err *err)
{
	AUTO(buf) added = buf_new(16 << 20);
	struct campaign_piece *pieces;
	const char *standard, *own, *asked;
	struct letter_difference d;
	struct store_row row, text, of;
	struct consultation c;
	struct shingles shingles;

	if (!store_one(op->store, arena, &row, err, SQL_MEMBERSHIP_OF, "i",
		       response_id) ||
	    !store_one(op->store, arena, &text, err, SQL_CAMPAIGN_TEXT, "i",
		       response_id) ||
	    !store_one(op->store, arena, &of, err, SQL_CONSULTATION_OF_RESPONSE, "i",
		       response_id))
		return false;
	consultation_read(&of, &c);
	if (!campaign_asked(op, arena, &c, &asked, err))
		return false;
	standard = letter_core_words(arena, row_text(&row, "standard"), NULL, "");
	campaign_asked_shingles(arena, asked, &shingles);
	own = campaign_own_words(arena, &text, &shingles);
	letter_core_compare(arena, standard, own, &d);
	pieces = arena_make(arena, struct campaign_piece, d.runs.count + 1);
	for (size_t i = 0; i < d.runs.count; i++) {
		const struct diff_run *run = &d.runs.items[i];
		bool removed = run->kind == DIFF_REMOVED;

		pieces[i] = piece_of(arena, run, !removed && d.is_moved[i],
				     removed ? standard : own,
				     removed ? &d.standard : &d.own);
		if (pieces[i].kind == DIFF_ADDED)
			buf_printf(added, "%s\n", pieces[i].text);
	}
	*out = (struct campaign_diff){
		.number = row_int(&row, "number"),
		.share = row_int(&row, "share"),
		.closeness = row_text(&row, "closeness"),
		.state = row_text(&row, "state"),
		.pieces = pieces,
		.piece_count = d.runs.count,
		.added = arena_strdup(arena, buf_text(added)),
		.added_words = d.added,
		.removed_words = d.removed,
	};
	return true;
}
