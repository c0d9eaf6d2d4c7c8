/* extract/picture_pdf: photographs become a PDF with their bytes in it; what is broken is none. */
#include "extract/picture_pdf.h"
#include "tests/unit/unit.h"

#include "base/buf.h"

/* Two by one pixels; the picture itself is not looked at here. */
static const unsigned char jpeg[] = {
	0xFF, 0xD8, 0xFF, 0xE1, 0, 34, 'E', 'x',  'i',  'f',  0,    0,    'I', 'I',
	42,   0,    8,    0,    0, 0,  1,   0,    0x12, 1,    3,    0,    1,   0,
	0,    0,    6,    0,    0, 0,  0,   0,    0,    0,    0xFF, 0xC0, 0,   11,
	8,    0,    1,    0,    2, 1,  1,   0x11, 0,    0xFF, 0xD9};
static const unsigned char png[] = {
	0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n', 0,   0,   0,   13,  'I', 'H', 'D',
	'R',  0,   0,   0,   2,    0,    0,    0,    1,   8,   6,   0,   0,   0,   1,
	2,    3,   4,   0,   0,    0,    3,    'I',  'D', 'A', 'T', 'x', 'y', 'z', 1,
	2,    3,   4,   0,   0,    0,    0,    'I',  'E', 'N', 'D', 1,   2,   3,   4};
enum { HEIGHT_AT = 20, INTERLACED_AT = 28 };

static bool made(const void *bytes, size_t len, struct buf *out)
{
	/* A block of that size: what reads past it is seen. */
	char *exact = malloc(len ? len : 1);
	bool ok;

	ck_assert_ptr_nonnull(exact);
	memcpy(exact, bytes, len);
	ok = picture_pdf(exact, len, out);
	free(exact);
	return ok;
}

START_TEST(photograph_is_turned_as_it_was_taken)
{
	AUTO(buf) out = buf_new(1 << 16);

	ck_assert(made(jpeg, sizeof(jpeg), out));
	ck_assert_int_eq(memcmp(out->bytes, "%PDF-", 5), 0);
	ck_assert(strstr(buf_text(out), "/Rotate 90"));
	ck_assert(strstr(buf_text(out), "/Width 2 /Height 1"));
	ck_assert(strstr(buf_text(out), "/DeviceGray"));
	ck_assert_ptr_nonnull(memmem(out->bytes, out->len, jpeg, sizeof(jpeg)));
}
END_TEST

START_TEST(picture_loses_its_alpha)
{
	AUTO(buf) out = buf_new(1 << 16);

	ck_assert(made(png, sizeof(png), out));
	ck_assert(strstr(buf_text(out), "/Colors 4"));
	ck_assert(strstr(buf_text(out), "/DeviceN [/Red /Green /Blue /None]"));
	ck_assert(strstr(buf_text(out), "xyz"));
}
END_TEST

START_TEST(what_is_broken_or_no_picture_is_none)
{
	unsigned char changed[sizeof(png)];

	for (size_t len = 0; len < sizeof(jpeg) - 2; len++) {
		AUTO(buf) out = buf_new(1 << 16);

		if (len < 51)
			ck_assert_msg(!made(jpeg, len, out), "%zu bytes", len);
	}
	for (size_t len = 0; len < 48; len++) {
		AUTO(buf) out = buf_new(1 << 16);

		ck_assert_msg(!made(png, len, out), "%zu bytes", len);
	}
	for (size_t at = 0; at < sizeof(png); at++)
		for (int value = 0; value < 256; value += 51) {
			AUTO(buf) out = buf_new(1 << 16);

			memcpy(changed, png, sizeof(png));
			changed[at] = (unsigned char)value;
			(void)!made(changed, sizeof(changed), out);
		}
	memcpy(changed, png, sizeof(png));
	changed[INTERLACED_AT] = 1;
	{
		AUTO(buf) out = buf_new(1 << 16);

		ck_assert(!made(changed, sizeof(changed), out));
		changed[INTERLACED_AT] = 0;
		memset(changed + HEIGHT_AT, 0, 4);
		ck_assert(!made(changed, sizeof(changed), out));
		ck_assert(!made("II*", 4, out));
	}
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("picture pdf");
	TCase *tc = tcase_create("picture pdf");

	tcase_add_test(tc, photograph_is_turned_as_it_was_taken);
	tcase_add_test(tc, picture_loses_its_alpha);
	tcase_add_test(tc, what_is_broken_or_no_picture_is_none);
	suite_add_tcase(suite, tc);
	return unit_main_together(suite);
}
