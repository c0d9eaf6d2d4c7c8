/*
 * extract package - what a package of Outlook (winmail.dat, TNEF) or an archive (zip) holds,
 * file by file.
 *
 * A child (tnef.c and zip.c of extract/parsers) takes it apart and sends the pieces; here they
 * are checked, and each file gets a child of its own, as if it had come with the mail.
 * Their texts stand below one another, each under its name, and so do their documents.
 *
 * Ownership  results hang in the caller's arena.
 * Errors     ERR_SYSTEM: no child can be started. What is in no order is unreadable, for
 *            a person, and so is the whole when one of its files is.
 * Source     MS-OXTNEF; PKWARE's APPNOTE.
 * Limits     EXTRACT_PACKAGE_FILES files; packages in packages EXTRACT_PACKAGE_DEPTH deep.
 */
#ifndef MERCAT_EXTRACT_PACKAGE_H
#define MERCAT_EXTRACT_PACKAGE_H

#include "base/buf.h"
#include "extract/parsers/document.h"
#include "extract/extract.h"

enum { EXTRACT_PACKAGE_DEPTH = 3 };

/* Reads one file by itself: extract_text(), which knows what a package is. */
typedef bool extract_one(struct extract *x, struct arena *arena,
			 const struct mail_attachment *file, struct extract_result *out,
			 struct err *err);

struct extract_package {
	extract_one *read;        /* each of its files */
	const struct buf *packed; /* what the child said */
	bool is_archive;          /* else it is Outlook's */
	bool with_body;           /* of Outlook's: the mail says nothing itself */
};

/* out has its reason already, if the child gave one. */
bool extract_package(struct extract *x, struct arena *arena,
		     const struct extract_package *package, struct extract_result *out,
		     struct err *err) MUST_USE;

#endif
