/* What of a response is published, and what is redacted or proposed in it; see redaction.h. */
#include "domain/publication/publication_private.h"
#include "base/str.h"
#include "text/letter/frame.h"
#include "text/answer/passage.h"
#include "text/letter/signature.h"

enum { NAMES_MOST = 24, NAME_WORDS = 100, SAME_MOST = 500, SAME_LEAST = 2 };

const char *const redaction_reasons[] = {"name",     "contact", "third party",
					 "child",    "health",  "defamatory",
					 "security", "other",   NULL};

const char *redactions_part(const struct redactions *of, int64_t part)
{
	for (size_t i = 0; i < of->words.count; i++)
		if (of->words.parts[i].position == part)
			return of->words.parts[i].text;
	return NULL;
}

/* ---- what is published ---- */

static void add_stretch(struct arena *arena, struct redactions *to,
			const struct publication_stretch *s)
{
	struct publication_stretch *last =
		to->stretch_count ? &to->stretches[to->stretch_count - 1] : NULL;

	if (s->at.from >= s->at.to)
		return;
	if (last && last->question == s->question && last->at.part == s->at.part &&
	    last->at.to == s->at.from) {
		last->at.to = s->at.to;
		return;
	}
	to->stretches = arena_grow(arena, to->stretches, to->stretch_count,
				   sizeof(*to->stretches));
	to->stretches[to->stretch_count++] = *s;
}

/* Where its own words begin and end: not the note of whoever passed it on, not a guess. */
static void own_of(const struct response_text *words, const struct text_part *part,
		   int64_t *out_from, int64_t *out_to)
{
	*out_from = 0;
	*out_to = (int64_t)str_utf8_count(part->text, strlen(part->text));
	if (part->position == TEXT_PART_MAIL && words->note)
		*out_from = (int64_t)str_utf8_count(words->note, strlen(words->note));
	if (part->recognised)
		*out_to = (int64_t)str_utf8_count(
			part->text, (size_t)(part->recognised - part->text));
	if (part->is_also)
		*out_to = 0;
}

static const char *first_sign(const char *text, const struct frame_line *line)
{
	const char *at = text + line->from, *end = text + line->to;

	while (at < end && str_is_space(*at))
		at++;
	return at < end ? at : NULL;
}

/* A line of another's email, with the mark that mail programs put before it, wherever it stands
 * between the writer's own words; and the line above that says whose they are. */
static bool is_of_others(const char *text, const struct frame *frame, size_t i)
{
	const char *at = first_sign(text, &frame->lines[i]);
	size_t end = frame->lines[i].to;

	if (!at)
		return false;
	if (*at == '>')
		return true;
	while (end > frame->lines[i].from && str_is_space(text[end - 1]))
		end--;
	if (text[end - 1] != ':')
		return false;
	for (at = NULL; !at && ++i < frame->count;)
		at = first_sign(text, &frame->lines[i]);
	return at && *at == '>';
}

/* The lines of an answer that say something: no greeting, form, closing, signature, notice. */
static void add_answer(struct arena *arena, struct redactions *to,
		       const struct text_part *part, const struct publication_stretch *a)
{
	AUTO(arena) work = arena_new(1 << 14);
	int64_t own_from, own_to, at = 0;
	size_t byte = 0;
	struct frame frame;

	own_of(&to->words, part, &own_from, &own_to);
	frame_read(work, part->text, strlen(part->text), to->words.from_name, &frame);
	for (size_t i = 0; i < frame.count; i++) {
		const struct frame_line *line = &frame.lines[i];
		size_t end = i + 1 < frame.count ? frame.lines[i + 1].from
						 : strlen(part->text);
		struct publication_stretch s = *a;
		int64_t from, next;

		at += (int64_t)str_utf8_count(part->text + byte, line->from - byte);
		next = at +
		       (int64_t)str_utf8_count(part->text + line->from, end - line->from);
		byte = end;
		from = at;
		at = next;
		if ((line->kind != FRAME_SAID && line->kind != FRAME_BLANK) ||
		    is_of_others(part->text, &frame, i))
			continue;
		s.at.from = from > a->at.from ? from : a->at.from;
		s.at.to = next < a->at.to ? next : a->at.to;
		if (s.at.from < own_from)
			s.at.from = own_from;
		if (s.at.to > own_to)
			s.at.to = own_to;
		add_stretch(arena, to, &s);
	}
}

static bool load_stretches(struct operation *op, struct arena *arena,
			   struct redactions *to, struct err *err)
{
	struct store_table t;

	if (!store_all(op->store, arena, &t, err, SQL_REDACTION_ANSWERS, "i",
		       to->words.response_id))
		return false;
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);
		struct publication_stretch a = {.question = row_int(&row, "position"),
						.asked = row_text(&row, "asked"),
						.at = {row_int(&row, "part"),
						       row_int(&row, "from_char"),
						       row_int(&row, "to_char")}};

		for (size_t p = 0; p < to->words.count; p++)
			if (to->words.parts[p].position == a.at.part)
				add_answer(arena, to, &to->words.parts[p], &a);
	}
	return true;
}

