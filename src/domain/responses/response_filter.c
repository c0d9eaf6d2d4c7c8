#include "domain/responses/response.h"
#include "domain/admin/consultation.h"
#include "domain/responses/response_proposal.h"
#include "base/codec/json.h"
#include "base/str.h"

#include <glib.h>
#include <inttypes.h>

enum {
	FILTER_MOST = 8000,
	SEARCH_BYTES = 4000,
	SEARCH_WORDS = 60,
	SEARCH_BEGINNINGS = 8,
	OTHER_BYTES = 64 /* no word that has two numbers is longer */
};

/* How each field of a filter stands in its text. */
enum field_kind { FIELD_TEXT, FIELD_ANY, FIELD_TIME };

static const struct {
	const char *name;
	enum field_kind kind;
	size_t at;
} fields[] = {
#define FIELD(name, kind)                                           \
	{                                                           \
#name, kind, offsetof(struct response_filter, name) \
	}
	FIELD(state, FIELD_TEXT),      FIELD(tag, FIELD_TEXT),
	FIELD(assigned, FIELD_TEXT),   FIELD(type, FIELD_TEXT),
	FIELD(permission, FIELD_TEXT), FIELD(search, FIELD_TEXT),
	FIELD(mark, FIELD_TEXT),       FIELD(proposed, FIELD_TEXT),
	FIELD(late, FIELD_ANY),        FIELD(unreadable, FIELD_ANY),
	FIELD(marked, FIELD_ANY),      FIELD(tagged, FIELD_ANY),
	FIELD(linked, FIELD_ANY),      FIELD(second, FIELD_ANY),
	FIELD(from_at, FIELD_TIME),    FIELD(to_at, FIELD_TIME),
#undef FIELD
};

static const char *const any_words[] = {"any", "yes", "no", NULL};

const char *response_filter_text(struct arena *arena, const struct response_filter *f)
{
	AUTO(buf) out = buf_new(FILTER_MOST);
	const char *from = (const char *)f;

	for (size_t i = 0; i < ARRAY_LEN(fields); i++) {
		const void *at = from + fields[i].at;
		const char *text = NULL;
		char digits[32];

		if (fields[i].kind == FIELD_TEXT) {
			text = str_or(*(const char *const *)at, NULL);
		} else if (fields[i].kind == FIELD_ANY) {
			enum response_any any = *(const enum response_any *)at;

			text = any ? any_words[any] : NULL;
		} else if (*(const int64_t *)at) {
			(void)snprintf(digits, sizeof(digits), "%" PRId64,
				       *(const int64_t *)at);
			text = digits;
		}
		if (!text)
			continue;
		buf_printf(out, "%s ", fields[i].name);
		template_clean_text(out, text, strlen(text), TEMPLATE_ONE_LINE);
		buf_char(out, '\n');
	}
	if (f->campaign < 0)
		buf_str(out, "campaign any\n");
	else if (f->campaign)
		buf_printf(out, "campaign %" PRId64 "\n", f->campaign);
	return arena_strdup(arena, buf_text(out));
}

static bool read_value(struct arena *arena, struct response_filter *f, const char *name,
		       const char *value, struct err *err)
{
	char *to = (char *)f;

	if (str_eq(name, "campaign")) {
		f->campaign = -1;
		return str_eq(value, "any") ||
		       str_to_int(value, 1, INT32_MAX, &f->campaign, err);
	}
	for (size_t i = 0; i < ARRAY_LEN(fields); i++) {
		void *at = to + fields[i].at;

		if (!str_eq(fields[i].name, name))
			continue;
		if (fields[i].kind == FIELD_TEXT) {
			*(const char **)at = arena_strdup(arena, value);
			return true;
		}
		if (fields[i].kind == FIELD_TIME)
			return str_to_int(value, 0, INT64_MAX, (int64_t *)at, err);
		if (!domain_word_check("choice", value, any_words, err))
			return false;
		*(enum response_any *)at = str_eq(value, "yes")  ? RESPONSE_YES
					   : str_eq(value, "no") ? RESPONSE_NO
								 : RESPONSE_ANY;
		return true;
	}
	return err_set(err, ERR_INPUT,
		       "\"%.40s\" is nothing that responses are filtered by", name);
}

