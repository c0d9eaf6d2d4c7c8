#include "domain/reports/report_fill.h"
#include "domain/coding/codeframe.h"
#include "base/clock.h"
#include "base/str.h"

#include <inttypes.h>

void report_find(struct arena *arena, struct report_findings *to, int line,
		 enum report_level level, const char *text)
{
	to->list = arena_grow(arena, to->list, to->count, sizeof(*to->list));
	to->list[to->count++] = (struct report_finding){line, level, text};
	to->counts[level]++;
}

struct filling {
	struct report_figures *f;
	struct report_made *made;
	struct report_findings *findings;
	struct buf *text; /* Markdown since the last piece */
	int text_line, line;
};

static struct report_piece *add_piece(struct filling *w, enum report_piece_kind kind)
{
	struct report_made *made = w->made;
	struct report_piece *piece;

	made->pieces =
		arena_grow(w->f->arena, made->pieces, made->count, sizeof(*made->pieces));
	piece = &made->pieces[made->count++];
	piece->kind = kind;
	piece->line = w->line;
	return piece;
}

static void end_text(struct filling *w)
{
	struct report_piece *piece;

	if (str_blank(buf_text(w->text))) {
		buf_reset(w->text);
		return;
	}
	piece = add_piece(w, REPORT_PIECE_TEXT);
	piece->line = w->text_line;
	piece->text = arena_strdup(w->f->arena, buf_text(w->text));
	buf_reset(w->text);
}

/* What is wrong, as a finding; whatever else failed stays an error. */
static bool told(struct filling *w, const char *what, struct err *err)
{
	if (err->kind != ERR_INPUT && err->kind != ERR_ABSENT &&
	    err->kind != ERR_CONFLICT)
		return false;
	report_find(w->f->arena, w->findings, w->line, REPORT_WRONG,
		    arena_printf(w->f->arena, "%s: %s.", what, err->text));
	*err = (struct err){0};
	return true;
}

/* ---- single figures ---- */

/* A count, what it is part of, and the table whose words for few it has. */
struct figure {
	struct report_count n, of;
	struct report_table words;
};

/* In any case of letters, where none has exactly that name. */
static bool alike_code(struct report_figures *f, const char *name, struct code *out,
		       struct err *err)
{
	struct err why = *err;
	struct code *codes;
	size_t count;

	if (!err_forgive(err, ERR_ABSENT) ||
	    !codeframe_load(f->op, f->arena, f->of.id, &codes, &count, err))
		return false;
	for (size_t i = 0; i < count; i++)
		if (str_ieq(codes[i].name, name)) {
			*out = codes[i];
			return true;
		}
	*err = why;
	return false;
}

/* The code of that name; ERR_CONFLICT where it should not be used any more. */
static bool find_code(struct report_figures *f, const char *name, struct code *out,
		      struct err *err)
{
	if (!code_named(f->op, f->arena, f->of.name, name, out, err) &&
	    !alike_code(f, name, out, err))
		return false;
	if (str_eq(out->state, "retired"))
		return err_set(
			err, ERR_CONFLICT,
			"the code \"%s\" is retired; use a code of the code frame, "
			"or offer it again",
			out->name);
	return true;
}

static void of_row(const struct report_table *t, const struct report_row *row,
		   const struct report_placeholder *p, struct figure *out)
{
	out->n = row ? row->counts[p->from] : (struct report_count){0};
	out->of = p->of_answering ? t->answering : t->base.counts[p->from];
	out->words.least = t->least;
}

/* The rows that an option or a type may be. */
static bool no_row(const struct report_table *t, const char *name, struct err *err)
{
	AUTO(buf) there = buf_new(300);

	for (size_t i = 0; i < t->count && there->len < 200; i++)
		buf_printf(there, "%s%s", i ? ", " : "", t->rows[i].label);
	return err_set(err, ERR_ABSENT, "there is no \"%.60s\"; there are: %s", name,
		       buf_text(there));
}

static bool of_table(struct report_figures *f, const struct report_placeholder *p,
		     enum report_about about, struct figure *out, struct err *err)
{
	const struct report_row *row;
	struct report_table *t;

	if (!report_figures_table(f, about, p->question, &t, err))
		return false;
	if (p->from != REPORT_TOTAL && !t->by_type)
		return err_set(err, ERR_INPUT,
			       "this figure is not counted by type of respondent: take "
			       "\"from\" out");
	row = report_row_named(t, p->name);
	if (!row && about == REPORT_OF_QUESTION)
		return no_row(t, p->name, err);
	of_row(t, row, p, out);
	return true;
}

static bool is_word(const char *name, const char *const *words, struct err *err)
{
	return domain_word_check("name of it", name, words, err);
}

static bool of_code(struct report_figures *f, struct report_placeholder *p,
		    struct figure *out, struct err *err)
{
	struct code code;

	if (!find_code(f, p->name, &code, err))
		return false;
	p->name = code.name;
	return of_table(f, p, p->question ? REPORT_OF_QUESTION_CODE : REPORT_OF_CODE, out,
			err);
}

