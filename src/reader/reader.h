/*
 * reader - reads the public's mail in a child that can do nothing else.
 *
 * Each batch gets a fresh child: forked, limited, sandboxed (SANDBOX_PARSER), with the
 * mails as they are in the caller's memory. A mail that crashes, hangs or bloats its
 * child is tried once more as the first of a new one; if that fails too, it comes back
 * empty, as human, with the limit that it hit ("time", "memory", "crash") in limits_hit,
 * and the batch goes on. A child that is killed from outside, before or after it has its
 * mails, is no mail's fault: another takes its place.
 *
 * Units      READER_CPU_MS and READER_WALL_MS a mail; READER_MEMORY a child. What a mail
 *            costs is judged by the first, which is the same on every machine; the second
 *            is there for a child that stands still.
 * Ownership  reader_open() gives the reader away; reader_close() takes it back. The
 *            messages hang in the caller's arena, attachment bytes too.
 * Errors     ERR_SYSTEM: no child can be started. Never because of a mail.
 * Limits     one batch at a time; the caller's signals are left alone, and it must not
 *            reap children that it did not start.
 */
#ifndef MERCAT_READER_READER_H
#define MERCAT_READER_READER_H

#include "base/arena.h"
#include "base/err.h"
#include "mail/fields/message.h"

enum {
	READER_CPU_MS = 3000,
	READER_WALL_MS = 60000,
	READER_UP_MS = 10000, /* until a child is shut in; then another is tried */
	READER_MEMORY = 128 << 20
};

struct reader;

struct reader_mail {
	const void *bytes;
	size_t len;
};

/* Once in each process, before its sandbox: it opens what parsing needs. */
bool reader_open(struct reader **out, struct err *err) MUST_USE;
void reader_close(struct reader **reader);
static inline void reader_auto(struct reader **reader)
{
	reader_close(reader);
}

/* Other limits than those above, for what comes next; 0 leaves one as it is. */
void reader_limits(struct reader *reader, size_t memory_bytes, unsigned cpu_ms);
/*
 * The same for READER_WALL_MS of each mail, where a person waits. When it ends the limit
 * is "patience", which says nothing of the mail: the machine did not get to it.
 */
void reader_patience(struct reader *reader, unsigned wall_ms);

/*
 * From now on without what only some callers want: no HTML, and of an attachment's
 * bytes no more than the head.
 */
void reader_brief(struct reader *reader);

/* Fills out[0..count), whatever the mails are. */
bool reader_read(struct reader *reader, struct arena *arena,
		 const struct reader_mail *mails, size_t count, struct mail_message *out,
		 struct err *err) MUST_USE;

/*
 * The same in two steps, so that the child reads while the caller does something else.
 * The mails stay as they are until the second; before another batch is begun comes
 * either the second or reader_drop(). Errors leave nothing begun.
 */
bool reader_start(struct reader *reader, const struct reader_mail *mails, size_t count,
		  struct err *err) MUST_USE;
bool reader_finish(struct reader *reader, struct arena *arena, struct mail_message *out,
		   struct err *err) MUST_USE;
void reader_drop(struct reader *reader);

#endif
