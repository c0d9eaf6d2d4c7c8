#include "mail/decode/flowed.h"
#include "base/str.h"

struct line {
	const char *text;
	size_t len, depth;
};

static struct line split(const char *text, size_t len)
{
	struct line l = {text, len, 0};

	while (l.len && *l.text == '>') {
		l.text++;
		l.len--;
		l.depth++;
	}
	/* One stuffed blank; a quote's blank too, which is put back below. */
	if (l.len && *l.text == ' ') {
		l.text++;
		l.len--;
	}
	return l;
}

static void begin(struct buf *to, const struct line *l)
{
	for (size_t i = 0; i < l->depth; i++)
		buf_char(to, '>');
	if (l->depth && l->len)
		buf_char(to, ' ');
}

void mail_unflow(struct buf *to, const char *text, size_t len, enum mail_flow flow)
{
	const char *end = text + len;
	bool open = false;
	size_t depth = 0;

	while (text < end) {
		const char *stop = memchr(text, '\n', (size_t)(end - text));
		size_t n = (size_t)((stop ? stop : end) - text);
		struct line l = split(text, n);
		bool signature = l.len == 3 && memcmp(l.text, "-- ", 3) == 0;
		bool flows = l.len && l.text[l.len - 1] == ' ' && !signature;

		if (open && (l.depth != depth || signature)) {
			buf_char(to, '\n');
			open = false;
		}
		if (!open)
			begin(to, &l);
		buf_add(to, l.text, l.len - (flows && flow == MAIL_FLOW_DELETES_BLANK));
		if (!flows && stop)
			buf_char(to, '\n');
		open = flows;
		depth = l.depth;
		text = stop ? stop + 1 : end;
	}
}
