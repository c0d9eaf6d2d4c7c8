/*
 * form row - a document as rows of marks, labels and other text, the way a form is read.
 *
 * A row is one line, or one row of a table. Lines that a mail program or a narrow column
 * wrapped are put together again; a line that is longer than ROW_TEXT becomes several rows,
 * parted behind a sentence where there is one.
 *
 * Ownership  in the arena.
 */
#ifndef MERCAT_FORM_ROW_H
#define MERCAT_FORM_ROW_H

#include "document/model.h"
#include "form/pieces/label.h"
#include "form/pieces/mark.h"

enum { ROW_ITEMS = 40, ROW_TEXT = 2000 };

enum item_kind {
	ITEM_MARK,
	ITEM_TEXT, /* what label says, or other text (LABEL_NONE) */
	ITEM_LEAD, /* a colon, an equals sign, a dash, dots: what follows belongs to it */
	ITEM_GAP,  /* the next cell */
	ITEM_BLANK /* a cell with nothing in it */
};

/* How the words of a text look, when all of them do. */
enum item_look { LOOK_STRUCK = 1, LOOK_PARTLY_STRUCK = 2, LOOK_STRESSED = 4 };

struct form_item {
	enum item_kind kind;
	enum mark_sign sign;
	unsigned look;
	unsigned column; /* of a table */
	size_t from, to; /* in the text of the row */
	struct label label;
};

struct form_row {
	struct form_item *items;
	size_t count;
	const char *text;     /* flattened: cells parted by a tab */
	const unsigned *look; /* document marks of each byte */
	size_t len, line, last_line;
	unsigned table, number, quote;
	bool blank, rule, list, aside;
	bool goes_on; /* with the line or the sentence of the row before, and has no mark */
	bool cut;     /* its last sentence goes on in the next row */
	bool full;    /* it has more than had room */
	bool lost;    /* a mark or a label had none */
};

struct form_rows {
	struct form_row *items;
	size_t count;
	bool cut; /* not all of it was looked at */
};

void form_rows_read(struct arena *arena, const struct document *doc,
		    struct form_rows *out);

/* Anything in it that a form has: a mark, a choice, a heading, yes or no? */
bool form_row_is_form(const struct form_row *row) MUST_USE;

#endif
