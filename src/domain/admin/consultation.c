#include "domain/admin/consultation.h"
#include "domain/core/plus_address.h"
#include "domain/core/audit.h"
#include "domain/admin/list.h"
#include "base/clock.h"
#include "base/str.h"
#include "text/chosen_option.h"

#include <inttypes.h>

enum { QUESTIONS_MOST = 200, LOCAL_MOST = 20, OPTION_MOST = 200 };

enum key { KEY_NAME, KEY_TITLE, KEY_ADDRESS, KEY_OPENS, KEY_CLOSES, KEY_ZONE, KEYS };

static const char *const key_names[KEYS] = {"name",  "title",  "address",
					    "opens", "closes", "zone"};

struct question_source {
	const char *text;
	const char **options;
	size_t option_count;
	bool several, open; /* open: the file says that it has no options */
};

struct source {
	const char *file;
	int line;
	const char *value[KEYS];
	int value_line[KEYS];
	struct buf *introduction;
	struct question_source *questions;
	size_t question_count;
	struct arena *arena;
};

static bool at_line(const struct source *s, int line, struct err *err)
{
	return err_prefix(err, "%s:%d", s->file, line);
}

static char *take_line(char **rest)
{
	char *line = *rest, *end;

	if (!*line)
		return NULL;
	end = strchr(line, '\n');
	*rest = end ? end + 1 : line + strlen(line);
	if (end)
		*end = '\0';
	if (end && end > line && end[-1] == '\r')
		end[-1] = '\0';
	return line;
}

static bool front_line(struct source *s, char *line, struct err *err)
{
	char *colon = strchr(line, ':');

	if (!*str_trim(line))
		return true;
	if (!colon) {
		(void)err_set(err, ERR_INPUT, "\"%.60s\" is not \"key: value\"", line);
		return at_line(s, s->line, err);
	}
	*colon = '\0';
	for (int k = 0; k < KEYS; k++)
		if (str_eq(str_trim(line), key_names[k])) {
			if (s->value[k]) {
				(void)err_set(err, ERR_INPUT, "\"%s\" stands twice",
					      key_names[k]);
				return at_line(s, s->line, err);
			}
			s->value[k] = arena_strdup(s->arena, str_trim(colon + 1));
			s->value_line[k] = s->line;
			return true;
		}
	(void)err_set(
		err, ERR_INPUT,
		"\"%.60s\" is not a key; there are name, title, address, opens, closes "
		"and zone",
		str_trim(line));
	return at_line(s, s->line, err);
}

static bool is_question(const char *line, const char **out_text)
{
	size_t digits = strspn(line, "0123456789");

	if (!digits || digits > 3 || (line[digits] != '.' && line[digits] != ')') ||
	    line[digits + 1] != ' ')
		return false;
	*out_text = line + digits + 2;
	return true;
}

/* "( ) Yes" takes one of its kind, "[ ] By post" several; NULL: no option. */
static const char *option_in(const char *line, bool *several)
{
	line += strspn(line, " \t");
	*several = *line == '[';
	if (!str_starts(line, "( )") && !str_starts(line, "[ ]"))
		return NULL;
	line += 3;
	return line + strspn(line, " \t");
}

static bool add_option(struct source *s, const char *text, bool several, struct err *err)
{
	struct question_source *q = &s->questions[s->question_count - 1];
	const char *wrong = NULL;

	if (str_blank(text) || strlen(text) > OPTION_MOST)
		wrong = "an option has 1 to 200 characters";
	else if (q->option_count == CHOICE_OPTIONS_MOST)
		wrong = "a question has at most 32 options";
	else if (q->option_count && q->several != several)
		wrong = "a question takes one option, ( ), or several, [ ], and not both";
	for (size_t i = 0; !wrong && i < q->option_count; i++)
		if (str_ieq(q->options[i], text))
			wrong = "this option stands twice";
	if (wrong) {
		(void)err_set(err, ERR_INPUT, "%s", wrong);
		return at_line(s, s->line, err);
	}
	q->several = several;
	q->options =
		arena_grow(s->arena, q->options, q->option_count, sizeof(*q->options));
	q->options[q->option_count++] = arena_strdup(s->arena, text);
	return true;
}

/* A line below a question: an option, "(open)", or more of its text. */
static bool question_line(struct source *s, const char *line, struct err *err)
{
	struct question_source *last = &s->questions[s->question_count - 1];
	bool several;
	const char *option = option_in(line, &several),
		   *text = line + strspn(line, " \t");

	if (option)
		return add_option(s, str_trim(arena_strdup(s->arena, option)), several,
				  err);
	if (str_eq(text, "(open)"))
		last->open = true;
	else
		last->text = arena_printf(s->arena, "%s %s", last->text, text);
	return true;
}

