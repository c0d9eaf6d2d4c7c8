#include "office/named_styles.h"
#include "base/str.h"
#include "office/lines.h"

enum {
	TINY_HALF_POINTS = 4,
	TINY_POINTS = 2,
	PALE = 0xF0,           /* each part of a colour that paper swallows */
	NARROW_PERCENT = 20,   /* of a letter's width */
	FAR_HALF_POINTS = 100, /* above or below its line */
};

struct walk {
	struct office_walk walk;
	struct arena *arena;
	struct named_styles *out;
};

static bool is_off(const char *value)
{
	return str_eq(value, "0") || str_eq(value, "false") || str_eq(value, "off");
}

/* "FFFFFF" and what nobody can tell from it. */
static bool is_pale(const char *hex)
{
	unsigned long parts;
	char *end;

	if (strlen(hex) != 6)
		return false;
	parts = strtoul(hex, &end, 16);
	return !*end && (parts >> 16) >= PALE && (parts >> 8 & 0xFF) >= PALE &&
	       (parts & 0xFF) >= PALE;
}

static bool paper_coloured(const struct office_walk *w, const char *value)
{
	char theme[20];

	office_walk_attribute(w, "themeColor", theme, sizeof(theme));
	return is_pale(value) || str_eq(theme, "background1") || str_eq(theme, "light1");
}

bool word_look_hides(const struct office_walk *w, const char *name)
{
	static const char *const switches[] = {"vanish", "specVanish", "webHidden", "del",
					       "noFill"};
	char value[16];

	office_walk_attribute(w, "val", value, sizeof(value));
	for (size_t i = 0; i < ARRAY_LEN(switches); i++)
		if (str_eq(name, switches[i]))
			return !is_off(value);
	if (str_eq(name, "color"))
		return paper_coloured(w, value);
	if (str_eq(name, "sz"))
		return *value && strtol(value, NULL, 10) <= TINY_HALF_POINTS;
	if (str_eq(name, "w"))
		return *value && strtol(value, NULL, 10) <= NARROW_PERCENT;
	if (str_eq(name, "position"))
		return labs(strtol(value, NULL, 10)) >= FAR_HALF_POINTS;
	if (str_eq(name, "highlight"))
		return str_eq(value, "black");
	if (str_eq(name, "shd")) {
		office_walk_attribute(w, "fill", value, sizeof(value));
		return str_eq(value, "000000");
	}
	return false;
}

static bool strikes(const struct office_walk *w, const char *name)
{
	char value[16];

	office_walk_attribute(w, "val", value, sizeof(value));
	return (str_eq(name, "strike") || str_eq(name, "dstrike")) && !is_off(value);
}

bool odf_look_hides(const struct office_walk *w)
{
	char value[40];

	office_walk_attribute(w, "display", value, sizeof(value));
	if (str_eq(value, "none") || str_eq(value, "condition"))
		return true;
	office_walk_attribute(w, "visibility", value, sizeof(value));
	if (str_eq(value, "collapse") || str_eq(value, "filter"))
		return true;
	office_walk_attribute(w, "color", value, sizeof(value));
	if (*value == '#' && is_pale(value + 1))
		return true;
	office_walk_attribute(w, "font-size", value, sizeof(value));
	return *value && str_ends(value, "pt") && strtod(value, NULL) <= TINY_POINTS;
}

static bool odf_strikes(const struct office_walk *w)
{
	static const char *const names[] = {
		"text-line-through-style", "text-line-through-type", "text-crossing-out"};
	char value[40];

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		office_walk_attribute(w, names[i], value, sizeof(value));
		if (*value && !str_eq(value, "none"))
			return true;
	}
	return false;
}

static struct named_style *last_of(struct named_styles *all)
{
	return all->count ? &all->items[all->count - 1] : NULL;
}

static struct named_style *add_style(struct walk *s)
{
	struct named_styles *all = s->out;

	if (all->count == NAMED_STYLES) {
		all->many = true;
		return NULL;
	}
	all->items = arena_grow(s->arena, all->items, all->count, sizeof(*all->items));
	return &all->items[all->count++];
}

