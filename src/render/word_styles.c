#include "render/word_styles.h"
#include "base/codec/stored_zip.h"
#include "base/str.h"

#define HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
#define WORD_NS "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#define PACKAGE_NS "http://schemas.openxmlformats.org/package/2006/"
#define OFFICE_NS "http://schemas.openxmlformats.org/officeDocument/2006/"
#define PART_TYPE "application/vnd.openxmlformats-officedocument.wordprocessingml."
#define FIELD(what)                                                                 \
	"<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText "         \
	"xml:space=\"preserve\"> " what " </w:instrText></w:r><w:r><w:fldChar "     \
	"w:fldCharType=\"separate\"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar " \
	"w:fldCharType=\"end\"/></w:r>"

static const char content_types[] =
	HEAD "<Types xmlns=\"" PACKAGE_NS "content-types\">"
	     "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-"
	     "package.relationships+xml\"/>"
	     "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
	     "<Override PartName=\"/word/document.xml\" ContentType=\"" PART_TYPE
	     "document.main+xml\"/>"
	     "<Override PartName=\"/word/styles.xml\" ContentType=\"" PART_TYPE
	     "styles+xml\"/>"
	     "<Override PartName=\"/word/footer1.xml\" ContentType=\"" PART_TYPE
	     "footer+xml\"/></Types>\n";

static const char package_rels[] =
	HEAD "<Relationships xmlns=\"" PACKAGE_NS "relationships\">"
	     "<Relationship Id=\"r1\" Type=\"" OFFICE_NS
	     "relationships/officeDocument\" Target=\"word/document.xml\"/>"
	     "</Relationships>\n";

static const char document_rels[] =
	HEAD "<Relationships xmlns=\"" PACKAGE_NS "relationships\">"
	     "<Relationship Id=\"rId1\" Type=\"" OFFICE_NS
	     "relationships/styles\" Target=\"styles.xml\"/>"
	     "<Relationship Id=\"rId2\" Type=\"" OFFICE_NS
	     "relationships/footer\" Target=\"footer1.xml\"/></Relationships>\n";

/* A4 with 2.5 cm around; the first page, which has the title, has no number. */
static const char document[] =
	HEAD "<w:document xmlns:w=\"" WORD_NS "\" xmlns:r=\"" OFFICE_NS
	     "relationships\"><w:body><w:p/><w:sectPr>"
	     "<w:footerReference w:type=\"default\" r:id=\"rId2\"/>"
	     "<w:pgSz w:w=\"11906\" w:h=\"16838\"/>"
	     "<w:pgMar w:top=\"1417\" w:right=\"1417\" w:bottom=\"1417\" w:left=\"1417\" "
	     "w:header=\"708\" w:footer=\"708\" w:gutter=\"0\"/><w:titlePg/>"
	     "</w:sectPr></w:body></w:document>\n";

static void write_footer(const char *words, struct buf *to)
{
	buf_str(to, HEAD "<w:ftr xmlns:w=\"" WORD_NS "\"><w:p><w:pPr><w:pStyle "
			 "w:val=\"Footer\"/><w:jc w:val=\"center\"/></w:pPr>");
	if (words)
		buf_printf(to,
			   "<w:r><w:rPr><w:b/></w:rPr><w:t>%s</w:t></w:r>"
			   "<w:r><w:t xml:space=\"preserve\">. </w:t></w:r>",
			   words);
	buf_str(to, "<w:r><w:t xml:space=\"preserve\">Page </w:t></w:r>" FIELD(
			    "PAGE") "<w:r><w:t xml:space=\"preserve\"> of </w:t></w:r>");
	buf_str(to, FIELD("NUMPAGES") "</w:p></w:ftr>\n");
}

