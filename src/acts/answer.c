#include "acts/answer.h"
#include "acts/audit.h"
#include "acts/claim.h"
#include "acts/reference.h"
#include "acts/undo.h"
#include "base/str.h"
#include "text/answers.h"

#include <inttypes.h>

struct asked {
	struct answer_question *questions;
	int64_t *ids;
	size_t count;
};

static bool asked_load(struct acts *acts, struct arena *arena, int64_t consultation_id,
		       struct asked *out, struct err *err)
{
	struct store_table t;

	if (!store_all(acts->store, arena, 0, &t, err, SQL_QUESTION_IDS, "i",
		       consultation_id))
		return false;
	out->count = t.count;
	out->questions = arena_make(arena, struct answer_question, t.count + 1);
	out->ids = arena_make(arena, int64_t, t.count + 1);
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);

		out->questions[i].text = row_text(&row, "text");
		out->ids[i] = row_int(&row, "id");
	}
	return true;
}

static bool machine_apportion(struct acts *acts, struct arena *arena,
			      const struct acts_words *words, struct err *err)
{
	struct asked asked;

	if (!store_run(acts->store, err, SQL_ANSWER_DROP_MACHINE, "i",
		       words->response_id) ||
	    !asked_load(acts, arena, words->consultation_id, &asked, err))
		return false;
	for (size_t p = 0; p < words->count; p++) {
		struct answer_parts parts;

		answers_part(arena, words->parts[p].text, words->from_name,
			     asked.questions, asked.count, &parts);
		for (size_t i = 0; i < parts.count; i++) {
			size_t q = parts.items[i].question;

			if (!store_run(acts->store, err, SQL_ANSWER_ADD, "iziiittzi",
				       words->response_id,
				       q ? asked.ids[q - 1] : (int64_t)0,
				       words->parts[p].position,
				       (int64_t)parts.items[i].from,
				       (int64_t)parts.items[i].to, "machine",
				       parts.items[i].how, (int64_t)0, acts->now))
				return false;
		}
	}
	return true;
}

bool acts_answer_read(struct acts *acts, struct arena *arena,
		      const struct acts_words *words, struct err *err)
{
	struct store_row row;

	if (!store_one(acts->store, arena, &row, err, SQL_ANSWER_BY_PERSON, "i",
		       words->response_id))
		return false;
	return row_int(&row, "n") > 0 || machine_apportion(acts, arena, words, err);
}

/* A part while a person moves a boundary in it. */
struct stretch {
	int64_t question_id, from, to;
};

struct moving {
	struct acts *acts;
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

