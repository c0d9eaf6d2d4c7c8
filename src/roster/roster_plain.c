/*
 * Addresses one a line, or pasted from a mail: "Jo Bloggs <jo@x.example>; al@x.example",
 * as list_members of Mailman and the address field of Outlook give them.
 */
#include "base/str.h"
#include "mail/fields/address.h"
#include "roster/roster_private.h"

/* Where an item may end: outside quotes, brackets and comments. */
struct cut {
	const char *at, *end;
	bool quoted, angled;
	int depth;
};

static bool cuts(struct cut *c, const char *signs)
{
	char sign = *c->at;

	if (sign == '"' && !c->depth)
		c->quoted = !c->quoted;
	else if (sign == '<' && !c->quoted)
		c->angled = true;
	else if (sign == '>' && !c->quoted)
		c->angled = false;
	else if (sign == '(' && !c->quoted)
		c->depth++;
	else if (sign == ')' && !c->quoted && c->depth)
		c->depth--;
	return !c->quoted && !c->angled && !c->depth && strchr(signs, sign);
}

static bool has_sign(const char *from, const char *end, char sign)
{
	char signs[] = {sign, '\0'};

	for (struct cut c = {from, end, false, false, 0}; c.at < c.end; c.at++)
		if (cuts(&c, signs))
			return true;
	return false;
}

/* A line, and how far it was read: parted by semicolons when it has one, else by commas. */
struct line {
	const char *at, *end;
	const char *signs; /* NULL: there is no more */
};

static struct line line_of(const char *from, const char *end)
{
	while (end > from && (end[-1] == '\n' || end[-1] == '\r'))
		end--;
	return (struct line){from, end, has_sign(from, end, ';') ? ";" : ","};
}

/* Where the piece that begins there ends. */
static const char *piece_end(const struct line *line, const char *from)
{
	struct cut c = {from, line->end, false, false, 0};

	while (c.at < c.end && !cuts(&c, line->signs))
		c.at++;
	return c.at;
}

/*
 * "Bloggs, Jo <jo@x.example>" is one item: what has no @ is the beginning of the next one that
 * has its address in brackets. Elsewhere it stands alone, and is told of.
 */
static bool next_item(struct line *line, struct arena *arena, const char **out)
{
	while (line->signs) {
		const char *from = line->at, *piece = from, *end = piece_end(line, piece);

		while (*line->signs == ',' && end < line->end &&
		       !roster_has_at(piece, (size_t)(end - piece))) {
			piece = end + 1;
			end = piece_end(line, piece);
		}
		if (piece > from && !memchr(piece, '<', (size_t)(end - piece)))
			end = piece - 1;
		*out = roster_trimmed(arena,
				      arena_strndup(arena, from, (size_t)(end - from)));
		line->at = end < line->end ? end + 1 : end;
		if (end == line->end)
			line->signs = NULL;
		if (**out)
			return true;
	}
	return false;
}

bool roster_plain_line(struct arena *arena, const char *text, size_t len)
{
	struct line line = line_of(text, text + len);
	const char *item;
	bool any = false;

	while (next_item(&line, arena, &item)) {
		if (!strchr(item, '@'))
			return false;
		any = true;
	}
	return any;
}

void roster_plain_open(struct roster *r, struct arena *arena)
{
	static const struct roster_column columns[] = {{"Email", ROSTER_ADDRESS, false},
						       {"Name", ROSTER_NAME, false}};

	r->kind = ROSTER_PLAIN;
	roster_columns_are(r, arena, columns, ARRAY_LEN(columns));
}

bool roster_plain_next(struct roster_reader *reader, struct arena *arena,
		       struct roster_row *out)
{
	const struct roster *r = reader->of;
	const char **cells = arena_make(arena, const char *, 2);
	struct mail_addresses found = {0};
	struct line line;

	line = (struct line){reader->at, reader->line_end, reader->signs};
	while (!next_item(&line, arena, &cells[0])) {
		if (reader->next == r->end)
			return false;
		line = line_of(reader->next, roster_line_end(reader->next, r->end));
		reader->line_end = line.end;
		reader->next = roster_line_end(reader->next, r->end);
		reader->line++;
	}
	reader->at = line.at;
	reader->signs = line.signs;
	out->line = reader->line - 1;
	cells[1] = "";
	if (strchr(cells[0], '<'))
		found = mail_addresses_read(arena, cells[0], NULL);
	if (found.count == 1 && found.items[0].address &&
	    strchr(found.items[0].address, '@')) {
		cells[0] = found.items[0].address;
		cells[1] = str_or(found.items[0].name, "");
	}
	out->cells = cells;
	out->count = 2;
	return true;
}
