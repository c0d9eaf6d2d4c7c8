/*
 * reread - a reply is read again, and all that is derived from it is renewed.
 *
 * What a person decided stays. It knows all who read replies (form, answers, copies,
 * codings, rules), so that their text (domain/responses/response_text.h) need not know them.
 *
 * Long texts are read while the store is let go, where an act is run apart (store/apart.h).
 *
 * Errors     ERR_ABSENT there is no such reply. Inside the caller's transaction, but for
 *            reread_consultation().
 */
#ifndef MERCAT_DOMAIN_REREAD_H
#define MERCAT_DOMAIN_REREAD_H

#include "domain/core/domain.h"
#include "domain/responses/response_text.h"

/*
 * Reads a reply again and renews all that is derived from it; what a person decided
 * stays. Called when a reply is taken, when a better parser or the text of a file came.
 */
bool response_text_read_again(struct operation *op, struct arena *arena,
			      int64_t response_id, struct err *err) MUST_USE;
/* The same of one that is new; out: its text, for whoever reads on. */
bool response_text_read_new(struct operation *op, struct arena *arena,
			    int64_t response_id, const struct response_text **out,
			    struct err *err) MUST_USE;
/* What it seems to be, once its mail is done and is known for what it is; of a mail that is
 * no response, nothing. */
bool reread_proposal(struct operation *op, struct arena *arena, int64_t inbound_id,
		     struct err *err) MUST_USE;
/* All of a consultation, some at a time: others may write in between. out_read: how many they
 * are. After an error some were read again and some were not; it may be called once more. */
bool reread_consultation(struct operation *op, int64_t consultation_id, int64_t *out_read,
			 struct err *err) MUST_USE;
/* The same by its mail, which may be no reply at all. */
bool response_text_of_mail(struct operation *op, struct arena *arena, int64_t inbound_id,
			   struct err *err) MUST_USE;

#endif
