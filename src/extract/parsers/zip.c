/* docx, odt, xlsx, pptx: which parts of the archive are read, in which order. */
#include "base/str.h"
#include "extract/parsers/document.h"
#include "office/shape.h"
#include "office/named_styles.h"
#include "office/xml.h"

#include "base/codec/pack.h"

#include <archive.h>
#include <archive_entry.h>

static const char TOO_LARGE[] = "it unpacks to more than 64 MB: it may be an attack";
static const char TOO_MANY[] = "it has more than 10,000 files in it: it may be an attack";
static const char LOCKED[] = "it is encrypted: ask for it without a password";
static const char BROKEN[] =
	"it is broken: only what stands before the fault could be read";
static const char ELSEWHERE[] =
	"it shows another file, which is not read here: a person must open it";
static const char JUST_ARCHIVE[] = "it is an archive: a person must open it";
static const char MEMBER_LOCKED[] =
	"a file in it is locked: ask for it without a password";
static const char MANY_MEMBERS[] =
	"it has more than 64 files in it: a person must open it";

enum { MANIFEST_LOOK = 1 << 20 };

struct zip {
	const void *bytes;
	size_t len, unpacked, most; /* most: that it may unpack to */
	const char *why;            /* NULL: all is well */
	bool elsewhere;             /* it shows another file, which is not read */
	struct archive *at;
	struct extract_said *out;
	struct office_lines main, notes;
	struct office_strings strings;
	struct office_formats formats;
	struct named_styles styles;
};

/* The first reason is the one that counts. */
static void say_why(struct zip *z, const char *why)
{
	if (!z->why)
		z->why = why;
}

static int read_part(void *from, char *to, int room)
{
	struct zip *z = from;
	la_ssize_t n;

	if (z->unpacked >= z->most) {
		say_why(z, TOO_LARGE);
		return -1;
	}
	n = archive_read_data(z->at, to, (size_t)room);
	if (n < 0) {
		say_why(z, BROKEN);
		return -1;
	}
	z->unpacked += (size_t)n;
	return (int)n;
}

typedef void zip_part(struct zip *z, const char *name);

static bool begin(struct zip *z)
{
	z->at = archive_read_new();
	if (!z->at)
		return false;
	(void)archive_read_support_format_zip(z->at);
	return archive_read_open_memory(z->at, z->bytes, z->len) == ARCHIVE_OK;
}

/* Calls part() for every file whose name begins and ends so. */
static void each_part(struct zip *z, const char *starts, const char *ends, zip_part *part)
{
	struct archive_entry *entry;
	size_t seen = 0;
	int rc;

	if (!begin(z))
		say_why(z, BROKEN);
	while (!z->why && !buf_cut(z->out->text)) {
		const char *name;

		rc = archive_read_next_header(z->at, &entry);
		if (rc == ARCHIVE_EOF)
			break;
		if (rc < ARCHIVE_WARN) {
			say_why(z, BROKEN);
			break;
		}
		if (++seen > EXTRACT_ENTRIES) {
			say_why(z, TOO_MANY);
			break;
		}
		name = archive_entry_pathname(entry);
		if (!name || !str_starts(name, starts) || !str_ends(name, ends))
			continue;
		if (archive_entry_is_encrypted(entry))
			say_why(z, LOCKED);
		else
			part(z, name);
	}
	(void)archive_read_free(z->at);
	z->at = NULL;
}

/* --- the families -------------------------------------------------------- */

/* Every part is read with the styles of its document: none of them can be left out. */
static struct office_shape shape_of(struct zip *z)
{
	return (struct office_shape){.doc = z->out->shown, .named_styles = &z->styles};
}

static void office_part(struct zip *z, const char *name)
{
	struct office_shape shape = shape_of(z);
	const char *why;

	shape.aside = !str_starts(name, "word/document");
	why = office_xml_word(read_part, z, &z->main, &shape);
	z->elsewhere |= shape.elsewhere;

	if (why)
		say_why(z, why);
	office_lines_end_row(&z->main);
}

static void styles_of_word(struct zip *z, const char *name)
{
	(void)name;
	/* The text is what counts: of styles that cannot be read each is in doubt. */
	if (z->out->shown &&
	    named_styles_of_word(read_part, z, z->out->shown->arena, &z->styles))
		z->styles.many = true;
}

