#include "form/reading/form.h"
#include "form/pieces/mark.h"
#include "base/str.h"
#include "doubts/doubts.h"
#include "form/reading/steps.h"
#include "form/pieces/row.h"
#include "text/words/sentence.h"

enum { SENTENCE_BLANKS = 4 };

const char *const form_field_names[FORM_FIELDS] = {"type", "permission", "contact"};

static const char *kept(struct arena *arena, const char *words)
{
	return words ? arena_strdup(arena, words) : NULL;
}

/* Out of the rows that they were read in: those take many times the room of the text. */
static void keep(struct arena *arena, struct form *out)
{
	for (size_t i = 0; i < out->count; i++)
		out->readings[i].words = kept(arena, out->readings[i].words);
	for (unsigned f = 0; f < FORM_FIELDS; f++)
		out->doubts[f].words = kept(arena, out->doubts[f].words);
	out->name = kept(arena, out->name);
	out->organisation = kept(arena, out->organisation);
}

static void read_document(struct arena *rows_arena, const struct document *doc,
			  struct form *out)
{
	struct form_rows rows;

	*out = (struct form){0};
	form_rows_read(rows_arena, doc, &rows);
	form_choices_read(rows_arena, &rows, out);
	form_hear(rows_arena, &rows, out);
	form_values_read(rows_arena, &rows, out);
	form_settle(out);
	out->too_many = out->too_many || rows.cut || doc->cut;
}

void form_read(struct arena *arena, const struct document *doc, struct form *out)
{
	AUTO(arena) work = arena_new(1 << 14);

	read_document(work, doc, out);
	keep(arena, out);
}

void form_read_plain(struct arena *arena, const char *text, struct form *out)
{
	AUTO(arena) work = arena_new(1 << 14);
	struct document *doc = document_new(work);
	const char *end = text;

	/* The lines of a long text take more room than it; nothing is known of it anyhow. */
	for (size_t i = 0; i < FORM_ROWS_MOST && *end; i++)
		end += strcspn(end, "\n") + (end[strcspn(end, "\n")] == '\n');
	document_from_plain(doc, *end ? arena_strndup(work, text, (size_t)(end - text))
				      : text);
	read_document(work, doc, out);
	out->too_many = out->too_many || *end;
	keep(arena, out);
}

void form_doubt_with(struct form *all, const struct form *one)
{
	for (unsigned f = 0; f < FORM_FIELDS; f++)
		if (!all->doubts[f].words)
			all->doubts[f] = one->doubts[f];
}

/* What was allowed for certain is so no longer when a sentence puts it in doubt. */
void form_settle(struct form *all)
{
	for (unsigned f = 0; f < FORM_FIELDS; f++) {
		struct form_conclusion c;

		form_conclude(all, (enum form_field)f, &c);
		if (all->doubts[f].words && c.state == FORM_KNOWN &&
		    !str_eq(c.value, form_value_name((enum form_field)f, 0)))
			form_add_reading(all, &all->doubts[f]);
	}
}

static void doubt_words(struct form *all, const char *words, enum doubts_of what)
{
	for (unsigned f = FORM_PERMISSION; f <= FORM_CONTACT; f++)
		if (!all->doubts[f].words &&
		    what & (f == FORM_PERMISSION ? DOUBTS_PUBLISHING : DOUBTS_CONTACT))
			all->doubts[f] = (struct form_reading){
				.field = (enum form_field)f,
				.how = FORM_WRITTEN,
				.bound = {FORM_NOTHING, form_top((enum form_field)f)},
				.doubtful = true,
				.words = words};
}

/* Is most of it in another language? Then nothing is meant by one more such sentence. */
static bool is_mostly_foreign(const char *words)
{
	size_t foreign = 0, all = 0;

	for (const char *at = words, *end; *at; at = end) {
		end = sentence_end(words, at);
		if (end == at)
			break;
		all++;
		foreign += doubts_is_foreign(at, (size_t)(end - at));
	}
	return foreign * 2 > all;
}

static bool is_short(const char *at, const char *end)
{
	size_t blanks = 0;

	for (; at < end; at++)
		blanks += *at == ' ';
	return blanks < SENTENCE_BLANKS;
}

/*
 * An answer may be in any language, and have words of one; a whole sentence of another
 * language in the midst of English is meant for somebody, and nobody knows what it says.
 */
static void doubt_plainly(struct arena *arena, struct form *all, const char *words,
			  unsigned places)
{
	bool foreign = is_mostly_foreign(words);

	for (const char *at = words, *end; *at; at = end) {
		enum doubts_of what;

		end = sentence_end(words, at);
		if (end == at)
			return;
		if (mark_not_chosen(at, (size_t)(end - at)))
			continue;
		what = doubts_hear(at, (size_t)(end - at),
				   places | (foreign || is_short(at, end)
						     ? DOUBTS_THEIR_LANGUAGE
						     : 0U));
		if (what != DOUBTS_NOTHING)
			doubt_words(all, arena_strndup(arena, at, (size_t)(end - at)),
				    what);
	}
}

void form_read_refusals(struct arena *arena, const char *text, enum form_hear how,
			struct form *out)
{
	size_t kept = 0;

	form_read_plain(arena, text, out);
	for (size_t i = 0; i < out->count; i++) {
		struct form_reading *r = &out->readings[i];
		bool allows = r->bound.low > 0;

		r->doubtful = r->doubtful || allows;
		if (r->field != FORM_TYPE && (!allows || how == FORM_HEAR_NOTE))
			out->readings[kept++] = *r;
	}
	out->count = kept;
	out->name = out->organisation = NULL;
	memset(out->listed, 0, sizeof(out->listed));
	if (how == FORM_HEAR_ALL)
		return;
	memset(out->doubts, 0, sizeof(out->doubts));
	doubt_plainly(arena, out, text,
		      (how == FORM_HEAR_TITLE  ? DOUBTS_TITLE
		       : how == FORM_HEAR_NOTE ? DOUBTS_ANSWER | DOUBTS_OTHERS
					       : DOUBTS_ANSWER));
}
