#include "mail/fields/header.h"
#include "base/str.h"
#include "mail/decode/decode.h"
#include "text/charset/charset.h"

enum { VALUE_MAX = 256 << 10, WORD_CHARSET = 64, IDS_MAX = 500, PIECES_MAX = 200 };

struct word {
	char charset[WORD_CHARSET];
	bool base64;
	const char *text;
	size_t len;
	const char *end; /* behind "?=" */
};

static bool charset_char(char c)
{
	return str_is_alpha(c) || str_is_digit(c) || (c && strchr("-_:.+*", c));
}

/* "=?charset?Q?text?=" at text; blanks inside are let through, as many senders put them. */
static bool encoded_word(const char *text, const char *end, struct word *out)
{
	const char *p = text + 2, *stop;
	size_t n = 0;

	if (end - text < 8 || text[0] != '=' || text[1] != '?')
		return false;
	while (p < end && charset_char(*p) && n + 1 < WORD_CHARSET)
		out->charset[n++] = *p++;
	out->charset[n] = '\0';
	if (end - p < 4 || n == 0 || p[0] != '?' || p[2] != '?' || !strchr("bBqQ", p[1]))
		return false;
	out->base64 = str_lower_char(p[1]) == 'b';
	p += 3;
	out->text = p;
	for (stop = p; stop + 1 < end; stop++) {
		if (stop[0] == '?' && stop[1] == '=')
			break;
		if (stop[0] == '=' && stop[1] == '?' && stop + 2 < end && stop[2] != '=')
			return false; /* another one begins: this one was never ended */
	}
	if (stop + 1 >= end)
		return false;
	out->len = (size_t)(stop - p);
	out->end = stop + 2;
	return true;
}

static size_t code_len(const struct word *w)
{
	size_t n = w->len;

	while (n && w->text[n - 1] == '=')
		n--;
	return n;
}

/* Base64 that was cut anywhere: two words are whole only together. */
static bool torn_base64(const struct word *w, const struct word *next)
{
	return w->base64 && next->base64 && code_len(w) == w->len && w->len % 4 != 0 &&
	       str_ieq(w->charset, next->charset) && (w->len + next->len) % 4 == 0;
}

static void torn_bytes(struct buf *to, const struct word *w, const struct word *next)
{
	struct buf both;

	buf_init(&both, VALUE_MAX);
	buf_add(&both, w->text, w->len);
	buf_add(&both, next->text, next->len);
	mail_decode_base64(to, buf_text(&both), both.len);
	buf_clear(&both);
}

static void word_bytes(struct buf *to, const struct word *w)
{
	if (w->base64)
		mail_decode_base64(to, w->text, w->len);
	else
		mail_decode_q(to, w->text, w->len);
}

static const char *skip_blanks(const char *p, const char *end)
{
	while (p < end && str_is_space(*p))
		p++;
	return p;
}

/*
 * Adjacent words of one charset are joined before they are converted: senders cut
 * in the middle of a letter. Returns where the last one ends.
 */
static const char *decode_run(struct buf *to, const char *at, const char *end,
			      struct word *first)
{
	struct word next = *first, after;
	struct buf bytes;

	buf_init(&bytes, VALUE_MAX);
	for (;;) {
		if (next.base64 && next.len % 4 != 0 &&
		    encoded_word(skip_blanks(next.end, end), end, &after) &&
		    torn_base64(&next, &after)) {
			torn_bytes(&bytes, &next, &after);
			next = after;
		} else {
			word_bytes(&bytes, &next);
		}
		at = next.end;
		if (!encoded_word(skip_blanks(at, end), end, &next))
			break;
		if (!str_ieq(next.charset, first->charset)) {
			at = skip_blanks(at, end); /* blanks between words are none */
			break;
		}
	}
	charset_to_utf8(to, first->charset, buf_text(&bytes), bytes.len);
	buf_clear(&bytes);
	return at;
}

/* Fold marks and runs of control characters become one blank. */
static void plain(struct buf *to, const char *text, size_t len, const char *hint)
{
	struct buf flat;

	buf_init(&flat, VALUE_MAX);
	for (size_t i = 0; i < len; i++) {
		if (text[i] == '\n' || text[i] == '\r') {
			while (i + 1 < len && str_is_space(text[i + 1]))
				i++;
			buf_char(&flat, ' ');
		} else {
			buf_char(&flat, text[i] == '\t' ? ' ' : text[i]);
		}
	}
	charset_to_utf8(to, hint, buf_text(&flat), flat.len);
	buf_clear(&flat);
}