static bool body_line(struct source *s, const char *line, struct err *err)
{
	const char *text;

	if (is_question(line, &text)) {
		if (s->question_count == QUESTIONS_MOST) {
			(void)err_set(err, ERR_INPUT, "more than %d questions",
				      QUESTIONS_MOST);
			return at_line(s, s->line, err);
		}
		s->questions = arena_grow(s->arena, s->questions, s->question_count,
					  sizeof(*s->questions));
		s->questions[s->question_count++] =
			(struct question_source){.text = arena_strdup(s->arena, text)};
	} else if (s->question_count && (*line == ' ' || *line == '\t')) {
		return str_blank(line) || question_line(s, line, err);
	} else if (s->question_count && *line) {
		(void)err_set(
			err, ERR_INPUT,
			"text after the first question; indent what belongs to a question");
		return at_line(s, s->line, err);
	} else if (!s->question_count) {
		buf_printf(s->introduction, "%s\n", line);
	}
	return true;
}

/* "Should ...? Please give your reasons." asks for yes or no, and then for more. */
static bool asks_yes_or_no(const char *text)
{
	static const char *const verbs[] = {"should ", "do ",   "does ", "is ",    "are ",
					    "would ",  "will ", "can ",  "could ", "has ",
					    "have ",   "did ",  "was ",  "were "};
	const char *mark = strchr(text, '?');

	if (!mark || (!str_ifind(mark, "reason") && !str_ifind(mark, "explain") &&
		      !str_ifind(mark, "why")))
		return false;
	for (size_t i = 0; i < ARRAY_LEN(verbs); i++)
		if (str_istarts(text, verbs[i]))
			return true;
	return false;
}

static bool default_options(struct source *s, struct err *err)
{
	static const char *const usual[] = {"Yes", "No", "Don't know"};
	size_t count = s->question_count;
	bool ok = true;

	for (size_t i = 0; ok && i < count; i++) {
		struct question_source *q = &s->questions[i];

		if (q->open || q->option_count || !asks_yes_or_no(q->text))
			continue;
		s->question_count = i + 1; /* options are of the last one */
		for (size_t o = 0; ok && o < ARRAY_LEN(usual); o++)
			ok = add_option(s, usual[o], false, err);
	}
	s->question_count = count;
	return ok;
}

static bool read_source(struct source *s, const char *text, struct err *err)
{
	char *rest = arena_strdup(s->arena, text), *line;
	int fences = 0;

	if (!str_utf8_valid(text, strlen(text)))
		return err_set(err, ERR_INPUT, "%s: is not UTF-8; save it as UTF-8",
			       s->file);
	while ((line = take_line(&rest))) {
		s->line++;
		if (fences < 2 && str_eq(line, "---"))
			fences++;
		else if (fences == 0 && *str_trim(line)) {
			(void)err_set(err, ERR_INPUT,
				      "the file must begin with a line of ---");
			return at_line(s, s->line, err);
		} else if (fences == 1 && !front_line(s, line, err))
			return false;
		else if (fences == 2 && !body_line(s, line, err))
			return false;
	}
	if (fences < 2)
		return err_set(err, ERR_INPUT,
			       "%s: the front matter must stand between two lines of ---",
			       s->file);
	for (int k = 0; k < KEYS; k++)
		if (k != KEY_ZONE && str_empty(s->value[k]))
			return err_set(err, ERR_INPUT, "%s: the key \"%s\" is missing",
				       s->file, key_names[k]);
	return default_options(s, err);
}

static bool values_fit(struct operation *op, struct source *s, struct consultation *c,
		       struct err *err)
{
	const char *at, *plain;

