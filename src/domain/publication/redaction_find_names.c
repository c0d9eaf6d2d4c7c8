/* Names: those that are known, however they are written; and what stands behind a title. */
#include "domain/publication/redaction_find_private.h"
#include "base/buf.h"
#include "base/str.h"

#include <glib.h>

enum { FOLDED_MOST = 48, PARTS_MOST = 64, LEAST = 3, SPELLED_LEAST = 3, BEHIND_MOST = 4 };

/* A word of a text or of a name, as it is compared: small letters without accents. */
struct folded {
	int64_t from, to;
	bool is_upper;
	char text[FOLDED_MOST];
};

/* Letters of other scripts that look like a Latin one (Unicode TR 39): a name in disguise. */
static uint32_t as_latin(uint32_t c)
{
	static const struct {
		uint32_t c, latin;
	} alike[] = {{0x430, 'a'}, {0x435, 'e'}, {0x43E, 'o'}, {0x440, 'p'}, {0x441, 'c'},
		     {0x443, 'y'}, {0x445, 'x'}, {0x456, 'i'}, {0x458, 'j'}, {0x455, 's'},
		     {0x410, 'a'}, {0x412, 'b'}, {0x415, 'e'}, {0x41A, 'k'}, {0x41C, 'm'},
		     {0x41D, 'h'}, {0x41E, 'o'}, {0x420, 'p'}, {0x421, 'c'}, {0x422, 't'},
		     {0x425, 'x'}, {0x406, 'i'}, {0x408, 'j'}, {0x405, 's'}, {0x3BF, 'o'},
		     {0x391, 'a'}, {0x392, 'b'}, {0x395, 'e'}, {0x396, 'z'}, {0x397, 'h'},
		     {0x399, 'i'}, {0x39A, 'k'}, {0x39C, 'm'}, {0x39D, 'n'}, {0x39F, 'o'},
		     {0x3A1, 'p'}, {0x3A4, 't'}, {0x3A7, 'x'}};

	for (size_t i = 0; c >= 0x390 && c < 0x460 && i < ARRAY_LEN(alike); i++)
		if (alike[i].c == c)
			return alike[i].latin;
	return c;
}

static void fold_into(struct buf *to, uint32_t c)
{
	gchar one[8] = {0}, *wide;

	c = as_latin(c);
	one[g_unichar_to_utf8(c, one)] = '\0';
	wide = g_utf8_normalize(one, -1, G_NORMALIZE_ALL);
	for (const char *at = wide; at && *at; at = g_utf8_next_char(at)) {
		gunichar d = g_unichar_tolower(g_utf8_get_char(at));

		if (g_unichar_ismark(d))
			continue;
		switch (d) {
		case 0xF8: /* o with a stroke */
			buf_char(to, 'o');
			break;
		case 0x142: /* l with a stroke */
			buf_char(to, 'l');
			break;
		case 0x111: /* d with a stroke */
			buf_char(to, 'd');
			break;
		case 0xE6: /* ae */
			buf_str(to, "ae");
			break;
		case 0x153: /* oe */
			buf_str(to, "oe");
			break;
		case 0xDF: /* sharp s */
			buf_str(to, "ss");
			break;
		default:
			str_utf8_add(to, d);
		}
	}
	g_free(wide);
}

/* A line that ends inside a word, or a sign that nobody sees: the word goes on behind it. */
static int64_t goes_on(const struct glyphs *t, int64_t at)
{
	int64_t i = at;

	while (glyph_is_hidden(t->at[i]) && i < t->count)
		i++;
	if (i == at && glyph_is_dash(t->at[i])) {
		while (glyph_is_blank(t->at[++i]) && t->at[i] != '\n')
			;
		if (t->at[i] != '\n')
			return 0;
	}
	if (i > at)
		while (glyph_is_blank(t->at[i]) && i < t->count)
			i++;
	return i > at && glyph_is_letter(t->at[i]) ? i : 0;
}

static struct folded *fold(const struct glyphs *t, size_t *out_count)
{
	struct folded *words = NULL;
	size_t count = 0;

	for (int64_t i = 0; i < t->count;) {
		AUTO(buf) b = buf_new(FOLDED_MOST - 8);
		struct folded *w;
		int64_t from = i;

		if (!glyph_is_letter(t->at[i])) {
			i++;
			continue;
		}
		for (;;) {
			while (glyph_is_letter(t->at[i]) && i < t->count)
				fold_into(b, t->at[i++]);
			if (!goes_on(t, i))
				break;
			i = goes_on(t, i);
		}
		words = arena_grow(t->arena, words, count, sizeof(*words));
		w = &words[count++];
		*w = (struct folded){
			.from = from, .to = i, .is_upper = glyph_is_upper(t->at[from])};
		str_copy(w->text, sizeof(w->text), buf_text(b));
	}
	*out_count = count;
	return words;
}

