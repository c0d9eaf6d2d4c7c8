/*
 * extract private - what the files of this folder share: the reader itself, and one child asked.
 *
 * Ownership  an answer is its asker's to clear.
 * Errors     ERR_SYSTEM: no child can be started; whatever a child does is an answer.
 */
#ifndef MERCAT_EXTRACT_EXTRACT_PRIVATE_H
#define MERCAT_EXTRACT_EXTRACT_PRIVATE_H

#include "base/buf.h"
#include "extract/file_child.h"
#include "extract/extract.h"

enum { EXTRACT_LANGUAGES = 64 };

struct extract {
	int statm; /* ours; the sandbox may forbid to open it later */
	int timer;
	size_t memory_bytes;
	unsigned cpu_s, wall_ms;
	bool mail_has_text;
	int depth;                         /* of packages in packages */
	char languages[EXTRACT_LANGUAGES]; /* of recognise.h; "": it cannot */
};

/* What came back from one child. */
struct extract_answer {
	struct buf text, words, shown;
	int status;
	bool slow;
};

/* Has a child of its own do it; what of job is not of the file or the program is filled in. */
bool extract_ask(struct extract *x, struct extract_job *job, struct extract_answer *a,
		 struct err *err) MUST_USE;
void extract_answer_clear(struct extract_answer *a);

#endif
