#include "form/reading/steps.h"
#include "base/str.h"
#include "form/pieces/attach.h"
#include "form/pieces/column_head.h"
#include "form/reading/group.h"
#include "form/prose/prose.h"
#include "form/pieces/turned.h"

struct choosing {
	struct arena *arena;
	const struct form_rows *rows;
	struct form *form;
	struct form_group group; /* the one that is open */
	/* The heading that yes and no may answer, and where it stood last. */
	struct label heading;
	const char *heading_words;
	size_t heading_row;
	bool heading_on, heading_used;
	enum mark_sign waiting; /* a mark alone, before any choice */
	size_t waiting_row;
	/* The row of a table that has choices and no marks, for marks below them. */
	const struct form_row *columns;
	struct form_units column_units;
	size_t last_row;         /* that was not blank */
	struct column_head head; /* of the table that is read */
};

static const char *words_of(struct choosing *c, const struct form_row *row,
			    const struct form_item *item)
{
	return arena_strndup(c->arena, row->text + item->from, item->to - item->from);
}

/* A mark behind the last choice of a form that has them before is the next group's. */
static void open_group(struct choosing *c, enum form_field field, bool answers)
{
	struct form_group *g = &c->group;
	struct form_event *last = g->event_count ? &g->events[g->event_count - 1] : NULL;

	if (g->open && g->event_count > 1 && g->events[0].mark && last->mark) {
		c->waiting = last->sign;
		c->waiting_row = c->last_row;
		g->event_count--;
	}
	form_group_conclude(&c->group, c->rows, c->form);
	*g = (struct form_group){.field = field, .open = true, .answers = answers};
	if (c->waiting != MARK_ABSENT && c->waiting_row == c->last_row)
		g->events[g->event_count++] =
			(struct form_event){.mark = true, .sign = c->waiting};
	c->waiting = MARK_ABSENT;
}

static void add_entry(struct choosing *c, const struct form_entry *e)
{
	struct form_group *g = &c->group;

	if (g->count == GROUP_ENTRIES || g->event_count == GROUP_EVENTS) {
		g->overfull = true;
		return;
	}
	g->events[g->event_count++] = (struct form_event){.entry = g->count};
	g->entries[g->count++] = *e;
}

/* The same choice once more begins another list. */
static bool is_repeated(const struct form_group *g, const struct form_entry *e)
{
	for (size_t i = 0; i < g->count; i++)
		if (form_bound_same(g->entries[i].bound, e->bound) && !e->doubtful &&
		    !g->entries[i].doubtful)
			return true;
	return false;
}

/* "Organisation: __Reed Society__": no mark, but the place where its name is typed. */
static bool is_typed_name(const struct form_row *row, const struct form_unit *u)
{
	const char *value = strpbrk(row->text, ":\t");
	size_t letters = 0;

	if (u->item->label.field != FORM_TYPE || u->sign != MARK_UNCLEAR || !value ||
	    !str_istarts(row->text, "organi"))
		return false;
	value += strspn(value, ":\t ");
	if (*value != '_')
		return false;
	for (const char *at = value; *at; at++)
		letters += str_is_alpha(*at) != 0;
	return letters > 3;
}

static void add_choice(struct choosing *c, const struct form_row *row, size_t number,
		       const struct form_unit *u)
{
	const struct label *l = &u->item->label;
	struct form_entry e = {
		.bound = l->bound,
		.no = l->no,
		.no_known = l->no_known,
		.doubtful = l->doubtful,
		.slot = u->slot,
		.sibling = u->sibling,
		.own_voice = l->own_voice,
		.sign = u->sign,
		.worded = u->worded,
		.bare = row->count == 1,
		.turned = choice_is_turned(row, u->item),
		.stressed = l->field == FORM_PERMISSION && u->sign != MARK_TICK &&
			    u->sign != MARK_DENIED && choice_is_stressed(row),
		.look = u->item->look,
		.row = number,
		.line = row->line,
		.words = words_of(c, row, u->item)};

	if (is_typed_name(row, u))
		return;
	if ((e.sign == MARK_TICK || e.sign == MARK_CROSS) && !e.worded && number &&
	    column_heads_answers(&c->rows->items[c->last_row]))
		e.sign = MARK_UNCLEAR;
	if (u->typed)
		e.headed = HEADED_BEFORE;
	else if (c->heading_on && c->heading.field == l->field &&
		 c->heading_row == c->last_row)
		e.headed = HEADED_ABOVE;
	if (!c->group.open || c->group.field != l->field || c->group.answers ||
	    is_repeated(&c->group, &e))
		open_group(c, l->field, false);
	add_entry(c, &e);
	if (l->field == c->heading.field)
		c->heading_on = false; /* a yes below does not answer it any more */
}

