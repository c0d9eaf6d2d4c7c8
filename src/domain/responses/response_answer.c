#include "domain/responses/response_answer.h"
#include "domain/core/audit.h"
#include "domain/responses/response_lock.h"
#include "domain/responses/options.h"
#include "domain/responses/reference.h"
#include "domain/core/undo.h"
#include "base/str.h"
#include "ownform/ownform.h"
#include "text/answer/answers.h"

#include <inttypes.h>

static void add_item(struct arena *arena, struct answer_parts *p, size_t question,
		     size_t from, size_t to)
{
	if (from >= to || p->count == ANSWERS_MOST)
		return;
	p->items = arena_grow(arena, p->items, p->count, sizeof(*p->items));
	p->items[p->count++] =
		(struct answer_part){question, from, to, question ? "question" : "rest"};
}

static void add_choice(struct arena *arena, struct answer_parts *p,
		       const struct answer_choice *choice)
{
	p->choices = arena_grow(arena, p->choices, p->choice_count, sizeof(*p->choices));
	p->choices[p->choice_count++] = *choice;
}

/* The answers of our own form, and what stands beside it. */
static void read_filled(struct arena *arena, const struct response_text *words,
			const struct ownform_filled *f, const struct asked *asked,
			struct answer_parts *out)
{
	struct answer_parts beside;

	answers_part(arena, f->rest, words->letter, asked->questions, asked->count,
		     &beside);
	*out = (struct answer_parts){0};
	for (size_t i = 0; i < asked->count; i++) {
		const struct ownform_answer *a = &f->answers[i];

		add_item(arena, out, i + 1, a->from, a->to);
		if (a->any)
			add_choice(arena, out,
				   &(struct answer_choice){i + 1, a->chosen,
							   a->choice_from, a->choice_to});
	}
	for (size_t i = 0; i < beside.count; i++)
		add_item(arena, out, beside.items[i].question, beside.items[i].from,
			 beside.items[i].to);
	for (size_t i = 0; i < beside.choice_count; i++)
		add_choice(arena, out, &beside.choices[i]);
}

/* A form that asked something else: nobody but a person can say what answers what. */
static void read_other(struct arena *arena, const struct text_part *part,
		       const struct asked *asked, struct answer_parts *out)
{
	const char *own = part->own;
	size_t from = strspn(own, " \t\r\n"), to = strlen(own);

	while (to > from && str_is_space(own[to - 1]))
		to--;
	*out = (struct answer_parts){0};
	add_item(arena, out, 0, str_utf8_count(own, from), str_utf8_count(own, to));
	for (size_t i = 0; i < asked->count; i++)
		if (asked->questions[i].choice.count)
			add_choice(arena, out,
				   &(struct answer_choice){i + 1, 0, part->filled->place,
							   part->filled->place});
}

static void read_part(struct arena *arena, const struct response_text *words,
		      const struct text_part *part, const struct asked *asked,
		      struct answer_parts *out)
{
	const struct ownform_filled *f = part->filled;

	if (f && f->state != OWNFORM_CURRENT)
		read_other(arena, part, asked, out);
	else if (f && f->has_answers)
		read_filled(arena, words, f, asked, out);
	else
		answers_part(arena, f ? f->said : part->own, words->letter,
			     asked->questions, asked->count, out);
}

const struct answer_parts *response_answer_read(struct arena *arena,
						const struct response_text *words,
						const struct asked *asked)
{
	struct answer_parts *parts =
		arena_make(arena, struct answer_parts, words->count + 1);

	for (size_t p = 0; p < words->count; p++)
		read_part(arena, words, &words->parts[p], asked, &parts[p]);
	return parts;
}

/* What the machine read last goes. */
enum anew { ANEW_ALL, ANEW_CHOICES };

/* Both: the stretches unless a person apportioned them, and what was chosen. */
static bool keep(struct operation *op, struct arena *arena,
		 const struct response_text *words, const struct asked *asked,
		 const struct answer_parts *parts, enum anew what, struct err *err)
{
	struct choices choices;

	if (what == ANEW_ALL &&
	    !store_run(op->store, err, SQL_ANSWER_DROP_MACHINE, "i", words->response_id))
		return false;
	choices_begin(arena, asked, &choices);
	for (size_t p = 0; p < words->count; p++) {
		choices_add(&choices, asked, words->parts[p].position, &parts[p]);
		for (size_t i = 0; what == ANEW_ALL && i < parts[p].count; i++) {
			const struct answer_part *one = &parts[p].items[i];
			size_t q = one->question;

			if (!store_run(op->store, err, SQL_ANSWER_ADD, "iziiittzi",
				       words->response_id,
				       q ? asked->ids[q - 1] : (int64_t)0,
				       words->parts[p].position, (int64_t)one->from,
				       (int64_t)one->to, "machine", one->how, (int64_t)0,
				       op->now))
				return false;
		}
	}
	return choices_write(op, words->response_id, asked, &choices, err);
}