struct known {
	struct folded *parts;
	size_t count;
};

static struct glyphs glyphs_of(struct arena *arena, const char *text)
{
	struct glyphs t = {.arena = arena,
			   .at = arena_make(arena, uint32_t, strlen(text) + 4)};

	for (const char *at = text; *at; at = g_utf8_next_char(at))
		t.at[t.count++] = g_utf8_get_char(at);
	return t;
}

static const char *const titles[] = {
	"mr",       "mrs",       "ms",        "miss",       "mx",      "dr",
	"prof",     "professor", "sir",       "dame",       "lord",    "lady",
	"rev",      "reverend",  "cllr",      "councillor", "sheriff", "judge",
	"sgt",      "sergeant",  "constable", "inspector",  "herr",    "frau",
	"monsieur", "madame",    NULL};
/* They part a name and are no one's. */
static const char *const joints[] = {"van", "von", "de",  "der", "den", "la", "le",
				     "the", "of",  "and", "for", "bin", "al", NULL};

/* "the Quarrys", "the Quarries", "the Rosses" */
static bool is_plural(const char *part, const struct folded *w)
{
	size_t len = strlen(part), all = strlen(w->text);

	if (!w->is_upper || len < LEAST)
		return false;
	if (str_starts(w->text, part))
		return str_eq(w->text + len, "s") || str_eq(w->text + len, "es");
	return part[len - 1] == 'y' && all == len + 2 &&
	       !strncmp(w->text, part, len - 1) && str_eq(w->text + len - 1, "ies");
}

/* "olivequarry", "quarryolive": the parts written together, in their order or the other. */
static bool is_joined(const struct known *k, const struct folded *w)
{
	const char *at = w->text, *back = w->text;

	for (size_t i = 0; i < k->count; i++) {
		const char *one = k->parts[i].text,
			   *other = k->parts[k->count - 1 - i].text;

		at = at && str_starts(at, one) ? at + strlen(one) : NULL;
		back = back && str_starts(back, other) ? back + strlen(other) : NULL;
	}
	return k->count > 1 && (at || back) && !*(at ? at : back);
}

static bool is_part(const struct known *k, const struct folded *w)
{
	size_t len = strlen(w->text);

	if (str_in(w->text, titles) || str_in(w->text, joints))
		return false;
	for (size_t i = 0; i < k->count; i++)
		if ((str_eq(k->parts[i].text, w->text) &&
		     (len >= LEAST || (len > 1 && w->is_upper))) ||
		    is_plural(k->parts[i].text, w))
			return true;
	return is_joined(k, w);
}

/* One letter with a capital, and the first of a part. */
static bool is_initial(const struct known *k, const struct folded *w)
{
	if (!w->is_upper || !w->text[0] || *g_utf8_next_char(w->text))
		return false;
	for (size_t i = 0; i < k->count; i++)
		if (str_starts(k->parts[i].text, w->text))
			return true;
	return false;
}

static bool are_near(const struct glyphs *t, const struct folded *a,
		     const struct folded *b);

/* "emidio p lombardo": between two parts an initial may be small. */
static bool is_small_initial(const struct glyphs *t, const struct known *k,
			     const struct folded *w, size_t i, size_t count)
{
	return w[i].to - w[i].from == 1 && i + 1 < count &&
	       are_near(t, &w[i], &w[i + 1]) && is_part(k, &w[i + 1]);
}

/* A picture that stands for a word: an emoji, a star. */
static bool is_picture(uint32_t c)
{
	return (c >= 0x2600 && c < 0x2800) || (c >= 0x1F000 && c < 0x20000);
}

/* Only blanks, points, dashes, commas, pictures and what nobody sees between two words. */
static bool are_near(const struct glyphs *t, const struct folded *a,
		     const struct folded *b)
{
	for (int64_t i = a->to; i < b->from; i++)
		if (!glyph_is_blank(t->at[i]) && !glyph_is_dash(t->at[i]) &&
		    !glyph_is_hidden(t->at[i]) && !is_picture(t->at[i]) &&
		    t->at[i] != '.' && t->at[i] != ',')
			return false;
	return b->from - a->to <= 3;
}

