/*
 * A yes that its writer struck out or hid by a style: whatever the way, and wherever the style
 * stands, no permission comes of it. Styles that do neither change nothing.
 */
#include "tests/unit/unit.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "document/css.h"
#include "document/model.h"
#include "extract/parsers/document.h"
#include "form/reading/form.h"
#include "office/lines.h"
#include "office/shape.h"
#include "office/named_styles.h"

#include <archive.h>
#include <archive_entry.h>

/* Of a rule in a sheet, or of a style attribute. */
static const char *const hides[] = {
	"text-decoration:line-through",
	"text-decoration: underline LINE-THROUGH red",
	"text-decoration:line\\-through",
	"text-decoration:line-\\74hrough",
	"text-decoration:/**/line-through",
	"text-decoration-line: line-through",
	"display:none",
	"display : none !important",
	"visibility:hidden",
	"opacity:0",
	"opacity: 0.0",
	"font-size:0",
	"font-size:0px",
	"font:0/0 a",
	"color:transparent",
	"color:#fff;background:#fff",
	"text-indent:-9999px",
	"position:absolute;left:-9999px",
	"max-height:0;overflow:hidden",
	"clip-path:inset(100%)",
	"font-size:1px",
	"font-size:0.05em",
	"color:rgba(0,0,0,0)",
	"color: rgba(10, 20, 30, 0.0)",
	"transform:scale(0)",
	"mso-hide:all",
	"font-weight:bold;display:none",
};
static const char *const harmless[] = {
	"font-weight:bold",
	"color:#333333",
	"opacity:0.9",
	"font-size:0.9em",
	"margin-left:-2px",
	"text-decoration:none",
	"text-decoration:underline",
	"display:inline",
	"visibility:visible",
	"max-height:none",
	"left:0",
	"line-height:0",
	"font-size:11px",
	"font-size:90%",
	"color:rgba(0,0,0,0.8)",
	"clip:auto",
	"color:#fff;background:#006400",
};

/* %1$s the declarations; q is the word in question. */
static const char *const sheets[] = {
	".q{%s}",
	"#w{%s}",
	"span{%s}",
	"p > span.q{%s}",
	"@media screen and (min-width:1px){ .q{%s} }",
	"@import url(x.css); .q{%s}",
	"h1,.other, SPAN.Q {%s}",
	"/* } */ .a{color:red} .q:first-child{%s}",
	"[lang]{%s}",
	"*{%s}",
	"<!-- .q{%s} -->",
};

/* %1$s the word with its style. */
static const char *const carriers[] = {
	"<p>Publish response with name: %s</p>",
	"<p>May we publish your response with your name? %s</p>",
	"<table><tr><td>Publish response with name</td><td>%s</td></tr></table>",
	"<div><div><p>Publish my response with my name: <b>%s</b></p></div></div>",
};

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
static const char *with(struct arena *a, const char *shape, const char *words)
{
	return arena_printf(a, shape, words);
}
#pragma GCC diagnostic pop

static bool is_free(struct arena *a, const struct document *d)
{
	struct form *form = arena_make(a, struct form, 1);
	struct form_conclusion c;

	form_read(a, d, form);
	form_conclude(form, FORM_PERMISSION, &c);
	return c.state == FORM_KNOWN && str_eq(c.value, "name");
}

static bool html_is_free(struct arena *a, const char *html)
{
	struct document *d = document_new(a);

	document_from_html(d, html, strlen(html));
	return is_free(a, d);
}

