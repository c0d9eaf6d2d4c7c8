/*
 * frame book - the frames of the texts of one letter, each read once, whoever asks.
 *
 * Who signed it, what is an answer, what was said in it and what it seems to be are all asked
 * of the same text, and each begins with its frame (frame.h). Who asks takes the book of the
 * letter, and not its sender's name, so that no text is taken apart a second time.
 *
 * Ownership  in the arena that it was made with; a text that was asked about must live as long.
 * Errors     none.
 * Limits     the first FRAME_BOOK_MOST texts are kept; what is asked of more is read anew.
 */
#ifndef MERCAT_TEXT_FRAME_BOOK_H
#define MERCAT_TEXT_FRAME_BOOK_H

#include "text/letter/frame.h"

enum { FRAME_BOOK_MOST = 8 };

struct frame_book;

/* who: the sender's name, or NULL. */
struct frame_book *frame_book_new(struct arena *arena, const char *who);
const char *frame_book_who(const struct frame_book *book);
/* As frame_read(); arena: for what is not kept. */
void frame_book_read(struct frame_book *book, struct arena *arena, const char *text,
		     size_t len, struct frame *out);

#endif