static void of_word(struct office_walk *walk, const char *name, bool beginning)
{
	struct walk *s = (struct walk *)walk;
	struct named_style *last = last_of(s->out);
	char value[16];

	if (!beginning)
		return;
	if (str_eq(name, "style")) {
		last = add_style(s);
		if (!last)
			return;
		office_walk_attribute(walk, "styleId", last->name, sizeof(last->name));
		office_walk_attribute(walk, "default", value, sizeof(value));
		last->of_all = *value && !is_off(value);
	} else if (last && str_eq(name, "basedOn")) {
		office_walk_attribute(walk, "val", last->based_on,
				      sizeof(last->based_on));
	} else if (strikes(walk, name) || word_look_hides(walk, name)) {
		*(last ? &last->doubted : &s->out->all) = true;
	}
}

static void of_odf(struct office_walk *walk, const char *name, bool beginning)
{
	struct walk *s = (struct walk *)walk;
	struct named_style *last = last_of(s->out);

	if (!beginning)
		return;
	if (str_eq(name, "style") || str_eq(name, "default-style")) {
		last = add_style(s);
		if (!last)
			return;
		office_walk_attribute(walk, "name", last->name, sizeof(last->name));
		office_walk_attribute(walk, "parent-style-name", last->based_on,
				      sizeof(last->based_on));
		last->of_all = str_eq(name, "default-style");
	} else if (last && str_ends(name, "-properties") &&
		   (odf_strikes(walk) || odf_look_hides(walk))) {
		last->doubted = true;
	}
}

static void text(struct office_walk *walk, const char *words, size_t len)
{
	(void)walk;
	(void)words;
	(void)len;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct named_style *)a)->name,
		      ((const struct named_style *)b)->name);
}

/* Each word asks for its style, so they are in order; of one that stands twice any may count. */
static void put_in_order(struct named_styles *all)
{
	if (all->count)
		qsort(all->items, all->count, sizeof(*all->items), by_name);
	for (size_t from = 0, to; from < all->count; from = to) {
		bool doubted = false;

		for (to = from;
		     to < all->count && by_name(&all->items[from], &all->items[to]) == 0;
		     to++)
			doubted = doubted || all->items[to].doubted;
		for (size_t i = from; *all->items[from].name && i < to; i++)
			all->items[i].doubted = doubted;
	}
}

static const struct named_style *style_named(const struct named_styles *styles,
					     const char *name)
{
	struct named_style wanted = {.based_on = ""};

	if (!*name || !styles->count)
		return NULL;
	str_copy(wanted.name, sizeof(wanted.name), name);
	return bsearch(&wanted, styles->items, styles->count, sizeof(*styles->items),
		       by_name);
}

static bool chain_doubts(const struct named_styles *styles,
			 const struct named_style *style)
{
	enum { BASES_MOST = 20 };

	for (int i = 0; style && i < BASES_MOST; i++) {
		if (style->doubted)
			return true;
		style = style_named(styles, style->based_on);
	}
	return style != NULL;
}

static const char *read_styles(office_xml_read *read, void *from, struct walk *s)
{
	AUTO(buf) no_words = buf_new(1);
	struct office_lines lines = {.to = no_words};
	const char *why;

	s->walk.to = &lines;
	s->walk.text = text;
	why = office_xml_walk(read, from, &s->walk);
	put_in_order(s->out);
	for (size_t i = 0; i < s->out->count; i++)
		if (s->out->items[i].of_all && chain_doubts(s->out, &s->out->items[i]))
			s->out->all = true;
	return why;
}

const char *named_styles_of_word(office_xml_read *read, void *from, struct arena *arena,
				 struct named_styles *out)
{
	struct walk s = {.walk = {.element = of_word}, .arena = arena, .out = out};

	return read_styles(read, from, &s);
}

const char *named_styles_of_odf(office_xml_read *read, void *from, struct arena *arena,
				struct named_styles *out)
{
	struct walk s = {.walk = {.element = of_odf}, .arena = arena, .out = out};

	return read_styles(read, from, &s);
}

bool named_style_doubts(const struct named_styles *styles, const char *name)
{
	if (!styles)
		return *name;
	return styles->all || (*name && styles->many) ||
	       chain_doubts(styles, style_named(styles, name));
}
