/*
 * form label - what a short piece of a form says: a heading, a choice, yes or no.
 *
 * A choice carries the interval that it stands for (form/pieces/scale.h). Where a word of it
 * is not known, or turns the sense in a way that is not understood, it is a choice that grants
 * nothing, and whoever ticks it says something doubtful.
 *
 * Limits     a piece of more than LABEL_WORDS words is no label.
 */
#ifndef MERCAT_FORM_LABEL_H
#define MERCAT_FORM_LABEL_H

#include "doubts/lexicon.h"
#include "form/pieces/scale.h"

enum { LABEL_WORDS = 30 };

enum label_kind {
	LABEL_NONE,
	LABEL_HEADING, /* asks for a field; yes and no may answer it */
	LABEL_CHOICE,
	LABEL_YES,
	LABEL_NO,
	LABEL_NEITHER, /* n/a, ?, don't know */
	LABEL_HINT     /* "delete as appropriate": says how to fill in */
};

struct label {
	enum label_kind kind;
	enum form_field field;
	bool doubtful; /* a choice or an answer that is not understood */
	struct form_bound bound;
	/* Of a heading or choice: what yes and no behind it mean. */
	struct form_bound yes, no;
	bool yes_known, no_known;
	bool own_voice; /* says I, my or please: a person may have written it as it is */
	bool asks;      /* ended with a question mark */
};

/*
 * under: the field of the heading that it stands under, or FORM_FIELDS. Short answers
 * ("with name", "not at all") mean something only there.
 */
void label_read(const char *text, size_t len, enum form_field under, struct label *out);

/*
 * A row is cut in many ways, and the same piece comes up in most of them. Each is read once:
 * keyed by where it stands, so the text must stay as it is for as long as the memo.
 */
enum { LABEL_MEMO = 64 };

struct label_memo {
	struct {
		const char *text; /* NULL: nothing yet */
		size_t len;
		enum form_field under;
		struct label label;
	} items[LABEL_MEMO];
};

/* label_read(), or what it said of this piece before. */
void label_recall(struct label_memo *memo, const char *text, size_t len,
		  enum form_field under, struct label *out);

/* Text without its hints in brackets, "(delete as appropriate)", "(yes or no)". */
void label_without_hints(const char *text, size_t len, char *to, size_t room);

#endif
