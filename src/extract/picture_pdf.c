#include "extract/picture_pdf.h"
#include "base/str.h"
#include "document/exif.h"

#include <string.h>

enum { OBJECTS = 6, SIDE_MOST = 65500, SIDE = 1000 };

struct picture {
	unsigned width, height, bits, channels; /* channels: of its data */
	unsigned turned;                        /* degrees, clockwise */
	const char *colours, *parameters;       /* of the PDF */
	const char *filter;
	const unsigned char *palette;
	size_t palette_len;
	bool drops_alpha;
	struct buf pixels; /* compressed, as they were */
};

static unsigned be16(const unsigned char *at)
{
	return (unsigned)at[0] << 8 | at[1];
}

static uint32_t be32(const unsigned char *at)
{
	return (uint32_t)be16(at) << 16 | be16(at + 2);
}

/* ---- JPEG ---- */

/* How far it is turned to be shown so; what is mirrored is not. */
static unsigned degrees(unsigned way_up)
{
	return way_up == 3 ? 180 : way_up == 6 ? 90 : way_up == 8 ? 270 : 0;
}

static bool is_frame(unsigned marker)
{
	return marker >= 0xC0 && marker <= 0xC2;
}

static bool read_jpeg(const unsigned char *b, size_t len, struct picture *p)
{
	size_t at = 2;

	if (len < 4 || b[0] != 0xFF || b[1] != 0xD8)
		return false;
	while (len - at >= 4 && b[at] == 0xFF) {
		unsigned marker = b[at + 1];
		size_t part = be16(b + at + 2);

		if (marker == 0xFF) { /* fill */
			at++;
			continue;
		}
		if (part < 2 || len - at - 2 < part)
			return false;
		if (marker == 0xE1)
			p->turned = p->turned
					    ? p->turned
					    : degrees(exif_way_up(b + at + 4, part - 2));
		if (is_frame(marker)) {
			if (part < 8)
				return false;
			p->bits = b[at + 4];
			p->height = be16(b + at + 5);
			p->width = be16(b + at + 7);
			p->channels = b[at + 9];
			p->filter = "DCTDecode";
			p->colours = p->channels == 1   ? "/DeviceGray"
				     : p->channels == 3 ? "/DeviceRGB"
							: "/DeviceCMYK";
			/* Who writes four channels writes them the other way round. */
			p->parameters =
				p->channels == 4 ? "/Decode [1 0 1 0 1 0 1 0]" : "";
			buf_add(&p->pixels, b, len);
			return p->bits == 8 &&
			       (p->channels == 1 || p->channels == 3 || p->channels == 4);
		}
		at += 2 + part;
	}
	return false;
}

/* ---- PNG ---- */

static bool read_png_head(const unsigned char *b, struct picture *p)
{
	static const struct {
		unsigned type, channels;
		const char *colours;
		bool drops_alpha;
	} kinds[] = {
		{0, 1, "/DeviceGray", false},
		{2, 3, "/DeviceRGB", false},
		{3, 1, NULL, false},
		{4, 2, "[/DeviceN [/Black /None] /DeviceGray 6 0 R]", true},
		{6, 4, "[/DeviceN [/Red /Green /Blue /None] /DeviceRGB 6 0 R]", true}};

	p->width = be32(b);
	p->height = be32(b + 4);
	p->bits = b[8];
	p->filter = "FlateDecode";
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
		if (kinds[i].type == b[9]) {
			p->channels = kinds[i].channels;
			p->colours = kinds[i].colours;
			p->drops_alpha = kinds[i].drops_alpha;
			/* No other way of packing it, no interlacing. */
			return !b[10] && !b[11] && !b[12] && p->bits && p->bits <= 16;
		}
	return false;
}

static bool read_png(const unsigned char *b, size_t len, struct picture *p)
{
	static const char sign[] = "\x89PNG\r\n\x1a\n";
	enum { SIGN = 8, AROUND = 12, IHDR = 13, COLOURS_MOST = 768 };
	size_t at = SIGN;
	bool has_head = false;

	if (len < SIGN || memcmp(b, sign, SIGN) != 0)
		return false;
	while (len - at >= AROUND) {
		size_t part = be32(b + at);
		const unsigned char *name = b + at + 4, *in = b + at + 8;

		if (len - at - AROUND < part)
			return false;
		if (memcmp(name, "IHDR", 4) == 0) {
			if (has_head || part < IHDR || !read_png_head(in, p))
				return false;
			has_head = true;
		} else if (memcmp(name, "PLTE", 4) == 0) {
			p->palette = in;
			p->palette_len = part;
		} else if (memcmp(name, "IDAT", 4) == 0) {
			buf_add(&p->pixels, in, part);
		} else if (memcmp(name, "IEND", 4) == 0) {
			break;
		}
		at += AROUND + part;
	}
	return has_head && p->pixels.len &&
	       (p->colours || (p->palette_len >= 3 && p->palette_len <= COLOURS_MOST));
}

