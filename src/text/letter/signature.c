#include "text/letter/signature.h"
#include "base/str.h"
#include "text/letter/frame.h"
#include "text/letter/signature_private.h"

enum { LINES_MOST = 12, LINE_MOST = 160, BEHALF_WORDS = 10 };

struct sign {
	struct arena *arena;
	const char *lines[LINES_MOST];
	size_t count;
	struct signature *out;
};

static size_t count_words(const char *text, enum signature_word kind, size_t *out_known)
{
	struct signature_token t;
	size_t words = 0;

	*out_known = 0;
	while (signature_next(&text, &t)) {
		words++;
		*out_known += signature_known(kind, t.low);
	}
	return words;
}

static bool has_office(const char *text)
{
	size_t known;

	(void)count_words(text, SIGNATURE_OFFICE, &known);
	return known > 0;
}

static bool has_digit(const char *text)
{
	return strpbrk(text, "0123456789@") != NULL;
}

static const char *const behalf_marks[] = {"on behalf of ", "for and on behalf of ",
					   "ar ran ",       "às leth ",
					   "im namen ",     "au nom de ",
					   "w imieniu ",    NULL};

/* Behind "the board of the" and "all at": those are people of an organisation. */
static const char *past_people(const char *at)
{
	static const char *const people[] = {
		"the board of ",    "the committee of ", "the members of ",
		"the trustees of ", "the staff of ",     "the team at ",
		"all at ",          "everybody at ",     "everyone at ",
		"the staff at ",    "the governors of ", "all of us at "};

	for (size_t i = 0; i < ARRAY_LEN(people); i++)
		if (str_istarts(at, people[i])) {
			at += strlen(people[i]);
			break;
		}
	return str_istarts(at, "the ") ? at + 4 : at;
}

/* "Reed Society response", above everything else: the organisation. */
static const char *heading_in(struct arena *arena, const char *text)
{
	static const char *const ends[] = {" response", " submission", " - response",
					   ": response", " consultation response"};
	size_t from = strspn(text, " \t\r\n*#"), len = strcspn(text + from, "\r\n");
	const char *found = NULL;

	for (size_t i = 0; i < ARRAY_LEN(ends); i++) {
		size_t n = strlen(ends[i]);
		const char *line =
			arena_strndup(arena, text + from, len < 100 ? len : 100);

		if (len > n && len < 100 && str_ieq(line + len - n, ends[i]))
			found = arena_strndup(arena, line, len - n);
	}
	return found && signature_is_organisation(found) && !str_istarts(found, "re:") &&
			       *found >= 'A' && *found <= 'Z'
		       ? (str_istarts(found, "the ") ? found + 4 : found)
		       : NULL;
}

/* "on behalf of the Reed Society", to the end of the clause. */
static const char *behalf_in(struct arena *arena, const char *text, size_t len)
{
	for (const char *const *mark = behalf_marks; *mark; mark++)
		for (const char *at = str_ifind(text, *mark);
		     at && (size_t)(at - text) < len; at = str_ifind(at + 1, *mark)) {
			const char *from = at + strlen(*mark), *to;
			struct signature_token t;
			size_t words = 0, capitals = 0;

			from = past_people(from);
			to = from;
			while (*to && !strchr(".,;:!?()\n\r", *to) &&
			       words < BEHALF_WORDS) {
				const char *before = to;

				while (*to == ' ')
					to++;
				if (!*to || strchr(".,;:!?()\n\r", *to))
					break;
				before = to;
				(void)signature_next(&to, &t);
				if (!t.capital && !str_eq(t.low, "of") &&
				    !str_eq(t.low, "the") && !str_eq(t.low, "and") &&
				    !str_eq(t.low, "for") && !str_eq(t.low, "in")) {
					to = before;
					break;
				}
				words++;
				capitals += t.capital;
				if (to == before)
					break;
			}
			while (to > from && str_is_space(to[-1]))
				to--;
			/* "and", "of", "in" at the end belong to what follows. */
			while (to - from > 4 && (memcmp(to - 4, " and", 4) == 0 ||
						 memcmp(to - 4, " for", 4) == 0))
				to -= 4;
			while (to - from > 3 && (memcmp(to - 3, " of", 3) == 0 ||
						 memcmp(to - 3, " in", 3) == 0))
				to -= 3;
			if (capitals >= 2 || (capitals && words == 1 && to - from > 2))
				return arena_strndup(arena, from, (size_t)(to - from));
		}
	return NULL;
}

