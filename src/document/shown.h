/*
 * document shown - what a person sees of a mail that its plain text does not tell.
 *
 * The HTML of a mail as a document (document/model.h), when it has tables, boxes, fields,
 * or words struck out or stressed. What is quoted or forwarded in it is marked as quoted:
 * only blocks whose words stand, in their order, in the new text count as the writer's.
 *
 * Ownership  in the arena.
 */
#ifndef MERCAT_DOCUMENT_SHOWN_H
#define MERCAT_DOCUMENT_SHOWN_H

#include "base/arena.h"
#include "base/attr.h"

enum { SHOWN_TEXT_MOST = 32 << 10 };

struct shown {
	const char *packed; /* the document; NULL: it shows no more than its text */
	size_t packed_len;
	const char *text; /* of the HTML (text/markup/html.h) */
	bool text_cut;    /* at SHOWN_TEXT_MOST, or where a limit was hit */
};

/* Both of one parse. text_new: what is left when the quotes are cut; NULL: nothing. */
void shown_read(struct arena *arena, const char *html, const char *text_new,
		struct shown *out);

#endif
