/*
 * extract document - the words of one file, by parsers that run in our own process.
 *
 * For the child only (extract/file_child.h): it parses what strangers made. PDF and old
 * Word are read by programs of their own (extract/extract.h).
 *
 * Ownership  the caller's buffer gets the text, UTF-8 as far as the file was; reason
 *            is a fixed sentence.
 * Errors     none: any bytes give a verdict. A reason beside text says that the text
 *            is not all of it.
 * Source     ECMA-376 (docx, xlsx, pptx), ODF 1.3, RTF 1.9.1, MS-OXTNEF.
 * Limits     EXTRACT_UNPACKED bytes of an archive's parts together, EXTRACT_ENTRIES
 *            files in it; document types in XML are refused, so there are no entities
 *            to expand.
 */
#ifndef MERCAT_EXTRACT_DOCUMENT_H
#define MERCAT_EXTRACT_DOCUMENT_H

#include "base/buf.h"
#include "document/model.h"
#include "extract/parsers/kind.h"

enum {
	EXTRACT_TEXT = 4 << 20, /* of one file, for whoever makes the buffer */
	EXTRACT_UNPACKED = 64 << 20,
	EXTRACT_ENTRIES = 10000,
	EXTRACT_PACKAGE_FILES = 64, /* of one package that are read */
	/* of what we made ourselves, and look through again: extract/parts.h */
	EXTRACT_PARTS_BYTES = 400 << 20,
	EXTRACT_PARTS_MOST = 200000
};

struct extract_said {
	struct buf *text;
	const char *source;     /* "docx", "plain", ... */
	const char *reason;     /* NULL: everything was read */
	struct document *shown; /* built where it is not NULL, for files that have more */
};

void extract_document_setup(void); /* once in each process, before a sandbox */

void extract_document(enum extract_kind kind, const void *bytes, size_t len,
		      struct extract_said *out);

/* The parsers by themselves. */
void extract_plain(const char *bytes, size_t len, struct extract_said *out);
void extract_html(const char *bytes, size_t len, struct extract_said *out);
void extract_rtf(const char *bytes, size_t len, struct extract_said *out);
/* Packed: the body, how many files, and of each its name and bytes. */
void extract_tnef(const void *bytes, size_t len, struct extract_said *out);
void extract_zip(const void *bytes, size_t len, struct extract_said *out);
/* A real archive, packed as above; those that are locked or too many give a reason. */
void extract_members(const void *bytes, size_t len, struct extract_said *out);
/* Each file of any zip with its whole path, packed as above: for extract/parts.h. */
void extract_all_members(const void *bytes, size_t len, struct extract_said *out);
/* The fields of a PDF that can be filled in, as text and as a document. One that has files in it
 * says so, whatever was read. */
extern const char extract_holds_files[];
void extract_pdf_fields(const void *bytes, size_t len, struct extract_said *out);

#endif
