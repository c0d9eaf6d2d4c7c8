#include "text/letter/frame_book.h"
#include "base/str.h"

struct known {
	const char *text;
	size_t len;
	bool goes_on; /* behind that */
	struct frame frame;
};

struct frame_book {
	struct arena *arena;
	const char *who;
	struct known items[FRAME_BOOK_MOST];
	size_t count;
};

struct frame_book *frame_book_new(struct arena *arena, const char *who)
{
	struct frame_book *book = arena_make(arena, struct frame_book, 1);

	book->arena = arena;
	book->who = who;
	return book;
}

const char *frame_book_who(const struct frame_book *book)
{
	return book->who;
}

void frame_book_read(struct frame_book *book, struct arena *arena, const char *text,
		     size_t len, struct frame *out)
{
	struct known one = {.text = text, .len = len, .goes_on = !str_blank(text + len)};

	for (size_t i = 0; i < book->count; i++) {
		const struct known *k = &book->items[i];

		if (k->len == len && k->goes_on == one.goes_on &&
		    (k->text == text || memcmp(k->text, text, len) == 0)) {
			*out = k->frame;
			return;
		}
	}
	if (book->count < FRAME_BOOK_MOST)
		arena = book->arena;
	frame_read(arena, text, len, book->who, &one.frame);
	if (book->count < FRAME_BOOK_MOST)
		book->items[book->count++] = one;
	*out = one.frame;
}
