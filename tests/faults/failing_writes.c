/*
 * failing_writes - for LD_PRELOAD: while the file $FAIL_WHILE exists, writes to files fail
 * with the error number that stands in $FAIL_WITH, and so do syncs.
 *
 * Made by the test itself; sockets and pipes are left alone (pwrite is for files only).
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

static int fails(void)
{
	const char *flag = getenv("FAIL_WHILE"), *with = getenv("FAIL_WITH");

	if (!flag || !with || access(flag, F_OK))
		return 0;
	errno = atoi(with);
	return 1;
}

ssize_t pwrite64(int fd, const void *bytes, size_t len, off64_t at)
{
	static ssize_t (*real)(int, const void *, size_t, off64_t);

	if (!real)
		real = (ssize_t(*)(int, const void *, size_t, off64_t))dlsym(RTLD_NEXT,
									     "pwrite64");
	return fails() ? -1 : real(fd, bytes, len, at);
}

ssize_t pwrite(int fd, const void *bytes, size_t len, off_t at)
{
	return pwrite64(fd, bytes, len, at);
}

int fdatasync(int fd)
{
	static int (*real)(int);

	if (!real)
		real = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");
	return fails() ? -1 : real(fd);
}
