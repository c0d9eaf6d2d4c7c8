#include "form/reading/group.h"
#include "base/str.h"
#include "form/prose/prose.h"
#include "form/pieces/turned.h"

enum { NAME_WORDS = 5 };

struct closing {
	struct form_group *group;
	const struct form_rows *rows;
	struct form *form;
};

static void say(struct closing *c, enum form_how how, struct form_bound bound,
		bool doubtful, const struct form_entry *e)
{
	form_add_reading(c->form,
			 &(struct form_reading){
				 .field = c->group->field,
				 .how = how,
				 .bound = bound,
				 .doubtful = doubtful || (e->turned && bound.low > 0 &&
							  c->group->field != FORM_TYPE),
				 .crossed = e->sign == MARK_CROSS,
				 .line = e->line,
				 .words = e->words});
}

/* Marks on lines of their own: before their choices or behind them, when it is plain. */
static void place_loose_marks(struct form_group *g)
{
	size_t marks = 0, attached = 0;
	bool first, last;

	for (size_t i = 0; i < g->event_count; i++)
		marks += g->events[i].mark;
	for (size_t i = 0; i < g->count; i++)
		attached += g->entries[i].sign != MARK_ABSENT ||
			    (i && g->entries[i].row == g->entries[i - 1].row);
	if (!marks)
		return;
	first = g->events[0].mark;
	last = g->events[g->event_count - 1].mark;
	for (size_t i = 0; i < g->event_count; i++) {
		size_t at = first ? i + 1 : i - 1;

		if (!g->events[i].mark)
			continue;
		if (attached || first == last || g->overfull || at >= g->event_count ||
		    g->events[at].mark) {
			/* Nobody can tell whose they are. */
			for (size_t j = 0; j < g->count; j++)
				g->entries[j].sign = MARK_UNCLEAR;
			return;
		}
		g->entries[g->events[at].entry].sign = g->events[i].sign;
	}
}

static bool looks_like_name(const char *text)
{
	size_t words = 0;

	for (const char *at = text; *at;) {
		at += strspn(at, " .,");
		if (!*at)
			break;
		if (*at >= 'a' && *at <= 'z')
			return false;
		at += strcspn(at, " .,");
		words++;
	}
	return words > 1 && words <= NAME_WORDS;
}

/* May what stands in this row be one more choice, in words that nobody knows? */
static bool may_be_choice(const struct form_row *row, bool apart)
{
	size_t words = 0;

	if (row->rule || form_row_is_form(row) || row->quote)
		return false;
	for (size_t i = 0; i < row->count; i++)
		if (row->items[i].kind == ITEM_LEAD ||
		    (row->items[i].kind == ITEM_GAP && !row->table))
			return false;
	for (const char *at = row->text; *at; at++)
		words += str_is_space(*at);
	if (!apart)
		return words < 12;
	return words < 9 && !looks_like_name(row->text) &&
	       !str_istarts(row->text, "question") && !str_istarts(row->text, "kind ") &&
	       !str_istarts(row->text, "yours") && !str_istarts(row->text, "best") &&
	       !str_istarts(row->text, "many thanks") &&
	       !str_istarts(row->text, "regards") && !str_istarts(row->text, "dear") &&
	       !strchr(row->text, '@');
}

/* More of the same list: yes and no, or marks whose labels nobody knows. */
static bool goes_on_choosing(const struct form_row *row)
{
	bool mark = false, known = false;

	for (size_t i = 0; i < row->count; i++) {
		const struct form_item *item = &row->items[i];

		if (item->kind == ITEM_TEXT && item->label.kind == LABEL_HEADING)
			return false;
		if (item->kind == ITEM_TEXT &&
		    (item->label.kind == LABEL_YES || item->label.kind == LABEL_NO))
			return true;
		mark = mark || item->kind == ITEM_MARK;
		known = known ||
			(item->kind == ITEM_TEXT && item->label.kind == LABEL_CHOICE);
	}
	return mark && !known;
}

static bool stands_alone(const struct closing *c, const struct form_entry *e)
{
	bool apart = false;

	for (size_t i = e->row + 1; i < c->rows->count; i++) {
		if (!c->rows->items[i].blank)
			return !may_be_choice(&c->rows->items[i], apart) &&
			       !goes_on_choosing(&c->rows->items[i]);
		apart = true;
	}
	return true;
}

/* "Do not publish ...", "Keep ... confidential": said to the team. */
static bool is_request(const char *words)
{
	static const char *const begins[] = {
		"do not ", "don't ", "don\xE2\x80\x99t ", "keep ",  "not ",
		"never ",  "no ",    "confidential",      "private"};

	for (size_t i = 0; i < ARRAY_LEN(begins); i++)
		if (str_istarts(words, begins[i]))
			return true;
	return false;
}

