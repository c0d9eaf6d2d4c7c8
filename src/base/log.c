#include "base/log.h"

#include <stdarg.h>
#include <unistd.h>

static const char *log_who = "mercat";
static enum log_level log_most = LOG_INFO;

void log_setup(const char *who, enum log_level most)
{
	log_who = who;
	log_most = most;
}

void log_line(enum log_level level, const char *format, ...)
{
	char line[2048];
	va_list args;
	size_t len;
	int n;

	if (level > log_most)
		return;
	n = snprintf(line, sizeof(line), "<%d>%s: ", (int)level, log_who);
	len = (size_t)n;
	va_start(args, format);
	n = vsnprintf(line + len, sizeof(line) - len - 1, format, args);
	va_end(args);
	if (n < 0)
		return;
	len += (size_t)n < sizeof(line) - len - 1 ? (size_t)n : sizeof(line) - len - 2;
	for (size_t i = 0; i < len; i++)
		if ((unsigned char)line[i] < 0x20 || line[i] == 0x7f)
			line[i] = '?';
	line[len++] = '\n';
	if (write(STDERR_FILENO, line, len) < 0) {
		/* nobody is left to tell */
	}
}
