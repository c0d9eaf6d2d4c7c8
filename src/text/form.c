#include "text/form.h"
#include "base/buf.h"
#include "base/str.h"
#include "text/form_line.h"

/* A heading speaks for the lines right below it. */
enum { HEADING_REACH = 5, VALUES_MOST = 3 };

const char *const form_field_names[FORM_FIELDS] = {"name", "organisation", "type",
						   "permission", "contact"};

/* What was seen of one field: which values were ticked, said in a sentence of the
 * person's own, or only listed, as in a choice whose empty boxes did not survive. */
enum how { TICKED, SAID, LISTED, HOWS };

struct seen {
	const char *values[HOWS][VALUES_MOST];
	size_t count[HOWS], line[HOWS];
	bool any_box;
};

struct reading {
	struct arena *arena;
	struct form *form;
	struct seen seen[FORM_FIELDS];
	struct form_line now, peek;
	/* A box may stand on a line of its own: kind FORM_BOX when the line before or
	 * after is one. In such a form it is always above, or always below, its label. */
	struct form_item above, below;
	bool box_first_known, box_first;
	enum form_field heading;
	const char *heading_words;
	char heading_room[FORM_WORDS_ROOM];
	size_t heading_left, line;
	enum form_field wants; /* the line before was "Name:" and nothing more */
	bool wanting;
};

static void note_value(struct reading *r, enum form_field field, enum how how,
		       const char *value)
{
	struct seen *s = &r->seen[field];

	for (size_t i = 0; i < s->count[how]; i++)
		if (str_eq(s->values[how][i], value))
			return;
	if (s->count[how] < VALUES_MOST)
		s->values[how][s->count[how]++] = value;
	if (!s->line[how])
		s->line[how] = r->line;
}

static bool is_own_sentence(const char *words)
{
	static const char *const own[] = {" i ",   " we ", " im ", " please ",
					  " you ", " my ", " our "};

	for (size_t i = 0; i < ARRAY_LEN(own); i++)
		if (strstr(words, own[i]))
			return true;
	return false;
}

static void set_heading(struct reading *r, enum form_field field, const char *words)
{
	r->heading = field;
	str_copy(r->heading_room, sizeof(r->heading_room), words);
	r->heading_words = r->heading_room;
	r->heading_left = HEADING_REACH;
}

/* The box of a text: before it where the line begins with one, else behind it. */
static const struct form_item *box_of(const struct form_line *l, size_t i)
{
	bool first = l->count && l->items[0].kind == FORM_BOX;

	if (!l->boxes)
		return NULL;
	if (first)
		return i > 0 && l->items[i - 1].kind == FORM_BOX ? &l->items[i - 1]
								 : NULL;
	return i + 1 < l->count && l->items[i + 1].kind == FORM_BOX ? &l->items[i + 1]
								    : NULL;
}

/* In a table that became text, a box may be a line of its own beside its label's. */
static const struct form_item *box_near(struct reading *r)
{
	bool above = r->above.kind == FORM_BOX, below = r->below.kind == FORM_BOX;

	if (!above && !below)
		return NULL;
	if (!r->box_first_known) { /* nothing before the first box could own it */
		r->box_first = above;
		r->box_first_known = true;
	}
	if (r->box_first)
		return above ? &r->above : NULL;
	return below ? &r->below : NULL;
}

/* What Yes or No under a heading or behind a label means. */
static const char *meaning(enum form_field field, const char *words, const char *value,
			   bool yes)
{
	if (field == FORM_CONTACT)
		return yes ? "yes" : "no";
	if (value) /* "Publish response with name: No" only takes that one away */
		return yes ? value : NULL;
	if (field != FORM_PERMISSION)
		return NULL;
	if (strstr(words, " name "))
		return yes ? "name" : NULL;
	return yes ? "without name" : "none";
}

static void take(struct reading *r, enum form_field field, const char *value,
		 const struct form_item *box, const char *words)
{
	if (!value)
		return;
	if (box)
		r->seen[field].any_box = true;
	if (!box)
		note_value(r, field, is_own_sentence(words) ? SAID : LISTED, value);
	else if (box->ticked)
		note_value(r, field, TICKED, value);
}

static bool both_answers(const struct form_line *l)
{
	bool yes = false, no = false;

	for (size_t i = 0; i < l->count; i++) {
		yes = yes || l->items[i].kind == FORM_YES;
		no = no || l->items[i].kind == FORM_NO;
	}
	return yes && no;
}

static void read_answer(struct reading *r, size_t i, const char *label_value)
{
	const struct form_item *item = &r->now.items[i];
	const struct form_item *box = box_of(&r->now, i);
	bool yes = item->kind == FORM_YES;
	const char *value;

	if (!box && r->now.boxes == 0 && r->now.count == 1)
		box = box_near(r);
	if (!r->heading_left || (!box && both_answers(&r->now)))
		return;
	value = meaning(r->heading, r->heading_words, label_value, yes);
	if (label_value && !yes)
		r->seen[r->heading].any_box = true;
	take(r, r->heading, value, box, "");
}