bool response_filter_read(struct arena *arena, const char *text,
			  struct response_filter *out, struct err *err)
{
	struct response_filter f = {0};
	char *at = arena_strdup(arena, text);

	if (strlen(text) >= FILTER_MOST || !str_utf8_valid(text, strlen(text)))
		return err_set(err, ERR_INPUT, "a filter has at most %d bytes of UTF-8",
			       FILTER_MOST);
	while (*at) {
		char *line = at, *value;
		size_t len = strcspn(line, "\n");

		at = line + len + (line[len] == '\n');
		line[len] = '\0';
		value = strchr(line, ' ');
		if (!value)
			return err_set(err, ERR_INPUT, "\"%.40s\" filters by no value",
				       line);
		*value++ = '\0';
		if (!read_value(arena, &f, line, value, err))
			return false;
	}
	*out = f;
	return true;
}

static bool id_by_name(struct operation *op, struct arena *arena, enum sql_id statement,
		       int64_t of, const char *name, const char *what, int64_t *out,
		       struct err *err)
{
	struct store_row row;
	bool ok = of ? store_one(op->store, arena, &row, err, statement, "it", of, name)
		     : store_one(op->store, arena, &row, err, statement, "t", name);

	if (!ok)
		return err->kind == ERR_ABSENT
			       ? err_set(err, ERR_ABSENT, "there is no %s \"%.80s\"",
					 what, name)
			       : false;
	*out = row_int(&row, "id");
	return true;
}

static bool find_campaign(struct operation *op, struct arena *arena, int64_t number,
			  struct response_query *q, struct err *err)
{
	struct store_row row;

	if (number < 0) {
		q->campaign = -1;
		return true;
	}
	if (!store_one(op->store, arena, &row, err, SQL_CAMPAIGN_BY_NUMBER, "ii",
		       q->consultation, number))
		return err->kind == ERR_ABSENT
			       ? err_set(err, ERR_ABSENT, "there is no campaign %" PRId64,
					 number)
			       : false;
	q->campaign = row_int(&row, "id");
	return true;
}

/* What is typed may be a word, a phrase, how words begin, or what is to be left out. */
struct term {
	const char *text;
	size_t len;
	bool prefix, phrase, without;
};

/* The index has no word for signs alone: with them nothing would be found. */
static bool holds_words(const char *text, size_t len)
{
	for (size_t i = 0; i < len;) {
		gunichar c = g_utf8_get_char_validated(text + i, (gssize)(len - i));

		if (c >= (gunichar)-2)
			c = 0, i++;
		else
			i += (size_t)(g_utf8_next_char(text + i) - (text + i));
		if (g_unichar_isalnum(c) || g_unichar_ismark(c))
			return true;
	}
	return false;
}

static bool next_term(const char **at, struct term *out)
{
	const char *words = *at;

	while (*(words += strspn(words, " \t\r\n"))) {
		bool without = *words == '-' && words[1] && !strchr(" \t\r\n-", words[1]);
		bool phrase = words[without] == '"';
		const char *from = words + without + phrase;
		size_t len = strcspn(from, phrase ? "\"" : " \t\r\n\"");

		words = from + len + (phrase && from[len] == '"');
		*out = (struct term){from, len,
				     !phrase && len > 1 && from[len - 1] == '*', phrase,
				     without};
		out->len -= out->prefix;
		if (!holds_words(from, out->len))
			continue;
		*at = words;
		return true;
	}
	return false;
}

