#include "bulletin/image_plain.h"
#include "base/str.h"
#include "document/exif.h"

struct picture {
	const unsigned char *b;
	size_t len, at;
	struct buf *out;
};

static bool has(const struct picture *p, size_t more)
{
	return more <= p->len - p->at;
}

static unsigned long number(const unsigned char *b, size_t bytes, bool little)
{
	unsigned long n = 0;

	for (size_t i = 0; i < bytes; i++)
		n = n << 8 | b[little ? bytes - 1 - i : i];
	return n;
}

static void keep(struct picture *p, size_t bytes)
{
	buf_add(p->out, (const char *)p->b + p->at, bytes);
	p->at += bytes;
}

static bool starts(const struct picture *p, size_t from, const char *word, size_t len)
{
	return p->len - p->at >= from + len && !memcmp(p->b + p->at + from, word, len);
}

/* --- JPEG ------------------------------------------------------------------ */

static void put_way_up(struct picture *p, unsigned way)
{
	unsigned char exif[] = "\xFF\xE1\0\x22"
			       "Exif\0\0MM\0*\0\0\0\x08\0\x01"
			       "\x01\x12\0\x03\0\0\0\x01\0\0\0\0\0\0\0\0";

	exif[29] = (unsigned char)way;
	buf_add(p->out, (const char *)exif, sizeof(exif) - 1);
}

/* Of what stands beside the picture: the profile of its colours, and how they are meant. */
static bool jpeg_keeps(const struct picture *p, unsigned kind)
{
	if (kind == 0xFE)
		return false;
	if (kind == 0xE2)
		return starts(p, 4, "ICC_PROFILE", 12);
	if (kind == 0xEE)
		return starts(p, 4, "Adobe", 5);
	return kind < 0xE1 || kind > 0xEF;
}

/* What is between a scan's head and the next marker. */
static void jpeg_scan(struct picture *p)
{
	size_t end = p->at;

	while (end + 1 < p->len &&
	       !(p->b[end] == 0xFF && p->b[end + 1] != 0 && p->b[end + 1] != 0xFF &&
		 (p->b[end + 1] < 0xD0 || p->b[end + 1] > 0xD7)))
		end++;
	if (end + 1 >= p->len)
		end = p->len;
	keep(p, end - p->at);
}

/* Up to its end: what a camera hangs on behind is another picture. */
static bool jpeg(struct picture *p)
{
	bool turned = false;

	if (!has(p, 2))
		return false;
	keep(p, 2);
	while (p->at < p->len) {
		unsigned kind;
		size_t size;

		if (!has(p, 2) || p->b[p->at] != 0xFF)
			return false;
		kind = p->b[p->at + 1];
		if (kind == 0xFF) {
			p->at++;
			continue;
		}
		if (kind == 0xD9 || kind == 0x01 || (kind >= 0xD0 && kind <= 0xD8)) {
			keep(p, 2);
			if (kind == 0xD9)
				return true;
			continue;
		}
		if (!has(p, 4))
			return false;
		size = 2 + number(p->b + p->at + 2, 2, false);
		if (size < 4 || !has(p, size))
			return false;
		if (kind == 0xE1 && !turned) {
			unsigned way = exif_way_up(p->b + p->at + 4, size - 4);

			turned = way > 1;
			if (turned)
				put_way_up(p, way);
		}
		if (jpeg_keeps(p, kind))
			keep(p, size);
		else
			p->at += size;
		if (kind == 0xDA)
			jpeg_scan(p);
	}
	return true; /* cut off within its last scan: it shows what there is */
}

/* --- PNG -------------------------------------------------------------------- */

static bool png(struct picture *p)
{
	static const char looks[][5] = {"IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA",
					"cHRM", "sRGB", "iCCP", "sBIT", "bKGD", "pHYs",
					"acTL", "fcTL", "fdAT", "cICP"};

	if (!has(p, 8))
		return false;
	keep(p, 8);
	while (has(p, 12)) {
		size_t size = number(p->b + p->at, 4, false), from = p->at;
		bool kept = false;

		if (size > p->len - p->at - 12)
			return false;
		for (size_t i = 0; i < ARRAY_LEN(looks) && !kept; i++)
			kept = starts(p, 4, looks[i], 4);
		if (kept)
			keep(p, size + 12);
		else
			p->at += size + 12;
		if (!memcmp(p->b + from + 4, "IEND", 4))
			return true;
	}
	return false;
}

