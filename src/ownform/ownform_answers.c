/* The answers out of a form that came back. */
#include "base/numeral.h"
#include "base/str.h"
#include "ownform/ownform_private.h"

/* Where a question may begin: with its words below its line, or (for a link) without. */
struct own_place {
	struct own_span whole, bare;
	size_t wholes, bares;
};

static size_t number_at(const char *text, size_t at, size_t to)
{
	int64_t n = 0;

	for (at = own_seen(text, at, to); at < to && str_is_digit(text[at]); at++)
		n = numeral_with(n, text[at] - '0');
	return (size_t)n;
}

static void find_questions(const struct own_form_text *t, struct own_place *places)
{
	struct own_span hit, line;

	for (size_t at = t->questions.from;
	     own_line(t->text, own_from_here(t, at), "Question", OWN_BEGINS, &hit);
	     at = hit.to) {
		size_t n = number_at(t->text, hit.to, t->len);
		const struct own_item *item = own_item_of(t, OWN_QUESTION, n);
		const char *end = memchr(t->text + hit.to, '\n', t->len - hit.to);
		struct own_span only = {hit.from, end ? (size_t)(end - t->text) : t->len};

		if (!n || !item ||
		    !own_line(t->text, only, item->words, OWN_ALL_OF_IT, &line))
			continue;
		end = own_match(t->text + line.to, t->text + t->len, item->more);
		if (end) {
			places[n].wholes++;
			line.to = (size_t)(end - t->text);
			places[n].whole = line;
		} else {
			places[n].bares++;
			places[n].bare = line;
		}
	}
}

/* Each exactly once, one below the other. */
static bool in_order(const struct own_form_text *t, const struct own_place *places,
		     struct own_span *out)
{
	size_t from = t->questions.from;

	for (size_t n = 1; n <= t->form->count; n++) {
		const struct own_place *p = &places[n];

		if (p->wholes > 1 || (!p->wholes && p->bares != 1))
			return false;
		out[n - 1] = p->wholes ? p->whole : p->bare;
		if (out[n - 1].from < from)
			return false;
		from = out[n - 1].to;
	}
	return true;
}

static size_t end_of_form(const struct own_form_text *t, size_t from,
			  struct own_span *out_line)
{
	struct own_span hit;
	size_t end = t->len;

	*out_line = (struct own_span){0, 0};
	/* The last one: an answer may have any words in it. */
	for (size_t at = from;
	     own_line(t->text, own_from_here(t, at), own_end, OWN_ALL_OF_IT, &hit);
	     at = hit.to) {
		*out_line = hit;
		end = hit.from;
	}
	return end;
}

static void read_answer(struct own_form_text *t, size_t number, struct own_span within)
{
	const struct own_item *question = own_item_of(t, OWN_QUESTION, number);
	const struct own_item *label = own_item_of(t, OWN_ANSWER, number);
	struct ownform_answer *a = &t->out->answers[number - 1];
	struct own_span line = {within.to, within.to}, at;
	struct own_picked p;

	own_set(t, within, OF_FORM);
	if (!own_line(t->text, within, label->words, OWN_BEGINS, &line))
		line = (struct own_span){within.to, within.to};
	own_pick(t->text, (struct own_span){within.from, line.from}, question, &p);
	*a = (struct ownform_answer){.any = p.any,
				     .chosen = p.chosen,
				     .choice_from = p.at.from,
				     .choice_to = p.at.to};
	own_set(t, p.at, DETAIL);
	/* What somebody typed above the place for it is their answer, too. */
	at.from = p.left < line.from ? p.left : line.to;
	at.to = within.to;
	at = own_typed(t->text, at, own_prompt_answer);
	a->from = at.from;
	a->to = at.to;
	own_set(t, at, ANSWER);
}

bool own_answers_read(struct own_form_text *t)
{
	size_t n = t->form->count;
	struct own_span *at = arena_make(t->arena, struct own_span, n + 1), last;
	struct own_place *places = arena_make(t->arena, struct own_place, n + 1);

	find_questions(t, places);
	if (!n || !in_order(t, places, at))
		return false;
	at[n].from = end_of_form(t, at[n - 1].to, &last);
	own_set(t, (struct own_span){t->questions.from, at[0].to}, OF_FORM);
	own_set(t, last, OF_FORM);
	for (size_t i = 0; i < n; i++) {
		own_set(t, at[i], OF_FORM);
		read_answer(t, i + 1, (struct own_span){at[i].to, at[i + 1].from});
	}
	return true;
}