/* All words that begin so are read: of one letter nearly all that was ever written. */
static bool is_beginning(const struct term *term, int *count, struct err *err)
{
	if (!term->prefix)
		return true;
	if (term->len == 1)
		return err_set(err, ERR_INPUT,
			       "\"%c*\" would find nearly everything: give two "
			       "characters or more before the *",
			       *term->text);
	if (++*count > SEARCH_BEGINNINGS)
		return err_set(err, ERR_INPUT,
			       "a search has at most %d words that end with *",
			       SEARCH_BEGINNINGS);
	return true;
}

/* Scripts without blanks between words, of which the index has no single word: kana, Chinese
 * characters, Thai and Lao. */
static bool has_no_gaps(const struct term *term)
{
	for (size_t i = 0; i + 2 < term->len; i++) {
		const unsigned char *c = (const unsigned char *)term->text + i;

		if ((c[0] == 0xE3 && c[1] >= 0x81) || (c[0] >= 0xE4 && c[0] <= 0xE9) ||
		    (c[0] == 0xE0 && c[1] >= 0xB8 && c[1] <= 0xBB))
			return true;
	}
	return false;
}

/*
 * The other number of a noun whose both numbers have different stems for Porter's algorithm:
 * "bus" and "buses", "crisis" and "crises". len 0: there is none.
 */
static size_t other_number(const struct term *term, char out[OTHER_BYTES])
{
	size_t len = term->len;
	const char *w = term->text;
	char last = len ? str_lower_char(w[len - 1]) : '\0';

	if (term->prefix || len < 3 || len + 3 > OTHER_BYTES ||
	    !str_is_alpha(w[len - 1]) || !str_is_alpha(w[len - 2]))
		return 0;
	str_copy(out, OTHER_BYTES, "");
	memcpy(out, w, len);
	out[len] = '\0';
	if (str_iends(out, "sis"))
		return memcpy(out + len - 2, "es", 3), len;
	if (len > 4 &&
	    (str_iends(out, "ses") || str_iends(out, "xes") || str_iends(out, "zes") ||
	     str_iends(out, "shes") || str_iends(out, "ches")))
		return out[len - 2] = '\0', len - 2;
	if (strchr("sxz", last) || str_iends(out, "sh") || str_iends(out, "ch"))
		return memcpy(out + len, "es", 3), len + 2;
	return 0;
}

static const char *in_quotes(struct arena *arena, const struct term *term)
{
	char other[OTHER_BYTES];
	int len = (int)term->len;

	if (other_number(term, other))
		return arena_printf(arena, "(\"%.*s\" OR \"%s\")", len, term->text,
				    other);
	return arena_printf(arena, "\"%.*s\"%s", len, term->text,
			    term->prefix ? "*" : "");
}

bool response_search_query(struct arena *arena, const char *words, const char **out,
			   struct err *err)
{
	AUTO(buf) q = buf_new(SEARCH_BYTES * 4);
	AUTO(buf) without = buf_new(SEARCH_BYTES * 4);
	int count = 0, beginnings = 0;
	bool elsewhere = false;
	struct term term;

	if (strlen(words) > SEARCH_BYTES)
		return err_set(err, ERR_INPUT, "a search has at most %d bytes",
			       SEARCH_BYTES);
	while (next_term(&words, &term)) {
		struct buf *to = term.without ? without : q;
		const char *quoted = in_quotes(arena, &term);

		if (!term.without && has_no_gaps(&term)) {
			elsewhere = true;
			continue;
		}
		if (strstr(buf_text(to), quoted))
			continue; /* said twice */
		/* More would pass the depth that FTS5 allows. */
		if (++count > SEARCH_WORDS)
			return err_set(err, ERR_INPUT,
				       "a search has at most %d words and phrases",
				       SEARCH_WORDS);
		if (!is_beginning(&term, &beginnings, err))
			return false;
		buf_printf(to, "%s%s", to->len ? term.without ? " OR " : " AND " : "",
			   quoted);
	}
	if (without->len && !q->len && !elsewhere)
		return err_set(err, ERR_INPUT,
			       "a search says what to find before what to leave out: "
			       "hall -church");
	*out = !q->len        ? "\"\""
	       : without->len ? arena_printf(arena, "(%s) NOT (%s)", buf_text(q),
					     buf_text(without))
			      : arena_strndup(arena, q->bytes, q->len);
	return true;
}

