/* Consultations that a form makes, and what is changed in one while it is a draft. */
#include "domain/admin/consultation_private.h"
#include "domain/admin/asked.h"
#include "domain/core/audit.h"
#include "base/clock.h"
#include "base/str.h"
#include "text/markup/markdown.h"

enum { QUESTIONS_TEXT = 1 << 20 };

static const enum key key_of[CONSULTATION_FIELDS] = {
	[CONSULTATION_TITLE] = KEY_TITLE,     [CONSULTATION_NAME] = KEY_NAME,
	[CONSULTATION_ADDRESS] = KEY_ADDRESS, [CONSULTATION_INTRODUCTION] = KEYS,
	[CONSULTATION_OPENS] = KEY_OPENS,     [CONSULTATION_CLOSES] = KEY_CLOSES,
	[CONSULTATION_QUESTIONS] = KEYS,
};

static const char *const missing[CONSULTATION_FIELDS] = {
	[CONSULTATION_TITLE] = "the consultation needs a title",
	[CONSULTATION_NAME] = "the consultation needs a short name",
	[CONSULTATION_ADDRESS] = "the consultation needs an address for responses",
	[CONSULTATION_INTRODUCTION] = "say in some sentences what it is about",
	[CONSULTATION_OPENS] = "choose the first day",
	[CONSULTATION_CLOSES] = "choose the last day",
	[CONSULTATION_QUESTIONS] = NULL,
};

static struct source source_of(struct arena *arena, const struct consultation_draft *d)
{
	return (struct source){.arena = arena,
			       .value = {[KEY_NAME] = d->name,
					 [KEY_TITLE] = d->title,
					 [KEY_ADDRESS] = d->address,
					 [KEY_OPENS] = d->opens,
					 [KEY_CLOSES] = d->closes}};
}

static const char *text_of(const struct consultation_draft *d,
			   enum consultation_field field)
{
	const char *const texts[CONSULTATION_FIELDS] = {
		[CONSULTATION_TITLE] = d->title,
		[CONSULTATION_NAME] = d->name,
		[CONSULTATION_ADDRESS] = d->address,
		[CONSULTATION_INTRODUCTION] = d->introduction,
		[CONSULTATION_OPENS] = d->opens,
		[CONSULTATION_CLOSES] = d->closes,
		[CONSULTATION_QUESTIONS] = d->questions,
	};

	return texts[field];
}

/* The name or the address is another one's already. */
static bool is_free(struct operation *op, struct arena *arena, enum sql_id by,
		    const char *value, const char *of, struct err *err)
{
	struct store_row row;

	if (!store_one(op->store, arena, &row, err, by, "t", value))
		return err_forgive(err, ERR_ABSENT);
	return (of && str_eq(row_text(&row, "name"), of)) ||
	       err_set(err, ERR_CONFLICT, "the consultation \"%s\" has it already: %s",
		       row_text(&row, "title"), value);
}

static bool day_fits(struct operation *op, const struct source *s, enum key key,
		     struct consultation *c, struct err *err)
{
	struct err earlier = {0};

	if (!consultation_value_fits(op, s, KEY_ZONE, c, err))
		return false;
	if (key == KEY_OPENS)
		return consultation_value_fits(op, s, KEY_OPENS, c, err);
	/* Of a first day that is none, its own field says so. */
	if (!consultation_value_fits(op, s, KEY_OPENS, c, &earlier))
		c->opens_at = 0;
	return consultation_value_fits(op, s, KEY_CLOSES, c, err) &&
	       (c->closes_at >= op->now ||
		err_set(err, ERR_INPUT, "that day is over; choose one that is to come"));
}

bool consultation_field_check(struct operation *op,
			      const struct consultation_draft *draft,
			      enum consultation_field field, const char *of,
			      struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 14);
	AUTO(markdown) md = NULL;
	struct source s = source_of(arena, draft);
	struct consultation c = {0};
	const char *text = text_of(draft, field);

	if (missing[field] && str_blank(text))
		return err_set(err, ERR_INPUT, "%s", missing[field]);
	switch (field) {
	case CONSULTATION_INTRODUCTION:
		return markdown_parse("the text", 1, text, strlen(text), &md, err);
	case CONSULTATION_QUESTIONS:
		return consultation_source_questions(&s, text, err);
	case CONSULTATION_OPENS:
	case CONSULTATION_CLOSES:
		return day_fits(op, &s, key_of[field], &c, err);
	case CONSULTATION_NAME:
		return consultation_value_fits(op, &s, KEY_NAME, &c, err) &&
		       is_free(op, arena, SQL_CONSULTATION_BY_NAME, c.name, of, err);
	case CONSULTATION_ADDRESS:
		return consultation_value_fits(op, &s, KEY_ADDRESS, &c, err) &&
		       is_free(op, arena, SQL_CONSULTATION_BY_ADDRESS, c.address, of,
			       err) &&
		       consultation_address_free(op, c.address, err);
	default:
		return consultation_value_fits(op, &s, key_of[field], &c, err);
	}
}

/* All of it, into what is written. */
static bool read_draft(struct operation *op, const struct consultation_draft *draft,
		       const char *of, struct source *s, struct consultation *c,
		       struct err *err)
{
	static const enum key keys[] = {KEY_NAME, KEY_TITLE, KEY_ADDRESS,
					KEY_ZONE, KEY_OPENS, KEY_CLOSES};

