#include "document/unsaid.h"
#include "base/str.h"

enum { NEIGHBOURS = 4, SET_LEAST = 64 };

struct set {
	uint64_t *items; /* 0: free */
	size_t room, count;
};

/* Words one behind the other: the last few, and how many there are since a mark. */
struct run {
	uint64_t last[NEIGHBOURS];
	size_t count;
	uint64_t hash;
};

struct unsaid {
	struct arena *arena;
	struct set neighbours, whole;
	struct run all; /* what was said, to its end */
};

/* What one step over a text gives. */
enum step { STEP_END, STEP_WORD, STEP_MARK, STEP_LINE };

static void grow(struct arena *arena, struct set *s)
{
	struct set big = {.room = s->room ? s->room * 2 : SET_LEAST, .count = s->count};

	big.items = arena_make(arena, uint64_t, big.room);
	for (size_t i = 0; i < s->room; i++) {
		size_t at = s->items[i] % big.room;

		if (!s->items[i])
			continue;
		while (big.items[at])
			at = (at + 1) % big.room;
		big.items[at] = s->items[i];
	}
	*s = big;
}

static bool has(const struct set *s, uint64_t item)
{
	size_t at;

	if (!s->room)
		return false;
	for (at = item % s->room; s->items[at]; at = (at + 1) % s->room)
		if (s->items[at] == item)
			return true;
	return false;
}

static void add(struct arena *arena, struct set *s, uint64_t item)
{
	size_t at;

	if (has(s, item))
		return;
	if (s->count * 2 >= s->room)
		grow(arena, s);
	at = item % s->room;
	while (s->items[at])
		at = (at + 1) % s->room;
	s->items[at] = item;
	s->count++;
}

static uint64_t mix(uint64_t hash, uint64_t more)
{
	hash = (hash ^ more) * 0x9E3779B97F4A7C15u;
	return (hash ^ hash >> 29) | 1; /* never 0 */
}

/* A link's address: its length, else 0. */
static size_t address(const char *at)
{
	static const char *const begins[] = {
		"http://", "https://", "www.", "mailto:", "cid:", "[image:", "[cid:"};

	switch (*at) { /* asked at each word */
	case 'h':
	case 'H':
	case 'w':
	case 'W':
	case 'm':
	case 'M':
	case 'c':
	case 'C':
	case '[':
		break;
	default:
		return 0;
	}
	for (size_t i = 0; i < ARRAY_LEN(begins); i++)
		if (str_istarts(at, begins[i]))
			return i < 5 ? strcspn(at, " \t\n<>\"") : strlen(begins[i]);
	return 0;
}

/* A box with something in it, or without: its length, else 0. */
static size_t box(const char *at, bool *out_ticked)
{
	static const struct {
		const char *sign;
		bool ticked;
	} signs[] = {
		{"[x]", true},          {"(x)", true},          {"[ ]", false},
		{"( )", false},         {"[]", false},          {"\xE2\x98\x90", false},
		{"\xE2\x98\x91", true}, {"\xE2\x98\x92", true}, {"\xE2\x9C\x93", true},
		{"\xE2\x9C\x94", true}, {"\xE2\x9C\x97", true}, {"\xE2\x9C\x98", true}};

	if (*at != '[' && *at != '(' && *at != '\xE2')
		return 0;
	for (size_t i = 0; i < ARRAY_LEN(signs); i++)
		if (str_istarts(at, signs[i].sign)) {
			*out_ticked = signs[i].ticked;
			return strlen(signs[i].sign);
		}
	return 0;
}

/* How much of what begins here belongs to a word; 0: it ends here. */
static size_t letter(const char *at, bool *out_counts)
{
	unsigned char c = (unsigned char)*at;
	size_t n;

	*out_counts = true;
	if (str_is_alpha(*at) || str_is_digit(*at))
		return 1;
	*out_counts = false;
	if (c == '\'')
		return 1;
	if (c < 0x80)
		return 0;
	n = str_utf8_char(at, strnlen(at, 4));
	n = n ? n : 1;
	if (str_starts(at, "\xE2\x80\x99") || str_starts(at, "\xE2\x80\x98") ||
	    str_starts(at, "\xC2\xAD") || str_starts(at, "\xE2\x80\x8B") ||
	    str_starts(at, "\xE2\x80\x8C") || str_starts(at, "\xE2\x80\x8D") ||
	    str_starts(at, "\xEF\xBB\xBF") || str_starts(at, "\xCD\x8F"))
		return n;
	/* Punctuation, signs, blanks: 0x80 to 0xBF but for a few, and 0x2000 to 0x2BFF. */
	if ((c == 0xC2 && (unsigned char)at[1] != 0xAA && (unsigned char)at[1] != 0xB5 &&
	     (unsigned char)at[1] != 0xBA) ||
	    (c == 0xE2 && (unsigned char)at[1] < 0xB0))
		return 0;
	*out_counts = true;
	return n;
}

