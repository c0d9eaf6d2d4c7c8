#include "staff/publication/moderation_show.h"
#include "base/str.h"
#include "staff/frame/words.h"
#include "staff/triage/response_values.h"
#include "staff/triage/triage.h"

#include <inttypes.h>

enum { WORDS_SHOWN = 80, PIECES_MOST = 4000, ITEMS_MOST = 500 };

enum look { LEFT_OUT = 0, SHOWN, WAS_DISMISSED, IS_PROPOSED, IS_REDACTED };

struct looking {
	struct web_request *r;
	const struct redactions *all;
	const struct text_part *part;
	int64_t chars;
	unsigned char *looks; /* of each character */
	int32_t *items;       /* 1 and on; 0: none */
	size_t *pieces;       /* of the whole page so far */
};

static void paint(struct looking *l, const struct redaction_place *at, enum look look,
		  size_t item)
{
	for (int64_t i = at->from; i < at->to && i < l->chars; i++)
		if (l->looks[i] < look) {
			l->looks[i] = (unsigned char)look;
			l->items[i] = (int32_t)item;
		}
}

static void paint_all(struct looking *l)
{
	static const enum look looks[] = {[REDACTION_PROPOSED] = IS_PROPOSED,
					  [REDACTION_ACCEPTED] = IS_REDACTED,
					  [REDACTION_DISMISSED] = WAS_DISMISSED};

	for (size_t i = 0; i < l->all->stretch_count; i++)
		if (l->all->stretches[i].at.part == l->part->position)
			paint(l, &l->all->stretches[i].at, SHOWN, 0);
	for (size_t i = 0; i < l->all->count; i++)
		if (l->all->items[i].at.part == l->part->position &&
		    !l->all->items[i].lost)
			paint(l, &l->all->items[i].at, looks[l->all->items[i].state],
			      i + 1);
}

/* false: there are more of them than a page takes. */
static bool show_pieces(struct looking *l, struct template_value *list)
{
	struct str_walk walk = {.text = l->part->text};

	for (int64_t from = 0; from < l->chars;) {
		struct template_value *one;
		int64_t to = from + 1;
		size_t begin, end;

		if (*l->pieces == PIECES_MOST)
			return false;
		(*l->pieces)++;
		one = template_add_map(list);
		while (to < l->chars && l->looks[to] == l->looks[from] &&
		       l->items[to] == l->items[from])
			to++;
		begin = str_walk_to(&walk, (size_t)from);
		end = str_walk_to(&walk, (size_t)to);
		template_set(
			one, "text",
			arena_strndup(l->r->arena, l->part->text + begin, end - begin));
		template_set_bool(one, "left_out", l->looks[from] == LEFT_OUT);
		template_set_bool(one, "redacted", l->looks[from] == IS_REDACTED);
		template_set_bool(one, "proposed", l->looks[from] == IS_PROPOSED);
		if (l->looks[from] == IS_REDACTED || l->looks[from] == IS_PROPOSED)
			template_set(one, "reason",
				     l->all->items[l->items[from] - 1].reason);
		from = to;
	}
	return true;
}

void staff_moderation_text(struct web_request *r, struct template_value *v,
			   const struct redactions *all)
{
	struct template_value *parts = template_set_list(v, "parts");
	size_t pieces = 0;

	for (size_t i = 0; i < all->words.count; i++) {
		const struct text_part *part = &all->words.parts[i];
		struct looking l = {.r = r, .all = all, .part = part, .pieces = &pieces};
		struct template_value *one;
		const char *shown;
		bool is_cut;

		if (str_blank(part->text) || part->is_also)
			continue;
		shown = staff_text(r, part->text, STAFF_TEXT_MOST, &is_cut);
		l.chars = (int64_t)str_utf8_count(shown, strlen(shown));
		one = template_add_map(parts);
		l.looks = arena_make(r->arena, unsigned char, (size_t)l.chars + 1);
		l.items = arena_make(r->arena, int32_t, (size_t)l.chars + 1);
		paint_all(&l);
		template_set_int(one, "part", part->position);
		template_set(one, "file",
			     part->position == TEXT_PART_MAIL || !staff_who(r)
				     ? NULL
				     : part->name);
		template_set_bool(one, "recognised", part->recognised != NULL);
		is_cut |= !show_pieces(&l, template_set_list(one, "pieces"));
		template_set_bool(one, "cut", is_cut);
	}
}

static const char *words_of(struct web_request *r, const struct redactions *all,
			    const struct redaction *item)
{
	const char *text = str_or(redactions_part(all, item->at.part), "");
	int64_t to = item->at.to;
	size_t from, end;

	if (item->lost)
		return "words that are no longer found";
	if (to - item->at.from > WORDS_SHOWN)
		to = item->at.from + WORDS_SHOWN;
	from = str_utf8_bytes(text, (size_t)item->at.from);
	end = str_utf8_bytes(text, (size_t)to);
	return arena_strndup(r->arena, text + from, end - from);
}

void staff_moderation_items(struct web_request *r, struct template_value *v,
			    const struct redactions *all)
{
	struct template_value *lists[] = {
		[REDACTION_PROPOSED] = template_set_list(v, "proposals"),
		[REDACTION_ACCEPTED] = template_set_list(v, "redactions"),
		[REDACTION_DISMISSED] = template_set_list(v, "dismissals")};
	size_t shown[ARRAY_LEN(lists)] = {0};
	bool first = true;

	for (size_t i = 0; i < all->count; i++) {
		const struct redaction *item = &all->items[i];
		struct template_value *one;

		/* The same words elsewhere go with the one that a person put. */
		if (!item->id && item->state == REDACTION_ACCEPTED)
			continue;
		if (shown[item->state] == ITEMS_MOST) {
			template_set_int(v, "items_most", ITEMS_MOST);
			continue;
		}
		shown[item->state]++;
		one = template_add_map(lists[item->state]);
		template_set(one, "words", words_of(r, all, item));
		template_set(one, "kind", item->kind);
		template_set(one, "reason", item->reason);
		template_set(one, "staff", item->staff);
		template_set_bool(one, "lost", item->lost);
		template_set_int(one, "id", item->id);
		template_set(one, "place",
			     arena_printf(r->arena, "%" PRId64 ":%" PRId64 "~%" PRId64,
					  item->at.part, item->at.from, item->at.to));
		template_set_bool(one, "first",
				  item->state == REDACTION_PROPOSED && first);
		first = first && item->state != REDACTION_PROPOSED;
	}
	template_set_bool(v, "any_proposals", all->proposed > 0);
	template_set_int(v, "proposal_count", (int64_t)all->proposed);
	template_set_bool(v, "several_proposals", all->proposed > 1);
	template_set_bool(v, "any_redactions", all->accepted > 0);
	template_set_bool(v, "any_dismissals", all->dismissed > 0);
}
