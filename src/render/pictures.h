/*
 * pictures - the drawings (<svg>) of a page become pictures (<img>) that every program knows.
 *
 * Each keeps what it says to those who do not see it: its <title> and <desc> are the words of
 * the picture (alt).
 *
 * Ownership  out is the caller's.
 * Errors     those of what draws; ERR_SYSTEM a drawing that does not end.
 */
#ifndef MERCAT_RENDER_PICTURES_H
#define MERCAT_RENDER_PICTURES_H

#include "render/rendered.h"

/* Draws one: svg as a file of its own, into out. */
typedef bool pictures_draw(const struct rendering *with, const struct buf *svg,
			   struct buf *out, struct err *err);

/* draw NULL: they stay SVG, each in an <article> by which its tag is found (pdf_tags.h). */
bool pictures_of_drawings(const struct rendering *with, const struct buf *html,
			  pictures_draw *draw, struct buf *out, struct err *err) MUST_USE;

#endif
