/*
 * rendered look - whether what a program made is what it was asked for.
 *
 * Ownership  everything is borrowed.
 * Errors     ERR_SYSTEM what it made is something else, or not whole
 * Source     ISO 32000-1, 7.5; ISO 14289-1, 5; APPNOTE 6.3.3, 4.3.
 * Limits     It looks at the frame, not at every word: text, tags and figures are compared in
 *            the tests, by readers that are not ours.
 */
#ifndef MERCAT_RENDER_RENDERED_LOOK_H
#define MERCAT_RENDER_RENDERED_LOOK_H

#include "base/buf.h"
#include "base/err.h"

/* A whole PDF that is tagged and says that it is PDF/UA-1. by: what made it, for the sentence. */
bool look_pdf(const char *by, const struct buf *file, struct err *err) MUST_USE;
/* A whole package (zip) with a part of each of these names; NULL at the end. */
bool look_package(const char *by, const struct buf *file, const char *const *parts,
		  struct err *err) MUST_USE;

#endif
