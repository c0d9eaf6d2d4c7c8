/*
 * str - small questions about text, and text to number.
 *
 * All comparisons are of ASCII letters; nothing here looks at the locale.
 *
 * Units      sizes in bytes, durations in seconds.
 * Errors     the readers of numbers return false with ERR_INPUT and a sentence
 *            that says what was given and what is wanted; the caller adds where.
 * Source     UTF-8 by RFC 3629 (no surrogates, nothing over U+10FFFF, shortest
 *            form); base32 by RFC 4648, lower case, no padding.
 */
#ifndef MERCAT_BASE_STR_H
#define MERCAT_BASE_STR_H

#include "base/buf.h"
#include "base/err.h"

/* NULL equals only NULL. Here, for most often the first byte answers. */
static inline bool str_eq(const char *a, const char *b)
{
	return a == b || (a && b && *a == *b && strcmp(a, b) == 0);
}
bool str_ieq(const char *a, const char *b);
/* Here, for it is asked at each byte of a text, and most often the first byte answers. */
static inline bool str_starts(const char *text, const char *with)
{
	if (!text || (*with && *text != *with))
		return false;
	return strncmp(text, with, strlen(with)) == 0;
}
bool str_istarts(const char *text, const char *with);
bool str_ends(const char *text, const char *with);
bool str_iends(const char *text, const char *with);
const char *str_ifind(const char *text, const char *what); /* NULL when absent */
/* One that begins in the first len bytes; no more of the text is looked at. */
const char *str_ifind_near(const char *text, size_t len, const char *what);

/*
 * Many phrases in one text: one of whose pairs of neighbouring bytes the text does not have
 * is not in it, which is soon seen; only for the few that are left is it searched.
 */
struct str_pairs {
	uint64_t behind[64]; /* by a byte's lower six bits: what stands behind it */
};
void str_pairs_note(struct str_pairs *out, const char *text);
/* The first phrase of the table (NULL at its end) that is in the text that was noted. */
const char *str_any_of(const struct str_pairs *p, const char *text,
		       const char *const *phrases);

/* Is it one of these? The list ends with NULL; NULL is none of any. */
bool str_in(const char *word, const char *const *list) MUST_USE;
const char *str_or(const char *text, const char *otherwise); /* NULL or "" -> otherwise */
bool str_empty(const char *text);                            /* NULL or "" */

static inline char str_lower_char(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}
static inline bool str_is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f' || c == '\v';
}
static inline bool str_is_digit(char c)
{
	return c >= '0' && c <= '9';
}
static inline bool str_is_alpha(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
/* What a letter or digit of ASCII is in a word, in small letters; 0 of everything else. */
extern const char str_word_letters[256];
static inline char str_word_letter(char c)
{
	return str_word_letters[(unsigned char)c];
}
/* What is left of len bytes without the blanks at their end. */
static inline size_t str_without_tail(const char *text, size_t len)
{
	while (len && str_is_space(text[len - 1]))
		len--;
	return len;
}
void str_lower(char *text);       /* in place */
bool str_blank(const char *text); /* NULL, "" or nothing but blanks */
char *str_trim(char *text); /* in place: cuts the tail, returns where the text starts */
/* Cuts at a whole UTF-8 character. */
/*
 * Is a word of a command line this long option, whole ("--name", "--name=value")? One that is
 * short for one option today may be short for two tomorrow.
 */
bool str_is_option(const char *word, const char *name);
void str_copy(char *to, size_t room, const char *from);

/* Length in bytes of the valid UTF-8 character at text, 0 when it is none. */
size_t str_utf8_char(const char *text, size_t len);
bool str_utf8_valid(const char *text, size_t len);
/*
 * Does an embedding, override or isolate of the bidirectional algorithm stand there?
 * Such a character makes a name look like another: shown, it becomes U+FFFD.
 */
bool str_is_bidi_control(const char *at, size_t len);
/*
 * What a sign at text[at] does to words that are shown: by Unicode's categories Cf, Zl and Zp.
 * Joiners between letters that need them, or that make one face of several, and the tag
 * letters of a flag are shown as they are; so is what is no such sign. len: of the text.
 */
enum str_sign {
	STR_SIGN_SHOWN = 0,
	STR_SIGN_UNSEEN,   /* nobody sees it: it is left out */
	STR_SIGN_MISLEADS, /* turns words round, or hides letters: shown as U+FFFD */
	STR_SIGN_LINE      /* ends a line, where few programs show that */
};
enum str_sign str_sign_at(const char *text, size_t at, size_t len) MUST_USE;
/*
 * The bytes of a character at text that no reader sees: a blank of any width, a control or a
 * format character (Unicode: Z, Cc, Cf, and the Hangul fillers); 0 when it shows.
 */
size_t str_unseen(const char *text, size_t len);
/* Characters that begin within the first len bytes of a text, or before its end. */
size_t str_utf8_count(const char *text, size_t len);
/* Bytes of its first so many characters. */
size_t str_utf8_bytes(const char *text, size_t characters);
/*
 * The same of many places in one text, one after the other: what is gone is the way from the
 * last one, forwards or back. Begins with the text alone.
 */
struct str_walk {
	const char *text;
	size_t bytes, characters; /* where it stands */
};
size_t str_walk_to(struct str_walk *walk, size_t characters);
/* Appends text, with U+FFFD for every byte that is no UTF-8 and for NUL. */
void str_utf8_clean(struct buf *to, const char *text, size_t len);
/* Appends one code point (U+FFFD for what is none). */
void str_utf8_add(struct buf *to, uint32_t code_point);

bool str_to_int(const char *text, int64_t min, int64_t max, int64_t *out,
		struct err *err) MUST_USE;
/* "20 MB" and "4 h" */
bool str_to_size(const char *text, int64_t *out_bytes, struct err *err) MUST_USE;
bool str_to_duration(const char *text, int64_t *out_s, struct err *err) MUST_USE;

void str_hex(char *to, const void *bytes, size_t len); /* 2 * len + 1 chars */
/* (len * 8 + 4) / 5 + 1 chars */
void str_base32(char *to, const void *bytes, size_t len);
/* As part of an address: all but letters, digits and -._~ as %XX. RFC 3986 2.1 */
void str_add_url(struct buf *to, const char *text);
/* Exactly len bytes. */
bool str_unbase32(void *to, size_t len, const char *text) MUST_USE;

#endif
