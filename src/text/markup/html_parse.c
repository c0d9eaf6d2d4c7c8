#include "text/markup/html_parse.h"
#include "base/attr.h"

#include <libxml/HTMLparser.h>

struct parse {
	htmlParserCtxtPtr parser;
	const struct html_listener *to;
	size_t count;
	bool stopped;
};

static void on_start(void *with, const xmlChar *name, const xmlChar **attributes)
{
	struct parse *p = with;
	bool goes_on = true;

	for (size_t i = 0; i < p->count; i++)
		goes_on = p->to[i].begin(p->to[i].with, name, attributes) && goes_on;
	if (goes_on)
		return;
	p->stopped = true;
	xmlStopParser(p->parser);
}

static void on_end(void *with, const xmlChar *name)
{
	struct parse *p = with;

	for (size_t i = 0; i < p->count; i++)
		p->to[i].end(p->to[i].with, name);
}

static void on_text(void *with, const xmlChar *text, int len)
{
	struct parse *p = with;

	for (size_t i = 0; len > 0 && i < p->count; i++)
		p->to[i].text(p->to[i].with, (const char *)text, (size_t)len);
}

/* libxml2 reports a lot about everyday HTML; none of it matters here. */
static void on_complaint(void *with UNUSED, const char *format UNUSED, ...)
{
}

static size_t where_it_stopped(htmlParserCtxtPtr parser, size_t len)
{
	long at = xmlByteConsumed(parser);

	return at < 0 || (size_t)at > len ? len : (size_t)at;
}

size_t html_parse(const char *html, size_t len, const struct html_listener *to,
		  size_t count)
{
	struct parse p = {.to = to, .count = count};
	htmlSAXHandler sax = {.startElement = on_start,
			      .endElement = on_end,
			      .characters = on_text,
			      .ignorableWhitespace = on_text,
			      .warning = on_complaint,
			      .error = on_complaint};
	size_t part = len < HTML_PARSE_MOST ? len : HTML_PARSE_MOST;

	if (!len)
		return 0;
	xmlInitParser();
	p.parser =
		htmlCreatePushParserCtxt(&sax, &p, NULL, 0, NULL, XML_CHAR_ENCODING_UTF8);
	if (!p.parser)
		return 0;
	(void)htmlCtxtUseOptions(
		p.parser, HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
				  HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC);
	(void)htmlParseChunk(p.parser, html, (int)part, 1);
	if (p.stopped)
		part = where_it_stopped(p.parser, part);
	if (p.parser->myDoc)
		xmlFreeDoc(p.parser->myDoc);
	htmlFreeParserCtxt(p.parser);
	return part;
}
