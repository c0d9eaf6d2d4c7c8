#include "domain/reports/report_check_private.h"
#include "base/str.h"

#include <inttypes.h>
#include <stdlib.h>

enum {
	BEHIND =
		25 /* a label before a number is as far as one so much further behind it */
};

/* ---- running text ---- */

static bool is_word_char(char c)
{
	return str_is_alpha(c) || str_is_digit(c) || (unsigned char)c >= 0x80;
}

/* Where words stand in a sentence as whole words; NULL: nowhere behind from. */
static const char *find_words(const char *sentence, const char *from,
			      const struct report_known *k)
{
	size_t len = strlen(k->words);

	for (const char *at = from; len && *at; at++) {
		if ((at > sentence && is_word_char(at[-1])) ||
		    (k->exact ? strncmp(at, k->words, len) != 0
			      : strncasecmp(at, k->words, len) != 0) ||
		    is_word_char(at[len]))
			continue;
		return at;
	}
	return NULL;
}

static bool is_spoken_of(const struct report_checking *c, const struct report_known *k)
{
	return !k->question || k->question == c->question;
}

/* A label in the sentence, and how far from the number. */
struct near {
	const struct report_known *known;
	size_t far;
};

static size_t distance(const char *sentence, const char *at, size_t len,
		       const struct report_number *n)
{
	size_t from = (size_t)(at - sentence), to = from + len;

	if (from >= n->to)
		return from - n->to;
	return to <= n->from ? n->from - to + BEHIND : 0;
}

/* All that the sentence speaks of, the nearest first. */
static size_t labels_near(const struct report_checking *c, const char *sentence,
			  const struct report_number *n, struct near **out)
{
	struct near *list = NULL;
	size_t count = 0;

	for (size_t i = 0; i < c->known.count; i++) {
		const struct report_known *k = &c->known.list[i];
		struct near near = {k, SIZE_MAX};
		size_t at;

		if (!is_spoken_of(c, k))
			continue;
		for (const char *found = sentence;
		     (found = find_words(sentence, found, k)); found++) {
			size_t far = distance(sentence, found, strlen(k->words), n);

			near.far = far < near.far ? far : near.far;
		}
		if (near.far == SIZE_MAX)
			continue;
		list = arena_grow(c->arena, list, count, sizeof(*list));
		for (at = count++; at && list[at - 1].far > near.far; at--)
			list[at] = list[at - 1];
		list[at] = near;
	}
	*out = list;
	return count;
}

/* The type of respondent that the sentence speaks of beside the label. */
static int type_beside(const struct near *list, size_t count,
		       const struct report_known *of)
{
	if (of->type != REPORT_NO_TYPE || !of->table->by_type)
		return REPORT_NO_TYPE;
	for (size_t i = 0; i < count; i++)
		if (list[i].known->type != REPORT_NO_TYPE)
			return list[i].known->type;
	return REPORT_NO_TYPE;
}

static void tell(struct report_checking *c, int line, enum report_level level,
		 const char *text)
{
	report_find(c->arena, c->to, line, level, text);
}

static const char *figure_words(struct report_checking *c, const struct report_known *k,
				int type)
{
	return arena_printf(c->arena, "{{n %s%s%s}}", k->figure,
			    type == REPORT_NO_TYPE ? "" : " from ",
			    type == REPORT_NO_TYPE ? "" : respondent_types[type]);
}

static void tell_wrong(struct report_checking *c, int line, const char *said,
		       const struct near *list, size_t count)
{
	/* Beside a type, what is counted of it says more than the type. */
	const struct report_known *k = list[0].known;
	int type;

	for (size_t i = 0; k->type != REPORT_NO_TYPE && i < count; i++)
		if (list[i].known->table->by_type &&
		    list[i].known->type == REPORT_NO_TYPE)
			k = list[i].known;
	type = type_beside(list, count, k);
	tell(c, line, REPORT_WRONG,
	     arena_printf(
		     c->arena, "\"%s\" is wrong: of \"%s\"%s%s there are %s. Write %s.",
		     said, k->words, type == REPORT_NO_TYPE ? "" : " by type ",
		     type == REPORT_NO_TYPE ? "" : respondent_types[type],
		     report_right_words(c->arena, k, type), figure_words(c, k, type)));
}

/*
 * N, or how many were received, where no other count is named, or as what others are parts of:
 * "of the 89 responses".
 */
static bool is_whole(const struct report_checking *c, const char *sentence,
		     const struct report_number *n, size_t labels)
{
	static const char *const before[] = {"of ", "all ", "the "};
	bool is = !labels;

	for (size_t i = 0; i < ARRAY_LEN(before) && !is; i++) {
		size_t len = strlen(before[i]);

		is = n->from >= len && str_istarts(sentence + n->from - len, before[i]);
	}
	return is && n->kind == REPORT_COUNT_TYPED && !n->of &&
	       (n->n == c->known.received || n->n == c->known.analysed);
}

