/*
 * office shape - an office document as a person sees it (document/model.h), built while its
 * text is read: tables, what was ticked, typed and chosen, what was struck out or inserted.
 *
 * The walkers of Word (office/word_file.c) and OpenDocument (office/odf.c) tell what they
 * meet. A content control, a legacy field or a control of a form becomes a box or a field:
 * what stands in it is gathered and is its value. One that only shows what to type there,
 * or a list that nobody touched, has none; a box whose sign says another thing than its
 * state is unclear.
 *
 * Ownership  doc is the caller's; a shape lives as long as one part of a file is read.
 * Errors     none: what is in no order leaves a box or field out.
 * Source     ECMA-376 part 1, 17.3, 17.5.2, 17.13.5, 17.16.5; [MS-DOCX] 2.6 (w14:checkbox);
 *            ODF 1.3 part 3, 7.7, 13, 20.
 */
#ifndef MERCAT_OFFICE_SHAPE_H
#define MERCAT_OFFICE_SHAPE_H

#include "base/attr.h"
#include "document/model.h"
#include "office/xml.h"

enum { SHAPE_TEXT = 4000, SHAPE_NAME = 300, SHAPE_OPTIONS = 50, SHAPE_LOOKS = 32 };

/* A box or field while it is read. */
struct shape_control {
	enum { SHAPE_NO_CONTROL, SHAPE_BOX, SHAPE_FIELD, SHAPE_LIST } kind;
	bool ticked, prompts; /* what stands in it is only a hint */
	char name[SHAPE_NAME], label[SHAPE_NAME];
	const char *options[SHAPE_OPTIONS];
	size_t option_count;
	long chosen; /* of options, from 0; below 0: none */
};

struct named_styles; /* office/named_styles.h */

struct office_shape {
	struct document *doc;                    /* NULL: none is wanted */
	const struct named_styles *named_styles; /* NULL: none are known */
	bool aside;                              /* a comment, a footnote, a header */
	bool elsewhere; /* out: it shows another file, kept within it or beside it */
	/* The rest begins as zeroes and is the walker's. */
	unsigned marks, inserted, deleted;
	unsigned paragraph;                 /* marks of all words of it */
	unsigned outer[SHAPE_LOOKS], looks; /* of the words around these */
	bool in_look, in_about, in_legacy, cell_due;
	bool in_row, table_doubts, row_doubts,
		cell_doubts;  /* of the place that words stand in */
	unsigned span, inner; /* controls within the one that is gathered */
	struct shape_control control, legacy;
	bool gathers, legacy_gathers;
	char value[SHAPE_TEXT];
	size_t value_len;
	struct shape_style *styles; /* of OpenDocument */
	size_t style_count;
	struct shape_entry *forms; /* its controls, before they are placed */
	size_t form_count;
};

/* For both walkers. */
void shape_words(struct office_shape *s, const char *text, size_t len);
void shape_break(struct office_shape *s);
void shape_paragraph(struct office_shape *s);
void shape_end_paragraph(struct office_shape *s);
void shape_gather(struct office_shape *s); /* what comes next is a value */
/* Ends that, and puts the box or field here. */
void shape_put(struct office_shape *s, const struct shape_control *control);
void shape_option(struct office_shape *s, struct shape_control *c, const char *text);

/* An element of Word begins or ends. */
void shape_word_begins(struct office_shape *s, const struct office_walk *w,
		       const char *name);
/* Its paragraph has this style. */
void shape_word_paragraph(struct office_shape *s, const char *style);
void shape_word_ends(struct office_shape *s, const char *name);
/* One of OpenDocument. */
void shape_odf_begins(struct office_shape *s, const struct office_walk *w,
		      const char *name);
void shape_odf_ends(struct office_shape *s, const char *name);

#endif
