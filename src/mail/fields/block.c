#include "mail/fields/block.h"
#include "base/str.h"

enum { FIELDS_MAX = 500, VALUE_MAX = 8000 };

static bool names_field(const char *line, size_t len, size_t *out_name)
{
	size_t n = 0, colon;

	while (n < len && line[n] > ' ' && line[n] != ':' && (unsigned char)line[n] < 127)
		n++;
	for (colon = n; colon < len && line[colon] == ' '; colon++)
		;
	*out_name = n;
	return n && n < 80 && colon < len && line[colon] == ':';
}

const char *mail_block_read(struct arena *arena, const char *text, struct mail_block *out)
{
	const char *line = text;

	*out = (struct mail_block){0};
	while (*line == '\n' || *line == '\r')
		line++;
	while (*line) {
		size_t len = strcspn(line, "\n"), n;
		const char *next = line + len + (line[len] == '\n');
		struct mail_field *f;

		len = str_without_tail(line, len);
		if (len == 0)
			return next;
		if (str_is_space(*line) && out->count) {
			n = strspn(line, " \t");
			f = &out->fields[out->count - 1];
			if (strlen(f->value) + len < VALUE_MAX)
				f->value =
					str_trim(arena_printf(arena, "%s %.*s", f->value,
							      (int)(len - n), line + n));
		} else if (out->count < FIELDS_MAX && names_field(line, len, &n)) {
			const char *value = line + strcspn(line, ":") + 1;

			out->fields =
				arena_grow(arena, out->fields, out->count, sizeof(*f));
			f = &out->fields[out->count++];
			f->name = arena_strndup(arena, line, n);
			f->value = str_trim(arena_strndup(arena, value,
							  (size_t)(line + len - value)));
		}
		line = next;
	}
	return line;
}

const char *mail_block_value(const struct mail_block *block, const char *name)
{
	for (size_t i = 0; i < block->count; i++)
		if (str_ieq(block->fields[i].name, name))
			return block->fields[i].value;
	return NULL;
}
