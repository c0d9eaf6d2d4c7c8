/*
 * mail import - mail of an old mailbox becomes part of a consultation.
 *
 * Each mail is kept as it stands, once, and then goes the way of every mail that comes in
 * (inbound.h), but for three things: it belongs to the consultation that was named, whatever its
 * addresses say; it came when its folder or its own head says; and it is acknowledged only
 * where that was asked for. It acts on no list, and nothing that a program sent is dealt with.
 *
 * Run twice, nothing is kept twice: a mail is known by its bytes, without what mail programs
 * note in its head. The same mail that came, or comes, by the mailbox is known by what was
 * read in it (sender, time, Message-ID, text and files together) and counts as a copy.
 *
 * Errors     ERR_CONFLICT  the consultation is a draft, or a right is missing
 *            ERR_ABSENT    no such consultation
 */
#ifndef MERCAT_DOMAIN_MAIL_IMPORT_H
#define MERCAT_DOMAIN_MAIL_IMPORT_H

#include "domain/admin/consultation.h"

struct mail_import {
	struct consultation consultation;
	int64_t mailbox_id; /* 0: nothing was ever imported, or it is only looked */
	bool acknowledge;
	bool only_look;
	int64_t kept, known, cut; /* so far */
};

bool mail_import_begin(struct operation *op, struct arena *arena,
		       const char *consultation, struct mail_import *out,
		       struct err *err) MUST_USE;

struct mail_old {
	const char *bytes;
	size_t len;
	int64_t at; /* when it came, as the folder has it; 0: it does not say */
	bool cut;   /* it was longer than a mail may be */
};
/* Kept and counted, or known and counted. In the caller's transaction when not only looking. */
bool mail_import_keep(struct operation *op, struct mail_import *into,
		      const struct mail_old *mail, struct err *err) MUST_USE;
/* All of it is kept: the audit. In the caller's transaction. */
bool mail_import_end(struct operation *op, const struct mail_import *done,
		     struct err *err) MUST_USE;

#endif