/* "Organisation" in one cell and a name in the next: it asks for that, and offers no choice. */
static bool names_organisation(const struct closing *c, const struct form_entry *e)
{
	const struct form_row *row = &c->rows->items[e->row];
	const char *value = strchr(row->text, '\t');
	size_t words = 0;

	if (c->group->field != FORM_TYPE || !value || !str_istarts(row->text, "organi"))
		return false;
	for (const char *at = value; *at; at++)
		words += str_is_alpha(*at) && !str_is_alpha(at[-1]);
	return words > 1;
}

/* A single choice with no mark anywhere. */
static void conclude_typed(struct closing *c, const struct form_entry *e)
{
	bool strict = e->bound.high <= 0 && c->group->field != FORM_TYPE;

	if (e->slot)
		return;
	if (e->headed == HEADED_BEFORE && !e->sibling) {
		say(c, FORM_TYPED, e->bound, e->doubtful, e);
		return;
	}
	if (e->headed == HEADED_ABOVE && !e->sibling) {
		say(c, FORM_TYPED, e->bound,
		    e->doubtful || (c->group->field != FORM_TYPE && !stands_alone(c, e)),
		    e);
		return;
	}
	strict = strict && (e->own_voice || is_request(e->words));
	if (e->headed == HEADED_NOT && !e->answer && !e->sibling) {
		struct prose_reading r[PROSE_READINGS];
		size_t n = prose_read(e->words, strlen(e->words), FORM_FIELDS, r);

		if (c->group->field == FORM_TYPE || strict)
			say(c, FORM_TYPED, e->bound, e->doubtful, e);
		for (size_t i = 0; i < n; i++)
			if ((e->bare || r[i].bound.low <= 0) &&
			    (r[i].field != c->group->field ||
			     (!strict && c->group->field != FORM_TYPE)))
				form_add_reading(
					c->form,
					&(struct form_reading){.field = r[i].field,
							       .how = FORM_WRITTEN,
							       .bound = r[i].bound,
							       .doubtful = r[i].doubtful,
							       .line = e->line,
							       .words = e->words});
		return;
	}
	if (e->sibling && !names_organisation(c, e))
		say(c, FORM_TYPED, e->bound, true, e);
}

bool form_bound_same(struct form_bound a, struct form_bound b)
{
	return a.low == b.low && a.high == b.high;
}

/* Crosses deny where somebody else has a tick, as long as all others are crossed. */
static void read_crosses(struct closing *c)
{
	struct form_group *g = c->group;
	size_t ticks = 0, crosses = 0;

	for (size_t i = 0; i < g->count; i++) {
		ticks += g->entries[i].sign == MARK_TICK && !g->entries[i].worded;
		crosses += g->entries[i].sign == MARK_CROSS;
	}
	if (ticks != 1 || !crosses)
		return;
	c->form->crosses_deny = true;
	for (size_t i = 0; i < g->count; i++)
		if (g->entries[i].sign == MARK_CROSS)
			g->entries[i].sign =
				ticks + crosses == g->count ? MARK_DENIED : MARK_UNCLEAR;
}

/*
 * A sentence below a list of choices that sounds like one of them: not marked, while others
 * are; with a line between, a full stop, and in a voice that the list does not have.
 */
static void read_sentence_below(struct closing *c)
{
	struct form_group *g = c->group;
	struct form_entry *last = &g->entries[g->count - 1];
	struct prose_reading r[PROSE_READINGS];
	size_t n;

	if (g->count < 2 || last->sign != MARK_ABSENT || !last->own_voice || !last->row ||
	    !c->rows->items[last->row - 1].blank || !str_ends(last->words, "."))
		return;
	for (size_t i = 0; i + 1 < g->count; i++)
		if (g->entries[i].own_voice)
			return;
	n = prose_read(last->words, strlen(last->words), FORM_FIELDS, r);
	for (size_t i = 0; i < n; i++)
		if (r[i].field == g->field)
			say(c, FORM_WRITTEN, r[i].bound, r[i].doubtful, last);
}

/* The red cross of telephones says no to most, where no tick says what it means. */
static bool is_red_cross(const struct closing *c, const struct form_entry *e)
{
	return e->sign == MARK_CROSS && strstr(c->rows->items[e->row].text, "❌");
}

/* "Publish with name: yes" and "Publish my response: no": what is denied goes as far as what is
 * chosen, or further. */
