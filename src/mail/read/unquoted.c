#include "mail/read/unquoted.h"
#include "base/buf.h"
#include "base/str.h"
#include "mail/fields/address.h"
#include "mail/read/reply_marks.h"
#include "mail/read/reply_words.h"

#include <glib.h>

enum { LINES_MAX = 20000, SIGNATURE_LINES = 15, CLOSING_LINES = 4, CLOSING_WIDTH = 60 };

/*
 * What mail programs put above what they quote is told by its shape as well, in whatever
 * language: four "Name: value" lines with an address and a time; a line with an address
 * in brackets, figures and a colon right above a quote.
 */
enum {
	NAME_BYTES = 60, /* of a field, in letters of three bytes */
	NAME_WORDS = 4,
	FIELDS_ENOUGH = 4,
	FIGURES = 3, /* of a date, at least */
	RUN_LINES = 3,
	RUN_BYTES = 400
};

/* Figures of any script. */
static size_t figures(const char *text, size_t len)
{
	size_t n = 0;

	for (const char *at = text; at < text + len; at = g_utf8_next_char(at))
		n += g_unichar_isdigit(g_utf8_get_char_validated(at, text + len - at)) !=
		     FALSE;
	return n;
}

/* Where the value of "Name: value" begins; NULL: it is no such line. */
static const char *value_of(const struct reply_line *line)
{
	const char *text = line->text, *end = text + line->len, *name, *at;
	static const bool in_no_name[256] = {
		['\0'] = true, ['@'] = true, ['<'] = true, ['>'] = true, [','] = true,
		['?'] = true,  ['!'] = true, [';'] = true, ['('] = true, [')'] = true,
		['0'] = true,  ['1'] = true, ['2'] = true, ['3'] = true, ['4'] = true,
		['5'] = true,  ['6'] = true, ['7'] = true, ['8'] = true, ['9'] = true};
	size_t words = 1;

	while (text < end && (str_is_space(*text) || strchr("*>_", *text)))
		text++;
	name = text;
	for (at = name; at < end && at - name < NAME_BYTES; at++) {
		if (*at == ':')
			break;
		if (*at == '\xEF' && end - at > 2 && memcmp(at, "\xEF\xBC\x9A", 3) == 0)
			break;
		if (in_no_name[(unsigned char)*at])
			return NULL;
		words += *at == ' ';
		if (words > NAME_WORDS)
			return NULL;
	}
	if (at == name || at >= end || at - name >= NAME_BYTES)
		return NULL;
	at += *at == ':' ? 1 : 3;
	while (at < end && (*at == '*' || str_is_space(*at)))
		at++;
	return at;
}

/* "A Name <a@b>", and nothing more. */
static bool is_mailbox(const char *value, const char *end)
{
	const char *open = memchr(value, '<', (size_t)(end - value));
	const char *at = memchr(value, '@', (size_t)(end - value));

	return open && at && at > open && memchr(at, '>', (size_t)(end - at));
}

/* The last line of a header that begins here, or begin when none does. */
static size_t header_to(const struct reply_line *lines, size_t begin, size_t count)
{
	size_t fields = 0, i = begin;
	bool dated = false;

	for (;
	     i < count && (lines[i].kind == REPLY_TEXT || lines[i].kind == REPLY_MOBILE);
	     i++) {
		const char *end = lines[i].text + lines[i].len;
		const char *value = value_of(&lines[i]);

		if (!value || (fields == 0 && !is_mailbox(value, end)))
			break;
		if (fields && !memchr(value, '@', (size_t)(end - value)))
			dated = dated || figures(value, (size_t)(end - value)) >= FIGURES;
		fields++;
	}
	return fields >= FIELDS_ENOUGH && dated ? i : begin;
}

static bool quote_follows(const struct reply_line *lines, size_t i, size_t count)
{
	while (i < count && lines[i].kind == REPLY_BLANK)
		i++;
	return i < count && lines[i].kind == REPLY_QUOTE;
}

