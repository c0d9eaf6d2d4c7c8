/* A form as a Word document: headings, content controls, boxes that a click ticks. */
#include "base/str.h"
#include "ownform/ownform_private.h"

enum { NAME_MOST = 60 }; /* Word takes 64 characters for a control's title and tag */

#define HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
#define WORD_NS "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#define PACKAGE_NS "http://schemas.openxmlformats.org/package/2006/"
#define OFFICE_NS "http://schemas.openxmlformats.org/officeDocument/2006/"
#define PART_TYPE "application/vnd.openxmlformats-officedocument.wordprocessingml."

static const char content_types[] =
	HEAD "<Types xmlns=\"" PACKAGE_NS "content-types\">"
	     "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-"
	     "package.relationships+xml\"/>"
	     "<Override PartName=\"/word/document.xml\" ContentType=\"" PART_TYPE
	     "document.main+xml\"/>"
	     "<Override PartName=\"/word/styles.xml\" ContentType=\"" PART_TYPE
	     "styles+xml\"/>"
	     "<Override PartName=\"/word/settings.xml\" ContentType=\"" PART_TYPE
	     "settings+xml\"/>"
	     "<Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd."
	     "openxmlformats-package.core-properties+xml\"/></Types>\n";

static const char package_rels[] =
	HEAD "<Relationships xmlns=\"" PACKAGE_NS "relationships\">"
	     "<Relationship Id=\"r1\" Type=\"" OFFICE_NS
	     "relationships/officeDocument\" Target=\"word/document.xml\"/>"
	     "<Relationship Id=\"r2\" Type=\"" PACKAGE_NS
	     "relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/>"
	     "</Relationships>\n";

static const char document_rels[] =
	HEAD "<Relationships xmlns=\"" PACKAGE_NS "relationships\">"
	     "<Relationship Id=\"r1\" Type=\"" OFFICE_NS
	     "relationships/styles\" Target=\"styles.xml\"/>"
	     "<Relationship Id=\"r2\" Type=\"" OFFICE_NS
	     "relationships/settings\" Target=\"settings.xml\"/></Relationships>\n";

static const char settings[] =
	HEAD "<w:settings xmlns:w=\"" WORD_NS "\"><w:compat><w:compatSetting "
	     "w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/"
	     "word\" w:val=\"15\"/></w:compat></w:settings>\n";

/* name, outline level or -1, what its paragraphs and its words look like */
static const struct {
	const char *id, *name, *paragraph, *words;
} styles[] = {
	{"Heading1", "heading 1",
	 "<w:keepNext/><w:spacing w:after=\"120\"/><w:outlineLvl w:val=\"0\"/>",
	 "<w:b/><w:sz w:val=\"36\"/>"},
	{"Heading2", "heading 2",
	 "<w:keepNext/><w:spacing w:before=\"360\" w:after=\"120\"/><w:outlineLvl "
	 "w:val=\"1\"/>",
	 "<w:b/><w:sz w:val=\"28\"/>"},
	{"Heading3", "heading 3",
	 "<w:keepNext/><w:spacing w:before=\"360\" w:after=\"60\"/><w:outlineLvl "
	 "w:val=\"2\"/>",
	 "<w:b/><w:sz w:val=\"24\"/>"},
	{"Label", "Label", "<w:keepNext/><w:spacing w:before=\"200\" w:after=\"40\"/>",
	 "<w:b/>"},
	{"Hint", "Hint", "<w:keepNext/><w:spacing w:after=\"40\"/>",
	 "<w:color w:val=\"444444\"/>"},
	{"Option", "Option",
	 "<w:spacing w:after=\"40\"/><w:ind w:left=\"400\" "
	 "w:hanging=\"400\"/>",
	 ""},
	{"Answer", "Answer",
	 "<w:pBdr><w:top w:val=\"single\" w:sz=\"6\" w:space=\"4\" w:color=\"666666\"/>"
	 "<w:left w:val=\"single\" w:sz=\"6\" w:space=\"4\" w:color=\"666666\"/>"
	 "<w:bottom w:val=\"single\" w:sz=\"6\" w:space=\"4\" w:color=\"666666\"/>"
	 "<w:right w:val=\"single\" w:sz=\"6\" w:space=\"4\" w:color=\"666666\"/></w:pBdr>",
	 ""},
};

