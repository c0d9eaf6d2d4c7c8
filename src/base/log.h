/*
 * log - one line to stderr, with the service manager's <N> priority in front.
 *
 * Only daemon/ and cli/ log. Control characters in a line become '?', so nothing
 * from outside can forge a second line.
 */
#ifndef MERCAT_BASE_LOG_H
#define MERCAT_BASE_LOG_H

#include "base/attr.h"

enum log_level { LOG_ERROR = 3, LOG_WARN = 4, LOG_NOTE = 5, LOG_INFO = 6, LOG_DEBUG = 7 };

void log_setup(const char *who, enum log_level most); /* who is borrowed for good */
void log_line(enum log_level level, const char *format, ...) PRINTF_LIKE(2, 3);

#endif
