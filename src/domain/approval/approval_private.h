/* approval private - what the files approval*.c share and nobody else sees. */
#ifndef MERCAT_DOMAIN_APPROVAL_PRIVATE_H
#define MERCAT_DOMAIN_APPROVAL_PRIVATE_H

#include "domain/approval/approval.h"
#include "mail/write/notification_mail.h"

/* Staff, transaction, the bulletin in the words that were seen. */
struct store_txn *approval_begin(struct operation *op, struct arena *arena,
				 const struct approval_of *what, struct bulletin *b,
				 struct err *err) MUST_USE;
/* One email about a request, to somebody of the staff; not told when they have no address. */
struct approval_mail {
	enum mail_approval what;
	int64_t request_id, to;
	const char *comment; /* or NULL */
};
bool approval_tell(struct operation *op, const struct bulletin *b,
		   const struct approval_mail *mail, bool *out_told,
		   struct err *err) MUST_USE;
bool approval_add_comment(struct operation *op, const struct bulletin *b,
			  const char *text, int64_t request_id, struct err *err) MUST_USE;
/* Not empty, and not too long. */
bool approval_comment_check(const char *text, struct err *err) MUST_USE;

#endif