static bool ends_with_colon(const struct reply_line *line)
{
	size_t len = line->len;

	while (len && (str_is_space(line->text[len - 1]) || line->text[len - 1] == '*'))
		len--;
	while (len > 2 && memcmp(line->text + len - 3, "\xE2\x80", 2) == 0)
		len -= 3; /* a mark of direction */
	return len && (line->text[len - 1] == ':' ||
		       (len > 2 && memcmp(line->text + len - 3, "\xEF\xBC\x9A", 3) == 0));
}

/* The first of the lines that name who wrote the quote below and when; last + 1: none. */
static size_t attribution_from(const struct reply_line *lines, size_t last)
{
	size_t from = last + 1, seen = 0, bytes = 0;
	bool mailbox = false;

	for (size_t i = last + 1; i-- > 0 && last - i < RUN_LINES;) {
		if (lines[i].kind != REPLY_TEXT || (bytes += lines[i].len) > RUN_BYTES)
			break;
		seen += figures(lines[i].text, lines[i].len);
		mailbox = mailbox || (memchr(lines[i].text, '@', lines[i].len) &&
				      memchr(lines[i].text, '>', lines[i].len));
		if (mailbox && seen >= FIGURES &&
		    is_mailbox(lines[i].text, lines[last].text + lines[last].len)) {
			from = i;
			break;
		}
	}
	return from;
}

static void mark_shapes(struct reply_line *lines, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		size_t to = lines[i].kind == REPLY_TEXT ? header_to(lines, i, count) : i;

		for (; i < to; i++)
			lines[i].kind = REPLY_HEADER;
		if (i < count && lines[i].kind == REPLY_TEXT &&
		    ends_with_colon(&lines[i]) && quote_follows(lines, i + 1, count))
			for (size_t k = attribution_from(lines, i); k <= i; k++)
				lines[k].kind = REPLY_ATTRIBUTION;
	}
}

static bool quoted_next(const char *text)
{
	text += strspn(text, " \t\r\n");
	return *text == '>';
}

/*
 * "I agree. On Mon, 3 Nov 2025 at 10:00, A <a@b> wrote:" is what programs make of a line
 * end that they lost. Where the attribution begins, or len.
 */
static size_t glued_at(const char *line, size_t len)
{
	size_t end = len, at = len;

	while (end && (str_is_space(line[end - 1]) || line[end - 1] == '*'))
		end--;
	if (end < 40 || memcmp(line + end - 6, "wrote:", 6) != 0 || line[0] == '>' ||
	    !memchr(line, '@', end) || !quoted_next(line + len))
		return len;
	for (size_t i = 1; i + 6 < end; i++)
		if (memcmp(line + i, " On ", 4) == 0 &&
		    (str_is_digit(line[i + 4]) ||
		     (line[i + 4] >= 'A' && line[i + 4] <= 'Z')))
			at = i + 1;
	return at;
}

static struct reply_lines split(struct arena *arena, const char *text)
{
	struct reply_lines l = {0};

	while (*text) {
		size_t len = strcspn(text, "\n"), glued = len;
		struct reply_line *line;

		/* Past the limit the rest is one line: kept, not looked at. */
		if (l.count + 1 == LINES_MAX)
			glued = len = strlen(text);
		else
			glued = glued_at(text, len);
		l.at = arena_grow(arena, l.at, l.count, sizeof(*l.at));
		line = &l.at[l.count++];
		line->text = text;
		line->len = glued < len ? glued : len;
		text += line->len;
		text += *text == '\n';
	}
	return l;
}

/* The last line from..to that is neither blank nor a ruler; from - 1 when none. */
static size_t end_of_text(const struct reply_lines *l, size_t to)
{
	while (to &&
	       (l->at[to - 1].kind == REPLY_BLANK || l->at[to - 1].kind == REPLY_RULER ||
		l->at[to - 1].kind == REPLY_MOBILE))
		to--;
	return to;
}

