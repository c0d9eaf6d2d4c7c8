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

/* text_new: what is left when the quotes are cut. out is NULL when there is no more. */
void shown_read(struct arena *arena, const char *html, const char *text_new,
		const char **out, size_t *out_len);

#endif
