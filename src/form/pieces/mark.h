/*
 * form mark - boxes, ticks, arrows and empty places, as people type them.
 */
#ifndef MERCAT_FORM_MARK_H
#define MERCAT_FORM_MARK_H

#include "base/attr.h"

/* Letters that stand for the boxes and fields of a document in a flattened line. */
enum { MARK_BOX_EMPTY = 1, MARK_BOX_TICKED = 2, MARK_BOX_UNCLEAR = 3 };

enum mark_sign {
	MARK_ABSENT,
	MARK_EMPTY,  /* a place for a mark, with none in it */
	MARK_TICK,   /* says this one */
	MARK_CROSS,  /* so does a cross, unless another has a tick */
	MARK_DENIED, /* "no" in the place of a mark */
	MARK_UNCLEAR
};

/* Most letters of a text: no mark begins with them. */
static inline bool mark_begins_none(char c)
{
	return ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) && c != 'x' && c != 'X';
}

/*
 * The mark that stands at text[at], with its length in bytes; 0: none. What is no mark in
 * running text (a bare x, an arrow) counts only with blanks or the ends of the text around.
 */
size_t mark_read(const char *text, size_t at, size_t len, enum mark_sign *out) MUST_USE;

/* Do strokes stand around the mark text[from..to), or around it and the rest of its line? An
 * empty place says no more when it is struck out. */
bool mark_is_struck(const char *text, size_t from, size_t to, size_t len) MUST_USE;

/* A whole cell or line: any short sign that people put in a box. MARK_ABSENT: words. */
enum mark_sign mark_of_cell(const char *text, size_t len) MUST_USE;

/* "[ ] No": a short label that is offered and not chosen is said by nobody; struck out, it may
 * be. */
bool mark_not_chosen(const char *at, size_t len) MUST_USE;

#endif
