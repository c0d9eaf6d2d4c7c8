/*
 * entry - who a response is from, where a person of the staff says so.
 *
 * By hand: a letter, a call, what was said at a meeting; what was typed and its files are
 * kept as a mail (domain/sorting/typed_mail.h), whose writer is the respondent or nobody,
 * never who typed.
 * Sent on: a mail that a colleague, or anybody, sent on for somebody else.
 *
 * What is said is kept beside the mail for good, and is in force whenever that mail is read,
 * now and by a better parser. A name, an organisation, a type and a permission that were
 * said are a person's word from then on (domain/responses/response.h). Where it is not known
 * what may be published, of what was typed its own words count; whoever sent it on allows
 * nothing for somebody else.
 *
 * Ownership  in the arena; what is said borrows its texts.
 * Errors     ERR_INPUT with a sentence for beside the field
 */
#ifndef MERCAT_DOMAIN_ENTRY_H
#define MERCAT_DOMAIN_ENTRY_H

#include "domain/core/undo.h"
#include "domain/responses/reference.h"
#include "mail/fields/message.h"

enum entry_how { ENTRY_BY_HAND = 0, ENTRY_SENT_ON };

enum entry_acknowledge { ENTRY_SILENT = 0, ENTRY_ACKNOWLEDGE };

/* Texts may be NULL or "": not known. */
struct entry_said {
	enum entry_how how;
	const char *channel; /* response_channels */
	const char *name, *organisation;
	const char *address;    /* where they can be written to */
	const char *type;       /* respondent_types */
	const char *permission; /* respondent_permissions */
	enum entry_acknowledge acknowledge;
};

enum entry_field {
	ENTRY_CHANNEL = 0,
	ENTRY_NAME,
	ENTRY_ORGANISATION,
	ENTRY_ADDRESS,
	ENTRY_TYPE,
	ENTRY_PERMISSION,
	ENTRY_FIELDS
};

bool entry_field_check(struct operation *op, const struct entry_said *said,
		       enum entry_field field, struct err *err) MUST_USE;
/* All fields are good; out has NULL for what is not known, words for type and permission, and
 * the address in its normal form. */
bool entry_read(struct operation *op, struct arena *arena, const struct entry_said *said,
		struct entry_said *out, struct err *err) MUST_USE;

/* Inside the act's transaction, by somebody of the staff. said: from entry_read(). */
bool entry_keep(struct operation *op, int64_t inbound_id, const struct entry_said *said,
		struct err *err) MUST_USE;
/* What was said, of the respondent that the response has now. */
bool entry_respondent(struct operation *op, int64_t respondent_id,
		      const struct entry_said *said, struct err *err) MUST_USE;
/* The name that stands for them: their own, else their organisation's; NULL: neither. */
const char *entry_name(const struct entry_said *said) MUST_USE;

/* The same for a mail that has been read: it is what somebody sent on. */
bool entry_send_on(struct operation *op, struct arena *arena, int64_t inbound_id,
		   const struct entry_said *said, struct err *err) MUST_USE;

/* What was so before somebody said that a response was sent on, for undo; said: what they say. */
bool entry_pack(struct operation *op, struct arena *arena,
		const struct response *response, const struct entry_said *said,
		struct buf *inverse, struct err *err) MUST_USE;
undo_fn entry_undo;

/* The mail as what was said of it makes it; as it is where nothing was. */
bool entry_apply(struct operation *op, struct arena *arena, int64_t inbound_id,
		 const struct mail_message *m, struct mail_message *out,
		 struct err *err) MUST_USE;

#endif
