/* A form as an OpenDocument text: headings, places to type at, boxes that a click ticks. */
#include "base/str.h"
#include "ownform/ownform_private.h"

#define HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
#define NS "urn:oasis:names:tc:opendocument:xmlns:"
#define SPACES                                                                \
	" xmlns:office=\"" NS "office:1.0\" xmlns:style=\"" NS                \
	"style:1.0\" xmlns:text=\"" NS "text:1.0\" xmlns:fo=\"" NS            \
	"xsl-fo-compatible:1.0\" xmlns:meta=\"" NS                            \
	"meta:1.0\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "           \
	"xmlns:loext=\"urn:org:documentfoundation:names:experimental:office:" \
	"xmlns:loext:1.0\" office:version=\"1.3\""

static const char manifest[] =
	HEAD "<manifest:manifest xmlns:manifest=\"" NS
	     "manifest:1.0\" manifest:version=\"1.3\"><manifest:file-entry "
	     "manifest:full-path=\"/\" manifest:version=\"1.3\" "
	     "manifest:media-type=\"" OWNFORM_ODT_TYPE "\"/><manifest:file-entry "
	     "manifest:full-path=\"content.xml\" manifest:media-type=\"text/xml\"/>"
	     "<manifest:file-entry manifest:full-path=\"styles.xml\" "
	     "manifest:media-type=\"text/xml\"/><manifest:file-entry "
	     "manifest:full-path=\"meta.xml\" manifest:media-type=\"text/xml\"/>"
	     "</manifest:manifest>\n";

/* name, what its paragraphs and its words look like; Standard is below all of them */
static const struct {
	const char *name, *shown, *paragraph, *words;
} styles[] = {
	{"Heading_20_1", "Heading 1",
	 "fo:margin-bottom=\"0.2cm\" fo:keep-with-next=\"always\"",
	 "fo:font-size=\"18pt\" fo:font-weight=\"bold\""},
	{"Heading_20_2", "Heading 2",
	 "fo:margin-top=\"0.6cm\" fo:margin-bottom=\"0.2cm\" fo:keep-with-next=\"always\"",
	 "fo:font-size=\"14pt\" fo:font-weight=\"bold\""},
	{"Heading_20_3", "Heading 3",
	 "fo:margin-top=\"0.6cm\" fo:margin-bottom=\"0.1cm\" fo:keep-with-next=\"always\"",
	 "fo:font-size=\"12pt\" fo:font-weight=\"bold\""},
	{"Label", "Label",
	 "fo:margin-top=\"0.35cm\" fo:margin-bottom=\"0.1cm\" fo:keep-with-next=\"always\"",
	 "fo:font-weight=\"bold\""},
	{"Hint", "Hint", "fo:margin-bottom=\"0.1cm\" fo:keep-with-next=\"always\"",
	 "fo:color=\"#444444\""},
	{"Option", "Option",
	 "fo:margin-bottom=\"0.1cm\" fo:margin-left=\"0.7cm\" fo:text-indent=\"-0.7cm\"",
	 ""},
	{"Answer", "Answer",
	 "fo:margin-bottom=\"0.2cm\" fo:padding=\"0.15cm\" "
	 "fo:border=\"0.75pt solid #666666\"",
	 ""},
};

static void write_styles(struct buf *to)
{
	buf_str(to, HEAD "<office:document-styles" SPACES "><office:styles>"
			 "<style:default-style style:family=\"paragraph\">"
			 "<style:text-properties fo:font-family=\"Arial\" "
			 "fo:font-size=\"12pt\" fo:language=\"en\" fo:country=\"GB\"/>"
			 "</style:default-style><style:style style:name=\"Standard\" "
			 "style:family=\"paragraph\" style:class=\"text\">"
			 "<style:paragraph-properties fo:margin-bottom=\"0.2cm\"/>"
			 "</style:style>");
	for (size_t i = 0; i < ARRAY_LEN(styles); i++)
		buf_printf(to,
			   "<style:style style:name=\"%s\" style:display-name=\"%s\" "
			   "style:family=\"paragraph\" "
			   "style:parent-style-name=\"Standard\"><style:paragraph-"
			   "properties %s/><style:text-properties %s/></style:style>",
			   styles[i].name, styles[i].shown, styles[i].paragraph,
			   styles[i].words);
	buf_str(to, "</office:styles><office:automatic-styles><style:page-layout "
		    "style:name=\"page\"><style:page-layout-properties "
		    "fo:page-width=\"21cm\" fo:page-height=\"29.7cm\" "
		    "fo:margin=\"2cm\"/></style:page-layout></office:automatic-styles>"
		    "<office:master-styles><style:master-page style:name=\"Standard\" "
		    "style:page-layout-name=\"page\"/></office:master-styles>"
		    "</office:document-styles>\n");
}

static void write_meta(struct buf *to, const struct ownform *form)
{
	buf_str(to, HEAD "<office:document-meta" SPACES "><office:meta>"
			 "<dc:title>Response form: ");
	own_xml(to, form->title);
	buf_str(to, "</dc:title><dc:language>en-GB</dc:language></office:meta>"
		    "</office:document-meta>\n");
}

