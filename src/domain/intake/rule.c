#include "domain/intake/rule.h"
#include "domain/core/audit.h"
#include "domain/coding/codeframe.h"
#include "domain/admin/consultation.h"
#include "domain/responses/response.h"
#include "domain/coding/suggestion.h"
#include "base/str.h"
#include "text/answer/passage.h"
#include "text/words/word.h"

#include <inttypes.h>

enum { TRIED_COLUMNS = 3 };

static bool has_words(struct arena *arena, const char *text, const struct words *phrase)
{
	struct words words;

	if (!phrase->count || str_empty(text))
		return false;
	words_read(arena, text, strlen(text), &words);
	for (size_t i = 0; i + phrase->count <= words.count; i++) {
		size_t n = 0;

		while (n < phrase->count &&
		       words.items[i + n].hash == phrase->items[n].hash)
			n++;
		if (n == phrase->count)
			return true;
	}
	return false;
}

/* One field of a header as it stands, folded lines joined; every field of that name. */
static bool header_has(struct arena *arena, const char *head, size_t len,
		       const char *name, const char *has)
{
	AUTO(buf) value = buf_new(RULE_HEADER_BYTES);
	size_t name_len = strlen(name);
	bool inside = false;

	for (size_t at = 0; at < len;) {
		const char *line = head + at, *end = memchr(line, '\n', len - at);
		size_t line_len = end ? (size_t)(end - line) : len - at;

		if (line_len == 0 || (line_len == 1 && *line == '\r'))
			break;
		if (*line != ' ' && *line != '\t') {
			inside = line_len > name_len && line[name_len] == ':' &&
				 str_ieq(arena_strndup(arena, line, name_len), name);
			buf_char(value, '\n');
		}
		if (inside)
			buf_add(value, line, line_len - (line[line_len - 1] == '\r'));
		at += line_len + 1;
	}
	return str_ifind(buf_text(value), has) != NULL;
}

static bool matches(struct operation *op, struct arena *arena, const struct rule *rule,
		    const struct response_text *words, bool *out, struct err *err)
{
	struct words phrase;
	struct store_row row;
	const char *head;
	size_t len;

	*out = false;
	words_read(arena, rule->has, strlen(rule->has), &phrase);
	if (str_eq(rule->field, "text")) {
		for (size_t i = 0; i < words->count && !*out; i++)
			*out = has_words(arena, words->parts[i].text, &phrase);
		return true;
	}
	if (!store_one(op->store, arena, &row, err, SQL_RULE_MAIL, "ii",
		       words->inbound_id, (int64_t)RULE_HEADER_BYTES))
		return false;
	if (str_eq(rule->field, "subject")) {
		*out = has_words(arena, row_text(&row, "subject"), &phrase);
	} else if (str_eq(rule->field, "sender")) {
		*out = str_ifind(row_text(&row, "from_address"), rule->has) ||
		       str_ifind(row_text(&row, "from_name"), rule->has);
	} else {
		head = row_bytes(&row, "head", &len);
		*out = header_has(arena, head ? head : "", head ? len : 0,
				  rule->field + strlen("header:"), rule->has);
	}
	return true;
}

static bool field_is_one(const char *field)
{
	return str_eq(field, "sender") || str_eq(field, "subject") ||
	       str_eq(field, "text") ||
	       (str_starts(field, "header:") && field[strlen("header:")]);
}

static bool rule_is_whole(struct arena *arena, const struct rule *r, struct err *err)
{
	struct words words;

	if (!field_is_one(r->field))
		return err_set(err, ERR_INPUT,
			       "a rule looks at: sender, subject, text or header:NAME");
	if (str_empty(r->has) || strlen(r->has) > 500)
		return err_set(err, ERR_INPUT,
			       "say what it must have, in 1 to 500 bytes");
	words_read(arena, r->has, strlen(r->has), &words);
	if (!words.count && (str_eq(r->field, "text") || str_eq(r->field, "subject")))
		return err_set(err, ERR_INPUT, "there is no word in what it must have");
	if (!str_eq(r->act, "tag") && !str_eq(r->act, "assign") &&
	    !str_eq(r->act, "mark") && !str_eq(r->act, "suggest"))
		return err_set(err, ERR_INPUT,
			       "a rule can: tag, assign, mark or suggest");
	if (str_eq(r->act, "suggest") && !str_eq(r->field, "text"))
		return err_set(err, ERR_INPUT,
			       "a rule that suggests a code looks at the text");
	if (str_empty(r->value) || strlen(r->value) > 80 || strchr(r->value, ','))
		return err_set(
			err, ERR_INPUT,
			"say the tag, the person, the mark or the code, in 1 to 80 bytes "
			"without a comma");
	return true;
}

