/*
 * reader child - the other end of reader: parses what comes down fd and answers.
 *
 * Each mail comes as its length (8 bytes) and its bytes; a length of 0 ends it. The
 * answer is the length of the packed message (reader/wire.h), that, and then the
 * bytes of its attachments. Before the first answer comes one packed int: how many
 * walls were missing, and their sentences.
 */
#ifndef MERCAT_READER_CHILD_H
#define MERCAT_READER_CHILD_H

#include "base/attr.h"

#include <stdbool.h>
#include <stddef.h>

/* Never returns. memory_bytes is the whole address space that it may have. */
NORETURN void reader_child(int fd, size_t memory_bytes, unsigned cpu_ms, bool brief);

#endif
