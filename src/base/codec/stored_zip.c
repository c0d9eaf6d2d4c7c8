#include "base/codec/stored_zip.h"
#include "base/str.h"

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
static void about(struct buf *to, const struct stored_zip_member *m)
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

void stored_zip_add(struct stored_zip *p, const char *name, const struct buf *content)
{
	struct stored_zip_member *m = &p->members[p->count];

	if (p->count == ARRAY_LEN(p->members))
		PANIC("a package has more parts than %zu", p->count);
	p->count++;
	*m = (struct stored_zip_member){.name = name,
					.crc = crc_of(buf_text(content), content->len),
					.size = (uint32_t)content->len,
					.at = (uint32_t)p->to->len};
	number(p->to, 0x04034B50, 4);
	about(p->to, m);
	buf_str(p->to, name);
	buf_add(p->to, buf_text(content), content->len);
	p->to->cut = p->to->cut || buf_cut(content);
}

void stored_zip_text(struct stored_zip *p, const char *name, const char *text)
{
	AUTO(buf) part = buf_new(1 << 16);

	buf_str(part, text);
	stored_zip_add(p, name, part);
}

void stored_zip_end(struct stored_zip *p)
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