/* "Secretary, Reed Society" or "Secretary of the Reed Society": both halves. */
static bool office_and_more(struct sign *s, const char *line)
{
	static const char *const joins[] = {" | ",  " - ",       " – ",      "; ",
					    " / ",  ", ",        " of the ", " of ",
					    " at ", " for the ", " for "};

	for (size_t i = 0; i < ARRAY_LEN(joins); i++) {
		const char *at = strstr(line, joins[i]);
		const char *right = at ? at + strlen(joins[i]) : NULL, *left;

		if (!at || at == line)
			continue;
		left = arena_strndup(s->arena, line, (size_t)(at - line));
		if (str_starts(right, "the "))
			right += 4;
		if (has_office(left) && !signature_is_organisation(left) &&
		    signature_is_organisation(right) && !has_digit(right)) {
			s->out->role = str_or(s->out->role, left);
			s->out->organisation = str_or(s->out->organisation, right);
			return true;
		}
		/* "Reed Society | Secretary" */
		if (signature_is_organisation(left) && has_office(right) &&
		    !signature_is_organisation(right)) {
			s->out->role = str_or(s->out->role, right);
			s->out->organisation = str_or(s->out->organisation, left);
			return true;
		}
	}
	return false;
}

/* The name at the begin of a line, what follows it kept for later. */
static const char *name_in(struct sign *s, const char *line, const char **out_rest)
{
	size_t len = strcspn(line, ",|(;"), dash;
	const char *cut = strstr(line, " - ") ? strstr(line, " - ") : strstr(line, " – ");
	char *name;

	*out_rest = NULL;
	dash = cut ? (size_t)(cut - line) : len;
	len = dash < len ? dash : len;
	name = str_trim(
		arena_strndup(s->arena, line, signature_without_degrees(line, len)));
	if (!frame_is_name(name, strlen(name)) || signature_is_organisation(name) ||
	    signature_is_office(name) || frame_is_closing(name, strlen(name)))
		return NULL;
	if (has_office(name) && !has_office(line + len)) {
		struct signature_token t;
		const char *at = name, *last = name;

		while (signature_next(&at, &t))
			last = t.low;
		if (signature_known(SIGNATURE_OFFICE, last))
			return NULL; /* "Policy Officer" */
	}
	if (line[len])
		*out_rest = line + len + strspn(line + len, ",|(;-– \t");
	return name;
}

static void take_line(struct sign *s, size_t i)
{
	const char *line = s->lines[i], *behalf;
	size_t words, known;

	behalf = behalf_in(s->arena, line, strlen(line));
	if (!behalf && str_istarts(line, "for the ") && signature_is_organisation(line))
		behalf = line + strlen("for the ");
	if (behalf) {
		s->out->on_behalf = true;
		s->out->organisation = behalf;
		return;
	}
	if (office_and_more(s, line))
		return;
	if (has_digit(line) || frame_is_contact(line, strlen(line)))
		return;
	words = count_words(line, SIGNATURE_OFFICE, &known);
	if (known && signature_is_section(line) && !s->out->role) {
		s->out->role = line; /* "Team Leader, Road Safety" */
	} else if (signature_is_organisation(line) && (!known || words > 3)) {
		if (!s->out->organisation ||
		    (signature_is_section(s->out->organisation) &&
		     !signature_is_section(line)))
			s->out->organisation = line;
	} else if (known && !s->out->role) {
		s->out->role = line;
	} else if (s->out->role && !s->out->organisation && words >= 1 && words <= 6 &&
		   !strchr(line, ',') && i > 0 && str_eq(s->lines[i - 1], s->out->role)) {
		s->out->organisation = line; /* what follows an office */
	}
}

static void read_lines(struct sign *s, const char *who)
{
	const char *rest = NULL;
	size_t named = s->count;

	for (size_t i = 0; i < s->count && !s->out->name; i++) {
		s->out->name = name_in(s, s->lines[i], &rest);
		if (s->out->name)
			named = i;
	}
	/* Signed with the first name alone. */
	if (!s->out->name && s->count && s->lines[0] && strlen(s->lines[0]) < 30 &&
	    signature_may_be_same(s->lines[0], who))
		named = 0;
	for (size_t i = 0; i < s->count; i++) {
		if (i == named && !rest)
			continue;
		if (i == named)
			s->lines[i] = str_trim(arena_strdup(s->arena, rest));
		take_line(s, i);
	}
}

/* "I, Ines Farrow, ..." and "My name is Ines Farrow". */
static const char *said_name(struct arena *arena, const char *text)
{
	static const char *const marks[] = {"My name is ", "my name is ", "I, ",
					    "I am called "};

	for (size_t i = 0; i < ARRAY_LEN(marks); i++) {
		const char *at = strstr(text, marks[i]), *from;
		size_t len;

		if (!at || (at > text && str_is_alpha(at[-1])))
			continue;
		from = at + strlen(marks[i]);
		len = strcspn(from, ",.;\n(");
		if (strstr(from, " and ") && (size_t)(strstr(from, " and ") - from) < len)
			len = (size_t)(strstr(from, " and ") - from);
		if (frame_is_name(from, len))
			return arena_strndup(arena, from, len);
	}
	return NULL;
}

