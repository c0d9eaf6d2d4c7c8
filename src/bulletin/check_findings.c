/* What the checks found, in order. */
#include "bulletin/check_private.h"
#include "base/buf.h"
#include "base/str.h"

#include <stdarg.h>

enum { FINDINGS_MOST = 300, TEXT_MOST = 1000 };

const char *bulletin_level_name(enum bulletin_level level)
{
	static const char *const names[] = {"stops", "look", "fine"};

	return names[level];
}

void bulletin_finding_add(struct bulletin_findings *f, struct arena *arena,
			  enum bulletin_level level, const char *rule, int line,
			  const char *format, ...)
{
	AUTO(buf) text = buf_new(TEXT_MOST);
	size_t at = f->count;
	va_list args;

	if (f->count == FINDINGS_MOST && level != BULLETIN_STOPS)
		return;
	va_start(args, format);
	buf_vprintf(text, format, args);
	va_end(args);
	f->items = arena_grow(arena, f->items, f->count, sizeof(*f->items));
	f->count++;
	/* Kept in order as they come: by level, then by line. */
	while (at &&
	       (f->items[at - 1].level > level ||
		(f->items[at - 1].level == level && f->items[at - 1].line > line))) {
		f->items[at] = f->items[at - 1];
		at--;
	}
	f->items[at] =
		(struct bulletin_finding){.level = level,
					  .rule = rule,
					  .line = line,
					  .text = arena_strdup(arena, buf_text(text))};
	f->stops += level == BULLETIN_STOPS;
	f->looks += level == BULLETIN_LOOK;
}

bool check_clean(const struct check *c, const char *rule)
{
	for (size_t i = 0; i < c->out->count; i++)
		if (str_eq(c->out->items[i].rule, rule))
			return false;
	return true;
}