static void try_all(const char *const *styles, size_t count, bool wrong)
{
	AUTO(buf) said = buf_new(1 << 20);
	size_t found = 0, all = 0;

	for (size_t s = 0; s < count; s++)
		for (size_t c = 0; c < ARRAY_LEN(carriers); c++)
			for (size_t n = 0; n <= ARRAY_LEN(sheets); n++) {
				AUTO(arena) a = arena_new(1 << 16);
				bool inside = n == ARRAY_LEN(sheets);
				const char *word =
					inside ? arena_printf(
							 a,
							 "<span style=\"%s\">Yes</span>",
							 styles[s])
					       : "<span class=\"a q\" id=w lang=en>Yes</span>";
				const char *html = arena_printf(
					a,
					"<html><head><style>%s</style></head><body>%s<p>Lanterns "
					"are good.</p></body></html>",
					inside ? "" : with(a, sheets[n], styles[s]),
					with(a, carriers[c], word));

				all++;
				if (html_is_free(a, html) != wrong)
					continue;
				found++;
				buf_printf(said, "%s\n", html);
			}
	ck_assert_msg(!found, "%zu of %zu:\n%.3000s", found, all, buf_text(said));
}

START_TEST(word_that_a_style_may_hide_is_no_choice)
{
	try_all(hides, ARRAY_LEN(hides), true);
}
END_TEST

START_TEST(style_that_hides_nothing_changes_nothing)
{
	try_all(harmless, ARRAY_LEN(harmless), false);
}
END_TEST

/* Words that are there and perhaps not seen, by other ways than a style. */
static const char *const unseen[] = {
	"<font color=white>Yes</font>",
	"<font color=\"#FFFFFF\">Yes</font>",
	"<noscript>Yes</noscript>",
	"<canvas>Yes</canvas>",
	"<iframe>Yes</iframe>",
	"<dialog>Yes</dialog>",
	"<style>.z::before{content:\"Not \"}</style><i class=z>Yes</i>",
	"<style>.z:after{content:' - no'}</style><i class=z>Yes</i>",
};

START_TEST(word_that_is_perhaps_not_seen_is_no_choice)
{
	for (size_t c = 0; c < ARRAY_LEN(carriers); c++) {
		AUTO(arena) a = arena_new(1 << 16);
		const char *html = with(a, carriers[c], unseen[_i]);

		ck_assert_msg(!html_is_free(a, html), "%s", html);
	}
}
END_TEST

/* Sheets of everyday mails, none of which touches the form. */
static const char *const everyday[] = {
	".preheader{display:none!important;opacity:0}",
	"@media only screen and (max-width:600px){.desktop{display:none}td.x{width:100%}}",
	"u + .body .gmail-fix{display:none}",
	"a[x-apple-data-detectors]{color:inherit;text-decoration:none}",
	"body{color:#fff;background:#000}",
	"@font-face{font-family:x;src:url(x.woff)}",
	"table td{border-collapse:collapse;mso-line-height-rule:exactly}",
	"s{text-decoration:line-through}",
	".old{text-decoration:line-through}",
	".clear:after{content:\".\";display:block}",
	"q::before{content:open-quote}",
	"}}}{{{ ;;; @",
};

START_TEST(everyday_sheets_leave_a_form_as_it_is)
{
	AUTO(arena) a = arena_new(1 << 16);
	const char *html = arena_printf(
		a,
		"<style>%s</style><p>Publish response with name: <span class=q>Yes</span></p>",
		everyday[_i]);

	ck_assert_msg(html_is_free(a, html), "%s", html);
}
END_TEST

START_TEST(more_rules_than_are_kept_leave_all_in_doubt)
{
	AUTO(arena) a = arena_new(1 << 16);
	AUTO(buf) html = buf_new(1 << 20);

	buf_str(html, "<style>");
	for (int i = 0; i <= CSS_RULES; i++)
		buf_printf(html, ".n%d{display:none}", i);
	buf_str(html, "</style><p>Publish response with name: Yes</p>");
	ck_assert(!html_is_free(a, buf_text(html)));
}
END_TEST

/* --- Word ---------------------------------------------------------------- */

struct text {
	const char *at;
};

static int read_text(void *from, char *to, int room)
{
	struct text *t = from;
	size_t n = strlen(t->at) < (size_t)room ? strlen(t->at) : (size_t)room;

	memcpy(to, t->at, n);
	t->at += n;
	return (int)n;
}

