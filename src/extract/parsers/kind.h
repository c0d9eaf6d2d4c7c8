/*
 * extract kind - what sort of file some bytes are: by content, then type, then name.
 *
 * The content is believed first, because names and types are what the sender's
 * program guessed: a PDF called notes.txt is a PDF.
 *
 * Ownership  nothing is kept.
 * Errors     none: what fits nothing is EXTRACT_UNKNOWN.
 * Limits     looks at the first kilobyte, and through an OLE file for the names of its
 *            streams; what is inside a zip is seen by the parser (extract/parsers/document.h).
 */
#ifndef MERCAT_EXTRACT_KIND_H
#define MERCAT_EXTRACT_KIND_H

#include "base/attr.h"

enum extract_kind {
	EXTRACT_UNKNOWN = 0,
	EXTRACT_NOTHING, /* no bytes, or for programs only: signatures, calendars' ids */
	EXTRACT_PLAIN,
	EXTRACT_CSV,
	EXTRACT_HTML,
	EXTRACT_RTF,
	EXTRACT_ZIP, /* docx, odt, xlsx, pptx, or a real archive */
	EXTRACT_MESSAGE,
	EXTRACT_PDF,
	EXTRACT_DOC,
	EXTRACT_PICTURE,
	EXTRACT_SOUND, /* and film */
	EXTRACT_ARCHIVE,
	EXTRACT_TNEF,
	EXTRACT_OLE_ENCRYPTED, /* a docx or xlsx with a password */
	EXTRACT_OLE_OTHER,     /* old Excel, PowerPoint, Outlook */
	EXTRACT_LOCKED,        /* to somebody's key */
	/* Never of a file: what a child does with one beside its text. */
	EXTRACT_MEMBERS,   /* takes an archive apart */
	EXTRACT_PARTS,     /* any zip, as it is */
	EXTRACT_PDF_FIELDS /* what was filled in */
};

/* bytes, name and type may be NULL; type is lower case. */
enum extract_kind extract_kind_of(const void *bytes, size_t len, const char *name,
				  const char *type) MUST_USE;

#endif
