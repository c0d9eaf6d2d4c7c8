/* Codes on one response: put on a passage, taken off, suggestions decided. */
#include "domain/coding/codeframe.h"
#include "domain/responses/response.h"
#include "domain/responses/response_answer.h"
#include "domain/coding/sample.h"
#include "domain/coding/suggestion.h"
#include "base/codec/json.h"
#include "base/str.h"
#include "staff/coding/code_pages.h"
#include "staff/frame/pages.h"
#include "staff/frame/words.h"
#include "text/words/sentence.h"

#include <inttypes.h>

enum {
	SENTENCES_MOST = 2000,
	SENTENCE_BYTES = 8000,
	PASSAGES_MOST = 200,
	CODES_BYTES = 4 << 20
};

/* "part:from~to", or "whole". */
static bool read_place(struct web_request *r, const char *text, struct coded_passage *out,
		       struct err *err)
{
	const char *colon = text ? strchr(text, ':') : NULL;
	const char *wave = colon ? strchr(colon, '~') : NULL;

	*out = (struct coded_passage){.whole = str_eq(text, "whole")};
	if (out->whole)
		return true;
	if (!wave ||
	    !str_to_int(arena_strndup(r->arena, text, (size_t)(colon - text)),
			TEXT_PART_MAIL, INT32_MAX, &out->part, err) ||
	    !str_to_int(arena_strndup(r->arena, colon + 1, (size_t)(wave - colon - 1)), 0,
			INT32_MAX, &out->from, err) ||
	    !str_to_int(wave + 1, 0, INT32_MAX, &out->to, err))
		return err_set(
			err, ERR_INPUT,
			"No passage was chosen. Select some words first, or tick a "
			"sentence.");
	return true;
}

/* By its number, or by the name that somebody typed; a new one needs its own right.
 * *out_code stays 0 where the name is that of a code to be made. */
static bool find_code(struct web_request *r, int64_t *out_code, const char **out_name,
		      struct err *err)
{
	const char *consultation = staff_of(r)->consultation.name;
	const char *name = web_form(r, "new");
	struct code code;

	*out_code = web_form_int(r, "code", 0);
	if (!*out_code && str_empty(name))
		return err_set(err, ERR_INPUT,
			       "No code was chosen. Choose one of the "
			       "code frame.");
	if (*out_code ? staff_code_own(r, *out_code, &code, err)
		      : code_named(r->op, r->arena, consultation, name, &code, err)) {
		*out_code = code.id;
		*out_name = code.name;
		return true;
	}
	if (err->kind != ERR_ABSENT || *out_code)
		return false;
	if (!staff_may(r, RIGHT_CODE_FRAME))
		return err_set(
			err, ERR_ABSENT,
			"There is no code \"%.80s\", and your account has no right "
			"to make codes.",
			name);
	*err = (struct err){0};
	*out_name = name;
	return true;
}

static bool read_places(struct web_request *r, struct coded_passage *out,
			size_t *out_count, struct err *err)
{
	*out_count = 0;
	for (size_t i = 0; i < r->form.count; i++) {
		const char *place = r->form.fields[i].value;

		if (!str_eq(r->form.fields[i].name, "place") || str_empty(place))
			continue;
		if (*out_count == PASSAGES_MOST)
			return err_set(err, ERR_INPUT,
				       "Choose %d passages at most at one time.",
				       PASSAGES_MOST);
		if (!read_place(r, place, &out[(*out_count)++], err))
			return false;
	}
	return *out_count > 0 || read_place(r, NULL, out, err);
}

/* code=ID or new=NAME, place=part:from~to, any number of times. */
void staff_response_code(struct web_request *r)
{
	struct coded_passage places[PASSAGES_MOST];
	const char *reference, *name = NULL;
	struct err err = {0};
	size_t count, fresh;
	int64_t code;

	if (!staff_reference(r, &reference))
		return;
	if (!find_code(r, &code, &name, &err) || !read_places(r, places, &count, &err) ||
	    !coding_put_all(r->op,
			    &(struct coding_new){.reference = reference,
						 .code_id = code,
						 .name = name,
						 .where = places,
						 .count = count},
			    &fresh, &err)) {
		staff_failed(r, &err);
		return;
	}
	if (!fresh)
		staff_say(r, "That passage has the code \"%s\" already.", name);
	else
		staff_say(r, "Coded \"%s\".", name);
	staff_back_or(r, staff_response_path(r));
}

/* Is it one that this person sees on this very response? Ids of elsewhere are not there. */
static bool is_here(struct web_request *r, const char *reference, int64_t id,
		    bool suggestion, struct err *err)
{
	struct response response;
	struct staff_codes codes;

	if (!response_find(r->op, r->arena, reference, &response, err) ||
	    !staff_codes_load(r, response.id, &codes, err))
		return false;
	for (size_t i = 0; id && i < codes.count; i++)
		if (id == (suggestion ? codes.items[i].suggestion_id : codes.items[i].id))
			return true;
	return err_set(err, ERR_ABSENT,
		       "%s has no such code any more. Load the page again.", reference);
}

