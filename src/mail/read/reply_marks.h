/*
 * mail reply marks - what each line of a mail is: spoken, quoted, or a mark that a
 * mail program put there.
 *
 * Source     what mail programs put above a quote, in the languages they speak.
 */
#ifndef MERCAT_MAIL_REPLY_MARKS_H
#define MERCAT_MAIL_REPLY_MARKS_H

#include "base/arena.h"

enum reply_kind {
	REPLY_TEXT = 0,
	REPLY_BLANK,
	REPLY_QUOTE,       /* begins with '>' */
	REPLY_ATTRIBUTION, /* "On ... wrote:", all lines of it */
	REPLY_HEADER,      /* one of a block of From, Sent, To, Subject */
	REPLY_FORWARD,     /* "-----Original Message-----" */
	REPLY_SIGNATURE,   /* "-- " */
	REPLY_RULER,       /* a line of dashes */
	REPLY_MOBILE       /* "Sent from my ..." */
};

struct reply_line {
	const char *text;
	size_t len;
	enum reply_kind kind;
};

/* What a line of a header tells (mail/read/reply_words.h); 0: it is none that is known. */
int reply_line_role(struct arena *arena, const struct reply_line *line);

struct reply_lines {
	struct reply_line *at;
	size_t count;
};

/* Every line of a text with its kind, by words and by shape (mail/read/unquoted.c). */
struct reply_lines reply_lines_of(struct arena *arena, const char *text);

/* By words alone. */
void reply_mark(struct arena *arena, struct reply_line *lines, size_t count);
/* Behind the last line of a form that we offer, or 0: a dash above it is an answer. */
size_t reply_end_of_form(const struct reply_line *lines, size_t count) MUST_USE;

#endif