/* What its paragraphs and its words look like; on: the style that it is a kind of. */
static const struct {
	const char *id, *name, *on, *paragraph, *words;
} styles[] = {
	{"Normal", "Normal", NULL, "<w:spacing w:after=\"120\" w:line=\"276\"/>", ""},
	{"BodyText", "Body Text", "Normal", "", ""},
	{"FirstParagraph", "First Paragraph", "BodyText", "", ""},
	{"Compact", "Compact", "BodyText",
	 "<w:spacing w:before=\"30\" w:after=\"30\" w:line=\"240\"/>", ""},
	{"Title", "Title", "Normal",
	 "<w:keepNext/><w:spacing w:before=\"3600\" w:after=\"240\"/>",
	 "<w:b/><w:sz w:val=\"52\"/>"},
	{"Author", "Author", "Normal", "", ""},
	{"Date", "Date", "Normal", "", ""},
	{"Frontpageend", "Front page end", "Normal", "<w:pageBreakBefore/>",
	 "<w:sz w:val=\"4\"/>"},
	{"Unapproved", "Unapproved", "Normal",
	 "<w:pBdr><w:top w:val=\"single\" w:sz=\"12\" w:space=\"6\"/><w:left "
	 "w:val=\"single\" w:sz=\"12\" w:space=\"6\"/><w:bottom w:val=\"single\" "
	 "w:sz=\"12\" w:space=\"6\"/><w:right w:val=\"single\" w:sz=\"12\" "
	 "w:space=\"6\"/></w:pBdr><w:spacing w:before=\"240\" w:after=\"240\"/>",
	 "<w:b/>"},
	{"Heading1", "heading 1", "Normal",
	 "<w:keepNext/><w:keepLines/><w:spacing w:before=\"480\" w:after=\"160\"/>"
	 "<w:outlineLvl w:val=\"0\"/>",
	 "<w:b/><w:sz w:val=\"36\"/>"},
	{"Heading2", "heading 2", "Normal",
	 "<w:keepNext/><w:keepLines/><w:spacing w:before=\"400\" w:after=\"120\"/>"
	 "<w:outlineLvl w:val=\"1\"/>",
	 "<w:b/><w:sz w:val=\"30\"/>"},
	{"Heading3", "heading 3", "Normal",
	 "<w:keepNext/><w:keepLines/><w:spacing w:before=\"320\" w:after=\"80\"/>"
	 "<w:outlineLvl w:val=\"2\"/>",
	 "<w:b/><w:sz w:val=\"26\"/>"},
	{"Heading4", "heading 4", "Normal",
	 "<w:keepNext/><w:keepLines/><w:spacing w:before=\"240\" w:after=\"60\"/>"
	 "<w:outlineLvl w:val=\"3\"/>",
	 "<w:b/><w:sz w:val=\"22\"/>"},
	{"BlockText", "Block Text", "BodyText",
	 "<w:keepLines/><w:pBdr><w:left w:val=\"single\" w:sz=\"24\" w:space=\"10\" "
	 "w:color=\"767676\"/></w:pBdr><w:ind w:left=\"360\" w:right=\"360\"/>",
	 ""},
	{"Quotedby", "Quoted by", "BodyText",
	 "<w:spacing w:after=\"240\"/><w:ind w:left=\"360\"/>", "<w:i/>"},
	{"Caption", "caption", "Normal", "<w:spacing w:before=\"240\" w:after=\"80\"/>",
	 "<w:b/>"},
	{"TableCaption", "Table Caption", "Caption", "<w:keepNext/>", ""},
	{"ImageCaption", "Image Caption", "Caption",
	 "<w:spacing w:before=\"80\" w:after=\"240\"/>", ""},
	{"Figure", "Figure", "Normal", "<w:keepNext/>", ""},
	{"CaptionedFigure", "Captioned Figure", "Figure", "", ""},
	{"Note", "Note", "Normal", "", "<w:sz w:val=\"20\"/>"},
	{"Footer", "footer", "Normal", "<w:spacing w:after=\"0\"/>",
	 "<w:sz w:val=\"18\"/>"},
};