/* ---- PDF ---- */

struct writer {
	struct buf *to;
	size_t at[OBJECTS + 1], count;
};

static void begin(struct writer *w)
{
	w->at[++w->count] = w->to->len;
	buf_printf(w->to, "%zu 0 obj\n", w->count);
}

static void put_colours(struct buf *to, const struct picture *p)
{
	if (p->colours) {
		buf_str(to, p->colours);
		return;
	}
	buf_printf(to, "[/Indexed /DeviceRGB %zu <", p->palette_len / 3 - 1);
	for (size_t i = 0; i < p->palette_len / 3 * 3; i++)
		buf_printf(to, "%02x", p->palette[i]);
	buf_str(to, ">]");
}

static void put_image(struct writer *w, const struct picture *p)
{
	begin(w);
	buf_printf(w->to,
		   "<< /Type /XObject /Subtype /Image /Width %u /Height %u "
		   "/BitsPerComponent %u /Filter /%s /ColorSpace ",
		   p->width, p->height, p->bits, p->filter);
	put_colours(w->to, p);
	if (p->parameters)
		buf_printf(w->to, " %s", p->parameters);
	else
		buf_printf(w->to,
			   " /DecodeParms << /Predictor 15 /Colors %u "
			   "/BitsPerComponent %u /Columns %u >>",
			   p->channels, p->bits, p->width);
	buf_printf(w->to, " /Length %zu >>\nstream\n", p->pixels.len);
	buf_add(w->to, p->pixels.bytes, p->pixels.len);
	buf_str(w->to, "\nendstream\nendobj\n");
}

static void put_pdf(const struct picture *p, struct buf *to)
{
	struct writer w = {.to = to};
	unsigned longer = p->width > p->height ? p->width : p->height;
	unsigned wide = p->width * SIDE / longer, high = p->height * SIDE / longer;
	char draw[80];
	size_t xref;

	wide = wide ? wide : 1;
	high = high ? high : 1;
	(void)snprintf(draw, sizeof(draw), "q %u 0 0 %u 0 0 cm /I Do Q", wide, high);
	buf_str(to, "%PDF-1.5\n");
	begin(&w);
	buf_str(to, "<< /Type /Catalog /Pages 2 0 R >>\nendobj\n");
	begin(&w);
	buf_str(to, "<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n");
	begin(&w);
	buf_printf(
		to,
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %u %u] /Rotate %u "
		"/Contents 4 0 R /Resources << /XObject << /I 5 0 R >> >> >>\nendobj\n",
		wide, high, p->turned);
	begin(&w);
	buf_printf(to, "<< /Length %zu >>\nstream\n%s\nendstream\nendobj\n", strlen(draw),
		   draw);
	put_image(&w, p);
	begin(&w);
	buf_printf(to,
		   "<< /FunctionType 4 /Domain [%s] /Range [%s] /Length 7 >>\n"
		   "stream\n{ pop }\nendstream\nendobj\n",
		   p->channels == 4 ? "0 1 0 1 0 1 0 1" : "0 1 0 1",
		   p->channels == 4 ? "0 1 0 1 0 1" : "0 1");
	xref = to->len;
	buf_printf(to, "xref\n0 %d\n0000000000 65535 f \n", OBJECTS + 1);
	for (size_t i = 1; i <= OBJECTS; i++)
		buf_printf(to, "%010zu 00000 n \n", w.at[i]);
	buf_printf(to, "trailer << /Size %d /Root 1 0 R >>\nstartxref\n%zu\n%%%%EOF\n",
		   OBJECTS + 1, xref);
}

bool picture_pdf(const void *bytes, size_t len, struct buf *out)
{
	bool is_jpeg = len > 2 && memcmp(bytes, "\xFF\xD8", 2) == 0, good;
	struct picture p = {0};

	buf_init(&p.pixels, len + 1);
	good = (is_jpeg ? read_jpeg(bytes, len, &p) : read_png(bytes, len, &p)) &&
	       p.width && p.height && p.width <= SIDE_MOST && p.height <= SIDE_MOST;
	if (good)
		put_pdf(&p, out);
	buf_clear(&p.pixels);
	return good && !buf_cut(out);
}
