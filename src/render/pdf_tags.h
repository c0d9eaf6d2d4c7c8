/*
 * pdf tags - what WeasyPrint leaves out of the tags of a PDF, put in.
 *
 * WeasyPrint 57 tags headings, paragraphs, lists and tables, and knows no figures: a picture has
 * no words, a caption is none, and a head does not say whether it is of a column or a row. What
 * stands in an <article> of the page is a picture (pictures.h), in the order of the pages: its
 * element becomes a figure with the words of the picture (alt).
 *
 * It is the work of a child (outside.h): in is the PDF, about the page that it was made of.
 *
 * Errors     ERR_SYSTEM the PDF cannot be read, or its pictures are not those of the page
 * Source     ISO 32000-1, 14.7 and 14.8; ISO 14289-1, 7.3 and 7.5.
 */
#ifndef MERCAT_RENDER_PDF_TAGS_H
#define MERCAT_RENDER_PDF_TAGS_H

#include "render/outside.h"

bool pdf_tags(const struct outside_job *job, struct buf *out, struct err *err) MUST_USE;

#endif
