#include "office/xml.h"
#include "base/str.h"

#include <libxml/xmlreader.h>

static const char ENTITIES[] =
	"it declares entities, which no office program does: it may be an attack";

/*
 * A document type comes before everything else. It is looked for in the bytes, because
 * libxml2 would have parsed it, with its entities, before it tells us.
 */
struct guard {
	office_xml_read *read;
	void *from;
	char head[4096];
	size_t len;
	bool refused;
};

static int guarded_read(void *with, char *to, int room)
{
	struct guard *g = with;
	int n = g->refused ? -1 : g->read(g->from, to, room);
	size_t look = n > 0 ? (size_t)n : 0;

	if (look > sizeof(g->head) - g->len)
		look = sizeof(g->head) - g->len;
	memcpy(g->head + g->len, to, look);
	g->len += look;
	if (look && (memmem(g->head, g->len, "<!DOCTYPE", 9) ||
		     memmem(g->head, g->len, "<!ENTITY", 8))) {
		g->refused = true;
		return -1;
	}
	return n;
}

/* An undeclared prefix does no harm; what the parser stumbles over does. */
static void note_fault(void *with, xmlErrorPtr error)
{
	bool *faulty = with;

	if (error && error->domain != XML_FROM_NAMESPACE && error->level >= XML_ERR_ERROR)
		*faulty = true;
}

static void one_node(struct office_walk *w)
{
	const char *name, *text;

	switch (xmlTextReaderNodeType(w->reader)) {
	case XML_READER_TYPE_ELEMENT:
		if (w->silent)
			return;
		name = (const char *)xmlTextReaderConstLocalName(w->reader);
		w->element(w, name, true);
		if (!xmlTextReaderIsEmptyElement(w->reader))
			return;
		if (!w->silent)
			w->element(w, name, false);
		w->silent = 0;
		return;
	case XML_READER_TYPE_END_ELEMENT:
		if (w->silent && w->silent != w->depth)
			return;
		name = (const char *)xmlTextReaderConstLocalName(w->reader);
		if (!w->silent)
			w->element(w, name, false);
		w->silent = 0;
		return;
	case XML_READER_TYPE_TEXT:
	case XML_READER_TYPE_CDATA:
	case XML_READER_TYPE_WHITESPACE:
	case XML_READER_TYPE_SIGNIFICANT_WHITESPACE:
		text = (const char *)xmlTextReaderConstValue(w->reader);
		if (!w->silent && text)
			w->text(w, text, strlen(text));
		return;
	default:
		return;
	}
}

const char *office_xml_walk(office_xml_read *read, void *from, struct office_walk *walk)
{
	const int options = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING |
			    XML_PARSE_COMPACT | XML_PARSE_RECOVER;
	struct guard guard = {.read = read, .from = from};
	xmlTextReaderPtr reader =
		xmlReaderForIO(guarded_read, NULL, &guard, "part.xml", NULL, options);
	const char *why = NULL;
	bool faulty = false;
	int rc;

	if (!reader && guard.refused)
		return ENTITIES;
	if (!reader)
		return "it is broken: there is nothing in it that can be read";
	xmlTextReaderSetStructuredErrorHandler(reader, note_fault, &faulty);
	walk->reader = reader;
	while ((rc = xmlTextReaderRead(reader)) == 1) {
		if (xmlTextReaderNodeType(reader) == XML_READER_TYPE_DOCUMENT_TYPE) {
			guard.refused = true;
			break;
		}
		/* The root counts as 1, so that 0 is free to say "not silent". */
		walk->depth = xmlTextReaderDepth(reader) + 1;
		one_node(walk);
		if (buf_cut(walk->to->to))
			break;
	}
	if (rc < 0 || faulty)
		why = "it is broken: only what stands before the fault could be read";
	if (guard.refused)
		why = ENTITIES;
	xmlFreeTextReader(reader);
	walk->reader = NULL;
	return why;
}

void office_walk_attribute(const struct office_walk *walk, const char *name, char *to,
			   size_t room)
{
	str_copy(to, room, "");
	while (xmlTextReaderMoveToNextAttribute(walk->reader) == 1) {
		const char *local =
			(const char *)xmlTextReaderConstLocalName(walk->reader);
		const char *value = (const char *)xmlTextReaderConstValue(walk->reader);

		if (str_eq(local, name) && value) {
			str_copy(to, room, value);
			break;
		}
	}
	(void)xmlTextReaderMoveToElement(walk->reader);
}
