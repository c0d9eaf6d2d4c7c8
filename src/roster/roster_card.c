/*
 * vCards of all versions: 2.1 with quoted-printable and its soft line ends, 3.0 and 4.0 with
 * folded lines; properties in groups; escapes. Of several addresses the preferred one counts,
 * else the first.
 */
#include "base/str.h"
#include "mail/decode/decode.h"
#include "roster/roster_private.h"
#include "text/charset/charset.h"

enum {
	LINE_MOST = 64000,
	CARD_EMAIL = 0,
	CARD_NAME,
	CARD_FIRST,
	CARD_LAST,
	CARD_ORG,
	CARD_TAGS,
	CARD_NOTE
};

static const struct roster_column columns[] = {
	{"Email", ROSTER_ADDRESS, false},
	{"Name", ROSTER_NAME, false},
	{"First name", ROSTER_FIRST, false},
	{"Last name", ROSTER_LAST, false},
	{"Organisation", ROSTER_ORGANISATION, false},
	{"Categories", ROSTER_TAGS, false},
	{"Note", ROSTER_NOTHING, false},
};

/* One property: "item1.EMAIL;TYPE=work;PREF=1" and what stands behind the colon. */
struct property {
	const char *name, *params, *value;
};

bool roster_cards_open(struct roster *r, struct arena *arena)
{
	const char *at = r->text;

	while (at < r->end && str_is_space(*at))
		at++;
	if (r->end - at < 11 || !str_istarts(arena_strndup(arena, at, 11), "BEGIN:VCARD"))
		return false;
	r->kind = ROSTER_CARDS;
	r->holds_contacts = true;
	roster_columns_are(r, arena, columns, ARRAY_LEN(columns));
	return true;
}

static bool is_quoted_printable(const char *line)
{
	const char *colon = strchr(line, ':'),
		   *mark = str_ifind(line, "QUOTED-PRINTABLE");

	return mark && colon && mark < colon;
}

/* The next line with those that go on from it; false at the end of the text. */
static bool next_line(struct roster_reader *reader, struct buf *line)
{
	const struct roster *r = reader->of;

	buf_reset(line);
	if (reader->at == r->end)
		return false;
	for (;;) {
		const char *end = roster_line_end(reader->at, r->end), *stop = end;

		while (stop > reader->at && (stop[-1] == '\n' || stop[-1] == '\r'))
			stop--;
		buf_add(line, reader->at, (size_t)(stop - reader->at));
		reader->at = end;
		reader->line++;
		if (reader->at == r->end)
			return true;
		if (line->len && line->bytes[line->len - 1] == '=' &&
		    is_quoted_printable(buf_text(line))) {
			line->bytes[--line->len] = '\0';
		} else if (*reader->at == ' ' || *reader->at == '\t') {
			reader->at++;
		} else {
			return true;
		}
	}
}

static struct property property_of(struct arena *arena, const char *line)
{
	char *text = arena_strdup(arena, line), *colon = text, *dot, *semicolon;
	struct property p = {"", "", ""};
	bool quoted = false;

	for (; *colon && (quoted || *colon != ':'); colon++)
		quoted = *colon == '"' ? !quoted : quoted;
	if (!*colon)
		return p;
	*colon = '\0';
	p.value = colon + 1;
	semicolon = strchr(text, ';');
	if (semicolon) {
		*semicolon = '\0';
		p.params = semicolon + 1;
	}
	dot = strrchr(text, '.');
	p.name = str_trim(dot ? dot + 1 : text);
	return p;
}

/* Its bytes as text: quoted-printable in the character set that it names. */
static const char *decoded(struct arena *arena, const struct property *p)
{
	const char *set = str_ifind(p->params, "CHARSET=");
	AUTO(buf) text = buf_new(LINE_MOST);
	char name[40] = "", *bytes;
	size_t len;

	if (!str_ifind(p->params, "QUOTED-PRINTABLE"))
		return p->value;
	if (set)
		(void)snprintf(name, sizeof(name), "%.*s", (int)strcspn(set + 8, ";"),
			       set + 8);
	bytes = arena_strdup(arena, p->value);
	len = mail_decode_in_place(bytes, strlen(bytes), MAIL_ENCODING_QP);
	charset_to_utf8(text, name, bytes, len);
	return arena_strndup(arena, buf_text(text), text->len);
}

/* The parts of "Bloggs;Jo;;;" without their escapes; what a part holds of commas stays. */
static size_t parts_of(struct arena *arena, const char *value, const char **out,
		       size_t most)
{
	AUTO(buf) part = buf_new(LINE_MOST);
	size_t count = 0;

	for (const char *c = value;; c++) {
		if (*c == '\\' && c[1]) {
			c++;
			buf_char(part, *c == 'n' || *c == 'N' ? ' ' : *c);
			continue;
		}
		if (*c && *c != ';') {
			buf_char(part, *c);
			continue;
		}
		if (count < most)
			out[count++] = roster_trimmed(arena, buf_text(part));
		buf_reset(part);
		if (!*c)
			return count;
	}
}

static void take(struct arena *arena, const char **cells, const struct property *p,
		 bool *preferred)
{
	const char *value = decoded(arena, p), *parts[5] = {"", "", "", "", ""};
	bool pref = str_ifind(p->params, "PREF") != NULL;

	if (str_ieq(p->name, "EMAIL")) {
		if (*cells[CARD_EMAIL] && (*preferred || !pref))
			return;
		(void)parts_of(arena, value, parts, 1);
		cells[CARD_EMAIL] = parts[0];
		*preferred = pref;
	} else if (str_ieq(p->name, "FN")) {
		(void)parts_of(arena, value, parts, 1);
		cells[CARD_NAME] = parts[0];
	} else if (str_ieq(p->name, "N")) {
		(void)parts_of(arena, value, parts, ARRAY_LEN(parts));
		cells[CARD_LAST] = parts[0];
		cells[CARD_FIRST] = parts[1];
	} else if (str_ieq(p->name, "ORG")) {
		(void)parts_of(arena, value, parts, 1);
		cells[CARD_ORG] = parts[0];
	} else if (str_ieq(p->name, "CATEGORIES")) {
		(void)parts_of(arena, value, parts, 1);
		cells[CARD_TAGS] = parts[0];
	} else if (str_ieq(p->name, "NOTE")) {
		/* Free text: a semicolon in it parts nothing. */
		cells[CARD_NOTE] = arena_printf(arena, "%s%s%s", cells[CARD_NOTE],
						*cells[CARD_NOTE] ? ", " : "", value);
	}
}

bool roster_cards_next(struct roster_reader *reader, struct arena *arena,
		       struct roster_row *out)
{
	AUTO(buf) line = buf_new(LINE_MOST);
	const char **cells = arena_make(arena, const char *, ARRAY_LEN(columns));
	bool inside = false, preferred = false;
	int began = reader->line;

	for (size_t i = 0; i < ARRAY_LEN(columns); i++)
		cells[i] = "";
	out->cells = cells;
	out->count = ARRAY_LEN(columns);
	while (began = reader->line, next_line(reader, line)) {
		struct property p = property_of(arena, buf_text(line));

		if (str_istarts(buf_text(line), "BEGIN:VCARD")) {
			inside = true;
			out->line = began;
		} else if (inside && str_istarts(buf_text(line), "END:VCARD")) {
			return true;
		} else if (inside) {
			take(arena, cells, &p, &preferred);
		}
	}
	return inside;
}
