#include "text/answer/chosen_option.h"
#include "base/str.h"
#include "text/letter/form_line.h"

enum { WORDS_MOST = 14, FILLERS_MOST = 3 };

/* The first words of an answer: folded, between blanks, with where each ends. */
struct opening {
	char words[CHOICE_WORDS_ROOM];
	size_t from[WORDS_MOST], to[WORDS_MOST]; /* bytes of the text */
	size_t start[WORDS_MOST];                /* places in words */
	size_t count;
};

static size_t apostrophe(const char *at, size_t left)
{
	return *at == '\'' ? 1 : left >= 3 && memcmp(at, "\xE2\x80\x99", 3) == 0 ? 3 : 0;
}

static bool word_char(const char *at, size_t left)
{
	if (str_is_alpha(*at) || str_is_digit(*at))
		return true;
	/* Dashes and bullets are no letters. */
	return (*at & 0x80) && !(left >= 3 && *at == '\xE2');
}

/* Behind "~~Yes~~", which was struck out; at: nothing is. */
static size_t past_struck(const char *text, size_t len, size_t at)
{
	if (at + 2 >= len || text[at] != '~' || text[at + 1] != '~')
		return at;
	for (size_t i = at + 2; i + 1 < len && text[i] != '\n'; i++)
		if (text[i] == '~' && text[i + 1] == '~')
			return i + 2;
	return at;
}

/* Words up to the end of the sentence; a "-" or ":" ends none. What was struck out is none. */
static void open_read(const char *text, size_t len, struct opening *out)
{
	size_t n = 0, i = 0;

	out->count = 0;
	out->words[n++] = ' ';
	while (i < len && out->count < WORDS_MOST) {
		size_t from;

		while (i < len && !word_char(text + i, len - i)) {
			size_t past = past_struck(text, len, i);

			if (out->count && strchr(".!?\n", text[i]))
				break;
			i = past > i ? past : i + 1;
		}
		if (i >= len || (out->count && strchr(".!?\n", text[i])))
			break;
		from = i;
		out->start[out->count] = n;
		while (i < len &&
		       (word_char(text + i, len - i) || apostrophe(text + i, len - i))) {
			size_t skip = apostrophe(text + i, len - i);

			if (!skip && n + 3 < sizeof(out->words))
				out->words[n++] = str_lower_char(text[i]);
			i += skip ? skip : 1;
		}
		out->words[n++] = ' ';
		out->from[out->count] = from;
		out->to[out->count++] = i;
		if (n + 40 > sizeof(out->words))
			break;
	}
	out->words[n] = '\0';
}

/* An option's text as it is compared. */
static void fold(const char *text, char words[CHOICE_WORDS_ROOM])
{
	struct opening o;

	open_read(text, strlen(text), &o);
	str_copy(words, CHOICE_WORDS_ROOM, o.words);
}

static size_t count_words(const char *folded)
{
	size_t n = 0;

	for (const char *c = folded + 1; *c; c++)
		n += *c == ' ';
	return n;
}

/* The option that these words begin with, the longest first; 0: none. */
static size_t literal(const struct choice_asked *asked, const char *words,
		      size_t *out_words)
{
	size_t longest = 0, found = 0;

	for (size_t i = 0; i < asked->count; i++) {
		char option[CHOICE_WORDS_ROOM];
		size_t len;

		fold(asked->options[i], option);
		len = strlen(option);
		if (len > 2 && len > longest && strncmp(words, option, len) == 0) {
			longest = len;
			found = i + 1;
			*out_words = count_words(option);
		}
	}
	return found;
}

/* The one option that has this sense; 0 when none has it, or several have. */
static size_t by_sense(const struct choice_asked *asked, enum choice_sense sense)
{
	size_t found = 0;

	for (size_t i = 0; i < asked->count; i++) {
		char option[CHOICE_WORDS_ROOM];
		size_t used;

		fold(asked->options[i], option);
		if (choice_sense_of(option, &used) != sense)
			continue;
		if (found)
			return 0;
		found = i + 1;
	}
	return found;
}

/* "Yes every plot" chooses; "No longest time is needed" does not. */
static bool is_closed_by(const struct opening *o, size_t word, const char *text,
			 size_t len)
{
	static const char *const whole_alone[] = {"yes ", "agree ", "disagree ",
						  "agreed "};
	const char *end = text + len, *at = text + o->to[word];
	char next[40] = "";

	for (size_t i = 0; i < ARRAY_LEN(whole_alone); i++)
		if (str_starts(o->words + o->start[word], whole_alone[i]))
			return true;

	while (at < end && (*at == ' ' || *at == '\t' || *at == '*' || *at == '_'))
		at++;
	if (at == end || !str_is_alpha(*at))
		return true;
	/* Dictated: "Don't know Show us the figures". */
	if (word && *at >= 'A' && *at <= 'Z' && str_is_alpha(at[1]))
		return true;
	for (size_t i = 0; at < end && str_is_alpha(*at) && i + 1 < sizeof(next); i++) {
		next[i] = str_lower_char(*at++);
		next[i + 1] = '\0';
	}
	return choice_may_follow(next);
}

