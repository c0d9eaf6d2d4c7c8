/*
 * extract recognise - the words of scanned pages and of photographs, as a program guesses them.
 *
 * pdftoppm makes a picture of a page, tesseract reads a picture: each runs in a child of its
 * own, closed in as every reader of files is. What comes of it is a guess: it is marked as
 * such wherever it goes, it says how sure the program is, the file stays flagged for a
 * person, and nothing that a respondent allows or chooses is read out of it.
 *
 * Units      sure: percent, as tesseract says of each word, by the length of the words.
 * Ownership  in the arena.
 * Errors     ERR_SYSTEM: no child can be started. A page that cannot be read has no words.
 * Source     tesseract(1), its TSV.
 * Limits     RECOGNISE_PAGES pages a file, the first ones; English, and RECOGNISE_OTHERS more
 *            languages that are installed. Not in packages: their files are flagged as ever.
 */
#ifndef MERCAT_EXTRACT_RECOGNISE_H
#define MERCAT_EXTRACT_RECOGNISE_H

#include "extract/extract_private.h"

enum { RECOGNISE_PAGES = 20, RECOGNISE_OTHERS = 3 };

/* The pages of a PDF that have no text of their own. */
struct recognise_pages {
	size_t count; /* of all pages */
	size_t blank[RECOGNISE_PAGES],
		blank_count; /* by number, from 1; the first ones */
	size_t blank_all;
};

/* "eng+cym": what is installed, "" when the program is not; before the sandbox. */
void recognise_languages(char out[EXTRACT_LANGUAGES]);

/* text: pages that end with a form feed. What programs that scan stamp on a page is no text of
 * its own: their names, or the same few words on each page. */
void recognise_find_pages(const char *text, size_t len, struct recognise_pages *out);

/*
 * Adds to what was read of the file, which is out->text: the words below it, and what to say
 * of them. Without words, or where no program is installed, out stays as it is.
 */
bool recognise_pdf(struct extract *x, struct arena *arena,
		   const struct mail_attachment *file,
		   const struct recognise_pages *pages, struct extract_result *out,
		   struct err *err) MUST_USE;
bool recognise_picture(struct extract *x, struct arena *arena,
		       const struct mail_attachment *file, struct extract_result *out,
		       struct err *err) MUST_USE;

#endif
