/*
 * typed scan - a letter is typed in beside its picture.
 *
 * Somebody chooses the scan first: a PDF, or photographs of its pages. A program makes one
 * picture of each page in its limited child (extract/page_picture.h), which the page shows
 * beside the form; the file itself never gets into a page. Once the response is added its files
 * are part of its mail, as those of every response, and the pictures stay beside its text. Files
 * that nobody has used after SCAN_KEPT_S go.
 *
 * Ownership  in the arena.
 * Errors     ERR_INPUT   no file, too many, or too much; a token that is none
 *            ERR_ABSENT  no such scan or page in that consultation
 * Limits     SCAN_FILES_MOST files of one form; SCAN_PAGES pages of a file
 */
#ifndef MERCAT_DOMAIN_TYPED_SCAN_H
#define MERCAT_DOMAIN_TYPED_SCAN_H

#include "base/calendar.h"
#include "domain/core/domain.h"
#include "domain/sorting/typed_mail.h"

enum { SCAN_PAGES = 60, SCAN_KEPT_S = DAY_S, SCAN_FILES_MOST = 20 };

/* What was chosen in one form, kept as it is; they are one scan by that token. */
struct scan_chosen {
	int64_t consultation_id;
	const char *token; /* letters and digits, 8 to 64, of the caller's making */
	const struct typed_file *files;
	size_t count;
};
bool scan_keep(struct operation *op, const struct scan_chosen *chosen,
	       struct err *err) MUST_USE;

struct scan {
	const char *token;
	int64_t inbound_id;       /* 0: of no response yet */
	int64_t pages;            /* that are there by now, of all files */
	bool is_waiting;          /* more may come */
	struct store_table files; /* id, name, type, state, reason, inbound_id, pages */
};
bool scan_look(struct operation *op, struct arena *arena, int64_t consultation_id,
	       const char *token, struct scan *out, struct err *err) MUST_USE;
/* The token of the scan that a response was typed from; ERR_ABSENT: it was not. */
bool scan_of_mail(struct operation *op, struct arena *arena, int64_t inbound_id,
		  const char **out_token, struct err *err) MUST_USE;
/* The picture of one page, from 1, as PNG. */
struct scan_picture {
	const void *bytes;
	size_t len;
};
bool scan_page(struct operation *op, struct arena *arena, const struct scan *scan,
	       int64_t page, struct scan_picture *out, struct err *err) MUST_USE;
/* The files as they were chosen, for the mail that keeps them: the rest of out is filled in. */
bool scan_files(struct operation *op, struct arena *arena, struct scan_chosen *out,
		struct err *err) MUST_USE;
/* Inside the transaction that adds the response: of files that came with it without having been
 * shown before, those that can be drawn; and the scan that it was typed from. */
bool scan_keep_drawable(struct operation *op, const struct scan_chosen *chosen,
			int64_t inbound_id, struct err *err) MUST_USE;
bool scan_added(struct operation *op, int64_t consultation_id, const char *token,
		int64_t inbound_id, struct err *err) MUST_USE;

/* The role that makes pictures of pages: the oldest that waits (ERR_ABSENT: none does), each page
 * as it is made, and the end; reason NULL: all of it is there. */
struct scan_waiting {
	int64_t id;
	const char *name, *type;
	const void *bytes;
	size_t len;
};
bool scan_next(struct operation *op, struct arena *arena, struct scan_waiting *out,
	       struct err *err) MUST_USE;
bool scan_page_keep(struct operation *op, int64_t id, int64_t page,
		    const struct scan_picture *picture, struct err *err) MUST_USE;
bool scan_end(struct operation *op, int64_t id, const char *reason,
	      struct err *err) MUST_USE;
/* The clock's. */
bool scans_forget(struct operation *op, struct err *err) MUST_USE;

#endif
