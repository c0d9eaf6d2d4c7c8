/*
 * coding - codes put on passages of a reply, or on a reply as a whole.
 *
 * A coding is a code on part + from..to, by a person, a rule or a machine. Codings of
 * different codes overlap freely. Of the same code: what is covered already by anybody
 * changes nothing; what overlaps one's own widens it (the old ones are ended and name
 * the new one); another person's that overlaps stays beside it. A coding is ended,
 * never deleted. Blanks at the ends of a passage are taken off.
 *
 * When a reply is read anew (a better parser, the text of a file) each passage is looked
 * for by its words (text/answer/passage.h). Where it stands it is left; where the same words
 * stand exactly once more in the same part, or else in the others, it is placed there
 * and says so ("re-anchored"); otherwise it is "needs re-anchoring": it still counts for its reply
 * and waits for a person to place or end it. Each such step is kept in coding_place.
 *
 * Who codes a reply blindly (domain/coding/sample.h) sees nobody's codings of it here, nor
 * suggestions, nor quotes, until done; what they put has an id below 0 and is no
 * change of the frame: undo_last() takes it back.
 *
 * Units      characters of the part's text, as in domain/responses/response_answer.h: part
 *            TEXT_PART_MAIL is the mail's new text, else a file's position; to is the
 *            first one after.
 * Errors     ERR_INPUT a passage that is not inside the text or blank; ERR_CONFLICT the
 *            code is of another consultation, retired or merged, or the coding has
 *            ended; ERR_ABSENT
 */
#ifndef MERCAT_DOMAIN_CODING_H
#define MERCAT_DOMAIN_CODING_H

#include "domain/coding/codeframe.h"
#include "domain/responses/response_text.h"
#include "text/words/segment.h"

struct coded_passage {
	bool whole; /* the reply as a whole; the rest says nothing then */
	int64_t part, from, to;
};

struct coding_new {
	const char *reference;
	int64_t code_id;
	const char *name;                  /* of coding_put_all() */
	const struct coded_passage *where; /* one, or of coding_put_all() count of them */
	size_t count;
};
/* out_change 0: it was covered already. */
bool coding_put(struct operation *op, const struct coding_new *coding,
		int64_t *out_coding, int64_t *out_change, struct err *err) MUST_USE;
/* Several passages as one act that is taken back as one. name: a code that is made for
 * them, when code_id is 0. out_new: how many were not covered already. */
bool coding_put_all(struct operation *op, const struct coding_new *codings,
		    size_t *out_new, struct err *err) MUST_USE;
bool coding_end(struct operation *op, int64_t coding_id, int64_t *out_change,
		struct err *err) MUST_USE;
/* A person says where it stands (a lost one, or other ends); another code is another
 * coding. */
bool coding_place(struct operation *op, int64_t coding_id,
		  const struct coded_passage *where, int64_t *out_change,
		  struct err *err) MUST_USE;

struct coding {
	int64_t id;            /* 0: a suggestion */
	int64_t suggestion_id; /* 0: a coding */
	int64_t code_id, at;
	const char *code, *colour;
	struct coded_passage where;
	const char *by_what;         /* "person", "rule", "machine" */
	const char *staff, *because; /* who; what the rule or machine says */
	const char *placed;          /* "set", "re-anchored", "needs re-anchoring" */
	bool blind;                  /* one's own second coding: domain/coding/sample.h */
};

/*
 * What holds on one reply, and what is suggested: by part (whole reply first), then
 * place, the longer one first. For one who codes it blindly: only their own. A page
 * that shows a reply asks here and nowhere else.
 */
bool coding_list(struct operation *op, struct arena *arena, int64_t response_id,
		 struct coding **out, size_t *out_count, struct err *err) MUST_USE;
/* One part of a response, and what is coded in it. */
struct coded_part {
	const struct coding *codings;
	size_t count;
	int64_t part, chars; /* which, and how long it is */
};
/* Its pieces: covers are indexes into codings. */
void coding_segments(struct arena *arena, const struct coded_part *of,
		     struct segment **out, size_t *out_count);

struct coded_quote {
	int64_t coding_id, response_id, number, at;
	const char *reference, *code, *staff, *by_what, *placed;
	int64_t question; /* the one it stands in most; 0: general or the whole reply */
	const char *asked;
	struct coded_passage where;
	const char *part; /* "mail", or the file's name */
	const char *text; /* "" when lost or of the whole reply */
	const char *type, *permission;
	bool recognised; /* some of it was recognised on a scanned page: compare it first */
	bool may_publish; /* the respondent allows its publication, with or without name */
	const char *named; /* an organisation that allows it; NULL: nobody is named */
};

struct coded_quote_filter {
	int64_t code_id;
	bool below;       /* codings of the codes below it, too */
	int64_t question; /* 0: all; else quotes that stand in that question */
	bool publishable;
	int64_t after_response, after_coding; /* the last one of the page before; 0, 0 */
	size_t most;
};

struct coded_quotes {
	struct coded_quote *list;
	size_t count;
	bool more; /* there are further ones */
};
/* By number of the reply, then as they were put. */
bool coded_quotes_load(struct operation *op, struct arena *arena,
		       const struct coded_quote_filter *filter, struct coded_quotes *out,
		       struct err *err) MUST_USE;

/* Lost and found again ones of a consultation, for a person to look at. */
bool codings_unanchored(struct operation *op, struct arena *arena,
			const char *consultation, struct coded_quote **out,
			size_t *out_count, struct err *err) MUST_USE;

/* Called when a reply was read anew, in that transaction. */
bool codings_reread(struct operation *op, struct arena *arena,
		    const struct response_text *words, struct err *err) MUST_USE;

#endif
