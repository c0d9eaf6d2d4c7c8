#include "mail/decode/prepare.h"
#include "base/err.h"
#include "base/str.h"

enum {
	FIELD_MAX = 16 << 10,
	HEADER_MAX = 1 << 20,
	FIELDS_MAX = 2000,
	PARTS_MAX = 2000,
	BOUNDARIES_MAX = 1000,
	INDENTS_MAX = 50, /* lines of a part's header that may get their indent back */
	BOUNDARY_SLOTS = 4096,
	SLACK = 128 + PARTS_MAX /* what we may put in: some fields and blank lines */
};

static const char EMPTY_HEADER[] = "X-Empty: 1\n\n";

struct work {
	const char *start, *at, *end;
	bool only_cr; /* this mail ends its lines with CR */
	char *out;
	struct mail_prepared *p;
	uint32_t *boundaries; /* hashes, open addressing; 0 is a free slot */
	size_t boundary_count, part_count;
};

/* The line at w->at without its end; *next is where the following one starts. */
static size_t line_len(const struct work *w, const char **next)
{
	const char *stop =
		memchr(w->at, w->only_cr ? '\r' : '\n', (size_t)(w->end - w->at));
	size_t len = (size_t)((stop ? stop : w->end) - w->at);

	*next = stop ? stop + 1 : w->end;
	if (!w->only_cr && len && w->at[len - 1] == '\r')
		len--;
	return len;
}

/* "Name:" or the old "Name :"; the length of the name or 0. */
static size_t field_name_len(const char *line, size_t len)
{
	size_t n = 0, colon;

	while (n < len && line[n] > ' ' && line[n] != ':' && line[n] != 127)
		n++;
	for (colon = n; colon < len && (line[colon] == ' ' || line[colon] == '\t');
	     colon++)
		;
	return n && n < 100 && colon < len && line[colon] == ':' ? n : 0;
}

static bool line_starts(const char *line, size_t len, const char *with)
{
	size_t n = strlen(with);

	if (len < n)
		return false;
	for (size_t i = 0; i < n; i++)
		if (str_lower_char(line[i]) != with[i])
			return false;
	return true;
}

static bool mbox_line(const char *line, size_t len)
{
	if (len && line[0] == '>') {
		line++;
		len--;
	}
	return len > 5 && memcmp(line, "From ", 5) == 0;
}

static bool common_field(const char *line, size_t len)
{
	static const char *const names[] = {
		"received:", "from:",       "to:",          "cc:",
		"subject:",  "date:",       "message-id:",  "mime-version:",
		"content-",  "x-",          "reply-to:",    "return-path:",
		"dkim-",     "references:", "in-reply-to:", "sender:",
		"list-",     "precedence:"};

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (line_starts(line, len, names[i]))
			return true;
	return false;
}

static void put(struct work *w, const char *bytes, size_t len)
{
	memcpy(w->out, bytes, len);
	w->out += len;
}

/* A boundary ends in no blank (RFC 2046 5.1.1), whatever its quotes say: in place. */
static void trim_boundary(char *line, size_t len)
{
	char *at = memmem(line, len, "oundary=\"", 9), *close, *last;

	if (!at)
		return;
	at += 9;
	close = memchr(at, '"', (size_t)(line + len - at));
	for (last = close; last && last > at && last[-1] == ' '; last--)
		;
	if (last && last < close) {
		*last = '"';
		memset(last + 1, ' ', (size_t)(close - last));
	}
}

/* A header line may hold no NUL: the parser's strings end there. */
static void put_header_line(struct work *w, const char *line, size_t len)
{
	char *from = w->out, *nul;

	put(w, line, len);
	trim_boundary(from, len);
	while ((nul = memchr(from, '\0', (size_t)(w->out - from)))) {
		*nul = ' ';
		from = nul;
	}
	*w->out++ = '\n';
}

/* One word, or what Received and DKIM fields are made of: not how people write. */
static bool part_of_field(const char *line, size_t len)
{
	return !memchr(line, ' ', len) || memchr(line, '=', len) ||
	       memchr(line, '[', len) || (line[0] == '<' && memchr(line, '@', len));
}

/*
 * Wrapped lines that lost their indent: no fields themselves, but fields follow, with
 * no blank line between. One field below several lines must have lines like a field's
 * above it, for a person's text may quote one; two are a header.
 */
static bool lost_its_indent(struct work *w, const char *next, int most)
{
	struct work ahead = *w;
	size_t len = line_len(w, &next);
	bool plain = part_of_field(w->at, len);
	int skipped = 1, fields = 0;

	for (ahead.at = next; ahead.at < w->end && skipped <= most; ahead.at = next) {
		len = line_len(&ahead, &next);
		if (len == 0)
			break;
		if (common_field(ahead.at, len)) {
			if (plain || skipped == 1 || ++fields > 1)
				return true;
		} else if (fields == 0) {
			plain = plain && part_of_field(ahead.at, len);
			skipped++;
		}
	}
	return false;
}

struct header_state {
	size_t fields, field_used;
	bool dropping; /* the rest of this field, or of the header */
	bool full;
};