/* "O l i v e": letters that stand apart. */
static size_t spelled(const struct known *k, const struct folded *w, size_t i,
		      size_t count)
{
	AUTO(buf) joined = buf_new(FOLDED_MOST - 8);
	size_t n = i;

	while (n < count && !buf_cut(joined) && w[n].to - w[n].from == 1 &&
	       (n == i || w[n].from - w[n - 1].to <= 2)) {
		struct folded whole = {.is_upper = true};

		buf_str(joined, w[n++].text);
		str_copy(whole.text, sizeof(whole.text), buf_text(joined));
		if (n - i >= SPELLED_LEAST && is_part(k, &whole))
			return n - i;
	}
	return 0;
}

/* Every one of them in a row, dotted: "A. B." */
static size_t initials(const struct glyphs *t, const struct known *k,
		       const struct folded *w, size_t i, size_t count)
{
	size_t n = 0;

	if (k->count < 2)
		return 0;
	while (n < k->count && i + n < count && w[i + n].is_upper &&
	       w[i + n].to - w[i + n].from == 1 && t->at[w[i + n].to] == '.' &&
	       str_starts(k->parts[n].text, w[i + n].text))
		n++;
	return n == k->count ? n : 0;
}

/* The point behind an initial is part of it. */
static int64_t end_of(const struct glyphs *t, const struct folded *w)
{
	return w->to + (w->to - w->from == 1 && t->at[w->to] == '.');
}

static void find_known(struct finding_list *l, const struct known *k,
		       enum redaction_kind kind, struct folded *w, size_t count)
{
	const struct glyphs *t = &l->text;

	for (size_t i = 0; i < count; i++) {
		size_t first = i, last = i, n = spelled(k, w, i, count);

		if (!n)
			n = initials(t, k, w, i, count);
		if (n) {
			finding_add(l, kind, w[i].from, end_of(t, &w[i + n - 1]));
			i += n - 1;
			continue;
		}
		if (!is_part(k, &w[i]))
			continue;
		while (first > 0 && are_near(t, &w[first - 1], &w[first]) &&
		       (is_initial(k, &w[first - 1]) ||
			str_in(w[first - 1].text, titles)))
			first--;
		while (last + 1 < count && are_near(t, &w[last], &w[last + 1]) &&
		       (is_part(k, &w[last + 1]) || is_initial(k, &w[last + 1]) ||
			is_small_initial(t, k, w, last + 1, count)))
			last++;
		finding_add(l, kind, w[first].from, end_of(t, &w[last]));
		i = last;
	}
}

static void find_all_known(struct finding_list *l, const char **names,
			   enum redaction_kind kind, struct folded *w, size_t count)
{
	for (size_t i = 0; names && names[i]; i++) {
		struct glyphs name = glyphs_of(l->text.arena, names[i]);
		struct known k;

		k.parts = fold(&name, &k.count);
		if (k.count > PARTS_MOST)
			k.count = PARTS_MOST;
		find_known(l, &k, kind, w, count);
	}
}

/* How many of its words stand there, one after the other, when it begins with its word first. */
static size_t words_in_a_row(const struct glyphs *t, const struct known *k, size_t first,
			     const struct folded *w, size_t most)
{
	size_t n = 0;

	while (n < k->count && n < most &&
	       str_eq(w[n].text, k->parts[(first + n) % k->count].text) &&
	       (!n || are_near(t, &w[n - 1], &w[n])))
		n++;
	return n;
}

/* All words of it in their order, with the last ones first ("Lee, Ann") or written together. */
static void find_whole(struct finding_list *l, const struct known *k, struct folded *w,
		       size_t count)
{
	for (size_t i = 0; k->count && i < count; i++) {
		size_t n = is_joined(k, &w[i]);

		for (size_t first = 0; !n && first < k->count; first++)
			if (words_in_a_row(&l->text, k, first, w + i, count - i) ==
			    k->count)
				n = k->count;
		if (!n)
			continue;
		finding_add(l, REDACT_NAME,
			    i && str_eq(w[i - 1].text, "the") &&
					    are_near(&l->text, &w[i - 1], &w[i])
				    ? w[i - 1].from
				    : w[i].from,
			    w[i + n - 1].to);
		i += n - 1;
	}
}

static void find_all_whole(struct finding_list *l, const char **names, struct folded *w,
			   size_t count)
{
	for (size_t i = 0; names && names[i]; i++) {
		struct glyphs name = glyphs_of(l->text.arena, names[i]);
		struct known k;

		k.parts = fold(&name, &k.count);
		if (k.count > 1 && str_eq(k.parts[0].text, "the")) {
			k.parts++;
			k.count--;
		}
		find_whole(l, &k, w, count);
	}
}

