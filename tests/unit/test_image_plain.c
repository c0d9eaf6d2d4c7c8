/* A picture is published without what its file says beside it, and looks as it did. */
#include "tests/unit/unit.h"

#include "base/buf.h"
#include "base/str.h"
#include "bulletin/image.h"
#include "bulletin/image_plain.h"

#define SECRET "at 55.9533 N by A. Reed"
#define LOOK "what it shows"

static struct err err;
static struct buf made, plain;

static void begin(void)
{
	buf_init(&made, 1 << 16);
	buf_init(&plain, 1 << 16);
	err = (struct err){0};
}

static void end(void)
{
	buf_clear(&made);
	buf_clear(&plain);
}

static void put(const char *bytes, size_t len)
{
	buf_add(&made, bytes, len);
}

static void put_number(unsigned long n, size_t bytes, bool little)
{
	for (size_t i = 0; i < bytes; i++)
		buf_char(&made, (char)(n >> 8 * (little ? i : bytes - 1 - i) & 0xFF));
}

/* --- parts of each kind ------------------------------------------------------- */

static void segment(unsigned kind, const char *head, size_t head_len, const char *text)
{
	put((const char[]){'\xFF', (char)kind}, 2);
	put_number(2 + head_len + strlen(text), 2, false);
	put(head, head_len);
	put(text, strlen(text));
}

/* With the tag that says which way up, in both orders of bytes. */
static void exif(unsigned way, bool little)
{
	put("\xFF\xE1", 2);
	put_number(2 + 6 + 8 + 2 + 12 + 4 + strlen(SECRET), 2, false);
	put("Exif\0\0", 6);
	put(little ? "II" : "MM", 2);
	put_number(42, 2, little);
	put_number(8, 4, little);
	put_number(1, 2, little);
	put_number(0x0112, 2, little);
	put_number(3, 2, little);
	put_number(1, 4, little);
	put_number(way, 2, little);
	put_number(0, 2, little);
	put_number(0, 4, little);
	put(SECRET, strlen(SECRET));
}

static void jpeg(unsigned way, bool little)
{
	put("\xFF\xD8", 2);
	segment(0xE0, "JFIF\0", 5, "\1\1");
	exif(way, little);
	segment(0xE1, "http://ns.adobe.com/xap/1.0/\0", 29, SECRET);
	segment(0xE2, "ICC_PROFILE\0", 12, LOOK);
	segment(0xE2, "MPF\0", 4, SECRET);
	segment(0xED, "Photoshop 3.0\0", 14, SECRET);
	segment(0xEE, "Adobe", 5, LOOK);
	segment(0xFE, "", 0, SECRET);
	segment(0xC0, "\x08\x00\x10\x00\x20\x01\x01\x11\x00", 9, "");
	segment(0xDA, "\x01\x01\x00\x00\x3F\x00", 6, "");
	put(LOOK "\xFF\0\xFF\xD0" LOOK, 2 * strlen(LOOK) + 4);
	segment(0xC4, "\0", 1, LOOK);
	segment(0xDA, "\x01\x01\x00\x00\x3F\x00", 6, "");
	put(LOOK, strlen(LOOK));
	put("\xFF\xD9", 2);
	put(SECRET, strlen(SECRET));
}

static void chunk(const char *kind, const char *head, size_t head_len, const char *text)
{
	put_number(head_len + strlen(text), 4, false);
	put(kind, 4);
	put(head, head_len);
	put(text, strlen(text));
	put("\0\0\0\0", 4);
}

static void png(void)
{
	put("\x89PNG\r\n\x1A\n", 8);
	chunk("IHDR", "\0\0\0\x20\0\0\0\x10\x08\x02\0\0\0", 13, "");
	chunk("tEXt", "Author\0", 7, SECRET);
	chunk("iTXt", "XML:com.adobe.xmp\0\0\0\0\0", 22, SECRET);
	chunk("eXIf", "", 0, SECRET);
	chunk("tIME", "", 0, SECRET);
	chunk("zTXt", "", 0, SECRET);
	chunk("prVW", "", 0, SECRET);
	chunk("iCCP", "", 0, LOOK);
	chunk("IDAT", "", 0, LOOK);
	chunk("IEND", "", 0, "");
	put("<script>" SECRET, 8 + strlen(SECRET));
}

static void blocks(const char *text)
{
	buf_char(&made, (char)strlen(text));
	put(text, strlen(text));
	put("", 1);
}

static void gif(void)
{
	put("GIF89a\x20\0\x10\0\x80\0\0\1\2\3\4\5\6", 19);
	put("\x21\xFF", 2);
	blocks("NETSCAPE2.0");
	put("\x21\xFE", 2);
	blocks(SECRET);
	put("\x21\xFF", 2);
	blocks("XMP DataXMP" SECRET);
	put("\x21\xF9", 2);
	blocks("1234");
	put("\x2C\0\0\0\0\x20\0\x10\0\0\x02", 11);
	blocks(LOOK);
	put("\x3B" SECRET, 1 + strlen(SECRET));
}