/* What is suggested must be a code that can be put: there, or in some consultation when
 * the rule is for all of them. */
static bool code_is_there(struct operation *op, struct arena *arena,
			  const struct rule *rule, int64_t consultation_id,
			  struct err *err)
{
	struct code code;
	struct store_row row;

	if (!str_eq(rule->act, "suggest"))
		return true;
	if (consultation_id)
		return code_named(op, arena, rule->consultation, rule->value, &code,
				  err) &&
		       codeframe_usable(&code, consultation_id, err);
	if (store_one(op->store, arena, &row, err, SQL_RULE_CODE_ANYWHERE, "t",
		      rule->value))
		return true;
	return err->kind == ERR_ABSENT &&
	       err_set(err, ERR_ABSENT,
		       "no consultation has a code \"%.80s\" that can be put on a response; "
		       "make it first, or choose another" HINT
		       "mercat code add, mercat code list CONSULTATION",
		       rule->value);
}

bool rule_add(struct operation *op, const struct rule *rule, struct err *err)
{
	AUTO(arena) arena = arena_new(4096);
	AUTO(store_txn) t = NULL;
	struct store_row row;
	int64_t consultation_id;

	if (!needs_staff(op, err) || !rule_is_whole(arena, rule, err))
		return false;
	if (str_empty(rule->name) || strlen(rule->name) > 40)
		return err_set(err, ERR_INPUT, "a rule has a name of 1 to 40 bytes");
	t = store_begin(op->store, err);
	if (!t || !consultation_or_all(op, rule->consultation, &consultation_id, err))
		return false;
	if (str_eq(rule->act, "assign") &&
	    !store_one(op->store, arena, &row, err, SQL_STAFF_BY_NAME, "t", rule->value))
		return err->kind == ERR_ABSENT
			       ? err_set(err, ERR_ABSENT, "\"%.60s\" is not in the staff",
					 rule->value)
			       : false;
	if (!code_is_there(op, arena, rule, consultation_id, err))
		return false;
	if (!store_run(op->store, err, SQL_RULE_ADD, "tztttiti", rule->name,
		       consultation_id, rule->field, rule->has, rule->act, op->staff_id,
		       rule->value, op->now))
		return err->kind == ERR_CONFLICT
			       ? err_set(err, ERR_CONFLICT,
					 "there is a rule \"%s\" already", rule->name)
			       : false;
	return audit_record(op, err, "rule added", "rule", store_last_id(op->store),
			    "%s by %s", rule->act, rule->field) &&
	       store_commit(&t, err);
}

bool rule_remove(struct operation *op, const char *name, struct err *err)
{
	AUTO(arena) arena = arena_new(2048);
	AUTO(store_txn) t = NULL;
	struct rule rule;
	struct store_row row;

	if (!needs_staff(op, err))
		return false;
	t = store_begin(op->store, err);
	return t && rule_named(op, arena, name, &rule, err) &&
	       store_one(op->store, arena, &row, err, SQL_RULE_BY_NAME, "t", name) &&
	       store_run(op->store, err, SQL_RULE_END, "iii", row_int(&row, "id"),
			 op->staff_id, op->now) &&
	       audit_record(op, err, "rule removed", "rule", row_int(&row, "id"), "%s",
			    "") &&
	       store_commit(&t, err);
}

static struct rule rule_of(const struct store_row *row)
{
	return (struct rule){.name = row_text(row, "name"),
			     .consultation = row_text(row, "consultation"),
			     .field = row_text(row, "field"),
			     .has = row_text(row, "has"),
			     .act = row_text(row, "action"),
			     .value = row_text(row, "value")};
}

bool rule_named(struct operation *op, struct arena *arena, const char *name,
		struct rule *out, struct err *err)
{
	struct store_row row;

