/* Outlook's own wrapping of a mail and its files, by libytnef. In the child only. */
#include "base/codec/pack.h"
#include "base/str.h"
#include "extract/parsers/document.h"
#include "text/charset/charset.h"

#include <ytnef.h>

/* Properties of MS-OXPROPS, and their two types of text. */
enum {
	BODY = 0x1000,
	BODY_RTF = 0x1009,
	BODY_HTML = 0x1013,
	FILE_DATA = 0x3701,
	FILE_LONG_NAME = 0x3707,
	TEXT_8BIT = 0x1E,
	TEXT_UNICODE = 0x1F,
	OBJECT = 0x0D,
	BINARY = 0x102,
	OBJECT_ID = 16 /* bytes before the package of an attached mail */
};

static bool property(MAPIProps *all, unsigned id, unsigned type, variableLength *out)
{
	variableLength *found =
		MAPIFindProperty(all, PROP_TAG((unsigned)type, (unsigned)id));

	if (found == MAPI_UNDEFINED || !found->data || found->size <= 0)
		return false;
	*out = *found;
	return true;
}

/* libytnef makes UTF-8 of Unicode itself and leaves 8-bit text as it came. */
static void add_text(struct buf *to, const variableLength *text)
{
	if (text->data && text->size > 0)
		charset_to_utf8(to, NULL, text->data,
				strnlen((const char *)text->data, (size_t)text->size));
}

static void add_rtf(struct buf *to, variableLength *packed)
{
	struct extract_said said = {.text = to};
	int size = 0;
	BYTE *rtf = DecompressRTF(packed, &size);

	if (rtf && size > 0)
		extract_rtf((const char *)rtf, (size_t)size, &said);
	free(rtf);
}

static void add_body(struct buf *to, TNEFStruct *tnef)
{
	struct extract_said said = {.text = to};
	variableLength found;

	if (tnef->body.data && tnef->body.size > 0)
		add_text(to, &tnef->body);
	else if (property(&tnef->MapiProperties, BODY, TEXT_UNICODE, &found) ||
		 property(&tnef->MapiProperties, BODY, TEXT_8BIT, &found))
		add_text(to, &found);
	else if (property(&tnef->MapiProperties, BODY_HTML, BINARY, &found) ||
		 property(&tnef->MapiProperties, BODY_HTML, TEXT_8BIT, &found))
		extract_html((const char *)found.data, (size_t)found.size, &said);
	else if (property(&tnef->MapiProperties, BODY_RTF, BINARY, &found))
		add_rtf(to, &found);
}

static void pack_file(struct buf *to, Attachment *file)
{
	AUTO(buf) name = buf_new(1024);
	AUTO(buf) clean = buf_new(4096);
	variableLength found, *bytes = &file->FileData;
	size_t skip = 0;

	if (property(&file->MAPI, FILE_LONG_NAME, TEXT_UNICODE, &found) ||
	    property(&file->MAPI, FILE_LONG_NAME, TEXT_8BIT, &found))
		add_text(name, &found);
	else
		add_text(name, &file->Title);
	if (property(&file->MAPI, FILE_DATA, OBJECT, &found)) {
		bytes = &found;
		skip = OBJECT_ID;
	} else if ((!bytes->data || bytes->size <= 0) &&
		   property(&file->MAPI, FILE_DATA, BINARY, &found)) {
		bytes = &found;
	}
	str_utf8_clean(clean, buf_text(name), strlen(buf_text(name)));
	pack_str(to, buf_text(clean));
	if (bytes->data && bytes->size > (int)skip)
		pack_bytes(to, bytes->data + skip, (size_t)bytes->size - skip);
	else
		pack_bytes(to, "", 0);
}

/* MS-TNEF 2.1.3: what stands before the first attribute, and around the data of each. */
enum { STREAM_HEAD = 6, ATTRIBUTE_HEAD = 9, LENGTH_AT = 5, CHECKSUM = 2 };

/*
 * The bytes up to the first attribute that is shorter than it says. libytnef allots what a
 * length asks for, up to 4 GB, and sums it up without seeing that the file ends before.
 */
static size_t whole_attributes(const unsigned char *bytes, size_t len)
{
	size_t at = len < STREAM_HEAD ? len : STREAM_HEAD;

	while (len - at >= ATTRIBUTE_HEAD + CHECKSUM) {
		const unsigned char *n = bytes + at + LENGTH_AT;
		size_t said = (size_t)n[0] | (size_t)n[1] << 8 | (size_t)n[2] << 16 |
			      (size_t)n[3] << 24;

		if (said > len - at - ATTRIBUTE_HEAD - CHECKSUM)
			break;
		at += ATTRIBUTE_HEAD + said + CHECKSUM;
	}
	return at;
}

void extract_tnef(const void *bytes, size_t len, struct extract_said *out)
{
	AUTO(buf) body = buf_new(EXTRACT_TEXT);
	AUTO(buf) clean = buf_new((size_t)EXTRACT_TEXT * 3 + 3);
	size_t whole = whole_attributes(bytes, len);
	TNEFStruct tnef;
	Attachment *file;
	int64_t count = 0;

	out->source = "winmail";
	TNEFInitialize(&tnef);
	tnef.Debug = 0;
	/* What was understood before it went wrong is worth having. */
	if (TNEFParseMemory((BYTE *)(uintptr_t)bytes, (long)whole, &tnef) < 0 ||
	    len - whole >= ATTRIBUTE_HEAD)
		out->reason =
			"Outlook packed it (winmail.dat), and it is broken: ask for "
			"the file itself";
	file = tnef.starting_attach.next;
	add_body(body, &tnef);
	str_utf8_clean(clean, buf_text(body), strlen(buf_text(body)));
	pack_str(out->text, buf_text(clean));
	while (file && count < EXTRACT_PACKAGE_FILES) {
		file = file->next;
		count++;
	}
	if (file)
		out->reason =
			"Outlook packed more than 64 files in it: a person must open it";
	pack_int(out->text, count);
	for (file = tnef.starting_attach.next; count > 0; file = file->next, count--)
		pack_file(out->text, file);
	TNEFFree(&tnef);
}
