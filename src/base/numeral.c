#include "base/numeral.h"
#include "base/calendar.h"
#include "base/str.h"

#include <inttypes.h>

enum { GROUP = 3, KB = 1024 };
static const int64_t MB = (int64_t)KB * KB;

void numeral_grouped(int64_t n, char out[NUMERAL_TEXT])
{
	char digits[NUMERAL_TEXT / 2];
	int len = snprintf(digits, sizeof(digits), "%" PRId64, n);

	for (int i = 0; i < len; i++) {
		*out++ = digits[i];
		if (digits[i] != '-' && len - i > 1 && (len - i - 1) % GROUP == 0)
			*out++ = ',';
	}
	*out = '\0';
}

void numeral_size(int64_t bytes, char out[NUMERAL_TEXT])
{
	if (bytes < KB)
		(void)snprintf(out, NUMERAL_TEXT, "%" PRId64 " byte%s", bytes,
			       plural(bytes, "", "s"));
	else if (bytes < MB)
		(void)snprintf(out, NUMERAL_TEXT, "%" PRId64 " kB",
			       (bytes + KB - 1) / KB);
	else
		(void)snprintf(out, NUMERAL_TEXT, "%.1f MB", (double)bytes / (double)MB);
}

void numeral_duration(int64_t seconds, char out[NUMERAL_TEXT])
{
	static const struct {
		const char *name;
		int64_t s;
	} units[] = {
		{"day", DAY_S}, {"hour", HOUR_S}, {"minute", MINUTE_S}, {"second", 1}};
	size_t used = 0;
	int shown = 0;

	str_copy(out, NUMERAL_TEXT, "0 seconds");
	for (size_t i = 0; i < ARRAY_LEN(units) && shown < 2; i++) {
		int64_t n = seconds / units[i].s;

		if (n == 0)
			continue;
		seconds %= units[i].s;
		used += (size_t)snprintf(out + used, NUMERAL_TEXT - used,
					 "%s%" PRId64 " %s%s", shown ? " " : "", n,
					 units[i].name, plural(n, "", "s"));
		shown++;
	}
}