#define W "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""

/* Of a style, or of the run itself. */
static const char *const word_hides[] = {
	"<w:strike/>",
	"<w:dstrike w:val=\"1\"/>",
	"<w:vanish/>",
	"<w:specVanish/>",
	"<w:webHidden/>",
	"<w:color w:val=\"FFFFFF\"/>",
	"<w:sz w:val=\"2\"/>",
	"<w:b/><w:strike/>",
	"<w:color w:val=\"FEFEFE\"/>",
	"<w:color w:val=\"auto\" w:themeColor=\"background1\"/>",
	"<w:highlight w:val=\"black\"/>",
	"<w:shd w:fill=\"000000\"/>",
	"<w:w w:val=\"1\"/>",
	"<w:position w:val=\"-9000\"/>",
	"<w14:textFill xmlns:w14=\"x\"><w14:noFill/></w14:textFill>",
};
static const char *const word_harmless[] = {
	"",
	"<w:b/>",
	"<w:strike w:val=\"0\"/>",
	"<w:vanish w:val=\"false\"/>",
	"<w:color w:val=\"333333\"/>",
	"<w:sz w:val=\"22\"/>",
	"<w:color w:themeColor=\"text1\" w:val=\"E0E0A0\"/>",
	"<w:w w:val=\"90\"/>",
	"<w:position w:val=\"6\"/>",
	"<w:highlight w:val=\"yellow\"/>",
};
enum word_way {
	ON_RUN,
	BY_STYLE,
	BY_BASE,
	BY_PARAGRAPH,
	BY_DEFAULT,
	BY_DEFAULT_STYLE,
	WORD_WAYS
};

static bool word_is_free(const char *look, enum word_way way)
{
	AUTO(arena) a = arena_new(1 << 16);
	AUTO(buf) words = buf_new(1 << 16);
	struct document *d = document_new(a);
	struct named_styles styles = {0};
	struct text sheet = {arena_printf(
		a,
		"<w:styles " W
		"><w:docDefaults><w:rPrDefault><w:rPr>%s</w:rPr></w:rPrDefault>"
		"</w:docDefaults><w:style w:type=\"character\" w:styleId=\"Plain\"><w:rPr><w:i/>"
		"</w:rPr></w:style><w:style w:styleId=\"Told\"%s><w:basedOn w:val=\"Plain\"/>"
		"<w:rPr>%s</w:rPr></w:style><w:style w:styleId=\"Child\"><w:basedOn "
		"w:val=\"Told\"/></w:style></w:styles>",
		way == BY_DEFAULT ? look : "",
		way == BY_DEFAULT_STYLE ? " w:default=\"1\"" : "", look)};
	struct text body = {arena_printf(
		a,
		"<w:document " W
		"><w:body><w:p><w:pPr>%s<w:rPr><w:strike/></w:rPr></w:pPr><w:r>"
		"<w:t xml:space=\"preserve\">Publish response with name: </w:t></w:r><w:r><w:rPr>"
		"%s%s</w:rPr><w:t>Yes</w:t></w:r></w:p><w:p><w:r><w:t>Lanterns are good.</w:t>"
		"</w:r></w:p></w:body></w:document>",
		way == BY_PARAGRAPH ? "<w:pStyle w:val=\"Told\"/>" : "",
		way == BY_STYLE  ? "<w:rStyle w:val=\"Told\"/>"
		: way == BY_BASE ? "<w:rStyle w:val=\"Child\"/>"
				 : "",
		way == ON_RUN ? look : "")};
	struct office_lines lines = {.to = words};
	struct office_shape shape = {.doc = d, .named_styles = &styles};

	ck_assert_ptr_null(named_styles_of_word(read_text, &sheet, a, &styles));
	ck_assert_uint_eq(styles.count, 3);
	ck_assert_ptr_null(office_xml_word(read_text, &body, &lines, &shape));
	return is_free(a, d);
}

