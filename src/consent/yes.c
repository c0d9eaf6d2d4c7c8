#include "consent/yes.h"
#include "base/attr.h"
#include "base/buf.h"
#include "base/str.h"
#include "consent/tokens.h"
#include "consent/yes_words.h"

#include <glib.h>

enum { YES_WORDS = 20, YES_BYTES = 600, SPACED_MOST = 2 * YES_BYTES };

/* Say yes where they are all that is said; beside other words they may mean something else. */
static const char *const alone[] = {"y",
				    "correct",
				    "yes correct",
				    "that's right",
				    "that is right",
				    "that's correct",
				    "that is correct",
				    NULL};
/* Said twice, or one behind the other, they make fun of it. */
static const char *const loose[] = {"yeah", "yep", "yup", "ok", "okay", "sure", NULL};
/* With thanks, and nothing else, they say that it came. */
static const char *const receives[] = {"ok",       "okay",    YES_THUMB, "iawn",
				       "d'accord", "akkoord", NULL};
static const char *const thanks[] = {"thank", "thanks", "thx",    "ta",    "cheers",
				     "many",  "with",   "diolch", "merci", "dank",
				     "go",    "tapadh", NULL};
/* Has the words of a yes, and asks it of us. */
static const char *const asks[] = {"please confirm", "please agree", "please okay",
				   "please correct", NULL};

bool yes_is_asked(const char *text)
{
	/* ASCII, full width, Arabic, Greek, interrobang, inverted, double, and the like. */
	static const char *const marks[] = {
		"?",      "\uFF1F", "\u061F", "\u037E", "\u203D",     "\u00BF",
		"\u2047", "\u2048", "\u2049", "\u2E2E", "\u055E",     "\u1367",
		"\uA60F", "\uFE56", "\uFE16", "\u2753", "\u2754",     "\u2E18",
		"\u1945", "\u2CFA", "\u2CFB", "\uA6F7", "\U00011143", NULL};

	for (const char *const *mark = marks; *mark; mark++)
		if (strstr(text, *mark))
			return true;
	return false;
}

bool yes_is_turned(const char *text)
{
	for (const char *at = text; *at; at = g_utf8_next_char(at)) {
		gunichar c = g_utf8_get_char(at);

		if (str_is_bidi_control(at, strnlen(at, 3)) || c == 0x61C ||
		    (c >= 0xE0000 && c <= 0xE007F))
			return true;
	}
	return false;
}

/* Parts words and says nothing. Greek asks with a semicolon: that is no such mark. */
static bool is_mark(gunichar c)
{
	return g_unichar_isspace(c) || (c < 0x80 && strchr(".,:!()\"*_-<>/&|", (int)c)) ||
	       (c >= 0x2010 && c <= 0x2015) || (c >= 0x201C && c <= 0x201F) ||
	       c == 0x3001 || c == 0x3002 || c == 0xFF0C || c == 0xFF01 || c == 0xFF0E ||
	       c == 0x2026 || c == 0x060C || c == 0x06D4 || c == 0x0964 || c == 0xA1;
}

static bool is_dash(gunichar c)
{
	return c == '-' || (c >= 0x2010 && c <= 0x2015);
}

/* "-Yes-": some strike a word out so. */
static bool is_struck(const char *text)
{
	bool opened = false;
	gunichar before = ' ';

	for (const char *at = text; *at; at = g_utf8_next_char(at)) {
		gunichar c = g_utf8_get_char(at);
		gunichar next = g_utf8_get_char(g_utf8_next_char(at));

		if (!is_dash(c))
			before = c;
		else if (!g_unichar_isalpha(before))
			opened = opened || g_unichar_isalpha(next);
		else if (opened && !g_unichar_isalpha(next))
			return true;
	}
	return false;
}

static bool is_thumb(gunichar c)
{
	return c == 0x1F44D;
}

/* The colour of a face, and that it is shown as a picture. */
static bool is_tint(gunichar c)
{
	return (c >= 0x1F3FB && c <= 0x1F3FF) || c == 0xFE0F;
}

/* Words one blank apart; which of their bytes begins a line. */
struct spaced {
	struct buf *words;
	bool begins_line[SPACED_MOST + 1];
};

/*
 * " yes , please " -> "yes please "; false when there is anything but words and marks. What
 * is not seen (zero width, the turns of bidirectional text) shows a word as another.
 */
static bool read_spaced(const char *text, struct spaced *out)
{
	bool word = false, line = true;
	size_t words = 0;

	for (const char *at = text; *at; at = g_utf8_next_char(at)) {
		gunichar c = g_utf8_get_char(at);
		size_t len = (size_t)(g_utf8_next_char(at) - at);

		if (is_tint(c))
			continue;
		if (is_mark(c)) {
			if (word)
				buf_char(out->words, ' ');
			word = false;
			line = line || c == '\n';
			continue;
		}
		if (is_thumb(c)) {
			buf_printf(out->words, "%s%s ", word ? " " : "", YES_THUMB);
			words++;
			word = line = false;
			continue;
		}
		if (!word && out->words->len <= SPACED_MOST)
			out->begins_line[out->words->len] = line;
		line = false;
		if (c == 0x2019 || c == '\'')
			buf_char(out->words, '\'');
		else if (g_unichar_isalpha(c) || g_unichar_ismark(c))
			buf_add(out->words, at, len);
		else
			return false;
		words += !word;
		word = true;
	}
	if (word)
		buf_char(out->words, ' ');
	return words > 0 && words <= YES_WORDS && !buf_cut(out->words);
}

static const char *in_small(struct arena *arena, const char *text)
{
	char *low = g_utf8_strdown(text, -1);
	const char *out = arena_strdup(arena, low);

	g_free(low);
	return out;
}

