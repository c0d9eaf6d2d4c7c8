/*
 * The dump of a list of Sympa: a paragraph a subscriber, a line "key value" each, the keys in
 * alphabetical order; of old without some of them.
 */
#include "base/str.h"
#include "roster/roster_private.h"

static const struct roster_column columns[] = {
	{"email", ROSTER_ADDRESS, false},  {"gecos", ROSTER_NAME, false},
	{"date", ROSTER_GIVEN_AT, false},  {"reception", ROSTER_FREQUENCY, false},
	{"topics", ROSTER_TAGS, false},    {"suspend", ROSTER_UNSUBSCRIBED, true},
	{"bounce", ROSTER_NOTHING, false}, {"visibility", ROSTER_NOTHING, false},
};

static bool is_key(const char *at, const char *end)
{
	const char *c = at;

	while (c < end && ((*c >= 'a' && *c <= 'z') || *c == '_'))
		c++;
	return c > at && c < end && *c == ' ';
}

static bool is_blank_line(const char *at, const char *end)
{
	for (; at < end; at++)
		if (!str_is_space(*at))
			return false;
	return true;
}

bool roster_dump_open(struct roster *r, struct arena *arena)
{
	const char *at = r->text, *end;
	bool has_email = false;

	while (at < r->end && is_blank_line(at, roster_line_end(at, r->end)))
		at = roster_line_end(at, r->end);
	for (; at < r->end; at = end) {
		end = roster_line_end(at, r->end);
		if (is_blank_line(at, end))
			break;
		if (!is_key(at, end))
			return false;
		has_email = has_email || (end - at > 6 && memcmp(at, "email ", 6) == 0 &&
					  roster_has_at(at, (size_t)(end - at)));
	}
	if (!has_email)
		return false;
	r->kind = ROSTER_DUMP;
	r->program = "Sympa";
	roster_columns_are(r, arena, columns, ARRAY_LEN(columns));
	return true;
}

static void take_line(struct arena *arena, const char **cells, const char *at,
		      const char *end)
{
	const char *blank = memchr(at, ' ', (size_t)(end - at));
	size_t key = blank ? (size_t)(blank - at) : 0;

	for (size_t i = 0; key && i < ARRAY_LEN(columns); i++)
		if (strlen(columns[i].head) == key &&
		    memcmp(at, columns[i].head, key) == 0)
			cells[i] = roster_trimmed(
				arena,
				arena_strndup(arena, blank, (size_t)(end - blank)));
}

bool roster_dump_next(struct roster_reader *reader, struct arena *arena,
		      struct roster_row *out)
{
	const struct roster *r = reader->of;
	const char **cells = arena_make(arena, const char *, ARRAY_LEN(columns));
	const char *end;
	bool any = false;

	for (size_t i = 0; i < ARRAY_LEN(columns); i++)
		cells[i] = "";
	for (; reader->at < r->end; reader->at = end, reader->line++) {
		end = roster_line_end(reader->at, r->end);
		if (is_blank_line(reader->at, end)) {
			if (any)
				break;
			continue;
		}
		if (!any)
			out->line = reader->line;
		any = true;
		take_line(arena, cells, reader->at, end);
	}
	out->cells = cells;
	out->count = ARRAY_LEN(columns);
	return any;
}
