/* The text of a document's parts as XML. */
#include "base/str.h"
#include "ownform/ownform_private.h"

/* XML 1.0, 2.2: of the controls only tab and line ends; no U+FFFE and U+FFFF. */
static bool fits(const char *at, size_t n)
{
	unsigned char c = (unsigned char)*at;

	if (n == 1)
		return c >= 0x20 || c == '\t' || c == '\n';
	return !(n == 3 && c == 0xEF && (unsigned char)at[1] == 0xBF &&
		 (unsigned char)at[2] >= 0xBE);
}

void own_xml(struct buf *to, const char *text)
{
	size_t len = strlen(text), n;

	for (; len; text += n, len -= n) {
		n = str_utf8_char(text, len);
		if (!n || !fits(text, n)) {
			n = n ? n : 1;
			buf_str(to, "\xEF\xBF\xBD");
		} else if (*text == '<') {
			buf_str(to, "&lt;");
		} else if (*text == '>') {
			buf_str(to, "&gt;");
		} else if (*text == '&') {
			buf_str(to, "&amp;");
		} else if (*text == '"') {
			buf_str(to, "&quot;");
		} else if (*text == '\t' || *text == '\n') {
			buf_char(to, ' ');
		} else {
			buf_add(to, text, n);
		}
	}
}