/* Short answers that mean something only under their heading. */
static const char *short_answer(enum form_field field, const struct form_item *t)
{
	static const struct {
		enum form_field field;
		const char *words, *value;
	} answers[] = {
		{FORM_PERMISSION, " with name ", "name"},
		{FORM_PERMISSION, " with my name ", "name"},
		{FORM_PERMISSION, " response with name ", "name"},
		{FORM_PERMISSION, " without name ", "without name"},
		{FORM_PERMISSION, " without my name ", "without name"},
		{FORM_PERMISSION, " response only ", "without name"},
		{FORM_PERMISSION, " none ", "none"},
		{FORM_PERMISSION, " confidential ", "none"},
		{FORM_PERMISSION, " private ", "none"},
		{FORM_TYPE, " group ", "organisation"},
		{FORM_TYPE, " member of the public ", "individual"},
	};

	for (size_t i = 0; i < ARRAY_LEN(answers); i++)
		if (answers[i].field == field && str_eq(answers[i].words, t->words))
			return answers[i].value;
	return NULL;
}

static void read_choices(struct reading *r)
{
	const char *label_value = NULL;
	bool answered = false;

	for (size_t i = 0; i < r->now.count; i++)
		answered = answered || r->now.items[i].kind == FORM_YES ||
			   r->now.items[i].kind == FORM_NO;
	for (size_t i = 0; i < r->now.count; i++) {
		const struct form_item *item = &r->now.items[i];
		const struct form_item *box =
			item->kind == FORM_TEXT ? box_of(&r->now, i) : NULL;
		const char *value, *under;
		enum form_field field;

		if (item->kind == FORM_YES || item->kind == FORM_NO)
			read_answer(r, i, label_value);
		if (item->kind != FORM_TEXT)
			continue;
		if (!box && !r->now.boxes)
			box = box_near(r);
		under = r->heading_left ? short_answer(r->heading, item) : NULL;
		if (under) {
			take(r, r->heading, under, box, "");
		} else if (form_label_read(item, box || answered, &field, &value)) {
			label_value = answered ? value : NULL;
			if (box || (!answered && !item->question))
				take(r, field, value, box, item->words);
			set_heading(r, field, item->words);
		}
	}
}

static const struct {
	const char *words;
	enum form_field field;
} labels[] = {
	{" name ", FORM_NAME},
	{" full name ", FORM_NAME},
	{" your name ", FORM_NAME},
	{" my name ", FORM_NAME},
	{" your full name ", FORM_NAME},
	{" name of respondent ", FORM_NAME},
	{" respondent name ", FORM_NAME},
	{" respondents name ", FORM_NAME},
	{" contact name ", FORM_NAME},
	{" full name or organisations name ", FORM_NAME},
	{" name or organisation ", FORM_NAME},
	{" name organisation ", FORM_NAME},
	{" organisation ", FORM_ORGANISATION},
	{" organisation name ", FORM_ORGANISATION},
	{" organisations name ", FORM_ORGANISATION},
	{" organization ", FORM_ORGANISATION},
	{" organization name ", FORM_ORGANISATION},
	{" name of organisation ", FORM_ORGANISATION},
	{" name of organization ", FORM_ORGANISATION},
	{" name of your organisation ", FORM_ORGANISATION},
	{" your organisation ", FORM_ORGANISATION},
	{" on behalf of ", FORM_ORGANISATION},
	{" responding on behalf of ", FORM_ORGANISATION},
};

static void keep_value(struct reading *r, enum form_field field, const char *from,
		       size_t len, size_t line)
{
	struct form_finding *f = &r->form->of[field];

	while (len &&
	       (str_is_space(*from) || *from == ':' || *from == '|' || *from == '_')) {
		from++;
		len--;
	}
	while (len && (str_is_space(from[len - 1]) || from[len - 1] == '|' ||
		       from[len - 1] == '_'))
		len--;
	if (f->value || !len || len > FORM_VALUE_MOST || str_ieq(f->value, "n/a"))
		return;
	f->value = arena_strndup(r->arena, from, len);
	f->line = line;
}

static bool label_in(const struct form_line *l, enum form_field *out)
{
	for (size_t i = 0; l->count == 1 && i < ARRAY_LEN(labels); i++)
		if (str_eq(l->items[0].words, labels[i].words)) {
			*out = labels[i].field;
			return true;
		}
	return false;
}

static bool label_of(const char *text, size_t len, enum form_field *out)
{
	struct form_line l;

	form_line_read(text, len, &l);
	return label_in(&l, out);
}