/* ---- names ---- */

struct name_list {
	const char *items[NAMES_MOST + 1];
	size_t count;
};

static void add_name(struct name_list *l, const char *name)
{
	if (!str_blank(name) && l->count < NAMES_MOST && strlen(name) <= NAME_WORDS)
		l->items[l->count++] = name;
}

/* "Dear Ms Reid,": the words that begin with a capital behind the first one. */
static void add_greeted(struct arena *arena, struct name_list *to, const char *text,
			const char *who)
{
	static const char *const nobody[] = {
		"sir",  "madam",     "team",     "all",      "colleagues",
		"sirs", "colleague", "everyone", "minister", NULL};
	AUTO(arena) work = arena_new(1 << 14);
	struct frame frame;

	frame_read(work, text, strlen(text), who, &frame);
	for (size_t i = 0; i < frame.count; i++) {
		const char *at = text + frame.lines[i].from, *end;

		if (frame.lines[i].kind != FRAME_GREETING)
			continue;
		end = text + frame.lines[i].to;
		for (at += strcspn(at, " \n"); at < end;) {
			size_t len;
			char *word;

			at += strspn(at, " \t,.!");
			len = strcspn(at, " \t\n,.!");
			if (!len || at >= end)
				break;
			word = arena_strndup(arena, at, len);
			at += len;
			if (word[0] >= 'a' && word[0] <= 'z')
				continue;
			str_lower(word);
			if (!str_in(word, nobody))
				add_name(to, word);
		}
	}
}

struct known_names {
	struct name_list own, others, whole;
};

static bool load_names(struct operation *op, struct arena *arena,
		       const struct response_text *words, struct known_names *out,
		       struct err *err)
{
	struct store_row row;

	if (!store_one(op->store, arena, &row, err, SQL_PUBLICATION_OF, "i",
		       words->response_id))
		return false;
	add_name(&out->own, row_text(&row, "name"));
	add_name(&out->own, row_text(&row, "from_name"));
	add_name(&out->own, words->from_name);
	if (!str_eq(row_text(&row, "permission_in_force"), "name"))
		add_name(&out->whole, row_text(&row, "organisation_said"));
	for (size_t i = 0; i < words->count; i++) {
		AUTO(arena) work = arena_new(1 << 14);
		struct signature s = {0};

		signature_read(work, words->parts[i].text,
			       frame_book_new(work, words->from_name), &s);
		add_name(&out->own, s.name ? arena_strdup(arena, s.name) : NULL);
		add_greeted(arena, &out->others, words->parts[i].text, words->from_name);
	}
	return true;
}

/* ---- what is redacted, dismissed, proposed ---- */

static void add_item(struct arena *arena, struct redactions *to,
		     const struct redaction *item)
{
	to->items = arena_grow(arena, to->items, to->count, sizeof(*to->items));
	to->items[to->count++] = *item;
	to->proposed += item->state == REDACTION_PROPOSED;
	to->accepted += item->state == REDACTION_ACCEPTED;
	to->dismissed += item->state == REDACTION_DISMISSED;
	to->lost += item->lost && item->state == REDACTION_ACCEPTED;
}

static bool load_kept(struct operation *op, struct arena *arena, struct redactions *to,
		      struct err *err)
{
	struct store_table t;

	if (!store_all(op->store, arena, &t, err, SQL_REDACTIONS_OF, "i",
		       to->words.response_id))
		return false;
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);

		add_item(arena, to,
			 &(struct redaction){
				 .id = row_int(&row, "id"),
				 .at = {row_int(&row, "part"), row_int(&row, "from_char"),
					row_int(&row, "to_char")},
				 .state = str_eq(row_text(&row, "state"), "accepted")
						  ? REDACTION_ACCEPTED
						  : REDACTION_DISMISSED,
				 .reason = row_text(&row, "reason"),
				 .kind = row_text(&row, "kind"),
				 .staff = row_text(&row, "staff"),
				 .lost = str_eq(row_text(&row, "placed"),
						"needs re-anchoring")});
	}
	return true;
}

static bool is_within(const struct redaction_place *one,
		      const struct redaction_place *other)
{
	return one->part == other->part && one->from >= other->from &&
	       one->to <= other->to;
}

static bool touch(const struct redaction_place *one, const struct redaction_place *other)
{
	return one->part == other->part && one->from < other->to && other->from < one->to;
}

/* It is covered by what was accepted, or is what was dismissed. */
static bool is_settled(const struct redactions *of, const struct redaction_place *at)
{
	for (size_t i = 0; i < of->count; i++) {
		const struct redaction *r = &of->items[i];

		if (r->state != REDACTION_PROPOSED && !r->lost && is_within(at, &r->at))
			return true;
	}
	return false;
}

static bool is_published(const struct redactions *of, const struct redaction_place *at)
{
	for (size_t i = 0; i < of->stretch_count; i++)
		if (touch(&of->stretches[i].at, at))
			return true;
	return false;
}