static bool of_answers(struct report_figures *f, const struct report_placeholder *p,
		       struct figure *out, struct err *err)
{
	bool answered = p->figure == REPORT_FIGURE_ANSWERED;
	struct report_table *t;

	if (!report_figures_table(f, REPORT_OF_QUESTION, p->question, &t, err))
		return false;
	of_row(t, NULL, p, out);
	if (answered && p->from == REPORT_TOTAL)
		out->n = t->answering;
	for (size_t i = 0; i < t->count; i++) {
		if (t->rows[i].unanswered && !answered)
			out->n = t->rows[i].counts[p->from];
		if (answered && p->from != REPORT_TOTAL && t->rows[i].sums &&
		    !t->rows[i].unanswered) {
			out->n.n += t->rows[i].counts[p->from].n;
			if (t->rows[i].counts[p->from].seen)
				out->n.seen = REPORT_KEPT;
		}
	}
	return true;
}

static bool figure_of(struct report_figures *f, struct report_placeholder *p,
		      struct figure *out, struct err *err)
{
	*out = (struct figure){.of.n = f->received};
	if (p->from != REPORT_TOTAL && p->figure <= REPORT_FIGURE_WAITING)
		return err_set(err, ERR_INPUT,
			       "this figure is not counted by type of respondent: take "
			       "\"from\" out");
	switch (p->figure) {
	case REPORT_FIGURE_RECEIVED:
		out->n.n = f->received;
		return true;
	case REPORT_FIGURE_ANALYSED:
		out->n.n = f->analysed_count;
		return true;
	case REPORT_FIGURE_WAITING:
		out->n.n = f->waiting;
		return true;
	case REPORT_FIGURE_REMOVED:
		out->n.n = f->removed;
		return !p->name || of_table(f, p, REPORT_OF_RECEIVED, out, err);
	case REPORT_FIGURE_TYPE:
		return is_word(p->name, respondent_types, err) &&
		       of_table(f, p, REPORT_OF_TYPE, out, err);
	case REPORT_FIGURE_CHANNEL:
		return is_word(p->name, response_channels, err) &&
		       of_table(f, p, REPORT_OF_CHANNEL, out, err);
	case REPORT_FIGURE_CODE:
		return of_code(f, p, out, err);
	case REPORT_FIGURE_OPTION:
		return of_table(f, p, REPORT_OF_QUESTION, out, err);
	default:
		return of_answers(f, p, out, err);
	}
}

/* ---- what stands in a line ---- */

/* Words of others in Markdown: every sign that could mean something is itself. */
static void put_plain(struct buf *out, const char *text)
{
	for (const char *c = text; *c; c++) {
		if (strchr("\\`*_{}[]<>#|~&", *c))
			buf_char(out, '\\');
		buf_char(out, *c == '\n' ? ' ' : *c);
	}
}

static const char *inline_words(struct filling *w, struct report_placeholder *p,
				struct err *err)
{
	struct report_figures *f = w->f;
	char day[CLOCK_TEXT];
	struct figure figure;

	switch (p->verb) {
	case REPORT_TITLE:
		return f->of.title;
	case REPORT_OPENS:
	case REPORT_CLOSES:
		clock_long_date(p->verb == REPORT_OPENS ? f->of.opens_at
							: f->of.closes_at,
				f->of.zone, day);
		return arena_strdup(f->arena, day);
	case REPORT_TYPED:
		report_find(f->arena, w->findings, w->line, REPORT_LOOK,
			    arena_printf(f->arena,
					 "\"%s\" was typed by hand and is compared with "
					 "nothing.",
					 p->words));
		return p->words;
	default:
		if (!figure_of(f, p, &figure, err))
			return NULL;
		if (p->verb == REPORT_PERCENT)
			return str_or(report_share_words(f->arena, &figure.n, &figure.of),
				      "0.0%");
		if (p->verb == REPORT_N)
			return report_count_words(f->arena, &figure.words, &figure.n);
		if (figure.n.seen == REPORT_KEPT)
			return "a number of responses that is not shown";
		return arena_printf(
			f->arena, "%s %s",
			report_count_words(f->arena, &figure.words, &figure.n),
			figure.n.n == 1 && !figure.n.seen ? "response" : "responses");
	}
}

/* ---- what stands on a line of its own ---- */

static bool add_table(struct filling *w, const struct report_placeholder *p,
		      struct err *err)
{
	struct report_table *t;
	bool answered = false;

	if (!report_figures_table(w->f, p->about, p->question, &t, err))
		return false;
	for (size_t i = 0; i < t->count; i++)
		answered = answered ||
			   (!t->rows[i].unanswered && t->rows[i].counts[REPORT_TOTAL].n);
	if (p->question && !answered)
		return err_set(err, ERR_ABSENT,
			       "nobody answered question %" PRId64
			       "; take it out and say so in words",
			       p->question);
	if (!t->count)
		return err_set(err, ERR_ABSENT,
			       "there is nothing to show yet; take it out");
	add_piece(w, p->verb == REPORT_CHART ? REPORT_PIECE_CHART : REPORT_PIECE_TABLE)
		->table = t;
	return true;
}

