#include "domain/admin/asked.h"
#include "base/clock.h"
#include "ownform/ownform.h"

void asked_key(struct apart_key *key, const struct answer_question *questions,
	       size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct choice_asked *choice = &questions[i].choice;

		apart_key_text(key, questions[i].text);
		apart_key_int(key, choice->several);
		for (size_t o = 0; o < choice->count; o++)
			apart_key_text(key, choice->options[o]);
	}
}

bool asked_load(struct operation *op, struct arena *arena, int64_t consultation_id,
		struct asked *out, struct err *err)
{
	struct store_table t, options;
	size_t at = 0;

	if (!store_all(op->store, arena, &t, err, SQL_QUESTION_IDS, "i",
		       consultation_id) ||
	    !store_all(op->store, arena, &options, err, SQL_OPTIONS_OF, "i",
		       consultation_id))
		return false;
	out->count = t.count;
	out->questions = arena_make(arena, struct answer_question, t.count + 1);
	out->ids = arena_make(arena, int64_t, t.count + 1);
	out->options = arena_array(arena, t.count + 1, sizeof(*out->options));
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);
		struct answer_question *q = &out->questions[i];
		const char **texts = arena_make(arena, const char *, CHOICE_OPTIONS_MOST);

		out->ids[i] = row_int(&row, "id");
		q->text = row_text(&row, "text");
		q->choice.several = row_int(&row, "several") == 1;
		q->choice.options = texts;
		for (; at < options.count; at++) {
			struct store_row option = table_row(&options, at);

			if (row_int(&option, "question_id") != out->ids[i] ||
			    q->choice.count == CHOICE_OPTIONS_MOST)
				break;
			out->options[i][q->choice.count] = row_int(&option, "id");
			texts[q->choice.count++] = row_text(&option, "text");
		}
	}
	return true;
}

bool asked_form(struct operation *op, struct arena *arena, const struct consultation *of,
		struct ownform *out, struct err *err)
{
	char closes[CLOCK_TEXT];
	struct asked asked;

	if (!asked_load(op, arena, of->id, &asked, err))
		return false;
	clock_long_date(of->closes_at, of->zone, closes);
	*out = (struct ownform){
		.name = of->name,
		.title = of->title,
		.address = of->address,
		.closes = arena_printf(arena, "at the end of %s (%s)", closes, of->zone),
		.questions = asked.questions,
		.count = asked.count};
	return true;
}

bool asked_form_words(struct operation *op, struct arena *arena,
		      const struct consultation *of, const char **out, struct err *err)
{
	AUTO(buf) words = buf_new(OWNFORM_BYTES);
	struct ownform form;

	if (!asked_form(op, arena, of, &form, err))
		return false;
	ownform_write_text(arena, &form, words);
	*out = arena_strdup(arena, buf_text(words));
	return true;
}
