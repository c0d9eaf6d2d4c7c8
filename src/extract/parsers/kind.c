#include "extract/parsers/kind.h"
#include "base/str.h"
#include "text/charset/charset_guess.h"

enum { LOOK = 1024 };

struct magic {
	const char *bytes;
	size_t len;
	enum extract_kind kind;
};

#define M(text, kind)                        \
	{                                    \
		text, sizeof(text) - 1, kind \
	}

static const struct magic magics[] = {
	M("PK\3\4", EXTRACT_ZIP),
	M("PK\5\6", EXTRACT_ZIP),
	M("PK\7\10", EXTRACT_ZIP),
	M("\x78\x9f\x3e\x22", EXTRACT_TNEF),
	M("\xdb\xa5-\0", EXTRACT_DOC), /* Word 2 */
	M("\x89PNG\r\n", EXTRACT_PICTURE),
	M("\xff\xd8\xff", EXTRACT_PICTURE),
	M("GIF8", EXTRACT_PICTURE),
	M("II*\0", EXTRACT_PICTURE),
	M("MM\0*", EXTRACT_PICTURE),
	M("\x1f\x8b", EXTRACT_ARCHIVE),
	M("7z\xbc\xaf\x27\x1c", EXTRACT_ARCHIVE),
	M("Rar!\x1a\7", EXTRACT_ARCHIVE),
	M("BZh", EXTRACT_ARCHIVE),
	M("\xfd"
	  "7zXZ",
	  EXTRACT_ARCHIVE),
	M("ID3", EXTRACT_SOUND),
	M("OggS", EXTRACT_SOUND),
	M("-----BEGIN PGP MESSAGE-----", EXTRACT_LOCKED),
};

struct word {
	const char *word;
	enum extract_kind kind;
};

/* Whole types, or their beginning where they end in '/'. */
static const struct word types[] = {
	{"text/html", EXTRACT_HTML},
	{"application/xhtml+xml", EXTRACT_HTML},
	{"text/csv", EXTRACT_CSV},
	{"text/tab-separated-values", EXTRACT_CSV},
	{"text/calendar", EXTRACT_PLAIN},
	{"text/rtf", EXTRACT_RTF},
	{"text/richtext", EXTRACT_PLAIN},
	{"text/", EXTRACT_PLAIN},
	{"message/rfc822", EXTRACT_MESSAGE},
	{"message/global", EXTRACT_MESSAGE},
	{"message/", EXTRACT_PLAIN},
	{"application/pgp-signature", EXTRACT_NOTHING},
	{"application/pgp-keys", EXTRACT_NOTHING},
	{"application/pgp-encrypted", EXTRACT_NOTHING},
	{"application/pkcs7-signature", EXTRACT_NOTHING},
	{"application/x-pkcs7-signature", EXTRACT_NOTHING},
	{"application/pdf", EXTRACT_PDF},
	{"application/x-pdf", EXTRACT_PDF},
	{"application/rtf", EXTRACT_RTF},
	{"application/ms-tnef", EXTRACT_TNEF},
	{"image/", EXTRACT_PICTURE},
	{"audio/", EXTRACT_SOUND},
	{"video/", EXTRACT_SOUND},
};

static const struct word endings[] = {
	{".txt", EXTRACT_PLAIN},   {".text", EXTRACT_PLAIN},   {".md", EXTRACT_PLAIN},
	{".log", EXTRACT_PLAIN},   {".csv", EXTRACT_CSV},      {".tsv", EXTRACT_CSV},
	{".htm", EXTRACT_HTML},    {".html", EXTRACT_HTML},    {".xhtml", EXTRACT_HTML},
	{".eml", EXTRACT_MESSAGE}, {".pdf", EXTRACT_PDF},      {".rtf", EXTRACT_RTF},
	{".jpg", EXTRACT_PICTURE}, {".jpeg", EXTRACT_PICTURE}, {".png", EXTRACT_PICTURE},
	{".gif", EXTRACT_PICTURE}, {".heic", EXTRACT_PICTURE}, {".tif", EXTRACT_PICTURE},
	{".mp3", EXTRACT_SOUND},   {".m4a", EXTRACT_SOUND},    {".mp4", EXTRACT_SOUND},
	{".mov", EXTRACT_SOUND},   {".asc", EXTRACT_PLAIN},    {".ics", EXTRACT_PLAIN},
};

static bool has(const void *bytes, size_t len, const char *what, size_t what_len)
{
	return memmem(bytes, len, what, what_len) != NULL;
}

/* Names of streams stand in an OLE file as UTF-16. */
static bool has_stream(const void *bytes, size_t len, const char *name)
{
	char wide[80];
	size_t n = 0;

	for (; name[n] && n < sizeof(wide) / 2; n++) {
		wide[2 * n] = name[n];
		wide[2 * n + 1] = '\0';
	}
	return has(bytes, len, wide, 2 * n);
}

