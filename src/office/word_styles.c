#include "office/word_styles.h"
#include "base/str.h"
#include "office/lines.h"

enum { TINY_HALF_POINTS = 4 };

struct walk {
	struct office_walk walk;
	struct arena *arena;
	struct word_styles *out;
};

bool word_look_hides(const struct office_walk *w, const char *name)
{
	static const char *const switches[] = {"vanish", "specVanish", "webHidden",
					       "del"};
	char value[16];

	office_walk_attribute(w, "val", value, sizeof(value));
	for (size_t i = 0; i < ARRAY_LEN(switches); i++)
		if (str_eq(name, switches[i]))
			return !str_eq(value, "0") && !str_eq(value, "false") &&
			       !str_eq(value, "off");
	if (str_eq(name, "color"))
		return str_ieq(value, "ffffff");
	return str_eq(name, "sz") && *value &&
	       strtol(value, NULL, 10) <= TINY_HALF_POINTS;
}

static bool strikes(const struct office_walk *w, const char *name)
{
	char value[16];

	office_walk_attribute(w, "val", value, sizeof(value));
	return (str_eq(name, "strike") || str_eq(name, "dstrike")) &&
	       !str_eq(value, "0") && !str_eq(value, "false") && !str_eq(value, "off");
}

static void element(struct office_walk *walk, const char *name, bool beginning)
{
	struct walk *s = (struct walk *)walk;
	struct word_styles *all = s->out;
	struct word_style *last = all->count ? &all->items[all->count - 1] : NULL;

	if (!beginning)
		return;
	if (str_eq(name, "style")) {
		if (all->count == WORD_STYLES) {
			all->many = true;
			return;
		}
		all->items =
			arena_grow(s->arena, all->items, all->count, sizeof(*all->items));
		last = &all->items[all->count++];
		office_walk_attribute(walk, "styleId", last->name, sizeof(last->name));
	} else if (last && str_eq(name, "basedOn")) {
		office_walk_attribute(walk, "val", last->based_on,
				      sizeof(last->based_on));
	} else if (last && (strikes(walk, name) || word_look_hides(walk, name))) {
		last->doubted = true;
	}
}

static void text(struct office_walk *walk, const char *words, size_t len)
{
	(void)walk;
	(void)words;
	(void)len;
}

const char *word_styles_read(office_xml_read *read, void *from, struct arena *arena,
			     struct word_styles *out)
{
	AUTO(buf) no_words = buf_new(1);
	struct office_lines lines = {.to = no_words};
	struct walk s = {.walk = {.to = &lines, .element = element, .text = text},
			 .arena = arena,
			 .out = out};

	return office_xml_walk(read, from, &s.walk);
}

static const struct word_style *style_named(const struct word_styles *styles,
					    const char *name)
{
	for (size_t i = 0; *name && i < styles->count; i++)
		if (str_eq(styles->items[i].name, name))
			return &styles->items[i];
	return NULL;
}

bool word_style_doubts(const struct word_styles *styles, const char *name)
{
	enum { BASES_MOST = 20 };
	const struct word_style *style;

	if (!styles)
		return false;
	style = style_named(styles, name);
	for (int i = 0; style && i < BASES_MOST; i++) {
		if (style->doubted)
			return true;
		style = style_named(styles, style->based_on);
	}
	return style || styles->many;
}