START_TEST(word_that_a_style_of_word_hides_is_no_choice)
{
	for (int way = 0; way < WORD_WAYS; way++)
		ck_assert_msg(!word_is_free(word_hides[_i], (enum word_way)way),
			      "way %d: %s", way, word_hides[_i]);
}
END_TEST

START_TEST(style_of_word_that_hides_nothing_changes_nothing)
{
	for (int way = 0; way < WORD_WAYS; way++)
		ck_assert_msg(word_is_free(word_harmless[_i], (enum word_way)way),
			      "way %d: %s", way, word_harmless[_i]);
}
END_TEST

/* --- OpenDocument --------------------------------------------------------- */

#define ODF                                                                        \
	"xmlns:office=\"o\" xmlns:style=\"s\" xmlns:text=\"t\" xmlns:table=\"b\" " \
	"xmlns:fo=\"f\""

static const char *const odf_hides[] = {
	"style:text-line-through-style=\"solid\"",
	"style:text-line-through-type=\"double\"",
	"text:display=\"none\"",
	"fo:color=\"#ffffff\"",
	"fo:color=\"#fefefe\"",
	"fo:font-size=\"1pt\"",
};
static const char *const odf_harmless[] = {
	"fo:color=\"#333333\"",
	"fo:font-weight=\"bold\"",
	"style:text-line-through-style=\"none\"",
	"text:display=\"true\"",
	"fo:font-size=\"11pt\"",
};
enum odf_way {
	ODF_BY_SPAN,
	ODF_BY_PARENT,
	ODF_BY_NAMED,
	ODF_BY_NAMED_PARENT,
	ODF_BY_PARAGRAPH,
	ODF_BY_DEFAULT,
	ODF_WAYS
};

static bool odf_is_free(const char *look, enum odf_way way)
{
	AUTO(arena) a = arena_new(1 << 16);
	AUTO(buf) words = buf_new(1 << 16);
	AUTO(buf) beside = buf_new(1 << 16);
	struct document *d = document_new(a);
	struct named_styles styles = {0};
	struct text sheet = {arena_printf(
		a,
		"<office:document-styles " ODF
		"><office:styles><style:default-style><style:"
		"text-properties %s/></style:default-style><style:style style:name=\"Told\">"
		"<style:text-properties %s/></style:style><style:style style:name=\"Child\" "
		"style:parent-style-name=\"Told\"/></office:styles></office:document-styles>",
		way == ODF_BY_DEFAULT ? look : "", look)};
	struct text body = {arena_printf(
		a,
		"<office:document-content " ODF "><office:automatic-styles><style:style "
		"style:name=\"T1\"%s><style:text-properties %s/></style:style></office:automatic-"
		"styles><office:body><office:text><text:p%s>Publish response with name: <text:span "
		"text:style-name=\"%s\">Yes</text:span></text:p><text:p>Lanterns are good.</text:p>"
		"</office:text></office:body></office:document-content>",
		way == ODF_BY_PARENT         ? " style:parent-style-name=\"Told\""
		: way == ODF_BY_NAMED_PARENT ? " style:parent-style-name=\"Child\""
					     : "",
		way == ODF_BY_SPAN ? look : "",
		way == ODF_BY_PARAGRAPH ? " text:style-name=\"Child\"" : "",
		way == ODF_BY_NAMED ? "Told" : "T1")};
	struct office_lines lines = {.to = words}, notes = {.to = beside};
	struct office_shape shape = {.doc = d, .named_styles = &styles};

	ck_assert_ptr_null(named_styles_of_odf(read_text, &sheet, a, &styles));
	ck_assert_ptr_null(office_xml_odf(read_text, &body, &lines, &notes, &shape));
	return is_free(a, d);
}

