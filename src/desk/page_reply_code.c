/* Codes on one reply: put on a passage, taken off, suggestions decided. */
#include "acts/codeframe.h"
#include "acts/response.h"
#include "acts/sample.h"
#include "acts/suggestion.h"
#include "base/json.h"
#include "base/str.h"
#include "desk/code_pages.h"
#include "desk/pages.h"
#include "text/sentence.h"

#include <inttypes.h>

enum { SENTENCES_MOST = 2000, PASSAGES_MOST = 200, CODES_BYTES = 4 << 20 };

/* "part:from~to", or "whole". */
static bool read_place(struct web_request *r, const char *text, struct acts_passage *out,
		       struct err *err)
{
	const char *colon = text ? strchr(text, ':') : NULL;
	const char *wave = colon ? strchr(colon, '~') : NULL;

	*out = (struct acts_passage){.whole = str_eq(text, "whole")};
	if (out->whole)
		return true;
	if (!wave ||
	    !str_to_int(arena_strndup(r->arena, text, (size_t)(colon - text)),
			ACTS_PART_MAIL, INT32_MAX, &out->part, err) ||
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
	const char *consultation = desk_of(r)->consultation.name;
	const char *name = web_form(r, "new");
	struct acts_code code;

	*out_code = web_form_int(r, "code", 0);
	if (!*out_code && str_empty(name))
		return err_set(err, ERR_INPUT,
			       "No code was chosen. Choose one of the "
			       "code frame.");
	if (*out_code ? desk_code_own(r, *out_code, &code, err)
		      : acts_code_named(&r->acts, r->arena, consultation, name, &code,
					err)) {
		*out_code = code.id;
		*out_name = code.name;
		return true;
	}
	if (err->kind != ERR_ABSENT || *out_code)
		return false;
	if (!desk_may(r, RIGHT_FRAME))
		return err_set(
			err, ERR_ABSENT,
			"There is no code \"%.80s\", and your account has no right "
			"to make codes.",
			name);
	*err = (struct err){0};
	*out_name = name;
	return true;
}

static bool read_places(struct web_request *r, struct acts_passage *out,
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
void desk_reply_code(struct web_request *r)
{
	struct acts_passage places[PASSAGES_MOST];
	const char *reference, *name = NULL;
	struct err err = {0};
	size_t count, fresh;
	int64_t code;

	if (!desk_reference(r, &reference))
		return;
	if (!find_code(r, &code, &name, &err) || !read_places(r, places, &count, &err) ||
	    !acts_coding_put_all(&r->acts, reference, code, name, places, count, &fresh,
				 &err)) {
		desk_failed(r, &err);
		return;
	}
	if (!fresh)
		desk_say(r, "That passage has the code \"%s\" already.", name);
	else
		desk_say(r, "Coded \"%s\".", name);
	desk_back_or(r, desk_reply_path(r));
}

/* Is it one that this person sees on this very reply? Ids of elsewhere are not there. */
static bool is_here(struct web_request *r, const char *reference, int64_t id,
		    bool suggestion, struct err *err)
{
	struct acts_response response;
	struct desk_codes codes;

	if (!acts_response_find(&r->acts, r->arena, reference, &response, err) ||
	    !desk_codes_load(r, response.id, &codes, err))
		return false;
	for (size_t i = 0; id && i < codes.count; i++)
		if (id == (suggestion ? codes.items[i].suggestion_id : codes.items[i].id))
			return true;
	return err_set(err, ERR_ABSENT,
		       "%s has no such code any more. Load the page again.", reference);
}

void desk_reply_uncode(struct web_request *r)
{
	int64_t id = web_form_int(r, "id", 0);
	const char *reference;
	struct err err = {0};

	if (!desk_reference(r, &reference))
		return;
	if (!is_here(r, reference, id, false, &err) ||
	    !acts_coding_end(&r->acts, id, NULL, &err)) {
		desk_failed(r, &err);
		return;
	}
	desk_say(r, "The code is off %s.", reference);
	desk_back_or(r, desk_reply_path(r));
}

/* All places of the form as one: from the first character to the last, in one text. */
static bool one_place(struct web_request *r, struct acts_passage *out, struct err *err)
{
	bool any = false;

	for (size_t i = 0; i < r->form.count; i++) {
		struct acts_passage next;

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
void desk_reply_place(struct web_request *r)
{
	int64_t id = web_form_int(r, "coding", 0);
	struct acts_passage where;
	const char *reference;
	struct err err = {0};

	if (!desk_reference(r, &reference))
		return;
	if (!is_here(r, reference, id, false, &err) || !one_place(r, &where, &err) ||
	    !acts_coding_place(&r->acts, id, &where, NULL, &err)) {
		desk_failed(r, &err);
		return;
	}
	desk_say(r, "The code stands on those words of %s now.", reference);
	desk_back_or(r, desk_reply_path(r));
}

void desk_reply_suggestion(struct web_request *r)
{
	bool accept = str_eq(web_form(r, "accept"), "yes"), ok;
	int64_t id = web_form_int(r, "id", 0), coding;
	const char *reference;
	struct err err = {0};

	if (!desk_reference(r, &reference))
		return;
	ok = is_here(r, reference, id, true, &err) &&
	     (accept ? acts_suggestion_accept(&r->acts, id, &coding, NULL, &err)
		     : acts_suggestion_refuse(&r->acts, id, NULL, &err));
	if (!ok) {
		desk_failed(r, &err);
		return;
	}
	desk_say(r, accept ? "Accepted: it counts as a code now."
			   : "Refused: it will not be suggested there again.");
	desk_back_or(r, desk_reply_path(r));
}

/* What the small picker offers: [{"id":1,"name":"..","path":"..","colour":"..",..}] */
void desk_codes_json(struct web_request *r)
{
	AUTO(buf) to = buf_new(CODES_BYTES);
	struct acts_code *codes;
	struct err err = {0};
	bool first = true;
	size_t count;

	if (!acts_codeframe(&r->acts, r->arena, desk_of(r)->consultation.id, &codes,
			    &count, &err)) {
		desk_failed(r, &err);
		return;
	}
	buf_printf(to, "{\"make\":%s,\"codes\":[",
		   desk_may(r, RIGHT_FRAME) ? "true" : "false");
	for (size_t i = 0; i < count; i++) {
		if (!str_eq(codes[i].state, "live"))
			continue;
		buf_printf(to, "%s{\"id\":%" PRId64 ",\"depth\":%d,\"colour\":\"%s\"",
			   first ? "" : ",", codes[i].id, codes[i].depth,
			   desk_colour(r, codes[i].colour));
		buf_str(to, ",\"name\":");
		json_text(to, codes[i].name);
		buf_str(to, ",\"definition\":");
		json_text(to, codes[i].definition);
		buf_str(to, ",\"questions\":");
		json_text(to, codes[i].all_questions);
		buf_char(to, '}');
		first = false;
	}
	buf_str(to, "]}\n");
	web_bytes(r, 200, "application/json", buf_text(to), to->len);
}

static void add_sentences(struct web_request *r, struct template_value *parts,
			  const struct acts_part *part, int *left)
{
	struct template_value *one, *list;
	int64_t at = 0;

	if (str_empty(part->text) || *left <= 0)
		return;
	one = template_add_map(parts);
	template_set(one, "name", part->position == ACTS_PART_MAIL ? NULL : part->name);
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
			template_set(s, "text",
				     arena_strndup(r->arena, from, (size_t)(to - from)));
			--*left;
		}
		from = to;
		at = end;
	}
}

/* Is a code of this reply to be placed, rather than one put on it? */
static bool show_placed(struct web_request *r, struct template_value *v,
			int64_t response_id, struct err *err)
{
	int64_t id = web_query_int(r, "coding", 0);
	struct desk_codes codes;

	if (!id)
		return true;
	if (!desk_codes_load(r, response_id, &codes, err))
		return false;
	for (size_t i = 0; i < codes.count; i++)
		if (codes.items[i].id == id) {
			template_set(v, "placing", codes.items[i].code);
			template_set_int(v, "coding", id);
			return true;
		}
	return err_set(err, ERR_ABSENT,
		       "That code is not on this reply any more. Load its page again.");
}

/* The same without a mouse and without scripts: sentences to tick. */
void desk_reply_sentences(struct web_request *r)
{
	struct template_value *v, *parts;
	struct acts_response response;
	struct acts_words words;
	const char *reference;
	struct err err = {0};
	int left = SENTENCES_MOST;

	if (!desk_reference(r, &reference))
		return;
	v = desk_values(r, arena_printf(r->arena, "Code %s by sentences", reference),
			"replies");
	if (!acts_response_find(&r->acts, r->arena, reference, &response, &err) ||
	    !acts_words_load(&r->acts, r->arena, response.id, &words, &err) ||
	    !show_placed(r, v, response.id, &err) ||
	    !desk_codes_choices(r, v, "choices", 0, &err)) {
		desk_failed(r, &err);
		return;
	}
	parts = template_set_list(v, "parts");
	for (size_t i = 0; i < words.count; i++)
		add_sentences(r, parts, &words.parts[i], &left);
	template_set_bool(v, "cut", left <= 0);
	desk_coding_values(r, v);
	template_set(v, "reply", desk_reply_path(r));
	template_set(v, "here", desk_reply_path(r));
	template_set(v, "reference", reference);
	desk_page(r, "web/desk/sentences.html", v);
}
