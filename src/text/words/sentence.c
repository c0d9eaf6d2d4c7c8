#include "text/words/sentence.h"
#include "base/str.h"

#include <string.h>

enum {
	WRAPPED_LEAST = 45, /* bytes of a line that a program may have wrapped */
	WIDTH_LEAST =
		50, /* characters of the widest line of a paragraph that was wrapped */
	WIDTH_USUAL = 80, /* no program wraps mail wider; documents may */
	WIDTH_MOST = 120, /* nobody's program wraps wider */
	LABEL_MOST = 40,  /* bytes of "Respondent type:" */
	ITEM_DIGITS = 3   /* "1998." ends a sentence */
};

/* "1. Yes", "2) no", "- that", "> quoted": what begins one of its own. */
static bool begins_item(const char *line)
{
	size_t digits = strspn(line, "0123456789");

	if (digits && digits <= ITEM_DIGITS &&
	    (line[digits] == '.' || line[digits] == ')'))
		return true;
	return *line == '>' || ((*line == '-' || *line == '*') && line[1] == ' ') ||
	       str_starts(line, "•");
}

/* Does the line that ends here go on in the next one? */
static bool goes_on(const char *line, const char *newline)
{
	const char *next = newline + 1;

	if (newline - line < WRAPPED_LEAST)
		return false;
	next += strspn(next, " \t");
	return *next && *next != '\n' && *next != '\r' && !begins_item(next);
}

static bool ends_one(char c)
{
	return c == '.' || c == '!' || c == '?';
}

const char *sentence_end(const char *text, const char *from)
{
	const char *line = from, *at = from + strspn(from, " \t0123456789");

	/* As far back as it matters: a text of one line has many sentences. */
	while (line > text && line[-1] != '\n' && from - line < WRAPPED_LEAST)
		line--;
	if (*at == '.') /* a number before a dot begins one */
		at++;
	for (at += strcspn(at, "\n.!?"); *at; at += 1 + strcspn(at + 1, "\n.!?")) {
		if (*at == '\n' && !goes_on(line, at))
			return at + 1;
		if (*at == '\n')
			line = at + 1;
		if (ends_one(*at) &&
		    (str_is_space(at[1]) ||
		     ((at[1] == '"' || at[1] == ')') && str_is_space(at[2])))) {
			at += str_is_space(at[1]) ? 1 : 2;
			at += strspn(at, " \t\r");
			return *at == '\n' ? at + 1 : at;
		}
	}
	return at;
}

/* ---- unwrapped ---- */

struct paragraph {
	size_t width; /* of its widest line, in characters */
	bool wide;    /* a line is longer than any program makes it */
	char *end;    /* behind its last line's end, or its NUL */
};

/* "Respondent type: organisation" */
static bool is_labelled(const char *line)
{
	size_t len = strcspn(line, ":.,;?!\n");

	return (*line >= 'A' && *line <= 'Z') && len <= LABEL_MOST && line[len] == ':';
}

static size_t line_len(const char *line)
{
	return strcspn(line, "\n");
}

static bool is_blank(const char *line)
{
	return line[strspn(line, " \t\r")] == '\n' || !line[strspn(line, " \t\r")];
}

static size_t width_of(const char *line)
{
	size_t len = line_len(line);

	while (len && (line[len - 1] == ' ' || line[len - 1] == '\r'))
		len--;
	return str_utf8_count(line, len);
}

static struct paragraph paragraph_at(char *from)
{
	struct paragraph p = {.end = from};

	while (*p.end && !is_blank(p.end)) {
		size_t width = width_of(p.end);

		p.wide = p.wide || width > WIDTH_MOST;
		p.width = width > p.width ? width : p.width;
		p.end += line_len(p.end);
		p.end += *p.end == '\n';
	}
	if (p.end == from) { /* an empty line */
		p.end += line_len(p.end);
		p.end += *p.end == '\n';
	}
	return p;
}

/* How wide the lines of a text are that its program wrapped, as far as they show it. */
static size_t usual_width(char *text)
{
	size_t width = 0;

	while (*text) {
		struct paragraph p = paragraph_at(text);

		if (!p.wide && p.width <= WIDTH_USUAL && p.width > width)
			width = p.width;
		text = p.end;
	}
	return width;
}

/* Would the next line's first word have fitted behind this line? Then somebody ended it. */
static bool was_full(const char *line, const char *next, size_t width)
{
	size_t word = strcspn(next, " \t\n"), chars = width_of(line);

	return chars * 2 >= width && chars + 1 + str_utf8_count(next, word) > width;
}

static void join(char *from, const struct paragraph *p, size_t width)
{
	if (p->wide || p->width < WIDTH_LEAST)
		return;
	width = p->width > width ? p->width : width;
	for (char *line = from; line < p->end;) {
		char *end = line + line_len(line), *next = end + 1;

		if (!*end || next >= p->end)
			return;
		next += strspn(next, " \t");
		if (*line != '>' && !begins_item(next) && !is_labelled(next) &&
		    was_full(line, next, width))
			*end = ' ';
		line = end + 1;
	}
}

char *unwrap_letter(struct arena *a, const char *text)
{
	char *out = arena_strdup(a, text);
	size_t width = usual_width(out);

	for (char *at = out; *at;) {
		struct paragraph p = paragraph_at(at);

		join(at, &p, width);
		at = p.end;
	}
	return out;
}

char *unwrap_passage(struct arena *a, const char *text)
{
	char *out = arena_strdup(a, text);

	for (char *at = out; (at = strchr(at, '\n')); at++) {
		const char *next = at + 1 + strspn(at + 1, " \t");

		if (at > out && at[-1] != '\n' && *next && *next != '\n' &&
		    !begins_item(next))
			*at = ' ';
	}
	return out;
}
