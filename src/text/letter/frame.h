/*
 * frame - the lines of a letter that are its frame and not what it says.
 *
 * A letter says something between a greeting and a closing; below stand a name, an
 * office, an address, and what firms and programs put under every mail. A form may
 * stand anywhere. Each line is told what it is; what is in doubt is said, because a
 * word of a response lost is worse than a line of its frame too many.
 *
 * A signature is what follows a closing ("Kind regards"), or else the last lines when
 * the first of them looks like a name and something was said above. What follows a
 * signature is a notice, whatever it says, except a postscript.
 *
 * Units      bytes of the text; to is behind the last one, the line's end not included.
 * Ownership  in the arena.
 * Limits     the words of closings, greetings and notices are those of the languages
 *            listed in frame_words.c.
 */
#ifndef MERCAT_TEXT_FRAME_H
#define MERCAT_TEXT_FRAME_H

#include "base/arena.h"
#include "base/attr.h"

enum frame_kind {
	FRAME_SAID,
	FRAME_BLANK,
	FRAME_GREETING,
	FRAME_FORM,
	FRAME_CLOSING,   /* "Kind regards" */
	FRAME_SIGNATURE, /* name, office, address */
	FRAME_NOTICE     /* banner, disclaimer, "Sent from my ..." */
};

struct frame_line {
	size_t from, to;
	enum frame_kind kind;
};

struct frame {
	struct frame_line *lines;
	size_t count;
};

/* text[0..len), which may go on behind that: then a notice above it is a banner.
 * who: the sender's name, or NULL; it makes a name out of a line that may be one. */
void frame_read(struct arena *arena, const char *text, size_t len, const char *who,
		struct frame *out);

/* The lines that were said, each with its line end. */
const char *frame_said(struct arena *arena, const char *text, const char *who) MUST_USE;
/* The same of a text that was read. */
const char *frame_said_of(struct arena *arena, const char *text,
			  const struct frame *frame) MUST_USE;

/* Two to five words that begin with a capital, as a name has them. */
bool frame_is_name(const char *line, size_t len) MUST_USE;

/* What frame_words.c knows: a line of nothing but a closing or a greeting; words that
 * stand in notices only. */
bool frame_is_closing(const char *line, size_t len) MUST_USE;
bool frame_is_greeting(const char *line, size_t len) MUST_USE;
/* "I hope that this helps": what stands above a closing and is no part of what was said. */
bool frame_is_pleasantry(const char *line, size_t len) MUST_USE;
bool frame_is_notice(const char *line, size_t len) MUST_USE;
bool frame_is_contact(const char *line, size_t len) MUST_USE;

#endif