/* --- GIF -------------------------------------------------------------------- */

/* Blocks of up to 255 bytes, the last of none. */
static bool gif_blocks(const struct picture *p, size_t from, size_t *out_end)
{
	while (from < p->len) {
		size_t size = p->b[from++];

		if (!size) {
			*out_end = from;
			return true;
		}
		from += size;
	}
	return false;
}

static size_t colours(unsigned char flags)
{
	return flags & 0x80 ? (size_t)3 << ((flags & 7) + 1) : 0;
}

static bool gif(struct picture *p)
{
	size_t end;

	if (!has(p, 13) || !has(p, 13 + colours(p->b[10])))
		return false;
	keep(p, 13 + colours(p->b[10]));
	while (has(p, 1)) {
		unsigned char kind = p->b[p->at];

		if (kind == 0x3B) {
			keep(p, 1);
			return true;
		}
		if (kind == 0x2C) {
			size_t head = has(p, 10) ? 11 + colours(p->b[p->at + 9]) : 0;

			if (!head || !has(p, head) || !gif_blocks(p, p->at + head, &end))
				return false;
			keep(p, end - p->at);
		} else if (kind == 0x21 && has(p, 2)) {
			unsigned char label = p->b[p->at + 1];
			bool looks = label == 0xF9 || label == 0x01 ||
				     (label == 0xFF && starts(p, 3, "NETSCAPE2.0", 11));

			if (!gif_blocks(p, p->at + 2, &end))
				return false;
			if (looks)
				keep(p, end - p->at);
			p->at = end;
		} else {
			return false;
		}
	}
	return false;
}

/* --- WebP ------------------------------------------------------------------- */

static bool webp(struct picture *p)
{
	static const char looks[][5] = {"VP8 ", "VP8L", "VP8X", "ALPH",
					"ANIM", "ANMF", "ICCP"};
	enum { SAYS = 0x08 | 0x04 }; /* Exif, XMP */
	size_t begun = p->out->len, riff;

	if (!has(p, 12))
		return false;
	riff = number(p->b + 4, 4, true);
	if (riff + 8 < p->len)
		p->len = riff + 8; /* what is behind is no part of it */
	keep(p, 12);
	while (has(p, 8)) {
		size_t size = number(p->b + p->at + 4, 4, true), flags = 0;
		bool kept = false;

		if (size > p->len - p->at - 8)
			return false;
		size += size & 1 && has(p, 8 + size + 1);
		for (size_t i = 0; i < ARRAY_LEN(looks) && !kept; i++)
			kept = starts(p, 0, looks[i], 4);
		if (starts(p, 0, "VP8X", 4) && size)
			flags = p->out->len + 8;
		if (kept)
			keep(p, size + 8);
		else
			p->at += size + 8;
		if (flags && !buf_cut(p->out))
			p->out->bytes[flags] =
				(char)((unsigned char)p->out->bytes[flags] & ~SAYS);
	}
	if (buf_cut(p->out))
		return false;
	riff = p->out->len - begun - 8;
	for (size_t i = 0; i < 4; i++)
		p->out->bytes[begun + 4 + i] = (char)(riff >> (8 * i) & 0xFF);
	return true;
}

bool bulletin_image_plain(const char *type, const void *bytes, size_t len,
			  struct buf *out, struct err *err)
{
	struct picture p = {.b = bytes, .len = len, .out = out};
	bool whole = str_eq(type, "image/jpeg")   ? jpeg(&p)
		     : str_eq(type, "image/png")  ? png(&p)
		     : str_eq(type, "image/gif")  ? gif(&p)
		     : str_eq(type, "image/webp") ? webp(&p)
						  : false;

	return (whole && !buf_cut(out)) ||
	       err_set(err, ERR_INPUT,
		       "the picture is damaged: its parts do not fit together; save it "
		       "anew");
}
