/* A consultation as a file or a form has it, read into its parts. */
#include "domain/admin/consultation_private.h"
#include "domain/core/plus_address.h"
#include "domain/admin/list.h"
#include "base/clock.h"
#include "base/str.h"
#include "text/answer/chosen_option.h"

enum {
	QUESTIONS_MOST = 200,
	LOCAL_MOST = 20,
	OPTION_MOST = 200,
	TITLE_MOST = 200,
	QUESTION_MOST = 4000
};

static const char *const key_names[KEYS] = {"name",  "title",  "address",
					    "opens", "closes", "zone"};

bool consultation_at_line(const struct source *s, int line, struct err *err)
{
	if (s->file)
		return err_prefix(err, "%s:%d", s->file, line);
	return line ? err_prefix(err, "line %d", line) : false;
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
		return consultation_at_line(s, s->line, err);
	}
	*colon = '\0';
	for (int k = 0; k < KEYS; k++)
		if (str_eq(str_trim(line), key_names[k])) {
			if (s->value[k]) {
				(void)err_set(err, ERR_INPUT, "\"%s\" stands twice",
					      key_names[k]);
				return consultation_at_line(s, s->line, err);
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
	return consultation_at_line(s, s->line, err);
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
	struct question_draft *q = &s->questions[s->question_count - 1];
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
		return consultation_at_line(s, s->line, err);
	}
	q->several = several;
	q->options =
		arena_grow(s->arena, q->options, q->option_count, sizeof(*q->options));
	q->options[q->option_count++] = arena_strdup(s->arena, text);
	return true;
}

/* Each line of it is put behind what there is, so it must end. */
static bool question_is_long(const struct source *s, struct err *err)
{
	(void)err_set(err, ERR_INPUT,
		      "a question has at most %d bytes; what explains it belongs above "
		      "the questions",
		      QUESTION_MOST);
	return consultation_at_line(s, s->line, err);
}

/* A line below a question: an option, "(open)", or more of its text. */
static bool question_line(struct source *s, const char *line, struct err *err)
{
	struct question_draft *last = &s->questions[s->question_count - 1];
	bool several;
	const char *option = option_in(line, &several),
		   *text = line + strspn(line, " \t");

	if (option)
		return add_option(s, str_trim(arena_strdup(s->arena, option)), several,
				  err);
	if (str_eq(text, "(open)")) {
		last->open = true;
		return true;
	}
	if (strlen(last->text) + strlen(text) >= QUESTION_MOST)
		return question_is_long(s, err);
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
			return consultation_at_line(s, s->line, err);
		}
		if (strlen(text) >= QUESTION_MOST)
			return question_is_long(s, err);
		s->questions = arena_grow(s->arena, s->questions, s->question_count,
					  sizeof(*s->questions));
		s->questions[s->question_count++] =
			(struct question_draft){.text = arena_strdup(s->arena, text)};
	} else if (s->question_count && (*line == ' ' || *line == '\t')) {
		return str_blank(line) || question_line(s, line, err);
	} else if (s->question_count && *line) {
		(void)err_set(
			err, ERR_INPUT,
			"text after the first question; indent what belongs to a question");
		return consultation_at_line(s, s->line, err);
	} else if (!s->question_count) {
		buf_printf(s->introduction, "%s\n", line);
	}
	return true;
}

bool consultation_asks_yes_or_no(const char *text)
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
		struct question_draft *q = &s->questions[i];

		if (q->open || q->option_count || !consultation_asks_yes_or_no(q->text))
			continue;
		s->question_count = i + 1; /* options are of the last one */
		for (size_t o = 0; ok && o < ARRAY_LEN(usual); o++)
			ok = add_option(s, usual[o], false, err);
	}
	s->question_count = count;
	return ok;
}

bool consultation_source_read(struct source *s, const char *text, struct err *err)
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
			return consultation_at_line(s, s->line, err);
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

/* A form has a question a line, without a number if one likes, and what belongs to it below,
 * indented or not: as the file has it. */
static const char *as_in_file(struct arena *arena, const char *line)
{
	const char *text = line + strspn(line, " \t"), *of_file;
	bool several;

	if (text > line || !*text || is_question(line, &of_file))
		return line;
	if (option_in(text, &several) || str_eq(text, "(open)"))
		return arena_printf(arena, " %s", text);
	return arena_printf(arena, "1. %s", text);
}

bool consultation_source_questions(struct source *s, const char *text, struct err *err)
{
	char *rest = arena_strdup(s->arena, text), *line;

	if (!str_utf8_valid(text, strlen(text)))
		return err_set(err, ERR_INPUT, "the questions are not UTF-8 text");
	while ((line = take_line(&rest))) {
		const char *written = as_in_file(s->arena, line);

		s->line++;
		if (str_blank(line))
			continue;
		if (!s->question_count && (*written == ' ' || *written == '\t')) {
			(void)err_set(err, ERR_INPUT,
				      "a question comes first, then what belongs to it");
			return consultation_at_line(s, s->line, err);
		}
		if (!body_line(s, written, err))
			return false;
	}
	return default_options(s, err);
}

static bool address_fits(const struct source *s, struct consultation *c, struct err *err)
{
	const char *at, *plain;

	if (!address_read(s->arena, s->value[KEY_ADDRESS], &c->address, &plain, err))
		return false;
	at = strrchr(c->address, '@');
	return (at - c->address <= LOCAL_MOST &&
		!memchr(c->address, '+', (size_t)(at - c->address))) ||
	       err_set(err, ERR_INPUT,
		       "the part before @ must have at most %d characters and no +",
		       LOCAL_MOST);
}

bool consultation_value_fits(struct operation *op, const struct source *s, enum key key,
			     struct consultation *c, struct err *err)
{
	const char *value = s->value[key];
	bool ok = true;

	switch (key) {
	case KEY_NAME:
		c->name = value;
		/* The page that makes one stands where a consultation's would. */
		ok = list_name_check("consultation", value, err) &&
		     (!str_eq(value, "new") ||
		      err_set(err, ERR_INPUT,
			      "\"new\" cannot be the name of a consultation"));
		break;
	case KEY_TITLE:
		c->title = value;
		ok = address_text_check("the title", value, TITLE_MOST, err);
		break;
	case KEY_ADDRESS:
		ok = address_fits(s, c, err);
		break;
	case KEY_ZONE:
		c->zone = str_or(value, op->settings->zone);
		break;
	case KEY_OPENS:
		ok = clock_day_start(value, c->zone, &c->opens_at, err);
		break;
	case KEY_CLOSES:
		ok = clock_day_end(value, c->zone, &c->closes_at, err) &&
		     (c->closes_at > c->opens_at ||
		      err_set(err, ERR_INPUT, "it closes before it opens"));
		break;
	default:
		break;
	}
	return ok || consultation_at_line(s, s->value_line[key], err);
}
