/*
 * crashing - for LD_PRELOAD: whoever gives the store words with $CRASH_AT in them crashes,
 * as a fault in what reads mail would.
 *
 * Made by the test itself.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

typedef struct sqlite3_stmt sqlite3_stmt;
typedef int binds(sqlite3_stmt *, int, const char *, int, void (*)(void *));

int sqlite3_bind_text(sqlite3_stmt *to, int at, const char *text, int len,
		      void (*end)(void *))
{
	static binds *real;
	const char *word = getenv("CRASH_AT");

	if (!real)
		real = (binds *)dlsym(RTLD_NEXT, "sqlite3_bind_text");
	if (word && text && memmem(text, len < 0 ? strlen(text) : (size_t)len, word, strlen(word)))
		(void)raise(SIGSEGV);
	return real(to, at, text, len, end);
}
