#include "render/rendered_look.h"
#include "base/str.h"

static bool has(const struct buf *file, size_t from, const char *bytes)
{
	return memmem(buf_text(file) + from, file->len - from, bytes, strlen(bytes));
}

bool look_pdf(const char *by, const struct buf *file, struct err *err)
{
	enum { TAIL = 1024 /* in which a PDF says that it ends */ };
	size_t tail = file->len > TAIL ? file->len - TAIL : 0;

	if (!str_starts(buf_text(file), "%PDF-") || !has(file, tail, "%%EOF"))
		return err_set(err, ERR_SYSTEM, "what %s made is no whole PDF", by);
	if (!has(file, 0, "/StructTreeRoot") || !has(file, 0, "/MarkInfo") ||
	    !has(file, 0, "pdfuaid:part"))
		return err_set(err, ERR_SYSTEM,
			       "the PDF that %s made has no tags: it may be too old for "
			       "PDF/UA; version 57 or later has it",
			       by);
	return true;
}

/* ---- packages ---- */

enum {
	END_BYTES = 22,
	ENTRY_BYTES = 46,
	LOCAL_BYTES = 30,
	COMMENT_MOST = 65535,
	/* where they stand in the record of the end, and in an entry */
	END_COUNT = 10,
	END_SIZE = 12,
	END_AT = 16,
	ENTRY_PACKED = 20,
	ENTRY_NAME = 28,
	ENTRY_MORE = 30,
	ENTRY_COMMENT = 32,
	ENTRY_AT = 42
};

static size_t number(const struct buf *file, size_t at, unsigned bytes)
{
	size_t n = 0;

	for (unsigned i = bytes; i-- > 0;)
		n = n << 8 | (unsigned char)file->bytes[at + i];
	return n;
}

static bool signed_by(const struct buf *file, size_t at, const char sign[4])
{
	return memcmp(file->bytes + at, sign, 4) == 0;
}

/* The record that ends a package; false: there is none. */
static bool find_end(const struct buf *file, size_t *out)
{
	size_t least;

	if (file->len < END_BYTES)
		return false;
	*out = file->len - END_BYTES;
	least = *out > COMMENT_MOST ? *out - COMMENT_MOST : 0;
	while (!signed_by(file, *out, "PK\5\6"))
		if ((*out)-- == least)
			return false;
	return true;
}

/* One entry of the table, and that its file stands where it says. */
static bool read_entry(const struct buf *file, size_t end, size_t *at, const char **name,
		       size_t *len)
{
	size_t local, packed;

	if (end < LOCAL_BYTES || end - *at < ENTRY_BYTES ||
	    !signed_by(file, *at, "PK\1\2"))
		return false;
	*name = file->bytes + *at + ENTRY_BYTES;
	*len = number(file, *at + ENTRY_NAME, 2);
	packed = number(file, *at + ENTRY_PACKED, 4);
	local = number(file, *at + ENTRY_AT, 4);
	if (end - *at - ENTRY_BYTES < *len || local > end - LOCAL_BYTES ||
	    packed > end - local - LOCAL_BYTES || !signed_by(file, local, "PK\3\4"))
		return false;
	*at += ENTRY_BYTES + *len + number(file, *at + ENTRY_MORE, 2) +
	       number(file, *at + ENTRY_COMMENT, 2);
	return *at <= end;
}

static bool has_part(const struct buf *file, size_t end, const char *part)
{
	size_t at = number(file, end + END_AT, 4),
	       count = number(file, end + END_COUNT, 2);
	bool found = false;

	if (at > end || number(file, end + END_SIZE, 4) > end - at)
		return false;
	for (size_t i = 0; i < count; i++) {
		const char *name;
		size_t len;

		if (!read_entry(file, end, &at, &name, &len))
			return false;
		found = found || (len == strlen(part) && !memcmp(name, part, len));
	}
	return found;
}

bool look_package(const char *by, const struct buf *file, const char *const *parts,
		  struct err *err)
{
	size_t end;

	if (!find_end(file, &end))
		return err_set(err, ERR_SYSTEM, "what %s made is no whole package", by);
	for (; *parts; parts++)
		if (!has_part(file, end, *parts))
			return err_set(err, ERR_SYSTEM,
				       "what %s made is not whole: %s is not in it", by,
				       *parts);
	return true;
}
