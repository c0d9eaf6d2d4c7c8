#include "staff/triage/code_show.h"
#include "domain/coding/codeframe.h"
#include "base/str.h"
#include "text/figures/palette.h"

#include <inttypes.h>

enum { WORDS_SHOWN = 60 };

const char *staff_colour(struct web_request *r, const char *name)
{
	int i = palette_find(name);

	return arena_printf(r->arena, "colour-%d", i < 0 ? PALETTE_COLOURS - 1 : i);
}

const char *staff_character(const char *text, int64_t at, int64_t n)
{
	return at < n ? text + str_utf8_bytes(text, (size_t)(n - at)) : text;
}

static bool stands(const struct coding *c)
{
	return !c->where.whole && !str_eq(c->placed, "needs re-anchoring");
}

/* The topmost line that no earlier one which still goes on has. They come by place. */
static int free_lane(const struct staff_codes *codes, size_t i)
{
	const struct coded_passage *at = &codes->items[i].where;
	bool taken[STAFF_CODE_LANES] = {false};

	for (size_t k = 0; k < i; k++) {
		const struct coded_passage *other = &codes->items[k].where;

		if (stands(&codes->items[k]) && other->part == at->part &&
		    other->to > at->from)
			taken[codes->lanes[k]] = true;
	}
	for (int lane = 0; lane < STAFF_CODE_LANES; lane++)
		if (!taken[lane])
			return lane;
	return STAFF_CODE_LANES - 1;
}

bool staff_codes_load(struct web_request *r, int64_t response_id, struct staff_codes *out,
		      struct err *err)
{
	if (!coding_list(r->op, r->arena, response_id, &out->items, &out->count, err))
		return false;
	out->hits = (struct staff_hits){.shown = 0};
	out->shown = out->count < STAFF_CODES_MOST ? out->count : STAFF_CODES_MOST;
	out->lanes = arena_make(r->arena, int, out->shown + 1);
	for (size_t i = 0; i < out->shown; i++)
		if (stands(&out->items[i]))
			out->lanes[i] = free_lane(out, i);
	return true;
}

/* "c12" of a coding, "b12" of one's blind one, "s12" of a suggestion. */
static const char *mark_id(struct web_request *r, const struct coding *c)
{
	if (c->suggestion_id)
		return arena_printf(r->arena, "s%" PRId64, c->suggestion_id);
	if (c->id < 0 || c->blind)
		return arena_printf(r->arena, "b%" PRId64, c->id < 0 ? -c->id : c->id);
	return arena_printf(r->arena, "%" PRId64, c->id);
}

static void open_marks(struct web_request *r, struct buf *to, const struct segment *s,
		       const struct staff_codes *codes)
{
	for (size_t k = 0; k < s->cover_count; k++) {
		const struct coding *c = &codes->items[s->covers[k]];
		bool begins = c->where.from == s->from;

		buf_printf(to, "<span class=\"coded lane-%d %s%s\" data-c=\"%s\"",
			   codes->lanes[s->covers[k]], staff_colour(r, c->colour),
			   c->suggestion_id ? " suggested" : "", mark_id(r, c));
		if (begins)
			buf_printf(to, " id=\"q-%s\"", mark_id(r, c));
		buf_str(to, ">");
	}
}

static void add_code(struct web_request *r, struct template_value *list,
		     const struct coding *c, const char *words)
{
	struct template_value *one = template_add_map(list);

	template_set(one, "mark", mark_id(r, c));
	template_set_int(one, "id", c->id ? c->id : c->suggestion_id);
	template_set(one, "name", c->code);
	template_set(one, "colour", staff_colour(r, c->colour));
	template_set_bool(one, "suggested", c->suggestion_id != 0);
	template_set(one, "because", c->because);
	template_set(one, "by", str_eq(c->by_what, "person") ? c->staff : c->by_what);
	template_set_bool(one, "by_person", str_eq(c->by_what, "person"));
	template_set(one, "when", staff_short_time(r, c->at));
	template_set_bool(one, "found_again", str_eq(c->placed, "re-anchored"));
	template_set_bool(one, "needs_re_anchoring",
			  !c->where.whole && !str_eq(c->placed, "set"));
	template_set(one, "words", words);
}

/* The first words of a passage, for who hears the page instead of seeing it. */
static const char *first_words(struct web_request *r, const char *from, int64_t chars)
{
	int64_t most = chars < WORDS_SHOWN ? chars : WORDS_SHOWN;
	const char *to = staff_character(from, 0, most);

	return arena_printf(r->arena, "%.*s%s", (int)(to - from), from,
			    chars > most ? " …" : "");
}

