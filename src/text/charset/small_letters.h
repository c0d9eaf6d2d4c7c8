/*
 * small letters - a text of any alphabet in small letters.
 *
 * Ownership  a copy, in the arena.
 * Errors     none. text is valid UTF-8.
 * Source     Unicode, as glib has it; what nearly all texts have is known without it.
 */
#ifndef MERCAT_TEXT_SMALL_LETTERS_H
#define MERCAT_TEXT_SMALL_LETTERS_H

#include "base/arena.h"
#include "base/attr.h"

char *small_letters(struct arena *arena, const char *text, size_t len) MUST_USE;

#endif
