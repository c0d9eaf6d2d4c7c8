#include "text/sentence.h"
#include "base/str.h"

enum { WRAPPED_LEAST = 45 }; /* bytes of a line that a program may have wrapped */

/* "1. Yes", "2) no", "- that", "> quoted": what begins one of its own. */
static bool begins_item(const char *line)
{
	size_t digits = strspn(line, "0123456789");

	if (digits && (line[digits] == '.' || line[digits] == ')'))
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

const char *sentence_end(const char *text, const char *from)
{
	const char *line = from, *at = from + strspn(from, " \t0123456789");

	/* As far back as it matters: a text of one line has many sentences. */
	while (line > text && line[-1] != '\n' && from - line < WRAPPED_LEAST)
		line--;
	if (*at == '.') /* a number before a dot begins one */
		at++;
	for (; *at; at++) {
		if (*at == '\n' && !goes_on(line, at))
			return at + 1;
		if (*at == '\n')
			line = at + 1;
		if (strchr(".!?", *at) &&
		    (str_is_space(at[1]) ||
		     ((at[1] == '"' || at[1] == ')') && str_is_space(at[2])))) {
			at += str_is_space(at[1]) ? 1 : 2;
			at += strspn(at, " \t\r");
			return *at == '\n' ? at + 1 : at;
		}
	}
	return at;
}