	c->name = s->value[KEY_NAME];
	c->title = s->value[KEY_TITLE];
	c->zone = str_or(s->value[KEY_ZONE], op->settings->zone);
	if (!list_name_check("consultation", c->name, err))
		return at_line(s, s->value_line[KEY_NAME], err);
	if (!address_text_check("the title", c->title, 200, err))
		return at_line(s, s->value_line[KEY_TITLE], err);
	if (!address_read(s->arena, s->value[KEY_ADDRESS], &c->address, &plain, err))
		return at_line(s, s->value_line[KEY_ADDRESS], err);
	at = strrchr(c->address, '@');
	if (at - c->address > LOCAL_MOST ||
	    memchr(c->address, '+', (size_t)(at - c->address))) {
		(void)err_set(
			err, ERR_INPUT,
			"the part before @ must have at most %d characters and no +",
			LOCAL_MOST);
		return at_line(s, s->value_line[KEY_ADDRESS], err);
	}
	if (!clock_day_start(s->value[KEY_OPENS], c->zone, &c->opens_at, err))
		return at_line(s, s->value_line[KEY_OPENS], err);
	if (!clock_day_end(s->value[KEY_CLOSES], c->zone, &c->closes_at, err))
		return at_line(s, s->value_line[KEY_CLOSES], err);
	if (c->closes_at <= c->opens_at) {
		(void)err_set(err, ERR_INPUT, "it closes before it opens");
		return at_line(s, s->value_line[KEY_CLOSES], err);
	}
	return true;
}

bool consultation_options_write(struct operation *op, int64_t question_id,
				const char *const *options, size_t count, struct err *err)
{
	for (size_t i = 0; i < count; i++)
		if (!store_run(op->store, err, SQL_OPTION_ADD, "iit", question_id,
			       (int64_t)i + 1, options[i]))
			return false;
	return true;
}

static bool insert(struct operation *op, const struct source *s,
		   const struct consultation *c, struct err *err)
{
	AUTO(store_txn) t = store_begin(op->store, err);
	int64_t id;

	if (!t)
		return false;
	if (!store_run(op->store, err, SQL_CONSULTATION_ADD, "ttttiiti", c->name,
		       c->title, c->address, c->zone, c->opens_at, c->closes_at,
		       buf_text(s->introduction), op->now))
		return err->kind == ERR_CONFLICT
			       ? err_set(err, ERR_CONFLICT,
					 "there is a consultation \"%s\" or one at %s already",
					 c->name, c->address)
			       : false;
	id = store_last_id(op->store);
	for (size_t i = 0; i < s->question_count; i++) {
		const struct question_source *q = &s->questions[i];

		if (!store_run(op->store, err, SQL_QUESTION_ADD, "iiti", id,
			       (int64_t)i + 1, q->text, (int64_t)q->several) ||
		    !consultation_options_write(op, store_last_id(op->store), q->options,
						q->option_count, err))
			return false;
	}
	return audit_record(op, err, "consultation added", "consultation", id,
			    "name %s, %zu questions", c->name, s->question_count) &&
	       store_commit(&t, err);
}

bool consultation_add(struct operation *op, struct arena *arena, const char *file,
		      const char *text, const char **out_name, struct err *err)
{
	AUTO(buf) introduction = buf_new(1 << 20);
	struct source s = {.file = file, .arena = arena, .introduction = introduction};
	struct consultation c = {0};
	struct err absent = {0};
	struct store_row row;

	if (!needs_staff(op, err) || !read_source(&s, text, err) ||
	    !values_fit(op, &s, &c, err))
		return false;
	if (store_one(op->store, arena, &row, &absent, SQL_LIST_BY_ADDRESS, "t",
		      c.address))
		return err_set(
			err, ERR_CONFLICT,
			"%s is the address of the list %s; a consultation needs its own",
			c.address, row_text(&row, "name"));
	if (!insert(op, &s, &c, err))
		return false;
	*out_name = c.name;
	return true;
}

void consultation_read(const struct store_row *row, struct consultation *out)
{
	*out = (struct consultation){
		.id = row_int(row, "id"),
		.name = row_text(row, "name"),
		.title = row_text(row, "title"),
		.address = row_text(row, "address"),
		.state = row_text(row, "state"),
		.zone = row_text(row, "zone"),
		.introduction = row_text(row, "introduction"),
		.opens_at = row_int(row, "opens_at"),
		.closes_at = row_int(row, "closes_at"),
		.closed_at = row_int(row, "closed_at"),
	};
	/* Closed by a person after its last day, it had ended on that. */
	if (out->closed_at > out->closes_at)
		out->closed_at = 0;
}

bool consultation_named(struct operation *op, struct arena *arena, const char *name,
			struct consultation *out, struct err *err)
{
	struct store_row row;

	if (!store_one(op->store, arena, &row, err, SQL_CONSULTATION_BY_NAME, "t", name))
		return err->kind == ERR_ABSENT
			       ? err_set(err, ERR_ABSENT,
					 "there is no consultation \"%.60s\"" HINT
					 "see: mercat consultation list",
					 name)
			       : false;
	consultation_read(&row, out);
	return true;
}

bool consultation_or_all(struct operation *op, const char *name, int64_t *out_id,
			 struct err *err)
{
	AUTO(arena) arena = arena_new(4096);
	struct consultation c;