static void riff(const char *kind, const char *head, size_t head_len, const char *text)
{
	size_t len = head_len + strlen(text);

	put(kind, 4);
	put_number(len, 4, true);
	put(head, head_len);
	put(text, strlen(text));
	if (len & 1)
		put("", 1);
}

static void webp(void)
{
	size_t from = made.len, len;

	put("RIFF\0\0\0\0WEBP", 12);
	riff("VP8X", "\x2C\0\0\0\x1F\0\0\x0F\0\0", 10, "");
	riff("ICCP", "", 0, LOOK);
	riff("VP8L", "\x2F\x1F\xC0\x03\0", 5, LOOK);
	riff("EXIF", "", 0, SECRET);
	riff("XMP ", "", 0, SECRET);
	len = made.len - from - 8;
	for (size_t i = 0; i < 4; i++)
		made.bytes[from + 4 + i] = (char)(len >> 8 * i & 0xFF);
	put(SECRET, strlen(SECRET));
}

static void make(int kind)
{
	if (kind < 4)
		jpeg(kind < 2 ? 6 : 1, kind % 2);
	else if (kind == 4)
		png();
	else if (kind == 5)
		gif();
	else
		webp();
}

enum { KINDS = 7 };

static size_t times(const struct buf *in, const char *word)
{
	size_t n = 0, len = strlen(word);

	for (size_t i = 0; i + len <= in->len; i++)
		n += !memcmp(in->bytes + i, word, len);
	return n;
}

START_TEST(nothing_is_published_beside_the_picture)
{
	const char *type, *type_now;
	int width, height, width_now, height_now;
	struct buf again;

	make(_i);
	ck_assert_uint_gt(times(&made, SECRET), 1);
	ck_assert_msg(
		bulletin_image_sniff(made.bytes, made.len, &type, &width, &height, &err),
		"%s", err.text);
	ck_assert_msg(bulletin_image_plain(type, made.bytes, made.len, &plain, &err),
		      "%s", err.text);
	ck_assert_uint_eq(times(&plain, SECRET), 0);
	ck_assert_uint_eq(times(&plain, "script"), 0);
	ck_assert_uint_eq(times(&plain, LOOK), times(&made, LOOK));
	ck_assert(bulletin_image_sniff(plain.bytes, plain.len, &type_now, &width_now,
				       &height_now, &err));
	ck_assert_str_eq(type_now, type);
	ck_assert(width_now == width && height_now == height);
	/* What is plain stays as it is: the same bytes, so the same hash. */
	buf_init(&again, 1 << 16);
	ck_assert(bulletin_image_plain(type, plain.bytes, plain.len, &again, &err));
	ck_assert(again.len == plain.len && !memcmp(again.bytes, plain.bytes, plain.len));
	buf_clear(&again);
}
END_TEST

START_TEST(a_photograph_stays_the_way_up_that_it_has)
{
	static const char way[] =
		"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0";

	make(_i);
	ck_assert(bulletin_image_plain("image/jpeg", made.bytes, made.len, &plain, &err));
	ck_assert_uint_eq(times(&plain, "Exif"), _i < 2);
	if (_i < 2) {
		const char *at = memmem(plain.bytes, plain.len, way, sizeof(way) - 1);

		ck_assert_ptr_nonnull(at);
		ck_assert_int_eq(at[sizeof(way) - 1], 6);
	} else {
		ck_assert_uint_eq(times(&plain, way), 0);
	}
}
END_TEST

/* Cut off or changed anywhere: never read past its end, and never with a word too much. */
START_TEST(a_broken_picture_says_no_more_than_a_whole_one)
{
	static const char *const types[] = {"image/jpeg", "image/jpeg", "image/jpeg",
					    "image/jpeg", "image/png",  "image/gif",
					    "image/webp"};

	make(_i);
	for (size_t i = 0; i < made.len; i++) {
		char *cut = malloc(i + 1); /* exactly so many, for the sanitizer */
		struct err no = {0};
		bool ok;

		memcpy(cut, made.bytes, i);
		plain.len = 0;
		if (bulletin_image_plain(types[_i], cut, i, &plain, &no))
			ck_assert_uint_eq(times(&plain, SECRET), 0);
		else
			ck_assert_int_eq(no.kind, ERR_INPUT);
		free(cut);
		made.bytes[i] = (char)~made.bytes[i];
		plain.len = 0;
		ok = bulletin_image_plain(types[_i], made.bytes, made.len, &plain, &no);
		ck_assert(ok || no.kind == ERR_INPUT);
		made.bytes[i] = (char)~made.bytes[i];
	}
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("image_plain");
	TCase *c = tcase_create("image_plain");

	tcase_add_checked_fixture(c, begin, end);
	tcase_add_loop_test(c, nothing_is_published_beside_the_picture, 0, KINDS);
	tcase_add_loop_test(c, a_photograph_stays_the_way_up_that_it_has, 0, 4);
	tcase_add_loop_test(c, a_broken_picture_says_no_more_than_a_whole_one, 0, KINDS);
	suite_add_tcase(suite, c);
	return unit_main(suite);
}
