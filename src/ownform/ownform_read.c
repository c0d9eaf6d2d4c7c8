/* A form that came back: where each item begins, and what stands between it and the next. */
#include "base/str.h"
#include "ownform/ownform_private.h"

enum { HASH_LEN = 16 };

/* "NAME-0123456789abcdef"; anything else behind the words is no reference of ours. */
static size_t token_len(const char *at, const char *end)
{
	const char *from = at, *hash;

	while (at < end && (str_is_digit(*at) || str_is_alpha(*at) || *at == '-'))
		at++;
	if (at - from < HASH_LEN + 2)
		return 0;
	hash = at - HASH_LEN;
	return hash[-1] == '-' && strspn(hash, "0123456789abcdef") >= HASH_LEN
		       ? (size_t)(at - from)
		       : 0;
}

static enum ownform_state whose(const char *mine, const char *token, size_t len)
{
	if (strlen(mine) == len && memcmp(mine, token, len) == 0)
		return OWNFORM_CURRENT;
	return strlen(mine) == len && memcmp(mine, token, len - HASH_LEN) == 0
		       ? OWNFORM_OLDER
		       : OWNFORM_FOREIGN;
}

/* Of two references in one text nobody can say which form holds: out_count tells. */
static enum ownform_state find_reference(struct own_form_text *t, size_t *out_count)
{
	const char *words = own_item_of(t, OWN_REFERENCE, 0)->words;
	enum ownform_state state = OWNFORM_NONE;
	char mine[OWNFORM_REFERENCE];
	struct own_span hit;

	ownform_reference(t->form, mine);
	*out_count = 0;
	for (size_t at = 0;
	     own_line(t->text, own_from_here(t, at), words, OWN_BEGINS, &hit);
	     at = hit.to) {
		size_t from = own_seen(t->text, hit.to, t->len);
		size_t len = token_len(t->text + from, t->text + t->len);
		enum ownform_state one;

		if (!len)
			continue;
		one = whose(mine, t->text + from, len);
		if (!(*out_count)++) {
			t->reference = (struct own_span){hit.from, from + len};
			state = one;
		}
		if (one > state)
			state = one;
	}
	return state;
}

/* Where the answers begin, whatever the questions are; else at the end of the form. */
static size_t end_of_details(const struct own_form_text *t)
{
	static const char *const begins[] = {"Your response", "Question 1 of ",
					     "Your answers, each with the number",
					     "What you want to tell us:", own_end};
	size_t end = t->len;
	struct own_span hit;

	for (size_t i = 0; i < ARRAY_LEN(begins); i++)
		if (own_line(t->text, own_from_here(t, t->reference.to), begins[i],
			     i ? OWN_BEGINS : OWN_ALL_OF_IT, &hit) &&
		    hit.from < end)
			end = hit.from;
	return end;
}

/* What stands above the reference: only what the form itself says is of the form. */
static void mark_head(struct own_form_text *t)
{
	struct own_span head = {0, t->reference.from}, hint;

	if (own_line(t->text, head, own_link_hint, OWN_BEGINS, &hint))
		own_set(t, hint, OF_FORM);
	for (size_t i = 0; i < t->layout.count; i++) {
		const struct own_item *item = &t->layout.items[i];
		struct own_span hit;

		if (item->kind != OWN_TITLE && item->kind != OWN_FACT &&
		    item->kind != OWN_HINT)
			continue;
		if (own_line(t->text, head, item->words, OWN_BEGINS, &hit))
			own_set(t, hit, OF_FORM);
	}
}

/* A form without questions, or one for a link that has not even their numbers. */
static void mark_free(struct own_form_text *t)
{
	static const char *const labels[] = {
		"Your response", "Your answers, each with the number of its question:",
		"What you want to tell us:", own_end};
	struct own_span hit;

	for (size_t i = 0; i < ARRAY_LEN(labels); i++)
		if (own_line(t->text, t->questions, labels[i], OWN_ALL_OF_IT, &hit))
			own_set(t, hit, OF_FORM);
}

/* The text with blanks, a letter for a letter, for every class below the first that stays. */
static const char *blanked(const struct own_form_text *t, unsigned stay)
{
	char *out = arena_alloc(t->arena, t->len + 1), *to = out;

	for (size_t i = 0; i < t->len; i++) {
		bool begins = ((unsigned char)t->text[i] & 0xC0) != 0x80;

		if (stay >> t->classes[i] & 1 || t->text[i] == '\n')
			*to++ = t->text[i];
		else if (begins)
			*to++ = ' ';
	}
	*to = '\0';
	return out;
}

