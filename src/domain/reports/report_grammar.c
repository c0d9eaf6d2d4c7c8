#include "domain/reports/report_grammar.h"
#include "base/str.h"

#include <stdlib.h>

enum { WORDS_MOST = 8, QUESTIONS_MOST = 1000 };

const struct report_word report_verbs[] = {
	{"n FIGURE", "a count, as in {{n code:cost}}"},
	{"responses FIGURE", "the same with its noun: \"1 response\", \"23 responses\""},
	{"percent FIGURE", "its share of all, as in {{percent q3:yes of answering}}"},
	{"table TABLE", "a table; it stands on a line of its own, as the next three do"},
	{"chart TABLE", "a chart with its table"},
	{"quotes [qN] code:NAME [COUNT]",
	 "so many quotations (3) that may be published, one a respondent"},
	{"list organisations", "the organisations that may be named"},
	{"title", "the consultation's title"},
	{"opens", "its first day"},
	{"closes", "its last day"},
	{"typed WORDS", "words with a number that is no figure of the data: it is not "
			"compared, and listed by the check"},
	{NULL, NULL},
};

const struct report_word report_figure_words[] = {
	{"received", "all responses that came"},
	{"removed", "those excluded; removed:REASON by that reason"},
	{"waiting", "those not yet screened"},
	{"analysed", "those included: N of every other figure"},
	{"type:TYPE", "individual, organisation or unknown"},
	{"channel:CHANNEL", "email, paper, telephone or meeting"},
	{"code:NAME", "with that code or one below it; qN code:NAME in answers to "
		      "question N"},
	{"qN:OPTION", "who chose it, as in q3:yes or q3:\"Don't know\""},
	{"qN answered", "who answered question N"},
	{"qN unanswered", "who did not"},
	{"... from TYPE", "of individuals or organisations alone"},
	{"... of answering", "percent only: of those who answered the question"},
	{NULL, NULL},
};

const struct report_word report_table_words[] = {
	{"responses by received", "received, removed by reason, analysed"},
	{"responses by channel", "how they came"},
	{"responses by day", "when they came"},
	{"responses by type", "individuals and organisations"},
	{"responses by permission", "permission to publish"},
	{"responses by campaign", "every copy counted"},
	{"responses by campaign-once", "each standard text counted once"},
	{"responses by code", "codes by type of respondent"},
	{"qN", "answers to question N by type, with shares"},
	{"qN by code", "codes in its answers by type"},
	{"code frame", "codes with their definitions"},
	{"agreement", "kappa and alpha of double coding"},
	{NULL, NULL},
};

static const struct {
	const char *name;
	enum report_about about;
} abouts[] = {
	{"received", REPORT_OF_RECEIVED},
	{"channel", REPORT_OF_CHANNEL},
	{"day", REPORT_OF_DAY},
	{"type", REPORT_OF_TYPE},
	{"permission", REPORT_OF_PERMISSION},
	{"campaign", REPORT_OF_CAMPAIGN},
	{"code", REPORT_OF_CODE},
	{"campaign-once", REPORT_OF_CAMPAIGN_ONCE},
};

/* A word and what stands behind its colon. */
struct word {
	const char *key, *value; /* value NULL: no colon */
};
struct words {
	struct arena *arena;
	struct word list[WORDS_MOST];
	size_t count, at;
};

static void list_forms(struct buf *out, const struct report_word *words)
{
	for (size_t i = 0; words[i].form; i++)
		buf_printf(out, "%s%s", i ? "; " : "", words[i].form);
}

static bool wrong(struct err *err, const struct report_word *may, const char *what)
{
	AUTO(buf) forms = buf_new(1 << 12);

	list_forms(forms, may);
	return err_set(err, ERR_INPUT, "%s. Write one of: %s", what, buf_text(forms));
}

/* In quotes up to the next quote that is not doubled; else up to a blank. */
static bool take_value(struct words *w, const char **at, const char **out,
		       struct err *err)
{
	AUTO(buf) value = buf_new(1 << 12);
	const char *c = *at;

	if (*c != '"') {
		while (*c && !str_is_space(*c))
			buf_char(value, *c++);
	} else {
		for (c++; *c && !(*c == '"' && c[1] != '"'); c++) {
			buf_char(value, *c);
			c += *c == '"';
		}
		if (*c++ != '"')
			return err_set(err, ERR_INPUT,
				       "a quotation mark (\") is missing at the end");
	}
	*at = c;
	*out = arena_strdup(w->arena, buf_text(value));
	return true;
}

