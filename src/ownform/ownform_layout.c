/* What a form consists of, and its reference. */
#include "base/codec/secret.h"
#include "base/str.h"
#include "ownform/ownform_private.h"

const char own_prompt_line[] = "Click here and type.";
const char own_link_hint[] = "To choose, put an x in the box.";
const char own_end[] = "End of the response form";
const char own_prompt_answer[] = "Click here and type your answer.";

static const char *const types[] = {"Individual", "Organisation"};
static const char *const permissions[] = {"Publish response with name",
					  "Publish response only (without name)",
					  "Do not publish response"};
static const char *const yes_no[] = {"Yes", "No"};

/* The order of the options is the order of form/pieces/scale.h where that is not the page's. */
static const struct own_item details[OWN_DETAILS] = {
	[OWN_NAME] = {.kind = OWN_FIELD, .words = "Your name:", .tag = "name"},
	[OWN_ORGANISATION] = {.kind = OWN_FIELD,
			      .words = "Organisation, if you answer for one:",
			      .tag = "organisation"},
	[OWN_EMAIL] = {.kind = OWN_FIELD, .words = "Your email address:", .tag = "email"},
	[OWN_TYPE] = {.kind = OWN_CHOICE,
		      .words = "Are you responding as an individual or for an "
			       "organisation?",
		      .hint = "Choose one.",
		      .choice = {types, ARRAY_LEN(types), false},
		      .tag = "type"},
	[OWN_PERMISSION] =
		{.kind = OWN_CHOICE,
		 .words = "May we publish your response?",
		 .hint = "Choose one. If you choose none, we do not publish it.",
		 .choice = {permissions, ARRAY_LEN(permissions), false},
		 .tag = "permission"},
	[OWN_CONTACT] = {.kind = OWN_CHOICE,
			 .words = "May we contact you again about this consultation?",
			 .hint = "Choose one.",
			 .choice = {yes_no, ARRAY_LEN(yes_no), false},
			 .tag = "contact"},
};

static void hash_text(struct buf *all, const char *text)
{
	buf_str(all, text);
	buf_char(all, '\0');
}

/* Each text ends with a NUL, so that no two lists of questions are the same bytes. */
void ownform_reference(const struct ownform *form, char out[OWNFORM_REFERENCE])
{
	AUTO(buf) all = buf_new((size_t)16 << 20);
	char hash[SECRET_SHA256_HEX];

	for (size_t i = 0; i < form->count; i++) {
		const struct answer_question *q = &form->questions[i];

		hash_text(all, q->text);
		for (size_t o = 0; o < q->choice.count; o++)
			hash_text(all, q->choice.options[o]);
		hash_text(all, q->choice.several ? "\1several" : "\1one");
	}
	secret_sha256_hex(all->bytes, all->len, hash);
	(void)snprintf(out, OWNFORM_REFERENCE, "%.120s-%.16s", form->name, hash);
}

static struct own_item *add(struct arena *arena, struct own_layout *l, enum own_kind kind,
			    const char *words)
{
	struct own_item *item;

	l->items = arena_grow(arena, l->items, l->count, sizeof(*l->items));
	item = &l->items[l->count++];
	item->kind = kind;
	item->words = words;
	return item;
}

static void add_question(struct arena *arena, struct own_layout *l,
			 const struct ownform *form, size_t number, bool with_words)
{
	const struct answer_question *q = &form->questions[number - 1];
	struct own_item *item =
		add(arena, l, OWN_QUESTION,
		    arena_printf(arena, "Question %zu of %zu", number, form->count));

	item->more = with_words ? q->text : NULL;
	item->number = number;
	item->choice = q->choice;
	item->tag = arena_printf(arena, "q%zu", number);
	if (q->choice.count)
		item->hint =
			q->choice.several ? "Choose as many as you like." : "Choose one.";
	item = add(arena, l, OWN_ANSWER,
		   arena_printf(arena, "Your answer to question %zu:", number));
	item->number = number;
	item->tag = arena_printf(arena, "q%zu.answer", number);
}

static void add_head(struct arena *arena, const struct ownform *form, bool is_whole,
		     struct own_layout *l)
{
	char reference[OWNFORM_REFERENCE];

	if (is_whole) {
		add(arena, l, OWN_TITLE,
		    arena_printf(arena, "Response form: %s", form->title));
		add(arena, l, OWN_FACT, arena_printf(arena, "Closes: %s", form->closes));
		add(arena, l, OWN_FACT,
		    arena_printf(arena, "Send to: %s", form->address));
		add(arena, l, OWN_HINT,
		    "Fill in what you like and leave the rest blank: what you leave blank, "
		    "we do not guess. To choose, tick the box, or put an x in it. Please "
		    "leave all other lines as they are, so that your response is read as "
		    "you mean it.");
	} else {
		add(arena, l, OWN_HINT, own_link_hint);
	}
	ownform_reference(form, reference);
	add(arena, l, OWN_REFERENCE, "Form reference:")->more =
		arena_strdup(arena, reference);
}

void own_layout(struct arena *arena, const struct ownform *form, enum ownform_link how,
		struct own_layout *out)
{
	*out = (struct own_layout){0};
	add_head(arena, form, how == OWNFORM_WHOLE, out);
	if (how == OWNFORM_WHOLE)
		add(arena, out, OWN_HEADING, "About you");
	for (size_t i = 0; i < OWN_DETAILS; i++)
		*add(arena, out, OWN_FIELD, NULL) = details[i];
	if (how == OWNFORM_WHOLE)
		add(arena, out, OWN_HEADING, "Your response");
	for (size_t i = 1; i <= form->count && how != OWNFORM_SHORTEST; i++)
		add_question(arena, out, form, i, how == OWNFORM_WHOLE);
	if (!form->count || how == OWNFORM_SHORTEST)
		add(arena, out, OWN_ANSWER,
		    form->count ? "Your answers, each with the number of its question:"
				: "What you want to tell us:")
			->tag = "response";
	add(arena, out, OWN_END, own_end);
}
