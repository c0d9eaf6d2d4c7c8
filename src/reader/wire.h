/*
 * reader wire - a struct mail_message as bytes between the child and its parent.
 *
 * The child may have been taken over by what it parsed, so the parent believes
 * nothing: lengths, counts, enums, UTF-8 and the hash's letters are all checked.
 *
 * Ownership  unpacked strings hang in the arena; attachment.bytes are not carried:
 *            they follow the packed message on the pipe, in order.
 * Errors     reader_unpack() is false when anything does not fit; out is then undefined.
 */
#ifndef MERCAT_READER_WIRE_H
#define MERCAT_READER_WIRE_H

#include "base/codec/pack.h"
#include "mail/fields/message.h"

/* All of a mail, or without what a screen of mails does not show. */
enum reader_part { READER_WHOLE, READER_BRIEF };
/* brief: without the HTML, and only heads of the attachments will follow. */
void reader_pack(struct buf *to, const struct mail_message *m, enum reader_part part);

/* How many bytes of it follow on the pipe. */
size_t reader_follows(const struct mail_attachment *file);
bool reader_unpack(const void *bytes, size_t len, struct arena *arena,
		   struct mail_message *out) MUST_USE;

#endif
