/* Where a notice ends and the mail that came back begins. */
#include "base/str.h"
#include "classify/bounce.h"
#include "classify/words.h"
#include "mail/dsn.h"

enum { NOTICE_MAX = 32 << 10 };

/* Matched at the start of a line. */
static const char *const returned_marks[] = {"this is a copy of the message",
					     "this is a copy of your message",
					     "this is a copy of the first",
					     "this is a copy of the headers",
					     "original message follows",
					     "original message",
					     "original mail",
					     "the original message",
					     "unsent message follows",
					     "returned message",
					     "below this line is a copy",
					     "message text follows",
					     "message headers follow",
					     "message header follows",
					     "message follows",
					     "header of the original message",
					     "original headers",
					     "original message header",
					     "copy of the original message",
					     "copy of the message",
					     "your original message",
					     "your message follows",
					     "the body of the message",
					     "undelivered message",
					     "message contents follow",
					     "a copy of the message",
					     "enclosed is a copy",
					     "received message:",
					     "returned mail follows",
					     "rejected message",
					     "mail data",
					     "nachricht im original",
					     "ursprüngliche nachricht",
					     "message original",
					     "mensaje original",
					     "元のメッセージ",
					     "元のメール",
					     NULL};

static const char *line_end(const char *line)
{
	return line + strcspn(line, "\n");
}

const char *bounce_undress(const char *line)
{
	return line + strspn(line, " \t-=*_|#.~+>");
}

static bool marks_returned(struct arena *arena, const char *line)
{
	size_t len = (size_t)(line_end(line) - line);
	const char *bare = bounce_undress(line);
	bool dressed =
		bare - line >= 3 &&
		strpbrk(arena_strndup(arena, line, (size_t)(bare - line)), "-=*_|#");
	const char *folded;

	if (len > 120 || len < 8)
		return false;
	folded = words_fold(
		arena, arena_strndup(arena, bare, (size_t)(line_end(line) - bare)), 200);
	/* Undressed it must be a heading: short, ending in a colon or in a full stop. */
	return words_begin(folded, returned_marks) &&
	       (dressed || str_ends(folded, ":") || str_ends(folded, "follow.") ||
		str_ends(folded, "follows.") || str_ends(folded, "follows") ||
		str_ends(folded, "follow") || str_ends(folded, "original message"));
}

/* Some systems tell first, in fields, which mail it is, and then what became of it. */
static bool notice_goes_on(const char *line)
{
	static const char *const words[] = {
		"cannot be delivered", "could not be delivered", "not delivered",
		"has been delayed",    "recipient address:",     NULL};
	const char *gap = strstr(line, "\n\n");
	const char *end = gap ? strstr(gap + 2, "\n\n") : NULL;

	for (size_t i = 0; gap && words[i]; i++) {
		const char *found = str_ifind(gap, words[i]);

		if (found && (!end || found < end))
			return true;
	}
	return false;
}

/* A mail's header begins here: Received or Return-Path with more fields below. */
static bool begins_header(const char *line)
{
	const char *next = line_end(line);
	bool indented = *line == ' ' || *line == '\t';

	line += strspn(line, " \t>");
	if (indented && (next[-1] == ',' || notice_goes_on(next)))
		return false;
	if (!str_istarts(line, "received: ") && !str_istarts(line, "return-path: ") &&
	    !str_istarts(line, "message-id: ") && !str_istarts(line, "received:\t") &&
	    !str_istarts(line, "delivered-to: "))
		return false;
	return *next == '\n' && (strchr(" \t", next[1]) ||
				 memchr(next + 1, ':', strcspn(next + 1, "\n ")));
}

const char *bounce_notice_text(struct arena *arena, struct mail_message *m)
{
	const char *text = str_or(m->text, ""), *line = text, *next;

	for (; *line; line = next) {
		const char *end = line_end(line);

		next = *end ? end + 1 : end;
		if (line > text && begins_header(line))
			next = line;
		else if (line == text || !marks_returned(arena, line))
			continue;
		if (!m->returned) {
			m->returned = next + strspn(next, "\n\r \t>");
			mail_returned_read(arena, m->returned, m);
		}
		break;
	}
	if (line - text > NOTICE_MAX)
		line = text + NOTICE_MAX;
	while (line > text && ((unsigned char)*line & 0xC0) == 0x80)
		line--;
	return arena_strndup(arena, text, (size_t)(line - text));
}