void staff_codes_show(struct web_request *r, struct template_value *piece,
		      struct staff_codes *codes, const struct staff_passage *passage)
{
	struct template_value *marks = template_set_list(piece, "marks");
	struct template_value *list = template_set_list(piece, "codes");
	const char *at = passage->text,
		   *last = staff_character(passage->text, passage->from, passage->to);
	struct segment *segments;
	struct staff_hit *found;
	size_t count, hits;
	int64_t here = passage->from;

	template_set_int(piece, "part", passage->part);
	template_set_int(piece, "from", passage->from);
	coding_segments(r->arena,
			&(struct coded_part){.codings = codes->items,
					     .count = codes->shown,
					     .part = passage->part,
					     .chars = passage->to},
			&segments, &count);
	staff_hits_find(r, &codes->hits, passage->text, last, &found, &hits);
	for (size_t i = 0; i < count; i++) {
		AUTO(buf) open = buf_new(1 << 16);
		AUTO(buf) shut = buf_new(1 << 12);
		const char *end;
		bool fits;

		if (segments[i].to <= passage->from)
			continue;
		end = staff_character(at, here, segments[i].to);
		open_marks(r, open, &segments[i], codes);
		for (size_t k = 0; k < segments[i].cover_count; k++)
			buf_str(shut, "</span>");
		fits = !buf_cut(open) && !buf_cut(shut);
		for (; hits && found->to <= at; found++)
			hits--;
		staff_hits_mark(
			r, marks,
			&(struct staff_stretch){.found = found,
						.count = hits,
						.at = at,
						.end = end,
						.open = fits ? buf_text(open) : "",
						.close = fits ? buf_text(shut) : ""});
		at = end;
		here = segments[i].to;
	}
	for (size_t i = 0; i < codes->shown; i++) {
		const struct coding *c = &codes->items[i];
		int64_t begin = c->where.from;

		if (!stands(c) || c->where.part != passage->part ||
		    begin < passage->from || begin >= passage->to)
			continue;
		add_code(r, list, c,
			 first_words(r,
				     staff_character(passage->text, passage->from, begin),
				     c->where.to - begin));
	}
}

void staff_codes_show_whole(struct web_request *r, struct template_value *v,
			    const struct staff_codes *codes)
{
	struct template_value *whole = template_set_list(v, "whole_codes");
	struct template_value *lost = template_set_list(v, "lost_codes");

	struct template_value *tags = template_set_list(v, "tags");
	bool any_whole = false, any_lost = false;

	for (size_t i = 0; i < codes->shown; i++) {
		const struct coding *c = &codes->items[i];

		if (c->where.whole && !c->suggestion_id) {
			template_set(template_add_map(tags), "tag", c->code);
		} else if (c->where.whole) {
			add_code(r, whole, c, NULL);
			any_whole = true;
		} else if (!stands(c)) {
			add_code(r, lost, c, NULL);
			any_lost = true;
		}
	}
	template_set_bool(v, "any_whole", any_whole);
	template_set_bool(v, "any_lost", any_lost);
	if (codes->shown < codes->count) {
		staff_number(v, "codes_shown", (int64_t)codes->shown);
		staff_number(v, "codes_all", (int64_t)codes->count);
	}
}

static const char *path_of(struct web_request *r, const struct code *codes, size_t i)
{
	const char *path = codes[i].name;
	int64_t parent = codes[i].parent_id;

	for (size_t k = i; k-- > 0 && parent;)
		if (codes[k].id == parent) {
			path = arena_printf(r->arena, "%s / %s", codes[k].name, path);
			parent = codes[k].parent_id;
		}
	return path;
}

bool staff_codes_choices(struct web_request *r, struct template_value *v, const char *key,
			 int64_t without, struct err *err)
{
	struct template_value *list = template_set_list(v, key);
	int64_t code = web_query_int(r, "code", 0);
	int64_t instead = web_query_int(r, "instead", 0);
	struct code *codes;
	size_t count;

	if (!codeframe_load(r->op, r->arena, staff_of(r)->consultation.id, &codes, &count,
			    err))
		return false;
	for (size_t i = 0; i < count; i++) {
		struct template_value *one;

		if (!str_eq(codes[i].state, "live") || codes[i].id == without)
			continue;
		one = template_add_map(list);
		template_set_int(one, "value", codes[i].id);
		template_set(one, "name", codes[i].name);
		template_set(one, "text", path_of(r, codes, i));
		template_set_bool(one, "code_chosen", codes[i].id == code);
		template_set_bool(one, "instead_chosen", codes[i].id == instead);
		template_set(one, "colour", staff_colour(r, codes[i].colour));
		template_set(one, "questions", codes[i].all_questions);
		template_set(one, "definition", codes[i].definition);
	}
	return true;
}
