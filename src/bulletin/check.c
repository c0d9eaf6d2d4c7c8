#include "bulletin/check_private.h"
#include "bulletin/draft.h"
#include "bulletin/front.h"

#include "base/numeral.h"
#include "base/str.h"

/* "update.md:12: what to do" */
static void stop_at(struct check *c, const char *error)
{
	int line;
	const char *words = bulletin_error_words(c->in->name, error, &line);

	char *sentence = arena_strdup(c->arena, words);

	if (*sentence >= 'a' && *sentence <= 'z')
		*sentence = (char)(*sentence - 'a' + 'A');
	STOP(c, "front", line, "%s.", sentence);
}

static void check_all_words(struct check *c)
{
	const struct bulletin_source *s = c->in->source;

	check_words(c, s->title, 1);
	check_words(c, str_or(s->summary, ""), 1);
	for (size_t i = 0; i < c->count; i++)
		if (c->facts[i].kind == MARKDOWN_FACT_WORDS ||
		    c->facts[i].kind == MARKDOWN_FACT_HEADING)
			check_words(c, c->facts[i].text, c->facts[i].line);
	if (check_clean(c, "placeholders"))
		FINE(c, "placeholders", "No placeholder was left in the text.");
	if (check_clean(c, "capitals"))
		FINE(c, "capitals", "Nothing is written in capitals throughout.");
}

void bulletin_check(struct arena *arena, const struct bulletin_check_in *in,
		    struct bulletin_findings *out)
{
	struct check c = {.in = in, .arena = arena, .out = out};
	struct bulletin_source front = {0};
	struct markdown_fact *facts = NULL;
	AUTO(markdown) md = NULL;
	const char *body, *text = in->text;
	size_t len = in->len;
	struct err why = {0};
	int line;

	*out = (struct bulletin_findings){0};
	if (len >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0) {
		text += 3;
		len -= 3;
	}
	if (!in->source) {
		struct bulletin_source *unread;

		if (!bulletin_source_parse(arena, in->name, in->text, in->len, &unread,
					   &why))
			stop_at(&c, why.text);
		else
			STOP(&c, "front", 0, "The bulletin cannot be read.");
		return;
	}
	if (in->source->unreadable) {
		stop_at(&c, arena_printf(arena, "%s:%d: %s", in->name,
					 in->source->unreadable_line,
					 in->source->unreadable));
		return;
	}
	if (!bulletin_front_parse(
		    arena,
		    &(struct bulletin_file){.name = in->name, .text = text, .len = len},
		    &front, &body, &line, &why) ||
	    !markdown_parse(in->name, line, body, len - (size_t)(body - text), &md,
			    &why)) {
		stop_at(&c, why.text);
		return;
	}
	c.count = markdown_facts(md, arena, &facts);
	c.facts = facts;
	FINE(&c, "front", "The bulletin can be read: %zu section%s.",
	     in->source->section_count, plural(in->source->section_count, "", "s"));
	check_links(&c);
	check_images(&c);
	check_sections(&c);
	check_headings(&c);
	check_all_words(&c);
	check_dates(&c);
	check_subject(&c);
	check_size(&c);
	check_contrast(&c);
}