/* "0005", or "cruelty-0005" in that consultation. */
static int64_t number_of(const char *words, const char *consultation)
{
	struct err ignored = {0};
	int64_t number;
	size_t len;

	words += strspn(words, " \t\r\n");
	if (consultation && str_istarts(words, consultation) &&
	    words[strlen(consultation)] == '-')
		words += strlen(consultation) + 1;
	len = strspn(words, "0123456789");
	if (!len || words[len + strspn(words + len, " \t\r\n")])
		return 0;
	words += strspn(words, "0");
	return str_to_int(words, 1, INT32_MAX, &number, &ignored) ? number : 0;
}

/* All words as they were typed, anywhere in a note. */
static const char *note_of(struct arena *arena, const char *words)
{
	AUTO(buf) out = buf_new(SEARCH_BYTES * 2 + 4);
	struct term term;
	size_t count = 0;

	for (; next_term(&words, &term); count++) {
		if (term.without)
			return NULL;
		buf_char(out, count ? ' ' : '%');
		for (size_t i = 0; i < term.len; i++)
			buf_printf(out, "%s%c", strchr("%_!", term.text[i]) ? "!" : "",
				   term.text[i]);
	}
	buf_char(out, '%');
	return count ? arena_strdup(arena, buf_text(out)) : NULL;
}

/* NULL: there are none. */
static const char *words_without_gaps(struct arena *arena, const char *words)
{
	AUTO(buf) out = buf_new(SEARCH_BYTES * 7 + 100);
	struct json json;
	struct term term;
	bool any = false;

	json_begin(&json, out);
	json_put_array(&json, NULL);
	while (next_term(&words, &term))
		if (!term.without && has_no_gaps(&term)) {
			any = true;
			json_put_text(&json, NULL,
				      arena_strndup(arena, term.text, term.len));
		}
	json_end(&json);
	json_done(&json);
	return any ? arena_strdup(arena, buf_text(out)) : NULL;
}

/* What the index does not know: numbers, notes, words that nothing parts. */
static void search_beside(struct arena *arena, const char *words,
			  const char *consultation, struct response_query *out)
{
	out->number = number_of(words, consultation);
	out->note = note_of(arena, words);
	out->without_gap = words_without_gaps(arena, words);
	/* Then the index is asked for the other words alone, if there are any. */
	if (out->without_gap && str_eq(out->match, "\"\""))
		out->match = NULL;
}

/* Who may not see who wrote does not find it out by searching either. */
bool response_match(struct arena *arena, const struct response_look *look,
		    const char **out, struct err *err)
{
	const char *query;

	if (!response_search_query(arena, look->filter->search, &query, err))
		return false;
	/* What the index does not know (search_beside()) leaves nothing to ask it for. */
	*out = look->who || str_eq(query, "\"\"")
		       ? query
		       : arena_printf(arena, "{subject text files} : (%s)", query);
	return true;
}

/* A tag of every consultation goes by its name, and there may be none of it. */
static bool find_tag(struct operation *op, struct arena *arena, const char *name,
		     struct response_query *q, struct err *err)
{
	if (!q->consultation) {
		q->tag = name;
		return true;
	}
	return id_by_name(op, arena, SQL_CODE_BY_NAME, q->consultation, name, "tag",
			  &q->code, err);
}

