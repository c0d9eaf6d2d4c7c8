/*
 * form_made - makes forms from parts, as the generator of test_form_made wants them.
 *
 * A form is made as rows of cells of pieces, which a carrier then writes as plain text,
 * HTML, docx or odt. What was chosen in it is known, so that what is read can be judged.
 */
#ifndef MERCAT_TESTS_FORM_MADE_H
#define MERCAT_TESTS_FORM_MADE_H

#include "base/arena.h"
#include "base/buf.h"
#include "form/reading/form.h"

enum { MADE_LAYOUTS = 14, MADE_STYLES = 26, MADE_CARRIERS = 6, MADE_LANGUAGES = 5 };
enum { MADE_ROWS = 120, MADE_CELLS = 5, MADE_PIECES = 6 };

enum made_carrier {
	MADE_PLAIN,
	MADE_FLOWED,
	MADE_HTML_TABLE,
	MADE_HTML_LIST,
	MADE_DOCX,
	MADE_ODT
};

enum made_look {
	MADE_NO_LOOK,
	MADE_STRUCK,
	MADE_STRESSED,
	MADE_BOX_EMPTY,
	MADE_BOX_TICKED
};

struct made_piece {
	const char *text;
	enum made_look look;
};

struct made_row {
	struct made_piece pieces[MADE_CELLS][MADE_PIECES];
	size_t cells, counts[MADE_CELLS];
	bool quoted;
};

struct made {
	struct made_row rows[MADE_ROWS];
	size_t count;
	/* What was done: 0 and on one choice, MADE_NOTHING, MADE_TWO. */
	int chosen[FORM_FIELDS];
	unsigned layout, style, language;
	enum made_carrier carrier;
	const char *covering; /* what the mail of a file says; NULL: "My form." */
	uint64_t random;
	struct arena *arena;
};

enum { MADE_NOTHING = -1, MADE_TWO = -2 };

unsigned made_roll(struct made *m, unsigned sides);
void made_form(struct made *m);

/* The whole mail, ready to be read; of docx and odt the file is attached. */
void made_mail(struct made *m, struct buf *out);
void made_quoted_printable(struct buf *to, const char *text);

/*
 * What a raw mail says in all its parts together, the same way as the program takes it; its
 * texts go behind seen, for reports.
 */
void made_read(struct arena *arena, const struct buf *raw, struct form *all,
	       struct buf *seen);

#endif
