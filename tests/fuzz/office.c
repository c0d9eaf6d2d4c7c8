#include "tests/fuzz/fuzz.h"

#include "office/shape.h"

enum { MOST = 1 << 20 };

struct piece {
	const char *at;
	size_t len, most; /* most: of one read */
};

static int read_piece(void *from, char *to, int room)
{
	struct piece *p = from;
	size_t n = p->len < (size_t)room ? p->len : (size_t)room;

	n = n < p->most ? n : p->most;
	memcpy(to, p->at, n);
	p->at += n;
	p->len -= n;
	return (int)n;
}

static void sheet(const struct piece *from, struct office_lines *lines)
{
	struct piece first = *from, second = *from, third = *from;
	struct office_strings strings = {0};
	struct office_formats formats = {0};
	const char *why;

	buf_init(&strings.bytes, MOST);
	buf_init(&strings.starts, MOST);
	why = office_xml_strings(read_piece, &first, &strings);
	fuzz_is_text(why);
	ASSERT(strings.starts.len / sizeof(size_t) == strings.count ||
	       strings.starts.cut);
	why = office_xml_formats(read_piece, &second, &formats);
	fuzz_is_text(why);
	ASSERT(formats.count <= OFFICE_FORMATS);
	why = office_xml_sheet(read_piece, &third, &strings, &formats, lines);
	fuzz_is_text(why);
	buf_clear(&strings.bytes);
	buf_clear(&strings.starts);
}

static void is_whole(struct arena *a, const struct document *d)
{
	AUTO(buf) packed = buf_new(MOST);
	AUTO(buf) text = buf_new(MOST);
	struct document *back;

	document_pack(d, packed);
	ASSERT(buf_cut(packed) ||
	       document_unpack(a, buf_text(packed), packed->len, &back));
	document_text_of((struct document *)(uintptr_t)d, text);
	fuzz_is_text_buf(text);
}

/* The first byte chooses the walker, the second how much comes at a time. */
void fuzz_office(const char *bytes, size_t len)
{
	AUTO(arena) a = arena_new(1 << 15);
	AUTO(buf) text = buf_new(MOST);
	AUTO(buf) more = buf_new(MOST);
	struct office_lines lines = {.to = text}, notes = {.to = more};
	struct office_shape shape = {.doc = document_new(a)}, bare = {0};
	unsigned which = fuzz_byte(&bytes, &len) % 5, most = fuzz_byte(&bytes, &len);
	struct piece from = {bytes, len, most ? most : MOST};

	switch (which) {
	case 0:
		fuzz_is_text(office_xml_word(read_piece, &from, &lines, &shape));
		break;
	case 1:
		fuzz_is_text(office_xml_odf(read_piece, &from, &lines, &notes, &shape));
		break;
	case 2:
		fuzz_is_text(office_xml_odf(read_piece, &from, &lines, &notes, NULL));
		break;
	case 3:
		fuzz_is_text(office_xml_word(read_piece, &from, &lines, &bare));
		break;
	default:
		sheet(&from, &lines);
	}
	fuzz_is_text_buf(text);
	fuzz_is_text_buf(more);
	is_whole(a, shape.doc);
}
