#include "base/err.h"

#include "base/str.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * A name in it may have been cut within a letter ("%.60s"), or be no text at all. What is
 * said is shown on pages and stored: a '?' stands for each byte that is no UTF-8.
 */
static void clean(char *text)
{
	size_t len = strlen(text);

	for (size_t i = 0, n; i < len; i += n ? n : 1) {
		n = str_utf8_char(text + i, len - i);
		if (!n)
			text[i] = '?';
	}
}

bool err_set(struct err *err, enum err_kind kind, const char *format, ...)
{
	char whole[sizeof(err->text) + sizeof(err->hint)];
	char *hint = NULL;
	va_list args;

	if (!err)
		return false;
	va_start(args, format);
	(void)vsnprintf(whole, sizeof(whole), format, args);
	va_end(args);
	/* A name that somebody gave may hold the mark as well: only the last one is ours. */
	if (strstr(format, HINT))
		hint = strrchr(whole, HINT[0]);
	if (hint)
		*hint++ = '\0';
	err->kind = kind;
	(void)snprintf(err->text, sizeof(err->text), "%s", whole);
	(void)snprintf(err->hint, sizeof(err->hint), "%s", hint ? hint : "");
	clean(err->text);
	clean(err->hint);
	return false;
}

bool err_prefix(struct err *err, const char *format, ...)
{
	char head[sizeof(err->text)], whole[2 * sizeof(err->text)];
	va_list args;

	if (!err)
		return false;
	va_start(args, format);
	(void)vsnprintf(head, sizeof(head), format, args);
	va_end(args);
	(void)snprintf(whole, sizeof(whole), "%s: %s", head, err->text);
	(void)snprintf(err->text, sizeof(err->text), "%s", whole);
	clean(err->text);
	return false;
}

bool err_forgive(struct err *err, enum err_kind kind)
{
	if (err->kind != kind)
		return false;
	*err = (struct err){0};
	return true;
}

const char *err_name(enum err_kind kind)
{
	static const char *const names[] = {
		[ERR_NONE] = "none",         [ERR_AGAIN] = "again",
		[ERR_REFUSED] = "refused",   [ERR_UNSURE] = "unsure",
		[ERR_INPUT] = "input",       [ERR_ABSENT] = "absent",
		[ERR_CONFLICT] = "conflict", [ERR_SYSTEM] = "system",
		[ERR_SETUP] = "setup",
	};

	return (size_t)kind < ARRAY_LEN(names) ? names[kind] : "unknown";
}

void err_panic(const char *file, int line, const char *format, ...)
{
	va_list args;

	(void)fprintf(stderr, "<2>mercat: %s:%d: ", file, line);
	va_start(args, format);
	(void)vfprintf(stderr, format, args);
	va_end(args);
	(void)fputc('\n', stderr);
	abort();
}
