/*
 * extract picture pdf - a photograph as a PDF of one page, with its bytes as they are.
 *
 * Only the head of the picture is read here (its size and kinds of colour, and how the camera was
 * held); what is compressed in it stays so, for the program that draws the page.
 *
 * Ownership  the caller's buffer.
 * Errors     false: no JPEG or PNG, one that is interlaced, or a head that is broken.
 * Source     ISO 32000-1, 7.4, 8.9; ITU-T T.81, B.2; W3C PNG; Exif 2.3 (orientation)
 * Limits     mirrored pictures are shown as they are; alpha is left out
 */
#ifndef MERCAT_EXTRACT_PICTURE_PDF_H
#define MERCAT_EXTRACT_PICTURE_PDF_H

#include "base/buf.h"

bool picture_pdf(const void *bytes, size_t len, struct buf *out) MUST_USE;

#endif
