/*
 * reply - letters that a person sends from the desk: an answer to whoever
 * replied, and a reply forwarded to a colleague.
 *
 * An answer is written freely, or made from a template of the team's own (name, subject,
 * text), which may be changed before it goes. It goes to the respondent: of a response that
 * was sent on for somebody else (domain/intake/entry.h) to them. What it said is kept. It is
 * threaded under the mail that it answers, comes from the consultation's address, and what
 * is written back finds the same reply. The same
 * template, or the same words, go to the same reply once, unless repeated on purpose.
 *
 * In a template: {{reference}} {{consultation}} {{received}} {{closes}} {{organisation}}
 * {{name}} (of who wrote, else of their organisation, else "Sir or Madam") {{staff}}.
 *
 * A reply is forwarded to the address of a person of the staff who may read replies of
 * that consultation, nobody else; who wrote it stands in it only when they may see that.
 *
 * A letter that went cannot be taken back, and undo says so.
 *
 * Errors     ERR_INPUT     a template with a name that is none; nothing to say
 *            ERR_CONFLICT  answered so before; no address to write to; a colleague
 *                          without an address or without the right
 *            ERR_ABSENT    no such template, reply or colleague
 * Limits     a subject 200 bytes, a text 20,000
 */
#ifndef MERCAT_DOMAIN_REPLY_H
#define MERCAT_DOMAIN_REPLY_H

#include "domain/core/domain.h"

struct reply_template {
	const char *name, *subject, *text;
};

/* For one consultation, or for all (NULL). One of the same name is replaced. */
bool reply_template_save(struct operation *op, const char *consultation,
			 const struct reply_template *text, struct err *err) MUST_USE;
bool reply_template_end(struct operation *op, const char *consultation, const char *name,
			struct err *err) MUST_USE;
/* Those for this consultation and for all: name, consultation (NULL: all), subject, text,
 * staff, at. */
bool reply_template_list(struct operation *op, struct arena *arena,
			 const char *consultation, struct store_table *out,
			 struct err *err) MUST_USE;

/* Subject and text as they would go to this reply. */
bool reply_preview(struct operation *op, struct arena *arena, const char *reference,
		   const char *name, struct reply_template *out,
		   struct err *err) MUST_USE;

/* How a free one begins: a subject, a greeting by name where it is known, who writes. */
bool reply_begin(struct operation *op, struct arena *arena, const char *reference,
		 struct reply_template *out, struct err *err) MUST_USE;
/* Where it would go; NULL: nowhere, and reply_send() says so. */
bool reply_to(struct operation *op, struct arena *arena, const char *reference,
	      const char **out, struct err *err) MUST_USE;

struct reply_send {
	const char *reference,
		*name; /* of the template; "": free, with subject and text */
	const char *subject,
		*text; /* changed by hand, sent as they stand; NULL: as it is */
	bool again;    /* on purpose, though it went before */
};
bool reply_send(struct operation *op, const struct reply_send *respond,
		struct err *err) MUST_USE;

/* note: what the colleague should know, or NULL. */
bool reply_forward(struct operation *op, const char *reference, const char *to,
		   const char *note, struct err *err) MUST_USE;

#endif
