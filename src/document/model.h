/*
 * document model - what a person sees of a text, with what they filled in: blocks in reading
 * order, made of runs. One model for plain text, HTML, docx, odt, rtf, PDF and xlsx.
 *
 * A block is a paragraph, a heading, an item of a list, or a piece of a table's cell. Its
 * runs are stretches of text that look alike, boxes, form fields and line breaks. Where a
 * block stands in a table is told by table, row and column, counted by the builders below:
 * a cell that holds three paragraphs is three blocks of one place, and a cell with nothing
 * in it is one block without runs, for an empty cell says something in a form.
 *
 * What builders hand in:
 *   boxes     only what the file itself keeps as a box (a checkbox or radio button of HTML,
 *             a content control, a legacy field, an AcroForm button). Letters that look
 *             like boxes ("[x]", U+2612) stay text; symbols of a font (Wingdings) are
 *             handed in as the U+2610, U+2611, U+2612 ... that they show.
 *   fields    whatever has a value that a person typed or chose: text fields, drop-downs,
 *             content controls. A placeholder ("Click here to enter text") is no value.
 *   marks     how the text looks. Text that a change tracked as deleted is DOCUMENT_STRUCK,
 *             moved text counts where it went. Hidden text is left out; what may be hidden
 *             or struck out, for all that can be told, is DOCUMENT_DOUBTED.
 *   aside     a comment, footnote, header or footer: DOCUMENT_ASIDE, at the end.
 *   quote     depth of quotation: blockquote, or ">" before a line.
 *
 * Units      text is UTF-8; lines count from 1 in what document_text_of() prints.
 * Ownership  everything hangs in the arena of document_new(); texts are copied.
 * Errors     none: what passes a limit is left out and document.cut is set.
 * Limits     DOCUMENT_BLOCKS blocks, DOCUMENT_RUNS runs, DOCUMENT_TEXT bytes of text,
 *            DOCUMENT_TABLES tables in one another.
 */
#ifndef MERCAT_DOCUMENT_MODEL_H
#define MERCAT_DOCUMENT_MODEL_H

#include "base/arena.h"
#include "base/attr.h"
#include "base/buf.h"

enum {
	DOCUMENT_BLOCKS = 200000,
	DOCUMENT_RUNS = 500000,
	DOCUMENT_TEXT = 4 << 20,
	DOCUMENT_TABLES = 32,
	DOCUMENT_OPTIONS = 200
};

enum document_block_kind {
	DOCUMENT_PARAGRAPH,
	DOCUMENT_HEADING,
	DOCUMENT_ITEM, /* of a list */
	DOCUMENT_RULE, /* a line across; no runs */
	DOCUMENT_ASIDE
};

enum document_run_kind {
	DOCUMENT_WORDS, /* text with marks; no line ends in it */
	DOCUMENT_BREAK, /* a line ends here within the block */
	DOCUMENT_BOX,
	DOCUMENT_FIELD
};

/* How words look; they can be several at once. */
enum document_mark {
	DOCUMENT_STRUCK = 1,
	DOCUMENT_INSERTED = 2,
	DOCUMENT_UNDERLINED = 4,
	DOCUMENT_BOLD = 8,
	DOCUMENT_ITALIC = 16,
	DOCUMENT_HIGHLIGHTED = 32,
	DOCUMENT_FRAMED = 64, /* a border around the words, as a circle drawn by hand */
	DOCUMENT_LINKED = 128,
	DOCUMENT_DOUBTED = 256, /* perhaps struck out or hidden: nobody can tell */
	DOCUMENT_MARKS_ALL = 511
};

enum document_box_state { DOCUMENT_EMPTY, DOCUMENT_TICKED, DOCUMENT_UNCLEAR };

/* A box or a field. What is not known is NULL or 0. */
struct document_entry {
	const char *name;  /* of the file's own, "pub_name"; radio buttons share one */
	const char *label; /* what a person is told: alt text, TU, title */
	const char *value; /* what was typed or chosen; of a box what it stands for */
	const char **options;
	size_t option_count;
	enum document_box_state state; /* of a box */
};

struct document_run {
	enum document_run_kind kind;
	unsigned marks;
	const char *words; /* of DOCUMENT_WORDS; never NULL there */
	const struct document_entry *entry;
};

struct document_block {
	enum document_block_kind kind;
	unsigned level;       /* of a heading or list, from 1 */
	unsigned quote;       /* 0: the writer's own */
	unsigned table;       /* 0: in none, else counted through the document */
	unsigned row, column; /* from 1 */
	size_t line;          /* where it begins */
	struct document_run *runs;
	size_t count;
};

struct document {
	struct arena *arena;
	struct document_block *blocks;
	size_t count;
	bool cut;     /* a limit was passed: it is not all here */
	bool telling; /* it has boxes, fields, tables, or words struck out or marked */
	struct document_builder *builder;
};

struct document *document_new(struct arena *arena) MUST_USE;

/*
 * Building, in reading order. A block begins and ends the one before; text without one
 * gets a paragraph. Tables may stand in cells.
 */
void document_block(struct document *d, enum document_block_kind kind, unsigned level);
void document_end_block(struct document *d); /* what comes next is a block of its own */
void document_table(struct document *d);
void document_row(struct document *d);
void document_cell(struct document *d, unsigned span); /* columns that it covers, 1 */
void document_end_table(struct document *d);
void document_quote(struct document *d, int deeper); /* +1 and -1 */
/* A line end in text is a break; other blanks stay as they are. */
void document_words(struct document *d, const char *text, size_t len, unsigned marks);
void document_break(struct document *d);
void document_box(struct document *d, const struct document_entry *box);
void document_field(struct document *d, const struct document_entry *field);

/*
 * The blocks of another document below those that are here; its tables stay its own. They
 * are shared: both live as long as the arena of either.
 */
void document_append(struct document *d, const struct document *more);

/* Builders of whole documents; those of files are in extract. */
void document_from_plain(struct document *d, const char *text);
/* UTF-8. What is seen follows text/markup/html.h; deeper than 400 elements it is cut. */
void document_from_html(struct document *d, const char *html, size_t len);
/* The same where others listen to the parse, too: html_parse() is told of the listener between
 * the two. left: bytes that it did not read. */
struct html_listener;
void document_html_begin(struct document *d, const char *html, size_t len,
			 struct html_listener *out);
void document_html_end(struct document *d, const struct html_listener *listener,
		       size_t left);

/*
 * As plain text for people and the search: a line a block, cells parted by a tab, boxes as
 * [x] and [ ], fields as their value, words struck out between ~~ and ~~. It gives each
 * block its line.
 */
void document_text_of(struct document *d, struct buf *to);

/* Between processes, and in the store. False for bytes that are no document. */
void document_pack(const struct document *d, struct buf *to);
bool document_unpack(struct arena *arena, const void *bytes, size_t len,
		     struct document **out) MUST_USE;

#endif
