/*
 * extract - what an attachment says, as plain text for people and for the search.
 *
 * Each attachment gets a child of its own that is forked, limited and shut in, and dies
 * with its answer: our parsers read docx, odt, xlsx, pptx, rtf, html, mail and text
 * there (extract/parsers/document.h); pdftotext and catdoc are executed there for PDF and old
 * Word, with the file as their standard input and nothing else open. A package of
 * Outlook (winmail.dat) is taken apart in one, and each file of it read in its own. Files
 * are never run, rendered or fetched from.
 *
 * Units      bytes, milliseconds; EXTRACT_CPU_S a file, EXTRACT_WALL_MS at the latest.
 * Ownership  extract_open() gives it away; extract_close() takes it back. Results hang
 *            in the caller's arena or are fixed.
 * Errors     ERR_SYSTEM: no child can be started. Never because of a file: what cannot
 *            be read comes back as unreadable, with a reason for a person. What was
 *            read before a limit was hit comes with it.
 * Limits     EXTRACT_TEXT bytes of text; EXTRACT_MEMORY for our parsers beyond what
 *            this process has mapped, and for the programs as a whole.
 *            Scanned pages and pictures: extract/recognise.h, where tesseract is installed.
 */
#ifndef MERCAT_EXTRACT_H
#define MERCAT_EXTRACT_H

#include "base/arena.h"
#include "base/err.h"
#include "mail/fields/message.h"

enum {
	EXTRACT_CPU_S = 2,
	EXTRACT_WALL_MS = 10000,
	EXTRACT_MEMORY = 128 << 20,
	EXTRACT_SHOWN = 16 << 20, /* of a packed document */
	EXTRACT_FILE = 64 << 20
};

/*   waiting -> done | none | unreadable   */
enum extract_state {
	EXTRACT_WAITING,
	EXTRACT_DONE,
	EXTRACT_NONE,      /* nothing to read in it: a logo, a signature, no bytes */
	EXTRACT_UNREADABLE /* a person must look; reason says why */
};

struct extract_result {
	enum extract_state state;
	const char *text;   /* NULL: none */
	const char *source; /* "docx", "pdf", "plain", ... or NULL */
	const char *reason; /* NULL when all of it was read */
	/* Within text: from there on a program guessed the words, so sure in percent; NULL. */
	const char *recognised;
	int sure;
	/* What a person sees of it beyond its text (document/model.h), packed; or NULL. */
	const char *shown;
	size_t shown_len;
};

struct extract;

/* Once in each process, before its sandbox. */
bool extract_open(struct extract **out, struct err *err) MUST_USE;
void extract_close(struct extract **extract);
static inline void extract_auto(struct extract **extract)
{
	extract_close(extract);
}

/* Other limits than those above; 0 leaves one as it is. */
void extract_limits(struct extract *extract, size_t memory_bytes, unsigned cpu_s,
		    unsigned wall_ms);

/*
 * What the mail of the coming files says: a package of Outlook says it once more, and is
 * then asked for its files alone. NULL: nothing.
 */
void extract_beside(struct extract *extract, const char *mail_text);

/*
 * Without reading the file: what is settled by its kind, and by the text that the mail
 * reader took already. EXTRACT_WAITING when only extract_text() can tell, with all bytes.
 */
void extract_first_look(const struct mail_attachment *file, struct extract_result *out);

/* The whole answer; looks at bytes, size, name, type, content_id and is_inline. */
bool extract_text(struct extract *extract, struct arena *arena,
		  const struct mail_attachment *file, struct extract_result *out,
		  struct err *err) MUST_USE;

/* "waiting", "done", "none", "unreadable" */
const char *extract_state_name(enum extract_state state);

/* What a sandbox must leave readable and executable for the programs; NULL at the end. */
const char *const *extract_program_paths(void);
/* A program that is not installed, with its package, or NULL. */
const char *extract_missing_program(void);
/* Whether scanned pages can be recognised here. */
bool extract_recognises(const struct extract *extract) MUST_USE;

#endif