	if (!store_all(m->acts->store, m->arena, 0, &t, err, SQL_ANSWER_IN_PART, "ii",
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

static bool blank(const char *text, int64_t from, int64_t to)
{
	size_t end = str_utf8_bytes(text, (size_t)to);

	for (size_t i = str_utf8_bytes(text, (size_t)from); i < end; i++)
		if (!str_is_space(text[i]))
			return false;
	return true;
}

static bool write_part(struct moving *m, const char *text, struct err *err)
{
	if (!store_run(m->acts->store, err, SQL_ANSWER_END_PART, "iiii", m->response_id,
		       m->part, m->acts->staff_id, m->acts->now))
		return false;
	for (size_t i = 0; i < m->count; i++) {
		const struct stretch *s = &m->stretches[i];

		if (!s->question_id && blank(text, s->from, s->to))
			continue;
		if (!store_run(m->acts->store, err, SQL_ANSWER_ADD, "iziiittzi",
			       m->response_id, s->question_id, m->part, s->from, s->to,
			       "person", "person", m->acts->staff_id, m->acts->now))
			return false;
	}
	return true;
}

static const char *part_text(const struct acts_words *words, int64_t part)
{
	for (size_t i = 0; i < words->count; i++)
		if (words->parts[i].position == part)
			return words->parts[i].text;
	return NULL;
}

static bool move(struct acts *acts, struct arena *arena, const struct acts_words *words,
		 int64_t question, int64_t part, int64_t from, int64_t to,
		 struct err *err)
{
	const char *text = part_text(words, part);
	struct moving m = {.acts = acts,
			   .arena = arena,
			   .response_id = words->response_id,
			   .part = part};
	struct asked asked;
	int64_t id;

	if (!asked_load(acts, arena, words->consultation_id, &asked, err))
		return false;
	if (question < 0 || question > (int64_t)asked.count)
		return err_set(err, ERR_INPUT,
			       "there is no question %" PRId64 "; they are 1 to %zu, and "
			       "\"general\"",
			       question, asked.count);
	if (!text)
		return err_set(err, ERR_INPUT,
			       "there is no file %" PRId64 " with this reply", part);
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
static bool begin_change(struct acts *acts, struct arena *arena, const char *reference,
			 struct acts_response *r, struct acts_words *words,
			 struct buf *inverse, struct err *err)
{
	int64_t *ids;
	size_t count;

	if (!acts_response_find(acts, arena, reference, r, err) ||
	    !acts_words_load(acts, arena, r->id, words, err) ||
	    !acts_claim_check(acts, r->id, err) ||
	    !acts_undo_ids_of(acts, arena, SQL_ANSWER_IDS_HOLDING, r->id, &ids, &count,
			      err))
		return false;
	pack_int(inverse, r->id);
	acts_undo_pack_ids(inverse, ids, count);
	return true;
}

/* What holds after it goes there too. */
static bool end_change(struct acts *acts, struct arena *arena,
		       const struct acts_response *r, struct buf *inverse,
		       struct err *err)
{
	int64_t *ids;
	size_t count;

	if (!acts_undo_ids_of(acts, arena, SQL_ANSWER_IDS_HOLDING, r->id, &ids, &count,
			      err))
		return false;
	acts_undo_pack_ids(inverse, ids, count);
	return acts_undo_record(acts, "answers", inverse, err, "answers of %s",
				acts_reference(arena, r->consultation, r->number));
}

bool acts_answer_set(struct acts *acts, const char *reference, int64_t question,
		     int64_t part, int64_t from, int64_t to, struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 14);
	AUTO(buf) inverse = acts_undo_new();
	AUTO(store_txn) t = NULL;
	struct acts_response r;
	struct acts_words words;

	if (!acts_needs_staff(acts, err))
		return false;
	t = store_begin(acts->store, err);
	return t && begin_change(acts, arena, reference, &r, &words, inverse, err) &&
	       move(acts, arena, &words, question, part, from, to, err) &&
	       acts_audit(acts, err, "answer set", "response", r.id,
			  "question %" PRId64 ", part %" PRId64 ", %" PRId64
			  " to %" PRId64,
			  question, part, from, to) &&
	       end_change(acts, arena, &r, inverse, err) && store_commit(&t, err);
}

bool acts_answer_anew(struct acts *acts, const char *reference, struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 14);
	AUTO(buf) inverse = acts_undo_new();
	AUTO(store_txn) t = NULL;
	struct acts_response r;
	struct acts_words words;

	if (!acts_needs_staff(acts, err))
		return false;
	t = store_begin(acts->store, err);
	return t && begin_change(acts, arena, reference, &r, &words, inverse, err) &&
	       store_run(acts->store, err, SQL_ANSWER_END_ALL, "iii", r.id,
			 acts->staff_id, acts->now) &&
	       machine_apportion(acts, arena, &words, err) &&
	       acts_audit(acts, err, "answers apportioned anew", "response", r.id, "%s",
			  "") &&
	       end_change(acts, arena, &r, inverse, err) && store_commit(&t, err);
}

bool acts_answer_list(struct acts *acts, struct arena *arena, int64_t response_id,
		      struct acts_answer **out, size_t *out_count, struct err *err)
{
	struct acts_words words;
	struct store_table t;

	if (!acts_words_load(acts, arena, response_id, &words, err) ||
	    !store_all(acts->store, arena, 0, &t, err, SQL_ANSWERS_OF, "i", response_id))
		return false;
	*out = arena_make(arena, struct acts_answer, t.count + 1);
	*out_count = t.count;
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);
		int64_t part = row_int(&row, "part");
		const char *text = str_or(part_text(&words, part), "");
		struct acts_answer *a = &(*out)[i];
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
		from = str_utf8_bytes(text, (size_t)a->from);
		to = str_utf8_bytes(text, (size_t)a->to);
		a->text = arena_strndup(arena, text + from, to - from);
	}
	return true;
}