static void styles_of_odf(struct zip *z, const char *name)
{
	(void)name;
	if (z->out->shown &&
	    named_styles_of_odf(read_part, z, z->out->shown->arena, &z->styles))
		z->styles.many = true;
}

static void odf_content(struct zip *z, const char *name)
{
	struct office_shape shape = shape_of(z);
	const char *why = office_xml_odf(read_part, z, &z->main, &z->notes, &shape);

	(void)name;
	z->elsewhere |= shape.elsewhere;
	if (why)
		say_why(z, why);
	office_lines_end_row(&z->main);
}

static void odf_styles(struct zip *z, const char *name)
{
	const char *why = office_xml_odf(read_part, z, &z->main, &z->notes, NULL);

	(void)name;
	if (why)
		say_why(z, why);
}

static void manifest(struct zip *z, const char *name)
{
	struct buf text;
	char some[4096];
	int n;

	(void)name;
	buf_init(&text, MANIFEST_LOOK);
	while (!buf_cut(&text) && (n = read_part(z, some, sizeof(some))) > 0)
		buf_add(&text, some, (size_t)n);
	if (memmem(buf_text(&text), text.len, "encryption-data", 15))
		say_why(z, LOCKED);
	buf_clear(&text);
}

static void strings_part(struct zip *z, const char *name)
{
	const char *why = office_xml_strings(read_part, z, &z->strings);

	(void)name;
	if (why)
		say_why(z, why);
}

static void formats_part(struct zip *z, const char *name)
{
	const char *why = office_xml_formats(read_part, z, &z->formats);

	(void)name;
	if (why)
		say_why(z, why);
}

static void sheet_part(struct zip *z, const char *name)
{
	const char *why =
		office_xml_sheet(read_part, z, &z->strings, &z->formats, &z->main);

	(void)name;
	if (why)
		say_why(z, why);
	office_lines_end_line(&z->main);
}

/* What stands beside cells; as in a letter, in paragraphs. */
static void comments_part(struct zip *z, const char *name)
{
	struct office_shape shape = {.doc = NULL};
	const char *why = office_xml_word(read_part, z, &z->main, &shape);

	(void)name;
	if (why)
		say_why(z, why);
	office_lines_end_line(&z->main);
}

static const struct {
	const char *source, *starts, *ends;
	zip_part *part;
	bool of_styles;
} parts[] = {
	{"docx", "word/styles", ".xml", styles_of_word, true},
	{"docx", "word/document", ".xml", office_part, false},
	{"docx", "word/header", ".xml", office_part, false},
	{"docx", "word/footnotes", ".xml", office_part, false},
	{"docx", "word/endnotes", ".xml", office_part, false},
	{"docx", "word/comments.", "xml", office_part, false},
	{"docx", "word/footer", ".xml", office_part, false},
	{"odt", "META-INF/manifest", ".xml", manifest, false},
	{"odt", "styles", ".xml", styles_of_odf, true},
	{"odt", "content", ".xml", odf_content, false},
	{"odt", "styles", ".xml", odf_styles, false},
	{"xlsx", "xl/sharedStrings", ".xml", strings_part, false},
	{"xlsx", "xl/styles", ".xml", formats_part, false},
	{"xlsx", "xl/worksheets/sheet", ".xml", sheet_part, false},
	{"xlsx", "xl/comments", ".xml", comments_part, false},
	{"pptx", "ppt/slides/slide", ".xml", office_part, false},
	{"pptx", "ppt/notesSlides/notesSlide", ".xml", office_part, false},
};

/* What kind of document it is, by the names in it. */
static void name_it(struct zip *z, const char *name)
{
	const char *is = NULL;

	if (str_starts(name, "word/document"))
		is = "docx";
	else if (str_eq(name, "content.xml"))
		is = "odt";
	else if (str_eq(name, "xl/workbook.xml"))
		is = "xlsx";
	else if (str_eq(name, "ppt/presentation.xml"))
		is = "pptx";
	if (is && !z->out->source)
		z->out->source = is;
}

