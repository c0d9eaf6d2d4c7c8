/* src/smtp without a server: replies in pieces, what may go over the wire. */
#include "tests/unit/unit.h"

#include "base/fd.h"
#include "base/str.h"
#include "smtp/server_reply.h"
#include "smtp/wire_form.h"

static const struct {
	const char *bytes;
	enum smtp_read want;
	int code;
	const char *status, *text;
} replies[] = {
	{"250 ok\r\n", SMTP_READ_REPLY, 250, "", "ok"},
	{"250 ok\n", SMTP_READ_REPLY, 250, "", "ok"},
	{"250\r\n", SMTP_READ_REPLY, 250, "", ""},
	{"250-a\r\n250-b\r\n250 c\r\n", SMTP_READ_REPLY, 250, "", "a\nb\nc"},
	{"550-5.1.1 a\r\n550 5.1.1 b\r\n", SMTP_READ_REPLY, 550, "5.1.1",
	 "5.1.1 a\n5.1.1 b"},
	{"421 4.7.28 slow\r\n", SMTP_READ_REPLY, 421, "4.7.28", "4.7.28 slow"},
	{"550 4.1.1 another class\r\n", SMTP_READ_REPLY, 550, "", "4.1.1 another class"},
	{"550 5.1 short\r\n", SMTP_READ_REPLY, 550, "", "5.1 short"},
	{"550 5.1.1.1 long\r\n", SMTP_READ_REPLY, 550, "", "5.1.1.1 long"},
	{"550 5.1.1234567890 long\r\n", SMTP_READ_REPLY, 550, "", "5.1.1234567890 long"},
	{"550 5.7.1\r\n", SMTP_READ_REPLY, 550, "5.7.1", "5.7.1"},
	{"550 5.7.1x\r\n", SMTP_READ_REPLY, 550, "", "5.7.1x"},
	{"550 caf\xC3\xA9 \xE9 \x1B[1m\r\n", SMTP_READ_REPLY, 550, "",
	 "caf\xC3\xA9 ? ?[1m"},
	{"550 \xC2\x9B\t.\r\n", SMTP_READ_REPLY, 550, "", "? ."},
	{"250 o", SMTP_READ_MORE, 0, "", ""},
	{"250-o\r\n", SMTP_READ_MORE, 0, "", ""},
	{"hello\r\n", SMTP_READ_GARBAGE, 0, "", ""},
	{"\r\n", SMTP_READ_GARBAGE, 0, "", ""},
	{"25\r\n", SMTP_READ_GARBAGE, 0, "", ""},
	{"150 no\r\n", SMTP_READ_GARBAGE, 0, "", ""},
	{"650 no\r\n", SMTP_READ_GARBAGE, 0, "", ""},
	{"2500 no\r\n", SMTP_READ_GARBAGE, 0, "", ""},
	{"250-a\r\n251 b\r\n", SMTP_READ_GARBAGE, 0, "", ""},
};

/* The same whether the bytes come at once or one by one. */
START_TEST(replies_are_read_from_any_pieces)
{
	static struct smtp_reader reader;
	size_t len = strlen(replies[_i].bytes);

	for (size_t piece = 1; piece <= len; piece += len - 1 ? len - 1 : 1) {
		enum smtp_read got = SMTP_READ_MORE;

		smtp_reader_reset(&reader);
		for (size_t at = 0; at < len && got == SMTP_READ_MORE; at += piece) {
			size_t room;
			char *to = smtp_reader_room(&reader, &room);

			ck_assert_uint_ge(room, piece);
			memcpy(to, replies[_i].bytes + at, piece);
			smtp_reader_wrote(&reader, piece);
			got = smtp_reader_next(&reader);
		}
		ck_assert_msg(got == replies[_i].want, "%s: got %d", replies[_i].bytes,
			      got);
		if (got != SMTP_READ_REPLY)
			continue;
		ck_assert_int_eq(reader.reply.code, replies[_i].code);
		ck_assert_str_eq(reader.reply.status, replies[_i].status);
		ck_assert_str_eq(reader.reply.text, replies[_i].text);
	}
}
END_TEST