/* Behind the choice and the signs that part it from what follows. */
static size_t past_signs(const char *text, size_t len, size_t at)
{
	while (at < len) {
		if (len - at >= 3 && text[at] == '\xE2' && text[at + 1] == '\x80') {
			at += 3; /* a dash or a quote */
			continue;
		}
		if (!strchr(" \t\n\r.,;:!-*_|/)>\"", text[at]))
			break;
		at++;
	}
	return at;
}

static void found_words(const struct opening *o, size_t last, const char *text,
			size_t len, struct choice_found *out)
{
	out->from = o->from[0];
	out->to = o->to[last];
	out->past = past_signs(text, len, out->to);
}

/* Several options in one sentence: "Food, water and shelter." */
static void more_of(const struct choice_asked *asked, const struct opening *o,
		    size_t word, const char *text, size_t len, struct choice_found *out)
{
	while (word < o->count) {
		const char *words = o->words + o->start[word] - 1;
		size_t used = 0, option;

		if (str_starts(words, " and ") || str_starts(words, " or ") ||
		    str_starts(words, " also ")) {
			word++;
			continue;
		}
		option = literal(asked, words, &used);
		if (!option)
			return;
		out->chosen |= 1u << (option - 1);
		word += used;
		found_words(o, word - 1, text, len, out);
	}
}

/* What the words from here on choose; false: nothing that could be. */
static bool chosen_at(const struct opening *o, size_t word, const char *text, size_t len,
		      const struct choice_asked *asked, struct choice_found *out)
{
	const char *words = o->words + o->start[word] - 1;
	size_t used = 0, meant = 0, option = literal(asked, words, &used);
	enum choice_sense sense = choice_sense_of(words, &meant);

	/* "Yes and no" says more than the option "Yes". */
	if (sense != CHOICE_NO_SENSE && (!option || meant > used)) {
		option = by_sense(asked, sense);
		used = meant;
		if (!option && !by_sense(asked, CHOICE_YES) &&
		    !by_sense(asked, CHOICE_NO))
			return false; /* it is not asked in these terms */
	}
	if (!used || word + used > o->count ||
	    !is_closed_by(o, word + used - 1, text, len))
		return false;
	out->unclear = !option;
	if (option)
		out->chosen = 1u << (option - 1);
	found_words(o, word + used - 1, text, len, out);
	if (asked->several && option)
		more_of(asked, o, word + used, text, len, out);
	return true;
}

static void read_words(const char *text, size_t len, const struct choice_asked *asked,
		       struct choice_found *out)
{
	struct opening o;
	size_t word = 0;

	open_read(text, len, &o);
	for (int i = 0; i <= FILLERS_MOST && word < o.count; i++) {
		size_t filler;

		if (chosen_at(&o, word, text, len, asked, out))
			return;
		filler = choice_filler(o.words + o.start[word] - 1);
		if (!filler)
			return;
		word += filler;
	}
}

/* The option that a text beside a box is, whole; 0: none. */
static size_t whole(const struct choice_asked *asked, const struct form_item *item)
{
	const char *words = item->kind == FORM_YES  ? " yes "
			    : item->kind == FORM_NO ? " no "
						    : item->words;
	size_t used = 0, option = literal(asked, words, &used);
	enum choice_sense sense;

	if (option && used == count_words(words))
		return option;
	sense = choice_sense_of(words, &used);
	return sense != CHOICE_NO_SENSE && used == count_words(words)
		       ? by_sense(asked, sense)
		       : 0;
}

/* Boxes and options of one line. False: there is something else in it. */
static bool read_line(const struct form_line *l, const struct choice_asked *asked,
		      uint32_t *chosen, uint32_t *listed)
{
	bool first = l->count && l->items[0].kind == FORM_BOX;

	for (size_t i = 0; i < l->count; i++) {
		const struct form_item *box = NULL;
		size_t option;

		if (l->items[i].kind == FORM_BOX)
			continue;
		option = whole(asked, &l->items[i]);
		if (!option)
			return false;
		*listed |= 1u << (option - 1);
		if (first && i > 0)
			box = &l->items[i - 1];
		else if (!first && i + 1 < l->count)
			box = &l->items[i + 1];
		if (box && box->kind == FORM_BOX && box->ticked)
			*chosen |= 1u << (option - 1);
	}
	return true;
}