/* "Name: Jean Roy", or "Name:" with Jean Roy on the next line that has something. */
static void read_value(struct reading *r, const char *line, size_t len)
{
	size_t cut = 0;
	enum form_field field;

	while (cut < len && line[cut] != ':' && line[cut] != '\t' && line[cut] != '|')
		cut++;
	if (cut < len && cut < 60 && label_of(line, cut, &field)) {
		size_t rest = cut;

		while (rest < len && strchr(": \t|_", line[rest]))
			rest++;
		r->wanting = rest == len;
		r->wants = field;
		if (!r->wanting)
			keep_value(r, field, line + cut, len - cut, r->line);
		return;
	}
	if (r->wanting && cut == len && !r->now.boxes)
		keep_value(r, r->wants, line, len, r->line);
	r->wanting = false;
	/* A table's cell: the label has its line, the value the next one. */
	if (cut == len && len < 60 && label_in(&r->now, &field) &&
	    (field == FORM_NAME || strstr(r->now.items[0].words, " name"))) {
		r->wanting = true;
		r->wants = field;
	}
}

static void conclude(struct reading *r, enum form_field field)
{
	const struct seen *s = &r->seen[field];
	struct form_finding *f = &r->form->of[field];
	enum how how = s->count[TICKED] ? TICKED : s->count[SAID] ? SAID : LISTED;

	f->line = s->line[how];
	if (s->count[TICKED] > 1)
		f->note = "contradictory: more than one is ticked";
	else if (s->count[SAID] > 1)
		f->note = "contradictory: the text says several things";
	else if (s->count[TICKED] && s->count[SAID] &&
		 !str_eq(s->values[TICKED][0], s->values[SAID][0]))
		f->note = "contradictory: the box and the text say different things";
	else if (how == LISTED &&
		 (s->count[LISTED] > 1 || (s->any_box && s->count[LISTED])))
		f->note = "several are listed, none is chosen";
	else if (s->count[how])
		f->value = s->values[how][0];
	else if (s->any_box)
		f->note = "no box is ticked";
	if (f->value)
		f->note = how == TICKED ? "ticked" : "typed";
}

static const char *line_at(const char *text, size_t *out_len)
{
	*out_len = strcspn(text, "\n");
	return text[*out_len] ? text + *out_len + 1 : NULL;
}

static bool blank(const char *line, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (!str_is_space(line[i]))
			return false;
	return true;
}

static void box_alone(const struct form_line *l, struct form_item *out)
{
	out->kind = FORM_TEXT;
	if (l->only_boxes && l->boxes == 1) {
		out->kind = FORM_BOX;
		out->ticked = l->items[0].ticked;
	}
}

/* The next line that is not blank: a box may stand there alone. */
static void look_ahead(struct reading *r, const char *next)
{
	size_t len;

	r->below.kind = FORM_TEXT;
	while (next) {
		const char *line = next;

		next = line_at(line, &len);
		if (blank(line, len))
			continue;
		if (len < 16) {
			form_line_read(line, len, &r->peek);
			box_alone(&r->peek, &r->below);
		}
		return;
	}
}

void form_read(struct arena *arena, const char *text, struct form *out)
{
	struct reading *r = arena_make(arena, struct reading, 1);
	const char *line = text, *next;
	size_t number = 0, len;

	*out = (struct form){0};
	r->arena = arena;
	r->form = out;
	r->above.kind = FORM_TEXT;
	for (; line && number < FORM_LINES_MOST; line = next) {
		number++;
		next = line_at(line, &len);
		if (blank(line, len))
			continue;
		r->line = number;
		form_line_read(line, len, &r->now);
		look_ahead(r, next);
		read_value(r, line, len);
		read_choices(r);
		if (r->heading_left)
			r->heading_left--;
		box_alone(&r->now, &r->above);
	}
	for (int f = FORM_TYPE; f < FORM_FIELDS; f++)
		conclude(r, (enum form_field)f);
}

/* Nothing in it but labels, boxes, yes and no; or a label with its value behind it. */
static bool belongs_to_form(const char *line, size_t len, struct form_line *room)
{
	size_t cut = 0, known = 0;
	enum form_field field;
	const char *value;

	while (cut < len && line[cut] != ':' && line[cut] != '\t' && line[cut] != '|')
		cut++;
	if (cut < len && cut < 60 && label_of(line, cut, &field))
		return true;
	form_line_read(line, len, room);
	for (size_t i = 0; i < room->count; i++) {
		const struct form_item *item = &room->items[i];

		if (item->kind != FORM_TEXT)
			continue;
		if (!form_label_read(item, room->boxes > 0, &field, &value))
			return false;
		known++;
	}
	return known > 0 || room->boxes > 0;
}

bool form_has_line(const char *line, size_t len, struct form_line *room)
{
	return !blank(line, len) && belongs_to_form(line, len, room);
}

const char *form_without(struct arena *arena, const char *text)
{
	struct form_line *room = arena_make(arena, struct form_line, 1);
	AUTO(buf) out = buf_new(strlen(text) + 2);
	const char *line = text, *next;
	size_t len;

	for (; line; line = next) {
		next = line_at(line, &len);
		if (!blank(line, len) && belongs_to_form(line, len, room))
			continue;
		buf_add(out, line, len);
		buf_char(out, '\n');
	}
	return arena_strdup(arena, buf_text(out));
}
