/* The package around the parts of a document, and their text as XML. */
#include "base/str.h"
#include "ownform/ownform_private.h"

static uint32_t crc_of(const char *bytes, size_t len)
{
	uint32_t crc = 0xFFFFFFFF;

	for (size_t i = 0; i < len; i++) {
		crc ^= (unsigned char)bytes[i];
		for (int bit = 0; bit < 8; bit++)
			crc = crc >> 1 ^ (crc & 1 ? 0xEDB88320 : 0);
	}
	return ~crc;
}

static void number(struct buf *to, uint32_t n, unsigned bytes)
{
	for (unsigned i = 0; i < bytes; i++)
		buf_char(to, (char)(n >> 8 * i & 0xFF));
}

/* What the local header and the table say alike; 1 January 1980 is no date of anybody's. */
static void about(struct buf *to, const struct own_member *m)
{
	number(to, 20, 2);         /* version that is needed */
	number(to, 0, 2);          /* flags */
	number(to, 0, 2);          /* stored */
	number(to, 0, 2);          /* time */
	number(to, 1 << 5 | 1, 2); /* date */
	number(to, m->crc, 4);
	number(to, m->size, 4);
	number(to, m->size, 4);
	number(to, (uint32_t)strlen(m->name), 2);
	number(to, 0, 2); /* nothing more */
}

void own_package_add(struct own_package *p, const char *name, const struct buf *content)
{
	struct own_member *m = &p->members[p->count];

	if (p->count == ARRAY_LEN(p->members))
		PANIC("a form has more parts than %zu", p->count);
	p->count++;
	*m = (struct own_member){.name = name,
				 .crc = crc_of(buf_text(content), content->len),
				 .size = (uint32_t)content->len,
				 .at = (uint32_t)p->to->len};
	number(p->to, 0x04034B50, 4);
	about(p->to, m);
	buf_str(p->to, name);
	buf_add(p->to, buf_text(content), content->len);
	p->to->cut = p->to->cut || buf_cut(content);
}

void own_package_text(struct own_package *p, const char *name, const char *text)
{
	AUTO(buf) part = buf_new(1 << 16);

	buf_str(part, text);
	own_package_add(p, name, part);
}

void own_package_end(struct own_package *p)
{
	uint32_t at = (uint32_t)p->to->len, size;

	for (size_t i = 0; i < p->count; i++) {
		number(p->to, 0x02014B50, 4);
		number(p->to, 20, 2); /* made by */
		about(p->to, &p->members[i]);
		number(p->to, 0, 2); /* no comment */
		number(p->to, 0, 2); /* disk */
		number(p->to, 0, 2); /* inner attributes */
		number(p->to, 0, 4); /* outer ones */
		number(p->to, p->members[i].at, 4);
		buf_str(p->to, p->members[i].name);
	}
	size = (uint32_t)p->to->len - at;
	number(p->to, 0x06054B50, 4);
	number(p->to, 0, 4); /* disks */
	number(p->to, (uint32_t)p->count, 2);
	number(p->to, (uint32_t)p->count, 2);
	number(p->to, size, 4);
	number(p->to, at, 4);
	number(p->to, 0, 2);
}

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