/* Appends raw, unfolded and decoded; hint as in mail_header_text(). */
static void decode(struct buf *to, const char *raw, size_t len, const char *hint)
{
	const char *end = raw + len, *from = raw, *at = raw;
	struct word w;

	while ((at = memmem(at, (size_t)(end - at), "=?", 2))) {
		if (!encoded_word(at, end, &w)) {
			at += 2;
			continue;
		}
		plain(to, from, (size_t)(at - from), hint);
		from = at = decode_run(to, at, end, &w);
	}
	plain(to, from, (size_t)(end - from), hint);
}

static const char *arena_clean(struct arena *arena, struct buf *b)
{
	char *text = arena_strndup(arena, buf_text(b), b->len);

	for (char *p = text; *p; p++)
		if ((unsigned char)*p < ' ' || *p == 127)
			*p = ' ';
	return str_trim(text);
}

const char *mail_header_text(struct arena *arena, const char *raw, const char *hint)
{
	AUTO(buf) b = buf_new(VALUE_MAX);

	if (!raw)
		return NULL;
	decode(b, raw, strlen(raw), hint);
	return arena_clean(arena, b);
}

const char *mail_header_token(struct arena *arena, const char *raw)
{
	char token[100];
	size_t n = 0;

	for (; raw && *raw && *raw != ';' && *raw != '('; raw++) {
		/* "text/plain charset=x": the ';' was forgotten. */
		if (str_is_space(*raw) && n && memchr(token, '/', n) &&
		    token[n - 1] != '/')
			break;
		if (!str_is_space(*raw) && *raw != '"' && n + 1 < sizeof(token) &&
		    (unsigned char)*raw < 127)
			token[n++] = str_lower_char(*raw);
	}
	token[n] = '\0';
	return n ? arena_strdup(arena, token) : NULL;
}

struct piece {
	int number;    /* RFC 2231 piece, 0 when whole */
	bool extended; /* name*=charset'language'percent-coded */
	const char *value;
	size_t len;
};

static const char *skip_comment(const char *p)
{
	int depth = 0;

	for (; *p; p++) {
		if (*p == '\\' && p[1])
			p++;
		else if (*p == '(')
			depth++;
		else if (*p == ')' && --depth == 0)
			return p + 1;
	}
	return p;
}

/* A quoted value with its backslashes taken away, into the arena. */
static const char *quoted(struct arena *arena, const char *p, struct piece *out)
{
	char *to = arena_strdup(arena, p + 1);
	size_t n = 0;

	for (p++; *p && *p != '"'; p++) {
		/* Windows paths come unescaped: only \" and \\ are escapes. */
		if (*p == '\\' && (p[1] == '"' || p[1] == '\\'))
			p++;
		if (*p != '\n' && *p != '\r')
			to[n++] = *p;
	}
	to[n] = '\0';
	out->value = to;
	out->len = n;
	return *p ? p + 1 : p;
}

/* Unquoted values run to ';': blanks in file names are too common to refuse. */
static const char *unquoted(const char *p, struct piece *out)
{
	const char *start = p;

	while (*p && *p != ';' && *p != '\n' && *p != '\r')
		p++;
	out->value = start;
	out->len = (size_t)(p - start);
	out->len = str_without_tail(start, out->len);
	return p;
}

/* Reads one "name=value"; true when it is (a piece of) the wanted one. */
static bool one_param(struct arena *arena, const char **at, const char *name,
		      struct piece *out)
{
	const char *p = *at, *start;
	size_t n, want = strlen(name);
	bool match;

	while (*p && (str_is_space(*p) || *p == ';'))
		p++;
	if (*p == '(') {
		*at = skip_comment(p);
		return false;
	}
	start = p;
	while (*p && *p != '=' && *p != ';')
		p++;
	n = (size_t)(p - start);
	n = str_without_tail(start, n);
	match = n >= want && strncasecmp(start, name, want) == 0 &&
		(n == want || start[want] == '*');
	*out = (struct piece){0};
	if (match && n > want) {
		out->number = str_is_digit(start[want + 1])
				      ? (int)strtol(start + want + 1, NULL, 10)
				      : 0;
		out->extended = start[n - 1] == '*';
	}
	if (*p != '=') {
		*at = p;
		return false;
	}
	for (p++; *p && str_is_space(*p); p++)
		;
	p = *p == '"' ? quoted(arena, p, out) : unquoted(p, out);
	*at = p;
	return match;
}