static size_t count_kind(const struct reply_lines *l, size_t from, size_t to,
			 enum reply_kind kind)
{
	size_t n = 0;

	for (size_t i = from; i < to; i++)
		n += l->at[i].kind == kind;
	return n;
}

static bool has(const struct reply_lines *l, size_t from, size_t to, enum reply_kind kind)
{
	return count_kind(l, from, to, kind) > 0;
}

static size_t next_of(const struct reply_lines *l, size_t from, size_t to,
		      enum reply_kind kind)
{
	while (from < to && l->at[from].kind != kind)
		from++;
	return from;
}

/* "-- " and what is below it, when that is as short as signatures are. */
static size_t cut_signature(const struct reply_lines *l, size_t to)
{
	for (size_t i = reply_end_of_form(l->at, to); i < to; i++) {
		size_t stop;

		if (l->at[i].kind != REPLY_SIGNATURE || !has(l, 0, i, REPLY_TEXT))
			continue;
		stop = next_of(l, i, to, REPLY_ATTRIBUTION);
		if (next_of(l, i, to, REPLY_HEADER) < stop)
			stop = next_of(l, i, to, REPLY_HEADER);
		if (next_of(l, i, to, REPLY_FORWARD) < stop)
			stop = next_of(l, i, to, REPLY_FORWARD);
		/* What follows quotes below it is text again, not signature. */
		if (has(l, i, stop, REPLY_QUOTE) &&
		    count_kind(l, i, stop, REPLY_TEXT) > 6)
			continue;
		if (count_kind(l, i, stop, REPLY_TEXT) <= SIGNATURE_LINES)
			return i;
	}
	return to;
}

/* A copy of the original, headers and all, that was pasted below the answer. */
static size_t cut_copy(const struct reply_lines *l, size_t to)
{
	for (size_t i = 0; i < to; i++)
		if ((l->at[i].kind == REPLY_HEADER || l->at[i].kind == REPLY_FORWARD) &&
		    has(l, 0, i, REPLY_TEXT))
			return i;
	return to;
}

/* A name, a post, a telephone number: what stands below a quote without being said. */
static bool only_a_closing(const struct reply_lines *l, size_t from, size_t to)
{
	size_t lines = 0;

	for (size_t i = from; i < to; i++) {
		const struct reply_line *line = &l->at[i];
		size_t len = line->len;

		if (line->kind != REPLY_TEXT)
			continue;
		len = str_without_tail(line->text, len);
		if (++lines > CLOSING_LINES || len > CLOSING_WIDTH ||
		    (len && strchr(".?!:;,", line->text[len - 1])))
			return false;
	}
	return true;
}

/*
 * "On ... wrote:" with text above it. Nothing quoted below it: the original follows
 * bare, to the end. Only quotes, or a closing, below: cut there as well. Answers
 * between the quotes: only the line itself goes.
 */
static size_t cut_attributed(const struct reply_lines *l, size_t to)
{
	for (size_t i = 0; i < to; i++) {
		size_t quote;

		if (l->at[i].kind != REPLY_ATTRIBUTION || !has(l, 0, i, REPLY_TEXT))
			continue;
		quote = next_of(l, i, to, REPLY_QUOTE);
		if (quote == to)
			return i;
		if (has(l, i, quote, REPLY_TEXT) &&
		    count_kind(l, i, quote, REPLY_TEXT) > 2)
			return i;
		if (only_a_closing(l, quote, to) &&
		    count_kind(l, quote, to, REPLY_QUOTE) > 1)
			return i;
	}
	return to;
}

static size_t cut_trailing_quote(const struct reply_lines *l, size_t to)
{
	size_t end = to;

	if (!has(l, 0, to, REPLY_TEXT))
		return to;
	while (end && l->at[end - 1].kind != REPLY_TEXT)
		end--;
	return has(l, end, to, REPLY_QUOTE) || has(l, end, to, REPLY_ATTRIBUTION) ? end
										  : to;
}

/*
 * The answer stands below all that it answers: the quote above it goes. One that has
 * further quotes in it keeps them all, for they say what is answered.
 */
