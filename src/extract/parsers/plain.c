/* Files of text and of HTML, in whatever character set they say or show. */
#include "base/str.h"
#include "extract/parsers/document.h"
#include "text/charset/charset.h"
#include "text/charset/charset_guess.h"
#include "text/markup/html.h"

/* The charset that the bytes tell of themselves; a byte order mark is cut off. */
static const char *own_charset(const char **bytes, size_t *len)
{
	static const char utf8[] = "\xef\xbb\xbf";
	size_t mark = sizeof(utf8) - 1;
	const char *charset = "utf-8";

	if (*len < mark || memcmp(*bytes, utf8, mark) != 0)
		charset = charset_wide(*bytes, *len, &mark);
	if (charset) {
		*bytes += mark;
		*len -= mark;
	}
	return charset;
}

/* Lines end with LF. */
static void add_lines(struct buf *to, const struct buf *text)
{
	const char *at = buf_text(text), *end = at + text->len, *cr;

	while ((cr = memchr(at, '\r', (size_t)(end - at)))) {
		buf_add(to, at, (size_t)(cr - at));
		at = cr + 1;
		if (at == end || *at != '\n')
			buf_char(to, '\n');
	}
	buf_add(to, at, (size_t)(end - at));
}

void extract_plain(const char *bytes, size_t len, struct extract_said *out)
{
	const char *charset = own_charset(&bytes, &len);
	struct buf text;

	buf_init(&text, out->text->max);
	charset_to_utf8(&text, charset, bytes, len);
	add_lines(out->text, &text);
	out->text->cut |= text.cut;
	buf_clear(&text);
	out->source = "plain";
}

static const char *meta_charset(const char *bytes, size_t len, char *to, size_t room)
{
	char head[2048];
	const char *at;
	size_t n;

	len = len < sizeof(head) - 1 ? len : sizeof(head) - 1;
	memcpy(head, bytes, len);
	head[len] = '\0';
	at = str_ifind(head, "charset=");
	if (!at)
		return NULL;
	at += 8 + strspn(at + 8, "\"' ");
	n = strcspn(at, "\"'> ;/?");
	if (n == 0 || n >= room)
		return NULL;
	memcpy(to, at, n);
	to[n] = '\0';
	return to;
}

void extract_html(const char *bytes, size_t len, struct extract_said *out)
{
	const char *charset = own_charset(&bytes, &len);
	char name[40];
	struct buf page;

	if (!charset)
		charset = meta_charset(bytes, len, name, sizeof(name));
	buf_init(&page, (size_t)16 << 20);
	charset_to_utf8(&page, charset, bytes, len);
	if (html_to_text(out->text, buf_text(&page), page.len) || buf_cut(&page))
		out->reason =
			"it is very large or very deep: not all of it could be read";
	if (out->shown)
		document_from_html(out->shown, buf_text(&page), page.len);
	buf_clear(&page);
	out->source = "html";
}