	if (name && !consultation_named(op, arena, name, &c, err))
		return false;
	*out_id = name ? c.id : 0;
	return true;
}

static bool change_state(struct operation *op, const char *name, const char *from,
			 const char *or_from, const char *to, struct err *err)
{
	AUTO(arena) arena = arena_new(2048);
	AUTO(store_txn) t = NULL;
	struct consultation c;

	if (!needs_staff(op, err))
		return false;
	t = store_begin(op->store, err);
	if (!t || !consultation_named(op, arena, name, &c, err))
		return false;
	if (str_eq(c.state, to))
		return true; /* as it was asked for */
	if (!str_eq(c.state, from) && !str_eq(c.state, or_from))
		return err_set(err, ERR_CONFLICT,
			       "the consultation %s is %s; it cannot become %s", name,
			       c.state, to);
	if (str_eq(to, "open") && c.closes_at < op->now && str_eq(c.state, "draft"))
		to = "closed"; /* what comes is taken, as late */
	else if (str_eq(to, "open") && c.closes_at < op->now)
		return err_set(
			err, ERR_CONFLICT,
			"the last day of the consultation %s is over; give it a later "
			"one first" HINT "mercat consultation extend %s DAY",
			name, name);
	return store_run(op->store, err, SQL_CONSULTATION_STATE_SET, "itz", c.id, to,
			 str_eq(to, "closed") ? op->now : (int64_t)0) &&
	       audit_record(op, err, "consultation state", "consultation", c.id,
			    "%s -> %s", c.state, to) &&
	       store_commit(&t, err);
}

bool consultation_open(struct operation *op, const char *name, struct err *err)
{
	return change_state(op, name, "draft", "closed", "open", err);
}

bool consultation_close(struct operation *op, const char *name, struct err *err)
{
	return change_state(op, name, "open", "open", "closed", err);
}

bool consultation_extend(struct operation *op, const char *name, const char *day,
			 struct err *err)
{
	AUTO(arena) arena = arena_new(2048);
	AUTO(store_txn) t = NULL;
	struct consultation c;
	int64_t closes_at;
	char was[CLOCK_TEXT], is[CLOCK_TEXT];
	bool opens;

	if (!needs_staff(op, err))
		return false;
	t = store_begin(op->store, err);
	if (!t || !consultation_named(op, arena, name, &c, err) ||
	    !clock_day_end(day, c.zone, &closes_at, err))
		return false;
	if (closes_at <= c.closes_at)
		return err_set(
			err, ERR_INPUT,
			"%s is not later than the day it closes now; an extension only "
			"gives more time",
			day);
	opens = str_eq(c.state, "closed") && closes_at > op->now;
	clock_local(c.closes_at, c.zone, was);
	clock_local(closes_at, c.zone, is);
	return store_run(op->store, err, SQL_EXTENSION_ADD, "iiiii", c.id, c.closes_at,
			 closes_at, op->staff_id, op->now) &&
	       store_run(op->store, err, SQL_CONSULTATION_EXTEND, "ii", c.id,
			 closes_at) &&
	       (!opens || store_run(op->store, err, SQL_CONSULTATION_STATE_SET, "itz",
				    c.id, "open", (int64_t)0)) &&
	       audit_record(op, err, "consultation extended", "consultation", c.id,
			    "closes %s instead of %s", is, was) &&
	       store_commit(&t, err);
}

bool consultations_close_due(struct operation *op, int *out_closed, struct err *err)
{
	AUTO(arena) arena = arena_new(2048);
	AUTO(store_txn) t = NULL;
	struct store_table due;

	*out_closed = 0;
	if (!store_all(op->store, arena, 0, &due, err, SQL_CONSULTATION_TO_CLOSE, "i",
		       op->now))
		return false;
	if (!due.count)
		return true;
	t = store_begin(op->store, err);
	/* Again, now that nobody else can write: it may have been extended. */
	if (!t || !store_all(op->store, arena, 0, &due, err, SQL_CONSULTATION_TO_CLOSE,
			     "i", op->now))
		return false;
	for (size_t i = 0; i < due.count; i++) {
		struct store_row row = table_row(&due, i);

		if (!store_run(op->store, err, SQL_CONSULTATION_STATE_SET, "itz",
			       row_int(&row, "id"), "closed", (int64_t)0) ||
		    !audit_record(op, err, "consultation state", "consultation",
				  row_int(&row, "id"),
				  "open -> closed, its last day has passed"))
			return false;
	}
	*out_closed = (int)due.count;
	return store_commit(&t, err);
}
