/*
 * mail child - the other end of reader: takes in some mails, parses them and tells of
 * each.
 *
 * A byte says that it is shut in. It is told its work and then, for each mail, its length
 * (a size_t) and its bytes. For each, in their order, it answers with the length of the
 * packed message (reader/wire.h; 8 bytes, the lowest first), that, and the bytes of its
 * attachments. What it has to say is kept, up to some megabytes, so that it need not wait
 * for a parent that is busy.
 */
#ifndef MERCAT_READER_MAIL_CHILD_H
#define MERCAT_READER_MAIL_CHILD_H

#include "base/attr.h"

#include <stdbool.h>
#include <stddef.h>

struct reader_work {
	size_t count;    /* mails */
	unsigned cpu_ms; /* of each */
	bool brief;
	bool one_by_one; /* each is told of before the next is begun */
};

/* Never returns. memory_bytes is the whole address space that it may have. */
NORETURN void reader_child(int fd, size_t memory_bytes);

#endif