static enum extract_kind ole_kind(const void *bytes, size_t len)
{
	if (has_stream(bytes, len, "EncryptedPackage"))
		return EXTRACT_OLE_ENCRYPTED;
	if (has_stream(bytes, len, "__nameid_version1.0"))
		return EXTRACT_OLE_OTHER; /* an Outlook mail, which may hold a Word file */
	if (has_stream(bytes, len, "WordDocument"))
		return EXTRACT_DOC;
	return EXTRACT_OLE_OTHER;
}

static bool markup(const char *at, size_t len)
{
	char head[LOOK + 1];

	if (len > LOOK)
		len = LOOK;
	memcpy(head, at, len);
	head[len] = '\0';
	return str_istarts(head, "<!doctype html") || str_istarts(head, "<html") ||
	       str_istarts(head, "<head") || str_istarts(head, "<body") ||
	       (str_starts(head, "<?xml") && str_ifind(head, "<html"));
}

static enum extract_kind by_content(const char *bytes, size_t len)
{
	static const char ole[] = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
	size_t look = len < LOOK ? len : LOOK, skip = 0;

	for (size_t i = 0; i < ARRAY_LEN(magics); i++)
		if (len >= magics[i].len &&
		    memcmp(bytes, magics[i].bytes, magics[i].len) == 0)
			return magics[i].kind;
	if (len > sizeof(ole) && memcmp(bytes, ole, sizeof(ole) - 1) == 0)
		return ole_kind(bytes, len);
	/* Readers of PDF look this far for it, so people have such files. */
	if (has(bytes, look, "%PDF-", 5))
		return EXTRACT_PDF;
	if (look > 12 && memcmp(bytes + 4, "ftyp", 4) == 0)
		return memcmp(bytes + 8, "he", 2) == 0 || memcmp(bytes + 8, "mi", 2) == 0
			       ? EXTRACT_PICTURE
			       : EXTRACT_SOUND;
	if (look > 12 && memcmp(bytes, "RIFF", 4) == 0)
		return memcmp(bytes + 8, "WEBP", 4) == 0 ? EXTRACT_PICTURE
							 : EXTRACT_SOUND;
	if (look >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0)
		skip = 3;
	while (skip < look && str_is_space(bytes[skip]))
		skip++;
	if (look - skip >= 5 && memcmp(bytes + skip, "{\\rtf", 5) == 0)
		return EXTRACT_RTF;
	return markup(bytes + skip, len - skip) ? EXTRACT_HTML : EXTRACT_UNKNOWN;
}

/* No control bytes but those of text: it may be read as text whatever it is called. */
static bool looks_like_text(const char *bytes, size_t len)
{
	size_t look = len < LOOK ? len : LOOK;

	for (size_t i = 0; i < look; i++)
		if ((unsigned char)bytes[i] < 0x20 && !str_is_space(bytes[i]) &&
		    bytes[i] != 0x1b)
			return false;
	return true;
}

static bool wide_text(const char *bytes, size_t len)
{
	return charset_wide(bytes, len, NULL) != NULL;
}

static enum extract_kind by_words(const char *name, const char *type)
{
	for (size_t i = 0; type && i < ARRAY_LEN(types); i++) {
		const char *word = types[i].word;

		if (str_ends(word, "/") ? str_starts(type, word) : str_eq(type, word)) {
			/* "text/plain" is also what is said of what nobody knows. */
			if (types[i].kind != EXTRACT_PLAIN)
				return types[i].kind;
			break;
		}
	}
	for (size_t i = 0; name && i < ARRAY_LEN(endings); i++)
		if (str_iends(name, endings[i].word))
			return endings[i].kind;
	return type && (str_starts(type, "text/") || str_starts(type, "message/"))
		       ? EXTRACT_PLAIN
		       : EXTRACT_UNKNOWN;
}

enum extract_kind extract_kind_of(const void *bytes, size_t len, const char *name,
				  const char *type)
{
	enum extract_kind said = by_words(name, type), is;

	if (len == 0)
		return EXTRACT_NOTHING;
	if (!bytes) /* only told of */
		return said;
	is = by_content(bytes, len);
	/* A mail may begin with anything; and a page of HTML may be told as text. */
	if (said == EXTRACT_MESSAGE && (is == EXTRACT_UNKNOWN || is == EXTRACT_HTML))
		return said;
	if (is != EXTRACT_UNKNOWN)
		return is;
	/* What would begin otherwise if it were what it is called. */
	if (said == EXTRACT_RTF || said == EXTRACT_UNKNOWN)
		return looks_like_text(bytes, len) || wide_text(bytes, len)
			       ? EXTRACT_PLAIN
			       : EXTRACT_UNKNOWN;
	if (said == EXTRACT_PLAIN || said == EXTRACT_CSV)
		return looks_like_text(bytes, len) || wide_text(bytes, len)
			       ? said
			       : EXTRACT_UNKNOWN;
	return said;
}