/* The longest phrase of the table that stands there, with the blank behind it; or 0. */
static size_t longest(const char *at, const char *const *phrases)
{
	size_t best = 0;

	for (; *phrases; phrases++) {
		size_t len = strlen(*phrases);

		if (len >= best && strncmp(at, *phrases, len) == 0 && at[len] == ' ')
			best = len + 1;
	}
	return best;
}

/* Is the phrase of so many bytes, with the blank behind it, one of the table? */
static bool is_one(const char *at, size_t len, const char *const *phrases)
{
	return len && longest(at, phrases) == len;
}

/* In "yes please confirm" as well. */
static bool asks_it(const char *words, const struct yes_tongue *tongue)
{
	for (const char *at = words; *at; at += strcspn(at, " ") + 1)
		if (longest(at, asks) > longest(at, tongue->yes))
			return true;
	return false;
}

/* The words of the name of whoever writes that stand there, and how many they are. */
static size_t named(struct arena *arena, const char *at, const char *names,
		    size_t *out_count)
{
	const struct tokens known = tokens_of(arena, names);
	size_t all = 0, best;

	*out_count = 0;
	do {
		best = 0;
		for (size_t i = 0; i < known.count; i++) {
			size_t len = strlen(known.at[i].text);

			if (len >= best && str_starts(at + all, known.at[i].text) &&
			    at[all + len] == ' ')
				best = len + 1;
		}
		all += best;
		*out_count += best > 0;
	} while (best);
	return all;
}

/*
 * A title of ours, whole, that they say yes to: "to T", or "T" behind "receive". On a line of
 * its own it is what a mail program, or the letter, has put there.
 */
static size_t titled(struct arena *arena, const struct spaced *s, const char *at,
		     const char *titles)
{
	static const char *const verbs[] = {"receive ", "get ", "join "};
	const char *before = arena_strndup(arena, buf_text(s->words),
					   (size_t)(at - buf_text(s->words)));
	size_t to = str_starts(at, "to ") ? 3 : 0, best = 0;
	bool named = to > 0;

	for (size_t i = 0; i < ARRAY_LEN(verbs); i++)
		named = named || str_ends(before, verbs[i]);
	if (!named || s->begins_line[at - buf_text(s->words)])
		return 0;
	if (str_starts(at + to, "the "))
		to += 4;
	for (const char *line = titles; *line;) {
		size_t len = strcspn(line, "\n");
		struct spaced title = {.words = NULL};
		AUTO(buf) words = buf_new(SPACED_MOST);
		size_t n;

		title.words = words;
		if (len <= YES_BYTES &&
		    read_spaced(in_small(arena, arena_strndup(arena, line, len)),
				&title)) {
			n = words->len;
			if (n > best && str_starts(at + to, buf_text(words)))
				best = n;
		}
		line += len + (line[len] == '\n');
	}
	return best ? to + best : 0;
}

/* What was read of it so far. */
struct yes_read {
	size_t yes, received, loose;
	bool behind_yes, behind_manner, thanked;
};

static void note_yes(struct yes_read *r, const char *at, size_t len)
{
	r->yes++;
	r->received += is_one(at, len, receives);
	r->loose += is_one(at, len, loose);
	r->behind_yes = true;
	r->behind_manner = false;
}

/*
 * "Sure, Jan" is said to somebody: a name signs below, behind thanks, or as a whole one.
 * The bytes of it; 0: no such name.
 */
static size_t signed_by(struct arena *arena, const struct yes_read *r,
			const struct spaced *s, const char *at, const char *names)
{
	size_t count, len = r->yes ? named(arena, at, names, &count) : 0;

	return len && (count > 1 || r->behind_manner ||
		       s->begins_line[at - buf_text(s->words)])
		       ? len
		       : 0;
}

static bool all_in_tongue(struct arena *arena, const struct spaced *s,
			  const struct yes_tongue *tongue, const struct yes_known *known)
{
	struct yes_read r = {0};

	if (asks_it(buf_text(s->words), tongue))
		return false;
	for (const char *at = buf_text(s->words); *at;) {
		size_t say = longest(at, tongue->yes);
		size_t manner = longest(at, tongue->manners);
		size_t object = r.behind_yes ? longest(at, tongue->about) : 0;
		size_t title = r.behind_yes
				       ? titled(arena, s, at, str_or(known->titles, ""))
				       : 0;

		object = title > object ? title : object;
		if (say && say >= manner && say >= object) {
			note_yes(&r, at, say);
			at += say;
			continue;
		}
		r.behind_yes = false;
		if (manner || object) {
			r.behind_manner = manner >= object;
			r.thanked = r.thanked || (r.behind_manner && longest(at, thanks));
			at += manner >= object ? manner : object;
			continue;
		}
		object = signed_by(arena, &r, s, at, str_or(known->names, ""));
		if (!object)
			return false;
		r.behind_manner = true;
		at += object;
	}
	return r.yes && r.loose < 2 && (!r.thanked || r.yes > r.received);
}

bool yes_is_all(struct arena *arena, const char *text, const struct yes_known *known)
{
	AUTO(buf) words = buf_new(SPACED_MOST);
	struct spaced spaced = {.words = words};

	if (strlen(text) > YES_BYTES || yes_is_asked(text) || is_struck(text) ||
	    !read_spaced(in_small(arena, text), &spaced))
		return false;
	if (is_one(buf_text(words), words->len, alone))
		return true;
	for (size_t i = 0; i < yes_tongue_count; i++)
		if (all_in_tongue(arena, &spaced, &yes_tongues[i], known))
			return true;
	return false;
}