START_TEST(a_reply_has_its_limits)
{
	static struct smtp_reader reader;
	enum smtp_read got = SMTP_READ_MORE;
	size_t room;
	char *to;
	int lines = 0;

	smtp_reader_reset(&reader);
	for (; got == SMTP_READ_MORE && lines < 1000; lines++) {
		char line[200];

		(void)snprintf(line, sizeof(line), "250-%0100d\r\n", lines);
		to = smtp_reader_room(&reader, &room);
		memcpy(to, line, strlen(line));
		smtp_reader_wrote(&reader, strlen(line));
		got = smtp_reader_next(&reader);
	}
	ck_assert_int_eq(got, SMTP_READ_GARBAGE);
	ck_assert_int_eq(lines, SMTP_REPLY_LINES + 1);
	ck_assert_uint_lt(strlen(reader.reply.text), SMTP_TEXT_MAX);
	smtp_reader_reset(&reader);
	to = smtp_reader_room(&reader, &room);
	memset(to, '2', room);
	smtp_reader_wrote(&reader, room);
	ck_assert_int_eq(smtp_reader_next(&reader), SMTP_READ_GARBAGE);
}
END_TEST

START_TEST(two_replies_in_one_piece_are_two)
{
	static struct smtp_reader reader;
	size_t room;
	char *to;

	smtp_reader_reset(&reader);
	to = smtp_reader_room(&reader, &room);
	memcpy(to, "250 a\r\n354 b\r\n55", 16);
	smtp_reader_wrote(&reader, 16);
	ck_assert_int_eq(smtp_reader_next(&reader), SMTP_READ_REPLY);
	ck_assert_str_eq(reader.reply.text, "a");
	ck_assert_int_eq(smtp_reader_next(&reader), SMTP_READ_REPLY);
	ck_assert_str_eq(reader.reply.text, "b");
	ck_assert_int_eq(smtp_reader_next(&reader), SMTP_READ_MORE);
}
END_TEST

static const struct {
	const char *lines;
	int64_t most;
} sizes[] = {
	{"SIZE 1000", 1000},
	{"SIZE", 0},
	{"SIZE x", 0},
	{"SIZE 12x", 12},
	{"SIZE 9223372036854775799", 9223372036854775799},
	{"SIZE 9223372036854775807", 0}, /* what may not fit is no limit */
	{"SIZE 99999999999999999999999999", 0},
	{"SIZE 999999999999999\nSIZE 999999999999999", 999999999999999},
	{"SIZE 999999999999999\nSIZE 7\nSIZE 999999999999999\nSIZE 5", 5},
};

/* A server may say it as often as it likes; the last one counts, and none overflows. */
START_TEST(sizes_are_bounded)
{
	struct smtp_reply reply = {.code = 250};
	struct smtp_offer offer;

	(void)snprintf(reply.text, sizeof(reply.text), "hello\n%s", sizes[_i].lines);
	smtp_offer_read(&reply, &offer);
	ck_assert(offer.size);
	ck_assert_int_eq(offer.size_max, sizes[_i].most);
}
END_TEST

START_TEST(an_offer_is_what_stands_after_the_greeting)
{
	struct smtp_reply reply = {
		.text = "PIPELINING is my name\nsize 1000000\n8BitMime\n"
			"AUTH=LOGIN\nSMTPUTF8X\nENHANCEDSTATUSCODES"};
	struct smtp_offer offer;

	smtp_offer_read(&reply, &offer);
	ck_assert(!offer.pipelining && offer.eight_bit && offer.auth && !offer.utf8);
	ck_assert(offer.enhanced && offer.size);
	ck_assert_int_eq(offer.size_max, 1000000);
}
END_TEST

static const struct {
	const char *mail, *want;
} stuffed[] = {
	{"a\r\nb\r\n", "a\r\nb\r\n.\r\n"},
	{"a\nb", "a\r\nb\r\n.\r\n"},
	{"a\rb\r\rc\r\n", "a\r\nb\r\n\r\nc\r\n.\r\n"},
	{".\r\n", "..\r\n.\r\n"},
	{"a\n.\nRCPT", "a\r\n..\r\nRCPT\r\n.\r\n"},
	{"a\r.\r\nRCPT", "a\r\n..\r\nRCPT\r\n.\r\n"},
	{"..a\r\n...\r\n", "...a\r\n....\r\n.\r\n"},
	{"", "\r\n.\r\n"},
	{"a\r\n\r\n", "a\r\n\r\n.\r\n"},
};