static bool answer_means(const struct label *asked, bool yes, struct form_entry *e)
{
	e->bound = yes ? asked->yes : asked->no;
	e->doubtful = yes ? !asked->yes_known : !asked->no_known;
	if (e->doubtful)
		e->bound = (struct form_bound){FORM_NOTHING, form_top(asked->field)};
	if (asked->field == FORM_TYPE && e->doubtful)
		e->bound = (struct form_bound){FORM_INDIVIDUAL, FORM_ORGANISATION};
	return true;
}

static void add_answer(struct choosing *c, const struct form_row *row, size_t number,
		       const struct form_unit *u, const struct label *asked)
{
	struct form_entry e = {.answer = true,
			       .slot = u->slot,
			       .sibling = u->sibling,
			       .sign = u->sign,
			       .turned = choice_is_turned(row, u->item),
			       .look = u->item->look,
			       .row = number,
			       .line = row->line,
			       .headed = u->typed || u->asking ? HEADED_BEFORE
							       : HEADED_ABOVE,
			       .words = words_of(c, row, u->item)};

	(void)answer_means(asked, u->item->label.kind == LABEL_YES, &e);
	if (!c->group.open || !c->group.answers || c->group.field != asked->field ||
	    is_repeated(&c->group, &e))
		open_group(c, asked->field, true);
	add_entry(c, &e);
}

enum agreement { AGREES, AGREES_PERHAPS, AGREES_OTHERWISE };

/* "Yes, of course" is a yes; "yes, later", "yes to ministers" have a word that may turn it; what is
 * longer is a sentence. */
static enum agreement agreement_of(const char *text, size_t len)
{
	enum { SENTENCE_WORDS = 7 };
	static const char *const begins[] = {
		"yes",       "i agree",   "we agree", "agreed", "of course",
		"certainly", "please do", "yep",      "ok",     "okay"};
	static const char *const agree[] = {
		"yes",   "ok",      "okay",  "fine",   "please",     "thanks",
		"thank", "you",     "of",    "course", "certainly",  "happy",
		"to",    "agreed",  "i",     "am",     "is",         "that",
		"this",  "it",      "thats", "my",     "do",         "we",
		"are",   "consent", "agree", "go",     "ahead",      "by",
		"all",   "means",   "sure",  "yep",    "absolutely", "definitely",
		"our",   "so",      "would", "be",     "im",         "very"};
	struct lexicon l;
	bool yes = false;

	lexicon_read(text, len, &l);
	for (size_t i = 0; i < ARRAY_LEN(begins) && !yes; i++)
		yes = lexicon_begins(&l, begins[i]);
	if (!l.count || l.is_long || l.count > SENTENCE_WORDS || !yes ||
	    memchr(text, '?', len))
		return lexicon_has(&l, "yes") && l.count <= SENTENCE_WORDS
			       ? AGREES_PERHAPS
			       : AGREES_OTHERWISE;
	return lexicon_has_only(&l, agree, ARRAY_LEN(agree)) ? AGREES : AGREES_PERHAPS;
}

/* What was written behind a label in words of one's own. */
static void read_words(struct choosing *c, const struct form_row *row,
		       const struct form_units *u)
{
	const struct form_item *w = u->words;
	enum form_field field = u->words_of->label.field;
	struct prose_reading r[PROSE_READINGS];
	size_t n = prose_read(row->text + w->from, row->len - w->from, field, r);
	enum agreement agrees = agreement_of(row->text + w->from, w->to - w->from);
	const struct label *label = &u->words_of->label;

	if (agrees == AGREES && label->yes_known && field != FORM_TYPE &&
	    !choice_is_turned(row, u->words_of)) {
		form_add_reading(
			c->form,
			&(struct form_reading){
				.field = field,
				.how = FORM_TYPED,
				.bound = label->yes,
				.doubtful = w->look & (LOOK_STRUCK | LOOK_PARTLY_STRUCK),
				.line = row->line,
				.words = words_of(c, row, w)});
		return;
	}
	for (size_t i = 0; i < n; i++)
		form_add_reading(c->form,
				 &(struct form_reading){
					 .field = r[i].field,
					 .how = FORM_TYPED,
					 .bound = r[i].bound,
					 .doubtful = r[i].doubtful ||
						     (agrees == AGREES_PERHAPS &&
						      r[i].bound.low > 0) ||
						     (w->look &
						      (LOOK_STRUCK | LOOK_PARTLY_STRUCK)),
					 .line = row->line,
					 .words = words_of(c, row, w)});
}

/* "May we publish it?", and not "Publish it?" with a mark. */
static bool asks_really(const char *words)
{
	static const char *const asks[] = {
		"may",  "can", "could", "do",  "are",  "would",   "should",
		"will", "is",  "am",    "how", "darf", "durfen",  "czy",
		"a",    "am",  "om",    "kan", "peut", "pouvons", "ga"};
	struct lexicon l;

	lexicon_read(words, strlen(words), &l);
	return lexicon_has_one(&l, asks, ARRAY_LEN(asks));
}

