#include "domain/responses/respondent_private.h"
#include "form/pieces/turned.h"
#include "base/str.h"
#include "text/letter/frame.h"

static const char *place_of(struct arena *arena, const struct text_part *part,
			    size_t line)
{
	return line ? arena_printf(arena, "%s, line %zu", part->name, line) : part->name;
}

static void gather(struct arena *arena, struct gathered *g, const struct form *from,
		   const struct text_part *part)
{
	for (size_t i = 0; i < from->count; i++) {
		if (g->all.count == FORM_READINGS_MOST) {
			g->all.too_many = true;
			break;
		}
		g->places[g->all.count] = place_of(arena, part, from->readings[i].line);
		g->all.readings[g->all.count++] = from->readings[i];
	}
	g->all.too_many = g->all.too_many || from->too_many;
	for (int f = 0; f < FORM_FIELDS; f++) {
		if (from->doubts[f].words && !g->all.doubts[f].words)
			g->doubt_places[f] = place_of(arena, part, from->doubts[f].line);
		if (from->listed[f] && !g->listed_place[f])
			g->listed_place[f] = place_of(arena, part, from->listed_line[f]);
	}
	form_doubt_with(&g->all, from);
	if (from->name && !g->name) {
		g->name = from->name;
		g->name_place = place_of(arena, part, from->name_line);
	}
	if (from->organisation && !g->organisation) {
		g->organisation = from->organisation;
		g->organisation_place = place_of(arena, part, from->organisation_line);
	}
}

/* A few words that may refuse ("not for print"); they are too short to grant anything. */
static void gather_words(struct arena *arena, struct gathered *g, struct form *form,
			 const char *words, const struct text_part *part)
{
	if (str_blank(words))
		return;
	form_read_refusals(arena, words, FORM_HEAR_TITLE, form);
	gather(arena, g, form, part);
}

/* What mail programs put before a subject; what is behind it is their own. */
static const char *without_marks(const char *subject)
{
	static const char *const marks[] = {"re:", "fwd:", "fw:", "aw:", "wg:", "sv:"};
	const char *at = subject;

	for (size_t i = 0; i < ARRAY_LEN(marks);) {
		at += strspn(at, " ");
		if (str_istarts(at, marks[i])) {
			at += strlen(marks[i]);
			i = 0;
		} else {
			i++;
		}
	}
	return at;
}

/* "not_for_publication-v2.docx" as it is read. */
static const char *name_as_words(struct arena *arena, const char *name)
{
	char *words = arena_strdup(arena, name), *dot = strrchr(words, '.');

	if (dot && dot > words)
		*dot = '\0';
	for (char *c = words; *c; c++)
		*c = *c == '_' || *c == '-' ? ' ' : *c;
	return words;
}

/* Nothing is said with it. "Ada Brock (not for print)" and "Not For Publication" are more. */
static bool is_only_a_name(const char *text)
{
	return !strchr(text, '(') && !name_says_something(text) &&
	       (signature_is_organisation(text) || frame_is_name(text, strlen(text)));
}

/* What stands outside of all text: subject, the names of files, and of who sent it. */
static void gather_outside(struct arena *arena, struct gathered *g,
			   const struct response_text *words)
{
	static const struct text_part subject = {.name = "subject"};
	static const struct text_part from = {.name = "mail, From"};
	struct form *form = arena_make(arena, struct form, 1); /* for one at a time */

	if (words->subject)
		gather_words(arena, g, form, without_marks(words->subject), &subject);
	if (words->sent_as && !words->forwarded && !is_only_a_name(words->sent_as))
		gather_words(arena, g, form, words->sent_as, &from);
	for (size_t i = 1; i < words->count; i++) {
		const struct text_part *part = &words->parts[i];

		if (!part->is_also && !part->is_mail)
			gather_words(arena, g, form, name_as_words(arena, part->name),
				     part);
	}
}

/* What stands below the signature's mark may ask for less, and allows nothing. */
static void gather_signature(struct arena *arena, struct gathered *g,
			     const struct response_text *words)
{
	static const struct text_part part = {.name = "below the signature"};
	const char *below = signature_cut_off(arena, words->whole, words->parts[0].own);
	struct form *form = arena_make(arena, struct form, 1);

	if (!below)
		return;
	form_read_refusals(arena, below, FORM_HEAR_ALL, form);
	gather(arena, g, form, &part);
}

/*
 * What nobody could read may ask for less: the permission waits for who opens it. What a
 * program recognised on a scanned page allows nothing, and may ask for less, too.
 */
static void gather_unread(struct arena *arena, struct gathered *g,
			  const struct response_text *words)
{
	for (size_t i = 0; i < words->count; i++) {
		const struct text_part *part = &words->parts[i];
		struct form *form;

		if (!part->is_unread && !part->recognised)
			continue;
		form = arena_make(arena, struct form, 1);
		if (part->recognised) {
			form_read_refusals(arena, part->recognised, FORM_HEAR_PLAIN,
					   form);
			form->count = 0; /* its boxes are a guess */
		}
		for (unsigned f = FORM_PERMISSION; part->is_unread && f <= FORM_CONTACT;
		     f++)
			form->doubts[f] = (struct form_reading){
				.field = (enum form_field)f,
				.how = FORM_WRITTEN,
				.bound = {FORM_NOTHING, form_top((enum form_field)f)},
				.doubtful = true,
				.words = arena_printf(arena,
						      "%s could not be read; open it",
						      part->name)};
		gather(arena, g, form, part);
	}
}

