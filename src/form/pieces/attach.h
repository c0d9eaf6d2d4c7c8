/*
 * form attach - which mark of a row belongs to which of its labels.
 *
 * Marks stand before their labels or behind them, and all of a row alike. Where both could
 * be meant, each label gets an unclear mark: whoever reads on knows nothing then.
 */
#ifndef MERCAT_FORM_ATTACH_H
#define MERCAT_FORM_ATTACH_H

#include "form/pieces/row.h"

/* A choice, or yes or no, with what was done to it. */
struct form_unit {
	const struct form_item *item;
	enum mark_sign sign;
	bool worded;  /* the sign is a yes or a no */
	bool slot;    /* a place for a mark is there, and empty */
	bool typed;   /* stands behind its heading's colon */
	bool sibling; /* beside it stands what nobody understands */
	const struct form_item
		*asking; /* the heading or choice that it answers, or NULL */
};

struct form_units {
	struct form_unit items[ROW_ITEMS];
	size_t count;
	const struct form_item *heading; /* the last one of the row, or NULL */
	const struct form_item *words;   /* other text behind a label's colon, or NULL */
	const struct form_item *words_of;
	bool lost;                   /* a mark is there that belongs to no known label */
	bool marks_alone;            /* marks and no label */
	bool listed;                 /* it names choices, with nothing behind them */
	enum mark_sign heading_sign; /* of a mark beside a heading without choices */
};

void form_attach(const struct form_row *row, struct form_units *out);

#endif