START_TEST(word_that_a_style_of_opendocument_hides_is_no_choice)
{
	for (int way = 0; way < ODF_WAYS; way++)
		ck_assert_msg(!odf_is_free(odf_hides[_i], (enum odf_way)way),
			      "way %d: %s", way, odf_hides[_i]);
}
END_TEST

START_TEST(style_of_opendocument_that_hides_nothing_changes_nothing)
{
	for (int way = 0; way < ODF_WAYS; way++)
		ck_assert_msg(odf_is_free(odf_harmless[_i], (enum odf_way)way),
			      "way %d: %s", way, odf_harmless[_i]);
}
END_TEST

/* Hidden with all that stands in it. */
static const char *const odf_places[][2] = {
	{"<text:section text:display=\"none\">", "</text:section>"},
	{"<text:section text:display=\"condition\">", "</text:section>"},
	{"<table:table><table:table-row table:visibility=\"collapse\"><table:table-cell>",
	 "</table:table-cell></table:table-row></table:table>"},
};

START_TEST(place_of_opendocument_that_is_hidden_holds_no_choice)
{
	for (int hidden = 0; hidden < 2; hidden++) {
		AUTO(arena) a = arena_new(1 << 16);
		AUTO(buf) words = buf_new(1 << 16);
		AUTO(buf) beside = buf_new(1 << 16);
		struct document *d = document_new(a);
		struct text body = {arena_printf(
			a,
			"<office:document-content " ODF
			"><office:body><office:text>%s<text:p>Publish "
			"response with name: Yes</text:p>%s<text:p>Lanterns are good.</text:p>"
			"</office:text></office:body></office:document-content>",
			hidden ? odf_places[_i][0] : "",
			hidden ? odf_places[_i][1] : "")};
		struct office_lines lines = {.to = words}, notes = {.to = beside};
		struct office_shape shape = {.doc = d};

		ck_assert_ptr_null(
			office_xml_odf(read_text, &body, &lines, &notes, &shape));
		ck_assert_msg(is_free(a, d) == !hidden, "%s", odf_places[_i][0]);
	}
}
END_TEST

/* --- files as they are sent ------------------------------------------------ */

struct part {
	const char *name, *xml;
};

static void pack(const struct part *parts, size_t count, char *to, size_t *len,
		 size_t most)
{
	struct archive *zip = archive_write_new();

	ck_assert_int_eq(archive_write_set_format_zip(zip), ARCHIVE_OK);
	ck_assert_int_eq(archive_write_open_memory(zip, to, most, len), ARCHIVE_OK);
	for (size_t i = 0; i < count; i++) {
		struct archive_entry *e = archive_entry_new();
		size_t size = strlen(parts[i].xml);

		archive_entry_set_pathname(e, parts[i].name);
		archive_entry_set_filetype(e, AE_IFREG);
		archive_entry_set_perm(e, 0644);
		archive_entry_set_size(e, (la_int64_t)size);
		ck_assert_int_eq(archive_write_header(zip, e), ARCHIVE_OK);
		ck_assert_int_eq(archive_write_data(zip, parts[i].xml, size),
				 (la_ssize_t)size);
		archive_entry_free(e);
	}
	ck_assert_int_eq(archive_write_close(zip), ARCHIVE_OK);
	ck_assert_int_eq(archive_write_free(zip), ARCHIVE_OK);
}

static bool file_is_free(const struct part *parts, size_t count)
{
	static char bytes[1 << 16];
	AUTO(arena) a = arena_new(1 << 16);
	AUTO(buf) words = buf_new(1 << 16);
	struct extract_said said = {.text = words, .shown = document_new(a)};
	size_t len = 0;

	pack(parts, count, bytes, &len, sizeof(bytes));
	extract_document(EXTRACT_ZIP, bytes, len, &said);
	ck_assert_ptr_null(said.reason);
	ck_assert_ptr_nonnull(strstr(buf_text(words), "Lanterns"));
	return is_free(a, said.shown);
}

