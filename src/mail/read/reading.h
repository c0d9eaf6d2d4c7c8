/*
 * mail reading - what the pieces of mail_read() share among themselves.
 *
 * read.c walks the tree of parts, part.c takes one part for text or attachment, read_header.c
 * reads the header, reading_text.c puts together what several texts say. Nobody else includes
 * this.
 *
 * Ownership  everything lives in the arena of the reading, but for the buffers, which
 *            mail_reading_take_text() gives back.
 */
#ifndef MERCAT_MAIL_READING_H
#define MERCAT_MAIL_READING_H

#include "base/arena.h"
#include "base/buf.h"
#include "mail/fields/message.h"

#include <gmime/gmime.h>

enum {
	READING_DEPTH = 100,    /* of parts in parts */
	READING_NESTED = 20,    /* of mails in mails */
	READING_TEXT = 4 << 20, /* of each text */
	READING_NESTED_BYTES = 64
			       << 20, /* of all mails in mails, so copies stay bounded */
	READING_RETURNED = 64 << 10,
	READING_FILES = 2000 /* of one mail, however they came in it */
};

struct part;

/* The work on one mail, the outermost or one that is attached. */
struct reading {
	struct arena *arena;
	struct mail_message *out; /* attachments and reports go here: the outermost */
	char *bytes;              /* prepared; parts are decoded in place */
	size_t len;
	const char *charset; /* hint for bare 8-bit headers */
	struct buf text, html;
	struct buf loose; /* words where few programs look for any */
	/* Goes into a mail that is a part: its text is that attachment's, its files are listed. */
	void (*enter)(struct reading *r, const struct part *p, size_t attachment);
	int depth, nested;
	size_t leaves;                     /* seen so far */
	size_t *budget;                    /* bytes left for mails in mails */
	struct mail_address attached_from; /* who wrote the last mail that is attached */
	size_t attached;                   /* how many are */
	bool html_is_text;                 /* the HTML at hand has no plain twin */
};

struct part {
	const char *type, *charset, *name, *disposition, *content_id;
	const char *raw_type; /* the whole Content-Type, for its parameters */
	char *bytes;
	size_t len;
	const char *loose; /* words around what is encoded, or NULL */
};

void mail_reading_limit(struct reading *r, const char *which);
/* Words that stand where few programs look: kept, and told apart. */
void mail_reading_loose(struct reading *r, const char *text, size_t len);
/* Something of the mail is not in what was read of it. */
void mail_reading_unsure(struct reading *r);
/* The raw value of a field, or NULL. */
const char *mail_reading_field(GMimeObject *o, const char *name);
bool mail_reading_blank(const char *text, size_t len);
/* The buffer's text, into the arena; NULL when it is blank. */
const char *mail_reading_take_text(struct reading *r, struct buf *b);
/* "text/plain", with what GMime knows where the field says nothing. */
const char *mail_reading_type(struct reading *r, GMimeObject *o, const char *raw);
/* The words of HTML, each where a reader sees it. */
const char *mail_reading_layout(struct reading *r, const char *html);
/* The text of what is attached, with all that its html and what is loose say beyond it, below;
 * each may be NULL. */
const char *mail_reading_all(struct reading *r, const char *text, const char *html,
			     const char *loose);
void mail_reading_leaf(struct reading *r, GMimeObject *o);
void mail_reading_header(struct reading *r, GMimeObject *mail);
/* What bare 8-bit headers and nameless texts are in, as far as the mail tells. */
const char *mail_reading_charset(struct reading *r, GMimeObject *mail, GMimeObject *top);

#endif
