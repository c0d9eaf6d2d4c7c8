/*
 * palette - the fixed colours of codes and charts, and their names.
 *
 * Each is a pair: a light fill that dark text is read on, and a dark line that stands
 * out from white. No two lean on hue alone: neighbours in the table differ in lightness
 * too. A page names a colour by its class, "colour-N", and its style sheet has the
 * values from here.
 *
 * Source     contrast by WCAG 2.2: fill under palette_ink at least 7:1, line on white
 *            at least 4.5:1; a test holds it.
 */
#ifndef MERCAT_TEXT_PALETTE_H
#define MERCAT_TEXT_PALETTE_H

#include "base/attr.h"

enum { PALETTE_COLOURS = 12 };

struct palette_colour {
	const char *name;        /* "teal": for people, and what is stored */
	const char *fill, *line; /* "#rrggbb" */
};

extern const struct palette_colour palette_colours[PALETTE_COLOURS];
extern const char palette_ink[]; /* the text on a fill */

/* By name; -1: there is none. */
int palette_find(const char *name) MUST_USE;
/* WCAG's ratio of two colours "#rrggbb" or "#rgb", 1 to 21; 0: one is no colour. */
double palette_contrast(const char *one, const char *other) MUST_USE;

#endif
