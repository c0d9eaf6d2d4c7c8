/*
 * stored zip - a package of files (zip), not compressed.
 *
 * The first file of an OpenDocument package must not be compressed, and nothing that is written
 * here is large, so no more is needed than its table. Not by libarchive, which reads packages
 * elsewhere: it gives each file extra fields, and the first may have none (ODF 1.3 part 2, 3.3).
 *
 * Ownership  names and the buffer are borrowed until stored_zip_end().
 * Errors     none; the buffer says when it was cut.
 * Source     PKWARE APPNOTE 6.3.3, 4.3.
 * Limits     STORED_ZIP_MOST files; names are ASCII.
 */
#ifndef MERCAT_BASE_STORED_ZIP_H
#define MERCAT_BASE_STORED_ZIP_H

#include "base/buf.h"

#include <stdint.h>

enum { STORED_ZIP_MOST = 16 };

struct stored_zip {
	struct buf *to;
	struct stored_zip_member {
		const char *name;
		uint32_t crc, size, at;
	} members[STORED_ZIP_MOST];
	size_t count;
};
void stored_zip_add(struct stored_zip *package, const char *name,
		    const struct buf *content);
void stored_zip_text(struct stored_zip *package, const char *name, const char *text);
void stored_zip_end(struct stored_zip *package);

#endif