static void header_line(struct work *w, struct header_state *h, const char *line,
			size_t len, bool starts_field)
{
	const char *start = w->p->bytes;

	if (starts_field) {
		h->field_used = 0;
		h->dropping = h->full = h->full || h->fields >= FIELDS_MAX ||
					(size_t)(w->out - start) > HEADER_MAX - FIELD_MAX;
		w->p->header_cut |= h->full;
		h->fields++;
	}
	if (h->dropping)
		return;
	if (h->field_used + len > FIELD_MAX) {
		len = FIELD_MAX - h->field_used;
		h->dropping = true;
		w->p->field_cut = true;
	}
	h->field_used += len + 1;
	if (h->field_used >= FIELD_MAX)
		h->field_used = FIELD_MAX;
	put_header_line(w, line, len);
}

static void note_boundaries(struct work *w, const char *line, size_t len);
static bool boundary_line(struct work *w, const char *line, size_t len);

/* "--b" right below the header that names b: the blank line between them is lost. */
static bool first_boundary(struct work *w, size_t len)
{
	if (len < 3 || memcmp(w->at, "--", 2) != 0)
		return false;
	note_boundaries(w, w->p->bytes, (size_t)(w->out - w->p->bytes));
	return boundary_line(w, w->at, len);
}

/* Lines that something on the way put above the header; they stay, as fields. */
static void line_above(struct work *w, struct header_state *h, size_t len)
{
	static const char name[] = "X-Above-Header: ";

	put(w, name, sizeof(name) - 1);
	header_line(w, h, w->at, len, true);
}

enum { FIELD_LINES = 200, LINES_ABOVE = 3 };

static void header(struct work *w)
{
	struct header_state h = {0};
	const char *next;
	bool ended = false;
	int above = 0;

	while (w->at < w->end) {
		size_t len = line_len(w, &next);
		bool folded = len && (w->at[0] == ' ' || w->at[0] == '\t');

		if (len == 0) {
			w->at = next;
			ended = true;
			break;
		}
		if (mbox_line(w->at, len)) {
			; /* dropped: a spool's mark, not the mail's */
		} else if (folded && h.fields) {
			header_line(w, &h, w->at, len, false);
		} else if (field_name_len(w->at, len)) {
			header_line(w, &h, w->at, len, true);
		} else if (first_boundary(w, len)) {
			break;
		} else if (h.fields == (size_t)above && above < LINES_ABOVE &&
			   lost_its_indent(w, next, LINES_ABOVE - above)) {
			line_above(w, &h, len);
			above++;
		} else if (h.fields && lost_its_indent(w, next, FIELD_LINES)) {
			if (!h.dropping && h.field_used + 1 < FIELD_MAX)
				*w->out++ = ' ';
			header_line(w, &h, w->at, len, false);
		} else {
			break; /* text begins without its blank line */
		}
		w->at = next;
	}
	if (h.fields == 0)
		put(w, EMPTY_HEADER, sizeof(EMPTY_HEADER) - 1);
	else if (ended || w->at < w->end || w->at == w->end)
		*w->out++ = '\n';
	w->p->body_at = (size_t)(w->out - w->p->bytes);
}

static uint32_t hash(const char *bytes, size_t len)
{
	uint32_t h = 2166136261u;

	for (size_t i = 0; i < len; i++)
		h = (h ^ (unsigned char)bytes[i]) * 16777619u;
	return h ? h : 1;
}

static bool boundary_find(const struct work *w, uint32_t h, uint32_t **slot)
{
	uint32_t at = h % BOUNDARY_SLOTS;

	while (w->boundaries[at] && w->boundaries[at] != h)
		at = (at + 1) % BOUNDARY_SLOTS;
	*slot = &w->boundaries[at];
	return w->boundaries[at] == h;
}

/* Notes the text behind "boundary=" wherever it stands: too many is all we ask. */
static void note_boundaries(struct work *w, const char *line, size_t len)
{
	const char *end = line + len, *at = line;
	uint32_t *slot;

	while ((at = memmem(at, (size_t)(end - at), "oundary", 7))) {
		size_t n = 0;

		for (at += 7; at < end && (str_is_space(*at) || strchr("=\"*0'", *at));
		     at++)
			;
		while (at + n < end && !strchr("\";\r\n", at[n]) && n < 200)
			n++;
		n = str_without_tail(at, n);
		if (n && w->boundary_count < BOUNDARIES_MAX + 1 &&
		    !boundary_find(w, hash(at, n), &slot)) {
			*slot = hash(at, n);
			w->boundary_count++;
		}
	}
}

/* "--boundary", with nothing behind it but blanks: a part begins, or ends all. */
static bool boundary_line(struct work *w, const char *line, size_t len)
{
	uint32_t *slot;

	len = str_without_tail(line, len);
	return len >= 3 && len <= 202 && line[0] == '-' && line[1] == '-' &&
	       boundary_find(w, hash(line + 2, len - 2), &slot);
}

/* Is this line of a part's header none, so that its text begins without a blank line? */
static bool text_runs_in(const char *line, size_t len)
{
	return len && line[0] != ' ' && line[0] != '\t' && !field_name_len(line, len) &&
	       !mbox_line(line, len);
}

