/*
 * maildir - a folder of files as a mailbox or in the place of a relay.
 *
 * Delivery follows the convention: the mail is written and fsynced in tmp/, then
 * renamed into new/ under a name that nobody else makes, and the folder is fsynced. A
 * reader sees the whole mail or none, and a crash leaves at most a stray in tmp/.
 *
 * Reading deletes and marks nothing. A mail's key is its file name before ":2,", which
 * stays the same when another program moves it to cur/ or changes its flags. Files
 * that vanish in between were moved or deleted by somebody: that is no error of the
 * folder's. What is no regular file (links, pipes, folders) is never opened, and
 * nothing is ever waited for.
 *
 * Units      sizes in bytes; *_at unix seconds.
 * Ownership  lists hang in the arena handed in; an open maildir is closed by
 *            maildir_close().
 * Errors     ERR_ABSENT no such folder, or the mail is gone; ERR_INPUT a mail over the
 *            maximum, or a key that is no file name; ERR_SYSTEM the disk; ERR_SETUP a
 *            folder that cannot be used. Sentences name the folder.
 * Source     D. J. Bernstein, "Using maildir format"; Maildir++ flags are left alone.
 * Limits     MAILDIR_LIST_MAX mails in one list; the rest is for the next one. What a
 *            crash left in tmp/ stays there.
 */
#ifndef MERCAT_MAILDIR_MAILDIR_H
#define MERCAT_MAILDIR_MAILDIR_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

enum { MAILDIR_KEY_MAX = 200, MAILDIR_LIST_MAX = 100000 };

struct maildir;

struct maildir_item {
	const char *key;  /* unique in the folder, and stable */
	const char *name; /* the file's name now */
	bool is_new;      /* in new/, else in cur/ */
	size_t size;
};

struct maildir_list {
	struct maildir_item *items; /* by name: oldest first as names go */
	size_t count;
	size_t skipped; /* links, pipes, folders, names that are too long */
	bool more;      /* the list was full */
};

/* What becomes of a folder that is not there. */
enum maildir_missing { MAILDIR_MUST_BE_THERE, MAILDIR_IS_MADE };
/* create: make the folder and its three parts when they are absent. */
bool maildir_open(const char *path, enum maildir_missing missing, struct maildir **out,
		  struct err *err) MUST_USE;
void maildir_close(struct maildir **maildir);
static inline void maildir_auto(struct maildir **maildir)
{
	maildir_close(maildir);
}

bool maildir_list(struct maildir *maildir, struct arena *arena, struct maildir_list *out,
		  struct err *err) MUST_USE;
/*
 * Appends the mail, byte for byte. to's maximum is the largest mail that is read. The
 * item is one of a list, or only has its key; then it is looked for.
 */
bool maildir_read(struct maildir *maildir, const struct maildir_item *item,
		  struct buf *to, struct err *err) MUST_USE;
/* new/ -> cur/, as a mail reader does; already there is fine. */
bool maildir_seen(struct maildir *maildir, const struct maildir_item *item,
		  struct err *err) MUST_USE;

/*
 * Takes a mail with CRLF line ends (not dot-stuffed) and stores it with LF. now_s and
 * the maildir's own counter make the name; out_key (room MAILDIR_KEY_MAX) may be NULL.
 * Once this is true the mail survives a power cut.
 */
bool maildir_deliver(struct maildir *maildir, const char *mail, size_t len, int64_t now_s,
		     char *out_key, struct err *err) MUST_USE;
struct maildir_mail {
	const char *sender, *recipient; /* sender "": the null path */
	const char *mail;
	size_t len;
};
/*
 * The same as a mail's last stop: Return-Path and Delivered-To go in front of it (RFC
 * 5321 4.4). ERR_INPUT for an address with a control character.
 */
bool maildir_deliver_final(struct maildir *maildir, const struct maildir_mail *final,
			   int64_t now_s, char *out_key, struct err *err) MUST_USE;

#endif