	for (int f = 0; f < CONSULTATION_FIELDS; f++)
		if (!consultation_field_check(op, draft, (enum consultation_field)f, of,
					      err))
			return false;
	for (size_t i = 0; i < ARRAY_LEN(keys); i++)
		if (!consultation_value_fits(op, s, keys[i], c, err))
			return false;
	buf_str(s->introduction, draft->introduction);
	return consultation_source_questions(s, draft->questions, err);
}

bool consultation_make(struct operation *op, const struct consultation_draft *draft,
		       struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 14);
	AUTO(buf) introduction = buf_new(MARKDOWN_MAX_BYTES);
	AUTO(store_txn) t = NULL;
	struct source s = source_of(arena, draft);
	struct consultation c = {0};

	s.introduction = introduction;
	if (!needs_staff(op, err))
		return false;
	t = store_begin(op->store, err);
	return t && read_draft(op, draft, NULL, &s, &c, err) &&
	       consultation_insert(op, &s, &c, err) && store_commit(&t, err);
}

static bool same_questions(const struct asked *asked, const struct source *s)
{
	bool same = asked->count == s->question_count;

	for (size_t i = 0; same && i < asked->count; i++) {
		const struct answer_question *is = &asked->questions[i];
		const struct question_draft *q = &s->questions[i];

		same = str_eq(is->text, q->text) && is->choice.several == q->several &&
		       is->choice.count == q->option_count;
		for (size_t o = 0; same && o < q->option_count; o++)
			same = str_eq(is->choice.options[o], q->options[o]);
	}
	return same;
}

/* Other questions in their place, as long as nothing hangs on those that are there. */
static bool write_questions(struct operation *op, struct arena *arena, int64_t id,
			    const struct source *s, struct err *err)
{
	struct store_row row;
	struct asked asked;

	if (!asked_load(op, arena, id, &asked, err))
		return false;
	if (same_questions(&asked, s))
		return true;
	if (!store_one(op->store, arena, &row, err, SQL_QUESTIONS_IN_USE, "i", id))
		return false;
	if (row_int(&row, "n") > 0)
		return err_set(err, ERR_CONFLICT,
			       "responses, codes or samples go by these questions "
			       "already, so they stay as they are");
	return store_run(op->store, err, SQL_OPTIONS_DROP_ALL, "i", id) &&
	       store_run(op->store, err, SQL_QUESTIONS_DROP, "i", id) &&
	       consultation_questions_write(op, id, s, err);
}

bool consultation_redraft(struct operation *op, const char *name,
			  const struct consultation_draft *draft, struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 14);
	AUTO(buf) introduction = buf_new(MARKDOWN_MAX_BYTES);
	AUTO(store_txn) t = NULL;
	struct consultation_draft named = *draft;
	struct consultation c, to = {0};
	struct source s;

	if (!needs_staff(op, err))
		return false;
	named.name = name;
	s = source_of(arena, &named);
	s.introduction = introduction;
	t = store_begin(op->store, err);
	if (!t || !consultation_named(op, arena, name, &c, err))
		return false;
	if (!str_eq(c.state, "draft"))
		return err_set(err, ERR_CONFLICT,
			       "the consultation is %s: what the public has read stays",
			       c.state);
	s.value[KEY_ZONE] = c.zone;
	return read_draft(op, &named, name, &s, &to, err) &&
	       store_run(op->store, err, SQL_CONSULTATION_REDRAFT, "ittiit", c.id,
			 to.title, to.address, to.opens_at, to.closes_at,
			 buf_text(introduction)) &&
	       write_questions(op, arena, c.id, &s, err) &&
	       audit_record(op, err, "consultation changed", "consultation", c.id,
			    "as a draft, %zu questions", s.question_count) &&
	       store_commit(&t, err);
}

bool consultation_as_draft(struct operation *op, struct arena *arena,
			   const struct consultation *of, struct consultation_draft *out,
			   struct err *err)
{
	AUTO(buf) text = buf_new(QUESTIONS_TEXT);
	char day[CLOCK_TEXT];
	struct asked asked;

	if (!asked_load(op, arena, of->id, &asked, err))
		return false;
	for (size_t i = 0; i < asked.count; i++) {
		const struct choice_asked *choice = &asked.questions[i].choice;

		buf_printf(text, "%zu. %s\n", i + 1, asked.questions[i].text);
		for (size_t o = 0; o < choice->count; o++)
			buf_printf(text, "   %s %s\n", choice->several ? "[ ]" : "( )",
				   choice->options[o]);
		/* Else it would be given Yes and No when it is read again. */
		if (!choice->count &&
		    consultation_asks_yes_or_no(asked.questions[i].text))
			buf_str(text, "   (open)\n");
	}
	*out = (struct consultation_draft){
		.name = of->name,
		.title = of->title,
		.address = of->address,
		.introduction = of->introduction,
		.questions = arena_strdup(arena, buf_text(text)),
	};
	clock_day(of->opens_at, of->zone, day);
	out->opens = arena_strdup(arena, day);
	clock_day(of->closes_at, of->zone, day);
	out->closes = arena_strdup(arena, day);
	return true;
}

bool consultation_questions_read(struct arena *arena, const char *questions,
				 struct question_draft **out, size_t *out_count,
				 struct err *err)
{
	struct source s = {.arena = arena};

	if (!consultation_source_questions(&s, questions, err))
		return false;
	*out = s.questions;
	*out_count = s.question_count;
	return true;
}
