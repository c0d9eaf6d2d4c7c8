#include "tests/fuzz/fuzz.h"

#include "smtp/server_reply.h"

enum { REPLIES_MOST = 50 };

struct heard {
	struct smtp_reply replies[REPLIES_MOST];
	size_t count;
	bool garbage;
};

static void is_clean(const struct smtp_reply *r)
{
	ASSERT(r->code >= 200 && r->code <= 599);
	ASSERT(strlen(r->text) == r->text_len && r->text_len < SMTP_TEXT_MAX);
	ASSERT(r->lines > 0 && r->lines <= SMTP_REPLY_LINES);
	ASSERT(strlen(r->status) < SMTP_STATUS_MAX);
	fuzz_is_text(r->text);
	for (const char *c = r->text; *c; c++)
		ASSERT((unsigned char)*c >= ' ' || *c == '\n');
	if (*r->status)
		ASSERT(r->status[0] == '0' + r->code / 100 && r->status[1] == '.');
}

static void keep(struct smtp_reply *to, const struct smtp_reply *from)
{
	to->code = from->code;
	str_copy(to->status, sizeof(to->status), from->status);
	str_copy(to->text, sizeof(to->text), from->text);
}

/* In pieces of at most so many bytes. */
static void hear(const char *bytes, size_t len, size_t most, struct heard *out)
{
	struct smtp_reader *reader = malloc(sizeof(*reader));

	ASSERT(reader);
	smtp_reader_reset(reader);
	out->count = 0;
	out->garbage = false;
	while (len && !out->garbage) {
		enum smtp_read got = SMTP_READ_MORE;
		size_t room, n;
		char *to = smtp_reader_room(reader, &room);

		ASSERT(room);
		n = room < len ? room : len;
		n = n < most ? n : most;
		memcpy(to, bytes, n);
		smtp_reader_wrote(reader, n);
		bytes += n;
		len -= n;
		while ((got = smtp_reader_next(reader)) == SMTP_READ_REPLY) {
			is_clean(&reader->reply);
			if (out->count < REPLIES_MOST)
				keep(&out->replies[out->count++], &reader->reply);
		}
		out->garbage = got == SMTP_READ_GARBAGE;
	}
	free(reader);
}

/* A server's words mean the same in whatever pieces they come. */
void fuzz_smtp_reply(const char *bytes, size_t len)
{
	size_t most = 1 + fuzz_byte(&bytes, &len) % 40;
	static struct heard whole, pieces; /* large, and written anew each time */

	hear(bytes, len, SIZE_MAX, &whole);
	hear(bytes, len, most, &pieces);
	ASSERT(whole.count == pieces.count && whole.garbage == pieces.garbage);
	for (size_t i = 0; i < whole.count; i++) {
		struct smtp_offer offer;

		ASSERT(whole.replies[i].code == pieces.replies[i].code);
		ASSERT(str_eq(whole.replies[i].text, pieces.replies[i].text));
		ASSERT(str_eq(whole.replies[i].status, pieces.replies[i].status));
		smtp_offer_read(&whole.replies[i], &offer);
		ASSERT(offer.size_max >= 0);
	}
}