	if (!store_one(op->store, arena, &row, err, SQL_RULE_BY_NAME, "t", name))
		return err->kind == ERR_ABSENT ? err_set(err, ERR_ABSENT,
							 "there is no rule \"%.40s\"" HINT
							 "see: mercat rule list",
							 name)
					       : false;
	*out = rule_of(&row);
	return true;
}

/* Matching a reply reads its words into an arena of its own: there may be very many. */
static bool matches_response(struct operation *op, const struct rule *rule,
			     int64_t response_id, bool *out, struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 16);
	struct response_text words;

	return response_text_load(op, arena, response_id, &words, err) &&
	       matches(op, arena, rule, &words, out, err);
}

bool rule_try(struct operation *op, struct arena *arena, const struct rule *rule,
	      int64_t **out_ids, size_t *out_count, struct err *err)
{
	int64_t consultation_id;
	struct store_table t;

	*out_ids = NULL;
	*out_count = 0;
	if (!rule_is_whole(arena, rule, err) ||
	    !consultation_or_all(op, rule->consultation, &consultation_id, err) ||
	    !store_all(op->store, arena, &t, err, SQL_RULE_REPLIES, "z", consultation_id))
		return false;
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);
		bool yes;

		if (!matches_response(op, rule, row_int(&row, "id"), &yes, err))
			return false;
		if (!yes)
			continue;
		*out_ids = arena_grow(arena, *out_ids, *out_count, sizeof(**out_ids));
		(*out_ids)[(*out_count)++] = row_int(&row, "id");
	}
	return true;
}

/* A tag that was retired meanwhile is put no more; the mail must come in all the same. */
static bool put_tag(struct operation *op, struct arena *arena, int64_t response_id,
		    int64_t consultation_id, const char *tag, struct err *err)
{
	int64_t code;

	if (!code_for_tag(op, arena,
			  &(struct code_tag){.consultation_id = consultation_id,
					     .name = tag,
					     .missing = CODE_MAKE},
			  &code, err))
		return err_forgive(err, ERR_CONFLICT);
	return store_run(op->store, err, SQL_CODING_ADD_BY_RULE, "iii", response_id, code,
			 op->now);
}

/* On each paragraph in which the words stand. */
static bool suggest(struct operation *op, const struct rule *rule,
		    const struct store_row *response, struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 16);
	const char *because = arena_printf(arena, "rule %s", rule->name);
	int64_t code_id;
	struct code code;
	struct response_text words;

	if (!code_for_tag(op, arena,
			  &(struct code_tag){.consultation_id =
						     row_int(response, "consultation_id"),
					     .name = rule->value,
					     .missing = CODE_FIND},
			  &code_id, err) ||
	    (code_id && !code_get(op, arena, code_id, &code, err)) ||
	    !response_text_load(op, arena, row_int(response, "id"), &words, err))
		return false;
	if (!code_id || !str_eq(code.state, "live"))
		return true;
	for (size_t p = 0; p < words.count; p++) {
		struct passage_place *places;
		size_t count = passage_with_words(arena, words.parts[p].text, rule->has,
						  &places);

		for (size_t i = 0; i < count; i++) {
			struct coded_passage where = {.part = words.parts[p].position,
						      .from = places[i].from,
						      .to = places[i].to};
			bool added;

			if (!suggestion_add(op, arena,
					    &(struct suggestion_new){.words = &words,
								     .code_id = code_id,
								     .where = &where,
								     .by_what = "rule",
								     .because = because},
					    &added, err))
				return false;
		}
	}
	return true;
}

/* Only where nobody has it. */
static bool assign(struct operation *op, struct arena *arena,
		   const struct store_row *response, const char *name, struct err *err)
{
	struct store_row row;

	if (!store_run(op->store, err, SQL_RULE_ASSIGN, "it", row_int(response, "id"),
		       name))
		return false;
	if (!store_changes(op->store))
		return true;
	if (!store_one(op->store, arena, &row, err, SQL_STAFF_BY_NAME, "t", name))
		return err_forgive(err, ERR_ABSENT); /* their account has ended */
	return response_assigned(op, row_int(&row, "id"),
				 row_int(response, "consultation_id"), err);
}