/* The words with capitals that follow, as long as they stand together. */
static size_t names_behind(const struct glyphs *t, const struct folded *w, size_t i,
			   size_t count)
{
	size_t last = i;

	for (size_t n = 1; n <= BEHIND_MOST && i + n < count; n++) {
		const struct folded *next = &w[i + n];

		if (!are_near(t, &w[i + n - 1], next))
			break;
		if (str_eq(next->text, "i") && t->at[next->to] != '.')
			break;
		if (next->is_upper)
			last = i + n;
		else if (!str_in(next->text, joints) || str_eq(next->text, "and"))
			break;
		if (t->at[next->to] == '\n' || t->at[next->to] == ',')
			break;
	}
	return last;
}

/* "Mrs Brown", "Cllr Ann Reid"; "my name is Jo Ng", "I am Olive Quarry" */
static void find_behind(struct finding_list *l, struct folded *w, size_t count)
{
	const struct glyphs *t = &l->text;

	for (size_t i = 0; i < count; i++) {
		bool title = str_in(w[i].text, titles) &&
			     (w[i].is_upper || str_eq(w[i].text, "cllr"));
		bool own =
			(i >= 2 && str_eq(w[i].text, "is") &&
			 str_eq(w[i - 1].text, "name") && str_eq(w[i - 2].text, "my")) ||
			(i >= 1 && str_eq(w[i].text, "called"));
		size_t last = title || own ? names_behind(t, w, i, count) : i;

		if (last == i)
			continue;
		finding_add(l, own ? REDACT_NAME : REDACT_OTHER, w[i + (size_t)own].from,
			    w[last].to);
		i = last;
	}
}

/* "my son Fergus", "his sister, Skye Lunn": a name behind what somebody is to somebody. */
static void find_kin(struct finding_list *l, struct folded *w, size_t count)
{
	static const char *const kin[] = {
		"son",          "sons",       "daughter",      "daughters", "child",
		"grandson",     "grandchild", "granddaughter", "baby",      "stepson",
		"stepdaughter", "nephew",     "niece",         "wife",      "husband",
		"partner",      "mother",     "father",        "mum",       "dad",
		"mam",          "sister",     "brother",       "aunt",      "auntie",
		"uncle",        "cousin",     "gran",          "granny",    "grandmother",
		"grandfather",  "neighbour",  "friend",        "boy",       "girl",
		"toddler",      "pupil",      "twin",          "twins",     NULL};
	static const char *const no_name[] = {
		"i",        "the",    "he",      "she",       "it",       "they",
		"we",       "monday", "tuesday", "wednesday", "thursday", "friday",
		"saturday", "sunday", "english", "scottish",  "my",       "our",
		"and",      "but",    "at",      "in",        "on",       "when",
		"who",      "this",   "that",    NULL};
	const struct glyphs *t = &l->text;

	for (size_t i = 0; i + 1 < count; i++) {
		size_t last = i + 1;
		int64_t at = w[i].to;

		if (!str_in(w[i].text, kin))
			continue;
		at += t->at[at] == ',';
		if (t->at[at] != ' ' || w[last].from != at + 1 || !w[last].is_upper ||
		    str_in(w[last].text, no_name))
			continue;
		if (last + 1 < count && w[last + 1].is_upper &&
		    w[last + 1].from == w[last].to + 1 && t->at[w[last].to] == ' ' &&
		    !str_in(w[last + 1].text, no_name))
			last++;
		finding_add(l, REDACT_OTHER, w[i + 1].from, w[last].to);
		i = last;
	}
}

void find_names(struct finding_list *l, const struct redaction_names *names)
{
	size_t count;
	struct folded *w = fold(&l->text, &count);

	if (names) {
		find_all_known(l, names->own, REDACT_NAME, w, count);
		find_all_known(l, names->others, REDACT_OTHER, w, count);
		find_all_whole(l, names->whole, w, count);
	}
	find_behind(l, w, count);
	find_kin(l, w, count);
}

void redaction_find_words(struct arena *arena, const char *text, const char *words,
			  struct redaction_found **out, size_t *out_count)
{
	struct finding_list l = {.text = glyphs_of(arena, text)};
	struct glyphs asked = glyphs_of(arena, words);
	struct folded *w;
	struct known k;
	size_t count;

	k.parts = fold(&asked, &k.count);
	for (int64_t i = 0; i < asked.count; i++)
		if (glyph_is_digit(asked.at[i]))
			k.count = 0;
	w = fold(&l.text, &count);
	find_whole(&l, &k, w, count);
	*out = l.items;
	*out_count = l.count;
}