static void say_denied(struct closing *c)
{
	struct form_group *g = c->group;

	for (size_t i = 0; !g->answers && g->field == FORM_PERMISSION && i < g->count;
	     i++) {
		const struct form_entry *e = &g->entries[i];

		if (e->sign == MARK_DENIED && (e->no_known || e->doubtful))
			say(c, FORM_CHOSEN, e->no_known ? e->no : e->bound, e->doubtful,
			    e);
	}
}

/* True when marks settle the group. */
static bool conclude_marks(struct closing *c)
{
	struct form_group *g = c->group;
	const struct form_entry *chosen = NULL;
	bool any = false, unclear = false;
	size_t denied = 0;

	read_crosses(c);
	for (size_t i = 0; i < g->count; i++) {
		const struct form_entry *e = &g->entries[i];

		any = any || e->sign != MARK_ABSENT;
		denied += e->sign == MARK_DENIED;
		if (e->sign == MARK_UNCLEAR) {
			unclear = true;
			chosen = chosen ? chosen : e;
		}
		if (e->sign != MARK_TICK && e->sign != MARK_CROSS)
			continue;
		unclear = unclear || (e->look & (LOOK_STRUCK | LOOK_PARTLY_STRUCK)) ||
			  text_has_odd_sign(e->words) || is_red_cross(c, e);
		c->form->ticks = c->form->ticks || e->sign == MARK_TICK;
		if (!chosen || !form_bound_same(chosen->bound, e->bound) || e->doubtful)
			say(c, FORM_CHOSEN, e->bound, e->doubtful, e);
		chosen = e;
	}
	for (size_t i = 0; chosen && i < g->count; i++)
		unclear = unclear || (g->entries[i].stressed && &g->entries[i] != chosen);
	if (unclear && chosen)
		say(c, FORM_CHOSEN, chosen->bound, true, chosen);
	if (chosen)
		say_denied(c);
	/* No to one says something; no to all of them does not. */
	for (size_t i = 0;
	     any && !chosen && i < g->count && denied < g->count + (g->count == 1); i++) {
		const struct form_entry *e = &g->entries[i];

		if (e->sign == MARK_DENIED && (g->answers || e->no_known))
			say(c, FORM_CHOSEN, g->answers ? e->bound : e->no, g->answers, e);
	}
	if (any)
		read_sentence_below(c);
	return any;
}

/* The one that is left when all others are struck out, or that alone is stressed. */
static bool conclude_looks(struct closing *c)
{
	struct form_group *g = c->group;
	size_t struck = 0, stressed = 0;
	const struct form_entry *left = NULL, *marked = NULL;
	bool partly = false;

	for (size_t i = 0; i < g->count; i++) {
		const struct form_entry *e = &g->entries[i];

		struck += (e->look & LOOK_STRUCK) != 0;
		partly = partly || (e->look & LOOK_PARTLY_STRUCK);
		left = e->look & LOOK_STRUCK ? left : e;
		if (e->look & LOOK_STRESSED) {
			stressed++;
			marked = e;
		}
	}
	for (size_t i = 0; i < g->count; i++) /* a sign that was not understood */
		partly = partly || ((struck || stressed) &&
				    (strpbrk(g->entries[i].words, "*_~[{") ||
				     strstr(g->entries[i].words, "--")));
	if (partly) {
		say(c, FORM_CHOSEN, g->entries[0].bound, true, &g->entries[0]);
		return true;
	}
	if (struck) {
		if (struck + 1 == g->count && g->count > 1 && left)
			say(c, FORM_CHOSEN, left->bound, left->doubtful || left->sibling,
			    left);
		return true;
	}
	if (stressed == 1 && g->count > 1) {
		say(c, FORM_CHOSEN, marked->bound, marked->doubtful, marked);
		return true;
	}
	return false;
}

void form_group_conclude(struct form_group *g, const struct form_rows *rows,
			 struct form *out)
{
	struct closing closing = {g, rows, out}, *c = &closing;
	size_t before = out->count;

	if (!g->open)
		return;
	g->open = false;
	if (!g->count)
		return;
	place_loose_marks(g);
	if (g->overfull)
		say(c, FORM_CHOSEN, g->entries[0].bound, true, &g->entries[0]);
	else if (!conclude_marks(c) && !conclude_looks(c) && g->count == 1)
		conclude_typed(c, &g->entries[0]);
	if (c->form->count == before && !c->form->listed[g->field]) {
		c->form->listed[g->field] = true;
		c->form->listed_line[g->field] = g->entries[0].line;
	}
}