static bool split(struct words *w, const char *text, struct err *err)
{
	const char *c = text;

	for (;;) {
		const char *from;

		while (str_is_space(*c))
			c++;
		if (!*c)
			return true;
		if (w->count == WORDS_MOST)
			return err_set(err, ERR_INPUT,
				       "it has more words than any placeholder takes");
		from = c;
		while (*c && !str_is_space(*c) && *c != ':')
			c++;
		w->list[w->count].key = arena_strndup(w->arena, from, (size_t)(c - from));
		if (*c == ':' && (c++, !take_value(w, &c, &w->list[w->count].value, err)))
			return false;
		w->count++;
	}
}

static const struct word *next(struct words *w)
{
	return w->at < w->count ? &w->list[w->at] : NULL;
}

static bool next_is(struct words *w, const char *key)
{
	const struct word *word = next(w);

	if (!word || word->value || !str_ieq(word->key, key))
		return false;
	w->at++;
	return true;
}

/* "q3" */
static int64_t question_of(const struct word *word)
{
	char *end;
	long n;

	if ((*word->key != 'q' && *word->key != 'Q') || !str_is_digit(word->key[1]))
		return 0;
	n = strtol(word->key + 1, &end, 10);
	return *end || n < 1 || n > QUESTIONS_MOST ? 0 : n;
}

static bool read_question_figure(struct words *w, const struct word *word,
				 struct report_placeholder *out, struct err *err)
{
	const struct word *then = next(w);

	out->question = question_of(word);
	if (word->value) {
		out->figure = REPORT_FIGURE_OPTION;
		out->name = word->value;
	} else if (next_is(w, "answered")) {
		out->figure = REPORT_FIGURE_ANSWERED;
	} else if (next_is(w, "unanswered")) {
		out->figure = REPORT_FIGURE_UNANSWERED;
	} else if (then && str_ieq(then->key, "code") && then->value) {
		w->at++;
		out->figure = REPORT_FIGURE_CODE;
		out->name = then->value;
	} else {
		return wrong(err, report_figure_words,
			     "it does not say what of the question is counted");
	}
	return true;
}

static bool read_figure(struct words *w, struct report_placeholder *out, struct err *err)
{
	static const struct {
		const char *key;
		enum report_figure figure;
		int value; /* 1: needs one, 0: may have one, -1: has none */
	} figures[] = {
		{"received", REPORT_FIGURE_RECEIVED, -1},
		{"analysed", REPORT_FIGURE_ANALYSED, -1},
		{"removed", REPORT_FIGURE_REMOVED, 0},
		{"waiting", REPORT_FIGURE_WAITING, -1},
		{"type", REPORT_FIGURE_TYPE, 1},
		{"channel", REPORT_FIGURE_CHANNEL, 1},
		{"code", REPORT_FIGURE_CODE, 1},
	};
	const struct word *word = next(w);

	if (!word)
		return wrong(err, report_figure_words, "it does not say what is counted");
	w->at++;
	if (question_of(word))
		return read_question_figure(w, word, out, err);
	for (size_t i = 0; i < ARRAY_LEN(figures); i++) {
		if (!str_ieq(word->key, figures[i].key) ||
		    (figures[i].value > 0 && str_empty(word->value)) ||
		    (figures[i].value < 0 && word->value))
			continue;
		out->figure = figures[i].figure;
		out->name = word->value;
		return true;
	}
	return wrong(err, report_figure_words,
		     arena_printf(w->arena, "\"%.60s\" is no figure", word->key));
}

static bool read_narrowing(struct words *w, struct report_placeholder *out,
			   struct err *err)
{
	if (next_is(w, "from")) {
		const struct word *type = next(w);

		for (int i = 0; type && i < REPORT_TYPES; i++)
			if (str_ieq(type->key, respondent_types[i]) ||
			    str_ieq(type->key,
				    arena_printf(w->arena, "%ss", respondent_types[i])))
				out->from = i;
		if (out->from == REPORT_TOTAL)
			return err_set(err, ERR_INPUT,
				       "behind \"from\" stands individual, organisation "
				       "or unknown");
		w->at++;
	}
	if (out->verb == REPORT_PERCENT && next_is(w, "of")) {
		if (!next_is(w, "answering"))
			return err_set(err, ERR_INPUT,
				       "behind \"of\" stands answering; without it the "
				       "share is of all responses");
		if (!out->question)
			return err_set(err, ERR_INPUT,
				       "\"of answering\" needs a question, as in "
				       "q3:yes");
		out->of_answering = true;
	}
	return true;
}