/* "Yes / No / Don't know" on one line, as the form printed it: parted for reading. */
static void part_slashes(char *line)
{
	size_t len = strlen(line);

	for (size_t i = 0; i < len; i++)
		for (size_t past = past_struck(line, len, i); i < past; i++)
			line[i] = ' '; /* what was struck out is listed no more */
	for (char *c = line; *c; c++)
		if (*c == '/')
			*c = '\t';
}

/*
 * Options that stand below each other without boxes, as the form printed them: all of them, or
 * two where one is asked for. Whoever answers in words writes the one.
 */
static bool lists_options(struct arena *arena, const char *text, size_t len,
			  const struct choice_asked *asked, struct form_line *room)
{
	uint32_t listed = 0, all = asked->count < CHOICE_OPTIONS_MOST
					   ? (1u << asked->count) - 1
					   : UINT32_MAX;

	for (size_t at = 0; at < len;) {
		const char *newline = memchr(text + at, '\n', len - at);
		size_t to = newline ? (size_t)(newline - text) : len;
		char *line = arena_strndup(arena, text + at, to - at);
		uint32_t chosen = 0, here = 0;

		part_slashes(line);
		form_line_read(line, strlen(line), room);
		if (room->count && (!read_line(room, asked, &chosen, &here) || !here))
			break;
		listed |= here;
		at = to + 1;
	}
	return listed == all || (!asked->several && (listed & (listed - 1)));
}

/* Lines of boxes at the beginning. Returns behind them; 0: there are none. */
static size_t read_boxes(struct arena *arena, const char *text, size_t len,
			 const struct choice_asked *asked, struct choice_found *out)
{
	struct form_line *room = arena_make(arena, struct form_line, 1);
	size_t at = 0, end = 0, boxes = 0;
	uint32_t chosen = 0, listed = 0;
	bool list = lists_options(arena, text, len, asked, room);

	while (at < len) {
		const char *newline = memchr(text + at, '\n', len - at);
		size_t to = newline ? (size_t)(newline - text) : len;
		char *line = arena_strndup(arena, text + at, to - at);

		part_slashes(line);
		form_line_read(line, strlen(line), room);
		if (room->count) {
			uint32_t now = 0, here = 0;

			/* "Yes. Of course." lists nothing: two options at least. */
			if (!read_line(room, asked, &now, &here) ||
			    (!room->boxes && !list &&
			     (!(here & (here - 1)) || asked->several ||
			      (listed && !boxes))))
				break;
			chosen |= now;
			listed |= here;
			boxes += room->boxes;
			end = to;
		}
		at = to + 1;
	}
	if (!end)
		return 0;
	out->chosen = chosen;
	out->to = end;
	out->past = past_signs(text, len, end);
	if (!asked->several && (chosen & (chosen - 1))) {
		out->chosen = 0;
		out->unclear = true;
	}
	return end;
}

/* One of several on a line, and more of them on the next ones. */
static void read_more_lines(struct arena *arena, const char *text, size_t len,
			    const struct choice_asked *asked, struct choice_found *out)
{
	struct form_line *room = arena_make(arena, struct form_line, 1);

	while (out->past < len && memchr(text + out->to, '\n', out->past - out->to)) {
		const char *line = text + out->past;
		size_t n = strcspn(line, "\n");
		uint32_t chosen = 0, here = 0;

		n = n < len - out->past ? n : len - out->past;
		form_line_read(line, n, room);
		if (!room->count || room->boxes ||
		    !read_line(room, asked, &chosen, &here) || !here)
			return;
		out->chosen |= here;
		out->to = out->past + n;
		out->past = past_signs(text, len, out->to);
	}
}

void choice_read(struct arena *arena, const char *text, size_t len,
		 const struct choice_asked *asked, struct choice_found *out)
{
	size_t past;

	*out = (struct choice_found){0};
	if (!asked->count || asked->count > CHOICE_OPTIONS_MOST)
		return;
	past = read_boxes(arena, text, len, asked, out);
	if (out->chosen || out->unclear)
		return;
	read_words(text + past, len - past, asked, out);
	if (out->chosen || out->unclear) {
		out->from += past;
		out->to += past;
		out->past += past;
		if (asked->several && out->chosen)
			read_more_lines(arena, text, len, asked, out);
	} else if (past) {
		out->past = past_signs(text, len, past); /* listed, none chosen */
	}
}