START_TEST(stuffing_leaves_one_final_dot)
{
	AUTO(buf) got = buf_new(1000);
	bool eight_bit = true;

	smtp_stuff(got, stuffed[_i].mail, strlen(stuffed[_i].mail));
	smtp_finish(got);
	ck_assert_str_eq(buf_text(got), stuffed[_i].want);
	ck_assert(smtp_wire_ok(got->bytes, got->len, &eight_bit));
	ck_assert(!eight_bit);
}
END_TEST

static const struct {
	const char *bytes;
	size_t len;
	bool ok;
} wires[] = {
	{"a\r\n.\r\n", 6, true},
	{"\r\n.\r\n", 5, true},
	{"a\r\n..\r\n.\r\n", 10, true},
	{"", 0, false},
	{".\r\n", 3, false},
	{"a\r\n", 3, false},
	{"a\r\n.", 4, false},
	{"a\r\n.\r\nMAIL FROM:<x@y>\r\n.\r\n", 27, false},
	{"a\n.\r\n.\r\n", 8, false},
	{"a\n.\nMAIL\r\n.\r\n", 13, false},
	{"a\r.\r\r\n.\r\n", 9, false},
	{"a\nb\r\n.\r\n", 8, false},
	{"a\rb\r\n.\r\n", 8, false},
	{"a\0b\r\n.\r\n", 8, false},
	{".a\r\n.\r\n", 7, false},
	{"b\r\n.a\r\n.\r\n", 10, false},
	{"\n\r\n.\r\n", 6, false},
	{"\r\r\n.\r\n", 6, false},
};

/* At every distance from the ends of the blocks that are counted at once. */
START_TEST(nothing_is_smuggled_past_the_wire)
{
	for (size_t before = 0; before < 600; before += before < 240 ? 80 : 1) {
		char mail[700];
		bool eight_bit;
		size_t head = before ? before + 2 : 0;

		memset(mail, 'x', before);
		memcpy(mail + before, "\r\n", 2);
		memcpy(mail + head, wires[_i].bytes, wires[_i].len);
		/* A lone dot after a line end is a mail that ends; only alone is it too short. */
		if (wires[_i].len == 3 && wires[_i].bytes[0] == '.' && head)
			continue;
		ck_assert_msg(smtp_wire_ok(mail, head + wires[_i].len, &eight_bit) ==
				      wires[_i].ok,
			      "row %d after %zu", _i, before);
	}
}
END_TEST

static const struct {
	const char *address;
	bool ok, utf8;
} addresses[] = {
	{"a@b.example", true, false},
	{"a+b=c-d@b.example", true, false},
	{"j\xC3\xB6@b.example", true, true},
	{"j@m\xC3\xBC.example", true, false},
	{"\"a@c\"@b.example", true, false},
	{NULL, false, false},
	{"", false, false},
	{"a", false, false},
	{"@b.example", false, false},
	{"a@", false, false},
	{"a b@c.example", false, false},
	{"a@b.example>", false, false},
	{"<a@b.example", false, false},
	{"a@b.example\r\nRSET", false, false},
	{"a@b.example\n", false, false},
	{"a\t@b.example", false, false},
	{"a\x7F@b.example", false, false},
	{"a\xC2\x85@b.example", false, false},
	{"a\xC2\xA0@b.example", false, false},
	{"a\xE9@b.example", false, false},
};

START_TEST(addresses_cannot_carry_commands)
{
	bool utf8 = false;
	const char *address = addresses[_i].address;
	bool ok = smtp_address_ok(address, &utf8);
	AUTO(buf) wire = buf_new(1000);

	/* One that is none is none there, too. */
	ck_assert(!address || !ok || smtp_wire_address(wire, address));
	ck_assert(!address || strchr(address, '@') || !smtp_wire_address(wire, address));
	ck_assert_msg(ok == addresses[_i].ok, "%s", addresses[_i].address);
	ck_assert(!ok || utf8 == addresses[_i].utf8);
}
END_TEST