/* What the number counts by what stands right behind it, "7 individuals"; NULL: nothing does. */
static const struct report_known *head_of(const char *sentence, const struct near *list,
					  size_t count, const struct report_number *n)
{
	for (size_t i = 0; i < count && list[i].far <= 1; i++)
		if (find_words(sentence, sentence + n->to, list[i].known) ==
		    sentence + n->to + list[i].far)
			return list[i].known;
	return NULL;
}

/* Of a type: what is counted of that type. Of anything else: that alone. */
static bool may_mean(const struct report_known *head, const struct report_known *k,
		     int type)
{
	if (!head)
		return true;
	if (head->type == REPORT_NO_TYPE)
		return head->row == k->row;
	return k->type == head->type || type == head->type;
}

/* "code 7", "under 18": the number is a part of what is counted. */
static bool is_of_a_label(const struct report_checking *c, const char *sentence,
			  const struct report_number *n)
{
	for (size_t i = 0; i < c->known.count; i++) {
		const struct report_known *k = &c->known.list[i];
		size_t len = strlen(k->words);

		for (const char *at = sentence; (at = find_words(sentence, at, k)); at++)
			if ((size_t)(at - sentence) <= n->from &&
			    (size_t)(at - sentence) + len >= n->to)
				return true;
	}
	return false;
}

static void check_number(struct report_checking *c, const char *sentence, int line,
			 const struct report_number *n)
{
	const char *said = arena_strndup(c->arena, sentence + n->from, n->to - n->from);
	struct near *list;
	size_t count = labels_near(c, sentence, n, &list);
	const struct report_known *head = head_of(sentence, list, count, n);
	enum report_verdict best = REPORT_IS_WRONG;
	const struct report_known *of = NULL;
	int of_type = REPORT_NO_TYPE;

	for (size_t i = 0; i < count && best != REPORT_IS_RIGHT; i++) {
		const struct report_known *k = list[i].known;
		const int types[] = {type_beside(list, count, k), REPORT_NO_TYPE};

		for (size_t t = 0; t < ARRAY_LEN(types) && best != REPORT_IS_RIGHT; t++) {
			enum report_verdict v = report_compare(k, types[t], n);

			if (v == REPORT_IS_WRONG || !may_mean(head, k, types[t]))
				continue;
			best = v;
			of = k;
			of_type = types[t];
		}
	}
	if (best == REPORT_IS_RIGHT)
		tell(c, line, REPORT_RIGHT,
		     arena_printf(c->arena, "\"%s\" is right now. %s keeps it so.", said,
				  figure_words(c, of, of_type)));
	else if (best == REPORT_IS_HIDDEN)
		tell(c, line, REPORT_WRONG,
		     arena_printf(
			     c->arena,
			     "\"%s\" is small enough to identify somebody. Write %s, "
			     "which says as much as may be said.",
			     said, figure_words(c, of, of_type)));
	else if (!head && is_whole(c, sentence, n, count))
		tell(c, line, REPORT_RIGHT,
		     arena_printf(c->arena, "\"%s\" is right now.", said));
	else if (count)
		tell_wrong(c, line, said, list, count);
	else
		tell(c, line, REPORT_LOOK,
		     arena_printf(c->arena,
				  "\"%s\" is not known: nothing in its sentence names "
				  "something that is counted.",
				  said));
}

/* "question 3" in a text: it is spoken of from here on. */
static void hear_question(struct report_checking *c, const char *text)
{
	const char *found;

	for (const char *at = text; (found = str_ifind(at, "question ")); at = found + 9)
		if (str_is_digit(found[9]))
			c->question = strtol(found + 9, NULL, 10);
}

/* A sentence ends where a full stop is followed by a blank and a capital. */
static size_t sentence_end(const char *text)
{
	for (size_t i = 0; text[i]; i++) {
		bool stop = text[i] == '.' || text[i] == '?' || text[i] == '!' ||
			    text[i] == ';';

		if (stop && (!text[i + 1] || str_is_space(text[i + 1])))
			return i + 1;
	}
	return strlen(text);
}

static int line_of(const char *text, size_t at, int first)
{
	for (size_t i = 0; i < at; i++)
		first += text[i] == '\n';
	return first;
}

/* A paragraph, its lines joined by line ends; first: the line it begins in. */
static void check_paragraph(struct report_checking *c, const char *text, int first)
{
	for (size_t at = 0; text[at];) {
		size_t len = sentence_end(text + at);
		const char *sentence = arena_strndup(c->arena, text + at, len);
		struct report_number *numbers;
		size_t count;

		hear_question(c, sentence);
		count = report_numbers(c->arena, sentence, &numbers);
		for (size_t i = 0; i < count; i++)
			if (!is_of_a_label(c, sentence, &numbers[i]))
				check_number(c, sentence,
					     line_of(text, at + numbers[i].from, first),
					     &numbers[i]);
		at += len;
	}
}

/* ---- lines ---- */