static bool read_table(struct words *w, struct report_placeholder *out, struct err *err)
{
	const struct word *word = next(w);

	if (next_is(w, "agreement")) {
		out->about = REPORT_OF_AGREEMENT;
		return true;
	}
	if (next_is(w, "code") && next_is(w, "frame")) {
		out->about = REPORT_OF_FRAME;
		return true;
	}
	if (word && !word->value && question_of(word)) {
		w->at++;
		out->question = question_of(word);
		out->about = REPORT_OF_QUESTION;
		if (!next_is(w, "by"))
			return true;
		out->about = REPORT_OF_QUESTION_CODE;
		return next_is(w, "code") ||
		       wrong(err, report_table_words, "there is no such table");
	}
	if (next_is(w, "responses") && next_is(w, "by"))
		for (size_t i = 0; i < ARRAY_LEN(abouts); i++)
			if (next_is(w, abouts[i].name)) {
				out->about = abouts[i].about;
				return true;
			}
	return wrong(err, report_table_words, "there is no such table");
}

static bool read_quotes(struct words *w, struct report_placeholder *out, struct err *err)
{
	const struct word *word;

	if (!read_figure(w, out, err))
		return false;
	if (out->figure != REPORT_FIGURE_CODE)
		return err_set(err, ERR_INPUT,
			       "quotations are of a code: {{quotes code:NAME 3}}");
	word = next(w);
	out->most = REPORT_QUOTES_USUAL;
	if (!word)
		return true;
	w->at++;
	return str_to_int(word->key, 1, REPORT_QUOTES_MOST, &out->most, err) ||
	       err_prefix(err, "how many quotations");
}

static bool read_rest(struct words *w, struct report_placeholder *out, struct err *err)
{
	switch (out->verb) {
	case REPORT_N:
	case REPORT_RESPONSES:
	case REPORT_PERCENT:
		return read_figure(w, out, err) && read_narrowing(w, out, err);
	case REPORT_TABLE:
		return read_table(w, out, err);
	case REPORT_CHART:
		return read_table(w, out, err) &&
		       ((out->about != REPORT_OF_FRAME &&
			 out->about != REPORT_OF_AGREEMENT) ||
			err_set(err, ERR_INPUT, "it has no chart, only a table"));
	case REPORT_QUOTES:
		return read_quotes(w, out, err);
	case REPORT_LIST:
		return next_is(w, "organisations") ||
		       err_set(err, ERR_INPUT,
			       "there is one list: {{list organisations}}");
	default:
		return true;
	}
}

bool report_placeholder_read(struct arena *arena, const char *text,
			     struct report_placeholder *out, struct err *err)
{
	static const char *const verbs[REPORT_VERBS] = {
		"n",    "responses", "percent", "table",  "chart", "quotes",
		"list", "title",     "opens",   "closes", "typed"};
	struct words w = {.arena = arena};
	const char *at = text + strspn(text, " \t\n");
	size_t len = strcspn(at, " \t\n");
	int verb = 0;

	*out = (struct report_placeholder){.from = REPORT_TOTAL};
	while (verb < REPORT_VERBS &&
	       !str_ieq(verbs[verb], arena_strndup(arena, at, len)))
		verb++;
	if (verb == REPORT_VERBS)
		return wrong(err, report_verbs, "there is no such placeholder");
	out->verb = (enum report_verb)verb;
	if (verb == REPORT_TYPED) {
		out->words = str_trim(arena_strdup(arena, at + len));
		return *out->words ||
		       err_set(err, ERR_INPUT, "it says nothing: {{typed 12 weeks}}");
	}
	if (!split(&w, at + len, err) || !read_rest(&w, out, err))
		return false;
	return w.at == w.count ||
	       err_set(err, ERR_INPUT, "\"%.60s\" is more than it takes: take it out",
		       w.list[w.at].key);
}

bool report_placeholder_is_block(const struct report_placeholder *p)
{
	return p->verb == REPORT_TABLE || p->verb == REPORT_CHART ||
	       p->verb == REPORT_QUOTES || p->verb == REPORT_LIST;
}

static void put_words(struct buf *out, const char *head, const struct report_word *words)
{
	buf_printf(out, "%s\n", head);
	for (size_t i = 0; words[i].form; i++)
		buf_printf(out, "  %-30s %s\n", words[i].form, words[i].means);
}

void report_grammar_words(struct buf *out)
{
	put_words(out, "Placeholders, each in {{ }}:", report_verbs);
	put_words(out, "FIGURE is one of:", report_figure_words);
	put_words(out, "TABLE is one of:", report_table_words);
}

const char *report_value(struct arena *arena, const char *value)
{
	AUTO(buf) out = buf_new(1 << 12);

	if (*value && !strpbrk(value, " \t\"{}"))
		return value;
	buf_char(out, '"');
	for (const char *c = value; *c; c++) {
		if (*c == '"')
			buf_char(out, '"');
		buf_char(out, *c);
	}
	buf_char(out, '"');
	return arena_strdup(arena, buf_text(out));
}