/* low: the text in small letters; pairs: noted of that. */
static bool speaks_for_many(const struct str_pairs *pairs, const char *low)
{
	static const char *const marks[] = {"our members",
					    "our member organisations",
					    "our committee",
					    "our board",
					    "our organisation",
					    "our society",
					    "our association",
					    "our charity",
					    "our council",
					    "our trustees",
					    "our group",
					    "our club",
					    "our staff",
					    "our service users",
					    "our union",
					    "our membership",
					    "our network",
					    "we are a charity",
					    "on behalf of",
					    "we represent",
					    "ein haelodau",
					    "unsere mitglieder",
					    "nos membres",
					    "our company",
					    "the committee met",
					    "the board met",
					    "our trust",
					    "our federation",
					    "our branch",
					    "our school",
					    "our clients",
					    "our volunteers",
					    NULL};

	return str_any_of(pairs, low, marks);
}

/* "I write in a personal capacity", "views are my own". */
static bool speaks_for_oneself(const struct str_pairs *pairs, const char *low)
{
	static const char *const marks[] = {"personal capacity",
					    "private capacity",
					    "my own capacity",
					    "personal view",
					    "views are my own",
					    "views expressed are my own",
					    "my own views",
					    "as an individual",
					    "private person",
					    "private individual",
					    "not on behalf of",
					    "not for my employer",
					    NULL};

	return str_any_of(pairs, low, marks);
}

/*
 * Who has an office in an organisation and says "we", or neither "we" nor "I", speaks for it.
 * Who says "I" may do either.
 */
static bool speaks_as_office(const char *text, const struct signature *s)
{
	static const char *const many[] = {"we", "our", "us", "ours"};
	static const char *const one[] = {"i", "my", "me", "mine", "im", "ive", "id"};
	size_t plural = 0, singular = 0;
	struct signature_token t;

	while (signature_next(&text, &t)) {
		for (size_t i = 0; i < ARRAY_LEN(many); i++)
			plural += str_eq(t.low, many[i]);
		for (size_t i = 0; i < ARRAY_LEN(one); i++)
			singular += str_eq(t.low, one[i]);
	}
	return plural ? plural > singular : s->role && !singular;
}

/* "Jo Low | Clerk | Reed Society" is three lines. */
static void add_cells(struct sign *s, char *line)
{
	while (line && s->count < LINES_MOST) {
		char *bar = strchr(line, '|');

		if (bar)
			*bar = '\0';
		line = str_trim(line);
		while (*line && strchr("-*_>~ \t", *line))
			line++;
		if (*line)
			s->lines[s->count++] = line;
		line = bar ? bar + 1 : NULL;
	}
}

void signature_read(struct arena *arena, const char *text, struct frame_book *letter,
		    struct signature *out)
{
	struct sign s = {.arena = arena, .out = out};
	AUTO(arena) lines = arena_new(1 << 14);
	const char *who = frame_book_who(letter);
	struct str_pairs pairs;
	struct frame f;
	char *low;

	*out = (struct signature){0};
	frame_book_read(letter, lines, text, strlen(text), &f);
	for (size_t i = 0; i < f.count; i++) {
		const struct frame_line *l = &f.lines[i];

		if (l->kind == FRAME_CLOSING)
			out->closed = true;
		if (l->kind == FRAME_SIGNATURE && l->to - l->from <= LINE_MOST)
			add_cells(&s,
				  arena_strndup(arena, text + l->from, l->to - l->from));
	}
	read_lines(&s, who);
	low = arena_strdup(lines, text);
	str_lower(low);
	str_pairs_note(&pairs, low);
	out->for_oneself = speaks_for_oneself(&pairs, low);
	out->speaks_for_many =
		!out->for_oneself && (speaks_for_many(&pairs, low) ||
				      (out->organisation && speaks_as_office(text, out)));
	if (!out->name)
		out->name = said_name(arena, text);
	if (!out->organisation && str_any_of(&pairs, low, behalf_marks)) {
		out->organisation = behalf_in(arena, text, strlen(text));
		out->on_behalf = out->organisation != NULL;
	}
	if (!out->organisation) {
		out->organisation = heading_in(arena, text);
		out->on_behalf = out->organisation != NULL;
	}
}

enum { CUT_LINES = 40 };

/* Behind the "-- " that at begins with, blank lines apart; NULL: it does not. */
static const char *behind_mark(const char *at)
{
	at += strspn(at, " \t\r\n");
	if (!str_starts(at, "--"))
		return NULL;
	at += 2 + (at[2] == ' ');
	return *at == '\n' ? at + 1 : NULL;
}

const char *signature_cut_off(struct arena *arena, const char *whole, const char *own)
{
	size_t len = strlen(own), from, lines = 0;
	const char *last, *below, *end;

	len = str_without_tail(own, len);
	for (from = len; from && own[from - 1] != '\n';)
		from--;
	last = arena_strndup(arena, own + from, len - from);
	below = *last ? NULL : behind_mark(whole);
	/* The line may stand there more than once. */
	while (*last && !below && (whole = strstr(whole, last))) {
		whole += len - from;
		below = behind_mark(whole);
	}
	if (!below)
		return NULL;
	for (end = below; *end && *end != '>' && lines < CUT_LINES; lines++)
		end += strcspn(end, "\n") + (end[strcspn(end, "\n")] == '\n');
	return end > below ? arena_strndup(arena, below, (size_t)(end - below)) : NULL;
}