/* out_done: false when it was applied to this reply before. */
static bool apply(struct operation *op, struct arena *arena, int64_t rule_id,
		  const struct rule *rule, int64_t response_id, bool *out_done,
		  struct err *err)
{
	struct store_row row;

	if (!store_run(op->store, err, SQL_RULE_MATCH_ADD, "iii", rule_id, response_id,
		       op->now))
		return false;
	*out_done = store_changes(op->store) > 0;
	if (!*out_done)
		return true;
	if (!store_one(op->store, arena, &row, err, SQL_RESPONSE_BY_ID, "i", response_id))
		return false;
	if (str_eq(rule->act, "tag") &&
	    !put_tag(op, arena, response_id, row_int(&row, "consultation_id"),
		     rule->value, err))
		return false;
	if (str_eq(rule->act, "assign") && !assign(op, arena, &row, rule->value, err))
		return false;
	if (str_eq(rule->act, "suggest") && !suggest(op, rule, &row, err))
		return false;
	return audit_record(op, err, "rule applied", "response", response_id,
			    "rule %" PRId64, rule_id);
}

bool rule_run(struct operation *op, const char *name, int64_t *out_count, struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 16);
	AUTO(store_txn) t = NULL;
	struct rule rule;
	struct store_row row;
	int64_t *ids;
	size_t count;

	*out_count = 0;
	if (!needs_staff(op, err))
		return false;
	t = store_begin(op->store, err);
	if (!t || !rule_named(op, arena, name, &rule, err) ||
	    !store_one(op->store, arena, &row, err, SQL_RULE_BY_NAME, "t", name) ||
	    !rule_try(op, arena, &rule, &ids, &count, err))
		return false;
	for (size_t i = 0; i < count; i++) {
		bool done;

		if (!apply(op, arena, row_int(&row, "id"), &rule, ids[i], &done, err))
			return false;
		*out_count += done;
	}
	return store_commit(&t, err);
}

bool rules_apply(struct operation *op, struct arena *arena,
		 const struct response_text *words, struct err *err)
{
	struct store_table t;

	if (!store_all(op->store, arena, &t, err, SQL_RULES_FOR, "i",
		       words->consultation_id))
		return false;
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);
		struct rule rule = rule_of(&row);
		bool yes, done;

		if (!matches(op, arena, &rule, words, &yes, err) ||
		    (yes && !apply(op, arena, row_int(&row, "id"), &rule,
				   words->response_id, &done, err)))
			return false;
	}
	return true;
}

static bool set_tried(struct operation *op, struct arena *arena, int64_t response_id,
		      struct store_cell *cells, struct err *err)
{
	struct store_row response, mail;
	const char *texts[TRIED_COLUMNS];

	if (!store_one(op->store, arena, &response, err, SQL_RESPONSE_BY_ID, "i",
		       response_id) ||
	    !store_one(op->store, arena, &mail, err, SQL_PARSED_OF, "i",
		       row_int(&response, "inbound_id")))
		return false;
	texts[0] = response_reference(arena, row_text(&response, "consultation"),
				      row_int(&response, "number"));
	texts[1] = row_text(&mail, "from_address");
	texts[2] = row_text(&mail, "subject");
	for (size_t c = 0; c < TRIED_COLUMNS; c++)
		cells[c] = cell_of_text(texts[c]);
	return true;
}

bool rule_tried(struct operation *op, struct arena *arena, const struct rule *rule,
		struct store_table *out, struct err *err)
{
	static const char *const names[TRIED_COLUMNS] = {"reference", "from_address",
							 "subject"};
	struct store_table t = {.names = names, .columns = TRIED_COLUMNS};
	int64_t *ids;

	if (!rule_try(op, arena, rule, &ids, &t.count, err))
		return false;
	t.rows = arena_make(arena, struct store_cell *, t.count + 1);
	for (size_t i = 0; i < t.count; i++) {
		t.rows[i] = arena_make(arena, struct store_cell, TRIED_COLUMNS);
		if (!set_tried(op, arena, ids[i], t.rows[i], err))
			return false;
	}
	*out = t;
	return true;
}

bool rule_list(struct operation *op, struct arena *arena, struct store_table *out,
	       struct err *err)
{
	return store_all(op->store, arena, out, err, SQL_RULE_LIST, "");
}