void staff_response_uncode(struct web_request *r)
{
	int64_t id = web_form_int(r, "id", 0);
	const char *reference;
	struct err err = {0};

	if (!staff_reference(r, &reference))
		return;
	if (!is_here(r, reference, id, false, &err) ||
	    !coding_end(r->op, id, NULL, &err)) {
		staff_failed(r, &err);
		return;
	}
	staff_say(r, "The code is off %s.", reference);
	staff_back_or(r, staff_response_path(r));
}

/* All places of the form as one: from the first character to the last, in one text. */
static bool one_place(struct web_request *r, struct coded_passage *out, struct err *err)
{
	bool any = false;

	for (size_t i = 0; i < r->form.count; i++) {
		struct coded_passage next;

		if (!str_eq(r->form.fields[i].name, "place"))
			continue;
		if (!read_place(r, r->form.fields[i].value, &next, err))
			return false;
		if (next.whole || (any && next.part != out->part))
			return err_set(err, ERR_INPUT,
				       "A passage stands in one text. Choose words of "
				       "the mail or of one file.");
		if (any && next.from > out->from)
			next.from = out->from;
		if (any && next.to < out->to)
			next.to = out->to;
		*out = next;
		any = true;
	}
	return any || read_place(r, NULL, out, err);
}

/* A code whose words were no longer found: coding=ID, place=part:from~to. */
void staff_response_place(struct web_request *r)
{
	int64_t id = web_form_int(r, "coding", 0);
	struct coded_passage where;
	const char *reference;
	struct err err = {0};

	if (!staff_reference(r, &reference))
		return;
	if (!is_here(r, reference, id, false, &err) || !one_place(r, &where, &err) ||
	    !coding_place(r->op, id, &where, NULL, &err)) {
		staff_failed(r, &err);
		return;
	}
	staff_say(r, "The code stands on those words of %s now.", reference);
	staff_back_or(r, staff_response_path(r));
}

void staff_response_suggestion(struct web_request *r)
{
	bool accept = str_eq(web_form(r, "accept"), "yes"), ok;
	int64_t id = web_form_int(r, "id", 0), coding;
	const char *reference;
	struct err err = {0};

	if (!staff_reference(r, &reference))
		return;
	ok = is_here(r, reference, id, true, &err) &&
	     (accept ? suggestion_accept(r->op, id, &coding, NULL, &err)
		     : suggestion_refuse(r->op, id, NULL, &err));
	if (!ok) {
		staff_failed(r, &err);
		return;
	}
	staff_say(r, accept ? "Accepted: it counts as a code now."
			    : "Refused: it will not be suggested there again.");
	staff_back_or(r, staff_response_path(r));
}

/* What the small picker offers: [{"id":1,"name":"..","path":"..","colour":"..",..}] */
void staff_codes_json(struct web_request *r)
{
	AUTO(buf) to = buf_new(CODES_BYTES);
	struct code *codes;
	struct err err = {0};
	struct json json;
	size_t count;

	if (!codeframe_load(r->op, r->arena, staff_of(r)->consultation.id, &codes, &count,
			    &err)) {
		staff_failed(r, &err);
		return;
	}
	json_begin(&json, to);
	json_put_object(&json, NULL);
	json_put_bool(&json, "make", staff_may(r, RIGHT_CODE_FRAME));
	json_put_array(&json, "codes");
	for (size_t i = 0; i < count; i++) {
		if (!str_eq(codes[i].state, "live"))
			continue;
		json_put_object(&json, NULL);
		json_put_int(&json, "id", codes[i].id);
		json_put_int(&json, "depth", codes[i].depth);
		json_put_text(&json, "colour", staff_colour(r, codes[i].colour));
		json_put_text(&json, "name", codes[i].name);
		json_put_text(&json, "definition", codes[i].definition);
		json_put_text(&json, "questions", codes[i].all_questions);
		json_end(&json);
	}
	json_end(&json);
	json_end(&json);
	json_done(&json);
	web_bytes(r, 200, "application/json", buf_text(to), to->len);
}

/* What is known of a response's sentences: the questions they answer, their codes. */
struct around {
	struct response_answer *answers;
	size_t answer_count;
	struct staff_codes codes;
	int64_t question; /* of the last heading */
};

static bool around_load(struct web_request *r, int64_t response_id, struct around *out,
			struct err *err)
{
	*out = (struct around){.question = -1};
	return response_answer_list(r->op, r->arena, response_id, &out->answers,
				    &out->answer_count, err) &&
	       staff_codes_load(r, response_id, &out->codes, err);
}