bool response_answer_write(struct operation *op, struct arena *arena,
			   const struct response_text *words, const struct asked *asked,
			   const struct answer_parts *parts, struct err *err)
{
	struct store_row row;

	if (!store_one(op->store, arena, &row, err, SQL_ANSWER_BY_PERSON, "i",
		       words->response_id))
		return false;
	return keep(op, arena, words, asked, parts,
		    row_int(&row, "n") ? ANEW_CHOICES : ANEW_ALL, err);
}

/* A part while a person moves a boundary in it. */
struct stretch {
	int64_t question_id, from, to;
};

struct moving {
	struct operation *op;
	struct arena *arena;
	int64_t response_id, part, chars;
	struct stretch *stretches;
	size_t count;
};

static void add_stretch(struct moving *m, int64_t question_id, int64_t from, int64_t to)
{
	if (from >= to)
		return;
	m->stretches =
		arena_grow(m->arena, m->stretches, m->count, sizeof(*m->stretches));
	m->stretches[m->count++] = (struct stretch){question_id, from, to};
}

/* What other questions keep outside from..to; their general rest comes later. */
static bool keep_others(struct moving *m, int64_t question_id, int64_t from, int64_t to,
			struct err *err)
{
	struct store_table t;

	if (!store_all(m->op->store, m->arena, &t, err, SQL_ANSWER_IN_PART, "ii",
		       m->response_id, m->part))
		return false;
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);
		int64_t f = row_int(&row, "from_char"), l = row_int(&row, "to_char");
		int64_t q = row_int(&row, "question_id");

		if (!q || q == question_id)
			continue;
		if (l <= from || f >= to) {
			add_stretch(m, q, f, l);
			continue;
		}
		add_stretch(m, q, f, from);
		add_stretch(m, q, to, l);
	}
	return true;
}

static int by_place(const void *a, const void *b)
{
	const struct stretch *one = a, *other = b;

	return one->from < other->from ? -1 : one->from > other->from;
}

/* Between and around the stretches everything is general. */
static void fill_general(struct moving *m)
{
	size_t n = m->count;
	int64_t at = 0;

	if (n)
		qsort(m->stretches, n, sizeof(*m->stretches), by_place);
	for (size_t i = 0; i < n; i++) {
		struct stretch s = m->stretches[i];

		add_stretch(m, 0, at, s.from);
		at = s.to;
	}
	add_stretch(m, 0, at, m->chars);
}

static bool blank(struct str_walk *walk, int64_t from, int64_t to)
{
	size_t begin = str_walk_to(walk, (size_t)from),
	       end = str_walk_to(walk, (size_t)to);

	for (size_t i = begin; i < end; i++)
		if (!str_is_space(walk->text[i]))
			return false;
	return true;
}

static bool write_part(struct moving *m, const char *text, struct err *err)
{
	struct str_walk walk = {.text = text};

	if (!store_run(m->op->store, err, SQL_ANSWER_END_PART, "iiii", m->response_id,
		       m->part, m->op->staff_id, m->op->now))
		return false;
	for (size_t i = 0; i < m->count; i++) {
		const struct stretch *s = &m->stretches[i];

		if (!s->question_id && blank(&walk, s->from, s->to))
			continue;
		if (!store_run(m->op->store, err, SQL_ANSWER_ADD, "iziiittzi",
			       m->response_id, s->question_id, m->part, s->from, s->to,
			       "person", "person", m->op->staff_id, m->op->now))
			return false;
	}
	return true;
}

static const char *part_text(const struct response_text *words, int64_t part)
{
	for (size_t i = 0; i < words->count; i++)
		if (words->parts[i].position == part)
			return words->parts[i].text;
	return NULL;
}

static bool move(struct operation *op, struct arena *arena,
		 const struct response_text *words, int64_t question, int64_t part,
		 int64_t from, int64_t to, struct err *err)
{
	const char *text = part_text(words, part);
	struct moving m = {.op = op,
			   .arena = arena,
			   .response_id = words->response_id,
			   .part = part};
	struct asked asked;
	int64_t id;

	if (!asked_load(op, arena, words->consultation_id, &asked, err))
		return false;
	if (question < 0 || question > (int64_t)asked.count)
		return err_set(err, ERR_INPUT,
			       "there is no question %" PRId64 "; they are 1 to %zu, and "
			       "\"general\"",
			       question, asked.count);
	if (!text)
		return err_set(err, ERR_INPUT,
			       "there is no file %" PRId64 " with this response", part);
	m.chars = (int64_t)str_utf8_count(text, strlen(text));
	if (from < 0 || to < from || to > m.chars)
		return err_set(err, ERR_INPUT,
			       "%" PRId64 " to %" PRId64 " is not inside the text, which "
			       "goes from 0 to %" PRId64,
			       from, to, m.chars);
	id = question ? asked.ids[question - 1] : 0;
	if (!keep_others(&m, id, from, to, err))
		return false;
	if (id)
		add_stretch(&m, id, from, to);
	fill_general(&m);
	return write_part(&m, text, err);
}

