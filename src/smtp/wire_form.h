/*
 * wire form - what may go over the wire, looked at once more before it does.
 *
 * Errors     none: a mail that is not in wire form is simply not; what is sent in
 *            its place is decided by the caller.
 * Source     RFC 5321 2.3.8 (only CRLF), 4.5.2 (dots), 4.1.2 (paths); RFC 5890 (IDN).
 */
#ifndef MERCAT_SMTP_WIRE_FORM_H
#define MERCAT_SMTP_WIRE_FORM_H

#include "smtp/smtp.h"

/*
 * True when the mail holds no bare CR or LF, no NUL, no unstuffed dot and ends with
 * its only final dot: a second one would let a text smuggle in a mail of its own.
 */
bool smtp_wire_ok(const char *bytes, size_t len, bool *out_eight_bit) MUST_USE;

/* Appends the address with its domain as A-labels; false when it has none that can be. */
bool smtp_wire_address(struct buf *to, const char *address) MUST_USE;
/* The host in ASCII (room 256), or false. */
bool smtp_wire_host(const char *host, char out[256]) MUST_USE;

#endif
