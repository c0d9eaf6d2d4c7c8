/*
 * extract page picture - a page of a scan as a picture that a browser may show.
 *
 * The file itself never gets into a page of ours: pdftoppm, in a child of its own that is closed
 * in as every reader of files is, draws one page of a PDF as PNG. A photograph (JPEG or PNG) is
 * put into a PDF of one page first (picture_pdf.h), so that what decodes it is that program, too.
 *
 * Units      pixels: the longer side has PAGE_PICTURE_PIXELS.
 * Ownership  in the arena.
 * Errors     ERR_SYSTEM  no child can be started
 *            ERR_ABSENT  there is no such page: the one before was the last
 *            ERR_INPUT   it cannot be shown; the text says why, for people
 * Limits     PAGE_PICTURE_BYTES of a picture; PDF, JPEG, PNG that is not interlaced
 */
#ifndef MERCAT_EXTRACT_PAGE_PICTURE_H
#define MERCAT_EXTRACT_PAGE_PICTURE_H

#include "extract/extract.h"

enum { PAGE_PICTURE_PIXELS = 1600, PAGE_PICTURE_BYTES = 12 << 20 };

struct page_picture {
	const void *bytes; /* of a PNG */
	size_t len;
};

/* page: from 1. */
bool page_picture_draw(struct extract *x, struct arena *arena,
		       const struct mail_attachment *file, int64_t page,
		       struct page_picture *out, struct err *err) MUST_USE;

#endif