static void set_heading(struct choosing *c, const struct form_row *row, size_t number,
			const struct form_units *u)
{
	struct form_entry e = {.row = number, .line = row->line, .headed = HEADED_BEFORE};

	c->heading = u->heading->label;
	c->heading_row = number;
	c->heading_on = true;
	e.words = words_of(c, row, u->heading);
	open_group(c, c->heading.field, true);
	if (!c->form->listed[c->heading.field]) {
		c->form->listed[c->heading.field] = true;
		c->form->listed_line[c->heading.field] = row->line;
	}
	if (u->heading_sign == MARK_TICK || u->heading_sign == MARK_CROSS ||
	    u->heading_sign == MARK_UNCLEAR) {
		(void)answer_means(&c->heading, true, &e);
		e.sign = u->heading_sign;
		/* A cross behind a question may be a no; "with name?" is no question. */
		e.doubtful = e.doubtful || (c->heading.asks && (e.sign == MARK_CROSS ||
								!asks_really(e.words)));
		add_entry(c, &e);
	}
}

static unsigned columns_of(const struct form_row *row)
{
	return row->count ? row->items[row->count - 1].column : 0;
}

/* Marks below the choices that stand in a row above. */
static bool read_columns(struct choosing *c, const struct form_row *row, size_t number,
			 const struct form_units *u)
{
	const struct form_units *names = &c->column_units;
	bool marks = u->marks_alone || u->heading_sign != MARK_ABSENT;

	if (!c->columns || c->columns->table != row->table || u->count || !marks ||
	    (!row->table && c->columns != &c->rows->items[c->last_row]))
		return false;
	if (columns_of(row) != columns_of(c->columns))
		return false; /* a cell is lost: nobody can tell which */
	if (u->heading)
		set_heading(c, row, number, &(struct form_units){.heading = u->heading});
	c->group.open = c->group.open && u->heading;
	for (size_t i = 0; i < names->count; i++) {
		struct form_unit unit = names->items[i];
		bool answer = unit.item->label.kind == LABEL_YES ||
			      unit.item->label.kind == LABEL_NO;

		unit.sign = MARK_EMPTY;
		for (size_t j = 0; j < row->count; j++)
			if (row->items[j].column == unit.item->column &&
			    row->items[j].kind == ITEM_MARK)
				unit.sign = row->items[j].sign;
		if (answer && c->heading_on)
			add_answer(c, c->columns, number, &unit, &c->heading);
		else if (!answer)
			add_choice(c, c->columns, number, &unit);
	}
	form_group_conclude(&c->group, c->rows, c->form);
	return true;
}

static void note_columns(struct choosing *c, const struct form_row *row,
			 const struct form_units *u)
{
	if (u->count < 2 || u->marks_alone)
		return;
	for (size_t i = 0; i < u->count; i++)
		if (u->items[i].sign != MARK_ABSENT ||
		    (i && u->items[i].item->column == u->items[i - 1].item->column))
			return;
	c->columns = row;
	c->column_units = *u;
}

/*
 * A name or a question stands between who responds and this mark: it is another list's. What may
 * be published stays open for as long as nobody can tell.
 */
static bool is_past_type(const struct choosing *c, const struct form_row *row)
{
	const struct form_group *g = &c->group;
	size_t number = (size_t)(row - c->rows->items);

	if (!g->open || g->field != FORM_TYPE || !g->count)
		return false;
	for (size_t i = g->entries[g->count - 1].row + 1; i < number; i++) {
		const struct form_row *between = &c->rows->items[i];
		bool text = false;

		for (size_t j = 0; j < between->count; j++) {
			if (between->items[j].kind == ITEM_MARK)
				return false; /* of the same list, maybe */
			text = text || (between->items[j].kind == ITEM_TEXT &&
					between->items[j].label.kind != LABEL_HINT);
		}
		if (text)
			return true;
	}
	return false;
}

static void loose_mark(struct choosing *c, const struct form_row *row)
{
	enum mark_sign sign = MARK_ABSENT;

	if (is_past_type(c, row))
		form_group_conclude(&c->group, c->rows, c->form);
	for (size_t i = 0; i < row->count; i++) {
		if (row->items[i].kind == ITEM_MARK && sign == MARK_ABSENT)
			sign = row->items[i].sign;
		else
			sign = MARK_UNCLEAR; /* several places, or words beside it */
	}
	if (column_heads_answers(&c->rows->items[c->last_row]))
		sign = MARK_UNCLEAR;
	if (c->group.open && (c->group.count || !c->group.answers) &&
	    c->group.event_count < GROUP_EVENTS) {
		c->group.events[c->group.event_count++] =
			(struct form_event){.mark = true, .sign = sign};
	} else {
		c->group.overfull =
			c->group.overfull || c->group.event_count == GROUP_EVENTS;
		c->waiting = sign;
		c->waiting_row = (size_t)(row - c->rows->items);
	}
}