static void add_found(struct arena *arena, struct redactions *to,
		      const struct redaction *item, const struct redaction_place *at)
{
	struct redaction same = *item;

	same.at = *at;
	same.id = 0;
	if (!is_within(at, &item->at))
		add_item(arena, to, &same);
}

/* The same words in one part: as a passage is found again, and as a name is. */
static void add_same_in(struct arena *arena, struct redactions *to,
			const struct redaction *item, const struct text_part *part)
{
	const char *text = redactions_part(to, item->at.part);
	struct passage_mark mark = passage_mark(arena, text, item->at.from, item->at.to);
	struct passage_place *found = arena_make(arena, struct passage_place, SAME_MOST);
	struct redaction_found *named;
	size_t n =
		mark.words ? passage_find(arena, part->text, &mark, found, SAME_MOST) : 0;

	for (size_t k = 0; k < n; k++)
		add_found(arena, to, item,
			  &(struct redaction_place){part->position, found[k].from,
						    found[k].to});
	redaction_find_words(arena, part->text,
			     passage_text(arena, text, item->at.from, item->at.to),
			     &named, &n);
	for (size_t k = 0; k < n; k++)
		add_found(arena, to, item,
			  &(struct redaction_place){part->position, named[k].from,
						    named[k].to});
}

/* Passages with the same words as what was accepted: they go with it. */
static void add_same(struct arena *arena, struct redactions *to, size_t kept)
{
	for (size_t i = 0; i < kept; i++) {
		const struct redaction item = to->items[i];

		if (item.state != REDACTION_ACCEPTED || item.lost ||
		    !redactions_part(to, item.at.part) ||
		    item.at.to - item.at.from < SAME_LEAST)
			continue;
		for (size_t p = 0; p < to->words.count; p++)
			add_same_in(arena, to, &item, &to->words.parts[p]);
	}
}

static void add_proposed(struct arena *arena, struct redactions *to,
			 const struct known_names *known)
{
	struct redaction_names names = {(const char **)known->own.items,
					(const char **)known->others.items,
					(const char **)known->whole.items};

	for (size_t p = 0; p < to->words.count; p++) {
		const struct text_part *part = &to->words.parts[p];
		struct redaction_found *found;
		size_t n;

		redaction_find(arena, part->text, &names, &found, &n);
		for (size_t i = 0; i < n; i++) {
			struct redaction_place at = {part->position, found[i].from,
						     found[i].to};

			if (is_published(to, &at) && !is_settled(to, &at))
				add_item(arena, to,
					 &(struct redaction){
						 .at = at,
						 .reason = redaction_kind_reason(
							 found[i].kind),
						 .kind = redaction_kind_names
							 [found[i].kind]});
		}
	}
}

static int by_place(const void *a, const void *b)
{
	const struct redaction *one = a, *other = b;

	if (one->at.part != other->at.part)
		return one->at.part < other->at.part ? -1 : 1;
	if (one->at.from != other->at.from)
		return one->at.from < other->at.from ? -1 : 1;
	return one->at.to < other->at.to ? -1 : one->at.to > other->at.to;
}

bool redactions_load(struct operation *op, struct arena *arena, int64_t response_id,
		     struct redactions *out, struct err *err)
{
	struct known_names known = {0};

	*out = (struct redactions){0};
	if (!response_text_load(op, arena, response_id, &out->words, err) ||
	    !load_stretches(op, arena, out, err) || !load_kept(op, arena, out, err) ||
	    !load_names(op, arena, &out->words, &known, err))
		return false;
	add_same(arena, out, out->count);
	add_proposed(arena, out, &known);
	if (out->count)
		qsort(out->items, out->count, sizeof(*out->items), by_place);
	return true;
}

/* ---- as it is published ---- */

static void add_characters(struct buf *to, struct str_walk *walk, int64_t from,
			   int64_t end)
{
	size_t begin = str_walk_to(walk, (size_t)from);
	size_t last = str_walk_to(walk, (size_t)end);

	buf_add(to, walk->text + begin, last - begin);
}

const char *redactions_apply(struct arena *arena, const struct redactions *of,
			     const struct redaction_place *where, bool *out_open)
{
	const char *text = str_or(redactions_part(of, where->part), "");
	AUTO(buf) out = buf_new(PUBLISHED_BYTES);
	struct str_walk walk = {.text = text};
	int64_t at = where->from;

	*out_open = false;
	for (size_t i = 0; i < of->count; i++) {
		const struct redaction *r = &of->items[i];

		if (r->lost || !touch(&r->at, where))
			continue;
		*out_open |= r->state == REDACTION_PROPOSED;
		if (r->state != REDACTION_ACCEPTED || r->at.to <= at)
			continue;
		if (r->at.from > at)
			add_characters(out, &walk, at, r->at.from);
		/* One that began before the passage is marked in it, too. */
		if (r->at.from >= at || at == where->from)
			buf_printf(out, REDACTION_BEGINS "%s]", r->reason);
		at = r->at.to;
	}
	if (at < where->to)
		add_characters(out, &walk, at, where->to);
	return arena_strdup(arena, buf_text(out));
}