/* Who sends a response on may ask for less than it allows, and allows nothing itself. */
static void gather_note(struct arena *arena, struct gathered *g, const char *note)
{
	static const struct text_part part = {.name = "note of who sent it on"};
	struct form *form = arena_make(arena, struct form, 1);

	if (!note)
		return;
	form_read_refusals(arena, note, FORM_HEAR_NOTE, form);
	gather(arena, g, form, &part);
}

/*
 * What one part puts in doubt, another may have allowed: "I am afraid", and a form. Where
 * nothing is allowed the doubt is kept all the same: "please take it back" in a later email is
 * about what an earlier one allowed.
 */
static void settle(struct gathered *g)
{
	size_t before = g->all.count;

	form_settle(&g->all);
	for (unsigned f = FORM_PERMISSION; f <= FORM_CONTACT; f++) {
		struct form_conclusion c;

		form_conclude(&g->all, (enum form_field)f, &c);
		g->only_doubt[f] = c.state == FORM_UNSAID && g->all.doubts[f].words;
		if (g->only_doubt[f])
			form_add_reading(&g->all, &g->all.doubts[f]);
	}
	for (size_t i = before; i < g->all.count; i++)
		g->places[i] = g->doubt_places[g->all.readings[i].field];
}

/*
 * A mail that is attached is its writer's. A file beside a response that was passed on may
 * be anybody's: it is the respondent's when it bears their name.
 */
static bool is_theirs(const struct response_text *words, size_t part,
		      const struct form *form)
{
	if (part == 0)
		return true;
	/* Most people see the one or the other: it may forbid what the text allows. */
	if (words->parts[part].is_also)
		return false;
	if (words->parts[part].is_mail)
		return words->forwarded && str_blank(words->parts[0].own);
	return !words->forwarded || (form->name && words->from_name &&
				     signature_may_be_same(form->name, words->from_name));
}

/* What somebody else's form allows, nobody has allowed; what it forbids may be meant. */
static void doubt(struct form *form)
{
	for (size_t i = 0; i < form->count; i++)
		form->readings[i].doubtful =
			form->readings[i].doubtful || form->readings[i].bound.low > 0;
	form->name = form->organisation = NULL;
	memset(form->doubts, 0, sizeof(form->doubts));
}

/* In a field that asks for a name something is said that is none: who reads it knows what of. */
static void hear_name(struct form *form, const char *name, size_t line)
{
	struct form_reading *doubt = &form->doubts[FORM_PERMISSION];

	if (!name || doubt->words || !name_is_turned(name))
		return;
	*doubt = (struct form_reading){.field = FORM_PERMISSION,
				       .how = FORM_WRITTEN,
				       .bound = {FORM_NOTHING, form_top(FORM_PERMISSION)},
				       .doubtful = true,
				       .line = line,
				       .words = name};
}

/*
 * Our own form says who responds in fields of its own. Beside it, sentences may only ask for
 * less; what somebody chose in another consultation's form was not about this response.
 */
static void read_own(struct arena *arena, const struct text_part *part, struct form *form)
{
	struct form *beside = arena_make(arena, struct form, 1);
	struct form *outside = arena_make(arena, struct form, 1);
	struct form *typed = arena_make(arena, struct form, 1);

	*form = *part->filled->details;
	for (size_t i = 0; i < form->count; i++)
		form->readings[i].doubtful = form->readings[i].doubtful ||
					     (part->filled->state == OWNFORM_FOREIGN &&
					      form->readings[i].field != FORM_TYPE);
	form_read_refusals(arena, part->filled->said, FORM_HEAR_PLAIN, beside);
	form_read_refusals(arena, part->filled->typed, FORM_HEAR_ALL, typed);
	/* Where the answers are not known, all of it may be one. */
	if (part->filled->has_answers)
		form_read_refusals(arena, part->filled->rest, FORM_HEAR_ALL, outside);
	for (size_t i = 0; i < beside->count; i++)
		form_add_reading(form, &beside->readings[i]);
	for (size_t i = 0; i < typed->count; i++)
		form_add_reading(form, &typed->readings[i]);
	hear_name(form, form->name, form->name_line);
	hear_name(form, form->organisation, form->organisation_line);
	form_doubt_with(form, beside);
	form_doubt_with(form, typed);
	form_doubt_with(form, outside);
	form->too_many = form->too_many || beside->too_many || typed->too_many;
}

static bool is_own(const struct text_part *part)
{
	return part->filled && part->filled->has_details;
}

static void read_part(struct arena *arena, struct gathered *g,
		      const struct response_text *words, size_t i)
{
	const struct text_part *part = &words->parts[i];
	struct form *form = arena_make(arena, struct form, 1);

	if (is_own(part))
		read_own(arena, part, form);
	else if (part->shown)
		form_read(arena, part->shown, form);
	else
		form_read_plain(arena, part->own, form);
	if (!is_theirs(words, i, form))
		doubt(form);
	else if (is_own(part) && part->filled->state > g->own)
		g->own = part->filled->state;
	gather(arena, g, form, part);
}

struct gathered *respondent_gather(struct arena *arena, const struct response_text *words)
{
	struct gathered *g = arena_make(arena, struct gathered, 1);

	/* A name in a field of our own is just that, whatever else looks like one. */
	for (size_t i = 0; i < words->count; i++)
		if (is_own(&words->parts[i]))
			read_part(arena, g, words, i);
	for (size_t i = 0; i < words->count; i++)
		if (!is_own(&words->parts[i]))
			read_part(arena, g, words, i);
	gather_note(arena, g, words->note);
	gather_signature(arena, g, words);
	gather_outside(arena, g, words);
	gather_unread(arena, g, words);
	settle(g);
	return g;
}