static const struct response_answer *answer_at(const struct around *around,
					       const char *part, int64_t from, int64_t to)
{
	for (size_t i = 0; i < around->answer_count; i++) {
		const struct response_answer *a = &around->answers[i];

		if (a->question && str_eq(a->part, part) && a->from < to && from < a->to)
			return a;
	}
	return NULL;
}

/* Under which question a sentence stands, said where that changes; which codes it has. */
static void show_around(struct template_value *s, struct around *around,
			const struct text_part *part, int64_t from, int64_t to)
{
	const struct response_answer *a = answer_at(around, part->name, from, to);
	struct template_value *codes = template_set_list(s, "codes");
	int64_t question = a ? a->question : 0;

	if (question != around->question && (question || around->question > 0)) {
		template_set_bool(s, "heading", true);
		if (question)
			template_set_int(s, "question", question);
		template_set(s, "asked", a ? a->asked : NULL);
	}
	around->question = question;
	for (size_t i = 0; i < around->codes.shown; i++) {
		const struct coding *c = &around->codes.items[i];

		if (!c->suggestion_id && !c->where.whole &&
		    !str_eq(c->placed, "needs re-anchoring") &&
		    c->where.part == part->position && c->where.from < to &&
		    from < c->where.to)
			template_set(template_add_map(codes), "code", c->code);
	}
}

static void add_sentences(struct web_request *r, struct template_value *parts,
			  const struct text_part *part, struct around *around, int *left)
{
	struct template_value *one, *list;
	bool is_cut;
	int64_t at = 0;

	if (str_empty(part->text) || *left <= 0)
		return;
	one = template_add_map(parts);
	template_set(one, "name", part->position == TEXT_PART_MAIL ? NULL : part->name);
	list = template_set_list(one, "sentences");
	for (const char *from = part->text; *from && *left > 0;) {
		const char *to = sentence_end(part->text, from);
		int64_t end = at + (int64_t)str_utf8_count(from, (size_t)(to - from));

		if (from + strspn(from, " \t\r\n") < to) {
			struct template_value *s = template_add_map(list);

			template_set(s, "place",
				     arena_printf(r->arena,
						  "%" PRId64 ":%" PRId64 "~%" PRId64,
						  part->position, at, end));
			template_set(
				s, "text",
				staff_text(r,
					   unwrap_passage(r->arena,
							  str_trim(arena_strndup(
								  r->arena, from,
								  (size_t)(to - from)))),
					   SENTENCE_BYTES, &is_cut));
			template_set_bool(s, "cut", is_cut);
			show_around(s, around, part, at, end);
			*left = staff_of(r)->text_shown < STAFF_PAGE_TEXT ? *left - 1 : 0;
		}
		from = to;
		at = end;
	}
}

/* Is a code of this response to be placed, rather than one put on it? */
static bool show_placed(struct web_request *r, struct template_value *v,
			int64_t response_id, struct err *err)
{
	int64_t id = web_query_int(r, "coding", 0);
	struct staff_codes codes;

	if (!id)
		return true;
	if (!staff_codes_load(r, response_id, &codes, err))
		return false;
	for (size_t i = 0; i < codes.count; i++)
		if (codes.items[i].id == id) {
			template_set(v, "placing", codes.items[i].code);
			template_set_int(v, "coding", id);
			return true;
		}
	return err_set(
		err, ERR_ABSENT,
		"That code is not on this response any more. Load its page again.");
}

/* The same without a mouse and without scripts: sentences to tick. */
void staff_response_sentences(struct web_request *r)
{
	struct template_value *v, *parts;
	struct response response;
	struct response_text words;
	const char *reference;
	struct err err = {0};
	struct around around;
	int left = SENTENCES_MOST;

	if (!staff_reference(r, &reference))
		return;
	v = staff_values(r, arena_printf(r->arena, "Code %s by sentences", reference),
			 "responses");
	if (!response_find(r->op, r->arena, reference, &response, &err) ||
	    !response_text_load(r->op, r->arena, response.id, &words, &err) ||
	    !around_load(r, response.id, &around, &err) ||
	    !show_placed(r, v, response.id, &err) ||
	    !staff_codes_choices(r, v, "choices", 0, &err)) {
		staff_failed(r, &err);
		return;
	}
	parts = template_set_list(v, "parts");
	for (size_t i = 0; i < words.count; i++)
		add_sentences(r, parts, &words.parts[i], &around, &left);
	template_set_bool(v, "cut", left <= 0);
	staff_coding_values(r, v);
	template_set(v, "response", staff_response_path(r));
	template_set(v, "here", staff_response_path(r));
	template_set(v, "reference", reference);
	staff_page(r, "web/staff/sentences.html", v);
}