static size_t skip_leading_quote(const struct reply_lines *l, size_t to)
{
	size_t i = 0, text;

	while (i < to && l->at[i].kind != REPLY_TEXT && l->at[i].kind != REPLY_QUOTE)
		i++;
	if (!has(l, 0, i, REPLY_ATTRIBUTION) || next_of(l, i, to, REPLY_QUOTE) != i)
		return 0;
	text = next_of(l, i, to, REPLY_TEXT);
	return text < to && !has(l, text, to, REPLY_QUOTE) ? text : 0;
}

static void add_line(struct buf *to, const struct reply_line *line)
{
	buf_add(to, line->text, line->len);
	buf_char(to, '\n');
}

static const char *tidy(struct arena *arena, struct buf *b)
{
	const char *start = buf_text(b), *line = start, *text;
	size_t len = b->len;

	/* Blank lines go at both ends; the indent of the first line stays. */
	while (*line && strspn(line, " \t\r\n") > strcspn(line, "\n"))
		line += strcspn(line, "\n") + 1;
	len -= (size_t)(line - start);
	len = str_without_tail(line, len);
	text = len ? arena_strndup(arena, line, len) : NULL;
	buf_clear(b);
	return text;
}

static void hand_out(struct arena *arena, const struct reply_lines *l, size_t start,
		     size_t end, const char **out_new, const char **out_quoted)
{
	struct buf new, quoted;
	size_t bytes = 2;

	for (size_t i = 0; i < l->count; i++)
		bytes += l->at[i].len + 1;
	buf_init(&new, bytes);
	buf_init(&quoted, bytes);
	for (size_t i = 0; i < l->count; i++) {
		bool spoken = i >= start && i < end && l->at[i].kind != REPLY_ATTRIBUTION;

		add_line(spoken ? &new : &quoted, &l->at[i]);
	}
	*out_new = tidy(arena, &new);
	*out_quoted = tidy(arena, &quoted);
}

static void cut(struct arena *arena, const struct reply_lines *l, const char **out_new,
		const char **out_quoted)
{
	size_t end = cut_copy(l, l->count);

	end = cut_signature(l, end);
	end = cut_attributed(l, end);
	end = cut_trailing_quote(l, end);
	/* The device's own line is dropped only at the end. */
	if (has(l, 0, end_of_text(l, end), REPLY_TEXT))
		end = end_of_text(l, end);
	hand_out(arena, l, skip_leading_quote(l, end), end, out_new, out_quoted);
}

struct reply_lines reply_lines_of(struct arena *arena, const char *text)
{
	struct reply_lines l = split(arena, text);

	reply_mark(arena, l.at, l.count);
	mark_shapes(l.at, l.count);
	return l;
}

void mail_reply_cut(struct arena *arena, const char *text, const char **out_new,
		    const char **out_quoted)
{
	struct reply_lines l;

	*out_new = *out_quoted = NULL;
	if (str_empty(text))
		return;
	l = reply_lines_of(arena, text);
	cut(arena, &l, out_new, out_quoted);
}

void mail_reply_own(struct arena *arena, const char *text, const char **out_new,
		    const char **out_quoted)
{
	struct reply_lines l;
	size_t end;

	*out_new = *out_quoted = NULL;
	if (str_empty(text))
		return;
	l = reply_lines_of(arena, text);
	if (has(&l, 0, l.count, REPLY_ATTRIBUTION) || has(&l, 0, l.count, REPLY_HEADER) ||
	    has(&l, 0, l.count, REPLY_FORWARD)) {
		cut(arena, &l, out_new, out_quoted);
		return;
	}
	end = cut_signature(&l, l.count);
	if (has(&l, 0, end_of_text(&l, end), REPLY_TEXT))
		end = end_of_text(&l, end);
	hand_out(arena, &l, 0, end, out_new, out_quoted);
}

