/* Pictures, sections, headings. */
#include "bulletin/check_private.h"

#include "base/numeral.h"
#include "base/str.h"

enum { ALT_LONG = 250, SHOWN = 80, HEAVY_BYTES = 1000000 };

/* "image", "photo 1", "IMG_2044", "map.png": says nothing to who cannot see it. */
static bool says_nothing(const char *alt, const char *name)
{
	static const char *const vague[] = {
		"image", "picture", "photo",  "photograph", "graphic", "logo",
		"img",   "chart",   "figure", "screenshot", "untitled"};
	size_t len = strlen(alt);

	while (len && (str_is_digit(alt[len - 1]) || strchr(" _-.", alt[len - 1])))
		len--;
	for (size_t i = 0; i < ARRAY_LEN(vague); i++)
		if (len == strlen(vague[i]) && strncasecmp(alt, vague[i], len) == 0)
			return true;
	return str_ieq(alt, name) || str_iends(alt, ".png") || str_iends(alt, ".jpg") ||
	       str_iends(alt, ".jpeg") || str_iends(alt, ".gif") ||
	       str_iends(alt, ".webp");
}

static void check_image(struct check *c, const struct markdown_fact *f)
{
	const char *alt = f->text, *name = f->address;

	if (strstr(name, "://") || str_istarts(name, "//")) {
		STOP(c, "images", f->line,
		     "The picture %.*s lies on the web and is not sent: fetched when the mail is "
		     "opened it would tell who reads it. Save it and attach it.",
		     SHOWN, name);
		return;
	}
	if (strchr(name, ':')) {
		STOP(c, "images", f->line,
		     "The picture \"%.*s\" is no attached file: save it and attach it.",
		     SHOWN, name);
		return;
	}
	if (!bulletin_image_find(c->in->images, name))
		STOP(c, "images", f->line,
		     "The picture \"%.*s\" is not attached to this bulletin%s.", SHOWN,
		     *name ? name : "(no name)",
		     str_iends(name, ".svg") ? " (and SVG is not sent: save it as PNG)"
					     : ": attach it or take it out");
	if (str_empty(alt))
		STOP(c, "images", f->line,
		     "The picture \"%.*s\" has no description: write what it shows between "
		     "the square brackets.",
		     SHOWN, name);
	else if (says_nothing(alt, name))
		LOOK(c, "images", f->line,
		     "\"%.*s\" does not say what the picture shows to those who cannot see it.",
		     SHOWN, alt);
	else if (strlen(alt) > ALT_LONG)
		LOOK(c, "images", f->line,
		     "The description of \"%.*s\" is long; say it in the text, and briefly here.",
		     SHOWN, name);
}

void check_images(struct check *c)
{
	const struct bulletin_images *images = c->in->images;
	size_t shown = 0, bytes = 0;

	for (size_t i = 0; i < c->count; i++) {
		if (c->facts[i].kind != MARKDOWN_FACT_IMAGE)
			continue;
		shown++;
		check_image(c, &c->facts[i]);
	}
	for (size_t k = 0; images && k < images->count; k++) {
		bool used = false;

		bytes += images->items[k].size;
		for (size_t i = 0; i < c->count; i++)
			used = used ||
			       (c->facts[i].kind == MARKDOWN_FACT_IMAGE &&
				str_ieq(c->facts[i].address, images->items[k].name));
		if (!used)
			LOOK(c, "images", 0,
			     "The picture \"%s\" is attached but does not stand in the text: it "
			     "is not sent.",
			     images->items[k].name);
	}
	if (bytes > HEAVY_BYTES)
		LOOK(c, "images", 0,
		     "The pictures are %.1f MB together, in each mail: make them smaller.",
		     (double)bytes / 1e6);
	if (shown && check_clean(c, "images"))
		FINE(c, "images", "%zu picture%s, attached and described.", shown,
		     plural(shown, "", "s"));
}

static bool is_blank(const char *text)
{
	return strspn(text, " \t\r\n") == strlen(text);
}

static void check_topics(struct check *c)
{
	const struct bulletin_source *s = c->in->source;
	uint64_t used = 0;

	for (size_t i = 0; i < s->section_count; i++) {
		const struct bulletin_section *section = &s->sections[i];
		bool any = !section->topics || !c->in->chosen;

		used |= section->topics;
		for (size_t t = 0; t < s->topic_count && c->in->chosen; t++)
			any = any || ((section->topics >> t & 1) && c->in->chosen[t]);
		if (!any)
			LOOK(c, "topics", section->line,
			     "Nobody has chosen a topic of \"%.*s\": only those who take everything "
			     "will get it.",
			     SHOWN, section->title);
	}
	for (size_t t = 0; t < s->topic_count; t++)
		if (!(used >> t & 1))
			LOOK(c, "topics", 0,
			     "No section is about \"%.*s\", which is among its topics.",
			     SHOWN, s->topics[t]);
	if (s->topic_count && check_clean(c, "topics"))
		FINE(c, "topics", "Each topic has a section%s.",
		     c->in->chosen ? ", and each has readers" : "");
}

void check_sections(struct check *c)
{
	const struct bulletin_source *s = c->in->source;

	for (size_t i = 0; i < s->section_count; i++) {
		const struct bulletin_section *section = &s->sections[i];

		if (is_blank(section->body.text))
			STOP(c, "sections", section->line,
			     "The section \"%.*s\" is empty: write it or take it out.",
			     SHOWN, section->title);
		for (size_t k = 0; k < i; k++)
			if (str_ieq(s->sections[k].title, section->title))
				LOOK(c, "sections", section->line,
				     "There is a section \"%.*s\" on line %d already.",
				     SHOWN, section->title, s->sections[k].line);
	}
	if (check_clean(c, "sections"))
		FINE(c, "sections", "No section is empty.");
	check_topics(c);
}

void check_headings(struct check *c)
{
	int last = 2;

	for (size_t i = 0; i < c->count; i++) {
		const struct markdown_fact *f = &c->facts[i];

		if (f->kind == MARKDOWN_FACT_BOLD && *f->text && strlen(f->text) < SHOWN)
			LOOK(c, "headings", f->line,
			     "\"%s\" stands alone in bold. If it is a heading, write ### in front, "
			     "so that it is one for listeners too.",
			     f->text);
		if (f->kind != MARKDOWN_FACT_HEADING)
			continue;
		if (is_blank(f->text))
			STOP(c, "headings", f->line, "A heading has no words.");
		if (f->level > last + 1)
			LOOK(c, "headings", f->line,
			     "\"%.*s\" is a heading of level %d behind one of level %d: use %.*s.",
			     SHOWN, f->text, f->level, last, last + 1, "######");
		last = f->level;
	}
	if (check_clean(c, "headings"))
		FINE(c, "headings", "The headings are in order.");
}
