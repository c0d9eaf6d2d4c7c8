/*
 * staff original - a mail opened once more, for its files and its layout.
 *
 * The store keeps the mail as it came and the text of its files, not the files again:
 * for an original the mail is read anew, by the reader's child that can do nothing else.
 * What comes out is handed to a browser as bytes to save, or into a frame in which
 * nothing runs and nothing loads; it never becomes part of a page of ours.
 *
 * Ownership  in the arena of the request.
 * Errors     ERR_SYSTEM   no child can be started, or this site has no reader
 *            ERR_AGAIN    somebody else's mail is being opened, or the machine is too
 *                         busy to open this one within STAFF_ORIGINAL_MS
 *            ERR_CONFLICT this one needs more time or memory than the reader may have,
 *                         on any machine and at any load
 * Limits     one mail at a time for all visitors; nobody waits longer than
 *            STAFF_ORIGINAL_WAIT_MS for their turn.
 */
#ifndef MERCAT_STAFF_ORIGINAL_H
#define MERCAT_STAFF_ORIGINAL_H

#include "staff/frame/visitor.h"
#include "mail/fields/message.h"

enum { STAFF_ORIGINAL_MS = 8000, STAFF_ORIGINAL_WAIT_MS = 500 };

bool staff_original_read(struct web_request *r, const void *bytes, size_t len,
			 struct mail_message *out, struct err *err) MUST_USE;
/* Answers with one file of it; sha256 is what the store knows it by. */
void staff_original_file(struct web_request *r, const struct mail_message *m,
			 int64_t position, const char *sha256, const char *name);
/* Answers with its HTML, for a frame of ours; it loads nothing and runs nothing. */
void staff_original_frame(struct web_request *r, const struct mail_message *m);

#endif
