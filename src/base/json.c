#include "base/json.h"
#include "base/str.h"

void json_text(struct buf *to, const char *text)
{
	static const char plain_end = 127;
	struct buf clean;
	size_t len;

	if (!text) {
		buf_str(to, "null");
		return;
	}
	len = strlen(text);
	buf_init(&clean, to->max);
	if (!str_utf8_valid(text, len)) {
		str_utf8_clean(&clean, text, len);
		text = buf_text(&clean);
		len = clean.len;
	}
	buf_char(to, '"');
	for (size_t i = 0, from = 0; i <= len; i++) {
		unsigned char c = (unsigned char)text[i];

		if (i < len && c >= ' ' && c != '"' && c != '\\' && c != plain_end)
			continue;
		buf_add(to, text + from, i - from);
		from = i + 1;
		if (i == len)
			break;
		if (c == '"' || c == '\\')
			buf_printf(to, "\\%c", c);
		else if (c == '\n')
			buf_str(to, "\\n");
		else if (c == '\t')
			buf_str(to, "\\t");
		else if (c == '\r')
			buf_str(to, "\\r");
		else
			buf_printf(to, "\\u%04x", c);
	}
	buf_char(to, '"');
	buf_clear(&clean);
}

void json_texts(struct buf *to, const char *const *texts, size_t count)
{
	buf_char(to, '[');
	for (size_t i = 0; i < count; i++) {
		buf_str(to, i ? "," : "");
		json_text(to, texts[i]);
	}
	buf_char(to, ']');
}