/* Does a part begin with this boundary somewhere below the header? */
static bool boundary_used(const struct work *w, const char *name, size_t len)
{
	for (const char *at = w->at; (at = memmem(at, (size_t)(w->end - at), name, len));
	     at++)
		if (at - w->start >= 2 && at[-1] == '-' && at[-2] == '-' &&
		    (at - w->start == 2 || at[-3] == '\n' || at[-3] == '\r'))
			return true;
	return false;
}

/* Of a Content-Type with its further lines: whether it is a multipart whose parts are
   there. */
static bool type_fits(const struct work *w, const char *field, size_t len)
{
	const char *at = memmem(field, len, "oundary", 7), *end = field + len;
	size_t n = 0;

	if (!at)
		return false;
	for (at += 7; at < end && (str_is_space(*at) || *at == '=' || *at == '"'); at++)
		;
	while (at + n < end && !strchr("\";\r\n", at[n]))
		n++;
	n = str_without_tail(at, n);
	return n && boundary_used(w, at, n);
}

/*
 * Of two Content-Types the multipart whose boundary occurs is the right one: the others
 * get another name. Where none fits, or there is one only, all stays.
 */
static void one_content_type(struct work *w)
{
	enum { TYPES_MAX = 8 };
	char *types[TYPES_MAX], *line = w->p->bytes, *end = w->out, *fits = NULL;
	size_t count = 0;

	while (line < end) {
		char *next = memchr(line, '\n', (size_t)(end - line));

		next = next ? next + 1 : end;
		if (line_starts(line, (size_t)(next - line), "content-type") &&
		    count < TYPES_MAX) {
			while (next < end && (*next == ' ' || *next == '\t')) {
				char *more = memchr(next, '\n', (size_t)(end - next));

				next = more ? more + 1 : end;
			}
			types[count++] = line;
			if (!fits && type_fits(w, line, (size_t)(next - line)))
				fits = line;
		}
		line = next;
	}
	for (size_t i = 0; fits && i < count; i++)
		if (types[i] != fits)
			*types[i] = 'X';
}

static void body(struct work *w)
{
	size_t header_lines = 0; /* of a part, with its boundary line; 0: in its text */
	const char *next;

	while (w->at < w->end) {
		size_t len = line_len(w, &next);

		if (boundary_line(w, w->at, len)) {
			w->part_count++;
			header_lines = 1;
		} else if (header_lines) {
			bool runs_in = text_runs_in(w->at, len);
			bool lost = runs_in && header_lines > 1 &&
				    header_lines < INDENTS_MAX &&
				    lost_its_indent(w, next, 1);

			if (runs_in)
				*w->out++ = lost ? ' ' : '\n';
			header_lines =
				len == 0 || (runs_in && !lost) ? 0 : header_lines + 1;
		}
		if (w->part_count > PARTS_MAX || w->boundary_count > BOUNDARIES_MAX) {
			w->p->parts_cut = true;
			return;
		}
		put(w, w->at, len);
		if (header_lines)
			trim_boundary(w->out - len, len);
		if (next > w->at + len) /* the last line may have no end */
			*w->out++ = '\n';
		w->at = next;
	}
}

/* Bare CR counts as a line end only in a mail whose header has no LF. */
static bool ends_with_cr(const char *bytes, size_t len)
{
	const char *cr = memchr(bytes, '\r', len < 4096 ? len : 4096);
	const char *lf = memchr(bytes, '\n', len < 4096 ? len : 4096);

	return cr && !lf && cr != bytes + len - 1;
}

/* Blank lines above the header, but no blanks that begin a line with something in it. */
static const char *after_blank_lines(const struct work *w)
{
	const char *line = w->at;

	for (const char *p = w->at; p < w->end && str_is_space(*p); p++)
		if (*p == '\n' || *p == '\r')
			line = p + 1;
	return line;
}

void mail_prepare(struct arena *arena, const char *bytes, size_t len,
		  struct mail_prepared *out)
{
	struct work w = {.start = bytes, .at = bytes, .end = bytes + len, .p = out};
	uint32_t slots[BOUNDARY_SLOTS] = {0};
	const char *next;
	size_t extra;

	*out = (struct mail_prepared){0};
	w.boundaries = slots;
	w.only_cr = ends_with_cr(bytes, len);
	if (len >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0)
		w.at += 3;
	w.at = after_blank_lines(&w);
	while (w.at < w.end) {
		size_t n = line_len(&w, &next);

		if (!mbox_line(w.at, n))
			break;
		w.at = next;
	}
	/* In a header, each line without its indent gains a blank. */
	extra = len / 2 < 2 * HEADER_MAX ? len / 2 : 2 * HEADER_MAX;
	out->bytes = arena_alloc(arena, len + extra + SLACK);
	w.out = out->bytes;
	header(&w);
	one_content_type(&w);
	note_boundaries(&w, out->bytes, out->body_at);
	note_boundaries(&w, w.at, (size_t)(w.end - w.at));
	body(&w);
	out->len = (size_t)(w.out - out->bytes);
	*w.out = '\0';
}
