/*
 * ownform - the form that a consultation offers to whoever responds, and reading it back.
 *
 * One list of items (title, what to do, who responds, each question with its options, room
 * for each answer) is written as a Word document, as an OpenDocument text and as plain text
 * for a mail; the same list is what a form that comes back is read by. Each item begins
 * with words that stand at the beginning of a line, so that every carrier is read in the same
 * way: from one such line to the next, whatever a mail program did to blanks, quotation
 * marks and the ends of lines.
 *
 * What comes back is read as it was filled in or not at all. Of a question that takes one
 * option, exactly one must be marked, and nothing else may stand among its options; else it is
 * unclear. Left blank is not known. When a line that the form has is gone, or stands
 * there twice, that half of the form (who responds; the answers) is not read here, and whoever
 * reads letters may do so.
 *
 * The reference in the form names the consultation and what it asks (ownform_reference()): when
 * questions or options were changed since, or it is another consultation's form, the
 * answers are not read; who responds still is. Dates, title and address may change.
 *
 * Units      places are characters of the text that was read, from 0; to is the first one
 *            after. Options count from 1, as bit 0.
 * Ownership  in the arena; texts of a form are borrowed from its maker.
 * Errors     none: a text that is no form gives OWNFORM_NONE.
 * Source     ECMA-376 part 1, 17.5.2 (w:sdt) and [MS-DOCX] 2.6 (w14:checkbox); ODF 1.3 part 3,
 *            7.7.4 (text:placeholder) and LibreOffice's loext:content-control; ODF 1.3
 *            part 2, 2 (package); RFC 6068 (mailto).
 * Limits     the words of the form are English. A name longer than FORM_VALUE_MOST is none.
 */
#ifndef MERCAT_OWNFORM_OWNFORM_H
#define MERCAT_OWNFORM_OWNFORM_H

#include "document/model.h"
#include "form/reading/form.h"
#include "text/answer/answers.h"

enum {
	OWNFORM_REFERENCE = 160,
	OWNFORM_BYTES = 4 << 20,   /* of a written form; it is cut, and so is buf_cut() */
	OWNFORM_MAILTO_MOST = 2000 /* characters: browsers on Windows hand on no more */
};

#define OWNFORM_DOCX_TYPE \
	"application/vnd.openxmlformats-officedocument.wordprocessingml.document"
#define OWNFORM_ODT_TYPE "application/vnd.oasis.opendocument.text"

/* What a form is made from. */
struct ownform {
	const char *name, *title, *address;
	const char *closes; /* "the end of Friday 8 December 2017 (Europe/London)" */
	const struct answer_question *questions;
	size_t count;
};

/* "safe-places-3f9a2b1c4d5e6f70": the consultation, and a hash of what it asks. */
void ownform_reference(const struct ownform *form, char out[OWNFORM_REFERENCE]);

/* to is empty. Lines end with LF and are at most 72 characters, unless a word is longer. */
void ownform_write_text(struct arena *arena, const struct ownform *form, struct buf *to);
void ownform_write_docx(struct arena *arena, const struct ownform *form, struct buf *to);
void ownform_write_odt(struct arena *arena, const struct ownform *form, struct buf *to);
/*
 * A link that opens a mail with the text in it: the whole form where it is short enough for a
 * link, else without the words of the questions, else without the questions. Empty
 * when even that is too long.
 */
enum ownform_link { OWNFORM_WHOLE, OWNFORM_SHORTER, OWNFORM_SHORTEST };
enum ownform_link ownform_write_mailto(struct arena *arena, const struct ownform *form,
				       struct buf *to);

enum ownform_state {
	OWNFORM_NONE,    /* there is no form in it, or nobody can say which */
	OWNFORM_CURRENT, /* of this consultation as it asks now */
	OWNFORM_OLDER,   /* of this consultation, with other questions or options */
	OWNFORM_FOREIGN  /* of another one */
};

struct ownform_filled {
	enum ownform_state state;
	/* Who responds was read: name, organisation, permission ...; place: of the reference. */
	bool has_details;
	struct form *details;
	const char *email; /* NULL: left blank */
	size_t place;
	/* The answers were read, of OWNFORM_CURRENT alone. */
	bool has_answers;
	struct ownform_answer {
		size_t from, to; /* from == to: left blank */
		bool any;        /* something was chosen, or marked and is unclear */
		uint32_t chosen; /* 0 with any: unclear */
		size_t choice_from, choice_to;
	} * answers; /* one for each question */
	/*
	 * The text, a letter for a letter, with blanks for what the form itself says; with
	 * blanks for who responds and what was chosen, too; and for the answers, too, so
	 * that only words in no field are left. typed: what was typed in the fields of who
	 * responds, and nothing else.
	 */
	const char *own, *said, *rest, *typed;
};

/* Is this line the last one of a form? What stands above it is no signature. */
bool ownform_ends(const char *line, size_t len) MUST_USE;
/* Cheaply: false for most texts that are none. */
bool ownform_may_be(const char *text) MUST_USE;
/* shown: what a person sees of the same text, or NULL; what is struck out there counts. */
void ownform_read(struct arena *arena, const struct ownform *form, const char *text,
		  const struct document *shown, struct ownform_filled *out);

#endif
