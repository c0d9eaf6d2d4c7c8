/*
 * proved - what the wrappers of proved.py do before and after each public function.
 *
 * proved_begin() makes err clean and gives what it held; proved_end() aborts, naming the
 * function, when it succeeded and wrote in err, or failed and said nothing, and puts
 * back what err held before a success. A NULL err is the caller's own wish.
 *
 * What has been seen of each function is kept in a file beside the program, PROGRAM.seen: a
 * struct proved_head and a byte a function, in the order of proved.flags. It is mapped, so what a
 * child sees counts, however it ends. all_proved.py reads them all.
 */
#ifndef MERCAT_TESTS_PROVED_H
#define MERCAT_TESTS_PROVED_H

#include "base/err.h"

#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PROVED_SUCCEEDED = 1, PROVED_FAILED = 2, PROVED_PASSED_ON = 4 };

struct proved_head {
	int64_t list; /* which functions there are */
	int64_t built; /* when the program was linked, in ns: what an older one saw is void */
};

/* Where to note it: in the file, or, where there can be none, in the memory that is given. */
static inline unsigned char *proved_open(int64_t list, size_t count, unsigned char *own)
{
	char path[PATH_MAX];
	ssize_t len = readlink("/proc/self/exe", path, sizeof(path) - sizeof(".seen"));
	struct proved_head now = {.list = list}, *head = MAP_FAILED;
	off_t size = (off_t)(sizeof(now) + count);
	struct stat program, file;
	int fd;

	if (len <= 0)
		return own;
	path[len] = '\0';
	if (stat(path, &program) != 0)
		return own;
	now.built = program.st_mtim.tv_sec * 1000000000 + program.st_mtim.tv_nsec;
	memcpy(path + len, ".seen", sizeof(".seen"));
	fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644);
	if (fd < 0)
		return own;
	if (fstat(fd, &file) == 0 && (file.st_size == size || ftruncate(fd, size) == 0))
		head = mmap(NULL, (size_t)size, PROT_READ | PROT_WRITE, MAP_SHARED, fd,
			    0);
	(void)close(fd);
	if (head == MAP_FAILED)
		return own;
	if (memcmp(head, &now, sizeof(now)) != 0) {
		memset(head + 1, 0, count);
		*head = now;
	}
	return (unsigned char *)(head + 1);
}

static inline void proved_note(unsigned char *seen, unsigned char what)
{
	if (!(__atomic_load_n(seen, __ATOMIC_RELAXED) & what))
		(void)__atomic_fetch_or(seen, what, __ATOMIC_RELAXED);
}

static inline enum err_kind proved_begin(struct err *err)
{
	enum err_kind before = err ? err->kind : ERR_NONE;

	if (err)
		err->kind = ERR_NONE;
	return before;
}

static inline void proved_end(const char *name, bool answer, enum err_kind before,
			      struct err *err)
{
	if (!err)
		return;
	if (answer && err->kind)
		PANIC("%s succeeded and wrote in err: %s (%s)", name, err->text,
		      err_name(err->kind));
	if (!answer && !err->kind)
		PANIC("%s failed and said nothing in err", name);
	if (answer)
		err->kind = before;
}

/* Nothing is proved of a call without an err. */
static inline void proved_saw(unsigned char *seen, bool answer, const struct err *err)
{
	if (err)
		proved_note(seen, answer ? PROVED_SUCCEEDED : PROVED_FAILED);
}

/* Only gcc can call a function with "..." with the arguments of its wrapper; under another
 * compiler the wrapper of such a function is a jump to it, and proves nothing. */
#if defined(__GNUC__) && !defined(__clang__)
#define PROVED_PASSES_ON 1
#elif defined(__x86_64__)
#define PROVED_JUMP(name) \
	__asm__(".globl __wrap_" #name "\n__wrap_" #name ":\n\tjmp __real_" #name "\n");
#elif defined(__aarch64__)
#define PROVED_JUMP(name) \
	__asm__(".globl __wrap_" #name "\n__wrap_" #name ":\n\tb __real_" #name "\n");
#endif

#endif