/* A reply whose answers are about to change; what holds before goes into the inverse. */
static bool begin_change(struct operation *op, struct arena *arena, const char *reference,
			 struct response *r, struct response_text *words,
			 struct buf *inverse, struct err *err)
{
	int64_t *ids;
	size_t count;

	if (!response_find(op, arena, reference, r, err) ||
	    !response_text_load(op, arena, r->id, words, err) ||
	    !response_lock_check(op, r->id, err) ||
	    !undo_ids_of(op, arena,
			 (struct undo_rows_of){.statement = SQL_ANSWER_IDS_HOLDING,
					       .id = r->id},
			 &ids, &count, err))
		return false;
	pack_int(inverse, r->id);
	undo_pack_ids(inverse, ids, count);
	return true;
}

/* What holds after it goes there too. */
static bool end_change(struct operation *op, struct arena *arena,
		       const struct response *r, struct buf *inverse, struct err *err)
{
	int64_t *ids;
	size_t count;

	if (!undo_ids_of(op, arena,
			 (struct undo_rows_of){.statement = SQL_ANSWER_IDS_HOLDING,
					       .id = r->id},
			 &ids, &count, err))
		return false;
	undo_pack_ids(inverse, ids, count);
	return undo_record(op, "answers", inverse, err, "answers of %s",
			   response_reference(arena, r->consultation, r->number));
}

bool response_answer_set(struct operation *op, const char *reference,
			 const struct answer_place *place, struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 14);
	AUTO(buf) inverse = undo_new();
	AUTO(store_txn) t = NULL;
	struct response r;
	struct response_text words;

	if (!needs_staff(op, err))
		return false;
	t = store_begin(op->store, err);
	return t && begin_change(op, arena, reference, &r, &words, inverse, err) &&
	       move(op, arena, &words, place->question, place->part, place->from,
		    place->to, err) &&
	       audit_record(op, err, "answer set", "response", r.id,
			    "question %" PRId64 ", part %" PRId64 ", %" PRId64
			    " to %" PRId64,
			    place->question, place->part, place->from, place->to) &&
	       end_change(op, arena, &r, inverse, err) && store_commit(&t, err);
}

bool response_answer_anew(struct operation *op, const char *reference, struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 14);
	AUTO(buf) inverse = undo_new();
	AUTO(store_txn) t = NULL;
	struct response r;
	struct response_text words;
	struct asked asked;

	if (!needs_staff(op, err))
		return false;
	t = store_begin(op->store, err);
	return t && begin_change(op, arena, reference, &r, &words, inverse, err) &&
	       store_run(op->store, err, SQL_ANSWER_END_ALL, "iii", r.id, op->staff_id,
			 op->now) &&
	       asked_load(op, arena, words.consultation_id, &asked, err) &&
	       keep(op, arena, &words, &asked,
		    response_answer_read(arena, &words, &asked), ANEW_ALL, err) &&
	       audit_record(op, err, "answers apportioned anew", "response", r.id, "%s",
			    "") &&
	       end_change(op, arena, &r, inverse, err) && store_commit(&t, err);
}

bool response_answer_list(struct operation *op, struct arena *arena, int64_t response_id,
			  struct response_answer **out, size_t *out_count,
			  struct err *err)
{
	struct response_text words;
	struct store_table t;
	struct str_walk walk = {.text = ""};

	if (!response_text_load(op, arena, response_id, &words, err) ||
	    !store_all(op->store, arena, &t, err, SQL_ANSWERS_OF, "i", response_id))
		return false;
	*out = arena_make(arena, struct response_answer, t.count + 1);
	*out_count = t.count;
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);
		int64_t part = row_int(&row, "part");
		const char *text = str_or(part_text(&words, part), "");
		struct response_answer *a = &(*out)[i];
		size_t from, to;

		a->question = row_int(&row, "position");
		a->asked = row_text(&row, "asked");
		a->how = row_text(&row, "how");
		a->from = row_int(&row, "from_char");
		a->to = row_int(&row, "to_char");
		a->part = "a file that is gone";
		for (size_t p = 0; p < words.count; p++)
			if (words.parts[p].position == part)
				a->part = words.parts[p].name;
		if (walk.text != text)
			walk = (struct str_walk){.text = text};
		from = str_walk_to(&walk, (size_t)a->from);
		to = str_walk_to(&walk, (size_t)a->to);
		a->text = arena_strndup(arena, text + from, to - from);
	}
	return true;
}
