/*
 * fd - files and descriptors, whole or not at all.
 *
 * Errors     ERR_ABSENT no such file; ERR_INPUT larger than max_bytes; ERR_SYSTEM
 *            anything else; the text names the file.
 */
#ifndef MERCAT_BASE_FD_H
#define MERCAT_BASE_FD_H

#include "base/buf.h"
#include "base/err.h"

#include <limits.h>

void fd_close(int *fd); /* closes once, leaves -1 */
static inline void fd_auto(int *fd)
{
	fd_close(fd);
}
#define AUTO_FD __attribute__((cleanup(fd_auto))) int

bool fd_nonblock(int fd) MUST_USE;
bool fd_write_all(int fd, const void *bytes, size_t len, struct err *err) MUST_USE;
/* Appends everything up to the end; ERR_INPUT when to's maximum is passed. */
bool fd_read_all(int fd, const char *name, struct buf *to, struct err *err) MUST_USE;
/* Appends what there is of a pipe; false at its end. */
bool fd_take(int fd, struct buf *to) MUST_USE;
/* path "-" is standard input. */
bool fd_read_file(const char *path, struct buf *to, struct err *err) MUST_USE;
/* Written beside, fsynced and renamed: the old file or the whole new one. */
bool fd_write_file(const char *path, const void *bytes, size_t len, unsigned mode,
		   struct err *err) MUST_USE;
/* "/etc" of "/etc/hosts", "/" of "/etc", "." of "hosts". */
void fd_folder_of(const char *path, char out[PATH_MAX]);
/* mkdir -p */
bool fd_make_dirs(const char *path, unsigned mode, struct err *err) MUST_USE;

#endif