/* One file of XML, with its styles before its text. */
static bool flat_is_free(const char *sheet, const char *body)
{
	AUTO(arena) a = arena_new(1 << 16);
	AUTO(buf) words = buf_new(1 << 16);
	struct extract_said said = {.text = words, .shown = document_new(a)};
	const char *text = arena_printf(
		a,
		"<?xml version=\"1.0\"?><office:document " ODF "><office:styles>%s"
		"</office:styles><office:body><office:text>%s<text:p>Lanterns are good."
		"</text:p></office:text></office:body></office:document>",
		sheet, body);

	extract_document(EXTRACT_PLAIN, text, strlen(text), &said);
	ck_assert_ptr_null(said.reason);
	ck_assert_ptr_nonnull(strstr(buf_text(words), "Lanterns"));
	return is_free(a, said.shown);
}

#define ROW(about, cell_about)                                                       \
	"<w:tr>" about "<w:tc><w:p><w:r><w:t>Publish response with name</w:t></w:r>" \
	"</w:p></w:tc><w:tc>" cell_about                                             \
	"<w:p><w:r><w:t>Yes</w:t></w:r></w:p></w:tc></w:tr>"
#define WORD_LINE                                                                        \
	"<w:p><w:r><w:t xml:space=\"preserve\">Publish response with name: </w:t></w:r>" \
	"<w:r><w:t>Yes</w:t></w:r>"

/* What stands in one part of a file is about words of another. The first of each does nothing. */
static const struct {
	const char *name, *sheet, *body;
} files[] = {
	{"docx",
	 "<w:style w:type=\"table\" w:styleId=\"T\"><w:rPr><w:b/></w:rPr></w:style>",
	 "<w:tbl><w:tblPr><w:tblStyle w:val=\"T\"/></w:tblPr>" ROW("", "") "</w:tbl>"},
	{"docx",
	 "<w:style w:type=\"table\" w:styleId=\"T\"><w:rPr><w:strike/></w:rPr></w:style>",
	 "<w:tbl><w:tblPr><w:tblStyle w:val=\"T\"/></w:tblPr>" ROW("", "") "</w:tbl>"},
	{"docx", "",
	 "<w:tbl>" ROW("<w:trPr><w:del w:id=\"1\"/></w:trPr>", "") "</w:tbl>"},
	{"docx", "", "<w:tbl>" ROW("<w:trPr><w:hidden/></w:trPr>", "") "</w:tbl>"},
	{"docx", "",
	 "<w:tbl>" ROW("", "<w:tcPr><w:cellDel w:id=\"1\"/></w:tcPr>") "</w:tbl>"},
	{"docx", "",
	 WORD_LINE
	 "<w:r><w:pict><v:shape xmlns:v=\"v\"><v:textpath string=\"NO\"/></v:shape>"
	 "</w:pict></w:r></w:p>"},
	{"docx",
	 "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"N\"><w:rPr>"
	 "<w:strike/></w:rPr></w:style>",
	 WORD_LINE "</w:p>"},
	{"odt", "<style:style style:name=\"S\" style:family=\"text\"/>",
	 "<text:p>Publish response with name: <text:span text:style-name=\"S\">Yes</text:span>"
	 "</text:p>"},
	{"odt",
	 "<style:style style:name=\"S\"><style:text-properties "
	 "style:text-line-through-style=\"solid\"/></style:style>",
	 "<text:p>Publish response with name: <text:span text:style-name=\"S\">Yes</text:span>"
	 "</text:p>"},
	{"odt",
	 "<style:default-style><style:text-properties text:display=\"none\"/>"
	 "</style:default-style>",
	 "<text:p>Publish response with name: Yes</text:p>"},
	{"odt", "",
	 "<text:p>Publish response with name: <text:hidden-paragraph "
	 "text:is-hidden=\"true\"/>Yes</text:p>"},
	{"odt", "",
	 "<text:p>Publish response with name: <text:placeholder>Yes</text:placeholder></text:p>"},
	{"fodt", "<style:style style:name=\"S\" style:family=\"text\"/>",
	 "<text:p>Publish response with name: <text:span text:style-name=\"S\">Yes</text:span>"
	 "</text:p>"},
	{"fodt",
	 "<style:style style:name=\"S\"><style:text-properties "
	 "style:text-line-through-style=\"solid\"/></style:style>",
	 "<text:p>Publish response with name: <text:span text:style-name=\"S\">Yes</text:span>"
	 "</text:p>"},
	{"fodt",
	 "<style:default-style><style:text-properties text:display=\"none\"/>"
	 "</style:default-style>",
	 "<text:p>Publish response with name: Yes</text:p>"},
	{"fodt", "",
	 "<text:p>Publish response with name: <text:hidden-paragraph "
	 "text:is-hidden=\"true\"/>Yes</text:p>"},
	{"fodt", "",
	 "<text:p>Publish response with name: <text:placeholder>Yes</text:placeholder></text:p>"},
};