static const char table_style[] =
	"<w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\"><w:name "
	"w:val=\"Normal Table\"/><w:tblPr><w:tblInd w:w=\"0\" w:type=\"dxa\"/>"
	"<w:tblCellMar><w:left w:w=\"100\" w:type=\"dxa\"/><w:right w:w=\"100\" "
	"w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style>"
	"<w:style w:type=\"table\" w:customStyle=\"1\" w:styleId=\"Table\"><w:name "
	"w:val=\"Table\"/><w:basedOn w:val=\"TableNormal\"/><w:tblPr><w:tblBorders>"
	"<w:top w:val=\"single\" w:sz=\"8\" w:color=\"444444\"/>"
	"<w:bottom w:val=\"single\" w:sz=\"8\" w:color=\"444444\"/>"
	"<w:insideH w:val=\"single\" w:sz=\"4\" w:color=\"A0A0A0\"/></w:tblBorders></w:tblPr>"
	"<w:trPr><w:cantSplit/></w:trPr>"
	"<w:tblStylePr w:type=\"firstRow\"><w:rPr><w:b/></w:rPr><w:tcPr><w:tcBorders>"
	"<w:bottom w:val=\"single\" w:sz=\"8\" w:color=\"444444\"/></w:tcBorders>"
	"<w:vAlign w:val=\"bottom\"/></w:tcPr></w:tblStylePr></w:style>";

static void write_styles(struct buf *to)
{
	buf_str(to,
		HEAD "<w:styles xmlns:w=\"" WORD_NS "\"><w:docDefaults><w:rPrDefault>"
		     "<w:rPr><w:rFonts w:ascii=\"Arial\" w:hAnsi=\"Arial\" "
		     "w:eastAsia=\"Arial\" w:cs=\"Arial\"/><w:sz w:val=\"22\"/>"
		     "<w:lang w:val=\"en-GB\"/></w:rPr></w:rPrDefault></w:docDefaults>");
	for (size_t i = 0; i < ARRAY_LEN(styles); i++) {
		buf_printf(to,
			   "<w:style w:type=\"paragraph\"%s w:styleId=\"%s\"><w:name "
			   "w:val=\"%s\"/>",
			   styles[i].on ? "" : " w:default=\"1\"", styles[i].id,
			   styles[i].name);
		if (styles[i].on)
			buf_printf(to, "<w:basedOn w:val=\"%s\"/>", styles[i].on);
		buf_printf(to, "<w:qFormat/><w:pPr>%s</w:pPr><w:rPr>%s</w:rPr></w:style>",
			   styles[i].paragraph, styles[i].words);
	}
	buf_str(to,
		"<w:style w:type=\"character\" w:customStyle=\"1\" "
		"w:styleId=\"VerbatimChar\"><w:name w:val=\"Verbatim Char\"/></w:style>"
		"<w:style w:type=\"character\" w:styleId=\"Hyperlink\"><w:name "
		"w:val=\"Hyperlink\"/><w:rPr><w:color w:val=\"1D4F91\"/><w:u "
		"w:val=\"single\"/></w:rPr></w:style>");
	buf_str(to, table_style);
	buf_str(to, "</w:styles>\n");
}

void word_styles(const char *footer, struct buf *out)
{
	AUTO(buf) look = buf_new(1 << 16);
	AUTO(buf) foot = buf_new(1 << 16);
	struct stored_zip p = {.to = out};

	write_styles(look);
	write_footer(footer, foot);
	stored_zip_text(&p, "[Content_Types].xml", content_types);
	stored_zip_text(&p, "_rels/.rels", package_rels);
	stored_zip_text(&p, "word/document.xml", document);
	stored_zip_text(&p, "word/_rels/document.xml.rels", document_rels);
	stored_zip_add(&p, "word/styles.xml", look);
	stored_zip_add(&p, "word/footer1.xml", foot);
	stored_zip_end(&p);
}