static int hex(char c)
{
	if (str_is_digit(c))
		return c - '0';
	c = str_lower_char(c);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static void percent_decode(struct buf *to, const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		if (text[i] == '%' && i + 2 < len && hex(text[i + 1]) >= 0 &&
		    hex(text[i + 2]) >= 0) {
			buf_char(to, (char)(hex(text[i + 1]) * 16 + hex(text[i + 2])));
			i += 2;
		} else {
			buf_char(to, text[i]);
		}
	}
}

/* Takes "charset'language'" off the front; false when it is not there. */
static bool split_charset(struct piece *p, char charset[WORD_CHARSET])
{
	const char *one = memchr(p->value, '\'', p->len), *two;
	size_t n;

	if (!one)
		return false;
	two = memchr(one + 1, '\'', p->len - (size_t)(one + 1 - p->value));
	n = (size_t)(one - p->value);
	if (!two || n >= WORD_CHARSET)
		return false;
	memcpy(charset, p->value, n);
	charset[n] = '\0';
	p->len -= (size_t)(two + 1 - p->value);
	p->value = two + 1;
	return true;
}

static int by_number(const void *a, const void *b)
{
	const struct piece *x = a, *y = b;

	return x->number - y->number;
}

const char *mail_header_param(struct arena *arena, const char *raw, const char *name,
			      const char *hint)
{
	const char *at = raw ? raw + strcspn(raw, "; \t\n") : NULL;
	struct piece *pieces = NULL, p;
	char charset[WORD_CHARSET] = "";
	size_t count = 0;
	bool coded = false;
	AUTO(buf) bytes = buf_new(VALUE_MAX);
	AUTO(buf) text = buf_new(VALUE_MAX);

	while (at && *at && count < PIECES_MAX) {
		const char *before = at;

		if (one_param(arena, &at, name, &p)) {
			pieces = arena_grow(arena, pieces, count, sizeof(*pieces));
			pieces[count++] = p;
		}
		if (at == before)
			at++;
	}
	if (count == 0)
		return NULL;
	/* The same parameter twice, not in pieces: the first counts, the coded one wins. */
	if (count > 1 && pieces[1].number == 0) {
		if (pieces[1].extended && !pieces[0].extended)
			pieces[0] = pieces[1];
		if (pieces[0].number == 0 && count == 2)
			count = 1;
	}
	qsort(pieces, count, sizeof(*pieces), by_number);
	for (size_t i = 0; i < count; i++) {
		if (pieces[i].extended) {
			if (i == 0)
				(void)split_charset(&pieces[0], charset);
			coded = true;
			percent_decode(bytes, pieces[i].value, pieces[i].len);
		} else {
			buf_add(bytes, pieces[i].value, pieces[i].len);
		}
	}
	if (coded)
		charset_to_utf8(text, charset[0] ? charset : hint, buf_text(bytes),
				bytes->len);
	else
		decode(text, buf_text(bytes), bytes->len, hint);
	return arena_clean(arena, text);
}

struct mail_strings mail_header_ids(struct arena *arena, const char *raw)
{
	struct mail_strings ids = {0};
	const char *p = raw, *start;

	while (p && *p && ids.count < IDS_MAX) {
		const char *end;
		char *id;
		size_t n = 0;

		start = strchr(p, '<');
		if (start) {
			start++;
			end = start + strcspn(start, ">");
		} else if (ids.count == 0) {
			start = p + strspn(p, " \t\r\n"); /* an id without brackets */
			end = start + strcspn(start, " \t\r\n;,");
			if (end == start)
				break;
		} else {
			break;
		}
		id = arena_strndup(arena, start, (size_t)(end - start));
		for (const char *c = start; c < end; c++)
			if (!str_is_space(*c) && (unsigned char)*c > ' ' && *c != 127)
				id[n++] = *c;
		id[n] = '\0';
		if (n && n < 1000 && str_utf8_valid(id, n)) {
			ids.items = arena_grow(arena, ids.items, ids.count,
					       sizeof(*ids.items));
			ids.items[ids.count++] = id;
		}
		p = *end == '>' ? end + 1 : end;
	}
	return ids;
}
