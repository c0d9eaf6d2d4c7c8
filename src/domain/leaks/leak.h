/*
 * leak - whether something that is to be published says who somebody is, or what they said, who
 * has not allowed it.
 *
 * What is looked at is the finished thing, in pieces: the text of a page, each part of a file.
 * Looked for are the names, email addresses, telephone numbers, postcodes and postal addresses
 * of every respondent of the consultation who may not be named (who refused, who chose "without
 * name", who said nothing, whose form is in doubt, who refused in another response), and
 * PASSAGE_WORDS words in a row of any response that may not be published. Names come from forms,
 * signatures, From and what was typed in; the rest also from the words of responses.
 *
 * Some of what is found is no leak: a word that is somebody's surname too, the name of an
 * organisation that half the country speaks of. A person settles it with a reason, once: what is
 * settled stays so until the words around it change. It is on record who did.
 *
 *	leak_scan() -> each find: open -> settled -> open, when somebody takes that back
 *
 * For text that is made one response at a time there is leak_in_text().
 *
 * Units      lines count from 1.
 * Ownership  in the arena; pieces are borrowed.
 * Errors     ERR_INPUT    no reason was given, or nothing open has those words
 *            ERR_CONFLICT leak_none_open(): something is open, the sentence says what
 * Limits     LEAK_FINDS_MOST finds are told. Whom an erasure took out of the store, and who is
 *            named in nothing but a picture, is not known any more. Memory goes by what is
 *            scanned and by how many are looked for.
 */
#ifndef MERCAT_DOMAIN_LEAK_H
#define MERCAT_DOMAIN_LEAK_H

#include "domain/core/domain.h"
#include "leak/names.h"

enum { LEAK_FINDS_MOST = 2000, LEAK_REASON_MOST = 500, LEAK_SHOWN = 160 };

struct leak_piece {
	const char *
		name; /* of the file or the part of it: it is looked at too; NULL: none */
	const char *text;
	size_t len;
};
struct leak_pieces {
	struct leak_piece *list;
	size_t count;
};
void leak_piece_add(struct arena *arena, struct leak_pieces *to, const char *name,
		    const char *text, size_t len);

struct leak_find {
	enum leak_kind kind;
	const char *piece; /* its name, or NULL */
	int line;          /* 0: in the name of the piece */
	size_t at, len;    /* bytes of the piece, or of its name */
	bool unseen; /* in a tag, a comment or a name: no reader sees it on the page */
	const char *words, *around; /* as they stand there, each on one line */
	int64_t response_id;
	const char *reference; /* of the response; NULL: who asks may not see who wrote */
	const char *reason, *settled_by; /* NULL: it is open */
	int64_t settled_at;
	unsigned char mark[SECRET_SHA256_BYTES];
};
struct leak_found {
	struct leak_find *list;
	size_t count, open;
	bool more;    /* than LEAK_FINDS_MOST */
	size_t bytes; /* of memory that looking took */
};

/* Takes the right to read responses. */
bool leak_scan(struct operation *op, struct arena *arena, int64_t consultation_id,
	       const struct leak_pieces *pieces, struct leak_found *out,
	       struct err *err) MUST_USE;
bool leak_in_text(struct operation *op, struct arena *arena, int64_t consultation_id,
		  const char *text, struct leak_found *out, struct err *err) MUST_USE;
/* "the surname of a respondent who may not be named" */
const char *leak_kind_words(enum leak_kind kind) MUST_USE;
/* "line 12: "Quarry" is the surname of a respondent who may not be named (words-0012)" */
const char *leak_find_words(struct arena *arena, const struct leak_find *find) MUST_USE;
bool leak_none_open(struct arena *arena, const struct leak_found *found,
		    struct err *err) MUST_USE;

/* Every open find with these words, in any case of letters. reason NULL: takes back what was
 * settled. out: how many. Takes the right to decide what is published. */
struct leak_settling {
	int64_t consultation_id;
	const char *words, *reason;
};
bool leak_settle(struct operation *op, const struct leak_found *found,
		 const struct leak_settling *what, size_t *out, struct err *err) MUST_USE;

#endif