static void write_styles(struct buf *to)
{
	buf_str(to, HEAD "<w:styles xmlns:w=\"" WORD_NS "\"><w:docDefaults><w:rPrDefault>"
			 "<w:rPr><w:rFonts w:ascii=\"Arial\" w:hAnsi=\"Arial\" "
			 "w:eastAsia=\"Arial\" w:cs=\"Arial\"/><w:sz w:val=\"24\"/>"
			 "<w:lang w:val=\"en-GB\"/></w:rPr></w:rPrDefault><w:pPrDefault>"
			 "<w:pPr><w:spacing w:after=\"120\"/></w:pPr></w:pPrDefault>"
			 "</w:docDefaults><w:style w:type=\"paragraph\" w:default=\"1\" "
			 "w:styleId=\"Normal\"><w:name w:val=\"Normal\"/></w:style>");
	for (size_t i = 0; i < ARRAY_LEN(styles); i++)
		buf_printf(to,
			   "<w:style w:type=\"paragraph\" w:styleId=\"%s\"><w:name "
			   "w:val=\"%s\"/><w:basedOn w:val=\"Normal\"/><w:qFormat/>"
			   "<w:pPr>%s</w:pPr><w:rPr>%s</w:rPr></w:style>",
			   styles[i].id, styles[i].name, styles[i].paragraph,
			   styles[i].words);
	buf_str(to, "<w:style w:type=\"character\" w:styleId=\"PlaceholderText\"><w:name "
		    "w:val=\"Placeholder Text\"/><w:rPr><w:color w:val=\"555555\"/>"
		    "</w:rPr></w:style></w:styles>\n");
}

static void write_core(struct buf *to, const struct ownform *form)
{
	buf_str(to, HEAD "<cp:coreProperties xmlns:cp=\"" PACKAGE_NS
			 "metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/"
			 "elements/1.1/\"><dc:title>Response form: ");
	own_xml(to, form->title);
	buf_str(to, "</dc:title><dc:language>en-GB</dc:language></cp:coreProperties>\n");
}

struct docx {
	struct buf *to;
	unsigned controls;
};

static void begin(struct docx *d, const char *style)
{
	buf_printf(d->to, "<w:p><w:pPr><w:pStyle w:val=\"%s\"/></w:pPr>", style);
}

static void words(struct docx *d, const char *text)
{
	buf_str(d->to, "<w:r><w:t xml:space=\"preserve\">");
	own_xml(d->to, text);
	buf_str(d->to, "</w:t></w:r>");
}

static void paragraph(struct docx *d, const char *style, const char *text)
{
	begin(d, style);
	words(d, text);
	buf_str(d->to, "</w:p>");
}

/* What a screen reader calls it, and the name that it goes by. */
static void control(struct docx *d, const char *label, const char *tag, size_t option)
{
	char title[NAME_MOST + 1];

	str_copy(title, sizeof(title), label);
	buf_str(d->to, "<w:sdt><w:sdtPr><w:alias w:val=\"");
	own_xml(d->to, title);
	buf_printf(d->to, "\"/><w:tag w:val=\"mercat.%s", tag);
	if (option)
		buf_printf(d->to, ".%zu", option);
	buf_printf(d->to, "\"/><w:id w:val=\"%u\"/>", ++d->controls);
}

static void box(struct docx *d, const struct own_item *item, size_t option)
{
	begin(d, "Option");
	control(d, item->choice.options[option - 1], item->tag, option);
	buf_str(d->to,
		"<w14:checkbox><w14:checked w14:val=\"0\"/><w14:checkedState "
		"w14:val=\"2612\" w14:font=\"MS Gothic\"/><w14:uncheckedState "
		"w14:val=\"2610\" w14:font=\"MS Gothic\"/></w14:checkbox></w:sdtPr>"
		"<w:sdtContent><w:r><w:rPr><w:rFonts w:ascii=\"MS Gothic\" "
		"w:eastAsia=\"MS Gothic\" w:hAnsi=\"MS Gothic\" "
		"w:hint=\"eastAsia\"/></w:rPr><w:t>\xE2\x98\x90</w:t></w:r>"
		"</w:sdtContent></w:sdt>");
	words(d, " ");
	words(d, item->choice.options[option - 1]);
	buf_str(d->to, "</w:p>");
}

