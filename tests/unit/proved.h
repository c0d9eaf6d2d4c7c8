/*
 * proved - what the wrappers of proved.py do before and after each public function.
 *
 * proved_begin() makes err clean and gives what it held; proved_end() aborts, naming the
 * function, when it succeeded and wrote in err, or failed and said nothing, and puts
 * back what err held before a success. A NULL err is the caller's own wish.
 */
#ifndef MERCAT_TESTS_PROVED_H
#define MERCAT_TESTS_PROVED_H

#include "base/err.h"

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