static void read_text(struct own_form_text *t)
{
	struct ownform_filled *out = t->out;
	size_t references, end;

	own_layout(t->arena, t->form, OWNFORM_WHOLE, &t->layout);
	t->len = strlen(t->text);
	t->classes = arena_alloc(t->arena, t->len + 1);
	out->details = arena_make(t->arena, struct form, 1);
	out->answers = arena_make(t->arena, struct ownform_answer, t->form->count + 1);
	out->state = find_reference(t, &references);
	out->place = t->reference.from;
	if (references != 1)
		return;
	end = end_of_details(t);
	out->has_details = own_details_read(t, end);
	if (!out->has_details)
		return;
	own_details_take(t);
	mark_head(t);
	t->questions = own_from_here(t, end);
	if (out->state != OWNFORM_CURRENT)
		return;
	out->has_answers = own_answers_read(t);
	if (!out->has_answers)
		mark_free(t);
}

/* What a person sees of it, as lines: struck words are marked, so that they fit nothing. */
static const char *lines_of(struct arena *arena, const struct document *d)
{
	static const char *const boxes[] = {[DOCUMENT_EMPTY] = "[ ]",
					    [DOCUMENT_TICKED] = "[x]",
					    [DOCUMENT_UNCLEAR] = "[?]"};
	AUTO(buf) to = buf_new(DOCUMENT_TEXT);

	for (size_t b = 0; b < d->count; b++) {
		const struct document_block *block = &d->blocks[b];

		if (block->quote || block->kind == DOCUMENT_ASIDE)
			continue;
		for (size_t i = 0; i < block->count; i++) {
			const struct document_run *run = &block->runs[i];
			bool struck = run->marks & DOCUMENT_STRUCK;

			if (run->kind == DOCUMENT_BREAK)
				buf_char(to, '\n');
			else if (run->kind == DOCUMENT_BOX)
				buf_str(to, boxes[run->entry->state]);
			else if (run->kind == DOCUMENT_FIELD)
				buf_str(to, run->entry->value);
			else
				buf_printf(to, struck ? "~~%s~~" : "%s", run->words);
		}
		buf_char(to, '\n');
	}
	return arena_strdup(arena, buf_text(to));
}

/* Both must have been read; what is seen says what was chosen, the text where it stands. */
static void weigh(struct ownform_filled *out, const struct ownform_filled *seen,
		  size_t count)
{
	out->has_answers = out->has_answers && seen->has_answers;
	if (out->has_details && seen->has_details && seen->state == out->state) {
		seen->details->name = str_or(seen->details->name, out->details->name);
		seen->details->organisation =
			str_or(seen->details->organisation, out->details->organisation);
		for (size_t i = 0; i < seen->details->count; i++)
			for (size_t j = 0; j < out->details->count; j++)
				if (out->details->readings[j].field ==
				    seen->details->readings[i].field)
					seen->details->readings[i].line =
						out->details->readings[j].line;
		*out->details = *seen->details;
	} else {
		out->has_details = false;
	}
	for (size_t i = 0; i < count; i++) {
		out->answers[i].any = out->answers[i].any || seen->answers[i].any;
		out->answers[i].chosen = seen->answers[i].chosen;
	}
}

bool ownform_ends(const char *line, size_t len)
{
	const char *end = own_match(line, line + len, own_end);

	return end && own_seen(line, (size_t)(end - line), len) == len;
}

bool ownform_may_be(const char *text)
{
	return str_ifind(text, "reference:") != NULL;
}

/* Places grow from one answer to the next: each byte is looked at once. */
struct counted {
	const char *text;
	size_t bytes, characters;
};

static size_t to_characters(struct counted *c, size_t at)
{
	if (at > c->bytes) {
		c->characters += str_utf8_count(c->text + c->bytes, at - c->bytes);
		c->bytes = at;
	}
	return c->characters;
}

static void count_places(const struct own_form_text *t)
{
	struct counted c = {.text = t->text};

	t->out->place = to_characters(&c, t->out->place);
	for (size_t i = 0; t->out->has_answers && i < t->form->count; i++) {
		struct ownform_answer *a = &t->out->answers[i];

		a->choice_from = to_characters(&c, a->choice_from);
		a->choice_to = to_characters(&c, a->choice_to);
		a->from = to_characters(&c, a->from);
		a->to = to_characters(&c, a->to);
	}
}

void ownform_read(struct arena *arena, const struct ownform *form, const char *text,
		  const struct document *shown, struct ownform_filled *out)
{
	struct ownform_filled seen = {0};
	struct own_form_text t = {.arena = arena, .form = form, .text = text, .out = out};
	struct own_form_text s = {.arena = arena, .form = form, .out = &seen};

	*out = (struct ownform_filled){
		.own = text, .said = text, .rest = text, .typed = ""};
	if (!ownform_may_be(text))
		return;
	read_text(&t);
	if (out->state == OWNFORM_NONE)
		return;
	if (shown) {
		s.text = lines_of(arena, shown);
		read_text(&s);
		weigh(out, &seen, form->count);
	}
	count_places(&t);
	if (!out->has_details)
		return;
	out->own = blanked(&t, 1u << OUTSIDE | 1u << DETAIL | 1u << ANSWER);
	out->said = blanked(&t, 1u << OUTSIDE | 1u << ANSWER);
	out->rest = blanked(&t, 1u << OUTSIDE);
	out->typed = blanked(&t, 1u << DETAIL);
}