static void options(struct docx *d, const struct own_item *item)
{
	if (item->hint)
		paragraph(d, "Hint", item->hint);
	for (size_t i = 1; i <= item->choice.count; i++)
		box(d, item, i);
}

#define PROMPT(text)                                                                    \
	"<w:r><w:rPr><w:rStyle w:val=\"PlaceholderText\"/></w:rPr><w:t>%s</w:t></w:r>", \
		(text)

static void field(struct docx *d, const struct own_item *item)
{
	begin(d, "Normal");
	words(d, item->words);
	words(d, " ");
	control(d, item->words, item->tag, 0);
	buf_str(d->to, "<w:showingPlcHdr/><w:text/></w:sdtPr><w:sdtContent>");
	buf_printf(d->to, PROMPT(own_prompt_line));
	buf_str(d->to, "</w:sdtContent></w:sdt></w:p>");
}

/* As many paragraphs as somebody likes, with tables and lists if they wish. */
static void answer(struct docx *d, const struct own_item *item)
{
	paragraph(d, "Label", item->words);
	control(d, item->words, item->tag, 0);
	buf_str(d->to, "<w:showingPlcHdr/></w:sdtPr><w:sdtContent>");
	begin(d, "Answer");
	buf_printf(d->to, PROMPT(own_prompt_answer));
	buf_str(d->to, "</w:p></w:sdtContent></w:sdt>");
}

static void write_item(struct docx *d, const struct own_item *item)
{
	switch (item->kind) {
	case OWN_TITLE:
		paragraph(d, "Heading1", item->words);
		break;
	case OWN_HEADING:
		paragraph(d, "Heading2", item->words);
		break;
	case OWN_FIELD:
		field(d, item);
		break;
	case OWN_CHOICE:
		paragraph(d, "Label", item->words);
		options(d, item);
		break;
	case OWN_QUESTION:
		paragraph(d, "Heading3", item->words);
		paragraph(d, "Normal", item->more);
		options(d, item);
		break;
	case OWN_ANSWER:
		answer(d, item);
		break;
	case OWN_REFERENCE:
		begin(d, "Normal");
		words(d, item->words);
		words(d, " ");
		words(d, item->more);
		buf_str(d->to, "</w:p>");
		break;
	default:
		paragraph(d, "Normal", item->words);
	}
}

static void write_document(struct arena *arena, const struct ownform *form,
			   struct buf *to)
{
	struct docx d = {.to = to};
	struct own_layout l;

	own_layout(arena, form, OWNFORM_WHOLE, &l);
	buf_str(to, HEAD "<w:document xmlns:w=\"" WORD_NS "\" xmlns:w14=\"http://schemas."
			 "microsoft.com/office/word/2010/wordml\" xmlns:mc=\"http://"
			 "schemas.openxmlformats.org/markup-compatibility/2006\" "
			 "mc:Ignorable=\"w14\"><w:body>");
	for (size_t i = 0; i < l.count; i++)
		write_item(&d, &l.items[i]);
	buf_str(to, "<w:sectPr><w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar "
		    "w:top=\"1134\" w:right=\"1134\" w:bottom=\"1134\" w:left=\"1134\" "
		    "w:header=\"567\" w:footer=\"567\" w:gutter=\"0\"/></w:sectPr>"
		    "</w:body></w:document>\n");
}

void ownform_write_docx(struct arena *arena, const struct ownform *form, struct buf *to)
{
	AUTO(buf) document = buf_new(OWNFORM_BYTES);
	AUTO(buf) look = buf_new(1 << 16);
	AUTO(buf) core = buf_new(1 << 16);
	struct stored_zip p = {.to = to};

	write_document(arena, form, document);
	write_styles(look);
	write_core(core, form);
	stored_zip_text(&p, "[Content_Types].xml", content_types);
	stored_zip_text(&p, "_rels/.rels", package_rels);
	stored_zip_add(&p, "word/document.xml", document);
	stored_zip_text(&p, "word/_rels/document.xml.rels", document_rels);
	stored_zip_add(&p, "word/styles.xml", look);
	stored_zip_text(&p, "word/settings.xml", settings);
	stored_zip_add(&p, "docProps/core.xml", core);
	stored_zip_end(&p);
}
