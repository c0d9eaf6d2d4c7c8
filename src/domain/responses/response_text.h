/*
 * response text - what a reply says: the new text of its mail and the text of its files.
 *
 * Everything that is read out of a reply (form, answers, copies, campaigns) reads it
 * through here, so that a position in "part N" means the same everywhere.
 *
 * Units      part -1 is the mail, 0 and on are its attachments by position; behind them
 *            stands what may be seen of the mail that its text does not say.
 * Ownership  in the arena.
 */
#ifndef MERCAT_DOMAIN_RESPONSE_TEXT_H
#define MERCAT_DOMAIN_RESPONSE_TEXT_H

#include "domain/core/domain.h"
#include "document/model.h"
#include "store/apart.h"

struct ownform_filled; /* ownform/ownform.h */
struct frame_book;     /* text/letter/frame_book.h */

enum { TEXT_PART_MAIL = -1 };

struct text_part {
	int64_t position;
	const char *name; /* "mail", or the file's name */
	const char *text;
	/*
	 * The same places without what whoever passed it on says, and without what a program
	 * recognised on scanned pages: what the respondent says, as far as it is certain.
	 */
	const char *own;
	/* Within text: from there on it was recognised; NULL: nothing was. */
	const char *recognised;
	bool is_mail;       /* a mail that is attached */
	bool is_unread;     /* a document or an archive that no program could read */
	bool is_also;       /* no file: what may be seen of the mail beside its text */
	const char *sha256; /* of a file; NULL for the mail */
	/* What a person sees of it, where that is more than its text; else NULL. */
	const struct document *shown;
	uint64_t shown_hash; /* of its bytes */
	/*
	 * It is the form that a consultation offers, or NULL. own has then
	 * only what was filled in, and beside it.
	 */
	const struct ownform_filled *filled;
};

struct response_text {
	int64_t response_id, consultation_id, respondent_id, inbound_id;
	const char *reference; /* "cruelty-0147" */
	const char *message_id;
	const char *subject;
	/* As From has it, or the header of what is passed on; the address as it is compared. */
	const char *from_name, *from_key;
	const char *sent_as; /* the name in From with all that it says; NULL: none */
	const char *whole;   /* the mail with its quotes and signature */
	bool forwarded;      /* by somebody else, whose note is: */
	const char *note;    /* NULL: none */
	struct frame_book *letter; /* what was read of the frames of its parts */
	struct text_part
		*parts; /* the mail first; files that have no text are in it too */
	size_t count;
};

/* How much of it there is to read, in bytes. */
size_t response_text_bytes(const struct response_text *words) MUST_USE;
/* Adds all that is read in it, and not which response it is. */
void response_text_key(struct apart_key *key, const struct response_text *words);

bool response_text_load(struct operation *op, struct arena *arena, int64_t response_id,
			struct response_text *out, struct err *err) MUST_USE;

#endif
