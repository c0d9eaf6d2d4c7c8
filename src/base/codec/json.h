/*
 * json - JSON written as it goes, by everything here that writes JSON.
 *
 * A writer knows what is open, so that no comma, colon or bracket is ever written by the
 * caller: a text is whole and valid once json_done() is reached, whatever came in. Bytes
 * that are no UTF-8 become U+FFFD, control characters escapes, a text that is NULL null.
 * Nothing is kept of what was written; to a file there is no limit.
 *
 *	struct json j;
 *
 *	json_begin(&j, out);
 *	json_put_object(&j, NULL);
 *	json_put_text(&j, "name", name);
 *	json_put_array(&j, "counts");
 *	json_put_int(&j, NULL, 3);
 *	json_end(&j);
 *	json_end(&j);
 *	json_done(&j);
 *
 * key: the name of what stands in an object, NULL anywhere else; it may be any text. Two of
 * the same name in one object are for the caller to avoid.
 *
 * Why none of the libraries: jansson, json-glib and cJSON hold all of a text as a tree
 * before they write it, and they and yyjson refuse what is no UTF-8, which a mail may be.
 *
 * Ownership  nothing; the buffer or file is the caller's, and must outlive the writer.
 * Errors     a key where none belongs, none where one does, an end too many or too few end
 *            the program. A cut buffer and a failed file say so themselves.
 * Limits     JSON_DEPTH open at once.
 * Source     RFC 8259.
 */
#ifndef MERCAT_BASE_JSON_H
#define MERCAT_BASE_JSON_H

#include "base/buf.h"

#include <stdio.h>

enum { JSON_DEPTH = 12 };

struct json {
	struct buf *to; /* one of the two */
	FILE *file;
	int depth;
	bool whole; /* its one value is written */
	struct {
		char end;
		bool some, lines;
	} open[JSON_DEPTH];
};

void json_begin(struct json *j, struct buf *to);
void json_begin_file(struct json *j, FILE *to);
/* The value is whole; ends its line. */
void json_done(struct json *j);

void json_put_object(struct json *j, const char *key);
void json_put_array(struct json *j, const char *key);
void json_end(struct json *j); /* of what was opened last */
/* What stands in what was opened last gets lines of its own. */
void json_lines(struct json *j);

void json_put_text(struct json *j, const char *key, const char *text);
void json_put_int(struct json *j, const char *key, int64_t n);
void json_put_real(struct json *j, const char *key,
		   double n); /* null when it is no number */
/* A number in its own digits: "12.5"; null when it is NULL or none. */
void json_put_number(struct json *j, const char *key, const char *digits);
void json_put_bool(struct json *j, const char *key, bool value);
void json_put_null(struct json *j, const char *key);
void json_put_texts(struct json *j, const char *key, const char *const *texts,
		    size_t count);

/* All of a text that is a list and nothing else, without a line end, as the store keeps it. */
void json_list(struct buf *to, const char *const *texts, size_t count);

#endif
