/*
 * reply - letters that a person sends from the desk: an answer to whoever
 * replied, and a reply forwarded to a colleague.
 *
 * An answer is made from a template of the team's own (name, subject, text), which may
 * be changed before it goes. It is threaded under the mail that it answers, comes from
 * the consultation's address, and what is written back finds the same reply. The same
 * template goes to the same reply once, unless it is repeated on purpose.
 *
 * In a template: {{reference}} {{consultation}} {{received}} {{closes}} {{organisation}}
 * {{name}} (of who wrote; empty where unknown) {{staff}}.
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

struct reply_send {
	const char *reference, *name; /* of the template */
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
