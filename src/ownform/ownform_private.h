/*
 * ownform private - the items of a form, which its writers and its reader share.
 */
#ifndef MERCAT_OWNFORM_OWNFORM_PRIVATE_H
#define MERCAT_OWNFORM_OWNFORM_PRIVATE_H

#include "base/codec/stored_zip.h"
#include "ownform/ownform.h"

enum own_kind {
	OWN_TITLE,
	OWN_FACT,      /* a line of its own: closing date, address */
	OWN_HINT,      /* a paragraph that says what to do */
	OWN_REFERENCE, /* "Form reference:" and the reference */
	OWN_HEADING,
	OWN_FIELD,    /* a label, and one line to be typed */
	OWN_CHOICE,   /* a label, and options */
	OWN_QUESTION, /* "Question 2 of 7", its text, its options if it has any */
	OWN_ANSWER,   /* a label, and room for as much as one likes */
	OWN_END
};

struct own_item {
	enum own_kind kind;
	const char *words; /* that the item begins with */
	const char *more; /* of a question: its text; of a reference: itself; else NULL */
	const char *hint; /* "(choose one)", or NULL */
	struct choice_asked choice;
	const char *tag; /* how the field is named in a document: "q2", "permission" */
	size_t number;   /* of the question, from 1; else 0 */
};

/* How much of it: for a link, the words of the questions or all of them may be left out. */
struct own_layout {
	struct own_item *items;
	size_t count;
};
void own_layout(struct arena *arena, const struct ownform *form, enum ownform_link how,
		struct own_layout *out);

/* The fields of who responds, in their order in the layout. */
enum own_detail {
	OWN_NAME,
	OWN_ORGANISATION,
	OWN_EMAIL,
	OWN_TYPE,
	OWN_PERMISSION,
	OWN_CONTACT,
	OWN_DETAILS
};

/* What stands in an empty field until somebody types there. */
extern const char own_prompt_line[], own_prompt_answer[];

extern const char own_end[];       /* of OWN_END */
extern const char own_link_hint[]; /* what a form in a link says above its reference */

/* "<", "&" and the like escaped for XML; what XML cannot hold becomes U+FFFD. */
void own_xml(struct buf *to, const char *text);

/*
 * Words compared as a person would: without blanks of any kind, whatever the case of ASCII
 * letters and the shape of quotation marks and dashes. The place behind them; NULL: they
 * do not stand there.
 */
const char *own_match(const char *at, const char *end, const char *words) MUST_USE;

/* Bytes of a text. */
struct own_span {
	size_t from, to;
};

/* The first letter that is seen from there on, or to. */
size_t own_seen(const char *text, size_t at, size_t to) MUST_USE;

/* The first line within that begins with these words, or has no others: from its begin on. */
enum own_line_kind { OWN_BEGINS, OWN_ALL_OF_IT };
bool own_line(const char *text, struct own_span within, const char *words,
	      enum own_line_kind kind, struct own_span *out) MUST_USE;

/* The options of an item, in their order, each on a line of its own behind its box. */
struct own_picked {
	uint32_t chosen; /* 0 with any: unclear */
	bool any;
	struct own_span at; /* from the first mark to the end of the last marked option */
	size_t left;        /* where other words begin that stand there, or the end */
};
void own_pick(const char *text, struct own_span within, const struct own_item *item,
	      struct own_picked *out);

/* What was typed there, without what stands in the field until somebody types. */
struct own_span own_typed(const char *text, struct own_span at,
			  const char *prompt) MUST_USE;

/* What each byte of the text is. */
enum own_class { OUTSIDE, OF_FORM, DETAIL, ANSWER };

struct own_form_text {
	struct arena *arena;
	const struct ownform *form;
	struct own_layout layout;
	const char *text;
	size_t len;
	unsigned char *classes;
	struct own_span reference, questions; /* questions: all behind who responds */
	struct own_span detail_at[OWN_DETAILS];
	struct own_picked picked[OWN_DETAILS];
	struct ownform_filled *out;
};

/* For the files that read one. */
void own_set(struct own_form_text *t, struct own_span at, enum own_class is);
const struct own_item *own_item_of(const struct own_form_text *t, enum own_kind kind,
				   size_t number) MUST_USE;
struct own_span own_from_here(const struct own_form_text *t, size_t at) MUST_USE;
/* Between the reference and end; false: one of the labels is gone. */
bool own_details_read(struct own_form_text *t, size_t end) MUST_USE;
/* What they say, into the readings. */
void own_details_take(struct own_form_text *t);
/* False: a question is gone, or there twice. */
bool own_answers_read(struct own_form_text *t) MUST_USE;

#endif