/* The lines of the first pasted header, with the mark above it; none: from == to. */
static void find_header(const struct reply_lines *l, size_t *out_from, size_t *out_to)
{
	size_t from = next_of(l, 0, l->count, REPLY_HEADER), to;

	for (to = from; to < l->count && l->at[to].kind == REPLY_HEADER; to++)
		;
	while (from > 0 && to > from && l->at[from - 1].kind != REPLY_TEXT &&
	       l->at[from - 1].kind != REPLY_QUOTE)
		from--;
	*out_from = from;
	*out_to = to;
}

/* Some programs quote what they pass on: below their mark all lines begin with ">". */
static const char *unquoted(struct arena *arena, const char *text)
{
	struct reply_lines l = reply_lines_of(arena, text);
	size_t mark = next_of(&l, 0, l.count, REPLY_FORWARD);
	AUTO(buf) to = buf_new(strlen(text) + 2);

	if (mark == l.count || has(&l, mark, l.count, REPLY_TEXT) ||
	    !has(&l, mark, l.count, REPLY_QUOTE))
		return NULL;
	for (size_t i = 0; i < l.count; i++) {
		struct reply_line line = l.at[i];

		if (i > mark && line.kind == REPLY_QUOTE) {
			size_t sign = line.len > 1 && line.text[1] == ' ' ? 2 : 1;

			line.text += sign;
			line.len -= sign;
		}
		add_line(to, &line);
	}
	return arena_strndup(arena, buf_text(to), to->len);
}

/* The words in front of the address, without what stands around them. */
static const char *name_before(struct arena *arena, const char *from, const char *to)
{
	static const char around[] = " \t\"'*_<[(\xC2\xA0";
	const char *mailto = memmem(from, (size_t)(to - from), "mailto:", 7);

	to = mailto ? mailto : to;
	while (from < to && strchr(around, *from))
		from++;
	while (to > from && strchr(around, to[-1]))
		to--;
	return to > from ? arena_strndup(arena, from, (size_t)(to - from)) : NULL;
}

/* By the line that says who sent it, or the first, in a language that is not known. */
static bool sender_of(struct arena *arena, const struct reply_lines *l, size_t from,
		      size_t to, struct mail_reply_forward *out)
{
	for (size_t i = from; i < to; i++) {
		const struct reply_line *line = &l->at[i];
		int role = reply_line_role(arena, line);
		const char *value = value_of(line), *address, *end;
		size_t len;

		if (!value || (!(role & REPLY_SENDER) && (role || i > from)))
			continue;
		end = line->text + line->len;
		address = mail_address_find(
			arena_strndup(arena, value, (size_t)(end - value)), &len);
		if (!address && !(role & REPLY_SENDER))
			continue;
		if (address) {
			out->address = arena_strndup(arena, address, len);
			end = strstr(value, out->address);
		}
		out->name = name_before(arena, value, end);
		return out->name || out->address;
	}
	return false;
}

bool mail_reply_forwarded(struct arena *arena, const char *text,
			  struct mail_reply_forward *out)
{
	struct mail_reply_forward f = {0};
	const char *left, *plain;
	size_t from, to;
	struct reply_lines l;

	if (str_empty(text))
		return false;
	plain = unquoted(arena, text);
	text = plain ? plain : text;
	l = reply_lines_of(arena, text);
	find_header(&l, &from, &to);
	if (from == to || to == l.count)
		return false;
	if (!sender_of(arena, &l, next_of(&l, from, to, REPLY_HEADER), to, &f))
		return false;
	mail_reply_cut(arena, l.at[to].text, &f.body, &left);
	if (!f.body)
		return false;
	f.note = str_trim(arena_strndup(arena, text, (size_t)(l.at[from].text - text)));
	f.note = *f.note ? f.note : NULL;
	f.quoted = arena_printf(
		arena, "%s%s%s",
		str_trim(arena_strndup(arena, l.at[from].text,
				       (size_t)(l.at[to].text - l.at[from].text))),
		left ? "\n\n" : "", str_or(left, ""));
	*out = f;
	return true;
}
