/*
 * form_line - one line of a form as a row of boxes, labels and yes or no.
 *
 * Ownership  words live in the line itself, at most FORM_ITEMS_MOST of them.
 */
#ifndef MERCAT_TEXT_FORM_LINE_H
#define MERCAT_TEXT_FORM_LINE_H

#include "text/letter/respondent_form.h"

enum { FORM_ITEMS_MOST = 24, FORM_WORDS_ROOM = 400 };

enum form_item_kind { FORM_BOX, FORM_TEXT, FORM_YES, FORM_NO };

struct form_item {
	enum form_item_kind kind;
	bool ticked;                 /* of a box */
	bool question;               /* the text ended with ? */
	bool like_label;             /* has a word that all labels have one of */
	char words[FORM_WORDS_ROOM]; /* " lower case words between single blanks " */
	size_t word_count;
};

struct form_line {
	struct form_item items[FORM_ITEMS_MOST];
	size_t count, boxes;
	bool only_boxes;
};

void form_line_read(const char *line, size_t len, struct form_line *out);
/* False: a text of it is no label, as in most lines; it is not read on. */
bool form_line_labels(const char *line, size_t len, struct form_line *out) MUST_USE;

/* Whether the form has boxes to tick. */
enum form_boxes { FORM_WITHOUT_BOXES, FORM_WITH_BOXES };
/*
 * What a text of a line says: its field, and the value that it stands for, or NULL when
 * it only names the field. False when it is about none of them. With a box beside it a
 * label may say more than without one.
 */
bool form_label_read(const struct form_item *text, enum form_boxes boxes,
		     enum form_field *out_field, const char **out_value);

#endif