static void begin(struct buf *to, const char *style)
{
	buf_printf(to, "<text:p text:style-name=\"%s\">", style);
}

/* More blanks than one, and one at an end, are counted (ODF 1.3 part 3, 6.1.2). */
static void words(struct buf *to, const char *text)
{
	AUTO(buf) plain = buf_new(OWNFORM_BYTES);

	for (size_t n; *text; text += n) {
		n = strcspn(text, " \t\r\n");
		buf_add(plain, text, n);
		if (!text[n])
			break;
		buf_char(plain, ' ');
		n += strspn(text + n, " \t\r\n");
	}
	own_xml(to, buf_text(plain));
}

static void paragraph(struct buf *to, const char *style, const char *text)
{
	begin(to, style);
	words(to, text);
	buf_str(to, "</text:p>");
}

static void heading(struct buf *to, unsigned level, const char *text)
{
	buf_printf(to,
		   "<text:h text:style-name=\"Heading_20_%u\" text:outline-level=\"%u\">",
		   level, level);
	words(to, text);
	buf_str(to, "</text:h>");
}

/* Where to type, with the name of the place before it. */
static void place(struct buf *to, const struct own_item *item, const char *prompt)
{
	buf_printf(to, "<text:bookmark text:name=\"mercat.%s\"/>", item->tag);
	buf_str(to, "<text:placeholder text:placeholder-type=\"text\" "
		    "text:description=\"");
	own_xml(to, item->words);
	buf_printf(to, "\">&lt;%s&gt;</text:placeholder>", prompt);
}

static void box(struct buf *to, const struct own_item *item, size_t option)
{
	begin(to, "Option");
	buf_str(to, "<loext:content-control loext:checkbox=\"true\" "
		    "loext:checked=\"false\" loext:checked-state=\"\xE2\x98\x92\" "
		    "loext:unchecked-state=\"\xE2\x98\x90\" loext:alias=\"");
	own_xml(to, item->choice.options[option - 1]);
	buf_printf(to, "\" loext:tag=\"mercat.%s.%zu\">\xE2\x98\x90", item->tag, option);
	buf_str(to, "</loext:content-control> ");
	words(to, item->choice.options[option - 1]);
	buf_str(to, "</text:p>");
}

static void options(struct buf *to, const struct own_item *item)
{
	if (item->hint)
		paragraph(to, "Hint", item->hint);
	for (size_t i = 1; i <= item->choice.count; i++)
		box(to, item, i);
}

static void answer(struct buf *to, const struct own_item *item)
{
	paragraph(to, "Label", item->words);
	begin(to, "Answer");
	place(to, item, own_prompt_answer);
	buf_str(to, "</text:p>");
}

static void write_item(struct buf *to, const struct own_item *item)
{
	switch (item->kind) {
	case OWN_TITLE:
		heading(to, 1, item->words);
		break;
	case OWN_HEADING:
		heading(to, 2, item->words);
		break;
	case OWN_FIELD:
		begin(to, "Standard");
		words(to, item->words);
		buf_char(to, ' ');
		place(to, item, own_prompt_line);
		buf_str(to, "</text:p>");
		break;
	case OWN_CHOICE:
		paragraph(to, "Label", item->words);
		options(to, item);
		break;
	case OWN_QUESTION:
		heading(to, 3, item->words);
		paragraph(to, "Standard", item->more);
		options(to, item);
		break;
	case OWN_ANSWER:
		answer(to, item);
		break;
	case OWN_REFERENCE:
		begin(to, "Standard");
		words(to, item->words);
		buf_char(to, ' ');
		words(to, item->more);
		buf_str(to, "</text:p>");
		break;
	default:
		paragraph(to, "Standard", item->words);
	}
}

/* The mimetype comes first, so that its letters stand where they are looked for. */
void ownform_write_odt(struct arena *arena, const struct ownform *form, struct buf *to)
{
	AUTO(buf) content = buf_new(OWNFORM_BYTES);
	AUTO(buf) look = buf_new(1 << 16);
	AUTO(buf) meta = buf_new(1 << 16);
	struct stored_zip p = {.to = to};
	struct own_layout l;

	own_layout(arena, form, OWNFORM_WHOLE, &l);
	buf_str(content, HEAD "<office:document-content" SPACES "><office:body>"
			      "<office:text>");
	for (size_t i = 0; i < l.count; i++)
		write_item(content, &l.items[i]);
	buf_str(content, "</office:text></office:body></office:document-content>\n");
	write_styles(look);
	write_meta(meta, form);
	stored_zip_text(&p, "mimetype", OWNFORM_ODT_TYPE);
	stored_zip_add(&p, "content.xml", content);
	stored_zip_add(&p, "styles.xml", look);
	stored_zip_add(&p, "meta.xml", meta);
	stored_zip_text(&p, "META-INF/manifest.xml", manifest);
	stored_zip_end(&p);
}