static bool add_quotes(struct filling *w, const struct report_placeholder *p,
		       struct err *err)
{
	struct report_quotes_of of = {.question = p->question, .most = p->most};
	struct report_quote *quotes;
	struct report_piece *piece;
	struct code code;
	size_t count;

	if (!find_code(w->f, p->name, &code, err))
		return false;
	of.code_id = code.id;
	if (!report_quotes(w->f, &of, &quotes, &count, err))
		return false;
	if (!count)
		return err_set(
			err, ERR_ABSENT,
			"no passage with the code \"%s\" may be quoted; take it out",
			code.name);
	if ((int64_t)count < p->most)
		report_find(w->f->arena, w->findings, w->line, REPORT_LOOK,
			    arena_printf(w->f->arena,
					 "%zu of the %" PRId64
					 " quotations asked for may be quoted.",
					 count, p->most));
	piece = add_piece(w, REPORT_PIECE_QUOTES);
	piece->quotes = quotes;
	piece->count = count;
	return true;
}

static bool add_list(struct filling *w, struct err *err)
{
	struct report_piece *piece;
	struct store_table t;

	if (!report_organisations(w->f, &t, err))
		return false;
	if (!t.count)
		return err_set(err, ERR_ABSENT,
			       "no organisation may be named; take it out");
	piece = add_piece(w, REPORT_PIECE_LIST);
	piece->names = arena_make(w->f->arena, const char *, t.count);
	piece->count = t.count;
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);

		piece->names[i] = row_text(&row, "organisation");
	}
	return true;
}

static bool add_block(struct filling *w, const struct report_placeholder *p,
		      struct err *err)
{
	end_text(w);
	switch (p->verb) {
	case REPORT_QUOTES:
		return add_quotes(w, p, err);
	case REPORT_LIST:
		return add_list(w, err);
	default:
		return add_table(w, p, err);
	}
}

/* ---- lines ---- */

/* One placeholder between at and end. alone: nothing else stands in its line. */
static bool one(struct filling *w, const char *at, size_t len, bool alone,
		struct err *err)
{
	const char *inside = arena_strndup(w->f->arena, at, len), *words;
	const char *what = arena_printf(w->f->arena, "{{%.80s}}",
					str_trim(arena_strdup(w->f->arena, inside)));
	struct report_placeholder p;

	if (++w->made->placeholders > REPORT_PLACEHOLDERS)
		return err_set(err, ERR_INPUT, "a report has at most %d placeholders",
			       REPORT_PLACEHOLDERS);
	if (!report_placeholder_read(w->f->arena, inside, &p, err))
		return told(w, what, err);
	if (report_placeholder_is_block(&p)) {
		if (alone)
			return add_block(w, &p, err) || told(w, what, err);
		(void)err_set(err, ERR_INPUT, "put it on a line of its own");
		return told(w, what, err);
	}
	words = inline_words(w, &p, err);
	if (!words)
		return told(w, what, err);
	if (p.verb == REPORT_TITLE)
		put_plain(w->text, words);
	else
		buf_str(w->text, words);
	return true;
}

static bool fill_line(struct filling *w, const char *line, size_t len, struct err *err)
{
	const char *text = arena_strndup(w->f->arena, line, len), *at = text;
	const char *trimmed = str_trim(arena_strdup(w->f->arena, text));
	const char *open, *end = strstr(trimmed, "}}");
	bool alone = str_starts(trimmed, "{{") && end && !end[2];

	while ((open = strstr(at, "{{"))) {
		end = strstr(open, "}}");
		if (!end) {
			(void)err_set(err, ERR_INPUT,
				      "the placeholder that begins here has no }} in its "
				      "line");
			buf_str(w->text, at);
			return told(w, "{{", err);
		}
		buf_add(w->text, at, (size_t)(open - at));
		if (!one(w, open + 2, (size_t)(end - open - 2), alone, err))
			return false;
		at = end + 2;
	}
	buf_str(w->text, at);
	buf_char(w->text, '\n');
	return true;
}

bool report_fill(struct report_figures *f, const char *source, struct report_made *out,
		 struct report_findings *findings, struct err *err)
{
	AUTO(buf) text = buf_new((size_t)REPORT_BYTES * 4);
	struct filling w = {
		.f = f, .made = out, .findings = findings, .text = text, .line = 1};

	*out = (struct report_made){.title = f->of.title};
	for (const char *at = source; *at; w.line++) {
		size_t len = strcspn(at, "\n");

		if (!text->len)
			w.text_line = w.line;
		if (!fill_line(&w, at, len, err))
			return false;
		at += len + (at[len] == '\n');
	}
	end_text(&w);
	return true;
}
