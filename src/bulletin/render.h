/*
 * bulletin render - an update as the mail that goes out: subject, text and HTML.
 *
 * Through templates/bulletin/update.html and update.txt, which an organisation may
 * replace. Both say the same: number and date, title, summary, contents, sections, and
 * why the reader gets this, how to choose topics and how to stop.
 *
 * Ownership  inputs are borrowed for the call; results live in the arena.
 * Errors     ERR_INPUT or ERR_ABSENT from the templates; ERR_INPUT when a frame text
 *            is missing.
 * Limits     4 MB each.
 */
#ifndef MERCAT_BULLETIN_RENDER_H
#define MERCAT_BULLETIN_RENDER_H

#include "bulletin/source.h"
#include "template/template.h"

#define BULLETIN_SUBJECT_FORMAT "{title} \xE2\x80\x93 No. {number}"

struct bulletin_frame {
	const char *list_title;
	int64_t number;
	const char *date;            /* "Thursday 25 January 2018" */
	const char *organisation;    /* who sends this */
	const char *why;             /* "You get this because you asked for it on ..." */
	const char *contact;         /* postal or other contact line */
	const char *contact_address; /* whom to write to */
	const char *subject_format;  /* NULL: BULLETIN_SUBJECT_FORMAT */

	/* Links; they may hold token marks, whole. Each may be NULL but one of leave_*. */
	const char *leave_url, *leave_address;
	const char *choose_url, *archive_url;
	uint64_t sections; /* a variant of bulletin_variant() */
	bool is_test;      /* says so on top, and in the subject */
};

struct bulletin_mail {
	const char *subject, *text, *html;
};

bool bulletin_render(const struct template_library *library, struct arena *arena,
		     const struct bulletin_source *source,
		     const struct bulletin_frame *frame, struct bulletin_mail *out,
		     struct err *err) MUST_USE;

#endif