static size_t sign(const char *at)
{
	size_t n = (unsigned char)*at < 0x80 ? 1 : str_utf8_char(at, strnlen(at, 4));

	return n ? n : 1;
}

static enum step word(const char **io, uint64_t *out)
{
	uint64_t hash = 1;
	bool counts, any = false;
	size_t n;

	for (;;) {
		while (str_is_alpha(**io) || str_is_digit(**io)) { /* nearly all */
			hash = mix(hash, (unsigned char)str_lower_char(**io));
			any = true;
			(*io)++;
		}
		if (!**io || !(n = letter(*io, &counts)))
			break;
		for (size_t i = 0; counts && i < n; i++)
			hash = mix(hash, (unsigned char)str_lower_char((*io)[i]));
		any = any || counts;
		*io += n;
	}
	*out = hash;
	return any ? STEP_WORD : STEP_MARK;
}

/* The next word, or a mark that ends what is said, or the end of a line. */
static enum step next(const char **io, uint64_t *out)
{
	while (**io) {
		bool ticked, counts;
		size_t n = address(*io);

		if (n) {
			*io += n;
			continue;
		}
		n = box(*io, &ticked);
		if (n) {
			*io += n;
			*out = ticked ? 5 : 3;
			return STEP_WORD;
		}
		if (letter(*io, &counts)) {
			if (word(io, out) == STEP_WORD)
				return STEP_WORD;
			continue;
		}
		n = sign(*io);
		*io += n;
		if ((*io)[-1] == '\n')
			return STEP_LINE;
		if (n == 1 && strchr(".,;:!?|\t", (*io)[-1]))
			return STEP_MARK;
	}
	return STEP_END;
}

static void take(struct run *r, uint64_t w)
{
	r->last[r->count++ % NEIGHBOURS] = w;
	r->hash = mix(r->hash, w);
}

static uint64_t neighbours(const struct run *r)
{
	uint64_t hash = 0;

	for (size_t i = 0; i < NEIGHBOURS; i++)
		hash = mix(hash, r->last[(r->count + i) % NEIGHBOURS]);
	return hash;
}

static void end_run(struct unsaid *u, struct run *r)
{
	if (r->count && r->count < NEIGHBOURS)
		add(u->arena, &u->whole, r->hash);
	*r = (struct run){0};
}

void unsaid_add(struct unsaid *u, const char *said)
{
	/* The sentence at hand, whatever its lines, and what of it is in this line. */
	struct run sentence = {0}, line = {0};
	const char *at = said;
	enum step step;
	uint64_t w;

	while ((step = next(&at, &w)) != STEP_END) {
		if (step == STEP_WORD) {
			take(&u->all, w);
			take(&sentence, w);
			take(&line, w);
			if (u->all.count >= NEIGHBOURS)
				add(u->arena, &u->neighbours, neighbours(&u->all));
			continue;
		}
		end_run(u, &line);
		if (step == STEP_MARK || *at == '\n')
			end_run(u, &sentence);
	}
	end_run(u, &line);
	end_run(u, &sentence);
}

struct unsaid *unsaid_new(struct arena *arena, const char *said)
{
	struct unsaid *u = arena_make(arena, struct unsaid, 1);

	u->arena = arena;
	unsaid_add(u, said);
	return u;
}

/* Of one line: do all words, a few at a time, stand so in the other text? */
static bool flows(const struct unsaid *u, const char *text)
{
	struct run all = {0};
	enum step step;
	uint64_t w;

	while ((step = next(&text, &w)) != STEP_END) {
		if (step != STEP_WORD)
			continue;
		take(&all, w);
		if (all.count >= NEIGHBOURS && !has(&u->neighbours, neighbours(&all)))
			return false;
	}
	return all.count >= NEIGHBOURS;
}

static bool ends_said(const struct unsaid *u, const struct run *r, bool flowed)
{
	if (!r->count)
		return true;
	return r->count >= NEIGHBOURS ? flowed : has(&u->whole, r->hash);
}

static bool is_said(const struct unsaid *u, const char *line)
{
	struct run part = {0};
	bool flowed = true;
	enum step step;
	uint64_t w;

	if (flows(u, line))
		return true;
	do {
		step = next(&line, &w);
		if (step == STEP_WORD) {
			take(&part, w);
			if (part.count >= NEIGHBOURS)
				flowed = flowed && has(&u->neighbours, neighbours(&part));
			continue;
		}
		if (!ends_said(u, &part, flowed))
			return false;
		part = (struct run){0};
		flowed = true;
	} while (step != STEP_END);
	return true;
}

void unsaid_lines(const struct unsaid *said, const char *shown, struct buf *to)
{
	char *line = arena_strdup(said->arena, shown);

	while (*line) {
		size_t len = strcspn(line, "\n");
		bool ends = line[len] == '\n';

		line[len] = '\0';
		if (!is_said(said, line)) {
			buf_add(to, line, len);
			buf_char(to, '\n');
		}
		line += len + ends;
	}
}