void extract_zip(const void *bytes, size_t len, struct extract_said *out)
{
	struct buf notes;
	struct zip z = {.bytes = bytes, .len = len, .most = EXTRACT_UNPACKED, .out = out};

	buf_init(&notes, out->text->max);
	buf_init(&z.strings.bytes, EXTRACT_UNPACKED);
	buf_init(&z.strings.starts, EXTRACT_UNPACKED);
	z.main.to = out->text;
	z.notes.to = &notes;
	each_part(&z, "", "", name_it);
	/* Cut off within its list of files: what there is may still be a letter. */
	if (z.why == BROKEN && out->source)
		z.why = NULL;
	if (!out->source) {
		say_why(&z, JUST_ARCHIVE);
		out->source = "archive";
	}
	for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
		const char *why = z.why;

		if (!str_eq(parts[i].source, out->source))
			continue;
		each_part(&z, parts[i].starts, parts[i].ends, parts[i].part);
		/* Only the text is asked for: without all styles, each is in doubt. */
		if (parts[i].of_styles && z.why != why) {
			z.styles.many = true;
			z.why = why;
		}
	}
	if (notes.len) {
		office_lines_end_row(&z.main);
		office_lines_add(&z.main, buf_text(&notes), notes.len);
	}
	if (z.elsewhere)
		say_why(&z, ELSEWHERE);
	out->reason = z.why;
	buf_clear(&notes);
	buf_clear(&z.strings.bytes);
	buf_clear(&z.strings.starts);
}

/* --- a real archive ------------------------------------------------------ */

struct members {
	struct zip z;
	struct buf files;
	size_t count;
	bool all; /* with folders and names as they are, however many */
};

/* One file whole, or not at all; false when no more can be read. */
static bool add_member(struct members *m, struct archive_entry *entry)
{
	const char *path = archive_entry_pathname_utf8(entry);
	const char *name =
		path && !m->all && strrchr(path, '/') ? strrchr(path, '/') + 1 : path;
	AUTO(buf) bytes = buf_new(m->z.most);
	AUTO(buf) clean = buf_new(4096);
	char some[65536];
	int n;

	while ((n = read_part(&m->z, some, sizeof(some))) > 0)
		buf_add(bytes, some, (size_t)n);
	if (n < 0)
		return false;
	str_utf8_clean(clean, str_or(name, ""), strlen(str_or(name, "")));
	pack_str(&m->files, buf_text(clean));
	pack_bytes(&m->files, buf_text(bytes), bytes->len);
	m->count++;
	return !buf_cut(&m->files);
}

static bool is_member(struct archive_entry *entry)
{
	const char *path = archive_entry_pathname(entry);

	/* What a Mac puts beside each file is nobody's. */
	return archive_entry_filetype(entry) == AE_IFREG &&
	       !str_starts(str_or(path, ""), "__MACOSX/");
}

static void each_member(struct members *m)
{
	struct archive_entry *entry;
	size_t seen = 0, most = m->all ? EXTRACT_PARTS_MOST : EXTRACT_ENTRIES;
	int rc;

	while ((rc = archive_read_next_header(m->z.at, &entry)) != ARCHIVE_EOF) {
		if (rc < ARCHIVE_WARN || ++seen > most) {
			say_why(&m->z, rc < ARCHIVE_WARN ? BROKEN : TOO_MANY);
			return;
		}
		if (!m->all && !is_member(entry))
			continue;
		if (!m->all && m->count == EXTRACT_PACKAGE_FILES) {
			say_why(&m->z, MANY_MEMBERS);
			return;
		}
		if (archive_entry_is_encrypted(entry))
			say_why(&m->z, MEMBER_LOCKED);
		else if (!add_member(m, entry))
			return;
	}
}

static void take_apart(struct members *m)
{
	struct extract_said *out = m->z.out;

	out->source = "archive";
	buf_init(&m->files, out->text->max);
	if (begin(&m->z))
		each_member(m);
	else
		say_why(&m->z, BROKEN);
	(void)archive_read_free(m->z.at);
	pack_str(out->text, "");
	pack_int(out->text, (int64_t)m->count);
	buf_add(out->text, buf_text(&m->files), m->files.len);
	if (buf_cut(&m->files))
		say_why(&m->z, TOO_LARGE);
	out->reason = m->z.why;
	buf_clear(&m->files);
}

void extract_members(const void *bytes, size_t len, struct extract_said *out)
{
	struct members m = {
		.z = {.bytes = bytes, .len = len, .most = EXTRACT_UNPACKED, .out = out}};

	take_apart(&m);
}

void extract_all_members(const void *bytes, size_t len, struct extract_said *out)
{
	struct members m = {.z = {.bytes = bytes,
				  .len = len,
				  .most = EXTRACT_PARTS_BYTES,
				  .out = out},
			    .all = true};

	take_apart(&m);
}