/* A row of nothing but yes, no and hints below its heading. */
static bool answers_heading(const struct choosing *c, const struct form_row *row,
			    const struct form_units *u)
{
	if (!c->heading_on || c->heading_row != c->last_row)
		return false;
	for (size_t i = 0; i < row->count; i++)
		if (row->items[i].kind == ITEM_TEXT &&
		    row->items[i].label.kind == LABEL_NONE)
			return false;
	return u->count > 0;
}

static bool only_hints(const struct form_row *row)
{
	for (size_t i = 0; i < row->count; i++)
		if (row->items[i].kind != ITEM_TEXT ||
		    row->items[i].label.kind != LABEL_HINT)
			return false;
	return row->count > 0;
}

static void read_units(struct choosing *c, const struct form_row *row, size_t number,
		       const struct form_units *u)
{
	bool below = answers_heading(c, row, u);

	for (size_t i = 0; i < u->count; i++) {
		const struct form_unit *unit = &u->items[i];

		if (unit->item->label.kind == LABEL_CHOICE) {
			add_choice(c, row, number, unit);
		} else if (unit->asking) {
			add_answer(c, row, number, unit, &unit->asking->label);
		} else if (u->heading && unit->item > u->heading) {
			add_answer(c, row, number, unit, &u->heading->label);
		} else if (below) {
			add_answer(c, row, number, unit, &c->heading);
			c->heading_row = number;
		}
	}
}

/* A mark says what the head of its column makes of it. */
static void read_heads(struct choosing *c, const struct form_row *row,
		       struct form_units *u)
{
	enum mark_sign turned = MARK_ABSENT;
	size_t marks = 0;

	for (size_t i = 0; i < row->count; i++) {
		const struct form_item *item = &row->items[i];
		enum mark_sign sign;

		if (item->kind != ITEM_MARK || item->sign == MARK_EMPTY)
			continue;
		marks++;
		sign = column_sign(&c->head, row, item);
		if (sign != item->sign)
			turned = sign;
	}
	if (turned == MARK_ABSENT)
		return;
	for (size_t i = 0; i < u->count; i++)
		if (u->items[i].sign != MARK_ABSENT && u->items[i].sign != MARK_EMPTY)
			u->items[i].sign =
				marks == 1 && u->count == 1 ? turned : MARK_UNCLEAR;
	if (u->heading_sign != MARK_ABSENT)
		u->heading_sign = MARK_UNCLEAR;
}

static void read_row(struct choosing *c, size_t number)
{
	const struct form_row *row = &c->rows->items[number];
	struct form_units u;

	column_head_note(&c->head, row);
	if (row->blank || row->aside || row->goes_on)
		return;
	if (row->rule) {
		form_group_conclude(&c->group, c->rows, c->form);
		c->heading_on = false;
		c->last_row = number;
		return;
	}
	form_attach(row, &u);
	if (row->quote) { /* somebody else's: it may ask, but it answers nothing */
		form_group_conclude(&c->group, c->rows, c->form);
		u.count = 0;
		u.heading_sign = MARK_ABSENT;
	} else if (only_hints(row)) {
		if (c->heading_row == c->last_row)
			c->heading_row = number;
		c->last_row = number;
		return;
	}
	if (!row->quote && read_columns(c, row, number, &u)) {
		c->last_row = number;
		return;
	}
	read_heads(c, row, &u);
	if (u.heading)
		set_heading(c, row, number, &u);
	if (!row->quote && u.marks_alone) {
		loose_mark(c, row);
		if (c->heading_row == c->last_row)
			c->heading_row = number;
	}
	read_units(c, row, number, &u);
	if (!row->quote && u.words)
		read_words(c, row, &u);
	note_columns(c, row, &u);
	c->last_row = number;
}

void form_choices_read(struct arena *arena, const struct form_rows *rows,
		       struct form *out)
{
	struct choosing *c = arena_make(arena, struct choosing, 1);

	c->arena = arena;
	c->rows = rows;
	c->form = out;
	for (size_t i = 0; i < rows->count; i++)
		read_row(c, i);
	form_group_conclude(&c->group, c->rows, c->form);
	/* Who ticks in one place and crosses in another may mean yes and no. */
	for (size_t i = 0; (out->crosses_deny || out->ticks) && i < out->count; i++)
		out->readings[i].doubtful =
			out->readings[i].doubtful ||
			(out->readings[i].crossed && out->readings[i].bound.low > 0);
}