/* A soft hyphen is nothing in a domain, and libidn2 makes nothing of it without a word. */
START_TEST(domain_of_nothing_is_none)
{
	AUTO(buf) wire = buf_new(1000);
	char host[256];

	ck_assert(!smtp_wire_host("\xC2\xAD", host));
	ck_assert(!smtp_wire_host("a.\xC2\xAD.example", host));
	ck_assert(!smtp_wire_address(wire, "a@\xC2\xAD"));
	ck_assert(!smtp_wire_address(wire, "a@b.\xC2\xAD.example"));
	ck_assert(smtp_wire_host("m\xC3\xBC.example", host));
	ck_assert_str_eq(host, "xn--m-eha.example");
}
END_TEST

/* IDNA makes one of the blanks and signs that end an address in a command. */
START_TEST(domain_of_other_blanks_is_none)
{
	static const char *const signs[] = {
		"\xE2\x80\x89", "\xE2\x80\xAF", "\xE2\x81\x9F", "\xE3\x80\x80",
		"\xEF\xBC\x9C", "\xEF\xBC\x9E", "\xEF\xBC\xA0", "\xEF\xBC\x82"};
	char address[40], host[256];

	for (size_t i = 0; i < ARRAY_LEN(signs); i++) {
		AUTO(buf) wire = buf_new(1000);

		(void)snprintf(address, sizeof(address), "a@b%sc.example", signs[i]);
		ck_assert_msg(!smtp_wire_address(wire, address) ||
				      !strpbrk(buf_text(wire) + 2, " <>@\""),
			      "%s", buf_text(wire));
		ck_assert(!smtp_wire_host(address + 2, host) || !strpbrk(host, " <>@\""));
	}
}
END_TEST

/* Replies that broke a reader of them once, beside the checkout where they are. */
static const char *const broke[] = {
	"cases/audit/crash-8e3093603efcadabf5a79b2016d44cbfe334c343",
	"cases/audit/crash-fdc74464e3cc46c9bce85b289d8e07c649f7c478",
	"cases/audit/fz_proto/crash-8e3093603efcadabf5a79b2016d44cbfe334c343",
	"cases/audit/fz_proto/crash-fdc74464e3cc46c9bce85b289d8e07c649f7c478"};

START_TEST(what_broke_a_reader_once_ends_as_a_reply_or_as_none)
{
	static struct smtp_reader reader;
	AUTO(buf) file = buf_new(1 << 20);
	const char *path = unit_shared(broke[_i]);
	struct err err = {0};

	if (!path)
		return;
	ck_assert(fd_read_file(path, file, &err));
	for (size_t piece = 1; piece < 200; piece += 33) {
		enum smtp_read got = SMTP_READ_MORE;

		smtp_reader_reset(&reader);
		for (size_t at = 0; at < file->len && got != SMTP_READ_GARBAGE;) {
			size_t room, n = file->len - at < piece ? file->len - at : piece;
			char *to = smtp_reader_room(&reader, &room);

			n = n < room ? n : room;
			ck_assert_uint_ge(n, 1);
			memcpy(to, file->bytes + at, n);
			smtp_reader_wrote(&reader, n);
			at += n;
			while ((got = smtp_reader_next(&reader)) == SMTP_READ_REPLY)
				ck_assert(str_utf8_valid(reader.reply.text,
							 strlen(reader.reply.text)));
		}
	}
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("smtp");
	TCase *t = tcase_create("smtp");

	UNIT_TABLE(t, replies_are_read_from_any_pieces, replies);
	UNIT_TABLE(t, what_broke_a_reader_once_ends_as_a_reply_or_as_none, broke);
	tcase_add_test(t, a_reply_has_its_limits);
	tcase_add_test(t, two_replies_in_one_piece_are_two);
	UNIT_TABLE(t, sizes_are_bounded, sizes);
	tcase_add_test(t, an_offer_is_what_stands_after_the_greeting);
	UNIT_TABLE(t, stuffing_leaves_one_final_dot, stuffed);
	UNIT_TABLE(t, nothing_is_smuggled_past_the_wire, wires);
	UNIT_TABLE(t, addresses_cannot_carry_commands, addresses);
	tcase_add_test(t, domain_of_nothing_is_none);
	tcase_add_test(t, domain_of_other_blanks_is_none);
	suite_add_tcase(suite, t);
	return unit_main(suite);
}
