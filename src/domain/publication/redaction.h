/*
 * redaction - passages of a response that are not published, each with its reason.
 *
 * A person puts one on a passage, or takes what is proposed (redaction_find.h); a proposal that
 * was dismissed stays dismissed. Proposals are not kept: they are found in the words as they
 * stand, with the names that are known by now, so that none is ever old. The response itself is
 * never changed.
 *
 * Only what is said is published (publication_words.h), and only there something is proposed.
 * The same words elsewhere in the response go with a redaction.
 *
 * Whoever changes redactions vouches for what is decided of the response from then on
 * (publication.h), and a release ends at once: a trigger of the store sees to that.
 *
 * When a response is read anew each passage is looked for as those of codings are; one that is
 * not found needs a person, and keeps the response from being published.
 *
 * Units      characters of a part, as of domain/coding/coding.h
 * Rights     RIGHT_MODERATE
 * Ownership  in the arena.
 * Errors     ERR_INPUT a reason that is none; a passage that is blank or not in the text;
 *            ERR_ABSENT no such response or redaction, or nothing is proposed there;
 *            ERR_CONFLICT it is redacted already
 */
#ifndef MERCAT_DOMAIN_REDACTION_H
#define MERCAT_DOMAIN_REDACTION_H

#include "domain/publication/redaction_find.h"
#include "domain/responses/response_text.h"

/* name, contact, third party, child, health, defamatory, security, other; NULL at the end. */
extern const char *const redaction_reasons[];

struct redaction_place {
	int64_t part, from, to;
};
enum redaction_state { REDACTION_PROPOSED = 0, REDACTION_ACCEPTED, REDACTION_DISMISSED };
struct redaction {
	int64_t id; /* 0: proposed */
	struct redaction_place at;
	enum redaction_state state;
	const char *reason, *kind; /* kind NULL: a person chose the passage */
	const char *staff;         /* NULL: proposed */
	bool lost;                 /* its words are not in the text any more */
};
struct publication_stretch {
	int64_t question; /* its position; 0: none */
	const char *asked;
	struct redaction_place at;
};
/* A response with all that is known for its publication. */
struct redactions {
	struct response_text words;
	struct redaction *items; /* by part and place */
	size_t count, proposed, accepted, dismissed, lost;
	struct publication_stretch *stretches; /* what of it is published */
	size_t stretch_count;
};
bool redactions_load(struct operation *op, struct arena *arena, int64_t response_id,
		     struct redactions *out, struct err *err) MUST_USE;
/* The text of a part; NULL: there is none. */
const char *redactions_part(const struct redactions *of, int64_t part) MUST_USE;
#define REDACTION_BEGINS "[redacted: "
/* A passage with "[redacted: name]" for each redaction that it touches: those accepted, and
 * the same words elsewhere. *out_open: something is proposed in it or next to it. */
const char *redactions_apply(struct arena *arena, const struct redactions *of,
			     const struct redaction_place *where,
			     bool *out_open) MUST_USE;

bool redaction_add(struct operation *op, const char *reference,
		   const struct redaction_place *where, const char *reason,
		   struct err *err) MUST_USE;
/* Every place in what is published where these words stand. */
bool redaction_add_words(struct operation *op, const char *reference, const char *words,
			 const char *reason, int64_t *out_count,
			 struct err *err) MUST_USE;
enum redaction_settle { REDACTION_ACCEPT = 1, REDACTION_DISMISS };
/* One proposal, or all (where NULL). */
bool redaction_settle(struct operation *op, const char *reference,
		      const struct redaction_place *where, enum redaction_settle how,
		      int64_t *out_count, struct err *err) MUST_USE;
/* One that was put or dismissed is so no longer; what is proposed there is proposed again. */
bool redaction_end(struct operation *op, const char *reference, int64_t id,
		   struct err *err) MUST_USE;

/* Called when a response was read anew, in that transaction. */
bool redactions_reread(struct operation *op, struct arena *arena,
		       const struct response_text *words, struct err *err) MUST_USE;

#endif