static bool words_are_known(const struct response_filter *f, struct err *err)
{
	return domain_word_check("state of a response", str_or(f->state, NULL),
				 response_states, err) &&
	       domain_word_check("respondent type", str_or(f->type, NULL),
				 respondent_types, err) &&
	       domain_word_check("permission", str_or(f->permission, NULL),
				 respondent_permissions, err) &&
	       (str_empty(f->proposed) || str_eq(f->proposed, "any") ||
		domain_word_check("proposal", f->proposed, response_proposal_kinds, err));
}

bool response_query_make(struct operation *op, struct arena *arena,
			 const struct response_look *look, struct response_query *out,
			 struct err *err)
{
	const struct response_filter *f = look->filter;
	struct consultation c = {0};

	if (!words_are_known(f, err) ||
	    (look->consultation &&
	     !consultation_named(op, arena, look->consultation, &c, err)))
		return false;
	*out = (struct response_query){
		.consultation = c.id,
		.state = str_or(f->state, NULL),
		.type = str_or(f->type, NULL),
		.permission = str_or(f->permission, NULL),
		.proposed = str_or(f->proposed, NULL),
		.mark = f->mark,
		.late = f->late,
		.unreadable = f->unreadable,
		.marked = f->marked,
		.tagged = f->tagged,
		.linked = f->linked,
		.second = f->second,
		.from_at = f->from_at,
		.to_at = f->to_at,
		.most = -1,
	};
	if (str_eq(f->assigned, "nobody"))
		out->staff = -1;
	else if (!str_empty(f->assigned) &&
		 !id_by_name(op, arena, SQL_STAFF_BY_NAME, 0, f->assigned, "colleague",
			     &out->staff, err))
		return false;
	if (!str_empty(f->tag) && !find_tag(op, arena, f->tag, out, err))
		return false;
	if (f->campaign && !find_campaign(op, arena, f->campaign, out, err))
		return false;
	if (str_empty(f->search))
		return true;
	if (!response_match(arena, look, &out->match, err))
		return false;
	search_beside(arena, f->search, c.name, out);
	return true;
}

bool response_query_run(struct operation *op, struct arena *arena, enum sql_id statement,
			const struct response_query *q, struct store_table *out,
			struct err *err)
{
	return store_all(
		op->store, arena, out, err, statement, "iitttziiiiiiziitiiitttztt",
		q->consultation, q->from, q->state, q->type, q->permission, q->staff,
		(int64_t)q->late, (int64_t)q->unreadable, (int64_t)q->marked, q->campaign,
		(int64_t)q->tagged, (int64_t)q->linked, q->code, q->from_at, q->to_at,
		q->match, q->most, (int64_t)q->second, op->staff_id, q->proposed, q->tag,
		q->mark, q->number, q->note, q->without_gap);
}

bool response_list(struct operation *op, struct arena *arena,
		   const struct response_look *look, int64_t most,
		   struct store_table *out, struct err *err)
{
	struct response_query q;

	if (!response_query_make(op, arena, look, &q, err))
		return false;
	q.most = most ? most : -1;
	return response_query_run(op, arena, SQL_RESPONSE_LIST, &q, out, err);
}

bool response_ids(struct operation *op, struct arena *arena,
		  const struct response_look *look, const struct response_span *span,
		  struct response_ids *out, struct err *err)
{
	struct response_query q;
	struct store_table t;

	if (!response_query_make(op, arena, look, &q, err))
		return false;
	q.from = span->after;
	q.most = span->most;
	if (!response_query_run(op, arena, SQL_RESPONSE_IDS, &q, &t, err))
		return false;
	*out = (struct response_ids){arena_make(arena, int64_t, t.count + 1), t.count};
	for (size_t i = 0; i < t.count; i++)
		out->items[i] = t.rows[i][0].n;
	return true;
}

bool response_search(struct operation *op, struct arena *arena,
		     const struct response_words *of, struct store_table *out,
		     struct err *err)
{
	const char *match;

	return response_search_query(arena, of->words, &match, err) &&
	       store_all(op->store, arena, out, err, SQL_RESPONSE_SEARCH, "tti", match,
			 of->consultation, of->most);
}