static void blank_between(char *line, const char *open, const char *close)
{
	char *from = line, *to;

	while ((from = strstr(from, open))) {
		to = strstr(from + strlen(open), close);
		if (!to)
			return;
		memset(from, ' ', (size_t)(to - from) + strlen(close));
		from = to;
	}
}

/* Headings that are numbered, and the marks of lists, count nothing. */
static void blank_marks(char *line)
{
	char *at = line + strspn(line, " \t>");
	size_t n;

	at += strspn(at, "#");
	at += strspn(at, " \t");
	if ((*at == '-' || *at == '*' || *at == '+') && at[1] == ' ')
		at += 2;
	n = strspn(at, "0123456789.)");
	if (n && str_is_digit(*at) && (at[n - 1] == '.' || at[n - 1] == ')') &&
	    (at[n] == ' ' || !at[n]))
		memset(at, ' ', n);
}

static void split_lines(struct arena *arena, const char *source, struct report_lines *out)
{
	bool fenced = false;

	*out = (struct report_lines){0};
	for (const char *at = source; *at;) {
		size_t len = strcspn(at, "\n");
		char *line = arena_strndup(arena, at, len);
		bool fence = str_starts(line + strspn(line, " "), "```");

		fenced = fenced != fence;
		/* Code; and what is quoted, as a question is, is in another's words. */
		if (fenced || fence || line[strspn(line, " ")] == '>')
			*line = '\0';
		blank_between(line, "{{", "}}");
		blank_between(line, "`", "`");
		blank_between(line, "](", ")");
		blank_between(line, "<http", ">");
		blank_marks(line);
		out->list = arena_grow(arena, out->list, out->count, sizeof(*out->list));
		out->list[out->count++] = line;
		at += len + (at[len] == '\n');
	}
}

/* Without what only parts its words. */
static const char *folded(struct arena *arena, const char *text)
{
	char *out = arena_strdup(arena, text), *to = out;

	for (const char *at = text; *at; at++)
		if (!str_is_space(*at))
			*to++ = *at;
	*to = '\0';
	return out;
}

static bool is_question(const struct report_figures *f, const char *text)
{
	for (size_t i = 0; i < f->question_count; i++)
		if (str_ieq(folded(f->arena, f->questions[i].text), text))
			return true;
	return false;
}

/* Words that are quoted by hand say nothing of who allowed it; a question is ours. */
static void check_quoted(struct report_checking *c, const char *source)
{
	AUTO(buf) words = buf_new(REPORT_BYTES * 2);
	int line = 1, first = 0;

	for (const char *at = source;; line++) {
		size_t len = strcspn(at, "\n"), blank = strspn(at, " \t");
		bool quoted = *at && blank < len && at[blank] == '>';

		if (quoted) {
			first = words->len ? first : line;
			buf_add(words, at + blank + 1, len - blank - 1);
			buf_char(words, '\n');
		} else if (words->len) {
			const char *text = folded(c->arena, buf_text(words));

			if (*text && !strstr(text, "{{") && !is_question(c->f, text))
				tell(c, first, REPORT_LOOK,
				     "These words are quoted by hand, so nothing says that "
				     "they may be published. Words of a response are put in "
				     "with {{quotes code:NAME 3}}.");
			buf_reset(words);
		}
		if (!*at)
			break;
		at += len + (at[len] == '\n');
	}
}

static int by_line(const void *a, const void *b)
{
	const struct report_finding *one = a, *other = b;

	if (one->line != other->line)
		return one->line < other->line ? -1 : 1;
	return (int)one->level - (int)other->level;
}

bool report_check(struct report_figures *f, const char *source,
		  struct report_findings *findings, struct err *err)
{
	struct report_checking c = {.f = f, .arena = f->arena, .to = findings};
	AUTO(buf) paragraph = buf_new(REPORT_BYTES * 2);
	struct report_lines lines;
	size_t first = 0;

	if (!report_know(f, &c.known, err))
		return false;
	split_lines(f->arena, source, &lines);
	for (size_t i = 0; i <= lines.count; i++) {
		bool ends = i == lines.count || str_blank(lines.list[i]) ||
			    *lines.list[i] == '#' || report_is_table(&lines, i);

		if (ends && paragraph->len) {
			check_paragraph(&c, buf_text(paragraph), (int)first + 1);
			buf_reset(paragraph);
		}
		if (i == lines.count || str_blank(lines.list[i]))
			continue;
		if (report_is_table(&lines, i)) {
			i = report_check_table(&c, &lines, i) - 1;
			continue;
		}
		if (!paragraph->len)
			first = i;
		buf_printf(paragraph, "%s\n", lines.list[i]);
		if (*lines.list[i] == '#') {
			check_paragraph(&c, buf_text(paragraph), (int)first + 1);
			buf_reset(paragraph);
		}
	}
	check_quoted(&c, source);
	if (findings->count)
		qsort(findings->list, findings->count, sizeof(*findings->list), by_line);
	return true;
}