START_TEST(file_is_read_with_all_its_parts)
{
	AUTO(arena) a = arena_new(1 << 16);
	bool word = str_eq(files[_i].name, "docx");
	/* The first of each kind is as anybody sends it. */
	bool wanted = _i == 0 || !str_eq(files[_i].name, files[_i - 1].name);
	struct part parts[2];

	if (str_eq(files[_i].name, "fodt")) {
		ck_assert_int_eq(flat_is_free(files[_i].sheet, files[_i].body), wanted);
		return;
	}

	if (word) {
		parts[0] = (struct part){
			"word/document.xml",
			arena_printf(a,
				     "<w:document " W
				     "><w:body>%s<w:p><w:r><w:t>Lanterns are "
				     "good.</w:t></w:r></w:p></w:body></w:document>",
				     files[_i].body)};
		parts[1] = (struct part){"word/styles.xml",
					 arena_printf(a, "<w:styles " W ">%s</w:styles>",
						      files[_i].sheet)};
	} else {
		parts[0] = (struct part){
			"content.xml",
			arena_printf(
				a,
				"<office:document-content " ODF "><office:body>"
				"<office:text>%s<text:p>Lanterns are good.</text:p>"
				"</office:text></office:body></office:document-content>",
				files[_i].body)};
		parts[1] = (struct part){
			"styles.xml",
			arena_printf(a,
				     "<office:document-styles " ODF "><office:styles>%s"
				     "</office:styles></office:document-styles>",
				     files[_i].sheet)};
	}
	ck_assert_int_eq(file_is_free(parts, 2), wanted);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("look_in_doubt");
	TCase *t = tcase_create("looks");

	tcase_set_timeout(t, 120);
	tcase_add_loop_test(t, file_is_read_with_all_its_parts, 0, (int)ARRAY_LEN(files));
	tcase_add_test(t, word_that_a_style_may_hide_is_no_choice);
	tcase_add_test(t, style_that_hides_nothing_changes_nothing);
	UNIT_TABLE(t, word_that_is_perhaps_not_seen_is_no_choice, unseen);
	UNIT_TABLE(t, everyday_sheets_leave_a_form_as_it_is, everyday);
	tcase_add_test(t, more_rules_than_are_kept_leave_all_in_doubt);
	UNIT_TABLE(t, word_that_a_style_of_word_hides_is_no_choice, word_hides);
	UNIT_TABLE(t, style_of_word_that_hides_nothing_changes_nothing, word_harmless);
	UNIT_TABLE(t, word_that_a_style_of_opendocument_hides_is_no_choice, odf_hides);
	UNIT_TABLE(t, style_of_opendocument_that_hides_nothing_changes_nothing,
		   odf_harmless);
	UNIT_TABLE(t, place_of_opendocument_that_is_hidden_holds_no_choice, odf_places);
	suite_add_tcase(suite, t);
	return unit_main_together(suite);
}
