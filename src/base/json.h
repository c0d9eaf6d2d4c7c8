/*
 * json - text as a JSON string, for everything here that writes JSON.
 *
 * The output is valid UTF-8 and valid JSON whatever came in: bytes that are no UTF-8
 * become U+FFFD, control characters escapes. NULL becomes null.
 *
 * Ownership  appended to the caller's buffer.
 * Errors     none; a cut buffer says so itself.
 * Source     RFC 8259.
 */
#ifndef MERCAT_BASE_JSON_H
#define MERCAT_BASE_JSON_H

#include "base/buf.h"

void json_text(struct buf *to, const char *text);
/* ["a","b"] */
void json_texts(struct buf *to, const char *const *texts, size_t count);

#endif
