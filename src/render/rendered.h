/*
 * rendered - a finished page as PDF, as Word, and its tables as a workbook.
 *
 * All three are made of the one page, so that the same words and numbers stand in each: nothing
 * is counted or chosen here. PDF is made by WeasyPrint, tagged, as PDF/UA-1; Word by pandoc, its
 * pictures drawn by rsvg-convert; the workbook by libxlsxwriter: a sheet a table, numbers as
 * numbers, and bars of the first column of numbers.
 *
 * Each works in a child that is shut in (outside.h), and what it made is looked at before it is
 * handed on: a PDF is one and says that it is tagged and PDF/UA; the others are whole packages
 * that have the parts they need. Each is optional: what is not installed is said in one sentence.
 *
 * The page is of our own making: whole, well-formed HTML. Drawings (<svg>) have a <title> and a
 * <desc>, which become the words for those who do not see them; for Word, the <meta> "footer" is
 * what stands on each page beside its number.
 *
 * Ownership  everything is borrowed; out is the caller's, and of RENDERED_MOST bytes or less.
 * Errors     ERR_SETUP   what makes it is not installed, or mercat was built without it
 *            ERR_SYSTEM  it failed, took too long, or made something else: out is not to be used
 * Source     ISO 14289-1 (PDF/UA-1); ECMA-376 (Office Open XML); APPNOTE 6.3.3 (zip).
 * Limits     The PDF is tagged as far as WeasyPrint 57 tags: it calls its PDF/UA experimental.
 */
#ifndef MERCAT_RENDER_RENDERED_H
#define MERCAT_RENDER_RENDERED_H

#include "base/buf.h"
#include "base/err.h"

enum { RENDERED_MOST = 64 << 20 };

/* What makes them, and within which limits. */
struct rendering {
	const char *weasyprint, *pandoc, *rsvg_convert; /* paths of the programs */
	const char
		*folder; /* below which each job has one of its own, which goes with it */
	size_t pdf_bytes, word_bytes, workbook_bytes; /* of memory */
	unsigned cpu_s, wall_ms;                      /* of each program */
};
/* The programs that were found at build time, with their limits. folder is borrowed. */
struct rendering rendering_usual(const char *folder);
/* What jobs have left there that were ended with who asked for them. Nobody asks meanwhile. */
void rendering_clear(const char *folder);

bool render_pdf(const struct rendering *with, const struct buf *html, struct buf *out,
		struct err *err) MUST_USE;
bool render_word(const struct rendering *with, const struct buf *html, struct buf *out,
		 struct err *err) MUST_USE;
bool render_workbook(const struct rendering *with, const struct buf *html,
		     struct buf *out, struct err *err) MUST_USE;

/* What all of them may read and run, for the walls of a process that starts them; NULL at the
 * end. */
const char *const *rendering_paths(void);

#endif
